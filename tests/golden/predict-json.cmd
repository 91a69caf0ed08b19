chiproof predict metis yolov8n --json

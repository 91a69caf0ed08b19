chiproof compare hailo-8 metis --format csv

chiproof compare hailo-8 metis --model resnet-50 --json

chiproof compare hailo-8 hailo-8-m2 --model resnet-50

chiproof explain hailo-8 resnet-50

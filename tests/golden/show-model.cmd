chiproof show resnet-50

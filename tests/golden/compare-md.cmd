chiproof compare hailo-8 metis groqchip --model resnet-50,bert-large --format md

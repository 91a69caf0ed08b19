chiproof list models --format csv | grep -E '^(id|resnet-50-v1.5|bert-large-384|llama-3.1-8b),'

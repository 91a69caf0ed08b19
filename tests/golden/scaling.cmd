chiproof scaling a100-sxm-80gb gpt3-175b --to 64 --batch 32 --precision fp16

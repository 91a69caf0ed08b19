chiproof serve h100-sxm llama-3.1-70b --chips 4 --parallel tensor --precision fp8 --prompt 2048 --chunk 512

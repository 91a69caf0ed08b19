chiproof explain h100-sxm llama-3.1-8b --phase decode --context 2048

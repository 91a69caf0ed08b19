chiproof list models

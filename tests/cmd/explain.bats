load common

@test "a need is explained from what its ceiling carries and how long it may take" {
    runs 0 explain hailo-8 resnet-50 --target 5000/s
    holds "1 inference / 5000 inferences/s"
    holds "8,178,368,512 op / 200 us"
    holds "40.8918 TOPS"
    runs 0 explain hailo-8 resnet-50 --target 5000/s --json
    json 'd["schema"] == "chiproof/need/1"'
}

@test "the ratio of two chips is explained from both sides" {
    runs 0 explain hailo-8 metis resnet-50
    holds "25628.58 / 3179.118"
    holds "8.06154 x"
    runs 0 explain hailo-8 metis resnet-50 --json
    json 'abs(d["ratio"] - 25628.58 / 3179.118) < 1e-5'
}

@test "elasticities are explained by two throughputs" {
    runs 0 explain hailo-8 resnet-50 --sensitivity
    holds "ln(3497.03 / 3179.118) / ln(1.1)"
    holds "compute 38.22 us, host link 38.22 us"
}

@test "a language model's other phase is explained too" {
    runs 0 explain h100-pcie llama-3.1-8b
    holds "time to first token: prefill of 1024 tokens"
    holds "9.62977 ms"
    runs 0 predict h100-pcie llama-3.1-8b --json
    json 'abs(d["ttft"]["bound"] - 9.62977e-3) < 1e-8'
    runs 0 explain h100-pcie llama-3.1-8b --phase prefill
    holds "time per token: decode at context 1024"
}

@test "wrong use of explain is told" {
    runs 2 explain hailo-8 resnet-50 --unknown peak
    says "--target"
    runs 2 explain hailo-8 metis resnet-50 --layers
    says "ratio"
    runs 2 explain hailo-8 resnet-50 --target fast
    says "column 1"
    runs 1 explain hailo-8 resnet-50 --target 'ttft<=1s'
    runs 1 explain hailo-8 resnet-50 --target 3tokens/s
    says "inferences"
}

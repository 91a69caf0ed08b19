load common

@test "zeros: what is skipped, by whose claim, and what is left dense" {
    runs 0 predict a100-sxm-80gb resnet-50 --sparsity 0.5 --batch 64
    holds "2:4: skipped"
    holds "sparsity.max_ratio"
    runs 0 explain a100-sxm-80gb resnet-50 --sparsity 0.5 --batch 64
    holds "7,942,340,608 op x batch 64 / 2 "
    holds "236,027,904 op x batch 64 "
    runs 0 predict a100-sxm-80gb resnet-50 --sparsity 0.5 --batch 64 --json
    json 'd["sparsity"]["kind"] == "2:4" and d["sparsity"]["speedup"] == 2'
    json 'd["sparsity"]["prunable_ops"] + d["sparsity"]["dense_ops"] == 8178368512'
    json 'any(i["field"] == "sparsity.max_ratio" and i["claim"] == "vendor" for i in d["inputs"])'
    runs 0 explain a100-sxm-80gb resnet-50 --sparsity 0.5 --batch 64 --json
    json 'all(abs(sum(p["each"] * p["times"] * p.get("share", 1) for p in c["parts"]) / c["amount"] - 1) < 1e-12 for c in d["explanation"])'
}

@test "a chip that only saves energy by zeros runs dense, and says so" {
    runs 0 predict metis resnet-50 --json
    dense=$(value 'd["throughput"]["bound"]')
    runs 0 predict metis resnet-50 --sparsity 0.9 --json
    json "d['throughput']['bound'] == $dense and d['sparsity']['weights'] == 'not supported'"
    json 'any("saves energy only" in w for w in d["warnings"])'
}

@test "a dense run speaks of no zeros" {
    runs 0 predict a100-sxm-80gb resnet-50 --json
    json '"sparsity" not in d and not any("spars" in i["field"] for i in d["inputs"])'
}

@test "shares of zeros that are none" {
    runs 2 predict antoum resnet-50 --sparsity 32x
    says "32x is 0.96875"
    runs 2 predict antoum resnet-50 --sparsity 90%
    says "90 % is 0.9"
    for share in 1 -0.1 nan inf "" 0.9999 half; do
        runs 2 predict antoum resnet-50 --sparsity "$share"
        says "expected the share of zeros, from 0 to 0.999023"
    done
    runs 2 predict antoum resnet-50 --sparsity-kind 4:8
    says 'expected 2:4, block or unstructured'
    runs 1 predict antoum resnet-50 --sparsity-kind block
    says "a pattern of zeros (block) without their share"
    runs 2 predict antoum resnet-50 --activation-sparsity x
    says "--activation-sparsity"
}

@test "unfused layers move more" {
    runs 0 predict wse-2 mobilenet-v2 --precision fp16 --json
    fused=$(value '[c["seconds"] for c in d["ceilings"] if c["name"] == "sram"][0]')
    runs 0 predict wse-2 mobilenet-v2 --precision fp16 --unfused --json
    json "[c['seconds'] for c in d['ceilings'] if c['name'] == 'sram'][0] > $fused"
}

@test "the curve over zeros: what is gained, and what binds" {
    runs 0 sparsity wse-2 resnet-50 --precision fp16 --json
    json 'd["schema"] == "chiproof/sparsity/1" and d["kind"] == "unstructured" and d["weights"] == "skipped"'
    json 'd["points"][0]["speedup"] == 1 and d["points"][-1]["ratio"] == 32'
    json 'all(a["bound"] <= b["bound"] for a, b in zip(d["points"], d["points"][1:]))'
    json 'abs(d["dense_ops_share"] - 236027904 / 8178368512) < 1e-12'
    runs 0 sparsity moffett-s30 bert-large --batch 64
    holds "dram, not compute any more"
    holds "whatever"
    runs 0 sparsity metis resnet-50
    holds "The same binds all the way: compute."
    holds "gains no throughput by zero weights"
    runs 0 sparsity a100-sxm-80gb resnet-50 --format csv
    [ "$(wc -l <<<"$output")" -eq 12 ]
    runs 1 sparsity wse-2 resnet-50 --precision int2 --json
    json 'd["error"]["code"] == "no_precision"'
}

load common

@test "need solves each unknown of a chip, and the answer meets the target" {
    runs 0 need resnet-50 --chip hailo-8 --target 5000/s --json
    json 'd["schema"] == "chiproof/need/1" and not d["met"] and d["target"]["value"] == 5000'
    json '{u["unknown"]: u["alone"] for u in d["unknowns"]}["peak.int8.dense"] == "enough"'
    json 'all(abs(u["needs"] / u["has"] / u["ratio"] - 1) < 1e-12 for u in d["unknowns"] if u["ratio"])'
    chips=$(value 'int(next(u["needs"] for u in d["unknowns"] if u["unknown"] == "chips"))')
    runs 0 predict hailo-8 resnet-50 --chips $chips --json
    json 'd["throughput"]["bound"] >= 5000'
    runs 0 predict hailo-8 resnet-50 --chips $((chips - 1)) --json
    json 'd["throughput"]["bound"] < 5000'
}

@test "what no value alone is enough for is said with what allows how much" {
    runs 1 need resnet-50 --chip hailo-8 --target 100k/s --unknown peak
    holds "not alone: host link allows 26,200 inferences/s"
    runs 0 need resnet-50 --chip hailo-8 --target 100k/s --format csv
    holds "hailo-8,resnet-50-v1.5,throughput,100000,peak.int8.dense,OPS,not alone,26000000000000,"
}

@test "chips are solved for what does not fit" {
    runs 0 need llama-3.1-8b --chip groqchip --target 'tpot<=2ms' --unknown chips --json
    json 'd["phase"] == "decode" and d["unknowns"][0]["needs"] == 36 and "36 would hold it" in d["refusal"]'
    runs 0 predict groqchip llama-3.1-8b --chips 36
    runs 1 predict groqchip llama-3.1-8b --chips 35
}

@test "the time to first token is about the prefill" {
    runs 0 need llama-3.1-8b --chip h100-pcie --target 'ttft<=20ms' --json
    json 'd["phase"] == "prefill" and d["met"] and d["bound"] < 0.02'
    bound=$(value 'd["bound"]')
    runs 0 predict h100-pcie llama-3.1-8b --json
    json "d['ttft']['bound'] == $bound"
}

@test "from scratch: the least of each, and the chips that could, least power first" {
    runs 0 need resnet-50 --target 10k/s --json
    json 'abs(next(u["needs"] for u in d["unknowns"] if u["unknown"] == "peak.int8.dense") / (2 * 4089184256 * 1e4) - 1) < 1e-12'
    json 'd["chips_that_could_meet_it"] == len(d["chips"]) and all(c["bound"] >= 10000 * (1 - 1e-9) for c in d["chips"])'
    json '(lambda w: w == sorted(w))([c["power_w"] for c in d["chips"] if c["power_w"] is not None])'
    first=$(value 'd["chips"][0]["chip"]')
    runs 0 need resnet-50 --target 10k/s --top 1
    holds "$first"
    runs 0 need resnet-50 --target 10k/s --where level=card --json
    json 'all(c["level"] == "card" for c in d["chips"])'
}

@test "wrong use of need is told" {
    runs 2 need resnet-50
    says "--target"
    runs 2 need resnet-50 --target 30
    says "column 3"
    runs 2 need resnet-50 --target 'latency>=3ms'
    says "column 8"
    runs 2 need resnet-50 --target 3ms --unknown peak
    says "--chip"
    runs 2 need resnet-50 --chip hailo-8 --target 3ms --top 3
    says "leave --chip out"
    runs 1 need resnet-50 --target 'ttft<=3ms'
    says "no language model"
    runs 1 need resnet-50 --target 30tokens/s
    says "inferences"
    runs 1 need llama-3.1-8b --phase decode --target 'ttft<=3ms'
    says "contradicts"
    runs 1 need resnet-50 --chip hailo-8 --target 3ms --unknown bandwidth
    says "could be any of"
    runs 1 need resnet-50 --chip hailo-8 --precision fp64 --target 3ms --json
    json 'd["error"]["code"] == "no_precision"'
    runs 1 need resnet-50 --chip halio-8 --target 3ms
    says "hailo-8"
}

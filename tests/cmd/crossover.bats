load common

# 4 tokens x 100 x 100. a streams 9,000 of its 10,000 bytes of weights at 0.5 GB/s (18 us) and computes 80,000 op
# at 0.16 TOPS (0.5 us x batch); b has them over the host link at 1 GB/s (9 us + 0.4 us x batch). They change
# places at batch 22.5 and 90.
two_turns() {
    local sram='"sram": {"capacity": {"value": 1, "unit": "kB", "claim": "vendor"}}'
    write_spec "$tmp/specs/a.json" a "${PEAK/10/0.16}, $sram,
        \"dram\": {\"capacity\": {\"value\": 1, \"unit\": \"GB\", \"claim\": \"vendor\"}, \"bandwidth\": {\"value\": 0.5, \"unit\": \"GB/s\", \"claim\": \"vendor\"}}"
    write_spec "$tmp/specs/b.json" b "${PEAK/10/100}, $sram, ${HOST/2/1}"
    echo '{"schema": "chiproof/workload/1", "id": "w", "name": "W", "family": "dense-conv",
        "input": [{"name": "x", "shape": [100, 4, 1]}], "ops": [{"op": "conv2d", "out": 100, "kernel": 1, "bias": false}]}' >"$tmp/w.json"
}

@test "crossover finds every turn, and who leads between them" {
    two_turns
    runs 0 crossover a b --specs "$tmp/specs" --model "$tmp/w.json" --offload host --json
    json 'd["schema"] == "chiproof/crossover/1" and d["note"].startswith("Bound only") and d["over"] == "batch"'
    json 'len(d["crossings"]) == 2 and abs(d["crossings"][0] / 22.5 - 1) < 1e-6 and abs(d["crossings"][1] / 90 - 1) < 1e-6'
    json '[(r["from"], r["to"], r["ahead"]) for r in d["ranges"]] == [(1, 22, "b"), (23, 89, "a"), (90, 90, "equal"), (91, 4096, "b")]'
    runs 0 crossover a b --specs "$tmp/specs" --model "$tmp/w.json" --offload host
    holds "23 to 89"
    holds "change order at batch 22.5"
    holds "how sure the order is"
    runs 0 crossover a b --specs "$tmp/specs" --model "$tmp/w.json" --offload host --format csv
    [ "$(wc -l <<<"$output")" -eq 5 ]
}

@test "where they never change places it says so and fails" {
    runs 1 crossover hailo-8 metis --model resnet-50
    says "hailo-8 and metis do not change places between batch 1 and 4096"
    holds "Metis"
    two_turns
    runs 1 crossover a b --specs "$tmp/specs" --model "$tmp/w.json" --offload host --limit 20 --json
    json 'd["crossings"] == [] and d["to"] == 20'
}

@test "crossover and compare agree on the turn" {
    runs 0 compare a100-sxm-80gb l40s --model bert-large --json
    turn=$(value 'd["rows"][0]["turn_batch"]')
    runs 0 crossover a100-sxm-80gb l40s --model bert-large --json
    json "next(r['from'] for r in d['ranges'][1:]) == $turn"
}

@test "the bounds at the ends of a range are those of predict" {
    runs 0 crossover a100-sxm-80gb l40s --model bert-large --limit 64 --precision int8 --json
    bound=$(value 'd["ranges"][-1]["b"]["bound_to"]')
    runs 0 predict l40s bert-large --batch 64 --precision int8 --json
    json "abs(d['throughput']['bound'] / $bound - 1) < 1e-12"
}

@test "over the context the way ends at the model's positions, and memory's end is shown" {
    runs 1 crossover mi300x h200-sxm --model llama-3.1-8b --batch 64 --over context --json
    json 'd["to"] == 131071 and d["over"] == "context" and d["batch"] == 64 and "context" not in d'
    json 'd["ranges"][-1]["ahead"] == "neither" and d["ranges"][-1]["a"]["bound_from"] is None'
    json 'all(y["from"] == x["to"] + 1 for x, y in zip(d["ranges"], d["ranges"][1:]))'
    at=$(value 'd["ranges"][0]["to"]')
    bound=$(value 'd["ranges"][0]["a"]["bound_to"]')
    runs 0 predict mi300x llama-3.1-8b --batch 64 --context $at --json
    json "abs(d['throughput']['bound'] / $bound - 1) < 1e-12"
    runs 1 predict h200-sxm llama-3.1-8b --batch 64 --context $((at + 1))
}

@test "over the context the order turns where predict says so" {
    runs 0 crossover h100-pcie mi250x --model llama-3.1-8b --batch 128 --precision int8 --over context --json
    json 'len(d["crossings"]) == 1 and d["ranges"][0]["to"] <= d["crossings"][0] <= d["ranges"][1]["from"]'
    json '[r["ahead"] for r in d["ranges"]][:2] == ["a", "b"]'
    last=$(value 'd["ranges"][0]["to"]')
    for at in $last $((last + 1)); do
        for chip in h100-pcie mi250x; do
            runs 0 predict $chip llama-3.1-8b --batch 128 --precision int8 --context $at --json
            value 'd["throughput"]["bound"]' >>"$tmp/bounds"
        done
    done
    python3 -c 'a, b, c, d = map(float, open("'"$tmp"'/bounds")); assert a > b and c < d'
}

@test "several chips are said to share the work perfectly" {
    runs 0 crossover a100-sxm-80gb l40s --model bert-large --chips 2 --json
    json 'sum("share the work perfectly" in w for w in d["warnings"]) == 1 and d["chips"] == 2'
}

@test "wrong use of crossover is told" {
    runs 2 crossover hailo-8 metis
    says "--model"
    runs 2 crossover hailo-8 --model resnet-50
    runs 2 crossover hailo-8 metis --model resnet-50 --over time
    says "batch, context, sparsity, intensity or precision"
    runs 1 crossover hailo-8 metis --model resnet-50 --over context
    says "language model"
    runs 1 crossover hailo-8 metis --model resnet-50 --precision fp32 --json
    json 'd["error"]["code"] == "no_precision"'
}

@test "crossover over intensity, sparsity and precision" {
    runs 0 crossover a100-sxm-80gb l40s --over intensity --json
    json 'd["unit"] == "op/s" and abs(d["crossings"][0] / (624e12 / 864e9) - 1) < 1e-8'
    runs 0 crossover a100-sxm-80gb l40s --over intensity
    holds "change order at intensity 722.222 op/B"
    runs 1 crossover a100-sxm-80gb l40s --model bert-large --batch 32 --over precision --json
    json '[r["ahead"] for r in d["ranges"] if r["precision"] in ("int8", "fp8", "fp64")] == ["b", "only b", "only a"]'
    says "between precisions"
    runs 1 crossover metis hailo-8 --model resnet-50 --over sparsity
    says "do not change places between sparsity 1 and 32x"
    runs 2 crossover metis hailo-8 --model resnet-50 --over zeros
    says "expected batch, context, sparsity, intensity or precision"
}

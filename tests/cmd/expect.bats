load common

@test "compare --json holds ratio and probability of each run" {
    runs 0 compare hailo-8 metis --json
    silent
    json 'all(set(r["ratio"]) >= {"bound", "p10", "p50", "p90"} for r in d["rows"])'
    json 'all(0 <= r["p_first_faster"] <= 1 for r in d["rows"])'
    json 'all(r["ratio"]["p10"] <= r["ratio"]["p50"] <= r["ratio"]["p90"] for r in d["rows"])'
    json 'all(r[s]["throughput"]["p90"] <= r[s]["throughput"]["bound"] * (1 + 1e-12) for r in d["rows"] for s in "ab")'
}

@test "compare and predict expect the same" {
    runs 0 predict metis yolov8n --json
    p50=$(value 'd["throughput"]["p50"]')
    runs 0 compare hailo-8 metis --model yolov8n --json
    json "d['rows'][0]['b']['throughput']['p50'] == $p50"
    runs 0 compare hailo-8 metis --model yolov8n --format csv
    holds "${p50:0:14}"
}

@test "compare says how often the faster one is, how sure that is, and what it rests on" {
    runs 0 compare hailo-8 metis
    holds "at least 90 % sure of"
    holds "measurements of Hailo-8"
    holds "The number that would change this most: sram.capacity of Hailo-8"
    lacks "Bound only"
}

@test "a chip that cannot run a network has no probability against it" {
    runs 0 compare groqchip h100-sxm --model llama-3.1-8b --json
    json 'd["rows"][0]["faster"] == "h100-sxm" and d["rows"][0]["p_first_faster"] is None'
    json '"p50" not in d["rows"][0]["ratio"]'
    runs 0 compare groqchip h100-sxm --model llama-3.1-8b
    holds "it alone can run"
}

@test "more than two chips have the probability that the fastest beats the next" {
    runs 0 compare hailo-8 metis groqchip --model resnet-50 --json
    json 'len(d["rows"][0]["predictions"]) == 3 and 0.5 <= d["rows"][0]["sure"] <= 1'
    json 'all("p50" in p["throughput"] for p in d["rows"][0]["predictions"])'
}

@test "without a calibration compare stands on bounds, and says so" {
    mkdir -p "$tmp/tree/models"
    cp "$CHIPROOF" "$tmp/tree/chiproof"
    ln -s "$PWD/specs" "$tmp/tree/specs"
    cp models/resnet-50-v1.5.json "$tmp/tree/models"
    run --separate-stderr "$tmp/tree/chiproof" compare hailo-8 metis --model resnet-50
    [ "$status" -eq 0 ]
    holds "Bound only"
    says "bounds only"
}

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

@test "rank goes by what to expect, and by bounds on demand" {
    runs 0 rank resnet-50 --json
    json 'd["with"] == "expected" and "note" not in d'
    json 'all(a["throughput"]["p50"] >= b["throughput"]["p50"] for a, b in zip(d["rows"], d["rows"][1:]) if "p50" in b["throughput"])'
    json 'all(r["place"] is None for r in d["rows"] if "p50" not in r["throughput"])'
    json 'all(r["throughput"]["p50"] <= r["throughput"]["bound"] * (1 + 1e-12) for r in d["rows"] if r["place"])'
    runs 0 rank resnet-50 --with bound --json
    json 'd["with"] == "bound" and "note" in d'
    json 'all(a["throughput"]["bound"] >= b["throughput"]["bound"] for a, b in zip(d["rows"], d["rows"][1:]))'
}

@test "rank --with sure orders by what nine in ten reach" {
    runs 0 rank resnet-50 --with sure --json
    json 'all(a["throughput"]["p10"] >= b["throughput"]["p10"] for a, b in zip(d["rows"], d["rows"][1:]) if "p10" in b["throughput"])'
    runs 0 rank resnet-50 --with sure --by latency --json
    json 'all(a["latency"]["p90"] <= b["latency"]["p90"] for a, b in zip(d["rows"], d["rows"][1:]) if "p90" in b["latency"])'
    runs 0 rank resnet-50 --with sure --by energy --json
    json 'all(a["energy"]["p90"] <= b["energy"]["p90"] for a, b in zip(d["rows"], d["rows"][1:]) if "p90" in b["energy"] and a["place"] and b["place"])'
}

@test "where nothing can be expected of any chip rank stands on bounds, and says so" {
    runs 0 rank resnet-50 --chips 4
    holds "Bound only"
}

@test "a figure that rank does not know is wrong usage" {
    runs 2 rank resnet-50 --with luck
    says "expected bound, expected or sure"
}

@test "explain gives the terms that the expected throughput is made of" {
    for run in "hailo-8 mobilenet-v2 1" "h100-sxm bert-large 8"; do
        set -- $run
        runs 0 explain $1 $2 --batch $3 --json
        json 'abs(sum(t["seconds"] for t in d["expectation"]["terms"]) / d["expectation"]["seconds"] - 1) < 1e-12'
        json 'all(abs(t["seconds_at_best"] * t["factor"] / t["seconds"] - 1) < 1e-12 for t in d["expectation"]["terms"])'
        json "abs($3 / d['expectation']['seconds'] / d['throughput']['p50'] - 1) < 0.01"
        runs 0 explain $1 $2 --batch $3
        holds "takes longer by"
        lacks "Bound only"
    done
}

@test "crossover says over which batches who is expected ahead, and where that is sure" {
    runs 0 crossover hailo-8 hailo-8-m2 --model resnet-50 --json
    json 'd["expected"][0]["from"] == 1 and d["expected"][-1]["to"] == 4096'
    json 'all(y["from"] == x["to"] + 1 for x, y in zip(d["expected"], d["expected"][1:]))'
    json 'all((r["a"]["p50_from"] < r["b"]["p50_from"]) == (r["ahead"] == "b") for r in d["expected"])'
    json 'all(r["sure"] == (min(r["p_ahead_from"], r["p_ahead_to"]) >= 0.9) for r in d["expected"])'
}

@test "crossover and compare agree on the turn that is expected" {
    runs 0 compare hailo-8 hailo-8-m2 --model resnet-50 --json
    turn=$(value 'd["rows"][0]["expected_turn_batch"]')
    runs 0 crossover hailo-8 hailo-8-m2 --model resnet-50 --json
    json "[y['from'] for x, y in zip(d['expected'], d['expected'][1:]) if x['ahead'] != y['ahead']][:1] == ([] if $turn is None else [$turn])"
}

@test "over another axis crossover stands on bounds, and says so" {
    runs 0 crossover a100-sxm-80gb l40s --model bert-large --over sparsity --json || true
    json '"expected" not in d and d["note"].startswith("Bound only")'
}

load common

@test "predict says what to expect, inside the bound" {
    runs 0 predict hailo-8 resnet-50
    holds "at most"
    holds "measurements of this chip"
    lacks "Bound only"
    runs 0 predict hailo-8 resnet-50 --json
    json 'd["throughput"]["p10"] < d["throughput"]["p50"] < d["throughput"]["p90"] <= d["throughput"]["bound"]'
    json 'd["latency"]["bound"] <= d["latency"]["p10"] < d["latency"]["p50"] < d["latency"]["p90"]'
    json '"calibrated on" in d["rests_on"]'
    runs 0 predict hailo-8 resnet-50 --format csv
    holds "throughput_p50_per_s"
}

@test "a language model has both of its times" {
    runs 0 predict a100-sxm-80gb llama-3.1-8b --precision fp16 --json
    json 'all(d[k]["bound"] <= d[k]["p10"] < d[k]["p90"] for k in ("ttft", "tpot"))'
}

@test "a chip nobody measured says so, and is less sure" {
    write_spec "$tmp/specs/mine.json" mine "\"class\": \"gpu\", $PEAK, $SRAM, $HOST"
    runs 0 predict mine resnet-50 --specs "$tmp/specs" --json
    json '"no measurement of this chip" in d["rests_on"]'
    json 'd["throughput"]["p90"] / d["throughput"]["p10"] > 2'
}

@test "the same question has the same answer, byte for byte" {
    runs 0 predict metis yolov8n --json
    first=$output
    runs 0 predict metis yolov8n --json
    [ "$output" = "$first" ]
}

@test "a calibration that cannot be read leaves the bounds" {
    mkdir -p "$tmp/models"
    echo '{"schema": "chiproof/calibration/1"}' >"$tmp/models/calibration.json"
    runs 0 predict hailo-8 resnet-50 --models "$tmp/models"
    holds "throughput bound"
    holds "Bound only"
    says "calibration.json:1:1: the key \"data\" is missing"
    says "bounds only"
    runs 1 validate "$tmp/models/calibration.json"
}

@test "calibrate counts what it left out, and why" {
    runs 0 calibrate --check
    holds "fitted"
    holds "language model, and the batch is not stated"
    runs 0 calibrate --check --json
    json 'd["rows"] == d["rows_fitted"] + sum(x["rows"] for x in d["left_out"])'
}

@test "calibrate makes the shipped file again, byte for byte" {
    runs 0 calibrate --out "$tmp/c.json"
    holds "$tmp/c.json"
    cmp "$tmp/c.json" models/calibration.json
    runs 0 validate "$tmp/c.json"
}

@test "calibrate says before it fits that it cannot write" {
    runs 1 calibrate --out "$tmp/no/folder/c.json"
    says "no/folder"
}

@test "calibrate --check tells other data from those it was fitted to" {
    mkdir -p "$tmp/more/specs/measured"
    cp specs/measured/sources.tsv "$tmp/more/specs/measured/"
    sed -n '1p; /	fit$/{p; q}' specs/measured/hailo.tsv | sed 's/	throughput	[0-9.]*/	throughput	77/' \
        >"$tmp/more/specs/measured/more.tsv"
    sed -i 1q "$tmp/more/specs/measured/sources.tsv"
    CHIPROOF_PATH=$tmp/more runs 1 calibrate --check
    says "out of date"
}

@test "backtest scores against rules of thumb" {
    runs 0 backtest --leave-out vendor --folds 2 --json --quiet || true
    json 'd["schema"] == "chiproof/backtest/1" and {s["left_out"] for s in d["scores"]} == {"vendor"}'
    json 'all(s["median"] >= 1 and 0 <= s["coverage"] <= 1 for s in d["scores"])'
    json 'd["scores"][0]["median"] < d["scores"][0]["roofline"]'
}

@test "wrong words to backtest are told" {
    runs 2 backtest --leave-out batch
    says "expected network, chip or vendor"
    runs 2 backtest --folds 0
    says "whole number"
}

@test "results of one's own are kept, used, and forgotten" {
    printf 'chip,model,precision,batch,metric,value\nantoum,resnet-50,int8,1,throughput,1200\n' >"$tmp/mine.csv"
    runs 0 predict antoum resnet-101 --json
    before=$(value 'd["throughput"]["p50"]')
    runs 0 calibrate --add "$tmp/mine.csv"
    holds "1 rows: 1 fitted"
    holds "results/mine.csv"
    runs 0 predict antoum resnet-101 --json
    json 'd["throughput"]["p50"] > 1.2 * '"$before"' and "1 of your own" in d["rests_on"]'
    runs 0 calibrate --forget mine.csv
    runs 0 predict antoum resnet-101 --json
    json 'd["throughput"]["p50"] == '"$before"
    runs 1 calibrate --forget mine.csv
    says "no such results"
}

@test "of results with a fault nothing is kept, and every fault is told" {
    printf 'chip,model,precision,batch,metric,value\nantoum,resnet-50,int9,1,speed,-3\nhailo-8,resnet-50,int8,1.5,throughput,10\n' \
        >"$tmp/bad.csv"
    runs 1 calibrate --add "$tmp/bad.csv"
    says "bad.csv:2:18: unknown precision"
    says "bad.csv:2:25: metric \"speed\""
    says "bad.csv:2:31: value"
    says "bad.csv:3:24: batch"
    printf 'chip,model,precision,batch,metric,value\nhailo,resnet-50,int8,1,throughput,10\n' >"$tmp/name.csv"
    runs 1 calibrate --add "$tmp/name.csv"
    says 'name.csv:2:1: no chip "hailo"'
    printf 'chip;model\n' >"$tmp/head.csv"
    runs 1 calibrate --add "$tmp/head.csv"
    says "head.csv:1:1"
    runs 1 calibrate --add "$tmp/nothing.csv"
    says "nothing.csv"
    runs 1 calibrate --forget bad.csv
}

@test "a result above its bound is not kept" {
    printf 'chip,model,precision,batch,metric,value\nhailo-8,resnet-50,int8,1,throughput,100000\n' >"$tmp/high.csv"
    runs 1 calibrate --add "$tmp/high.csv"
    holds "above its bound"
    says "no result that can be used"
}

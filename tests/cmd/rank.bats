load common

@test "rank holds the keys that others rely on, and says that it is a bound" {
    runs 0 rank resnet-50 --with bound --json
    silent
    json 'd["schema"] == "chiproof/rank/1" and d["by"] == "throughput" and d["note"].startswith("Bound only")'
    json 'all(set(r) >= {"place", "chip", "precision", "throughput", "latency", "per_watt", "per_dollar", "limiter", "power", "price", "pareto", "warnings"} for r in d["rows"])'
    json 'len(d["rows"]) == d["counts"]["answered"] and len(d["refused"]) == sum(d["counts"]["refused"].values())'
    json 'len(d["rows"]) + len(d["refused"]) == d["counts"]["considered"] > 200'
    runs 0 rank resnet-50 --with bound
    holds "Bound only"
}

@test "rank and predict give one number" {
    runs 0 rank bert-large --batch 8 --precision int8 --where id=metis --json
    bound=$(value 'd["rows"][0]["throughput"]["bound"]')
    runs 0 predict metis bert-large --batch 8 --precision int8 --json
    json "d['throughput']['bound'] == $bound"
}

@test "rows stand in the order of the measure" {
    runs 0 rank resnet-50 --with bound --json
    json 'all(a["throughput"]["bound"] >= b["throughput"]["bound"] for a, b in zip(d["rows"], d["rows"][1:]))'
    runs 0 rank resnet-50 --with bound --by latency --json
    json 'all(a["latency"]["bound"] <= b["latency"]["bound"] for a, b in zip(d["rows"], d["rows"][1:]))'
    for pair in per-watt:per_watt per-dollar:per_dollar; do
        runs 0 rank resnet-50 --with bound --by ${pair%:*} --json
        k=${pair#*:}
        json "[r['place'] is None for r in d['rows']] == [r['$k']['bound'] is None for r in d['rows']]"
        json "(lambda v: v == sorted(v, reverse=True))([r['$k']['bound'] for r in d['rows'] if r['place']])"
    done
}

@test "per watt is throughput over the power whose basis is named" {
    runs 0 rank resnet-50 --by per-watt --json
    json 'all(r["power"]["basis"] in ("tdp", "typical") for r in d["rows"] if r["place"])'
    json 'all(abs(r["per_watt"]["bound"] * r["power"]["watts"] / r["throughput"]["bound"] - 1) < 1e-12 for r in d["rows"] if r["place"])'
    json 'all(r["power"] is None for r in d["rows"] if not r["place"])'
}

@test "nobody with a TDP beats a chip on the Pareto front" {
    runs 0 rank resnet-50 --with bound --json
    json 'all(not (o["power"]["basis"] == "tdp" and o["throughput"]["bound"] >= r["throughput"]["bound"] and o["power"]["watts"] < r["power"]["watts"]) for r in d["rows"] if r["pareto"] for o in d["rows"] if o["power"])'
    count=$(value 'd["counts"]["pareto"]')
    runs 0 rank resnet-50 --with bound --pareto --json
    json "len(d['rows']) == $count and all(r['pareto'] for r in d['rows'])"
}

@test "--top shortens every format; without it only the table is short" {
    runs 0 rank resnet-50 --top 3 --json
    json 'len(d["rows"]) == 3'
    runs 0 rank resnet-50 --top 3 --format csv
    [ "$(wc -l <<<"$output")" -eq 4 ]
    runs 0 rank resnet-50 --format csv
    [ "$(wc -l <<<"$output")" -gt 200 ]
    runs 0 rank resnet-50
    holds "more are not shown"
    [ "$(grep -c '^ *[0-9][0-9]*  ' <<<"$output")" -eq 20 ]
}

@test "refused chips are counted with their reasons" {
    write_spec "$tmp/specs/a.json" a "$PEAK"
    runs 1 rank resnet-50 --specs "$tmp/specs" --precision fp16 --where 'vendor=V'
    says "none of 1 chips can run it; of a:"
    runs 0 rank llama-3.1-8b --precision int8
    [[ "$output" =~ [0-9]+\ of\ [0-9]+\ cannot:.*no\ int8\ peak\ \([0-9]+\) ]]
    [[ "$output" =~ does\ not\ fit\ \([0-9]+\) ]]
}

@test "what is not published is null or empty, never 0" {
    runs 0 rank resnet-50 --json
    json 'all(r["per_dollar"]["bound"] is None or r["per_dollar"]["bound"] > 0 for r in d["rows"])'
    json 'all((r["price"] is None) == (r["per_dollar"]["bound"] is None) for r in d["rows"])'
    runs 0 rank resnet-50 --format csv
    lacks ,nan
    lacks ,inf,
}

@test "--where narrows the field, as in list" {
    runs 0 rank resnet-50 --where level=card --where 'tdp<=75W' --json
    json 'd["rows"] and all(r["level"] == "card" and r["power"]["watts"] <= 75.4 for r in d["rows"])'
    says "left out: they publish nothing to compare"
    runs 1 rank resnet-50 --where id=nothing-such
    says "no chip is left to rank"
    runs 2 rank resnet-50 --where nonsense
}

@test "the request reaches every chip" {
    runs 0 rank llama-3.1-8b --phase prefill --prompt 512 --batch 2 --chips 4 --precision int8 --json
    json '(d["phase"], d["prompt"], d["batch"], d["chips"], d["precision"]) == ("prefill", 512, 2, 4, "int8")'
    json 'all(r["precision"] == "int8" and r["throughput"]["unit"] == "tokens/s" for r in d["rows"])'
}

@test "wrong use of rank is told" {
    runs 2 rank
    runs 2 rank resnet-50 --by beauty
    says "per-transistor or per-node-watt"
    runs 2 rank resnet-50 --top 0
    runs 1 rank no-such-model
    runs 1 rank resnet-50 --phase prefill
    says "has no phases"
}

@test "the ranking fits the width asked for" {
    for width in 80 100 140; do
        for by in throughput latency per-watt per-dollar; do
            COLUMNS=$width run --separate-stderr chiproof rank llama-3.1-8b --by $by
            [ "$(wc -L <<<"$output")" -le $width ] || fail "a line of more than $width"
        done
    done
}

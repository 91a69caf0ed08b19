load common

POWER='"power": {"tdp": {"value": 8, "unit": "W", "claim": "vendor"}, "typical": {"value": 2, "unit": "W", "claim": "vendor"}}'

@test "energy is power over throughput, with its basis named" {
    write_spec "$tmp/specs/a.json" a "$PEAK, $HOST, $SRAM, $POWER"
    for basis in typical:2 tdp:8; do
        runs 0 predict a resnet-50 --specs "$tmp/specs" --energy ${basis%:*} --json
        json "d['energy']['basis'] == '${basis%:*}' and d['energy']['unit'] == 'J' and d['energy']['watts'] == ${basis#*:}"
        json "abs(d['energy']['bound'] * d['throughput']['bound'] / ${basis#*:} - 1) < 1e-12"
    done
    runs 0 predict a resnet-50 --specs "$tmp/specs"
    holds "at typical power 2 W v"
    runs 0 explain a resnet-50 --specs "$tmp/specs" --energy tdp
    holds "TDP 8 W v x"
}

@test "without a published power the energy is null and says why" {
    write_spec "$tmp/specs/a.json" a "$PEAK, $HOST, $SRAM"
    runs 0 predict a resnet-50 --specs "$tmp/specs" --json
    json 'd["energy"]["bound"] is None and d["energy"]["basis"] is None and "published" in d["energy"]["missing"]'
    runs 0 predict a resnet-50 --specs "$tmp/specs"
    holds "not known: neither typical power nor a TDP is published"
    runs 0 predict a resnet-50 --specs "$tmp/specs" --format csv
    lacks nan
}

@test "a wrong basis is told" {
    runs 2 predict hailo-8 resnet-50 --energy wall
    says "typical"
}

@test "the dynamic model shows an arithmetic that comes out" {
    runs 0 predict hailo-8 resnet-50 --energy dynamic --json
    json 'd["energy"]["basis"] == "dynamic" and d["energy"]["bound"] < d["energy"]["most"]'
    json 'abs(sum(p["amount"] * p["least_each"] for p in d["energy"]["parts"]) / d["energy"]["bound"] - 1) < 1e-12'
    json 'abs(sum(p["amount"] * p["most_each"] for p in d["energy"]["parts"]) / d["energy"]["most"] - 1) < 1e-12'
    json 'any(c["name"] == "power" for c in d["ceilings"]) and any("estimate" in w for w in d["warnings"])'
    runs 0 explain hailo-8 resnet-50 --energy dynamic
    holds "energy, dynamic model at 16 nm"
    holds "energy roofline"
    holds "Horowitz, ISSCC 2014"
}

@test "nothing that rests on the estimate enters a bound unasked" {
    runs 0 predict hailo-8 resnet-50 --json
    json 'all(c["name"] != "power" for c in d["ceilings"]) and all(i["field"] != "power.tdp" for i in d["inputs"])'
}

@test "a node outside the tables is told, and the bound stands" {
    runs 0 predict h100-sxm resnet-50 --energy dynamic
    holds "below 7 nm, the smallest node"
    holds "at most"
    runs 0 predict h100-sxm resnet-50 --energy dynamic --json
    json 'd["energy"]["bound"] is None and "smallest" in d["energy"]["missing"] and d["throughput"]["bound"] > 0'
}

@test "a broken table of costs is told with its place" {
    write_spec "$tmp/specs/a.json" a "$PEAK"
    printf 'node_nm\tkind\ta2\ta1\ta0\tvdd_nominal_v\tsource\n7\tHP\tone\t0\t0\t1\ts\n' >"$tmp/specs/process-nodes.tsv"
    runs 1 predict a resnet-50 --specs "$tmp/specs" --energy dynamic
    says 'process-nodes.tsv:2:6: a2 "one"'
    runs 0 predict a resnet-50 --specs "$tmp/specs"
}

@test "rank orders by every measure, and divides by what it shows" {
    for pair in energy:energy per-mm2:per_mm2 per-transistor:per_transistor per-node-watt:per_node_watt; do
        runs 0 rank resnet-50 --by ${pair%:*} --with bound --json
        k=${pair#*:}
        json "[r['place'] is None for r in d['rows']] == [r['$k']['bound'] is None for r in d['rows']]"
        json "(lambda v: v == sorted(v, reverse='$k' != 'energy'))([r['$k']['bound'] for r in d['rows'] if r['place']])"
        json 'd["counts"]["placed"] > 20'
    done
}

@test "power at one node: 16 nm to 7 nm is a third, below 7 nm there is none" {
    runs 0 rank resnet-50 --node 7 --where id=hailo-8 --json
    json 'd["by"] == "per-node-watt" and d["node_m"] == 7e-9'
    json 'abs(d["rows"][0]["per_node_watt"]["bound"] / d["rows"][0]["per_watt"]["bound"] - 0.14228768 / 0.047815) < 1e-6'
    json 'any("estimate" in w and "nominal voltage" in w for w in d["warnings"])'
    runs 0 rank resnet-50 --node 16nm --where id=hailo-8 --json
    json 'abs(d["rows"][0]["per_node_watt"]["bound"] / d["rows"][0]["per_watt"]["bound"] - 1) < 1e-12'
    runs 1 rank resnet-50 --node 7 --where id=h100-sxm
    says "process node within the tables"
    runs 2 rank resnet-50 --node 5
    says "5 nm is below 7 nm, the smallest node"
    runs 2 rank resnet-50 --node small
    says "such as 7"
}

@test "the front of any two measures holds what none outdoes in both" {
    runs 0 rank resnet-50 --pareto-of energy,throughput --with bound --json
    json 'd["pareto_of"] == ["energy", "throughput"] and d["rows"] and all(r["pareto"] for r in d["rows"])'
    front=$(value '[r["chip"] for r in d["rows"]]')
    runs 0 rank resnet-50 --with bound --json
    json "all(not (o['energy']['bound'] is not None and o['energy']['bound'] <= r['energy']['bound'] and o['throughput']['bound'] > r['throughput']['bound']) for r in d['rows'] if r['chip'] in $front for o in d['rows'])"
    runs 2 rank resnet-50 --pareto-of energy
    says "expected two measures"
    runs 2 rank resnet-50 --pareto-of energy,beauty
    says "per-transistor"
}

@test "tables of the new measures fit the width asked for" {
    for by in energy per-mm2 per-transistor per-node-watt; do
        COLUMNS=80 run --separate-stderr chiproof rank llama-3.1-8b --by $by
        [ "$(wc -L <<<"$output")" -le 80 ] || fail "a line of more than 80"
    done
}

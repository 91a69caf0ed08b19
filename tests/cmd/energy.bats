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
    holds "throughput bound"
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

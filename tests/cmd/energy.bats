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

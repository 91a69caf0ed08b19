load common

HEAD=$'chip\tsystem\tchips_used\tmodel\tvariant\tprecision\tsparse\tbatch\tscenario\tmetric\tvalue\tunit\tconditions\tsource\tuse'

# row VALUE [USE [SPARSE]]: a throughput of chip mine on resnet-50 v1.5, whose bound is 10 TOPS / 8.18 GOP.
row() {
    printf 'mine\tbox\t1\tresnet-50-v1.5\t\tint8\t%s\t1\t\tthroughput\t%s\tinferences/s\t\ts\t%s\n' \
        "${3-no}" "$1" "${2-fit}"
}

write_rows() {
    write_spec "$tmp/specs/mine.json" mine "$PEAK, $SRAM"
    mkdir -p "$tmp/specs/measured"
    { echo "$HEAD"; cat; } >"$tmp/specs/measured/rows.tsv"
    printf 'source\ttitle\tpublisher\tdate_or_commit\turl\ns\tTable\t\t\t\n' >"$tmp/specs/measured/sources.tsv"
}

@test "the shipped measurements are read, and every row has one verdict" {
    run --separate-stderr chiproof audit --json --all
    [ "$status" -le 1 ]
    silent
    json 'd["schema"] == "chiproof/audit/1" and len(d["rows"]) == d["totals"]["rows"] > 7000'
    json 'sum(d["totals"]["verdicts"].values()) == len(d["rows"])'
    json 'sum(d["totals"]["unchecked"].values()) == d["totals"]["verdicts"]["not checkable"]'
    json 'all(r["bound"] > 0 and r["share"] > 0 and r["limiter"] for r in d["rows"] if r["verdict"] != "not checkable")'
    json 'all(r["why"] for r in d["rows"] if r["verdict"] in ("explained", "not checkable"))'
    json 'all(r["share"] <= 1.05 for r in d["rows"] if r["verdict"] == "consistent")'
    json 'd["totals"]["verdicts"]["consistent"] > 5000'
}

# What stands above its bound, and why. A row that nothing explains fails: find out which spec, count or label is wrong
# and say so in specs/measured/findings.tsv. These are findings; the numbers change only when rows, specs or counts do.
@test "no shipped row is above its bound without a reason" {
    runs 0 audit --json --all
    json 'd["above"] == []'
    json 'd["totals"]["verdicts"]["sparse"] == 19'
    json '[sum(1 for r in d["rows"] if r["verdict"] == "explained" and word in r["why"]) for word in
        ("skip the padding", "open division", "labelled fp32, which", "7.9 of 8 experts", "SSD MobileNet v2",
        "memory is not published", "not that of the network on the page", "which DirectMHP", "NVIDIA'"'"'s TensorRT",
        "more than one token a pass")] == [264, 27, 2, 3, 2, 18, 2, 1, 9, 2]'
    json 'd["totals"]["verdicts"]["explained"] == 264 + 27 + 2 + 3 + 2 + 18 + 2 + 1 + 9 + 2'
    runs 0 audit hailo-8
    holds "hailo-8"
}

@test "audit and predict hold one bound" {
    write_rows < <(row 600)
    runs 0 audit mine --specs "$tmp/specs" --json --all --quiet
    bound=$(value 'd["rows"][0]["bound"]')
    runs 0 predict mine resnet-50 --specs "$tmp/specs" --json --quiet
    json "d['throughput']['bound'] == $bound"
}

@test "a row above its bound fails and says what it would need; sparse rows and others do not fail" {
    write_rows < <(row 600; row 1600)
    runs 1 audit mine --specs "$tmp/specs" --quiet
    holds "above its bound"
    holds "sparsity"
    write_rows < <(row 1600 fit yes; row 1600 "no: claim")
    runs 0 audit mine --specs "$tmp/specs" --quiet --json
    json 'd["totals"]["verdicts"]["sparse"] == 1 and d["totals"]["verdicts"]["above"] == 1'
}

@test "a user's finding explains, up to its limit" {
    write_rows < <(row 1600)
    printf 'chip\tmodel\tsource\tcondition\tup_to\texplanation\nmine\t*\ts\t*\t2\tovercharged\n' \
        >"$tmp/specs/measured/findings.tsv"
    runs 0 audit mine --specs "$tmp/specs" --quiet
    holds "1 rows: overcharged"
    write_rows < <(row 16000)
    runs 1 audit mine --specs "$tmp/specs" --quiet
}

@test "a faulty table is told with its place" {
    write_rows < <(row fast)
    runs 1 audit mine --specs "$tmp/specs" --quiet
    says 'rows.tsv:2:50: value "fast"'
    empty
}

@test "tidy rows: one for each measurement, or each chip" {
    runs 0 audit hailo-8 hailo-8l --format csv
    [ "${#lines[@]}" -eq 3 ]
    runs 0 audit hailo-8 --format csv --all
    holds "hailo-8,"
    [ "${#lines[@]}" -gt 100 ]
}

@test "a chip without measurements is said, an unknown one refused" {
    runs 0 audit wse-1
    says "no published measurement of wse-1"
    runs 1 audit nothing-such
    says 'no chip "nothing-such"'
}

# The claims of the shipped spec files and what became of them: findings too.
@test "every claim of the shipped specs has one verdict, and the remarkable ones are named" {
    runs 0 audit --claims --json
    json 'd["claims"]["count"] == len(d["claims"]["items"]) == sum(d["claims"]["verdicts"].values())'
    json 'sum(d["claims"]["unchecked"].values()) == d["claims"]["verdicts"]["not checkable"]'
    json 'all(c["against"] and c["share"] > 0 for c in d["claims"]["items"] if c["verdict"] != "not checkable")'
    json 'all(c["why"] for c in d["claims"]["items"] if c["verdict"] == "not checkable")'
    json '{(c["chip"], c["text"][:9]) for c in d["claims"]["items"] if c["verdict"] == "impossible"} == {
        ("en100", "40 TOPS/W"), ("wse-2", "0.03 W a ")}'
    json '{(c["chip"], c["text"][:9]) for c in d["claims"]["items"] if c["verdict"] == "needs sparsity"} == {
        ("cs-2", "62.5 PFLO"), ("metis", "82 TOPS/W")}'
    json 'd["checks"]["errors"] == d["checks"]["doubtful"] == 0 and d["checks"]["files"] > 200'
}

@test "claims of one chip: on a page, as csv, and a false one told" {
    runs 0 audit hailo-8 --claims --all
    holds "8.65 W = 3.01 TOPS/W"
    [ "$(COLUMNS=80 chiproof audit --claims --all | awk '{ if (length > most) most = length } END { print most }')" -le 110 ]
    runs 0 audit hailo-8 --claims --format csv
    [ "${#lines[@]}" -eq 3 ]
    write_spec "$tmp/specs/mine.json" mine "$PEAK, \"power\": {\"tdp\": {\"value\": 10, \"unit\": \"W\", \"claim\": \"vendor\"}},
        \"statements\": [{\"text\": \"5 TOPS/W\", \"value\": 5, \"unit\": \"TOPS/W\", \"claim\": \"vendor\"}]"
    runs 0 audit mine --specs "$tmp/specs" --claims --quiet --json
    json 'd["claims"]["items"][0]["verdict"] == "impossible" and abs(d["claims"]["items"][0]["share"] - 5) < 1e-9'
}

load common

# What a stranger may hand over: odd files, odd places to write to, names that would move the cursor.

NOTHING='{"schema": "chiproof/workload/1", "id": "nothing", "name": "N", "input": [{"name": "in", "shape": [3, 8, 8]}],
 "ops": [{"op": "pool", "fn": "global"}]}'

@test "faulty specs in a folder leave the answer one JSON object" {
    write_spec "$tmp/specs/good.json" good "$PEAK, $SRAM, $HOST"
    printf '{' >"$tmp/specs/a.json"
    printf '{"id": 1}' >"$tmp/specs/b.json"
    runs 0 rank resnet-50 --specs "$tmp/specs" --json
    json 'any(row["chip"] == "good" for row in d["rows"])'
    says 'a.json'
    says 'b.json'
    runs 0 list --specs "$tmp/specs" --json
    json 'd["schema"] == "chiproof/list/1"'
}

@test "a failure is one JSON object too, whatever failed" {
    runs 1 compare "$tmp/none.json" hailo-8 --json
    json '"none.json" in str(d) or d["error"]["code"]'
    mkdir -p "$tmp/specs/measured"
    printf 'no\ttable\n1\n' >"$tmp/specs/measured/x.tsv"
    runs 1 audit --specs "$tmp/specs" --json
    json 'd["error"]["message"]'
}

@test "a pipe without a writer stops no command" {
    mkdir -p "$tmp/specs" "$tmp/models"
    mkfifo "$tmp/specs/pipe.json" "$tmp/models/calibration.json"
    run --separate-stderr timeout 20 "$CHIPROOF" list --specs "$tmp/specs"
    [ "$status" -eq 0 ]
    says 'pipe.json: a pipe that nobody writes to'
    run --separate-stderr timeout 20 "$CHIPROOF" predict hailo-8 resnet-50 --models "$tmp/models"
    [ "$status" -eq 0 ]
    says 'a pipe that nobody writes to'
}

@test "a spec may come through a pipe, however late" {
    run --separate-stderr "$CHIPROOF" validate <(sleep 0.3; cat specs/hailo-8.json)
    [ "$status" -eq 0 ]
    holds '0 errors'
}

@test "output that cannot be written is a failure" {
    for command in --version --help list 'predict hailo-8 resnet-50 --json' 'list --format csv'; do
        run -1 bash -c '"$@" >/dev/full' - "$CHIPROOF" $command
        [[ "$output" == *'could not be written'* ]]
    done
}

@test "control characters reach no terminal, in no format" {
    write_spec "$tmp/x.json" x "$PEAK, $SRAM, $HOST" $'\\u001b[31mred\\u202e'
    for command in 'show' 'validate'; do
        for format in table csv md json; do
            run "$CHIPROOF" $command "$tmp/x.json" --format $format
            [[ "$output" != *$'\e'* && "$output" != *$'\u202e'* ]] || fail "$command $format"
        done
    done
    runs 0 list --specs "$tmp" --format csv
    [[ "$output" != *$'\e'* && "$output" != *$'\u202e'* ]]
    holds '[31mred'
}

@test "a network without weights is answered, alone and in a pipeline" {
    printf '%s' "$NOTHING" >"$tmp/nothing.json"
    runs 0 predict hailo-8 "$tmp/nothing.json" --chips 8 --parallel pipeline --batch 16 --json
    json 'd["throughput"]["bound"] > 0 and d["split"]["microbatches"] == 1 and d["split"]["busy"] == 1'
    runs 0 rank "$tmp/nothing.json" --format csv
    ! grep -Eiw 'nan|inf' <<<"$output"
}

@test "more chips than are taken is told with the number" {
    runs 2 compare a10 l4 l40s a30 hailo-8 metis groqchip gc200 antoum
    says '9 arguments, at most 8'
    runs 2 calibrate now
    says 'expected no arguments'
}

@test "a long search path does not hide the shipped catalogue" {
    CHIPROOF_PATH=$(printf 'nowhere%.0s:' {1..100}) runs 0 predict hailo-8 resnet-50 --json
    json 'd["chip"] == "hailo-8"'
}

@test "a target out of the range of numbers is refused" {
    for target in 1e308k/s 1e-320ns 1e999/s nan/s inf/s 0/s -1/s ''; do
        runs 2 need resnet-50 --target "$target"
        says '--target'
    done
}

load common

@test "a chip is found by id, alias, other case, and path" {
    runs 0 show hailo-8 --json
    here=$output
    for name in "Hailo 8" HAILO-8 ./specs/hailo-8.json specs/hailo-8.json; do
        runs 0 show "$name" --json
        [ "$output" = "$here" ] || fail "$name is another"
    done
}

@test "a chip is found by its Chinese name" {
    runs 0 show 墨芯 --json
    holds '"antoum"'
}

@test "a model is found by id and by short alias" {
    runs 0 predict hailo-8 resnet-50 --json
    json 'd["model"] == "resnet-50-v1.5"'
    runs 0 predict hailo-8 yolov8n --json
    json 'd["model"] == "yolov8n-640"'
}

@test "a mistyped name gets the nearest ones" {
    runs 1 show halio-8
    says 'no chip'
    says 'did you mean hailo-8'
    runs 1 predict hailo-8 resent-50
    says 'no model "resent-50"; did you mean resnet-50'
    runs 1 compare hailo-8 metsi --json
    json 'd["error"]["code"] == "unknown_name"'
}

@test "a name with control characters is shown without them" {
    runs 1 show $'\x1b[31mred\x07'
    [[ "$stderr" != *$'\x1b'* && "$stderr" != *$'\x07'* ]]
}

@test "a user's file replaces a shipped one, and a note says so" {
    write_spec "$tmp/mine/hailo-8.json" hailo-8 "$PEAK, $HOST, $SRAM"
    runs 0 predict hailo-8 resnet-50 --json --specs "$tmp/mine"
    says "$tmp/mine/hailo-8.json is yours and stands for the shipped hailo-8"
    json 'd["inputs"][0]["value"] == 10'
}

@test "folders are looked up in the order --specs, CHIPROOF_PATH, XDG data home" {
    peak() { echo "\"peak\": [{\"value\": $1, \"unit\": \"TOPS\", \"precision\": \"int8\", \"sparsity\": \"dense\", \"claim\": \"vendor\"}], $HOST, $SRAM"; }
    used() { runs 0 predict own resnet-50 --json --quiet "$@"; value 'd["inputs"][0]["value"]'; }
    write_spec "$tmp/xdg/chiproof/specs/own.json" own "$(peak 1)"
    export XDG_DATA_HOME=$tmp/xdg
    [ "$(used)" = 1 ]
    write_spec "$tmp/second/specs/own.json" own "$(peak 2)"
    write_spec "$tmp/first/specs/own.json" own "$(peak 3)"
    export CHIPROOF_PATH=$tmp/first:$tmp/second
    [ "$(used)" = 3 ]
    export CHIPROOF_PATH=/none:$tmp/second:
    [ "$(used)" = 2 ]
    write_spec "$tmp/option/own.json" own "$(peak 4)"
    [ "$(used --specs "$tmp/option")" = 4 ]
}

@test "a user's file may leave out sources, with a warning" {
    write_spec "$tmp/own.json" own "$PEAK, $HOST, $SRAM"
    runs 0 predict "$tmp/own.json" resnet-50 --json
    says "no source"
    json 'd["throughput"]["bound"] > 0'
}

@test "it works from any folder" {
    cd "$tmp"
    runs 0 show metis
    holds "Axelera"
}

@test "list names every shipped chip and model" {
    runs 0 list --json
    for file in specs/*.json; do holds "\"$(basename "$file" .json)\""; done
    runs 0 list models --json
    for file in models/*.json; do
        [ "$(basename "$file")" = calibration.json ] || holds "\"$(basename "$file" .json)\""
    done
}

@test "a broken file in a folder does not take the list down" {
    mkdir -p "$tmp/mine"
    cp tests/bad/specs/truncated.json "$tmp/mine/truncated.json"
    run --separate-stderr chiproof list --specs "$tmp/mine"
    holds "hailo-8"
    says "truncated.json"
}

load common

# What a user's folder of specs may hold, and what it must not break.

@test "a broken file in a user's folder is reported and skipped by list" {
    write_spec "$tmp/specs/good.json" good "$PEAK"
    echo '{"schema": ' >"$tmp/specs/broken.json"
    CHIPROOF_PATH=$tmp runs 0 list --where 'vendor=V'
    holds "good"
    says "broken.json:2:1: the file ends"
}

@test "a broken file does not hinder a command that does not need it" {
    write_spec "$tmp/specs/good.json" good "$PEAK"
    echo '{' >"$tmp/specs/broken.json"
    CHIPROOF_PATH=$tmp runs 0 compare good hailo-8 --model resnet-50
    CHIPROOF_PATH=$tmp runs 1 show broken
    says "broken.json"
}

@test "a circle of contains ends in a message" {
    mkdir -p "$tmp/specs"
    for pair in a:b b:a; do
        printf '{"schema": "chiproof/chip/1", "id": "%s", "name": "N", "vendor": "V", "level": "card", "contains": {"chip": "%s", "count": 2}}' \
            "${pair%:*}" "${pair#*:}" >"$tmp/specs/${pair%:*}.json"
    done
    runs 0 show a --specs "$tmp/specs"
    says "a circle?"
}

@test "a part that is missing is named, and the rest goes on" {
    mkdir -p "$tmp/specs"
    printf '{"schema": "chiproof/chip/1", "id": "a", "name": "N", "vendor": "V", "level": "card", "contains": {"chip": "nothing-such", "count": 2}}' \
        >"$tmp/specs/a.json"
    runs 0 show a --specs "$tmp/specs"
    says 'a contains nothing-such, which cannot be read: no chip "nothing-such"'
    runs 1 compare a hailo-8 --per chip --specs "$tmp/specs"
    says "does not say how many chips"
}

@test "two files with one id are told apart by their names, and that is said" {
    write_spec "$tmp/specs/one.json" one "$PEAK"
    cp "$tmp/specs/one.json" "$tmp/specs/two.json"
    runs 0 list --specs "$tmp/specs" --where 'id=one'
    says "two.json:1:37: /id: the file is not named one.json"
}

@test "names that are commands, quotes or turned text reach the terminal harmless" {
    write_spec "$tmp/specs/evil.json" evil "$PEAK" '`touch '"$tmp"'/x`\u001b[31m\u202e\"; rm -rf'
    runs 0 compare evil hailo-8 --specs "$tmp/specs" --model resnet-50
    [[ "$output$stderr" != *$'\x1b'* && "$output$stderr" != *$'\u202e'* ]]
    runs 0 compare evil hailo-8 --specs "$tmp/specs" --model resnet-50 --format csv
    runs 0 compare evil hailo-8 --specs "$tmp/specs" --model resnet-50 --json
    json 'd["chips"][0]["name"].startswith("`touch")'
    [ ! -e "$tmp/x" ]
}

@test "a folder of ten thousand specs still lists" {
    write_spec "$tmp/specs/s0.json" s0 "$PEAK"
    python3 - "$tmp/specs" <<'PY'
import sys
text = open(sys.argv[1] + "/s0.json").read()
for i in range(1, 10000):
    open(f"{sys.argv[1]}/s{i}.json", "w").write(text.replace('"s0"', f'"s{i}"'))
PY
    runs 0 list --specs "$tmp/specs" --where 'vendor=V' --format csv --quiet
    [ "$(grep -c '^s' <<<"$output")" -eq 10000 ]
    runs 0 compare s1 s9999 --specs "$tmp/specs" --model resnet-50
}

@test "new writes a file that loads, validates and compares at once" {
    cd "$tmp"
    runs 0 new my-chip
    [ "$output" = my-chip.json ]
    runs 1 new my-chip
    says "is there already"
    runs 0 validate my-chip.json
    holds "no dense peak yet"
    runs 0 compare ./my-chip.json hailo-8
    runs 2 new "My Chip"
    runs 2 new ../up
    [ ! -e ../up.json ]
}

@test "format-in-place puts a spec into its layout, whole, and only once" {
    printf '{"name": "N", "schema": "chiproof/chip/1", "vendor": "V", "level": "chip", "id": "a"}' >"$tmp/a.json"
    runs 0 validate "$tmp/a.json"
    holds "canonical layout"
    runs 0 validate --format-in-place "$tmp/a.json"
    [ "$(head -n 3 "$tmp/a.json" | tail -n 1)" = '  "id": "a",' ]
    runs 0 validate "$tmp/a.json"
    lacks "canonical layout"
}

@test "coverage counts every chip once in every column" {
    runs 0 list --coverage --json
    json 'all(sum(column.values()) == len(d["chips"]) for column in d["totals"].values())'
}

@test "per chip, card and watt put both sides on one basis" {
    runs 0 compare metis metis-pcie-x4 --per chip --model resnet-50 --json
    json 'd["divided_by"] == [1, 4] and abs(d["rows"][0]["ratio"]["bound"] - 1) < 0.01'
    runs 0 compare hailo-8 metis --per watt --model resnet-50 --json
    json 'd["divided_by"] == [8.65, 16]'
    runs 1 compare hailo-8 metis --per card
    says "how many cards"
}

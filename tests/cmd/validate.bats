load common

# The first error of each file, as "line:column: path: message", is what stands in its .expect.
as_expected() {
    python3 -c '
import json, sys
wrong, seen = 0, set()
for f in json.load(sys.stdin)["findings"]:
    if f["grade"] != "error" or f["file"] in seen:
        continue
    seen.add(f["file"])
    path = f.get("path")
    printed = "%d:%d: %s%s" % (f["line"], f["column"], path + ": " if path else "", f["message"])
    expected = open(f["file"][:-5] + ".expect").read().strip()
    if printed != expected:
        wrong += 1
        print(f["file"], "says", printed, "and not", expected)
for name in set(sys.argv[1:]) - seen:
    wrong += 1
    print(name, "is accepted")
sys.exit(wrong > 0)' "$@" <<<"$output"
}

@test "each bad spec is refused, at the right place and with the right words" {
    runs 1 validate --json tests/bad/specs/*.json
    as_expected tests/bad/specs/*.json
}

@test "each bad model is refused, at the right place and with the right words" {
    runs 1 validate --json tests/bad/models/*.json
    as_expected tests/bad/models/*.json
}

@test "a finding is one line: file, line, column, path, message" {
    COLUMNS=40 runs 1 validate tests/bad/specs/unknown-key.json
    [ "${lines[0]}" = 'tests/bad/specs/unknown-key.json:8:5: /sram/capcity: unknown key "capcity"; did you mean "capacity"?' ]
}

@test "every shipped file is without error" {
    runs 0 validate specs/*.json models/*.json
}

@test "several faults come out of one run" {
    write_spec "$tmp/many.json" many '"sram": {"capcity": 1},
"clock": 5,
"announced": {"value": "soon", "claim": "press"}'
    runs 1 validate "$tmp/many.json"
    holds "many.json:2:"
    holds "many.json:3:"
    holds "many.json:4:"
    holds "(3 errors"
}

@test "several files are checked, and one bad one fails the run" {
    runs 1 validate specs/hailo-8.json tests/bad/specs/zero.json tests/bad/specs/unknown-key.json
    holds "tests/bad/specs/zero.json:7:30"
    holds "tests/bad/specs/unknown-key.json:8:5"
    lacks "hailo-8.json"
}

@test "doubtful findings fail only with --strict" {
    write_spec "$tmp/own.json" own "$PEAK"
    runs 0 validate "$tmp/own.json"
    holds "doubtful"
    runs 1 validate --strict "$tmp/own.json"
}

@test "files that cannot be read are named" {
    runs 1 validate "$tmp/none.json"
    holds "$tmp/none.json: no such file"
    runs 1 validate "$tmp"
    holds "directory"
    if [ "$(id -u)" != 0 ]; then
        echo '{}' >"$tmp/secret.json"
        chmod 0 "$tmp/secret.json"
        runs 1 validate "$tmp/secret.json"
        holds "ermission denied"
    fi
}

@test "a huge file is refused without being read into memory" {
    truncate -s 3G "$tmp/huge.json"
    runs 1 validate "$tmp/huge.json"
    holds "larger than 16 MiB"
}

@test "a spec comes by pipe too" {
    run --separate-stderr bash -c 'cat specs/hailo-8.json | "$0" validate /dev/stdin' "$CHIPROOF"
    [ "$status" -eq 0 ]
}

@test "no bad file brings another command down" {
    for file in tests/bad/specs/*.json; do
        runs 1 compare "./$file" metis --json
        [[ "$output" == *'"error"'* && -n "$stderr" ]] || fail "$file"
    done
    for file in tests/bad/models/*.json; do
        runs 1 predict hailo-8 "./$file"
        empty
        [ -n "$stderr" ] || fail "$file"
    done
}

# For every command test: $CHIPROOF is the program (the plain one, or another build of it), the folder is the
# root of the tree, $BATS_TEST_TMPDIR is the test's own.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return 1
    CHIPROOF=${CHIPROOF:-$PWD/chiproof}
    export LC_ALL=C.UTF-8 NO_COLOR=1 COLUMNS=100 HOME=$BATS_TEST_TMPDIR/home
    unset CHIPROOF_PATH XDG_DATA_HOME
    tmp=$BATS_TEST_TMPDIR
}

chiproof() { "$CHIPROOF" "$@"; }

# Like run, with stderr apart in $stderr. `runs STATUS ARGS...` also checks the exit status.
runs() {
    local want=$1
    shift
    run --separate-stderr chiproof "$@"
    [ "$status" -eq "$want" ] || fail "exit $status, not $want: chiproof $*"
}

fail() {
    echo "$1"
    printf 'stdout: %s\nstderr: %s\n' "$output" "${stderr-}" | cut -c 1-200 | head -n 40
    return 1
}

holds() { [[ "$output" == *"$1"* ]] || fail "stdout does not hold: $1"; }
lacks() { [[ "$output" != *"$1"* ]] || fail "stdout holds: $1"; }
says() { [[ "$stderr" == *"$1"* ]] || fail "stderr does not say: $1"; }
silent() { [ -z "$stderr" ] || fail "stderr is not empty"; }
empty() { [ -z "$output" ] || fail "stdout is not empty"; }

# json EXPRESSION: the expression, of the JSON d on stdout, is true. Also: it is one strict JSON text.
json() {
    python3 -c '
import json, sys
def no(word): raise ValueError("not JSON: " + word)
d = json.loads(sys.stdin.read(), parse_constant=no)
assert isinstance(d, dict) and "schema" in d, "no object with a schema"
assert eval(sys.argv[1]), sys.argv[1]' "$1" <<<"$output" || fail "not so: $1"
}

# value EXPRESSION: prints it, of the JSON d on stdout.
value() { python3 -c 'import json, sys; d = json.load(sys.stdin); print(eval(sys.argv[1]))' "$1" <<<"$output"; }

# write_spec FILE ID MEMBERS: a spec with a right head.
write_spec() {
    mkdir -p "$(dirname "$1")"
    printf '{"schema": "chiproof/chip/1", "id": "%s", "name": "%s", "vendor": "V", "level": "chip",\n%s}\n' \
        "$2" "${4-$2}" "$3" >"$1"
}

# A chip that can run something.
PEAK='"peak": [{"value": 10, "unit": "TOPS", "precision": "int8", "sparsity": "dense", "claim": "vendor"}]'
HOST='"host": {"bandwidth": {"value": 2, "unit": "GB/s", "claim": "vendor"}}'
SRAM='"sram": {"capacity": {"value": 64, "unit": "MB", "claim": "vendor"}}'

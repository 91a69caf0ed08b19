# For scripts that are suites: `ok NAME`, `not_ok NAME [FILE OF DETAILS]`, `skip NAME WHY`, and `plan` at the end.
tap_count=0
tap_failed=0
ok() { tap_count=$((tap_count + 1)); echo "ok $tap_count - $1"; }
not_ok() {
    tap_count=$((tap_count + 1))
    tap_failed=$((tap_failed + 1))
    echo "not ok $tap_count - $1"
    if [ -n "${2-}" ]; then head -n 40 "$2" | sed 's/^/# /'; fi
}
skip() { tap_count=$((tap_count + 1)); echo "ok $tap_count - $1 # SKIP $2"; }
# check NAME COMMAND...: passes if the command does, and shows what it printed if not.
check() {
    tap_name=$1
    shift
    if "$@" >"$tap_log" 2>&1; then ok "$tap_name"; else not_ok "$tap_name" "$tap_log"; fi
}
plan() { echo "1..$tap_count"; [ "$tap_failed" = 0 ]; }
tap_log=$(mktemp)
trap 'rm -f "$tap_log"' EXIT

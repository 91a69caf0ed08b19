load common

# fake NAME SCRIPT: a gnuplot of the test's own.
fake() {
    printf '#!/bin/sh\n%s\n' "$1" >"$tmp/gnuplot"
    chmod +x "$tmp/gnuplot"
    export CHIPROOF_GNUPLOT=$tmp/gnuplot
}

# Beside the target nothing is left.
no_litter() { [ "$(ls -A "$tmp/out" 2>/dev/null)" = "${1-}" ] || fail "left behind: $(ls -A "$tmp/out")"; }

@test "a figure is drawn, named on stdout, and is whole XML" {
    runs 0 plot roofline hailo-8 metis --out "$tmp/out"
    silent
    [ "$output" = "$tmp/out/roofline.svg" ]
    no_litter roofline.svg
    xmllint --noout --nonet "$tmp/out/roofline.svg"
    grep -q 'Hailo-8' "$tmp/out/roofline.svg"
}

@test "the same figure is the same file" {
    chiproof plot roofline hailo-8 metis --out "$tmp/a"
    chiproof plot roofline hailo-8 metis --out "$tmp/b"
    cmp "$tmp/a/roofline.svg" "$tmp/b/roofline.svg"
}

@test "png and pdf begin as they should" {
    runs 0 plot roofline hailo-8 metis --term png --out "$tmp/out"
    [ "$(head -c 4 "$tmp/out/roofline.png" | tail -c 3)" = PNG ]
    runs 0 plot roofline hailo-8 metis --term pdf --out "$tmp/out"
    [ "$(head -c 4 "$tmp/out/roofline.pdf")" = %PDF ]
}

@test "--term dumb draws in the terminal and writes no file" {
    cd "$tmp"
    runs 0 plot roofline hailo-8 metis --term dumb
    holds "Metis AIPU"
    holds "Arithmetic intensity"
    lacks $'\x1b'
    [ ! -e plots ]
}

@test "--dump prints the script, which gnuplot takes as it is" {
    cd "$tmp"
    chiproof plot roofline hailo-8 metis --dump >script
    ! grep -qE 'system|`|!' script
    gnuplot -d script >drawn
    [ -s drawn ] || ls ./*.svg
}

@test "names cannot run commands" {
    write_spec "$tmp/evil.json" evil "$PEAK, $HOST, $SRAM" "\`touch $tmp/ran\` '\\\\u000a!touch $tmp/ran\\\\u000a \\\" @x \$(touch $tmp/ran) EOD"
    runs 0 validate "$tmp/evil.json"
    runs 0 plot roofline "$tmp/evil.json" metis --out "$tmp/out"
    xmllint --noout --nonet "$tmp/out/roofline.svg"
    [ ! -e "$tmp/ran" ]
}

@test "a missing gnuplot is named" {
    CHIPROOF_GNUPLOT=$tmp/none runs 1 plot roofline hailo-8 metis --out "$tmp/out"
    says "gnuplot"
    empty
    no_litter
}

@test "what a failing gnuplot says is passed on, and the old figure stays" {
    mkdir -p "$tmp/out"
    echo old >"$tmp/out/roofline.svg"
    fake 'echo "line 3: undefined thing" >&2; exit 1'
    runs 1 plot roofline hailo-8 metis --out "$tmp/out"
    says "undefined thing"
    no_litter roofline.svg
    [ "$(cat "$tmp/out/roofline.svg")" = old ]
}

@test "a gnuplot that claims success without a drawing is not believed" {
    fake 'exit 0'
    runs 1 plot roofline hailo-8 metis --out "$tmp/out"
    [ -n "$stderr" ]
    no_litter
}

@test "a gnuplot that dies of a signal is a failure" {
    fake 'kill -SEGV $$'
    runs 1 plot roofline hailo-8 metis --out "$tmp/out"
    [ -n "$stderr" ]
    no_litter
}

@test "an interrupt ends a hanging gnuplot and cleans up" {
    fake "echo \$\$ >'$tmp/pid'; exec sleep 60"
    "$CHIPROOF" plot roofline hailo-8 metis --out "$tmp/out" 2>"$tmp/err" 3>&- &
    child=$!
    for _ in $(seq 100); do [ -s "$tmp/pid" ] && break; sleep 0.05; done
    [ -s "$tmp/pid" ]
    kill -TERM $child
    begin=$SECONDS
    wait $child && fail "it succeeded"
    [ $((SECONDS - begin)) -lt 10 ]
    ! kill -0 "$(cat "$tmp/pid")" 2>/dev/null
    no_litter
}

@test "a folder that cannot be made is a failure" {
    : >"$tmp/file"
    runs 1 plot roofline hailo-8 metis --out "$tmp/file/out"
    says "$tmp/file"
    empty
}

@test "an unknown figure and an unknown terminal are wrong usage" {
    runs 2 plot skyline hailo-8
    says "roofline"
    runs 2 plot roofline hailo-8 --term papyrus
    says "svg"
}

@test "a chip without a peak gives a figure that says so" {
    runs 0 plot roofline apple-m1-ane --term dumb
    holds "no chip here has a published dense peak"
}

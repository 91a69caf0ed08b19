load common

# fake NAME SCRIPT: a gnuplot of the test's own.
fake() {
    printf '#!/bin/sh\n%s\n' "$1" >"$tmp/gnuplot"
    chmod +x "$tmp/gnuplot"
    export CHIPROOF_GNUPLOT=$tmp/gnuplot
}

# Beside the targets and their stamps nothing is left.
no_litter() {
    [ "$(ls -A "$tmp/out" 2>/dev/null | grep -v '^figures.sum$')" = "${1-}" ] || fail "left behind: $(ls -A "$tmp/out")"
}

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

@test "every figure is listed, drawn, and whole" {
    runs 0 plot --list --json
    json "len(d['figures']) > 10"
    names=$(value "' '.join(f['name'] for f in d['figures'])")
    runs 0 plot all --out "$tmp/out"
    names=${names/backtest /} # it takes a while, and is not among all
    for name in $names; do
        xmllint --noout --nonet "$tmp/out/$name.svg" || fail "$name is no XML"
        words=$(sed 's/<[^>]*>/ /g' "$tmp/out/$name.svg" | tr -s '[:space:]' ' ') # the footer is broken into lines
        [[ $words == *"inputs "*" ("* ]] || fail "$name does not say what it rests on"
        [[ $words == *"chiproof plot $name"* ]] || fail "$name does not say how it was made"
    done
    [ "$(wc -l <<<"$output")" = "$(wc -w <<<"$names")" ]
}

@test "what would come out the same is not drawn again" {
    runs 0 plot roofline batch --out "$tmp/out"
    fake 'exit 1'
    runs 0 plot roofline batch --out "$tmp/out" --json
    json "[f['redrawn'] for f in d['figures']] == [False, False]"
    runs 1 plot roofline batch --out "$tmp/out" --batch 2
    unset CHIPROOF_GNUPLOT
    echo more >>"$tmp/out/batch.svg"
    runs 0 plot roofline batch --out "$tmp/out" --json
    json "[f['redrawn'] for f in d['figures']] == [False, True]"
    ! grep -q more "$tmp/out/batch.svg"
}

@test "a changed spec changes its figures and no others" {
    mkdir "$tmp/specs"
    cp specs/hailo-8.json "$tmp/specs/"
    runs 0 plot roofline hailo-8 --out "$tmp/out" --specs "$tmp/specs" --quiet
    cp "$tmp/out/figures.sum" "$tmp/before"
    runs 0 plot roofline hailo-8 --out "$tmp/out"
    cmp "$tmp/before" "$tmp/out/figures.sum"
    sed -i '0,/"value": 26/s//"value": 27/' "$tmp/specs/hailo-8.json"
    runs 0 plot roofline hailo-8 --out "$tmp/out" --specs "$tmp/specs" --quiet
    ! cmp -s "$tmp/before" "$tmp/out/figures.sum"
}

@test "a changed spec redraws the figures that hold it, and leaves the rest alone" {
    mkdir "$tmp/specs"
    cp specs/hailo-8.json specs/metis.json "$tmp/specs/"
    runs 0 plot roofline hailo-8 --out "$tmp/out" --specs "$tmp/specs" --quiet
    runs 0 plot breakdown metis --out "$tmp/out" --specs "$tmp/specs" --quiet
    cp -p "$tmp/out/breakdown.svg" "$tmp/before.svg"
    sed -i '0,/"value": 26/s//"value": 27/' "$tmp/specs/hailo-8.json"
    runs 0 plot roofline hailo-8 --out "$tmp/out" --specs "$tmp/specs" --quiet --json
    json "[f['redrawn'] for f in d['figures']] == [True]"
    fake 'exit 1'
    runs 0 plot breakdown metis --out "$tmp/out" --specs "$tmp/specs" --quiet --json
    json "[f['redrawn'] for f in d['figures']] == [False]"
    cmp "$tmp/before.svg" "$tmp/out/breakdown.svg"
}

# The ticks say what the place of a mark is worth, which must be what the spec says: 26 TOPS, and its power.
@test "the axes of the picture are those of the values" {
    runs 0 plot efficiency --where id=hailo-8 --out "$tmp/out" --quiet
    watts=$(python3 -c 'import json
power = json.load(open("specs/hailo-8.json"))["power"]
print((power.get("tdp") or power["typical"])["value"])')
    python3 - "$tmp/out/efficiency.svg" "$watts" <<'PYTHON'
import math, re, sys
import xml.etree.ElementTree as tree

S = "{http://www.w3.org/2000/svg}"
prefixes = {"": 1, "k": 1e3, "G": 1e9, "T": 1e12, "P": 1e15}
x, y, marks = {}, {}, []
place = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")
for group in tree.parse(sys.argv[1]).iter():
    at = place.match(group.get("transform", ""))
    if group.tag == S + "g" and at:
        for text in group.findall(S + "text"):
            tick = re.fullmatch(r"(\d+) ([kGTP]?)(W|OPS)", (text.text or "").strip())
            if tick:
                value = float(tick[1]) * prefixes[tick[2]]
                (x if tick[3] == "W" else y)[value] = float(at[1 if tick[3] == "W" else 2])
    if group.tag == S + "use" and at and "rgb(255, 255, 255)" not in group.get("color", ""):
        marks.append((float(at[1]), float(at[2])))

def read(ticks, where):
    (a, at), (b, bt) = min(ticks.items()), max(ticks.items())
    return 10 ** (math.log10(a) + (where - at) / (bt - at) * math.log10(b / a))

assert len(x) > 1 and len(y) > 1, (x, y)
for value, where in x.items(): # all ticks lie on one logarithmic scale
    assert abs(read(x, where) / value - 1) < 0.02, value
want = float(sys.argv[2]), 26e12
assert any(abs(read(x, mx) / want[0] - 1) < 0.02 and abs(read(y, my) / want[1] - 1) < 0.05
           for mx, my in marks), ([(read(x, mx), read(y, my)) for mx, my in marks], want)
PYTHON
}

@test "a text terminal fills cells with the characters of the legend" {
    runs 0 plot winner-sparsity --term dumb --quiet
    python3 - <<'PYTHON' "$output"
import re, sys
legend, cells = {}, set()
for line in sys.argv[1].splitlines():
    sample = re.search(r"  ([^\w\s]{5}) (\w.*)$", line)
    if sample: legend[sample[1]] = sample[2]
    row = re.search(r"\|(\S+)", line)
    if row and "|" in line: cells |= set(row[1])
assert len(legend) > 2, legend
assert cells <= set("".join(legend)), (cells, legend)
for sample in legend: assert sample[:2] in sys.argv[1].replace(sample + " " + legend[sample], ""), sample
PYTHON
}

@test "the footer holds the question" {
    runs 0 plot batch h100-pcie l40s --model llama-3.1-8b --precision fp8 --term dumb --dump
    holds 'chiproof plot batch h100-pcie l40s --model llama-3.1-8b --precision fp8\073 inputs'
}

@test "the footer can be pasted into a shell, whatever was asked" {
    cp specs/hailo-8.json "$tmp/it's \$(touch x) \`two\`.json"
    runs 0 plot coverage "$tmp/it's \$(touch x) \`two\`.json" --where 'name=*' --out "$tmp/out" --json
    words=$(sed 's/<[^>]*>/ /g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g; s/&quot;/"/g; s/&apos;/'"'"'/g; s/&#39;/'"'"'/g' "$tmp/out/coverage.svg" | tr -s '[:space:]' ' ')
    asked=${words##*: chiproof plot }
    eval "set -- ${asked%%; inputs*}"
    [ "$1" = coverage ]
    [ "$2" = "$tmp/it's \$(touch x) \`two\`.json" ]
    [ "$3 $4" = "--where name=*" ]
}

@test "a figure says what it takes" {
    runs 1 plot compare hailo-8
    says "2 to 6 chips"
    runs 1 plot context h100-sxm --model resnet-50
    says "language model"
    runs 1 plot batch h100-sxm --model resnet-50,yolov8n
    says "one network"
    runs 1 plot pareto --x flavour
    says "flavour"
    runs 0 plot all hailo-8 --out "$tmp/out"
    says "left out: compare"
}

@test "the catalogue's figures can be narrowed, and point out what is named" {
    runs 0 plot efficiency --where vendor=Hailo --term dumb
    holds "Hailo-8"
    lacks "NVIDIA"
    runs 0 plot efficiency metis --dump
    holds '"others"'
    runs 0 plot coverage --where vendor=Hailo --dump
    holds "the letter says who claims it"
    runs 0 plot timeline --where vendor=Nobody --term dumb
    holds "no chip here publishes"
}

@test "any two quantities make a front" {
    runs 0 plot pareto --x price --y dram.bandwidth --dump
    holds '"price'
    holds '"external bandwidth'
}

@test "names cannot run commands" {
    write_spec "$tmp/evil.json" evil "$PEAK, $HOST, $SRAM" "\`touch $tmp/ran\` '\\\\u000a!touch $tmp/ran\\\\u000a \\\" @x \$(touch $tmp/ran) EOD"
    runs 0 validate "$tmp/evil.json"
    for figure in roofline compare batch sparsity breakdown winner-sparsity coverage efficiency timeline \
        timeline-efficiency timeline-node memory pareto energy-roofline terms achieved; do
        runs 0 plot $figure "$tmp/evil.json" metis --out "$tmp/out"
        xmllint --noout --nonet "$tmp/out/$figure.svg"
    done
    for figure in scaling sensitivity context; do
        runs 0 plot $figure "$tmp/evil.json" --model llama-3.1-8b --offload host --term dumb
    done
    [ ! -e "$tmp/ran" ]
}

@test "long, right-to-left and Chinese names are drawn, on every terminal" {
    long=$(printf 'x%.0s' $(seq 4096))
    write_spec "$tmp/long.json" long "$PEAK, $HOST, $SRAM" "$long"
    write_spec "$tmp/rtl.json" rtl "$PEAK, $HOST, $SRAM" '\u202e\u05e9\u05d1\u05d1 evil'
    write_spec "$tmp/cjk.json" cjk "$PEAK, $HOST, $SRAM" '墨芯 |touch'
    for term in svg png pdf canvas tikz dumb; do
        runs 0 plot roofline compare coverage "$tmp/long.json" "$tmp/rtl.json" "$tmp/cjk.json" --term $term --out "$tmp/out"
    done
    xmllint --noout --nonet "$tmp/out/compare.svg"
    grep -q 墨芯 "$tmp/out/compare.svg"
    runs 0 plot compare "$tmp/cjk.json" "$tmp/rtl.json" --term dumb
    lacks 墨芯
    holds cjk
    ! grep -q $'\u202e' "$tmp/out/compare.svg"
}

@test "a hundred chips in one figure, light and dark" {
    runs 0 plot efficiency --where class=gpu --theme dark --out "$tmp/out"
    xmllint --noout --nonet "$tmp/out/efficiency.svg"
    runs 2 plot efficiency --theme grey
}

@test "a folder that is read only, and a full disk, are told" {
    [ "$(id -u)" != 0 ] || skip "root writes everywhere"
    mkdir -p "$tmp/out"
    chmod 500 "$tmp/out"
    runs 1 plot roofline hailo-8 --out "$tmp/out"
    says "$tmp/out"
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
    runs 2 plot
    says "plot --list"
    runs 2 plot rofline hailo-8
    says "did you mean roofline"
    runs 2 plot roofline hailo-8 --term papyrus
    says "svg"
}

@test "a chip without a peak gives a figure that says so" {
    runs 0 plot roofline apple-m1-ane --term dumb
    holds "no chip here has a published dense peak"
}

load common

@test "predict holds the keys that others rely on" {
    runs 0 predict hailo-8 resnet-50 --json
    silent
    json 'd["schema"] == "chiproof/predict/1"'
    json 'set(d) >= {"chip", "model", "precision", "batch", "chips", "throughput", "latency", "limiter", "ceilings", "inputs", "missing", "warnings"}'
    json 'd["throughput"]["unit"] == "inferences/s" and d["latency"]["unit"] == "s"'
    json 'all(set(c) >= {"name", "seconds"} for c in d["ceilings"])'
    json 'all(set(i) >= {"field", "value", "unit", "claim"} for i in d["inputs"])'
    json '"sram.bandwidth" in d["missing"]'
}

@test "the bound of hailo-8 on resnet-50 is 26 TOPS over 2 x 4,089,184,256 MAC" {
    runs 0 predict hailo-8 resnet-50 --json
    json 'abs(d["throughput"]["bound"] / (26e12 / (2 * 4089184256)) - 1) < 1e-12'
    json 'abs(d["throughput"]["bound"] * d["latency"]["bound"] - 1) < 1e-12'
    json 'd["limiter"] == "compute"'
}

@test "explain and predict and compare give one number" {
    runs 0 predict metis yolov8n --json
    bound=$(value 'd["throughput"]["bound"]')
    runs 0 compare hailo-8 metis --model yolov8n --json
    json "d['rows'][0]['b']['throughput']['bound'] == $bound"
    runs 0 explain metis yolov8n --json
    holds "$bound"
}

@test "a batch never lowers the bound" {
    last=0
    for batch in 1 2 8 64 512; do
        runs 0 predict metis resnet-50 --batch $batch --json
        json "d['throughput']['bound'] >= $last * (1 - 1e-12)"
        last=$(value 'd["throughput"]["bound"]')
    done
}

@test "what does not fit is refused with its arithmetic" {
    runs 1 predict groqchip llama-3.1-8b
    empty
    says "8.03 GB"
    says "230 MB"
    says "--chips"
    runs 1 predict groqchip llama-3.1-8b --json
    json 'd["error"]["code"] == "does_not_fit" and "throughput" not in d'
}

@test "--offload host asks for the streaming bound all the same" {
    runs 0 predict groqchip llama-3.1-8b --offload host --json
    json 'd["throughput"]["bound"] > 0 and d["warnings"]'
}

@test "a precision that the chip lacks is refused" {
    runs 1 predict hailo-8 resnet-50 --precision fp32
    says "fp32"
    empty
    runs 1 predict hailo-8 resnet-50 --precision fp32 --json
    json 'd["error"]["code"] == "no_precision"'
}

@test "language models answer in tokens, by phase" {
    runs 0 predict h100-sxm llama-3.1-8b --phase prefill --prompt 512 --json
    json 'd["throughput"]["unit"] == "tokens/s" and d["phase"] == "prefill" and d["prompt"] == 512'
    runs 0 predict h100-sxm llama-3.1-8b --phase decode --context 2048 --json
    json 'd["phase"] == "decode" and d["context"] == 2048'
}

@test "a context beyond the model's positions is refused" {
    runs 1 predict h100-sxm llama-3.1-8b --context 10000000
    says "131"
}

@test "a phase is refused for a network that has none" {
    runs 1 predict hailo-8 resnet-50 --phase prefill
    [ -n "$stderr" ]
}

@test "compare warns when a chip is set beside a card" {
    runs 0 compare hailo-8 a10 --json
    json 'any("level" in w or "card" in w for w in d["warnings"])'
}

@test "compare of three chips has three columns" {
    runs 0 compare hailo-8 metis groqchip --model resnet-50 --json
    json 'len(d["chips"]) == 3'
}

@test "compare holds the keys that others rely on" {
    runs 0 compare hailo-8 metis --json
    silent
    json 'd["schema"].startswith("chiproof/compare/") and set(d) >= {"chips", "spec", "rows", "warnings"}'
    json 'all(set(r) >= {"model", "precision", "batch", "a", "b"} for r in d["rows"])'
}

@test "a chip compared with itself is equal to itself" {
    runs 0 compare metis metis --model resnet-50 --json
    json 'all(abs(r["a"]["throughput"]["bound"] / r["b"]["throughput"]["bound"] - 1) < 1e-12 for r in d["rows"])'
}

@test "what is not published is named and never 0, NaN or infinite" {
    for command in "compare hailo-8 metis" "compare apple-m1-ane hailo-8" "show apple-m1-ane" "predict metis resnet-50" "list"; do
        run --separate-stderr chiproof $command --json
        json '"schema" in d'
        for format in table csv md; do
            run --separate-stderr chiproof $command --format $format
            ! grep -Eiw 'nan|inf|infinity|-nan' <<<"$output" || fail "$command --format $format"
        done
    done
}

@test "unverified values are marked wherever they enter" {
    write_spec "$tmp/doubt.json" doubt "${PEAK/vendor/unverified}, $HOST, $SRAM"
    runs 0 predict "$tmp/doubt.json" resnet-50
    [[ "$output" == *"10 TOPS"*"?"* ]]
    runs 0 predict "$tmp/doubt.json" resnet-50 --json
    json 'd["inputs"][0]["claim"] == "unverified"'
}

@test "the same question has the same answer, byte for byte" {
    for command in "compare hailo-8 metis" "explain metis yolov8n" "predict hailo-8 resnet-50 --json" "list"; do
        [ "$(chiproof $command 2>&1 | sha256sum)" = "$(chiproof $command 2>&1 | sha256sum)" ] || fail "$command"
    done
}

@test "csv is rectangular" {
    for command in "list" "list models" "compare hailo-8 metis" "show hailo-8" "predict hailo-8 resnet-50"; do
        runs 0 $command --format csv
        python3 -c '
import csv, sys
rows = list(csv.reader(sys.stdin))
assert len(rows) > 1 and len({len(r) for r in rows}) == 1, {len(r) for r in rows}' <<<"$output" || fail "$command"
    done
}

@test "markdown tables have a rule and equal columns" {
    runs 0 list models --format md
    [ "$(grep '^|' <<<"$output" | sed 's/\\|//g' | tr -cd '|\n' | sort -u | wc -l)" -eq 1 ]
    grep -Eq '^\|[-:| ]+\|$' <<<"$output"
}

@test "names from a file cannot command the terminal, a page or a table" {
    write_spec "$tmp/evil.json" evil "$PEAK, $HOST, $SRAM, \"aliases\": [\"a|b\"]" '\u001b[2J\u202e<b>|`id`\"evil'
    for format in table csv md json; do
        run --separate-stderr chiproof compare "$tmp/evil.json" metis --format $format
        [ "$status" = 0 ]
        lacks $'\x1b'
        lacks $'\xe2\x80\xae'
    done
    run --separate-stderr chiproof compare "$tmp/evil.json" metis --format md
    lacks '<b>'
}

@test "a key with control characters is reported without them" {
    printf '{"\\u001b[2Jx": 1}' >"$tmp/key.json"
    runs 1 validate "$tmp/key.json"
    lacks $'\x1b'
    runs 1 show "$tmp/key.json"
    [[ "$stderr" != *$'\x1b'* ]]
}

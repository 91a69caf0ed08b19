load common

@test "without arguments it says what it can do, and fails as wrong usage" {
    runs 2
    says "compare"
    empty
}

@test "--help is data on stdout" {
    runs 0 --help
    holds "chiproof compare hailo-8 metis"
    silent
}

@test "--version prints the version" {
    runs 0 --version
    [[ "$output" =~ ^chiproof\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "every command of the help has a help of its own with an example and its options" {
    runs 0 --help
    commands=$(sed -n '/^Commands/,/^$/s/^  \([a-z]*\) .*/\1/p' <<<"$output")
    [ "$(wc -w <<<"$commands")" -ge 7 ]
    for command in $commands; do
        runs 0 $command --help
        silent
        holds "chiproof $command"
        [ $command = help ] || holds "--json"
        here=$output
        runs 0 help $command
        [ "$output" = "$here" ]
    done
}

@test "an unknown command gets a suggestion" {
    runs 2 compre
    says 'no command "compre"; did you mean compare?'
    empty
}

@test "an unknown option is wrong usage and names the help" {
    runs 2 compare --frobnicate a b
    says "--frobnicate"
    says "compare --help"
    empty
}

@test "an option without its value is wrong usage" {
    runs 2 predict hailo-8 resnet-50 --batch
    says "--batch"
}

@test "too few and too many words are wrong usage" {
    runs 2 compare hailo-8
    says "for example: chiproof compare hailo-8 metis"
    runs 2 predict hailo-8
    runs 2 predict hailo-8 resnet-50 metis
    runs 2 show
    runs 2 validate
}

@test "values that are no count are wrong usage" {
    for value in 0 -1 1.5 abc "" 1e99 nan inf 1x; do
        runs 2 predict hailo-8 resnet-50 --batch "$value"
        says "--batch"
        empty
    done
}

@test "words outside an option's list are wrong usage" {
    runs 2 predict hailo-8 resnet-50 --precision int9
    says "did you mean int8"
    runs 2 list --format xml
    says "table, json, csv or md"
    runs 2 predict groqchip llama-3.1-8b --phase middle
    says "prefill or decode"
    runs 2 list --color sometimes
}

@test "a folder that is not there is refused" {
    runs 1 list --specs /no/such/folder
    says "/no/such/folder"
}

@test "options may stand before and after the words" {
    runs 0 predict --json hailo-8 --batch 2 resnet-50
    json 'd["batch"] == 2'
    runs 0 predict --json --batch=2 -- hailo-8 resnet-50
    json 'd["batch"] == 2'
}

@test "a full disk is a failure, not silence" {
    run --separate-stderr bash -c '"$0" list >/dev/full' "$CHIPROOF"
    [ "$status" -eq 1 ]
    says "No space left"
}

@test "--quiet leaves stderr empty where all is well" {
    write_spec "$tmp/mine/hailo-8.json" hailo-8 "$PEAK"
    runs 0 show hailo-8 --specs "$tmp/mine"
    says "stands for the shipped"
    runs 0 show hailo-8 --specs "$tmp/mine" --quiet
    silent
}

@test "colour comes when asked for and never otherwise" {
    runs 0 compare hailo-8 metis --color always
    holds $'\x1b['
    runs 0 compare hailo-8 metis --color never
    lacks $'\x1b['
    runs 0 compare hailo-8 metis
    lacks $'\x1b['
    runs 0 compare hailo-8 metis --json --color always
    lacks $'\x1b['
}

@test "lines fit the width asked for" {
    for width in 80 100 140; do
        for command in "compare hailo-8 metis" "show hailo-8" "explain hailo-8 resnet-50" "predict metis yolov8n"; do
            COLUMNS=$width run --separate-stderr chiproof $command
            longest=$(wc -L <<<"$output")
            [ "$longest" -le $width ] || fail "$command: a line of $longest at width $width"
        done
    done
}

@test "it works under the C locale" {
    LC_ALL=C runs 0 list
    lacks '\x'
    holds "智芯科"
}

@test "a format that nobody names is no format to compute in" {
    for option in precision weights cache; do
        runs 2 predict hailo-8 resnet-50 --$option unstated
        says "--$option: nothing can be computed"
    done
}

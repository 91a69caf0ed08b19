# Counts one suite's TAP. First line: "suite", passed, failed, progress line, skipped, separated by tabs;
# then what failed, with what was said about it.
/^1\.\.[0-9]+/ { plan = substr($1, 4) + 0; planned = 1; next }
/^(not )?ok( |$)/ {
    ran++
    shown = 0
    if (tolower($0) ~ /# *skip/) skipped++
    else if ($1 == "ok") passed++
    else {
        failed++
        shown = 1
        text = $0
        sub(/^not ok *[0-9]* *-? */, "", text)
        said = said "FAILED " name ": " text "\n"
    }
    next
}
shown { said = said "    " $0 "\n"; next }
++strays <= 40 { stray = stray "    " $0 "\n" }
END {
    why = ""
    if (status == 124 || status == 137) why = "took too long"
    else if (!planned) why = "printed no plan (status " status ")"
    else if (ran != plan) why = "ran " ran " of " plan " tests (status " status ")"
    else if (status != 0 && !failed) why = "ended with status " status
    if (why) {
        failed++
        said = said "FAILED " name ": " why "\n" stray
    }
    printf "suite\t%d\t%d\t%-34s %4d passed %3d failed %6.1f s\t%d\n", passed, failed, name, passed, failed, \
        end - begin, skipped
    printf "%s", said
}

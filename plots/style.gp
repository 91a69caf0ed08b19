# How figures look. Only style: the program writes ranges, words and data after it.
#
# It may set linetypes 1 to 8 and the names below; roof_dark is 1 for a dark background. The palette is that of
# Okabe and Ito, darkened where it was too faint on white, and ordered so that neighbours differ in lightness and stay
# apart in grey and for the colour-blind.
if (roof_dark) {
    roof_ink = "#e9ecef"; roof_muted = "#a3abb3"; roof_frame = "#7d858d"; roof_grid = "#31373d"; roof_subgrid = "#22272c"
    set linetype 1 lc rgb "#56b4e9"
    set linetype 2 lc rgb "#f0883e"
    set linetype 3 lc rgb "#2fc08f"
    set linetype 4 lc rgb "#e29ac7"
    set linetype 5 lc rgb "#f0e442"
    set linetype 6 lc rgb "#8f9bff"
    set linetype 7 lc rgb "#c9a27e"
    set linetype 8 lc rgb "#d0d4d8"
} else {
    roof_ink = "#1f2328"; roof_muted = "#5f6670"; roof_frame = "#8a9099"; roof_grid = "#dfe3e7"; roof_subgrid = "#eff1f3"
    set linetype 1 lc rgb "#00558f"
    set linetype 2 lc rgb "#d9620d"
    set linetype 3 lc rgb "#00916a"
    set linetype 4 lc rgb "#a53a78"
    set linetype 5 lc rgb "#3f9fd4"
    set linetype 6 lc rgb "#7a5195"
    set linetype 7 lc rgb "#7d6b00"
    set linetype 8 lc rgb "#4a4f55"
}
roof_line = 2.2
roof_thin = 0.7
roof_outline = 1.5
roof_mark = 1.05
roof_fill = 0.78
roof_band = 0.16
roof_faint = 0.05
roof_full = 0.65
roof_dash1 = 1
roof_dash2 = "- "
roof_dash3 = ". "
roof_dash4 = "-."
roof_dash5 = "_ "
set border 3 lc rgb roof_frame lw 1
set tics out nomirror scale 0.55,0.3 textcolor rgb roof_muted
set grid xtics ytics mxtics mytics back lc rgb roof_grid lw 0.8 dt 1, lc rgb roof_subgrid lw 0.5 dt 1

/* What the pages of a comparison have in common. */
#ifndef OUT_COMPARE_VIEW_H
#define OUT_COMPARE_VIEW_H

#include "chiproof/out/compare.h"

/* "8.06 x", with enough digits to tell a small difference from none. */
void out_ratio(roof_buffer *out, double ratio);
/* Begins a grid with a column, aligned like that, for each chip after the first one. */
void out_compare_head(const roof_comparison *comparison, roof_page *page, const char *first,
                      roof_cell_align align);
/* Begins a row with the run's name. */
void out_race_label(const roof_race *race, roof_page *page);
/* True if all runs are at one precision. */
bool out_one_precision(const roof_comparison *comparison);
/* What limits a run's bound; "-" for a refusal. */
const char *out_limiter(const roof_prediction *prediction);
/* Of two chips: "compute | host link". */
void out_limiter_cell(const roof_race *race, roof_page *page);
/* For more than two chips what limits each stands in a grid of its own. */
void out_limiter_section(const roof_comparison *comparison, roof_page *page);

/* True if there is a forecast of some run, and with it something to expect. */
bool out_expects(const roof_comparison *comparison);
/* What to expect of each run, and what to think of it. */
void out_expected_sections(const roof_comparison *comparison, roof_page *page);

#endif

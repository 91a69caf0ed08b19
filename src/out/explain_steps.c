#include "out/explain_steps.h"

#include <math.h>

#include "chiproof/base/text.h"

void out_step(roof_page *page, const char *label, const char *arithmetic, const char *result,
              roof_emphasis emphasis)
{
    roof_page_row(page);
    roof_page_cell(page, emphasis, "  %s", label);
    roof_page_cell(page, emphasis, "%s", arithmetic);
    roof_page_cell(page, emphasis, "%s", result);
}

void out_begin_steps(roof_page *page)
{
    roof_page_grid(page);
    for (int i = 0; i < 3; i++) roof_page_column(page, "", ROOF_LEFT);
}

void out_exact(roof_buffer *out, double value, const char *unit)
{
    if (value == floor(value) && value < 1e15) {
        roof_text_integer(out, value);
        roof_buffer_printf(out, " %s", unit);
    } else {
        roof_buffer_printf(out, "%.7g %s", value, unit);
    }
}

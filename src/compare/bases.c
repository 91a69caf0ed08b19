#include "compare/bases.h"

#include "chiproof/base/buffer.h"

typedef roof_comparison cmp;

static void warn_of_levels(cmp *c)
{
    bool differ = false;
    roof_buffer list = ROOF_BUFFER_EMPTY;
    for (size_t i = 0; i < c->chip_count; i++) {
        const roof_chip *chip = c->chips[i];
        differ = differ || chip->level != c->chips[0]->level;
        roof_buffer_printf(&list, "%s%s is a %s", i ? ", " : "", chip->id, roof_level_name(chip->level));
        if (chip->contains) roof_buffer_printf(&list, " of %g %s", chip->contains_count, chip->contains);
    }
    if (differ)
        roof_report_addf(&c->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK, "levels differ: %s",
                         roof_buffer_text(&list));
    roof_buffer_free(&list);
}

static bool has_sparse(const roof_chip *chip)
{
    for (int p = 0; p < ROOF_PRECISION_UNSTATED; p++)
        if (roof_chip_sparse_peak(chip, (roof_precision)p)) return true;
    return false;
}

/* A chip whose only named peaks are sparse stands beside dense ones. */
static void warn_of_sparse(cmp *c)
{
    for (size_t i = 0; i < c->chip_count; i++) {
        const roof_chip *chip = c->chips[i];
        if (roof_chip_default_precision(chip) != ROOF_PRECISION_COUNT) continue;
        if (has_sparse(chip))
            roof_report_addf(&c->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                             "%s publishes sparse peaks only: they are not compared with dense ones",
                             chip->id);
        else
            roof_report_addf(&c->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                             "%s has no published dense peak at a named precision: it is not predicted",
                             chip->id);
    }
}

static void warn_of_power(cmp *c)
{
    roof_buffer list = ROOF_BUFFER_EMPTY;
    bool typical_only = false, tdp_only = false;
    for (size_t i = 0; i < c->chip_count; i++) {
        const roof_chip *chip = c->chips[i];
        bool tdp = roof_chip_value(chip, ROOF_FIELD_TDP),
             typical = roof_chip_value(chip, ROOF_FIELD_TYPICAL_POWER);
        if (tdp == typical) continue;
        typical_only = typical_only || typical;
        tdp_only = tdp_only || tdp;
        roof_buffer_printf(&list, "%s%s of %s", list.length ? ", " : "",
                           tdp ? "only the TDP" : "only typical power", chip->id);
    }
    if (typical_only && tdp_only)
        roof_report_addf(&c->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "power is published on different bases and not compared: %s",
                         roof_buffer_text(&list));
    roof_buffer_free(&list);
}

static void warn_of_precisions(cmp *c)
{
    if (roof_common_precision(c->chips, c->chip_count) != ROOF_PRECISION_COUNT) return;
    roof_buffer list = ROOF_BUFFER_EMPTY;
    for (size_t i = 0; i < c->chip_count; i++) {
        roof_precision own = roof_chip_default_precision(c->chips[i]);
        if (own != ROOF_PRECISION_COUNT)
            roof_buffer_printf(&list, "%s%s at %s", list.length ? ", " : "", c->chips[i]->id,
                               roof_precision_name(own));
    }
    if (list.length)
        roof_report_addf(&c->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "no precision is common to all; unless one is asked for, each runs at its own: %s",
                         roof_buffer_text(&list));
    roof_buffer_free(&list);
}

void compare_bases(roof_comparison *comparison)
{
    warn_of_levels(comparison);
    warn_of_sparse(comparison);
    warn_of_power(comparison);
    warn_of_precisions(comparison);
}

void compare_note_sharing(const roof_request *request, roof_report *warnings)
{
    if (request->chips <= 1 || request->plan != ROOF_PLAN_IDEAL) return;
    roof_report_addf(
        warnings, ROOF_GRADE_NOTE, ROOF_OK,
        "several chips are taken to share the work perfectly: the links between them are not counted");
}

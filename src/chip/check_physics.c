/* Checks against what silicon has reached, and against what a thing is made of. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chip/check.h"

/* Ceilings by process node, each about 1.5 times the best that was published for it by 2026: transistors per
 * mm2 (logic densities that foundries state), and dense 8-bit TOPS per watt of a whole chip (this catalogue;
 * in-memory computing included). */
static const struct {
    double least_nm, density_per_mm2, tops_per_watt;
} nodes[] = {{40, 1.0e7, 10}, {28, 2.5e7, 15}, {20, 3.5e7, 20}, {12, 5.5e7, 30},
             {10, 1.1e8, 35}, {6, 1.8e8, 40},  {4, 2.8e8, 50},  {0, 4.5e8, 60}};
enum { NODES = sizeof nodes / sizeof *nodes };

static size_t node_row(const roof_chip *chip)
{
    const roof_value *node = roof_chip_value(chip, ROOF_FIELD_NODE);
    for (size_t i = 0; node && i < NODES; i++)
        if (node->si * 1e9 >= nodes[i].least_nm - 1e-6) return i;
    return NODES - 1; /* nothing said of the node: only what no node has reached is wrong */
}

void check_density(check_run *run)
{
    const roof_value *transistors = check_own(run->chip, ROOF_FIELD_TRANSISTORS);
    const roof_value *area = check_own(run->chip, ROOF_FIELD_DIE_AREA);
    if (!transistors || !area) return;
    double density = transistors->si / (area->si * 1e6), most = nodes[node_row(run->chip)].density_per_mm2;
    if (density > most)
        check_found(
            run, ROOF_GRADE_DOUBTFUL, transistors, "process.transistors",
            "%.4g billion transistors on %.4g mm2 are %.3g million per mm2; at this node %.3g would be much",
            transistors->si / 1e9, area->si * 1e6, density / 1e6, most / 1e6);
    else if (density < 3e5)
        check_found(
            run, ROOF_GRADE_DOUBTFUL, transistors, "process.transistors",
            "%.4g million transistors on %.4g mm2 are %.3g million per mm2: too few for a chip of today",
            transistors->si / 1e6, area->si * 1e6, density / 1e6);
}

void check_power_density(check_run *run)
{
    const double most = 2.0e6; /* W/m2: twice what the hottest packages of 2026 lead away */
    const roof_value *power = check_own(run->chip, ROOF_FIELD_TDP);
    const roof_value *area = roof_chip_value(run->chip, ROOF_FIELD_DIE_AREA);
    if (!power || !area) return;
    if (power->si / area->si > most)
        check_found(run, ROOF_GRADE_DOUBTFUL, power, "power.tdp",
                    "%.4g W on %.4g mm2 are %.3g W/mm2, more than can be cooled", power->si, area->si * 1e6,
                    power->si / area->si / 1e6);
}

/* The greatest dense peak of 8 or more bits; 4-bit figures may be twice as high. */
static const roof_peak *greatest_peak(const roof_chip *chip)
{
    const roof_peak *best = NULL;
    for (int p = 0; p < ROOF_PRECISION_UNSTATED; p++) {
        const roof_peak *peak = roof_chip_dense_peak(chip, (roof_precision)p);
        if (!peak || roof_precision_weight_bytes((roof_precision)p) < 1) continue;
        if (!best || peak->value.si > best->value.si) best = peak;
    }
    return best;
}

void check_efficiency(check_run *run)
{
    const roof_peak *peak = greatest_peak(run->chip);
    const roof_value *power = check_power(run->chip);
    if (!peak || !power || (peak->value.line == 0 && power->line == 0)) return;
    double reached = peak->value.si / power->si / 1e12, most = nodes[node_row(run->chip)].tops_per_watt;
    if (reached <= most) return;
    const char *hint = reached > 20 * most ? ": is the unit GOPS?" : "";
    check_found(run, ROOF_GRADE_DOUBTFUL, &peak->value, "peak",
                "%.6g %s at %.6g %s would be %.4g TOPS/W, %.3g times what would be much at this node%s",
                peak->value.given, peak->value.unit, power->given, power->unit, reached, reached / most,
                hint);
}

/* The last day that a date can mean, as a number that sorts: "2020" and "2020-H2" -> 20201231. */
static long last_day(const char *date)
{
    long year = strtol(date, NULL, 10), month = 12, day = 31;
    if (strlen(date) >= 7 && date[5] == 'H') month = date[6] == '1' ? 6 : 12;
    else if (strlen(date) >= 7 && date[5] == 'Q') month = 3 * (date[6] - '0');
    else if (strlen(date) >= 7) month = strtol(date + 5, NULL, 10);
    if (strlen(date) == 10) day = strtol(date + 8, NULL, 10);
    return year * 10000 + month * 100 + day;
}

static long first_day(const char *date)
{
    long year = strtol(date, NULL, 10), month = 1, day = 1;
    if (strlen(date) >= 7 && date[5] == 'H') month = date[6] == '1' ? 1 : 7;
    else if (strlen(date) >= 7 && date[5] == 'Q') month = 3 * (date[6] - '0') - 2;
    else if (strlen(date) >= 7) month = strtol(date + 5, NULL, 10);
    if (strlen(date) == 10) day = strtol(date + 8, NULL, 10);
    return year * 10000 + month * 100 + day;
}

void check_dates(check_run *run)
{
    const roof_value *announced = roof_chip_value(run->chip, ROOF_FIELD_ANNOUNCED);
    const roof_value *produced = roof_chip_value(run->chip, ROOF_FIELD_PRODUCTION);
    if (announced && produced && last_day(produced->text) < first_day(announced->text))
        check_found(run, ROOF_GRADE_DOUBTFUL, produced, "production", "produced %s, but announced only %s",
                    produced->text, announced->text);
}

void check_power_of_parts(check_run *run)
{
    const roof_value *own = check_own(run->chip, ROOF_FIELD_TDP);
    const roof_value *theirs = run->part ? roof_chip_value(run->part, ROOF_FIELD_TDP) : NULL;
    if (!own || !theirs) return;
    double sum = run->chip->contains_count * theirs->si;
    if (own->si < 0.98 * sum)
        check_found(run, ROOF_GRADE_DOUBTFUL, own, "power.tdp",
                    "%.6g W is below %g x %.6g W of %s: typical power, or chips set slower?", own->si,
                    run->chip->contains_count, theirs->si, run->part->id);
}

static void compare_with_parts(check_run *run, const roof_value *own, const roof_value *theirs,
                               const char *field, const char *label)
{
    const double slack = 0.05;
    if (!own || own->line == 0 || !theirs) return;
    double sum = run->chip->contains_count * theirs->si, ratio = own->si / sum;
    bool floor = own->relation == ROOF_RELATION_AT_LEAST || theirs->relation == ROOF_RELATION_AT_LEAST;
    if (fabs(ratio - 1) <= slack || (floor && ratio > 1)) return;
    check_found(run, ROOF_GRADE_DOUBTFUL, own, field, "%s %.6g %s is %.3g times %g x %.6g %s of %s", label,
                own->given, own->unit, ratio, run->chip->contains_count, theirs->given, theirs->unit,
                run->part->id);
}

void check_parts(check_run *run)
{
    char label[64];
    if (!run->part) return;
    for (int i = 0; i < ROOF_FIELD_COUNT; i++) {
        const roof_field_info *field = roof_field((roof_field_id)i);
        if (field->inherit == ROOF_INHERIT_TIMES)
            compare_with_parts(run, check_own(run->chip, (roof_field_id)i),
                               roof_chip_value(run->part, (roof_field_id)i), field->name, field->label);
    }
    for (int p = 0; p < ROOF_PRECISION_UNSTATED; p++) {
        const roof_peak *own = roof_chip_dense_peak(run->chip, (roof_precision)p);
        const roof_peak *theirs = roof_chip_dense_peak(run->part, (roof_precision)p);
        if (!own || !theirs) continue;
        snprintf(label, sizeof label, "peak %s dense", roof_precision_name((roof_precision)p));
        compare_with_parts(run, &own->value, &theirs->value, "peak", label);
    }
}

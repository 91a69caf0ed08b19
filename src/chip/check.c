#include "chip/check.h"

#include <stdio.h>
#include <string.h>

#include "chiproof/base/buffer.h"

static const struct {
    roof_check_info info;
    void (*run)(check_run *run);
} checks[] = {
    {{"sparse-ratio", "a sparse peak is its dense peak times the sparsity ratio"}, check_sparse_ratio},
    {{"precision-ladder",
      "halving the bits doubles a dense peak; a ratio near 4 says that sparse and dense were mixed"},
     check_precision_ladder},
    {{"macs-times-clock", "a dense peak is 2 x MACs per cycle x clock"}, check_macs_times_clock},
    {{"memory-rate", "bandwidth over bus width is a data rate that the memory type reaches"},
     check_memory_rate},
    {{"memory-bandwidth", "a bandwidth is of a size that its memory type reaches, and no capacity"},
     check_memory_bandwidth},
    {{"host-bandwidth", "a host bandwidth is that of its PCIe generation and lanes, one way"},
     check_host_bandwidth},
    {{"binary-prefix", "two figures do not differ by reading a decimal prefix as a binary one"},
     check_binary_prefix},
    {{"bits-and-bytes", "two figures do not differ by reading bits as bytes"}, check_bits_and_bytes},
    {{"both-ways", "two figures of a link do not differ by counting one direction or both"}, check_both_ways},
    {{"transistor-density", "transistors per area are within what any process of that node has reached"},
     check_density},
    {{"power-density", "power per die area can be cooled"}, check_power_density},
    {{"efficiency", "dense ops per watt are within reach of the best published at that node"},
     check_efficiency},
    {{"dates", "production does not come before the announcement"}, check_dates},
    {{"power-of-parts", "the power of a card or system is not below that of its chips"},
     check_power_of_parts},
    {{"parts", "a card's or system's own figure is what its chips add up to"}, check_parts},
};
enum { CHECKS = sizeof checks / sizeof *checks };

size_t roof_check_count(void)
{
    return CHECKS;
}

const roof_check_info *roof_check_info_at(size_t index)
{
    return &checks[index].info;
}

static const roof_acknowledgement *acknowledgement_of(const roof_chip *chip, const char *check)
{
    for (size_t i = 0; i < chip->acknowledged_count; i++)
        if (strcmp(chip->acknowledged[i].check, check) == 0) return &chip->acknowledged[i];
    return NULL;
}

/* "sram.capacity" -> "/sram/capacity". */
static void pointer_of(const char *field, char *path, size_t size)
{
    snprintf(path, size, "/%s", field);
    for (char *c = path; *c; c++)
        if (*c == '.') *c = '/';
}

void check_found(check_run *run, roof_grade grade, const roof_value *value, const char *field,
                 const char *format, ...)
{
    const roof_acknowledgement *known = acknowledgement_of(run->chip, run->check->name);
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_error finding;
    char path[128];
    va_list arguments;
    va_start(arguments, format);
    roof_buffer_vprintf(&text, format, arguments);
    va_end(arguments);
    roof_buffer_printf(&text, " [%s]", run->check->name);
    if (known) roof_buffer_printf(&text, "; acknowledged: %s", known->reason);
    roof_fail(&finding, ROOF_INVALID, "%s", roof_buffer_text(&text));
    finding.grade = known ? ROOF_GRADE_NOTE : grade;
    pointer_of(field, path, sizeof path);
    roof_error_set_position(&finding, run->chip->file, value ? value->line : 0, value ? value->column : 0,
                            path);
    roof_report_add(run->report, &finding);
    roof_buffer_free(&text);
    run->found++;
}

const roof_value *check_own(const roof_chip *chip, roof_field_id field)
{
    const roof_value *value = roof_chip_value(chip, field);
    return value && value->line > 0 ? value : NULL;
}

const roof_value *check_power(const roof_chip *chip)
{
    const roof_value *typical = roof_chip_value(chip, ROOF_FIELD_TYPICAL_POWER);
    return typical ? typical : roof_chip_value(chip, ROOF_FIELD_TDP);
}

/* Acknowledgements of checks that do not exist or found nothing would hide what comes later. */
static void check_acknowledgements(const roof_chip *chip, const size_t *found, roof_report *report)
{
    for (size_t i = 0; i < chip->acknowledged_count; i++) {
        const roof_acknowledgement *known = &chip->acknowledged[i];
        size_t index = 0;
        while (index < CHECKS && strcmp(checks[index].info.name, known->check) != 0) index++;
        if (index < CHECKS && found[index]) continue;
        roof_error finding;
        roof_fail(&finding, ROOF_INVALID,
                  index < CHECKS ? "the check \"%s\" has nothing to acknowledge" : "there is no check \"%s\"",
                  known->check);
        finding.grade = index < CHECKS ? ROOF_GRADE_DOUBTFUL : ROOF_GRADE_ERROR;
        roof_error_set_position(&finding, chip->file, known->line, known->column, "/acknowledged");
        roof_report_add(report, &finding);
    }
}

void roof_chip_check(const roof_chip *chip, const roof_chip *part, roof_report *report)
{
    size_t found[CHECKS];
    for (size_t i = 0; i < CHECKS; i++) {
        check_run run = {chip, part, report, &checks[i].info, 0};
        checks[i].run(&run);
        found[i] = run.found;
    }
    check_acknowledgements(chip, found, report);
}

/* What a spec file under way still lacks, most useful first. */
#include "chiproof/chip/check.h"

static const struct {
    roof_field_id field;
    const char *why;
} wanted[] = {
    {ROOF_FIELD_SRAM_CAPACITY, "without it nobody can say which networks stay on the chip"},
    {ROOF_FIELD_DRAM_TYPE, "say \"none\" if there is no external memory"},
    {ROOF_FIELD_DRAM_CAPACITY, "what fits into external memory"},
    {ROOF_FIELD_DRAM_BANDWIDTH,
     "the ceiling of networks that are streamed from external memory, and of language models"},
    {ROOF_FIELD_HOST_BANDWIDTH,
     "give host.generation and host.lanes, or host.bandwidth: small networks are bound by it"},
    {ROOF_FIELD_SRAM_BANDWIDTH, "the ceiling of networks that stay on the chip"},
    {ROOF_FIELD_TDP, "energy and performance per watt"},
    {ROOF_FIELD_TYPICAL_POWER, "energy, when the sheet gives it beside the TDP"},
    {ROOF_FIELD_NODE, "efficiency beside chips of another node"},
};

static void add_note(const roof_chip *chip, const char *name, const char *why, roof_report *report)
{
    roof_error note;
    roof_fail(&note, ROOF_MISSING, "no %s yet: %s", name, why);
    note.grade = ROOF_GRADE_NOTE;
    roof_error_set_position(&note, chip->file, 0, 0, NULL);
    roof_report_add(report, &note);
}

void roof_chip_guide(const roof_chip *chip, roof_report *report)
{
    if (roof_chip_default_precision(chip) == ROOF_PRECISION_COUNT)
        add_note(chip, "dense peak", "every prediction needs one, with its precision", report);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (roof_chip_field_applies(chip, wanted[i].field) && !roof_chip_value(chip, wanted[i].field))
            add_note(chip, roof_field(wanted[i].field)->name, wanted[i].why, report);
}

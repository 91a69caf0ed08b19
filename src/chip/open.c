#include "chiproof/chip/open.h"

#include "chiproof/chip/check.h"

enum { LEVELS_DEEP = 8 }; /* racks of systems of cards of chips, and some to spare; stops circles */

/* What an opening is for: where files are, and where its findings go (either may be NULL). */
typedef struct opening {
    roof_catalogue *catalogue;
    roof_report *report;   /* of loading the chip itself */
    roof_report *parts;    /* of what it contains, at any depth */
    roof_report *findings; /* of the checks, which are made only then */
} opening;

static roof_code open_at(const opening *how, const char *name, int depth, roof_chip **out, roof_error *error);

/* Loads what the chip contains; *part stays NULL, with a doubtful finding, if that cannot be read. */
static roof_code open_part(const opening *how, const roof_chip *chip, int depth, roof_chip **part,
                           roof_error *error)
{
    const opening inside = {how->catalogue, NULL, how->parts, NULL};
    roof_error fault;
    *part = NULL;
    if (!chip->contains) return ROOF_OK;
    roof_code code = depth < LEVELS_DEEP ? open_at(&inside, chip->contains, depth + 1, part, &fault)
                                         : roof_fail(&fault, ROOF_INVALID,
                                                     "contained more than %d deep: a circle?", LEVELS_DEEP);
    if (code == ROOF_NO_MEMORY) return roof_fail(error, code, "%s", fault.message);
    if (code != ROOF_OK)
        roof_report_addf(how->parts, ROOF_GRADE_DOUBTFUL, code, "%s contains %s, which cannot be read: %s",
                         chip->id, chip->contains, fault.message);
    return ROOF_OK;
}

/* Derives what follows from the chip's own values and from what it contains, and checks it if that is asked.
 */
static roof_code complete(const opening *how, roof_chip *chip, int depth, roof_error *error)
{
    roof_chip *part = NULL;
    roof_code code = open_part(how, chip, depth, &part, error);
    if (code == ROOF_OK) code = roof_chip_derive(chip, part, error);
    if (code == ROOF_OK && how->findings) roof_chip_check(chip, part, how->findings);
    roof_chip_free(part);
    return code;
}

static roof_code open_at(const opening *how, const char *name, int depth, roof_chip **out, roof_error *error)
{
    roof_entry entry;
    *out = NULL;
    roof_code code = roof_catalogue_find(how->catalogue, name, &entry, error);
    if (code == ROOF_OK) code = roof_chip_load(entry.path, how->report, out, error);
    if (code != ROOF_OK) return code;
    (*out)->shipped = entry.shipped;
    if (entry.shadows)
        roof_report_addf(how->report, ROOF_GRADE_NOTE, ROOF_OK, "%s is yours and stands for the shipped %s",
                         entry.path, (*out)->id);
    code = complete(how, *out, depth, error);
    if (code == ROOF_OK) return ROOF_OK;
    roof_chip_free(*out);
    *out = NULL;
    return code;
}

roof_code roof_chip_open(roof_catalogue *catalogue, const char *name, roof_report *report,
                         roof_report *findings, roof_chip **out, roof_error *error)
{
    return open_at(&(opening){catalogue, report, report, findings}, name, 0, out, error);
}

roof_code roof_chip_validate(roof_catalogue *catalogue, const char *text, size_t length, const char *file,
                             bool guide, roof_report *report, roof_error *error)
{
    roof_chip *chip = NULL;
    roof_code code = roof_chip_parse(text, length, file, report, &chip, error);
    if (code == ROOF_OK) code = complete(&(opening){catalogue, report, report, report}, chip, 0, error);
    if (code == ROOF_OK && guide) roof_chip_guide(chip, report);
    roof_chip_free(chip);
    return code;
}

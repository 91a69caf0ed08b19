/* One chip, card, system or rack, as its spec file tells it: every value with claim and source, disagreeing
 * values side by side, what is missing left missing. */
#ifndef CHIPROOF_CHIP_CHIP_H
#define CHIPROOF_CHIP_CHIP_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/buffer.h"
#include "chiproof/base/error.h"
#include "chiproof/chip/field.h"
#include "chiproof/json/source.h"
#include "chiproof/units/precision.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name", letter, "what it is") in order of trust. */
#define ROOF_CLAIMS(X) \
    X(MEASURED, "measured", 'm', "measured by somebody else than the vendor") \
    X(VENDOR, "vendor", 'v', "the vendor's own datasheet, documentation or statement") \
    X(PAPER, "paper", 'p', "a paper or talk with technical detail") \
    X(PRESS, "press", 'r', "a press report or secondary page") \
    X(ESTIMATE, "estimate", 'e', "somebody's estimate or arithmetic") \
    X(DERIVED, "derived", 'd', "computed here from other values of the catalogue") \
    X(UNVERIFIED, "unverified", '?', "no source was found")

typedef enum roof_claim {
#define X(id, name, letter, text) ROOF_CLAIM_##id,
    ROOF_CLAIMS(X)
#undef X
        ROOF_CLAIM_COUNT
} roof_claim;
const char *roof_claim_name(roof_claim claim);
char roof_claim_letter(roof_claim claim);
const char *roof_claim_text(roof_claim claim);

typedef enum roof_level {
    ROOF_LEVEL_CHIP,
    ROOF_LEVEL_MODULE,
    ROOF_LEVEL_CARD,
    ROOF_LEVEL_SYSTEM,
    ROOF_LEVEL_RACK,
    ROOF_LEVEL_COUNT
} roof_level;
const char *roof_level_name(roof_level level);

/* "26", "at least 25.5", "at most 30", "about 10". */
typedef enum roof_relation {
    ROOF_RELATION_EXACT,
    ROOF_RELATION_AT_LEAST,
    ROOF_RELATION_AT_MOST,
    ROOF_RELATION_ABOUT,
    ROOF_RELATION_COUNT
} roof_relation;
const char *
roof_relation_name(roof_relation relation); /* as in the file: "exact", "at-least", "at-most", "about" */
const char *roof_relation_sign(roof_relation relation); /* for tables: "", ">= ", "<= ", "~" */

/* A link's figure may count one direction or both; UNSTATED when the source does not say. */
typedef enum roof_direction {
    ROOF_DIRECTION_UNSTATED,
    ROOF_DIRECTION_EACH_WAY,
    ROOF_DIRECTION_BOTH_WAYS,
    ROOF_DIRECTION_COUNT
} roof_direction;
const char *roof_direction_name(roof_direction direction); /* "unstated", "each-way", "both-ways" */

/* One published value. Strings are borrowed from the chip; NULL where the file has none. */
typedef struct roof_value {
    double si;    /* the value in SI units, one way for links counted both ways; NaN for texts and dates */
    double given; /* as printed in the file */
    const char *unit; /* as printed in the file; NULL for texts and dates */
    const char *text; /* the text or date ("2020", "2020-09", "2020-H2", "2020-Q3"); NULL for quantities */
    roof_relation relation;
    roof_direction direction;
    roof_level scope; /* of what the value is said; the file's own level unless the file says otherwise */
    roof_claim claim;
    const roof_source *source; /* NULL for `unverified`, `derived`, and sourceless user files */
    const char *qualifier;     /* a few words of condition: "at 800 MHz" */
    const char *note;          /* sentences */
    int line, column;          /* in its file; 0 for derived values */
} roof_value;

/* All values of one field, most trusted first. The first one is the one used. */
typedef struct roof_values {
    const roof_value *items;
    size_t count;
} roof_values;

/* Dense and sparse peaks are different things, always. ASSUMED_DENSE: the source does not say, and nothing
 * speaks for sparse. */
typedef enum roof_peak_sparsity {
    ROOF_PEAK_DENSE,
    ROOF_PEAK_ASSUMED_DENSE,
    ROOF_PEAK_SPARSE,
    ROOF_PEAK_UNSTATED
} roof_peak_sparsity;

/* One published peak. */
typedef struct roof_peak {
    roof_value value; /* si in ops/s */
    roof_precision precision;
    roof_peak_sparsity sparsity;
    const char *sparsity_kind; /* SPARSE only: "2:4", "unstructured", "weight"...; else NULL */
    double sparsity_ratio;     /* SPARSE only: dense ops per op done; 0 if not published */
} roof_peak;

/* What the number of a statement is of each of: "500 images a second per watt" is 500 a joule. X(identifier,
 * "word") */
#define ROOF_PERS(X) X(NOTHING, "") X(SECOND, "s") X(JOULE, "J") X(MM2, "mm2") X(CORE, "core")

typedef enum roof_per {
#define X(id, word) ROOF_PER_##id,
    ROOF_PERS(X)
#undef X
        ROOF_PER_COUNT
} roof_per;
const char *roof_per_word(roof_per per);

/* What a statement compares with another chip. X(identifier, "word") */
#define ROOF_LIKENESSES(X) X(NOTHING, "") X(PEAK, "peak") X(POWER, "power") X(EFFICIENCY, "ops-per-watt")

typedef enum roof_likeness {
#define X(id, word) ROOF_LIKENESS_##id,
    ROOF_LIKENESSES(X)
#undef X
        ROOF_LIKENESS_COUNT
} roof_likeness;
const char *roof_likeness_word(roof_likeness likeness);

/* A claim of the vendor or the press that is kept to be checked, not used: "10x energy efficiency", "1000
 * TOPS". All but the text is optional: what it says of itself, so that it can be checked. */
typedef struct roof_statement {
    const char *text;
    roof_value value; /* si NaN when the statement has no number */
    roof_dimension dimension;
    roof_per per;
    roof_field_id field; /* the quantity of the spec that it speaks of; ROOF_FIELD_COUNT if none */
    bool has_precision;
    roof_precision precision;
    const char *model; /* id of the network that ran; the number counts inferences (or tokens) of it */
    double batch;      /* NaN if not said */
    double chips;      /* how many things like this one together; 1 */
    bool sparse;       /* says that it counts or saves on zeros */
    const char *part;  /* the part of the chip that it is said of, or NULL for all of it */
    roof_likeness compares;
    const char *baseline; /* id of the chip that it compares with; NULL if that is not named */
} roof_statement;

/* A finding of a check that the file's author knows of, and why it stands. */
typedef struct roof_acknowledgement {
    const char *check, *reason;
    int line, column;
} roof_acknowledgement;

typedef struct roof_chip {
    const char *id, *name, *vendor;
    const char *chip_class, *segment; /* NULL if the file has none */
    const char *file;                 /* where it was read from */
    const char *const *aliases;
    size_t alias_count;
    roof_level level;
    const char *contains; /* id of what it is made of, or NULL */
    double contains_count;
    double chips_inside; /* chips in all, through every level; 1 for a chip; NaN if what it contains cannot be
                            read */
    double cards_inside; /* cards (or modules) in all; 1 for a card; NaN if there are none or it cannot be
                            told */
    roof_values fields[ROOF_FIELD_COUNT];
    const roof_peak *peaks;
    size_t peak_count;
    const roof_statement *statements;
    size_t statement_count;
    const roof_acknowledgement *acknowledged;
    size_t acknowledged_count;
    const char *const *notes;
    size_t note_count;
    const roof_source *sources;
    size_t source_count;
    bool shipped; /* from the tree or the installation, not a user's file */
    struct roof_arena *arena;
} roof_chip;

/* Parses a spec. Faults go to `report` (may be NULL): errors, and, for files without sources, a doubtful
 * finding. *out is NULL on failure. The caller owns *out. Errors: SYNTAX, INVALID, NO_MEMORY. */
roof_code roof_chip_parse(const char *text, size_t length, const char *file, roof_report *report,
                          roof_chip **out, roof_error *error);
/* The same from a file. Errors also: IO. */
roof_code roof_chip_load(const char *path, roof_report *report, roof_chip **out, roof_error *error);
void roof_chip_free(roof_chip *chip);
/* Appends the text of a spec file in its canonical layout: the keys in the order of the field table, one
 * value a line. Nothing is checked but the JSON. Errors: SYNTAX, INVALID, NO_MEMORY. */
roof_code roof_chip_format(const char *text, size_t length, const char *file, roof_buffer *out,
                           roof_error *error);

/* The value used for a field, or NULL if nothing is published at the chip's own level (values of another
 * scope are shown, never used). */
const roof_value *roof_chip_value(const roof_chip *chip, roof_field_id field);
/* The text used for a field, or NULL. */
const char *roof_chip_text(const roof_chip *chip, roof_field_id field);
/* True if the file says that there is no such memory or link: the text of `dram.type`, `host.interface`...
 * begins with "none". */
bool roof_chip_says_none(const roof_chip *chip, roof_field_id text_field);
/* True if the fields of this one do not apply to this chip (external memory of a chip that has none). */
bool roof_chip_field_applies(const roof_chip *chip, roof_field_id field);

/* The dense peak used at a precision (the first DENSE or ASSUMED_DENSE one of the chip's own level), or NULL.
 */
const roof_peak *roof_chip_dense_peak(const roof_chip *chip, roof_precision precision);
/* The sparse peak used at a precision, or NULL. */
const roof_peak *roof_chip_sparse_peak(const roof_chip *chip, roof_precision precision);
/* The first precision, in the order of ROOF_PRECISIONS, for which `chip` has a dense peak;
 * ROOF_PRECISION_COUNT if none. */
roof_precision roof_chip_default_precision(const roof_chip *chip);

/* True if two values of the list, of the same scope, differ by more than two percent (or in their text).
 * Values with the relation at-least or at-most disagree only when they exclude each other; values whose
 * qualifiers are both given and differ are variants, and do not disagree. */
bool roof_values_disagree(const roof_values *values);

/* True if another peak of the chip, of the same precision, scope and sparsity, differs from this one by more
 * than two percent. */
bool roof_chip_peak_disagrees(const roof_chip *chip, const roof_peak *peak);

/* Fills what can be computed from the file's own values (PCIe bandwidth from generation and lanes) and, when
 * `part` is not NULL, from the thing it contains, as claim `derived` with the arithmetic in the note. Own
 * values stay. Errors: NO_MEMORY. */
roof_code roof_chip_derive(roof_chip *chip, const roof_chip *part, roof_error *error);

#ifdef __cplusplus
}
#endif
#endif

/* Published measurements, where they come from, and what is known of those that cannot be taken as they
 * stand.
 *
 * Tables are tab-separated UTF-8 without quoting: a header line, which says what the table holds, then one
 * row a line. Cells have no spaces at their ends; an empty cell is what the source does not say. Every fault
 * is reported with file, line and column (characters from 1), and its row is left out. */
#ifndef CHIPROOF_MEASURE_MEASURE_H
#define CHIPROOF_MEASURE_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/arena.h"
#include "chiproof/base/error.h"
#include "chiproof/units/precision.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name", "unit in files", what one unit is in SI) */
#define ROOF_METRICS(X) \
    X(THROUGHPUT, "throughput", "inferences/s", 1) \
    X(LATENCY, "latency", "ms", 1e-3) \
    X(TIME_PER_INFERENCE, "time-per-inference", "ms", 1e-3) \
    X(TOKENS, "tokens", "tokens/s", 1) \
    X(TOKENS_PER_USER, "tokens-per-user", "tokens/s", 1) \
    X(POWER, "power", "W", 1) \
    X(PER_JOULE, "per-joule", "inferences/J", 1) \
    X(REAL_TIME_FACTOR, "real-time-factor", "x", 1)

typedef enum roof_metric {
#define X(id, name, unit, si) ROOF_METRIC_##id,
    ROOF_METRICS(X)
#undef X
        ROOF_METRIC_COUNT
} roof_metric;
const char *roof_metric_name(roof_metric metric);
const char *roof_metric_unit(roof_metric metric); /* as in files */
double roof_metric_to_si(roof_metric metric);     /* value in that unit x this = value in SI */

/* One published result. Strings are borrowed from the measures, never NULL; "" where the source says nothing.
 * Throughput, tokens and power are of everything that took part; latency is of one pass of the batch. */
typedef struct roof_measurement {
    const char *chip, *system, *model, *variant, *scenario, *conditions;
    const char *source; /* id of a source */
    const char *use;    /* "fit", or "no: " and why an efficiency must not be fitted to it */
    double chips_used;  /* NaN if not published */
    double batch;       /* NaN if not published */
    double value;       /* in the metric's unit */
    roof_metric metric;
    roof_precision precision; /* UNSTATED if the source does not say, or names none of ours */
    bool sparse;              /* zeros were skipped */
    bool fit;                 /* use is "fit" */
    const char *file;
    int line;
} roof_measurement;

typedef struct roof_measure_source {
    const char *id, *title, *publisher, *date, *url;
} roof_measure_source;

/* Why some measurements stand above what they seem to be bounded by. It speaks for a row whose chip, model
 * and source are those named ("*": any), whose conditions, system, variant or scenario hold `condition`
 * ("*": any), and only up to `up_to` times the bound: what is above that stays unexplained. */
typedef struct roof_measure_finding {
    const char *chip, *model, *source, *condition;
    double up_to;
    const char *explanation;
    const char *file;
    int line;
} roof_measure_finding;

/* Everything that was read. Start with ROOF_MEASURES_EMPTY; release with roof_measures_free. */
typedef struct roof_measures {
    roof_measurement *rows;
    size_t row_count, row_capacity;
    roof_measure_source *sources;
    size_t source_count, source_capacity;
    roof_measure_finding *findings;
    size_t finding_count, finding_capacity;
    roof_arena arena;
} roof_measures;
#define ROOF_MEASURES_EMPTY \
    { \
        0, 0, 0, 0, 0, 0, 0, 0, 0, ROOF_ARENA_EMPTY \
    }

/* At most this many rows of one kind are read, and cells of at most so many bytes. */
enum { ROOF_MEASURES_LIMIT = 1000000, ROOF_MEASURE_CELL_LIMIT = 2000 };

/* Adds the rows of a table. Faults go to `report` (may be NULL). Errors: SYNTAX (no UTF-8, no known header),
 * INVALID (faulty rows; the others are added), NO_MEMORY. */
roof_code roof_measures_parse(const char *text, size_t length, const char *file, roof_measures *measures,
                              roof_report *report, roof_error *error);
/* The same from a file. Errors also: IO. */
roof_code roof_measures_load(const char *path, roof_measures *measures, roof_report *report,
                             roof_error *error);
/* Every "*.tsv" of a folder, by name; a folder that is not there is an empty one. The first error. */
roof_code roof_measures_load_folder(const char *folder, roof_measures *measures, roof_report *report,
                                    roof_error *error);
/* Reports rows and findings that name a source that is not there. Errors: INVALID. */
roof_code roof_measures_check(const roof_measures *measures, roof_report *report, roof_error *error);
/* Releases what was read and empties *measures, which may be NULL. */
void roof_measures_free(roof_measures *measures);

/* The source with that id, or NULL. */
const roof_measure_source *roof_measure_source_find(const roof_measures *measures, const char *id);
/* The first finding that speaks for the row at `excess` times its bound, or NULL. */
const roof_measure_finding *roof_measure_explain(const roof_measures *measures, const roof_measurement *row,
                                                 double excess);

#ifdef __cplusplus
}
#endif
#endif

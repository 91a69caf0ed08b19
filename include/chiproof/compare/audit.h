/* Published measurements against the bound: what no honest result can exceed, unless skipped zeros, a wrong
 * spec, a wrong count or wrong conditions explain it. */
#ifndef CHIPROOF_COMPARE_AUDIT_H
#define CHIPROOF_COMPARE_AUDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/error.h"
#include "chiproof/efficiency/join.h"
#include "chiproof/measure/measure.h"
#include "chiproof/model/predict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How far above its bound a row may be before it counts as above: clocks and rounding. */
#define ROOF_AUDIT_SLACK 1.05

/* X(identifier, "name", "what it means") */
#define ROOF_AUDIT_VERDICTS(X) \
    X(CONSISTENT, "consistent", "not above its bound") \
    X(SPARSE, "sparse", "above the dense bound, and says that it skips zeros") \
    X(EXPLAINED, "explained", "above its bound, for a known reason") \
    X(ABOVE, "above", "above its bound, and nothing known explains it") \
    X(UNCHECKED, "not checkable", "there is no bound to hold it against")

typedef enum roof_audit_verdict {
#define X(id, name, text) ROOF_AUDIT_##id,
    ROOF_AUDIT_VERDICTS(X)
#undef X
        ROOF_AUDIT_VERDICT_COUNT
} roof_audit_verdict;
const char *roof_audit_verdict_name(roof_audit_verdict verdict);

typedef struct roof_audit_row {
    const roof_measurement *row;
    roof_audit_verdict verdict;
    roof_join_obstacle reason; /* why it is not checkable */
    double bound;              /* in the unit of the row, of all that took part; NaN if there is none */
    double share;              /* of the bound that is reached: 1.31 is 31 % above it; NaN if unchecked */
    double batch;              /* that the bound is for */
    bool any_batch;            /* the batch is not published: it is the best one for the chip */
    roof_ceiling_id limiter;   /* of the bound */
    const char *explanation;   /* EXPLAINED only; borrowed from the measures or static */
} roof_audit_row;

/* Counts of one chip, or of all. */
typedef struct roof_audit_summary {
    const char *chip;       /* NULL for all */
    size_t rows, above_fit; /* above_fit: unexplained rows that a fit would use */
    size_t verdicts[ROOF_AUDIT_VERDICT_COUNT];
    size_t reasons[ROOF_JOIN_OBSTACLE_COUNT];
    double median, best; /* share, over the rows that are checked and do not skip zeros; NaN if none is */
} roof_audit_summary;

typedef struct roof_audit {
    roof_audit_row *rows; /* as the cases */
    size_t count;
    roof_audit_summary *chips; /* in the order of their first rows */
    size_t chip_count;
    roof_audit_summary all;
} roof_audit;

/* Checks every case; rows of one chip must stand together, and those of one model of it, for speed. Each row
 * is held against the bound at its precision, batch and chips:
 *   - several chips share inferences (each its own) but hold language models together;
 *   - where the batch is not published, latency is that of one inference (MLPerf MultiStream: of eight), and
 *     throughput is held against the best batch that fits;
 *   - output tokens are held against decoding alone, at the length of the prompt where the row says it ("in
 *     1024 ..."), else at a context of one token: nothing real is faster.
 * A row above the bound of external memory on a chip whose on-chip memory is not published is explained by
 * that, as far as the other ceilings allow it; other explanations are the findings of `measures`. *out is
 * owned by the caller, NULL on failure. Errors: NO_MEMORY. */
roof_code roof_audit_check(const roof_measures *measures, const roof_join *cases, size_t count,
                           roof_audit **out, roof_error *error);
void roof_audit_free(roof_audit *audit);

#ifdef __cplusplus
}
#endif
#endif

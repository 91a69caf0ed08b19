/* Chips side by side: their published values with ratios, and the same runs on each of them. */
#ifndef CHIPROOF_COMPARE_COMPARE_H
#define CHIPROOF_COMPARE_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/error.h"
#include "chiproof/chip/chip.h"
#include "chiproof/efficiency/forecast.h"
#include "chiproof/model/predict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* At most this many chips stand in one comparison. */
enum { ROOF_COMPARED_LIMIT = 8 };

/* What figures stand on when they are compared. */
typedef enum roof_basis {
    ROOF_BASIS_WHOLE, /* each thing as it is */
    ROOF_BASIS_CHIP,  /* divided by the chips inside */
    ROOF_BASIS_CARD,  /* divided by the cards or modules inside */
    ROOF_BASIS_WATT   /* peaks and throughput divided by the power that all publish: TDP, else typical */
} roof_basis;
const char *roof_basis_name(roof_basis basis); /* "whole", "chip", "card", "watt" */

/* One line of the spec table: what each chip publishes for one field or peak. */
typedef struct roof_spec_row {
    char field[64]; /* "peak.int8.dense", "sram.capacity" */
    char label[64]; /* "peak int8 dense", "on-chip memory" */
    roof_field_kind kind;
    roof_dimension dimension;
    const roof_value *values[ROOF_COMPARED_LIMIT]; /* NULL: not published */
    bool disagree[ROOF_COMPARED_LIMIT];            /* the chip's sources disagree */
    bool applies[ROOF_COMPARED_LIMIT];             /* false: the chip says that it has none */
    double si[ROOF_COMPARED_LIMIT]; /* on the comparison's basis; NaN for texts and what is not published */
    bool scaled;                    /* si is the published value divided by something */
    double ratio; /* two chips: second over first on that basis; NaN unless both are quantities */
    int better;   /* index of the better chip; -1 if none is, or they are equal */
} roof_spec_row;

/* What to expect of one workload on every chip, on the comparison's basis. */
typedef struct roof_expectation {
    bool given; /* every chip with an answer has a forecast: else only the bounds can be compared */
    roof_quantiles throughput[ROOF_COMPARED_LIMIT];
    int ahead;            /* index of the chip with the highest p50; -1 if none has one or two are equal */
    double sure;          /* probability that it is faster than the next one; NaN if it alone has an answer */
    roof_quantiles ratio; /* two chips: second over first */
    double p_first_faster; /* two chips; NaN if one is refused */
    double turn_batch;     /* as that of the race, by p50 */
    int thriftiest;        /* index of the chip with the least energy p50; -1 unless two have one */
} roof_expectation;

/* One workload on every chip. */
typedef struct roof_race {
    const roof_workload *workload;
    roof_prediction *predictions;           /* one for each chip, of the whole thing */
    double throughput[ROOF_COMPARED_LIMIT]; /* bound on the comparison's basis; NaN if refused */
    double ratio; /* two chips: throughput bound of the second over the first; NaN if one is refused */
    int faster;   /* index of the chip with the highest bound; -1 if none has one or the best two are equal */
    double turn_batch; /* two chips: the least whole batch up to ROOF_TURN_LIMIT, above the one asked, from
                          which the other one is ahead; NaN if there is none */
    roof_forecast
        *forecasts; /* one for each chip, of the whole thing; NULL before roof_comparison_forecast */
    roof_expectation expected; /* likewise */
} roof_race;

#define ROOF_TURN_LIMIT 4096.0

/* The doubtful figure (roof_sensitivity_find) that moves an answer most. */
typedef struct roof_weakest {
    const roof_input *input; /* NULL if nothing doubtful moves anything */
    size_t chip, race;
    double movement; /* |ln| of how far; infinite if with another of its values the run does not fit */
} roof_weakest;

typedef struct roof_comparison {
    const roof_chip *const *chips; /* borrowed */
    size_t chip_count;
    roof_basis basis;
    double divisor[ROOF_COMPARED_LIMIT]; /* what each chip's figures are divided by; 1 for WHOLE */
    roof_field_id power_field;           /* for WATT: which power it is */
    roof_spec_row *rows;
    size_t row_count;
    roof_value *quotients; /* behind the rows of a peak over power or die area; those are `derived` */
    roof_race *races;
    size_t race_count;
    roof_weakest weakest; /* found by roof_comparison_forecast */
    roof_report warnings; /* bases that differ, doubtful inputs; each once */
} roof_comparison;

/* One run that is asked of all chips. */
typedef struct roof_event {
    const roof_workload *workload; /* borrowed */
    roof_request request;
} roof_event;

/* Compares 2 to ROOF_COMPARED_LIMIT chips. A request without a precision gets the first one (in the order of
 * ROOF_PRECISIONS) that every chip with a peak has; if there is none each chip runs at its own, with a
 * warning. A refusal stays in its cell. *out is owned by the caller (roof_comparison_free), NULL on failure.
 * Errors: INVALID (too few or too many chips), MISSING (the basis asks for chips, cards or power that one of
 * them does not publish), NO_MEMORY. */
roof_code roof_compare(const roof_chip *const *chips, size_t chip_count, const roof_event *events,
                       size_t event_count, roof_basis basis, roof_comparison **out, roof_error *error);
/* Adds what to expect to every race. `calibration` may be NULL: then nothing is given. Errors: NO_MEMORY. */
roof_code roof_comparison_forecast(roof_comparison *comparison, const roof_calibration *calibration,
                                   roof_error *error);
void roof_comparison_free(roof_comparison *comparison);

/* The precision at which all these chips have a dense peak, or ROOF_PRECISION_COUNT. Chips without any named
 * dense peak are passed over. */
roof_precision roof_common_precision(const roof_chip *const *chips, size_t count);

/* The request at that precision, if it names none and there is one. */
roof_request roof_common_request(const roof_chip *const *chips, size_t count, const roof_request *request);

#ifdef __cplusplus
}
#endif
#endif

/* The roofline bound: the fastest that the published figures allow. No honest measurement is above it.
 *
 * t = max over the ceilings of (what must be computed or moved) / (the rate for it), the whole network with
 * perfect overlap. Ceilings whose rate is not published are not counted, and listed as missing. */
#ifndef CHIPROOF_MODEL_BOUND_H
#define CHIPROOF_MODEL_BOUND_H

#include <stdbool.h>

#include "chiproof/model/machine.h"
#include "chiproof/model/parallel.h"
#include "chiproof/model/traffic.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name", rate's input) */
#define ROOF_CEILINGS(X) \
    X(COMPUTE, "compute", PEAK) \
    X(SRAM, "sram", SRAM_BANDWIDTH) \
    X(L2, "l2", L2_BANDWIDTH) \
    X(L3, "l3", L3_BANDWIDTH) \
    X(DRAM, "dram", DRAM_BANDWIDTH) \
    X(HOST, "host link", HOST_BANDWIDTH) \
    X(LINK, "chip links", LINK_BANDWIDTH) \
    X(INSIDE, "links inside", FABRIC_BANDWIDTH) \
    X(POWER, "power", TDP)

typedef enum roof_ceiling_id {
#define X(id, name, rate) ROOF_CEILING_##id,
    ROOF_CEILINGS(X)
#undef X
        ROOF_CEILING_COUNT
} roof_ceiling_id;
const char *roof_ceiling_name(roof_ceiling_id id);
roof_input_id roof_ceiling_rate(roof_ceiling_id id);
/* What it carries: "op", "B", or "J" of POWER: the least energy of operations and on-chip bytes, against the
 * TDP. POWER carries something only where the machine has been told what those cost, which is an estimate. */
const char *roof_ceiling_unit(roof_ceiling_id id);

/* One summand of what a ceiling has to carry: `each` times `times` times `share`. */
typedef struct roof_part {
    const char *what; /* "2 x MAC", "weights", "input" */
    double each, times;
    double share; /* 1 / speed-up of what is pruned; else 1 */
} roof_part;
double roof_part_amount(const roof_part *part);

enum { ROOF_PARTS = 8 }; /* more than any ceiling has */
typedef struct roof_ceiling {
    roof_part parts[ROOF_PARTS];
    int part_count;
    double amount;  /* ops, bytes or joules in one pass of the whole batch: the sum of the parts */
    double rate;    /* per second, of all chips that share the pass; NaN if not published */
    double seconds; /* amount / rate; NaN if the rate is not published; 0 if the amount is 0 */
} roof_ceiling;

/* Where the weights are while the network runs. */
typedef enum roof_home {
    ROOF_HOME_ON_CHIP, /* all of them in on-chip memory */
    ROOF_HOME_DRAM,    /* what does not fit on the chip is read from external memory in every pass */
    ROOF_HOME_HOST,    /* ... is sent again over the host link in every pass */
    ROOF_HOME_UNKNOWN  /* neither on-chip nor external memory is published: taken as on chip */
} roof_home;
const char *roof_home_name(roof_home home); /* "on chip", "external memory", "host", "unknown" */
/* The same in a sentence about a chip: what stands at the far end of the host link where its file says
 * (weight_reload: "MemoryX"), else "the host". */
const char *roof_home_place(roof_home home, const roof_chip *chip);

typedef struct roof_bound {
    roof_ceiling ceilings[ROOF_CEILING_COUNT];
    roof_ceiling_id limiter;
    double seconds;        /* one pass of the whole batch */
    double on_chip_bytes;  /* capacity, all chips together; 0 if not published */
    double need_bytes;     /* weights and caches of the batch */
    double streamed_bytes; /* weights and caches of one pass, from DRAM or the host */
    roof_home home;
    roof_split split; /* how the chips share the work */
} roof_bound;

typedef struct roof_run {
    double batch;        /* of all chips together */
    bool offload_host;   /* take the weights over the host link if they fit nowhere */
    roof_plan plan;      /* how several chips share the work */
    double microbatches; /* of PIPELINE; 0: as many as there are stages, but no more than the batch has */
} roof_run;

/* The bound of one pass, under the plan of the run (chiproof/model/parallel.h). LINK and INSIDE hold what one
 * chip sends, and the rate of its links; the other ceilings what the chips that share the pass carry
 * together. `seconds` is from one batch to the next in a stream of them. Pure arithmetic: nothing is
 * allocated but the words of a refusal. Errors: DOES_NOT_FIT (with the arithmetic and how many chips would
 * hold it), INVALID (a batch below 1), UNSUPPORTED (a plan that needs the layers of a network of which only
 * totals are known). */
roof_code roof_bound_compute(const roof_machine *machine, const roof_traffic *traffic, const roof_run *run,
                             roof_bound *out, roof_error *error);

/* Arithmetic intensity at a ceiling: ops of the pass per byte that it carries; NaN for COMPUTE, POWER and the
 * links between chips, whose bytes are of one chip, or when it carries nothing. */
double roof_bound_intensity(const roof_bound *bound, roof_ceiling_id id);

#ifdef __cplusplus
}
#endif
#endif

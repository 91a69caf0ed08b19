/* How far one run is ahead of another, along an axis. */
#ifndef COMPARE_LEAD_H
#define COMPARE_LEAD_H

#include "chiproof/compare/crossover.h"

typedef struct compare_pair {
    const roof_prediction *a, *b;
    double handicap;
    roof_sweep axis;
} compare_pair;

/* Leads closer to nothing than this are none. */
#define COMPARE_EQUAL 1e-9

/* Results per second of the run at another batch or context; NaN if it cannot. */
double compare_throughput(const roof_prediction *run, roof_sweep axis, double at);
/* ln(throughput a / throughput b / handicap); NaN where one of them cannot. */
double compare_lead(const compare_pair *pair, double at);

#endif

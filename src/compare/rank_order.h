/* The order of a ranking. */
#ifndef COMPARE_RANK_ORDER_H
#define COMPARE_RANK_ORDER_H

#include "chiproof/compare/rank.h"

/* Sorts the rows by their measures, numbers the places and finds the front of throughput and power. */
void compare_rank_order(roof_ranking *ranking);

#endif

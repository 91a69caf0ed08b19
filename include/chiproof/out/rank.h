/* Rankings as pages, CSV grids and JSON. */
#ifndef CHIPROOF_OUT_RANK_H
#define CHIPROOF_OUT_RANK_H

#include "chiproof/compare/rank.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Which rows of a ranking are shown. */
typedef struct roof_rank_view {
    const roof_ranking *ranking;
    size_t top; /* so many rows at most; 0: all */
    bool front; /* only those on the Pareto front */
} roof_rank_view;

/* For people: the best of them, how many cannot and why, what to mind. */
void roof_ranking_page(const roof_rank_view *view, roof_page *page);
/* One tidy row of SI numbers a chip; refused ones, last, with their error. */
void roof_ranking_grid(const roof_rank_view *view, roof_page *page);
/* The members of schema chiproof/rank/1 into the object that is open. */
void roof_ranking_json(const roof_rank_view *view, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif

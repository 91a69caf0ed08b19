/* What a target would take, as pages, CSV grids and JSON. */
#ifndef CHIPROOF_OUT_NEED_H
#define CHIPROOF_OUT_NEED_H

#include "chiproof/compare/need.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* For people: each unknown, what it must be, or why no value is enough. */
void roof_need_page(const roof_need *need, roof_page *page);
/* One tidy row an unknown. */
void roof_need_grid(const roof_need *need, roof_page *page);
/* The members of schema chiproof/need/1 into the object that is open. */
void roof_need_json(const roof_need *need, roof_json_writer *writer);

/* What a network needs of any chip, and the chips that have it. */
typedef struct roof_scratch_view {
    const roof_scratch *scratch;
    const roof_ranking *ranking; /* the chips that were looked at */
    const roof_candidates *candidates;
    size_t top; /* so many of them at most; 0: all */
} roof_scratch_view;

void roof_scratch_page(const roof_scratch_view *view, roof_page *page);
void roof_scratch_grid(const roof_scratch_view *view, roof_page *page);
/* The same schema, with "chips" in place of "chip". */
void roof_scratch_json(const roof_scratch_view *view, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif

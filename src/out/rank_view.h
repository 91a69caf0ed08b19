/* What the pages and the data of a ranking have in common. */
#ifndef OUT_RANK_VIEW_H
#define OUT_RANK_VIEW_H

#include "chiproof/out/rank.h"

/* True if the view has room for that row, when `shown` have been before it. */
bool out_rank_shows(const roof_rank_view *view, size_t row, size_t shown);
/* "TDP" or "typical"; NULL if no power is published. */
const char *out_rank_power_basis(const roof_rank_row *row);

#endif

/* Where two chips change places by what is expected. */
#ifndef OUT_CROSSOVER_EXPECTED_H
#define OUT_CROSSOVER_EXPECTED_H

#include "chiproof/out/crossover.h"

/* Who is ahead in which range, and how sure that is; nothing where nothing is expected. */
void out_prospects(const roof_crossover *crossover, roof_page *page);
/* "expected": [...], or nothing. */
void out_prospects_json(const roof_crossover *crossover, roof_json_writer *writer);

#endif

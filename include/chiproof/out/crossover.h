/* Where two chips change places, as pages, CSV grids and JSON. */
#ifndef CHIPROOF_OUT_CROSSOVER_H
#define CHIPROOF_OUT_CROSSOVER_H

#include "chiproof/compare/crossover.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* For people: who leads in which range, and where it turns. */
void roof_crossover_page(const roof_crossover *crossover, roof_page *page);
/* One tidy row a range. */
void roof_crossover_grid(const roof_crossover *crossover, roof_page *page);
/* The members of schema chiproof/crossover/1 into the object that is open. */
void roof_crossover_json(const roof_crossover *crossover, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif

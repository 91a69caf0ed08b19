/* One chip, or many, as pages, CSV grids and JSON. */
#ifndef CHIPROOF_OUT_CHIP_H
#define CHIPROOF_OUT_CHIP_H

#include "chiproof/chip/chip.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Everything known: each value with claim, source and date, disagreeing ones under each other, derived ones
 * with their arithmetic, statements, what is missing, what the checks found (`findings` may be NULL), the
 * sources. */
void roof_chip_page(const roof_chip *chip, const roof_report *findings, roof_page *page);
/* Tidy rows, one for each published value. */
void roof_chip_grid(const roof_chip *chip, roof_page *page);
/* The members of schema chiproof/show-chip/1 into the object that is open. */
void roof_chip_json(const roof_chip *chip, roof_json_writer *writer);

/* A table of chips: begin, a row for each, and nothing at the end. */
void roof_chip_list_begin(roof_page *page, bool for_people);
void roof_chip_list_row(const roof_chip *chip, roof_page *page, bool for_people);
/* One object of the list into the array that is open. */
void roof_chip_list_json(const roof_chip *chip, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif

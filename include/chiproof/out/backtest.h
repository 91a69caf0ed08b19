/* The score of the efficiency model on results left out, as page, CSV grid and JSON. */
#ifndef CHIPROOF_OUT_BACKTEST_H
#define CHIPROOF_OUT_BACKTEST_H

#include "chiproof/efficiency/backtest.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

void roof_backtest_page(const roof_backtest *backtest, roof_page *page);
void roof_backtest_grid(const roof_backtest *backtest, roof_page *page);
/* Schema chiproof/backtest/1. */
void roof_backtest_json(const roof_backtest *backtest, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif

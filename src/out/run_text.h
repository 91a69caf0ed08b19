/* How a run is named. */
#ifndef OUT_RUN_TEXT_H
#define OUT_RUN_TEXT_H

#include "chiproof/model/predict.h"
#include "chiproof/out/page.h"

/* "ResNet-50 v1.5 on Hailo-8, int8, batch 1". */
void out_run_title(const roof_prediction *prediction, roof_buffer *out);
/* The title as a heading, and for a refusal why there is no answer; true if there is one. */
bool out_run_head(const roof_prediction *prediction, roof_page *page);
/* How several chips share a batch: "tensor parallel: every layer split over 8 chips". */
void out_split_text(const roof_split *split, double batch, roof_buffer *out);
/* "llama-3.1-8b decode". */
void out_run_label(const roof_prediction *prediction, roof_buffer *out);
/* What became of a run's zeros; nothing for a dense run. */
void out_pruning_text(const roof_prediction *prediction, roof_buffer *out);
/* A refusal in a few words: "does not fit", "no int8 peak". */
void out_refusal_short(const roof_prediction *prediction, roof_buffer *out);
/* A whole number, grouped: "1,024". */
void out_count_cell(roof_page *page, double value);
/* A number with all its digits, or an empty cell for NaN. */
void out_number_cell(roof_page *page, double value);

/* "typical power 2.5 W v", "4 x TDP 75 W v", "dynamic model at 16 nm e", or why there is no energy. */
void out_energy_basis(const roof_prediction *prediction, roof_buffer *out);
/* "786 uJ", or of the dynamic model "253 uJ to 1.23 mJ". */
void out_energy_joules(const roof_prediction *prediction, roof_buffer *out);
/* "inference", or "token" for language models. */
const char *out_result_singular(const roof_prediction *prediction);

/* Said under every answer while there is no calibration behind it. */
extern const char out_bound_only[];

#endif

/* The steps of an explanation: what, its arithmetic, what it comes to. */
#ifndef OUT_EXPLAIN_STEPS_H
#define OUT_EXPLAIN_STEPS_H

#include "chiproof/out/predict.h"

/* Begins a grid of steps; then its rows. */
void out_begin_steps(roof_page *page);
void out_step(roof_page *page, const char *label, const char *arithmetic, const char *result,
              roof_emphasis emphasis);
/* A whole number of bytes or ops in full; a rate or fraction with its digits. */
void out_exact(roof_buffer *out, double value, const char *unit);

/* Of the power that the operations need against the TDP; nothing where it does not enter. */
void out_power_steps(const roof_prediction *prediction, roof_page *page);
/* Of the energy of the answer. */
void out_energy_steps(const roof_prediction *prediction, roof_page *page);

/* What a ceiling carries, at which rate, in what time; nothing for one that carries nothing. */
void out_ceiling_steps(const roof_machine *machine, const roof_bound *bound, roof_ceiling_id id,
                       roof_page *page);
/* From the seconds of a pass to throughput and latency. */
void out_answer_steps(const roof_prediction *prediction, roof_page *page);
/* Of a language model: the binding ceiling of the phase that was not asked for, for TTFT and TPOT. */
void out_phase_steps(const roof_prediction *prediction, roof_page *page);
/* From the seconds of the bound to what is expected: each term, how much longer it takes, how sure that is;
 * nothing where there is no forecast. */
void out_expected_steps(const roof_prediction *prediction, const roof_expected *expected, roof_page *page);
/* "expectation": {...}, or nothing. */
void out_expected_json(const roof_expected *expected, roof_json_writer *writer);

#endif

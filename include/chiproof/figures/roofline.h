/* The roofline figure: what each chip can do at each arithmetic intensity, and where networks lie on it.
 *
 * One colour a chip. The flat roofs are its dense peak (solid) and sparse peak (dashed) at the precision of
 * the runs; a slanted roof stands for each memory level and the host link whose bandwidth is published;
 * hollow marks are ridge points; filled marks are networks at their bound, at the intensity of the memory or
 * link that takes longest. What coincides is drawn and named once. A network that hardly touches memory lies
 * at the right edge, with its intensity in words. With more than four chips the sparse peaks are left out,
 * and each network is named at its fastest chip only; the footer says so. */
#ifndef CHIPROOF_FIGURES_ROOFLINE_H
#define CHIPROOF_FIGURES_ROOFLINE_H

#include <stddef.h>

#include "chiproof/base/error.h"
#include "chiproof/figures/figures.h"
#include "chiproof/model/predict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* `predictions` holds chip_count x runs_per_chip answers, the runs of one chip together; refused ones are
 * left out and counted in the subtitle. With a calibration (may be NULL) networks lie where they are
 * expected, with their p10 to p90, else at their bounds. The footer is copied; chips' and workloads' names
 * are borrowed until the figure is freed. A chip without a usable peak is named in the subtitle. *out is NULL
 * on failure. Errors: NO_MEMORY. */
roof_code roof_roofline_figure(const roof_calibration *calibration, const roof_prediction *predictions,
                               size_t chip_count, size_t runs_per_chip, const char *footer,
                               roof_drawn_figure **out, roof_error *error);

#ifdef __cplusplus
}
#endif
#endif

/* Any bytes as a calibration. What is read can be written and read again, and what is forecast with it is in
 * order and never faster than the bound. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/efficiency/forecast.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const roof_prediction *prediction(void)
{
    static roof_prediction made;
    static roof_chip *chip;
    static roof_workload *workload;
    if (chip) return &made;
    roof_request request = {.batch = 1, .chips = 1};
    if (roof_chip_load("specs/hailo-8.json", NULL, &chip, NULL) != ROOF_OK ||
        roof_workload_load("models/resnet-18.json", NULL, &workload, NULL) != ROOF_OK ||
        roof_predict(chip, workload, &request, &made) != ROOF_OK)
        abort();
    return &made;
}

static bool in_order(const roof_quantiles *q)
{
    return isfinite(q->p10) && q->p10 > 0 && q->p10 <= q->p50 && q->p50 <= q->p90 && isfinite(q->p90);
}

static void forecast(const roof_calibration *calibration)
{
    roof_forecast made;
    roof_forecast_pair pair;
    roof_forecast_make(calibration, prediction(), &made);
    if (!made.given) return;
    if (!in_order(&made.throughput) || !in_order(&made.latency_s)) abort();
    if (made.latency_s.p10 < made.run.bound_s * (1 - 1e-9)) abort();
    roof_forecast_ratio(calibration, &made, &made, &pair);
    if (pair.given && !(pair.p_first_faster >= 0 && pair.p_first_faster <= 1)) abort();
}

static void write_and_read(const roof_calibration *calibration)
{
    char *text = NULL;
    roof_calibration *again = NULL;
    if (roof_calibration_text(calibration, &text, NULL) != ROOF_OK ||
        roof_calibration_parse(text, strlen(text), "again.json", NULL, &again, NULL) != ROOF_OK ||
        again->profile_count != calibration->profile_count)
        abort();
    roof_calibration_free(again);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    roof_report report = ROOF_REPORT_EMPTY;
    roof_calibration *calibration = NULL;
    roof_code code =
        roof_calibration_parse((const char *)bytes, size, "fuzz.json", &report, &calibration, NULL);
    if ((code == ROOF_OK) != (calibration != NULL) || (code == ROOF_OK) != (report.errors == 0)) abort();
    if (calibration) {
        forecast(calibration);
        write_and_read(calibration);
    }
    roof_calibration_free(calibration);
    roof_report_clear(&report);
    return 0;
}

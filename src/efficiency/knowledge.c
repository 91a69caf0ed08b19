#include "efficiency/knowledge.h"

#include <string.h>

void knowledge_covariance(const roof_profile *profile,
                          double covariance[ROOF_COORDINATE_COUNT * ROOF_COORDINATE_COUNT])
{
    memcpy(covariance, profile->covariance, sizeof profile->covariance);
    for (int level = (int)profile->level + 1; level < ROOF_POOL_LEVEL_COUNT; level++)
        for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) {
            double sd = roof_coordinate_sd((roof_coordinate)c, (roof_pool_level)level);
            covariance[c * ROOF_COORDINATE_COUNT + c] += sd * sd;
        }
}

void knowledge_spread(const roof_calibration *calibration, const char *chip_class, bool measured,
                      roof_sort sort, double *residual, double *widen)
{
    const roof_spread *own = roof_calibration_spread(calibration, chip_class);
    *residual = 0;
    *widen = 1;
    for (size_t i = 0; i < calibration->spread_count; i++) {
        const roof_spread *spread = &calibration->spreads[i];
        if ((own && own->cells[sort] && spread != own) || !spread->cells[sort]) continue;
        double each = measured ? spread->inflation_network[sort] : spread->inflation_chip[sort];
        if (each * spread->residual[sort] < *widen * *residual) continue;
        *residual = spread->residual[sort];
        *widen = each;
    }
}

double knowledge_scale(const roof_calibration *calibration, const char *chip_class, bool measured,
                       roof_sort sort)
{
    double residual, widen;
    knowledge_spread(calibration, chip_class, measured, sort, &residual, &widen);
    return residual * widen;
}

#include "chiproof/efficiency/form.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *name, *text;
    double mean, sd[ROOF_POOL_LEVEL_COUNT];
} coordinates[] = {
#define X(id, name, mean, all, class_, vendor, chip, text) {name, text, mean, {all, class_, vendor, chip}},
    ROOF_COORDINATES(X)
#undef X
};

static const struct {
    roof_coordinate own, also; /* `also` is COUNT where there is none */
} terms[] = {
#define X(id, also) {ROOF_COORDINATE_##id, ROOF_COORDINATE_##also},
    ROOF_TERMS(X)
#undef X
};

const char *roof_pool_level_name(roof_pool_level level)
{
    static const char *const names[] = {"all", "class", "vendor", "chip"};
    return names[level];
}

const char *roof_coordinate_name(roof_coordinate coordinate)
{
    return coordinates[coordinate].name;
}

const char *roof_coordinate_text(roof_coordinate coordinate)
{
    return coordinates[coordinate].text;
}

double roof_coordinate_mean(roof_coordinate coordinate)
{
    return coordinates[coordinate].mean;
}

double roof_coordinate_sd(roof_coordinate coordinate, roof_pool_level level)
{
    return coordinates[coordinate].sd[level];
}

roof_coordinate roof_term_coordinate(roof_term term)
{
    return terms[term].own;
}

roof_coordinate roof_term_also(roof_term term)
{
    return terms[term].also;
}

bool roof_term_is_shared(roof_term term)
{
    return terms[term].also == ROOF_COORDINATE_COMPUTE;
}

const char *roof_term_name(roof_term term)
{
    return coordinates[terms[term].own].name;
}

/* What is added to a term's own coordinate. */
static double addition(roof_term term, const double *x, double common)
{
    if (roof_term_is_shared(term)) return common;
    return terms[term].also == ROOF_COORDINATE_COUNT ? 0 : x[terms[term].also];
}

double roof_form_log_seconds(const roof_features *f, const double x[ROOF_COORDINATE_COUNT],
                             double slope[ROOF_COORDINATE_COUNT])
{
    double common = 0, sum = 0, computing = 0, seconds[ROOF_TERM_COUNT];
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) common += f->shared[c] * x[c];
    for (int k = 0; k < ROOF_TERM_COUNT; k++) {
        double log_factor = x[terms[k].own] + addition((roof_term)k, x, common);
        seconds[k] = f->unit_s[k] > 0 ? f->unit_s[k] * exp(log_factor) : 0;
        sum += seconds[k];
        if (roof_term_is_shared((roof_term)k)) computing += seconds[k];
    }
    if (!(sum > 0)) return NAN;
    if (!slope) return log(sum);
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) slope[c] = f->shared[c] * computing / sum;
    for (int k = 0; k < ROOF_TERM_COUNT; k++) {
        slope[terms[k].own] += seconds[k] / sum;
        if (!roof_term_is_shared((roof_term)k) && terms[k].also != ROOF_COORDINATE_COUNT)
            slope[terms[k].also] += seconds[k] / sum;
    }
    return log(sum);
}

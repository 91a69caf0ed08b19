/* A calibration as a file, and back. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/arena.h"
#include "chiproof/base/buffer.h"
#include "chiproof/base/file.h"
#include "chiproof/json/format.h"
#include "chiproof/json/json.h"
#include "chiproof/json/writer.h"
#include "efficiency/store.h"

static const char schema[] = "chiproof/calibration/1";
/* Correlations are written as whole thousandths. */
#define THOUSANDTHS 1000.0

/* ---- writing ---- */

/* Five significant digits: more would only be noise of the machine it was fitted on. */
static double rounded(double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.5g", value);
    return strtod(text, NULL);
}

static void put_form(roof_json_writer *writer)
{
    roof_json_open_object(writer, "form");
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++)
        roof_json_put_string(writer, roof_coordinate_name((roof_coordinate)c),
                             roof_coordinate_text((roof_coordinate)c));
    roof_json_close(writer);
}

static double error_of(const roof_profile *profile, int c)
{
    return sqrt(profile->covariance[c * ROOF_COORDINATE_COUNT + c]);
}

/* "compute 0.8035 0.2471; stem ...": in one string, as the correlations are. As thousands of JSON values they
 * would take longer to read than all else that a command does. */
static void put_coordinates(const roof_profile *profile, roof_json_writer *writer)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++)
        roof_buffer_printf(&text, "%s%s %.4f %.4f", c ? "; " : "", roof_coordinate_name((roof_coordinate)c),
                           profile->mean[c], error_of(profile, c));
    roof_json_put_buffer(writer, "coordinates", &text);
    roof_buffer_free(&text);
}

static double correlation_of(const roof_profile *profile, int c, int d)
{
    double product = error_of(profile, c) * error_of(profile, d);
    return product > 0 ? profile->covariance[c * ROOF_COORDINATE_COUNT + d] / product : 0;
}

static void put_run(size_t *zeros, roof_buffer *text)
{
    if (*zeros) roof_buffer_printf(text, "%sz%zu", text->length ? " " : "", *zeros);
    *zeros = 0;
}

/* The lower triangle row by row in thousandths; a run of such as are below one in a hundred is "z" and its
 * length. */
static void put_correlations(const roof_profile *profile, roof_json_writer *writer)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    size_t zeros = 0;
    for (int c = 1; c < ROOF_COORDINATE_COUNT; c++)
        for (int d = 0; d < c; d++) {
            double thousandths = correlation_of(profile, c, d) * THOUSANDTHS;
            if (fabs(thousandths) < 10) {
                zeros++;
                continue;
            }
            put_run(&zeros, &text);
            roof_buffer_printf(&text, "%s%.0f", text.length ? " " : "", thousandths);
        }
    put_run(&zeros, &text);
    roof_json_put_buffer(writer, "correlations", &text);
    roof_buffer_free(&text);
}

static void put_profile(const roof_profile *profile, roof_json_writer *writer)
{
    roof_json_open_object(writer, NULL);
    roof_json_put_string(writer, "level", roof_pool_level_name(profile->level));
    if (profile->level >= ROOF_POOL_CLASS) roof_json_put_string(writer, "class", profile->chip_class);
    if (profile->level >= ROOF_POOL_VENDOR) roof_json_put_string(writer, "vendor", profile->vendor);
    if (profile->level >= ROOF_POOL_CHIP) roof_json_put_string(writer, "chip", profile->chip);
    roof_json_put_number(writer, "rows", (double)profile->rows);
    roof_json_put_number(writer, "cells", (double)profile->cells);
    roof_json_put_number(writer, "chips", (double)profile->chips);
    put_coordinates(profile, writer);
    put_correlations(profile, writer);
    roof_json_close(writer);
}

static void put_spread(const roof_spread *spread, roof_json_writer *writer)
{
    roof_json_open_object(writer, NULL);
    roof_json_put_string(writer, "class", spread->chip_class);
    for (int s = 0; s < ROOF_SORT_COUNT; s++) {
        if (!spread->cells[s]) continue;
        roof_json_open_object(writer, roof_sort_name((roof_sort)s));
        roof_json_put_number(writer, "cells", (double)spread->cells[s]);
        roof_json_put_number(writer, "residual", rounded(spread->residual[s]));
        roof_json_put_number(writer, "widen_new_network", rounded(spread->inflation_network[s]));
        roof_json_put_number(writer, "widen_new_chip", rounded(spread->inflation_chip[s]));
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

static void put_all(const roof_calibration *calibration, roof_json_writer *writer)
{
    roof_json_put_string(writer, "schema", schema);
    roof_json_put_string(writer, "note",
                         "fitted by chiproof calibrate; each coordinate as value and standard error of "
                         "the logarithm of what its time is multiplied by; correlations in thousandths, "
                         "lower triangle");
    roof_json_put_string(writer, "data", calibration->hash);
    roof_json_put_number(writer, "rows", (double)calibration->rows);
    roof_json_put_number(writer, "cells", (double)calibration->cells);
    put_form(writer);
    roof_json_open_object(writer, "errors_on_one_network");
    for (int k = 0; k < ROOF_KINSHIP_COUNT; k++) {
        roof_json_open_object(writer, roof_kinship_name((roof_kinship)k));
        roof_json_put_number(writer, "correlation", rounded(calibration->correlation[k]));
        roof_json_put_number(writer, "pairs", (double)calibration->correlation_pairs[k]);
        roof_json_close(writer);
    }
    roof_json_close(writer);
    roof_json_open_array(writer, "spreads");
    for (size_t i = 0; i < calibration->spread_count; i++) put_spread(&calibration->spreads[i], writer);
    roof_json_close(writer);
    roof_json_open_array(writer, "profiles");
    for (size_t i = 0; i < calibration->profile_count; i++) put_profile(&calibration->profiles[i], writer);
    roof_json_close(writer);
}

roof_code roof_calibration_text(const roof_calibration *calibration, char **text, roof_error *error)
{
    *text = NULL;
    char *plain = NULL;
    roof_json *document = NULL;
    roof_buffer laid_out = ROOF_BUFFER_EMPTY;
    roof_json_writer *writer = roof_json_writer_new();
    put_all(calibration, writer);
    roof_code code = roof_json_writer_text(writer, false, &plain, error);
    roof_json_writer_free(writer);
    if (code == ROOF_OK) code = roof_json_parse(plain, strlen(plain), "", NULL, &document, error);
    if (code == ROOF_OK) code = roof_json_format(document, NULL, &laid_out, error);
    if (code == ROOF_OK && !(*text = roof_buffer_take(&laid_out)))
        code = roof_fail(error, ROOF_NO_MEMORY, "no memory for the calibration");
    roof_json_free(document);
    roof_buffer_free(&laid_out);
    free(plain);
    return code;
}

/* ---- reading ---- */

static const char *read_name(roof_calibration *out, const roof_json_value *object, const char *key)
{
    const char *text = "";
    roof_json_string(roof_json_get(object, key), &text);
    return roof_arena_strdup(out->arena, text);
}

static size_t read_count(const roof_json_value *object, const char *key)
{
    double value = 0;
    roof_json_integer(roof_json_require(object, key), 0, 1e9, &value);
    return (size_t)value;
}

/* A number within the limits; a fault and NaN otherwise. */
static double read_number(const roof_json_value *value, double low, double high)
{
    double number = NAN;
    if (!value || !roof_json_number(value, &number)) return NAN;
    if (number >= low && number <= high) return number;
    roof_json_fault(value, ROOF_GRADE_ERROR, "%g: expected %g to %g", number, low, high);
    return NAN;
}

/* One "name value error"; false if it is not there. A coordinate beyond e^25, or one of which nothing is
 * known to e^10, is none of ours. */
static bool next_coordinate(const char **text, roof_coordinate coordinate, double *mean, double *error)
{
    const char *name = roof_coordinate_name(coordinate);
    char *end = NULL;
    *text += strspn(*text, "; ");
    if (strncmp(*text, name, strlen(name)) != 0) return false;
    *text += strlen(name);
    *mean = strtod(*text, &end);
    if (end == *text) return false;
    *text = end;
    *error = strtod(*text, &end);
    if (end == *text) return false;
    *text = end;
    return fabs(*mean) <= 25 && *error >= 0 && *error <= 10;
}

static void read_coordinates(const roof_json_value *value, double *errors, roof_profile *out)
{
    const char *text = NULL;
    if (!value || !roof_json_string(value, &text)) return;
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) {
        if (!next_coordinate(&text, (roof_coordinate)c, &out->mean[c], &errors[c])) {
            roof_json_fault(value, ROOF_GRADE_ERROR, "expected \"%s\", its value and its standard error",
                            roof_coordinate_name((roof_coordinate)c));
            return;
        }
        out->covariance[c * ROOF_COORDINATE_COUNT + c] = errors[c] * errors[c];
    }
    if (*text) roof_json_fault(value, ROOF_GRADE_ERROR, "more coordinates than expected");
}

/* The next thousandths of the text, or -2000 where it holds none; *zeros counts down a run. */
static long next_correlation(const char **text, long *zeros)
{
    enum { NONE = -2000 };
    char *end = NULL;
    if (*zeros > 0) return --*zeros, 0;
    while (**text == ' ') ++*text;
    bool run = **text == 'z';
    long value = strtol(*text + run, &end, 10);
    if (end == *text + run || (run && value < 1)) return NONE;
    *text = end;
    if (!run) return value;
    *zeros = value - 1;
    return 0;
}

static void read_correlations(const roof_json_value *value, const double *errors, roof_profile *out)
{
    const char *text = NULL;
    long zeros = 0;
    if (!value || !roof_json_string(value, &text)) return;
    for (int c = 1; c < ROOF_COORDINATE_COUNT; c++)
        for (int d = 0; d < c; d++) {
            long thousandths = next_correlation(&text, &zeros);
            if (thousandths < -1000 || thousandths > 1000) {
                roof_json_fault(value, ROOF_GRADE_ERROR, "expected %d whole numbers of -1000 to 1000",
                                ROOF_COORDINATE_COUNT * (ROOF_COORDINATE_COUNT - 1) / 2);
                return;
            }
            double covariance = (double)thousandths / THOUSANDTHS * errors[c] * errors[d];
            out->covariance[c * ROOF_COORDINATE_COUNT + d] = covariance;
            out->covariance[d * ROOF_COORDINATE_COUNT + c] = covariance;
        }
    if (*text || zeros) roof_json_fault(value, ROOF_GRADE_ERROR, "more numbers than expected");
}

static roof_pool_level read_level(const roof_json_value *value)
{
    const char *name = "";
    if (!value || !roof_json_string(value, &name)) return ROOF_POOL_ALL;
    for (int level = 0; level < ROOF_POOL_LEVEL_COUNT; level++)
        if (strcmp(name, roof_pool_level_name((roof_pool_level)level)) == 0) return (roof_pool_level)level;
    roof_json_fault(value, ROOF_GRADE_ERROR, "unknown level \"%s\"", name);
    return ROOF_POOL_ALL;
}

static bool read_profile(roof_calibration *out, const roof_json_value *object, roof_profile *profile)
{
    double errors[ROOF_COORDINATE_COUNT] = {0};
    if (!roof_json_is(object, ROOF_JSON_OBJECT)) return true;
    profile->level = read_level(roof_json_require(object, "level"));
    profile->chip_class = read_name(out, object, "class");
    profile->vendor = read_name(out, object, "vendor");
    profile->chip = read_name(out, object, "chip");
    profile->rows = read_count(object, "rows");
    profile->cells = read_count(object, "cells");
    profile->chips = read_count(object, "chips");
    read_coordinates(roof_json_require(object, "coordinates"), errors, profile);
    read_correlations(roof_json_require(object, "correlations"), errors, profile);
    return profile->chip_class && profile->vendor && profile->chip;
}

static bool read_spread(roof_calibration *out, const roof_json_value *object, roof_spread *spread)
{
    if (!roof_json_is(object, ROOF_JSON_OBJECT)) return true;
    spread->chip_class = read_name(out, object, "class");
    for (int s = 0; s < ROOF_SORT_COUNT; s++) {
        const roof_json_value *sort = roof_json_get(object, roof_sort_name((roof_sort)s));
        if (!sort || !roof_json_is(sort, ROOF_JSON_OBJECT)) continue;
        spread->cells[s] = read_count(sort, "cells");
        spread->residual[s] = read_number(roof_json_require(sort, "residual"), 1e-4, 10);
        spread->inflation_network[s] = read_number(roof_json_require(sort, "widen_new_network"), 0.01, 100);
        spread->inflation_chip[s] = read_number(roof_json_require(sort, "widen_new_chip"), 0.01, 100);
    }
    return spread->chip_class != NULL;
}

static bool read_lists(roof_calibration *out, const roof_json_value *root)
{
    const roof_json_value *profiles = roof_json_require(root, "profiles");
    const roof_json_value *spreads = roof_json_require(root, "spreads");
    out->profiles = roof_arena_calloc(out->arena, roof_json_length(profiles) + 1, sizeof *out->profiles);
    out->spreads = roof_arena_calloc(out->arena, roof_json_length(spreads) + 1, sizeof *out->spreads);
    if (!out->profiles || !out->spreads) return false;
    for (const roof_json_value *each = roof_json_first(profiles); each; each = roof_json_next(each))
        if (!read_profile(out, each, &out->profiles[out->profile_count++])) return false;
    for (const roof_json_value *each = roof_json_first(spreads); each; each = roof_json_next(each))
        if (!read_spread(out, each, &out->spreads[out->spread_count++])) return false;
    if (profiles && (out->profile_count == 0 || out->profiles[0].level != ROOF_POOL_ALL))
        roof_json_fault(profiles, ROOF_GRADE_ERROR, "expected the profile of all chips first");
    return true;
}

static bool read_root(roof_calibration *out, const roof_json_value *root)
{
    const char *text = "";
    const roof_json_value *name = roof_json_require(root, "schema");
    if (roof_json_string(name, &text) && strcmp(text, schema) != 0)
        roof_json_fault(name, ROOF_GRADE_ERROR, "schema \"%s\": expected \"%s\"", text, schema);
    if (roof_json_string(roof_json_require(root, "data"), &text))
        snprintf(out->hash, sizeof out->hash, "%s", text);
    out->rows = read_count(root, "rows");
    out->cells = read_count(root, "cells");
    const roof_json_value *kin = roof_json_require(root, "errors_on_one_network");
    for (int k = 0; kin && k < ROOF_KINSHIP_COUNT; k++) {
        const roof_json_value *one = roof_json_require(kin, roof_kinship_name((roof_kinship)k));
        if (!one) continue;
        out->correlation[k] = read_number(roof_json_require(one, "correlation"), 0, 1);
        out->correlation_pairs[k] = read_count(one, "pairs");
    }
    return read_lists(out, root);
}

roof_code roof_calibration_parse(const char *text, size_t length, const char *file, roof_report *report,
                                 roof_calibration **out, roof_error *error)
{
    roof_json *document = NULL;
    *out = NULL;
    roof_code code = roof_json_parse(text, length, file, report, &document, error);
    if (code != ROOF_OK) return code;
    roof_calibration *made = store_new(error);
    if (!made) code = ROOF_NO_MEMORY;
    else if (roof_json_is(roof_json_root(document), ROOF_JSON_OBJECT) &&
             !read_root(made, roof_json_root(document)))
        code = roof_fail(error, ROOF_NO_MEMORY, "no memory for the calibration");
    else code = roof_json_finish(document, error);
    roof_json_free(document);
    if (code == ROOF_OK) store_sort(made);
    if (code == ROOF_OK) *out = made;
    else roof_calibration_free(made);
    return code;
}

roof_code roof_calibration_load(const char *path, roof_report *report, roof_calibration **out,
                                roof_error *error)
{
    char *text = NULL;
    size_t length = 0;
    *out = NULL;
    roof_code code = roof_file_read_reported(path, ROOF_FILE_LIMIT, &text, &length, report, error);
    if (code != ROOF_OK) return code;
    code = roof_calibration_parse(text, length, path, report, out, error);
    free(text);
    return code;
}

#include "assert_close.h"
#include "chiproof/efficiency/form.h"
#include "efficiency/envelope.h"

/* Two seconds of convolutions that take e^0.5 times as long on this chip and e^0.25 for convolutions, and
 * three of input: 2 e^0.75 + 3 = 7.234. */
static void terms_add_up_each_times_its_coordinates(void **state)
{
    (void)state;
    roof_features f = {0};
    double x[ROOF_COORDINATE_COUNT] = {0}, slope[ROOF_COORDINATE_COUNT];
    f.unit_s[ROOF_TERM_CONV] = 2;
    f.unit_s[ROOF_TERM_INPUT] = 3;
    f.shared[ROOF_COORDINATE_COMPUTE] = 1;
    x[ROOF_COORDINATE_COMPUTE] = 0.5;
    x[ROOF_COORDINATE_CONV] = 0.25;
    double seconds = 2 * exp(0.75) + 3;
    assert_close(roof_form_log_seconds(&f, x, slope), log(seconds), 1e-12);
    assert_close(slope[ROOF_COORDINATE_CONV], 2 * exp(0.75) / seconds, 1e-12);
    assert_close(slope[ROOF_COORDINATE_COMPUTE], 2 * exp(0.75) / seconds, 1e-12);
    assert_close(slope[ROOF_COORDINATE_INPUT], 3 / seconds, 1e-12);
    assert_true(slope[ROOF_COORDINATE_STEM] == 0);
}

static void slopes_are_those_of_small_steps(void **state)
{
    (void)state;
    roof_features f = {0};
    double x[ROOF_COORDINATE_COUNT], slope[ROOF_COORDINATE_COUNT];
    for (int k = 0; k < ROOF_TERM_COUNT; k++) f.unit_s[k] = 1e-3 * (k + 1);
    f.shared[ROOF_COORDINATE_COMPUTE] = 1;
    f.shared[ROOF_COORDINATE_BATCH] = -1.3;
    f.shared[ROOF_COORDINATE_WIDE] = 1;
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) x[c] = 0.1 * (c % 7) - 0.2;
    roof_form_log_seconds(&f, x, slope);
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) {
        const double step = 1e-5;
        x[c] += step;
        double above = roof_form_log_seconds(&f, x, NULL);
        x[c] -= 2 * step;
        double below = roof_form_log_seconds(&f, x, NULL);
        x[c] += step;
        assert_true(fabs((above - below) / (2 * step) - slope[c]) < 1e-8);
    }
}

static void nothing_to_do_has_no_time(void **state)
{
    (void)state;
    roof_features f = {0};
    double x[ROOF_COORDINATE_COUNT] = {0};
    assert_true(isnan(roof_form_log_seconds(&f, x, NULL)));
}

/* [4 . 2; . 9 3; 2 3 6], whose factor is [2; 0 3; 1 1 2]: the second row begins at the second column. */
static void an_envelope_factors_and_solves(void **state)
{
    (void)state;
    const size_t start[] = {0, 1, 0};
    envelope matrix;
    assert_true(envelope_make(&matrix, start, 3));
    matrix.rows[0][0] = 4;
    matrix.rows[1][1] = 9;
    matrix.rows[2][0] = 2;
    matrix.rows[2][1] = 3;
    matrix.rows[2][2] = 6;
    assert_true(envelope_factor(&matrix));
    assert_close(matrix.rows[2][2], 2, 1e-15);
    double b[] = {4 * 1 + 2 * 3, 9 * 2 + 3 * 3, 2 * 1 + 3 * 2 + 6 * 3}; /* x = 1, 2, 3 */
    envelope_forward(&matrix, b, 0);
    envelope_backward(&matrix, b);
    for (int i = 0; i < 3; i++) assert_close(b[i], i + 1, 1e-14);
    envelope_free(&matrix);
}

static void a_matrix_that_is_not_positive_is_refused(void **state)
{
    (void)state;
    const size_t start[] = {0, 0};
    envelope matrix;
    assert_true(envelope_make(&matrix, start, 2));
    matrix.rows[0][0] = 1;
    matrix.rows[1][0] = 2;
    matrix.rows[1][1] = 4;
    assert_false(envelope_factor(&matrix));
    envelope_free(&matrix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_add_up_each_times_its_coordinates),
        cmocka_unit_test(slopes_are_those_of_small_steps),
        cmocka_unit_test(nothing_to_do_has_no_time),
        cmocka_unit_test(an_envelope_factors_and_solves),
        cmocka_unit_test(a_matrix_that_is_not_positive_is_refused),
    };
    return RUN_TESTS(tests);
}

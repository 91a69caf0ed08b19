/* The energy roofline of Choi, Bedard, Fowler and Vuduc 2013: operations per joule over arithmetic intensity.
 */
#include <math.h>

#include "builder.h"
#include "makers.h"
#include "matrix.h"

enum { STEPS = 97 };

/* One curve: a chip, and the bytes that are counted. */
typedef struct arch {
    bool given;
    size_t chip;
    roof_cost_id bytes;
    roof_energy_machine least, most; /* at the least and at the greatest of the published costs */
} arch;

typedef struct energy_figure {
    roof_builder b;
    const roof_figure_request *request;
    const roof_matrix *matrix;
    arch *arches; /* ROOF_COST_COUNT for each chip */
    size_t priced, refused;
    double x_least, x_most, y_least, y_most;
} energy_figure;

static arch *arch_of(energy_figure *f, size_t chip, roof_cost_id bytes)
{
    return &f->arches[chip * ROOF_COST_COUNT + bytes];
}

static void see(energy_figure *f, double x, double y)
{
    f->x_least = fmin(f->x_least, x);
    f->x_most = fmax(f->x_most, x);
    f->y_least = fmin(f->y_least, y);
    f->y_most = fmax(f->y_most, y);
}

/* Notes the curve that a run lies on; false if its energy is not known. */
static bool find_arch(energy_figure *f, size_t chip, size_t event, roof_cost_id *bytes)
{
    const roof_prediction *p = roof_matrix_at(f->matrix, chip, event);
    roof_energy_machine machine;
    if (p->refusal.code != ROOF_OK || p->energy.missing[0]) return false;
    if (!roof_energy_roofline(&p->energy, &p->machine, &machine, bytes)) return false;
    arch *found = arch_of(f, chip, *bytes);
    *found = (arch){true, chip, *bytes, machine, machine};
    found->most.op_j = p->energy.each[ROOF_COST_OP].most;
    found->most.byte_j = p->energy.each[*bytes].most;
    double balance = roof_energy_balance(&machine);
    see(f, balance, 1 / roof_energy_per_op(&machine, balance));
    f->y_most = fmax(f->y_most, 1 / roof_energy_per_op(&machine, INFINITY));
    return true;
}

/* Where a run lies: all of its bytes are counted there, so that it may lie below its curve. */
static roof_point place_of(energy_figure *f, size_t chip, size_t event, roof_cost_id bytes)
{
    const roof_prediction *p = roof_matrix_at(f->matrix, chip, event);
    const double *amounts = p->energy.amounts;
    double ops = amounts[ROOF_COST_OP] / p->energy.results;
    roof_point point = {.x = amounts[ROOF_COST_OP] / amounts[bytes],
                        .y = ops / p->energy_j,
                        .ylow = ops / p->energy_most_j,
                        .yhigh = ops / p->energy_j};
    if (!f->priced) point.label = roof_builder_event_name(&f->b, &f->request->events[event]);
    see(f, point.x, point.ylow);
    see(f, point.x, point.y);
    return point;
}

static void add_runs(energy_figure *f, size_t chip)
{
    roof_point *points = roof_builder_take(&f->b, f->matrix->events, sizeof *points);
    size_t count = 0;
    roof_cost_id bytes;
    for (size_t e = 0; points && e < f->matrix->events; e++)
        if (find_arch(f, chip, e, &bytes)) points[count++] = place_of(f, chip, e, bytes);
    f->priced += count;
    f->refused += f->matrix->events - count;
    roof_builder_add(&f->b, (roof_series){.kind = ROOF_SERIES_MARKS,
                                          .color = (int)chip,
                                          .mark = (int)chip % (ROOF_MARK_COUNT - 1) + 1,
                                          .thickness = 0.8,
                                          .reach = 60,
                                          .points = points,
                                          .count = count});
}

static double step(const energy_figure *f, int i)
{
    return f->x_least * pow(f->x_most / f->x_least, (double)i / (STEPS - 1));
}

/* The curve at the least costs, and the band down to the one at the greatest. */
static void add_arch(energy_figure *f, const arch *each)
{
    roof_point *points = roof_builder_take(&f->b, STEPS, sizeof *points);
    bool external = each->bytes == ROOF_COST_DRAM;
    for (int i = 0; points && i < STEPS; i++) {
        double x = step(f, i), y = 1 / roof_energy_per_op(&each->least, x);
        points[i] = (roof_point){.x = x, .y = y, .ylow = 1 / roof_energy_per_op(&each->most, x), .yhigh = y};
    }
    roof_series curve = {
        .kind = ROOF_SERIES_LINE,
        .color = (int)each->chip,
        .dash = external ? ROOF_DASH_SOLID : ROOF_DASH_DASHED,
        .mark = (int)each->chip % (ROOF_MARK_COUNT - 1) + 1,
        .label = roof_builder_printf(&f->b, "%s, %s bytes",
                                     roof_figure_chip_name(f->request, f->request->chips[each->chip]),
                                     external ? "external" : "on-chip"),
        .points = points,
        .count = STEPS};
    roof_builder_add(&f->b, curve);
    if (!(each->most.op_j > each->least.op_j || each->most.byte_j > each->least.byte_j)) return;
    curve.kind = ROOF_SERIES_BAND;
    curve.label = NULL;
    roof_builder_add(&f->b, curve);
}

static bool in_frame(const energy_figure *f, double x)
{
    return x >= f->x_least && x <= f->x_most;
}

/* The balance in words, once where several curves have it in one place. */
static const char *balance_label(energy_figure *f, const roof_point *points, size_t count)
{
    const roof_point *last = &points[count];
    for (size_t i = 0; i < count; i++)
        if (fabs(points[i].x / last->x - 1) < 0.02 && fabs(points[i].y / last->y - 1) < 0.02) return NULL;
    return roof_builder_printf(&f->b, "%.3g op/B", last->x);
}

/* Hollow: where bytes cost as much as operations, and where they take as long. */
static void add_balances(energy_figure *f)
{
    size_t most = f->matrix->chips * ROOF_COST_COUNT, energies = 0, times = 0;
    roof_point *energy = roof_builder_take(&f->b, most, sizeof *energy);
    roof_point *time = roof_builder_take(&f->b, most, sizeof *time);
    for (size_t i = 0; energy && time && i < most; i++) {
        if (!f->arches[i].given) continue;
        const roof_energy_machine *machine = &f->arches[i].least;
        double balance = roof_energy_balance(machine), ridge = machine->byte_s / machine->op_s;
        energy[energies] = (roof_point){.x = balance, .y = 1 / roof_energy_per_op(machine, balance)};
        energy[energies].label = balance_label(f, energy, energies);
        energies++;
        if (in_frame(f, ridge)) /* not if no bandwidth is published: NaN */
            time[times++] = (roof_point){.x = ridge, .y = 1 / roof_energy_per_op(machine, ridge)};
    }
    roof_series series = {.kind = ROOF_SERIES_HOLLOW_MARKS,
                          .color = ROOF_COLOR_INK,
                          .mark = ROOF_MARK_DIAMOND,
                          .thickness = 1.4,
                          .label = "bytes cost as much as operations",
                          .points = energy,
                          .count = energies};
    roof_builder_add(&f->b, series);
    series.mark = ROOF_MARK_SQUARE;
    series.label = "bytes take as long (ridge)";
    series.points = time;
    series.count = times;
    roof_builder_add(&f->b, series);
}

static void settle_frame(energy_figure *f)
{
    if (!f->priced) return;
    f->x_least = pow(10, floor(log10(f->x_least / 1.5)));
    f->x_most = pow(10, ceil(log10(f->x_most * 1.5)));
    f->y_least = pow(10, floor(log10(f->y_least)));
    f->y_most = pow(10, ceil(log10(f->y_most * 1.2)));
}

static const char *subtitle(energy_figure *f)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (!f->request->event_count) return "";
    roof_request asked = roof_figure_event_request(f->request, 0);
    roof_figure_put_request(&text, &asked, true);
    if (f->refused)
        roof_buffer_printf(&text, "; %zu of %zu runs without an energy", f->refused, f->priced + f->refused);
    return roof_builder_keep(&f->b, &text);
}

/* Why a chip has no curve. */
static void put_unpriced(energy_figure *f, roof_buffer *notes)
{
    for (size_t c = 0; f->matrix->events && c < f->matrix->chips; c++) {
        bool any = false;
        for (int i = 0; f->arches && i < ROOF_COST_COUNT; i++)
            any = any || arch_of(f, c, (roof_cost_id)i)->given;
        const roof_prediction *p = roof_matrix_at(f->matrix, c, 0);
        const char *why = p->refusal.code != ROOF_OK ? p->refusal.message : p->energy.missing;
        if (!any && *why)
            roof_buffer_printf(notes, "%s: %s. ", roof_figure_chip_name(f->request, f->request->chips[c]),
                               why);
    }
}

static void build(energy_figure *f)
{
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    f->arches = roof_builder_take(&f->b, f->matrix->chips * ROOF_COST_COUNT, sizeof *f->arches);
    f->x_least = f->y_least = INFINITY;
    for (size_t c = 0; f->arches && c < f->matrix->chips; c++) add_runs(f, c);
    settle_frame(f);
    for (size_t i = 0; f->arches && i < f->matrix->chips * ROOF_COST_COUNT; i++)
        if (f->arches[i].given) add_arch(f, &f->arches[i]);
    if (f->arches) add_balances(f);
    f->b.drawn->figure =
        (roof_figure){.title = "Energy roofline",
                      .subtitle = subtitle(f),
                      .width = 960,
                      .x = {.label = "Arithmetic intensity", .unit = "op/B", .scale = ROOF_SCALE_LOG},
                      .y = {.label = "Operations per joule, at most",
                            .unit = "op/J",
                            .scale = ROOF_SCALE_LOG,
                            .ticks = ROOF_TICKS_SI},
                      .empty_reason = "no energy of operations and bytes is known of these runs"};
    if (f->priced) {
        roof_figure *figure = &f->b.drawn->figure;
        figure->x.min = f->x_least;
        figure->x.max = f->x_most;
        figure->y.min = f->y_least;
        figure->y.max = f->y_most;
    }
    put_unpriced(f, &notes);
    roof_buffer_append(&notes,
                       "Choi et al. 2013. An estimate of arithmetic and memory arrays alone, from published "
                       "costs of single operations brought to the chip's node: instructions, wires, clocks "
                       "and leakage come on top. Band and intervals: least to greatest cost. Networks count "
                       "on-chip and external bytes both, so they may lie below their curve.");
    roof_builder_set_footer(&f->b, &notes, f->request->footer);
}

ROOF_MAKER(energy_roofline)
{
    energy_figure f = {.request = request};
    roof_matrix matrix;
    *out = NULL;
    if (!roof_matrix_make(&matrix, request))
        return roof_fail(error, ROOF_NO_MEMORY, "no memory for the predictions");
    f.matrix = &matrix;
    if (roof_builder_start(&f.b)) build(&f);
    roof_matrix_free(&matrix);
    return roof_builder_end(&f.b, out, error);
}

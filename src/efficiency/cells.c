#include "chiproof/efficiency/cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *roof_cell_kind_name(roof_cell_kind kind)
{
    static const char *const names[] = {
#define X(id, name) name,
        ROOF_CELL_KINDS(X)
#undef X
    };
    return (unsigned)kind < ROOF_CELL_KIND_COUNT ? names[kind] : "unknown";
}

/* ---- the cleaning rules ---- */

/* MLPerf's Offline scenario does not publish the batch: large enough not to matter is taken. */
enum { OFFLINE_BATCH = 64, OFFLINE_BATCH_EDGE = 32 };

static bool is_llm(const roof_join *join)
{
    return roof_workload_is_llm(join->workload);
}

static bool is_request(const roof_measurement *row)
{
    return strstr(row->scenario, "end-to-end") || strstr(row->scenario, "offline") ||
           strcmp(row->scenario, "Offline") == 0;
}

static bool skips_zeros(const roof_join *join)
{
    return join->row->sparse;
}

static bool has_no_class(const roof_join *join)
{
    return !join->chip->chip_class;
}

static bool has_no_batch(const roof_join *join)
{
    return is_llm(join) && isnan(roof_join_batch(join->row));
}

static bool has_no_lengths(const roof_join *join)
{
    return is_llm(join) && is_request(join->row) &&
           (roof_join_prompt(join->row) == 0 || roof_join_output(join->row) == 0);
}

static bool is_wide(const roof_join *join)
{
    return roof_precision_activation_bytes(join->row->precision) > 2;
}

static bool runs_on_the_cpu(const roof_join *join)
{
    const char *layers = strstr(join->row->conditions, "layers npu ");
    char *rest = NULL;
    if (!layers) return false;
    double on = strtod(layers + strlen("layers npu "), &rest),
           all = *rest == '/' ? strtod(rest + 1, NULL) : on;
    return on < 0.95 * all;
}

static bool is_reference(const roof_join *join)
{
    return strcasestr(join->row->conditions, "python") || strcasestr(join->row->system, "python");
}

static bool is_one_window(const roof_join *join)
{
    return strcmp(roof_workload_id(join->workload), "3d-unet-kits19") == 0;
}

static const struct {
    bool (*applies)(const roof_join *join);
    const char *reason;
} rules[] = {
    {has_no_class, "the chip has no class to share efficiencies with"},
    {skips_zeros, "says that zeros are skipped: no dense result"},
    {is_wide, "computed with 32 bits or more"},
    {runs_on_the_cpu, "less than 95 % of its layers run on the accelerator"},
    {is_reference, "a reference implementation in Python"},
    {is_one_window, "the file counts one window of the volume; a sample is dozens"},
    {has_no_batch, "language model, and the batch is not stated"},
    {has_no_lengths, "prompt and answer together, and the tokens of one are not stated"},
};
enum { RULES = sizeof rules / sizeof *rules };
static const char above_bound[] = "above its bound: the spec, the count or the label is wrong";

size_t roof_cell_rule_count(void)
{
    return RULES + 1;
}

const char *roof_cell_rule(size_t index)
{
    return index < RULES ? rules[index].reason : above_bound;
}

/* ---- what a row's run computes, where that is not the whole of what its names say ---- */

/* X applies to the rows of the chip and model ("*": any) whose source begins so and whose conditions, system
 * or variant hold the text ("": any). */
static const struct {
    const char *chip, *model, *source, *text;
    double times; /* the time of computing at full efficiency */
} corrections[] = {
    {"rk3588-npu", "*", "", "single core", 3}, /* one of three cores */
    {"bm1688", "*", "", "cores=1", 2},         /* one of two */
    {"bm1688", "*", "", "core1", 2},
    {"*", "bert-large-384", "mlperf", "", 0.46}, /* SQuAD samples have 177 tokens on average */
};

static bool is_text_of(const roof_measurement *row, const char *text)
{
    return strstr(row->conditions, text) || strstr(row->system, text) || strstr(row->variant, text);
}

static double correction_of(const roof_join *join)
{
    for (size_t i = 0; i < sizeof corrections / sizeof *corrections; i++) {
        const char *chip = corrections[i].chip, *model = corrections[i].model,
                   *source = corrections[i].source;
        if (*chip != '*' && strcmp(chip, join->chip->id) != 0) continue;
        if (*model != '*' && strcmp(model, roof_workload_id(join->workload)) != 0) continue;
        if (strncmp(join->row->source, source, strlen(source)) != 0) continue;
        if (is_text_of(join->row, corrections[i].text)) return corrections[i].times;
    }
    return 1;
}

/* ---- one row ---- */

typedef struct builder {
    roof_prediction runs[2]; /* the run asked for last, and the prompt before it */
    bool open[2];
    roof_cells *out;
} builder;

static const roof_prediction *run_at(builder *self, int place, const roof_join *join,
                                     const roof_request *request)
{
    if (self->open[place] && roof_join_same_run(&self->runs[place], join, request)) return &self->runs[place];
    if (self->open[place]) roof_prediction_free(&self->runs[place]);
    roof_predict(join->chip, join->workload, request, &self->runs[place]);
    self->open[place] = true;
    return &self->runs[place];
}

static double batch_of(const roof_join *join)
{
    double batch = roof_join_batch(join->row);
    if (!isnan(batch)) return batch;
    if (strcmp(join->row->scenario, "Offline") != 0) return 1;
    const char *of = join->chip->chip_class;
    bool large = strcmp(of, "gpu") == 0 || strcmp(of, "datacenter-asic") == 0 || strcmp(of, "cpu") == 0;
    return large ? OFFLINE_BATCH : OFFLINE_BATCH_EDGE;
}

static double bound_of(const roof_bound *bound, double correction)
{
    double seconds = 0;
    for (int i = 0; i < ROOF_CEILING_COUNT; i++) {
        double each = bound->ceilings[i].seconds * (i == ROOF_CEILING_COMPUTE ? correction : 1);
        if (each > seconds) seconds = each;
    }
    return correction == 1 ? bound->seconds : seconds;
}

static bool add_pass(const roof_prediction *p, double correction, roof_cell *cell, double times,
                     double *bound_s)
{
    roof_bound bound;
    roof_features features;
    roof_run run = {.batch = cell->batch};
    if (roof_bound_compute(&p->machine, &p->traffic, &run, &bound, NULL) != ROOF_OK) return false;
    roof_features_of(p, &bound, cell->batch, cell->mode, &features);
    for (int k = 0; k < ROOF_TERM_COUNT; k++)
        if (roof_term_is_shared((roof_term)k)) features.unit_s[k] *= correction;
    roof_features_add(&cell->features, &features, times);
    *bound_s += times * bound_of(&bound, correction);
    return true;
}

/* True for rows that give as a rate what one run on its own took. */
static bool is_inverse_latency(const roof_measurement *row)
{
    return strcmp(row->scenario, "SingleStream") == 0 || strcmp(row->scenario, "MultiStream") == 0 ||
           strcmp(row->scenario, "batch 1") == 0 || strstr(row->conditions, "1/latency");
}

static void classify(const roof_join *join, roof_cell *cell)
{
    const roof_measurement *row = join->row;
    bool rate = row->metric == ROOF_METRIC_THROUGHPUT || row->metric == ROOF_METRIC_TOKENS;
    cell->mode = rate && !is_inverse_latency(row) ? ROOF_MODE_THROUGHPUT : ROOF_MODE_LATENCY;
    cell->kind = !is_llm(join)               ? ROOF_CELL_NETWORK
                 : roof_join_is_prefill(row) ? ROOF_CELL_PREFILL
                 : is_request(row)           ? ROOF_CELL_REQUEST
                                             : ROOF_CELL_DECODE;
}

/* The reason for which the row is left out, or NULL with the cell filled in. */
static const char *reduce(builder *self, const roof_join *join, roof_cell *cell)
{
    if (!join->row->fit) return join->row->use;
    roof_join_obstacle obstacle = roof_join_check(join);
    if (obstacle != ROOF_JOIN_NONE) return roof_join_obstacle_text(obstacle);
    for (int i = 0; i < RULES; i++)
        if (rules[i].applies(join)) return rules[i].reason;
    roof_request request = roof_join_request(join);
    *cell = (roof_cell){.row = join->row, .chip = join->chip, .workload = join->workload, .rows = 1};
    cell->batch = batch_of(join);
    cell->chips = request.chips;
    classify(join, cell);
    double times = 1, bound_s = 0;
    if (is_llm(join)) cell->prompt = request.prompt;
    if (cell->kind == ROOF_CELL_REQUEST) {
        cell->output = times = roof_join_output(join->row);
        request.context = cell->prompt + floor(times / 2); /* of the token halfway */
    }
    const roof_prediction *p = run_at(self, 0, join, &request);
    obstacle = roof_join_refusal(p->refusal.code);
    if (obstacle != ROOF_JOIN_NONE) return roof_join_obstacle_text(obstacle);
    if (!add_pass(p, correction_of(join), cell, times, &bound_s))
        return roof_join_obstacle_text(ROOF_JOIN_NO_FIT);
    if (cell->kind == ROOF_CELL_REQUEST) {
        request.phase = ROOF_PHASE_PREFILL;
        const roof_prediction *prompt = run_at(self, 1, join, &request);
        if (prompt->refusal.code != ROOF_OK || !add_pass(prompt, 1, cell, 1, &bound_s))
            return roof_join_obstacle_text(ROOF_JOIN_REFUSED);
    }
    double seconds = times * roof_join_seconds(p, join->row, cell->batch);
    if (!(seconds > 0) || !isfinite(seconds)) return roof_join_obstacle_text(ROOF_JOIN_REFUSED);
    if (seconds * ROOF_CELL_SLACK < bound_s) return above_bound;
    cell->log_seconds = log(seconds);
    cell->log_bound_seconds = log(bound_s);
    return isnan(roof_form_log_seconds(&cell->features, (const double[ROOF_COORDINATE_COUNT]){0}, NULL))
               ? roof_join_obstacle_text(ROOF_JOIN_REFUSED)
               : NULL;
}

/* ---- cells ---- */

static int compare_numbers(double a, double b)
{
    return a < b ? -1 : a > b;
}

/* Systems are kept apart, but for MLPerf, where every server of every maker is one. */
static const char *system_of(const roof_measurement *row)
{
    return strncmp(row->source, "mlperf", 6) == 0 ? "" : row->system;
}

/* Zero for rows of one cell. */
static int by_key(const roof_cell *a, const roof_cell *b)
{
    int order = strcmp(a->chip->id, b->chip->id);
    if (!order) order = strcmp(roof_workload_id(a->workload), roof_workload_id(b->workload));
    if (!order) order = (int)a->row->precision - (int)b->row->precision;
    if (!order) order = (int)a->kind - (int)b->kind;
    if (!order) order = (int)a->mode - (int)b->mode;
    if (!order) order = compare_numbers(a->batch, b->batch);
    if (!order) order = compare_numbers(a->chips, b->chips);
    if (!order) order = compare_numbers(a->prompt, b->prompt);
    if (!order) order = compare_numbers(a->output, b->output);
    return order ? order : strcmp(system_of(a->row), system_of(b->row));
}

static int by_key_and_time(const void *x, const void *y)
{
    const roof_cell *a = x, *b = y;
    int order = by_key(a, b);
    if (!order) order = compare_numbers(a->log_seconds, b->log_seconds);
    return order ? order : a->row < b->row ? -1 : a->row > b->row;
}

/* Keeps one cell of each key, with the median of its rows. */
static void merge(roof_cells *cells)
{
    size_t kept = 0;
    if (cells->count) qsort(cells->items, cells->count, sizeof *cells->items, by_key_and_time);
    for (size_t first = 0, last; first < cells->count; first = last) {
        for (last = first + 1; last < cells->count && by_key(&cells->items[first], &cells->items[last]) == 0;)
            last++;
        const roof_cell *low = &cells->items[first + (last - first - 1) / 2];
        const roof_cell *high = &cells->items[first + (last - first) / 2];
        double median = (low->log_seconds + high->log_seconds) / 2;
        cells->items[kept] = cells->items[first];
        cells->items[kept].log_seconds = median;
        cells->items[kept++].rows = last - first;
    }
    cells->count = kept;
}

roof_code roof_cells_build(const roof_join *joins, size_t count, roof_cells *out, roof_error *error)
{
    builder self = {.out = out};
    *out = (roof_cells){.rows = count};
    out->items = calloc(count + 1, sizeof *out->items);
    out->dropped = calloc(count + 1, sizeof *out->dropped);
    if (!out->items || !out->dropped)
        return roof_fail(error, ROOF_NO_MEMORY, "no memory for the measurements");
    for (size_t i = 0; i < count; i++) {
        const char *reason = reduce(&self, &joins[i], &out->items[out->count]);
        if (reason) out->dropped[out->dropped_count++] = (roof_dropped){joins[i].row, reason};
        else out->count++;
    }
    for (int i = 0; i < 2; i++)
        if (self.open[i]) roof_prediction_free(&self.runs[i]);
    merge(out);
    return ROOF_OK;
}

void roof_cells_free(roof_cells *cells)
{
    if (!cells) return;
    free(cells->items);
    free(cells->dropped);
    *cells = (roof_cells){0};
}

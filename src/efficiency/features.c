#include "chiproof/efficiency/features.h"

#include <math.h>
#include <string.h>

const char *roof_mode_name(roof_mode mode)
{
    return mode == ROOF_MODE_LATENCY ? "latency" : "throughput";
}

/* The term that a kind of layer counts under; convolutions and totals are told apart further below. */
static const roof_term kind_terms[ROOF_OP_KIND_COUNT] = {
    [ROOF_OP_CONV2D] = ROOF_TERM_CONV,         [ROOF_OP_DEPTHWISE] = ROOF_TERM_DEPTHWISE,
    [ROOF_OP_GEMM] = ROOF_TERM_GEMM,           [ROOF_OP_MATMUL] = ROOF_TERM_ATTENTION,
    [ROOF_OP_ATTENTION] = ROOF_TERM_ATTENTION, [ROOF_OP_RECURRENT] = ROOF_TERM_RECURRENT,
    [ROOF_OP_TOTAL] = ROOF_TERM_TOTAL_MIXED,
};

/* Which convolution it is, by its counts alone: products per output element (kernel x input channels of its
 * group) against input elements per output position (input channels x stride squared). */
static roof_term convolution_term(const roof_op *op)
{
    double positions = op->macs / fmax(op->weights_read, 1), depth = op->macs / fmax(op->output_elements, 1);
    double reached = op->input_elements / positions, kernel = depth / reached;
    if (depth <= 160 && reached <= 17) return ROOF_TERM_STEM;
    if (kernel > 1.5) return ROOF_TERM_CONV;
    bool whole = kernel > 0.9, stride_two = kernel > 0.2 && kernel < 0.26;
    return whole || stride_two ? ROOF_TERM_POINTWISE : ROOF_TERM_GROUPED;
}

/* Networks of which only totals are known, by their family: the place of its logarithms in `totals`. */
static const struct {
    const char *family;
    roof_term term;
    double log_activations, log_layers;
} families[] = {
    {"dense-conv", ROOF_TERM_TOTAL_DENSE, 0, 0},
    {"depthwise", ROOF_TERM_TOTAL_DEPTHWISE, 1.391, 0.826},
    {"mixed", ROOF_TERM_TOTAL_MIXED, 0.400, 0.606},
    {"attention", ROOF_TERM_TOTAL_ATTENTION, 0.527, 0.631},
    {"grouped-conv", ROOF_TERM_TOTAL_GROUPED, 0.763, 0.688},
};
enum { FAMILIES = sizeof families / sizeof *families, MIXED = 2 };

static size_t family_of(const roof_workload *workload)
{
    const char *family = roof_workload_family(workload);
    for (size_t i = 0; family && i < FAMILIES; i++)
        if (strcmp(families[i].family, family) == 0) return i;
    return MIXED;
}

static bool is_wide(roof_precision precision)
{
    return roof_precision_activation_bytes(precision) > 1.25;
}

static double rate_of(const roof_machine *machine, roof_input_id input)
{
    return machine->inputs[input].si * machine->chips;
}

static double or_zero(double seconds)
{
    return isfinite(seconds) ? seconds : 0;
}

static bool is_class(const roof_prediction *p, const char *name)
{
    return p->chip->chip_class && strcmp(p->chip->chip_class, name) == 0;
}

/* Bytes a second of external memory. Where an edge chip does not publish it, that of one 32-bit channel of
 * LPDDR4-3200 stands in as the unit (12.8 GB/s): what the chip's own memory makes of it is in its coordinates
 * where it was measured, and in their spread where it was not. */
static double external_rate(const roof_prediction *p)
{
    const double channel = 12.8e9;
    double rate = rate_of(&p->machine, ROOF_INPUT_DRAM_BANDWIDTH);
    bool edge = is_class(p, "soc-npu") || is_class(p, "stream");
    return isnan(rate) && edge ? channel * p->machine.chips : rate;
}

/* Weights that come from outside in every pass. Where nothing is known of the chip's memory all of them do.
 */
static double streamed_s(const roof_prediction *p, const roof_bound *bound)
{
    if (bound->home == ROOF_HOME_HOST)
        return or_zero(bound->streamed_bytes / rate_of(&p->machine, ROOF_INPUT_HOST_BANDWIDTH));
    double bytes = bound->home == ROOF_HOME_UNKNOWN ? p->traffic.weight_bytes_read : bound->streamed_bytes;
    return or_zero(bytes / external_rate(p));
}

/* The rate at which what is read in every pass comes: of external memory where it is there, else of on-chip
 * memory. */
static double read_rate(const roof_prediction *p, const roof_bound *bound)
{
    return rate_of(&p->machine, bound->home == ROOF_HOME_DRAM   ? ROOF_INPUT_DRAM_BANDWIDTH
                                : bound->home == ROOF_HOME_HOST ? ROOF_INPUT_HOST_BANDWIDTH
                                                                : ROOF_INPUT_SRAM_BANDWIDTH);
}

static void language_terms(const roof_prediction *p, const roof_bound *bound, double batch,
                           roof_features *out)
{
    double layers = p->network->layers, rate = read_rate(p, bound);
    double weights = p->traffic.weight_bytes_read + roof_traffic_expert_bytes(&p->traffic, batch);
    bool decode = p->network->phase == ROOF_PHASE_DECODE;
    out->unit_s[decode ? ROOF_TERM_LLM_DECODE : ROOF_TERM_LLM_COMPUTE] =
        batch * p->traffic.ops / rate_of(&p->machine, ROOF_INPUT_PEAK);
    out->unit_s[ROOF_TERM_LLM_MEMORY] = or_zero(weights / rate);
    out->unit_s[ROOF_TERM_LLM_CACHE] = or_zero(batch * p->traffic.cache_bytes_read / rate);
    out->unit_s[ROOF_TERM_LLM_LAYER] = layers * 7e-6;
    out->unit_s[ROOF_TERM_LLM_LINK] = p->machine.chips > 1 ? layers * 3e-6 : 0;
    out->unit_s[ROOF_TERM_LLM_SEQUENCE] = decode && batch > 1 ? layers * batch * 1e-7 : 0;
}

/* What a network's layers come to besides their ops. */
typedef struct sums {
    double activations, layers, steps;
    bool totals;
} sums;

static sums sum_layers(const roof_prediction *p)
{
    sums out = {0};
    for (size_t i = 0; i < p->network->op_count; i++) {
        const roof_op *op = &p->network->ops[i];
        if (!(op->macs > 0)) continue;
        out.totals = out.totals || op->kind == ROOF_OP_TOTAL;
        out.layers += op->repeat;
        out.activations += op->repeat * (op->input_elements + op->output_elements);
        if (op->kind == ROOF_OP_RECURRENT) out.steps += op->repeat * op->macs / fmax(op->weights_read, 1);
    }
    return out;
}

/* Activations and layers of a network known by totals, from its ops, weights and input: least squares over
 * the logarithms of the 232 networks of models/ that are counted layer by layer. They leave a factor of 1.4
 * for the activations and 1.7 for the layers. */
static void guess_layers(const roof_prediction *p, sums *out)
{
    size_t family = family_of(p->workload);
    double elements = 0;
    for (size_t i = 0; i < p->network->input_count; i++) elements += p->network->inputs[i].elements;
    double ops = log(fmax(p->traffic.ops, 1)), weights = log(p->network->weights_read + 1),
           input = log(fmax(elements, 1));
    out->activations =
        exp(-1.469 + 0.823 * ops - 0.146 * weights + 0.140 * input + families[family].log_activations);
    out->layers = exp(-3.072 + 0.088 * ops + 0.209 * weights + 0.118 * input + families[family].log_layers);
}

static roof_term term_of(const roof_prediction *p, const roof_op *op)
{
    const char *task = roof_workload_task(p->workload);
    if (op->kind == ROOF_OP_TOTAL) return families[family_of(p->workload)].term;
    if (op->kind != ROOF_OP_CONV2D) return kind_terms[op->kind];
    return task && strstr(task, "3d") ? ROOF_TERM_VOLUME : convolution_term(op);
}

static double padded(double size, double unit)
{
    return ceil(size / unit) * unit / size;
}

/* By how much a layer's products grow where arrays of `unit` columns (and rows) are filled up: the channels
 * of its output, and on SoCs what each output sums over, are rarely multiples. */
static double padding(const roof_prediction *p, const roof_op *op)
{
    enum { STREAM_UNIT = 64, SOC_UNIT = 32 };
    if (op->kind == ROOF_OP_TOTAL || op->kind == ROOF_OP_DEPTHWISE) return 1;
    double channels = op->output_elements / (op->macs / fmax(op->weights_read, 1));
    double depth = op->macs / fmax(op->output_elements, 1);
    if (is_class(p, "stream")) return channels >= 1 ? padded(channels, STREAM_UNIT) : 1;
    if (!is_class(p, "soc-npu")) return 1;
    return (channels >= 1 ? padded(channels, SOC_UNIT) : 1) * fmax(1, SOC_UNIT / depth);
}

/* Ops of a layer that are left where zeros of its weights are skipped. Nobody measured how much of that a
 * chip loses again: it is taken to be as efficient as on a dense network. */
static double ops_left(const roof_prediction *p, size_t index)
{
    const roof_op *op = &p->network->ops[index];
    double speedup = p->machine.pruning.speedup;
    bool skips = speedup > 1 && roof_op_is_prunable(p->network, index);
    return op->repeat * 2 * op->macs / (skips ? speedup : 1);
}

/* Networks known by totals: what they are for. */
static roof_coordinate task_of(const roof_prediction *p)
{
    const char *task = roof_workload_task(p->workload);
    if (!task) return ROOF_COORDINATE_TOTAL_OTHERS;
    if (strstr(task, "classif")) return ROOF_COORDINATE_COUNT;
    if (strstr(task, "detect")) return ROOF_COORDINATE_TOTAL_DETECTS;
    return strstr(task, "segm") ? ROOF_COORDINATE_TOTAL_SEGMENTS : ROOF_COORDINATE_TOTAL_OTHERS;
}

static void share(const roof_prediction *p, double batch, bool totals, roof_features *out)
{
    enum { BATCH_LIMIT = 32 };
    roof_coordinate task = totals ? task_of(p) : ROOF_COORDINATE_COUNT;
    if (task != ROOF_COORDINATE_COUNT) out->shared[task] = 1;
    out->shared[ROOF_COORDINATE_BATCH] = -log(fmin(batch, BATCH_LIMIT));
    if (!is_class(p, "stream") && !is_class(p, "soc-npu") && p->traffic.ops > 0)
        out->shared[ROOF_COORDINATE_SIZE] = -log(p->traffic.ops / 6e9);
    if (is_wide(p->machine.precision)) out->shared[ROOF_COORDINATE_WIDE] = 1;
}

static void network_terms(const roof_prediction *p, const roof_bound *bound, double batch, roof_mode mode,
                          roof_features *out)
{
    double peak = rate_of(&p->machine, ROOF_INPUT_PEAK);
    sums layers = sum_layers(p);
    if (layers.totals) guess_layers(p, &layers);
    share(p, batch, layers.totals, out);
    for (size_t i = 0; i < p->network->op_count; i++) {
        const roof_op *op = &p->network->ops[i];
        if (op->macs > 0) out->unit_s[term_of(p, op)] += batch * ops_left(p, i) * padding(p, op) / peak;
    }
    out->unit_s[ROOF_TERM_ACTIVATION] = batch * layers.activations / peak;
    if (bound->home != ROOF_HOME_ON_CHIP)
        out->unit_s[ROOF_TERM_SPILL] =
            or_zero(batch * layers.activations * p->traffic.formats.activation_bytes / external_rate(p));
    out->unit_s[ROOF_TERM_LAYER] = layers.layers * 3e-6;
    out->unit_s[ROOF_TERM_STEP] = layers.steps * 10e-6;
    out->unit_s[mode == ROOF_MODE_LATENCY ? ROOF_TERM_LATENCY : ROOF_TERM_PIPELINE] = 0.3e-3;
    out->unit_s[ROOF_TERM_INPUT] =
        or_zero(batch * p->traffic.input_bytes / rate_of(&p->machine, ROOF_INPUT_HOST_BANDWIDTH));
    out->unit_s[bound->home == ROOF_HOME_HOST ? ROOF_TERM_RELOAD : ROOF_TERM_STREAM] = streamed_s(p, bound);
}

void roof_features_of(const roof_prediction *p, const roof_bound *bound, double batch, roof_mode mode,
                      roof_features *out)
{
    memset(out, 0, sizeof *out);
    if (!roof_workload_is_llm(p->workload)) out->shared[ROOF_COORDINATE_COMPUTE] = 1;
    if (roof_workload_is_llm(p->workload)) language_terms(p, bound, batch, out);
    else network_terms(p, bound, batch, mode, out);
}

void roof_features_add(roof_features *sum, const roof_features *more, double times)
{
    for (int k = 0; k < ROOF_TERM_COUNT; k++) sum->unit_s[k] += times * more->unit_s[k];
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) sum->shared[c] = more->shared[c];
}

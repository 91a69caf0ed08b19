#include "chiproof/efficiency/join.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *roof_join_obstacle_text(roof_join_obstacle obstacle)
{
    static const char *const texts[] = {
#define X(id, text) text,
        ROOF_JOIN_OBSTACLES(X)
#undef X
    };
    return (unsigned)obstacle < ROOF_JOIN_OBSTACLE_COUNT ? texts[obstacle] : "unknown";
}

static double tokens_after(const char *text, const char *word)
{
    const char *at = strstr(text, word);
    double tokens = at ? strtod(at + strlen(word), NULL) : 0;
    return tokens >= 1 && tokens <= 1e7 ? tokens : 0;
}

double roof_join_prompt(const roof_measurement *row)
{
    return strncmp(row->variant, "in ", 3) == 0 ? tokens_after(row->variant, "in ") : 0;
}

double roof_join_output(const roof_measurement *row)
{
    return tokens_after(row->variant, " out ");
}

bool roof_join_is_prefill(const roof_measurement *row)
{
    return strncmp(row->scenario, "prefill", 7) == 0;
}

static bool is_rate(roof_metric metric)
{
    return metric == ROOF_METRIC_THROUGHPUT || metric == ROOF_METRIC_TOKENS;
}

static bool counts_tokens(roof_metric metric)
{
    return metric == ROOF_METRIC_TOKENS || metric == ROOF_METRIC_TOKENS_PER_USER;
}

roof_join_obstacle roof_join_check(const roof_join *join)
{
    const roof_measurement *row = join->row;
    if (row->metric == ROOF_METRIC_POWER || row->metric == ROOF_METRIC_PER_JOULE ||
        row->metric == ROOF_METRIC_REAL_TIME_FACTOR)
        return ROOF_JOIN_NO_SPEED;
    if (strcmp(row->scenario, "training") == 0) return ROOF_JOIN_TRAINING;
    if (!join->chip) return ROOF_JOIN_NO_CHIP;
    if (!join->workload) return ROOF_JOIN_NO_MODEL;
    if (row->precision == ROOF_PRECISION_UNSTATED) return ROOF_JOIN_NO_PRECISION;
    bool llm = roof_workload_is_llm(join->workload);
    if (isnan(row->chips_used) && (llm || is_rate(row->metric))) return ROOF_JOIN_NO_CHIPS;
    if (llm != (counts_tokens(row->metric) || roof_join_is_prefill(row))) return ROOF_JOIN_NO_LENGTH;
    if (roof_join_is_prefill(row) && roof_join_prompt(row) == 0) return ROOF_JOIN_NO_LENGTH;
    return ROOF_JOIN_NONE;
}

roof_join_obstacle roof_join_refusal(roof_code code)
{
    switch (code) {
    case ROOF_OK: return ROOF_JOIN_NONE;
    case ROOF_NO_PRECISION: return ROOF_JOIN_NO_PEAK;
    case ROOF_DOES_NOT_FIT: return ROOF_JOIN_NO_FIT;
    default: return ROOF_JOIN_REFUSED;
    }
}

roof_request roof_join_request(const roof_join *join)
{
    roof_request request = {.has_precision = true, .precision = join->row->precision, .batch = 1, .chips = 1};
    if (!roof_workload_is_llm(join->workload)) return request;
    double prompt = roof_join_prompt(join->row);
    request.chips = join->row->chips_used;
    request.phase = roof_join_is_prefill(join->row) ? ROOF_PHASE_PREFILL : ROOF_PHASE_DECODE;
    request.prompt = request.context = prompt > 0 ? prompt : 1;
    return request;
}

bool roof_join_same_run(const roof_prediction *p, const roof_join *join, const roof_request *request)
{
    return p->chip == join->chip && p->workload == join->workload && p->request.chips == request->chips &&
           p->request.precision == request->precision &&
           (!roof_workload_is_llm(join->workload) ||
            (p->request.phase == request->phase && p->request.prompt == request->prompt &&
             p->request.context == request->context));
}

double roof_join_batch(const roof_measurement *row)
{
    if (!isnan(row->batch)) return row->batch;
    if (!is_rate(row->metric)) return strcmp(row->scenario, "MultiStream") == 0 ? 8 : 1;
    return strcmp(row->scenario, "SingleStream") == 0 ? 1 : NAN;
}

static double sharing(const roof_prediction *p, const roof_measurement *row)
{
    return roof_workload_is_llm(p->workload) ? 1 : row->chips_used;
}

double roof_join_as_measured(const roof_prediction *p, const roof_measurement *row, double batch,
                             double seconds)
{
    double results = p->network->results_per_pass;
    switch (row->metric) {
    case ROOF_METRIC_LATENCY: return seconds / roof_metric_to_si(row->metric);
    case ROOF_METRIC_TIME_PER_INFERENCE: return seconds / batch / roof_metric_to_si(row->metric);
    case ROOF_METRIC_TOKENS_PER_USER: return results / seconds;
    default: return batch * results / seconds * sharing(p, row);
    }
}

double roof_join_seconds(const roof_prediction *p, const roof_measurement *row, double batch)
{
    double results = p->network->results_per_pass;
    switch (row->metric) {
    case ROOF_METRIC_LATENCY: return row->value * roof_metric_to_si(row->metric);
    case ROOF_METRIC_TIME_PER_INFERENCE: return row->value * batch * roof_metric_to_si(row->metric);
    case ROOF_METRIC_TOKENS_PER_USER: return results / row->value;
    default: return batch * results / row->value * sharing(p, row);
    }
}

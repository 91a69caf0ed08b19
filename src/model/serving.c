#include "chiproof/model/serving.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/mixed_step.h"

/* Users beyond which none are looked for, and rows go no further without a limit. */
static const double most_users = 1e6, most_rows_without_limit = 4096;
static const double most_chunks = 4096;

double roof_speculated_tokens(double proposed, double acceptance)
{
    if (acceptance >= 1) return proposed + 1;
    return (1 - pow(acceptance, proposed + 1)) / (1 - acceptance);
}

/* ---- the passes ---- */

/* A model's pass of a step, and what of it the machine holds. */
typedef struct pass {
    roof_network *network;
    roof_traffic traffic;
} pass;

static roof_code open_pass(const roof_workload *workload, const roof_prediction *decode, double tokens,
                           pass *out, roof_error *error)
{
    roof_code code = roof_workload_expand_chunk(workload, ROOF_PHASE_DECODE, tokens, decode->request.context,
                                                &out->network, error);
    if (code == ROOF_OK) roof_traffic_count(out->network, decode->traffic.formats, &out->traffic);
    return code;
}

/* What a step consists of. */
typedef struct stepper {
    const roof_machine *machine;
    roof_run run;
    pass check, draft;  /* of k + 1 positions, and of one of the draft; networks NULL without speculation */
    roof_traffic model; /* the model's own token, with the draft's weights and cache beside it in memory */
    double proposed;
} stepper;

static roof_code set_up(roof_serving *s, stepper *out)
{
    const roof_serve_request *asked = &s->request;
    roof_code code = ROOF_OK;
    *out = (stepper){.machine = &s->decode.machine, .proposed = asked->proposed};
    out->run = roof_request_run(&s->decode.request);
    out->model = s->decode.traffic;
    if (!asked->draft) return ROOF_OK;
    code = open_pass(s->decode.workload, &s->decode, asked->proposed + 1, &out->check, &s->refusal);
    if (code == ROOF_OK) code = open_pass(asked->draft, &s->decode, 1, &out->draft, &s->refusal);
    if (code != ROOF_OK) return code;
    out->model.weight_bytes_stored += out->draft.traffic.weight_bytes_stored;
    out->model.cache_bytes_held += out->draft.traffic.cache_bytes_held;
    return ROOF_OK;
}

static void tear_down(stepper *step)
{
    roof_network_free(step->check.network);
    roof_network_free(step->draft.network);
}

static roof_code bound_at(const stepper *step, const roof_traffic *traffic, double batch, roof_bound *out)
{
    roof_run run = step->run;
    run.batch = batch;
    return roof_bound_compute(step->machine, traffic, &run, out, NULL);
}

/* ---- memory ---- */

static bool fits(const stepper *step, double batch)
{
    roof_bound bound;
    return bound_at(step, &step->model, batch, &bound) == ROOF_OK;
}

static double greatest_batch(const stepper *step)
{
    double least = 0, most = 1; /* least fits */
    while (fits(step, most)) {
        least = most;
        if (most >= most_users) return INFINITY;
        most *= 2;
    }
    while (most - least > 1) {
        double middle = floor((least + most) / 2);
        if (fits(step, middle)) least = middle;
        else most = middle;
    }
    return least;
}

static void fill_memory(roof_serving *s, const stepper *step)
{
    const roof_machine *machine = &s->decode.machine;
    const roof_split *split = &s->decode.bound.split;
    double on_chip = roof_machine_on_chip_bytes(machine);
    double dram = machine->dram == ROOF_PRESENCE_YES
                      ? machine->inputs[ROOF_INPUT_DRAM_CAPACITY].si * machine->chips
                      : 0;
    s->capacity_bytes = on_chip + dram > 0 ? on_chip + dram : NAN;
    s->weight_bytes = step->model.weight_bytes_stored * (split->plan == ROOF_PLAN_DATA ? split->chips : 1);
    s->user_cache_bytes = step->model.cache_bytes_held * split->copies;
    s->greatest_batch = greatest_batch(step);
}

/* ---- rows ---- */

/* A step of the model alone, or with speculation; NaN if it is refused. */
static double step_seconds(const stepper *step, double batch, roof_ceiling_id *limiter)
{
    roof_bound own, draft;
    bool speculates = step->draft.network;
    if (bound_at(step, speculates ? &step->check.traffic : &step->model, batch, &own) != ROOF_OK) return NAN;
    *limiter = own.limiter;
    if (!speculates) return own.seconds;
    if (bound_at(step, &step->draft.traffic, batch, &draft) != ROOF_OK) return NAN;
    return step->proposed * draft.seconds + own.seconds;
}

static void fill_row(const roof_serving *s, const stepper *step, double batch, roof_serve_row *row)
{
    *row = (roof_serve_row){.batch = batch, .cache_bytes = batch * s->user_cache_bytes};
    row->fits = batch <= s->greatest_batch;
    row->ttft_s = row->tpot_s = row->disturbed_s = NAN;
    row->user_per_s = row->total_per_s = row->chip_per_s = NAN;
    if (!row->fits) return;
    double seconds = step_seconds(step, batch, &row->limiter);
    row->ttft_s = s->request.chunk > 0 ? 0 : s->prefill.latency_s;
    row->tpot_s = seconds / s->step_tokens;
    row->user_per_s = 1 / row->tpot_s;
    row->total_per_s = batch * row->user_per_s;
    row->chip_per_s = row->total_per_s / step->machine->chips;
}

static void add_row(roof_serving *s, const stepper *step, double batch)
{
    if (s->row_count < ROOF_SERVE_ROWS) fill_row(s, step, batch, &s->rows[s->row_count++]);
}

/* 1, 2, 4... as far as they fit, the greatest, and the first one that does not. */
static void fill_rows(roof_serving *s, const stepper *step)
{
    double batch = 1;
    if (s->request.run.batch > 0) {
        add_row(s, step, s->request.run.batch);
        return;
    }
    for (; batch <= fmin(s->greatest_batch, most_rows_without_limit); batch *= 2) add_row(s, step, batch);
    if (isinf(s->greatest_batch)) return;
    if (s->greatest_batch > batch / 2) add_row(s, step, s->greatest_batch);
    while (batch <= s->greatest_batch) batch *= 2;
    add_row(s, step, batch);
}

/* ---- chunks ---- */

/* Users on the chips that take the prompt in, beside it; in data parallel it comes to one chip of many. */
static double others_beside(const roof_serving *s, double batch)
{
    bool data = s->decode.bound.split.plan == ROOF_PLAN_DATA;
    return (data ? ceil(batch / s->decode.machine.chips) : batch) - 1;
}

static bool add_chunk(roof_serving *s, const stepper *step, const roof_network *chunk, roof_op *ops)
{
    for (size_t i = 0; i < s->row_count; i++) {
        roof_serve_row *row = &s->rows[i];
        roof_tensor tensors[2];
        roof_network mixed;
        roof_traffic traffic;
        roof_bound bound;
        if (!row->fits) continue;
        if (!model_mix(chunk, s->decode.network, others_beside(s, row->batch), ops, tensors, &mixed))
            return false;
        roof_traffic_count(&mixed, s->decode.traffic.formats, &traffic);
        double seconds = bound_at(step, &traffic, 1, &bound) == ROOF_OK ? bound.seconds : NAN;
        row->ttft_s += seconds;
        row->disturbed_s = fmax(row->disturbed_s, seconds);
    }
    return true;
}

static roof_code take_chunk(roof_serving *s, const stepper *step, double tokens, double past)
{
    roof_network *chunk = NULL;
    roof_code code =
        roof_workload_expand_chunk(s->decode.workload, ROOF_PHASE_PREFILL, tokens, past, &chunk, &s->refusal);
    if (code != ROOF_OK) return code;
    roof_op *ops = calloc(chunk->op_count, sizeof *ops);
    if (!ops) code = roof_fail(&s->refusal, ROOF_NO_MEMORY, "memory ran out");
    else if (!add_chunk(s, step, chunk, ops))
        code = roof_fail(&s->refusal, ROOF_UNSUPPORTED, "%s does not run in chunks",
                         roof_workload_name(s->decode.workload));
    free(ops);
    roof_network_free(chunk);
    return code;
}

static roof_code take_chunks(roof_serving *s, const stepper *step)
{
    double prompt = s->prefill.request.prompt, chunk = s->request.chunk;
    roof_code code = ROOF_OK;
    for (double past = 0; past < prompt && code == ROOF_OK; past += chunk)
        code = take_chunk(s, step, fmin(chunk, prompt - past), past);
    return code;
}

/* ---- the answer ---- */

static roof_code check(const roof_workload *workload, const roof_serve_request *asked, roof_error *error)
{
    double prompt = asked->run.prompt > 0 ? asked->run.prompt : roof_workload_default_prompt(workload);
    const roof_workload *models[] = {workload, asked->draft};

    for (size_t i = 0; i < 2; i++)
        if (models[i] && !roof_workload_is_llm(models[i]))
            return roof_fail(
                error, ROOF_UNSUPPORTED,
                "%s is no language model: there are no tokens to serve (chiproof predict says how "
                "fast it runs)",
                roof_workload_name(models[i]));
    if (asked->chunk > 0 && ceil(prompt / asked->chunk) > most_chunks)
        return roof_fail(error, ROOF_INVALID,
                         "chunks of %.0f make %.0f of a prompt of %.0f tokens: at most %.0f", asked->chunk,
                         ceil(prompt / asked->chunk), prompt, most_chunks);
    if (asked->chunk > 0 && (asked->run.plan == ROOF_PLAN_PIPELINE || asked->run.plan == ROOF_PLAN_BEST))
        return roof_fail(error, ROOF_UNSUPPORTED,
                         "chunks are counted under ideal, data and tensor parallel, not in a pipeline");
    if (asked->draft && (!(asked->proposed >= 1) || !(asked->acceptance >= 0) || !(asked->acceptance <= 1)))
        return roof_fail(error, ROOF_INVALID,
                         "speculation takes 1 token or more, and an acceptance from 0 to 1");
    return ROOF_OK;
}

/* One user's prefill and decode: machine, network and warnings of all that follows. */
static roof_code predict_both(const roof_chip *chip, const roof_workload *workload, roof_serving *out)
{
    roof_request one = out->request.run;
    one.phase = ROOF_PHASE_DECODE;
    /* A number of chips is sought for the batch that was asked for. */
    if (!one.fit_chips) one.batch = 1;
    roof_code code = roof_predict(chip, workload, &one, &out->decode);
    if (code != ROOF_OK) out->refusal = out->decode.refusal;
    if (code != ROOF_OK) return code;
    one.chips = out->decode.request.chips;
    one.fit_chips = false;
    one.batch = 1;
    one.phase = ROOF_PHASE_PREFILL;
    code = roof_predict(chip, workload, &one, &out->prefill);
    if (code != ROOF_OK) out->refusal = out->prefill.refusal;
    return code;
}

static roof_code answer(roof_serving *s)
{
    stepper step;
    roof_code code = set_up(s, &step);
    s->step_tokens =
        s->request.draft ? roof_speculated_tokens(s->request.proposed, s->request.acceptance) : 1;
    if (code == ROOF_OK) {
        fill_memory(s, &step);
        fill_rows(s, &step);
        if (s->request.chunk > 0) code = take_chunks(s, &step);
    }
    tear_down(&step);
    return code;
}

roof_code roof_serve(const roof_chip *chip, const roof_workload *workload, const roof_serve_request *request,
                     roof_serving *out)
{
    memset(out, 0, sizeof *out);
    out->request = *request;
    out->prefill.chip = out->decode.chip = chip;
    out->prefill.workload = out->decode.workload = workload;
    roof_request *run = &out->request.run;
    roof_code code = check(workload, request, &out->refusal);
    if (code != ROOF_OK) return code;
    if (!(run->context > 0) && run->prompt > 0) run->context = run->prompt;
    code = predict_both(chip, workload, out);
    if (code == ROOF_OK) code = answer(out);
    return code;
}

void roof_serving_free(roof_serving *serving)
{
    if (!serving) return;
    roof_prediction_free(&serving->prefill);
    roof_prediction_free(&serving->decode);
}

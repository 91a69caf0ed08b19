#include "cli/runs.h"

/* What is run when no model is named: a convolutional, a depthwise, a detection and a transformer network,
 * and both phases of a language model. */
static const struct {
    const char *model;
    roof_phase phase;
} default_runs[] = {
    {"resnet-50-v1.5", ROOF_PHASE_WHOLE}, {"mobilenet-v2-1.0", ROOF_PHASE_WHOLE},
    {"yolov8n-640", ROOF_PHASE_WHOLE},    {"bert-large-384", ROOF_PHASE_WHOLE},
    {"llama-3.1-8b", ROOF_PHASE_PREFILL}, {"llama-3.1-8b", ROOF_PHASE_DECODE},
};
enum { DEFAULT_RUNS = sizeof default_runs / sizeof *default_runs };

static bool add_run(cli_context *context, cli_runs *runs, const char *model, roof_phase phase)
{
    roof_workload *workload = cli_open_model(context, model);
    if (!workload) return false;
    runs->workloads[runs->count] = workload;
    runs->items[runs->count] = (roof_event){workload, context->options.request};
    roof_request *request = &runs->items[runs->count++].request;
    if (!roof_workload_is_llm(workload)) request->phase = ROOF_PHASE_WHOLE;
    else if (request->phase == ROOF_PHASE_WHOLE) request->phase = phase;
    return true;
}

bool cli_runs_open(cli_context *context, cli_runs *runs)
{
    const cli_options *options = &context->options;
    runs->count = 0;
    for (int i = 0; i < options->model_count; i++)
        if (!add_run(context, runs, options->models[i], ROOF_PHASE_DECODE)) return false;
    for (int i = 0; options->model_count == 0 && i < DEFAULT_RUNS; i++)
        if (!add_run(context, runs, default_runs[i].model, default_runs[i].phase)) return false;
    return true;
}

void cli_runs_close(cli_runs *runs)
{
    for (int i = 0; i < runs->count; i++) roof_workload_free(runs->workloads[i]);
    runs->count = 0;
}

bool cli_chips_open(cli_context *context, int first, roof_chip **chips, int *count)
{
    *count = 0;
    for (int i = first; i < context->options.word_count; i++) {
        chips[*count] = cli_open_chip(context, context->options.words[i]);
        if (!chips[*count]) return false;
        ++*count;
    }
    return true;
}

void cli_chips_close(roof_chip **chips, int count)
{
    for (int i = 0; i < count; i++) roof_chip_free(chips[i]);
}

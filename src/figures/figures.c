/* The table of figures. */
#include "chiproof/figures/figures.h"

#include <string.h>

#include "makers.h"

enum { ANY = 4096, CHIPS = ROOF_TAKES_CHIPS, CATALOGUE = ROOF_TAKES_CATALOGUE, RUNS = ROOF_TAKES_RUNS };

/* One of each kind; two of a kind; two of the data centre; six that run language models. */
static const char *const ONE_OF_EACH[] = {"hailo-8", "metis", "groqchip", "gc200", "wse-2", NULL};
static const char *const EDGE[] = {"hailo-8", "metis", NULL};
static const char *const CARDS[] = {"hailo-8", "metis", "l4", "a100-sxm-80gb", NULL};
static const char *const LARGE[] = {"a100-sxm-80gb", "h100-sxm", "mi300x", "gaudi-3", "l40s", NULL};
static const char *const RIVALS[] = {"h100-pcie", "mi250x", "l40s", NULL};

static const char *const SKIPPERS[] = {"moffett-s30", "a100-sxm-80gb", "l4", "hailo-8", NULL};
static const char *const PRUNERS[] = {"moffett-s30", "a30", "l4", NULL};
static const char *const MEASURED[] = {"hailo-8", "metis", "jetson-agx-orin", "h100-sxm", NULL};
static const char *const ONE_CARD[] = {"a100-pcie-80gb", NULL};
static const char *const ONE_LARGE[] = {"h100-sxm", NULL};

static const char *const PRICED[] = {"tpu-v4", "a100-sxm-80gb", "groqchip", "hailo-8", NULL};

static const char *const LARGE_LLAMA[] = {"llama-3.1-70b", NULL};
static const char *const RESNET[] = {"resnet-50-v1.5", NULL};
static const char *const LLAMA[] = {"llama-3.1-8b", NULL};

static const roof_figure_kind KINDS[] = {
    {"roofline", "what chips can do at each arithmetic intensity, and where networks lie", CHIPS | RUNS, 1,
     24, 0, ONE_OF_EACH, NULL, roof_roofline_make, 0, 0},
    {"energy-roofline", "operations per joule at each arithmetic intensity, at the least costs published",
     CHIPS | RUNS | ROOF_TAKES_COSTS, 1, 6, 0, PRICED, NULL, roof_energy_roofline_make, 0, 0},
    {"compare", "networks side by side on two to six chips", CHIPS | RUNS, 2, 6, 0, CARDS, NULL,
     roof_compare_make, 0, 0},
    {"batch", "throughput over the batch, and where chips change places", CHIPS | RUNS, 1, 8, 1, RIVALS,
     LLAMA, roof_batch_make, 0, 0},
    {"context", "decoding speed over the tokens in the cache", CHIPS | RUNS | ROOF_TAKES_LLM, 1, 8, 1, LARGE,
     LLAMA, roof_context_make, 0, 0},
    {"sparsity", "throughput over the zeros of the weights", CHIPS | RUNS, 1, 8, 1, SKIPPERS, RESNET,
     roof_sparsity_make, 0, 0},
    {"scaling", "throughput over the number of chips, by plan or by chip", CHIPS | RUNS, 1, 8, 1, ONE_CARD,
     LARGE_LLAMA, roof_scaling_make, ROOF_PHASE_PREFILL, 32},
    {"sensitivity", "which published figures an answer hangs on", CHIPS | RUNS, 1, 1, 1, ONE_LARGE, LLAMA,
     roof_sensitivity_make, 0, 0},
    {"breakdown", "how long each part of a chip would take alone; with --layers each layer", CHIPS | RUNS, 1,
     6, 1, EDGE, RESNET, roof_breakdown_make, 0, 0},
    {"winner", "which chip is fastest over batch and context", CHIPS | RUNS | ROOF_TAKES_LLM, 2, 6, 1, LARGE,
     LLAMA, roof_winner_make, 0, 0},
    {"winner-sparsity", "which chip is fastest over batch and zero weights", CHIPS | RUNS, 2, 6, 1, PRUNERS,
     LLAMA, roof_winner_sparsity_make, 0, 0},
    {"terms", "where the time is expected to go, term by term of the efficiency model", CHIPS | RUNS, 1, 6, 0,
     EDGE, NULL, roof_terms_make, 0, 0},
    {"achieved", "published results against what was to be expected", CHIPS | ROOF_TAKES_RESULTS, 1, 6, 0,
     MEASURED, NULL, roof_achieved_make, 0, 0},
    {"backtest", "how good predictions are of results that the fit has not seen (takes a while)",
     ROOF_TAKES_SCORES, 0, 0, 0, NULL, NULL, roof_backtest_make, 0, 0},
    {"pareto", "any two quantities and the chips that none outdoes (--x, --y)", CATALOGUE | RUNS, 0, ANY, 1,
     NULL, RESNET, roof_pareto_make, 0, 0},
    {"efficiency", "peak against power, with lines of equal TOPS/W", CATALOGUE, 0, ANY, 0, NULL, NULL,
     roof_efficiency_make, 0, 0},
    {"timeline", "peak over the year of announcement", CATALOGUE, 0, ANY, 0, NULL, NULL, roof_timeline_make,
     0, 0},
    {"timeline-efficiency", "TOPS/W over the year of announcement", CATALOGUE, 0, ANY, 0, NULL, NULL,
     roof_timeline_efficiency_make, 0, 0},
    {"timeline-node", "process node over the year of announcement", CATALOGUE, 0, ANY, 0, NULL, NULL,
     roof_timeline_node_make, 0, 0},
    {"memory", "capacity and bandwidth of on-chip and external memory", CATALOGUE, 0, ANY, 0, NULL, NULL,
     roof_memory_make, 0, 0},
    {"coverage", "what the catalogue knows and what it does not", CATALOGUE, 0, ANY, 0, NULL, NULL,
     roof_coverage_make, 0, 0},
};

const roof_figure_kind *roof_figure_kinds(size_t *count)
{
    *count = sizeof KINDS / sizeof *KINDS;
    return KINDS;
}

const roof_figure_kind *roof_figure_kind_find(const char *name)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (strcmp(name, KINDS[i].name) == 0) return &KINDS[i];
    return NULL;
}

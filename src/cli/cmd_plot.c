#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/figures/figures.h"
#include "cli/calibrate.h"
#include "cli/chip_list.h"
#include "cli/draw.h"
#include "cli/inputs.h"
#include "cli/measured.h"
#include "cli/options.h"
#include "cli/runs.h"

enum { KINDS = 64 };

/* What one `plot` holds while it makes its figures. */
typedef struct plot {
    cli_context *context;
    cli_album album;
    const roof_figure_kind *kinds[KINDS];
    size_t kind_count;
    bool all;                /* figures that cannot be made from what is named are left out, not faults */
    int first_chip;          /* the words from there on are chips */
    cli_chip_list catalogue; /* opened when first needed */
    bool catalogue_open;
    cli_measured measured; /* the same */
    bool measured_open;
    roof_join *joins;
    cli_cells cells; /* what the scores are of */
    bool cells_open;
    roof_backtest *scores;
    size_t join_count;
} plot;

/* What one figure is made from. */
typedef struct stuff {
    roof_chip *chips[CLI_WORDS];
    int chip_count;
    cli_runs runs;
} stuff;

/* ---- which figures ---- */
static bool add_all(plot *p)
{
    size_t count = 0;
    const roof_figure_kind *kinds = roof_figure_kinds(&count);
    p->all = true;
    for (size_t i = 0; i < count && p->kind_count < KINDS; i++)
        if (!(kinds[i].takes & ROOF_TAKES_SCORES)) p->kinds[p->kind_count++] = &kinds[i];
    return true;
}

static bool no_figure(const char *word)
{
    const char *names[KINDS + 1] = {"all"};
    size_t count = 0;
    const roof_figure_kind *kinds = roof_figure_kinds(&count);
    roof_buffer near = ROOF_BUFFER_EMPTY;
    for (size_t i = 0; i < count && i < KINDS; i++) names[i + 1] = kinds[i].name;
    if (roof_text_nearest(word, names, count + 1, &near))
        cli_message("no figure \"%s\"; did you mean %s?   (chiproof plot --list)", word,
                    roof_buffer_text(&near));
    else
        cli_message("no figure \"%s\"; there are roofline, compare, efficiency...   (chiproof plot --list)",
                    word);
    roof_buffer_free(&near);
    return false;
}

/* Words are figures up to the first that is none, from which on they are chips. */
static bool choose_kinds(plot *p)
{
    const cli_options *options = &p->context->options;
    for (int i = 0; i < options->word_count; i++) {
        const roof_figure_kind *kind = roof_figure_kind_find(options->words[i]);
        bool all = strcmp(options->words[i], "all") == 0;
        if (!kind && !all) {
            if (i == 0) return no_figure(options->words[0]);
            break;
        }
        if (all) add_all(p);
        else if (p->kind_count < KINDS) p->kinds[p->kind_count++] = kind;
        p->first_chip = i + 1;
    }
    if (p->kind_count) return true;
    cli_message("plot: name a figure, or all   (chiproof plot --list)");
    return false;
}

static void put_ids(roof_page *page, const char *const *ids)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    for (; ids && *ids; ids++) roof_buffer_printf(&text, "%s%s", text.length ? " " : "", *ids);
    roof_page_cell(page, ROOF_FAINT, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

static void list_page(const void *result, roof_page *page)
{
    static const char *const headers[] = {"figure", "shows"};
    size_t count = 0;
    const roof_figure_kind *kinds = roof_figure_kinds(&count);
    (void)result;
    roof_page_grid(page);
    roof_page_column(page, headers[0], ROOF_LEFT);
    roof_page_column(page, headers[1], ROOF_WRAPPED);
    roof_page_column(page, "chips when none are named", ROOF_WRAPPED);
    for (size_t i = 0; i < count; i++) {
        roof_page_row(page);
        roof_page_cell(page, ROOF_BETTER, "%s", kinds[i].name);
        roof_page_cell(page, ROOF_PLAIN, "%s", kinds[i].summary);
        if (kinds[i].takes & ROOF_TAKES_CATALOGUE)
            roof_page_cell(page, ROOF_FAINT, "all (--where); named ones stand out");
        else put_ids(page, kinds[i].chips);
    }
}

static void list_json(const void *result, roof_json_writer *writer)
{
    size_t count = 0;
    const roof_figure_kind *kinds = roof_figure_kinds(&count);
    (void)result;
    roof_json_put_string(writer, "schema", "chiproof/figures/1");
    roof_json_open_array(writer, "figures");
    for (size_t i = 0; i < count; i++) {
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "name", kinds[i].name);
        roof_json_put_string(writer, "shows", kinds[i].summary);
        roof_json_put_bool(writer, "whole_catalogue", kinds[i].takes & ROOF_TAKES_CATALOGUE);
        roof_json_put_bool(writer, "runs_networks", kinds[i].takes & ROOF_TAKES_RUNS);
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

/* ---- chips and runs of one figure ---- */
static bool open_chips(plot *p, const roof_figure_kind *kind, stuff *s)
{
    cli_options *options = &p->context->options;
    int named = options->word_count - p->first_chip;
    if (named) return cli_chips_open(p->context, p->first_chip, s->chips, &s->chip_count);
    for (const char *const *id = kind->chips; id && *id; id++) {
        s->chips[s->chip_count] = cli_open_chip(p->context, *id);
        if (!s->chips[s->chip_count]) return false;
        s->chip_count++;
    }
    return true;
}

static bool open_runs(plot *p, const roof_figure_kind *kind, stuff *s)
{
    cli_options *options = &p->context->options;
    int given = options->model_count;
    if (!(kind->takes & ROOF_TAKES_RUNS)) return true;
    for (const char *const *id = kind->models; !given && id && *id; id++)
        options->models[options->model_count++] = *id;
    if ((kind->takes & ROOF_TAKES_COSTS) && !options->request.technology &&
        !cli_context_read_technology(p->context))
        return false;
    roof_request asked = options->request;
    if (asked.phase == ROOF_PHASE_WHOLE) options->request.phase = kind->phase;
    if (!(asked.batch > 0)) options->request.batch = kind->batch;
    if (kind->takes & ROOF_TAKES_COSTS) options->request.energy = ROOF_ENERGY_DYNAMIC;
    bool ok = cli_runs_open(p->context, &s->runs);
    options->request = asked;
    options->model_count = given;
    return ok;
}

static bool open_catalogue(plot *p, const roof_figure_kind *kind)
{
    if (!(kind->takes & ROOF_TAKES_CATALOGUE) || p->catalogue_open) return true;
    p->catalogue_open = cli_chip_list_open(p->context, &p->catalogue);
    if (p->catalogue_open) cli_chip_list_say_unknown(p->context, &p->catalogue);
    return p->catalogue_open;
}

/* Every published result with its chip and model, of the chips at hand. */
static bool open_results(plot *p, const roof_figure_kind *kind, const stuff *s)
{
    if (!(kind->takes & ROOF_TAKES_RESULTS)) return true;
    if (!p->measured_open && !cli_measured_open(p->context, &p->measured)) return false;
    p->measured_open = true;
    free(p->joins);
    p->join_count = 0;
    p->joins = calloc(p->measured.measures.row_count + 1, sizeof *p->joins);
    for (size_t i = 0; p->joins && i < p->measured.measures.row_count; i++) {
        const roof_measurement *row = &p->measured.measures.rows[i];
        for (int k = 0; k < s->chip_count; k++)
            if (strcmp(row->chip, s->chips[k]->id) == 0)
                p->joins[p->join_count++] =
                    (roof_join){row, s->chips[k], cli_measured_model(&p->measured, row->model)};
    }
    return p->joins != NULL;
}

/* Scores the model on every published result, with a bar of its own. */
static bool open_scores(plot *p, const roof_figure_kind *kind)
{
    static const bool every_kind[ROOF_FOLD_KIND_COUNT] = {true, true, true};
    roof_error error;
    cli_progress bar;
    if (!(kind->takes & ROOF_TAKES_SCORES) || p->scores) return true;
    p->cells_open = true;
    if (!cli_cells_open(p->context, &p->cells)) return false;
    const roof_progress *progress = cli_progress_of(p->context, "leaving out in turn", &bar);
    roof_code code = roof_backtest_run(&p->cells.cells, every_kind, 0, progress, &p->scores, &error);
    cli_progress_end(&bar);
    if (code != ROOF_OK) cli_fail(p->context, &error);
    return code == ROOF_OK;
}

/* Whether the figure can be made from this; says why not. */
static bool is_fitting(const plot *p, const roof_figure_kind *kind, stuff *s)
{
    size_t chips = (size_t)s->chip_count, runs = (size_t)s->runs.count;
    if (chips < kind->least || chips > kind->most) {
        cli_message("%s%s takes %zu to %zu chips, not %zu", p->all ? "left out: " : "", kind->name,
                    kind->least, kind->most, chips);
        return false;
    }
    if (kind->most_runs && runs > kind->most_runs) {
        cli_message("%s%s takes one network (--model M), not %zu", p->all ? "left out: " : "", kind->name,
                    runs);
        return false;
    }
    for (size_t i = 0; (kind->takes & ROOF_TAKES_LLM) && i < runs; i++) {
        if (roof_workload_is_llm(s->runs.workloads[i])) continue;
        cli_message("%s%s takes a language model, and %s is none", p->all ? "left out: " : "", kind->name,
                    roof_workload_id(s->runs.workloads[i]));
        return false;
    }
    return true;
}

/* ---- one figure ---- */
/* "chiproof 0.1.0: chiproof plot roofline hailo-8 metis --batch 8; inputs 1f0a33c2 (2 chips, 6 runs)." */
static void put_footer(const plot *p, const roof_figure_kind *kind, const roof_figure_request *request,
                       roof_buffer *out)
{
    const cli_options *options = &p->context->options;
    roof_buffer_printf(out, "chiproof %s: chiproof plot %s", CHIPROOF_VERSION, kind->name);
    for (int i = p->first_chip; i < options->word_count; i++) cli_put_word(out, options->words[i]);
    roof_buffer_printf(out, "%s; ", roof_buffer_text(&options->question));
    cli_put_inputs(p->context, kind, request, out);
    roof_buffer_append_char(out, '.');
}

/* Whether it tells what to expect; energies are those of the bound. */
static bool is_expecting(const roof_figure_kind *kind)
{
    return (kind->takes & (ROOF_TAKES_RUNS | ROOF_TAKES_RESULTS | ROOF_TAKES_SCORES)) &&
           !(kind->takes & ROOF_TAKES_COSTS);
}

static bool make_figure(plot *p, const roof_figure_kind *kind, const stuff *s, roof_buffer *footer)
{
    const cli_options *options = &p->context->options;
    roof_drawn_figure *drawn = NULL;
    roof_error error;
    roof_figure_request request = {.chips = (const roof_chip *const *)s->chips,
                                   .chip_count = (size_t)s->chip_count,
                                   .catalogue = cli_chip_list_chips(&p->catalogue),
                                   .catalogue_count = p->catalogue.count,
                                   .events = s->runs.items,
                                   .event_count = (size_t)s->runs.count,
                                   .calibration = is_expecting(kind) ? cli_calibration(p->context) : NULL,
                                   .joins = p->joins,
                                   .join_count = p->join_count,
                                   .backtest = p->scores,
                                   .x = options->x,
                                   .y = options->y,
                                   .has_precision = options->request.has_precision,
                                   .precision = options->request.precision,
                                   .layers = options->layers,
                                   .precisions = options->precisions,
                                   .latin = p->album.latin};
    put_footer(p, kind, &request, footer);
    request.footer = roof_buffer_text(footer);
    bool ok = kind->make(&request, &drawn, &error) == ROOF_OK;
    if (!ok) cli_fail(p->context, &error);
    else ok = cli_album_add(&p->album, kind->name, roof_drawn_figure_of(drawn));
    roof_drawn_figure_free(drawn);
    return ok;
}

static bool add_figure(plot *p, const roof_figure_kind *kind)
{
    stuff *s = calloc(1, sizeof *s);
    roof_buffer footer = ROOF_BUFFER_EMPTY;
    bool ok = false;
    if (!s) cli_message("no memory for the figure");
    else if (open_catalogue(p, kind) && open_chips(p, kind, s) && open_runs(p, kind, s) &&
             open_results(p, kind, s) && open_scores(p, kind))
        ok = is_fitting(p, kind, s) ? make_figure(p, kind, s, &footer) : p->all;
    roof_buffer_free(&footer);
    if (s) {
        cli_runs_close(&s->runs);
        cli_chips_close(s->chips, s->chip_count);
    }
    free(s);
    return ok;
}

static int draw(plot *p)
{
    for (size_t i = 0; i < p->kind_count; i++) {
        cli_progress_show(&p->album.progress, i, 2 * p->kind_count, p->kinds[i]->name);
        if (!add_figure(p, p->kinds[i])) return EXIT_FAILED;
    }
    return cli_album_finish(&p->album);
}

int cmd_plot(cli_context *context)
{
    plot p = {.context = context};
    int status = EXIT_USAGE;
    if (context->options.figures)
        return cli_emit(context, &(cli_result){NULL, list_page, list_page, list_json});
    if (choose_kinds(&p) && cli_chip_list_conditions(&context->options, &p.catalogue) &&
        cli_album_open(context, &p.album))
        status = draw(&p);
    cli_album_close(&p.album);
    free(p.joins);
    roof_backtest_free(p.scores);
    if (p.cells_open) cli_cells_close(&p.cells);
    if (p.measured_open) cli_measured_close(&p.measured);
    if (p.catalogue_open) cli_chip_list_close(&p.catalogue);
    return status;
}

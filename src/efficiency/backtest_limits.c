/* Scores against the limits of a file. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/efficiency/backtest.h"

enum { CELLS = 6, LINE_LIMIT = 200 };
static const char header[] = "left_out\tof\tclass\tmost_median\tleast_coverage\tmost_coverage";

typedef struct reader {
    const char *file;
    int line;
    roof_report *report;
    size_t faults, past;
} reader;

static void add(reader *self, roof_code code, const char *message)
{
    roof_error fault;
    roof_fail(&fault, code, "%s", message);
    roof_error_set_position(&fault, self->file, self->line, 1, NULL);
    roof_report_add(self->report, &fault);
    if (code == ROOF_SYNTAX) self->faults++;
    else self->past++;
}

/* A number, or NaN for "-"; false after a fault. */
static bool read_limit(reader *self, const char *cell, double *out)
{
    char *end = NULL, message[LINE_LIMIT];
    *out = NAN;
    if (strcmp(cell, "-") == 0) return true;
    *out = strtod(cell, &end);
    if (end != cell && *end == '\0' && isfinite(*out) && *out >= 0) return true;
    snprintf(message, sizeof message, "\"%.40s\": expected a limit or -", cell);
    add(self, ROOF_SYNTAX, message);
    return false;
}

static bool is_of(const roof_score *score, char *const cells[CELLS])
{
    const char *chip_class = score->chip_class ? score->chip_class : "all";
    return !score->family && strcmp(roof_fold_kind_name(score->kind), cells[0]) == 0 &&
           strcmp(roof_cell_kind_name(score->of), cells[1]) == 0 && strcmp(chip_class, cells[2]) == 0;
}

/* What lies past its limit is told with both numbers. */
static void hold(reader *self, char *const cells[CELLS], const char *what, double value, double least,
                 double most)
{
    char message[LINE_LIMIT];
    if (!(value < least) && !(value > most)) return;
    snprintf(message, sizeof message, "%s left out, %s, %s: %s %.3f, limit %.3f", cells[0], cells[1],
             cells[2], what, value, value < least ? least : most);
    add(self, ROOF_INVALID, message);
}

static void check_line(reader *self, const roof_backtest *backtest, char *line)
{
    char *cells[CELLS] = {0}, *rest = line;
    double median, least, most;
    for (int i = 0; i < CELLS; i++) cells[i] = strsep(&rest, "\t");
    if (!cells[CELLS - 1] || rest) {
        add(self, ROOF_SYNTAX, "expected six cells between tabs");
        return;
    }
    if (!read_limit(self, cells[3], &median) || !read_limit(self, cells[4], &least) ||
        !read_limit(self, cells[5], &most))
        return;
    for (size_t i = 0; i < backtest->count; i++) {
        if (!is_of(&backtest->scores[i], cells)) continue;
        hold(self, cells, "median error factor", backtest->scores[i].median, NAN, median);
        hold(self, cells, "share inside the 80 % interval", backtest->scores[i].coverage, least, most);
    }
}

roof_code roof_backtest_check(const roof_backtest *backtest, const char *text, const char *file,
                              roof_report *report, roof_error *error)
{
    reader self = {.file = file, .report = report};
    char *copy = strdup(text), *rest = copy;
    if (!copy) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the limits");
    for (char *line; (line = strsep(&rest, "\n"));) {
        self.line++;
        if (self.line == 1 && strcmp(line, header) != 0) add(&self, ROOF_SYNTAX, "no header line of limits");
        if (self.line > 1 && *line) check_line(&self, backtest, line);
    }
    free(copy);
    if (self.faults) return roof_fail(error, ROOF_SYNTAX, "%s: %zu faults", file, self.faults);
    if (self.past) return roof_fail(error, ROOF_INVALID, "%zu scores past their limits", self.past);
    return ROOF_OK;
}

/* What is to be reached, as people write it. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/buffer.h"
#include "chiproof/compare/need.h"

static const struct {
    const char *name;
    bool at_least;
    const char *text;
} goals[] = {
#define X(id, name, at_least, text) {name, at_least, text},
    ROOF_GOALS(X)
#undef X
};

static const struct {
    const char *name;
    roof_target_unit unit;
} results[] = {
    {"", ROOF_TARGET_RESULTS},
    {"inf", ROOF_TARGET_INFERENCES},
    {"inferences", ROOF_TARGET_INFERENCES},
    {"images", ROOF_TARGET_INFERENCES},
    {"tok", ROOF_TARGET_TOKENS},
    {"tokens", ROOF_TARGET_TOKENS},
};

const char *roof_goal_name(roof_goal goal)
{
    return goals[goal].name;
}

const char *roof_goal_text(roof_goal goal)
{
    return goals[goal].text;
}

bool roof_goal_is_least(roof_goal goal)
{
    return goals[goal].at_least;
}

/* ---- reading ---- */

typedef struct reader {
    const char *text, *at;
    roof_target *out;
    bool named; /* the goal was given */
    roof_error *error;
} reader;

static roof_code fault(const reader *self, const char *at, const char *expected)
{
    roof_fail(self->error, ROOF_INVALID, "\"%s\": column %d: expected %s", self->text,
              (int)(at - self->text) + 1, expected);
    roof_error_set_position(self->error, NULL, 0, (int)(at - self->text) + 1, NULL);
    return ROOF_INVALID;
}

static void skip_spaces(reader *self)
{
    while (*self->at == ' ') self->at++;
}

static roof_code read_goal(reader *self)
{
    size_t length = strspn(self->at, "abcdefghijklmnopqrstuvwxyz");
    if (length == 0) return ROOF_OK;
    for (int i = 0; i < ROOF_GOAL_COUNT; i++) {
        if (strlen(goals[i].name) != length || strncmp(self->at, goals[i].name, length) != 0) continue;
        self->out->goal = (roof_goal)i;
        self->named = true;
        self->at += length;
        return ROOF_OK;
    }
    return fault(self, self->at, "throughput, latency, ttft, tpot or a number");
}

/* The sign says which side is good; one that contradicts the goal would ask for the worst. */
static roof_code read_sign(reader *self)
{
    const char *sign = goals[self->out->goal].at_least ? ">=" : "<=";
    skip_spaces(self);
    if (strncmp(self->at, sign, 2) == 0) self->at += 2;
    else if (*self->at == '=') self->at++;
    else
        return fault(self, self->at, goals[self->out->goal].at_least ? "\">=\" or \"=\"" : "\"<=\" or \"=\"");
    return ROOF_OK;
}

static roof_code read_number(reader *self)
{
    char *end = NULL;
    skip_spaces(self);
    bool digits = isdigit((unsigned char)*self->at) || *self->at == '.';
    double value = digits ? strtod(self->at, &end) : NAN;
    if (!digits || end == self->at) return fault(self, self->at, "a number");
    if (!(value > 0) || !isfinite(value)) return fault(self, self->at, "a number above 0");
    self->out->si = value;
    self->at = end;
    skip_spaces(self);
    return ROOF_OK;
}

static bool take_prefix(const char **at, double *factor)
{
    static const char letters[] = "kMG";
    const char *found = **at ? strchr(letters, **at) : NULL;
    if (!found) return false;
    *factor = pow(1000, (double)(found - letters) + 1);
    ++*at;
    while (**at == ' ') ++*at;
    return true;
}

/* "/s", "k/s", "tokens/s", "k tok/s". */
static bool take_rate(reader *self)
{
    const char *at = self->at;
    double factor = 1;
    take_prefix(&at, &factor);
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        size_t length = strlen(results[i].name);
        if (strncmp(at, results[i].name, length) != 0 || strcmp(at + length, "/s") != 0) continue;
        self->out->unit = results[i].unit;
        self->out->si *= factor;
        self->at = at + length + 2;
        return true;
    }
    return false;
}

static bool take_time(reader *self)
{
    static const struct {
        const char *name;
        double seconds;
    } times[] = {{"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        if (strcmp(self->at, times[i].name) != 0) continue;
        self->out->si *= times[i].seconds;
        self->at += strlen(times[i].name);
        return true;
    }
    return false;
}

static roof_code read_unit(reader *self)
{
    const char *at = self->at;
    bool rate = take_rate(self);
    if (!rate && !take_time(self))
        return fault(self, at,
                     !self->named ? "a unit: /s, inferences/s, tokens/s, or s, ms, us, ns"
                     : goals[self->out->goal].at_least ? "a unit: /s, inferences/s or tokens/s"
                                                       : "a unit: s, ms, us or ns");
    if (!self->named) self->out->goal = rate ? ROOF_GOAL_THROUGHPUT : ROOF_GOAL_LATENCY;
    if (rate != goals[self->out->goal].at_least)
        return fault(self, at, rate ? "a time: s, ms, us or ns" : "a rate: /s, inferences/s or tokens/s");
    /* The prefix may have taken it out of range. */
    if (!(self->out->si > 0) || !isfinite(self->out->si)) return fault(self, at, "a number above 0");
    return ROOF_OK;
}

roof_code roof_target_parse(const char *text, roof_target *out, roof_error *error)
{
    reader self = {text, text, out, false, error};
    memset(out, 0, sizeof *out);
    skip_spaces(&self);
    roof_code code = read_goal(&self);
    if (code == ROOF_OK && self.named) code = read_sign(&self);
    if (code == ROOF_OK) code = read_number(&self);
    if (code == ROOF_OK) code = read_unit(&self);
    return code;
}

/* ---- meaning ---- */

roof_code roof_target_apply(const roof_target *target, const roof_workload *workload, roof_request *request,
                            roof_error *error)
{
    bool llm = roof_workload_is_llm(workload);
    roof_phase phase = target->goal == ROOF_GOAL_TTFT   ? ROOF_PHASE_PREFILL
                       : target->goal == ROOF_GOAL_TPOT ? ROOF_PHASE_DECODE
                                                        : ROOF_PHASE_WHOLE;
    if (!llm && phase != ROOF_PHASE_WHOLE)
        return roof_fail(error, ROOF_INVALID, "%s has no %s: it is no language model",
                         roof_workload_id(workload), goals[target->goal].text);
    if (target->unit != ROOF_TARGET_RESULTS && llm != (target->unit == ROOF_TARGET_TOKENS))
        return roof_fail(error, ROOF_INVALID, "%s yields %s, not %s", roof_workload_id(workload),
                         llm ? "tokens" : "inferences", llm ? "inferences" : "tokens");
    if (phase == ROOF_PHASE_WHOLE) return ROOF_OK;
    if (request->phase != ROOF_PHASE_WHOLE && request->phase != phase)
        return roof_fail(error, ROOF_INVALID, "%s is about %s: --phase %s contradicts it",
                         goals[target->goal].name, roof_phase_name(phase), roof_phase_name(request->phase));
    request->phase = phase;
    return ROOF_OK;
}

double roof_target_figure(const roof_target *target, double throughput, double latency_s)
{
    return goals[target->goal].at_least ? throughput : latency_s;
}

bool roof_target_is_met(const roof_target *target, double figure)
{
    const double slack = 1e-9;
    return goals[target->goal].at_least ? figure >= target->si * (1 - slack)
                                        : figure <= target->si * (1 + slack);
}

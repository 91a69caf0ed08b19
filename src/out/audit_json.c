#include <math.h>

#include "chiproof/out/audit.h"

static void put_counts(const roof_audit_summary *sum, roof_json_writer *writer)
{
    roof_json_put_number(writer, "rows", (double)sum->rows);
    roof_json_put_number(writer, "median_share", sum->median);
    roof_json_put_number(writer, "best_share", sum->best);
    roof_json_open_object(writer, "verdicts");
    for (int v = 0; v < ROOF_AUDIT_VERDICT_COUNT; v++)
        roof_json_put_number(writer, roof_audit_verdict_name((roof_audit_verdict)v),
                             (double)sum->verdicts[v]);
    roof_json_close(writer);
    roof_json_open_object(writer, "unchecked");
    for (int r = ROOF_JOIN_NONE + 1; r < ROOF_JOIN_OBSTACLE_COUNT; r++)
        if (sum->reasons[r])
            roof_json_put_number(writer, roof_join_obstacle_text((roof_join_obstacle)r),
                                 (double)sum->reasons[r]);
    roof_json_close(writer);
}

static void put_row(const roof_audit_row *row, roof_json_writer *writer)
{
    const roof_measurement *m = row->row;
    bool checked = row->reason == ROOF_JOIN_NONE;
    roof_json_open_object(writer, NULL);
    roof_json_put_string(writer, "chip", m->chip);
    roof_json_put_string(writer, "model", m->model);
    roof_json_put_string(writer, "precision", roof_precision_name(m->precision));
    roof_json_put_number(writer, "batch", m->batch);
    roof_json_put_number(writer, "chips_used", m->chips_used);
    roof_json_put_bool(writer, "sparse", m->sparse);
    roof_json_put_string(writer, "system", m->system);
    roof_json_put_string(writer, "scenario", m->scenario);
    roof_json_put_string(writer, "metric", roof_metric_name(m->metric));
    roof_json_put_string(writer, "unit", roof_metric_unit(m->metric));
    roof_json_put_number(writer, "value", m->value);
    roof_json_put_number(writer, "bound", row->bound);
    roof_json_put_number(writer, "bound_batch", checked ? row->batch : NAN);
    roof_json_put_number(writer, "share", row->share);
    roof_json_put_string(writer, "limiter", checked ? roof_ceiling_name(row->limiter) : NULL);
    roof_json_put_string(writer, "verdict", roof_audit_verdict_name(row->verdict));
    roof_json_put_string(writer, "why",
                         row->explanation ? row->explanation
                         : checked        ? NULL
                                          : roof_join_obstacle_text(row->reason));
    roof_json_put_string(writer, "use", m->use);
    roof_json_put_string(writer, "conditions", m->conditions);
    roof_json_put_string(writer, "source", m->source);
    roof_json_close(writer);
}

void roof_audit_json(const roof_audit *audit, bool all, roof_json_writer *writer)
{
    roof_json_put_string(writer, "schema", "chiproof/audit/1");
    roof_json_open_array(writer, "chips");
    for (size_t i = 0; i < audit->chip_count; i++) {
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "chip", audit->chips[i].chip);
        put_counts(&audit->chips[i], writer);
        roof_json_close(writer);
    }
    roof_json_close(writer);
    roof_json_open_object(writer, "totals");
    put_counts(&audit->all, writer);
    roof_json_close(writer);
    roof_json_open_array(writer, "above");
    for (size_t i = 0; i < audit->count; i++)
        if (audit->rows[i].verdict == ROOF_AUDIT_ABOVE) put_row(&audit->rows[i], writer);
    roof_json_close(writer);
    if (!all) return;
    roof_json_open_array(writer, "rows");
    for (size_t i = 0; i < audit->count; i++) put_row(&audit->rows[i], writer);
    roof_json_close(writer);
}

/* Any bytes as a table of process nodes or of operation costs. What is read is finite and bounded. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "chiproof/model/node.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    roof_technology technology = ROOF_TECHNOLOGY_EMPTY;
    roof_report report = ROOF_REPORT_EMPTY;
    roof_error error;
    roof_code code =
        roof_technology_parse((const char *)bytes, size, "fuzz.tsv", &technology, &report, &error);
    if ((code == ROOF_OK) != (report.errors == 0)) abort();
    for (size_t i = 0; i < technology.cost_count; i++)
        if (!(technology.costs[i].least_j > 0 && technology.costs[i].least_j <= technology.costs[i].most_j))
            abort();
    for (size_t i = 0; i < technology.node_count; i++) {
        roof_node_factor factor;
        if (roof_node_factor_of(&technology, technology.nodes[i].kind, technology.nodes[i].node_m, NAN,
                                &factor, &error) != ROOF_OK ||
            !(factor.factor > 0))
            abort();
    }
    roof_report_clear(&report);
    roof_technology_free(&technology);
    return 0;
}

/* Any bytes as a workload file, expanded in every phase. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "chiproof/workload/workload.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    roof_report report = ROOF_REPORT_EMPTY;
    roof_workload *workload = NULL;
    roof_code code = roof_workload_parse((const char *)bytes, size, "fuzz.json", &report, &workload, NULL);
    if ((code == ROOF_OK) != (workload != NULL)) abort();
    for (int phase = ROOF_PHASE_WHOLE; workload && phase <= ROOF_PHASE_DECODE; phase++) {
        roof_network *network = NULL;
        code = roof_workload_expand(workload, (roof_phase)phase, 0, 0, &network, NULL);
        if ((code == ROOF_OK) != (network != NULL)) abort();
        if (network && !(isfinite(network->macs) && network->macs >= 0)) abort();
        roof_network_free(network);
    }
    roof_workload_free(workload);
    roof_report_clear(&report);
    return 0;
}

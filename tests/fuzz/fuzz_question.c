/* Any text as a target, a condition, an attribute, a measure, a precision, a plan: what people type. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/chip/filter.h"
#include "chiproof/compare/need.h"
#include "chiproof/compare/rank.h"
#include "chiproof/model/energy.h"
#include "chiproof/model/parallel.h"
#include "chiproof/units/precision.h"
#include "chiproof/units/sparsity.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    roof_error error;
    roof_target target;
    roof_filter filter;
    roof_attribute attribute;
    roof_measure measure;
    roof_precision precision;
    roof_plan plan;
    roof_sparsity_kind kind;
    roof_energy_basis basis;
    char *text = malloc(size + 1);
    if (!text) exit(2);
    memcpy(text, bytes, size);
    text[size] = '\0';
    if (roof_target_parse(text, &target, &error) == ROOF_OK && !(target.si > 0 && isfinite(target.si)))
        abort();
    if (roof_filter_parse(text, &filter, &error) == ROOF_OK && isnan(filter.si) && !filter.text[0]) abort();
    roof_attribute_parse(text, &attribute, &error);
    roof_measure_parse(text, &measure, &error);
    roof_precision_parse(text, &precision, &error);
    roof_plan_parse(text, &plan, &error);
    roof_sparsity_kind_parse(text, &kind, &error);
    roof_energy_basis_parse(text, &basis, &error);
    free(text);
    return 0;
}

/* The canonical layout of spec files: keys in the order of the field table. */
#include <string.h>

#include "chip/layout.h"
#include "chiproof/chip/chip.h"
#include "chiproof/json/format.h"

static const char *const value_order[] = {"text",      "value", "unit",  "precision", "sparsity",  "relation",
                                          "direction", "scope", "claim", "source",    "qualifier", "note"};

_Static_assert((int)CHIP_KEYS <= (int)ROOF_JSON_ORDER_LIMIT, "all keys of a spec file fit into an order");

/* The order of the top level, of a value, or of a group. */
static size_t order_of(const roof_json_value *object, const char *keys[ROOF_JSON_ORDER_LIMIT])
{
    if (roof_json_get(object, "schema")) return chip_top_keys(keys);
    if (!roof_json_get(object, "claim")) return chip_group_keys(roof_json_key(object), keys);
    memcpy(keys, value_order, sizeof value_order);
    return sizeof value_order / sizeof *value_order;
}

roof_code roof_chip_format(const char *text, size_t length, const char *file, roof_buffer *out,
                           roof_error *error)
{
    roof_json *document = NULL;
    roof_code code = roof_json_parse(text, length, file, NULL, &document, error);
    if (code == ROOF_OK) code = roof_json_format(document, order_of, out, error);
    roof_json_free(document);
    return code;
}

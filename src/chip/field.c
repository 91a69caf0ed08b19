#include "chiproof/chip/field.h"

#define NAME_(group, key) (sizeof(group) > 1 ? group "." key : key)

static const roof_field_info fields[] = {
#define X(id, group, key, kind, dimension, label, better, inherit) \
    {NAME_(group, key),     group, key, label, ROOF_KIND_##kind, ROOF_DIM_##dimension, ROOF_BETTER_##better, \
     ROOF_INHERIT_##inherit},
    ROOF_FIELDS(X)
#undef X
};

const roof_field_info *roof_field(roof_field_id id)
{
    return &fields[id];
}

#include "compare/basis.h"

#include <math.h>

static const char *const names[] = {"whole", "chip", "card", "watt"};

const char *roof_basis_name(roof_basis basis)
{
    return names[basis];
}

static bool all_publish(const roof_comparison *comparison, roof_field_id field)
{
    for (size_t i = 0; i < comparison->chip_count; i++)
        if (!roof_chip_value(comparison->chips[i], field)) return false;
    return true;
}

/* Power must be of one kind for all: a TDP beside a typical power would compare two different things. */
static roof_code divide_by_power(roof_comparison *comparison, roof_error *error)
{
    static const roof_field_id kinds[] = {ROOF_FIELD_TDP, ROOF_FIELD_TYPICAL_POWER};
    for (size_t k = 0; k < 2; k++) {
        if (!all_publish(comparison, kinds[k])) continue;
        comparison->power_field = kinds[k];
        for (size_t i = 0; i < comparison->chip_count; i++)
            comparison->divisor[i] = roof_chip_value(comparison->chips[i], kinds[k])->si;
        return ROOF_OK;
    }
    return roof_fail(error, ROOF_MISSING,
                     "per watt: neither the TDP nor typical power is published of all of them");
}

static double count_inside(const roof_chip *chip, roof_basis basis)
{
    return basis == ROOF_BASIS_CHIP ? chip->chips_inside : chip->cards_inside;
}

roof_code compare_basis(roof_comparison *comparison, roof_basis basis, roof_error *error)
{
    comparison->basis = basis;
    comparison->power_field = ROOF_FIELD_COUNT;
    for (size_t i = 0; i < comparison->chip_count; i++) comparison->divisor[i] = 1;
    if (basis == ROOF_BASIS_WHOLE) return ROOF_OK;
    if (basis == ROOF_BASIS_WATT) return divide_by_power(comparison, error);
    for (size_t i = 0; i < comparison->chip_count; i++) {
        const roof_chip *chip = comparison->chips[i];
        comparison->divisor[i] = count_inside(chip, basis);
        if (isnan(comparison->divisor[i]))
            return roof_fail(error, ROOF_MISSING, "per %s: the file of %s does not say how many %ss it holds",
                             roof_basis_name(basis), chip->id, roof_basis_name(basis));
        if (basis == ROOF_BASIS_CHIP && chip->level != ROOF_LEVEL_CHIP && !chip->contains)
            roof_report_addf(&comparison->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                             "%s is a %s whose file does not say what it contains: taken as one chip",
                             chip->id, roof_level_name(chip->level));
    }
    return ROOF_OK;
}

bool compare_is_scaled(roof_basis basis, roof_field_id field)
{
    if (basis == ROOF_BASIS_WHOLE) return false;
    if (field == ROOF_FIELD_COUNT) return true;
    if (basis == ROOF_BASIS_WATT) return false;
    bool power =
        field == ROOF_FIELD_TDP || field == ROOF_FIELD_TYPICAL_POWER || field == ROOF_FIELD_IDLE_POWER;
    return power || field == ROOF_FIELD_PRICE || field == ROOF_FIELD_HOST_BANDWIDTH ||
           roof_field(field)->inherit == ROOF_INHERIT_TIMES;
}

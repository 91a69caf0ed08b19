/* Units: one table of base units and prefixes, and the way back to text.
 *
 * Decimal prefixes k M G T P E (and m u n below one), binary Ki Mi Gi Ti Pi; bytes (B) and bits (bit, b);
 * operations (OP, OPS, FLOP, FLOPS, OP/s) and multiply-accumulates (MAC, MAC/s: 1 MAC = 2 ops). Case matters:
 * "MB" is 1e6 bytes, "Mb" 1e6 bits, "MiB" 2^20 bytes. */
#ifndef CHIPROOF_UNITS_UNITS_H
#define CHIPROOF_UNITS_UNITS_H

#include <stdbool.h>

#include "chiproof/base/buffer.h"
#include "chiproof/base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name", "SI unit as printed") */
#define ROOF_DIMENSIONS(X) \
    X(NUMBER, "number", "") \
    X(OPS, "operations", "op") \
    X(OPS_PER_SECOND, "operations per second", "OPS") \
    X(BYTES, "bytes", "B") \
    X(BYTES_PER_SECOND, "bytes per second", "B/s") \
    X(TRANSFERS_PER_SECOND, "transfers per second", "T/s") \
    X(WATTS, "power", "W") \
    X(JOULES, "energy", "J") \
    X(HERTZ, "frequency", "Hz") \
    X(SECONDS, "time", "s") \
    X(METRES, "length", "m") \
    X(SQUARE_METRES, "area", "m2") \
    X(RATIO, "ratio", "x") \
    X(OPS_PER_JOULE, "operations per joule", "OPS/W") \
    X(US_DOLLARS, "price", "USD")

typedef enum roof_dimension {
#define X(id, name, si) ROOF_DIM_##id,
    ROOF_DIMENSIONS(X)
#undef X
        ROOF_DIMENSION_COUNT
} roof_dimension;

const char *roof_dimension_name(roof_dimension dimension);

typedef struct roof_unit {
    roof_dimension dimension;
    double to_si; /* value in this unit x to_si = value in SI */
} roof_unit;

/* Reads "TOPS", "GB/s", "Gbit/s", "MiB", "mm2", "TMAC/s", "TOPS/W", "count", "x", "USD"... Errors: INVALID,
 * with the nearest known units of `expected` in the message (pass ROOF_DIMENSION_COUNT when any dimension
 * would do). A unit of another dimension than expected is INVALID too. */
roof_code roof_unit_parse(const char *text, roof_dimension expected, roof_unit *out, roof_error *error);

/* Reads a number with a unit, "26TOPS" or "12.5 GB/s", as given on a command line. Errors: INVALID. */
roof_code roof_unit_parse_quantity(const char *text, roof_dimension expected, double *si, roof_error *error);

/* An SI value as people write it for that dimension, three significant digits: 2.6e13 OPS -> "26.0 TOPS",
 * 1.6e-8 m -> "16 nm", 5.45e7 B -> "54.5 MB", 725e-6 m2 -> "725 mm2", a count grouped. */
void roof_unit_format(roof_buffer *out, double si, roof_dimension dimension);

#ifdef __cplusplus
}
#endif
#endif

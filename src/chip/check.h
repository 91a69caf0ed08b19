/* The checks' common ground: what they look at and how they say what they found. */
#ifndef CHIP_CHECK_H
#define CHIP_CHECK_H

#include "chiproof/chip/check.h"

typedef struct check_run {
    const roof_chip *chip, *part;
    roof_report *report;
    const roof_check_info *check;
    size_t found;
} check_run;

/* Adds a finding of the running check at the value (which may be NULL: at the file), under the field's JSON
 * Pointer. */
void check_found(check_run *run, roof_grade grade, const roof_value *value, const char *field,
                 const char *format, ...) __attribute__((format(printf, 5, 6)));

/* A value that the file itself gives, at its own level; NULL if it gives none (or only a derived one). */
const roof_value *check_own(const roof_chip *chip, roof_field_id field);

/* The best figure of power for efficiency: typical power if published, else the TDP. */
const roof_value *check_power(const roof_chip *chip);

void check_sparse_ratio(check_run *run);
void check_precision_ladder(check_run *run);
void check_macs_times_clock(check_run *run);

void check_memory_rate(check_run *run);
void check_memory_bandwidth(check_run *run);
void check_host_bandwidth(check_run *run);
void check_binary_prefix(check_run *run);
void check_bits_and_bytes(check_run *run);
void check_both_ways(check_run *run);

void check_density(check_run *run);
void check_power_density(check_run *run);
void check_efficiency(check_run *run);
void check_dates(check_run *run);
void check_power_of_parts(check_run *run);
void check_parts(check_run *run);

#endif

/* The checks of a claim, one for each kind of claim. */
#ifndef COMPARE_CLAIM_CHECK_H
#define COMPARE_CLAIM_CHECK_H

#include "chiproof/base/buffer.h"
#include "chiproof/compare/claims.h"

void claim_check_field(const roof_claim_case *each, roof_claim_check *out);
void claim_check_run(const roof_claim_case *each, roof_claim_check *out);
void claim_check_efficiency(const roof_claim_case *each, roof_claim_check *out);
void claim_check_peak(const roof_claim_case *each, roof_claim_check *out);
void claim_check_likeness(const roof_claim_case *each, roof_claim_check *out);

void claim_unchecked(roof_claim_check *out, roof_claim_reason reason);
/* Judges a claim that may be at most what is published. */
void claim_judge(const roof_claim_case *each, double claimed, double most, roof_claim_check *out);
/* Moves a text into one of the check's members. */
void claim_say(char *member, size_t size, roof_buffer *text);

/* The published powers of the chip as a whole, typical ones and then TDPs; NULL past their end. */
const roof_value *claim_power(const roof_chip *chip, size_t index, const char **name);
/* The dense peaks of the chip as a whole: of the statement's precision, or, when it names none, of those that
 * have eight bits or more; NULL past their end. */
const roof_peak *claim_peak(const roof_chip *chip, const roof_statement *statement, size_t index);

#endif

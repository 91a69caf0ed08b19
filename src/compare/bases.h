#ifndef COMPARE_BASES_H
#define COMPARE_BASES_H

#include "chiproof/compare/compare.h"

/* Warns where the chips' figures do not stand on one basis: levels, dense and sparse, typical power and TDP,
 * precisions, what is unverified. */
void compare_bases(roof_comparison *comparison);
/* Notes that several chips share ideally, where that is the plan. */
void compare_note_sharing(const roof_request *request, roof_report *warnings);

#endif

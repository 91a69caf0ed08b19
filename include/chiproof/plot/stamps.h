/* Which drawings are still what their scripts would draw.
 *
 * Beside its drawings a folder has the file ROOF_STAMPS_NAME, with a line for each: the hash of the script,
 * the hash of the drawing, the name of the file. A drawing that is there, unchanged, and made from the same
 * script need not be made again. */
#ifndef CHIPROOF_PLOT_STAMPS_H
#define CHIPROOF_PLOT_STAMPS_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/error.h"
#include "chiproof/plot/gnuplot.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ROOF_STAMPS_NAME "figures.sum"

/* fresh[i] is true for each drawing that need not be made again. The targets lie in one folder. What cannot
 * be read counts as not fresh. Errors: NO_MEMORY. */
roof_code roof_stamps_look(const roof_drawing *drawings, size_t count, bool *fresh, roof_error *error);
/* Notes that all of them have been drawn; the lines of other drawings stay. Errors: IO, NO_MEMORY. */
roof_code roof_stamps_write(const roof_drawing *drawings, size_t count, roof_error *error);

#ifdef __cplusplus
}
#endif
#endif

/* Networks from elsewhere as workloads: ONNX, TFLite, SCALE-Sim topologies and Hugging Face configurations.
 *
 * A foreign file becomes the text of a workload file, which is then read like any other: what is imported to
 * a file counts the same as what is read in place. Files of networks are mapped, not read: their weights are
 * never looked at. Of ONNX, shapes are computed from the inputs on; nothing in the file but the weights' and
 * the inputs' shapes is believed. What cannot be counted is refused with the file and the node: an operator
 * that hides others (Loop, Scan, functions), a size that is not given (give it as a binding). An unknown
 * operator whose output has a known shape counts as the bytes that it moves, with a DOUBTFUL finding.
 *
 * One run of the graph counts as one inference. Views (reshape, transpose, slice, split, cast, quantize) cost
 * nothing. Weights are the constants of more than one element that operators use. */
#ifndef CHIPROOF_WORKLOAD_IMPORT_H
#define CHIPROOF_WORKLOAD_IMPORT_H

#include <stddef.h>

#include "chiproof/base/error.h"
#include "chiproof/workload/workload.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "what it is called") */
#define ROOF_FILE_KINDS(X) \
    X(WORKLOAD, "workload") \
    X(ONNX, "ONNX") \
    X(TFLITE, "TFLite") \
    X(SCALESIM, "SCALE-Sim topology") \
    X(HF_CONFIG, "Hugging Face configuration")

/* WORKLOAD stands for every JSON file that is not an HF_CONFIG, and for everything unknown. */
typedef enum roof_file_kind {
#define X(id, name) ROOF_FILE_##id,
    ROOF_FILE_KINDS(X)
#undef X
        ROOF_FILE_KIND_COUNT
} roof_file_kind;
const char *roof_file_kind_name(roof_file_kind kind);

/* By content, and by the name where the content could be anything. */
roof_file_kind roof_file_kind_of(const char *bytes, size_t length, const char *file);
/* The same of a file; WORKLOAD too if it cannot be read. */
roof_file_kind roof_file_kind_at(const char *path);

/* A size that a file leaves open: `batch`, as the file names the dimension; `images.0`, a dimension of a
 * tensor; `sr`, the value of an input that is one number; or, of a configuration, a key. */
typedef struct roof_binding {
    const char *name;
    double value; /* whole, not negative */
} roof_binding;

typedef struct roof_bindings {
    const roof_binding *items;
    size_t count;
} roof_bindings;

/* The text of the workload file that the bytes of a foreign file amount to. Findings go to `report` (may be
 * NULL). *text is zero-terminated, owned by the caller (free), NULL on failure. `bindings` may be NULL; one
 * that names nothing in the file is a DOUBTFUL finding. Errors: SYNTAX (cut short, not of that kind),
 * INVALID, MISSING (a size that must be bound), UNSUPPORTED, NO_MEMORY. A WORKLOAD is refused (INVALID). */
roof_code roof_import_text(const char *bytes, size_t length, const char *file, const roof_bindings *bindings,
                           roof_report *report, char **text, roof_error *error);
/* The same from a file. Errors also: IO. */
roof_code roof_import_file(const char *path, const roof_bindings *bindings, roof_report *report, char **text,
                           roof_error *error);

/* Any of the kinds as a workload, whose file is the foreign one. *out is NULL on failure; the caller owns it.
 * Errors: as above and as roof_workload_load. */
roof_code roof_workload_import(const char *path, const roof_bindings *bindings, roof_report *report,
                               roof_workload **out, roof_error *error);

#ifdef __cplusplus
}
#endif
#endif

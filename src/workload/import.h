/* A network from elsewhere while it becomes a workload: what every reader fills in. */
#ifndef WORKLOAD_IMPORT_H
#define WORKLOAD_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/arena.h"
#include "chiproof/base/buffer.h"
#include "chiproof/workload/import.h"
#include "workload/op_list.h"

/* Bytes of a foreign file; nothing is zero-terminated. */
typedef struct roof_bytes {
    const unsigned char *data;
    size_t length;
} roof_bytes;

enum { ROOF_IMPORT_RANK = 8, ROOF_IMPORT_TENSORS = 64, ROOF_IMPORT_TALLIES = 32 };

/* A tensor that crosses the host link. */
typedef struct roof_import_tensor {
    const char *name;
    double elements;
    int rank; /* 0: only the elements are known */
    double dims[ROOF_IMPORT_RANK];
    const char *precision; /* or NULL: as the run's activations */
} roof_import_tensor;

/* Operators that are not known, each with how often it stands in the file. */
typedef struct roof_import_tally {
    const char *name;
    size_t count;
} roof_import_tally;

typedef struct roof_import {
    roof_arena *arena;
    const char *file;
    roof_file_kind kind;
    roof_bytes bytes;
    const roof_bindings *bindings;
    bool *bound;       /* for each binding: it has named something */
    const char *where; /* the operator at work, as messages name it; or NULL */
    roof_report *report;
    roof_code code; /* of the first failure */
    roof_error error;
    roof_op_list ops;
    roof_import_tensor inputs[ROOF_IMPORT_TENSORS], outputs[ROOF_IMPORT_TENSORS];
    size_t input_count, output_count;
    const char *origin; /* "opset 13, made by pytorch 1.12.1", or NULL */
    roof_import_tally tallies[ROOF_IMPORT_TALLIES];
    size_t tally_count;
} roof_import;

/* Each fills `import`; false after roof_import_fail. */
bool roof_import_onnx(roof_import *import);
bool roof_import_tflite(roof_import *import);
bool roof_import_scalesim(roof_import *import);
/* A configuration becomes text at once. */
bool roof_import_config(roof_import *import, roof_buffer *out);

/* Records an error, with what `where` names before it; the first one is the caller's. Always false. */
bool roof_import_fail(roof_import *import, roof_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool roof_import_no_memory(roof_import *import);
/* Adds a finding that stops nothing. */
void roof_import_say(roof_import *import, roof_grade grade, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Counts an operator that is not known. */
void roof_import_unknown(roof_import *import, const char *name);
/* The value bound to a name; false if there is none. */
bool roof_import_bound(roof_import *import, const char *name, double *value);

/* A zero-terminated copy, made fit to print: at most 200 bytes. NULL after roof_import_no_memory. */
const char *roof_import_name(roof_import *import, roof_bytes text);
bool roof_bytes_equal(roof_bytes bytes, const char *text);

/* Adds an operation, named as given or else as `where` says. */
bool roof_import_emit(roof_import *import, const char *name, roof_op op);
/* Adds a tensor of the host link; those beyond the limit become one. */
bool roof_import_input(roof_import *import, roof_import_tensor tensor);
bool roof_import_output(roof_import *import, roof_import_tensor tensor);

/* ---- import_text.c ---- */

/* Appends `text` as a JSON string. */
void roof_import_quote(roof_buffer *out, const char *text);
/* The id that a file's name makes: "Net v1.onnx" gives net-v1. `size` of at least 65. */
void roof_import_id(const char *file, char *id, size_t size);
/* The file's name without its folders. */
const char *roof_import_base(const char *file);
/* Appends "schema", "id", "name" and "sources", of which "file" says where the rest came from. */
void roof_import_header(const roof_import *import, roof_buffer *out);
/* Appends the whole workload file. */
void roof_import_write(const roof_import *import, roof_buffer *out);

/* ---- import_map.c ---- */

typedef struct roof_mapping {
    const char *bytes;
    size_t length;
    void *mapped; /* else `owned` */
    char *owned;
} roof_mapping;
/* A file's bytes, for reading; regular files of any size, others up to ROOF_FILE_LIMIT. Errors: IO, INVALID.
 */
roof_code roof_mapping_open(const char *path, roof_mapping *out, roof_error *error);
void roof_mapping_close(roof_mapping *mapping);

#endif

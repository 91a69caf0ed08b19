/* A workload, and the parts of reading one. */
#ifndef WORKLOAD_BODY_H
#define WORKLOAD_BODY_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/arena.h"
#include "chiproof/json/json.h"
#include "chiproof/workload/workload.h"
#include "workload/graph.h"
#include "workload/op_list.h"
#include "workload/transformer.h"

struct roof_workload {
    roof_arena arena;
    const char *id, *name, *file, *task, *family, *input;
    const char **aliases;
    size_t alias_count;
    const roof_source *sources;
    size_t source_count;
    double params, macs;
    roof_sparsity sparsity;
    bool is_llm;
    roof_transformer transformer; /* of an LLM, which makes its operations anew for each phase and length */
    roof_op_list ops;             /* of the others */
    double layers;                /* of the others; 0: `totals` do not say */
    roof_tensor *inputs, *outputs;
    size_t input_count, output_count;
};

/* A file being read. */
typedef struct roof_reader {
    roof_workload *workload;
    const roof_json *document;
    const roof_json_value *root;
    roof_json *base;             /* the file that `like` names, or NULL */
    const roof_json_value *body; /* where the layers stand: the root, or the base's */
    bool no_memory;
} roof_reader;

/* Opens the file that `like` names, which stands beside this one. Errors: what roof_json_load has. */
roof_code roof_read_like(roof_reader *reader, roof_report *report, roof_error *error);
/* `output`, say: the file's own, else the base's. */
const roof_json_value *roof_reader_get(const roof_reader *reader, const char *key);
/* How many errors the file and its base have. */
size_t roof_reader_errors(const roof_reader *reader);

/* Each adds faults to the document and goes on where it can; after the last the document's errors decide. */
void roof_read_header(roof_reader *reader);
void roof_read_sparsity(roof_reader *reader);
void roof_read_ops(roof_reader *reader);
void roof_read_transformer(roof_reader *reader);
void roof_read_totals(roof_reader *reader);
void roof_read_counts(roof_reader *reader);
void roof_read_reference(roof_reader *reader);

/* A list of tensors: `{"name", "shape", "precision"}`, or, where `frame` is given, names of tensors in it. */
bool roof_read_tensors(roof_reader *reader, const roof_json_value *list, const roof_variables *variables,
                       const roof_frame *frame, roof_tensor **out, roof_shape **shapes, size_t *count);
/* The one tensor of `elements` elements. */
bool roof_single_tensor(roof_reader *reader, const char *name, double elements, double bytes_each,
                        roof_tensor **out, size_t *count);
/* A fault unless the value names one of the file's sources. */
void roof_check_source(roof_reader *reader, const roof_json_value *id);

#endif

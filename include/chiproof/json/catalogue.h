/* Folders of JSON files, each with an id: where a name is looked up. Blind to what the files hold.
 *
 * A name is an id (the file `<id>.json` of the first folder that has it) or an alias (the "aliases" of any
 * file). Names compare without regard to case. */
#ifndef CHIPROOF_JSON_CATALOGUE_H
#define CHIPROOF_JSON_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A folder to search. Earlier folders win; `shipped` marks the tree's or installation's own. */
typedef struct roof_folder {
    const char *path;
    bool shipped;
} roof_folder;

/* The id of a file that may stand beside the entries and is no entry: the fitted parameters
 * (chiproof/efficiency/calibration.h) are kept among the models. */
#define ROOF_CATALOGUE_RESERVED "calibration"

typedef struct roof_catalogue roof_catalogue;

/* A catalogue of `what` ("chip", "model") over the folders, whose paths are copied. Nothing is read yet; a
 * folder that is not there is an empty one. *out is NULL on failure. Errors: NO_MEMORY. */
roof_code roof_catalogue_new(const char *what, const roof_folder *folders, size_t count, roof_catalogue **out,
                             roof_error *error);
void roof_catalogue_free(roof_catalogue *catalogue);

typedef struct roof_entry {
    const char *id;   /* borrowed from the catalogue */
    const char *path; /* borrowed from the catalogue */
    bool shipped;
    bool shadows; /* a user's file in the place of a shipped one of the same id */
} roof_entry;

/* All files, sorted by id, one for each id. *entries is borrowed. Errors: NO_MEMORY, IO. */
roof_code roof_catalogue_list(roof_catalogue *catalogue, const roof_entry **entries, size_t *count,
                              roof_error *error);

/* Finds a name, as id and then as alias. A word with a '/' or ending in ".json" is a path and is taken as it
 * is (id ""). The entry is borrowed until the catalogue is freed. Errors: UNKNOWN_NAME with the nearest
 * names; NO_MEMORY. */
roof_code roof_catalogue_find(roof_catalogue *catalogue, const char *name, roof_entry *out,
                              roof_error *error);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_import.h
 *  @brief Bringing a group and its documents in.  Floor: content.
 *
 *  The formats are in doc/import.md.  Nothing is printed here: each finding goes
 *  to the report function.
 */
#ifndef GOV_IMPORT_H
#define GOV_IMPORT_H

#include "gov_edition.h"

typedef struct gov_import_note_t {
    bool error;
    const char *file;
    int line;                     /**< 0: the file as a whole */
    const char *field;            /**< or NULL */
    const char *text;
} gov_import_note_t;
typedef void (*gov_import_fn_t)(void *baton, const gov_import_note_t *note);

typedef struct gov_import_t {
    const gov_config_t *config;
    const gov_types_t *types;
    bool dry_run;
    const char *site, *column, *type; /**< for .html and .txt files */
    gov_clearance_t clearance;    /**< of records without one; by NULL: those are
                                       imported as drafts (R018) */
    gov_import_fn_t report;
    void *baton;
    /* counted: */
    int created, changed, same, failed;
    int drafts;                   /**< of those, not public: nobody has cleared
                                       them */
    struct gov_import_state_t *state; /**< private; NULL at first */
} gov_import_t;

/** One file, by its ending.  Errors of single records go to the report and are
 *  counted; the call fails only if nothing can be read or stored at all. */
GOV_API gov_err_t *gov_import_file(gov_import_t *import, gov_ctx_t *ctx,
                                   const char *file, apr_pool_t *pool);
/** After the last file: page numbers by time for the columns that were filled,
 *  links between documents (related), events. */
GOV_API gov_err_t *gov_import_finish(gov_import_t *import, gov_ctx_t *ctx,
                                     apr_pool_t *pool);
#endif

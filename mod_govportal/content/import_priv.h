/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Shared by the import's files. */
#ifndef IMPORT_PRIV_H
#define IMPORT_PRIV_H

#include "content_priv.h"
#include "gov_import.h"
#include "gov_upload.h"
#include "gov_xml.h"

/* What is remembered over the files of one import. */
typedef struct gov_import_state_t {
    apr_pool_t *pool;             /* as long as the import */
    const gov_permit_t *permit;
    apr_hash_t *files;            /* path -> gov_upload_t *, taken once */
    const gov_scanner_t *scanner; /* or NULL */
    const char *dir;              /* for temporary files */
    apr_hash_t *columns;          /* id -> gov_column_t *: were filled */
    apr_array_header_t *related;  /* gov_import__related_t: links to make
                                     at the end */
} gov_import_state_t;

typedef struct gov_import__related_t {
    const char *external;         /* the document that has them */
    const char *file;
    int line;
    const gov_json_t *ids;
} gov_import__related_t;

typedef struct gov_import__place_t {
    gov_import_t *import;
    gov_ctx_t *ctx;
    const char *file;             /* being read */
    int line;
} gov_import__place_t;

void gov_import__note(const gov_import__place_t *at, bool error,
                      const char *field, const char *text);
/* Report ERR as this record's finding and count the record as failed; errors
   that end the whole import (no database) are returned. */
gov_err_t *gov_import__failed(const gov_import__place_t *at, gov_err_t *err,
                              apr_pool_t *pool);

gov_err_t *gov_import__group(gov_import__place_t *at, apr_pool_t *pool);
/* Report what is wrong with the columns' names and levels. */
gov_err_t *gov_import__check_columns(gov_import__place_t *at,
                                     const gov_xml_t *group, apr_pool_t *pool);
gov_err_t *gov_import__lines(gov_import__place_t *at, apr_pool_t *pool);
gov_err_t *gov_import__single(gov_import__place_t *at, apr_pool_t *pool);
/* One document record. */
gov_err_t *gov_import__record(gov_import__place_t *at, const gov_json_t *record,
                              const char *bytes, apr_size_t len,
                              apr_pool_t *pool);

/* A file named in the import file, taken in: looked at, scanned, cleaned, and
   stored unless it is a dry run. */
gov_err_t *gov_import__take(const gov_upload_t **upload,
                            const gov_import__place_t *at, const char *field,
                            const char *name, apr_pool_t *pool);
/* NAME relative to the directory of the import file; INVALID if it climbs out
   of the tree that the import file lies in more than one level. */
gov_err_t *gov_import__path(const char **path, const gov_import__place_t *at,
                            const char *field, const char *name,
                            apr_pool_t *pool);
#endif

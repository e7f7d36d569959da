/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/writer/writer.h -- an editor who looks at what readers see. */

#ifndef WRITER_H
#define WRITER_H

#include "gov_edition.h"
#include "gov_host.h"

typedef struct writer_t {
    apr_pool_t *pool;
    gov_ctx_t *ctx;               /* of the operator */
    const gov_permit_t *permit;   /* for everything */
    int port;                     /* of httpd on this machine */
} writer_t;

/* End the program with a word about ERR, if there is one. */
void check(gov_err_t *err, apr_pool_t *pool);
double seconds(void);
/* Sorts the times; PART between 0 and 1. */
double part_of(double *times, int count, double part);
/* One line of the bench's output; a negative baseline: none. */
void figure(const char *name, double value, const char *unit, double baseline);

/* --- edit.c -------------------------------------------------------------- */

/* A draft of an article with that title; *DOCUMENT 0: of a new document. */
void draft(apr_int64_t *document, apr_int64_t *edition, const writer_t *writer,
           const gov_column_t *column, const char *title, apr_pool_t *pool);
/* Everything that the rule asks for before an edition may be published. */
void sign(const writer_t *writer, apr_int64_t edition, apr_pool_t *pool);
const gov_column_t *column_of(const writer_t *writer, const char *site,
                              const char *path);

/* --- http.c: one connection each, kept ----------------------------------- */

typedef struct http_t {
    int fd, port;
    const char *host;
} http_t;

void http_open(http_t *http, const char *host, int port);
void http_ask(http_t *http, const char *path, apr_pool_t *pool);
/* The body is zero-terminated. */
void http_answer(int *status, const char **body, http_t *http,
                 apr_pool_t *pool);

/* --- what it does -------------------------------------------------------- */

/* Publish, correct, withdraw, TRIES times in all; look at every page that
   depends on the document. */
void fresh(const writer_t *writer, const char *site, const char *path,
           int tries);
/* Publish COUNT documents one after the other, in all departments. */
void batch(const writer_t *writer, int count);

#endif

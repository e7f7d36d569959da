/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* audit_anchor.c -- the end of the chain, written down outside the database.

   Whoever cuts rows off the end leaves a chain that is sound in itself; only
   somebody who remembers a later end can tell. */

#include <apr_file_io.h>
#include <string.h>

#include "gov_file.h"
#include "gov_media.h"
#include "gov_time.h"
#include "security_priv.h"
#include "sql_security.h"

#define FILE_MAX (16 * 1024 * 1024)

static gov_err_t *
read_end(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    gov_anchor_t *anchor = baton;
    gov_row_audit_head_t head;

    GOV_TRY(gov_sql_audit_head(&head, db, pool));
    anchor->seq = head.seq;
    memcpy(anchor->chain, head.chain.data, sizeof(anchor->chain));
    return NULL;
}

gov_err_t *
gov_audit_end(gov_anchor_t *anchor, const gov_ctx_t *ctx, apr_pool_t *pool)
{
    GOV_TRY(gov_store_read(ctx->store, read_end, anchor, pool));
    anchor->at = gov_now(ctx->clock);
    return NULL;
}

typedef struct waiting_t {
    apr_time_t before;
    gov_row_audit_waits_t row;
} waiting_t;

static gov_err_t *
read_waiting(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    waiting_t *w = baton;

    return gov_sql_audit_waits(&w->row, db, w->before, pool);
}

gov_err_t *
gov_audit_waiting(int *rows, apr_time_t *oldest, const gov_ctx_t *ctx,
                  apr_pool_t *pool)
{
    waiting_t w = { .before = gov_now(ctx->clock) + apr_time_from_sec(60) };

    GOV_TRY(gov_store_read(ctx->store, read_waiting, &w, pool));
    *rows = (int)w.row.number;
    *oldest = w.row.oldest;
    return NULL;
}

const char *
gov_anchor_text(const gov_anchor_t *anchor, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%" APR_INT64_T_FMT ":%s", anchor->seq,
                        gov_hex(anchor->chain, sizeof(anchor->chain), pool));
}

gov_err_t *
gov_anchor_parse(gov_anchor_t *anchor, const char *text, apr_pool_t *pool)
{
    apr_size_t digits = strspn(text, "0123456789");
    gov_anchor_t found = { 0 };

    if (!digits || digits > 18 || text[digits] != ':'
        || !gov_unhex(found.chain, sizeof(found.chain), text + digits + 1))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "\"%s\" is not an anchor: NUMBER:64 hexadecimal digits",
                       text);
    found.seq = apr_atoi64(text);
    *anchor = found;
    return NULL;
}

gov_err_t *
gov_anchors_read(apr_array_header_t **anchors, const char *file,
                 apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 64, sizeof(gov_anchor_t));
    gov_bytes_t text;
    char *rest, *line;
    int count = 0;
    gov_err_t *err = gov_file_read(&text, file, FILE_MAX, pool);

    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    rest = err ? NULL : apr_pstrmemdup(pool, text.data, text.len);
    while (rest && (line = apr_strtok(rest, "\n", &rest)) != NULL) {
        char *blank = strchr(line, ' ');
        gov_anchor_t *anchor = apr_array_push(list);

        count++;
        err = gov_err(GOV_E_INVALID, NULL, pool, "no blank");
        if (blank) {
            *blank = '\0';
            err = gov_anchor_parse(anchor, blank + 1, pool);
        }
        if (!err)
            err = gov_time_parse(&anchor->at, line, pool);
        if (err)
            return gov_err(GOV_E_INVALID, err, pool, "%s:%d is damaged", file,
                           count);
    }
    *anchors = list;
    return NULL;
}

static gov_err_t *
append(const char *file, const char *line, apr_pool_t *pool)
{
    apr_file_t *out;
    apr_status_t rv;

    rv = apr_file_open(&out, file, APR_FOPEN_WRITE | APR_FOPEN_CREATE
                       | APR_FOPEN_APPEND,
                       APR_FPROT_UREAD | APR_FPROT_UWRITE | APR_FPROT_GREAD,
                       pool);
    if (rv)
        return gov_err_apr(rv, pool, "opening %s", file);
    rv = apr_file_write_full(out, line, strlen(line), NULL);
    if (!rv)
        rv = apr_file_sync(out);
    apr_file_close(out);
    return rv ? gov_err_apr(rv, pool, "writing %s", file) : NULL;
}

gov_err_t *
gov_anchor_keep(const gov_anchor_t *anchor, const char *file,
                apr_pool_t *pool)
{
    apr_array_header_t *kept;

    GOV_TRY(gov_anchors_read(&kept, file, pool));
    if (kept->nelts
        && APR_ARRAY_IDX(kept, kept->nelts - 1, gov_anchor_t).seq
               == anchor->seq
        && !memcmp(APR_ARRAY_IDX(kept, kept->nelts - 1, gov_anchor_t).chain,
                   anchor->chain, sizeof(anchor->chain)))
        return NULL;
    return append(file, apr_pstrcat(pool, gov_time_utc(anchor->at, pool), " ",
                                    gov_anchor_text(anchor, pool), "\n", NULL),
                  pool);
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* audit_read.c -- the newest rows of the audit. */

#include <string.h>

#include "gov_audit.h"
#include "sql_security.h"

typedef struct tail_t {
    apr_int64_t site;
    int max;
    apr_array_header_t *entries;
    apr_pool_t *pool;
} tail_t;

/* Both statements have the same row. */
static void
add(apr_array_header_t *entries, const gov_row_audit_tail_t *row)
{
    gov_audit_entry_t *entry = apr_array_push(entries);

    entry->id = row->id;
    entry->at = row->at;
    entry->actor = row->actor;
    entry->action = row->action;
    entry->site = row->site;
    entry->object = row->object;
    entry->done = !strcmp(row->outcome, "done");
    entry->detail = row->detail;
}

static gov_err_t *
read_tail(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    tail_t *t = baton;
    apr_array_header_t *rows;
    int i;

    (void)scratch;
    if (t->site) {
        GOV_TRY(gov_sql_audit_tail_site(&rows, db, t->site, t->max, t->pool));
        t->entries = apr_array_make(t->pool, rows->nelts + 1,
                                    sizeof(gov_audit_entry_t));
        for (i = rows->nelts - 1; i >= 0; i--) {
            const gov_row_audit_tail_site_t *from =
                &APR_ARRAY_IDX(rows, i, gov_row_audit_tail_site_t);
            gov_row_audit_tail_t row = {
                .id = from->id, .at = from->at, .actor = from->actor,
                .action = from->action, .site = from->site,
                .object = from->object, .outcome = from->outcome,
                .detail = from->detail
            };

            add(t->entries, &row);
        }
        return NULL;
    }
    GOV_TRY(gov_sql_audit_tail(&rows, db, t->max, t->pool));
    t->entries = apr_array_make(t->pool, rows->nelts + 1,
                                sizeof(gov_audit_entry_t));
    for (i = rows->nelts - 1; i >= 0; i--)
        add(t->entries, &APR_ARRAY_IDX(rows, i, gov_row_audit_tail_t));
    return NULL;
}

gov_err_t *
gov_audit_tail(apr_array_header_t **entries, const gov_ctx_t *ctx,
               apr_int64_t site, int max, const gov_permit_t *permit,
               apr_pool_t *pool)
{
    tail_t t = { .site = site, .max = max, .pool = pool };

    if (gov_permit_check(permit, GOV_ACTION_AUDIT, 0, 0, pool))
        GOV_TRY(gov_permit_check(permit, GOV_ACTION_READ, site, 0, pool));
    GOV_TRY(gov_store_read(ctx->store, read_tail, &t, pool));
    *entries = t.entries;
    return NULL;
}

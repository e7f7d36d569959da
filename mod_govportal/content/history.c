/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/history.c -- all editions of a document, for those who keep it. */

#include "content_priv.h"
#include "gov_history.h"
#include "sql_content.h"

typedef struct question_t {
    const gov_ctx_t *ctx;
    const gov_permit_t *permit;
    const char *external;
    apr_int64_t site, column, document;
    int max;
    gov_history_t *history;
    apr_array_header_t *editions;
    apr_pool_t *pool;             /* of the answer */
} question_t;

static gov_err_t *
find(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    question_t *q = baton;
    gov_row_external_get_t row;

    GOV_TRY(gov_sql_external_get(&row, db, q->external, pool));
    q->document = row.document_id;
    return NULL;
}

gov_err_t *
gov_document_find(apr_int64_t *document, const gov_ctx_t *ctx,
                  const char *external, apr_pool_t *pool)
{
    question_t q = { .external = external };
    gov_err_t *err = gov_store_read(ctx->store, find, &q, pool);

    if (err)
        return gov_err(err->code, err->code == GOV_E_NOT_FOUND ? NULL : err,
                       pool, "no document was imported as \"%s\"", external);
    *document = q.document;
    return NULL;
}

static gov_err_t *
find_site(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    question_t *q = baton;
    gov_row_document_site_t row;

    GOV_TRY(gov_sql_document_site(&row, db, q->document, pool));
    q->site = row.site_id;
    q->column = row.column_id;
    return NULL;
}

gov_err_t *
gov_document_site(const gov_site_t **site, const gov_ctx_t *ctx,
                  apr_int64_t document, apr_pool_t *pool)
{
    apr_int64_t column;

    return gov_document_place(site, &column, ctx, document, pool);
}

gov_err_t *
gov_document_place(const gov_site_t **site, apr_int64_t *column,
                   const gov_ctx_t *ctx, apr_int64_t document,
                   apr_pool_t *pool)
{
    question_t q = { .document = document };
    gov_err_t *err = gov_store_read(ctx->store, find_site, &q, pool);
    const gov_site_t *found;

    if (err)
        return gov_err(err->code, err->code == GOV_E_NOT_FOUND ? NULL : err,
                       pool, "there is no document %" APR_INT64_T_FMT,
                       document);
    found = gov_site_by_id(ctx->group, q.site);
    if (!found)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                       "the site of document %" APR_INT64_T_FMT " is closed",
                       document);
    *site = found;
    *column = q.column;
    return NULL;
}

static gov_err_t *
read_history(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    question_t *q = baton;
    apr_pool_t *pool = q->pool;
    gov_history_t *history = apr_pcalloc(pool, sizeof(*history));
    gov_row_document_record_t row;
    apr_array_header_t *rows;
    int i;

    (void)scratch;
    GOV_TRY(gov_sql_document_record(&row, db, q->site, q->document, pool));
    history->document = q->document;
    history->site = q->site;
    history->column = row.column_id;
    history->type = row.type;
    history->external = row.external;
    history->pinned = row.pinned;
    history->created = row.created_at;
    history->gone = row.gone_at;

    GOV_TRY(gov_sql_document_editions(&rows, db, q->site, q->document, pool));
    history->editions = apr_array_make(pool, rows->nelts + 1,
                                       sizeof(gov_edition_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_document_editions_t *from =
            &APR_ARRAY_IDX(rows, i, gov_row_document_editions_t);
        gov_edition_t *to = apr_array_push(history->editions);

        to->id = from->id;
        to->document = q->document;
        to->lang = from->lang;
        to->version = (int)from->version;
        to->state = from->state;
        to->title = from->title;
        to->created = from->created_at;
        to->published = from->published_at;
        to->created_by = from->created_by;
    }
    GOV_TRY(gov_sql_placements(&rows, db, q->document, pool));
    history->places = apr_array_make(pool, rows->nelts + 1,
                                     sizeof(gov_place_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_placements_t *from =
            &APR_ARRAY_IDX(rows, i, gov_row_placements_t);
        gov_place_t *to = apr_array_push(history->places);

        to->site = from->site_id;
        to->column = from->column_id;
        to->how = from->how;
    }
    q->history = history;
    return NULL;
}

gov_err_t *
gov_document_history(const gov_history_t **history, const gov_ctx_t *ctx,
                     apr_int64_t document, const gov_permit_t *permit,
                     apr_pool_t *pool)
{
    question_t q = { .document = document, .pool = pool };
    const gov_site_t *site;

    GOV_TRY(gov_document_site(&site, ctx, document, pool));
    q.site = site->id;
    GOV_TRY(gov_store_read(ctx->store, read_history, &q, pool));
    GOV_TRY(gov_permit_check(permit, GOV_ACTION_READ, site->id,
                             q.history->column, pool));
    *history = q.history;
    return NULL;
}

static gov_err_t *
read_drafts(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    question_t *q = baton;
    apr_array_header_t *rows;
    int i;

    (void)scratch;
    GOV_TRY(gov_sql_site_drafts(&rows, db, q->site, q->max, q->pool));
    q->editions = apr_array_make(q->pool, rows->nelts + 1,
                                 sizeof(gov_edition_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_site_drafts_t *from =
            &APR_ARRAY_IDX(rows, i, gov_row_site_drafts_t);
        gov_edition_t *to = apr_array_push(q->editions);

        to->id = from->id;
        to->document = from->document_id;
        to->lang = from->lang;
        to->version = (int)from->version;
        to->state = "draft";
        to->title = from->title;
        to->created = from->created_at;
        to->published = 0;
        to->created_by = from->created_by;
    }
    return NULL;
}

gov_err_t *
gov_site_drafts(apr_array_header_t **editions, const gov_ctx_t *ctx,
                const gov_site_t *site, int max, const gov_permit_t *permit,
                apr_pool_t *pool)
{
    question_t q = { .site = site->id, .max = max, .pool = pool };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_READ, site->id, 0, pool));
    GOV_TRY(gov_store_read(ctx->store, read_drafts, &q, pool));
    *editions = q.editions;
    return NULL;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/integrity_accept.c -- tags for what has none, by the operator's word.

   In slices, each a transaction of its own: a group of a million documents is not
   to be locked for minutes.  Running it again goes on where it stopped. */

#include <string.h>

#include "content_priv.h"
#include "sql_content.h"

#define SLICE 200

typedef struct accept_t {
    const gov_ctx_t *ctx;
    const gov_site_t *site;
    apr_int64_t id;               /* where the slice begins */
    char lang[24];
    apr_int64_t column;
    char column_lang[24];
    apr_int64_t key;
    unsigned char hash[16];
    bool hash_set;
    /* of the slice */
    apr_int64_t rows, next_id, next_key;
    char next_lang[24];
    unsigned char next_hash[16];
    bool more;
} accept_t;

static gov_err_t *
editions(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    accept_t *a = baton;
    int key = gov_keys_current(a->ctx->keys);
    apr_array_header_t *rows;
    apr_pool_t *iterpool;
    int i;

    a->rows = 0;
    GOV_TRY(gov_sql_editions_untagged(&rows, db, a->site->id, a->id, SLICE,
                                      pool));
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_editions_untagged_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_editions_untagged_t);
        gov_content__live_t live = { .site = a->site->id,
                                     .document = row->document_id,
                                     .lang = row->lang,
                                     .version = row->version };
        unsigned char mac[GOV_MAC_SIZE];
        gov_bytes_t tag = { (const char *)mac, sizeof(mac) };

        apr_pool_clear(iterpool);
        GOV_CONTENT__TEXTS(&live, row);
        if (!gov_content__edition_mac(mac, a->ctx->keys, key, &live, iterpool))
            return gov_err(GOV_E_INTERNAL, NULL, pool, "no key %d", key);
        GOV_TRY(gov_sql_edition_tag(NULL, db, tag, key, a->site->id, row->id,
                                    iterpool));
        a->rows++;
        a->next_id = row->id;
    }
    apr_pool_destroy(iterpool);
    a->more = rows->nelts == SLICE;
    return NULL;
}

static gov_err_t *
live(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    accept_t *a = baton;
    apr_array_header_t *rows;
    apr_pool_t *iterpool;
    int i;

    a->rows = 0;
    GOV_TRY(gov_sql_live_untagged(&rows, db, a->site->id, a->id, a->id,
                                  a->lang, SLICE, pool));
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_live_untagged_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_live_untagged_t);
        gov_err_t *err;

        apr_pool_clear(iterpool);
        err = gov_content__live_seal(db, a->ctx, a->site->id,
                                     row->document_id, row->lang, iterpool);
        /* an edition with a wrong tag is not for us: it has to be repaired */
        if (err && err->code != GOV_E_CONFLICT)
            return gov_err_dup(err, pool);
        a->rows += !err;
        a->next_id = row->document_id;
        apr_cpystrn(a->next_lang, row->lang, sizeof(a->next_lang));
    }
    apr_pool_destroy(iterpool);
    a->more = rows->nelts == SLICE;
    return NULL;
}

static gov_err_t *
keywords(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    accept_t *a = baton;
    gov_content__bind_t bind = { NULL, 0, 0 };
    apr_array_header_t *documents, *rows;
    apr_int64_t last = APR_INT64_MAX;
    apr_pool_t *iterpool;
    int i;

    a->rows = 0;
    GOV_TRY(gov_sql_site_live_ids(&documents, db, a->site->id, a->id, SLICE,
                                  pool));
    a->more = documents->nelts == SLICE;
    if (a->more)
        last = APR_ARRAY_IDX(documents, SLICE - 1,
                             gov_row_site_live_ids_t).document_id;
    a->next_id = last;
    GOV_TRY(gov_sql_keywords_slice(&rows, db, a->site->id, a->id, last, pool));
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_keywords_slice_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_keywords_slice_t);
        bool untagged;

        apr_pool_clear(iterpool);
        (void)gov_content__item_wrong(&untagged, a->ctx->keys, false, &bind,
                                      row->item, iterpool);
        if (!untagged)
            continue;
        GOV_TRY(gov_sql_keyword_set_item(
            NULL, db, gov_content__item_seal(row->item, a->ctx->keys, &bind,
                                             iterpool), a->site->id, row->lang,
            row->keyword, row->published_at, row->document_id, row->item,
            iterpool));
        a->rows++;
    }
    apr_pool_destroy(iterpool);
    return NULL;
}

static gov_err_t *
entries(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    accept_t *a = baton;
    gov_content__bind_t bind = { NULL, a->site->id, a->column };
    apr_array_header_t *rows;
    apr_pool_t *iterpool;
    int i;

    a->rows = 0;
    GOV_TRY(gov_sql_listing_slice(&rows, db, a->site->id, a->column,
                                  a->column_lang, a->key, SLICE, pool));
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_listing_slice_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_listing_slice_t);
        bool untagged;

        apr_pool_clear(iterpool);
        a->next_key = row->sort_key;
        (void)gov_content__item_wrong(&untagged, a->ctx->keys, false, &bind,
                                      row->item, iterpool);
        /* an entry of something that is not public is not accepted */
        if (!untagged || !row->live_updated)
            continue;
        GOV_TRY(gov_sql_listing_set_item(
            NULL, db, gov_content__item_seal(row->item, a->ctx->keys, &bind,
                                             iterpool), a->site->id, a->column,
            a->column_lang, row->sort_key, row->item, iterpool));
        a->rows++;
    }
    apr_pool_destroy(iterpool);
    a->more = rows->nelts == SLICE;
    return NULL;
}

/* The head is made anew if it has no tag, or if its entries got theirs just now. */
static gov_err_t *
renew_head(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const accept_t *a = baton;
    gov_row_head_state_t state;

    GOV_TRY(gov_sql_head_lock(NULL, db, a->site->id, a->column, a->column_lang,
                              pool));
    GOV_TRY(gov_sql_head_state(&state, db, a->site->id, a->column,
                               a->column_lang, pool));
    /* what is kept of neighbours are copies of entries */
    GOV_TRY(gov_sql_live_link_column(NULL, db, a->site->id, a->column,
                                     a->column_lang, a->site->id, a->site->id,
                                     a->column, a->column_lang, pool));
    return gov_content__head_renew(db, a->ctx->keys, a->site->id, a->column,
                                   a->column_lang, (int)state.open_page,
                                   (int)state.open_count, (int)state.total,
                                   pool);
}

static gov_err_t *
redirects(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    accept_t *a = baton;
    gov_bytes_t after = { a->hash_set ? (const char *)a->hash : "",
                          a->hash_set ? sizeof(a->hash) : 0 };
    apr_array_header_t *rows;
    int i;

    a->rows = 0;
    GOV_TRY(gov_sql_redirects_slice(&rows, db, a->site->id, after, SLICE,
                                    pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_redirects_slice_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_redirects_slice_t);

        memcpy(a->next_hash, row->hash.data, sizeof(a->next_hash));
        if (row->tag.data)
            continue;
        GOV_TRY(gov_content__redirect_put(db, a->ctx, a->site->id, row->path,
                                          row->target, row->document_id,
                                          pool));
        a->rows++;
    }
    a->more = rows->nelts == SLICE;
    return NULL;
}

typedef struct next_head_t {
    accept_t *a;
    bool found, untagged;
} next_head_t;

static gov_err_t *
next_head(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    next_head_t *n = baton;
    accept_t *a = n->a;
    gov_row_head_next_t row;
    gov_err_t *err = gov_sql_head_next(&row, db, a->site->id, a->column,
                                       a->column, a->column_lang, pool);

    n->found = !err;
    if (err)
        return err->code == GOV_E_NOT_FOUND ? NULL : err;
    a->column = row.column_id;
    apr_cpystrn(a->column_lang, row.lang, sizeof(a->column_lang));
    n->untagged = !row.tag.data;
    return NULL;
}

static gov_err_t *
columns(apr_int64_t *total, accept_t *a, apr_pool_t *pool)
{
    next_head_t n = { a, false, false };
    apr_pool_t *iterpool;

    apr_pool_create(&iterpool, pool);
    for (;;) {
        apr_int64_t changed = 0;

        apr_pool_clear(iterpool);
        GOV_TRY(gov_store_read(a->ctx->store, next_head, &n, iterpool));
        if (!n.found)
            break;
        a->key = APR_INT64_MIN;
        do {
            GOV_TRY(gov_store_tx(a->ctx->store, entries, a, iterpool));
            changed += a->rows;
            a->key = a->next_key;
        } while (a->more);
        if (changed || n.untagged)
            GOV_TRY(gov_store_tx(a->ctx->store, renew_head, a, iterpool));
        *total += changed + n.untagged;
    }
    apr_pool_destroy(iterpool);
    return NULL;
}

/* Slice after slice of FN. */
static gov_err_t *
all(apr_int64_t *total, accept_t *a, gov_store_fn_t fn, apr_pool_t *pool)
{
    apr_pool_t *iterpool;

    a->id = 0;
    *a->lang = '\0';
    a->hash_set = false;
    apr_pool_create(&iterpool, pool);
    do {
        apr_pool_clear(iterpool);
        GOV_TRY(gov_store_tx(a->ctx->store, fn, a, iterpool));
        *total += a->rows;
        a->id = a->next_id;
        memcpy(a->lang, a->next_lang, sizeof(a->lang));
        memcpy(a->hash, a->next_hash, sizeof(a->hash));
        a->hash_set = true;
    } while (a->more);
    apr_pool_destroy(iterpool);
    return NULL;
}

typedef struct note_t {
    const gov_ctx_t *ctx;
    apr_int64_t site, rows;
} note_t;

static gov_err_t *
note(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const note_t *n = baton;

    GOV_TRY(gov_audit_add(db, n->ctx, "integrity.accept", n->site,
                          n->site ? apr_psprintf(pool, "site:%"
                                                 APR_INT64_T_FMT, n->site)
                                  : "group", true,
                          apr_psprintf(pool, "%" APR_INT64_T_FMT " rows",
                                       n->rows), pool));
    return gov_event_add(db, "integrity.accept", n->site, 0, "structure",
                         pool);
}

gov_err_t *
gov_integrity_accept(apr_int64_t *rows, const gov_ctx_t *ctx, apr_int64_t site,
                     const gov_permit_t *permit, apr_pool_t *pool)
{
    const apr_array_header_t *sites = gov_group_sites(ctx->group);
    /* only here is an edition without a tag taken for what it says */
    note_t n = { ctx, site, 0 };
    int i;

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SYSTEM, 0, 0, pool));
    if (!ctx->keys)
        return gov_err(GOV_E_INVALID, NULL, pool, "there is no key ring");
    for (i = 0; i < sites->nelts; i++) {
        accept_t a = { .ctx = ctx,
                       .site = APR_ARRAY_IDX(sites, i, const gov_site_t *) };

        if (site && a.site->id != site)
            continue;
        GOV_TRY(all(&n.rows, &a, editions, pool));
        GOV_TRY(all(&n.rows, &a, live, pool));
        GOV_TRY(columns(&n.rows, &a, pool));
        GOV_TRY(all(&n.rows, &a, keywords, pool));
        GOV_TRY(all(&n.rows, &a, redirects, pool));
    }
    GOV_TRY(gov_store_tx(ctx->store, note, &n, pool));
    *rows = n.rows;
    return NULL;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/integrity_repair.c -- a document as it was, or as it is now, by the
   operator's decision. */

#include <string.h>

#include "content_priv.h"
#include "sql_content.h"

typedef struct repair_t {
    const gov_ctx_t *ctx;
    apr_int64_t site, document;
    gov_repair_t how;
    const char *reason;
    apr_array_header_t *editions; /* const char * */
    apr_pool_t *pool;             /* of the answer */
} repair_t;

/* What is known of the times of publication. */
typedef struct times_t {
    apr_time_t published, updated;
} times_t;

/* An entry somewhere whose tag holds remembers them, if the live row does not. */
static gov_err_t *
times_of_entries(times_t *times, gov_db_t *db, const repair_t *r,
                 const char *lang, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_home_entries(&rows, db, r->document, lang, pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_home_entries_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_home_entries_t);
        gov_content__bind_t bind = { NULL, row->site_id, row->column_id };
        const gov_item_t *item;
        bool untagged;

        if (gov_content__item_wrong(&untagged, r->ctx->keys, true, &bind,
                                    row->item, pool))
            continue;
        item = gov_content__item_decode(apr_pstrdup(pool, row->item), pool);
        times->published = item->published;
        times->updated = item->updated;
        return NULL;
    }
    return NULL;
}

static gov_err_t *
times_of_live(times_t *times, gov_db_t *db, const repair_t *r,
              const char *lang, apr_pool_t *pool)
{
    gov_guard_t guard = { .keys = r->ctx->keys, .strict = true };
    gov_content__live_t live = { .site = r->site, .document = r->document,
                                 .lang = lang };
    gov_row_live_whole_t row;
    gov_err_t *err = gov_sql_live_whole(&row, db, r->site, r->document, lang,
                                        pool);
    bool untagged;

    if (err)
        return err->code == GOV_E_NOT_FOUND ? NULL : err;
    GOV_CONTENT__LIVE(&live, &row);
    if (r->how == GOV_REPAIR_ACCEPT
        || !gov_content__live_wrong(&untagged, &guard, &live, false, pool)) {
        times->published = row.published_at;
        times->updated = row.updated_at;
    }
    return NULL;
}

/* Give the edition a tag over what it says now. */
static gov_err_t *
accept_edition(gov_db_t *db, const repair_t *r,
               const gov_row_editions_whole_t *row,
               const gov_content__live_t *live, apr_pool_t *pool)
{
    int key = gov_keys_current(r->ctx->keys);
    unsigned char mac[GOV_MAC_SIZE];
    gov_bytes_t tag = { (const char *)mac, sizeof(mac) };

    if (!gov_content__edition_mac(mac, r->ctx->keys, key, live, pool))
        return gov_err(GOV_E_INTERNAL, NULL, pool, "no key %d", key);
    return gov_sql_edition_tag(NULL, db, tag, key, r->site, row->id, pool);
}

/* The edition that is to be public in the language of ROWS[from]; -1: none.
   *PUBLIC: one should be. */
static int
choose(bool *public, const repair_t *r, const apr_array_header_t *rows,
       int from, int to, apr_int64_t now_live, apr_pool_t *pool)
{
    gov_guard_t guard = { .keys = r->ctx->keys, .strict = true };
    int i, best = -1;

    *public = now_live != 0;
    for (i = from; i < to; i++) {
        const gov_row_editions_whole_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_editions_whole_t);
        gov_content__live_t live = { .site = r->site, .document = r->document,
                                     .lang = row->lang,
                                     .version = row->version,
                                     .edition_tag = row->edition_tag,
                                     .edition_key = (int)row->edition_key };
        bool untagged, is_live = !strcmp(row->state, "live");

        *public = *public || is_live;
        if (r->how == GOV_REPAIR_ACCEPT) {
            if (row->id == now_live || (is_live && best < 0))
                best = i;
            continue;
        }
        if (!is_live && strcmp(row->state, "superseded"))
            continue;
        GOV_CONTENT__TEXTS(&live, row);
        if (!gov_content__edition_wrong(&untagged, &guard, &live, pool)
            && (best < 0 || (is_live && strcmp(
                    APR_ARRAY_IDX(rows, best, gov_row_editions_whole_t).state,
                    "live"))))
            best = i;             /* versions fall: the first is the newest */
    }
    return best;
}

static gov_err_t *
mend_lang(gov_db_t *db, repair_t *r, const gov_row_document_guard_t *guard,
          const apr_array_header_t *rows, int from, int to, apr_pool_t *pool)
{
    const gov_row_editions_whole_t *first =
        &APR_ARRAY_IDX(rows, from, gov_row_editions_whole_t), *row;
    const char *lang = first->lang;
    times_t times = { 0, 0 };
    gov_row_live_get_t present;
    bool public;
    int best, i;
    gov_err_t *err = gov_sql_live_get(&present, db, r->site, r->document, lang,
                                      pool);

    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    best = choose(&public, r, rows, from, to, err ? 0 : present.edition_id,
                  pool);
    if (!public || guard->gone_at)
        return err ? NULL : gov_sql_live_remove_lang(NULL, db, r->site,
                                                     r->document, lang, pool);
    if (best < 0)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                       "no edition of document %" APR_INT64_T_FMT " in %s is as "
                       "it was written; take it from a backup", r->document,
                       lang);
    row = &APR_ARRAY_IDX(rows, best, gov_row_editions_whole_t);
    GOV_TRY(times_of_entries(&times, db, r, lang, pool));
    GOV_TRY(times_of_live(&times, db, r, lang, pool));
    if (!times.published)
        times.published = row->published_at ? row->published_at
                                            : gov_now(r->ctx->clock);
    if (!times.updated)
        times.updated = times.published;
    for (i = from; i < to; i++) {
        const gov_row_editions_whole_t *other =
            &APR_ARRAY_IDX(rows, i, gov_row_editions_whole_t);

        if (i != best && !strcmp(other->state, "live"))
            GOV_TRY(gov_sql_edition_force_state(NULL, db, "superseded", r->site,
                                              other->id, pool));
    }
    if (strcmp(row->state, "live"))
        GOV_TRY(gov_sql_edition_force_state(NULL, db, "live", r->site, row->id,
                                          pool));
    if (r->how == GOV_REPAIR_ACCEPT) {
        gov_content__live_t live = { .site = r->site, .document = r->document,
                                     .lang = lang, .version = row->version };

        GOV_CONTENT__TEXTS(&live, row);
        GOV_TRY(accept_edition(db, r, row, &live, pool));
    }
    APR_ARRAY_PUSH(r->editions, const char *) =
        apr_psprintf(r->pool, "%s %" APR_INT64_T_FMT, lang, row->id);
    return gov_sql_live_put_whole(NULL, db, r->site, r->document, lang,
                                  row->id, guard->column_id, guard->type, 0,
                                  times.published, times.updated, pool);
}

static gov_err_t *
repair(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    repair_t *r = baton;
    gov_content__tags_t *tags = gov_content__tags(pool);
    gov_row_document_site_t where;
    gov_row_document_guard_t guard;
    apr_array_header_t *rows;
    int from, to;

    r->editions->nelts = 0;
    GOV_TRY(gov_sql_document_site(&where, db, r->document, pool));
    r->site = where.site_id;
    GOV_TRY(gov_sql_document_guard(&guard, db, r->site, r->document, pool));
    GOV_TRY(gov_sql_editions_whole(&rows, db, r->site, r->document, pool));
    for (from = 0; from < rows->nelts; from = to) {
        const char *lang =
            APR_ARRAY_IDX(rows, from, gov_row_editions_whole_t).lang;

        for (to = from; to < rows->nelts && !strcmp(
                 APR_ARRAY_IDX(rows, to, gov_row_editions_whole_t).lang, lang);
             to++)
            ;
        GOV_TRY(mend_lang(db, r, &guard, rows, from, to, pool));
    }
    /* all entries are made anew from what is right now */
    GOV_TRY(gov_content__unplace(db, r->ctx, tags, r->site, r->document,
                                 pool));
    GOV_TRY(gov_content__place_again(db, r->ctx, tags, r->site, r->document,
                                     pool));
    GOV_TRY(gov_audit_add(db, r->ctx, r->how == GOV_REPAIR_ACCEPT
                              ? "integrity.accept" : "integrity.restore",
                          r->site, apr_psprintf(pool, "document:%"
                                                APR_INT64_T_FMT, r->document),
                          true, r->reason, pool));
    return gov_event_add(db, "document.repaired", r->site, r->document,
                         tags->words->data, pool);
}

gov_err_t *
gov_document_repair(apr_array_header_t **editions, const gov_ctx_t *ctx,
                    apr_int64_t document, gov_repair_t how,
                    const char *reason, const gov_permit_t *permit,
                    apr_pool_t *pool)
{
    repair_t r = { .ctx = ctx, .document = document, .how = how,
                   .reason = reason, .pool = pool };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SYSTEM, 0, 0, pool));
    if (!ctx->keys)
        return gov_err(GOV_E_INVALID, NULL, pool, "there is no key ring");
    r.editions = apr_array_make(pool, 3, sizeof(const char *));
    GOV_TRY(gov_store_tx(ctx->store, repair, &r, pool));
    *editions = r.editions;
    return NULL;
}

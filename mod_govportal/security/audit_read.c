/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* audit_read.c -- rows of the audit for those who may read them. */

#include <stdlib.h>
#include <string.h>

#include "gov_actor.h"
#include "security_priv.h"
#include "sql_security.h"

#define MOST 1000

typedef struct read_t {
    const gov_ctx_t *ctx;
    apr_int64_t site;
    int max;
    const gov_audit_query_t *query;
    const apr_array_header_t *objects;
    const char *what;             /* for the row about the reading */
    apr_array_header_t *entries;
    apr_pool_t *pool;
} read_t;

/* All statements have the same row. */
#define ADD_ALL(entries, rows, type)                                          \
    do {                                                                      \
        int at_;                                                              \
        for (at_ = (rows)->nelts - 1; at_ >= 0; at_--) {                      \
            const type *row_ = &APR_ARRAY_IDX((rows), at_, type);             \
            gov_audit_entry_t *entry_ = apr_array_push(entries);              \
            entry_->id = row_->id;                                            \
            entry_->seq = row_->seq;                                          \
            entry_->at = row_->at;                                            \
            entry_->actor = row_->actor;                                      \
            entry_->action = row_->action;                                    \
            entry_->site = row_->site;                                        \
            entry_->object = row_->object;                                    \
            entry_->done = !strcmp(row_->outcome, "done");                    \
            entry_->detail = row_->detail;                                    \
            entry_->address = row_->address;                                  \
            entry_->request = row_->request;                                  \
        }                                                                     \
    } while (0)

static gov_err_t *
read_tail(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    read_t *r = baton;
    apr_array_header_t *rows;

    (void)scratch;
    r->entries->nelts = 0;
    if (r->site) {
        GOV_TRY(gov_sql_audit_tail_site(&rows, db, r->site, r->max, r->pool));
        ADD_ALL(r->entries, rows, gov_row_audit_tail_site_t);
    }
    else {
        GOV_TRY(gov_sql_audit_tail(&rows, db, r->max, r->pool));
        ADD_ALL(r->entries, rows, gov_row_audit_tail_t);
    }
    return NULL;
}

/* "edition.*" for LIKE: only a star at the end means anything. */
static const char *
pattern(const char *text, apr_pool_t *pool)
{
    gov_buf_t *out = gov_buf_create(64, pool);

    if (!text || !*text)
        return "%";
    for (; *text; text++) {
        if (*text == '*' && !text[1]) {
            gov_buf_add(out, "%", 1);
            break;
        }
        if (*text == '%' || *text == '_' || *text == '\\')
            gov_buf_add(out, "\\", 1);
        gov_buf_add(out, text, 1);
    }
    return out->data;
}

/* A DATETIME ends with the year 9999. */
#define END_OF_TIME (APR_INT64_C(253402300799) * APR_USEC_PER_SEC)

/* Ids are given in the order of time but for what waits to be committed. */
#define DISORDER apr_time_from_sec(600)

/* The first id whose row, or the next that is there, is not of before AT; LAST + 1:
   there is none. */
static gov_err_t *
id_at(apr_int64_t *id, gov_db_t *db, apr_time_t at, apr_int64_t last,
      apr_pool_t *pool)
{
    apr_int64_t low = 1, high = last + 1;

    while (low < high) {
        apr_int64_t middle = low + (high - low) / 2;
        gov_row_audit_from_t row;
        gov_err_t *err = gov_sql_audit_from(&row, db, middle, pool);

        if (err && err->code != GOV_E_NOT_FOUND)
            return err;
        if (err || row.at >= at)
            high = middle;
        else
            low = row.id + 1;
    }
    *id = low;
    return NULL;
}

/* Which ids can be of the time that is asked for. */
static gov_err_t *
id_range(apr_int64_t *first, apr_int64_t *last, gov_db_t *db,
         const gov_audit_query_t *q, apr_pool_t *pool)
{
    gov_row_audit_newest_t newest;
    apr_int64_t after;

    *first = 1;
    GOV_TRY(gov_sql_audit_newest(&newest, db, pool));
    *last = newest.id;
    if (q->from > DISORDER)
        GOV_TRY(id_at(first, db, q->from - DISORDER, newest.id, pool));
    if (q->to && q->to < END_OF_TIME - DISORDER) {
        GOV_TRY(id_at(&after, db, q->to + DISORDER, newest.id, pool));
        *last = after - 1;
    }
    return NULL;
}

static bool
is_pattern(const char *text)
{
    return text[strlen(text) - 1] == '*';
}

static gov_err_t *
read_fitting(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    read_t *r = baton;
    const gov_audit_query_t *q = r->query;
    const char *actor = q->actor ? q->actor : "";
    const char *outcome = q->outcome ? q->outcome : "";
    const char *object = q->object ? q->object : "";
    const char *action = pattern(q->action, scratch);
    apr_time_t from = q->from ? q->from : 1, to = q->to ? q->to : END_OF_TIME;
    int max = q->max ? q->max : MOST;
    apr_int64_t first, last;
    apr_array_header_t *rows;

    r->entries->nelts = 0;
    if (*object && !is_pattern(object)) {
        GOV_TRY(gov_sql_audit_search_object(
            &rows, db, object, q->site, q->site, action, actor, actor,
            outcome, outcome, from, to, max, q->skip, r->pool));
        ADD_ALL(r->entries, rows, gov_row_audit_search_object_t);
        return NULL;
    }
    object = pattern(object, scratch);
    if (*actor) {
        GOV_TRY(gov_sql_audit_search_actor(
            &rows, db, actor, q->site, q->site, action, object, outcome,
            outcome, from, to, max, q->skip, r->pool));
        ADD_ALL(r->entries, rows, gov_row_audit_search_actor_t);
        return NULL;
    }
    GOV_TRY(id_range(&first, &last, db, q, scratch));
    GOV_TRY(gov_sql_audit_search(
        &rows, db, first, last, q->site, q->site, action, object, outcome,
        outcome, from, to, max, q->skip, r->pool));
    ADD_ALL(r->entries, rows, gov_row_audit_search_t);
    return NULL;
}

static int
by_id(const void *a, const void *b)
{
    const gov_audit_entry_t *x = a, *y = b;

    return x->id < y->id ? -1 : x->id > y->id;
}

static gov_err_t *
read_objects(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    read_t *r = baton;
    apr_array_header_t *rows;
    int i;

    (void)scratch;
    r->entries->nelts = 0;
    for (i = 0; i < r->objects->nelts; i++) {
        GOV_TRY(gov_sql_audit_object(
            &rows, db, APR_ARRAY_IDX(r->objects, i, const char *), MOST,
            r->pool));
        ADD_ALL(r->entries, rows, gov_row_audit_object_t);
    }
    qsort(r->entries->elts, (size_t)r->entries->nelts,
          sizeof(gov_audit_entry_t), by_id);
    return NULL;
}

/* Whose rows belong to one site sees no others of the same object. */
static void
keep_site(apr_array_header_t *entries, apr_int64_t site)
{
    int i, kept = 0;

    for (i = 0; i < entries->nelts; i++)
        if (APR_ARRAY_IDX(entries, i, gov_audit_entry_t).site == site)
            APR_ARRAY_IDX(entries, kept++, gov_audit_entry_t) =
                APR_ARRAY_IDX(entries, i, gov_audit_entry_t);
    entries->nelts = kept;
}

static gov_err_t *
note_reader(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const read_t *r = baton;

    return gov_audit_add(db, r->ctx, "audit.read", r->site, "audit", true,
                         r->what, pool);
}

/* The machine's operator and the program itself read it all the time. */
static gov_err_t *
run(read_t *r, gov_store_fn_t fn, const gov_permit_t *permit)
{
    bool all = !gov_permit_check(permit, GOV_ACTION_AUDIT, 0, 0, r->pool);

    if (!all) {
        if (!r->site)
            return gov_permit_check(permit, GOV_ACTION_AUDIT, 0, 0, r->pool);
        GOV_TRY(gov_permit_check(permit, GOV_ACTION_READ, r->site, 0,
                                 r->pool));
    }
    if (r->ctx->actor->kind == GOV_ACTOR_PERSON)
        GOV_TRY(gov_store_tx(r->ctx->store, note_reader, r, r->pool));
    r->entries = apr_array_make(r->pool, 64, sizeof(gov_audit_entry_t));
    GOV_TRY(gov_store_read(r->ctx->store, fn, r, r->pool));
    if (!all)
        keep_site(r->entries, r->site);
    return NULL;
}

gov_err_t *
gov_audit_tail(apr_array_header_t **entries, const gov_ctx_t *ctx,
               apr_int64_t site, int max, const gov_permit_t *permit,
               apr_pool_t *pool)
{
    read_t r = { .ctx = ctx, .site = site, .max = max, .what = "tail",
                 .pool = pool };

    GOV_TRY(run(&r, read_tail, permit));
    *entries = r.entries;
    return NULL;
}

static const char *
said(const char *text)
{
    return text ? text : "*";
}

gov_err_t *
gov_audit_search(apr_array_header_t **entries, const gov_ctx_t *ctx,
                 const gov_audit_query_t *query, const gov_permit_t *permit,
                 apr_pool_t *pool)
{
    read_t r = { .ctx = ctx, .site = query->site, .query = query,
                 .pool = pool };

    r.what = apr_pstrcat(pool, "actor ", said(query->actor), " action ",
                         said(query->action), " object ", said(query->object),
                         NULL);
    GOV_TRY(run(&r, read_fitting, permit));
    *entries = r.entries;
    return NULL;
}

gov_err_t *
gov_audit_of(apr_array_header_t **entries, const gov_ctx_t *ctx,
             apr_int64_t site, const apr_array_header_t *objects,
             const gov_permit_t *permit, apr_pool_t *pool)
{
    read_t r = { .ctx = ctx, .site = site, .objects = objects, .pool = pool };

    r.what = apr_array_pstrcat(pool, objects, ' ');
    GOV_TRY(run(&r, read_objects, permit));
    *entries = r.entries;
    return NULL;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/integrity_rekey.c -- tags under the ring's newest key.

   A tag is renewed only if the old one holds: a change behind the program's back
   must not get a good tag by the way.  Nothing is read anew from elsewhere, neither
   are heads from lists nor neighbours from entries: each text keeps what it says.
   In slices, each a transaction; an UPDATE that meets another tag than the one that
   was checked changes nothing, for whoever was faster has the newest key. */

#include <string.h>

#include "content_priv.h"
#include "sql_content.h"

#define SLICE 100

typedef struct rekey_t {
    const gov_ctx_t *ctx;
    gov_guard_t guard;
    int key;                      /* to be counted; 0: renew */
    int current;
    const gov_site_t *site;
    /* where the slice begins, and where the next one does */
    apr_int64_t id, next_id;
    char lang[24], next_lang[24];
    unsigned char hash[16], next_hash[16];
    bool hash_set;
    apr_int64_t column;           /* the head */
    char column_lang[24];
    bool found;                   /* it is there */
    /* of the slice */
    gov_reseal_sum_t part;
    bool more;
    apr_pool_t *pool;             /* of the sum */
} rekey_t;

/* Is there something to do about a tag that KEY made?  Counts it if that is all. */
static bool
wanted(rekey_t *r, int key)
{
    if (!key)
        return false;
    if (r->key) {
        r->part.done += key == r->key;
        return false;
    }
    return key != r->current;
}

static void
wrong(rekey_t *r, const char *object, apr_int64_t id)
{
    if (!r->part.left++)
        r->part.first = apr_psprintf(r->pool, "the tag of %s:%" APR_INT64_T_FMT
                                     " does not hold; see govctl integrity "
                                     "check", object, id);
}

static gov_bytes_t
bytes_of(const unsigned char mac[GOV_MAC_SIZE])
{
    gov_bytes_t bytes = { (const char *)mac, GOV_MAC_SIZE };

    return bytes;
}

/* WORK on each row of a slice.  What it reads lives as long as its row. */
typedef gov_err_t *(*row_fn_t)(gov_db_t *db, rekey_t *r, const void *row,
                               apr_pool_t *pool);

static gov_err_t *
each(gov_db_t *db, rekey_t *r, const apr_array_header_t *rows, row_fn_t work,
     apr_pool_t *pool)
{
    apr_pool_t *iterpool;
    int i;

    apr_pool_create(&iterpool, pool);
    for (i = 0; i < rows->nelts; i++) {
        apr_pool_clear(iterpool);
        GOV_TRY(work(db, r, rows->elts + i * rows->elt_size, iterpool));
    }
    apr_pool_destroy(iterpool);
    r->more = rows->nelts == SLICE;
    return NULL;
}

/* --- editions -------------------------------------------------------------- */

static gov_err_t *
edition(gov_db_t *db, rekey_t *r, const void *item, apr_pool_t *pool)
{
    const gov_row_editions_tagged_t *row = item;
    gov_content__live_t live = { .site = r->site->id,
                                 .document = row->document_id,
                                 .lang = row->lang, .version = row->version,
                                 .edition_tag = row->edition_tag,
                                 .edition_key = (int)row->edition_key };
    unsigned char mac[GOV_MAC_SIZE];
    apr_int64_t hit;
    bool untagged;

    r->next_id = row->id;
    if (!wanted(r, (int)row->edition_key))
        return NULL;
    GOV_CONTENT__TEXTS(&live, row);
    if (gov_content__edition_wrong(&untagged, &r->guard, &live, pool)) {
        wrong(r, "edition", row->id);
        return NULL;
    }
    gov_assert(gov_content__edition_mac(mac, r->ctx->keys, r->current, &live,
                                        pool));
    GOV_TRY(gov_sql_edition_retag(&hit, db, bytes_of(mac), r->current,
                                  r->site->id, row->id, row->edition_tag,
                                  pool));
    r->part.done += hit;
    return NULL;
}

static gov_err_t *
editions(gov_db_t *db, rekey_t *r, apr_pool_t *pool)
{
    apr_array_header_t *rows;

    GOV_TRY(gov_sql_editions_tagged(&rows, db, r->site->id, r->id, SLICE,
                                    pool));
    return each(db, r, rows, edition, pool);
}

/* --- live editions ----------------------------------------------------------- */

static gov_err_t *
live_tag(gov_db_t *db, rekey_t *r, const gov_row_live_slice_t *row,
         apr_pool_t *pool)
{
    gov_content__live_t live = { .site = r->site->id,
                                 .document = row->document_id,
                                 .lang = row->lang };
    unsigned char content[GOV_MAC_SIZE], tag[GOV_MAC_SIZE];
    apr_int64_t hit;
    bool untagged;

    GOV_CONTENT__LIVE(&live, row);
    GOV_CONTENT__TEXTS(&live, row);
    if (gov_content__live_wrong(&untagged, &r->guard, &live, true, pool)) {
        wrong(r, "document", row->document_id);
        return NULL;
    }
    gov_assert(gov_content__content_mac(content, r->ctx->keys, r->current,
                                        &live, pool));
    live.content = bytes_of(content);
    gov_assert(gov_content__live_mac(tag, r->ctx->keys, r->current, &live,
                                     pool));
    GOV_TRY(gov_sql_live_retag(&hit, db, live.content, bytes_of(tag),
                               r->current, r->site->id, row->document_id,
                               row->lang, row->tag, pool));
    r->part.done += hit;
    return NULL;
}

/* A neighbour's entry: a copy out of the list of the document's column. */
static gov_err_t *
neighbour(gov_db_t *db, rekey_t *r, const gov_row_live_slice_t *row,
          bool older, apr_pool_t *pool)
{
    gov_content__bind_t bind = { NULL, r->site->id, row->column_id };
    const char *text = older ? row->older : row->newer, *renewed;
    apr_int64_t hit;

    if (!text || !wanted(r, gov_content__item_key(text)))
        return NULL;
    renewed = gov_content__item_retag(text, r->ctx->keys, &bind, pool);
    if (!renewed) {
        wrong(r, "document", row->document_id);
        return NULL;
    }
    if (older)
        GOV_TRY(gov_sql_live_retag_older(&hit, db, renewed, r->site->id,
                                         row->document_id, row->lang, text,
                                         pool));
    else
        GOV_TRY(gov_sql_live_retag_newer(&hit, db, renewed, r->site->id,
                                         row->document_id, row->lang, text,
                                         pool));
    r->part.done += hit;
    return NULL;
}

static gov_err_t *
live_row(gov_db_t *db, rekey_t *r, const void *item, apr_pool_t *pool)
{
    const gov_row_live_slice_t *row = item;

    r->next_id = row->document_id;
    apr_cpystrn(r->next_lang, row->lang, sizeof(r->next_lang));
    if (row->tag.data && wanted(r, (int)row->tag_key))
        GOV_TRY(live_tag(db, r, row, pool));
    GOV_TRY(neighbour(db, r, row, true, pool));
    return neighbour(db, r, row, false, pool);
}

static gov_err_t *
live(gov_db_t *db, rekey_t *r, apr_pool_t *pool)
{
    apr_array_header_t *rows;

    GOV_TRY(gov_sql_live_slice(&rows, db, r->site->id, r->id, r->id, r->lang,
                               SLICE, pool));
    return each(db, r, rows, live_row, pool);
}

/* --- keywords ---------------------------------------------------------------- */

static gov_err_t *
keyword(gov_db_t *db, rekey_t *r, const void *item, apr_pool_t *pool)
{
    const gov_row_keywords_slice_t *row = item;
    gov_content__bind_t bind = { NULL, 0, 0 };
    const char *renewed;
    apr_int64_t hit;

    if (!wanted(r, gov_content__item_key(row->item)))
        return NULL;
    renewed = gov_content__item_retag(row->item, r->ctx->keys, &bind, pool);
    if (!renewed) {
        wrong(r, "document", row->document_id);
        return NULL;
    }
    GOV_TRY(gov_sql_keyword_set_item(&hit, db, renewed, r->site->id, row->lang,
                                     row->keyword, row->published_at,
                                     row->document_id, row->item, pool));
    r->part.done += hit;
    return NULL;
}

static gov_err_t *
keywords(gov_db_t *db, rekey_t *r, apr_pool_t *pool)
{
    apr_array_header_t *documents, *rows;
    apr_int64_t last = APR_INT64_MAX;

    GOV_TRY(gov_sql_site_live_ids(&documents, db, r->site->id, r->id, SLICE,
                                  pool));
    if (documents->nelts == SLICE)
        last = APR_ARRAY_IDX(documents, SLICE - 1,
                             gov_row_site_live_ids_t).document_id;
    GOV_TRY(gov_sql_keywords_slice(&rows, db, r->site->id, r->id, last, pool));
    GOV_TRY(each(db, r, rows, keyword, pool));
    r->next_id = last;
    r->more = documents->nelts == SLICE;
    return NULL;
}

/* --- redirects --------------------------------------------------------------- */

static gov_err_t *
redirect(gov_db_t *db, rekey_t *r, const void *item, apr_pool_t *pool)
{
    const gov_row_redirects_slice_t *row = item;
    unsigned char mac[GOV_MAC_SIZE];
    apr_int64_t hit;

    memcpy(r->next_hash, row->hash.data, sizeof(r->next_hash));
    if (!row->tag.data || !wanted(r, (int)row->tag_key))
        return NULL;
    if (gov_content__redirect_check(&r->guard, r->site->id, row->hash,
                                    row->target, row->document_id, row->tag,
                                    (int)row->tag_key, pool)) {
        wrong(r, "redirect", r->site->id);
        return NULL;
    }
    gov_assert(gov_content__redirect_mac(mac, r->ctx->keys, r->current,
                                         r->site->id, row->hash, row->target,
                                         row->document_id, pool));
    GOV_TRY(gov_sql_redirect_retag(&hit, db, bytes_of(mac), r->current,
                                   r->site->id, row->hash, row->tag, pool));
    r->part.done += hit;
    return NULL;
}

static gov_err_t *
redirects(gov_db_t *db, rekey_t *r, apr_pool_t *pool)
{
    gov_bytes_t after = { r->hash_set ? (const char *)r->hash : "",
                          r->hash_set ? sizeof(r->hash) : 0 };
    apr_array_header_t *rows;

    GOV_TRY(gov_sql_redirects_slice(&rows, db, r->site->id, after, SLICE,
                                    pool));
    return each(db, r, rows, redirect, pool);
}

/* --- columns ------------------------------------------------------------------ */

static gov_err_t *
entry(gov_db_t *db, rekey_t *r, const void *item, apr_pool_t *pool)
{
    const gov_row_listing_slice_t *row = item;
    gov_content__bind_t bind = { NULL, r->site->id, r->column };
    const char *renewed;
    apr_int64_t hit;

    r->next_id = row->sort_key;
    if (!wanted(r, gov_content__item_key(row->item)))
        return NULL;
    renewed = gov_content__item_retag(row->item, r->ctx->keys, &bind, pool);
    if (!renewed) {
        wrong(r, "column", r->column);
        return NULL;
    }
    GOV_TRY(gov_sql_listing_set_item(&hit, db, renewed, r->site->id, r->column,
                                     r->column_lang, row->sort_key, row->item,
                                     pool));
    r->part.done += hit;
    return NULL;
}

static gov_err_t *
entries(gov_db_t *db, rekey_t *r, apr_pool_t *pool)
{
    apr_array_header_t *rows;

    GOV_TRY(gov_sql_listing_slice(&rows, db, r->site->id, r->column,
                                  r->column_lang, r->id, SLICE, pool));
    return each(db, r, rows, entry, pool);
}

/* All lines of a head under the current key; NULL: one of them does not hold. */
static const char *
lines(const rekey_t *r, apr_int64_t column, const char *items,
      apr_pool_t *pool)
{
    gov_content__bind_t bind = { NULL, r->site->id, column };
    gov_buf_t *out = gov_buf_create(strlen(items) + 1, pool);
    const char *at = items, *end, *renewed;

    for (; *at; at = *end ? end + 1 : end) {
        end = at + strcspn(at, "\n");
        renewed = gov_content__item_retag(
            apr_pstrmemdup(pool, at, (apr_size_t)(end - at)), r->ctx->keys,
            &bind, pool);
        if (!renewed)
            return NULL;
        gov_buf_str(out, renewed);
        gov_buf_add(out, "\n", *end ? 1 : 0);
    }
    return out->data;
}

static gov_err_t *
head(gov_db_t *db, rekey_t *r, const gov_row_head_next_t *row,
     apr_pool_t *pool)
{
    gov_content__head_t from = { .site = r->site->id,
                                 .column = row->column_id, .lang = row->lang,
                                 .open_page = row->open_page,
                                 .open_count = row->open_count,
                                 .total = row->total, .items = row->items,
                                 .tag = row->tag,
                                 .tag_key = (int)row->tag_key };
    unsigned char mac[GOV_MAC_SIZE];
    apr_int64_t hit;
    bool untagged;

    if (gov_content__head_wrong(&untagged, r->ctx->keys, true, &from, pool)
        || !(from.items = lines(r, row->column_id, row->items, pool))) {
        wrong(r, "column", row->column_id);
        return NULL;
    }
    gov_assert(gov_content__head_mac(mac, r->ctx->keys, r->current, &from,
                                     pool));
    GOV_TRY(gov_sql_head_retag(&hit, db, from.items, bytes_of(mac), r->current,
                               r->site->id, row->column_id, row->lang,
                               row->tag, row->items, pool));
    r->part.done += hit;
    return NULL;
}

/* Its lines and its tag may be of different keys. */
static int
head_key(const rekey_t *r, const gov_row_head_next_t *row, apr_pool_t *pool)
{
    int key = row->tag.data ? (int)row->tag_key : 0;
    char *rest = apr_pstrdup(pool, row->items), *line;

    while ((line = apr_strtok(rest, "\n", &rest)) != NULL) {
        int its = gov_content__item_key(line);

        if (its && (r->key ? its == r->key : its != r->current))
            key = its;
    }
    return key;
}

/* The next head: where it is, and its own tags. */
static gov_err_t *
next_head(gov_db_t *db, rekey_t *r, apr_pool_t *pool)
{
    gov_row_head_next_t row;
    gov_err_t *err = gov_sql_head_next(&row, db, r->site->id, r->column,
                                       r->column, r->column_lang, pool);

    r->more = false;
    r->found = !err;
    if (err)
        return err->code == GOV_E_NOT_FOUND ? NULL : err;
    r->next_id = row.column_id;
    apr_cpystrn(r->next_lang, row.lang, sizeof(r->next_lang));
    if (!row.items)
        row.items = "";
    return wanted(r, head_key(r, &row, pool)) ? head(db, r, &row, pool) : NULL;
}

/* --- slices ------------------------------------------------------------------ */

typedef gov_err_t *(*phase_t)(gov_db_t *db, rekey_t *r, apr_pool_t *pool);

typedef struct run_t {
    rekey_t *r;
    phase_t phase;
} run_t;

/* May run several times: what it counts begins anew. */
static gov_err_t *
run(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    run_t *s = baton;

    s->r->part.done = s->r->part.left = 0;
    s->r->part.first = NULL;
    return s->phase(db, s->r, pool);
}

static gov_err_t *
step(gov_reseal_sum_t *sum, rekey_t *r, phase_t phase, apr_pool_t *pool)
{
    run_t s = { r, phase };

    GOV_TRY(r->key ? gov_store_read(r->ctx->store, run, &s, pool)
                   : gov_store_tx(r->ctx->store, run, &s, pool));
    sum->done += r->part.done;
    sum->left += r->part.left;
    if (!sum->first)
        sum->first = r->part.first;
    return NULL;
}

/* Slice after slice of PHASE, from FIRST on. */
static gov_err_t *
all(gov_reseal_sum_t *sum, rekey_t *r, phase_t phase, apr_int64_t first,
    apr_pool_t *pool)
{
    apr_pool_t *iterpool;

    r->id = r->next_id = first;
    *r->lang = *r->next_lang = '\0';
    r->hash_set = false;
    apr_pool_create(&iterpool, pool);
    do {
        apr_pool_clear(iterpool);
        GOV_TRY(step(sum, r, phase, iterpool));
        r->id = r->next_id;
        memcpy(r->lang, r->next_lang, sizeof(r->lang));
        memcpy(r->hash, r->next_hash, sizeof(r->hash));
        r->hash_set = true;
    } while (r->more);
    apr_pool_destroy(iterpool);
    return NULL;
}

static gov_err_t *
columns(gov_reseal_sum_t *sum, rekey_t *r, apr_pool_t *pool)
{
    apr_pool_t *iterpool;

    r->column = 0;
    *r->column_lang = '\0';
    apr_pool_create(&iterpool, pool);
    for (;;) {
        apr_pool_clear(iterpool);
        GOV_TRY(step(sum, r, next_head, iterpool));
        if (!r->found)
            break;
        r->column = r->next_id;
        memcpy(r->column_lang, r->next_lang, sizeof(r->column_lang));
        GOV_TRY(all(sum, r, entries, APR_INT64_MIN, iterpool));
    }
    apr_pool_destroy(iterpool);
    return NULL;
}

/* Since when all must have a tag. */
static gov_err_t *
mark(gov_db_t *db, rekey_t *r, apr_pool_t *pool)
{
    gov_row_integrity_get_t row;
    unsigned char mac[GOV_MAC_SIZE];
    apr_int64_t hit;
    gov_err_t *err = gov_sql_integrity_get(&row, db, pool);

    if (err)
        return err->code == GOV_E_NOT_FOUND ? NULL : err;
    if (!wanted(r, (int)row.mac_key))
        return NULL;
    if (!gov_content__mark_mac(mac, r->ctx->keys, (int)row.mac_key, row.since,
                               pool)
        || row.mac.len != sizeof(mac)
        || !gov_same(mac, row.mac.data, sizeof(mac))) {
        wrong(r, "group", 0);
        return NULL;
    }
    gov_assert(gov_content__mark_mac(mac, r->ctx->keys, r->current, row.since,
                                     pool));
    GOV_TRY(gov_sql_integrity_retag(&hit, db, bytes_of(mac), r->current,
                                    row.mac, pool));
    r->part.done += hit;
    return NULL;
}

gov_err_t *
gov_content__rekey(gov_reseal_sum_t *result, const gov_ctx_t *ctx, int key,
                   apr_pool_t *pool)
{
    const apr_array_header_t *sites = gov_group_sites(ctx->group);
    rekey_t r = { .ctx = ctx, .key = key, .pool = pool };
    gov_reseal_sum_t sum = { 0, 0, NULL };
    apr_pool_t *iterpool;
    int i;

    r.current = gov_keys_current(ctx->keys);
    r.guard.keys = ctx->keys;
    r.guard.strict = true;
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < sites->nelts; i++) {
        apr_pool_clear(iterpool);
        r.site = APR_ARRAY_IDX(sites, i, const gov_site_t *);
        GOV_TRY(all(&sum, &r, editions, 0, iterpool));
        GOV_TRY(all(&sum, &r, live, 0, iterpool));
        GOV_TRY(columns(&sum, &r, iterpool));
        GOV_TRY(all(&sum, &r, keywords, 0, iterpool));
        GOV_TRY(all(&sum, &r, redirects, 0, iterpool));
    }
    GOV_TRY(step(&sum, &r, mark, iterpool));
    apr_pool_destroy(iterpool);
    *result = sum;
    return NULL;
}

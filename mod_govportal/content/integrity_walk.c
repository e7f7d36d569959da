/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/integrity_walk.c -- looking at everything public, a little at a time.

   Readers check what they read; the walk finds what nobody reads, and what no
   reader can see in one row: entries of documents that are not public, documents
   that are missing from their column, entries older than their document. */

#include <string.h>

#include "content_priv.h"
#include "sql_content.h"

#define DOCUMENTS 50              /* a step */
#define ENTRIES 200

typedef enum phase_t { HEADS, ENTRIES_OF_HEAD, LIVE, REDIRECTS } phase_t;

struct gov_walk_t {
    apr_int64_t only;             /* the one site; 0: all */
    int site;                     /* index in the group */
    phase_t phase;
    apr_int64_t column;           /* the head that was looked at last */
    char lang[24];
    apr_int64_t key;              /* the entry */
    apr_int64_t document;         /* the document, */
    char document_lang[24];       /* its language, */
    apr_int64_t before;           /* and the last one of the slice before */
    unsigned char hash[16];       /* the redirect */
    bool hash_set;
    gov_walk_sum_t sum, last;
    bool ended;
};

typedef struct step_t {
    gov_walk_t *walk;
    const gov_ctx_t *ctx;
    const gov_site_t *site;
    gov_guard_t guard;
    gov_alarm_fn_t fn;
    void *baton;
} step_t;

gov_walk_t *
gov_walk_create(apr_int64_t site, apr_pool_t *pool)
{
    gov_walk_t *walk = apr_pcalloc(pool, sizeof(*walk));

    walk->only = site;
    return walk;
}

gov_walk_sum_t
gov_walk_sum(const gov_walk_t *walk)
{
    return walk->ended ? walk->last : walk->sum;
}

static void
found(step_t *s, const char *object, const char *wrong, bool untagged)
{
    gov_alarm_t alarm = { .site = s->site->id, .object = object,
                          .what = wrong, .untagged = untagged };

    if (untagged)
        s->walk->sum.untagged++;
    if (!wrong)
        return;
    s->walk->sum.wrong++;
    if (s->fn)
        s->fn(s->baton, &alarm);
}

static const char *
column_named(apr_int64_t column, apr_pool_t *pool)
{
    return apr_psprintf(pool, "column:%" APR_INT64_T_FMT, column);
}

static const char *
document_named(apr_int64_t document, apr_pool_t *pool)
{
    return apr_psprintf(pool, "document:%" APR_INT64_T_FMT, document);
}

/* --- heads and entries of columns ----------------------------------------- */

/* What is wrong with one of a head's entries; its tag covers theirs, not their
   texts. */
static const char *
head_entries_wrong(const step_t *s, const gov_content__head_t *from,
                   apr_pool_t *pool)
{
    gov_content__bind_t bind = { NULL, from->site, from->column };
    char *rest = apr_pstrdup(pool, from->items), *line;
    const char *wrong = NULL;
    bool untagged;

    while (!wrong && (line = apr_strtok(rest, "\n", &rest)) != NULL)
        wrong = gov_content__item_wrong(&untagged, s->guard.keys,
                                        s->guard.strict, &bind, line, pool);
    return wrong;
}

static gov_err_t *
head(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    step_t *s = baton;
    gov_walk_t *w = s->walk;
    gov_content__head_t from = { .site = s->site->id };
    gov_row_head_next_t row;
    const char *wrong;
    bool untagged;
    gov_err_t *err = gov_sql_head_next(&row, db, s->site->id, w->column,
                                       w->column, w->lang, pool);

    if (err && err->code == GOV_E_NOT_FOUND) {
        w->phase = LIVE;
        return NULL;
    }
    if (err)
        return err;
    w->column = row.column_id;
    apr_cpystrn(w->lang, row.lang, sizeof(w->lang));
    w->key = APR_INT64_MIN;
    w->phase = ENTRIES_OF_HEAD;
    from.column = row.column_id;
    from.lang = row.lang;
    from.open_page = row.open_page;
    from.open_count = row.open_count;
    from.total = row.total;
    from.items = row.items ? row.items : "";
    from.tag = row.tag;
    from.tag_key = (int)row.tag_key;
    wrong = gov_content__head_wrong(&untagged, s->guard.keys, s->guard.strict,
                                    &from, pool);
    if (!wrong)
        wrong = head_entries_wrong(s, &from, pool);
    found(s, column_named(w->column, pool), wrong, untagged);
    return NULL;
}

/* Does the row say what its entry says?  What the tag does not cover is compared
   with what others do: the live row's. */
static const char *
entry_contradicts(const gov_row_listing_slice_t *row, const gov_item_t *item,
                  const char *lang)
{
    bool home = !strcmp(row->how, "home");

    if (item->document != row->document_id || item->site != row->document_site
        || strcmp(item->lang, lang) || item->pinned != row->pinned
        || item->published != row->published_at
        || item->updated != row->updated_at)
        return "an entry's place was changed";
    if (!row->live_updated)
        return "an entry is of a document that is not public";
    if (row->live_updated != item->updated)
        return "an entry is older than its document";
    if (home && row->live_key != row->sort_key)
        return "an entry's place was changed";
    return NULL;
}

static gov_err_t *
entries(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    step_t *s = baton;
    gov_walk_t *w = s->walk;
    gov_content__bind_t bind = { NULL, s->site->id, w->column };
    apr_array_header_t *rows;
    apr_pool_t *iterpool;
    int i;

    GOV_TRY(gov_sql_listing_slice(&rows, db, s->site->id, w->column, w->lang,
                                  w->key, ENTRIES, pool));
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_listing_slice_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_listing_slice_t);
        const char *wrong;
        bool untagged;

        apr_pool_clear(iterpool);
        w->key = row->sort_key;
        w->sum.entries++;
        wrong = gov_content__item_wrong(&untagged, s->guard.keys,
                                        s->guard.strict, &bind, row->item,
                                        iterpool);
        if (!wrong)
            wrong = entry_contradicts(row, gov_content__item_decode(
                                          apr_pstrdup(iterpool, row->item),
                                          iterpool), w->lang);
        if (wrong)
            wrong = apr_psprintf(pool, "%s (document %" APR_INT64_T_FMT ")",
                                 wrong, row->document_id);
        found(s, column_named(w->column, pool), wrong, untagged);
    }
    apr_pool_destroy(iterpool);
    if (rows->nelts < ENTRIES)
        w->phase = HEADS;
    return NULL;
}

/* --- live editions -------------------------------------------------------- */

static const char *
live_contradicts(const gov_row_live_slice_t *row, apr_int64_t site)
{
    if (row->edition_site != site || row->edition_document != row->document_id
        || strcmp(row->edition_lang, row->lang))
        return "the live edition is another document's";
    if (strcmp(row->state, "live"))
        return "the live edition is not live by its state";
    return row->listed ? NULL : "the document is missing from its column";
}

/* What its page says of its neighbours are copies of entries of its column. */
static const char *
neighbours_wrong(const step_t *s, const gov_row_live_slice_t *row,
                 apr_pool_t *pool)
{
    gov_content__bind_t bind = { NULL, s->site->id, row->column_id };
    const char *wrong = NULL;
    bool untagged;

    if (row->older)
        wrong = gov_content__item_wrong(&untagged, s->guard.keys,
                                        s->guard.strict, &bind, row->older,
                                        pool);
    if (!wrong && row->newer)
        wrong = gov_content__item_wrong(&untagged, s->guard.keys,
                                        s->guard.strict, &bind, row->newer,
                                        pool);
    return wrong;
}

static void
live(step_t *s, const gov_row_live_slice_t *row, apr_pool_t *pool)
{
    gov_content__live_t live = { .site = s->site->id,
                                 .document = row->document_id,
                                 .lang = row->lang };
    const char *wrong;
    bool untagged;

    GOV_CONTENT__LIVE(&live, row);
    GOV_CONTENT__TEXTS(&live, row);
    wrong = gov_content__live_wrong(&untagged, &s->guard, &live, true, pool);
    if (!wrong)
        wrong = live_contradicts(row, s->site->id);
    if (!wrong)
        wrong = neighbours_wrong(s, row, pool);
    if (wrong)
        wrong = apr_psprintf(pool, "%s (%s)", wrong, row->lang);
    s->walk->sum.documents++;
    found(s, document_named(row->document_id, pool), wrong, untagged);
}

/* What stands beside the documents after BEFORE up to LAST. */
static gov_err_t *
beside(step_t *s, gov_db_t *db, apr_int64_t before, apr_int64_t last,
       apr_pool_t *pool)
{
    gov_content__bind_t bind = { NULL, 0, 0 };
    apr_array_header_t *rows;
    apr_pool_t *iterpool;
    int i;

    GOV_TRY(gov_sql_live_missing(&rows, db, s->site->id, before, last, pool));
    for (i = 0; i < rows->nelts; i++)
        found(s, document_named(APR_ARRAY_IDX(rows, i, gov_row_live_missing_t)
                                    .document_id, pool),
              "the document was taken from the public", false);
    GOV_TRY(gov_sql_keywords_slice(&rows, db, s->site->id, before, last,
                                   pool));
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_keywords_slice_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_keywords_slice_t);
        const char *wrong;
        bool untagged;

        apr_pool_clear(iterpool);
        wrong = gov_content__item_wrong(&untagged, s->guard.keys,
                                        s->guard.strict, &bind, row->item,
                                        iterpool);
        if (!wrong && !row->live)
            wrong = "a keyword is of a document that is not public";
        if (!wrong && apr_atoi64(row->item) != row->document_id)
            wrong = "a keyword's entry is another document's";
        s->walk->sum.entries++;
        found(s, document_named(row->document_id, pool), wrong, untagged);
    }
    apr_pool_destroy(iterpool);
    return NULL;
}

static gov_err_t *
live_slice(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    step_t *s = baton;
    gov_walk_t *w = s->walk;
    apr_array_header_t *rows;
    apr_pool_t *iterpool;
    apr_int64_t upto = w->before;
    int i;

    GOV_TRY(gov_sql_live_slice(&rows, db, s->site->id, w->document,
                               w->document, w->document_lang, DOCUMENTS,
                               pool));
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_live_slice_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_live_slice_t);

        apr_pool_clear(iterpool);
        live(s, row, iterpool);
        w->document = row->document_id;
        apr_cpystrn(w->document_lang, row->lang, sizeof(w->document_lang));
    }
    apr_pool_destroy(iterpool);
    if (rows->nelts < DOCUMENTS) {
        w->phase = REDIRECTS;
        w->hash_set = false;
        upto = APR_INT64_MAX;
    }
    else if (w->document > upto)
        upto = w->document;
    if (upto > w->before)
        GOV_TRY(beside(s, db, w->before, upto, pool));
    w->before = upto;
    return NULL;
}

/* --- redirects ------------------------------------------------------------ */

static gov_err_t *
redirects(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    step_t *s = baton;
    gov_walk_t *w = s->walk;
    gov_bytes_t after = { w->hash_set ? (const char *)w->hash : "",
                          w->hash_set ? sizeof(w->hash) : 0 };
    gov_guard_t quiet = s->guard;
    apr_array_header_t *rows;
    int i;

    quiet.alarm = NULL;
    GOV_TRY(gov_sql_redirects_slice(&rows, db, s->site->id, after, ENTRIES,
                                    pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_redirects_slice_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_redirects_slice_t);
        const gov_err_t *wrong = gov_content__redirect_check(
            &quiet, s->site->id, row->hash, row->target, row->document_id,
            row->tag, (int)row->tag_key, pool);

        memcpy(w->hash, row->hash.data, sizeof(w->hash));
        w->hash_set = true;
        w->sum.entries++;
        found(s, apr_psprintf(pool, "redirect:%" APR_INT64_T_FMT ":%s",
                              s->site->id, gov_hex(row->hash.data,
                                                   row->hash.len, pool)),
              wrong ? apr_psprintf(pool, "the redirect of %s was changed",
                                   apr_pstrndup(pool, row->path, 100))
                    : NULL, !row->tag.data);
    }
    if (rows->nelts == ENTRIES)
        return NULL;
    w->site++;
    w->phase = HEADS;
    w->column = w->document = w->before = 0;
    *w->lang = *w->document_lang = '\0';
    return NULL;
}

/* --- steps ---------------------------------------------------------------- */

static const gov_site_t *
site_at(const gov_walk_t *walk, const gov_ctx_t *ctx)
{
    const apr_array_header_t *sites = gov_group_sites(ctx->group);

    if (walk->only)
        return walk->site == 0 ? gov_site_by_id(ctx->group, walk->only) : NULL;
    return walk->site < sites->nelts
        ? APR_ARRAY_IDX(sites, walk->site, const gov_site_t *) : NULL;
}

gov_err_t *
gov_walk_step(bool *done, gov_walk_t *walk, const gov_ctx_t *ctx,
              gov_alarm_fn_t fn, void *baton, apr_pool_t *pool)
{
    static const gov_store_fn_t phases[] = { head, entries, live_slice,
                                             redirects };
    step_t s = { .walk = walk, .ctx = ctx, .guard = ctx->group->guard,
                 .fn = fn, .baton = baton };

    walk->ended = false;
    *done = true;
    if (!ctx->keys)
        return NULL;
    s.guard.keys = ctx->keys;
    s.site = site_at(walk, ctx);
    if (s.site) {
        GOV_TRY(gov_store_read(ctx->store, phases[walk->phase], &s, pool));
        *done = site_at(walk, ctx) == NULL;
    }
    if (*done) {
        walk->last = walk->sum;
        walk->ended = true;
        memset(&walk->sum, 0, sizeof(walk->sum));
        walk->site = 0;
    }
    return NULL;
}

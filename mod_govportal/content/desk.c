/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/desk.c -- lists and editions for those who run a site. */

#include <string.h>

#include "gov_desk.h"
#include "workflow_priv.h"

typedef struct look_t {
    apr_int64_t site, edition;
    const gov_desk_query_t *query;
    const char *pattern;          /* of LIKE, or "" */
    const char *columns;          /* ids of those to look at; "": all */
    apr_int64_t column;           /* the only one of them; 0: there are more */
    apr_array_header_t *entries;
    apr_hash_t *counts;
    gov_desk_edition_t *found;
    int total;
    apr_pool_t *pool;             /* of the answer */
} look_t;

/* TEXT anywhere, with what LIKE would take for its own. */
static const char *
pattern_of(const char *text, apr_pool_t *pool)
{
    gov_buf_t *out;

    if (!text || !*text)
        return "";
    out = gov_buf_create(64, pool);
    gov_buf_str(out, "%");
    for (; *text; text++) {
        if (strchr("%_\\", *text))
            gov_buf_str(out, "\\");
        gov_buf_add(out, text, 1);
    }
    gov_buf_str(out, "%");
    return out->data;
}

/* Rows of all the lists have the same parts. */
#define ADD_ENTRIES(look, rows, row_type)                                     \
    do {                                                                      \
        int i_;                                                               \
                                                                              \
        for (i_ = 0; i_ < (rows)->nelts; i_++) {                              \
            const row_type *row_ = &APR_ARRAY_IDX((rows), i_, row_type);      \
            gov_desk_entry_t *entry_ = apr_array_push((look)->entries);       \
                                                                              \
            entry_->edition = row_->id;                                       \
            entry_->document = row_->document_id;                             \
            entry_->column = row_->column_id;                                 \
            entry_->type = row_->type;                                        \
            entry_->lang = row_->lang;                                        \
            entry_->state = row_->state;                                      \
            entry_->title = row_->title;                                      \
            entry_->author = row_->created_by;                                \
            entry_->version = (int)row_->version;                             \
            entry_->created = row_->created_at;                               \
            entry_->published = row_->published_at;                           \
            entry_->gone = row_->gone_at;                                     \
        }                                                                     \
    } while (0)

static bool
is_below(const gov_column_t *column, apr_int64_t top)
{
    for (; column; column = column->parent)
        if (column->id == top)
            return true;
    return false;
}

static bool
may_read(const gov_ctx_t *ctx, apr_int64_t site, apr_int64_t column,
         apr_pool_t *pool)
{
    const gov_permit_t *permit;

    return !gov_permit_get(&permit, ctx, GOV_ACTION_READ, site, column, pool);
}

/* Adds the columns of LIST and below that lie at or below TOP (0: all of them) and
   that the actor may read (ALL: every one). */
static void
add_columns(gov_buf_t *ids, const gov_ctx_t *ctx,
            const apr_array_header_t *list, apr_int64_t top, bool all,
            apr_pool_t *pool)
{
    int i;

    for (i = 0; i < list->nelts; i++) {
        const gov_column_t *column = APR_ARRAY_IDX(list, i,
                                                   const gov_column_t *);

        if ((!top || is_below(column, top))
            && (all || may_read(ctx, column->site->id, column->id, pool)))
            gov_buf_printf(ids, "%s%" APR_INT64_T_FMT, ids->len ? "," : "",
                           column->id);
        add_columns(ids, ctx, column->children, top, all, pool);
    }
}

/* For the statements: "" are all columns, "0" is none. */
static const char *
readable(const gov_ctx_t *ctx, const gov_site_t *site, apr_int64_t top,
         apr_pool_t *pool)
{
    bool all = may_read(ctx, site->id, 0, pool);
    gov_buf_t *ids;

    if (all && !top)
        return "";
    ids = gov_buf_create(128, pool);
    add_columns(ids, ctx, site->columns, top, all, pool);
    return ids->len ? ids->data : "0";
}

/* What the statements ask with: "" is anything. */
typedef struct asked_t {
    const char *state, *type, *lang, *text;
} asked_t;

static asked_t
asked_of(const look_t *look)
{
    const gov_desk_query_t *q = look->query;
    asked_t asked = { q->state ? q->state : "", q->type ? q->type : "",
                      q->lang ? q->lang : "", look->pattern };

    return asked;
}

static gov_err_t *
read_newest(look_t *look, gov_db_t *db)
{
    const gov_desk_query_t *q = look->query;
    asked_t a = asked_of(look);
    apr_array_header_t *rows;

    GOV_TRY(gov_sql_desk_newest(&rows, db, look->site, a.state, a.state,
                                look->columns, look->columns, a.type, a.type,
                                a.lang, a.lang, a.text, a.text, q->limit,
                                q->offset, look->pool));
    ADD_ENTRIES(look, rows, gov_row_desk_newest_t);
    return NULL;
}

static gov_err_t *
read_column(look_t *look, gov_db_t *db)
{
    const gov_desk_query_t *q = look->query;
    asked_t a = asked_of(look);
    apr_array_header_t *rows;

    GOV_TRY(gov_sql_desk_column(&rows, db, look->site, look->column, a.state,
                                a.state, a.type, a.type, a.lang, a.lang,
                                a.text, a.text, q->limit, q->offset,
                                look->pool));
    ADD_ENTRIES(look, rows, gov_row_desk_column_t);
    return NULL;
}

static gov_err_t *
read_sorted(look_t *look, gov_db_t *db)
{
    const gov_desk_query_t *q = look->query;
    const char *up = q->up ? q->order : "", *down = q->up ? "" : q->order;
    asked_t a = asked_of(look);
    apr_array_header_t *rows;

    GOV_TRY(gov_sql_desk_sorted(&rows, db, look->site, a.state, a.state,
                                look->columns, look->columns, a.type, a.type,
                                a.lang, a.lang, a.text, a.text,
                                GOV_DESK_SORTED, up, up, up, up, down, down,
                                down, down, q->limit, q->offset, look->pool));
    ADD_ENTRIES(look, rows, gov_row_desk_sorted_t);
    return NULL;
}

static gov_err_t *
read_total(look_t *look, gov_db_t *db, apr_pool_t *scratch)
{
    int seen = look->query->offset + look->entries->nelts;
    asked_t a = asked_of(look);
    gov_row_desk_column_count_t one;
    gov_row_desk_count_t all;

    look->total = seen;
    if (look->entries->nelts < look->query->limit
        && (look->entries->nelts || !look->query->offset))
        return NULL;              /* this was the last page */
    if (look->column) {
        GOV_TRY(gov_sql_desk_column_count(&one, db, look->site, look->column,
                                          a.state, a.state, a.type, a.type,
                                          a.lang, a.lang, a.text, a.text,
                                          GOV_DESK_COUNTED + 1, scratch));
        look->total = (int)one.total;
    }
    else {
        GOV_TRY(gov_sql_desk_count(&all, db, look->site, a.state, a.state,
                                   look->columns, look->columns, a.type,
                                   a.type, a.lang, a.lang, a.text, a.text,
                                   GOV_DESK_COUNTED + 1, scratch));
        look->total = (int)all.total;
    }
    /* beyond what is counted there may always be one page more */
    if (look->total > GOV_DESK_COUNTED && seen >= look->total)
        look->total = seen + 1;
    return NULL;
}

static gov_err_t *
read_list(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    look_t *look = baton;
    const gov_desk_query_t *q = look->query;

    look->entries = apr_array_make(look->pool, q->limit,
                                   sizeof(gov_desk_entry_t));
    if (q->order && (strcmp(q->order, "id") || q->up)) {
        look->column = 0;         /* the statement sorts whatever columns */
        GOV_TRY(read_sorted(look, db));
    }
    else if (look->column)
        GOV_TRY(read_column(look, db));
    else
        GOV_TRY(read_newest(look, db));
    return read_total(look, db, scratch);
}

gov_err_t *
gov_desk_list(apr_array_header_t **entries, int *total, const gov_ctx_t *ctx,
              const gov_site_t *site, const gov_desk_query_t *query,
              apr_pool_t *pool)
{
    look_t look = { .site = site->id, .query = query, .pool = pool,
                    .pattern = pattern_of(query->text, pool) };

    look.columns = readable(ctx, site, query->column, pool);
    if (*look.columns && !strchr(look.columns, ','))
        look.column = apr_atoi64(look.columns);
    GOV_TRY(gov_store_read(ctx->store, read_list, &look, pool));
    *entries = look.entries;
    *total = look.total;
    return NULL;
}

static void
put_count(apr_hash_t *counts, const char *state, apr_int64_t n,
          apr_pool_t *pool)
{
    int *total = apr_palloc(pool, sizeof(*total));

    *total = (int)n;
    apr_hash_set(counts, state, APR_HASH_KEY_STRING, total);
}

static gov_err_t *
read_waiting(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    look_t *look = baton;
    apr_array_header_t *rows;
    int i;

    (void)scratch;
    GOV_TRY(gov_sql_desk_states(&rows, db, look->site, look->columns,
                                look->columns, look->pool));
    look->counts = apr_hash_make(look->pool);
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_desk_states_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_desk_states_t);

        put_count(look->counts, row->state, row->total, look->pool);
    }
    return NULL;
}

gov_err_t *
gov_desk_waiting(apr_hash_t **counts, const gov_ctx_t *ctx,
                 const gov_site_t *site, apr_pool_t *pool)
{
    look_t look = { .site = site->id, .pool = pool };

    look.columns = readable(ctx, site, 0, pool);
    GOV_TRY(gov_store_read(ctx->store, read_waiting, &look, pool));
    *counts = look.counts;
    return NULL;
}

static gov_err_t *
read_everywhere(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    look_t *look = baton;
    apr_array_header_t *rows;
    int i;

    (void)scratch;
    look->counts = apr_hash_make(look->pool);
    GOV_TRY(gov_sql_desk_states_everywhere(&rows, db, look->pool));
    for (i = 0; i < rows->nelts; i++) {
        gov_row_desk_states_everywhere_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_desk_states_everywhere_t);
        apr_hash_t *counts = apr_hash_get(look->counts, &row->site_id,
                                          sizeof(row->site_id));

        if (!counts) {
            counts = apr_hash_make(look->pool);
            apr_hash_set(look->counts, &row->site_id, sizeof(row->site_id),
                         counts);
        }
        put_count(counts, row->state, row->total, look->pool);
    }
    return NULL;
}

gov_err_t *
gov_desk_waiting_everywhere(apr_hash_t **sites, const gov_ctx_t *ctx,
                            apr_pool_t *pool)
{
    const apr_array_header_t *all = gov_group_sites(ctx->group);
    look_t look = { .pool = pool };
    int i;

    GOV_TRY(gov_store_read(ctx->store, read_everywhere, &look, pool));
    *sites = apr_hash_make(pool);
    for (i = 0; i < all->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(all, i, const gov_site_t *);
        apr_hash_t *counts = NULL;

        if (may_read(ctx, site->id, 0, pool))
            counts = apr_hash_get(look.counts, &site->id, sizeof(site->id));
        else if (gov_permit_somewhere(ctx, GOV_ACTION_READ, site->id)) {
            gov_err_t *err = gov_desk_waiting(&counts, ctx, site, pool);

            /* perhaps what may be read is of a site below this one only */
            if (err && err->code != GOV_E_FORBIDDEN)
                return err;
            if (err)
                counts = NULL;
        }
        if (counts)
            apr_hash_set(*sites, &site->id, sizeof(site->id), counts);
    }
    return NULL;
}

static gov_err_t *
fill_draft(gov_draft_t *draft, const gov_row_edition_whole_t *row,
           apr_pool_t *pool)
{
    draft->lang = row->lang;
    draft->title = row->title;
    draft->subtitle = row->subtitle;
    draft->summary = row->summary;
    draft->source = row->source;
    draft->source_url = row->source_url;
    draft->author = row->author;
    draft->body = row->body;
    draft->note = row->note;
    GOV_TRY(gov_content__json(&draft->keywords, row->keywords, pool));
    GOV_TRY(gov_content__json(&draft->fields, row->fields, pool));
    GOV_TRY(gov_content__json(&draft->picture, row->picture, pool));
    GOV_TRY(gov_content__json(&draft->gallery, row->gallery, pool));
    GOV_TRY(gov_content__json(&draft->attachments, row->attachments, pool));
    GOV_TRY(gov_content__json(&draft->media, row->media, pool));
    return gov_content__json(&draft->related, row->related, pool);
}

static gov_err_t *
read_edition(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    look_t *look = baton;
    apr_pool_t *pool = look->pool;
    gov_desk_edition_t *e = apr_pcalloc(pool, sizeof(*e));
    gov_row_edition_whole_t row;
    apr_array_header_t *rows;
    int i;

    (void)scratch;
    GOV_TRY(gov_sql_edition_whole(&row, db, look->site, look->edition, pool));
    e->at.id = look->edition;
    e->at.document = row.document_id;
    e->at.site = look->site;
    e->at.column = row.column_id;
    e->at.lang = row.lang;
    e->at.state = row.state;
    e->at.title = row.title;
    e->at.digest = gov_hex(row.digest.data, row.digest.len, pool);
    e->version = (int)row.version;
    e->type = row.type;
    e->author = row.created_by;
    e->created = row.created_at;
    e->published = row.published_at;
    GOV_TRY(fill_draft(&e->draft, &row, pool));

    GOV_TRY(gov_sql_edition_assets(&rows, db, look->site, look->edition,
                                   pool));
    e->draft.assets = apr_array_make(pool, rows->nelts + 1,
                                     sizeof(gov_asset_use_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_edition_assets_t *from =
            &APR_ARRAY_IDX(rows, i, gov_row_edition_assets_t);
        gov_asset_use_t *to = apr_array_push(e->draft.assets);

        to->asset = gov_hex(from->asset_id.data, from->asset_id.len, pool);
        to->name = from->name;
    }
    look->found = e;
    return NULL;
}

gov_err_t *
gov_desk_edition(const gov_desk_edition_t **edition, const gov_ctx_t *ctx,
                 const gov_site_t *site, apr_int64_t id, apr_pool_t *pool)
{
    look_t look = { .site = site->id, .edition = id, .pool = pool };
    const gov_permit_t *permit;
    gov_err_t *err = gov_store_read(ctx->store, read_edition, &look, pool);

    if (err && err->code == GOV_E_NOT_FOUND)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                       "site %s has no edition %" APR_INT64_T_FMT, site->slug,
                       id);
    if (err)
        return err;
    GOV_TRY(gov_permit_get(&permit, ctx, GOV_ACTION_READ, site->id,
                           look.found->at.column, pool));
    *edition = look.found;
    return NULL;
}

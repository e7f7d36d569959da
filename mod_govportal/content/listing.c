/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/listing.c -- writing a document's entries in columns.

   Writers of one column queue on its head row, which every change writes first;
   columns are always locked in the order site, column, so two documents that are
   shared crosswise cannot deadlock. */

#include <stdlib.h>
#include <string.h>

#include "content_priv.h"
#include "sql_content.h"

static int
by_place(const void *a, const void *b)
{
    const gov_content__entry_t *x = a, *y = b;

    if (x->site != y->site)
        return x->site < y->site ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column ? 1 : 0;
}

/* Is WORD in a rule's list?  An empty list takes everything. */
static bool
listed(const char *list, const char *word)
{
    return !*list || gov_text_has_word(list, word);
}

static bool
under_path(const char *list, const char *path, apr_pool_t *pool)
{
    char *at = apr_pstrdup(pool, path), *slash;

    if (!*list)
        return true;
    for (;;) {
        if (listed(list, at))
            return true;
        slash = strrchr(at, '/');
        if (!slash)
            return false;
        *slash = '\0';
    }
}

static bool
has_keyword(const gov_json_t *keywords, const char *keyword)
{
    apr_size_t i;

    if (!*keyword)
        return true;
    for (i = 0; i < gov_json_count(keywords); i++)
        if (!strcmp(gov_json_text(gov_json_at(keywords, i)), keyword))
            return true;
    return false;
}

static bool
matches(const gov_column_t *gatherer, const gov_column_t *home,
        const char *type, const gov_json_t *keywords, apr_pool_t *pool)
{
    int i;

    if (gatherer == home)
        return false;
    for (i = 0; i < gatherer->rules->nelts; i++) {
        const gov_column_rule_t *rule =
            &APR_ARRAY_IDX(gatherer->rules, i, gov_column_rule_t);
        const char *kind = apr_pstrcat(pool, "kind:", home->site->kind, NULL);

        if ((listed(rule->sites, home->site->slug)
             || listed(rule->sites, kind))
            && listed(rule->types, type)
            && under_path(rule->columns, home->path, pool)
            && has_keyword(keywords, rule->keyword))
            return true;
    }
    return false;
}

static void
add_entry(apr_array_header_t *entries, const gov_ctx_t *ctx, apr_int64_t site,
          apr_int64_t column, const char *how)
{
    gov_content__entry_t *entry = apr_array_push(entries);
    const gov_column_t *known = gov_column_by_id(ctx->group, column);

    entry->site = site;
    entry->column = column;
    entry->how = how;
    entry->keys = ctx->keys;
    entry->page_size = known ? known->page_size : 20;
}

gov_err_t *
gov_content__entries(apr_array_header_t **entries, gov_db_t *db,
                     const gov_ctx_t *ctx, const gov_column_t *home,
                     apr_int64_t document, const char *type,
                     const gov_json_t *keywords, apr_pool_t *pool)
{
    const apr_array_header_t *gatherers = gov_group_rule_columns(ctx->group);
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_placement_remove_rules(NULL, db, document, pool));
    for (i = 0; i < gatherers->nelts; i++) {
        const gov_column_t *column =
            APR_ARRAY_IDX(gatherers, i, const gov_column_t *);

        if (matches(column, home, type, keywords, pool))
            GOV_TRY(gov_sql_placement_put(NULL, db, column->site->id,
                                          column->id, document, home->site->id,
                                          "rule", pool));
    }
    GOV_TRY(gov_sql_placements(&rows, db, document, pool));
    *entries = apr_array_make(pool, rows->nelts + 1,
                              sizeof(gov_content__entry_t));
    add_entry(*entries, ctx, home->site->id, home->id, "home");
    for (i = 0; i < rows->nelts; i++) {
        gov_row_placements_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_placements_t);

        if (row->column_id != home->id)
            add_entry(*entries, ctx, row->site_id, row->column_id, row->how);
    }
    qsort((*entries)->elts, (size_t)(*entries)->nelts,
          sizeof(gov_content__entry_t), by_place);
    return NULL;
}

gov_err_t *
gov_content__head_renew(gov_db_t *db, const gov_keys_t *keys,
                        apr_int64_t site, apr_int64_t column,
                        const char *lang, int open_page, int open_count,
                        int total, apr_pool_t *pool)
{
    gov_content__head_t head = { .site = site, .column = column, .lang = lang,
                                 .open_page = open_page,
                                 .open_count = open_count, .total = total };
    unsigned char mac[GOV_MAC_SIZE];
    apr_array_header_t *pinned, *newest;
    gov_buf_t *items = gov_buf_create(8192, pool);
    apr_time_t last = 0;
    int i, count = 0;

    GOV_TRY(gov_sql_listing_pinned(&pinned, db, site, column, lang, pool));
    GOV_TRY(gov_sql_head_newest(&newest, db, site, column, lang, pool));
    for (i = 0; i < pinned->nelts; i++, count++) {
        gov_buf_str(items,
                    APR_ARRAY_IDX(pinned, i, gov_row_listing_pinned_t).item);
        gov_buf_add(items, "\n", 1);
    }
    for (i = 0; i < newest->nelts; i++) {
        const gov_row_head_newest_t *row =
            &APR_ARRAY_IDX(newest, i, gov_row_head_newest_t);

        if (i == 0)
            last = row->sort_key;
        if (count >= GOV_HEAD_ITEMS
            || gov_content__item_decode(apr_pstrdup(pool, row->item), pool)
                   ->pinned)
            continue;
        count++;
        gov_buf_str(items, row->item);
        gov_buf_add(items, "\n", 1);
    }
    head.items = items->data;
    head.tag_key = keys ? gov_keys_current(keys) : 0;
    if (head.tag_key
        && gov_content__head_mac(mac, keys, head.tag_key, &head, pool)) {
        head.tag.data = (const char *)mac;
        head.tag.len = sizeof(mac);
    }
    return gov_sql_head_put(NULL, db, open_page, open_count, total, last,
                            items->data, head.tag, head.tag_key, site, column,
                            lang, pool);
}

/* How far free_key() may step before a key means another place. */
#define STEPS 1000

/* The wanted key, or the next that no other entry of the column has. */
static gov_err_t *
free_key(apr_int64_t *key, gov_db_t *db, const gov_content__entry_t *entry,
         const gov_item_t *item, apr_int64_t wanted, apr_pool_t *pool)
{
    gov_row_listing_key_taken_t row;

    for (*key = wanted;; (*key)++) {
        gov_err_t *err = gov_sql_listing_key_taken(&row, db, entry->site,
                                                   entry->column, item->lang,
                                                   *key, pool);

        if (err)
            return err->code == GOV_E_NOT_FOUND ? NULL : err;
    }
}

/* How a column stands while one of its entries changes. */
typedef struct standing_t {
    int open_page, open_count, total;
    apr_time_t newest;
} standing_t;

/* The page of a new entry: the open one, or if it is older than the newest that
   of its neighbour in time, so that no other entry changes its page. */
static gov_err_t *
find_page(int *page, standing_t *at, gov_db_t *db,
          const gov_content__entry_t *entry, const char *lang, apr_int64_t key,
          apr_pool_t *pool)
{
    gov_row_listing_older_t older;
    gov_err_t *err;

    if (key >= at->newest) {
        if (at->open_count >= entry->page_size) {
            at->open_page++;
            at->open_count = 0;
        }
        *page = at->open_page;
        return NULL;
    }
    err = gov_sql_listing_older(&older, db, entry->site, entry->column, lang,
                                key, pool);
    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    *page = err ? 1 : (int)older.page_no;
    return NULL;
}

static gov_err_t *
enter(apr_int64_t *key, standing_t *at, gov_db_t *db,
      const gov_content__entry_t *entry, const gov_item_t *item,
      apr_int64_t wanted, const char *text, apr_pool_t *pool)
{
    int page;

    GOV_TRY(free_key(key, db, entry, item, wanted, pool));
    GOV_TRY(find_page(&page, at, db, entry, item->lang, *key, pool));
    at->open_count += page == at->open_page;
    at->total++;
    return gov_sql_listing_insert(NULL, db, entry->site, entry->column,
                                  item->lang, *key, page, item->document,
                                  item->site, entry->how, item->pinned,
                                  item->published, item->updated, text, pool);
}

gov_err_t *
gov_content__neighbours(gov_content__neighbours_t *found, gov_db_t *db,
                        apr_int64_t site, apr_int64_t column,
                        const char *lang, apr_int64_t key, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i;

    memset(found, 0, sizeof(*found));
    GOV_TRY(gov_sql_document_neighbours(&rows, db, site, column, lang, key,
                                        site, column, lang, key, pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_document_neighbours_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_document_neighbours_t);
        const gov_item_t *item = gov_content__item_decode(
            apr_pstrdup(pool, row->item), pool);

        if (row->newer) {
            found->newer = row->item;
            found->newer_item = item;
        }
        else {
            found->older = row->item;
            found->older_item = item;
        }
    }
    return NULL;
}

/* What stands at KEY of the column changed to TEXT (NULL: nothing any more): so did
   what its neighbours' pages say of theirs.  Only documents at home in the column
   have them.  Their rows are guarded by the column's head. */
static gov_err_t *
tell_neighbours(gov_content__neighbours_t *found, gov_db_t *db,
                apr_int64_t site, apr_int64_t column, const char *lang,
                apr_int64_t key, const char *text, apr_pool_t *pool)
{
    const gov_item_t *older, *newer;

    GOV_TRY(gov_content__neighbours(found, db, site, column, lang, key, pool));
    older = found->older_item;
    newer = found->newer_item;
    if (older && older->column == column)
        GOV_TRY(gov_sql_live_set_newer(NULL, db, text ? text : found->newer,
                                       site, older->document, lang, column,
                                       pool));
    if (newer && newer->column == column)
        GOV_TRY(gov_sql_live_set_older(NULL, db, text ? text : found->older,
                                       site, newer->document, lang, column,
                                       pool));
    return NULL;
}

gov_err_t *
gov_content__listing_put(apr_int64_t *sort_key,
                         gov_content__neighbours_t *neighbours, gov_db_t *db,
                         const gov_content__entry_t *entry,
                         const gov_item_t *item, apr_int64_t wanted,
                         apr_pool_t *pool)
{
    gov_content__bind_t bind = { NULL, entry->site, entry->column };
    const char *text = gov_content__item_seal(
        gov_content__item_text(item, pool), entry->keys, &bind, pool);
    gov_row_head_state_t head;
    gov_row_listing_get_t have;
    standing_t at;
    apr_int64_t key;
    gov_err_t *err;
    bool stands;

    GOV_TRY(gov_sql_head_lock(NULL, db, entry->site, entry->column, item->lang,
                              pool));
    GOV_TRY(gov_sql_head_state(&head, db, entry->site, entry->column,
                               item->lang, pool));
    at.open_page = (int)head.open_page;
    at.open_count = (int)head.open_count;
    at.total = (int)head.total;
    at.newest = head.last_published_at;
    err = gov_sql_listing_get(&have, db, item->document, entry->site,
                              entry->column, item->lang, pool);
    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    stands = !err;
    if (stands && (have.sort_key < wanted || have.sort_key >= wanted + STEPS)) {
        /* its place changed: out, and in again */
        GOV_TRY(gov_sql_listing_delete(NULL, db, entry->site, entry->column,
                                       item->lang, have.sort_key, pool));
        GOV_TRY(tell_neighbours(neighbours, db, entry->site, entry->column,
                                item->lang, have.sort_key, NULL, pool));
        at.open_count -= have.page_no == head.open_page;
        at.total--;
        stands = false;
    }
    if (stands) {
        key = have.sort_key;
        GOV_TRY(gov_sql_listing_update(NULL, db, item->pinned, item->updated,
                                       text, entry->site, entry->column,
                                       item->lang, key, pool));
    }
    else
        GOV_TRY(enter(&key, &at, db, entry, item, wanted, text, pool));
    if (sort_key)
        *sort_key = key;
    GOV_TRY(tell_neighbours(neighbours, db, entry->site, entry->column,
                            item->lang, key, text, pool));
    return gov_content__head_renew(db, entry->keys, entry->site, entry->column,
                                   item->lang, at.open_page, at.open_count,
                                   at.total, pool);
}

gov_err_t *
gov_content__listing_remove(gov_db_t *db, const gov_keys_t *keys,
                            apr_int64_t site, apr_int64_t column,
                            const char *lang, apr_int64_t sort_key,
                            int page_no, apr_pool_t *pool)
{
    gov_content__neighbours_t left;
    gov_row_head_state_t head;
    apr_int64_t gone;

    GOV_TRY(gov_sql_head_lock(NULL, db, site, column, lang, pool));
    GOV_TRY(gov_sql_head_state(&head, db, site, column, lang, pool));
    GOV_TRY(gov_sql_listing_delete(&gone, db, site, column, lang, sort_key,
                                   pool));
    if (!gone)
        return NULL;
    GOV_TRY(tell_neighbours(&left, db, site, column, lang, sort_key, NULL,
                            pool));
    return gov_content__head_renew(
        db, keys, site, column, lang, (int)head.open_page,
        (int)head.open_count - (page_no == head.open_page), (int)head.total - 1,
        pool);
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/list.c -- reading columns: heads and pages. */

#include <string.h>

#include "content_priv.h"
#include "sql_content.h"

/* From either statement's row. */
#define HEAD_OF(row, site_, lang_)                                            \
    { .site = (site_), .column = (row)->column_id, .lang = (lang_),           \
      .open_page = (row)->open_page, .open_count = (row)->open_count,         \
      .total = (row)->total, .items = (row)->items ? (row)->items : "",       \
      .tag = (row)->tag, .tag_key = (int)(row)->tag_key }

static gov_err_t *
read_head(gov_head_t *head, const gov_site_t *site,
          const gov_content__head_t *from, int max, apr_pool_t *pool)
{
    head->column = from->column;
    head->open_page = (int)from->open_page;
    head->open_count = (int)from->open_count;
    head->total = (int)from->total;
    return gov_content__head_read(&head->items, &site->group->guard, from, max,
                                  pool);
}

/* The usual case once the other blocks of a home page are kept. */
static gov_err_t *
one_head(apr_hash_t *heads, gov_db_t *db, const gov_site_t *site,
         apr_int64_t column, int max, const char *lang, apr_pool_t *pool)
{
    gov_head_t *head = apr_palloc(pool, sizeof(*head));
    const char *source = gov_site_source_lang(site, lang);
    gov_row_head_t row;
    gov_err_t *err = gov_sql_head(&row, db, site->id, column, source, pool);

    if (err)
        return err->code == GOV_E_NOT_FOUND ? NULL : err;
    {
        gov_content__head_t from = HEAD_OF(&row, site->id, source);

        GOV_TRY(read_head(head, site, &from, max, pool));
    }
    apr_hash_set(heads, &head->column, sizeof(head->column), head);
    return NULL;
}

gov_err_t *
gov_heads(apr_hash_t **heads, gov_db_t *db, const gov_site_t *site,
          const apr_array_header_t *columns, int per_column, const char *lang,
          apr_pool_t *pool)
{
    apr_int64_t c[GOV_HEADS_MAX] = { 0 };
    apr_array_header_t *rows;
    int i;

    *heads = apr_hash_make(pool);
    gov_assert(columns->nelts <= GOV_HEADS_MAX);
    if (!columns->nelts)
        return NULL;
    if (columns->nelts == 1)
        return one_head(*heads, db, site,
                        APR_ARRAY_IDX(columns, 0, const gov_column_t *)->id,
                        per_column, lang, pool);
    /* unused places of the IN list repeat the first column: NULL would do too,
       but costs the optimiser a range */
    for (i = 0; i < GOV_HEADS_MAX; i++)
        c[i] = APR_ARRAY_IDX(columns, i < columns->nelts ? i : 0,
                             const gov_column_t *)->id;
    GOV_TRY(gov_sql_heads(&rows, db, site->id, gov_site_source_lang(site, lang),
                          c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8],
                          c[9], c[10], c[11], c[12], c[13], c[14], c[15],
                          c[16], c[17], c[18], c[19], c[20], c[21], c[22],
                          c[23], pool));
    for (i = 0; i < rows->nelts; i++) {
        gov_row_heads_t *row = &APR_ARRAY_IDX(rows, i, gov_row_heads_t);
        gov_content__head_t from =
            HEAD_OF(row, site->id, gov_site_source_lang(site, lang));
        gov_head_t *head = apr_palloc(pool, sizeof(*head));

        GOV_TRY(read_head(head, site, &from, per_column, pool));
        apr_hash_set(*heads, &head->column, sizeof(head->column), head);
    }
    return NULL;
}

/* Add an entry.  Whether it is pinned stands in it and beside it. */
static gov_err_t *
add_item(gov_list_t *list, const gov_column_t *column, const char *text,
         bool pinned, apr_pool_t *pool)
{
    const gov_guard_t *guard = &column->site->group->guard;
    gov_content__bind_t bind = { guard, column->site->id, column->id };
    gov_item_t *item;

    GOV_TRY(gov_content__item_read(&item, &bind, (char *)(apr_uintptr_t)text,
                                   pool));
    if (guard->keys && item->pinned != pinned)
        return gov_content__alarm(guard, column->site->id,
                                  apr_psprintf(pool, "column:%"
                                               APR_INT64_T_FMT, column->id),
                                  "an entry's place was changed", false, pool);
    APR_ARRAY_PUSH(list->items, gov_item_t) = *item;
    return NULL;
}

static gov_err_t *
add_page(gov_list_t *list, gov_db_t *db, const gov_column_t *column, int page,
         bool without_pinned, const char *source, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_listing_page(&rows, db, column->site->id, column->id,
                                 source, page, pool));
    for (i = 0; i < rows->nelts; i++) {
        gov_row_listing_page_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_listing_page_t);

        if (without_pinned && row->pinned)
            continue;
        GOV_TRY(add_item(list, column, row->item, row->pinned, pool));
    }
    return NULL;
}

gov_err_t *
gov_column_list(gov_list_t *list, gov_db_t *db, const gov_column_t *column,
                int page, const char *lang, apr_pool_t *pool)
{
    const char *source = gov_site_source_lang(column->site, lang);
    gov_row_head_t head;
    apr_array_header_t *rows;
    gov_err_t *err;
    int i;

    memset(list, 0, sizeof(*list));
    list->items = apr_array_make(pool, column->page_size * 2,
                                 sizeof(gov_item_t));
    err = gov_sql_head(&head, db, column->site->id, column->id, source, pool);
    if (err && err->code == GOV_E_NOT_FOUND) {
        if (page)
            return err;
        return NULL;              /* nothing was ever published here */
    }
    if (err)
        return err;
    {
        gov_content__head_t from = HEAD_OF(&head, column->site->id, source);
        apr_array_header_t *none;

        GOV_TRY(gov_content__head_read(&none, &column->site->group->guard,
                                       &from, 0, pool));
    }
    list->total = (int)head.total;
    list->pages = (int)head.open_page;
    if (page) {
        list->page = page;
        if (page > list->pages)
            return gov_err(GOV_E_NOT_FOUND, NULL, pool, "page %d of %d", page,
                           list->pages);
        return add_page(list, db, column, page, false, source, pool);
    }
    list->page = list->pages;
    GOV_TRY(gov_sql_listing_pinned(&rows, db, column->site->id, column->id,
                                   source, pool));
    for (i = 0; i < rows->nelts; i++)
        GOV_TRY(add_item(list, column,
                         APR_ARRAY_IDX(rows, i, gov_row_listing_pinned_t).item,
                         true, pool));
    GOV_TRY(add_page(list, db, column, list->pages, true, source, pool));
    /* a short newest page is filled up with the one before it */
    if (list->pages > 1 && head.open_count < column->page_size) {
        GOV_TRY(add_page(list, db, column, list->pages - 1, true, source,
                         pool));
        list->page = list->pages - 1;
    }
    return NULL;
}

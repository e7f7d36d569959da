/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/document.c -- reading what the public may see. */

#include <string.h>

#include "content_priv.h"
#include "sql_content.h"

gov_err_t *
gov_content__json(const gov_json_t **value, const char *text,
                  apr_pool_t *pool)
{
    *value = NULL;
    if (!text || !*text)
        return NULL;
    return gov_json_parse(value, text, strlen(text), pool);
}

static gov_err_t *
check_tags(const gov_row_document_live_t *row, const gov_site_t *site,
           apr_int64_t id, const char *lang, apr_pool_t *pool)
{
    gov_content__live_t live = { .site = site->id, .document = id,
                                 .lang = lang };

    if (!site->group->guard.keys)
        return NULL;
    GOV_CONTENT__LIVE(&live, row);
    GOV_CONTENT__TEXTS(&live, row);
    return gov_content__live_check(&site->group->guard, &live, true, pool);
}

/* NULL for a document that a writer made up to ask with. */
static const gov_guard_t *
guard_of(const gov_document_t *doc)
{
    return doc->group ? &doc->group->guard : NULL;
}

/* An entry beside a page's own matter: one that was changed is left out, with an
   alarm; the page is not lost for it. */
static gov_item_t *
read_or_skip(const gov_content__bind_t *bind, const char *text,
             apr_pool_t *pool)
{
    gov_item_t *item;

    return gov_content__item_read(&item, bind, (char *)(apr_uintptr_t)text,
                                  pool) ? NULL : item;
}

static gov_err_t *
fill(const gov_document_t **result, const gov_row_document_live_t *row,
     const gov_site_t *site, apr_int64_t id, const char *lang, bool translated,
     apr_pool_t *pool)
{
    gov_document_t *doc = apr_pcalloc(pool, sizeof(*doc));
    gov_content__bind_t beside;

    GOV_TRY(check_tags(row, site, id, lang, pool));
    doc->id = id;
    doc->group = site->group;
    beside.guard = guard_of(doc);
    beside.site = site->id;
    beside.column = row->column_id;
    doc->site = site->id;
    doc->column = row->column_id;
    doc->edition = row->edition;
    doc->type = row->type;
    doc->lang = lang;
    doc->translated = translated;
    doc->published = row->published_at;
    doc->updated = row->updated_at;
    doc->sort_key = row->sort_key;
    doc->title = row->title;
    doc->subtitle = row->subtitle;
    doc->summary = row->summary;
    doc->source = row->source;
    doc->source_url = row->source_url;
    doc->author = row->author;
    doc->body = row->body;
    if (row->older)
        doc->older = read_or_skip(&beside, row->older, pool);
    if (row->newer)
        doc->newer = read_or_skip(&beside, row->newer, pool);
    if (row->langs)
        doc->langs = gov_text_split(row->langs, " ", pool);
    GOV_TRY(gov_content__json(&doc->keywords, row->keywords, pool));
    GOV_TRY(gov_content__json(&doc->fields, row->fields, pool));
    GOV_TRY(gov_content__json(&doc->picture, row->picture, pool));
    GOV_TRY(gov_content__json(&doc->gallery, row->gallery, pool));
    GOV_TRY(gov_content__json(&doc->attachments, row->attachments, pool));
    GOV_TRY(gov_content__json(&doc->media, row->media, pool));
    GOV_TRY(gov_content__json(&doc->related, row->related, pool));
    *result = doc;
    return NULL;
}

gov_err_t *
gov_document_live(const gov_document_t **document, gov_db_t *db,
                  const gov_site_t *site, apr_int64_t id, const char *lang,
                  apr_pool_t *pool)
{
    const char *source = gov_site_source_lang(site, lang);
    const char *first = APR_ARRAY_IDX(site->languages, 0, gov_site_lang_t).lang;
    gov_row_document_live_t row;
    gov_row_document_gone_t gone;
    gov_err_t *err;

    err = gov_sql_document_live(&row, db, site->id, id, source, pool);
    if (!err)
        return fill(document, &row, site, id, source, true, pool);
    if (err->code != GOV_E_NOT_FOUND)
        return err;
    if (strcmp(first, source)) {
        err = gov_sql_document_live(&row, db, site->id, id, first, pool);
        if (!err)
            return fill(document, &row, site, id, first, false, pool);
        if (err->code != GOV_E_NOT_FOUND)
            return err;
    }
    err = gov_sql_document_gone(&gone, db, site->id, id, pool);
    return err ? err
               : gov_err(GOV_E_GONE, NULL, pool,
                         "document %" APR_INT64_T_FMT " was withdrawn", id);
}

gov_err_t *
gov_document_single(const gov_document_t **document, gov_db_t *db,
                    const gov_column_t *column, const char *lang,
                    apr_pool_t *pool)
{
    const gov_site_t *site = column->site;
    const char *source = gov_site_source_lang(site, lang);
    const char *first = APR_ARRAY_IDX(site->languages, 0, gov_site_lang_t).lang;
    gov_row_listing_newest_one_t row;
    gov_err_t *err;

    err = gov_sql_listing_newest_one(&row, db, site->id, column->id, source,
                                     pool);
    if (err && err->code == GOV_E_NOT_FOUND && strcmp(first, source))
        err = gov_sql_listing_newest_one(&row, db, site->id, column->id, first,
                                         pool);
    if (err)
        return err;
    return gov_document_live(document, db, site, row.document_id, lang, pool);
}

/* Add ITEM unless it is the document itself or there already. */
static void
add_once(apr_array_header_t *items, const gov_item_t *item, apr_int64_t self)
{
    int i;

    if (!item || item->document == self)
        return;
    for (i = 0; i < items->nelts; i++)
        if (APR_ARRAY_IDX(items, i, gov_item_t).document == item->document)
            return;
    APR_ARRAY_PUSH(items, gov_item_t) = *item;
}

/* The editor's choice of related documents. */
static gov_err_t *
chosen(apr_array_header_t *found, gov_db_t *db, const gov_document_t *doc,
       int max, apr_pool_t *pool)
{
    gov_content__bind_t bind = { guard_of(doc), 0, GOV_CONTENT__HOME };
    apr_size_t i;

    for (i = 0; i < gov_json_count(doc->related) && found->nelts < max; i++) {
        const gov_json_t *member = gov_json_at(doc->related, i);
        gov_row_item_of_document_t row;
        gov_err_t *err = gov_sql_item_of_document(
            &row, db, gov_json_int(member, "site", doc->site),
            gov_json_int(member, "document", 0), doc->lang, pool);

        if (!err)
            add_once(found, read_or_skip(&bind, row.item, pool), doc->id);
        else if (err->code != GOV_E_NOT_FOUND)
            return err;
    }
    return NULL;
}

gov_err_t *
gov_document_around(gov_around_t *around, gov_db_t *db,
                    const gov_document_t *doc, apr_pool_t *pool)
{
    gov_content__neighbours_t beside;
    apr_array_header_t *rows, *langs;
    int i;

    around->older = doc->older;
    around->newer = doc->newer;
    around->langs = doc->langs;
    if (doc->langs)
        return NULL;
    /* written before such things were kept with the document */
    GOV_TRY(gov_content__neighbours(&beside, db, doc->site, doc->column,
                                    doc->lang, doc->sort_key, pool));
    around->older = beside.older_item;
    around->newer = beside.newer_item;
    GOV_TRY(gov_sql_live_langs(&rows, db, doc->site, doc->id, pool));
    langs = apr_array_make(pool, rows->nelts + 1, sizeof(const char *));
    for (i = 0; i < rows->nelts; i++)
        APR_ARRAY_PUSH(langs, const char *) =
            APR_ARRAY_IDX(rows, i, gov_row_live_langs_t).lang;
    around->langs = langs;
    return NULL;
}

gov_err_t *
gov_document_related(apr_array_header_t **related, gov_db_t *db,
                     const gov_document_t *doc, int max,
                     gov_keyword_fn_t list, void *baton, apr_pool_t *pool)
{
    gov_content__bind_t bind = { guard_of(doc), 0, 0 };
    apr_size_t i;
    int k;

    *related = apr_array_make(pool, max + 1, sizeof(gov_item_t));
    GOV_TRY(chosen(*related, db, doc, max, pool));
    for (i = 0; i < 2 && i < gov_json_count(doc->keywords)
                && (*related)->nelts < max; i++) {
        const char *word = gov_json_text(gov_json_at(doc->keywords, i));
        apr_array_header_t *items;
        const char *text;

        if (!word || !*word)
            continue;
        GOV_TRY(list(&text, db, doc->lang, word, baton));
        GOV_TRY(gov_content__items_read(&items, &bind, text, max + 1, pool));
        for (k = 0; k < items->nelts && (*related)->nelts < max; k++)
            add_once(*related, &APR_ARRAY_IDX(items, k, gov_item_t), doc->id);
    }
    return NULL;
}

gov_err_t *
gov_keyword_list(const char **text, apr_array_header_t *documents, gov_db_t *db,
                 const gov_site_t *site, const char *lang, const char *keyword,
                 int max, apr_pool_t *pool)
{
    gov_buf_t *lines = gov_buf_create(4096, pool);
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_keyword_items(&rows, db, site->id, lang, keyword, max,
                                  pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_keyword_items_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_keyword_items_t);

        APR_ARRAY_PUSH(documents, apr_int64_t) = row->document_id;
        gov_buf_str(lines, row->item);
        gov_buf_add(lines, "\n", 1);
    }
    *text = lines->data;
    return NULL;
}

gov_err_t *
gov_document_by_keyword(apr_array_header_t **items, gov_db_t *db,
                        const gov_site_t *site, const char *lang,
                        const char *keyword, bool group, int max,
                        apr_pool_t *pool)
{
    const char *source = gov_site_source_lang(site, lang);
    apr_array_header_t *found = apr_array_make(pool, max, sizeof(gov_item_t));
    gov_content__bind_t bind = { &site->group->guard, 0, 0 };
    apr_array_header_t *rows;
    gov_item_t *item;
    int i;

    if (group) {
        GOV_TRY(gov_sql_keyword_group_items(&rows, db, source, keyword, max,
                                            pool));
        for (i = 0; i < rows->nelts; i++) {
            GOV_TRY(gov_content__item_read(
                &item, &bind, (char *)(apr_uintptr_t)
                    APR_ARRAY_IDX(rows, i, gov_row_keyword_group_items_t).item,
                pool));
            /* another site's picture is not public here unless shared */
            if (item->site != site->id)
                item->picture = NULL;
            APR_ARRAY_PUSH(found, gov_item_t) = *item;
        }
    }
    else {
        GOV_TRY(gov_sql_keyword_items(&rows, db, site->id, source, keyword,
                                      max, pool));
        for (i = 0; i < rows->nelts; i++) {
            GOV_TRY(gov_content__item_read(
                &item, &bind, (char *)(apr_uintptr_t)
                    APR_ARRAY_IDX(rows, i, gov_row_keyword_items_t).item,
                pool));
            APR_ARRAY_PUSH(found, gov_item_t) = *item;
        }
    }
    *items = found;
    return NULL;
}

gov_err_t *
gov_site_newest(apr_array_header_t **items, gov_db_t *db,
                const gov_site_t *site, const char *lang, int max,
                apr_pool_t *pool)
{
    gov_content__bind_t bind = { &site->group->guard, 0, GOV_CONTENT__HOME };
    apr_array_header_t *rows;
    gov_item_t *item;
    int i;

    GOV_TRY(gov_sql_site_newest(&rows, db, site->id,
                                gov_site_source_lang(site, lang), max, pool));
    *items = apr_array_make(pool, rows->nelts + 1, sizeof(gov_item_t));
    for (i = 0; i < rows->nelts; i++) {
        GOV_TRY(gov_content__item_read(
            &item, &bind, (char *)(apr_uintptr_t)
                APR_ARRAY_IDX(rows, i, gov_row_site_newest_t).item,
            pool));
        APR_ARRAY_PUSH(*items, gov_item_t) = *item;
    }
    return NULL;
}

gov_err_t *
gov_site_documents(apr_array_header_t **items, gov_db_t *db,
                   const gov_site_t *site, const char *lang, apr_int64_t last,
                   int max, apr_pool_t *pool)
{
    const char *source = gov_site_source_lang(site, lang);
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_site_documents(&rows, db, site->id, source, last, max,
                                   pool));
    *items = apr_array_make(pool, rows->nelts + 1, sizeof(gov_item_t));
    for (i = 0; i < rows->nelts; i++) {
        gov_row_site_documents_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_site_documents_t);
        gov_content__live_t live = { .site = site->id, .lang = source,
                                     .document = row->document_id };
        gov_item_t *item = apr_array_push(*items);

        GOV_CONTENT__LIVE(&live, row);
        GOV_TRY(gov_content__live_check(&site->group->guard, &live, false,
                                        pool));
        memset(item, 0, sizeof(*item));
        item->document = row->document_id;
        item->column = row->column_id;
        item->site = site->id;
        item->updated = row->updated_at;
    }
    return NULL;
}

gov_err_t *
gov_site_count(apr_int64_t *total, gov_db_t *db, const gov_site_t *site,
               const char *lang, apr_pool_t *pool)
{
    gov_row_site_count_t row;

    GOV_TRY(gov_sql_site_count(&row, db, site->id,
                               gov_site_source_lang(site, lang), pool));
    *total = row.total;
    return NULL;
}

gov_err_t *
gov_site_asset(const char **name, gov_db_t *db, const gov_site_t *site,
               const char *asset_id, const char *wanted, apr_pool_t *pool)
{
    unsigned char *id = apr_palloc(pool, 32);
    gov_bytes_t bytes = { (const char *)id, 32 };
    gov_row_site_asset_t row;
    gov_row_shared_asset_t shared;

    if (!gov_unhex(id, 32, asset_id))
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "not an asset id");
    GOV_TRY(gov_sql_site_asset(&row, db, wanted, site->id, bytes, pool));
    *name = row.name;
    if (*name)
        return NULL;
    GOV_TRY(gov_sql_shared_asset(&shared, db, wanted, bytes, site->id, pool));
    *name = shared.name;
    return *name ? NULL : gov_err(GOV_E_NOT_FOUND, NULL, pool,
                                  "no public document here shows asset %s",
                                  asset_id);
}

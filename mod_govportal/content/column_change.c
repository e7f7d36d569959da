/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/column_change.c -- what a column is like, and new ones. */

#include <stddef.h>
#include <string.h>

#include "column_priv.h"

#define WORDS(field, member, most)                                            \
    { field, offsetof(gov_column_words_t, member), most }

static const gov_content__text_t words_texts[] = {
    WORDS("name", name, 100), WORDS("description", description, 1000),
    WORDS("keywords", keywords, 500), { NULL, 0, 0 }
};

typedef struct change_t {
    const gov_ctx_t *ctx;
    const gov_site_t *site;
    const gov_column_t *column;
    const gov_column_traits_t *traits;
    const gov_column_new_t *made;
    const char *lang;
    gov_column_words_t words;
    bool up;
    gov_bytes_t key;
    apr_int64_t id;
} change_t;

const char *
gov_column__first_lang(const gov_site_t *site)
{
    return APR_ARRAY_IDX(site->languages, 0, gov_site_lang_t).lang;
}

gov_err_t *
gov_column__changed(gov_db_t *db, const gov_ctx_t *ctx, const char *action,
                    apr_int64_t site, apr_int64_t column, const char *detail,
                    apr_pool_t *pool)
{
    return gov_content__structure_changed(
        db, ctx, action, site,
        apr_psprintf(pool, "column:%" APR_INT64_T_FMT, column), detail, pool);
}

gov_err_t *
gov_column__name_free(gov_db_t *db, apr_int64_t site, apr_int64_t parent,
                      apr_int64_t column, const char *lang, const char *name,
                      apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_column_called(&rows, db, site, parent, lang, name, pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_column_called_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_column_called_t);

        if (row->id != column)
            return gov_err_field("name", pool, "\"%s\" is the name of the "
                                 "column \"%s\" beside it", name, row->slug);
    }
    return NULL;
}

/* --- traits --------------------------------------------------------------- */

static gov_err_t *
set(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const change_t *c = baton;
    const gov_column_traits_t *now = c->traits;
    apr_int64_t site = c->column->site->id, id = c->column->id;
    gov_buf_t *said = gov_buf_create(128, pool);
    gov_row_column_get_t was;

    GOV_TRY(gov_content__site_lock(db, site, pool));
    GOV_TRY(gov_sql_column_get(&was, db, site, id, pool));
    gov_content__changed_int(said, "nav", was.in_nav, now->in_nav, pool);
    gov_content__changed_int(said, "page-size", (int)was.page_size,
                             now->page_size, pool);
    gov_content__changed_int(said, "interval", (int)was.update_days,
                             now->update_days, pool);
    gov_content__changed_int(said, "unit", (int)was.unit_id, (int)now->unit,
                             pool);
    if (!said->len)
        return NULL;
    GOV_TRY(gov_sql_column_set(NULL, db, now->update_days, now->unit,
                               now->in_nav, now->page_size, site, id, pool));
    return gov_column__changed(db, c->ctx, "column.set", site, id, said->data,
                               pool);
}

gov_err_t *
gov_column_set(const gov_ctx_t *ctx, const gov_column_t *column,
               const gov_column_traits_t *traits, const gov_permit_t *permit,
               apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .column = column, .traits = traits };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, column->site->id,
                             column->id, pool));
    if (traits->page_size < 5 || traits->page_size > 100)
        return gov_err_field("page-size", pool, "%d; it is 5 to 100",
                             traits->page_size);
    if (traits->update_days < 0 || traits->update_days > 366)
        return gov_err_field("interval", pool, "%d; it is 0 to 366",
                             traits->update_days);
    if (traits->unit && !gov_unit_by_id(ctx->group, traits->unit))
        return gov_err_field("unit", pool, "there is no such unit");
    return gov_store_tx(ctx->store, set, &c, pool);
}

/* --- words ---------------------------------------------------------------- */

static gov_err_t *
set_words(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const change_t *c = baton;
    apr_int64_t site = c->column->site->id, id = c->column->id;
    gov_buf_t *said = gov_buf_create(128, pool);
    gov_column_words_t was = { NULL, NULL, NULL };
    gov_row_column_lang_get_t row;
    gov_row_column_get_t column;
    gov_err_t *err;

    GOV_TRY(gov_content__site_lock(db, site, pool));
    GOV_TRY(gov_sql_column_get(&column, db, site, id, pool));
    err = gov_sql_column_lang_get(&row, db, site, id, c->lang, pool);
    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    if (!err) {
        was.name = row.name;
        was.description = row.description;
        was.keywords = row.keywords;
    }
    gov_content__texts_changed(said, &was, &c->words, words_texts, pool);
    if (!said->len)
        return NULL;
    if (c->words.name) {
        GOV_TRY(gov_column__name_free(db, site, column.parent_id, id, c->lang,
                                      c->words.name, pool));
        GOV_TRY(gov_sql_column_lang_put(NULL, db, site, id, c->lang,
                                        c->words.name, c->words.description,
                                        c->words.keywords, pool));
    }
    else
        GOV_TRY(gov_sql_column_lang_remove(NULL, db, site, id, c->lang, pool));
    return gov_column__changed(db, c->ctx, "column.words", site, id,
                               apr_pstrcat(pool, c->lang, ": ", said->data,
                                           NULL), pool);
}

gov_err_t *
gov_column_set_words(const gov_ctx_t *ctx, const gov_column_t *column,
                     const char *lang, const gov_column_words_t *words,
                     const gov_permit_t *permit, apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .column = column, .lang = lang,
                   .words = *words };
    const gov_site_lang_t *own = gov_site_lang(column->site, lang);

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, column->site->id,
                             column->id, pool));
    if (!own || own->derived_from)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                       "site %s says nothing of its own in \"%s\"",
                       column->site->slug, lang);
    GOV_TRY(gov_content__tidy(&c.words, words_texts, pool));
    if (!c.words.name && (c.words.description || c.words.keywords
                          || !strcmp(lang, gov_column__first_lang(
                                         column->site))))
        return gov_err_field("name", pool, "is missing");
    return gov_store_tx(ctx->store, set_words, &c, pool);
}

/* --- order ---------------------------------------------------------------- */

static gov_err_t *
shift(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const change_t *c = baton;
    apr_int64_t site = c->column->site->id;
    apr_array_header_t *rows;
    gov_row_column_get_t self;
    int at = -1, other, i;

    GOV_TRY(gov_content__site_lock(db, site, pool));
    GOV_TRY(gov_sql_column_get(&self, db, site, c->column->id, pool));
    GOV_TRY(gov_sql_column_siblings(&rows, db, site, self.parent_id, pool));
    for (i = 0; i < rows->nelts; i++)
        if (APR_ARRAY_IDX(rows, i, gov_row_column_siblings_t).id
            == c->column->id)
            at = i;
    other = c->up ? at - 1 : at + 1;
    if (at < 0 || other < 0 || other >= rows->nelts)
        return NULL;
    /* positions may be the same, so all get new ones */
    for (i = 0; i < rows->nelts; i++)
        GOV_TRY(gov_sql_column_set_position(
            NULL, db, i == at ? other : i == other ? at : i, site,
            APR_ARRAY_IDX(rows, i, gov_row_column_siblings_t).id, pool));
    return gov_column__changed(db, c->ctx, "column.shift", site, c->column->id,
                               c->up ? "up" : "down", pool);
}

gov_err_t *
gov_column_shift(const gov_ctx_t *ctx, const gov_column_t *column, bool up,
                 const gov_permit_t *permit, apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .column = column, .up = up };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, column->site->id,
                             column->id, pool));
    return gov_store_tx(ctx->store, shift, &c, pool);
}

/* --- new ones ------------------------------------------------------------- */

gov_err_t *
gov_column__last(int *position, gov_db_t *db, apr_int64_t site,
                 apr_int64_t parent, apr_pool_t *pool)
{
    apr_array_header_t *rows;

    GOV_TRY(gov_sql_column_siblings(&rows, db, site, parent, pool));
    *position = rows->nelts
        ? (int)APR_ARRAY_IDX(rows, rows->nelts - 1,
                             gov_row_column_siblings_t).position + 1 : 0;
    return NULL;
}

gov_err_t *
gov_column__path_free(gov_db_t *db, apr_int64_t site, const char *path,
                      apr_pool_t *pool)
{
    gov_row_column_by_path_t row;
    gov_err_t *err = gov_sql_column_by_path(&row, db, site, path, pool);

    if (!err)
        return gov_err_field("slug", pool, "there is or was a column at %s",
                             path);
    return err->code == GOV_E_NOT_FOUND ? NULL : err;
}

static gov_err_t *
add(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;
    const gov_column_new_t *made = c->made;
    apr_int64_t site = c->site->id;
    apr_int64_t parent = made->parent ? made->parent->id : 0;
    const char *path = made->slug, *done;
    gov_row_column_get_t above;
    int position;

    GOV_TRY(gov_content__done(&done, db, c->key, made->once.len > 0, pool));
    if (done) {
        c->id = apr_atoi64(done);
        return NULL;
    }
    GOV_TRY(gov_content__site_lock(db, site, pool));
    if (parent) {
        GOV_TRY(gov_sql_column_get(&above, db, site, parent, pool));
        if (strcmp(above.state, "open"))
            return gov_err_field("parent", pool, "is closed");
        path = apr_pstrcat(pool, above.path, "/", made->slug, NULL);
    }
    GOV_TRY(gov_column__path_free(db, site, path, pool));
    GOV_TRY(gov_column__name_free(db, site, parent, 0, c->lang, c->words.name,
                                  pool));
    GOV_TRY(gov_column__last(&position, db, site, parent, pool));
    GOV_TRY(gov_sql_column_insert(&c->id, db, site, parent, made->slug, path,
                                  made->type, NULL, "own", 0, 0, true, 20,
                                  position, pool));
    GOV_TRY(gov_sql_column_lang_put(NULL, db, site, c->id, c->lang,
                                    c->words.name, NULL, NULL, pool));
    GOV_TRY(gov_column__forget_folder(db, site, path, pool));
    GOV_TRY(gov_content__keep(db, c->key, c->ctx, apr_psprintf(
                                  pool, "%" APR_INT64_T_FMT, c->id), pool));
    return gov_column__changed(db, c->ctx, "column.add", site, c->id,
                               apr_pstrcat(pool, path, ": ", made->type, NULL),
                               pool);
}

gov_err_t *
gov_column_add(apr_int64_t *column, const gov_ctx_t *ctx,
               const gov_site_t *site, const gov_column_new_t *made,
               const gov_permit_t *permit, apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .site = site, .made = made,
                   .lang = gov_column__first_lang(site) };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, site->id,
                             made->parent ? made->parent->id : 0, pool));
    if (!made->slug || !gov_text_is_slug(made->slug))
        return gov_err_field("slug", pool, "is small letters, digits and '-'");
    if (!made->type || !gov_type_get(gov_group_types(ctx->group), made->type))
        return gov_err_field("type", pool, "is not loaded");
    if (made->parent && (made->parent->site != site
                         || made->parent->depth >= GOV_COLUMN_DEPTH))
        return gov_err_field("parent", pool, "%d levels are enough",
                             GOV_COLUMN_DEPTH);
    c.words.name = made->name;
    GOV_TRY(gov_content__tidy(&c.words, words_texts, pool));
    if (!c.words.name)
        return gov_err_field("name", pool, "is missing");
    c.key = made->once.len ? made->once : gov_content__key(ctx, pool);
    GOV_TRY(gov_store_tx(ctx->store, add, &c, pool));
    *column = c.id;
    return NULL;
}

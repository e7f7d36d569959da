/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/column_move.c -- columns that move, close and open again, and what
   leads to them. */

#include <string.h>

#include "column_priv.h"

typedef struct move_t {
    const gov_ctx_t *ctx;
    const gov_column_t *column, *other; /* other: the one above, or the target */
    const char *slug;
} move_t;

static const char *
folder(const char *path, apr_pool_t *pool)
{
    return apr_pstrcat(pool, "/", path, "/*", NULL);
}

gov_err_t *
gov_column__forget_folder(gov_db_t *db, apr_int64_t site, const char *path,
                          apr_pool_t *pool)
{
    return gov_sql_redirect_remove(NULL, db, site, gov_content__path_hash(
                                       folder(path, pool), pool), pool);
}

/* What led into the column at OLD leads into that at NOW, and so do its
   addresses. */
static gov_err_t *
lead_on(gov_db_t *db, const gov_ctx_t *ctx, apr_int64_t site, const char *old,
        const char *now, apr_pool_t *pool)
{
    const char *into = apr_pstrcat(pool, "/", old, "/", NULL);
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_redirects_into(&rows, db, site,
                                   apr_pstrcat(pool, into, "%", NULL), pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_redirects_into_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_redirects_into_t);
        const char *target;

        if (row->document_id || strncmp(row->target, into, strlen(into)))
            continue;
        target = apr_pstrcat(pool, "/", now, "/", row->target + strlen(into),
                             NULL);
        if (!strcmp(target, row->path))
            GOV_TRY(gov_sql_redirect_remove(NULL, db, site, row->hash, pool));
        else
            GOV_TRY(gov_content__redirect_put(db, ctx, site, row->path, target,
                                              0, pool));
    }
    return gov_content__redirect_put(db, ctx, site, folder(old, pool),
                                     folder(now, pool), 0, pool);
}

/* Blocks name columns by path: OLD and what is below it is NOW; a path stands there
   once. */
static gov_err_t *
renew_blocks(gov_db_t *db, apr_int64_t site, const char *old, const char *now,
             apr_pool_t *pool)
{
    apr_array_header_t *rows;
    apr_size_t len = strlen(old);
    int i, k;

    GOV_TRY(gov_sql_site_blocks(&rows, db, site, pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_site_blocks_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_site_blocks_t);
        apr_array_header_t *paths = gov_text_split(row->columns, " ", pool);
        const char *list = "";

        for (k = 0; k < paths->nelts; k++) {
            const char *path = APR_ARRAY_IDX(paths, k, const char *);

            if (!strncmp(path, old, len) && (!path[len] || path[len] == '/'))
                path = apr_pstrcat(pool, now, path + len, NULL);
            if (!gov_text_has_word(list, path))
                list = apr_pstrcat(pool, list, *list ? " " : "", path, NULL);
        }
        if (strcmp(list, row->columns))
            GOV_TRY(gov_sql_block_set_columns(NULL, db, list, site,
                                              (int)row->position, pool));
    }
    return NULL;
}

static gov_err_t *
names_free(gov_db_t *db, apr_int64_t site, apr_int64_t parent,
           apr_int64_t column, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_column_langs(&rows, db, site, column, pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_column_langs_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_column_langs_t);

        GOV_TRY(gov_column__name_free(db, site, parent, column, row->lang,
                                      row->name, pool));
    }
    return NULL;
}

/* --- moving --------------------------------------------------------------- */

static gov_err_t *
move(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const move_t *m = baton;
    apr_int64_t site = m->column->site->id, id = m->column->id;
    apr_int64_t parent = m->other ? m->other->id : 0;
    const char *path = m->slug;
    gov_row_column_get_t was, above;
    int position;

    GOV_TRY(gov_content__site_lock(db, site, pool));
    GOV_TRY(gov_sql_column_get(&was, db, site, id, pool));
    position = (int)was.position;
    if (parent) {
        GOV_TRY(gov_sql_column_get(&above, db, site, parent, pool));
        if (strcmp(above.state, "open"))
            return gov_err_field("parent", pool, "is closed");
        path = apr_pstrcat(pool, above.path, "/", m->slug, NULL);
        if (!strncmp(path, was.path, strlen(was.path))
            && path[strlen(was.path)] == '/')
            return gov_err_field("parent", pool, "is below the column");
    }
    if (!strcmp(path, was.path))
        return NULL;
    GOV_TRY(gov_column__path_free(db, site, path, pool));
    GOV_TRY(names_free(db, site, parent, id, pool));
    if (parent != was.parent_id)
        GOV_TRY(gov_column__last(&position, db, site, parent, pool));
    GOV_TRY(gov_sql_columns_rename(NULL, db, path, (int)strlen(was.path) + 1,
                                   site, was.path,
                                   apr_pstrcat(pool, was.path, "/%", NULL),
                                   pool));
    GOV_TRY(gov_sql_column_set_parent(NULL, db, parent, m->slug, position,
                                      site, id, pool));
    GOV_TRY(gov_column__forget_folder(db, site, path, pool));
    GOV_TRY(lead_on(db, m->ctx, site, was.path, path, pool));
    GOV_TRY(renew_blocks(db, site, was.path, path, pool));
    return gov_column__changed(db, m->ctx, "column.move", site, id,
                               apr_pstrcat(pool, was.path, " -> ", path, NULL),
                               pool);
}

/* Levels of COLUMN with what is below it. */
static int
height(const gov_column_t *column)
{
    int most = 0, i;

    for (i = 0; i < column->children->nelts; i++) {
        int below = height(APR_ARRAY_IDX(column->children, i,
                                         const gov_column_t *));

        if (below > most)
            most = below;
    }
    return most + 1;
}

gov_err_t *
gov_column_move(const gov_ctx_t *ctx, const gov_column_t *column,
                const gov_column_t *parent, const char *slug,
                const gov_permit_t *permit, const gov_permit_t *there,
                apr_pool_t *pool)
{
    move_t m = { ctx, column, parent, slug };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, column->site->id,
                             column->id, pool));
    GOV_TRY(gov_permit_check(there, GOV_ACTION_MANAGE, column->site->id,
                             parent ? parent->id : 0, pool));
    if (!gov_text_is_slug(slug))
        return gov_err_field("slug", pool, "is small letters, digits and '-'");
    if (parent && (parent->site != column->site
                   || parent->depth + height(column) > GOV_COLUMN_DEPTH))
        return gov_err_field("parent", pool, "%d levels are enough",
                             GOV_COLUMN_DEPTH);
    return gov_store_tx(ctx->store, move, &m, pool);
}

/* --- closing -------------------------------------------------------------- */

static gov_err_t *
move_documents(int *moved, gov_db_t *db, const move_t *m, apr_pool_t *pool)
{
    apr_int64_t site = m->column->site->id;
    apr_array_header_t *rows;
    apr_pool_t *iterpool;
    int i;

    GOV_TRY(gov_sql_column_documents(&rows, db, site, m->column->id,
                                     GOV_COLUMN_CLOSE_MOST + 1, pool));
    *moved = rows->nelts;
    if (rows->nelts > GOV_COLUMN_CLOSE_MOST)
        return gov_err_field("documents", pool, "are more than %d",
                             GOV_COLUMN_CLOSE_MOST);
    if (rows->nelts && !m->other)
        return gov_err_field("target", pool, "is missing: the column has "
                             "documents");
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < rows->nelts; i++) {
        apr_int64_t id = APR_ARRAY_IDX(rows, i, gov_row_column_documents_t).id;
        gov_row_document_guard_t guard;

        apr_pool_clear(iterpool);
        GOV_TRY(gov_sql_document_guard(&guard, db, site, id, iterpool));
        GOV_TRY(gov_content__move(db, m->ctx, site, id, m->other, iterpool));
    }
    apr_pool_destroy(iterpool);
    return NULL;
}

static gov_err_t *
close_column(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const move_t *m = baton;
    const gov_column_t *column = m->column;
    apr_int64_t site = column->site->id;
    gov_row_column_get_t was, target;
    apr_array_header_t *below;
    const char *leads = "/";
    int moved;

    GOV_TRY(gov_content__site_lock(db, site, pool));
    GOV_TRY(gov_sql_column_get(&was, db, site, column->id, pool));
    if (strcmp(was.state, "open"))
        return NULL;
    GOV_TRY(gov_sql_column_siblings(&below, db, site, column->id, pool));
    if (below->nelts)
        return gov_err_field("column", pool, "there are open ones below it");
    if (m->other) {
        GOV_TRY(gov_sql_column_get(&target, db, site, m->other->id, pool));
        if (strcmp(target.state, "open"))
            return gov_err_field("target", pool, "is closed");
        leads = target.path;
    }
    GOV_TRY(move_documents(&moved, db, m, pool));
    GOV_TRY(gov_sql_column_set_state(NULL, db, "closed", site, column->id,
                                     pool));
    if (m->other) {
        GOV_TRY(lead_on(db, m->ctx, site, was.path, leads, pool));
        GOV_TRY(renew_blocks(db, site, was.path, leads, pool));
    }
    else {
        if (column->parent)
            leads = apr_pstrcat(pool, "/", column->parent->path, "/", NULL);
        GOV_TRY(gov_content__redirect_put(db, m->ctx, site,
                                          folder(was.path, pool), leads, 0,
                                          pool));
    }
    return gov_column__changed(
        db, m->ctx, "column.close", site, column->id,
        apr_psprintf(pool, "%s -> %s, documents: %d", was.path, leads, moved),
        pool);
}

gov_err_t *
gov_column_close(const gov_ctx_t *ctx, const gov_column_t *column,
                 const gov_column_t *target, const gov_permit_t *permit,
                 const gov_permit_t *there, apr_pool_t *pool)
{
    move_t m = { ctx, column, target, NULL };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, column->site->id,
                             column->id, pool));
    if (target) {
        GOV_TRY(gov_permit_check(there, GOV_ACTION_MANAGE, column->site->id,
                                 target->id, pool));
        if (target == column || target->site != column->site || !target->open
            || strcmp(target->type_name, column->type_name)
            || strcmp(target->supply, "own"))
            return gov_err_field("target", pool, "takes no documents of type "
                                 "%s", column->type_name);
    }
    return gov_store_tx(ctx->store, close_column, &m, pool);
}

static gov_err_t *
reopen(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const move_t *m = baton;
    apr_int64_t site = m->column->site->id, id = m->column->id;
    gov_row_column_get_t was, above;

    GOV_TRY(gov_content__site_lock(db, site, pool));
    GOV_TRY(gov_sql_column_get(&was, db, site, id, pool));
    if (!strcmp(was.state, "open"))
        return NULL;
    if (was.parent_id) {
        GOV_TRY(gov_sql_column_get(&above, db, site, was.parent_id, pool));
        if (strcmp(above.state, "open"))
            return gov_err_field("parent", pool, "is closed");
    }
    GOV_TRY(names_free(db, site, was.parent_id, id, pool));
    GOV_TRY(gov_sql_column_set_state(NULL, db, "open", site, id, pool));
    GOV_TRY(gov_column__forget_folder(db, site, was.path, pool));
    return gov_column__changed(db, m->ctx, "column.reopen", site, id, was.path,
                               pool);
}

gov_err_t *
gov_column_reopen(const gov_ctx_t *ctx, const gov_column_t *column,
                  const gov_permit_t *permit, apr_pool_t *pool)
{
    move_t m = { ctx, column, NULL, NULL };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, column->site->id,
                             column->id, pool));
    return gov_store_tx(ctx->store, reopen, &m, pool);
}

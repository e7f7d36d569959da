/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/redirect.c -- what old addresses lead to. */

#include <string.h>

#include "content_priv.h"
#include "gov_redirect.h"
#include "sql_content.h"

#define FOLDERS GOV_COLUMN_DEPTH  /* that an address is looked for in */
#define HOPS 10                   /* from one redirect to the next */

/* A row that may answer for a path. */
typedef struct way_t {
    gov_bytes_t hash;
    const char *rest;             /* of the path, behind the folder; NULL: it is the
                                     path itself */
} way_t;

gov_bytes_t
gov_content__path_hash(const char *path, apr_pool_t *pool)
{
    unsigned char *digest = apr_palloc(pool, 32);
    gov_bytes_t hash = { (const char *)digest, 16 };

    gov_digest(digest, path, strlen(path));
    return hash;
}

bool
gov_content__is_folder(const char *path)
{
    return path && gov_text_ends(path, "/*");
}

/* --- reading -------------------------------------------------------------- */

/* PATH and the folders that it lies in, the nearest first; how many. */
static int
find_ways(way_t *ways, const char *path, apr_pool_t *pool)
{
    const char *ends[FOLDERS], *at = path;
    int folders = 0, n = 1;

    while (folders < FOLDERS && at[0] && at[1]) {
        at += 1 + strcspn(at + 1, "/");
        ends[folders++] = at;
        if (!*at)
            break;
    }
    ways[0].hash = gov_content__path_hash(path, pool);
    ways[0].rest = NULL;
    while (folders-- > 0) {
        const char *end = ends[folders];

        ways[n].hash = gov_content__path_hash(
            apr_pstrcat(pool, apr_pstrmemdup(pool, path,
                                             (apr_size_t)(end - path)), "/*",
                        NULL), pool);
        ways[n++].rest = *end ? end + 1 : end;
    }
    return n;
}

/* The row of the way that counts first. */
static gov_err_t *
find_row(const gov_row_redirects_at_t **row, const way_t **way, gov_db_t *db,
         apr_int64_t site, const char *path, apr_pool_t *pool)
{
    way_t *ways = apr_pcalloc(pool, (FOLDERS + 1) * sizeof(*ways));
    int n = find_ways(ways, path, pool), i, k;
    apr_array_header_t *rows;

    for (i = n; i <= FOLDERS; i++)
        ways[i] = ways[0];
    GOV_TRY(gov_sql_redirects_at(&rows, db, site, ways[0].hash, ways[1].hash,
                                 ways[2].hash, ways[3].hash, ways[4].hash,
                                 pool));
    for (i = 0; i < n; i++)
        for (k = 0; k < rows->nelts; k++) {
            const gov_row_redirects_at_t *at =
                &APR_ARRAY_IDX(rows, k, gov_row_redirects_at_t);

            if (at->hash.len != ways[i].hash.len
                || memcmp(at->hash.data, ways[i].hash.data, at->hash.len))
                continue;
            *row = at;
            *way = &ways[i];
            return NULL;
        }
    return gov_err(GOV_E_NOT_FOUND, NULL, pool, "%s leads nowhere", path);
}

/* A path of the site in the language that was asked for. */
static const char *
in_language(const gov_site_t *site, const char *lang, const char *path,
            apr_pool_t *pool)
{
    return apr_pstrcat(pool, gov_site_home(site, lang, pool), path + 1, NULL);
}

gov_err_t *
gov_site_redirect(const char **target, gov_db_t *db, const gov_site_t *site,
                  const char *lang, const char *path, apr_pool_t *pool)
{
    const gov_row_redirects_at_t *row;
    gov_row_document_home_t home;
    const gov_column_t *column;
    const way_t *way;
    const char *kept;

    GOV_TRY(find_row(&row, &way, db, site->id, path, pool));
    GOV_TRY(gov_content__redirect_check(
        &site->group->guard, site->id, row->hash, row->target,
        row->document_id, row->tag, (int)row->tag_key, pool));
    *target = row->target;
    if (way->rest && row->target && *row->target == '/') {
        kept = gov_content__is_folder(row->target)
            ? apr_pstrcat(pool, apr_pstrmemdup(pool, row->target,
                                               strlen(row->target) - 1),
                          gov_url_encode(way->rest, pool), NULL)
            : row->target;
        *target = in_language(site, lang, kept, pool);
    }
    if (!row->document_id)
        return NULL;
    GOV_TRY(gov_sql_document_home(&home, db, site->id, row->document_id, pool));
    column = gov_column_by_id(site->group, home.column_id);
    if (!column)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "its column is gone");
    *target = gov_document_href(column, row->document_id, lang, pool);
    return NULL;
}

typedef struct redirect_t {
    const gov_ctx_t *ctx;
    const gov_site_t *site;
    const char *text, *path, *target;
    int offset, limit, total;
    gov_bytes_t hash;
    gov_redirect_t found;
    apr_array_header_t *list;
    apr_pool_t *pool;
} redirect_t;

/* TEXT anywhere in what is compared with LIKE. */
static const char *
anywhere(const char *text, apr_pool_t *pool)
{
    gov_buf_t *out = gov_buf_create(64, pool);

    if (!text)
        return "";
    gov_buf_str(out, "%");
    for (; *text; text++) {
        if (strchr("%_\\", *text))
            gov_buf_str(out, "\\");
        gov_buf_add(out, text, 1);
    }
    gov_buf_str(out, "%");
    return out->data;
}

static gov_err_t *
read_list(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    redirect_t *r = baton;
    const char *like = anywhere(r->text, scratch);
    gov_row_redirect_count_t count;
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_redirect_count(&count, db, r->site->id, like, like, like,
                                   scratch));
    GOV_TRY(gov_sql_redirect_list(&rows, db, r->site->id, like, like, like,
                                  r->limit, r->offset, r->pool));
    r->total = (int)count.total;
    r->list = apr_array_make(r->pool, rows->nelts + 1, sizeof(gov_redirect_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_redirect_list_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_redirect_list_t);
        gov_redirect_t *to = apr_array_push(r->list);

        to->id = gov_hex(row->hash.data, row->hash.len, r->pool);
        to->path = row->path;
        to->target = row->target;
        to->document = row->document_id;
        to->created = row->created_at;
    }
    return NULL;
}

gov_err_t *
gov_redirect_list(apr_array_header_t **redirects, int *total,
                  const gov_ctx_t *ctx, const gov_site_t *site,
                  const char *text, int offset, int limit, apr_pool_t *pool)
{
    redirect_t r = { .ctx = ctx, .site = site, .text = text, .offset = offset,
                     .limit = limit, .pool = pool };

    GOV_TRY(gov_store_read(ctx->store, read_list, &r, pool));
    *redirects = r.list;
    *total = r.total;
    return NULL;
}

static gov_err_t *
read_one(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    redirect_t *r = baton;
    gov_row_redirect_get_t row;

    (void)scratch;
    GOV_TRY(gov_sql_redirect_get(&row, db, r->site->id, r->hash, r->pool));
    r->found.path = row.path;
    r->found.target = row.target;
    r->found.document = row.document_id;
    r->found.created = row.created_at;
    return NULL;
}

static gov_err_t *
read_id(gov_bytes_t *hash, const char *id, apr_pool_t *pool)
{
    unsigned char *bytes = apr_palloc(pool, 16);

    if (!id || !gov_unhex(bytes, 16, id))
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "is no redirect");
    hash->data = (const char *)bytes;
    hash->len = 16;
    return NULL;
}

gov_err_t *
gov_redirect_get(gov_redirect_t *redirect, const gov_ctx_t *ctx,
                 const gov_site_t *site, const char *id, apr_pool_t *pool)
{
    redirect_t r = { .ctx = ctx, .site = site, .pool = pool };

    GOV_TRY(read_id(&r.hash, id, pool));
    GOV_TRY(gov_store_read(ctx->store, read_one, &r, pool));
    *redirect = r.found;
    redirect->id = id;
    return NULL;
}

/* --- writing -------------------------------------------------------------- */

/* The path without the star of a folder. */
static const char *
bare(const char *path, apr_pool_t *pool)
{
    return gov_content__is_folder(path)
        ? apr_pstrmemdup(pool, path, strlen(path) - 1) : path;
}

/* The column at "/news/city/" or "/news/city". */
static const gov_column_t *
column_at(const gov_site_t *site, const char *path, apr_pool_t *pool)
{
    apr_size_t len = strlen(path);

    if (len > 1 && path[len - 1] == '/')
        len--;
    return len > 1 ? gov_column_at(site, apr_pstrmemdup(pool, path + 1,
                                                        len - 1)) : NULL;
}

/* The document of "/news/12.html"; 0: it is no such address. */
static apr_int64_t
document_of(const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    apr_size_t digits = strspn(name, "0123456789");

    return digits && digits < 19 && !strcmp(name + digits, ".html")
        ? apr_atoi64(name) : 0;
}

/* Is there something at PATH, or does a redirect say where it is?  Not if it leads
   back to what is being made, FROM. */
static gov_err_t *
check_target(gov_db_t *db, const redirect_t *r, apr_pool_t *pool)
{
    const char *path = bare(r->target, pool);
    int hops;

    for (hops = 0; hops < HOPS; hops++) {
        const gov_row_redirects_at_t *row;
        gov_row_document_home_t home;
        const way_t *way;
        gov_err_t *err;

        if (!strcmp(path, r->path)
            || (gov_content__is_folder(r->path)
                && !strncmp(path, r->path, strlen(r->path) - 1)))
            return gov_err_field("target", pool, "leads back to %s", r->path);
        if (!strcmp(path, "/") || !strncmp(path, "/-/", 3)
            || column_at(r->site, path, pool))
            return NULL;
        if (document_of(path)
            && column_at(r->site, apr_pstrmemdup(
                             pool, path, (apr_size_t)(strrchr(path, '/')
                                                      - path)), pool)) {
            err = gov_sql_document_home(&home, db, r->site->id,
                                        document_of(path), pool);
            if (!err || err->code != GOV_E_NOT_FOUND)
                return err;
        }
        err = find_row(&row, &way, db, r->site->id, path, pool);
        if (err && err->code != GOV_E_NOT_FOUND)
            return err;
        if (err)
            return gov_err_field("target", pool, "there is nothing at %s",
                                 path);
        if (row->document_id || !row->target || *row->target != '/')
            return NULL;
        path = way->rest && gov_content__is_folder(row->target)
            ? apr_pstrcat(pool, bare(row->target, pool), way->rest, NULL)
            : bare(row->target, pool);
    }
    return gov_err_field("target", pool, "leads from one redirect to another");
}

static gov_err_t *
set(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const redirect_t *r = baton;

    GOV_TRY(gov_content__site_lock(db, r->site->id, pool));
    if (r->target && *r->target == '/')
        GOV_TRY(check_target(db, r, pool));
    GOV_TRY(gov_content__redirect_put(db, r->ctx, r->site->id, r->path,
                                      r->target, 0, pool));
    return gov_content__structure_changed(
        db, r->ctx, "redirect.set", r->site->id, NULL,
        apr_pstrcat(pool, r->path, " -> ", r->target ? r->target : "gone",
                    NULL), pool);
}

/* What stands in the table: decoded, as requests are. */
static gov_err_t *
read_path(const char **path, const char *field, const char *text,
          apr_pool_t *pool)
{
    if (text[0] != '/' || gov_url_path(path, text, pool)
        || !gov_text_valid(*path, strlen(*path)))
        return gov_err_field(field, pool, "is no path of the site");
    return NULL;
}

gov_err_t *
gov_redirect_set(const gov_ctx_t *ctx, const gov_site_t *site,
                 const char *path, const char *target,
                 const gov_permit_t *permit, apr_pool_t *pool)
{
    redirect_t r = { .ctx = ctx, .site = site };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, site->id, 0, pool));
    GOV_TRY(read_path(&r.path, "path", path, pool));
    if (!strcmp(r.path, "/") || !strcmp(r.path, "/*")
        || !strncmp(r.path, "/-/", 3)
        || column_at(site, bare(r.path, pool), pool))
        return gov_err_field("path", pool, "there is something already");
    if (target && *target == '/') {
        GOV_TRY(read_path(&r.target, "target", target, pool));
        if (gov_content__is_folder(r.target) && !gov_content__is_folder(r.path))
            return gov_err_field("target", pool, "is a folder, and \"path\" "
                                 "is none");
    }
    else if (target && *target) {
        if ((strncmp(target, "https://", 8) && strncmp(target, "http://", 7))
            || strlen(target) > 1000 || strpbrk(target, " \t\r\n\"<>\\*"))
            return gov_err_field("target", pool, "is no address");
        r.target = target;
    }
    return gov_store_tx(ctx->store, set, &r, pool);
}

static gov_err_t *
take_away(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    redirect_t *r = baton;
    gov_err_t *err;

    GOV_TRY(gov_content__site_lock(db, r->site->id, pool));
    r->pool = pool;
    err = read_one(db, r, pool);
    if (err && err->code == GOV_E_NOT_FOUND && gov_db_is_rerun(db))
        return NULL;
    GOV_TRY(err);
    GOV_TRY(gov_sql_redirect_remove(NULL, db, r->site->id, r->hash, pool));
    return gov_content__structure_changed(
        db, r->ctx, "redirect.remove", r->site->id, NULL,
        apr_pstrcat(pool, r->found.path, " -> ", r->found.target
                    ? r->found.target : "gone", NULL), pool);
}

gov_err_t *
gov_redirect_remove(const gov_ctx_t *ctx, const gov_site_t *site,
                    const char *id, const gov_permit_t *permit,
                    apr_pool_t *pool)
{
    redirect_t r = { .ctx = ctx, .site = site };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, site->id, 0, pool));
    GOV_TRY(read_id(&r.hash, id, pool));
    return gov_store_tx(ctx->store, take_away, &r, pool);
}

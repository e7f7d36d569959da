/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/trace.c -- from a public address to the objects behind it. */

#include <string.h>

#include "content_priv.h"
#include "gov_trace.h"
#include "sql_content.h"

#define ASSET "/-/asset/"

typedef struct ask_t {
    gov_trace_t *trace;
    const gov_ctx_t *ctx;
    const char *rest;             /* the path inside site and language */
    apr_pool_t *pool;             /* of the answer */
} ask_t;

static void
add(ask_t *a, const char *kind, apr_int64_t id)
{
    APR_ARRAY_PUSH(a->trace->objects, const char *) =
        apr_psprintf(a->pool, "%s:%" APR_INT64_T_FMT, kind, id);
}

/* "/news/city/1042.html" is 1042; anything else is 0. */
static apr_int64_t
document_in(const char *path)
{
    const char *last = strrchr(path, '/');
    apr_size_t digits = last ? strspn(last + 1, "0123456789") : 0;

    return digits && digits < 19 && !strcmp(last + 1 + digits, ".html")
        ? apr_atoi64(last + 1) : 0;
}

static gov_err_t *
add_document(ask_t *a, gov_db_t *db, apr_int64_t document, apr_pool_t *pool)
{
    gov_trace_t *t = a->trace;
    gov_row_document_home_t home;
    gov_row_live_get_t live;
    apr_array_header_t *rows;
    gov_err_t *err;
    int i;

    GOV_TRY(gov_sql_document_home(&home, db, t->site->id, document, pool));
    if (!t->document) {
        t->document = document;
        err = gov_sql_live_get(&live, db, t->site->id, document, t->lang,
                               pool);
        if (err && err->code != GOV_E_NOT_FOUND)
            return err;
        t->edition = err ? 0 : live.edition_id;
    }
    add(a, "document", document);
    GOV_TRY(gov_sql_document_editions(&rows, db, t->site->id, document, pool));
    for (i = 0; i < rows->nelts; i++)
        add(a, "edition",
            APR_ARRAY_IDX(rows, i, gov_row_document_editions_t).id);
    return NULL;
}

static gov_err_t *
add_asset(ask_t *a, gov_db_t *db, apr_pool_t *pool)
{
    const char *id = a->rest + sizeof(ASSET) - 1;
    unsigned char digest[32];
    gov_bytes_t bytes = { (const char *)digest, sizeof(digest) };
    apr_int64_t last = 0;
    apr_array_header_t *rows;
    int i;

    a->trace->what = "asset";
    if (!gov_unhex(digest, sizeof(digest),
                   apr_pstrndup(pool, id, strcspn(id, "/"))))
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "no asset at %s", a->rest);
    GOV_TRY(gov_sql_asset_documents(&rows, db, a->trace->site->id, bytes,
                                    pool));
    for (i = 0; i < rows->nelts; i++) {
        apr_int64_t document =
            APR_ARRAY_IDX(rows, i, gov_row_asset_documents_t).document_id;

        if (document != last)
            GOV_TRY(add_document(a, db, document, pool));
        last = document;
    }
    if (!rows->nelts)             /* a logo: the site's own */
        add(a, "site", a->trace->site->id);
    return NULL;
}

static gov_err_t *
add_column(ask_t *a, gov_db_t *db, const gov_column_t *column,
           apr_pool_t *pool)
{
    gov_row_listing_newest_one_t row;
    gov_err_t *err;

    a->trace->what = "column";
    add(a, "column", column->id);
    if (!column->type || !column->type->single)
        return NULL;
    err = gov_sql_listing_newest_one(&row, db, column->site->id, column->id,
                                     a->trace->lang, pool);
    if (err)
        return err->code == GOV_E_NOT_FOUND ? NULL : err;
    return add_document(a, db, row.document_id, pool);
}

static gov_err_t *
trace(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    ask_t *a = baton;
    const gov_site_t *site = a->trace->site;
    apr_int64_t document = document_in(a->rest);
    apr_size_t len = strlen(a->rest);
    const gov_column_t *column;
    gov_row_redirect_at_t moved;

    a->trace->objects->nelts = 0;
    a->trace->document = a->trace->edition = 0;
    if (!strncmp(a->rest, ASSET, sizeof(ASSET) - 1))
        return add_asset(a, db, pool);
    a->trace->what = "document";
    if (document)
        return add_document(a, db, document, pool);
    if (len <= 1) {
        a->trace->what = "site";
        add(a, "site", site->id);
        return NULL;
    }
    column = gov_column_at(site, apr_pstrndup(pool, a->rest + 1,
                                              len - 1 - (a->rest[len - 1]
                                                         == '/')));
    if (column)
        return add_column(a, db, column, pool);
    GOV_TRY(gov_sql_redirect_at(&moved, db, site->id,
                                gov_content__path_hash(a->rest, pool), pool));
    if (moved.document_id)
        return add_document(a, db, moved.document_id, pool);
    a->trace->what = "site";
    add(a, "site", site->id);
    return NULL;
}

/* Host and path of "https://host:port/path?query"; the scheme may be missing. */
static void
split(const char **host, const char **path, const char *url, apr_pool_t *pool)
{
    const char *at = strstr(url, "://");
    apr_size_t len;

    at = at ? at + 3 : url;
    len = strcspn(at, "/?#");
    *host = apr_pstrndup(pool, at, len);
    at += len;
    *path = *at == '/' ? apr_pstrndup(pool, at, strcspn(at, "?#")) : "/";
}

gov_err_t *
gov_trace_url(gov_trace_t *result, const gov_ctx_t *ctx, const char *url,
              const gov_permit_t *permit, apr_pool_t *pool)
{
    gov_trace_t found = { 0 };
    ask_t a = { .trace = &found, .ctx = ctx, .pool = pool };
    const gov_site_lang_t *lang;
    const char *host, *path;
    gov_err_t *err;

    split(&host, &path, url, pool);
    GOV_TRY(gov_url_host(&host, host, pool));
    GOV_TRY(gov_url_path(&path, path, pool));
    found.site = gov_site_for(ctx->group, host, path, &lang, &a.rest);
    if (!found.site)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "no site has the host %s",
                       host);
    if (gov_permit_check(permit, GOV_ACTION_AUDIT, 0, 0, pool))
        GOV_TRY(gov_permit_check(permit, GOV_ACTION_READ, found.site->id, 0,
                                 pool));
    found.lang = gov_site_source_lang(found.site, lang->lang);
    found.objects = apr_array_make(pool, 16, sizeof(const char *));
    err = gov_store_read(ctx->store, trace, &a, pool);
    if (err)
        return gov_err(err->code, err, pool, "nothing is known of %s", url);
    *result = found;
    return NULL;
}

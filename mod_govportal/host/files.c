/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/files.c -- static files of looks, accent colours, and assets. */

#include <apr_file_info.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gov_media.h"
#include "host_priv.h"

static const char *
static_type(const char *name)
{
    static const struct { const char *ending, *type; } types[] = {
        { ".css", "text/css; charset=utf-8" },
        { ".js", "text/javascript; charset=utf-8" },
        { ".svg", "image/svg+xml" },
        { ".png", "image/png" },
        { ".jpg", "image/jpeg" },
        { ".webp", "image/webp" },
        { ".ico", "image/x-icon" },
        { ".woff2", "font/woff2" },
        { ".woff", "font/woff" }
    };
    apr_size_t i;

    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (gov_text_ends(name, types[i].ending))
            return types[i].type;
    return NULL;
}

/* Names in addresses of static files: no way up, no hidden files. */
static bool
safe_name(const char *name)
{
    const char *at;

    if (!*name || *name == '.')
        return false;
    for (at = name; *at; at++)
        if (!apr_isalnum(*at) && *at != '.' && *at != '-' && *at != '_')
            return false;
    return true;
}

static gov_err_t *
send_static(gov_reply_t *reply, const char *dir, const char *name,
            apr_pool_t *pool)
{
    apr_finfo_t info;

    reply->content_type = static_type(name);
    if (!safe_name(name) || !reply->content_type)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "no static file %s", name);
    reply->file = apr_pstrcat(pool, dir, "/", name, NULL);
    if (apr_stat(&info, reply->file, APR_FINFO_TYPE | APR_FINFO_MTIME, pool)
        || info.filetype != APR_REG)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "no file %s", reply->file);
    reply->kind = GOV_REPLY_FILE;
    reply->status = 200;
    reply->modified = info.mtime;
    reply->max_age = -1;
    return NULL;
}

/* The version in the address only tells browsers apart what changed: an old page
   in somebody's cache still gets today's files. */
static gov_err_t *
base_file(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
          apr_pool_t *pool)
{
    const gov_config_t *config = gov_host_config(gov_host__of(ctx));

    return send_static(reply, apr_pstrcat(pool, config->share_dir,
                                          "/static/base", NULL),
                       gov_req_part(req, "file"), pool);
}

/* A file of the folder <share>BEFORE/NAME/AFTER, NAME being the part of the
   address that is called WHAT. */
static gov_err_t *
send_from(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
          const char *before, const char *what, const char *after,
          apr_pool_t *pool)
{
    const gov_config_t *config = gov_host_config(gov_host__of(ctx));
    const char *name = gov_req_part(req, what);

    if (!safe_name(name))
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "no %s %s", what, name);
    return send_static(reply, apr_pstrcat(pool, config->share_dir, before, "/",
                                          name, after, NULL),
                       gov_req_part(req, "file"), pool);
}

static gov_err_t *
base_folder_file(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                 apr_pool_t *pool)
{
    return send_from(reply, ctx, req, "/static/base", "folder", "", pool);
}

static gov_err_t *
theme_file(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
           apr_pool_t *pool)
{
    return send_from(reply, ctx, req, "/xslt/themes", "theme", "/static", pool);
}

static gov_err_t *
plugin_file(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
            apr_pool_t *pool)
{
    return send_from(reply, ctx, req, "/plugins", "plugin", "/static", pool);
}

/* --- accent colours ------------------------------------------------------- */

typedef struct colour_t {
    int c[3];                     /* red, green, blue: 0 to 255 */
} colour_t;

static double
linear(int channel)
{
    double c = (double)channel / 255;

    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* Relative luminance (WCAG 2.1). */
static double
luminance(colour_t at)
{
    return 0.2126 * linear(at.c[0]) + 0.7152 * linear(at.c[1])
        + 0.0722 * linear(at.c[2]);
}

static double
contrast(colour_t a, colour_t b)
{
    double x = luminance(a), y = luminance(b);

    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

/* (part * channel + add) / 100 for each channel. */
static colour_t
scaled(colour_t from, int part, int add)
{
    colour_t to;
    int i;

    for (i = 0; i < 3; i++)
        to.c[i] = (part * from.c[i] + add) / 100;
    return to;
}

static const char *
hex(colour_t at, apr_pool_t *pool)
{
    return apr_psprintf(pool, "#%02x%02x%02x", at.c[0], at.c[1], at.c[2]);
}

/* What follows from a site's colour; text in it must stay readable whatever was
   chosen (4.6:1 on the soft tone).  The formula is told in assets/README.md, where
   the templates' tests have it too. */
static gov_err_t *
accent(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
       apr_pool_t *pool)
{
    const char *text = gov_req_part(req, "colour");
    colour_t base, soft;
    gov_bytes_t css;
    long value;

    (void)ctx;
    if (strlen(text) != 6 || strspn(text, "0123456789abcdef") != 6)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "not a colour: %s", text);
    value = strtol(text, NULL, 16);
    base.c[0] = (int)(value >> 16) & 255;
    base.c[1] = (int)(value >> 8) & 255;
    base.c[2] = (int)value & 255;
    soft = scaled(base, 8, 92 * 255);
    while (contrast(base, soft) < 4.6)
        base = scaled(base, 94, 0);
    css.data = apr_psprintf(
        pool, ":root{--gov-accent:%s;--gov-accent-dark:%s;"
        "--gov-accent-soft:%s;--gov-on-accent:#ffffff}\n", hex(base, pool),
        hex(scaled(base, 72, 0), pool), hex(soft, pool));
    css.len = strlen(css.data);
    GOV_TRY(gov_reply_bytes(reply, "text/css; charset=utf-8", css));
    reply->max_age = -1;
    return NULL;
}

/* --- assets --------------------------------------------------------------- */

/* Whether an asset may be shown is asked each time: its address stays the same when
   the document that shows it is withdrawn. */
static gov_err_t *
asset(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
      apr_pool_t *pool)
{
    const char *id = gov_req_part(req, "asset"), *name;
    const char *file = gov_req_part(req, "file");
    const apr_array_header_t *sites = gov_group_sites(ctx->group);
    const gov_asset_t *found;
    gov_err_t *err = NULL;
    gov_db_t *db;
    int i;

    if (strlen(id) != GOV_ASSET_ID_LEN)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "not an asset id");
    GOV_TRY(gov_store_borrow(&db, ctx->store, pool));
    err = gov_site_asset(&name, db, ctx->site, id, file, pool);
    /* sites under the same host share the root of its addresses */
    for (i = 0; err && err->code == GOV_E_NOT_FOUND && i < sites->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(sites, i, const gov_site_t *);

        if (site != ctx->site && !strcmp(site->host, ctx->site->host))
            err = gov_site_asset(&name, db, site, id, file, pool);
    }
    gov_store_return(db);
    if (err)
        return err;
    /* one address for one thing */
    if (strcmp(name, file))
        return gov_reply_redirect(reply, apr_pstrcat(
                                      pool, "/-/asset/", id, "/",
                                      gov_url_encode(name, pool), NULL), true);
    GOV_TRY(gov_asset_get(&found, ctx->store, id, pool));
    GOV_TRY(gov_asset_file(&reply->file, ctx->store, id, pool));
    reply->kind = GOV_REPLY_FILE;
    reply->status = 200;
    reply->content_type = found->media_type;
    if (!strncmp(found->media_type, "text/", 5))
        reply->content_type = apr_pstrcat(pool, found->media_type,
                                          "; charset=utf-8", NULL);
    if (!gov_media_inline(found->media_type))
        reply->disposition = name;
    /* short: a withdrawn document's picture must not live on in shared caches */
    reply->max_age = apr_time_from_sec(300);
    return NULL;
}

bool
gov_host__asset_check(void *baton, const char *id, const char *file,
                      apr_pool_t *pool)
{
    unsigned char digest[32];
    gov_alarm_t alarm = { .what = "the file in the database was changed" };

    if (!gov_digest_file(digest, file, pool)
        && !strcmp(gov_hex(digest, sizeof(digest), pool), id))
        return true;
    alarm.object = apr_pstrcat(pool, "asset:", id, NULL);
    gov_host__alarm(baton, &alarm);
    return false;
}

const gov_route_t gov_host__file_routes[] = {
    GOV_GET("/-/static/{version}/base/{file}", "public", base_file),
    GOV_GET("/-/static/{version}/base/{folder}/{file}", "public",
            base_folder_file),
    GOV_GET("/-/static/{version}/theme/{theme}/{file}", "public", theme_file),
    GOV_GET("/-/static/{version}/plugin/{plugin}/{file}", "public",
            plugin_file),
    GOV_GET("/-/static/{version}/accent/{colour}.css", "public", accent),
    GOV_GET("/-/asset/{asset}/{file}", "public", asset),
    GOV_ROUTES_END
};

const gov_plugin_t gov_host__plugin = {
    .size = sizeof(gov_plugin_t), .abi_major = GOV_ABI_MAJOR,
    .abi_minor = GOV_ABI_MINOR, .name = "host", .version = "0.1",
    .routes = gov_host__file_routes
};

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/preview.c -- signed links to editions that are not public. */

#include <stdlib.h>
#include <string.h>

#include "gov_key.h"
#include "gov_preview.h"
#include "workflow_priv.h"

#define SIGNATURE 16              /* bytes of the keyed digest */

static bool
sign(char hex[2 * SIGNATURE + 1], const gov_ctx_t *ctx, const char *text,
     apr_pool_t *pool)
{
    unsigned char mac[GOV_MAC_SIZE];
    const char *all = apr_pstrcat(pool, "preview ", text, NULL);
    gov_bytes_t data = { all, strlen(all) };

    if (!gov_mac(mac, ctx->keys, 0, GOV_PURPOSE_TOKEN, data))
        return false;
    memcpy(hex, gov_hex(mac, SIGNATURE, pool), 2 * SIGNATURE + 1);
    return true;
}

gov_err_t *
gov_preview_token(const char **token, const gov_ctx_t *ctx,
                  const gov_site_t *site, apr_int64_t edition,
                  apr_int64_t column, apr_time_t until,
                  const gov_permit_t *permit, apr_pool_t *pool)
{
    const char *text = apr_psprintf(
        pool, "%" APR_INT64_T_FMT "-%" APR_INT64_T_FMT "-%" APR_INT64_T_FMT,
        site->id, edition, apr_time_sec(until));
    char hex[2 * SIGNATURE + 1];

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_READ, site->id, column, pool));
    if (!sign(hex, ctx, text, pool))
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "there are no keys to sign a link with");
    *token = apr_pstrcat(pool, text, "-", hex, NULL);
    return NULL;
}

gov_err_t *
gov_preview_open(gov_preview_t *preview, const gov_ctx_t *ctx,
                 const char *token, apr_pool_t *pool)
{
    const char *last = strrchr(token, '-');
    char hex[2 * SIGNATURE + 1], *end;
    apr_int64_t site, until;

    if (!last || strlen(last + 1) != 2 * SIGNATURE
        || !sign(hex, ctx, apr_pstrmemdup(pool, token,
                                          (apr_size_t)(last - token)), pool)
        || !gov_same(hex, last + 1, 2 * SIGNATURE))
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "no such preview");
    site = apr_strtoi64(token, &end, 10);
    preview->edition = apr_strtoi64(end + 1, &end, 10);
    until = apr_strtoi64(end + 1, &end, 10);
    if (apr_time_sec(gov_now(ctx->clock)) >= until)
        return gov_err(GOV_E_GONE, NULL, pool, "the preview is past its time");
    preview->site = gov_site_by_id(ctx->group, site);
    if (!preview->site)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                       "the preview's site is closed");
    return NULL;
}

typedef struct look_t {
    const gov_ctx_t *ctx;
    const gov_preview_t *preview;
    const char *asset, *name;
    gov_document_t *doc;
    apr_pool_t *pool;             /* of the answer */
} look_t;

static gov_err_t *
read_document(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    look_t *look = baton;
    apr_pool_t *pool = look->pool;
    gov_document_t *doc = apr_pcalloc(pool, sizeof(*doc));
    gov_row_edition_whole_t row;

    (void)scratch;
    GOV_TRY(gov_sql_edition_whole(&row, db, look->preview->site->id,
                                  look->preview->edition, pool));
    doc->group = look->ctx->group;
    doc->id = row.document_id;
    doc->site = look->preview->site->id;
    doc->column = row.column_id;
    doc->edition = look->preview->edition;
    doc->type = row.type;
    doc->lang = row.lang;
    doc->translated = true;
    doc->published = row.published_at ? row.published_at
        : gov_now(look->ctx->clock);
    doc->updated = doc->published;
    doc->title = row.title;
    doc->subtitle = row.subtitle;
    doc->summary = row.summary;
    doc->source = row.source;
    doc->source_url = row.source_url;
    doc->author = row.author;
    doc->body = row.body;
    GOV_TRY(gov_content__json(&doc->keywords, row.keywords, pool));
    GOV_TRY(gov_content__json(&doc->fields, row.fields, pool));
    GOV_TRY(gov_content__json(&doc->picture, row.picture, pool));
    GOV_TRY(gov_content__json(&doc->gallery, row.gallery, pool));
    GOV_TRY(gov_content__json(&doc->attachments, row.attachments, pool));
    GOV_TRY(gov_content__json(&doc->media, row.media, pool));
    GOV_TRY(gov_content__json(&doc->related, row.related, pool));
    doc->langs = apr_array_make(pool, 1, sizeof(const char *));
    APR_ARRAY_PUSH(doc->langs, const char *) = doc->lang;
    look->doc = doc;
    return NULL;
}

gov_err_t *
gov_preview_document(const gov_document_t **document, const gov_ctx_t *ctx,
                     const gov_preview_t *preview, apr_pool_t *pool)
{
    look_t look = { .ctx = ctx, .preview = preview, .pool = pool };

    GOV_TRY(gov_store_read(ctx->store, read_document, &look, pool));
    *document = look.doc;
    return NULL;
}

static gov_err_t *
find_asset(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    look_t *look = baton;
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_edition_assets(&rows, db, look->preview->site->id,
                                   look->preview->edition, look->pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_edition_assets_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_edition_assets_t);

        if (!strcmp(gov_hex(row->asset_id.data, row->asset_id.len, scratch),
                    look->asset))
            look->name = row->name;
    }
    return NULL;
}

gov_err_t *
gov_preview_asset(const char **name, const gov_ctx_t *ctx,
                  const gov_preview_t *preview, const char *asset,
                  apr_pool_t *pool)
{
    look_t look = { .ctx = ctx, .preview = preview, .asset = asset,
                    .pool = pool };

    GOV_TRY(gov_store_read(ctx->store, find_asset, &look, pool));
    if (!look.name)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                       "the edition does not show %s", asset);
    *name = look.name;
    return NULL;
}

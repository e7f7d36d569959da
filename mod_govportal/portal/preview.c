/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* portal/preview.c -- an edition that is not public, for whoever has the link. */

#include <string.h>

#include "gov_media.h"
#include "gov_preview.h"
#include "portal_priv.h"

/* Only on its site's own host: everywhere else it would wear other clothes. */
static gov_err_t *
open_here(gov_preview_t *preview, const gov_ctx_t *ctx, const gov_req_t *req,
          apr_pool_t *pool)
{
    GOV_TRY(gov_preview_open(preview, ctx, gov_req_part(req, "token"), pool));
    if (preview->site->id != ctx->site->id)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                       "the preview is of another site");
    return NULL;
}

PORTAL_HANDLER(preview)
{
    const gov_column_t *column;
    const gov_document_t *doc;
    gov_preview_t preview;
    gov_db_t *db;
    gov_err_t *err;

    GOV_TRY(open_here(&preview, ctx, req, pool));
    GOV_TRY(gov_preview_document(&doc, ctx, &preview, pool));
    column = gov_column_by_id(ctx->group, doc->column);
    if (!column)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "its column is closed");
    GOV_TRY(gov_store_borrow(&db, ctx->store, pool));
    err = gov_portal__show(reply, ctx, req, db, doc, column, req->rest,
                           gov_req_part(req, "token"), pool);
    gov_store_return(db);
    GOV_TRY(err);
    gov_page_set_private(reply->page);
    return NULL;
}

PORTAL_HANDLER(preview_asset)
{
    const char *id = gov_req_part(req, "asset"), *name;
    const gov_asset_t *found;
    gov_preview_t preview;

    GOV_TRY(gov_preview_open(&preview, ctx, gov_req_part(req, "token"), pool));
    GOV_TRY(gov_preview_asset(&name, ctx, &preview, id, pool));
    GOV_TRY(gov_asset_get(&found, ctx->store, id, pool));
    GOV_TRY(gov_asset_file(&reply->file, ctx->store, id, pool));
    reply->kind = GOV_REPLY_FILE;
    reply->status = 200;
    reply->content_type = found->media_type;
    if (!gov_media_inline(found->media_type))
        reply->disposition = name;
    return NULL;
}

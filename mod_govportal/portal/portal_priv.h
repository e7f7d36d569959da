/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Shared inside portal/: the handlers of the public pages.  They use nothing
   that a plugin could not use. */
#ifndef PORTAL_PRIV_H
#define PORTAL_PRIV_H

#include "gov_feed.h"
#include "gov_host.h"
#include "gov_json.h"
#include "gov_text.h"
#include "gov_time.h"
#include "gov_view.h"

#define PORTAL_HANDLER(name)                                                  \
    gov_err_t *gov_portal__##name(gov_reply_t *reply, gov_ctx_t *ctx,         \
                                  const gov_req_t *req, apr_pool_t *pool)

PORTAL_HANDLER(home);
PORTAL_HANDLER(column);
PORTAL_HANDLER(column_page);
PORTAL_HANDLER(document);
PORTAL_HANDLER(sitemap_page);
PORTAL_HANDLER(sitemap_xml);
PORTAL_HANDLER(sitemap_part);
PORTAL_HANDLER(column_feed);
PORTAL_HANDLER(site_feed);
PORTAL_HANDLER(preview);
PORTAL_HANDLER(preview_asset);
PORTAL_HANDLER(robots);
PORTAL_HANDLER(security_txt);
PORTAL_HANDLER(health);
PORTAL_HANDLER(sign_in);
PORTAL_HANDLER(sign_in_again);
PORTAL_HANDLER(sign_in_post);
PORTAL_HANDLER(sign_in_via);
PORTAL_HANDLER(factor);
PORTAL_HANDLER(factor_post);
PORTAL_HANDLER(enrol);
PORTAL_HANDLER(enrol_post);
PORTAL_HANDLER(password);
PORTAL_HANDLER(renew);
PORTAL_HANDLER(renew_post);
PORTAL_HANDLER(password_post);
PORTAL_HANDLER(sign_out_page);
PORTAL_HANDLER(sign_out);
PORTAL_HANDLER(account);
PORTAL_HANDLER(account_end);

/* --- sign_in.c, account.c --- */

#define GOV_ACCOUNT "-/account/"
#define GOV_SIGN_OUT "-/sign-out"

extern const gov_form_t gov_portal__sign_in_form, gov_portal__factor_form,
    gov_portal__enrol_form, gov_portal__renew_form, gov_portal__password_form,
    gov_portal__sign_out_form, gov_portal__end_form;
/* A path inside the page's site and language. */
const char *gov_portal__inside(const gov_ctx_t *ctx, const char *path,
                               apr_pool_t *pool);

/* The page of one live document; also what a column of a single-document type
   shows at its own address.  PREVIEW: the token of the link to what is not public,
   or NULL. */
gov_err_t *gov_portal__show(gov_reply_t *reply, gov_ctx_t *ctx,
                            const gov_req_t *req, gov_db_t *db,
                            const gov_document_t *doc,
                            const gov_column_t *column, const char *rest,
                            const char *preview, apr_pool_t *pool);

#endif

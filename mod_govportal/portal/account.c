/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* portal/account.c -- one's own account: who I am, what I may, where I am signed
   in. */

#include <string.h>

#include "portal_priv.h"

static const gov_form_field_t no_fields[] = { { .name = NULL } };
const gov_form_t gov_portal__end_form = { "end", no_fields };

static void
add_roles(gov_node_t *account, const gov_ctx_t *ctx, apr_pool_t *pool)
{
    const apr_array_header_t *grants = ctx->actor->grants;
    int i;

    for (i = 0; i < grants->nelts; i++) {
        const gov_grant_t *grant = &APR_ARRAY_IDX(grants, i, gov_grant_t);
        const gov_site_t *site = gov_site_by_id(ctx->group, grant->site);
        const gov_column_t *column = gov_column_by_id(ctx->group,
                                                      grant->column);
        gov_node_t *node = gov_node_add(account, "role");

        gov_node_set(node, "name", gov_word(ctx, apr_pstrcat(
                                                pool, "role.",
                                                grant->role->word, NULL)));
        if (site) {
            const gov_site_lang_t *lang = gov_site_lang(site, ctx->lang);

            if (!lang)
                lang = &APR_ARRAY_IDX(site->languages, 0, gov_site_lang_t);
            gov_node_set(node, "site", lang->title ? lang->title : site->slug);
        }
        if (column)
            gov_node_set(node, "column", gov_column_name(column, ctx->lang));
    }
}

/* Each session but this one with a form that ends it. */
static gov_err_t *
add_sessions(gov_node_t *account, gov_view_t *view, gov_reply_t *reply,
             gov_ctx_t *ctx, const gov_req_t *req, apr_pool_t *pool)
{
    apr_array_header_t *sessions;
    const char *key = gov_req_form_key(reply, ctx, req, &gov_portal__end_form,
                                       pool);
    int i;

    GOV_TRY(gov_session_list(&sessions, ctx, ctx->actor->person, NULL, pool));
    for (i = 0; i < sessions->nelts; i++) {
        const gov_session_t *s = &APR_ARRAY_IDX(sessions, i, gov_session_t);
        bool here = !strcmp(s->id, req->session->id);
        gov_node_t *node = gov_node_add(account, "session"), *form;

        gov_node_set(node, "address", s->address);
        gov_node_set(node, "agent", s->agent);
        gov_node_set(node, "how", gov_word(ctx, apr_pstrcat(
                                               pool, "sign-in.how.", s->how,
                                               NULL)));
        gov_node_set(node, "since", gov_time_minute(s->created, pool));
        gov_node_set(node, "seen", gov_time_minute(s->seen, pool));
        gov_node_set(node, "here", here ? "yes" : "no");
        if (here)
            continue;
        form = gov_view_form(view, node, gov_intake_blank(
                                 &gov_portal__end_form, pool), key,
                             gov_portal__inside(ctx, GOV_ACCOUNT "end", pool));
        gov_view_hidden(form, "session", s->id);
    }
    return NULL;
}

PORTAL_HANDLER(account)
{
    const gov_person_t *person = req->session->person;
    gov_view_t *view = gov_view_create("account", ctx, req, pool);
    const char *name = gov_word(ctx, "account");
    gov_node_t *node;

    gov_view_name(view, name);
    gov_view_meta(view, "robots", "noindex");
    gov_view_crumb(view, name, NULL);
    node = gov_node_add(gov_view_body(view), "account");
    gov_node_set(node, "name", person->name);
    gov_node_set(node, "login", person->login);
    gov_node_set(node, "factor", person->has_factor ? "yes" : "no");
    if (person->password_at)
        gov_node_set(node, "password", gov_time_day(person->password_at, pool));
    gov_node_set(node, "change", gov_portal__inside(
                     ctx, GOV_SIGN_IN "password", pool));
    gov_node_set(node, "enrol", gov_portal__inside(ctx, GOV_ACCOUNT "factor",
                                                   pool));
    add_roles(node, ctx, pool);
    GOV_TRY(add_sessions(node, view, reply, ctx, req, pool));
    gov_view_form(view, node, gov_intake_blank(&gov_portal__sign_out_form,
                                               pool),
                  gov_req_form_key(reply, ctx, req, &gov_portal__sign_out_form,
                                   pool),
                  gov_portal__inside(ctx, GOV_SIGN_OUT, pool));
    gov_page_set_private(gov_view_page(view));
    return gov_reply_page(reply, gov_view_page(view));
}

PORTAL_HANDLER(account_end)
{
    const char *id = gov_intake_raw(req->intake, "session");

    if (!id)
        return gov_err_field("session", pool, "is missing");
    GOV_TRY(gov_session_revoke(ctx, ctx->actor->person, id, NULL, pool));
    return gov_reply_redirect(reply, gov_portal__inside(ctx, GOV_ACCOUNT, pool),
                              false);
}

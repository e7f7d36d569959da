/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/redirects.c -- what old addresses of a site lead to. */

#include <string.h>

#include "console_priv.h"
#include "gov_redirect.h"

static const gov_form_field_t add_fields[] = {
    { .name = "path", .kind = GOV_FORM_LINE, .required = true, .most = 1000 },
    { .name = "target", .kind = GOV_FORM_LINE, .most = 1000 },
    { .name = "gone", .kind = GOV_FORM_FLAG },
    { .name = NULL }
};
static const gov_form_field_t no_fields[] = { { .name = NULL } };

const gov_form_t gov_console__redirect_form = { "redirect", add_fields };
const gov_form_t gov_console__unredirect_form = { "unredirect", no_fields };

static const gov_grid_column_t heads[] = {
    { "path", "title", false }, { "target", "text", false },
    { "created", "time", false }, { NULL, NULL, false }
};

static const char *
target_text(const gov_redirect_t *r, const gov_ctx_t *ctx, apr_pool_t *pool)
{
    if (r->document)
        return apr_psprintf(pool, "%s %" APR_INT64_T_FMT, gov_word(
                                ctx, "console.redirects.document"),
                            r->document);
    return r->target && *r->target ? r->target
        : gov_word(ctx, "console.redirects.gone");
}

CONSOLE_HANDLER(redirects)
{
    const gov_site_t *site = gov_req_site(req);
    const gov_permit_t *permit;
    apr_array_header_t *rows;
    gov_console_t *console;
    gov_grid_t *list;
    const char *text;
    bool goes_on, again;
    int total, i;

    GOV_TRY(gov_console__permit(&permit, ctx, req, pool));
    GOV_TRY(gov_console_create(&console, "redirects", reply, ctx, req, pool));
    gov_console_name(console, gov_word(ctx, "console.entry.redirects"));
    list = gov_grid_create(console, gov_console_box(console, "main", NULL),
                           req, "console.redirects.", heads, "redirects/");
    text = gov_grid_text(list, "address");
    GOV_TRY(gov_redirect_list(&rows, &total, ctx, site, text,
                              gov_grid_offset(list), gov_grid_limit(list),
                              pool));
    gov_grid_total(list, total, total);
    for (i = 0; i < rows->nelts; i++) {
        const gov_redirect_t *r = &APR_ARRAY_IDX(rows, i, gov_redirect_t);

        gov_grid_row(list, gov_console_href(console, apr_pstrcat(
                               pool, "redirects/", r->id, NULL)));
        gov_grid_cell(list, r->path);
        gov_grid_cell(list, target_text(r, ctx, pool));
        gov_grid_time(list, r->created);
    }
    GOV_TRY(gov_grid_end(&goes_on, reply, list));
    if (!goes_on)
        return NULL;
    gov_console__add_form(console, gov_console_box(
                              console, "form",
                              gov_word(ctx, "console.redirects.add")),
                          reply, ctx, req, gov_console__intake(
                              &again, &gov_console__redirect_form, req, pool),
                          "redirects/", pool);
    return gov_console_reply(reply, console);
}

CONSOLE_HANDLER(redirects_post)
{
    const char *target = gov_intake_text(req->intake, "target");
    bool gone = gov_intake_flag(req->intake, "gone");
    const gov_site_t *site = gov_req_site(req);
    const gov_permit_t *permit;
    gov_err_t *err = NULL;

    GOV_TRY(gov_console__permit(&permit, ctx, req, pool));
    /* an address that somebody forgot to fill in is not one that is gone */
    if (!target && !gone)
        gov_intake_mistake(req->intake, "target", "missing", NULL);
    else if (target && gone)
        gov_intake_mistake(req->intake, "gone", "refused", NULL);
    else
        err = gov_redirect_set(ctx, site, gov_intake_text(req->intake, "path"),
                               target, permit, pool);
    if (!err && gov_intake_ok(req->intake))
        return gov_console__goes_on(reply, ctx, site, "redirects/", "saved",
                                    pool);
    if (err && !gov_console__tell(req->intake, err))
        return err;
    reply->status = err && err->code == GOV_E_CONFLICT ? 409 : 422;
    return gov_console__redirects(reply, ctx, req, pool);
}

CONSOLE_HANDLER(redirect)
{
    const gov_site_t *site = gov_req_site(req);
    const char *id = gov_req_part(req, "redirect");
    const gov_permit_t *permit;
    gov_console_t *console;
    gov_redirect_t r;
    gov_node_t *box;
    bool again;

    GOV_TRY(gov_console__permit(&permit, ctx, req, pool));
    GOV_TRY(gov_redirect_get(&r, ctx, site, id, pool));
    GOV_TRY(gov_console_create(&console, "redirects", reply, ctx, req, pool));
    gov_console_crumb(console, gov_word(ctx, "console.entry.redirects"),
                      gov_console_href(console, "redirects/"));
    gov_console_name(console, r.path);
    box = gov_console_box(console, "form", NULL);
    gov_console_fact(box, gov_word(ctx, "console.redirects.target"),
                     target_text(&r, ctx, pool), NULL);
    gov_console__add_form(console, box, reply, ctx, req, gov_console__intake(
                              &again, &gov_console__unredirect_form, req,
                              pool),
                          apr_pstrcat(pool, "redirects/", id, NULL), pool);
    return gov_console_reply(reply, console);
}

CONSOLE_HANDLER(redirect_post)
{
    const gov_site_t *site = gov_req_site(req);
    const gov_permit_t *permit;
    gov_err_t *err;

    GOV_TRY(gov_console__permit(&permit, ctx, req, pool));
    err = gov_redirect_remove(ctx, site, gov_req_part(req, "redirect"), permit,
                              pool);
    if (!err)
        return gov_console__goes_on(reply, ctx, site, "redirects/", "removed",
                                    pool);
    if (!gov_console__tell(req->intake, err))
        return err;
    reply->status = 409;
    return gov_console__redirect(reply, ctx, req, pool);
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* portal/sign_in.c -- the pages through which people come in. */

#include <string.h>

#include "gov_factor.h"
#include "gov_limit.h"
#include "portal_priv.h"

#define CODE_MAX 40

static const gov_form_field_t sign_in_fields[] = {
    { .name = "login", .kind = GOV_FORM_LINE, .required = true, .most = 60,
      .autocomplete = "username" },
    { .name = "password", .kind = GOV_FORM_PASSWORD, .required = true,
      .most = 200, .autocomplete = "current-password" },
    { .name = NULL }
};
static const gov_form_field_t factor_fields[] = {
    { .name = "code", .kind = GOV_FORM_LINE, .required = true,
      .most = CODE_MAX, .autocomplete = "one-time-code" },
    { .name = NULL }
};
static const gov_form_field_t password_fields[] = {
    { .name = "old", .kind = GOV_FORM_PASSWORD, .required = true, .most = 200,
      .autocomplete = "current-password" },
    { .name = "password", .kind = GOV_FORM_PASSWORD, .required = true,
      .most = 200, .autocomplete = "new-password" },
    { .name = "again", .kind = GOV_FORM_PASSWORD, .required = true,
      .most = 200, .autocomplete = "new-password" },
    { .name = NULL }
};
static const gov_form_field_t no_fields[] = { { .name = NULL } };

static const gov_form_field_t renew_fields[] = {
    { .name = "password", .kind = GOV_FORM_PASSWORD, .most = 200,
      .autocomplete = "current-password" },
    { .name = "code", .kind = GOV_FORM_LINE, .required = true,
      .most = CODE_MAX, .autocomplete = "one-time-code" },
    { .name = NULL }
};

const gov_form_t gov_portal__sign_in_form = { "sign-in", sign_in_fields };
const gov_form_t gov_portal__factor_form = { "factor", factor_fields };
const gov_form_t gov_portal__enrol_form = { "enrol", factor_fields };
const gov_form_t gov_portal__renew_form = { "renew", renew_fields };
const gov_form_t gov_portal__password_form = { "password", password_fields };
const gov_form_t gov_portal__sign_out_form = { "sign-out", no_fields };

/* --- where to go ---------------------------------------------------------- */

/* "/-/sign-in/factor" inside the page's site and language. */
const char *
gov_portal__inside(const gov_ctx_t *ctx, const char *path, apr_pool_t *pool)
{
    return apr_pstrcat(pool, gov_site_home(ctx->site, ctx->lang, pool), path,
                       NULL);
}

/* Only a path of this host: never "//elsewhere" or "https:...". */
static bool
is_local(const char *to)
{
    return to && to[0] == '/' && to[1] != '/' && to[1] != '\\'
        && strlen(to) < 1000 && !strpbrk(to, "\\\r\n");
}

static const char *
wanted(const gov_req_t *req)
{
    const char *to = req->intake ? gov_intake_raw(req->intake, "_to")
        : gov_req_param(req, "to");

    return is_local(to) ? to : NULL;
}

/* To the step that is asked for next, else to where the person was going. */
static gov_err_t *
go_on(gov_reply_t *reply, const gov_ctx_t *ctx, const gov_req_t *req,
      const gov_session_t *session, apr_pool_t *pool)
{
    const char *to = wanted(req);

    if (session->token)
        gov_reply_session(reply, ctx, session, pool);
    if (session->step == GOV_STEP_OPEN)
        return gov_reply_redirect(reply, to ? to
                                  : gov_portal__inside(ctx, GOV_ACCOUNT, pool),
                                  false);
    return gov_reply_redirect(
        reply, apr_pstrcat(pool, gov_portal__inside(ctx, GOV_SIGN_IN, pool),
                           gov_session_step(session->step), to ? "?to=" : "",
                           to ? gov_url_encode(to, pool) : "", NULL), false);
}

/* --- pages ---------------------------------------------------------------- */

typedef struct sheet_t {
    gov_view_t *view;
    gov_node_t *sheet, *form;
} sheet_t;

/* A page with one form: what INTAKE holds, or a blank one. */
static void
show(sheet_t *s, gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
     const char *key, const gov_form_t *form, const char *path,
     apr_pool_t *pool)
{
    const gov_intake_t *intake = req->intake ? req->intake
        : gov_intake_blank(form, pool);

    s->view = gov_view_create("form", ctx, req, pool);
    gov_view_meta(s->view, "robots", "noindex");
    s->sheet = gov_view_sheet(s->view, key);
    s->form = gov_view_form(s->view, s->sheet, intake,
                            gov_req_form_key(reply, ctx, req, form, pool),
                            gov_portal__inside(ctx, path, pool));
    if (wanted(req))
        gov_view_hidden(s->form, "_to", wanted(req));
}

/* WORK: a proof of it is asked for.  OUTCOME: what went wrong before, or NULL. */
static gov_err_t *
sign_in_page(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
             bool work, const char *outcome, apr_pool_t *pool)
{
    const apr_array_header_t *sources = gov_sign_in_sources(ctx);
    sheet_t s;
    int i;

    show(&s, reply, ctx, req, "sign-in", &gov_portal__sign_in_form, GOV_SIGN_IN,
         pool);
    if (work)
        gov_view_captcha(s.view, s.form);
    for (i = 0; i < sources->nelts; i++) {
        const char *pair = APR_ARRAY_IDX(sources, i, const char *);
        const char *source = apr_pstrmemdup(pool, pair, strcspn(pair, "="));
        gov_node_t *way = gov_node_add(s.sheet, "link");

        gov_node_set(way, "name", gov_word(ctx, apr_pstrcat(
                                               pool, "sign-in.via.", source,
                                               NULL)));
        gov_node_set(way, "href", apr_pstrcat(
                         pool, gov_portal__inside(ctx, GOV_SIGN_IN "via/",
                                                  pool), source,
                         wanted(req) ? "?to=" : "", wanted(req)
                         ? gov_url_encode(wanted(req), pool) : "", NULL));
    }
    if (outcome)
        gov_view_outcome(s.view, s.sheet, "failed", outcome, req->vouched);
    return gov_reply_page(reply, gov_view_page(s.view));
}

PORTAL_HANDLER(sign_in)
{
    if (req->session)
        return go_on(reply, ctx, req, req->session, pool);
    return sign_in_page(reply, ctx, req, false, NULL, pool);
}

PORTAL_HANDLER(sign_in_again)
{
    return sign_in_page(reply, ctx, req, false, NULL, pool);
}

/* Everything that keeps somebody out is told on the page, in words that do not say
   whether the account exists. */
static gov_err_t *
refuse(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
       const gov_err_t *err, apr_pool_t *pool)
{
    bool work = err->code == GOV_E_SIGN_IN;

    reply->status = err->code == GOV_E_TOO_MANY ? 429 : 422;
    if (work)
        gov_intake_mistake(req->intake, "", "prove", NULL);
    else if (gov_limit_wait(err))
        gov_intake_mistake(req->intake, "", "busy", NULL);
    else if (err->code == GOV_E_TOO_MANY)
        gov_intake_mistake(req->intake, "", "locked",
                           apr_itoa(pool, ctx->policy->lock_minutes));
    else
        gov_intake_mistake(req->intake, "password", "no-match", NULL);
    return sign_in_page(reply, ctx, req, work, NULL, pool);
}

PORTAL_HANDLER(sign_in_post)
{
    gov_knock_t knock = { .host = req->host, .address = req->address };
    const gov_session_t *session;
    gov_err_t *err;

    knock.login = gov_intake_text(req->intake, "login");
    knock.password = gov_intake_text(req->intake, "password");
    knock.agent = apr_table_get(req->headers, "User-Agent");
    GOV_TRY(gov_req_worked(&knock.worked, ctx, req, pool));
    err = gov_sign_in(&session, ctx, &knock, pool);
    if (err && err->code != GOV_E_INVALID && err->code != GOV_E_TOO_MANY
        && err->code != GOV_E_SIGN_IN)
        return err;
    return err ? refuse(reply, ctx, req, err, pool)
               : go_on(reply, ctx, req, session, pool);
}

/* httpd's own authentication has let the visitor through to this address.  Whom it
   does not know may still have a password. */
PORTAL_HANDLER(sign_in_via)
{
    gov_knock_t knock = { .host = req->host, .address = req->address };
    bool vouched = req->vouched_by && req->vouched && *req->vouched;
    const gov_session_t *session;
    gov_err_t *err = NULL;

    knock.agent = apr_table_get(req->headers, "User-Agent");
    if (vouched)
        err = gov_sign_in_vouched(&session, ctx, req->vouched_by, req->vouched,
                                  &knock, pool);
    if (err && err->code != GOV_E_FORBIDDEN)
        return err;
    if (vouched && !err)
        return go_on(reply, ctx, req, session, pool);
    reply->status = 403;
    return sign_in_page(reply, ctx, req, false, vouched ? "sign-in.via.unknown"
                        : "sign-in.via.nobody", pool);
}

/* --- the second factor ---------------------------------------------------- */

PORTAL_HANDLER(factor)
{
    sheet_t s;

    if (req->session->step != GOV_STEP_FACTOR)
        return go_on(reply, ctx, req, req->session, pool);
    show(&s, reply, ctx, req, "factor", &gov_portal__factor_form,
         GOV_SIGN_IN "factor", pool);
    return gov_reply_page(reply, gov_view_page(s.view));
}

PORTAL_HANDLER(factor_post)
{
    const gov_session_t *next;
    gov_err_t *err;

    if (req->session->step != GOV_STEP_FACTOR)
        return go_on(reply, ctx, req, req->session, pool);
    err = gov_session_factor(&next, ctx, req->session,
                             gov_intake_text(req->intake, "code"), pool);
    if (!err)
        return go_on(reply, ctx, req, next, pool);
    if (err->code != GOV_E_INVALID && err->code != GOV_E_TOO_MANY)
        return err;
    reply->status = err->code == GOV_E_TOO_MANY ? 429 : 422;
    if (err->code == GOV_E_TOO_MANY)
        gov_intake_mistake(req->intake, "", "locked",
                           apr_itoa(pool, ctx->policy->lock_minutes));
    else
        gov_intake_mistake(req->intake, "code", "no-match", NULL);
    return gov_portal__factor(reply, ctx, req, pool);
}

/* On the way in, and for somebody who is in, with the password once more.  The
   secret goes along in the form: the person sees it anyway, and only a code of it
   takes it into use. */
static gov_err_t *
enrol_page(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
           const char *secret, apr_pool_t *pool)
{
    const gov_person_t *person = req->session->person;
    bool in = req->session->step == GOV_STEP_OPEN;
    gov_qr_t qr;
    gov_node_t *node;
    sheet_t s;

    show(&s, reply, ctx, req, "enrol", in ? &gov_portal__renew_form
         : &gov_portal__enrol_form, in ? GOV_ACCOUNT "factor"
         : GOV_SIGN_IN "enrol", pool);
    gov_view_hidden(s.form, "_secret", secret);
    node = gov_node_add(s.sheet, "secret");
    gov_node_set(node, "text", secret);
    GOV_TRY(gov_qr_make(&qr, gov_factor_uri(secret, ctx->site->host,
                                            person->login, pool), pool));
    gov_node_set_int(node, "size", qr.size);
    gov_node_set(node, "path", qr.path);
    return gov_reply_page(reply, gov_view_page(s.view));
}

PORTAL_HANDLER(enrol)
{
    if (req->session->step != GOV_STEP_ENROL)
        return go_on(reply, ctx, req, req->session, pool);
    return gov_portal__renew(reply, ctx, req, pool);
}

PORTAL_HANDLER(renew)
{
    const char *secret = req->intake ? gov_intake_raw(req->intake, "_secret")
        : NULL;

    if (!secret || !gov_factor_is_secret(secret))
        secret = gov_factor_secret(ctx, pool);
    return enrol_page(reply, ctx, req, secret, pool);
}

static gov_err_t *
codes_page(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
           const gov_session_t *next, const apr_array_header_t *codes,
           apr_pool_t *pool)
{
    gov_view_t *view = gov_view_create("form", ctx, req, pool);
    gov_node_t *sheet, *list, *node;
    const char *to = wanted(req);
    int i;

    gov_view_meta(view, "robots", "noindex");
    sheet = gov_view_sheet(view, "codes");
    list = gov_node_add(sheet, "codes");
    for (i = 0; i < codes->nelts; i++)
        gov_node_text(gov_node_add(list, "code"),
                      APR_ARRAY_IDX(codes, i, const char *));
    node = gov_node_add(sheet, "link");
    gov_node_set(node, "name", gov_word(ctx, "codes.next"));
    gov_node_set(node, "href", next->step == GOV_STEP_OPEN
                 ? to ? to : gov_portal__inside(ctx, GOV_ACCOUNT, pool)
                 : apr_pstrcat(pool, gov_portal__inside(ctx, GOV_SIGN_IN, pool),
                               gov_session_step(next->step), to ? "?to=" : "",
                               to ? gov_url_encode(to, pool) : "", NULL));
    gov_reply_session(reply, ctx, next, pool);
    gov_page_set_private(gov_view_page(view));
    return gov_reply_page(reply, gov_view_page(view));
}

PORTAL_HANDLER(enrol_post)
{
    if (req->session->step != GOV_STEP_ENROL)
        return go_on(reply, ctx, req, req->session, pool);
    return gov_portal__renew_post(reply, ctx, req, pool);
}

PORTAL_HANDLER(renew_post)
{
    bool in = req->session->step == GOV_STEP_OPEN;
    const char *secret = gov_intake_raw(req->intake, "_secret");
    const gov_session_t *next;
    apr_array_header_t *codes;
    gov_err_t *err;

    if (!secret || !gov_factor_is_secret(secret))
        return gov_err_field("_secret", pool, "is no secret of ours");
    err = gov_session_enrol(&next, &codes, ctx, req->session, secret,
                            gov_intake_text(req->intake, "code"),
                            in ? gov_intake_text(req->intake, "password")
                            : NULL, pool);
    if (!err)
        return codes_page(reply, ctx, req, next, codes, pool);
    if (err->code != GOV_E_INVALID || !err->field)
        return err;
    reply->status = 422;
    gov_intake_mistake(req->intake, err->field, "no-match", NULL);
    return enrol_page(reply, ctx, req, secret, pool);
}

/* --- a new password ------------------------------------------------------- */

static bool
may_change(const gov_session_t *session)
{
    return session->step == GOV_STEP_PASSWORD
        || session->step == GOV_STEP_OPEN;
}

PORTAL_HANDLER(password)
{
    bool must = req->session->step == GOV_STEP_PASSWORD;
    sheet_t s;

    if (!may_change(req->session))
        return go_on(reply, ctx, req, req->session, pool);
    show(&s, reply, ctx, req, must ? "password.must" : "password",
         &gov_portal__password_form, GOV_SIGN_IN "password", pool);
    return gov_reply_page(reply, gov_view_page(s.view));
}

/* The reasons of gov_password_fits() and "used-before" are codes. */
PORTAL_HANDLER(password_post)
{
    const char *old = gov_intake_text(req->intake, "old");
    const char *fresh = gov_intake_text(req->intake, "password");
    const gov_session_t *next;
    gov_err_t *err;

    if (!may_change(req->session))
        return go_on(reply, ctx, req, req->session, pool);
    if (strcmp(fresh, gov_intake_text(req->intake, "again"))) {
        gov_intake_mistake(req->intake, "again", "not-the-same", NULL);
        reply->status = 422;
        return gov_portal__password(reply, ctx, req, pool);
    }
    err = gov_session_password(&next, ctx, req->session, old, fresh, pool);
    if (!err)
        return go_on(reply, ctx, req, next, pool);
    if (err->code != GOV_E_INVALID || !err->field)
        return err;
    reply->status = 422;
    gov_intake_mistake(req->intake, err->field, !strcmp(err->field, "old")
                       ? "no-match" : err->message,
                       apr_itoa(pool, ctx->policy->password_length));
    return gov_portal__password(reply, ctx, req, pool);
}

/* --- out ------------------------------------------------------------------ */

PORTAL_HANDLER(sign_out)
{
    GOV_TRY(gov_session_end(ctx, req->session, pool));
    gov_reply_session(reply, ctx, NULL, pool);
    return gov_reply_redirect(reply, gov_site_home(ctx->site, ctx->lang, pool),
                              false);
}

PORTAL_HANDLER(sign_out_page)
{
    sheet_t s;

    show(&s, reply, ctx, req, "sign-out", &gov_portal__sign_out_form,
         GOV_SIGN_OUT, pool);
    return gov_reply_page(reply, gov_view_page(s.view));
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/session.c -- whose request it is, and what binds a form to its visitor. */

#include <string.h>

#include "gate.h"
#include "gov_captcha.h"
#include "gov_key.h"
#include "gov_once.h"

#define SESSION "gov-session"
#define VISITOR "gov-form"
#define VISITOR_BYTES 16
/* Sums may be tried so many times less than forms. */
#define SUM_SHARE 2
#define SUM_SPAN apr_time_from_sec(600)

static const char *
cookie_of(const gov_host_t *host, const gov_req_t *req, const char *name,
          apr_pool_t *pool)
{
    return gov_url_cookie(apr_table_get(req->headers, "Cookie"),
                            gov_host__cookie_name(host, name, pool), pool);
}

/* A session that is none any more is no error here: what the route asks for
   decides. */
gov_err_t *
gov_host__identify(gov_host__match_t *match, gov_host_t *host, gov_ctx_t *ctx,
                   apr_pool_t *pool)
{
    gov_req_t *req = &match->req;
    const char *token = cookie_of(host, req, SESSION, pool);
    const gov_session_t *session;
    gov_err_t *err;

    if (!token)
        return NULL;
    err = gov_session_find(&session, ctx, token, req->host, req->address, pool);
    if (err && err->code == GOV_E_SIGN_IN)
        return NULL;
    GOV_TRY(err);
    req->session = session;
    if (session->step == GOV_STEP_OPEN)
        ctx->actor = session->actor;
    return NULL;
}

static apr_table_t *
headers_of(gov_reply_t *reply, apr_pool_t *pool)
{
    if (!reply->headers)
        reply->headers = apr_table_make(pool, 4);
    return reply->headers;
}

void
gov_reply_session(gov_reply_t *reply, const gov_ctx_t *ctx,
                  const gov_session_t *session, apr_pool_t *pool)
{
    gov_host__set_cookie(headers_of(reply, pool), gov_host__of(ctx), SESSION,
                         session ? session->token : "", pool);
}

/* What the form's key is bound to: nobody can use the key of another visitor,
   form or site. */
static const char *
binding(const gov_ctx_t *ctx, const char *visitor, const gov_form_t *form,
        apr_pool_t *pool)
{
    return apr_psprintf(pool, "%s\n%s\n%" APR_INT64_T_FMT, visitor, form->name,
                        ctx->site->id);
}

static const char *
visitor_of(const gov_ctx_t *ctx, const gov_req_t *req, apr_pool_t *pool)
{
    return req->session ? req->session->id
        : cookie_of(gov_host__of(ctx), req, VISITOR, pool);
}

const char *
gov_req_form_key(gov_reply_t *reply, const gov_ctx_t *ctx,
                 const gov_req_t *req, const gov_form_t *form, apr_pool_t *pool)
{
    const char *visitor = visitor_of(ctx, req, pool);

    if (!visitor) {
        visitor = gov_token(ctx, VISITOR_BYTES, pool);
        gov_host__set_cookie(headers_of(reply, pool), gov_host__of(ctx),
                             VISITOR, visitor, pool);
    }
    return gov_form_key(ctx, binding(ctx, visitor, form, pool), pool);
}

gov_err_t *
gov_host__check_key(gov_bytes_t *once, const gov_ctx_t *ctx,
                    const gov_req_t *req, const gov_form_t *form,
                    apr_pool_t *pool)
{
    const char *key = gov_intake_raw(req->intake, "_key");
    const char *visitor = visitor_of(ctx, req, pool);

    if (!key || !visitor)
        return gov_err(GOV_E_FORBIDDEN, NULL, pool, "the form has no key");
    return gov_form_key_check(once, ctx, key, binding(ctx, visitor, form, pool),
                              apr_time_from_sec(3600 * ctx->policy->form_hours),
                              pool);
}

/* --- proof of work -------------------------------------------------------- */

static gov_err_t *
spend(const char **result, gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    (void)db;
    (void)scratch;
    *result = baton;
    return NULL;
}

/* What a program needs no work for is limited the more. */
static gov_err_t *
check_sum(gov_bytes_t *challenge, const gov_ctx_t *ctx, const gov_req_t *req,
          apr_pool_t *pool)
{
    const char *answer = gov_intake_raw(req->intake, "_sum");
    const char *token = gov_intake_raw(req->intake, "_sum-token");
    int most = ctx->policy->form_posts / SUM_SHARE;

    if (!answer || !token)
        return gov_err_field("sum", pool, "is missing");
    GOV_TRY(gov_limit_take(gov_host__of(ctx)->limits, "sum",
                           gov_limit_address(req->address, pool),
                           most ? most : 1, SUM_SPAN, gov_now(ctx->clock),
                           pool));
    return gov_sum_check(challenge, ctx, token, answer, pool);
}

/* A repeated post of the same form brings the same proof. */
gov_err_t *
gov_req_worked(bool *worked, const gov_ctx_t *ctx, const gov_req_t *req,
               apr_pool_t *pool)
{
    const char *proof = gov_intake_raw(req->intake, "altcha");
    const char *form = gov_intake_raw(req->intake, "_key"), *spent_by;
    gov_bytes_t challenge;
    gov_err_t *err;

    *worked = false;
    if (!form)
        return NULL;
    err = proof && *proof ? gov_captcha_check(&challenge, ctx, proof, pool)
        : check_sum(&challenge, ctx, req, pool);
    if (err && (err->code == GOV_E_INVALID || err->code == GOV_E_FORBIDDEN))
        return NULL;
    GOV_TRY(err);
    GOV_TRY(gov_once_tx(&spent_by, NULL, ctx, challenge, spend, (void *)form,
                        pool));
    *worked = spent_by && !strcmp(spent_by, form);
    return NULL;
}

const apr_array_header_t *
gov_sign_in_sources(const gov_ctx_t *ctx)
{
    return gov_host__of(ctx)->config->sign_in;
}

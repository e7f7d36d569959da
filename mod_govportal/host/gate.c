/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/gate.c -- the one way in, in one fixed order: method, host, address, site,
   route; then, for what is not public, network, session, permission; then, for a
   POST, origin, rate, body, key, proof of work.

   A public GET looks for no session and costs nothing here. */

#include <apr_network_io.h>
#include <string.h>

#include "gate.h"
#include "gov_audit.h"
#include "gov_console.h"
#include "gov_limit.h"

#define MAX_PARAMS 50
#define RATE_SPAN apr_time_from_sec(600)

static const char *
view_of(const apr_table_t *params)
{
    static const char *const views[] = { "standard", "elder", "text", "print",
                                         NULL };
    const char *asked = apr_table_get(params, "view");
    int i;

    for (i = 0; asked && views[i]; i++)
        if (!strcmp(asked, views[i]))
            return views[i];
    return "standard";
}

gov_err_t *
gov_host__read(gov_host__match_t *match, const gov_ask_t *ask,
               apr_pool_t *pool)
{
    gov_req_t *req = &match->req;
    apr_table_t *params;

    req->view = "standard";
    req->headers = ask->headers;
    req->address = ask->address;
    req->query = ask->query;
    req->raw_path = ask->path;
    req->params = apr_table_make(pool, 1);
    req->head = !strcmp(ask->method, "HEAD");
    req->method = req->head ? "GET" : ask->method;
    req->vouched = ask->vouched;
    req->vouched_by = ask->vouched_by;
    if (strcmp(req->method, "GET") && strcmp(req->method, "POST"))
        return gov_err(GOV_E_UNSUPPORTED, NULL, pool, "method %s",
                       ask->method);
    if (!ask->host)
        return gov_err(GOV_E_INVALID, NULL, pool, "no Host header");
    GOV_TRY(gov_url_host(&req->host, ask->host, pool));
    GOV_TRY(gov_url_path(&req->path, ask->path, pool));
    if (ask->query) {
        GOV_TRY(gov_url_query(&params, ask->query, strlen(ask->query),
                              MAX_PARAMS, pool));
        req->params = params;
        req->view = view_of(params);
    }
    return NULL;
}

/* --- who, from where ------------------------------------------------------ */

static bool
is_public(const gov_route_t *route)
{
    return !strcmp(route->permission, "public");
}

/* GovConsoleAddresses: what is not for the public is for these networks only. */
static gov_err_t *
check_network(const gov_host_t *host, const gov_req_t *req, apr_pool_t *pool)
{
    apr_sockaddr_t *address;
    int i;

    if (!host->networks->nelts)
        return NULL;
    if (req->address && !apr_sockaddr_info_get(&address, req->address,
                                               APR_UNSPEC, 0, 0, pool))
        for (i = 0; i < host->networks->nelts; i++)
            if (apr_ipsubnet_test(APR_ARRAY_IDX(host->networks, i,
                                                apr_ipsubnet_t *), address))
                return NULL;
    return gov_err(GOV_E_FORBIDDEN, NULL, pool,
                   "%s is not in GovConsoleAddresses",
                   req->address ? req->address : "nowhere");
}

bool
gov_host__action(gov_action_t *action, const gov_host_t *host,
                 const char *word)
{
    const gov_action_t *own = apr_hash_get(host->permissions, word,
                                           APR_HASH_KEY_STRING);

    if (own)
        *action = *own;
    return own || gov_action_named(action, word);
}

/* What the permission is asked for: NULL is the group, whose pages in the console
   are the same on every host. */
static const gov_site_t *
place_of(const gov_host__match_t *match, const gov_ctx_t *ctx)
{
    if (match->place)
        return match->place;
    return strncmp(match->route->route->path, "/" GOV_CONSOLE,
                   sizeof(GOV_CONSOLE)) ? ctx->site : NULL;
}

static gov_err_t *
permitted(const gov_host__match_t *match, const gov_host_t *host,
          const gov_ctx_t *ctx, apr_pool_t *pool)
{
    const char *word = match->route->route->permission;
    const gov_session_t *session = match->req.session;
    const gov_site_t *site = place_of(match, ctx);
    char one[GOV_HOST__WORD];
    const gov_permit_t *permit;
    const char *rest = word;
    gov_action_t action;

    if (!session)
        return gov_err(GOV_E_SIGN_IN, NULL, pool, "%s needs %s",
                       match->route->route->path, word);
    if (!strcmp(word, "session"))
        return NULL;
    if (session->step != GOV_STEP_OPEN)
        return gov_err(GOV_E_SIGN_IN, NULL, pool,
                       "%s is not signed in yet: %s is asked for",
                       session->person->login, gov_session_step(session->step));
    if (!strcmp(word, "signed-in"))
        return NULL;
    while (gov_host__next_word(one, &rest)) {
        /* routes with an unknown word do not load */
        gov_assert(gov_host__action(&action, host, one));
        if (match->column
            ? !gov_permit_get(&permit, ctx, action, ctx->site->id,
                              match->column->id, pool)
            : gov_permit_somewhere(ctx, action, site ? site->id : 0))
            return NULL;
    }
    return gov_err(GOV_E_FORBIDDEN, NULL, pool, "%s may not %s on %s",
                   ctx->actor->name, word, site ? site->slug : "any site");
}

typedef struct refusal_t {
    const gov_ctx_t *ctx;
    const char *path, *why;
} refusal_t;

static gov_err_t *
note(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const refusal_t *r = baton;

    return gov_audit_add(db, r->ctx, "gate.refuse", r->ctx->site->id,
                         gov_text_cut(r->path, 90, pool), false, r->why, pool);
}

/* Who tries doors leaves a trace, but no flood of them. */
static void
note_refusal(const gov_host_t *host, const gov_ctx_t *ctx,
             const gov_req_t *req, const gov_err_t *why, apr_pool_t *pool)
{
    refusal_t r = { ctx, req->path, why->message };
    gov_err_t *err;

    if (ctx->actor->kind != GOV_ACTOR_PERSON
        || gov_limit_take(host->limits, "refusal", ctx->actor->name, 60,
                          RATE_SPAN, gov_now(ctx->clock), pool))
        return;
    err = gov_store_tx(ctx->store, note, &r, pool);
    if (err)
        gov_log_err(GOV_LOG_WARNING, 416, err, "a refusal was not noted");
}

/* --- what a POST brings --------------------------------------------------- */

/* Browsers say where a request comes from; what they say wins over our own key
   because no leak of a key helps against it.  Neither header: an old browser or a
   program, and the key alone decides. */
static gov_err_t *
check_origin(const gov_req_t *req, apr_pool_t *pool)
{
    const char *site = apr_table_get(req->headers, "Sec-Fetch-Site");
    const char *origin = apr_table_get(req->headers, "Origin");
    const char *at, *name;

    if (site && strcmp(site, "same-origin") && strcmp(site, "none"))
        return gov_err(GOV_E_FORBIDDEN, NULL, pool, "a form from %s", site);
    if (!origin)
        return NULL;
    at = strstr(origin, "://");
    if (at && !gov_url_host(&name, at + 3, pool)
        && !strcmp(name, req->host))
        return NULL;
    return gov_err(GOV_E_FORBIDDEN, NULL, pool, "a form from %s",
                   gov_text_valid(origin, strlen(origin)) ? origin : "?");
}

static gov_err_t *
check_rate(const gov_host_t *host, const gov_ctx_t *ctx, const gov_req_t *req,
           apr_pool_t *pool)
{
    apr_time_t now = gov_now(ctx->clock);
    int most = ctx->policy->form_posts;

    if (req->session)
        return gov_limit_take(host->limits, "person",
                              req->session->person->login, 10 * most,
                              RATE_SPAN, now, pool);
    return gov_limit_take(host->limits, "address",
                          gov_limit_address(req->address, pool), most,
                          RATE_SPAN, now, pool);
}

/* However many addresses they come from, a citizens' form takes so many and no
   more.  Counted last: whoever wants to fill it up for others pays with a proof of
   work for each. */
static bool
is_crowded(const gov_host_t *host, const gov_ctx_t *ctx,
           const gov_form_t *form, apr_pool_t *pool)
{
    const char *key = apr_pstrcat(pool, ctx->site->slug, " ", form->name, NULL);

    return gov_limit_take(host->limits, "form", key, ctx->policy->form_crowd,
                          RATE_SPAN, gov_now(ctx->clock), pool) != NULL;
}

static gov_err_t *
take_in(gov_host__match_t *match, const gov_host_t *host, const gov_ctx_t *ctx,
        const gov_ask_t *ask, apr_pool_t *pool)
{
    gov_req_t *req = &match->req;
    const gov_route_t *route = match->route->route;
    gov_err_t *err;
    bool worked;

    GOV_TRY(check_origin(req, pool));
    GOV_TRY(check_rate(host, ctx, req, pool));
    GOV_TRY(gov_host__take_form(&req->intake, ctx, route->form, &ask->body,
                                pool));
    err = gov_host__check_key(&req->once, ctx, req, route->form, pool);
    if (err && err->code != GOV_E_FORBIDDEN)
        return err;
    /* nothing typed is lost: the form comes back with a new key */
    if (err)
        gov_intake_mistake(req->intake, "", "form-expired", NULL);
    else if (gov_intake_ok(req->intake)
             && (route->flags & GOV_ROUTE_CAPTCHA)) {
        GOV_TRY(gov_req_worked(&worked, ctx, req, pool));
        if (!worked)
            gov_intake_mistake(req->intake, "", "no-proof", NULL);
        else if (!req->session && is_crowded(host, ctx, route->form, pool))
            gov_intake_mistake(req->intake, "", "crowd", NULL);
    }
    match->passed = gov_intake_ok(req->intake);
    return NULL;
}

/* --- all of it ------------------------------------------------------------ */

gov_err_t *
gov_host__enter(gov_host__match_t *match, gov_host_t *host,
                gov_host__ctx_t *own, const gov_ask_t *ask, apr_pool_t *pool)
{
    gov_req_t *req = &match->req;
    gov_ctx_t *ctx = &own->ctx;
    const gov_site_lang_t *lang;
    const gov_route_t *route;
    gov_err_t *err;
    bool post = !strcmp(req->method, "POST");

    ctx->site = gov_site_for(ctx->group, req->host, req->path, &lang,
                             &req->rest);
    if (!ctx->site)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "no site has the host %s",
                       req->host);
    ctx->lang = lang->lang;
    GOV_TRY(gov_host__match(match, host, ctx->site, req->method, pool));
    route = match->route->route;
    if (gov_host__plugin_waits(host, match->route->plugin))
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "the plugin of %s waits for its tables", route->path);
    if (!is_public(route) || (route->flags & GOV_ROUTE_INSIDE))
        GOV_TRY(check_network(host, req, pool));
    if (!is_public(route) || post || (route->flags & GOV_ROUTE_FRESH))
        GOV_TRY(gov_host__identify(match, host, ctx, pool));
    if (!is_public(route)) {
        err = permitted(match, host, ctx, pool);
        if (err && err->code == GOV_E_FORBIDDEN)
            note_refusal(host, ctx, req, err, pool);
        GOV_TRY(err);
    }
    return post ? take_in(match, host, ctx, ask, pool) : NULL;
}

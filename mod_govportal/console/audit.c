/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/audit.c -- the audit: who did what, when; who answers for an address; how
   far its chain is. */

#include <string.h>

#include "gov_audit.h"
#include "gov_trace.h"
#include "people_priv.h"

/* Without a period the list begins so long ago; the rest is asked for by date. */
#define DAYS 30

static const gov_grid_column_t columns[] = {
    { "at", "time", false }, { "actor", "text", false },
    { "what", "text", false }, { "outcome", "state", false },
    { "place", "text", false }, { "object", "text", false },
    { "detail", "text", false }, { "address", "text", false },
    { "code", "text", false }, { "seq", "number", false },
    { NULL, NULL, false }
};

/* Actions and groups of them, as gov_audit_search() takes them. */
static const char *const actions[] = {
    "session.*", "session.open", "gate.refuse", "person.*", "grant.*",
    "policy.set", "document.*", "edition.*", "emergency.*", "flow.*", "site.*",
    "column.*", "words.*", "key.*", "integrity.*", "audit.read", NULL
};

/* The word of an action, or of a group of them: "session-open" of "session.open",
   "session" of "session.*". */
static const char *
action_word(const gov_ctx_t *ctx, const char *action, apr_pool_t *pool)
{
    apr_size_t len = strlen(action);
    const char *key, *word;
    char *name, *dot;

    if (len > 2 && !strcmp(action + len - 2, ".*"))
        len -= 2;
    name = apr_pstrmemdup(pool, action, len);
    for (dot = name; (dot = strchr(dot, '.')) != NULL;)
        *dot = '-';
    key = apr_pstrcat(pool, "console.deed.", name, NULL);
    word = gov_word(ctx, key);
    return strcmp(word, key) ? word : action;
}

static const char *
place_of(const gov_ctx_t *ctx, apr_int64_t id)
{
    const gov_site_t *site = gov_site_by_id(ctx->group, id);

    return site ? gov_console__site_title(site, ctx->lang)
        : id ? gov_word(ctx, "console.people.closed-site") : NULL;
}

static void
add_row(gov_grid_t *list, const gov_ctx_t *ctx, const gov_audit_entry_t *e,
        apr_pool_t *pool)
{
    gov_grid_row(list, NULL);
    gov_grid_time(list, e->at);
    gov_grid_cell(list, e->actor);
    gov_grid_cell(list, action_word(ctx, e->action, pool));
    gov_grid_state(list, e->done ? "good" : "bad",
                   gov_word(ctx, e->done ? "console.audit.outcome.done"
                            : "console.audit.outcome.refused"));
    gov_grid_cell(list, place_of(ctx, e->site));
    gov_grid_cell(list, e->object);
    gov_grid_cell(list, e->detail);
    gov_grid_cell(list, e->address);
    gov_grid_cell(list, e->action);
    if (e->seq)
        gov_grid_number(list, e->seq);
    else
        gov_grid_cell(list, NULL);
}

/* --- what is looked for ------------------------------------------------------- */

/* A day of the filter NAME; what is none is said in BOX. */
static bool
day_of(gov_date_t *day, gov_grid_t *list, const char *name, gov_node_t *box,
       const gov_ctx_t *ctx, apr_pool_t *pool)
{
    const char *text = gov_grid_text(list, name);

    if (!text)
        return false;
    if (!gov_date_parse(day, text, pool))
        return true;
    gov_console_note(box, "failed", gov_word(ctx, "form.mistake.not-a-date"));
    return false;
}

static void
add_period(gov_audit_query_t *query, gov_grid_t *list, gov_node_t *box,
           const gov_ctx_t *ctx, apr_pool_t *pool)
{
    gov_date_t day;

    if (day_of(&day, list, "from", box, ctx, pool))
        query->from = gov_date_start(day);
    if (day_of(&day, list, "to", box, ctx, pool))
        query->to = gov_date_start(gov_date_add(day, 1));
}

static void
add_choices(gov_audit_query_t *query, gov_grid_t *list, const gov_ctx_t *ctx,
            apr_pool_t *pool)
{
    const apr_array_header_t *sites = gov_group_sites(ctx->group);
    const gov_site_t *site;
    const char *slug;
    int i;

    query->action = gov_grid_choices(list, "action");
    for (i = 0; actions[i]; i++)
        gov_grid_choice(list, actions[i], action_word(ctx, actions[i], pool));
    query->outcome = gov_grid_choices(list, "outcome");
    gov_grid_choice(list, "done", gov_word(ctx, "console.audit.outcome.done"));
    gov_grid_choice(list, "refused", gov_word(
                        ctx, "console.audit.outcome.refused"));
    slug = gov_grid_choices(list, "place");
    for (i = 0; i < sites->nelts; i++) {
        site = APR_ARRAY_IDX(sites, i, const gov_site_t *);
        gov_grid_choice(list, site->slug, gov_console__site_title(site,
                                                                  ctx->lang));
    }
    site = slug ? gov_site_by_slug(ctx->group, slug) : NULL;
    query->site = site ? site->id : 0;
}

/* Whoever names somebody, or one thing, means all of it; else a month is enough. */
static void
add_start(gov_audit_query_t *query, gov_node_t *box, const gov_ctx_t *ctx)
{
    if (query->from || query->actor || query->object)
        return;
    query->from = (query->to ? query->to : gov_now(ctx->clock))
        - apr_time_from_sec(DAYS * 86400);
    gov_console_note(box, "note", gov_word(ctx, "console.audit.month"));
}

/* --- the chain ---------------------------------------------------------------- */

static gov_err_t *
add_chain(gov_console_t *console, const gov_ctx_t *ctx, apr_pool_t *pool)
{
    gov_node_t *box;
    gov_anchor_t end;
    apr_time_t oldest;
    int waiting;

    GOV_TRY(gov_audit_end(&end, ctx, pool));
    GOV_TRY(gov_audit_waiting(&waiting, &oldest, ctx, pool));
    box = gov_console_box(console, "main", gov_word(ctx,
                                                    "console.audit.chain"));
    gov_console_fact(box, gov_word(ctx, "console.audit.chain.rows"),
                     apr_psprintf(pool, "%" APR_INT64_T_FMT, end.seq), NULL);
    gov_console_fact(box, gov_word(ctx, "console.audit.chain.anchor"),
                     gov_anchor_text(&end, pool), NULL);
    gov_console_fact(box, gov_word(ctx, "console.audit.chain.waiting"),
                     waiting ? apr_psprintf(pool, "%d (%s)", waiting,
                                            gov_time_minute(oldest, pool))
                     : "0", NULL);
    if (waiting && gov_now(ctx->clock) - oldest > apr_time_from_sec(60))
        gov_console_note(box, "warning",
                         gov_word(ctx, "console.audit.chain.late"));
    gov_console_note(box, "note", gov_word(ctx, "console.audit.chain.verify"));
    return NULL;
}

/* --- the pages ------------------------------------------------------------ */

/* All rows of the page are there: newest first, and whether there are more. */
static gov_err_t *
show(bool *goes_on, gov_reply_t *reply, gov_grid_t *list,
     const gov_ctx_t *ctx, const apr_array_header_t *entries, int before,
     int limit, apr_pool_t *pool)
{
    bool more = entries->nelts > limit;
    int shown = before + (more ? limit : entries->nelts), i;

    gov_grid_total(list, shown + more, shown);
    for (i = entries->nelts - 1; i >= (more ? 1 : 0); i--)
        add_row(list, ctx, &APR_ARRAY_IDX(entries, i, gov_audit_entry_t),
                pool);
    return gov_grid_end(goes_on, reply, list);
}

CONSOLE_HANDLER(audit)
{
    gov_audit_query_t query = { 0 };
    apr_array_header_t *entries;
    const gov_permit_t *permit;
    gov_console_t *console;
    gov_grid_t *list;
    gov_node_t *box;
    bool goes_on;

    GOV_TRY(gov_permit_get(&permit, ctx, GOV_ACTION_AUDIT, 0, 0, pool));
    GOV_TRY(gov_console_create(&console, "audit", reply, ctx, req, pool));
    gov_console_name(console, gov_word(ctx, "console.entry.audit"));
    box = gov_console_box(console, "main", NULL);
    gov_console_action(box, "plain", "shield-exclamation",
                       gov_word(ctx, "console.audit.failures"),
                       gov_console_href(console, "audit/?action=session.*"
                                        "&outcome=refused"));
    gov_console_action(box, "plain", "search",
                       gov_word(ctx, "console.entry.audit-address"),
                       gov_console_href(console, "audit/address"));
    list = gov_grid_create(console, box, req, "console.audit.", columns,
                           "audit/");
    add_period(&query, list, box, ctx, pool);
    query.actor = gov_grid_text(list, "actor");
    add_choices(&query, list, ctx, pool);
    query.object = gov_grid_text(list, "object");
    add_start(&query, box, ctx);
    query.skip = gov_grid_offset(list);
    query.max = gov_grid_limit(list) + 1;
    GOV_TRY(gov_audit_search(&entries, ctx, &query, permit, pool));
    GOV_TRY(show(&goes_on, reply, list, ctx, entries, query.skip,
                 query.max - 1, pool));
    if (!goes_on)
        return NULL;
    GOV_TRY(add_chain(console, ctx, pool));
    return gov_console_reply(reply, console);
}

/* What the address shows, and the rows of all that is behind it, newest first. */
static gov_err_t *
trace(gov_trace_t *found, apr_array_header_t **entries, const gov_ctx_t *ctx,
      const char *url, const gov_permit_t *permit, apr_pool_t *pool)
{
    GOV_TRY(gov_trace_url(found, ctx, url, permit, pool));
    return gov_audit_of(entries, ctx, found->site->id, found->objects, permit,
                        pool);
}

static void
add_found(gov_console_t *console, const gov_ctx_t *ctx,
          const gov_trace_t *found, apr_pool_t *pool)
{
    gov_node_t *box = gov_console_box(console, "main", gov_word(
                                          ctx, "console.audit.found"));

    gov_console_fact(box, gov_word(ctx, "console.audit.found.what"),
                     gov_word(ctx, apr_pstrcat(pool, "console.audit.found.",
                                               found->what, NULL)), NULL);
    gov_console_fact(box, gov_word(ctx, "console.audit.place"),
                     gov_console__site_title(found->site, ctx->lang), NULL);
    if (found->document)
        gov_console_fact(box, gov_word(ctx, "console.audit.found.document"),
                         apr_psprintf(pool, "document:%" APR_INT64_T_FMT,
                                      found->document), NULL);
    gov_console_fact(box, gov_word(ctx, "console.audit.found.live"),
                     found->edition
                     ? apr_psprintf(pool, "edition:%" APR_INT64_T_FMT " (%s)",
                                    found->edition, found->lang)
                     : gov_word(ctx, "console.audit.found.none"), NULL);
}

CONSOLE_HANDLER(audit_address)
{
    apr_array_header_t *entries = apr_array_make(pool, 1,
                                                 sizeof(gov_audit_entry_t));
    const gov_permit_t *permit;
    gov_console_t *console;
    gov_err_t *err = NULL;
    gov_trace_t found;
    const char *url;
    gov_grid_t *list;
    gov_node_t *box;
    bool goes_on;

    GOV_TRY(gov_permit_get(&permit, ctx, GOV_ACTION_AUDIT, 0, 0, pool));
    GOV_TRY(gov_console_create(&console, "audit-address", reply, ctx, req,
                               pool));
    gov_console_name(console, gov_word(ctx, "console.entry.audit-address"));
    box = gov_console_box(console, "main", NULL);
    gov_console_note(box, "note", gov_word(ctx, "console.audit.address.text"));
    list = gov_grid_create(console, box, req, "console.audit.", columns,
                           "audit/address");
    url = gov_grid_text(list, "url");
    if (url)
        err = trace(&found, &entries, ctx, url, permit, pool);
    if (err && err->code != GOV_E_NOT_FOUND && err->code != GOV_E_INVALID)
        return err;
    if (err)
        gov_console_note(box, "failed", gov_word(ctx,
                                                 "console.audit.not-found"));
    GOV_TRY(show(&goes_on, reply, list, ctx, entries, 0, entries->nelts,
                 pool));
    if (!goes_on)
        return NULL;
    if (url && !err)
        add_found(console, ctx, &found, pool);
    return gov_console_reply(reply, console);
}

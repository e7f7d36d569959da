/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/role.c -- a person's roles: which, where, giving one, taking one. */

#include <string.h>

#include "people_priv.h"

static const gov_form_field_t no_fields[] = { { .name = NULL } };
static const gov_form_field_t give_fields[] = {
    { .name = "role", .kind = GOV_FORM_LINE, .required = true, .most = 20 },
    { .name = "place", .kind = GOV_FORM_LINE, .required = true, .most = 400 },
    { .name = NULL }
};
const gov_form_t gov_console__give_form = { "role-give", give_fields };
const gov_form_t gov_console__take_form = { "role-take", no_fields };

/* Nobody changes his own roles. */
static bool
may_change(const gov_ctx_t *ctx, const gov_person_t *person,
           const gov_grant_t *grant, apr_pool_t *pool)
{
    return person->id != ctx->actor->person
        && gov_console__may_at(ctx, gov_grant_needs(grant->role), grant->site,
                               grant->column, pool);
}

static bool
may_give(const gov_ctx_t *ctx, const gov_person_t *person)
{
    return person->id != ctx->actor->person
        && gov_console_may(ctx, !strcmp(person->class_, "admin")
                           ? "security" : "grant", NULL);
}

/* --- on the page of the person ------------------------------------------------ */

static const char *
grant_text(const gov_grant_t *grant, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%s %" APR_INT64_T_FMT " %" APR_INT64_T_FMT,
                        grant->role->word, grant->site, grant->column);
}

void
gov_console__roles_box(gov_console_t *console, gov_reply_t *reply,
                       gov_ctx_t *ctx, const gov_req_t *req,
                       const gov_person_entry_t *entry, apr_pool_t *pool)
{
    const gov_person_t *person = &entry->person;
    gov_node_t *box = gov_console_box(console, "main",
                                      gov_word(ctx, "console.person.roles"));
    const char *key = gov_req_form_key(reply, ctx, req,
                                       &gov_console__take_form, pool);
    int i;

    if (may_give(ctx, person))
        gov_console_action(box, "main", "plus-lg",
                           gov_word(ctx, "console.person.give"),
                           gov_console_href(console, apr_psprintf(
                                                pool, "people/%"
                                                APR_INT64_T_FMT "/give",
                                                person->id)));
    if (!entry->grants->nelts)
        gov_console_note(box, "note", gov_word(ctx, "console.person.no-roles"));
    for (i = 0; i < entry->grants->nelts; i++) {
        const gov_grant_t *grant = &APR_ARRAY_IDX(entry->grants, i,
                                                  gov_grant_t);
        const char *role = gov_console__role(ctx, grant->role, pool);
        const char *node = gov_console__node(ctx, grant, pool);

        if (!may_change(ctx, person, grant, pool))
            gov_console_fact(box, role, node, NULL);
        else
            gov_view_hidden(gov_console__person_step(
                                console, box, key, &gov_console__take_form,
                                apr_pstrcat(pool, role, gov_word(
                                                ctx, "form.colon"), node, NULL),
                                "person-badge", person->id, "take", pool),
                            "grant", grant_text(grant, pool));
    }
}

/* --- giving one ----------------------------------------------------------- */

typedef struct giving_t {
    const gov_ctx_t *ctx;
    const gov_person_t *person;
    const gov_site_t *site;       /* the one whose columns are shown, or NULL */
    apr_array_header_t *sites;    /* where the actor gives roles: gov_site_t * */
    apr_pool_t *pool;
} giving_t;

static void
add_choice(apr_array_header_t *choices, const char *value, const char *label)
{
    gov_form_choice_t *choice = apr_array_push(choices);

    choice->value = value;
    choice->label = label;
}

static const gov_form_choice_t *
roles(const giving_t *g)
{
    apr_array_header_t *choices = apr_array_make(g->pool, 12,
                                                 sizeof(gov_form_choice_t));
    const gov_role_t *role;
    int i;

    for (i = 0; (role = gov_role(i)) != NULL; i++)
        if (!strcmp(role->class_, g->person->class_))
            add_choice(choices, role->word, gov_console__role(g->ctx, role,
                                                              g->pool));
    add_choice(choices, NULL, NULL);
    return (const gov_form_choice_t *)choices->elts;
}

static bool
may_grant(const giving_t *g, apr_int64_t site, apr_int64_t column)
{
    return gov_console__may_at(g->ctx, GOV_ACTION_GRANT, site, column, g->pool);
}

/* Columns are written "edu:news/city". */
static void
add_columns(apr_array_header_t *choices, const giving_t *g,
            const apr_array_header_t *list, const char *before)
{
    int i;

    for (i = 0; i < list->nelts; i++) {
        const gov_column_t *column = APR_ARRAY_IDX(list, i,
                                                   const gov_column_t *);
        const char *name = apr_pstrcat(g->pool, before, " / ", gov_column_name(
                                           column, g->ctx->lang), NULL);

        if (may_grant(g, g->site->id, column->id))
            add_choice(choices, apr_pstrcat(g->pool, g->site->slug, ":",
                                            column->path, NULL), name);
        add_columns(choices, g, column->children, name);
    }
}

static const gov_form_choice_t *
places(const giving_t *g)
{
    apr_array_header_t *choices = apr_array_make(g->pool, 32,
                                                 sizeof(gov_form_choice_t));
    bool admin = !strcmp(g->person->class_, "admin");
    int i;

    for (i = 0; !admin && i < g->sites->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(g->sites, i,
                                               const gov_site_t *);
        const char *name = gov_console__site_title(site, g->ctx->lang);

        if (g->site && site != g->site)
            continue;
        if (may_grant(g, site->id, 0))
            add_choice(choices, site->slug, name);
        if (g->site)
            add_columns(choices, g, site->columns, name);
    }
    if (admin || (!g->site && may_grant(g, 0, 0)))
        add_choice(choices, "-", gov_word(g->ctx, "account.everywhere"));
    add_choice(choices, NULL, NULL);
    return (const gov_form_choice_t *)choices->elts;
}

/* As static as give_fields, but for what can be chosen. */
static const gov_form_t *
shown_form(const giving_t *g)
{
    gov_form_field_t *fields = apr_pmemdup(g->pool, give_fields,
                                           sizeof(give_fields));
    gov_form_t *form = apr_pcalloc(g->pool, sizeof(*form));

    fields[0].kind = GOV_FORM_CHOICE;
    fields[0].choices = roles(g);
    fields[1].kind = GOV_FORM_CHOICE;
    fields[1].choices = places(g);
    form->name = gov_console__give_form.name;
    form->fields = fields;
    return form;
}

/* A column that the actor gives roles at, somewhere in LIST? */
static bool
some_column(const giving_t *g, const apr_array_header_t *list)
{
    int i;

    for (i = 0; i < list->nelts; i++) {
        const gov_column_t *column = APR_ARRAY_IDX(list, i,
                                                   const gov_column_t *);

        if (may_grant(g, column->site->id, column->id)
            || some_column(g, column->children))
            return true;
    }
    return false;
}

static void
find_sites(giving_t *g, const char *slug)
{
    const apr_array_header_t *all = gov_group_sites(g->ctx->group);
    int i;

    g->sites = apr_array_make(g->pool, all->nelts, sizeof(const gov_site_t *));
    for (i = 0; i < all->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(all, i, const gov_site_t *);

        if (!may_grant(g, site->id, 0) && !some_column(g, site->columns))
            continue;
        APR_ARRAY_PUSH(g->sites, const gov_site_t *) = site;
        if (slug && !strcmp(slug, site->slug))
            g->site = site;
    }
    if (g->sites->nelts == 1)
        g->site = APR_ARRAY_IDX(g->sites, 0, const gov_site_t *);
}

static const char *
give_path(const giving_t *g, const gov_site_t *site)
{
    return apr_psprintf(g->pool, "people/%" APR_INT64_T_FMT "/give%s%s",
                        g->person->id, site ? "?place=" : "",
                        site ? site->slug : "");
}

static void
add_narrower(const giving_t *g, gov_console_t *console)
{
    gov_node_t *box;
    int i;

    if (g->site || g->sites->nelts < 2 || !strcmp(g->person->class_, "admin"))
        return;
    box = gov_console_box(console, "side",
                          gov_word(g->ctx, "console.person.narrower"));
    for (i = 0; i < g->sites->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(g->sites, i,
                                               const gov_site_t *);
        gov_node_t *node = gov_node_add(box, "work");

        gov_node_set(node, "name", gov_console__site_title(site,
                                                           g->ctx->lang));
        gov_node_set(node, "href", gov_console_href(console, give_path(g,
                                                                       site)));
    }
}

CONSOLE_HANDLER(role_give)
{
    giving_t g = { .ctx = ctx, .pool = pool };
    const gov_person_entry_t *entry;
    gov_console_t *console;
    const gov_form_t *form;
    gov_intake_t *in;
    gov_node_t *box;

    GOV_TRY(gov_person_entry(&entry, ctx, gov_console__id(req, "id"), pool));
    g.person = &entry->person;
    find_sites(&g, gov_req_param(req, "place"));
    GOV_TRY(gov_console_create(&console, "people", reply, ctx, req, pool));
    gov_console__people_crumb(console, ctx);
    gov_console_crumb(console, g.person->name,
                      gov_console__person_path(ctx, g.person->id, NULL, pool));
    gov_console_name(console, gov_word(ctx, "console.person.give"));
    if (!may_give(ctx, g.person)) {
        gov_console_note(gov_console_box(console, "main", NULL), "warning",
                         gov_word(ctx, g.person->id == ctx->actor->person
                                  ? "form.mistake.role-own"
                                  : "form.mistake.role-forbidden"));
        return gov_console_reply(reply, console);
    }
    form = shown_form(&g);
    in = gov_intake_blank(form, pool);
    box = gov_console_box(console, "main", NULL);
    gov_console_fact(box, gov_word(ctx, "console.person.name"), g.person->name,
                     NULL);
    gov_console_fact(box, gov_word(ctx, "console.person.login"),
                     g.person->login, NULL);
    if (req->intake)
        gov_console__refill(in, req->intake, form, pool);
    else if (!strcmp(g.person->class_, "admin"))
        gov_intake_set(in, "place", "-");
    gov_view_form(gov_console_view(console), box, in,
                  gov_req_form_key(reply, ctx, req, &gov_console__give_form,
                                   pool),
                  gov_console_href(console, give_path(
                                       &g, gov_req_param(req, "place")
                                       ? g.site : NULL)));
    add_narrower(&g, console);
    return gov_console_reply(reply, console);
}

/* --- from what was sent to a grant ---------------------------------------- */

static bool
grant_of(gov_grant_t *grant, const gov_ctx_t *ctx, gov_intake_t *in,
         apr_pool_t *pool)
{
    const char *place = gov_intake_text(in, "place");
    const char *colon = strchr(place, ':');
    const gov_site_t *site = gov_site_by_slug(
        ctx->group, colon ? apr_pstrmemdup(pool, place,
                                           (apr_size_t)(colon - place))
        : place);
    const gov_column_t *column = site && colon ? gov_column_at(site, colon + 1)
        : NULL;

    grant->role = gov_role_named(gov_intake_text(in, "role"));
    grant->site = site ? site->id : 0;
    grant->column = column ? column->id : 0;
    if (!grant->role)
        gov_intake_mistake(in, "role", "not-a-choice", NULL);
    if ((!site && strcmp(place, "-")) || (colon && !column))
        gov_intake_mistake(in, "place", "not-a-choice", NULL);
    return gov_intake_ok(in);
}

static bool
has(const gov_person_entry_t *entry, const gov_grant_t *wanted)
{
    int i;

    for (i = 0; i < entry->grants->nelts; i++) {
        const gov_grant_t *grant = &APR_ARRAY_IDX(entry->grants, i,
                                                  gov_grant_t);

        if (grant->role == wanted->role && grant->site == wanted->site
            && grant->column == wanted->column)
            return true;
    }
    return false;
}

/* What a person can mend, or must be told; anything else is an error page. */
static bool
tell(gov_intake_t *in, const gov_err_t *err, bool own)
{
    if (err->code == GOV_E_FORBIDDEN)
        gov_intake_mistake(in, "", own ? "role-own" : "role-forbidden", NULL);
    else if (err->code == GOV_E_CONFLICT)
        gov_intake_mistake(in, "", "role-excluded", NULL);
    else if (err->code == GOV_E_INVALID)
        gov_intake_mistake(in, "", "role-place", NULL);
    else
        return false;
    return true;
}

static gov_err_t *
give(const gov_ctx_t *ctx, const gov_person_entry_t *entry,
     const gov_grant_t *grant, apr_pool_t *pool)
{
    const gov_permit_t *permit;

    GOV_TRY(gov_permit_get(&permit, ctx, gov_grant_needs(grant->role),
                           grant->site, grant->column, pool));
    return has(entry, grant) ? NULL   /* a double click */
        : gov_grant_add(ctx, &entry->person, grant, permit, pool);
}

CONSOLE_HANDLER(role_give_post)
{
    const gov_person_entry_t *entry;
    gov_grant_t grant;
    gov_err_t *err;

    int status = 422;

    GOV_TRY(gov_person_entry(&entry, ctx, gov_console__id(req, "id"), pool));
    if (grant_of(&grant, ctx, req->intake, pool)) {
        err = give(ctx, entry, &grant, pool);
        if (!err)
            return gov_reply_redirect(
                reply, gov_console__person_path(ctx, entry->person.id,
                                                "role-give", pool), false);
        if (!tell(req->intake, err, entry->person.id == ctx->actor->person))
            return err;
        status = gov_status_of(err->code);
    }
    reply->status = status;
    return gov_console__role_give(reply, ctx, req, pool);
}

/* --- taking one ----------------------------------------------------------- */

/* "author 3 17" */
static bool
parse(gov_grant_t *grant, const char *text, apr_pool_t *pool)
{
    char *role = apr_pstrdup(pool, text ? text : ""), *site, *column;

    site = strchr(role, ' ');
    column = site ? strchr(site + 1, ' ') : NULL;
    if (!column)
        return false;
    *site = '\0';
    grant->role = gov_role_named(role);
    grant->site = apr_atoi64(site + 1);
    grant->column = apr_atoi64(column + 1);
    return grant->role != NULL;
}

static gov_err_t *
take(const gov_ctx_t *ctx, const gov_person_entry_t *entry,
     const gov_intake_t *in, apr_pool_t *pool)
{
    const gov_permit_t *permit;
    gov_grant_t grant;

    if (!parse(&grant, gov_intake_raw(in, "grant"), pool))
        return gov_err_field("grant", pool, "is no role");
    GOV_TRY(gov_permit_get(&permit, ctx, gov_grant_needs(grant.role),
                           grant.site, grant.column, pool));
    return has(entry, &grant)
        ? gov_grant_remove(ctx, &entry->person, &grant, permit, pool) : NULL;
}

CONSOLE_HANDLER(role_take)
{
    const gov_person_entry_t *entry;
    gov_err_t *err;

    GOV_TRY(gov_person_entry(&entry, ctx, gov_console__id(req, "id"), pool));
    err = take(ctx, entry, req->intake, pool);
    if (!err) {
        /* without the role the account may be none of the actor's any more */
        bool still = !gov_person_entry(&entry, ctx, entry->person.id, pool);

        return gov_reply_redirect(
            reply, still ? gov_console__person_path(ctx, entry->person.id,
                                                    "role-take", pool)
            : gov_console_path(ctx, NULL, "people/", "role-take", pool),
            false);
    }
    if (!tell(req->intake, err, entry->person.id == ctx->actor->person))
        return err;
    reply->status = gov_status_of(err->code);
    return gov_console__person(reply, ctx, req, pool);
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/people.c -- accounts: everybody, or those of the sites that somebody
   looks after. */

#include <string.h>

#include "people_priv.h"

/* --- words ------------------------------------------------------------------ */

void
gov_console__people_crumb(gov_console_t *console, const gov_ctx_t *ctx)
{
    gov_console_crumb(console, gov_word(ctx, "console.entry.people"),
                      gov_console_href(console, "people/"));
}

const char *
gov_console__site_title(const gov_site_t *site, const char *lang)
{
    const gov_site_lang_t *at = gov_site_lang(site, gov_site_source_lang(site,
                                                                         lang));

    if (!at || !at->title)
        at = &APR_ARRAY_IDX(site->languages, 0, gov_site_lang_t);
    return at->title ? at->title : site->slug;
}

const char *
gov_console__node(const gov_ctx_t *ctx, const gov_grant_t *grant,
                  apr_pool_t *pool)
{
    const gov_site_t *site = gov_site_by_id(ctx->group, grant->site);
    const gov_column_t *column = gov_column_by_id(ctx->group, grant->column);
    const char *name;

    if (!grant->site)
        return gov_word(ctx, "account.everywhere");
    name = site ? gov_console__site_title(site, ctx->lang)
        : gov_word(ctx, "console.people.closed-site");
    if (!grant->column)
        return name;
    return apr_pstrcat(pool, name, " / ", column
                       ? gov_column_name(column, ctx->lang)
                       : gov_word(ctx, "console.people.closed-column"), NULL);
}

const char *
gov_console__role(const gov_ctx_t *ctx, const gov_role_t *role,
                  apr_pool_t *pool)
{
    return gov_word(ctx, apr_pstrcat(pool, "role.", role->word, NULL));
}

const char *
gov_console__person_state(const gov_ctx_t *ctx, const gov_person_t *person,
                          apr_pool_t *pool)
{
    return gov_word(ctx, apr_pstrcat(pool, "console.people.state.",
                                     gov_person_state(person), NULL));
}

const char *
gov_console__person_tone(const gov_person_t *person)
{
    return !person->active ? "bad" : person->must_change ? "warn" : "good";
}

bool
gov_console__may_at(const gov_ctx_t *ctx, gov_action_t action,
                    apr_int64_t site, apr_int64_t column, apr_pool_t *pool)
{
    const gov_permit_t *permit;

    return !gov_permit_get(&permit, ctx, action, site, column, pool);
}

/* --- the list --------------------------------------------------------------- */

static const gov_grid_column_t columns[] = {
    { "name", "title", true }, { "login", "text", true },
    { "class", "text", true }, { "state", "state", true },
    { "signed-in", "time", true }, { "roles", "text", false },
    { NULL, NULL, false }
};

static const char *const states[] = { "active", "waiting", "disabled", NULL };

/* All sites whose people the actor sees; NULL: everybody. */
static const apr_array_header_t *
my_sites(const gov_ctx_t *ctx, apr_pool_t *pool)
{
    const apr_array_header_t *all = gov_group_sites(ctx->group);
    apr_array_header_t *mine;
    int i;

    if (gov_people_seen(ctx, 0, pool))
        return NULL;
    mine = apr_array_make(pool, all->nelts, sizeof(apr_int64_t));
    for (i = 0; i < all->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(all, i, const gov_site_t *);

        if (gov_people_seen(ctx, site->id, pool))
            APR_ARRAY_PUSH(mine, apr_int64_t) = site->id;
    }
    return mine;
}

/* Of those sites the one that is asked for. */
static const apr_array_header_t *
one_site(const gov_ctx_t *ctx, const char *slug, apr_pool_t *pool)
{
    const gov_site_t *site = gov_site_by_slug(ctx->group, slug);
    apr_array_header_t *one = apr_array_make(pool, 1, sizeof(apr_int64_t));

    if (site && (gov_people_seen(ctx, site->id, pool)
                 || gov_people_seen(ctx, 0, pool)))
        APR_ARRAY_PUSH(one, apr_int64_t) = site->id;
    return one;
}

static void
add_filters(gov_person_query_t *query, gov_grid_t *list, const gov_ctx_t *ctx,
            apr_pool_t *pool)
{
    const apr_array_header_t *all = gov_group_sites(ctx->group);
    const char *slug;
    int i;

    query->text = gov_grid_text(list, "who");
    query->state = gov_grid_choices(list, "state");
    for (i = 0; states[i]; i++)
        gov_grid_choice(list, states[i], gov_word(
                            ctx, apr_pstrcat(pool, "console.people.state.",
                                             states[i], NULL)));
    query->sites = my_sites(ctx, pool);
    if (query->sites && query->sites->nelts < 2)
        return;
    slug = gov_grid_choices(list, "place");
    for (i = 0; i < all->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(all, i, const gov_site_t *);

        if (!query->sites || gov_people_seen(ctx, site->id, pool))
            gov_grid_choice(list, site->slug,
                            gov_console__site_title(site, ctx->lang));
    }
    if (slug)
        query->sites = one_site(ctx, slug, pool);
}

static const char *
roles_of(const gov_ctx_t *ctx, const apr_array_header_t *grants,
         apr_pool_t *pool)
{
    gov_buf_t *out = gov_buf_create(64, pool);
    int i;

    for (i = 0; i < grants->nelts; i++) {
        const gov_grant_t *grant = &APR_ARRAY_IDX(grants, i, gov_grant_t);

        if (i)
            gov_buf_str(out, gov_word(ctx, "console.people.between"));
        gov_buf_str(out, gov_console__role(ctx, grant->role, pool));
        gov_buf_str(out, gov_word(ctx, "form.colon"));
        gov_buf_str(out, gov_console__node(ctx, grant, pool));
    }
    return out->data;
}

static bool
may_add(const gov_ctx_t *ctx)
{
    return gov_console_may(ctx, "people", NULL);
}

CONSOLE_HANDLER(people)
{
    gov_person_query_t query = { 0 };
    apr_array_header_t *entries;
    gov_console_t *console;
    gov_grid_t *list;
    gov_node_t *box;
    bool goes_on;
    int total, i;

    GOV_TRY(gov_console_create(&console, "people", reply, ctx, req, pool));
    gov_console_name(console, gov_word(ctx, "console.entry.people"));
    box = gov_console_box(console, "main", NULL);
    if (may_add(ctx))
        gov_console_action(box, "main", "person-plus",
                           gov_word(ctx, "console.people.new"),
                           gov_console_href(console, "people/new"));
    list = gov_grid_create(console, box, req, "console.people.", columns,
                           "people/");
    add_filters(&query, list, ctx, pool);
    query.order = gov_grid_order(list, &query.up);
    query.offset = gov_grid_offset(list);
    query.limit = gov_grid_limit(list);
    GOV_TRY(gov_person_search(&entries, &total, ctx, &query, pool));
    gov_grid_total(list, total, total);
    for (i = 0; i < entries->nelts; i++) {
        const gov_person_entry_t *e = &APR_ARRAY_IDX(entries, i,
                                                     gov_person_entry_t);
        const gov_person_t *p = &e->person;

        gov_grid_row(list, gov_console_href(
                         console, apr_psprintf(pool, "people/%"
                                               APR_INT64_T_FMT, p->id)));
        gov_grid_cell(list, p->name);
        gov_grid_cell(list, p->login);
        gov_grid_cell(list, gov_word(ctx, apr_pstrcat(
                                         pool, "console.people.class.",
                                         p->class_, NULL)));
        gov_grid_state(list, gov_console__person_tone(p),
                       gov_console__person_state(ctx, p, pool));
        gov_grid_time(list, p->signed_in_at);
        gov_grid_cell(list, roles_of(ctx, e->grants, pool));
    }
    GOV_TRY(gov_grid_end(&goes_on, reply, list));
    return goes_on ? gov_console_reply(reply, console) : NULL;
}

void
gov_console__refill(gov_intake_t *in, const gov_intake_t *sent,
                    const gov_form_t *form, apr_pool_t *pool)
{
    apr_array_header_t *mistakes = gov_intake_mistakes(sent, pool);
    const gov_form_field_t *field;
    int i;

    for (field = form->fields; field->name; field++) {
        const char *value = gov_intake_raw(sent, field->name);

        if (value)
            gov_intake_set(in, field->name, value);
    }
    for (i = 0; i < mistakes->nelts; i++) {
        const gov_mistake_t *m = &APR_ARRAY_IDX(mistakes, i, gov_mistake_t);

        gov_intake_mistake(in, gov_form_field(form, m->field) ? m->field : "",
                           m->code, m->detail);
    }
}

/* --- a new account ---------------------------------------------------------- */

static const gov_form_choice_t classes[] = {
    { "content", NULL }, { "admin", NULL }, { NULL, NULL }
};
static const gov_form_field_t new_fields[] = {
    { .name = "name", .kind = GOV_FORM_LINE, .required = true, .most = 100 },
    { .name = "login", .kind = GOV_FORM_LINE, .required = true, .most = 60 },
    { .name = "place", .kind = GOV_FORM_LINE, .required = true, .most = 100 },
    { .name = "class", .kind = GOV_FORM_CHOICE, .choices = classes },
    { .name = "email", .kind = GOV_FORM_EMAIL },
    { .name = NULL }
};
const gov_form_t gov_console__person_form = { "person-new", new_fields };

static void
add_choice(apr_array_header_t *choices, const char *value, const char *label)
{
    gov_form_choice_t *choice = apr_array_push(choices);

    choice->value = value;
    choice->label = label;
}

/* Who may keep an account: "-" is the group. */
static const gov_form_choice_t *
keepers(const gov_ctx_t *ctx, apr_pool_t *pool)
{
    const apr_array_header_t *all = gov_group_sites(ctx->group);
    apr_array_header_t *choices = apr_array_make(pool, all->nelts + 2,
                                                 sizeof(gov_form_choice_t));
    int i;

    for (i = 0; i < all->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(all, i, const gov_site_t *);

        if (gov_console__may_at(ctx, GOV_ACTION_PEOPLE, site->id, 0, pool))
            add_choice(choices, site->slug,
                       gov_console__site_title(site, ctx->lang));
    }
    if (gov_console__may_at(ctx, GOV_ACTION_PEOPLE, 0, 0, pool))
        add_choice(choices, "-", gov_word(ctx, "account.everywhere"));
    add_choice(choices, NULL, NULL);
    return (const gov_form_choice_t *)choices->elts;
}

/* As static as new_fields, but for what the actor can choose. */
static const gov_form_t *
shown_form(const gov_ctx_t *ctx, apr_pool_t *pool)
{
    gov_form_field_t *fields = apr_pmemdup(pool, new_fields,
                                           sizeof(new_fields));
    gov_form_t *form = apr_pcalloc(pool, sizeof(*form));

    fields[2].kind = GOV_FORM_CHOICE;
    fields[2].choices = keepers(ctx, pool);
    if (!gov_console__may_at(ctx, GOV_ACTION_PEOPLE, 0, 0, pool))
        memmove(&fields[3], &fields[4], 2 * sizeof(fields[0]));
    form->name = gov_console__person_form.name;
    form->fields = fields;
    return form;
}

CONSOLE_HANDLER(person_new)
{
    const gov_form_t *form = shown_form(ctx, pool);
    gov_intake_t *in = gov_intake_blank(form, pool);
    const gov_form_field_t *place = gov_form_field(form, "place");
    gov_console_t *console;
    gov_node_t *box;

    GOV_TRY(gov_console_create(&console, "people", reply, ctx, req, pool));
    gov_console__people_crumb(console, ctx);
    gov_console_name(console, gov_word(ctx, "console.people.new"));
    box = gov_console_box(console, "form", NULL);
    if (!place->choices[0].value) {
        gov_console_note(box, "note", gov_word(ctx, "console.people.no-place"));
        return gov_console_reply(reply, console);
    }
    if (req->intake)
        gov_console__refill(in, req->intake, form, pool);
    else {
        gov_intake_set(in, "place", place->choices[0].value);
        if (gov_form_field(form, "class"))
            gov_intake_set(in, "class", "content");
    }
    gov_view_form(gov_console_view(console), box, in,
                  gov_req_form_key(reply, ctx, req, &gov_console__person_form,
                                   pool),
                  gov_console_href(console, "people/new"));
    return gov_console_reply(reply, console);
}

/* The site of the form, or NULL for the group; false: there is no such place. */
static bool
keeper_of(const gov_site_t **site, const gov_ctx_t *ctx, gov_intake_t *in)
{
    const char *slug = gov_intake_text(in, "place");

    *site = strcmp(slug, "-") ? gov_site_by_slug(ctx->group, slug) : NULL;
    if (*site || !strcmp(slug, "-"))
        return true;
    gov_intake_mistake(in, "place", "not-a-choice", NULL);
    return false;
}

static bool
tell(gov_intake_t *in, const gov_err_t *err)
{
    if (err->code == GOV_E_CONFLICT)
        gov_intake_mistake(in, "login", "login-taken", NULL);
    else if (err->code == GOV_E_FORBIDDEN)
        gov_intake_mistake(in, "place", "person-forbidden", NULL);
    else if (err->code == GOV_E_INVALID && err->field)
        gov_intake_mistake(in, !strcmp(err->field, "site") ? "place"
                           : gov_form_field(&gov_console__person_form,
                                            err->field) ? err->field : "",
                           !strcmp(err->field, "site") ? "admin-of-group"
                           : !strcmp(err->field, "login") ? "login-shape"
                           : "person-refused", NULL);
    else
        return false;
    return true;
}

static gov_err_t *
make(apr_int64_t *id, const char **password, const gov_ctx_t *ctx,
     const gov_intake_t *in, const gov_site_t *site, apr_pool_t *pool)
{
    const char *class_ = gov_intake_text(in, "class");
    gov_person_new_t made = {
        .login = gov_intake_text(in, "login"),
        .name = gov_intake_text(in, "name"),
        .class_ = class_ ? class_ : "content",
        .email = gov_intake_text(in, "email"),
        .site = site ? site->id : 0,
        .unit = site && site->unit ? site->unit->id : 0
    };
    const gov_permit_t *permit;

    GOV_TRY(gov_permit_get(&permit, ctx, GOV_ACTION_PEOPLE, made.site, 0,
                           pool));
    return gov_person_add(id, password, ctx, &made, permit, pool);
}

CONSOLE_HANDLER(person_new_post)
{
    gov_intake_t *in = req->intake;
    const gov_person_t *person;
    const gov_site_t *site;
    const char *password;
    apr_int64_t id, before;
    gov_err_t *err;

    if (keeper_of(&site, ctx, in)) {
        err = make(&id, &password, ctx, in, site, pool);
        if (!err) {
            GOV_TRY(gov_console__once(&before, ctx, req, id, pool));
            GOV_TRY(gov_person_get(&person, ctx, id, pool));
            return gov_console__show_password(reply, ctx, req, person,
                                              password, pool);
        }
        GOV_TRY(gov_console__once(&before, ctx, req, 0, pool));
        if (before)
            return gov_reply_redirect(
                reply, gov_console__person_path(ctx, before, "person-again",
                                                pool), false);
        if (!tell(in, err))
            return err;
    }
    reply->status = 422;
    return gov_console__person_new(reply, ctx, req, pool);
}

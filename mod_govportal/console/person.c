/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/person.c -- one account: who it is, its state, its sessions, and what can
   be done with it.  Its roles are in role.c. */

#include <string.h>

#include "gov_once.h"
#include "people_priv.h"

static const gov_form_field_t no_fields[] = { { .name = NULL } };
const gov_form_t gov_console__reset_form = { "person-reset", no_fields };
const gov_form_t gov_console__factor_form = { "person-factor", no_fields };
const gov_form_t gov_console__unlock_form = { "person-unlock", no_fields };
const gov_form_t gov_console__disable_form = { "person-disable", no_fields };
const gov_form_t gov_console__enable_form = { "person-enable", no_fields };
const gov_form_t gov_console__end_form = { "person-end", no_fields };

typedef struct sight_t {
    gov_console_t *console;
    gov_reply_t *reply;
    gov_ctx_t *ctx;
    const gov_req_t *req;
    const gov_person_entry_t *entry;
    const gov_person_t *person;
    bool own;                     /* the reader's account */
    apr_pool_t *pool;
} sight_t;

static const char *
say(const sight_t *s, const char *before, const char *name)
{
    return gov_word(s->ctx, apr_pstrcat(s->pool, before, name, NULL));
}

const char *
gov_console__person_path(const gov_ctx_t *ctx, apr_int64_t person,
                         const char *done, apr_pool_t *pool)
{
    return gov_console_path(ctx, NULL, apr_psprintf(
                                pool, "people/%" APR_INT64_T_FMT, person),
                            done, pool);
}

/* --- once ------------------------------------------------------------------- */

static gov_err_t *
mark(const char **result, gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    const apr_int64_t *person = baton;

    (void)db;
    if (!*person)
        return gov_err(GOV_E_NOT_FOUND, NULL, scratch, "the form is new");
    *result = apr_psprintf(scratch, "%" APR_INT64_T_FMT, *person);
    return NULL;
}

gov_err_t *
gov_console__once(apr_int64_t *before, const gov_ctx_t *ctx,
                  const gov_req_t *req, apr_int64_t person, apr_pool_t *pool)
{
    const char *result;
    bool again;
    gov_err_t *err = gov_once_tx(&result, &again, ctx, req->once, mark,
                                 &person, pool);

    *before = 0;
    if (err && !person && err->code == GOV_E_NOT_FOUND)
        return NULL;
    GOV_TRY(err);
    if (again)
        *before = apr_atoi64(result);
    return NULL;
}

/* --- who it is -------------------------------------------------------------- */

static void
fact(const sight_t *s, gov_node_t *box, const char *name, const char *text)
{
    gov_console_fact(box, say(s, "console.person.", name), text, NULL);
}

static void
add_facts(const sight_t *s)
{
    const gov_person_t *p = s->person;
    const gov_site_t *site = gov_site_by_id(s->ctx->group, p->site);
    gov_node_t *box = gov_console_box(s->console, "main",
                                      gov_word(s->ctx,
                                               "console.person.account"));
    gov_node_t *node = gov_node_add(box, "standing");

    gov_node_set(node, "state", gov_console__person_state(s->ctx, p, s->pool));
    gov_node_set(node, "tone", gov_console__person_tone(p));
    fact(s, box, "login", p->login);
    fact(s, box, "class", say(s, "console.people.class.", p->class_));
    fact(s, box, "keeper", site ? gov_console__site_title(site, s->ctx->lang)
         : gov_word(s->ctx, p->site ? "console.people.closed-site"
                    : "account.everywhere"));
    if (p->email)
        fact(s, box, "email", p->email);
    fact(s, box, "created", gov_time_minute(p->created_at, s->pool));
    fact(s, box, "signed-in", p->signed_in_at
         ? gov_time_minute(p->signed_in_at, s->pool)
         : gov_word(s->ctx, "console.person.never"));
    if (p->password_at)
        fact(s, box, "password", gov_time_minute(p->password_at, s->pool));
    fact(s, box, "factor", gov_word(s->ctx, p->has_factor
                                    ? "account.factor.on"
                                    : "account.factor.off"));
}

/* --- what can be done ------------------------------------------------------- */

gov_node_t *
gov_console__person_step(gov_console_t *console, gov_node_t *box,
                         const char *key, const gov_form_t *form,
                         const char *name, const char *icon,
                         apr_int64_t person, const char *path,
                         apr_pool_t *pool)
{
    gov_node_t *node = gov_node_add(box, "step");

    gov_node_set(node, "name", name);
    gov_node_set(node, "icon", icon);
    gov_node_set(node, "open", "no");
    gov_node_set(node, "bare", "no");
    return gov_view_form(gov_console_view(console), node,
                         gov_intake_blank(form, pool), key,
                         gov_console_href(console, apr_psprintf(
                                              pool, "people/%"
                                              APR_INT64_T_FMT "/%s", person,
                                              path)));
}

static gov_node_t *
add_step(const sight_t *s, gov_node_t *box, const gov_form_t *form,
         const char *name, const char *icon, const char *path)
{
    return gov_console__person_step(
        s->console, box, gov_req_form_key(s->reply, s->ctx, s->req, form,
                                          s->pool),
        form, name, icon, s->person->id, path, s->pool);
}

static void
add_deed(const sight_t *s, gov_node_t *box, const gov_form_t *form,
         const char *icon, const char *path)
{
    add_step(s, box, form, say(s, "console.person.do.", path), icon, path);
}

/* Nothing is typed in these forms, so what is wrong stands above them all. */
static void
add_mistakes(const sight_t *s)
{
    apr_array_header_t *mistakes;
    gov_node_t *box;
    int i;

    if (!s->req->intake)
        return;
    mistakes = gov_intake_mistakes(s->req->intake, s->pool);
    box = gov_console_box(s->console, "main", NULL);
    for (i = 0; i < mistakes->nelts; i++)
        gov_console_note(box, "failed", say(s, "form.mistake.", APR_ARRAY_IDX(
                                                mistakes, i,
                                                gov_mistake_t).code));
}

/* The permit with which the actor may change the account. */
static gov_err_t *
changing(const gov_permit_t **permit, const gov_ctx_t *ctx,
         const gov_person_t *person, apr_pool_t *pool)
{
    if (!gov_permit_get(permit, ctx, GOV_ACTION_SECURITY, 0, 0, pool))
        return NULL;
    return gov_permit_get(permit, ctx, GOV_ACTION_PEOPLE, person->site, 0,
                          pool);
}

static void
add_deeds(const sight_t *s)
{
    const gov_permit_t *permit;
    gov_node_t *box;

    if (!s->own && changing(&permit, s->ctx, s->person, s->pool))
        return;
    box = gov_console_box(s->console, "side",
                          gov_word(s->ctx, "console.person.do"));
    if (s->own) {
        gov_console_note(box, "note", gov_word(s->ctx, "console.person.own"));
        gov_console_action(box, "plain", "person", gov_word(s->ctx, "account"),
                           apr_pstrcat(s->pool, gov_site_home(
                                           s->ctx->site, s->ctx->lang,
                                           s->pool), "-/account/", NULL));
        return;
    }
    add_deed(s, box, &gov_console__reset_form, "key", "reset");
    add_deed(s, box, &gov_console__unlock_form, "unlock", "unlock");
    if (s->person->has_factor)
        add_deed(s, box, &gov_console__factor_form, "phone", "factor");
    if (s->person->active)
        add_deed(s, box, &gov_console__disable_form, "slash-circle",
                 "disable");
    else
        add_deed(s, box, &gov_console__enable_form, "check-circle", "enable");
}

/* --- where it is signed in -------------------------------------------------- */

static gov_err_t *
add_sessions(const sight_t *s)
{
    const gov_permit_t *permit;
    apr_array_header_t *sessions;
    gov_node_t *box, *form;
    int i;

    if (gov_permit_get(&permit, s->ctx, GOV_ACTION_SECURITY, 0, 0, s->pool))
        return NULL;
    GOV_TRY(gov_session_list(&sessions, s->ctx, s->person->id, permit,
                             s->pool));
    box = gov_console_box(s->console, "main",
                          gov_word(s->ctx, "console.person.sessions"));
    if (!sessions->nelts)
        gov_console_note(box, "note",
                         gov_word(s->ctx, "console.person.no-sessions"));
    for (i = 0; i < sessions->nelts; i++) {
        const gov_session_t *at = &APR_ARRAY_IDX(sessions, i, gov_session_t);
        const char *name = apr_psprintf(
            s->pool, "%s  %s  %s  %s", gov_time_minute(at->created, s->pool),
            at->address, at->host, say(s, "sign-in.how.", at->how));

        if (!strcmp(at->id, s->req->session->id)) {
            gov_console_fact(box, gov_word(s->ctx, "account.here"), name, NULL);
            continue;
        }
        form = add_step(s, box, &gov_console__end_form, name, "display",
                        "end");
        gov_view_hidden(form, "session", at->id);
    }
    return NULL;
}

/* --- the page --------------------------------------------------------------- */

static gov_err_t *
begin(sight_t *s)
{
    GOV_TRY(gov_person_entry(&s->entry, s->ctx, gov_console__id(s->req, "id"),
                             s->pool));
    s->person = &s->entry->person;
    s->own = s->person->id == s->ctx->actor->person;
    return NULL;
}

CONSOLE_HANDLER(person)
{
    sight_t s = { .reply = reply, .ctx = ctx, .req = req, .pool = pool };

    GOV_TRY(begin(&s));
    GOV_TRY(gov_console_create(&s.console, "people", reply, ctx, req, pool));
    gov_console__people_crumb(s.console, ctx);
    gov_console_name(s.console, s.person->name);
    add_mistakes(&s);
    add_facts(&s);
    gov_console__roles_box(s.console, reply, ctx, req, s.entry, pool);
    GOV_TRY(add_sessions(&s));
    add_deeds(&s);
    return gov_console_reply(reply, s.console);
}

gov_err_t *
gov_console__show_password(gov_reply_t *reply, gov_ctx_t *ctx,
                           const gov_req_t *req, const gov_person_t *person,
                           const char *password, apr_pool_t *pool)
{
    gov_console_t *console;
    gov_node_t *box;

    GOV_TRY(gov_console_create(&console, "people", reply, ctx, req, pool));
    gov_console__people_crumb(console, ctx);
    gov_console_crumb(console, person->name,
                      gov_console__person_path(ctx, person->id, NULL, pool));
    gov_console_name(console, gov_word(ctx, "console.person.once"));
    box = gov_console_box(console, "main", NULL);
    gov_console_note(box, "warning", gov_word(ctx, "console.person.once.text"));
    gov_console_fact(box, gov_word(ctx, "console.person.name"), person->name,
                     NULL);
    gov_console_fact(box, gov_word(ctx, "console.person.login"), person->login,
                     NULL);
    gov_console_fact(box, gov_word(ctx, "console.person.once"), password, NULL);
    gov_console_action(box, "main", "arrow-right",
                       gov_word(ctx, "console.person.go-on"),
                       gov_console__person_path(ctx, person->id, NULL, pool));
    return gov_console_reply(reply, console);
}

/* --- doing it --------------------------------------------------------------- */

/* What came of it: back to the person; or, if somebody can mend or must be told it,
   the page with the form and its mistake. */
static gov_err_t *
answer(const sight_t *s, gov_err_t *err, const char *done)
{
    if (!err)
        return gov_reply_redirect(
            s->reply, gov_console__person_path(s->ctx, s->person->id, done,
                                               s->pool), false);
    if (err->code != GOV_E_FORBIDDEN)
        return err;
    gov_intake_mistake(s->req->intake, "", s->own ? "person-own"
                       : "person-forbidden", NULL);
    s->reply->status = gov_status_of(err->code);
    return gov_console__person(s->reply, s->ctx, s->req, s->pool);
}

/* One's own account is changed on one's own page: nobody shuts himself out. */
static gov_err_t *
permitted(const gov_permit_t **permit, sight_t *s)
{
    if (s->own)
        return gov_err(GOV_E_FORBIDDEN, NULL, s->pool,
                       "%s changes the accounts of others only",
                       s->person->login);
    return changing(permit, s->ctx, s->person, s->pool);
}

static gov_err_t *
reset(const char **password, apr_int64_t *before, sight_t *s)
{
    const gov_permit_t *permit;

    GOV_TRY(permitted(&permit, s));
    GOV_TRY(gov_console__once(before, s->ctx, s->req, s->person->id, s->pool));
    return *before ? NULL : gov_person_reset(password, s->ctx, s->person,
                                             permit, s->pool);
}

CONSOLE_HANDLER(person_reset)
{
    sight_t s = { .reply = reply, .ctx = ctx, .req = req, .pool = pool };
    apr_int64_t before = 0;
    const char *password;
    gov_err_t *err;

    GOV_TRY(begin(&s));
    err = reset(&password, &before, &s);
    if (err || before)
        return answer(&s, err, "person-again");
    return gov_console__show_password(reply, ctx, req, s.person, password,
                                      pool);
}

static gov_err_t *
drop_factor(sight_t *s)
{
    const gov_permit_t *permit;

    GOV_TRY(permitted(&permit, s));
    return s->person->has_factor
        ? gov_person_drop_factor(s->ctx, s->person, permit, s->pool) : NULL;
}

CONSOLE_HANDLER(person_factor)
{
    sight_t s = { .reply = reply, .ctx = ctx, .req = req, .pool = pool };

    GOV_TRY(begin(&s));
    return answer(&s, drop_factor(&s), "person-factor");
}

static gov_err_t *
unlock(sight_t *s)
{
    const gov_permit_t *permit;

    GOV_TRY(permitted(&permit, s));
    return gov_person_unlock(s->ctx, s->person, permit, s->pool);
}

CONSOLE_HANDLER(person_unlock)
{
    sight_t s = { .reply = reply, .ctx = ctx, .req = req, .pool = pool };

    GOV_TRY(begin(&s));
    return answer(&s, unlock(&s), "person-unlock");
}

static gov_err_t *
enable(sight_t *s, bool active)
{
    const gov_permit_t *permit;

    GOV_TRY(permitted(&permit, s));
    return s->person->active == active ? NULL
        : gov_person_enable(s->ctx, s->person, active, permit, s->pool);
}

CONSOLE_HANDLER(person_disable)
{
    sight_t s = { .reply = reply, .ctx = ctx, .req = req, .pool = pool };

    GOV_TRY(begin(&s));
    return answer(&s, enable(&s, false), "person-disable");
}

CONSOLE_HANDLER(person_enable)
{
    sight_t s = { .reply = reply, .ctx = ctx, .req = req, .pool = pool };

    GOV_TRY(begin(&s));
    return answer(&s, enable(&s, true), "person-enable");
}

/* A session that is gone is what was wanted. */
static gov_err_t *
end(sight_t *s)
{
    const char *id = gov_intake_raw(s->req->intake, "session");
    const gov_permit_t *permit;
    gov_err_t *err;

    if (!id)
        return gov_err_field("session", s->pool, "is missing");
    GOV_TRY(gov_permit_get(&permit, s->ctx, GOV_ACTION_SECURITY, 0, 0,
                           s->pool));
    err = gov_session_revoke(s->ctx, s->person->id, id, permit, s->pool);
    return err && err->code == GOV_E_NOT_FOUND ? NULL : err;
}

CONSOLE_HANDLER(person_end)
{
    sight_t s = { .reply = reply, .ctx = ctx, .req = req, .pool = pool };

    GOV_TRY(begin(&s));
    return answer(&s, end(&s), "person-end");
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* person.c -- accounts of people. */

#include <string.h>

#include "gov_audit.h"
#include "gov_event.h"
#include "gov_password.h"
#include "gov_text.h"
#include "gov_time.h"
#include "people_priv.h"
#include "sql_security.h"

const char *
gov_security__object(apr_int64_t person, apr_pool_t *pool)
{
    return apr_psprintf(pool, "person:%" APR_INT64_T_FMT, person);
}

/* --- reading -------------------------------------------------------------- */

typedef struct find_t {
    const char *login;
    apr_int64_t id;
    gov_person_t *person;
    apr_array_header_t *grants;
    apr_pool_t *pool;
} find_t;

static gov_person_t *
from_row(const gov_row_person_get_t *row, apr_pool_t *pool)
{
    gov_person_t *p = apr_pcalloc(pool, sizeof(*p));

    p->id = row->id;
    p->login = apr_pstrdup(pool, row->login);
    p->name = apr_pstrdup(pool, row->name);
    p->class_ = apr_pstrdup(pool, row->class_);
    p->site = row->site;
    p->unit = row->unit;
    p->email = apr_pstrdup(pool, row->email);
    p->active = !strcmp(row->state, "active");
    p->has_password = row->password != NULL;
    p->must_change = row->must_change;
    p->has_factor = row->factor.data != NULL;
    p->password_at = row->password_at;
    p->signed_in_at = row->signed_in_at;
    p->created_at = row->created_at;
    return p;
}

static gov_err_t *
find(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    find_t *f = baton;
    gov_row_person_get_t row;

    if (f->login) {
        gov_row_person_by_login_t found;

        GOV_TRY(gov_sql_person_by_login(&found, db, f->login, scratch));
        f->id = found.id;
    }
    GOV_TRY(gov_sql_person_get(&row, db, f->id, scratch));
    f->person = from_row(&row, f->pool);
    return NULL;
}

gov_err_t *
gov_person_get(const gov_person_t **person, const gov_ctx_t *ctx,
               apr_int64_t id, apr_pool_t *pool)
{
    find_t f = { .id = id, .pool = pool };

    GOV_TRY(gov_store_read(ctx->store, find, &f, pool));
    *person = f.person;
    return NULL;
}

gov_err_t *
gov_person_named(const gov_person_t **person, const gov_ctx_t *ctx,
                 const char *login, apr_pool_t *pool)
{
    find_t f = { .login = login, .pool = pool };
    gov_err_t *err = gov_store_read(ctx->store, find, &f, pool);

    if (err && err->code == GOV_E_NOT_FOUND)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "nobody is called %s",
                       login);
    GOV_TRY(err);
    *person = f.person;
    return NULL;
}

typedef struct list_t {
    apr_int64_t site;
    apr_array_header_t *people;
    apr_pool_t *pool;
} list_t;

static gov_err_t *
list(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    list_t *l = baton;
    apr_array_header_t *rows;
    int i;

    (void)scratch;
    GOV_TRY(gov_sql_people(&rows, db, l->site, l->pool));
    l->people = apr_array_make(l->pool, rows->nelts + 1, sizeof(gov_person_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_people_t *row = &APR_ARRAY_IDX(rows, i,
                                                     gov_row_people_t);
        gov_person_t *p = apr_array_push(l->people);

        p->id = row->id;
        p->login = row->login;
        p->name = row->name;
        p->class_ = row->class_;
        p->site = row->site;
        p->unit = row->unit;
        p->email = row->email;
        p->active = !strcmp(row->state, "active");
        p->has_password = row->has_password;
        p->must_change = row->must_change;
        p->has_factor = row->has_factor;
        p->password_at = row->password_at;
        p->signed_in_at = row->signed_in_at;
        p->created_at = row->created_at;
    }
    return NULL;
}

gov_err_t *
gov_person_list(apr_array_header_t **people, const gov_ctx_t *ctx,
                apr_int64_t site, const gov_permit_t *permit, apr_pool_t *pool)
{
    list_t l = { .site = site, .pool = pool };

    if (gov_permit_check(permit, GOV_ACTION_SECURITY, 0, 0, pool))
        GOV_TRY(gov_permit_check(permit, GOV_ACTION_PEOPLE, site, 0, pool));
    GOV_TRY(gov_store_read(ctx->store, list, &l, pool));
    *people = l.people;
    return NULL;
}

static gov_err_t *
read_grants(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    find_t *f = baton;
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_grants_of(&rows, db, f->id, scratch));
    f->grants = apr_array_make(f->pool, rows->nelts + 1, sizeof(gov_grant_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_grants_of_t *row = &APR_ARRAY_IDX(rows, i,
                                                        gov_row_grants_of_t);

        gov_security__grant(f->grants, row->role, row->site, row->column);
    }
    return NULL;
}

/* A role of a later release gives nothing here. */
void
gov_security__grant(apr_array_header_t *grants, const char *role,
                    apr_int64_t site, apr_int64_t column)
{
    const gov_role_t *known = gov_role_named(role);
    gov_grant_t *grant;

    if (!known)
        return;
    grant = apr_array_push(grants);
    grant->role = known;
    grant->site = site;
    grant->column = column;
}

gov_err_t *
gov_person_actor(const gov_actor_t **actor, const gov_ctx_t *ctx,
                 const gov_person_t *person, apr_pool_t *pool)
{
    find_t f = { .id = person->id, .pool = pool };
    gov_actor_t *a;

    if (!person->active)
        return gov_err(GOV_E_FORBIDDEN, NULL, pool, "%s is disabled",
                       person->login);
    GOV_TRY(gov_store_read(ctx->store, read_grants, &f, pool));
    a = apr_pcalloc(pool, sizeof(*a));
    a->kind = GOV_ACTOR_PERSON;
    a->name = person->login;
    a->person = person->id;
    a->address = ctx->actor ? ctx->actor->address : NULL;
    a->grants = f.grants;
    *actor = a;
    return NULL;
}

/* --- writing -------------------------------------------------------------- */

typedef struct change_t {
    const gov_ctx_t *ctx;
    const gov_person_new_t *made;
    const gov_person_t *person;
    apr_int64_t id;
    const char *hash;
    const char *source, *name;
    bool active;
} change_t;

static bool
login_fits(const char *login)
{
    apr_size_t len = strlen(login);

    return len >= 2 && len <= 60 && apr_islower(login[0])
        && strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789.-_") == len;
}

static gov_err_t *
check(const gov_person_new_t *made, apr_pool_t *pool)
{
    if (!made->login || !login_fits(made->login))
        return gov_err_field("login", pool,
                             "2 to 60 of a-z, 0-9, '.', '-', '_', a letter "
                             "first");
    if (!made->name || !*made->name || gov_text_length(made->name) > 100)
        return gov_err_field("name", pool, "1 to 100 characters");
    if (!made->class_ || (strcmp(made->class_, "content")
                          && strcmp(made->class_, "admin")))
        return gov_err_field("class", pool, "content or admin");
    if (!strcmp(made->class_, "admin") && made->site)
        return gov_err_field("site", pool, "administrators are the group's");
    if (made->email && (!strchr(made->email, '@')
                        || gov_text_length(made->email) > 200))
        return gov_err_field("email", pool, "is not an e-mail address");
    return NULL;
}

static gov_err_t *
add(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;
    const gov_person_new_t *made = c->made;
    apr_time_t now = gov_now(c->ctx->clock);
    gov_row_person_by_login_t found;
    gov_err_t *err;

    err = gov_sql_person_by_login(&found, db, made->login, pool);
    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    if (!err && !gov_db_is_rerun(db))
        return gov_err(GOV_E_CONFLICT, NULL, pool, "%s is taken", made->login);
    if (!err) {
        c->id = found.id;
        return NULL;
    }
    GOV_TRY(gov_sql_person_insert(&c->id, db, made->login, made->name,
                                  made->class_, made->site, made->unit,
                                  made->email, c->hash, now, now,
                                  c->ctx->actor->name, pool));
    return gov_audit_add(db, c->ctx, "person.add", made->site,
                         gov_security__object(c->id, pool), true, made->login,
                         pool);
}

gov_err_t *
gov_person_add(apr_int64_t *person, const char **password, const gov_ctx_t *ctx,
               const gov_person_new_t *made, const gov_permit_t *permit,
               apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .made = made };
    const char *plain;

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_PEOPLE, made->site, 0, pool));
    GOV_TRY(check(made, pool));
    plain = gov_password_random(ctx, pool);
    GOV_TRY(gov_password_hash(&c.hash, plain, pool));
    GOV_TRY(gov_store_tx(ctx->store, add, &c, pool));
    *person = c.id;
    *password = plain;
    return NULL;
}

static gov_err_t *
may_change(const gov_person_t *person, const gov_permit_t *permit,
           apr_pool_t *pool)
{
    if (!gov_permit_check(permit, GOV_ACTION_SECURITY, 0, 0, pool))
        return NULL;
    return gov_permit_check(permit, GOV_ACTION_PEOPLE, person->site, 0, pool);
}

static gov_err_t *
reset(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;

    GOV_TRY(gov_sql_person_set_password(NULL, db, c->hash,
                                        gov_now(c->ctx->clock), true,
                                        c->person->id, pool));
    GOV_TRY(gov_sql_sessions_delete_of(NULL, db, c->person->id, pool));
    return gov_audit_add(db, c->ctx, "person.reset", c->person->site,
                         gov_security__object(c->person->id, pool), true,
                         c->person->login, pool);
}

gov_err_t *
gov_person_reset(const char **password, const gov_ctx_t *ctx,
                 const gov_person_t *person, const gov_permit_t *permit,
                 apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .person = person };
    const char *plain;

    GOV_TRY(may_change(person, permit, pool));
    plain = gov_password_random(ctx, pool);
    GOV_TRY(gov_password_hash(&c.hash, plain, pool));
    GOV_TRY(gov_store_tx(ctx->store, reset, &c, pool));
    *password = plain;
    return NULL;
}

static gov_err_t *
enable(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;

    GOV_TRY(gov_sql_person_set_state(NULL, db,
                                     c->active ? "active" : "disabled",
                                     c->person->id, pool));
    if (!c->active)
        GOV_TRY(gov_sql_sessions_delete_of(NULL, db, c->person->id, pool));
    return gov_audit_add(db, c->ctx,
                         c->active ? "person.enable" : "person.disable",
                         c->person->site,
                         gov_security__object(c->person->id, pool), true,
                         c->person->login, pool);
}

gov_err_t *
gov_person_enable(const gov_ctx_t *ctx, const gov_person_t *person, bool active,
                  const gov_permit_t *permit, apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .person = person, .active = active };

    GOV_TRY(may_change(person, permit, pool));
    return gov_store_tx(ctx->store, enable, &c, pool);
}

static gov_err_t *
drop_factor(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;
    gov_bytes_t none = { NULL, 0 };

    GOV_TRY(gov_sql_person_set_factor(NULL, db, none, 0, c->person->id, pool));
    GOV_TRY(gov_sql_recovery_drop(NULL, db, c->person->id, pool));
    GOV_TRY(gov_sql_sessions_delete_of(NULL, db, c->person->id, pool));
    return gov_audit_add(db, c->ctx, "person.drop-factor", c->person->site,
                         gov_security__object(c->person->id, pool), true,
                         c->person->login, pool);
}

gov_err_t *
gov_person_drop_factor(const gov_ctx_t *ctx, const gov_person_t *person,
                       const gov_permit_t *permit, apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .person = person };

    GOV_TRY(may_change(person, permit, pool));
    return gov_store_tx(ctx->store, drop_factor, &c, pool);
}

static gov_err_t *
unlock(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;

    GOV_TRY(gov_sql_sign_in_forget(NULL, db,
                                   gov_security__login_key(c->person->login,
                                                           pool), pool));
    return gov_audit_add(db, c->ctx, "person.unlock", c->person->site,
                         gov_security__object(c->person->id, pool), true,
                         c->person->login, pool);
}

gov_err_t *
gov_person_unlock(const gov_ctx_t *ctx, const gov_person_t *person,
                  const gov_permit_t *permit, apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .person = person };

    GOV_TRY(may_change(person, permit, pool));
    return gov_store_tx(ctx->store, unlock, &c, pool);
}

static gov_err_t *
note_alias(gov_db_t *db, const change_t *c, const char *what, apr_pool_t *pool)
{
    return gov_audit_add(db, c->ctx, what, c->person->site,
                         gov_security__object(c->person->id, pool), true,
                         apr_pstrcat(pool, c->source, " ", c->name, NULL),
                         pool);
}

static gov_err_t *
alias(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;
    gov_row_person_by_alias_t row;
    gov_err_t *err = gov_sql_person_by_alias(&row, db, c->source, c->name,
                                             pool);

    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    if (!err && row.id == c->person->id)
        return NULL;
    if (!err)
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "%s %s is another person already", c->source, c->name);
    GOV_TRY(gov_sql_alias_insert(NULL, db, c->source, c->name, c->person->id,
                                 pool));
    return note_alias(db, c, "person.alias", pool);
}

gov_err_t *
gov_person_alias(const gov_ctx_t *ctx, const gov_person_t *person,
                 const char *source, const char *name,
                 const gov_permit_t *permit, apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .person = person, .source = source,
                   .name = name };

    GOV_TRY(may_change(person, permit, pool));
    if (!gov_text_is_slug(source) || strlen(source) > 20)
        return gov_err_field("source", pool, "a word such as certificate");
    if (!*name || gov_text_length(name) > 190)
        return gov_err_field("name", pool, "1 to 190 characters");
    return gov_store_tx(ctx->store, alias, &c, pool);
}

static gov_err_t *
drop_alias(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;
    apr_int64_t gone;

    GOV_TRY(gov_sql_alias_delete(&gone, db, c->source, c->name, c->person->id,
                                 pool));
    if (!gone && gov_db_is_rerun(db))
        return NULL;
    if (!gone)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "%s is not %s %s",
                       c->person->login, c->source, c->name);
    return note_alias(db, c, "person.alias.remove", pool);
}

gov_err_t *
gov_person_alias_remove(const gov_ctx_t *ctx, const gov_person_t *person,
                        const char *source, const char *name,
                        const gov_permit_t *permit, apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .person = person, .source = source,
                   .name = name };

    GOV_TRY(may_change(person, permit, pool));
    return gov_store_tx(ctx->store, drop_alias, &c, pool);
}

typedef struct names_t {
    apr_int64_t person;           /* 0: everybody */
    apr_array_header_t *list;
    apr_pool_t *pool;
} names_t;

static gov_err_t *
read_aliases(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    names_t *n = baton;
    apr_array_header_t *rows;
    int i;

    (void)scratch;
    GOV_TRY(gov_sql_aliases(&rows, db, n->person, n->person, n->pool));
    n->list = apr_array_make(n->pool, rows->nelts + 1, sizeof(gov_alias_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_aliases_t *row = &APR_ARRAY_IDX(rows, i,
                                                      gov_row_aliases_t);
        gov_alias_t *alias = apr_array_push(n->list);

        alias->login = row->login;
        alias->source = row->source;
        alias->name = row->name;
    }
    return NULL;
}

gov_err_t *
gov_person_aliases(apr_array_header_t **aliases, const gov_ctx_t *ctx,
                   const gov_person_t *person, const gov_permit_t *permit,
                   apr_pool_t *pool)
{
    names_t n = { .person = person ? person->id : 0, .pool = pool };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SECURITY, 0, 0, pool));
    GOV_TRY(gov_store_read(ctx->store, read_aliases, &n, pool));
    *aliases = n.list;
    return NULL;
}

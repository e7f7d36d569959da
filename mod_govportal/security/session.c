/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* session.c -- finding, listing and ending sessions. */

#include <string.h>

#include "gov_audit.h"
#include "gov_media.h"
#include "gov_time.h"
#include "people_priv.h"
#include "session_priv.h"
#include "sql_security.h"

#define LIST_MAX 1000
/* A session's moment is written at most this often. */
#define NOTE_EVERY apr_time_from_sec(60)

static const char *const words[] = {
    [GOV_STEP_FACTOR] = "factor", [GOV_STEP_ENROL] = "enrol",
    [GOV_STEP_PASSWORD] = "password", [GOV_STEP_OPEN] = "open"
};

const char *
gov_session_step(gov_session_step_t step)
{
    return words[step];
}

static bool
step_named(gov_session_step_t *step, const char *word)
{
    int i;

    for (i = GOV_STEP_FACTOR; i <= GOV_STEP_OPEN; i++)
        if (!strcmp(words[i], word)) {
            *step = i;
            return true;
        }
    return false;
}

gov_bytes_t
gov_security__session_key(const char *token, apr_pool_t *pool)
{
    unsigned char *digest = apr_palloc(pool, 32);
    gov_bytes_t key = { (const char *)digest, 32 };

    gov_digest(digest, token, strlen(token));
    return key;
}

/* --- find ----------------------------------------------------------------- */

typedef struct find_t {
    const gov_ctx_t *ctx;
    const char *host, *address;
    gov_bytes_t key;
    gov_session_t *session;
    apr_pool_t *pool;
} find_t;

static gov_session_t *
from_rows(const apr_array_header_t *rows, const char *address,
          apr_pool_t *pool)
{
    const gov_row_session_open_t *row = &APR_ARRAY_IDX(rows, 0,
                                                       gov_row_session_open_t);
    gov_session_t *s = apr_pcalloc(pool, sizeof(*s));
    gov_person_t *p = apr_pcalloc(pool, sizeof(*p));
    gov_actor_t *a;
    apr_array_header_t *grants;
    int i;

    if (!step_named(&s->step, row->step))
        return NULL;
    p->id = row->person;
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
    p->created_at = row->person_since;
    s->person = p;
    s->how = row->how;
    s->host = row->host;
    s->address = row->address;
    s->agent = row->agent;
    s->created = row->created_at;
    s->seen = row->seen_at;
    s->ends = row->ends_at;
    s->actor = gov_actor_public();
    if (s->step != GOV_STEP_OPEN)
        return s;
    grants = apr_array_make(pool, rows->nelts, sizeof(gov_grant_t));
    for (i = 0; i < rows->nelts; i++) {
        row = &APR_ARRAY_IDX(rows, i, gov_row_session_open_t);
        if (row->role)
            gov_security__grant(grants, row->role, row->role_site,
                                row->role_column);
    }
    a = apr_pcalloc(pool, sizeof(*a));
    a->kind = GOV_ACTOR_PERSON;
    a->name = p->login;
    a->person = p->id;
    a->address = address;
    a->grants = grants;
    s->actor = a;
    return s;
}

static gov_err_t *
find(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    find_t *f = baton;
    const gov_policy_t *policy = f->ctx->policy;
    apr_time_t now = gov_now(f->ctx->clock);
    apr_array_header_t *rows;
    gov_session_t *s;

    (void)scratch;
    GOV_TRY(gov_sql_session_open(&rows, db, f->key, f->pool));
    s = rows->nelts ? from_rows(rows, f->address, f->pool) : NULL;
    if (!s || strcmp(s->host, f->host))
        return gov_err(GOV_E_SIGN_IN, NULL, f->pool, "there is no such session");
    if (now >= s->ends
        || now - s->seen >= apr_time_from_sec(60 * policy->session_idle))
        return gov_err(GOV_E_SIGN_IN, NULL, f->pool,
                       "the session of %s has ended", s->person->login);
    if (!s->person->active)
        return gov_err(GOV_E_SIGN_IN, NULL, f->pool, "%s is disabled",
                       s->person->login);
    s->id = gov_hex(f->key.data, f->key.len, f->pool);
    f->session = s;
    return NULL;
}

static gov_err_t *
note_seen(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    const find_t *f = baton;
    apr_time_t now = gov_now(f->ctx->clock);

    return gov_sql_session_seen(NULL, db, now, f->key, now, scratch);
}

gov_err_t *
gov_session_find(const gov_session_t **session, const gov_ctx_t *ctx,
                 const char *token, const char *host, const char *address,
                 apr_pool_t *pool)
{
    find_t f = { .ctx = ctx, .host = host, .address = address, .pool = pool };

    if (strlen(token) != GOV_SECURITY__TOKEN_LENGTH)
        return gov_err(GOV_E_SIGN_IN, NULL, pool, "that is no session");
    f.key = gov_security__session_key(token, pool);
    GOV_TRY(gov_store_read(ctx->store, find, &f, pool));
    if (gov_now(ctx->clock) - f.session->seen > NOTE_EVERY)
        GOV_TRY(gov_store_tx(ctx->store, note_seen, &f, pool));
    *session = f.session;
    return NULL;
}

/* --- list, end ------------------------------------------------------------ */

typedef struct change_t {
    const gov_ctx_t *ctx;
    apr_int64_t person;
    gov_bytes_t key;
    const char *action;
    apr_array_header_t *sessions;
    apr_pool_t *pool;
} change_t;

static gov_err_t *
list(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    change_t *c = baton;
    apr_array_header_t *rows;
    int i;

    (void)scratch;
    GOV_TRY(gov_sql_sessions(&rows, db, c->person, LIST_MAX, c->pool));
    c->sessions = apr_array_make(c->pool, rows->nelts + 1,
                                 sizeof(gov_session_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_sessions_t *row = &APR_ARRAY_IDX(rows, i,
                                                       gov_row_sessions_t);
        gov_session_t *s = apr_array_push(c->sessions);
        gov_person_t *p = apr_pcalloc(c->pool, sizeof(*p));

        p->id = row->person;
        p->login = row->login;
        p->name = row->name;
        s->person = p;
        s->actor = gov_actor_public();
        s->id = gov_hex(row->id.data, row->id.len, c->pool);
        if (!step_named(&s->step, row->step))
            s->step = GOV_STEP_FACTOR;
        s->how = row->how;
        s->host = row->host;
        s->address = row->address;
        s->agent = row->agent;
        s->created = row->created_at;
        s->seen = row->seen_at;
        s->ends = row->ends_at;
    }
    return NULL;
}

static gov_err_t *
ones_own(const gov_ctx_t *ctx, apr_int64_t person, const gov_permit_t *permit,
         apr_pool_t *pool)
{
    if (!permit && person && ctx->actor->kind == GOV_ACTOR_PERSON
        && ctx->actor->person == person)
        return NULL;
    return gov_permit_check(permit, GOV_ACTION_SECURITY, 0, 0, pool);
}

gov_err_t *
gov_session_list(apr_array_header_t **sessions, const gov_ctx_t *ctx,
                 apr_int64_t person, const gov_permit_t *permit,
                 apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .person = person, .pool = pool };

    GOV_TRY(ones_own(ctx, person, permit, pool));
    GOV_TRY(gov_store_read(ctx->store, list, &c, pool));
    *sessions = c.sessions;
    return NULL;
}

static gov_err_t *
drop(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;
    apr_int64_t gone;

    if (c->key.data)
        GOV_TRY(gov_sql_session_delete_of(&gone, db, c->key, c->person, pool));
    else
        GOV_TRY(gov_sql_sessions_delete_of(&gone, db, c->person, pool));
    if (!gone && c->key.data && !gov_db_is_rerun(db))
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "there is no such session");
    return gov_audit_add(db, c->ctx, c->action, 0,
                         gov_security__object(c->person, pool), true, NULL,
                         pool);
}

gov_err_t *
gov_session_revoke(const gov_ctx_t *ctx, apr_int64_t person, const char *id,
                   const gov_permit_t *permit, apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .person = person, .action = "session.revoke" };
    unsigned char key[32];

    GOV_TRY(ones_own(ctx, person, permit, pool));
    if (id) {
        if (!gov_unhex(key, sizeof(key), id))
            return gov_err_field("session", pool, "is no session's id");
        c.key.data = (const char *)key;
        c.key.len = sizeof(key);
    }
    return gov_store_tx(ctx->store, drop, &c, pool);
}

gov_err_t *
gov_session_end(const gov_ctx_t *ctx, const gov_session_t *session,
                apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .person = session->person->id,
                   .action = "session.end" };
    unsigned char key[32];
    gov_err_t *err;

    gov_assert(gov_unhex(key, sizeof(key), session->id));
    c.key.data = (const char *)key;
    c.key.len = sizeof(key);
    err = gov_store_tx(ctx->store, drop, &c, pool);
    return err && err->code == GOV_E_NOT_FOUND ? NULL : err;
}

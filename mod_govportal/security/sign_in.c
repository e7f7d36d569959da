/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* sign_in.c -- from a password to an open session, step by step. */

#include <string.h>

#include "gov_audit.h"
#include "gov_factor.h"
#include "gov_key.h"
#include "gov_limit.h"
#include "gov_media.h"
#include "gov_password.h"
#include "gov_text.h"
#include "gov_time.h"
#include "people_priv.h"
#include "security_priv.h"
#include "session_priv.h"
#include "sql_security.h"

#define AGENT_MAX 200

typedef struct way_t {
    const gov_ctx_t *ctx;
    const gov_knock_t *knock;     /* NULL after the first step */
    const char *network;
    const char *source, *vouched; /* for gov_sign_in_vouched() */
    const gov_session_t *from;    /* the session that makes the step */
    gov_row_person_get_t row;
    bool known;                   /* row was read */
    bool at_home;                 /* its owner signed in from there lately */
    const char *code, *secret, *hash;
    apr_array_header_t *codes;
    const char *token, *host;     /* of the session to come */
    apr_pool_t *pool;
} way_t;

/* --- steps ---------------------------------------------------------------- */

/* What comes after AFTER for this person by the rules in force. */
static gov_session_step_t
step_after(const way_t *way, gov_session_step_t after, bool factor,
           bool must_change, apr_time_t password_at)
{
    const gov_policy_t *policy = way->ctx->policy;
    bool admin = !strcmp(way->row.class_, "admin");
    apr_time_t life = apr_time_from_sec((apr_time_t)policy->password_days
                                        * 86400);

    if (after < GOV_STEP_ENROL && !factor
        && (policy->second_factor == 2 || (policy->second_factor && admin)))
        return GOV_STEP_ENROL;
    if (after < GOV_STEP_PASSWORD && way->row.password
        && (must_change || (life && gov_now(way->ctx->clock) - password_at
                            > life)))
        return GOV_STEP_PASSWORD;
    return GOV_STEP_OPEN;
}

/* The oldest sessions of a person end when there are too many. */
static gov_err_t *
make_room(gov_db_t *db, const way_t *way, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_sessions(&rows, db, way->row.id, 1000, pool));
    for (i = way->ctx->policy->sessions; i < rows->nelts; i++)
        GOV_TRY(gov_sql_session_delete(
                    NULL, db, APR_ARRAY_IDX(rows, i, gov_row_sessions_t).id,
                    pool));
    return NULL;
}

static const char *
clip(const char *text, apr_size_t max, apr_pool_t *pool)
{
    return text && gov_text_valid(text, strlen(text))
        ? gov_text_cut(text, max, pool) : "";
}

/* Did the run whose answer was lost make the session? */
static gov_err_t *
made(bool *done, gov_db_t *db, way_t *way, apr_pool_t *pool)
{
    apr_array_header_t *rows;

    *done = false;
    if (!gov_db_is_rerun(db))
        return NULL;
    GOV_TRY(gov_sql_session_open(&rows, db,
                                 gov_security__session_key(way->token, pool),
                                 pool));
    *done = rows->nelts > 0;
    return NULL;
}

/* A session at STEP, in place of the one that made the step. */
static gov_err_t *
enter(gov_db_t *db, way_t *way, gov_session_step_t step, apr_pool_t *pool)
{
    const gov_ctx_t *ctx = way->ctx;
    const gov_session_t *from = way->from;
    apr_time_t now = gov_now(ctx->clock);
    const char *how = from ? from->how : way->source ? way->source : "password";
    const char *address = from ? from->address : way->knock->address;
    const char *agent = from ? from->agent
        : clip(way->knock->agent, AGENT_MAX - 4, pool);

    if (from) {
        unsigned char id[32];
        gov_bytes_t old = { (const char *)id, sizeof(id) };

        gov_assert(gov_unhex(id, sizeof(id), from->id));
        GOV_TRY(gov_sql_session_delete(NULL, db, old, pool));
    }
    GOV_TRY(gov_sql_session_insert(
                NULL, db, gov_security__session_key(way->token, pool),
                way->row.id, way->host, gov_session_step(step), how,
                address ? address : "", agent, from ? from->created : now, now,
                from ? from->ends
                : now + apr_time_from_sec(60 * ctx->policy->session_life),
                pool));
    if (!from)
        GOV_TRY(make_room(db, way, pool));
    if (step != GOV_STEP_OPEN)
        return NULL;
    GOV_TRY(gov_sql_person_signed_in(NULL, db, now, way->row.id, pool));
    return gov_audit_add(db, ctx, "session.open", way->row.site,
                         gov_security__object(way->row.id, pool), true,
                         apr_psprintf(pool, "%s: %s", way->row.login, how),
                         pool);
}

static void
begin(way_t *way, const gov_ctx_t *ctx, apr_pool_t *pool)
{
    way->ctx = ctx;
    way->pool = pool;
    way->host = way->from ? way->from->host : way->knock->host;
    way->token = gov_token(ctx, GOV_SECURITY__TOKEN_BYTES, pool);
}

/* The session as the next request will find it, with its token. */
static gov_err_t *
tell(const gov_session_t **session, const way_t *way)
{
    const gov_session_t *found;
    gov_session_t *s;

    GOV_TRY(gov_session_find(&found, way->ctx, way->token, way->host,
                             way->ctx->actor->address, way->pool));
    s = apr_pmemdup(way->pool, found, sizeof(*found));
    s->token = way->token;
    *session = s;
    return NULL;
}

/* --- the password --------------------------------------------------------- */

static gov_err_t *
look(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    way_t *way = baton;
    gov_row_person_by_login_t found;
    gov_err_t *err;

    GOV_TRY(gov_security__may_knock(&way->at_home, db, way->ctx,
                                    way->knock->login, way->network,
                                    way->knock->worked, way->pool));
    err = gov_sql_person_by_login(&found, db, way->knock->login, scratch);
    if (!err)
        err = gov_sql_person_get(&way->row, db, found.id, way->pool);
    way->known = !err;
    return err && err->code != GOV_E_NOT_FOUND ? err : NULL;
}

static gov_err_t *
failed(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    way_t *way = baton;

    GOV_TRY(gov_security__knock_failed(db, way->ctx, way->knock->login,
                                       way->network, pool));
    return gov_audit_add(db, way->ctx, "session.open",
                         way->known ? way->row.site : 0,
                         way->known ? gov_security__object(way->row.id, pool)
                         : "person:0", false, clip(way->knock->login, 60, pool),
                         pool);
}

static gov_err_t *
worked(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    way_t *way = baton;
    bool done;
    bool factor = way->row.factor.data != NULL;

    GOV_TRY(made(&done, db, way, pool));
    if (done)
        return NULL;
    if (way->hash)
        GOV_TRY(gov_sql_person_set_password(NULL, db, way->hash,
                                            way->row.password_at,
                                            way->row.must_change, way->row.id,
                                            pool));
    if (!factor)
        GOV_TRY(gov_security__knock_worked(db, way->ctx, way->row.login,
                                           way->network, pool));
    return enter(db, way, factor ? GOV_STEP_FACTOR
                 : step_after(way, GOV_STEP_FACTOR, false, way->row.must_change,
                              way->row.password_at), pool);
}

/* Strangers may have so many passwords computed on a node, for each that it can
   compute at once, before they are asked for a proof of work: twenty a minute on
   two processors, also all at once. */
#define STRANGERS 10
#define STRANGERS_SPAN apr_time_from_sec(60)

/* Does the password open the account?  Computing it is what a flood of guesses is
   after: it must not keep those out who belong here.  Who is at home never waits
   for strangers; who worked for it goes before those who did not; of those, there
   are not many, and last come networks that failed most. */
static gov_err_t *
check(bool *right, const way_t *way)
{
    const gov_ctx_t *ctx = way->ctx;
    bool stranger = !way->at_home && !way->knock->worked;
    int failures;
    gov_err_t *err = gov_security__network_may(&failures, ctx, way->network,
                                               way->pool);

    if (err && !way->at_home)
        return err;
    if (stranger) {
        err = gov_limit_take(ctx->limits, "strangers", "",
                             STRANGERS * gov_security__turns(), STRANGERS_SPAN,
                             gov_now(ctx->clock), way->pool);
        if (err)
            return gov_security__ask_for_work(err, way->pool);
    }
    err = gov_security__password_check(right, way->known ? way->row.password
                                       : NULL, way->knock->password,
                                       way->at_home ? 0 : way->knock->worked ? 1
                                       : 2 + failures, way->pool);
    return stranger && err && err->code == GOV_E_TOO_MANY
        ? gov_security__ask_for_work(err, way->pool) : err;
}

/* One answer for a wrong password, an unknown name and a disabled account, after
   the same work. */
gov_err_t *
gov_sign_in(const gov_session_t **session, const gov_ctx_t *ctx,
            const gov_knock_t *knock, apr_pool_t *pool)
{
    way_t way = { .knock = knock };
    bool right;

    begin(&way, ctx, pool);
    way.network = gov_security__network(knock->address, pool);
    GOV_TRY(gov_store_read(ctx->store, look, &way, pool));
    GOV_TRY(check(&right, &way));
    if (!right || !way.known || strcmp(way.row.state, "active")) {
        gov_security__network_failed(ctx, way.network, pool);
        GOV_TRY(gov_store_tx(ctx->store, failed, &way, pool));
        return gov_err_field("password", pool, "does not open %s",
                             clip(knock->login, 60, pool));
    }
    if (gov_password_stale(way.row.password))
        GOV_TRY(gov_password_hash(&way.hash, knock->password, pool));
    GOV_TRY(gov_store_tx(ctx->store, worked, &way, pool));
    return tell(session, &way);
}

static gov_err_t *
vouch(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    way_t *way = baton;
    bool done;
    gov_row_person_by_alias_t found;
    bool factor;

    GOV_TRY(made(&done, db, way, pool));
    if (done)
        return NULL;
    GOV_TRY(gov_sql_person_by_alias(&found, db, way->source, way->vouched,
                                    pool));
    GOV_TRY(gov_sql_person_get(&way->row, db, found.id, way->pool));
    if (strcmp(way->row.state, "active"))
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "%s is disabled",
                       way->row.login);
    factor = way->row.factor.data != NULL;
    return enter(db, way, factor ? GOV_STEP_FACTOR
                 : step_after(way, GOV_STEP_FACTOR, false, false,
                              gov_now(way->ctx->clock)), pool);
}

static gov_err_t *
unknown(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const way_t *way = baton;

    return gov_audit_add(db, way->ctx, "session.open", 0, "person:0", false,
                         apr_psprintf(pool, "%s %s", way->source,
                                      clip(way->vouched, 60, pool)), pool);
}

gov_err_t *
gov_sign_in_vouched(const gov_session_t **session, const gov_ctx_t *ctx,
                    const char *source, const char *name,
                    const gov_knock_t *knock, apr_pool_t *pool)
{
    way_t way = { .knock = knock, .source = source, .vouched = name };
    gov_err_t *err;

    begin(&way, ctx, pool);
    err = gov_store_tx(ctx->store, vouch, &way, pool);
    if (err && err->code == GOV_E_NOT_FOUND) {
        GOV_TRY(gov_store_tx(ctx->store, unknown, &way, pool));
        return gov_err(GOV_E_FORBIDDEN, err, pool, "%s %s is nobody here",
                       source, name);
    }
    GOV_TRY(err);
    return tell(session, &way);
}

/* --- the second factor ---------------------------------------------------- */

static gov_err_t *
read_person(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    way_t *way = baton;

    (void)scratch;
    return gov_sql_person_get(&way->row, db, way->from->person->id, way->pool);
}

static gov_err_t *
next_step(gov_db_t *db, way_t *way, gov_session_step_t after, bool must_change,
          apr_time_t password_at, apr_pool_t *pool)
{
    /* whom the server's own authentication vouched for has no password to
       change */
    if (strcmp(way->from->how, "password"))
        must_change = false, password_at = gov_now(way->ctx->clock);
    return enter(db, way, step_after(way, after, true, must_change,
                                     password_at), pool);
}

/* False: the code is no good, or was used before. */
static gov_err_t *
use_code(bool *good, gov_db_t *db, way_t *way, apr_pool_t *pool)
{
    const gov_ctx_t *ctx = way->ctx;
    apr_int64_t step, used;
    gov_bytes_t secret;
    unsigned char digest[GOV_MAC_SIZE];
    gov_bytes_t code = { (const char *)digest, sizeof(digest) };

    GOV_TRY(gov_unseal(&secret, ctx->keys, GOV_PURPOSE_FACTOR,
                       gov_security__object(way->row.id, pool),
                       way->row.factor, pool));
    if (gov_factor_fits(&step, apr_pstrmemdup(pool, secret.data, secret.len),
                        way->code, gov_now(ctx->clock),
                        way->row.factor_step)) {
        GOV_TRY(gov_sql_person_use_factor(&used, db, step, way->row.id, step,
                                          pool));
        *good = used == 1;
        return NULL;
    }
    *good = false;
    if (gov_recovery_digest(digest, ctx, way->code)) {
        GOV_TRY(gov_sql_recovery_use(&used, db, way->row.id, code, pool));
        *good = used == 1;
    }
    return NULL;
}

static gov_err_t *
factor(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    way_t *way = baton;
    bool done;
    bool good;

    GOV_TRY(made(&done, db, way, pool));
    if (done)
        return NULL;
    GOV_TRY(gov_sql_person_get(&way->row, db, way->from->person->id,
                               way->pool));
    GOV_TRY(gov_security__may_knock(&way->at_home, db, way->ctx, way->row.login,
                                    way->network, true, pool));
    GOV_TRY(use_code(&good, db, way, pool));
    if (!good)
        return gov_err_field("code", pool, "is wrong or was used");
    GOV_TRY(gov_security__knock_worked(db, way->ctx, way->row.login,
                                       way->network, pool));
    return next_step(db, way, GOV_STEP_FACTOR, way->row.must_change,
                     way->row.password_at, pool);
}

static gov_err_t *
factor_failed(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    way_t *way = baton;

    GOV_TRY(gov_security__knock_failed(db, way->ctx, way->row.login,
                                       way->network, pool));
    return gov_audit_add(db, way->ctx, "session.factor", way->row.site,
                         gov_security__object(way->row.id, pool), false,
                         way->row.login, pool);
}

gov_err_t *
gov_session_factor(const gov_session_t **next, const gov_ctx_t *ctx,
                   const gov_session_t *session, const char *code,
                   apr_pool_t *pool)
{
    way_t way = { .from = session, .code = code };
    gov_err_t *err;

    if (session->step != GOV_STEP_FACTOR)
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "no second factor is asked for");
    begin(&way, ctx, pool);
    way.network = gov_security__network(session->address, pool);
    err = gov_store_tx(ctx->store, factor, &way, pool);
    if (err && err->code == GOV_E_INVALID)
        GOV_TRY(gov_store_tx(ctx->store, factor_failed, &way, pool));
    GOV_TRY(err);
    return tell(next, &way);
}

/* INVALID with FIELD unless PASSWORD is the person's. */
static gov_err_t *
check_present(const way_t *way, const char *field, const char *password)
{
    bool right;

    GOV_TRY(gov_password_check(&right, way->row.password,
                               password ? password : "", way->pool));
    return right ? NULL : gov_err_field(field, way->pool,
                                        "is not the present password");
}

static gov_err_t *
enrol(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    way_t *way = baton;
    bool done;
    const char *object;
    gov_bytes_t plain, sealed;
    apr_int64_t step;
    int i;

    GOV_TRY(made(&done, db, way, pool));
    if (done)
        return NULL;
    GOV_TRY(read_person(db, way, pool));
    object = gov_security__object(way->row.id, pool);
    if (!gov_factor_fits(&step, way->secret, way->code,
                         gov_now(way->ctx->clock), 0))
        return gov_err_field("code", pool, "is no code of that secret");
    plain.data = way->secret;
    plain.len = strlen(way->secret);
    GOV_TRY(gov_seal(&sealed, way->ctx->keys, GOV_PURPOSE_FACTOR, object, plain,
                     pool));
    GOV_TRY(gov_sql_person_set_factor(NULL, db, sealed, step, way->row.id,
                                      pool));
    GOV_TRY(gov_sql_recovery_drop(NULL, db, way->row.id, pool));
    for (i = 0; i < way->codes->nelts; i++) {
        unsigned char digest[GOV_MAC_SIZE];
        gov_bytes_t code = { (const char *)digest, sizeof(digest) };

        gov_assert(gov_recovery_digest(
                       digest, way->ctx,
                       APR_ARRAY_IDX(way->codes, i, const char *)));
        GOV_TRY(gov_sql_recovery_insert(NULL, db, way->row.id, code, pool));
    }
    GOV_TRY(gov_audit_add(db, way->ctx, "person.enrol", way->row.site, object,
                          true, way->row.login, pool));
    if (way->from->step == GOV_STEP_OPEN)
        return enter(db, way, GOV_STEP_OPEN, pool);
    return next_step(db, way, GOV_STEP_ENROL, way->row.must_change,
                     way->row.password_at, pool);
}

gov_err_t *
gov_session_enrol(const gov_session_t **next, apr_array_header_t **codes,
                  const gov_ctx_t *ctx, const gov_session_t *session,
                  const char *secret, const char *code, const char *password,
                  apr_pool_t *pool)
{
    way_t way = { .from = session, .secret = secret, .code = code };

    if (session->step != GOV_STEP_ENROL && session->step != GOV_STEP_OPEN)
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "the session is not at that step");
    begin(&way, ctx, pool);
    if (session->step == GOV_STEP_OPEN) {
        GOV_TRY(gov_store_read(ctx->store, read_person, &way, pool));
        if (way.row.password)
            GOV_TRY(check_present(&way, "password", password));
    }
    way.codes = gov_recovery_codes(ctx, pool);
    GOV_TRY(gov_store_tx(ctx->store, enrol, &way, pool));
    GOV_TRY(tell(next, &way));
    *codes = way.codes;
    return NULL;
}

/* --- a new password ------------------------------------------------------- */

typedef struct old_t {
    apr_int64_t person;
    int most;
    apr_array_header_t *rows;
    apr_pool_t *pool;
} old_t;

static gov_err_t *
read_old(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    old_t *old = baton;

    (void)scratch;
    return gov_sql_old_passwords(&old->rows, db, old->person, old->most,
                                 old->pool);
}

/* The present password and the last ones may not be taken again. */
static gov_err_t *
check_new(const way_t *way, const char *password)
{
    const gov_policy_t *policy = way->ctx->policy;
    apr_pool_t *pool = way->pool;
    old_t old = { .person = way->row.id, .most = policy->password_history,
                  .pool = pool };
    bool same;
    int i;

    GOV_TRY(gov_password_fits(policy, way->row.login, way->row.name, password,
                              pool));
    GOV_TRY(gov_store_read(way->ctx->store, read_old, &old, pool));
    for (i = -1; i < old.rows->nelts; i++) {
        GOV_TRY(gov_password_check(
                    &same, i < 0 ? way->row.password
                    : APR_ARRAY_IDX(old.rows, i,
                                    gov_row_old_passwords_t).password,
                    password, pool));
        if (same)
            return gov_err_field("password", pool, "used-before");
    }
    return NULL;
}

static gov_err_t *
change(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    way_t *way = baton;
    bool done;
    apr_time_t now = gov_now(way->ctx->clock);
    const char *before = way->row.password;

    GOV_TRY(made(&done, db, way, pool));
    if (done)
        return NULL;
    GOV_TRY(gov_sql_person_set_password(NULL, db, way->hash, now, false,
                                        way->row.id, pool));
    if (before)
        GOV_TRY(gov_sql_old_password_insert(NULL, db, way->row.id, now, before,
                                            pool));
    GOV_TRY(gov_sql_sessions_delete_of(NULL, db, way->row.id, pool));
    GOV_TRY(gov_audit_add(db, way->ctx, "person.password", way->row.site,
                          gov_security__object(way->row.id, pool), true,
                          way->row.login, pool));
    return enter(db, way, GOV_STEP_OPEN, pool);
}

gov_err_t *
gov_session_password(const gov_session_t **next, const gov_ctx_t *ctx,
                     const gov_session_t *session, const char *old,
                     const char *password, apr_pool_t *pool)
{
    way_t way = { .from = session };

    if (session->step != GOV_STEP_PASSWORD && session->step != GOV_STEP_OPEN)
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "the session is not at that step");
    begin(&way, ctx, pool);
    GOV_TRY(gov_store_read(ctx->store, read_person, &way, pool));
    GOV_TRY(check_present(&way, "old", old));
    GOV_TRY(check_new(&way, password));
    GOV_TRY(gov_password_hash(&way.hash, password, pool));
    GOV_TRY(gov_store_tx(ctx->store, change, &way, pool));
    return tell(next, &way);
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* knock.c -- failed tries to sign in, by login name and network.

   A lock on an account alone is a weapon: whoever knows a name can keep its owner
   out.  So a network that failed too often is shut out of that account, and
   failures from everywhere only make networks where the owner never signed in pay
   with a proof of work.  Who tries many names from one network is counted in
   memory, without a statement, and kept from all accounts that are not at home
   there. */

#include <apr_network_io.h>
#include <string.h>

#include "gov_limit.h"
#include "gov_media.h"
#include "gov_time.h"
#include "people_priv.h"
#include "sql_security.h"

/* So many times the lock's failures from all networks together ask for work. */
#define CROWD 4
/* A network where the owner signed in counts as known for this long. */
#define KNOWN apr_time_from_sec(60 * 86400)
#define FORGET apr_time_from_sec(86400)
/* What the rule "sign-ins" counts in. */
#define SPAN apr_time_from_sec(600)

gov_bytes_t
gov_security__login_key(const char *login, apr_pool_t *pool)
{
    unsigned char *digest = apr_palloc(pool, 32);
    gov_bytes_t key = { (const char *)digest, 16 };

    gov_digest(digest, login, strlen(login));
    return key;
}

/* What is no address (a socket, a test) is a network of its own. */
const char *
gov_security__network(const char *address, apr_pool_t *pool)
{
    apr_sockaddr_t *sa;
    const unsigned char *b;

    if (!address)
        return "none";
    if (apr_sockaddr_info_get(&sa, address, APR_UNSPEC, 0, 0, pool)
        || !sa->ipaddr_ptr)
        return apr_pstrndup(pool, address, 45);
    b = sa->ipaddr_ptr;
#if APR_HAVE_IPV6
    if (sa->family == APR_INET6) {
        static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };

        if (memcmp(b, mapped, 12))
            return apr_psprintf(pool, "%x:%x:%x::/48", b[0] << 8 | b[1],
                                b[2] << 8 | b[3], b[4] << 8 | b[5]);
        b += 12;
    }
#endif
    return apr_psprintf(pool, "%d.%d.%d.0/24", b[0], b[1], b[2]);
}

gov_err_t *
gov_security__ask_for_work(gov_err_t *why, apr_pool_t *pool)
{
    gov_err_t *err = gov_err(GOV_E_SIGN_IN, why, pool,
                             "a proof of work is asked for");

    err->field = "captcha";
    return err;
}

gov_err_t *
gov_security__may_knock(bool *known, gov_db_t *db, const gov_ctx_t *ctx,
                        const char *login, const char *network, bool worked,
                        apr_pool_t *pool)
{
    apr_time_t now = gov_now(ctx->clock);
    apr_time_t quiet = now - apr_time_from_sec(60 * ctx->policy->lock_minutes);
    apr_array_header_t *rows;
    apr_int64_t here = 0, all = 0;
    int i;

    *known = false;
    GOV_TRY(gov_sql_sign_in_tries(&rows, db,
                                  gov_security__login_key(login, pool),
                                  network, pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_sign_in_tries_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_sign_in_tries_t);
        apr_int64_t failures = row->failed_at > quiet ? row->failures : 0;

        if (!*row->network)
            all = failures;
        else {
            here = failures;
            *known = row->succeeded_at > now - KNOWN;
        }
    }
    if (here >= ctx->policy->lock_after)
        return gov_err(GOV_E_TOO_MANY, NULL, pool,
                       "%s failed %" APR_INT64_T_FMT " times from %s", login,
                       here, network);
    if (all >= CROWD * ctx->policy->lock_after && !*known && !worked)
        return gov_security__ask_for_work(
            gov_err(GOV_E_TOO_MANY, NULL, pool,
                    "%" APR_INT64_T_FMT " failures for %s", all, login), pool);
    return NULL;
}

gov_err_t *
gov_security__knock_failed(gov_db_t *db, const gov_ctx_t *ctx,
                           const char *login, const char *network,
                           apr_pool_t *pool)
{
    apr_time_t now = gov_now(ctx->clock);
    apr_time_t quiet = now - apr_time_from_sec(60 * ctx->policy->lock_minutes);
    gov_bytes_t key = gov_security__login_key(login, pool);

    GOV_TRY(gov_sql_sign_in_failed(NULL, db, key, network, now, now, quiet, now,
                                   now, pool));
    return gov_sql_sign_in_failed(NULL, db, key, "", now, now, quiet, now, now,
                                  pool);
}

gov_err_t *
gov_security__knock_worked(gov_db_t *db, const gov_ctx_t *ctx,
                           const char *login, const char *network,
                           apr_pool_t *pool)
{
    apr_time_t now = gov_now(ctx->clock);

    return gov_sql_sign_in_worked(NULL, db,
                                  gov_security__login_key(login, pool),
                                  network, now, now, now, now, pool);
}

gov_err_t *
gov_security__network_may(int *failures, const gov_ctx_t *ctx,
                          const char *network, apr_pool_t *pool)
{
    int most = ctx->policy->sign_ins;

    *failures = gov_limit_used(ctx->limits, "sign-in", network, most, SPAN,
                               gov_now(ctx->clock), pool);
    if (*failures < most)
        return NULL;
    return gov_err(GOV_E_TOO_MANY, NULL, pool, "wait %d s: %d failures from %s",
                   (int)apr_time_sec(SPAN) / most + 1, *failures, network);
}

/* More than the rule allows cannot be counted, nor need they be. */
void
gov_security__network_failed(const gov_ctx_t *ctx, const char *network,
                             apr_pool_t *pool)
{
    const gov_err_t *full = gov_limit_take(ctx->limits, "sign-in", network,
                                           ctx->policy->sign_ins, SPAN,
                                           gov_now(ctx->clock), pool);

    (void)full;
}

static gov_err_t *
purge(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const gov_ctx_t *ctx = baton;
    apr_time_t now = gov_now(ctx->clock);

    GOV_TRY(gov_sql_sessions_purge(
                NULL, db, now,
                now - apr_time_from_sec(60 * ctx->policy->session_idle), pool));
    return gov_sql_sign_in_purge(NULL, db, now - FORGET, now - KNOWN, pool);
}

gov_err_t *
gov_sessions_purge(const gov_ctx_t *ctx, apr_pool_t *pool)
{
    return gov_store_tx(ctx->store, purge, (void *)ctx, pool);
}

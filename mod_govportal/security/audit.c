/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* audit.c -- who did what, in the transaction that did it.

   The row enters the chain later (audit_chain.c): a chain written here would make
   all writers of the group queue on its end. */

#include <string.h>

#include "gov_actor.h"
#include "gov_key.h"
#include "gov_time.h"
#include "security_priv.h"
#include "sql_security.h"

/* Addresses and ids of requests come from outside: at most MAX visible ASCII
   characters, so that the row can be stored. */
static const char *
plain(const char *text, apr_size_t max, apr_pool_t *pool)
{
    char *copy, *at;

    if (!text)
        return NULL;
    copy = apr_pstrndup(pool, text, max);
    for (at = copy; *at; at++)
        if (*at <= ' ' || *at > '~')
            *at = '?';
    return copy;
}

/* Two rows that say the same must not have the same digest: the table takes each
   but once, so that a row cannot be copied. */
static apr_int64_t
make_nonce(const gov_clock_t *clock)
{
    apr_uint64_t nonce = 0;
    unsigned char bytes[8];
    int i;

    clock->random(clock->baton, bytes, sizeof(bytes));
    for (i = 0; i < 8; i++)
        nonce = nonce << 8 | bytes[i];
    return (apr_int64_t)(nonce >> 1);
}

gov_err_t *
gov_audit_add(gov_db_t *db, const gov_ctx_t *ctx, const char *action,
              apr_int64_t site, const char *object, bool done,
              const char *detail, apr_pool_t *pool)
{
    unsigned char mac[32];
    gov_security__row_t row = {
        .site = site, .nonce = make_nonce(ctx->clock),
        .at = gov_now(ctx->clock), .actor = ctx->actor->name,
        .action = action, .object = object,
        .outcome = done ? "done" : "refused", .detail = detail,
        .address = plain(ctx->actor->address, 45, pool),
        .request = plain(ctx->request_id, 64, pool)
    };

    if (ctx->keys) {
        row.mac_key = gov_keys_current(ctx->keys);
        if (!gov_security__row_mac(mac, &row, ctx->keys, row.mac_key, pool))
            return gov_err(GOV_E_INTERNAL, NULL, pool, "no key %d",
                           row.mac_key);
        row.mac.data = (const char *)mac;
        row.mac.len = sizeof(mac);
    }
    return gov_sql_audit_insert(NULL, db, row.at, row.actor, row.action,
                                row.site, row.object, row.outcome, row.detail,
                                row.address, row.request, row.nonce, row.mac,
                                row.mac_key, pool);
}

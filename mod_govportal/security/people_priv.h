/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* people_priv.h -- what the files about people and sessions share. */
#ifndef GOV_PEOPLE_PRIV_H
#define GOV_PEOPLE_PRIV_H

#include "gov_person.h"
#include "gov_session.h"

/* --- person.c --- */

/* "person:17", for the audit. */
const char *gov_security__object(apr_int64_t person, apr_pool_t *pool);
/* Add a role of a row to gov_grant_t GRANTS. */
void gov_security__grant(apr_array_header_t *grants, const char *role,
                         apr_int64_t site, apr_int64_t column);

/* --- knock.c --- */

/* What a login name is counted under: also names that nobody has are counted, and
   what people type by mistake is not kept. */
gov_bytes_t gov_security__login_key(const char *login, apr_pool_t *pool);
/* The network of an address: 203.0.113.0/24, 2001:db8:1::/48. */
const char *gov_security__network(const char *address, apr_pool_t *pool);
/* May this network try now?  As gov_sign_in() says.  KNOWN: the owner of LOGIN
   signed in from there lately. */
gov_err_t *gov_security__may_knock(bool *known, gov_db_t *db,
                                   const gov_ctx_t *ctx, const char *login,
                                   const char *network, bool worked,
                                   apr_pool_t *pool);
/* SIGN_IN with field "captcha", because of WHY. */
gov_err_t *gov_security__ask_for_work(gov_err_t *why, apr_pool_t *pool);
/* FAILURES of this network with whatever names, in the last ten minutes; TOO_MANY:
   more than the rule "sign-ins" lets. */
gov_err_t *gov_security__network_may(int *failures, const gov_ctx_t *ctx,
                                     const char *network, apr_pool_t *pool);
/* One more. */
void gov_security__network_failed(const gov_ctx_t *ctx, const char *network,
                                  apr_pool_t *pool);
gov_err_t *gov_security__knock_failed(gov_db_t *db, const gov_ctx_t *ctx,
                                      const char *login, const char *network,
                                      apr_pool_t *pool);
gov_err_t *gov_security__knock_worked(gov_db_t *db, const gov_ctx_t *ctx,
                                      const char *login, const char *network,
                                      apr_pool_t *pool);
#endif

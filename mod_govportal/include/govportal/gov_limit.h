/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_limit.h
 *  @brief Rate limits.  Floor: security.
 *
 *  A table in memory that all processes of a node share, so a limit holds for the
 *  node and costs no statement: what floods the forms must not flood the database.
 *  The algorithm is GCRA (a leaky bucket kept as one time): up to @a most at once,
 *  then one each @a per / @a most.
 */
#ifndef GOV_LIMIT_H
#define GOV_LIMIT_H

#include "gov_base.h"

typedef struct gov_limits_t gov_limits_t;

/** In the parent, before fork; lives as long as @a pool. */
GOV_API gov_err_t *gov_limits_create(gov_limits_t **limits, apr_pool_t *pool);
/** Take one of @a most that @a key may have in @a per.  TOO_MANY says in how many
 *  seconds to come back.
 *  @param kind  what is limited ("form", "sign-in"): keys of two kinds never meet
 *  @param limits NULL: nothing is limited */
GOV_API gov_err_t *gov_limit_take(gov_limits_t *limits, const char *kind,
                                  const char *key, int most,
                                  apr_interval_time_t per, apr_time_t now,
                                  apr_pool_t *pool);
/** What a client's address is counted as: of IPv6 only its /64, for whoever has one
 *  address has all of that; "" without one. */
GOV_API const char *gov_limit_address(const char *address, apr_pool_t *pool);
/** How many of @a most @a key has taken that count still; 0 without a table. */
GOV_API int gov_limit_used(gov_limits_t *limits, const char *kind,
                           const char *key, int most, apr_interval_time_t per,
                           apr_time_t now, apr_pool_t *pool);
/** Seconds to wait, from a TOO_MANY error of this file; 0: it is of another. */
GOV_API int gov_limit_wait(const gov_err_t *err);
#endif

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_password.h
 *  @brief Passwords.  Floor: security.
 *
 *  Kept as Argon2id (RFC 9106) with 64 MiB and two passes.  A process computes as
 *  many at once as it has processors, four at most; whoever waits for seconds
 *  and gets no turn has TOO_MANY, so that a flood of sign-ins ends in refusals
 *  and not in a machine without memory.
 */
#ifndef GOV_PASSWORD_H
#define GOV_PASSWORD_H

#include "gov_policy.h"

/** Longest password, in characters. */
#define GOV_PASSWORD_MAX 128

/** What is to be kept.  TOO_MANY: no turn within seconds. */
GOV_API gov_err_t *gov_password_hash(const char **hash, const char *password,
                                     apr_pool_t *pool);
/** The same work for every answer.  TOO_MANY as above.
 *  @param right  set on success
 *  @param hash   of gov_password_hash(), or NULL for an account that is not there
 *                or has no password: never right */
GOV_API gov_err_t *gov_password_check(bool *right, const char *hash,
                                      const char *password, apr_pool_t *pool);
/** Was it made at another cost than hashes are now?  Then hash anew at sign-in. */
GOV_API bool gov_password_stale(const char *hash);

/** Why a password will not do (GB/T 22239, 8.1.4.1: complexity).  X(NAME, code):
 *  the code is the error's whole message, and after "form.mistake." a key of the
 *  catalogues. */
#define GOV_PASSWORD_FAULTS(X)                                                \
    X(SHORT, "too-short")         /**< than the rule password-length */        \
    X(LONG, "password-too-long")  /**< than GOV_PASSWORD_MAX */                \
    X(TEXT, "password-text")      /**< control characters, no UTF-8 */         \
    X(CLASSES, "password-classes") /**< under 16 characters, and not of three
                                       of: small, capital, digit, other */    \
    X(LOGIN, "password-login")    /**< holds the login */                     \
    X(NAME, "password-name")      /**< holds the name or a part of it */      \
    X(RUN, "password-run")        /**< one character four times, five in order
                                       ("34567"), fewer than five different */ \
    X(COMMON, "password-common")  /**< of conf/words/passwords.txt, with or
                                       without digits and marks around it */

/** INVALID of field "password" with one of the codes above. */
GOV_API gov_err_t *gov_password_fits(const gov_policy_t *policy,
                                     const char *login, const char *name,
                                     const char *password, apr_pool_t *pool);
/** One to be used once and changed: 20 characters that do not look alike, in
 *  groups ("k7mq-…"), 99 bits of ctx->clock's randomness. */
GOV_API const char *gov_password_random(const gov_ctx_t *ctx, apr_pool_t *pool);

#endif

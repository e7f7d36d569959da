/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_session.h
 *  @brief Signing in and out.  Floor: security.
 *
 *  A session is a random token that the browser holds and a row that knows its
 *  SHA-256.  It belongs to one host and goes through steps: after the password
 *  comes the second factor, or its enrolment where the rules ask for one, then a
 *  new password where the old one must go; only an open session is anybody.
 *  Each step gives a new token, so that one known before is worth nothing after.
 *
 *  Failures are counted by login name and network of the client.  Too many of
 *  them shut that network out of that account for a while, not its owner elsewhere;
 *  many from everywhere make networks from which the owner never signed in do a
 *  proof of work first.
 */
#ifndef GOV_SESSION_H
#define GOV_SESSION_H

#include "gov_person.h"
#include "gov_policy.h"

typedef enum gov_session_step_t {
    GOV_STEP_FACTOR,              /**< the second factor is asked for */
    GOV_STEP_ENROL,               /**< a second factor must be set up */
    GOV_STEP_PASSWORD,            /**< a new password must be chosen */
    GOV_STEP_OPEN
} gov_session_step_t;

typedef struct gov_session_t {
    const char *token;            /**< new: give it to the browser; else NULL */
    const char *id;               /**< hexadecimal; names the session in lists */
    gov_session_step_t step;
    const gov_person_t *person;
    const gov_actor_t *actor;     /**< with roles; the public until it is open */
    const char *how;              /**< "password" or a source's name */
    const char *host, *address, *agent;
    apr_time_t created, seen, ends;
} gov_session_t;

/** Who wants in, and from where. */
typedef struct gov_knock_t {
    const char *login, *password;
    const char *host;
    const char *address, *agent;
    bool worked;                  /**< brought a proof of work */
} gov_knock_t;

/** Password and login name.  INVALID (field "password"): they do not belong
 *  together, said in the same time for a name that nobody has; TOO_MANY: this
 *  network failed too often, or too much goes on; SIGN_IN (field "captcha"): bring
 *  a proof of work. */
GOV_API gov_err_t *gov_sign_in(const gov_session_t **session,
                               const gov_ctx_t *ctx, const gov_knock_t *knock,
                               apr_pool_t *pool);
/** The server's own authentication vouches for @a name.  FORBIDDEN: it is nobody's
 *  here. */
GOV_API gov_err_t *gov_sign_in_vouched(const gov_session_t **session,
                                       const gov_ctx_t *ctx,
                                       const char *source, const char *name,
                                       const gov_knock_t *knock,
                                       apr_pool_t *pool);
/** The session of a token, in one statement; in a second one its moment is noted,
 *  at most once a minute.  SIGN_IN: there is none, or it ended. */
GOV_API gov_err_t *gov_session_find(const gov_session_t **session,
                                    const gov_ctx_t *ctx, const char *token,
                                    const char *host, const char *address,
                                    apr_pool_t *pool);
/** The second factor, or a recovery code.  INVALID (field "code"); TOO_MANY. */
GOV_API gov_err_t *gov_session_factor(const gov_session_t **next,
                                      const gov_ctx_t *ctx,
                                      const gov_session_t *session,
                                      const char *code, apr_pool_t *pool);
/** Take a second factor into use, proved by a code of it.  INVALID (field "code",
 *  or "password").
 *  @param codes     recovery codes, const char *: shown once, kept nowhere
 *  @param password  the present one, of an open session: who finds one must not
 *                   put his own telephone in the owner's place.  NULL during
 *                   sign-in, where it was just given, and of who has none */
GOV_API gov_err_t *gov_session_enrol(const gov_session_t **next,
                                     apr_array_header_t **codes,
                                     const gov_ctx_t *ctx,
                                     const gov_session_t *session,
                                     const char *secret, const char *code,
                                     const char *password, apr_pool_t *pool);
/** A new password; ends the person's other sessions.  INVALID (field "old",
 *  "password"). */
GOV_API gov_err_t *gov_session_password(const gov_session_t **next,
                                        const gov_ctx_t *ctx,
                                        const gov_session_t *session,
                                        const char *old, const char *password,
                                        apr_pool_t *pool);
GOV_API gov_err_t *gov_session_end(const gov_ctx_t *ctx,
                                   const gov_session_t *session,
                                   apr_pool_t *pool);

/** Sessions of a person (0: of everybody), newest first, as gov_session_t without
 *  token and roles.
 *  @param permit  SECURITY on the group; NULL: one's own */
GOV_API gov_err_t *gov_session_list(apr_array_header_t **sessions,
                                    const gov_ctx_t *ctx, apr_int64_t person,
                                    const gov_permit_t *permit,
                                    apr_pool_t *pool);
/** End one session by its id, or with NULL all of the person's.
 *  @param permit  SECURITY on the group; NULL: one's own */
GOV_API gov_err_t *gov_session_revoke(const gov_ctx_t *ctx, apr_int64_t person,
                                      const char *id,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);
/** Forget what ended and tries of before yesterday. */
GOV_API gov_err_t *gov_sessions_purge(const gov_ctx_t *ctx, apr_pool_t *pool);

/** The catalogue word of a step: "factor". */
GOV_API const char *gov_session_step(gov_session_step_t step);
#endif

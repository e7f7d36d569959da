/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_policy.h
 *  @brief The security rules of the group, as data.  Floor: security.
 *
 *  Each rule is a row of gov_policy, changed by the security administrator or by
 *  govctl policy, versioned and audited (R107).  A rule without a row has the
 *  default of the table below.
 */
#ifndef GOV_POLICY_H
#define GOV_POLICY_H

#include "gov_permit.h"

/** X(field, word, default, least, most, unit for people's eyes) */
#define GOV_POLICIES(X)                                                       \
    X(password_length, "password-length", 10, 8, 64, "characters")            \
    X(password_days, "password-days", 90, 0, 3650, "days")                    \
    X(password_history, "password-history", 5, 0, 24, "passwords")            \
    X(second_factor, "second-factor", 0, 0, 2, "level")                       \
    X(session_idle, "session-idle", 30, 1, 1440, "minutes")                   \
    X(session_life, "session-life", 720, 5, 10080, "minutes")                 \
    X(sessions, "sessions", 5, 1, 100, "sessions")                            \
    X(lock_after, "lock-after", 5, 3, 100, "failures")                        \
    X(lock_minutes, "lock-minutes", 15, 1, 1440, "minutes")                   \
    X(sign_ins, "sign-ins", 20, 1, 1000, "failures in ten minutes")              \
    X(form_posts, "form-posts", 30, 1, 10000, "posts in ten minutes")         \
    X(form_crowd, "form-crowd", 6000, 1, 1000000, "posts in ten minutes")     \
    X(captcha_work, "captcha-work", 50000, 1000, 10000000, "hashes")          \
    X(upload_size, "upload-size", 100, 1, 10000, "megabytes")                 \
    X(picture_pixels, "picture-pixels", 50, 1, 200, "megapixels")             \
    X(form_hours, "form-hours", 12, 1, 168, "hours")                          \
    X(review_hours, "review-hours", 24, 1, 168, "hours")

/** second_factor: 0 by choice, 1 administrators must, 2 everybody must. */
struct gov_policy_t {
#define GOV_POLICY_FIELD(field, word, fallback, least, most, unit) int field;
    GOV_POLICIES(GOV_POLICY_FIELD)
#undef GOV_POLICY_FIELD
};

/** The defaults. */
GOV_API const gov_policy_t *gov_policy_default(void);
GOV_API gov_err_t *gov_policy_load(const gov_policy_t **policy, gov_db_t *db,
                                   apr_pool_t *pool);

/** One rule as people see it. */
typedef struct gov_policy_rule_t {
    const char *word, *unit;
    int value, fallback, least, most;
} gov_policy_rule_t;
/** All of them: gov_policy_rule_t. */
GOV_API apr_array_header_t *gov_policy_rules(const gov_policy_t *policy,
                                             apr_pool_t *pool);
/** INVALID names the rule and its bounds.  @param permit SECURITY on the group */
GOV_API gov_err_t *gov_policy_set(const gov_ctx_t *ctx, const char *word,
                                  int value, const gov_permit_t *permit,
                                  apr_pool_t *pool);
#endif

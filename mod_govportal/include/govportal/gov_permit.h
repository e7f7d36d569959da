/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_permit.h
 *  @brief Permits: proof that an actor may do one thing at one place.
 *  Floor: security.
 *
 *  Every write of content/ asks for a permit and checks that it covers what is
 *  about to be done; only this floor can make one.
 */
#ifndef GOV_PERMIT_H
#define GOV_PERMIT_H

#include "gov_store.h"
#include "gov_actor.h"

/** What can be permitted.  X(NAME, word) */
#define GOV_ACTIONS(X)                                                        \
    X(READ, "read")                                                           \
    X(WRITE, "write")           /**< make and change drafts */                 \
    X(PUBLISH, "publish")       /**< make live, withdraw */                    \
    X(SHARE, "share")           /**< show in a column of this site */          \
    X(MANAGE, "manage")         /**< sites, columns, blocks, redirects */      \
    X(IMPORT, "import")         /**< all of these, with times of publication */

typedef enum gov_action_t {
#define GOV_ACTION_ENUM(name, word) GOV_ACTION_##name,
    GOV_ACTIONS(GOV_ACTION_ENUM)
#undef GOV_ACTION_ENUM
    GOV_ACTION__COUNT
} gov_action_t;

typedef struct gov_permit_t gov_permit_t;

GOV_API const char *gov_action_word(gov_action_t action);

/** May ctx->actor do @a action on @a site (0: the group) in @a column (0: the
 *  whole site)?  FORBIDDEN or SIGN_IN otherwise. */
GOV_API gov_err_t *gov_permit_get(const gov_permit_t **permit,
                                  const gov_ctx_t *ctx, gov_action_t action,
                                  apr_int64_t site, apr_int64_t column,
                                  apr_pool_t *pool);
/** FORBIDDEN unless @a permit was minted for this (IMPORT covers all). */
GOV_API gov_err_t *gov_permit_check(const gov_permit_t *permit,
                                    gov_action_t action, apr_int64_t site,
                                    apr_int64_t column, apr_pool_t *pool);
GOV_API const gov_actor_t *gov_permit_actor(const gov_permit_t *permit);

/** One audit row, in the transaction of the change itself.
 *  @param object "document:1042", "site:3" */
GOV_API gov_err_t *gov_audit_add(gov_db_t *db, const gov_ctx_t *ctx,
                                 const char *action, apr_int64_t site,
                                 const char *object, bool done,
                                 const char *detail, apr_pool_t *pool);

/** One row of the audit. */
typedef struct gov_audit_entry_t {
    apr_int64_t id, site;         /**< site 0: the group */
    apr_time_t at;
    const char *actor, *action, *object;
    bool done;                    /**< false: it was refused */
    const char *detail;           /**< or NULL */
} gov_audit_entry_t;

/** The newest rows of a site (0: of all), oldest of them first, as an array of
 *  gov_audit_entry_t.
 *  @param permit  READ on the site or the group */
GOV_API gov_err_t *gov_audit_tail(apr_array_header_t **entries,
                                  const gov_ctx_t *ctx, apr_int64_t site,
                                  int max, const gov_permit_t *permit,
                                  apr_pool_t *pool);
#endif

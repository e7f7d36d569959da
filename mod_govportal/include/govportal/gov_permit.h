/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_permit.h
 *  @brief Permits: proof that an actor may do one thing at one place.
 *  Floor: security.
 *
 *  Every write of content/ asks for a permit and checks that it covers what is
 *  about to be done; only this floor can make one.  A person's rights are roles at
 *  nodes of the tree of sites and columns; a role at a node holds for everything
 *  below it.
 */
#ifndef GOV_PERMIT_H
#define GOV_PERMIT_H

#include "gov_store.h"
#include "gov_actor.h"

/** What can be permitted.  X(NAME, word) */
#define GOV_ACTIONS(X)                                                        \
    X(READ, "read")             /**< what is not public yet */                 \
    X(WRITE, "write")           /**< make and change drafts */                 \
    X(REVIEW, "review")         /**< approve or return what was submitted */   \
    X(CLEAR, "clear")           /**< the verdict on secrecy */                 \
    X(PUBLISH, "publish")       /**< make live, schedule, withdraw */          \
    X(SHARE, "share")           /**< show in a column of this site */          \
    X(EMERGENCY, "emergency")   /**< make live at once, reviewed afterwards */ \
    X(MANAGE, "manage")         /**< sites, columns, blocks, redirects, flow */\
    X(GRANT, "grant")           /**< roles of content at and below the node */ \
    X(PEOPLE, "people")         /**< accounts: make, change, disable */        \
    X(SYSTEM, "system")         /**< themes, jobs, keys, freezing a site */    \
    X(SECURITY, "security")     /**< rules, words, sessions, roles of
                                     administrators */                         \
    X(AUDIT, "audit")           /**< read and verify the audit */              \
    X(IMPORT, "import")         /**< all of content, with times of
                                     publication */

typedef enum gov_action_t {
#define GOV_ACTION_ENUM(name, word) GOV_ACTION_##name,
    GOV_ACTIONS(GOV_ACTION_ENUM)
#undef GOV_ACTION_ENUM
    GOV_ACTION__COUNT
} gov_action_t;

#define GOV_CAN(action) (1u << GOV_ACTION_##action)

/** The roles and what they may do.  X(NAME, word, class, actions)
 *  The three administrators exclude each other and all of content's (GB/T 22239,
 *  level 3: 系统管理员, 安全管理员, 审计管理员); they are given for the whole group
 *  only. */
#define GOV_ROLES(X)                                                          \
    X(READER, "reader", "content", GOV_CAN(READ))                             \
    X(AUTHOR, "author", "content", GOV_CAN(READ) | GOV_CAN(WRITE))            \
    X(REVIEWER, "reviewer", "content", GOV_CAN(READ) | GOV_CAN(REVIEW))       \
    X(CLEARER, "clearer", "content", GOV_CAN(READ) | GOV_CAN(CLEAR))          \
    X(PUBLISHER, "publisher", "content", GOV_CAN(READ) | GOV_CAN(PUBLISH))    \
    X(SITE_ADMIN, "site-admin", "content",                                    \
      GOV_CAN(READ) | GOV_CAN(MANAGE) | GOV_CAN(GRANT) | GOV_CAN(PEOPLE))     \
    X(PORTAL_EDITOR, "portal-editor", "content",                              \
      GOV_CAN(READ) | GOV_CAN(WRITE) | GOV_CAN(SHARE))                        \
    X(EMERGENCY, "emergency", "content", GOV_CAN(READ) | GOV_CAN(EMERGENCY))  \
    X(SYSTEM_ADMIN, "system-admin", "admin",                                  \
      GOV_CAN(SYSTEM) | GOV_CAN(PEOPLE))                                      \
    X(SECURITY_ADMIN, "security-admin", "admin",                              \
      GOV_CAN(SECURITY) | GOV_CAN(GRANT))                                     \
    X(AUDIT_ADMIN, "audit-admin", "admin", GOV_CAN(AUDIT))

typedef struct gov_role_t {
    const char *word;
    const char *class_;           /**< "content" or "admin" */
    unsigned actions;             /**< GOV_CAN(...) */
} gov_role_t;

/** A role that somebody has at a node. */
typedef struct gov_grant_t {
    const gov_role_t *role;
    apr_int64_t site;             /**< 0: the group */
    apr_int64_t column;           /**< 0: the whole site */
} gov_grant_t;

/** What lies below what: content/ tells, who may not be included here. */
struct gov_tree_t {
    const void *baton;
    /** The site above, or 0 at the top or if there is no such site. */
    apr_int64_t (*parent_site)(const void *baton, apr_int64_t site);
    /** The column above in its site, or 0. */
    apr_int64_t (*parent_column)(const void *baton, apr_int64_t column);
    /** The site of a column, or 0 if there is no such column. */
    apr_int64_t (*site_of)(const void *baton, apr_int64_t column);
};

typedef struct gov_permit_t gov_permit_t;

GOV_API const char *gov_action_word(gov_action_t action);
/** False: no such action. */
GOV_API bool gov_action_named(gov_action_t *action, const char *word);
/** The @a i-th role, or NULL after the last. */
GOV_API const gov_role_t *gov_role(int i);
GOV_API const gov_role_t *gov_role_named(const char *word);

/** Does a grant at a node hold for @a site and @a column?  Column 0 is the whole
 *  site, site 0 the whole group. */
GOV_API bool gov_grant_covers(const gov_grant_t *grant, const gov_tree_t *tree,
                              apr_int64_t site, apr_int64_t column);

/** May ctx->actor do @a action on @a site (0: the group) in @a column (0: the
 *  whole site)?  FORBIDDEN or SIGN_IN otherwise. */
GOV_API gov_err_t *gov_permit_get(const gov_permit_t **permit,
                                  const gov_ctx_t *ctx, gov_action_t action,
                                  apr_int64_t site, apr_int64_t column,
                                  apr_pool_t *pool);
/** May ctx->actor do @a action anywhere on @a site or below it (0: anywhere in the
 *  group)?  For the gate and for menus; a write asks for its permit. */
GOV_API bool gov_permit_somewhere(const gov_ctx_t *ctx, gov_action_t action,
                                  apr_int64_t site);
/** FORBIDDEN unless @a permit was minted for this (IMPORT covers WRITE to
 *  MANAGE). */
GOV_API gov_err_t *gov_permit_check(const gov_permit_t *permit,
                                    gov_action_t action, apr_int64_t site,
                                    apr_int64_t column, apr_pool_t *pool);
GOV_API const gov_actor_t *gov_permit_actor(const gov_permit_t *permit);
GOV_API gov_action_t gov_permit_action(const gov_permit_t *permit);

#endif

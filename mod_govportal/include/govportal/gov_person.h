/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_person.h
 *  @brief Accounts of people who work on the sites, and their roles.
 *  Floor: security.
 *
 *  Each call is one transaction with its audit row.  There are no shared and no
 *  default accounts (GB/T 22239, level 3); a password that somebody else made must
 *  be changed at the first sign-in.
 */
#ifndef GOV_PERSON_H
#define GOV_PERSON_H

#include "gov_permit.h"

typedef struct gov_person_t {
    apr_int64_t id;
    const char *login;            /**< "li.na": a-z, 0-9, '.', '-', '_' */
    const char *name;             /**< as people write it */
    const char *class_;           /**< "content" or "admin", for ever */
    apr_int64_t site;             /**< that keeps the account; 0: the group */
    apr_int64_t unit;             /**< or 0 */
    const char *email;            /**< or NULL */
    bool active;
    bool has_password, must_change, has_factor;
    apr_time_t password_at, signed_in_at, created_at; /**< 0: never */
} gov_person_t;

/** What a new account is made from. */
typedef struct gov_person_new_t {
    const char *login, *name, *class_, *email;
    apr_int64_t site, unit;
} gov_person_new_t;

/** A new account with a one-time password.  INVALID names the field; CONFLICT: the
 *  login name is taken.
 *  @param password  for the person's eyes, kept nowhere
 *  @param permit    PEOPLE on the site that keeps the account */
GOV_API gov_err_t *gov_person_add(apr_int64_t *person, const char **password,
                                  const gov_ctx_t *ctx,
                                  const gov_person_new_t *made,
                                  const gov_permit_t *permit, apr_pool_t *pool);
/** NOT_FOUND */
GOV_API gov_err_t *gov_person_get(const gov_person_t **person,
                                  const gov_ctx_t *ctx, apr_int64_t id,
                                  apr_pool_t *pool);
GOV_API gov_err_t *gov_person_named(const gov_person_t **person,
                                    const gov_ctx_t *ctx, const char *login,
                                    apr_pool_t *pool);
/** All accounts that @a site keeps (0: every account), as gov_person_t.
 *  @param permit  PEOPLE on the site, or SECURITY or PEOPLE on the group */
GOV_API gov_err_t *gov_person_list(apr_array_header_t **people,
                                   const gov_ctx_t *ctx, apr_int64_t site,
                                   const gov_permit_t *permit,
                                   apr_pool_t *pool);
/** An account and its roles. */
typedef struct gov_person_entry_t {
    gov_person_t person;
    const apr_array_header_t *grants; /**< gov_grant_t, by place */
} gov_person_entry_t;

typedef struct gov_person_query_t {
    /** apr_int64_t: accounts that one of these keeps, or that have a role there;
     *  NULL: all */
    const apr_array_header_t *sites;
    const char *text;             /**< in the login or the name; NULL: any */
    const char *class_;           /**< NULL: any */
    const char *state;            /**< "active", "waiting" (with a one-time
                                       password), "disabled"; NULL: any */
    const char *order;            /**< "login", "name", "class", "state",
                                       "signed-in"; NULL: "login" */
    bool up;                      /**< smallest, oldest first */
    int offset, limit;
} gov_person_query_t;

/** May ctx->actor see the people of @a site: with PEOPLE or GRANT there or in a
 *  column of it?  Everybody (site 0): with PEOPLE or SECURITY on the group. */
GOV_API bool gov_people_seen(const gov_ctx_t *ctx, apr_int64_t site,
                             apr_pool_t *pool);
/** A page of accounts, as gov_person_entry_t.  FORBIDDEN unless
 *  gov_people_seen() of each of query->sites, or of the group.
 *  @param total  of all pages */
GOV_API gov_err_t *gov_person_search(apr_array_header_t **entries, int *total,
                                     const gov_ctx_t *ctx,
                                     const gov_person_query_t *query,
                                     apr_pool_t *pool);
/** One account for who may see it: its owner, and who sees it in a list: of
 *  all, or of a site that keeps it or where it has a role.  FORBIDDEN
 *  otherwise. */
GOV_API gov_err_t *gov_person_entry(const gov_person_entry_t **entry,
                                    const gov_ctx_t *ctx, apr_int64_t id,
                                    apr_pool_t *pool);
/** "active", "waiting" or "disabled". */
GOV_API const char *gov_person_state(const gov_person_t *person);
/** The person as an actor with its roles, without signing in: for govctl. */
GOV_API gov_err_t *gov_person_actor(const gov_actor_t **actor,
                                    const gov_ctx_t *ctx,
                                    const gov_person_t *person,
                                    apr_pool_t *pool);

/** A new one-time password; ends all sessions. */
GOV_API gov_err_t *gov_person_reset(const char **password,
                                    const gov_ctx_t *ctx,
                                    const gov_person_t *person,
                                    const gov_permit_t *permit,
                                    apr_pool_t *pool);
/** Disabling ends all sessions; accounts are never deleted, for the audit names
 *  them. */
GOV_API gov_err_t *gov_person_enable(const gov_ctx_t *ctx,
                                     const gov_person_t *person, bool active,
                                     const gov_permit_t *permit,
                                     apr_pool_t *pool);
/** Forget the second factor of somebody who lost it. */
GOV_API gov_err_t *gov_person_drop_factor(const gov_ctx_t *ctx,
                                          const gov_person_t *person,
                                          const gov_permit_t *permit,
                                          apr_pool_t *pool);
/** Forget failed tries to sign in. */
GOV_API gov_err_t *gov_person_unlock(const gov_ctx_t *ctx,
                                     const gov_person_t *person,
                                     const gov_permit_t *permit,
                                     apr_pool_t *pool);
/** The server's own authentication calls the person @a name.  CONFLICT: it means
 *  somebody else. */
GOV_API gov_err_t *gov_person_alias(const gov_ctx_t *ctx,
                                    const gov_person_t *person,
                                    const char *source, const char *name,
                                    const gov_permit_t *permit,
                                    apr_pool_t *pool);
/** No longer.  NOT_FOUND: it never did. */
GOV_API gov_err_t *gov_person_alias_remove(const gov_ctx_t *ctx,
                                           const gov_person_t *person,
                                           const char *source,
                                           const char *name,
                                           const gov_permit_t *permit,
                                           apr_pool_t *pool);

typedef struct gov_alias_t {
    const char *login, *source, *name;
} gov_alias_t;

/** gov_alias_t of one person, or with NULL of all.  @param permit SECURITY on the
 *  group */
GOV_API gov_err_t *gov_person_aliases(apr_array_header_t **aliases,
                                      const gov_ctx_t *ctx,
                                      const gov_person_t *person,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);

/** Give a role at a node.  Content's roles need a permit to GRANT at the node,
 *  those of administrators SECURITY on the group; nobody gives roles to
 *  themselves.  CONFLICT: the person's class or another administrator's role
 *  excludes it. */
GOV_API gov_err_t *gov_grant_add(const gov_ctx_t *ctx,
                                 const gov_person_t *person,
                                 const gov_grant_t *grant,
                                 const gov_permit_t *permit, apr_pool_t *pool);
GOV_API gov_err_t *gov_grant_remove(const gov_ctx_t *ctx,
                                    const gov_person_t *person,
                                    const gov_grant_t *grant,
                                    const gov_permit_t *permit,
                                    apr_pool_t *pool);
/** Tell whether each of the three administrators is there and is somebody else,
 *  whether they have a second factor, which one-time passwords lie about, and
 *  whether the rules are as strict as their defaults.
 *  @param permit  SECURITY on the group */
GOV_API gov_err_t *gov_people_check(const gov_ctx_t *ctx,
                                    const gov_check_t *check,
                                    const gov_permit_t *permit,
                                    apr_pool_t *pool);
/** What a grant asks of who gives it: GRANT or SECURITY. */
GOV_API gov_action_t gov_grant_needs(const gov_role_t *role);
#endif

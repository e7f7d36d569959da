/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* What the pages about people share. */
#ifndef CONSOLE_PEOPLE_PRIV_H
#define CONSOLE_PEOPLE_PRIV_H

#include "console_priv.h"
#include "gov_person.h"
#include "gov_session.h"

/* --- people.c --- */

/* "People", on the way to a page about one. */
void gov_console__people_crumb(gov_console_t *console, const gov_ctx_t *ctx);
/* A site's title in the page's language. */
const char *gov_console__site_title(const gov_site_t *site, const char *lang);
/* Where a role holds: the group, a site, a column of it. */
const char *gov_console__node(const gov_ctx_t *ctx, const gov_grant_t *grant,
                              apr_pool_t *pool);
const char *gov_console__role(const gov_ctx_t *ctx, const gov_role_t *role,
                              apr_pool_t *pool);
/* The word of an account's state, and its colour. */
const char *gov_console__person_state(const gov_ctx_t *ctx,
                                      const gov_person_t *person,
                                      apr_pool_t *pool);
const char *gov_console__person_tone(const gov_person_t *person);
/* May the actor do ACTION at the very place? */
bool gov_console__may_at(const gov_ctx_t *ctx, gov_action_t action,
                         apr_int64_t site, apr_int64_t column,
                         apr_pool_t *pool);

/* What was typed in SENT, with its mistakes, into IN of the form that is shown. */
void gov_console__refill(gov_intake_t *in, const gov_intake_t *sent,
                         const gov_form_t *form, apr_pool_t *pool);

/* --- person.c --- */

/* A new one-time password, for whoever sees this page and nobody afterwards. */
gov_err_t *gov_console__show_password(gov_reply_t *reply, gov_ctx_t *ctx,
                                      const gov_req_t *req,
                                      const gov_person_t *person,
                                      const char *password, apr_pool_t *pool);
/* A form that makes a password works once.  BEFORE: whose it made; 0: it has
   not, and from now on it has for PERSON (0: still not). */
gov_err_t *gov_console__once(apr_int64_t *before, const gov_ctx_t *ctx,
                             const gov_req_t *req, apr_int64_t person,
                             apr_pool_t *pool);
/* Something that can be done with an account: a name that opens, and a button. */
gov_node_t *gov_console__person_step(gov_console_t *console, gov_node_t *box,
                                     const char *key, const gov_form_t *form,
                                     const char *name, const char *icon,
                                     apr_int64_t person, const char *path,
                                     apr_pool_t *pool);
const char *gov_console__person_path(const gov_ctx_t *ctx, apr_int64_t person,
                                     const char *done, apr_pool_t *pool);

/* --- role.c --- */

void gov_console__roles_box(gov_console_t *console, gov_reply_t *reply,
                            gov_ctx_t *ctx, const gov_req_t *req,
                            const gov_person_entry_t *entry, apr_pool_t *pool);

#endif

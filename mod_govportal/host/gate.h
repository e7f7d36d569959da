/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* gate.h -- private to host/: the gate and what it is made of. */
#ifndef GATE_H
#define GATE_H

#include "host_priv.h"

/* --- gate.c --- */

/* What can be said of a request without the site map: method, host, path,
   parameters. */
gov_err_t *gov_host__read(gov_host__match_t *match, const gov_ask_t *ask,
                          apr_pool_t *pool);
/* Site, language, route, session, permission; of a POST also origin, rate, body,
   key, proof of work: then match->passed says whether the handler may have it.
   On NOT_FOUND ctx.site is NULL if no site has the host. */
gov_err_t *gov_host__enter(gov_host__match_t *match, gov_host_t *host,
                           gov_host__ctx_t *ctx, const gov_ask_t *ask,
                           apr_pool_t *pool);

/* --- form.c --- */

/* Read a body as FORM, within the group's limits; errors as of gov_form_read(). */
gov_err_t *gov_host__take_form(gov_intake_t **intake, const gov_ctx_t *ctx,
                               const gov_form_t *form, const gov_body_t *body,
                               apr_pool_t *pool);

/* --- session.c --- */

/* Fill req.session and ctx->actor from the session's cookie, if there is one. */
gov_err_t *gov_host__identify(gov_host__match_t *match, gov_host_t *host,
                              gov_ctx_t *ctx, apr_pool_t *pool);
/* Is the form's key ours, this visitor's and fresh?  FORBIDDEN otherwise. */
gov_err_t *gov_host__check_key(gov_bytes_t *once, const gov_ctx_t *ctx,
                               const gov_req_t *req, const gov_form_t *form,
                               apr_pool_t *pool);

/* --- cookie.c --- */

const char *gov_host__cookie_name(const gov_host_t *host, const char *name,
                                  apr_pool_t *pool);
/* VALUE "" takes it away. */
void gov_host__set_cookie(apr_table_t *headers, const gov_host_t *host,
                          const char *name, const char *value,
                          apr_pool_t *pool);
#endif

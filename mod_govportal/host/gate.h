/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* gate.h -- private to host/: the gate's two halves. */
#ifndef GATE_H
#define GATE_H

#include "host_priv.h"

/* What can be said of a request without the site map: method, host, path,
   parameters. */
gov_err_t *gov_host__read(gov_host__match_t *match, const gov_ask_t *ask,
                          apr_pool_t *pool);
/* Site, language, route, permission.  On NOT_FOUND ctx.site is NULL if no site has
   the host. */
gov_err_t *gov_host__enter(gov_host__match_t *match, gov_host_t *host,
                           gov_host__ctx_t *ctx, apr_pool_t *pool);

#endif

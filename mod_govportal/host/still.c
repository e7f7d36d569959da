/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/still.c -- "static only": this node shows what it has kept and does nothing
   else.  The switch is a file, so it outlives restarts and needs no database. */

#include "gov_file.h"
#include "host_priv.h"

static const char *
name(const gov_config_t *config, apr_pool_t *pool)
{
    return apr_pstrcat(pool, config->state_dir, "/static-only", NULL);
}

void
gov_host__look_still(gov_host_t *host, apr_pool_t *pool)
{
    host->still = gov_file_is(name(host->config, pool), pool);
}

bool
gov_static_only(const gov_config_t *config, apr_pool_t *pool)
{
    return gov_file_is(name(config, pool), pool);
}

gov_err_t *
gov_static_only_set(const gov_config_t *config, bool on, apr_pool_t *pool)
{
    const char *file = name(config, pool);
    apr_file_t *out;
    apr_status_t rv;

    if (on) {
        rv = apr_file_open(&out, file, APR_FOPEN_WRITE | APR_FOPEN_CREATE,
                           APR_FPROT_OS_DEFAULT, pool);
        if (!rv)
            rv = apr_file_close(out);
    }
    else {
        rv = apr_file_remove(file, pool);
        if (APR_STATUS_IS_ENOENT(rv))
            rv = APR_SUCCESS;
    }
    return rv ? gov_err_apr(rv, pool, "%s %s", on ? "making" : "removing",
                            file) : NULL;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* httpd/directives.c -- the directives, from base's one table.

   Each is documented in conf/directives/. */

#include "httpd_priv.h"

#define MAX_DIRECTIVES 64

static gov_config_t *config;
command_rec gov_httpd__directives[MAX_DIRECTIVES + 1];

static const char *
set(cmd_parms *cmd, void *dir, int count, char *const words[])
{
    gov_err_t *err;

    (void)dir;
    if (!config)
        gov_httpd__config_begin(cmd->pool);
    err = gov_config_set(config, cmd->cmd->name, (const char *const *)words,
                         count, cmd->pool);
    return err ? err->message : NULL;
}

/* httpd wants a constant table when it loads the module. */
__attribute__((constructor)) static void
fill(void)
{
    int i;

    for (i = 0; i < MAX_DIRECTIVES; i++) {
        const gov_directive_t *directive = gov_config_directive(i);

        if (!directive)
            break;
        gov_httpd__directives[i].name = directive->name;
        gov_httpd__directives[i].func.take_argv = set;
        gov_httpd__directives[i].req_override = RSRC_CONF;
        gov_httpd__directives[i].args_how = TAKE_ARGV;
        gov_httpd__directives[i].errmsg = directive->help;
    }
}

static apr_status_t
forget(void *data)
{
    (void)data;
    config = NULL;
    return APR_SUCCESS;
}

void
gov_httpd__config_begin(apr_pool_t *pconf)
{
    config = gov_config_create(pconf);
    apr_pool_cleanup_register(pconf, NULL, forget, apr_pool_cleanup_null);
}

const gov_config_t *
gov_httpd__config(void)
{
    return config;
}

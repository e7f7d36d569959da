/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* model.c -- govctl model: the page model behind an address. */

#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "gov_host.h"
#include "gov_console_pages.h"
#include "gov_portal.h"
#include "gov_time.h"

/* "http://host:8080/path?query" into the parts of a request. */
static gov_err_t *
split(gov_ask_t *ask, const char *address, apr_pool_t *pool)
{
    const char *host = strstr(address, "://"), *path, *query;

    if (!host)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "\"%s\" is not an address such as http://www.city.gov.cn"
                       "/news/", address);
    host += 3;
    path = strchr(host, '/');
    if (!path)
        path = "/";
    query = strchr(path, '?');
    memset(ask, 0, sizeof(*ask));
    ask->method = "GET";
    ask->host = *path == '/' && path > host
        ? apr_pstrmemdup(pool, host, strcspn(host, ":/")) : host;
    ask->path = query ? apr_pstrmemdup(pool, path, (apr_size_t)(query - path))
                      : path;
    ask->query = query ? query + 1 : NULL;
    ask->headers = apr_table_make(pool, 1);
    ask->address = "127.0.0.1";
    ask->request_id = "govctl";
    return NULL;
}

static gov_err_t *
run(gov_cli__t *cli)
{
    static const gov_plugin_t *const builtin[] = { &gov_portal_plugin,
                                                   &gov_console_plugin, NULL };
    const gov_config_t *config;
    gov_host_t *host;
    gov_ask_t ask;
    const char *xml;

    GOV_TRY(gov_cli__config(&config, cli));
    GOV_TRY(split(&ask, gov_cli__operand(cli, 0), cli->pool));
    GOV_TRY(gov_host_create(&host, config, builtin, gov_clock_real(),
                            cli->pool));
    GOV_TRY(gov_host_start(host, false, cli->pool));
    GOV_TRY(gov_host_model(&xml, host, &ask, cli->pool));
    fputs(xml, stdout);
    return NULL;
}

const gov_cli__verb_t gov_cli__model[] = {
    { .name = "model", .operands = "ADDRESS", .min = 1, .max = 1,
      .help = "Print the page model behind an address", .run = run },
    { .name = NULL }
};

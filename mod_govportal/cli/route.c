/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* route.c -- govctl route list: every address that answers, and for whom. */

#include <string.h>

#include "cli_priv.h"
#include "gov_host.h"
#include "gov_console_pages.h"
#include "gov_portal.h"
#include "gov_time.h"

static gov_err_t *
list(gov_cli__t *cli)
{
    static const gov_plugin_t *const builtin[] = { &gov_portal_plugin,
                                                   &gov_console_plugin, NULL };
    gov_cli__table_t *table = gov_cli__table(
        "method path permission form type", cli->pool);
    gov_json_t *json = gov_json_array(cli->pool);
    const apr_array_header_t *routes;
    const gov_config_t *config;
    gov_host_t *host;
    int i;

    GOV_TRY(gov_cli__config(&config, cli));
    GOV_TRY(gov_host_create(&host, config, builtin, gov_clock_real(),
                            cli->pool));
    routes = gov_host_routes(host);
    for (i = 0; i < routes->nelts; i++) {
        const gov_route_t *route = APR_ARRAY_IDX(routes, i,
                                                 const gov_route_t *);
        const char *form = route->form ? route->form->name : NULL;
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set(row, "method", route->method);
        gov_json_set(row, "path", route->path);
        gov_json_set(row, "permission", route->permission);
        gov_json_set(row, "form", form);
        gov_json_set(row, "type", route->type);
        gov_json_set(row, "captcha", route->flags & GOV_ROUTE_CAPTCHA
                     ? "yes" : "no");
        gov_json_add(json, row);
        gov_cli__row(table, route->method, route->path, route->permission,
                     form ? form : "-", route->type ? route->type : "-");
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

const gov_cli__verb_t gov_cli__route[] = {
    { .name = "route list",
      .help = "List every address that answers, and for whom",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = list },
    { .name = NULL }
};

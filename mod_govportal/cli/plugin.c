/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* plugin.c -- govctl plugin list|show. */

#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "gov_plugin.h"
#include "gov_text.h"

static gov_err_t *
list(gov_cli__t *cli)
{
    gov_json_t *json = gov_json_array(cli->pool);
    const gov_config_t *config;
    gov_cli__table_t *table;
    int i;

    GOV_TRY(gov_cli__config(&config, cli));
    table = gov_cli__table("name version state", cli->pool);
    for (i = 0; i < config->plugins->nelts; i++) {
        const char *name = APR_ARRAY_IDX(config->plugins, i, const char *);
        const gov_plugin_t *plugin = NULL;
        gov_err_t *err = gov_plugin_open(
            &plugin, apr_pstrcat(cli->pool, config->plugin_dir, "/", name,
                                 ".so", NULL), name, cli->pool);
        const char *state = err ? err->message : "fits";
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set(row, "name", name);
        gov_json_set(row, "version", plugin ? plugin->version : NULL);
        gov_json_set_bool(row, "fits", !err);
        gov_json_set(row, "reason", err ? err->message : NULL);
        gov_json_add(json, row);
        gov_cli__row(table, name, plugin ? plugin->version : "", state);
        if (err)
            cli->status = GOV_CLI_FINDINGS;
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

static void
words(const char *heading, const char *const *list)
{
    if (!list || !*list)
        return;
    printf("%s", heading);
    for (; *list; list++)
        printf(" %s", *list);
    putchar('\n');
}

/* "90s", "10min", "2h" */
static const char *
interval(apr_interval_time_t t, apr_pool_t *pool)
{
    apr_int64_t s = apr_time_sec(t);

    if (s && s % 3600 == 0)
        return apr_psprintf(pool, "%" APR_INT64_T_FMT "h", s / 3600);
    if (s && s % 60 == 0)
        return apr_psprintf(pool, "%" APR_INT64_T_FMT "min", s / 60);
    return s ? apr_psprintf(pool, "%" APR_INT64_T_FMT "s", s)
             : apr_psprintf(pool, "%" APR_INT64_T_FMT "ms",
                            (apr_int64_t)apr_time_as_msec(t));
}

static void
print(const gov_plugin_t *plugin, apr_pool_t *pool)
{
    const gov_subscription_t *heard = plugin->subscriptions;
    const gov_decorator_t *decorator = plugin->decorators;
    const gov_job_spec_t *job = plugin->jobs;
    const gov_permission_t *permission = plugin->permissions;
    const gov_route_t *route = plugin->routes;

    printf("plugin      %s %s\n", plugin->name, plugin->version);
    printf("ABI         %d.%d\n", plugin->abi_major, plugin->abi_minor);
    printf("schema      %d\n", plugin->schema);
    words("page kinds ", plugin->page_kinds);
    for (; permission && permission->word; permission++)
        printf("permission  %s  to %s\n", permission->word,
               gov_action_word(permission->action));
    for (; route && route->method; route++)
        printf("route       %s %s  for %s%s%s%s%s\n", route->method,
               route->path, route->permission, route->type ? "  type " : "",
               route->type ? route->type : "",
               route->params && *route->params ? "  parameters " : "",
               route->params ? route->params : "");
    for (; decorator && decorator->type; decorator++)
        printf("decorates   %s\n", decorator->type);
    for (; job && job->name; job++)
        printf("job         %s every %s\n", job->name,
               interval(job->every, pool));
    for (; heard && heard->kind; heard++)
        printf("hears       %s\n", heard->kind);
}

/* A file, or the name of an installed plugin. */
static gov_err_t *
show(gov_cli__t *cli)
{
    const char *file = gov_cli__operand(cli, 0), *slash, *name;
    const gov_plugin_t *plugin;
    const gov_config_t *config;

    if (gov_text_is_slug(file)) {
        GOV_TRY(gov_cli__config(&config, cli));
        name = file;
        file = apr_pstrcat(cli->pool, config->plugin_dir, "/", name, ".so",
                           NULL);
    }
    else {
        slash = strrchr(file, '/');
        name = slash ? slash + 1 : file;
        if (gov_text_ends(name, ".so"))
            name = apr_pstrmemdup(cli->pool, name, strlen(name) - 3);
        /* without a slash the loader would look in the system's folders */
        if (!slash)
            file = apr_pstrcat(cli->pool, "./", file, NULL);
    }
    GOV_TRY(gov_plugin_open(&plugin, file, name, cli->pool));
    print(plugin, cli->pool);
    return NULL;
}

const gov_cli__verb_t gov_cli__plugin[] = {
    { .name = "plugin list",
      .help = "List the configured plugins and whether they fit",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = list },
    { .name = "plugin show", .operands = "FILE.so|NAME", .min = 1, .max = 1,
      .help = "Print what a plugin offers", .run = show },
    { .name = "plugin new", .operands = "NAME [DIR]", .min = 1, .max = 2,
      .help = "Begin a plugin as a copy of the example",
      .run = gov_cli__plugin_new },
    { .name = NULL }
};

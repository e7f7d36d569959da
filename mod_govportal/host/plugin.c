/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/plugin.c -- the plugin door. */

#include <apr_dso.h>
#include <apr_file_info.h>
#include <stddef.h>
#include <string.h>

#include "host_priv.h"

static gov_err_t *
check(const gov_plugin_t *plugin, const char *file, const char *name,
      apr_pool_t *pool)
{
    int i;

    if (plugin->abi_major != GOV_ABI_MAJOR
        || plugin->abi_minor > GOV_ABI_MINOR)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s: built for plugin ABI %d.%d, this server has %d.%d; "
                       "build the plugin against this server's headers", file,
                       plugin->abi_major, plugin->abi_minor, GOV_ABI_MAJOR,
                       GOV_ABI_MINOR);
    if (plugin->size > sizeof(gov_plugin_t))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s: its descriptor has %" APR_SIZE_T_FMT " bytes, this "
                       "server knows %" APR_SIZE_T_FMT "; build the plugin "
                       "against this server's headers", file, plugin->size,
                       sizeof(gov_plugin_t));
    if (!plugin->name || strcmp(plugin->name, name))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s: the plugin calls itself \"%s\", expected \"%s\"; "
                       "name the file like the plugin", file,
                       plugin->name ? plugin->name : "", name);
    if (!plugin->version)
        return gov_err(GOV_E_INVALID, NULL, pool, "%s: no version", file);
    for (i = 0; plugin->routes && plugin->routes[i].method; i++)
        GOV_TRY(gov_host__check_route(plugin, &plugin->routes[i], pool));
    return NULL;
}

gov_err_t *
gov_plugin_open(const gov_plugin_t **plugin, const char *file,
                const char *name, apr_pool_t *pool)
{
    apr_dso_handle_t *dso;
    apr_dso_handle_sym_t symbol;
    char why[256];

    if (apr_dso_load(&dso, file, pool))
        return gov_err(GOV_E_INVALID, NULL, pool, "%s: %s", file,
                       apr_dso_error(dso, why, sizeof(why)));
    if (apr_dso_sym(&symbol, dso, "gov_plugin_descriptor"))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s: no gov_plugin_descriptor; is it a GovPortal "
                       "plugin? (GOV_PLUGIN in its main file)", file);
    GOV_TRY(check(symbol, file, name, pool));
    *plugin = symbol;
    return NULL;
}

const gov_sealed_t *
gov_plugin_sealed(const gov_plugin_t *plugin)
{
    return plugin->size >= offsetof(gov_plugin_t, sealed)
                           + sizeof(plugin->sealed) ? plugin->sealed : NULL;
}

const gov_console_entry_t *
gov_plugin_console(const gov_plugin_t *plugin)
{
    return plugin->size >= offsetof(gov_plugin_t, console)
                           + sizeof(plugin->console) ? plugin->console : NULL;
}

gov_tasks_fn_t
gov_plugin_tasks(const gov_plugin_t *plugin)
{
    return plugin->size >= offsetof(gov_plugin_t, tasks)
                           + sizeof(plugin->tasks) ? plugin->tasks : NULL;
}

static void
add(gov_host_t *host, const gov_plugin_t *plugin)
{
    int i;

    APR_ARRAY_PUSH(host->plugins, const gov_plugin_t *) = plugin;
    for (i = 0; plugin->decorators && plugin->decorators[i].type; i++) {
        gov_host__decorator_t *entry = apr_palloc(host->pool, sizeof(*entry));

        entry->decorator = &plugin->decorators[i];
        entry->plugin = host->plugins->nelts - 1;
        apr_hash_set(host->decorators, plugin->decorators[i].type,
                     APR_HASH_KEY_STRING, entry);
    }
    for (i = 0; plugin->permissions && plugin->permissions[i].word; i++)
        apr_hash_set(host->permissions, plugin->permissions[i].word,
                     APR_HASH_KEY_STRING, &plugin->permissions[i].action);
}

/* Everything a plugin brings besides code; nothing of it stays if a part does
   not fit. */
static gov_err_t *
load(gov_host_t *host, const char *name, apr_pool_t *pool)
{
    const gov_config_t *config = host->config;
    const char *file = apr_pstrcat(host->pool, config->plugin_dir, "/", name,
                                   ".so", NULL);
    const char *share = apr_pstrcat(host->pool, host->share, "/plugins/", name,
                                    NULL);
    const gov_plugin_t *plugin;
    gov_look_dir_t *dir;
    apr_finfo_t info;

    GOV_TRY(gov_plugin_open(&plugin, file, name, host->pool));
    GOV_TRY(gov_types_load(host->types,
                           apr_pstrcat(pool, share, "/types", NULL),
                           apr_pstrcat(pool, host->share,
                                       "/xslt/contract/type.rng", NULL),
                           name, host->pool));
    if (apr_stat(&info, apr_pstrcat(pool, share, "/xslt", NULL),
                 APR_FINFO_TYPE, pool) == APR_SUCCESS) {
        dir = apr_array_push(host->look_dirs);
        dir->name = plugin->name;
        dir->dir = apr_pstrcat(host->pool, share, "/xslt", NULL);
    }
    add(host, plugin);
    return NULL;
}

gov_err_t *
gov_host__plugins(gov_host_t *host, const gov_plugin_t *const *builtin,
                  apr_pool_t *pool)
{
    int i;

    host->plugins = apr_array_make(host->pool, 8, sizeof(const gov_plugin_t *));
    host->decorators = apr_hash_make(host->pool);
    host->permissions = apr_hash_make(host->pool);
    add(host, &gov_host__plugin);
    for (i = 0; builtin && builtin[i]; i++)
        add(host, builtin[i]);
    for (i = 0; host->config->plugins && i < host->config->plugins->nelts;
         i++) {
        const char *name = APR_ARRAY_IDX(host->config->plugins, i,
                                         const char *);
        gov_err_t *err = load(host, name, pool);

        /* the sites keep running without it (R110) */
        if (err)
            gov_log_err(GOV_LOG_ERROR, 403, err,
                        apr_psprintf(pool, "plugin %s is left out", name));
    }
    host->states = apr_pcalloc(host->pool, (apr_size_t)host->plugins->nelts
                               * sizeof(*host->states));
    return NULL;
}

const apr_array_header_t *
gov_host_plugins(const gov_host_t *host)
{
    return host->plugins;
}

/* A page made without the decorator of a plugin that waits is soon made anew. */
#define POOR_PAGE apr_time_from_sec(2)

static const gov_decorator_t *
decorator_of(gov_view_t *view, const gov_ctx_t *ctx, const char *type)
{
    const gov_host_t *host = gov_host__of(ctx);
    const gov_host__decorator_t *entry = apr_hash_get(host->decorators, type,
                                                      APR_HASH_KEY_STRING);

    if (entry && gov_host__plugin_waits(host, entry->plugin)) {
        gov_page_until(gov_view_page(view), gov_now(ctx->clock) + POOR_PAGE);
        return NULL;
    }
    return entry ? entry->decorator : NULL;
}

gov_err_t *
gov_host_decorate(gov_view_t *view, gov_node_t *node, gov_ctx_t *ctx,
                  const gov_document_t *doc, apr_pool_t *pool)
{
    const gov_decorator_t *decorator = decorator_of(view, ctx, doc->type);

    return decorator && decorator->decorate
        ? decorator->decorate(view, node, ctx, doc, pool) : NULL;
}

gov_err_t *
gov_host_decorate_column(gov_view_t *view, gov_node_t *node, gov_ctx_t *ctx,
                         const gov_column_t *column, apr_pool_t *pool)
{
    const gov_decorator_t *decorator = decorator_of(view, ctx,
                                                    column->type_name);

    return decorator && decorator->decorate_column
        ? decorator->decorate_column(view, node, ctx, column, pool) : NULL;
}

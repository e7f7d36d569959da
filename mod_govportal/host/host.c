/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/host.c -- making and starting an installation in one process. */

#include <apr_file_info.h>
#include <apr_network_io.h>
#include <string.h>

#include "gov_asset.h"
#include "gov_xml.h"
#include "host_priv.h"

#define CODE_VERSION "0.1.0"

static void
heard_locally(void *baton, const gov_event_t *event)
{
    gov_host_t *host = baton;

    gov_cache_bump(host->cache, event->tags);
}

static const char *
versions(const gov_host_t *host)
{
    gov_buf_t *out = gov_buf_create(128, host->pool);
    int i;

    gov_buf_str(out, CODE_VERSION);
    for (i = 0; i < host->plugins->nelts; i++) {
        const gov_plugin_t *plugin =
            APR_ARRAY_IDX(host->plugins, i, const gov_plugin_t *);

        gov_buf_printf(out, " %s/%s", plugin->name, plugin->version);
    }
    return out->data;
}

/* The configuration has checked them. */
static void
read_networks(gov_host_t *host)
{
    const apr_array_header_t *words = host->config->console_addresses;
    int i;

    host->networks = apr_array_make(host->pool, words->nelts + 1,
                                    sizeof(apr_ipsubnet_t *));
    for (i = 0; i < words->nelts; i++) {
        char *address = apr_pstrdup(host->pool,
                                    APR_ARRAY_IDX(words, i, const char *));
        char *mask = strchr(address, '/');
        apr_ipsubnet_t *subnet;

        if (mask)
            *mask++ = '\0';
        if (!apr_ipsubnet_create(&subnet, address, mask, host->pool))
            APR_ARRAY_PUSH(host->networks, apr_ipsubnet_t *) = subnet;
    }
}

/* Types, plugins, routes and looks from host->share. */
static gov_err_t *
load(gov_host_t *host, const gov_plugin_t *const *builtin, apr_pool_t *pool)
{
    gov_look_dir_t *core;

    host->types = gov_types_create(pool);
    GOV_TRY(gov_types_load(host->types,
                           apr_pstrcat(pool, host->share, "/types", NULL),
                           apr_pstrcat(pool, host->share,
                                       "/xslt/contract/type.rng", NULL),
                           NULL, pool));
    host->look_dirs = apr_array_make(pool, 4, sizeof(gov_look_dir_t));
    core = apr_array_push(host->look_dirs);
    core->name = "core";
    core->dir = apr_pstrcat(pool, host->share, "/xslt", NULL);
    GOV_TRY(gov_host__plugins(host, builtin, pool));
    GOV_TRY(gov_host__routes(host, pool));
    return gov_host__looks_load(&host->looks, host);
}

gov_err_t *
gov_host_create(gov_host_t **result, const gov_config_t *config,
                const gov_plugin_t *const *builtin, const gov_clock_t *clock,
                apr_pool_t *pool)
{
    gov_host_t *host = apr_pcalloc(pool, sizeof(*host));
    gov_err_t *err;

    host->pool = pool;
    host->config = config;
    host->clock = clock;
    GOV_TRY(gov_base_start(pool));
    if (config->xml_arena)
        gov_xml_arena_install(pool);
    GOV_TRY(gov_zone_set(config->zone, pool));
    GOV_TRY(gov_limits_create(&host->limits, pool));
    read_networks(host);
    if (config->key_file)
        GOV_TRY(gov_keys_read(&host->keys, config->key_file, pool));
    else
        gov_log(GOV_LOG_WARNING, 425, "there is no key ring (GovKeyFile): the "
                "audit has no digests, and what the public reads no tags");
    GOV_TRY(gov_store_create(&host->store, config, clock, pool));
    GOV_TRY(gov_cache_open(&host->cache, config, pool));
    host->looks_taken = gov_cache_snapshot(host->cache);
    apr_pool_cleanup_register(pool, host, gov_host__scene_end,
                              apr_pool_cleanup_null);
    host->share = config->share_dir;
    err = load(host, builtin, pool);
    if (err) {
        apr_finfo_t info;

        host->share = gov_host__good_share(config, pool);
        if (apr_stat(&info, host->share, APR_FINFO_TYPE, pool)
            || load(host, builtin, pool))
            return err;
        gov_log_err(GOV_LOG_ERROR, 410, err, "types or looks have a mistake; "
                    "the last good ones stay in service");
    }
    host->version = versions(host);
    gov_cache_version_set(host->cache, apr_pstrcat(
                              pool, host->version, " ",
                              gov_looks_version(host->looks->looks), NULL));
    if (!err) {
        err = gov_host__keep_share(config,
                                   gov_looks_version(host->looks->looks), pool);
        if (err)
            gov_log_err(GOV_LOG_WARNING, 411, err,
                        "no copy of the looks could be kept");
    }
    gov_store_listen(host->store, heard_locally, host);
    gov_asset_check(host->store, gov_host__asset_check, host);
    *result = host;
    return NULL;
}

gov_err_t *
gov_host_start(gov_host_t *host, bool watch, apr_pool_t *pool)
{
    apr_status_t rv;

    rv = apr_thread_mutex_create(&host->lock, APR_THREAD_MUTEX_DEFAULT, pool);
    if (!rv)
        rv = apr_thread_cond_create(&host->made, pool);
    if (rv)
        return gov_err_apr(rv, pool, "the scene's lock");
    GOV_TRY(gov_host__alarms(host, pool));
    gov_host__look_still(host, pool);
    GOV_TRY(gov_store_start(host->store, pool));
    GOV_TRY(gov_cache_start(host->cache, pool));
    GOV_TRY(gov_host__intake_open(host, pool));
    apr_pool_cleanup_register(pool, host, gov_host__stop_plugins,
                              apr_pool_cleanup_null);
    gov_host__start_plugins(host, !watch, pool);
    return watch ? gov_host__watch(host, pool) : NULL;
}

void
gov_host__ctx_begin(gov_host__ctx_t *ctx, gov_host_t *host,
                    const gov_actor_t *actor, apr_pool_t *pool)
{
    ctx->host = host;
    ctx->snapshot = gov_cache_snapshot(host->cache);
    ctx->ctx.pool = pool;
    ctx->ctx.clock = host->clock;
    ctx->ctx.store = host->store;
    ctx->ctx.actor = actor;
    ctx->ctx.lang = "zh-CN";
    ctx->ctx.keys = host->keys;
    ctx->ctx.policy = gov_policy_default();
    ctx->ctx.limits = host->limits;
}

gov_err_t *
gov_host_ctx(gov_ctx_t **result, gov_host_t *host, const gov_actor_t *actor,
             apr_pool_t *pool)
{
    gov_host__ctx_t *ctx = apr_pcalloc(pool, sizeof(*ctx));

    gov_host__ctx_begin(ctx, host, actor, pool);
    GOV_TRY(gov_host__scene(&ctx->scene, host, pool));
    gov_host__see(ctx);
    *result = &ctx->ctx;
    return NULL;
}

gov_store_t *
gov_host_store(gov_host_t *host)
{
    return host->store;
}

gov_cache_t *
gov_host_cache(gov_host_t *host)
{
    return host->cache;
}

const gov_config_t *
gov_host_config(const gov_host_t *host)
{
    return host->config;
}

const gov_types_t *
gov_host_types(const gov_host_t *host)
{
    return host->types;
}

gov_looks_t *
gov_host_looks(gov_host_t *host)
{
    return host->looks->looks;
}

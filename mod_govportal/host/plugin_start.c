/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/plugin_start.c -- putting plugins into service in one process.

   A plugin whose tables are older than it needs waits: its routes answer 503, it
   hears no events and runs no jobs, and the sites go on without it.  Once
   somebody has applied its migrations the watcher puts it into service. */

#include "gov_schema.h"
#include "host_priv.h"

/* How long to leave the database in peace while a plugin waits. */
#define PATIENCE apr_time_from_sec(1)

static int
state_of(const gov_host_t *host, int plugin)
{
    return __atomic_load_n(&host->states[plugin].state, __ATOMIC_ACQUIRE);
}

static void
set_state(gov_host_t *host, int plugin, int state)
{
    __atomic_store_n(&host->states[plugin].state, state, __ATOMIC_RELEASE);
}

bool
gov_host__plugin_runs(const gov_host_t *host, int plugin)
{
    return state_of(host, plugin) == GOV_HOST__RUNS;
}

bool
gov_host__plugin_waits(const gov_host_t *host, int plugin)
{
    return state_of(host, plugin) == GOV_HOST__WAITS;
}

/* Are the tables there?  Said once by the process that speaks for the node. */
static gov_err_t *
check_schema(bool *fits, gov_host_t *host, int number, bool tell,
             apr_pool_t *pool)
{
    gov_host__plugin_t *entry = &host->states[number];
    const gov_plugin_t *plugin = APR_ARRAY_IDX(host->plugins, number,
                                               const gov_plugin_t *);
    int version;

    *fits = true;
    if (!plugin->schema)
        return NULL;
    GOV_TRY(gov_schema_version(&version, host->store, plugin->name, pool));
    *fits = version >= plugin->schema;
    if (*fits && entry->told)
        gov_log(GOV_LOG_INFO, 413, "plugin %s is in service, schema %d",
                plugin->name, version);
    if (!*fits && !entry->told && tell)
        gov_log(GOV_LOG_ERROR, 412, "plugin %s waits: the database has its "
                "schema %d, it needs %d; run govctl schema apply", plugin->name,
                version, plugin->schema);
    entry->told = !*fits && (entry->told || tell);
    return NULL;
}

static gov_err_t *
start(gov_host_t *host, int number, gov_ctx_t *ctx, bool tell,
      apr_pool_t *pool)
{
    const gov_plugin_t *plugin = APR_ARRAY_IDX(host->plugins, number,
                                               const gov_plugin_t *);
    bool fits, waited = gov_host__plugin_waits(host, number);
    gov_err_t *err = NULL;

    GOV_TRY(check_schema(&fits, host, number, tell, ctx->pool));
    if (!fits) {
        set_state(host, number, GOV_HOST__WAITS);
        return NULL;
    }
    if (plugin->start)
        err = plugin->start(ctx, pool);
    if (err)
        gov_log_err(GOV_LOG_ERROR, 409, err,
                    apr_psprintf(ctx->pool, "plugin %s did not start",
                                 plugin->name));
    host->states[number].started = !err;
    set_state(host, number, GOV_HOST__RUNS);
    /* pages that were made without it */
    if (waited)
        gov_cache_bump(host->cache, "structure");
    return NULL;
}

void
gov_host__start_plugins(gov_host_t *host, bool tell, apr_pool_t *pool)
{
    gov_ctx_t *ctx = NULL;
    apr_pool_t *scratch;          /* holds the site map for the call only */
    gov_err_t *err = NULL;
    bool all = true;
    int i;

    if (host->all_run || apr_time_now() < host->start_again)
        return;
    apr_pool_create(&scratch, pool);
    for (i = 0; i < host->plugins->nelts && !err; i++) {
        const gov_plugin_t *plugin = APR_ARRAY_IDX(host->plugins, i,
                                                   const gov_plugin_t *);

        if (gov_host__plugin_runs(host, i))
            continue;
        if (!plugin->start && !plugin->schema) {
            set_state(host, i, GOV_HOST__RUNS);
            continue;
        }
        /* no site map without a database: the watcher comes back */
        if (!ctx)
            err = gov_host_ctx(&ctx, host, gov_actor_job("start", scratch),
                               scratch);
        if (!err)
            err = start(host, i, ctx, tell, pool);
        all = all && gov_host__plugin_runs(host, i);
    }
    host->all_run = all && !err;
    host->start_again = err ? 0 : apr_time_now() + PATIENCE;
    apr_pool_destroy(scratch);
}

apr_status_t
gov_host__stop_plugins(void *data)
{
    gov_host_t *host = data;
    int i;

    for (i = 0; i < host->plugins->nelts; i++) {
        const gov_plugin_t *plugin = APR_ARRAY_IDX(host->plugins, i,
                                                   const gov_plugin_t *);

        if (host->states[i].started && plugin->stop)
            plugin->stop();
    }
    return APR_SUCCESS;
}

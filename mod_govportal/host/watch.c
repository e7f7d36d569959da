/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/watch.c -- the watcher: one thread in each process.

   Each looks for new looks.  One process of the node (the holder of a file lock)
   also follows the change feed and runs jobs; a job runs on one node at a time
   under a lease of its name. */

#include <apr_file_io.h>
#include <string.h>
#include <unistd.h>

#include "gov_workflow.h"
#include "host_priv.h"

#define TURN apr_time_from_msec(40)
#define LEASE apr_time_from_sec(10)
/* What is due must be out within seconds, also when the node that held the lease
   has just died (R011). */
#define SHORT_LEASE apr_time_from_sec(2)
#define KEEP_EVENTS apr_time_from_sec(7 * 86400)
#define KEEP_KEYS apr_time_from_sec(86400)

typedef struct job_t {
    const gov_job_spec_t *spec;
    apr_interval_time_t lease;    /* 0: on each node, without one */
    apr_time_t due;
} job_t;

typedef struct watch_t {
    gov_host_t *host;
    apr_pool_t *pool;             /* of the thread */
    apr_file_t *lock;
    bool leads;                   /* the node */
    const char *owner;            /* in leases: unique for each process start */
    apr_array_header_t *jobs;     /* job_t */
    bool told_away;               /* that the database is away */
} watch_t;

static gov_err_t *
sweep(gov_ctx_t *ctx, apr_pool_t *pool)
{
    return gov_cache_sweep(gov_host__of(ctx)->cache, apr_time_from_sec(86400),
                           pool);
}

/* What belongs to the node itself. */
static const gov_job_spec_t node_jobs[] = {
    { "cache-sweep", apr_time_from_sec(600), sweep },
    { NULL, 0, NULL }
};

static gov_err_t *
purge(gov_ctx_t *ctx, apr_pool_t *pool)
{
    apr_time_t now = gov_now(ctx->clock);

    GOV_TRY(gov_keys_purge(ctx->store, now - KEEP_KEYS, pool));
    return gov_event_purge(ctx->store, now - KEEP_EVENTS, pool);
}

static gov_err_t *
schedule(gov_ctx_t *ctx, apr_pool_t *pool)
{
    const gov_err_t *why;
    int done, failed;

    GOV_TRY(gov_schedule_run(&done, &failed, &why, ctx, pool));
    if (failed)
        gov_log_err(GOV_LOG_ERROR, 412, why,
                    apr_psprintf(pool, "%d editions that are due could not be "
                                 "made live; the last one", failed));
    return NULL;
}

static gov_err_t *
overdue(gov_ctx_t *ctx, apr_pool_t *pool)
{
    apr_array_header_t *list;
    int i;

    GOV_TRY(gov_emergency_alarm(&list, ctx, pool));
    for (i = 0; i < list->nelts; i++) {
        const gov_emergency_t *e = &APR_ARRAY_IDX(list, i, gov_emergency_t);

        gov_log(GOV_LOG_ERROR, 413, "emergency %" APR_INT64_T_FMT " of %s "
                "(document %" APR_INT64_T_FMT ") should have been reviewed and "
                "cleared by %s", e->id, e->actor, e->document,
                gov_time_rfc3339(e->due, pool));
    }
    return NULL;
}

/* What must not wait for the lease of a node that has died. */
static const gov_job_spec_t prompt_jobs[] = {
    { "schedule", apr_time_from_msec(500), schedule },
    { NULL, 0, NULL }
};

/* What one node does for all. */
static const gov_job_spec_t group_jobs[] = {
    { "purge", apr_time_from_sec(3600), purge },
    { "emergency", apr_time_from_sec(20), overdue },
    { NULL, 0, NULL }
};

static void
add_jobs(watch_t *watch, const gov_job_spec_t *specs, apr_interval_time_t lease)
{
    int i;

    for (i = 0; specs && specs[i].name; i++) {
        job_t *job = apr_array_push(watch->jobs);

        job->spec = &specs[i];
        job->lease = lease;
        /* once soon after the start: what was missed meanwhile */
        job->due = apr_time_now() + apr_time_from_sec(2);
    }
}

/* The lock goes with the process, however it ends. */
static void
try_to_lead(watch_t *watch)
{
    const char *path = apr_pstrcat(watch->pool,
                                   watch->host->config->state_dir,
                                   "/watch.lock", NULL);

    if (!watch->lock
        && apr_file_open(&watch->lock, path,
                         APR_FOPEN_CREATE | APR_FOPEN_WRITE, APR_OS_DEFAULT,
                         watch->pool))
        return;
    watch->leads = apr_file_lock(watch->lock, APR_FLOCK_EXCLUSIVE
                                 | APR_FLOCK_NONBLOCK) == APR_SUCCESS;
}

static void
hear(watch_t *watch, const gov_event_t *event, apr_pool_t *pool)
{
    gov_host_t *host = watch->host;
    gov_ctx_t *ctx = NULL;
    int i, k;

    gov_cache_bump(host->cache, event->tags);
    for (i = 0; i < host->plugins->nelts; i++) {
        const gov_plugin_t *plugin =
            APR_ARRAY_IDX(host->plugins, i, const gov_plugin_t *);
        const gov_subscription_t *s = plugin->subscriptions;

        for (k = 0; s && s[k].kind; k++) {
            if (strcmp(s[k].kind, event->kind))
                continue;
            if (!ctx && gov_host_ctx(&ctx, host, gov_actor_job("feed", pool),
                                     pool))
                return;
            s[k].heard(ctx, event);
        }
    }
}

static gov_err_t *
follow(watch_t *watch, apr_pool_t *pool)
{
    gov_host_t *host = watch->host;
    apr_array_header_t *events;
    apr_time_t asked;
    apr_int64_t last;
    bool held;
    int numbered, i;

    GOV_TRY(gov_lease_take(&held, host->store, "feed", watch->owner, LEASE,
                           pool));
    if (held)
        GOV_TRY(gov_event_number(&numbered, host->store, watch->owner, pool));
    do {
        last = gov_cache_last_seq(host->cache);
        asked = apr_time_now();
        if (last < 0) {
            /* this node has no entries older than now: begin at the end */
            GOV_TRY(gov_event_last(&last, host->store, pool));
            gov_cache_bump(host->cache, "structure");
        }
        GOV_TRY(gov_event_since(&events, host->store, last, pool));
        /* numbers have no gaps: one here means that this node was away for longer
           than events are kept */
        if (events->nelts
            && APR_ARRAY_IDX(events, 0, gov_event_t).seq != last + 1)
            gov_cache_bump(host->cache, "structure");
        for (i = 0; i < events->nelts; i++) {
            const gov_event_t *event = &APR_ARRAY_IDX(events, i, gov_event_t);

            hear(watch, event, pool);
            last = event->seq;
        }
        gov_cache_fed(host->cache, last, asked);
    } while (events->nelts && !host->stopping);
    return NULL;
}

static void
run_jobs(watch_t *watch, apr_pool_t *pool)
{
    gov_host_t *host = watch->host;
    apr_pool_t *iterpool;
    int i;

    apr_pool_create(&iterpool, pool);
    for (i = 0; i < watch->jobs->nelts && !host->stopping; i++) {
        job_t *job = &APR_ARRAY_IDX(watch->jobs, i, job_t);
        apr_time_t now = apr_time_now();
        gov_ctx_t *ctx;
        gov_err_t *err = NULL;
        bool held = true;

        if (now < job->due)
            continue;
        apr_pool_clear(iterpool);
        job->due = now + job->spec->every;
        if (job->lease)
            err = gov_lease_take(&held, host->store,
                                 apr_pstrcat(iterpool, "job:", job->spec->name,
                                             NULL),
                                 watch->owner, job->lease, iterpool);
        if (!err && !held)
            continue;
        if (!err)
            err = gov_host_ctx(&ctx, host,
                               gov_actor_job(job->spec->name, iterpool),
                               iterpool);
        if (!err)
            err = job->spec->run(ctx, iterpool);
        if (err)
            gov_log_err(GOV_LOG_WARNING, 404, err,
                        apr_psprintf(iterpool, "job %s", job->spec->name));
    }
    apr_pool_destroy(iterpool);
}

/* "govctl theme reload" moves the tag "looks"; a mistake leaves the old ones in
   service. */
static void
look_for_looks(watch_t *watch, apr_pool_t *pool)
{
    gov_host_t *host = watch->host;
    gov_snapshot_t now = gov_cache_snapshot(host->cache);
    gov_err_t *err;

    if (!gov_cache_moved(host->cache, "looks", host->looks_taken))
        return;
    err = gov_host_reload(host, pool);
    if (err) {
        gov_log_err(GOV_LOG_ERROR, 405, err,
                    "looks are not reloaded, the old ones stay");
        host->looks_taken = now;
    }
    else
        gov_log(GOV_LOG_INFO, 406, "looks reloaded, version %s",
                gov_looks_version(host->looks->looks));
}

static void *APR_THREAD_FUNC
watcher(apr_thread_t *thread, void *baton)
{
    watch_t *watch = baton;
    gov_host_t *host = watch->host;
    apr_pool_t *turn;

    (void)thread;
    apr_pool_create(&turn, watch->pool);
    while (!host->stopping) {
        gov_err_t *err = NULL;

        apr_pool_clear(turn);
        look_for_looks(watch, turn);
        if (host->started < host->plugins->nelts)
            gov_host__start_plugins(host, watch->pool);
        if (!watch->leads)
            try_to_lead(watch);
        if (watch->leads) {
            err = follow(watch, turn);
            if (!err)
                run_jobs(watch, turn);
        }
        if (err && !watch->told_away)
            gov_log_err(GOV_LOG_WARNING, 407, err,
                        "the change feed cannot be followed");
        if (!err && watch->told_away)
            gov_log(GOV_LOG_INFO, 408, "the change feed is followed again");
        watch->told_away = err != NULL;
        apr_sleep(err ? apr_time_from_msec(250) : TURN);
    }
    return NULL;
}

static apr_status_t
stop(void *data)
{
    gov_host_t *host = data;
    apr_status_t ignored;

    host->stopping = 1;
    if (host->watcher)
        apr_thread_join(&ignored, host->watcher);
    host->watcher = NULL;
    return APR_SUCCESS;
}

gov_err_t *
gov_host__watch(gov_host_t *host, apr_pool_t *pool)
{
    watch_t *watch;
    apr_pool_t *own;
    apr_status_t rv;
    unsigned char random[8];
    int i;

    apr_pool_create_unmanaged_ex(&own, NULL, NULL);
    watch = apr_pcalloc(own, sizeof(*watch));
    watch->host = host;
    watch->pool = own;
    host->clock->random(host->clock->baton, random, sizeof(random));
    watch->owner = apr_psprintf(own, "%" APR_PID_T_FMT "-%02x%02x%02x%02x%02x"
                                "%02x%02x%02x", getpid(), random[0], random[1],
                                random[2], random[3], random[4], random[5],
                                random[6], random[7]);
    watch->jobs = apr_array_make(own, 8, sizeof(job_t));
    add_jobs(watch, node_jobs, 0);
    add_jobs(watch, prompt_jobs, SHORT_LEASE);
    add_jobs(watch, group_jobs, LEASE);
    for (i = 0; i < host->plugins->nelts; i++)
        add_jobs(watch,
                 APR_ARRAY_IDX(host->plugins, i, const gov_plugin_t *)->jobs,
                 LEASE);
    rv = apr_thread_create(&host->watcher, NULL, watcher, watch, pool);
    if (rv)
        return gov_err_apr(rv, pool, "the watcher thread");
    /* before anything the thread uses is torn down */
    apr_pool_pre_cleanup_register(pool, host, stop);
    return NULL;
}

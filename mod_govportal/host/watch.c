/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/watch.c -- the watcher: one thread in each process.

   Each looks for new looks.  One process of the node (the holder of a file lock)
   also follows the change feed, and has a second thread for jobs (work.c), whose
   leases the watcher keeps: a long job delays neither pages nor its own lease. */

#include <apr_file_io.h>
#include <string.h>
#include <unistd.h>

#include "host_priv.h"

#define TURN apr_time_from_msec(40)
#define LEASE apr_time_from_sec(10)

typedef struct watch_t {
    gov_host_t *host;
    apr_pool_t *pool;             /* of the thread */
    apr_file_t *lock;
    bool leads;                   /* the node */
    const char *owner;            /* in leases: unique for each process start */
    gov_host__work_t *work;
    bool told_away;               /* that the database is away */
} watch_t;

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
            if (strcmp(s[k].kind, event->kind)
                || gov_host__plugin_waits(host, i))
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

/* What was chained last is in the anchor; httpd does not end later for it. */
static void
leave_anchor(watch_t *watch, apr_pool_t *pool)
{
    gov_host_t *host = watch->host;
    gov_ctx_t *ctx;
    gov_err_t *err;

    if (!watch->leads || watch->told_away)
        return;
    err = gov_host__chain(host, watch->owner, pool);
    if (!err)
        err = gov_host_ctx(&ctx, host, gov_actor_job("audit", pool), pool);
    if (!err)
        err = gov_host__anchor(ctx, pool);
    if (err)
        gov_log_err(GOV_LOG_WARNING, 424, err, "no audit anchor was left");
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
        gov_host__outage_settle(host);
        gov_host__look_still(host, turn);
        if (!watch->leads)
            try_to_lead(watch);
        gov_host__start_plugins(host, watch->leads, watch->pool);
        if (watch->leads) {
            err = follow(watch, turn);
            if (!err)
                err = gov_host__chain(host, watch->owner, turn);
            gov_host__work_keep(watch->work, turn);
            gov_host__work_pause(watch->work, err != NULL);
        }
        if (!err)
            err = gov_host__alarms_keep(host, turn);
        if (err && !watch->told_away)
            gov_log_err(GOV_LOG_WARNING, 407, err,
                        "the change feed cannot be followed");
        if (!err && watch->told_away)
            gov_log(GOV_LOG_INFO, 408, "the change feed is followed again");
        watch->told_away = err != NULL;
        apr_sleep(err ? apr_time_from_msec(250) : TURN);
    }
    gov_host__work_end(watch->work, turn);
    apr_pool_clear(turn);
    leave_anchor(watch, turn);
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

    apr_pool_create_unmanaged_ex(&own, NULL, NULL);
    watch = apr_pcalloc(own, sizeof(*watch));
    watch->host = host;
    watch->pool = own;
    host->clock->random(host->clock->baton, random, sizeof(random));
    watch->owner = apr_psprintf(own, "%" APR_PID_T_FMT "-%02x%02x%02x%02x%02x"
                                "%02x%02x%02x", getpid(), random[0], random[1],
                                random[2], random[3], random[4], random[5],
                                random[6], random[7]);
    gov_host__integrity(host, own);
    watch->work = gov_host__work(host, watch->owner);
    rv = apr_thread_create(&host->watcher, NULL, watcher, watch, pool);
    if (rv)
        return gov_err_apr(rv, pool, "the watcher thread");
    /* before anything the thread uses is torn down */
    apr_pool_pre_cleanup_register(pool, host, stop);
    return NULL;
}

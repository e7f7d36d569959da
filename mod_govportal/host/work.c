/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/work.c -- jobs: one thread in the process that leads the node.

   A job runs on one node at a time under a lease of its name.  The lease is held
   longer by the watcher for as long as the job takes, so that no other node
   begins it meanwhile. */

#include "gov_session.h"
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
    int plugin;                   /* or NOBODY */
    const char *lease;            /* NULL: runs on each node */
    apr_interval_time_t hold;     /* the lease */
    apr_time_t due;
} job_t;

#define NOBODY (-1)

struct gov_host__work_t {
    gov_host_t *host;
    apr_pool_t *pool;             /* of the thread */
    const char *owner;            /* in leases */
    apr_array_header_t *jobs;     /* job_t */
    apr_thread_t *thread;
    int paused;                   /* the database is away */
    const char *running;          /* lease of the job that runs now, or NULL */
    const char *told;             /* the lease whose loss was told */
};

static gov_err_t *
sweep(gov_ctx_t *ctx, apr_pool_t *pool)
{
    return gov_cache_sweep(gov_host__of(ctx)->cache, apr_time_from_sec(86400),
                           pool);
}

/* What belongs to the node itself. */
static const gov_job_spec_t node_jobs[] = {
    { "audit-anchor", apr_time_from_sec(3600), gov_host__anchor },
    { "cache-sweep", apr_time_from_sec(600), sweep },
    { NULL, 0, NULL }
};

static gov_err_t *
purge(gov_ctx_t *ctx, apr_pool_t *pool)
{
    apr_time_t now = gov_now(ctx->clock);

    GOV_TRY(gov_keys_purge(ctx->store, now - KEEP_KEYS, pool));
    GOV_TRY(gov_sessions_purge(ctx, pool));
    return gov_event_purge(ctx->store, now - KEEP_EVENTS, pool);
}

static gov_err_t *
schedule(gov_ctx_t *ctx, apr_pool_t *pool)
{
    const gov_err_t *why;
    int done, failed;

    GOV_TRY(gov_schedule_run(&done, &failed, &why, ctx, pool));
    if (failed)
        gov_log_err(GOV_LOG_ERROR, 417, why,
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

        gov_log(GOV_LOG_ERROR, 418, "emergency %" APR_INT64_T_FMT " of %s "
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
    { "emergency", apr_time_from_sec(20), overdue },
    { "integrity", apr_time_from_msec(100), gov_host__walk },
    { "purge", apr_time_from_sec(3600), purge },
    { NULL, 0, NULL }
};

static void
add_jobs(gov_host__work_t *work, const gov_job_spec_t *specs, int plugin,
         apr_interval_time_t hold)
{
    int i;

    for (i = 0; specs && specs[i].name; i++) {
        job_t *job = apr_array_push(work->jobs);

        job->spec = &specs[i];
        job->plugin = plugin;
        job->hold = hold;
        job->lease = !hold ? NULL
            : apr_pstrcat(work->pool, "job:", specs[i].name, NULL);
        /* once soon after the start: what was missed meanwhile */
        job->due = apr_time_now() + apr_time_from_sec(2);
    }
}

gov_host__work_t *
gov_host__work(gov_host_t *host, const char *owner)
{
    gov_host__work_t *work;
    apr_pool_t *pool;
    int i;

    apr_pool_create_unmanaged_ex(&pool, NULL, NULL);
    work = apr_pcalloc(pool, sizeof(*work));
    work->host = host;
    work->pool = pool;
    work->owner = owner;
    work->paused = 1;
    work->jobs = apr_array_make(pool, 8, sizeof(job_t));
    add_jobs(work, node_jobs, NOBODY, 0);
    add_jobs(work, prompt_jobs, NOBODY, SHORT_LEASE);
    add_jobs(work, group_jobs, NOBODY, LEASE);
    for (i = 0; i < host->plugins->nelts; i++)
        add_jobs(work,
                 APR_ARRAY_IDX(host->plugins, i, const gov_plugin_t *)->jobs,
                 i, LEASE);
    return work;
}

static gov_err_t *
run(gov_host__work_t *work, job_t *job, apr_pool_t *pool)
{
    gov_host_t *host = work->host;
    bool held = true;
    gov_ctx_t *ctx;
    gov_err_t *err;

    if (job->lease)
        GOV_TRY(gov_lease_take(&held, host->store, job->lease, work->owner,
                               job->hold, pool));
    if (!held)
        return NULL;
    __atomic_store_n(&work->running, job->lease, __ATOMIC_RELEASE);
    err = gov_host_ctx(&ctx, host, gov_actor_job(job->spec->name, pool), pool);
    if (!err)
        err = job->spec->run(ctx, pool);
    __atomic_store_n(&work->running, NULL, __ATOMIC_RELEASE);
    return err;
}

static void
run_due(gov_host__work_t *work, apr_pool_t *pool)
{
    int i;

    for (i = 0; i < work->jobs->nelts && !work->host->stopping; i++) {
        job_t *job = &APR_ARRAY_IDX(work->jobs, i, job_t);
        apr_time_t now = apr_time_now();
        gov_err_t *err;

        if (now < job->due || (job->plugin != NOBODY
                               && gov_host__plugin_waits(work->host,
                                                         job->plugin)))
            continue;
        apr_pool_clear(pool);
        job->due = now + job->spec->every;
        err = run(work, job, pool);
        if (err)
            gov_log_err(GOV_LOG_WARNING, 404, err,
                        apr_psprintf(pool, "job %s", job->spec->name));
    }
}

static void *APR_THREAD_FUNC
worker(apr_thread_t *thread, void *baton)
{
    gov_host__work_t *work = baton;
    apr_pool_t *pool;

    (void)thread;
    apr_pool_create(&pool, work->pool);
    while (!work->host->stopping) {
        if (!__atomic_load_n(&work->paused, __ATOMIC_ACQUIRE))
            run_due(work, pool);
        apr_sleep(TURN);
    }
    return NULL;
}

void
gov_host__work_pause(gov_host__work_t *work, bool pause)
{
    __atomic_store_n(&work->paused, pause, __ATOMIC_RELEASE);
    if (!work->thread && !pause
        && apr_thread_create(&work->thread, NULL, worker, work, work->pool))
        work->thread = NULL;      /* the next turn tries again */
}

void
gov_host__work_keep(gov_host__work_t *work, apr_pool_t *pool)
{
    const char *lease = __atomic_load_n(&work->running, __ATOMIC_ACQUIRE);
    gov_err_t *err;
    bool held;

    if (!lease)
        return;
    err = gov_lease_take(&held, work->host->store, lease, work->owner, LEASE,
                         pool);
    if (!err && held) {
        work->told = NULL;
        return;
    }
    if (work->told == lease)
        return;
    work->told = lease;
    err = gov_err(GOV_E_CONFLICT, err, pool, "another node may begin it");
    gov_log_err(GOV_LOG_WARNING, 414, err,
                apr_psprintf(pool, "%s lost its lease while it runs", lease));
}

void
gov_host__work_end(gov_host__work_t *work, apr_pool_t *pool)
{
    apr_status_t ignored;

    if (!work->thread)
        return;
    /* what runs still has its lease until it ends */
    while (__atomic_load_n(&work->running, __ATOMIC_ACQUIRE)) {
        apr_pool_clear(pool);
        gov_host__work_keep(work, pool);
        apr_sleep(TURN);
    }
    apr_thread_join(&ignored, work->thread);
    work->thread = NULL;
}

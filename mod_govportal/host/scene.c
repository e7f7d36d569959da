/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/scene.c -- the site map and looks that requests see, and their change.

   A scene is read-only once it is the present one.  A change of structure makes
   a new one; requests that began with the old one finish with it. */

#include "gov_schema.h"
#include "host_priv.h"

/* How long to leave the database in peace after a failed attempt. */
#define PATIENCE apr_time_from_msec(200)
/* How long to wait for another thread that reads the site map. */
#define WAIT apr_time_from_sec(1)

void
gov_host__looks_release(gov_host__looks_t *looks)
{
    if (looks && __atomic_sub_fetch(&looks->refs, 1, __ATOMIC_ACQ_REL) == 0)
        apr_pool_destroy(looks->pool);
}

gov_err_t *
gov_host__looks_load(gov_host__looks_t **result, gov_host_t *host)
{
    gov_host__looks_t *looks;
    apr_pool_t *pool;
    gov_err_t *err;

    apr_pool_create_unmanaged_ex(&pool, NULL, NULL);
    looks = apr_pcalloc(pool, sizeof(*looks));
    looks->pool = pool;
    looks->refs = 1;
    err = gov_looks_load(&looks->looks, host->look_dirs, pool);
    if (err) {
        err = gov_err_dup(err, host->pool);
        apr_pool_destroy(pool);
        return err;
    }
    *result = looks;
    return NULL;
}

static apr_status_t
release(void *data)
{
    gov_host__scene_t *scene = data;

    if (__atomic_sub_fetch(&scene->refs, 1, __ATOMIC_ACQ_REL) == 0) {
        gov_host__looks_release(scene->looks);
        apr_pool_destroy(scene->pool);
    }
    return APR_SUCCESS;
}

static gov_err_t *
read_policy(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    gov_host__scene_t *scene = baton;

    (void)scratch;
    return gov_policy_load(&scene->policy, db, scene->pool);
}

/* Read the site map into SCENE, which has its looks and its moment already. */
static gov_err_t *
fill(gov_host__scene_t *scene, gov_host_t *host)
{
    apr_pool_t *pool = scene->pool;

    /* tables of another release than this one are left alone: without a site map
       visitors get kept pages or the 503 page */
    GOV_TRY(gov_schema_check(host->store, pool));
    GOV_TRY(gov_group_load(&scene->group, host->store, host->types,
                           host->config, pool));
    scene->tree = gov_group_tree(scene->group, pool);
    GOV_TRY(gov_store_read(host->store, read_policy, scene, pool));
    GOV_TRY(gov_host__guard(scene->group, host, pool));
    scene->frames = apr_hash_make(pool);
    apr_thread_mutex_create(&scene->frames_lock, APR_THREAD_MUTEX_DEFAULT,
                            pool);
    return NULL;
}

static gov_host__scene_t *
create(gov_host_t *host)
{
    gov_host__scene_t *scene;
    apr_pool_t *pool;

    /* unmanaged: it outlives the request that happened to make it, and is freed
       by whichever thread lets go last */
    apr_pool_create_unmanaged_ex(&pool, NULL, NULL);
    scene = apr_pcalloc(pool, sizeof(*scene));
    scene->pool = pool;
    scene->refs = 1;
    scene->taken = gov_cache_snapshot(host->cache);
    scene->looks = host->looks;
    __atomic_add_fetch(&scene->looks->refs, 1, __ATOMIC_ACQ_REL);
    return scene;
}

static bool
is_present(const gov_host_t *host)
{
    return host->scene && host->scene->looks == host->looks
        && !gov_cache_moved(host->cache, "structure", host->scene->taken);
}

/* Make the scene anew.  The lock is held, but for the time the database takes:
   nobody else should have to wait for it. */
static gov_err_t *
renew(gov_host_t *host, apr_pool_t *err_pool)
{
    gov_host__scene_t *fresh = create(host);
    gov_err_t *err;

    host->making = true;
    apr_thread_mutex_unlock(host->lock);
    err = fill(fresh, host);
    apr_thread_mutex_lock(host->lock);
    host->making = false;
    host->scene_failed = err ? apr_time_now() : 0;
    apr_thread_cond_broadcast(host->made);
    if (err) {
        apr_cpystrn(host->scene_why, err->message, sizeof(host->scene_why));
        err = gov_err_dup(err, err_pool);
        release(fresh);
        return err;
    }
    if (host->scene)
        release(host->scene);
    host->scene = fresh;
    return NULL;
}

gov_err_t *
gov_host__scene(gov_host__scene_t **result, gov_host_t *host, apr_pool_t *pool)
{
    gov_err_t *err = NULL;

    apr_thread_mutex_lock(host->lock);
    /* while the database is away nobody waits: an old site map is better than
       none */
    while (!is_present(host) && host->making && !host->scene_failed)
        if (apr_thread_cond_timedwait(host->made, host->lock, WAIT))
            break;
    if (!is_present(host) && !host->making
        && apr_time_now() - host->scene_failed > PATIENCE)
        err = renew(host, pool);
    *result = host->scene;
    if (host->scene)
        __atomic_add_fetch(&host->scene->refs, 1, __ATOMIC_ACQ_REL);
    else if (!err)
        err = gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                      "the site map was never read; the last time: %s",
                      host->scene_why);
    apr_thread_mutex_unlock(host->lock);
    if (!*result)
        return err;
    apr_pool_cleanup_register(pool, *result, release, apr_pool_cleanup_null);
    return NULL;
}

apr_status_t
gov_host__scene_end(void *data)
{
    gov_host_t *host = data;

    if (host->scene)
        release(host->scene);
    gov_host__looks_release(host->looks);
    host->scene = NULL;
    host->looks = NULL;
    return APR_SUCCESS;
}

void
gov_host__see(gov_host__ctx_t *ctx)
{
    ctx->ctx.group = ctx->scene->group;
    ctx->ctx.policy = ctx->scene->policy;
    ctx->ctx.tree = ctx->scene->tree;
}

gov_host__scene_t *
gov_host__scene_of(const gov_ctx_t *ctx)
{
    return ((const gov_host__ctx_t *)ctx)->scene;
}

gov_host_t *
gov_host__of(const gov_ctx_t *ctx)
{
    return ((const gov_host__ctx_t *)ctx)->host;
}

gov_err_t *
gov_host_reload(gov_host_t *host, apr_pool_t *pool)
{
    gov_snapshot_t taken = gov_cache_snapshot(host->cache);
    gov_host__looks_t *fresh, *old;

    (void)pool;
    GOV_TRY(gov_host__looks_load(&fresh, host));
    apr_thread_mutex_lock(host->lock);
    old = host->looks;
    host->looks = fresh;
    host->looks_taken = taken;
    /* under the lock: a scene's moment and its looks belong together */
    gov_cache_version_set(host->cache, apr_pstrcat(
                              fresh->pool, host->version, " ",
                              gov_looks_version(fresh->looks), NULL));
    apr_thread_mutex_unlock(host->lock);
    gov_host__looks_release(old);
    return NULL;
}

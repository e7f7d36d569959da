/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* lease.c -- one runner in the whole installation.
 *
 * The holder reckons its own end from before it asked, less a fifth, on a clock
 * that nobody sets; so it stops before the database lets another one begin.
 * Asking is cheap: who holds the lease asks the database only in the second
 * half of the term, who does not hold it only now and then. */

#include <string.h>

#include "store_priv.h"
#include "sql_store.h"

typedef struct memory_t {
    char owner[104];
    bool held;
    apr_time_t ask;               /* no need to ask before */
    apr_time_t until;             /* held: our own end */
} memory_t;

typedef struct take_t {
    const char *name, *owner;
    apr_interval_time_t length;
    bool held;
} take_t;

static gov_err_t *
take(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    take_t *t = baton;
    apr_int64_t hit;

    t->held = false;
    GOV_TRY(gov_sql_lease_take(&hit, db, t->owner, t->owner, t->length,
                               t->name, t->owner, pool));
    t->held = hit == 1;
    return NULL;
}

static gov_err_t *
make(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    return gov_sql_lease_make(NULL, db, ((take_t *)baton)->name, pool);
}

/* Is it worth trying?  Most of the time another one holds it, and a look costs
   less than an update that waits for the holder's row. */
static gov_err_t *
look(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    take_t *t = baton;
    gov_row_lease_see_t row;

    GOV_TRY(gov_sql_lease_see(&row, db, t->name, pool));
    t->held = row.free || !strcmp(row.owner, t->owner);
    return NULL;
}

static gov_err_t *
ask(take_t *t, gov_store_t *store, apr_pool_t *pool)
{
    gov_err_t *err = gov_store_read(store, look, t, pool);

    if (err && err->code == GOV_E_NOT_FOUND) {
        GOV_TRY(gov_store_tx(store, make, t, pool));
        t->held = true;
    } else if (err)
        return err;
    return t->held ? gov_store_tx(store, take, t, pool) : NULL;
}

static memory_t *
recall(gov_store_t *store, const char *name)
{
    memory_t *m = apr_hash_get(store->leases, name, APR_HASH_KEY_STRING);

    if (!m) {                     /* a handful of names in a process's life */
        m = apr_pcalloc(store->lease_pool, sizeof(*m));
        apr_hash_set(store->leases, apr_pstrdup(store->lease_pool, name),
                     APR_HASH_KEY_STRING, m);
    }
    return m;
}

gov_err_t *
gov_lease_take(bool *held, gov_store_t *store, const char *name,
               const char *owner, apr_interval_time_t length,
               apr_pool_t *pool)
{
    take_t t = { .name = name, .owner = owner, .length = length };
    apr_time_t began = gov_store__mono();
    bool known = false;
    gov_err_t *err;
    memory_t *m;

    if (strlen(owner) >= sizeof(m->owner))
        return gov_err(GOV_E_INVALID, NULL, pool, "lease owner too long");
    apr_thread_mutex_lock(store->lock);
    m = recall(store, name);
    if (!strcmp(m->owner, owner) && began < m->ask) {
        known = true;
        t.held = m->held;
    }
    apr_thread_mutex_unlock(store->lock);
    if (!known) {
        err = ask(&t, store, pool);
        apr_thread_mutex_lock(store->lock);
        if (!err) {
            apr_cpystrn(m->owner, owner, sizeof(m->owner));
            m->held = t.held;
            m->until = began + length / 5 * 4;
            m->ask = began + (t.held ? length / 2 : length / 20);
        } else if (!strcmp(m->owner, owner) && m->held
                   && gov_store__mono() < m->until)
            t.held = true;        /* no answer, but still our term */
        else
            t.held = false;
        apr_thread_mutex_unlock(store->lock);
        if (err && !t.held)
            return err;
        if (t.held && !err && gov_store__mono() >= began + length / 5 * 4)
            t.held = false;       /* the answer took longer than the term */
    }
    *held = t.held;
    return NULL;
}

static gov_err_t *
give(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    take_t *t = baton;

    return gov_sql_lease_give(NULL, db, t->name, t->owner, pool);
}

gov_err_t *
gov_lease_give(gov_store_t *store, const char *name, const char *owner,
               apr_pool_t *pool)
{
    take_t t = { .name = name, .owner = owner };
    memory_t *m;

    apr_thread_mutex_lock(store->lock);
    m = recall(store, name);
    m->ask = 0;
    m->held = false;
    apr_thread_mutex_unlock(store->lock);
    return gov_store_tx(store, give, &t, pool);
}

gov_err_t *
gov_lease_fence(gov_db_t *db, const char *name, const char *owner,
                apr_pool_t *pool)
{
    gov_row_lease_epoch_t lease;
    apr_int64_t hit = 0;
    gov_err_t *err;

    err = gov_sql_lease_epoch(&lease, db, name, owner, pool);
    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    if (!err)
        GOV_TRY(gov_sql_lease_beat(&hit, db, name, lease.epoch, pool));
    return hit ? NULL : gov_err(GOV_E_CONFLICT, NULL, pool,
                                "lost the lease \"%s\"", name);
}

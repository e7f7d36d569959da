/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* store.c -- the pool of connections. */

#include <apr_file_io.h>
#include <apr_user.h>
#include <stdlib.h>
#include <string.h>

#include "store_priv.h"

static gov_err_t *
add_node(apr_array_header_t *nodes, const char *text, apr_pool_t *pool)
{
    gov_store_node_t *node = apr_array_push(nodes);
    const char *colon = strrchr(text, ':');

    node->name = text;
    if (!strncmp(text, "unix:", 5)) {
        node->socket = text + 5;
        if (node->socket[0] != '/')
            return gov_err(GOV_E_INVALID, NULL, pool,
                           "GovDatabase: \"%s\" has no absolute path", text);
        return NULL;
    }
    node->port = colon ? (unsigned)atoi(colon + 1) : 0;
    if (!colon || colon == text || node->port < 1 || node->port > 65535)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "GovDatabase: \"%s\"; unix:/path or host:port is "
                       "expected", text);
    node->host = apr_pstrmemdup(pool, text, colon - text);
    if (node->host[0] == '[' && colon[-1] == ']')
        node->host = apr_pstrmemdup(pool, text + 1, colon - text - 2);
    return NULL;
}

static gov_err_t *
read_password(const char **password, const char *name, apr_pool_t *pool)
{
    char text[256];
    apr_size_t len = sizeof(text) - 1;
    apr_file_t *file;
    apr_status_t rv;

    rv = apr_file_open(&file, name, APR_FOPEN_READ, APR_FPROT_OS_DEFAULT, pool);
    if (!rv) {
        rv = apr_file_read_full(file, text, len, &len);
        apr_file_close(file);
        if (APR_STATUS_IS_EOF(rv))
            rv = APR_SUCCESS;
    }
    if (rv)
        return gov_err_apr(rv, pool, "GovDatabasePasswordFile %s", name);
    text[len] = '\0';
    text[strcspn(text, "\r\n")] = '\0';
    *password = apr_pstrdup(pool, text);
    return NULL;
}

gov_err_t *
gov_store_create(gov_store_t **store, const gov_config_t *config,
                 const gov_clock_t *clock, apr_pool_t *pool)
{
    gov_store_t *s = apr_pcalloc(pool, sizeof(*s));
    apr_array_header_t *nodes = apr_array_make(pool, 3, sizeof(*s->nodes));
    char *rest, *word;

    s->clock = clock;
    s->database = config->database_name;
    s->user = config->database_user;
    s->user_given = s->user != NULL;
    s->state_dir = config->state_dir;
    s->max = config->database_connections > 0 ? config->database_connections
                                              : 8;
    if (!config->database)
        return gov_err(GOV_E_INVALID, NULL, pool, "GovDatabase is not set");
    rest = apr_pstrdup(pool, config->database);
    while ((word = apr_strtok(rest, ", ", &rest)) != NULL) {
        GOV_TRY(add_node(nodes, word, pool));
    }
    if (!nodes->nelts)
        return gov_err(GOV_E_INVALID, NULL, pool, "GovDatabase is empty");
    s->nodes = (gov_store_node_t *)nodes->elts;
    s->n_nodes = nodes->nelts;
    if (config->database_password_file)
        GOV_TRY(read_password(&s->password, config->database_password_file,
                              pool));
    if (mysql_library_init(0, NULL, NULL) != 0)
        return gov_err(GOV_E_INTERNAL, NULL, pool, "mysql_library_init");
    *store = s;
    return NULL;
}

static void
end_thread(void *data)
{
    (void)data;
    mysql_thread_end();
}

void
gov_store__thread(gov_store_t *store)
{
    void *known = NULL;

    apr_threadkey_private_get(&known, store->thread_key);
    if (known)
        return;
    mysql_thread_init();
    apr_threadkey_private_set(store, store->thread_key);
}

static apr_status_t
destroy_slot_pool(void *baton)
{
    gov_db_t *db = baton;

    if (db->pool)
        apr_pool_destroy(db->pool);
    db->pool = NULL;
    return APR_SUCCESS;
}

/* Each connection has its own allocator: they are used by one thread at a time,
   but by many threads in their lives, and httpd's child pool is nobody's to
   allocate from while serving. */
static gov_err_t *
make_slot(gov_db_t *db, gov_store_t *store, apr_pool_t *pool)
{
    apr_status_t rv;

    db->store = store;
    rv = apr_pool_create_unmanaged_ex(&db->pool, NULL, NULL);
    if (rv)
        return gov_err_apr(rv, pool, "pool of a connection");
    apr_pool_tag(db->pool, "gov_db");
    apr_pool_cleanup_register(pool, db, destroy_slot_pool,
                              apr_pool_cleanup_null);
    return NULL;
}

static apr_status_t
destroy_pool(void *baton)
{
    apr_pool_destroy(baton);
    return APR_SUCCESS;
}

static apr_status_t
stop(void *baton)
{
    gov_store_t *store = baton;

    apr_thread_mutex_lock(store->lock);
    store->stopping = true;
    apr_thread_cond_broadcast(store->freed);
    apr_thread_mutex_unlock(store->lock);
    apr_threadkey_private_delete(store->thread_key);
    return APR_SUCCESS;
}

gov_err_t *
gov_store_start(gov_store_t *store, apr_pool_t *pool)
{
    apr_status_t rv;
    int i;

    store->pool = pool;
    store->stopping = false;
    if (!store->user) {
        /* An account named as the operating system's; Connector/C would ask
           who is logged in at the terminal. */
        apr_uid_t uid;
        apr_gid_t gid;
        char *name;

        rv = apr_uid_current(&uid, &gid, pool);
        if (!rv)
            rv = apr_uid_name_get(&name, uid, pool);
        if (rv)
            return gov_err_apr(rv, pool, "name of the current user");
        store->user = name;
    }
    rv = apr_thread_mutex_create(&store->lock, APR_THREAD_MUTEX_DEFAULT, pool);
    if (!rv)
        rv = apr_thread_cond_create(&store->freed, pool);
    if (!rv)
        rv = apr_threadkey_private_create(&store->thread_key, end_thread,
                                          pool);
    if (rv)
        return gov_err_apr(rv, pool, "locks of the store");
    rv = apr_pool_create_unmanaged_ex(&store->lease_pool, NULL, NULL);
    if (rv)
        return gov_err_apr(rv, pool, "pool of the leases");
    apr_pool_cleanup_register(pool, store->lease_pool, destroy_pool,
                              apr_pool_cleanup_null);
    store->leases = apr_hash_make(store->lease_pool);
    store->slots = apr_pcalloc(pool, store->max * sizeof(*store->slots));
    store->stack = apr_pcalloc(pool, store->max * sizeof(*store->stack));
    store->n_stack = 0;
    for (i = 0; i < store->max; i++) {
        GOV_TRY(make_slot(&store->slots[i], store, pool));
        store->slots[i].free = true;
        store->stack[store->n_stack++] = &store->slots[i];
    }
    apr_pool_cleanup_register(pool, store, stop, apr_pool_cleanup_null);
    return NULL;
}

gov_db_t *
gov_store__take(gov_store_t *store, apr_interval_time_t wait)
{
    apr_time_t until = 0;
    gov_db_t *db = NULL;

    apr_thread_mutex_lock(store->lock);
    while (!store->n_stack && !store->stopping && wait > 0) {
        if (!until)
            until = gov_store__mono() + wait;
        apr_thread_cond_timedwait(store->freed, store->lock, wait);
        wait = until - gov_store__mono();
    }
    if (store->n_stack && !store->stopping) {
        db = store->stack[--store->n_stack];
        db->free = false;
    }
    apr_thread_mutex_unlock(store->lock);
    return db;
}

void
gov_store__give(gov_db_t *db)
{
    gov_store_t *store = db->store;

    if (db->mysql
        && (db->fault == GOV_FAULT_LOST || db->in_tx || db->streaming
            || gov_store__mono() - db->born > GOV_STORE_AGE)) {
        if (db->fault == GOV_FAULT_LOST)
            gov_store__lost(db);
        gov_store__disconnect(db);
    }
    db->in_tx = db->rerun = db->streaming = false;
    db->fault = GOV_FAULT_NONE;
    db->borrower = NULL;
    apr_thread_mutex_lock(store->lock);
    gov_assert(!db->free);
    db->free = true;
    if (db->mysql)
        store->stack[store->n_stack++] = db;
    else {
        memmove(store->stack + 1, store->stack,
                store->n_stack * sizeof(*store->stack));
        store->stack[0] = db;
        store->n_stack++;
    }
    apr_thread_cond_signal(store->freed);
    apr_thread_mutex_unlock(store->lock);
}

static apr_status_t
give_back(void *baton)
{
    gov_store__give(baton);
    return APR_SUCCESS;
}

/* Is the connection of DB as good as can be known without a round trip? */
static bool
usable(gov_db_t *db)
{
    bool ok;

    if (!db->mysql)
        return false;
    apr_thread_mutex_lock(db->store->lock);
    ok = db->epoch == db->node->epoch;
    apr_thread_mutex_unlock(db->store->lock);
    return ok && !gov_store__hung_up(db);
}

gov_err_t *
gov_store__borrow(gov_db_t **db, bool *busy, gov_store_t *store,
                  apr_pool_t *pool)
{
    gov_db_t *taken;
    gov_err_t *err;

    gov_store__thread(store);
    taken = gov_store__take(store, GOV_STORE_WAIT);
    *busy = !taken;
    if (!taken)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "all %d database connections are busy", store->max);
    if (!usable(taken)) {
        err = gov_store__connect(taken, pool);
        if (err) {
            gov_store__give(taken);
            return err;
        }
    }
    taken->last_errno = 0;
    taken->borrower = pool;
    apr_pool_cleanup_register(pool, taken, give_back, apr_pool_cleanup_null);
    *db = taken;
    return NULL;
}

gov_err_t *
gov_store_borrow(gov_db_t **db, gov_store_t *store, apr_pool_t *pool)
{
    bool busy;

    return gov_store__borrow(db, &busy, store, pool);
}

void
gov_store_return(gov_db_t *db)
{
    gov_assert(db->borrower);
    apr_pool_cleanup_run(db->borrower, db, give_back);
}

gov_err_t *
gov_store_read(gov_store_t *store, gov_store_fn_t fn, void *baton,
               apr_pool_t *pool)
{
    apr_pool_t *scratch;
    gov_db_t *db;
    gov_err_t *err;

    apr_pool_create(&scratch, pool);
    GOV_TRY(gov_store_borrow(&db, store, pool));
    err = fn(db, baton, scratch);
    gov_store_return(db);
    if (!err)                     /* an error may live there */
        apr_pool_destroy(scratch);
    return err;
}

/* One thread asks, the others hear the last answer; who has been asking for
   long is an answer, too. */
bool
gov_store_alive(gov_store_t *store)
{
    apr_time_t now = gov_store__mono();
    gov_db_t *db = NULL;
    apr_pool_t *pool;
    bool answer;

    apr_thread_mutex_lock(store->lock);
    if (store->asking && now - store->asked > GOV_STORE_QUICK)
        store->alive = false;
    answer = store->alive;
    if (!store->asking && (!store->asked || now - store->asked >= 200000)
        && store->n_stack && !store->stopping) {
        store->asking = true;
        store->asked = now;
        db = store->stack[--store->n_stack];
        db->free = false;
    }
    apr_thread_mutex_unlock(store->lock);
    if (!db)
        return answer;

    gov_store__thread(store);
    apr_pool_create_unmanaged_ex(&pool, NULL, NULL);
    if (usable(db))
        answer = gov_store__ready(db);
    else
        answer = gov_store__connect(db, pool) == NULL;
    if (!answer)
        db->fault = GOV_FAULT_LOST;
    gov_store__give(db);
    apr_pool_destroy(pool);
    apr_thread_mutex_lock(store->lock);
    store->alive = answer;
    store->asking = false;
    apr_thread_mutex_unlock(store->lock);
    return answer;
}

gov_err_t *
gov_store__open_slow(gov_db_t **db, gov_store_t *store, apr_pool_t *pool)
{
    gov_db_t *d = apr_pcalloc(pool, sizeof(*d));

    gov_store__thread(store);
    GOV_TRY(make_slot(d, store, pool));
    d->slow = true;
    GOV_TRY(gov_store__connect(d, pool));
    *db = d;
    return NULL;
}

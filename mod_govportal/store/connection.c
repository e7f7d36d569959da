/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* connection.c -- one connection: which node, how to get there, is it well. */

#include <errmsg.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "store_priv.h"

/* The waits for locks, and a statement as a whole, end before our READ time-out
   does, so that the server gives us an answer instead of leaving us in doubt.
   READ COMMITTED: what a transaction reads after it waited for a guard row is
   what the one before it wrote, not what was there when it began. */
static const char quick_session[] =
    "SET SESSION wsrep_sync_wait=1, time_zone='+00:00',"
    " tx_isolation='READ-COMMITTED',"
    " innodb_lock_wait_timeout=2, lock_wait_timeout=2,"
    " max_statement_time=2.5, sql_mode='STRICT_ALL_TABLES,"
    "ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
    "NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY'";
static const char slow_session[] =
    "SET SESSION wsrep_sync_wait=1, time_zone='+00:00',"
    " innodb_lock_wait_timeout=60, lock_wait_timeout=60,"
    " max_statement_time=0, sql_mode='STRICT_ALL_TABLES,"
    "ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
    "NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY'";

static apr_status_t
close_mysql(void *baton)
{
    gov_db_t *db = baton;

    mysql_close(db->mysql);
    db->mysql = NULL;
    return APR_SUCCESS;
}

void
gov_store__disconnect(gov_db_t *db)
{
    /* Cleanups run last in, first out: the statements, then the connection. */
    apr_pool_clear(db->pool);
    db->mysql = NULL;
    db->prepared = NULL;
    db->n_prepared = 0;
    db->node = NULL;
    db->events = NULL;
    db->event_pool = NULL;
    db->fault = GOV_FAULT_NONE;
}

void
gov_store__lost(gov_db_t *db)
{
    gov_store_t *store = db->store;

    if (!db->node)
        return;
    apr_thread_mutex_lock(store->lock);
    if (db->epoch == db->node->epoch)
        db->node->epoch++;
    apr_thread_mutex_unlock(store->lock);
}

/* An idle connection has nothing to say; if there is something to read, it is
   the server's farewell. */
bool
gov_store__hung_up(gov_db_t *db)
{
    struct pollfd p = { .fd = mysql_get_socket(db->mysql),
                        .events = POLLIN };

    return p.fd < 0 || poll(&p, 1, 0) != 0;
}

gov_err_t *
gov_store__query(gov_db_t *db, const char *sql, apr_size_t len,
                 apr_pool_t *pool)
{
    MYSQL_RES *result;

    if (mysql_real_query(db->mysql, sql, (unsigned long)len) != 0)
        return gov_store__error(db, mysql_errno(db->mysql),
                                mysql_error(db->mysql),
                                apr_pstrndup(pool, sql, len < 60 ? len : 60),
                                pool);
    result = mysql_store_result(db->mysql);
    if (result)
        mysql_free_result(result);
    return NULL;
}

/* SELECT 1 and mysql_ping() succeed on a node that has lost its cluster; its
   status tells.  A server without a provider is fine only where no cluster is
   configured: else it is a node that was started without Galera. */
bool
gov_store__ready(gov_db_t *db)
{
    static const char sql[] =
        "SHOW STATUS WHERE Variable_name IN ('wsrep_ready',"
        "'wsrep_cluster_status','wsrep_local_state','wsrep_provider_name')";
    bool on = false, primary = false, galera = false;
    int state = 0;
    MYSQL_RES *result;
    MYSQL_ROW row;

    if (mysql_real_query(db->mysql, sql, sizeof(sql) - 1) != 0
        || !(result = mysql_store_result(db->mysql)))
        return false;
    while ((row = mysql_fetch_row(result)) && row[0] && row[1]) {
        if (!strcmp(row[0], "wsrep_ready"))
            on = !strcmp(row[1], "ON");
        else if (!strcmp(row[0], "wsrep_cluster_status"))
            primary = !strcmp(row[1], "Primary");
        else if (!strcmp(row[0], "wsrep_local_state"))
            state = atoi(row[1]);
        else if (!strcmp(row[0], "wsrep_provider_name"))
            galera = row[1][0] != '\0';
    }
    mysql_free_result(result);
    if (!galera)
        return db->store->n_nodes == 1;
    return on && primary && (state == 4 || state == 2);  /* synced, donor */
}

static gov_err_t *
open_node(gov_db_t *db, gov_store_node_t *node, apr_pool_t *pool)
{
    gov_store_t *store = db->store;
    unsigned connect = GOV_STORE_CONNECT_SECONDS, off = 0;
    unsigned rd = db->slow ? 3600 : GOV_STORE_READ_SECONDS;
    unsigned wr = db->slow ? 3600 : GOV_STORE_WRITE_SECONDS;
    gov_err_t *err;

    gov_store__disconnect(db);
    db->mysql = mysql_init(NULL);
    if (!db->mysql)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool, "mysql_init");
    apr_pool_cleanup_register(db->pool, db, close_mysql,
                              apr_pool_cleanup_null);
    mysql_options(db->mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
    mysql_options(db->mysql, MYSQL_OPT_READ_TIMEOUT, &rd);
    mysql_options(db->mysql, MYSQL_OPT_WRITE_TIMEOUT, &wr);
    mysql_options(db->mysql, MYSQL_OPT_LOCAL_INFILE, &off);
    mysql_options(db->mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    mysql_options(db->mysql, MYSQL_INIT_COMMAND,
                  db->slow ? slow_session : quick_session);
    if (!mysql_real_connect(db->mysql, node->host, store->user,
                            store->password, store->database, node->port,
                            node->socket, CLIENT_FOUND_ROWS))
        err = gov_store__error(db, mysql_errno(db->mysql),
                               mysql_error(db->mysql), node->name, pool);
    else if (!gov_store__ready(db))
        err = gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                      "%s: the node is not part of a working cluster",
                      node->name);
    else {
        db->node = node;
        db->born = gov_store__mono();
        return NULL;
    }
    gov_store__disconnect(db);
    return err;
}

/* A node that failed is left alone for 50 ms, then twice as long each time up
   to 0.8 s, and only one thread looks whether it is back: the others go on
   (or fail) at once instead of waiting for the same time-out. */
static bool
may_try(gov_store_t *store, gov_store_node_t *node, int *epoch)
{
    bool ok = true;

    apr_thread_mutex_lock(store->lock);
    if (node->failures) {
        if (node->probing || gov_store__mono() < node->down_until)
            ok = false;
        else
            node->probing = true;
    }
    *epoch = node->epoch;
    apr_thread_mutex_unlock(store->lock);
    return ok;
}

static void
tried(gov_store_t *store, gov_store_node_t *node, apr_time_t began, bool good)
{
    apr_time_t now = gov_store__mono();

    apr_thread_mutex_lock(store->lock);
    node->probing = false;
    if (good) {
        node->failures = 0;
        node->down_until = 0;
        store->alive = true;
    } else if (began >= node->down_until) {
        /* Threads that failed in the same round count once. */
        if (node->failures < 5)
            node->failures++;
        node->down_until = now + (50000 << (node->failures - 1));
    }
    apr_thread_mutex_unlock(store->lock);
}

/* Every process tries the nodes in the configured order, so that all write to
   the same one; Connector/C's own list would not pass over a node that hangs
   or has lost its cluster. */
gov_err_t *
gov_store__connect(gov_db_t *db, apr_pool_t *pool)
{
    gov_store_t *store = db->store;
    gov_err_t *err = NULL;
    int i, epoch;

    for (i = 0; i < store->n_nodes; i++) {
        gov_store_node_t *node = &store->nodes[i];
        apr_time_t began;

        if (!may_try(store, node, &epoch))
            continue;
        began = gov_store__mono();
        err = open_node(db, node, pool);
        tried(store, node, began, !err);
        if (!err) {
            db->epoch = epoch;
            db->fault = GOV_FAULT_NONE;
            return NULL;
        }
    }
    apr_thread_mutex_lock(store->lock);
    store->alive = false;
    apr_thread_mutex_unlock(store->lock);
    db->fault = GOV_FAULT_LOST;
    return gov_err(GOV_E_UNAVAILABLE, err, pool, "no database answers");
}

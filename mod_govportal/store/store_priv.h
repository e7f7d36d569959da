/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* store_priv.h -- what the files of store/ share. */
#ifndef GOV_STORE_PRIV_H
#define GOV_STORE_PRIV_H

#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>
#include <apr_thread_proc.h>
#include <mysql.h>

#include "gov_asset.h"
#include "gov_event.h"
#include "gov_store.h"

/* How long things may take.  No reader waits for five seconds when the database
   hangs, not even who waited for another's render first (RENDER_PATIENCE); a writer
   whose COMMIT is not answered may. */
#define GOV_STORE_CONNECT_SECONDS 2
#define GOV_STORE_READ_SECONDS 3
#define GOV_STORE_WRITE_SECONDS 3
/* For a free connection. */
#define GOV_STORE_WAIT (2 * APR_USEC_PER_SEC)
/* For running again after deadlocks and doubtful commits. */
#define GOV_STORE_RETRY (8 * APR_USEC_PER_SEC)
/* For running again while no database answers. */
#define GOV_STORE_AWAY (4 * APR_USEC_PER_SEC)
/* A failure that took longer was no dead socket but a time-out. */
#define GOV_STORE_QUICK (1 * APR_USEC_PER_SEC)
/* Older connections are replaced, so that all return to the first node. */
#define GOV_STORE_AGE (600 * APR_USEC_PER_SEC)

/* What an error means for the connection and the transaction. */
typedef enum gov_fault_t {
    GOV_FAULT_NONE,     /* nothing failed, or only this statement did */
    GOV_FAULT_RETRY,    /* ROLLBACK and run again on this connection */
    GOV_FAULT_LOST      /* the connection is of no use any more */
} gov_fault_t;

/* One entry of GovDatabase. */
typedef struct gov_store_node_t {
    const char *host;             /* NULL for a socket */
    const char *socket;
    unsigned port;
    const char *name;             /* as configured, for messages */
    int failures;
    apr_time_t down_until;        /* monotonic */
    bool probing;                 /* somebody is looking whether it is back */
    int epoch;                    /* grows when a connection was lost */
} gov_store_node_t;

/* A prepared statement of one connection with the buffers bound to it. */
typedef struct gov_prepared_t gov_prepared_t;

/* A place for a connection; connected or not. */
struct gov_db_t {
    gov_store_t *store;
    apr_pool_t *pool;             /* cleared when the connection is closed */
    MYSQL *mysql;                 /* NULL: not connected */
    gov_store_node_t *node;
    int epoch;                    /* of the node when we connected */
    apr_time_t born;              /* monotonic */
    gov_prepared_t **prepared;    /* by slot number */
    int n_prepared;

    bool free;                    /* in the pool's stack */
    bool slow;                    /* no time-outs: migrations */
    bool in_tx, rerun, streaming;
    gov_fault_t fault;
    unsigned last_errno;
    apr_array_header_t *events;   /* of the running transaction */
    apr_pool_t *event_pool;
    apr_pool_t *borrower;
};

struct gov_store_t {
    const gov_clock_t *clock;
    const char *database, *user, *password, *state_dir;
    bool user_given;              /* by the configuration */
    gov_store_node_t *nodes;
    int n_nodes;
    int max;

    apr_pool_t *pool;             /* of gov_store_start */
    apr_thread_mutex_t *lock;     /* everything below, and the nodes */
    apr_thread_cond_t *freed;
    gov_db_t *slots;
    gov_db_t **stack;             /* free ones; the last is taken first */
    int n_stack;
    bool stopping;

    bool alive, asking;
    apr_time_t asked;

    apr_threadkey_t *thread_key;
    gov_event_fn_t listener;
    void *listener_baton;
    gov_asset_check_fn_t asset_check; /* or NULL */
    void *asset_baton;
    apr_hash_t *leases;           /* lease.c's memory, by name */
    apr_pool_t *lease_pool;
};

/* clock.c: microseconds that never jump. */
apr_time_t gov_store__mono(void);
/* A random number below @a limit. */
unsigned gov_store__random(gov_store_t *store, unsigned limit);

/* fault.c */
gov_fault_t gov_store__fault(unsigned number);
/* The error for @a number; remembers in DB what it means. */
gov_err_t *gov_store__error(gov_db_t *db, unsigned number, const char *text,
                            const char *what, apr_pool_t *pool);

/* connection.c */
/* Make sure that DB is connected to a node that answers. */
gov_err_t *gov_store__connect(gov_db_t *db, apr_pool_t *pool);
void gov_store__disconnect(gov_db_t *db);
/* The connection broke: whatever else idles on its node is suspect too. */
void gov_store__lost(gov_db_t *db);
/* Has the other side hung up?  Costs one system call, no round trip. */
bool gov_store__hung_up(gov_db_t *db);
/* Is the node fit for work?  One round trip. */
bool gov_store__ready(gov_db_t *db);
/* Run @a sql, which has no parameters and no result worth reading. */
gov_err_t *gov_store__query(gov_db_t *db, const char *sql, apr_size_t len,
                            apr_pool_t *pool);

/* store.c */
/* A place that is not in the pool, for work without time-outs. */
gov_err_t *gov_store__open_slow(gov_db_t **db, gov_store_t *store,
                                apr_pool_t *pool);
/* Take a free place; @a wait 0 answers at once.  Not connected yet. */
gov_db_t *gov_store__take(gov_store_t *store, apr_interval_time_t wait);
void gov_store__give(gov_db_t *db);
/* gov_store_borrow(); BUSY tells which of the two ways it failed. */
gov_err_t *gov_store__borrow(gov_db_t **db, bool *busy, gov_store_t *store,
                             apr_pool_t *pool);
/* Connector/C wants to know of each thread. */
void gov_store__thread(gov_store_t *store);

#endif

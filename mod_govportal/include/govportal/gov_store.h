/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_store.h
 *  @brief The database: connections, transactions, statements.
 *  Floor: store, owner of Connector/C.
 *
 *  Statements are written in .sql files; build/sqlgen.awk makes from each one a
 *  constant gov_stmt_t and a typed wrapper gov_sql_<name>().  Nobody else builds
 *  SQL.  Error codes: UNAVAILABLE (no database within the time-out), CONFLICT
 *  (duplicate key, or a foreign key), INVALID (value too long or malformed),
 *  INTERNAL.
 */
#ifndef GOV_STORE_H
#define GOV_STORE_H

#include "gov_base.h"
#include "gov_check.h"
#include "gov_config.h"

typedef struct gov_db_t gov_db_t;             /**< a borrowed connection */

/** Remember how to connect; opens nothing.  Before fork is fine. */
GOV_API gov_err_t *gov_store_create(gov_store_t **store,
                                    const gov_config_t *config,
                                    const gov_clock_t *clock, apr_pool_t *pool);
/** Make the pool of connections (lazily filled).  In each process, after fork.
 *  Connections: CONNECT 2 s, READ 3 s, WRITE 3 s, utf8mb4, UTC,
 *  wsrep_sync_wait=1; prepared statements are kept per connection. */
GOV_API gov_err_t *gov_store_start(gov_store_t *store, apr_pool_t *pool);

typedef gov_err_t *(*gov_store_fn_t)(gov_db_t *db, void *baton,
                                     apr_pool_t *scratch);

/** BEGIN, @a fn, COMMIT.  On any error ROLLBACK; deadlocks and lost connections
 *  run @a fn again from BEGIN (with a cleared scratch pool): after deadlocks and
 *  commits that were not answered for at most 8 s, after other losses for 4 s, not
 *  at all on the only node when it hangs.
 *  @a fn must have no effect outside the database.  After COMMIT the events
 *  added by @a fn are handed to the listener. */
GOV_API gov_err_t *gov_store_tx(gov_store_t *store, gov_store_fn_t fn,
                                void *baton, apr_pool_t *pool);
/** Borrow a connection for reading; given back when @a fn returns. */
GOV_API gov_err_t *gov_store_read(gov_store_t *store, gov_store_fn_t fn,
                                  void *baton, apr_pool_t *pool);
/** The same without a callback; give back before rendering. */
GOV_API gov_err_t *gov_store_borrow(gov_db_t **db, gov_store_t *store,
                                    apr_pool_t *pool);
GOV_API void gov_store_return(gov_db_t *db);
/** True in a second or later run of fn after a commit whose outcome is unknown:
 *  a duplicate on the idempotency key then means "already done". */
GOV_API bool gov_db_is_rerun(const gov_db_t *db);
/** Is the database there?  Asks at most every 200 ms. */
GOV_API bool gov_store_alive(gov_store_t *store);

/** Tell how the server and the database are set: version, character set, strict
 *  mode, durability, the clock, tables of other engines, what httpd's account may
 *  do beyond rows, and what waits in the change feed and among the jobs.
 *  UNAVAILABLE: it does not answer. */
GOV_API gov_err_t *gov_store_check(gov_store_t *store,
                                   const gov_check_t *check, apr_pool_t *pool);

/* --- statements: used by generated code only ------------------------------ */

/** Value kinds: the words after ':' in "-- :in" and "-- :out". */
typedef enum gov_sql_kind_t {
    GOV_SQL_ID,     /**< id: apr_int64_t, 0 is NULL */
    GOV_SQL_INT,    /**< int: apr_int64_t */
    GOV_SQL_BOOL,   /**< bool: bool */
    GOV_SQL_TEXT,   /**< text: const char *, NULL is NULL */
    GOV_SQL_BYTES,  /**< bytes: gov_bytes_t, data NULL is NULL */
    GOV_SQL_TIME,   /**< time: apr_time_t <-> DATETIME(6), 0 is NULL */
    GOV_SQL_REAL    /**< real: double */
} gov_sql_kind_t;

typedef struct gov_sql_col_t {
    const char *name;
    gov_sql_kind_t kind;
    unsigned short offset;        /**< in the in or out struct */
} gov_sql_col_t;

typedef struct gov_stmt_t {
    const char *name;
    const char *sql;
    const gov_sql_col_t *in, *out;
    unsigned char n_in, n_out;
    bool hot;
    unsigned short row_size;
    int *slot;                    /**< process-wide number, given on first use */
} gov_stmt_t;

/** Run with the values at @a in; @a affected and @a insert_id may be NULL. */
GOV_API gov_err_t *gov_stmt_exec(apr_int64_t *affected, apr_int64_t *insert_id,
                                 gov_db_t *db, const gov_stmt_t *stmt,
                                 const void *in, apr_pool_t *pool);
/** Exactly the first row into @a row; NOT_FOUND if there is none. */
GOV_API gov_err_t *gov_stmt_one(void *row, gov_db_t *db, const gov_stmt_t *stmt,
                                const void *in, apr_pool_t *pool);
/** All rows as an array of row structs. */
GOV_API gov_err_t *gov_stmt_many(apr_array_header_t **rows, gov_db_t *db,
                                 const gov_stmt_t *stmt, const void *in,
                                 apr_pool_t *pool);
/** Row by row, unbuffered; @a fn gets a row whose texts live until it returns. */
typedef gov_err_t *(*gov_row_fn_t)(void *baton, const void *row,
                                   apr_pool_t *scratch);
GOV_API gov_err_t *gov_stmt_each(gov_db_t *db, const gov_stmt_t *stmt,
                                 const void *in, gov_row_fn_t fn, void *baton,
                                 apr_pool_t *pool);

#endif

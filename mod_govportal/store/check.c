/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* check.c -- is the database as the program needs it? */

#include <apr_file_info.h>
#include <apr_user.h>
#include <stdlib.h>
#include <string.h>

#include "gov_time.h"
#include "store_priv.h"
#include "sql_store.h"

/* The oldest server with the collations that the tables have. */
#define VERSION_MAJOR 10
#define VERSION_MINOR 11
/* An asset's chunk is 1 MB; a statement with it must fit. */
#define PACKET_LEAST (16 * 1024 * 1024)
/* Times are compared between nodes: leases, schedules, codes of 30 seconds. */
#define CLOCK_GOOD (2 * APR_USEC_PER_SEC)
#define CLOCK_MOST (15 * APR_USEC_PER_SEC)
/* Events are numbered within a second, jobs run when they are due. */
#define EVENTS_PATIENCE (60 * APR_USEC_PER_SEC)
#define JOBS_PATIENCE (600 * APR_USEC_PER_SEC)

typedef struct look_t {
    gov_store_t *store;
    const gov_check_t *check;
    const char *who;              /* httpd's account */
} look_t;

static void
version(const look_t *l, const char *text, apr_pool_t *pool)
{
    char *end;
    long major = strtol(text, &end, 10);
    long minor = *end == '.' ? strtol(end + 1, NULL, 10) : 0;
    bool fits = strstr(text, "MariaDB") != NULL
        && (major > VERSION_MAJOR
            || (major == VERSION_MAJOR && minor >= VERSION_MINOR));

    gov_check_tell(l->check, GOV_GRADE_FAIL,
                   apr_pstrcat(pool, "database server ", text, NULL),
                   fits ? NULL
                   : apr_psprintf(pool, "MariaDB %d.%d or newer is needed",
                                  VERSION_MAJOR, VERSION_MINOR));
}

static void
durability(const look_t *l, const gov_row_server_facts_t *row,
           apr_pool_t *pool)
{
    gov_check_tell(l->check, GOV_GRADE_FAIL,
                   "innodb_flush_log_at_trx_commit is 1", row->flush == 1
                   ? NULL
                   : apr_psprintf(pool, "it is %" APR_INT64_T_FMT ": what was "
                                  "confirmed to a citizen may be lost with the "
                                  "power", row->flush));
    if (row->log_bin)
        gov_check_tell(l->check, GOV_GRADE_WARNING, "sync_binlog is 1",
                       row->sync_binlog == 1 ? NULL
                       : "a replica may miss what this server has confirmed");
}

/* Asking takes a while, in the middle of which the server looked at its clock. */
static void
clocks(const look_t *l, apr_time_t theirs, apr_time_t before,
       apr_time_t after, apr_pool_t *pool)
{
    apr_interval_time_t apart = theirs - (before + after) / 2;
    apr_interval_time_t size = apart < 0 ? -apart : apart;

    size -= (after - before) / 2;
    gov_check_tell(l->check, size > CLOCK_MOST ? GOV_GRADE_FAIL
                                               : GOV_GRADE_WARNING,
                   "clocks of the node and the database", size <= CLOCK_GOOD
                   ? NULL
                   : apr_psprintf(pool, "they are %" APR_TIME_T_FMT
                                  " seconds apart; let both follow the same "
                                  "time servers", apr_time_sec(size)));
}

static gov_err_t *
server(gov_db_t *db, const look_t *l, apr_pool_t *pool)
{
    apr_time_t before = gov_now(l->store->clock), after;
    gov_row_server_facts_t row;

    GOV_TRY(gov_sql_server_facts(&row, db, pool));
    after = gov_now(l->store->clock);
    version(l, row.version, pool);
    gov_check_tell(l->check, GOV_GRADE_FAIL,
                   "character set of the database is utf8mb4",
                   row.text_in && !strcmp(row.text_in, "utf8mb4") ? NULL
                   : apr_psprintf(pool, "it is %s; tables made from now on "
                                  "lose characters", row.text_in));
    /* our own sessions are strict whatever the server says */
    gov_check_tell(l->check, GOV_GRADE_WARNING, "sql_mode is strict",
                   strstr(row.mode, "STRICT_ALL_TABLES")
                   || strstr(row.mode, "STRICT_TRANS_TABLES") ? NULL
                   : "other clients may store values that do not fit");
    durability(l, &row, pool);
    gov_check_tell(l->check, GOV_GRADE_FAIL, "transactions are isolated",
                   strcmp(row.isolation, "READ-UNCOMMITTED") ? NULL
                   : "sessions read what is not committed");
    gov_check_tell(l->check, GOV_GRADE_FAIL, "max_allowed_packet",
                   row.packet >= PACKET_LEAST ? NULL
                   : "it is less than 16 MB; files cannot be stored");
    clocks(l, row.now, before, after, pool);
    return NULL;
}

static gov_err_t *
tables(gov_db_t *db, const look_t *l, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    const char *odd = NULL;
    int i;

    GOV_TRY(gov_sql_tables_odd(&rows, db, pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_tables_odd_t *row = &APR_ARRAY_IDX(
            rows, i, gov_row_tables_odd_t);

        odd = apr_psprintf(pool, "%s%s%s (%s, %s)", odd ? odd : "",
                           odd ? ", " : "", row->name, row->engine,
                           row->text_in);
    }
    gov_check_tell(l->check, GOV_GRADE_FAIL, "tables are InnoDB and utf8mb4",
                   odd ? apr_pstrcat(pool, "not so: ", odd, NULL) : NULL);
    return NULL;
}

/* --- rights ---------------------------------------------------------------- */

/* The account that httpd logs in as: the configured one, or that of the user who
   owns the server's files. */
static const char *
account(const gov_store_t *store, apr_pool_t *pool)
{
    apr_finfo_t info;
    char *name;

    if (store->user_given)
        return store->user;
    if (apr_stat(&info, store->state_dir, APR_FINFO_USER, pool)
        || apr_uid_name_get(&name, info.user, pool))
        return NULL;
    return name;
}

static bool
is_needed(const gov_row_account_rights_t *row)
{
    static const char *const needed[] = { "SELECT", "INSERT", "UPDATE",
                                          "DELETE" };
    unsigned i;

    if (!strcmp(row->may, "USAGE"))
        return true;
    for (i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
        if (!*row->place && !strcmp(row->may, needed[i]))
            return true;
    return false;
}

/* All that is given there, or the first few. */
static const char *
add_right(const char *text, const gov_row_account_rights_t *row, int count,
          apr_pool_t *pool)
{
    if (count > 4)
        return count == 5 ? apr_pstrcat(pool, text, ", ...", NULL) : text;
    return apr_pstrcat(pool, text ? text : "", text ? ", " : "", row->may,
                       *row->place ? " on " : "", row->place, NULL);
}

static gov_err_t *
rights(gov_db_t *db, const look_t *l, apr_pool_t *pool)
{
    const char *what, *who, *more = NULL;
    apr_array_header_t *rows;
    int i, count = 0;

    if (!l->who)
        return NULL;
    what = apr_psprintf(pool, "rights of the database account %s", l->who);
    who = apr_psprintf(pool, "'%s'@", l->who);
    GOV_TRY(gov_sql_account_rights(&rows, db, who, who, pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_account_rights_t *row = &APR_ARRAY_IDX(
            rows, i, gov_row_account_rights_t);

        if (!is_needed(row))
            more = add_right(more, row, ++count, pool);
    }
    if (!rows->nelts)
        more = "this user cannot see them; run it as that account or as the "
               "database's administrator";
    else if (more)
        more = apr_pstrcat(pool, "httpd needs no more than SELECT, INSERT, "
                           "UPDATE, DELETE; it has ", more, NULL);
    gov_check_tell(l->check, GOV_GRADE_WARNING, what, more);
    return NULL;
}

/* --- what waits ------------------------------------------------------------ */

static gov_err_t *
waiting(gov_db_t *db, const look_t *l, apr_pool_t *pool)
{
    apr_time_t now = gov_now(l->store->clock);
    gov_row_events_late_t events;
    gov_row_jobs_late_t jobs;

    GOV_TRY(gov_sql_events_late(&events, db, now - EVENTS_PATIENCE, pool));
    gov_check_tell(l->check, GOV_GRADE_FAIL, "the change feed moves",
                   !events.number ? NULL
                   : apr_psprintf(pool, "%" APR_INT64_T_FMT " events wait for "
                                  "their number, the oldest since %s: does "
                                  "httpd run?", events.number,
                                  gov_time_utc(events.oldest, pool)));
    GOV_TRY(gov_sql_jobs_late(&jobs, db, now - JOBS_PATIENCE, pool));
    gov_check_tell(l->check, GOV_GRADE_WARNING, "jobs are done when due",
                   !jobs.late && !jobs.failed ? NULL
                   : apr_psprintf(pool, "%" APR_INT64_T_FMT " are late, %"
                                  APR_INT64_T_FMT " failed", jobs.late,
                                  jobs.failed));
    return NULL;
}

static gov_err_t *
look(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const look_t *l = baton;

    GOV_TRY(server(db, l, pool));
    GOV_TRY(tables(db, l, pool));
    GOV_TRY(rights(db, l, pool));
    return waiting(db, l, pool);
}

gov_err_t *
gov_store_check(gov_store_t *store, const gov_check_t *check,
                apr_pool_t *pool)
{
    look_t l = { store, check, account(store, pool) };
    gov_db_t *db;
    gov_err_t *err;

    /* not gov_store_read(): that may run its work twice, and what was told stays
       told */
    GOV_TRY(gov_store_borrow(&db, store, pool));
    err = look(db, &l, pool);
    gov_store_return(db);
    return err;
}

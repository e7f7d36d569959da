/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* schema.c -- migrations: what is there, what was applied, apply the rest. */

#include <apr_escape.h>
#include <apr_file_info.h>
#include <apr_sha1.h>
#include <mysqld_error.h>
#include <stdlib.h>
#include <string.h>

#include "gov_file.h"
#include "gov_schema.h"
#include "gov_text.h"
#include "gov_time.h"
#include "store_priv.h"
#include "sql_store.h"

#define LEASE "schema"
#define LEASE_LENGTH (600 * APR_USEC_PER_SEC)
#define MAX_FILE (4 * 1024 * 1024)

static const char *
digest_of(gov_bytes_t text, apr_pool_t *pool)
{
    unsigned char sum[APR_SHA1_DIGESTSIZE];
    apr_sha1_ctx_t sha1;

    apr_sha1_init(&sha1);
    apr_sha1_update_binary(&sha1, (const unsigned char *)text.data,
                           (unsigned)text.len);
    apr_sha1_final(sum, &sha1);
    return apr_pescape_hex(pool, sum, sizeof(sum), 0);
}

/* "0007-edition-index.sql" is 7; anything else is 0. */
static int
version_of(const char *name)
{
    apr_size_t len = strlen(name);

    if (strspn(name, "0123456789") != 4 || name[4] != '-' || len < 10
        || strcmp(name + len - 4, ".sql"))
        return 0;
    return atoi(name);
}

static int
by_version(const void *a, const void *b)
{
    return ((const gov_migration_t *)a)->version
           - ((const gov_migration_t *)b)->version;
}

/* The migrations in DIR, in order, none applied yet. */
static gov_err_t *
find(apr_array_header_t **migrations, const char *component, const char *dir,
     apr_pool_t *pool)
{
    apr_array_header_t *found = apr_array_make(pool, 16,
                                               sizeof(gov_migration_t));
    apr_finfo_t info;
    apr_status_t rv;
    apr_dir_t *d;
    int i;

    rv = apr_dir_open(&d, dir, pool);
    if (rv)
        return gov_err_apr(rv, pool, "opening %s", dir);
    while (!apr_dir_read(&info, APR_FINFO_NAME, d)) {
        gov_migration_t *m;
        gov_bytes_t text;

        if (!version_of(info.name))
            continue;
        m = apr_array_push(found);
        memset(m, 0, sizeof(*m));
        m->component = apr_pstrdup(pool, component);
        m->version = version_of(info.name);
        m->file = apr_psprintf(pool, "%s/%s", dir, info.name);
        GOV_TRY(gov_file_read(&text, m->file, MAX_FILE, pool));
        m->digest = digest_of(text, pool);
    }
    apr_dir_close(d);
    qsort(found->elts, (size_t)found->nelts, sizeof(gov_migration_t),
          by_version);
    for (i = 1; i < found->nelts; i++) {
        gov_migration_t *m = &APR_ARRAY_IDX(found, i, gov_migration_t);

        if (m->version == m[-1].version)
            return gov_err(GOV_E_INVALID, NULL, pool,
                           "%s and %s have the same number", m[-1].file,
                           m->file);
    }
    *migrations = found;
    return NULL;
}

/* What gov_schema says of COMPONENT; nothing while there is no such table. */
static gov_err_t *
applied(apr_array_header_t **rows, gov_db_t *db, const char *component,
        apr_pool_t *pool)
{
    gov_err_t *err = gov_sql_schema_applied(rows, db, component, pool);

    if (err && db->last_errno == ER_NO_SUCH_TABLE) {
        *rows = apr_array_make(pool, 0, sizeof(gov_row_schema_applied_t));
        return NULL;
    }
    return err;
}

static void
mark(apr_array_header_t *migrations, const apr_array_header_t *rows)
{
    int i, j;

    for (i = 0; i < migrations->nelts; i++) {
        gov_migration_t *m = &APR_ARRAY_IDX(migrations, i, gov_migration_t);

        for (j = 0; j < rows->nelts; j++) {
            gov_row_schema_applied_t *row =
                &APR_ARRAY_IDX(rows, j, gov_row_schema_applied_t);

            if (row->version == m->version) {
                m->applied = row->applied_at;
                m->changed = strcmp(row->digest, m->digest) != 0;
            }
        }
    }
}

gov_err_t *
gov_schema_status(apr_array_header_t **migrations, gov_store_t *store,
                  const char *component, const char *dir, apr_pool_t *pool)
{
    apr_array_header_t *found, *rows;
    gov_db_t *db;
    gov_err_t *err;

    GOV_TRY(find(&found, component, dir, pool));
    GOV_TRY(gov_store_borrow(&db, store, pool));
    err = applied(&rows, db, component, pool);
    gov_store_return(db);
    if (err)
        return err;
    mark(found, rows);
    *migrations = found;
    return NULL;
}

/* Run the statements of one file.  A statement ends with ';' at the end of a
   line; lines beginning with "--" are comments. */
static gov_err_t *
run_file(gov_db_t *db, const char *file, apr_pool_t *pool)
{
    gov_buf_t *sql = gov_buf_create(4096, pool);
    gov_bytes_t text;
    int line = 0, first = 0;
    char *rest, *next;

    GOV_TRY(gov_file_read(&text, file, MAX_FILE, pool));
    for (rest = (char *)(apr_uintptr_t)text.data; rest; rest = next) {
        apr_size_t len;
        gov_err_t *err;

        line++;
        next = strchr(rest, '\n');
        len = next ? (apr_size_t)(next - rest) : strlen(rest);
        if (next)
            next++;
        while (len && strchr(" \t\r", rest[len - 1]))
            len--;
        if (!len || !strncmp(rest, "--", 2))
            continue;
        if (!sql->len)
            first = line;
        gov_buf_add(sql, rest, len);
        gov_buf_add(sql, "\n", 1);
        if (rest[len - 1] != ';')
            continue;
        err = gov_store__query(db, sql->data, sql->len - 2, pool);
        if (err)
            return gov_err(err->code, err, pool, "%s:%d", file, first);
        sql->len = 0;
    }
    if (sql->len)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s:%d: the statement has no ';' at a line's end", file,
                       first);
    return NULL;
}

typedef struct record_t {
    const gov_migration_t *migration;
    const char *who;
} record_t;

static gov_err_t *
record(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    record_t *r = baton;

    return gov_sql_schema_record(NULL, db, r->migration->component,
                                 r->migration->version, r->migration->digest,
                                 r->migration->applied, r->who, pool);
}

/* The lease keeps a second runner out; before the first migration there is no
   table for it, but creating tables twice does no harm. */
static gov_err_t *
alone(bool *leased, gov_store_t *store, const char *who, apr_pool_t *pool)
{
    bool held;
    gov_db_t *db;
    gov_err_t *err;
    gov_row_schema_version_t row;
    unsigned number;

    GOV_TRY(gov_store_borrow(&db, store, pool));
    err = gov_sql_schema_version(&row, db, "core", pool);
    number = db->last_errno;
    gov_store_return(db);
    if (err)
        return number == ER_NO_SUCH_TABLE ? NULL : err;
    if (row.version < 1)
        return NULL;
    GOV_TRY(gov_lease_take(&held, store, LEASE, who, LEASE_LENGTH, pool));
    if (!held)
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "another runner is applying migrations");
    *leased = true;
    return NULL;
}

static gov_err_t *
apply_one(gov_migration_t *m, bool *leased, gov_store_t *store,
          gov_db_t *db, const char *owner, const char *who, apr_pool_t *pool)
{
    record_t r = { .migration = m, .who = who };

    if (!*leased)
        GOV_TRY(alone(leased, store, owner, pool));
    GOV_TRY(run_file(db, m->file, pool));
    m->applied = gov_now(store->clock);
    m->changed = false;
    return gov_store_tx(store, record, &r, pool);
}

gov_err_t *
gov_schema_apply(gov_store_t *store, const char *component, const char *dir,
                 const char *who, gov_schema_fn_t fn, void *baton,
                 apr_pool_t *pool)
{
    const char *owner = apr_psprintf(pool, "%.60s-%08x", who,
                                     gov_store__random(store, 0x7fffffff));
    apr_array_header_t *migrations;
    apr_pool_t *iterpool;
    gov_err_t *err = NULL;
    bool leased = false;
    gov_db_t *db;
    int i;

    GOV_TRY(gov_schema_status(&migrations, store, component, dir, pool));
    GOV_TRY(gov_store__open_slow(&db, store, pool));
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < migrations->nelts && !err; i++) {
        gov_migration_t *m = &APR_ARRAY_IDX(migrations, i, gov_migration_t);

        if (m->applied)
            continue;
        apr_pool_clear(iterpool);
        err = apply_one(m, &leased, store, db, owner, who, iterpool);
        if (!err && fn)
            fn(baton, m);
    }
    gov_store__disconnect(db);
    if (leased) {
        gov_err_t *second = gov_lease_give(store, LEASE, owner, pool);

        if (!err)
            err = second;
    }
    if (!err)
        apr_pool_destroy(iterpool);
    return err;
}

gov_err_t *
gov_schema_version(int *version, gov_store_t *store, const char *component,
                   apr_pool_t *pool)
{
    gov_row_schema_version_t row;
    unsigned number;
    gov_db_t *db;
    gov_err_t *err;

    GOV_TRY(gov_store_borrow(&db, store, pool));
    err = gov_sql_schema_version(&row, db, component, pool);
    number = db->last_errno;
    gov_store_return(db);
    if (err && number != ER_NO_SUCH_TABLE)
        return err;
    *version = err ? 0 : (int)row.version;
    return NULL;
}

gov_err_t *
gov_schema_check(gov_store_t *store, apr_pool_t *pool)
{
    int version;

    GOV_TRY(gov_schema_version(&version, store, "core", pool));
    if (version < GOV_SCHEMA_MIN)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "the database has schema %d, this release needs %d; run "
                       "govctl schema apply", version, GOV_SCHEMA_MIN);
    if (version > GOV_SCHEMA_MAX)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "the database has schema %d, this release knows %d; "
                       "install a newer one", version, GOV_SCHEMA_MAX);
    return NULL;
}

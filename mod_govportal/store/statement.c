/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* statement.c -- prepared statements: bind, execute, fetch.
 *
 * A statement is prepared when a connection first runs it and kept until the
 * connection is closed, so running it again is one round trip.  Rows are read
 * unbuffered: MariaDB's packet is decoded in place, and texts go from it
 * straight into the caller's pool, at their exact size. */

#include <errmsg.h>
#include <string.h>

#include "store_priv.h"

typedef union value_t {
    long long number;
    double real;
    MYSQL_TIME time;
} value_t;

struct gov_prepared_t {
    MYSQL_STMT *handle;
    MYSQL_BIND *in, *out;
    value_t *in_value, *out_value;
    unsigned long *in_len, *out_len;
    my_bool *in_null, *out_null, *out_error;
};

static apr_status_t
close_statement(void *baton)
{
    mysql_stmt_close(baton);
    return APR_SUCCESS;
}

/* Slots are numbers of this process, not of a store: the variable behind
   stmt->slot lies in the code that was generated for the statement and is
   shared by all stores.  They are given once and only grow. */
static int
slot_of(const gov_stmt_t *stmt)
{
    static int last;
    int slot = __atomic_load_n(stmt->slot, __ATOMIC_ACQUIRE), fresh;

    if (slot)
        return slot;
    fresh = __atomic_add_fetch(&last, 1, __ATOMIC_ACQ_REL);
    if (__atomic_compare_exchange_n(stmt->slot, &slot, fresh, false,
                                    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        return fresh;
    return slot;                  /* another thread was faster */
}

static gov_err_t *
failed(gov_db_t *db, MYSQL_STMT *handle, const gov_stmt_t *stmt,
       apr_pool_t *pool)
{
    return gov_store__error(db, mysql_stmt_errno(handle),
                            mysql_stmt_error(handle), stmt->name, pool);
}

static void
bind_out(gov_prepared_t *p, const gov_stmt_t *stmt, apr_pool_t *pool)
{
    int i, n = stmt->n_out;

    p->out = apr_pcalloc(pool, n * sizeof(*p->out));
    p->out_value = apr_pcalloc(pool, n * sizeof(*p->out_value));
    p->out_len = apr_pcalloc(pool, n * sizeof(*p->out_len));
    p->out_null = apr_pcalloc(pool, n * sizeof(*p->out_null));
    p->out_error = apr_pcalloc(pool, n * sizeof(*p->out_error));
    for (i = 0; i < n; i++) {
        MYSQL_BIND *b = &p->out[i];

        b->length = &p->out_len[i];
        b->is_null = &p->out_null[i];
        b->error = &p->out_error[i];
        b->buffer = &p->out_value[i];
        b->buffer_length = sizeof(p->out_value[i]);
        switch (stmt->out[i].kind) {
        case GOV_SQL_ID:
        case GOV_SQL_INT:
        case GOV_SQL_BOOL:
            b->buffer_type = MYSQL_TYPE_LONGLONG;
            break;
        case GOV_SQL_TIME:
            b->buffer_type = MYSQL_TYPE_DATETIME;
            break;
        case GOV_SQL_REAL:
            b->buffer_type = MYSQL_TYPE_DOUBLE;
            break;
        case GOV_SQL_TEXT:
            /* No room on purpose: the length is told, and fetch_column then
               copies once, to the final place. */
            b->buffer_type = MYSQL_TYPE_STRING;
            b->buffer_length = 0;
            break;
        case GOV_SQL_BYTES:
            b->buffer_type = MYSQL_TYPE_BLOB;
            b->buffer_length = 0;
            break;
        }
    }
}

static gov_err_t *
prepare(gov_prepared_t **prepared, gov_db_t *db, const gov_stmt_t *stmt,
        int slot, apr_pool_t *pool)
{
    gov_prepared_t *p = apr_pcalloc(db->pool, sizeof(*p));
    unsigned n_in, n_out;

    if (slot >= db->n_prepared) {
        int n = slot + 64;
        gov_prepared_t **more = apr_pcalloc(db->pool, n * sizeof(*more));

        if (db->n_prepared)
            memcpy(more, db->prepared, db->n_prepared * sizeof(*more));
        db->prepared = more;
        db->n_prepared = n;
    }
    p->handle = mysql_stmt_init(db->mysql);
    if (!p->handle)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool, "mysql_stmt_init");
    apr_pool_cleanup_register(db->pool, p->handle, close_statement,
                              apr_pool_cleanup_null);
    if (mysql_stmt_prepare(p->handle, stmt->sql, strlen(stmt->sql)) != 0) {
        gov_err_t *err = failed(db, p->handle, stmt, pool);

        apr_pool_cleanup_run(db->pool, p->handle, close_statement);
        return err;
    }
    n_in = (unsigned)mysql_stmt_param_count(p->handle);
    n_out = mysql_stmt_field_count(p->handle);
    if (n_in != stmt->n_in || n_out != stmt->n_out) {
        apr_pool_cleanup_run(db->pool, p->handle, close_statement);
        return gov_err(GOV_E_INTERNAL, NULL, pool,
                       "%s takes %u values and gives %u columns, not %d and %d",
                       stmt->name, n_in, n_out, stmt->n_in, stmt->n_out);
    }
    if (n_in) {
        p->in = apr_pcalloc(db->pool, n_in * sizeof(*p->in));
        p->in_value = apr_pcalloc(db->pool, n_in * sizeof(*p->in_value));
        p->in_len = apr_pcalloc(db->pool, n_in * sizeof(*p->in_len));
        p->in_null = apr_pcalloc(db->pool, n_in * sizeof(*p->in_null));
    }
    if (n_out) {
        bind_out(p, stmt, db->pool);
        if (mysql_stmt_bind_result(p->handle, p->out))
            return failed(db, p->handle, stmt, pool);
    }
    db->prepared[slot] = p;
    *prepared = p;
    return NULL;
}

static bool
time_to_mysql(MYSQL_TIME *out, apr_time_t t)
{
    apr_time_exp_t x;

    if (!t || apr_time_exp_gmt(&x, t))
        return false;
    out->year = (unsigned)(x.tm_year + 1900);
    out->month = (unsigned)(x.tm_mon + 1);
    out->day = (unsigned)x.tm_mday;
    out->hour = (unsigned)x.tm_hour;
    out->minute = (unsigned)x.tm_min;
    out->second = (unsigned)x.tm_sec;
    out->second_part = (unsigned long)x.tm_usec;
    out->neg = 0;
    out->time_type = MYSQL_TIMESTAMP_DATETIME;
    return true;
}

static apr_time_t
time_from_mysql(const MYSQL_TIME *in)
{
    apr_time_exp_t x = { 0 };
    apr_time_t t;

    x.tm_year = (apr_int32_t)in->year - 1900;
    x.tm_mon = (apr_int32_t)in->month - 1;
    x.tm_mday = (apr_int32_t)in->day;
    x.tm_hour = (apr_int32_t)in->hour;
    x.tm_min = (apr_int32_t)in->minute;
    x.tm_sec = (apr_int32_t)in->second;
    x.tm_usec = (apr_int32_t)in->second_part;
    return apr_time_exp_gmt_get(&t, &x) ? 0 : t;
}

static void
bind_in(gov_prepared_t *p, const gov_stmt_t *stmt, const void *in)
{
    int i;

    for (i = 0; i < stmt->n_in; i++) {
        const void *at = (const char *)in + stmt->in[i].offset;
        value_t *value = &p->in_value[i];
        MYSQL_BIND *b = &p->in[i];
        const gov_bytes_t *bytes;

        b->buffer = value;
        b->is_null = &p->in_null[i];
        b->length = &p->in_len[i];
        p->in_null[i] = 0;
        switch (stmt->in[i].kind) {
        case GOV_SQL_ID:
        case GOV_SQL_INT:
            b->buffer_type = MYSQL_TYPE_LONGLONG;
            value->number = *(const apr_int64_t *)at;
            p->in_null[i] = stmt->in[i].kind == GOV_SQL_ID && !value->number;
            break;
        case GOV_SQL_BOOL:
            b->buffer_type = MYSQL_TYPE_LONGLONG;
            value->number = *(const bool *)at;
            break;
        case GOV_SQL_REAL:
            b->buffer_type = MYSQL_TYPE_DOUBLE;
            value->real = *(const double *)at;
            break;
        case GOV_SQL_TIME:
            b->buffer_type = MYSQL_TYPE_DATETIME;
            p->in_null[i] = !time_to_mysql(&value->time,
                                           *(const apr_time_t *)at);
            break;
        case GOV_SQL_TEXT:
            b->buffer_type = MYSQL_TYPE_STRING;
            b->buffer = *(char *const *)at;
            p->in_null[i] = !b->buffer;
            p->in_len[i] = b->buffer ? strlen(b->buffer) : 0;
            b->buffer_length = p->in_len[i];
            break;
        case GOV_SQL_BYTES:
            bytes = at;
            b->buffer_type = MYSQL_TYPE_BLOB;
            b->buffer = (void *)(apr_uintptr_t)bytes->data;
            p->in_null[i] = !bytes->data;
            p->in_len[i] = bytes->data ? bytes->len : 0;
            b->buffer_length = p->in_len[i];
            break;
        }
    }
}

static gov_err_t *
run_once(gov_prepared_t **prepared, gov_db_t *db, const gov_stmt_t *stmt,
         const void *in, apr_pool_t *pool)
{
    int slot = slot_of(stmt);
    gov_prepared_t *p = slot < db->n_prepared ? db->prepared[slot] : NULL;

    if (!p)
        GOV_TRY(prepare(&p, db, stmt, slot, pool));
    if (stmt->n_in) {
        bind_in(p, stmt, in);
        if (mysql_stmt_bind_param(p->handle, p->in))
            return failed(db, p->handle, stmt, pool);
    }
    if (mysql_stmt_execute(p->handle) != 0)
        return failed(db, p->handle, stmt, pool);
    *prepared = p;
    return NULL;
}

/* Execute.  Outside of a transaction nothing but reading happens, so a
   connection that turns out to be dead is replaced and the statement run once
   more: a restart of the database between two requests goes unnoticed. */
static gov_err_t *
run(gov_prepared_t **prepared, gov_db_t *db, const gov_stmt_t *stmt,
    const void *in, apr_pool_t *pool)
{
    apr_time_t began;
    gov_err_t *err;

    if (db->streaming)
        return gov_err(GOV_E_INTERNAL, NULL, pool,
                       "%s: the connection is in the middle of gov_stmt_each",
                       stmt->name);
    /* After a deadlock the server has left the transaction; what came now
       would be committed alone. */
    if (db->fault != GOV_FAULT_NONE && (db->in_tx || !db->mysql))
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "%s: not run, the transaction has failed", stmt->name);
    db->fault = GOV_FAULT_NONE;
    if (db->in_tx)
        return run_once(prepared, db, stmt, in, pool);

    began = gov_store__mono();
    err = run_once(prepared, db, stmt, in, pool);
    if (!err || db->fault == GOV_FAULT_NONE
        || gov_store__mono() - began >= GOV_STORE_QUICK)
        return err;
    if (db->fault == GOV_FAULT_LOST) {
        gov_store__lost(db);
        GOV_TRY(gov_store__connect(db, pool));
    }
    db->fault = GOV_FAULT_NONE;
    return run_once(prepared, db, stmt, in, pool);
}

/* Move the row just fetched to AT; texts go to POOL. */
static gov_err_t *
take_row(void *at, gov_prepared_t *p, gov_db_t *db, const gov_stmt_t *stmt,
         apr_pool_t *pool)
{
    int i;

    for (i = 0; i < stmt->n_out; i++) {
        void *to = (char *)at + stmt->out[i].offset;
        bool null = p->out_null[i] != 0;
        value_t *value = &p->out_value[i];
        MYSQL_BIND b = { 0 };
        unsigned long len;
        my_bool error, is_null = 0;
        char *text;

        switch (stmt->out[i].kind) {
        case GOV_SQL_ID:
        case GOV_SQL_INT:
            *(apr_int64_t *)to = null ? 0 : value->number;
            break;
        case GOV_SQL_BOOL:
            *(bool *)to = !null && value->number;
            break;
        case GOV_SQL_REAL:
            *(double *)to = null ? 0 : value->real;
            break;
        case GOV_SQL_TIME:
            *(apr_time_t *)to = null ? 0 : time_from_mysql(&value->time);
            break;
        case GOV_SQL_TEXT:
        case GOV_SQL_BYTES:
            text = NULL;
            if (!null) {
                text = apr_palloc(pool, p->out_len[i] + 1);
                b.buffer_type = p->out[i].buffer_type;
                b.buffer = text;
                b.buffer_length = p->out_len[i] + 1;
                b.length = &len;
                b.error = &error;
                b.is_null = &is_null;
                if (p->out_len[i]
                    && mysql_stmt_fetch_column(p->handle, &b, (unsigned)i, 0))
                    return failed(db, p->handle, stmt, pool);
                text[p->out_len[i]] = '\0';
            }
            if (stmt->out[i].kind == GOV_SQL_TEXT)
                *(const char **)to = text;
            else {
                gov_bytes_t *bytes = to;

                bytes->data = text;
                bytes->len = text ? p->out_len[i] : 0;
            }
            continue;
        }
        if (!null && p->out_error[i])
            return gov_err(GOV_E_INTERNAL, NULL, pool,
                           "%s: the value of %s does not fit", stmt->name,
                           stmt->out[i].name);
    }
    return NULL;
}

/* The next row into AT; *MORE is false at the end. */
static gov_err_t *
next_row(bool *more, void *at, gov_prepared_t *p, gov_db_t *db,
         const gov_stmt_t *stmt, apr_pool_t *pool)
{
    switch (mysql_stmt_fetch(p->handle)) {
    case 0:
    case MYSQL_DATA_TRUNCATED:    /* expected: texts had no room */
        *more = true;
        return take_row(at, p, db, stmt, pool);
    case MYSQL_NO_DATA:
        *more = false;
        return NULL;
    default:
        return failed(db, p->handle, stmt, pool);
    }
}

/* Read away what is left of the result. */
static gov_err_t *
finish(gov_err_t *err, gov_prepared_t *p, gov_db_t *db, const gov_stmt_t *stmt,
       apr_pool_t *pool)
{
    if (db->fault != GOV_FAULT_LOST && mysql_stmt_free_result(p->handle)
        && !err)
        err = failed(db, p->handle, stmt, pool);
    return err;
}

gov_err_t *
gov_stmt_exec(apr_int64_t *affected, apr_int64_t *insert_id, gov_db_t *db,
              const gov_stmt_t *stmt, const void *in, apr_pool_t *pool)
{
    gov_prepared_t *p;

    if (!db->in_tx)
        return gov_err(GOV_E_INTERNAL, NULL, pool,
                       "%s: changes are made in gov_store_tx", stmt->name);
    GOV_TRY(run(&p, db, stmt, in, pool));
    if (affected)
        *affected = (apr_int64_t)mysql_stmt_affected_rows(p->handle);
    if (insert_id)
        *insert_id = (apr_int64_t)mysql_stmt_insert_id(p->handle);
    return NULL;
}

gov_err_t *
gov_stmt_one(void *row, gov_db_t *db, const gov_stmt_t *stmt, const void *in,
             apr_pool_t *pool)
{
    gov_prepared_t *p;
    gov_err_t *err;
    bool more = false;

    GOV_TRY(run(&p, db, stmt, in, pool));
    err = next_row(&more, row, p, db, stmt, pool);
    GOV_TRY(finish(err, p, db, stmt, pool));
    if (!more)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "%s: no row", stmt->name);
    return NULL;
}

gov_err_t *
gov_stmt_many(apr_array_header_t **rows, gov_db_t *db, const gov_stmt_t *stmt,
              const void *in, apr_pool_t *pool)
{
    apr_array_header_t *array = apr_array_make(pool, 16, stmt->row_size);
    gov_err_t *err = NULL;
    gov_prepared_t *p;
    bool more = true;

    GOV_TRY(run(&p, db, stmt, in, pool));
    while (!err) {
        void *row = apr_array_push(array);

        err = next_row(&more, row, p, db, stmt, pool);
        if (!more) {
            apr_array_pop(array);
            break;
        }
    }
    GOV_TRY(finish(err, p, db, stmt, pool));
    *rows = array;
    return NULL;
}

gov_err_t *
gov_stmt_each(gov_db_t *db, const gov_stmt_t *stmt, const void *in,
              gov_row_fn_t fn, void *baton, apr_pool_t *pool)
{
    apr_pool_t *iterpool;
    gov_err_t *err = NULL;
    gov_prepared_t *p;
    bool more = true;
    void *row = apr_pcalloc(pool, stmt->row_size);

    GOV_TRY(run(&p, db, stmt, in, pool));
    apr_pool_create(&iterpool, pool);
    db->streaming = true;
    while (!err) {
        apr_pool_clear(iterpool);
        err = next_row(&more, row, p, db, stmt, iterpool);
        if (err || !more)
            break;
        err = fn(baton, row, iterpool);
    }
    db->streaming = false;
    GOV_TRY(finish(err, p, db, stmt, pool));
    apr_pool_destroy(iterpool);
    return NULL;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* asset.c -- files by content: chunks in the database, copies on the node. */

#include <apr_file_io.h>
#include <string.h>

#include "gov_asset.h"
#include "gov_time.h"
#include "store_priv.h"
#include "sql_store.h"

#define CHUNK (1024 * 1024)
#define ID_BYTES (GOV_ASSET_ID_LEN / 2)

static int
hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

/* 64 hex digits in small letters: an id is part of URLs and file names, so it
   has one spelling. */
static gov_err_t *
parse_id(gov_bytes_t *bytes, const char *id, apr_pool_t *pool)
{
    char *out = apr_palloc(pool, ID_BYTES);
    int i;

    for (i = 0; i < ID_BYTES; i++) {
        int high = hex_value(id[2 * i]);
        int low = high < 0 ? -1 : hex_value(id[2 * i + 1]);

        if (low < 0)
            return gov_err(GOV_E_INVALID, NULL, pool, "not an asset's id");
        out[i] = (char)(high << 4 | low);
    }
    if (id[GOV_ASSET_ID_LEN])
        return gov_err(GOV_E_INVALID, NULL, pool, "not an asset's id");
    bytes->data = out;
    bytes->len = ID_BYTES;
    return NULL;
}

typedef struct put_t {
    gov_bytes_t id;
    const gov_asset_t *asset;
    gov_bytes_t data;
    int part;
} put_t;

static gov_err_t *
put_chunk(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    put_t *p = baton;

    return gov_sql_asset_chunk_put(NULL, db, p->id, p->part, p->data, pool);
}

static gov_err_t *
put_row(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    put_t *p = baton;

    return gov_sql_asset_put(NULL, db, p->id, p->asset->size,
                             p->asset->media_type, p->asset->width,
                             p->asset->height, gov_now(db->store->clock),
                             pool);
}

/* Read up to CHUNK bytes. */
static gov_err_t *
read_chunk(apr_size_t *len, char *buffer, apr_file_t *in, const char *file,
           apr_pool_t *pool)
{
    apr_status_t rv = apr_file_read_full(in, buffer, CHUNK, len);

    if (rv && !APR_STATUS_IS_EOF(rv))
        return gov_err_apr(rv, pool, "reading %s", file);
    return NULL;
}

static gov_err_t *
put_chunks(put_t *p, gov_store_t *store, apr_file_t *in, const char *file,
           apr_pool_t *pool)
{
    char *buffer = apr_palloc(pool, CHUNK);
    apr_int64_t total = 0;
    apr_pool_t *iterpool;

    p->data.data = buffer;
    apr_pool_create(&iterpool, pool);
    for (p->part = 0;; p->part++) {
        apr_pool_clear(iterpool);
        GOV_TRY(read_chunk(&p->data.len, buffer, in, file, pool));
        if (!p->data.len)
            break;
        total += (apr_int64_t)p->data.len;
        GOV_TRY(gov_store_tx(store, put_chunk, p, iterpool));
    }
    apr_pool_destroy(iterpool);
    if (total != p->asset->size)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s has %" APR_INT64_T_FMT " bytes, not %"
                       APR_INT64_T_FMT, file, total, p->asset->size);
    return NULL;
}

gov_err_t *
gov_asset_put(gov_store_t *store, const gov_asset_t *asset, const char *file,
              apr_pool_t *pool)
{
    put_t p = { .asset = asset };
    const gov_asset_t *there;
    apr_pool_t *scratch;
    apr_file_t *in;
    apr_status_t rv;
    gov_err_t *err;

    apr_pool_create(&scratch, pool);
    GOV_TRY(parse_id(&p.id, asset->id, scratch));
    err = gov_asset_get(&there, store, asset->id, scratch);
    if (err && err->code == GOV_E_NOT_FOUND) {
        rv = apr_file_open(&in, file, APR_FOPEN_READ | APR_FOPEN_BINARY,
                           APR_FPROT_OS_DEFAULT, scratch);
        if (rv)
            return gov_err_apr(rv, pool, "opening %s", file);
        GOV_TRY(put_chunks(&p, store, in, file, scratch));
        err = gov_store_tx(store, put_row, &p, scratch);
    }
    if (!err)
        apr_pool_destroy(scratch);
    return err;
}

gov_err_t *
gov_asset_get(const gov_asset_t **asset, gov_store_t *store, const char *id,
              apr_pool_t *pool)
{
    gov_row_asset_get_t row;
    gov_bytes_t bytes;
    gov_asset_t *found;
    gov_db_t *db;
    gov_err_t *err;

    GOV_TRY(parse_id(&bytes, id, pool));
    GOV_TRY(gov_store_borrow(&db, store, pool));
    err = gov_sql_asset_get(&row, db, bytes, pool);
    gov_store_return(db);
    if (err)
        return err;
    found = apr_pcalloc(pool, sizeof(*found));
    found->id = apr_pstrdup(pool, id);
    found->size = row.size;
    found->media_type = row.media_type;
    found->width = row.width;
    found->height = row.height;
    *asset = found;
    return NULL;
}

typedef struct fetch_t {
    apr_file_t *out;
    const char *path;
    apr_int64_t total;
} fetch_t;

static gov_err_t *
write_chunk(void *baton, const void *data, apr_pool_t *pool)
{
    const gov_row_asset_chunks_t *row = data;
    fetch_t *f = baton;
    apr_status_t rv = apr_file_write_full(f->out, row->data.data,
                                          row->data.len, NULL);

    if (rv)
        return gov_err_apr(rv, pool, "writing %s", f->path);
    f->total += (apr_int64_t)row->data.len;
    return NULL;
}

/* Fill the temporary file F->out and see it safe on the disk: a file of that
   name is believed without another look. */
static gov_err_t *
fetch(fetch_t *f, const gov_asset_t *asset, gov_store_t *store,
      apr_pool_t *pool)
{
    gov_bytes_t bytes;
    gov_db_t *db;
    gov_err_t *err;
    apr_status_t rv;

    GOV_TRY(parse_id(&bytes, asset->id, pool));
    GOV_TRY(gov_store_borrow(&db, store, pool));
    err = gov_sql_asset_chunks(db, bytes, write_chunk, f, pool);
    gov_store_return(db);
    if (err)
        return err;
    if (f->total != asset->size)
        return gov_err(GOV_E_INTERNAL, NULL, pool,
                       "asset %s has %" APR_INT64_T_FMT " of %"
                       APR_INT64_T_FMT " bytes", asset->id, f->total,
                       asset->size);
    rv = apr_file_sync(f->out);
    if (!rv)
        rv = apr_file_close(f->out);
    if (rv)
        return gov_err_apr(rv, pool, "writing %s", f->path);
    if (store->asset_check
        && !store->asset_check(store->asset_baton, asset->id, f->path, pool))
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "asset %s was changed in the database", asset->id);
    return NULL;
}

void
gov_asset_check(gov_store_t *store, gov_asset_check_fn_t fn, void *baton)
{
    store->asset_check = fn;
    store->asset_baton = baton;
}

gov_err_t *
gov_asset_file(const char **path, gov_store_t *store, const char *id,
               apr_pool_t *pool)
{
    fetch_t f = { .path = NULL };
    const gov_asset_t *asset;
    const char *dir, *final;
    char *temporary;
    apr_finfo_t info;
    gov_bytes_t bytes;
    apr_status_t rv;
    gov_err_t *err;

    GOV_TRY(parse_id(&bytes, id, pool));
    if (!store->state_dir)
        return gov_err(GOV_E_INTERNAL, NULL, pool, "GovStateDir is not set");
    dir = apr_psprintf(pool, "%s/assets/%.2s", store->state_dir, id);
    final = apr_psprintf(pool, "%s/%s", dir, id + 2);
    if (!apr_stat(&info, final, APR_FINFO_TYPE, pool)) {
        *path = final;
        return NULL;
    }
    GOV_TRY(gov_asset_get(&asset, store, id, pool));
    rv = apr_dir_make_recursive(dir, APR_FPROT_OS_DEFAULT, pool);
    if (rv)
        return gov_err_apr(rv, pool, "making %s", dir);
    temporary = apr_psprintf(pool, "%s/%s.XXXXXX", dir, id + 2);
    rv = apr_file_mktemp(&f.out, temporary,
                         APR_FOPEN_CREATE | APR_FOPEN_EXCL | APR_FOPEN_WRITE
                             | APR_FOPEN_BINARY, pool);
    if (rv)
        return gov_err_apr(rv, pool, "making %s", temporary);
    f.path = temporary;
    err = fetch(&f, asset, store, pool);
    if (!err) {
        rv = apr_file_rename(temporary, final, pool);
        if (rv)
            err = gov_err_apr(rv, pool, "renaming %s", temporary);
    }
    if (err) {
        apr_file_remove(temporary, pool);
        return err;
    }
    *path = final;
    return NULL;
}

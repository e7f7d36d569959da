/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/schedule.c -- making public what is due.

   Nothing here depends on who runs it or how often: publishing is a change of
   state that only one can make, and what could not be published stays due. */

#include "workflow_priv.h"

#define AT_ONCE 200               /* of one run; the next one follows at once */
#define LONGEST apr_time_from_sec(300)

typedef struct due_t {
    const gov_ctx_t *ctx;
    apr_array_header_t *rows;
    apr_pool_t *pool;             /* of the rows */
} due_t;

static gov_err_t *
due(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    due_t *d = baton;

    (void)scratch;
    return gov_sql_schedule_due(&d->rows, db, gov_now(d->ctx->clock), AT_ONCE,
                                d->pool);
}

typedef struct late_t {
    const gov_ctx_t *ctx;
    apr_int64_t site, edition;
    int tries;
    const char *failure;
} late_t;

/* 1, 2, 4 ... seconds, at most LONGEST. */
static apr_time_t
next_try(const late_t *late)
{
    apr_interval_time_t wait = late->tries < 9
        ? apr_time_from_sec(1 << late->tries) : LONGEST;

    return gov_now(late->ctx->clock) + (wait < LONGEST ? wait : LONGEST);
}

static gov_err_t *
put_off(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    late_t *late = baton;
    apr_int64_t changed;

    GOV_TRY(gov_sql_schedule_failed(&changed, db, next_try(late), late->failure,
                                    late->site, late->edition, late->tries,
                                    pool));
    if (!changed)                 /* another node saw it first, or it is gone */
        return NULL;
    GOV_TRY(gov_audit_add(db, late->ctx, "edition.late", late->site,
                          apr_psprintf(pool, "edition:%" APR_INT64_T_FMT,
                                       late->edition),
                          false, late->failure, pool));
    return gov_event_add(db, "edition.late", late->site, late->edition,
                         apr_psprintf(pool, "edition:%" APR_INT64_T_FMT,
                                      late->edition), pool);
}

static gov_err_t *
publish_one(const gov_ctx_t *ctx, const gov_row_schedule_due_t *row,
            apr_pool_t *pool)
{
    const gov_permit_t *permit;

    GOV_TRY(gov_permit_get(&permit, ctx, GOV_ACTION_PUBLISH, row->site_id, 0,
                           pool));
    return gov_edition_publish(ctx, row->edition_id, permit, pool);
}

/* Did another node publish it, or its author change it, while we tried? */
static gov_err_t *
is_still_due(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    late_t *late = baton;
    gov_row_schedule_get_t row;

    return gov_sql_schedule_get(&row, db, late->site, late->edition, pool);
}

gov_err_t *
gov_schedule_run(int *done, int *failed, const gov_err_t **why,
                 const gov_ctx_t *ctx, apr_pool_t *pool)
{
    due_t d = { ctx, NULL, pool };
    apr_pool_t *iterpool;
    int i;

    *done = *failed = 0;
    *why = NULL;
    GOV_TRY(gov_store_read(ctx->store, due, &d, pool));
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < d.rows->nelts; i++) {
        const gov_row_schedule_due_t *row =
            &APR_ARRAY_IDX(d.rows, i, gov_row_schedule_due_t);
        late_t late = { .ctx = ctx, .site = row->site_id,
                        .edition = row->edition_id, .tries = (int)row->tries };
        gov_err_t *err, *gone;

        apr_pool_clear(iterpool);
        err = publish_one(ctx, row, iterpool);
        if (!err) {
            (*done)++;
            continue;
        }
        gone = gov_store_read(ctx->store, is_still_due, &late, iterpool);
        if (gone && gone->code == GOV_E_NOT_FOUND)
            continue;
        /* without a database there is nothing to write it to */
        if (gone)
            return gov_err_dup(gone, pool);
        late.failure = gov_text_cut(err->message, 480, iterpool);
        GOV_TRY(gov_store_tx(ctx->store, put_off, &late, iterpool));
        (*failed)++;
        *why = gov_err_dup(err, pool);
    }
    apr_pool_destroy(iterpool);
    return NULL;
}

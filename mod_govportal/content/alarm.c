/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/alarm.c -- what was found changed, until somebody has mended it. */

#include <string.h>

#include "content_priv.h"
#include "sql_content.h"

/* An audit row for each object at most this often. */
#define TELL_EVERY apr_time_from_sec(60)

typedef struct alarm_t {
    const gov_ctx_t *ctx;
    const gov_alarm_t *alarm;
    apr_int64_t count, ended;
    apr_time_t before;
    apr_array_header_t *alarms;
    apr_pool_t *pool;
} alarm_t;

static gov_err_t *
keep(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const alarm_t *a = baton;
    const char *name = apr_pstrndup(pool, a->alarm->object, 100);
    apr_time_t now = gov_now(a->ctx->clock);
    apr_int64_t tell;

    GOV_TRY(gov_sql_alarm_put(NULL, db, name, a->alarm->site,
                              apr_pstrndup(pool, a->alarm->what, 200),
                              a->count, now, now, pool));
    GOV_TRY(gov_sql_alarm_tell(&tell, db, now, name, now - TELL_EVERY, pool));
    if (!tell)
        return NULL;
    return gov_audit_add(db, a->ctx, "integrity.alarm", a->alarm->site, name,
                         true, a->alarm->what, pool);
}

gov_err_t *
gov_alarm_keep(const gov_ctx_t *ctx, const gov_alarm_t *alarm,
               apr_int64_t count, apr_pool_t *pool)
{
    alarm_t a = { .ctx = ctx, .alarm = alarm, .count = count };

    return gov_store_tx(ctx->store, keep, &a, pool);
}

static gov_err_t *
list(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    alarm_t *a = baton;
    apr_array_header_t *rows;
    int i;

    (void)scratch;
    GOV_TRY(gov_sql_alarms(&rows, db, a->pool));
    a->alarms = apr_array_make(a->pool, rows->nelts + 1, sizeof(gov_alarm_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_alarms_t *row = &APR_ARRAY_IDX(rows, i,
                                                     gov_row_alarms_t);
        gov_alarm_t *alarm = apr_array_push(a->alarms);

        memset(alarm, 0, sizeof(*alarm));
        alarm->object = row->object;
        alarm->site = row->site;
        alarm->what = row->what;
        alarm->count = row->count;
        alarm->first = row->first_at;
        alarm->last = row->last_at;
    }
    return NULL;
}

gov_err_t *
gov_alarms(apr_array_header_t **alarms, const gov_ctx_t *ctx,
           const gov_permit_t *permit, apr_pool_t *pool)
{
    alarm_t a = { .ctx = ctx, .pool = pool };

    if (gov_permit_check(permit, GOV_ACTION_AUDIT, 0, 0, pool))
        GOV_TRY(gov_permit_check(permit, GOV_ACTION_SYSTEM, 0, 0, pool));
    GOV_TRY(gov_store_read(ctx->store, list, &a, pool));
    *alarms = a.alarms;
    return NULL;
}

static gov_err_t *
end(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    alarm_t *a = baton;

    GOV_TRY(gov_sql_alarms_end(&a->ended, db, a->before, pool));
    if (!a->ended)
        return NULL;
    return gov_audit_add(db, a->ctx, "integrity.end", 0, "group", true,
                         apr_psprintf(pool, "%" APR_INT64_T_FMT " alarms",
                                      a->ended), pool);
}

gov_err_t *
gov_alarms_end(apr_int64_t *ended, const gov_ctx_t *ctx, apr_time_t before,
               const gov_permit_t *permit, apr_pool_t *pool)
{
    alarm_t a = { .ctx = ctx, .before = before };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SYSTEM, 0, 0, pool));
    GOV_TRY(gov_store_tx(ctx->store, end, &a, pool));
    if (ended)
        *ended = a.ended;
    return NULL;
}

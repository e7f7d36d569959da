/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/integrity_look.c -- how what is public stands, for an operator. */

#include <string.h>

#include "content_priv.h"
#include "sql_workflow.h"

#define SHOWN 5                   /* of many alike */
/* The schedule runs twice a second. */
#define LATE apr_time_from_sec(60)

typedef struct look_t {
    const gov_ctx_t *ctx;
    const gov_check_t *check;
    int wrong;                    /* met by the walk */
    const char *first;            /* of them */
    apr_pool_t *pool;
} look_t;

static gov_err_t *
in_force(const look_t *l, apr_pool_t *pool)
{
    apr_time_t since;

    GOV_TRY(gov_integrity_since(&since, l->ctx->store, l->ctx->keys, pool));
    gov_check_tell(l->check, GOV_GRADE_WARNING, "tags are in force",
                   since ? NULL
                   : "rows without a tag are served; see govctl integrity "
                     "accept");
    return NULL;
}

static gov_err_t *
alarms(const look_t *l, const gov_permit_t *permit, apr_pool_t *pool)
{
    apr_array_header_t *list;
    const char *names = NULL;
    int i;

    GOV_TRY(gov_alarms(&list, l->ctx, permit, pool));
    for (i = 0; i < list->nelts && i < SHOWN; i++)
        names = apr_pstrcat(pool, names ? names : "", names ? ", " : "",
                            APR_ARRAY_IDX(list, i, gov_alarm_t).object, NULL);
    gov_check_tell(l->check, GOV_GRADE_FAIL, "no alarm is open", !names ? NULL
                   : apr_psprintf(pool, "%d are: %s%s; see govctl integrity "
                                  "status", list->nelts, names,
                                  list->nelts > SHOWN ? ", ..." : ""));
    return NULL;
}

static void
met(void *baton, const gov_alarm_t *alarm)
{
    look_t *l = baton;

    if (!l->wrong++)
        l->first = apr_pstrcat(l->pool, alarm->object, ": ", alarm->what,
                               NULL);
}

/* As much of the walk as there is time for; a small group is seen whole. */
static gov_err_t *
walk(look_t *l, apr_interval_time_t budget, apr_pool_t *pool)
{
    apr_time_t end = gov_now(l->ctx->clock) + budget;
    gov_walk_t *w = gov_walk_create(0, pool);
    gov_walk_sum_t sum;
    apr_pool_t *iterpool;
    bool done = false;
    const char *what;

    apr_pool_create(&iterpool, pool);
    while (!done && gov_now(l->ctx->clock) < end) {
        apr_pool_clear(iterpool);
        GOV_TRY(gov_walk_step(&done, w, l->ctx, met, l, iterpool));
    }
    apr_pool_destroy(iterpool);
    sum = gov_walk_sum(w);
    what = apr_psprintf(pool, "%s of what is public is as it was written (%"
                        APR_INT64_T_FMT " documents, %" APR_INT64_T_FMT
                        " entries)", done ? "all" : "a part", sum.documents,
                        sum.entries);
    gov_check_tell(l->check, GOV_GRADE_FAIL, what, !l->wrong ? NULL
                   : apr_psprintf(pool, "%d were changed, first %s; see govctl "
                                  "integrity check", l->wrong, l->first));
    gov_check_tell(l->check, GOV_GRADE_WARNING, "everything public has a tag",
                   !sum.untagged ? NULL
                   : apr_psprintf(pool, "%" APR_INT64_T_FMT " have none; see "
                                  "govctl integrity accept", sum.untagged));
    return NULL;
}

static void
frozen(const look_t *l, apr_pool_t *pool)
{
    const apr_array_header_t *sites = gov_group_sites(l->ctx->group);
    const char *names = NULL;
    int i;

    for (i = 0; i < sites->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(sites, i, const gov_site_t *);

        if (!strcmp(site->state, "frozen"))
            names = apr_pstrcat(pool, names ? names : "", names ? ", " : "",
                                site->slug, NULL);
    }
    gov_check_tell(l->check, GOV_GRADE_WARNING, "no site is frozen", names
                   ? apr_pstrcat(pool, names, ": nobody can publish there; see "
                                 "govctl site unfreeze", NULL) : NULL);
}

static gov_err_t *
scheduled(const look_t *l, apr_pool_t *pool)
{
    gov_row_schedule_late_t late;
    gov_db_t *db;
    gov_err_t *err;

    GOV_TRY(gov_store_borrow(&db, l->ctx->store, pool));
    err = gov_sql_schedule_late(&late, db, gov_now(l->ctx->clock) - LATE,
                                pool);
    gov_store_return(db);
    GOV_TRY(err);
    gov_check_tell(l->check, GOV_GRADE_FAIL, "what is scheduled goes live",
                   !late.number ? NULL
                   : apr_psprintf(pool, "%" APR_INT64_T_FMT " editions are "
                                  "late, the oldest since %s; see govctl "
                                  "document steps", late.number,
                                  gov_time_utc(late.oldest, pool)));
    return NULL;
}

gov_err_t *
gov_integrity_look(const gov_ctx_t *ctx, apr_interval_time_t budget,
                   const gov_check_t *check, const gov_permit_t *permit,
                   apr_pool_t *pool)
{
    look_t l = { .ctx = ctx, .check = check, .pool = pool };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SYSTEM, 0, 0, pool));
    if (ctx->keys) {
        gov_err_t *err = in_force(&l, pool);

        if (err)
            gov_check_outcome(check, "tags are in force", err, pool);
        GOV_TRY(alarms(&l, permit, pool));
        GOV_TRY(walk(&l, budget, pool));
    }
    frozen(&l, pool);
    return scheduled(&l, pool);
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/emergency.c -- made public at once, reviewed afterwards (R028). */

#include <string.h>

#include "gov_policy.h"
#include "workflow_priv.h"

#define BANNER_DAYS 30            /* what lasts longer is no emergency */
#define TEXT_MAX 300

typedef struct urgent_t {
    const gov_ctx_t *ctx;
    const gov_permit_t *permit;
    apr_int64_t emergency;
    gov_content__go_t go;
    const apr_array_header_t *texts, *sites;
    apr_time_t ends;
    gov_bytes_t key;              /* of this write */
} urgent_t;

static const char *
object(apr_int64_t emergency, apr_pool_t *pool)
{
    return apr_psprintf(pool, "emergency:%" APR_INT64_T_FMT, emergency);
}

static gov_err_t *
put_banner(urgent_t *u, gov_db_t *db, apr_pool_t *pool)
{
    int i;

    for (i = 0; i < u->texts->nelts; i++) {
        const gov_banner_text_t *text =
            &APR_ARRAY_IDX(u->texts, i, gov_banner_text_t);

        GOV_TRY(gov_sql_emergency_text_put(NULL, db, u->emergency, text->lang,
                                           text->text, pool));
    }
    for (i = 0; i < u->sites->nelts; i++)
        GOV_TRY(gov_sql_banner_put(NULL, db,
                                   APR_ARRAY_IDX(u->sites, i,
                                                 const gov_site_t *)->id,
                                   u->emergency, pool));
    return NULL;
}

static gov_err_t *
publish(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    urgent_t *u = baton;
    apr_time_t now = gov_now(u->ctx->clock);
    const gov_policy_t *policy;
    const char *done;

    GOV_TRY(gov_content__done(&done, db, u->key, false, pool));
    if (done) {
        u->emergency = apr_atoi64(done);
        return NULL;
    }
    GOV_TRY(gov_policy_load(&policy, db, pool));
    GOV_TRY(gov_sql_emergency_insert(
        &u->emergency, db, u->go.site, u->go.document, u->go.edition, now,
        gov_permit_actor(u->permit)->name, u->ends,
        now + apr_time_from_sec((apr_int64_t)policy->review_hours * 3600),
        pool));
    GOV_TRY(put_banner(u, db, pool));
    GOV_TRY(gov_content__go_live(&u->go, db, u->ctx, u->permit, pool));
    GOV_TRY(gov_content__keep(db, u->key, u->ctx,
                              apr_psprintf(pool, "%" APR_INT64_T_FMT,
                                           u->emergency), pool));
    GOV_TRY(gov_audit_add(db, u->ctx, "emergency.publish", u->go.site,
                          object(u->emergency, pool), true,
                          apr_psprintf(pool, "document %" APR_INT64_T_FMT
                                       ", %d sites, banner until %s",
                                       u->go.document, u->sites->nelts,
                                       gov_time_utc(u->ends, pool)), pool));
    /* it may have been reviewed and cleared by others already */
    GOV_TRY(gov_content__settle(db, u->ctx, u->emergency, false, NULL,
                                u->permit, pool));
    /* the banner is part of the site map */
    return gov_event_add(db, "emergency.begin", 0, u->emergency, "structure",
                         pool);
}

static gov_err_t *
check_texts(const apr_array_header_t *texts, apr_pool_t *pool)
{
    int i, k;

    if (!texts->nelts)
        return gov_err_field("banner", pool, "has no text");
    for (i = 0; i < texts->nelts; i++) {
        const gov_banner_text_t *text =
            &APR_ARRAY_IDX(texts, i, gov_banner_text_t);

        if (!text->text[strspn(text->text, " \t\r\n")])
            return gov_err_field("banner", pool, "has no text in %s",
                                 text->lang);
        if (!gov_text_valid(text->text, strlen(text->text)))
            return gov_err_field("banner", pool, "is not UTF-8");
        if (gov_text_length(text->text) > TEXT_MAX)
            return gov_err_field("banner", pool, "longer than %d characters",
                                 TEXT_MAX);
        for (k = 0; k < i; k++)
            if (!strcmp(APR_ARRAY_IDX(texts, k, gov_banner_text_t).lang,
                        text->lang))
                return gov_err_field("banner", pool, "has two texts in %s",
                                     text->lang);
    }
    return NULL;
}

gov_err_t *
gov_emergency_publish(apr_int64_t *emergency, const gov_ctx_t *ctx,
                      apr_int64_t edition, const apr_array_header_t *texts,
                      const apr_array_header_t *sites, apr_time_t ends,
                      const gov_permit_t *permit, apr_pool_t *pool)
{
    gov_content__where_t where = { .edition = edition };
    urgent_t u = { .ctx = ctx, .permit = permit, .texts = texts,
                   .sites = sites ? sites : gov_group_sites(ctx->group),
                   .ends = ends, .key = gov_content__key(ctx, pool) };
    apr_time_t now = gov_now(ctx->clock);

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_EMERGENCY, 0, 0, pool));
    GOV_TRY(check_texts(texts, pool));
    if (ends <= now || ends > now + apr_time_from_sec(BANNER_DAYS * 86400))
        return gov_err_field("until", pool, "must lie in the next %d days",
                             BANNER_DAYS);
    GOV_TRY(gov_content__where(&where, ctx, pool));
    u.go.site = where.site;
    u.go.document = where.document;
    u.go.edition = edition;
    u.go.way = GOV_CONTENT__URGENT;
    GOV_TRY(gov_store_tx(ctx->store, publish, &u, pool));
    *emergency = u.emergency;
    return NULL;
}

static gov_err_t *
end_banner(gov_db_t *db, const gov_ctx_t *ctx, apr_int64_t emergency,
           apr_pool_t *pool)
{
    apr_time_t now = gov_now(ctx->clock);

    GOV_TRY(gov_sql_emergency_end(NULL, db, now, emergency, now, pool));
    return gov_event_add(db, "emergency.end", 0, emergency, "structure", pool);
}

static gov_err_t *
end(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    urgent_t *u = baton;
    gov_row_emergency_get_t row;

    GOV_TRY(gov_sql_emergency_get(&row, db, u->emergency, pool));
    GOV_TRY(end_banner(db, u->ctx, u->emergency, pool));
    return gov_audit_add(db, u->ctx, "emergency.end", row.site_id,
                         object(u->emergency, pool), true, NULL, pool);
}

gov_err_t *
gov_emergency_end(const gov_ctx_t *ctx, apr_int64_t emergency,
                  const gov_permit_t *permit, apr_pool_t *pool)
{
    urgent_t u = { .ctx = ctx, .permit = permit, .emergency = emergency };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_EMERGENCY, 0, 0, pool));
    return gov_store_tx(ctx->store, end, &u, pool);
}

/* --- afterwards ----------------------------------------------------------- */

gov_err_t *
gov_content__settle(gov_db_t *db, const gov_ctx_t *ctx, apr_int64_t emergency,
                    bool denied, const char *basis, const gov_permit_t *permit,
                    apr_pool_t *pool)
{
    gov_row_emergency_get_t row;
    gov_row_emergency_signed_t have;
    const char *verdict = denied ? "deny" : "pass";

    GOV_TRY(gov_sql_emergency_get(&row, db, emergency, pool));
    GOV_TRY(gov_sql_emergency_signed(&have, db, row.site_id, row.edition_id,
                                     pool));
    if (!denied && (!have.reviews || !have.clearances))
        return NULL;
    GOV_TRY(gov_sql_emergency_settle(NULL, db, gov_now(ctx->clock), verdict,
                                     emergency, pool));
    if (denied) {
        GOV_TRY(end_banner(db, ctx, emergency, pool));
        GOV_TRY(gov_content__withdraw(db, ctx, row.site_id, row.document_id,
                                      basis, permit, pool));
    }
    return gov_audit_add(db, ctx, "emergency.settle", row.site_id,
                         object(emergency, pool), true, verdict, pool);
}

typedef struct list_t {
    const gov_ctx_t *ctx;
    int max;
    apr_array_header_t *list;     /* gov_emergency_t */
    apr_pool_t *pool;             /* of the answer */
} list_t;

static gov_err_t *
read_list(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    list_t *l = baton;
    apr_array_header_t *rows;
    int i;

    (void)scratch;
    GOV_TRY(gov_sql_emergencies(&rows, db, l->max, l->pool));
    l->list = apr_array_make(l->pool, rows->nelts + 1,
                             sizeof(gov_emergency_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_emergencies_t *from =
            &APR_ARRAY_IDX(rows, i, gov_row_emergencies_t);
        gov_emergency_t *to = apr_array_push(l->list);

        to->id = from->id;
        to->site = from->site_id;
        to->document = from->document_id;
        to->edition = from->edition_id;
        to->at = from->at;
        to->ends = from->ends_at;
        to->due = from->due_at;
        to->settled = from->settled_at;
        to->actor = from->actor;
        to->verdict = from->verdict;
        to->told = from->told_at;
    }
    return NULL;
}

gov_err_t *
gov_emergency_list(apr_array_header_t **emergencies, const gov_ctx_t *ctx,
                   int max, const gov_permit_t *permit, apr_pool_t *pool)
{
    list_t l = { .ctx = ctx, .max = max, .pool = pool };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_READ, 0, 0, pool));
    GOV_TRY(gov_store_read(ctx->store, read_list, &l, pool));
    *emergencies = l.list;
    return NULL;
}

static gov_err_t *
tell(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    list_t *l = baton;
    apr_time_t now = gov_now(l->ctx->clock);
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_emergencies_overdue(&rows, db, now, l->pool));
    l->list = apr_array_make(l->pool, rows->nelts + 1,
                             sizeof(gov_emergency_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_emergencies_overdue_t *from =
            &APR_ARRAY_IDX(rows, i, gov_row_emergencies_overdue_t);
        gov_emergency_t *to;
        apr_int64_t changed;

        GOV_TRY(gov_sql_emergency_told(&changed, db, now, from->id, scratch));
        if (!changed)
            continue;
        to = apr_array_push(l->list);
        memset(to, 0, sizeof(*to));
        to->id = from->id;
        to->site = from->site_id;
        to->document = from->document_id;
        to->edition = from->edition_id;
        to->actor = from->actor;
        to->due = from->due_at;
        to->told = now;
        GOV_TRY(gov_audit_add(db, l->ctx, "emergency.overdue", from->site_id,
                              object(from->id, scratch), false,
                              "not reviewed and cleared in time", scratch));
        GOV_TRY(gov_event_add(db, "emergency.overdue", from->site_id, from->id,
                              object(from->id, scratch), scratch));
    }
    return NULL;
}

gov_err_t *
gov_emergency_alarm(apr_array_header_t **overdue, const gov_ctx_t *ctx,
                    apr_pool_t *pool)
{
    list_t l = { .ctx = ctx, .pool = pool };

    GOV_TRY(gov_store_tx(ctx->store, tell, &l, pool));
    *overdue = l.list;
    return NULL;
}

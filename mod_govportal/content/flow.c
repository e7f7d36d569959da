/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/flow.c -- the rules of columns: how many reviews, who publishes. */

#include <string.h>

#include "workflow_priv.h"

#define SITES 6                   /* of the statement flows_above */
#define COLUMNS 8

static const char *const publishers[] = { "any", "other", "apart" };

const char *
gov_publisher_word(gov_publisher_t publisher)
{
    return publishers[publisher];
}

bool
gov_publisher_named(gov_publisher_t *publisher, const char *word)
{
    int i;

    for (i = 0; i < 3; i++)
        if (!strcmp(publishers[i], word)) {
            *publisher = (gov_publisher_t)i;
            return true;
        }
    return false;
}

/* The nodes above, nearest first: columns, then sites.  What is not there is -1,
   which no row has. */
static void
nodes_above(apr_int64_t *sites, apr_int64_t *columns, const gov_ctx_t *ctx,
            apr_int64_t site, apr_int64_t column)
{
    const gov_column_t *c = column ? gov_column_by_id(ctx->group, column)
                                   : NULL;
    const gov_site_t *s = site ? gov_site_by_id(ctx->group, site) : NULL;
    int i;

    for (i = 0; i < COLUMNS; i++) {
        columns[i] = c ? c->id : -1;
        c = c ? c->parent : NULL;
    }
    for (i = 0; i < SITES; i++) {
        sites[i] = s ? s->id : -1;
        s = s ? s->parent : NULL;
    }
}

/* How far above a node is; less than 0: it is not above at all. */
static int
distance(const gov_row_flows_above_t *row, const apr_int64_t *sites,
         const apr_int64_t *columns)
{
    int i;

    if (row->column_id)
        for (i = 0; i < COLUMNS; i++)
            if (columns[i] == row->column_id && sites[0] == row->site_id)
                return i;
    if (row->column_id)
        return -1;
    for (i = 0; i < SITES; i++)
        if (sites[i] == row->site_id)
            return COLUMNS + i;
    return row->site_id ? -1 : COLUMNS + SITES;
}

gov_err_t *
gov_content__flow(gov_flow_t *flow, gov_db_t *db, const gov_ctx_t *ctx,
                  apr_int64_t site, apr_int64_t column, const char *step,
                  apr_pool_t *pool)
{
    apr_int64_t s[SITES], c[COLUMNS];
    apr_array_header_t *rows;
    int best = COLUMNS + SITES + 1, i;

    nodes_above(s, c, ctx, site, column);
    GOV_TRY(gov_sql_flows_above(&rows, db, step, s[0], s[1], s[2], s[3], s[4],
                                s[5], c[0], c[1], c[2], c[3], c[4], c[5], c[6],
                                c[7], pool));
    memset(flow, 0, sizeof(*flow));
    flow->people = apr_array_make(pool, 2, sizeof(gov_flow_person_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_flows_above_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_flows_above_t);
        int d = distance(row, s, c);

        if (d < 0 || d > best)
            continue;
        if (d < best)
            flow->people->nelts = 0;
        best = d;
        flow->site = row->site_id;
        flow->column = row->column_id;
        flow->reviews = (int)row->reviews;
        flow->hours = (int)row->hours;
        if (!gov_publisher_named(&flow->publisher, row->publisher))
            return gov_err(GOV_E_INTERNAL, NULL, pool, "publisher \"%s\"",
                           row->publisher);
        if (row->person_id) {
            gov_flow_person_t *person = apr_array_push(flow->people);

            person->step = step;
            person->person = row->person_id;
            person->login = NULL;
        }
    }
    /* the group's own rule is made by the migration and cannot be removed */
    if (best > COLUMNS + SITES)
        return gov_err(GOV_E_INTERNAL, NULL, pool, "the group has no rule");
    return NULL;
}

gov_err_t *
gov_content__flow_allows(const gov_flow_t *flow, const char *step,
                         const gov_permit_t *permit, apr_pool_t *pool)
{
    const gov_actor_t *actor = gov_permit_actor(permit);
    int i;

    for (i = 0; i < flow->people->nelts; i++)
        if (actor->kind == GOV_ACTOR_PERSON
            && APR_ARRAY_IDX(flow->people, i, gov_flow_person_t).person
               == actor->person)
            return NULL;
    if (!flow->people->nelts)
        return NULL;
    return gov_err(GOV_E_FORBIDDEN, NULL, pool,
                   "the column's rule names other people than %s for the step "
                   "%s", actor->name, step);
}

typedef struct flow_t {
    const gov_ctx_t *ctx;
    const gov_permit_t *permit;
    apr_int64_t site, column;
    const gov_flow_t *in;
    gov_flow_t *out;
    apr_pool_t *pool;             /* of the answer */
} flow_t;

static gov_err_t *
get(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    flow_t *f = baton;
    apr_array_header_t *rows;
    int i;

    (void)scratch;
    GOV_TRY(gov_content__flow(f->out, db, f->ctx, f->site, f->column, "submit",
                              f->pool));
    f->out->people->nelts = 0;
    GOV_TRY(gov_sql_flow_people(&rows, db, f->out->site, f->out->column,
                                f->pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_flow_people_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_flow_people_t);
        gov_flow_person_t *person = apr_array_push(f->out->people);

        person->step = row->step;
        person->person = row->person_id;
        person->login = row->login;
    }
    return NULL;
}

gov_err_t *
gov_flow_get(const gov_flow_t **flow, const gov_ctx_t *ctx,
             const gov_site_t *site, const gov_column_t *column,
             apr_pool_t *pool)
{
    flow_t f = { .ctx = ctx, .site = site ? site->id : 0,
                 .column = column ? column->id : 0, .pool = pool,
                 .out = apr_pcalloc(pool, sizeof(gov_flow_t)) };

    GOV_TRY(gov_store_read(ctx->store, get, &f, pool));
    *flow = f.out;
    return NULL;
}

static const char *
node_text(apr_int64_t site, apr_int64_t column, apr_pool_t *pool)
{
    if (column)
        return apr_psprintf(pool, "column:%" APR_INT64_T_FMT, column);
    if (site)
        return apr_psprintf(pool, "site:%" APR_INT64_T_FMT, site);
    return "group";
}

static gov_err_t *
set(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    flow_t *f = baton;
    const gov_flow_t *flow = f->in;
    int i, people = flow->people ? flow->people->nelts : 0;

    GOV_TRY(gov_sql_flow_put(NULL, db, flow->site, flow->column, flow->reviews,
                             gov_publisher_word(flow->publisher), flow->hours,
                             gov_now(f->ctx->clock),
                             gov_permit_actor(f->permit)->name, pool));
    GOV_TRY(gov_sql_flow_people_clear(NULL, db, flow->site, flow->column,
                                      pool));
    for (i = 0; i < people; i++) {
        const gov_flow_person_t *person =
            &APR_ARRAY_IDX(flow->people, i, gov_flow_person_t);

        GOV_TRY(gov_sql_flow_person_put(NULL, db, flow->site, flow->column,
                                        person->step, person->person, pool));
    }
    return gov_audit_add(db, f->ctx, "flow.set", flow->site,
                         node_text(flow->site, flow->column, pool), true,
                         apr_psprintf(pool, "reviews %d, publisher %s, hours "
                                      "%d, people %d", flow->reviews,
                                      gov_publisher_word(flow->publisher),
                                      flow->hours, people), pool);
}

static gov_err_t *
check_node(const gov_ctx_t *ctx, apr_int64_t site, apr_int64_t column,
           apr_pool_t *pool)
{
    const gov_column_t *c = column ? gov_column_by_id(ctx->group, column)
                                   : NULL;

    if (column && (!c || c->site->id != site))
        return gov_err_field("column", pool, "is not a column of the site");
    if (site && !gov_site_by_id(ctx->group, site))
        return gov_err_field("site", pool, "there is no such site");
    return NULL;
}

gov_err_t *
gov_flow_set(const gov_ctx_t *ctx, const gov_flow_t *flow,
             const gov_permit_t *permit, apr_pool_t *pool)
{
    flow_t f = { .ctx = ctx, .permit = permit, .in = flow };
    int i;

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, flow->site,
                             flow->column, pool));
    GOV_TRY(check_node(ctx, flow->site, flow->column, pool));
    if (flow->reviews < 0 || flow->reviews > 3)
        return gov_err_field("reviews", pool, "%d; it is 0 to 3",
                             flow->reviews);
    if (flow->hours < 0 || flow->hours > 8760)
        return gov_err_field("hours", pool, "%d; it is 0 to 8760",
                             flow->hours);
    for (i = 0; flow->people && i < flow->people->nelts; i++) {
        const char *step = APR_ARRAY_IDX(flow->people, i,
                                         gov_flow_person_t).step;

        if (strcmp(step, "submit") && strcmp(step, "review")
            && strcmp(step, "clear") && strcmp(step, "publish"))
            return gov_err_field("step", pool, "\"%s\" is none of submit "
                                 "review clear publish", step);
    }
    return gov_store_tx(ctx->store, set, &f, pool);
}

static gov_err_t *
unset(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    flow_t *f = baton;
    apr_int64_t removed;

    GOV_TRY(gov_sql_flow_people_clear(NULL, db, f->site, f->column, pool));
    GOV_TRY(gov_sql_flow_remove(&removed, db, f->site, f->column, pool));
    if (!removed)
        return NULL;
    return gov_audit_add(db, f->ctx, "flow.remove", f->site,
                         node_text(f->site, f->column, pool), true, NULL,
                         pool);
}

gov_err_t *
gov_flow_remove(const gov_ctx_t *ctx, apr_int64_t site, apr_int64_t column,
                const gov_permit_t *permit, apr_pool_t *pool)
{
    flow_t f = { .ctx = ctx, .permit = permit, .site = site,
                 .column = column };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, site, column, pool));
    if (!site)
        return gov_err_field("site", pool, "the group's rule can be changed, "
                             "not removed");
    return gov_store_tx(ctx->store, unset, &f, pool);
}

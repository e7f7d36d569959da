/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* person_find.c -- accounts with their roles, for those who look after them. */

#include <stdlib.h>
#include <string.h>

#include "gov_text.h"
#include "people_priv.h"
#include "sql_security.h"

const char *
gov_person_state(const gov_person_t *person)
{
    return !person->active ? "disabled"
        : person->must_change ? "waiting" : "active";
}

/* --- who may ---------------------------------------------------------------- */

static bool
may(const gov_ctx_t *ctx, gov_action_t action, apr_int64_t site,
    apr_int64_t column, apr_pool_t *pool)
{
    const gov_permit_t *permit;

    return !gov_permit_get(&permit, ctx, action, site, column, pool);
}

bool
gov_people_seen(const gov_ctx_t *ctx, apr_int64_t site, apr_pool_t *pool)
{
    const unsigned wanted = GOV_CAN(PEOPLE) | GOV_CAN(GRANT);
    const apr_array_header_t *grants = ctx->actor->grants;
    int i;

    if (!site)
        return may(ctx, GOV_ACTION_PEOPLE, 0, 0, pool)
            || may(ctx, GOV_ACTION_SECURITY, 0, 0, pool);
    for (i = 0; grants && i < grants->nelts; i++) {
        const gov_grant_t *grant = &APR_ARRAY_IDX(grants, i, gov_grant_t);

        if ((grant->role->actions & wanted) && grant->site == site)
            return true;
    }
    return may(ctx, GOV_ACTION_PEOPLE, site, 0, pool)
        || may(ctx, GOV_ACTION_GRANT, site, 0, pool);
}

/* --- reading ---------------------------------------------------------------- */

typedef struct find_t {
    const gov_person_query_t *query;
    const char *sites, *pattern;
    apr_array_header_t *entries;
    int total;
    apr_pool_t *pool;             /* of the answer */
} find_t;

/* "author 3 0,reviewer 3 17" */
static const apr_array_header_t *
grants_of(const char *text, apr_pool_t *pool)
{
    apr_array_header_t *grants = apr_array_make(pool, 4, sizeof(gov_grant_t));
    char *rest = apr_pstrdup(pool, text ? text : ""), *one, *state = NULL;

    for (one = apr_strtok(rest, ",", &state); one;
         one = apr_strtok(NULL, ",", &state)) {
        char *site = strchr(one, ' '), *column;

        *site++ = '\0';
        column = strchr(site, ' ');
        gov_security__grant(grants, one, apr_atoi64(site), apr_atoi64(column));
    }
    return grants;
}

static const char *
or_empty(const char *text)
{
    return text ? text : "";
}

static void
add_entry(find_t *f, const gov_row_people_find_t *row)
{
    gov_person_entry_t *entry = apr_array_push(f->entries);
    gov_person_t *p = &entry->person;

    p->id = row->id;
    p->login = row->login;
    p->name = row->name;
    p->class_ = row->class_;
    p->site = row->site;
    p->unit = row->unit;
    p->email = row->email;
    p->active = !strcmp(row->state, "active");
    p->has_password = row->has_password;
    p->must_change = row->must_change;
    p->has_factor = row->has_factor;
    p->password_at = row->password_at;
    p->signed_in_at = row->signed_in_at;
    p->created_at = row->created_at;
    entry->grants = grants_of(row->roles, f->pool);
}

static gov_err_t *
read_page(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    find_t *f = baton;
    const gov_person_query_t *q = f->query;
    const char *class_ = or_empty(q->class_), *state = or_empty(q->state);
    const char *order = q->order ? q->order : "login";
    const char *up = q->up || !q->order ? order : "";
    const char *down = *up ? "" : order;
    gov_row_people_count_t count;
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_people_find(&rows, db, f->sites, f->sites, f->sites,
                                class_, class_, state, state, f->pattern,
                                f->pattern, f->pattern, up, up, up, up, down,
                                down, down, down, q->limit, q->offset,
                                f->pool));
    GOV_TRY(gov_sql_people_count(&count, db, f->sites, f->sites, f->sites,
                                 class_, class_, state, state, f->pattern,
                                 f->pattern, f->pattern, scratch));
    f->total = (int)count.total;
    f->entries = apr_array_make(f->pool, rows->nelts + 1,
                                sizeof(gov_person_entry_t));
    for (i = 0; i < rows->nelts; i++)
        add_entry(f, &APR_ARRAY_IDX(rows, i, gov_row_people_find_t));
    return NULL;
}

/* "3,17"; of no site: what no account has. */
static gov_err_t *
sites_of(const char **text, const gov_ctx_t *ctx,
         const apr_array_header_t *sites, apr_pool_t *pool)
{
    gov_buf_t *out = gov_buf_create(64, pool);
    int i;

    gov_buf_str(out, "-");
    for (i = 0; i < sites->nelts; i++) {
        apr_int64_t site = APR_ARRAY_IDX(sites, i, apr_int64_t);

        if (!gov_people_seen(ctx, site, pool))
            return gov_err(GOV_E_FORBIDDEN, NULL, pool,
                           "%s may not see the people of site %" APR_INT64_T_FMT,
                           ctx->actor->name, site);
        gov_buf_printf(out, ",%" APR_INT64_T_FMT, site);
    }
    *text = out->data;
    return NULL;
}

/* TEXT anywhere, with what LIKE would take for its own. */
static const char *
pattern_of(const char *text, apr_pool_t *pool)
{
    gov_buf_t *out;

    if (!text || !*text)
        return "";
    out = gov_buf_create(64, pool);
    gov_buf_str(out, "%");
    for (; *text; text++) {
        if (strchr("%_\\", *text))
            gov_buf_str(out, "\\");
        gov_buf_add(out, text, 1);
    }
    gov_buf_str(out, "%");
    return out->data;
}

gov_err_t *
gov_person_search(apr_array_header_t **entries, int *total,
                  const gov_ctx_t *ctx, const gov_person_query_t *query,
                  apr_pool_t *pool)
{
    find_t f = { .query = query, .sites = "", .pool = pool,
                 .pattern = pattern_of(query->text, pool) };

    if (query->sites)
        GOV_TRY(sites_of(&f.sites, ctx, query->sites, pool));
    else if (!gov_people_seen(ctx, 0, pool))
        return gov_err(GOV_E_FORBIDDEN, NULL, pool,
                       "%s may not see all people", ctx->actor->name);
    GOV_TRY(gov_store_read(ctx->store, read_page, &f, pool));
    *entries = f.entries;
    *total = f.total;
    return NULL;
}

/* --- one -------------------------------------------------------------------- */

typedef struct one_t {
    apr_int64_t id;
    apr_array_header_t *grants;
    apr_pool_t *pool;
} one_t;

static gov_err_t *
read_grants(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    one_t *o = baton;
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_grants_of(&rows, db, o->id, scratch));
    o->grants = apr_array_make(o->pool, rows->nelts + 1, sizeof(gov_grant_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_grants_of_t *row = &APR_ARRAY_IDX(rows, i,
                                                        gov_row_grants_of_t);

        gov_security__grant(o->grants, row->role, row->site, row->column);
    }
    return NULL;
}

static bool
may_see(const gov_ctx_t *ctx, const gov_person_entry_t *entry,
        apr_pool_t *pool)
{
    int i;

    if ((ctx->actor->kind == GOV_ACTOR_PERSON
         && ctx->actor->person == entry->person.id) || gov_people_seen(ctx, 0, pool)
        || (entry->person.site && gov_people_seen(ctx, entry->person.site, pool)))
        return true;
    for (i = 0; i < entry->grants->nelts; i++) {
        const gov_grant_t *grant = &APR_ARRAY_IDX(entry->grants, i,
                                                  gov_grant_t);

        if (grant->site && gov_people_seen(ctx, grant->site, pool))
            return true;
    }
    return false;
}

gov_err_t *
gov_person_entry(const gov_person_entry_t **result, const gov_ctx_t *ctx,
                 apr_int64_t id, apr_pool_t *pool)
{
    gov_person_entry_t *entry = apr_pcalloc(pool, sizeof(*entry));
    one_t one = { .id = id, .pool = pool };
    const gov_person_t *person;

    GOV_TRY(gov_person_get(&person, ctx, id, pool));
    entry->person = *person;
    GOV_TRY(gov_store_read(ctx->store, read_grants, &one, pool));
    entry->grants = one.grants;
    if (!may_see(ctx, entry, pool))
        return gov_err(GOV_E_FORBIDDEN, NULL, pool, "%s may not see %s",
                       ctx->actor->name, person->login);
    *result = entry;
    return NULL;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* policy.c -- the security rules of the group. */

#include <stddef.h>
#include <string.h>

#include "gov_audit.h"
#include "gov_event.h"
#include "gov_policy.h"
#include "gov_time.h"
#include "sql_security.h"

static const gov_policy_t defaults = {
#define FALLBACK(field, word, fallback, least, most, unit) .field = fallback,
    GOV_POLICIES(FALLBACK)
#undef FALLBACK
};

typedef struct rule_t {
    gov_policy_rule_t rule;
    apr_size_t offset;            /* in gov_policy_t */
} rule_t;

static const rule_t rules[] = {
#define RULE(field, word, fallback, least, most, unit)                        \
    { { word, unit, fallback, fallback, least, most },                        \
      offsetof(gov_policy_t, field) },
    GOV_POLICIES(RULE)
#undef RULE
};

#define COUNT ((int)(sizeof(rules) / sizeof(rules[0])))

static const rule_t *
find(const char *word)
{
    int i;

    for (i = 0; i < COUNT; i++)
        if (!strcmp(rules[i].rule.word, word))
            return &rules[i];
    return NULL;
}

const gov_policy_t *
gov_policy_default(void)
{
    return &defaults;
}

/* A row of a later release's rule is none of ours; a value out of bounds, which
   only a hand on the table can leave, counts as the nearest one in them. */
gov_err_t *
gov_policy_load(const gov_policy_t **policy, gov_db_t *db, apr_pool_t *pool)
{
    gov_policy_t *p = apr_pmemdup(pool, &defaults, sizeof(defaults));
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_policies(&rows, db, pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_policies_t *row = &APR_ARRAY_IDX(rows, i,
                                                       gov_row_policies_t);
        const rule_t *rule = find(row->name);
        apr_int64_t value = row->value;

        if (!rule)
            continue;
        if (value < rule->rule.least)
            value = rule->rule.least;
        if (value > rule->rule.most)
            value = rule->rule.most;
        *(int *)((char *)p + rule->offset) = (int)value;
    }
    *policy = p;
    return NULL;
}

apr_array_header_t *
gov_policy_rules(const gov_policy_t *policy, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, COUNT,
                                              sizeof(gov_policy_rule_t));
    int i;

    for (i = 0; i < COUNT; i++) {
        gov_policy_rule_t *rule = apr_array_push(list);

        *rule = rules[i].rule;
        rule->value = *(const int *)((const char *)policy + rules[i].offset);
    }
    return list;
}

typedef struct change_t {
    const gov_ctx_t *ctx;
    const char *word;
    int value;
} change_t;

/* The rules are read with the site map, hence the tag. */
static gov_err_t *
set(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const change_t *c = baton;

    GOV_TRY(gov_sql_policy_put(NULL, db, c->word, c->value,
                               gov_now(c->ctx->clock), c->ctx->actor->name,
                               c->word, pool));
    GOV_TRY(gov_audit_add(db, c->ctx, "policy.set", 0,
                          apr_pstrcat(pool, "policy:", c->word, NULL), true,
                          apr_itoa(pool, c->value), pool));
    return gov_event_add(db, "policy.changed", 0, 0, "structure", pool);
}

gov_err_t *
gov_policy_set(const gov_ctx_t *ctx, const char *word, int value,
               const gov_permit_t *permit, apr_pool_t *pool)
{
    const rule_t *rule = find(word);
    change_t baton = { ctx, word, value };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SECURITY, 0, 0, pool));
    if (!rule)
        return gov_err_field("rule", pool, "there is no rule \"%s\"", word);
    if (value < rule->rule.least || value > rule->rule.most)
        return gov_err_field(word, pool, "%d is not between %d and %d %s",
                             value, rule->rule.least, rule->rule.most,
                             rule->rule.unit);
    return gov_store_tx(ctx->store, set, &baton, pool);
}

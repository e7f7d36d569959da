/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* role.c -- govctl role ...: what people may do, and where. */

#include <string.h>

#include "cli_priv.h"
#include "gov_person.h"

gov_err_t *
gov_cli__node_named(apr_int64_t *site_id, apr_int64_t *column_id,
                    const gov_ctx_t *ctx, const char *node)
{
    const gov_column_t *column;
    const gov_site_t *site;

    *site_id = 0;
    *column_id = 0;
    if (!node)
        return NULL;
    if (strchr(node, ':')) {
        GOV_TRY(gov_cli__column_named(&column, ctx, node));
        *site_id = column->site->id;
        *column_id = column->id;
        return NULL;
    }
    GOV_TRY(gov_cli__site_named(&site, ctx, node));
    *site_id = site->id;
    return NULL;
}

static gov_err_t *
begin(gov_ctx_t **ctx, const gov_permit_t **permit, const gov_person_t **person,
      gov_grant_t *grant, gov_cli__t *cli)
{
    const char *role = gov_cli__operand(cli, 1);

    GOV_TRY(gov_cli__ctx(ctx, cli));
    GOV_TRY(gov_person_named(person, *ctx, gov_cli__operand(cli, 0),
                             cli->pool));
    grant->role = gov_role_named(role);
    if (!grant->role)
        return gov_err_field("role", cli->pool, "there is no role \"%s\"; "
                             "govctl role list shows them", role);
    GOV_TRY(gov_cli__node_named(&grant->site, &grant->column, *ctx,
                                gov_cli__operand(cli, 2)));
    return gov_permit_get(permit, *ctx, gov_grant_needs(grant->role),
                          grant->site, grant->column, cli->pool);
}

static gov_err_t *
grant(gov_cli__t *cli)
{
    const gov_person_t *person;
    const gov_permit_t *permit;
    gov_grant_t given;
    gov_ctx_t *ctx;

    GOV_TRY(begin(&ctx, &permit, &person, &given, cli));
    return gov_grant_add(ctx, person, &given, permit, cli->pool);
}

static gov_err_t *
take(gov_cli__t *cli)
{
    const gov_person_t *person;
    const gov_permit_t *permit;
    gov_grant_t given;
    gov_ctx_t *ctx;

    GOV_TRY(begin(&ctx, &permit, &person, &given, cli));
    return gov_grant_remove(ctx, person, &given, permit, cli->pool);
}

static const char *
actions_of(const gov_role_t *role, apr_pool_t *pool)
{
    const char *text = "";
    int i;

    for (i = 0; i < GOV_ACTION__COUNT; i++)
        if (role->actions & (1u << i))
            text = apr_pstrcat(pool, text, *text ? " " : "",
                               gov_action_word(i), NULL);
    return text;
}

static gov_err_t *
list(gov_cli__t *cli)
{
    gov_cli__table_t *table = gov_cli__table("role class may", cli->pool);
    gov_json_t *json = gov_json_array(cli->pool);
    const gov_role_t *role;
    int i;

    for (i = 0; (role = gov_role(i)) != NULL; i++) {
        const char *may = actions_of(role, cli->pool);
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set(row, "role", role->word);
        gov_json_set(row, "class", role->class_);
        gov_json_set(row, "may", may);
        gov_json_add(json, row);
        gov_cli__row(table, role->word, role->class_, may);
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

static const char *
node_of(const gov_ctx_t *ctx, const gov_grant_t *given, apr_pool_t *pool)
{
    const gov_site_t *site = gov_site_by_id(ctx->group, given->site);
    const gov_column_t *column = gov_column_by_id(ctx->group, given->column);

    if (!given->site)
        return "-";
    if (!site)
        return "?";
    return column ? apr_pstrcat(pool, site->slug, ":", column->path, NULL)
                  : site->slug;
}

static gov_err_t *
of(gov_cli__t *cli)
{
    gov_cli__table_t *table = gov_cli__table("role where", cli->pool);
    gov_json_t *json = gov_json_array(cli->pool);
    const gov_person_t *person;
    const gov_actor_t *actor;
    gov_ctx_t *ctx;
    int i;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(gov_person_named(&person, ctx, gov_cli__operand(cli, 0),
                             cli->pool));
    GOV_TRY(gov_person_actor(&actor, ctx, person, cli->pool));
    for (i = 0; i < actor->grants->nelts; i++) {
        const gov_grant_t *given = &APR_ARRAY_IDX(actor->grants, i,
                                                  gov_grant_t);
        const char *node = node_of(ctx, given, cli->pool);
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set(row, "role", given->role->word);
        gov_json_set(row, "where", node);
        gov_json_add(json, row);
        gov_cli__row(table, given->role->word, node);
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

const gov_cli__verb_t gov_cli__role[] = {
    { .name = "role list", .help = "List the roles and what they may do",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = list },
    { .name = "role of", .operands = "LOGIN", .min = 1, .max = 1,
      .help = "List a person's roles",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = of },
    { .name = "role grant", .operands = "LOGIN ROLE [SITE[:COLUMN]]", .min = 2,
      .max = 3, .help = "Give a role at a node and all below it",
      .run = grant },
    { .name = "role revoke", .operands = "LOGIN ROLE [SITE[:COLUMN]]",
      .min = 2, .max = 3, .help = "Take a role away", .run = take },
    { .name = NULL }
};

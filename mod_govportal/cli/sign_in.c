/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* sign_in.c -- govctl session ..., govctl policy ...: who is in, by what rules. */

#include "cli_priv.h"
#include "gov_policy.h"
#include "gov_session.h"
#include "gov_time.h"

static gov_err_t *
list(gov_cli__t *cli)
{
    gov_cli__table_t *table = gov_cli__table(
        "id login step how host address since seen", cli->pool);
    gov_json_t *json = gov_json_array(cli->pool);
    const gov_person_t *person;
    const gov_permit_t *permit;
    apr_array_header_t *sessions;
    gov_ctx_t *ctx;
    int i;

    GOV_TRY(gov_cli__whose(&ctx, &permit, &person, cli));
    GOV_TRY(gov_session_list(&sessions, ctx, person ? person->id : 0, permit,
                             cli->pool));
    for (i = 0; i < sessions->nelts; i++) {
        const gov_session_t *s = &APR_ARRAY_IDX(sessions, i, gov_session_t);
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set(row, "id", s->id);
        gov_json_set(row, "login", s->person->login);
        gov_json_set(row, "step", gov_session_step(s->step));
        gov_json_set(row, "how", s->how);
        gov_json_set(row, "host", s->host);
        gov_json_set(row, "address", s->address);
        gov_json_set(row, "since", gov_time_utc(s->created, cli->pool));
        gov_json_set(row, "seen", gov_time_utc(s->seen, cli->pool));
        gov_json_add(json, row);
        gov_cli__row(table, s->id, s->person->login, gov_session_step(s->step),
                     s->how, s->host, s->address,
                     gov_cli__when(s->created, cli->pool),
                     gov_cli__when(s->seen, cli->pool));
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

static gov_err_t *
end(gov_cli__t *cli)
{
    const gov_person_t *person;
    const gov_permit_t *permit;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_SECURITY, NULL));
    GOV_TRY(gov_person_named(&person, ctx, gov_cli__operand(cli, 0),
                             cli->pool));
    return gov_session_revoke(ctx, person->id, gov_cli__operand(cli, 1), permit,
                              cli->pool);
}

const gov_cli__verb_t gov_cli__session[] = {
    { .name = "session list", .operands = "[LOGIN]", .max = 1,
      .help = "List who is signed in",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = list },
    { .name = "session end", .operands = "LOGIN [ID]", .min = 1, .max = 2,
      .help = "End one session, or all of a person's", .run = end },
    { .name = NULL }
};

static gov_err_t *
show(gov_cli__t *cli)
{
    gov_cli__table_t *table = gov_cli__table("rule value unit least most default",
                                             cli->pool);
    gov_json_t *json = gov_json_array(cli->pool);
    apr_array_header_t *rules;
    gov_ctx_t *ctx;
    int i;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    rules = gov_policy_rules(ctx->policy, cli->pool);
    for (i = 0; i < rules->nelts; i++) {
        const gov_policy_rule_t *rule = &APR_ARRAY_IDX(rules, i,
                                                       gov_policy_rule_t);
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set(row, "rule", rule->word);
        gov_json_set_int(row, "value", rule->value);
        gov_json_set(row, "unit", rule->unit);
        gov_json_set_int(row, "default", rule->fallback);
        gov_json_add(json, row);
        gov_cli__row(table, rule->word, gov_cli__text(rule->value, cli->pool),
                     rule->unit, gov_cli__text(rule->least, cli->pool),
                     gov_cli__text(rule->most, cli->pool),
                     gov_cli__text(rule->fallback, cli->pool));
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

static gov_err_t *
set(gov_cli__t *cli)
{
    const gov_permit_t *permit;
    apr_int64_t value;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_SECURITY, NULL));
    GOV_TRY(gov_cli__number(&value, gov_cli__operand(cli, 1), 0, 1000000000,
                            gov_cli__operand(cli, 0), cli->pool));
    return gov_policy_set(ctx, gov_cli__operand(cli, 0), (int)value, permit,
                          cli->pool);
}

const gov_cli__verb_t gov_cli__policy[] = {
    { .name = "policy show", .help = "Show the group's security rules",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = show },
    { .name = "policy set", .operands = "RULE VALUE", .min = 2, .max = 2,
      .help = "Change a security rule", .run = set },
    { .name = NULL }
};

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* user.c -- govctl user ...: accounts of people. */

#include "cli_priv.h"
#include "gov_time.h"

gov_err_t *
gov_cli__whose(gov_ctx_t **ctx, const gov_permit_t **permit,
               const gov_person_t **person, gov_cli__t *cli)
{
    const char *login = gov_cli__operand(cli, 0);

    *person = NULL;
    GOV_TRY(gov_cli__ctx(ctx, cli));
    GOV_TRY(gov_cli__permit(permit, *ctx, GOV_ACTION_SECURITY, NULL));
    return login ? gov_person_named(person, *ctx, login, cli->pool) : NULL;
}

static void
show_password(const gov_cli__t *cli, const char *login, const char *password)
{
    gov_cli__table_t *table = gov_cli__table("login password", cli->pool);
    gov_json_t *json = gov_json_object(cli->pool);

    gov_json_set(json, "login", login);
    gov_json_set(json, "password", password);
    gov_cli__row(table, login, password);
    gov_cli__print(cli, table, json);
}

static gov_err_t *
add(gov_cli__t *cli)
{
    const char *name = gov_cli__option(cli, "name");
    const char *class_ = gov_cli__option(cli, "class");
    const char *where = gov_cli__option(cli, "site"), *password;
    gov_person_new_t made = { .login = gov_cli__operand(cli, 0) };
    const gov_site_t *site = NULL;
    const gov_permit_t *permit;
    apr_int64_t id;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    if (where)
        GOV_TRY(gov_cli__site_named(&site, ctx, where));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_PEOPLE, site));
    made.name = name ? name : made.login;
    made.class_ = class_ ? class_ : "content";
    made.email = gov_cli__option(cli, "email");
    made.site = site ? site->id : 0;
    made.unit = site && site->unit ? site->unit->id : 0;
    GOV_TRY(gov_person_add(&id, &password, ctx, &made, permit, cli->pool));
    show_password(cli, made.login, password);
    return NULL;
}

static gov_err_t *
list(gov_cli__t *cli)
{
    gov_json_t *json = gov_json_array(cli->pool);
    const char *where = gov_cli__option(cli, "site");
    const gov_site_t *site = NULL;
    const gov_permit_t *permit;
    apr_array_header_t *people;
    gov_cli__table_t *table;
    gov_ctx_t *ctx;
    int i;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    if (where)
        GOV_TRY(gov_cli__site_named(&site, ctx, where));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_SECURITY, NULL));
    GOV_TRY(gov_person_list(&people, ctx, site ? site->id : 0, permit,
                            cli->pool));
    table = gov_cli__table("login name class site state factor signed-in",
                           cli->pool);
    for (i = 0; i < people->nelts; i++) {
        const gov_person_t *p = &APR_ARRAY_IDX(people, i, gov_person_t);
        const gov_site_t *at = gov_site_by_id(ctx->group, p->site);
        const char *state = !p->active ? "disabled"
            : p->must_change ? "must-change-password" : "active";
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set(row, "login", p->login);
        gov_json_set(row, "name", p->name);
        gov_json_set(row, "class", p->class_);
        if (at)
            gov_json_set(row, "site", at->slug);
        gov_json_set(row, "state", state);
        gov_json_set(row, "factor", p->has_factor ? "yes" : "no");
        if (p->signed_in_at)
            gov_json_set(row, "signed_in", gov_time_utc(p->signed_in_at,
                                                        cli->pool));
        gov_json_add(json, row);
        gov_cli__row(table, p->login, p->name, p->class_, at ? at->slug : "-",
                     state, p->has_factor ? "yes" : "no",
                     gov_cli__when(p->signed_in_at, cli->pool));
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

static gov_err_t *
reset(gov_cli__t *cli)
{
    const gov_person_t *person;
    const gov_permit_t *permit;
    const char *password;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__whose(&ctx, &permit, &person, cli));
    GOV_TRY(gov_person_reset(&password, ctx, person, permit, cli->pool));
    show_password(cli, person->login, password);
    return NULL;
}

static gov_err_t *
enable(gov_cli__t *cli)
{
    const gov_person_t *person;
    const gov_permit_t *permit;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__whose(&ctx, &permit, &person, cli));
    return gov_person_enable(ctx, person, true, permit, cli->pool);
}

static gov_err_t *
disable(gov_cli__t *cli)
{
    const gov_person_t *person;
    const gov_permit_t *permit;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__whose(&ctx, &permit, &person, cli));
    return gov_person_enable(ctx, person, false, permit, cli->pool);
}

static gov_err_t *
unlock(gov_cli__t *cli)
{
    const gov_person_t *person;
    const gov_permit_t *permit;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__whose(&ctx, &permit, &person, cli));
    return gov_person_unlock(ctx, person, permit, cli->pool);
}

static gov_err_t *
drop_factor(gov_cli__t *cli)
{
    const gov_person_t *person;
    const gov_permit_t *permit;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__whose(&ctx, &permit, &person, cli));
    return gov_person_drop_factor(ctx, person, permit, cli->pool);
}

static gov_err_t *
alias(gov_cli__t *cli)
{
    const gov_person_t *person;
    const gov_permit_t *permit;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__whose(&ctx, &permit, &person, cli));
    return (gov_cli__option(cli, "remove") ? gov_person_alias_remove
            : gov_person_alias)(ctx, person, gov_cli__operand(cli, 1),
                                gov_cli__operand(cli, 2), permit, cli->pool);
}

static gov_err_t *
aliases(gov_cli__t *cli)
{
    gov_cli__table_t *table = gov_cli__table("login source name", cli->pool);
    gov_json_t *json = gov_json_array(cli->pool);
    const gov_person_t *person;
    const gov_permit_t *permit;
    apr_array_header_t *list;
    gov_ctx_t *ctx;
    int i;

    GOV_TRY(gov_cli__whose(&ctx, &permit, &person, cli));
    GOV_TRY(gov_person_aliases(&list, ctx, person, permit, cli->pool));
    for (i = 0; i < list->nelts; i++) {
        const gov_alias_t *alias = &APR_ARRAY_IDX(list, i, gov_alias_t);
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set(row, "login", alias->login);
        gov_json_set(row, "source", alias->source);
        gov_json_set(row, "name", alias->name);
        gov_json_add(json, row);
        gov_cli__row(table, alias->login, alias->source, alias->name);
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

const gov_cli__verb_t gov_cli__user[] = {
    { .name = "user add", .operands = "LOGIN", .min = 1, .max = 1,
      .help = "Make an account; prints a one-time password",
      .options = { { "name", "NAME", "as people write it" },
                   { "class", "CLASS", "content (so by default) or admin" },
                   { "site", "SITE", "that keeps the account" },
                   { "email", "ADDRESS", "the person's e-mail address" },
                   { "json", NULL, "one JSON value instead of lines" } },
      .run = add },
    { .name = "user list", .help = "List accounts",
      .options = { { "site", "SITE", "that this site keeps" },
                   { "json", NULL, "one JSON value instead of lines" } },
      .run = list },
    { .name = "user import", .operands = "FILE.tsv", .min = 1, .max = 1,
      .help = "Make many accounts and give roles; prints one-time passwords",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = gov_cli__user_import },
    { .name = "user reset", .operands = "LOGIN", .min = 1, .max = 1,
      .help = "Give a new one-time password and end all sessions",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = reset },
    { .name = "user disable", .operands = "LOGIN", .min = 1, .max = 1,
      .help = "Shut an account and end its sessions", .run = disable },
    { .name = "user enable", .operands = "LOGIN", .min = 1, .max = 1,
      .help = "Open an account again", .run = enable },
    { .name = "user unlock", .operands = "LOGIN", .min = 1, .max = 1,
      .help = "Forget failed tries to sign in", .run = unlock },
    { .name = "user drop-factor", .operands = "LOGIN", .min = 1, .max = 1,
      .help = "Forget a lost second factor", .run = drop_factor },
    { .name = "user alias", .operands = "LOGIN SOURCE NAME", .min = 3, .max = 3,
      .help = "Who the server's own authentication calls NAME",
      .options = { { "remove", NULL, "no longer" } },
      .run = alias },
    { .name = "user aliases", .operands = "[LOGIN]", .max = 1,
      .help = "List what the server's own authentication calls people",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = aliases },
    { .name = NULL }
};

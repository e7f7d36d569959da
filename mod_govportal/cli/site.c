/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* site.c -- govctl site list|theme|freeze|unfreeze. */

#include <stdio.h>

#include "cli_priv.h"
#include "gov_site_change.h"

static gov_err_t *
list(gov_cli__t *cli)
{
    gov_json_t *json = gov_json_array(cli->pool);
    const apr_array_header_t *sites;
    gov_cli__table_t *table;
    gov_ctx_t *ctx;
    int i;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    sites = gov_group_sites(ctx->group);
    table = gov_cli__table("id kind theme url name", cli->pool);
    for (i = 0; i < sites->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(sites, i, const gov_site_t *);
        const gov_site_lang_t *lang =
            &APR_ARRAY_IDX(site->languages, 0, gov_site_lang_t);
        const char *url = apr_pstrcat(
            cli->pool, gov_site_origin(site, cli->pool),
            gov_site_home(site, lang->lang, cli->pool), NULL);
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set(row, "id", site->slug);
        gov_json_set(row, "name", lang->title);
        gov_json_set(row, "url", url);
        gov_json_set(row, "kind", site->kind);
        gov_json_set(row, "theme", site->theme);
        gov_json_set(row, "state", site->state);
        gov_json_set(row, "parent", site->parent ? site->parent->slug : NULL);
        gov_json_add(json, row);
        gov_cli__row(table, site->slug, site->kind, site->theme, url,
                     lang->title);
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

static gov_err_t *
theme(gov_cli__t *cli)
{
    const char *name = gov_cli__operand(cli, 1);
    const gov_permit_t *permit;
    const gov_site_t *site;
    gov_looks_t *looks;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__looks(&looks, cli));
    GOV_TRY(gov_cli__theme_known(looks, name, cli->pool));
    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(gov_cli__site_named(&site, ctx, gov_cli__operand(cli, 0)));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_MANAGE, site));
    GOV_TRY(gov_site_set_theme(ctx, site, name, permit, cli->pool));
    printf("%s: theme %s, was %s\n", site->slug, name, site->theme);
    return NULL;
}

static gov_err_t *
change_state(gov_cli__t *cli, bool freeze)
{
    const char *reason = gov_cli__option(cli, "reason");
    const gov_permit_t *permit;
    const gov_site_t *site;
    gov_ctx_t *ctx;

    if (!reason || !*reason)
        return gov_err(GOV_E_INVALID, NULL, cli->pool,
                       "why? give --reason TEXT; it stands in the audit");
    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(gov_cli__site_named(&site, ctx, gov_cli__operand(cli, 0)));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_SYSTEM, NULL));
    GOV_TRY(gov_site_freeze(ctx, site, freeze, reason, permit, cli->pool));
    printf("%s: %s\n", site->slug, freeze ? "frozen" : "open");
    return NULL;
}

static gov_err_t *
freeze(gov_cli__t *cli)
{
    return change_state(cli, true);
}

static gov_err_t *
unfreeze(gov_cli__t *cli)
{
    return change_state(cli, false);
}

const gov_cli__verb_t gov_cli__site[] = {
    { .name = "site list",
      .help = "List the sites with their addresses",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = list },
    { .name = "site theme", .operands = "SITE THEME", .min = 2, .max = 2,
      .help = "Dress a site in another theme", .run = theme },
    { .name = "site freeze", .operands = "SITE", .min = 1, .max = 1,
      .help = "Keep a site as it is: nothing of it is written or published",
      .options = { { "reason", "TEXT", "why (kept in the audit)" } },
      .run = freeze },
    { .name = "site unfreeze", .operands = "SITE", .min = 1, .max = 1,
      .help = "Let a frozen site be changed again",
      .options = { { "reason", "TEXT", "why (kept in the audit)" } },
      .run = unfreeze },
    { .name = NULL }
};

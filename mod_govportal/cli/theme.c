/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* theme.c -- govctl theme list|check|reload. */

#include <stdio.h>

#include "cli_priv.h"
#include "gov_site_change.h"

static gov_err_t *
list(gov_cli__t *cli)
{
    gov_json_t *json = gov_json_array(cli->pool);
    const apr_array_header_t *themes;
    gov_looks_t *looks;
    int i;

    GOV_TRY(gov_cli__looks(&looks, cli));
    themes = gov_looks_themes(looks);
    for (i = 0; i < themes->nelts; i++) {
        const char *name = APR_ARRAY_IDX(themes, i, const char *);

        if (gov_cli__option(cli, "json"))
            gov_json_add_str(json, name);
        else
            puts(name);
    }
    if (gov_cli__option(cli, "json"))
        gov_cli__print_json(json, cli->pool);
    return NULL;
}

static const char *
joined(const apr_array_header_t *names, apr_pool_t *pool)
{
    return apr_array_pstrcat(pool, names, ' ');
}

static gov_err_t *
check(gov_cli__t *cli)
{
    gov_looks_t *looks;

    GOV_TRY(gov_cli__looks(&looks, cli));
    printf("version %s: themes %s; languages %s\n", gov_looks_version(looks),
           joined(gov_looks_themes(looks), cli->pool),
           joined(gov_looks_languages(looks), cli->pool));
    return NULL;
}

static gov_err_t *
announce(gov_cli__t *cli)
{
    const gov_permit_t *permit;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_MANAGE, NULL));
    return gov_looks_announce(ctx, permit, cli->pool);
}

/* Checked here first: the servers would keep their old looks, too, but say so
   in their log only. */
static gov_err_t *
reload(gov_cli__t *cli)
{
    gov_cache_t *cache;
    gov_looks_t *looks;
    gov_err_t *err;

    GOV_TRY(gov_cli__looks(&looks, cli));
    err = announce(cli);
    if (err && err->code != GOV_E_UNAVAILABLE)
        return err;
    if (err) {
        /* without the database this node at least */
        GOV_TRY(gov_cache_open(&cache, cli->config, cli->pool));
        gov_cache_bump(cache, "looks");
    }
    if (err)
        printf("version %s: the servers of this node take it into service; the "
               "others were not told, %s\n", gov_looks_version(looks),
               err->message);
    else
        printf("version %s: the servers of all nodes take it into service\n",
               gov_looks_version(looks));
    return NULL;
}

const gov_cli__verb_t gov_cli__theme[] = {
    { .name = "theme list", .help = "List the installed themes",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = list },
    { .name = "theme check",
      .help = "Compile every stylesheet and say where the first mistake is",
      .run = check },
    { .name = "theme reload",
      .help = "Take changed themes and catalogues into service",
      .run = reload },
    { .name = NULL }
};

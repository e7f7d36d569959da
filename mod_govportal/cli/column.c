/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* column.c -- govctl column list|renumber. */

#include <stdio.h>

#include "cli_priv.h"

typedef struct out_t {
    gov_cli__table_t *table;
    gov_json_t *json;
    apr_pool_t *pool;
} out_t;

static void
add(out_t *out, const apr_array_header_t *columns)
{
    int i;

    for (i = 0; i < columns->nelts; i++) {
        const gov_column_t *column = APR_ARRAY_IDX(columns, i, gov_column_t *);
        const char *name = gov_column_name(column, "zh-CN");
        const char *path = apr_pstrcat(out->pool, column->site->slug, ":",
                                       column->path, NULL);
        gov_json_t *row = gov_json_object(out->pool);

        gov_json_set(row, "column", path);
        gov_json_set(row, "type", column->type_name);
        gov_json_set(row, "supply", column->supply);
        gov_json_set(row, "name", name);
        gov_json_add(out->json, row);
        gov_cli__row(out->table, path, column->type_name, column->supply, name);
        add(out, column->children);
    }
}

static gov_err_t *
list(gov_cli__t *cli)
{
    const char *name = gov_cli__operand(cli, 0);
    const apr_array_header_t *sites;
    const gov_site_t *site = NULL;
    gov_ctx_t *ctx;
    out_t out;
    int i;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    if (name)
        GOV_TRY(gov_cli__site_named(&site, ctx, name));
    out.pool = cli->pool;
    out.table = gov_cli__table("column type supply name", cli->pool);
    out.json = gov_json_array(cli->pool);
    sites = gov_group_sites(ctx->group);
    for (i = 0; i < sites->nelts; i++) {
        const gov_site_t *at = APR_ARRAY_IDX(sites, i, const gov_site_t *);

        if (!site || site == at)
            add(&out, at->columns);
    }
    gov_cli__print(cli, out.table, out.json);
    return NULL;
}

static gov_err_t *
renumber(gov_cli__t *cli)
{
    const gov_column_t *column;
    const gov_permit_t *permit;
    gov_ctx_t *ctx;
    int i;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    for (i = 0; i < cli->operands->nelts; i++) {
        GOV_TRY(gov_cli__column_named(&column, ctx, gov_cli__operand(cli, i)));
        GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_MANAGE,
                                column->site));
        GOV_TRY(gov_column_renumber(ctx, column, permit, cli->pool));
        printf("%s:%s: pages are numbered anew\n", column->site->slug,
               column->path);
    }
    return NULL;
}

const gov_cli__verb_t gov_cli__column[] = {
    { .name = "column list", .operands = "[SITE]", .max = 1,
      .help = "List the columns of a site, or of all",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = list },
    { .name = "column renumber", .operands = "SITE:PATH...", .min = 1,
      .max = -1,
      .help = "Give list pages numbers anew by time of publication",
      .run = renumber },
    { .name = NULL }
};

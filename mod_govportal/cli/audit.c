/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* audit.c -- govctl audit tail. */

#include "cli_priv.h"
#include "gov_audit.h"
#include "gov_time.h"

#define LINES_MAX 10000

static gov_err_t *
tail(gov_cli__t *cli)
{
    const char *name = gov_cli__option(cli, "site");
    const char *lines = gov_cli__option(cli, "lines");
    gov_json_t *json = gov_json_array(cli->pool);
    const gov_site_t *site = NULL;
    const gov_permit_t *permit;
    apr_array_header_t *entries;
    gov_cli__table_t *table;
    apr_int64_t count = 20;
    gov_ctx_t *ctx;
    int i;

    if (lines)
        GOV_TRY(gov_cli__number(&count, lines, 1, LINES_MAX, "--lines",
                                cli->pool));
    GOV_TRY(gov_cli__ctx(&ctx, cli));
    if (name)
        GOV_TRY(gov_cli__site_named(&site, ctx, name));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_READ, site));
    GOV_TRY(gov_audit_tail(&entries, ctx, site ? site->id : 0, (int)count,
                           permit, cli->pool));
    table = gov_cli__table("at actor action site object outcome detail",
                           cli->pool);
    for (i = 0; i < entries->nelts; i++) {
        const gov_audit_entry_t *e = &APR_ARRAY_IDX(entries, i,
                                                    gov_audit_entry_t);
        const gov_site_t *at = gov_site_by_id(ctx->group, e->site);
        const char *where = at ? at->slug
            : e->site ? gov_cli__text(e->site, cli->pool) : "-";
        const char *outcome = e->done ? "done" : "refused";
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set_int(row, "id", e->id);
        gov_json_set(row, "at", gov_time_utc(e->at, cli->pool));
        gov_json_set(row, "actor", e->actor);
        gov_json_set(row, "action", e->action);
        if (e->site)
            gov_json_set(row, "site", where);
        gov_json_set(row, "object", e->object);
        gov_json_set(row, "outcome", outcome);
        gov_json_set(row, "detail", e->detail);
        gov_json_add(json, row);
        gov_cli__row(table, gov_time_rfc3339(e->at, cli->pool), e->actor,
                     e->action, where, e->object, outcome, e->detail);
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

const gov_cli__verb_t gov_cli__audit[] = {
    { .name = "audit tail", .help = "Show who did what last",
      .options = { { "site", "SITE", "of one site only" },
                   { "lines", "N", "how many rows (20)" },
                   { "json", NULL, "one JSON value instead of lines" } },
      .run = tail },
    { .name = NULL }
};

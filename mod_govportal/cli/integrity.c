/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* integrity.c -- govctl integrity status|check|accept|repair. */

#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "gov_history.h"
#include "gov_integrity.h"
#include "gov_time.h"

static gov_err_t *
need_keys(const gov_ctx_t *ctx)
{
    return ctx->keys ? NULL
                     : gov_err(GOV_E_INVALID, NULL, ctx->pool,
                               "there is no key ring (GovKeyFile): nothing has "
                               "a tag, and nobody would see a change");
}

static gov_err_t *
status(gov_cli__t *cli)
{
    gov_json_t *json = gov_json_object(cli->pool);
    gov_json_t *list = gov_json_array(cli->pool);
    const gov_permit_t *permit;
    apr_array_header_t *alarms;
    gov_cli__table_t *table;
    apr_int64_t met = 0;
    apr_time_t since;
    gov_ctx_t *ctx;
    int i;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(need_keys(ctx));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_SYSTEM, NULL));
    GOV_TRY(gov_integrity_since(&since, ctx->store, ctx->keys, cli->pool));
    GOV_TRY(gov_alarms(&alarms, ctx, permit, cli->pool));
    table = gov_cli__table("object site alarms first last what", cli->pool);
    for (i = 0; i < alarms->nelts; i++) {
        const gov_alarm_t *a = &APR_ARRAY_IDX(alarms, i, gov_alarm_t);
        const gov_site_t *site = gov_site_by_id(ctx->group, a->site);
        gov_json_t *row = gov_json_object(cli->pool);

        met += a->count;
        gov_json_set(row, "object", a->object);
        gov_json_set(row, "site", site ? site->slug : NULL);
        gov_json_set_int(row, "count", a->count);
        gov_json_set(row, "first", gov_time_utc(a->first, cli->pool));
        gov_json_set(row, "last", gov_time_utc(a->last, cli->pool));
        gov_json_set(row, "what", a->what);
        gov_json_add(list, row);
        gov_cli__row(table, a->object, site ? site->slug : "-",
                     gov_cli__text(a->count, cli->pool),
                     gov_time_rfc3339(a->first, cli->pool),
                     gov_time_rfc3339(a->last, cli->pool), a->what);
    }
    gov_json_set(json, "since", since ? gov_time_utc(since, cli->pool) : NULL);
    gov_json_set_int(json, "alarms", met);
    gov_json_put(json, "objects", list);
    if (!gov_cli__option(cli, "json")) {
        if (since)
            printf("in force since %s\n", gov_time_rfc3339(since, cli->pool));
        else
            puts("not in force: rows without a tag are served; see govctl "
                 "integrity accept");
        printf("%" APR_INT64_T_FMT " alarms about %d objects\n", met,
               alarms->nelts);
    }
    if (alarms->nelts || gov_cli__option(cli, "json"))
        gov_cli__print(cli, table, json);
    if (alarms->nelts || !since)
        cli->status = GOV_CLI_FINDINGS;
    return NULL;
}

typedef struct check_t {
    gov_cli__t *cli;
    gov_ctx_t *ctx;
    gov_json_t *list;
} check_t;

/* Where the public would see it. */
static const char *
address(const check_t *c, const gov_alarm_t *alarm)
{
    const gov_site_t *site = gov_site_by_id(c->ctx->group, alarm->site);
    apr_int64_t id = 0;
    const char *colon = strchr(alarm->object, ':');
    const gov_column_t *column = NULL;
    const gov_history_t *history;
    const gov_permit_t *permit;
    const char *path;

    if (!site)
        return "-";
    path = gov_site_home(site, NULL, c->cli->pool);
    if (colon)
        id = apr_atoi64(colon + 1);
    if (!strncmp(alarm->object, "column:", 7)) {
        column = gov_column_by_id(c->ctx->group, id);
        if (column)
            path = gov_column_href(column, NULL, c->cli->pool);
    }
    else if (!strncmp(alarm->object, "document:", 9)
             && !gov_cli__permit(&permit, c->ctx, GOV_ACTION_READ, site)
             && !gov_document_history(&history, c->ctx, id, permit,
                                      c->cli->pool)) {
        column = gov_column_by_id(c->ctx->group, history->column);
        if (column)
            path = gov_document_href(column, id, NULL, c->cli->pool);
    }
    return apr_pstrcat(c->cli->pool, gov_site_origin(site, c->cli->pool), path,
                       NULL);
}

static void
found(void *baton, const gov_alarm_t *alarm)
{
    check_t *c = baton;
    const char *at = address(c, alarm);
    gov_json_t *row;

    if (!gov_cli__option(c->cli, "json")) {
        printf("FAIL %s %s %s\n", alarm->object, at, alarm->what);
        return;
    }
    row = gov_json_object(c->cli->pool);
    gov_json_set(row, "object", alarm->object);
    gov_json_set(row, "url", at);
    gov_json_set(row, "what", alarm->what);
    gov_json_add(c->list, row);
}

static gov_err_t *
check(gov_cli__t *cli)
{
    const char *name = gov_cli__option(cli, "site");
    check_t c = { .cli = cli };
    apr_time_t began = gov_now(gov_clock_real());
    const gov_site_t *site = NULL;
    const gov_permit_t *permit;
    apr_pool_t *iterpool;
    gov_walk_sum_t sum;
    gov_walk_t *walk;
    bool done = false;

    GOV_TRY(gov_cli__ctx(&c.ctx, cli));
    GOV_TRY(need_keys(c.ctx));
    GOV_TRY(gov_cli__permit(&permit, c.ctx, GOV_ACTION_SYSTEM, NULL));
    if (name)
        GOV_TRY(gov_cli__site_named(&site, c.ctx, name));
    c.list = gov_json_array(cli->pool);
    walk = gov_walk_create(site ? site->id : 0, cli->pool);
    apr_pool_create(&iterpool, cli->pool);
    while (!done) {
        apr_pool_clear(iterpool);
        GOV_TRY(gov_walk_step(&done, walk, c.ctx, found, &c, iterpool));
    }
    sum = gov_walk_sum(walk);
    if (gov_cli__option(cli, "json"))
        puts(gov_json_dump(c.list, true, cli->pool));
    else
        printf("%s: %" APR_INT64_T_FMT " documents, %" APR_INT64_T_FMT
               " entries, %" APR_INT64_T_FMT " without a tag, %"
               APR_INT64_T_FMT " wrong\n",
               sum.wrong || sum.untagged ? "FAIL" : "PASS", sum.documents,
               sum.entries, sum.untagged, sum.wrong);
    if (sum.wrong || sum.untagged)
        cli->status = GOV_CLI_FINDINGS;
    else if (!site)               /* all is well again */
        GOV_TRY(gov_alarms_end(NULL, c.ctx, began, permit, cli->pool));
    return NULL;
}

static gov_err_t *
accept_rows(gov_cli__t *cli)
{
    const char *name = gov_cli__option(cli, "site");
    const gov_site_t *site = NULL;
    const gov_permit_t *permit;
    apr_int64_t rows;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(need_keys(ctx));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_SYSTEM, NULL));
    if (name)
        GOV_TRY(gov_cli__site_named(&site, ctx, name));
    GOV_TRY(gov_integrity_accept(&rows, ctx, site ? site->id : 0, permit,
                                 cli->pool));
    if (!site)
        GOV_TRY(gov_integrity_begin(ctx, permit, cli->pool));
    printf("%" APR_INT64_T_FMT " rows have a tag now\n", rows);
    return NULL;
}

static gov_err_t *
repair(gov_cli__t *cli)
{
    bool accepts = gov_cli__option(cli, "accept") != NULL;
    bool restores = gov_cli__option(cli, "restore") != NULL;
    const char *reason = gov_cli__option(cli, "reason");
    const gov_permit_t *permit;
    apr_array_header_t *editions;
    apr_int64_t document;
    gov_ctx_t *ctx;
    int i;

    if (accepts == restores)
        return gov_err(GOV_E_INVALID, NULL, cli->pool,
                       "what is right? --accept: what stands there now; "
                       "--restore: the newest edition that is as it was "
                       "written");
    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(need_keys(ctx));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_SYSTEM, NULL));
    GOV_TRY(gov_cli__document_named(&document, cli, ctx));
    GOV_TRY(gov_document_repair(&editions, ctx, document,
                                accepts ? GOV_REPAIR_ACCEPT
                                        : GOV_REPAIR_RESTORE, reason, permit,
                                cli->pool));
    if (!editions->nelts)
        printf("document %" APR_INT64_T_FMT ": not public\n", document);
    for (i = 0; i < editions->nelts; i++)
        printf("document %" APR_INT64_T_FMT ": edition %s is public\n",
               document, APR_ARRAY_IDX(editions, i, const char *));
    return NULL;
}

const gov_cli__verb_t gov_cli__integrity[] = {
    { .name = "integrity status",
      .help = "Show since when tags are in force, and the alarms",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = status },
    { .name = "integrity check",
      .help = "Look at everything public: is it as it was written?",
      .options = { { "site", "SITE", "of one site only" },
                   { "json", NULL, "one JSON value instead of lines" } },
      .run = check },
    { .name = "integrity accept",
      .help = "Give tags to what has none (after an upgrade, a bulk load)",
      .options = { { "site", "SITE", "of one site only" } },
      .run = accept_rows },
    { .name = "integrity repair", .operands = "[DOCUMENT]", .max = 1,
      .help = "Mend a document that was changed behind the program's back",
      .options = { { "external", "ID", "the document that an import knew so" },
                   { "accept", NULL, "what stands there now is right" },
                   { "restore", NULL, "the newest sound edition is right" },
                   { "reason", "TEXT", "why (kept in the audit)" } },
      .run = repair },
    { .name = NULL }
};

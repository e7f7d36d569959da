/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* audit.c -- govctl audit tail|search|verify|anchor. */

#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "gov_audit.h"
#include "gov_time.h"
#include "gov_trace.h"

#define LINES_MAX 10000

static void
print(gov_cli__t *cli, const gov_ctx_t *ctx, const apr_array_header_t *entries)
{
    gov_json_t *json = gov_json_array(cli->pool);
    gov_cli__table_t *table = gov_cli__table(
        "at actor action site object outcome from detail", cli->pool);
    int i;

    for (i = 0; i < entries->nelts; i++) {
        const gov_audit_entry_t *e = &APR_ARRAY_IDX(entries, i,
                                                    gov_audit_entry_t);
        const gov_site_t *at = gov_site_by_id(ctx->group, e->site);
        const char *where = at ? at->slug
            : e->site ? gov_cli__text(e->site, cli->pool) : "-";
        const char *outcome = e->done ? "done" : "refused";
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set_int(row, "id", e->id);
        if (e->seq)
            gov_json_set_int(row, "seq", e->seq);
        gov_json_set(row, "at", gov_time_utc(e->at, cli->pool));
        gov_json_set(row, "actor", e->actor);
        gov_json_set(row, "action", e->action);
        if (e->site)
            gov_json_set(row, "site", where);
        gov_json_set(row, "object", e->object);
        gov_json_set(row, "outcome", outcome);
        gov_json_set(row, "address", e->address);
        gov_json_set(row, "request", e->request);
        gov_json_set(row, "detail", e->detail);
        gov_json_add(json, row);
        gov_cli__row(table, gov_time_rfc3339(e->at, cli->pool), e->actor,
                     e->action, where, e->object, outcome,
                     e->address ? e->address : "-", e->detail);
    }
    gov_cli__print(cli, table, json);
}

static gov_err_t *
tail(gov_cli__t *cli)
{
    const char *name = gov_cli__option(cli, "site");
    const char *lines = gov_cli__option(cli, "lines");
    const gov_site_t *site = NULL;
    const gov_permit_t *permit;
    apr_array_header_t *entries;
    apr_int64_t count = 20;
    gov_ctx_t *ctx;

    if (lines)
        GOV_TRY(gov_cli__number(&count, lines, 1, LINES_MAX, "--lines",
                                cli->pool));
    GOV_TRY(gov_cli__ctx(&ctx, cli));
    if (name)
        GOV_TRY(gov_cli__site_named(&site, ctx, name));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_AUDIT, NULL));
    GOV_TRY(gov_audit_tail(&entries, ctx, site ? site->id : 0, (int)count,
                           permit, cli->pool));
    print(cli, ctx, entries);
    return NULL;
}

/* "2026-11-03" is the local midnight that begins it; or RFC 3339. */
static gov_err_t *
moment(apr_time_t *at, const char *text, const char *option, apr_pool_t *pool)
{
    gov_date_t date;

    if (!text)
        return NULL;
    if (!gov_date_parse(&date, text, pool)) {
        *at = gov_date_start(date);
        return NULL;
    }
    if (!gov_time_parse(at, text, pool))
        return NULL;
    return gov_err(GOV_E_INVALID, NULL, pool, "--%s \"%s\" is neither a date "
                   "(2026-11-03) nor a time (2026-11-03T09:12:00+08:00)",
                   option, text);
}

/* Who answers for what an address shows. */
static gov_err_t *
by_url(gov_cli__t *cli, gov_ctx_t *ctx, const gov_permit_t *permit,
       const char *url)
{
    apr_array_header_t *entries;
    gov_trace_t trace;

    GOV_TRY(gov_trace_url(&trace, ctx, url, permit, cli->pool));
    GOV_TRY(gov_audit_of(&entries, ctx, trace.site->id, trace.objects, permit,
                         cli->pool));
    if (!gov_cli__option(cli, "json")) {
        printf("%s: site %s", trace.what, trace.site->slug);
        if (trace.document)
            printf(", document %" APR_INT64_T_FMT, trace.document);
        if (trace.edition)
            printf(", live edition %" APR_INT64_T_FMT " (%s)", trace.edition,
                   trace.lang);
        putchar('\n');
    }
    print(cli, ctx, entries);
    return NULL;
}

static gov_err_t *
search(gov_cli__t *cli)
{
    const char *name = gov_cli__option(cli, "site");
    const char *lines = gov_cli__option(cli, "lines");
    const char *url = gov_cli__option(cli, "url");
    gov_audit_query_t query = { .actor = gov_cli__option(cli, "actor"),
                                .action = gov_cli__option(cli, "action"),
                                .object = gov_cli__option(cli, "object") };
    const gov_site_t *site = NULL;
    const gov_permit_t *permit;
    apr_array_header_t *entries;
    apr_int64_t count = 1000;
    gov_ctx_t *ctx;

    if (lines)
        GOV_TRY(gov_cli__number(&count, lines, 1, LINES_MAX, "--lines",
                                cli->pool));
    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_AUDIT, NULL));
    if (url)
        return by_url(cli, ctx, permit, url);
    if (name)
        GOV_TRY(gov_cli__site_named(&site, ctx, name));
    GOV_TRY(moment(&query.from, gov_cli__option(cli, "from"), "from",
                   cli->pool));
    GOV_TRY(moment(&query.to, gov_cli__option(cli, "to"), "to", cli->pool));
    query.site = site ? site->id : 0;
    query.max = (int)count;
    GOV_TRY(gov_audit_search(&entries, ctx, &query, permit, cli->pool));
    print(cli, ctx, entries);
    return NULL;
}

static void
finding(void *baton, const gov_audit_finding_t *found)
{
    (void)baton;
    printf("FAIL %s: %s\n", found->what, found->text);
}

static const char *
anchor_file(const gov_cli__t *cli)
{
    return apr_pstrcat(cli->pool, cli->config->state_dir, "/audit-anchor",
                       NULL);
}

static gov_err_t *
verify(gov_cli__t *cli)
{
    const char *told = gov_cli__option(cli, "anchor");
    const gov_permit_t *permit;
    apr_array_header_t *anchors;
    gov_audit_sum_t sum;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_AUDIT, NULL));
    GOV_TRY(gov_anchors_read(&anchors, anchor_file(cli), cli->pool));
    if (told)
        GOV_TRY(gov_anchor_parse(apr_array_push(anchors), told, cli->pool));
    GOV_TRY(gov_audit_verify(&sum, ctx, anchors, finding, NULL, permit,
                             cli->pool));
    printf("%s: %" APR_INT64_T_FMT " rows, %d anchors, %" APR_INT64_T_FMT
           " findings\n", sum.findings ? "FAIL" : "PASS", sum.rows,
           anchors->nelts, sum.findings);
    if (sum.before)
        printf("note: the first %" APR_INT64_T_FMT " rows are from before there "
               "was a key ring\n", sum.before);
    if (sum.findings)
        cli->status = GOV_CLI_FINDINGS;
    return NULL;
}

static gov_err_t *
anchor(gov_cli__t *cli)
{
    gov_anchor_t end;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(gov_audit_end(&end, ctx, cli->pool));
    if (gov_cli__option(cli, "keep"))
        GOV_TRY(gov_anchor_keep(&end, anchor_file(cli), cli->pool));
    puts(gov_anchor_text(&end, cli->pool));
    return NULL;
}

const gov_cli__verb_t gov_cli__audit[] = {
    { .name = "audit tail", .help = "Show who did what last",
      .options = { { "site", "SITE", "of one site only" },
                   { "lines", "N", "how many rows (20)" },
                   { "json", NULL, "one JSON value instead of lines" } },
      .run = tail },
    { .name = "audit search",
      .help = "Find rows of the audit, or who answers for an address",
      .options = { { "actor", "NAME", "who did it" },
                   { "action", "WORD", "what was done; edition.* is all of them" },
                   { "object", "OBJECT", "to what: document:17, site:3" },
                   { "site", "SITE", "of one site only" },
                   { "from", "TIME", "not before this date or time" },
                   { "to", "TIME", "before this date or time" },
                   { "url", "URL", "everything about what this address shows" },
                   { "lines", "N", "at most so many, the newest (1000)" },
                   { "json", NULL, "one JSON value instead of lines" } },
      .run = search },
    { .name = "audit verify",
      .help = "Check every row, the chain, and its end against the anchors",
      .options = { { "anchor", "ANCHOR", "one more, from another machine's log" } },
      .run = verify },
    { .name = "audit anchor",
      .help = "Print the end of the audit's chain, to be kept elsewhere",
      .options = { { "keep", NULL, "add it to this node's anchors, too" } },
      .run = anchor },
    { .name = NULL }
};

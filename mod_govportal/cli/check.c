/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* check.c -- govctl check: is the whole installation as it should be?

   What is looked at, and what counts as wrong, is decided on the floor that owns
   it; here is only the order.  Whatever fails, the rest is looked at. */

#include <stdio.h>

#include "cli_priv.h"
#include "gov_audit.h"
#include "gov_person.h"
#include "gov_schema.h"
#include "gov_upload.h"
#include "gov_words.h"

/* For an operator who waits. */
#define WALK apr_time_from_sec(5)
#define AUDIT_ROWS 5000
#define SCANNER_PATIENCE apr_time_from_sec(10)

static void
scanner(gov_cli__report_t *report)
{
    const char *where = report->cli->config->virus_scanner;
    apr_pool_t *pool = report->cli->pool;
    gov_scanner_t asked;
    gov_err_t *err;

    if (!where)
        return;                   /* told with the configuration */
    err = gov_scanner_parse(&asked, where, pool);
    if (!err) {
        asked.patience = SCANNER_PATIENCE;
        err = gov_scanner_ping(&asked, pool);
    }
    gov_cli__outcome(report, apr_pstrcat(pool, "virus scanner ", where, NULL),
                     err);
}

static void
migrations(gov_cli__report_t *report)
{
    apr_pool_t *pool = report->cli->pool;
    apr_array_header_t *list;
    int i, missing = 0, changed = 0;
    gov_err_t *err = gov_cli__migrations(&list, report->cli);

    if (err) {
        gov_cli__outcome(report, "migrations", err);
        return;
    }
    for (i = 0; i < list->nelts; i++) {
        const gov_migration_t *m = &APR_ARRAY_IDX(list, i, gov_migration_t);

        missing += !m->applied;
        changed += m->applied && m->changed;
    }
    gov_cli__line(report, "migrations are applied", !missing ? NULL
                  : apr_psprintf(pool, "%d are not; run govctl schema apply",
                                 missing));
    gov_cli__line(report, "migrations are as they were applied", !changed
                  ? NULL
                  : apr_psprintf(pool, "%d were changed afterwards; see govctl "
                                 "schema status", changed));
}

/* --- the audit ------------------------------------------------------------- */

typedef struct audit_t {
    gov_cli__report_t *report;
    const char *first;
    int count;
} audit_t;

static void
found(void *baton, const gov_audit_finding_t *finding)
{
    audit_t *a = baton;

    if (!a->count++)
        a->first = apr_pstrdup(a->report->cli->pool, finding->text);
}

static gov_err_t *
audit(gov_cli__report_t *report, gov_ctx_t *ctx)
{
    apr_pool_t *pool = report->cli->pool;
    audit_t a = { .report = report };
    const gov_permit_t *permit;
    apr_array_header_t *anchors;
    gov_audit_sum_t sum;

    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_AUDIT, NULL));
    GOV_TRY(gov_anchors_read(&anchors, apr_pstrcat(
                                 pool, report->cli->config->state_dir,
                                 "/audit-anchor", NULL), pool));
    GOV_TRY(gov_audit_verify_end(&sum, ctx, AUDIT_ROWS, anchors, found, &a,
                                 permit, pool));
    gov_cli__line(report, apr_psprintf(pool, "the audit's end (%"
                                       APR_INT64_T_FMT " rows, %d anchors)",
                                       sum.rows, anchors->nelts),
                  !a.count ? NULL
                  : apr_psprintf(pool, "%s%s; see govctl audit verify",
                                 a.first, a.count > 1 ? ", and more" : ""));
    return NULL;
}

/* --- the group ------------------------------------------------------------- */

static gov_err_t *
people(gov_cli__report_t *report, gov_ctx_t *ctx)
{
    const gov_permit_t *permit;

    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_SECURITY, NULL));
    GOV_TRY(gov_people_check(ctx, &report->check, permit, report->cli->pool));
    return gov_words_check(ctx, &report->check, permit, report->cli->pool);
}

static gov_err_t *
integrity(gov_cli__report_t *report, gov_ctx_t *ctx)
{
    const gov_permit_t *permit;

    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_SYSTEM, NULL));
    return gov_integrity_look(ctx, WALK, &report->check, permit,
                              report->cli->pool);
}

static void
group(gov_cli__report_t *report)
{
    static const struct {
        const char *what;
        gov_err_t *(*look)(gov_cli__report_t *report, gov_ctx_t *ctx);
    } parts[] = {
        { "people and rules", people },
        { "the audit's end", audit },
        { "integrity", integrity },
    };
    gov_ctx_t *ctx;
    gov_err_t *err = gov_cli__ctx(&ctx, report->cli);
    unsigned i;

    if (err) {
        gov_cli__outcome(report, "people, audit and integrity", err);
        return;
    }
    for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        err = parts[i].look(report, ctx);
        if (err)
            gov_cli__outcome(report, parts[i].what, err);
    }
}

static gov_err_t *
check(gov_cli__t *cli)
{
    gov_cli__report_t *report = gov_cli__report(cli);
    gov_store_t *store;
    gov_err_t *err;

    GOV_TRY(gov_cli__config_report(report));
    gov_config_check(cli->config, &report->check, cli->pool);
    scanner(report);
    err = gov_cli__store(&store, cli);
    if (!err)
        err = gov_store_check(store, &report->check, cli->pool);
    if (err)
        gov_cli__outcome(report, "how the database is set", err);
    else {
        migrations(report);
        group(report);
    }
    gov_cli__report_end(report);
    if (!gov_cli__option(cli, "json"))
        printf("%s: %d failures, %d warnings\n",
               report->failures ? "FAIL" : "PASS", report->failures,
               report->warnings);
    return NULL;
}

const gov_cli__verb_t gov_cli__check[] = {
    { .name = "check",
      .help = "Check the whole installation: settings, database, people, audit",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = check },
    { .name = NULL }
};

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* report.c -- the lines of a check: ok, warn, fail. */

#include <stdio.h>

#include "cli_priv.h"
#include "gov_text.h"

static void
tell(void *baton, gov_grade_t grade, const char *what, const char *why)
{
    static const char *const words[] = { "ok", "warn", "fail" };
    gov_cli__report_t *report = baton;
    gov_cli__t *cli = report->cli;
    gov_json_t *row = gov_json_object(cli->pool);

    report->warnings += grade == GOV_GRADE_WARNING;
    report->failures += grade == GOV_GRADE_FAIL;
    if (grade == GOV_GRADE_FAIL)
        cli->status = GOV_CLI_FINDINGS;
    if (!gov_cli__option(cli, "json")) {
        printf("%-5s %s%s%s\n", words[grade], what, why ? ": " : "",
               why ? gov_text_fold(why, cli->pool) : "");
        return;
    }
    gov_json_set(row, "check", what);
    gov_json_set_bool(row, "ok", grade != GOV_GRADE_FAIL);
    gov_json_set(row, "state", words[grade]);
    gov_json_set(row, "reason", why);
    gov_json_add(report->json, row);
}

gov_cli__report_t *
gov_cli__report(gov_cli__t *cli)
{
    gov_cli__report_t *report = apr_pcalloc(cli->pool, sizeof(*report));

    report->cli = cli;
    report->json = gov_json_array(cli->pool);
    report->check.fn = tell;
    report->check.baton = report;
    return report;
}

void
gov_cli__line(gov_cli__report_t *report, const char *what, const char *why)
{
    gov_check_tell(&report->check, GOV_GRADE_FAIL, what, why);
}

void
gov_cli__outcome(gov_cli__report_t *report, const char *what,
                 const gov_err_t *err)
{
    gov_check_outcome(&report->check, what, err, report->cli->pool);
}

void
gov_cli__report_end(gov_cli__report_t *report)
{
    if (gov_cli__option(report->cli, "json"))
        gov_cli__print_json(report->json, report->cli->pool);
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* main.c -- govctl: from a command line to an exit status. */

#include <apr_file_io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "gov_log.h"
#include "gov_text.h"

/* One line "govctl: message: cause"; where in the source it happened says
   nothing to an operator. */
static void
complain(const gov_err_t *err, apr_pool_t *pool)
{
    gov_buf_t *line = gov_buf_create(256, pool);
    const gov_err_t *at;

    gov_buf_str(line, "govctl");
    for (at = err; at; at = at->cause) {
        if (at->field)
            gov_buf_printf(line, ": %s", at->field);
        gov_buf_printf(line, ": %s", at->message);
    }
    fprintf(stderr, "%s\n", gov_text_fold(gov_text_repair(line->data, line->len,
                                                          pool), pool));
}

static void
log_line(void *baton, gov_log_level_t level, int number, const char *text)
{
    (void)baton;
    if (level <= GOV_LOG_WARNING)
        fprintf(stderr, "govctl: GOV%04d %s\n", number, text);
}

static int
run(gov_cli__t *cli, int argc, const char *const *argv)
{
    gov_err_t *err = gov_base_start(cli->pool);

    if (!err) {
        err = gov_cli__parse(cli, gov_cli__verbs, argc - 1, argv + 1);
        if (err) {
            complain(err, cli->pool);
            return GOV_CLI_USAGE;
        }
    }
    if (!err && cli->help)
        gov_cli__help(cli, gov_cli__verbs);
    else if (!err)
        err = cli->verb->run(cli);
    if (cli->alarms && cli->alarms->nelts) {
        gov_err_t *late = gov_cli__alarms_keep(cli);

        if (!err)
            err = late;
    }
    if (err) {
        fflush(stdout);
        complain(err, cli->pool);
        return gov_cli__status_of(err->code);
    }
    return cli->status;
}

int
main(int argc, const char *const *argv)
{
    gov_cli__t cli = { 0 };
    int status;

    if (apr_app_initialize(&argc, &argv, NULL)
        || apr_pool_create(&cli.pool, NULL)) {
        fprintf(stderr, "govctl: the APR library does not start\n");
        return gov_cli__status_of(GOV_E_INTERNAL);
    }
    gov_log_to(log_line, NULL);
    cli.conf = getenv("GOVPORTAL_CONF");
    status = run(&cli, argc, argv);
    if (fflush(stdout) || ferror(stdout)) {
        fprintf(stderr, "govctl: the output cannot be written\n");
        status = gov_cli__status_of(GOV_E_INTERNAL);
    }
    apr_pool_destroy(cli.pool);
    apr_terminate();
    return status;
}

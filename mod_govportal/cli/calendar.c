/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* calendar.c -- govctl calendar import|check. */

#include <stdio.h>

#include "cli_priv.h"
#include "gov_file.h"
#include "gov_workday.h"

#define FILE_MAX (1024 * 1024)

static gov_err_t *
import(gov_cli__t *cli)
{
    const char *file = gov_cli__operand(cli, 0);
    const gov_permit_t *permit;
    apr_array_header_t *days;
    gov_bytes_t bytes;
    gov_ctx_t *ctx;
    int kept;

    GOV_TRY(gov_file_read(&bytes, file, FILE_MAX, cli->pool));
    GOV_TRY(gov_calendar_parse(&days, bytes, file, cli->pool));
    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_MANAGE, NULL));
    GOV_TRY(gov_calendar_keep(&kept, ctx, days, permit, cli->pool));
    printf("%d days read, %d new or different\n", days->nelts, kept);
    return NULL;
}

static gov_err_t *
check(gov_cli__t *cli)
{
    gov_calendar_t *calendar;
    gov_store_t *store;
    apr_int64_t days;
    gov_date_t date;

    GOV_TRY(gov_date_parse(&date, gov_cli__operand(cli, 0), cli->pool));
    GOV_TRY(gov_cli__number(&days, gov_cli__operand(cli, 1), -2000, 2000,
                            "DAYS", cli->pool));
    GOV_TRY(gov_cli__store(&store, cli));
    GOV_TRY(gov_calendar_load(&calendar, store, cli->pool));
    if (!days) {
        puts(gov_calendar_is_workday(calendar, date) ? "workday" : "holiday");
        return NULL;
    }
    date = gov_calendar_add_workdays(calendar, date, (int)days);
    printf("%04d-%02d-%02d\n", date.year, date.month, date.day);
    return NULL;
}

const gov_cli__verb_t gov_cli__calendar[] = {
    { .name = "calendar import", .operands = "FILE.csv", .min = 1, .max = 1,
      .help = "Take in holidays and make-up workdays", .run = import },
    { .name = "calendar check", .operands = "DATE DAYS", .min = 2, .max = 2,
      .help = "Show which date is so many working days after another",
      .run = check },
    { .name = NULL }
};

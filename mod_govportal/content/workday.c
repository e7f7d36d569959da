/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/workday.c -- the working-day calendar in the store. */

#include <string.h>

#include "content_priv.h"
#include "gov_workday.h"
#include "sql_content.h"

typedef struct keep_t {
    const gov_ctx_t *ctx;
    const apr_array_header_t *days;
    gov_calendar_t *calendar;
    int kept;
    apr_pool_t *pool;
} keep_t;

static gov_err_t *
load(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    keep_t *k = baton;
    apr_array_header_t *rows;
    gov_calendar_t *calendar = gov_calendar_create(k->pool);
    gov_date_t date;
    int i;

    GOV_TRY(gov_sql_calendar_days(&rows, db, scratch));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_calendar_days_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_calendar_days_t);

        GOV_TRY(gov_date_parse(&date, row->day, scratch));
        gov_calendar_add(calendar, date, row->workday);
    }
    k->calendar = calendar;
    return NULL;
}

gov_err_t *
gov_calendar_load(gov_calendar_t **calendar, gov_store_t *store,
                  apr_pool_t *pool)
{
    keep_t k = { .pool = pool };

    GOV_TRY(gov_store_read(store, load, &k, pool));
    *calendar = k.calendar;
    return NULL;
}

/* Cut the text up to the next comma off *REST (the last one takes all). */
static const char *
next_cell(char **rest, bool last)
{
    char *cell = *rest, *comma = last ? NULL : strchr(cell, ',');

    if (comma) {
        *comma = '\0';
        *rest = comma + 1;
    }
    else
        *rest = cell + strlen(cell);
    return cell;
}

static gov_err_t *
read_day(gov_workday_t *day, char *line, apr_pool_t *pool)
{
    const char *date = gov_text_fold(next_cell(&line, false), pool);
    const char *kind = gov_text_fold(next_cell(&line, false), pool);
    const char *note = gov_text_fold(next_cell(&line, true), pool);

    GOV_TRY(gov_date_parse(&day->date, date, pool));
    day->workday = !strcmp(kind, "workday");
    if (!day->workday && strcmp(kind, "holiday"))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "\"%s\" is neither workday nor holiday", kind);
    if (gov_text_length(note) > 100)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "the note is longer than 100 characters");
    day->note = note;
    return NULL;
}

gov_err_t *
gov_calendar_parse(apr_array_header_t **result, gov_bytes_t text,
                   const char *name, apr_pool_t *pool)
{
    apr_array_header_t *days = apr_array_make(pool, 40, sizeof(gov_workday_t));
    char *rest, *line, *end;
    int number = 0;

    if (!gov_text_valid(text.data, text.len))
        return gov_err(GOV_E_INVALID, NULL, pool, "%s is not UTF-8 text", name);
    rest = apr_pstrmemdup(pool, text.data, text.len);
    if (!strncmp(rest, "\xEF\xBB\xBF", 3))
        rest += 3;                /* spreadsheets begin with it */
    for (line = rest; line; line = end) {
        gov_workday_t day;
        gov_err_t *err;
        const char *shown;

        number++;
        end = strchr(line, '\n');
        if (end)
            *end++ = '\0';
        shown = gov_text_fold(line, pool);
        if (!*shown || *shown == '#' || !strncmp(shown, "day,", 4))
            continue;
        err = read_day(&day, line, pool);
        if (err)
            return gov_err(GOV_E_INVALID, err, pool, "%s:%d", name, number);
        APR_ARRAY_PUSH(days, gov_workday_t) = day;
    }
    *result = days;
    return NULL;
}

static bool
in_force(const apr_array_header_t *rows, const char *day, bool workday)
{
    int i;

    for (i = 0; i < rows->nelts; i++) {
        const gov_row_calendar_days_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_calendar_days_t);

        if (!strcmp(row->day, day))
            return row->workday == workday;
    }
    return false;
}

static gov_err_t *
keep(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    keep_t *k = baton;
    gov_row_calendar_version_t newest;
    apr_array_header_t *rows;
    int i;

    k->kept = 0;
    GOV_TRY(gov_sql_calendar_version(&newest, db, pool));
    GOV_TRY(gov_sql_calendar_days(&rows, db, pool));
    for (i = 0; i < k->days->nelts; i++) {
        const gov_workday_t *day = &APR_ARRAY_IDX(k->days, i, gov_workday_t);
        const char *text = apr_psprintf(pool, "%04d-%02d-%02d", day->date.year,
                                        day->date.month, day->date.day);

        if (in_force(rows, text, day->workday))
            continue;
        GOV_TRY(gov_sql_calendar_put(NULL, db, text, newest.version + 1,
                                     day->workday, day->note, pool));
        k->kept++;
    }
    if (!k->kept)
        return NULL;
    GOV_TRY(gov_audit_add(db, k->ctx, "calendar.keep", 0,
                          apr_psprintf(pool, "calendar:%" APR_INT64_T_FMT,
                                       newest.version + 1),
                          true, apr_psprintf(pool, "%d days", k->kept), pool));
    return gov_event_add(db, "calendar.changed", 0, newest.version + 1,
                         "calendar", pool);
}

gov_err_t *
gov_calendar_keep(int *kept, const gov_ctx_t *ctx,
                  const apr_array_header_t *days, const gov_permit_t *permit,
                  apr_pool_t *pool)
{
    keep_t k = { .ctx = ctx, .days = days, .pool = pool };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, 0, 0, pool));
    GOV_TRY(gov_store_tx(ctx->store, keep, &k, pool));
    *kept = k.kept;
    return NULL;
}

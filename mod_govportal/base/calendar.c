/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* calendar.c -- working days. */

#include "base_priv.h"

/* Keys are days since 1970 in the table's own copy; values point at one of the
   two words below. */
struct gov_calendar_t {
    apr_hash_t *days;
    apr_pool_t *pool;
};

static const bool workday = true, holiday = false;

gov_calendar_t *
gov_calendar_create(apr_pool_t *pool)
{
    gov_calendar_t *cal = apr_palloc(pool, sizeof(*cal));

    cal->days = apr_hash_make(pool);
    cal->pool = pool;
    return cal;
}

void
gov_calendar_add(gov_calendar_t *cal, gov_date_t date, bool works)
{
    apr_int64_t day = gov_base__days(date);

    apr_hash_set(cal->days, apr_pmemdup(cal->pool, &day, sizeof(day)),
                 sizeof(day), works ? &workday : &holiday);
}

bool
gov_calendar_is_workday(const gov_calendar_t *cal, gov_date_t date)
{
    apr_int64_t day = gov_base__days(date);
    const bool *works = apr_hash_get(cal->days, &day, sizeof(day));

    return works ? *works : gov_date_weekday(date) <= 5;
}

gov_date_t
gov_calendar_add_workdays(const gov_calendar_t *cal, gov_date_t date, int days)
{
    int step = days < 0 ? -1 : 1;

    while (days != 0) {
        date = gov_date_add(date, step);
        if (gov_calendar_is_workday(cal, date))
            days -= step;
    }
    return date;
}

int
gov_calendar_workdays(const gov_calendar_t *cal, gov_date_t from,
                      gov_date_t to)
{
    int count = 0;

    if (gov_date_cmp(to, from) < 0)
        return -gov_calendar_workdays(cal, to, from);
    while (gov_date_cmp(from, to) < 0) {
        from = gov_date_add(from, 1);
        count += gov_calendar_is_workday(cal, from);
    }
    return count;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* time.c -- the clock, dates, and the forms in which times are written. */

#include <apr_lib.h>
#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "base_priv.h"

#define DAY 86400

static apr_time_t
real_now(void *baton)
{
    (void)baton;
    return apr_time_now();
}

static void
real_random(void *baton, unsigned char *out, apr_size_t len)
{
    (void)baton;
    while (len > 0) {
        ssize_t n = getrandom(out, len, 0);

        /* Nothing that needs random bytes may go on without them. */
        gov_assert(n > 0 || errno == EINTR);
        if (n > 0) {
            out += n;
            len -= (apr_size_t)n;
        }
    }
}

const gov_clock_t *
gov_clock_real(void)
{
    static const gov_clock_t clock = { real_now, real_random, NULL };

    return &clock;
}

apr_time_t
gov_now(const gov_clock_t *clock)
{
    return clock->now(clock->baton);
}

/* --- dates -------------------------------------------------------------- */

/* Both ways count from 1 March of the year 0 in eras of 400 years, so that the
   leap day comes last and needs no special case. */
apr_int64_t
gov_base__days(gov_date_t date)
{
    apr_int64_t year = (apr_int64_t)date.year - (date.month <= 2);
    apr_int64_t era = (year >= 0 ? year : year - 399) / 400;
    int of_era = (int)(year - era * 400);
    int of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5
                  + date.day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
           - 719468;
}

gov_date_t
gov_base__date(apr_int64_t days)
{
    apr_int64_t era;
    int of_era, year, of_year, month;
    gov_date_t date;

    days += 719468;
    era = (days >= 0 ? days : days - 146096) / 146097;
    of_era = (int)(days - era * 146097);
    year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    of_year = of_era - (365 * year + year / 4 - year / 100);
    month = (5 * of_year + 2) / 153;
    date.day = of_year - (153 * month + 2) / 5 + 1;
    date.month = month < 10 ? month + 3 : month - 9;
    date.year = (int)(year + era * 400 + (date.month <= 2));
    return date;
}

int
gov_date_cmp(gov_date_t a, gov_date_t b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

gov_date_t
gov_date_add(gov_date_t date, int days)
{
    return gov_base__date(gov_base__days(date) + days);
}

int
gov_date_weekday(gov_date_t date)
{
    /* 1970-01-01 was a Thursday. */
    int day = (int)((gov_base__days(date) + 3) % 7);

    return (day < 0 ? day + 7 : day) + 1;
}

/* --- civil time --------------------------------------------------------- */

typedef struct civil_t {
    gov_date_t date;
    int hour, minute, second;
    int offset;                   /* seconds east */
} civil_t;

static apr_int64_t
seconds_of(apr_time_t t)
{
    apr_int64_t seconds = t / APR_USEC_PER_SEC;

    return t % APR_USEC_PER_SEC < 0 ? seconds - 1 : seconds;
}

static civil_t
civil_of(apr_int64_t seconds, int offset)
{
    apr_int64_t local = seconds + offset;
    apr_int64_t days = (local >= 0 ? local : local - (DAY - 1)) / DAY;
    int of_day = (int)(local - days * DAY);
    civil_t civil;

    civil.date = gov_base__date(days);
    civil.hour = of_day / 3600;
    civil.minute = of_day / 60 % 60;
    civil.second = of_day % 60;
    civil.offset = offset;
    return civil;
}

static civil_t
civil_here(apr_time_t t)
{
    apr_int64_t seconds = seconds_of(t);

    return civil_of(seconds, gov_base__zone_offset(seconds));
}

static const char *
print_zone(int offset, const char *colon, apr_pool_t *pool)
{
    int minutes = (offset < 0 ? -offset : offset) / 60;

    return apr_psprintf(pool, "%c%02d%s%02d", offset < 0 ? '-' : '+',
                        minutes / 60, colon, minutes % 60);
}

/* Lists print some hundred dates a page; printf() would take a tenth of the
   page's time.  Both end what they write and return where. */
static char *
print_digits(char *to, int number, int digits)
{
    int i;

    for (i = digits - 1; i >= 0; i--, number /= 10)
        to[i] = (char)('0' + number % 10);
    to[digits] = '\0';
    return to + digits;
}

static char *
print_day(char *to, gov_date_t date)
{
    to = print_digits(to, date.year, 4);
    *to++ = '-';
    to = print_digits(to, date.month, 2);
    *to++ = '-';
    return print_digits(to, date.day, 2);
}

static const char *
print_seconds(const civil_t *c, const char *zone, apr_pool_t *pool)
{
    char text[20], *at = print_day(text, c->date);

    *at++ = 'T';
    at = print_digits(at, c->hour, 2);
    *at++ = ':';
    at = print_digits(at, c->minute, 2);
    *at++ = ':';
    print_digits(at, c->second, 2);
    return apr_pstrcat(pool, text, zone, NULL);
}

const char *
gov_time_rfc3339(apr_time_t t, apr_pool_t *pool)
{
    civil_t c = civil_here(t);

    return print_seconds(&c, print_zone(c.offset, ":", pool), pool);
}

const char *
gov_time_utc(apr_time_t t, apr_pool_t *pool)
{
    civil_t c = civil_of(seconds_of(t), 0);

    return print_seconds(&c, "Z", pool);
}

const char *
gov_time_rfc5322(apr_time_t t, apr_pool_t *pool)
{
    static const char days[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat",
                                    "Sun" };
    static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov",
                                      "Dec" };
    civil_t c = civil_here(t);

    return apr_psprintf(pool, "%s, %02d %s %04d %02d:%02d:%02d %s",
                        days[gov_date_weekday(c.date) - 1], c.date.day,
                        months[c.date.month - 1], c.date.year, c.hour,
                        c.minute, c.second, print_zone(c.offset, "", pool));
}

const char *
gov_time_minute(apr_time_t t, apr_pool_t *pool)
{
    civil_t c = civil_here(t);

    return apr_psprintf(pool, "%04d-%02d-%02d %02d:%02d", c.date.year,
                        c.date.month, c.date.day, c.hour, c.minute);
}

const char *
gov_time_day(apr_time_t t, apr_pool_t *pool)
{
    char *text = apr_palloc(pool, 11);

    print_day(text, gov_date_of(t));
    return text;
}

gov_date_t
gov_date_of(apr_time_t t)
{
    return civil_here(t).date;
}

/* Where summer time begins at midnight, the date begins at one o'clock; where
   it ends so, the first of the two midnights counts. */
apr_time_t
gov_date_start(gov_date_t date)
{
    apr_int64_t local = gov_base__days(date) * DAY;
    int before = gov_base__zone_offset(local - 2 * DAY);
    int there = gov_base__zone_offset(local - before);

    if (there != before
        && gov_base__zone_offset(local - there) == there)
        before = there;
    return apr_time_from_sec(local - before);
}

/* --- reading ------------------------------------------------------------ */

/* COUNT digits at *TEXT, which moves on; -1 if they are not there. */
static int
number(const char **text, int count)
{
    int value = 0;

    while (count-- > 0) {
        if (!apr_isdigit(**text))
            return -1;
        value = value * 10 + (*(*text)++ - '0');
    }
    return value;
}

static bool
read_date(gov_date_t *date, const char **text)
{
    static const signed char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30,
                                        31, 30, 31 };
    int last;

    if ((date->year = number(text, 4)) < 0 || *(*text)++ != '-'
        || (date->month = number(text, 2)) < 1 || date->month > 12
        || *(*text)++ != '-' || (date->day = number(text, 2)) < 1)
        return false;
    last = days[date->month - 1];
    if (date->month == 2 && date->year % 4 == 0
        && (date->year % 100 != 0 || date->year % 400 == 0))
        last = 29;
    return date->day <= last;
}

gov_err_t *
gov_date_parse(gov_date_t *date, const char *text, apr_pool_t *pool)
{
    const char *p = text;
    gov_date_t read;

    if (!read_date(&read, &p) || *p)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "'%.40s' is not a date (YYYY-MM-DD)", text);
    *date = read;
    return NULL;
}

/* "Z" or "+hh:mm" */
static bool
read_offset(int *offset, const char **text)
{
    int hours, minutes, sign;

    if (**text == 'Z' || **text == 'z') {
        ++*text;
        *offset = 0;
        return true;
    }
    if (**text != '+' && **text != '-')
        return false;
    sign = *(*text)++ == '-' ? -1 : 1;
    if ((hours = number(text, 2)) < 0 || hours > 23 || *(*text)++ != ':'
        || (minutes = number(text, 2)) < 0 || minutes > 59)
        return false;
    *offset = sign * (hours * 3600 + minutes * 60);
    return true;
}

static bool
read_time(apr_time_t *t, const char *p)
{
    int hour, minute, second, offset, scale = APR_USEC_PER_SEC;
    apr_int64_t micros = 0;
    gov_date_t date;

    if (!read_date(&date, &p) || (*p != 'T' && *p != 't' && *p != ' '))
        return false;
    p++;
    if ((hour = number(&p, 2)) < 0 || hour > 23 || *p++ != ':'
        || (minute = number(&p, 2)) < 0 || minute > 59 || *p++ != ':'
        || (second = number(&p, 2)) < 0 || second > 60)
        return false;
    if (*p == '.') {
        if (!apr_isdigit(*++p))
            return false;
        for (; apr_isdigit(*p); p++)
            micros += (*p - '0') * (scale /= 10);
    }
    if (!read_offset(&offset, &p) || *p)
        return false;
    *t = apr_time_from_sec(gov_base__days(date) * DAY + hour * 3600
                           + minute * 60 + second - offset) + micros;
    return true;
}

gov_err_t *
gov_time_parse(apr_time_t *t, const char *text, apr_pool_t *pool)
{
    if (!read_time(t, text))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "'%.40s' is not a time (RFC 3339)", text);
    return NULL;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* zone.c -- the group's time zone.
 *
 * The C library keeps its zone in the environment of the whole process, which
 * is httpd's and not ours; so the system's zone files (RFC 8536) are read here.
 */

#include <apr_lib.h>
#include <string.h>

#include "base_priv.h"
#include "gov_file.h"

#ifndef GOV_ZONEINFO_DIR
#define GOV_ZONEINFO_DIR "/usr/share/zoneinfo"
#endif

#define FILE_MAX (256 * 1024)
#define HEADER 44
#define LAST_YEAR 2200            /* no change is foretold after it */

typedef struct zone_t {
    int first;                    /* offset before the first change */
    int count;
    const apr_int64_t *at;        /* when it changes, ascending */
    const int *offset;            /* to what */
} zone_t;

static const zone_t china = { 8 * 3600, 0, NULL, NULL };
static const zone_t *the_zone = &china;

int
gov_base__zone_offset(apr_int64_t seconds)
{
    const zone_t *zone = the_zone;
    int low = 0, high = zone->count;

    while (low < high) {
        int middle = low + (high - low) / 2;

        if (zone->at[middle] <= seconds)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? zone->offset[low - 1] : zone->first;
}

bool
gov_base__is_zone_name(const char *name)
{
    return name[0] && name[0] != '/' && strlen(name) < 64
           && !strstr(name, "..")
           && name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
                                "qrstuvwxyz0123456789_+-/.")] == '\0';
}

/* --- zone files --------------------------------------------------------- */

typedef struct change_t {
    apr_int64_t at;
    int offset;
} change_t;

/* The six counts of a header, in the order of the file. */
enum { UT, STD, LEAP, TIMES, TYPES, CHARS, COUNTS };

static apr_int64_t
big_endian(const unsigned char *p, int bytes)
{
    apr_uint64_t value = p[0] & 0x80 ? ~(apr_uint64_t)0 : 0;

    while (bytes-- > 0)
        value = value << 8 | *p++;
    return (apr_int64_t)value;
}

/* The block at P that begins with a header and has times of WIDTH bytes.
   Returns its end, or NULL if it does not fit before END. */
static const unsigned char *
read_header(apr_uint32_t *counts, const unsigned char *p,
            const unsigned char *end, int width)
{
    apr_uint64_t size;
    int i;

    if (end - p < HEADER || memcmp(p, "TZif", 4) != 0)
        return NULL;
    for (i = 0; i < COUNTS; i++)
        counts[i] = (apr_uint32_t)big_endian(p + 20 + 4 * i, 4);
    size = (apr_uint64_t)counts[TIMES] * (width + 1)
           + (apr_uint64_t)counts[TYPES] * 6 + counts[CHARS]
           + (apr_uint64_t)counts[LEAP] * (width + 4) + counts[STD]
           + counts[UT];
    p += HEADER;
    return size <= (apr_uint64_t)(end - p) ? p + size : NULL;
}

static int
whole_minutes(apr_int64_t seconds)
{
    return (int)(seconds / 60 * 60);
}

/* The changes that the block at P lists. */
static bool
read_changes(int *first, apr_array_header_t *changes, const unsigned char *p,
             const apr_uint32_t *counts, int width)
{
    const unsigned char *times = p + HEADER;
    const unsigned char *kinds = times + (apr_size_t)counts[TIMES] * width;
    const unsigned char *types = kinds + counts[TIMES];
    apr_uint32_t i;

    if (counts[TYPES] == 0)
        return false;
    *first = whole_minutes(big_endian(types, 4));
    for (i = 0; i < counts[TIMES]; i++) {
        change_t *change;

        if (kinds[i] >= counts[TYPES])
            return false;
        change = apr_array_push(changes);
        change->at = big_endian(times + (apr_size_t)i * width, width);
        change->offset = whole_minutes(big_endian(types + kinds[i] * 6, 4));
        if (i > 0 && change[-1].at >= change->at)
            return false;
    }
    return true;
}

/* --- the rule for the time after the last listed change ----------------- */

/* "M3.5.0/2": the fifth (last) Sunday of March, at two o'clock. */
typedef struct rule_t {
    int month, week, day, time;
} rule_t;

static bool
skip_name(const char **p)
{
    const char *from = *p;

    if (*from == '<') {
        *p = strchr(from, '>');
        return *p && (*p)++;
    }
    while (apr_isalpha(**p))
        ++*p;
    return *p > from;
}

static bool
read_int(int *value, const char **p)
{
    if (!apr_isdigit(**p))
        return false;
    for (*value = 0; apr_isdigit(**p) && *value < 1000; ++*p)
        *value = *value * 10 + (**p - '0');
    return true;
}

/* "[+-]h[:mm[:ss]]" in seconds */
static bool
read_clock(int *seconds, const char **p)
{
    int sign = **p == '-' ? -1 : 1, part, unit = 3600;

    if (**p == '-' || **p == '+')
        ++*p;
    for (*seconds = 0; unit > 0; unit /= 60) {
        if (!read_int(&part, p))
            return false;
        *seconds += part * unit;
        if (**p != ':')
            break;
        ++*p;
    }
    *seconds *= sign;
    return true;
}

static bool
read_rule(rule_t *rule, const char **p)
{
    rule->time = 2 * 3600;
    if (*(*p)++ != ',' || *(*p)++ != 'M' || !read_int(&rule->month, p)
        || *(*p)++ != '.' || !read_int(&rule->week, p) || *(*p)++ != '.'
        || !read_int(&rule->day, p))
        return false;
    if (rule->month < 1 || rule->month > 12 || rule->week < 1 || rule->week > 5
        || rule->day > 6)
        return false;
    if (**p != '/')
        return true;
    ++*p;
    return read_clock(&rule->time, p);
}

/* When RULE fires in YEAR, in the civil seconds of the moment before. */
static apr_int64_t
fires(const rule_t *rule, int year)
{
    gov_date_t date = { year, rule->month, 1 };
    int wanted = rule->day == 0 ? 7 : rule->day;
    int ahead = (wanted - gov_date_weekday(date) + 7) % 7;
    gov_date_t found = gov_date_add(date, ahead + 7 * (rule->week - 1));

    if (found.month != rule->month)
        found = gov_date_add(found, -7);
    return gov_base__days(found) * 86400 + rule->time;
}

static void
add_change(apr_array_header_t *changes, apr_int64_t at, int offset)
{
    change_t *change;

    if (changes->nelts > 0
        && APR_ARRAY_IDX(changes, changes->nelts - 1, change_t).at >= at)
        return;
    change = apr_array_push(changes);
    change->at = at;
    change->offset = whole_minutes(offset);
}

/* Spell out the years that the rule P covers, so that a look-up needs no rule.
   Offsets in P count westward. */
static bool
read_footer(apr_array_header_t *changes, const char *p)
{
    int normal, summer, year;
    rule_t begins, ends;

    if (!*p)
        return true;
    if (!skip_name(&p) || !read_clock(&normal, &p))
        return false;
    if (!*p)
        return true;
    summer = normal - 3600;
    if (!skip_name(&p) || (*p != ',' && !read_clock(&summer, &p))
        || !read_rule(&begins, &p) || !read_rule(&ends, &p) || *p)
        return false;
    for (year = 1970; year < LAST_YEAR; year++) {
        apr_int64_t on = fires(&begins, year) + normal;
        apr_int64_t off = fires(&ends, year) + summer;

        if (on < off) {
            add_change(changes, on, -summer);
            add_change(changes, off, -normal);
        }
        else {
            add_change(changes, off, -normal);
            add_change(changes, on, -summer);
        }
    }
    return true;
}

static bool
read_zone(zone_t *zone, const gov_bytes_t *bytes, apr_pool_t *pool)
{
    apr_array_header_t *changes = apr_array_make(pool, 64, sizeof(change_t));
    const unsigned char *p = (const unsigned char *)bytes->data;
    const unsigned char *end = p + bytes->len, *next;
    apr_uint32_t counts[COUNTS];
    apr_int64_t *at;
    int *offset, i;

    next = read_header(counts, p, end, 4);
    if (!next || p[4] < '2')
        return false;
    p = next;
    next = read_header(counts, p, end, 8);
    if (!next || !read_changes(&zone->first, changes, p, counts, 8))
        return false;
    if (end - next < 2 || *next != '\n' || end[-1] != '\n'
        || !read_footer(changes,
                        apr_pstrmemdup(pool, (const char *)next + 1,
                                       end - next - 2)))
        return false;

    zone->count = changes->nelts;
    zone->at = at = apr_palloc(pool, sizeof(*at) * (zone->count + 1));
    zone->offset = offset = apr_palloc(pool,
                                       sizeof(*offset) * (zone->count + 1));
    for (i = 0; i < zone->count; i++) {
        at[i] = APR_ARRAY_IDX(changes, i, change_t).at;
        offset[i] = APR_ARRAY_IDX(changes, i, change_t).offset;
    }
    return true;
}

static apr_status_t
forget(void *zone)
{
    if (the_zone == zone)
        the_zone = &china;
    return APR_SUCCESS;
}

gov_err_t *
gov_zone_set(const char *name, apr_pool_t *pool)
{
    static const char *const chinese[] = { "Asia/Shanghai", "Asia/Chongqing",
                                           "Asia/Harbin", "PRC" };
    gov_bytes_t bytes;
    zone_t *zone;
    size_t i;

    for (i = 0; i < sizeof(chinese) / sizeof(chinese[0]); i++)
        if (strcmp(name, chinese[i]) == 0) {
            the_zone = &china;
            return NULL;
        }
    if (!gov_base__is_zone_name(name))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "'%.64s' is not the name of a time zone", name);
    GOV_TRY(gov_file_read(&bytes, apr_pstrcat(pool, GOV_ZONEINFO_DIR "/", name,
                                              NULL), FILE_MAX, pool));
    zone = apr_pcalloc(pool, sizeof(*zone));
    if (!read_zone(zone, &bytes, pool))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "the zone file of %s cannot be understood", name);
    apr_pool_cleanup_register(pool, zone, forget, apr_pool_cleanup_null);
    the_zone = zone;
    return NULL;
}

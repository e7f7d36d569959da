/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_time.h
 *  @brief Clock, civil time, working days.  Floor: base.
 *
 *  Times are apr_time_t (microseconds since 1970, UTC).  Civil time is that of
 *  the group's zone.
 */
#ifndef GOV_TIME_H
#define GOV_TIME_H

#include "gov_base.h"

struct gov_clock_t {
    apr_time_t (*now)(void *baton);
    void (*random)(void *baton, unsigned char *out, apr_size_t len);
    void *baton;
};

/** The real clock and the kernel's random source. */
GOV_API const gov_clock_t *gov_clock_real(void);
GOV_API apr_time_t gov_now(const gov_clock_t *clock);

/** A calendar date, proleptic Gregorian. */
typedef struct gov_date_t {
    int year, month, day;         /**< month and day from 1 */
} gov_date_t;

/** Offset of the group's zone is constant for China (UTC+8, no summer time);
 *  other zones are taken from the system's zone files by name.  Set once at
 *  start; the end of @a pool brings China's zone back.  INVALID, NOT_FOUND: no
 *  such zone. */
GOV_API gov_err_t *gov_zone_set(const char *name, apr_pool_t *pool);

/** RFC 3339 with offset: "2026-11-03T09:12:00+08:00". */
GOV_API const char *gov_time_rfc3339(apr_time_t t, apr_pool_t *pool);
/** "2026-11-03T01:12:00Z" */
GOV_API const char *gov_time_utc(apr_time_t t, apr_pool_t *pool);
/** RFC 5322 / RSS 2.0: "Tue, 03 Nov 2026 09:12:00 +0800". */
GOV_API const char *gov_time_rfc5322(apr_time_t t, apr_pool_t *pool);
/** "2026-11-03 09:12" (the standards' visible form), or the date alone. */
GOV_API const char *gov_time_minute(apr_time_t t, apr_pool_t *pool);
GOV_API const char *gov_time_day(apr_time_t t, apr_pool_t *pool);
/** Accepts RFC 3339; INVALID otherwise. */
GOV_API gov_err_t *gov_time_parse(apr_time_t *t, const char *text,
                                  apr_pool_t *pool);
GOV_API gov_date_t gov_date_of(apr_time_t t);
/** Local midnight that begins the date. */
GOV_API apr_time_t gov_date_start(gov_date_t date);
GOV_API gov_err_t *gov_date_parse(gov_date_t *date, const char *text,
                                  apr_pool_t *pool);
GOV_API int gov_date_cmp(gov_date_t a, gov_date_t b);
GOV_API gov_date_t gov_date_add(gov_date_t date, int days);
/** 1 Monday … 7 Sunday (ISO 8601). */
GOV_API int gov_date_weekday(gov_date_t date);

/** Working days by a versioned calendar (State Council holiday notices): each
 *  row says that a date is a holiday or a make-up workday; all other days
 *  follow the week. */
typedef struct gov_calendar_t gov_calendar_t;
GOV_API gov_calendar_t *gov_calendar_create(apr_pool_t *pool);
GOV_API void gov_calendar_add(gov_calendar_t *cal, gov_date_t date,
                              bool workday);
GOV_API bool gov_calendar_is_workday(const gov_calendar_t *cal,
                                     gov_date_t date);
/** The date @a days working days after @a date; the day itself does not
 *  count (Civil Code art. 201).  Negative @a days go back. */
GOV_API gov_date_t gov_calendar_add_workdays(const gov_calendar_t *cal,
                                             gov_date_t date, int days);
/** Working days after @a from up to and including @a to; negative if @a to is
 *  the earlier one. */
GOV_API int gov_calendar_workdays(const gov_calendar_t *cal, gov_date_t from,
                                  gov_date_t to);

#endif

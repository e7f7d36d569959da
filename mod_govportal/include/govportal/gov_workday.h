/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_workday.h
 *  @brief The working-day calendar as the store keeps it.  Floor: content.
 *
 *  Only days that differ from the week are kept, and none is ever overwritten: a
 *  correction is a row of a later version, so that a clock that ran by an older
 *  notice can be explained.  See gov_time.h for reckoning.
 */
#ifndef GOV_WORKDAY_H
#define GOV_WORKDAY_H

#include "gov_permit.h"
#include "gov_time.h"

typedef struct gov_workday_t {
    gov_date_t date;
    bool workday;
    const char *note;             /**< why, in the words of the notice */
} gov_workday_t;

/** What is in force. */
GOV_API gov_err_t *gov_calendar_load(gov_calendar_t **calendar,
                                     gov_store_t *store, apr_pool_t *pool);
/** Read rows "day,workday|holiday,note" (a first line "day,kind,note" is passed
 *  over, as are blank lines and those that begin with '#') into an array of
 *  gov_workday_t.  INVALID: @a name with the line's number. */
GOV_API gov_err_t *gov_calendar_parse(apr_array_header_t **days,
                                      gov_bytes_t text, const char *name,
                                      apr_pool_t *pool);
/** Keep @a days (gov_workday_t) as a new version; those that say what is in force
 *  already are left out.
 *  @param kept    how many days were new or different
 *  @param permit  MANAGE on the group */
GOV_API gov_err_t *gov_calendar_keep(int *kept, const gov_ctx_t *ctx,
                                     const apr_array_header_t *days,
                                     const gov_permit_t *permit,
                                     apr_pool_t *pool);
#endif

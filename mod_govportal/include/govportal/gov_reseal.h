/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_reseal.h
 *  @brief Sealed values under a new key: who keeps some says here where they are,
 *  so that they can be sealed anew and their old key retired.  Floor: security.
 */
#ifndef GOV_RESEAL_H
#define GOV_RESEAL_H

#include "gov_key.h"
#include "gov_permit.h"

/** A sealed value as its row has it. */
typedef struct gov_sealed_row_t {
    apr_int64_t id;               /**< unique in its kind */
    const char *about;            /**< what was given to gov_seal() */
    gov_bytes_t value;
} gov_sealed_row_t;

/** One kind of sealed values: a column of a table. */
typedef struct gov_sealed_t {
    const char *name;             /**< for the operator, "person.factor"; NULL ends
                                       a list */
    gov_purpose_t purpose;
    /** Rows behind @a after by their ids, at most @a most: gov_sealed_row_t. */
    gov_err_t *(*next)(apr_array_header_t **rows, gov_db_t *db,
                       apr_int64_t after, int most, apr_pool_t *pool);
    /** Put @a value in the place of row->value, unless that has changed.
     *  @param hit  1: it was put there */
    gov_err_t *(*put)(apr_int64_t *hit, gov_db_t *db,
                      const gov_sealed_row_t *row, gov_bytes_t value,
                      apr_pool_t *pool);
} gov_sealed_t;

/** The kinds that this floor keeps: second factors.  Ends with a NULL name. */
GOV_API const gov_sealed_t *gov_sealed_own(void);

typedef struct gov_reseal_sum_t {
    apr_int64_t done;             /**< sealed anew, or under the key asked for */
    apr_int64_t left;             /**< cannot be opened: they stay as they are */
    const char *first;            /**< why the first of these cannot; or NULL */
} gov_reseal_sum_t;

/** Seal anew whatever of @a kind an older key sealed, in transactions of some
 *  dozens.  Broken off, it goes on when it is called again; what somebody changes
 *  meanwhile is left to them.
 *  @param permit  SYSTEM on the group */
GOV_API gov_err_t *gov_reseal(gov_reseal_sum_t *sum, const gov_ctx_t *ctx,
                              const gov_sealed_t *kind,
                              const gov_permit_t *permit, apr_pool_t *pool);
/** How many values of @a kind key @a key has sealed: sum->done. */
GOV_API gov_err_t *gov_sealed_by(gov_reseal_sum_t *sum, const gov_ctx_t *ctx,
                                 const gov_sealed_t *kind, int key,
                                 const gov_permit_t *permit, apr_pool_t *pool);
#endif

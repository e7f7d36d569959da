/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_check.h
 *  @brief What an operator's check tells: things that were looked at, and how they
 *  stand.  Floor: base.
 *
 *  Each floor looks at what it owns (gov_store_check(), gov_people_check(), ...)
 *  and tells each thing once, good or not, so that a report names all that was
 *  looked at.  govctl check puts them together.
 */
#ifndef GOV_CHECK_H
#define GOV_CHECK_H

#include "gov_config.h"

typedef enum gov_grade_t {
    GOV_GRADE_OK,
    GOV_GRADE_WARNING,            /**< it works, and should be better */
    GOV_GRADE_FAIL
} gov_grade_t;

/** Who hears of it.  @a why is NULL for GOV_GRADE_OK, else a sentence in English
 *  for the operator; both texts live until the call returns. */
typedef void (*gov_check_fn_t)(void *baton, gov_grade_t grade,
                               const char *what, const char *why);
typedef struct gov_check_t {
    gov_check_fn_t fn;
    void *baton;
} gov_check_t;

/** Tell of one thing: fine if @a why is NULL, else of @a grade. */
GOV_API void gov_check_tell(const gov_check_t *check, gov_grade_t grade,
                            const char *what, const char *why);
/** The same of what a call said: an error is a failure with all its causes. */
GOV_API void gov_check_outcome(const gov_check_t *check, const char *what,
                               const gov_err_t *err, apr_pool_t *pool);

/** What the directives alone and the folders that they name can tell: folders that
 *  others may write to, room on the disk, the scheme, test hosts, console networks,
 *  whether there is a key ring and a virus scanner.  Needs no database. */
GOV_API void gov_config_check(const gov_config_t *config,
                              const gov_check_t *check, apr_pool_t *pool);
#endif

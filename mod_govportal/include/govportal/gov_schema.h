/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_schema.h
 *  @brief Migrations: forward only, safe to run twice.  Floor: store.
 *
 *  A component ("core" or a plugin's name) has files NNNN-words.sql; each applied
 *  one is recorded in gov_schema(component, version, digest, applied_at,
 *  applied_by).
 */
#ifndef GOV_SCHEMA_H
#define GOV_SCHEMA_H

#include "gov_store.h"

#define GOV_SCHEMA_MIN 10         /**< oldest core schema this release runs on */
#define GOV_SCHEMA_MAX 10        /**< newest it knows */

typedef struct gov_migration_t {
    const char *component;
    int version;
    const char *file;
    const char *digest;           /**< SHA-1 of the file, hex */
    apr_time_t applied;           /**< 0: not applied */
    bool changed;                 /**< applied, but with another digest */
} gov_migration_t;

/** All migrations of @a component found in @a dir, applied or not. */
GOV_API gov_err_t *gov_schema_status(apr_array_header_t **migrations,
                                     gov_store_t *store, const char *component,
                                     const char *dir, apr_pool_t *pool);
typedef void (*gov_schema_fn_t)(void *baton, const gov_migration_t *m);
/** Apply what is missing, in order, telling @a fn of each. */
GOV_API gov_err_t *gov_schema_apply(gov_store_t *store, const char *component,
                                    const char *dir, const char *who,
                                    gov_schema_fn_t fn, void *baton,
                                    apr_pool_t *pool);
/** The newest applied version of a component, 0 if none. */
GOV_API gov_err_t *gov_schema_version(int *version, gov_store_t *store,
                                      const char *component, apr_pool_t *pool);
/** Can this release work with the core's tables?  UNAVAILABLE says what to do:
 *  they are older or newer than it knows. */
GOV_API gov_err_t *gov_schema_check(gov_store_t *store, apr_pool_t *pool);

#endif

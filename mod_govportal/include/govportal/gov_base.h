/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_base.h
 *  @brief What every file of the house needs: errors, context, bytes.
 *  Floor: base.
 */
#ifndef GOV_BASE_H
#define GOV_BASE_H

#include <apr_general.h>
#include <apr_hash.h>
#include <apr_lib.h>
#include <apr_pools.h>
#include <apr_strings.h>
#include <apr_tables.h>
#include <apr_time.h>
#include <stdbool.h>

#include "gov_err.h"

/** A stretch of bytes; not zero-terminated unless said. */
typedef struct gov_bytes_t {
    const char *data;
    apr_size_t len;
} gov_bytes_t;

typedef struct gov_clock_t gov_clock_t;       /* gov_time.h */
typedef struct gov_store_t gov_store_t;       /* gov_store.h */
typedef struct gov_actor_t gov_actor_t;       /* gov_actor.h */
typedef struct gov_group_t gov_group_t;       /* gov_group.h */
typedef struct gov_site_t gov_site_t;         /* gov_group.h */
typedef struct gov_keys_t gov_keys_t;         /* gov_key.h */
typedef struct gov_policy_t gov_policy_t;     /* gov_policy.h */
typedef struct gov_tree_t gov_tree_t;         /* gov_permit.h */

/** What a call is made for: carried down through the floors.
 *  Made per request or per job; read-only for those it is handed to. */
typedef struct gov_ctx_t {
    apr_pool_t *pool;             /**< lives as long as the request or job */
    const gov_clock_t *clock;     /**< never NULL */
    gov_store_t *store;
    const gov_actor_t *actor;     /**< who acts; never NULL */
    const gov_group_t *group;     /**< the site map this request sees */
    const gov_site_t *site;       /**< NULL only for work on the group */
    const char *lang;             /**< of the page: "zh-CN", "en", "zh-Hant" */
    const char *request_id;
    const gov_keys_t *keys;       /**< the key ring; NULL: none is configured */
    const gov_policy_t *policy;   /**< the rules in force; never NULL */
    const gov_tree_t *tree;       /**< what lies below what; NULL: only the group
                                       as a whole is known */
    struct gov_limits_t *limits;  /**< rates that the node's processes share;
                                       NULL: nothing is limited */
} gov_ctx_t;

/** Library start-up: libxml2 and jansson.  Once a process, before threads.
 *  APR is up already (or there were no @a pool); gov_store_create() starts the
 *  SQL client. */
GOV_API gov_err_t *gov_base_start(apr_pool_t *pool);

#endif

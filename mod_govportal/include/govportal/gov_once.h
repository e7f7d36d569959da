/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_once.h
 *  @brief Writes that must not happen twice: a double click, a retry after a lost
 *  connection.  Floor: content.
 */
#ifndef GOV_ONCE_H
#define GOV_ONCE_H

#include "gov_store.h"

/** Does the work within the transaction; @a result (at most 500 characters, no
 *  secret) is what the answer to a repetition needs, such as the new id. */
typedef gov_err_t *(*gov_once_fn_t)(const char **result, gov_db_t *db,
                                    void *baton, apr_pool_t *scratch);

/** gov_store_tx() for a write that a form's key names: @a fn and the key in one
 *  transaction.  If the key was used before, @a fn does not run and @a result is
 *  what it said then.
 *  @param key  16 bytes, gov_req_once()
 *  @param again  or NULL: set to whether it was done before */
GOV_API gov_err_t *gov_once_tx(const char **result, bool *again,
                               const gov_ctx_t *ctx, gov_bytes_t key,
                               gov_once_fn_t fn, void *baton, apr_pool_t *pool);
#endif

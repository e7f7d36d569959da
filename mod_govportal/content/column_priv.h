/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Shared by column_change.c and column_move.c. */
#ifndef COLUMN_PRIV_H
#define COLUMN_PRIV_H

#include "content_priv.h"
#include "gov_column_change.h"
#include "sql_content.h"

const char *gov_column__first_lang(const gov_site_t *site);
/* Audit row and event. */
gov_err_t *gov_column__changed(gov_db_t *db, const gov_ctx_t *ctx,
                               const char *action, apr_int64_t site,
                               apr_int64_t column, const char *detail,
                               apr_pool_t *pool);
/* INVALID "name": an open column below PARENT, and not COLUMN, is called so. */
gov_err_t *gov_column__name_free(gov_db_t *db, apr_int64_t site,
                                 apr_int64_t parent, apr_int64_t column,
                                 const char *lang, const char *name,
                                 apr_pool_t *pool);
/* INVALID "slug": there is a column of that path, perhaps a closed one. */
gov_err_t *gov_column__path_free(gov_db_t *db, apr_int64_t site,
                                 const char *path, apr_pool_t *pool);
/* The position behind all open columns below PARENT. */
gov_err_t *gov_column__last(int *position, gov_db_t *db, apr_int64_t site,
                            apr_int64_t parent, apr_pool_t *pool);
/* There is a column at PATH now: no redirect of its folder. */
gov_err_t *gov_column__forget_folder(gov_db_t *db, apr_int64_t site,
                                     const char *path, apr_pool_t *pool);

#endif

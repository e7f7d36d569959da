/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_site_change.h
 *  @brief Changing what a site is like.
 *  Floor: content.  Each call is one transaction with audit and event rows; every
 *  node then reads its site map anew (event tag "structure").
 */
#ifndef GOV_SITE_CHANGE_H
#define GOV_SITE_CHANGE_H

#include "gov_group.h"
#include "gov_permit.h"

/** Dress a site in another theme.  Whether there is such a theme is for the caller
 *  to know (gov_looks_themes): themes stand on a neighbour floor.
 *  @param permit  MANAGE on the site
 *  @return INVALID  @a theme cannot be the name of a theme */
GOV_API gov_err_t *gov_site_set_theme(const gov_ctx_t *ctx,
                                      const gov_site_t *site,
                                      const char *theme,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);
/** Freeze a site (R101) or thaw it: its pages stay, and nothing of it is written,
 *  published, withdrawn or placed; entries that other sites' documents leave in its
 *  gathering columns still come.  When it returns, no write is under way.
 *  @param permit  SYSTEM on the group
 *  @return CONFLICT  it is so already */
GOV_API gov_err_t *gov_site_freeze(const gov_ctx_t *ctx, const gov_site_t *site,
                                   bool freeze, const char *reason,
                                   const gov_permit_t *permit,
                                   apr_pool_t *pool);
/** Tell all nodes that themes or catalogues changed on disk; each compiles its
 *  own and keeps the old ones if there is a mistake.
 *  @param permit  MANAGE on the group */
GOV_API gov_err_t *gov_looks_announce(const gov_ctx_t *ctx,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);
#endif

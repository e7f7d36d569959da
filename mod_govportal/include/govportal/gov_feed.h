/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_feed.h
 *  @brief Feeds: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1.  Floor: host.
 */
#ifndef GOV_FEED_H
#define GOV_FEED_H

#include "gov_document.h"
#include "gov_route.h"

typedef enum gov_feed_kind_t {
    GOV_FEED_ATOM, GOV_FEED_RSS, GOV_FEED_JSON
} gov_feed_kind_t;

/** "feed.atom", "feed.rss", "feed.json" */
GOV_API bool gov_feed_kind(gov_feed_kind_t *kind, const char *file);
GOV_API const char *gov_feed_type(gov_feed_kind_t kind);

/** Answer with a feed of @a items, newest first.
 *  @param title  plain text
 *  @param home   path of the page that it belongs to
 *  @param self   path of the feed */
GOV_API gov_err_t *gov_reply_feed(gov_reply_t *reply, gov_ctx_t *ctx,
                                  gov_feed_kind_t kind, const char *title,
                                  const char *home, const char *self,
                                  const apr_array_header_t *items,
                                  apr_pool_t *pool);
#endif

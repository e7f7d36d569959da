/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_host.h
 *  @brief The host: from a request to an answer.  Floor: host.
 *
 *  A gov_host_t is one running installation in one process: configuration,
 *  store, types, looks, site map, routes, plugins, cache.  httpd/, govctl and the
 *  tests all make one.
 */
#ifndef GOV_HOST_H
#define GOV_HOST_H

#include "gov_cache.h"
#include "gov_plugin.h"
#include "gov_theme.h"

typedef struct gov_host_t gov_host_t;

/** Load types, plugins and looks, check routes; opens no connection, starts no
 *  thread: for the parent process.  @a builtin: the portal's own plugins
 *  (const gov_plugin_t *), which come through the same door.  A plugin that does
 *  not fit is left out with one log line; the rest goes on. */
GOV_API gov_err_t *gov_host_create(gov_host_t **host,
                                   const gov_config_t *config,
                                   const gov_plugin_t *const *builtin,
                                   const gov_clock_t *clock, apr_pool_t *pool);
/** In each child: connections, L1, the site map (if the database is there),
 *  plugins' start.  @a watch: also start the watcher thread (feed, jobs,
 *  reloads). */
GOV_API gov_err_t *gov_host_start(gov_host_t *host, bool watch,
                                  apr_pool_t *pool);

/** An answer ready to be sent: either a cache entry, or bytes, or a file. */
typedef struct gov_answer_t {
    int status;
    const char *content_type;
    apr_table_t *headers;         /**< never NULL for non-cached answers */
    gov_entry_t *entry;           /**< from the cache: release after sending */
    bool stale;                   /**< entry is served past its time */
    gov_bytes_t bytes;
    const char *file;
    apr_interval_time_t max_age;
    apr_time_t modified;
} gov_answer_t;

/** What httpd hands in. */
typedef struct gov_ask_t {
    const char *method;
    const char *host;             /**< Host header as sent */
    const char *path;             /**< undecoded */
    const char *query;            /**< or NULL */
    const apr_table_t *headers;
    const char *address;
    const char *request_id;
    gov_body_t body;              /**< read only when the gate has let it in */
    const char *vouched;          /**< who httpd's own authentication says it is, or
                                       NULL */
    const char *vouched_by;       /**< the GovSignIn source, or NULL */
} gov_ask_t;

/** The whole way: gate, route, handler, render, cache.  Never fails: what goes
 *  wrong is an error page in the site's clothes (and log lines). */
GOV_API void gov_host_answer(gov_answer_t *answer, gov_host_t *host,
                             const gov_ask_t *ask, apr_pool_t *pool);
/** The page model that a GET of @a ask builds, as XML text: for template authors
 *  and for the test of every kind against its contract.  UNSUPPORTED: the answer
 *  is no page. */
GOV_API gov_err_t *gov_host_model(const char **xml, gov_host_t *host,
                                  const gov_ask_t *ask, apr_pool_t *pool);
/** The short way: only a fresh cached page, without any allocation.  False: take
 *  the whole way.
 *  @param entry  the caller's reference, to be released after sending */
GOV_API bool gov_host_hit(gov_entry_t **entry, gov_host_t *host,
                          const char *hostname, const char *path,
                          const char *query, apr_time_t now);

/** Recompile looks now (govctl theme reload); the old ones stay if it fails. */
GOV_API gov_err_t *gov_host_reload(gov_host_t *host, apr_pool_t *pool);

GOV_API gov_store_t *gov_host_store(gov_host_t *host);
GOV_API gov_cache_t *gov_host_cache(gov_host_t *host);
GOV_API const gov_config_t *gov_host_config(const gov_host_t *host);
GOV_API const gov_types_t *gov_host_types(const gov_host_t *host);
GOV_API gov_looks_t *gov_host_looks(gov_host_t *host);
/** A context for @a actor; takes a reference to the site map until @a pool goes. */
GOV_API gov_err_t *gov_host_ctx(gov_ctx_t **ctx, gov_host_t *host,
                                const gov_actor_t *actor, apr_pool_t *pool);
/** All routes, for tests and documents: const gov_route_t *. */
GOV_API const apr_array_header_t *gov_host_routes(const gov_host_t *host);
GOV_API const apr_array_header_t *gov_host_plugins(const gov_host_t *host);

/** Let the decorator of the document's type, if any, add to its page. */
GOV_API gov_err_t *gov_host_decorate(gov_view_t *view, gov_node_t *document,
                                     gov_ctx_t *ctx, const gov_document_t *doc,
                                     apr_pool_t *pool);

/** The same for a column page of the type. */
GOV_API gov_err_t *gov_host_decorate_column(gov_view_t *view, gov_node_t *node,
                                            gov_ctx_t *ctx,
                                            const gov_column_t *column,
                                            apr_pool_t *pool);

/** HTTP status of a code (the one table). */
GOV_API int gov_status_of(gov_code_t code);

/** Is this node set to "static only" (R101): pages come from the cache, fresh or
 *  not, and files of pages; everything else, every other method too, is 503? */
GOV_API bool gov_static_only(const gov_config_t *config, apr_pool_t *pool);
/** Every process of the node follows within a moment, and so do later ones. */
GOV_API gov_err_t *gov_static_only_set(const gov_config_t *config, bool on,
                                       apr_pool_t *pool);

#endif

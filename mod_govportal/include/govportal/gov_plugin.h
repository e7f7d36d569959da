/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_plugin.h
 *  @brief Plugins: shared objects that add kinds of columns.  Floor: host.
 *
 *  ABI history
 *    0.1  2026-11-23  first
 *    0.2  2026-11-27  routes have a form and flags, permissions an action
 *    0.3  2026-11-28  what a plugin keeps sealed
 *    0.4  2026-11-28  entries and tasks of the console
 *  Structs grow only at the end; functions are never changed.  While the major
 *  number is 0 everything ships together and it may move freely.
 */
#ifndef GOV_PLUGIN_H
#define GOV_PLUGIN_H

#include "gov_console.h"
#include "gov_document.h"
#include "gov_event.h"
#include "gov_reseal.h"
#include "gov_route.h"
#include "gov_view.h"

#define GOV_ABI_MAJOR 0
#define GOV_ABI_MINOR 4

/** A job runs on one node at a time, under a lease of its name. */
typedef struct gov_job_spec_t {
    const char *name;
    apr_interval_time_t every;
    gov_err_t *(*run)(gov_ctx_t *ctx, apr_pool_t *pool);
} gov_job_spec_t;

typedef struct gov_subscription_t {
    const char *kind;             /**< of event, such as "edition.live" */
    void (*heard)(gov_ctx_t *ctx, const gov_event_t *event);
} gov_subscription_t;

/** Adds to the model of a document page of the plugin's type (after the fields
 *  that the descriptor gives), so a type with a little behaviour needs no
 *  handler. */
typedef gov_err_t *(*gov_decorate_t)(gov_view_t *view, gov_node_t *document,
                                     gov_ctx_t *ctx, const gov_document_t *doc,
                                     apr_pool_t *pool);

/** Adds to the model of a column page of the plugin's type, among its
 *  sub-columns: a <child> that leads to a page of the plugin's own. */
typedef gov_err_t *(*gov_decorate_column_t)(gov_view_t *view,
                                            gov_node_t *column_node,
                                            gov_ctx_t *ctx,
                                            const gov_column_t *column,
                                            apr_pool_t *pool);

typedef struct gov_decorator_t {
    const char *type;
    gov_decorate_t decorate;              /**< or NULL */
    gov_decorate_column_t decorate_column; /**< or NULL */
} gov_decorator_t;

/** A permission word of a plugin and the action it stands for: who has a role that
 *  gives the action has the permission. */
typedef struct gov_permission_t {
    const char *word;             /**< "example.manage" */
    gov_action_t action;
} gov_permission_t;

typedef struct gov_plugin_t {
    apr_size_t size;              /**< sizeof(gov_plugin_t) when it was built */
    int abi_major, abi_minor;
    const char *name, *version;
    int schema;                   /**< newest own migration, 0 if none */
    const gov_route_t *routes;            /**< ends with a NULL method */
    const char *const *page_kinds;        /**< ends with NULL */
    const gov_permission_t *permissions;  /**< words it adds; ends with a NULL
                                               word */
    const gov_job_spec_t *jobs;           /**< ends with a NULL name */
    const gov_subscription_t *subscriptions; /**< ends with a NULL kind */
    const gov_decorator_t *decorators;    /**< ends with a NULL type */
    /** In each process, as soon as the site map can be read; @a pool lives as
     *  long as the process. */
    gov_err_t *(*start)(gov_ctx_t *ctx, apr_pool_t *pool);
    /** When a process ends in which start succeeded, after its last request. */
    void (*stop)(void);
    /** Columns of its tables that hold sealed values, so that they follow when keys
     *  change; ends with a NULL name.  Called by govctl, without start.  Since
     *  0.3. */
    const gov_sealed_t *sealed;
    /** What it adds to the console's menu; ends with a NULL name.  Since 0.4. */
    const gov_console_entry_t *console;
    gov_tasks_fn_t tasks;                 /**< or NULL.  Since 0.4. */
} gov_plugin_t;

/** What @a plugin keeps sealed, or NULL; asks no older plugin for more than it
 *  has. */
GOV_API const gov_sealed_t *gov_plugin_sealed(const gov_plugin_t *plugin);
/** Its menu entries, or NULL; its tasks, or NULL. */
GOV_API const gov_console_entry_t *gov_plugin_console(
    const gov_plugin_t *plugin);
GOV_API gov_tasks_fn_t gov_plugin_tasks(const gov_plugin_t *plugin);

/** Defines the one exported symbol of a plugin. */
#define GOV_PLUGIN(plugin_name, ...)                                          \
    GOV_API extern const gov_plugin_t gov_plugin_descriptor;                   \
    const gov_plugin_t gov_plugin_descriptor = {                              \
        .size = sizeof(gov_plugin_t), .abi_major = GOV_ABI_MAJOR,             \
        .abi_minor = GOV_ABI_MINOR, .name = #plugin_name, __VA_ARGS__         \
    }

/** Open and check one plugin file without starting it.  INVALID: one line with
 *  what was found, what was expected and the likely fix. */
GOV_API gov_err_t *gov_plugin_open(const gov_plugin_t **plugin,
                                   const char *file, const char *name,
                                   apr_pool_t *pool);
#endif

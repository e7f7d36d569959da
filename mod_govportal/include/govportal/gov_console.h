/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_console.h
 *  @brief Pages of the console, /-/console: its frame and menu, lists, facts.
 *  Floor: host.
 *
 *  A console page is of kind "console" and is made of parts in the order in which
 *  they are added: lists, forms (gov_view_form()), facts, notes, actions.  No site
 *  theme touches it.  Every page works without a script.  The pages of a plugin are
 *  made in the same way and found through the same menu:
 *
 *      static const gov_console_entry_t console[] = {
 *          { .name = "events", .section = "content", .icon = "calendar-event",
 *            .path = "events/", .permission = "example.registrations" },
 *          GOV_CONSOLE_END
 *      };
 *      GOV_PLUGIN(example, ..., .console = console);
 *
 *  with a route "/-/console/{site}/events/".  Words: console.entry.NAME and
 *  console.section.SECTION.
 */
#ifndef GOV_CONSOLE_H
#define GOV_CONSOLE_H

#include "gov_view.h"

#define GOV_CONSOLE "-/console/"  /**< inside site and language */

/** A place in the menu. */
typedef struct gov_console_entry_t {
    const char *name;             /**< word console.entry.NAME */
    const char *section;          /**< "content", "site", "people", "watch": word
                                       console.section.SECTION */
    const char *icon;             /**< a Bootstrap icon */
    const char *path;             /**< behind GOV_CONSOLE SITE "/", of the group
                                       behind GOV_CONSOLE */
    const char *permission;       /**< as a route's; nobody else sees it */
    bool group;                   /**< of the group, not of one site */
} gov_console_entry_t;

#define GOV_CONSOLE_END { .name = NULL }

/** Something that waits for somebody: shown in the overview and, as a number, at
 *  its menu entry. */
typedef struct gov_task_t {
    const char *entry;            /**< a menu entry's name */
    const char *name;             /**< word console.task.NAME */
    const char *path;             /**< as an entry's: where it is dealt with */
    const char *permission;       /**< whom it concerns */
    int count;                    /**< filled in */
} gov_task_t;

/** Counts a plugin's tasks on @a site; adds gov_task_t with a count above 0. */
typedef gov_err_t *(*gov_tasks_fn_t)(apr_array_header_t *tasks, gov_ctx_t *ctx,
                                     const gov_site_t *site, apr_pool_t *pool);

typedef struct gov_console_t gov_console_t; /**< a page that is being made */

/** A page of the console, with its menu.
 *  @param entry  name of the menu entry it belongs to; NULL: none */
GOV_API gov_err_t *gov_console_create(gov_console_t **console,
                                      const char *entry, gov_reply_t *reply,
                                      gov_ctx_t *ctx, const gov_req_t *req,
                                      apr_pool_t *pool);
/** The site that the page is about: of {site}, or NULL. */
GOV_API const gov_site_t *gov_console_site(const gov_console_t *console);
/** What gov_view_form() wants. */
GOV_API gov_view_t *gov_console_view(const gov_console_t *console);
/** Address behind the site's part of the console ("documents/12"). */
GOV_API const char *gov_console_href(const gov_console_t *console,
                                     const char *path);
/** The same without a page: where a POST goes on.  @a done: word
 *  console.done.DONE is shown there; or NULL. */
GOV_API const char *gov_console_path(const gov_ctx_t *ctx,
                                     const gov_site_t *site, const char *path,
                                     const char *done, apr_pool_t *pool);
/** A step of the way here, above the heading. */
GOV_API void gov_console_crumb(gov_console_t *console, const char *name,
                               const char *href);
/** Heading and title.  Must be said once, before the first part. */
GOV_API void gov_console_name(gov_console_t *console, const char *name);
/** Where parts go: to the whole width, or to a box of its own with a heading
 *  (@a name; NULL: none) and a place: "main" or "side". */
GOV_API gov_node_t *gov_console_box(gov_console_t *console, const char *place,
                                    const char *name);
/** A line for the reader: kind "note", "done", "warning" or "failed". */
GOV_API void gov_console_note(gov_node_t *box, const char *kind,
                              const char *text);
/** A way on, as a button; kind "main" or "plain". */
GOV_API void gov_console_action(gov_node_t *box, const char *kind,
                                const char *icon, const char *name,
                                const char *href);
/** One line of facts: a name, a text, perhaps where it leads. */
GOV_API void gov_console_fact(gov_node_t *box, const char *name,
                              const char *text, const char *href);
/** The page is ready. */
GOV_API gov_err_t *gov_console_reply(gov_reply_t *reply,
                                     gov_console_t *console);

/** What waits on @a site, of all plugins; adds gov_task_t. */
GOV_API gov_err_t *gov_console_tasks(apr_array_header_t *tasks, gov_ctx_t *ctx,
                                     const gov_site_t *site, apr_pool_t *pool);
/** May the actor see what @a permission (a route's word) guards on @a site (NULL:
 *  on any)? */
GOV_API bool gov_console_may(const gov_ctx_t *ctx, const char *permission,
                             const gov_site_t *site);
/** Sites that the actor works on, in order; const gov_site_t *. */
GOV_API apr_array_header_t *gov_console_sites(const gov_ctx_t *ctx,
                                              apr_pool_t *pool);

/** A theme that sites can wear. */
typedef struct gov_console_theme_t {
    const char *name;
    const char *title;            /**< in the page's language */
} gov_console_theme_t;

/** The themes that are installed: gov_console_theme_t, by name. */
GOV_API void gov_console_themes(apr_array_header_t **themes,
                                const gov_ctx_t *ctx, apr_pool_t *pool);
/** What was just written moves @a tags ("structure"): pages of this node show it at
 *  once, the next one too, and not after the next turn of the change feed.  Other
 *  nodes learn it from the event of the write. */
GOV_API void gov_console_moved(const gov_ctx_t *ctx, const char *tags);

/* --- lists -------------------------------------------------------------------- */

/** A column of a list. */
typedef struct gov_grid_column_t {
    const char *name;             /**< its head is the word WORDS NAME */
    const char *kind;             /**< "text", "title" (leads to the row), "state",
                                       "time", "number" */
    bool sorts;
} gov_grid_column_t;

#define GOV_GRID_ROWS 50          /**< on a page */
#define GOV_GRID_EXPORTED 10000   /**< most rows in a spreadsheet */

/** A list with filters, order, pages and a spreadsheet of it.  Its address takes
 *  the parameters GOV_GRID_PARAMS and its filters' names: routes name them all. */
typedef struct gov_grid_t gov_grid_t;
#define GOV_GRID_PARAMS "sort up page format done"

/** @param words    what the words of its heads begin with: "console.documents."
 *  @param columns  up to one with name NULL
 *  @param path     of the list, as gov_console_href() takes it: "documents/"; the
 *                  spreadsheet is called after it */
GOV_API gov_grid_t *gov_grid_create(gov_console_t *console, gov_node_t *box,
                                    const gov_req_t *req, const char *words,
                                    const gov_grid_column_t *columns,
                                    const char *path);
/** What is asked for by a filter that takes text (word console.filter.NAME), or
 *  NULL. */
GOV_API const char *gov_grid_text(gov_grid_t *list, const char *name);
/** The same of a filter that takes one of a few; gov_grid_choice() names them. */
GOV_API const char *gov_grid_choices(gov_grid_t *list, const char *name);
GOV_API void gov_grid_choice(gov_grid_t *list, const char *value,
                             const char *label);
/** The column that orders it, or NULL: as its maker likes it. */
GOV_API const char *gov_grid_order(const gov_grid_t *list, bool *up);
GOV_API int gov_grid_offset(const gov_grid_t *list);
GOV_API int gov_grid_limit(const gov_grid_t *list);
/** How many there are on all pages; more than @a counted: that or more. */
GOV_API void gov_grid_total(gov_grid_t *list, int total, int counted);
/** The next row; @a href: where its title leads, or NULL. */
GOV_API void gov_grid_row(gov_grid_t *list, const char *href);
/** The next cell of the row.  NULL is empty. */
GOV_API void gov_grid_cell(gov_grid_t *list, const char *text);
GOV_API void gov_grid_number(gov_grid_t *list, apr_int64_t number);
GOV_API void gov_grid_time(gov_grid_t *list, apr_time_t time);
/** A word with a colour: tone "plain", "info", "good", "warn" or "bad". */
GOV_API void gov_grid_state(gov_grid_t *list, const char *tone,
                            const char *text);
/** All rows are there: the spreadsheet, or true that the page goes on. */
GOV_API gov_err_t *gov_grid_end(bool *goes_on, gov_reply_t *reply,
                                gov_grid_t *list);

#endif

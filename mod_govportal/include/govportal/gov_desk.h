/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_desk.h
 *  @brief What lies on the desks of those who run a site: lists of documents in
 *  whatever state, and one edition as its author gave it.  Floor: content.
 *
 *  Nothing here is public: see gov_document.h for what is.  Each call shows what
 *  ctx->actor may read, perhaps some columns only, perhaps nothing; it is one or
 *  two statements that read an index of the site, however many documents it has.
 */
#ifndef GOV_DESK_H
#define GOV_DESK_H

#include "gov_workflow.h"

/** The newest edition of a document in one language. */
typedef struct gov_desk_entry_t {
    apr_int64_t edition, document, column;
    const char *type, *lang, *state, *title, *author;
    int version;
    apr_time_t created, published; /**< published 0: never was */
    apr_time_t gone;              /**< withdrawn; 0: not */
} gov_desk_entry_t;

typedef struct gov_desk_query_t {
    const char *state;            /**< "draft"; NULL: all */
    const char *type, *lang;      /**< NULL: all */
    apr_int64_t column;           /**< with those below it; 0: all */
    const char *text;             /**< in the title; NULL: any */
    const char *order;            /**< "id" (by age), "title", "state", "author",
                                       "published"; NULL: "id", newest first */
    bool up;                      /**< smallest, oldest first */
    int offset, limit;
} gov_desk_query_t;

#define GOV_DESK_COUNTED 1000     /**< more than so many are not counted */
#define GOV_DESK_SORTED 2000      /**< only so many, the newest, are put in another
                                       order than by age */

/** @param entries  gov_desk_entry_t
 *  @param total    of all pages; above GOV_DESK_COUNTED: perhaps more than that */
GOV_API gov_err_t *gov_desk_list(apr_array_header_t **entries, int *total,
                                 const gov_ctx_t *ctx, const gov_site_t *site,
                                 const gov_desk_query_t *query,
                                 apr_pool_t *pool);
/** How many editions of the site are in each state on the way to the public: state
 *  -> int *.  States in which none is are missing. */
GOV_API gov_err_t *gov_desk_waiting(apr_hash_t **counts, const gov_ctx_t *ctx,
                                    const gov_site_t *site, apr_pool_t *pool);
/** The same of every site on which the actor may read anything, in one statement
 *  and one more for each site of which that is but a part: site's id
 *  (apr_int64_t *) -> what gov_desk_waiting() gives. */
GOV_API gov_err_t *gov_desk_waiting_everywhere(apr_hash_t **sites,
                                               const gov_ctx_t *ctx,
                                               apr_pool_t *pool);

/** An edition with all that its author gave. */
typedef struct gov_desk_edition_t {
    gov_step_edition_t at;
    int version;
    const char *type, *author;
    apr_time_t created, published;
    gov_draft_t draft;            /**< as it was given; text is NULL */
} gov_desk_edition_t;

/** NOT_FOUND: the site has no such edition. */
GOV_API gov_err_t *gov_desk_edition(const gov_desk_edition_t **edition,
                                    const gov_ctx_t *ctx,
                                    const gov_site_t *site, apr_int64_t id,
                                    apr_pool_t *pool);
#endif

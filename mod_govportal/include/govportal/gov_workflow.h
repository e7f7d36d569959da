/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_workflow.h
 *  @brief The way of an edition to the public: who must have seen it, and who has.
 *  Floor: content.
 *
 *      draft -> submitted -> reviewed -> cleared -> (scheduled ->) live
 *
 *  doc/model.md has all states.  Each call is one transaction: a change of state
 *  that only one of several callers can make, a row of gov_edition_step, an audit
 *  row.  Authors, reviewers and the clearer are different people; a UNIQUE key
 *  sees to it, not this code.  Signatures are bound to the content they were
 *  given for: its digest.  The clearance (R018) cannot be switched off.
 *
 *  Every call takes what the caller has seen: the digest of the content in
 *  hexadecimal (gov_step_edition_t), or NULL for whatever it is now.  CONFLICT: it
 *  is another, or the edition is not in a state for this step, or the actor has
 *  signed it already; the message says which.  FORBIDDEN: the permit does not
 *  cover the document's site and column, or the rule of the column names other
 *  people for the step.
 */
#ifndef GOV_WORKFLOW_H
#define GOV_WORKFLOW_H

#include "gov_edition.h"

/* --- rules ------------------------------------------------------------------ */

/** Who may publish what others have written and signed. */
typedef enum gov_publisher_t {
    GOV_PUBLISHER_ANY,            /**< whoever has the right */
    GOV_PUBLISHER_OTHER,          /**< no author of it */
    GOV_PUBLISHER_APART           /**< neither author, reviewer nor clearer */
} gov_publisher_t;

typedef struct gov_flow_person_t {
    const char *step;             /**< "submit", "review", "clear", "publish" */
    apr_int64_t person;
    const char *login;            /**< read, not written */
} gov_flow_person_t;

/** The rule of a column.  Without one of its own it has that of the column above,
 *  of the site, of the sites above, of the group. */
typedef struct gov_flow_t {
    apr_int64_t site, column;     /**< the node it was made for; 0 0: the group */
    int reviews;                  /**< 0..3 before the clearance */
    gov_publisher_t publisher;
    int hours;                    /**< for each step; 0: no limit */
    apr_array_header_t *people;   /**< gov_flow_person_t: who alone may do a step
                                       besides having the right; may be NULL */
} gov_flow_t;

GOV_API const char *gov_publisher_word(gov_publisher_t publisher);
/** False: no such word. */
GOV_API bool gov_publisher_named(gov_publisher_t *publisher, const char *word);

/** The rule in force for a column of @a site (column NULL: for the site; site NULL:
 *  for the group). */
GOV_API gov_err_t *gov_flow_get(const gov_flow_t **flow, const gov_ctx_t *ctx,
                                const gov_site_t *site,
                                const gov_column_t *column, apr_pool_t *pool);
/** Make or replace the rule of the node that @a flow names, with its people.
 *  @param permit  MANAGE there */
GOV_API gov_err_t *gov_flow_set(const gov_ctx_t *ctx, const gov_flow_t *flow,
                                const gov_permit_t *permit, apr_pool_t *pool);
/** Let the node have the rule from above again.  INVALID for the group. */
GOV_API gov_err_t *gov_flow_remove(const gov_ctx_t *ctx, apr_int64_t site,
                                   apr_int64_t column,
                                   const gov_permit_t *permit,
                                   apr_pool_t *pool);

/* --- steps ------------------------------------------------------------------ */

/** Where an edition stands. */
typedef struct gov_step_edition_t {
    apr_int64_t id, document, site, column;
    const char *lang, *state, *title;
    const char *digest;           /**< of its content, hexadecimal */
} gov_step_edition_t;

/** @param permit  READ on the document's site and column */
GOV_API gov_err_t *gov_edition_look(const gov_step_edition_t **edition,
                                    const gov_ctx_t *ctx, apr_int64_t id,
                                    const gov_permit_t *permit,
                                    apr_pool_t *pool);
/** Where a permit for an edition must be asked for. */
GOV_API gov_err_t *gov_edition_place(apr_int64_t *site, apr_int64_t *column,
                                     const gov_ctx_t *ctx, apr_int64_t edition,
                                     apr_pool_t *pool);

/** Change a draft.  Whatever was signed is void, a schedule is gone, the state is
 *  "draft" again; what it said before is kept.  Not for what has been public: see
 *  gov_edition_correct().
 *  @param seen    the digest of what the author changed; not NULL
 *  @param permit  WRITE */
GOV_API gov_err_t *gov_edition_change(const gov_ctx_t *ctx, apr_int64_t edition,
                                      const char *seen,
                                      const gov_draft_t *draft,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);
/** A new draft of a live document; it takes the same way.  draft->note says what
 *  it corrects.  CONFLICT: the document is not live in that language.
 *  @param permit  WRITE */
GOV_API gov_err_t *gov_edition_correct(apr_int64_t *edition,
                                       const gov_ctx_t *ctx,
                                       apr_int64_t document,
                                       const gov_draft_t *draft,
                                       const gov_permit_t *permit,
                                       apr_pool_t *pool);
/** draft, returned -> submitted (reviewed where the rule asks for no review).
 *  INVALID with the field: a word, mark or number in it blocks (gov_words.h, R107);
 *  warnings do not.
 *  @param permit  WRITE */
GOV_API gov_err_t *gov_edition_submit(const gov_ctx_t *ctx, apr_int64_t edition,
                                      const char *seen, const char *remarks,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);
/** submitted, reviewed, cleared -> returned; signatures are void.
 *  @param remarks  what is wrong; not empty
 *  @param permit   REVIEW */
GOV_API gov_err_t *gov_edition_return(const gov_ctx_t *ctx, apr_int64_t edition,
                                      const char *seen, const char *remarks,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);
/** One approval of as many as the rule asks for; with the last one submitted ->
 *  reviewed.  An emergency's edition is reviewed while it is live.
 *  @param permit  REVIEW */
GOV_API gov_err_t *gov_edition_review(const gov_ctx_t *ctx, apr_int64_t edition,
                                      const char *seen, const char *remarks,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);
/** The verdict on secrecy (R018): reviewed -> cleared or denied.  An emergency's
 *  edition gets it while it is live; if it is denied the document is withdrawn.
 *  @param basis   what the verdict stands on; not empty
 *  @param permit  CLEAR */
GOV_API gov_err_t *gov_edition_clear(const gov_ctx_t *ctx, apr_int64_t edition,
                                     const char *seen, bool pass,
                                     const char *basis, const char *remarks,
                                     const gov_permit_t *permit,
                                     apr_pool_t *pool);
/** cleared -> scheduled: live at @a due, by the job (gov_schedule_run()).
 *  @param permit  PUBLISH */
GOV_API gov_err_t *gov_edition_schedule(const gov_ctx_t *ctx,
                                        apr_int64_t edition, const char *seen,
                                        apr_time_t due,
                                        const gov_permit_t *permit,
                                        apr_pool_t *pool);
/** scheduled -> cleared.  @param permit  PUBLISH */
GOV_API gov_err_t *gov_edition_unschedule(const gov_ctx_t *ctx,
                                          apr_int64_t edition,
                                          const gov_permit_t *permit,
                                          apr_pool_t *pool);
/** draft, returned, denied, superseded, withdrawn -> archived.
 *  @param permit  PUBLISH */
GOV_API gov_err_t *gov_edition_archive(const gov_ctx_t *ctx,
                                       apr_int64_t edition,
                                       const char *remarks,
                                       const gov_permit_t *permit,
                                       apr_pool_t *pool);
/* cleared -> live: gov_edition_publish() in gov_edition.h */

/** One step, as it was done. */
typedef struct gov_step_t {
    apr_int64_t id, edition;
    const char *lang;
    int version;
    const char *what;             /**< "write", "submit", "review", ... */
    apr_time_t at;
    const char *actor;
    apr_int64_t person;           /**< 0: none */
    const char *address;          /**< or NULL */
    const char *verdict;          /**< "pass", "deny" or NULL */
    const char *basis, *remarks;  /**< or NULL */
    const char *digest;           /**< of the content then, hexadecimal */
    bool valid;                   /**< false: the content was changed since */
} gov_step_t;

/** Everything that was done to a document, in order (R104): gov_step_t.
 *  @param permit  READ on the document's column */
GOV_API gov_err_t *gov_document_steps(apr_array_header_t **steps,
                                      const gov_ctx_t *ctx,
                                      apr_int64_t document,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);

/* --- the schedule ------------------------------------------------------------ */

/** What the job does: publish what is due, each in a transaction of its own; run
 *  twice at the same time it does no harm.  What fails stays scheduled, has an
 *  audit row and an event "edition.late", and is tried again later and later, at
 *  most five minutes apart.
 *  @param failed  how many failed; the last error is in @a why (or NULL) */
GOV_API gov_err_t *gov_schedule_run(int *done, int *failed,
                                    const gov_err_t **why,
                                    const gov_ctx_t *ctx, apr_pool_t *pool);

/* --- emergencies (R028) ------------------------------------------------------- */

typedef struct gov_banner_text_t {
    const char *lang, *text;
} gov_banner_text_t;

typedef struct gov_emergency_t {
    apr_int64_t id, site, document, edition;
    apr_time_t at, ends;          /**< of the banner */
    apr_time_t due;               /**< of review and clearance */
    apr_time_t settled;           /**< 0: not yet */
    const char *actor, *verdict;  /**< verdict: "pass", "deny" or NULL */
    apr_time_t told;              /**< found overdue; 0: never */
} gov_emergency_t;

/** Make @a edition live at once, whatever signatures it lacks, and show a banner
 *  on top of every page of @a sites until @a ends.  It must be reviewed and
 *  cleared within policy->review_hours.
 *  @param texts   gov_banner_text_t: at least one
 *  @param sites   const gov_site_t *; NULL: all sites
 *  @param permit  EMERGENCY on the group */
GOV_API gov_err_t *gov_emergency_publish(apr_int64_t *emergency,
                                         const gov_ctx_t *ctx,
                                         apr_int64_t edition,
                                         const apr_array_header_t *texts,
                                         const apr_array_header_t *sites,
                                         apr_time_t ends,
                                         const gov_permit_t *permit,
                                         apr_pool_t *pool);
/** Take the banner away before its end.  @param permit  EMERGENCY on the group */
GOV_API gov_err_t *gov_emergency_end(const gov_ctx_t *ctx,
                                     apr_int64_t emergency,
                                     const gov_permit_t *permit,
                                     apr_pool_t *pool);
/** Those not settled first, then newest first: gov_emergency_t.
 *  @param permit  READ on the group */
GOV_API gov_err_t *gov_emergency_list(apr_array_header_t **emergencies,
                                      const gov_ctx_t *ctx, int max,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);
/** Those whose review is overdue and of whom nobody was told yet; from now on it
 *  was: audit row, event "emergency.overdue". */
GOV_API gov_err_t *gov_emergency_alarm(apr_array_header_t **overdue,
                                       const gov_ctx_t *ctx, apr_pool_t *pool);
#endif

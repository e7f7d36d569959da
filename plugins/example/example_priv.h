/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Shared inside the events calendar. */
#ifndef EXAMPLE_PRIV_H
#define EXAMPLE_PRIV_H

#include "gov_plugin.h"
#include "gov_text.h"
#include "gov_time.h"
#include "gov_view.h"

/* The type of document this plugin is about. */
#define EXAMPLE_TYPE "event"
/* The page tag of everything made from the table of events. */
#define EXAMPLE_TAG "example-events"

/* When something takes place: on each day from first to last, from starts to ends,
   or the whole day. */
typedef struct example_event_t {
    apr_int64_t document, column; /* column: its home, maybe of another site */
    const char *title, *summary, *place, *address, *contact;
    const char *starts, *ends;    /* "09:30", or NULL */
    apr_time_t starts_at;         /* 0: no day is known */
    apr_time_t ends_at;           /* exclusive; after starts_at */
    apr_time_t published, updated;
} example_event_t;

/* --- example_event.c: events and their table ------------------------------ */

/* What the fields of DOC say; false if they name no day. */
bool example__event_read(example_event_t *event, const gov_document_t *doc,
                         apr_pool_t *pool);
gov_date_t example__event_first(const example_event_t *event);
gov_date_t example__event_last(const example_event_t *event);

/* Events that COLUMN shows and that touch [from, to), in order of time. */
gov_err_t *example__events_between(apr_array_header_t **events, gov_db_t *db,
                                   const gov_column_t *column,
                                   const char *lang, apr_time_t from,
                                   apr_time_t to, apr_pool_t *pool);
/* The last MOST events of COLUMN, latest first. */
gov_err_t *example__events_newest(apr_array_header_t **events, gov_db_t *db,
                                  const gov_column_t *column, const char *lang,
                                  int most, apr_pool_t *pool);
/* The stretch of time that COLUMN has events for; zeros if there are none. */
gov_err_t *example__events_span(apr_time_t *from, apr_time_t *to, gov_db_t *db,
                                const gov_column_t *column, const char *lang,
                                apr_pool_t *pool);

/* Subscriptions, the job and the start: keep the table behind no document. */
void example__heard_live(gov_ctx_t *ctx, const gov_event_t *event);
void example__heard_withdrawn(gov_ctx_t *ctx, const gov_event_t *event);
gov_err_t *example__catch_up(gov_ctx_t *ctx, apr_pool_t *pool);

/* --- example_month.c: what readers see ------------------------------------ */

gov_err_t *example__month(gov_reply_t *reply, gov_ctx_t *ctx,
                          const gov_req_t *req, apr_pool_t *pool);
gov_err_t *example__this_month(gov_reply_t *reply, gov_ctx_t *ctx,
                               const gov_req_t *req, apr_pool_t *pool);
gov_err_t *example__decorate_column(gov_view_t *view, gov_node_t *column_node,
                                    gov_ctx_t *ctx,
                                    const gov_column_t *column,
                                    apr_pool_t *pool);
gov_err_t *example__decorate(gov_view_t *view, gov_node_t *document,
                             gov_ctx_t *ctx, const gov_document_t *doc,
                             apr_pool_t *pool);
/* "/events/" + REST, in the language of CTX. */
const char *example__path(const gov_ctx_t *ctx, const gov_column_t *column,
                          const char *rest, apr_pool_t *pool);

/* --- example_console.c: what those see who run a site ----------------------- */

extern const gov_console_entry_t example__console[];
gov_err_t *example__desk(gov_reply_t *reply, gov_ctx_t *ctx,
                         const gov_req_t *req, apr_pool_t *pool);
gov_err_t *example__tasks(apr_array_header_t *tasks, gov_ctx_t *ctx,
                          const gov_site_t *site, apr_pool_t *pool);

/* --- example_registration.c: who comes ------------------------------------ */

extern const gov_form_t example__join_form, example__reveal_form;

/* How many may come; 0: nobody registers here. */
apr_int64_t example__places(const gov_document_t *doc);
gov_err_t *example__join(gov_reply_t *reply, gov_ctx_t *ctx,
                         const gov_req_t *req, apr_pool_t *pool);
gov_err_t *example__join_post(gov_reply_t *reply, gov_ctx_t *ctx,
                              const gov_req_t *req, apr_pool_t *pool);
gov_err_t *example__joined(gov_reply_t *reply, gov_ctx_t *ctx,
                           const gov_req_t *req, apr_pool_t *pool);
gov_err_t *example__joined_post(gov_reply_t *reply, gov_ctx_t *ctx,
                                const gov_req_t *req, apr_pool_t *pool);
/* Its two sealed columns. */
extern const gov_sealed_t example__sealed[];
/* The job: registrations whose time is over. */
gov_err_t *example__purge(gov_ctx_t *ctx, apr_pool_t *pool);

/* --- example_calendar.c: iCalendar (RFC 5545) ----------------------------- */

gov_err_t *example__column_ics(gov_reply_t *reply, gov_ctx_t *ctx,
                               const gov_req_t *req, apr_pool_t *pool);
gov_err_t *example__event_ics(gov_reply_t *reply, gov_ctx_t *ctx,
                              const gov_req_t *req, apr_pool_t *pool);

/* The writer.  NAME: what calendar programs call the calendar, or NULL. */
void example__ics_begin(gov_buf_t *out, const char *name);
/* UID must stay the same for ever; URL is the event's page. */
void example__ics_event(gov_buf_t *out, const example_event_t *event,
                        const char *uid, const char *url);
void example__ics_end(gov_buf_t *out);

#endif

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* A month of a column's events, and what the calendar adds to an event's page. */

#include <stdlib.h>
#include <string.h>

#include "example_priv.h"

const char *
example__path(const gov_ctx_t *ctx, const gov_column_t *column,
              const char *rest, apr_pool_t *pool)
{
    return apr_pstrcat(pool, gov_column_href(column, ctx->lang, pool), rest,
                       NULL);
}

/* --- months --------------------------------------------------------------- */

/* A month is named by its first day. */
static gov_date_t
month_of(gov_date_t date)
{
    date.day = 1;
    return date;
}

static gov_date_t
month_after(gov_date_t month, int n)
{
    int months = month.year * 12 + month.month - 1 + n;
    gov_date_t other = { months / 12, months % 12 + 1, 1 };

    return other;
}

static const char *
month_text(gov_date_t month, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%04d-%02d", month.year, month.month);
}

/* "2026-11" and nothing else: one month has one address. */
static bool
month_parse(gov_date_t *month, const char *text, apr_pool_t *pool)
{
    return strlen(text) == 7
        && !gov_date_parse(month, apr_pstrcat(pool, text, "-01", NULL), pool);
}

static const char *
day_text(gov_date_t date, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%04d-%02d-%02d", date.year, date.month,
                        date.day);
}

typedef struct month_t {
    gov_ctx_t *ctx;
    gov_view_t *view;
    const gov_column_t *column;
    gov_date_t month, today;
    gov_date_t first, last;       /* months that may be asked for */
    apr_array_header_t *events;   /* example_event_t */
    apr_pool_t *pool;
} month_t;

/* From the first to the last month with an event, and the present one: whoever
   follows "next" without end finds an end. */
static bool
is_open(const month_t *m, gov_date_t month)
{
    return gov_date_cmp(month, m->first) >= 0
        && gov_date_cmp(month, m->last) <= 0;
}

static gov_err_t *
read_month(month_t *m)
{
    apr_time_t from, to;
    gov_err_t *err;
    gov_db_t *db;

    m->first = m->last = month_of(m->today);
    GOV_TRY(gov_store_borrow(&db, m->ctx->store, m->pool));
    err = example__events_span(&from, &to, db, m->column, m->ctx->lang,
                               m->pool);
    if (!err)
        err = example__events_between(&m->events, db, m->column, m->ctx->lang,
                                      gov_date_start(m->month),
                                      gov_date_start(month_after(m->month, 1)),
                                      m->pool);
    gov_store_return(db);
    if (err)
        return err;
    if (from) {
        gov_date_t first = month_of(gov_date_of(from));
        gov_date_t last = month_of(gov_date_of(to - 1));

        if (gov_date_cmp(first, m->first) < 0)
            m->first = first;
        if (gov_date_cmp(last, m->last) > 0)
            m->last = last;
    }
    if (!is_open(m, m->month))
        return gov_err(GOV_E_NOT_FOUND, NULL, m->pool,
                       "no events in %s", month_text(m->month, m->pool));
    return NULL;
}

/* --- the page ------------------------------------------------------------- */

static const char *
event_href(const month_t *m, const example_event_t *event)
{
    gov_item_t item = { .document = event->document, .column = event->column };

    item.lang = gov_site_source_lang(m->ctx->site, m->ctx->lang);
    return gov_view_item_href(m->view, &item);
}

static const char *
month_href(const month_t *m, gov_date_t month)
{
    return gov_view_href(m->view, example__path(
                             m->ctx, m->column,
                             apr_pstrcat(m->pool, "calendar/",
                                         month_text(month, m->pool), NULL),
                             m->pool));
}

static void
add_day(const month_t *m, gov_node_t *week, gov_date_t date)
{
    gov_node_t *node = gov_node_add(week, "day");
    int i;

    gov_node_set(node, "date", day_text(date, m->pool));
    gov_node_set_int(node, "n", date.day);
    if (date.month != m->month.month) {
        gov_node_set(node, "outside", "yes");
        return;
    }
    if (!gov_date_cmp(date, m->today))
        gov_node_set(node, "today", "yes");
    for (i = 0; i < m->events->nelts; i++) {
        const example_event_t *event = &APR_ARRAY_IDX(m->events, i,
                                                      example_event_t);
        gov_node_t *at;

        if (gov_date_cmp(date, example__event_first(event)) < 0
            || gov_date_cmp(date, example__event_last(event)) > 0)
            continue;
        at = gov_node_add(node, "event");
        gov_node_set(at, "title", event->title);
        gov_node_set(at, "href", event_href(m, event));
        gov_node_set(at, "starts", event->starts);
    }
}

static void
add_weeks(const month_t *m, gov_node_t *node)
{
    gov_date_t next = month_after(m->month, 1);
    gov_date_t date = gov_date_add(m->month, 1 - gov_date_weekday(m->month));
    int i;

    while (gov_date_cmp(date, next) < 0) {
        gov_node_t *week = gov_node_add(node, "week");

        for (i = 0; i < 7; i++, date = gov_date_add(date, 1))
            add_day(m, week, date);
    }
}

static void
add_list(const month_t *m, gov_node_t *node)
{
    int i;

    for (i = 0; i < m->events->nelts; i++) {
        const example_event_t *event = &APR_ARRAY_IDX(m->events, i,
                                                      example_event_t);
        gov_date_t first = example__event_first(event);
        gov_date_t last = example__event_last(event);
        gov_node_t *at = gov_node_add(node, "event");

        gov_node_set(at, "title", event->title);
        gov_node_set(at, "href", event_href(m, event));
        gov_node_set(at, "from", day_text(first, m->pool));
        if (gov_date_cmp(first, last))
            gov_node_set(at, "until", day_text(last, m->pool));
        gov_node_set(at, "starts", event->starts);
        gov_node_set(at, "ends", event->ends);
        gov_node_set(at, "place", event->place);
    }
}

static void
add_month(const month_t *m)
{
    gov_date_t before = month_after(m->month, -1);
    gov_date_t after = month_after(m->month, 1);
    const char *ics = example__path(m->ctx, m->column, "events.ics", m->pool);
    const char *name = gov_column_name(m->column, m->ctx->lang);
    gov_node_t *node;

    gov_view_rel(m->view, "alternate", ics, "text/calendar", name);
    if (is_open(m, before))
        gov_view_rel(m->view, "prev", month_href(m, before), NULL, NULL);
    if (is_open(m, after))
        gov_view_rel(m->view, "next", month_href(m, after), NULL, NULL);
    node = gov_node_add(gov_view_body(m->view), "month");
    gov_node_set(node, "name", name);
    gov_node_set(node, "href", gov_view_href(m->view, gov_column_href(
                     m->column, m->ctx->lang, m->pool)));
    gov_node_set_int(node, "year", m->month.year);
    gov_node_set_int(node, "month", m->month.month);
    gov_node_set(node, "feed", ics);
    if (is_open(m, before))
        gov_node_set(node, "previous", month_href(m, before));
    if (is_open(m, after))
        gov_node_set(node, "next", month_href(m, after));
    if (gov_date_cmp(m->month, month_of(m->today)))
        gov_node_set(node, "present", month_href(m, month_of(m->today)));
    add_weeks(m, node);
    add_list(m, node);
}

gov_err_t *
example__month(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
               apr_pool_t *pool)
{
    const gov_column_t *column = gov_req_column(req);
    month_t m = { .ctx = ctx, .column = column, .pool = pool };
    const char *asked = gov_req_part(req, "month");
    gov_page_t *page;

    m.today = gov_date_of(gov_now(ctx->clock));
    if (!month_parse(&m.month, asked, pool))
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "not a month: %s", asked);
    GOV_TRY(read_month(&m));
    m.view = gov_view_create("example-month", ctx, req, pool);
    page = gov_view_page(m.view);
    gov_page_tag(page, "column:%" APR_INT64_T_FMT, column->id);
    gov_page_tag(page, EXAMPLE_TAG);
    /* tomorrow another day is marked as today */
    gov_page_until(page, gov_date_start(gov_date_add(m.today, 1)));
    gov_view_column(m.view, column);
    gov_view_name(m.view, asked);
    gov_view_crumb(m.view, asked, NULL);
    gov_view_address(m.view, apr_pstrcat(pool, "/", column->path, "/calendar/",
                                         asked, NULL), NULL);
    add_month(&m);
    return gov_reply_page(reply, page);
}

/* An address to link to that does not grow old. */
gov_err_t *
example__this_month(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                    apr_pool_t *pool)
{
    gov_date_t today = gov_date_of(gov_now(ctx->clock));
    const char *rest = apr_pstrcat(pool, "calendar/",
                                   month_text(month_of(today), pool), NULL);

    return gov_reply_redirect(reply, example__path(ctx, gov_req_column(req),
                                                   rest, pool), false);
}

/* --- an event's page ------------------------------------------------------ */

static gov_node_t *
add_field(gov_node_t *document, const gov_ctx_t *ctx, const char *name,
          const char *kind, const char *label, const char *value)
{
    gov_node_t *node = gov_node_add(document, "field");

    gov_node_set(node, "name", name);
    gov_node_set(node, "kind", kind);
    gov_node_set(node, "label", gov_word(ctx, label));
    gov_node_set(node, "value", value);
    return node;
}

static int
days_between(gov_date_t from, gov_date_t to)
{
    return (int)(apr_time_sec(gov_date_start(to) - gov_date_start(from))
                 / 86400);
}

/* Whether it is still to come.  The page is good until the next midnight, or for
   ever when the event is over. */
static void
add_state(gov_page_t *page, gov_node_t *document, const gov_ctx_t *ctx,
          const example_event_t *event, apr_pool_t *pool)
{
    gov_date_t today = gov_date_of(gov_now(ctx->clock));
    int days = days_between(today, example__event_first(event));

    if (gov_date_cmp(today, example__event_last(event)) > 0) {
        add_field(document, ctx, "state", "text", "example.state",
                  gov_word(ctx, "example.over"));
        return;
    }
    gov_page_until(page, gov_date_start(gov_date_add(today, 1)));
    if (days > 0)
        add_field(document, ctx, "days", "number", "example.days-until",
                  apr_itoa(pool, days));
    else
        add_field(document, ctx, "state", "text", "example.state",
                  gov_word(ctx, days ? "example.under-way" : "example.today"));
}

gov_err_t *
example__decorate(gov_view_t *view, gov_node_t *document, gov_ctx_t *ctx,
                  const gov_document_t *doc, apr_pool_t *pool)
{
    const gov_column_t *column = gov_column_by_id(ctx->group, doc->column);
    example_event_t event;
    const char *month;
    gov_node_t *node;

    if (!column || !example__event_read(&event, doc, pool))
        return NULL;
    add_state(gov_view_page(view), document, ctx, &event, pool);
    node = add_field(document, ctx, "ics", "url", "example.take-along",
                     gov_word(ctx, "example.ics"));
    gov_node_set(node, "href", example__path(
                     ctx, column, apr_psprintf(pool, "%" APR_INT64_T_FMT ".ics",
                                               doc->id), pool));
    if (example__places(doc) && gov_now(ctx->clock) < event.starts_at) {
        node = add_field(document, ctx, "join", "url", "example.join",
                         gov_word(ctx, "example.join.now"));
        gov_node_set(node, "href", gov_view_href(
                         view, example__path(
                             ctx, column, apr_psprintf(
                                 pool, "%" APR_INT64_T_FMT "/join", doc->id),
                             pool)));
    }
    month = month_text(month_of(example__event_first(&event)), pool);
    node = add_field(document, ctx, "month", "url", "example.same-month",
                     month);
    gov_node_set(node, "href", gov_view_href(
                     view, example__path(ctx, column,
                                         apr_pstrcat(pool, "calendar/", month,
                                                     NULL), pool)));
    return NULL;
}

/* The column lists events by announcement; the calendar is one step away. */
gov_err_t *
example__decorate_column(gov_view_t *view, gov_node_t *column_node,
                         gov_ctx_t *ctx, const gov_column_t *column,
                         apr_pool_t *pool)
{
    gov_node_t *child = gov_node_add(column_node, "child");

    gov_node_set(child, "name", gov_word(ctx, "example.calendar"));
    gov_node_set(child, "href", gov_view_href(
                     view, example__path(ctx, column, "calendar/", pool)));
    gov_node_set(child, "current", "no");
    return NULL;
}

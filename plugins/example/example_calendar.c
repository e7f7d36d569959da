/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* iCalendar (RFC 5545), for calendar programs: a column to subscribe to, or one
   event to take along.

   Times are UTC, so no time zone has to be described.  What is written depends
   on the documents alone, never on the present time: a page cache keeps it. */

#include <string.h>

#include "example_priv.h"

#define MEDIA_TYPE "text/calendar; charset=utf-8"
#define LINE_BYTES 75
#define MOST_EVENTS 500

/* --- lines ---------------------------------------------------------------- */

/* RFC 5545 3.1: a line has at most 75 bytes without its end; the rest goes on in
   the next line after a blank.  A character is never cut apart. */
static void
add_line(gov_buf_t *out, const char *line)
{
    apr_size_t left = strlen(line), room = LINE_BYTES;

    while (left > room) {
        apr_size_t n = room;

        while (n > 1 && ((unsigned char)line[n] & 0xc0) == 0x80)
            n--;
        gov_buf_add(out, line, n);
        gov_buf_add(out, "\r\n ", 3);
        line += n;
        left -= n;
        room = LINE_BYTES - 1;    /* the blank counts */
    }
    gov_buf_add(out, line, left);
    gov_buf_add(out, "\r\n", 2);
}

/* A property whose value is TEXT (3.3.11); NULL leaves it out. */
static void
add_text(gov_buf_t *out, const char *name, const char *value)
{
    gov_buf_t *line;

    if (!value)
        return;
    line = gov_buf_create(128, out->pool);
    gov_buf_str(line, name);
    gov_buf_add(line, ":", 1);
    for (; *value; value++) {
        if (*value == '\n')
            gov_buf_add(line, "\\n", 2);
        else if (*value == '\\' || *value == ';' || *value == ',')
            gov_buf_printf(line, "\\%c", *value);
        else if ((unsigned char)*value >= ' ' || *value == '\t')
            gov_buf_add(line, value, 1);
    }
    add_line(out, line->data);
}

/* A property whose value needs no escaping: times, numbers, addresses. */
static void
add_plain(gov_buf_t *out, const char *name, const char *value)
{
    add_line(out, apr_pstrcat(out->pool, name, ":", value, NULL));
}

static const char *
moment(apr_time_t t, apr_pool_t *pool)
{
    apr_time_exp_t e;

    apr_time_exp_gmt(&e, t);
    return apr_psprintf(pool, "%04d%02d%02dT%02d%02d%02dZ", e.tm_year + 1900,
                        e.tm_mon + 1, e.tm_mday, e.tm_hour, e.tm_min,
                        e.tm_sec);
}

static const char *
date(gov_date_t d, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%04d%02d%02d", d.year, d.month, d.day);
}

/* --- the calendar --------------------------------------------------------- */

void
example__ics_begin(gov_buf_t *out, const char *name)
{
    add_line(out, "BEGIN:VCALENDAR");
    add_line(out, "VERSION:2.0");
    add_line(out, "PRODID:-//GovPortal//Events calendar//EN");
    add_line(out, "CALSCALE:GREGORIAN");
    add_text(out, "NAME", name);  /* RFC 7986; the other is older and wider known */
    add_text(out, "X-WR-CALNAME", name);
    if (name)
        add_line(out, "REFRESH-INTERVAL;VALUE=DURATION:PT6H");
}

void
example__ics_end(gov_buf_t *out)
{
    add_line(out, "END:VCALENDAR");
}

/* Several days with hours are one event that comes again each day; several whole
   days are one long event. */
static void
add_times(gov_buf_t *out, const example_event_t *event)
{
    gov_date_t first = example__event_first(event);
    gov_date_t last = example__event_last(event), d;
    apr_pool_t *pool = out->pool;
    int days = 1;

    if (!event->starts) {
        add_plain(out, "DTSTART;VALUE=DATE", date(first, pool));
        add_plain(out, "DTEND;VALUE=DATE", date(gov_date_add(last, 1), pool));
        return;
    }
    add_plain(out, "DTSTART", moment(event->starts_at, pool));
    if (event->ends)
        add_plain(out, "DTEND", moment(event->ends_at - gov_date_start(last)
                                       + gov_date_start(first), pool));
    for (d = first; gov_date_cmp(d, last) < 0; d = gov_date_add(d, 1))
        days++;
    if (days > 1)
        add_plain(out, "RRULE", apr_psprintf(pool, "FREQ=DAILY;COUNT=%d",
                                             days));
}

void
example__ics_event(gov_buf_t *out, const example_event_t *event,
                   const char *uid, const char *url)
{
    apr_pool_t *pool = out->pool;
    const char *where = event->place && event->address
        ? apr_pstrcat(pool, event->place, ", ", event->address, NULL)
        : event->place ? event->place : event->address;

    add_line(out, "BEGIN:VEVENT");
    add_text(out, "UID", uid);
    /* seconds since the first publication: grows with each correction and is the
       same on every node, without a counter */
    add_plain(out, "SEQUENCE", apr_psprintf(
                  pool, "%" APR_INT64_T_FMT,
                  event->updated > event->published
                      ? apr_time_sec(event->updated - event->published)
                      : APR_INT64_C(0)));
    add_plain(out, "DTSTAMP", moment(event->updated, pool));
    add_plain(out, "CREATED", moment(event->published, pool));
    add_plain(out, "LAST-MODIFIED", moment(event->updated, pool));
    add_times(out, event);
    add_text(out, "SUMMARY", event->title);
    add_text(out, "DESCRIPTION", event->summary);
    add_text(out, "LOCATION", where);
    add_text(out, "CONTACT", event->contact);
    add_plain(out, "URL", url);
    add_line(out, "END:VEVENT");
}

/* --- the two addresses ---------------------------------------------------- */

/* The site's identification code is unique in the country and outlives a change of
   host name, so a calendar program keeps knowing the event.  All languages of an
   event are one event. */
static const char *
uid_of(const gov_site_t *site, apr_int64_t document, apr_pool_t *pool)
{
    return apr_psprintf(pool, "document-%" APR_INT64_T_FMT "@%s", document,
                        site->code ? site->code : site->host);
}

static void
add_event(gov_buf_t *out, const gov_ctx_t *ctx, const example_event_t *event)
{
    const gov_column_t *home = gov_column_by_id(ctx->group, event->column);
    const char *lang = ctx->lang;

    if (!home)                    /* closed since the list was made */
        return;
    if (!gov_site_lang(home->site, lang))
        lang = gov_site_source_lang(ctx->site, lang);
    example__ics_event(out, event,
                       uid_of(home->site, event->document, out->pool),
                       apr_pstrcat(out->pool,
                                   gov_site_origin(home->site, out->pool),
                                   gov_document_href(home, event->document,
                                                     lang, out->pool), NULL));
}

static gov_err_t *
answer(gov_reply_t *reply, gov_buf_t *out)
{
    gov_bytes_t bytes = { out->data, out->len };

    return gov_reply_bytes(reply, MEDIA_TYPE, bytes);
}

gov_err_t *
example__column_ics(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                    apr_pool_t *pool)
{
    const gov_column_t *column = gov_req_column(req);
    gov_buf_t *out = gov_buf_create(16 * 1024, pool);
    apr_array_header_t *events;
    gov_err_t *err;
    gov_db_t *db;
    int i;

    GOV_TRY(gov_store_borrow(&db, ctx->store, pool));
    err = example__events_newest(&events, db, column, ctx->lang, MOST_EVENTS,
                                 pool);
    gov_store_return(db);
    if (err)
        return err;
    example__ics_begin(out, gov_column_name(column, ctx->lang));
    for (i = 0; i < events->nelts; i++) {
        const example_event_t *event = &APR_ARRAY_IDX(events, i,
                                                      example_event_t);

        add_event(out, ctx, event);
        if (event->updated > reply->modified)
            reply->modified = event->updated;
    }
    example__ics_end(out);
    gov_reply_tag(reply, pool, "structure");
    gov_reply_tag(reply, pool, "column:%" APR_INT64_T_FMT, column->id);
    gov_reply_tag(reply, pool, EXAMPLE_TAG);
    return answer(reply, out);
}

gov_err_t *
example__event_ics(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                   apr_pool_t *pool)
{
    const gov_column_t *column = gov_req_column(req);
    apr_int64_t id = apr_atoi64(gov_req_part(req, "id"));
    gov_buf_t *out = gov_buf_create(2048, pool);
    const gov_document_t *doc;
    example_event_t event;
    gov_err_t *err;
    gov_db_t *db;

    GOV_TRY(gov_store_borrow(&db, ctx->store, pool));
    err = gov_document_live(&doc, db, ctx->site, id, ctx->lang, pool);
    gov_store_return(db);
    if (err)
        return err;
    if (doc->column != column->id || strcmp(doc->type, EXAMPLE_TYPE)
        || !example__event_read(&event, doc, pool))
        return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                       "no event %" APR_INT64_T_FMT " in %s", id,
                       column->path);
    example__ics_begin(out, NULL);
    add_event(out, ctx, &event);
    example__ics_end(out);
    reply->modified = event.updated;
    gov_reply_tag(reply, pool, "structure");
    gov_reply_tag(reply, pool, "document:%" APR_INT64_T_FMT, id);
    return answer(reply, out);
}

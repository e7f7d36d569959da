/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Events and the table that finds them by time.

   The table follows the documents: it is brought up to date when an edition goes
   live, and a job looks for what was missed.  Doing either twice changes
   nothing. */

#include <stdlib.h>
#include <string.h>

#include "example_priv.h"
#include "gov_log.h"
#include "sql_example.h"

/* Longer ones are cut: the statements look back no further. */
#define LONGEST_DAYS 366
/* Documents in one look of the job. */
#define SLICE 200

/* --- from fields to times ------------------------------------------------- */

/* Minutes since midnight of "HH:MM", or -1. */
static int
minutes(const char *text)
{
    int hour, minute;

    if (!text || strlen(text) != 5 || text[2] != ':' || !apr_isdigit(text[0])
        || !apr_isdigit(text[1]) || !apr_isdigit(text[3])
        || !apr_isdigit(text[4]))
        return -1;
    hour = atoi(text);
    minute = atoi(text + 3);
    if (hour > 23 || minute > 59)
        return -1;
    return hour * 60 + minute;
}

static bool
day(gov_date_t *date, const gov_json_t *fields, const char *name,
    apr_pool_t *pool)
{
    const char *text = gov_json_str(fields, name);

    return text && *text && !gov_date_parse(date, text, pool);
}

/* An empty field is no field. */
static const char *
text(const gov_json_t *fields, const char *name)
{
    const char *value = gov_json_str(fields, name);

    return value && *value ? value : NULL;
}

static const char *
contact(const gov_json_t *fields, apr_pool_t *pool)
{
    const char *who = text(fields, "contact"), *phone = text(fields, "phone");

    return who && phone ? apr_pstrcat(pool, who, " ", phone, NULL)
                        : who ? who : phone;
}

bool
example__event_read(example_event_t *event, const gov_document_t *doc,
                    apr_pool_t *pool)
{
    gov_date_t first, last;
    int from, to;

    memset(event, 0, sizeof(*event));
    event->document = doc->id;
    event->column = doc->column;
    event->title = doc->title;
    event->summary = doc->summary;
    event->place = text(doc->fields, "place");
    event->address = text(doc->fields, "address");
    event->contact = contact(doc->fields, pool);
    event->published = doc->published;
    event->updated = doc->updated;
    if (!day(&first, doc->fields, "from", pool))
        return false;
    if (!day(&last, doc->fields, "until", pool)
        || gov_date_cmp(last, first) < 0)
        last = first;
    if (gov_date_cmp(last, gov_date_add(first, LONGEST_DAYS - 1)) > 0)
        last = gov_date_add(first, LONGEST_DAYS - 1);
    from = minutes(gov_json_str(doc->fields, "starts"));
    to = minutes(gov_json_str(doc->fields, "ends"));
    event->starts_at = gov_date_start(first);
    if (from < 0) {
        event->ends_at = gov_date_start(gov_date_add(last, 1));
        return true;
    }
    event->starts = gov_json_str(doc->fields, "starts");
    event->starts_at += apr_time_from_sec(from * 60);
    if (to > from) {
        event->ends = gov_json_str(doc->fields, "ends");
        event->ends_at = gov_date_start(last) + apr_time_from_sec(to * 60);
    }
    else                          /* how long it takes is not known */
        event->ends_at = gov_date_start(last) + apr_time_from_sec(from * 60 + 1);
    return true;
}

gov_date_t
example__event_first(const example_event_t *event)
{
    return gov_date_of(event->starts_at);
}

gov_date_t
example__event_last(const example_event_t *event)
{
    return gov_date_of(event->ends_at - 1);
}

/* --- reading the table ---------------------------------------------------- */

/* Both statements give the same columns, under different types. */
#define EVENTS_OF(events, rows, row_t, pool)                                  \
    do {                                                                      \
        int i_;                                                               \
                                                                              \
        *(events) = apr_array_make(pool, (rows)->nelts + 1,                   \
                                   sizeof(example_event_t));                  \
        for (i_ = 0; i_ < (rows)->nelts; i_++) {                              \
            const row_t *row_ = &APR_ARRAY_IDX(rows, i_, row_t);              \
            example_event_t *event_ = apr_array_push(*(events));              \
                                                                              \
            event_->document = row_->document_id;                             \
            event_->column = row_->column_id;                                 \
            event_->title = row_->title;                                      \
            event_->summary = row_->summary;                                  \
            event_->place = row_->place;                                      \
            event_->address = row_->address;                                  \
            event_->contact = row_->contact;                                  \
            event_->starts = row_->starts;                                    \
            event_->ends = row_->ends;                                        \
            event_->starts_at = row_->starts_at;                              \
            event_->ends_at = row_->ends_at;                                  \
            event_->published = row_->published_at;                           \
            event_->updated = row_->updated_at;                               \
        }                                                                     \
    } while (0)

gov_err_t *
example__events_between(apr_array_header_t **events, gov_db_t *db,
                        const gov_column_t *column, const char *lang,
                        apr_time_t from, apr_time_t to, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    apr_time_t since = gov_date_start(gov_date_add(gov_date_of(from),
                                                   -LONGEST_DAYS));

    GOV_TRY(gov_sql_example_between(&rows, db, column->site->id, column->id,
                                    gov_site_source_lang(column->site, lang),
                                    since, to, from, pool));
    EVENTS_OF(events, rows, gov_row_example_between_t, pool);
    return NULL;
}

gov_err_t *
example__events_newest(apr_array_header_t **events, gov_db_t *db,
                       const gov_column_t *column, const char *lang, int most,
                       apr_pool_t *pool)
{
    apr_array_header_t *rows;

    GOV_TRY(gov_sql_example_newest(&rows, db, column->site->id, column->id,
                                   gov_site_source_lang(column->site, lang),
                                   most, pool));
    EVENTS_OF(events, rows, gov_row_example_newest_t, pool);
    return NULL;
}

gov_err_t *
example__events_span(apr_time_t *from, apr_time_t *to, gov_db_t *db,
                     const gov_column_t *column, const char *lang,
                     apr_pool_t *pool)
{
    gov_row_example_span_t row;

    GOV_TRY(gov_sql_example_span(&row, db, column->site->id, column->id,
                                 gov_site_source_lang(column->site, lang),
                                 pool));
    *from = row.first_at;
    *to = row.last_at;
    return NULL;
}

/* --- following the documents ---------------------------------------------- */

typedef struct follow_t {
    gov_ctx_t *ctx;
    const gov_site_t *site;
    apr_int64_t document;
} follow_t;

/* Bring one language's row up to date; CHANGED only if it was not. */
static gov_err_t *
follow_lang(bool *changed, gov_db_t *db, const follow_t *f,
            const gov_document_t *doc, apr_pool_t *pool)
{
    gov_row_example_known_t known;
    example_event_t event;
    gov_err_t *err;

    err = gov_sql_example_known(&known, db, f->site->id, f->document,
                                doc->lang, pool);
    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    if (!err && known.edition_id == doc->edition)
        return NULL;
    /* without a day the row stays empty, but tells that it was looked at */
    example__event_read(&event, doc, pool);
    *changed = true;
    return gov_sql_example_put(NULL, db, f->site->id, f->document, doc->lang,
                               doc->edition, event.starts_at, event.ends_at,
                               event.starts, event.ends, event.title,
                               event.summary, event.place, event.address,
                               event.contact, pool);
}

/* Reading and writing in one transaction, so that an older edition read by a
   slower node cannot be written over a newer one. */
static gov_err_t *
follow(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const follow_t *f = baton;
    const gov_document_t *doc;
    bool changed = false;
    int i;

    for (i = 0; i < f->site->languages->nelts; i++) {
        const gov_site_lang_t *lang =
            &APR_ARRAY_IDX(f->site->languages, i, gov_site_lang_t);
        gov_err_t *err;

        if (lang->derived_from)
            continue;
        err = gov_document_live(&doc, db, f->site, f->document, lang->lang,
                                pool);
        if (err && err->code != GOV_E_NOT_FOUND && err->code != GOV_E_GONE)
            return err;
        if (err || !doc->translated || strcmp(doc->type, EXAMPLE_TYPE)) {
            GOV_TRY(gov_sql_example_drop(NULL, db, f->site->id, f->document,
                                         lang->lang, pool));
            continue;
        }
        GOV_TRY(follow_lang(&changed, db, f, doc, pool));
    }
    if (!changed)
        return NULL;
    /* a page rendered between the publication and this row lacks the event */
    return gov_event_add(db, "example.event", f->site->id, f->document,
                         EXAMPLE_TAG, pool);
}

/* Is it about a column of events?  Spares a look at the database for
   everything else that is published. */
static bool
is_ours(const gov_ctx_t *ctx, const gov_event_t *event)
{
    const char *at = event->tags;

    while (at && (at = strstr(at, "column:")) != NULL) {
        const gov_column_t *column;

        at += sizeof("column:") - 1;
        column = gov_column_by_id(ctx->group, apr_atoi64(at));
        if (column && !strcmp(column->type_name, EXAMPLE_TYPE))
            return true;
    }
    return false;
}

void
example__heard_live(gov_ctx_t *ctx, const gov_event_t *event)
{
    follow_t f = { ctx, gov_site_by_id(ctx->group, event->site), event->ref };
    gov_err_t *err;

    if (!f.site || !is_ours(ctx, event))
        return;
    err = gov_store_tx(ctx->store, follow, &f, ctx->pool);
    if (err)                      /* the job makes good for it */
        gov_log_err(GOV_LOG_WARNING, 901, err, "an event is not in its "
                    "calendar yet");
}

static gov_err_t *
forget(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const follow_t *f = baton;

    return gov_sql_example_drop_all(NULL, db, f->site->id, f->document, pool);
}

void
example__heard_withdrawn(gov_ctx_t *ctx, const gov_event_t *event)
{
    follow_t f = { ctx, gov_site_by_id(ctx->group, event->site), event->ref };
    gov_err_t *err;

    if (!f.site || !is_ours(ctx, event))
        return;
    err = gov_store_tx(ctx->store, forget, &f, ctx->pool);
    if (err)                      /* nobody sees the row: it is not live */
        gov_log_err(GOV_LOG_WARNING, 902, err, "a withdrawn event is still in "
                    "the table");
}

/* --- catching up ---------------------------------------------------------- */

static bool
has_events(const apr_array_header_t *columns)
{
    int i;

    for (i = 0; i < columns->nelts; i++) {
        const gov_column_t *column =
            APR_ARRAY_IDX(columns, i, const gov_column_t *);

        if (!strcmp(column->type_name, EXAMPLE_TYPE)
            || has_events(column->children))
            return true;
    }
    return false;
}

typedef struct behind_t {
    const gov_site_t *site;
    apr_int64_t after;
    apr_array_header_t *rows;     /* gov_row_example_behind_t */
    apr_pool_t *pool;
} behind_t;

static gov_err_t *
prune(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    return gov_sql_example_prune(NULL, db, ((behind_t *)baton)->site->id,
                                 pool);
}

static gov_err_t *
look(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    behind_t *b = baton;

    (void)scratch;                /* the rows are needed afterwards */
    return gov_sql_example_behind(&b->rows, db, b->site->id, EXAMPLE_TYPE,
                                  b->after, SLICE, b->pool);
}

static gov_err_t *
catch_up_site(gov_ctx_t *ctx, const gov_site_t *site, apr_pool_t *pool)
{
    behind_t b = { site, 0, NULL, pool };
    apr_pool_t *iterpool;
    int i;

    apr_pool_create(&iterpool, pool);
    GOV_TRY(gov_store_tx(ctx->store, prune, &b, pool));
    do {
        GOV_TRY(gov_store_read(ctx->store, look, &b, pool));
        for (i = 0; i < b.rows->nelts; i++) {
            follow_t f = { ctx, site,
                           APR_ARRAY_IDX(b.rows, i, gov_row_example_behind_t)
                               .document_id };
            gov_err_t *err;

            apr_pool_clear(iterpool);
            err = gov_store_tx(ctx->store, follow, &f, iterpool);
            if (err)
                return gov_err_dup(err, pool);
            b.after = f.document;
        }
    } while (b.rows->nelts == SLICE);
    apr_pool_destroy(iterpool);
    return NULL;
}

gov_err_t *
example__catch_up(gov_ctx_t *ctx, apr_pool_t *pool)
{
    const apr_array_header_t *sites;
    int i;

    if (!ctx->group)              /* started without a database */
        return NULL;
    sites = gov_group_sites(ctx->group);
    for (i = 0; i < sites->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(sites, i, const gov_site_t *);

        if (has_events(site->columns))
            GOV_TRY(catch_up_site(ctx, site, pool));
    }
    return NULL;
}

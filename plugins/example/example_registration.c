/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Registering for an event: a form that citizens fill in.

   What a plugin does that takes something from strangers: a form as data, a
   proof of work that the gate asks for, one transaction that cannot happen
   twice, personal data sealed, read under audit and purged. */

#include <string.h>

#include "example_priv.h"
#include "gov_audit.h"
#include "gov_key.h"
#include "gov_media.h"
#include "gov_once.h"
#include "sql_example.h"

/* So long after the event are registrations kept. */
#define KEEP_DAYS 30
/* Base64url of 9 bytes: 72 bits; nobody guesses it. */
#define CODE_BYTES 9
/* The field at fault when all places are taken. */
#define FULL "persons"

static const gov_form_field_t fields[] = {
    { .name = "name", .kind = GOV_FORM_LINE, .required = true, .least = 2,
      .most = 50, .autocomplete = "name" },
    { .name = "phone", .kind = GOV_FORM_PHONE, .required = true,
      .autocomplete = "tel" },
    { .name = "persons", .kind = GOV_FORM_NUMBER, .required = true, .least = 1,
      .most = 9 },
    { .name = "agree", .kind = GOV_FORM_FLAG, .required = true },
    { .name = NULL }
};
const gov_form_t example__join_form = { "example-join", fields };

static const gov_form_field_t no_fields[] = { { .name = NULL } };
const gov_form_t example__reveal_form = { "example-reveal", no_fields };

typedef struct joining_t {
    gov_ctx_t *ctx;
    const gov_document_t *doc;
    example_event_t event;
    const char *name, *phone, *code;
    apr_int64_t persons, places;
    bool full;                    /* shown unmasked */
    apr_array_header_t *rows;
} joining_t;

/* --- the event ------------------------------------------------------------ */

/* The live event of the path; NOT_FOUND unless one can register for it. */
static gov_err_t *
find(joining_t *j, gov_ctx_t *ctx, const gov_req_t *req, apr_pool_t *pool)
{
    const gov_column_t *column = gov_req_column(req);
    apr_int64_t id = apr_atoi64(gov_req_part(req, "id"));
    gov_db_t *db;
    gov_err_t *err;

    memset(j, 0, sizeof(*j));
    j->ctx = ctx;
    GOV_TRY(gov_store_borrow(&db, ctx->store, pool));
    err = gov_document_live(&j->doc, db, ctx->site, id,
                            gov_site_source_lang(ctx->site, ctx->lang), pool);
    gov_store_return(db);
    GOV_TRY(err);
    if (j->doc->column == column->id
        && example__event_read(&j->event, j->doc, pool))
        j->places = example__places(j->doc);
    if (!j->places)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                       "nobody registers for document %" APR_INT64_T_FMT, id);
    return NULL;
}

static bool
is_over(const joining_t *j)
{
    return gov_now(j->ctx->clock) >= j->event.starts_at;
}

apr_int64_t
example__places(const gov_document_t *doc)
{
    const char *places = gov_json_str(doc->fields, "places");

    return places ? apr_atoi64(places) : 0;
}

static const char *
path_of(const joining_t *j, const char *part, apr_pool_t *pool)
{
    return example__path(j->ctx, gov_column_by_id(j->ctx->group, j->doc->column),
                         apr_psprintf(pool, "%" APR_INT64_T_FMT "%s", j->doc->id,
                                      part), pool);
}

static gov_view_t *
begin(gov_node_t **sheet, const joining_t *j, const gov_req_t *req,
      const char *key, apr_pool_t *pool)
{
    gov_view_t *view = gov_view_create("form", j->ctx, req, pool);
    gov_node_t *link;

    gov_view_meta(view, "robots", "noindex");
    gov_view_crumb(view, j->doc->title, path_of(j, ".html", pool));
    *sheet = gov_view_sheet(view, key);
    link = gov_node_add(*sheet, "link");
    gov_node_set(link, "name", j->doc->title);
    gov_node_set(link, "href", gov_view_href(view, path_of(j, ".html", pool)));
    return view;
}

/* --- what citizens see ---------------------------------------------------- */

gov_err_t *
example__join(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
              apr_pool_t *pool)
{
    gov_node_t *sheet, *form;
    gov_intake_t *intake = req->intake;
    gov_view_t *view;
    joining_t j;

    GOV_TRY(find(&j, ctx, req, pool));
    view = begin(&sheet, &j, req, "example.join", pool);
    if (is_over(&j)) {
        gov_view_outcome(view, sheet, "note", "example.join.over", NULL);
        return gov_reply_page(reply, gov_view_page(view));
    }
    if (!intake) {
        intake = gov_intake_blank(&example__join_form, pool);
        gov_intake_set(intake, "persons", "1");
    }
    form = gov_view_form(view, sheet, intake,
                         gov_req_form_key(reply, ctx, req, &example__join_form,
                                          pool), path_of(&j, "/join", pool));
    gov_view_captcha(view, form);
    return gov_reply_page(reply, gov_view_page(view));
}

/* What a sealed value is of, so that it cannot be put elsewhere. */
static const char *
about(apr_int64_t id, const char *field, apr_pool_t *pool)
{
    return apr_psprintf(pool, "example_registration:%" APR_INT64_T_FMT ":%s",
                        id, field);
}

static gov_err_t *
seal(gov_bytes_t *sealed, const joining_t *j, const char *field, apr_int64_t id,
     const char *text, apr_pool_t *pool)
{
    gov_bytes_t plain = { text, strlen(text) };

    return gov_seal(sealed, j->ctx->keys, GOV_PURPOSE_PERSONAL,
                    about(id, field, pool), plain, pool);
}

static const char *
document_object(const joining_t *j, apr_pool_t *pool)
{
    return apr_psprintf(pool, "document:%" APR_INT64_T_FMT, j->doc->id);
}

/* All in one transaction; a repetition of the form finds the first code. */
static gov_err_t *
keep(const char **result, gov_db_t *db, void *baton, apr_pool_t *pool)
{
    joining_t *j = baton;
    const gov_ctx_t *ctx = j->ctx;
    unsigned char digest[32];
    gov_bytes_t code = { (const char *)digest, sizeof(digest) }, name, phone;
    gov_row_example_lock_t lock;
    gov_row_example_taken_t taken;
    apr_int64_t id;

    GOV_TRY(gov_sql_example_lock(&lock, db, ctx->site->id, j->doc->id, pool));
    GOV_TRY(gov_sql_example_taken(&taken, db, ctx->site->id, j->doc->id, pool));
    /* rolled back: when a place gets free, the same form may come again */
    if (taken.persons + j->persons > j->places) {
        gov_err_t *err = gov_err(GOV_E_CONFLICT, NULL, pool,
                                 "%" APR_INT64_T_FMT " of %" APR_INT64_T_FMT
                                 " places are taken", taken.persons, j->places);

        err->field = FULL;
        return err;
    }
    gov_digest(digest, j->code, strlen(j->code));
    GOV_TRY(gov_sql_example_register(
                &id, db, ctx->site->id, j->doc->id, code, j->persons,
                gov_now(ctx->clock), j->event.ends_at
                + apr_time_from_sec(KEEP_DAYS * 86400), pool));
    GOV_TRY(seal(&name, j, "name", id, j->name, pool));
    GOV_TRY(seal(&phone, j, "phone", id, j->phone, pool));
    GOV_TRY(gov_sql_example_seal(NULL, db, name, phone, ctx->site->id, id,
                                 pool));
    *result = "";
    return gov_audit_add(db, ctx, "example.join", ctx->site->id,
                         document_object(j, pool), true, NULL, pool);
}

/* The code comes from the form's key, so a repetition shows the same one, though
   only its digest is kept. */
static const char *
code_of(const gov_ctx_t *ctx, gov_bytes_t once, apr_pool_t *pool)
{
    unsigned char mac[GOV_MAC_SIZE];

    if (!gov_mac(mac, ctx->keys, 0, GOV_PURPOSE_TOKEN, once))
        return NULL;
    return apr_pstrndup(pool, gov_hex(mac, sizeof(mac), pool), 2 * CODE_BYTES);
}

gov_err_t *
example__join_post(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                   apr_pool_t *pool)
{
    const char *result;
    gov_view_t *view;
    gov_node_t *sheet;
    gov_err_t *err;
    joining_t j;

    GOV_TRY(find(&j, ctx, req, pool));
    if (is_over(&j))
        return example__join(reply, ctx, req, pool);
    j.name = gov_intake_text(req->intake, "name");
    j.phone = gov_intake_text(req->intake, "phone");
    gov_intake_number(&j.persons, req->intake, "persons");
    j.code = code_of(ctx, req->once, pool);
    if (!j.code)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "without a key ring nobody registers");
    err = gov_once_tx(&result, NULL, ctx, req->once, keep, &j, pool);
    if (err && err->field && !strcmp(err->field, FULL)) {
        gov_intake_mistake(req->intake, "persons", "full", NULL);
        reply->status = 422;
        return example__join(reply, ctx, req, pool);
    }
    GOV_TRY(err);
    view = begin(&sheet, &j, req, "example.join", pool);
    gov_view_outcome(view, sheet, "done", "example.join.done", j.code);
    gov_page_set_private(gov_view_page(view));
    return gov_reply_page(reply, gov_view_page(view));
}

/* --- what the department sees --------------------------------------------- */

static gov_err_t *
read_all(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    joining_t *j = baton;

    GOV_TRY(gov_sql_example_registrations(&j->rows, db, j->ctx->site->id,
                                          j->doc->id, j->ctx->pool));
    return gov_audit_add(db, j->ctx, "example.registrations.read",
                         j->ctx->site->id, document_object(j, pool), true,
                         j->full ? "in full" : "masked", pool);
}

static gov_err_t *
unseal(const char **text, const joining_t *j, const char *field, apr_int64_t id,
       gov_bytes_t sealed, apr_pool_t *pool)
{
    gov_bytes_t plain;

    GOV_TRY(gov_unseal(&plain, j->ctx->keys, GOV_PURPOSE_PERSONAL,
                       about(id, field, pool), sealed, pool));
    *text = apr_pstrmemdup(pool, plain.data, plain.len);
    return NULL;
}

/* The first character of a name, the ends of a number. */
static const char *
mask(const char *text, apr_pool_t *pool)
{
    apr_size_t first = 1;

    if (apr_isdigit(*text) && strlen(text) > 7)
        return apr_pstrcat(pool, apr_pstrmemdup(pool, text, 3), "****",
                           text + strlen(text) - 4, NULL);
    while ((text[first] & 0xc0) == 0x80)
        first++;
    return apr_pstrcat(pool, apr_pstrmemdup(pool, text, first), "**", NULL);
}

static gov_err_t *
add_row(gov_node_t *list, const joining_t *j,
        const gov_row_example_registrations_t *row, apr_pool_t *pool)
{
    gov_node_t *node = gov_node_add(list, "registration");
    const char *name, *phone;

    GOV_TRY(unseal(&name, j, "name", row->id, row->name, pool));
    GOV_TRY(unseal(&phone, j, "phone", row->id, row->phone, pool));
    gov_node_set(node, "name", j->full ? name : mask(name, pool));
    gov_node_set(node, "phone", j->full ? phone : mask(phone, pool));
    gov_node_set_int(node, "persons", row->persons);
    gov_node_set(node, "at", gov_time_minute(row->at, pool));
    return NULL;
}

/* Masked, or FULL; both leave a row in the audit. */
static gov_err_t *
show(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req, bool full,
     apr_pool_t *pool)
{
    const gov_column_t *column = gov_req_column(req);
    const gov_permit_t *permit;
    gov_node_t *list;
    gov_view_t *view;
    joining_t j;
    int i, persons = 0;

    GOV_TRY(gov_permit_get(&permit, ctx, GOV_ACTION_READ, ctx->site->id,
                           column->id, pool));
    GOV_TRY(find(&j, ctx, req, pool));
    j.full = full;
    GOV_TRY(gov_store_tx(ctx->store, read_all, &j, pool));
    view = gov_view_create("example-registrations", ctx, req, pool);
    gov_view_meta(view, "robots", "noindex");
    gov_view_name(view, gov_word(ctx, "example.registrations"));
    gov_view_crumb(view, j.doc->title, path_of(&j, ".html", pool));
    gov_view_crumb(view, gov_word(ctx, "example.registrations"), NULL);
    list = gov_node_add(gov_view_body(view), "registrations");
    gov_node_set(list, "event", j.doc->title);
    for (i = 0; i < j.rows->nelts; i++) {
        const gov_row_example_registrations_t *row =
            &APR_ARRAY_IDX(j.rows, i, gov_row_example_registrations_t);

        GOV_TRY(add_row(list, &j, row, pool));
        persons += (int)row->persons;
    }
    gov_node_set_int(list, "persons", persons);
    gov_node_set_int(list, "places", j.places);
    if (!full)
        gov_view_form(view, list, gov_intake_blank(&example__reveal_form, pool),
                      gov_req_form_key(reply, ctx, req, &example__reveal_form,
                                       pool), path_of(&j, "/joined", pool));
    gov_page_set_private(gov_view_page(view));
    return gov_reply_page(reply, gov_view_page(view));
}

gov_err_t *
example__joined(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                apr_pool_t *pool)
{
    return show(reply, ctx, req, false, pool);
}

gov_err_t *
example__joined_post(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                     apr_pool_t *pool)
{
    return show(reply, ctx, req, true, pool);
}

/* --- when keys change ------------------------------------------------------- */

static gov_sealed_row_t
sealed_row(apr_int64_t id, const char *field, gov_bytes_t value,
           apr_pool_t *pool)
{
    gov_sealed_row_t row = { id, about(id, field, pool), value };

    return row;
}

static gov_err_t *
names_next(apr_array_header_t **result, gov_db_t *db, apr_int64_t after,
           int most, apr_pool_t *pool)
{
    apr_array_header_t *rows, *list;
    int i;

    GOV_TRY(gov_sql_example_names_next(&rows, db, after, most, pool));
    list = apr_array_make(pool, rows->nelts + 1, sizeof(gov_sealed_row_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_example_names_next_t *row = &APR_ARRAY_IDX(
            rows, i, gov_row_example_names_next_t);

        APR_ARRAY_PUSH(list, gov_sealed_row_t) =
            sealed_row(row->id, "name", row->sealed, pool);
    }
    *result = list;
    return NULL;
}

static gov_err_t *
phones_next(apr_array_header_t **result, gov_db_t *db, apr_int64_t after,
            int most, apr_pool_t *pool)
{
    apr_array_header_t *rows, *list;
    int i;

    GOV_TRY(gov_sql_example_phones_next(&rows, db, after, most, pool));
    list = apr_array_make(pool, rows->nelts + 1, sizeof(gov_sealed_row_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_example_phones_next_t *row = &APR_ARRAY_IDX(
            rows, i, gov_row_example_phones_next_t);

        APR_ARRAY_PUSH(list, gov_sealed_row_t) =
            sealed_row(row->id, "phone", row->sealed, pool);
    }
    *result = list;
    return NULL;
}

static gov_err_t *
name_put(apr_int64_t *hit, gov_db_t *db, const gov_sealed_row_t *row,
         gov_bytes_t value, apr_pool_t *pool)
{
    return gov_sql_example_name_reseal(hit, db, value, row->id, row->value,
                                       pool);
}

static gov_err_t *
phone_put(apr_int64_t *hit, gov_db_t *db, const gov_sealed_row_t *row,
          gov_bytes_t value, apr_pool_t *pool)
{
    return gov_sql_example_phone_reseal(hit, db, value, row->id, row->value,
                                        pool);
}

const gov_sealed_t example__sealed[] = {
    { "example_registration.name", GOV_PURPOSE_PERSONAL, names_next,
      name_put },
    { "example_registration.phone", GOV_PURPOSE_PERSONAL, phones_next,
      phone_put },
    { NULL, 0, NULL, NULL }
};

/* --- and what goes -------------------------------------------------------- */

typedef struct purge_t {
    apr_int64_t site;
    apr_time_t now;
} purge_t;

static gov_err_t *
purge(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const purge_t *p = baton;

    return gov_sql_example_registrations_purge(NULL, db, p->site, p->now, pool);
}

gov_err_t *
example__purge(gov_ctx_t *ctx, apr_pool_t *pool)
{
    const apr_array_header_t *sites = gov_group_sites(ctx->group);
    int i;

    for (i = 0; i < sites->nelts; i++) {
        purge_t p = { APR_ARRAY_IDX(sites, i, const gov_site_t *)->id,
                      gov_now(ctx->clock) };

        GOV_TRY(gov_store_tx(ctx->store, purge, &p, pool));
    }
    return NULL;
}

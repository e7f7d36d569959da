/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/columns.c -- the columns of a site: all of them, each one, new ones. */

#include <string.h>

#include "console_priv.h"
#include "gov_column_change.h"
#include "gov_person.h"

static const gov_form_field_t add_fields[] = {
    { .name = "name", .kind = GOV_FORM_LINE, .required = true, .most = 100 },
    { .name = "slug", .kind = GOV_FORM_LINE, .required = true, .most = 60 },
    { .name = "type", .kind = GOV_FORM_LINE, .required = true, .most = 60 },
    { .name = "parent", .kind = GOV_FORM_NUMBER },
    { .name = NULL }
};
static const gov_form_field_t set_fields[] = {
    { .name = "nav", .kind = GOV_FORM_FLAG },
    { .name = "page-size", .kind = GOV_FORM_NUMBER, .required = true,
      .least = 5, .most = 100 },
    { .name = "interval", .kind = GOV_FORM_NUMBER, .required = true,
      .least = 0, .most = 366 },
    { .name = "unit", .kind = GOV_FORM_NUMBER },
    { .name = NULL }
};
static const gov_form_field_t words_fields[] = {
    { .name = "name", .kind = GOV_FORM_LINE, .most = 100 },
    { .name = "description", .kind = GOV_FORM_TEXT, .most = 1000 },
    { .name = "keywords", .kind = GOV_FORM_LINE, .most = 500 },
    { .name = NULL }
};
static const gov_form_choice_t ways[] = {
    { "up", NULL }, { "down", NULL }, { NULL, NULL }
};
static const gov_form_field_t shift_fields[] = {
    { .name = "way", .kind = GOV_FORM_CHOICE, .required = true,
      .choices = ways },
    { .name = NULL }
};
static const gov_form_field_t move_fields[] = {
    { .name = "slug", .kind = GOV_FORM_LINE, .required = true, .most = 60 },
    { .name = "parent", .kind = GOV_FORM_NUMBER },
    { .name = NULL }
};
static const gov_form_choice_t publishers[] = {
    { "any", NULL }, { "other", NULL }, { "apart", NULL }, { NULL, NULL }
};
static const gov_form_field_t flow_fields[] = {
    { .name = "inherit", .kind = GOV_FORM_FLAG },
    { .name = "reviews", .kind = GOV_FORM_NUMBER, .required = true,
      .least = 0, .most = 3 },
    { .name = "publisher", .kind = GOV_FORM_CHOICE, .required = true,
      .choices = publishers },
    { .name = "hours", .kind = GOV_FORM_NUMBER, .required = true, .least = 0,
      .most = 8760 },
    { .name = "people", .kind = GOV_FORM_LINE, .most = 1000 },
    { .name = NULL }
};
static const gov_form_field_t close_fields[] = {
    { .name = "target", .kind = GOV_FORM_NUMBER },
    { .name = NULL }
};
static const gov_form_field_t no_fields[] = { { .name = NULL } };

const gov_form_t gov_console__column_add_form = { "column-add", add_fields };
const gov_form_t gov_console__column_form = { "column", set_fields };
const gov_form_t gov_console__column_words_form = { "column-words",
                                                    words_fields };
const gov_form_t gov_console__column_shift_form = { "column-shift",
                                                    shift_fields };
const gov_form_t gov_console__column_move_form = { "column-move",
                                                   move_fields };
const gov_form_t gov_console__column_flow_form = { "column-flow",
                                                   flow_fields };
const gov_form_t gov_console__column_close_form = { "column-close",
                                                    close_fields };
const gov_form_t gov_console__column_reopen_form = { "column-reopen",
                                                     no_fields };

static const gov_grid_column_t heads[] = {
    { "name", "title", false }, { "path", "text", false },
    { "type", "text", false }, { "page-size", "number", false },
    { "interval", "number", false }, { "state", "state", false },
    { NULL, NULL, false }
};

typedef struct page_t {
    gov_console_t *console;
    gov_reply_t *reply;
    gov_ctx_t *ctx;
    const gov_req_t *req;
    const gov_site_t *site;
    const gov_column_t *column;
    apr_pool_t *pool;
} page_t;

static const char *
id_text(apr_int64_t id, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%" APR_INT64_T_FMT, id);
}

static const char *
path_of(const gov_column_t *column, const char *rest, apr_pool_t *pool)
{
    return apr_pstrcat(pool, "columns/", id_text(column->id, pool), rest,
                       NULL);
}

static void
add(const page_t *p, const char *word, const gov_intake_t *in,
    const char *action)
{
    gov_console__add_form(p->console, gov_console_box(
                              p->console, "form", word
                              ? gov_word(p->ctx, word) : NULL),
                          p->reply, p->ctx, p->req, in, action, p->pool);
}

static bool
may(const page_t *p, const gov_column_t *column)
{
    return gov_console__may(p->ctx, GOV_ACTION_MANAGE, p->site, column->id,
                            p->pool);
}

/* --- choices -------------------------------------------------------------- */

/* Columns that the actor manages, but not BUT and what is below it; TYPE: which
   take documents of that type, or NULL. */
static void
offer_columns(apr_array_header_t *choices, const page_t *p,
              const apr_array_header_t *columns, const gov_column_t *but,
              const char *type)
{
    int i;

    for (i = 0; i < columns->nelts; i++) {
        const gov_column_t *c = APR_ARRAY_IDX(columns, i,
                                              const gov_column_t *);

        if (c == but)
            continue;
        if (may(p, c) && (type ? !strcmp(c->type_name, type)
                          && !strcmp(c->supply, "own")
                          : c->depth < GOV_COLUMN_DEPTH))
            gov_console__choice(choices, id_text(c->id, p->pool), apr_pstrcat(
                                    p->pool, gov_column_name(c, p->ctx->lang),
                                    " (", c->path, ")", NULL));
        offer_columns(choices, p, c->children, but, type);
    }
}

static void
offer_parents(gov_form_t *form, const page_t *p, const gov_column_t *but)
{
    apr_array_header_t *choices = gov_console__choices(p->pool);
    const gov_permit_t *permit;

    if (!gov_console__permit(&permit, p->ctx, p->req, p->pool))
        gov_console__choice(choices, "0", gov_word(p->ctx,
                                                   "console.columns.top"));
    offer_columns(choices, p, p->site->columns, but, NULL);
    gov_console__offer(form, "parent", choices, p->pool);
}

/* --- all of them ---------------------------------------------------------- */

static void
add_row(gov_grid_t *list, const page_t *p, const gov_column_t *c,
        const char *before)
{
    gov_grid_row(list, may(p, c) ? gov_console_href(
                     p->console, path_of(c, "", p->pool)) : NULL);
    gov_grid_cell(list, apr_pstrcat(p->pool, before,
                                    gov_column_name(c, p->ctx->lang), NULL));
    gov_grid_cell(list, c->path);
    gov_grid_cell(list, c->type ? gov_label(c->type->labels, p->ctx->lang)
                  : c->type_name);
    gov_grid_number(list, c->page_size);
    gov_grid_number(list, c->update_days);
    if (!c->open)
        gov_grid_state(list, "bad", gov_word(p->ctx,
                                             "console.columns.closed"));
    else
        gov_grid_state(list, c->in_nav ? "good" : "plain",
                       gov_word(p->ctx, c->in_nav ? "console.columns.nav"
                                : "console.columns.open"));
}

static int
add_rows(gov_grid_t *list, const page_t *p, const apr_array_header_t *columns,
         const char *before)
{
    int i, n = columns->nelts;

    for (i = 0; i < columns->nelts; i++) {
        const gov_column_t *c = APR_ARRAY_IDX(columns, i,
                                              const gov_column_t *);

        add_row(list, p, c, before);
        n += add_rows(list, p, c->children, apr_pstrcat(p->pool, before, "— ",
                                                        NULL));
    }
    return n;
}

static void
add_new(const page_t *p)
{
    gov_form_t *form = gov_console__form(&gov_console__column_add_form,
                                         p->pool);
    const apr_array_header_t *types = gov_types_all(gov_group_types(
                                                        p->ctx->group));
    apr_array_header_t *choices = gov_console__choices(p->pool);
    bool again;
    int i;

    for (i = 0; i < types->nelts; i++) {
        const gov_type_t *type = APR_ARRAY_IDX(types, i, const gov_type_t *);

        gov_console__choice(choices, type->name, gov_label(type->labels,
                                                           p->ctx->lang));
    }
    gov_console__offer(form, "type", choices, p->pool);
    offer_parents(form, p, NULL);
    add(p, "console.columns.add", gov_console__intake(&again, form, p->req,
                                                      p->pool), "columns/");
}

CONSOLE_HANDLER(columns)
{
    page_t p = { NULL, reply, ctx, req, gov_req_site(req), NULL, pool };
    apr_array_header_t *closed;
    gov_grid_t *list;
    bool goes_on;
    int n, i;

    GOV_TRY(gov_console_create(&p.console, "columns", reply, ctx, req, pool));
    gov_console_name(p.console, gov_word(ctx, "console.entry.columns"));
    list = gov_grid_create(p.console, gov_console_box(p.console, "main", NULL),
                           req, "console.columns.", heads, "columns/");
    n = add_rows(list, &p, p.site->columns, "");
    closed = gov_columns_closed(p.site, pool);
    for (i = 0; i < closed->nelts; i++, n++)
        add_row(list, &p, APR_ARRAY_IDX(closed, i, const gov_column_t *), "");
    /* all on one page: nobody has more columns than can be looked through */
    gov_grid_total(list, n < GOV_GRID_ROWS ? n : GOV_GRID_ROWS, n - 1);
    GOV_TRY(gov_grid_end(&goes_on, reply, list));
    if (!goes_on)
        return NULL;
    add_new(&p);
    return gov_console_reply(reply, p.console);
}

/* --- one of them ---------------------------------------------------------- */

static gov_err_t *
find(page_t *p, const gov_permit_t **permit)
{
    apr_int64_t id = gov_console__id(p->req, "id");

    p->column = gov_column_by_id(p->ctx->group, id);
    if (!p->column || p->column->site != p->site)
        return gov_err(GOV_E_NOT_FOUND, NULL, p->pool,
                       "site %s has no such column", p->site->slug);
    return gov_permit_get(permit, p->ctx, GOV_ACTION_MANAGE, p->site->id, id,
                          p->pool);
}

static void
add_traits(const page_t *p)
{
    gov_form_t *form = gov_console__form(&gov_console__column_form, p->pool);
    apr_array_header_t *choices = gov_console__choices(p->pool);
    apr_array_header_t *units = gov_units(p->ctx->group, p->pool);
    gov_intake_t *in;
    bool again;
    int i;

    gov_console__choice(choices, "0", gov_word(p->ctx,
                                               "console.columns.no-unit"));
    for (i = 0; i < units->nelts; i++) {
        const gov_unit_t *unit = APR_ARRAY_IDX(units, i, const gov_unit_t *);

        gov_console__choice(choices, id_text(unit->id, p->pool),
                            gov_unit_name(unit, p->ctx->lang));
    }
    gov_console__offer(form, "unit", choices, p->pool);
    in = gov_console__intake(&again, form, p->req, p->pool);
    if (!again) {
        if (p->column->in_nav)
            gov_intake_set(in, "nav", "yes");
        gov_console__set_int(in, "page-size", p->column->page_size, p->pool);
        gov_console__set_int(in, "interval", p->column->update_days, p->pool);
        gov_intake_set(in, "unit", id_text(p->column->unit ? p->column->unit->id
                                           : 0, p->pool));
    }
    add(p, "console.columns.traits", in, path_of(p->column, "", p->pool));
}

static void
add_move(const page_t *p)
{
    gov_form_t *form = gov_console__form(&gov_console__column_move_form,
                                         p->pool);
    gov_intake_t *in;
    bool again;

    offer_parents(form, p, p->column);
    in = gov_console__intake(&again, form, p->req, p->pool);
    if (!again) {
        gov_intake_set(in, "slug", p->column->slug);
        gov_intake_set(in, "parent", id_text(p->column->parent
                                             ? p->column->parent->id : 0,
                                             p->pool));
    }
    add(p, "console.columns.move", in, path_of(p->column, "/move", p->pool));
}

static const char *
people_text(const gov_flow_t *flow, apr_pool_t *pool)
{
    const char *text = "";
    int i;

    for (i = 0; i < flow->people->nelts; i++) {
        const gov_flow_person_t *one = &APR_ARRAY_IDX(flow->people, i,
                                                      gov_flow_person_t);

        text = apr_pstrcat(pool, text, *text ? " " : "", one->step, "=",
                           one->login, NULL);
    }
    return text;
}

static gov_err_t *
add_flow(const page_t *p)
{
    const gov_flow_t *flow;
    gov_intake_t *in;
    bool again;

    in = gov_console__intake(&again, &gov_console__column_flow_form, p->req,
                             p->pool);
    if (!again) {
        GOV_TRY(gov_flow_get(&flow, p->ctx, p->site, p->column, p->pool));
        if (flow->column != p->column->id)
            gov_intake_set(in, "inherit", "yes");
        gov_console__set_int(in, "reviews", flow->reviews, p->pool);
        gov_intake_set(in, "publisher", gov_publisher_word(flow->publisher));
        gov_console__set_int(in, "hours", flow->hours, p->pool);
        gov_console__set(in, "people", people_text(flow, p->pool));
    }
    add(p, "console.columns.flow", in, path_of(p->column, "/flow", p->pool));
    return NULL;
}

static void
add_end(const page_t *p)
{
    gov_form_t *form = gov_console__form(&gov_console__column_close_form,
                                         p->pool);
    apr_array_header_t *choices = gov_console__choices(p->pool);
    bool again;

    if (!p->column->open) {
        add(p, "console.columns.reopen", gov_console__intake(
                &again, &gov_console__column_reopen_form, p->req, p->pool),
            path_of(p->column, "/reopen", p->pool));
        return;
    }
    gov_console__choice(choices, "0", gov_word(p->ctx,
                                               "console.columns.nowhere"));
    offer_columns(choices, p, p->site->columns, p->column,
                  p->column->type_name);
    gov_console__offer(form, "target", choices, p->pool);
    add(p, "console.columns.close", gov_console__intake(&again, form, p->req,
                                                        p->pool),
        path_of(p->column, "/close", p->pool));
}

static void
add_facts(const page_t *p)
{
    gov_node_t *box = gov_console_box(p->console, "side", NULL);
    const gov_column_t *c = p->column;
    int i;

    gov_console_fact(box, gov_word(p->ctx, "console.columns.path"), c->path,
                     c->open ? gov_href_between(
                         p->ctx->site, p->site,
                         gov_column_href(c, APR_ARRAY_IDX(
                             p->site->languages, 0, gov_site_lang_t).lang,
                             p->pool), p->pool) : NULL);
    gov_console_fact(box, gov_word(p->ctx, "console.columns.type"), c->type
                     ? gov_label(c->type->labels, p->ctx->lang)
                     : c->type_name, NULL);
    for (i = 0; i < p->site->languages->nelts; i++) {
        const gov_site_lang_t *lang = &APR_ARRAY_IDX(p->site->languages, i,
                                                     gov_site_lang_t);
        const char *name = apr_hash_get(c->names, lang->lang,
                                        APR_HASH_KEY_STRING);

        if (!lang->derived_from)
            gov_console_fact(box, gov_word(p->ctx, apr_pstrcat(
                                               p->pool, "console.lang.",
                                               lang->lang, NULL)),
                             name ? name : "-", gov_console_href(
                                 p->console, path_of(c, apr_pstrcat(
                                     p->pool, "/words/", lang->lang, NULL),
                                     p->pool)));
    }
}

static gov_err_t *
begin(page_t *p, const char *name)
{
    GOV_TRY(gov_console_create(&p->console, "columns", p->reply, p->ctx,
                               p->req, p->pool));
    gov_console_crumb(p->console, gov_word(p->ctx, "console.entry.columns"),
                      gov_console_href(p->console, "columns/"));
    if (name)
        gov_console_crumb(p->console, gov_column_name(p->column, p->ctx->lang),
                          gov_console_href(p->console, path_of(p->column, "",
                                                               p->pool)));
    gov_console_name(p->console, name ? name : gov_column_name(p->column,
                                                               p->ctx->lang));
    return NULL;
}

CONSOLE_HANDLER(column)
{
    page_t p = { NULL, reply, ctx, req, gov_req_site(req), NULL, pool };
    const gov_permit_t *permit;
    bool again;

    GOV_TRY(find(&p, &permit));
    GOV_TRY(begin(&p, NULL));
    add_facts(&p);
    if (p.column->open) {
        add_traits(&p);
        add(&p, "console.columns.shift", gov_console__intake(
                &again, &gov_console__column_shift_form, req, pool),
            path_of(p.column, "/shift", pool));
        GOV_TRY(add_flow(&p));
        add_move(&p);
    }
    add_end(&p);
    return gov_console_reply(reply, p.console);
}

CONSOLE_HANDLER(column_words)
{
    page_t p = { NULL, reply, ctx, req, gov_req_site(req), NULL, pool };
    const char *lang = gov_req_part(req, "lang");
    const gov_site_lang_t *own = gov_site_lang(p.site, lang);
    const gov_permit_t *permit;
    gov_intake_t *in;
    bool again;

    GOV_TRY(find(&p, &permit));
    if (!own || own->derived_from)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "no language %s", lang);
    GOV_TRY(begin(&p, gov_word(ctx, apr_pstrcat(pool, "console.lang.", lang,
                                                NULL))));
    in = gov_console__intake(&again, &gov_console__column_words_form, req,
                             pool);
    if (!again) {
        gov_console__set(in, "name", apr_hash_get(p.column->names, lang,
                                                  APR_HASH_KEY_STRING));
        gov_console__set(in, "description", apr_hash_get(
                             p.column->descriptions, lang,
                             APR_HASH_KEY_STRING));
        gov_console__set(in, "keywords", apr_hash_get(
                             p.column->keywords, lang, APR_HASH_KEY_STRING));
    }
    add(&p, NULL, in, path_of(p.column, apr_pstrcat(pool, "/words/", lang,
                                                    NULL), pool));
    return gov_console_reply(reply, p.console);
}

/* --- changes -------------------------------------------------------------- */

#define SENT(field) gov_intake_text(req->intake, field)

/* The column that a form names; NULL: none.  False: there is no such one. */
static bool
named(const gov_column_t **column, const page_t *p, const char *field)
{
    apr_int64_t id = 0;

    *column = NULL;
    if (!gov_intake_number(&id, p->req->intake, field) || !id)
        return true;
    *column = gov_column_by_id(p->ctx->group, id);
    if (*column && (*column)->site == p->site)
        return true;
    gov_intake_mistake(p->req->intake, field, "not-a-choice", NULL);
    return false;
}

static gov_err_t *
settle(const page_t *p, gov_err_t *err, gov_handler_t page, const char *path)
{
    if (!err && gov_intake_ok(p->req->intake))
        return gov_console__goes_on(p->reply, p->ctx, p->site, path, "saved",
                                    p->pool);
    if (err && !gov_console__tell(p->req->intake, err))
        return err;
    p->reply->status = err && err->code == GOV_E_CONFLICT ? 409 : 422;
    return page(p->reply, p->ctx, p->req, p->pool);
}

CONSOLE_HANDLER(columns_post)
{
    page_t p = { NULL, reply, ctx, req, gov_req_site(req), NULL, pool };
    gov_column_new_t made = { .slug = SENT("slug"), .type = SENT("type"),
                              .name = SENT("name"), .once = req->once };
    const gov_permit_t *permit;
    gov_err_t *err = NULL;
    apr_int64_t id = 0;

    if (named(&made.parent, &p, "parent")) {
        GOV_TRY(gov_permit_get(&permit, ctx, GOV_ACTION_MANAGE, p.site->id,
                               made.parent ? made.parent->id : 0, pool));
        err = gov_column_add(&id, ctx, p.site, &made, permit, pool);
    }
    return settle(&p, err, gov_console__columns, apr_psprintf(
                      pool, "columns/%" APR_INT64_T_FMT, id));
}

CONSOLE_HANDLER(column_post)
{
    page_t p = { NULL, reply, ctx, req, gov_req_site(req), NULL, pool };
    gov_column_traits_t traits = { .in_nav = gov_intake_flag(req->intake,
                                                             "nav") };
    const gov_permit_t *permit;
    apr_int64_t size = 0, days = 0;

    GOV_TRY(find(&p, &permit));
    gov_intake_number(&size, req->intake, "page-size");
    gov_intake_number(&days, req->intake, "interval");
    gov_intake_number(&traits.unit, req->intake, "unit");
    traits.page_size = (int)size;
    traits.update_days = (int)days;
    return settle(&p, gov_column_set(ctx, p.column, &traits, permit, pool),
                  gov_console__column, path_of(p.column, "", pool));
}

CONSOLE_HANDLER(column_words_post)
{
    page_t p = { NULL, reply, ctx, req, gov_req_site(req), NULL, pool };
    const gov_column_words_t words = { SENT("name"), SENT("description"),
                                       SENT("keywords") };
    const char *lang = gov_req_part(req, "lang");
    const gov_permit_t *permit;

    GOV_TRY(find(&p, &permit));
    return settle(&p, gov_column_set_words(ctx, p.column, lang, &words, permit,
                                           pool),
                  gov_console__column_words, path_of(p.column, "", pool));
}

CONSOLE_HANDLER(column_shift_post)
{
    page_t p = { NULL, reply, ctx, req, gov_req_site(req), NULL, pool };
    const gov_permit_t *permit;

    GOV_TRY(find(&p, &permit));
    return settle(&p, gov_column_shift(ctx, p.column, !strcmp(SENT("way"),
                                                              "up"), permit,
                                       pool),
                  gov_console__column, "columns/");
}

CONSOLE_HANDLER(column_move_post)
{
    page_t p = { NULL, reply, ctx, req, gov_req_site(req), NULL, pool };
    const gov_permit_t *permit, *there;
    const gov_column_t *parent;
    gov_err_t *err = NULL;

    GOV_TRY(find(&p, &permit));
    if (named(&parent, &p, "parent")) {
        GOV_TRY(gov_permit_get(&there, ctx, GOV_ACTION_MANAGE, p.site->id,
                               parent ? parent->id : 0, pool));
        err = gov_column_move(ctx, p.column, parent, SENT("slug"), permit,
                              there, pool);
    }
    return settle(&p, err, gov_console__column, path_of(p.column, "", pool));
}

/* "review=li.na publish=zhao": who alone may do a step. */
static gov_err_t *
read_people(apr_array_header_t **people, const page_t *p)
{
    const char *text = gov_intake_text(p->req->intake, "people");
    apr_array_header_t *words = gov_text_split(text ? text : "", " ,",
                                               p->pool);
    int i;

    *people = apr_array_make(p->pool, words->nelts + 1,
                             sizeof(gov_flow_person_t));
    for (i = 0; i < words->nelts; i++) {
        const char *word = APR_ARRAY_IDX(words, i, const char *);
        const char *is = strchr(word, '=');
        const gov_person_t *person;
        gov_flow_person_t *to;
        gov_err_t *err;

        if (!is)
            return gov_err_field("people", p->pool, "\"%s\"", word);
        err = gov_person_named(&person, p->ctx, is + 1, p->pool);
        if (err && err->code == GOV_E_NOT_FOUND)
            return gov_err_field("people", p->pool, "\"%s\"", word);
        GOV_TRY(err);
        to = apr_array_push(*people);
        to->step = apr_pstrmemdup(p->pool, word, (apr_size_t)(is - word));
        to->person = person->id;
        to->login = person->login;
    }
    return NULL;
}

static gov_err_t *
set_flow(const page_t *p, const gov_permit_t *permit)
{
    const char *publisher = gov_intake_text(p->req->intake, "publisher");
    gov_flow_t flow = { .site = p->site->id, .column = p->column->id };
    apr_int64_t reviews = 0, hours = 0;

    if (gov_intake_flag(p->req->intake, "inherit"))
        return gov_flow_remove(p->ctx, flow.site, flow.column, permit,
                               p->pool);
    gov_intake_number(&reviews, p->req->intake, "reviews");
    gov_intake_number(&hours, p->req->intake, "hours");
    flow.reviews = (int)reviews;
    flow.hours = (int)hours;
    gov_publisher_named(&flow.publisher, publisher);
    GOV_TRY(read_people(&flow.people, p));
    return gov_flow_set(p->ctx, &flow, permit, p->pool);
}

CONSOLE_HANDLER(column_flow_post)
{
    page_t p = { NULL, reply, ctx, req, gov_req_site(req), NULL, pool };
    const gov_permit_t *permit;
    gov_err_t *err;

    GOV_TRY(find(&p, &permit));
    err = set_flow(&p, permit);
    if (err && err->field && !strcmp(err->field, "step")) {
        gov_intake_mistake(req->intake, "people", "refused", NULL);
        err = NULL;
    }
    return settle(&p, err, gov_console__column, path_of(p.column, "", pool));
}

CONSOLE_HANDLER(column_close_post)
{
    page_t p = { NULL, reply, ctx, req, gov_req_site(req), NULL, pool };
    const gov_permit_t *permit, *there = NULL;
    const gov_column_t *target;
    gov_err_t *err = NULL;

    GOV_TRY(find(&p, &permit));
    if (named(&target, &p, "target")) {
        if (target)
            GOV_TRY(gov_permit_get(&there, ctx, GOV_ACTION_MANAGE, p.site->id,
                                   target->id, pool));
        err = gov_column_close(ctx, p.column, target, permit, there, pool);
    }
    /* of the whole column, not of a field */
    if (err && err->field && (!strcmp(err->field, "column")
                              || !strcmp(err->field, "documents"))) {
        gov_intake_mistake(req->intake, "", !strcmp(err->field, "column")
                           ? "has-columns" : "too-many-documents",
                           apr_itoa(pool, GOV_COLUMN_CLOSE_MOST));
        err = NULL;
    }
    return settle(&p, err, gov_console__column, path_of(p.column, "", pool));
}

CONSOLE_HANDLER(column_reopen_post)
{
    page_t p = { NULL, reply, ctx, req, gov_req_site(req), NULL, pool };
    const gov_permit_t *permit;

    GOV_TRY(find(&p, &permit));
    return settle(&p, gov_column_reopen(ctx, p.column, permit, pool),
                  gov_console__column, path_of(p.column, "", pool));
}

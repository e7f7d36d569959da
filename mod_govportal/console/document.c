/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/document.c -- one document: what it says, what was done with it, and what
   can be done next. */

#include <string.h>

#include "console_priv.h"

/* Long enough for a leader who travels. */
#define PREVIEWED apr_time_from_sec(3 * 24 * 3600)

typedef struct sight_t {
    gov_console_t *console;
    gov_reply_t *reply;
    gov_ctx_t *ctx;
    const gov_req_t *req;
    const gov_site_t *site;
    const gov_history_t *history;
    const gov_desk_edition_t *edition; /* the one that is looked at */
    apr_pool_t *pool;
} sight_t;

static const char *
at(const sight_t *s, const char *folder, apr_int64_t id, const char *rest)
{
    return gov_console_href(s->console, apr_psprintf(
                                s->pool, "%s/%" APR_INT64_T_FMT "%s", folder,
                                id, rest));
}

static const char *
say(const sight_t *s, const char *before, const char *name)
{
    return gov_word(s->ctx, apr_pstrcat(s->pool, before, name, NULL));
}

/* --- what it says --------------------------------------------------------- */

static const struct { const char *name; } texts[] = {
    { "title" }, { "subtitle" }, { "summary" }, { "source" }, { "author" }
};

static const char *
text_of(const gov_draft_t *draft, const char *name)
{
    return !strcmp(name, "title") ? draft->title
        : !strcmp(name, "subtitle") ? draft->subtitle
        : !strcmp(name, "summary") ? draft->summary
        : !strcmp(name, "source") ? draft->source : draft->author;
}

static void
add_contents(const sight_t *s)
{
    const gov_draft_t *draft = &s->edition->draft;
    const gov_type_t *type = gov_type_get(gov_group_types(s->ctx->group),
                                          s->edition->type);
    gov_node_t *box = gov_console_box(s->console, "main",
                                      gov_word(s->ctx, "console.contents"));
    apr_size_t i;
    int k;

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (text_of(draft, texts[i].name))
            gov_console_fact(box, say(s, "form.edition.", texts[i].name),
                             text_of(draft, texts[i].name), NULL);
    for (k = 0; type && k < type->fields->nelts; k++) {
        const gov_field_t *field = &APR_ARRAY_IDX(type->fields, k,
                                                  gov_field_t);
        const char *value = gov_json_str(draft->fields, field->name);

        if (value && *value)
            gov_console_fact(box, gov_label(field->labels, s->ctx->lang),
                             value, NULL);
    }
    for (i = 0; i < gov_json_count(draft->attachments); i++)
        gov_console_fact(box, gov_word(s->ctx, "form.edition.attachments"),
                         gov_json_str(gov_json_at(draft->attachments, i),
                                      "name"), NULL);
    if (draft->body) {
        gov_node_t *node = gov_node_add(box, "text");

        gov_node_markup(gov_view_page(gov_console_view(s->console)), node,
                        "body", gov_markup_without_pictures(draft->body,
                                                            s->pool));
    }
}

/* --- where it stands ------------------------------------------------------ */

/* A link that can be passed on to people without an account. */
static gov_err_t *
add_preview(const sight_t *s, gov_node_t *box, const gov_permit_t *permit)
{
    const gov_desk_edition_t *e = s->edition;
    const gov_site_lang_t *lang = gov_site_lang(s->site, e->at.lang);
    apr_time_t until = gov_now(s->ctx->clock) + PREVIEWED;
    const char *token;

    if (!lang)
        return NULL;
    GOV_TRY(gov_preview_token(&token, s->ctx, s->site, e->at.id, e->at.column,
                              until, permit, s->pool));
    gov_console_fact(box, gov_word(s->ctx, "console.preview"),
                     gov_time_minute(until, s->pool),
                     gov_href_between(s->ctx->site, s->site, apr_pstrcat(
                                          s->pool, s->site->base_path,
                                          lang->prefix, "/-/preview/", token,
                                          NULL), s->pool));
    return NULL;
}

static gov_err_t *
add_standing(const sight_t *s, const gov_permit_t *permit)
{
    const gov_column_t *column = gov_column_by_id(s->ctx->group,
                                                  s->history->column);
    const gov_desk_edition_t *e = s->edition;
    gov_node_t *box = gov_console_box(s->console, "side", NULL), *node;

    node = gov_node_add(box, "standing");
    gov_node_set(node, "state", gov_console__state(s->ctx, e->at.state,
                                                   s->pool));
    gov_node_set(node, "tone", gov_console__tone(e->at.state));
    gov_console_fact(box, gov_word(s->ctx, "console.documents.column"),
                     column ? gov_column_name(column, s->ctx->lang) : NULL,
                     NULL);
    gov_console_fact(box, gov_word(s->ctx, "console.documents.lang"),
                     say(s, "console.lang.", e->at.lang), NULL);
    gov_console_fact(box, gov_word(s->ctx, "console.version"),
                     apr_psprintf(s->pool, "%d", e->version), NULL);
    gov_console_fact(box, gov_word(s->ctx, "console.documents.author"),
                     e->author, NULL);
    gov_console_fact(box, gov_word(s->ctx, "console.documents.id"),
                     gov_time_minute(e->created, s->pool), NULL);
    if (e->published)
        gov_console_fact(box, gov_word(s->ctx, "console.documents.published"),
                         gov_time_minute(e->published, s->pool), NULL);
    if (column && !strcmp(e->at.state, "live"))
        gov_console_fact(box, gov_word(s->ctx, "console.address"),
                         gov_word(s->ctx, "console.look"),
                         gov_href_between(s->ctx->site, s->site,
                                          gov_document_href(
                                              column, s->history->document,
                                              e->at.lang, s->pool), s->pool));
    return add_preview(s, box, permit);
}

/* --- what can be done ----------------------------------------------------- */

static bool
fits(const gov_console__step_t *step, const char *state, apr_pool_t *pool)
{
    return strstr(step->states, apr_pstrcat(pool, " ", state, " ", NULL))
        != NULL;
}

static void
add_step(const sight_t *s, gov_node_t *box, const gov_console__step_t *step)
{
    const gov_step_edition_t *e = &s->edition->at;
    bool again = s->req->intake
        && gov_intake_form(s->req->intake) == step->form;
    gov_node_t *node = gov_node_add(box, "step"), *form;

    gov_node_set(node, "name", say(s, "console.step.", step->name));
    gov_node_set(node, "icon", step->icon);
    gov_node_set(node, "open", again ? "yes" : "no");
    gov_node_set(node, "bare", step->form->fields[0].name ? "no" : "yes");
    form = gov_view_form(gov_console_view(s->console), node,
                         again ? s->req->intake
                               : gov_intake_blank(step->form, s->pool),
                         gov_req_form_key(s->reply, s->ctx, s->req, step->form,
                                          s->pool),
                         at(s, "editions", e->id, apr_pstrcat(
                                s->pool, "/", step->name, NULL)));
    gov_view_hidden(form, "seen", e->digest);
}

static void
add_steps(const sight_t *s)
{
    const gov_step_edition_t *e = &s->edition->at;
    const gov_console__step_t *step;
    gov_node_t *box = gov_console_box(s->console, "side",
                                      gov_word(s->ctx, "console.next"));
    bool some = false;

    if (strstr(" draft returned submitted reviewed cleared scheduled denied "
               "live ", apr_pstrcat(s->pool, " ", e->state, " ", NULL))
        && gov_console__may(s->ctx, GOV_ACTION_WRITE, s->site, e->column,
                            s->pool)) {
        gov_console_action(box, "main", "pencil", gov_word(
                               s->ctx, strcmp(e->state, "live")
                               ? "console.edit" : "console.correct"),
                           at(s, "editions", e->id, "/edit"));
        some = true;
    }
    for (step = gov_console__steps; step->name; step++)
        if (fits(step, e->state, s->pool)
            && gov_console__may(s->ctx, step->action, s->site, e->column,
                                s->pool)) {
            add_step(s, box, step);
            some = true;
        }
    if (!some)
        gov_console_note(box, "note", gov_word(s->ctx, "console.no-step"));
}

/* --- what was done -------------------------------------------------------- */

static gov_err_t *
add_history(const sight_t *s, const gov_permit_t *permit)
{
    gov_node_t *box = gov_console_box(s->console, "main",
                                      gov_word(s->ctx, "console.history"));
    apr_array_header_t *steps;
    int i;

    GOV_TRY(gov_document_steps(&steps, s->ctx, s->history->document, permit,
                               s->pool));
    for (i = steps->nelts - 1; i >= 0; i--) {
        const gov_step_t *step = &APR_ARRAY_IDX(steps, i, gov_step_t);
        gov_node_t *node = gov_node_add(box, "event");

        gov_node_set(node, "name", say(s, "console.event.", step->what));
        gov_node_set(node, "time", gov_time_minute(step->at, s->pool));
        gov_node_set(node, "author", step->actor);
        gov_node_set(node, "address", step->address);
        if (step->verdict)
            gov_node_set(node, "verdict", say(s, "form.step-clear.verdict.",
                                              step->verdict));
        gov_node_set(node, "basis", step->basis);
        gov_node_set(node, "remarks", step->remarks);
        gov_node_set(node, "valid", step->valid ? "yes" : "no");
        gov_node_set(node, "version", apr_psprintf(s->pool, "%s %d",
                                                   step->lang, step->version));
    }
    return NULL;
}

static void
add_editions(const sight_t *s)
{
    const apr_array_header_t *editions = s->history->editions;
    gov_node_t *box;
    int i;

    if (editions->nelts < 2)
        return;
    box = gov_console_box(s->console, "side", gov_word(s->ctx,
                                                       "console.editions"));
    for (i = 0; i < editions->nelts; i++) {
        const gov_edition_t *e = &APR_ARRAY_IDX(editions, i, gov_edition_t);
        gov_node_t *node = gov_node_add(box, "work");

        gov_node_set(node, "name", apr_psprintf(
                         s->pool, "%s %d", say(s, "console.lang.", e->lang),
                         e->version));
        gov_node_set(node, "href", at(s, "editions", e->id, ""));
        gov_node_set(node, "state", gov_console__state(s->ctx, e->state,
                                                       s->pool));
        gov_node_set(node, "tone", gov_console__tone(e->state));
        gov_node_set(node, "time", gov_time_minute(e->created, s->pool));
        gov_node_set(node, "author", e->created_by);
    }
}

/* --- the page ------------------------------------------------------------- */

/* Of a document the edition that has furthest to go; of an edition's address that
   edition. */
static gov_err_t *
find_edition(sight_t *s, const gov_permit_t **permit)
{
    apr_int64_t id = gov_console__id(s->req, "id"), document = id;
    bool whole = !strstr(s->req->rest, "/editions/");
    const gov_site_t *site;
    apr_int64_t column;

    if (!whole) {
        GOV_TRY(gov_desk_edition(&s->edition, s->ctx, s->site, id, s->pool));
        document = s->edition->at.document;
    }
    GOV_TRY(gov_document_place(&site, &column, s->ctx, document, s->pool));
    if (site->id != s->site->id)
        return gov_err(GOV_E_NOT_FOUND, NULL, s->pool,
                       "document %" APR_INT64_T_FMT " is not of site %s",
                       document, s->site->slug);
    GOV_TRY(gov_permit_get(permit, s->ctx, GOV_ACTION_READ, site->id, column,
                           s->pool));
    GOV_TRY(gov_document_history(&s->history, s->ctx, document, *permit,
                                 s->pool));
    if (!whole)
        return NULL;
    return gov_desk_edition(&s->edition, s->ctx, s->site,
                            APR_ARRAY_IDX(s->history->editions, 0,
                                          gov_edition_t).id, s->pool);
}

CONSOLE_HANDLER(document)
{
    sight_t s = { .reply = reply, .ctx = ctx, .req = req, .pool = pool,
                  .site = gov_req_site(req) };
    const gov_permit_t *permit;

    GOV_TRY(find_edition(&s, &permit));
    GOV_TRY(gov_console_create(&s.console, "documents", reply, ctx, req,
                               pool));
    gov_console_crumb(s.console, gov_word(ctx, "console.entry.documents"),
                      gov_console_href(s.console, "documents/"));
    gov_console_name(s.console, s.edition->at.title);
    GOV_TRY(add_standing(&s, permit));
    add_steps(&s);
    if (strstr(" draft returned submitted reviewed ", apr_pstrcat(
                   pool, " ", s.edition->at.state, " ", NULL)))
        GOV_TRY(gov_console__check(s.console, ctx, s.edition, pool));
    add_editions(&s);
    add_contents(&s);
    GOV_TRY(add_history(&s, permit));
    return gov_console_reply(reply, s.console);
}

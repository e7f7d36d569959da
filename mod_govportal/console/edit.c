/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/edit.c -- the form in which a document is written: made from its type,
   sent to one form that takes whatever any type has. */

#include <string.h>

#include "edit_priv.h"

#define BODY 300000

/* What the gate reads.  Which of it a document uses, and must have, its type says:
   see shown_form(). */
static const gov_form_field_t all_fields[] = {
    { .name = "title", .kind = GOV_FORM_LINE, .required = true, .most = 300 },
    { .name = "subtitle", .kind = GOV_FORM_LINE, .most = 300 },
    { .name = "summary", .kind = GOV_FORM_TEXT, .most = 1000 },
    { .name = "body", .kind = GOV_FORM_TEXT, .most = BODY },
    { .name = "inserts", .kind = GOV_FORM_FILE, .multiple = true },
    { .name = "picture", .kind = GOV_FORM_FILE },
    { .name = "picture-alt", .kind = GOV_FORM_LINE, .most = 300 },
    { .name = "picture-drop", .kind = GOV_FORM_FLAG },
    { .name = "pictures", .kind = GOV_FORM_FILE, .multiple = true,
      .most = 30 },
    { .name = "attachments", .kind = GOV_FORM_FILE, .multiple = true },
    { .name = "media", .kind = GOV_FORM_FILE },
    { .name = "transcript", .kind = GOV_FORM_TEXT, .most = 50000 },
    { .name = "source", .kind = GOV_FORM_LINE, .most = 200 },
    { .name = "source-url", .kind = GOV_FORM_URL, .most = 500 },
    { .name = "author", .kind = GOV_FORM_LINE, .most = 100 },
    { .name = "keywords", .kind = GOV_FORM_LINE, .most = 500 },
    { .name = "note", .kind = GOV_FORM_LINE, .most = 500 },
    { .name = NULL }
};
const gov_form_t gov_console__edition_form = { "edition", all_fields };

bool
gov_console__uses(const gov_console__edit_t *edit, const char *field)
{
    if (!strcmp(field, "inserts"))
        field = "body";
    if (!strcmp(field, "transcript"))
        field = "media";
    if (!strcmp(field, "source-url"))
        field = "source";
    if (!strcmp(field, "title") || !strncmp(field, "picture-", 8)
        || !strcmp(field, "picture"))
        return true;
    if (!strcmp(field, "note"))
        return edit->before != NULL;
    return apr_hash_get(edit->type->uses, field, APR_HASH_KEY_STRING) != NULL;
}

const char *
gov_console__field_name(int i, apr_pool_t *pool)
{
    return apr_psprintf(pool, "x-%d", i + 1);
}

/* --- the form as it is shown ---------------------------------------------- */

static gov_form_kind_t
kind_of(const gov_field_t *field)
{
    static const struct { const char *word; gov_form_kind_t kind; } kinds[] = {
        { "long", GOV_FORM_TEXT }, { "date", GOV_FORM_DATE },
        { "email", GOV_FORM_EMAIL }, { "number", GOV_FORM_NUMBER }
    };
    apr_size_t i;

    for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (!strcmp(kinds[i].word, field->kind))
            return kinds[i].kind;
    return GOV_FORM_LINE;         /* telephones: several in one; addresses: paths */
}

static bool
is_required(const gov_console__edit_t *edit, const char *field)
{
    const char *use = apr_hash_get(edit->type->uses, field,
                                   APR_HASH_KEY_STRING);

    return !strcmp(field, "title") || (use && !strcmp(use, "required"));
}

static const gov_form_t *
shown_form(const gov_console__edit_t *edit, apr_pool_t *pool)
{
    const apr_array_header_t *own = edit->type->fields;
    apr_array_header_t *fields = apr_array_make(pool, 32,
                                                sizeof(gov_form_field_t));
    gov_form_t *form = apr_pcalloc(pool, sizeof(*form));
    gov_form_field_t end = { .name = NULL };
    int i, k;

    for (i = 0; all_fields[i].name; i++) {
        gov_form_field_t field = all_fields[i];

        /* the type's own come before where it is from */
        for (k = 0; !strcmp(field.name, "source") && k < own->nelts; k++) {
            const gov_field_t *of = &APR_ARRAY_IDX(own, k, gov_field_t);
            gov_form_field_t more = {
                .name = gov_console__field_name(k, pool), .kind = kind_of(of),
                .required = of->required,
                .label = gov_label(of->labels, edit->ctx->lang)
            };

            APR_ARRAY_PUSH(fields, gov_form_field_t) = more;
        }
        field.required = is_required(edit, field.name);
        if (!strcmp(field.name, "picture-drop")
            && !(edit->before && edit->before->picture))
            continue;
        if (gov_console__uses(edit, field.name))
            APR_ARRAY_PUSH(fields, gov_form_field_t) = field;
    }
    APR_ARRAY_PUSH(fields, gov_form_field_t) = end;
    form->name = "edition";
    form->fields = (const gov_form_field_t *)fields->elts;
    return form;
}

static void
set(gov_intake_t *in, const gov_form_t *form, const char *field,
    const char *value)
{
    if (value && gov_form_field(form, field))
        gov_intake_set(in, field, value);
}

static const char *
joined(const gov_json_t *list, apr_pool_t *pool)
{
    gov_buf_t *out = gov_buf_create(128, pool);
    apr_size_t i;

    for (i = 0; i < gov_json_count(list); i++) {
        gov_buf_str(out, i ? " " : "");
        gov_buf_str(out, gov_json_text(gov_json_at(list, i)));
    }
    return out->data;
}

/* As the edition says it. */
static void
fill(gov_intake_t *in, const gov_console__edit_t *edit, const gov_form_t *form,
     apr_pool_t *pool)
{
    const gov_draft_t *d = edit->before;
    int i;

    if (!d)
        return;
    set(in, form, "title", d->title);
    set(in, form, "subtitle", d->subtitle);
    set(in, form, "summary", d->summary);
    set(in, form, "body", d->body);
    set(in, form, "picture-alt", gov_json_str(d->picture, "alt"));
    set(in, form, "transcript", gov_json_str(d->media, "transcript"));
    set(in, form, "source", d->source);
    set(in, form, "source-url", d->source_url);
    set(in, form, "author", d->author);
    set(in, form, "keywords", joined(d->keywords, pool));
    if (edit->seen)
        set(in, form, "note", d->note);
    for (i = 0; i < edit->type->fields->nelts; i++)
        set(in, form, gov_console__field_name(i, pool),
            gov_json_str(d->fields, APR_ARRAY_IDX(edit->type->fields, i,
                                                  gov_field_t).name));
}

/* As it was typed, with its mistakes. */
static void
refill(gov_intake_t *in, const gov_intake_t *sent, const gov_form_t *form,
       apr_pool_t *pool)
{
    apr_array_header_t *mistakes = gov_intake_mistakes(sent, pool);
    const gov_form_field_t *field;
    int i;

    for (field = form->fields; field->name; field++)
        if (field->kind == GOV_FORM_FLAG) {
            if (gov_intake_chosen(sent, field->name, NULL))
                gov_intake_set(in, field->name, "yes");
        }
        else if (field->kind != GOV_FORM_FILE)
            set(in, form, field->name, !strncmp(field->name, "x-", 2)
                ? gov_intake_raw(sent, field->name)
                : gov_intake_shown(sent, field->name));
    for (i = 0; i < mistakes->nelts; i++) {
        const gov_mistake_t *m = &APR_ARRAY_IDX(mistakes, i, gov_mistake_t);

        gov_intake_mistake(in, gov_form_field(form, m->field) ? m->field : "",
                           m->code, m->detail);
    }
}

/* Files that are there already, each with its text and a way to take it out. */
static void
add_kept(gov_node_t *form, const gov_json_t *list, const char *field,
         const char *text, const gov_intake_t *sent, apr_pool_t *pool)
{
    apr_size_t i;

    for (i = 0; i < gov_json_count(list); i++) {
        const gov_json_t *one = gov_json_at(list, i);
        const char *name = apr_psprintf(pool, "%s-%d", field, (int)i);
        const char *said = sent ? gov_intake_raw(sent, name) : NULL;
        gov_node_t *node = gov_node_add(form, "kept");

        gov_node_set(node, "field", field);
        gov_node_set(node, "name", name);
        gov_node_set(node, "file", gov_json_str(one, "name"));
        gov_node_set(node, "text", said ? said : gov_json_str(one, text));
    }
}

static gov_err_t *
show(gov_reply_t *reply, gov_console__edit_t *edit, const gov_req_t *req,
     const char *crumb, const char *crumb_href, const char *action,
     apr_pool_t *pool)
{
    const gov_form_t *form = shown_form(edit, pool);
    gov_intake_t *in = gov_intake_blank(form, pool);
    gov_console_t *console;
    gov_node_t *box, *node;

    GOV_TRY(gov_console_create(&console, "documents", reply, edit->ctx, req,
                               pool));
    gov_console_crumb(console, gov_word(edit->ctx, "console.entry.documents"),
                      gov_console_href(console, "documents/"));
    if (crumb)
        gov_console_crumb(console, crumb, gov_console_href(console,
                                                           crumb_href));
    gov_console_name(console, apr_pstrcat(
                         pool, gov_word(edit->ctx, edit->before
                                        ? edit->seen ? "console.edit"
                                        : "console.correct"
                                        : "console.write"),
                         gov_word(edit->ctx, "form.colon"),
                         gov_label(edit->type->labels, edit->ctx->lang), NULL));
    box = gov_console_box(console, "form", NULL);
    gov_console_fact(box, gov_word(edit->ctx, "console.documents.column"),
                     gov_column_name(edit->column, edit->ctx->lang), NULL);
    gov_console_fact(box, gov_word(edit->ctx, "console.documents.lang"),
                     gov_word(edit->ctx, apr_pstrcat(pool, "console.lang.",
                                                     edit->lang, NULL)), NULL);
    if (req->intake)
        refill(in, req->intake, form, pool);
    else
        fill(in, edit, form, pool);
    node = gov_view_form(gov_console_view(console), box, in,
                         gov_req_form_key(reply, edit->ctx, req,
                                          &gov_console__edition_form, pool),
                         gov_console_href(console, action));
    gov_view_hidden(node, "lang", edit->lang);
    if (edit->seen)
        gov_view_hidden(node, "seen", edit->seen);
    if (edit->before) {
        add_kept(node, edit->before->gallery, "pictures", "alt", req->intake,
                 pool);
        add_kept(node, edit->before->attachments, "attachments", "title",
                 req->intake, pool);
    }
    return gov_console_reply(reply, console);
}

/* --- what content/ does not take ------------------------------------------- */

/* The form's name for what content/ calls FIELD. */
static const char *
form_field(const gov_console__edit_t *edit, const char *field,
           apr_pool_t *pool)
{
    int i;

    if (!strcmp(field, "source_url"))
        return "source-url";
    if (gov_form_field(&gov_console__edition_form, field))
        return field;
    for (i = 0; i < edit->type->fields->nelts; i++)
        if (!strcmp(APR_ARRAY_IDX(edit->type->fields, i, gov_field_t).name,
                    field))
            return gov_console__field_name(i, pool);
    return "";
}

/* What its author can mend goes back to the form. */
static bool
tell(const gov_console__edit_t *edit, gov_intake_t *in, const gov_err_t *err,
     apr_pool_t *pool)
{
    if (err->code == GOV_E_CONFLICT)
        gov_intake_mistake(in, "", "edit-conflict", NULL);
    else if (err->code == GOV_E_INVALID && err->field)
        gov_intake_mistake(in, form_field(edit, err->field, pool),
                           "edit-refused", NULL);
    else
        return false;
    return true;
}

/* --- a new document ------------------------------------------------------- */

static gov_err_t *
new_one(gov_console__edit_t *edit, const gov_permit_t **permit, gov_ctx_t *ctx,
        const gov_req_t *req, apr_pool_t *pool)
{
    memset(edit, 0, sizeof(*edit));
    edit->ctx = ctx;
    edit->site = gov_req_site(req);
    edit->column = gov_column_by_id(ctx->group, gov_console__id(req, "id"));
    if (!edit->column || edit->column->site->id != edit->site->id
        || !edit->column->type)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                       "site %s has no such column", edit->site->slug);
    edit->type = edit->column->type;
    edit->lang = APR_ARRAY_IDX(edit->site->languages, 0, gov_site_lang_t).lang;
    return gov_permit_get(permit, ctx, GOV_ACTION_WRITE, edit->site->id,
                          edit->column->id, pool);
}

CONSOLE_HANDLER(write)
{
    gov_console__edit_t edit;
    const gov_permit_t *permit;

    GOV_TRY(new_one(&edit, &permit, ctx, req, pool));
    return show(reply, &edit, req, NULL, NULL,
                apr_psprintf(pool, "columns/%" APR_INT64_T_FMT "/write",
                             edit.column->id), pool);
}

CONSOLE_HANDLER(write_post)
{
    gov_console__edit_t edit;
    const gov_permit_t *permit;
    apr_int64_t document, edition;
    gov_draft_t draft;
    gov_err_t *err;

    GOV_TRY(new_one(&edit, &permit, ctx, req, pool));
    GOV_TRY(gov_console__draft(&draft, &edit, req->intake, pool));
    if (gov_intake_ok(req->intake)) {
        draft.once = req->once;
        err = gov_document_create(&document, &edition, ctx, edit.column,
                                  edit.type->name, &draft, permit, pool);
        if (!err)
            return gov_reply_redirect(
                reply, gov_console_path(ctx, edit.site,
                                        apr_psprintf(pool, "documents/%"
                                                     APR_INT64_T_FMT,
                                                     document),
                                        "saved", pool), false);
        if (!tell(&edit, req->intake, err, pool))
            return err;
    }
    reply->status = 422;
    return gov_console__write(reply, ctx, req, pool);
}

/* --- another edition, or the same draft ------------------------------------- */

static bool
is_public_state(const char *state)
{
    return !strcmp(state, "live") || !strcmp(state, "superseded")
        || !strcmp(state, "withdrawn") || !strcmp(state, "archived");
}

static gov_err_t *
old_one(gov_console__edit_t *edit, const gov_desk_edition_t **edition,
        const gov_permit_t **permit, gov_ctx_t *ctx, const gov_req_t *req,
        apr_pool_t *pool)
{
    const gov_desk_edition_t *e;

    memset(edit, 0, sizeof(*edit));
    edit->ctx = ctx;
    edit->site = gov_req_site(req);
    GOV_TRY(gov_desk_edition(&e, ctx, edit->site, gov_console__id(req, "id"),
                             pool));
    edit->column = gov_column_by_id(ctx->group, e->at.column);
    edit->type = gov_type_get(gov_group_types(ctx->group), e->type);
    if (!edit->column || !edit->type)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "type %s is not loaded, or its column is closed",
                       e->type);
    edit->lang = e->at.lang;
    edit->before = &e->draft;
    edit->seen = is_public_state(e->at.state) ? NULL : e->at.digest;
    *edition = e;
    return gov_permit_get(permit, ctx, GOV_ACTION_WRITE, edit->site->id,
                          e->at.column, pool);
}

CONSOLE_HANDLER(edit)
{
    gov_console__edit_t edit;
    const gov_desk_edition_t *e;
    const gov_permit_t *permit;

    GOV_TRY(old_one(&edit, &e, &permit, ctx, req, pool));
    return show(reply, &edit, req, e->at.title,
                apr_psprintf(pool, "documents/%" APR_INT64_T_FMT,
                             e->at.document),
                apr_psprintf(pool, "editions/%" APR_INT64_T_FMT "/edit",
                             e->at.id), pool);
}

static gov_err_t *
save(const gov_console__edit_t *edit, const gov_desk_edition_t *e,
     const gov_draft_t *draft, const gov_intake_t *in,
     const gov_permit_t *permit, apr_pool_t *pool)
{
    const char *seen = gov_intake_raw(in, "seen");
    apr_int64_t edition;

    if (edit->seen)
        return gov_edition_change(edit->ctx, e->at.id, seen, draft, permit,
                                  pool);
    if (!strcmp(e->at.state, "live"))
        return gov_edition_correct(&edition, edit->ctx, e->at.document, draft,
                                   permit, pool);
    return gov_edition_draft(&edition, edit->ctx, e->at.document, draft,
                             permit, pool);
}

CONSOLE_HANDLER(edit_post)
{
    gov_console__edit_t edit;
    const gov_desk_edition_t *e;
    const gov_permit_t *permit;
    gov_draft_t draft;
    gov_err_t *err;

    GOV_TRY(old_one(&edit, &e, &permit, ctx, req, pool));
    GOV_TRY(gov_console__draft(&draft, &edit, req->intake, pool));
    if (gov_intake_ok(req->intake)) {
        draft.once = req->once;
        err = save(&edit, e, &draft, req->intake, permit, pool);
        if (!err)
            return gov_reply_redirect(
                reply, gov_console_path(ctx, edit.site,
                                        apr_psprintf(pool, "documents/%"
                                                     APR_INT64_T_FMT,
                                                     e->at.document),
                                        "saved", pool), false);
        if (!tell(&edit, req->intake, err, pool))
            return err;
    }
    reply->status = 422;
    return gov_console__edit(reply, ctx, req, pool);
}

/* --- where a new document goes --------------------------------------------- */

static void
add_places(gov_console_t *console, gov_node_t *box, const gov_ctx_t *ctx,
           const apr_array_header_t *columns, const char *before,
           apr_pool_t *pool)
{
    int i;

    for (i = 0; i < columns->nelts; i++) {
        const gov_column_t *column = APR_ARRAY_IDX(columns, i,
                                                   const gov_column_t *);
        const char *name = apr_pstrcat(pool, before, gov_column_name(
                                           column, ctx->lang), NULL);

        if (column->type && !strcmp(column->supply, "own")
            && gov_console__may(ctx, GOV_ACTION_WRITE, column->site,
                                column->id, pool)) {
            gov_node_t *node = gov_node_add(box, "work");

            gov_node_set(node, "name", name);
            gov_node_set(node, "href", gov_console_href(
                             console, apr_psprintf(pool, "columns/%"
                                                   APR_INT64_T_FMT "/write",
                                                   column->id)));
            gov_node_set(node, "author", gov_label(column->type->labels,
                                                   ctx->lang));
        }
        add_places(console, box, ctx, column->children,
                   apr_pstrcat(pool, name, " / ", NULL), pool);
    }
}

CONSOLE_HANDLER(choose)
{
    gov_console_t *console;
    gov_node_t *box;

    GOV_TRY(gov_console_create(&console, "documents", reply, ctx, req, pool));
    gov_console_crumb(console, gov_word(ctx, "console.entry.documents"),
                      gov_console_href(console, "documents/"));
    gov_console_name(console, gov_word(ctx, "console.write"));
    box = gov_console_box(console, "main", gov_word(ctx, "console.choose"));
    add_places(console, box, ctx, gov_req_site(req)->columns, "", pool);
    return gov_console_reply(reply, console);
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* portal/document.c -- the page of one document, as its type describes it. */

#include <stdlib.h>
#include <string.h>

#include <apr_lib.h>

#include "gov_markup.h"
#include "gov_media.h"
#include "portal_priv.h"

#define RELATED 6
#define COLLECTED 40
#define PREVIEW "/-/preview/"

typedef struct show_t {
    gov_view_t *view;
    gov_ctx_t *ctx;
    const gov_document_t *doc;
    const gov_type_t *type;
    const gov_column_t *column;
    const char *rest;             /* the page's path inside the site */
    const char *preview;          /* the link's token, or NULL */
    apr_pool_t *pool;
} show_t;

static const char *
asset_of(const show_t *s, const gov_json_t *part)
{
    if (s->preview)
        return apr_pstrcat(s->pool, PREVIEW, s->preview, "/",
                           gov_json_str(part, "asset"), "/",
                           gov_json_str(part, "name"), NULL);
    return gov_asset_href(gov_json_str(part, "asset"),
                          gov_json_str(part, "name"), s->pool);
}

/* What an unpublished body shows is to be had by the link only. */
static const char *
body_of(const show_t *s)
{
    static const char quoted[] = "\"/-/asset/";
    const char *at = s->doc->body, *next;
    gov_buf_t *out;

    if (!s->preview)
        return at;
    out = gov_buf_create(strlen(at) + 256, s->pool);
    while ((next = strstr(at, quoted)) != NULL) {
        gov_buf_add(out, at, (apr_size_t)(next + 1 - at));
        gov_buf_str(out, PREVIEW);
        gov_buf_str(out, s->preview);
        gov_buf_str(out, "/");
        at = next + sizeof(quoted) - 1;
    }
    gov_buf_str(out, at);
    return out->data;
}

static void
add_picture(const show_t *s, gov_node_t *parent, const gov_json_t *picture)
{
    gov_node_t *node;

    if (!picture || !gov_json_str(picture, "asset"))
        return;
    node = gov_node_add(parent, "picture");
    gov_node_set(node, "src", asset_of(s, picture));
    gov_node_set_int(node, "width", gov_json_int(picture, "width", 0));
    gov_node_set_int(node, "height", gov_json_int(picture, "height", 0));
    gov_node_set(node, "alt", gov_json_str(picture, "alt")
                 ? gov_json_str(picture, "alt") : "");
    gov_node_set(node, "caption", gov_json_str(picture, "caption"));
}

static const char *
field_href(const show_t *s, const gov_field_t *field, const char *value)
{
    char *digits, *to;
    const char *at;

    if (!strcmp(field->kind, "url"))
        return value;
    if (!strcmp(field->kind, "email"))
        return apr_pstrcat(s->pool, "mailto:", value, NULL);
    if (strcmp(field->kind, "phone"))
        return NULL;
    digits = to = apr_palloc(s->pool, strlen(value) + 1);
    for (at = value; *at; at++) {
        if (apr_isdigit(*at) || (*at == '+' && at == value))
            *to++ = *at;
        else if (*at != '-' && *at != ' ' && *at != '(' && *at != ')')
            break;                /* more than one number: show, do not link */
    }
    *to = '\0';
    return *at || to - digits < 3 ? NULL
                                  : apr_pstrcat(s->pool, "tel:", digits, NULL);
}

static void
add_fields(const show_t *s, gov_node_t *node)
{
    int i;

    for (i = 0; i < s->type->fields->nelts; i++) {
        const gov_field_t *field = &APR_ARRAY_IDX(s->type->fields, i,
                                                  gov_field_t);
        const char *value = gov_json_str(s->doc->fields, field->name);
        gov_node_t *at;

        if (!value || !*value || !field->shown)
            continue;
        at = gov_node_add(node, "field");
        gov_node_set(at, "name", field->name);
        gov_node_set(at, "kind", field->kind);
        gov_node_set(at, "label", gov_label(field->labels, s->ctx->lang));
        gov_node_set(at, "value", value);
        gov_node_set(at, "href", field_href(s, field, value));
    }
}

static void
add_media(const show_t *s, gov_node_t *node)
{
    const gov_json_t *media = s->doc->media, *poster, *captions;
    const char *type = gov_json_str(media, "type");
    gov_node_t *at;

    if (!media || !type)
        return;
    poster = gov_json_get(media, "poster");
    captions = gov_json_get(media, "captions");
    at = gov_node_add(node, "media");
    gov_node_set(at, "kind", strncmp(type, "audio/", 6) ? "video" : "audio");
    gov_node_set(at, "src", asset_of(s, media));
    gov_node_set(at, "type", type);
    if (poster)
        gov_node_set(at, "poster", asset_of(s, poster));
    if (captions) {
        gov_node_set(at, "captions", asset_of(s, captions));
        gov_node_set(at, "captions-lang", s->doc->lang);
    }
    gov_node_set(at, "duration", gov_json_str(s->doc->fields, "duration"));
    if (gov_json_str(media, "transcript"))
        gov_node_text(gov_node_add(at, "transcript"),
                      gov_json_str(media, "transcript"));
}

static void
add_attachments(const show_t *s, gov_node_t *node)
{
    const gov_json_t *list = s->doc->attachments;
    gov_node_t *parent;
    apr_size_t i;

    if (!gov_json_count(list))
        return;
    parent = gov_node_add(node, "attachments");
    for (i = 0; i < gov_json_count(list); i++) {
        const gov_json_t *one = gov_json_at(list, i);
        gov_node_t *at = gov_node_add(parent, "attachment");

        gov_node_set(at, "title", gov_json_str(one, "title"));
        gov_node_set(at, "href", asset_of(s, one));
        gov_node_set(at, "type", gov_word(
                         s->ctx, gov_media_word(gov_json_str(one, "type"))));
        gov_node_set(at, "size", gov_size_text(gov_json_int(one, "size", 0),
                                               s->pool));
    }
}

static void
add_neighbour(const show_t *s, gov_node_t *node, const char *name,
              const gov_item_t *item)
{
    gov_node_t *at;

    if (!item)
        return;
    at = gov_node_add(node, name);
    gov_node_set(at, "title", item->title);
    gov_node_set(at, "href", gov_view_href(
                     s->view, gov_document_href(s->column, item->document,
                                                s->ctx->lang, s->pool)));
    gov_page_tag(gov_view_page(s->view), "document:%" APR_INT64_T_FMT,
                 item->document);
}

/* --- meta tags and JSON-LD ------------------------------------------------ */

static const char *
source_of(const show_t *s)
{
    const gov_unit_t *unit = s->column->unit ? s->column->unit
                                             : s->ctx->site->unit;

    return s->doc->source ? s->doc->source : unit
        ? gov_unit_name(unit, s->ctx->lang) : NULL;
}

/* What rel=canonical says, too. */
static const char *
whole_address(const show_t *s)
{
    return apr_pstrcat(s->pool, gov_site_origin(s->ctx->site, s->pool),
                       gov_site_home(s->ctx->site, s->ctx->lang, s->pool),
                       s->rest + 1, NULL);
}

/* The government page tags of the content level (REQUIREMENTS B3); PubDate is the
   date that the page shows. */
static void
add_metas(const show_t *s)
{
    const gov_document_t *doc = s->doc;
    const char *picture = doc->picture
        ? apr_pstrcat(s->pool, gov_site_origin(s->ctx->site, s->pool),
                      asset_of(s, doc->picture), NULL) : NULL;
    apr_size_t i;
    int k;

    gov_view_meta(s->view, "ArticleTitle", doc->title);
    gov_view_meta(s->view, "PubDate", gov_time_minute(doc->published, s->pool));
    gov_view_meta(s->view, "ContentSource", source_of(s));
    for (i = 0; i < gov_json_count(doc->keywords); i++)
        gov_view_meta(s->view, "Keywords",
                      gov_json_text(gov_json_at(doc->keywords, i)));
    gov_view_meta(s->view, "Author", doc->author);
    gov_view_meta(s->view, "Description", doc->summary);
    gov_view_meta(s->view, "Image", picture);
    gov_view_meta(s->view, "Url", whole_address(s));
    for (k = 0; k < s->type->fields->nelts; k++) {
        const gov_field_t *field = &APR_ARRAY_IDX(s->type->fields, k,
                                                  gov_field_t);

        if (field->meta)
            gov_view_meta(s->view, field->meta,
                          gov_json_str(doc->fields, field->name));
    }
    gov_view_property(s->view, "og:title", doc->title);
    gov_view_property(s->view, "og:type", "article");
    gov_view_property(s->view, "og:description", doc->summary);
    gov_view_property(s->view, "og:image", picture);
}

static void
add_jsonld(const show_t *s)
{
    const gov_document_t *doc = s->doc;
    gov_json_t *thing, *publisher;
    const char *url = whole_address(s);
    bool article;
    int i;

    if (!s->type->jsonld)
        return;
    thing = gov_json_object(s->pool);
    publisher = gov_json_object(s->pool);
    article = strstr(s->type->jsonld, "Article") != NULL;
    gov_json_set(thing, "@type", s->type->jsonld);
    gov_json_set(thing, article ? "headline" : "name", doc->title);
    gov_json_set(thing, "url", url);
    gov_json_set(thing, "description", doc->summary);
    gov_json_set(thing, "inLanguage", doc->lang);
    gov_json_set(thing, "datePublished",
                 gov_time_rfc3339(doc->published, s->pool));
    gov_json_set(thing, "dateModified",
                 gov_time_rfc3339(doc->updated, s->pool));
    if (doc->picture)
        gov_json_set(thing, "image", apr_pstrcat(
                         s->pool, gov_site_origin(s->ctx->site, s->pool),
                         asset_of(s, doc->picture), NULL));
    for (i = 0; i < s->type->fields->nelts; i++) {
        const gov_field_t *field = &APR_ARRAY_IDX(s->type->fields, i,
                                                  gov_field_t);

        if (field->jsonld)
            gov_json_set(thing, field->jsonld,
                         gov_json_str(doc->fields, field->name));
    }
    gov_json_set(publisher, "@type", "GovernmentOrganization");
    gov_json_set(publisher, "name", source_of(s));
    gov_json_put(thing, "publisher", publisher);
    gov_view_jsonld(s->view, thing);
}

/* --- related documents ----------------------------------------------------- */

typedef struct listed_t {
    const show_t *show;
    gov_db_t *db;
    const char *lang, *keyword;
} listed_t;

static gov_err_t *
read_keyword(const char **text, apr_array_header_t *tags, void *baton,
             apr_pool_t *pool)
{
    const listed_t *listed = baton;
    const gov_site_t *site = listed->show->ctx->site;
    apr_array_header_t *ids = apr_array_make(pool, RELATED + 1,
                                             sizeof(apr_int64_t));
    int i;

    GOV_TRY(gov_keyword_list(text, ids, listed->db, site, listed->lang,
                             listed->keyword, RELATED + 1, pool));
    APR_ARRAY_PUSH(tags, const char *) = gov_keyword_tag(site, listed->keyword,
                                                         pool);
    /* the store finds a keyword in other spellings (case, width), whose tags are
       others; what is withdrawn must go at once all the same */
    for (i = 0; i < ids->nelts; i++)
        APR_ARRAY_PUSH(tags, const char *) = apr_psprintf(
            pool, "document:%" APR_INT64_T_FMT,
            APR_ARRAY_IDX(ids, i, apr_int64_t));
    return NULL;
}

/* Many documents share a keyword, so its list is read once for all of them. */
static gov_err_t *
list_keyword(const char **text, gov_db_t *db, const char *lang,
             const char *keyword, void *baton)
{
    const show_t *s = baton;
    listed_t listed = { s, db, lang, keyword };

    return gov_view_kept(text, s->view,
                         apr_pstrcat(s->pool, "keyword\n", lang, "\n", keyword,
                                     NULL), read_keyword, &listed);
}

/* --- the page ------------------------------------------------------------- */

static void
add_attributes(const show_t *s, gov_node_t *node)
{
    const gov_document_t *doc = s->doc;
    const char *layout = s->type->layout;

    gov_node_set_int(node, "id", doc->id);
    gov_node_set(node, "type", s->type->name);
    gov_node_set(node, "layout", s->type->external ? "article" : layout);
    gov_node_set(node, "title", doc->title);
    gov_node_set(node, "subtitle", doc->subtitle);
    gov_node_set(node, "href", gov_view_href(
                     s->view, gov_document_href(s->column, doc->id,
                                                s->ctx->lang, s->pool)));
    gov_node_set(node, "time", gov_time_rfc3339(doc->published, s->pool));
    gov_node_set(node, "published", gov_time_minute(doc->published, s->pool));
    if (doc->updated - doc->published > apr_time_from_sec(60))
        gov_node_set(node, "updated", gov_time_minute(doc->updated, s->pool));
    gov_node_set(node, "source", source_of(s));
    gov_node_set(node, "source-href", doc->source_url);
    gov_node_set(node, "author", doc->author);
    if (s->column->unit)
        gov_node_set(node, "unit", gov_unit_name(s->column->unit,
                                                 s->ctx->lang));
    gov_node_set(node, "translated", doc->translated ? "yes" : "no");
    if (!doc->translated)
        gov_node_set(node, "lang", doc->lang);
}

static void
add_pictures(const show_t *s, gov_node_t *node)
{
    gov_node_t *parent;
    apr_size_t i;

    if (!gov_json_count(s->doc->gallery))
        return;
    parent = gov_node_add(node, "pictures");
    for (i = 0; i < gov_json_count(s->doc->gallery); i++)
        add_picture(s, parent, gov_json_at(s->doc->gallery, i));
}

/* Is the summary nothing but the first words of the body (most are made from
   them), so that the reader would see them twice? */
static bool
opens_with(const char *body, const char *summary)
{
    static const char ellipsis[] = "\xe2\x80\xa6";

    while (body && *body) {
        if (!*summary || !strcmp(summary, ellipsis))
            return true;
        if (*body == '<') {
            body = strchr(body, '>');
            if (body)
                body++;
        }
        else if (apr_isspace(*body))
            body++;
        else if (apr_isspace(*summary))
            summary++;
        else if (*body++ != *summary++)
            return false;
    }
    return body && (!*summary || !strcmp(summary, ellipsis));
}

gov_err_t *
gov_portal__show(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                 gov_db_t *db, const gov_document_t *doc,
                 const gov_column_t *column, const char *rest,
                 const char *preview, apr_pool_t *pool)
{
    show_t s = { NULL, ctx, doc, NULL, column, rest, preview, pool };
    apr_array_header_t *collected = NULL, *related;
    gov_around_t around;
    const char *keyword;
    gov_page_t *page;
    gov_node_t *node, *part;
    apr_size_t i;
    int k;

    s.type = gov_type_get(gov_group_types(ctx->group), doc->type);
    if (!s.type)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "the plugin of type %s is not loaded", doc->type);
    s.view = gov_view_create("document", ctx, req, pool);
    GOV_TRY(gov_document_around(&around, db, doc, pool));
    GOV_TRY(gov_document_related(&related, db, doc, RELATED, list_keyword, &s,
                                 pool));
    keyword = gov_json_str(doc->fields, "keyword");
    if (!strcmp(s.type->layout, "topic") && keyword)
        GOV_TRY(gov_document_by_keyword(&collected, db, ctx->site, doc->lang,
                                        keyword,
                                        !strcmp(ctx->site->kind, "portal"),
                                        COLLECTED, pool));

    page = gov_view_page(s.view);
    gov_page_tag(page, "document:%" APR_INT64_T_FMT, doc->id);
    if (collected)
        gov_page_tag(page, "%s", gov_keyword_tag(
                         strcmp(ctx->site->kind, "portal") ? ctx->site : NULL,
                         keyword, pool));
    if (s.type->single)
        gov_page_tag(page, "column:%" APR_INT64_T_FMT, column->id);
    gov_view_name(s.view, doc->title);
    gov_view_column(s.view, column);
    if (!s.type->single)
        gov_view_crumb(s.view, doc->title, NULL);
    gov_view_address(s.view, rest, around.langs);
    if (preview)
        gov_view_meta(s.view, "robots", "noindex");
    add_metas(&s);
    add_jsonld(&s);

    node = gov_node_add(gov_view_body(s.view), "document");
    add_attributes(&s, node);
    if (doc->summary && *doc->summary
        && !opens_with(doc->body, doc->summary))
        gov_node_text(gov_node_add(node, "summary"), doc->summary);
    add_picture(&s, node, doc->picture);
    add_fields(&s, node);
    GOV_TRY(gov_host_decorate(s.view, node, ctx, doc, pool));
    if (doc->body && *doc->body)
        gov_node_markup(page, node, "body", strcmp(req->view, "text")
                        ? body_of(&s)
                        : gov_markup_without_pictures(doc->body, pool));
    add_pictures(&s, node);
    add_media(&s, node);
    add_attachments(&s, node);
    for (i = 0; i < gov_json_count(doc->keywords); i++)
        gov_node_set(gov_node_add(node, "keyword"), "name",
                     gov_json_text(gov_json_at(doc->keywords, i)));
    if (collected) {
        part = gov_node_add(node, "collected");
        gov_view_items(s.view, part, collected, collected->nelts);
    }
    if (!s.type->single) {
        add_neighbour(&s, node, "older", around.older);
        add_neighbour(&s, node, "newer", around.newer);
    }
    if (related->nelts) {
        part = gov_node_add(node, "related");
        gov_view_items(s.view, part, related, related->nelts);
        for (k = 0; k < related->nelts; k++)
            gov_page_tag(page, "document:%" APR_INT64_T_FMT,
                         APR_ARRAY_IDX(related, k, gov_item_t).document);
    }
    return gov_reply_page(reply, page);
}

/* Is DOC what its column's own address shows? */
static gov_err_t *
is_column_page(bool *is, gov_db_t *db, const gov_document_t *doc,
               const gov_column_t *column, const char *lang, apr_pool_t *pool)
{
    const gov_document_t *shown;
    gov_err_t *err;

    *is = false;
    if (!column->type || !column->type->single)
        return NULL;
    err = gov_document_single(&shown, db, column, lang, pool);
    if (err)
        return err->code == GOV_E_NOT_FOUND ? NULL : err;
    *is = shown->id == doc->id;
    return NULL;
}

static gov_err_t *
show_live(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
          gov_db_t *db, const gov_document_t *doc, apr_pool_t *pool)
{
    const gov_column_t *column = gov_column_by_id(ctx->group, doc->column);
    const char *url = gov_json_str(doc->fields, "url");
    bool whole;

    if (!column)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "its column is closed");
    /* it moved, or somebody guessed: one document has one address */
    if (column != gov_req_column(req))
        return gov_reply_redirect(
            reply, gov_document_href(column, doc->id, ctx->lang, pool), true);
    if (column->type && column->type->external && url)
        return gov_reply_redirect(reply, url, false);
    GOV_TRY(is_column_page(&whole, db, doc, column, ctx->lang, pool));
    if (whole)                    /* for now: another may take its place */
        return gov_reply_redirect(reply, gov_column_href(column, ctx->lang,
                                                         pool), false);
    return gov_portal__show(reply, ctx, req, db, doc, column, req->rest, NULL,
                            pool);
}

gov_err_t *
gov_portal__document(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                     apr_pool_t *pool)
{
    apr_int64_t id = apr_atoi64(gov_req_part(req, "id"));
    const gov_document_t *doc;
    gov_db_t *db;
    gov_err_t *err;

    GOV_TRY(gov_store_borrow(&db, ctx->store, pool));
    err = gov_document_live(&doc, db, ctx->site, id, ctx->lang, pool);
    if (!err)
        err = show_live(reply, ctx, req, db, doc, pool);
    gov_store_return(db);
    return err;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/feed.c -- Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1 over list entries. */

#include <string.h>

#include "gov_xml.h"
#include "host_priv.h"

typedef struct feed_t {
    gov_ctx_t *ctx;
    const char *title, *home, *self;
    const apr_array_header_t *items;
    apr_time_t updated;
    apr_pool_t *pool;
} feed_t;

bool
gov_feed_kind(gov_feed_kind_t *kind, const char *file)
{
    if (!strcmp(file, "feed.atom"))
        *kind = GOV_FEED_ATOM;
    else if (!strcmp(file, "feed.rss"))
        *kind = GOV_FEED_RSS;
    else if (!strcmp(file, "feed.json"))
        *kind = GOV_FEED_JSON;
    else
        return false;
    return true;
}

const char *
gov_feed_type(gov_feed_kind_t kind)
{
    static const char *const types[] = {
        "application/atom+xml; charset=utf-8",
        "application/rss+xml; charset=utf-8",
        "application/feed+json; charset=utf-8"
    };

    return types[kind];
}

/* The whole address of a path of the site, or of an item. */
static const char *
absolute(const feed_t *feed, const char *path)
{
    if (*path != '/')
        return path;
    return apr_pstrcat(feed->pool, gov_site_origin(feed->ctx->site, feed->pool),
                       path, NULL);
}

static const char *
link_of(const feed_t *feed, const gov_item_t *item)
{
    const gov_column_t *column = gov_column_by_id(feed->ctx->group,
                                                  item->column);
    const char *lang = feed->ctx->lang;

    if (item->url)
        return absolute(feed, item->url);
    if (!column)
        return absolute(feed, feed->home);
    if (!gov_site_lang(column->site, lang))
        lang = item->lang;
    return apr_pstrcat(feed->pool, gov_site_origin(column->site, feed->pool),
                       gov_document_href(column, item->document, lang,
                                         feed->pool), NULL);
}

/* RFC 4151 tag URI: stays the same when the document moves. */
static const char *
id_of(const feed_t *feed, const gov_item_t *item)
{
    const gov_site_t *site = gov_site_by_id(feed->ctx->group, item->site);

    return apr_psprintf(feed->pool, "tag:%s,2026:document:%" APR_INT64_T_FMT
                        ":%s", site ? site->host : feed->ctx->site->host,
                        item->document, item->lang);
}

static const char *
author_of(const feed_t *feed, const gov_item_t *item)
{
    const gov_site_t *site = gov_site_by_id(feed->ctx->group, item->site);

    if (item->source)
        return item->source;
    return site && site->unit ? gov_unit_name(site->unit, feed->ctx->lang)
                              : feed->title;
}

static const char *
script(const feed_t *feed, const char *text)
{
    return text && !strcmp(feed->ctx->lang, "zh-Hant")
        ? gov_to_hant(text, feed->pool) : text;
}

static void
atom(gov_buf_t *out, const feed_t *feed)
{
    gov_xmlw_t *w = gov_xmlw_create(out, feed->pool);
    int i;

    gov_buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    gov_xmlw_open(w, "feed");
    gov_xmlw_attr(w, "xmlns", "http://www.w3.org/2005/Atom");
    gov_xmlw_attr(w, "xml:lang", feed->ctx->lang);
    gov_xmlw_leaf(w, "title", script(feed, feed->title));
    gov_xmlw_leaf(w, "id", absolute(feed, feed->self));
    gov_xmlw_leaf(w, "updated", gov_time_rfc3339(feed->updated, feed->pool));
    gov_xmlw_open(w, "link");
    gov_xmlw_attr(w, "rel", "self");
    gov_xmlw_attr(w, "type", "application/atom+xml");
    gov_xmlw_attr(w, "href", absolute(feed, feed->self));
    gov_xmlw_close(w);
    gov_xmlw_open(w, "link");
    gov_xmlw_attr(w, "rel", "alternate");
    gov_xmlw_attr(w, "type", "text/html");
    gov_xmlw_attr(w, "href", absolute(feed, feed->home));
    gov_xmlw_close(w);
    gov_xmlw_leaf(w, "generator", "GovPortal");
    for (i = 0; i < feed->items->nelts; i++) {
        const gov_item_t *item = &APR_ARRAY_IDX(feed->items, i, gov_item_t);

        gov_xmlw_open(w, "entry");
        gov_xmlw_leaf(w, "title", script(feed, item->title));
        gov_xmlw_leaf(w, "id", id_of(feed, item));
        gov_xmlw_open(w, "link");
        gov_xmlw_attr(w, "rel", "alternate");
        gov_xmlw_attr(w, "href", link_of(feed, item));
        gov_xmlw_close(w);
        gov_xmlw_leaf(w, "published",
                      gov_time_rfc3339(item->published, feed->pool));
        gov_xmlw_leaf(w, "updated",
                      gov_time_rfc3339(item->updated > item->published
                                       ? item->updated : item->published,
                                       feed->pool));
        gov_xmlw_open(w, "author");
        gov_xmlw_leaf(w, "name", script(feed, author_of(feed, item)));
        gov_xmlw_close(w);
        if (item->summary)
            gov_xmlw_leaf(w, "summary", script(feed, item->summary));
        gov_xmlw_close(w);
    }
    gov_xmlw_close(w);
}

static void
rss(gov_buf_t *out, const feed_t *feed)
{
    gov_xmlw_t *w = gov_xmlw_create(out, feed->pool);
    int i;

    gov_buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    gov_xmlw_open(w, "rss");
    gov_xmlw_attr(w, "version", "2.0");
    gov_xmlw_attr(w, "xmlns:atom", "http://www.w3.org/2005/Atom");
    gov_xmlw_attr(w, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    gov_xmlw_open(w, "channel");
    gov_xmlw_leaf(w, "title", script(feed, feed->title));
    gov_xmlw_leaf(w, "link", absolute(feed, feed->home));
    gov_xmlw_leaf(w, "description", script(feed, feed->title));
    gov_xmlw_leaf(w, "language", feed->ctx->lang);
    gov_xmlw_leaf(w, "lastBuildDate",
                  gov_time_rfc5322(feed->updated, feed->pool));
    gov_xmlw_open(w, "atom:link");
    gov_xmlw_attr(w, "rel", "self");
    gov_xmlw_attr(w, "type", "application/rss+xml");
    gov_xmlw_attr(w, "href", absolute(feed, feed->self));
    gov_xmlw_close(w);
    for (i = 0; i < feed->items->nelts; i++) {
        const gov_item_t *item = &APR_ARRAY_IDX(feed->items, i, gov_item_t);

        gov_xmlw_open(w, "item");
        gov_xmlw_leaf(w, "title", script(feed, item->title));
        gov_xmlw_leaf(w, "link", link_of(feed, item));
        gov_xmlw_open(w, "guid");
        gov_xmlw_attr(w, "isPermaLink", "false");
        gov_xmlw_text(w, id_of(feed, item));
        gov_xmlw_close(w);
        gov_xmlw_leaf(w, "pubDate",
                      gov_time_rfc5322(item->published, feed->pool));
        gov_xmlw_leaf(w, "dc:creator", script(feed, author_of(feed, item)));
        if (item->summary)
            gov_xmlw_leaf(w, "description", script(feed, item->summary));
        gov_xmlw_close(w);
    }
    gov_xmlw_close(w);
    gov_xmlw_close(w);
}

static void
json(gov_buf_t *out, const feed_t *feed)
{
    gov_json_t *root = gov_json_object(feed->pool);
    gov_json_t *items = gov_json_array(feed->pool);
    int i;

    gov_json_set(root, "version", "https://jsonfeed.org/version/1.1");
    gov_json_set(root, "title", script(feed, feed->title));
    gov_json_set(root, "home_page_url", absolute(feed, feed->home));
    gov_json_set(root, "feed_url", absolute(feed, feed->self));
    gov_json_set(root, "language", feed->ctx->lang);
    for (i = 0; i < feed->items->nelts; i++) {
        const gov_item_t *item = &APR_ARRAY_IDX(feed->items, i, gov_item_t);
        gov_json_t *entry = gov_json_object(feed->pool);
        gov_json_t *authors = gov_json_array(feed->pool);
        gov_json_t *author = gov_json_object(feed->pool);

        gov_json_set(entry, "id", id_of(feed, item));
        gov_json_set(entry, "url", link_of(feed, item));
        gov_json_set(entry, "title", script(feed, item->title));
        /* the format demands a content member; entries carry the summary */
        gov_json_set(entry, "content_text", script(
                         feed, item->summary ? item->summary : item->title));
        gov_json_set(entry, "summary", script(feed, item->summary));
        gov_json_set(entry, "date_published",
                     gov_time_rfc3339(item->published, feed->pool));
        gov_json_set(entry, "date_modified",
                     gov_time_rfc3339(item->updated > item->published
                                      ? item->updated : item->published,
                                      feed->pool));
        gov_json_set(author, "name", script(feed, author_of(feed, item)));
        gov_json_add(authors, author);
        gov_json_put(entry, "authors", authors);
        if (item->picture)
            gov_json_set(entry, "image", absolute(
                             feed, gov_asset_href(item->picture,
                                                  item->picture_name,
                                                  feed->pool)));
        gov_json_add(items, entry);
    }
    gov_json_put(root, "items", items);
    gov_buf_str(out, gov_json_dump(root, false, feed->pool));
}

gov_err_t *
gov_reply_feed(gov_reply_t *reply, gov_ctx_t *ctx, gov_feed_kind_t kind,
               const char *title, const char *home, const char *self,
               const apr_array_header_t *items, apr_pool_t *pool)
{
    feed_t feed = { ctx, title, home, self, items, 0, pool };
    gov_buf_t *out = gov_buf_create(16 * 1024, pool);
    gov_bytes_t bytes;
    int i;

    for (i = 0; i < items->nelts; i++) {
        const gov_item_t *item = &APR_ARRAY_IDX(items, i, gov_item_t);

        if (item->updated > feed.updated)
            feed.updated = item->updated;
        if (item->published > feed.updated)
            feed.updated = item->published;
    }
    if (kind == GOV_FEED_ATOM)
        atom(out, &feed);
    else if (kind == GOV_FEED_RSS)
        rss(out, &feed);
    else
        json(out, &feed);
    bytes.data = out->data;
    bytes.len = out->len;
    return gov_reply_bytes(reply, gov_feed_type(kind), bytes);
}

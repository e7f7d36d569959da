/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_view.h
 *  @brief Building a page in the site's clothes: what all page models share.
 *  Floor: host.
 *
 *  A handler makes a view, says what the page is (title, meta tags, breadcrumb,
 *  other languages), asks for the body and adds its own part.  Government meta
 *  tags of the site level (REQUIREMENTS B3) are on every page without asking.
 */
#ifndef GOV_VIEW_H
#define GOV_VIEW_H

#include "gov_document.h"
#include "gov_form.h"
#include "gov_route.h"

typedef struct gov_view_t gov_view_t;

/** @param kind  the page kind, a constant */
GOV_API gov_view_t *gov_view_create(const char *kind, gov_ctx_t *ctx,
                                    const gov_req_t *req, apr_pool_t *pool);
GOV_API gov_page_t *gov_view_page(gov_view_t *view);
/** The page's own name; the title adds column and site. */
GOV_API void gov_view_name(gov_view_t *view, const char *name);
/** A meta tag; NULL or "" content leaves it out. */
GOV_API void gov_view_meta(gov_view_t *view, const char *name,
                           const char *content);
GOV_API void gov_view_property(gov_view_t *view, const char *name,
                               const char *content);
/** @param href a path on this site's host, or a whole address */
GOV_API void gov_view_rel(gov_view_t *view, const char *rel, const char *href,
                          const char *type, const char *title);
/** One member of the page's JSON-LD graph. */
GOV_API void gov_view_jsonld(gov_view_t *view, gov_json_t *thing);
/** The page belongs to a column: breadcrumb down to it, section, ColumnName
 *  and its fellows. */
GOV_API void gov_view_column(gov_view_t *view, const gov_column_t *column);
/** A further step of the breadcrumb; href NULL: the page itself. */
GOV_API void gov_view_crumb(gov_view_t *view, const char *name,
                            const char *href);
/** The page's canonical path without language prefix ("/news/12.html"), from
 *  which the addresses in other languages and views follow.  @a langs: the
 *  languages it has an edition in (const char *), NULL: all of the site. */
GOV_API void gov_view_address(gov_view_t *view, const char *rest,
                              const apr_array_header_t *langs);
/** Write all that; returns the page element for the kind's own part. */
GOV_API gov_node_t *gov_view_body(gov_view_t *view);

/** A part of a page that is rendered and kept by itself, so that the change of one
 *  part does not cost all others (a block of a home page).
 *
 *  @param html   the part's bytes, for gov_node_markup(); lives as long as the
 *                view's pool
 *  @param note   a few words that @a build left with it, such as a count
 *  @param kind   page kind of the part; its stylesheet makes <g:part name="body">
 *  @param name   tells it from other parts of that kind on the site
 *  @param build  called only if the part must be made: adds to the page element,
 *                tags the page with what it read, and sets *note */
typedef gov_err_t *(*gov_part_fn_t)(gov_page_t *page, gov_node_t *root,
                                    const char **note, void *baton);
GOV_API gov_err_t *gov_view_part(const char **html, const char **note,
                                 gov_view_t *view, const char *kind,
                                 const char *name, gov_part_fn_t build,
                                 void *baton);
/** Would gov_view_part() find it made?  Then its data need not be read.  Keeps it
 *  for the call that follows. */
GOV_API bool gov_view_has_part(gov_view_t *view, const char *kind,
                               const char *name);

/** Add <form> for what @a intake holds: gov_intake_blank() the first time, what was
 *  sent when it has mistakes.  Words are form.FORM.FIELD, its hint
 *  form.FORM.FIELD.hint, a choice form.FORM.FIELD.VALUE, the button
 *  form.FORM.submit (else form.submit), a mistake form.FORM.FIELD.CODE (else
 *  form.mistake.CODE).  With a key the page is nobody else's: it is not cached.
 *
 *  @param key     its hidden key, of gov_form_key(); NULL: it needs none
 *  @param action  a path: where it is sent to */
GOV_API gov_node_t *gov_view_form(gov_view_t *view, gov_node_t *parent,
                                  const gov_intake_t *intake, const char *key,
                                  const char *action);
/** Add <captcha>: a challenge for the widget, and a sum for browsers without
 *  script. Forms of routes with GOV_ROUTE_CAPTCHA need it. */
GOV_API void gov_view_captcha(gov_view_t *view, gov_node_t *form);
/** A further hidden value of the form; gov_intake_raw() finds it again. */
GOV_API void gov_view_hidden(gov_node_t *form, const char *name,
                             const char *value);
/** The body of a page of kind "form": title and first paragraph are the words of
 *  @a key and KEY.intro (if there is one).  The title is the page's name as well,
 *  so this stands for gov_view_name() and gov_view_body().  Forms go into it. */
GOV_API gov_node_t *gov_view_sheet(gov_view_t *view, const char *key);
/** What came of it, above all forms of the sheet: kind "done", "failed" or "note",
 *  words of @a key and KEY.text (if there is one), @a detail for {1}, or NULL. */
GOV_API void gov_view_outcome(gov_view_t *view, gov_node_t *sheet,
                              const char *kind, const char *key,
                              const char *detail);
/** A text that was read for a page and is kept for others until a tag of it moves,
 *  such as the newest documents with a keyword.
 *
 *  @param name  tells it from other texts of the site
 *  @param read  called only if it must be read; adds to @a tags (const char *) what
 *               it depends on
 */
typedef gov_err_t *(*gov_kept_fn_t)(const char **text, apr_array_header_t *tags,
                                    void *baton, apr_pool_t *pool);
GOV_API gov_err_t *gov_view_kept(const char **text, gov_view_t *view,
                                 const char *name, gov_kept_fn_t read,
                                 void *baton);

/** A path with the present view kept ("/news/?view=elder"). */
GOV_API const char *gov_view_href(gov_view_t *view, const char *path);
/** Path of a document of any site, as seen from this page. */
GOV_API const char *gov_view_item_href(gov_view_t *view,
                                       const gov_item_t *item);
/** Add <item> for a document. */
GOV_API void gov_view_item(gov_view_t *view, gov_node_t *parent,
                           const gov_item_t *item);
GOV_API void gov_view_items(gov_view_t *view, gov_node_t *parent,
                            const apr_array_header_t *items, int max);
/** Add <sites>: every site of the group, with addresses as seen from ctx->site,
 *  in the rendering @a view. */
GOV_API void gov_view_sites(gov_node_t *parent, const gov_ctx_t *ctx,
                            const char *view, apr_pool_t *pool);
/** Path of an asset on the site. */
GOV_API const char *gov_asset_href(const char *asset, const char *name,
                                   apr_pool_t *pool);
/** "245 KB" */
GOV_API const char *gov_size_text(apr_int64_t bytes, apr_pool_t *pool);
/** A word of the catalogues in the page's language ("file.pdf"), or the key
 *  itself. */
GOV_API const char *gov_word(const gov_ctx_t *ctx, const char *key);

#endif

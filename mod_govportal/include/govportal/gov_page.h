/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_page.h
 *  @brief Page models: the XML that a stylesheet turns into a page.
 *  Floor: render.  The kinds are described in doc/page-model.md.
 *
 *  Building is cheap: names are constants, texts are copied into the model's own
 *  arena.  There is no call that adds raw HTML; the one exception, a body that
 *  gov_markup_clean() made, is named by reference and spliced at the end.
 */
#ifndef GOV_PAGE_H
#define GOV_PAGE_H

#include "gov_base.h"

typedef struct gov_page_t gov_page_t;
typedef struct gov_node_t gov_node_t;         /**< an element of a model */

/** @param kind  a constant such as "document" */
GOV_API gov_page_t *gov_page_create(const char *kind, apr_pool_t *pool);
GOV_API gov_node_t *gov_page_root(gov_page_t *page);
/** Append an element; @a name must be a constant. */
GOV_API gov_node_t *gov_node_add(gov_node_t *parent, const char *name);
/** Set an attribute; NULL leaves it out.  @a name must be a constant. */
GOV_API void gov_node_set(gov_node_t *node, const char *name,
                          const char *value);
GOV_API void gov_node_set_int(gov_node_t *node, const char *name,
                              apr_int64_t value);
GOV_API void gov_node_text(gov_node_t *node, const char *text);
/** Append <markup ref="REF"/> and remember the bytes for it.  @a xhtml must have
 *  come from gov_markup_clean() and must outlive the render. */
GOV_API void gov_node_markup(gov_page_t *page, gov_node_t *parent,
                             const char *ref, const char *xhtml);

/** What the page was made from, as a tag of gov_cache.h: "column:17".  It is made
 *  anew when the tag moves; doc/architecture.md lists the tags. */
GOV_API void gov_page_tag(gov_page_t *page, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/** Not valid after @a t (a greyscale day begins, a notice ends). */
GOV_API void gov_page_until(gov_page_t *page, apr_time_t t);

/** The page is for one reader: it is not cached, here or elsewhere. */
GOV_API void gov_page_set_private(gov_page_t *page);
GOV_API bool gov_page_is_private(const gov_page_t *page);

/** The part of the site that the page belongs to: slug of the top column, or "".
 *  Decides which of the site's cached headers it gets. */
GOV_API void gov_page_set_section(gov_page_t *page, const char *section);
GOV_API const char *gov_page_section(const gov_page_t *page);

GOV_API const char *gov_page_kind(const gov_page_t *page);
GOV_API apr_array_header_t *gov_page_tags(const gov_page_t *page);
GOV_API apr_time_t gov_page_valid_until(const gov_page_t *page);
/** The model as XML text, for template authors and tests. */
GOV_API const char *gov_page_xml(gov_page_t *page, apr_pool_t *pool);

/** A model out of XML text, for previews and tests; @a name stands in messages.
 *  INVALID with line and reason, also if the root is not <page kind="...">. */
GOV_API gov_err_t *gov_page_read(gov_page_t **page, gov_bytes_t xml,
                                 const char *name, apr_pool_t *pool);
/** What <markup ref> of a model that was read refers to; const char *. */
GOV_API apr_array_header_t *gov_page_refs(gov_page_t *page, apr_pool_t *pool);
/** The bytes for @a ref, as for gov_node_markup(). */
GOV_API void gov_page_set_markup(gov_page_t *page, const char *ref,
                                 const char *xhtml);
/** Set an attribute anew, on the page element ("lang", "view") or the first
 *  @a element below it ("site"). */
GOV_API void gov_page_change(gov_page_t *page, const char *element,
                             const char *name, const char *value);

#endif

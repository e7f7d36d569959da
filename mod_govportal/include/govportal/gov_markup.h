/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_markup.h
 *  @brief Cleaning rich text from outside.  Floor: security, owner of gumbo.
 *
 *  HTML5 in (WHATWG parsing), well-formed XHTML out, only what the allow-list
 *  keeps: structure, tables, figures, links, pictures; no style, script, event
 *  handler, form, frame, data: or javascript: address.
 */
#ifndef GOV_MARKUP_H
#define GOV_MARKUP_H

#include "gov_base.h"

/** Called for each src and href; returns the address to write, or NULL to drop
 *  the attribute (pictures without src are dropped whole). */
typedef const char *(*gov_markup_link_t)(void *baton, const char *element,
                                         const char *address, apr_pool_t *pool);

typedef struct gov_markup_t {
    const char *xhtml;            /**< cleaned, may be spliced into a page */
    const char *text;             /**< its plain text, for summaries and search */
    int dropped;                  /**< elements and attributes taken out */
} gov_markup_t;

/** @param top_heading  headings are moved so that the highest is <h(top)>; 2 in
 *                      pages
 *  INVALID: larger than 4 MB, deeper than 200. */
GOV_API gov_err_t *gov_markup_clean(gov_markup_t *out, const char *html,
                                    apr_size_t len, int top_heading,
                                    gov_markup_link_t link, void *baton,
                                    apr_pool_t *pool);
/** Plain text to paragraphs: blank lines separate; lines that begin with 一、
 *  （一） 第x条 and the like stay lines of their own. */
GOV_API const char *gov_markup_from_text(const char *text, apr_pool_t *pool);
/** A cleaned body with each picture replaced by its description, for the text-only
 *  view. */
GOV_API const char *gov_markup_without_pictures(const char *xhtml,
                                                apr_pool_t *pool);
/** The first @a count paragraphs of a cleaned body, without pictures; NULL if it
 *  has none.  For blocks of a home page. */
GOV_API const char *gov_markup_excerpt(const char *xhtml, int count,
                                       apr_pool_t *pool);
/** Has a cleaned body a picture without a description (alt)? */
GOV_API bool gov_markup_undescribed(const char *xhtml);
/** A picture as a body has it, to be cleaned with the rest.  @a alt is plain
 *  text. */
GOV_API const char *gov_markup_picture(const char *src, const char *alt,
                                       apr_pool_t *pool);
/** The contents of <title> and <body> of a whole HTML file. */
GOV_API gov_err_t *gov_markup_document(const char **title, const char **body,
                                       const char *html, apr_size_t len,
                                       apr_pool_t *pool);
#endif

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Shared inside render/.  libxml2 belongs to base/; it is lent to this folder
   because libxslt speaks its types. */
#ifndef RENDER_PRIV_H
#define RENDER_PRIV_H

#include <libxml/tree.h>
#include <libxslt/xsltInternals.h>

#include "gov_text.h"
#include "gov_theme.h"

#define GOV_TEMPLATE_NS "urn:govportal:template:1"

struct gov_page_t {
    const char *kind, *section;
    apr_pool_t *pool;
    xmlDocPtr doc;
    apr_hash_t *markup;           /* ref -> const char * */
    apr_array_header_t *tags;     /* const char * */
    apr_time_t until;
    bool is_private;
};

/* --- page.c --- */

/* Free DOC with POOL. */
void gov_render__doc_own(xmlDocPtr doc, apr_pool_t *pool);

/* --- looks.c --- */

/* The stylesheet for a theme, kind and language, or NULL. */
xsltStylesheetPtr gov_render__sheet(const gov_looks_t *looks,
                                    const char *theme, const char *kind,
                                    const char *lang);

/* --- words.c: language catalogues --- */

/* Read every catalogue of a directory (<lang>.xml) into WORDS: language -> table of
   key -> word. */
gov_err_t *gov_render__words_read(apr_hash_t *words, const char *dir,
                                  apr_pool_t *pool);
/* Put words for [[key]] and <g:say> in a stylesheet.  INVALID with file and
   line: a key without a word. */
gov_err_t *gov_render__words_put(xmlDocPtr doc, const char *file,
                                 apr_hash_t *words, const char *lang,
                                 apr_pool_t *pool);

/* --- compile.c --- */

typedef struct gov_render__source_t {
    const apr_array_header_t *dirs; /* gov_look_dir_t */
    apr_hash_t *words;            /* language -> table */
} gov_render__source_t;

/* Compile theme.xsl with pages/<kind>.xsl.  @a pool owns the stylesheet. */
gov_err_t *gov_render__compile(xsltStylesheetPtr *style,
                               const gov_render__source_t *source,
                               const char *theme_file, const char *kind_file,
                               const char *lang, apr_pool_t *pool);

/* --- transform.c --- */

/* Apply STYLE to the model; the result lives until RESULT_POOL goes. */
gov_err_t *gov_render__transform(xmlDocPtr *result, xsltStylesheetPtr style,
                                 xmlDocPtr model, const char *what,
                                 apr_pool_t *result_pool);

/* --- serialise.c --- */

/* A result tree as HTML5.  FRAGMENTS and the page's markup are spliced where
   g:fragment and g:markup stand. */
gov_err_t *gov_render__html(gov_buf_t *out, xmlNodePtr first,
                            const gov_page_t *page,
                            const apr_array_header_t *fragments);

#endif

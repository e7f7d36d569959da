/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_xml.h
 *  @brief Safe reading of XML, and writing it.  Floor: base, owner of libxml2.
 *
 *  Documents from outside are read without network, entities or DTDs, to a
 *  depth of 64 and at most the size given.
 */
#ifndef GOV_XML_H
#define GOV_XML_H

#include "gov_base.h"
#include "gov_text.h"

typedef struct gov_xml_t gov_xml_t;           /**< an element */

/** Parse bytes; @a name stands in messages ("city.xml:12: ...").
 *  INVALID with line and reason. */
GOV_API gov_err_t *gov_xml_parse(const gov_xml_t **root, const char *data,
                                 apr_size_t len, const char *name,
                                 apr_pool_t *pool);
GOV_API gov_err_t *gov_xml_read(const gov_xml_t **root, const char *file,
                                apr_size_t max, apr_pool_t *pool);
/** Check against a RELAX NG schema file; INVALID names the line. */
GOV_API gov_err_t *gov_xml_validate(const gov_xml_t *root, const char *rng_file,
                                    apr_pool_t *pool);

/** Local name; namespace URI or "". */
GOV_API const char *gov_xml_name(const gov_xml_t *el);
GOV_API const char *gov_xml_ns(const gov_xml_t *el);
GOV_API int gov_xml_line(const gov_xml_t *el);
/** Value of the attribute without namespace, or of "xml:lang" and its like;
 *  NULL if absent. */
GOV_API const char *gov_xml_attr(const gov_xml_t *el, const char *name,
                                 apr_pool_t *pool);
/** All text below, concatenated.  This and attributes are repaired where they
 *  are not valid text. */
GOV_API const char *gov_xml_text(const gov_xml_t *el, apr_pool_t *pool);
/** First child element (with that local name, NULL = any), next sibling. */
GOV_API const gov_xml_t *gov_xml_child(const gov_xml_t *el, const char *name);
GOV_API const gov_xml_t *gov_xml_next(const gov_xml_t *el, const char *name);

/** Let libxml2 take the memory of pages from arenas (process-wide hooks, which are
 *  plain malloc outside of arenas; removed with @a pool). */
GOV_API void gov_xml_arena_install(apr_pool_t *pool);
/** From here to gov_xml_arena_leave() this thread's libxml2 and libxslt objects
 *  live in an arena and are gone afterwards: none may be kept or freed later.
 *  What gov_xml_parse() returns is not affected.  May be nested.  False: there is
 *  none. */
GOV_API bool gov_xml_arena_enter(void);
GOV_API void gov_xml_arena_leave(void);
GOV_API bool gov_xml_arena_on(void);
/** Call @a stop once when libxml2 took more than @a max bytes in the arena from now
 *  on; 0: no limit any more.  @a stop cannot refuse the piece, for libxml2 does not
 *  expect that: it makes whoever is at work end.  Without an arena nothing is
 *  counted. */
GOV_API void gov_xml_arena_limit(apr_size_t max, void (*stop)(void *baton),
                                 void *baton);

/** Writing: a streaming writer that escapes everything; the result is always
 *  well-formed.  No XML declaration is written.  Names are ours, never a
 *  visitor's: a malformed one is a programming mistake.  NULL attribute values
 *  are left out; an element without content is written as <name/>. */
typedef struct gov_xmlw_t gov_xmlw_t;
GOV_API gov_xmlw_t *gov_xmlw_create(gov_buf_t *out, apr_pool_t *pool);
GOV_API void gov_xmlw_open(gov_xmlw_t *w, const char *name);
GOV_API void gov_xmlw_attr(gov_xmlw_t *w, const char *name, const char *value);
GOV_API void gov_xmlw_text(gov_xmlw_t *w, const char *text);
GOV_API void gov_xmlw_close(gov_xmlw_t *w);
/** open, text, close */
GOV_API void gov_xmlw_leaf(gov_xmlw_t *w, const char *name, const char *text);

#endif

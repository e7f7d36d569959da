/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_theme.h
 *  @brief Themes, languages and the transformation itself.
 *  Floor: render, owner of libxslt, OpenCC and libdeflate.
 *
 *  A gov_looks_t holds every compiled stylesheet (theme x kind x language).  It is
 *  built completely, warmed up, then read-only and shared by threads.
 */
#ifndef GOV_THEME_H
#define GOV_THEME_H

#include "gov_config.h"
#include "gov_page.h"

typedef struct gov_looks_t gov_looks_t;

/** A directory with pages/<kind>.xsl, console/pages/<kind>.xsl,
 *  contract/<kind>.rng, lang/<lang>.xml: the core's share/xslt, then each
 *  plugin's. */
typedef struct gov_look_dir_t {
    const char *name;             /**< "core" or the plugin's */
    const char *dir;
} gov_look_dir_t;

/** Compile everything.  INVALID: file, line and reason of the first mistake
 *  (also a word missing from a catalogue).  @a dirs: gov_look_dir_t, core first. */
GOV_API gov_err_t *gov_looks_load(gov_looks_t **looks,
                                  const apr_array_header_t *dirs,
                                  apr_pool_t *pool);
/** 16 hex digits over every file read: cache entries of other versions are
 *  invalid, and static files stand under it. */
GOV_API const char *gov_looks_version(const gov_looks_t *looks);
GOV_API bool gov_looks_has_kind(const gov_looks_t *looks, const char *kind);
/** Is the kind one of the console's, which look alike on all sites? */
GOV_API bool gov_looks_in_console(const gov_looks_t *looks, const char *kind);
/** Names of themes and languages; const char *. */
GOV_API const apr_array_header_t *gov_looks_themes(const gov_looks_t *looks);
GOV_API const apr_array_header_t *gov_looks_languages(const gov_looks_t *looks);
/** A word of the catalogue, for feeds, mails and plain answers; NULL: none. */
GOV_API const char *gov_looks_word(const gov_looks_t *looks, const char *lang,
                                   const char *key);

/** The named stretches of bytes a page may contain (header, footer). */
typedef struct gov_fragment_t {
    const char *name;
    gov_bytes_t bytes;
} gov_fragment_t;

/** Stage costs in nanoseconds, for the bench; NULL where not wanted. */
typedef struct gov_render_cost_t {
    apr_int64_t transform, serialise, convert;
} gov_render_cost_t;

/** Transform and serialise.  @a lang: zh-Hant uses the zh-CN stylesheet and is
 *  script-converted (OpenCC s2t; attributes and script elements too) at the end.
 *  @param fragments  gov_fragment_t, or NULL
 *  INTERNAL: no such theme or kind, or the stylesheet failed or ran past its
 *  limits (depth of templates, steps). */
GOV_API gov_err_t *gov_render(gov_bytes_t *html, const gov_looks_t *looks,
                              const char *theme, const char *lang,
                              gov_page_t *page,
                              const apr_array_header_t *fragments,
                              gov_render_cost_t *cost, apr_pool_t *pool);
/** Render kind "frame": the parts it made, as gov_fragment_t. */
GOV_API gov_err_t *gov_render_frame(apr_array_header_t **fragments,
                                    const gov_looks_t *looks, const char *theme,
                                    const char *lang, gov_page_t *page,
                                    apr_pool_t *pool);
/** Simplified to traditional characters, for feeds and single texts. */
GOV_API const char *gov_to_hant(const char *text, apr_pool_t *pool);
GOV_API gov_err_t *gov_gzip(gov_bytes_t *out, gov_bytes_t in, int level,
                            apr_pool_t *pool);
#endif

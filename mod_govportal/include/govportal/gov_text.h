/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_text.h
 *  @brief UTF-8 text, buffers, URLs.  Floor: base.
 */
#ifndef GOV_TEXT_H
#define GOV_TEXT_H

#include "gov_base.h"

/** A growing byte buffer in a pool.  data is zero-terminated at len. */
typedef struct gov_buf_t {
    char *data;
    apr_size_t len, size;
    apr_pool_t *pool;
} gov_buf_t;

GOV_API gov_buf_t *gov_buf_create(apr_size_t size, apr_pool_t *pool);
GOV_API void gov_buf_add(gov_buf_t *buf, const char *data, apr_size_t len);
GOV_API void gov_buf_str(gov_buf_t *buf, const char *text);
GOV_API void gov_buf_printf(gov_buf_t *buf, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/** Room for @a len more bytes; the caller writes at data+len, then moves len
 *  and sets data[len] to zero (there is room for that, too). */
GOV_API char *gov_buf_room(gov_buf_t *buf, apr_size_t len);

/** Valid UTF-8 (RFC 3629), no NUL, no control characters but tab, LF, CR
 *  (U+007F to U+009F are controls too), and no noncharacters such as U+FFFE:
 *  what may stand in XML and HTML. */
GOV_API bool gov_text_valid(const char *data, apr_size_t len);
/** Valid UTF-8 (RFC 3629) without NUL; other controls may be there. */
GOV_API bool gov_text_utf8(const char *data, apr_size_t len);
/** Number of characters (code points) of valid UTF-8. */
GOV_API apr_size_t gov_text_length(const char *text);
/** The first @a chars characters with "…" where something was cut; collapses
 *  white space.  For summaries. */
GOV_API const char *gov_text_cut(const char *text, apr_size_t chars,
                                 apr_pool_t *pool);
/** Trimmed, inner white space folded to one blank (U+3000 counts). */
GOV_API const char *gov_text_fold(const char *text, apr_pool_t *pool);
/** Invalid sequences and noncharacters replaced by U+FFFD, forbidden controls
 *  dropped: the result is valid in the sense of gov_text_valid(). */
GOV_API const char *gov_text_repair(const char *data, apr_size_t len,
                                    apr_pool_t *pool);
/** Escaped for XML text and double-quoted attributes; repaired where it is not
 *  valid, so the result can always stand in XML. */
GOV_API const char *gov_text_xml(const char *text, apr_pool_t *pool);

/** Does @a text end with @a ending? */
GOV_API bool gov_text_ends(const char *text, const char *ending);
/** Is @a word among the words of @a list, which blanks part? */
GOV_API bool gov_text_has_word(const char *list, const char *word);
/** The parts of @a text between any of the characters @a separators, empty ones
 *  left out; const char *. */
GOV_API apr_array_header_t *gov_text_split(const char *text,
                                           const char *separators,
                                           apr_pool_t *pool);
/** Sort an array of const char * by bytes. */
GOV_API void gov_text_sort(apr_array_header_t *texts);

/** slug: [a-z0-9] then [a-z0-9-]*, at most 60 bytes. */
GOV_API bool gov_text_is_slug(const char *text);
/** A file's name without folders, as it may stand in an address: anything but ASCII
 *  letters, digits, '.', '-' and '_' becomes '-'. */
GOV_API const char *gov_text_file_name(const char *name, apr_pool_t *pool);

/** Percent-decode @a path and check it: begins with '/', no "." or ".."
 *  segments, no "//", no encoded slash or NUL, no backslash, no controls, valid
 *  UTF-8, at most 1024 bytes when decoded.  @a raw must not hold a blank, '?' or
 *  '#' as they are.  INVALID otherwise. */
GOV_API gov_err_t *gov_url_path(const char **path, const char *raw,
                                apr_pool_t *pool);
/** Percent-encode for use in a path (keeps '/', unreserved, UTF-8 encoded). */
GOV_API const char *gov_url_encode(const char *text, apr_pool_t *pool);
/** Decode a query or form body (application/x-www-form-urlencoded) into a
 *  table in order of appearance; at most @a max pairs.  INVALID: bad escapes,
 *  bad UTF-8, NUL, too many.  Other controls, which a paste from a word
 *  processor may bring along, are dropped: keys and values are valid text. */
GOV_API gov_err_t *gov_url_query(apr_table_t **pairs, const char *query,
                                 apr_size_t len, int max, apr_pool_t *pool);
/** Lower-cased host without port and trailing dot.  INVALID for anything but
 *  letters, digits, '-', '.', or a bracketed IPv6 address, and for @a raw NULL
 *  (no Host header). */
GOV_API gov_err_t *gov_url_host(const char **host, const char *raw,
                                apr_pool_t *pool);
/** The value of cookie @a name in a Cookie header (RFC 6265, 4.2; NULL: there was
 *  none), or NULL.  A name that comes twice has been tampered with: then neither
 *  counts. */
GOV_API const char *gov_url_cookie(const char *header, const char *name,
                                   apr_pool_t *pool);

#endif

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* form_multipart.c -- multipart/form-data (RFC 7578, RFC 2046 5.1).
 *
 * One pass with a window of fixed size; files go to temporary files as they come.
 * Stricter than the RFCs where no browser differs: no preamble, no blanks after a
 * boundary, no nested parts, no encodings. */

#include <apr_file_io.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "form_priv.h"
#include "gov_media.h"

#define WINDOW (64 * 1024)
#define BOUNDARY_MOST 70          /* RFC 2046 5.1.1 */
#define LINE_BYTES 4096           /* of a part's header */
#define HEADERS_MOST 8
#define FILE_NAME_MOST 200        /* characters */

typedef struct parser_t {
    gov_intake_t *intake;
    const gov_form_limits_t *limits;
    const char *dir;
    form_feed_t *feed;
    char delimiter[BOUNDARY_MOST + 5]; /* CRLF "--" boundary */
    apr_size_t delimiter_len;
    char *window;
    apr_size_t start, end;        /* what of it is not used yet */
    int parts;
    apr_pool_t *pool;
} parser_t;

typedef struct part_t {
    const char *name;
    const char *file_name;        /* NULL: it is no file */
    form_value_t *value;          /* NULL: no field of the form */
    gov_buf_t *text;
    apr_file_t *file;             /* NULL: not kept */
    const char *path;
    apr_int64_t size, most;
    crypto_hash_sha256_state hash;
} part_t;

static gov_err_t *
broken(const parser_t *p, const char *what)
{
    return gov_err(GOV_E_INVALID, NULL, p->pool, "multipart form: %s", what);
}

/* --- the window ----------------------------------------------------------- */

/* More bytes behind what is there; *MORE is false at the body's end. */
static gov_err_t *
refill(bool *more, parser_t *p)
{
    apr_size_t len;

    if (p->start > 0) {
        memmove(p->window, p->window + p->start, p->end - p->start);
        p->end -= p->start;
        p->start = 0;
    }
    len = WINDOW - p->end;
    gov_assert(len > 0);
    GOV_TRY(gov_form__feed(p->feed, p->window + p->end, &len, p->pool));
    p->end += len;
    *more = len > 0;
    return NULL;
}

/* At least LEN bytes in the window. */
static gov_err_t *
need(parser_t *p, apr_size_t len)
{
    while (p->end - p->start < len) {
        bool more;

        GOV_TRY(refill(&more, p));
        if (!more)
            return broken(p, "it ends too early");
    }
    return NULL;
}

static bool
next_is(const parser_t *p, const char *what, apr_size_t len)
{
    return !memcmp(p->window + p->start, what, len);
}

/* A header line without its CRLF. */
static gov_err_t *
read_line(const char **line, parser_t *p)
{
    for (;;) {
        const char *at = p->window + p->start;
        apr_size_t len = p->end - p->start;
        const char *eol = memmem(at, len, "\r\n", 2);
        bool more;

        if (eol ? eol - at > LINE_BYTES : len > LINE_BYTES)
            return broken(p, "a part's header is too long");
        if (eol) {
            len = (apr_size_t)(eol - at);
            if (!gov_text_valid(at, len) || memchr(at, '\n', len)
                || memchr(at, '\r', len))
                return broken(p, "a part's header is no text");
            *line = apr_pstrmemdup(p->pool, at, len);
            p->start += len + 2;
            return NULL;
        }
        GOV_TRY(refill(&more, p));
        if (!more)
            return broken(p, "it ends in a part's header");
    }
}

/* --- headers -------------------------------------------------------------- */

static const char *
skip_blanks(const char *s)
{
    return s + strspn(s, " \t");
}

/* As browsers write it (WHATWG HTML, "escape a multipart/form-data name"), and as
   older clients do, with a backslash before a quotation mark. */
static const char *
unquote(const char **at, apr_pool_t *pool)
{
    const char *s = *at;
    char *out = apr_palloc(pool, strlen(s) + 1), *to = out;

    for (; *s && *s != '"'; s++) {
        if (*s == '\\' && (s[1] == '"' || s[1] == '\\'))
            *to++ = *++s;
        else if (!strncmp(s, "%22", 3) || !strncasecmp(s, "%0d", 3)
                 || !strncasecmp(s, "%0a", 3)) {
            *to++ = s[1] == '2' ? '"' : ' ';
            s += 2;
        }
        else
            *to++ = *s;
    }
    *to = '\0';
    if (*s != '"')
        return NULL;
    *at = s + 1;
    return out;
}

/* form-data; name="..."; filename="..." */
static gov_err_t *
read_disposition(part_t *part, const parser_t *p, const char *s)
{
    if (strncasecmp(s, "form-data", 9))
        return broken(p, "a part is no form data");
    s = skip_blanks(s + 9);
    while (*s == ';') {
        const char **target = NULL;

        s = skip_blanks(s + 1);
        if (!strncasecmp(s, "name=\"", 6)) {
            target = &part->name;
            s += 6;
        }
        else if (!strncasecmp(s, "filename=\"", 10)) {
            target = &part->file_name;
            s += 10;
        }
        if (!target || *target)
            return broken(p, "a part's name is not plain");
        *target = unquote(&s, p->pool);
        if (!*target)
            return broken(p, "a part's name has no end");
        s = skip_blanks(s);
    }
    if (*s || !part->name || !*part->name)
        return broken(p, "a part has no name");
    return NULL;
}

static gov_err_t *
read_header(part_t *part, const parser_t *p, const char *line)
{
    const char *colon = strchr(line, ':'), *value, *charset;
    apr_size_t len = colon ? (apr_size_t)(colon - line) : 0;

    if (!colon || len == 0 || strcspn(line, " \t") < len)
        return broken(p, "a line of a part's header has no name");
    value = skip_blanks(colon + 1);
    if (len == 19 && !strncasecmp(line, "Content-Disposition", len)) {
        if (part->name)
            return broken(p, "a part has two names");
        return read_disposition(part, p, value);
    }
    if (len == 25 && !strncasecmp(line, "Content-Transfer-Encoding", len)
        && strcasecmp(value, "binary") && strcasecmp(value, "8bit")
        && strcasecmp(value, "7bit"))
        return broken(p, "a part is encoded");
    if (len == 12 && !strncasecmp(line, "Content-Type", len)) {
        if (!strncasecmp(value, "multipart/", 10))
            return broken(p, "a part has parts");
        charset = strcasestr(value, "charset=");
        if (charset && !part->file_name
            && strncasecmp(charset + 8 + (charset[8] == '"'), "utf-8", 5))
            return broken(p, "a part is not in UTF-8");
    }
    return NULL;
}

static gov_err_t *
read_headers(part_t *part, parser_t *p)
{
    int i;

    for (i = 0; i <= HEADERS_MOST; i++) {
        const char *line = "";

        GOV_TRY(read_line(&line, p));
        if (*line) {
            GOV_TRY(read_header(part, p, line));
            continue;
        }
        return part->name ? NULL : broken(p, "a part has no name");
    }
    return broken(p, "a part has too many headers");
}

/* --- where a part goes ---------------------------------------------------- */

static apr_status_t
remove_file(void *path)
{
    apr_file_remove(path, NULL);
    return APR_SUCCESS;
}

/* mkstemp() makes it for our eyes only, and never through somebody's link. */
static gov_err_t *
open_file(part_t *part, const parser_t *p)
{
    char *path = apr_pstrcat(p->pool, p->dir, "/intake-XXXXXX", NULL);
    apr_status_t rv = apr_file_mktemp(&part->file, path,
                                      APR_FOPEN_CREATE | APR_FOPEN_EXCL
                                      | APR_FOPEN_WRITE | APR_FOPEN_BINARY,
                                      p->pool);

    if (rv)
        return gov_err(GOV_E_UNAVAILABLE, gov_err_apr(rv, p->pool, "%s", path),
                       p->pool, "no temporary file");
    apr_pool_cleanup_register(p->pool, path, remove_file,
                              apr_pool_cleanup_null);
    part->path = path;
    part->most = p->limits->file;
    if (part->value->field->bytes && part->value->field->bytes < part->most)
        part->most = part->value->field->bytes;
    crypto_hash_sha256_init(&part->hash);
    return NULL;
}

/* An input without a file comes as a file without name and bytes. */
static gov_err_t *
begin_part(part_t *part, const parser_t *p)
{
    bool wants_file;

    part->value = gov_form__value(p->intake, part->name);
    wants_file = part->value && part->value->field->kind == GOV_FORM_FILE;
    if (part->value && wants_file != (part->file_name != NULL))
        return gov_err_field(part->value->field->name, p->pool,
                             wants_file ? "a text instead of a file"
                                        : "a file instead of a text");
    if (!part->file_name)
        part->text = gov_buf_create(256, p->pool);
    else if (wants_file && *part->file_name)
        return open_file(part, p);
    return NULL;
}

static gov_err_t *
add_bytes(part_t *part, const parser_t *p, const char *data, apr_size_t len)
{
    apr_status_t rv;

    part->size += (apr_int64_t)len;
    if (part->text) {
        if (part->size > (apr_int64_t)p->limits->field)
            return gov_err(GOV_E_TOO_LARGE, NULL, p->pool,
                           "a value is too long");
        gov_buf_add(part->text, data, len);
        return NULL;
    }
    if (!part->file)
        return NULL;
    if (part->size > part->most) {
        apr_file_close(part->file);
        apr_file_remove(part->path, p->pool);
        part->file = NULL;
        part->value->large = true;
        return NULL;
    }
    crypto_hash_sha256_update(&part->hash, (const unsigned char *)data, len);
    rv = apr_file_write_full(part->file, data, len, NULL);
    if (rv)
        return gov_err(GOV_E_UNAVAILABLE, gov_err_apr(rv, p->pool, "%s",
                                                      part->path),
                       p->pool, "a temporary file cannot be written");
    return NULL;
}

/* Without folders (of Windows, too), leading dots and what is no file's name. */
static const char *
plain_name(const char *name, apr_pool_t *pool)
{
    const char *p, *last = name;
    apr_size_t chars = 0;

    for (p = name; *p; p++)
        if (*p == '/' || *p == '\\')
            last = p + 1;
    last = gov_text_fold(last, pool);
    while (*last == '.' || *last == ' ')
        last++;
    for (p = last; *p; p++)
        if ((*p & 0xC0) != 0x80 && ++chars > FILE_NAME_MOST)
            break;
    /* the ending matters, so it is the beginning that goes */
    if (*p) {
        chars = gov_text_length(last) - FILE_NAME_MOST;
        while (chars > 0 || (*last & 0xC0) == 0x80)
            if ((*last++ & 0xC0) != 0x80)
                chars--;
    }
    return *last ? last : "file";
}

static gov_err_t *
end_part(part_t *part, const parser_t *p)
{
    gov_intake_file_t *file;
    unsigned char digest[32];
    const char *text;
    apr_status_t rv;

    if (part->text) {
        GOV_TRY(gov_form__text(&text, part->text->data, part->text->len,
                               p->pool));
        return gov_form__take(p->intake, part->name, text);
    }
    if (!part->file) {
        if (part->value && !*part->file_name && part->size)
            return gov_err_field(part->value->field->name, p->pool,
                                 "a file without a name");
        return NULL;
    }
    rv = apr_file_close(part->file);
    if (rv)
        return gov_err(GOV_E_UNAVAILABLE, gov_err_apr(rv, p->pool, "%s",
                                                      part->path),
                       p->pool, "a temporary file cannot be written");
    if (part->size == 0) {
        part->value->vacant = true;
        return NULL;
    }
    if (part->value->files->nelts && !part->value->field->multiple)
        return gov_err_field(part->value->field->name, p->pool,
                             "two files where one belongs");
    crypto_hash_sha256_final(&part->hash, digest);
    file = apr_array_push(part->value->files);
    file->path = part->path;
    file->name = plain_name(part->file_name, p->pool);
    file->size = part->size;
    file->digest = gov_hex(digest, sizeof(digest), p->pool);
    return NULL;
}

/* --- the body ------------------------------------------------------------- */

/* Up to the next delimiter, which is used up.  What might be its beginning stays
   in the window until more has come. */
static gov_err_t *
read_data(part_t *part, parser_t *p)
{
    for (;;) {
        const char *at = p->window + p->start;
        apr_size_t len = p->end - p->start;
        const char *found = memmem(at, len, p->delimiter, p->delimiter_len);
        bool more;

        if (found) {
            len = (apr_size_t)(found - at);
            if (len)
                GOV_TRY(add_bytes(part, p, at, len));
            p->start += len + p->delimiter_len;
            return NULL;
        }
        if (len >= p->delimiter_len) {
            len -= p->delimiter_len - 1;
            GOV_TRY(add_bytes(part, p, at, len));
            p->start += len;
        }
        GOV_TRY(refill(&more, p));
        if (!more)
            return broken(p, "it ends in a part");
    }
}

static gov_err_t *
read_parts(parser_t *p)
{
    bool more = true;

    /* the first boundary has no CRLF before it */
    GOV_TRY(need(p, p->delimiter_len));
    if (!next_is(p, p->delimiter + 2, p->delimiter_len - 2))
        return broken(p, "it does not begin with its boundary");
    p->start += p->delimiter_len - 2;
    for (;;) {
        part_t *part;

        GOV_TRY(need(p, 2));
        if (next_is(p, "--", 2))
            break;
        if (!next_is(p, "\r\n", 2))
            return broken(p, "something follows a boundary");
        p->start += 2;
        if (++p->parts > p->limits->parts)
            return gov_err(GOV_E_TOO_LARGE, NULL, p->pool,
                           "the form has too many parts");
        part = apr_pcalloc(p->pool, sizeof(*part));
        GOV_TRY(read_headers(part, p));
        GOV_TRY(begin_part(part, p));
        GOV_TRY(read_data(part, p));
        GOV_TRY(end_part(part, p));
    }
    p->start += 2;
    while (more && p->end - p->start <= 2)
        GOV_TRY(refill(&more, p));
    if (p->end - p->start > 2
        || memcmp(p->window + p->start, "\r\n", p->end - p->start))
        return broken(p, "something follows its end");
    return NULL;
}

/* bchars of RFC 2046, but no blank */
static bool
is_boundary(const char *text, apr_size_t len)
{
    return len > 0 && len <= BOUNDARY_MOST
        && strspn(text, "0123456789abcdefghijklmnopqrstuvwxyz"
                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=?") >= len;
}

static gov_err_t *
find_boundary(parser_t *p, const char *type)
{
    const char *s = strchr(type, ';');
    const char *found = NULL;
    apr_size_t len = 0;

    while (s) {
        s = skip_blanks(s + 1);
        if (!strncasecmp(s, "boundary=", 9)) {
            bool quoted = s[9] == '"';

            if (found)
                return broken(p, "it has two boundaries");
            found = s + 9 + quoted;
            len = strcspn(found, quoted ? "\"" : "; \t\"");
            if (quoted && found[len] != '"')
                return broken(p, "its boundary has no end");
            s = skip_blanks(found + len + quoted);
            if (*s && *s != ';')
                return broken(p, "its boundary is not plain");
        }
        s = strchr(s, ';');
    }
    if (!found || !is_boundary(found, len))
        return broken(p, "it has no proper boundary");
    memcpy(p->delimiter, "\r\n--", 4);
    memcpy(p->delimiter + 4, found, len);
    p->delimiter_len = len + 4;
    return NULL;
}

gov_err_t *
gov_form__multipart(gov_intake_t *intake, const char *content_type,
                    form_feed_t *feed, const gov_form_limits_t *limits,
                    const char *dir)
{
    parser_t parser = { .intake = intake, .limits = limits, .dir = dir,
                        .feed = feed, .pool = intake->pool };

    GOV_TRY(find_boundary(&parser, content_type));
    parser.window = apr_palloc(parser.pool, WINDOW);
    return read_parts(&parser);
}

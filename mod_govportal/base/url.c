/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* url.c -- paths, queries, hosts and cookies as they come from strangers. */

#include <apr_lib.h>
#include <arpa/inet.h>
#include <string.h>

#include "base_priv.h"

#define PATH_MAX_BYTES 1024
#define HOST_MAX_BYTES 253
#define LABEL_MAX_BYTES 63
/* As much as a header may be, whatever a browser sends. */
#define COOKIE_MAX_BYTES 8192

static int
hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Undo percent escapes, and '+' for a blank if PLUS.  NULL if an escape is
   broken; the result may hold NUL bytes. */
static char *
decode(apr_size_t *decoded, const char *raw, apr_size_t len, bool plus,
       apr_pool_t *pool)
{
    char *text = apr_palloc(pool, len + 1), *to = text;
    const char *end = raw + len;

    for (; raw < end; raw++) {
        if (*raw == '%') {
            if (end - raw < 3 || hex(raw[1]) < 0 || hex(raw[2]) < 0)
                return NULL;
            *to++ = (char)(hex(raw[1]) << 4 | hex(raw[2]));
            raw += 2;
        }
        else
            *to++ = plus && *raw == '+' ? ' ' : *raw;
    }
    *to = '\0';
    *decoded = to - text;
    return text;
}

/* What is wrong with the decoded PATH of LEN bytes, or NULL. */
static const char *
path_fault(const char *path, apr_size_t len)
{
    const char *p;

    if (path[0] != '/')
        return "does not begin with '/'";
    if (len > PATH_MAX_BYTES)
        return "is too long";
    if (!gov_text_valid(path, len) || strpbrk(path, "\t\r\n"))
        return "is not valid UTF-8 text";
    if (strchr(path, '\\'))
        return "has a backslash";
    for (p = path; p; p = strchr(p + 1, '/')) {
        const char *name = p + 1;

        if (name[0] == '/')
            return "has an empty segment";
        name += strspn(name, ".");
        if (name - p > 1 && name - p <= 3 && (*name == '/' || !*name))
            return "has a '.' or '..' segment";
    }
    return NULL;
}

/* Raw bytes that httpd or a browser would have escaped, or that end a path. */
static bool
is_raw_path(const char *raw)
{
    for (; *raw; raw++)
        if ((unsigned char)*raw <= ' ' || *raw == 0x7F || *raw == '?'
            || *raw == '#')
            return false;
    return true;
}

static bool
has_escaped_slash(const char *raw)
{
    while ((raw = strchr(raw, '%')) != NULL)
        if (*++raw == '2' && (raw[1] == 'f' || raw[1] == 'F'))
            return true;
    return false;
}

gov_err_t *
gov_url_path(const char **path, const char *raw, apr_pool_t *pool)
{
    const char *text, *fault;
    apr_size_t len;

    if (!is_raw_path(raw))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "the path has characters that must be escaped");
    if (has_escaped_slash(raw))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "the path has an escaped slash");
    text = decode(&len, raw, strlen(raw), false, pool);
    if (!text)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "the path has a broken escape");
    fault = path_fault(text, len);
    if (fault)
        return gov_err(GOV_E_INVALID, NULL, pool, "the path %s", fault);
    *path = text;
    return NULL;
}

const char *
gov_url_encode(const char *text, apr_pool_t *pool)
{
    static const char digits[] = "0123456789ABCDEF";
    char *encoded = apr_palloc(pool, strlen(text) * 3 + 1), *to = encoded;

    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c < 0x80 && (apr_isalnum(c) || strchr("/-._~", c)))
            *to++ = (char)c;
        else {
            *to++ = '%';
            *to++ = digits[c >> 4];
            *to++ = digits[c & 15];
        }
    }
    *to = '\0';
    return encoded;
}

/* One key or value: decoded, and made fit to be text. */
static gov_err_t *
form_text(const char **text, const char *raw, apr_size_t len, apr_pool_t *pool)
{
    apr_size_t decoded;
    const char *value = decode(&decoded, raw, len, true, pool);

    if (!value)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "the form or query has a broken escape");
    if (!gov_text_utf8(value, decoded))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "the form or query is not valid UTF-8 text");
    if (!gov_text_valid(value, decoded))
        value = gov_text_repair(value, decoded, pool);
    *text = value;
    return NULL;
}

gov_err_t *
gov_url_query(apr_table_t **pairs, const char *query, apr_size_t len, int max,
              apr_pool_t *pool)
{
    apr_table_t *table = apr_table_make(pool, 8);
    const char *end = query + len;

    while (query < end) {
        const char *stop = memchr(query, '&', end - query), *equals;
        const char *key, *value = "";

        if (!stop)
            stop = end;
        if (stop > query) {
            if (max-- <= 0)
                return gov_err(GOV_E_INVALID, NULL, pool,
                               "the form or query has too many fields");
            equals = memchr(query, '=', stop - query);
            GOV_TRY(form_text(&key, query,
                              (equals ? equals : stop) - query, pool));
            if (equals)
                GOV_TRY(form_text(&value, equals + 1, stop - equals - 1,
                                  pool));
            apr_table_addn(table, key, value);
        }
        query = stop + 1;
    }
    *pairs = table;
    return NULL;
}

static bool
is_host_name(const char *host, apr_size_t len)
{
    apr_size_t i, label = 0;

    if (len == 0 || len > HOST_MAX_BYTES)
        return false;
    for (i = 0; i < len; i++) {
        if (host[i] == '.') {
            if (label == 0)
                return false;
            label = 0;
        }
        else if ((host[i] >= 'a' && host[i] <= 'z')
                 || (host[i] >= '0' && host[i] <= '9') || host[i] == '-') {
            if (++label > LABEL_MAX_BYTES)
                return false;
        }
        else
            return false;
    }
    return label > 0;
}

/* "[...]" */
static bool
is_ipv6(const char *host, apr_size_t len)
{
    char inner[INET6_ADDRSTRLEN];
    struct in6_addr address;

    if (len < 4 || len - 2 >= sizeof(inner) || host[len - 1] != ']')
        return false;
    apr_cpystrn(inner, host + 1, len - 1);
    return inet_pton(AF_INET6, inner, &address) == 1;
}

static bool
is_port(const char *text)
{
    apr_size_t len;

    if (*text++ != ':')
        return false;
    len = strspn(text, "0123456789");
    return len <= 5 && text[len] == '\0';
}

gov_err_t *
gov_url_host(const char **host, const char *raw, apr_pool_t *pool)
{
    char *text = apr_pstrdup(pool, raw ? raw : "");
    const char *rest;
    apr_size_t len;
    bool good;
    char *p;

    for (p = text; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p += 'a' - 'A';
    if (text[0] == '[') {
        len = strcspn(text, "]");
        len += text[len] == ']';
        rest = text + len;
        good = is_ipv6(text, len);
    }
    else {
        len = strcspn(text, ":");
        rest = text + len;
        if (len > 1 && text[len - 1] == '.')
            len--;
        good = is_host_name(text, len);
    }
    if (!good || (*rest && !is_port(rest)))
        return gov_err(GOV_E_INVALID, NULL, pool, "the host name is malformed");
    text[len] = '\0';
    *host = text;
    return NULL;
}

const char *
gov_url_cookie(const char *header, const char *name, apr_pool_t *pool)
{
    apr_size_t len = strlen(name);
    const char *at = header, *found = NULL;

    if (!header || strlen(header) > COOKIE_MAX_BYTES)
        return NULL;
    while (*at) {
        apr_size_t part;

        at += strspn(at, " \t;");
        part = strcspn(at, ";");
        if (part > len && !strncmp(at, name, len) && at[len] == '=') {
            if (found)
                return NULL;
            found = apr_pstrmemdup(pool, at + len + 1, part - len - 1);
        }
        at += part;
    }
    return found;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* markup_address.c -- addresses in markup: which may stand there, and how. */

#include <string.h>
#include <strings.h>

#include "markup_priv.h"

#define REPLACEMENT "\xEF\xBF\xBD" /* stands where bytes were broken */

static bool
is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* As the URL standard reads it: what browsers skip is skipped, so that nothing
   hides behind it; in the path they take '\' for '/'. */
static const char *
normalise(const char *value, apr_pool_t *pool)
{
    apr_size_t len = strlen(value), i;
    char *out = apr_palloc(pool, len + 1), *to = out;

    while (len > 0 && (unsigned char)value[len - 1] <= ' ')
        len--;
    while (len > 0 && (unsigned char)*value <= ' ') {
        value++;
        len--;
    }
    for (i = 0; i < len; i++)
        if (value[i] != '\t' && value[i] != '\n' && value[i] != '\r')
            *to++ = value[i];
    *to = '\0';
    for (to = out; *to && *to != '?' && *to != '#'; to++)
        if (*to == '\\')
            *to = '/';
    return out;
}

/* host or host:port, and something that can be a host; no user name, which
   only serves to deceive. */
static bool
is_authority(const char *text)
{
    apr_size_t len = strcspn(text, "/?#"), i;
    bool name = false;

    for (i = 0; i < len && text[i] != ':'; i++) {
        if (is_letter(text[i]) || is_digit(text[i]) || text[i] & 0x80)
            name = true;
        else if (text[i] != '-' && text[i] != '_'
                 && (text[i] != '.' || i == 0 || text[i - 1] == '.'))
            return false;
    }
    if (!name)
        return false;
    if (i == len)
        return true;
    return len - i >= 2 && len - i <= 6
        && strspn(text + i + 1, "0123456789") == len - i - 1;
}

static address_t
by_scheme(const char *address, apr_size_t len)
{
    const char *rest = address + len + 1;

    if ((len == 4 && !strncasecmp(address, "http", 4))
        || (len == 5 && !strncasecmp(address, "https", 5)))
        return !strncmp(rest, "//", 2) && is_authority(rest + 2) ? ADDRESS_WEB
                                                               : ADDRESS_BAD;
    if (len == 6 && !strncasecmp(address, "mailto", 6))
        return strchr(rest, '@') && *rest != '@' && rest[strcspn(rest, "/#<>")]
               == '\0' ? ADDRESS_OTHER : ADDRESS_BAD;
    if (len == 3 && !strncasecmp(address, "tel", 3))
        return *rest && rest[strspn(rest, "+0123456789-.()")] == '\0'
            ? ADDRESS_OTHER : ADDRESS_BAD;
    return ADDRESS_BAD;
}

const char *
gov_markup__address(address_t *kind, const char *value, apr_pool_t *pool)
{
    const char *address = normalise(value, pool);
    apr_size_t colon;

    *kind = ADDRESS_BAD;
    if (!*address || !gov_text_valid(address, strlen(address))
        || strstr(address, REPLACEMENT))
        return address;
    if (*address == '#') {
        *kind = ADDRESS_FRAGMENT;
        return address;
    }
    /* the page's own scheme, which is https wherever it matters */
    if (!strncmp(address, "//", 2))
        address = apr_pstrcat(pool, "https:", address, NULL);
    colon = strcspn(address, ":/?#");
    *kind = address[colon] == ':' ? by_scheme(address, colon) : ADDRESS_LOCAL;
    return address;
}

const char *
gov_markup__address_encode(const char *address, apr_pool_t *pool)
{
    gov_buf_t *out = gov_buf_create(strlen(address) + 16, pool);
    bool fragment = false;

    for (; *address; address++) {
        unsigned char c = (unsigned char)*address;
        bool bad = c <= ' ' || c == 0x7F || strchr("\"<>\\^`{|}[]", c);

        if (c == '%')
            bad = strspn(address + 1, "0123456789ABCDEFabcdef") < 2;
        if (c == '#') {
            bad = fragment;
            fragment = true;
        }
        if (bad)
            gov_buf_printf(out, "%%%02X", c);
        else
            gov_buf_add(out, address, 1);
    }
    return out->data;
}

const char *
gov_markup__id(const char *id, apr_pool_t *pool)
{
    const char *p;

    if (!strncmp(id, "c-", 2))
        id += 2;
    for (p = id; *p; p++)
        if (!is_letter(*p) && !is_digit(*p) && !strchr("-_.:", *p)
            && !(*p & 0x80))
            return NULL;
    if (p == id || p - id > 100)
        return NULL;
    return apr_pstrcat(pool, "c-", id, NULL);
}

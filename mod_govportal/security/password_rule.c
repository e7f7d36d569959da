/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* password_rule.c -- which passwords will do, and random ones. */

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gov_password.h"
#include "gov_text.h"
#include "gov_time.h"
#include "security_priv.h"
#include "words_passwords.h"      /* common[], sorted: conf/words/passwords.txt */

#define FIELD "password"
#define ENOUGH 16                 /* characters, for any classes */
#define SAME_MAX 3
#define ORDER_MAX 4
#define DIFFERENT_MIN 5

#define FAULT(name, code) FAULT_##name,
enum { GOV_PASSWORD_FAULTS(FAULT) };
#undef FAULT

static const char *const codes[] = {
#define FAULT(name, code) code,
    GOV_PASSWORD_FAULTS(FAULT)
#undef FAULT
};

static int
classes(const char *password)
{
    bool lower = false, upper = false, digit = false, other = false;

    for (; *password; password++) {
        if (apr_islower(*password))
            lower = true;
        else if (apr_isupper(*password))
            upper = true;
        else if (apr_isdigit(*password))
            digit = true;
        else
            other = true;
    }
    return lower + upper + digit + other;
}

/* One character again and again, or neighbours in order, up or down. */
static bool
has_run(const char *password)
{
    int same = 1, up = 1, down = 1, different = 0;
    bool seen[256] = { false };
    const unsigned char *p = (const unsigned char *)password;

    for (; *p; p++) {
        different += !seen[*p];
        seen[*p] = true;
        if (p == (const unsigned char *)password)
            continue;
        same = *p == p[-1] ? same + 1 : 1;
        up = apr_isalnum(*p) && *p == p[-1] + 1 ? up + 1 : 1;
        down = apr_isalnum(*p) && *p == p[-1] - 1 ? down + 1 : 1;
        if (same > SAME_MAX || up > ORDER_MAX || down > ORDER_MAX)
            return true;
    }
    return different < DIFFERENT_MIN;
}

/* Letters beyond ASCII are compared as they are. */
static bool
holds(const char *password, const char *part)
{
    apr_size_t len = strlen(part);

    for (; *password; password++)
        if (!strncasecmp(password, part, len))
            return true;
    return false;
}

static bool
holds_name(const char *password, const char *name, apr_pool_t *pool)
{
    apr_array_header_t *parts = gov_text_split(name, " \t.-", pool);
    int i;

    for (i = 0; i < parts->nelts; i++) {
        const char *part = APR_ARRAY_IDX(parts, i, const char *);

        if (strlen(part) > 2 && gov_text_length(part) > 1
            && holds(password, part))
            return true;
    }
    return false;
}

static int
compare(const void *word, const void *entry)
{
    return strcmp(word, *(const char *const *)entry);
}

static bool
is_listed(const char *word)
{
    return bsearch(word, common, sizeof(common) / sizeof(common[0]),
                   sizeof(common[0]), compare) != NULL;
}

/* Marks and digits that people write for letters; ONE stands for '1'. */
static void
plain_letters(char *word, char one)
{
    static const char from[] = "@4031$57!", to[] = "aaoeissti";
    const char *at;

    for (; *word; word++) {
        at = strchr(from, *word);
        if (at)
            *word = *at == '1' ? one : to[at - from];
    }
}

/* As it is, and with the letters that its marks and digits may stand for. */
static bool
is_listed_somehow(const char *word, apr_pool_t *pool)
{
    char *i = apr_pstrdup(pool, word), *l = apr_pstrdup(pool, word);

    plain_letters(i, 'i');
    plain_letters(l, 'l');
    return is_listed(word) || is_listed(i) || is_listed(l);
}

static bool
is_letter(char c)
{
    return apr_isalpha(c) || (c & 0x80);
}

/* "P@ssw0rd2026!" and "2026-Password" are "password". */
static bool
is_common(const char *password, apr_pool_t *pool)
{
    char *word = apr_pstrdup(pool, password), *end;

    for (end = word; *end; end++)
        *end = apr_tolower(*end);
    if (is_listed(word))
        return true;
    while (end > word && !is_letter(end[-1]))
        end--;
    *end = '\0';
    if (is_listed_somehow(word, pool))
        return true;
    while (*word && !is_letter(*word))
        word++;
    return is_listed_somehow(word, pool);
}

static gov_err_t *
fault(int which, apr_pool_t *pool)
{
    return gov_err_field(FIELD, pool, "%s", codes[which]);
}

gov_err_t *
gov_password_fits(const gov_policy_t *policy, const char *login,
                  const char *name, const char *password, apr_pool_t *pool)
{
    apr_size_t length;

    if (!gov_text_valid(password, strlen(password))
        || strpbrk(password, "\t\r\n"))
        return fault(FAULT_TEXT, pool);
    length = gov_text_length(password);
    if (length < (apr_size_t)policy->password_length)
        return fault(FAULT_SHORT, pool);
    if (length > GOV_PASSWORD_MAX)
        return fault(FAULT_LONG, pool);
    if (length < ENOUGH && classes(password) < 3)
        return fault(FAULT_CLASSES, pool);
    if (login && strlen(login) > 2 && holds(password, login))
        return fault(FAULT_LOGIN, pool);
    if (name && holds_name(password, name, pool))
        return fault(FAULT_NAME, pool);
    if (has_run(password))
        return fault(FAULT_RUN, pool);
    if (is_common(password, pool))
        return fault(FAULT_COMMON, pool);
    return NULL;
}

/* 31 characters that no reader takes for another. */
static const char alphabet[] = "23456789abcdefghjkmnpqrstuvwxyz";

const char *
gov_security__readable(const gov_ctx_t *ctx, int groups, int size,
                       apr_pool_t *pool)
{
    char *text = apr_palloc(pool, (apr_size_t)(groups * (size + 1)));
    char *to = text;
    unsigned char byte;
    int i = 0;

    while (i < groups * size) {
        ctx->clock->random(ctx->clock->baton, &byte, 1);
        byte &= 31;
        if (byte == sizeof(alphabet) - 1)
            continue;             /* or the first would come twice as often */
        if (i && i % size == 0)
            *to++ = '-';
        *to++ = alphabet[byte];
        i++;
    }
    *to = '\0';
    return text;
}

const char *
gov_password_random(const gov_ctx_t *ctx, apr_pool_t *pool)
{
    return gov_security__readable(ctx, 5, 4, pool);
}

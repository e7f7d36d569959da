/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* words_address.c -- e-mail addresses and passport numbers: personal data with
   letters in it. */

#include <string.h>

#include "words_priv.h"

#define LOCAL_MAX 64              /* RFC 5321, 4.5.3.1 */
#define DOMAIN_MAX 255
#define PASSPORT 9                /* places */

static bool
is_digit(apr_uint32_t code)
{
    return code >= '0' && code <= '9';
}

static bool
is_letter(apr_uint32_t code)
{
    return code >= 'a' && code <= 'z';
}

static bool
is_local(apr_uint32_t code)
{
    return is_letter(code) || is_digit(code)
        || (code < 0x80 && code && strchr("._%+-", (int)code));
}

/* Read a domain from P; returns the place behind it, or NULL. */
static const char *
domain(const char *p, const char *end)
{
    const char *behind = NULL, *next;
    int label = 0, dots = 0, n;
    bool letters = true;
    words_char_t c;

    for (n = 0; p < end && n < DOMAIN_MAX; n++, p = next) {
        next = gov_words__next(&c, p, end);
        if (c.code == '.') {
            if (!label)
                break;
            dots++;
            label = 0;
            letters = true;
            continue;
        }
        if (!is_letter(c.code) && !is_digit(c.code) && c.code != '-')
            break;
        label++;
        letters = letters && is_letter(c.code);
        behind = dots && label >= 2 && letters ? next : behind;
    }
    return behind;
}

/* "E12345678", "EA1234567": a letter of the kinds there are, then digits, the first
   of which may be a letter on E. */
static bool
is_passport(const apr_uint32_t *codes, bool capitals)
{
    int i;

    if (!capitals || !codes[0] || !strchr("egdps", (int)codes[0]))
        return false;
    for (i = 2; i < PASSPORT; i++)
        if (!is_digit(codes[i]))
            return false;
    return is_digit(codes[1])
        || (codes[0] == 'e' && is_letter(codes[1]) && codes[1] != 'i'
            && codes[1] != 'o');
}

/* A word of letters and digits, as it is read. */
typedef struct token_t {
    const char *start;            /* NULL: none */
    apr_uint32_t codes[PASSPORT];
    int count;
    bool capitals, joined;        /* with what was before it */
} token_t;

static bool
joins(apr_uint32_t code)
{
    return code < 0x80 && code && strchr("-_./=%&#+@", (int)code);
}

/* The token ends before C at P. */
static void
end_token(words_places_t *places, const unsigned char *actions, token_t *token,
          const char *text, const char *p, bool joined)
{
    words_place_t place = { .kind = GOV_WORD_PERSONAL,
                            .rule = GOV_WORD_RULE_PASSPORT };

    if (token->start && token->count == PASSPORT && !token->joined && !joined
        && is_passport(token->codes, token->capitals)) {
        place.action = actions[GOV_WORD_RULE_PASSPORT];
        place.offset = (apr_size_t)(token->start - text);
        place.end = (apr_size_t)(p - text);
        if (place.action != GOV_WORD_IGNORE)
            gov_words__found(places, &place);
    }
    token->start = NULL;
}

static void
add_to_token(token_t *token, const words_char_t *c, const char *p,
             apr_uint32_t before)
{
    if (!token->start) {
        token->start = p;
        token->count = 0;
        token->capitals = true;
        token->joined = joins(before);
    }
    if (token->count < PASSPORT)
        token->codes[token->count] = c->code;
    token->count++;
    if (is_letter(c->code) && c->raw == c->code)
        token->capitals = false;
}

void
gov_words__pass_addresses(words_places_t *places, const unsigned char *actions,
                          const char *text, apr_size_t len)
{
    const char *p = text, *end = text + len, *next, *local = NULL;
    apr_uint32_t before = 0;
    int length = 0;
    token_t token = { .start = NULL };
    words_char_t c;

    for (; p < end; p = next) {
        const char *here = p, *behind;

        next = gov_words__next(&c, p, end);
        if (c.class_ == CLASS_WORD)
            add_to_token(&token, &c, p, before);
        else if (token.start)
            end_token(places, actions, &token, text, p,
                      joins(c.code) && next < end && (*next & 0x80) == 0
                      && apr_isalnum(*next));
        if (is_local(c.code)) {
            if (!local)
                local = here, length = 0;
            length++;
        }
        else {
            behind = c.code == '@' && local && length <= LOCAL_MAX
                ? domain(next, end) : NULL;
            if (behind && actions[GOV_WORD_RULE_EMAIL] != GOV_WORD_IGNORE) {
                words_place_t place = {
                    .kind = GOV_WORD_PERSONAL, .rule = GOV_WORD_RULE_EMAIL,
                    .action = actions[GOV_WORD_RULE_EMAIL],
                    .offset = (apr_size_t)(local - text),
                    .end = (apr_size_t)(behind - text)
                };

                gov_words__found(places, &place);
            }
            if (behind)
                next = behind;
            local = NULL;
        }
        before = c.code;
    }
    end_token(places, actions, &token, text, end, false);
}

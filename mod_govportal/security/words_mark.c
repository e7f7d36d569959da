/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* words_mark.c -- secrecy marks: one of the three levels with a star, a term, or
   alone in its line (GB/T 9704-2012, 7.2.2; R108).

   The levels are everyday words as well -- a trade secret, to keep a secret, the
   secrecy bureau -- so that a level is a mark only by what stands around it. */

#include <string.h>

#include "words_priv.h"

#define MI 0x5BC6                 /* the second character of all levels */
#define JUE 0x7EDD                /* top secret */
#define JI_CODE 0x673A            /* secret */
#define MI_CODE 0x79D8            /* confidential */
#define LEVEL 0x7EA7              /* 密级, "level of secrecy", before a level */
#define YEAR 0x5E74
#define MONTH 0x6708
#define DAY 0x65E5
#define DAYS 0x5929
#define PIECE 0x4E2A              /* between a number and "months" */
#define LONG 0x957F               /* 长期, "for long" */
#define TIME 0x671F
#define OPEN 0x542F               /* 启用前, of examination papers */
#define USE 0x7528
#define BEFORE 0x524D

static bool
is_room(words_class_t c)
{
    return c == CLASS_BLANK || c == CLASS_NONE;
}

static const char *
skip_room(const char *p, const char *end)
{
    const char *next;
    words_char_t c;

    for (; p < end; p = next) {
        next = gov_words__next(&c, p, end);
        if (!is_room(c.class_))
            break;
    }
    return p;
}

/* If the next character but for blanks is CODE, go behind it. */
static bool
take(const char **p, const char *end, apr_uint32_t code)
{
    const char *here = skip_room(*p, end);
    words_char_t c;

    if (here == end)
        return false;
    here = gov_words__next(&c, here, end);
    if (c.code != code)
        return false;
    *p = here;
    return true;
}

static bool
take_star(const char **p, const char *end, bool *plain)
{
    static const apr_uint32_t stars[] = { 0x2605, 0x2606, 0x2B50, 0x2729,
                                          0x272F, '*' };
    apr_size_t i;

    for (i = 0; i < sizeof(stars) / sizeof(stars[0]); i++)
        if (take(p, end, stars[i])) {
            *plain = stars[i] == '*';
            return true;
        }
    return false;
}

static bool
take_number(const char **p, const char *end)
{
    static const apr_uint16_t numerals[] = { 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                             0x4E94, 0x516D, 0x4E03, 0x516B,
                                             0x4E5D, 0x5341 };
    const char *next = skip_room(*p, end);
    bool any = false;
    words_char_t c;
    apr_size_t i;

    while (next < end) {
        const char *behind = gov_words__next(&c, next, end);

        for (i = 0; i < sizeof(numerals) / sizeof(numerals[0]); i++)
            if (c.code == numerals[i])
                break;
        if (i == sizeof(numerals) / sizeof(numerals[0])
            && !(c.code >= '0' && c.code <= '9'))
            break;
        any = true;
        next = behind;
    }
    if (any)
        *p = next;
    return any;
}

/* "1年", "6个月", "长期". */
static bool
take_term(const char **p, const char *end)
{
    const char *here = *p;

    if (take_number(&here, end)) {
        take(&here, end, PIECE);
        if (take(&here, end, YEAR) || take(&here, end, MONTH)
            || take(&here, end, DAYS) || take(&here, end, DAY)) {
            *p = here;
            return true;
        }
        return false;
    }
    if (take(&here, end, LONG) && take(&here, end, TIME)) {
        *p = here;
        return true;
    }
    return false;
}

/* Of an examination paper: no secret any more once it was used. */
static bool
take_paper(const char **p, const char *end)
{
    const char *here = *p;

    if (!take(&here, end, OPEN) || !take(&here, end, USE)
        || !take(&here, end, BEFORE))
        return false;
    *p = here;
    return true;
}

static bool
is_line_end(const words_char_t *c)
{
    return c->raw == '\n' || c->raw == '\r' || c->raw == 0x2028
        || c->raw == 0x2029 || c->raw == 0x85;
}

/* What is before P: a Chinese character right there, or nothing in the line but
   blanks and brackets. */
static bool
han_before(const char *p, const char *start)
{
    words_char_t c;

    while (p > start) {
        p = gov_words__previous(&c, p, start);
        if (c.class_ != CLASS_NONE)
            return c.class_ == CLASS_HAN;
    }
    return false;
}

static bool
begins_line(const char *p, const char *start)
{
    words_char_t c;

    while (p > start) {
        p = gov_words__previous(&c, p, start);
        if (is_line_end(&c))
            return true;
        if (!is_room(c.class_) && c.class_ != CLASS_SYMBOL)
            return false;
    }
    return true;
}

static bool
han_after(const char *p, const char *end)
{
    words_char_t c;

    p = skip_room(p, end);
    if (p == end)
        return false;
    gov_words__next(&c, p, end);
    return c.class_ == CLASS_HAN;
}

static bool
ends_line(const char *p, const char *end)
{
    words_char_t c;

    while (p < end) {
        p = gov_words__next(&c, p, end);
        if (is_line_end(&c))
            return true;
        if (!is_room(c.class_) && c.class_ != CLASS_SYMBOL)
            return false;
    }
    return true;
}

/* Does "密级" with a colon or a blank stand before P? */
static bool
said_to_be_level(const char *p, const char *start)
{
    bool apart = false;
    words_char_t c;

    while (p > start) {
        p = gov_words__previous(&c, p, start);
        if (c.code == ':' || is_room(c.class_)) {
            apart = true;
            continue;
        }
        if (!apart || c.code != LEVEL || p == start)
            return false;
        do
            p = gov_words__previous(&c, p, start);
        while (p > start && is_room(c.class_));
        return c.code == MI;
    }
    return false;
}

/* The action for the level FIRST from AT up to P, which *TO moves on with what
   belongs to it; IGNORE if it is no mark. */
static gov_word_action_t
judge(const char **to, apr_uint32_t first, const char *at, const char *p,
      const char *start, const char *end)
{
    const char *behind = p;
    bool plain = false;

    if (take_star(&behind, end, &plain)) {
        *to = behind;
        if (take_paper(to, end))
            return GOV_WORD_WARN;
        if (take_term(to, end))
            return GOV_WORD_BLOCK;
        return !plain && !han_before(at, start) ? GOV_WORD_BLOCK
                                                : GOV_WORD_IGNORE;
    }
    if (!han_before(at, start) && take_term(&behind, end)
        && !han_after(behind, end)) {
        *to = behind;
        return GOV_WORD_BLOCK;
    }
    *to = p;
    if (said_to_be_level(at, start) && !han_after(p, end))
        return GOV_WORD_BLOCK;
    if (begins_line(at, start) && ends_line(p, end))
        return first == MI_CODE ? GOV_WORD_WARN : GOV_WORD_BLOCK;
    return GOV_WORD_IGNORE;
}

void
gov_words__pass_marks(words_places_t *places, const char *text, apr_size_t len)
{
    static const char mi[] = { (char)0xE5, (char)0xAF, (char)0x86 };
    const char *p = text, *end = text + len;

    while ((p = memchr(p, mi[0], (apr_size_t)(end - p)))) {
        words_place_t place = { .kind = GOV_WORD_SECRECY, .rule = RULE_MARK };
        const char *at = p, *to;
        words_char_t c = { 0 };
        int room = 0;

        if ((apr_size_t)(end - p) < sizeof(mi) || memcmp(p, mi, sizeof(mi))) {
            p++;
            continue;
        }
        do {
            if (at == text)
                break;
            at = gov_words__previous(&c, at, text);
        } while (is_room(c.class_) && room++ < 4);
        p += sizeof(mi);
        if (c.code != JUE && c.code != JI_CODE && c.code != MI_CODE)
            continue;
        place.action = (unsigned char)judge(&to, c.code, at, p, text, end);
        if (place.action == GOV_WORD_IGNORE)
            continue;
        place.offset = (apr_size_t)(at - text);
        place.end = (apr_size_t)(to - text);
        gov_words__found(places, &place);
        p = to;
    }
}

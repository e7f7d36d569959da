/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* words_number.c -- numbers of people: identity cards, bank cards, telephones.

   Digits come in groups, which blanks, hyphens or brackets part.  A number is made
   of whole groups, so nothing is found inside a longer one. */

#include <string.h>

#include "words_priv.h"

#define SEPARATOR_MAX 3           /* characters between two groups */
#define DIGITS_MAX 19

typedef enum gap_t {
    GAP_NONE,                     /* something else: no group of this number */
    GAP_BLANK, GAP_HYPHEN, GAP_BRACKET
} gap_t;

typedef struct group_t {
    apr_size_t offset, end;
    int count;                    /* of digits; those beyond DIGITS_MAX count */
    char digits[DIGITS_MAX];
    apr_size_t x_end;             /* where an X ends that follows; or 0 */
    bool letter_before, letter_after;
    gap_t before;                 /* what parts it from the one before */
} group_t;

typedef struct run_t {
    words_places_t *places;
    const unsigned char *actions;
    apr_array_header_t *groups;   /* group_t, none parted by GAP_NONE */
} run_t;

/* Groups FROM up to TO as one number. */
typedef struct number_t {
    char digits[DIGITS_MAX + 1];
    int count, groups;
    const group_t *first, *last;
} number_t;

static int
value_of(const char *digits, int n)
{
    int value = 0;

    while (n-- > 0)
        value = value * 10 + (*digits++ - '0');
    return value;
}

static bool
is_date(int year, int month, int day)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
                                31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month >= 1 && month <= 12 && day >= 1
        && day <= days[month - 1] + (month == 2 && leap);
}

/* GB/T 2260, and 81 to 83 and 91 for residents from elsewhere. */
static bool
is_province(int code)
{
    static const unsigned char most[10] = { 0, 5, 3, 7, 6, 4, 5, 1, 3, 1 };
    int tens = code / 10, ones = code % 10;

    return ones >= (tens == 5 ? 0 : 1) && ones <= most[tens] && tens > 0;
}

static bool
is_citizen_id(const number_t *n)
{
    static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5,
                                   8, 4, 2 };
    static const char checks[] = "10X98765432";
    bool x = n->count == 17 && n->last->x_end;
    int year, sum = 0, i;

    if (n->count + x != 18 || !is_province(value_of(n->digits, 2)))
        return false;
    year = value_of(n->digits + 6, 4);
    if (year < 1900 || year > 2099
        || !is_date(year, value_of(n->digits + 10, 2),
                    value_of(n->digits + 12, 2)))
        return false;
    for (i = 0; i < 17; i++)
        sum += weights[i] * (n->digits[i] - '0');
    return checks[sum % 11] == (x ? 'X' : n->digits[17]);
}

static bool
is_old_citizen_id(const number_t *n)
{
    return n->count == 15 && is_province(value_of(n->digits, 2))
        && is_date(1900 + value_of(n->digits + 6, 2),
                   value_of(n->digits + 8, 2), value_of(n->digits + 10, 2))
        && (n->groups == 1
            || (n->groups == 3 && n->first[0].count == 6
                && n->first[1].count == 6));
}

static bool
passes_luhn(const number_t *n)
{
    int sum = 0, i;

    for (i = 0; i < n->count; i++) {
        int digit = n->digits[n->count - 1 - i] - '0';

        if (i % 2)
            digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
        sum += digit;
    }
    return sum % 10 == 0;
}

/* Who gives out cards whose numbers begin so and are so long. */
static bool
has_issuer(const number_t *n)
{
    int two = value_of(n->digits, 2), four = value_of(n->digits, 4);

    switch (n->count) {
    case 13:
        return two / 10 == 4;
    case 14:
        return two == 30 || two == 36 || two == 38;
    case 15:
        return two == 34 || two == 37;
    case 16:
        if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)
            || (four >= 3528 && four <= 3589) || two == 65)
            return true;
        /* fall through */
    case 17:
    case 18:
    case 19:
        return two / 10 == 4 || two == 60 || two == 62 || two == 81
            || four == 9558 || four == 9559 || (n->count > 16 && two == 55);
    default:
        return false;
    }
}

/* One group, or groups of four (the last of up to four). */
static bool
is_card(const number_t *n)
{
    int i;

    if (n->count < 13 || !has_issuer(n) || !passes_luhn(n))
        return false;
    for (i = 0; n->groups > 1 && i < n->groups; i++)
        if (n->first[i].count > 4
            || (i + 1 < n->groups && n->first[i].count < 4))
            return false;
    return true;
}

/* 13812345678, 138 1234 5678, 1381234 5678, or digit by digit. */
static bool
is_mobile(const number_t *n)
{
    int i;

    if (n->count != 11 || n->digits[0] != '1' || n->digits[1] < '3')
        return false;
    if (n->groups == 1 || n->groups == 11)
        return true;
    if (n->first[0].count == 7)
        return n->groups == 2;
    for (i = 1; i < n->groups; i++)
        if (n->first[i].count < 3)
            return false;
    return n->first[0].count == 3;
}

/* How many digits of DIGITS are an area code; 0: none of it is. */
static int
area_code(const char *digits, int count)
{
    if (count < 3 || digits[0] != '0')
        return 0;
    if (digits[1] == '2' || !memcmp(digits, "010", 3))
        return 3;
    return digits[1] >= '3' && count >= 4 ? 4 : 0;
}

static bool
is_landline(const number_t *n)
{
    int area = area_code(n->digits, n->count), local = n->count - area;

    if (!area || n->last->letter_after || (local != 8 && (local != 7 || area != 4))
        || n->digits[area] < '2')
        return false;
    if (n->groups == 1)
        return true;
    if (n->first[0].count != area)
        return false;
    return n->groups == 2
        || (n->groups == 3 && n->first[1].count >= 3 && n->first[2].count >= 3);
}

static bool
is_country(const group_t *g)
{
    return (g->count == 2 && !memcmp(g->digits, "86", 2))
        || (g->count == 4 && !memcmp(g->digits, "0086", 4));
}

/* Two numbers may be written with a hyphen between them. */
static bool
goes_with(const group_t *g)
{
    return is_country(g) || g->count == 11;
}

/* Is the number the middle of something longer, such as the number of an order? */
static bool
is_part(const run_t *run, int from, int to)
{
    const group_t *groups = (const group_t *)run->groups->elts;

    if (groups[from].letter_before || groups[to - 1].letter_after)
        return true;
    if (groups[from].before == GAP_HYPHEN && !goes_with(&groups[from - 1]))
        return true;
    return to < run->groups->nelts && groups[to].before == GAP_HYPHEN
        && !goes_with(&groups[to]);
}

static bool
join(number_t *n, const run_t *run, int from, int to)
{
    const group_t *group;
    int i;

    n->count = 0;
    for (i = from; i < to; i++) {
        group = &APR_ARRAY_IDX(run->groups, i, group_t);
        if (n->count + group->count > DIGITS_MAX)
            return false;
        memcpy(n->digits + n->count, group->digits, (apr_size_t)group->count);
        n->count += group->count;
    }
    n->groups = to - from;
    n->first = &APR_ARRAY_IDX(run->groups, from, group_t);
    n->last = &APR_ARRAY_IDX(run->groups, to - 1, group_t);
    return true;
}

static bool
has_brackets(const number_t *n)
{
    int i;

    for (i = 1; i < n->groups; i++)
        if (n->first[i].before == GAP_BRACKET)
            return true;
    return false;
}

/* 8613812345678 and +8613812345678 in one group. */
static bool
is_mobile_with_country(const number_t *n)
{
    number_t rest = *n;

    if (n->groups != 1 || n->count < 13 || n->count > 15)
        return false;
    rest.count = 11;
    memcpy(rest.digits, n->digits + n->count - 11, 11);
    return is_mobile(&rest)
        && ((n->count == 13 && !memcmp(n->digits, "86", 2))
            || (n->count == 15 && !memcmp(n->digits, "0086", 4)));
}

/* Which rule the groups FROM up to TO are a number of, or -1. */
static int
rule_of(const run_t *run, const number_t *n, int from, int to)
{
    bool brackets = has_brackets(n), part = is_part(run, from, to);

    if (!brackets && is_citizen_id(n))
        return GOV_WORD_RULE_CITIZEN_ID;
    /* a country code in the same group is not a letter, nor a part */
    if (!part && !brackets && (is_mobile(n) || is_mobile_with_country(n)))
        return GOV_WORD_RULE_MOBILE;
    if (!n->first->letter_before && is_landline(n)
        && (from == 0 || n->first->before != GAP_HYPHEN))
        return GOV_WORD_RULE_LANDLINE;
    if (part || brackets)
        return -1;
    if (is_old_citizen_id(n))
        return GOV_WORD_RULE_OLD_CITIZEN_ID;
    return is_card(n) ? GOV_WORD_RULE_BANK_CARD : -1;
}

/* Look for numbers that begin with group FROM, the one of the most groups first;
   returns the group to go on with. */
static int
look_from(run_t *run, int from)
{
    int to = from, digits = 0, rule;
    number_t n;

    while (to < run->groups->nelts
           && digits + APR_ARRAY_IDX(run->groups, to, group_t).count
              <= DIGITS_MAX)
        digits += APR_ARRAY_IDX(run->groups, to++, group_t).count;
    for (; to > from; to--) {
        words_place_t place = { .kind = GOV_WORD_PERSONAL };

        if (!join(&n, run, from, to))
            continue;
        rule = rule_of(run, &n, from, to);
        if (rule < 0)
            continue;
        place.action = run->actions[rule];
        place.rule = (signed char)rule;
        place.offset = n.first->offset;
        place.end = rule == GOV_WORD_RULE_CITIZEN_ID && n.count == 17
            ? n.last->x_end : n.last->end;
        if (place.action != GOV_WORD_IGNORE)
            gov_words__found(run->places, &place);
        return to;
    }
    return from + 1;
}

static void
look(run_t *run)
{
    int from = 0;

    while (from < run->groups->nelts)
        from = look_from(run, from);
    run->groups->nelts = 0;
}

static bool
is_digit(const words_char_t *c)
{
    return c->code >= '0' && c->code <= '9';
}

static bool
is_letter(const words_char_t *c)
{
    return c->class_ == CLASS_WORD && !is_digit(c);
}

/* Where the X ends that P begins with, but for one blank or hyphen; or 0. */
static apr_size_t
end_of_x(const char *text, const char *p, const char *end)
{
    words_char_t c = { 0 };
    int n;

    for (n = 0; n < 2 && p < end; n++) {
        p = gov_words__next(&c, p, end);
        if (c.code == 'x')
            break;
        if (c.class_ != CLASS_BLANK && c.code != '-')
            return 0;
    }
    if (c.code != 'x')
        return 0;
    c.class_ = CLASS_OTHER;
    if (p < end)
        gov_words__next(&c, p, end);
    return c.class_ == CLASS_WORD ? 0 : (apr_size_t)(p - text);
}

/* Read the group that begins at P; returns the place behind it. */
static const char *
read_group(group_t *g, const char *text, const char *p, const char *end)
{
    const char *here = p, *next;
    words_char_t c;

    g->offset = (apr_size_t)(p - text);
    for (; here < end; here = next) {
        next = gov_words__next(&c, here, end);
        if (c.class_ == CLASS_NONE)
            continue;
        if (!is_digit(&c)) {
            g->letter_after = is_letter(&c);
            break;
        }
        if (g->count < DIGITS_MAX)
            g->digits[g->count] = (char)c.code;
        g->count++;
        g->end = (apr_size_t)(next - text);
    }
    g->x_end = end_of_x(text, here, end);
    return text + g->end;
}

/* What parts the group that begins at P from what ended at BEFORE. */
static gap_t
gap_between(const char *before, const char *p)
{
    gap_t gap = GAP_BLANK;
    words_char_t c;
    int n;

    for (n = 0; before < p; n++) {
        before = gov_words__next(&c, before, p);
        if (c.class_ == CLASS_NONE)
            continue;
        if (n == SEPARATOR_MAX)
            return GAP_NONE;
        if (c.code == '-')
            gap = gap == GAP_BRACKET ? gap : GAP_HYPHEN;
        else if (c.code == '(' || c.code == ')')
            gap = GAP_BRACKET;
        else if (c.class_ != CLASS_BLANK)
            return GAP_NONE;
    }
    return gap;
}

/* Most bytes can neither be a digit nor begin one. */
static bool
may_be_digit(const char *p)
{
    unsigned char byte = (unsigned char)*p;

    return (byte >= '0' && byte <= '9') || byte == 0xEF || byte == 0xF0;
}

void
gov_words__pass_numbers(words_places_t *places, const unsigned char *actions,
                        const char *text, apr_size_t len, apr_pool_t *pool)
{
    const char *p = text, *end = text + len, *last = NULL;
    run_t run = { places, actions, NULL };
    words_char_t c, before;

    run.groups = apr_array_make(pool, 16, sizeof(group_t));
    while (p < end) {
        group_t group = { .before = GAP_NONE };

        if (!may_be_digit(p)) {
            p++;
            continue;
        }
        gov_words__next(&c, p, end);
        if (!is_digit(&c)) {
            p++;
            continue;
        }
        if (p > text) {
            gov_words__previous(&before, p, text);
            group.letter_before = is_letter(&before);
        }
        if (last)
            group.before = gap_between(last, p);
        last = p = read_group(&group, text, p, end);
        if (group.before == GAP_NONE)
            look(&run);
        APR_ARRAY_PUSH(run.groups, group_t) = group;
    }
    look(&run);
}

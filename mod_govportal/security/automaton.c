/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* automaton.c -- Aho and Corasick's machine over characters.

   States are numbered breadth first over sorted patterns, so that the children of a
   state have consecutive numbers: a state is its label, the number of its first
   child and where to go on when none fits, 18 bytes with what it reports.
   (A. V. Aho, M. J. Corasick: Efficient string matching, CACM 18, 1975.) */

#include <stdlib.h>
#include <string.h>

#include "words_priv.h"

#define LAST_CODE 0x10FFFF
#define PAGE 256
#define PAGES ((LAST_CODE + 1) / PAGE)
#define MORE 0x80000000u          /* on an id: the next one ends here, too */

/* Characters that no pattern has are label 0, whose transitions lead to 0. */
struct words_automaton_t {
    apr_uint16_t *pages;          /* of a code: its page in labels; 0: all 0 */
    apr_uint16_t *labels;
    apr_uint32_t *root;           /* by label */
    apr_uint16_t *label;          /* by state, as are all below */
    apr_uint32_t *child;          /* one more than there are states */
    apr_uint32_t *fail;
    apr_uint32_t *report;         /* the nearest state at which something ends: the
                                     state itself, or one of its suffixes; or 0 */
    apr_uint32_t *first;          /* in ids */
    apr_uint32_t *ids;
};

static apr_uint16_t
label_of(const words_automaton_t *a, apr_uint32_t code)
{
    return code > LAST_CODE ? 0
        : a->labels[a->pages[code / PAGE] * PAGE + code % PAGE];
}

/* The child of STATE by LABEL, or 0. */
static apr_uint32_t
child_of(const words_automaton_t *a, apr_uint32_t state, apr_uint16_t label)
{
    apr_uint32_t low, high;

    if (!state)
        return a->root[label];
    low = a->child[state];
    high = a->child[state + 1];
    while (high - low > 8) {
        apr_uint32_t middle = low + (high - low) / 2;

        if (a->label[middle] <= label)
            low = middle;
        else
            high = middle;
    }
    for (; low < high; low++)
        if (a->label[low] == label)
            return low;
    return 0;
}

apr_uint32_t
gov_words__step(const words_automaton_t *a, apr_uint32_t state,
                apr_uint32_t code)
{
    apr_uint16_t label = label_of(a, code);
    apr_uint32_t next;

    if (!label)
        return 0;
    while (!(next = child_of(a, state, label)) && state)
        state = a->fail[state];
    return next;
}

bool
gov_words__match(const words_automaton_t *a, apr_uint32_t state,
                 apr_uint32_t *at, apr_uint32_t *more, apr_uint32_t *id)
{
    if (!*more) {
        *at = *at ? a->report[a->fail[*at]] : a->report[state];
        if (!*at)
            return false;
        *more = a->first[*at] + 1;
    }
    *id = a->ids[*more - 1] & ~MORE;
    *more = a->ids[*more - 1] & MORE ? *more + 1 : 0;
    return true;
}

/* A pattern in labels. */
typedef struct row_t {
    const apr_uint16_t *labels;
    apr_uint32_t length, id;
} row_t;

static int
by_labels(const void *left, const void *right)
{
    const row_t *a = left, *b = right;
    apr_uint32_t i;

    for (i = 0; i < a->length && i < b->length; i++)
        if (a->labels[i] != b->labels[i])
            return a->labels[i] < b->labels[i] ? -1 : 1;
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

/* Give each character a label. */
static gov_err_t *
make_labels(words_automaton_t *a, apr_uint32_t *count,
            const words_pattern_t *patterns, int n, apr_pool_t *pool)
{
    apr_uint32_t pages = 1, labels = 0, i;
    int p;

    a->pages = apr_pcalloc(pool, PAGES * sizeof(*a->pages));
    for (p = 0; p < n; p++)
        for (i = 0; i < patterns[p].length; i++) {
            apr_uint16_t *page = &a->pages[patterns[p].codes[i] / PAGE];

            if (!*page)
                *page = (apr_uint16_t)pages++;
        }
    a->labels = apr_pcalloc(pool, pages * PAGE * sizeof(*a->labels));
    for (p = 0; p < n; p++)
        for (i = 0; i < patterns[p].length; i++) {
            apr_uint32_t code = patterns[p].codes[i];
            apr_uint16_t *label = &a->labels[a->pages[code / PAGE] * PAGE
                                             + code % PAGE];

            if (*label)
                continue;
            if (labels == APR_UINT16_MAX)
                return gov_err(GOV_E_INVALID, NULL, pool,
                               "the words have more than %d different "
                               "characters", APR_UINT16_MAX);
            *label = (apr_uint16_t)++labels;
        }
    *count = labels;
    return NULL;
}

static row_t *
sorted(apr_size_t *total, const words_automaton_t *a,
       const words_pattern_t *patterns, int n, apr_pool_t *pool)
{
    row_t *rows = apr_palloc(pool, sizeof(*rows) * (apr_size_t)n);
    apr_uint16_t *labels;
    apr_uint32_t i;
    int p;

    for (*total = 0, p = 0; p < n; p++)
        *total += patterns[p].length;
    labels = apr_palloc(pool, *total * sizeof(*labels));
    for (p = 0; p < n; p++) {
        rows[p].labels = labels;
        rows[p].length = patterns[p].length;
        rows[p].id = patterns[p].id;
        for (i = 0; i < patterns[p].length; i++)
            *labels++ = label_of(a, patterns[p].codes[i]);
    }
    qsort(rows, (apr_size_t)n, sizeof(*rows), by_labels);
    return rows;
}

/* Rows FROM up to TO share the first DEPTH labels. */
typedef struct range_t {
    apr_uint32_t from, to, depth;
} range_t;

/* The children of STATE, after the rows that end in it. */
static apr_uint32_t
grow(words_automaton_t *a, range_t *ranges, apr_uint32_t state,
     apr_uint32_t next, const row_t *rows)
{
    range_t here = ranges[state];
    apr_uint32_t row = here.from, fail;

    while (row < here.to && rows[row].length == here.depth)
        row++;
    if (row > here.from) {
        a->first[state] = here.from;
        a->report[state] = state;
    }
    else if (state)
        a->report[state] = a->report[a->fail[state]];
    a->child[state] = next;
    while (row < here.to) {
        apr_uint16_t label = rows[row].labels[here.depth];
        range_t *range = &ranges[next];

        range->from = row;
        range->depth = here.depth + 1;
        while (row < here.to && rows[row].labels[here.depth] == label)
            row++;
        range->to = row;
        a->label[next] = label;
        if (state) {
            for (fail = a->fail[state];
                 !(a->fail[next] = child_of(a, fail, label)) && fail;)
                fail = a->fail[fail];
        }
        else
            a->root[label] = next;
        next++;
    }
    return next;
}

static void *
shrunk(const void *array, apr_size_t size, apr_size_t count, apr_pool_t *pool)
{
    return apr_pmemdup(pool, array, size * count);
}

/* Built with room for as many states as there are characters, then copied. */
static void
build(words_automaton_t *a, const row_t *rows, apr_uint32_t n,
      apr_size_t total, apr_pool_t *pool, apr_pool_t *scratch)
{
    apr_size_t size = total + 2;
    range_t *ranges = apr_palloc(scratch, size * sizeof(*ranges));
    apr_uint32_t state, next = 1, i;

    a->label = apr_pcalloc(scratch, size * sizeof(*a->label));
    a->child = apr_pcalloc(scratch, size * sizeof(*a->child));
    a->fail = apr_pcalloc(scratch, size * sizeof(*a->fail));
    a->report = apr_pcalloc(scratch, size * sizeof(*a->report));
    a->first = apr_pcalloc(scratch, size * sizeof(*a->first));
    ranges[0].from = ranges[0].depth = 0;
    ranges[0].to = n;
    for (state = 0; state < next; state++)
        next = grow(a, ranges, state, next, rows);
    a->child[next] = next;
    a->label = shrunk(a->label, sizeof(*a->label), next, pool);
    a->child = shrunk(a->child, sizeof(*a->child), next + 1, pool);
    a->fail = shrunk(a->fail, sizeof(*a->fail), next, pool);
    a->report = shrunk(a->report, sizeof(*a->report), next, pool);
    a->first = shrunk(a->first, sizeof(*a->first), next, pool);
    a->ids = apr_palloc(pool, n * sizeof(*a->ids));
    for (i = 0; i < n; i++) {
        bool more = i + 1 < n && rows[i].length == rows[i + 1].length
            && !memcmp(rows[i].labels, rows[i + 1].labels,
                       rows[i].length * sizeof(*rows[i].labels));

        a->ids[i] = rows[i].id | (more ? MORE : 0);
    }
}

gov_err_t *
gov_words__automaton(words_automaton_t **automaton,
                     const words_pattern_t *patterns, int count,
                     apr_pool_t *pool)
{
    words_automaton_t *a = apr_pcalloc(pool, sizeof(*a));
    apr_uint32_t labels;
    apr_pool_t *scratch;
    apr_size_t total;
    row_t *rows;

    GOV_TRY(make_labels(a, &labels, patterns, count, pool));
    a->root = apr_pcalloc(pool, (labels + 1) * sizeof(*a->root));
    apr_pool_create(&scratch, pool);
    rows = sorted(&total, a, patterns, count, scratch);
    build(a, rows, (apr_uint32_t)count, total, pool, scratch);
    apr_pool_destroy(scratch);
    *automaton = a;
    return NULL;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* words_match.c -- the words of lists, found in a text.

   Between Chinese characters blanks and punctuation are passed over but counted,
   since what they mean depends on the kind of word: somebody who hides a sensitive
   word puts them between its characters, while a wrong word that goes across a
   comma is none. */

#include <string.h>

#include "words_priv.h"

#define GAP_MAX 16                /* characters passed over at one place */
#define RING 128                  /* symbols remembered; more than a word has */

typedef struct words_entry_t {
    const gov_word_t *word;
    apr_uint32_t of;              /* an exception's word; else the entry itself */
    apr_uint32_t length;
    bool exception, has_exceptions;
    bool whole_begin, whole_end;  /* Latin there */
    bool gaps;                    /* has punctuation of its own */
} words_entry_t;

/* One character that counts, with what was passed over before it. */
typedef struct symbol_t {
    apr_size_t offset, end;
    apr_uint32_t code;
    words_class_t class_;
    bool soft, hard;              /* a symbol; the end of a sentence or line */
} symbol_t;

typedef struct flow_t {
    const char *start, *p, *end;
    const char *plain;            /* up to here nothing is passed over */
    words_class_t last;
} flow_t;

static void
flow_open(flow_t *flow, const char *text, apr_size_t len)
{
    flow->start = flow->p = flow->plain = text;
    flow->end = text + len;
    flow->last = CLASS_OTHER;
}

static bool
may_pass(words_class_t c)
{
    return c == CLASS_BLANK || c == CLASS_NONE || c == CLASS_SYMBOL
        || c == CLASS_STOP;
}

/* Behind a Chinese character: pass over what lies before the next one.  Where
   another character follows, all of it counts. */
static void
pass_gap(symbol_t *s, flow_t *flow)
{
    const char *p = flow->p, *here = p;
    bool soft = false, hard = false;
    words_char_t c;
    int n;

    for (n = 0; p < flow->end && n <= GAP_MAX; n++) {
        here = p;
        p = gov_words__next(&c, p, flow->end);
        if (c.class_ == CLASS_HAN) {
            flow->p = here;
            s->soft = soft;
            s->hard = hard;
            return;
        }
        if (!may_pass(c.class_)) {
            flow->plain = here;
            return;
        }
        soft = soft || c.class_ == CLASS_SYMBOL;
        hard = hard || c.class_ == CLASS_STOP;
    }
    flow->plain = p;
}

static bool
flow_next(symbol_t *s, flow_t *flow)
{
    words_char_t c;

    s->soft = s->hard = false;
    if (flow->last == CLASS_HAN && flow->p >= flow->plain)
        pass_gap(s, flow);
    while (flow->p < flow->end) {
        const char *here = flow->p;

        flow->p = gov_words__next(&c, here, flow->end);
        if (c.class_ == CLASS_NONE)
            continue;
        if (c.class_ == CLASS_BLANK || c.code == '\n' || c.code == '\r') {
            if (flow->last == CLASS_BLANK)
                continue;
            c.code = ' ';
            c.class_ = CLASS_BLANK;
        }
        flow->last = c.class_;
        s->offset = (apr_size_t)(here - flow->start);
        s->end = (apr_size_t)(flow->p - flow->start);
        s->code = c.code;
        s->class_ = c.class_;
        return true;
    }
    return false;
}

/* --- making --------------------------------------------------------------- */

typedef struct compile_t {
    apr_array_header_t *entries;  /* words_entry_t */
    apr_array_header_t *patterns; /* words_pattern_t */
    apr_pool_t *pool, *scratch;
} compile_t;

static bool
is_edge(words_class_t c)
{
    return c == CLASS_HAN || c == CLASS_WORD || c == CLASS_OTHER;
}

/* Add TEXT as a pattern; *ENTRY is its new entry. */
static gov_err_t *
add(words_entry_t **entry, compile_t *c, const char *text)
{
    apr_size_t chars = gov_text_length(text);
    apr_uint32_t *codes = apr_palloc(c->scratch, (chars + 1) * sizeof(*codes));
    words_class_t first = CLASS_OTHER, last = CLASS_OTHER;
    words_pattern_t *pattern;
    apr_uint32_t n = 0;
    bool gaps = false;
    symbol_t symbol;
    flow_t flow;

    if (!*text || !gov_text_valid(text, strlen(text)))
        return gov_err_field("word", c->pool, "a word is empty or not text");
    if (chars > GOV_WORD_LENGTH)
        return gov_err_field("word", c->pool, "\"%s\" has more than %d "
                             "characters", text, GOV_WORD_LENGTH);
    for (flow_open(&flow, text, strlen(text)); flow_next(&symbol, &flow); n++) {
        if (!n)
            first = symbol.class_;
        last = symbol.class_;
        codes[n] = symbol.code;
        gaps = gaps || symbol.soft || symbol.hard;
    }
    if (!n || !is_edge(first) || !is_edge(last))
        return gov_err_field("word", c->pool, "\"%s\" begins or ends with what "
                             "is no letter, digit or Chinese character", text);
    pattern = apr_array_push(c->patterns);
    pattern->codes = codes;
    pattern->length = n;
    pattern->id = (apr_uint32_t)c->entries->nelts;
    *entry = apr_array_push(c->entries);
    memset(*entry, 0, sizeof(**entry));
    (*entry)->of = pattern->id;
    (*entry)->length = n;
    (*entry)->whole_begin = first == CLASS_WORD;
    (*entry)->whole_end = last == CLASS_WORD;
    (*entry)->gaps = gaps;
    return NULL;
}

/* Is the pattern WORD somewhere in LONGER? */
static bool
holds(const words_pattern_t *longer, const words_pattern_t *word)
{
    apr_uint32_t i;

    for (i = 0; i + word->length <= longer->length; i++)
        if (!memcmp(longer->codes + i, word->codes,
                    word->length * sizeof(*word->codes)))
            return true;
    return false;
}

static gov_err_t *
add_exceptions(compile_t *c, const gov_word_t *word)
{
    apr_array_header_t *texts = gov_text_split(word->exceptions, "|",
                                               c->scratch);
    apr_uint32_t of = (apr_uint32_t)c->entries->nelts - 1;
    int own = c->patterns->nelts - 1, i;
    words_entry_t *entry;

    for (i = 0; i < texts->nelts; i++) {
        const char *text = gov_text_fold(APR_ARRAY_IDX(texts, i, const char *),
                                         c->scratch);

        if (!*text)
            continue;
        GOV_TRY(add(&entry, c, text));
        if (!holds(&APR_ARRAY_IDX(c->patterns, c->patterns->nelts - 1,
                                  words_pattern_t),
                   &APR_ARRAY_IDX(c->patterns, own, words_pattern_t)))
            return gov_err_field("exceptions", c->pool,
                                 "\"%s\" does not hold the word \"%s\"", text,
                                 word->word);
        entry->of = of;
        entry->exception = true;
        entry->word = word;
        APR_ARRAY_IDX(c->entries, of, words_entry_t).has_exceptions = true;
    }
    return NULL;
}

static const gov_word_t *
copy_of(const gov_word_t *word, apr_pool_t *pool)
{
    gov_word_t *copy = apr_pmemdup(pool, word, sizeof(*word));

    copy->word = apr_pstrdup(pool, word->word);
    copy->suggestion = apr_pstrdup(pool, word->suggestion);
    copy->exceptions = apr_pstrdup(pool, word->exceptions);
    return copy;
}

static gov_err_t *
compile(gov_words_t *words, compile_t *c, const apr_array_header_t *list)
{
    words_entry_t *entry;
    int i;

    for (i = 0; i < list->nelts; i++) {
        const gov_word_t *word = &APR_ARRAY_IDX(list, i, gov_word_t);

        if (word->kind == GOV_WORD_PERSONAL || word->action == GOV_WORD_IGNORE)
            continue;
        word = copy_of(word, c->pool);
        GOV_TRY(add(&entry, c, gov_text_fold(word->word, c->scratch)));
        entry->word = word;
        if (word->exceptions)
            GOV_TRY(add_exceptions(c, word));
    }
    if (!c->patterns->nelts)
        return NULL;
    for (i = 0; i < c->patterns->nelts; i++) {
        apr_uint32_t length = APR_ARRAY_IDX(c->patterns, i,
                                            words_pattern_t).length;

        if (length > words->longest)
            words->longest = length;
    }
    words->entries = apr_pmemdup(c->pool, c->entries->elts,
                                 sizeof(words_entry_t)
                                 * (apr_size_t)c->entries->nelts);
    return gov_words__automaton(&words->automaton,
                                (const words_pattern_t *)c->patterns->elts,
                                c->patterns->nelts, c->pool);
}

gov_err_t *
gov_words__compile(gov_words_t *words, const apr_array_header_t *list,
                   apr_pool_t *pool)
{
    compile_t c = { .pool = pool };
    gov_err_t *err;

    apr_pool_create(&c.scratch, pool);
    c.entries = apr_array_make(c.scratch, list->nelts + 1,
                               sizeof(words_entry_t));
    c.patterns = apr_array_make(c.scratch, list->nelts + 1,
                                sizeof(words_pattern_t));
    err = compile(words, &c, list);
    apr_pool_destroy(c.scratch);
    return err;
}

/* --- looking -------------------------------------------------------------- */

typedef struct seen_t {
    apr_size_t offset, end;
    apr_uint32_t soft, hard;      /* gaps from the beginning to here */
    words_class_t class_;
} seen_t;

/* A word that may yet turn out to be an exception, or an exception. */
typedef struct waiting_t {
    const words_entry_t *entry;
    apr_size_t from, to;          /* numbers of symbols */
    words_place_t place;
    bool dropped;
} waiting_t;

typedef struct look_t {
    const gov_words_t *words;
    words_places_t *places;
    const char *text;
    apr_size_t len;
    seen_t ring[RING];
    apr_size_t n;                 /* symbols so far */
    apr_array_header_t *waiting;  /* waiting_t */
} look_t;

/* Is what was passed over inside the word of no matter?  A sensitive word with a
   full stop in one place is a coincidence, with one behind each character it is
   not. */
static bool
gaps_are_fine(const words_entry_t *entry, apr_uint32_t soft, apr_uint32_t hard)
{
    switch (entry->word->kind) {
    case GOV_WORD_SENSITIVE:
        return hard == 0 || entry->gaps
            || (entry->length >= 3 && hard == entry->length - 1);
    case GOV_WORD_SECRECY:
        return entry->gaps || soft + hard <= 1;
    default:
        return entry->gaps || soft + hard == 0;
    }
}

static bool
goes_on(const look_t *l, apr_size_t end)
{
    const char *p = l->text + end, *last = l->text + l->len;
    words_char_t c;

    while (p < last) {
        p = gov_words__next(&c, p, last);
        if (c.class_ != CLASS_NONE)
            return c.class_ == CLASS_WORD;
    }
    return false;
}

static void
tell(look_t *l, const waiting_t *w)
{
    if (!w->dropped && !w->entry->exception)
        gov_words__found(l->places, &w->place);
}

/* Those that nothing can reach back to any more; all of them at the end. */
static void
settle(look_t *l, bool all)
{
    waiting_t *list = (waiting_t *)l->waiting->elts;
    int i, kept = 0;

    for (i = 0; i < l->waiting->nelts; i++)
        if (all || list[i].from + l->words->longest < l->n)
            tell(l, &list[i]);
        else
            list[kept++] = list[i];
    l->waiting->nelts = kept;
}

static bool
excepts(const waiting_t *exception, const waiting_t *word)
{
    return exception->entry->exception && !word->entry->exception
        && exception->entry->of == word->entry->of
        && exception->from <= word->from && exception->to >= word->to;
}

static void
wait_for(look_t *l, waiting_t *w)
{
    waiting_t *list = (waiting_t *)l->waiting->elts;
    int i;

    for (i = 0; i < l->waiting->nelts; i++) {
        if (excepts(w, &list[i]))
            list[i].dropped = true;
        if (excepts(&list[i], w))
            w->dropped = true;
    }
    APR_ARRAY_PUSH(l->waiting, waiting_t) = *w;
}

/* ENTRY ends with the symbol that was read last. */
static void
found(look_t *l, const words_entry_t *entry)
{
    apr_size_t to = l->n - 1, from = l->n - entry->length;
    const seen_t *first = &l->ring[from % RING], *last = &l->ring[to % RING];
    waiting_t w = { .entry = entry, .from = from, .to = to };

    if (!entry->exception && !gaps_are_fine(entry, last->soft - first->soft,
                                            last->hard - first->hard))
        return;
    if (entry->whole_begin && from
        && l->ring[(from - 1) % RING].class_ == CLASS_WORD)
        return;
    if (entry->whole_end && goes_on(l, last->end))
        return;
    w.place.offset = first->offset;
    w.place.end = last->end;
    w.place.kind = (unsigned char)entry->word->kind;
    w.place.action = (unsigned char)entry->word->action;
    w.place.rule = RULE_LIST;
    w.place.word = entry->word;
    if (entry->exception || entry->has_exceptions)
        wait_for(l, &w);
    else
        tell(l, &w);
}

void
gov_words__pass_lists(words_places_t *places, const gov_words_t *words,
                      const char *text, apr_size_t len, apr_pool_t *pool)
{
    apr_uint32_t state = 0, at, more, id, soft = 0, hard = 0;
    look_t l = { .words = words, .places = places, .text = text, .len = len };
    symbol_t symbol;
    flow_t flow;

    if (!words->automaton)
        return;
    l.waiting = apr_array_make(pool, 8, sizeof(waiting_t));
    for (flow_open(&flow, text, len); flow_next(&symbol, &flow);) {
        seen_t *seen = &l.ring[l.n++ % RING];

        seen->offset = symbol.offset;
        seen->end = symbol.end;
        seen->soft = soft += symbol.soft;
        seen->hard = hard += symbol.hard;
        seen->class_ = symbol.class_;
        state = gov_words__step(words->automaton, state, symbol.code);
        for (at = more = 0; state && gov_words__match(words->automaton, state,
                                                      &at, &more, &id);)
            found(&l, &words->entries[id]);
        if (l.waiting->nelts)
            settle(&l, !state);
    }
    settle(&l, true);
}

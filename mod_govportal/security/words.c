/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* words.c -- the word check: its passes over a text, and what they found. */

#include <stdlib.h>
#include <string.h>

#include "words_priv.h"

#define AROUND 12                 /* characters shown on each side */
#define HIT_MAX 60                /* characters shown of the place itself */

static const char *const kinds[] = {
#define KIND_WORD(name, word) word,
    GOV_WORD_KINDS(KIND_WORD)
#undef KIND_WORD
};

static const char *const actions[] = { "ignore", "warn", "block" };

static const struct {
    const char *word;
    gov_word_action_t action;
} rules[] = {
#define RULE_ROW(name, word, action) { word, GOV_WORD_##action },
    GOV_WORD_RULES(RULE_ROW)
#undef RULE_ROW
};

const char *
gov_word_kind_word(gov_word_kind_t kind)
{
    gov_assert((unsigned)kind < GOV_WORD__KINDS);
    return kinds[kind];
}

bool
gov_word_kind_named(gov_word_kind_t *kind, const char *word)
{
    int i;

    for (i = 0; i < GOV_WORD__KINDS; i++)
        if (!strcmp(kinds[i], word)) {
            *kind = i;
            return true;
        }
    return false;
}

const char *
gov_word_action_word(gov_word_action_t action)
{
    gov_assert((unsigned)action <= GOV_WORD_BLOCK);
    return actions[action];
}

const char *
gov_word_rule_word(gov_word_rule_t rule)
{
    gov_assert((unsigned)rule < GOV_WORD__RULES);
    return rules[rule].word;
}

static int
rule_named(const char *word)
{
    int i;

    for (i = 0; i < GOV_WORD__RULES; i++)
        if (!strcmp(rules[i].word, word))
            return i;
    return -1;
}

/* The first row of a rule says what it does, further ones, of a site, can only make
   it stricter. */
static gov_err_t *
set_rules(gov_words_t *words, const apr_array_header_t *list, apr_pool_t *pool)
{
    bool said[GOV_WORD__RULES] = { false };
    int i, rule;

    for (i = 0; i < GOV_WORD__RULES; i++)
        words->actions[i] = (unsigned char)rules[i].action;
    for (i = 0; i < list->nelts; i++) {
        const gov_word_t *word = &APR_ARRAY_IDX(list, i, gov_word_t);

        if (word->kind != GOV_WORD_PERSONAL)
            continue;
        rule = rule_named(word->word);
        if (rule < 0)
            return gov_err_field("word", pool, "there is no rule \"%s\"",
                                 word->word);
        if (!said[rule] || word->action > words->actions[rule])
            words->actions[rule] = (unsigned char)word->action;
        said[rule] = true;
    }
    return NULL;
}

gov_err_t *
gov_words_create(const gov_words_t **result, const apr_array_header_t *list,
                 apr_pool_t *pool)
{
    gov_words_t *words = apr_pcalloc(pool, sizeof(*words));

    GOV_TRY(set_rules(words, list, pool));
    GOV_TRY(gov_words__compile(words, list, pool));
    *result = words;
    return NULL;
}

/* --- findings in order ---------------------------------------------------- */

void
gov_words__found(words_places_t *places, const words_place_t *place)
{
    if (places->list->nelts < places->limit)
        APR_ARRAY_PUSH(places->list, words_place_t) = *place;
    else if (place->action == GOV_WORD_BLOCK)
        places->blocks++;
    else
        places->warns++;
}

/* Earlier ones first; of those that begin together the longest, then the
   strictest. */
static int
by_place(const void *left, const void *right)
{
    const words_place_t *a = left, *b = right;

    if (a->offset != b->offset)
        return a->offset < b->offset ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    if (a->action != b->action)
        return a->action > b->action ? -1 : 1;
    return a->kind < b->kind ? -1 : a->kind > b->kind;
}

/* Of two of one kind, one of which lies within the other, the longer says it all,
   unless the shorter is stricter.  Keeps the order; returns how many are left. */
static int
drop_inner(words_place_t *list, int n)
{
    apr_size_t reach[GOV_WORD__KINDS][GOV_WORD_BLOCK + 1];
    int i, action, kept = 0;

    memset(reach, 0, sizeof(reach));
    for (i = 0; i < n; i++) {
        bool inner = false;

        for (action = list[i].action; action <= GOV_WORD_BLOCK; action++)
            inner = inner || reach[list[i].kind][action] >= list[i].end;
        if (inner)
            continue;
        if (reach[list[i].kind][list[i].action] < list[i].end)
            reach[list[i].kind][list[i].action] = list[i].end;
        list[kept++] = list[i];
    }
    return kept;
}

typedef struct writer_t {
    gov_findings_t *findings;
    const char *field, *text;
    apr_size_t len;
    const words_place_t *personal; /* all places, to mask what is personal */
    int n_personal;
    apr_size_t counted, position; /* bytes, and characters in them */
    apr_pool_t *pool;
} writer_t;

static const char *
forward(const writer_t *w, apr_size_t from, int chars)
{
    const char *p = w->text + from, *end = w->text + w->len;
    words_char_t c;

    while (chars-- > 0 && p < end && *p != '\n')
        p = gov_words__next(&c, p, end);
    return p;
}

static const char *
backward(const writer_t *w, apr_size_t from, int chars)
{
    const char *p = w->text + from, *before;
    words_char_t c;

    while (chars-- > 0 && p > w->text) {
        before = gov_words__previous(&c, p, w->text);
        if (c.code == '\n')
            break;
        p = before;
    }
    return p;
}

/* The text from FROM to TO, which point into it. */
static const char *
shown(const writer_t *w, const char *from, const char *to)
{
    apr_size_t begin = (apr_size_t)(from - w->text);
    apr_size_t end = (apr_size_t)(to - w->text);
    int low = 0, high = w->n_personal, n;
    const char *masked;

    /* personal places do not hold one another, so their ends ascend too */
    while (low < high) {
        int middle = low + (high - low) / 2;

        if (w->personal[middle].end <= begin)
            low = middle + 1;
        else
            high = middle;
    }
    for (n = low; n < w->n_personal && w->personal[n].offset < end; n++)
        ;
    masked = gov_words__masked(w->text, begin, end, w->personal + low, n - low,
                               w->pool);
    return gov_text_repair(masked, strlen(masked), w->pool);
}

static void
describe(writer_t *w, const words_place_t *place)
{
    gov_finding_t *f = apr_array_push(w->findings->list);
    const char *at = w->text + place->offset, *end = w->text + place->end;
    const char *cut = forward(w, place->offset, HIT_MAX);
    words_char_t c;

    while (w->counted < place->offset) {
        w->counted = (apr_size_t)(gov_words__next(&c, w->text + w->counted,
                                                  w->text + w->len) - w->text);
        w->position++;
    }
    memset(f, 0, sizeof(*f));
    f->kind = place->kind;
    f->action = place->action;
    f->rule = place->rule == RULE_LIST ? "list"
        : place->rule == RULE_MARK ? "mark" : rules[place->rule].word;
    f->field = w->field;
    f->offset = place->offset;
    f->length = place->end - place->offset;
    f->position = w->position;
    f->before = shown(w, backward(w, place->offset, AROUND), at);
    f->hit = shown(w, at, cut < end ? cut : end);
    f->after = shown(w, end, forward(w, place->end, AROUND));
    f->word = place->word ? place->word->word : f->hit;
    f->suggestion = place->word ? place->word->suggestion : NULL;
}

/* The places that are personal, for masking; they are sorted already. */
static int
personal_of(words_place_t **list, const words_place_t *places, int n,
            apr_pool_t *pool)
{
    words_place_t *copy = apr_pmemdup(pool, places,
                                      sizeof(*places) * (apr_size_t)n);
    int i, kept = 0;
    apr_size_t reach = 0;

    for (i = 0; i < n; i++)
        if (places[i].kind == GOV_WORD_PERSONAL && places[i].end > reach) {
            copy[kept++] = places[i];
            reach = places[i].end;
        }
    *list = copy;
    return kept;
}

static void
take(gov_findings_t *findings, words_places_t *places, const char *field,
     const char *text, apr_size_t len, apr_pool_t *pool, apr_pool_t *scratch)
{
    writer_t w = { .findings = findings, .field = field, .text = text,
                   .len = len, .pool = pool };
    words_place_t *list = (words_place_t *)places->list->elts, *personal;
    int n = places->list->nelts, i;

    qsort(list, (apr_size_t)n, sizeof(*list), by_place);
    w.n_personal = personal_of(&personal, list, n, scratch);
    w.personal = personal;
    n = drop_inner(list, n);
    findings->blocks += places->blocks;
    findings->warns += places->warns;
    findings->left_out += places->blocks + places->warns;
    for (i = 0; i < n; i++) {
        if (list[i].action == GOV_WORD_BLOCK)
            findings->blocks++;
        else
            findings->warns++;
        if (findings->list->nelts < GOV_FINDINGS_MAX)
            describe(&w, &list[i]);
        else
            findings->left_out++;
    }
}

/* --- the passes ----------------------------------------------------------- */

static void
check(gov_findings_t *findings, const gov_words_t *words,
      const gov_words_field_t *field, apr_pool_t *pool, apr_pool_t *scratch)
{
    words_places_t places = { .limit = PLACES_MAX };
    unsigned char acts[GOV_WORD__RULES];
    const char *text = field->text;
    apr_size_t len;

    if (field->markup)
        text = gov_words_plain(text, scratch);
    len = strlen(text);
    places.list = apr_array_make(scratch, 8, sizeof(words_place_t));
    gov_words__pass_lists(&places, words, text, len, scratch);
    gov_words__pass_marks(&places, text, len);
    memcpy(acts, words->actions, sizeof(acts));
    if (field->contact)
        acts[GOV_WORD_RULE_MOBILE] = acts[GOV_WORD_RULE_LANDLINE] =
            acts[GOV_WORD_RULE_EMAIL] = GOV_WORD_IGNORE;
    places.limit = places.list->nelts + PLACES_MAX;
    gov_words__pass_numbers(&places, acts, text, len, scratch);
    gov_words__pass_addresses(&places, acts, text, len);
    if (places.list->nelts || places.blocks || places.warns)
        take(findings, &places, field->name, text, len, pool, scratch);
}

static gov_findings_t *
none(apr_pool_t *pool)
{
    gov_findings_t *findings = apr_pcalloc(pool, sizeof(*findings));

    findings->list = apr_array_make(pool, 4, sizeof(gov_finding_t));
    return findings;
}

const gov_findings_t *
gov_words_check_text(const gov_words_t *words, const char *text,
                     apr_pool_t *pool)
{
    gov_words_field_t field = { .text = text };
    gov_findings_t *findings = none(pool);
    apr_pool_t *scratch;

    apr_pool_create(&scratch, pool);
    check(findings, words, &field, pool, scratch);
    apr_pool_destroy(scratch);
    return findings;
}

const gov_findings_t *
gov_words_check_draft(const gov_words_t *words,
                      const apr_array_header_t *fields, apr_pool_t *pool)
{
    gov_findings_t *findings = none(pool);
    apr_pool_t *scratch;
    int i;

    apr_pool_create(&scratch, pool);
    for (i = 0; i < fields->nelts; i++) {
        const gov_words_field_t *field = &APR_ARRAY_IDX(fields, i,
                                                        gov_words_field_t);

        apr_pool_clear(scratch);
        if (field->text)
            check(findings, words, field, pool, scratch);
    }
    apr_pool_destroy(scratch);
    return findings;
}

gov_json_t *
gov_findings_json(const gov_findings_t *findings, apr_pool_t *pool)
{
    gov_json_t *json = gov_json_object(pool), *list = gov_json_array(pool);
    int i;

    gov_json_set_int(json, "blocks", findings->blocks);
    gov_json_set_int(json, "warns", findings->warns);
    gov_json_set_int(json, "left_out", findings->left_out);
    for (i = 0; i < findings->list->nelts; i++) {
        const gov_finding_t *f = &APR_ARRAY_IDX(findings->list, i,
                                                gov_finding_t);
        gov_json_t *row = gov_json_object(pool);

        gov_json_set(row, "kind", gov_word_kind_word(f->kind));
        gov_json_set(row, "rule", f->rule);
        gov_json_set(row, "action", gov_word_action_word(f->action));
        gov_json_set(row, "field", f->field);
        gov_json_set(row, "word", f->word);
        gov_json_set(row, "suggestion", f->suggestion);
        gov_json_set_int(row, "offset", (apr_int64_t)f->offset);
        gov_json_set_int(row, "length", (apr_int64_t)f->length);
        gov_json_set_int(row, "position", (apr_int64_t)f->position);
        gov_json_set(row, "before", f->before);
        gov_json_set(row, "hit", f->hit);
        gov_json_set(row, "after", f->after);
        gov_json_add(list, row);
    }
    gov_json_put(json, "findings", list);
    return json;
}

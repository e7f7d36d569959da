/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* words_priv.h -- what the files of the word check share. */
#ifndef GOV_WORDS_PRIV_H
#define GOV_WORDS_PRIV_H

#include "gov_text.h"
#include "gov_words.h"

/* --- words_fold.c: characters as the check sees them --- */

typedef enum words_class_t {
    CLASS_OTHER,
    CLASS_HAN,
    CLASS_WORD,                   /* Latin letters and digits */
    CLASS_BLANK,
    CLASS_NONE,                   /* takes no room */
    CLASS_SYMBOL,                 /* may stand inside a sentence */
    CLASS_STOP                    /* parts sentences, or lines */
} words_class_t;

typedef struct words_char_t {
    apr_uint32_t raw;             /* as it stands; U+FFFD where it is not UTF-8 */
    apr_uint32_t code;            /* half width, small letter, plain form */
    words_class_t class_;
} words_char_t;

/* The character at P, which is before END; returns where the next one begins. */
const char *gov_words__next(words_char_t *c, const char *p, const char *end);
/* The character before P, which is behind START; returns where it begins. */
const char *gov_words__previous(words_char_t *c, const char *p,
                                const char *start);

/* --- automaton.c: Aho and Corasick's machine --- */

typedef struct words_automaton_t words_automaton_t;

/* A sequence of characters to look for; id says whose it is. */
typedef struct words_pattern_t {
    const apr_uint32_t *codes;
    apr_uint32_t length;          /* at least 1 */
    apr_uint32_t id;              /* less than 2^31 */
} words_pattern_t;

/* INVALID: more than 65535 different characters. */
gov_err_t *gov_words__automaton(words_automaton_t **automaton,
                                const words_pattern_t *patterns, int count,
                                apr_pool_t *pool);
/* Where the machine is, 0 at first, after one more character. */
apr_uint32_t gov_words__step(const words_automaton_t *automaton,
                             apr_uint32_t state, apr_uint32_t code);
/* The patterns that end in STATE, the longest first: begin with *AT and *MORE zero;
   false after the last. */
bool gov_words__match(const words_automaton_t *automaton, apr_uint32_t state,
                      apr_uint32_t *at, apr_uint32_t *more,
                      apr_uint32_t *id);

/* --- findings, as the passes leave them --- */

#define PLACES_MAX 20000          /* of one pass over one text */

typedef struct words_place_t {
    apr_size_t offset, end;
    unsigned char kind, action;
    signed char rule;             /* gov_word_rule_t, or -1 list, -2 mark */
    const gov_word_t *word;       /* of the list */
} words_place_t;

#define RULE_LIST (-1)
#define RULE_MARK (-2)

/* Where a pass writes to; over PLACES_MAX it only counts. */
typedef struct words_places_t {
    apr_array_header_t *list;     /* words_place_t */
    int blocks, warns;            /* of those beyond the list */
    int limit;                    /* of the list, for this pass */
} words_places_t;

void gov_words__found(words_places_t *places, const words_place_t *place);

struct gov_words_t {
    words_automaton_t *automaton; /* NULL: no words */
    const struct words_entry_t *entries;
    unsigned char actions[GOV_WORD__RULES];
    apr_uint32_t longest;         /* characters of the longest pattern */
};

/* --- words_match.c: the words of lists --- */

/* Fill automaton and entries from LIST (gov_word_t). */
gov_err_t *gov_words__compile(gov_words_t *words,
                              const apr_array_header_t *list,
                              apr_pool_t *pool);
void gov_words__pass_lists(words_places_t *places, const gov_words_t *words,
                           const char *text, apr_size_t len, apr_pool_t *pool);

/* --- words_mark.c: secrecy marks --- */

void gov_words__pass_marks(words_places_t *places, const char *text,
                           apr_size_t len);

/* --- words_number.c, words_address.c: personal data --- */

/* ACTIONS: of each rule; those ignored are not looked for. */
void gov_words__pass_numbers(words_places_t *places,
                             const unsigned char *actions, const char *text,
                             apr_size_t len, apr_pool_t *pool);
void gov_words__pass_addresses(words_places_t *places,
                               const unsigned char *actions, const char *text,
                               apr_size_t len);

/* --- words_mask.c --- */

/* The bytes from FROM to TO of TEXT; what PLACES say is personal is masked, whether
   it lies in there whole or in part. */
const char *gov_words__masked(const char *text, apr_size_t from, apr_size_t to,
                              const words_place_t *places, int count,
                              apr_pool_t *pool);

#endif

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_words.h
 *  @brief Words that must not go public: sensitive and wrong ones, secrecy marks,
 *  personal data; and the versioned lists they come from.  Floor: security.
 *
 *  Checked while an editor writes, when a draft is submitted, and over the stock
 *  (gov_words_scan.h).  R057, R107, R108.
 *
 *  The shape of findings on a page, for a page model that shows them:
 *
 *      <findings blocks="1" warns="1" left-out="0">
 *        <finding kind="wrong" rule="list" action="warn" field="body"
 *                 offset="120" length="12" position="40">
 *          <word>…</word><suggestion>…</suggestion>
 *          <excerpt>before<hit>the place</hit>after</excerpt>
 *        </finding>
 *      </findings>
 *
 *  kind, rule and action are codes; the catalogue of who shows them has the words.
 *  suggestion is left out where there is none, before and after may be empty.
 *  gov_findings_json() has the same members.
 */
#ifndef GOV_WORDS_H
#define GOV_WORDS_H

#include "gov_json.h"
#include "gov_permit.h"

/** X(NAME, word) */
#define GOV_WORD_KINDS(X)                                                     \
    X(SENSITIVE, "sensitive")     /**< must not be said */                     \
    X(WRONG, "wrong")             /**< misspelt, or not the form prescribed */ \
    X(SECRECY, "secrecy")         /**< says that the text is not for the public */\
    X(PERSONAL, "personal")       /**< of somebody: numbers, addresses */

typedef enum gov_word_kind_t {
#define GOV_WORD_KIND_ENUM(name, word) GOV_WORD_##name,
    GOV_WORD_KINDS(GOV_WORD_KIND_ENUM)
#undef GOV_WORD_KIND_ENUM
    GOV_WORD__KINDS
} gov_word_kind_t;

/** What a finding means, the milder first. */
typedef enum gov_word_action_t {
    GOV_WORD_IGNORE,              /**< is not told: switches a rule off */
    GOV_WORD_WARN,                /**< is told, and may go on */
    GOV_WORD_BLOCK                /**< may not go on */
} gov_word_action_t;

/** What is looked for without a list.  X(NAME, word, action if no list says other)
 *  A list of kind "personal" holds words of these with another action; a site's
 *  own can only be stricter than the group's. */
#define GOV_WORD_RULES(X)                                                     \
    X(CITIZEN_ID, "citizen-id", BLOCK)   /**< 18 places: a real date, and the
                                              check digit of ISO 7064 MOD 11-2
                                              (GB 11643) */                    \
    X(OLD_CITIZEN_ID, "old-citizen-id", WARN) /**< 15 digits, a real date */   \
    X(BANK_CARD, "bank-card", BLOCK)     /**< 13 to 19 digits, an issuer's
                                              prefix, Luhn (ISO/IEC 7812) */   \
    X(MOBILE, "mobile", WARN)            /**< 1[3-9] and nine digits */        \
    X(LANDLINE, "landline", WARN)        /**< only with its area code */       \
    X(PASSPORT, "passport", WARN)                                             \
    X(EMAIL, "email", WARN)

typedef enum gov_word_rule_t {
#define GOV_WORD_RULE_ENUM(name, word, action) GOV_WORD_RULE_##name,
    GOV_WORD_RULES(GOV_WORD_RULE_ENUM)
#undef GOV_WORD_RULE_ENUM
    GOV_WORD__RULES
} gov_word_rule_t;

#define GOV_WORD_LENGTH 100       /**< characters of a word, at most */
#define GOV_WORDS_MAX 50000       /**< words of a list, at most */
#define GOV_FINDINGS_MAX 500      /**< findings of a text that are described */

/** A row of a list. */
typedef struct gov_word_t {
    gov_word_kind_t kind;
    const char *word;
    const char *suggestion;       /**< what to write instead, or NULL */
    gov_word_action_t action;
    const char *exceptions;       /**< longer words which hold this one and are
                                       fine, '|' between them; or NULL */
} gov_word_t;

/** The words of some lists, made for looking: read-only, for all threads. */
typedef struct gov_words_t gov_words_t;

/** One thing that was found.  Personal data is masked in all of its texts. */
typedef struct gov_finding_t {
    gov_word_kind_t kind;
    const char *rule;             /**< "list", "mark", "citizen-id", ... */
    gov_word_action_t action;
    const char *word;             /**< as the list has it; else as it stands */
    const char *suggestion;       /**< or NULL */
    const char *field;            /**< or NULL: there was one text */
    apr_size_t offset, length;    /**< bytes of the text as it was given */
    apr_size_t position;          /**< characters before it */
    const char *before, *hit, *after; /**< the place it was found at */
} gov_finding_t;

typedef struct gov_findings_t {
    apr_array_header_t *list;     /**< gov_finding_t, by field and place */
    int blocks, warns;            /**< of all, described or not */
    int left_out;                 /**< not described: there are too many */
} gov_findings_t;

/** A text with a name. */
typedef struct gov_words_field_t {
    const char *name;             /**< "title", "body", "fields.address" */
    const char *text;             /**< or NULL: nothing */
    bool markup;                  /**< cleaned XHTML: its plain text is checked */
    bool contact;                 /**< meant to hold a telephone number or an
                                       e-mail address */
} gov_words_field_t;

GOV_API const char *gov_word_kind_word(gov_word_kind_t kind);
/** False: no such kind. */
GOV_API bool gov_word_kind_named(gov_word_kind_t *kind, const char *word);
GOV_API const char *gov_word_action_word(gov_word_action_t action);
GOV_API const char *gov_word_rule_word(gov_word_rule_t rule);

/* --- looking -------------------------------------------------------------- */

/** Make @a list (gov_word_t) ready for looking.  Words are compared without regard
 *  to case, width, and to what stands between Chinese characters: blanks and
 *  characters without width always; symbols and punctuation for sensitive words.
 *  What begins or ends with a Latin letter or digit is found as a whole word only.
 *  INVALID: a word is empty, too long, or of a rule there is not; an exception does
 *  not hold its word; too many different characters. */
GOV_API gov_err_t *gov_words_create(const gov_words_t **words,
                                    const apr_array_header_t *list,
                                    apr_pool_t *pool);
/** The group's active lists and those of @a site (0: no site's).  Keep it until the
 *  event tag "words" moves; a few milliseconds for 20 000 words. */
GOV_API gov_err_t *gov_words_load(const gov_words_t **words, gov_db_t *db,
                                  apr_int64_t site, apr_pool_t *pool);

/** Look through plain text, in time linear to its length.  Invalid UTF-8 does no
 *  harm. */
GOV_API const gov_findings_t *gov_words_check_text(const gov_words_t *words,
                                                   const char *text,
                                                   apr_pool_t *pool);
/** Look through @a fields (gov_words_field_t); findings name theirs, and offsets in
 *  markup are those in gov_words_plain(). */
GOV_API const gov_findings_t *gov_words_check_draft(
    const gov_words_t *words, const apr_array_header_t *fields,
    apr_pool_t *pool);
/** The plain text of cleaned XHTML, a line for each block, with descriptions of
 *  pictures (alt) and titles. */
GOV_API const char *gov_words_plain(const char *xhtml, apr_pool_t *pool);

/** @a text with the personal data in it masked, character for character: of an ID
 *  number the first three and last four stay, of a mobile number the first three
 *  and last four (138****5678), of a bank card the last four, of a landline number
 *  the area code and last three, of a passport the letter and last three, of an
 *  e-mail address the first character and the domain. */
GOV_API const char *gov_words_mask(const char *text, apr_pool_t *pool);

/** {"blocks", "warns", "left_out", "findings": [{"kind", "rule", "action", "field",
 *  "word", "suggestion", "offset", "length", "position", "before", "hit",
 *  "after"}]} */
GOV_API gov_json_t *gov_findings_json(const gov_findings_t *findings,
                                      apr_pool_t *pool);

/* --- lists ---------------------------------------------------------------- */

/** One version of a list.  A new version is a complete set; at most one of a list
 *  is active. */
typedef struct gov_word_list_t {
    apr_int64_t id;
    apr_int64_t site;             /**< 0: the group */
    gov_word_kind_t kind;
    const char *name;             /**< a slug */
    int version, count;
    bool active;
    apr_time_t set_at;
    const char *set_by, *note;    /**< note: or NULL */
} gov_word_list_t;

/** Read rows "word TAB suggestion TAB action TAB exceptions" (cells at the end may
 *  be left out; blank lines and those that begin with '#' are passed over) into an
 *  array of gov_word_t.  Without an action, wrong words warn and others block.
 *  INVALID: @a name with the line's number. */
GOV_API gov_err_t *gov_words_parse(apr_array_header_t **list, gov_bytes_t text,
                                   gov_word_kind_t kind, const char *name,
                                   apr_pool_t *pool);
/** The same way back. */
GOV_API const char *gov_words_format(const apr_array_header_t *list,
                                     apr_pool_t *pool);

/** All versions of all lists of @a site (0: of the group): gov_word_list_t, by
 *  kind and name, the newest version first.
 *  @param permit  as for gov_word_list_put() */
GOV_API gov_err_t *gov_word_lists(apr_array_header_t **lists,
                                  const gov_ctx_t *ctx, apr_int64_t site,
                                  const gov_permit_t *permit, apr_pool_t *pool);
/** The words of one version (0: of the active one) as gov_word_t; NOT_FOUND. */
GOV_API gov_err_t *gov_word_list_words(apr_array_header_t **words,
                                       const gov_ctx_t *ctx, apr_int64_t site,
                                       gov_word_kind_t kind, const char *name,
                                       int version, const gov_permit_t *permit,
                                       apr_pool_t *pool);
/** Keep @a words as a new version and make it the active one.  Nothing is written
 *  if the active one has the same words.
 *  @param version  the version that is active now
 *  @param made     it is new
 *  @param permit   SECURITY on the group, or MANAGE on the site for its own */
GOV_API gov_err_t *gov_word_list_put(int *version, bool *made,
                                     const gov_ctx_t *ctx, apr_int64_t site,
                                     gov_word_kind_t kind, const char *name,
                                     const apr_array_header_t *words,
                                     const char *note,
                                     const gov_permit_t *permit,
                                     apr_pool_t *pool);
/** Make an earlier version the active one, or none (0).  NOT_FOUND. */
GOV_API gov_err_t *gov_word_list_use(const gov_ctx_t *ctx, apr_int64_t site,
                                     gov_word_kind_t kind, const char *name,
                                     int version, const gov_permit_t *permit,
                                     apr_pool_t *pool);
/** Tell whether the group has lists of sensitive and of wrong words.
 *  @param permit  as for gov_word_list_put() */
GOV_API gov_err_t *gov_words_check(const gov_ctx_t *ctx,
                                   const gov_check_t *check,
                                   const gov_permit_t *permit,
                                   apr_pool_t *pool);
#endif

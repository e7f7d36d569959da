/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Shared inside content/. */
#ifndef CONTENT_PRIV_H
#define CONTENT_PRIV_H

#include "gov_audit.h"
#include "gov_edition.h"
#include "gov_event.h"
#include "gov_integrity.h"
#include "gov_json.h"
#include "gov_media.h"
#include "gov_reseal.h"
#include "gov_text.h"
#include "gov_time.h"

struct gov_types_t {
    apr_pool_t *pool;
    apr_hash_t *by_name;
    apr_array_header_t *all;      /* const gov_type_t *, sorted by name */
};

struct gov_group_t {
    apr_pool_t *pool;
    const gov_config_t *config;
    const gov_types_t *types;
    const char *name;
    apr_array_header_t *sites;    /* gov_site_t * */
    apr_hash_t *sites_by_id, *sites_by_slug;
    apr_hash_t *hosts;            /* host -> array of gov_site_t *, longest
                                     base path first */
    apr_hash_t *columns_by_id;
    apr_hash_t *columns_by_path;  /* "site/path" -> gov_column_t * */
    apr_hash_t *units;            /* id -> gov_unit_t * */
    apr_array_header_t *rule_columns;
    gov_guard_t guard;
};

/* --- group.c -------------------------------------------------------------- */

/* The site map as DB sees it: within a transaction, as it is about to be. */
gov_err_t *gov_content__group_read(gov_group_t **group, gov_db_t *db,
                                   const gov_types_t *types,
                                   const gov_config_t *config,
                                   apr_pool_t *pool);

/* --- draft.c -------------------------------------------------------------- */

/* gov_document_create() for a record of an import: EXTERNAL, its id, is the
   document's from the same transaction on, so that a record that was broken off is
   found when it is imported again.  CONFLICT: another import has just begun it. */
gov_err_t *gov_content__create(apr_int64_t *document, apr_int64_t *edition,
                               const gov_ctx_t *ctx,
                               const gov_column_t *column, const char *type,
                               const gov_draft_t *draft, const char *external,
                               const gov_permit_t *permit, apr_pool_t *pool);
/* What a type and a site ask of a draft; a TRANSLATION may leave out what the
   original has. */
gov_err_t *gov_content__check_draft(const gov_draft_t *draft,
                                    const gov_type_t *type,
                                    const gov_site_t *site, bool translation,
                                    apr_pool_t *pool);

/* --- words.c --- */

/* The word check of a submission (R107), within the transaction of DB.  INVALID
   with the field: something in it may not go on. */
gov_err_t *gov_content__words_allow(gov_db_t *db, const gov_ctx_t *ctx,
                                    apr_int64_t site, apr_int64_t edition,
                                    apr_pool_t *pool);

/* --- document.c --- */

/* A column's JSON text as a value; NULL for no text. */
gov_err_t *gov_content__json(const gov_json_t **value, const char *text,
                             apr_pool_t *pool);

/* --- item.c: a list entry as compact text --------------------------------- */

/* Fields are separated by US (0x1f), the type's own list fields begin with RS
   (0x1e), GS (0x1d), the number of a key, ':' and half a keyed digest end it; items
   in a head are separated by LF.  Texts hold no control characters, so nothing
   needs escaping. */
const char *gov_content__item_text(const gov_item_t *item, apr_pool_t *pool);

/* Where an entry stands, and how it is checked. */
typedef struct gov_content__bind_t {
    const gov_guard_t *guard;     /* NULL: unchecked */
    apr_int64_t site, column;     /* of the list; both 0: of a keyword */
} gov_content__bind_t;
#define GOV_CONTENT__HOME (-1)    /* a column: the one that the entry names */

/* TEXT with its tag; as it is without KEYS. */
const char *gov_content__item_seal(const char *text, const gov_keys_t *keys,
                                   const gov_content__bind_t *bind,
                                   apr_pool_t *pool);
/* What is wrong with it, or NULL.  UNTAGGED tells in any case. */
const char *gov_content__item_wrong(bool *untagged, const gov_keys_t *keys,
                                    bool strict,
                                    const gov_content__bind_t *bind,
                                    const char *text, apr_pool_t *pool);
/* The key that its tag was made with; 0: it has none. */
int gov_content__item_key(const char *text);
/* TEXT with a tag of the current key, if the one that it has holds; else NULL. */
const char *gov_content__item_retag(const char *text, const gov_keys_t *keys,
                                    const gov_content__bind_t *bind,
                                    apr_pool_t *pool);
/* Check and decode in place: TEXT must be the pool's own copy.  UNAVAILABLE, and an
   alarm was given. */
gov_err_t *gov_content__item_read(gov_item_t **item,
                                  const gov_content__bind_t *bind, char *text,
                                  apr_pool_t *pool);
/* The same without a check: for those who write, not for the public. */
gov_item_t *gov_content__item_decode(char *text, apr_pool_t *pool);
/* Entries in lines, at most MAX. */
gov_err_t *gov_content__items_read(apr_array_header_t **items,
                                   const gov_content__bind_t *bind,
                                   const char *text, int max,
                                   apr_pool_t *pool);

/* A column's head as its row has it. */
typedef struct gov_content__head_t {
    apr_int64_t site, column, open_page, open_count, total;
    const char *lang, *items;
    gov_bytes_t tag;
    int tag_key;
} gov_content__head_t;

bool gov_content__head_mac(unsigned char mac[GOV_MAC_SIZE],
                           const gov_keys_t *keys, int key,
                           const gov_content__head_t *head, apr_pool_t *pool);
const char *gov_content__head_wrong(bool *untagged, const gov_keys_t *keys,
                                    bool strict,
                                    const gov_content__head_t *head,
                                    apr_pool_t *pool);
/* Its first MAX entries, checked. */
gov_err_t *gov_content__head_read(apr_array_header_t **items,
                                  const gov_guard_t *guard,
                                  const gov_content__head_t *head, int max,
                                  apr_pool_t *pool);

/* --- integrity.c: tags of editions ---------------------------------------- */

/* Give an alarm; the error that it is for the reader. */
gov_err_t *gov_content__alarm(const gov_guard_t *guard, apr_int64_t site,
                              const char *object, const char *what,
                              bool untagged, apr_pool_t *pool);

/* A live edition with all its texts, as the tables have it. */
typedef struct gov_content__live_t {
    apr_int64_t site, document, edition, column, sort_key, version;
    const char *lang, *type, *state;
    apr_time_t published, updated;
    const char *title, *subtitle, *summary, *source, *source_url, *author,
        *keywords, *body, *fields, *picture, *gallery, *attachments, *media,
        *related;
    gov_bytes_t content, tag, edition_tag;
    int tag_key, edition_key;
} gov_content__live_t;

/* The edition's texts, from any row that has them. */
#define GOV_CONTENT__TEXTS(to, from)                                          \
    ((to)->title = (from)->title, (to)->subtitle = (from)->subtitle,          \
     (to)->summary = (from)->summary, (to)->source = (from)->source,          \
     (to)->source_url = (from)->source_url, (to)->author = (from)->author,    \
     (to)->keywords = (from)->keywords, (to)->body = (from)->body,            \
     (to)->fields = (from)->fields, (to)->picture = (from)->picture,          \
     (to)->gallery = (from)->gallery, (to)->attachments = (from)->attachments,\
     (to)->media = (from)->media, (to)->related = (from)->related)
/* What gov_live itself says, from any row that has it. */
#define GOV_CONTENT__LIVE(to, from)                                           \
    ((to)->edition = (from)->edition, (to)->column = (from)->column_id,       \
     (to)->type = (from)->type, (to)->sort_key = (from)->sort_key,            \
     (to)->published = (from)->published_at,                                  \
     (to)->updated = (from)->updated_at, (to)->content = (from)->content,     \
     (to)->tag = (from)->tag, (to)->tag_key = (int)(from)->tag_key)

/* Of the edition alone: needs site, document, lang, version and the texts. */
bool gov_content__edition_mac(unsigned char mac[GOV_MAC_SIZE],
                              const gov_keys_t *keys, int key,
                              const gov_content__live_t *live,
                              apr_pool_t *pool);
bool gov_content__content_mac(unsigned char mac[GOV_MAC_SIZE],
                              const gov_keys_t *keys, int key,
                              const gov_content__live_t *live,
                              apr_pool_t *pool);
/* Of the row, with live->content. */
bool gov_content__live_mac(unsigned char mac[GOV_MAC_SIZE],
                           const gov_keys_t *keys, int key,
                           const gov_content__live_t *live, apr_pool_t *pool);
/* What is wrong with the row (texts not looked at), with the whole, with the
   edition by itself; NULL: nothing. */
const char *gov_content__live_wrong(bool *untagged, const gov_guard_t *guard,
                                    const gov_content__live_t *live,
                                    bool with_texts, apr_pool_t *pool);
const char *gov_content__edition_wrong(bool *untagged, const gov_guard_t *guard,
                                       const gov_content__live_t *live,
                                       apr_pool_t *pool);
/* For readers: UNAVAILABLE, and an alarm was given. */
gov_err_t *gov_content__live_check(const gov_guard_t *guard,
                                   const gov_content__live_t *live,
                                   bool with_texts, apr_pool_t *pool);
/* Tag what was just made live or changed; CONFLICT: its edition was changed behind
   the program's back. */
gov_err_t *gov_content__live_seal(gov_db_t *db, const gov_ctx_t *ctx,
                                  apr_int64_t site, apr_int64_t document,
                                  const char *lang, apr_pool_t *pool);
/* A redirect; without ctx->keys it has no tag. */
gov_err_t *gov_content__redirect_put(gov_db_t *db, const gov_ctx_t *ctx,
                                     apr_int64_t site, const char *path,
                                     const char *target, apr_int64_t document,
                                     apr_pool_t *pool);
/* For readers, as above. */
gov_err_t *gov_content__redirect_check(const gov_guard_t *guard,
                                       apr_int64_t site, gov_bytes_t hash,
                                       const char *target,
                                       apr_int64_t document, gov_bytes_t tag,
                                       int tag_key, apr_pool_t *pool);
bool gov_content__redirect_mac(unsigned char mac[GOV_MAC_SIZE],
                               const gov_keys_t *keys, int key,
                               apr_int64_t site, gov_bytes_t hash,
                               const char *target, apr_int64_t document,
                               apr_pool_t *pool);

/* The digest of the mark since when everything has a tag. */
bool gov_content__mark_mac(unsigned char mac[GOV_MAC_SIZE],
                           const gov_keys_t *keys, int key, apr_time_t since,
                           apr_pool_t *pool);

/* --- integrity_rekey.c ---------------------------------------------------- */

/* Tags that another key than the current one made: renewed (KEY 0), or those of KEY
   counted.  SUM->left: those that do not hold. */
gov_err_t *gov_content__rekey(gov_reseal_sum_t *sum, const gov_ctx_t *ctx,
                              int key, apr_pool_t *pool);

/* --- publish.c ------------------------------------------------------------ */

/* A document into another column of its site; the caller has locked it. */
gov_err_t *gov_content__move(gov_db_t *db, const gov_ctx_t *ctx,
                             apr_int64_t site, apr_int64_t document,
                             const gov_column_t *target, apr_pool_t *pool);
/* Place all live editions of a document anew; take them all away. */
typedef struct gov_content__tags_t gov_content__tags_t;
gov_err_t *gov_content__place_again(gov_db_t *db, const gov_ctx_t *ctx,
                                    gov_content__tags_t *tags,
                                    apr_int64_t site, apr_int64_t document,
                                    apr_pool_t *pool);
gov_err_t *gov_content__unplace(gov_db_t *db, const gov_ctx_t *ctx,
                                gov_content__tags_t *tags, apr_int64_t site,
                                apr_int64_t document, apr_pool_t *pool);

/* --- site_state.c --------------------------------------------------------- */

/* CONFLICT if the site is frozen; keeps it from being frozen until the transaction
   ends.  First of all in whatever changes something of a site. */
gov_err_t *gov_content__not_frozen(gov_db_t *db, apr_int64_t site,
                                   apr_pool_t *pool);

/* --- change.c: changes that an administrator makes -------------------------- */

/* Add "FIELD: WAS -> NOW" to SAID, unless they are the same. */
void gov_content__changed(gov_buf_t *said, const char *field, const char *was,
                          const char *now, apr_pool_t *pool);
/* The same of numbers. */
void gov_content__changed_int(gov_buf_t *said, const char *field, int was,
                              int now, apr_pool_t *pool);
/* A text among the members of a struct. */
typedef struct gov_content__text_t {
    const char *field;            /* as errors and the audit call it */
    apr_size_t at, most;          /* most: characters */
} gov_content__text_t;

/* Fold the texts (up to one without a name) of the struct AT, blank ones become
   NULL; INVALID: one is too long. */
gov_err_t *gov_content__tidy(void *at, const gov_content__text_t *texts,
                             apr_pool_t *pool);
void gov_content__texts_changed(gov_buf_t *said, const void *was,
                                const void *now,
                                const gov_content__text_t *texts,
                                apr_pool_t *pool);
/* Audit row and event of a change of structure: of SITE, or of OBJECT of it. */
gov_err_t *gov_content__structure_changed(gov_db_t *db, const gov_ctx_t *ctx,
                                          const char *action, apr_int64_t site,
                                          const char *object,
                                          const char *detail,
                                          apr_pool_t *pool);
/* Whoever changes the structure of a site waits for who does so already;
   CONFLICT: it is frozen. */
gov_err_t *gov_content__site_lock(gov_db_t *db, apr_int64_t site,
                                  apr_pool_t *pool);
/* Ten digits; #rrggbb; digits alone. */
bool gov_content__is_site_code(const char *text);
bool gov_content__is_colour(const char *text);
bool gov_content__is_digits(const char *text);

/* --- listing.c: writing a document's entries in columns ------------------- */

/* One entry that is to stand in a column. */
typedef struct gov_content__entry_t {
    apr_int64_t site, column;     /* the column's */
    const char *how;              /* home share rule */
    int page_size;
    const gov_keys_t *keys;       /* for tags, or NULL */
} gov_content__entry_t;

/* The columns that DOCUMENT stands or should stand in, in lock order; rule columns
   are matched against the group in CTX and recorded. */
gov_err_t *gov_content__entries(apr_array_header_t **entries, gov_db_t *db,
                                const gov_ctx_t *ctx,
                                const gov_column_t *home, apr_int64_t document,
                                const char *type, const gov_json_t *keywords,
                                apr_pool_t *pool);
/* The entries before and after a key of a column, as texts and read; NULL at the
   ends. */
typedef struct gov_content__neighbours_t {
    const char *older, *newer;
    const gov_item_t *older_item, *newer_item;
} gov_content__neighbours_t;

gov_err_t *gov_content__neighbours(gov_content__neighbours_t *found,
                                   gov_db_t *db, apr_int64_t site,
                                   apr_int64_t column, const char *lang,
                                   apr_int64_t key, apr_pool_t *pool);
/* Put or renew ITEM in the column; locks the column's head.  WANTED is the key it
   should sort by (greater comes first), SORT_KEY the one it got, NEIGHBOURS what
   stands beside it there. */
gov_err_t *gov_content__listing_put(apr_int64_t *sort_key,
                                    gov_content__neighbours_t *neighbours,
                                    gov_db_t *db,
                                    const gov_content__entry_t *entry,
                                    const gov_item_t *item, apr_int64_t wanted,
                                    apr_pool_t *pool);
/* Take a document out of a column in one language. */
gov_err_t *gov_content__listing_remove(gov_db_t *db, const gov_keys_t *keys,
                                       apr_int64_t site, apr_int64_t column,
                                       const char *lang, apr_int64_t sort_key,
                                       int page_no, apr_pool_t *pool);
/* Write the head anew from the listing. */
gov_err_t *gov_content__head_renew(gov_db_t *db, const gov_keys_t *keys,
                                   apr_int64_t site, apr_int64_t column,
                                   const char *lang, int open_page,
                                   int open_count, int total,
                                   apr_pool_t *pool);

/* --- once.c: writes that must not happen twice ------------------------- */

/* A key for one write; made before its transaction. */
gov_bytes_t gov_content__key(const gov_ctx_t *ctx, apr_pool_t *pool);
/* In a run after a lost answer, and always if the key was SENT by somebody:
   what the first run kept, or NULL. */
gov_err_t *gov_content__done(const char **result, gov_db_t *db,
                             gov_bytes_t key, bool sent, apr_pool_t *pool);
/* Keep the result with the write. */
gov_err_t *gov_content__keep(gov_db_t *db, gov_bytes_t key,
                             const gov_ctx_t *ctx, const char *result,
                             apr_pool_t *pool);

/* --- tags.c: which tags a change moves ------------------------------------ */

struct gov_content__tags_t {
    gov_buf_t *words;
    apr_hash_t *seen;
};

gov_content__tags_t *gov_content__tags(apr_pool_t *pool);
void gov_content__tag(gov_content__tags_t *tags, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Tag of a keyword on a site (0: in the group): "keyword:3:1a2b3c4d". */
const char *gov_content__keyword_tag(apr_int64_t site, const char *keyword,
                                     apr_pool_t *pool);

/* Find the site and column objects for ids of the store; INTERNAL if the site
   map does not have them. */
gov_err_t *gov_content__column(const gov_column_t **column,
                               const gov_ctx_t *ctx, apr_int64_t id,
                               apr_pool_t *pool);

/* Does a redirect's path or target end with a star? */
bool gov_content__is_folder(const char *path);
/* The key of a path in gov_redirect: half of its SHA-256. */
gov_bytes_t gov_content__path_hash(const char *path, apr_pool_t *pool);

#endif

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* security_priv.h -- what the files of this folder share. */
#ifndef GOV_SECURITY_PRIV_H
#define GOV_SECURITY_PRIV_H

#include <apr_file_io.h>

#include "gov_asset.h"
#include "gov_audit.h"
#include "gov_key.h"
#include "gov_text.h"

/* Up to *LEN bytes at OFFSET; *LEN says how many there were.  False if the
   file cannot be read. */
bool gov_security__read_at(apr_file_t *file, apr_off_t offset, void *data,
                           apr_size_t *len);

/* --- media.c --- */

/* gov_media_look() without a limit for pixels. */
gov_err_t *gov_security__look(gov_asset_t *asset, const char *file,
                              const char *name, apr_pool_t *pool);

/* --- picture.c --- */

/* Pixel size by the headers of a JPEG, PNG, GIF or WebP file.  False if there
   is none to be found: the file is damaged. */
bool gov_security__picture_size(apr_int64_t *width, apr_int64_t *height,
                                apr_file_t *file, const char *media_type);

/* --- zip.c --- */

/* Is this a ZIP archive with an entry of name PART, or below it if PART ends
   with a slash?  PART NULL: any readable archive.  False, too, if the name of
   an entry ends in UNWANTED (may be NULL). */
bool gov_security__zip_has(apr_file_t *file, const char *part,
                           const char *unwanted, apr_pool_t *pool);

/* --- audit_row.c: a row's bytes, its digest and its link --- */

/* A row as it stands in the table. */
typedef struct gov_security__row_t {
    apr_int64_t id, seq, site, nonce;
    apr_time_t at;
    const char *actor, *action, *object, *outcome, *detail, *address, *request;
    gov_bytes_t mac, chain;
    int mac_key, chain_key;
} gov_security__row_t;

/* From one of the generated row structs that have all the columns. */
#define GOV_SECURITY__ROW(from)                                               \
    { .id = (from)->id, .seq = (from)->seq, .site = (from)->site,             \
      .nonce = (from)->nonce, .at = (from)->at, .actor = (from)->actor,       \
      .action = (from)->action, .object = (from)->object,                     \
      .outcome = (from)->outcome, .detail = (from)->detail,                   \
      .address = (from)->address, .request = (from)->request,                 \
      .mac = (from)->mac, .chain = (from)->chain,                             \
      .mac_key = (int)(from)->mac_key, .chain_key = (int)(from)->chain_key }

/* The row's own digest under KEY (0: the current one); false: no such key. */
bool gov_security__row_mac(unsigned char out[32],
                           const gov_security__row_t *row,
                           const gov_keys_t *keys, int key, apr_pool_t *pool);
/* The chain's digest at ROW->seq, whose link before is BEFORE.  KEYS NULL or KEY
   0: an unkeyed one. */
bool gov_security__row_link(unsigned char out[32],
                            const gov_security__row_t *row,
                            const unsigned char before[32],
                            const gov_keys_t *keys, int key, apr_pool_t *pool);
/* The digest of the head's row. */
bool gov_security__head_mac(unsigned char out[32], apr_int64_t seq,
                            const unsigned char chain[32],
                            const gov_keys_t *keys, int key, apr_pool_t *pool);

/* --- key.c --- */

/* The keys of one use, derived from a key of the ring. */
typedef struct gov_security__use_t {
    unsigned char seal[32];       /* encrypts */
    unsigned char tag[32];        /* authenticates what is encrypted, where the
                                     cipher does not do so itself */
    unsigned char mac[32];
} gov_security__use_t;

/* How a suite does it: suite_standard.c, suite_sm.c. */
typedef struct gov_security__suite_t {
    const char *name;
    apr_size_t nonce, tag;        /* bytes */
    /* Do the primitives give what their standards say? */
    bool (*test)(void);
    void (*mac)(unsigned char out[GOV_MAC_SIZE], const unsigned char key[32],
                const void *data, apr_size_t len);
    void *(*begin)(const unsigned char key[32], apr_pool_t *pool);
    void (*add)(void *state, const void *data, apr_size_t len);
    /* Wipes the state as well. */
    void (*end)(unsigned char out[GOV_MAC_SIZE], void *state);
    /* OUT: plain.len + tag bytes.  HEAD is authenticated, too. */
    void (*seal)(unsigned char *out, const gov_security__use_t *use,
                 const unsigned char *nonce, gov_bytes_t head,
                 gov_bytes_t plain);
    /* OUT: sealed.len - tag bytes, which the caller made sure is not negative.
       False: it was changed. */
    bool (*unseal)(unsigned char *out, const gov_security__use_t *use,
                   const unsigned char *nonce, gov_bytes_t head,
                   gov_bytes_t sealed);
} gov_security__suite_t;

extern const gov_security__suite_t gov_security__standard, gov_security__sm;

typedef struct gov_security__key_t {
    int number;
    const gov_security__suite_t *suite;
    apr_time_t made;              /* or 0 */
    bool retired;                 /* proves what it signed, opens nothing */
    gov_security__use_t use[GOV_PURPOSE__COUNT];
} gov_security__key_t;

/* The purposes whose digests a retired key still proves: rows that are never made
   anew, and codes on paper. */
bool gov_security__outlives(gov_purpose_t purpose);
/* A key by its number, 0: the current one; NULL: the ring has none such. */
const gov_security__key_t *gov_security__key(const gov_keys_t *keys,
                                             int number);
/* What is kept of a key in the ring's file once it is retired; to be wiped. */
char *gov_security__retired_text(const gov_security__key_t *key,
                                 apr_pool_t *pool);
/* NULL: no such suite. */
const gov_security__suite_t *gov_security__suite(const char *name);
/* The text of a key file in POOL; checks its mode.  The caller wipes it.
   OWNER is filled if not NULL. */
gov_err_t *gov_security__key_text(gov_bytes_t *text, apr_finfo_t *owner,
                                  const char *file, apr_pool_t *pool);
/* libsodium's start, which may be asked for again and again. */
gov_err_t *gov_security__sodium(apr_pool_t *pool);

/* --- password.c --- */

/* How many passwords this process computes at once. */
int gov_security__turns(void);
/* How many wait for one. */
int gov_security__turns_waiting(void);
/* Wait so long for a turn, before all with a greater RANK; false: there was none,
   or too many wait already. */
bool gov_security__turn(apr_interval_time_t wait, int rank);
void gov_security__turn_end(void);
/* gov_password_check() with a rank; that is 0 for whom nobody needs to wait. */
gov_err_t *gov_security__password_check(bool *right, const char *hash,
                                        const char *password, int rank,
                                        apr_pool_t *pool);

/* --- password_rule.c --- */

/* Random characters that do not look alike: GROUPS of SIZE, with dashes between. */
const char *gov_security__readable(const gov_ctx_t *ctx, int groups, int size,
                                   apr_pool_t *pool);

/* --- captcha.c --- */

#define GOV_SECURITY_CAPTCHA_AGE apr_time_from_sec(20 * 60)

/* ALTCHA's challenge: the digest of the salt and the number after it. */
void gov_security__work(char hex[65], const char *salt, apr_int64_t number,
                        apr_pool_t *pool);
/* From 0 to MOST, each as likely as any other. */
apr_int64_t gov_security__random_to(const gov_ctx_t *ctx, apr_int64_t most);
/* 16 bytes for gov_idempotency that nothing else has: of WHAT and DATA. */
void gov_security__once(gov_bytes_t *once, const char *what, const void *data,
                        apr_size_t len, apr_pool_t *pool);

#endif

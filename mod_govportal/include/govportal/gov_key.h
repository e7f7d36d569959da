/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_key.h
 *  @brief The key ring: sealing, keyed digests, tokens.  Floor: security, owner of
 *  libsodium and of libcrypto.
 *
 *  The ring is a file outside the database (GovKeyFile, mode 0600, the same on
 *  every node): one line a key, "NUMBER SUITE HEX DATE" (the day it was made, UTC;
 *  older files have none), the last one current.  Older ones stay to read what they
 *  sealed; of a retired one the file keeps no more than proves rows of the audit
 *  and recovery codes ("retired:" and 128 digits).  Each use derives its own key
 *  from the ring's by a purpose, so that no two uses share one.
 *
 *  Suites: "standard" is XChaCha20-Poly1305 and BLAKE2b (libsodium); "sm" is
 *  SM4-CTR with HMAC-SM3, encrypt-then-MAC, and HMAC-SM3 (GB/T 32905, GB/T 32907,
 *  by libcrypto).  Both are tried against published vectors when a ring is read.
 */
#ifndef GOV_KEY_H
#define GOV_KEY_H

#include "gov_check.h"

#define GOV_MAC_SIZE 32

/** What a key is used for. */
typedef enum gov_purpose_t {
    GOV_PURPOSE_PERSONAL,         /**< citizens' personal data */
    GOV_PURPOSE_FACTOR,           /**< second factors of people */
    GOV_PURPOSE_AUDIT,            /**< rows of the audit */
    GOV_PURPOSE_EDITION,          /**< what the public reads */
    GOV_PURPOSE_TOKEN,            /**< forms, links, cookies */
    GOV_PURPOSE_CAPTCHA,
    GOV_PURPOSE__COUNT
} gov_purpose_t;

/** INVALID names file and line (a mode that others can read, an unknown suite, a
 *  failed self-test); NOT_FOUND: no such file; FORBIDDEN: not for this user.  The
 *  ring is read-only, in locked memory where the system lets it be (not in a
 *  core dump, either), and wiped with @a pool. */
GOV_API gov_err_t *gov_keys_read(const gov_keys_t **keys, const char *file,
                                 apr_pool_t *pool);
/** A new file with one key, mode 0600.  CONFLICT: it is there already, or FILE.new,
 *  which is how two writers keep off each other; INVALID: no such suite. */
GOV_API gov_err_t *gov_keys_create(const char *file, const char *suite,
                                   apr_pool_t *pool);
/** Add a key, which is then current: written aside, synced and renamed.
 *  @param number  of the new key */
GOV_API gov_err_t *gov_keys_add(int *number, const char *file,
                                const char *suite, apr_pool_t *pool);
/** Throw away all of a key but what proves the audit and recovery codes: written
 *  aside, synced and renamed.  Whoever calls knows that nothing is sealed with it.
 *  NOT_FOUND: the ring has no such key; CONFLICT: it is the current one, or retired
 *  already. */
GOV_API gov_err_t *gov_keys_retire(const char *file, int number,
                                   apr_pool_t *pool);
/** Number of the current key. */
GOV_API int gov_keys_current(const gov_keys_t *keys);
/** What may be told of a key. */
typedef struct gov_key_info_t {
    int number;
    const char *suite;
    apr_time_t made;              /**< the day's begin; 0: it is not known */
    bool current;
    bool retired;                 /**< opens nothing, signs nothing; proves rows of
                                       the audit and recovery codes */
} gov_key_info_t;
/** The @a i-th key in the file's order.  False: that was the last one. */
GOV_API bool gov_key_info(gov_key_info_t *info, const gov_keys_t *keys, int i);

/** Tell whether the ring can be read, by nobody else, and whether its current key
 *  is younger than a year and a month. */
GOV_API void gov_keys_check(const char *file, const gov_clock_t *clock,
                            const gov_check_t *check, apr_pool_t *pool);

/** Encrypt under the current key.  @a about is authenticated but not kept: say the
 *  row, "person:17", so that a sealed value cannot be put elsewhere.  The value is
 *  a byte 1 (of the format), the key's number (2 bytes, highest first), the nonce
 *  (24 or 16 bytes), what is encrypted, its tag (16 or 32).  UNAVAILABLE: there is
 *  no ring (@a keys is NULL); so say all calls below that can fail. */
GOV_API gov_err_t *gov_seal(gov_bytes_t *sealed, const gov_keys_t *keys,
                            gov_purpose_t purpose, const char *about,
                            gov_bytes_t plain, apr_pool_t *pool);
/** INVALID: changed, of another row, or of a key that the ring has not.
 *  @param plain  zero-terminated behind its length */
GOV_API gov_err_t *gov_unseal(gov_bytes_t *plain, const gov_keys_t *keys,
                              gov_purpose_t purpose, const char *about,
                              gov_bytes_t sealed, apr_pool_t *pool);
/** Number of the key that sealed it; 0: it is no sealed value. */
GOV_API int gov_sealed_key(gov_bytes_t sealed);

/** A keyed digest.  @a key: number of a key, 0: the current one.  False: the ring
 *  has no such key, or @a keys is NULL. */
GOV_API bool gov_mac(unsigned char out[GOV_MAC_SIZE], const gov_keys_t *keys,
                     int key, gov_purpose_t purpose, gov_bytes_t data);
/** The same in parts, for what does not lie in one piece; NULL instead of false. */
typedef struct gov_mac_t gov_mac_t;
GOV_API gov_mac_t *gov_mac_begin(const gov_keys_t *keys, int key,
                                 gov_purpose_t purpose, apr_pool_t *pool);
GOV_API void gov_mac_add(gov_mac_t *mac, const void *data, apr_size_t len);
/** A text with its length, so that no two lists of texts feed the same bytes; NULL
 *  is not "". */
GOV_API void gov_mac_text(gov_mac_t *mac, const char *text);
GOV_API void gov_mac_end(unsigned char out[GOV_MAC_SIZE], gov_mac_t *mac);
/** Compare without telling by time where they differ. */
GOV_API bool gov_same(const void *a, const void *b, apr_size_t len);

/** Random bytes from ctx->clock as base64url without '='; @a bytes of them. */
GOV_API const char *gov_token(const gov_ctx_t *ctx, apr_size_t bytes,
                              apr_pool_t *pool);

/** A form's hidden key: random, signed, of its moment and bound to @a binding (the
 *  session, or the visitor's form cookie, and the form's name).  It guards against
 *  forged requests and is the idempotency key of what the form sends.  NULL without
 *  a key ring. */
GOV_API const char *gov_form_key(const gov_ctx_t *ctx, const char *binding,
                                 apr_pool_t *pool);
/** FORBIDDEN: not ours, of another session or form, older than @a max_age, or from
 *  the future (by more than nodes' clocks may differ).
 *  @param once  16 bytes for gov_idempotency */
GOV_API gov_err_t *gov_form_key_check(gov_bytes_t *once, const gov_ctx_t *ctx,
                                      const char *key, const char *binding,
                                      apr_interval_time_t max_age,
                                      apr_pool_t *pool);
#endif

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_captcha.h
 *  @brief Making automatic posts dear: proof of work, and a way for those who
 *  cannot do it.  Floor: security.
 *
 *  Proof of work follows the protocol of ALTCHA (first version, SHA-256): the
 *  browser looks for the number between 0 and the rule captcha-work that the
 *  challenge is the digest of.  No pictures, no third party, nothing to read.
 *
 *  Strength, honestly.  Proof of work does not tell people from programs; it makes
 *  each post cost about half a captcha-work of digests, which hurts who sends a
 *  hundred thousand.  The sum is there for browsers without scripts and costs a
 *  program nothing but ten seconds of waiting and three lines of code: never offer
 *  it without a rate limit that is stricter than the form's own (half of it, say),
 *  and count its posts apart.
 *
 *  Both are signed, expire after twenty minutes and may be spent once: the caller
 *  puts the 16 bytes they give into gov_idempotency in its own transaction.
 */
#ifndef GOV_CAPTCHA_H
#define GOV_CAPTCHA_H

#include "gov_key.h"

/** Codes of both checks, as the whole message of their errors; after
 *  "form.mistake." they are keys of the catalogues. */
#define GOV_CAPTCHA_WRONG "captcha-wrong"   /**< not the number, not the sum */
#define GOV_CAPTCHA_LATE "captcha-late"     /**< twenty minutes are over */
#define GOV_CAPTCHA_SOON "captcha-soon"     /**< the sum, before ten seconds */
#define GOV_CAPTCHA_FORGED "captcha-forged" /**< not one of ours */

/** A challenge for the widget, as JSON; NULL without a key ring. */
GOV_API const char *gov_captcha_make(const gov_ctx_t *ctx, apr_pool_t *pool);
/** Check what the widget sends back (base64 of JSON).
 *  @param once  set on success: 16 bytes for gov_idempotency
 *  @return INVALID of field "altcha"  WRONG (also what cannot be read), LATE
 *          FORBIDDEN                  FORGED
 *          UNAVAILABLE                there is no key ring */
GOV_API gov_err_t *gov_captcha_check(gov_bytes_t *once, const gov_ctx_t *ctx,
                                     const char *payload, apr_pool_t *pool);

/** A sum to be done by a person: "what is FIRST plus SECOND?" in the words of the
 *  catalogue.  A screen reader reads it like any label. */
typedef struct gov_sum_t {
    int first, second;            /**< from 2 to 19 */
    const char *token;            /**< for a hidden field; NULL without a key
                                   ring.  It does not hold the answer. */
} gov_sum_t;
GOV_API void gov_sum_make(gov_sum_t *sum, const gov_ctx_t *ctx,
                          apr_pool_t *pool);
/** Check an answer (digits, also full-width ones; blanks around do not matter).
 *  The time to wait is counted here, not by the browser: after SOON the same token
 *  and answer are good a little later.
 *  @param once  set on success: 16 bytes for gov_idempotency
 *  @return INVALID of field "sum"  WRONG, LATE, SOON
 *          FORBIDDEN               FORGED
 *          UNAVAILABLE             there is no key ring */
GOV_API gov_err_t *gov_sum_check(gov_bytes_t *once, const gov_ctx_t *ctx,
                                 const char *token, const char *answer,
                                 apr_pool_t *pool);

#endif

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_factor.h
 *  @brief The second factor: one-time codes and recovery codes.  Floor: security,
 *  owner of liboath and libqrencode.
 *
 *  TOTP (RFC 6238): SHA-1, 30 seconds, six digits; what every authenticator app
 *  knows.  The secret is kept sealed (GOV_PURPOSE_FACTOR), never shown again.
 */
#ifndef GOV_FACTOR_H
#define GOV_FACTOR_H

#include "gov_key.h"

/** A new secret of 160 bits in base32, 32 characters. */
GOV_API const char *gov_factor_secret(const gov_ctx_t *ctx, apr_pool_t *pool);
/** Has @a text the form of such a secret? */
GOV_API bool gov_factor_is_secret(const char *text);
/** The code of a moment. */
GOV_API const char *gov_factor_code(const char *secret, apr_time_t now,
                                    apr_pool_t *pool);
/** Is @a code (blanks in it are passed over) that of @a now, of the 30 seconds
 *  before or of those after, and of no step up to @a last_step?
 *  @param step  of the code, set if so; keep it as last_step by a guarded UPDATE,
 *               so that a code works once
 *  @param last_step  0: none was used yet */
GOV_API bool gov_factor_fits(apr_int64_t *step, const char *secret,
                             const char *code, apr_time_t now,
                             apr_int64_t last_step);
/** otpauth://totp/ISSUER:LABEL?secret=…, for the app. */
GOV_API const char *gov_factor_uri(const char *secret, const char *issuer,
                                   const char *label, apr_pool_t *pool);

/** A QR code as it is to be drawn. */
typedef struct gov_qr_t {
    int size;                     /**< modules a side, with the quiet zone of four
                                   around: the viewBox is "0 0 size size" */
    const unsigned char *bits;    /**< size * size, by rows; 1 is dark */
    const char *path;             /**< the dark ones as an SVG path's d */
} gov_qr_t;
/** INVALID: @a text is too long for a QR code. */
GOV_API gov_err_t *gov_qr_make(gov_qr_t *qr, const char *text, apr_pool_t *pool);

/** How many recovery codes a person gets. */
#define GOV_RECOVERY_CODES 10
/** New ones, const char *: "k7mq-x2vd-9hpa", 59 bits each. */
GOV_API apr_array_header_t *gov_recovery_codes(const gov_ctx_t *ctx,
                                               apr_pool_t *pool);
/** What is kept of a code: a digest under the ring's *first* key, so that codes on
 *  paper outlive new keys.  Capitals, blanks and dashes do not matter.  False: it
 *  has not the form of a code, or there is no ring. */
GOV_API bool gov_recovery_digest(unsigned char out[GOV_MAC_SIZE],
                                 const gov_ctx_t *ctx, const char *code);

#endif

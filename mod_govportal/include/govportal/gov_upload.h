/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_upload.h
 *  @brief The one way in for files: looked at, scanned, cleaned.
 *  Floor: security, owner of libqpdf and libzip.
 *
 *  Who uploads a file publishes more than is seen: where a photograph was taken,
 *  who wrote a document and on which drive it lay, what was crossed out.  All
 *  files pass gov_upload_take() before gov_asset_put():
 *
 *  - pictures lose EXIF, XMP, IPTC, comments, thumbnails and whatever follows
 *    their end; colour profile and orientation stay
 *  - PDF loses author, programs and XMP; scripts, actions, files inside and
 *    passwords are refused.  A signed one stays as it is: a seal would break
 *  - OOXML and ODF lose author, company, history and paths; macros, tracked
 *    changes and comments are refused: only a person can decide about those
 *  - .doc, .xls and .ppt keep all of that for good, so they are refused, unless
 *    the caller takes over what was published before
 *  - OFD, ZIP, text, sound and video pass as they are
 *
 *  What a document says is not looked at here.
 */
#ifndef GOV_UPLOAD_H
#define GOV_UPLOAD_H

#include "gov_asset.h"
#include "gov_policy.h"

/** What a refusal can be.  X(code): words are form.mistake.CODE. */
#define GOV_UPLOAD_MISTAKES(X)                                                \
    X("file-type")              /**< not listed, or not what its name says */  \
    X("file-too-large")         /**< by policy->upload_size */                 \
    X("file-pixels")            /**< by policy->picture_pixels */              \
    X("file-damaged")                                                         \
    X("file-encrypted")                                                       \
    X("file-active")            /**< macros, scripts, files inside */          \
    X("file-tracked-changes")   /**< or comments */                            \
    X("file-old")               /**< .doc, .xls, .ppt */                       \
    X("file-infected")

/** The virus scanner: clamd, or what speaks its protocol. */
typedef struct gov_scanner_t {
    const char *path;             /**< of a socket, or NULL */
    const char *host;             /**< or NULL */
    int port;
    apr_interval_time_t patience; /**< for each answer of it; 0: 60 s */
} gov_scanner_t;

/** "unix:/run/clamav/clamd.ctl" or "host:3310".  INVALID: neither. */
GOV_API gov_err_t *gov_scanner_parse(gov_scanner_t *scanner, const char *text,
                                     apr_pool_t *pool);
/** Ask about a file (INSTREAM).  @a virus is its name, or NULL: none was found.
 *  UNAVAILABLE: there is no answer; then nobody may take the file. */
GOV_API gov_err_t *gov_scan(const char **virus, const gov_scanner_t *scanner,
                            const char *file, apr_pool_t *pool);

/** Does it answer (PING)?  UNAVAILABLE: no. */
GOV_API gov_err_t *gov_scanner_ping(const gov_scanner_t *scanner,
                                    apr_pool_t *pool);

/** What a file must keep to. */
typedef struct gov_upload_rules_t {
    const gov_policy_t *policy;   /**< NULL: the defaults */
    const gov_scanner_t *scanner; /**< NULL: there is none */
    bool old_office;              /**< take .doc, .xls, .ppt without macros */
    const char *dir;              /**< for temporary files */
} gov_upload_rules_t;

typedef struct gov_upload_t {
    gov_asset_t asset;            /**< of what is to be kept */
    const char *file;             /**< the file to keep: the one given, or a
                                       cleaned copy that goes with the pool */
    const char *original;         /**< SHA-256 of the file given, in hex: whether
                                       it is the same as another */
    int removed;                  /**< pieces that were taken out */
    bool uncleaned;               /**< it may hold what could not be taken out */
} gov_upload_t;

/** Take @a file in, which people call @a name.
 *  @return INVALID      it is refused; gov_upload_mistake() tells why
 *          NOT_FOUND    there is no such file
 *          UNAVAILABLE  the scanner does not answer, or there is no room
 *  The same file gives the same result. */
GOV_API gov_err_t *gov_upload_take(gov_upload_t *upload, const char *file,
                                   const char *name,
                                   const gov_upload_rules_t *rules,
                                   apr_pool_t *pool);
/** The code of a refusal, for gov_intake_mistake(); NULL: it was no refusal. */
GOV_API const char *gov_upload_mistake(const gov_err_t *err);

#endif

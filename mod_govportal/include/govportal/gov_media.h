/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_media.h
 *  @brief What a file really is.  Floor: security, owner of libmagic and of
 *  the hash functions.
 */
#ifndef GOV_MEDIA_H
#define GOV_MEDIA_H

#include "gov_asset.h"

/** Look at a file's bytes: SHA-256, media type (libmagic, checked against the
 *  ending of @a name), pixel size of JPEG, PNG, GIF and WebP.  INVALID: a type that
 *  is not on the list of those that may be published, a name that lies, a
 *  picture above 50 megapixels; NOT_FOUND: no such file. */
GOV_API gov_err_t *gov_media_look(gov_asset_t *asset, const char *file,
                                  const char *name, apr_pool_t *pool);
/** The catalogue key of what a type is called among people: "file.pdf"; never
 *  NULL. */
GOV_API const char *gov_media_word(const char *media_type);
/** May browsers show it in place (true) or must it be a download? */
GOV_API bool gov_media_inline(const char *media_type);

/** SHA-256 of bytes, 32 bytes to @a out. */
GOV_API void gov_digest(unsigned char out[32], const void *data, apr_size_t len);
/** The same of a whole file. */
GOV_API gov_err_t *gov_digest_file(unsigned char out[32], const char *file,
                                   apr_pool_t *pool);
GOV_API const char *gov_hex(const void *data, apr_size_t len, apr_pool_t *pool);
GOV_API bool gov_unhex(unsigned char *out, apr_size_t len, const char *hex);

#endif

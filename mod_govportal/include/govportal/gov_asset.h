/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_asset.h
 *  @brief Uploaded files by content.  Floor: store.
 *
 *  An asset's id is the SHA-256 of its bytes.  Chunks of at most 1 MB lie in the
 *  database, one transaction each; the row in gov_asset that makes them an asset
 *  comes last.  A node keeps copies in <state>/assets/ab/cdef... for sendfile.
 */
#ifndef GOV_ASSET_H
#define GOV_ASSET_H

#include "gov_store.h"

#define GOV_ASSET_ID_LEN 64       /**< hex digits */

typedef struct gov_asset_t {
    const char *id;               /**< 64 hex digits */
    apr_int64_t size;
    const char *media_type;
    apr_int64_t width, height;    /**< pixels, 0 if not a picture */
} gov_asset_t;

/** Store a file whose hash and type the caller determined (gov_media_look).
 *  Does nothing if the asset is there already.  INVALID: the file has another
 *  size than @a asset says. */
GOV_API gov_err_t *gov_asset_put(gov_store_t *store, const gov_asset_t *asset,
                                 const char *file, apr_pool_t *pool);
/** NOT_FOUND; INVALID: @a id cannot be one (64 small hex digits). */
GOV_API gov_err_t *gov_asset_get(const gov_asset_t **asset, gov_store_t *store,
                                 const char *id, apr_pool_t *pool);
/** Path of a local copy, fetched from the database if missing (written to a
 *  temporary name, then renamed).  Errors as of gov_asset_get(). */
GOV_API gov_err_t *gov_asset_file(const char **path, gov_store_t *store,
                                  const char *id, apr_pool_t *pool);

/** Is the copy in @a file what @a id says?  Called once for each copy, before it is
 *  taken into use. */
typedef bool (*gov_asset_check_fn_t)(void *baton, const char *id,
                                     const char *file, apr_pool_t *pool);
/** Without one, only sizes are compared: digests belong to a higher floor. */
GOV_API void gov_asset_check(gov_store_t *store, gov_asset_check_fn_t fn,
                             void *baton);

#endif

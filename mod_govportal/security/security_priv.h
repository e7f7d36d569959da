/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* security_priv.h -- what the files of this folder share. */
#ifndef GOV_SECURITY_PRIV_H
#define GOV_SECURITY_PRIV_H

#include <apr_file_io.h>

#include "gov_asset.h"

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

#endif

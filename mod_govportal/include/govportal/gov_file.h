/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_file.h
 *  @brief Whole files and lists of files.  Floor: base.
 */
#ifndef GOV_FILE_H
#define GOV_FILE_H

#include "gov_base.h"

/** Read all of @a file, which is at most @a max bytes long.  @a bytes is
 *  zero-terminated behind its length.
 *  @return NOT_FOUND  it is not there
 *          INVALID    it is longer, or a folder, a pipe or the like */
GOV_API gov_err_t *gov_file_read(gov_bytes_t *bytes, const char *file,
                                 apr_size_t max, apr_pool_t *pool);

/** The names in @a dir that end with @a ending (NULL: all), sorted by bytes;
 *  const char *.  Names that begin with a dot are left out.
 *  @return NOT_FOUND  there is no such folder */
GOV_API gov_err_t *gov_file_list(apr_array_header_t **names, const char *dir,
                                 const char *ending, apr_pool_t *pool);

/** Is there something of that name: a file, a folder? */
GOV_API bool gov_file_is(const char *file, apr_pool_t *pool);

#endif

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* upload_priv.h -- what the cleaners of uploaded files share.
 *
 * A cleaner reads SOURCE and, if there is something to take out, writes what is
 * left to TARGET, a name in a folder of ours. */
#ifndef GOV_UPLOAD_PRIV_H
#define GOV_UPLOAD_PRIV_H

#include "gov_upload.h"

typedef struct cleaning_t {
    const char *source;
    const char *target;
    const char *type;             /* media type */
    int removed;                  /* 0: TARGET need not be there */
    bool uncleaned;
    apr_pool_t *pool;
} cleaning_t;

/* INVALID whose message begins with the CODE of gov_upload_mistake(). */
#define gov_upload__refuse(code, pool, ...)                                   \
    gov_err(GOV_E_INVALID, NULL, (pool), code ": " __VA_ARGS__)

gov_err_t *gov_upload__clean_picture(cleaning_t *c);
gov_err_t *gov_upload__clean_pdf(cleaning_t *c);
gov_err_t *gov_upload__clean_office(cleaning_t *c);
/* A ZIP archive's entries, by name and size. */
gov_err_t *gov_upload__check_zip(cleaning_t *c);
/* Does an OLE file of an old Office hold macros? */
gov_err_t *gov_upload__check_old(cleaning_t *c);

/* All bytes of a file, mapped until POOL goes. */
gov_err_t *gov_upload__map(gov_bytes_t *bytes, const char *file,
                           apr_pool_t *pool);

#endif

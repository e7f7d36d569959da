/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/tags.c -- which tags a change moves. */

#include <stdarg.h>
#include <string.h>

#include "content_priv.h"

gov_content__tags_t *
gov_content__tags(apr_pool_t *pool)
{
    gov_content__tags_t *tags = apr_palloc(pool, sizeof(*tags));

    tags->words = gov_buf_create(256, pool);
    tags->seen = apr_hash_make(pool);
    return tags;
}

void
gov_content__tag(gov_content__tags_t *tags, const char *fmt, ...)
{
    va_list args;
    const char *word;

    va_start(args, fmt);
    word = apr_pvsprintf(tags->words->pool, fmt, args);
    va_end(args);
    if (apr_hash_get(tags->seen, word, APR_HASH_KEY_STRING))
        return;
    apr_hash_set(tags->seen, word, APR_HASH_KEY_STRING, word);
    if (tags->words->len)
        gov_buf_add(tags->words, " ", 1);
    gov_buf_str(tags->words, word);
}

const char *
gov_content__keyword_tag(apr_int64_t site, const char *keyword,
                         apr_pool_t *pool)
{
    unsigned char digest[32];

    gov_digest(digest, keyword, strlen(keyword));
    return apr_psprintf(pool, "keyword:%" APR_INT64_T_FMT ":%s", site,
                        gov_hex(digest, 4, pool));
}

const char *
gov_keyword_tag(const gov_site_t *site, const char *keyword, apr_pool_t *pool)
{
    return gov_content__keyword_tag(site ? site->id : 0, keyword, pool);
}

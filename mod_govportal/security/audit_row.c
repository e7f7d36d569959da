/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* audit_row.c -- what the audit's digests are made of.

   Each text stands with its length before it, so that no two rows have the same
   bytes; no text is told apart from an empty one. */

#include <string.h>

#include "gov_key.h"
#include "gov_media.h"
#include "security_priv.h"

static void
put(gov_buf_t *out, const char *text)
{
    if (text)
        gov_buf_printf(out, "%" APR_SIZE_T_FMT ":%s", strlen(text), text);
    gov_buf_add(out, "\n", 1);
}

static void
number(gov_buf_t *out, apr_int64_t n)
{
    gov_buf_printf(out, "%" APR_INT64_T_FMT "\n", n);
}

/* What is known when the row is inserted: not its id. */
static void
put_row(gov_buf_t *out, const gov_security__row_t *row)
{
    number(out, row->at);
    put(out, row->actor);
    put(out, row->action);
    number(out, row->site);
    put(out, row->object);
    put(out, row->outcome);
    put(out, row->detail);
    put(out, row->address);
    put(out, row->request);
    number(out, row->nonce);
}

static bool
digest(unsigned char out[32], const gov_buf_t *text, const gov_keys_t *keys,
       int key)
{
    gov_bytes_t bytes = { text->data, text->len };

    return gov_mac(out, keys, key, GOV_PURPOSE_AUDIT, bytes);
}

bool
gov_security__row_mac(unsigned char out[32], const gov_security__row_t *row,
                      const gov_keys_t *keys, int key, apr_pool_t *pool)
{
    gov_buf_t *text = gov_buf_create(512, pool);

    gov_buf_str(text, "row\n");
    put_row(text, row);
    return digest(out, text, keys, key);
}

bool
gov_security__row_link(unsigned char out[32], const gov_security__row_t *row,
                       const unsigned char before[32], const gov_keys_t *keys,
                       int key, apr_pool_t *pool)
{
    gov_buf_t *text = gov_buf_create(512, pool);

    gov_buf_str(text, "link\n");
    number(text, row->seq);
    number(text, row->id);
    gov_buf_add(text, (const char *)before, 32);
    put_row(text, row);
    number(text, row->mac_key);
    if (row->mac.data)
        gov_buf_add(text, row->mac.data, row->mac.len);
    if (keys && key)
        return digest(out, text, keys, key);
    gov_digest(out, text->data, text->len);
    return !key;
}

bool
gov_security__head_mac(unsigned char out[32], apr_int64_t seq,
                       const unsigned char chain[32], const gov_keys_t *keys,
                       int key, apr_pool_t *pool)
{
    gov_buf_t *text = gov_buf_create(64, pool);

    gov_buf_str(text, "head\n");
    number(text, seq);
    gov_buf_add(text, (const char *)chain, 32);
    return digest(out, text, keys, key);
}

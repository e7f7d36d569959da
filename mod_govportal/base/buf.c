/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* buf.c -- byte buffers that grow in a pool. */

#include <stdio.h>
#include <string.h>

#include "base_priv.h"

#define SMALLEST 64

gov_buf_t *
gov_buf_create(apr_size_t size, apr_pool_t *pool)
{
    gov_buf_t *buf = apr_palloc(pool, sizeof(*buf));

    buf->size = size < SMALLEST ? SMALLEST : size;
    buf->data = apr_palloc(pool, buf->size);
    buf->data[0] = '\0';
    buf->len = 0;
    buf->pool = pool;
    return buf;
}

/* A pool cannot give back the old bytes, so sizes double: all of them together
   are then no more than the last. */
char *
gov_buf_room(gov_buf_t *buf, apr_size_t len)
{
    apr_size_t need = buf->len + len + 1;

    gov_assert(need > len);
    if (need > buf->size) {
        apr_size_t size = buf->size > need / 2 ? buf->size * 2 : need;
        char *data = apr_palloc(buf->pool, size);

        memcpy(data, buf->data, buf->len + 1);
        buf->data = data;
        buf->size = size;
    }
    return buf->data + buf->len;
}

void
gov_buf_add(gov_buf_t *buf, const char *data, apr_size_t len)
{
    /* there is room, nearly always */
    char *to = len < buf->size - buf->len ? buf->data + buf->len
                                          : gov_buf_room(buf, len);

    if (len > 0)
        memcpy(to, data, len);
    to[len] = '\0';
    buf->len += len;
}

void
gov_buf_str(gov_buf_t *buf, const char *text)
{
    gov_buf_add(buf, text, strlen(text));
}

void
gov_buf_printf(gov_buf_t *buf, const char *fmt, ...)
{
    apr_size_t room = buf->size - buf->len;
    va_list args;
    int len;

    va_start(args, fmt);
    len = vsnprintf(buf->data + buf->len, room, fmt, args);
    va_end(args);
    gov_assert(len >= 0);
    if ((apr_size_t)len >= room) {
        buf->data[buf->len] = '\0';
        gov_buf_room(buf, len);
        va_start(args, fmt);
        vsnprintf(buf->data + buf->len, (apr_size_t)len + 1, fmt, args);
        va_end(args);
    }
    buf->len += len;
}

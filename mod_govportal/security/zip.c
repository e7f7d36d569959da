/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* zip.c -- what a ZIP archive holds, by its central directory.
 *
 * Office formats are ZIP archives that differ only in the names inside.
 */

#include <string.h>

#include "security_priv.h"

#define END_SIZE 22               /* the end record without its comment */
#define ENTRY_SIZE 46             /* an entry without its name */
#define MAX_COMMENT 65535
#define MAX_DIRECTORY (8 * 1024 * 1024)

static apr_uint32_t
number(const unsigned char *p, int len)
{
    apr_uint32_t n = 0;

    while (len-- > 0)
        n = n << 8 | p[len];
    return n;
}

/* The bytes of the directory.  The end record lies before a comment of unknown
   length, so it is looked for from the end; archives above 4 GB keep theirs
   elsewhere and are not read. */
static bool
read_directory(gov_bytes_t *directory, apr_file_t *file, apr_pool_t *pool)
{
    apr_size_t len = END_SIZE + MAX_COMMENT, size, i;
    apr_off_t end = 0, offset;
    unsigned char *tail;
    char *data;

    if (apr_file_seek(file, APR_END, &end) || end < END_SIZE)
        return false;
    if (end < (apr_off_t)len)
        len = (apr_size_t)end;
    tail = apr_palloc(pool, len);
    if (!gov_security__read_at(file, end - (apr_off_t)len, tail, &len))
        return false;
    for (i = len - END_SIZE + 1; i-- > 0;)
        if (!memcmp(tail + i, "PK\5\6", 4)
            && i + END_SIZE + number(tail + i + 20, 2) == len)
            break;
    if (i == (apr_size_t)-1)
        return false;
    size = number(tail + i + 12, 4);
    offset = number(tail + i + 16, 4);
    if (size == 0 || size > MAX_DIRECTORY
        || offset + (apr_off_t)size > end)
        return false;
    data = apr_palloc(pool, size);
    directory->data = data;
    directory->len = size;
    return gov_security__read_at(file, offset, data, &directory->len)
        && directory->len == size;
}

static bool
is_at(const char *name, apr_size_t len, const char *part)
{
    apr_size_t part_len = strlen(part);

    return part_len > 0 && part[part_len - 1] == '/'
        ? len > part_len && !memcmp(name, part, part_len)
        : len == part_len && !memcmp(name, part, len);
}

static bool
ends_with(const char *name, apr_size_t len, const char *end)
{
    apr_size_t end_len = strlen(end);

    return len >= end_len && !memcmp(name + len - end_len, end, end_len);
}

bool
gov_security__zip_has(apr_file_t *file, const char *part, const char *unwanted,
                      apr_pool_t *pool)
{
    const unsigned char *p, *end;
    bool found = part == NULL;
    gov_bytes_t directory;

    if (!read_directory(&directory, file, pool))
        return false;
    p = (const unsigned char *)directory.data;
    end = p + directory.len;
    while (end - p >= ENTRY_SIZE && !memcmp(p, "PK\1\2", 4)) {
        const char *name = (const char *)p + ENTRY_SIZE;
        apr_size_t len = number(p + 28, 2);
        apr_size_t all = ENTRY_SIZE + len + number(p + 30, 2)
            + number(p + 32, 2);

        if ((apr_size_t)(end - p) < all)
            return false;
        if (unwanted && ends_with(name, len, unwanted))
            return false;
        found |= part && is_at(name, len, part);
        p += all;
    }
    return found;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* picture.c -- pixel sizes of pictures, by their headers. */

#include <string.h>

#include "security_priv.h"

typedef struct size_px_t {
    apr_int64_t width, height;
} size_px_t;

static apr_uint32_t
big(const unsigned char *p, int len)
{
    apr_uint32_t n = 0;

    while (len-- > 0)
        n = n << 8 | *p++;
    return n;
}

static apr_uint32_t
little(const unsigned char *p, int len)
{
    apr_uint32_t n = 0;

    while (len-- > 0)
        n = n << 8 | p[len];
    return n;
}

bool
gov_security__read_at(apr_file_t *file, apr_off_t offset, void *data,
                      apr_size_t *len)
{
    apr_size_t room = *len;
    apr_status_t rv = apr_file_seek(file, APR_SET, &offset);

    if (rv)
        return false;
    rv = apr_file_read_full(file, data, room, len);
    return rv == APR_SUCCESS || APR_STATUS_IS_EOF(rv);
}

/* Exactly LEN bytes at OFFSET. */
static bool
take(apr_file_t *file, apr_off_t offset, unsigned char *data, apr_size_t len)
{
    apr_size_t got = len;

    return gov_security__read_at(file, offset, data, &got) && got == len;
}

static bool
png_size(size_px_t *size, apr_file_t *file)
{
    unsigned char head[24];

    if (!take(file, 0, head, sizeof(head))
        || memcmp(head, "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", 16) != 0)
        return false;
    size->width = big(head + 16, 4);
    size->height = big(head + 20, 4);
    return true;
}

static bool
gif_size(size_px_t *size, apr_file_t *file)
{
    unsigned char head[10];

    if (!take(file, 0, head, sizeof(head))
        || (memcmp(head, "GIF87a", 6) != 0 && memcmp(head, "GIF89a", 6) != 0))
        return false;
    size->width = little(head + 6, 2);
    size->height = little(head + 8, 2);
    return true;
}

/* A frame header (SOF) is any of C0..CF but the tables DHT, JPG and DAC. */
static bool
is_frame(int marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4
        && marker != 0xC8 && marker != 0xCC;
}

/* Segments are skipped by their length; the frame header comes before the first
   scan (SOS).  A camera writes a dozen segments, so a file with thousands is
   not worth more reads. */
static bool
jpeg_size(size_px_t *size, apr_file_t *file)
{
    unsigned char head[9];
    apr_off_t at = 2;
    int segments;

    if (!take(file, 0, head, 2) || head[0] != 0xFF || head[1] != 0xD8)
        return false;
    for (segments = 0; segments < 4096; segments++) {
        if (!take(file, at, head, 4) || head[0] != 0xFF)
            return false;
        if (head[1] == 0xFF) {    /* padding */
            at++;
            continue;
        }
        if (head[1] == 0xDA || head[1] == 0xD9 || head[1] == 0
            || big(head + 2, 2) < 2)
            return false;
        if (is_frame(head[1])) {
            if (!take(file, at, head, 9))
                return false;
            size->height = big(head + 5, 2);
            size->width = big(head + 7, 2);
            return true;
        }
        at += 2 + big(head + 2, 2);
    }
    return false;
}

/* The three kinds of WebP say it in three ways: lossy as a VP8 key frame,
   lossless in 14 bits each, extended in 24 bits each, less one. */
static bool
webp_size(size_px_t *size, apr_file_t *file)
{
    unsigned char head[30];
    apr_uint32_t bits;

    if (!take(file, 0, head, sizeof(head)) || memcmp(head, "RIFF", 4) != 0
        || memcmp(head + 8, "WEBP", 4) != 0)
        return false;
    if (!memcmp(head + 12, "VP8X", 4)) {
        size->width = little(head + 24, 3) + 1;
        size->height = little(head + 27, 3) + 1;
    }
    else if (!memcmp(head + 12, "VP8L", 4) && head[20] == 0x2F) {
        bits = little(head + 21, 4);
        size->width = (bits & 0x3FFF) + 1;
        size->height = (bits >> 14 & 0x3FFF) + 1;
    }
    else if (!memcmp(head + 12, "VP8 ", 4)
             && !memcmp(head + 23, "\x9D\x01\x2A", 3)) {
        size->width = little(head + 26, 2) & 0x3FFF;
        size->height = little(head + 28, 2) & 0x3FFF;
    }
    else
        return false;
    return true;
}

bool
gov_security__picture_size(apr_int64_t *width, apr_int64_t *height,
                           apr_file_t *file, const char *media_type)
{
    static const struct {
        const char *media_type;
        bool (*size)(size_px_t *size, apr_file_t *file);
    } readers[] = {
        { "image/jpeg", jpeg_size },
        { "image/png", png_size },
        { "image/gif", gif_size },
        { "image/webp", webp_size },
    };
    size_px_t size = { 0, 0 };
    apr_size_t i;

    for (i = 0; i < sizeof(readers) / sizeof(*readers); i++)
        if (!strcmp(media_type, readers[i].media_type)) {
            if (!readers[i].size(&size, file) || size.width == 0
                || size.height == 0)
                return false;
            *width = size.width;
            *height = size.height;
            return true;
        }
    return false;
}

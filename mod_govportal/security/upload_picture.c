/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* upload_picture.c -- pictures without what is not the picture.
 *
 * Nothing is decoded: parts are kept by name or left out.  What a list does not
 * name goes, and so does all that follows a picture's end. */

#include <apr_file_io.h>
#include <string.h>

#include "upload_priv.h"

typedef struct picture_t {
    const unsigned char *at, *end;
    apr_file_t *out;
    apr_status_t rv;
    apr_size_t written;
    bool turned;                  /* the orientation is written */
    int removed;
} picture_t;

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

static apr_size_t
left(const picture_t *pic)
{
    return (apr_size_t)(pic->end - pic->at);
}

static void
put(picture_t *pic, const void *data, apr_size_t len)
{
    if (!pic->rv)
        pic->rv = apr_file_write_full(pic->out, data, len, NULL);
    pic->written += len;
}

/* --- orientation ---------------------------------------------------------- */

#define TIFF_SIZE 26

/* Value of tag 0x0112 in the first directory of a TIFF header; 0: upright, or not
   said. */
static int
orientation(const unsigned char *tiff, apr_size_t len)
{
    apr_uint32_t (*number)(const unsigned char *, int);
    apr_uint32_t at, count, i;

    if (len >= 6 && !memcmp(tiff, "Exif\0\0", 6)) {
        tiff += 6;
        len -= 6;
    }
    if (len < 8)
        return 0;
    if (!memcmp(tiff, "II*\0", 4))
        number = little;
    else if (!memcmp(tiff, "MM\0*", 4))
        number = big;
    else
        return 0;
    at = number(tiff + 4, 4);
    if (at > len - 2 || at < 8)
        return 0;
    count = number(tiff + at, 2);
    at += 2;
    for (i = 0; i < count && at <= len && len - at >= 12; i++, at += 12) {
        const unsigned char *entry = tiff + at;
        apr_uint32_t value = number(entry + 8, 2);

        if (number(entry, 2) == 0x0112)
            return number(entry + 2, 2) == 3 && value >= 2 && value <= 8
                ? (int)value : 0;
    }
    return 0;
}

/* A TIFF header that says nothing else. */
static void
make_tiff(unsigned char tiff[TIFF_SIZE], int value)
{
    memcpy(tiff, "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0",
           TIFF_SIZE);
    tiff[19] = (unsigned char)value;
}

/* --- JPEG ----------------------------------------------------------------- */

/* The thumbnail in the JFIF header may show what was cut off the picture. */
static void
put_jfif(picture_t *pic, const unsigned char *p, apr_size_t len)
{
    unsigned char head[18];

    if (len <= sizeof(head)) {
        put(pic, p, len);
        return;
    }
    memcpy(head, p, sizeof(head));
    head[2] = 0;
    head[3] = 16;
    head[16] = head[17] = 0;
    put(pic, head, sizeof(head));
    pic->removed++;
}

static void
put_exif_turn(picture_t *pic, const unsigned char *p, apr_size_t len)
{
    unsigned char own[10 + TIFF_SIZE] = "\xFF\xE1\0\x22" "Exif";
    int turn = len > 4 ? orientation(p + 4, len - 4) : 0;

    if (pic->turned || !turn) {
        pic->removed++;
        return;
    }
    make_tiff(own + 10, turn);
    put(pic, own, sizeof(own));
    pic->turned = true;
    pic->removed += len != sizeof(own) || memcmp(own, p, len) != 0;
}

static bool
begins(const unsigned char *p, apr_size_t len, const char *what,
       apr_size_t what_len)
{
    return len >= 4 + what_len && !memcmp(p + 4, what, what_len);
}

/* A segment with its marker and length. */
static void
put_segment(picture_t *pic, const unsigned char *p, apr_size_t len)
{
    int marker = p[1];

    if (marker == 0xE0 && begins(p, len, "JFIF\0", 5))
        put_jfif(pic, p, len);
    else if (marker == 0xE1 && begins(p, len, "Exif\0\0", 6))
        put_exif_turn(pic, p, len);
    else if ((marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE) {
        bool keep = (marker == 0xE2 && begins(p, len, "ICC_PROFILE\0", 12))
            || (marker == 0xEE && begins(p, len, "Adobe", 5) && len == 16);

        if (keep)
            put(pic, p, len);
        else
            pic->removed++;
    }
    else
        put(pic, p, len);
}

/* Coded data up to the next marker that is not part of it. */
static void
put_scan(picture_t *pic)
{
    const unsigned char *p = pic->at;

    while (p < pic->end) {
        p = memchr(p, 0xFF, (apr_size_t)(pic->end - p));
        if (!p || p + 1 >= pic->end) {
            p = pic->end;
            break;
        }
        if (p[1] != 0 && !(p[1] >= 0xD0 && p[1] <= 0xD7) && p[1] != 0xFF)
            break;
        p += p[1] == 0xFF ? 1 : 2;
    }
    put(pic, pic->at, (apr_size_t)(p - pic->at));
    pic->at = p;
}

static bool
clean_jpeg(picture_t *pic)
{
    bool scanned = false;

    if (left(pic) < 2 || pic->at[0] != 0xFF || pic->at[1] != 0xD8)
        return false;
    put(pic, pic->at, 2);
    pic->at += 2;
    while (left(pic) >= 2 && pic->at[0] == 0xFF) {
        int marker = pic->at[1];
        apr_size_t len;

        if (marker == 0xFF) {     /* padding */
            pic->at++;
            continue;
        }
        if (marker == 0xD9) {
            put(pic, pic->at, 2);
            pic->at += 2;
            return scanned;
        }
        if (marker == 0 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8))
            return false;
        if (left(pic) < 4)
            return false;
        len = 2 + big(pic->at + 2, 2);
        if (len < 4 || len > left(pic))
            return false;
        put_segment(pic, pic->at, len);
        pic->at += len;
        if (marker == 0xDA) {
            scanned = true;
            put_scan(pic);
        }
    }
    /* browsers show a picture whose end is missing */
    return scanned && left(pic) == 0;
}

/* --- PNG ------------------------------------------------------------------ */

/* ISO 15948 annex D */
static apr_uint32_t
crc_of(const unsigned char *p, apr_size_t len)
{
    apr_uint32_t crc = 0xFFFFFFFFu;
    int bit;

    while (len-- > 0) {
        crc ^= *p++;
        for (bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
    }
    return ~crc;
}

/* True: it says less than the DATA it stands for. */
static bool
put_png_turn(picture_t *pic, int turn, const unsigned char *data,
             apr_size_t len)
{
    unsigned char chunk[12 + TIFF_SIZE] = "\0\0\0\x1A" "eXIf";
    apr_uint32_t crc;

    make_tiff(chunk + 8, turn);
    crc = crc_of(chunk + 4, 4 + TIFF_SIZE);
    chunk[34] = (unsigned char)(crc >> 24);
    chunk[35] = (unsigned char)(crc >> 16);
    chunk[36] = (unsigned char)(crc >> 8);
    chunk[37] = (unsigned char)crc;
    put(pic, chunk, sizeof(chunk));
    pic->turned = true;
    return len != TIFF_SIZE || memcmp(chunk + 8, data, len) != 0;
}

static bool
is_in(const char *list, const unsigned char *name)
{
    for (; *list; list += 5)
        if (!memcmp(list, name, 4))
            return true;
    return false;
}

static bool
clean_png(picture_t *pic)
{
    static const char kept[] =
        "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST sPLT "
        "acTL fcTL fdAT cICP mDCV cLLI ";

    if (left(pic) < 8 || memcmp(pic->at, "\x89PNG\r\n\x1A\n", 8) != 0)
        return false;
    put(pic, pic->at, 8);
    pic->at += 8;
    while (left(pic) >= 12) {
        const unsigned char *p = pic->at;
        apr_size_t len = big(p, 4);
        int turn;

        if (len > left(pic) - 12)
            return false;
        pic->at += len + 12;
        if (is_in(kept, p + 4))
            put(pic, p, len + 12);
        else if (!memcmp(p + 4, "eXIf", 4) && !pic->turned
                 && (turn = orientation(p + 8, len)) != 0) {
            pic->removed += put_png_turn(pic, turn, p + 8, len);
        }
        else
            pic->removed++;
        if (!memcmp(p + 4, "IEND", 4))
            return len == 0;
    }
    return false;
}

/* --- GIF ------------------------------------------------------------------ */

/* Sub-blocks up to and with the empty one; 0: they do not end. */
static apr_size_t
blocks_size(const picture_t *pic, apr_size_t from)
{
    while (from < left(pic)) {
        apr_size_t len = pic->at[from];

        from += 1 + len;
        if (len == 0)
            return from;
    }
    return 0;
}

/* Bytes of the colour table that FLAGS tell of. */
static apr_size_t
table_size(int flags)
{
    return flags & 0x80 ? (apr_size_t)3 << ((flags & 7) + 1) : 0;
}

static bool
put_extension(picture_t *pic)
{
    const unsigned char *p = pic->at;
    apr_size_t len = blocks_size(pic, 2);

    if (!len)
        return false;
    if (p[1] == 0xF9)
        put(pic, p, len);
    else if (p[1] == 0xFF && len >= 19 && p[2] == 11 && p[14] == 3 && p[15] == 1
             && (!memcmp(p + 3, "NETSCAPE2.0", 11)
                 || !memcmp(p + 3, "ANIMEXTS1.0", 11))) {
        put(pic, p, 18);          /* how often it repeats */
        put(pic, "", 1);
        pic->removed += len != 19;
    }
    else
        pic->removed++;
    pic->at += len;
    return true;
}

static bool
clean_gif(picture_t *pic)
{
    apr_size_t len;

    if (left(pic) < 13 || memcmp(pic->at, "GIF8", 4) != 0)
        return false;
    len = 13 + table_size(pic->at[10]);
    if (len > left(pic))
        return false;
    put(pic, pic->at, len);
    pic->at += len;
    while (left(pic) > 0) {
        if (*pic->at == 0x3B) {
            put(pic, pic->at, 1);
            pic->at++;
            return true;
        }
        if (left(pic) < 3)
            return false;
        if (*pic->at == 0x21) {
            if (!put_extension(pic))
                return false;
            continue;
        }
        if (*pic->at != 0x2C || left(pic) < 11)
            return false;
        len = 10 + table_size(pic->at[9]) + 1; /* and the code size */
        len = len < left(pic) ? blocks_size(pic, len) : 0;
        if (!len)
            return false;
        put(pic, pic->at, len);
        pic->at += len;
    }
    return false;
}

/* --- WebP ----------------------------------------------------------------- */

#define VP8X_EXIF 0x08
#define VP8X_XMP 0x04

static void
put_chunk(picture_t *pic, const char *name, const unsigned char *data,
          apr_size_t len)
{
    unsigned char size[4] = { (unsigned char)len, (unsigned char)(len >> 8),
                              (unsigned char)(len >> 16),
                              (unsigned char)(len >> 24) };

    put(pic, name, 4);
    put(pic, size, 4);
    put(pic, data, len);
    if (len & 1)
        put(pic, "", 1);
}

/* The orientation that an EXIF chunk behind tells. */
static int
webp_turn(const picture_t *pic)
{
    const unsigned char *p = pic->at;

    while (pic->end - p >= 8) {
        apr_size_t len = little(p + 4, 4);

        if (len > (apr_size_t)(pic->end - p) - 8)
            return 0;
        if (!memcmp(p, "EXIF", 4))
            return orientation(p + 8, len);
        len += len & 1;
        if (len > (apr_size_t)(pic->end - p) - 8)
            return 0;
        p += 8 + len;
    }
    return 0;
}

static void
put_webp_chunk(picture_t *pic, const unsigned char *p, apr_size_t len,
               int turn)
{
    unsigned char head[10];

    if (!memcmp(p, "VP8X", 4) && len == sizeof(head)) {
        memcpy(head, p + 8, sizeof(head));
        head[0] &= (unsigned char)~(VP8X_EXIF | VP8X_XMP);
        if (turn)
            head[0] |= VP8X_EXIF;
        pic->removed += head[0] != p[8];
        put_chunk(pic, "VP8X", head, sizeof(head));
    }
    else if (is_in("VP8  VP8L ALPH ANIM ANMF ICCP ", p))
        put_chunk(pic, (const char *)p, p + 8, len);
    else if (!memcmp(p, "EXIF", 4) && turn && !pic->turned) {
        unsigned char tiff[TIFF_SIZE];

        make_tiff(tiff, turn);
        put_chunk(pic, "EXIF", tiff, TIFF_SIZE);
        pic->turned = true;
        pic->removed += len != TIFF_SIZE || memcmp(tiff, p + 8, len) != 0;
    }
    else
        pic->removed++;
}

static bool
clean_webp(picture_t *pic)
{
    apr_size_t size;
    apr_off_t start = 4;
    unsigned char length[4];
    bool seen = false;
    int turn;

    if (left(pic) < 20 || memcmp(pic->at, "RIFF", 4) != 0
        || memcmp(pic->at + 8, "WEBP", 4) != 0)
        return false;
    size = little(pic->at + 4, 4);
    if (size < 12 || size > left(pic) - 8)
        return false;
    if (size < left(pic) - 8)
        pic->removed++;
    pic->end = pic->at + 8 + size;
    put(pic, pic->at, 12);
    pic->at += 12;
    turn = webp_turn(pic);
    while (left(pic) >= 8) {
        const unsigned char *p = pic->at;
        apr_size_t len = little(p + 4, 4);

        if (len > left(pic) - 8)
            return false;
        seen |= !memcmp(p, "VP8 ", 4) || !memcmp(p, "VP8L", 4)
            || !memcmp(p, "ANMF", 4);
        put_webp_chunk(pic, p, len, turn);
        len += len & 1;
        pic->at += len < left(pic) - 8 ? 8 + len : left(pic);
    }
    if (!seen)
        return false;
    size = pic->written - 8;
    length[0] = (unsigned char)size;
    length[1] = (unsigned char)(size >> 8);
    length[2] = (unsigned char)(size >> 16);
    length[3] = (unsigned char)(size >> 24);
    if (!pic->rv)
        pic->rv = apr_file_seek(pic->out, APR_SET, &start);
    if (!pic->rv)
        pic->rv = apr_file_write_full(pic->out, length, 4, NULL);
    pic->at = pic->end;
    return true;
}

/* --- all ------------------------------------------------------------------ */

gov_err_t *
gov_upload__clean_picture(cleaning_t *c)
{
    picture_t pic = { .removed = 0 };
    const unsigned char *end;
    gov_bytes_t bytes;
    bool good;

    GOV_TRY(gov_upload__map(&bytes, c->source, c->pool));
    pic.at = (const unsigned char *)bytes.data;
    pic.end = end = pic.at + bytes.len;
    pic.rv = apr_file_open(&pic.out, c->target, APR_FOPEN_WRITE
                           | APR_FOPEN_TRUNCATE | APR_FOPEN_BINARY
                           | APR_FOPEN_BUFFERED, APR_FPROT_OS_DEFAULT,
                           c->pool);
    if (pic.rv)
        return gov_err_apr(pic.rv, c->pool, "%s", c->target);
    if (!strcmp(c->type, "image/jpeg"))
        good = clean_jpeg(&pic);
    else if (!strcmp(c->type, "image/png"))
        good = clean_png(&pic);
    else if (!strcmp(c->type, "image/gif"))
        good = clean_gif(&pic);
    else
        good = clean_webp(&pic);
    if (!pic.rv)
        pic.rv = apr_file_close(pic.out);
    if (pic.rv)
        return gov_err(GOV_E_UNAVAILABLE, gov_err_apr(pic.rv, c->pool, "%s",
                                                      c->target),
                       c->pool, "a temporary file cannot be written");
    if (!good)
        return gov_upload__refuse("file-damaged", c->pool,
                                  "a picture that does not end well");
    c->removed = pic.removed + (pic.at < end && strcmp(c->type, "image/webp"));
    return NULL;
}

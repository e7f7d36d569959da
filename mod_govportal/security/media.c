/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* media.c -- what a file really is: the list of what may be published, and the
 * look at a file's bytes that puts it there.
 */

#include <apr_portable.h>
#include <magic.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "gov_media.h"
#include "gov_text.h"
#include "security_priv.h"

#define MAX_PIXELS (50 * 1000 * 1000)
#define CHUNK (64 * 1024)

typedef enum content_t {
    BYTES,                        /* libmagic's word is enough */
    PICTURE,                      /* has a pixel size */
    TEXT,                         /* UTF-8 throughout */
    ARCHIVE                       /* a ZIP archive that holds PART */
} content_t;

typedef struct media_t {
    const char *ending;           /* of the file's name */
    const char *type;             /* what it is served as */
    const char *word;             /* catalogue key */
    bool in_place;                /* may be shown by browsers */
    content_t content;
    const char *part;             /* ARCHIVE: entry that makes it one */
    const char *magic;            /* what libmagic calls it, blanks between;
                                     BYTES and PICTURE: besides TYPE */
} media_t;

#define OOXML "application/vnd.openxmlformats-officedocument."
#define ODF "application/vnd.oasis.opendocument."
#define OLE "application/CDFV2 application/x-ole-storage"

/* Old Office formats are told apart by streams inside that libmagic does not
   always find, hence OLE for all three.  No SVG or HTML: they are programs. */
static const media_t list[] = {
    { "jpg", "image/jpeg", "file.jpeg", true, PICTURE, NULL, "" },
    { "jpeg", "image/jpeg", "file.jpeg", true, PICTURE, NULL, "" },
    { "png", "image/png", "file.png", true, PICTURE, NULL, "" },
    { "gif", "image/gif", "file.gif", true, PICTURE, NULL, "" },
    { "webp", "image/webp", "file.webp", true, PICTURE, NULL, "" },
    { "pdf", "application/pdf", "file.pdf", true, BYTES, NULL, "" },
    { "ofd", "application/ofd", "file.ofd", false, ARCHIVE, "OFD.xml", NULL },
    { "doc", "application/msword", "file.word", false, BYTES, NULL, OLE },
    { "xls", "application/vnd.ms-excel", "file.excel", false, BYTES, NULL,
      OLE },
    { "ppt", "application/vnd.ms-powerpoint", "file.powerpoint", false, BYTES,
      NULL, OLE },
    { "docx", OOXML "wordprocessingml.document", "file.word", false, ARCHIVE,
      "word/", NULL },
    { "xlsx", OOXML "spreadsheetml.sheet", "file.excel", false, ARCHIVE,
      "xl/", NULL },
    { "pptx", OOXML "presentationml.presentation", "file.powerpoint", false,
      ARCHIVE, "ppt/", NULL },
    { "odt", ODF "text", "file.odt", false, ARCHIVE, "content.xml", NULL },
    { "ods", ODF "spreadsheet", "file.ods", false, ARCHIVE, "content.xml",
      NULL },
    { "odp", ODF "presentation", "file.odp", false, ARCHIVE, "content.xml",
      NULL },
    { "zip", "application/zip", "file.zip", false, ARCHIVE, NULL, NULL },
    { "csv", "text/csv", "file.csv", false, TEXT, NULL, NULL },
    { "txt", "text/plain", "file.text", true, TEXT, NULL, NULL },
    { "vtt", "text/vtt", "file.vtt", true, TEXT, NULL, NULL },
    { "mp4", "video/mp4", "file.mp4", true, BYTES, NULL, "video/x-m4v" },
    { "webm", "video/webm", "file.webm", true, BYTES, NULL, "" },
    { "ogv", "video/ogg", "file.ogg", true, BYTES, NULL, "application/ogg" },
    { "mp3", "audio/mpeg", "file.mp3", true, BYTES, NULL, "" },
    { "m4a", "audio/mp4", "file.m4a", true, BYTES, NULL,
      "audio/x-m4a video/mp4" },
    { "ogg", "audio/ogg", "file.ogg", true, BYTES, NULL, "application/ogg" },
};

#define LISTED (sizeof(list) / sizeof(*list))

static const media_t *
by_type(const char *type)
{
    apr_size_t i;

    for (i = 0; i < LISTED; i++)
        if (!strcmp(list[i].type, type))
            return &list[i];
    return NULL;
}

static const media_t *
by_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    apr_size_t i;

    for (i = 0; dot && i < LISTED; i++)
        if (!strcasecmp(list[i].ending, dot + 1))
            return &list[i];
    return NULL;
}

/* --- libmagic ------------------------------------------------------------- */

static apr_status_t
close_magic(void *cookie)
{
    magic_close(cookie);
    return APR_SUCCESS;
}

/* Opened for each file: a cookie must not be shared by threads, and its data
   base is a file mapped into memory, which is there already. */
static gov_err_t *
ask_magic(const char **type, apr_file_t *file, apr_pool_t *pool)
{
    magic_t cookie = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS
                                | MAGIC_ERROR);
    apr_off_t start = 0;
    apr_os_file_t fd;
    const char *said;

    if (!cookie)
        return gov_err(GOV_E_INTERNAL, NULL, pool, "libmagic does not open");
    apr_pool_cleanup_register(pool, cookie, close_magic, apr_pool_cleanup_null);
    if (magic_load(cookie, NULL) != 0)
        return gov_err(GOV_E_INTERNAL, NULL, pool, "libmagic: %s",
                       magic_error(cookie));
    apr_file_seek(file, APR_SET, &start);
    apr_os_file_get(&fd, file);
    said = magic_descriptor(cookie, fd);
    if (!said)
        return gov_err(GOV_E_INTERNAL, NULL, pool, "libmagic: %s",
                       magic_error(cookie));
    *type = apr_pstrdup(pool, said);
    return NULL;
}

/* --- one pass over the bytes ---------------------------------------------- */

typedef struct reading_t {
    apr_int64_t size;
    unsigned char digest[32];
    bool is_text;                 /* throughout, by gov_text_valid() */
    char head[8];                 /* its beginning, padded with zeros */
} reading_t;

/* Where the last character that may go on in the next chunk begins. */
static apr_size_t
whole_characters(const char *data, apr_size_t len)
{
    apr_size_t back;

    for (back = 1; back <= 3 && back <= len; back++) {
        unsigned char c = (unsigned char)data[len - back];

        if (c < 0x80)
            break;
        if (c >= 0xC0)
            return len - back;
    }
    return len;
}

static gov_err_t *
read_through(reading_t *r, apr_file_t *file, apr_pool_t *pool)
{
    char *chunk = apr_palloc(pool, CHUNK);
    crypto_hash_sha256_state hash;
    apr_size_t kept = 0;
    apr_status_t rv = APR_SUCCESS;

    memset(r, 0, sizeof(*r));
    r->is_text = true;
    crypto_hash_sha256_init(&hash);
    while (rv == APR_SUCCESS) {
        apr_size_t got, len;

        rv = apr_file_read_full(file, chunk + kept, CHUNK - kept, &got);
        if (rv && !APR_STATUS_IS_EOF(rv))
            return gov_err_apr(rv, pool, "cannot be read");
        crypto_hash_sha256_update(&hash, (unsigned char *)chunk + kept, got);
        if (r->size == 0)
            memcpy(r->head, chunk,
                   got < sizeof(r->head) ? got : sizeof(r->head));
        r->size += (apr_int64_t)got;
        if (!r->is_text)
            continue;
        got += kept;
        len = rv ? got : whole_characters(chunk, got);
        r->is_text = gov_text_valid(chunk, len);
        kept = r->is_text ? got - len : 0;
        memmove(chunk, chunk + len, kept);
    }
    crypto_hash_sha256_final(&hash, r->digest);
    return NULL;
}

/* --- the look ------------------------------------------------------------- */

/* libmagic guesses at text by its words, so its guess counts only where it saw
   one of the other types on the list. */
static bool
is_text_file(const media_t *media, const reading_t *r, const char *magic)
{
    const media_t *other = by_type(magic);

    if (other && other->content != TEXT)
        return false;
    if (!strcmp(media->ending, "vtt"))
        return !memcmp(r->head, "WEBVTT", 6)
            || !memcmp(r->head, "\xEF\xBB\xBFWEBV", 7);
    return r->is_text;
}

static gov_err_t *
check(gov_asset_t *asset, const media_t *media, const reading_t *r,
      apr_file_t *file, apr_pool_t *pool)
{
    const char *magic = NULL;
    bool fits = false;

    GOV_TRY(ask_magic(&magic, file, pool));
    switch (media->content) {
    case BYTES:
    case PICTURE:
        fits = !strcmp(magic, media->type)
            || gov_text_has_word(media->magic, magic);
        break;
    case TEXT:
        if (!r->is_text)
            return gov_err(GOV_E_INVALID, NULL, pool, "is not UTF-8 text");
        fits = is_text_file(media, r, magic);
        break;
    case ARCHIVE:
        fits = !memcmp(r->head, "PK\3\4", 4)
            && gov_security__zip_has(file, media->part,
                                     media->part ? "vbaProject.bin" : NULL,
                                     pool);
        break;
    }
    if (!fits)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "is named .%s, but is %s", media->ending, magic);
    if (media->content != PICTURE)
        return NULL;
    if (!gov_security__picture_size(&asset->width, &asset->height, file,
                                    media->type))
        return gov_err(GOV_E_INVALID, NULL, pool, "is a damaged picture");
    return NULL;
}

static gov_err_t *
look(gov_asset_t *asset, const media_t *media, const char *file,
     apr_pool_t *scratch)
{
    apr_file_t *handle;
    apr_finfo_t info;
    apr_status_t rv;
    reading_t r;

    /* first, because to open a named pipe may take for ever */
    rv = apr_stat(&info, file, APR_FINFO_TYPE, scratch);
    if (!rv && info.filetype != APR_REG)
        return gov_err(GOV_E_INVALID, NULL, scratch, "is no file");
    if (!rv)
        rv = apr_file_open(&handle, file, APR_FOPEN_READ | APR_FOPEN_BINARY,
                           APR_FPROT_OS_DEFAULT, scratch);
    if (rv)
        return gov_err_apr(rv, scratch, "cannot be opened");
    GOV_TRY(read_through(&r, handle, scratch));
    if (r.size == 0)
        return gov_err(GOV_E_INVALID, NULL, scratch, "is empty");
    GOV_TRY(check(asset, media, &r, handle, scratch));
    asset->id = gov_hex(r.digest, sizeof(r.digest), scratch);
    asset->size = r.size;
    asset->media_type = media->type;
    return NULL;
}

gov_err_t *
gov_security__look(gov_asset_t *asset, const char *file, const char *name,
                   apr_pool_t *pool)
{
    const media_t *media = by_name(name);
    gov_asset_t found = { 0 };
    apr_pool_t *scratch;
    gov_err_t *err;

    if (!media)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "files with this ending are not published");
    apr_pool_create(&scratch, pool);
    err = look(&found, media, file, scratch);
    if (err)
        err = gov_err_dup(err, pool);
    else {
        *asset = found;
        asset->id = apr_pstrdup(pool, found.id);
    }
    apr_pool_destroy(scratch);
    return err;
}

gov_err_t *
gov_media_look(gov_asset_t *asset, const char *file, const char *name,
               apr_pool_t *pool)
{
    gov_asset_t found;

    GOV_TRY(gov_security__look(&found, file, name, pool));
    if (found.width && found.width > MAX_PIXELS / found.height)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "has %" APR_INT64_T_FMT " x %" APR_INT64_T_FMT
                       " pixels; the limit is 50 million",
                       found.width, found.height);
    *asset = found;
    return NULL;
}

const char *
gov_media_word(const char *media_type)
{
    const media_t *media = by_type(media_type);

    return media ? media->word : "file.other";
}

bool
gov_media_inline(const char *media_type)
{
    const media_t *media = by_type(media_type);

    return media && media->in_place;
}

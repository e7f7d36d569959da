/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* upload_office.c -- office documents that are ZIP archives (ECMA-376, ISO 26300),
 * and other archives. */

#include <apr_file_io.h>
#include <string.h>
#include <zip.h>

#include "gov_text.h"
#include "upload_priv.h"

#define MAX_ENTRIES 10000
#define MAX_PART (64 * 1024 * 1024)
#define MAX_INFLATED (APR_INT64_C(1024) * 1024 * 1024)
#define MAX_RATIO 1200            /* deflate reaches 1032 */
/* What a part that we write was changed at: 1980-01-01, the first of ZIP's. */
#define NO_TIME 315532800

typedef struct office_t {
    cleaning_t *c;
    zip_t *in;
    zip_t *out;                   /* the copy; opened with the first change */
    bool odf;
} office_t;

static gov_err_t *
damaged(const office_t *o, const char *what)
{
    return gov_upload__refuse("file-damaged", o->c->pool, "%s", what);
}

/* --- entries -------------------------------------------------------------- */

static apr_status_t
discard_zip(void *zip)
{
    zip_discard(zip);
    return APR_SUCCESS;
}

static gov_err_t *
open_zip(office_t *o)
{
    int why;

    o->in = zip_open(o->c->source, ZIP_RDONLY | ZIP_CHECKCONS, &why);
    if (!o->in)
        return damaged(o, "no consistent archive");
    apr_pool_cleanup_register(o->c->pool, o->in, discard_zip,
                              apr_pool_cleanup_null);
    return NULL;
}

/* A name that leaves its folder is no document's. */
static bool
is_safe(const char *name)
{
    return *name != '/' && !strchr(name, '\\') && !strchr(name, ':')
        && strncmp(name, "../", 3) && !strstr(name, "/../");
}

static gov_err_t *
check_entries(const office_t *o)
{
    zip_int64_t count = zip_get_num_entries(o->in, 0), i;
    apr_hash_t *seen = apr_hash_make(o->c->pool);
    apr_int64_t total = 0;

    if (count > MAX_ENTRIES)
        return damaged(o, "too many entries");
    for (i = 0; i < count; i++) {
        zip_stat_t stat;

        if (zip_stat_index(o->in, (zip_uint64_t)i, 0, &stat)
            || !(stat.valid & ZIP_STAT_NAME) || !(stat.valid & ZIP_STAT_SIZE))
            return damaged(o, "an entry cannot be read");
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD)
            && stat.encryption_method != ZIP_EM_NONE)
            return gov_upload__refuse("file-encrypted", o->c->pool, "%s",
                                      stat.name);
        if (!is_safe(stat.name)
            || apr_hash_get(seen, stat.name, APR_HASH_KEY_STRING))
            return damaged(o, "an entry's name");
        apr_hash_set(seen, apr_pstrdup(o->c->pool, stat.name),
                     APR_HASH_KEY_STRING, "");
        total += (apr_int64_t)stat.size;
        if (total > MAX_INFLATED || stat.size > (zip_uint64_t)MAX_INFLATED
            || (stat.size > 1024 * 1024
                && stat.size / MAX_RATIO > stat.comp_size))
            return damaged(o, "it inflates to too much");
    }
    return NULL;
}

static gov_err_t *
read_part(gov_bytes_t *bytes, const office_t *o, zip_uint64_t index,
          apr_pool_t *pool)
{
    zip_file_t *file;
    zip_stat_t stat;
    char *data;
    zip_int64_t got;

    if (zip_stat_index(o->in, index, 0, &stat) || stat.size > MAX_PART)
        return damaged(o, "a part is too large");
    file = zip_fopen_index(o->in, index, 0);
    if (!file)
        return damaged(o, "a part cannot be read");
    data = apr_palloc(pool, stat.size + 1);
    got = zip_fread(file, data, stat.size);
    zip_fclose(file);
    if (got < 0 || (zip_uint64_t)got != stat.size)
        return damaged(o, "a part cannot be read");
    data[got] = '\0';
    bytes->data = data;
    bytes->len = (apr_size_t)got;
    return NULL;
}

/* --- changes -------------------------------------------------------------- */

static gov_err_t *
open_copy(office_t *o)
{
    apr_status_t rv = apr_file_copy(o->c->source, o->c->target,
                                    APR_FPROT_UREAD | APR_FPROT_UWRITE,
                                    o->c->pool);
    int why;

    if (rv)
        return gov_err(GOV_E_UNAVAILABLE, gov_err_apr(rv, o->c->pool, "%s",
                                                      o->c->target),
                       o->c->pool, "no room for a copy");
    o->out = zip_open(o->c->target, 0, &why);
    if (!o->out)
        return damaged(o, "the copy cannot be opened");
    apr_pool_cleanup_register(o->c->pool, o->out, discard_zip,
                              apr_pool_cleanup_null);
    return NULL;
}

/* DATA must live until the archive is closed. */
static gov_err_t *
replace(office_t *o, zip_uint64_t index, const char *data, apr_size_t len)
{
    zip_source_t *source;

    if (!o->out)
        GOV_TRY(open_copy(o));
    source = zip_source_buffer(o->out, data, len, 0);
    if (!source || zip_file_replace(o->out, index, source, 0)) {
        zip_source_free(source);
        return damaged(o, "a part cannot be written");
    }
    zip_file_set_mtime(o->out, index, NO_TIME, 0);
    o->c->removed++;
    return NULL;
}

static gov_err_t *
finish(office_t *o)
{
    if (!o->out)
        return NULL;
    apr_pool_cleanup_kill(o->c->pool, o->out, discard_zip);
    if (zip_close(o->out)) {
        gov_err_t *err = gov_err(GOV_E_UNAVAILABLE, NULL, o->c->pool, "%s",
                                 zip_strerror(o->out));

        zip_discard(o->out);
        return err;
    }
    return NULL;
}

/* --- what goes, and what is refused --------------------------------------- */

/* Parts that say nothing of the document itself, and what stands in their place. */
static const struct {
    const char *name, *instead;
} blanks[] = {
    { "docProps/core.xml",
      "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/"
      "2006/metadata/core-properties\"/>" },
    { "docProps/app.xml",
      "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/"
      "extended-properties\"/>" },
    { "docProps/custom.xml",
      "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/"
      "custom-properties\"/>" },
    { "word/people.xml",
      "<w15:people xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/"
      "wordml\"/>" },
    { "xl/persons/person.xml",
      "<personList xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2018/"
      "threadedcomments\"/>" },
    { "meta.xml",
      "<office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:"
      "office:1.0\" office:version=\"1.2\"><office:meta/>"
      "</office:document-meta>" },
};

#define BLANKS (sizeof(blanks) / sizeof(*blanks))

/* Where a part stands in its folder: "*" is for anything that holds no slash. */
static bool
is_like(const char *name, const char *pattern)
{
    const char *star = strchr(pattern, '*');
    apr_size_t len = star ? (apr_size_t)(star - pattern) : strlen(pattern);

    if (strncmp(name, pattern, len))
        return false;
    if (!star)
        return !name[len];
    return gov_text_ends(name + len, star + 1) && !strchr(name + len, '/');
}

static bool
holds(const gov_bytes_t *part, const char *const *marks)
{
    for (; *marks; marks++)
        if (memmem(part->data, part->len, *marks, strlen(*marks)))
            return true;
    return false;
}

/* Text that was taken out or put in and is not decided about yet, and what people
   said to each other about the document. */
static bool
is_tracked(const char *name, const gov_bytes_t *part)
{
    static const char *const word[] = {
        "<w:ins ", "<w:del ", "<w:moveFrom ", "<w:moveTo ", "<w:rPrChange ",
        "<w:pPrChange ", "<w:sectPrChange ", "<w:tblPrChange ", "<w:cellIns ",
        "<w:cellDel ", "<w:comment ", NULL
    };
    static const char *const sheet[] = { "<comment ", "<threadedComment ",
                                         NULL };
    static const char *const slide[] = { "<p:cm ", "<p188:cm ", NULL };
    static const char *const odf[] = { "<text:changed-region",
                                       "<table:tracked-changes",
                                       "<office:annotation", NULL };

    if (is_like(name, "word/*.xml"))
        return holds(part, word);
    if (is_like(name, "xl/comments*.xml") || is_like(name, "xl/comments/*.xml")
        || is_like(name, "xl/threadedComments/*.xml"))
        return holds(part, sheet);
    if (is_like(name, "ppt/comments/*.xml"))
        return holds(part, slide);
    if (is_like(name, "content.xml") || is_like(name, "styles.xml"))
        return holds(part, odf);
    return is_like(name, "xl/revisions/*.xml");
}

static bool
is_active(const char *name)
{
    return gov_text_ends(name, "vbaProject.bin") || strstr(name, "/activeX/")
        || (strstr(name, "/embeddings/") && gov_text_ends(name, ".bin"))
        || is_like(name, "xl/macrosheets/*.xml")
        || !strncmp(name, "Basic/", 6) || !strncmp(name, "Scripts/", 8);
}

/* Empty every value between BEFORE and the quotation mark that ends it, if it
   begins with ONLY.  NULL: there is none. */
static const char *
blank_values(const gov_bytes_t *part, const char *before, const char *only,
             apr_pool_t *pool)
{
    const char *at = part->data, *end = at + part->len, *found;
    gov_buf_t *out = NULL;

    while ((found = memmem(at, (apr_size_t)(end - at), before,
                           strlen(before))) != NULL) {
        const char *value = found + strlen(before);
        const char *stop = memchr(value, '"', (apr_size_t)(end - value));

        if (!stop)
            break;
        if (!out)
            out = gov_buf_create(part->len, pool);
        gov_buf_add(out, at, (apr_size_t)(value - at));
        if ((apr_size_t)(stop - value) < strlen(only) || stop == value
            || strncmp(value, only, strlen(only)))
            gov_buf_add(out, value, (apr_size_t)(stop - value));
        at = stop;
    }
    if (!out)
        return NULL;
    gov_buf_add(out, at, (apr_size_t)(end - at));
    return out->len == part->len ? NULL : out->data;
}

/* The drive and folder where the template or the workbook lay. */
static const char *
without_paths(const char *name, const gov_bytes_t *part, apr_pool_t *pool)
{
    if (is_like(name, "word/_rels/settings.xml.rels"))
        return blank_values(part, "Target=\"", "file:", pool);
    if (is_like(name, "xl/workbook.xml"))
        return blank_values(part, "<x15ac:absPath url=\"", "", pool);
    return NULL;
}

static gov_err_t *
clean_part(office_t *o, const char *name, zip_uint64_t index,
           apr_pool_t *scratch)
{
    gov_bytes_t part;
    const char *instead;
    apr_size_t i;

    if (is_active(name))
        return gov_upload__refuse("file-active", o->c->pool, "%s", name);
    /* pictures and the like are not text to be searched */
    if (!gov_text_ends(name, ".xml") && !gov_text_ends(name, ".rels"))
        return NULL;
    GOV_TRY(read_part(&part, o, index, scratch));
    for (i = 0; i < BLANKS; i++)
        if (!strcmp(name, blanks[i].name))
            return !strcmp(part.data, blanks[i].instead) ? NULL
                : replace(o, index, blanks[i].instead,
                          strlen(blanks[i].instead));
    if (is_tracked(name, &part))
        return gov_upload__refuse("file-tracked-changes", o->c->pool, "%s",
                                  name);
    if (!strcmp(name, "META-INF/manifest.xml")
        && strstr(part.data, "encryption-data"))
        return gov_upload__refuse("file-encrypted", o->c->pool, "%s", name);
    instead = without_paths(name, &part, o->c->pool);
    return instead ? replace(o, index, instead, strlen(instead)) : NULL;
}

gov_err_t *
gov_upload__clean_office(cleaning_t *c)
{
    office_t o = { .c = c };
    apr_pool_t *scratch;
    zip_int64_t count, i;
    gov_err_t *err = NULL;

    GOV_TRY(open_zip(&o));
    GOV_TRY(check_entries(&o));
    count = zip_get_num_entries(o.in, 0);
    apr_pool_create(&scratch, c->pool);
    for (i = 0; i < count && !err; i++) {
        apr_pool_clear(scratch);
        err = clean_part(&o, zip_get_name(o.in, (zip_uint64_t)i, 0),
                         (zip_uint64_t)i, scratch);
    }
    apr_pool_destroy(scratch);
    return err ? err : finish(&o);
}

gov_err_t *
gov_upload__check_zip(cleaning_t *c)
{
    office_t o = { .c = c };

    GOV_TRY(open_zip(&o));
    return check_entries(&o);
}

/* Names in an OLE file are UTF-16 (MS-CFB); those of its macros are always the
   same (MS-OVBA, MS-XLS). */
gov_err_t *
gov_upload__check_old(cleaning_t *c)
{
    static const char *const names[] = { "_VBA_PROJECT", "Macros" };
    gov_bytes_t bytes;
    apr_size_t i, k;

    GOV_TRY(gov_upload__map(&bytes, c->source, c->pool));
    for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
        apr_size_t len = strlen(names[i]);
        char *wide = apr_pcalloc(c->pool, 2 * len);

        for (k = 0; k < len; k++)
            wide[2 * k] = names[i][k];
        if (memmem(bytes.data, bytes.len, wide, 2 * len))
            return gov_upload__refuse("file-active", c->pool, "%s", names[i]);
    }
    c->uncleaned = true;
    return NULL;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* What uploaded files lose, and which are refused. */

#include <apr_file_io.h>
#include <zip.h>

#include "gov_file.h"
#include "gov_media.h"
#include "gov_upload.h"
#include "gov_test.h"

#define B(text) { text, sizeof(text) - 1 }

static gov_err_t *
take_with(gov_upload_t *u, gov_test_t *t, const gov_upload_rules_t *rules,
          const char *name, const char *file)
{
    gov_upload_rules_t own = *rules;

    own.dir = gov_test_dir(t);
    return gov_upload_take(u, file, name, &own, t->pool);
}

static gov_err_t *
take_file(gov_upload_t *u, gov_test_t *t, const char *name, const char *file)
{
    gov_upload_rules_t rules = { .policy = NULL };

    return take_with(u, t, &rules, name, file);
}

static gov_err_t *
take(gov_upload_t *u, gov_test_t *t, const char *name, gov_bytes_t bytes)
{
    return take_file(u, t, name, gov_test_write_bytes(t, "in", bytes.data,
                                                      bytes.len));
}

/* What is left of BYTES; it is clean then. */
static gov_bytes_t
cleaned(gov_test_t *t, const char *name, gov_bytes_t bytes)
{
    gov_upload_t u = { .removed = -1 }, again;
    gov_bytes_t rest;

    assert_ok(take(&u, t, name, bytes));
    assert_ok(gov_file_read(&rest, u.file, 1 << 24, t->pool));
    assert_int_equal(u.asset.size, rest.len);
    assert_ok(take(&again, t, name, rest));
    assert_int_equal(again.removed, 0);
    assert_string_equal(again.asset.id, u.asset.id);
    return rest;
}

static void
refused(gov_test_t *t, const char *code, const char *name, gov_bytes_t bytes)
{
    gov_upload_t u = { .file = NULL };
    const gov_err_t *err = assert_err(GOV_E_INVALID,
                                      take(&u, t, name, bytes));
    const char *said = gov_upload_mistake(err);

    if (!said || strcmp(said, code))
        print_error("%s: %s\n", name, err->message);
    assert_string_equal(said, code);
    assert_null(u.file);
}

static bool
has(gov_bytes_t bytes, const char *what)
{
    return memmem(bytes.data, bytes.len, what, strlen(what)) != NULL;
}

static gov_bytes_t
join(gov_test_t *t, const gov_bytes_t *parts, int count)
{
    gov_bytes_t all = { NULL, 0 };
    char *data;
    int i;

    for (i = 0; i < count; i++)
        all.len += parts[i].len;
    all.data = data = apr_palloc(t->pool, all.len);
    for (i = 0; i < count; i++) {
        memcpy(data, parts[i].data, parts[i].len);
        data += parts[i].len;
    }
    return all;
}

#define JOIN(t, ...)                                                          \
    join((t), (gov_bytes_t[]){ __VA_ARGS__ },                                 \
         (int)(sizeof((gov_bytes_t[]){ __VA_ARGS__ }) / sizeof(gov_bytes_t)))

/* --- pictures ------------------------------------------------------------- */

/* One grey pixel is enough for what is never decoded. */
#define JPEG_REST                                                             \
    B("\xFF\xDB\0\x04\0\x01"                                                  \
      "\xFF\xC0\0\x0B\x08\0\x01\0\x01\x01\x01\x11\0"                          \
      "\xFF\xDA\0\x08\x01\x01\0\0\x3F\0" "ab\xFF\0\xFF\xD0" "cd\xFF\xD9")
#define JFIF B("\xFF\xE0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0")
#define SOI B("\xFF\xD8")

/* Orientation N, and where it was. */
static gov_bytes_t
exif(gov_test_t *t, int n)
{
    static const char made[] = "\xFF\xE1\0\x38" "Exif\0\0"
        "II*\0\x08\0\0\0\x02\0"
        "\x12\x01\x03\0\x01\0\0\0\0\0\0\0"
        "\x25\x88\x04\0\x01\0\0\0\0\0\0\0"
        "\0\0\0\0GPS 31.2 N";
    char *data = apr_pmemdup(t->pool, made, sizeof(made));
    gov_bytes_t bytes = { data, 2 + 0x38 };

    data = apr_pcalloc(t->pool, bytes.len);
    memcpy(data, made, sizeof(made) - 1);
    data[28] = (char)n;
    bytes.data = data;
    return bytes;
}

static void
a_jpeg_loses_all_but_the_picture_its_colours_and_its_turn(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t out = cleaned(t, "a.jpg", JOIN(t, SOI, JFIF, exif(t, 6),
        B("\xFF\xE1\0\x0Bhttp XMP!"), B("\xFF\xED\0\x0CPhotoshop "),
        B("\xFF\xE2\0\x10ICC_PROFILE\0x\1"), B("\xFF\xE2\0\x06MPF\0"),
        B("\xFF\xFE\0\x0CLi Hua so "), B("\xFF\xEE\0\x0E" "Adobe123456 "),
        JPEG_REST, B("hidden behind the end")));

    assert_false(has(out, "GPS"));
    assert_false(has(out, "XMP"));
    assert_false(has(out, "Photoshop"));
    assert_false(has(out, "MPF"));
    assert_false(has(out, "Li Hua"));
    assert_false(has(out, "hidden"));
    assert_true(has(out, "JFIF"));
    assert_true(has(out, "ICC_PROFILE"));
    assert_true(has(out, "Adobe"));
    assert_true(memmem(out.data, out.len, "\x01\x12\0\x03\0\0\0\x01\0\x06", 10)
                != NULL);
    assert_true(memmem(out.data, out.len, "ab\xFF\0\xFF\xD0" "cd\xFF\xD9", 10)
                != NULL);
}

static void
an_upright_jpeg_needs_no_exif(void **state)
{
    gov_test_t *t = *state;

    assert_false(has(cleaned(t, "a.jpg", JOIN(t, SOI, JFIF, exif(t, 1),
                                              JPEG_REST)), "Exif"));
    assert_false(has(cleaned(t, "a.jpg", JOIN(t, SOI, exif(t, 9),
                                              JPEG_REST)), "Exif"));
}

static void
a_jpeg_loses_the_thumbnail_of_what_was_cut_off(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t out = cleaned(t, "a.jpg", JOIN(t, SOI,
        B("\xFF\xE0\0\x13JFIF\0\1\1\0\0\1\0\1\1\1rgb"), JPEG_REST));

    assert_false(has(out, "rgb"));
    assert_true(has(out, "JFIF"));
}

static void
what_is_clean_stays_as_it_is(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t in = JOIN(t, SOI, JFIF, JPEG_REST);
    gov_upload_t u;

    assert_ok(take(&u, t, "a.jpg", in));
    assert_int_equal(u.removed, 0);
    assert_string_equal(u.original, u.asset.id);
    assert_string_equal(u.asset.media_type, "image/jpeg");
    assert_int_equal(u.asset.width, 1);
}

static void
the_originals_digest_is_told(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t in = JOIN(t, SOI, exif(t, 1), JPEG_REST);
    unsigned char digest[32];
    gov_upload_t u;

    assert_ok(take(&u, t, "a.jpg", in));
    gov_digest(digest, in.data, in.len);
    assert_string_equal(u.original, gov_hex(digest, 32, t->pool));
    assert_string_not_equal(u.original, u.asset.id);
}

#define PNG_HEAD                                                              \
    B("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01"                \
      "\x08\0\0\0\0\x3A\x7E\x9B\x55")
#define PNG_DATA B("\0\0\0\x0AIDAT\x78\x9C\x63\x60\0\0\0\x02\0\x01\x48\xAF\xA4\x71")
#define PNG_END B("\0\0\0\0IEND\xAE\x42\x60\x82")

static void
a_png_keeps_the_chunks_of_the_picture(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t out = cleaned(t, "a.png", JOIN(t, PNG_HEAD,
        B("\0\0\0\x0CtEXtAuthor\0Li Hu1234"), B("\0\0\0\7tIME1234567abcd"),
        B("\0\0\0\x09pHYs\0\0\0\1\0\0\0\1\1crc!"), B("\0\0\0\4prVt1234crc!"),
        B("\0\0\0\x1A" "eXIfMM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03"
          "\0\0GPS!crc!"),
        PNG_DATA, PNG_END, B("PK\3\4")));

    assert_false(has(out, "tEXt"));
    assert_false(has(out, "tIME"));
    assert_false(has(out, "prVt"));
    assert_false(has(out, "GPS!"));
    assert_false(has(out, "PK"));
    assert_true(has(out, "pHYs"));
    assert_true(has(out, "eXIf"));
}

#define GIF_HEAD B("GIF89a\1\0\1\0\x80\0\0\0\0\0\xFF\xFF\xFF")
#define GIF_IMAGE B("\x2C\0\0\0\0\1\0\1\0\0\2\2\x44\1\0")

static void
a_gif_repeats_but_does_not_talk(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t out = cleaned(t, "a.gif", JOIN(t, GIF_HEAD,
        B("\x21\xFF\x0BNETSCAPE2.0\3\1\5\0\0"),
        B("\x21\xFF\x0BXMP DataXMP\3abc\0"), B("\x21\xFE\5Hello\0"),
        B("\x21\xF9\4\0\0\0\0\0"), GIF_IMAGE, B(";tail")));

    assert_false(has(out, "XMP"));
    assert_false(has(out, "Hello"));
    assert_false(has(out, "tail"));
    assert_true(has(out, "NETSCAPE2.0"));
    assert_true(memmem(out.data, out.len, "\x21\xF9\4", 3) != NULL);
}

static void
a_webp_loses_exif_and_xmp_and_says_so(void **state)
{
    gov_test_t *t = *state;
    static const char in[] = "RIFF\x68\0\0\0WEBP"
        "VP8X\x0A\0\0\0\x0C\0\0\0\0\0\0\0\0\0"
        "VP8L\x06\0\0\0\x2F\0\0\0\0\0"
        "EXIF\x26\0\0\0II*\0\x08\0\0\0\x02\0"
        "\x12\x01\x03\0\x01\0\0\0\x08\0\0\0"
        "\x25\x88\x04\0\x01\0\0\0GPS!GPS!"
        "XMP \x03\0\0\0xmp\0zzzz\2\0\0\0zz";
    gov_bytes_t out, bytes = { in, sizeof(in) - 1 };

    out = cleaned(t, "a.webp", bytes);
    assert_false(has(out, "GPS"));
    assert_false(has(out, "xmp"));
    assert_false(has(out, "zzzz"));
    assert_true(has(out, "EXIF"));
    assert_int_equal(out.data[20], 0x08);
    assert_int_equal((unsigned char)out.data[4], out.len - 8);
}

static void
damaged_pictures_are_refused(void **state)
{
    gov_test_t *t = *state;

    refused(t, "file-damaged", "a.jpg",
            JOIN(t, SOI, JFIF, B("\xFF\xC0\0\x0B\x08\0\x01\0\x01\x01\x01\x11\0"),
                 B("\xFF\xDA\xFF")));
    refused(t, "file-damaged", "a.png", JOIN(t, PNG_HEAD, PNG_DATA));
    refused(t, "file-damaged", "a.png", JOIN(t, PNG_HEAD,
                                             B("\xFF\xFF\xFF\xFFIDAT1234")));
    refused(t, "file-damaged", "a.gif", JOIN(t, GIF_HEAD, GIF_IMAGE));
    refused(t, "file-damaged", "a.gif", JOIN(t, GIF_HEAD, B("\x21\xFE\x50x")));
}

/* --- limits --------------------------------------------------------------- */

static void
the_groups_rules_limit_bytes_and_pixels(void **state)
{
    gov_test_t *t = *state;
    gov_policy_t policy = *gov_policy_default();
    gov_upload_rules_t rules = { .policy = &policy };
    gov_bytes_t wide = JOIN(t, B("GIF89a\xFF\xFF\xFF\xFF\0\0\0"), GIF_IMAGE,
                            B(";"));
    const char *file = gov_test_write_bytes(t, "wide", wide.data, wide.len);
    apr_size_t size = (1 << 20) + 1;
    char *text = apr_palloc(t->pool, size);
    gov_upload_t u;

    assert_string_equal(gov_upload_mistake(take_file(&u, t, "a.gif", file)),
                        "file-pixels");
    policy.picture_pixels = 5000;
    assert_ok(take_with(&u, t, &rules, "a.gif", file));
    policy.upload_size = 1;
    memset(text, 'a', size);
    file = gov_test_write_bytes(t, "big", text, size);
    assert_string_equal(gov_upload_mistake(take_with(&u, t, &rules, "a.txt",
                                                     file)),
                        "file-too-large");
    file = gov_test_write_bytes(t, "fits", text, size - 1);
    assert_ok(take_with(&u, t, &rules, "a.txt", file));
}

static void
names_that_lie_and_files_that_are_not_there(void **state)
{
    gov_test_t *t = *state;
    gov_upload_t u;
    const gov_err_t *err;

    refused(t, "file-type", "a.exe", (gov_bytes_t)B("MZ"));
    refused(t, "file-type", "a.png", (gov_bytes_t)B("hello"));
    refused(t, "file-type", "a.svg", (gov_bytes_t)B("<svg/>"));
    err = assert_err(GOV_E_NOT_FOUND, take_file(&u, t, "a.txt", "/nowhere"));
    assert_null(gov_upload_mistake(err));
}

static void
without_a_scanner_that_answers_nothing_is_taken(void **state)
{
    gov_test_t *t = *state;
    gov_scanner_t nowhere = { .path = "/nowhere/clamd" };
    gov_upload_rules_t rules = { .scanner = &nowhere };
    gov_upload_t u;

    assert_err(GOV_E_UNAVAILABLE,
               take_with(&u, t, &rules, "a.txt",
                         gov_test_write(t, "a", "hello")));
}

/* --- PDF ------------------------------------------------------------------ */

/* A document of the objects given, from number 3; object 1 is the catalogue with
   CATALOG in it. */
static gov_bytes_t
pdf(gov_test_t *t, const char *catalog, const char *objects,
    const char *trailer)
{
    const char *text = apr_pstrcat(t->pool,
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R", catalog,
        ">>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n",
        objects, "trailer\n<</Size 9/Root 1 0 R", trailer, ">>\n%%EOF\n", NULL);

    return (gov_bytes_t){ text, strlen(text) };
}

static void
a_pdf_forgets_its_author_but_not_its_title(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t out = cleaned(t, "a.pdf", pdf(t,
        "/Metadata 4 0 R/PieceInfo<</X 1>>",
        "3 0 obj\n<</Title(Plan)/Author(Li Hua)/Producer(WPS)/Company(X)>>\n"
        "endobj\n4 0 obj\n<</Type/Metadata/Subtype/XML/Length 6>>\nstream\n"
        "<secr>\nendstream\nendobj\n", "/Info 3 0 R"));

    assert_true(has(out, "Plan"));
    assert_false(has(out, "Li Hua"));
    assert_false(has(out, "WPS"));
    assert_false(has(out, "Company"));
    assert_false(has(out, "secr"));
    assert_false(has(out, "PieceInfo"));
}

static void
a_pdf_that_acts_is_refused(void **state)
{
    static const char *const catalogs[] = {
        "/OpenAction<</S/JavaScript/JS(x)>>", "/OpenAction<</S/Launch/F(x)>>",
        "/AA<</WC 3 0 R>>", "/Names<</JavaScript 3 0 R>>",
        "/Names<</EmbeddedFiles 3 0 R>>", "/OpenAction 3 0 R",
        "/AcroForm<</XFA 4 0 R>>", "/X[[<</S/SubmitForm>>]]",
        "/X<</Subtype/FileAttachment>>"
    };
    gov_test_t *t = *state;
    size_t i;

    for (i = 0; i < sizeof(catalogs) / sizeof(*catalogs); i++)
        refused(t, "file-active", "a.pdf", pdf(
                    t, catalogs[i], "3 0 obj\n<</S/JavaScript/JS(x)>>\nendobj\n",
                    ""));
}

static void
a_pdf_may_jump_to_its_first_page_and_link(void **state)
{
    gov_test_t *t = *state;

    cleaned(t, "a.pdf", pdf(t, "/OpenAction[3 0 R/Fit]/X<</S/URI/URI(http:)>>",
                            "3 0 obj\n<</S/GoTo>>\nendobj\n", ""));
}

static void
a_sealed_pdf_stays_as_it_is(void **state)
{
    gov_test_t *t = *state;
    gov_upload_t u;

    assert_ok(take(&u, t, "a.pdf", pdf(
        t, "", "3 0 obj\n<</Author(Li Hua)>>\nendobj\n"
        "4 0 obj\n<</Type/Sig/ByteRange[0 1 2 3]>>\nendobj\n",
        "/Info 3 0 R")));
    assert_int_equal(u.removed, 0);
    assert_true(u.uncleaned);
}

static void
broken_and_locked_pdfs_are_refused(void **state)
{
    gov_test_t *t = *state;

    refused(t, "file-damaged", "a.pdf", (gov_bytes_t)B("%PDF-1.4\nnothing\n"));
    refused(t, "file-encrypted", "a.pdf", pdf(
        t, "", "3 0 obj\n<</Filter/Standard/V 1/R 2/P -4/O(0123456789012345678901"
        "2345678901)/U(01234567890123456789012345678901)>>\nendobj\n",
        "/Encrypt 3 0 R/ID[(0123456789012345)(0123456789012345)]"));
}

/* --- office --------------------------------------------------------------- */

/* An archive of names and contents in turn, up to NULL. */
static gov_bytes_t
archive(gov_test_t *t, const char *const *parts)
{
    const char *path = apr_pstrcat(t->pool, gov_test_dir(t), "/zip", NULL);
    gov_bytes_t bytes;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);

    assert_non_null(zip);
    for (; *parts; parts += 2)
        assert_true(zip_file_add(zip, parts[0], zip_source_buffer(
            zip, parts[1], strlen(parts[1]), 0), ZIP_FL_ENC_UTF_8) >= 0);
    assert_int_equal(zip_close(zip), 0);
    assert_ok(gov_file_read(&bytes, path, 1 << 24, t->pool));
    apr_file_remove(path, t->pool);
    return bytes;
}

static const char *
part(gov_test_t *t, gov_bytes_t bytes, const char *name)
{
    const char *path = gov_test_write_bytes(t, "out", bytes.data, bytes.len);
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    zip_file_t *file = zip_fopen(zip, name, 0);
    char *text = apr_pcalloc(t->pool, 10000);

    assert_non_null(file);
    assert_true(zip_fread(file, text, 9999) >= 0);
    zip_fclose(file);
    zip_discard(zip);
    return text;
}

#define DOCX(...) (const char *const[]){ "[Content_Types].xml", "<Types/>",    \
    "word/document.xml", "<w:document>text</w:document>", __VA_ARGS__, NULL }

static void
a_docx_forgets_its_people_and_paths(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t out = cleaned(t, "a.docx", archive(t, DOCX(
        "docProps/core.xml", "<dc:creator>Li Hua</dc:creator>",
        "docProps/app.xml", "<Company>Office</Company>",
        "docProps/custom.xml", "<x>Secret</x>",
        "word/people.xml", "<w15:person w15:author=\"Li Hua\"/>",
        "word/_rels/settings.xml.rels",
        "<R Target=\"file:///C:\\Users\\lihua\\a.dotx\"/><R Target=\"b.xml\"/>")));

    assert_string_equal(part(t, out, "word/document.xml"),
                        "<w:document>text</w:document>");
    assert_null(strstr(part(t, out, "docProps/core.xml"), "Li Hua"));
    assert_null(strstr(part(t, out, "docProps/app.xml"), "Office"));
    assert_null(strstr(part(t, out, "docProps/custom.xml"), "Secret"));
    assert_null(strstr(part(t, out, "word/people.xml"), "Li Hua"));
    assert_string_equal(part(t, out, "word/_rels/settings.xml.rels"),
                        "<R Target=\"\"/><R Target=\"b.xml\"/>");
}

static void
a_workbook_forgets_where_it_lay(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t out = cleaned(t, "a.xlsx", archive(t, (const char *const[]){
        "xl/workbook.xml", "<w><x15ac:absPath url=\"D:\\lihua\\\" x=\"1\"/></w>",
        NULL }));

    assert_string_equal(part(t, out, "xl/workbook.xml"),
                        "<w><x15ac:absPath url=\"\" x=\"1\"/></w>");
}

static void
an_odt_forgets_its_author(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t out = cleaned(t, "a.odt", archive(t, (const char *const[]){
        "mimetype", "application/vnd.oasis.opendocument.text",
        "content.xml", "<office:text>hello</office:text>",
        "meta.xml", "<dc:creator>Li Hua</dc:creator>", NULL }));

    assert_null(strstr(part(t, out, "meta.xml"), "Li Hua"));
    assert_string_equal(part(t, out, "content.xml"),
                        "<office:text>hello</office:text>");
}

static void
the_same_document_is_cleaned_to_the_same_bytes(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t in = archive(t, DOCX("docProps/core.xml", "<x>Li Hua</x>"));
    gov_upload_t first, second;

    assert_ok(take(&first, t, "a.docx", in));
    assert_ok(take(&second, t, "a.docx", in));
    assert_string_equal(first.asset.id, second.asset.id);
    in = pdf(t, "", "3 0 obj\n<</Author(Li Hua)>>\nendobj\n", "/Info 3 0 R");
    assert_ok(take(&first, t, "a.pdf", in));
    assert_ok(take(&second, t, "a.pdf", in));
    assert_string_equal(first.asset.id, second.asset.id);
}

static void
what_is_not_decided_yet_is_refused(void **state)
{
    static const char *const parts[][3] = {
        { "a.docx", "word/header1.xml", "<w:ins w:id=\"1\">x</w:ins>" },
        { "a.docx", "word/footnotes.xml", "<w:del w:author=\"x\">" },
        { "a.docx", "word/comments.xml", "<w:comment w:id=\"0\">" },
        { "a.docx", "word/document2.xml", "<w:moveFrom w:id=\"0\">" },
        { "a.xlsx", "xl/comments1.xml", "<comments><comment ref=\"A1\">" },
        { "a.xlsx", "xl/threadedComments/c.xml", "<threadedComment ref=\"A\">" },
        { "a.xlsx", "xl/revisions/log.xml", "<x/>" },
        { "a.pptx", "ppt/comments/comment1.xml", "<p:cm authorId=\"0\">" },
        { "a.odt", "content.xml", "<text:changed-region text:id=\"a\">" },
        { "a.odt", "content.xml", "<office:annotation>" },
    };
    gov_test_t *t = *state;
    size_t i;

    for (i = 0; i < sizeof(parts) / sizeof(*parts); i++)
        refused(t, "file-tracked-changes", parts[i][0],
                archive(t, (const char *const[]){
                    parts[i][1], parts[i][2], "word/x", "", "xl/x", "",
                    "ppt/x", "", strstr(parts[i][1], "content.xml")
                    ? "styles.xml" : "content.xml", "", NULL }));
    cleaned(t, "a.docx", archive(t, DOCX(
        "word/comments.xml", "<w:comments/>",
        "word/header1.xml", "<w:insideH/><w:delText>")));
}

static void
what_acts_or_is_locked_is_refused(void **state)
{
    gov_test_t *t = *state;

    refused(t, "file-active", "a.docx", archive(t, DOCX(
        "word/embeddings/oleObject1.bin", "x")));
    refused(t, "file-active", "a.docx", archive(t, DOCX(
        "word/activeX/activeX1.xml", "x")));
    refused(t, "file-active", "a.odt", archive(t, (const char *const[]){
        "content.xml", "", "Basic/Standard/Module1.xml", "", NULL }));
    refused(t, "file-encrypted", "a.odt", archive(t, (const char *const[]){
        "content.xml", "", "META-INF/manifest.xml",
        "<manifest:encryption-data>", NULL }));
    refused(t, "file-damaged", "a.zip", archive(t, (const char *const[]){
        "../evil", "", NULL }));
    refused(t, "file-damaged", "a.zip", archive(t, (const char *const[]){
        "/evil", "", NULL }));
}

static void
old_office_is_taken_over_but_not_taken_in(void **state)
{
    static const char ole[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    gov_test_t *t = *state;
    gov_upload_rules_t rules = { .old_office = true };
    char *data = apr_pcalloc(t->pool, 2048);
    gov_bytes_t bytes = { data, 2048 };
    gov_upload_t u;

    memcpy(data, ole, 8);
    memcpy(data + 24, "\x3E\0\x03\0\xFE\xFF\x09\0\x06", 9);
    memset(data + 512, 0xFF, 512);
    refused(t, "file-old", "a.doc", bytes);
    assert_ok(take_with(&u, t, &rules, "a.doc",
                        gov_test_write_bytes(t, "d", data, 2048)));
    assert_true(u.uncleaned);
    memcpy(data + 1500, "M\0a\0c\0r\0o\0s\0", 12);
    assert_string_equal(gov_upload_mistake(
        take_with(&u, t, &rules, "a.doc",
                  gov_test_write_bytes(t, "m", data, 2048))), "file-active");
}

static void
the_demo_citys_files_pass(void **state)
{
    static const char *const dirs[] = { "conf/demo/files", "conf/demo/pictures",
                                        "conf/demo/media" };
    gov_test_t *t = *state;
    apr_array_header_t *names;
    gov_upload_t u;
    int d, i;

    for (d = 0; d < 3; d++) {
        const char *dir = gov_test_source(t, dirs[d]);

        assert_ok(gov_file_list(&names, dir, NULL, t->pool));
        assert_true(names->nelts > 0);
        for (i = 0; i < names->nelts; i++) {
            const char *name = APR_ARRAY_IDX(names, i, const char *);

            assert_ok(take_file(&u, t, name, apr_pstrcat(t->pool, dir, "/",
                                                         name, NULL)));
        }
    }
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(a_jpeg_loses_all_but_the_picture_its_colours_and_its_turn),
    GOV_TEST(an_upright_jpeg_needs_no_exif),
    GOV_TEST(a_jpeg_loses_the_thumbnail_of_what_was_cut_off),
    GOV_TEST(what_is_clean_stays_as_it_is),
    GOV_TEST(the_originals_digest_is_told),
    GOV_TEST(a_png_keeps_the_chunks_of_the_picture),
    GOV_TEST(a_gif_repeats_but_does_not_talk),
    GOV_TEST(a_webp_loses_exif_and_xmp_and_says_so),
    GOV_TEST(damaged_pictures_are_refused),
    GOV_TEST(the_groups_rules_limit_bytes_and_pixels),
    GOV_TEST(names_that_lie_and_files_that_are_not_there),
    GOV_TEST(without_a_scanner_that_answers_nothing_is_taken),
    GOV_TEST(a_pdf_forgets_its_author_but_not_its_title),
    GOV_TEST(a_pdf_that_acts_is_refused),
    GOV_TEST(a_pdf_may_jump_to_its_first_page_and_link),
    GOV_TEST(a_sealed_pdf_stays_as_it_is),
    GOV_TEST(broken_and_locked_pdfs_are_refused),
    GOV_TEST(a_docx_forgets_its_people_and_paths),
    GOV_TEST(a_workbook_forgets_where_it_lay),
    GOV_TEST(an_odt_forgets_its_author),
    GOV_TEST(the_same_document_is_cleaned_to_the_same_bytes),
    GOV_TEST(what_is_not_decided_yet_is_refused),
    GOV_TEST(what_acts_or_is_locked_is_refused),
    GOV_TEST(old_office_is_taken_over_but_not_taken_in),
    GOV_TEST(the_demo_citys_files_pass),
};

GOV_TEST_MAIN(tests)

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* What files are.  The samples are the beginnings of real ones: as much as it
   takes to be recognised. */

#include "gov_media.h"
#include "gov_test.h"

static gov_asset_t asset;

static gov_err_t *
look(gov_test_t *t, const char *name, const void *data, apr_size_t len)
{
    memset(&asset, 0, sizeof(asset));
    return gov_media_look(&asset, gov_test_write_bytes(t, "f", data, len), name,
                          t->pool);
}

#define LOOK(t, name, bytes) look((t), (name), (bytes), sizeof(bytes) - 1)

static void
assert_size(const char *type, int width, int height)
{
    assert_string_equal(asset.media_type, type);
    assert_int_equal(asset.width, width);
    assert_int_equal(asset.height, height);
}

static const char png[] = "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"
    "\0\0\x07\x80\0\0\x04\x38\x08\x02\0\0\0\0\0\0\0";
static const char gif[] = "GIF89a\x2C\x01\xC8\0\x80\0\0\0\0\0\xFF\xFF\xFF;";
static const char jpeg[] = "\xFF\xD8\xFF\xE0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    "\xFF\xDB\0\5abc\xFF\xFF\xC2\0\x11\x08\x01\xE0\x02\x80\3\1\x22\0\2\x11\1"
    "\3\x11\1\xFF\xDA\0\2";

static void measures_pictures(void **state)
{
    gov_test_t *t = *state;

    assert_ok(LOOK(t, "a.png", png));
    assert_size("image/png", 1920, 1080);
    assert_ok(LOOK(t, "a.GIF", gif));
    assert_size("image/gif", 300, 200);
    assert_ok(LOOK(t, "a.jpg", jpeg));
    assert_size("image/jpeg", 640, 480);
    assert_ok(LOOK(t, "a.b.jpeg", jpeg));
}

static void measures_the_three_kinds_of_webp(void **state)
{
    gov_test_t *t = *state;

    assert_ok(LOOK(t, "a.webp", "RIFF\x40\0\0\0WEBPVP8 \x20\0\0\0\x30\1\0"
                   "\x9D\1\x2A\x7B\0\x2D\0\0\0\0\0\0\0"));
    assert_size("image/webp", 123, 45);
    assert_ok(LOOK(t, "a.webp", "RIFF\x40\0\0\0WEBPVP8L\x20\0\0\0\x2F"
                   "\x7A\0\x0B\0\0\0\0\0\0\0\0\0\0\0"));
    assert_size("image/webp", 123, 45);
    assert_ok(LOOK(t, "a.webp", "RIFF\x40\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0"
                   "\x7A\0\0\x2C\0\0\0\0\0\0\0\0\0\0"));
    assert_size("image/webp", 123, 45);
}

static void refuses_damaged_and_enormous_pictures(void **state)
{
    gov_test_t *t = *state;
    char huge[sizeof(png)], none[sizeof(png)];

    memcpy(huge, png, sizeof(png));
    memcpy(huge + 16, "\0\0\x20\0\0\0\x20\0", 8);
    assert_err(GOV_E_INVALID, look(t, "a.png", huge, sizeof(huge) - 1));
    memcpy(huge + 16, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8);
    assert_err(GOV_E_INVALID, look(t, "a.png", huge, sizeof(huge) - 1));
    memcpy(none, png, sizeof(png));
    memset(none + 16, 0, 8);
    assert_err(GOV_E_INVALID, look(t, "a.png", none, sizeof(none) - 1));
    assert_err(GOV_E_INVALID, look(t, "a.jpg", jpeg, 26));
    assert_err(GOV_E_INVALID, LOOK(t, "a.jpg", "\xFF\xD8\xFF\xE0\0\1JFIF\0\1"));
    assert_err(GOV_E_INVALID, LOOK(t, "a.jpg", "\xFF\xD8\xFF\xE0\0\x10JFIF\0\1"
                                   "\1\0\0\1\0\1\0\0\xFF\xDA\0\2"));
    assert_err(GOV_E_INVALID, LOOK(t, "a.webp",
                                   "RIFF\x40\0\0\0WEBPVP8Z\x20\0\0\0\0\0\0\0"
                                   "\0\0\0\0\0\0\0\0\0\0"));
}

static void tells_size_and_digest(void **state)
{
    gov_test_t *t = *state;

    assert_ok(LOOK(t, "a.txt", "abc"));
    assert_string_equal(asset.id, "ba7816bf8f01cfea414140de5dae2223"
                        "b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(asset.size, 3);
    assert_size("text/plain", 0, 0);
}

static void reads_documents(void **state)
{
    gov_test_t *t = *state;

    assert_ok(LOOK(t, "a.pdf", "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"));
    assert_string_equal(asset.media_type, "application/pdf");
    assert_ok(LOOK(t, "a.csv", "a,b\n1,2\n"));
    assert_string_equal(asset.media_type, "text/csv");
    assert_ok(LOOK(t, "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n字幕\n"));
    assert_string_equal(asset.media_type, "text/vtt");
}

/* An archive with one empty entry of that name. */
static gov_err_t *
look_zip(gov_test_t *t, const char *name, const char *entry)
{
    char zip[400], *p = zip;
    size_t len = strlen(entry), at;

    memset(zip, 0, sizeof(zip));
    memcpy(p, "PK\3\4\x14", 5);
    p[26] = (char)len;
    memcpy(p + 30, entry, len);
    p += 30 + len;
    at = p - zip;
    memcpy(p, "PK\1\2\x14\0\x14", 7);
    p[28] = (char)len;
    memcpy(p + 46, entry, len);
    p += 46 + len;
    memcpy(p, "PK\5\6\0\0\0\0\1\0\1", 11);
    p[12] = (char)(46 + len);
    p[16] = (char)at;
    p += 22;
    return look(t, name, zip, p - zip);
}

static void looks_into_archives(void **state)
{
    gov_test_t *t = *state;

    assert_ok(look_zip(t, "a.zip", "x"));
    assert_ok(look_zip(t, "a.docx", "word/document.xml"));
    assert_ok(look_zip(t, "a.xlsx", "xl/workbook.xml"));
    assert_ok(look_zip(t, "a.pptx", "ppt/presentation.xml"));
    assert_ok(look_zip(t, "a.odt", "content.xml"));
    assert_ok(look_zip(t, "a.ofd", "OFD.xml"));
    assert_string_equal(asset.media_type, "application/ofd");
    assert_err(GOV_E_INVALID, look_zip(t, "a.xlsx", "word/document.xml"));
    assert_err(GOV_E_INVALID, look_zip(t, "a.docx", "word/"));
    assert_err(GOV_E_INVALID, look_zip(t, "a.docx", "word/vbaProject.bin"));
    assert_err(GOV_E_INVALID, look_zip(t, "a.ofd", "OFD.xml.exe"));
}

static void refuses_broken_archives(void **state)
{
    gov_test_t *t = *state;

    assert_err(GOV_E_INVALID, LOOK(t, "a.zip", "PK\3\4 and no more"));
    assert_err(GOV_E_INVALID, LOOK(t, "a.zip", "PK\3\4PK\5\6\0\0\0\0\1\0\1\0"
                                   "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0"));
    assert_err(GOV_E_INVALID, LOOK(t, "a.docx", "PK\3\4PK\5\6\0\0\0\0\1\0\1\0"
                                   "\x04\0\0\0\0\0\0\0\0\0"));
}

static void refuses_a_name_that_lies(void **state)
{
    gov_test_t *t = *state;

    assert_err(GOV_E_INVALID, LOOK(t, "a.jpg", png));
    assert_err(GOV_E_INVALID, LOOK(t, "a.pdf", "<html><script>1</script>"));
    assert_err(GOV_E_INVALID, LOOK(t, "a.png", "<svg onload='x()'/>"));
    assert_err(GOV_E_INVALID, LOOK(t, "a.txt", "%PDF-1.7\n1 0 obj\n"));
    assert_err(GOV_E_INVALID, LOOK(t, "a.doc", "MZ\x90\0\3\0\0\0\4"));
    assert_err(GOV_E_INVALID, LOOK(t, "a.vtt", "1\n00:01,000 --> 00:02,000\n"));
}

static void publishes_only_what_is_listed(void **state)
{
    gov_test_t *t = *state;

    assert_err(GOV_E_INVALID, LOOK(t, "a.html", "<p>x"));
    assert_err(GOV_E_INVALID, LOOK(t, "a.svg", "<svg/>"));
    assert_err(GOV_E_INVALID, LOOK(t, "a.exe", "MZ"));
    assert_err(GOV_E_INVALID, LOOK(t, "a.php", "x"));
    assert_err(GOV_E_INVALID, LOOK(t, "png", png));
    assert_err(GOV_E_INVALID, LOOK(t, "a.png.", png));
    assert_err(GOV_E_INVALID, LOOK(t, "", png));
}

static void wants_text_in_utf8(void **state)
{
    gov_test_t *t = *state;
    char *text = apr_palloc(t->pool, 200000);
    int i;

    assert_err(GOV_E_INVALID, LOOK(t, "a.txt", "\xD6\xD0\xCE\xC4"));
    assert_err(GOV_E_INVALID, LOOK(t, "a.csv", "a\0b"));
    assert_err(GOV_E_INVALID, LOOK(t, "a.txt", "abc\xE6\x96"));
    /* characters across the ends of chunks */
    for (i = 0; i < 199998; i += 3)
        memcpy(text + i, "\xE6\x96\x87", 3);
    assert_ok(look(t, "a.txt", text, 199998));
    assert_err(GOV_E_INVALID, look(t, "a.txt", text, 199997));
    text[131072] = (char)0xFF;
    assert_err(GOV_E_INVALID, look(t, "a.txt", text, 199998));
}

static void tells_what_is_not_there(void **state)
{
    gov_test_t *t = *state;

    assert_err(GOV_E_NOT_FOUND,
               gov_media_look(&asset, "/nowhere/a.txt", "a.txt", t->pool));
    assert_err(GOV_E_INVALID, LOOK(t, "a.txt", ""));
    assert_err(GOV_E_INVALID,
               gov_media_look(&asset, gov_test_dir(t), "a.txt", t->pool));
}

static void leaves_the_asset_alone_on_failure(void **state)
{
    gov_test_t *t = *state;

    assert_err(GOV_E_INVALID, look(t, "a.jpg", jpeg, 26));
    assert_null(asset.id);
    assert_null(asset.media_type);
    assert_int_equal(asset.width, 0);
}

static void names_types_for_people(void **state)
{
    (void)state;
    assert_string_equal(gov_media_word("application/pdf"), "file.pdf");
    assert_string_equal(gov_media_word("application/msword"), "file.word");
    assert_string_equal(gov_media_word("application/x-unheard-of"),
                        "file.other");
    assert_true(gov_media_inline("image/png"));
    assert_true(gov_media_inline("application/pdf"));
    assert_false(gov_media_inline("application/zip"));
    assert_false(gov_media_inline("text/html"));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(measures_pictures),
    GOV_TEST(measures_the_three_kinds_of_webp),
    GOV_TEST(refuses_damaged_and_enormous_pictures),
    GOV_TEST(tells_size_and_digest),
    GOV_TEST(reads_documents),
    GOV_TEST(looks_into_archives),
    GOV_TEST(refuses_broken_archives),
    GOV_TEST(refuses_a_name_that_lies),
    GOV_TEST(publishes_only_what_is_listed),
    GOV_TEST(wants_text_in_utf8),
    GOV_TEST(tells_what_is_not_there),
    GOV_TEST(leaves_the_asset_alone_on_failure),
    GOV_TEST(names_types_for_people),
};
GOV_TEST_MAIN(tests)

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Form intake: what a body says, what is refused, what is a mistake. */

#include <apr_file_info.h>

#include "gov_form.h"
#include "gov_media.h"
#include "gov_test.h"

static const gov_form_choice_t colours[] = {
    { "red", NULL }, { "blue", NULL }, { "green", NULL }, { NULL, NULL }
};

static const gov_form_field_t fields[] = {
    { .name = "name", .kind = GOV_FORM_LINE, .required = true, .least = 2,
      .most = 10 },
    { .name = "about", .kind = GOV_FORM_TEXT },
    { .name = "email", .kind = GOV_FORM_EMAIL },
    { .name = "phone", .kind = GOV_FORM_PHONE },
    { .name = "count", .kind = GOV_FORM_NUMBER, .least = -5, .most = 5 },
    { .name = "day", .kind = GOV_FORM_DATE, .least = 20260101,
      .most = 20261231 },
    { .name = "colour", .kind = GOV_FORM_CHOICE, .choices = colours },
    { .name = "colours", .kind = GOV_FORM_CHOICE, .choices = colours,
      .multiple = true, .most = 2 },
    { .name = "agree", .kind = GOV_FORM_FLAG },
    { .name = "secret", .kind = GOV_FORM_PASSWORD },
    { .name = "id", .kind = GOV_FORM_ID_NUMBER },
    { .name = "link", .kind = GOV_FORM_URL },
    { .name = "paper", .kind = GOV_FORM_FILE, .bytes = 100 },
    { .name = "papers", .kind = GOV_FORM_FILE, .multiple = true, .most = 2 },
    { .name = NULL }
};
static const gov_form_t form = { "all", fields };

#define URLENCODED "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data; boundary=b"
#define PART(name) "--b\r\nContent-Disposition: form-data; name=\"" name "\""
#define FILE_PART(name, file) PART(name) "; filename=\"" file "\"\r\n"        \
    "Content-Type: application/octet-stream"
#define END "\r\n--b--\r\n"
#define NAMED PART("name") "\r\n\r\nLi Hua\r\n"

/* Gives a body in pieces of STEP bytes. */
typedef struct pieces_t {
    const char *data;
    apr_size_t len, step;
    int reads;
} pieces_t;

static gov_err_t *
read_piece(void *baton, char *buf, apr_size_t *len)
{
    pieces_t *p = baton;

    p->reads++;
    if (*len > p->step)
        *len = p->step;
    if (*len > p->len)
        *len = p->len;
    memcpy(buf, p->data, *len);
    p->data += *len;
    p->len -= *len;
    return NULL;
}

static gov_err_t *
read_bytes(gov_intake_t **intake, gov_test_t *t, const char *type,
           const char *data, apr_size_t len, apr_size_t step)
{
    pieces_t *pieces = apr_pcalloc(t->pool, sizeof(*pieces));
    gov_body_t body = { type, (apr_int64_t)len, read_piece, pieces };
    gov_form_limits_t limits = gov_form_limits(&form, NULL);

    pieces->data = data;
    pieces->len = len;
    pieces->step = step;
    return gov_form_read(intake, &form, &body, &limits, gov_test_dir(t),
                         t->pool);
}

static gov_err_t *
try(gov_intake_t **intake, gov_test_t *t, const char *type, const char *data)
{
    return read_bytes(intake, t, type, data, strlen(data), 1 << 20);
}

static gov_intake_t *
query(gov_test_t *t, const char *data)
{
    gov_intake_t *intake = NULL;

    assert_ok(try(&intake, t, URLENCODED, data));
    return intake;
}

static gov_intake_t *
parts(gov_test_t *t, const char *data)
{
    gov_intake_t *intake = NULL;

    assert_ok(try(&intake, t, MULTIPART, data));
    return intake;
}

/* "code" or "code(detail)" of the field's only mistake; "" if it has none. */
static const char *
mistake(gov_test_t *t, const char *data, const char *field)
{
    apr_array_header_t *all = gov_intake_mistakes(
        query(t, apr_pstrcat(t->pool, "name=Li+Hua&", data, NULL)), t->pool);
    const gov_mistake_t *at;

    if (all->nelts == 0)
        return "";
    assert_int_equal(all->nelts, 1);
    at = &APR_ARRAY_IDX(all, 0, gov_mistake_t);
    assert_string_equal(at->field, field);
    return at->detail ? apr_pstrcat(t->pool, at->code, "(", at->detail, ")",
                                    NULL) : at->code;
}

/* --- values --------------------------------------------------------------- */

static void
a_form_gives_typed_values(void **state)
{
    gov_test_t *t = *state;
    gov_intake_t *in = query(t, "name=+Li++Hua%0d%0a&about=%0d%0aa%0d%0ab+%0d"
                             "&email=a.b@c.cn&phone=%2B86+(10)+1234-5678"
                             "&count=-3&day=2026-11-03&colour=blue"
                             "&colours=red&colours=blue&colours=&agree=yes"
                             "&secret=+a++b+&id=11010519491231002x"
                             "&link=https://a.cn/x?y&_key=k&other=1&other=2");
    apr_int64_t number;
    gov_date_t day;

    assert_true(gov_intake_ok(in));
    assert_string_equal(gov_intake_text(in, "name"), "Li Hua");
    assert_string_equal(gov_intake_text(in, "about"), "a\nb");
    assert_string_equal(gov_intake_text(in, "email"), "a.b@c.cn");
    assert_string_equal(gov_intake_text(in, "phone"), "+861012345678");
    assert_true(gov_intake_number(&number, in, "count"));
    assert_int_equal(number, -3);
    assert_true(gov_intake_date(&day, in, "day"));
    assert_int_equal(day.month, 11);
    assert_string_equal(gov_intake_text(in, "colour"), "blue");
    assert_int_equal(gov_intake_choices(in, "colours")->nelts, 2);
    assert_true(gov_intake_flag(in, "agree"));
    assert_string_equal(gov_intake_text(in, "secret"), " a  b ");
    assert_string_equal(gov_intake_text(in, "id"), "11010519491231002X");
    assert_string_equal(gov_intake_text(in, "link"), "https://a.cn/x?y");
    assert_string_equal(gov_intake_raw(in, "_key"), "k");
    assert_string_equal(gov_intake_raw(in, "other"), "1");
    assert_null(gov_intake_raw(in, "absent"));
}

static void
what_is_left_empty_is_absent(void **state)
{
    gov_test_t *t = *state;
    gov_intake_t *in = query(t, "name=Li&email=&count=&day=+&agree=");
    apr_int64_t number = 7;
    gov_date_t day;

    assert_true(gov_intake_ok(in));
    assert_null(gov_intake_text(in, "email"));
    assert_false(gov_intake_number(&number, in, "count"));
    assert_int_equal(number, 7);
    assert_false(gov_intake_date(&day, in, "day"));
    assert_false(gov_intake_flag(in, "agree"));
    assert_null(gov_intake_text(in, "colour"));
    assert_int_equal(gov_intake_choices(in, "colours")->nelts, 0);
    assert_null(gov_intake_file(in, "paper"));
}

static void
full_width_characters_will_do_where_ascii_is_meant(void **state)
{
    gov_test_t *t = *state;
    gov_intake_t *in = query(t, "name=Li&phone=\xEF\xBC\x91\xEF\xBC\x92"
                             "\xEF\xBC\x93\xEF\xBC\x94\xEF\xBC\x95"
                             "&email=a\xEF\xBC\xA0" "b\xE3\x80\x82" "cn"
                             "&day=2026\xE5\xB9\xB4" "1\xE6\x9C\x88" "2"
                             "\xE6\x97\xA5");

    assert_true(gov_intake_ok(in));
    assert_string_equal(gov_intake_text(in, "phone"), "12345");
    assert_string_equal(gov_intake_text(in, "email"), "a@b.cn");
    assert_string_equal(gov_intake_text(in, "day"), "2026-01-02");
}

static void
text_that_turns_its_neighbours_loses_that(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_intake_text(
        query(t, "name=a\xE2\x80\xAE" "b\xE2\x81\xA6" "c%01"), "name"), "abc");
}

/* --- mistakes ------------------------------------------------------------- */

static void
every_kind_knows_its_mistakes(void **state)
{
    static const struct {
        const char *field, *value, *mistake;
    } cases[] = {
        { "email", "a", "not-an-email" },
        { "email", "a@b", "not-an-email" },
        { "email", "a..b@c.cn", "not-an-email" },
        { "email", ".a@c.cn", "not-an-email" },
        { "email", "a@-b.cn", "not-an-email" },
        { "email", "a@b-.cn", "not-an-email" },
        { "email", "a@b@c.cn", "not-an-email" },
        { "email", "a+b@c.cn%0aBcc:x@y.cn", "not-an-email" },
        { "email", "a%2Bb@c.cn", "" },
        { "phone", "12", "not-a-phone" },
        { "phone", "12345a", "not-a-phone" },
        { "phone", "1234567890123456", "not-a-phone" },
        { "phone", "%2B", "not-a-phone" },
        { "phone", "110", "" },
        { "count", "x", "not-a-number" },
        { "count", "1.5", "not-a-number" },
        { "count", "-", "not-a-number" },
        { "count", "9999999999999999999", "not-a-number" },
        { "count", "-6", "too-small(-5)" },
        { "count", "6", "too-large(5)" },
        { "day", "2026-02-29", "not-a-date" },
        { "day", "2026-1", "not-a-date" },
        { "day", "2026-1-2-", "not-a-date" },
        { "day", "tomorrow", "not-a-date" },
        { "day", "2026/1/2", "" },
        { "day", "2026.01.02", "" },
        { "day", "2025-12-31", "too-early(2026-01-01)" },
        { "day", "2027-01-01", "too-late(2026-12-31)" },
        { "colour", "black", "not-a-choice" },
        { "colours", "red&colours=black", "not-a-choice" },
        { "colours", "red&colours=red", "not-a-choice" },
        { "colours", "red&colours=blue&colours=green", "too-many(2)" },
        { "agree", "perhaps", "not-a-choice" },
        { "id", "110105194912310021", "not-an-id-number" },
        { "id", "11010519491331002X", "not-an-id-number" },
        { "id", "110105491231002", "not-an-id-number" },
        { "link", "a.cn", "not-a-url" },
        { "link", "javascript:x()//http://", "not-a-url" },
        { "link", "http://a b.cn/", "not-a-url" },
        { "link", "http://u@a.cn/", "not-a-url" },
        { "link", "http:///x", "not-a-url" },
        { "link", "http://a.cn/\"onclick=", "not-a-url" },
        { "link", "HTTP://a.cn:8080/?a=b", "" },
    };
    gov_test_t *t = *state;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        const char *found = mistake(t, apr_pstrcat(
            t->pool, cases[i].field, "=", cases[i].value, NULL),
            cases[i].field);

        if (strcmp(found, cases[i].mistake))
            print_error("%s=%s\n", cases[i].field, cases[i].value);
        assert_string_equal(found, cases[i].mistake);
    }
}

static void
all_mistakes_are_told_at_once_in_the_order_of_the_form(void **state)
{
    gov_test_t *t = *state;
    gov_intake_t *in = query(t, "day=x&email=y&secret=geheim");
    apr_array_header_t *all;

    gov_intake_mistake(in, "", "closed", "today");
    gov_intake_mistake(in, "secret", "wrong-password", NULL);
    all = gov_intake_mistakes(in, t->pool);
    assert_false(gov_intake_ok(in));
    assert_int_equal(all->nelts, 5);
    assert_string_equal(APR_ARRAY_IDX(all, 0, gov_mistake_t).code, "missing");
    assert_string_equal(APR_ARRAY_IDX(all, 1, gov_mistake_t).field, "email");
    assert_string_equal(APR_ARRAY_IDX(all, 2, gov_mistake_t).field, "day");
    assert_string_equal(APR_ARRAY_IDX(all, 3, gov_mistake_t).field, "secret");
    assert_string_equal(APR_ARRAY_IDX(all, 4, gov_mistake_t).detail, "today");
    assert_null(gov_intake_text(in, "secret"));
}

static void
lengths_are_counted_in_characters(void **state)
{
    gov_test_t *t = *state;
    gov_intake_t *in;

    in = query(t, "name=\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80"
               "\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80\xE4\xB8\x80"
               "\xE4\xB8\x80");
    assert_true(gov_intake_ok(in));
    in = query(t, "name=01234567890");
    assert_string_equal(APR_ARRAY_IDX(gov_intake_mistakes(in, t->pool), 0,
                                      gov_mistake_t).code, "too-long");
    in = query(t, "name=\xE4\xB8\x80");
    assert_string_equal(APR_ARRAY_IDX(gov_intake_mistakes(in, t->pool), 0,
                                      gov_mistake_t).code, "too-short");
}

static void
what_was_typed_is_shown_again_but_no_password(void **state)
{
    gov_test_t *t = *state;
    gov_intake_t *in = query(t, "name=x&day=never&secret=geheim&colour=black"
                             "&colours=red&agree=yes");

    assert_string_equal(gov_intake_shown(in, "name"), "x");
    assert_string_equal(gov_intake_shown(in, "day"), "never");
    assert_null(gov_intake_shown(in, "secret"));
    assert_null(gov_intake_shown(in, "colour"));
    assert_true(gov_intake_chosen(in, "colours", "red"));
    assert_false(gov_intake_chosen(in, "colours", "blue"));
    assert_true(gov_intake_chosen(in, "agree", NULL));
}

static void
a_blank_form_shows_what_it_is_given(void **state)
{
    gov_test_t *t = *state;
    gov_intake_t *in = gov_intake_blank(&form, t->pool);

    assert_true(gov_intake_ok(in));
    assert_null(gov_intake_shown(in, "name"));
    gov_intake_set(in, "name", "Li");
    gov_intake_set(in, "name", "Wang");
    gov_intake_set(in, "colours", "red");
    gov_intake_set(in, "colours", "blue");
    assert_string_equal(gov_intake_shown(in, "name"), "Wang");
    assert_true(gov_intake_chosen(in, "colours", "red"));
    assert_true(gov_intake_chosen(in, "colours", "blue"));
    assert_ptr_equal(gov_intake_form(in), &form);
}

/* --- bodies --------------------------------------------------------------- */

static void
bodies_that_are_no_form_are_refused(void **state)
{
    static const char *const bodies[][2] = {
        { NULL, "" }, { "", "" }, { "text/plain", "name=x" },
        { "application/json", "{}" },
        { URLENCODED "2", "name=x" },
        { URLENCODED "; charset=gb2312", "name=x" },
        { URLENCODED, "name=%zz" }, { URLENCODED, "name=%ff" },
        { URLENCODED, "name=%00" },
        { URLENCODED, "name=a&name=b" }, { URLENCODED, "_key=a&_key=b" },
        { URLENCODED, "paper=x" }, { URLENCODED, "_charset_=GBK" },
        { "multipart/form-data", "--b--" },
        { "multipart/form-data; boundary=", "--b--" },
        { "multipart/form-data; boundary=\"b", "--b--" },
        { "multipart/form-data; boundary=b; boundary=b", "--b--" },
        { "multipart/form-data; boundary=a b", "--a--" },
        { "multipart/mixed; boundary=b", "--b--" },
        { MULTIPART, "" }, { MULTIPART, "--b" }, { MULTIPART, "--b-" },
        { MULTIPART, "x\r\n--b--\r\n" }, { MULTIPART, "--b--\r\nx" },
        { MULTIPART, "--b \r\n\r\n\r\n--b--" },
        { MULTIPART, "--b\r\n\r\nx" END },
        { MULTIPART, "--b\r\nContent-Type: text/plain\r\n\r\nx" END },
        { MULTIPART, "--b\r\nContent-Disposition: form-data\r\n\r\nx" END },
        { MULTIPART, "--b\r\nContent-Disposition: file; name=\"name\"\r\n\r\nx"
          END },
        { MULTIPART, "--b\r\nContent-Disposition: form-data; name=name\r\n\r\n"
          END },
        { MULTIPART, PART("name") "; name=\"x\"\r\n\r\nx" END },
        { MULTIPART, PART("paper") "; filename*=UTF-8''x\r\n\r\nx" END },
        { MULTIPART, PART("name") "\r\nContent-Disposition: form-data; "
          "name=\"name\"\r\n\r\nx" END },
        { MULTIPART, PART("name") "\r\n Folded: x\r\n\r\nx" END },
        { MULTIPART, PART("name") "\nX: y\r\n\r\nx" END },
        { MULTIPART, PART("name") "\r\nContent-Transfer-Encoding: base64"
          "\r\n\r\neA==" END },
        { MULTIPART, PART("name") "\r\nContent-Type: multipart/mixed\r\n\r\n"
          END },
        { MULTIPART, PART("name") "\r\nContent-Type: text/plain; charset=gbk"
          "\r\n\r\nx" END },
        { MULTIPART, PART("name") "\r\n\r\n\xff" END },
        { MULTIPART, PART("name") "\r\n\r\nx" },
        { MULTIPART, PART("name") "\r\n\r\nx\r\n--b" },
        { MULTIPART, NAMED NAMED "--b--" },
        { MULTIPART, PART("paper") "\r\n\r\nx" END },
        { MULTIPART, FILE_PART("name", "x") "\r\n\r\nx" END },
        { MULTIPART, FILE_PART("paper", "") "\r\n\r\nx" END },
        { MULTIPART, FILE_PART("paper", "a") "\r\n\r\nx\r\n"
          FILE_PART("paper", "b") "\r\n\r\nx" END },
        { MULTIPART, PART("name") "\r\n1:\r\n2:\r\n3:\r\n4:\r\n5:\r\n6:\r\n7:"
          "\r\n8:\r\n9:\r\n\r\nx" END },
    };
    gov_test_t *t = *state;
    gov_intake_t *in = NULL;
    size_t i;

    for (i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
        gov_err_t *err = try(&in, t, bodies[i][0], bodies[i][1]);

        if (!err || err->code != GOV_E_INVALID)
            print_error("%s\n%s\n", bodies[i][0], bodies[i][1]);
        assert_err(GOV_E_INVALID, err);
        assert_null(in);
    }
}

static void
a_value_too_many_names_its_field(void **state)
{
    gov_test_t *t = *state;
    gov_intake_t *in;

    assert_err_field("name", try(&in, t, URLENCODED, "name=a&name=b"));
    assert_err_field("_key", try(&in, t, URLENCODED, "_key=a&_key=b"));
    assert_err_field("paper", try(&in, t, MULTIPART, PART("paper")
                                  "\r\n\r\nx" END));
}

static void
parts_come_whole_however_the_bytes_come(void **state)
{
    static const char body[] = NAMED
        PART("about") "\r\n\r\n\r\n--\n--bb\r--b-\r\n-b\r\n"
        FILE_PART("paper", "C:\\dir\\\\a%22b.txt")
        "\r\n\r\n\r\n--c\0\r\n-\r\n--b--\r\n";
    gov_test_t *t = *state;
    apr_size_t step;

    for (step = 1; step < sizeof(body); step++) {
        gov_intake_t *in = NULL;
        const gov_intake_file_t *file;

        assert_ok(read_bytes(&in, t, MULTIPART, body, sizeof(body) - 1, step));
        assert_true(gov_intake_ok(in));
        assert_string_equal(gov_intake_text(in, "name"), "Li Hua");
        assert_string_equal(gov_intake_text(in, "about"),
                            "--\n--bb\n--b-\n-b");
        file = gov_intake_file(in, "paper");
        assert_non_null(file);
        assert_string_equal(file->name, "a\"b.txt");
        assert_int_equal(file->size, 9);
    }
}

static void
a_file_is_kept_for_us_alone_until_its_pool_goes(void **state)
{
    gov_test_t *t = *state;
    const gov_intake_file_t *file;
    unsigned char digest[32];
    apr_pool_t *pool, *own = t->pool;
    gov_intake_t *in;
    apr_finfo_t info;
    const char *path;

    gov_test_dir(t);
    apr_pool_create(&pool, t->pool);
    t->pool = pool;
    in = parts(t, NAMED FILE_PART("paper", "../../.a.pdf")
               "\r\n\r\nhello" END);
    t->pool = own;
    file = gov_intake_file(in, "paper");
    assert_string_equal(file->name, "a.pdf");
    gov_digest(digest, "hello", 5);
    assert_string_equal(file->digest, gov_hex(digest, 32, t->pool));
    path = apr_pstrdup(t->pool, file->path);
    assert_int_equal(apr_stat(&info, path, APR_FINFO_PROT | APR_FINFO_SIZE,
                              t->pool), APR_SUCCESS);
    assert_int_equal(info.protection, APR_FPROT_UREAD | APR_FPROT_UWRITE);
    assert_int_equal(info.size, 5);
    apr_pool_destroy(pool);
    assert_int_equal(apr_stat(&info, path, APR_FINFO_TYPE, t->pool),
                     APR_ENOENT);
}

static void
files_have_mistakes_too(void **state)
{
    static const struct {
        const char *body, *code, *detail;
    } cases[] = {
        { FILE_PART("paper", "a") "\r\n\r\n" END, "file-empty", NULL },
        { FILE_PART("papers", "a") "\r\n\r\nx\r\n"
          FILE_PART("papers", "b") "\r\n\r\nx\r\n"
          FILE_PART("papers", "c") "\r\n\r\nx" END, "too-many", "2" },
        { FILE_PART("paper", "a") "\r\n\r\n"
          "0123456789012345678901234567890123456789012345678901234567890123456"
          "789012345678901234567890123456789012345678901234567890123456789" END,
          "file-too-large", "0.0" },
    };
    gov_test_t *t = *state;
    gov_intake_t *in;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        apr_array_header_t *all;

        in = parts(t, apr_pstrcat(t->pool, NAMED, cases[i].body, NULL));
        all = gov_intake_mistakes(in, t->pool);
        assert_int_equal(all->nelts, 1);
        assert_string_equal(APR_ARRAY_IDX(all, 0, gov_mistake_t).code,
                            cases[i].code);
        assert_null(gov_intake_file(in, "paper"));
        assert_int_equal(gov_intake_files(in, "papers")->nelts, 0);
    }
    in = parts(t, NAMED FILE_PART("paper", "") "\r\n\r\n" END);
    assert_true(gov_intake_ok(in));
    assert_null(gov_intake_file(in, "paper"));
    in = parts(t, NAMED FILE_PART("stranger", "x") "\r\n\r\nabc" END);
    assert_true(gov_intake_ok(in));
}

/* --- limits --------------------------------------------------------------- */

static gov_err_t *
limited(gov_test_t *t, const char *type, const char *data, apr_int64_t length,
        gov_form_limits_t limits, pieces_t *pieces)
{
    gov_body_t body = { type, length, read_piece, pieces };
    gov_intake_t *in;

    pieces->data = data;
    pieces->len = strlen(data);
    pieces->step = 7;
    pieces->reads = 0;
    return gov_form_read(&in, &form, &body, &limits, gov_test_dir(t), t->pool);
}

static void
limits_are_kept_and_nothing_is_read_beyond_them(void **state)
{
    static const char query[] = "name=Li+Hua&about=012345678901234567890";
    static const char whole[] = NAMED PART("about")
        "\r\n\r\n012345678901234567890" END;
    gov_test_t *t = *state;
    gov_form_limits_t fine = { 1000, 1000, 100, 10 }, limits;
    pieces_t p;

    assert_ok(limited(t, URLENCODED, query, -1, fine, &p));
    assert_ok(limited(t, MULTIPART, whole, -1, fine, &p));

    limits = fine;
    limits.body = 30;
    assert_err(GOV_E_TOO_LARGE, limited(t, URLENCODED, query, 31, limits, &p));
    assert_int_equal(p.reads, 0);
    assert_err(GOV_E_TOO_LARGE, limited(t, URLENCODED, query, -1, limits, &p));
    assert_int_equal(p.reads, 5);
    assert_err(GOV_E_TOO_LARGE, limited(t, MULTIPART, whole, -1, limits, &p));
    assert_int_equal(p.reads, 5);

    limits = fine;
    limits.field = 6;
    assert_err(GOV_E_TOO_LARGE, limited(t, URLENCODED, query, -1, limits, &p));
    assert_err(GOV_E_TOO_LARGE, limited(t, MULTIPART, whole, -1, limits, &p));

    limits = fine;
    limits.parts = 1;
    assert_err(GOV_E_TOO_LARGE, limited(t, URLENCODED, query, -1, limits, &p));
    assert_err(GOV_E_TOO_LARGE, limited(t, MULTIPART, whole, -1, limits, &p));
}

static gov_err_t *
fail_to_read(void *baton, char *buf, apr_size_t *len)
{
    gov_test_t *t = baton;

    (void)buf;
    (void)len;
    return gov_err(GOV_E_UNAVAILABLE, NULL, t->pool, "gone");
}

static void
a_body_that_does_not_come_is_an_error(void **state)
{
    gov_test_t *t = *state;
    gov_form_limits_t limits = gov_form_limits(&form, NULL);
    gov_body_t body = { URLENCODED, 10, fail_to_read, t };
    gov_intake_t *in;

    assert_err(GOV_E_UNAVAILABLE, gov_form_read(&in, &form, &body, &limits,
                                                "/tmp", t->pool));
    body.content_type = MULTIPART;
    assert_err(GOV_E_UNAVAILABLE, gov_form_read(&in, &form, &body, &limits,
                                                "/tmp", t->pool));
    body.content_type = URLENCODED;
    body.read = NULL;
    assert_ok(gov_form_read(&in, &form, &body, &limits, "/tmp", t->pool));
    assert_false(gov_intake_ok(in));
}

static void
without_room_for_files_one_may_come_again(void **state)
{
    static const char body[] = FILE_PART("paper", "a") "\r\n\r\nx" END;
    gov_test_t *t = *state;
    pieces_t p = { body, sizeof(body) - 1, 100, 0 };
    gov_body_t source = { MULTIPART, -1, read_piece, &p };
    gov_form_limits_t limits = gov_form_limits(&form, NULL);
    gov_intake_t *in;

    assert_err(GOV_E_UNAVAILABLE, gov_form_read(&in, &form, &source, &limits,
                                                "/nowhere", t->pool));
}

static void
limits_follow_the_form_and_the_groups_rules(void **state)
{
    static const gov_form_field_t small[] = {
        { .name = "a", .kind = GOV_FORM_TEXT, .most = 1000000 },
        { .name = NULL }
    };
    static const gov_form_t article = { "article", small };
    gov_policy_t policy = *gov_policy_default();
    gov_form_limits_t limits;

    (void)state;
    limits = gov_form_limits(&article, NULL);
    assert_true(limits.field >= 4000000 && limits.body >= 12000000);
    policy.upload_size = 1;
    limits = gov_form_limits(&form, &policy);
    assert_int_equal(limits.file, 1024 * 1024);
    assert_true(limits.body < 5 * 1024 * 1024);
    assert_int_equal(gov_form_most(gov_form_field(&form, "name")), 10);
    assert_null(gov_form_field(&form, "nowhere"));
    assert_string_equal(gov_form_kind_word(GOV_FORM_ID_NUMBER), "id-number");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(a_form_gives_typed_values),
    GOV_TEST(what_is_left_empty_is_absent),
    GOV_TEST(full_width_characters_will_do_where_ascii_is_meant),
    GOV_TEST(text_that_turns_its_neighbours_loses_that),
    GOV_TEST(every_kind_knows_its_mistakes),
    GOV_TEST(all_mistakes_are_told_at_once_in_the_order_of_the_form),
    GOV_TEST(lengths_are_counted_in_characters),
    GOV_TEST(what_was_typed_is_shown_again_but_no_password),
    GOV_TEST(a_blank_form_shows_what_it_is_given),
    GOV_TEST(bodies_that_are_no_form_are_refused),
    GOV_TEST(a_value_too_many_names_its_field),
    GOV_TEST(parts_come_whole_however_the_bytes_come),
    GOV_TEST(a_file_is_kept_for_us_alone_until_its_pool_goes),
    GOV_TEST(files_have_mistakes_too),
    GOV_TEST(limits_are_kept_and_nothing_is_read_beyond_them),
    GOV_TEST(a_body_that_does_not_come_is_an_error),
    GOV_TEST(without_room_for_files_one_may_come_again),
    GOV_TEST(limits_follow_the_form_and_the_groups_rules),
};

GOV_TEST_MAIN(tests)

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Calendar files: rows of days that differ from the week. */

#include "gov_test.h"
#include "gov_workday.h"

static gov_err_t *
parse(apr_array_header_t **days, const char *text, gov_test_t *t)
{
    gov_bytes_t bytes = { text, strlen(text) };

    return gov_calendar_parse(days, bytes, "2026.csv", t->pool);
}

static void reads_holidays_and_workdays(void **state)
{
    apr_array_header_t *days;
    const gov_workday_t *day;

    assert_ok(parse(&days, "day,kind,note\n2026-10-01,holiday,National Day\n"
                    "# a remark\n\n2026-10-10 , workday , make-up, Saturday\n",
                    *state));
    assert_int_equal(days->nelts, 2);
    day = &APR_ARRAY_IDX(days, 0, gov_workday_t);
    assert_int_equal(day->date.day, 1);
    assert_false(day->workday);
    assert_string_equal(day->note, "National Day");
    day = &APR_ARRAY_IDX(days, 1, gov_workday_t);
    assert_int_equal(day->date.day, 10);
    assert_true(day->workday);
    assert_string_equal(day->note, "make-up, Saturday");
}

static void takes_what_spreadsheets_write(void **state)
{
    apr_array_header_t *days;

    assert_ok(parse(&days, "\xEF\xBB\xBF" "day,kind,note\r\n"
                    "2026-10-01,holiday,x\r\n2026-10-02,holiday", *state));
    assert_int_equal(days->nelts, 2);
    assert_string_equal(APR_ARRAY_IDX(days, 1, gov_workday_t).note, "");
}

static void names_the_line_that_is_wrong(void **state)
{
    static const char *const lines[] = {
        "2026-13-01,holiday,x", "2026-02-29,holiday,x", "1.10.2026,holiday,x",
        "2026-10-01,closed,x", "2026-10-01", "holiday,2026-10-01"
    };
    gov_test_t *t = *state;
    apr_array_header_t *days;
    size_t i;

    for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        gov_err_t *err = parse(&days, apr_pstrcat(
                                   t->pool, "2026-10-01,holiday,x\n", lines[i],
                                   NULL), t);

        assert_err(GOV_E_INVALID, err);
        assert_string_equal(err->message, "2026.csv:2");
    }
    assert_err(GOV_E_INVALID, parse(&days, "2026-10-01,holiday,\xFF", t));
}

static const char *
read_source(gov_test_t *t, const char *name)
{
    char *text = apr_pcalloc(t->pool, 65536);
    apr_size_t len;
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file, gov_test_source(t, name),
                                   APR_FOPEN_READ, 0, t->pool), 0);
    apr_file_read_full(file, text, 65535, &len);
    apr_file_close(file);
    return text;
}

static void has_the_file_of_the_year(void **state)
{
    gov_test_t *t = *state;
    gov_calendar_t *calendar = gov_calendar_create(t->pool);
    gov_date_t friday = { 2026, 9, 18 }, due;
    apr_array_header_t *days;
    gov_bytes_t text;
    int i;

    text.data = read_source(t, "conf/calendar/2026.csv");
    text.len = strlen(text.data);
    assert_ok(gov_calendar_parse(&days, text, "2026.csv", t->pool));
    for (i = 0; i < days->nelts; i++) {
        const gov_workday_t *day = &APR_ARRAY_IDX(days, i, gov_workday_t);

        /* only a day of rest can be made up for */
        if (day->workday)
            assert_in_range(gov_date_weekday(day->date), 6, 7);
        gov_calendar_add(calendar, day->date, day->workday);
    }
    /* twenty working days over two holidays and two make-up days */
    due = gov_calendar_add_workdays(calendar, friday, 20);
    assert_int_equal(due.month * 100 + due.day, 1022);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(reads_holidays_and_workdays),
    GOV_TEST(takes_what_spreadsheets_write),
    GOV_TEST(names_the_line_that_is_wrong),
    GOV_TEST(has_the_file_of_the_year),
};
GOV_TEST_MAIN(tests)

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Dates, times and how they are written. */

#include "gov_test.h"

static apr_time_t
at(gov_test_t *t, const char *text)
{
    apr_time_t time = 0;

    assert_ok(gov_time_parse(&time, text, t->pool));
    return time;
}

static gov_date_t
day(gov_test_t *t, const char *text)
{
    gov_date_t date = { 0, 0, 0 };

    assert_ok(gov_date_parse(&date, text, t->pool));
    return date;
}

static void writes_all_forms_in_the_groups_zone(void **state)
{
    gov_test_t *t = *state;
    apr_time_t time = t->now;

    assert_string_equal(gov_time_rfc3339(time, t->pool),
                        "2026-11-03T09:12:00+08:00");
    assert_string_equal(gov_time_utc(time, t->pool), "2026-11-03T01:12:00Z");
    assert_string_equal(gov_time_rfc5322(time, t->pool),
                        "Tue, 03 Nov 2026 09:12:00 +0800");
    assert_string_equal(gov_time_minute(time, t->pool), "2026-11-03 09:12");
    assert_string_equal(gov_time_day(time, t->pool), "2026-11-03");
}

static void begins_the_day_at_local_midnight(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_time_day(at(t, "2026-11-02T15:59:59.999999Z"),
                                     t->pool), "2026-11-02");
    assert_string_equal(gov_time_day(at(t, "2026-11-02T16:00:00Z"), t->pool),
                        "2026-11-03");
    assert_int_equal(gov_date_start(day(t, "2026-11-03")),
                     at(t, "2026-11-02T16:00:00Z"));
}

static void knows_times_before_1970(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_time_utc(-1, t->pool), "1969-12-31T23:59:59Z");
    assert_string_equal(gov_time_rfc3339(at(t, "1949-10-01T15:00:00+08:00"),
                                         t->pool),
                        "1949-10-01T15:00:00+08:00");
    assert_string_equal(gov_time_utc(at(t, "0000-01-01T00:00:00Z"), t->pool),
                        "0000-01-01T00:00:00Z");
}

static void reads_rfc3339(void **state)
{
    gov_test_t *t = *state;

    assert_int_equal(at(t, "1970-01-01T00:00:00Z"), 0);
    assert_int_equal(at(t, "1970-01-01t00:00:01z"), 1000000);
    assert_int_equal(at(t, "1970-01-01 08:00:00+08:00"), 0);
    assert_int_equal(at(t, "1969-12-31T23:30:00-00:30"), 0);
    assert_int_equal(at(t, "1970-01-01T00:00:00.5Z"), 500000);
    assert_int_equal(at(t, "1970-01-01T00:00:00.123456789Z"), 123456);
    assert_int_equal(at(t, "2016-12-31T23:59:60Z"),
                     at(t, "2017-01-01T00:00:00Z"));
    assert_int_equal(at(t, "2024-02-29T00:00:00Z"), 1709164800000000);
}

static void refuses_other_times(void **state)
{
    static const char *const bad[] = {
        "", "2026", "2026-11-03", "2026-11-03T09:12", "2026-11-03T09:12:00",
        "2026-11-03T24:00:00Z", "2026-11-03T09:60:00Z", "2026-11-03T09:12:61Z",
        "2026-11-03T09:12:00.Z", "2026-11-03T09:12:00+0800",
        "2026-11-03T09:12:00+24:00", "2026-11-03T09:12:00+08:60",
        "2026-11-03T09:12:00Zx", " 2026-11-03T09:12:00Z",
        "2026-13-03T09:12:00Z", "2026-02-29T09:12:00Z", "2026-11-3T09:12:00Z",
        "-026-11-03T09:12:00Z", "2026/11/03T09:12:00Z", "+2026-11-03T09:12:00Z",
    };
    gov_test_t *t = *state;
    apr_time_t time = 42;
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_err(GOV_E_INVALID, gov_time_parse(&time, bad[i], t->pool));
    assert_int_equal(time, 42);
}

static void reads_dates_that_exist(void **state)
{
    static const char *const bad[] = {
        "", "2026-11", "2026-11-03 ", "2026-00-01", "2026-01-00", "2026-04-31",
        "2023-02-29", "1900-02-29", "2026-1-1", "20261103", "x",
    };
    gov_test_t *t = *state;
    gov_date_t date;
    size_t i;

    date = day(t, "2000-02-29");
    assert_int_equal(date.year, 2000);
    assert_int_equal(date.month, 2);
    assert_int_equal(date.day, 29);
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_err(GOV_E_INVALID, gov_date_parse(&date, bad[i], t->pool));
}

static void counts_days_across_months_and_centuries(void **state)
{
    gov_test_t *t = *state;
    gov_date_t date = day(t, "1899-12-31");
    int weekday = gov_date_weekday(date), i;

    for (i = 0; i < 146097; i++) {
        gov_date_t next = gov_date_add(date, 1);

        assert_int_equal(gov_date_cmp(date, next), -1);
        assert_true(next.day == date.day + 1
                    || (next.day == 1 && date.day >= 28));
        weekday = weekday % 7 + 1;
        assert_int_equal(gov_date_weekday(next), weekday);
        date = next;
    }
    assert_int_equal(gov_date_cmp(date, day(t, "2299-12-31")), 0);
    assert_int_equal(gov_date_cmp(gov_date_add(date, -146097),
                                  day(t, "1899-12-31")), 0);
}

static void compares_dates(void **state)
{
    gov_test_t *t = *state;

    assert_int_equal(gov_date_cmp(day(t, "2026-12-31"), day(t, "2027-01-01")),
                     -1);
    assert_int_equal(gov_date_cmp(day(t, "2026-12-01"), day(t, "2026-11-30")),
                     1);
    assert_int_equal(gov_date_cmp(day(t, "2026-11-03"), day(t, "2026-11-03")),
                     0);
    assert_int_equal(gov_date_weekday(day(t, "2026-11-03")), 2);
    assert_int_equal(gov_date_weekday(day(t, "2026-11-08")), 7);
    assert_int_equal(gov_date_weekday(day(t, "1969-12-28")), 7);
}

static void has_a_clock_that_goes_and_dice_that_fall(void **state)
{
    const gov_clock_t *clock = gov_clock_real();
    unsigned char a[32] = { 0 }, b[32] = { 0 };

    (void)state;
    assert_true(gov_now(clock) > apr_time_from_sec(1700000000));
    clock->random(clock->baton, a, sizeof(a));
    clock->random(clock->baton, b, sizeof(b));
    assert_memory_not_equal(a, b, sizeof(a));
}

static void asks_the_clock_it_is_given(void **state)
{
    gov_test_t *t = *state;

    t->now = 5;
    assert_int_equal(gov_now(t->ctx.clock), 5);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(writes_all_forms_in_the_groups_zone),
    GOV_TEST(begins_the_day_at_local_midnight),
    GOV_TEST(knows_times_before_1970),
    GOV_TEST(reads_rfc3339),
    GOV_TEST(refuses_other_times),
    GOV_TEST(reads_dates_that_exist),
    GOV_TEST(counts_days_across_months_and_centuries),
    GOV_TEST(compares_dates),
    GOV_TEST(has_a_clock_that_goes_and_dice_that_fall),
    GOV_TEST(asks_the_clock_it_is_given),
};
GOV_TEST_MAIN(tests)

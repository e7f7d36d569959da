/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Working days: the holidays of National Day 2026 as an example. */

#include "gov_test.h"

static gov_date_t
day(int month, int number)
{
    gov_date_t date = { 2026, month, number };

    return date;
}

/* 1-7 October are free; Sunday 20 September and Saturday 10 October are
   worked instead. */
static gov_calendar_t *
national_day(gov_test_t *t)
{
    gov_calendar_t *cal = gov_calendar_create(t->pool);
    int i;

    for (i = 1; i <= 7; i++)
        gov_calendar_add(cal, day(10, i), false);
    gov_calendar_add(cal, day(9, 20), true);
    gov_calendar_add(cal, day(10, 10), true);
    return cal;
}

static void follows_the_week_where_nothing_is_said(void **state)
{
    gov_test_t *t = *state;
    gov_calendar_t *cal = gov_calendar_create(t->pool);

    assert_true(gov_calendar_is_workday(cal, day(11, 6)));
    assert_false(gov_calendar_is_workday(cal, day(11, 7)));
    assert_false(gov_calendar_is_workday(cal, day(11, 8)));
    assert_true(gov_calendar_is_workday(cal, day(11, 9)));
}

static void knows_holidays_and_make_up_workdays(void **state)
{
    gov_calendar_t *cal = national_day(*state);

    assert_false(gov_calendar_is_workday(cal, day(10, 1)));
    assert_true(gov_calendar_is_workday(cal, day(9, 20)));
    assert_true(gov_calendar_is_workday(cal, day(10, 10)));
    assert_false(gov_calendar_is_workday(cal, day(10, 11)));
}

static void lets_a_later_notice_win(void **state)
{
    gov_calendar_t *cal = national_day(*state);

    gov_calendar_add(cal, day(10, 7), true);
    assert_true(gov_calendar_is_workday(cal, day(10, 7)));
}

static void does_not_count_the_first_day(void **state)
{
    gov_calendar_t *cal = national_day(*state);
    gov_date_t due = gov_calendar_add_workdays(cal, day(9, 30), 1);

    assert_int_equal(gov_date_cmp(due, day(10, 8)), 0);
    due = gov_calendar_add_workdays(cal, day(9, 30), 3);
    assert_int_equal(gov_date_cmp(due, day(10, 10)), 0);
    due = gov_calendar_add_workdays(cal, day(9, 30), 4);
    assert_int_equal(gov_date_cmp(due, day(10, 12)), 0);
}

static void starts_on_any_day(void **state)
{
    gov_calendar_t *cal = national_day(*state);
    gov_date_t due = gov_calendar_add_workdays(cal, day(10, 3), 20);

    assert_int_equal(gov_date_cmp(due, day(11, 3)), 0);
    due = gov_calendar_add_workdays(cal, day(10, 3), 0);
    assert_int_equal(gov_date_cmp(due, day(10, 3)), 0);
    due = gov_calendar_add_workdays(cal, day(10, 8), -1);
    assert_int_equal(gov_date_cmp(due, day(9, 30)), 0);
}

static void counts_what_it_adds(void **state)
{
    gov_calendar_t *cal = national_day(*state);
    int n;

    for (n = 0; n < 40; n++) {
        gov_date_t due = gov_calendar_add_workdays(cal, day(9, 18), n);

        assert_int_equal(gov_calendar_workdays(cal, day(9, 18), due), n);
        assert_int_equal(gov_calendar_workdays(cal, due, day(9, 18)), -n);
    }
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(follows_the_week_where_nothing_is_said),
    GOV_TEST(knows_holidays_and_make_up_workdays),
    GOV_TEST(lets_a_later_notice_win),
    GOV_TEST(does_not_count_the_first_day),
    GOV_TEST(starts_on_any_day),
    GOV_TEST(counts_what_it_adds),
};
GOV_TEST_MAIN(tests)

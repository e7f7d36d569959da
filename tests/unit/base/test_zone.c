/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Zones other than China's, from the system's files. */

#include "gov_test.h"

/* T in the zone NAME; the zone is China's again after the test. */
static const char *
there(gov_test_t *t, const char *name, const char *utc)
{
    apr_time_t time;

    assert_ok(gov_zone_set(name, t->pool));
    assert_ok(gov_time_parse(&time, utc, t->pool));
    return gov_time_rfc3339(time, t->pool);
}

static void knows_china_without_any_file(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(there(t, "Asia/Shanghai", "1988-07-01T00:00:00Z"),
                        "1988-07-01T08:00:00+08:00");
}

static void follows_summer_time(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(there(t, "Europe/Berlin", "2026-03-29T00:59:59Z"),
                        "2026-03-29T01:59:59+01:00");
    assert_string_equal(there(t, "Europe/Berlin", "2026-03-29T01:00:00Z"),
                        "2026-03-29T03:00:00+02:00");
    assert_string_equal(there(t, "Europe/Berlin", "2026-10-25T01:00:00Z"),
                        "2026-10-25T02:00:00+01:00");
    assert_string_equal(there(t, "America/New_York", "2026-07-04T12:00:00Z"),
                        "2026-07-04T08:00:00-04:00");
}

static void foretells_it_beyond_the_listed_changes(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(there(t, "Europe/Berlin", "2090-07-01T00:00:00Z"),
                        "2090-07-01T02:00:00+02:00");
    assert_string_equal(there(t, "Europe/Berlin", "2090-12-01T00:00:00Z"),
                        "2090-12-01T01:00:00+01:00");
    assert_string_equal(there(t, "Australia/Sydney", "2090-01-01T00:00:00Z"),
                        "2090-01-01T11:00:00+11:00");
    assert_string_equal(there(t, "Europe/Dublin", "2090-07-01T00:00:00Z"),
                        "2090-07-01T01:00:00+01:00");
}

static void knows_offsets_that_are_not_whole_hours(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(there(t, "Asia/Kathmandu", "2026-01-01T00:00:00Z"),
                        "2026-01-01T05:45:00+05:45");
    assert_string_equal(there(t, "Asia/Urumqi", "2026-01-01T00:00:00Z"),
                        "2026-01-01T06:00:00+06:00");
    assert_string_equal(there(t, "Etc/UTC", "2026-01-01T00:00:00Z"),
                        "2026-01-01T00:00:00+00:00");
}

static const char *
start(gov_test_t *t, const char *zone, const char *date)
{
    gov_date_t day;

    assert_ok(gov_zone_set(zone, t->pool));
    assert_ok(gov_date_parse(&day, date, t->pool));
    return gov_time_rfc3339(gov_date_start(day), t->pool);
}

static void begins_days_right_around_changes(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(start(t, "Europe/Berlin", "2026-03-29"),
                        "2026-03-29T00:00:00+01:00");
    assert_string_equal(start(t, "Europe/Berlin", "2026-03-30"),
                        "2026-03-30T00:00:00+02:00");
    assert_string_equal(start(t, "Europe/Berlin", "2026-10-26"),
                        "2026-10-26T00:00:00+01:00");
    /* Clocks went from 00:00 to 01:00, and from 24:00 back to 23:00. */
    assert_string_equal(start(t, "America/Sao_Paulo", "2018-11-04"),
                        "2018-11-04T01:00:00-02:00");
    assert_string_equal(start(t, "America/Sao_Paulo", "2018-02-18"),
                        "2018-02-18T00:00:00-03:00");
    /* Clocks went from 01:00 back to 00:00: two midnights. */
    assert_string_equal(start(t, "America/Havana", "2026-11-01"),
                        "2026-11-01T00:00:00-04:00");
}

static void forgets_the_zone_with_its_pool(void **state)
{
    gov_test_t *t = *state;
    apr_pool_t *pool;

    apr_pool_create(&pool, t->pool);
    assert_ok(gov_zone_set("Asia/Tokyo", pool));
    assert_string_equal(gov_time_minute(0, t->pool), "1970-01-01 09:00");
    apr_pool_destroy(pool);
    assert_string_equal(gov_time_minute(0, t->pool), "1970-01-01 08:00");
}

static void refuses_names_that_are_none(void **state)
{
    gov_test_t *t = *state;

    assert_err(GOV_E_INVALID, gov_zone_set("", t->pool));
    assert_err(GOV_E_INVALID, gov_zone_set("../../etc/passwd", t->pool));
    assert_err(GOV_E_INVALID, gov_zone_set("/etc/passwd", t->pool));
    assert_err(GOV_E_INVALID, gov_zone_set("tzdata.zi", t->pool));
    assert_err(GOV_E_NOT_FOUND, gov_zone_set("Asia/Atlantis", t->pool));
    assert_string_equal(gov_time_minute(0, t->pool), "1970-01-01 08:00");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(knows_china_without_any_file),
    GOV_TEST(follows_summer_time),
    GOV_TEST(foretells_it_beyond_the_listed_changes),
    GOV_TEST(knows_offsets_that_are_not_whole_hours),
    GOV_TEST(begins_days_right_around_changes),
    GOV_TEST(forgets_the_zone_with_its_pool),
    GOV_TEST(refuses_names_that_are_none),
};
GOV_TEST_MAIN(tests)

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* When an event takes place, by what its editors wrote. */

#include "gov_test.h"

#include "../example_priv.h"

static bool
event_of(example_event_t *event, gov_test_t *t, const char *fields)
{
    gov_document_t doc = { .id = 7, .type = EXAMPLE_TYPE, .title = "x" };

    assert_ok(gov_json_parse(&doc.fields, fields, strlen(fields), t->pool));
    return example__event_read(event, &doc, t->pool);
}

#define assert_time(t, text)                                                  \
    assert_string_equal(gov_time_minute((t), ((gov_test_t *)*state)->pool),   \
                        (text))

static void
reads_a_day_with_hours(void **state)
{
    example_event_t event;

    assert_true(event_of(&event, *state, "{\"from\":\"2026-12-04\","
                     "\"starts\":\"19:30\",\"ends\":\"21:00\"}"));
    assert_time(event.starts_at, "2026-12-04 19:30");
    assert_time(event.ends_at, "2026-12-04 21:00");
    assert_string_equal(event.starts, "19:30");
    assert_string_equal(event.ends, "21:00");
}

static void
takes_the_whole_day_without_hours(void **state)
{
    example_event_t event;

    assert_true(event_of(&event, *state, "{\"from\":\"2026-12-31\"}"));
    assert_time(event.starts_at, "2026-12-31 00:00");
    assert_time(event.ends_at, "2027-01-01 00:00");
    assert_null(event.starts);
    assert_int_equal(example__event_last(&event).day, 31);
}

static void
reads_several_days(void **state)
{
    example_event_t event;

    assert_true(event_of(&event, *state, "{\"from\":\"2026-12-04\","
                     "\"until\":\"2026-12-06\",\"starts\":\"10:00\","
                     "\"ends\":\"20:00\"}"));
    assert_time(event.ends_at, "2026-12-06 20:00");
    assert_int_equal(example__event_first(&event).day, 4);
    assert_int_equal(example__event_last(&event).day, 6);
}

static void
knows_no_end_when_none_is_given(void **state)
{
    example_event_t event;

    assert_true(event_of(&event, *state,
                     "{\"from\":\"2026-12-04\",\"starts\":\"09:00\"}"));
    assert_null(event.ends);
    assert_true(event.ends_at > event.starts_at);
    assert_int_equal(example__event_last(&event).day, 4);
}

static void
passes_over_what_makes_no_sense(void **state)
{
    example_event_t event;

    assert_true(event_of(&event, *state, "{\"from\":\"2026-12-04\","
                     "\"until\":\"2026-12-01\",\"starts\":\"25:00\","
                     "\"ends\":\"noon\"}"));
    assert_null(event.starts);
    assert_time(event.ends_at, "2026-12-05 00:00");
    assert_true(event_of(&event, *state, "{\"from\":\"2026-12-04\","
                     "\"starts\":\"10:00\",\"ends\":\"09:00\"}"));
    assert_null(event.ends);
}

static void
is_no_event_without_a_day(void **state)
{
    example_event_t event;

    assert_false(event_of(&event, *state, "{}"));
    assert_false(event_of(&event, *state, "{\"from\":\"\"}"));
    assert_false(event_of(&event, *state, "{\"from\":\"2026-13-01\"}"));
    assert_int_equal(event.starts_at, 0);
}

static void
lasts_a_year_at_most(void **state)
{
    example_event_t event;

    assert_true(event_of(&event, *state, "{\"from\":\"2026-01-01\","
                     "\"until\":\"2036-01-01\"}"));
    assert_time(event.ends_at, "2027-01-02 00:00");
}

static void
joins_contact_and_telephone(void **state)
{
    example_event_t event;

    assert_true(event_of(&event, *state, "{\"from\":\"2026-12-04\","
                     "\"contact\":\"A\",\"phone\":\"0999-1\"}"));
    assert_string_equal(event.contact, "A 0999-1");
    assert_true(event_of(&event, *state,
                     "{\"from\":\"2026-12-04\",\"phone\":\"0999-1\"}"));
    assert_string_equal(event.contact, "0999-1");
    assert_null(event.place);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(reads_a_day_with_hours),
    GOV_TEST(takes_the_whole_day_without_hours),
    GOV_TEST(reads_several_days),
    GOV_TEST(knows_no_end_when_none_is_given),
    GOV_TEST(passes_over_what_makes_no_sense),
    GOV_TEST(is_no_event_without_a_day),
    GOV_TEST(lasts_a_year_at_most),
    GOV_TEST(joins_contact_and_telephone),
};
GOV_TEST_MAIN(tests)

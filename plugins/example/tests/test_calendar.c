/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* What calendar programs get: RFC 5545, byte by byte. */

#include "gov_test.h"

#include "../example_priv.h"

#define UID "document-7@9900000001"
#define URL "http://www.example.gov.cn/events/7.html"

static example_event_t
concert(void)
{
    example_event_t event = {
        .document = 7, .title = "Concert", .starts = "19:30", .ends = "21:00",
        .published = apr_time_from_sec(1793668320)
    };

    event.starts_at = gov_date_start((gov_date_t){ 2026, 12, 4 })
        + apr_time_from_sec(19 * 3600 + 1800);
    event.ends_at = event.starts_at + apr_time_from_sec(5400);
    event.updated = event.published;
    return event;
}

static const char *
written(gov_test_t *t, const example_event_t *event)
{
    gov_buf_t *out = gov_buf_create(64, t->pool);

    example__ics_begin(out, NULL);
    example__ics_event(out, event, UID, URL);
    example__ics_end(out);
    return out->data;
}

static void
writes_an_event_with_hours_in_utc(void **state)
{
    example_event_t event = concert();

    assert_string_equal(written(*state, &event),
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
        "PRODID:-//GovPortal//Events calendar//EN\r\n"
        "CALSCALE:GREGORIAN\r\n"
        "BEGIN:VEVENT\r\nUID:" UID "\r\nSEQUENCE:0\r\n"
        "DTSTAMP:20261103T011200Z\r\nCREATED:20261103T011200Z\r\n"
        "LAST-MODIFIED:20261103T011200Z\r\n"
        "DTSTART:20261204T113000Z\r\nDTEND:20261204T130000Z\r\n"
        "SUMMARY:Concert\r\nURL:" URL "\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n");
}

static void
writes_whole_days_as_dates_with_an_exclusive_end(void **state)
{
    example_event_t event = concert();
    const char *ics;

    event.starts = event.ends = NULL;
    event.starts_at = gov_date_start((gov_date_t){ 2026, 12, 30 });
    event.ends_at = gov_date_start((gov_date_t){ 2027, 1, 3 });
    ics = written(*state, &event);
    assert_contains(ics, "\r\nDTSTART;VALUE=DATE:20261230\r\n"
                         "DTEND;VALUE=DATE:20270103\r\n");
    assert_null(strstr(ics, "RRULE"));
}

static void
writes_several_days_with_hours_as_a_daily_event(void **state)
{
    example_event_t event = concert();

    event.ends_at += apr_time_from_sec(2 * 86400);
    assert_contains(written(*state, &event),
                    "\r\nDTSTART:20261204T113000Z\r\n"
                    "DTEND:20261204T130000Z\r\n"
                    "RRULE:FREQ=DAILY;COUNT=3\r\n");
}

static void
leaves_out_an_end_that_is_not_known(void **state)
{
    example_event_t event = concert();
    const char *ics;

    event.ends = NULL;
    event.ends_at = event.starts_at + apr_time_from_sec(1);
    ics = written(*state, &event);
    assert_null(strstr(ics, "DTEND"));
    assert_null(strstr(ics, "RRULE"));
}

static void
counts_a_correction_as_a_later_sequence(void **state)
{
    example_event_t event = concert();

    event.updated += apr_time_from_sec(3600);
    assert_contains(written(*state, &event), "\r\nSEQUENCE:3600\r\n"
                    "DTSTAMP:20261103T021200Z\r\nCREATED:20261103T011200Z\r\n");
}

static void
escapes_what_has_a_meaning_in_text(void **state)
{
    example_event_t event = concert();

    event.title = "a\\b; c, d\r\nBEGIN:VALARM\nx";
    event.place = "Hall 1";
    event.address = "5, Lane; 2";
    assert_contains(written(*state, &event),
                    "\r\nSUMMARY:a\\\\b\\; c\\, d\\nBEGIN:VALARM\\nx\r\n");
    assert_contains(written(*state, &event),
                    "\r\nLOCATION:Hall 1\\, 5\\, Lane\\; 2\r\n");
}

/* Lines of TEXT as a reader unfolds them; no line is longer than 75 bytes, and none
   begins or ends in the middle of a character. */
static const char *
unfolded(gov_test_t *t, const char *text)
{
    gov_buf_t *out = gov_buf_create(256, t->pool);

    while (*text) {
        const char *end = strstr(text, "\r\n");

        assert_non_null(end);
        assert_true(end - text <= 75);
        assert_true(gov_text_valid(text, (apr_size_t)(end - text)));
        gov_buf_add(out, text, (apr_size_t)(end - text));
        text = end + 2;
        if (*text == ' ')
            text++;
        else
            gov_buf_add(out, "\n", 1);
    }
    return out->data;
}

static void
folds_long_lines_between_characters(void **state)
{
    gov_test_t *t = *state;
    example_event_t event = concert();
    gov_buf_t *text = gov_buf_create(900, t->pool);
    int i;

    for (i = 0; i < 80; i++)
        gov_buf_str(text, i % 3 ? "\xe6\xb4\xbb" : "\xf0\x9f\x8e\xb5 ");
    event.summary = text->data;
    assert_contains(unfolded(t, written(t, &event)),
                    apr_pstrcat(t->pool, "\nDESCRIPTION:", text->data, "\n",
                                NULL));
}

static void
folds_at_every_length_without_loss(void **state)
{
    gov_test_t *t = *state;
    example_event_t event = concert();
    char title[320];
    int n;

    for (n = 1; n < 300; n++) {
        memset(title, 'x', (size_t)n);
        title[n] = '\0';
        event.title = title;
        assert_contains(unfolded(t, written(t, &event)),
                        apr_pstrcat(t->pool, "\nSUMMARY:", title, "\n", NULL));
    }
}

static void
names_a_calendar_that_is_subscribed_to(void **state)
{
    gov_test_t *t = *state;
    gov_buf_t *out = gov_buf_create(64, t->pool);

    example__ics_begin(out, "Culture, events");
    assert_contains(out->data, "\r\nNAME:Culture\\, events\r\n"
                    "X-WR-CALNAME:Culture\\, events\r\n"
                    "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(writes_an_event_with_hours_in_utc),
    GOV_TEST(writes_whole_days_as_dates_with_an_exclusive_end),
    GOV_TEST(writes_several_days_with_hours_as_a_daily_event),
    GOV_TEST(leaves_out_an_end_that_is_not_known),
    GOV_TEST(counts_a_correction_as_a_later_sequence),
    GOV_TEST(escapes_what_has_a_meaning_in_text),
    GOV_TEST(folds_long_lines_between_characters),
    GOV_TEST(folds_at_every_length_without_loss),
    GOV_TEST(names_a_calendar_that_is_subscribed_to),
};
GOV_TEST_MAIN(tests)

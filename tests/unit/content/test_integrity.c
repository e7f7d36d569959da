/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Tags over what the public reads: what holds, and what is an alarm. */

#include "../../../mod_govportal/content/content_priv.h"
#include "../security/key_fixture.h"

typedef struct seen_t {
    int alarms;
    char object[100], what[200];
    bool untagged;
} seen_t;

static void
note(void *baton, const gov_alarm_t *alarm)
{
    seen_t *seen = baton;

    seen->alarms++;
    apr_cpystrn(seen->object, alarm->object, sizeof(seen->object));
    apr_cpystrn(seen->what, alarm->what, sizeof(seen->what));
    seen->untagged = alarm->untagged;
}

static gov_guard_t
guard_with(seen_t *seen, const gov_keys_t *keys, bool strict)
{
    gov_guard_t guard = { .keys = keys, .strict = strict, .alarm = note,
                          .baton = seen };

    memset(seen, 0, sizeof(*seen));
    return guard;
}

static gov_item_t
item_named(const char *title)
{
    gov_item_t item = { .document = 17, .site = 3, .column = 5,
                        .type = "notice", .lang = "zh-CN", .published = 1,
                        .updated = 2, .title = title };

    return item;
}

static const char *
sealed(gov_test_t *t, const gov_keys_t *keys, const char *title,
       apr_int64_t site, apr_int64_t column)
{
    gov_content__bind_t bind = { NULL, site, column };
    gov_item_t item = item_named(title);

    return gov_content__item_seal(gov_content__item_text(&item, t->pool), keys,
                                  &bind, t->pool);
}

static gov_err_t *
open_at(gov_test_t *t, gov_item_t **item, const gov_guard_t *guard,
        const char *text, apr_int64_t site, apr_int64_t column)
{
    gov_content__bind_t bind = { guard, site, column };

    return gov_content__item_read(item, &bind, apr_pstrdup(t->pool, text),
                                  t->pool);
}

static void
reads_an_entry_whose_tag_holds(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n");
    seen_t seen;
    gov_guard_t guard = guard_with(&seen, keys, true);
    const char *text = sealed(t, keys, "关于放假的通知", 3, 5);
    gov_item_t *item;

    assert_ok(open_at(t, &item, &guard, text, 3, 5));
    assert_string_equal(item->title, "关于放假的通知");
    assert_null(item->fields);
    assert_int_equal(seen.alarms, 0);
}

static void
refuses_an_entry_that_was_changed_moved_or_cut(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n");
    seen_t seen;
    gov_guard_t guard = guard_with(&seen, keys, true);
    char *text = apr_pstrdup(t->pool, sealed(t, keys, "Holiday", 3, 5));
    gov_item_t *item;

    assert_err(GOV_E_UNAVAILABLE, open_at(t, &item, &guard, text, 3, 6));
    assert_string_equal(seen.object, "column:6");
    assert_err(GOV_E_UNAVAILABLE, open_at(t, &item, &guard, text, 4, 5));
    assert_err(GOV_E_UNAVAILABLE, open_at(t, &item, &guard, text, 0, 0));
    assert_string_equal(seen.object, "keywords");
    *strchr(text, 'H') = 'h';
    assert_err(GOV_E_UNAVAILABLE, open_at(t, &item, &guard, text, 3, 5));
    assert_string_equal(seen.what, "an entry was changed");
    *strchr(text, 'h') = 'H';
    text[strlen(text) - 1] = '\0';
    assert_err(GOV_E_UNAVAILABLE, open_at(t, &item, &guard, text, 3, 5));
    assert_string_equal(seen.what, "an entry's tag is damaged");
    assert_int_equal(seen.alarms, 5);
    assert_false(seen.untagged);
}

static void
lets_an_entry_of_a_home_column_say_where_it_stands(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n");
    seen_t seen;
    gov_guard_t guard = guard_with(&seen, keys, true);
    gov_item_t *item;

    assert_ok(open_at(t, &item, &guard, sealed(t, keys, "x", 3, 5), 0,
                      GOV_CONTENT__HOME));
    assert_err(GOV_E_UNAVAILABLE,
               open_at(t, &item, &guard, sealed(t, keys, "x", 3, 6), 0,
                       GOV_CONTENT__HOME));
}

static void
takes_what_has_no_tag_until_everything_must_have_one(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n");
    seen_t seen;
    gov_guard_t guard = guard_with(&seen, keys, false);
    const char *text = sealed(t, NULL, "x", 3, 5);
    gov_item_t *item;

    assert_ok(open_at(t, &item, &guard, text, 3, 5));
    guard.strict = true;
    assert_err(GOV_E_UNAVAILABLE, open_at(t, &item, &guard, text, 3, 5));
    assert_true(seen.untagged);
    guard.keys = NULL;
    assert_ok(open_at(t, &item, &guard, text, 3, 5));
    assert_ok(open_at(t, &item, NULL, text, 3, 5));
}

static void
knows_older_keys_and_no_others(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *old = ring(t, "1 standard " HEX_A "\n");
    const char *text = sealed(t, old, "x", 3, 5);
    const gov_keys_t *both = ring(t, "1 standard " HEX_A "\n"
                                  "2 sm " HEX_B "\n");
    const gov_keys_t *newer = ring(t, "2 sm " HEX_B "\n");
    seen_t seen;
    gov_guard_t guard = guard_with(&seen, both, true);
    gov_item_t *item;

    assert_ok(open_at(t, &item, &guard, text, 3, 5));
    assert_ok(open_at(t, &item, &guard, sealed(t, both, "x", 3, 5), 3, 5));
    guard.keys = newer;
    assert_err(GOV_E_UNAVAILABLE, open_at(t, &item, &guard, text, 3, 5));
    assert_contains(seen.what, "has a key that the ring has not");
}

static gov_content__head_t
head_of(gov_test_t *t, const gov_keys_t *keys)
{
    gov_content__head_t head = {
        .site = 3, .column = 5, .lang = "zh-CN", .open_page = 2,
        .open_count = 1, .total = 21, .tag_key = 1,
        .items = apr_pstrcat(t->pool, sealed(t, keys, "one", 3, 5), "\n",
                             sealed(t, keys, "two", 3, 5), "\n", NULL)
    };
    unsigned char *mac = apr_palloc(t->pool, GOV_MAC_SIZE);

    assert_true(gov_content__head_mac(mac, keys, 1, &head, t->pool));
    head.tag.data = (const char *)mac;
    head.tag.len = GOV_MAC_SIZE;
    return head;
}

static void
refuses_a_head_with_other_counts_or_entries(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n");
    gov_content__head_t head = head_of(t, keys), other;
    seen_t seen;
    gov_guard_t guard = guard_with(&seen, keys, true);
    apr_array_header_t *items;

    assert_ok(gov_content__head_read(&items, &guard, &head, 9, t->pool));
    assert_int_equal(items->nelts, 2);
    assert_ok(gov_content__head_read(&items, &guard, &head, 1, t->pool));
    assert_int_equal(items->nelts, 1);
    other = head;
    other.total = 20;
    assert_err(GOV_E_UNAVAILABLE,
               gov_content__head_read(&items, &guard, &other, 0, t->pool));
    other = head;
    other.items = strchr(head.items, '\n') + 1;
    assert_err(GOV_E_UNAVAILABLE,
               gov_content__head_read(&items, &guard, &other, 0, t->pool));
    assert_string_equal(seen.what, "a column's head was changed");
    other = head;
    other.tag.data = NULL;
    assert_err(GOV_E_UNAVAILABLE,
               gov_content__head_read(&items, &guard, &other, 0, t->pool));
    assert_true(seen.untagged);
}

static gov_content__live_t
live_edition(gov_test_t *t, const gov_keys_t *keys)
{
    gov_content__live_t live = {
        .site = 3, .document = 17, .edition = 41, .column = 5, .sort_key = 99,
        .version = 2, .lang = "zh-CN", .type = "notice", .published = 1,
        .updated = 2, .title = "Holiday", .body = "<p>Closed</p>",
        .keywords = "[\"holiday\"]", .tag_key = 1, .edition_key = 1
    };
    unsigned char *mac = apr_palloc(t->pool, 3 * GOV_MAC_SIZE);

    assert_true(gov_content__edition_mac(mac, keys, 1, &live, t->pool));
    live.edition_tag.data = (const char *)mac;
    live.edition_tag.len = GOV_MAC_SIZE;
    mac += GOV_MAC_SIZE;
    assert_true(gov_content__content_mac(mac, keys, 1, &live, t->pool));
    live.content.data = (const char *)mac;
    live.content.len = GOV_MAC_SIZE;
    mac += GOV_MAC_SIZE;
    assert_true(gov_content__live_mac(mac, keys, 1, &live, t->pool));
    live.tag.data = (const char *)mac;
    live.tag.len = GOV_MAC_SIZE;
    return live;
}

static void
sees_each_column_of_a_live_edition_that_was_changed(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n");
    gov_content__live_t good = live_edition(t, keys), bad;
    seen_t seen;
    gov_guard_t guard = guard_with(&seen, keys, true);
    int changes = 0;

    assert_ok(gov_content__live_check(&guard, &good, true, t->pool));
#define CHANGED(field, value)                                                 \
    do {                                                                      \
        bad = good;                                                           \
        bad.field = (value);                                                  \
        assert_err(GOV_E_UNAVAILABLE,                                         \
                   gov_content__live_check(&guard, &bad, true, t->pool));     \
        changes++;                                                            \
    } while (0)
    CHANGED(site, 4);
    CHANGED(document, 18);
    CHANGED(lang, "en");
    CHANGED(edition, 42);
    CHANGED(column, 6);
    CHANGED(type, "article");
    CHANGED(sort_key, 98);
    CHANGED(published, 2);
    CHANGED(updated, 3);
    CHANGED(title, "holiday");
    CHANGED(subtitle, "");
    CHANGED(summary, "x");
    CHANGED(source, "x");
    CHANGED(source_url, "x");
    CHANGED(author, "x");
    CHANGED(keywords, NULL);
    CHANGED(body, "<p>Open</p>");
    CHANGED(fields, "{}");
    CHANGED(picture, "{}");
    CHANGED(gallery, "[]");
    CHANGED(attachments, "[]");
    CHANGED(media, "[]");
    CHANGED(related, "[]");
    assert_int_equal(seen.alarms, changes);
    assert_string_equal(seen.object, "document:17");
    assert_string_equal(seen.what, "the live edition's texts were changed");
}

static void
checks_a_row_without_its_texts_where_no_text_is_shown(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n");
    gov_content__live_t live = live_edition(t, keys);
    seen_t seen;
    gov_guard_t guard = guard_with(&seen, keys, true);

    live.body = "not read";
    assert_ok(gov_content__live_check(&guard, &live, false, t->pool));
    live.updated = 5;
    assert_err(GOV_E_UNAVAILABLE,
               gov_content__live_check(&guard, &live, false, t->pool));
    assert_string_equal(seen.what,
                        "the live edition's place or times were changed");
}

static void
tells_an_edition_from_what_was_written(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n");
    gov_content__live_t live = live_edition(t, keys);
    seen_t seen;
    gov_guard_t guard = guard_with(&seen, keys, true);
    bool untagged;

    assert_null(gov_content__edition_wrong(&untagged, &guard, &live, t->pool));
    live.related = "[]";          /* made later, by imports */
    assert_null(gov_content__edition_wrong(&untagged, &guard, &live, t->pool));
    live.version = 3;
    assert_non_null(gov_content__edition_wrong(&untagged, &guard, &live,
                                               t->pool));
    live.version = 2;
    live.edition_tag.data = NULL;
    assert_non_null(gov_content__edition_wrong(&untagged, &guard, &live,
                                               t->pool));
    assert_true(untagged);
}

static void
refuses_a_redirect_that_leads_elsewhere(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n");
    gov_bytes_t hash = gov_content__path_hash("/old.html", t->pool);
    unsigned char mac[GOV_MAC_SIZE];
    gov_bytes_t tag = { (const char *)mac, sizeof(mac) };
    gov_bytes_t none = { NULL, 0 };
    seen_t seen;
    gov_guard_t guard = guard_with(&seen, keys, true);

    assert_true(gov_content__redirect_mac(mac, keys, 1, 3, hash, "/new.html",
                                          0, t->pool));
    assert_ok(gov_content__redirect_check(&guard, 3, hash, "/new.html", 0, tag,
                                          1, t->pool));
    assert_err(GOV_E_UNAVAILABLE,
               gov_content__redirect_check(&guard, 3, hash,
                                           "https://evil.example/", 0, tag, 1,
                                           t->pool));
    assert_contains(seen.object, "redirect:3:");
    assert_err(GOV_E_UNAVAILABLE,
               gov_content__redirect_check(&guard, 3, hash, "/new.html", 0,
                                           none, 0, t->pool));
    guard.strict = false;
    assert_ok(gov_content__redirect_check(&guard, 3, hash, "/new.html", 0,
                                          none, 0, t->pool));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(reads_an_entry_whose_tag_holds),
    GOV_TEST(refuses_an_entry_that_was_changed_moved_or_cut),
    GOV_TEST(lets_an_entry_of_a_home_column_say_where_it_stands),
    GOV_TEST(takes_what_has_no_tag_until_everything_must_have_one),
    GOV_TEST(knows_older_keys_and_no_others),
    GOV_TEST(refuses_a_head_with_other_counts_or_entries),
    GOV_TEST(sees_each_column_of_a_live_edition_that_was_changed),
    GOV_TEST(checks_a_row_without_its_texts_where_no_text_is_shown),
    GOV_TEST(tells_an_edition_from_what_was_written),
    GOV_TEST(refuses_a_redirect_that_leads_elsewhere),
};
GOV_TEST_MAIN(tests)

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The page cache: what is found, and when it is fresh. */

#include "cache_fixture.h"

#define KEY "www.example.gov.cn\n/news/\nstandard"

static void knows_nothing_at_first(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;

    assert_found(NOTHING, t, f->cache, KEY);
    assert_int_equal(gov_cache_last_seq(f->cache), -1);
    assert_int_equal(gov_cache_fed_at(f->cache), 0);
}

static void finds_all_parts_again(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    gov_stored_t page = page_of(t, KEY, "<p>\xe4\xbd\xa0\xe5\xa5\xbd</p>",
                                "site:1 column:7");
    gov_cache_t *caches[2] = { f->cache, another_cache(t) };
    const char *etag = NULL;
    gov_entry_t *entry;
    bool fresh;
    int i;

    page.status = 404;
    page.headers = "Link: </news/>; rel=canonical\r\n";
    page.modified = apr_time_from_sec(784111777);
    assert_ok(gov_cache_put(&entry, f->cache, &page,
                            gov_cache_snapshot(f->cache), t->pool));
    gov_entry_release(entry);

    for (i = 0; i < 2; i++) {
        const gov_entry_view_t *view;

        gov_cache_find(&entry, &fresh, caches[i], KEY, strlen(KEY), t->now);
        assert_non_null(entry);
        assert_true(fresh);
        view = gov_entry_view(entry);
        assert_int_equal(view->status, 404);
        assert_string_equal(view->content_type, "text/html; charset=utf-8");
        assert_string_equal(view->headers, page.headers);
        assert_int_equal(view->body.len, page.body.len);
        assert_memory_equal(view->body.data, page.body.data, page.body.len);
        assert_string_equal(view->length, "13");
        assert_string_equal(view->last_modified,
                            "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_null(view->gzip.data);
        assert_int_equal(strlen(view->etag), 18);
        assert_int_equal(view->etag[0], '"');
        assert_int_equal(view->etag[17], '"');
        assert_string_equal(view->etag_gzip + 17, "-gz\"");
        assert_memory_equal(view->etag, view->etag_gzip, 17);
        if (etag)
            assert_string_equal(view->etag, etag);
        etag = apr_pstrdup(t->pool, view->etag);
        gov_entry_release(entry);
    }
}

static void leaves_out_what_a_page_has_not(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    gov_stored_t page;
    gov_entry_t *entry;

    memset(&page, 0, sizeof(page));
    page.key = KEY;
    page.status = 204;
    assert_ok(gov_cache_put(&entry, f->cache, &page,
                            gov_cache_snapshot(f->cache), t->pool));
    assert_null(gov_entry_view(entry)->content_type);
    assert_string_equal(gov_entry_view(entry)->headers, "");
    assert_string_equal(gov_entry_view(entry)->length, "0");
    assert_null(gov_entry_view(entry)->last_modified);
    gov_entry_release(entry);
    assert_found(FRESH, t, another_cache(t), KEY);
}

static void gives_other_bodies_other_entity_tags(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    gov_entry_t *a, *b;
    gov_stored_t page = page_of(t, "a", "one", "");

    assert_ok(gov_cache_put(&a, f->cache, &page, gov_cache_snapshot(f->cache),
                            t->pool));
    page = page_of(t, "a", "two", "");
    assert_ok(gov_cache_put(&b, f->cache, &page, gov_cache_snapshot(f->cache),
                            t->pool));
    assert_string_not_equal(gov_entry_view(a)->etag, gov_entry_view(b)->etag);
    gov_entry_release(a);
    gov_entry_release(b);
}

static void is_stale_after_a_bump_of_any_of_its_tags(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    const char *tags[] = { "site:1", "column:7", "document:1042" };
    int i;

    for (i = 0; i < 3; i++) {
        put(t, f->cache, KEY, "old", "site:1 column:7 document:1042");
        assert_found(FRESH, t, f->cache, KEY);
        gov_cache_bump(f->cache, tags[i]);
        assert_found(STALE, t, f->cache, KEY);
        assert_found(STALE, t, f->cache, KEY);
    }
}

static void stays_fresh_when_other_tags_move(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;

    put(t, f->cache, KEY, "body", "site:1 column:7");
    gov_cache_bump(f->cache, "site:2 column:70 column:");
    gov_cache_bump(f->cache, "");
    gov_cache_bump(f->cache, "   ");
    gov_cache_bump(f->cache, NULL);
    assert_found(FRESH, t, f->cache, KEY);
    assert_int_equal(gov_cache_stats(f->cache).bumps, 1);
    gov_cache_bump(f->cache, "  site:9   column:7 ");
    assert_found(STALE, t, f->cache, KEY);
}

static void is_not_kept_if_a_tag_moved_while_it_was_made(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    gov_snapshot_t before = gov_cache_snapshot(f->cache);
    gov_stored_t page = page_of(t, KEY, "made from old data", "column:7");
    gov_entry_t *entry;

    gov_cache_bump(f->cache, "column:7");
    assert_ok(gov_cache_put(&entry, f->cache, &page, before, t->pool));
    assert_int_equal(gov_entry_view(entry)->body.len, page.body.len);
    gov_entry_release(entry);
    assert_found(NOTHING, t, f->cache, KEY);
    assert_found(NOTHING, t, another_cache(t), KEY);
}

static void is_fresh_until_its_time(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    gov_stored_t page = page_of(t, KEY, "today", "site:1");
    gov_entry_t *entry;

    page.until = t->now + 10;
    assert_ok(gov_cache_put(&entry, f->cache, &page,
                            gov_cache_snapshot(f->cache), t->pool));
    gov_entry_release(entry);
    t->now = page.until - 1;
    assert_found(FRESH, t, f->cache, KEY);
    t->now = page.until;
    assert_found(STALE, t, f->cache, KEY);
}

static void is_fresh_in_its_own_version_only(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;

    put(t, f->cache, KEY, "body", "site:1");
    gov_cache_version_set(f->cache, "2");
    assert_found(STALE, t, f->cache, KEY);
    gov_cache_version_set(f->cache, "1");
    assert_found(FRESH, t, f->cache, KEY);
}

static void is_of_the_version_at_its_snapshot(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    gov_snapshot_t before = gov_cache_snapshot(f->cache);
    gov_stored_t page = page_of(t, KEY, "old looks", "site:1");
    gov_entry_t *entry;

    gov_cache_version_set(f->cache, "2");
    assert_ok(gov_cache_put(&entry, f->cache, &page, before, t->pool));
    gov_entry_release(entry);
    assert_found(NOTHING, t, f->cache, KEY);
}

static void is_shared_by_processes(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    gov_cache_t *other = another_cache(t);
    const char *body;

    put(t, f->cache, KEY, "first", "site:1");
    assert_found(FRESH, t, other, KEY);
    /* both have it in L1 and know it to be good; then a third one bumps */
    assert_found(FRESH, t, f->cache, KEY);
    gov_cache_bump(another_cache(t), "site:1");
    assert_found(STALE, t, f->cache, KEY);
    assert_found(STALE, t, other, KEY);
    /* one makes it anew, the other finds that */
    put(t, f->cache, KEY, "second", "site:1");
    assert_int_equal(look(&body, t, other, KEY), FRESH);
    assert_string_equal(body, "second");
}

static void survives_a_restart(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;

    put(t, f->cache, "a", "kept", "site:1");
    put(t, f->cache, "b", "moved meanwhile", "site:2");
    gov_cache_fed(f->cache, 1234, t->now);
    gov_cache_bump(f->cache, "site:2");
    f->cache = another_cache(t);
    assert_found(FRESH, t, f->cache, "a");
    assert_found(STALE, t, f->cache, "b");
    assert_int_equal(gov_cache_last_seq(f->cache), 1234);
    assert_int_equal(gov_cache_fed_at(f->cache), t->now);
}

/* Whatever was missed meanwhile, nothing old is taken for fresh. */
static void is_stale_when_the_shared_memory_was_lost(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    const char *body;
    gov_cache_t *cache;

    put(t, f->cache, KEY, "the last good page", "site:1");
    apr_file_remove(apr_pstrcat(t->pool, t->dir, "/shared.cache", NULL),
                    t->pool);
    cache = another_cache(t);
    assert_int_equal(look(&body, t, cache, KEY), STALE);
    assert_string_equal(body, "the last good page");
    assert_int_equal(gov_cache_last_seq(cache), -1);
    put(t, cache, KEY, "new", "site:1");
    assert_found(FRESH, t, cache, KEY);
}

/* Murmur's steps can be turned round, so two keys of one hash are easily made:
   h(k1, k2) = h(x1, x2) when mix(x2) = mix(k2) ^ s(k1) ^ s(x1). */
static apr_uint64_t
inverse(apr_uint64_t m)
{
    apr_uint64_t x = m;
    int i;

    for (i = 0; i < 6; i++)
        x *= 2 - m * x;
    return x;
}

static void tells_keys_of_one_hash_apart(void **state)
{
    const apr_uint64_t m = APR_UINT64_C(0xc6a4a7935bd1e995);
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    apr_uint64_t key[2], other[2], s[2], k, i;
    char a[17] = "", b[17] = "";

    memcpy(key, "/news/a-document", 16);
#define MIX(x) (k = (x) * m, k ^= k >> 47, k * m)
    s[0] = (16 * m ^ MIX(key[0])) * m;
    for (i = 1; ; i++) {
        other[0] = key[0] + i;
        s[1] = (16 * m ^ MIX(other[0])) * m;
        k = (MIX(key[1]) ^ s[0] ^ s[1]) * inverse(m);
        k ^= k >> 47;
        other[1] = k * inverse(m);
        if (!memchr(other, 0, 16))
            break;
    }
#undef MIX
    memcpy(a, key, 16);
    memcpy(b, other, 16);
    assert_memory_not_equal(a, b, 16);

    put(t, f->cache, a, "of a", "site:1");
    assert_non_null(only_page(t));
    assert_found(NOTHING, t, f->cache, b);
    put(t, f->cache, b, "of b", "site:1");
    assert_non_null(only_page(t)); /* one file for both: they do collide */
    assert_found(FRESH, t, f->cache, a);
    assert_found(FRESH, t, f->cache, b);
    assert_found(NOTHING, t, another_cache(t), a);
    assert_found(FRESH, t, another_cache(t), b);
}

static void makes_a_gzip_twin_and_keeps_it(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    char *body = apr_palloc(t->pool, 20001);
    gov_entry_t *plain, *both, *again;
    gov_cache_t *caches[2];
    bool fresh;
    int i;

    memset(body, 'x', 20000);
    body[20000] = '\0';
    put(t, f->cache, KEY, body, "site:1");
    gov_cache_find(&plain, &fresh, f->cache, KEY, strlen(KEY), t->now);
    assert_ok(gov_entry_gzip(&both, f->cache, plain, t->pool));
    assert_null(gov_entry_view(plain)->gzip.data);
    gov_entry_release(plain);
    gov_entry_release(both);

    caches[0] = f->cache;
    caches[1] = another_cache(t);
    for (i = 0; i < 2; i++) {
        const gov_entry_view_t *view;

        gov_cache_find(&both, &fresh, caches[i], KEY, strlen(KEY), t->now);
        assert_true(fresh);
        view = gov_entry_view(both);
        assert_int_equal(view->body.len, 20000);
        assert_in_range(view->gzip.len, 20, 200);
        assert_memory_equal(view->gzip.data, "\x1f\x8b", 2);
        assert_string_equal(view->length_gzip,
                            apr_itoa(t->pool, (int)view->gzip.len));
        assert_ok(gov_entry_gzip(&again, caches[i], both, t->pool));
        assert_ptr_equal(again, both);
        gov_entry_release(again);
        gov_entry_release(both);
    }
    gov_cache_bump(f->cache, "site:1");
    assert_found(STALE, t, f->cache, KEY);
}

static void makes_no_twin_fresher_than_its_page(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    gov_entry_t *plain, *both;
    const char *body;
    bool fresh;

    put(t, f->cache, KEY, "old", "site:1");
    gov_cache_find(&plain, &fresh, f->cache, KEY, strlen(KEY), t->now);
    gov_cache_bump(f->cache, "site:1");
    put(t, f->cache, KEY, "new", "site:1");
    assert_ok(gov_entry_gzip(&both, f->cache, plain, t->pool));
    gov_entry_release(both);
    gov_entry_release(plain);
    assert_int_equal(look(&body, t, f->cache, KEY), FRESH);
    assert_string_equal(body, "new");
    assert_int_equal(look(&body, t, another_cache(t), KEY), FRESH);
    assert_string_equal(body, "new");
}

static void keeps_within_its_budget(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    char *body = apr_palloc(t->pool, 30001);
    gov_cache_stats_t stats;
    int i;

    memset(body, 'x', 30000);
    body[30000] = '\0';
    for (i = 0; i < 600; i++)
        put(t, f->cache, apr_itoa(t->pool, i), body, "site:1");
    stats = gov_cache_stats(f->cache);
    assert_in_range(stats.l1_bytes, 6 << 20, 8 << 20);
    assert_in_range(stats.l1_entries, 190, 280);
    assert_found(FRESH, t, f->cache, "0"); /* from L2 */
    assert_in_range(gov_cache_stats(f->cache).l1_bytes, 6 << 20, 8 << 20);
}

static void drops_what_was_not_used_for_longest(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    const char *pages = apr_pstrcat(t->pool, t->dir, "/pages", NULL);
    char *body = apr_palloc(t->pool, 60001);
    int i, left = 0;

    memset(body, 'x', 60000);
    body[60000] = '\0';
    f->config->page_cache_size = 1 << 20; /* one shard, some 17 pages */
    f->cache = another_cache(t);
    for (i = 0; i < 40; i++) {
        put(t, f->cache, apr_itoa(t->pool, i), body, "site:1");
        assert_found(FRESH, t, f->cache, "0");
    }
    empty_dir(pages, t->pool);    /* what is found now is in L1 */
    assert_found(FRESH, t, f->cache, "0");
    for (i = 1; i < 40; i++) {
        found_t found = look(NULL, t, f->cache, apr_itoa(t->pool, i));

        /* the youngest ones, without a hole */
        assert_int_equal(found, left || found == FRESH ? FRESH : NOTHING);
        left += found == FRESH;
    }
    assert_in_range(left, 10, 17);
}

static void lets_an_entry_live_while_someone_has_it(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    char *body = apr_palloc(t->pool, 60001);
    gov_entry_t *entry;
    bool fresh;
    int i;

    memset(body, 'x', 60000);
    body[60000] = '\0';
    f->config->page_cache_size = 1 << 20;
    f->cache = another_cache(t);
    put(t, f->cache, KEY, "still here", "site:1");
    gov_cache_find(&entry, &fresh, f->cache, KEY, strlen(KEY), t->now);
    for (i = 0; i < 40; i++)
        put(t, f->cache, apr_itoa(t->pool, i), body, "site:1");
    assert_string_equal(gov_entry_view(entry)->content_type,
                        "text/html; charset=utf-8");
    assert_memory_equal(gov_entry_view(entry)->body.data, "still here", 10);
    gov_entry_release(entry);
}

static void keeps_a_page_larger_than_l1_on_disk_only(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    char *body = apr_palloc(t->pool, (3 << 20) + 1);

    memset(body, 'x', 3 << 20);
    body[3 << 20] = '\0';
    f->config->page_cache_size = 2 << 20;
    f->cache = another_cache(t);
    put(t, f->cache, KEY, body, "site:1");
    assert_int_equal(gov_cache_stats(f->cache).l1_entries, 0);
    assert_found(FRESH, t, f->cache, KEY);
    assert_int_equal(gov_cache_stats(f->cache).l1_entries, 0);
}

static void refuses_a_page_beyond_all_measure(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    gov_stored_t page = page_of(t, KEY, "", "site:1");
    gov_entry_t *entry;

    page.body.len = (apr_size_t)40 << 20;
    page.body.data = apr_pcalloc(t->pool, page.body.len);
    assert_err(GOV_E_INTERNAL,
               gov_cache_put(&entry, f->cache, &page,
                             gov_cache_snapshot(f->cache), t->pool));
}

static void keeps_nothing_when_it_is_off(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    bool mine;

    f->config->page_cache = false;
    f->cache = another_cache(t);
    put(t, f->cache, KEY, "body", "site:1");
    assert_found(NOTHING, t, f->cache, KEY);
    gov_cache_lock(&mine, f->cache, KEY, strlen(KEY), 0);
    assert_true(mine);
    gov_cache_lock(&mine, f->cache, KEY, strlen(KEY), 0);
    assert_true(mine);
    gov_cache_unlock(f->cache, KEY, strlen(KEY));
    assert_null(only_page(t));
}

static void says_whether_a_tag_moved(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    gov_snapshot_t since = gov_cache_snapshot(f->cache);

    assert_false(gov_cache_moved(f->cache, "structure looks", since));
    gov_cache_bump(another_cache(t), "site:1 looks");
    assert_true(gov_cache_moved(f->cache, "structure looks", since));
    assert_false(gov_cache_moved(f->cache, "structure", since));
    assert_false(gov_cache_moved(f->cache, "looks",
                                 gov_cache_snapshot(f->cache)));
}

static void counts_what_happens(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    gov_cache_stats_t stats;

    assert_found(NOTHING, t, f->cache, KEY);
    put(t, f->cache, KEY, "body", "site:1");
    assert_found(FRESH, t, f->cache, KEY);
    assert_found(FRESH, t, another_cache(t), KEY);
    gov_cache_bump(f->cache, "site:1");
    assert_found(STALE, t, f->cache, KEY);
    stats = gov_cache_stats(another_cache(t));
    assert_int_equal(stats.misses, 1);
    assert_int_equal(stats.renders, 1);
    assert_int_equal(stats.hits, 2);
    assert_int_equal(stats.stale, 1);
    assert_int_equal(stats.bumps, 1);
    assert_int_equal(stats.failures, 0);
    assert_int_equal(stats.l1_entries, 0);
    assert_int_equal(gov_cache_stats(f->cache).l1_entries, 1);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(knows_nothing_at_first),
    GOV_TEST(finds_all_parts_again),
    GOV_TEST(leaves_out_what_a_page_has_not),
    GOV_TEST(gives_other_bodies_other_entity_tags),
    GOV_TEST(is_stale_after_a_bump_of_any_of_its_tags),
    GOV_TEST(stays_fresh_when_other_tags_move),
    GOV_TEST(is_not_kept_if_a_tag_moved_while_it_was_made),
    GOV_TEST(is_fresh_until_its_time),
    GOV_TEST(is_fresh_in_its_own_version_only),
    GOV_TEST(is_of_the_version_at_its_snapshot),
    GOV_TEST(is_shared_by_processes),
    GOV_TEST(survives_a_restart),
    GOV_TEST(is_stale_when_the_shared_memory_was_lost),
    GOV_TEST(tells_keys_of_one_hash_apart),
    GOV_TEST(makes_a_gzip_twin_and_keeps_it),
    GOV_TEST(makes_no_twin_fresher_than_its_page),
    GOV_TEST(keeps_within_its_budget),
    GOV_TEST(drops_what_was_not_used_for_longest),
    GOV_TEST(lets_an_entry_live_while_someone_has_it),
    GOV_TEST(keeps_a_page_larger_than_l1_on_disk_only),
    GOV_TEST(refuses_a_page_beyond_all_measure),
    GOV_TEST(keeps_nothing_when_it_is_off),
    GOV_TEST(says_whether_a_tag_moved),
    GOV_TEST(counts_what_happens),
};
GOV_TEST_MAIN(tests)

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Buffers. */

#include "gov_test.h"
#include "gov_text.h"

static void is_an_empty_text_at_first(void **state)
{
    gov_test_t *t = *state;
    gov_buf_t *buf = gov_buf_create(0, t->pool);

    assert_int_equal(buf->len, 0);
    assert_string_equal(buf->data, "");
}

static void grows_and_stays_terminated(void **state)
{
    gov_test_t *t = *state;
    gov_buf_t *buf = gov_buf_create(1, t->pool);
    int i;

    for (i = 0; i < 1000; i++) {
        gov_buf_str(buf, "abc");
        assert_int_equal(buf->data[buf->len], '\0');
    }
    assert_int_equal(buf->len, 3000);
    assert_int_equal(strspn(buf->data, "abc"), 3000);
}

static void keeps_bytes_that_are_not_text(void **state)
{
    gov_test_t *t = *state;
    gov_buf_t *buf = gov_buf_create(4, t->pool);

    gov_buf_add(buf, "a\0b", 3);
    gov_buf_add(buf, NULL, 0);
    assert_int_equal(buf->len, 3);
    assert_memory_equal(buf->data, "a\0b", 4);
}

static void prints_at_any_fill(void **state)
{
    gov_test_t *t = *state;
    int fill;

    for (fill = 0; fill < 130; fill++) {
        gov_buf_t *buf = gov_buf_create(64, t->pool);
        int i;

        for (i = 0; i < fill; i++)
            gov_buf_str(buf, "x");
        gov_buf_printf(buf, "%s-%d", "yes", 42);
        assert_int_equal(buf->len, fill + 6);
        assert_string_equal(buf->data + fill, "yes-42");
    }
}

static void lends_room_to_write_in(void **state)
{
    gov_test_t *t = *state;
    gov_buf_t *buf = gov_buf_create(8, t->pool);
    char *to;

    gov_buf_str(buf, "head ");
    to = gov_buf_room(buf, 1000);
    assert_ptr_equal(to, buf->data + 5);
    memset(to, 'z', 1000);
    to[1000] = '\0';
    buf->len += 1000;
    assert_int_equal(strlen(buf->data), 1005);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(is_an_empty_text_at_first),
    GOV_TEST(grows_and_stays_terminated),
    GOV_TEST(keeps_bytes_that_are_not_text),
    GOV_TEST(prints_at_any_fill),
    GOV_TEST(lends_room_to_write_in),
};
GOV_TEST_MAIN(tests)

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Assets: into the database and back to a local file. */

#define GOV_TEST_OPEN open_store
#include "private_db.h"

#include "gov_asset.h"

/* Any 64 hex digits will do: the store believes its caller. */
static const char *
id_of(gov_test_t *t, int n)
{
    return apr_psprintf(t->pool, "%064x", n);
}

static void
round_trip(gov_test_t *t, int n, apr_size_t size)
{
    unsigned char *data = apr_palloc(t->pool, size + 1);
    gov_asset_t asset = { .id = id_of(t, n), .size = (apr_int64_t)size,
                          .media_type = "image/png", .width = 640,
                          .height = 480 };
    const gov_asset_t *found;
    const char *file, *path, *again;
    apr_file_t *in;
    apr_finfo_t info;
    unsigned char *back = apr_palloc(t->pool, size + 1);
    apr_size_t i;

    for (i = 0; i < size; i++)
        data[i] = (unsigned char)(i * 31 + i / 251);
    file = gov_test_write_bytes(t, "in", data, size);
    assert_ok(gov_asset_put(t->ctx.store, &asset, file, t->pool));
    assert_ok(gov_asset_put(t->ctx.store, &asset, file, t->pool));
    assert_ok(gov_asset_get(&found, t->ctx.store, asset.id, t->pool));
    assert_string_equal(found->id, asset.id);
    assert_int_equal(found->size, size);
    assert_string_equal(found->media_type, "image/png");
    assert_int_equal(found->width, 640);
    assert_int_equal(found->height, 480);

    assert_ok(gov_asset_file(&path, t->ctx.store, asset.id, t->pool));
    assert_int_equal(apr_stat(&info, path, APR_FINFO_SIZE, t->pool), 0);
    assert_int_equal(info.size, size);
    assert_int_equal(apr_file_open(&in, path, APR_FOPEN_READ,
                                   APR_FPROT_OS_DEFAULT, t->pool), 0);
    if (size)
        assert_int_equal(apr_file_read_full(in, back, size, NULL), 0);
    apr_file_close(in);
    assert_memory_equal(data, back, size);
    assert_ok(gov_asset_file(&again, t->ctx.store, asset.id, t->pool));
    assert_string_equal(path, again);
}

static void
round_trips_an_empty_file(void **state)
{
    round_trip(*state, 1, 0);
}

static void
round_trips_one_byte(void **state)
{
    round_trip(*state, 2, 1);
}

static void
round_trips_three_megabytes_and_a_bit(void **state)
{
    round_trip(*state, 3, 3 * 1024 * 1024 + 17);
}

static void
round_trips_a_file_that_fills_its_chunks_exactly(void **state)
{
    round_trip(*state, 4, 2 * 1024 * 1024);
}

static void
says_not_found_for_an_unknown_asset(void **state)
{
    gov_test_t *t = *state;
    const gov_asset_t *found;
    const char *path;

    assert_err(GOV_E_NOT_FOUND,
               gov_asset_get(&found, t->ctx.store, id_of(t, 99), t->pool));
    assert_err(GOV_E_NOT_FOUND,
               gov_asset_file(&path, t->ctx.store, id_of(t, 99), t->pool));
}

static void
refuses_what_is_not_an_id(void **state)
{
    static const char *const bad[] = {
        "", "abc", "../../../../etc/passwd",
        "00000000000000000000000000000000000000000000000000000000000000001",
        "0000000000000000000000000000000000000000000000000000000000000G00",
        "A000000000000000000000000000000000000000000000000000000000000000"
    };
    gov_test_t *t = *state;
    const char *path;
    apr_size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_err(GOV_E_INVALID,
                   gov_asset_file(&path, t->ctx.store, bad[i], t->pool));
}

static void
makes_no_asset_of_a_file_with_another_size(void **state)
{
    gov_test_t *t = *state;
    gov_asset_t asset = { .id = id_of(t, 5), .size = 4, .media_type = "a/b" };
    const gov_asset_t *found;

    assert_err(GOV_E_INVALID,
               gov_asset_put(t->ctx.store, &asset,
                             gov_test_write(t, "five", "12345"), t->pool));
    assert_err(GOV_E_NOT_FOUND,
               gov_asset_get(&found, t->ctx.store, asset.id, t->pool));
}

static void
hands_out_no_file_when_a_chunk_is_missing(void **state)
{
    gov_test_t *t = *state;
    gov_asset_t asset = { .id = id_of(t, 6), .size = 5, .media_type = "a/b" };
    const char *path;

    assert_ok(gov_asset_put(t->ctx.store, &asset,
                            gov_test_write(t, "five", "12345"), t->pool));
    private_db_sql(apr_psprintf(t->pool, "DELETE FROM gov_asset_chunk WHERE "
                                "asset_id = X'%s'", asset.id), t->pool);
    assert_err(GOV_E_INTERNAL,
               gov_asset_file(&path, t->ctx.store, asset.id, t->pool));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(round_trips_an_empty_file),
    GOV_TEST(round_trips_one_byte),
    GOV_TEST(round_trips_three_megabytes_and_a_bit),
    GOV_TEST(round_trips_a_file_that_fills_its_chunks_exactly),
    GOV_TEST(says_not_found_for_an_unknown_asset),
    GOV_TEST(refuses_what_is_not_an_id),
    GOV_TEST(makes_no_asset_of_a_file_with_another_size),
    GOV_TEST(hands_out_no_file_when_a_chunk_is_missing),
};
GOV_TEST_MAIN(tests)

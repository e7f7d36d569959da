/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* JSON: what was read and printed reads as the same again. */

#include "fuzz.h"
#include "gov_json.h"
#include "gov_text.h"

static void
walk(const gov_json_t *value, int depth)
{
    const gov_json_t *member = NULL;
    apr_size_t i;

    gov_assert(value && depth <= 32);
    switch (gov_json_kind(value)) {
    case GOV_JSON_ARRAY:
        for (i = 0; i < gov_json_count(value); i++)
            walk(gov_json_at(value, i), depth + 1);
        break;
    case GOV_JSON_OBJECT:
        for (i = 0; i < gov_json_count(value); i++) {
            const char *key = gov_json_key(value, i, &member);

            gov_assert(key && gov_json_get(value, key) == member);
            gov_assert(gov_text_valid(key, strlen(key)));
            walk(member, depth + 1);
        }
        break;
    case GOV_JSON_STRING:
        gov_assert(gov_text_valid(gov_json_text(value),
                                  strlen(gov_json_text(value))));
        break;
    default:
        gov_assert(gov_json_text(value) == NULL);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_open();
    const gov_json_t *value, *again;
    const char *text;

    if (fuzz_ok(gov_json_parse(&value, (const char *)data, size, pool), pool)) {
        walk(value, 0);
        text = gov_json_dump(value, true, pool);
        gov_assert(!strchr(text, '<'));
        gov_assert(fuzz_ok(gov_json_parse(&again, text, strlen(text), pool),
                           pool));
        gov_assert(strcmp(gov_json_dump(again, true, pool), text) == 0);
    }
    return fuzz_close(pool);
}

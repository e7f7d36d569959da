/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Rich text: what is cleaned is harmless, and clean: cleaning it again changes
   nothing. */

#include "fuzz.h"
#include "gov_markup.h"
#include "markup_check.h"

/* Local names become addresses of assets, as in an import; some do not. */
static const char *
link_to(void *baton, const char *element, const char *address, apr_pool_t *pool)
{
    (void)baton;
    gov_assert(*element && *address);
    if (strchr("/#?", *address) || strchr(address, ':'))
        return address;
    return strlen(address) % 7 ? apr_pstrcat(pool, "/-/", address, NULL) : NULL;
}

static void
clean(const char *data, size_t size, apr_pool_t *pool)
{
    gov_markup_t first, second;

    if (!fuzz_ok(gov_markup_clean(&first, data, size, 2, link_to, NULL, pool),
                 pool))
        return;
    gov_assert(!markup_check(first.xhtml));
    gov_assert(gov_text_valid(first.text, strlen(first.text)));
    gov_assert(fuzz_ok(gov_markup_clean(&second, first.xhtml,
                                        strlen(first.xhtml), 2, link_to, NULL,
                                        pool), pool));
    gov_assert(strcmp(first.xhtml, second.xhtml) == 0);
    gov_assert(strcmp(first.text, second.text) == 0);
    gov_assert(second.dropped == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_open();
    const char *title, *body, *text;

    clean((const char *)data, size, pool);
    if (fuzz_ok(gov_markup_document(&title, &body, (const char *)data, size,
                                    pool), pool))
        clean(body, strlen(body), pool);
    text = gov_markup_from_text(apr_pstrmemdup(pool, (const char *)data, size),
                                pool);
    gov_assert(!markup_check(text));
    return fuzz_close(pool);
}

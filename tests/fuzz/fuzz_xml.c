/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* XML from outside: what was read can be looked at and written again. */

#include "fuzz.h"
#include "gov_xml.h"

static int
count(const gov_xml_t *el, int depth, gov_xmlw_t *w, apr_pool_t *pool)
{
    const gov_xml_t *child;
    const char *value;
    int n = 1;

    gov_assert(depth <= 64);
    gov_assert(*gov_xml_name(el) && gov_xml_ns(el) && gov_xml_line(el) > 0);
    value = gov_xml_attr(el, "a", pool);
    gov_xmlw_open(w, "e");
    gov_xmlw_attr(w, "a", value);
    child = gov_xml_child(el, NULL);
    if (!child)
        gov_xmlw_text(w, gov_xml_text(el, pool));
    for (; child; child = gov_xml_next(child, NULL))
        n += count(child, depth + 1, w, pool);
    gov_xmlw_close(w);
    return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_open();
    gov_buf_t *first = gov_buf_create(256, pool);
    gov_buf_t *second = gov_buf_create(256, pool);
    const gov_xml_t *root, *again;
    int n;

    if (fuzz_ok(gov_xml_parse(&root, (const char *)data, size, "fuzz.xml",
                              pool), pool)) {
        n = count(root, 1, gov_xmlw_create(first, pool), pool);
        gov_assert(fuzz_ok(gov_xml_parse(&again, first->data, first->len,
                                         "again.xml", pool), pool));
        gov_assert(count(again, 1, gov_xmlw_create(second, pool), pool) == n);
        gov_assert(strcmp(first->data, second->data) == 0);
    }
    return fuzz_close(pool);
}

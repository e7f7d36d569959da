/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/render.c -- from a page model to bytes. */

#include <string.h>
#include <time.h>

#include "render_priv.h"

static apr_int64_t
nanoseconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (apr_int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static bool
is_hant(const char *lang)
{
    return !strcmp(lang, "zh-Hant");
}

static gov_err_t *
apply(xmlDocPtr *result, const gov_looks_t *looks, const char *theme,
      const char *lang, gov_page_t *page, apr_pool_t *pool)
{
    const char *source = is_hant(lang) ? "zh-CN" : lang;
    xsltStylesheetPtr style = gov_render__sheet(looks, theme, page->kind,
                                                source);

    if (!style)
        return gov_err(GOV_E_INTERNAL, NULL, pool,
                       "no stylesheet for theme %s, kind %s, language %s",
                       theme, page->kind, source);
    return gov_render__transform(result, style, page->doc, page->kind, pool);
}

gov_err_t *
gov_render(gov_bytes_t *html, const gov_looks_t *looks, const char *theme,
           const char *lang, gov_page_t *page,
           const apr_array_header_t *fragments, gov_render_cost_t *cost,
           apr_pool_t *pool)
{
    apr_int64_t t0, t1, t2, t3;
    apr_pool_t *scratch;
    xmlDocPtr result;
    gov_buf_t *out;
    gov_err_t *err;

    apr_pool_create(&scratch, pool);
    t0 = cost ? nanoseconds() : 0;
    err = apply(&result, looks, theme, lang, page, scratch);
    if (err) {
        err = gov_err_dup(err, pool);
        apr_pool_destroy(scratch);
        return err;
    }
    t1 = cost ? nanoseconds() : 0;
    out = gov_buf_create(48 * 1024, pool);
    gov_buf_str(out, "<!DOCTYPE html>\n");
    err = gov_render__html(out, result->children, page, fragments);
    if (err) {
        apr_pool_destroy(scratch);
        return err;
    }
    t2 = cost ? nanoseconds() : 0;
    html->data = out->data;
    html->len = out->len;
    if (is_hant(lang)) {
        html->data = gov_to_hant(out->data, pool);
        html->len = strlen(html->data);
    }
    t3 = cost ? nanoseconds() : 0;
    apr_pool_destroy(scratch);
    if (cost) {
        cost->transform = t1 - t0;
        cost->serialise = t2 - t1;
        cost->convert = t3 - t2;
    }
    return NULL;
}

static gov_err_t *
frame_parts(apr_array_header_t **fragments, const gov_looks_t *looks,
            const char *theme, const char *lang, gov_page_t *page,
            apr_pool_t *pool, apr_pool_t *scratch)
{
    xmlDocPtr result;
    xmlNodePtr root, part;

    GOV_TRY(apply(&result, looks, theme, lang, page, scratch));
    root = xmlDocGetRootElement(result);
    *fragments = apr_array_make(pool, 2, sizeof(gov_fragment_t));
    for (part = root ? root->children : NULL; part; part = part->next) {
        gov_fragment_t *fragment;
        gov_buf_t *out;
        xmlChar *name;

        if (part->type != XML_ELEMENT_NODE)
            continue;
        name = xmlGetNoNsProp(part, BAD_CAST "name");
        fragment = apr_array_push(*fragments);
        fragment->name = apr_pstrdup(pool, name ? (const char *)name : "");
        xmlFree(name);
        out = gov_buf_create(8192, pool);
        GOV_TRY(gov_render__html(out, part->children, page, NULL));
        fragment->bytes.data = is_hant(lang) ? gov_to_hant(out->data, pool)
                                             : out->data;
        fragment->bytes.len = strlen(fragment->bytes.data);
    }
    return NULL;
}

gov_err_t *
gov_render_frame(apr_array_header_t **fragments, const gov_looks_t *looks,
                 const char *theme, const char *lang, gov_page_t *page,
                 apr_pool_t *pool)
{
    apr_pool_t *scratch;
    gov_err_t *err;

    apr_pool_create(&scratch, pool);
    err = gov_err_dup(frame_parts(fragments, looks, theme, lang, page, pool,
                                  scratch), pool);
    apr_pool_destroy(scratch);
    return err;
}

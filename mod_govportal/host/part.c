/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/part.c -- parts of pages that are rendered and kept by themselves.

   They lie in the page cache beside the pages, under keys that no address can
   have, with tags of their own. */

#include <string.h>

#include "host_priv.h"

static const char *
key_of(gov_view_t *view, const char *kind, const char *name)
{
    const gov_ctx_t *ctx = gov_host__view_ctx(view);

    return apr_pstrcat(gov_host__view_pool(view), "!part\n", ctx->site->slug,
                       "\n", ctx->site->theme, "\n", ctx->lang, "\n",
                       gov_host__view_view(view), "\n", kind, "\n", name,
                       NULL);
}

static apr_status_t
release(void *entry)
{
    gov_entry_release(entry);
    return APR_SUCCESS;
}

/* The fresh entry, held as long as the view. */
static gov_entry_t *
find(gov_view_t *view, const char *key)
{
    const gov_ctx_t *ctx = gov_host__view_ctx(view);
    gov_host_t *host = gov_host__of(ctx);
    gov_entry_t *entry = apr_hash_get(gov_host__view_parts(view), key,
                                      APR_HASH_KEY_STRING);
    bool fresh;

    if (entry || !host->config->page_cache)
        return entry;
    gov_cache_find(&entry, &fresh, host->cache, key, strlen(key),
                   gov_now(ctx->clock));
    if (entry && !fresh) {
        gov_entry_release(entry);
        entry = NULL;
    }
    if (entry) {
        apr_pool_cleanup_register(gov_host__view_pool(view), entry, release,
                                  apr_pool_cleanup_null);
        apr_hash_set(gov_host__view_parts(view), key, APR_HASH_KEY_STRING,
                     entry);
    }
    return entry;
}

bool
gov_view_has_part(gov_view_t *view, const char *kind, const char *name)
{
    return find(view, key_of(view, kind, name)) != NULL;
}

static gov_err_t *
make(gov_bytes_t *html, const char **note, gov_page_t *page, gov_view_t *view,
     gov_part_fn_t build, void *baton)
{
    const gov_ctx_t *ctx = gov_host__view_ctx(view);
    apr_pool_t *pool = gov_host__view_pool(view);
    gov_node_t *root = gov_page_root(page);
    apr_array_header_t *fragments;
    int i;

    gov_host__page_attributes(root, ctx, gov_host__view_view(view), pool);
    gov_page_tag(page, "structure");
    gov_page_until(page, gov_host__new_year(ctx));
    GOV_TRY(build(page, root, note, baton));
    GOV_TRY(gov_render_frame(&fragments,
                             gov_host__scene_of(ctx)->looks->looks,
                             ctx->site->theme, ctx->lang, page, pool));
    for (i = 0; i < fragments->nelts; i++) {
        const gov_fragment_t *part = &APR_ARRAY_IDX(fragments, i,
                                                    gov_fragment_t);

        if (!strcmp(part->name, "body")) {
            *html = part->bytes;
            return NULL;
        }
    }
    return gov_err(GOV_E_INTERNAL, NULL, pool,
                   "kind %s makes no part named body", gov_page_kind(page));
}

gov_err_t *
gov_view_part(const char **html, const char **note, gov_view_t *view,
              const char *kind, const char *name, gov_part_fn_t build,
              void *baton)
{
    const gov_host__ctx_t *ctx =
        (const gov_host__ctx_t *)gov_host__view_ctx(view);
    apr_pool_t *pool = gov_host__view_pool(view);
    const char *key = key_of(view, kind, name);
    gov_entry_t *entry = find(view, key);
    gov_stored_t stored;
    gov_page_t *page;

    if (entry) {
        *html = gov_entry_view(entry)->body.data;
        *note = gov_entry_view(entry)->headers;
        return NULL;
    }
    memset(&stored, 0, sizeof(stored));
    page = gov_page_create(kind, pool);
    *note = "";
    GOV_TRY(make(&stored.body, note, page, view, build, baton));
    *html = stored.body.data;
    if (!ctx->host->config->page_cache)
        return NULL;
    /* with its end: readers take a C string */
    stored.body.len++;
    stored.key = key;
    stored.status = 200;
    stored.content_type = "";
    stored.headers = *note;
    stored.until = gov_page_valid_until(page);
    stored.tags = gov_page_tags(page);
    GOV_TRY(gov_cache_put(&entry, ctx->host->cache, &stored, ctx->snapshot,
                          pool));
    gov_entry_release(entry);
    return NULL;
}

gov_err_t *
gov_view_kept(const char **text, gov_view_t *view, const char *name,
              gov_kept_fn_t read, void *baton)
{
    const gov_host__ctx_t *ctx =
        (const gov_host__ctx_t *)gov_host__view_ctx(view);
    apr_pool_t *pool = gov_host__view_pool(view);
    const char *key = apr_pstrcat(pool, "!kept\n", ctx->ctx.site->slug, "\n",
                                  name, NULL);
    gov_entry_t *entry = find(view, key);
    gov_stored_t stored;

    if (entry) {
        *text = gov_entry_view(entry)->body.data;
        return NULL;
    }
    memset(&stored, 0, sizeof(stored));
    stored.tags = apr_array_make(pool, 8, sizeof(const char *));
    GOV_TRY(read(text, (apr_array_header_t *)stored.tags, baton, pool));
    if (!ctx->host->config->page_cache)
        return NULL;
    /* a file costs more than to read it again */
    stored.local = true;
    stored.body.data = *text;
    stored.body.len = strlen(*text) + 1;
    stored.key = key;
    stored.status = 200;
    stored.content_type = "";
    GOV_TRY(gov_cache_put(&entry, ctx->host->cache, &stored, ctx->snapshot,
                          pool));
    gov_entry_release(entry);
    return NULL;
}

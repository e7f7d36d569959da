/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/integrity.c -- tags of editions, live rows and redirects.

   Three digests, each with its own use: an edition's is made when it is written
   and tells what was reviewed from what stands there now; "content" covers what
   its page shows; the live row's covers that row and "content", so that what names
   documents without their texts (site maps) need not read them. */

#include <string.h>

#include "content_priv.h"
#include "sql_content.h"

gov_err_t *
gov_content__alarm(const gov_guard_t *guard, apr_int64_t site,
                   const char *object, const char *what, bool untagged,
                   apr_pool_t *pool)
{
    gov_alarm_t alarm = { .site = site, .object = object, .what = what,
                          .untagged = untagged };

    if (guard->alarm)
        guard->alarm(guard->baton, &alarm);
    return gov_err(GOV_E_UNAVAILABLE, NULL, pool, "%s: %s", object, what);
}

void
gov_group_guard(gov_group_t *group, const gov_guard_t *guard)
{
    group->guard = *guard;
}

/* --- digests -------------------------------------------------------------- */

static void
add_number(gov_mac_t *mac, apr_int64_t n)
{
    char text[24];

    apr_snprintf(text, sizeof(text), "%" APR_INT64_T_FMT, n);
    gov_mac_text(mac, text);
}

static gov_mac_t *
begin(const char *use, const gov_keys_t *keys, int key,
      const gov_content__live_t *live, apr_pool_t *pool)
{
    gov_mac_t *mac = gov_mac_begin(keys, key, GOV_PURPOSE_EDITION, pool);

    if (mac) {
        gov_mac_text(mac, use);
        add_number(mac, live->site);
        add_number(mac, live->document);
        gov_mac_text(mac, live->lang);
    }
    return mac;
}

static void
add_texts(gov_mac_t *mac, const gov_content__live_t *live)
{
    gov_mac_text(mac, live->title);
    gov_mac_text(mac, live->subtitle);
    gov_mac_text(mac, live->summary);
    gov_mac_text(mac, live->source);
    gov_mac_text(mac, live->source_url);
    gov_mac_text(mac, live->author);
    gov_mac_text(mac, live->keywords);
    gov_mac_text(mac, live->body);
    gov_mac_text(mac, live->fields);
    gov_mac_text(mac, live->picture);
    gov_mac_text(mac, live->gallery);
    gov_mac_text(mac, live->attachments);
    gov_mac_text(mac, live->media);
}

bool
gov_content__edition_mac(unsigned char out[GOV_MAC_SIZE],
                         const gov_keys_t *keys, int key,
                         const gov_content__live_t *live, apr_pool_t *pool)
{
    gov_mac_t *mac = begin("edition", keys, key, live, pool);

    if (!mac)
        return false;
    add_number(mac, live->version);
    add_texts(mac, live);
    gov_mac_end(out, mac);
    return true;
}

bool
gov_content__content_mac(unsigned char out[GOV_MAC_SIZE],
                         const gov_keys_t *keys, int key,
                         const gov_content__live_t *live, apr_pool_t *pool)
{
    gov_mac_t *mac = begin("content", keys, key, live, pool);

    if (!mac)
        return false;
    add_number(mac, live->edition);
    add_texts(mac, live);
    gov_mac_text(mac, live->related);
    gov_mac_end(out, mac);
    return true;
}

bool
gov_content__live_mac(unsigned char out[GOV_MAC_SIZE], const gov_keys_t *keys,
                      int key, const gov_content__live_t *live,
                      apr_pool_t *pool)
{
    gov_mac_t *mac = begin("live", keys, key, live, pool);

    if (!mac)
        return false;
    add_number(mac, live->edition);
    add_number(mac, live->column);
    gov_mac_text(mac, live->type);
    add_number(mac, live->sort_key);
    add_number(mac, live->published);
    add_number(mac, live->updated);
    gov_mac_add(mac, live->content.data, live->content.len);
    gov_mac_end(out, mac);
    return true;
}

/* --- checks --------------------------------------------------------------- */

static bool
is_digest(gov_bytes_t bytes)
{
    return bytes.data && bytes.len == GOV_MAC_SIZE;
}

const char *
gov_content__live_wrong(bool *untagged, const gov_guard_t *guard,
                        const gov_content__live_t *live, bool with_texts,
                        apr_pool_t *pool)
{
    unsigned char mac[GOV_MAC_SIZE];

    *untagged = !live->tag.data;
    if (!live->tag.data)
        return guard->strict ? "the live edition has no tag" : NULL;
    if (!is_digest(live->tag) || !is_digest(live->content))
        return "the live edition's tag is damaged";
    if (!gov_content__live_mac(mac, guard->keys, live->tag_key, live, pool))
        return "the live edition's tag has a key that the ring has not";
    if (!gov_same(mac, live->tag.data, sizeof(mac)))
        return "the live edition's place or times were changed";
    if (!with_texts)
        return NULL;
    if (!gov_content__content_mac(mac, guard->keys, live->tag_key, live, pool))
        return "the live edition's tag has a key that the ring has not";
    return gov_same(mac, live->content.data, sizeof(mac))
        ? NULL : "the live edition's texts were changed";
}

const char *
gov_content__edition_wrong(bool *untagged, const gov_guard_t *guard,
                           const gov_content__live_t *live, apr_pool_t *pool)
{
    unsigned char mac[GOV_MAC_SIZE];

    *untagged = !live->edition_tag.data;
    if (!live->edition_tag.data)
        return guard->strict ? "the edition has no tag" : NULL;
    if (!is_digest(live->edition_tag))
        return "the edition's tag is damaged";
    if (!gov_content__edition_mac(mac, guard->keys, live->edition_key, live,
                                  pool))
        return "the edition's tag has a key that the ring has not";
    return gov_same(mac, live->edition_tag.data, sizeof(mac))
        ? NULL : "the edition's texts were changed since they were written";
}

static const char *
object(apr_int64_t document, apr_pool_t *pool)
{
    return apr_psprintf(pool, "document:%" APR_INT64_T_FMT, document);
}

gov_err_t *
gov_content__live_check(const gov_guard_t *guard,
                        const gov_content__live_t *live, bool with_texts,
                        apr_pool_t *pool)
{
    const char *wrong;
    bool untagged;

    if (!guard->keys)
        return NULL;
    wrong = gov_content__live_wrong(&untagged, guard, live, with_texts, pool);
    return wrong ? gov_content__alarm(guard, live->site,
                                      object(live->document, pool), wrong,
                                      untagged, pool)
                 : NULL;
}

gov_err_t *
gov_content__live_seal(gov_db_t *db, const gov_ctx_t *ctx, apr_int64_t site,
                       apr_int64_t document, const char *lang,
                       apr_pool_t *pool)
{
    gov_guard_t guard = ctx->group->guard;
    gov_content__live_t live = { .site = site, .document = document,
                                 .lang = lang };
    int key = ctx->keys ? gov_keys_current(ctx->keys) : 0;
    unsigned char content[GOV_MAC_SIZE], tag[GOV_MAC_SIZE];
    gov_bytes_t tag_bytes = { (const char *)tag, sizeof(tag) };
    gov_row_live_whole_t row;
    const char *wrong;
    bool untagged;

    if (!key)
        return NULL;
    GOV_TRY(gov_sql_live_whole(&row, db, site, document, lang, pool));
    GOV_CONTENT__LIVE(&live, &row);
    GOV_CONTENT__TEXTS(&live, &row);
    live.version = row.version;
    live.edition_tag = row.edition_tag;
    live.edition_key = (int)row.edition_key;
    guard.keys = ctx->keys;
    wrong = gov_content__edition_wrong(&untagged, &guard, &live, pool);
    if (wrong)
        return gov_err(GOV_E_CONFLICT,
                       gov_content__alarm(&guard, site, object(document, pool),
                                          wrong, untagged, pool), pool,
                       "edition %" APR_INT64_T_FMT " is not as it was written; "
                       "see govctl integrity", live.edition);
    if (!gov_content__content_mac(content, ctx->keys, key, &live, pool))
        return gov_err(GOV_E_INTERNAL, NULL, pool, "no key %d", key);
    live.content.data = (const char *)content;
    live.content.len = sizeof(content);
    if (!gov_content__live_mac(tag, ctx->keys, key, &live, pool))
        return gov_err(GOV_E_INTERNAL, NULL, pool, "no key %d", key);
    return gov_sql_live_tag(NULL, db, live.content, tag_bytes, key, site,
                            document, lang, pool);
}

/* --- redirects ------------------------------------------------------------ */

bool
gov_content__redirect_mac(unsigned char out[GOV_MAC_SIZE],
                          const gov_keys_t *keys, int key, apr_int64_t site,
                          gov_bytes_t hash, const char *target,
                          apr_int64_t document, apr_pool_t *pool)
{
    gov_mac_t *mac = gov_mac_begin(keys, key, GOV_PURPOSE_EDITION, pool);

    if (!mac)
        return false;
    gov_mac_text(mac, "redirect");
    add_number(mac, site);
    gov_mac_add(mac, hash.data, hash.len);
    gov_mac_text(mac, target);
    add_number(mac, document);
    gov_mac_end(out, mac);
    return true;
}

gov_err_t *
gov_content__redirect_put(gov_db_t *db, const gov_ctx_t *ctx, apr_int64_t site,
                          const char *path, const char *target,
                          apr_int64_t document, apr_pool_t *pool)
{
    int key = ctx->keys ? gov_keys_current(ctx->keys) : 0;
    gov_bytes_t hash = gov_content__path_hash(path, pool);
    unsigned char mac[GOV_MAC_SIZE];
    gov_bytes_t tag = { NULL, 0 };

    if (key && gov_content__redirect_mac(mac, ctx->keys, key, site, hash,
                                         target, document, pool)) {
        tag.data = (const char *)mac;
        tag.len = sizeof(mac);
    }
    return gov_sql_redirect_put(NULL, db, site, hash, path, target, document,
                                gov_now(ctx->clock), tag, key, pool);
}

gov_err_t *
gov_content__redirect_check(const gov_guard_t *guard, apr_int64_t site,
                            gov_bytes_t hash, const char *target,
                            apr_int64_t document, gov_bytes_t tag, int tag_key,
                            apr_pool_t *pool)
{
    unsigned char mac[GOV_MAC_SIZE];

    if (!guard->keys || (!tag.data && !guard->strict))
        return NULL;
    if (is_digest(tag)
        && gov_content__redirect_mac(mac, guard->keys, tag_key, site, hash,
                                     target, document, pool)
        && gov_same(mac, tag.data, sizeof(mac)))
        return NULL;
    return gov_content__alarm(guard, site, apr_psprintf(
                                  pool, "redirect:%" APR_INT64_T_FMT ":%s", site,
                                  gov_hex(hash.data, hash.len, pool)),
                              tag.data ? "a redirect was changed"
                                       : "a redirect has no tag", !tag.data,
                              pool);
}

/* --- since when ----------------------------------------------------------- */

bool
gov_content__mark_mac(unsigned char out[GOV_MAC_SIZE], const gov_keys_t *keys,
                      int key, apr_time_t since, apr_pool_t *pool)
{
    gov_mac_t *mac = gov_mac_begin(keys, key, GOV_PURPOSE_EDITION, pool);

    if (!mac)
        return false;
    gov_mac_text(mac, "since");
    add_number(mac, since);
    gov_mac_end(out, mac);
    return true;
}

typedef struct mark_t {
    const gov_ctx_t *ctx;
    const gov_keys_t *keys;
    apr_time_t since;
} mark_t;

static gov_err_t *
read_mark(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    mark_t *m = baton;
    unsigned char mac[GOV_MAC_SIZE];
    gov_row_integrity_get_t row;
    gov_err_t *err = gov_sql_integrity_get(&row, db, pool);

    m->since = 0;
    if (err)
        return err->code == GOV_E_NOT_FOUND ? NULL : err;
    if (!gov_content__mark_mac(mac, m->keys, (int)row.mac_key, row.since, pool)
        || !is_digest(row.mac) || !gov_same(mac, row.mac.data, sizeof(mac)))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "the row of gov_integrity was not written with this "
                       "key ring");
    m->since = row.since;
    return NULL;
}

gov_err_t *
gov_integrity_since(apr_time_t *since, gov_store_t *store,
                    const gov_keys_t *keys, apr_pool_t *pool)
{
    mark_t m = { .keys = keys };

    *since = 0;
    if (!keys)
        return NULL;
    GOV_TRY(gov_store_read(store, read_mark, &m, pool));
    *since = m.since;
    return NULL;
}

static gov_err_t *
put_mark(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    mark_t *m = baton;
    int key = gov_keys_current(m->keys);
    apr_time_t now = gov_now(m->ctx->clock);
    unsigned char mac[GOV_MAC_SIZE];
    gov_bytes_t bytes = { (const char *)mac, sizeof(mac) };
    gov_err_t *err = read_mark(db, m, pool);

    if (err && err->code != GOV_E_INVALID)
        return err;
    if (!err && m->since)
        return NULL;
    if (!gov_content__mark_mac(mac, m->keys, key, now, pool))
        return gov_err(GOV_E_INTERNAL, NULL, pool, "no key %d", key);
    GOV_TRY(gov_sql_integrity_put(NULL, db, now, bytes, key, pool));
    GOV_TRY(gov_audit_add(db, m->ctx, "integrity.begin", 0, "group", true,
                          NULL, pool));
    /* readers learn it with the site map */
    return gov_event_add(db, "integrity.begin", 0, 0, "structure", pool);
}

gov_err_t *
gov_integrity_begin(const gov_ctx_t *ctx, const gov_permit_t *permit,
                    apr_pool_t *pool)
{
    mark_t m = { .ctx = ctx, .keys = ctx->keys };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SYSTEM, 0, 0, pool));
    if (!ctx->keys)
        return gov_err(GOV_E_INVALID, NULL, pool, "there is no key ring");
    return gov_store_tx(ctx->store, put_mark, &m, pool);
}

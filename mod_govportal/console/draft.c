/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/draft.c -- from what an author sent to a draft: texts, files, body. */

#include <string.h>

#include "edit_priv.h"

#define ASSETS "/-/asset/"

typedef struct making_t {
    gov_console__edit_t *edit;
    gov_intake_t *in;
    gov_draft_t *draft;
    apr_pool_t *pool;
} making_t;

/* --- texts ---------------------------------------------------------------- */

static const char *
trim(const char *text, apr_pool_t *pool)
{
    apr_size_t len;

    text += strspn(text, " \t\r\n");
    for (len = strlen(text); len && strchr(" \t\r\n", text[len - 1]); len--)
        ;
    return apr_pstrmemdup(pool, text, len);
}

/* A file's name without its ending: what it is about, until somebody says more. */
static const char *
stem(const char *name, apr_pool_t *pool)
{
    const char *dot = strrchr(name, '.');

    return dot && dot > name
        ? apr_pstrmemdup(pool, name, (apr_size_t)(dot - name)) : name;
}

/* Words parted by blanks and commas, whatever those look like. */
static apr_array_header_t *
split(const char *text, apr_pool_t *pool)
{
    static const char *const parts[] = { "\xef\xbc\x8c", "\xe3\x80\x81",
                                         "\xef\xbc\x9b", "\xe3\x80\x80" };
    char *copy = apr_pstrdup(pool, text), *at;
    apr_size_t i;

    for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        while ((at = strstr(copy, parts[i])) != NULL)
            memcpy(at, "   ", 3);
    for (at = copy; *at; at++)
        if (strchr(",;\t\r\n", *at))
            *at = ' ';
    return gov_text_split(copy, " ", pool);
}

/* --- files ---------------------------------------------------------------- */

static void
use(const making_t *m, const char *asset, const char *name)
{
    apr_array_header_t *all = m->draft->assets;
    gov_asset_use_t *entry;
    int i;

    for (i = 0; i < all->nelts; i++)
        if (!strcmp(APR_ARRAY_IDX(all, i, gov_asset_use_t).asset, asset))
            return;
    entry = apr_array_push(all);
    entry->asset = asset;
    entry->name = name;
}

static gov_json_t *
describe(const making_t *m, const gov_asset_t *asset, const char *name)
{
    gov_json_t *out = gov_json_object(m->pool);

    gov_json_set(out, "asset", asset->id);
    gov_json_set(out, "name", gov_text_file_name(name, m->pool));
    gov_json_set(out, "type", asset->media_type);
    gov_json_set_int(out, "size", asset->size);
    if (asset->width) {
        gov_json_set_int(out, "width", asset->width);
        gov_json_set_int(out, "height", asset->height);
    }
    return out;
}

/* NULL: refused, and the form says why. */
static gov_err_t *
take(gov_json_t **taken, const making_t *m, const char *field,
     const gov_intake_file_t *file, bool picture)
{
    const gov_asset_t *asset;

    *taken = NULL;
    GOV_TRY(gov_req_upload(&asset, m->edit->ctx, m->in, field, file, m->pool));
    if (!asset)
        return NULL;
    if (picture && !asset->width) {
        gov_intake_mistake(m->in, field, "not-a-picture", NULL);
        return NULL;
    }
    *taken = describe(m, asset, file->name);
    return NULL;
}

/* What was there before, unless it is to go; its text as it is now. */
static gov_json_t *
kept(const making_t *m, const gov_json_t *before, const char *prefix, int i,
     const char *text)
{
    const char *drop = gov_intake_raw(m->in, apr_psprintf(
                                          m->pool, "%s-%d-drop", prefix, i));
    const char *said = gov_intake_raw(m->in, apr_psprintf(
                                          m->pool, "%s-%d", prefix, i));
    gov_json_t *copy;

    if (drop)
        return NULL;
    copy = gov_json_copy(before, m->pool);
    if (said)
        gov_json_set(copy, text, gov_text_fold(said, m->pool));
    return copy;
}

static gov_err_t *
take_picture(const making_t *m)
{
    const gov_intake_file_t *file = gov_intake_file(m->in, "picture");
    const char *alt = gov_intake_text(m->in, "picture-alt");
    const gov_json_t *before = m->edit->before ? m->edit->before->picture
        : NULL;
    gov_json_t *picture = NULL;

    if (file)
        GOV_TRY(take(&picture, m, "picture", file, true));
    else if (before && !gov_intake_flag(m->in, "picture-drop"))
        picture = gov_json_copy(before, m->pool);
    if (!picture)
        return NULL;
    if (!alt)
        gov_intake_mistake(m->in, "picture-alt", "missing", NULL);
    gov_json_set(picture, "alt", alt);
    use(m, gov_json_str(picture, "asset"), gov_json_str(picture, "name"));
    m->draft->picture = picture;
    return NULL;
}

/* A list of files: those of before that stay, then new ones. */
static gov_err_t *
take_list(const gov_json_t **result, const making_t *m, const char *field,
          const gov_json_t *before, const char *text, bool pictures)
{
    gov_json_t *list = gov_json_array(m->pool), *one;
    const apr_array_header_t *files;
    apr_size_t k;
    int i;

    for (k = 0; k < gov_json_count(before); k++) {
        one = kept(m, gov_json_at(before, k), field, (int)k, text);
        if (one)
            gov_json_add(list, one);
    }
    files = gov_intake_files(m->in, field);
    for (i = 0; i < files->nelts; i++) {
        const gov_intake_file_t *file = &APR_ARRAY_IDX(files, i,
                                                       gov_intake_file_t);

        GOV_TRY(take(&one, m, field, file, pictures));
        if (!one)
            continue;
        /* until its author says more */
        gov_json_set(one, text, stem(file->name, m->pool));
        gov_json_add(list, one);
    }
    for (k = 0; k < gov_json_count(list); k++)
        use(m, gov_json_str(gov_json_at(list, k), "asset"),
            gov_json_str(gov_json_at(list, k), "name"));
    *result = gov_json_count(list) ? list : NULL;
    return NULL;
}

static gov_err_t *
take_media(const making_t *m)
{
    const gov_intake_file_t *file = gov_intake_file(m->in, "media");
    const gov_json_t *before = m->edit->before ? m->edit->before->media : NULL;
    gov_json_t *media = NULL;
    const gov_json_t *part;
    const char *type;

    if (file) {
        GOV_TRY(take(&media, m, "media", file, false));
        type = media ? gov_json_str(media, "type") : "video/";
        if (strncmp(type, "video/", 6) && strncmp(type, "audio/", 6)) {
            gov_intake_mistake(m->in, "media", "not-media", NULL);
            return NULL;
        }
    }
    else if (before)
        media = gov_json_copy(before, m->pool);
    if (!media)
        return NULL;
    gov_json_set(media, "transcript", gov_intake_text(m->in, "transcript"));
    use(m, gov_json_str(media, "asset"), gov_json_str(media, "name"));
    part = gov_json_get(media, "poster");
    if (part)
        use(m, gov_json_str(part, "asset"), gov_json_str(part, "name"));
    part = gov_json_get(media, "captions");
    if (part)
        use(m, gov_json_str(part, "asset"), gov_json_str(part, "name"));
    m->draft->media = media;
    return NULL;
}

/* --- the body ------------------------------------------------------------- */

/* Pictures come from our own assets only; each is noted as used. */
static const char *
body_link(void *baton, const char *element, const char *address,
          apr_pool_t *pool)
{
    const making_t *m = baton;
    const char *id, *name;

    if (strncmp(address, ASSETS, sizeof(ASSETS) - 1))
        return strcmp(element, "img") ? address : NULL;
    id = address + sizeof(ASSETS) - 1;
    name = strchr(id, '/');
    if (!name || name - id != GOV_ASSET_ID_LEN || !name[1])
        return NULL;
    use(m, apr_pstrmemdup(m->pool, id, GOV_ASSET_ID_LEN),
        gov_text_file_name(name + 1, m->pool));
    return apr_pstrcat(pool, address, NULL);
}

/* Pictures that came with the form go to the end of the text: the way without a
   script. */
static gov_err_t *
add_inserts(gov_buf_t *html, const making_t *m)
{
    const apr_array_header_t *files = gov_intake_files(m->in, "inserts");
    int i;

    for (i = 0; i < files->nelts; i++) {
        const gov_intake_file_t *file = &APR_ARRAY_IDX(files, i,
                                                       gov_intake_file_t);
        gov_json_t *one;

        GOV_TRY(take(&one, m, "inserts", file, true));
        if (one)
            gov_buf_str(html, gov_markup_picture(
                            apr_pstrcat(m->pool, ASSETS,
                                        gov_json_str(one, "asset"), "/",
                                        gov_json_str(one, "name"), NULL),
                            stem(file->name, m->pool), m->pool));
    }
    return NULL;
}

static bool
is_html(const char *text)
{
    const char *at = text + strspn(text, " \t\r\n");

    return *at == '<';
}

static gov_err_t *
take_body(const making_t *m)
{
    const char *said = gov_intake_text(m->in, "body");
    gov_buf_t *html = gov_buf_create(4096, m->pool);
    gov_markup_t clean;
    gov_err_t *err;

    /* without a script people type plain text */
    if (said)
        gov_buf_str(html, is_html(said) ? said
                    : gov_markup_from_text(said, m->pool));
    GOV_TRY(add_inserts(html, m));
    if (!html->len)
        return NULL;
    err = gov_markup_clean(&clean, html->data, html->len, 2, body_link,
                           (void *)m, m->pool);
    if (err && err->code == GOV_E_INVALID) {
        gov_intake_mistake(m->in, "body", "too-large", NULL);
        return NULL;
    }
    if (err)
        return err;
    m->draft->body = *clean.xhtml ? clean.xhtml : NULL;
    m->draft->text = clean.text;
    return NULL;
}

/* --- all of it ------------------------------------------------------------ */

static const char *
line(const making_t *m, const char *field)
{
    const char *text = gov_console__uses(m->edit, field)
        ? gov_intake_text(m->in, field) : NULL;

    return text ? gov_text_fold(text, m->pool) : NULL;
}

/* Parted by commas or blanks, whatever they look like. */
static const gov_json_t *
keywords(const making_t *m)
{
    const char *text = line(m, "keywords");
    gov_json_t *list = gov_json_array(m->pool);
    apr_array_header_t *words;
    int i;

    if (!text)
        return NULL;
    words = split(text, m->pool);
    for (i = 0; i < words->nelts; i++)
        gov_json_add_str(list, APR_ARRAY_IDX(words, i, const char *));
    return gov_json_count(list) ? list : NULL;
}

static const gov_json_t *
fields(const making_t *m)
{
    const apr_array_header_t *all = m->edit->type->fields;
    gov_json_t *out = gov_json_object(m->pool);
    int i;

    for (i = 0; i < all->nelts; i++) {
        const char *value = gov_intake_raw(m->in, gov_console__field_name(
                                               i, m->pool));

        value = value ? trim(value, m->pool) : NULL;
        if (value && *value)
            gov_json_set(out, APR_ARRAY_IDX(all, i, gov_field_t).name, value);
    }
    return gov_json_count(out) ? out : NULL;
}

gov_err_t *
gov_console__draft(gov_draft_t *draft, gov_console__edit_t *edit,
                   gov_intake_t *in, apr_pool_t *pool)
{
    making_t m = { edit, in, draft, pool };
    const gov_draft_t *before = edit->before;

    memset(draft, 0, sizeof(*draft));
    draft->lang = edit->lang;
    draft->assets = apr_array_make(pool, 4, sizeof(gov_asset_use_t));
    draft->title = line(&m, "title");
    draft->subtitle = line(&m, "subtitle");
    draft->summary = line(&m, "summary");
    draft->source = line(&m, "source");
    draft->source_url = line(&m, "source-url");
    draft->author = line(&m, "author");
    draft->note = gov_intake_text(in, "note");
    draft->keywords = keywords(&m);
    draft->fields = fields(&m);
    draft->related = before ? before->related : NULL;
    if (gov_console__uses(edit, "body"))
        GOV_TRY(take_body(&m));
    GOV_TRY(take_picture(&m));
    if (gov_console__uses(edit, "pictures"))
        GOV_TRY(take_list(&draft->gallery, &m, "pictures",
                          before ? before->gallery : NULL, "alt", true));
    if (gov_console__uses(edit, "attachments"))
        GOV_TRY(take_list(&draft->attachments, &m, "attachments",
                          before ? before->attachments : NULL, "title",
                          false));
    if (gov_console__uses(edit, "media"))
        GOV_TRY(take_media(&m));
    return NULL;
}

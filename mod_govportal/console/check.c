/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/check.c -- what a document should be looked over for before it is
   submitted: words, marks and personal data (R107), pictures without descriptions,
   what readers and search miss.  What blocks is asked again at submission. */

#include <string.h>

#include "console_priv.h"
#include "gov_words_scan.h"

/* More than so many are a sign that somebody should read the text first. */
#define SHOWN 12

typedef struct checking_t {
    const gov_ctx_t *ctx;
    const gov_desk_edition_t *edition;
    const gov_words_t *words;
    gov_node_t *box;
    int count;
    apr_pool_t *pool;
} checking_t;

static void
say(checking_t *c, const char *kind, const char *text)
{
    c->count++;
    gov_console_note(c->box, kind, text);
}

static const char *
word(const checking_t *c, const char *before, const char *name)
{
    return gov_word(c->ctx, apr_pstrcat(c->pool, before, name, NULL));
}

/* "title", and of "fields.address" or "gallery.2.alt" the first part. */
static const char *
field_name(const checking_t *c, const char *field)
{
    static const struct { const char *field, *name; } names[] = {
        { "gallery", "pictures" }, { "fields", "own" }
    };
    const char *first = field ? apr_pstrmemdup(c->pool, field,
                                               strcspn(field, ".")) : "body";
    apr_size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (!strcmp(names[i].field, first))
            first = names[i].name;
    return word(c, "form.edition.", first);
}

static void
say_finding(checking_t *c, const gov_finding_t *f)
{
    gov_buf_t *out = gov_buf_create(128, c->pool);

    gov_buf_str(out, field_name(c, f->field));
    gov_buf_str(out, gov_word(c->ctx, "form.colon"));
    gov_buf_str(out, word(c, "console.word.", gov_word_kind_word(f->kind)));
    gov_buf_printf(out, " %s[%s]%s", f->before ? f->before : "",
                   f->hit ? f->hit : "", f->after ? f->after : "");
    if (f->suggestion)
        gov_buf_printf(out, " %s%s", gov_word(c->ctx, "console.instead"),
                       f->suggestion);
    say(c, f->action == GOV_WORD_BLOCK ? "failed" : "warning", out->data);
}

static gov_err_t *
load(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    checking_t *c = baton;

    (void)scratch;
    return gov_words_load(&c->words, db, c->edition->at.site, c->pool);
}

static gov_err_t *
check_words(checking_t *c, const gov_type_t *type)
{
    const gov_findings_t *findings;
    int i;

    GOV_TRY(gov_store_read(c->ctx->store, load, c, c->pool));
    findings = gov_draft_words(c->words, &c->edition->draft, type, c->pool);
    for (i = 0; i < findings->list->nelts && i < SHOWN; i++)
        say_finding(c, &APR_ARRAY_IDX(findings->list, i, gov_finding_t));
    return NULL;
}

static void
check_pictures(checking_t *c)
{
    const gov_draft_t *d = &c->edition->draft;
    apr_size_t i;

    if (d->body && gov_markup_undescribed(d->body))
        say(c, "warning", gov_word(c->ctx, "console.check.picture"));
    for (i = 0; i < gov_json_count(d->gallery); i++) {
        const char *alt = gov_json_str(gov_json_at(d->gallery, i), "alt");

        if (!alt || !*alt) {
            say(c, "warning", gov_word(c->ctx, "console.check.picture"));
            return;
        }
    }
}

gov_err_t *
gov_console__check(gov_console_t *console, const gov_ctx_t *ctx,
                   const gov_desk_edition_t *edition, apr_pool_t *pool)
{
    const gov_type_t *type = gov_type_get(gov_group_types(ctx->group),
                                          edition->type);
    checking_t c = { ctx, edition, NULL, NULL, 0, pool };

    c.box = gov_console_box(console, "side", gov_word(ctx, "console.checks"));
    GOV_TRY(check_words(&c, type));
    check_pictures(&c);
    if (type && apr_hash_get(type->uses, "summary", APR_HASH_KEY_STRING)
        && !edition->draft.summary)
        say(&c, "warning", gov_word(ctx, "console.check.summary"));
    if (type && apr_hash_get(type->uses, "keywords", APR_HASH_KEY_STRING)
        && !gov_json_count(edition->draft.keywords))
        say(&c, "warning", gov_word(ctx, "console.check.keywords"));
    if (!c.count)
        gov_console_note(c.box, "note", gov_word(ctx, "console.check.fine"));
    return NULL;
}

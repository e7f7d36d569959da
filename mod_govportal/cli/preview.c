/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* preview.c -- govctl preview: a page without a server. */

#include <apr_file_info.h>
#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "gov_file.h"
#include "gov_text.h"
#include "gov_xml.h"

#define MODEL_MAX (4 * 1024 * 1024)

static bool
is_file(const char *path, apr_pool_t *pool)
{
    apr_finfo_t info;

    return apr_stat(&info, path, APR_FINFO_TYPE, pool) == APR_SUCCESS
        && info.filetype == APR_REG;
}

/* The file of "KIND/EXAMPLE", the core's or a plugin's; a name that ends with
   .xml is a file's already. */
static gov_err_t *
find_example(const char **file, const char *name, gov_cli__t *cli)
{
    apr_array_header_t *dirs;
    int i;

    if (gov_text_ends(name, ".xml")) {
        *file = name;
        return NULL;
    }
    GOV_TRY(gov_cli__look_dirs(&dirs, cli));
    for (i = 0; i < dirs->nelts; i++) {
        *file = apr_pstrcat(cli->pool,
                            APR_ARRAY_IDX(dirs, i, gov_look_dir_t).dir,
                            "/contract/examples/", name, ".xml", NULL);
        if (is_file(*file, cli->pool))
            return NULL;
    }
    return gov_err(GOV_E_NOT_FOUND, NULL, cli->pool,
                   "there is no example \"%s\"; a file's name ends with .xml",
                   name);
}

/* A preview takes only what keeps the contract; NAME stands in messages. */
static gov_err_t *
check_contract(const gov_xml_t *root, const char *kind, const char *name,
               gov_cli__t *cli)
{
    apr_array_header_t *dirs;
    int i;

    GOV_TRY(gov_cli__look_dirs(&dirs, cli));
    for (i = 0; i < dirs->nelts; i++) {
        const char *rng = apr_pstrcat(cli->pool,
                                      APR_ARRAY_IDX(dirs, i,
                                                    gov_look_dir_t).dir,
                                      "/contract/", kind, ".rng", NULL);

        if (is_file(rng, cli->pool))
            return gov_xml_validate(root, rng, cli->pool);
    }
    return gov_err(GOV_E_NOT_FOUND, NULL, cli->pool,
                   "%s: there is no page kind \"%s\"", name, kind);
}

/* The body that <markup ref="body"/> stands for lies beside: NAME.body.html. */
static gov_err_t *
read_markup(gov_page_t *page, const char *file, apr_pool_t *pool)
{
    apr_array_header_t *refs = gov_page_refs(page, pool);
    const char *stem = apr_pstrmemdup(pool, file, strlen(file) - 4);
    int i;

    for (i = 0; i < refs->nelts; i++) {
        const char *ref = APR_ARRAY_IDX(refs, i, const char *);
        const char *path = apr_pstrcat(pool, stem, ".", ref, ".html", NULL);
        gov_bytes_t bytes = { "", 0 };

        if (is_file(path, pool))
            GOV_TRY(gov_file_read(&bytes, path, MODEL_MAX, pool));
        gov_page_set_markup(page, ref, bytes.data);
    }
    return NULL;
}

/* What --lang, --view, --site-theme and --static say. */
static void
dress(gov_page_t *page, const gov_cli__t *cli)
{
    static const struct {
        const char *option, *element, *attribute;
    } changes[] = {
        { "lang", "page", "lang" }, { "view", "page", "view" },
        { "static", "page", "static" }, { "site-theme", "site", "theme" }
    };
    size_t i;

    for (i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        const char *value = gov_cli__option(cli, changes[i].option);

        if (value)
            gov_page_change(page, changes[i].element, changes[i].attribute,
                            value);
    }
}

/* Header and footer: the frame's example of the same name, else of the theme's,
   else the typical one. */
static gov_err_t *
make_frame(apr_array_header_t **fragments, const gov_looks_t *looks,
           const char *name, const char *theme, const char *lang,
           gov_cli__t *cli)
{
    const char *base = strrchr(name, '/');
    const char *tries[3];
    const char *file = NULL;
    gov_bytes_t bytes;
    gov_page_t *page;
    int i;

    tries[0] = base ? base + 1 : name;
    tries[1] = theme;
    tries[2] = "typical";
    for (i = 0; i < 3; i++) {
        file = apr_pstrcat(cli->pool, cli->config->share_dir,
                           "/xslt/contract/examples/frame/", tries[i], ".xml",
                           NULL);
        if (is_file(file, cli->pool))
            break;
    }
    GOV_TRY(gov_file_read(&bytes, file, MODEL_MAX, cli->pool));
    GOV_TRY(gov_page_read(&page, bytes, file, cli->pool));
    dress(page, cli);
    return gov_render_frame(fragments, looks, theme, lang, page, cli->pool);
}

static const char *
attribute(const gov_xml_t *el, const char *name, const char *instead,
          apr_pool_t *pool)
{
    const char *value = el ? gov_xml_attr(el, name, pool) : NULL;

    return value ? value : instead;
}

static gov_err_t *
run(gov_cli__t *cli)
{
    const char *name = gov_cli__operand(cli, 0);
    const char *theme = gov_cli__option(cli, "site-theme");
    const char *lang = gov_cli__option(cli, "lang");
    apr_array_header_t *fragments = NULL;
    const gov_config_t *config;
    const gov_xml_t *root;
    gov_looks_t *looks;
    gov_bytes_t bytes, html;
    gov_page_t *page;
    const char *file, *changed;
    int i;

    GOV_TRY(gov_cli__config(&config, cli));
    GOV_TRY(find_example(&file, name, cli));
    GOV_TRY(gov_file_read(&bytes, file, MODEL_MAX, cli->pool));
    GOV_TRY(gov_page_read(&page, bytes, file, cli->pool));
    GOV_TRY(gov_xml_parse(&root, bytes.data, bytes.len, file, cli->pool));
    GOV_TRY(check_contract(root, gov_page_kind(page), file, cli));
    if (!lang)
        lang = attribute(root, "lang", "zh-CN", cli->pool);
    if (!theme)
        theme = attribute(gov_xml_child(root, "site"), "theme", "portal",
                          cli->pool);
    GOV_TRY(read_markup(page, file, cli->pool));
    dress(page, cli);
    changed = gov_page_xml(page, cli->pool);
    file = apr_pstrcat(cli->pool, file, "+options", NULL);
    GOV_TRY(gov_xml_parse(&root, changed, strlen(changed), file, cli->pool));
    GOV_TRY(check_contract(root, gov_page_kind(page), file, cli));
    GOV_TRY(gov_cli__looks(&looks, cli));
    GOV_TRY(gov_cli__theme_known(looks, theme, cli->pool));
    GOV_TRY(gov_cli__lang_known(looks, lang, cli->pool));
    if (strcmp(gov_page_kind(page), "frame")) {
        GOV_TRY(make_frame(&fragments, looks, name, theme, lang, cli));
        GOV_TRY(gov_render(&html, looks, theme, lang, page, fragments, NULL,
                           cli->pool));
        fwrite(html.data, 1, html.len, stdout);
        return NULL;
    }
    /* a frame is no page: its parts, one after the other */
    GOV_TRY(gov_render_frame(&fragments, looks, theme, lang, page, cli->pool));
    for (i = 0; i < fragments->nelts; i++) {
        const gov_fragment_t *part = &APR_ARRAY_IDX(fragments, i,
                                                    gov_fragment_t);

        fwrite(part->bytes.data, 1, part->bytes.len, stdout);
        putchar('\n');
    }
    return NULL;
}

const gov_cli__verb_t gov_cli__preview[] = {
    { .name = "preview", .operands = "KIND/EXAMPLE|FILE.xml", .min = 1,
      .max = 1, .help = "Render a page model to standard output",
      .options = {
          { "site-theme", "THEME", "in this theme" },
          { "lang", "LANG", "with the words of this language" },
          { "view", "VIEW", "standard, elder, text or print" },
          { "static", "URL", "where style sheets and scripts are" } },
      .run = run },
    { .name = NULL }
};

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/writer/edit.c -- what an editor writes. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gov_markup.h"
#include "gov_workflow.h"
#include "writer.h"

static const char text[] =
    "<p>各区人民政府，市政府各部门：现将有关事项通知如下，请结合实际认真贯彻执行。</p>"
    "<p>一、提高认识，明确责任。各单位要按照职责分工，加强协调配合，确保各项任务按期完成，"
    "并于每季度末报送进展情况。</p>"
    "<p>二、完善机制，强化监督。对落实不到位的，由市政府办公室予以通报，限期整改；"
    "对工作成效明显的，及时总结推广。</p>";

void
draft(apr_int64_t *document, apr_int64_t *edition, const writer_t *writer,
      const gov_column_t *column, const char *title, apr_pool_t *pool)
{
    gov_json_t *keywords = gov_json_array(pool);
    gov_markup_t markup;
    gov_draft_t new;

    check(gov_markup_clean(&markup, text, strlen(text), 2, NULL, NULL, pool),
          pool);
    gov_json_add_str(keywords, "通知");
    memset(&new, 0, sizeof(new));
    new.lang = "zh-CN";
    new.title = title;
    new.body = markup.xhtml;
    new.text = markup.text;
    new.keywords = keywords;
    if (*document)
        check(gov_edition_draft(edition, writer->ctx, *document, &new,
                                writer->permit, pool), pool);
    else
        check(gov_document_create(document, edition, writer->ctx, column,
                                  "article", &new, writer->permit, pool),
              pool);
}

/* In the name of a job each: nobody may sign twice. */
static void
as(gov_ctx_t *ctx, const gov_permit_t **permit, gov_action_t action,
   const writer_t *writer, apr_pool_t *pool)
{
    *ctx = *writer->ctx;
    ctx->actor = gov_actor_job(gov_action_word(action), pool);
    check(gov_permit_get(permit, ctx, action, 0, 0, pool), pool);
}

void
sign(const writer_t *writer, apr_int64_t edition, apr_pool_t *pool)
{
    const gov_permit_t *permit;
    gov_ctx_t ctx;

    check(gov_edition_submit(writer->ctx, edition, NULL, NULL, writer->permit,
                             pool), pool);
    as(&ctx, &permit, GOV_ACTION_REVIEW, writer, pool);
    check(gov_edition_review(&ctx, edition, NULL, NULL, permit, pool), pool);
    as(&ctx, &permit, GOV_ACTION_CLEAR, writer, pool);
    check(gov_edition_clear(&ctx, edition, NULL, true, "bench", NULL, permit,
                            pool), pool);
}

const gov_column_t *
column_of(const writer_t *writer, const char *site, const char *path)
{
    const gov_site_t *found = gov_site_by_slug(writer->ctx->group, site);
    const gov_column_t *column = found ? gov_column_at(found, path) : NULL;

    if (!column) {
        fprintf(stderr, "writer: there is no column %s:%s\n", site, path);
        exit(1);
    }
    return column;
}

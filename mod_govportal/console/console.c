/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/console.c -- the console's pages, registered like any plugin's. */

#include "console_priv.h"
#include "gov_console_pages.h"

#define SITE "/-/console/{site}/"
#define EDITION SITE "editions/{id}/"
#define STEP(name_, permission_, form_)                                       \
    GOV_POST(EDITION name_, permission_, &form_, gov_console__step_post,      \
             .refill = gov_console__document)
#define PEOPLE "/-/console/people/"
#define DEED(name_, permission_, handler_, form_)                             \
    GOV_POST(PEOPLE "{id}/" name_, permission_, &gov_console__##form_##_form, \
             gov_console__##handler_, .refill = gov_console__person)

#define COLUMN SITE "columns/{id}"
#define ON_COLUMN(name_)                                                      \
    GOV_POST(COLUMN "/" #name_, "manage", &gov_console__column_##name_##_form,\
             gov_console__column_##name_##_post,                              \
             .refill = gov_console__column)

static const gov_route_t routes[] = {
    GOV_GET("/-/console/", "signed-in", gov_console__overview),
    GOV_GET(SITE, "read", gov_console__site),
    GOV_GET(SITE "documents/", "read", gov_console__documents,
            .params = GOV_GRID_PARAMS " q state column lang"),
    GOV_GET(SITE "documents/{id}", "read", gov_console__document,
            .params = "done"),
    GOV_GET(SITE "write", "write", gov_console__choose),
    GOV_GET(SITE "columns/{id}/write", "write", gov_console__write),
    GOV_POST(SITE "columns/{id}/write", "write", &gov_console__edition_form,
             gov_console__write_post, .refill = gov_console__write),
    GOV_GET(SITE "editions/{id}", "read", gov_console__document,
            .params = "done"),
    GOV_GET(EDITION "edit", "write", gov_console__edit),
    GOV_POST(EDITION "edit", "write", &gov_console__edition_form,
             gov_console__edit_post, .refill = gov_console__edit),
    STEP("submit", "write", gov_console__submit_form),
    STEP("return", "review", gov_console__return_form),
    STEP("review", "review", gov_console__review_form),
    STEP("clear", "clear", gov_console__clear_form),
    STEP("schedule", "publish", gov_console__schedule_form),
    STEP("unschedule", "publish", gov_console__unschedule_form),
    STEP("publish", "publish", gov_console__publish_form),
    STEP("withdraw", "publish", gov_console__withdraw_form),
    STEP("archive", "publish", gov_console__archive_form),
    GOV_GET(PEOPLE, "people grant", gov_console__people,
            .params = GOV_GRID_PARAMS " who state place"),
    GOV_GET(PEOPLE "new", "people", gov_console__person_new),
    GOV_POST(PEOPLE "new", "people", &gov_console__person_form,
             gov_console__person_new_post,
             .refill = gov_console__person_new),
    GOV_GET(PEOPLE "{id}", "people grant", gov_console__person,
            .params = "done"),
    GOV_GET(PEOPLE "{id}/give", "grant", gov_console__role_give,
            .params = "place"),
    GOV_POST(PEOPLE "{id}/give", "grant", &gov_console__give_form,
             gov_console__role_give_post, .refill = gov_console__role_give,
             .params = "place"),
    DEED("take", "grant", role_take, take),
    DEED("reset", "people security", person_reset, reset),
    DEED("unlock", "people security", person_unlock, unlock),
    DEED("factor", "people security", person_factor, factor),
    DEED("disable", "people security", person_disable, disable),
    DEED("enable", "people security", person_enable, enable),
    DEED("end", "security", person_end, end),
    GOV_GET("/-/console/audit/", "audit", gov_console__audit,
            .params = GOV_GRID_PARAMS
            " from to actor action place object outcome"),
    GOV_GET("/-/console/audit/address", "audit", gov_console__audit_address,
            .params = GOV_GRID_PARAMS " url"),
    GOV_GET(SITE "settings", "manage", gov_console__settings,
            .params = "done"),
    GOV_POST(SITE "settings", "manage", &gov_console__record_form,
             gov_console__record_post, .refill = gov_console__settings),
    GOV_POST(SITE "settings/look", "manage", &gov_console__look_form,
             gov_console__look_post, .refill = gov_console__settings),
    GOV_POST(SITE "settings/grey", "manage", &gov_console__grey_form,
             gov_console__grey_post, .refill = gov_console__settings),
    GOV_POST(SITE "settings/ungrey", "manage", &gov_console__ungrey_form,
             gov_console__ungrey_post, .refill = gov_console__settings),
    GOV_GET(SITE "settings/words/{lang}", "manage", gov_console__site_words,
            .params = "done"),
    GOV_POST(SITE "settings/words/{lang}", "manage",
             &gov_console__site_words_form, gov_console__site_words_post,
             .refill = gov_console__site_words),
    GOV_GET(SITE "columns/", "manage", gov_console__columns,
            .params = GOV_GRID_PARAMS),
    GOV_POST(SITE "columns/", "manage", &gov_console__column_add_form,
             gov_console__columns_post, .refill = gov_console__columns),
    GOV_GET(COLUMN, "manage", gov_console__column, .params = "done"),
    GOV_POST(COLUMN, "manage", &gov_console__column_form,
             gov_console__column_post, .refill = gov_console__column),
    GOV_GET(COLUMN "/words/{lang}", "manage", gov_console__column_words),
    GOV_POST(COLUMN "/words/{lang}", "manage",
             &gov_console__column_words_form, gov_console__column_words_post,
             .refill = gov_console__column_words),
    ON_COLUMN(shift),
    ON_COLUMN(move),
    ON_COLUMN(flow),
    ON_COLUMN(close),
    ON_COLUMN(reopen),
    GOV_GET(SITE "redirects/", "manage", gov_console__redirects,
            .params = GOV_GRID_PARAMS " address"),
    GOV_POST(SITE "redirects/", "manage", &gov_console__redirect_form,
             gov_console__redirects_post, .refill = gov_console__redirects),
    GOV_GET(SITE "redirects/{redirect}", "manage", gov_console__redirect),
    GOV_POST(SITE "redirects/{redirect}", "manage",
             &gov_console__unredirect_form, gov_console__redirect_post,
             .refill = gov_console__redirect),
    GOV_ROUTES_END
};

static const gov_console_entry_t entries[] = {
    { "overview", "own", "house", "", "signed-in", true },
    { "site", "content", "speedometer2", "", "read", false },
    { "documents", "content", "file-earmark-text", "documents/", "read",
      false },
    { "people", "people", "people", "people/", "people grant", true },
    { "audit", "watch", "journal-text", "audit/", "audit", true },
    { "audit-address", "watch", "search", "audit/address", "audit", true },
    { "settings", "site", "gear", "settings", "manage", false },
    { "columns", "site", "diagram-3", "columns/", "manage", false },
    { "redirects", "site", "signpost-2", "redirects/", "manage", false },
    GOV_CONSOLE_END
};

static const char *const kinds[] = { "console", NULL };

const gov_plugin_t gov_console_plugin = {
    .size = sizeof(gov_plugin_t), .abi_major = GOV_ABI_MAJOR,
    .abi_minor = GOV_ABI_MINOR, .name = "console", .version = "0.1",
    .routes = routes, .page_kinds = kinds, .console = entries,
    .tasks = gov_console__tasks
};

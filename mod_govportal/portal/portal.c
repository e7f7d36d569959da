/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* portal/portal.c -- the portal's own pages, registered like any plugin's. */

#include "gov_portal.h"
#include "portal_priv.h"

static const gov_route_t routes[] = {
    GOV_GET("/", "public", gov_portal__home),
    GOV_GET("/{column}/", "public", gov_portal__column),
    GOV_GET("/{column}/page-{n}.html", "public", gov_portal__column_page),
    GOV_GET("/{column}/{id}.html", "public", gov_portal__document),
    GOV_GET("/{column}/feed.{format}", "public", gov_portal__column_feed),
    GOV_GET("/feed.{format}", "public", gov_portal__site_feed),
    GOV_GET("/sitemap.html", "public", gov_portal__sitemap_page),
    GOV_GET("/sitemap.xml", "public", gov_portal__sitemap_xml),
    GOV_GET("/sitemap-{n}.xml", "public", gov_portal__sitemap_part),
    GOV_GET("/robots.txt", "public", gov_portal__robots),
    GOV_GET("/.well-known/security.txt", "public", gov_portal__security_txt),
    GOV_GET("/-/preview/{token}", "public", gov_portal__preview,
            .flags = GOV_ROUTE_FRESH),
    GOV_GET("/-/preview/{token}/{asset}/{file}", "public",
            gov_portal__preview_asset, .flags = GOV_ROUTE_FRESH),
    GOV_GET("/-/health", "public", gov_portal__health),
    GOV_GET("/-/sign-in/", "public", gov_portal__sign_in, .params = "to",
            .flags = GOV_ROUTE_FRESH | GOV_ROUTE_INSIDE),
    GOV_POST("/-/sign-in/", "public", &gov_portal__sign_in_form,
             gov_portal__sign_in_post, .refill = gov_portal__sign_in_again,
             .flags = GOV_ROUTE_INSIDE),
    GOV_GET("/-/sign-in/via/{source}", "public", gov_portal__sign_in_via,
            .params = "to", .flags = GOV_ROUTE_FRESH | GOV_ROUTE_INSIDE),
    GOV_GET("/-/sign-in/factor", "session", gov_portal__factor, .params = "to"),
    GOV_POST("/-/sign-in/factor", "session", &gov_portal__factor_form,
             gov_portal__factor_post, .refill = gov_portal__factor),
    GOV_GET("/-/sign-in/enrol", "session", gov_portal__enrol, .params = "to"),
    GOV_POST("/-/sign-in/enrol", "session", &gov_portal__enrol_form,
             gov_portal__enrol_post, .refill = gov_portal__enrol),
    GOV_GET("/-/sign-in/password", "session", gov_portal__password,
            .params = "to"),
    GOV_POST("/-/sign-in/password", "session", &gov_portal__password_form,
             gov_portal__password_post, .refill = gov_portal__password),
    GOV_GET("/-/sign-out", "session", gov_portal__sign_out_page),
    GOV_POST("/-/sign-out", "session", &gov_portal__sign_out_form,
             gov_portal__sign_out, .refill = gov_portal__sign_out_page),
    GOV_GET("/-/account/", "signed-in", gov_portal__account),
    GOV_GET("/-/account/factor", "signed-in", gov_portal__renew),
    GOV_POST("/-/account/factor", "signed-in", &gov_portal__renew_form,
             gov_portal__renew_post, .refill = gov_portal__renew),
    GOV_POST("/-/account/end", "signed-in", &gov_portal__end_form,
             gov_portal__account_end, .refill = gov_portal__account),
    GOV_ROUTES_END
};

static const char *const kinds[] = {
    "account", "frame", "home", "block", "column", "document", "sitemap", "form",
    "error", NULL
};

const gov_plugin_t gov_portal_plugin = {
    .size = sizeof(gov_plugin_t), .abi_major = GOV_ABI_MAJOR,
    .abi_minor = GOV_ABI_MINOR, .name = "portal", .version = "0.1",
    .routes = routes, .page_kinds = kinds
};

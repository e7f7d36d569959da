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
    GOV_GET("/-/health", "public", gov_portal__health),
    GOV_ROUTES_END
};

static const char *const kinds[] = {
    "frame", "home", "block", "column", "document", "sitemap", "error", NULL
};

const gov_plugin_t gov_portal_plugin = {
    .size = sizeof(gov_plugin_t), .abi_major = GOV_ABI_MAJOR,
    .abi_minor = GOV_ABI_MINOR, .name = "portal", .version = "0.1",
    .routes = routes, .page_kinds = kinds
};

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* portal/portal.c -- the portal's own pages, registered like any plugin's. */

#include "gov_portal.h"
#include "portal_priv.h"

static const gov_route_t routes[] = {
    /* method path                     who       what */
    { "GET", "/", "public", gov_portal__home, NULL, NULL },
    { "GET", "/{column}/", "public", gov_portal__column, NULL, NULL },
    { "GET", "/{column}/page-{n}.html", "public", gov_portal__column_page,
      NULL, NULL },
    { "GET", "/{column}/{id}.html", "public", gov_portal__document, NULL,
      NULL },
    { "GET", "/{column}/feed.{format}", "public", gov_portal__column_feed,
      NULL, NULL },
    { "GET", "/feed.{format}", "public", gov_portal__site_feed, NULL, NULL },
    { "GET", "/sitemap.html", "public", gov_portal__sitemap_page, NULL, NULL },
    { "GET", "/sitemap.xml", "public", gov_portal__sitemap_xml, NULL, NULL },
    { "GET", "/sitemap-{n}.xml", "public", gov_portal__sitemap_part, NULL,
      NULL },
    { "GET", "/robots.txt", "public", gov_portal__robots, NULL, NULL },
    { "GET", "/.well-known/security.txt", "public", gov_portal__security_txt,
      NULL, NULL },
    { "GET", "/-/health", "public", gov_portal__health, NULL, NULL },
    { NULL, NULL, NULL, NULL, NULL, NULL }
};

static const char *const kinds[] = {
    "frame", "home", "block", "column", "document", "sitemap", "form",
    "error", NULL
};

const gov_plugin_t gov_portal_plugin = {
    .size = sizeof(gov_plugin_t), .abi_major = GOV_ABI_MAJOR,
    .abi_minor = GOV_ABI_MINOR, .name = "portal", .version = "0.1",
    .routes = routes, .page_kinds = kinds
};

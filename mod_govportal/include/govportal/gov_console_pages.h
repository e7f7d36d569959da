/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_console_pages.h
 *  @brief The console's own pages.  Floor: console.
 */
#ifndef GOV_CONSOLE_PAGES_H
#define GOV_CONSOLE_PAGES_H

#include "gov_plugin.h"

/** Handed to gov_host_create() as a built-in plugin. */
GOV_API extern const gov_plugin_t gov_console_plugin;

#endif

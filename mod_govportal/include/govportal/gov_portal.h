/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_portal.h
 *  @brief The portal's own pages: public sites.  Floor: portal.
 */
#ifndef GOV_PORTAL_H
#define GOV_PORTAL_H

#include "gov_plugin.h"

/** Handed to gov_host_create() as a built-in plugin. */
GOV_API extern const gov_plugin_t gov_portal_plugin;

#endif

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* base.c -- start of the library. */

#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>

#include "base_priv.h"

/* Both libraries set themselves up on first use, which two threads must not do
   at once; libxml2's global switches stay as other modules left them.  There
   is nothing to undo: xmlCleanupParser() would pull the library away from
   under those modules. */
gov_err_t *
gov_base_start(apr_pool_t *pool)
{
    (void)pool;
    LIBXML_TEST_VERSION
    xmlInitParser();
    xmlRelaxNGInitTypes();
    json_object_seed(0);
    return NULL;
}

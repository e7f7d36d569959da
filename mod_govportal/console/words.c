/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/words.c -- small things that all pages of the console say. */

#include <stdlib.h>
#include <string.h>

#include "console_priv.h"

const char *
gov_console__state(const gov_ctx_t *ctx, const char *state, apr_pool_t *pool)
{
    return gov_word(ctx, apr_pstrcat(pool, "console.state.", state, NULL));
}

const char *
gov_console__tone(const char *state)
{
    static const struct { const char *state, *tone; } tones[] = {
        { "live", "good" }, { "submitted", "info" }, { "reviewed", "info" },
        { "cleared", "info" }, { "scheduled", "info" }, { "returned", "warn" },
        { "denied", "bad" }, { "withdrawn", "bad" }
    };
    apr_size_t i;

    for (i = 0; i < sizeof(tones) / sizeof(tones[0]); i++)
        if (!strcmp(tones[i].state, state))
            return tones[i].tone;
    return "plain";
}

apr_int64_t
gov_console__id(const gov_req_t *req, const char *part)
{
    const char *text = gov_req_part(req, part);

    return text ? apr_atoi64(text) : 0;
}

bool
gov_console__may(const gov_ctx_t *ctx, gov_action_t action,
                 const gov_site_t *site, apr_int64_t column, apr_pool_t *pool)
{
    const gov_permit_t *permit;

    if (!column)
        return gov_permit_somewhere(ctx, action, site->id);
    return !gov_permit_get(&permit, ctx, action, site->id, column, pool);
}

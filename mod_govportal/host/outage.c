/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/outage.c -- what the log says while the database is away: a line a second
   of each process, and how many requests went without one. */

#include "host_priv.h"

#define TELL_EVERY apr_time_from_sec(1)

static bool
due(const gov_host_t *host, apr_time_t now)
{
    /* the clock may have been set back */
    return now - host->outage_told >= TELL_EVERY || now < host->outage_told;
}

bool
gov_host__outage_tell(unsigned *others, gov_host_t *host)
{
    apr_time_t now = apr_time_now();
    bool tell;

    apr_thread_mutex_lock(host->lock);
    tell = due(host, now);
    *others = tell ? host->outage_untold : 0;
    if (tell) {
        host->outage_told = now;
        host->outage_untold = 0;
    }
    else
        host->outage_untold++;
    apr_thread_mutex_unlock(host->lock);
    return tell;
}

void
gov_host__outage_settle(gov_host_t *host)
{
    unsigned others = 0;

    apr_thread_mutex_lock(host->lock);
    if (host->outage_untold && due(host, apr_time_now())) {
        others = host->outage_untold;
        host->outage_untold = 0;
    }
    apr_thread_mutex_unlock(host->lock);
    if (others)
        gov_log(GOV_LOG_WARNING, 415, "%u more requests ended with 503", others);
}

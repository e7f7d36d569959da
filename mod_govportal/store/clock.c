/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* clock.c -- time for deadlines, and chance for back-off. */

#include <time.h>

#include "gov_time.h"
#include "store_priv.h"

/* Deadlines are not a matter of the calendar: an operator who sets the clock
   must not end a lease or a back-off, so this is not gov_now(). */
apr_time_t
gov_store__mono(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (apr_time_t)ts.tv_sec * APR_USEC_PER_SEC + ts.tv_nsec / 1000;
}

unsigned
gov_store__random(gov_store_t *store, unsigned limit)
{
    unsigned number = 0;

    store->clock->random(store->clock->baton, (unsigned char *)&number,
                         sizeof(number));
    return number % limit;
}

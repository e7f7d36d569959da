/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/writer/main.c

   writer CONFIGURATION PORT fresh TRIES SITE COLUMN
   writer CONFIGURATION PORT batch COUNT

   Writes through libgovportal, as govctl does, on the node whose httpd listens
   on PORT, and reads over HTTP, as everybody does. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gov_console_pages.h"
#include "gov_portal.h"
#include "gov_time.h"
#include "writer.h"

void
check(gov_err_t *err, apr_pool_t *pool)
{
    if (!err)
        return;
    fprintf(stderr, "writer: %s\n", gov_err_chain(err, pool));
    exit(1);
}

double
seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

double
part_of(double *times, int count, double part)
{
    int at = (int)(part * count);

    qsort(times, (size_t)count, sizeof(double), by_size);
    return times[at < count ? at : count - 1];
}

void
figure(const char *name, double value, const char *unit, double baseline)
{
    printf("%s %.6g %s", name, value, unit);
    if (baseline < 0)
        printf(" - -\n");
    else if (baseline == 0)
        printf(" 0 -\n");
    else
        printf(" %.6g %.3f\n", baseline, value / baseline);
    fflush(stdout);
}

int
main(int argc, const char *const *argv)
{
    static const gov_plugin_t *const builtin[] = { &gov_portal_plugin,
                                                   &gov_console_plugin, NULL };
    const gov_actor_t *actor;
    gov_config_t *config;
    gov_host_t *host;
    writer_t writer;

    if (argc < 5)
        return 2;
    apr_initialize();
    apr_pool_create(&writer.pool, NULL);
    config = gov_config_create(writer.pool);
    check(gov_config_read(config, argv[1], writer.pool), writer.pool);
    check(gov_host_create(&host, config, builtin, gov_clock_real(),
                          writer.pool), writer.pool);
    check(gov_host_start(host, false, writer.pool), writer.pool);
    check(gov_actor_operator(&actor, writer.pool), writer.pool);
    check(gov_host_ctx(&writer.ctx, host, actor, writer.pool), writer.pool);
    check(gov_permit_get(&writer.permit, writer.ctx, GOV_ACTION_IMPORT, 0, 0,
                         writer.pool), writer.pool);
    writer.port = atoi(argv[2]);
    if (!strcmp(argv[3], "fresh") && argc == 7)
        fresh(&writer, argv[5], argv[6], atoi(argv[4]));
    else if (!strcmp(argv[3], "batch"))
        batch(&writer, atoi(argv[4]));
    else
        return 2;
    apr_pool_destroy(writer.pool);
    return 0;
}

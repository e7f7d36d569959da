/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/load/times.c -- how long answers took, in buckets. */

#include "load.h"

static int
bucket_of(nanos_t micros)
{
    int high;

    if (micros < 128)
        return micros < 0 ? 0 : (int)micros;
    high = 63 - __builtin_clzll((unsigned long long)micros);
    if (high > 30)
        return BUCKETS - 1;
    return 128 + (high - 7) * 64 + (int)((micros >> (high - 6)) & 63);
}

static double
micros_of(int bucket)
{
    int high;

    if (bucket < 128)
        return bucket;
    high = 7 + (bucket - 128) / 64;
    return (double)((64LL + (bucket - 128) % 64) << (high - 6))
        + (double)(1LL << (high - 6)) / 2;
}

void
times_add(times_t *times, nanos_t nanos)
{
    times->count[bucket_of(nanos / 1000)]++;
    times->total++;
    if (nanos > times->max)
        times->max = nanos;
}

double
times_percentile(const times_t *times, double part)
{
    double want = part * (double)times->total;
    long sum = 0;
    int i;

    for (i = 0; i < BUCKETS; i++) {
        sum += times->count[i];
        if (sum && (double)sum >= want)
            return micros_of(i);
    }
    return 0;
}

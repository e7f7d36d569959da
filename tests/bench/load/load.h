/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/load/load.h -- what the parts of gov_load share. */

#ifndef LOAD_H
#define LOAD_H

#include <sys/types.h>
#include <time.h>

typedef long long nanos_t;

#define MILLION 1000000LL
#define BILLION 1000000000LL

/* 128 buckets of 1 us, then 64 for each doubling: within 1.6 % of the truth. */
#define BUCKETS (128 + 64 * 24)

typedef struct times_t {
    unsigned count[BUCKETS];
    long total;
    nanos_t max;
} times_t;

void times_add(times_t *times, nanos_t nanos);
/* In microseconds; PART between 0 and 1. */
double times_percentile(const times_t *times, double part);

#define SERVER_PIDS 64

typedef struct server_t {
    const char *name;
    pid_t pid;
    int pids[SERVER_PIDS];
    nanos_t spent[SERVER_PIDS];
    int count;
} server_t;

/* Remember what the process and its children have used so far. */
void server_look(server_t *server);
/* Seconds since the last look; looks again. */
double server_spent(server_t *server);

#endif

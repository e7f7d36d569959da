/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/load/server.c -- the CPU time of a process and its children. */

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"

static nanos_t
cpu_of(pid_t pid)
{
    clockid_t id;
    struct timespec t;

    if (clock_getcpuclockid(pid, &id) || clock_gettime(id, &t))
        return 0;
    return t.tv_sec * BILLION + t.tv_nsec;
}

static int
parent_of(const char *pid)
{
    char file[64], text[512], *at;
    size_t len = 0;
    FILE *in;

    snprintf(file, sizeof(file), "/proc/%.20s/stat", pid);
    in = fopen(file, "r");
    if (in) {
        len = fread(text, 1, sizeof(text) - 1, in);
        fclose(in);
    }
    text[len] = '\0';
    at = strrchr(text, ')');      /* "12 (name) S PPID" */
    return at && strlen(at) > 4 ? atoi(at + 4) : 0;
}

void
server_look(server_t *w)
{
    DIR *proc = opendir("/proc");
    struct dirent *entry;

    w->count = 1;
    w->pids[0] = w->pid;
    while (proc && (entry = readdir(proc)))
        if (isdigit((unsigned char)entry->d_name[0]) && w->count < SERVER_PIDS
            && parent_of(entry->d_name) == w->pid)
            w->pids[w->count++] = atoi(entry->d_name);
    if (proc)
        closedir(proc);
    for (int i = 0; i < w->count; i++)
        w->spent[i] = cpu_of(w->pids[i]);
}

double
server_spent(server_t *w)
{
    server_t before = *w;
    nanos_t sum = 0;

    server_look(w);
    for (int i = 0; i < w->count; i++) {
        sum += w->spent[i];
        for (int k = 0; k < before.count; k++)
            if (before.pids[k] == w->pids[i])
                sum -= before.spent[k];
    }
    return (double)sum / BILLION;
}

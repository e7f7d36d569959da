/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/load/gov_load.c -- readers on kept connections, and what they cost.

   gov_load [-c CONNECTIONS] [-d SECONDS | -o] [-s SLICE_MS] [-t THINK_MS]
            [-p NAME=PID]... FILE

   FILE has one request a line, fields separated by tabs:

       group  address:port  METHOD  /path  status  Header: value ...

   The groups take turns, a slice of time each, so that what else happens on the
   machine happens to all of them; each has its own CONNECTIONS (64).  -o: ask
   for every line once, group after group.  -t: each reader waits so long from
   an answer to its next question.  -p: the CPU time of that process and its
   children is taken at the borders of the slices.

   TERM ends it early.  Writes one JSON object; status 1 when any answer had another
   status. */

#include <apr_general.h>
#include <apr_strings.h>
#include <apr_tables.h>
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "load.h"

#define HEAD_MAX 8192
#define WATCHED_MAX 4
#define DRAIN_MAX (10 * BILLION)

typedef struct target_t {
    const char *text;             /* the request */
    size_t len;
    int status;
    bool no_body;                 /* HEAD */
    int line;
} target_t;

typedef struct slice_t {
    long requests;
    double seconds, at;
    double cpu[WATCHED_MAX];
    double p50, p95;
} slice_t;

typedef struct group_t {
    const char *name;
    struct sockaddr_in address;
    apr_array_header_t *targets;  /* target_t */
    apr_array_header_t *slices;   /* slice_t */
    int next;
    struct conn_t *conns;
    long requests, errors, reconnects;
    long long bytes;
    double seconds, cpu[WATCHED_MAX];
    times_t times;
} group_t;

typedef struct conn_t {
    int fd;                       /* -1: not connected */
    group_t *group;
    const target_t *target;       /* NULL: idle */
    size_t sent;
    long long left;               /* of the body; -1: still in the head */
    int answers;                  /* on this connection */
    bool closing;
    nanos_t began, due;
    int head_len;
    char head[HEAD_MAX];
} conn_t;

static int connections = 64, poller, busy;
static nanos_t think;
static bool once, going;
static volatile sig_atomic_t ending;
static server_t watched[WATCHED_MAX];
static int watched_count;
static times_t slice_times;
static char input[256 * 1024];

static void
end_soon(int signal_number)
{
    (void)signal_number;
    ending = 1;
}

static nanos_t
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * BILLION + t.tv_nsec;
}

static void
die(const char *what)
{
    fprintf(stderr, "gov_load: %s: %s\n", what, strerror(errno));
    exit(2);
}

/* --- connections --------------------------------------------------------- */

static void
open_conn(conn_t *c)
{
    struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP,
                                 .data.ptr = c };
    int yes = 1;

    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&c->group->address,
                             sizeof(c->group->address)))
        die("connect");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    if (epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &event))
        die("epoll_ctl");
    c->answers = 0;
    c->closing = false;
}

static void
close_conn(conn_t *c)
{
    if (c->fd >= 0)
        close(c->fd);
    c->fd = -1;
}

/* Requests are small: they always fit into the socket's buffer. */
static bool
send_request(conn_t *c)
{
    c->left = -1;
    c->head_len = 0;
    return send(c->fd, c->target->text, c->target->len, MSG_NOSIGNAL)
        == (ssize_t)c->target->len;
}

static void
begin(conn_t *c)
{
    group_t *group = c->group;

    if (!going || (once && group->next >= group->targets->nelts))
        return;
    c->target = &APR_ARRAY_IDX(group->targets, group->next, target_t);
    group->next++;
    if (!once && group->next >= group->targets->nelts)
        group->next = 0;
    busy++;
    c->began = now();
    if (c->fd < 0)
        open_conn(c);
    if (!send_request(c)) {       /* closed while it was idle */
        close_conn(c);
        group->reconnects++;
        open_conn(c);
        if (!send_request(c))
            die("send");
    }
}

static void
finish(conn_t *c, bool good, const char *why)
{
    group_t *group = c->group;
    nanos_t took = now() - c->began;

    if (!good && group->errors++ < 5)
        fprintf(stderr, "gov_load: line %d: %s: %.*s\n", c->target->line, why,
                (int)strcspn(c->target->text, "\r"), c->target->text);
    times_add(&group->times, took);
    times_add(&slice_times, took);
    group->requests++;
    c->answers++;
    c->target = NULL;
    busy--;
    if (c->closing)
        close_conn(c);
    c->due = think ? now() + think : 0;
    if (!think)
        begin(c);
}

/* The head is whole at c->head, zero-terminated. */
static bool
read_head(conn_t *c, int *status)
{
    char *line = c->head;

    *status = strlen(line) > 12 ? atoi(line + 9) : 0;
    c->left = c->target->no_body || *status == 304 ? 0 : -1;
    while ((line = strstr(line, "\r\n")) && line[2] != '\r') {
        line += 2;
        if (c->left < 0 && !strncasecmp(line, "Content-Length:", 15))
            c->left = strtoll(line + 15, NULL, 10);
        else if (!strncasecmp(line, "Connection: close", 17))
            c->closing = true;
    }
    return c->left >= 0;
}

static void
take(conn_t *c, const char *data, ssize_t len)
{
    const target_t *target = c->target;
    int status = target->status;
    char why[64];

    c->group->bytes += len;
    if (c->left < 0) {
        int old = c->head_len, room = HEAD_MAX - 1 - old;
        int more = len < room ? (int)len : room;
        char *end;

        memcpy(c->head + old, data, (size_t)more);
        c->head_len += more;
        c->head[c->head_len] = '\0';
        end = strstr(c->head, "\r\n\r\n");
        if (!end) {
            if (more == room)
                die("head too long");
            return;
        }
        len -= end + 4 - c->head - old;
        end[2] = '\0';
        if (!read_head(c, &status)) {
            c->closing = true;
            finish(c, false, "an answer without Content-Length");
            return;
        }
        snprintf(why, sizeof(why), "status %d", status);
        if (status != target->status) {
            c->closing = true;    /* its body does not matter */
            finish(c, false, why);
            return;
        }
    }
    c->left -= len;
    if (c->left < 0) {
        c->closing = true;
        finish(c, false, "more bytes than announced");
    }
    else if (c->left == 0)
        finish(c, true, NULL);
}

static void
readable(conn_t *c)
{
    ssize_t len = recv(c->fd, input, sizeof(input), MSG_DONTWAIT);

    if (len > 0 && c->target) {
        take(c, input, len);
        return;
    }
    if (len < 0 && errno == EAGAIN)
        return;
    close_conn(c);
    if (!c->target)
        return;
    /* a kept connection may be closed just as a request is on its way */
    if (c->left < 0 && !c->head_len && c->answers) {
        c->group->reconnects++;
        open_conn(c);
        if (send_request(c))
            return;
    }
    finish(c, false, "connection closed");
}

/* --- slices -------------------------------------------------------------- */

static void
start_due(group_t *group)
{
    nanos_t t = now();

    for (int i = 0; i < connections; i++)
        if (!group->conns[i].target && group->conns[i].due <= t)
            begin(&group->conns[i]);
}

static bool
finished(const group_t *group, nanos_t end)
{
    return ending
        || (once ? group->next >= group->targets->nelts : now() >= end);
}

static void
run_slice(group_t *group, nanos_t length, nanos_t origin)
{
    struct epoll_event events[256];
    slice_t slice = { 0 };
    long before = group->requests;
    nanos_t began, end, last;

    memset(&slice_times, 0, sizeof(slice_times));
    for (int i = 0; i < watched_count; i++)
        server_look(&watched[i]);
    began = now();
    end = began + length;
    going = true;
    for (int i = 0; i < connections; i++)   /* readers do not march in step */
        group->conns[i].due = think ? began + think * i / connections : 0;
    start_due(group);
    for (last = 0; busy || going;) {
        int ready = epoll_wait(poller, events, 256, think && going ? 1 : 50);

        for (int i = 0; i < ready; i++)
            readable(events[i].data.ptr);
        if (going && think)
            start_due(group);
        if (going && finished(group, end)) {
            going = false;
            last = now() + DRAIN_MAX;
        }
        if (!going && busy && now() > last) {
            errno = ETIMEDOUT;
            die("answers still missing");
        }
    }
    slice.seconds = (double)(now() - began) / BILLION;
    slice.at = (double)(began - origin) / BILLION;
    slice.requests = group->requests - before;
    slice.p50 = times_percentile(&slice_times, 0.5);
    slice.p95 = times_percentile(&slice_times, 0.95);
    for (int i = 0; i < watched_count; i++) {
        slice.cpu[i] = server_spent(&watched[i]);
        group->cpu[i] += slice.cpu[i];
    }
    group->seconds += slice.seconds;
    APR_ARRAY_PUSH(group->slices, slice_t) = slice;
}

/* --- input and output ---------------------------------------------------- */

static group_t *
group_named(apr_array_header_t *groups, const char *name, const char *address,
            apr_pool_t *pool)
{
    char *host = apr_pstrdup(pool, address), *colon = strrchr(host, ':');
    group_t *group;

    for (int i = 0; i < groups->nelts; i++) {
        group = APR_ARRAY_IDX(groups, i, group_t *);
        if (!strcmp(group->name, name))
            return group;
    }
    group = apr_pcalloc(pool, sizeof(*group));
    group->name = apr_pstrdup(pool, name);
    group->targets = apr_array_make(pool, 64, sizeof(target_t));
    group->slices = apr_array_make(pool, 64, sizeof(slice_t));
    group->address.sin_family = AF_INET;
    errno = EINVAL;
    if (!colon)
        die(address);
    *colon = '\0';
    group->address.sin_port = htons((unsigned short)atoi(colon + 1));
    if (inet_pton(AF_INET, host, &group->address.sin_addr) != 1)
        die(address);
    group->conns = apr_pcalloc(pool, sizeof(conn_t) * (size_t)connections);
    for (int i = 0; i < connections; i++) {
        group->conns[i].fd = -1;
        group->conns[i].group = group;
    }
    APR_ARRAY_PUSH(groups, group_t *) = group;
    return group;
}

static void
read_line(apr_array_header_t *groups, char *line, int number, apr_pool_t *pool)
{
    char *field[5], *header, *last = NULL;
    target_t target = { .line = number };
    char *text;

    line[strcspn(line, "\n")] = '\0';
    if (!*line || *line == '#')
        return;
    for (int i = 0; i < 5; i++) {
        field[i] = apr_strtok(i ? NULL : line, "\t", &last);
        errno = EINVAL;
        if (!field[i])
            die("a line with too few fields");
    }
    text = apr_pstrcat(pool, field[2], " ", field[3], " HTTP/1.1\r\n", NULL);
    while ((header = apr_strtok(NULL, "\t", &last)))
        text = apr_pstrcat(pool, text, header, "\r\n", NULL);
    target.text = apr_pstrcat(pool, text, "\r\n", NULL);
    target.len = strlen(target.text);
    target.no_body = !strcmp(field[2], "HEAD");
    target.status = atoi(field[4]);
    APR_ARRAY_PUSH(group_named(groups, field[0], field[1], pool)->targets,
                   target_t) = target;
}

static void
write_cpu(const double *cpu)
{
    printf("\"cpu\":{");
    for (int i = 0; i < watched_count; i++)
        printf("%s\"%s\":%.6f", i ? "," : "", watched[i].name, cpu[i]);
    printf("}");
}

static void
write_group(const group_t *group)
{
    printf("{\"name\":\"%s\",\"requests\":%ld,\"errors\":%ld,"
           "\"reconnects\":%ld,\"bytes\":%lld,\"seconds\":%.3f,"
           "\"p50_us\":%.1f,\"p95_us\":%.1f,\"p99_us\":%.1f,\"max_us\":%.1f,",
           group->name, group->requests, group->errors, group->reconnects,
           group->bytes, group->seconds, times_percentile(&group->times, 0.5),
           times_percentile(&group->times, 0.95),
           times_percentile(&group->times, 0.99),
           (double)group->times.max / 1000);
    write_cpu(group->cpu);
    printf(",\"slices\":[");
    for (int i = 0; i < group->slices->nelts; i++) {
        const slice_t *slice = &APR_ARRAY_IDX(group->slices, i, slice_t);

        printf("%s{\"at\":%.3f,\"requests\":%ld,\"seconds\":%.3f,"
               "\"p50_us\":%.1f,\"p95_us\":%.1f,", i ? "," : "", slice->at,
               slice->requests, slice->seconds, slice->p50, slice->p95);
        write_cpu(slice->cpu);
        printf("}");
    }
    printf("]}");
}

static void
watch(char *text)
{
    char *equals = strchr(text, '=');

    errno = EINVAL;
    if (!equals || watched_count == WATCHED_MAX || atoi(equals + 1) <= 0)
        die("-p NAME=PID");
    *equals = '\0';
    watched[watched_count].name = text;
    watched[watched_count++].pid = atoi(equals + 1);
}

int
main(int argc, char **argv)
{
    nanos_t length = 500 * MILLION, whole = 10 * BILLION, origin;
    apr_array_header_t *groups;
    apr_pool_t *pool;
    char line[16384];
    int option, number = 0;
    long errors = 0;
    FILE *in;

    while ((option = getopt(argc, argv, "c:d:os:t:p:")) != -1)
        switch (option) {
        case 'c': connections = atoi(optarg); break;
        case 'd': whole = (nanos_t)(atof(optarg) * BILLION); break;
        case 'o': once = true; break;
        case 's': length = atoi(optarg) * MILLION; break;
        case 't': think = (nanos_t)(atof(optarg) * MILLION); break;
        case 'p': watch(optarg); break;
        default: return 2;
        }
    apr_initialize();
    apr_pool_create(&pool, NULL);
    in = optind < argc ? fopen(argv[optind], "r") : NULL;
    if (!in)
        die(optind < argc ? argv[optind] : "which FILE");
    poller = epoll_create1(EPOLL_CLOEXEC);
    groups = apr_array_make(pool, 8, sizeof(group_t *));
    while (fgets(line, sizeof(line), in))
        read_line(groups, line, ++number, pool);
    fclose(in);
    signal(SIGTERM, end_soon);
    origin = now();
    do {
        for (int i = 0; i < groups->nelts; i++)
            run_slice(APR_ARRAY_IDX(groups, i, group_t *), length, origin);
    } while (!once && !ending && now() - origin < whole);
    printf("{\"connections\":%d,\"groups\":[", connections);
    for (int i = 0; i < groups->nelts; i++) {
        printf("%s", i ? "," : "");
        write_group(APR_ARRAY_IDX(groups, i, group_t *));
        errors += APR_ARRAY_IDX(groups, i, group_t *)->errors;
    }
    printf("]}\n");
    return errors > 0;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* scanner.c -- asking clamd about a file (clamd(8), INSTREAM).
 *
 * Fails closed: whatever is no clear answer is UNAVAILABLE. */

#include <apr_file_io.h>
#include <apr_network_io.h>
#include <apr_portable.h>
#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "gov_upload.h"

#define PATIENCE apr_time_from_sec(60)
#define CHUNK (64 * 1024)

gov_err_t *
gov_scanner_parse(gov_scanner_t *scanner, const char *text, apr_pool_t *pool)
{
    gov_scanner_t parsed = { .path = NULL };
    char *host, *scope;
    apr_port_t port;

    if (!strncmp(text, "unix:/", 6)) {
        parsed.path = apr_pstrdup(pool, text + 5);
        *scanner = parsed;
        return NULL;
    }
    if (apr_parse_addr_port(&host, &scope, &port, text, pool) || !host || scope
        || !port)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "\"%s\" is neither unix:/PATH nor HOST:PORT", text);
    parsed.host = host;
    parsed.port = port;
    *scanner = parsed;
    return NULL;
}

typedef struct talk_t {
    apr_socket_t *socket;
    int fd;
    int patience;                 /* milliseconds */
    apr_pool_t *pool;
} talk_t;

static gov_err_t *
no_answer(apr_status_t rv, apr_pool_t *pool)
{
    return gov_err(GOV_E_UNAVAILABLE,
                   rv ? gov_err_apr(rv, pool, "its socket") : NULL, pool,
                   "the virus scanner does not answer");
}

static apr_status_t
close_socket(void *socket)
{
    return apr_socket_close(socket);
}

static gov_err_t *
dial(talk_t *talk, const gov_scanner_t *scanner, apr_pool_t *pool)
{
    apr_interval_time_t patience = scanner->patience ? scanner->patience
                                                     : PATIENCE;
    apr_sockaddr_t *address;
    apr_status_t rv;

    if (scanner->path)
        rv = apr_sockaddr_info_get(&address, scanner->path, APR_UNIX, 0, 0,
                                   pool);
    else
        rv = apr_sockaddr_info_get(&address, scanner->host, APR_UNSPEC,
                                   (apr_port_t)scanner->port, 0, pool);
    if (!rv)
        rv = apr_socket_create(&talk->socket, address->family, SOCK_STREAM, 0,
                               pool);
    if (rv)
        return no_answer(rv, pool);
    apr_pool_cleanup_register(pool, talk->socket, close_socket,
                              apr_pool_cleanup_null);
    apr_socket_timeout_set(talk->socket, patience);
    rv = apr_socket_connect(talk->socket, address);
    if (rv)
        return no_answer(rv, pool);
    apr_os_sock_get(&talk->fd, talk->socket);
    talk->patience = (int)(patience / 1000);
    talk->pool = pool;
    return NULL;
}

/* Without SIGPIPE, which APR's own writing may raise.  *GONE: it takes no more,
   which it does when it has made up its mind. */
static gov_err_t *
say(bool *gone, const talk_t *talk, const void *data, apr_size_t len)
{
    const char *at = data;

    while (len > 0 && !*gone) {
        struct pollfd wait = { talk->fd, POLLOUT, 0 };
        ssize_t sent = send(talk->fd, at, len, MSG_NOSIGNAL);

        if (sent > 0) {
            at += sent;
            len -= (apr_size_t)sent;
        }
        else if (sent < 0 && (errno == EPIPE || errno == ECONNRESET))
            *gone = true;
        else if (sent < 0 && errno != EAGAIN && errno != EINTR)
            return no_answer(errno, talk->pool);
        else if (poll(&wait, 1, talk->patience) == 0)
            return no_answer(APR_TIMEUP, talk->pool);
    }
    return NULL;
}

static gov_err_t *
send_file(const talk_t *talk, const char *name)
{
    char *chunk = apr_palloc(talk->pool, CHUNK);
    apr_uint32_t size = 1;
    apr_file_t *file;
    apr_status_t rv;
    bool gone = false;

    rv = apr_file_open(&file, name, APR_FOPEN_READ | APR_FOPEN_BINARY,
                       APR_FPROT_OS_DEFAULT, talk->pool);
    if (rv)
        return gov_err_apr(rv, talk->pool, "cannot be opened");
    GOV_TRY(say(&gone, talk, "zINSTREAM", sizeof("zINSTREAM")));
    while (size != 0 && !gone) {
        apr_size_t len;

        rv = apr_file_read_full(file, chunk, CHUNK, &len);
        if (rv && !APR_STATUS_IS_EOF(rv))
            return gov_err_apr(rv, talk->pool, "cannot be read");
        size = htonl((apr_uint32_t)len);
        GOV_TRY(say(&gone, talk, &size, sizeof(size)));
        GOV_TRY(say(&gone, talk, chunk, len));
    }
    apr_file_close(file);
    return NULL;
}

/* The first line of what it says; ANSWER is empty if it said nothing. */
static void
hear(char *answer, apr_size_t size, const talk_t *talk)
{
    apr_size_t at = 0, len;
    apr_status_t rv = APR_SUCCESS;

    while (!rv && at < size - 1 && !memchr(answer, '\0', at)) {
        len = size - 1 - at;
        rv = apr_socket_recv(talk->socket, answer + at, &len);
        at += len;
    }
    answer[at] = '\0';
    answer[strcspn(answer, "\n")] = '\0';
}

static gov_err_t *
says(const char *answer, apr_pool_t *pool)
{
    return gov_err(GOV_E_UNAVAILABLE, NULL, pool, "the virus scanner says: %s",
                   *answer ? answer : "nothing");
}

/* "stream: OK", "stream: NAME FOUND", all else is no answer. */
static gov_err_t *
read_answer(const char **virus, const talk_t *talk)
{
    char answer[512];
    apr_size_t len;

    hear(answer, sizeof(answer), talk);
    len = strlen(answer);
    if (!strcmp(answer, "stream: OK")) {
        *virus = NULL;
        return NULL;
    }
    if (!strncmp(answer, "stream: ", 8) && len > 14
        && !strcmp(answer + len - 6, " FOUND")) {
        answer[len - 6] = '\0';
        *virus = apr_pstrdup(talk->pool, answer + 8);
        return NULL;
    }
    return says(answer, talk->pool);
}

static gov_err_t *
ping(const talk_t *talk)
{
    bool gone = false;
    char answer[64];

    GOV_TRY(say(&gone, talk, "zPING", sizeof("zPING")));
    hear(answer, sizeof(answer), talk);
    return strcmp(answer, "PONG") ? says(answer, talk->pool) : NULL;
}

gov_err_t *
gov_scanner_ping(const gov_scanner_t *scanner, apr_pool_t *pool)
{
    apr_pool_t *scratch;
    gov_err_t *err;
    talk_t talk;

    apr_pool_create(&scratch, pool);
    err = dial(&talk, scanner, scratch);
    if (!err)
        err = ping(&talk);
    if (err)
        err = gov_err_dup(err, pool);
    apr_pool_destroy(scratch);
    return err;
}

gov_err_t *
gov_scan(const char **virus, const gov_scanner_t *scanner, const char *file,
         apr_pool_t *pool)
{
    const char *found = NULL;
    apr_pool_t *scratch;
    gov_err_t *err;
    talk_t talk;

    apr_pool_create(&scratch, pool);
    err = dial(&talk, scanner, scratch);
    if (!err)
        err = send_file(&talk, file);
    if (!err)
        err = read_answer(&found, &talk);
    if (err)
        err = gov_err_dup(err, pool);
    else
        *virus = apr_pstrdup(pool, found);
    apr_pool_destroy(scratch);
    return err;
}

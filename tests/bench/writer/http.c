/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/writer/http.c -- asking for a page, and reading it, as two steps: so
   that many are asked for at the same moment. */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "writer.h"

#define HEAD_MAX 8192

static void
give_up(const char *what)
{
    perror(what);
    exit(1);
}

void
http_open(http_t *http, const char *host, int port)
{
    struct sockaddr_in address;
    struct timeval patience = { 5, 0 };
    int yes = 1;

    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_port = htons((unsigned short)port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    http->host = host;
    http->port = port;
    http->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (http->fd < 0 || connect(http->fd, (struct sockaddr *)&address,
                                sizeof(address)))
        give_up("connect");
    setsockopt(http->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    setsockopt(http->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
}

void
http_ask(http_t *http, const char *path, apr_pool_t *pool)
{
    const char *text = apr_pstrcat(pool, "GET ", path, " HTTP/1.1\r\nHost: ",
                                   http->host, "\r\n\r\n", NULL);
    struct pollfd idle = { .fd = http->fd, .events = POLLIN };

    /* something to read before the question: httpd closed it meanwhile */
    if (poll(&idle, 1, 0) > 0) {
        close(http->fd);
        http_open(http, http->host, http->port);
    }
    if (send(http->fd, text, strlen(text), MSG_NOSIGNAL)
        != (ssize_t)strlen(text))
        give_up("send");
}

void
http_answer(int *status, const char **body, http_t *http, apr_pool_t *pool)
{
    char head[HEAD_MAX], *end = NULL, *line;
    size_t have = 0, len, more;
    ssize_t got;
    char *text;

    while (!end) {
        got = recv(http->fd, head + have, sizeof(head) - 1 - have, 0);
        if (got <= 0)
            give_up("answer");
        have += (size_t)got;
        head[have] = '\0';
        end = strstr(head, "\r\n\r\n");
        if (!end && have == sizeof(head) - 1)
            give_up("head too long");
    }
    *status = atoi(head + 9);
    line = strcasestr(head, "\r\nContent-Length:");
    if (!line || line > end)
        give_up("an answer without Content-Length");
    len = strtoul(line + 17, NULL, 10);
    more = have - (size_t)(end + 4 - head);
    text = apr_palloc(pool, len + 1);
    memcpy(text, end + 4, more);
    while (more < len) {
        got = recv(http->fd, text + more, len - more, 0);
        if (got <= 0)
            give_up("body");
        more += (size_t)got;
    }
    text[len] = '\0';
    *body = text;
    line = strcasestr(head, "\r\nConnection: close");
    if (line && line < end) {
        close(http->fd);
        http_open(http, http->host, http->port);
    }
}

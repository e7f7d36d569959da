/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The virus scanner, played by a thread that speaks clamd's protocol.  tests/
   security/clamd.sh asks a real one. */

#include <apr_network_io.h>
#include <apr_thread_proc.h>
#include <arpa/inet.h>
#include <stdio.h>

#include "gov_upload.h"
#include "gov_test.h"

/* The harmless test file that all scanners know (EICAR), in halves, so that no
   scanner finds it here. */
#define EICAR_1 "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD"
#define EICAR_2 "-ANTIVIRUS-TEST-FILE!$H+H*"

typedef struct clamd_t {
    gov_test_t *t;
    gov_scanner_t scanner;
    apr_socket_t *listener;
    apr_thread_t *thread;
    const char *answer;           /* instead of the true one; "" hangs up */
    bool hang;                    /* say nothing and wait for the other */
    bool early;                   /* answer without reading on */
    apr_pool_t *pool;
    apr_size_t got;
} clamd_t;

static bool
read_all(apr_socket_t *socket, void *data, apr_size_t len)
{
    char *at = data;

    while (len > 0) {
        apr_size_t n = len;

        if (apr_socket_recv(socket, at, &n) || n == 0)
            return false;
        at += n;
        len -= n;
    }
    return true;
}

static void *APR_THREAD_FUNC
serve(apr_thread_t *thread, void *baton)
{
    clamd_t *c = baton;
    apr_socket_t *client;
    static char data[1 << 20];
    char command[10];
    apr_uint32_t size = 1;
    const char *answer = c->answer;
    apr_size_t len;

    if (apr_socket_accept(&client, c->listener, c->pool))
        return NULL;
    if (!read_all(client, command, 10) || memcmp(command, "zINSTREAM", 10) != 0)
        answer = "UNKNOWN COMMAND";
    else if (!c->early)
        while (size && read_all(client, &size, 4)) {
            size = ntohl(size);
            if (c->got + size > sizeof(data)
                || !read_all(client, data + c->got, size))
                break;
            c->got += size;
        }
    if (!answer)
        answer = memmem(data, c->got, EICAR_1 EICAR_2,
                        sizeof(EICAR_1 EICAR_2) - 1)
            ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
    len = strlen(answer) + 1;
    if (c->hang)
        read_all(client, command, 1);
    else if (len > 1)
        apr_socket_send(client, answer, &len);
    apr_socket_close(client);
    (void)thread;
    return NULL;
}

static clamd_t *
clamd(gov_test_t *t, const char *answer)
{
    clamd_t *c = apr_pcalloc(t->pool, sizeof(*c));
    apr_sockaddr_t *address;

    c->t = t;
    c->answer = answer;
    apr_pool_create(&c->pool, t->pool);
    assert_int_equal(apr_sockaddr_info_get(&address, "127.0.0.1", APR_INET, 0,
                                           0, t->pool), 0);
    assert_int_equal(apr_socket_create(&c->listener, APR_INET, SOCK_STREAM, 0,
                                       t->pool), 0);
    assert_int_equal(apr_socket_bind(c->listener, address), 0);
    assert_int_equal(apr_socket_listen(c->listener, 1), 0);
    assert_int_equal(apr_socket_addr_get(&address, APR_LOCAL, c->listener), 0);
    c->scanner.host = "127.0.0.1";
    c->scanner.port = address->port;
    return c;
}

static gov_err_t *
ask(clamd_t *c, const char **virus, const char *file)
{
    apr_status_t rv;
    gov_err_t *err;

    assert_int_equal(apr_thread_create(&c->thread, NULL, serve, c, c->pool), 0);
    err = gov_scan(virus, &c->scanner, file, c->t->pool);
    apr_thread_join(&rv, c->thread);
    apr_socket_close(c->listener);
    return err;
}

static void
a_clean_file_is_clean_and_a_virus_has_a_name(void **state)
{
    gov_test_t *t = *state;
    const char *virus = "?";
    clamd_t *c = clamd(t, NULL);

    assert_ok(ask(c, &virus, gov_test_write(t, "a", "hello")));
    assert_null(virus);
    assert_int_equal(c->got, 5);
    assert_ok(ask(clamd(t, NULL), &virus,
                  gov_test_write(t, "b", EICAR_1 EICAR_2)));
    assert_string_equal(virus, "Eicar-Test-Signature");
}

static void
a_file_of_many_chunks_arrives_whole(void **state)
{
    gov_test_t *t = *state;
    apr_size_t size = 300001;
    char *data = apr_pcalloc(t->pool, size);
    const char *virus;
    clamd_t *c = clamd(t, NULL);

    memcpy(data + 131000, EICAR_1 EICAR_2, sizeof(EICAR_1 EICAR_2) - 1);
    assert_ok(ask(c, &virus, gov_test_write_bytes(t, "a", data, size)));
    assert_int_equal(c->got, size);
    assert_non_null(virus);
}

static void
whatever_is_no_clear_answer_refuses(void **state)
{
    static const char *const answers[] = {
        "", "stream: ", "stream: FOUND", "stream:  FOUND", "OK",
        "stream: OK FOUND?", "INSTREAM size limit exceeded. ERROR",
        "stream: x ERROR", "stream: OKAY"
    };
    gov_test_t *t = *state;
    const char *virus = "?", *file = gov_test_write(t, "a", "hello");
    size_t i;

    for (i = 0; i < sizeof(answers) / sizeof(*answers); i++)
        assert_err(GOV_E_UNAVAILABLE, ask(clamd(t, answers[i]), &virus, file));
    assert_string_equal(virus, "?");
}

static void
one_that_says_nothing_is_not_waited_for(void **state)
{
    gov_test_t *t = *state;
    clamd_t *c = clamd(t, NULL);
    const char *virus;

    c->hang = true;
    c->scanner.patience = apr_time_from_msec(50);
    assert_err(GOV_E_UNAVAILABLE, ask(c, &virus,
                                      gov_test_write(t, "a", "hello")));
}

static void
one_that_hangs_up_over_a_large_file_refuses(void **state)
{
    gov_test_t *t = *state;
    apr_size_t size = 8 << 20;
    clamd_t *c = clamd(t, "INSTREAM size limit exceeded. ERROR");
    const char *virus;

    c->early = true;
    assert_err(GOV_E_UNAVAILABLE,
               ask(c, &virus, gov_test_write_bytes(
                       t, "a", apr_pcalloc(t->pool, size), size)));
}

static void
one_that_is_not_there_refuses(void **state)
{
    gov_test_t *t = *state;
    gov_scanner_t nowhere = { .path = "/nowhere/clamd.ctl" };
    const char *virus, *file = gov_test_write(t, "a", "x");

    assert_err(GOV_E_UNAVAILABLE, gov_scan(&virus, &nowhere, file, t->pool));
    assert_err(GOV_E_NOT_FOUND, ask(clamd(t, NULL), &virus, "/nowhere/file"));
}

static void
its_address_is_a_socket_or_a_host_and_port(void **state)
{
    gov_test_t *t = *state;
    gov_scanner_t s;

    assert_ok(gov_scanner_parse(&s, "unix:/run/clamd.ctl", t->pool));
    assert_string_equal(s.path, "/run/clamd.ctl");
    assert_ok(gov_scanner_parse(&s, "scan.example.cn:3310", t->pool));
    assert_string_equal(s.host, "scan.example.cn");
    assert_int_equal(s.port, 3310);
    assert_ok(gov_scanner_parse(&s, "[::1]:3310", t->pool));
    assert_err(GOV_E_INVALID, gov_scanner_parse(&s, "clamd", t->pool));
    assert_err(GOV_E_INVALID, gov_scanner_parse(&s, "unix:clamd", t->pool));
    assert_err(GOV_E_INVALID, gov_scanner_parse(&s, "3310", t->pool));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(a_clean_file_is_clean_and_a_virus_has_a_name),
    GOV_TEST(a_file_of_many_chunks_arrives_whole),
    GOV_TEST(whatever_is_no_clear_answer_refuses),
    GOV_TEST(one_that_says_nothing_is_not_waited_for),
    GOV_TEST(one_that_hangs_up_over_a_large_file_refuses),
    GOV_TEST(one_that_is_not_there_refuses),
    GOV_TEST(its_address_is_a_socket_or_a_host_and_port),
};

/* "--ask SCANNER FILE" asks a real one: for tests/security/clamd.sh. */
static int
ask_real(const char *address, const char *file)
{
    gov_scanner_t scanner;
    const char *virus;
    apr_pool_t *pool;
    gov_err_t *err;

    apr_initialize();
    apr_pool_create(&pool, NULL);
    err = gov_scanner_parse(&scanner, address, pool);
    if (!err)
        err = gov_scan(&virus, &scanner, file, pool);
    if (err)
        puts("no answer");
    else if (virus)
        printf("infected %s\n", virus);
    else
        puts("clean");
    apr_terminate();
    return err != NULL;
}

static int
run_all(void)
{
    apr_pool_t *pool;
    int failed;

    apr_initialize();
    apr_pool_create(&pool, NULL);
    failed = gov_base_start(pool) != NULL
        || cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL) != 0;
    apr_terminate();
    return failed;
}

int
main(int argc, char **argv)
{
    return argc == 4 && !strcmp(argv[1], "--ask") ? ask_real(argv[2], argv[3])
                                                  : run_all();
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Directives, from httpd's words and from a file. */

#include <strings.h>

#include "gov_config.h"
#include "gov_test.h"

static gov_err_t *
set(gov_config_t *config, const char *name, const char *word, gov_test_t *t)
{
    return gov_config_set(config, name, &word, 1, t->pool);
}

static void has_a_default_for_everything(void **state)
{
    gov_test_t *t = *state;
    gov_config_t *config = gov_config_create(t->pool);

    assert_contains(config->database, "unix:/");
    assert_string_equal(config->database_name, "govportal");
    assert_null(config->database_user);
    assert_null(config->database_password_file);
    assert_null(config->key_file);
    assert_int_equal(config->database_connections, 12);
    assert_int_equal(config->state_dir[0], '/');
    assert_int_equal(config->share_dir[0], '/');
    assert_int_equal(config->plugin_dir[0], '/');
    assert_int_equal(config->plugins->nelts, 0);
    assert_string_equal(config->zone, "Asia/Shanghai");
    assert_true(config->page_cache);
    assert_int_equal(config->page_cache_size, 64 * 1024 * 1024);
    assert_true(config->quick);
    assert_int_equal(config->port, 0);
    assert_true(config->https);
    assert_false(config->test_hosts);
}

/* A word that each directive takes, and one that it refuses. */
static const struct {
    const char *name, *good, *bad;
} words[] = {
    { "GovDatabase", "10.0.0.1:3306,db2.example:3306", "10.0.0.1" },
    { "GovDatabaseName", "portal", "" },
    { "GovDatabaseUser", "www-data", "\xFF" },
    { "GovDatabasePasswordFile", "/etc/govportal/password", "password" },
    { "GovKeyFile", "/etc/govportal/keys", "keys" },
    { "GovDatabaseConnections", "16", "0" },
    { "GovStateDir", "/var/lib/govportal/", "var" },
    { "GovShareDir", "/usr/share/govportal", "" },
    { "GovPluginDir", "/usr/lib/govportal", "./plugins" },
    { "GovPlugin", "survey", "../survey" },
    { "GovTimeZone", "Europe/Berlin", "../etc/passwd" },
    { "GovPageCache", "Off", "maybe" },
    { "GovPageCacheSize", "512k", "12Q" },
    { "GovPageCacheHook", "quick", "on" },
    { "GovXmlArena", "off", "maybe" },
    { "GovConsoleAddresses", "10.1.0.0/16", "ten" },
    { "GovSignIn", "certificate=SSL_CLIENT_S_DN_CN", "certificate" },
    { "GovVirusScanner", "unix:/run/clamav/clamd.ctl", "clamd" },
    { "GovPublicPort", "8080", "65536" },
    { "GovPublicScheme", "http", "ftp" },
    { "GovTestHosts", "on", "1" },
};

#define N_WORDS (sizeof(words) / sizeof(words[0]))

static void takes_good_words_and_refuses_bad_ones(void **state)
{
    gov_test_t *t = *state;
    gov_config_t *config = gov_config_create(t->pool);
    size_t i;

    for (i = 0; i < N_WORDS; i++) {
        const gov_err_t *err;

        assert_ok(set(config, words[i].name, words[i].good, t));
        err = assert_err_field(words[i].name, set(config, words[i].name,
                                                  words[i].bad, t));
        assert_contains(err->message, words[i].name);
    }
    assert_string_equal(config->database, "10.0.0.1:3306,db2.example:3306");
    assert_string_equal(config->database_name, "portal");
    assert_string_equal(config->database_user, "www-data");
    assert_string_equal(config->database_password_file,
                        "/etc/govportal/password");
    assert_int_equal(config->database_connections, 16);
    assert_string_equal(config->state_dir, "/var/lib/govportal");
    assert_string_equal(config->share_dir, "/usr/share/govportal");
    assert_string_equal(config->plugin_dir, "/usr/lib/govportal");
    assert_string_equal(APR_ARRAY_IDX(config->plugins, 0, const char *),
                        "survey");
    assert_string_equal(config->zone, "Europe/Berlin");
    assert_false(config->page_cache);
    assert_int_equal(config->page_cache_size, 512 * 1024);
    assert_true(config->quick);
    assert_int_equal(config->port, 8080);
    assert_false(config->https);
    assert_true(config->test_hosts);
}

static void tries_every_directive_there_is(void **state)
{
    const gov_directive_t *directive;
    size_t i;

    (void)state;
    for (i = 0; (directive = gov_config_directive((int)i)) != NULL; i++) {
        assert_true(i < N_WORDS);
        assert_string_equal(directive->name, words[i].name);
        assert_true(strlen(directive->help) > 10);
        assert_true(directive->min_words >= 1);
    }
    assert_int_equal(i, N_WORDS);
    assert_null(gov_config_directive(-1));
}

static void knows_names_in_any_case_but_no_others(void **state)
{
    gov_test_t *t = *state;
    gov_config_t *config = gov_config_create(t->pool);

    assert_ok(set(config, "govpublicport", "81", t));
    assert_int_equal(config->port, 81);
    assert_err(GOV_E_NOT_FOUND, set(config, "GovNothing", "1", t));
}

static void counts_the_words(void **state)
{
    gov_test_t *t = *state;
    gov_config_t *config = gov_config_create(t->pool);
    const char *two[] = { "survey", "letters" };

    assert_err_field("GovPublicPort", gov_config_set(config, "GovPublicPort",
                                                     two, 2, t->pool));
    assert_err_field("GovPlugin", gov_config_set(config, "GovPlugin", two, 0,
                                                 t->pool));
    assert_ok(gov_config_set(config, "GovPlugin", two, 2, t->pool));
    assert_int_equal(config->plugins->nelts, 2);
    assert_err_field("GovPlugin", set(config, "GovPlugin", "survey", t));
}

static void checks_servers_numbers_and_sizes(void **state)
{
    gov_test_t *t = *state;
    gov_config_t *config = gov_config_create(t->pool);

    assert_ok(set(config, "GovDatabase", "unix:/run/db.sock", t));
    assert_err(GOV_E_INVALID, set(config, "GovDatabase", "unix:db", t));
    assert_err(GOV_E_INVALID, set(config, "GovDatabase", "a:1,,b:2", t));
    assert_err(GOV_E_INVALID, set(config, "GovDatabase", "a:1,", t));
    assert_err(GOV_E_INVALID, set(config, "GovDatabase", ":3306", t));
    assert_err(GOV_E_INVALID, set(config, "GovDatabase", "a:0", t));
    assert_err(GOV_E_INVALID, set(config, "GovPublicPort", "-1", t));
    assert_err(GOV_E_INVALID, set(config, "GovPublicPort", "8 0", t));
    assert_err(GOV_E_INVALID, set(config, "GovPublicPort",
                                  "99999999999999999999", t));
    assert_ok(set(config, "GovPageCacheSize", "2G", t));
    assert_int_equal(config->page_cache_size, 2147483648);
    assert_ok(set(config, "GovPageCacheSize", "0", t));
    assert_err(GOV_E_INVALID, set(config, "GovPageCacheSize",
                                  "999999999999999G", t));
    assert_err(GOV_E_INVALID, set(config, "GovPageCacheSize", "1MB", t));
    assert_err(GOV_E_INVALID, set(config, "GovPageCacheSize", "", t));
}

static void reads_a_file_as_httpd_does(void **state)
{
    gov_test_t *t = *state;
    gov_config_t *config = gov_config_create(t->pool);

    assert_ok(gov_config_read(config, gov_test_write(t, "a.conf",
        "# GovPublicPort 1\n"
        "Listen 8080\n"
        "<IfModule govportal_module>\r\n"
        "  GovDatabase \"unix:/a \\\"b\\\"/db.sock\"\r\n"
        "\tGovPlugin survey \\\n    letters\\\r\n  'live'\n"
        "</IfModule>\n"
        "ServerName \"an open quote of another module\n"
        "govpublicscheme http"), t->pool));
    assert_string_equal(config->database, "unix:/a \"b\"/db.sock");
    assert_int_equal(config->plugins->nelts, 3);
    assert_string_equal(APR_ARRAY_IDX(config->plugins, 2, const char *),
                        "live");
    assert_false(config->https);
    assert_int_equal(config->port, 0);
}

static void names_the_line_at_fault(void **state)
{
    gov_test_t *t = *state;
    gov_config_t *config = gov_config_create(t->pool);
    const char *file;
    const gov_err_t *err;

    file = gov_test_write(t, "a.conf", "\nListen \\\n 80\nGovPublicPort x\n");
    err = assert_err(GOV_E_INVALID, gov_config_read(config, file, t->pool));
    assert_string_equal(err->message, apr_pstrcat(t->pool, file, ":4", NULL));
    assert_string_equal(err->cause->field, "GovPublicPort");

    file = gov_test_write(t, "b.conf", "GovDatabaseName \"x\n");
    assert_err(GOV_E_INVALID, gov_config_read(config, file, t->pool));
    file = gov_test_write(t, "c.conf", "GovStateDir ${STATE}/x\n");
    assert_err(GOV_E_INVALID, gov_config_read(config, file, t->pool));
    file = gov_test_write(t, "d.conf", "GovNothing on\n");
    err = assert_err(GOV_E_INVALID, gov_config_read(config, file, t->pool));
    assert_contains(err->cause->message, "GovNothing");
    assert_err(GOV_E_NOT_FOUND, gov_config_read(config, "/no/such/file",
                                                t->pool));
    assert_err(GOV_E_INVALID, gov_config_read(config, gov_test_dir(t),
                                              t->pool));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(has_a_default_for_everything),
    GOV_TEST(takes_good_words_and_refuses_bad_ones),
    GOV_TEST(tries_every_directive_there_is),
    GOV_TEST(knows_names_in_any_case_but_no_others),
    GOV_TEST(counts_the_words),
    GOV_TEST(checks_servers_numbers_and_sizes),
    GOV_TEST(reads_a_file_as_httpd_does),
    GOV_TEST(names_the_line_at_fault),
};
GOV_TEST_MAIN(tests)

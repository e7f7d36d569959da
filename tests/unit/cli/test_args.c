/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The command line: which command, its operands and options. */

#include "../../../mod_govportal/cli/cli_priv.h"
#include "gov_test.h"

static gov_err_t *
nothing(gov_cli__t *cli)
{
    (void)cli;
    return NULL;
}

static const gov_cli__verb_t sites[] = {
    { .name = "site list", .run = nothing,
      .options = { { "json", NULL, "" } } },
    { .name = "site theme", .operands = "SITE THEME", .min = 2, .max = 2,
      .run = nothing },
    { .name = NULL }
};
static const gov_cli__verb_t imports[] = {
    { .name = "import", .operands = "FILE...", .min = 1, .max = -1,
      .run = nothing,
      .options = { { "dry-run", NULL, "" }, { "site", "SITE", "" } } },
    { .name = NULL }
};
static const gov_cli__verb_t *const verbs[] = { sites, imports, NULL };

/* Parse WORDS, which are parted by blanks. */
static gov_err_t *
parse(gov_cli__t *cli, const char *words, gov_test_t *t)
{
    char **argv;
    int argc = 0;

    memset(cli, 0, sizeof(*cli));
    cli->pool = t->pool;
    assert_int_equal(apr_tokenize_to_argv(words, &argv, t->pool), 0);
    while (argv[argc])
        argc++;
    return gov_cli__parse(cli, verbs, argc, (const char *const *)argv);
}

static void finds_commands_of_one_and_of_two_words(void **state)
{
    gov_cli__t cli;

    assert_ok(parse(&cli, "import a.xml", *state));
    assert_ptr_equal(cli.verb, &imports[0]);
    assert_ok(parse(&cli, "site theme edu blue", *state));
    assert_ptr_equal(cli.verb, &sites[1]);
    assert_string_equal(gov_cli__operand(&cli, 1), "blue");
    assert_null(gov_cli__operand(&cli, 2));
}

static void takes_options_before_and_after_operands(void **state)
{
    gov_cli__t cli;

    assert_ok(parse(&cli, "import --site edu a.txt --dry-run b.txt", *state));
    assert_string_equal(gov_cli__option(&cli, "site"), "edu");
    assert_string_equal(gov_cli__option(&cli, "dry-run"), "");
    assert_int_equal(cli.operands->nelts, 2);
    assert_ok(parse(&cli, "import --site=edu a.txt", *state));
    assert_string_equal(gov_cli__option(&cli, "site"), "edu");
    assert_null(gov_cli__option(&cli, "dry-run"));
}

static void ends_options_at_two_dashes(void **state)
{
    gov_cli__t cli;

    assert_ok(parse(&cli, "import -- --dry-run --help", *state));
    assert_string_equal(gov_cli__operand(&cli, 0), "--dry-run");
    assert_int_equal(cli.operands->nelts, 2);
    assert_false(cli.help);
}

static void takes_a_negative_number_for_an_operand(void **state)
{
    gov_cli__t cli;

    assert_ok(parse(&cli, "import -5", *state));
    assert_string_equal(gov_cli__operand(&cli, 0), "-5");
}

static void reads_the_configuration_file_first(void **state)
{
    gov_cli__t cli;

    assert_ok(parse(&cli, "-C a.conf site list", *state));
    assert_string_equal(cli.conf, "a.conf");
    assert_ok(parse(&cli, "-Cb.conf site list", *state));
    assert_string_equal(cli.conf, "b.conf");
    assert_err(GOV_E_INVALID, parse(&cli, "-C", *state));
}

static void shows_help_wherever_it_is_asked_for(void **state)
{
    static const char *const lines[] = {
        "help", "--help", "-h", "help site", "help site list", "site --help",
        "site list --help", "import --help", "import a -h", "help import"
    };
    gov_cli__t cli;
    size_t i;

    for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        assert_ok(parse(&cli, lines[i], *state));
        assert_true(cli.help);
    }
    assert_ok(parse(&cli, "site --help", *state));
    assert_string_equal(cli.group, "site");
}

static void refuses_what_it_does_not_know(void **state)
{
    static const char *const lines[] = {
        "", "nothing", "site", "site nothing", "sit list", "site list extra",
        "site theme edu", "import", "import -x a", "import --nothing a",
        "import --dry a", "import a --site", "import --dry-run=yes a",
        "import --site a --site b c", "help nothing"
    };
    gov_cli__t cli;
    size_t i;

    for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        assert_err(GOV_E_INVALID, parse(&cli, lines[i], *state));
}

static void reads_numbers_within_their_bounds(void **state)
{
    static const char *const bad[] = { "", " 1", "1x", "x", "0", "11",
                                       "99999999999999999999" };
    gov_test_t *t = *state;
    apr_int64_t number = 0;
    size_t i;

    assert_ok(gov_cli__number(&number, "10", 1, 10, "N", t->pool));
    assert_int_equal(number, 10);
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_err(GOV_E_INVALID,
                   gov_cli__number(&number, bad[i], 1, 10, "N", t->pool));
}

static void has_an_exit_status_of_its_own_for_each_code(void **state)
{
    bool used[256] = { false };
    int code;

    (void)state;
    assert_int_equal(gov_cli__status_of(GOV_E_NONE), 0);
    for (code = GOV_E_NONE + 1; code < GOV_E__COUNT; code++) {
        int status = gov_cli__status_of(code);

        assert_in_range(status, GOV_CLI_USAGE + 1, 63);
        assert_false(used[status]);
        used[status] = true;
    }
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(finds_commands_of_one_and_of_two_words),
    GOV_TEST(takes_options_before_and_after_operands),
    GOV_TEST(ends_options_at_two_dashes),
    GOV_TEST(takes_a_negative_number_for_an_operand),
    GOV_TEST(reads_the_configuration_file_first),
    GOV_TEST(shows_help_wherever_it_is_asked_for),
    GOV_TEST(refuses_what_it_does_not_know),
    GOV_TEST(reads_numbers_within_their_bounds),
    GOV_TEST(has_an_exit_status_of_its_own_for_each_code),
};
GOV_TEST_MAIN(tests)

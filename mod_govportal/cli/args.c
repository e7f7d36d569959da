/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* args.c -- the command line: which command, its operands and options. */

#include <apr_lib.h>
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"

static gov_err_t *
wrong(gov_cli__t *cli, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* What is wrong, and where to read what is right. */
static gov_err_t *
wrong(gov_cli__t *cli, const char *fmt, ...)
{
    const char *text;
    va_list args;

    va_start(args, fmt);
    text = apr_pvsprintf(cli->pool, fmt, args);
    va_end(args);
    if (cli->verb)
        return gov_err(GOV_E_INVALID, NULL, cli->pool,
                       "%s; see govctl %s --help", text, cli->verb->name);
    return gov_err(GOV_E_INVALID, NULL, cli->pool, "%s; see govctl help", text);
}

/* Is NAME the command FIRST, or the pair FIRST SECOND?  Returns how many words
   it takes, or 0. */
static int
fits(const char *name, const char *first, const char *second)
{
    apr_size_t len = strlen(first);

    if (strncmp(name, first, len))
        return 0;
    if (!name[len])
        return 1;
    return name[len] == ' ' && second && !strcmp(name + len + 1, second) ? 2
                                                                         : 0;
}

/* Does FIRST begin the name of a command of two words? */
static bool
is_group(const gov_cli__verb_t *const *verbs, const char *first)
{
    apr_size_t len = strlen(first);
    int i;

    for (; *verbs; verbs++)
        for (i = 0; (*verbs)[i].name; i++)
            if (!strncmp((*verbs)[i].name, first, len)
                && (*verbs)[i].name[len] == ' ')
                return true;
    return false;
}

static bool
asks_for_help(const char *word)
{
    return !strcmp(word, "--help") || !strcmp(word, "-h");
}

/* Find the command that the words at ARGV name; *TAKEN says how many. */
static gov_err_t *
find(int *taken, gov_cli__t *cli, const gov_cli__verb_t *const *verbs,
     int argc, const char *const *argv)
{
    const char *second = argc > 1 ? argv[1] : NULL;
    int i;

    for (; *verbs; verbs++)
        for (i = 0; (*verbs)[i].name; i++) {
            *taken = fits((*verbs)[i].name, argv[0], second);
            if (*taken) {
                cli->verb = &(*verbs)[i];
                return NULL;
            }
        }
    return NULL;
}

static const gov_cli__option_t *
option_named(const gov_cli__verb_t *verb, const char *name, apr_size_t len)
{
    const gov_cli__option_t *option;

    for (option = verb->options; option->name; option++)
        if (!strncmp(option->name, name, len) && !option->name[len])
            return option;
    return NULL;
}

/* The option at argv[*I], with its value there or in the next word. */
static gov_err_t *
read_option(gov_cli__t *cli, int *i, int argc, const char *const *argv)
{
    const char *name = argv[*i] + 2;
    apr_size_t len = strcspn(name, "=");
    const gov_cli__option_t *option = option_named(cli->verb, name, len);
    const char *value = name[len] == '=' ? name + len + 1 : NULL;

    if (!option)
        return wrong(cli, "there is no option --%.*s", (int)len, name);
    if (!option->value && value)
        return wrong(cli, "--%s takes no value", option->name);
    if (option->value && !value) {
        if (*i + 1 >= argc)
            return wrong(cli, "--%s needs a value: %s", option->name,
                         option->value);
        value = argv[++*i];
    }
    if (apr_table_get(cli->options, option->name))
        return wrong(cli, "--%s is given twice", option->name);
    apr_table_setn(cli->options, option->name, value ? value : "");
    return NULL;
}

static gov_err_t *
read_words(gov_cli__t *cli, int argc, const char *const *argv)
{
    const gov_cli__verb_t *verb = cli->verb;
    bool options = true;
    int i;

    for (i = 0; i < argc; i++) {
        const char *word = argv[i];

        if (options && asks_for_help(word)) {
            cli->help = true;
            return NULL;
        }
        if (options && !strcmp(word, "--"))
            options = false;
        else if (options && !strncmp(word, "--", 2))
            GOV_TRY(read_option(cli, &i, argc, argv));
        /* a number below zero is an operand */
        else if (options && word[0] == '-' && word[1]
                 && !apr_isdigit(word[1]))
            return wrong(cli, "there is no option %s", word);
        else
            APR_ARRAY_PUSH(cli->operands, const char *) = word;
    }
    if (cli->operands->nelts < verb->min)
        return wrong(cli, "an operand is missing: %s", verb->operands);
    if (verb->max >= 0 && cli->operands->nelts > verb->max)
        return wrong(cli, "\"%s\" is too much",
                     APR_ARRAY_IDX(cli->operands, verb->max, const char *));
    return NULL;
}

gov_err_t *
gov_cli__parse(gov_cli__t *cli, const gov_cli__verb_t *const *verbs, int argc,
               const char *const *argv)
{
    int taken = 0;

    cli->operands = apr_array_make(cli->pool, 8, sizeof(const char *));
    cli->options = apr_table_make(cli->pool, 8);
    while (argc && !strncmp(argv[0], "-C", 2)) {
        bool apart = !argv[0][2];

        if (apart && argc < 2)
            return wrong(cli, "-C needs a value: FILE");
        cli->conf = apart ? argv[1] : argv[0] + 2;
        argc -= apart ? 2 : 1;
        argv += apart ? 2 : 1;
    }
    if (!argc)
        return wrong(cli, "a command is missing");
    if (!strcmp(argv[0], "help") || asks_for_help(argv[0])) {
        cli->help = true;
        if (--argc == 0)
            return NULL;
        argv++;
    }
    GOV_TRY(find(&taken, cli, verbs, argc, argv));
    if (cli->verb && cli->help)
        return NULL;
    if (cli->verb)
        return read_words(cli, argc - taken, argv + taken);
    if (!is_group(verbs, argv[0]))
        return wrong(cli, "there is no command \"%s\"", argv[0]);
    cli->group = argv[0];
    if (cli->help || (argc > 1 && asks_for_help(argv[1]))) {
        cli->help = true;
        return NULL;
    }
    if (argc > 1)
        return wrong(cli, "there is no command \"%s %s\"", argv[0], argv[1]);
    return gov_err(GOV_E_INVALID, NULL, cli->pool,
                   "what about it? see govctl %s --help", cli->group);
}

const char *
gov_cli__operand(const gov_cli__t *cli, int i)
{
    return i < cli->operands->nelts
        ? APR_ARRAY_IDX(cli->operands, i, const char *) : NULL;
}

const char *
gov_cli__option(const gov_cli__t *cli, const char *name)
{
    return apr_table_get(cli->options, name);
}

gov_err_t *
gov_cli__number(apr_int64_t *number, const char *text, apr_int64_t min,
                apr_int64_t max, const char *what, apr_pool_t *pool)
{
    apr_int64_t value;
    char *end;

    errno = 0;
    value = apr_strtoi64(text, &end, 10);
    if (errno || end == text || *end || apr_isspace(*text) || value < min
        || value > max)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s: \"%s\" is not a number from %" APR_INT64_T_FMT
                       " to %" APR_INT64_T_FMT, what, text, min, max);
    *number = value;
    return NULL;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* help.c -- what govctl says about itself. */

#include <stdio.h>
#include <string.h>

#include "cli_priv.h"

static void
usage(const gov_cli__verb_t *verb, const char *lead)
{
    const gov_cli__option_t *option;

    printf("%sgovctl %s", lead, verb->name);
    for (option = verb->options; option->name; option++)
        if (option->value)
            printf(" [--%s %s]", option->name, option->value);
        else
            printf(" [--%s]", option->name);
    if (verb->operands)
        printf(" %s", verb->operands);
    putchar('\n');
}

static void
about(const gov_cli__verb_t *verb)
{
    const gov_cli__option_t *option;

    usage(verb, "usage: ");
    printf("\n%s.\n", verb->help);
    if (verb->options[0].name)
        putchar('\n');
    for (option = verb->options; option->name; option++) {
        int width = printf("  --%s%s%s", option->name,
                           option->value ? " " : "",
                           option->value ? option->value : "");

        printf("%*s%s\n", width < 24 ? 24 - width : 1, "", option->help);
    }
}

static bool
in_group(const gov_cli__verb_t *verb, const char *group)
{
    apr_size_t len = group ? strlen(group) : 0;

    return !group || (!strncmp(verb->name, group, len)
                      && verb->name[len] == ' ');
}

void
gov_cli__help(const gov_cli__t *cli, const gov_cli__verb_t *const *verbs)
{
    int i;

    if (cli->verb) {
        about(cli->verb);
        return;
    }
    if (!cli->group)
        printf("usage: govctl [-C FILE] COMMAND [OPTION...] [OPERAND...]\n\n"
               "  -C FILE               configuration file, instead of"
               " $GOVPORTAL_CONF\n"
               "  COMMAND --help        about one command\n\n");
    for (; *verbs; verbs++)
        for (i = 0; (*verbs)[i].name; i++)
            if (in_group(&(*verbs)[i], cli->group))
                printf("  %-22s%s\n", (*verbs)[i].name, (*verbs)[i].help);
}

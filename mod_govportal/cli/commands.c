/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* commands.c -- all commands, in the order in which help lists them. */

#include "cli_priv.h"

const gov_cli__verb_t *const gov_cli__verbs[] = {
    gov_cli__check,
    gov_cli__conf,
    gov_cli__schema,
    gov_cli__import,
    gov_cli__site,
    gov_cli__column,
    gov_cli__document,
    gov_cli__workflow,
    gov_cli__flow,
    gov_cli__emergency,
    gov_cli__theme,
    gov_cli__preview,
    gov_cli__model,
    gov_cli__plugin,
    gov_cli__route,
    gov_cli__cache,
    gov_cli__calendar,
    gov_cli__user,
    gov_cli__role,
    gov_cli__session,
    gov_cli__policy,
    gov_cli__words,
    gov_cli__audit,
    gov_cli__integrity,
    gov_cli__static,
    gov_cli__key,
    NULL
};

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* cli_priv.h -- what the files of govctl share. */
#ifndef GOV_CLI_PRIV_H
#define GOV_CLI_PRIV_H

#include "gov_cache.h"
#include "gov_check.h"
#include "gov_edition.h"
#include "gov_integrity.h"
#include "gov_json.h"
#include "gov_person.h"
#include "gov_theme.h"

/* Exit statuses besides those of exit.c. */
#define GOV_CLI_FINDINGS 1        /* ran, and found or left out something */
#define GOV_CLI_USAGE 2           /* the command line is at fault */

typedef struct gov_cli__t gov_cli__t;

typedef struct gov_cli__option_t {
    const char *name;             /* "dry-run", without the dashes */
    const char *value;            /* what to call its value, NULL: a switch */
    const char *help;
} gov_cli__option_t;

#define GOV_CLI_OPTIONS 8

/* One command.  Its name is one word ("import") or two ("site list"). */
typedef struct gov_cli__verb_t {
    const char *name;
    const char *operands;         /* as the usage line shows them, or NULL */
    int min, max;                 /* how many operands; max -1: any number */
    const char *help;             /* one line */
    gov_cli__option_t options[GOV_CLI_OPTIONS + 1]; /* ends with no name */
    gov_err_t *(*run)(gov_cli__t *cli);
} gov_cli__verb_t;

/* One run of govctl. */
struct gov_cli__t {
    apr_pool_t *pool;
    const char *conf;             /* configuration file, or NULL */
    const gov_cli__verb_t *verb;
    bool help;                    /* show what verb (or group) is about */
    const char *group;            /* "site", where the second word is missing */
    apr_array_header_t *operands; /* const char * */
    apr_table_t *options;         /* name -> value, "" for switches */
    int status;                   /* GOV_CLI_FINDINGS if something was found */
    /* made when first asked for: session.c */
    const gov_config_t *config;
    gov_store_t *store;
    gov_types_t *types;
    gov_ctx_t *ctx;
    apr_array_header_t *alarms;   /* gov_alarm_t, met on the way; or NULL */
};

/* --- commands.c: the table --- */

/* Lists of commands; each ends with no name, the whole with NULL. */
extern const gov_cli__verb_t *const gov_cli__verbs[];
extern const gov_cli__verb_t gov_cli__audit[], gov_cli__integrity[],
    gov_cli__static[], gov_cli__cache[],
    gov_cli__calendar[], gov_cli__check[], gov_cli__column[], gov_cli__conf[],
    gov_cli__document[], gov_cli__emergency[], gov_cli__flow[],
    gov_cli__import[], gov_cli__key[], gov_cli__model[], gov_cli__plugin[],
    gov_cli__policy[], gov_cli__preview[], gov_cli__role[], gov_cli__route[],
    gov_cli__schema[], gov_cli__session[], gov_cli__site[], gov_cli__theme[],
    gov_cli__user[], gov_cli__words[], gov_cli__workflow[];

/* --- args.c: the command line --- */

/* Fill verb, operands and options from the words after the program's name.
   VERBS is a table as above.  INVALID: a sentence about what is wrong. */
gov_err_t *gov_cli__parse(gov_cli__t *cli, const gov_cli__verb_t *const *verbs,
                          int argc, const char *const *argv);
/* The I-th operand, or NULL. */
const char *gov_cli__operand(const gov_cli__t *cli, int i);
/* An option's value, or NULL; a switch that was given has "". */
const char *gov_cli__option(const gov_cli__t *cli, const char *name);
/* Decimal digits as a number of at least MIN and at most MAX; INVALID names
   WHAT. */
gov_err_t *gov_cli__number(apr_int64_t *number, const char *text,
                           apr_int64_t min, apr_int64_t max, const char *what,
                           apr_pool_t *pool);

/* --- help.c --- */

void gov_cli__help(const gov_cli__t *cli, const gov_cli__verb_t *const *verbs);

/* --- exit.c --- */

int gov_cli__status_of(gov_code_t code);

/* --- session.c: what a command works on --- */

/* The configuration file's directives. */
gov_err_t *gov_cli__config(const gov_config_t **config, gov_cli__t *cli);
/* The database, whatever its schema. */
gov_err_t *gov_cli__store(gov_store_t **store, gov_cli__t *cli);
/* The types of the core and of the configured plugins. */
gov_err_t *gov_cli__types(const gov_types_t **types, gov_cli__t *cli);
/* The site map, acting as the operator.  What is written is told to the page
   cache of this node at once, to others by the change feed. */
gov_err_t *gov_cli__ctx(gov_ctx_t **ctx, gov_cli__t *cli);
/* Put the alarms that were met into the database. */
gov_err_t *gov_cli__alarms_keep(gov_cli__t *cli);
/* A permit of the operator's for SITE (NULL: the group). */
gov_err_t *gov_cli__permit(const gov_permit_t **permit, gov_ctx_t *ctx,
                           gov_action_t action, const gov_site_t *site);
/* The account that the first operand names (NULL: there is no operand).  Who runs
   govctl holds the machine: the permit is for the account's keeper, whoever that
   is. */
gov_err_t *gov_cli__whose(gov_ctx_t **ctx, const gov_permit_t **permit,
                          const gov_person_t **person, gov_cli__t *cli);
/* With --as LOGIN: CTX acts as that person from now on, with that person's rights.
   FORBIDDEN: the account is disabled. */
gov_err_t *gov_cli__act(gov_ctx_t *ctx, gov_cli__t *cli);
/* Where the stylesheets lie: gov_look_dir_t, the core's first. */
gov_err_t *gov_cli__look_dirs(apr_array_header_t **dirs, gov_cli__t *cli);
gov_err_t *gov_cli__looks(gov_looks_t **looks, gov_cli__t *cli);
/* NOT_FOUND unless LOOKS have that theme, that language (or zh-Hant, which is
   derived). */
gov_err_t *gov_cli__theme_known(const gov_looks_t *looks, const char *theme,
                                apr_pool_t *pool);
gov_err_t *gov_cli__lang_known(const gov_looks_t *looks, const char *lang,
                               apr_pool_t *pool);
/* <share>/plugins/NAME/PART, or NULL if there is no such folder. */
const char *gov_cli__plugin_dir(const gov_config_t *config, const char *name,
                                const char *part, apr_pool_t *pool);

/* The site with id (slug) NAME; NOT_FOUND. */
gov_err_t *gov_cli__site_named(const gov_site_t **site, const gov_ctx_t *ctx,
                               const char *name);
/* The column "SITE:PATH" ("edu:news/city"); NOT_FOUND. */
gov_err_t *gov_cli__column_named(const gov_column_t **column,
                                 const gov_ctx_t *ctx, const char *name);
/* The document that the first operand or --external names. */
gov_err_t *gov_cli__document_named(apr_int64_t *document, gov_cli__t *cli,
                                   const gov_ctx_t *ctx);

/* --- report.c: the lines of a check --- */

typedef struct gov_cli__report_t {
    gov_cli__t *cli;
    gov_json_t *json;             /* of --json: an array of all lines */
    int warnings, failures;
    gov_check_t check;            /* for those who look: tells this report */
} gov_cli__report_t;

gov_cli__report_t *gov_cli__report(gov_cli__t *cli);
/* A line: fine if WHY is NULL, else a failure, which makes the command's status
   GOV_CLI_FINDINGS. */
void gov_cli__line(gov_cli__report_t *report, const char *what,
                   const char *why);
/* The same of what a call said. */
void gov_cli__outcome(gov_cli__report_t *report, const char *what,
                      const gov_err_t *err);
/* After the last line. */
void gov_cli__report_end(gov_cli__report_t *report);

/* --- config.c --- */

/* Look at everything that the configuration names. */
gov_err_t *gov_cli__config_report(gov_cli__report_t *report);

/* --- schema.c --- */

/* The migrations of the core and of the configured plugins: gov_migration_t. */
gov_err_t *gov_cli__migrations(apr_array_header_t **migrations,
                               gov_cli__t *cli);

/* --- role.c --- */

/* "edu", "edu:news" or NULL, the whole group; NOT_FOUND. */
gov_err_t *gov_cli__node_named(apr_int64_t *site, apr_int64_t *column,
                               const gov_ctx_t *ctx, const char *node);

/* --- user_import.c --- */

gov_err_t *gov_cli__user_import(gov_cli__t *cli);

/* --- plugin_new.c --- */

gov_err_t *gov_cli__plugin_new(gov_cli__t *cli);
/* TEXT with the word "example" (also "EXAMPLE" and "Example") replaced by NAME;
   "examples", "for example" and example.com stay. */
const char *gov_cli__rename(const char *text, const char *name,
                            apr_pool_t *pool);

/* --- table.c: rows of text --- */

/* Rows on standard output: in columns on a terminal, parted by tabs elsewhere. */
typedef struct gov_cli__table_t gov_cli__table_t;

/* HEADINGS are blank-separated words and count the columns. */
gov_cli__table_t *gov_cli__table(const char *headings, apr_pool_t *pool);
/* As many texts as there are columns; NULL is an empty one. */
void gov_cli__row(gov_cli__table_t *table, ...);
void gov_cli__table_end(gov_cli__table_t *table);
/* A JSON value and a line end. */
void gov_cli__print_json(const gov_json_t *value, apr_pool_t *pool);
/* One of both, as --json asks. */
void gov_cli__print(const gov_cli__t *cli, gov_cli__table_t *table,
                    const gov_json_t *json);
/* A number as text. */
const char *gov_cli__text(apr_int64_t number, apr_pool_t *pool);
/* "2026-11-03 09:12", or "" for no time. */
const char *gov_cli__when(apr_time_t t, apr_pool_t *pool);

#endif

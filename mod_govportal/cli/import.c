/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* import.c -- govctl import. */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli_priv.h"
#include "gov_import.h"

typedef struct progress_t {
    bool shown;                   /* a progress line stands on the terminal */
} progress_t;

static void
wipe(progress_t *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}

/* "file:line: field: text"; notes say so. */
static void
report(void *baton, const gov_import_note_t *note)
{
    wipe(baton);
    fputs(note->file, stderr);
    if (note->line)
        fprintf(stderr, ":%d", note->line);
    fprintf(stderr, ": %s%s%s%s\n", note->error ? "" : "note: ",
            note->field ? note->field : "", note->field ? ": " : "",
            note->text);
}

static void
show(progress_t *progress, const gov_import_t *import, int at, int count,
     const char *file)
{
    if (!isatty(STDERR_FILENO))
        return;
    wipe(progress);
    fprintf(stderr, "[%d/%d] %d documents, now %s", at, count,
            import->created + import->changed + import->same, file);
    fflush(stderr);
    progress->shown = true;
}

static void
summary(const gov_import_t *import, gov_cli__t *cli)
{
    gov_json_t *json;

    if (gov_cli__option(cli, "json")) {
        json = gov_json_object(cli->pool);
        gov_json_set_bool(json, "dry_run", import->dry_run);
        gov_json_set_int(json, "created", import->created);
        gov_json_set_int(json, "changed", import->changed);
        gov_json_set_int(json, "same", import->same);
        gov_json_set_int(json, "failed", import->failed);
        gov_json_set_int(json, "drafts", import->drafts);
        gov_cli__print_json(json, cli->pool);
        return;
    }
    printf("created %d, changed %d, same %d, failed %d%s\n", import->created,
           import->changed, import->same, import->failed,
           import->dry_run ? " (dry run: nothing was written)" : "");
    if (import->drafts)
        printf("%d of them are drafts: nobody has cleared them; see "
               "--cleared-by\n", import->drafts);
}

/* Both or none: a name without a basis is no clearance. */
static gov_err_t *
clearance(gov_import_t *import, const gov_cli__t *cli)
{
    const char *by = gov_cli__option(cli, "cleared-by");
    const char *basis = gov_cli__option(cli, "basis");

    if (!by && !basis)
        return NULL;
    if (!by || !*by || strlen(by) > 80 || !basis || !*basis
        || strlen(basis) > 500)
        return gov_err(GOV_E_INVALID, NULL, cli->pool,
                       "--cleared-by and --basis belong together: who has "
                       "cleared all of it, and on what basis (at most 80 and "
                       "500 bytes)");
    import->clearance.by = by;
    import->clearance.basis = basis;
    return NULL;
}

static gov_err_t *
run(gov_cli__t *cli)
{
    gov_import_t import = { 0 };
    progress_t progress = { false };
    apr_pool_t *iterpool;
    gov_err_t *err = NULL;
    gov_ctx_t *ctx;
    int i;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    import.config = cli->config;
    import.types = cli->types;
    import.dry_run = gov_cli__option(cli, "dry-run") != NULL;
    import.site = gov_cli__option(cli, "site");
    import.column = gov_cli__option(cli, "column");
    import.type = gov_cli__option(cli, "type");
    GOV_TRY(clearance(&import, cli));
    import.report = report;
    import.baton = &progress;
    apr_pool_create(&iterpool, cli->pool);
    for (i = 0; i < cli->operands->nelts && !err; i++) {
        const char *file = gov_cli__operand(cli, i);

        apr_pool_clear(iterpool);
        show(&progress, &import, i + 1, cli->operands->nelts, file);
        err = gov_import_file(&import, ctx, file, iterpool);
        /* a file that cannot be read is like a record that cannot */
        if (err && (err->code == GOV_E_NOT_FOUND
                    || err->code == GOV_E_INVALID)) {
            gov_import_note_t note = { true, file, 0, err->field,
                                       err->message };

            report(&progress, &note);
            import.failed++;
            err = NULL;
        }
    }
    if (!err)
        err = gov_import_finish(&import, ctx, cli->pool);
    wipe(&progress);
    if (err)
        return err;
    apr_pool_destroy(iterpool);
    summary(&import, cli);
    if (import.failed)
        cli->status = GOV_CLI_FINDINGS;
    return NULL;
}

const gov_cli__verb_t gov_cli__import[] = {
    { .name = "import", .operands = "FILE...", .min = 1, .max = -1,
      .help = "Bring in a group's structure and its documents",
      .options = {
          { "dry-run", NULL, "check everything, write nothing" },
          { "site", "SITE", "of .html and .txt files: id of the site" },
          { "column", "PATH", "of .html and .txt files: path of the column" },
          { "type", "TYPE", "of .html and .txt files: type of document" },
          { "cleared-by", "NAME", "who has cleared what goes live" },
          { "basis", "TEXT", "what that clearance stands on" },
          { "json", NULL, "the summary as JSON" } },
      .run = run },
    { .name = NULL }
};

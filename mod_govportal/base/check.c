/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* check.c -- telling what a check saw; what directives and folders tell. */

#include <apr_file_info.h>
#include <sys/statvfs.h>

#include "gov_check.h"

#define MEGABYTE (1024 * 1024)
/* Below the first the node soon stops taking forms; below the second somebody
   should look. */
#define ROOM_LEAST 100
#define ROOM_GOOD 1024

void
gov_check_tell(const gov_check_t *check, gov_grade_t grade, const char *what,
               const char *why)
{
    check->fn(check->baton, why ? grade : GOV_GRADE_OK, what, why);
}

void
gov_check_outcome(const gov_check_t *check, const char *what,
                  const gov_err_t *err, apr_pool_t *pool)
{
    const char *why = NULL;

    for (; err; err = err->cause)
        why = why ? apr_pstrcat(pool, why, ": ", err->message, NULL)
                  : err->message;
    gov_check_tell(check, GOV_GRADE_FAIL, what, why);
}

/* Whoever may write there decides what the portal runs and shows. */
static void
folder(const gov_check_t *check, const char *directive, const char *dir,
       apr_pool_t *pool)
{
    const char *what = apr_psprintf(pool, "who may write to %s %s", directive,
                                    dir);
    apr_finfo_t info;
    apr_status_t rv = apr_stat(&info, dir, APR_FINFO_PROT, pool);

    if (rv && rv != APR_INCOMPLETE)
        gov_check_tell(check, GOV_GRADE_FAIL, what,
                       "its mode cannot be read");
    else
        gov_check_tell(check, GOV_GRADE_FAIL, what,
                       info.protection & APR_FPROT_WWRITE
                       ? "everybody may; take the right away (chmod o-w)"
                       : NULL);
}

static void
room(const gov_check_t *check, const char *dir, apr_pool_t *pool)
{
    const char *what = apr_psprintf(pool, "room on the disk of %s", dir);
    struct statvfs disk;
    apr_int64_t free_mb;

    if (statvfs(dir, &disk)) {
        gov_check_tell(check, GOV_GRADE_FAIL, what, "it cannot be asked");
        return;
    }
    free_mb = (apr_int64_t)disk.f_bavail * (apr_int64_t)disk.f_frsize
        / MEGABYTE;
    gov_check_tell(check, free_mb < ROOM_LEAST ? GOV_GRADE_FAIL
                                               : GOV_GRADE_WARNING, what,
                   free_mb >= ROOM_GOOD ? NULL
                   : apr_psprintf(pool, "%" APR_INT64_T_FMT " MB are left",
                                  free_mb));
    if (disk.f_files)
        gov_check_tell(check, GOV_GRADE_WARNING,
                       apr_psprintf(pool, "files on the disk of %s", dir),
                       disk.f_favail > disk.f_files / 50 ? NULL
                       : "fewer than two in a hundred inodes are left");
}

void
gov_config_check(const gov_config_t *config, const gov_check_t *check,
                 apr_pool_t *pool)
{
    folder(check, "GovStateDir", config->state_dir, pool);
    folder(check, "GovShareDir", config->share_dir, pool);
    if (config->plugins->nelts)
        folder(check, "GovPluginDir", config->plugin_dir, pool);
    room(check, config->state_dir, pool);
    gov_check_tell(check, GOV_GRADE_FAIL, "GovKeyFile is set",
                   config->key_file ? NULL
                   : "without a key ring nobody has a second factor, forms are "
                     "refused, and a changed row is not noticed");
    /* cookies of sessions are marked Secure by this directive */
    gov_check_tell(check, config->test_hosts ? GOV_GRADE_WARNING
                                             : GOV_GRADE_FAIL,
                   "GovPublicScheme is https", config->https ? NULL
                   : "passwords and sessions go over the network in clear, and "
                     "their cookies are not marked Secure");
    gov_check_tell(check, GOV_GRADE_WARNING, "GovTestHosts is off",
                   config->test_hosts
                   ? "names under localhost are for tests and demos" : NULL);
    gov_check_tell(check, GOV_GRADE_WARNING, "GovConsoleAddresses is set",
                   config->console_addresses->nelts ? NULL
                   : "people may sign in from everywhere");
    gov_check_tell(check, GOV_GRADE_WARNING, "GovVirusScanner is set",
                   config->virus_scanner ? NULL
                   : "files that come in are not scanned");
}

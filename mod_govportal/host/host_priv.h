/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Shared inside host/. */
#ifndef HOST_PRIV_H
#define HOST_PRIV_H

#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>
#include <apr_thread_proc.h>

#include "gov_actor.h"
#include "gov_feed.h"
#include "gov_host.h"
#include "gov_integrity.h"
#include "gov_key.h"
#include "gov_limit.h"
#include "gov_log.h"
#include "gov_policy.h"
#include "gov_text.h"
#include "gov_time.h"
#include "gov_view.h"

/* Something that threads share and that is freed when the last one lets go. */
typedef struct gov_host__looks_t {
    apr_pool_t *pool;
    apr_uint32_t refs;
    gov_looks_t *looks;
} gov_host__looks_t;

/* What requests see: a site map with the looks and the frames made from both. */
typedef struct gov_host__scene_t {
    apr_pool_t *pool;
    apr_uint32_t refs;
    gov_group_t *group;
    const gov_policy_t *policy;   /* read with it */
    const gov_tree_t *tree;       /* of it */
    gov_snapshot_t taken;         /* before they were read */
    gov_host__looks_t *looks;
    apr_thread_mutex_t *frames_lock;
    apr_hash_t *frames;           /* "site lang view section" -> fragments */
} gov_host__scene_t;

/* How a plugin is doing in this process: not looked at yet, without its tables,
   in service. */
enum { GOV_HOST__NEW, GOV_HOST__WAITS, GOV_HOST__RUNS };

typedef struct gov_host__plugin_t {
    int state;                    /* read by all threads, see plugin_start.c */
    bool started;                 /* and so is to be stopped */
    bool told;                    /* that it waits */
} gov_host__plugin_t;

typedef struct gov_host__decorator_t {
    const gov_decorator_t *decorator;
    int plugin;
} gov_host__decorator_t;

/* A route, ready for matching. */
typedef struct gov_host__route_t {
    const gov_route_t *route;
    int plugin;                   /* its place in host->plugins */
    apr_array_header_t *parts;    /* const char *: segments of its path */
    apr_array_header_t *params;   /* const char * */
    int literals;                 /* more literal segments match first */
} gov_host__route_t;

struct gov_host_t {
    apr_pool_t *pool;
    const gov_config_t *config;
    const char *share;            /* config's share_dir, or its last good copy */
    const gov_clock_t *clock;
    const gov_keys_t *keys;       /* NULL: none is configured */
    gov_store_t *store;
    gov_cache_t *cache;
    gov_types_t *types;
    apr_array_header_t *plugins;  /* const gov_plugin_t * */
    gov_host__plugin_t *states;   /* of each of them, in this process */
    apr_array_header_t *look_dirs;/* gov_look_dir_t */
    apr_array_header_t *routes;   /* gov_host__route_t, best match first */
    apr_array_header_t *params;   /* const char *: of all routes */
    apr_hash_t *decorators;       /* type -> gov_host__decorator_t * */
    apr_hash_t *permissions;      /* plugins' word -> const gov_action_t * */
    apr_array_header_t *networks; /* apr_ipsubnet_t *: GovConsoleAddresses */
    gov_limits_t *limits;
    const char *version;          /* of code, looks and plugins: cache entries' */
    /* in each child */
    apr_thread_mutex_t *lock;     /* guards what follows, but the watcher */
    apr_thread_cond_t *made;      /* a scene was made, or could not be */
    gov_host__scene_t *scene;
    gov_host__looks_t *looks;
    gov_snapshot_t looks_taken;
    bool making;                  /* a thread makes a scene */
    apr_time_t scene_failed;      /* when the last attempt did; 0: it did not */
    char scene_why[200];          /* what the last failure said */
    apr_time_t outage_told;       /* outage.c: when the log had its last line */
    unsigned outage_untold;       /* requests that have had none since */
    apr_thread_t *watcher;
    struct gov_host__alarms_t *alarms;
    struct gov_host__integrity_t *integrity; /* the watcher's */
    volatile int still;           /* pages come from the cache only */
    bool all_run;                 /* all plugins; no need to look any more */
    apr_time_t start_again;       /* not before, while one waits */
    volatile int stopping;
};

/* --- scene.c --- */

/* The present scene, made anew if the structure moved, or an old one while the
   database is away; UNAVAILABLE if there is none.  Held until POOL goes. */
gov_err_t *gov_host__scene(gov_host__scene_t **scene, gov_host_t *host,
                           apr_pool_t *pool);
gov_err_t *gov_host__looks_load(gov_host__looks_t **looks, gov_host_t *host);
void gov_host__looks_release(gov_host__looks_t *looks);
/* Let go of both: they are in no pool of the host's. */
apr_status_t gov_host__scene_end(void *host);
/* The scene of a request context. */
gov_host__scene_t *gov_host__scene_of(const gov_ctx_t *ctx);
gov_host_t *gov_host__of(const gov_ctx_t *ctx);

/* A context with what the host's own files need behind it. */
typedef struct gov_host__ctx_t {
    gov_ctx_t ctx;                /* first: the public part */
    gov_host_t *host;
    gov_host__scene_t *scene;
    gov_snapshot_t snapshot;      /* before anything was read for this request */
} gov_host__ctx_t;

/* Let CTX see its scene. */
void gov_host__see(gov_host__ctx_t *ctx);
/* A context without a scene. */
void gov_host__ctx_begin(gov_host__ctx_t *ctx, gov_host_t *host,
                         const gov_actor_t *actor, apr_pool_t *pool);

/* --- route.c --- */

gov_err_t *gov_host__routes(gov_host_t *host, apr_pool_t *pool);

/* INVALID: one line about what does not fit. */
gov_err_t *gov_host__check_route(const gov_plugin_t *plugin,
                                 const gov_route_t *route, apr_pool_t *pool);

typedef struct gov_host__match_t {
    gov_req_t req;                /* first: the public part */
    const gov_host__route_t *route;
    const gov_column_t *column;
    const gov_site_t *place;      /* of {site}, or NULL */
    const char *names[8], *values[8];
    int count;
    const char *allow;            /* after UNSUPPORTED: the method that the path
                                     is there for */
    bool passed;                  /* a POST that the gate lets the handler have */
} gov_host__match_t;

/* Find the route for METHOD and req.rest (without a SITE none of a column);
   NOT_FOUND, or UNSUPPORTED if the path
   is there for another method. */
gov_err_t *gov_host__match(gov_host__match_t *match, const gov_host_t *host,
                           const gov_site_t *site, const char *method,
                           apr_pool_t *pool);

/* --- plugin.c --- */

gov_err_t *gov_host__plugins(gov_host_t *host,
                             const gov_plugin_t *const *builtin,
                             apr_pool_t *pool);
extern const gov_plugin_t gov_host__plugin;

/* --- gate.c --- */

/* The action behind a route's or a plugin's WORD; false: none. */
bool gov_host__action(gov_action_t *action, const gov_host_t *host,
                      const char *word);

/* --- route.c: the next of WORDS with blanks between, into WORD of so many bytes;
   false: no more. */
#define GOV_HOST__WORD 64
bool gov_host__next_word(char *word, const char **words);

/* --- form.c --- */

/* Where files lie that exist while a request lasts. */
const char *gov_host__intake_dir(const gov_host_t *host, apr_pool_t *pool);

/* --- console.c --- */

/* A site's name in LANG, or in its first language. */
const char *gov_host__site_title(const gov_site_t *site, const char *lang);

/* --- view.c --- */

/* A language's own name. */
const char *gov_host__endonym(const gov_ctx_t *ctx, const char *lang);

/* --- frame.c --- */

gov_err_t *gov_host__frame(const apr_array_header_t **fragments,
                           gov_ctx_t *ctx, const char *view,
                           const char *section, apr_pool_t *pool);
/* Fill the site element; both frames and pages have it. */
void gov_host__site_node(gov_node_t *parent, const gov_ctx_t *ctx,
                         const char *section, const char *view,
                         apr_pool_t *pool);
/* When dates of this year begin to need theirs. */
apr_time_t gov_host__new_year(const gov_ctx_t *ctx);
void gov_host__page_attributes(gov_node_t *page, const gov_ctx_t *ctx,
                               const char *view, apr_pool_t *pool);

/* --- view.c --- */

const char *gov_host__with_view(const char *path, const char *view,
                                apr_pool_t *pool);

gov_ctx_t *gov_host__view_ctx(const gov_view_t *view);
const char *gov_host__view_view(const gov_view_t *view);
apr_pool_t *gov_host__view_pool(const gov_view_t *view);
apr_hash_t *gov_host__view_parts(gov_view_t *view);

/* --- outage.c --- */

/* May a request that ends with 503 have its line in the log?  OTHERS: how many had
   none since the last line. */
bool gov_host__outage_tell(unsigned *others, gov_host_t *host);
/* Tell of those that are left over; the watcher asks by and by. */
void gov_host__outage_settle(gov_host_t *host);

/* --- error.c --- */

/* An error page for STATUS in the site's clothes, or in the base theme's without
   a site. */
void gov_host__error(gov_answer_t *answer, gov_host_t *host,
                     gov_host__ctx_t *ctx, const gov_req_t *req, int status,
                     const char *code, apr_pool_t *pool);

/* --- share.c --- */

/* Where the last good copy of the share directory lies on this node. */
const char *gov_host__good_share(const gov_config_t *config, apr_pool_t *pool);
/* Copy the share directory there, unless VERSION is there already. */
gov_err_t *gov_host__keep_share(const gov_config_t *config,
                                const char *version, apr_pool_t *pool);

/* --- form.c --- */

/* Make the folder of files on their way in, and clear what was left there. */
gov_err_t *gov_host__intake_open(const gov_host_t *host, apr_pool_t *pool);

/* --- plugin_start.c --- */

/* Start the plugins that do not run yet; leaves off while there is no site map.
   TELL: log which of them wait. */
void gov_host__start_plugins(gov_host_t *host, bool tell, apr_pool_t *pool);
/* A cleanup: stop those that were started. */
apr_status_t gov_host__stop_plugins(void *host);
bool gov_host__plugin_runs(const gov_host_t *host, int plugin);
/* For its tables. */
bool gov_host__plugin_waits(const gov_host_t *host, int plugin);

/* --- watch.c --- */

gov_err_t *gov_host__watch(gov_host_t *host, apr_pool_t *pool);

/* --- alarm.c --- */

typedef struct gov_host__alarms_t gov_host__alarms_t;

gov_err_t *gov_host__alarms(gov_host_t *host, apr_pool_t *pool);
/* A gov_alarm_fn_t; BATON is the host. */
void gov_host__alarm(void *baton, const gov_alarm_t *alarm);
/* Put what waits into the database. */
gov_err_t *gov_host__alarms_keep(gov_host_t *host, apr_pool_t *pool);
/* Let readers of a site map check tags. */
gov_err_t *gov_host__guard(gov_group_t *group, gov_host_t *host,
                           apr_pool_t *pool);

/* --- integrity.c --- */

typedef struct gov_host__integrity_t gov_host__integrity_t;

void gov_host__integrity(gov_host_t *host, apr_pool_t *pool);
/* Jobs: a turn of the walk; the audit's end, written down. */
gov_err_t *gov_host__walk(gov_ctx_t *ctx, apr_pool_t *pool);
gov_err_t *gov_host__anchor(gov_ctx_t *ctx, apr_pool_t *pool);
/* Put the audit's rows into its chain. */
gov_err_t *gov_host__chain(gov_host_t *host, const char *owner,
                           apr_pool_t *pool);

/* --- still.c --- */

/* Look whether the operator wants this node's pages from the cache only. */
void gov_host__look_still(gov_host_t *host, apr_pool_t *pool);
/* --- work.c --- */

/* Jobs of the node and of plugins, and the thread that runs them. */
typedef struct gov_host__work_t gov_host__work_t;

/* OWNER: in leases; lives longer than the work. */
gov_host__work_t *gov_host__work(gov_host_t *host, const char *owner);
/* Begin no job any more, or go on; the thread begins when it first goes on. */
void gov_host__work_pause(gov_host__work_t *work, bool pause);
/* Hold the lease of the job that runs now. */
void gov_host__work_keep(gov_host__work_t *work, apr_pool_t *pool);
/* Wait for the job that runs now, and end the thread. */
void gov_host__work_end(gov_host__work_t *work, apr_pool_t *pool);

/* --- files.c --- */

extern const gov_route_t gov_host__file_routes[];
/* A gov_asset_check_fn_t; BATON is the host. */
bool gov_host__asset_check(void *baton, const char *id, const char *file,
                           apr_pool_t *pool);

#endif

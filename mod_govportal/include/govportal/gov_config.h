/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_config.h
 *  @brief The configuration of one installation.  Floor: base.
 *
 *  httpd fills it from its directives; govctl reads the same directives from
 *  the file that httpd includes (lines "GovName value").  Each directive is
 *  documented in conf/directives/<Name>.md.
 */
#ifndef GOV_CONFIG_H
#define GOV_CONFIG_H

#include "gov_base.h"

typedef struct gov_config_t {
    const char *database;         /**< GovDatabase: "unix:/path" or
                                   "host:port", several with ',' */
    const char *database_name;    /**< GovDatabaseName */
    const char *database_user;    /**< GovDatabaseUser; NULL: that of the
                                   operating system */
    const char *database_password_file; /**< GovDatabasePasswordFile or NULL */
    const char *key_file;         /**< GovKeyFile: the key ring, gov_key.h; or
                                   NULL */
    int database_connections;     /**< GovDatabaseConnections, a child */
    const char *state_dir;        /**< GovStateDir: cache, shared memory, assets
                                   of this node */
    const char *share_dir;        /**< GovShareDir: xslt, types, static files as
                                   installed */
    const char *plugin_dir;       /**< GovPluginDir */
    apr_array_header_t *plugins;  /**< GovPlugin NAME ..., const char * */
    const char *zone;             /**< GovTimeZone, "Asia/Shanghai" */
    bool page_cache;              /**< GovPageCache on|off */
    apr_size_t page_cache_size;   /**< GovPageCacheSize: L1 of a child, bytes */
    bool xml_arena;               /**< GovXmlArena on|off */
    const char *virus_scanner;    /**< GovVirusScanner: "unix:/path" or
                                   "host:port"; NULL: none */
    bool quick;                   /**< GovPageCacheHook quick|handler */
    apr_array_header_t *console_addresses; /**< GovConsoleAddresses, const char *:
                                   networks that see more than the public */
    apr_array_header_t *sign_in;  /**< GovSignIn, const char *: "source=VARIABLE" */
    int port;                     /**< GovPublicPort: port in absolute URLs; 0 or
                                   80/443: none */
    bool https;                   /**< GovPublicScheme https|http */
    bool test_hosts;              /**< GovTestHosts on: *.localhost allowed
                                   (R081) */
} gov_config_t;

GOV_API gov_config_t *gov_config_create(apr_pool_t *pool);
/** Set one directive from its words.  INVALID names the directive and what was
 *  expected; NOT_FOUND: no such directive. */
GOV_API gov_err_t *gov_config_set(gov_config_t *config, const char *name,
                                  const char *const *words, int count,
                                  apr_pool_t *pool);
/** Read "Gov..." lines of an httpd configuration file; others are passed over. */
GOV_API gov_err_t *gov_config_read(gov_config_t *config, const char *file,
                                   apr_pool_t *pool);
/** The i-th directive's name, or NULL: for httpd's command table and tests. */
typedef struct gov_directive_t {
    const char *name;
    int min_words, max_words;     /**< max -1: any number */
    const char *help;
} gov_directive_t;
GOV_API const gov_directive_t *gov_config_directive(int i);

#endif

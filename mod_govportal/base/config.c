/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* config.c -- the directives: one table says how each is checked and kept. */

#include <apr_lib.h>
#include <apr_network_io.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base_priv.h"
#include "gov_config.h"

/* The build says where things are installed. */
#ifndef GOV_STATE_DIR
#define GOV_STATE_DIR "/var/lib/govportal"
#endif
#ifndef GOV_SHARE_DIR
#define GOV_SHARE_DIR "/usr/local/share/govportal"
#endif
#ifndef GOV_PLUGIN_DIR
#define GOV_PLUGIN_DIR "/usr/local/lib/govportal/plugins"
#endif

typedef struct entry_t entry_t;

/* Check WORD and store it at FIELD.  False if it is not what entry->expects. */
typedef bool (*setter_t)(void *field, const entry_t *entry, const char *word,
                         apr_pool_t *pool);

struct entry_t {
    gov_directive_t directive;
    setter_t set;
    apr_size_t offset;            /* in gov_config_t */
    const char *expects;
    const char *yes, *no;         /* of a choice */
    int min, max;                 /* of a number */
};

static bool
set_text(void *field, const entry_t *entry, const char *word, apr_pool_t *pool)
{
    (void)entry;
    if (!*word || !gov_text_valid(word, strlen(word)))
        return false;
    *(const char **)field = apr_pstrdup(pool, word);
    return true;
}

static bool
set_file(void *field, const entry_t *entry, const char *word, apr_pool_t *pool)
{
    apr_size_t len = strlen(word);

    if (word[0] != '/')
        return false;
    while (len > 1 && word[len - 1] == '/')
        len--;
    return set_text(field, entry, apr_pstrmemdup(pool, word, len), pool);
}

static bool
set_choice(void *field, const entry_t *entry, const char *word,
           apr_pool_t *pool)
{
    bool yes = strcasecmp(word, entry->yes) == 0;

    (void)pool;
    if (!yes && strcasecmp(word, entry->no) != 0)
        return false;
    *(bool *)field = yes;
    return true;
}

/* Digits only, so that no sign, blank or other base slips in. */
static bool
read_number(apr_int64_t *value, const char **end, const char *word)
{
    apr_size_t digits = strspn(word, "0123456789");

    if (digits == 0 || digits > 15)
        return false;
    *value = apr_atoi64(word);
    *end = word + digits;
    return true;
}

static bool
set_number(void *field, const entry_t *entry, const char *word,
           apr_pool_t *pool)
{
    apr_int64_t value;
    const char *end;

    (void)pool;
    if (!read_number(&value, &end, word) || *end || value < entry->min
        || value > entry->max)
        return false;
    *(int *)field = (int)value;
    return true;
}

static bool
set_size(void *field, const entry_t *entry, const char *word, apr_pool_t *pool)
{
    static const char units[] = "KMG";
    apr_int64_t value;
    const char *end, *unit;
    int shift = 0;

    (void)entry;
    (void)pool;
    if (!read_number(&value, &end, word))
        return false;
    if (*end) {
        unit = strchr(units, apr_toupper(*end));
        if (!unit || end[1])
            return false;
        shift = 10 * (int)(unit - units + 1);
    }
    if ((apr_uint64_t)value > APR_SIZE_MAX >> shift)
        return false;
    *(apr_size_t *)field = (apr_size_t)value << shift;
    return true;
}

static bool
is_server(const char *text)
{
    const char *colon = strrchr(text, ':');
    apr_int64_t port;
    const char *end;

    if (strncmp(text, "unix:", 5) == 0)
        return text[5] == '/';
    return colon && colon > text && read_number(&port, &end, colon + 1)
           && !*end && port > 0 && port < 65536
           && strcspn(text, " \t@/?#") == strlen(text);
}

static bool
set_server(void *field, const entry_t *entry, const char *word,
           apr_pool_t *pool)
{
    if (!strcmp(word, "none")) {
        *(const char **)field = NULL;
        return true;
    }
    return is_server(word) && set_text(field, entry, word, pool);
}

static bool
set_servers(void *field, const entry_t *entry, const char *word,
            apr_pool_t *pool)
{
    char *list = apr_pstrdup(pool, word), *text;

    while ((text = list) != NULL) {
        list = strchr(list, ',');
        if (list)
            *list++ = '\0';
        if (!is_server(text))
            return false;
    }
    return set_text(field, entry, word, pool);
}

/* The name becomes part of a path. */
static bool
set_zone(void *field, const entry_t *entry, const char *word, apr_pool_t *pool)
{
    return gov_base__is_zone_name(word) && set_text(field, entry, word, pool);
}

static bool
add_plugin(void *field, const entry_t *entry, const char *word,
           apr_pool_t *pool)
{
    apr_array_header_t *plugins = *(apr_array_header_t **)field;
    int i;

    (void)entry;
    if (!gov_text_is_slug(word))
        return false;
    for (i = 0; i < plugins->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(plugins, i, const char *), word) == 0)
            return false;
    APR_ARRAY_PUSH(plugins, const char *) = apr_pstrdup(pool, word);
    return true;
}

/* What httpd's Require ip takes: an address, with a mask after a slash. */
static bool
add_network(void *field, const entry_t *entry, const char *word,
            apr_pool_t *pool)
{
    char *address = apr_pstrdup(pool, word), *mask = strchr(address, '/');
    apr_ipsubnet_t *subnet;

    (void)entry;
    if (mask)
        *mask++ = '\0';
    if (apr_ipsubnet_create(&subnet, address, mask, pool))
        return false;
    APR_ARRAY_PUSH(*(apr_array_header_t **)field, const char *) =
        apr_pstrdup(pool, word);
    return true;
}

/* "certificate=SSL_CLIENT_S_DN_CN": a word, and a variable of httpd's. */
static bool
add_source(void *field, const entry_t *entry, const char *word,
           apr_pool_t *pool)
{
    const char *equals = strchr(word, '='), *at;

    (void)entry;
    if (!equals || !equals[1] || equals - word > 20
        || !gov_text_is_slug(apr_pstrmemdup(pool, word,
                                            (apr_size_t)(equals - word))))
        return false;
    for (at = equals + 1; *at; at++)
        if (!apr_isalnum(*at) && *at != '_')
            return false;
    APR_ARRAY_PUSH(*(apr_array_header_t **)field, const char *) =
        apr_pstrdup(pool, word);
    return true;
}

#define FIELD(name) offsetof(gov_config_t, name)

static const entry_t entries[] = {
    { { "GovDatabase", 1, 1,
        "Where MariaDB listens: unix:/path or host:port, several with ','" },
      set_servers, FIELD(database),
      "unix:/path or host:port, several with ','", NULL, NULL, 0, 0 },
    { { "GovDatabaseName", 1, 1, "The database's name" },
      set_text, FIELD(database_name), "a name", NULL, NULL, 0, 0 },
    { { "GovDatabaseUser", 1, 1, "The database account" },
      set_text, FIELD(database_user), "a name", NULL, NULL, 0, 0 },
    { { "GovDatabasePasswordFile", 1, 1,
        "A file whose first line is the database account's password" },
      set_file, FIELD(database_password_file), "an absolute path",
      NULL, NULL, 0, 0 },
    { { "GovKeyFile", 1, 1,
        "The file of the key ring, the same on every node" },
      set_file, FIELD(key_file), "an absolute path", NULL, NULL, 0, 0 },
    { { "GovDatabaseConnections", 1, 1,
        "How many database connections a child process may hold" },
      set_number, FIELD(database_connections), "a number from 1 to 256",
      NULL, NULL, 1, 256 },
    { { "GovStateDir", 1, 1,
        "The folder of this node's page cache and copies of assets" },
      set_file, FIELD(state_dir), "an absolute path", NULL, NULL, 0, 0 },
    { { "GovShareDir", 1, 1,
        "The folder of the installed templates, types and static files" },
      set_file, FIELD(share_dir), "an absolute path", NULL, NULL, 0, 0 },
    { { "GovPluginDir", 1, 1, "The folder of the installed plugins" },
      set_file, FIELD(plugin_dir), "an absolute path", NULL, NULL, 0, 0 },
    { { "GovPlugin", 1, -1, "Plugins to load, by name" },
      add_plugin, FIELD(plugins), "names of plugins, each once",
      NULL, NULL, 0, 0 },
    { { "GovTimeZone", 1, 1, "The time zone of the group's civil time" },
      set_zone, FIELD(zone), "a zone's name such as Asia/Shanghai",
      NULL, NULL, 0, 0 },
    { { "GovPageCache", 1, 1, "Whether pages are kept: on or off" },
      set_choice, FIELD(page_cache), "on or off", "on", "off", 0, 0 },
    { { "GovPageCacheSize", 1, 1,
        "Memory of a child process for pages: bytes, or with K, M, G" },
      set_size, FIELD(page_cache_size), "a size such as 64M",
      NULL, NULL, 0, 0 },
    { { "GovPageCacheHook", 1, 1,
        "When kept pages are served: quick (before all other modules) or "
        "handler" },
      set_choice, FIELD(quick), "quick or handler", "quick", "handler", 0, 0 },
    { { "GovXmlArena", 1, 1,
        "Whether pages' trees lie in arenas (process-wide hooks of libxml2): "
        "on or off" },
      set_choice, FIELD(xml_arena), "on or off", "on", "off", 0, 0 },
    { { "GovConsoleAddresses", 1, -1,
        "Networks that may sign in and see more than the public" },
      add_network, FIELD(console_addresses),
      "addresses or networks such as 10.1.0.0/16", NULL, NULL, 0, 0 },
    { { "GovSignIn", 1, -1,
        "Ways to sign in by the server's own authentication: "
        "source=VARIABLE" },
      add_source, FIELD(sign_in), "source=VARIABLE, as in "
      "certificate=SSL_CLIENT_S_DN_CN", NULL, NULL, 0, 0 },
    { { "GovVirusScanner", 1, 1,
        "Where clamd listens: unix:/path or host:port, or none" },
      set_server, FIELD(virus_scanner), "unix:/path, host:port or none",
      NULL, NULL, 0, 0 },
    { { "GovPublicPort", 1, 1,
        "The port in absolute URLs; 0: none" },
      set_number, FIELD(port), "a number from 0 to 65535",
      NULL, NULL, 0, 65535 },
    { { "GovPublicScheme", 1, 1, "The scheme of absolute URLs" },
      set_choice, FIELD(https), "https or http", "https", "http", 0, 0 },
    { { "GovTestHosts", 1, 1,
        "Whether sites also answer to *.localhost: on or off" },
      set_choice, FIELD(test_hosts), "on or off", "on", "off", 0, 0 },
};

#define COUNT ((int)(sizeof(entries) / sizeof(entries[0])))

gov_config_t *
gov_config_create(apr_pool_t *pool)
{
    gov_config_t *config = apr_pcalloc(pool, sizeof(*config));

    config->database = "unix:/run/mysqld/mysqld.sock";
    config->database_name = "govportal";
    config->database_connections = 12;
    config->state_dir = GOV_STATE_DIR;
    config->share_dir = GOV_SHARE_DIR;
    config->plugin_dir = GOV_PLUGIN_DIR;
    config->plugins = apr_array_make(pool, 8, sizeof(const char *));
    config->console_addresses = apr_array_make(pool, 4, sizeof(const char *));
    config->sign_in = apr_array_make(pool, 4, sizeof(const char *));
    config->zone = "Asia/Shanghai";
    config->page_cache = true;
    config->quick = true;
    config->xml_arena = true;
    config->page_cache_size = 64 * 1024 * 1024;
    config->https = true;
    return config;
}

const gov_directive_t *
gov_config_directive(int i)
{
    return i >= 0 && i < COUNT ? &entries[i].directive : NULL;
}

static const entry_t *
find(const char *name)
{
    int i;

    for (i = 0; i < COUNT; i++)
        if (strcasecmp(entries[i].directive.name, name) == 0)
            return &entries[i];
    return NULL;
}

gov_err_t *
gov_config_set(gov_config_t *config, const char *name,
               const char *const *words, int count, apr_pool_t *pool)
{
    const entry_t *entry = find(name);
    const gov_directive_t *directive;
    int i;

    if (!entry)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "no directive %s", name);
    directive = &entry->directive;
    if (count < directive->min_words
        || (directive->max_words >= 0 && count > directive->max_words))
        return gov_err_field(directive->name, pool,
                             "%s takes %s, not %d words", directive->name,
                             entry->expects, count);
    for (i = 0; i < count; i++)
        if (!entry->set((char *)config + entry->offset, entry, words[i], pool))
            return gov_err_field(directive->name, pool,
                                 "%s takes %s, not '%s'", directive->name,
                                 entry->expects, words[i]);
    return NULL;
}

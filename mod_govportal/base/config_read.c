/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* config_read.c -- directives out of the file that httpd includes. */

#include <apr_lib.h>
#include <string.h>
#include <strings.h>

#include "base_priv.h"
#include "gov_config.h"
#include "gov_file.h"

#define FILE_MAX (1024 * 1024)

/* Cut one line off *REST, joined with those that a backslash at its end
   continues (the result is written over them), and count *LINES. */
static char *
next_line(char **rest, int *lines)
{
    char *line = *rest, *from = line, *to = line;

    for (; *from; from++) {
        if (*from == '\n') {
            ++*lines;
            if (to > line && to[-1] == '\r')
                to--;
            if (to == line || to[-1] != '\\')
                break;
            to--;
        }
        else
            *to++ = *from;
    }
    *rest = *from ? from + 1 : from;
    *to = '\0';
    return line;
}

/* Cut one word off *REST by httpd's rules: blanks part words, quotes of either
   kind keep them together, a backslash inside quotes escapes the quote or
   itself.  NULL at the end; false if a quote stays open. */
static bool
next_word(char **word, char **rest)
{
    char *from = *rest, *to, quote;

    while (apr_isspace(*from))
        from++;
    *word = *from ? from : NULL;
    if (*from == '"' || *from == '\'') {
        quote = *from++;
        *word = to = from;
        while (*from && *from != quote) {
            if (*from == '\\' && (from[1] == quote || from[1] == '\\'))
                from++;
            *to++ = *from++;
        }
        if (!*from++)
            return false;
        *to = '\0';
        *rest = from;
        return true;
    }
    while (*from && !apr_isspace(*from))
        from++;
    if (*from)
        *from++ = '\0';
    *rest = from;
    return true;
}

static gov_err_t *
read_line(gov_config_t *config, char *line, apr_pool_t *pool)
{
    apr_array_header_t *words = apr_array_make(pool, 4, sizeof(const char *));
    char *name, *word;

    if (!next_word(&name, &line) || !name || strncasecmp(name, "Gov", 3) != 0)
        return NULL;
    do {
        if (!next_word(&word, &line))
            return gov_err(GOV_E_INVALID, NULL, pool, "%s: a quote is missing",
                           name);
        /* Only httpd knows what it was told to Define. */
        if (word && strstr(word, "${"))
            return gov_err(GOV_E_INVALID, NULL, pool,
                           "%s: variables cannot be read here", name);
        if (word)
            APR_ARRAY_PUSH(words, const char *) = word;
    } while (word);
    return gov_config_set(config, name, (const char *const *)words->elts,
                          words->nelts, pool);
}

gov_err_t *
gov_config_read(gov_config_t *config, const char *file, apr_pool_t *pool)
{
    gov_bytes_t bytes;
    int lines = 0;
    char *rest;

    GOV_TRY(gov_file_read(&bytes, file, FILE_MAX, pool));
    rest = apr_pstrmemdup(pool, bytes.data, bytes.len);
    while (*rest) {
        int first = lines + 1;
        gov_err_t *err = read_line(config, next_line(&rest, &lines), pool);

        if (err)
            return gov_err(GOV_E_INVALID, err, pool, "%s:%d", file, first);
    }
    return NULL;
}

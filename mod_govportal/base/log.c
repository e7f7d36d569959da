/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* log.c -- log lines: formatted here, written by whoever runs us. */

#include <stdio.h>
#include <string.h>

#include "base_priv.h"
#include "gov_log.h"

/* Lines are made on the stack, so that logging works when memory and pools do
   not; what is longer is cut. */
#define LINE 4096

static void
write_to_stderr(void *baton, gov_log_level_t level, int number,
                const char *text)
{
    static const char *const words[] = { "error", "warning", "info", "debug" };

    (void)baton;
    fprintf(stderr, "GOV%04d %s: %s\n", number, words[level], text);
}

static gov_log_sink_t the_sink = write_to_stderr;
static void *the_baton;

void
gov_log_to(gov_log_sink_t sink, void *baton)
{
    the_sink = sink ? sink : write_to_stderr;
    the_baton = baton;
}

/* Texts may quote what a stranger sent; a line end in it must not begin a
   forged log line.  Bytes that are not UTF-8 (also the end of a cut text) are
   shown in the same way as controls. */
static void
emit(gov_log_level_t level, int number, const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    const unsigned char *end = p + strlen(text);
    char line[LINE * 2];
    char *to = line, *last = line + sizeof(line) - 5;
    apr_uint32_t ch;
    int n, skip;

    while (p < end && to < last) {
        n = gov_base__utf8(&ch, &skip, p, end);
        if (n == 0 || ch < 0x20 || (ch >= 0x7F && ch <= 0x9F))
            to += snprintf(to, 5, "\\x%02x", *p++);
        else {
            memcpy(to, p, n);
            to += n;
            p += n;
        }
    }
    *to = '\0';
    the_sink(the_baton, level, number, line);
}

/* Append to TEXT, which holds LEN bytes, and return the new length. */
static size_t
append(char *text, size_t len, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static size_t
append(char *text, size_t len, const char *fmt, ...)
{
    va_list args;
    int n;

    va_start(args, fmt);
    n = vsnprintf(text + len, LINE - len, fmt, args);
    va_end(args);
    if (n < 0)
        return len;
    return (size_t)n < LINE - len ? len + n : LINE - 1;
}

void
gov_log(gov_log_level_t level, int number, const char *fmt, ...)
{
    char text[LINE];
    va_list args;

    va_start(args, fmt);
    if (vsnprintf(text, sizeof(text), fmt, args) < 0)
        text[0] = '\0';
    va_end(args);
    emit(level, number, text);
}

void
gov_log_err(gov_log_level_t level, int number, const gov_err_t *err,
            const char *what)
{
    char text[LINE];
    size_t len = append(text, 0, "%s", what);

    for (; err; err = err->cause)
        len = append(text, len, ": %s (%s:%d)", err->message,
                     gov_base__place(err->file), err->line);
    emit(level, number, text);
}

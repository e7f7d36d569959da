/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* markup_parse.c -- gumbo on a pool, with a budget.
 *
 * gumbo frees its tree by recursion, which a deep one turns into a crash; HTML's
 * rules let a few bytes become many nodes (each paragraph repeats the open
 * formatting); and there are inputs that take the square of their length in
 * time.  So it allocates from a pool that is cleared whole, and when it has used
 * up the memory or the time that its input explains, its allocator does not
 * return.
 */

#include <setjmp.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "markup_priv.h"

typedef struct budget_t {
    apr_pool_t *pool;
    apr_size_t left;
    apr_time_t deadline;          /* on this thread's own clock */
    unsigned calls;
    jmp_buf spent;
} budget_t;

/* What this thread has worked so far: another process' load is no reason to
   refuse a text. */
static apr_time_t
worked(void)
{
    struct timespec time;

    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) != 0)
        return 0;
    return apr_time_from_sec(time.tv_sec) + time.tv_nsec / 1000;
}

static void *
allocate(void *userdata, size_t size)
{
    budget_t *budget = userdata;

    if (size > budget->left
        || (++budget->calls % 128 == 0 && worked() > budget->deadline))
        longjmp(budget->spent, 1);
    budget->left -= size;
    return apr_palloc(budget->pool, size);
}

static void
deallocate(void *userdata, void *data)
{
    (void)userdata;
    (void)data;
}

/* Elements that nobody closes, or that cannot nest in themselves. */
static bool
is_shallow(const char *name, apr_size_t len)
{
    static const char *const names[] = {
        "p", "br", "li", "dt", "dd", "td", "th", "tr", "hr", "img", "col",
        "thead", "tbody", "tfoot", "option", "input", "meta", "link", "wbr",
        "html", "head", "body", "base", "area", "param", "source", "embed"
    };
    apr_size_t i;

    for (i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strlen(names[i]) == len && !strncasecmp(names[i], name, len))
            return true;
    return false;
}

/* More than a thousand tags opened in a row are no text.  gumbo would look
   through all of them for each further one. */
static bool
is_pile(const char *html, apr_size_t len)
{
    const char *p = html, *end = html + len;
    int open = 0;

    while ((p = memchr(p, '<', end - p)) != NULL) {
        const char *name = ++p;

        while (p < end && ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z'))
            p++;
        if (name < end && *name == '/')
            open = 0;
        else if (p > name && !is_shallow(name, p - name)
                 && ++open > MAX_SOURCE_DEPTH)
            return true;
    }
    return false;
}

gov_err_t *
gov_markup__parse(const GumboOutput **output, const char *html, apr_size_t len,
                  bool whole, apr_pool_t *pool)
{
    GumboOptions options = kGumboDefaultOptions;
    budget_t budget;

    if (is_pile(html, len))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "markup is nested too deeply");
    budget.pool = pool;
    budget.left = 8 * 1024 * 1024 + 128 * len;
    budget.deadline = worked() + apr_time_from_sec(1) + 2 * (apr_time_t)len;
    budget.calls = 0;
    options.allocator = allocate;
    options.deallocator = deallocate;
    options.userdata = &budget;
    options.max_errors = 0;
    if (!whole)
        options.fragment_context = GUMBO_TAG_BODY;
    if (setjmp(budget.spent))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "markup of %" APR_SIZE_T_FMT " bytes is too entangled",
                       len);
    *output = gumbo_parse_with_options(&options, html, len);
    return NULL;
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* xml_arena.c -- memory of one page's trees, given back all at once.

   Building and transforming a page takes some ten thousand small pieces of
   memory.  While a thread is inside its arena, libxml2's functions cut them from
   one stretch and freeing does nothing; leaving forgets them all.  Outside, and in
   all other threads, they are the C library's own malloc and free, so other modules
   of the process that use libxml2 notice nothing. */

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base_priv.h"
#include "gov_xml.h"

/* Address space; memory is taken as it is touched.  A page needs one or two
   megabytes; what goes beyond comes from malloc, and goes with the arena, too. */
#define SIZE (32 * 1024 * 1024)
/* What stays in memory between pages: so much of so many stretches for each
   processor.  A rush of readers takes as many as there are threads; if all kept
   their memory, the process would grow until each had had its largest page. */
#define KEEP (2 * 1024 * 1024)
#define KEEP_FOR_EACH 4
#define KEEP_MOST 32
#define ALIGN(n) (((n) + 15) & ~(size_t)15)
#define HEAD 16                   /* holds the piece's length */

/* The stretch lies at the arena's own beginning. */
typedef struct stretch_t {
    struct stretch_t *next;       /* in the list of idle ones */
} stretch_t;

/* Before a piece that did not fit. */
typedef struct beyond_t {
    _Alignas(16) struct beyond_t *next;
    size_t len;
} beyond_t;

typedef struct arena_t {
    char *base;                   /* NULL: outside */
    size_t used, last;            /* last: where the newest piece begins */
    beyond_t *beyond;             /* few: a page that needs them is a mistake */
    size_t beyond_len;            /* of all that there were */
    size_t limit;                 /* of used and beyond; what is more stops */
    void (*stop)(void *baton);
    void *baton;
    int depth;                    /* 0: pieces come from malloc */
} arena_t;

/* Reached some ten thousand times a page: without a call. */
static __thread arena_t arena __attribute__((tls_model("initial-exec")));
static bool installed;

/* Shared by all threads, so that idle threads hold none. */
static stretch_t *idle;
static long idle_count, idle_max;
static pthread_mutex_t idle_lock = PTHREAD_MUTEX_INITIALIZER;

static bool
inside(const void *piece)
{
    return arena.base && (const char *)piece >= arena.base
        && (const char *)piece < arena.base + SIZE;
}

static size_t
length(const void *piece)
{
    size_t len;

    memcpy(&len, (const char *)piece - HEAD, sizeof(len));
    return len;
}

static void
stop_at_limit(size_t more)
{
    void (*stop)(void *baton) = arena.stop;

    if (!stop || arena.used + arena.beyond_len + more <= arena.limit)
        return;
    arena.stop = NULL;            /* it may take memory itself */
    stop(arena.baton);
}

/* Too large, or the stretch is full. */
static void *
take_beyond(size_t len)
{
    beyond_t *piece;

    stop_at_limit(len);
    piece = malloc(sizeof(*piece) + len);
    if (!piece)
        return NULL;
    piece->next = arena.beyond;
    piece->len = len;
    arena.beyond = piece;
    arena.beyond_len += len;
    return piece + 1;
}

/* Where the list points to PIECE; NULL: it came from malloc outside. */
static beyond_t **
find_beyond(const void *piece)
{
    beyond_t **at;

    for (at = &arena.beyond; *at; at = &(*at)->next)
        if (*at + 1 == piece)
            return at;
    return NULL;
}

static void
drop_beyond(beyond_t **at)
{
    beyond_t *gone = *at;

    *at = gone->next;
    free(gone);
}

static void *
take(size_t len)
{
    char *piece;

    if (!arena.depth)
        return malloc(len);
    if (len > SIZE / 4 || arena.used + HEAD + ALIGN(len) > SIZE)
        return take_beyond(len);
    if (arena.used + len > arena.limit)
        stop_at_limit(len);
    arena.last = arena.used;
    piece = arena.base + arena.used + HEAD;
    memcpy(piece - HEAD, &len, sizeof(len));
    arena.used += HEAD + ALIGN(len);
    return piece;
}

static void
give(void *piece)
{
    if (!inside(piece)) {
        beyond_t **at = arena.beyond ? find_beyond(piece) : NULL;

        if (at)
            drop_beyond(at);
        else
            free(piece);
        return;
    }
    /* the newest piece can be taken back: growing buffers and short lives */
    if ((char *)piece == arena.base + arena.last + HEAD && arena.depth)
        arena.used = arena.last;
}

static void *
resize(void *piece, size_t len)
{
    void *grown;
    size_t had;

    if (!piece)
        return take(len);
    if (inside(piece))
        had = length(piece);
    else {
        beyond_t **at = arena.beyond ? find_beyond(piece) : NULL;

        if (!at)
            return realloc(piece, len);
        had = (*at)->len;
    }
    if (len <= had)
        return piece;
    if ((char *)piece == arena.base + arena.last + HEAD && arena.depth
        && arena.last + HEAD + ALIGN(len) <= SIZE) {
        if (arena.last + len > arena.limit)
            stop_at_limit(len - had);
        memcpy((char *)piece - HEAD, &len, sizeof(len));
        arena.used = arena.last + HEAD + ALIGN(len);
        return piece;
    }
    grown = take(len);
    if (grown) {
        memcpy(grown, piece, had);
        give(piece);
    }
    return grown;
}

static char *
copy(const char *text)
{
    size_t len = strlen(text) + 1;
    char *to = take(len);

    if (to)
        memcpy(to, text, len);
    return to;
}

/* Before this code may be unloaded. */
static apr_status_t
remove_hooks(void *data)
{
    (void)data;
    if (installed)
        xmlMemSetup(free, malloc, realloc, strdup);
    installed = false;
    return APR_SUCCESS;
}

void
gov_xml_arena_install(apr_pool_t *pool)
{
    if (installed || xmlMemSetup(give, take, resize, copy))
        return;
    installed = true;
    idle_max = sysconf(_SC_NPROCESSORS_ONLN);
    idle_max = (idle_max > 0 ? idle_max : 1) * KEEP_FOR_EACH;
    if (idle_max > KEEP_MOST)
        idle_max = KEEP_MOST;
    apr_pool_cleanup_register(pool, NULL, remove_hooks, apr_pool_cleanup_null);
}

/* A stretch, the one used last first: its memory is still in the processor's
   caches. */
static char *
take_stretch(void)
{
    stretch_t *stretch;
    void *base;

    pthread_mutex_lock(&idle_lock);
    stretch = idle;
    if (stretch) {
        idle = stretch->next;
        idle_count--;
    }
    pthread_mutex_unlock(&idle_lock);
    if (stretch)
        return (char *)stretch;
    base = mmap(NULL, SIZE, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return base == MAP_FAILED ? NULL : base;
}

static void
give_stretch(char *base, size_t used)
{
    stretch_t *stretch = (stretch_t *)(void *)base;
    bool keep;

    if (used > KEEP)
        madvise(base + KEEP, SIZE - KEEP, MADV_DONTNEED);
    pthread_mutex_lock(&idle_lock);
    keep = idle_count < idle_max;
    if (keep) {
        stretch->next = idle;
        idle = stretch;
        idle_count++;
    }
    pthread_mutex_unlock(&idle_lock);
    if (!keep)
        munmap(base, SIZE);
}

bool
gov_xml_arena_enter(void)
{
    if (!installed)
        return false;
    if (!arena.depth) {
        arena.base = take_stretch();
        if (!arena.base)
            return false;
        arena.used = arena.last = ALIGN(sizeof(stretch_t));
        arena.beyond_len = 0;
        gov_xml_arena_limit(0, NULL, NULL);
    }
    arena.depth++;
    return true;
}

void
gov_xml_arena_leave(void)
{
    gov_assert(arena.depth > 0);
    if (arena.depth == 1) {
        /* its texts lie in the arena */
        xmlResetLastError();
        while (arena.beyond)
            drop_beyond(&arena.beyond);
        give_stretch(arena.base, arena.used);
        arena.base = NULL;
    }
    arena.depth--;
}

bool
gov_xml_arena_on(void)
{
    return arena.depth > 0;
}

void
gov_xml_arena_limit(apr_size_t max, void (*stop)(void *baton), void *baton)
{
    arena.stop = max ? stop : NULL;
    arena.limit = max ? arena.used + arena.beyond_len + max : SIZE_MAX;
    arena.baton = baton;
}

int
gov_base__arena_pause(void)
{
    int depth = arena.depth;

    arena.depth = 0;
    return depth;
}

void
gov_base__arena_resume(int depth)
{
    arena.depth = depth;
}

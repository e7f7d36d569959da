/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/cache_shared.c -- the node's shared memory, and what "moved" means.

   Each tag has a slot (by hash) that holds the generation of its last bump.

       bump      g = ++begun;  slot[t] = max(slot[t], g) for each tag;  ++ended
       snapshot  S = begun, before any data is read
       fresh     slot[t] <= S for each tag

   Why a fresh entry is never older than a bump that returned.  Say a change was
   committed, then bumped with g, and the bump returned.
     S >= g: the snapshot came after ++begun, so after the commit; the data
             was read later still and holds the change.  The entry is right.
     S <  g: all slots were written before the bump returned, each is >= g > S.
             The entry is not fresh.
   While the bump runs an old entry may still be found fresh; nobody was
   promised more before it returns.

   To walk an entry's tags at each hit is dear, so an entry remembers "ended" as
   it was read before its last good walk, and the walk is left out while "ended"
   is the same: a bump that returned since would have moved it.  It must not be
   "begun", which moves before the slots: a walk between the two would see old
   slots and remember the new number for good.  Every ++ended releases the slots
   written before it, and the reader acquires it, so whoever sees the number
   sees the slots; of two bumps at once the later ++ended also carries the
   earlier one's release.

   A bumper killed half-way has moved some slots or none and never returned; the
   change feed's reader bumps the same tags again. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <apr_file_io.h>
#include <apr_mmap.h>
#include <apr_portable.h>

#include "cache_priv.h"

_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2,
               "atomics in shared memory must not hide a lock");

/* "GovMem" and the layout's number: change it with the structure. */
#define MAGIC APR_UINT64_C(0x476f764d656d0001)

/* After a reboot the file may be older than it was, in parts: pages that were
   not written back are lost.  So the shared memory ends with the kernel. */
static apr_uint64_t
boot_id(apr_pool_t *pool)
{
    apr_file_t *file;
    char id[64];
    apr_size_t len = sizeof(id);

    if (apr_file_open(&file, "/proc/sys/kernel/random/boot_id", APR_FOPEN_READ,
                      0, pool))
        return 0;
    if (apr_file_read(file, id, &len))
        len = 0;
    apr_file_close(file);
    return gov_render__hash(id, len);
}

void
gov_render__give(const char *file, const char *state_dir)
{
    struct stat info;

    /* a failure shows when the owner cannot write there */
    if (geteuid() == 0 && stat(state_dir, &info) == 0
        && lchown(file, info.st_uid, info.st_gid) != 0)
        return;
}

/* Map FILE; SHARED stays NULL if it is not there or not of this layout and
   boot. */
static gov_err_t *
map(gov_render__shared_t **shared, const char *name, apr_uint64_t boot,
    apr_pool_t *pool)
{
    apr_file_t *file;
    apr_finfo_t info;
    apr_mmap_t *mmap;
    apr_status_t rv;

    *shared = NULL;
    rv = apr_file_open(&file, name, APR_FOPEN_READ | APR_FOPEN_WRITE, 0, pool);
    if (APR_STATUS_IS_ENOENT(rv))
        return NULL;
    if (rv == APR_SUCCESS)
        rv = apr_file_info_get(&info, APR_FINFO_SIZE | APR_FINFO_TYPE, file);
    if (rv)
        return gov_err_apr(rv, pool, "cannot open %s", name);
    if (info.filetype != APR_REG || info.size != sizeof(**shared)) {
        apr_file_close(file);
        return NULL;
    }
    rv = apr_mmap_create(&mmap, file, 0, sizeof(**shared),
                         APR_MMAP_READ | APR_MMAP_WRITE, pool);
    apr_file_close(file);
    if (rv)
        return gov_err_apr(rv, pool, "cannot map %s", name);
    *shared = mmap->mm;
    if ((*shared)->magic != MAGIC || (*shared)->size != sizeof(**shared)
        || (*shared)->boot != boot) {
        *shared = NULL;
        apr_mmap_delete(mmap);
    }
    return NULL;
}

/* Under the lock, so one name will do.  The blocks are reserved: a full disk
   must fail here, not with SIGBUS at a bump. */
static gov_err_t *
create(const char *name, apr_uint64_t boot, const char *state_dir,
       apr_pool_t *pool)
{
    const char *temporary = apr_pstrcat(pool, name, ".new", NULL);
    gov_render__shared_t *shared;
    apr_file_t *file;
    apr_mmap_t *mmap;
    apr_os_file_t fd;
    apr_status_t rv;

    rv = apr_file_open(&file, temporary, APR_FOPEN_READ | APR_FOPEN_WRITE
                       | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE,
                       APR_FPROT_UREAD | APR_FPROT_UWRITE | APR_FPROT_GREAD
                       | APR_FPROT_GWRITE, pool);
    if (rv)
        return gov_err_apr(rv, pool, "cannot make %s", temporary);
    apr_os_file_get(&fd, file);
    do
        rv = posix_fallocate(fd, 0, sizeof(*shared));
    while (rv == EINTR);
    if (!rv)
        rv = apr_mmap_create(&mmap, file, 0, sizeof(*shared),
                             APR_MMAP_READ | APR_MMAP_WRITE, pool);
    apr_file_close(file);
    if (rv)
        return gov_err_apr(rv, pool, "%s needs %" APR_SIZE_T_FMT " bytes",
                           temporary, sizeof(*shared));
    shared = mmap->mm;
    shared->magic = MAGIC;
    shared->size = sizeof(*shared);
    shared->boot = boot;
    atomic_store(&shared->last_seq, -1);
    rv = apr_generate_random_bytes((unsigned char *)&shared->epoch,
                                   sizeof(shared->epoch));
    apr_mmap_delete(mmap);
    if (rv)
        return gov_err_apr(rv, pool, "no random bytes");
    gov_render__give(temporary, state_dir);
    rv = apr_file_rename(temporary, name, pool);
    return rv ? gov_err_apr(rv, pool, "cannot make %s", name) : NULL;
}

/* One process at a time looks and makes; the kernel gives the lock back when
   its holder dies.  What is replaced goes by rename, so whoever still has the
   old file mapped keeps it until it ends. */
gov_err_t *
gov_render__shared_open(gov_render__shared_t **shared, const char *state_dir,
                        apr_pool_t *pool)
{
    const char *name = apr_pstrcat(pool, state_dir, "/shared.cache", NULL);
    const char *lock_name = apr_pstrcat(pool, state_dir, "/shared.lock", NULL);
    apr_uint64_t boot = boot_id(pool);
    apr_file_t *lock;
    apr_os_file_t fd;
    apr_status_t rv;
    gov_err_t *err;

    rv = apr_file_open(&lock, lock_name, APR_FOPEN_WRITE | APR_FOPEN_CREATE,
                       APR_FPROT_UREAD | APR_FPROT_UWRITE | APR_FPROT_GREAD
                       | APR_FPROT_GWRITE, pool);
    if (rv)
        return gov_err_apr(rv, pool, "cannot open %s", lock_name);
    gov_render__give(lock_name, state_dir);
    apr_os_file_get(&fd, lock);
    /* not fcntl(), which does not keep threads of one process apart */
    while (flock(fd, LOCK_EX)) {
        if (errno != EINTR)
            return gov_err_apr(APR_FROM_OS_ERROR(errno), pool,
                               "cannot lock %s", lock_name);
    }
    err = map(shared, name, boot, pool);
    if (!err && !*shared) {
        err = create(name, boot, state_dir, pool);
        if (!err)
            err = map(shared, name, boot, pool);
        if (!err && !*shared)
            err = gov_err(GOV_E_INTERNAL, NULL, pool,
                          "%s was replaced by something else", name);
    }
    apr_file_close(lock);
    return err;
}

apr_uint32_t
gov_render__slot(const char *tag, apr_size_t len)
{
    return (apr_uint32_t)gov_render__hash(tag, len) & (GOV_RENDER__SLOTS - 1);
}

bool
gov_render__slots_moved(const gov_render__shared_t *shared,
                        const apr_uint32_t *slots, apr_uint32_t count,
                        apr_uint64_t generation)
{
    apr_uint32_t i;

    for (i = 0; i < count; i++) {
        /* the mask keeps a damaged file inside the array */
        const gov_render__atomic_t *slot =
            &shared->slots[slots[i] & (GOV_RENDER__SLOTS - 1)];

        if (atomic_load_explicit(slot, memory_order_acquire) > generation)
            return true;
    }
    return false;
}

/* The next of blank-separated tags at *AT; its length, 0 at the end. */
static apr_size_t
next_tag(const char **at)
{
    *at += strspn(*at, " ");
    return strcspn(*at, " ");
}

void
gov_cache_bump(gov_cache_t *cache, const char *tags)
{
    gov_render__shared_t *shared = cache->shared;
    apr_uint64_t generation;
    const char *at = tags;
    apr_size_t len;

    if (!tags || !next_tag(&at))
        return;
    generation = atomic_fetch_add(&shared->begun, 1) + 1;
    for (; (len = next_tag(&at)) > 0; at += len) {
        gov_render__atomic_t *slot = &shared->slots[gov_render__slot(at, len)];
        apr_uint64_t was = atomic_load(slot);

        while (was < generation
               && !atomic_compare_exchange_weak(slot, &was, generation))
            ;
    }
    atomic_fetch_add(&shared->ended, 1);
}

gov_snapshot_t
gov_cache_snapshot(const gov_cache_t *cache)
{
    gov_snapshot_t snapshot;

    snapshot.generation = atomic_load(&cache->shared->begun);
    snapshot.version = atomic_load(&cache->version);
    return snapshot;
}

bool
gov_cache_moved(const gov_cache_t *cache, const char *tags,
                gov_snapshot_t since)
{
    const char *at = tags ? tags : "";
    apr_size_t len;

    for (; (len = next_tag(&at)) > 0; at += len) {
        apr_uint32_t slot = gov_render__slot(at, len);

        if (gov_render__slots_moved(cache->shared, &slot, 1, since.generation))
            return true;
    }
    return false;
}

void
gov_cache_fed(gov_cache_t *cache, apr_int64_t seq, apr_time_t at)
{
    atomic_store(&cache->shared->last_seq, seq);
    atomic_store(&cache->shared->fed_at, at);
}

apr_int64_t
gov_cache_last_seq(const gov_cache_t *cache)
{
    return atomic_load(&cache->shared->last_seq);
}

apr_time_t
gov_cache_fed_at(const gov_cache_t *cache)
{
    return atomic_load_explicit(&cache->shared->fed_at, memory_order_relaxed);
}

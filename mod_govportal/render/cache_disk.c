/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/cache_disk.c -- L2: a file for each key, written over when its page is
   made anew: that costs a tenth of making a file and giving it a name.

   Readers need no lock: who reads while another writes, or what a crash left,
   has a sum that does not fit, and is a page that nobody has.  Nothing is flushed
   to the disk.  Files are opened and closed within one function here, because a
   look-up has no pool to bind them to. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cache_priv.h"

/* A file that is read says so by its time, not more often than this. */
#define TOUCH_AFTER 3600

#define NAME_MAX_LEN 1024

/* <dir>/ab/cdef0123456789; false: the state directory's name is too long. */
static bool
name_of(char *name, apr_size_t *dir_len, const gov_cache_t *cache,
        apr_uint64_t hash)
{
    int len = apr_snprintf(name, NAME_MAX_LEN,
                           "%s/%02x/%014" APR_UINT64_T_HEX_FMT, cache->dir,
                           (unsigned)(hash >> 56),
                           hash & ((APR_UINT64_C(1) << 56) - 1));

    *dir_len = (apr_size_t)len - 15;
    return len < NAME_MAX_LEN - 64;
}

/* Which file this is: another one of the same name has another stamp. */
static apr_uint64_t
stamp_of(const struct stat *info)
{
    apr_uint64_t parts[4];

    parts[0] = (apr_uint64_t)info->st_ino;
    parts[1] = (apr_uint64_t)info->st_size;
    parts[2] = (apr_uint64_t)info->st_mtim.tv_sec;
    parts[3] = (apr_uint64_t)info->st_mtim.tv_nsec;
    return gov_render__hash(parts, sizeof(parts)) | 1;
}

static bool
read_all(int fd, char *data, apr_size_t len)
{
    while (len > 0) {
        ssize_t got = read(fd, data, len);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        data += got;
        len -= (apr_size_t)got;
    }
    return true;
}

static bool
write_all(int fd, const char *data, apr_size_t len)
{
    while (len > 0) {
        ssize_t put = write(fd, data, len);

        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        data += put;
        len -= (apr_size_t)put;
    }
    return true;
}

/* The entry in an open file.  One that is damaged stays: perhaps it is being
   written, and else it is written over when its page is made anew. */
static gov_entry_t *
take(int fd, gov_render__memory_t *memory, const char *key,
     apr_size_t key_len, const gov_entry_t *old)
{
    gov_entry_t *entry;
    struct stat info;

    if (fstat(fd, &info) || !S_ISREG(info.st_mode))
        return NULL;
    if (old && old->stamp == stamp_of(&info))
        return NULL;
    if (info.st_size < (off_t)sizeof(entry->head)
        || info.st_size > (off_t)GOV_RENDER__IMAGE_MAX)
        return NULL;
    entry = gov_render__entry_alloc(memory, (apr_size_t)info.st_size);
    if (!entry)
        return NULL;
    if (!read_all(fd, (char *)&entry->head, entry->image_len)
        || !gov_render__entry_open(entry)) {
        gov_entry_release(entry);
        return NULL;
    }
    if (entry->head.key != key_len || memcmp(entry->key, key, key_len)) {
        gov_entry_release(entry); /* another key of the same hash */
        return NULL;
    }
    if (apr_time_sec(apr_time_now()) - info.st_mtim.tv_sec > TOUCH_AFTER
        && futimens(fd, NULL) == 0 && fstat(fd, &info))
        info.st_ino = 0;
    entry->stamp = stamp_of(&info);
    return entry;
}

gov_entry_t *
gov_render__disk_read(gov_cache_t *cache, apr_uint64_t hash, const char *key,
                      apr_size_t key_len, const gov_entry_t *old)
{
    char name[NAME_MAX_LEN];
    apr_size_t dir_len;
    gov_entry_t *entry;
    int fd;

    if (!name_of(name, &dir_len, cache, hash))
        return NULL;
    fd = open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return NULL;
    entry = take(fd, cache->memory, key, key_len, old);
    close(fd);
    return entry;
}

/* -1: errno says why not. */
static int
open_for_writing(char *name, apr_size_t dir_len, const gov_cache_t *cache)
{
    int flags = O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    int fd = open(name, flags);

    if (fd >= 0 || errno != ENOENT)
        return fd;
    fd = open(name, flags | O_CREAT, 0640);
    if (fd < 0 && errno == ENOENT) {
        name[dir_len] = '\0';
        if (mkdir(name, 0750) == 0)
            gov_render__give(name, cache->dir);
        name[dir_len] = '/';
        fd = open(name, flags | O_CREAT, 0640);
    }
    if (fd >= 0)
        gov_render__give(name, cache->dir);
    return fd;
}

/* All of the image and nothing behind it; INFO is the file's afterwards. */
static bool
fill(struct stat *info, int fd, const gov_entry_t *entry)
{
    off_t len = (off_t)entry->image_len;

    if (!write_all(fd, (const char *)&entry->head, entry->image_len)
        || fstat(fd, info))
        return false;
    return info->st_size == len
        || (ftruncate(fd, len) == 0 && fstat(fd, info) == 0);
}

gov_err_t *
gov_render__disk_write(gov_cache_t *cache, gov_entry_t *entry, apr_pool_t *pool)
{
    char name[NAME_MAX_LEN];
    apr_size_t dir_len;
    struct stat info;
    int fd, error;
    bool good;

    if (!name_of(name, &dir_len, cache, entry->hash))
        return gov_err(GOV_E_INTERNAL, NULL, pool, "%s is too long a name",
                       cache->dir);
    fd = open_for_writing(name, dir_len, cache);
    good = fd >= 0 && fill(&info, fd, entry);
    error = errno;
    if (fd >= 0 && close(fd) && good) {
        good = false;
        error = errno;
    }
    if (!good) {
        unlink(name);
        return gov_err_apr(APR_FROM_OS_ERROR(error), pool, "cannot write %s",
                           name);
    }
    entry->stamp = stamp_of(&info);
    return NULL;
}

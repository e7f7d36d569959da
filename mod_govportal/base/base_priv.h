/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* base_priv.h -- what the files of this folder share. */
#ifndef GOV_BASE_PRIV_H
#define GOV_BASE_PRIV_H

#include <stdarg.h>

#include "gov_base.h"
#include "gov_json.h"
#include "gov_text.h"
#include "gov_time.h"

/* printf into POOL by the C library's rules.  apr_pvsprintf() does not know
   %zu, which our callers' compilers accept. */
char *gov_base__vformat(apr_pool_t *pool, const char *fmt, va_list args);

/* The end of a source path that is worth printing: folder and file. */
const char *gov_base__place(const char *file);

/* --- text.c --- */

/* Read one character of well-formed UTF-8 (RFC 3629) at P, before END.
   Returns its length.  If there is none, returns 0 and sets *SKIP to the length
   of the broken sequence that one U+FFFD stands for. */
int gov_base__utf8(apr_uint32_t *ch, int *skip, const unsigned char *p,
                   const unsigned char *end);
/* TEXT escaped onto BUF; IN_ATTR also keeps line ends and tabs from being
   normalised.  What may not stand in XML at all is repaired. */
void gov_base__xml_escape(gov_buf_t *buf, const char *text, bool in_attr);

/* --- xml_arena.c --- */

/* Trees made from here on are to outlive the arena; resume with what pause said. */
int gov_base__arena_pause(void);
void gov_base__arena_resume(int depth);

/* --- json.c --- */

/* A value is jansson's own; gov_json_t only keeps the library's header out of
   everybody's files.  const is dropped because jansson's readers lack it. */
struct json_t *gov_base__json(const gov_json_t *value);
/* Give POOL the caller's reference to VALUE. */
gov_json_t *gov_base__json_keep(struct json_t *value, apr_pool_t *pool);

/* --- time.c --- */

/* Days since 1970-01-01 and back (proleptic Gregorian). */
apr_int64_t gov_base__days(gov_date_t date);
gov_date_t gov_base__date(apr_int64_t days);

/* --- zone.c --- */

/* Seconds east of Greenwich at SECONDS since 1970; always whole minutes,
   because RFC 3339 cannot say more. */
int gov_base__zone_offset(apr_int64_t seconds);

/* Fit to be a zone's name, which becomes part of a path. */
bool gov_base__is_zone_name(const char *name);

#endif

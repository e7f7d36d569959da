/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_log.h
 *  @brief Where log lines go.  Floor: base.
 *
 *  Floors 0-5 return errors and do not log them; this is for background work
 *  and for floor 6.  Each message has a number, listed in doc/messages.md.
 */
#ifndef GOV_LOG_H
#define GOV_LOG_H

#include "gov_base.h"

typedef enum { GOV_LOG_ERROR, GOV_LOG_WARNING, GOV_LOG_INFO, GOV_LOG_DEBUG }
    gov_log_level_t;
typedef void (*gov_log_sink_t)(void *baton, gov_log_level_t level, int number,
                               const char *text);
/** Set once at start; the default writes to stderr. */
GOV_API void gov_log_to(gov_log_sink_t sink, void *baton);
GOV_API void gov_log(gov_log_level_t level, int number, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/** The whole chain of an error in one line. */
GOV_API void gov_log_err(gov_log_level_t level, int number,
                         const gov_err_t *err, const char *what);
#endif

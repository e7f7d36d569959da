/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* exit.c -- the exit status of each error code.  doc/govctl.md lists them. */

#include "cli_priv.h"

/* A new code without a line here does not compile. */
enum {
    STATUS_NOT_FOUND = 3,
    STATUS_GONE = 4,
    STATUS_FORBIDDEN = 5,
    STATUS_SIGN_IN = 6,
    STATUS_INVALID = 7,
    STATUS_CONFLICT = 8,
    STATUS_TOO_MANY = 9,
    STATUS_UNAVAILABLE = 10,
    STATUS_UNSUPPORTED = 11,
    STATUS_INTERNAL = 12,
    STATUS_TOO_LARGE = 13
};

static const int statuses[GOV_E__COUNT] = {
#define ROW(name, key) [GOV_E_##name] = STATUS_##name,
    GOV_ERR_CODES(ROW)
#undef ROW
};

int
gov_cli__status_of(gov_code_t code)
{
    gov_assert((unsigned)code < GOV_E__COUNT);
    return statuses[code];
}

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* session_priv.h -- what sign_in.c and session.c share. */
#ifndef GOV_SESSION_PRIV_H
#define GOV_SESSION_PRIV_H

#include "gov_session.h"

/* 32 random bytes as base64url. */
#define GOV_SECURITY__TOKEN_BYTES 32
#define GOV_SECURITY__TOKEN_LENGTH 43

/* What a session's row is called: the SHA-256 of the token. */
gov_bytes_t gov_security__session_key(const char *token, apr_pool_t *pool);

#endif

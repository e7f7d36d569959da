/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* audit.c -- who did what, in the transaction that did it. */

#include "gov_audit.h"
#include "gov_time.h"
#include "sql_security.h"

gov_err_t *
gov_audit_add(gov_db_t *db, const gov_ctx_t *ctx, const char *action,
              apr_int64_t site, const char *object, bool done,
              const char *detail, apr_pool_t *pool)
{
    return gov_sql_audit_insert(NULL, db, gov_now(ctx->clock),
                                ctx->actor->name, action, site, object,
                                done ? "done" : "refused", detail, pool);
}

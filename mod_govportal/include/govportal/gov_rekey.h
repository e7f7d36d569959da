/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_rekey.h
 *  @brief Changing keys of the ring: everything under the newest one, then an old
 *  one away.  Floor: content.
 *
 *  Order: add a key, copy the ring to all nodes, reload httpd there, gov_rekey(),
 *  gov_key_retire(), copy and reload again.
 */
#ifndef GOV_REKEY_H
#define GOV_REKEY_H

#include "gov_integrity.h"
#include "gov_reseal.h"

/** What there is of one kind. */
typedef struct gov_rekey_count_t {
    const char *what;             /**< "person.factor", "tags" */
    gov_reseal_sum_t sum;
} gov_rekey_count_t;

/** Add a key to the ring in @a file (gov_keys_add()); audited, signed with the ring
 *  of @a ctx, which other nodes have.
 *  @param permit  SYSTEM on the group */
GOV_API gov_err_t *gov_key_add(int *number, const gov_ctx_t *ctx,
                               const char *file, const char *suite,
                               const gov_permit_t *permit, apr_pool_t *pool);
/** Seal anew all sealed values and make all tags anew that are not of the current
 *  key.  Values that cannot be opened and tags that do not hold stay as they are.
 *  Audited at its begin and its end; broken off, it goes on when it is called
 *  again; while it runs everything can be read and written.
 *  @param kinds   const gov_sealed_t *, the program's and the plugins'
 *  @param counts  gov_rekey_count_t: what was renewed, what was left
 *  @return CONFLICT  httpd has not read the newest key yet
 *  @param permit  SYSTEM on the group */
GOV_API gov_err_t *gov_rekey(apr_array_header_t **counts, const gov_ctx_t *ctx,
                             const apr_array_header_t *kinds,
                             const gov_permit_t *permit, apr_pool_t *pool);
/** What is sealed or tagged with @a key: gov_rekey_count_t, those of nothing left
 *  out. */
GOV_API gov_err_t *gov_key_uses(apr_array_header_t **counts,
                                const gov_ctx_t *ctx, int key,
                                const apr_array_header_t *kinds,
                                const gov_permit_t *permit, apr_pool_t *pool);
/** Retire @a key (gov_keys_retire()); audited.
 *  @param at_once  though it has signed something within policy->form_hours: forms
 *                  that citizens have open with it cannot be sent any more
 *  @return CONFLICT  something is sealed or tagged with it, or was signed lately
 *          NOT_FOUND, CONFLICT  as gov_keys_retire() */
GOV_API gov_err_t *gov_key_retire(const gov_ctx_t *ctx, const char *file,
                                  int key, bool at_once,
                                  const apr_array_header_t *kinds,
                                  const gov_permit_t *permit,
                                  apr_pool_t *pool);
#endif

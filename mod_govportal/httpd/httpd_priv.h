/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Shared inside httpd/: the only folder that knows request_rec. */
#ifndef HTTPD_PRIV_H
#define HTTPD_PRIV_H

#include <httpd.h>
#include <http_config.h>

#include "gov_host.h"

/* The one installation of this process; set before threads run. */
extern gov_host_t *gov_httpd__host;

/* --- send.c --- */

/* Send a cache entry; takes over the reference. */
int gov_httpd__send_entry(request_rec *r, gov_entry_t *entry);
int gov_httpd__send_answer(request_rec *r, gov_answer_t *answer);

/* --- vouch.c --- */

/* Say in ASK whom httpd's own authentication vouches for, where it was asked to:
   below GOV_SIGN_IN "via/". */
void gov_httpd__vouch(gov_ask_t *ask, request_rec *r);

/* --- directives.c --- */

extern command_rec gov_httpd__directives[];
/* Forget what an earlier reading of the configuration set. */
void gov_httpd__config_begin(apr_pool_t *pconf);
const gov_config_t *gov_httpd__config(void);

#endif

/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Shared inside console/.  Nothing here that a plugin could not use. */
#ifndef CONSOLE_PRIV_H
#define CONSOLE_PRIV_H

#include "gov_console.h"
#include "gov_desk.h"
#include "gov_history.h"
#include "gov_host.h"
#include "gov_json.h"
#include "gov_markup.h"
#include "gov_preview.h"
#include "gov_site_change.h"
#include "gov_text.h"
#include "gov_time.h"

#define CONSOLE_HANDLER(name)                                                 \
    gov_err_t *gov_console__##name(gov_reply_t *reply, gov_ctx_t *ctx,        \
                                   const gov_req_t *req, apr_pool_t *pool)

CONSOLE_HANDLER(overview);
CONSOLE_HANDLER(site);
CONSOLE_HANDLER(documents);
CONSOLE_HANDLER(document);
CONSOLE_HANDLER(choose);
CONSOLE_HANDLER(write);
CONSOLE_HANDLER(write_post);
CONSOLE_HANDLER(edit);
CONSOLE_HANDLER(edit_post);
CONSOLE_HANDLER(step_post);
CONSOLE_HANDLER(people);
CONSOLE_HANDLER(person_new);
CONSOLE_HANDLER(person_new_post);
CONSOLE_HANDLER(person);
CONSOLE_HANDLER(person_reset);
CONSOLE_HANDLER(person_unlock);
CONSOLE_HANDLER(person_factor);
CONSOLE_HANDLER(person_disable);
CONSOLE_HANDLER(person_enable);
CONSOLE_HANDLER(person_end);
CONSOLE_HANDLER(role_give);
CONSOLE_HANDLER(role_give_post);
CONSOLE_HANDLER(role_take);
CONSOLE_HANDLER(audit);
CONSOLE_HANDLER(audit_address);
CONSOLE_HANDLER(settings);
CONSOLE_HANDLER(record_post);
CONSOLE_HANDLER(look_post);
CONSOLE_HANDLER(grey_post);
CONSOLE_HANDLER(ungrey_post);
CONSOLE_HANDLER(site_words);
CONSOLE_HANDLER(site_words_post);
CONSOLE_HANDLER(columns);
CONSOLE_HANDLER(columns_post);
CONSOLE_HANDLER(column);
CONSOLE_HANDLER(column_post);
CONSOLE_HANDLER(column_words);
CONSOLE_HANDLER(column_words_post);
CONSOLE_HANDLER(column_shift_post);
CONSOLE_HANDLER(column_move_post);
CONSOLE_HANDLER(column_flow_post);
CONSOLE_HANDLER(column_close_post);
CONSOLE_HANDLER(column_reopen_post);
CONSOLE_HANDLER(redirects);
CONSOLE_HANDLER(redirects_post);
CONSOLE_HANDLER(redirect);
CONSOLE_HANDLER(redirect_post);

/* --- words.c --- */

/* The word of a state of an edition, and its colour. */
const char *gov_console__state(const gov_ctx_t *ctx, const char *state,
                               apr_pool_t *pool);
const char *gov_console__tone(const char *state);
/* A number that stands in an address; 0: none. */
apr_int64_t gov_console__id(const gov_req_t *req, const char *part);
/* May the actor do it at a column (0: anywhere on the site)? */
bool gov_console__may(const gov_ctx_t *ctx, gov_action_t action,
                      const gov_site_t *site, apr_int64_t column,
                      apr_pool_t *pool);

/* --- manage.c --- */

/* What the gate knows of a form, to be filled in with choices. */
gov_form_t *gov_console__form(const gov_form_t *form, apr_pool_t *pool);
/* Make FIELD of that one a choice of CHOICES (gov_form_choice_t), or of nothing as
   well. */
void gov_console__offer(gov_form_t *form, const char *field,
                        apr_array_header_t *choices, apr_pool_t *pool);
void gov_console__choice(apr_array_header_t *choices, const char *value,
                         const char *label);
apr_array_header_t *gov_console__choices(apr_pool_t *pool);
/* What SHOWN shows: what was sent for the form of its name, with its mistakes (then
   *again is true), or nothing yet. */
gov_intake_t *gov_console__intake(bool *again, const gov_form_t *shown,
                                  const gov_req_t *req, apr_pool_t *pool);
/* Unless there is nothing to say. */
void gov_console__set(gov_intake_t *in, const char *field, const char *value);
void gov_console__set_int(gov_intake_t *in, const char *field, int value,
                          apr_pool_t *pool);
gov_node_t *gov_console__add_form(gov_console_t *console, gov_node_t *box,
                                  gov_reply_t *reply, gov_ctx_t *ctx,
                                  const gov_req_t *req, const gov_intake_t *in,
                                  const char *action, apr_pool_t *pool);
/* Make of what content/ did not take a mistake at its field; false: it is no
   mistake that can be mended in the form. */
bool gov_console__tell(gov_intake_t *in, const gov_err_t *err);
/* The site map was changed: on to PATH, which shows it. */
gov_err_t *gov_console__goes_on(gov_reply_t *reply, const gov_ctx_t *ctx,
                                const gov_site_t *site, const char *path,
                                const char *done, apr_pool_t *pool);
/* The permit to MANAGE the whole site. */
gov_err_t *gov_console__permit(const gov_permit_t **permit,
                               const gov_ctx_t *ctx, const gov_req_t *req,
                               apr_pool_t *pool);

/* --- settings.c --- */

extern const gov_form_t gov_console__record_form, gov_console__look_form,
    gov_console__grey_form, gov_console__ungrey_form,
    gov_console__site_words_form;

/* --- columns.c --- */

extern const gov_form_t gov_console__column_add_form,
    gov_console__column_form, gov_console__column_words_form,
    gov_console__column_shift_form, gov_console__column_move_form,
    gov_console__column_flow_form, gov_console__column_close_form,
    gov_console__column_reopen_form;

/* --- redirects.c --- */

extern const gov_form_t gov_console__redirect_form,
    gov_console__unredirect_form;

/* --- overview.c --- */

gov_err_t *gov_console__tasks(apr_array_header_t *tasks, gov_ctx_t *ctx,
                              const gov_site_t *site, apr_pool_t *pool);

/* --- step.c --- */

/* A step that a person can take with an edition. */
typedef struct gov_console__step_t {
    const char *name;             /* in the address; word console.step.NAME */
    gov_action_t action;
    const char *states;           /* in which it can be taken, " draft returned " */
    const gov_form_t *form;
    const char *icon;
} gov_console__step_t;

/* All of them, up to one without a name, and their forms for the routes. */
extern const gov_console__step_t gov_console__steps[];
extern const gov_form_t gov_console__submit_form, gov_console__return_form,
    gov_console__review_form, gov_console__clear_form,
    gov_console__schedule_form, gov_console__unschedule_form,
    gov_console__publish_form, gov_console__withdraw_form,
    gov_console__archive_form;

/* --- check.c --- */

/* A box with what should be looked at before the edition is submitted. */
gov_err_t *gov_console__check(gov_console_t *console, const gov_ctx_t *ctx,
                              const gov_desk_edition_t *edition,
                              apr_pool_t *pool);

/* --- edit.c --- */

extern const gov_form_t gov_console__edition_form;

/* --- people.c, person.c, role.c --- */

extern const gov_form_t gov_console__person_form, gov_console__reset_form,
    gov_console__unlock_form, gov_console__factor_form,
    gov_console__disable_form, gov_console__enable_form, gov_console__end_form,
    gov_console__give_form, gov_console__take_form;

#endif

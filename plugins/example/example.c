/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The events calendar: what the plugin offers. */

#include "example_priv.h"

static const gov_route_t routes[] = {
    GOV_GET("/{column}/calendar/", "public",
            example__this_month, .type = EXAMPLE_TYPE),
    GOV_GET("/{column}/calendar/{month}", "public",
            example__month, .type = EXAMPLE_TYPE),
    GOV_GET("/{column}/events.ics", "public",
            example__column_ics, .type = EXAMPLE_TYPE),
    GOV_GET("/{column}/{id}.ics", "public",
            example__event_ics, .type = EXAMPLE_TYPE),
    GOV_GET("/{column}/{id}/join", "public", example__join,
            .type = EXAMPLE_TYPE, .flags = GOV_ROUTE_FRESH),
    GOV_POST("/{column}/{id}/join", "public", &example__join_form,
             example__join_post, .refill = example__join, .type = EXAMPLE_TYPE,
             .flags = GOV_ROUTE_CAPTCHA),
    GOV_GET("/{column}/{id}/joined", "example.registrations", example__joined,
            .type = EXAMPLE_TYPE),
    GOV_POST("/{column}/{id}/joined", "example.registrations",
             &example__reveal_form, example__joined_post,
             .refill = example__joined, .type = EXAMPLE_TYPE),
    GOV_GET("/-/console/{site}/events/", "example.registrations",
            example__desk, .params = GOV_GRID_PARAMS),
    GOV_ROUTES_END
};

static const char *const page_kinds[] = { "example-month",
                                          "example-registrations", NULL };

static const gov_permission_t permissions[] = {
    { "example.registrations", GOV_ACTION_READ },
    { NULL, 0 }
};

static const gov_subscription_t subscriptions[] = {
    { "edition.live", example__heard_live },
    { "document.withdrawn", example__heard_withdrawn },
    { NULL, NULL }
};

static const gov_job_spec_t jobs[] = {
    { "example-catch-up", apr_time_from_sec(600), example__catch_up },
    { "example-purge", apr_time_from_sec(3600), example__purge },
    { NULL, 0, NULL }
};

static const gov_decorator_t decorators[] = {
    { EXAMPLE_TYPE, example__decorate, example__decorate_column },
    { NULL, NULL, NULL }
};

/* What was published while this node was down is not heard again. */
GOV_PLUGIN(example, .version = "1.0", .schema = 2, .routes = routes,
           .page_kinds = page_kinds, .permissions = permissions,
           .subscriptions = subscriptions,
           .jobs = jobs, .decorators = decorators,
           .start = example__catch_up, .sealed = example__sealed,
           .console = example__console, .tasks = example__tasks);

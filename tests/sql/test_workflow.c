/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The way to the public: no sequence of calls, by whomever, makes anything live
   without the reviews that the rule asks for and a clearance, by different people,
   for just that content.

   The walk is random but the same in each run; GOVPORTAL_SEED takes another way. */

#include "private_db.h"

#define GOV_TEST_OPEN open_group
#include "gov_test.h"

#include <apr_thread_proc.h>
#include <stdio.h>

#include "gov_event.h"
#include "gov_import.h"
#include "gov_policy.h"
#include "gov_text.h"
#include "gov_workflow.h"

#define PEOPLE 6
#define EDITIONS 6
#define CALLS 1200

static apr_uint64_t seed = 88172645463325252u;

static unsigned
pick(unsigned n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)((seed >> 16) % n);
}

/* The fixture's own source repeats itself after 256 bytes; keys of writes must
   not. */
static void
random_bytes(void *baton, unsigned char *out, apr_size_t len)
{
    static unsigned n;

    (void)baton;
    while (len-- > 0) {
        unsigned x = __atomic_add_fetch(&n, 1, __ATOMIC_RELAXED);

        x ^= x >> 16;
        x *= 0x7feb352du;
        x ^= x >> 15;
        x *= 0x846ca68bu;
        *out++ = (unsigned char)(x >> 24);
    }
}

static void
show(void *baton, const gov_import_note_t *note)
{
    (void)baton;
    print_message("%s:%d: %s\n", note->file, note->line, note->text);
}

static gov_actor_t *
person(int number, unsigned actions, apr_pool_t *pool)
{
    gov_actor_t *actor = apr_pcalloc(pool, sizeof(*actor));
    gov_role_t *role = apr_pcalloc(pool, sizeof(*role));
    apr_array_header_t *grants = apr_array_make(pool, 1, sizeof(gov_grant_t));
    gov_grant_t *grant = apr_array_push(grants);

    role->word = "test";
    role->class_ = "content";
    role->actions = actions;
    grant->role = role;
    grant->site = 0;
    grant->column = 0;
    actor->kind = GOV_ACTOR_PERSON;
    actor->name = apr_psprintf(pool, "person-%d", number);
    actor->person = 1000 + number;
    actor->address = "192.0.2.1";
    actor->grants = grants;
    return actor;
}

static void
open_group(gov_test_t *t)
{
    gov_types_t *types = gov_types_create(t->pool);
    gov_config_t *config = gov_config_create(t->pool);
    gov_import_t import = { .config = config, .types = types, .report = show };
    gov_group_t *group;

    if (getenv("GOVPORTAL_SEED"))
        seed ^= (apr_uint64_t)atoll(getenv("GOVPORTAL_SEED"));
    t->clock.random = random_bytes;
    t->ctx.store = private_db_ready(&t->clock, t->pool);
    t->ctx.policy = gov_policy_default();
    config->test_hosts = true;
    config->share_dir = private_db_source(".", t->pool);
    assert_ok(gov_zone_set("Asia/Shanghai", t->pool));
    assert_ok(gov_types_load(types, private_db_source("conf/types", t->pool),
                             private_db_source("xslt/contract/type.rng",
                                               t->pool), NULL, t->pool));
    t->ctx.actor = gov_actor_job("setup", t->pool);
    assert_ok(gov_group_load(&group, t->ctx.store, types, config, t->pool));
    t->ctx.group = group;
    if (!gov_group_sites(group)->nelts) {
        assert_ok(gov_import_file(&import, &t->ctx, private_db_source(
                                      "tests/http/fixtures/town.xml", t->pool),
                                  t->pool));
        assert_int_equal(import.failed, 0);
        assert_ok(gov_group_load(&group, t->ctx.store, types, config,
                                 t->pool));
        t->ctx.group = group;
    }
}

/* --- what is done --------------------------------------------------------- */

static const gov_column_t *
column(const gov_test_t *t, const char *site, const char *path)
{
    const gov_column_t *found =
        gov_column_at(gov_site_by_slug(t->ctx.group, site), path);

    assert_non_null(found);
    return found;
}

static gov_ctx_t
as(const gov_test_t *t, const gov_actor_t *actor)
{
    gov_ctx_t ctx = t->ctx;

    ctx.actor = actor;
    return ctx;
}

static const gov_permit_t *
may(const gov_ctx_t *ctx, gov_action_t action, apr_pool_t *pool)
{
    const gov_permit_t *permit;

    assert_ok(gov_permit_get(&permit, ctx, action, 0, 0, pool));
    return permit;
}

static gov_draft_t
text(const char *title)
{
    gov_draft_t draft = { .lang = "zh-CN", .title = title,
                          .body = "<p>text</p>", .text = "text" };

    return draft;
}

static apr_int64_t
write_one(apr_int64_t *document, gov_test_t *t, const gov_column_t *where,
          const gov_actor_t *author, const char *title)
{
    gov_ctx_t ctx = as(t, author);
    gov_draft_t draft = text(title);
    apr_int64_t edition;

    assert_ok(gov_document_create(document, &edition, &ctx, where, "article",
                                  &draft, may(&ctx, GOV_ACTION_WRITE, t->pool),
                                  t->pool));
    return edition;
}

static gov_err_t *
submit(gov_test_t *t, const gov_actor_t *who, apr_int64_t edition)
{
    gov_ctx_t ctx = as(t, who);

    return gov_edition_submit(&ctx, edition, NULL, NULL,
                              may(&ctx, GOV_ACTION_WRITE, t->pool), t->pool);
}

static gov_err_t *
review(gov_test_t *t, const gov_actor_t *who, apr_int64_t edition)
{
    gov_ctx_t ctx = as(t, who);

    return gov_edition_review(&ctx, edition, NULL, NULL,
                              may(&ctx, GOV_ACTION_REVIEW, t->pool), t->pool);
}

static gov_err_t *
clear(gov_test_t *t, const gov_actor_t *who, apr_int64_t edition, bool pass)
{
    gov_ctx_t ctx = as(t, who);

    return gov_edition_clear(&ctx, edition, NULL, pass, "article 14", NULL,
                             may(&ctx, GOV_ACTION_CLEAR, t->pool), t->pool);
}

static gov_err_t *
publish(gov_test_t *t, const gov_actor_t *who, apr_int64_t edition)
{
    gov_ctx_t ctx = as(t, who);

    return gov_edition_publish(&ctx, edition,
                               may(&ctx, GOV_ACTION_PUBLISH, t->pool),
                               t->pool);
}

static gov_err_t *
change(gov_test_t *t, const gov_actor_t *who, apr_int64_t edition,
       const char *title)
{
    gov_ctx_t ctx = as(t, who);
    const gov_step_edition_t *now;
    gov_draft_t draft = text(title);

    GOV_TRY(gov_edition_look(&now, &ctx, edition,
                             may(&ctx, GOV_ACTION_READ, t->pool), t->pool));
    return gov_edition_change(&ctx, edition, now->digest, &draft,
                              may(&ctx, GOV_ACTION_WRITE, t->pool), t->pool);
}

static const char *
state_of(gov_test_t *t, apr_int64_t edition)
{
    const gov_step_edition_t *now;
    gov_ctx_t ctx = as(t, gov_actor_job("look", t->pool));

    assert_ok(gov_edition_look(&now, &ctx, edition,
                               may(&ctx, GOV_ACTION_READ, t->pool), t->pool));
    return now->state;
}

static void
set_flow(gov_test_t *t, const gov_column_t *c, int reviews,
         gov_publisher_t publisher)
{
    gov_ctx_t ctx = as(t, gov_actor_job("flow", t->pool));
    gov_flow_t flow = { .site = c->site->id, .column = c->id,
                        .reviews = reviews, .publisher = publisher };

    assert_ok(gov_flow_set(&ctx, &flow, may(&ctx, GOV_ACTION_MANAGE, t->pool),
                           t->pool));
}

#define ALL (~0u)

static const gov_actor_t *
someone(int number, const gov_test_t *t)
{
    return person(number, ALL, t->pool);
}

/* --- single rules --------------------------------------------------------- */

static void
takes_three_people_and_a_publisher_to_go_live(void **state)
{
    gov_test_t *t = *state;
    const gov_column_t *news = column(t, "www", "news");
    apr_int64_t document, e;

    set_flow(t, news, 1, GOV_PUBLISHER_ANY);
    e = write_one(&document, t, news, someone(1, t), "one");
    assert_err(GOV_E_CONFLICT, publish(t, someone(4, t), e));
    assert_err(GOV_E_CONFLICT, review(t, someone(2, t), e));
    assert_ok(submit(t, someone(1, t), e));
    assert_err(GOV_E_CONFLICT, clear(t, someone(3, t), e, true));
    assert_err(GOV_E_CONFLICT, review(t, someone(1, t), e));
    assert_ok(review(t, someone(2, t), e));
    assert_string_equal(state_of(t, e), "reviewed");
    assert_err(GOV_E_CONFLICT, clear(t, someone(1, t), e, true));
    assert_err(GOV_E_CONFLICT, clear(t, someone(2, t), e, true));
    assert_err(GOV_E_CONFLICT, publish(t, someone(4, t), e));
    assert_ok(clear(t, someone(3, t), e, true));
    assert_ok(publish(t, someone(1, t), e));
    assert_string_equal(state_of(t, e), "live");
    assert_err(GOV_E_CONFLICT, publish(t, someone(1, t), e));
}

static void
asks_for_a_reason_where_one_is_needed(void **state)
{
    gov_test_t *t = *state;
    gov_ctx_t ctx = as(t, someone(2, t));
    apr_int64_t document, e;

    e = write_one(&document, t, column(t, "www", "news"), someone(1, t), "x");
    assert_ok(submit(t, someone(1, t), e));
    assert_err(GOV_E_INVALID,
               gov_edition_return(&ctx, e, NULL, " \n",
                                  may(&ctx, GOV_ACTION_REVIEW, t->pool),
                                  t->pool));
    assert_ok(review(t, someone(2, t), e));
    assert_err(GOV_E_INVALID,
               gov_edition_clear(&ctx, e, NULL, true, "", NULL,
                                 may(&ctx, GOV_ACTION_CLEAR, t->pool),
                                 t->pool));
}

static void
voids_what_was_signed_when_the_text_changes(void **state)
{
    gov_test_t *t = *state;
    const gov_column_t *news = column(t, "www", "news");
    gov_ctx_t reader = as(t, someone(4, t));
    apr_array_header_t *steps;
    apr_int64_t document, e;
    int i, valid = 0;

    set_flow(t, news, 1, GOV_PUBLISHER_ANY);
    e = write_one(&document, t, news, someone(1, t), "before");
    assert_ok(submit(t, someone(1, t), e));
    assert_ok(review(t, someone(2, t), e));
    assert_ok(clear(t, someone(3, t), e, true));
    assert_ok(change(t, someone(2, t), e, "after"));
    assert_string_equal(state_of(t, e), "draft");
    assert_err(GOV_E_CONFLICT, publish(t, someone(4, t), e));
    assert_ok(submit(t, someone(1, t), e));
    /* who reviewed it before is one of its authors now */
    assert_err(GOV_E_CONFLICT, review(t, someone(2, t), e));
    assert_ok(review(t, someone(4, t), e));
    assert_ok(clear(t, someone(3, t), e, true));
    assert_ok(gov_document_steps(&steps, &reader, document,
                                 may(&reader, GOV_ACTION_READ, t->pool),
                                 t->pool));
    for (i = 0; i < steps->nelts; i++) {
        const gov_step_t *s = &APR_ARRAY_IDX(steps, i, gov_step_t);

        valid += s->valid && (!strcmp(s->what, "review")
                              || !strcmp(s->what, "clear"));
        assert_string_equal(s->address, "192.0.2.1");
    }
    assert_int_equal(valid, 2);
    assert_string_equal(private_db_sql(apr_psprintf(
        t->pool, "SELECT title FROM gov_edition_past WHERE edition_id = %"
        APR_INT64_T_FMT, e), t->pool), "before");
}

static void
signs_only_what_was_seen(void **state)
{
    gov_test_t *t = *state;
    const gov_column_t *news = column(t, "www", "news");
    gov_ctx_t ctx = as(t, someone(2, t));
    const gov_step_edition_t *seen;
    gov_draft_t draft = text("again");
    apr_int64_t document, e;

    e = write_one(&document, t, news, someone(1, t), "first");
    assert_ok(gov_edition_look(&seen, &ctx, e,
                               may(&ctx, GOV_ACTION_READ, t->pool), t->pool));
    assert_ok(change(t, someone(1, t), e, "second"));
    assert_ok(submit(t, someone(1, t), e));
    assert_err(GOV_E_CONFLICT,
               gov_edition_review(&ctx, e, seen->digest, NULL,
                                  may(&ctx, GOV_ACTION_REVIEW, t->pool),
                                  t->pool));
    assert_err(GOV_E_CONFLICT,
               gov_edition_change(&ctx, e, seen->digest, &draft,
                                  may(&ctx, GOV_ACTION_WRITE, t->pool),
                                  t->pool));
    assert_err(GOV_E_INVALID,
               gov_edition_change(&ctx, e, NULL, &draft,
                                  may(&ctx, GOV_ACTION_WRITE, t->pool),
                                  t->pool));
}

static void
counts_a_changed_row_as_not_signed(void **state)
{
    gov_test_t *t = *state;
    const gov_column_t *news = column(t, "www", "news");
    apr_int64_t document, e;

    set_flow(t, news, 1, GOV_PUBLISHER_ANY);
    e = write_one(&document, t, news, someone(1, t), "row");
    assert_ok(submit(t, someone(1, t), e));
    assert_ok(review(t, someone(2, t), e));
    assert_ok(clear(t, someone(3, t), e, true));
    private_db_sql(apr_psprintf(t->pool, "UPDATE gov_edition SET digest = "
                                "REPEAT('x', 32) WHERE id = %"
                                APR_INT64_T_FMT, e), t->pool);
    assert_err(GOV_E_CONFLICT, publish(t, someone(4, t), e));
}

static void
takes_the_nearest_rule(void **state)
{
    gov_test_t *t = *state;
    const gov_site_t *lake = gov_site_by_slug(t->ctx.group, "lake");
    const gov_column_t *news = column(t, "lake", "news");
    gov_ctx_t ctx = as(t, gov_actor_job("flow", t->pool));
    const gov_permit_t *permit = may(&ctx, GOV_ACTION_MANAGE, t->pool);
    gov_flow_t flow = { .site = lake->parent->id, .reviews = 2 };
    const gov_flow_t *found;

    assert_ok(gov_flow_get(&found, &ctx, lake, news, t->pool));
    assert_int_equal(found->site, 0);
    assert_int_equal(found->reviews, 1);
    assert_ok(gov_flow_set(&ctx, &flow, permit, t->pool));
    assert_ok(gov_flow_get(&found, &ctx, lake, news, t->pool));
    assert_int_equal(found->site, lake->parent->id);
    assert_int_equal(found->reviews, 2);
    set_flow(t, news, 3, GOV_PUBLISHER_APART);
    assert_ok(gov_flow_get(&found, &ctx, lake, news, t->pool));
    assert_int_equal(found->column, news->id);
    assert_int_equal(found->publisher, GOV_PUBLISHER_APART);
    assert_ok(gov_flow_get(&found, &ctx, lake, NULL, t->pool));
    assert_int_equal(found->reviews, 2);
    assert_ok(gov_flow_remove(&ctx, lake->id, news->id, permit, t->pool));
    assert_ok(gov_flow_remove(&ctx, lake->parent->id, 0, permit, t->pool));
    assert_err(GOV_E_INVALID, gov_flow_remove(&ctx, 0, 0, permit, t->pool));
    flow.reviews = 4;
    assert_err(GOV_E_INVALID, gov_flow_set(&ctx, &flow, permit, t->pool));
    flow.reviews = 1;
    flow.column = news->id;
    assert_err(GOV_E_INVALID, gov_flow_set(&ctx, &flow, permit, t->pool));
}

static void
keeps_the_publisher_apart_where_the_rule_says_so(void **state)
{
    gov_test_t *t = *state;
    const gov_column_t *notices = column(t, "www", "notices");
    apr_int64_t document, e;
    int i;

    for (i = 0; i < 2; i++) {
        set_flow(t, notices, 1, i ? GOV_PUBLISHER_APART : GOV_PUBLISHER_OTHER);
        e = write_one(&document, t, notices, someone(1, t), "apart");
        assert_ok(submit(t, someone(1, t), e));
        assert_ok(review(t, someone(2, t), e));
        assert_ok(clear(t, someone(3, t), e, true));
        assert_err(GOV_E_CONFLICT, publish(t, someone(1, t), e));
        if (i) {
            assert_err(GOV_E_CONFLICT, publish(t, someone(2, t), e));
            assert_err(GOV_E_CONFLICT, publish(t, someone(3, t), e));
            assert_ok(publish(t, someone(4, t), e));
        }
        else
            assert_ok(publish(t, someone(2, t), e));
    }
}

static void
lets_only_the_named_people_do_a_step(void **state)
{
    gov_test_t *t = *state;
    const gov_column_t *notices = column(t, "edu", "notices");
    gov_ctx_t ctx = as(t, gov_actor_job("flow", t->pool));
    gov_flow_t flow = { .site = notices->site->id, .column = notices->id,
                        .reviews = 1 };
    gov_flow_person_t *named;
    apr_int64_t document, e;
    gov_actor_t *other;

    private_db_sql("INSERT IGNORE INTO gov_person (id, login, name, class, "
                   "created_at, created_by) VALUES (1002, 'two', 'two', "
                   "'content', UTC_TIMESTAMP(6), 'test')", t->pool);
    flow.people = apr_array_make(t->pool, 1, sizeof(gov_flow_person_t));
    named = apr_array_push(flow.people);
    named->step = "review";
    named->person = 1002;
    assert_ok(gov_flow_set(&ctx, &flow, may(&ctx, GOV_ACTION_MANAGE, t->pool),
                           t->pool));
    e = write_one(&document, t, notices, someone(1, t), "named");
    assert_ok(submit(t, someone(1, t), e));
    assert_err(GOV_E_FORBIDDEN, review(t, someone(4, t), e));
    other = person(1002, ALL, t->pool);
    other->kind = GOV_ACTOR_OPERATOR;
    other->person = 0;
    assert_err(GOV_E_FORBIDDEN, review(t, other, e));
    assert_ok(review(t, someone(2, t), e));
}

static void
corrects_what_is_live_the_same_way(void **state)
{
    gov_test_t *t = *state;
    const gov_column_t *news = column(t, "www", "news");
    gov_ctx_t ctx = as(t, someone(1, t));
    const gov_permit_t *permit = may(&ctx, GOV_ACTION_WRITE, t->pool);
    gov_draft_t draft = text("corrected");
    apr_int64_t document, e, correction;

    set_flow(t, news, 1, GOV_PUBLISHER_ANY);
    e = write_one(&document, t, news, someone(1, t), "wrong");
    draft.note = "a number was wrong";
    assert_err(GOV_E_CONFLICT, gov_edition_correct(&correction, &ctx, document,
                                                   &draft, permit, t->pool));
    assert_ok(submit(t, someone(1, t), e));
    assert_ok(review(t, someone(2, t), e));
    assert_ok(clear(t, someone(3, t), e, true));
    assert_ok(publish(t, someone(4, t), e));
    draft.note = NULL;
    assert_err(GOV_E_INVALID, gov_edition_correct(&correction, &ctx, document,
                                                  &draft, permit, t->pool));
    draft.note = "a number was wrong";
    assert_ok(gov_edition_correct(&correction, &ctx, document, &draft, permit,
                                  t->pool));
    assert_err(GOV_E_CONFLICT, publish(t, someone(4, t), correction));
    assert_err(GOV_E_CONFLICT, change(t, someone(1, t), e, "not in place"));
    assert_ok(submit(t, someone(1, t), correction));
    assert_ok(review(t, someone(2, t), correction));
    assert_ok(clear(t, someone(3, t), correction, true));
    assert_ok(publish(t, someone(4, t), correction));
    assert_string_equal(state_of(t, e), "superseded");
    assert_string_equal(state_of(t, correction), "live");
}

static void
imports_nothing_live_without_a_clearance(void **state)
{
    gov_test_t *t = *state;
    gov_ctx_t ctx = as(t, gov_actor_job("import", t->pool));
    const gov_permit_t *permit = may(&ctx, GOV_ACTION_IMPORT, t->pool);
    gov_clearance_t clearance = { "somebody", "", 0 };
    apr_int64_t document, e;

    e = write_one(&document, t, column(t, "www", "news"), ctx.actor, "old");
    assert_err(GOV_E_INVALID, gov_edition_import(&ctx, e, 0, NULL, permit,
                                                 t->pool));
    assert_err(GOV_E_INVALID, gov_edition_import(&ctx, e, 0, &clearance,
                                                 permit, t->pool));
    /* nor does the right to import help on the other way */
    assert_err(GOV_E_CONFLICT, gov_edition_publish(&ctx, e, permit, t->pool));
    clearance.basis = "list of 2019";
    assert_err(GOV_E_FORBIDDEN, gov_edition_import(
        &ctx, e, 0, &clearance, may(&ctx, GOV_ACTION_PUBLISH, t->pool),
        t->pool));
    assert_ok(gov_edition_import(&ctx, e, 0, &clearance, permit, t->pool));
    assert_string_equal(state_of(t, e), "live");
}

static void
publishes_what_is_due_and_nothing_sooner(void **state)
{
    gov_test_t *t = *state;
    const gov_column_t *news = column(t, "www", "news");
    gov_ctx_t ctx = as(t, someone(4, t)), job;
    const gov_permit_t *permit = may(&ctx, GOV_ACTION_PUBLISH, t->pool);
    const gov_err_t *why;
    apr_int64_t document, e;
    int done, failed;

    job = as(t, gov_actor_job("schedule", t->pool));
    set_flow(t, news, 1, GOV_PUBLISHER_ANY);
    e = write_one(&document, t, news, someone(1, t), "later");
    assert_ok(submit(t, someone(1, t), e));
    assert_ok(review(t, someone(2, t), e));
    assert_ok(clear(t, someone(3, t), e, true));
    assert_err(GOV_E_INVALID, gov_edition_schedule(&ctx, e, NULL, t->now,
                                                   permit, t->pool));
    assert_ok(gov_edition_schedule(&ctx, e, NULL,
                                   t->now + apr_time_from_sec(60), permit,
                                   t->pool));
    assert_err(GOV_E_CONFLICT, publish(t, someone(4, t), e));
    assert_ok(gov_edition_unschedule(&ctx, e, permit, t->pool));
    assert_ok(gov_edition_schedule(&ctx, e, NULL,
                                   t->now + apr_time_from_sec(60), permit,
                                   t->pool));
    assert_ok(gov_schedule_run(&done, &failed, &why, &job, t->pool));
    assert_int_equal(done, 0);
    t->now += apr_time_from_sec(60);
    /* the rule became stricter meanwhile: it stays scheduled, and says why */
    set_flow(t, news, 2, GOV_PUBLISHER_ANY);
    assert_ok(gov_schedule_run(&done, &failed, &why, &job, t->pool));
    assert_int_equal(done, 0);
    assert_int_equal(failed, 1);
    assert_non_null(strstr(why->message, "2 reviews"));
    assert_string_equal(state_of(t, e), "scheduled");
    assert_string_equal(private_db_sql(apr_psprintf(
        t->pool, "SELECT COUNT(*) FROM gov_audit WHERE action = "
        "'edition.late' AND object = 'edition:%" APR_INT64_T_FMT "'", e),
        t->pool), "1");
    /* not again at once */
    assert_ok(gov_schedule_run(&done, &failed, &why, &job, t->pool));
    assert_int_equal(failed, 0);
    set_flow(t, news, 1, GOV_PUBLISHER_ANY);
    t->now += apr_time_from_sec(2);
    assert_ok(gov_schedule_run(&done, &failed, &why, &job, t->pool));
    assert_int_equal(done, 1);
    assert_string_equal(state_of(t, e), "live");
}

static void
settles_an_emergency_by_two_others(void **state)
{
    gov_test_t *t = *state;
    gov_ctx_t ctx = as(t, someone(1, t));
    const gov_permit_t *permit = may(&ctx, GOV_ACTION_EMERGENCY, t->pool);
    apr_array_header_t *texts = apr_array_make(t->pool, 1,
                                               sizeof(gov_banner_text_t));
    apr_array_header_t *list;
    gov_banner_text_t *banner;
    apr_int64_t document, e, emergency, n;
    int i;

    e = write_one(&document, t, column(t, "www", "news"), someone(1, t), "now");
    assert_err(GOV_E_INVALID, gov_emergency_publish(
        &n, &ctx, e, texts, NULL, t->now + apr_time_from_sec(600), permit,
        t->pool));
    banner = apr_array_push(texts);
    banner->lang = "zh-CN";
    banner->text = "flood";
    assert_err(GOV_E_INVALID, gov_emergency_publish(&n, &ctx, e, texts, NULL,
                                                    t->now, permit, t->pool));
    assert_err(GOV_E_FORBIDDEN, gov_emergency_publish(
        &n, &ctx, e, texts, NULL, t->now + apr_time_from_sec(600),
        may(&ctx, GOV_ACTION_PUBLISH, t->pool), t->pool));
    assert_ok(gov_emergency_publish(&emergency, &ctx, e, texts, NULL,
                                    t->now + apr_time_from_sec(600), permit,
                                    t->pool));
    assert_string_equal(state_of(t, e), "live");
    assert_ok(gov_emergency_alarm(&list, &ctx, t->pool));
    assert_int_equal(list->nelts, 0);
    t->now += apr_time_from_sec(24 * 3600);
    assert_ok(gov_emergency_alarm(&list, &ctx, t->pool));
    assert_int_equal(list->nelts, 1);
    assert_int_equal(APR_ARRAY_IDX(list, 0, gov_emergency_t).id, emergency);
    assert_ok(gov_emergency_alarm(&list, &ctx, t->pool));
    assert_int_equal(list->nelts, 0);
    assert_err(GOV_E_CONFLICT, review(t, someone(1, t), e));
    assert_ok(review(t, someone(2, t), e));
    assert_err(GOV_E_CONFLICT, clear(t, someone(2, t), e, true));
    assert_ok(clear(t, someone(3, t), e, true));
    assert_ok(gov_emergency_list(&list, &ctx, 100,
                                 may(&ctx, GOV_ACTION_READ, t->pool),
                                 t->pool));
    for (i = 0; i < list->nelts; i++) {
        const gov_emergency_t *at = &APR_ARRAY_IDX(list, i, gov_emergency_t);

        if (at->id == emergency) {
            assert_string_equal(at->verdict, "pass");
            assert_true(at->settled == t->now);
        }
    }
    assert_err(GOV_E_CONFLICT, review(t, someone(5, t), e));
    assert_ok(gov_emergency_end(&ctx, emergency, permit, t->pool));
    assert_err(GOV_E_NOT_FOUND, gov_emergency_end(&ctx, 999999, permit,
                                                  t->pool));
}

static void
withdraws_an_emergency_that_is_denied(void **state)
{
    gov_test_t *t = *state;
    gov_ctx_t ctx = as(t, someone(1, t));
    apr_array_header_t *texts = apr_array_make(t->pool, 1,
                                               sizeof(gov_banner_text_t));
    gov_banner_text_t *banner = apr_array_push(texts);
    apr_int64_t document, e, emergency;

    banner->lang = "zh-CN";
    banner->text = "storm";
    e = write_one(&document, t, column(t, "www", "news"), someone(2, t), "bad");
    assert_ok(gov_emergency_publish(
        &emergency, &ctx, e, texts, NULL, t->now + apr_time_from_sec(600),
        may(&ctx, GOV_ACTION_EMERGENCY, t->pool), t->pool));
    /* neither who wrote it nor who published it */
    assert_err(GOV_E_CONFLICT, clear(t, someone(1, t), e, false));
    assert_err(GOV_E_CONFLICT, clear(t, someone(2, t), e, false));
    assert_ok(clear(t, someone(3, t), e, false));
    assert_string_equal(state_of(t, e), "withdrawn");
    assert_string_equal(private_db_sql(apr_psprintf(
        t->pool, "SELECT COUNT(*) FROM gov_live WHERE document_id = %"
        APR_INT64_T_FMT, document), t->pool), "0");
}

/* --- racing --------------------------------------------------------------- */

typedef struct racer_t {
    gov_test_t *t;
    gov_err_t *(*call)(gov_test_t *t, const gov_actor_t *who,
                       apr_int64_t edition);
    int who;
    apr_int64_t edition;
    bool won;
} racer_t;

static void *APR_THREAD_FUNC
race(apr_thread_t *thread, void *baton)
{
    racer_t *r = baton;
    apr_pool_t *pool;
    gov_test_t own = *r->t;

    apr_pool_create_unmanaged_ex(&pool, NULL, NULL);
    own.pool = own.ctx.pool = pool;
    r->won = !r->call(&own, person(r->who, ALL, pool), r->edition);
    apr_pool_destroy(pool);
    (void)thread;
    return NULL;
}

static int
all_at_once(racer_t *racers, int count, apr_pool_t *pool)
{
    apr_thread_t *threads[8];
    apr_status_t ignored;
    int i, won = 0;

    for (i = 0; i < count; i++)
        assert_int_equal(apr_thread_create(&threads[i], NULL, race, &racers[i],
                                           pool), APR_SUCCESS);
    for (i = 0; i < count; i++) {
        apr_thread_join(&ignored, threads[i]);
        won += racers[i].won;
    }
    return won;
}

static void
holds_when_calls_race(void **state)
{
    gov_test_t *t = *state;
    const gov_column_t *news = column(t, "www", "news");
    int round;

    set_flow(t, news, 2, GOV_PUBLISHER_ANY);
    for (round = 0; round < 8; round++) {
        racer_t r[4];
        apr_int64_t document, e;
        int i;

        e = write_one(&document, t, news, someone(1, t), "race");
        for (i = 0; i < 4; i++)
            r[i] = (racer_t){ t, submit, 1, e, false };
        assert_int_equal(all_at_once(r, 4, t->pool), 1);
        /* the same person four times is one review */
        for (i = 0; i < 4; i++)
            r[i] = (racer_t){ t, review, 2, e, false };
        assert_int_equal(all_at_once(r, 4, t->pool), 1);
        assert_string_equal(state_of(t, e), "submitted");
        /* of three others one is the second */
        for (i = 0; i < 4; i++)
            r[i] = (racer_t){ t, review, i + 1, e, false };
        assert_int_equal(all_at_once(r, 4, t->pool), 1);
        assert_string_equal(state_of(t, e), "reviewed");
        assert_ok(clear(t, someone(6, t), e, true));
        for (i = 0; i < 4; i++)
            r[i] = (racer_t){ t, publish, i + 1, e, false };
        assert_int_equal(all_at_once(r, 4, t->pool), 1);
    }
}

/* --- the walk ------------------------------------------------------------- */

/* What the test itself remembers of an edition. */
typedef struct known_t {
    apr_int64_t id, document;
    int content;                  /* grows with each change */
    unsigned authors;             /* bits of people */
    unsigned reviewers;           /* of this content */
    int clearer;                  /* of this content; -1: nobody */
    bool pass, live, urgent, scheduled;
    int needs;                    /* reviews */
} known_t;

static int
count_bits(unsigned bits)
{
    int n = 0;

    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

/* May it be public, by what was accepted so far? */
static bool
deserves(const known_t *k)
{
    return k->urgent
        || (count_bits(k->reviewers) >= k->needs && k->clearer >= 0 && k->pass
            && !(k->reviewers & k->authors)
            && !(k->authors & (1u << k->clearer))
            && !(k->reviewers & (1u << k->clearer)));
}

static void
forget(known_t *k)
{
    k->scheduled = false;
    k->reviewers = 0;
    k->clearer = -1;
}

/* Is it among " 3 17 21 "? */
static bool
is_among(const known_t *k, const char *ids, apr_pool_t *pool)
{
    return strstr(ids, apr_psprintf(pool, " %" APR_INT64_T_FMT " ", k->id));
}

/* What the database shows to the public. */
static const char *
public_ones(apr_pool_t *pool)
{
    return private_db_sql("SELECT CONCAT(' ', COALESCE(GROUP_CONCAT(edition_id "
                          "SEPARATOR ' '), ''), ' ') FROM gov_live "
                          "WHERE edition_id > (SELECT MAX(id) - 100 FROM "
                          "gov_edition)", pool);
}

static void
is_public_what_may_be(const known_t *known, apr_pool_t *pool)
{
    const char *ids = public_ones(pool);
    int i;

    for (i = 0; i < EDITIONS; i++) {
        assert_int_equal(is_among(&known[i], ids, pool), known[i].live);
        if (known[i].live)
            assert_true(deserves(&known[i]));
    }
}

static const gov_action_t walk_actions[] = {
    GOV_ACTION_READ, GOV_ACTION_WRITE, GOV_ACTION_REVIEW, GOV_ACTION_CLEAR,
    GOV_ACTION_PUBLISH, GOV_ACTION_EMERGENCY, GOV_ACTION_MANAGE
};

/* A permit for some action, perhaps the wrong one, if the actor may have it. */
static const gov_permit_t *
some_permit(const gov_ctx_t *ctx, gov_action_t wanted, apr_pool_t *pool)
{
    const gov_permit_t *permit;
    gov_action_t action = pick(20) ? wanted : walk_actions[pick(7)];

    if (gov_permit_get(&permit, ctx, action, 0, 0, pool))
        return NULL;
    return permit;
}

static bool
is_for(const gov_permit_t *permit, gov_action_t action)
{
    return permit && gov_permit_action(permit) == action;
}

static gov_err_t *
walk_change(gov_test_t *t, const gov_ctx_t *ctx, const known_t *k,
            const gov_permit_t *permit, const char *title, apr_pool_t *pool)
{
    gov_ctx_t reader = as(t, gov_actor_job("look", pool));
    gov_draft_t draft = text(title);
    const gov_step_edition_t *now;

    GOV_TRY(gov_edition_look(&now, &reader, k->id,
                             may(&reader, GOV_ACTION_READ, pool), pool));
    return gov_edition_change(ctx, k->id, now->digest, &draft, permit, pool);
}

static gov_err_t *
walk_emergency(const gov_ctx_t *ctx, const known_t *k,
               const gov_permit_t *permit, apr_time_t now, apr_pool_t *pool)
{
    apr_array_header_t *texts = apr_array_make(pool, 1,
                                               sizeof(gov_banner_text_t));
    gov_banner_text_t *banner = apr_array_push(texts);
    apr_int64_t emergency;

    banner->lang = "zh-CN";
    banner->text = "walk";
    return gov_emergency_publish(&emergency, ctx, k->id, texts, NULL,
                                 now + apr_time_from_sec(60), permit, pool);
}

enum { SUBMIT, RETURN, REVIEW, CLEAR, SCHEDULE, UNSCHEDULE, PUBLISH, ARCHIVE,
       CHANGE, WITHDRAW, URGENT, RUN, KINDS };

static const gov_action_t needed[KINDS] = {
    GOV_ACTION_WRITE, GOV_ACTION_REVIEW, GOV_ACTION_REVIEW, GOV_ACTION_CLEAR,
    GOV_ACTION_PUBLISH, GOV_ACTION_PUBLISH, GOV_ACTION_PUBLISH,
    GOV_ACTION_PUBLISH, GOV_ACTION_WRITE, GOV_ACTION_PUBLISH,
    GOV_ACTION_EMERGENCY, GOV_ACTION_PUBLISH
};

/* What is live by the database's word: after the schedule ran. */
static void
learn(known_t *known, apr_pool_t *pool)
{
    const char *ids = public_ones(pool);
    int i;

    for (i = 0; i < EDITIONS; i++) {
        known[i].live = is_among(&known[i], ids, pool);
        known[i].scheduled = known[i].scheduled && !known[i].live;
    }
}

static void
one_call(gov_test_t *t, known_t *known, int *accepted, apr_pool_t *pool)
{
    known_t *k = &known[pick(EDITIONS)];
    int who = (int)pick(PEOPLE), kind = (int)pick(KINDS);
    unsigned rights = 0;
    const gov_permit_t *permit;
    const gov_err_t *why;
    gov_err_t *err = NULL;
    int done, failed, i;
    bool pass = pick(4) != 0;
    gov_ctx_t ctx;

    if (kind == URGENT && pick(3))
        kind = PUBLISH;
    if ((kind == RETURN || kind == CHANGE || kind == ARCHIVE
         || kind == WITHDRAW) && pick(4))
        kind = (int[]){ SUBMIT, REVIEW, CLEAR, PUBLISH }[pick(4)];
    /* now and then what would be sensible, so that the walk gets somewhere */
    if (kind != RUN && kind != URGENT && k->live && !pick(4))
        kind = WITHDRAW;
    else if (kind != RUN && k->scheduled && pick(2))
        kind = UNSCHEDULE;
    else if (kind != RUN && kind != URGENT && pick(2))
        kind = k->clearer >= 0 && k->pass
            ? (int[]){ SCHEDULE, PUBLISH }[pick(2)]
            : (int[]){ SUBMIT, REVIEW, CLEAR }[pick(3)];
    for (i = 0; i < 7; i++)
        if (pick(4))
            rights |= 1u << walk_actions[i];
    ctx = as(t, person(who, rights, pool));
    if (kind == RUN) {
        t->now += apr_time_from_sec(20);
        ctx.actor = gov_actor_job("schedule", pool);
        assert_ok(gov_schedule_run(&done, &failed, &why, &ctx, pool));
        if (done)
            learn(known, pool);
        return;
    }
    permit = some_permit(&ctx, needed[kind], pool);
    switch (kind) {
    case SUBMIT:
        err = gov_edition_submit(&ctx, k->id, NULL, NULL, permit, pool);
        break;
    case RETURN:
        err = gov_edition_return(&ctx, k->id, NULL, "no", permit, pool);
        break;
    case REVIEW:
        err = gov_edition_review(&ctx, k->id, NULL, NULL, permit, pool);
        break;
    case CLEAR:
        err = gov_edition_clear(&ctx, k->id, NULL, pass, "law", NULL, permit,
                                pool);
        break;
    case SCHEDULE:
        err = gov_edition_schedule(&ctx, k->id, NULL,
                                   t->now + apr_time_from_sec(30), permit,
                                   pool);
        break;
    case UNSCHEDULE:
        err = gov_edition_unschedule(&ctx, k->id, permit, pool);
        break;
    case PUBLISH:
        err = gov_edition_publish(&ctx, k->id, permit, pool);
        break;
    case ARCHIVE:
        err = gov_edition_archive(&ctx, k->id, NULL, permit, pool);
        break;
    case CHANGE:
        err = walk_change(t, &ctx, k, permit,
                          apr_psprintf(pool, "text %d", k->content + 1), pool);
        break;
    case WITHDRAW:
        err = gov_document_withdraw(&ctx, k->document, "walk", permit, pool);
        break;
    default:
        err = walk_emergency(&ctx, k, permit, t->now, pool);
    }
    if (err) {
        if (err->code != GOV_E_CONFLICT && err->code != GOV_E_FORBIDDEN)
            print_message("%s\n", gov_err_chain(err, pool));
        assert_true(err->code == GOV_E_CONFLICT
                    || err->code == GOV_E_FORBIDDEN);
        return;
    }
    /* nothing is accepted without the right permit */
    assert_true(is_for(permit, needed[kind]));
    accepted[kind]++;
    switch (kind) {
    case RETURN:
        forget(k);
        break;
    case REVIEW:
        assert_false(k->reviewers & (1u << who));
        k->reviewers |= 1u << who;
        break;
    case CLEAR:
        k->clearer = who;
        k->pass = pass;
        if (!pass)
            k->live = false;      /* an emergency that is denied is withdrawn */
        break;
    case CHANGE:
        k->content++;
        k->authors |= 1u << who;
        forget(k);
        break;
    case SCHEDULE:
    case UNSCHEDULE:
        k->scheduled = kind == SCHEDULE;
        break;
    case PUBLISH:
        assert_true(deserves(k));
        k->live = true;
        break;
    case URGENT:
        k->live = k->urgent = true;
        break;
    case WITHDRAW:
        k->live = false;
        break;
    default:
        break;
    }
}

static void
never_makes_live_what_was_not_reviewed_and_cleared(void **state)
{
    static const char *const paths[] = { "news", "notices", "about" };
    gov_test_t *t = *state;
    known_t known[EDITIONS];
    int accepted[KINDS] = { 0 }, round, i;
    apr_pool_t *pool;

    set_flow(t, column(t, "www", "news"), 1, GOV_PUBLISHER_ANY);
    set_flow(t, column(t, "www", "notices"), 2, GOV_PUBLISHER_OTHER);
    set_flow(t, column(t, "www", "about"), 0, GOV_PUBLISHER_APART);
    apr_pool_create(&pool, t->pool);
    for (round = 0; round < 10; round++) {
        for (i = 0; i < EDITIONS; i++) {
            known_t fresh = { .authors = 1u << (i % PEOPLE), .clearer = -1,
                              .needs = (int[]){ 1, 2, 0 }[i % 3] };

            fresh.id = write_one(&fresh.document, t,
                                 column(t, "www", paths[i % 3]),
                                 someone(i % PEOPLE, t), "text 0");
            known[i] = fresh;
        }
        for (i = 0; i < CALLS / 10; i++) {
            apr_pool_clear(pool);
            one_call(t, known, accepted, pool);
            if (i % 20 == 0)
                is_public_what_may_be(known, pool);
        }
        is_public_what_may_be(known, pool);
    }
    /* the walk has been everywhere */
    for (i = 0; i < RUN; i++) {
        if (!accepted[i])
            print_message("no call of kind %d was accepted\n", i);
        assert_true(accepted[i] > 0);
    }
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(takes_three_people_and_a_publisher_to_go_live),
    GOV_TEST(asks_for_a_reason_where_one_is_needed),
    GOV_TEST(voids_what_was_signed_when_the_text_changes),
    GOV_TEST(signs_only_what_was_seen),
    GOV_TEST(counts_a_changed_row_as_not_signed),
    GOV_TEST(takes_the_nearest_rule),
    GOV_TEST(keeps_the_publisher_apart_where_the_rule_says_so),
    GOV_TEST(lets_only_the_named_people_do_a_step),
    GOV_TEST(corrects_what_is_live_the_same_way),
    GOV_TEST(imports_nothing_live_without_a_clearance),
    GOV_TEST(publishes_what_is_due_and_nothing_sooner),
    GOV_TEST(settles_an_emergency_by_two_others),
    GOV_TEST(withdraws_an_emergency_that_is_denied),
    GOV_TEST(holds_when_calls_race),
    GOV_TEST(never_makes_live_what_was_not_reviewed_and_cleared),
};
GOV_TEST_MAIN(tests)

/* checked.h: for tests of rules: a text becomes a report under the base template, is checked, and
 * what was found is looked at by its id.
 */
#ifndef ZP_TEST_CHECKED_H
#define ZP_TEST_CHECKED_H

#include "check/check.h"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_template *template;
    const zp_source *source;
    const zp_passages *passages;
} bench;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    bench *b = zp_new(arena, bench);
    b->arena = arena;
    b->diag = zp_diag_new(arena);
    b->template = zp_template_load(arena, ZP_STR("templates/base"), NULL, b->diag);
    *state = b;
    return b->template ? 0 : -1;
}

static int tear_down(void **state)
{
    bench *b = *state;
    zp_arena_free(b->arena);
    return 0;
}

/* A whole report. */
static inline void check_text(bench *b, zp_str text)
{
    b->diag = zp_diag_new(b->arena);
    b->source = zp_source_new(b->arena, ZP_STR("报告.md"), text);
    const zp_report *report = zp_report_read(b->arena, b->source, b->template, b->diag);
    if (report == NULL) {
        zp_buf said = {.arena = b->arena};
        zp_diag_write_text(b->diag, false, &said);
        fail_msg("no report: %.*s", ZP_ARG(zp_buf_str(&said)));
    }
    b->passages = zp_check_report(b->arena, report, b->diag);
}

/* What stands in a report; its title and unit are given. */
static inline void check_body(bench *b, const char *body)
{
    zp_buf text = {.arena = b->arena};
    zp_buf_lit(&text, "---\n标题: 2023年度某某区教育局整体支出绩效自评报告\n单位: 某某区教育局\n"
                      "年度: 2023\n---\n\n");
    zp_buf_add(&text, zp_str_from(body));
    check_text(b, zp_buf_str(&text));
}

static inline const zp_message *message_of(const bench *b, const char *id)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(messages[i].id, id) == 0)
            return &messages[i];
    return NULL;
}

/* How many findings of that id there are; a fold is one. */
static inline size_t count_of(const bench *b, const char *id)
{
    size_t count, found = 0;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    for (size_t i = 0; i < count; i++)
        found += strcmp(messages[i].id, id) == 0;
    return found;
}

static inline zp_str first_of(const bench *b, const char *id)
{
    const zp_message *message = message_of(b, id);
    return message ? message->message : ZP_STR("");
}

/* The body breaks that rule and gets exactly one finding of it; with what is expected, where
 * `expected` is not NULL. */
static inline void expect_found(bench *b, const char *id, const char *body, const char *expected)
{
    check_body(b, body);
    const zp_message *message = message_of(b, id);
    if (count_of(b, id) != 1)
        fail_msg("%zu findings %s in: %s", count_of(b, id), id, body);
    if (expected && message && !zp_str_eq(message->expected, zp_str_from(expected)))
        fail_msg("%s expects %.*s, not %s, in: %s", id, ZP_ARG(message->expected), expected, body);
}

/* Nothing but hints, whatever the rule. */
static inline void expect_clean(bench *b, const char *body)
{
    check_body(b, body);
    size_t count;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    for (size_t i = 0; i < count; i++)
        if (messages[i].severity != ZP_HINT)
            fail_msg("%s: %.*s, in: %s", messages[i].id, ZP_ARG(messages[i].message), body);
}

/* The rule says nothing. */
static inline void expect_none(bench *b, const char *id, const char *body)
{
    check_body(b, body);
    if (count_of(b, id) > 0)
        fail_msg("%s: %.*s, in: %s", id, ZP_ARG(first_of(b, id)), body);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif

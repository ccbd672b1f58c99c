/* rules_test.c: every rule's own examples: the wrong one is found, the right one is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "checked.h"

/* An example as a whole report. */
static void check_example(bench *b, const char *example)
{
    if (strncmp(example, "---\n", 4) == 0)
        check_text(b, zp_str_from(example));
    else
        check_body(b, example);
}

static void try_rule(bench *b, const zp_rule *rule)
{
    if (rule->wrong == NULL)
        return;
    check_example(b, rule->wrong);
    if (count_of(b, rule->id) == 0)
        fail_msg("%s does not find its own example", rule->id);
    assert_non_null(rule->right);
    check_example(b, rule->right);
    if (count_of(b, rule->id) > 0)
        fail_msg("%s blames the example put right: %.*s", rule->id, ZP_ARG(first_of(b, rule->id)));
}

static void test_examples(void **state)
{
    for (size_t g = 0; zp_rule_groups[g] != NULL; g++)
        for (size_t i = 0; zp_rule_groups[g]->run != NULL && i < zp_rule_groups[g]->count; i++)
            try_rule(*state, &zp_rule_groups[g]->rules[i]);
}

/* Ids are what silences name: each is there once, and is found by it. */
static void test_ids(void **state)
{
    (void)state;
    for (size_t g = 0; zp_rule_groups[g] != NULL; g++)
        for (size_t i = 0; i < zp_rule_groups[g]->count; i++) {
            const zp_rule *rule = &zp_rule_groups[g]->rules[i];
            assert_ptr_equal(zp_rule_find(zp_str_from(rule->id)), rule);
            assert_non_null(rule->title);
            assert_non_null(rule->about);
        }
    assert_null(zp_rule_find(ZP_STR("no-such-rule")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_examples), TEST(test_ids)};
    return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}

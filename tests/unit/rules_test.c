/* rules_test.c: every rule's own examples: the wrong one is found, the right one is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "checked.h"

/* What an example says nothing of. */
static const char about[] = "---\n标题: 2023年度某某区教育局整体支出绩效自评报告\n"
                            "单位: 某某区教育局\n年度: 2023\n"
                            "预算: {金额单位: 万元, 年初预算数: 3067.35, 调整后预算数: 3074.03, "
                            "实际支出数: 3062.66}\n---\n\n";

/* An example as a whole report. */
static void check_example(bench *b, const char *example)
{
    if (strncmp(example, "---\n", 4) == 0)
        check_text(b, zp_str_from(example));
    else
        check_text(b, zp_str_format(b->arena, "%s%s", about, example));
}

/* Rules whose wrong example is told rather than shown (a row of a table in a sentence, two places
 * with …… between them). Their own tests show them; one that can be run must leave this list. */
static const char *const told[] = {
    "figure-addend", "figure-quotient", "year-heading", "year-stale",
    "year-differs",  "quote-differs",   "quote-slip",   "missing-table",
};

static bool is_told(const char *id)
{
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (strcmp(told[i], id) == 0)
            return true;
    return false;
}

/* How many of a rule's two examples fail. */
static int try_rule(bench *b, const zp_rule *rule)
{
    int failed = 0;
    if (rule->wrong == NULL)
        return 0;
    check_example(b, rule->wrong);
    if ((count_of(b, rule->id) == 0) != is_told(rule->id)) {
        print_error("%s %s its own example\n", rule->id,
                    is_told(rule->id) ? "now finds" : "does not find");
        failed++;
    }
    assert_non_null(rule->right);
    check_example(b, rule->right);
    if (count_of(b, rule->id) > 0) {
        print_error("%s blames the example put right: %.*s\n", rule->id,
                    ZP_ARG(first_of(b, rule->id)));
        failed++;
    }
    return failed;
}

static void test_examples(void **state)
{
    int failed = 0;
    for (size_t g = 0; zp_rule_groups[g] != NULL; g++)
        for (size_t i = 0; zp_rule_groups[g]->run != NULL && i < zp_rule_groups[g]->count; i++)
            failed += try_rule(*state, &zp_rule_groups[g]->rules[i]);
    assert_int_equal(failed, 0);
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

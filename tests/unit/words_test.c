/* words_test.c: text as the index takes it, and queries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "archive/words.h"

typedef struct {
    const char *text, *words;
} example;

static void assert_str(zp_str found, const char *expected)
{
    if (!zp_str_eq(found, zp_str_from(expected)))
        fail_msg("“%.*s” instead of “%s”", ZP_ARG(found), expected);
}

static void spreads(void **state)
{
    (void)state;
    static const example examples[] = {
        {"", ""},
        {"培训计划", "培 训 计 划"},
        {"𠮷田𪚥", "𠮷 田 𪚥"},
        {"“三公”经费", "三 公 经 费"},
        {"Wi-Fi设备", "wi fi 设 备"},
        {"ＷＩＦＩ２０２４", "wifi2024"},
        {"2023年", "2023 年"},
        {"3,062.66万元", "3062·66 万 元"},
        {"1,2,3", "1 2 3"},
        {"99.63%", "99·63"},
        {"末尾3.", "末 尾 3"},
        {"A\tb　c", "a b c"},
        {"葛\xF3\xA0\x84\x80城", "葛 城"}, /* with a variation selector */
        {"Ĉu", "Ĉu"},
        {"——……", ""},
        {"かな〇", "か な 〇"},
        {"单引号'a_b%", "单 引 号 a b"},
        {".5和5.", "5 和 5"},
        {"1,2345", "1 2345"},
        {"1,234,567.8", "1234567·8"},
    };
    zp_arena *arena = zp_arena_new();
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        assert_str(zp_words_spread(arena, zp_str_from(examples[i].text)), examples[i].words);
    zp_arena_free(arena);
}

static void asks(void **state)
{
    (void)state;
    static const example examples[] = {
        {"培训", "\"培 训\""},
        {" 培训　Wi-Fi ", "\"培 训\" AND \"wi fi\" *"},
        {"202", "\"202\" *"},
        {"\" OR name:*", "\"or\" * AND \"name\" *"},
        {"NEAR(甲 乙)", "\"near 甲\" AND \"乙\""},
        {"！？", ""},
        {"", ""},
        {" 　\t", ""},
        {"一", "\"一\""},
        {"%_", ""},
        {"a_", "\"a\" *"},
        {"'; DROP--", "\"drop\" *"},
        {"\"\"\"", ""},
        {"费.5", "\"费 5\" *"},
    };
    zp_arena *arena = zp_arena_new();
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        assert_str(zp_words_query(arena, zp_str_from(examples[i].text)), examples[i].words);
    zp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(spreads), cmocka_unit_test(asks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

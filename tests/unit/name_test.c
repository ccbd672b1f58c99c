/* name_test.c: the unit's name, in title, text and signature.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "checked.h"

/* A report of that unit. */
static void check_unit(bench *b, const char *unit, const char *title, const char *body)
{
    check_text(b, zp_str_format(b->arena, "---\n标题: %s\n单位: %s\n年度: 2023\n---\n\n%s\n", title,
                                unit, body));
}

static void test_near(void **state)
{
    bench *b = *state;
    const char *unit = "某某区人力资源和社会保障局";
    check_unit(b, unit, "某某区人力资源社会保障局自评报告", "某某区人力资源和社会保障局负责。");
    assert_int_equal(count_of(b, "name-differs"), 1);
    check_unit(b, unit, "某某区人力资源和社会保障局自评报告",
               "某某区人力资源和社会保障局、某某区人力资源市场。");
    assert_int_equal(count_of(b, "name-differs"), 0);
    check_unit(b, "广州市天河区民政局", "广州市天河区民政局自评报告", "广州市天河区财政局印发。");
    assert_int_equal(count_of(b, "name-differs"), 0);
}

static void test_own(void **state)
{
    bench *b = *state;
    expect_found(b, "name-own", "2023年，我委认真履职。\n", NULL);
    expect_none(b, "name-own", "我局委托第三方，我办理了3件，我委托他，自我局限，“我院”。\n");
    check_unit(b, "某某区教育局办公室", "某某区教育局办公室自评报告", "我办负责，我局负责。");
    assert_int_equal(count_of(b, "name-own"), 0);
}

static void test_short(void **state)
{
    bench *b = *state;
    expect_found(b, "name-short", "由教服中心办理。\n\n教育服务中心（以下简称“教服中心”）。\n",
                 NULL);
    expect_none(b, "name-short", "某某区教育局（以下简称“区教育局”）负责。区教育局办理。\n");
    expect_none(b, "name-short", "某某区教育局负责。\n\n某某区教育局（以下简称区教育局）。\n");
}

static void test_other(void **state)
{
    bench *b = *state;
    expect_found(b, "name-other", "某某区卫生健康局认真履职。\n", NULL);
    assert_int_equal(message_of(b, "name-other")->severity, ZP_HINT);
    expect_none(b, "name-other", "某某区教育局认真履职。\n\n某某区认真履职。\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_near), TEST(test_own), TEST(test_short),
                                       TEST(test_other)};
    return cmocka_run_group_tests_name("name", tests, NULL, NULL);
}

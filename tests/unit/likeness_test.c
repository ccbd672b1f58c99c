/* likeness_test.c: paragraphs that reports share, and what the template brought.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "checked.h"

#include "check/likeness.h"
#include "check/stock.h"

#define SHARED                                                                                                           \
    "我局坚持以习近平新时代中国特色社会主义思想为指导，认真贯彻落实上级决策部署，" \
    "围绕中心、服务大局，扎实推进各项重点工作，较好地完成了年度目标任务，取得了明显成效。"

static zp_likeness_report collect(bench *b, const char *body)
{
    check_body(b, body);
    return zp_likeness_collect(b->arena, b->passages, NULL);
}

static void test_shared(void **state)
{
    bench *b = *state;
    size_t found;
    zp_likeness_report reports[] = {
        collect(
            b, "一、甲\n\n本段只此一处，各报告都不一样，写得很长很长，长到六十个字以上，"
               "好让它也被收集起来，却和谁都不相同，这样才看得出来查的是内容而不是长短。\n\n" SHARED
               "\n"),
        collect(b, "甲。\n"),
        collect(b, "乙。\n\n  " SHARED "\n\n" SHARED "\n"),
    };
    assert_int_equal(reports[0].count, 2);
    const zp_likeness *shared = zp_likeness_find(b->arena, reports, 3, &found);
    assert_int_equal(found, 2);
    assert_int_equal(shared[0].later, 2);
    assert_int_equal(shared[0].earlier, 0);
    assert_int_equal(reports[0].marks[shared[0].earlier_mark].line, 11);
    zp_str word = zp_likeness_word(b->arena, reports, &shared[0]);
    assert_true(zp_str_find(word, ZP_STR("第9行"), 0) < word.n);
    assert_true(zp_str_find(word, ZP_STR("第11行"), 0) < word.n);
    assert_true(zp_str_find(word, ZP_STR("“我局坚持以习近平"), 0) < word.n);
}

static void test_alone(void **state)
{
    bench *b = *state;
    size_t found;
    zp_likeness_report reports[] = {collect(b, SHARED "\n\n文。\n\n" SHARED "\n"),
                                    collect(b, "甲。\n")};
    zp_likeness_find(b->arena, reports, 2, &found);
    assert_int_equal(found, 0); /* twice in one report is no likeness */
    zp_likeness_find(b->arena, reports, 0, &found);
    assert_int_equal(found, 0);
}

/* What the template says, with other figures, is nobody's copy. */
static void test_stock(void **state)
{
    bench *b = *state;
    check_text(
        b, ZP_STR("---\n标题: 某某局绩效自评报告\n单位: 某某局\n年度: 2023\n自评得分: 95\n---\n\n"
                  "示例：部门整体支出绩效自评得分{{自评得分}}分，评价等级为“{{等级}}”。\n\n"
                  "别的话。\n"));
    const zp_stock *stock = zp_stock_read(b->arena, b->template);
    const zp_passage *all = b->passages->all;
    assert_true(zp_stock_holds(stock, b->passages, 1, 0, all[1].text.n));
    assert_false(zp_stock_holds(stock, b->passages, 2, 0, all[2].text.n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_shared), TEST(test_alone), TEST(test_stock)};
    return cmocka_run_group_tests_name("likeness", tests, NULL, NULL);
}

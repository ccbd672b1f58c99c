/* numbering_test.c: numbers of headings and lists, and chapters: what counts on, and what does not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "checked.h"

static void test_gaps(void **state)
{
    bench *b = *state;
    expect_found(b, "number-gap", "## 一、甲\n\n文。\n\n## 二、乙\n\n文。\n\n## 四、丙\n\n文。\n",
                 NULL);
    expect_found(b, "number-gap", "## 一、甲\n\n### （二）乙\n\n文。\n", NULL);
    expect_found(b, "number-gap", "## 一、甲\n\n#### 1.乙\n\n文。\n\n#### 3.丙\n\n文。\n", NULL);
    expect_found(b, "number-gap", "（一）组织实施，落实责任。\n\n（三）强化监督，抓好整改。\n",
                 NULL);
    assert_int_equal(message_of(b, "number-gap")->severity, ZP_WARNING); /* no heading must count */
}

static void test_counts_on(void **state)
{
    bench *b = *state;
    expect_none(b, "number-gap",
                "## 一、甲\n\n### （一）乙\n\n文。\n\n## 二、丙\n\n### （一）丁\n\n文。\n");
    expect_none(b, "number-double",
                "## 一、甲\n\n### （一）乙\n\n文。\n\n## 二、丙\n\n### （一）丁\n\n文。\n");
    expect_none(b, "number-double",
                "# 附件\n\n## 一、甲\n\n文。\n\n# 附件2\n\n## 一、乙\n\n文。\n");
    /* a long item between two that are short enough for headings */
    expect_clean(
        b, "一、措施\n\n（一）加强领导。\n\n（二）明确责任，落实到人，严格考核，按月通报。\n\n"
           "（三）强化监督。\n");
    /* two counts, not a number */
    expect_clean(b, "文。\n\n一、二季度完成3项，三、四季度完成5项。\n");
    expect_clean(b, "文。\n\n2023年完成3项。\n\n3.5万元用于培训。\n");
    /* tens */
    check_body(b, "（九）甲，乙。\n\n（十）甲，乙。\n\n（十一）甲，乙。\n\n（二十）甲，乙。\n");
    assert_int_equal(count_of(b, "number-gap"), 1);
}

static void test_doubles(void **state)
{
    bench *b = *state;
    expect_found(b, "number-double", "## 一、甲\n\n### （一）乙\n\n文。\n\n### （一）丙\n\n文。\n",
                 NULL);
    expect_found(b, "number-double",
                 "## 一、甲\n\n文。\n\n## 二、乙\n\n文。\n\n## 二、丙\n\n文。\n", NULL);
}

static void test_brackets(void **state)
{
    bench *b = *state;
    expect_found(b, "number-brackets",
                 "一、甲\n\n(一)职能\n\n文。\n\n(二)收支\n\n文。\n\n（三）管理\n\n文。\n",
                 "（一）");
    const zp_message *message = message_of(b, "number-brackets");
    assert_int_equal(message->severity, ZP_ERROR);
    assert_int_equal(message->other_count, 1);
    assert_true(zp_str_find(message->message, ZP_STR("“(一)”等2处是半角"), 0) < message->message.n);
    expect_none(b, "number-double",
                "一、甲\n\n(一)职能\n\n文。\n\n(二)收支\n\n文。\n\n（三）管理\n\n文。\n");
    /* all of half width: not mixed, and so only a warning */
    expect_found(b, "number-brackets", "一、甲\n\n(一)职能\n\n文。\n\n(二)收支\n\n文。\n", NULL);
    assert_int_equal(message_of(b, "number-brackets")->severity, ZP_WARNING);
    expect_none(b, "halfwidth-bracket", "一、甲\n\n(一)职能\n\n文。\n");
}

static void test_forms(void **state)
{
    bench *b = *state;
    expect_found(b, "number-mark", "## 一、甲\n\n### （一）、乙\n\n文。\n", "（一）");
    expect_found(b, "number-mark", "## 一.甲\n\n文。\n", "一、");
    expect_found(b, "number-mark", "1．预算编制合理。\n", "1.");
    expect_found(b, "number-space", "## 一、甲\n\n### （一） 乙\n\n文。\n", NULL);
    expect_found(b, "number-level", "## 一、甲\n\n### （一）乙\n\n##### （1）丙\n\n文。\n", NULL);
    expect_none(b, "number-level", "## 一、甲\n\n### 1.乙\n\n#### （1）丙\n\n文。\n");
    expect_found(b, "heading-mark", "## 一、甲；\n\n文。\n", NULL);
    expect_none(b, "heading-mark",
                "## 一、甲\n\n### （一）乙：\n\n文。\n\n### （二）丙。\n\n文。\n");
    expect_found(b, "heading-style",
                 "## 一、甲\n\n### （一）乙：\n\n文。\n\n### （二）丙\n\n文。\n", NULL);
}

static void test_enumerations(void **state)
{
    bench *b = *state;
    expect_none(b, "enumeration-gap", "一是甲。二是乙。\n\n三是丙。\n");
    expect_none(b, "enumeration-gap", "一是甲；二要乙；三是丙。一是丁；二是戊。\n");
    expect_none(b, "enumeration-double", "一是甲。二是乙。\n\n## 二、丙\n\n一是丁。二是戊。\n");
    expect_found(b, "enumeration-gap", "一是甲。二是乙。四是丙。\n", NULL);
    expect_found(b, "enumeration-double", "一是甲。二是乙。二是丙。三是丁。\n", NULL);
    expect_found(b, "enumeration-gap", "第一，甲。第三，乙。\n", NULL);
    expect_none(b, "enumeration-gap", "第一产业增长，第三产业下降。唯一是甲，统一是乙。\n");
    expect_found(b, "enumeration-next", "其次，甲。\n", NULL);
    expect_none(b, "enumeration-next", "首先，甲。其次，乙。最后，丙。\n");
}

static void test_chapters(void **state)
{
    bench *b = *state;
    expect_found(b, "empty-chapter", "## 一、甲\n\n### （一）乙\n\n## 二、丙\n\n文。\n", NULL);
    expect_none(b, "empty-chapter", "## 一、甲\n\n### （一）乙\n\n| 丙 |\n|---|\n| 丁 |\n");
    /* a list of short items is none of empty chapters */
    expect_none(b, "empty-chapter",
                "一、措施\n\n（一）加强领导\n\n（二）明确责任\n\n（三）强化监督\n\n文。\n");
    expect_found(b, "chapter-double", "## 一、甲\n\n### （一）乙\n\n文。\n\n### （二）乙\n\n文。\n",
                 NULL);
    expect_none(b, "chapter-double",
                "## 一、甲\n\n### （一）乙\n\n文。\n\n## 二、丙\n\n### （一）乙\n\n文。\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_gaps),  TEST(test_counts_on),    TEST(test_doubles),  TEST(test_brackets),
        TEST(test_forms), TEST(test_enumerations), TEST(test_chapters),
    };
    return cmocka_run_group_tests_name("numbering", tests, NULL, NULL);
}

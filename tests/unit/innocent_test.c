/* innocent_test.c: what looks like a slip of form and is none; nothing but hints may be said of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "checked.h"

static void test_innocent(void **state)
{
    static const char *const bodies[] = {
        "办公时间为8:00-11:30，比例尺1:100，执行ISO 9001:2015标准。\n",
        "| 姓 名 | 合 计 |\n|---|---|\n| 张 三 | 无 |\n| 李四 | 无 |\n| 无 | 无 |\n",
        "层层压实责任，人人参与，克服种种困难，天天检查，等等。\n",
        "| 指标 | 值 |\n|---|---|\n| 甲 | 3个 |\n| 乙 | 95% |\n| 丙 | 4次 |\n| 丁 | 5万元 |\n| 戊 "
        "| 6元 |\n",
        "项目编码44010622-210000000018-2023，标段A-01。\n",
        "1）收集资料；2）分析数据。\n\na) 甲；b) 乙。\n",
        "《人民日报》以《代表寻线索 高效解难题》为题，作了专题报道。\n",
        "根据《关于开展自评工作的通知》（茂财绩函〔2022〕2号），我局开展自评。\n",
        "The project (phase 2) was finished; costs: 1,200.50 yuan, \"on time\".\n",
        "网址：https://example.com/a?b=1;c=2，邮箱：someone@example.com。\n",
        "2023 年完成 30 项，占 95.5 %，共 3,062.66 万元。\n",
        "单位负责人：张三    填表人：李四    联系电话：020-12345678\n",
        "会议于2023年6月5日（星期一）召开，参加12～15人，历时2—3小时。\n",
        "一方面加强管理，另一方面改进服务；统一是前提，第一是质量。\n",
        "详见http://www.example.com/1.html,谢谢\n\n温度-5℃，pH值7.0-7.5。\n",
        "“十四五”规划、“3·15”活动、“双随机、一公开”监管。\n",
        "二、三季度各完成5项，四、五月份完成2项。\n",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        expect_clean(*state, bodies[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_innocent)};
    return cmocka_run_group_tests_name("innocent", tests, NULL, NULL);
}

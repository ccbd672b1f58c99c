/* tables_test.c: tables that are right and must be silent, and the same with a slip in them. The
 * figures are 示例数据.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "checked.h"

static const char *name_of(zp_severity severity)
{
    return severity == ZP_ERROR     ? "错误"
           : severity == ZP_WARNING ? "提醒"
           : severity == ZP_HINT    ? "提示"
                                    : "缺陷";
}

/* What is found in a report with this table, by rules whose id begins with `prefix`. */
static zp_str found(bench *w, const char *prefix, zp_str table)
{
    zp_diag *diag = zp_diag_new(w->arena);
    zp_str text = zp_str_format(w->arena, "---\n标题: 示例\n---\n\n%.*s\n", ZP_ARG(table));
    const zp_source *source = zp_source_new(w->arena, ZP_STR("报告.md"), text);
    const zp_report *report = zp_report_read(w->arena, source, w->template, diag);
    assert_non_null(report);
    zp_check_report(w->arena, report, diag);
    size_t count;
    const zp_message *messages = zp_diag_messages(diag, &count);
    zp_buf out = {.arena = w->arena};
    for (size_t i = 0; i < count; i++)
        if (zp_str_starts(zp_str_from(messages[i].id), zp_str_from(prefix)))
            zp_buf_format(&out, "%s %s: %.*s\n", name_of(messages[i].severity), messages[i].id,
                          ZP_ARG(messages[i].message));
    return zp_buf_str(&out);
}

typedef struct {
    const char *about, *table, *heard; /* `heard`: what is said begins so; NULL: nothing is */
} sample;

static void try_all(bench *w, const sample *samples, size_t count)
{
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        zp_str got = found(w, "table-", zp_str_from(samples[i].table));
        bool right =
            samples[i].heard ? zp_str_starts(got, zp_str_from(samples[i].heard)) : got.n == 0;
        if (!right)
            print_error("%s:\n%.*sshould be: %s\n", samples[i].about, ZP_ARG(got),
                        samples[i].heard ? samples[i].heard : "silent");
        good = good && right;
    }
    assert_true(good);
}

#define TRY(w, samples) try_all((w), (samples), sizeof(samples) / sizeof *(samples))

static void totals_of_rows(void **state)
{
    static const sample samples[] = {
        {"a total", "|项目|金额（万元）|\n|--|--|\n|甲|40.26|\n|乙|30.15|\n|合计|70.41|\n", NULL},
        {"swapped in the total",
         "|项目|金额（万元）|\n|--|--|\n|甲|40.26|\n|乙|30.15|\n|合计|70.14|\n",
         "错误 table-sum: “合计”的“金额（万元）”是 70.14，它那一级各行相加是 70.41，相差 "
         "-0.27；可能是“合计”的 70.14 应为 70.41，"},
        {"a digit lost in a row",
         "|项目|金额（万元）|\n|--|--|\n|甲|4.26|\n|乙|30.15|\n|丙|12.02|\n|合 计|86.43|\n",
         "错误 table-sum: “合计”的“金额（万元）”是 86.43，它那一级各行相加是 46.43，相差 "
         "40.00；可能是“甲”的 4.26 应为 44.26，"},
        {"off with no reason",
         "|项目|金额（万元）|\n|--|--|\n|甲|40.26|\n|乙|30.15|\n|合计|75.97|\n",
         "提醒 table-sum: "},
        {"borne out by another column",
         "|项目|预算数|执行数|\n|--|--|--|\n|甲|100.00|90.50|\n|乙|50.00|40.25|\n|合计|150.00|"
         "137.85|\n",
         "错误 table-sum: “合计”的“执行数”是 137.85，它那一级各行相加是 130.75"},
        {"half a unit an addend",
         "|项目|金额（万元）|\n|--|--|\n|甲|40.26|\n|乙|30.15|\n|合计|70.42|\n", NULL},
        {"more than that", "|项目|金额（万元）|\n|--|--|\n|甲|40.26|\n|乙|30.15|\n|合计|70.43|\n",
         "提醒 table-sum: "},
        {"at the top", "|项目|金额|\n|--|--|\n|合计|70.41|\n|甲|40.26|\n|乙|30.15|\n", NULL},
        {"at the top, wrong", "|项目|金额|\n|--|--|\n|合计|70.14|\n|甲|40.26|\n|乙|30.15|\n",
         "错误 table-sum: "},
        {"parts",
         "|项目|金额|\n|--|--|\n|基本支出|80.5|\n|其中：人员经费|60.5|\n|项目支出|20.1|\n|合计|100."
         "6|"
         "\n",
         NULL},
        {"parts of which only the first is marked",
         "|项目|金额|\n|--|--|\n|基本支出|80.5|\n|其中：人员经费|60.5|\n|公用经费|20|\n|项目支出|"
         "20.1|"
         "\n|合计|100.6|\n",
         NULL},
        {"parts that nothing marks",
         "|项目|金额|\n|--|--|\n|基本支出|80.5|\n|人员经费|60.5|\n|公用经费|20|\n|项目支出|20.1|"
         "\n|合计|100.6|\n",
         NULL},
        {"levels by numbers",
         "|项目|金额|\n|--|--|\n|一、基本支出|80.5|\n|（一）人员经费|60.5|\n|（二）公用经费|20.0|"
         "\n|二、项目支出|20.1|\n|合计|100.6|\n",
         NULL},
        {"subtotals",
         "|类别|项目|金额|\n|--|--|--|\n|甲类|一|10.5|\n|^|二|20.5|\n|^|小计|31.0|\n|乙类|三|5.0|"
         "\n|^|四|6.0|\n|^|小计|11.0|\n|合计|<|42.0|\n",
         NULL},
        {"a subtotal is wrong",
         "|类别|项目|金额|\n|--|--|--|\n|甲类|一|10.5|\n|^|二|20.5|\n|^|小计|31.0|\n|乙类|三|5.0|"
         "\n|^|四|16.0|\n|^|小计|12.0|\n|合计|<|43.0|\n",
         "提醒 table-sum: “小计”的“金额”是 12.0，它那一级各行相加是 21.0，相差 "
         "-9.0；可能是“小计”的"},
        {"it may be something else than a sum",
         "|项目|金额|\n|--|--|\n|甲|5.0|\n|乙|16.0|\n|小计|12.5|\n", NULL},
        {"subtotals at the head of their groups",
         "|项目|金额|\n|--|--|\n|合计|42.0|\n|小计|31.0|\n|一|10.5|\n|二|20.5|\n|小计|11.0|"
         "\n|三|5.0|\n|四|6.0|\n",
         NULL},
        {"points",
         "|一级指标|三级指标|分值|得分|\n|--|--|--|--|\n|产出|甲|50|49.5|\n|效益|乙|40|38|\n|"
         "满意度|"
         "丙|10|10|\n|总分||100|97.5|\n",
         NULL},
        {"the total score is off",
         "|一级指标|三级指标|分值|得分|\n|--|--|--|--|\n|产出|甲|50|49.5|\n|效益|乙|40|38|\n|"
         "满意度|"
         "丙|10|10|\n|总分||100|95.7|\n",
         "错误 table-sum: “总分”的“得分”是 95.7，它那一级各行相加是 97.5"},
        {"units of all kinds in one column",
         "|指标|指标值|完成值|\n|--|--|--|\n|数量|10个|12个|\n|质量|95%|96%|\n|次数|3次|3次|\n|"
         "成本|"
         "20万元|18万元|\n|合计|4项|4项|\n",
         NULL},
        {"averages and rates",
         "|项目|预算数|执行数|执行率|平均得分|自评得分|\n|--|--|--|--|--|--|\n|甲|100.00|90.00|90."
         "00%|"
         "95|95|\n|乙|50.00|45.00|90.00%|97|97|\n|合计|150.00|135.00|90.00%|96|96|\n",
         NULL},
        {"blanks and dashes among 三公",
         "表：“三公”经费（单位：万元）\n\n|项目|预算数|决算数|\n|--|--|--|\n|因公出国（境）费|—||"
         "\n|公务用车购置|无|/|"
         "\n|公务用车运行费|3.50|3.12|\n|公务接待费|0.50|0.08|\n|合计|4.00|3.20|\n",
         NULL},
        {"无 again and again",
         "|项目|金额|备注|\n|--|--|--|\n|甲|1.5|无|\n|乙|2.5|无|\n|合计|4.0|无|\n", NULL},
        {"shares to 99.99%",
         "|项目|金额|占比|\n|--|--|--|\n|甲|30.00|33.33%|\n|乙|30.00|33.33%|\n|丙|30.00|33.33%|"
         "\n|合计|90.00|100.00%|\n",
         NULL},
        {"a name is no total", "|项目|金额|\n|--|--|\n|总计划编制|12.5|\n|统计|3.5|\n|甲|9.0|\n",
         NULL},
        {"columns that are numbered",
         "|项目|预算|支出|\n|--|--|--|\n|栏次|1|2|\n|甲|10.5|9.5|\n|乙|20.0|19.0|\n|合计|30.5|28.5|"
         "\n",
         NULL},
        {"a column of numbers of rows",
         "|序号|项目|金额|\n|--|--|--|\n|1|甲|10.5|\n|2|乙|20.0|\n|3|合计|30.5|\n", NULL},
    };
    TRY(*state, samples);
}

static void totals_of_columns(void **state)
{
    static const sample samples[] = {
        {"right of it",
         "|项目|合计|基本支出|项目支出|\n|--|--|--|--|\n|甲|100.5|80.5|20|\n|乙|30|10|20|\n", NULL},
        {"wrong",
         "|项目|合计|基本支出|项目支出|\n|--|--|--|--|\n|甲|130.5|80.5|23|\n|乙|30|10|20|\n",
         "错误 table-parts: “甲”的“合计”是 130.5，“基本支出”至“项目支出”相加是 103.5；"
         "可能是 130.5 应为 103.5，"},
        {"left of it, some other sum",
         "|项目|一季度|二季度|合计|\n|--|--|--|--|\n|甲|10|20|30|\n|乙|5|6|11|\n|丙|7|8|15|\n|丁|9|"
         "8|71|\n",
         "错误 table-parts: “丁”的“合计”是 71"},
        {"a total of something else",
         "|项目|合计|甲|乙|\n|--|--|--|--|\n|一|100|2|3|\n|二|90|4|5|\n", NULL},
        {"heads in two rows",
         "|项目|年初预算数|<|<|全年执行数|<|<|\n|^|小计|财政拨款|其他资金|小计|财政拨款|其他资金|"
         "\n|--|--|--|--|--|--|--|"
         "\n|甲|30|20|10|28|20|8|\n|乙|12|10|2|11|10|1|\n",
         NULL},
    };
    TRY(*state, samples);
}

static void rates(void **state)
{
    static const sample samples[] = {
        {"right",
         "|项目|预算数|执行数|执行率|\n|--|--|--|--|\n|甲|200|190|95.00%|\n|合计|200|190|95%|\n",
         NULL},
        {"wrong", "|项目|预算数|执行数|执行率|\n|--|--|--|--|\n|甲|200|190|98.00%|\n",
         "错误 table-rate: “甲”的“执行率”是 98.00%，按执行数÷预算数应为 95.00%"},
        {"under a head with a unit",
         "|项目|预算数(A)|执行数(B)|执行率(B/"
         "A)（%）|\n|--|--|--|--|\n|甲|200.5|190.5|95.01|\n|乙|30|10|33.94|\n",
         "错误 table-rate: “乙”的"},
        {"cut off instead of rounded",
         "|项目|预算数|执行数|执行率|\n|--|--|--|--|\n|甲|3074.03|3062.77|99.63%|\n|乙|3000.00|"
         "2000.00|"
         "66.66%|\n|丙|100.00|50.00|50.00%|\n",
         "错误 table-rate: “乙”的“执行率”是 66.66%，按执行数÷预算数应为 66.67%"},
        {"on another base, all alike",
         "|项目|年初预算数|调整后预算数|支出数|执行率|\n|--|--|--|--|--|\n|甲|100|200|90|90%|\n|乙|"
         "50|60|"
         "40|80%|\n",
         NULL},
        {"growth",
         "|项目|上年数|本年数|增长率|\n|--|--|--|--|\n|甲|100.0|110.0|10%|\n|乙|50.0|40.0|-20%|\n"
         "|丙|80.0|88.0|11%|\n",
         "错误 table-rate: “丙”的“增长率”是 11%"},
        {"nothing to divide by",
         "|项目|预算数|执行数|执行率|\n|--|--|--|--|\n|甲|0|0|0%|\n|乙|—|—|—|\n", NULL},
        {"indicators",
         "|指标|年度指标值|实际完成值|完成率|\n|--|--|--|--|\n|甲|10个|12个|100%|\n|乙|≥95%|96%|"
         "100%|\n|丙|20次|30次|100%|\n",
         NULL},
        {"shares",
         "|项目|金额|占比|\n|--|--|--|\n|甲|25.00|52%|\n|乙|30.00|30%|\n|丙|45.00|45%|\n|合计|100."
         "00|"
         "100%|\n",
         "错误 table-sum: “合计”的“占比”是 100%，它那一级各行相加是 127%，相差 -27%\n"
         "错误 table-share: “甲”的“占比”是 52%"},
    };
    TRY(*state, samples);
}

static void points(void **state)
{
    static const sample samples[] = {
        {"above its points", "|指标|分值|得分|\n|--|--|--|\n|甲|10|11|\n|乙|20|20|\n",
         "错误 table-points: “甲”得 11 分，超过了它的分值 10"},
        {"below nought", "|指标|分值|得分|\n|--|--|--|\n|甲|10|-1|\n|乙|20|20|\n",
         "错误 table-points: “甲”得 -1 分，小于 0"},
        {"extra points", "|指标|分值|得分|\n|--|--|--|\n|甲|10|10|\n|加分项|0|2|\n", NULL},
        {"blocks",
         "|一级指标|三级指标|分值|得分|\n|--|--|--|--|\n|产出指标（50分）|甲|20|20|\n|^|乙|30|30|"
         "\n|效益指标(30)|丙|15|15|\n||丁|15|15|\n",
         NULL},
        {"a block is off",
         "|一级指标|三级指标|分值|得分|\n|--|--|--|--|\n|产出指标（50分）|甲|20|20|\n|^|乙|20|20|"
         "\n|效益指标(30)|丙|15|15|\n||丁|15|15|\n",
         "提醒 table-block: “产出指标（50分）”写明 50 分，它下面各指标的分值相加是 40"},
    };
    TRY(*state, samples);
}

static void units(void **state)
{
    static const sample samples[] = {
        {"元 among 万元",
         "|项目|金额（万元）|\n|--|--|\n|甲|12.50|\n|乙|8.30|\n|丙|96000.00|\n|丁|15.00|\n",
         "提醒 table-unit: “金额（万元）”栏以万元计"},
        {"large and small",
         "|项目|金额（万元）|\n|--|--|\n|甲|12.50|\n|乙|8.30|\n|丙|9600.00|\n|丁|15.00|\n", NULL},
    };
    TRY(*state, samples);
}

/* --- Large tables ----------------------------------------------------------------------------- */

static double seconds_for(bench *w, size_t rows, size_t columns)
{
    zp_arena *arena = zp_arena_new();
    zp_buf text = {.arena = arena};
    for (size_t r = 0; r < rows + 3; r++) {
        zp_buf_lit(&text, "|");
        for (size_t c = 0; c < columns; c++)
            zp_buf_add(&text, r == 0   ? (c % 3 == 0   ? ZP_STR("合计|")
                                          : c % 3 == 1 ? ZP_STR("执行率|")
                                                       : ZP_STR("预算支出|"))
                              : r == 1 ? ZP_STR("--|")
                              : c == 0 ? (r % 2 ? ZP_STR("小计|") : ZP_STR("甲|"))
                                       : ZP_STR("12.5|"));
        zp_buf_lit(&text, "\n");
    }
    bench local = {.arena = arena, .template = w->template};
    clock_t begin = clock();
    found(&local, "table-", zp_buf_str(&text));
    double spent = (double)(clock() - begin) / CLOCKS_PER_SEC;
    zp_arena_free(arena);
    return spent;
}

static void large_tables_take_linear_time(void **state)
{
    double few = seconds_for(*state, 25000, 4), many = seconds_for(*state, 100000, 4);
    print_message("25 000 rows %.2f s, 100 000 rows %.2f s\n", few, many);
    assert_true(many < 8 * few + 0.5);
    print_message("200 columns %.2f s\n", seconds_for(*state, 500, 200));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(totals_of_rows), TEST(totals_of_columns),
        TEST(rates),          TEST(points),
        TEST(units),          TEST(large_tables_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

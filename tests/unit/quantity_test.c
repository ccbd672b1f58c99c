/* quantity_test.c: what is read as a figure, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/number.h"
#include "check/rounding.h"
#include "checked.h"

/* The figures of a body in one line: each as it stands there with its value, in the basic unit,
 * behind; ~ in front of a rough one, R of the end of a range, % of points; Y a year, D a date. */
static zp_str read_body(bench *b, const char *body)
{
    check_body(b, body);
    const zp_quantities *found =
        zp_quantities_find(b->arena, b->passages, zp_matrices_make(b->arena, b->passages));
    zp_buf out = {.arena = b->arena};
    for (size_t i = 0; i < found->count; i++) {
        const zp_quantity *q = &found->all[i];
        if (q->passage == 0) /* the title */
            continue;
        zp_str text = zp_quantity_text(b->arena, b->passages, q);
        zp_buf_format(&out, "%s%s%s%s%.*s", out.n ? " " : "", q->rough ? "~" : "",
                      q->points ? "%" : "",
                      q->kind == ZP_QUANTITY_RANGE  ? "R"
                      : q->kind == ZP_QUANTITY_YEAR ? "Y"
                      : q->kind == ZP_QUANTITY_DATE ? "D"
                                                    : "",
                      ZP_ARG(text));
        if (q->kind != ZP_QUANTITY_DATE && q->kind != ZP_QUANTITY_YEAR && q->value != NULL)
            zp_buf_format(&out, "=%.*s", ZP_ARG(zp_number_plain(b->arena, q->value)));
    }
    return zp_buf_str(&out);
}

typedef struct {
    const char *body, *figures;
} sample;

static void try_all(bench *b, const sample *samples, size_t count)
{
    int failed = 0;
    for (size_t i = 0; i < count; i++) {
        zp_str got = read_body(b, samples[i].body);
        if (zp_str_eq(got, zp_str_from(samples[i].figures)))
            continue;
        print_error("%s\n    read: %.*s\n  should: %s\n", samples[i].body, ZP_ARG(got),
                    samples[i].figures);
        failed++;
    }
    assert_int_equal(failed, 0);
}

#define TRY(b, samples) try_all((b), (samples), sizeof(samples) / sizeof *(samples))

static void figures_have_number_and_unit(void **state)
{
    static const sample samples[] = {
        {"支出3,062.66 万元。", "3,062.66万元=30626600"},
        {"支出3062.66万元。", "3062.66万元=30626600"},
        {"支出1.2亿元。", "1.2亿元=120000000"},
        {"支出 500 元。", "500元=500"},
        {"执行率99.63%。", "99.63%=0.9963"},
        {"执行率99.63％。", "99.63％=0.9963"},
        {"编制82人。", "82人=82"},
        {"单价1,724元/批次。", "1,724元/批次=1724"},
        {"提高3.2个百分点。", "%3.2个百分点=0.032"},
        {"支出100，200万元。", "100=100 200万元=2000000"},
        {"得分98.96。", "98.96=98.96"},
    };
    TRY(*state, samples);
}

static void names_are_no_figures(void **state)
{
    static const sample samples[] = {
        {"时间为8:00-11:30。", ""},
        {"时间为8：00—11：30。", ""},
        {"比例尺1:100的图。", ""},
        {"按ISO 9001:2015认证。", ""},
        {"按第3条办理。", ""},
        {"1. 某事。", ""},
        {"（1）某事。", ""},
        {"1、某事。", ""},
        {"1）某事。", ""},
        {"按财预〔2020〕10号办理。", ""},
        {"编号2023-0012。", ""},
        {"电话0731-8888888。", ""},
        {"电话13812345678。", ""},
        {"电话12345。", "12345=12345"}, /* nothing but its word says so */
        {"按《2023年20万元项目办法》办理。", ""},
        {"开展3·15活动。", ""},
        {"见表1。", ""},
        {"见图 2。", ""},
        {"见附件3。", ""},
        {"用COVID19检测。", ""},
        {"版本V2.0.1。", ""},
        {"日期2023.6.5。", ""},
        {"楼房3号。", ""},
        {"代码007。", ""},
    };
    TRY(*state, samples);
}

static void years_and_dates_are_kept_apart(void **state)
{
    static const sample samples[] = {
        {"2023年支出5万元。", "Y2023年 5万元=50000"},
        {"2023年度支出5万元。", "Y2023年度 5万元=50000"},
        {"2023 年支出5万元。", "Y2023年 5万元=50000"},
        {"2023年6月5日支出5万元。", "D2023年6月5日 5万元=50000"},
        {"6月5日支出5万元。", "D6月5日 5万元=50000"},
        {"2023年6月支出5万元。", "D2023年6月 5万元=50000"},
        {"历时5年。", "5年=5"},
    };
    TRY(*state, samples);
}

static void ranges_have_two_ends(void **state)
{
    static const sample samples[] = {
        {"浮动15%～30%。", "R15%=0.15 R30%=0.3"},
        {"浮动15～30%。", "R15=0.15 R30%=0.3"},
        {"浮动15-30万元。", "R15=150000 R30万元=300000"},
        {"浮动15万元至30万元。", "R15万元=150000 R30万元=300000"},
        {"编号15-30。", ""},
    };
    TRY(*state, samples);
}

static void a_minus_is_a_sign_only_behind_words_of_change(void **state)
{
    static const sample samples[] = {
        {"增长-3.2%。", "3.2%=-0.032"},      {"变动率−3.2%。", "3.2%=-0.032"},
        {"变动（－3.2%）。", "3.2%=-0.032"}, {"变动=-3.2%。", "3.2%=-0.032"},
        {"变动负3.2%。", "3.2%=-0.032"},     {"增长3.2%。", "3.2%=0.032"},
        {"类型-3.2%。", "3.2%=0.032"},
    };
    TRY(*state, samples);
}

static void rough_words_make_a_figure_rough(void **state)
{
    static const sample samples[] = {
        {"办理约2000件。", "~2000件=2000"},
        {"办理近2000件。", "~2000件=2000"},
        {"培训10余次。", "~10余次=10"},
        {"培训10多次。", "~10多次=10"},
        {"培训10次以上。", "~10次=10"},
        {"培训10次左右。", "~10次=10"},
        {"满意度不低于95%。", "~95%=0.95"},
        {"满意度≥95%。", "~95%=0.95"},
        {"支出超过5万元。", "~5万元=50000"},
        {"节约2000元。", "2000元=2000"}, /* 约 is another word's */
        {"合约5份。", "5份=5"},
    };
    TRY(*state, samples);
}

static void a_cell_has_the_unit_of_its_head(void **state)
{
    static const sample samples[] = {
        {"| 项目 | 金额（万元） | 执行率（%） |\n|--|--|--|\n| 甲 | 12.50 | 95.01 |\n",
         "12.50=125000 95.01=0.9501"},
        {"表：经费（单位：万元）\n\n| 项目 | 金额 |\n|--|--|\n| 甲 | 12.50 |\n", "12.50=125000"},
        {"| 项目 | 金额（万元） |\n|--|--|\n| 甲 | 12.50元 |\n", "12.50元=12.5"},
        {"| 项目 | 金额（万元） |\n|--|--|\n| 甲 | -12.50 |\n", "12.50=-125000"},
        {"| 项目 | 金额（万元） |\n|--|--|\n| 甲 | (12.50) |\n", "12.50=-125000"},
        {"| 项目 | 数量 |\n|--|--|\n| 甲 | 12 |\n", "12=12"},
    };
    TRY(*state, samples);
}

static void a_figure_knows_its_sentence_and_digits(void **state)
{
    bench *b = *state;
    check_body(b, "编制82人。支出3,062.60万元，执行率0.50%。");
    const zp_quantities *found =
        zp_quantities_find(b->arena, b->passages, zp_matrices_make(b->arena, b->passages));
    size_t end, first = zp_quantities_of(found, b->passages->count - 1, &end);
    assert_int_equal(end - first, 3);
    const zp_quantity *q = &found->all[first];
    assert_int_equal(q[0].sentence, 0);
    assert_int_equal(q[1].sentence, strlen("编制82人。"));
    assert_int_equal(q[1].name_from, q[1].sentence);
    assert_int_equal(q[2].sentence, q[1].sentence);
    assert_int_equal(q[2].name_from, q[1].end);
    assert_true(zp_str_eq(q[1].digits, ZP_STR("3062.60")));
    assert_int_equal(q[1].places, 2);
    assert_int_equal(q[1].significant, 6);
    assert_int_equal(q[2].significant, 2);
    assert_false(q[1].printed);
}

static void what_a_placeholder_prints_is_marked(void **state)
{
    bench *b = *state;
    check_text(b, ZP_STR("---\n标题: 示例\n预算: {金额单位: 万元, 实际支出数: 3062.66}\n---\n\n"
                         "支出{{预算.实际支出数 | 万元}}万元，另有5万元。\n"));
    const zp_quantities *found =
        zp_quantities_find(b->arena, b->passages, zp_matrices_make(b->arena, b->passages));
    assert_int_equal(found->count, 2);
    assert_true(found->all[0].printed);
    assert_false(found->all[1].printed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(figures_have_number_and_unit),
        TEST(names_are_no_figures),
        TEST(years_and_dates_are_kept_apart),
        TEST(ranges_have_two_ends),
        TEST(a_minus_is_a_sign_only_behind_words_of_change),
        TEST(rough_words_make_a_figure_rough),
        TEST(a_cell_has_the_unit_of_its_head),
        TEST(a_figure_knows_its_sentence_and_digits),
        TEST(what_a_placeholder_prints_is_marked),
    };
    return cmocka_run_group_tests_name("quantity", tests, NULL, NULL);
}

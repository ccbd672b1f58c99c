/* naming_test.c: what each figure is of; the words and short names that say so; the ledger. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "check/ledger.h"
#include "check/rounding.h"
#include "check/selfname.h"
#include "checked.h"

/* A body's figures with their names. */
typedef struct {
    const zp_lexicon *lexicon;
    const zp_quantities *quantities;
    const zp_name *names;
} reading;

static const zp_lexicon *lexicon_of(bench *b)
{
    zp_str own[ZP_SELFNAMES];
    size_t count = zp_selfname_find(b->arena, b->passages, own);
    return zp_lexicon_read(b->arena, b->template->content.terms, b->template->content.words, own,
                           count);
}

static reading read_body(bench *b, const char *body)
{
    check_body(b, body);
    zp_matrices *matrices = zp_matrices_make(b->arena, b->passages);
    reading r = {.lexicon = lexicon_of(b)};
    r.quantities = zp_quantities_find(b->arena, b->passages, matrices);
    r.names = zp_naming_find(b->arena, b->passages, r.quantities, matrices, r.lexicon, 2023);
    return r;
}

/* The last figure of a body: 实际支出数 2022 of 甲项目 in fund 1, 其中. */
static zp_str last_name(bench *b, const char *body)
{
    reading r = read_body(b, body);
    assert_true(r.quantities->count > 0);
    const zp_name *name = &r.names[r.quantities->count - 1];
    zp_buf out = {.arena = b->arena};
    zp_buf_add(&out, name->term ? name->term->name : ZP_STR("-"));
    if (name->base != NULL)
        zp_buf_format(&out, " base %.*s", ZP_ARG(name->base->name));
    if (name->year != 2023)
        zp_buf_format(&out, " %d", name->year);
    if (name->owner.n > 0)
        zp_buf_format(&out, " of %.*s", ZP_ARG(name->owner));
    if (name->fund > 0)
        zp_buf_format(&out, " fund %u", name->fund);
    zp_buf_format(&out, "%s%s%s%s", name->parts ? " part" : "", name->opens ? " opens" : "",
                  name->against ? " against" : "", name->aside ? " aside" : "");
    return zp_buf_str(&out);
}

typedef struct {
    const char *body, *name;
} sample;

static void try_all(bench *b, const sample *samples, size_t count)
{
    int failed = 0;
    for (size_t i = 0; i < count; i++) {
        zp_str got = last_name(b, samples[i].body);
        if (zp_str_eq(got, zp_str_from(samples[i].name)))
            continue;
        print_error("%s\n    named: %.*s\n   should: %s\n", samples[i].body, ZP_ARG(got),
                    samples[i].name);
        failed++;
    }
    assert_int_equal(failed, 0);
}

#define TRY(b, samples) try_all((b), (samples), sizeof(samples) / sizeof *(samples))

static void terms_have_other_names(void **state)
{
    static const sample samples[] = {
        {"实际支出数3062.66万元。", "实际支出数"},
        {"全年执行数3062.66万元。", "实际支出数"},
        {"部门整体支出3062.66万元。", "实际支出数"},
        {"全年预算数3074.03万元。", "调整后预算数"},
        {"年初批复预算数 3067.35 万元。", "年初预算数"},
        {"预算执行率99.63%。", "预算执行率"},
        {"自评得分98.96分。", "自评得分"},
        {"核定编制82人。", "编制数"},
        {"涉及18个二级项目。", "二级项目"}, /* the name stands behind */
        {"安排380.42万元资金。", "资金"},
        {"实际支出数99.63%。", "- base 实际支出数"}, /* not counted so */
        {"种树300棵。", "- of 种树"},
    };
    TRY(*state, samples);
}

static void years_are_carried_on(void **state)
{
    static const sample samples[] = {
        {"2022年，实际支出数30万元。", "实际支出数 2022"},
        {"2022年，年初预算数20万元，实际支出数30万元。", "实际支出数 2022"},
        {"上年支出30万元。", "实际支出数 2022"},
        {"上年支出30万元，本年支出40万元。", "实际支出数"},
        {"支出40万元，比上年的30万元。", "- 2022 against"},
        {"支出40万元，比2022年的30万元。", "- 2022 against"},
        {"上年支出30万元，支出40万元。", "实际支出数"},
    };
    TRY(*state, samples);
}

static void funds_are_told_apart(void **state)
{
    static const sample samples[] = {
        {"一般公共预算财政拨款支出30万元。", "实际支出数 fund 1"},
        {"政府性基金预算支出30万元。", "实际支出数 fund 2"},
        {"一般公共预算年初预算数20万元，实际支出数30万元。", "实际支出数 fund 1"},
    };
    TRY(*state, samples);
}

static void owners_are_other_than_the_unit(void **state)
{
    static const sample samples[] = {
        {"代表培训支出30万元。", "实际支出数 of 代表培训"},
        {"“人大会议经费”支出30万元。", "实际支出数 of 人大会议经费"},
        {"我局支出30万元。", "实际支出数"},
        {"某某区教育局支出30万元。", "实际支出数"},
        {"某某区教育局（以下简称区教局）工作。区教局支出30万元。", "实际支出数"},
        {"基本支出30万元。", "基本支出"},
        {"基本支出实际支出数30万元。", "基本支出"},
    };
    TRY(*state, samples);
}

static void parts_and_asides_are_marked(void **state)
{
    static const sample samples[] = {
        {"支出300万元，其中基本支出200万元。", "基本支出 part opens"},
        {"支出300万元。其中：基本支出200万元。", "基本支出 part opens"},
        {"支出300万元，比年初预算61万元。", "年初预算数 against"},
    };
    TRY(*state, samples);
}

static void cells_are_named_by_row_and_head(void **state)
{
    static const sample samples[] = {
        {"| 项目 | 实际支出数 |\n|--|--|\n| 植树项目 | 12.50万元 |\n", "实际支出数 of 植树"},
        {"| 项目 | 实际支出数 |\n|--|--|\n| 合计 | 12.50万元 |\n", "实际支出数"},
        {"| 类别 | 实际支出数 |\n|--|--|\n| 基本支出 | 12.50万元 |\n", "基本支出"},
        {"| 类别 | 实际支出数 |\n|--|--|\n| 政府性基金 | 12.50万元 |\n", "实际支出数 fund 2"},
    };
    TRY(*state, samples);
}

static void the_longest_word_counts(void **state)
{
    static const struct {
        const char *text;
        zp_word_kind kind;
        const char *word;
    } rows[] = {
        {"预算执行率为", ZP_WORD_TERM, "预算执行率"},
        {"预算为", ZP_WORD_TERM, "预算"},
        {"上年度支出", ZP_WORD_LAST_YEAR, "上年度"},
        {"上年结转资金", ZP_WORD_FUND, "上年结转资金"},
        {"其中：", ZP_WORD_PARTS, "其中"},
        {"本局", ZP_WORD_WHOLE, "本局"},
        {"某某区教育局的", ZP_WORD_WHOLE, "某某区教育局"},
        {"专项资金", ZP_WORD_OWNER, "专项资金"},
        {"本年度", ZP_WORD_THIS_YEAR, "本年度"},
        {"累计", ZP_WORD_PLAIN, "累计"},
    };
    bench *b = *state;
    check_body(b, "正文。");
    const zp_lexicon *l = lexicon_of(b);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const zp_word *word = zp_lexicon_match(l, zp_str_from(rows[i].text), 0);
        assert_non_null(word);
        assert_int_equal(word->kind, rows[i].kind);
        assert_true(zp_str_eq(word->text, zp_str_from(rows[i].word)));
    }
    assert_null(zp_lexicon_match(l, ZP_STR("鑫鑫"), 0));
    assert_null(zp_lexicon_match(l, ZP_STR("预算"), strlen("预算")));
}

static void terms_hang_together(void **state)
{
    bench *b = *state;
    check_body(b, "正文。");
    const zp_lexicon *l = lexicon_of(b);
    const zp_term *rate = zp_lexicon_term(l, ZP_STR("执行率"));
    assert_non_null(rate);
    assert_ptr_equal(rate, zp_lexicon_term(l, ZP_STR("预算执行率")));
    assert_int_equal(rate->kind, ZP_TERM_RATE);
    assert_ptr_equal(rate->part, zp_lexicon_term(l, ZP_STR("全年执行数")));
    assert_ptr_equal(rate->wholes[0], zp_lexicon_term(l, ZP_STR("调整后预算数")));
    assert_int_equal(rate->part->sum_count, 2);
    assert_ptr_equal(rate->part->sum[0], zp_lexicon_term(l, ZP_STR("基本支出")));
    assert_true(rate->part->spent);
    assert_true(rate->part->sum[0]->group);
    assert_true(zp_lexicon_term(l, ZP_STR("增幅"))->change);
    assert_null(zp_lexicon_term(l, ZP_STR("其中")));
    assert_null(zp_lexicon_term(l, ZP_STR("预算执行率为")));
    const zp_lexicon *none = zp_lexicon_read(b->arena, NULL, NULL, NULL, 0);
    size_t count;
    zp_lexicon_terms(none, &count);
    assert_int_equal(count, 0);
    assert_null(zp_lexicon_match(none, ZP_STR("预算"), 0));
}

/* --- What the unit is called ------------------------------------------------------------------ */

static void a_unit_has_its_name_and_short_names(void **state)
{
    static const struct {
        const char *text, *names;
    } rows[] = {
        {"---\n标题: 自评报告\n单位: 某某区教育局\n---\n\n正文。\n", "某某区教育局"},
        {"---\n标题: 自评报告\n单位: {名称: 某某区教育局, 简称: 区教局}\n---\n\n正文。\n",
         "某某区教育局 区教局"},
        {"---\n标题: 2023年度云溪县水利局部门整体支出绩效自评报告\n---\n\n正文。\n",
         "云溪县水利局"},
        {"---\n标题: 澜河县人社局2023年度部门整体支出绩效自评报告\n---\n\n正文。\n",
         "澜河县人社局"},
        {"---\n标题: 自评报告\n单位: 云溪县水利局\n---\n\n云溪县水利局（以下简称县水利局）工作。\n",
         "云溪县水利局 县水利局"},
        {"---\n标题: 自评报告\n单位: 云溪县水利局\n---\n\n云溪县水利局（简称“水利局”）工作。\n",
         "云溪县水利局 水利局"},
        {"---\n标题: 自评报告\n单位: 云溪县水利局\n---\n\n某项目（以下简称工程）工作。\n",
         "云溪县水利局"}, /* somebody else's */
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        check_text(b, zp_str_from(rows[i].text));
        zp_str names[ZP_SELFNAMES];
        size_t count = zp_selfname_find(b->arena, b->passages, names);
        zp_buf got = {.arena = b->arena};
        for (size_t k = 0; k < count; k++)
            zp_buf_format(&got, "%s%.*s", k ? " " : "", ZP_ARG(names[k]));
        if (!zp_str_eq(zp_buf_str(&got), zp_str_from(rows[i].names)))
            fail_msg("%s: %.*s", rows[i].text, ZP_ARG(zp_buf_str(&got)));
    }
}

/* --- The ledger ------------------------------------------------------------------------------- */

static void the_ledger_has_the_amounts_of_one_name(void **state)
{
    bench *b = *state;
    reading r = read_body(b, "实际支出数30万元。“培训”支出5万元。全年执行数31万元。上年支出20"
                             "万元。支出约33万元。种树300棵。支出增长5%。支出10～20万元。");
    const zp_ledger *ledger = zp_ledger_make(b->arena, r.quantities, r.names);
    const zp_term *spent = zp_lexicon_term(r.lexicon, ZP_STR("支出"));
    size_t count;
    const size_t *found = zp_ledger_find(ledger, spent, 2023, ZP_STR(""), &count);
    assert_int_equal(count, 2); /* neither rough nor a range, nobody else's, not last year's */
    assert_true(found[0] < found[1]);
    assert_true(zp_str_eq(r.quantities->all[found[1]].digits, ZP_STR("31")));
    found = zp_ledger_find(ledger, spent, 2022, ZP_STR(""), &count);
    assert_int_equal(count, 1);
    assert_true(zp_str_eq(r.quantities->all[found[0]].digits, ZP_STR("20")));
    zp_ledger_find(ledger, spent, 2023, ZP_STR("培训"), &count);
    assert_int_equal(count, 1);
    zp_ledger_find(ledger, spent, 2021, ZP_STR(""), &count);
    assert_int_equal(count, 0);
    size_t at = 0, groups = 0, all = 0;
    while (zp_ledger_next(ledger, &at, &count) != NULL) {
        groups++;
        all += count;
    }
    assert_int_equal(groups, 3);
    assert_int_equal(all, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(terms_have_other_names),
        TEST(years_are_carried_on),
        TEST(funds_are_told_apart),
        TEST(owners_are_other_than_the_unit),
        TEST(parts_and_asides_are_marked),
        TEST(cells_are_named_by_row_and_head),
        TEST(the_longest_word_counts),
        TEST(terms_hang_together),
        TEST(a_unit_has_its_name_and_short_names),
        TEST(the_ledger_has_the_amounts_of_one_name),
    };
    return cmocka_run_group_tests_name("naming", tests, NULL, NULL);
}

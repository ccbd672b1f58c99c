/* score.c: scores within their range, and grades that the score earns.
 */
#include "check/groups.h"
#include "check/judge.h"
#include "check/sentence.h"

#include "base/utf8.h"
#include "data/amount.h"

enum { NEAR = 450 /* bytes behind a score in which its grade is looked for */ };

enum { RANGE, GRADE };

static const zp_rule rules[] = {
    [RANGE] = {"score-range", ZP_ERROR, false, "得分超过一百分",
               "自评得分以一百分为满分，在 0 和 100 之间。",
               "财预〔2020〕10号第十三条：总分一般设置为100分", "自评得分198.96分。",
               "自评得分98.96分。"},
    [GRADE] = {"score-grade", ZP_ERROR, false, "等级与得分不符",
               "得分落在哪一档，就是哪一等：90（含）—100 分为优，80（含）—90 分为良，60（含）—80 "
               "分为中，60 分以下为差；各地另有规定的，照模板的“等级标准”。没有指明模板的报告，"
               "只有各种标准下都不对的才报。",
               "财预〔2020〕10号第十八条", "自评得分88.96分，评价等级为“优”。",
               "自评得分88.96分，评价等级为“良”。"},
};

/* Names of grades that mean the same. */
static const struct {
    const char *word, *grade;
} grades[] = {{"优秀", "优"}, {"良好", "良"},   {"中等", "中"}, {"优", "优"},
              {"良", "良"},   {"不合格", "差"}, {"中", "中"},   {"差", "差"}};

static zp_str grade_of(zp_str word)
{
    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++)
        if (zp_str_eq(word, zp_str_from(grades[i].word)))
            return zp_str_from(grades[i].grade);
    return ZP_STR("");
}

static zp_str read_grade(zp_str text, size_t at)
{
    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++)
        if (zp_str_starts(zp_str_slice(text, at, text.n), zp_str_from(grades[i].word)))
            return zp_str_from(grades[i].word);
    return ZP_STR("");
}

/* The grade that the text behind a score gives it: 等级为“优”, 评价结果为优秀, within its sentence.
 */
static zp_where find_grade(const zp_checker *c, const zp_quantity *q, zp_str *word)
{
    static const char *const lead[] = {"等级",   "等次",   "档次",  "评为",
                                       "评定为", "结论为", "结果为"};
    zp_str text = c->passages->all[q->passage].text;
    size_t end = q->end + zp_utf8_cut(zp_str_slice(text, q->end, text.n), NEAR).n;
    zp_str behind = zp_str_slice(text, q->end, end);
    behind = zp_str_slice(behind, 0, zp_str_find(behind, ZP_STR("。"), 0));
    size_t from = behind.n;
    for (size_t i = 0; i < sizeof lead / sizeof *lead; i++) {
        size_t found = zp_str_find(behind, zp_str_from(lead[i]), 0);
        size_t after = found + zp_str_from(lead[i]).n;
        if (found < behind.n && after < from)
            from = after;
    }
    while (from < behind.n) {
        size_t start = from;
        uint32_t code = zp_utf8_next(behind, &from);
        *word = read_grade(behind, start);
        if (word->n > 0)
            return (zp_where){q->passage, q->end + start, q->end + start + word->n};
        if (code != 0x4E3A && code != 0x662F && code != 0x201C && code != ' ' && code != 0xFF1A)
            break; /* other than 为 是 “ ： */
    }
    *word = ZP_STR("");
    return (zp_where){0};
}

/* What a scale, [{name: 优, from: 90}, …] from the highest down, gives the score; empty: nothing.
 */
static zp_str band(const zp_checker *c, const zp_value *scale, const zp_number *score)
{
    for (const zp_value *step = scale ? scale->first : NULL; step != NULL; step = step->next) {
        zp_amount from = zp_amount_of(c->arena, zp_value_find(step, ZP_STR("from")));
        if (from.kind == ZP_AMOUNT_NUMBER && zp_number_compare(score, from.number) >= 0)
            return zp_value_text(zp_value_find(step, ZP_STR("name")));
    }
    return ZP_STR("");
}

/* Whether some scale that is in use gives the score that grade. */
static bool is_earned(const zp_checker *c, const zp_number *score, zp_str grade, zp_str *right)
{
    const zp_value *own = zp_value_find(c->report->meta, ZP_STR("等级标准"));
    *right = band(c, own, score);
    if (right->n == 0 || zp_str_eq(grade_of(*right), grade) || grade_of(*right).n == 0)
        return true;
    if (zp_front_template(c->report->front) != NULL)
        return false;
    const zp_value *scales = zp_value_find(c->report->template->content.words, ZP_STR("scales"));
    for (const zp_value *scale = scales ? scales->first : NULL; scale; scale = scale->next)
        if (zp_str_eq(grade_of(band(c, scale, score)), grade))
            return true;
    return false;
}

static void check_range(zp_checker *c, const zp_quantity *q)
{
    if (zp_number_compare(q->value, zp_number_int(c->arena, 100)) > 0)
        zp_checker_find(c, &rules[RANGE], zp_judge_where(q), NULL, "“%.*s”超过了满分一百分",
                        ZP_ARG(zp_judge_quote(c, q)));
}

static void check_grade(zp_checker *c, const zp_quantity *q)
{
    zp_str word, right;
    zp_where where = find_grade(c, q, &word);
    if (word.n == 0 || is_earned(c, q->value, grade_of(word), &right))
        return;
    const zp_where also = zp_judge_where(q);
    const zp_finding finding = {.found = word, .expected = right, .also = &also, .also_count = 1};
    zp_checker_find(c, &rules[GRADE], where, &finding, "“%.*s”应为“%.*s”，不是“%.*s”",
                    ZP_ARG(zp_judge_quote(c, q)), ZP_ARG(right), ZP_ARG(word));
}

static void run(zp_checker *c)
{
    const zp_term *score = zp_lexicon_term(c->lexicon, ZP_STR("自评得分"));
    for (size_t i = 0; score != NULL && i < c->quantities->count; i++) {
        const zp_quantity *q = &c->quantities->all[i];
        if (!zp_sentence_is_amount(c, i) || c->names[i].term != score || c->blamed[i] ||
            q->unit.kind != ZP_UNIT_COUNT)
            continue;
        check_range(c, q);
        check_grade(c, q);
    }
}

const zp_rule_group zp_score_rules = ZP_RULE_GROUP(rules, run);

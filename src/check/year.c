/* year.c: a report is of one year; another year needs a word that says why it is there.
 *
 * Only years that frame what is said are looked at: in a heading, or at the start of a sentence or
 * behind 对 在. A year that is compared with, planned for, or named for where something comes from
 * is at its place.
 */
#include "check/year.h"

#include "check/groups.h"
#include "check/judge.h"
#include "check/sentence.h"
#include "base/utf8.h"

#include <stdlib.h>

enum {
    SENTENCE_MAX = 3000, /* bytes of one that is looked at */
    YEARS_NEAR = 20,     /* figures around a year among which this one is looked for */
};

enum { HEADING, FRAME, META };

static const zp_rule rules[] = {
    [HEADING] = {"year-heading", ZP_WARNING, false, "标题里的年度不是本年度",
                 "报告各级标题里的年度应当是自评的年度；沿用上年文稿时常漏改。",
                 "财预〔2020〕10号：自评内容为当年度绩效目标完成情况",
                 "2023年度报告里写“（一）2022年度总体工作”。", "（一）2023年度总体工作"},
    [FRAME] =
        {"year-stale", ZP_WARNING, false, "说的是别的年度",
         "句子以别的年度起头，又没有“上年、比、计划”等说明缘由的词，像是沿用上年文稿时漏改的。",
         "财预〔2020〕10号：自评内容为当年度绩效目标完成情况",
         "2023年度报告里写“2022年度，实际支出数3062.66万元”。", "2023年度，实际支出数3062.66万元"},
    [META] = {"year-differs", ZP_WARNING, false, "基本信息里的年度与正文不同",
              "基本信息里的年度是自评的年度，应与正文大多数地方说的年度相同。",
              "财预〔2020〕10号：自评内容为当年度绩效目标完成情况",
              "基本信息里写年度 2022，正文都说2023年度。", "基本信息里写年度 2023。"},
};

/* Words that give another year its place. */
static const char *const reasons[] = {
    "上年", "去年", "同期", "相比", "结转", "以来", "规划", "计划", "打算", "展望",
    "批复", "印发", "发布", "颁布", "修订", "公开", "整改", "启动", "建成", "成立",
    "下年", "明年", "次年", "下一", "历年", "近年", "结果", "延续", "跨年", "签订",
    "申报", "立项", "竣工", "编制", "增长", "下降", "增加", "减少", "提高", "比",
};

/* Right behind a year: it is one end of a stretch of time. */
static const char *const ends[] = {"—",  "-",  "～", "~",  "－", "–",
                                   "至", "到", "起", "底", "初", "末"};

int zp_year_usual(const zp_quantities *quantities)
{
    enum { NEAR = 8, ENOUGH = 3 };
    int years[NEAR] = {0};
    size_t counts[NEAR] = {0}, best = 0, all = 0;
    for (size_t i = 0; i < quantities->count; i++) {
        const zp_quantity *q = &quantities->all[i];
        size_t k = 0;
        if (q->kind != ZP_QUANTITY_YEAR || q->passage == 0 || q->printed)
            continue;
        all++;
        while (k < NEAR && years[k] != 0 && years[k] != zp_quantity_year(q))
            k++;
        if (k == NEAR)
            continue;
        years[k] = zp_quantity_year(q);
        counts[k]++;
        best = counts[k] > counts[best] ? k : best;
    }
    return counts[best] >= ENOUGH && counts[best] * 2 > all ? years[best] : 0;
}

/* The sentence around the figure. */
static zp_str sentence_of(const zp_checker *c, const zp_quantity *q)
{
    zp_str text = c->passages->all[q->passage].text;
    zp_str rest = zp_utf8_cut(zp_str_slice(text, q->sentence, text.n), SENTENCE_MAX);
    if (q->end - q->sentence >= rest.n)
        return rest;
    return zp_str_slice(rest, 0, zp_str_find(rest, ZP_STR("。"), q->end - q->sentence));
}

static bool is_end(const zp_checker *c, const zp_quantity *q)
{
    zp_str text = c->passages->all[q->passage].text;
    zp_str behind = zp_str_trim(zp_str_slice(text, q->end, text.n));
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (zp_str_starts(behind, zp_str_from(ends[i])))
            return true;
    return false;
}

static bool has_reason(zp_str text)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (zp_str_find(text, zp_str_from(reasons[i]), 0) < text.n)
            return true;
    return false;
}

/* Whether the year begins its sentence, or stands right behind 对, 在 or 我部门组织对. */
static bool is_frame(const zp_checker *c, const zp_quantity *q)
{
    zp_str text = c->passages->all[q->passage].text;
    zp_str before = zp_str_trim(zp_str_slice(text, q->sentence, q->start));
    const zp_word *name = before.n > 0 ? zp_lexicon_match(c->lexicon, before, 0) : NULL;
    bool own = name != NULL && name->kind == ZP_WORD_WHOLE && name->text.n == before.n;
    return before.n == 0 || own || zp_str_ends(before, ZP_STR("对")) ||
           zp_str_ends(before, ZP_STR("在"));
}

/* Whether its sentence names this year too: then the two are told apart. */
static bool has_this_year(const zp_checker *c, size_t index)
{
    const zp_quantity *all = c->quantities->all, *q = &all[index];
    for (size_t i = index; i-- > 0 && index - i < YEARS_NEAR && all[i].passage == q->passage &&
                           all[i].sentence == q->sentence;)
        if (all[i].kind == ZP_QUANTITY_YEAR && zp_quantity_year(&all[i]) == c->year)
            return true;
    for (size_t i = index + 1; i < c->quantities->count && i - index < YEARS_NEAR &&
                               all[i].passage == q->passage && all[i].sentence == q->sentence;
         i++)
        if (all[i].kind == ZP_QUANTITY_YEAR && zp_quantity_year(&all[i]) == c->year)
            return true;
    return false;
}

static void report(zp_checker *c, const zp_rule *rule, const zp_quantity *q, const char *what)
{
    const zp_finding finding = {.found = zp_quantity_text(c->arena, c->passages, q),
                                .expected = zp_str_format(c->arena, "%d年", c->year)};
    zp_checker_find(c, rule, zp_judge_where(q), &finding, "%s“%.*s”，而报告是%d年度的", what,
                    ZP_ARG(finding.found), c->year);
}

static void check(zp_checker *c, size_t index)
{
    const zp_quantity *q = &c->quantities->all[index];
    const zp_node *node = c->passages->all[q->passage].node;
    int year = zp_quantity_year(q);
    if (year == c->year || q->printed || abs(year - c->year) > 2 || is_end(c, q))
        return;
    if (node == NULL || node->kind == ZP_NODE_HEADING || node->kind == ZP_NODE_CAPTION) {
        if (!has_reason(c->passages->all[q->passage].text))
            report(c, &rules[HEADING], q, "标题写的是");
        return;
    }
    if (node->kind == ZP_NODE_PARAGRAPH && year < c->year && is_frame(c, q) &&
        !has_this_year(c, index) && !has_reason(sentence_of(c, q)))
        report(c, &rules[FRAME], q, "这里说的是");
}

/* The text is of one year throughout, and the metadata of another: then every year would be stale.
 */
static bool check_meta(zp_checker *c)
{
    int usual = zp_year_usual(c->quantities);
    if (usual == 0 || usual == c->year)
        return false;
    for (size_t i = 0; i < c->quantities->count; i++) {
        const zp_quantity *q = &c->quantities->all[i];
        if (q->kind != ZP_QUANTITY_YEAR || zp_quantity_year(q) != usual || q->passage == 0)
            continue;
        const zp_value *meta = zp_value_find(c->report->meta, ZP_STR("year"));
        const zp_where also = zp_judge_where(q);
        const zp_finding finding = {.found = zp_str_format(c->arena, "%d年", c->year),
                                    .expected = zp_str_format(c->arena, "%d年", usual),
                                    .instead = meta ? meta->span : (zp_span){0},
                                    .also = &also,
                                    .also_count = 1};
        zp_checker_find(c, &rules[META], zp_judge_where(q), &finding,
                        "正文说的多是%d年度，基本信息里的年度却是%d", usual, c->year);
        return true;
    }
    return false;
}

static void run(zp_checker *c)
{
    if (c->year == 0 || check_meta(c))
        return;
    for (size_t i = 0; i < c->quantities->count; i++)
        if (c->quantities->all[i].kind == ZP_QUANTITY_YEAR)
            check(c, i);
}

const zp_rule_group zp_year_rules = ZP_RULE_GROUP(rules, run);

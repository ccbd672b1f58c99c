/* substance.c: the template's rules about content, over what stands in the text alone.
 *
 * The checks of the template were tried over the data already (facts.h). Here they are tried over
 * the report's own tables, read as data (evidence.h), and only what they find in those tables is
 * said.
 */
#include "check/substance.h"

#include <stdlib.h>
#include "base/utf8.h"
#include "check/checker.h"
#include "check/evidence.h"

enum { MEASURES, TABLE };

static const zp_rule rules[] = {
    [MEASURES] = {"problem-no-measure", ZP_WARNING, false, "写了问题，没有写改进措施",
                  "报告列出了存在的问题，改进措施一节却没有内容，也没有一处写到怎样改进。",
                  "财预〔2020〕10号（未完成绩效目标的，要分析原因、提出改进措施）",
                  "三、存在的问题：一是……二是……；四、下一步改进措施：（空）",
                  "三、存在的问题：一是……；四、下一步改进措施：一是……"},
    [TABLE] = {"missing-table", ZP_HINT, false, "缺少模板要求的表",
               "模板说报告应附的表（tables），在表题、标题和附件名称里都没有找到。",
               "各地绩效自评工作通知所附格式", "正文写“得分见评分表”，没有附表", "附表 评分表"},
};

/* --- The template's checks, over tables ------------------------------------------------------- */

/* A cell by the place of its first byte. */
typedef struct {
    size_t start, end, passage;
} spot;

typedef struct {
    const zp_source *source; /* in which cells stand */
    spot *spots;             /* in the order of the source */
    size_t count;
} spots;

static int by_start(const void *a, const void *b)
{
    const spot *left = a, *right = b;
    return (left->start > right->start) - (left->start < right->start);
}

static spots find_spots(const zp_checker *checker)
{
    const zp_passages *all = checker->passages;
    spots s = {checker->report->body.source, zp_new_array(checker->arena, spot, all->count), 0};
    for (size_t i = 1; i < all->count; i++) {
        if (all->all[i].node->kind != ZP_NODE_CELL)
            continue;
        zp_span span = zp_passage_span(all, i, 0, all->all[i].text.n);
        if (span.source == s.source)
            s.spots[s.count++] = (spot){span.start, span.end, i};
    }
    qsort(s.spots, s.count, sizeof *s.spots, by_start);
    return s;
}

/* The cell that holds the place; ZP_NO_PASSAGE: it is in none. */
static size_t cell_at(const spots *s, zp_span span)
{
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->spots[middle].start <= span.start)
            low = middle + 1;
        else
            high = middle;
    }
    bool within = span.source == s->source && low > 0 && span.start <= s->spots[low - 1].end;
    return within ? s->spots[low - 1].passage : ZP_NO_PASSAGE;
}

/* One that another rule reported at that cell already, a score above its points, is not said twice:
 * the passages of these. */
static bool *find_reported(const zp_checker *checker, const spots *s)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(checker->diag, &count);
    bool *reported = zp_new_array(checker->arena, bool, checker->passages->count);
    for (size_t i = 0; i < count; i++) {
        size_t passage = zp_str_eq(zp_str_from(messages[i].id), ZP_STR("table-points"))
                             ? cell_at(s, messages[i].span)
                             : ZP_NO_PASSAGE;
        if (passage != ZP_NO_PASSAGE)
            reported[passage] = true;
    }
    return reported;
}

/* The template's check as a rule of the checker: its repeats fold. */
static const zp_rule *rule_of(zp_arena *arena, const zp_template_rule *check)
{
    zp_rule *rule = zp_new(arena, zp_rule);
    *rule = (zp_rule){.id = check->id,
                      .severity = check->severity == ZP_FLAW ? ZP_ERROR : check->severity,
                      .folds = true,
                      .title = zp_str_cstr(arena, check->message),
                      .about = zp_str_cstr(arena, check->about),
                      .basis = zp_str_cstr(arena, check->basis),
                      .wrong = "",
                      .right = ""};
    return rule;
}

static void say(zp_checker *checker, const zp_rule *rule, const zp_message *heard, size_t passage,
                bool unsure)
{
    const zp_finding finding = {
        .hint = heard->hint,
        .severity = unsure ? ZP_HINT : rule->severity,
        .other_severity = true,
    };
    const zp_where where = {passage, 0, checker->passages->all[passage].text.n};
    zp_checker_find(checker, rule, where, &finding, "%.*s", ZP_ARG(heard->message));
}

/* What is said of a list as a whole is only a hint where the table may be an extract. */
static void try_checks(zp_checker *checker)
{
    bool whole;
    zp_value *data = zp_evidence_gather(checker, &whole);
    if (data == NULL)
        return;
    const zp_figures *figures = checker->report->template->content.figures;
    zp_diag *heard = zp_diag_new(checker->arena);
    zp_figures_check(checker->arena, figures, data, heard);
    size_t count;
    const zp_message *messages = zp_diag_messages(heard, &count);
    spots s = find_spots(checker);
    const bool *reported = find_reported(checker, &s);
    const zp_rule *rule = NULL; /* messages of one check follow on each other */
    for (size_t i = 0; i < count; i++) {
        size_t passage = cell_at(&s, messages[i].span);
        const zp_template_rule *check = zp_figures_find_rule(figures, zp_str_from(messages[i].id));
        if (passage == ZP_NO_PASSAGE || check == NULL || reported[passage])
            continue;
        if (rule == NULL || rule->id != check->id)
            rule = rule_of(checker->arena, check);
        say(checker, rule, &messages[i], passage, !whole && !check->each);
    }
}

/* --- Words ------------------------------------------------------------------------------------ */

static bool has_any(zp_str text, const zp_value *words)
{
    for (const zp_value *word = words != NULL ? words->first : NULL; word != NULL;
         word = word->next)
        if (word->kind == ZP_VALUE_TEXT && zp_str_find(text, word->text, 0) < text.n)
            return true;
    return false;
}

static bool is_heading(const zp_passage *passage)
{
    return passage->node != NULL && passage->node->kind == ZP_NODE_HEADING;
}

/* Whether the section of `passage`, or one that it stands in, is `heading`. */
static bool is_under(const zp_passages *all, size_t passage, size_t heading)
{
    size_t section = all->all[passage].section;
    while (section != ZP_NO_PASSAGE && section > heading)
        section = all->all[section].section;
    return section == heading;
}

/* --- Problems and measures -------------------------------------------------------------------- */

/* Characters of a paragraph that says something: not 无。 and the like. */
static bool says_something(zp_str text)
{
    enum { SHORT = 24 }; /* bytes */
    static const char *const nothing[] = {"无", "暂无", "没有", "未发现", "不存在"};
    zp_str trimmed = zp_str_trim(text);
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        if (zp_str_starts(trimmed, zp_str_from(nothing[i])) && trimmed.n < 2 * SHORT)
            return false;
    return trimmed.n >= SHORT;
}

/* Whether a passage under the heading, headings aside, says something; of one that has `words`, or
 * any when that is NULL. */
static bool is_filled(const zp_passages *all, size_t heading, const zp_value *words)
{
    for (size_t i = heading + 1; i < all->count && is_under(all, i, heading); i++)
        if (all->all[i].node->kind == ZP_NODE_PARAGRAPH && says_something(all->all[i].text) &&
            (words == NULL || has_any(all->all[i].text, words)))
            return true;
    return false;
}

static void look_at_problems(zp_checker *checker)
{
    const zp_declarations *content = &checker->report->template->content;
    const zp_passages *all = checker->passages;
    size_t problems = ZP_NO_PASSAGE, empty = ZP_NO_PASSAGE;
    for (size_t i = 1; i < all->count; i++) {
        if (!is_heading(&all->all[i]))
            continue;
        zp_str text = all->all[i].text;
        bool measures = has_any(text, content->measures);
        if (measures &&
            (all->all[i].run_on || is_filled(all, i, NULL) || has_any(text, content->problems)))
            return;
        if (measures)
            empty = i;
        else if (problems == ZP_NO_PASSAGE && has_any(text, content->problems) &&
                 is_filled(all, i, NULL))
            problems = i;
    }
    if (problems == ZP_NO_PASSAGE || empty == ZP_NO_PASSAGE ||
        is_filled(all, problems, content->measures))
        return;
    const zp_where also = {problems, 0, all->all[problems].text.n};
    const zp_finding finding = {
        .hint = ZP_STR("对每个问题写一条改进措施"), .also = &also, .also_count = 1};
    const zp_where where = {empty, 0, all->all[empty].text.n};
    zp_checker_find(checker, &rules[MEASURES], where, &finding, "“%.*s”写了问题，“%.*s”却没有内容",
                    ZP_ARG(zp_str_trim(all->all[problems].text)),
                    ZP_ARG(zp_str_trim(all->all[empty].text)));
}

/* --- Tables ----------------------------------------------------------------------------------- */

static bool is_named(const zp_checker *checker, zp_str name)
{
    const zp_passages *all = checker->passages;
    for (size_t i = 0; i < all->count; i++) {
        const zp_node *node = all->all[i].node;
        bool names = node == NULL || node->kind == ZP_NODE_HEADING ||
                     node->kind == ZP_NODE_CAPTION || node->kind == ZP_NODE_CELL;
        if (names && zp_str_find(all->all[i].text, name, 0) < all->all[i].text.n)
            return true;
    }
    const zp_value *given = zp_value_find(checker->report->meta, ZP_STR("attachments"));
    if (zp_str_find(zp_value_text(given), name, 0) < zp_value_text(given).n)
        return true;
    return given != NULL && given->kind == ZP_VALUE_LIST && given->count > 0;
}

static void look_for_tables(zp_checker *checker)
{
    const zp_value *tables = checker->report->template->content.tables;
    for (const zp_value *name = tables != NULL ? tables->first : NULL; name != NULL;
         name = name->next) {
        zp_str text = zp_value_text(name);
        if (text.n > 0 && !is_named(checker, text))
            zp_checker_find(checker, &rules[TABLE], (zp_where){0, 0, checker->report->title.n},
                            NULL, "没有找到“%.*s”：这种报告应附上它", ZP_ARG(text));
    }
}

static void run(zp_checker *checker)
{
    try_checks(checker);
    look_at_problems(checker);
    look_for_tables(checker);
}

const zp_rule_group zp_substance_group = ZP_RULE_GROUP(rules, run);

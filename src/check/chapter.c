/* chapter.c: chapters without text, and two of one name under one heading.
 *
 * Whether the sections are there that the template wants is found where the report is bound
 * (doc/outline.h); here are its rules, to be explained.
 */
#include "check/form.h"
#include "check/scan.h"

static const zp_rule outline[] = {
    {"missing-section", ZP_WARNING, false, "缺少提纲要求的部分",
     "报告要有模板的提纲（outline）列出的各部分，标题里含有那几个字就算有。", NULL, NULL, NULL},
    {"section-order", ZP_WARNING, false, "各部分的次序和提纲不一样",
     "各部分按模板的提纲（outline）排列。", NULL, NULL, NULL},
};

const zp_rule_group zp_outline_rules = ZP_RULE_GROUP(outline, NULL);

enum { EMPTY, DOUBLE };

static const zp_rule rules[] = {
    [EMPTY] = {"empty-chapter", ZP_WARNING, false, "标题下面没有内容",
               "每个标题下面要有内容；没有的写明没有。", NULL,
               "## 一、基本情况\n\n## 二、自评结论\n\n结论。\n",
               "## 一、基本情况\n\n情况。\n\n## 二、自评结论\n\n结论。\n"},
    [DOUBLE] = {"chapter-double", ZP_WARNING, false, "两个标题相同",
                "同一标题下面，两个小标题不应相同。", NULL,
                "## 一、基本情况\n\n情况。\n\n## 二、基本情况\n\n结论。\n",
                "## 一、基本情况\n\n情况。\n\n## 二、自评结论\n\n结论。\n"},
};

enum { LEVELS = 7 };

/* --- Empty chapters --------------------------------------------------------------------------- */

static bool is_nothing(const zp_node *node)
{
    return node->kind == ZP_NODE_PAGEBREAK || node->kind == ZP_NODE_RULE;
}

/* Whether nothing stands between the heading and the next one of its level or above. */
static bool is_empty(const zp_node *heading)
{
    const zp_node *next = heading->next;
    while (next != NULL && is_nothing(next))
        next = next->next;
    if (next == NULL || next->kind == ZP_NODE_NOTE)
        return true;
    return next->kind == ZP_NODE_HEADING && next->heading.level <= heading->heading.level;
}

static bool is_heading(const zp_passage *p)
{
    return zp_passage_is_prose(p) && p->node->kind == ZP_NODE_HEADING;
}

/* The heading above; the title is above all. */
static size_t above(const zp_passage *heading)
{
    return heading->section == ZP_NO_PASSAGE ? 0 : heading->section;
}

/* How many headings below each have text, less those that have none. */
static int *balance_of(zp_checker *c)
{
    const zp_passages *passages = c->passages;
    int *balance = zp_new_array(c->arena, int, passages->count);
    for (size_t i = 1; i < passages->count; i++) {
        const zp_passage *p = &passages->all[i];
        if (is_heading(p))
            balance[above(p)] += is_empty(p->node) ? -1 : 1;
    }
    return balance;
}

/* Where short paragraphs count as headings, a list of such is no row of empty chapters: one that
 * is not marked with # is blamed only where most beside it have text. */
static bool is_chapter(const zp_passage *p, const int *balance)
{
    uint32_t last = zp_code_before(p->text, p->text.n);
    if (p->node->heading.level < 2 || zp_code_in(last, ZP_STR("；;")))
        return false;
    return zp_heading_is_marked(p) || balance[above(p)] > 0;
}

static void find_empty(zp_checker *c)
{
    const zp_passages *passages = c->passages;
    const int *balance = balance_of(c);
    for (size_t i = 1; i < passages->count; i++) {
        const zp_passage *p = &passages->all[i];
        if (is_heading(p) && is_empty(p->node) && is_chapter(p, balance))
            zp_checker_find(c, &rules[EMPTY], (zp_where){i, 0, p->text.n}, NULL,
                            "标题“%.*s”下面没有内容", ZP_ARG(zp_str_trim(p->text)));
    }
}

/* --- Doubled headings ------------------------------------------------------------------------- */

/* A heading's words: without its number. */
static zp_str words_of(zp_str text)
{
    int level;
    text = zp_str_trim(text);
    return zp_str_trim(zp_str_slice(text, zp_passage_number(text, &level), text.n));
}

/* Only neighbours are compared: linear, and what was pasted twice stands together. */
static void find_double(zp_checker *c)
{
    size_t before[LEVELS] = {0}; /* the last heading of each level under its heading above */
    for (size_t i = 1; i < c->passages->count; i++) {
        const zp_passage *p = &c->passages->all[i];
        if (!is_heading(p))
            continue;
        size_t level = p->node->heading.level < LEVELS ? p->node->heading.level : LEVELS - 1;
        const zp_passage *last = &c->passages->all[before[level]];
        zp_str words = words_of(p->text);
        zp_where also = {before[level], 0, last->text.n};
        zp_finding finding = {.also = &also, .also_count = 1};
        if (before[level] > 0 && words.n > 0 && zp_str_eq(words, words_of(last->text)))
            zp_checker_find(c, &rules[DOUBLE], (zp_where){i, 0, p->text.n}, &finding,
                            "两个标题都是“%.*s”", ZP_ARG(words));
        before[level] = i;
        for (size_t below = level + 1; below < LEVELS; below++)
            before[below] = 0;
    }
}

static void run(zp_checker *c)
{
    find_empty(c);
    if (!c->report->sample) /* the template's 某项工作 stands there twice */
        find_double(c);
}

const zp_rule_group zp_chapter_rules = ZP_RULE_GROUP(rules, run);

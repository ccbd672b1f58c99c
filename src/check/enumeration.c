/* enumeration.c: 一是 … 二是 … 三是 and 第一， … 第二， in the text of a section.
 *
 * Each counts on from the last of its kind under the same heading, over its paragraphs; 一 begins
 * anew. Only what opens a clause is such a number.
 */
#include "check/form.h"
#include "check/scan.h"

enum { GAP, DOUBLE, NEXT };

static const zp_rule rules[] = {
    [GAP] = {"enumeration-gap", ZP_ERROR, false, "“一是、二是”不连续",
             "“一是”“二是”“三是”和“第一”“第二”要一个接一个，不能跳过。", "GB/T 15834—2011 附录B.4",
             "一是加强管理；三是强化监督。\n", "一是加强管理；二是强化监督。\n"},
    [DOUBLE] = {"enumeration-double", ZP_ERROR, false, "“一是、二是”重复",
                "“一是”“二是”“三是”和“第一”“第二”不能有两个相同。", "GB/T 15834—2011 附录B.4",
                "一是加强管理；二是强化监督；二是抓好落实。\n",
                "一是加强管理；二是强化监督；三是抓好落实。\n"},
    [NEXT] = {"enumeration-next", ZP_HINT, true, "“其次”前面没有“首先”",
              "“首先”“其次”“最后”要成套使用。", NULL, "其次，加强管理。\n",
              "首先，摸清底数。其次，加强管理。\n"},
};

typedef struct {
    unsigned value;
    zp_where where;
} last_item;

typedef struct {
    zp_checker *c;
    last_item last[2]; /* 一是, 第一 */
    bool first;        /* 首先 was read in this section */
} enumeration;

static void follow(enumeration *e, int kind, unsigned value, zp_where where)
{
    last_item before = e->last[kind];
    e->last[kind] = (last_item){value, where};
    if (value == 1 || value == before.value + 1 || value < before.value)
        return;
    zp_buf said = {.arena = e->c->arena}, missing = {.arena = e->c->arena};
    zp_ordinal_write(&said, value);
    zp_ordinal_write(&missing, before.value + 1);
    const char *form = kind == 0 ? "%.*s是" : "第%.*s";
    zp_str now = zp_str_format(e->c->arena, form, ZP_ARG(zp_buf_str(&said)));
    zp_str gone = zp_str_format(e->c->arena, form, ZP_ARG(zp_buf_str(&missing)));
    zp_finding finding = {.also = &before.where,
                          .also_count = before.value > 0,
                          .severity = ZP_WARNING,
                          .other_severity = before.value == 0};
    if (value == before.value)
        zp_checker_find(e->c, &rules[DOUBLE], where, &finding, "“%.*s”出现了两次，后一个应是“%.*s”",
                        ZP_ARG(now), ZP_ARG(gone));
    else
        zp_checker_find(e->c, &rules[GAP], where, &finding, "“%.*s”前面缺少“%.*s”", ZP_ARG(now),
                        ZP_ARG(gone));
}

/* 一是 or 二要 at `at`; 第二， . *kind: which. */
static unsigned read_item(zp_str text, size_t at, int *kind, size_t *end)
{
    *kind = zp_text_has(text, at, ZP_STR("第")) ? 1 : 0;
    size_t numeral = at + (*kind == 1 ? ZP_STR("第").n : 0);
    if (!zp_code_is_numeral(zp_code_at(text, numeral)))
        return 0;
    unsigned value = zp_ordinal_read(text, numeral, end);
    zp_str mark = *kind == 1 ? ZP_STR("，") : ZP_STR("是");
    bool item = zp_text_has(text, *end, mark) ||
                (*kind == 0 &&
                 (zp_text_has(text, *end, ZP_STR("要")) || zp_text_has(text, *end, ZP_STR("为"))));
    return item ? value : 0;
}

static void check_clause(enumeration *e, zp_str text, size_t passage, size_t at)
{
    int kind;
    size_t end;
    unsigned value = read_item(text, at, &kind, &end);
    if (value > 0)
        follow(e, kind, value, (zp_where){passage, at, end});
    else if (zp_text_has(text, at, ZP_STR("首先")) || zp_text_has(text, at, ZP_STR("第一")) ||
             zp_text_has(text, at, ZP_STR("一是")))
        e->first = true;
    else if (zp_text_has(text, at, ZP_STR("其次")) && !e->first)
        zp_checker_find(e->c, &rules[NEXT], (zp_where){passage, at, at + ZP_STR("其次").n}, NULL,
                        "“其次”前面没有“首先”");
}

static void check_passage(enumeration *e, size_t index, const zp_passage *passage)
{
    bool opens = true;
    zp_scan scan = {.text = passage->text};
    while (zp_scan_next(&scan)) {
        bool han = zp_code_is_han(scan.code);
        if (opens && han)
            check_clause(e, passage->text, index, scan.start);
        opens = !han && (zp_code_in(scan.code, ZP_STR("。；：，！？;:\n")) ||
                         (opens && zp_code_is_space(scan.code)));
    }
}

static void run(zp_checker *c)
{
    enumeration e = {.c = c};
    for (size_t i = 1; i < c->passages->count; i++) {
        const zp_passage *passage = &c->passages->all[i];
        if (!zp_passage_is_prose(passage))
            continue;
        if (passage->node->kind == ZP_NODE_HEADING)
            e = (enumeration){.c = c};
        check_passage(&e, i, passage);
    }
}

const zp_rule_group zp_enumeration_rules = ZP_RULE_GROUP(rules, run);

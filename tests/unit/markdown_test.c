/* markdown_test.c: from text to tree. Trees are compared as a sketch of their inlines or as a dump.
 *
 * A sketch: **strong**, *emph*, `mono`, <url>[link], !<url>[picture], ^1 for a reference to note 1,
 * / for a break; paragraphs and other blocks end in a line end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>
#include "base/utf8.h"
#include "doc/markdown.h"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_source *source;
    zp_node *root;
} reading;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    reading *r = zp_new(arena, reading);
    r->arena = arena;
    *state = r;
    return 0;
}

static int tear_down(void **state)
{
    zp_arena_free(((reading *)*state)->arena);
    return 0;
}

static zp_node *read_text(reading *r, zp_str text)
{
    r->diag = zp_diag_new(r->arena);
    r->source = zp_source_new(r->arena, ZP_STR("报告.md"), text);
    r->root = zp_markdown_read(r->arena, zp_span_of(r->source, 0, text.n), r->diag);
    return r->root;
}

static const char *close_of(const zp_node *node)
{
    switch (node->kind) {
    case ZP_NODE_STRONG:
        return "**";
    case ZP_NODE_EMPH:
        return "*";
    case ZP_NODE_LINK:
    case ZP_NODE_IMAGE:
        return "]";
    case ZP_NODE_HEADING:
    case ZP_NODE_PARAGRAPH:
    case ZP_NODE_CELL:
    case ZP_NODE_CODE:
    case ZP_NODE_RULE:
    case ZP_NODE_CONTENTS:
    case ZP_NODE_ENTRY:
        return "\n";
    case ZP_NODE_DOCUMENT:
    case ZP_NODE_QUOTE:
    case ZP_NODE_LIST:
    case ZP_NODE_ITEM:
    case ZP_NODE_TABLE:
    case ZP_NODE_ROW:
    case ZP_NODE_FIGURE:
    case ZP_NODE_CHART:
    case ZP_NODE_CAPTION:
    case ZP_NODE_UNIT:
    case ZP_NODE_REMARK:
    case ZP_NODE_SIGNING:
    case ZP_NODE_PAGEBREAK:
    case ZP_NODE_NOTE:
    case ZP_NODE_TEXT:
    case ZP_NODE_BREAK:
    case ZP_NODE_MONO:
    case ZP_NODE_NOTEREF:
        break;
    }
    return "";
}

static void open_in(zp_buf *out, const zp_node *node)
{
    if (node->kind == ZP_NODE_LINK || node->kind == ZP_NODE_IMAGE)
        zp_buf_format(out, "%s<%.*s>[", node->kind == ZP_NODE_IMAGE ? "!" : "", ZP_ARG(node->text));
    else if (node->kind == ZP_NODE_MONO)
        zp_buf_format(out, "`%.*s`", ZP_ARG(node->text));
    else if (node->kind == ZP_NODE_NOTEREF)
        zp_buf_format(out, "^%u", (unsigned)node->noteref.note->note.number);
    else if (node->kind == ZP_NODE_BREAK)
        zp_buf_byte(out, '/');
    else if (node->kind == ZP_NODE_TEXT || node->kind == ZP_NODE_CODE)
        zp_buf_add(out, node->text);
    else if (!zp_node_is_block(node->kind))
        zp_buf_add(out, zp_str_from(close_of(node)));
}

static const char *sketch(reading *r, const char *text)
{
    zp_buf out = {.arena = r->arena};
    zp_walk walk = {read_text(r, zp_str_from(text)), true};
    if (walk.node == NULL)
        return "(nothing)";
    do {
        if (walk.entering)
            open_in(&out, walk.node);
        else
            zp_buf_add(&out, zp_str_from(close_of(walk.node)));
    } while (zp_walk_next(&walk, r->root));
    zp_buf_byte(&out, '\0');
    return out.p;
}

static const char *dump(reading *r, const char *text)
{
    zp_buf out = {.arena = r->arena};
    if (read_text(r, zp_str_from(text)) == NULL)
        return "(nothing)";
    zp_node_dump(r->root, &out);
    zp_buf_byte(&out, '\0');
    return out.p;
}

/* The messages as "id line:column id line:column". */
static const char *messages(const reading *r)
{
    zp_buf out = {.arena = r->arena};
    size_t count, line, column;
    const zp_message *message = zp_diag_messages(r->diag, &count);
    for (size_t i = 0; i < count; i++) {
        zp_source_place(r->source, message[i].span.start, &line, &column);
        zp_buf_format(&out, "%s%s %zu:%zu", i > 0 ? " " : "", message[i].id, line, column);
    }
    zp_buf_byte(&out, '\0');
    return out.p;
}

static const zp_node *find(const reading *r, zp_node_kind kind)
{
    zp_walk walk = {r->root, true};
    do {
        if (walk.node->kind == kind)
            return walk.node;
    } while (zp_walk_next(&walk, r->root));
    fail_msg("no %s", zp_node_name(kind));
    return NULL;
}

/* What must hold of every tree. */
static void assert_sound(const reading *r)
{
    zp_str text = r->source->text;
    zp_walk walk = {r->root, true};
    do {
        const zp_node *node = walk.node;
        zp_span span = node->span;
        assert_true(span.start <= span.end && span.end <= text.n);
        if (node->kind != ZP_NODE_TEXT)
            continue;
        assert_true(node->text.n > 0);
        assert_int_equal(zp_utf8_fault(node->text, 0), node->text.n);
        if (node->text.n == span.end - span.start)
            assert_true(zp_str_eq(node->text, zp_str_slice(text, span.start, span.end)));
    } while (zp_walk_next(&walk, r->root));
}

/* Emphasis */

static void strong_works_beside_chinese(void **state)
{
    static const char *const cases[][2] = {
        {"**注意：**下一步", "**注意：**下一步\n"},
        {"他说**“你好”**然后", "他说**“你好”**然后\n"},
        {"这是*重点*内容", "这是*重点*内容\n"},
        {"**2023年**，好", "**2023年**，好\n"},
        {"一是**抓（早）**二是**抓（小）**", "一是**抓（早）**二是**抓（小）**\n"},
        {"***全部***，**部分*内*容**", "***全部***，**部分*内*容**\n"},
        {"甲*“乙”*丙**（丁）**戊", "甲*“乙”*丙**（丁）**戊\n"},
        {"[**（甲）**乙](u)", "<u>[**（甲）**乙]\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(sketch(*state, cases[i][0]), cases[i][1]);
        assert_sound(*state);
    }
}

static zp_node_kind kind_of_first(reading *r, const char *text)
{
    return read_text(r, zp_str_from(text))->first->first->kind;
}

static void marks_that_pair_with_nothing_are_text(void **state)
{
    assert_string_equal(dump(*state, "甲**乙 3*丙"),
                        "document 1:1\n  paragraph 1:1\n    text 1:1 \"甲**乙 3*丙\"\n");
    assert_int_equal(kind_of_first(*state, "** 注意 **"), ZP_NODE_TEXT);
    assert_int_equal(kind_of_first(*state, "\\*甲\\*"), ZP_NODE_TEXT);
    assert_null(((reading *)*state)->root->first->first->first);
}

static void elsewhere_emphasis_is_commonmark(void **state)
{
    assert_string_equal(dump(*state, "3*4*5"),
                        "document 1:1\n  paragraph 1:1\n    text 1:1 \"3\"\n    emph 1:2\n"
                        "      text 1:3 \"4\"\n    text 1:5 \"5\"\n");
    assert_string_equal(dump(*state, "a_b_c **a:**b"),
                        "document 1:1\n  paragraph 1:1\n    text 1:1 \"a_b_c **a:**b\"\n");
    assert_int_equal(kind_of_first(*state, "_a_ b"), ZP_NODE_EMPH);
    assert_int_equal(kind_of_first(*state, "甲_乙_丙"), ZP_NODE_TEXT);
    assert_null(((reading *)*state)->root->first->first->next);
    assert_int_equal(kind_of_first(*state, "**[a](u)**"), ZP_NODE_STRONG);
}

static void emphasis_has_the_span_of_its_marks(void **state)
{
    reading *r = *state;
    read_text(r, ZP_STR("甲***乙**丙*"));
    const zp_node *emph = find(r, ZP_NODE_EMPH), *strong = find(r, ZP_NODE_STRONG);
    assert_int_equal(emph->span.start, 3);
    assert_int_equal(emph->span.end, r->source->text.n);
    assert_int_equal(strong->span.start, 4);
    assert_int_equal(strong->span.end, 11);
}

/* Line ends */

static void a_line_end_between_chinese_is_nothing(void **state)
{
    assert_string_equal(sketch(*state, "第一行，\n第二行\nThird\nfourth\n五"),
                        "第一行，第二行 Third fourth 五\n");
    assert_string_equal(sketch(*state, "**重点**\n`码`\n下"), "**重点**`码`下\n");
    assert_string_equal(sketch(*state, "甲[^1]\n乙\n\n[^1]: 注"), "甲^1乙\n注\n");
    assert_string_equal(sketch(*state, "> 甲\n> 乙\n丙"), "甲乙丙\n");
}

static void the_space_of_a_line_end_is_told_from_text(void **state)
{
    reading *r = *state;
    read_text(r, ZP_STR("a\nb"));
    const zp_node *space = r->root->first->first->next;
    assert_true(zp_str_eq(space->text, ZP_STR(" ")));
    assert_true(space->span.end - space->span.start != 1);
    assert_int_equal(space->span.start, 1);
}

static void hard_breaks_are_breaks(void **state)
{
    assert_string_equal(sketch(*state, "甲  \n乙\\\n丙\\\n  丁"), "甲/乙/丙/丁\n");
    assert_string_equal(dump(*state, "甲\\\n乙"),
                        "document 1:1\n  paragraph 1:1\n    text 1:1 \"甲\"\n    break 1:2\n"
                        "    text 2:1 \"乙\"\n");
}

/* Places */

static void escapes_and_entities_are_texts_of_their_own(void **state)
{
    assert_string_equal(dump(*state, "a\\*b &amp;&lt;&#20013;c &nosuch; d"),
                        "document 1:1\n  paragraph 1:1\n    text 1:1 \"a\"\n    text 1:2 \"*\"\n"
                        "    text 1:4 \"b \"\n    text 1:6 \"&\"\n    text 1:11 \"<\"\n"
                        "    text 1:15 \"中\"\n    text 1:23 \"c &nosuch; d\"\n");
    assert_sound(*state);
    /* five bytes of name, five bytes of text: the span may not be as long */
    sketch(*state, "x&nGg;y");
    assert_sound(*state);
}

static void places_hold_in_quotes_lists_and_links(void **state)
{
    assert_string_equal(
        dump(*state, "> 甲\n>  乙`码`[丙](<u 1> \"题\")丁\n\n1. 戊\n   - ![己](b)庚\n"),
        "document 1:1\n"
        "  quote 1:1\n    paragraph 1:3\n      text 1:3 \"甲\"\n      text 2:4 \"乙\"\n"
        "      mono 2:5 \"码\"\n      link 2:8 url=\"u 1\"\n        text 2:9 \"丙\"\n"
        "      text 2:22 \"丁\"\n"
        "  list 4:1 start=1 tight\n    item 4:1\n      paragraph 4:4\n        text 4:4 \"戊\"\n"
        "      list 5:4 tight\n        item 5:4\n          paragraph 5:6\n"
        "            image 5:6 url=\"b\"\n              text 5:8 \"己\"\n"
        "            text 5:13 \"庚\"\n");
}

static void definitions_serve_the_text_cells_and_notes(void **state)
{
    assert_string_equal(sketch(*state, "[条]: /u_r*l \"题\"\n[例]: <v>\n甲[条][]乙[^1]\n\n"
                                       "| [例] | a |\n|-|-|\n\n[^1]: 见[条]。"),
                        "甲</u_r*l>[条]乙^1\n<v>[例]\na\n见</u_r*l>[条]。\n");
    assert_int_equal(((reading *)*state)->root->first->span.start, 31);
}

static void autolinks_are_links(void **state)
{
    assert_string_equal(sketch(*state, "见<https://a.b/c_d*e*>和<zhang_san@a.gov.cn>"),
                        "见<https://a.b/c_d*e*>[https://a.b/c_d*e*]和"
                        "<mailto:zhang_san@a.gov.cn>[zhang_san@a.gov.cn]\n");
}

static void code_keeps_what_it_holds(void **state)
{
    assert_string_equal(sketch(*state, "`` a`b <!-- c --> [^1] <?d **e** ``"),
                        "`a`b <!-- c --> [^1] <?d **e**`\n");
    assert_string_equal(sketch(*state, "```c\n| a | b |\n|---|---|\n#甲 [^1]\n＃乙\n```\n丙"),
                        "| a | b |\n|---|---|\n#甲 [^1]\n＃乙\n\n丙\n");
    assert_string_equal(sketch(*state, "- ```\n  |a|\n  |-|\n  ```\n\n      <!-- x -->\n"),
                        "|a|\n|-|\n\n<!-- x -->\n\n");
    assert_string_equal(sketch(*state, "> ~~~\n> |a|\n> |-|\n\n    |a|\n    |-|\n"),
                        "|a|\n|-|\n\n|a|\n|-|\n\n");
    assert_string_equal(messages(*state), "");
    assert_string_equal(dump(*state, "~~~ x y\n~~~"),
                        "document 1:1\n  code 1:1 info=\"x y\" \"\"\n");
}

static void comments_are_left_out(void **state)
{
    assert_string_equal(sketch(*state, "甲<!-- **乙** `x -->丙 <!-- y --> 丁"), "甲丙 丁\n");
    assert_string_equal(sketch(*state, "甲\n\n<!--\n|a|\n|-|\n\n# x\n-->\n\n乙<!-- a\nb -->"),
                        "甲\n乙\n");
    assert_string_equal(sketch(*state, "甲\n<!-- x -->\n乙"), "甲\n乙\n");
    assert_string_equal(sketch(*state, "<!-- x --> <!-- y -->"), "");
    assert_string_equal(messages(*state), "");
}

/* Notes */

static void notes_are_numbered_by_first_reference(void **state)
{
    assert_string_equal(sketch(*state, "正文[^甲]再[^乙]又[^甲]。\n\n[^乙]: 第*一*行\n    续行\n\n"
                                       "    第二段[^丙]\n[^甲]: 注甲\n\n[^丙]: - 注\n      丙"),
                        "正文^1再^2又^1。\n注甲\n第*一*行续行\n第二段^3\n注丙\n");
    assert_string_equal(messages(*state), "");
}

static void notes_stand_behind_the_text(void **state)
{
    assert_string_equal(dump(*state, "[^1]: 注\n\n文[^1]"),
                        "document 1:1\n  paragraph 3:1\n    text 3:1 \"文\"\n"
                        "    noteref 3:2 note=1\n  note 1:1 number=1\n    paragraph 1:7\n"
                        "      text 1:7 \"注\"\n");
}

static void a_note_and_its_reference_miss_each_other(void **state)
{
    assert_string_equal(sketch(*state, "甲[^无]\n\n[^有]: 注\n\n[^有]: 注二"), "甲[^无]\n");
    assert_string_equal(messages(*state), "duplicate-note 5:1 missing-note 1:2 unused-note 3:1");
    assert_int_equal(zp_diag_count(((reading *)*state)->diag, ZP_ERROR), 1);
    assert_string_equal(sketch(*state, "甲\\[^1]"), "甲[^1]\n");
    assert_string_equal(messages(*state), "");
}

static void a_note_goes_on_to_a_blank_line_or_another_block(void **state)
{
    assert_string_equal(sketch(*state, "甲[^1]\n[^1]: 注\n续\n# 乙"), "甲^1\n乙\n注续\n");
    assert_string_equal(sketch(*state, "甲[^1]\n[^1]: 注\n- 乙"), "甲^1\n乙\n注\n");
    assert_string_equal(sketch(*state, "甲[^1]\n[^1]: 注\n\n乙"), "甲^1\n乙\n注\n");
    assert_string_equal(sketch(*state, "甲[^1]\n[^1]: 注\n|a|\n|-|"), "甲^1\na\n注\n");
}

static void a_note_in_parentheses_is_no_link(void **state)
{
    assert_string_equal(sketch(*state, "文[^1](见附件)\n\n[^1]: 注"), "文^1(见附件)\n注\n");
}

/* Tables */

static void a_table_has_head_rows_and_alignment(void **state)
{
    assert_string_equal(
        dump(*state, "表前\n| 甲 | **乙** | 丙 |\n|:--|:-:|--:|\n| 1 || 2\\|3 |\n注：表后"),
        "document 1:1\n  paragraph 1:1\n    text 1:1 \"表前\"\n"
        "  table 2:1 columns=3\n    row 2:1 head\n"
        "      cell 2:3 column=0 columns=1 rows=1 align=left\n"
        "        text 2:3 \"甲\"\n"
        "      cell 2:7 column=1 columns=1 rows=1 align=center\n"
        "        strong 2:7\n          text 2:9 \"乙\"\n"
        "      cell 2:15 column=2 columns=1 rows=1 align=right\n"
        "        text 2:15 \"丙\"\n"
        "    row 4:1\n"
        "      cell 4:3 column=0 columns=1 rows=1 align=left\n"
        "        text 4:3 \"1\"\n"
        "      cell 4:6 column=1 columns=1 rows=1 align=center\n"
        "      cell 4:8 column=2 columns=1 rows=1 align=right\n"
        "        text 4:8 \"2\"\n        text 4:9 \"|\"\n        text 4:11 \"3\"\n"
        "  paragraph 5:1\n    text 5:1 \"注：表后\"\n");
    assert_sound(*state);
}

/* Cells as "column,columns,rows". */
static const char *grid(reading *r, const char *text)
{
    zp_buf out = {.arena = r->arena};
    zp_walk walk = {read_text(r, zp_str_from(text)), true};
    do {
        const zp_node *node = walk.node;
        if (walk.entering && node->kind == ZP_NODE_ROW)
            zp_buf_format(&out, "%s", node->row.head ? "H:" : "R:");
        if (walk.entering && node->kind == ZP_NODE_CELL)
            zp_buf_format(&out, "%u,%u,%u ", node->cell.column, node->cell.columns,
                          node->cell.rows);
    } while (zp_walk_next(&walk, r->root));
    zp_buf_byte(&out, '\0');
    return out.p;
}

static void cells_join_above_and_left(void **state)
{
    assert_string_equal(grid(*state, "|a|b|<|\n|-|-|-|\n|c|d|e|\n|^|f|<|\n|^|^|^|\n"),
                        "H:0,1,1 1,2,1 R:0,1,3 1,1,1 2,1,1 R:1,2,2 R:");
    assert_string_equal(messages(*state), "");
}

static void a_head_may_have_two_rows(void **state)
{
    assert_string_equal(grid(*state, "|项目|预算|<|\n|-|-|-|\n|^|年初|调整|\n|a|1|2|\n"),
                        "H:0,1,2 1,2,1 H:1,1,1 2,1,1 R:0,1,1 1,1,1 2,1,1 ");
}

static void several_rows_may_stand_above_the_delimiter(void **state)
{
    assert_string_equal(grid(*state, "|题|<|\n||单位|\n|项目|数|\n|-|-:|\n|^|1|\n|a|2|\n"),
                        "H:0,2,1 H:0,1,1 1,1,1 H:0,1,2 1,1,1 H:1,1,1 R:0,1,1 1,1,1 ");
    assert_string_equal(messages(*state), "");
    assert_string_equal(grid(*state, "a|b\n|c|d|\n|-|-|\n|1|2|\n"), "H:0,1,1 1,1,1 R:0,1,1 1,1,1 ");
    assert_string_equal(grid(*state, "|a|b|\nc|d\n|-|-|\n"), "H:0,1,1 1,1,1 ");
    assert_string_equal(grid(*state, "|1|\n|2|\n|3|\n|4|\n|5|\n|6|\n|7|\n|8|\n|9|\n|10|\n|-|\n"),
                        "H:0,1,1 H:0,1,1 H:0,1,1 H:0,1,1 H:0,1,1 H:0,1,1 H:0,1,1 H:0,1,1 H:0,1,1 "
                        "H:0,1,1 ");
    assert_string_equal(grid(*state, "|a|b|\n|c|\n|-|-|\n"), "H:0,1,1 1,1,1 H:0,1,1 1,1,1 ");
    assert_string_equal(messages(*state), "ragged-row 2:1");
}

static void a_cell_may_hold_line_ends(void **state)
{
    static const char *const ends[] = {"&#10;", "&#xA;", "&#x0a;", "&NewLine;"};
    reading *r = *state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        zp_str text = zp_str_format(r->arena, "| 甲%s*乙%s丙* |\n|---|\n", ends[i], ends[i]);
        read_text(r, text);
        const zp_node *cell = find(r, ZP_NODE_CELL);
        assert_int_equal(cell->first->next->kind, ZP_NODE_BREAK);
        assert_int_equal(cell->last->first->next->kind, ZP_NODE_BREAK);
        zp_span span = cell->first->next->span;
        assert_string_equal(zp_str_cstr(r->arena, zp_str_slice(text, span.start, span.end)),
                            ends[i]);
    }
    assert_string_equal(sketch(r, "甲&#10;乙"), "甲 乙\n");
    assert_string_equal(sketch(r, "| `甲&#10;` |\n|---|\n"), "`甲&#10;`\n");
}

static void joins_that_are_no_rectangle_are_errors(void **state)
{
    assert_string_equal(grid(*state, "|a|^|\n|-|-|\n"), "H:0,1,1 1,1,1 ");
    assert_string_equal(messages(*state), "bad-join 1:4");
    assert_string_equal(grid(*state, "|<|a|\n|-|-|\n"), "H:0,1,1 1,1,1 ");
    assert_string_equal(messages(*state), "bad-join 1:2");
    grid(*state, "|a|b|<|\n|-|-|-|\n|c|^|d|\n");
    assert_string_equal(messages(*state), "bad-join 3:4");
    grid(*state, "|a|b|<|\n|-|-|-|\n|c|d|^|\n");
    assert_string_equal(messages(*state), "bad-join 3:6");
    grid(*state, "|a|b|\n|-|-|\n|^|<|\n");
    assert_string_equal(messages(*state), "bad-join 3:4");
    assert_int_equal(zp_diag_count(((reading *)*state)->diag, ZP_FLAW), 1);
}

static void an_escaped_mark_does_not_join(void **state)
{
    assert_string_equal(sketch(*state, "|a|b|\n|-|-|\n|\\^|\\<|\n|^^|< 5|\n"),
                        "a\nb\n^\n<\n^^\n< 5\n");
    assert_string_equal(messages(*state), "");
}

static void ragged_rows_are_mended_with_a_warning(void **state)
{
    assert_string_equal(grid(*state, "|a|b|\n|-|-|\n|c|\n|d|e|f|\n"),
                        "H:0,1,1 1,1,1 R:0,1,1 1,1,1 R:0,1,1 1,1,1 ");
    assert_string_equal(messages(*state), "ragged-row 3:1 ragged-row 4:1");
    assert_int_equal(zp_diag_count(((reading *)*state)->diag, ZP_WARNING), 2);
}

static void a_table_may_stand_in_a_list_item(void **state)
{
    reading *r = *state;
    read_text(r, ZP_STR("- 甲\n\n  | a |\n  |---|\n  | b |\n\n  乙\n"));
    assert_int_equal(find(r, ZP_NODE_TABLE)->parent->kind, ZP_NODE_ITEM);
    assert_int_equal(find(r, ZP_NODE_TABLE)->next->kind, ZP_NODE_PARAGRAPH);
}

static void what_is_no_table_stays_text(void **state)
{
    assert_string_equal(sketch(*state, "a | b\nc | d"), "a | b c | d\n");
    assert_string_equal(sketch(*state, "a | b\n|"), "a | b |\n");
    assert_string_equal(sketch(*state, "甲\n---\n乙"), "甲\n乙\n");
    assert_string_equal(sketch(*state, "> | a |\n> |---|"), "| a | |---|\n");
}

static void code_in_a_cell_holds_a_bar(void **state)
{
    assert_string_equal(sketch(*state, "| `a\\|b` | x |\n|-|-|"), "`a|b`\nx\n");
}

/* Headings */

static void headings_without_a_space_or_full_width(void **state)
{
    assert_string_equal(dump(*state, "#一、甲\n###1.乙\n＃＃ 丙\n#include\n"),
                        "document 1:1\n  heading 1:1 level=1\n    text 1:2 \"一、甲\"\n"
                        "  heading 2:1 level=3\n    text 2:4 \"1.乙\"\n"
                        "  heading 3:1 level=2\n    text 3:4 \"丙\"\n"
                        "  paragraph 4:1\n    text 4:1 \"#include\"\n");
    assert_string_equal(messages(*state),
                        "heading-space 1:1 heading-space 2:1 heading-fullwidth 3:1");
    assert_int_equal(zp_diag_count(((reading *)*state)->diag, ZP_HINT), 3);
}

static void an_id_ends_a_heading(void **state)
{
    assert_string_equal(
        dump(*state, "## **甲** {#a_b-1} ##\n\n乙 {#节}\n===\n\n# 丙 \\{#x}\n\n丁 {#y}"),
        "document 1:1\n  heading 1:1 level=2 id=a_b-1\n    strong 1:4\n"
        "      text 1:6 \"甲\"\n  heading 3:1 level=1 id=节\n"
        "    text 3:1 \"乙\"\n  heading 6:1 level=1\n    text 6:3 \"丙 \"\n"
        "    text 6:5 \"{\"\n    text 6:7 \"#x}\"\n"
        "  paragraph 8:1\n    text 8:1 \"丁 {#y}\"\n");
}

static bool is_run_in(reading *r, const char *text)
{
    return read_text(r, zp_str_from(text))->first->heading.run_in;
}

static void a_heading_that_ends_in_a_colon_runs_in(void **state)
{
    assert_true(is_run_in(*state, "### (一) 职能：\n文"));
    assert_true(is_run_in(*state, "### **目标。** {#x}\n\n文"));
    assert_false(is_run_in(*state, "### 职能：\n\n### 下一节"));
    assert_false(is_run_in(*state, "### 职能：\n"));
    assert_false(is_run_in(*state, "### 职能\n\n文"));
    assert_false(is_run_in(*state, "### 职能：\n|a|\n|-|"));
}

static void chinese_numbers_are_no_lists(void **state)
{
    assert_string_equal(dump(*state, "1.人大会议：全年"),
                        "document 1:1\n  paragraph 1:1\n    text 1:1 \"1.人大会议：全年\"\n");
    read_text(*state, ZP_STR("3. 甲\n4. 乙"));
    assert_int_equal(((reading *)*state)->root->first->list.start, 3);
}

/* What is not let in */

static void html_is_an_error_at_its_place(void **state)
{
    assert_string_equal(sketch(*state, "甲<b>乙</b>\n\n<div>\n丙\n</div>\n\n丁<!-- 戊"),
                        "甲乙\n丁<!-- 戊\n");
    assert_string_equal(messages(*state), "raw-html 1:2 raw-html 1:6 raw-html 3:1 raw-html 7:2");
    sketch(*state, "<?php x ?> a<!DOCTYPE html>");
    assert_string_equal(messages(*state), "raw-html 1:1 raw-html 1:13");
    assert_string_equal(sketch(*state, "3 < 5 且 \\<b> `<b>`"), "3 < 5 且 <b> `<b>`\n");
    assert_string_equal(messages(*state), "");
}

static void a_url_is_what_was_typed(void **state)
{
    assert_string_equal(sketch(*state, "[a](b[^1]c) [d](x<!y)"), "<b[^1]c>[a] <x<!y>[d]\n");
    assert_string_equal(sketch(*state, "[a](\\(b&amp;c_d\\_ '题')"), "<(b&c_d_>[a]\n");
}

static void unsafe_links_lose_their_url(void **state)
{
    static const char *const unsafe[] = {
        "[a](javascript:x)",       "[a](JavaScript:x)",        "![a](data:x)",
        "[a](&#9;javascript:x)",   "[a](java&#8203;script:x)", "[a](<java\tscript:x>)",
        "[a](javascript&colon;x)", "[a](\\javascript:x)",      "<vbscript:x>",
        "[a][b]\n\n[b]: file:x",   "[a](&#xA0;javascript:x)",  "[a](&#1;javascript:x)",
    };
    static const char *const safe[] = {
        "[a](http://b)", "[a](HTTPS://b)", "[a](mailto:b@c)", "[a](b.png)", "![a](./图:1.png)",
        "[a](#x)",       "[a]()",          "[a](/b?c=d:e)",   "<a@b.c>",
    };
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++) {
        read_text(*state, zp_str_from(unsafe[i]));
        assert_string_equal(messages(*state), "unsafe-link 1:1");
        assert_int_equal(((reading *)*state)->root->first->first->text.n, 0);
    }
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++) {
        read_text(*state, zp_str_from(safe[i]));
        assert_string_equal(messages(*state), "");
    }
}

/* Hostile text */

typedef struct {
    const char *before, *piece;
    size_t times;
    const char *after, *message; /* "" where the text is read */
} hostile;

static zp_str repeat(zp_arena *arena, const hostile *h)
{
    zp_buf text = {.arena = arena};
    zp_str piece = zp_str_from(h->piece);
    zp_buf_reserve(&text, h->times * piece.n + 200);
    zp_buf_add(&text, zp_str_from(h->before));
    for (size_t i = 0; i < h->times; i++)
        zp_buf_add(&text, piece);
    zp_buf_add(&text, zp_str_from(h->after));
    return zp_buf_str(&text);
}

static const char *first_message(const reading *r)
{
    size_t count;
    const zp_message *message = zp_diag_messages(r->diag, &count);
    return count == 0 ? "" : message[0].id;
}

/* A quadratic reader needs minutes for most of these; the bound is wide enough for any machine. */
static void hostile_text_costs_its_length(void **state)
{
    static const hostile cases[] = {
        {"", ">", 100000, "a", "too-deep"},
        {"", "- ", 100000, "a", "too-deep"},
        {"", "[", 100000, "", "too-many-brackets"},
        {"", "![[]()", 40000, "", "too-many-brackets"},
        {"- `\n- ", "![[]()", 40000, "\n- `", "too-many-brackets"},
        {"|", "a|", 10000, "\n|-|-|\n", "too-many-cells"},
        {"|a|\n|-|\n", "|x|\n", ZP_MARKDOWN_CELLS, "", "too-many-cells"},
        {"|a|b|\n|-|-|\n", "|x|y|\n", 100000, "", ""},
        {"|a|\n|-|\n", "|*x*|\n", 100000, "", ""},
        {"", "***a ", 100000, "", ""},
        {"", "*a_b ", 100000, "", ""},
        {"", "中**", 100000, "", ""},
        {"", "*", 1000000, "", ""},
        {"", "`a``b```c", 50000, "", ""},
        {"", "&amp;", 200000, "", ""},
        {"", "&a", 300000, "", ""},
        {"", "a <!--", 100000, "", "raw-html"},
        {"", "a <? ", 100000, "", "raw-html"},
        {"", "<a b=\"", 100000, "", ""},
        {"", "[a](<b", 100000, "", ""},
        {"", "[a](b 't", 100000, "", ""},
        {"", "[a]: u\n", 100000, "", ""},
        {"文[^1]\n\n[^1]: 注", "\n", 1000000, "", ""},
        {"", "[^1]: a\n\n", 50000, "", "duplicate-note"},
        {"", "> a\n\\\n", 100000, "", ""},
        {"", "- a\n", 100000, "", ""},
        {"", "这是一段很长的文字，", 33000, "", ""},
        {"", "这是一段很长的文字，\n", 33000, "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        clock_t start = clock();
        read_text(*state, repeat(((reading *)*state)->arena, &cases[i]));
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        assert_string_equal(first_message(*state), cases[i].message);
        if (seconds > 20)
            fail_msg("%s: %.1f s", cases[i].piece, seconds);
        tear_down(state);
        set_up(state);
    }
}

/* `open` as often as `close` around one letter. */
static const char *message_of_nested(reading *r, const char *open, const char *close, size_t times)
{
    zp_str left = repeat(r->arena, &(hostile){"", open, times, "a", ""});
    zp_buf text = {.arena = r->arena};
    zp_buf_add(&text, left);
    zp_buf_add(&text, repeat(r->arena, &(hostile){"", close, times, "", ""}));
    read_text(r, zp_buf_str(&text));
    assert_int_equal(r->root == NULL, first_message(r)[0] != '\0');
    return first_message(r);
}

static void emphasis_and_links_nest_to_a_limit(void **state)
{
    enum { MOST = ZP_MARKDOWN_DEPTH };
    assert_string_equal(message_of_nested(*state, "**", "**", MOST), "");
    assert_string_equal(message_of_nested(*state, "**", "**", MOST + 1), "too-deep");
    assert_string_equal(message_of_nested(*state, "*", "*", 100000), "too-deep");
    assert_string_equal(message_of_nested(*state, "![", "](u)", MOST), "");
    assert_string_equal(message_of_nested(*state, "![", "](u)", MOST + 1), "too-deep");
}

static void limits_are_reached_but_not_passed(void **state)
{
    static const hostile cases[] = {
        {"", "> ", ZP_MARKDOWN_DEPTH, "a", ""},
        {"", "> ", ZP_MARKDOWN_DEPTH + 1, "a", "too-deep"},
        {"", "[", ZP_MARKDOWN_BRACKETS, "", ""},
        {"", "[", ZP_MARKDOWN_BRACKETS + 1, "", "too-many-brackets"},
        {"", "![[]()\n\n", 2 * ZP_MARKDOWN_BRACKETS, "", ""},
        {"", "- ", 300, "", ""}, /* a rule */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_text(*state, repeat(((reading *)*state)->arena, &cases[i]));
        assert_string_equal(first_message(*state), cases[i].message);
        assert_int_equal(((reading *)*state)->root == NULL, cases[i].message[0] != '\0');
    }
}

static void nothing_gives_an_empty_document(void **state)
{
    assert_string_equal(dump(*state, ""), "document 1:1\n");
    assert_string_equal(dump(*state, "\n\n"), "document 1:1\n");
}

static void a_part_of_a_source_keeps_its_places(void **state)
{
    reading *r = *state;
    r->diag = zp_diag_new(r->arena);
    r->source =
        zp_source_new(r->arena, ZP_STR("x"), ZP_STR("---\na: b\n---\n#甲[^1]\n\n[^1]: 乙\n"));
    r->root = zp_markdown_read(r->arena, zp_span_of(r->source, 13, r->source->text.n), r->diag);
    zp_buf out = {.arena = r->arena};
    zp_node_dump(r->root, &out);
    assert_true(zp_str_eq(zp_buf_str(&out),
                          ZP_STR("document 4:1\n  heading 4:1 level=1\n    text 4:2 \"甲\"\n"
                                 "    noteref 4:3 note=1\n  note 6:1 number=1\n"
                                 "    paragraph 6:7\n      text 6:7 \"乙\"\n")));
}

/* Properties, over texts put together at random (always the same ones) */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static zp_str make_text(zp_arena *arena, uint32_t *seed, const char *const *pieces, size_t count)
{
    zp_buf text = {.arena = arena};
    for (size_t n = 1 + next_random(seed) % 30; n > 0; n--)
        zp_buf_add(&text, zp_str_from(pieces[next_random(seed) % count]));
    return zp_buf_str(&text);
}

static void every_tree_is_sound(void **state)
{
    static const char *const pieces[] = {
        "中",
        "文。",
        "a",
        "b c",
        "*",
        "**",
        "_",
        "`",
        "``",
        "\\",
        "\\*",
        "&amp;",
        "&",
        "&nGg;",
        "[",
        "](u)",
        "]",
        "![",
        "[r]",
        "\n",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n    ",
        "\t",
        "1. ",
        "\n# ",
        "##",
        "  \n",
        "\\\n",
        "<",
        ">",
        "<http:x>",
        "<!--",
        "-->",
        "<b>",
        "\n|a|b|\n|-|-|\n",
        "|",
        "^",
        "[^1]",
        "\n[^1]: ",
        "\n```\n",
        "\n===\n",
        "\n[r]: /u\n",
        "#甲",
        "\n＃",
        "{#i}",
        "\x01",
        "\x02",
        "\x03",
        "\x7f",
        "“",
        "\n~~~",
    };
    uint32_t seed = 1;
    for (int i = 0; i < 4000; i++) {
        reading *r = *state;
        if (read_text(r, make_text(r->arena, &seed, pieces, sizeof pieces / sizeof *pieces)))
            assert_sound(r);
        tear_down(state);
        set_up(state);
    }
}

/* What is left of a text without white space and marks of emphasis. */
static zp_str essence(zp_arena *arena, zp_str text)
{
    zp_buf out = {.arena = arena};
    for (size_t i = 0; i < text.n; i++)
        if (strchr(" \n*_", text.p[i]) == NULL)
            zp_buf_byte(&out, text.p[i]);
    return zp_buf_str(&out);
}

static void no_character_is_lost(void **state)
{
    static const char *const pieces[] = {"中", "文", "。", "“", "”", "（", "a", "7",  "x y", "*",
                                         "**", "_",  "\n", " ", "!", ",",  "]", "\\", "&",   "|"};
    uint32_t seed = 2;
    for (int i = 0; i < 4000; i++) {
        reading *r = *state;
        zp_str text = make_text(r->arena, &seed, pieces, sizeof pieces / sizeof *pieces);
        bool code = zp_str_find(text, ZP_STR("    "), 0) < text.n;
        if (zp_str_find(text, ZP_STR("\\"), 0) == text.n && !code) {
            read_text(r, text);
            zp_str kept = zp_node_text(r->arena, r->root);
            assert_true(zp_str_eq(essence(r->arena, kept), essence(r->arena, text)));
        }
        tear_down(state);
        set_up(state);
    }
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(strong_works_beside_chinese),
        test(marks_that_pair_with_nothing_are_text),
        test(elsewhere_emphasis_is_commonmark),
        test(emphasis_has_the_span_of_its_marks),
        test(a_line_end_between_chinese_is_nothing),
        test(the_space_of_a_line_end_is_told_from_text),
        test(hard_breaks_are_breaks),
        test(escapes_and_entities_are_texts_of_their_own),
        test(places_hold_in_quotes_lists_and_links),
        test(definitions_serve_the_text_cells_and_notes),
        test(autolinks_are_links),
        test(code_keeps_what_it_holds),
        test(comments_are_left_out),
        test(notes_are_numbered_by_first_reference),
        test(notes_stand_behind_the_text),
        test(a_note_and_its_reference_miss_each_other),
        test(a_note_goes_on_to_a_blank_line_or_another_block),
        test(a_note_in_parentheses_is_no_link),
        test(a_table_has_head_rows_and_alignment),
        test(cells_join_above_and_left),
        test(a_head_may_have_two_rows),
        test(several_rows_may_stand_above_the_delimiter),
        test(a_cell_may_hold_line_ends),
        test(joins_that_are_no_rectangle_are_errors),
        test(an_escaped_mark_does_not_join),
        test(ragged_rows_are_mended_with_a_warning),
        test(a_table_may_stand_in_a_list_item),
        test(what_is_no_table_stays_text),
        test(code_in_a_cell_holds_a_bar),
        test(headings_without_a_space_or_full_width),
        test(an_id_ends_a_heading),
        test(a_heading_that_ends_in_a_colon_runs_in),
        test(chinese_numbers_are_no_lists),
        test(html_is_an_error_at_its_place),
        test(a_url_is_what_was_typed),
        test(unsafe_links_lose_their_url),
        test(hostile_text_costs_its_length),
        test(emphasis_and_links_nest_to_a_limit),
        test(limits_are_reached_but_not_passed),
        test(nothing_gives_an_empty_document),
        test(a_part_of_a_source_keeps_its_places),
        test(every_tree_is_sound),
        test(no_character_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

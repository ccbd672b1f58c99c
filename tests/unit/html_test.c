/* html_test.c: trees made by hand become HTML: the shape of each kind, and that hostile text stays
 * text.
 *
 * The trees are not read from Markdown, so what the reader refuses is tried here too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "data/yaml.h"
#include "write/html.h"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_template template;
    zp_report report;
    zp_html_options options;
    zp_pictures *pictures;
    zp_str html;
    bool written;
} bench;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    bench *b = zp_new(arena, bench);
    b->arena = arena;
    b->diag = zp_diag_new(arena);
    b->template.page_html = zp_source_new(arena, ZP_STR("page.html"), ZP_STR("{{{body}}}"));
    b->template.style_css = zp_source_new(arena, ZP_STR("style.css"), ZP_STR("p { margin: 0 }"));
    b->report.template = &b->template;
    b->pictures = zp_pictures_new(arena, ZP_STR(""), b->diag);
    b->report.title = ZP_STR("标题");
    b->report.root = zp_node_new(arena, ZP_NODE_DOCUMENT, (zp_span){0});
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    zp_arena_free(b->arena);
    return 0;
}

/* ---- making trees ---- */

static zp_node *add(bench *b, zp_node *parent, zp_node_kind kind)
{
    zp_node *node = zp_node_new(b->arena, kind, (zp_span){0});
    zp_node_append(parent, node);
    return node;
}

static zp_node *add_text(bench *b, zp_node *parent, const char *text)
{
    zp_node *node = add(b, parent, ZP_NODE_TEXT);
    node->text = zp_str_from(text);
    return node;
}

static zp_node *add_paragraph(bench *b, zp_node *parent, const char *text)
{
    zp_node *node = add(b, parent, ZP_NODE_PARAGRAPH);
    add_text(b, node, text);
    return node;
}

static zp_node *add_heading(bench *b, uint8_t level, const char *id, const char *text)
{
    zp_node *node = add(b, b->report.root, ZP_NODE_HEADING);
    node->heading.level = level;
    node->id = zp_str_from(id);
    add_text(b, node, text);
    return node;
}

static zp_node *add_row(bench *b, zp_node *table, bool head)
{
    zp_node *row = add(b, table, ZP_NODE_ROW);
    row->row.head = head;
    return row;
}

static zp_node *add_cell(bench *b, zp_node *row, const char *text)
{
    zp_node *cell = add(b, row, ZP_NODE_CELL), *left = cell->previous;
    cell->cell.columns = cell->cell.rows = 1;
    cell->cell.column = left ? left->cell.column + left->cell.columns : 0;
    if (row->parent->table.columns <= cell->cell.column)
        row->parent->table.columns = cell->cell.column + 1;
    add_text(b, cell, text);
    return cell;
}

static zp_node *add_link(bench *b, zp_node *parent, const char *url, const char *text)
{
    zp_node *link = add(b, parent, ZP_NODE_LINK);
    link->text = zp_str_from(url);
    add_text(b, link, text);
    return link;
}

static zp_node *add_reference(bench *b, zp_node *parent, zp_node *note)
{
    zp_node *reference = add(b, parent, ZP_NODE_NOTEREF);
    reference->noteref.note = note;
    return reference;
}

/* ---- looking at what was written ---- */

static zp_str write_page(bench *b)
{
    zp_buf out = {.arena = b->arena};
    b->written = zp_html_write(b->arena, &b->report, &b->options, b->pictures, b->diag, &out);
    b->html = zp_buf_str(&out);
    return b->html;
}

static bool has(const bench *b, const char *text)
{
    return zp_str_find(b->html, zp_str_from(text), 0) < b->html.n;
}

static size_t times(const bench *b, const char *text)
{
    zp_str needle = zp_str_from(text);
    size_t count = 0;
    for (size_t at = 0; (at = zp_str_find(b->html, needle, at)) < b->html.n; at += needle.n)
        count++;
    return count;
}

static size_t count_id(const bench *b, const char *id)
{
    size_t count, found = 0;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    for (size_t i = 0; i < count; i++)
        found += zp_str_eq(zp_str_from(messages[i].id), zp_str_from(id));
    return found;
}

#define assert_html(b, expected) assert_str((b), write_page(b), (expected))

static void assert_str(bench *b, zp_str actual, const char *expected)
{
    assert_string_equal(zp_str_cstr(b->arena, actual), expected);
}

static void set_page(bench *b, const char *text)
{
    b->template.page_html = zp_source_new(b->arena, ZP_STR("page.html"), zp_str_from(text));
}

/* ---- shapes ---- */

static void paragraphs_and_emphasis(void **state)
{
    bench *b = *state;
    zp_node *p = add_paragraph(b, b->report.root, "一般");
    add_text(b, add(b, p, ZP_NODE_STRONG), "强调");
    add_text(b, add(b, p, ZP_NODE_EMPH), "着重");
    add(b, p, ZP_NODE_BREAK);
    add(b, p, ZP_NODE_MONO)->text = ZP_STR("a<b");
    assert_html(b, "<p>一般<strong>强调</strong><em>着重</em><br />\n<code>a&lt;b</code></p>\n");
    assert_true(b->written);
}

static void lists_quotes_code_and_rules(void **state)
{
    bench *b = *state;
    zp_node *list = add(b, b->report.root, ZP_NODE_LIST);
    list->list.ordered = list->list.tight = true;
    list->list.start = 3;
    add_paragraph(b, add(b, list, ZP_NODE_ITEM), "甲");
    zp_node *loose = add(b, b->report.root, ZP_NODE_LIST);
    add_paragraph(b, add(b, loose, ZP_NODE_ITEM), "乙");
    add_paragraph(b, add(b, b->report.root, ZP_NODE_QUOTE), "引");
    zp_node *code = add(b, b->report.root, ZP_NODE_CODE);
    code->text = ZP_STR("x </code>\n");
    code->id = ZP_STR("c\"><script>");
    add(b, b->report.root, ZP_NODE_RULE);
    assert_html(b, "<ol start=\"3\">\n<li>甲</li>\n</ol>\n<ul>\n<li>\n<p>乙</p>\n</li>\n</ul>\n"
                   "<blockquote>\n<p>引</p>\n</blockquote>\n"
                   "<pre><code class=\"language-c&quot;&gt;&lt;script&gt;\">x &lt;/code&gt;\n"
                   "</code></pre>\n<hr />\n");
}

static void headings_are_numbered_by_place(void **state)
{
    bench *b = *state;
    add_heading(b, 2, "", "一");
    add_heading(b, 3, "", "甲");
    add_heading(b, 4, "", "子");
    add_heading(b, 3, "", "乙");
    add_heading(b, 2, "", "二");
    add_heading(b, 4, "", "跳级");
    add_heading(b, 3, "", "回级");
    assert_html(
        b, "<section>\n<h2 id=\"s1\">一</h2>\n<section>\n<h3 id=\"s1-1\">甲</h3>\n"
           "<section>\n<h4 id=\"s1-1-1\">子</h4>\n</section>\n</section>\n"
           "<section>\n<h3 id=\"s1-2\">乙</h3>\n</section>\n</section>\n"
           "<section>\n<h2 id=\"s2\">二</h2>\n<section>\n<h4 id=\"s2-1\">跳级</h4>\n</section>\n"
           "<section>\n<h3 id=\"s2-2\">回级</h3>\n</section>\n</section>\n");
}

static void only_the_title_is_h1(void **state)
{
    bench *b = *state;
    add_heading(b, 1, "", "又一个");
    add_heading(b, 6, "", "最深");
    assert_html(b, "<section>\n<h2 id=\"s1\">又一个</h2>\n<section>\n<h6 id=\"s1-1\">最深</h6>\n"
                   "</section>\n</section>\n");
}

static void authors_ids_are_used_when_sound(void **state)
{
    bench *b = *state;
    add_heading(b, 2, "概况-2_a", "一");
    add_heading(b, 2, "x\" onmouseover=\"alert(1)", "二");
    add_heading(b, 2, "s1", "三");
    add_heading(b, 2, "note-1", "四");
    add_heading(b, 2, "a b", "五");
    add_heading(b, 2, "table-1", "六");
    write_page(b);
    assert_true(has(b, "<h2 id=\"概况-2_a\">一</h2>"));
    assert_true(has(b, "<h2 id=\"s2\">二</h2>"));
    assert_true(has(b, "<h2 id=\"s3\">三</h2>"));
    assert_true(has(b, "<h2 id=\"s4\">四</h2>"));
    assert_true(has(b, "<h2 id=\"s5\">五</h2>"));
    assert_true(has(b, "<h2 id=\"s6\">六</h2>"));
    assert_int_equal(count_id(b, "bad-id"), 5);
}

static void a_second_heading_with_an_id_gets_its_number(void **state)
{
    bench *b = *state;
    add_heading(b, 2, "same", "一");
    add_heading(b, 2, "other", "二");
    add_heading(b, 2, "same", "三");
    write_page(b);
    assert_int_equal(times(b, "id=\"same\""), 1);
    assert_true(has(b, "<h2 id=\"same\">一</h2>"));
    assert_true(has(b, "<h2 id=\"s3\">三</h2>"));
    assert_int_equal(count_id(b, "duplicate-id"), 1);
}

static void a_run_in_heading_shares_a_block_with_its_paragraph(void **state)
{
    bench *b = *state;
    add_heading(b, 3, "", "（一）部门职能：")->heading.run_in = true;
    add_paragraph(b, b->report.root, "第一段。");
    add_paragraph(b, b->report.root, "第二段。");
    assert_html(b, "<section>\n<div class=\"run-in\"><h3 id=\"s1\">（一）部门职能：</h3>"
                   "<p>第一段。</p></div>\n<p>第二段。</p>\n</section>\n");
}

static void a_run_in_heading_without_a_paragraph_stands_alone(void **state)
{
    bench *b = *state;
    add_heading(b, 3, "", "（一）部门职能：")->heading.run_in = true;
    add_heading(b, 3, "", "（二）");
    assert_html(b, "<section>\n<h3 id=\"s1\">（一）部门职能：</h3>\n</section>\n"
                   "<section>\n<h3 id=\"s2\">（二）</h3>\n</section>\n");
}

static void tables_have_head_body_and_joins(void **state)
{
    bench *b = *state;
    zp_node *table = add(b, b->report.root, ZP_NODE_TABLE);
    zp_node *head = add_row(b, table, true);
    add_cell(b, head, "名称");
    add_cell(b, head, "金额")->cell.columns = 2;
    zp_node *row = add_row(b, table, false);
    add_cell(b, row, "甲")->cell.rows = 2;
    add_cell(b, row, "1")->cell.align = ZP_ALIGN_RIGHT;
    add_cell(b, row, "2")->cell.align = ZP_ALIGN_CENTER;
    row = add_row(b, table, false);
    zp_node *left = add_cell(b, row, "3"), *right = add_cell(b, row, "4");
    left->cell.align = ZP_ALIGN_LEFT;
    left->cell.column = 1;
    right->cell.column = 2;
    assert_html(b,
                "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"第1个表格\">\n"
                "<table>\n<thead>\n<tr>\n"
                "<th scope=\"col\">名称</th><th scope=\"colgroup\" colspan=\"2\">金额</th>\n</tr>\n"
                "</thead>\n<tbody>\n<tr>\n<th scope=\"rowgroup\" class=\"center\" rowspan=\"2\">"
                "甲</th><td class=\"right\">1</td>"
                "<td class=\"center\">2</td>\n</tr>\n<tr>\n<td class=\"left\">3</td>"
                "<td class=\"number\">4</td>\n"
                "</tr>\n</tbody>\n</table>\n</div>\n");
}

static void what_belongs_to_a_table_stands_around_it(void **state)
{
    bench *b = *state;
    zp_node *table = add(b, b->report.root, ZP_NODE_TABLE);
    table->id = ZP_STR("t1");
    table->text = ZP_STR("style=three-line");
    zp_node *caption = add(b, table, ZP_NODE_CAPTION);
    caption->caption.number = 2;
    add_text(b, caption, "执行");
    add_text(b, add(b, table, ZP_NODE_UNIT), "万元");
    add_cell(b, add_row(b, table, true), "甲");
    add_cell(b, add_row(b, table, false), "合 计");
    add_text(b, add(b, table, ZP_NODE_REMARK), "示例");
    add_text(b, add(b, table, ZP_NODE_SIGNING), "填报人　审核人 <b>");
    add_paragraph(b, b->report.root, "后");
    assert_html(
        b, "<div class=\"table three-line\" id=\"t1\" role=\"region\" tabindex=\"0\" "
           "aria-labelledby=\"table-1\">\n<table>\n"
           "<caption id=\"table-1\">表2　执行<span class=\"unit\">单位：万元</span></caption>\n"
           "<thead>\n<tr>\n<th scope=\"col\">甲</th>\n</tr>\n</thead>\n"
           "<tbody>\n<tr class=\"total\">\n<td class=\"center\">合 计</td>\n</tr>\n</tbody>\n"
           "</table>\n<p class=\"remark\">注：示例</p>\n"
           "<p class=\"signing\"><span>填报人</span><span>审核人</span>"
           "<span>&lt;b&gt;</span></p>\n</div>\n<p>后</p>\n");
}

static void a_head_cell_that_reaches_the_body_keeps_its_rows(void **state)
{
    bench *b = *state;
    zp_node *table = add(b, b->report.root, ZP_NODE_TABLE);
    zp_node *head = add_row(b, table, true);
    add_cell(b, head, "甲")->cell.rows = 2;
    add_cell(b, head, "乙");
    add_cell(b, add_row(b, table, false), "丙");
    write_page(b);
    assert_false(has(b, "<thead>"));
    assert_int_equal(times(b, "<tbody>"), 1);
    assert_true(has(b, "<th scope=\"col\" rowspan=\"2\">甲</th>"));
}

static void a_table_of_head_rows_only(void **state)
{
    bench *b = *state;
    zp_node *table = add(b, b->report.root, ZP_NODE_TABLE);
    add_cell(b, add_row(b, table, true), "甲");
    add_paragraph(b, b->report.root, "后");
    write_page(b);
    assert_true(has(b, "</thead>\n</table>\n</div>\n<p>后</p>"));
}

static void notes_lead_there_and_back(void **state)
{
    bench *b = *state;
    zp_node *p = add_paragraph(b, b->report.root, "文");
    zp_node *first = zp_node_new(b->arena, ZP_NODE_NOTE, (zp_span){0});
    zp_node *second = zp_node_new(b->arena, ZP_NODE_NOTE, (zp_span){0});
    first->note.number = 1;
    second->note.number = 2;
    add_reference(b, p, first);
    add_reference(b, p, second);
    add_reference(b, p, first);
    zp_node_append(b->report.root, first);
    zp_node_append(b->report.root, second);
    add_paragraph(b, first, "注一");
    add(b, second, ZP_NODE_RULE);
    assert_html(b, "<p>文<sup id=\"ref-1\"><a href=\"#note-1\" role=\"doc-noteref\">[1]</a></sup>"
                   "<sup id=\"ref-2\"><a href=\"#note-2\" role=\"doc-noteref\">[2]</a></sup>"
                   "<sup><a href=\"#note-1\" role=\"doc-noteref\">[1]</a></sup></p>\n"
                   "<section class=\"notes\" role=\"doc-endnotes\" aria-label=\"注释\">\n<ol>\n"
                   "<li id=\"note-1\">\n<p>注一<a class=\"back\" href=\"#ref-1\" "
                   "role=\"doc-backlink\" aria-label=\"回到注1处\">↑</a></p>\n</li>\n"
                   "<li id=\"note-2\">\n<hr />\n<p><a class=\"back\" href=\"#ref-2\" "
                   "role=\"doc-backlink\" aria-label=\"回到注2处\">↑</a></p>\n</li>\n"
                   "</ol>\n</section>\n");
}

static void a_picture_in_text_is_marked_and_named(void **state)
{
    bench *b = *state;
    zp_node *image = add(b, add(b, b->report.root, ZP_NODE_PARAGRAPH), ZP_NODE_IMAGE);
    image->text = ZP_STR("https://example.org/x.png");
    add_text(b, image, "照片");
    assert_html(b, "<p><span class=\"picture\">［图：照片］</span></p>\n");
    assert_true(b->written);
    assert_int_equal(count_id(b, "picture-not-drawn"), 1);
}

/* A figure of a picture in tests/cases/pictures. */
static zp_node *add_figure(bench *b, const char *url, const char *words, const char *caption)
{
    b->template.page.body_width = 100 * ZP_PT;
    b->template.page.body_height = 100 * ZP_PT;
    b->pictures = zp_pictures_new(b->arena, ZP_STR("tests/cases/pictures"), b->diag);
    zp_node *figure = add(b, b->report.root, ZP_NODE_FIGURE);
    zp_node *image = add(b, figure, ZP_NODE_IMAGE);
    image->text = zp_str_from(url);
    add_text(b, image, words);
    zp_node *line = add(b, figure, ZP_NODE_CAPTION);
    line->caption.number = 1;
    add_text(b, line, caption);
    return figure;
}

static void a_picture_is_in_the_page_itself(void **state)
{
    bench *b = *state;
    zp_node *figure = add_figure(b, "fields.png", "\"><b>", "<i>");
    figure->id = ZP_STR("fields");
    figure->text = ZP_STR("width=50%");
    write_page(b);
    assert_true(has(b, "<figure id=\"fields\">"));
    assert_true(has(b, "<img src=\"data:image/png;base64,iVBORw0KGgo"));
    assert_true(has(b, " alt=\"&quot;&gt;&lt;b&gt;\" width=\"67\" height=\"44\">"));
    assert_true(has(b, "<figcaption>图1　&lt;i&gt;</figcaption>"));
    assert_int_equal(zp_diag_count(b->diag, ZP_ERROR), 0);
}

static void a_picture_that_cannot_be_shown_is_marked(void **state)
{
    bench *b = *state;
    add_figure(b, "none.png", "照片", "说明");
    write_page(b);
    assert_true(b->written);
    assert_true(has(b, "<figure>\n<span class=\"picture\">［图：照片］</span><figcaption>"));
    assert_int_equal(count_id(b, "picture-unreadable"), 1);
}

static void links_with_allowed_schemes_work(void **state)
{
    static const char *const urls[] = {
        "http://a.cn/", "HTTPS://a.cn/?x=1", "mailto:a@b.cn", "#s1", "a.html", "a/b:c", "?q=a:b",
        "//a.cn/"};
    bench *b = *state;
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        b->report.root = zp_node_new(b->arena, ZP_NODE_DOCUMENT, (zp_span){0});
        add_link(b, add(b, b->report.root, ZP_NODE_PARAGRAPH), urls[i], "文");
        char expected[100];
        snprintf(expected, sizeof expected, "<p><a href=\"%s\">文</a></p>\n", urls[i]);
        assert_html(b, expected);
    }
}

/* ---- hostile text ---- */

static void links_with_other_schemes_are_text(void **state)
{
    static const char *const urls[] = {"",
                                       "javascript:alert(1)",
                                       "JavaScript:alert(1)",
                                       " javascript:alert(1)",
                                       "java\tscript:alert(1)",
                                       "java\nscript:alert(1)",
                                       "\x01javascript:alert(1)",
                                       "\xe2\x80\x8bjavascript:alert(1)",
                                       "\xe3\x80\x80javascript:alert(1)",
                                       "java\xc2\xadscript:alert(1)",
                                       "vbscript:x",
                                       "data:text/html,<script>alert(1)</script>",
                                       "file:///etc/passwd",
                                       "https javascript:x",
                                       "http\xef\xbc\x9a:x",
                                       ":x"};
    bench *b = *state;
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        b->report.root = zp_node_new(b->arena, ZP_NODE_DOCUMENT, (zp_span){0});
        add_link(b, add(b, b->report.root, ZP_NODE_PARAGRAPH), urls[i], "文");
        assert_html(b, "<p>文</p>\n");
    }
}

/* An entity that was not decoded is no entity any more in the page. */
static void entities_in_urls_do_not_come_alive(void **state)
{
    bench *b = *state;
    zp_node *p = add(b, b->report.root, ZP_NODE_PARAGRAPH);
    add_link(b, p, "javascript&#58;alert(1)", "甲");
    add_link(b, p, "javascript&colon;alert(1)", "乙");
    add_link(b, p, "x\"onclick=\"alert(1)", "丙");
    write_page(b);
    assert_false(has(b, "javascript&#58;"));
    assert_false(has(b, "javascript&colon;"));
    assert_false(has(b, "\"onclick"));
}

#define SCRIPT "</td></p><script>alert(1)</script><img src=x onerror=alert(1)>&lt;\"'"

static void markup_stays_text_wherever_it_stands(void **state)
{
    bench *b = *state;
    set_page(b,
             "<title>{{title}}</title><meta content=\"{{department}}\"><i>{{year}}</i>{{{body}}}");
    b->report.title = b->report.department = b->report.year = ZP_STR(SCRIPT);
    add_heading(b, 2, SCRIPT, SCRIPT);
    zp_node *p = add_paragraph(b, b->report.root, SCRIPT);
    add_link(b, p, "http://a/" SCRIPT, SCRIPT);
    zp_node *image = add(b, p, ZP_NODE_IMAGE);
    image->text = ZP_STR(SCRIPT);
    add_text(b, image, SCRIPT);
    add(b, p, ZP_NODE_MONO)->text = ZP_STR(SCRIPT);
    zp_node *table = add(b, b->report.root, ZP_NODE_TABLE);
    add_cell(b, add_row(b, table, true), SCRIPT);
    add_cell(b, add_row(b, table, false), SCRIPT);
    zp_node *note = zp_node_new(b->arena, ZP_NODE_NOTE, (zp_span){0});
    note->note.number = 1;
    add_reference(b, p, note);
    zp_node_append(b->report.root, note);
    add_paragraph(b, note, SCRIPT);
    write_page(b);
    assert_true(b->written);
    assert_int_equal(times(b, "<script"), 0);
    assert_int_equal(times(b, "<img"), 0);
    assert_int_equal(times(b, "</td>"), 1);
    assert_int_equal(times(b, "&lt;script&gt;alert(1)"), 11);
    assert_false(has(b, "&lt;\"'"));
}

static void deep_trees_are_written_without_recursion(void **state)
{
    bench *b = *state;
    zp_node *parent = b->report.root;
    for (int i = 0; i < 1000; i++)
        parent = add(b, parent, ZP_NODE_QUOTE);
    add_paragraph(b, parent, "底");
    write_page(b);
    assert_int_equal(times(b, "<blockquote>"), 1000);
    assert_int_equal(times(b, "</blockquote>"), 1000);
}

/* ---- the page ---- */

static void placeholders_are_filled(void **state)
{
    bench *b = *state;
    b->report.title = ZP_STR("甲 & 乙's");
    b->report.department = ZP_STR("某某单位");
    b->report.year = ZP_STR("2023");
    b->report.subject = ZP_STR("报告");
    add_paragraph(b, b->report.root, "{{title}}");
    set_page(b, "{{title}}|{{ department }}|{{year}}|{{subject}}|{{{ body }}}|{ x }");
    assert_html(b, "甲 &amp; 乙&#39;s|某某单位|2023|报告|<p>{{title}}</p>\n|{ x }");
    assert_true(b->written);
}

/* printf '\np { margin: 0 }h1 { margin: 0 }' | openssl dgst -sha256 -binary | base64 */
static void the_policy_knows_the_style_by_its_hash(void **state)
{
    bench *b = *state;
    set_page(b, "{{{style}}}");
    b->options.style = ZP_STR("h1 { margin: 0 }");
    assert_html(b,
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "style-src 'sha256-p69ciG8yO38VShHG4KLDxkJRJ2Tg6NdEQvcZMqH9kRE='; font-src data:; "
                "img-src data:; base-uri 'none'; form-action 'none'\">\n"
                "<style>\np { margin: 0 }h1 { margin: 0 }</style>");
}

static void the_outline_is_lists_of_links(void **state)
{
    bench *b = *state;
    set_page(b, "{{{outline}}}");
    add_heading(b, 2, "", "一、");
    assert_html(b, ""); /* one heading is no outline */
    add_heading(b, 3, "", "<甲>：");
    add_heading(b, 4, "", "太深");
    add_heading(b, 2, "er", "二、");
    assert_html(b, "<nav aria-label=\"目录\">\n<ol>\n<li><a href=\"#s1\">一、</a><ol>\n"
                   "<li><a href=\"#s1-1\">&lt;甲&gt;</a></li>\n</ol>\n</li>\n"
                   "<li><a href=\"#er\">二、</a></li>\n</ol>\n</nav>");
}

/* ---- places and fragments ---- */

static void blocks_say_where_they_stand(void **state)
{
    bench *b = *state;
    const zp_source *report = zp_source_new(b->arena, ZP_STR("a.md"), ZP_STR("一\n二\n三\n"));
    const zp_source *other = zp_source_new(b->arena, ZP_STR("<b>.md"), ZP_STR("一\n二\n"));
    b->report.source = report;
    b->options.places = true;
    add_paragraph(b, b->report.root, "甲")->span = zp_span_of(report, 4, 7);
    zp_node *list = add(b, b->report.root, ZP_NODE_LIST);
    list->list.tight = true;
    add_paragraph(b, add(b, list, ZP_NODE_ITEM), "乙")->span = zp_span_of(report, 8, 11);
    add_paragraph(b, b->report.root, "丙")->span = zp_span_of(other, 4, 7);
    add_paragraph(b, b->report.root, "丁");
    assert_html(b,
                "<p data-line=\"2\">甲</p>\n<ul>\n<li>\n<p data-line=\"3\">乙</p>\n</li>\n</ul>\n"
                "<p data-line=\"2\" data-file=\"&lt;b&gt;.md\">丙</p>\n<p>丁</p>\n");
    b->options.places = false;
    write_page(b);
    assert_false(has(b, "data-"));
}

static void a_fragment_brings_its_looks_and_its_own_ids(void **state)
{
    bench *b = *state;
    b->options.fragment = true;
    add_heading(b, 2, "", "一、");
    add_link(b, add_paragraph(b, b->report.root, "见"), "#t1", "表1");
    zp_node *table = add(b, b->report.root, ZP_NODE_TABLE);
    table->id = ZP_STR("t1");
    table->text = ZP_STR("widths=1,2");
    zp_node *head = add_row(b, table, true);
    add_cell(b, head, "甲");
    add_cell(b, head, "乙");
    write_page(b);
    assert_int_equal(times(b, "<section"), 0);
    assert_int_equal(times(b, "class="), 0);
    assert_int_equal(times(b, "<h2 style="), 1);
    assert_int_equal(times(b, "<p style="), 1);
    assert_int_equal(times(b, "<th scope=\"col\" style=\"padding:4px 6px"), 2);
    assert_true(has(b, "<colgroup><col style=\"width:33.33%\" /><col style=\"width:66.67%\" />"));
    assert_int_equal(times(b, " id=\"zp"), 2);
    assert_int_equal(times(b, " id="), 2);
    assert_int_equal(times(b, "<a href=\"#zp"), 1);
    assert_int_equal(times(b, "-t1\""), 2);
}

static void metadata_is_there_by_its_keys(void **state)
{
    bench *b = *state;
    const zp_source *front = zp_source_new(
        b->arena, ZP_STR("a.md"),
        ZP_STR("title: 不用\nscore: 98.96\nprojects: [{name: <甲>}, {name: 乙}]\nblank: ''\n"));
    b->report.meta = zp_yaml_read(b->arena, zp_span_of(front, 0, front->text.n), b->diag);
    set_page(b, "{{title}} {{score}}{{#projects}}（{{name}}）{{/projects}}{{^none}}无{{/none}}"
                "{{blank}}");
    assert_html(b, "标题 98.96（&lt;甲&gt;）（乙）无");
    assert_true(b->written);
}

static void the_body_stands_wherever_it_is_named(void **state)
{
    bench *b = *state;
    add_paragraph(b, b->report.root, "{{{style}}}");
    set_page(b, "{{{body}}}{{{heading}}}{{{body}}}{{#year}}{{{body}}}{{/year}}b s");
    assert_html(b, "<p>{{{style}}}</p>\n标题<p>{{{style}}}</p>\nb s");
    set_page(b, "没有占位符");
    assert_html(b, "没有占位符");
}

static void wrong_placeholders_are_errors_at_their_place(void **state)
{
    static const struct {
        const char *page, *id;
    } cases[] = {
        {"x{{titel}}", "missing-value"},
        {"x{{{title}}}", "page-placeholder"},
        {"x{{& title}}", "page-placeholder"},
        {"x{{ & title }}", "page-placeholder"},
        {"x{{{title | 万元}}}", "page-placeholder"},
        {"x{{=<% %>=}}", "page-placeholder"},
        {"x{{{", "page-placeholder"},
        {"x{{title", "mustache-open"},
        {"x{{> part}}", "missing-partial"},
        {"x{{#year}}", "mustache-open"},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t count;
        set_page(b, cases[i].page);
        write_page(b);
        assert_false(b->written);
        const zp_message *messages = zp_diag_messages(b->diag, &count);
        assert_int_equal(count, i + 1);
        assert_string_equal(messages[i].id, cases[i].id);
        assert_ptr_equal(messages[i].span.source, b->template.page_html);
        assert_int_equal(messages[i].span.start, 1);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(paragraphs_and_emphasis),
        TEST(lists_quotes_code_and_rules),
        TEST(headings_are_numbered_by_place),
        TEST(only_the_title_is_h1),
        TEST(authors_ids_are_used_when_sound),
        TEST(a_second_heading_with_an_id_gets_its_number),
        TEST(a_run_in_heading_shares_a_block_with_its_paragraph),
        TEST(a_run_in_heading_without_a_paragraph_stands_alone),
        TEST(tables_have_head_body_and_joins),
        TEST(what_belongs_to_a_table_stands_around_it),
        TEST(a_head_cell_that_reaches_the_body_keeps_its_rows),
        TEST(a_table_of_head_rows_only),
        TEST(notes_lead_there_and_back),
        TEST(a_picture_in_text_is_marked_and_named),
        TEST(a_picture_is_in_the_page_itself),
        TEST(a_picture_that_cannot_be_shown_is_marked),
        TEST(links_with_allowed_schemes_work),
        TEST(links_with_other_schemes_are_text),
        TEST(entities_in_urls_do_not_come_alive),
        TEST(markup_stays_text_wherever_it_stands),
        TEST(deep_trees_are_written_without_recursion),
        TEST(placeholders_are_filled),
        TEST(the_policy_knows_the_style_by_its_hash),
        TEST(the_outline_is_lists_of_links),
        TEST(blocks_say_where_they_stand),
        TEST(a_fragment_brings_its_looks_and_its_own_ids),
        TEST(metadata_is_there_by_its_keys),
        TEST(the_body_stands_wherever_it_is_named),
        TEST(wrong_placeholders_are_errors_at_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

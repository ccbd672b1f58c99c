/* indexpage.c: rows of the catalogue in, the page out. */
#include "archive/indexpage.h"

#include "archive/assets.h"
#include "base/base64.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/number.h"
#include "base/utf8.h"

/* --- Escapes ---------------------------------------------------------------------------------- */

static void add_html(zp_buf *out, zp_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        zp_str escape = c == '<'   ? ZP_STR("&lt;")
                        : c == '>' ? ZP_STR("&gt;")
                        : c == '&' ? ZP_STR("&amp;")
                        : c == '"' ? ZP_STR("&quot;")
                                   : zp_str_slice(text, i, i + 1);
        zp_buf_add(out, escape);
    }
}

/* JSON within <script>: no < that might end it or open a comment (HTML, 4.12.1.3). */
static void add_json(zp_buf *out, zp_str text)
{
    zp_buf quoted = {.arena = out->arena};
    zp_json_string(&quoted, text);
    for (size_t i = 0; i < quoted.n; i++)
        if (quoted.p[i] == '<')
            zp_buf_lit(out, "\\u003c");
        else
            zp_buf_byte(out, quoted.p[i]);
}

/* A number of the catalogue; what is none is null. */
static void add_number(zp_arena *arena, zp_buf *out, zp_str text)
{
    const zp_number *number = zp_number_read(arena, text);
    zp_buf_add(out, number ? zp_number_plain(arena, number) : ZP_STR("null"));
}

/* --- Reports ---------------------------------------------------------------------------------- */

/* A file of the report by its path in the archive; "" when there is none. */
static void add_path(zp_arena *arena, zp_buf *out, zp_str bag, zp_str path)
{
    bool within = path.n > 0 && bag.n > 0;
    add_json(out, within ? zp_str_format(arena, "%.*s/%.*s", ZP_ARG(bag), ZP_ARG(path)) : path);
}

static void add_report(zp_arena *arena, zp_buf *out, const zp_str *row, bool public)
{
    static const zp_index_column texts[] = {ZP_INDEX_YEAR, ZP_INDEX_CODE, ZP_INDEX_NAME,
                                            ZP_INDEX_TITLE};
    static const zp_index_column numbers[] = {ZP_INDEX_BUDGET, ZP_INDEX_SPENT, ZP_INDEX_RATE,
                                              ZP_INDEX_SCORE};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        zp_buf_add(out, i > 0 ? ZP_STR(",") : ZP_STR("["));
        add_json(out, row[texts[i]]);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        zp_buf_byte(out, ',');
        add_number(arena, out, row[numbers[i]]);
    }
    zp_buf_byte(out, ',');
    add_json(out, row[ZP_INDEX_GRADE]);
    for (zp_index_column i = ZP_INDEX_ERRORS; i <= ZP_INDEX_WARNINGS; i++) {
        zp_buf_byte(out, ',');
        add_number(arena, out, public ? ZP_STR("") : row[i]);
    }
    for (zp_index_column i = ZP_INDEX_HTML; i <= ZP_INDEX_LAYOUT; i++) {
        zp_buf_byte(out, ',');
        bool hidden = public && i == ZP_INDEX_LAYOUT;
        add_path(arena, out, row[ZP_INDEX_BAG], hidden ? ZP_STR("") : row[i]);
    }
    zp_buf_byte(out, ']');
}

/* --- The page --------------------------------------------------------------------------------- */

/* 'sha256-…', as a policy names a script or style (CSP Level 3, 2.3.1). */
static void add_source(zp_arena *arena, zp_buf *out, zp_str text)
{
    zp_str digits = zp_hash_of(arena, ZP_SHA256, text);
    zp_buf bytes = {.arena = arena};
    for (size_t i = 0; i < digits.n; i += 2) {
        int high = digits.p[i] <= '9' ? digits.p[i] - '0' : digits.p[i] - 'a' + 10;
        int low = digits.p[i + 1] <= '9' ? digits.p[i + 1] - '0' : digits.p[i + 1] - 'a' + 10;
        zp_buf_byte(&bytes, (char)(high * 16 + low));
    }
    zp_buf_lit(out, "'sha256-");
    zp_base64_add(out, zp_buf_str(&bytes));
    zp_buf_lit(out, "'");
}

static void add_head(zp_arena *arena, const zp_index_options *options, zp_buf *out)
{
    zp_buf_lit(out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "base-uri 'none'; form-action 'none'; script-src ");
    add_source(arena, out, zp_asset_index_js);
    zp_buf_lit(out, "; style-src ");
    add_source(arena, out, zp_asset_index_css);
    zp_buf_lit(out,
               "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<meta name=\"generator\" content=\"ziping\">\n"
               "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    add_html(out, options->title);
    zp_buf_lit(out, "</title>\n<style>");
    zp_buf_add(out, zp_asset_index_css);
    zp_buf_lit(out, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#list\">跳到列表</a>\n"
                    "<header>\n<h1>");
    add_html(out, options->title);
    zp_buf_lit(out, "</h1>\n<p class=\"about\">");
    add_html(out, options->about);
    zp_buf_lit(out, "</p>\n</header>\n");
}

static const char filter[] =
    "<main>\n<form id=\"filter\" role=\"search\" aria-label=\"查找报告\">\n"
    "<div class=\"wide\"><label for=\"words\">单位、编码或标题</label>"
    "<input id=\"words\" type=\"search\" autocomplete=\"off\"></div>\n"
    "<div><label for=\"year\">年度</label><select id=\"year\"><option value=\"\">全部</option>"
    "</select></div>\n"
    "<div><label for=\"grade\">等级</label><select id=\"grade\"><option value=\"\">全部</option>"
    "</select></div>\n"
    "<fieldset><legend>得分</legend><div class=\"range\">"
    "<input id=\"score-low\" type=\"number\" step=\"any\" aria-label=\"得分最低\">—"
    "<input id=\"score-high\" type=\"number\" step=\"any\" aria-label=\"得分最高\"></div>"
    "</fieldset>\n"
    "<fieldset><legend>执行率（%）</legend><div class=\"range\">"
    "<input id=\"rate-low\" type=\"number\" step=\"any\" aria-label=\"执行率最低\">—"
    "<input id=\"rate-high\" type=\"number\" step=\"any\" aria-label=\"执行率最高\"></div>"
    "</fieldset>\n"
    "<div class=\"actions\"><button type=\"reset\">清空</button></div>\n</form>\n"
    "<div id=\"sum\" class=\"sum\" role=\"status\"></div>\n"
    "<noscript><p>浏览器没有启用脚本，列表显示不出来；同样的内容在旁边的汇总表（XLSX、HTML）里。"
    "</p></noscript>\n";

/* The heads; a number is the column of a row that it sorts by (index.js). */
static void add_table(const zp_index_options *options, zp_buf *out)
{
    static const struct {
        int column;
        bool number;
        const char *head;
    } heads[] = {{0, false, "年度"},        {1, false, "编码"},        {2, false, "单位"},
                 {7, true, "得分"},         {8, false, "等级"},        {6, true, "执行率"},
                 {4, true, "预算（万元）"}, {5, true, "支出（万元）"}, {9, true, "错误 / 警告"}};
    zp_buf_lit(out, "<div class=\"scroll\" id=\"list\" tabindex=\"0\" role=\"region\" "
                    "aria-label=\"报告列表\">\n<table>\n<thead><tr>");
    for (size_t i = 0; i < sizeof heads / sizeof *heads - options->public; i++)
        zp_buf_format(out,
                      "<th scope=\"col\"%s%s><button type=\"button\" data-column=\"%d\">%s"
                      "</button></th>",
                      heads[i].number ? " class=\"n\"" : "",
                      i == 0 ? " aria-sort=\"descending\"" : "", heads[i].column, heads[i].head);
    zp_buf_lit(out, "<th scope=\"col\" class=\"plain files\">文件</th></tr></thead>\n"
                    "<tbody id=\"rows\"></tbody>\n</table>\n"
                    "<p id=\"none\" class=\"none\" hidden>没有这样的报告</p>\n"
                    "<div id=\"more\" class=\"more\" hidden><button type=\"button\" id=\"rest\">"
                    "再显示一些</button></div>\n</div>\n</main>\n"
                    "<footer>"
                    "执行率是支出合计与预算合计之比；单位有整体支出报告的，合计不再计入它的项目报告"
                    "的金额。</footer>\n");
}

void zp_index_write(zp_arena *arena, const zp_rows *reports, const zp_index_options *options,
                    zp_buf *out)
{
    add_head(arena, options, out);
    zp_buf_add(out, zp_str_from(filter));
    add_table(options, out);
    zp_buf_lit(out, "<script type=\"application/json\" id=\"data\">[");
    for (size_t i = 0; i < reports->rows; i++) {
        zp_buf_add(out, i > 0 ? ZP_STR(",\n") : ZP_STR("\n"));
        add_report(arena, out, reports->cells + i * reports->columns, options->public);
    }
    zp_buf_lit(out, "]</script>\n<script>");
    zp_buf_add(out, zp_asset_index_js);
    zp_buf_lit(out, "</script>\n</body>\n</html>\n");
}

/* diff.c: an archive and two years in, what changed out: as text, JSON, HTML or PDF. */
#include "app/diff.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "app/tabular.h"
#include "app/telling.h"
#include "archive/compare.h"
#include "base/files.h"
#include "base/json.h"
#include "base/utf8.h"

typedef struct {
    zp_arena *arena;
    const zp_options *chosen;
    zp_str from, to, unit;
    zp_comparison comparison;
} diffing;

/* --- As text ---------------------------------------------------------------------------------- */

/* Columns of a terminal: a Han takes two. */
static size_t width_of(zp_str text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.n;)
        width += zp_code_is_chinese(zp_utf8_next(text, &at)) ? 2 : 1;
    return width;
}

static void add_padded(zp_buf *out, zp_str text, size_t width, bool right)
{
    size_t own = width_of(text), gap = own < width ? width - own : 0;
    if (!right)
        zp_buf_add(out, text);
    for (size_t i = 0; i < gap; i++)
        zp_buf_byte(out, ' ');
    if (right)
        zp_buf_add(out, text);
}

static void add_table_text(zp_arena *arena, const zp_compared *table, zp_buf *out)
{
    const zp_rows *rows = &table->rows;
    size_t *widths = zp_new_array(arena, size_t, rows->columns);
    for (size_t c = 0; c < rows->columns; c++) {
        widths[c] = width_of(table->heads[c]);
        for (size_t i = 0; i < rows->rows; i++) {
            size_t width = width_of(zp_rows_at(rows, i, c));
            widths[c] = width > widths[c] ? width : widths[c];
        }
    }
    zp_buf_format(out, "%.*s\n", ZP_ARG(table->caption));
    for (size_t i = 0; i <= rows->rows; i++) {
        zp_buf line = {.arena = arena};
        for (size_t c = 0; c < rows->columns; c++) {
            zp_str cell = i == 0 ? table->heads[c] : zp_rows_at(rows, i - 1, c);
            zp_buf_lit(&line, "  ");
            add_padded(&line, cell, widths[c], table->aligned[c] == 'r');
        }
        while (line.n > 0 && line.p[line.n - 1] == ' ')
            line.n--;
        zp_buf_add(out, zp_buf_str(&line));
        zp_buf_byte(out, '\n');
    }
}

static void write_text(const diffing *d, zp_buf *out)
{
    zp_str unit = d->comparison.unit;
    zp_buf_format(out, "%.*s%s%.*s年与%.*s年%s\n", ZP_ARG(unit), unit.n > 0 ? "：" : "",
                  ZP_ARG(d->from), ZP_ARG(d->to), unit.n > 0 ? "" : "（金额单位：万元）");
    for (size_t i = 0; i < d->comparison.count; i++) {
        zp_buf_byte(out, '\n');
        if (d->comparison.tables[i].rows.rows > 0)
            add_table_text(d->arena, &d->comparison.tables[i], out);
        else
            zp_buf_format(out, "%.*s：没有\n", ZP_ARG(d->comparison.tables[i].caption));
    }
}

/* --- As JSON ---------------------------------------------------------------------------------- */

static void add_member(zp_buf *out, const char *key, zp_str text)
{
    zp_json_key(out, key);
    zp_json_string(out, text);
}

static void write_json(const diffing *d, zp_buf *out)
{
    zp_buf_byte(out, '{');
    add_member(out, "from", d->from);
    add_member(out, "to", d->to);
    if (d->comparison.unit.n > 0)
        add_member(out, "unit", d->comparison.unit);
    for (size_t t = 0; t < d->comparison.count; t++) {
        const zp_compared *table = &d->comparison.tables[t];
        zp_json_key(out, zp_str_cstr(d->arena, table->key));
        for (size_t i = 0; i < table->rows.rows; i++) {
            zp_buf_add(out, i > 0 ? ZP_STR(",\n{") : ZP_STR("[\n{"));
            for (size_t c = 0; c < table->rows.columns; c++)
                if (zp_rows_at(&table->rows, i, c).n > 0)
                    add_member(out, zp_str_cstr(d->arena, table->keys[c]),
                               zp_rows_at(&table->rows, i, c));
            zp_buf_byte(out, '}');
        }
        zp_buf_add(out, table->rows.rows > 0 ? ZP_STR("]") : ZP_STR("[]"));
    }
    zp_buf_lit(out, "}\n");
}

/* --- As a report ------------------------------------------------------------------------------ */

static zp_status write_report(const diffing *d, const zp_format *format, zp_buf *out)
{
    zp_tabular tables[ZP_COMPARED_MOST] = {0};
    zp_diag *diag = zp_diag_new(d->arena);
    zp_engine engine = {0};
    zp_output output = {0};
    zp_str title = zp_str_format(d->arena, "%.*s%.*s年与%.*s年对照", ZP_ARG(d->comparison.unit),
                                 ZP_ARG(d->from), ZP_ARG(d->to));
    for (size_t i = 0; i < d->comparison.count; i++) {
        const zp_compared *table = &d->comparison.tables[i];
        tables[i] =
            (zp_tabular){.caption = table->caption,
                         .attributes = table->rows.columns > 6 ? ZP_STR("page=landscape size=五号")
                                                               : ZP_STR("size=五号"),
                         .unit = d->unit.n == 0 ? ZP_STR("万元") : ZP_STR(""),
                         .heads = table->heads,
                         .aligned = table->aligned,
                         .rows = &table->rows};
    }
    zp_status status = zp_engine_open(d->arena, NULL, format->needs_fonts, diag, &engine);
    if (status == ZP_DONE)
        status = zp_tabular_write(d->arena, &engine, ZP_STR("对照"), title, tables,
                                  d->comparison.count, &format, 1, &output, diag);
    if (status == ZP_DONE)
        *out = output.files[0];
    else
        zp_telling_tell(&(zp_telling){.to = stderr}, d->arena, diag);
    zp_engine_close(&engine);
    return status;
}

/* --- The command ------------------------------------------------------------------------------ */

static zp_status deliver(const diffing *d, const zp_buf *out)
{
    zp_str why, bytes = zp_buf_str(out);
    const char *path = d->chosen->output;
    bool to_file = path && strcmp(path, "-") != 0;
    bool good = to_file ? zp_file_replace(d->arena, path, bytes, &why)
                        : zp_file_write_to(d->arena, STDOUT_FILENO, bytes, &why);
    if (good)
        return ZP_DONE;
    zp_complain("写不了", to_file ? path : "标准输出", zp_str_cstr(d->arena, why));
    return ZP_ENVIRONMENT;
}

static bool has_year(const zp_rows *years, zp_str year)
{
    bool found = false;
    for (size_t i = 0; i < years->rows; i++)
        found = found || zp_str_eq(years->cells[i], year);
    return found;
}

static bool compare_unit(diffing *d, zp_catalog *catalog)
{
    size_t found = zp_compare_unit(catalog, d->arena, d->from, d->to, d->unit, &d->comparison);
    if (found != 1)
        zp_complain(found == 0 ? "这两年都没有这个单位" : "不止一个单位叫这个名称",
                    zp_str_cstr(d->arena, d->unit),
                    found == 0 ? "写编码或全称；有哪些单位：ziping diff 档案 2023 2024"
                               : "写编码；各单位的编码：ziping diff 档案 2023 2024");
    return found == 1;
}

static bool compare(diffing *d, zp_catalog *catalog)
{
    zp_rows years = zp_catalog_years(catalog);
    zp_str asked[] = {d->from, d->to};
    for (size_t i = 0; i < 2; i++)
        if (!has_year(&years, asked[i])) {
            zp_complain("档案里没有这一年", zp_str_cstr(d->arena, asked[i]),
                        "写法：ziping diff 档案 2023 2024");
            return false;
        }
    if (d->unit.n == 0)
        zp_compare_all(catalog, d->arena, d->from, d->to, &d->comparison);
    else
        return compare_unit(d, catalog);
    return true;
}

static zp_status write_out(diffing *d)
{
    zp_buf out = {.arena = d->arena};
    zp_str to = zp_str_from(d->chosen->to);
    zp_status status = ZP_DONE;
    if (to.n == 0 || zp_str_eq(to, ZP_STR("text")))
        write_text(d, &out);
    else if (zp_str_eq(to, ZP_STR("json")))
        write_json(d, &out);
    else
        status = write_report(d, zp_format_find(to, false), &out);
    return status == ZP_DONE ? deliver(d, &out) : status;
}

static bool is_form(const char *to)
{
    static const char *const forms[] = {"text", "json", "html", "pdf"};
    for (size_t i = 0; to && i < sizeof forms / sizeof *forms; i++)
        if (strcmp(to, forms[i]) == 0)
            return true;
    return !to;
}

static zp_status run_diff(const zp_options *chosen)
{
    if (chosen->input_count < 3 || !is_form(chosen->to)) {
        zp_complain(chosen->input_count < 3 ? "没有说比哪两年" : "没有这种样式",
                    chosen->input_count < 3 ? chosen->input : chosen->to,
                    chosen->input_count < 3 ? "写法：ziping diff 档案 2023 2024"
                                            : "--to 写 text、json、html 或 pdf");
        return ZP_USAGE;
    }
    zp_arena *arena = zp_arena_new();
    zp_str why;
    diffing d = {.arena = arena,
                 .chosen = chosen,
                 .from = zp_utf8_clean(arena, zp_str_from(chosen->inputs[1])),
                 .to = zp_utf8_clean(arena, zp_str_from(chosen->inputs[2]))};
    if (chosen->input_count > 3)
        d.unit = zp_utf8_clean(arena, zp_str_from(chosen->inputs[3]));
    zp_catalog *catalog = zp_catalog_open(arena, zp_str_from(chosen->input), &why);
    zp_status status = ZP_ENVIRONMENT;
    if (!catalog)
        zp_complain("比不了", chosen->input, zp_str_cstr(arena, why));
    else
        status = compare(&d, catalog) ? write_out(&d) : ZP_REPORT;
    zp_catalog_close(catalog);
    zp_arena_free(arena);
    return status;
}

static const zp_option diff_options[] = {
    ZP_TEXT_OPTION("--to", NULL, "样式", "text（默认）、json、html 或 pdf", to),
    ZP_TEXT_OPTION("--output", "-o", "OUT", "写到这个文件；默认写到标准输出", output),
    {0},
};

const zp_command zp_diff_command = {
    .name = "diff",
    .usage = "ziping diff [选项] ARCHIVE 年度 年度 [单位]",
    .about = "把档案里的两年放在一起比。不写单位时每个单位一行：预算、支出、执行率、得分、等级；\n"
             "写了单位（编码、名称）的，比算出的数、各项指标，列出上年的问题和本年的措施。\n"
             "单位改了名称的，按编码认；率的变化是百分点。",
    .options = diff_options,
    .inputs = 4,
    .missing = "没有说哪个档案；写法：ziping diff 档案 2023 2024",
    .status = "0 比完了；1 没有这一年或这个单位；2 用法不对；3 不是档案，或者写不了。",
    .run = run_diff,
};

/* import.c: a document in, a folder out.
 *
 * The text is the one that `check` and `build` read, so what is found in one is found in the other.
 */
#include "app/import.h"

#include <ctype.h>
#include <stdio.h>
#include "app/input.h"
#include "app/start.h"
#include "app/telling.h"
#include "base/files.h"
#include "base/json.h"
#include "base/utf8.h"
#include "doc/manuscript.h"

enum {
    UNIT_MAX = 60 * 3, /* bytes of a department's name */
    YEAR_DIGITS = 4,
};

typedef struct {
    zp_arena *arena;
    zp_str folder;
    const zp_source *source;
    zp_span heading;          /* the line of the title in the text; empty: there is none */
    zp_str title, unit, year; /* empty: not found */
} importing;

/* --- Guessing --------------------------------------------------------------------------------- */

/* Escaped Markdown as what it reads. */
static zp_str unescape(zp_arena *arena, zp_str text)
{
    zp_buf out = {.arena = arena};
    for (size_t i = 0; i < text.n; i++) {
        bool mark = text.p[i] == '\\' && i + 1 < text.n && ispunct((unsigned char)text.p[i + 1]);
        i += mark;
        zp_buf_byte(&out, text.p[i]);
    }
    return zp_buf_str(&out);
}

/* The line that begins with one #. A title with a note stays where it is. */
static void find_title(importing *m)
{
    for (size_t i = 1; i <= m->source->line_count; i++) {
        zp_str line = zp_source_line(m->source, i);
        size_t start = m->source->lines[i - 1];
        if (!zp_str_starts(line, ZP_STR("# ")))
            continue;
        zp_str words = zp_str_slice(line, 2, line.n);
        m->title = unescape(m->arena, zp_str_trim(words));
        if (zp_str_find(words, ZP_STR("[^"), 0) == words.n)
            m->heading = zp_span_of(m->source, start, start + line.n);
        return;
    }
}

/* The first four digits with 年 behind them. */
static zp_str find_year(zp_str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (digits == YEAR_DIGITS && zp_str_starts(zp_str_slice(text, i, text.n), ZP_STR("年")))
            return zp_str_slice(text, i - YEAR_DIGITS, i);
        digits = isdigit((unsigned char)text.p[i]) ? digits + 1 : 0;
    }
    return ZP_STR("");
}

/* What stands in the title between the year and what the report is about. */
static zp_str find_unit(zp_str title)
{
    static const char *const subjects[] = {"整体支出", "部门整体", "部门预算", "部门决算",
                                           "项目支出", "专项资金", "绩效",     "预算",
                                           "决算",     "财政"};
    static const char *const before[] = {"年度", "年", "关于"};
    size_t start = 0, end = title.n;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        zp_str word = zp_str_from(before[i]);
        size_t at = zp_str_find(title, word, 0);
        if (at < title.n && start == 0)
            start = at + word.n;
    }
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        size_t at = zp_str_find(title, zp_str_from(subjects[i]), start);
        end = at < end ? at : end;
    }
    zp_str unit = zp_str_trim(zp_str_slice(title, start, end));
    return end < title.n && unit.n <= UNIT_MAX ? unit : ZP_STR("");
}

static void guess(importing *m)
{
    find_title(m);
    m->unit = find_unit(m->title);
    m->year = find_year(m->title);
    if (m->year.n == 0)
        m->year = find_year(m->source->text);
}

/* --- Writing ---------------------------------------------------------------------------------- */

static void add_guess(zp_buf *out, const char *key, zp_str value)
{
    if (value.n == 0)
        zp_buf_format(out, "# %s: 没有找到，请填写\n", key);
    else {
        zp_buf_format(out, "%s: ", key);
        zp_json_string(out, value);
        zp_buf_lit(out, " # 猜的\n");
    }
}

static zp_str make_report(const importing *m, const zp_options *chosen)
{
    zp_buf out = {.arena = m->arena};
    zp_str text = m->source->text;
    zp_buf_lit(&out, "---\n# 带“猜的”的几项是从原文里猜的，请核对，对的把“# 猜的”删去\n");
    if (chosen->template) {
        zp_buf_lit(&out, "模板: ");
        zp_json_string(&out, zp_str_from(chosen->template));
        zp_buf_byte(&out, '\n');
    }
    if (m->heading.source || m->title.n == 0)
        add_guess(&out, "标题", m->title);
    add_guess(&out, "单位", m->unit);
    add_guess(&out, "年度", m->year);
    zp_buf_lit(&out, "---\n\n");
    if (m->heading.source) {
        zp_str before = zp_str_trim(zp_str_slice(text, 0, m->heading.start));
        zp_buf_add(&out, before);
        zp_buf_add(&out, before.n > 0 ? ZP_STR("\n\n") : ZP_STR(""));
        text = zp_str_slice(text, m->heading.end, text.n);
    }
    zp_buf_add(&out, zp_str_trim(text));
    zp_buf_byte(&out, '\n');
    return zp_buf_str(&out);
}

static zp_status write_file(const importing *m, zp_str name, zp_str bytes)
{
    zp_str why, path = zp_path_join(m->arena, m->folder, name);
    if (!zp_file_replace(m->arena, zp_str_cstr(m->arena, path), bytes, &why)) {
        zp_complain("写不了", zp_str_cstr(m->arena, path), zp_str_cstr(m->arena, why));
        return ZP_ENVIRONMENT;
    }
    printf("  %.*s\n", ZP_ARG(path));
    return ZP_DONE;
}

static zp_status write_all(const importing *m, zp_str report)
{
    zp_str why, pictures = zp_path_join(m->arena, m->folder, ZP_STR(ZP_MANUSCRIPT_PICTURES));
    zp_status result = zp_folder_new(m->arena, m->folder);
    if (result != ZP_DONE)
        return result;
    puts("已写好：");
    if (m->source->enclosed_count > 0 &&
        !zp_folder_make(m->arena, zp_str_cstr(m->arena, pictures), &why)) {
        zp_complain("建不了文件夹", zp_str_cstr(m->arena, pictures), zp_str_cstr(m->arena, why));
        return ZP_ENVIRONMENT;
    }
    result = write_file(m, ZP_STR("report.md"), report);
    for (size_t i = 0; result == ZP_DONE && i < m->source->enclosed_count; i++)
        result = write_file(m, m->source->enclosed[i].name, m->source->enclosed[i].bytes);
    return result;
}

static zp_status import_file(importing *m, const zp_options *chosen, zp_diag *diag)
{
    zp_str why;
    m->source = zp_input_read(m->arena, zp_str_from(chosen->input), NULL, diag, &why);
    if (why.n > 0) {
        zp_complain("读不了", chosen->input, zp_str_cstr(m->arena, why));
        return ZP_ENVIRONMENT;
    }
    if (!m->source)
        return ZP_REPORT;
    guess(m);
    return write_all(m, make_report(m, chosen));
}

static void say_what_is_left(const importing *m, const zp_diag *diag, zp_telling *telling)
{
    size_t count;
    zp_diag_messages(diag, &count);
    fflush(stdout);
    if (count > 0 && telling->form == ZP_FORM_TEXT)
        puts("没有照搬，或要看一眼的：");
    fflush(stdout);
    zp_telling_tell(telling, m->arena, diag);
    if (m->source)
        printf("请核对 %.*s/report.md 开头猜的几项；排印：ziping build %.*s\n", ZP_ARG(m->folder),
               ZP_ARG(m->folder));
}

static zp_status run(const zp_options *chosen)
{
    zp_telling telling;
    if (!zp_telling_choose(&telling, chosen->diagnostics, stdout))
        return ZP_USAGE;
    if (!chosen->output) {
        zp_complain("没有说写到哪个文件夹", chosen->input, "用 -o 文件夹 说明");
        return ZP_USAGE;
    }
    if (zp_path_kind_of(chosen->input) == ZP_PATH_NONE) {
        zp_complain("没有这个文件", chosen->input, "请检查文件名和所在的文件夹");
        return ZP_ENVIRONMENT;
    }
    if (zp_input_kind_of(zp_str_from(chosen->input)) != ZP_INPUT_WORD) {
        zp_complain("这不是 Word 文档", chosen->input,
                    "INPUT 要以 .docx 结尾；旧格式请另存为 .docx");
        return ZP_USAGE;
    }
    importing m = {.arena = zp_arena_new(), .folder = zp_str_from(chosen->output)};
    while (m.folder.n > 1 && m.folder.p[m.folder.n - 1] == '/')
        m.folder.n--;
    zp_diag *diag = zp_diag_new(m.arena);
    zp_status result = import_file(&m, chosen, diag);
    if (result == ZP_DONE || result == ZP_REPORT)
        say_what_is_left(&m, diag, &telling);
    zp_telling_end(&telling, m.arena);
    zp_arena_free(m.arena);
    return result;
}

/* --- The command ------------------------------------------------------------------------------ */

static const zp_option options[] = {
    ZP_TEXT_OPTION("--out", "-o", "文件夹", "写到哪里；已有的文件夹必须是空的", output),
    ZP_TEXT_OPTION("--template", NULL, "名称", "写进基本信息的模板，见 ziping templates", template),
    ZP_TEXT_OPTION("--diagnostics", NULL, "样式",
                   "text（默认，给人看）或 json（每行一条，给程序看）", diagnostics),
    {0},
};

const zp_command zp_import_command = {
    .name = "import",
    .usage = "ziping import [选项] 报告.docx -o 文件夹",
    .about =
        "把 Word 报告变成报告文件夹：report.md（标题、单位、年度是猜的，请核对）和图片。\n"
        "文字、表格、脚注、自动编号照原样；没有照搬的（批注、文本框的位置、链接地址等）列出来。",
    .options = options,
    .inputs = 1,
    .missing = "没有说读哪个文件；写法：ziping import 报告.docx -o 文件夹",
    .run = run,
};

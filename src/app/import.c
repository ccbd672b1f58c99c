/* import.c: a document in, a folder out.
 *
 * The text is the one that `check` and `build` read, so what is found in one is found in the other.
 */
#include "app/import.h"

#include <stdio.h>
#include "app/guess.h"
#include "app/input.h"
#include "app/letter.h"
#include "app/start.h"
#include "app/telling.h"
#include "base/files.h"
#include "base/json.h"
#include "base/utf8.h"
#include "doc/manuscript.h"

typedef struct {
    zp_arena *arena;
    zp_str folder;
    const zp_source *source;
    zp_guess guess;
} importing;

/* --- Writing ---------------------------------------------------------------------------------- */

/* `deep`: below a key of its own. */
static void add_key(zp_buf *out, bool deep, const char *key, zp_str value)
{
    if (value.n == 0)
        return;
    zp_buf_format(out, "%s%s: ", deep ? "  " : "", key);
    zp_json_string(out, value);
    zp_buf_lit(out, " # 猜的\n");
}

static void add_guess(zp_buf *out, const char *key, zp_str value)
{
    if (value.n == 0)
        zp_buf_format(out, "# %s: 没有找到，请填写\n", key);
    add_key(out, false, key, value);
}

static void add_letter(zp_buf *out, const zp_letter *letter)
{
    const struct {
        const char *key;
        zp_str value;
    } head[] = {{"发文机关标志", letter->mark}, {"发文字号", letter->number},
                {"签发人", letter->issuer},     {"密级", letter->secrecy},
                {"紧急程度", letter->urgency},  {"份号", letter->copy}},
      foot[] = {
          {"抄送", letter->copies}, {"印发机关", letter->printer}, {"印发日期", letter->date}};
    if (letter->number.n > 0)
        zp_buf_lit(out, "版头:\n");
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        add_key(out, true, head[i].key, head[i].value);
    if (letter->has_imprint)
        zp_buf_lit(out, "版记:\n");
    for (size_t i = 0; i < sizeof foot / sizeof *foot; i++)
        add_key(out, true, foot[i].key, foot[i].value);
}

/* The text but for what the front matter says. */
static void add_text(zp_buf *out, const importing *m, const zp_letter *letter)
{
    zp_str text = m->source->text;
    size_t from = m->guess.heading.source ? m->guess.heading.end : 0;
    zp_buf_add(out, letter->other);
    zp_buf_add(out, letter->other.n > 0 ? ZP_STR("\n\n") : ZP_STR(""));
    if (letter->has_imprint) {
        zp_buf_add(out, zp_str_trim(zp_str_slice(text, from, letter->imprint.start)));
        zp_buf_lit(out, "\n\n");
        from = letter->imprint.end;
    }
    zp_buf_add(out, zp_str_trim(zp_str_slice(text, from, text.n)));
    zp_buf_byte(out, '\n');
}

static zp_str make_report(const importing *m, const zp_options *chosen)
{
    const zp_span heading = m->guess.heading;
    zp_buf out = {.arena = m->arena};
    zp_letter letter = zp_letter_find(m->arena, m->source,
                                      zp_span_of(m->source, 0, heading.source ? heading.start : 0));
    zp_buf_lit(&out, "---\n# 带“猜的”的几项是从原文里猜的，请核对，对的把“# 猜的”删去\n");
    if (chosen->template) {
        zp_buf_lit(&out, "模板: ");
        zp_json_string(&out, zp_str_from(chosen->template));
        zp_buf_byte(&out, '\n');
    }
    if (heading.source || m->guess.title.n == 0)
        add_guess(&out, "标题", m->guess.title);
    add_guess(&out, "单位", m->guess.unit);
    add_guess(&out, "年度", m->guess.year);
    add_letter(&out, &letter);
    zp_buf_lit(&out, "---\n\n");
    add_text(&out, m, &letter);
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
    m->guess = zp_guess_make(m->arena, m->source);
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

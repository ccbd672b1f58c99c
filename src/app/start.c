/* start.c: a template's report.md and sample data become a user's folder.
 *
 * The text is copied byte for byte but for the values of 单位, 年度 and 模板 in its front matter,
 * which are replaced where they stand. Lines of it that say 示例, and comments that begin with
 * 填写, are still to fill.
 */
#include "app/start.h"

#include <stdio.h>
#include <unistd.h>
#include "app/engine.h"
#include "base/files.h"
#include "base/json.h"
#include "data/schema.h"
#include "doc/front.h"

enum { COPY_MAX = 64 << 20, DEPTH_MAX = 8 };

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_template *template;
    zp_str folder; /* to be made */
    bool shelved;  /* the template is found by its name */
    size_t copied;
} starter;

static zp_status complain(starter *s, const char *what, zp_str which, zp_str why)
{
    zp_complain(what, zp_str_cstr(s->arena, which), zp_str_cstr(s->arena, why));
    return ZP_ENVIRONMENT;
}

static void show(starter *s)
{
    zp_buf text = {.arena = s->arena};
    zp_diag_write_text(s->diag, false, &text);
    if (text.n > 0)
        fwrite(text.p, 1, text.n, stderr);
}

/* --- The text -------------------------------------------------------------------------------- */

/* A place of the text and what it is to say. */
typedef struct {
    size_t start, end;
    zp_str text;
} edit;

enum { EDITS_MAX = 3 };

static zp_str quoted(zp_arena *arena, zp_str text)
{
    zp_buf out = {.arena = arena};
    zp_json_string(&out, text);
    return zp_buf_str(&out);
}

/* The value of `key` in the front matter, whatever name it goes by: a text, or the `name` in it. */
static const zp_value *find_value(starter *s, const zp_front *front, zp_str key)
{
    const zp_value *schema = s->template->content.schema;
    for (const zp_value *entry = front->map->first; entry; entry = entry->next) {
        const zp_value *rule = zp_schema_find(schema, entry->key);
        if (!rule || !zp_str_eq(rule->key, key))
            continue;
        if (entry->kind != ZP_VALUE_MAP)
            return entry;
        const zp_value *fields = zp_value_find(rule, ZP_STR("fields"));
        for (const zp_value *part = entry->first; part; part = part->next) {
            const zp_value *known = zp_schema_find(fields, part->key);
            if (known && zp_str_eq(known->key, ZP_STR("name")))
                return part;
        }
    }
    return NULL;
}

/* Where a value ends, the comment behind it that calls it 示例 included. */
static size_t end_of_value(zp_str text, zp_span value)
{
    size_t end = zp_str_find(text, ZP_STR("\n"), value.end);
    zp_str rest = zp_str_trim(zp_str_slice(text, value.end, end));
    return zp_str_eq(rest, ZP_STR("# 示例")) ? end : value.end;
}

/* Replaces a value; one that is not there becomes a line at the front matter's beginning. */
static void plan_edit(starter *s, const zp_front *front, zp_str key, zp_str name, const char *given,
                      edit *edits, size_t *count)
{
    if (!given)
        return;
    const zp_value *value = find_value(s, front, key);
    zp_str text = quoted(s->arena, zp_str_from(given));
    bool apart = value && value->span.start > 0 &&
                 front->source->text.p[value->span.start - 1] == ':'; /* 单位: without a value */
    zp_str spaced = zp_str_format(s->arena, "%s%.*s", apart ? " " : "", ZP_ARG(text));
    size_t top = front->fence.end + 1;
    edits[(*count)++] =
        value
            ? (edit){value->span.start, end_of_value(front->source->text, value->span), spaced}
            : (edit){top, top, zp_str_format(s->arena, "%.*s: %.*s\n", ZP_ARG(name), ZP_ARG(text))};
}

static zp_str apply(starter *s, zp_str text, edit *edits, size_t count)
{
    for (size_t i = 1; i < count; i++) /* by place */
        for (size_t k = i; k > 0 && edits[k].start < edits[k - 1].start; k--) {
            edit later = edits[k - 1];
            edits[k - 1] = edits[k];
            edits[k] = later;
        }
    zp_buf out = {.arena = s->arena};
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        zp_buf_add(&out, zp_str_slice(text, at, edits[i].start));
        zp_buf_add(&out, edits[i].text);
        at = edits[i].end;
    }
    zp_buf_add(&out, zp_str_slice(text, at, text.n));
    return zp_buf_str(&out);
}

/* The template's report.md for this user; NULL after an error. */
static const zp_source *make_text(starter *s, const zp_options *chosen)
{
    zp_str bytes, why = {0}, path = {0};
    for (size_t i = 0; i < s->template->folder_count && path.n == 0; i++) {
        zp_str own = zp_path_join(s->arena, s->template->folders[i], ZP_STR("report.md"));
        if (zp_path_kind_of(zp_str_cstr(s->arena, own)) == ZP_PATH_FILE)
            path = own;
    }
    if (path.n == 0 ||
        !zp_file_read(s->arena, zp_str_cstr(s->arena, path), COPY_MAX, &bytes, &why)) {
        complain(s, "模板里没有可用的 report.md", s->template->folder,
                 why.n > 0 ? why : ZP_STR("换一个模板"));
        return NULL;
    }
    const zp_source *source = zp_source_read(s->arena, path, bytes, NULL, s->diag);
    zp_front front = source ? zp_front_read(s->arena, source, s->diag) : (zp_front){0};
    if (!front.map || front.map->count == 0) {
        show(s);
        complain(s, "模板的 report.md 没有基本信息", path, ZP_STR("换一个模板"));
        return NULL;
    }
    edit edits[EDITS_MAX];
    size_t count = 0;
    const char *name = zp_str_cstr(s->arena, s->template->name);
    plan_edit(s, &front, ZP_STR("department"), ZP_STR("单位"), chosen->unit, edits, &count);
    plan_edit(s, &front, ZP_STR("year"), ZP_STR("年度"), chosen->year, edits, &count);
    if (s->shelved && !zp_str_eq(s->template->name, ZP_STR("base")))
        plan_edit(s, &front, ZP_STR("template"), ZP_STR("模板"), name, edits, &count);
    zp_str to = zp_path_join(s->arena, s->folder, ZP_STR("report.md"));
    return zp_source_new(s->arena, to, apply(s, source->text, edits, count));
}

/* --- Files ----------------------------------------------------------------------------------- */

static zp_status write_file(starter *s, zp_str path, zp_str bytes)
{
    zp_str why;
    if (!zp_file_replace(s->arena, zp_str_cstr(s->arena, path), bytes, &why))
        return complain(s, "写不了", path, why);
    printf("  %.*s\n", ZP_ARG(path));
    return ZP_DONE;
}

/* Copies what `from` holds and `to` does not hold yet; templates nest no deeper than DEPTH_MAX. */
static zp_status copy_folder(starter *s, zp_str from, zp_str to, int depth)
{
    const zp_str *names;
    size_t count;
    zp_str why, bytes;
    if (zp_path_kind_of(zp_str_cstr(s->arena, from)) != ZP_PATH_FOLDER || depth == DEPTH_MAX)
        return ZP_DONE;
    if (!zp_folder_list(s->arena, zp_str_cstr(s->arena, from), &names, &count, &why))
        return complain(s, "读不了", from, why);
    if (!zp_folder_make(s->arena, zp_str_cstr(s->arena, to), &why))
        return complain(s, "建不了文件夹", to, why);
    zp_status result = ZP_DONE;
    for (size_t i = 0; i < count && result == ZP_DONE; i++) {
        zp_str source = zp_path_join(s->arena, from, names[i]);
        zp_str target = zp_path_join(s->arena, to, names[i]);
        zp_path_kind kind = zp_path_kind_of(zp_str_cstr(s->arena, source));
        if (kind == ZP_PATH_FOLDER) {
            result = copy_folder(s, source, target, depth + 1);
        } else if (kind == ZP_PATH_FILE &&
                   zp_path_kind_of(zp_str_cstr(s->arena, target)) == ZP_PATH_NONE) {
            if (!zp_file_read(s->arena, zp_str_cstr(s->arena, source), COPY_MAX, &bytes, &why))
                return complain(s, "读不了", source, why);
            result = write_file(s, target, bytes);
            s->copied++;
        }
    }
    return result;
}

zp_status zp_folder_new(zp_arena *arena, zp_str folder)
{
    const zp_str *names;
    size_t count = 0;
    zp_str why;
    const char *path = zp_str_cstr(arena, folder);
    zp_path_kind kind = zp_path_kind_of(path);
    if (kind == ZP_PATH_FOLDER && !zp_folder_list(arena, path, &names, &count, &why)) {
        zp_complain("读不了文件夹", path, zp_str_cstr(arena, why));
        return ZP_ENVIRONMENT;
    }
    if (count > 0 || kind == ZP_PATH_FILE || kind == ZP_PATH_OTHER) {
        zp_complain("这里已经有东西", path, "请换一个新的文件夹名");
        return ZP_USAGE;
    }
    if (zp_folder_make(arena, path, &why))
        return ZP_DONE;
    zp_complain("建不了文件夹", path, zp_str_cstr(arena, why));
    return ZP_ENVIRONMENT;
}

/* --- What is still to fill ------------------------------------------------------------------- */

/* What a line that is still to fill is about: its key in the front matter, else the heading above
 * it. */
static void list_line(const zp_source *report, size_t number, zp_str line, zp_str heading)
{
    zp_str key = zp_str_trim(zp_str_slice(line, 0, zp_str_find(line, ZP_STR(":"), 0)));
    printf("  %.*s:%zu %.*s\n", ZP_ARG(report->name), number, ZP_ARG(heading.n ? heading : key));
}

/* Lines that say 示例 or 填写, once for each heading. */
static void list_lines(const zp_source *report)
{
    zp_str heading = ZP_STR("");
    bool listed = false;
    for (size_t i = 1; i <= report->line_count; i++) {
        zp_str line = zp_source_line(report, i);
        size_t marks = 0;
        while (marks < line.n && line.p[marks] == '#')
            marks++;
        if (marks > 0 && (heading.n > 0 || marks > 1)) { /* in the front matter # is a comment */
            heading = zp_str_trim(zp_str_slice(line, marks, line.n));
            listed = false;
        } else if (marks == 0 && !listed &&
                   (zp_str_starts(line, ZP_STR("<!--"))
                        ? zp_str_starts(line, ZP_STR("<!-- 填写"))
                        : zp_str_find(line, ZP_STR("示例"), 0) < line.n)) {
            list_line(report, i, line, heading);
            listed = heading.n > 0;
        }
    }
}

static void say_what_is_left(starter *s, const zp_source *report)
{
    puts("还要填的：");
    if (s->copied > 0)
        printf("  %.*s/data 里的 %zu 个数据文件：现在是示例数据，改好以前每页印有“示例”\n",
               ZP_ARG(s->folder), s->copied);
    list_lines(report);
    printf("排印：ziping build %.*s", ZP_ARG(s->folder));
    if (!s->shelved)
        printf(" --template %.*s", ZP_ARG(s->template->folder));
    puts("");
}

static zp_status run_new(const zp_options *chosen)
{
    starter s = {.arena = zp_arena_new()};
    s.diag = zp_diag_new(s.arena);
    s.folder = zp_str_from(chosen->input);
    zp_engine engine;
    zp_status result = zp_engine_open(s.arena, chosen->template ? chosen->template : "dept-overall",
                                      false, s.diag, &engine);
    s.template = engine.wanted;
    if (result == ZP_DONE) {
        zp_str named = zp_shelf_find(s.arena, &engine.shelf, s.template->name, ZP_STR(""), NULL);
        s.shelved = zp_str_eq(named, s.template->folder);
        result = zp_folder_new(s.arena, s.folder);
    }
    const zp_source *report = result == ZP_DONE ? make_text(&s, chosen) : NULL;
    if (result == ZP_DONE && !report)
        result = ZP_ENVIRONMENT;
    if (result == ZP_DONE) {
        puts("已写好：");
        result = write_file(&s, report->name, report->text);
    }
    for (size_t i = 0; result == ZP_DONE && i < s.template->folder_count; i++)
        result = copy_folder(&s, zp_path_join(s.arena, s.template->folders[i], ZP_STR("data")),
                             zp_path_join(s.arena, s.folder, ZP_STR("data")), 0);
    if (result == ZP_DONE)
        say_what_is_left(&s, report);
    else
        show(&s);
    zp_arena_free(s.arena);
    return result;
}

static zp_status run_templates(const zp_options *chosen)
{
    (void)chosen;
    zp_arena *arena = zp_arena_new();
    zp_diag *diag = zp_diag_new(arena);
    zp_shelf shelf = zp_engine_shelf(arena);
    size_t count;
    const zp_str *names = zp_shelf_names(arena, &shelf, &count);
    for (size_t i = 0; i < count; i++) {
        const zp_place *place = NULL;
        zp_str folder = zp_shelf_find(arena, &shelf, names[i], ZP_STR(""), &place);
        const zp_template *template = zp_template_load(arena, folder, &shelf, diag);
        printf("%-18.*s %s  %.*s\n%19s%.*s\n", ZP_ARG(names[i]), place ? place->origin : "",
               ZP_ARG(template ? template->subject : ZP_STR("（模板有错，见下）")), "",
               ZP_ARG(folder));
    }
    zp_buf text = {.arena = arena};
    zp_diag_write_text(diag, false, &text);
    if (text.n > 0)
        fwrite(text.p, 1, text.n, stderr);
    bool sound = zp_diag_count(diag, ZP_ERROR) == 0;
    zp_arena_free(arena);
    return sound ? ZP_DONE : ZP_ENVIRONMENT;
}

/* --- The commands ----------------------------------------------------------------------------- */

static const zp_option new_options[] = {
    ZP_TEXT_OPTION("--template", NULL, "名称", "用哪个模板，见 ziping templates；默认 dept-overall",
                   template),
    ZP_TEXT_OPTION("--unit", NULL, "名称", "单位的全称", unit),
    ZP_TEXT_OPTION("--year", NULL, "年度", "如 2024", year),
    {0},
};

const zp_command zp_new_command = {
    .name = "new",
    .usage = "ziping new [选项] 文件夹",
    .about = "新建一个文件夹，写好报告的样子和示例数据，马上就可以 ziping build。",
    .options = new_options,
    .inputs = 1,
    .missing = "没有说建哪个文件夹；写法：ziping new 文件夹",
    .run = run_new,
};

static const zp_option no_options[] = {{0}};

const zp_command zp_templates_command = {
    .name = "templates",
    .usage = "ziping templates",
    .about = "列出可以用的模板：名称、来自哪里、是什么。",
    .options = no_options,
    .inputs = 0,
    .run = run_templates,
};

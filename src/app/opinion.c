/* opinion.c: findings in, tables as HTML and XLSX out.
 *
 * A table is a list of rows of strings under heads; both forms are made of it, so they say the
 * same. All text passes zp_markup_add on its way into a page.
 */
#include "app/opinion.h"

#include "app/status.h"
#include "base/files.h"
#include "base/utf8.h"
#include "book/xlsxwrite.h"
#include "check/rule.h"
#include "write/drawing.h"

enum { NAME_MOST = 60 }; /* characters of a unit in a file's name */

/* A table under construction. */
typedef struct {
    zp_str name, title, note;
    const zp_out_column *columns;
    size_t column_count;
    zp_str *cells;
    size_t row_count, capacity; /* capacity: in rows */
} table;

/* One rule over all reports. */
typedef struct {
    zp_str id, severity;
    size_t found, reports;
    size_t last; /* the report it was counted for last */
} tally;

struct zp_opinions {
    zp_arena *arena;   /* of what lasts: counts and names */
    zp_arena *passing; /* of one table */
    const char *folder;
    bool compared, failed;
    int64_t date;
    table units;
    tally *rules;
    size_t rule_count, rule_capacity;
    zp_str *names; /* of files written */
    size_t name_count, name_capacity;
};

static const zp_out_column opinion_columns[] = {
    {ZP_STR("序号"), 5, ZP_COLUMN_CENTRE, NULL},    {ZP_STR("位置"), 20, ZP_COLUMN_TEXT, NULL},
    {ZP_STR("原文"), 30, ZP_COLUMN_TEXT, NULL},     {ZP_STR("问题"), 34, ZP_COLUMN_TEXT, NULL},
    {ZP_STR("依据"), 18, ZP_COLUMN_TEXT, NULL},     {ZP_STR("建议"), 24, ZP_COLUMN_TEXT, NULL},
    {ZP_STR("单位回复"), 16, ZP_COLUMN_TEXT, NULL}, {ZP_STR("整改"), 8, ZP_COLUMN_CENTRE, NULL},
};

static const zp_out_column unit_columns[] = {
    {ZP_STR("单位"), 30, ZP_COLUMN_TEXT, NULL},  {ZP_STR("报告"), 40, ZP_COLUMN_TEXT, NULL},
    {ZP_STR("错误"), 8, ZP_COLUMN_NUMBER, NULL}, {ZP_STR("警告"), 8, ZP_COLUMN_NUMBER, NULL},
    {ZP_STR("建议"), 8, ZP_COLUMN_NUMBER, NULL}, {ZP_STR("新增"), 8, ZP_COLUMN_NUMBER, NULL},
    {ZP_STR("未改"), 8, ZP_COLUMN_NUMBER, NULL}, {ZP_STR("已改"), 8, ZP_COLUMN_NUMBER, NULL},
};

static const zp_out_column rule_columns[] = {
    {ZP_STR("规则"), 24, ZP_COLUMN_TEXT, NULL},  {ZP_STR("查什么"), 44, ZP_COLUMN_TEXT, NULL},
    {ZP_STR("轻重"), 8, ZP_COLUMN_CENTRE, NULL}, {ZP_STR("处数"), 8, ZP_COLUMN_NUMBER, NULL},
    {ZP_STR("份数"), 8, ZP_COLUMN_NUMBER, NULL},
};

/* ---- tables ---- */

static zp_str *add_row(zp_arena *arena, table *t)
{
    if (t->row_count == t->capacity) {
        size_t old = t->capacity * t->column_count, more = t->capacity ? t->capacity * 2 : 16;
        t->cells = zp_arena_grow(arena, t->cells, old * sizeof(zp_str),
                                 zp_array_size(more * t->column_count, sizeof(zp_str)));
        t->capacity = more;
    }
    return &t->cells[t->row_count++ * t->column_count];
}

static zp_str number(zp_arena *arena, size_t n)
{
    return zp_str_format(arena, "%zu", n);
}

/* ---- HTML ---- */

static const char page_head[] =
    "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"generator\" content=\"ziping\">\n";

static const char page_style[] =
    "<style>\n"
    "@page{size:A4 landscape;margin:15mm}\n"
    "body{font-family:FangSong,仿宋,serif;line-height:1.5;margin:1.5rem;color:#000;background:#fff}"
    "\n"
    "h1{font-size:1.5rem;text-align:center;font-weight:normal;margin:.5rem 0}\n"
    "h2{font-size:1.1rem;font-weight:normal;margin:1.2rem 0 .3rem}\n"
    "p{margin:.3rem 0}\n"
    ".scroll{overflow-x:auto}\n"
    "table{border-collapse:collapse;width:100%;font-size:.9rem}\n"
    "th,td{border:1px solid #000;padding:.25rem .4rem;vertical-align:top;text-align:left;"
    "overflow-wrap:anywhere}\n"
    "th{font-weight:normal;font-family:SimHei,黑体,sans-serif;text-align:center;background:#eee}\n"
    ".c{text-align:center}.n{text-align:right;white-space:nowrap}\n"
    "thead{display:table-header-group}tr{break-inside:avoid}\n"
    ".sign{display:flex;justify-content:space-between;margin-top:2rem}.sign span{flex:1}\n"
    "@media print{body{margin:0;font-size:10.5pt}.scroll{overflow:visible}}\n"
    "</style>\n";

static void begin_page(zp_buf *out, zp_str title)
{
    zp_buf_add(out, zp_str_from(page_head));
    zp_buf_lit(out, "<title>");
    zp_markup_add(out, title);
    zp_buf_lit(out, "</title>\n");
    zp_buf_add(out, zp_str_from(page_style));
    zp_buf_lit(out, "</head>\n<body>\n<main>\n<h1>");
    zp_markup_add(out, title);
    zp_buf_lit(out, "</h1>\n");
}

static void add_line(zp_buf *out, const char *tag, zp_str text)
{
    if (text.n == 0)
        return;
    zp_buf_format(out, "<%s>", tag);
    zp_markup_add(out, text);
    zp_buf_format(out, "</%s>\n", tag);
}

static void add_heads(zp_buf *out, const table *t)
{
    double sum = 0;
    for (size_t c = 0; c < t->column_count; c++)
        sum += t->columns[c].width;
    zp_buf_lit(out, "<colgroup>");
    for (size_t c = 0; c < t->column_count; c++)
        zp_buf_format(out, "<col style=\"width:%d%%\">", (int)(t->columns[c].width * 100 / sum));
    zp_buf_lit(out, "</colgroup>\n<thead><tr>");
    for (size_t c = 0; c < t->column_count; c++)
        zp_buf_format(out, "<th scope=\"col\">%.*s</th>", ZP_ARG(t->columns[c].head));
    zp_buf_lit(out, "</tr></thead>\n<tbody>\n");
}

static void add_table(zp_buf *out, const table *t)
{
    static const char *const cells[] = {[ZP_COLUMN_TEXT] = "<td>",
                                        [ZP_COLUMN_CENTRE] = "<td class=\"c\">",
                                        [ZP_COLUMN_NUMBER] = "<td class=\"n\">"};
    zp_buf_lit(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    zp_markup_add(out, t->name);
    zp_buf_lit(out, "\"><table>\n");
    add_heads(out, t);
    for (size_t r = 0; r < t->row_count; r++) {
        zp_buf_lit(out, "<tr>");
        for (size_t c = 0; c < t->column_count; c++) {
            zp_buf_add(out, zp_str_from(cells[t->columns[c].kind]));
            zp_markup_add(out, t->cells[r * t->column_count + c]);
            zp_buf_lit(out, "</td>");
        }
        zp_buf_lit(out, "</tr>\n");
    }
    zp_buf_lit(out, "</tbody></table></div>\n");
}

/* ---- files ---- */

static void say_unwritten(zp_opinions *o, zp_str path, zp_str why)
{
    zp_complain(zp_str_cstr(o->passing, zp_str_format(o->passing, "没有写成：%.*s", ZP_ARG(why))),
                zp_str_cstr(o->passing, path), "检查 --report 的文件夹能不能写，磁盘满了没有");
    o->failed = true;
}

static void write_file(zp_opinions *o, zp_str name, const char *ending, zp_str bytes)
{
    zp_str path = zp_path_join(o->passing, zp_str_from(o->folder),
                               zp_str_format(o->passing, "%.*s%s", ZP_ARG(name), ending));
    zp_str why;
    if (!zp_file_replace(o->passing, zp_str_cstr(o->passing, path), bytes, &why))
        say_unwritten(o, path, why);
}

static void write_workbook(zp_opinions *o, zp_str name, const table *tables, size_t count)
{
    zp_out_sheet sheets[2];
    for (size_t i = 0; i < count; i++)
        sheets[i] = (zp_out_sheet){.name = tables[i].name,
                                   .title = tables[i].title,
                                   .note = tables[i].note,
                                   .columns = tables[i].columns,
                                   .column_count = tables[i].column_count,
                                   .cells = tables[i].cells,
                                   .row_count = tables[i].row_count,
                                   .landscape = true};
    zp_buf out = {.arena = o->passing};
    zp_str why;
    if (zp_xlsx_write(o->passing, sheets, count, o->date, &out, &why))
        write_file(o, name, ".xlsx", zp_buf_str(&out));
    else
        say_unwritten(o, name, why);
}

static bool is_used(const zp_opinions *o, zp_str name)
{
    for (size_t i = 0; i < o->name_count; i++)
        if (zp_str_eq(o->names[i], name))
            return true;
    return false;
}

/* What a file may be called: no / and no point at its begin, and not too long. */
static zp_str clean_name(zp_arena *arena, zp_str name)
{
    zp_buf out = {.arena = arena};
    size_t characters = 0;
    name = zp_str_trim(zp_utf8_clean(arena, name));
    for (size_t at = 0; at < name.n && characters < NAME_MOST; characters++) {
        size_t start = at;
        uint32_t code = zp_utf8_next(name, &at);
        bool bad = code < ' ' || code == '/' || code == '\\' || code == ':' || code == '*' ||
                   code == '?' || code == '"' || code == '<' || code == '>' || code == '|' ||
                   (code == '.' && out.n == 0);
        if (bad)
            zp_buf_byte(&out, '_');
        else
            zp_buf_add(&out, zp_str_slice(name, start, at));
    }
    return zp_buf_str(&out);
}

/* A name for the unit's file that none before it has. */
static zp_str take_name(zp_opinions *o, zp_str unit)
{
    zp_str base = zp_str_format(o->arena, "%.*s-审核意见表", ZP_ARG(clean_name(o->arena, unit)));
    zp_str name = base;
    for (size_t i = 2; is_used(o, name); i++)
        name = zp_str_format(o->arena, "%.*s-%zu", ZP_ARG(base), i);
    zp_list_grow(o->arena, o->names, o->name_count, o->name_capacity);
    return o->names[o->name_count++] = name;
}

/* ---- one report ---- */

static zp_str severity_name(zp_str severity)
{
    if (zp_str_eq(severity, ZP_STR("error")))
        return ZP_STR("错误");
    return zp_str_eq(severity, ZP_STR("warning")) ? ZP_STR("警告") : ZP_STR("建议");
}

/* What to do: the finding's own words, else the rule's. */
static zp_str advice(zp_arena *arena, const zp_finding *f)
{
    const zp_rule *rule = zp_rule_find(f->id);
    if (f->expected.n == 0)
        return f->hint.n > 0 || !rule ? f->hint : zp_str_from(rule->about);
    return zp_str_format(arena, "应为%.*s%s%.*s", ZP_ARG(f->expected), f->hint.n > 0 ? "。" : "",
                         ZP_ARG(f->hint));
}

static void add_finding(zp_arena *arena, table *t, const zp_finding *f)
{
    zp_str *cells = add_row(arena, t);
    const zp_str row[] = {
        number(arena, t->row_count),
        f->place,
        f->excerpt,
        zp_str_format(arena, "%.*s：%.*s", ZP_ARG(severity_name(f->severity)), ZP_ARG(f->message)),
        f->basis,
        advice(arena, f),
        {0},
        zp_str_from(f->since),
    };
    for (size_t c = 0; c < t->column_count; c++)
        cells[c] = row[c];
}

/* The unit; where it is not known, the folder and the file, since all may be called 自评报告. */
static zp_str unit_of(zp_arena *arena, const zp_opinion *opinion)
{
    if (opinion->unit.n > 0)
        return opinion->unit;
    zp_str base = zp_path_base(opinion->file), folder = zp_path_base(zp_path_folder(opinion->file));
    zp_str stem = zp_str_slice(base, 0, zp_str_find(base, ZP_STR("."), 0));
    if (folder.n == 0 || folder.p[0] == '.')
        return stem;
    return zp_str_eq(base, ZP_STR("report.md"))
               ? folder
               : zp_str_format(arena, "%.*s-%.*s", ZP_ARG(folder), ZP_ARG(stem));
}

static void write_opinion(zp_opinions *o, const zp_opinion *opinion)
{
    zp_arena *arena = o->passing;
    zp_str unit = unit_of(arena, opinion);
    size_t columns = sizeof opinion_columns / sizeof *opinion_columns;
    table t = {.name = ZP_STR("审核意见表"),
               .title = ZP_STR("审核意见表"),
               .note = zp_str_format(arena, "单位：%.*s　报告：%.*s", ZP_ARG(unit),
                                     ZP_ARG(opinion->title)),
               .columns = opinion_columns,
               .column_count = o->compared ? columns : columns - 1};
    for (size_t i = 0; i < opinion->found.count; i++)
        add_finding(arena, &t, &opinion->found.all[i]);
    for (size_t i = 0; i < opinion->gone.count; i++)
        add_finding(arena, &t, &opinion->gone.all[i]);
    zp_buf page = {.arena = arena};
    begin_page(&page, t.title);
    add_line(&page, "p", t.note);
    add_line(&page, "p", opinion->checked ? (zp_str){0} : ZP_STR("这份报告没有能够检查。"));
    if (opinion->checked && t.row_count == 0)
        add_line(&page, "p", ZP_STR("没有发现问题。"));
    add_table(&page, &t);
    zp_buf_lit(&page, "<p class=\"sign\"><span>审核人：</span><span>单位负责人：</span>"
                      "<span>日期：</span></p>\n</main>\n</body>\n</html>\n");
    zp_str name = take_name(o, unit);
    write_file(o, name, ".html", zp_buf_str(&page));
    write_workbook(o, name, &t, 1);
}

/* ---- counts ---- */

static void count_rule(zp_opinions *o, const zp_finding *f)
{
    size_t report = o->units.row_count, i = 0;
    while (i < o->rule_count && !zp_str_eq(o->rules[i].id, f->id))
        i++;
    zp_list_grow(o->arena, o->rules, i, o->rule_capacity);
    if (i == o->rule_count)
        o->rules[o->rule_count++] =
            (tally){.id = zp_str_copy(o->arena, f->id), .severity = f->severity};
    o->rules[i].found++;
    o->rules[i].reports += o->rules[i].last != report;
    o->rules[i].last = report;
}

static size_t count_of(const zp_findings *found, const char *severity, const char *since)
{
    size_t count = 0;
    for (size_t i = 0; i < found->count; i++) {
        const zp_finding *f = &found->all[i];
        count += (!severity || zp_str_eq(f->severity, zp_str_from(severity))) &&
                 (!since || zp_str_eq(zp_str_from(f->since), zp_str_from(since)));
    }
    return count;
}

static void count_report(zp_opinions *o, const zp_opinion *opinion)
{
    zp_arena *arena = o->arena;
    zp_str *cells = add_row(arena, &o->units);
    const zp_findings *found = &opinion->found;
    const zp_str row[] = {
        zp_str_copy(arena, unit_of(o->passing, opinion)),
        opinion->checked ? zp_str_copy(arena, opinion->title) : ZP_STR("（未检查）"),
        number(arena, count_of(found, "error", NULL)),
        number(arena, count_of(found, "warning", NULL)),
        number(arena, count_of(found, "hint", NULL)),
        number(arena, count_of(found, NULL, "新增")),
        number(arena, count_of(found, NULL, "未改")),
        number(arena, opinion->gone.count),
    };
    for (size_t c = 0; c < o->units.column_count; c++)
        cells[c] = row[c];
    for (size_t i = 0; i < found->count; i++)
        count_rule(o, &found->all[i]);
}

/* ---- the whole ---- */

zp_opinions *zp_opinions_new(zp_arena *arena, const char *folder, bool compared, int64_t date)
{
    size_t columns = sizeof unit_columns / sizeof *unit_columns;
    zp_opinions *o = zp_new(arena, zp_opinions);
    *o = (zp_opinions){.arena = arena,
                       .passing = arena,
                       .folder = folder,
                       .compared = compared,
                       .date = date,
                       .units = {.name = ZP_STR("各份报告"),
                                 .title = ZP_STR("审核意见汇总"),
                                 .columns = unit_columns,
                                 .column_count = compared ? columns : columns - 3}};
    zp_str why;
    if (zp_folder_make(arena, folder, &why))
        return o;
    say_unwritten(o, zp_str_from(folder), why);
    return NULL;
}

void zp_opinions_add(zp_opinions *o, const zp_opinion *opinion)
{
    o->passing = zp_arena_new();
    count_report(o, opinion);
    write_opinion(o, opinion);
    zp_arena_free(o->passing);
    o->passing = o->arena;
}

static int gravity(zp_str severity)
{
    return zp_str_eq(severity, ZP_STR("error"))     ? 0
           : zp_str_eq(severity, ZP_STR("warning")) ? 1
                                                    : 2;
}

/* The gravest first, then the most frequent, then by name. */
static bool comes_before(const tally *a, const tally *b)
{
    if (gravity(a->severity) != gravity(b->severity))
        return gravity(a->severity) < gravity(b->severity);
    return a->found != b->found ? a->found > b->found : zp_str_compare(a->id, b->id) < 0;
}

static void sort_rules(zp_opinions *o)
{
    for (size_t i = 1; i < o->rule_count; i++)
        for (size_t k = i; k > 0 && comes_before(&o->rules[k], &o->rules[k - 1]); k--) {
            tally t = o->rules[k];
            o->rules[k] = o->rules[k - 1];
            o->rules[k - 1] = t;
        }
}

static table rule_table(zp_opinions *o)
{
    table t = {.name = ZP_STR("各条规则"),
               .title = ZP_STR("各条规则查出多少"),
               .columns = rule_columns,
               .column_count = sizeof rule_columns / sizeof *rule_columns};
    sort_rules(o);
    for (size_t i = 0; i < o->rule_count; i++) {
        const tally *rule = &o->rules[i];
        const zp_rule *known = zp_rule_find(rule->id);
        zp_str *cells = add_row(o->arena, &t);
        cells[0] = rule->id;
        cells[1] = known ? zp_str_from(known->title) : (zp_str){0};
        cells[2] = severity_name(rule->severity);
        cells[3] = number(o->arena, rule->found);
        cells[4] = number(o->arena, rule->reports);
    }
    return t;
}

bool zp_opinions_end(zp_opinions *o)
{
    const table tables[] = {o->units, rule_table(o)};
    zp_buf page = {.arena = o->arena};
    begin_page(&page, o->units.title);
    for (size_t i = 0; i < 2; i++) {
        add_line(&page, "h2", tables[i].name);
        add_table(&page, &tables[i]);
    }
    zp_buf_lit(&page, "</main>\n</body>\n</html>\n");
    write_file(o, ZP_STR("汇总"), ".html", zp_buf_str(&page));
    write_workbook(o, ZP_STR("汇总"), tables, 2);
    return !o->failed;
}

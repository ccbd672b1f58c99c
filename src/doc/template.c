/* template.c: a template folder and those it extends become one zp_template.
 *
 * In: template.yaml, page.html and style.css of every folder of the chain. Out: one template, in
 * which the folder nearest to the report wins, entry by entry. The chain is read as a whole before
 * anything is applied, and then applied from the farthest ancestor on, every page before any style:
 * lengths in 字 and 行 are measured on the final page.
 *
 * What a key means is said by the tables of fields; the code below only walks them.
 */
#include "doc/template.h"

#include "base/files.h"
#include "data/yaml.h"
#include "doc/measure.h"

enum {
    CHAIN_MAX = 6, /* the template and five that it extends */
    FILE_MAX = 4 << 20,
    SHEET_MAX = 1189, /* mm, the long side of A0 */
    TYPE_MAX = 200,   /* pt */
};

#define NAME(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

typedef struct {
    zp_str folder;
    const zp_value *map;
} layer;

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_template *template;
    const zp_shelf *shelf;
    layer chain[CHAIN_MAX]; /* the template itself first */
    size_t count;
} loader;

typedef enum {
    SHEET_LENGTH,
    TYPE_SIZE,
    COUNT,
    CELLS,
    LINES,
    EMS,
    ROLE,
    ALIGN,
    KINSOKU,
    EDGE,
    BREAKER,
    TABLE_STYLE,
    FLAG,
} field_kind;

/* A key of template.yaml and where its value goes in the record it describes. */
typedef struct {
    zp_str key;
    field_kind kind;
    size_t offset;
    bool needed; /* some template of the chain must give it */
} field;

#define FIELD(record, member, key, kind, needed)                                                   \
    {                                                                                              \
        NAME(key), kind, offsetof(record, member), needed                                          \
    }

static const field page_fields[] = {
    FIELD(zp_page_setup, width, "width", SHEET_LENGTH, true),
    FIELD(zp_page_setup, height, "height", SHEET_LENGTH, true),
    FIELD(zp_page_setup, top, "top", SHEET_LENGTH, true),
    FIELD(zp_page_setup, left, "left", SHEET_LENGTH, true),
    FIELD(zp_page_setup, body_width, "body_width", SHEET_LENGTH, true),
    FIELD(zp_page_setup, body_height, "body_height", SHEET_LENGTH, true),
    FIELD(zp_page_setup, lines, "lines", COUNT, true),
    FIELD(zp_page_setup, cells, "cells", COUNT, true),
    FIELD(zp_page_setup, number_drop, "number_drop", SHEET_LENGTH, true),
};

static const field style_fields[] = {
    FIELD(zp_style, role, "font", ROLE, true),
    FIELD(zp_style, size, "size", TYPE_SIZE, true),
    FIELD(zp_style, grid, "grid", FLAG, false),
    FIELD(zp_style, indent, "indent", CELLS, false),
    FIELD(zp_style, align, "align", ALIGN, false),
    FIELD(zp_style, before, "before", LINES, false),
    FIELD(zp_style, after, "after", LINES, false),
    FIELD(zp_style, own_latin, "own_latin", FLAG, false),
};

static const field line_fields[] = {
    FIELD(zp_line_rules, kinsoku, "kinsoku", KINSOKU, true),
    FIELD(zp_line_rules, start, "start", EDGE, true),
    FIELD(zp_line_rules, end, "end", EDGE, true),
    FIELD(zp_line_rules, kern, "kern", FLAG, true),
    FIELD(zp_line_rules, tight, "tight", FLAG, false),
    FIELD(zp_line_rules, units, "keep_units", FLAG, false),
    FIELD(zp_line_rules, hang, "hang", FLAG, false),
    FIELD(zp_line_rules, greedy, "breaker", BREAKER, false),
    FIELD(zp_line_rules, lone, "avoid_lone", FLAG, false),
    FIELD(zp_line_rules, gap, "gap", EMS, true),
    FIELD(zp_line_rules, gap_min, "gap_min", EMS, true),
    FIELD(zp_line_rules, gap_max, "gap_max", EMS, true),
    FIELD(zp_line_rules, gap_limit, "gap_limit", EMS, true),
    FIELD(zp_line_rules, space, "space", EMS, true),
    FIELD(zp_line_rules, space_min, "space_min", EMS, true),
    FIELD(zp_line_rules, space_max, "space_max", EMS, true),
};

static const field table_fields[] = {
    FIELD(zp_table_rules, style, "style", TABLE_STYLE, false),
    FIELD(zp_table_rules, smallest, "smallest", TYPE_SIZE, true),
};

enum {
    PAGE_FIELDS = COUNT_OF(page_fields),
    STYLE_FIELDS = COUNT_OF(style_fields),
    LINE_FIELDS = COUNT_OF(line_fields),
    TABLE_FIELDS = COUNT_OF(table_fields),
    FIELDS_MAX = 16,
};

static const zp_str top_keys[] = {
    NAME("name"),     NAME("notes"),    NAME("phrases"), NAME("running_head"), NAME("extends"),
    NAME("subject"),  NAME("headings"), NAME("page"),    NAME("styles"),       NAME("lines"),
    NAME("schema"),   NAME("table"),    NAME("forms"),   NAME("figures"),      NAME("checks"),
    NAME("defaults"), NAME("outline"),  NAME("terms"),   NAME("words"),        NAME("tables"),
    NAME("problems"), NAME("measures"), NAME("ignore"),  NAME("pdf")};

static const zp_str role_names[] = {
#define X(role, name) NAME(name),
    ZP_ROLES(X)
#undef X
};

static const zp_str style_keys[] = {
#define X(style, key) NAME(key),
    ZP_STYLES(X)
#undef X
};

/* By zp_align; NONE is what a report has without asking, text set to both edges. */
static const zp_str align_names[] = {NAME("justify"), NAME("left"), NAME("center"), NAME("right")};

/* By zp_kinsoku, zp_edge and whether the breaker is greedy. */
static const zp_str kinsoku_names[] = {NAME("none"), NAME("basic"), NAME("gb"), NAME("gb+"),
                                       NAME("strict")};
static const zp_str edge_names[] = {NAME("trim"), NAME("allow"), NAME("keep")};
static const zp_str breaker_names[] = {NAME("total-fit"), NAME("greedy")};

/* By zp_table_style. */
static const zp_str table_names[] = {NAME("grid"), NAME("three-line"), NAME("plain")};

zp_role zp_role_find(zp_str name)
{
    for (size_t i = 0; i < ZP_ROLE_COUNT; i++)
        if (zp_str_eq(name, role_names[i]))
            return (zp_role)i;
    return ZP_ROLE_COUNT;
}

const char *zp_role_name(zp_role role)
{
    return role < ZP_ROLE_COUNT ? role_names[role].p : "";
}

zp_table_style zp_table_style_find(zp_str name)
{
    size_t i = 0;
    while (i < COUNT_OF(table_names) && !zp_str_eq(name, table_names[i]))
        i++;
    return (zp_table_style)i;
}

static size_t index_of(zp_str word, const zp_str *names, size_t count)
{
    size_t i = 0;
    while (i < count && !zp_str_eq(word, names[i]))
        i++;
    return i;
}

/* Messages. */

static void report_unknown(loader *l, const zp_value *entry, const zp_str *names, size_t count)
{
    zp_str nearest = zp_str_nearest(entry->key, names, count);
    const char *hint = NULL;
    if (nearest.n > 0)
        hint = zp_str_cstr(l->arena, zp_str_format(l->arena, "是不是“%.*s”？", ZP_ARG(nearest)));
    zp_diag_add(l->diag, ZP_ERROR, "unknown-key", entry->key_span, hint, "模板里没有“%.*s”这一项",
                ZP_ARG(entry->key));
}

static bool refuse(loader *l, const zp_value *value, const char *hint)
{
    zp_diag_add(l->diag, ZP_ERROR, "bad-value", value->span, hint, "“%.*s”的值不对",
                ZP_ARG(value->key));
    return false;
}

static bool refuse_length(loader *l, const zp_value *value, const char *hint)
{
    zp_diag_add(l->diag, ZP_ERROR, "bad-length", value->span, hint, "“%.*s”的长度写得不对",
                ZP_ARG(value->key));
    return false;
}

/* A map, or an empty value where a map belongs. */
static bool check_map(loader *l, const zp_value *value)
{
    return value->kind == ZP_VALUE_MAP || value->kind == ZP_VALUE_NULL ||
           refuse(l, value, "下面应当分行写“名称: 值”");
}

/* Lengths. */

static bool read_length(loader *l, const zp_value *value, field_kind kind, zp_len *length)
{
    bool type = kind == TYPE_SIZE;
    int64_t low = type ? ZP_PT : 0;
    int64_t high = type ? (int64_t)TYPE_MAX * ZP_PT : zp_len_mm10(SHEET_MAX * 10);
    int64_t parsed = zp_length_parse(&l->template->page, zp_value_text(value), type);
    if (parsed < low || parsed > high)
        return refuse_length(l, value, type ? "写成“三号”“16pt”这样" : "写成“156mm”这样");
    *length = (zp_len)parsed;
    return true;
}

/* 2字, 1行: a whole number with just that unit. */
static bool read_steps(loader *l, const zp_value *value, zp_str unit, const char *hint, int *steps)
{
    size_t at = 0;
    int64_t n = 0;
    zp_str text = zp_value_text(value);
    if (!zp_number_parse(text, &at, &n) || n % ZP_FRACTION != 0 || n / ZP_FRACTION > 20 ||
        !zp_str_eq(zp_str_trim(zp_str_slice(text, at, text.n)), unit))
        return refuse_length(l, value, hint);
    *steps = (int)(n / ZP_FRACTION);
    return true;
}

/* Fields. */

static bool read_count(loader *l, const zp_value *value, int *count)
{
    int64_t number = 0;
    if (!zp_value_int(value, 1, 500, &number))
        return refuse(l, value, "写成一个整数，1 到 500");
    *count = (int)number;
    return true;
}

static bool read_role(loader *l, const zp_value *value, zp_role *role)
{
    zp_role found = zp_role_find(zp_value_text(value));
    if (found == ZP_ROLE_COUNT)
        return refuse(l, value, "可以写：仿宋 楷体 黑体 小标宋 宋体 西文");
    *role = found;
    return true;
}

/* One of some words: its index, or `count` after an error. */
static size_t read_word(loader *l, const zp_value *value, const zp_str *words, size_t count,
                        const char *hint)
{
    size_t found = index_of(zp_value_text(value), words, count);
    if (found == count)
        refuse(l, value, hint);
    return found;
}

static bool read_align(loader *l, const zp_value *value, zp_align *align)
{
    size_t found = read_word(l, value, align_names, COUNT_OF(align_names),
                             "可以写：justify left center right");
    if (found < COUNT_OF(align_names))
        *align = (zp_align)found;
    return found < COUNT_OF(align_names);
}

static bool read_kinsoku(loader *l, const zp_value *value, zp_kinsoku *kinsoku)
{
    size_t found = read_word(l, value, kinsoku_names, COUNT_OF(kinsoku_names),
                             "可以写：none basic gb gb+ strict");
    if (found < COUNT_OF(kinsoku_names))
        *kinsoku = (zp_kinsoku)found;
    return found < COUNT_OF(kinsoku_names);
}

static bool read_edge(loader *l, const zp_value *value, zp_edge *edge)
{
    size_t found = read_word(l, value, edge_names, COUNT_OF(edge_names), "可以写：trim allow keep");
    if (found < COUNT_OF(edge_names))
        *edge = (zp_edge)found;
    return found < COUNT_OF(edge_names);
}

static bool read_breaker(loader *l, const zp_value *value, bool *greedy)
{
    size_t found =
        read_word(l, value, breaker_names, COUNT_OF(breaker_names), "可以写：total-fit greedy");
    *greedy = found == 1;
    return found < COUNT_OF(breaker_names);
}

static bool read_table_style(loader *l, const zp_value *value, zp_table_style *style)
{
    zp_table_style found = zp_table_style_find(zp_value_text(value));
    if (found == ZP_TABLE_STYLES)
        return refuse(l, value, "可以写：grid three-line plain");
    *style = found;
    return true;
}

/* A part of an em: 0.05 or 1/3. */
static bool read_ems(loader *l, const zp_value *value, int *parts)
{
    zp_str text = zp_value_text(value);
    size_t at = 0, over = 0;
    int64_t n = 0, divisor = ZP_FRACTION;
    bool good = zp_number_parse(text, &at, &n);
    if (good && at < text.n && text.p[at] == '/') {
        zp_str rest = zp_str_slice(text, at + 1, text.n);
        good = zp_number_parse(rest, &over, &divisor) && divisor > 0;
        at += 1 + over;
    }
    if (!good || at != text.n || n > 2 * divisor)
        return refuse(l, value, "写成几分之几字，如 0.05 或 1/3，最多 2");
    *parts = (int)((2 * n * ZP_EM + divisor) / (2 * divisor));
    return true;
}

static bool read_flag(loader *l, const zp_value *value, bool *flag)
{
    bool yes = zp_value_bool(value, false);
    if (yes != zp_value_bool(value, true))
        return refuse(l, value, "可以写：true（是）或 false（否）");
    *flag = yes;
    return true;
}

static bool read_field(loader *l, const field *f, const zp_value *value, void *record)
{
    void *place = (char *)record + f->offset;
    switch (f->kind) {
    case SHEET_LENGTH:
    case TYPE_SIZE:
        return read_length(l, value, f->kind, place);
    case COUNT:
        return read_count(l, value, place);
    case CELLS:
        return read_steps(l, value, ZP_STR("字"), "写成“2字”这样，最多 20字", place);
    case LINES:
        return read_steps(l, value, ZP_STR("行"), "写成“1行”这样，最多 20行", place);
    case ROLE:
        return read_role(l, value, place);
    case EMS:
        return read_ems(l, value, place);
    case ALIGN:
        return read_align(l, value, place);
    case KINSOKU:
        return read_kinsoku(l, value, place);
    case EDGE:
        return read_edge(l, value, place);
    case BREAKER:
        return read_breaker(l, value, place);
    case TABLE_STYLE:
        return read_table_style(l, value, place);
    case FLAG:
        return read_flag(l, value, place);
    }
    return false;
}

static const field *find_field(const field *fields, size_t count, zp_str key)
{
    for (size_t i = 0; i < count; i++)
        if (zp_str_eq(fields[i].key, key))
            return &fields[i];
    return NULL;
}

/* Applies the entries of `map` to `record`, and notes in *given which fields it gave, a wrong value
 * included. */
static void apply_fields(loader *l, const zp_value *map, const field *fields, size_t count,
                         void *record, unsigned *given)
{
    if (map == NULL || !check_map(l, map))
        return;
    for (const zp_value *entry = map->first; entry != NULL; entry = entry->next) {
        const field *f = find_field(fields, count, entry->key);
        if (f != NULL) {
            *given |= 1U << (f - fields);
            read_field(l, f, entry, record);
            continue;
        }
        zp_str names[FIELDS_MAX];
        for (size_t i = 0; i < count; i++)
            names[i] = fields[i].key;
        report_unknown(l, entry, names, count);
    }
}

static void require_fields(loader *l, const char *of, const field *fields, size_t count,
                           unsigned given)
{
    for (size_t i = 0; i < count; i++)
        if (fields[i].needed && (given >> i & 1) == 0)
            zp_diag_add(l->diag, ZP_ERROR, "missing-key", l->chain[0].map->span,
                        "加一行 extends: base，没有写的就照基础模板", "模板没有给出 %s 的“%.*s”",
                        of, ZP_ARG(fields[i].key));
}

/* Page and styles. */

/* 版心 and page number lie on the sheet, and a cell can hold type that is read. */
static bool check_page(loader *l, const zp_page_setup *page)
{
    const zp_len least = 4 * ZP_PT;
    if ((int64_t)page->left + page->body_width <= page->width &&
        (int64_t)page->top + page->body_height + page->number_drop <= page->height &&
        page->body_width / page->cells >= least && page->body_height / page->lines >= least)
        return true;
    const zp_value *given = zp_value_find(l->chain[0].map, ZP_STR("page"));
    zp_diag_add(l->diag, ZP_ERROR, "bad-page", given ? given->span : l->chain[0].map->span,
                "订口加版心宽不超过纸宽，天头加版心高加页码距离不超过纸高；一格、一行都不小于 4 磅",
                "版心放不进纸张，或者格、行太小");
    return false;
}

static bool apply_pages(loader *l)
{
    unsigned given = 0;
    size_t faults = zp_diag_count(l->diag, ZP_ERROR);
    for (size_t i = l->count; i-- > 0;)
        apply_fields(l, zp_value_find(l->chain[i].map, ZP_STR("page")), page_fields, PAGE_FIELDS,
                     &l->template->page, &given);
    require_fields(l, "page", page_fields, PAGE_FIELDS, given);
    return zp_diag_count(l->diag, ZP_ERROR) == faults && check_page(l, &l->template->page);
}

static void apply_lines(loader *l)
{
    unsigned given = 0;
    const zp_line_rules *rules = &l->template->lines;
    for (size_t i = l->count; i-- > 0;)
        apply_fields(l, zp_value_find(l->chain[i].map, ZP_STR("lines")), line_fields, LINE_FIELDS,
                     &l->template->lines, &given);
    require_fields(l, "lines", line_fields, LINE_FIELDS, given);
    bool ordered = rules->gap_min <= rules->gap && rules->gap <= rules->gap_max &&
                   rules->gap_max <= rules->gap_limit && rules->space_min <= rules->space &&
                   rules->space <= rules->space_max && rules->start != ZP_EDGE_ALLOW;
    const zp_value *given_lines = zp_value_find(l->chain[0].map, ZP_STR("lines"));
    if (!ordered)
        refuse(l, given_lines ? given_lines : l->chain[0].map,
               "min 不大于本身，本身不大于 max，max 不大于 limit；start 只能是 trim 或 keep");
}

static void apply_table(loader *l)
{
    unsigned given = 0;
    for (size_t i = l->count; i-- > 0;)
        apply_fields(l, zp_value_find(l->chain[i].map, ZP_STR("table")), table_fields, TABLE_FIELDS,
                     &l->template->table, &given);
    require_fields(l, "table", table_fields, TABLE_FIELDS, given);
}

static void apply_styles(loader *l)
{
    unsigned given[ZP_STYLE_COUNT] = {0};
    for (size_t i = l->count; i-- > 0;) {
        const zp_value *styles = zp_value_find(l->chain[i].map, ZP_STR("styles"));
        if (styles == NULL || !check_map(l, styles))
            continue;
        for (const zp_value *entry = styles->first; entry != NULL; entry = entry->next) {
            size_t style = index_of(entry->key, style_keys, ZP_STYLE_COUNT);
            if (style == ZP_STYLE_COUNT)
                report_unknown(l, entry, style_keys, ZP_STYLE_COUNT);
            else
                apply_fields(l, entry, style_fields, STYLE_FIELDS, &l->template->styles[style],
                             &given[style]);
        }
    }
    for (size_t i = 0; i < ZP_STYLE_COUNT; i++)
        require_fields(l, style_keys[i].p, style_fields, STYLE_FIELDS, given[i]);
}

/* Single keys and files: the nearest that is given. */

static const zp_value *nearest_value(const loader *l, zp_str key)
{
    for (size_t i = 0; i < l->count; i++) {
        const zp_value *value = zp_value_find(l->chain[i].map, key);
        if (value != NULL)
            return value;
    }
    return NULL;
}

static void apply_phrases(loader *l)
{
    const zp_value *list = nearest_value(l, ZP_STR("phrases"));
    if (list == NULL || list->kind == ZP_VALUE_NULL)
        return;
    if (list->kind != ZP_VALUE_LIST) {
        refuse(l, list, "写成 [整体支出, 绩效自评] 这样");
        return;
    }
    zp_str *phrases = zp_new_array(l->arena, zp_str, list->count);
    size_t count = 0;
    for (const zp_value *v = list->first; v != NULL; v = v->next)
        phrases[count++] = zp_value_text(v);
    l->template->phrases = phrases;
    l->template->phrase_count = count;
}

static void apply_standard(loader *l)
{
    const zp_value *pdf = nearest_value(l, ZP_STR("pdf"));
    const zp_value *name = zp_value_find(pdf, ZP_STR("standard"));
    l->template->standard = zp_standard_find(name ? zp_value_text(name) : ZP_STR("a-2a+ua-1"));
    if (l->template->standard == NULL || (pdf != NULL && name == NULL))
        refuse(l, name ? name : pdf,
               zp_str_cstr(l->arena, zp_str_format(l->arena, "可以写：{standard: a-2a+ua-1}，或 %s",
                                                   zp_standard_names)));
}

static void apply_words(loader *l)
{
    zp_template *t = l->template;
    t->name = zp_value_text(zp_value_find(l->chain[0].map, ZP_STR("name")));
    if (t->name.n == 0)
        t->name = zp_path_base(t->folder);
    t->subject = zp_value_text(nearest_value(l, ZP_STR("subject")));
    const zp_value *head = nearest_value(l, ZP_STR("running_head"));
    t->running_head = zp_value_text(head);
    if (head != NULL && !zp_str_eq(t->running_head, ZP_STR("title")) &&
        !zp_str_eq(t->running_head, ZP_STR("none")))
        refuse(l, head, "可以写：none title");
    const zp_value *notes = nearest_value(l, ZP_STR("notes"));
    t->notes_per_page = zp_str_eq(zp_value_text(notes), ZP_STR("per-page"));
    if (notes != NULL && !t->notes_per_page && !zp_str_eq(zp_value_text(notes), ZP_STR("through")))
        refuse(l, notes, "可以写：through per-page");
    const zp_value *headings = nearest_value(l, ZP_STR("headings"));
    t->headings_by_number = zp_str_eq(zp_value_text(headings), ZP_STR("by-number"));
    if (headings != NULL && !t->headings_by_number &&
        !zp_str_eq(zp_value_text(headings), ZP_STR("markdown")))
        refuse(l, headings, "可以写：by-number markdown");
    apply_standard(l);
}

/* A file as a source; NULL after an error. */
static const zp_source *read_source(loader *l, zp_str path)
{
    zp_str bytes, why;
    if (zp_file_read(l->arena, zp_str_cstr(l->arena, path), FILE_MAX, &bytes, &why))
        return zp_source_read(l->arena, path, bytes, NULL, l->diag);
    zp_diag_add(l->diag, ZP_ERROR, "template-missing", (zp_span){0},
                "用 --template 给出模板的名字或文件夹", "读不了模板文件 %.*s：%.*s", ZP_ARG(path),
                ZP_ARG(why));
    return NULL;
}

static const zp_source *nearest_file(loader *l, zp_str name)
{
    for (size_t i = 0; i < l->count; i++) {
        zp_str path = zp_path_join(l->arena, l->chain[i].folder, name);
        if (zp_path_look(l->arena, path) != ZP_PATH_NONE)
            return read_source(l, path);
    }
    return read_source(l, zp_path_join(l->arena, l->template->folder, name));
}

/* Inside <style> nothing is escaped, so the text must not hold what ends it (HTML, "raw text
 * elements"). */
static void check_style(loader *l)
{
    const zp_source *css = l->template->style_css;
    for (size_t at = 0;
         css != NULL && (at = zp_str_find(css->text, ZP_STR("</"), at)) < css->text.n; at++) {
        zp_diag_add(l->diag, ZP_ERROR, "style-closes", zp_span_of(css, at, at + 2), NULL,
                    "样式表里不能有“</”");
    }
}

/* The chain. */

static zp_str strip_slashes(zp_str path)
{
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    return path;
}

/* The template `name` beside `folder`, whose own last part may say nothing of where it is. */
static zp_str sibling(zp_arena *arena, zp_str folder, zp_str name)
{
    zp_str base = zp_path_base(folder);
    bool unnamed = base.n == 0 || zp_str_eq(base, ZP_STR(".")) || zp_str_eq(base, ZP_STR(".."));
    zp_str parent = unnamed ? zp_path_join(arena, folder, ZP_STR("..")) : zp_path_folder(folder);
    return zp_path_join(arena, parent, name);
}

static bool refuse_extends(loader *l, const zp_value *extends, const char *hint, const char *why)
{
    zp_diag_add(l->diag, ZP_ERROR, "template-extends", extends->span, hint, "“%.*s”%s",
                ZP_ARG(extends->text), why);
    return false;
}

static bool refuse_missing(loader *l, const zp_value *extends, zp_str name)
{
    size_t count;
    const zp_str *names = zp_shelf_names(l->arena, l->shelf, &count);
    zp_str nearest = zp_str_nearest(name, names, count);
    zp_str hint = zp_str_format(l->arena, "是不是“%.*s”？", ZP_ARG(nearest));
    zp_diag_add(l->diag, ZP_ERROR, "template-missing", extends->span,
                nearest.n > 0 ? zp_str_cstr(l->arena, hint) : "有哪些模板，见 ziping templates",
                "没有名为“%.*s”的模板", ZP_ARG(name));
    return false;
}

/* The folder of the template that the one in `folder` means by `name`: on the shelf, nearest first,
 * or beside it when it does not stand on the shelf itself. */
static zp_str find_extended(loader *l, zp_str folder, zp_str name)
{
    zp_str beside = sibling(l->arena, folder, name);
    for (size_t i = 0; i < l->shelf->count; i++)
        if (zp_path_same(zp_str_cstr(l->arena, zp_path_folder(folder)),
                         zp_str_cstr(l->arena, l->shelf->places[i].folder)))
            beside = ZP_STR("");
    if (beside.n > 0 && zp_path_look(l->arena, beside) == ZP_PATH_FOLDER)
        return beside;
    zp_str found = zp_shelf_find(l->arena, l->shelf, name, folder, NULL);
    return found.n > 0 ? found : sibling(l->arena, folder, name);
}

/* The folder that the last of the chain extends; false when it extends none, or after an error. */
static bool next_folder(loader *l, zp_str *folder)
{
    const layer *last = &l->chain[l->count - 1];
    const zp_value *extends = zp_value_find(last->map, ZP_STR("extends"));
    zp_str name = zp_value_text(extends);
    if (name.n == 0)
        return false;
    if (name.p[0] == '.' || zp_str_find(name, ZP_STR("/"), 0) < name.n ||
        zp_str_find(name, ZP_STR(".."), 0) < name.n)
        return refuse_extends(l, extends, "只写模板的名字，不写路径", "不是模板的名字");
    if (l->count == CHAIN_MAX)
        return refuse_extends(l, extends, NULL, "：模板一层接一层，超过了 5 层");
    *folder = find_extended(l, last->folder, name);
    const char *path = zp_str_cstr(l->arena, *folder);
    if (zp_path_kind_of(path) != ZP_PATH_FOLDER)
        return refuse_missing(l, extends, name);
    for (size_t i = 0; i < l->count; i++)
        if (zp_path_same(path, zp_str_cstr(l->arena, l->chain[i].folder)))
            return refuse_extends(l, extends, NULL, "：模板绕了一圈又回到自己");
    return true;
}

static bool read_layer(loader *l, zp_str folder)
{
    const zp_source *source =
        read_source(l, zp_path_join(l->arena, folder, ZP_STR("template.yaml")));
    if (source == NULL)
        return false;
    const zp_value *map = zp_yaml_read(l->arena, zp_span_of(source, 0, source->text.n), l->diag);
    if (map == NULL)
        return false;
    for (const zp_value *entry = map->first; entry != NULL; entry = entry->next)
        if (index_of(entry->key, top_keys, COUNT_OF(top_keys)) == COUNT_OF(top_keys))
            report_unknown(l, entry, top_keys, COUNT_OF(top_keys));
    l->chain[l->count++] = (layer){folder, map};
    return true;
}

static bool read_chain(loader *l)
{
    zp_str folder = l->template->folder;
    do {
        if (!read_layer(l, folder))
            return false;
    } while (next_folder(l, &folder));
    return true;
}

/* What the chain says of data, and the folders in which its files are looked for. */
static void apply_content(loader *l)
{
    const zp_value *maps[CHAIN_MAX];
    zp_str *folders = zp_new_array(l->arena, zp_str, l->count);
    const zp_source **sources = zp_new_array(l->arena, const zp_source *, l->count);
    for (size_t i = 0; i < l->count; i++) {
        maps[i] = l->chain[i].map;
        folders[i] = l->chain[i].folder;
        sources[i] = l->chain[i].map->span.source;
    }
    l->template->content = zp_declarations_read(l->arena, maps, l->count, l->diag);
    l->template->folders = folders;
    l->template->sources = sources;
    l->template->folder_count = l->count;
}

const zp_template *zp_template_load(zp_arena *arena, zp_str folder, const zp_shelf *shelf,
                                    zp_diag *diag)
{
    static const zp_shelf nothing;
    size_t faults = zp_diag_count(diag, ZP_ERROR);
    loader l = {.arena = arena,
                .diag = diag,
                .template = zp_new(arena, zp_template),
                .shelf = shelf ? shelf : &nothing};
    l.template->folder = zp_str_copy(arena, strip_slashes(folder));
    if (!read_chain(&l) || zp_diag_count(diag, ZP_ERROR) > faults)
        return NULL;
    apply_words(&l);
    apply_phrases(&l);
    if (apply_pages(&l)) /* styles are measured on it */
        apply_styles(&l);
    apply_lines(&l);
    apply_table(&l);
    apply_content(&l);
    l.template->page_html = nearest_file(&l, ZP_STR("page.html"));
    l.template->style_css = nearest_file(&l, ZP_STR("style.css"));
    check_style(&l);
    return zp_diag_count(diag, ZP_ERROR) > faults ? NULL : l.template;
}

/* recipe.c: the YAML of a chart block in, a chart with exact figures out, or the reasons why not.
 *
 * Figures are first gathered as texts with their places, from the block or from a table; only then
 * are they read, so that both ways fail alike. The block's text is a copy: where the same bytes
 * stand in the source, YAML is read there and every value has its place; where they do not (an
 * indented block), all messages are at the block.
 */
#include "layout/recipe.h"

#include "base/utf8.h"
#include "data/yaml.h"
#include "layout/extract.h"
#include "layout/decimal.h"

enum {
    HEIGHT = 750,   /* tenths of a millimetre */
    WIDTH_MIN = 80, /* millimetres */
    HEIGHT_MIN = 40,
    HEIGHT_MAX = 200,
    BAR_POINTS = 3,    /* of width that a bar wants at least, */
    LINE_POINTS = 1,   /* and a point of a line */
    FAULTS_NAMED = 20, /* figures that are none, in one chart */
    QUOTED = 60,       /* bytes of a text in a message */
};

typedef enum {
    KEY_TYPE,
    KEY_TITLE,
    KEY_X,
    KEY_SERIES,
    KEY_TABLE,
    KEY_COLUMNS,
    KEY_UNIT,
    KEY_WIDTH,
    KEY_HEIGHT,
    KEY_DECIMALS,
    KEY_COUNT
} key;

enum { NAMES = 3 }; /* of a key at most */

#define NAME(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

static const zp_str keys[KEY_COUNT][NAMES] = {
    [KEY_TYPE] = {NAME("type"), NAME("类型")},
    [KEY_TITLE] = {NAME("title"), NAME("标题")},
    [KEY_X] = {NAME("x"), NAME("分类")},
    [KEY_SERIES] = {NAME("series"), NAME("系列")},
    [KEY_TABLE] = {NAME("table"), NAME("表")},
    [KEY_COLUMNS] = {NAME("columns"), NAME("列")},
    [KEY_UNIT] = {NAME("unit"), NAME("单位")},
    [KEY_WIDTH] = {NAME("width"), NAME("宽"), NAME("宽度")},
    [KEY_HEIGHT] = {NAME("height"), NAME("高"), NAME("高度")},
    [KEY_DECIMALS] = {NAME("decimals"), NAME("小数位"), NAME("小数")},
};

enum { SERIES_NAME, SERIES_VALUES, SERIES_COUNT };

static const zp_str series_keys[SERIES_COUNT][NAMES] = {
    [SERIES_NAME] = {NAME("name"), NAME("名称")},
    [SERIES_VALUES] = {NAME("values"), NAME("数值")},
};

static const zp_str kinds[] = {NAME("bar"),  NAME("柱形"), NAME("柱状"), NAME("stacked"),
                               NAME("堆积"), NAME("line"), NAME("折线"), NAME("pie"),
                               NAME("饼形"), NAME("饼")};
static const zp_chart_kind kind_of[] = {
    ZP_CHART_BAR,  ZP_CHART_BAR,  ZP_CHART_BAR, ZP_CHART_STACKED, ZP_CHART_STACKED,
    ZP_CHART_LINE, ZP_CHART_LINE, ZP_CHART_PIE, ZP_CHART_PIE,     ZP_CHART_PIE};
enum { KIND_NAMES = sizeof kinds / sizeof *kinds };

/* A series before its figures are read. */
typedef struct {
    zp_str name;
    const zp_extract_cell *cells;
} draft_series;

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_node *node;
    const zp_value *given[KEY_COUNT];
    zp_len room; /* the width there is */
    zp_chart *chart;
    draft_series *drafts; /* chart->series_count */
    size_t faults;
} reader;

/* Where a message about a value or cell goes: into the report, or to the block as a whole. */
static zp_span place(const reader *r, zp_span span)
{
    return span.source == r->node->span.source ? span : r->node->span;
}

static zp_span place_of(const reader *r, const zp_value *value)
{
    return value ? place(r, value->span) : r->node->span;
}

/* A scalar's text in one line. */
static zp_str one_line(const reader *r, const zp_value *value)
{
    zp_str text = zp_value_text(value);
    if (zp_str_find(text, ZP_STR("\n"), 0) == text.n)
        return text;
    zp_buf line = {.arena = r->arena};
    zp_buf_reserve(&line, text.n);
    for (size_t i = 0; i < text.n; i++)
        zp_buf_byte(&line, text.p[i] == '\n' ? ' ' : text.p[i]);
    return zp_buf_str(&line);
}

/* A hint that names the nearest of some words, or `otherwise`. */
static const char *suggest(const reader *r, zp_str word, const zp_str *names, size_t count,
                           const char *otherwise)
{
    zp_str nearest = zp_str_nearest(word, names, count);
    if (nearest.n == 0)
        return otherwise;
    return zp_str_cstr(r->arena, zp_str_format(r->arena, "是不是“%.*s”？", ZP_ARG(nearest)));
}

/* ---- the block as YAML ---- */

/* Offset in the source of the block's text; false when it does not stand there as it is. */
static bool find_text(const zp_node *node, size_t *start)
{
    zp_str source = node->span.source->text;
    size_t at = zp_str_find(source, ZP_STR("\n"), node->span.start) + 1;
    *start = at;
    return at <= source.n && source.n - at >= node->text.n &&
           zp_str_eq(zp_str_slice(source, at, at + node->text.n), node->text);
}

/* Messages of a source that is not the report's, at the block. */
static void move_messages(const reader *r, const zp_diag *from)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(from, &count);
    for (size_t i = 0; i < count; i++)
        zp_diag_add(r->diag, messages[i].severity, messages[i].id, r->node->span,
                    zp_str_cstr(r->arena, messages[i].hint), "%.*s", ZP_ARG(messages[i].message));
}

static const zp_value *read_block(const reader *r)
{
    size_t start;
    if (find_text(r->node, &start))
        return zp_yaml_read(
            r->arena, zp_span_of(r->node->span.source, start, start + r->node->text.n), r->diag);
    const zp_source *copy = zp_source_new(r->arena, r->node->span.source->name, r->node->text);
    zp_diag *diag = zp_diag_new(r->arena);
    const zp_value *map = zp_yaml_read(r->arena, zp_span_of(copy, 0, copy->text.n), diag);
    move_messages(r, diag);
    return map;
}

/* Which of `count` keys has that name; `count` when none. */
static size_t find_key(zp_str name, const zp_str names[][NAMES], size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < NAMES; k++)
            if (names[i][k].n > 0 && zp_str_eq(names[i][k], name))
                return i;
    return count;
}

/* The values of a map by key. */
static bool take_keys(const reader *r, const zp_value *map, const zp_str names[][NAMES],
                      size_t count, const zp_value **given)
{
    bool sound = true;
    for (const zp_value *entry = map->first; entry; entry = entry->next) {
        size_t found = find_key(entry->key, names, count);
        zp_span span = place(r, entry->key_span);
        if (found == count) {
            const char *hint = suggest(r, entry->key, names[0], count * NAMES, NULL);
            zp_diag_add(r->diag, ZP_WARNING, "chart-key", span, hint, "图表没有名为“%.*s”的项目",
                        ZP_ARG(entry->key));
        } else if (given[found]) {
            zp_diag_add(r->diag, ZP_ERROR, "chart-twice", span, "删去其中一个",
                        "“%.*s”和“%.*s”是同一个项目", ZP_ARG(entry->key),
                        ZP_ARG(given[found]->key));
            sound = false;
        } else {
            given[found] = entry;
        }
    }
    return sound;
}

/* ---- what the chart looks like ---- */

static bool read_kind(reader *r)
{
    const zp_value *value = r->given[KEY_TYPE];
    zp_str word = zp_value_text(value);
    zp_str bare =
        zp_str_ends(word, ZP_STR("图")) ? zp_str_slice(word, 0, word.n - (sizeof "图" - 1)) : word;
    for (size_t i = 0; i < KIND_NAMES; i++)
        if (zp_str_eq(kinds[i], bare)) {
            r->chart->kind = kind_of[i];
            return true;
        }
    const char *known = "类型可以是：柱形、堆积、折线、饼形";
    if (word.n == 0)
        zp_diag_add(r->diag, ZP_ERROR, "chart-type", place_of(r, value), known, "图表没有写类型");
    else
        zp_diag_add(r->diag, ZP_ERROR, "chart-type", place_of(r, value),
                    suggest(r, word, kinds, KIND_NAMES, known), "没有“%.*s”这种图表", ZP_ARG(word));
    return false;
}

/* A length in whole millimetres within limits; `otherwise` when it is not given. */
static bool read_length(const reader *r, key which, int low, int high, zp_len otherwise,
                        zp_len *length)
{
    const zp_value *value = r->given[which];
    *length = otherwise;
    if (!value)
        return true;
    zp_str text = zp_value_text(value);
    static const char *const units[] = {"mm", "毫米"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (zp_str_ends(text, zp_str_from(units[i])))
            text = zp_str_trim(zp_str_slice(text, 0, text.n - zp_str_from(units[i]).n));
    zp_decimal decimal;
    bool sound = zp_decimal_read(text, &decimal) == ZP_DECIMAL_READ && !decimal.missing &&
                 !decimal.percent && decimal.decimals <= 1 && zp_decimal_widen(&decimal, 1) &&
                 decimal.units >= low * 10 && decimal.units <= high * 10;
    if (!sound) {
        zp_diag_add(r->diag, ZP_ERROR, "chart-size", place_of(r, value), "写成毫米数，如 75",
                    "图表的%s应在 %d 到 %d 毫米之间", which == KEY_WIDTH ? "宽" : "高", low, high);
        return false;
    }
    *length = zp_len_mm10((int32_t)decimal.units);
    return true;
}

static bool read_places(const reader *r)
{
    const zp_value *value = r->given[KEY_DECIMALS];
    int64_t places;
    if (!value)
        return true;
    if (!zp_value_int(value, 0, ZP_DECIMAL_PLACES, &places)) {
        zp_diag_add(r->diag, ZP_ERROR, "chart-decimals", place_of(r, value), NULL,
                    "小数位应是 0 到 %d 的整数", ZP_DECIMAL_PLACES);
        return false;
    }
    r->chart->places = (int)places;
    return true;
}

static bool read_looks(reader *r)
{
    zp_chart *chart = r->chart;
    chart->title = one_line(r, r->given[KEY_TITLE]);
    chart->unit = one_line(r, r->given[KEY_UNIT]);
    int widest = (int)((int64_t)r->room * 127 / (360 * (int64_t)ZP_PT));
    bool sound = read_kind(r);
    sound &= read_length(r, KEY_WIDTH, WIDTH_MIN, widest, r->room, &chart->width);
    sound &=
        read_length(r, KEY_HEIGHT, HEIGHT_MIN, HEIGHT_MAX, zp_len_mm10(HEIGHT), &chart->height);
    return read_places(r) && sound;
}

/* ---- limits ---- */

static bool allow(const reader *r, zp_span span, const char *what, size_t count, size_t most)
{
    if (count <= most)
        return true;
    zp_diag_add(r->diag, ZP_ERROR, "chart-too-many", span, "分成几个图表，或者改用表格",
                "图表有 %zu %s，最多能画 %zu %s", count, what, most, what);
    return false;
}

/* Charts are few; a report that is made of them must not cost their square. */
static bool allow_chart(const reader *r)
{
    size_t before = 0;
    const zp_node *figure = r->node->parent;
    for (figure = figure ? figure->previous : NULL; figure && before < ZP_CHART_MAX;
         figure = figure->previous)
        before +=
            figure->kind == ZP_NODE_FIGURE && figure->first && figure->first->kind == ZP_NODE_CHART;
    if (before < ZP_CHART_MAX)
        return true;
    zp_diag_add(r->diag, ZP_ERROR, "chart-too-many", r->node->span, "改用表格",
                "一份报告最多画 %d 个图表", ZP_CHART_MAX);
    return false;
}

/* A template's or a caption's width may be less than any chart needs. */
static bool allow_room(const reader *r)
{
    if (r->room >= zp_len_mm10(10 * WIDTH_MIN))
        return true;
    zp_diag_add(r->diag, ZP_ERROR, "chart-size", r->node->span, NULL, "图表至少要有 %d 毫米宽",
                WIDTH_MIN);
    return false;
}

/* What the width has room for. */
static bool allow_points(const reader *r)
{
    const zp_chart *chart = r->chart;
    size_t points = (size_t)(chart->width / ZP_PT);
    zp_span span = r->node->span;
    switch (chart->kind) {
    case ZP_CHART_BAR:
        return allow(r, span, "个柱子", chart->label_count * chart->series_count,
                     points / BAR_POINTS);
    case ZP_CHART_STACKED:
        return allow(r, span, "个柱子", chart->label_count, points / BAR_POINTS);
    case ZP_CHART_LINE:
        return allow(r, span, "个点", chart->label_count, points / LINE_POINTS);
    case ZP_CHART_PIE:
        return allow(r, span, "份", chart->label_count, ZP_CHART_SLICES);
    }
    return false;
}

/* ---- figures from the block ---- */

static bool read_labels(reader *r)
{
    const zp_value *list = r->given[KEY_X];
    if (!list || list->kind != ZP_VALUE_LIST || list->count == 0) {
        zp_diag_add(r->diag, ZP_ERROR, "chart-labels", place_of(r, list), "写成 分类: [教育, 卫生]",
                    "图表没有列出分类");
        return false;
    }
    if (!allow(r, place_of(r, list), "个分类", list->count, ZP_CHART_LABELS))
        return false;
    zp_str *labels = zp_new_array(r->arena, zp_str, list->count);
    for (const zp_value *entry = list->first; entry; entry = entry->next) {
        if (entry->kind == ZP_VALUE_LIST || entry->kind == ZP_VALUE_MAP) {
            zp_diag_add(r->diag, ZP_ERROR, "chart-labels", place_of(r, entry),
                        "写成 分类: [教育, 卫生]", "分类应是文字");
            return false;
        }
        labels[r->chart->label_count++] = one_line(r, entry);
    }
    r->chart->labels = labels;
    return true;
}

/* The texts of a series' values. */
static bool take_values(const reader *r, const zp_value *list, zp_extract_cell *cells)
{
    size_t count = 0;
    for (const zp_value *entry = list->first; entry; entry = entry->next) {
        if (entry->kind == ZP_VALUE_LIST || entry->kind == ZP_VALUE_MAP) {
            zp_diag_add(r->diag, ZP_ERROR, "chart-number", place_of(r, entry),
                        "数值写成 [12.5, 30]", "这里应是一个数");
            return false;
        }
        cells[count++] = (zp_extract_cell){zp_value_text(entry), place_of(r, entry)};
    }
    return true;
}

static bool read_series(const reader *r, const zp_value *entry, draft_series *series)
{
    const zp_value *given[SERIES_COUNT] = {0};
    const char *form = "写成 - {名称: 预算数, 数值: [12.5, 30]}";
    if (entry->kind != ZP_VALUE_MAP) {
        zp_diag_add(r->diag, ZP_ERROR, "chart-series", place_of(r, entry), form,
                    "系列应有名称和数值");
        return false;
    }
    if (!take_keys(r, entry, series_keys, SERIES_COUNT, given))
        return false;
    const zp_value *values = given[SERIES_VALUES];
    if (!values || values->kind != ZP_VALUE_LIST) {
        zp_diag_add(r->diag, ZP_ERROR, "chart-series", place_of(r, values ? values : entry), form,
                    "系列没有列出数值");
        return false;
    }
    if (values->count != r->chart->label_count) {
        zp_diag_add(r->diag, ZP_ERROR, "chart-length", place_of(r, values), "没有的数写成“—”",
                    "分类有 %zu 个，这里有 %zu 个数", r->chart->label_count, values->count);
        return false;
    }
    zp_extract_cell *cells = zp_new_array(r->arena, zp_extract_cell, values->count);
    series->name = one_line(r, given[SERIES_NAME]);
    series->cells = cells;
    return take_values(r, values, cells);
}

static bool gather_block(reader *r)
{
    const zp_value *list = r->given[KEY_SERIES];
    if (!read_labels(r))
        return false;
    if (list->kind != ZP_VALUE_LIST || list->count == 0) {
        zp_diag_add(r->diag, ZP_ERROR, "chart-series", place_of(r, list),
                    "写成 - {名称: 预算数, 数值: [12.5, 30]}", "图表没有列出系列");
        return false;
    }
    if (!allow(r, place_of(r, list), "个系列", list->count, ZP_CHART_SERIES))
        return false;
    r->drafts = zp_new_array(r->arena, draft_series, list->count);
    bool sound = true;
    for (const zp_value *entry = list->first; entry; entry = entry->next)
        sound &= read_series(r, entry, &r->drafts[r->chart->series_count++]);
    return sound;
}

/* ---- figures from a table ---- */

static const zp_node *root_of(const zp_node *node)
{
    while (node->parent)
        node = node->parent;
    return node;
}

/* The ids of tables, to find the nearest to a mistyped one. */
static const char *suggest_table(const reader *r, zp_str id)
{
    zp_str names[ZP_CHART_MAX];
    size_t count = 0;
    for (const zp_node *node = root_of(r->node)->first; node && count < ZP_CHART_MAX;
         node = node->next)
        if (node->kind == ZP_NODE_TABLE && node->id.n > 0)
            names[count++] = node->id;
    return suggest(r, id, names, count, "在表题的末尾写上编号：表：预算执行 {#yusuan}");
}

static bool find_table(const reader *r, zp_extract *extract)
{
    const zp_value *value = r->given[KEY_TABLE];
    zp_str id = zp_value_text(value);
    if (zp_str_starts(id, ZP_STR("#")))
        id = zp_str_slice(id, 1, id.n);
    const zp_node *table = zp_extract_find(root_of(r->node), id);
    if (!table) {
        zp_diag_add(r->diag, ZP_ERROR, "chart-table", place_of(r, value), suggest_table(r, id),
                    "没有编号为“%.*s”的表", ZP_ARG(id));
        return false;
    }
    if (zp_extract_read(r->arena, table, extract))
        return true;
    zp_diag_add(r->diag, ZP_ERROR, "chart-too-many", place_of(r, value), "把要画的数另列一个小表",
                "表“%.*s”太大，画不成图表", ZP_ARG(id));
    return false;
}

static void take_column(reader *r, const zp_extract *extract, size_t column)
{
    r->drafts[r->chart->series_count++] =
        (draft_series){extract->columns[column].name, extract->columns[column].cells};
}

/* A column by its head; 0, that of the labels, when there is none. */
static size_t find_column(const zp_extract *extract, zp_str name)
{
    for (size_t k = 1; k < extract->column_count; k++)
        if (zp_str_eq(extract->columns[k].name, name))
            return k;
    return 0;
}

static bool take_named(reader *r, const zp_extract *extract)
{
    const zp_value *list = r->given[KEY_COLUMNS];
    const zp_value *entry = list->kind == ZP_VALUE_LIST ? list->first : list;
    size_t count = list->kind == ZP_VALUE_LIST ? list->count : 1;
    if (!allow(r, place_of(r, list), "个系列", count, ZP_CHART_SERIES))
        return false;
    bool sound = true;
    for (size_t i = 0; i < count; i++, entry = entry->next) {
        size_t column = find_column(extract, zp_value_text(entry));
        if (column) {
            take_column(r, extract, column);
            continue;
        }
        zp_str names[ZP_EXTRACT_COLUMNS];
        for (size_t k = 1; k < extract->column_count; k++)
            names[k - 1] = extract->columns[k].name;
        size_t named = extract->column_count > 1 ? extract->column_count - 1 : 0;
        zp_diag_add(r->diag, ZP_ERROR, "chart-column", place_of(r, entry),
                    suggest(r, zp_value_text(entry), names, named, "写表头里的列名"),
                    "表里没有“%.*s”这一列", ZP_ARG(zp_value_text(entry)));
        sound = false;
    }
    return sound;
}

static bool take_counting(reader *r, const zp_extract *extract)
{
    size_t count = 0;
    for (size_t k = 1; k < extract->column_count; k++)
        count += zp_extract_counts(extract, k);
    if (!allow(r, place_of(r, r->given[KEY_TABLE]), "个系列", count, ZP_CHART_SERIES))
        return false;
    for (size_t k = 1; k < extract->column_count; k++)
        if (zp_extract_counts(extract, k))
            take_column(r, extract, k);
    return true;
}

static bool gather_table(reader *r)
{
    zp_extract extract;
    if (!find_table(r, &extract))
        return false;
    zp_str *labels = zp_new_array(r->arena, zp_str, extract.row_count);
    for (size_t i = 0; i < extract.row_count; i++)
        labels[i] = extract.columns[0].cells[i].text;
    r->chart->labels = labels;
    r->chart->label_count = extract.row_count;
    if (r->chart->unit.n == 0)
        r->chart->unit = extract.unit;
    r->drafts = zp_new_array(r->arena, draft_series, ZP_CHART_SERIES);
    if (!allow(r, place_of(r, r->given[KEY_TABLE]), "个分类", extract.row_count, ZP_CHART_LABELS))
        return false;
    return r->given[KEY_COLUMNS] ? take_named(r, &extract) : take_counting(r, &extract);
}

/* ---- texts to figures ---- */

static void report_number(reader *r, const zp_extract_cell *cell, zp_decimal_outcome outcome)
{
    if (r->faults++ >= FAULTS_NAMED)
        return;
    if (outcome == ZP_DECIMAL_NONE)
        zp_diag_add(r->diag, ZP_ERROR, "chart-number", place(r, cell->span),
                    "只写数字；没有的数写成“—”，单位写在“单位”里", "“%.*s”不是数",
                    ZP_ARG(zp_utf8_cut(cell->text, QUOTED)));
    else
        zp_diag_add(r->diag, ZP_ERROR, "chart-number", place(r, cell->span),
                    "换大一些的单位，如万元", "这个数太长：最多 %d 位数字、%d 位小数",
                    ZP_DECIMAL_DIGITS, ZP_DECIMAL_PLACES);
}

/* How the figures of a chart were typed. */
typedef struct {
    size_t there, percents;
    bool grouped;
    int decimals;
    zp_span odd; /* the first that is in % when others are not, or the other way round */
} manner;

static void note_manner(const zp_decimal *decimal, zp_span span, manner *m)
{
    if (decimal->missing)
        return;
    if (m->there > 0 && decimal->percent != (m->percents > 0) && !m->odd.source)
        m->odd = span;
    m->there++;
    m->percents += decimal->percent;
    m->grouped |= decimal->grouped;
    m->decimals = decimal->decimals > m->decimals ? decimal->decimals : m->decimals;
}

/* Reads all figures into `figures`, series after series. */
static bool read_figures(reader *r, zp_decimal *figures, manner *m)
{
    for (size_t s = 0; s < r->chart->series_count; s++)
        for (size_t i = 0; i < r->chart->label_count; i++, figures++) {
            const zp_extract_cell *cell = &r->drafts[s].cells[i];
            zp_decimal_outcome outcome = zp_decimal_read(cell->text, figures);
            if (outcome != ZP_DECIMAL_READ)
                report_number(r, cell, outcome);
            else
                note_manner(figures, cell->span, m);
        }
    return r->faults == 0;
}

/* All figures in units of the same decimals. */
static bool widen_figures(reader *r, zp_decimal *figures)
{
    zp_chart *chart = r->chart;
    zp_chart_series *series = zp_new_array(r->arena, zp_chart_series, chart->series_count);
    for (size_t s = 0; s < chart->series_count; s++) {
        series[s].name = r->drafts[s].name;
        series[s].values = zp_new_array(r->arena, int64_t, chart->label_count);
        for (size_t i = 0; i < chart->label_count; i++, figures++) {
            if (!figures->missing && !zp_decimal_widen(figures, chart->decimals))
                report_number(r, &r->drafts[s].cells[i], ZP_DECIMAL_TOO_LONG);
            series[s].values[i] = figures->missing ? ZP_CHART_MISSING : figures->units;
        }
    }
    chart->series = series;
    return r->faults == 0;
}

static bool settle_figures(reader *r)
{
    zp_chart *chart = r->chart;
    manner m = {0};
    zp_decimal *figures =
        zp_new_array(r->arena, zp_decimal, chart->series_count * chart->label_count);
    if (!read_figures(r, figures, &m))
        return false;
    if (m.there == 0) {
        zp_diag_add(r->diag, ZP_ERROR, "chart-empty", r->node->span, NULL, "图表里没有一个数");
        return false;
    }
    if (m.percents > 0 && m.percents < m.there) {
        zp_diag_add(r->diag, ZP_ERROR, "chart-percent", place(r, m.odd),
                    "分成两个图表，或者统一写法", "图表里有的数带 %%，有的不带");
        return false;
    }
    chart->percent = m.percents > 0;
    chart->grouped = m.grouped;
    chart->decimals = m.decimals;
    if (!r->given[KEY_DECIMALS])
        chart->places = m.decimals;
    return widen_figures(r, figures);
}

static bool check_pie(const reader *r)
{
    const zp_chart *chart = r->chart;
    const char *fault = NULL;
    int64_t sum = 0;
    if (chart->series_count > 1)
        fault = "饼形图只能有一个系列";
    for (size_t i = 0; i < chart->label_count && !fault; i++) {
        int64_t value = chart->series[0].values[i];
        if (value == ZP_CHART_MISSING)
            continue;
        if (value < 0)
            fault = "饼形图里不能有负数";
        sum += value;
    }
    if (!fault && sum == 0)
        fault = "饼形图各份之和是 0";
    if (fault)
        zp_diag_add(r->diag, ZP_ERROR, "chart-pie", r->node->span, "改用柱形图", "%s", fault);
    return !fault;
}

/* ---- the whole ---- */

static bool gather(reader *r)
{
    bool block = r->given[KEY_SERIES], table = r->given[KEY_TABLE];
    if (block != table && !(table && r->given[KEY_X]))
        return table ? gather_table(r) : gather_block(r);
    zp_diag_add(r->diag, ZP_ERROR, "chart-source", r->node->span,
                "要么写“分类”和“系列”，要么写“表”",
                block || table ? "图表的数写了两处" : "图表没有数");
    return false;
}

const zp_chart *zp_recipe_read(zp_arena *arena, const zp_node *node, zp_len width, zp_diag *diag)
{
    zp_chart *chart = zp_new(arena, zp_chart);
    reader r = {.arena = arena, .diag = diag, .node = node, .room = width, .chart = chart};
    const zp_value *map = allow_chart(&r) && allow_room(&r) ? read_block(&r) : NULL;
    if (!map)
        return NULL;
    if (map->count == 0) {
        zp_diag_add(diag, ZP_ERROR, "chart-empty", node->span, "写出“类型”“分类”和“系列”",
                    "图表是空的");
        return NULL;
    }
    bool sound = take_keys(&r, map, keys, KEY_COUNT, r.given);
    sound &= read_looks(&r);
    if (!gather(&r) || !sound || !allow_points(&r) || !settle_figures(&r))
        return NULL;
    return chart->kind != ZP_CHART_PIE || check_pie(&r) ? chart : NULL;
}

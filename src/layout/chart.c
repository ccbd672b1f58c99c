/* chart.c: a CHART node in, its sketch, its words and its items out.
 *
 * Layout and the HTML writer both come here, each for itself; what is wrong is said twice at the
 * same place, which the list of messages folds into one.
 */
#include "layout/chart.h"

#include "layout/decimal.h"
#include "layout/frame.h"
#include "layout/plot.h"
#include "layout/recipe.h"

enum {
    FRAME_HEIGHT = 60 * ZP_PT, /* of the mark in the place of a chart that cannot be drawn */
    FRAME_PADDING = 12 * ZP_PT,
    UNBROKEN = 4000 * ZP_PT, /* no text of a chart is wider */
};

/* ---- words ---- */

zp_str zp_chart_figure(zp_arena *arena, const zp_chart *chart, int64_t value)
{
    zp_str text = zp_decimal_print(arena, value, chart->decimals, chart->places, chart->grouped);
    return chart->percent ? zp_str_format(arena, "%.*s%%", ZP_ARG(text)) : text;
}

zp_str zp_chart_share(zp_arena *arena, int64_t value, int64_t sum)
{
    int64_t tenths = (value * 1000 + sum / 2) / sum;
    return zp_str_format(arena, "%.*s%%", ZP_ARG(zp_decimal_print(arena, tenths, 1, 1, false)));
}

static void describe_series(const zp_chart *chart, const zp_chart_series *series, zp_buf *out)
{
    if (series->name.n > 0) {
        zp_buf_add(out, series->name);
        zp_buf_lit(out, "：");
    }
    for (size_t i = 0; i < chart->label_count; i++) {
        int64_t value = series->values[i];
        zp_buf_add(out, chart->labels[i]);
        zp_buf_byte(out, ' ');
        if (value == ZP_CHART_MISSING)
            zp_buf_lit(out, "无");
        else
            zp_buf_add(out, zp_chart_figure(out->arena, chart, value));
        if (i + 1 < chart->label_count)
            zp_buf_lit(out, "，");
    }
    zp_buf_lit(out, "。");
}

zp_str zp_chart_describe(zp_arena *arena, const zp_chart *chart)
{
    static const char *const names[] = {"柱形图", "堆积柱形图", "折线图", "饼形图"};
    zp_buf out = {.arena = arena};
    zp_buf_add(&out, zp_str_from(names[chart->kind]));
    if (chart->title.n > 0)
        zp_buf_format(&out, "：%.*s", ZP_ARG(chart->title));
    if (chart->unit.n > 0 && !chart->percent)
        zp_buf_format(&out, "（单位：%.*s）", ZP_ARG(chart->unit));
    zp_buf_lit(&out, "。");
    for (size_t s = 0; s < chart->series_count; s++)
        describe_series(chart, &chart->series[s], &out);
    return zp_buf_str(&out);
}

/* ---- the sketch ---- */

/* What is known of a chart that could not be read: its caption. */
static zp_str caption_text(zp_arena *arena, const zp_node *node)
{
    const zp_node *caption = node->next;
    if (caption && caption->kind == ZP_NODE_CAPTION && caption->first)
        return zp_str_trim(zp_node_text(arena, caption));
    return ZP_STR("没有画出");
}

static zp_sketch *draw_mark(zp_arena *arena, zp_len width, zp_str words)
{
    zp_sketch *sketch = zp_new(arena, zp_sketch);
    *sketch = (zp_sketch){.arena = arena, .width = width, .height = FRAME_HEIGHT};
    zp_path path = {.arena = arena};
    zp_path_box(&path, ZP_CHART_THIN / 2, ZP_CHART_THIN / 2, width - ZP_CHART_THIN,
                FRAME_HEIGHT - ZP_CHART_THIN);
    zp_sketch_stroke(sketch, &path, 0, ZP_CHART_THIN, 0);
    zp_str line = {0};
    bool whole;
    zp_len room = width - 2 * FRAME_PADDING;
    zp_sketch_wrap(arena, words, ZP_CHART_TYPE, room > 0 ? room : width, &line, 1, &whole);
    zp_sketch_text(sketch, line, width / 2, FRAME_HEIGHT / 2, ZP_CHART_TYPE, ZP_ALIGN_CENTER);
    return sketch;
}

bool zp_chart_sketch(zp_arena *arena, const zp_node *node, zp_len width, zp_diag *diag,
                     const zp_sketch **sketch, zp_str *words)
{
    const zp_chart *chart = zp_recipe_read(arena, node, width, diag);
    if (chart) {
        *words = zp_chart_describe(arena, chart);
        *sketch = zp_plot_draw(arena, chart);
        return true;
    }
    *words = zp_str_format(arena, "［图表：%.*s］", ZP_ARG(caption_text(arena, node)));
    *sketch = draw_mark(arena, width, *words);
    return false;
}

/* ---- items ---- */

typedef struct {
    zp_column *column;
    const zp_node *node;
    zp_len dx;
    zp_item *items;
    uint32_t count;
    size_t capacity;
} item_list;

static zp_item *add_item(item_list *list)
{
    zp_list_grow(list->column->arena, list->items, list->count, list->capacity);
    return &list->items[list->count++];
}

/* A text's own items. Its width is known only now, so the ends that are to stand in their places
 * are put there here. */
static void add_text(item_list *list, const zp_shape *shape)
{
    const zp_measure measure = {
        .width = UNBROKEN, .align = ZP_ALIGN_LEFT, .rules = &list->column->report->template->lines};
    const zp_run run = {.text = shape->text.text,
                        .span = list->node->span,
                        .node = list->node,
                        .role = shape->text.strong ? ZP_ROLE_HEITI : ZP_ROLE_SONGTI,
                        .size = shape->text.size,
                        .cell = shape->text.size};
    zp_lines lines = zp_inline_set(list->column->setter, &run, 1, &measure);
    if (lines.count == 0)
        return;
    const zp_line *line = &lines.lines[0];
    zp_len x = shape->text.x + list->dx;
    if (shape->text.anchor == ZP_ALIGN_CENTER)
        x -= line->width / 2;
    else if (shape->text.anchor == ZP_ALIGN_RIGHT)
        x -= line->width;
    for (uint32_t i = 0; i < line->count; i++) {
        zp_item *item = add_item(list);
        *item = line->items[i];
        item->x += x;
        item->y += shape->text.y;
    }
}

static void add_path(item_list *list, const zp_shape *shape)
{
    zp_item *item = add_item(list);
    *item = (zp_item){.kind = ZP_ITEM_PATH, .node = list->node, .x = list->dx};
    item->path.points = shape->path.points;
    item->path.steps = shape->path.steps;
    item->path.step_count = shape->path.step_count;
    item->path.gray = shape->path.gray;
    item->path.line = shape->path.line;
    item->path.dash = shape->path.dash;
}

bool zp_chart_draw(zp_column *column, const zp_node *chart, zp_len width, zp_item **items,
                   uint32_t *count, zp_len *height, zp_str *words)
{
    const zp_sketch *sketch;
    bool sound = zp_chart_sketch(column->arena, chart, width, column->diag, &sketch, words);
    item_list list = {.column = column, .node = chart, .dx = (width - sketch->width) / 2};
    for (size_t i = 0; i < sketch->count; i++)
        if (sketch->shapes[i].kind == ZP_SHAPE_TEXT)
            add_text(&list, &sketch->shapes[i]);
        else
            add_path(&list, &sketch->shapes[i]);
    *items = list.items;
    *count = list.count;
    *height = sketch->height;
    return sound;
}

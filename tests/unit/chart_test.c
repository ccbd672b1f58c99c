/* chart_test.c: chart blocks become charts, or messages at their places; charts become sketches in
 * which nothing leaves the sheet and no text lies on another.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "doc/caption.h"
#include "doc/markdown.h"
#include "layout/chart.h"
#include "layout/plot.h"
#include "layout/recipe.h"

enum { RANDOM_CHARTS = 1500, NEAR = ZP_PT / 8 };

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_source *source;
    const zp_node *node; /* the last CHART of the text */
} bench;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    bench *b = zp_new(arena, bench);
    b->arena = arena;
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    zp_arena_free(b->arena);
    return 0;
}

/* The width of the text on an official page. */
static zp_len page_width(void)
{
    return zp_len_mm10(1560);
}

static const zp_chart *read_text(bench *b, zp_str text)
{
    b->diag = zp_diag_new(b->arena);
    b->source = zp_source_new(b->arena, ZP_STR("a.md"), text);
    zp_node *root = zp_markdown_read(b->arena, zp_span_of(b->source, 0, text.n), b->diag);
    assert_non_null(root);
    zp_caption_settle(b->arena, root);
    b->node = NULL;
    for (const zp_node *node = root->first; node; node = node->next)
        if (node->kind == ZP_NODE_FIGURE && node->first->kind == ZP_NODE_CHART)
            b->node = node->first;
    assert_non_null(b->node);
    return zp_recipe_read(b->arena, b->node, page_width(), b->diag);
}

/* A block of that YAML. */
static const zp_chart *read_block(bench *b, const char *yaml)
{
    return read_text(b, zp_str_format(b->arena, "```chart\n%s\n```\n", yaml));
}

/* The one error, its id and the text it is at. */
static void assert_error(const bench *b, const char *id, const char *at)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    if (count != 1)
        fail_msg("%s: %zu messages", id, count);
    assert_string_equal(messages[0].id, id);
    assert_int_equal(messages[0].severity, ZP_ERROR);
    assert_ptr_equal(messages[0].span.source, b->source);
    zp_str place = zp_str_slice(b->source->text, messages[0].span.start, messages[0].span.end);
    assert_string_equal(zp_str_cstr(b->arena, place), at);
}

static void assert_block(bench *b, const char *yaml, const char *id, const char *at)
{
    assert_null(read_block(b, yaml));
    assert_error(b, id, at);
}

static void assert_whole(bench *b, const char *yaml, const char *id)
{
    assert_null(read_block(b, yaml));
    assert_error(b, id, zp_str_cstr(b->arena, zp_str_format(b->arena, "```chart\n%s\n```", yaml)));
}

/* ---- reading ---- */

static void reads_a_block_by_chinese_and_english_keys(void **state)
{
    static const char *const blocks[] = {
        "类型: 折线\n标题: 执行\n单位: 万元\n分类: [甲, 乙]\n系列:\n"
        "  - {名称: 预算, 数值: [1, 2.5]}\n  - {名称: 执行, 数值: [—, \"1,000\"]}\n"
        "宽: 100\n高: 60mm\n小数位: 2",
        "type: line\ntitle: 执行\nunit: 万元\nx: [甲, 乙]\nseries:\n"
        "  - {name: 预算, values: [1, 2.5]}\n  - {name: 执行, values: [~, \"1,000\"]}\n"
        "width: 100 mm\nheight: 60\ndecimals: 2",
    };
    for (int i = 0; i < 2; i++) {
        const zp_chart *chart = read_block(*state, blocks[i]);
        assert_non_null(chart);
        assert_int_equal(chart->kind, ZP_CHART_LINE);
        assert_true(zp_str_eq(chart->title, ZP_STR("执行")));
        assert_true(zp_str_eq(chart->unit, ZP_STR("万元")));
        assert_int_equal(chart->label_count, 2);
        assert_true(zp_str_eq(chart->labels[1], ZP_STR("乙")));
        assert_int_equal(chart->series_count, 2);
        assert_int_equal(chart->decimals, 1);
        assert_int_equal(chart->places, 2);
        assert_int_equal(chart->series[0].values[1], 25);
        assert_true(chart->series[1].values[0] == ZP_CHART_MISSING);
        assert_int_equal(chart->series[1].values[1], 10000);
        assert_true(chart->grouped);
        assert_int_equal(chart->width, zp_len_mm10(1000));
        assert_int_equal(chart->height, zp_len_mm10(600));
    }
}

static void takes_the_text_width_and_75_mm_by_default(void **state)
{
    const zp_chart *chart = read_block(*state, "类型: 饼图\n分类: [甲]\n系列: [{数值: [1]}]");
    assert_non_null(chart);
    assert_int_equal(chart->kind, ZP_CHART_PIE);
    assert_int_equal(chart->width, page_width());
    assert_int_equal(chart->height, zp_len_mm10(750));
}

static const char table[] = "表：预算 {#yusuan}\n\n单位：万元\n\n"
                            "| 科目 | 预算数 | 执行数 | 备注 |\n|---|---|---|---|\n"
                            "| 教育 | 1,200.5 | 98.5 | 无 |\n| ^ | 20 | — | |\n"
                            "| 合 计 | 1,220.5 | 98.5 | |\n\n";

static const zp_chart *read_table(bench *b, const char *yaml)
{
    return read_text(b, zp_str_format(b->arena, "%s```chart\n%s\n```\n", table, yaml));
}

static void takes_figures_from_a_table(void **state)
{
    const zp_chart *chart = read_table(*state, "类型: 柱形\n表: yusuan");
    assert_non_null(chart);
    assert_int_equal(chart->label_count, 2); /* without 合计 */
    assert_true(zp_str_eq(chart->labels[1], ZP_STR("教育")));
    assert_int_equal(chart->series_count, 2); /* without 备注 */
    assert_true(zp_str_eq(chart->series[0].name, ZP_STR("预算数")));
    assert_int_equal(chart->series[0].values[0], 12005);
    assert_int_equal(chart->series[0].values[1], 200);
    assert_true(chart->series[1].values[1] == ZP_CHART_MISSING);
    assert_true(zp_str_eq(chart->unit, ZP_STR("万元")));
}

static void takes_the_columns_that_are_named(void **state)
{
    const zp_chart *chart =
        read_table(*state, "类型: 柱形\n表: \"#yusuan\"\n列: [执行数]\n单位: 元");
    assert_non_null(chart);
    assert_int_equal(chart->series_count, 1);
    assert_int_equal(chart->series[0].values[0], 985);
    assert_true(zp_str_eq(chart->unit, ZP_STR("元")));
}

static void names_tables_and_columns_that_are_not_there(void **state)
{
    bench *b = *state;
    assert_null(read_table(b, "类型: 柱形\n表: yusan"));
    assert_error(b, "chart-table", "yusan");
    assert_null(read_table(b, "类型: 柱形\n表: yusuan\n列: [预算数, 决算数]"));
    assert_error(b, "chart-column", "决算数");
    assert_null(read_table(b, "类型: 柱形\n表: yusuan\n列: 备注"));
    assert_error(b, "chart-number", "无");
}

static void points_at_what_is_wrong(void **state)
{
    bench *b = *state;
    assert_block(b, "类型: 雷达\n分类: [甲]\n系列: [{数值: [1]}]", "chart-type", "雷达");
    assert_block(b, "类型: 柱形\n分类: [甲, 乙]\n系列: [{数值: [1, 约2]}]", "chart-number", "约2");
    assert_block(b, "类型: 柱形\n分类: [甲]\n系列: [{数值: [12345678901234567]}]", "chart-number",
                 "12345678901234567");
    assert_block(b, "类型: 柱形\n分类: [甲, 乙]\n系列: [{数值: [1, 2, 3]}]", "chart-length",
                 "[1, 2, 3]");
    assert_block(b, "类型: 柱形\n分类: 甲\n系列: [{数值: [1]}]", "chart-labels", "甲");
    assert_block(b, "类型: 柱形\n分类: [甲]\n系列: [1]", "chart-series", "1");
    assert_block(b, "类型: 柱形\n分类: [甲]\n系列: 1", "chart-series", "1");
    assert_block(b, "类型: 柱形\n分类: [甲]\n系列: [{数值: 1}]", "chart-series", "1");
    assert_block(b, "类型: 柱形\n分类: [甲]\n系列: [{数值: [[1]]}]", "chart-number", "[1]");
    assert_block(b, "类型: 柱形\n分类: [甲, 乙]\n系列: [{数值: [1%, 2]}]", "chart-percent", "2");
    assert_block(b, "类型: 柱形\n分类: [甲]\n系列: [{数值: [1]}]\n宽: 500", "chart-size", "500");
    assert_block(b, "类型: 柱形\n分类: [甲]\n系列: [{数值: [1]}]\n高: 很高", "chart-size", "很高");
    assert_block(b, "类型: 柱形\n分类: [甲]\n系列: [{数值: [1]}]\n小数位: 9", "chart-decimals",
                 "9");
    assert_block(b, "类型: 柱形\ntype: 折线\n分类: [甲]\n系列: [{数值: [1]}]", "chart-twice",
                 "type");
}

static void says_of_the_whole_block_what_has_no_place(void **state)
{
    bench *b = *state;
    assert_whole(b, "分类: [甲]\n系列: [{数值: [1]}]", "chart-type");
    assert_whole(b, "类型: 柱形\n系列: [{数值: [1]}]", "chart-labels");
    assert_whole(b, "类型: 柱形", "chart-source");
    assert_whole(b, "类型: 柱形\n分类: [甲]\n系列: [{数值: [1]}]\n表: a", "chart-source");
    assert_whole(b, "类型: 柱形\n分类: [甲]\n系列: [{数值: [—]}]", "chart-empty");
    assert_whole(b, "# 没有", "chart-empty");
    assert_whole(b, "类型: 饼形\n分类: [甲, 乙]\n系列: [{数值: [2, -1]}]", "chart-pie");
    assert_whole(b, "类型: 饼形\n分类: [甲, 乙]\n系列: [{数值: [0, 0]}]", "chart-pie");
    assert_whole(b, "类型: 饼形\n分类: [甲]\n系列: [{数值: [1]}, {数值: [2]}]", "chart-pie");
}

static void warns_of_keys_that_are_none(void **state)
{
    bench *b = *state;
    assert_non_null(read_block(b, "类型: 柱形\n分类: [甲]\n系列: [{数值: [1]}]\n颜色: 红"));
    size_t count;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    assert_int_equal(count, 1);
    assert_string_equal(messages[0].id, "chart-key");
    assert_int_equal(messages[0].severity, ZP_WARNING);
}

static void speaks_of_an_indented_block_as_a_whole(void **state)
{
    bench *b = *state;
    zp_str text = ZP_STR("  ```chart\n  类型: 雷达\n  分类: [甲]\n  系列: [{数值: [1]}]\n  ```\n");
    assert_null(read_text(b, text));
    size_t count;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    assert_int_equal(count, 1);
    assert_string_equal(messages[0].id, "chart-type");
    assert_ptr_equal(messages[0].span.source, b->source);
    assert_int_equal(messages[0].span.start, b->node->span.start);
}

static void leaves_broken_yaml_to_yaml(void **state)
{
    bench *b = *state;
    assert_null(read_block(b, "类型：柱形\n分类: [甲]"));
    assert_true(zp_diag_count(b->diag, ZP_ERROR) > 0);
    assert_null(read_text(b, ZP_STR("  ```chart\n  分类: [甲\n  ```\n")));
    assert_true(zp_diag_count(b->diag, ZP_ERROR) > 0);
}

/* ---- limits ---- */

static zp_str repeated(bench *b, const char *before, const char *each, size_t count,
                       const char *after)
{
    zp_buf buf = {.arena = b->arena};
    zp_buf_add(&buf, zp_str_from(before));
    for (size_t i = 0; i < count; i++)
        zp_buf_add(&buf, zp_str_from(each));
    zp_buf_add(&buf, zp_str_from(after));
    return zp_buf_str(&buf);
}

static const zp_chart *read_points(bench *b, const char *kind, size_t count)
{
    zp_str x = repeated(b, "分类: [", "甲, ", count, "]\n");
    zp_str values = repeated(b, "系列: [{数值: [", "1, ", count, "]}]");
    return read_text(b, zp_str_format(b->arena, "```chart\n类型: %s\n%.*s%.*s\n```\n", kind,
                                      ZP_ARG(x), ZP_ARG(values)));
}

static void refuses_more_than_can_be_told_apart(void **state)
{
    bench *b = *state;
    static const struct {
        const char *kind;
        size_t most;
    } cases[] = {{"柱形", 147}, {"堆积", 147}, {"折线", 442}, {"饼形", 12}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_non_null(read_points(b, cases[i].kind, cases[i].most));
        assert_null(read_points(b, cases[i].kind, cases[i].most + 1));
        size_t count;
        assert_string_equal(zp_diag_messages(b->diag, &count)->id, "chart-too-many");
        assert_int_equal(count, 1);
    }
    assert_null(read_points(b, "折线", 10000));
    assert_int_equal(zp_diag_count(b->diag, ZP_ERROR), 1);
}

static void refuses_more_than_eight_series(void **state)
{
    bench *b = *state;
    for (size_t n = ZP_CHART_SERIES; n <= ZP_CHART_SERIES + 1; n++) {
        zp_str series = repeated(b, "系列: [", "{数值: [1]}, ", n, "]");
        const zp_chart *chart =
            read_text(b, zp_str_format(b->arena, "```chart\n类型: 柱形\n分类: [甲]\n%.*s\n```\n",
                                       ZP_ARG(series)));
        assert_int_equal(chart != NULL, n == ZP_CHART_SERIES);
    }
}

static void refuses_the_two_hundred_and_first_chart(void **state)
{
    bench *b = *state;
    const char *one = "```chart\n类型: 柱形\n分类: [甲]\n系列: [{数值: [1]}]\n```\n\n";
    assert_non_null(read_text(b, repeated(b, "", one, ZP_CHART_MAX, "")));
    assert_null(read_text(b, repeated(b, "", one, ZP_CHART_MAX + 1, "")));
    size_t count;
    assert_string_equal(zp_diag_messages(b->diag, &count)->id, "chart-too-many");
}

static void refuses_a_width_that_no_chart_fits(void **state)
{
    bench *b = *state;
    read_block(b, "类型: 柱形\n分类: [甲]\n系列: [{数值: [1]}]");
    b->diag = zp_diag_new(b->arena);
    assert_null(zp_recipe_read(b->arena, b->node, ZP_PT, b->diag));
    size_t count;
    assert_string_equal(zp_diag_messages(b->diag, &count)->id, "chart-size");
}

/* ---- words and marks ---- */

static void describes_all_figures(void **state)
{
    bench *b = *state;
    const zp_chart *chart =
        read_block(b, "类型: 柱形\n标题: 支出\n单位: 万元\n分类: [教育, 卫生]\n"
                      "系列: [{名称: 预算, 数值: [1.5, 2]}, {名称: 执行, 数值: [1, —]}]");
    assert_string_equal(
        zp_str_cstr(b->arena, zp_chart_describe(b->arena, chart)),
        "柱形图：支出（单位：万元）。预算：教育 1.5，卫生 2.0。执行：教育 1.0，卫生 无。");
}

static void marks_the_place_of_a_chart_that_cannot_be_drawn(void **state)
{
    bench *b = *state;
    assert_null(read_text(b, ZP_STR("```chart\n类型: 雷达\n```\n\n图：预算执行情况 {#t}\n")));
    const zp_sketch *sketch;
    zp_str words;
    assert_false(zp_chart_sketch(b->arena, b->node, page_width(), b->diag, &sketch, &words));
    assert_string_equal(zp_str_cstr(b->arena, words), "［图表：预算执行情况］");
    assert_int_equal(sketch->count, 2);
    assert_true(zp_str_eq(sketch->shapes[1].text.text, words));
}

/* ---- sketches ---- */

typedef struct {
    zp_len left, top, right, bottom;
} extent;

static extent extent_of(const zp_shape *shape)
{
    zp_len width = zp_sketch_width(shape->text.text, shape->text.size);
    zp_len left = shape->text.x - (shape->text.anchor == ZP_ALIGN_CENTER  ? width / 2
                                   : shape->text.anchor == ZP_ALIGN_RIGHT ? width
                                                                          : 0);
    zp_len half = shape->text.size * 45 / 100;
    return (extent){left, shape->text.y - half, left + width, shape->text.y + half};
}

static void assert_inside(const zp_sketch *sketch, zp_len left, zp_len top, zp_len right,
                          zp_len bottom, zp_str what)
{
    if (left < -NEAR || top < -NEAR || right > sketch->width + NEAR ||
        bottom > sketch->height + NEAR)
        fail_msg("“%.*s” leaves the sketch: %d %d %d %d", ZP_ARG(what), left / ZP_PT, top / ZP_PT,
                 right / ZP_PT, bottom / ZP_PT);
}

static uint32_t points_of(uint8_t step)
{
    return step == ZP_PATH_CURVE ? 3 : step == ZP_PATH_CLOSE ? 0 : 1;
}

static void check_path(const zp_sketch *sketch, const zp_shape *shape)
{
    uint32_t points = 0;
    for (uint32_t i = 0; i < shape->path.step_count; i++)
        points += points_of(shape->path.steps[i]);
    assert_int_equal(shape->path.steps[0], ZP_PATH_MOVE);
    for (uint32_t i = 0; i < points; i++) {
        zp_point p = shape->path.points[i];
        assert_inside(sketch, p.x, p.y, p.x, p.y, ZP_STR("a path"));
    }
}

/* Nothing leaves the sketch; no text lies on another. */
static void check_sketch(bench *b, const zp_sketch *sketch)
{
    extent *texts = zp_new_array(b->arena, extent, sketch->count);
    size_t count = 0;
    for (size_t i = 0; i < sketch->count; i++) {
        const zp_shape *shape = &sketch->shapes[i];
        if (shape->kind == ZP_SHAPE_PATH) {
            check_path(sketch, shape);
            continue;
        }
        extent e = extent_of(shape);
        assert_inside(sketch, e.left, e.top, e.right, e.bottom, shape->text.text);
        for (size_t k = 0; k < count; k++)
            if (e.left + NEAR < texts[k].right && texts[k].left + NEAR < e.right &&
                e.top + NEAR < texts[k].bottom && texts[k].top + NEAR < e.bottom)
                fail_msg("“%.*s” lies on another text", ZP_ARG(shape->text.text));
        texts[count++] = e;
    }
}

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static zp_str random_label(bench *b, unsigned *seed)
{
    static const char *const parts[] = {
        "教育", "社会保障和就业", "2024年", "一般公共预算支出", "农林水", "A-12", "其他（含结转）"};
    zp_buf buf = {.arena = b->arena};
    for (unsigned n = 1 + next_random(seed) % 3; n > 0; n--)
        zp_buf_add(&buf, zp_str_from(parts[next_random(seed) % 7]));
    return zp_buf_str(&buf);
}

static int64_t random_value(unsigned *seed, bool negative, int64_t size)
{
    if (next_random(seed) % 12 == 0)
        return ZP_CHART_MISSING;
    int64_t value = (int64_t)next_random(seed) * 40503 % size;
    return negative && next_random(seed) % 3 == 0 ? -value : value;
}

static zp_chart *random_chart(bench *b, unsigned *seed)
{
    static const size_t most[] = {24, 40, 200, ZP_CHART_SLICES};
    static const int64_t sizes[] = {3, 100, 10000, 99999999, 999999999999999};
    zp_chart *chart = zp_new(b->arena, zp_chart);
    chart->kind = (zp_chart_kind)(next_random(seed) % 4);
    bool pie = chart->kind == ZP_CHART_PIE, negative = !pie && next_random(seed) % 3 == 0;
    chart->width = zp_len_mm10(800 + (int32_t)(next_random(seed) % 761));
    chart->height = zp_len_mm10(400 + (int32_t)(next_random(seed) % 800));
    chart->label_count = 1 + next_random(seed) % most[chart->kind];
    chart->series_count = pie ? 1 : 1 + next_random(seed) % 4;
    if (next_random(seed) % 2)
        chart->title = random_label(b, seed);
    if (next_random(seed) % 2)
        chart->unit = ZP_STR("万元");
    chart->decimals = chart->places = (int)(next_random(seed) % 3);
    chart->grouped = next_random(seed) % 2;
    int64_t size = sizes[next_random(seed) % 5];
    zp_str *labels = zp_new_array(b->arena, zp_str, chart->label_count);
    for (size_t i = 0; i < chart->label_count; i++)
        labels[i] = random_label(b, seed);
    zp_chart_series *series = zp_new_array(b->arena, zp_chart_series, chart->series_count);
    for (size_t s = 0; s < chart->series_count; s++) {
        series[s].name = random_label(b, seed);
        series[s].values = zp_new_array(b->arena, int64_t, chart->label_count);
        for (size_t i = 0; i < chart->label_count; i++)
            series[s].values[i] = random_value(seed, negative, size);
        series[s].values[0] = size - 1; /* one is there */
    }
    chart->labels = labels;
    chart->series = series;
    return chart;
}

static void sketches_keep_to_their_sheet_and_texts_apart(void **state)
{
    (void)state;
    unsigned seed = 20240917;
    for (int i = 0; i < RANDOM_CHARTS; i++) {
        bench own = {.arena = zp_arena_new()};
        check_sketch(&own, zp_plot_draw(own.arena, random_chart(&own, &seed)));
        zp_arena_free(own.arena);
    }
}

/* The texts of a sketch that stand in one line with others, as one string. */
static bool has_text(const zp_sketch *sketch, const char *text)
{
    for (size_t i = 0; i < sketch->count; i++)
        if (sketch->shapes[i].kind == ZP_SHAPE_TEXT &&
            zp_str_eq(sketch->shapes[i].text.text, zp_str_from(text)))
            return true;
    return false;
}

static void axes_have_round_ticks_and_zero(void **state)
{
    bench *b = *state;
    const zp_chart *chart =
        read_block(b, "类型: 柱形\n分类: [甲, 乙]\n系列: [{数值: [873.25, -120]}]");
    const zp_sketch *sketch = zp_plot_draw(b->arena, chart);
    static const char *const ticks[] = {"-200", "0",    "200",    "400",    "600",
                                        "800",  "1000", "873.25", "-120.00"};
    for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++)
        if (!has_text(sketch, ticks[i]))
            fail_msg("no %s", ticks[i]);
}

static void lines_that_vary_little_need_no_zero(void **state)
{
    bench *b = *state;
    const zp_chart *chart =
        read_block(b, "类型: 折线\n分类: [甲, 乙]\n系列: [{数值: [95.1%, 98.3%]}]");
    const zp_sketch *sketch = zp_plot_draw(b->arena, chart);
    assert_false(has_text(sketch, "0%"));
    assert_true(has_text(sketch, "95%"));
    assert_true(has_text(sketch, "99%"));
}

static void slices_tell_their_shares(void **state)
{
    bench *b = *state;
    const zp_chart *chart = read_block(b, "类型: 饼形\n分类: [甲, 乙]\n系列: [{数值: [30.5, 61]}]");
    const zp_sketch *sketch = zp_plot_draw(b->arena, chart);
    assert_true(has_text(sketch, "甲　30.5（33.3%）"));
    assert_true(has_text(sketch, "乙　61.0（66.7%）"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(reads_a_block_by_chinese_and_english_keys),
        TEST(takes_the_text_width_and_75_mm_by_default),
        TEST(takes_figures_from_a_table),
        TEST(takes_the_columns_that_are_named),
        TEST(names_tables_and_columns_that_are_not_there),
        TEST(points_at_what_is_wrong),
        TEST(says_of_the_whole_block_what_has_no_place),
        TEST(warns_of_keys_that_are_none),
        TEST(speaks_of_an_indented_block_as_a_whole),
        TEST(leaves_broken_yaml_to_yaml),
        TEST(refuses_more_than_can_be_told_apart),
        TEST(refuses_more_than_eight_series),
        TEST(refuses_the_two_hundred_and_first_chart),
        TEST(refuses_a_width_that_no_chart_fits),
        TEST(describes_all_figures),
        TEST(marks_the_place_of_a_chart_that_cannot_be_drawn),
        TEST(sketches_keep_to_their_sheet_and_texts_apart),
        TEST(axes_have_round_ticks_and_zero),
        TEST(lines_that_vary_little_need_no_zero),
        TEST(slices_tell_their_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

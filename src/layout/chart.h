/* chart.h: charts, from a fenced block named chart.
 *
 *     ```chart
 *     类型: 柱形                     type: bar 柱形, stacked 堆积, line 折线, pie 饼形
 *     标题: 预算执行情况             title (optional: the caption below the figure is usually
 * enough) 单位: 万元                     unit 分类: [教育, 卫生]             x: the labels 系列:
 * series: the figures of each, as many as there are labels
 *       - {名称: 预算数, 数值: ["1,200.00", 800]}
 *       - {名称: 执行数, 数值: [1100.50, —]}
 *     小数位: 1                      decimals printed; as many as were typed when it is not given
 *     宽: 120                        width and height in mm; the text's width and 75
 *     高: 60
 *     ```
 *
 * Instead of x and series, `table: ID` (表) takes the figures from the report's table whose caption
 * has that {#ID}: the first column holds the labels, the others are series under their heads;
 * `columns: […]` (列) names those that are wanted, else all are taken that hold a figure. Rows 合计
 * and 总计 are left out. The unit is the table's when none is given.
 *
 * Series are told apart by gray and hatch, or by dash and mark, so that a chart reads on a black
 * and white print; figures stand beside what they measure as long as they do not get into one
 * another's way.
 *
 * What cannot be drawn is an error at its place in the report, and a frame with ［图表：…］ stands
 * in the chart's place: `chart-type`, `chart-empty` (no labels or no figure), `chart-labels`,
 * `chart-series` (not the form above), `chart-source` (both or neither of series and table),
 * `chart-table`, `chart-column` (no such table or column), `chart-number` (no figure, or over 15
 * digits or 6 decimals), `chart-percent` (some figures in %, others not), `chart-length` (not as
 * many figures as labels), `chart-too-many` (more than can be told apart, or than ZP_CHART_MAX
 * charts), `chart-pie` (a pie of several series, of a negative figure, or of nothing),
 * `chart-size`, `chart-decimals`, `chart-twice` (a key by two of its names). `chart-key` (a key
 * that is none) is a warning. YAML's own errors come before these.
 */
#ifndef ZP_CHART_H
#define ZP_CHART_H

#include "layout/column.h"
#include "layout/sketch.h"

typedef enum { ZP_CHART_BAR, ZP_CHART_STACKED, ZP_CHART_LINE, ZP_CHART_PIE } zp_chart_kind;

#define ZP_CHART_MISSING INT64_MIN /* a figure that is not there */

enum {
    ZP_CHART_MAX = 200,  /* in a report */
    ZP_CHART_SERIES = 8, /* that can be told apart */
    ZP_CHART_SLICES = 12,
    ZP_CHART_LABELS = 500,
};

typedef struct {
    zp_str name;
    int64_t *values; /* one for each label, in units of 10^-decimals */
} zp_chart_series;

/* One label and one figure at least. */
typedef struct {
    zp_chart_kind kind;
    zp_str title, unit; /* may be empty */
    zp_len width, height;
    const zp_str *labels;
    size_t label_count;
    const zp_chart_series *series;
    size_t series_count;
    int decimals; /* of the values */
    int places;   /* printed */
    bool percent; /* the figures were typed with % */
    bool grouped; /* with commas between thousands */
} zp_chart;

/* A figure as it is printed beside its mark. */
zp_str zp_chart_figure(zp_arena *arena, const zp_chart *chart, int64_t value);

/* A slice's share of the pie, in tenths of a per cent; `sum` is not 0. */
zp_str zp_chart_share(zp_arena *arena, int64_t value, int64_t sum);

/* All that the chart says, in words: its text alternative. */
zp_str zp_chart_describe(zp_arena *arena, const zp_chart *chart);

/* What both writers show in a CHART's place: the chart, or the frame that marks where it should be,
 * and then false. `words` is the text alternative. */
bool zp_chart_sketch(zp_arena *arena, const zp_node *node, zp_len width, zp_diag *diag,
                     const zp_sketch **sketch, zp_str *words);

/* The same as items from the top left corner of a box `width` wide, a narrower chart in its middle.
 */
bool zp_chart_draw(zp_column *column, const zp_node *chart, zp_len width, zp_item **items,
                   uint32_t *count, zp_len *height, zp_str *words);

#endif

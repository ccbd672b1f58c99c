/* frame.h: what stands around the figures of a chart: title, unit, legend, axes, labels.
 *
 * An axis runs from `low` to `high` in equal steps of 1, 2 or 5 times a power of ten, and holds
 * zero unless lines vary by little.
 */
#ifndef ZP_FRAME_H
#define ZP_FRAME_H

#include "layout/chart.h"

enum {
    ZP_CHART_TYPE = 9 * ZP_PT,       /* 小五 */
    ZP_CHART_SMALL = 15 * ZP_PT / 2, /* 六号: where 小五 finds no room */
    ZP_CHART_LEADING = 11 * ZP_PT,
    ZP_CHART_THIN = ZP_PT / 2, /* axes and outlines */
};

typedef struct {
    zp_sketch *sketch;
    const zp_chart *chart;
    zp_len left, right, top, bottom; /* of the field in which figures are drawn */
    int64_t low, high, step;
} zp_frame;

/* An area that is told apart from others: all of one series, or a slice. */
typedef struct {
    uint8_t gray;
    zp_hatch hatch;
    zp_path outline, lines;
} zp_area;

zp_area zp_area_new(zp_arena *arena, size_t series);
void zp_area_box(zp_area *area, zp_len x, zp_len y, zp_len width, zp_len height);
void zp_area_draw(const zp_area *area, zp_sketch *sketch);

/* How a line and its marks are told apart from others. */
typedef struct {
    uint8_t gray;
    zp_len dash;
    int corners; /* of its mark: 0 round, 3, 4 square, 5 square on its point */
    bool filled;
} zp_stroke;

zp_stroke zp_stroke_of(size_t series);
void zp_stroke_mark(const zp_stroke *stroke, zp_sketch *sketch, zp_len x, zp_len y);

/* Draws title, unit and legend (when `legend`) at the head of the sketch; how high they are. */
zp_len zp_frame_head(zp_sketch *sketch, const zp_chart *chart, bool legend);

/* Draws all but the figures. */
zp_frame zp_frame_draw(zp_sketch *sketch, const zp_chart *chart);

/* Where a figure stands; how wide each label's share of the field is, and where its middle. */
zp_len zp_frame_y(const zp_frame *frame, int64_t value);
zp_len zp_frame_share(const zp_frame *frame);
zp_len zp_frame_x(const zp_frame *frame, size_t label);

/* The line at zero, drawn over the figures. */
void zp_frame_zero(const zp_frame *frame);

#endif

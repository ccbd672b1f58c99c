/* plot.c: the figures of bar and line charts, drawn into their frame.
 *
 * Figures are printed beside what they measure when none gets into another's way, in 小五 or else
 * in 六号: what is already taken is kept as a list of extents that a new one must not touch. Lines
 * are few points, bars few bars: comparing all is cheap.
 */
#include "layout/plot.h"

#include "layout/frame.h"

enum {
    GROUP_SHARE = 68, /* hundredths of a label's share that its bars fill */
    BAR_MAX = 36 * ZP_PT,
    FIGURE_GAP = ZP_PT,     /* between a bar's end and its figure */
    MARK_REACH = 3 * ZP_PT, /* of a mark around its point */
    MARK_PITCH = 7 * ZP_PT, /* points closer than that have no marks */
    FIGURES_MAX = 160,      /* points of lines that are labelled */
    CLEAR = ZP_PT / 2,      /* around a figure */
};

/* ---- places taken ---- */

typedef struct {
    zp_len left, top, right, bottom;
} extent;

typedef struct {
    extent *extents;
    size_t count;
} taken;

static bool touch(const extent *a, const extent *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

/* Whether a figure at that extent touches nothing and stays beside the axis. */
static bool is_free(const zp_frame *f, const taken *t, const extent *e)
{
    if (e->left < f->left || e->right > f->sketch->width)
        return false;
    for (size_t i = 0; i < t->count; i++)
        if (touch(&t->extents[i], e))
            return false;
    return true;
}

static extent extent_of(zp_str text, zp_len x, zp_len y, zp_len size)
{
    zp_len half = zp_sketch_width(text, size) / 2 + CLEAR;
    return (extent){x - half, y - size / 2, x + half, y + size / 2};
}

static size_t figure_count(const zp_chart *chart)
{
    return chart->series_count * chart->label_count;
}

static int64_t value_at(const zp_chart *chart, size_t figure)
{
    return chart->series[figure / chart->label_count].values[figure % chart->label_count];
}

/* A figure where it may be printed. */
typedef struct {
    zp_str text;
    zp_len x, y;
} figure_place;

/* On white, so that no line of the grid runs through them; what they stand beside they do not
 * touch. */
static void draw_figures(zp_sketch *sketch, const figure_place *places, size_t count, zp_len size)
{
    zp_path plates = {.arena = sketch->arena};
    for (size_t i = 0; i < count; i++)
        if (places[i].text.n > 0) {
            extent e = extent_of(places[i].text, places[i].x, places[i].y, size);
            zp_path_box(&plates, e.left, e.top, e.right - e.left, e.bottom - e.top);
        }
    zp_sketch_fill(sketch, &plates, 255);
    for (size_t i = 0; i < count; i++)
        if (places[i].text.n > 0)
            zp_sketch_text(sketch, places[i].text, places[i].x, places[i].y, size, ZP_ALIGN_CENTER);
}

/* ---- bars side by side ---- */

/* The bar of a figure, numbered series after series. */
static extent bar_of(const zp_frame *f, size_t figure)
{
    const zp_chart *chart = f->chart;
    size_t series = figure / chart->label_count, label = figure % chart->label_count;
    zp_len slot = zp_frame_share(f);
    zp_len width = zp_len_scale(slot, GROUP_SHARE, 100) / (zp_len)chart->series_count;
    width = width < BAR_MAX ? width : BAR_MAX;
    zp_len x =
        zp_frame_x(f, label) - width * (zp_len)chart->series_count / 2 + width * (zp_len)series;
    zp_len zero = zp_frame_y(f, 0), end = zp_frame_y(f, value_at(chart, figure));
    return (extent){x, end < zero ? end : zero, x + width, end < zero ? zero : end};
}

/* Figures at the ends of their bars; false when two would touch. */
static bool place_bar_figures(const zp_frame *f, zp_len size, figure_place *places)
{
    zp_arena *arena = f->sketch->arena;
    size_t count = figure_count(f->chart);
    taken t = {zp_new_array(arena, extent, 2 * count), 0};
    for (size_t i = 0; i < count; i++)
        if (value_at(f->chart, i) != ZP_CHART_MISSING)
            t.extents[t.count++] = bar_of(f, i);
    for (size_t i = 0; i < count; i++) {
        int64_t value = value_at(f->chart, i);
        if (value == ZP_CHART_MISSING)
            continue;
        extent bar = bar_of(f, i);
        zp_len off = FIGURE_GAP + size / 2;
        places[i].text = zp_chart_figure(arena, f->chart, value);
        places[i].x = (bar.left + bar.right) / 2;
        places[i].y = value < 0 ? bar.bottom + off : bar.top - off;
        extent e = extent_of(places[i].text, places[i].x, places[i].y, size);
        if (!is_free(f, &t, &e))
            return false;
        t.extents[t.count++] = e;
    }
    return true;
}

static void draw_bars(const zp_frame *f)
{
    const zp_chart *chart = f->chart;
    for (size_t s = 0; s < chart->series_count; s++) {
        zp_area area = zp_area_new(f->sketch->arena, s);
        for (size_t i = s * chart->label_count; i < (s + 1) * chart->label_count; i++) {
            if (value_at(chart, i) == ZP_CHART_MISSING || value_at(chart, i) == 0)
                continue;
            extent bar = bar_of(f, i);
            zp_area_box(&area, bar.left, bar.top, bar.right - bar.left, bar.bottom - bar.top);
        }
        zp_area_draw(&area, f->sketch);
    }
    zp_frame_zero(f);
    figure_place *places = zp_new_array(f->sketch->arena, figure_place, figure_count(chart));
    if (place_bar_figures(f, ZP_CHART_TYPE, places))
        draw_figures(f->sketch, places, figure_count(chart), ZP_CHART_TYPE);
    else if (place_bar_figures(f, ZP_CHART_SMALL, places))
        draw_figures(f->sketch, places, figure_count(chart), ZP_CHART_SMALL);
}

/* ---- bars on one another ---- */

/* The pieces of the stacks, in the order of figures; all zero where there is none. */
static extent *stack_bars(const zp_frame *f)
{
    const zp_chart *chart = f->chart;
    extent *bars = zp_new_array(f->sketch->arena, extent, figure_count(chart));
    zp_len slot = zp_frame_share(f);
    zp_len width = zp_len_scale(slot, GROUP_SHARE, 100);
    width = width < BAR_MAX ? width : BAR_MAX;
    for (size_t i = 0; i < chart->label_count; i++) {
        int64_t above = 0, below = 0;
        for (size_t s = 0; s < chart->series_count; s++) {
            int64_t value = chart->series[s].values[i];
            if (value == ZP_CHART_MISSING || value == 0)
                continue;
            int64_t *sum = value > 0 ? &above : &below;
            zp_len from = zp_frame_y(f, *sum), to = zp_frame_y(f, *sum + value);
            zp_len x = zp_frame_x(f, i) - width / 2;
            *sum += value;
            bars[s * chart->label_count + i] =
                (extent){x, from < to ? from : to, x + width, from < to ? to : from};
        }
    }
    return bars;
}

/* A piece's figure in its middle, on white so that no hatch runs through it; left out where the
 * piece is too small. */
static void draw_piece_figure(const zp_frame *f, const extent *piece, zp_str text, zp_len size)
{
    zp_sketch *sketch = f->sketch;
    zp_len x = (piece->left + piece->right) / 2, y = (piece->top + piece->bottom) / 2;
    extent e = extent_of(text, x, y, size);
    if (piece->bottom - piece->top < size + 2 * FIGURE_GAP)
        return;
    zp_path plate = {.arena = sketch->arena};
    zp_path_box(&plate, e.left, e.top, e.right - e.left, e.bottom - e.top);
    zp_sketch_fill(sketch, &plate, 255);
    zp_sketch_text(sketch, text, x, y, size, ZP_ALIGN_CENTER);
}

/* The size in which the widest figure stays within its piece; 0 when none does. */
static zp_len piece_size(const zp_frame *f, const extent *bars, const figure_place *places)
{
    static const zp_len sizes[] = {ZP_CHART_TYPE, ZP_CHART_SMALL};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        bool fits = true;
        for (size_t i = 0; i < figure_count(f->chart); i++)
            if (bars[i].right > bars[i].left)
                fits &= zp_sketch_width(places[i].text, sizes[k]) + 2 * CLEAR + FIGURE_GAP <=
                        bars[i].right - bars[i].left;
        if (fits)
            return sizes[k];
    }
    return 0;
}

static void draw_stacks(const zp_frame *f)
{
    const zp_chart *chart = f->chart;
    const extent *bars = stack_bars(f);
    figure_place *places = zp_new_array(f->sketch->arena, figure_place, figure_count(chart));
    for (size_t s = 0; s < chart->series_count; s++) {
        zp_area area = zp_area_new(f->sketch->arena, s);
        for (size_t i = s * chart->label_count; i < (s + 1) * chart->label_count; i++) {
            const extent *bar = &bars[i];
            if (bar->right == bar->left)
                continue;
            zp_area_box(&area, bar->left, bar->top, bar->right - bar->left, bar->bottom - bar->top);
            places[i].text = zp_chart_figure(f->sketch->arena, chart, value_at(chart, i));
        }
        zp_area_draw(&area, f->sketch);
    }
    zp_frame_zero(f);
    zp_len size = piece_size(f, bars, places);
    for (size_t i = 0; i < figure_count(chart) && size > 0; i++)
        if (places[i].text.n > 0)
            draw_piece_figure(f, &bars[i], places[i].text, size);
}

/* ---- lines ---- */

static zp_point point_of(const zp_frame *f, size_t figure)
{
    return (zp_point){zp_frame_x(f, figure % f->chart->label_count),
                      zp_frame_y(f, value_at(f->chart, figure))};
}

/* Whether a figure has a neighbour `step` away on its line. */
static bool has_next(const zp_chart *chart, size_t figure, int step)
{
    size_t label = figure % chart->label_count;
    bool inside = step > 0 ? label + 1 < chart->label_count : label > 0;
    return inside && value_at(chart, figure) != ZP_CHART_MISSING &&
           value_at(chart, step > 0 ? figure + 1 : figure - 1) != ZP_CHART_MISSING;
}

static void draw_line(const zp_frame *f, size_t series)
{
    const zp_chart *chart = f->chart;
    zp_stroke stroke = zp_stroke_of(series);
    zp_path path = {.arena = f->sketch->arena};
    size_t first = series * chart->label_count, end = first + chart->label_count;
    for (size_t i = first; i < end; i++) {
        if (value_at(chart, i) == ZP_CHART_MISSING)
            continue;
        zp_point p = point_of(f, i);
        if (has_next(chart, i, -1))
            zp_path_line(&path, p.x, p.y);
        else
            zp_path_move(&path, p.x, p.y);
    }
    zp_sketch_stroke(f->sketch, &path, stroke.gray, ZP_PT, stroke.dash);
    bool dense = zp_frame_share(f) < MARK_PITCH;
    for (size_t i = first; i < end; i++) {
        bool alone = !has_next(chart, i, -1) && !has_next(chart, i, 1);
        if (value_at(chart, i) == ZP_CHART_MISSING || (dense && !alone))
            continue;
        zp_point p = point_of(f, i);
        zp_stroke_mark(&stroke, f->sketch, p.x, p.y);
    }
}

/* Whether the stretch of line from a to b (a left of b) runs through an extent. */
static bool crosses(zp_point a, zp_point b, const extent *e)
{
    zp_len from = a.x > e->left ? a.x : e->left, to = b.x < e->right ? b.x : e->right;
    if (from >= to)
        return false;
    int64_t rise = (int64_t)b.y - a.y, run = (int64_t)b.x - a.x;
    int64_t y1 = a.y + rise * (from - a.x) / run, y2 = a.y + rise * (to - a.x) / run;
    return (y1 < y2 ? y2 : y1) > e->top && (y1 < y2 ? y1 : y2) < e->bottom;
}

static bool is_off_lines(const zp_frame *f, const extent *e)
{
    for (size_t i = 0; i < figure_count(f->chart); i++)
        if (has_next(f->chart, i, 1) && crosses(point_of(f, i), point_of(f, i + 1), e))
            return false;
    return true;
}

/* A valley of its line has its figure below, everything else above if it can. */
static bool wants_below(const zp_chart *chart, size_t figure)
{
    int64_t value = value_at(chart, figure);
    bool falls = has_next(chart, figure, -1), rises = has_next(chart, figure, 1);
    if (falls && value_at(chart, figure - 1) <= value)
        return false;
    if (rises && value_at(chart, figure + 1) <= value)
        return false;
    return falls || rises;
}

/* A place for one figure above or below its point, or beside that; text stays empty when there is
 * none. */
static bool place_point_figure(const zp_frame *f, size_t figure, zp_len size, taken *t,
                               figure_place *place)
{
    static const struct {
        int across; /* halves of the figure's width */
        int down;   /* -1: where it would like to be, 1: on the other side */
    } tries[] = {{0, -1}, {0, 1}, {-1, -1}, {1, 1}, {1, -1}, {-1, 1}};
    zp_str text = zp_chart_figure(f->sketch->arena, f->chart, value_at(f->chart, figure));
    zp_point p = point_of(f, figure);
    zp_len off = MARK_REACH + size / 2, half = zp_sketch_width(text, size) / 2 + CLEAR;
    int side = wants_below(f->chart, figure) ? -1 : 1;
    *place = (figure_place){0};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        zp_len x = p.x + tries[i].across * half, y = p.y + side * tries[i].down * off;
        extent e = extent_of(text, x, y, size);
        if (e.bottom > f->bottom || !is_free(f, t, &e) || !is_off_lines(f, &e))
            continue;
        *place = (figure_place){text, x, y};
        t->extents[t->count++] = e;
        return true;
    }
    return false;
}

/* Whether all figures found a place. */
static bool place_point_figures(const zp_frame *f, zp_len size, figure_place *places)
{
    size_t count = figure_count(f->chart);
    taken t = {zp_new_array(f->sketch->arena, extent, 2 * count), 0};
    bool all = true;
    for (size_t i = 0; i < count; i++) {
        if (value_at(f->chart, i) == ZP_CHART_MISSING)
            continue;
        zp_point p = point_of(f, i);
        t.extents[t.count++] = (extent){p.x - MARK_REACH + CLEAR, p.y - MARK_REACH + CLEAR,
                                        p.x + MARK_REACH - CLEAR, p.y + MARK_REACH - CLEAR};
    }
    for (size_t i = 0; i < count; i++)
        if (value_at(f->chart, i) != ZP_CHART_MISSING)
            all &= place_point_figure(f, i, size, &t, &places[i]);
    return all;
}

static void draw_lines(const zp_frame *f)
{
    size_t count = figure_count(f->chart);
    zp_frame_zero(f);
    for (size_t s = 0; s < f->chart->series_count; s++)
        draw_line(f, s);
    if (count > FIGURES_MAX)
        return;
    figure_place *places = zp_new_array(f->sketch->arena, figure_place, count);
    zp_len size = ZP_CHART_TYPE;
    if (!place_point_figures(f, size, places)) {
        size = ZP_CHART_SMALL; /* then as many as there is room for */
        place_point_figures(f, size, places);
    }
    draw_figures(f->sketch, places, count, size);
}

/* ---- the whole ---- */

zp_sketch *zp_plot_draw(zp_arena *arena, const zp_chart *chart)
{
    zp_sketch *sketch = zp_new(arena, zp_sketch);
    *sketch = (zp_sketch){.arena = arena, .width = chart->width, .height = chart->height};
    if (chart->kind == ZP_CHART_PIE) {
        zp_pie_draw(sketch, chart, zp_frame_head(sketch, chart, false));
        return sketch;
    }
    zp_frame frame = zp_frame_draw(sketch, chart);
    if (chart->kind == ZP_CHART_BAR)
        draw_bars(&frame);
    else if (chart->kind == ZP_CHART_STACKED)
        draw_stacks(&frame);
    else
        draw_lines(&frame);
    return sketch;
}

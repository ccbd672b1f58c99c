/* frame.c: a chart in, its surroundings drawn and the field for its figures out.
 *
 * The field is what is left of the sketch: the head is set first, then the axis is chosen for the
 * height that remains, then its figures and the labels below take their room.
 */
#include "layout/frame.h"

#include "layout/decimal.h"

enum {
    TITLE_SIZE = 21 * ZP_PT / 2, /* 五号 */
    TITLE_LEADING = 14 * ZP_PT,
    TITLE_LINES = 2,
    SWATCH_WIDTH = 18 * ZP_PT, /* in the legend */
    SWATCH_HEIGHT = 7 * ZP_PT,
    SWATCH_GAP = 3 * ZP_PT,
    ENTRY_GAP = 12 * ZP_PT,
    ENTRY_MAX = 150 * ZP_PT, /* the longest name in a legend */
    ROW_GAP = 3 * ZP_PT,
    HEADROOM = 12 * ZP_PT, /* above the field, and below negative bars: for their figures */
    FIELD_MIN = 60 * ZP_PT,
    TICK = 5 * ZP_PT / 2,
    TICK_GAP = 2 * ZP_PT,
    TICK_PITCH = 27 * ZP_PT, /* about how far ticks are apart */
    TICKS_MIN = 3,
    TICKS_MAX = 6,
    LABEL_GAP = 4 * ZP_PT,   /* above labels, */
    LABEL_SPACE = 3 * ZP_PT, /* and between them */
    LABEL_LINES = 3,         /* of a label below the axis, */
    NARROW_LINES = 6,        /* and of one that has no width for */
    WIDE_LABEL = 6,          /* characters */
    SKIP_MAX = 60 * ZP_PT,   /* labels are not left out for more width than that */
    GRID_GRAY = 205,
    HATCH_GRAY = 40,
    FLAT = 3,             /* lines that vary by less than a third of their height do without zero */
    MARK = 5 * ZP_PT / 2, /* half a mark's size */
};

/* ---- what tells series apart ---- */

zp_area zp_area_new(zp_arena *arena, size_t series)
{
    static const struct {
        uint8_t gray;
        zp_hatch hatch;
    } looks[ZP_CHART_SERIES] = {
        {140, ZP_HATCH_NONE},  {255, ZP_HATCH_RISING},  {220, ZP_HATCH_NONE},
        {255, ZP_HATCH_CROSS}, {175, ZP_HATCH_FALLING}, {255, ZP_HATCH_LEVEL},
        {80, ZP_HATCH_NONE},   {225, ZP_HATCH_UPRIGHT},
    };
    size_t look = series % ZP_CHART_SERIES;
    return (zp_area){.gray = looks[look].gray,
                     .hatch = looks[look].hatch,
                     .outline = {.arena = arena},
                     .lines = {.arena = arena}};
}

void zp_area_box(zp_area *area, zp_len x, zp_len y, zp_len width, zp_len height)
{
    const zp_point corners[] = {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
    zp_path_box(&area->outline, x, y, width, height);
    zp_path_hatch(&area->lines, corners, 4, area->hatch);
}

void zp_area_draw(const zp_area *area, zp_sketch *sketch)
{
    zp_sketch_fill(sketch, &area->outline, area->gray);
    zp_sketch_stroke(sketch, &area->lines, HATCH_GRAY, ZP_CHART_THIN, 0);
    zp_sketch_stroke(sketch, &area->outline, 0, ZP_CHART_THIN, 0);
}

zp_stroke zp_stroke_of(size_t series)
{
    static const zp_stroke looks[ZP_CHART_SERIES] = {
        {0, 0, 0, true},          {0, 4 * ZP_PT, 4, false},  {120, 0, 3, true},
        {0, 2 * ZP_PT, 5, false}, {0, 0, 0, false},          {120, 4 * ZP_PT, 4, true},
        {0, 7 * ZP_PT, 3, false}, {120, 2 * ZP_PT, 5, true},
    };
    return looks[series % ZP_CHART_SERIES];
}

/* The polygon of a mark, or a circle. */
static void add_mark(zp_path *path, int corners, zp_len x, zp_len y)
{
    const zp_len m = MARK, low = m * 3 / 4;
    const zp_point centre = {x, y};
    if (corners == 3) {
        zp_path_move(path, x, y - m);
        zp_path_line(path, x + m, y + low);
        zp_path_line(path, x - m, y + low);
        zp_path_close(path);
    } else if (corners == 4) {
        zp_path_box(path, x - low, y - low, 2 * low, 2 * low);
    } else if (corners == 5) {
        zp_path_move(path, x, y - m);
        zp_path_line(path, x + m, y);
        zp_path_line(path, x, y + m);
        zp_path_line(path, x - m, y);
        zp_path_close(path);
    } else {
        zp_path_arc(path, centre, low, 0, ZP_TURN, true);
        zp_path_close(path);
    }
}

void zp_stroke_mark(const zp_stroke *stroke, zp_sketch *sketch, zp_len x, zp_len y)
{
    zp_path path = {.arena = sketch->arena};
    add_mark(&path, stroke->corners, x, y);
    zp_sketch_fill(sketch, &path, stroke->filled ? stroke->gray : 255);
    zp_sketch_stroke(sketch, &path, stroke->gray, ZP_CHART_THIN, 0);
}

/* ---- title, unit, legend ---- */

static zp_len draw_title(zp_sketch *sketch, const zp_chart *chart)
{
    zp_str lines[TITLE_LINES];
    bool whole;
    size_t count = zp_sketch_wrap(sketch->arena, chart->title, TITLE_SIZE, sketch->width, lines,
                                  TITLE_LINES, &whole);
    for (size_t i = 0; i < count; i++) {
        zp_len y = (zp_len)i * TITLE_LEADING + TITLE_LEADING / 2;
        zp_sketch_text(sketch, lines[i], sketch->width / 2, y, TITLE_SIZE, ZP_ALIGN_CENTER)
            ->text.strong = true;
    }
    return (zp_len)count * TITLE_LEADING + (count ? ROW_GAP : 0);
}

static void draw_swatch(zp_sketch *sketch, const zp_chart *chart, size_t series, zp_len x, zp_len y)
{
    if (chart->kind != ZP_CHART_LINE) {
        zp_area area = zp_area_new(sketch->arena, series);
        zp_area_box(&area, x, y - SWATCH_HEIGHT / 2, SWATCH_WIDTH, SWATCH_HEIGHT);
        zp_area_draw(&area, sketch);
        return;
    }
    zp_stroke stroke = zp_stroke_of(series);
    zp_path path = {.arena = sketch->arena};
    zp_path_move(&path, x, y);
    zp_path_line(&path, x + SWATCH_WIDTH, y);
    zp_sketch_stroke(sketch, &path, stroke.gray, ZP_PT, stroke.dash);
    zp_stroke_mark(&stroke, sketch, x + SWATCH_WIDTH / 2, y);
}

/* Names of series with their widths, in rows. */
typedef struct {
    zp_str names[ZP_CHART_SERIES];
    zp_len widths[ZP_CHART_SERIES];
    size_t row_ends[ZP_CHART_SERIES];
    size_t rows;
    zp_len widest;
} legend;

static void add_entry(legend *l, size_t entry, zp_len room, zp_len *filled)
{
    if (*filled > 0 && *filled + ENTRY_GAP + l->widths[entry] <= room) {
        *filled += ENTRY_GAP + l->widths[entry];
    } else {
        *filled = l->widths[entry];
        l->rows++;
    }
    l->row_ends[l->rows - 1] = entry + 1;
    l->widest = *filled > l->widest ? *filled : l->widest;
}

static legend plan_legend(const zp_sketch *sketch, const zp_chart *chart)
{
    legend l = {.rows = 0};
    zp_len room = sketch->width, filled = 0;
    zp_len longest = room / 2 < ENTRY_MAX ? room / 2 : ENTRY_MAX;
    for (size_t i = 0; i < chart->series_count; i++) {
        bool whole;
        zp_sketch_wrap(sketch->arena, chart->series[i].name, ZP_CHART_TYPE, longest, &l.names[i], 1,
                       &whole);
        l.widths[i] = SWATCH_WIDTH + SWATCH_GAP + zp_sketch_width(l.names[i], ZP_CHART_TYPE);
        add_entry(&l, i, room, &filled);
    }
    return l;
}

/* One row, flush right when `beside` the unit, else in the middle. */
static void draw_legend_row(zp_sketch *sketch, const zp_chart *chart, const legend *l, size_t row,
                            bool beside, zp_len y)
{
    size_t first = row ? l->row_ends[row - 1] : 0, end = l->row_ends[row];
    zp_len width = (zp_len)(end - first - 1) * ENTRY_GAP;
    for (size_t i = first; i < end; i++)
        width += l->widths[i];
    zp_len x = beside ? sketch->width - width : (sketch->width - width) / 2;
    for (size_t i = first; i < end; i++) {
        draw_swatch(sketch, chart, i, x, y);
        zp_sketch_text(sketch, l->names[i], x + SWATCH_WIDTH + SWATCH_GAP, y, ZP_CHART_TYPE,
                       ZP_ALIGN_LEFT);
        x += l->widths[i] + ENTRY_GAP;
    }
}

/* What is measured: the unit, with the name of a series that stands alone. */
static zp_str measured(zp_arena *arena, const zp_chart *chart, bool has_legend)
{
    zp_str name = chart->series_count == 1 && !has_legend ? chart->series[0].name : ZP_STR("");
    zp_str unit = chart->percent ? ZP_STR("") : chart->unit;
    if (name.n > 0 && unit.n > 0)
        return zp_str_format(arena, "%.*s（%.*s）", ZP_ARG(name), ZP_ARG(unit));
    return name.n > 0 ? name : unit.n > 0 ? zp_str_format(arena, "单位：%.*s", ZP_ARG(unit)) : unit;
}

zp_len zp_frame_head(zp_sketch *sketch, const zp_chart *chart, bool has_legend)
{
    zp_len y = draw_title(sketch, chart);
    legend l = {.rows = 0};
    if (has_legend)
        l = plan_legend(sketch, chart);
    zp_str unit = {0};
    bool whole;
    size_t units = zp_sketch_wrap(sketch->arena, measured(sketch->arena, chart, has_legend),
                                  ZP_CHART_TYPE, sketch->width, &unit, 1, &whole);
    bool beside = units > 0 && l.rows == 1 &&
                  l.widest + ENTRY_GAP + zp_sketch_width(unit, ZP_CHART_TYPE) <= sketch->width;
    for (size_t i = 0; i < l.rows; i++) {
        draw_legend_row(sketch, chart, &l, i, beside, y + ZP_CHART_LEADING / 2);
        y += beside ? 0 : ZP_CHART_LEADING + ROW_GAP / 2;
    }
    if (units == 0)
        return y;
    zp_sketch_text(sketch, unit, 0, y + ZP_CHART_LEADING / 2, ZP_CHART_TYPE, ZP_ALIGN_LEFT);
    return y + ZP_CHART_LEADING + ROW_GAP / 2;
}

/* ---- the axis of figures ---- */

typedef struct {
    int64_t low, high;
} range;

static void take_value(range *r, int64_t value)
{
    r->low = value < r->low ? value : r->low;
    r->high = value > r->high ? value : r->high;
}

/* The stacks' ends: figures above zero and below it are stacked apart. */
static range stacked_range(const zp_chart *chart)
{
    range r = {0, 0};
    for (size_t i = 0; i < chart->label_count; i++) {
        int64_t above = 0, below = 0;
        for (size_t s = 0; s < chart->series_count; s++) {
            int64_t value = chart->series[s].values[i];
            if (value == ZP_CHART_MISSING)
                continue;
            above += value > 0 ? value : 0;
            below += value < 0 ? value : 0;
        }
        take_value(&r, above);
        take_value(&r, below);
    }
    return r;
}

static range value_range(const zp_chart *chart)
{
    range r = {INT64_MAX, INT64_MIN};
    for (size_t s = 0; s < chart->series_count; s++)
        for (size_t i = 0; i < chart->label_count; i++)
            if (chart->series[s].values[i] != ZP_CHART_MISSING)
                take_value(&r, chart->series[s].values[i]);
    return r;
}

static range axis_range(const zp_chart *chart)
{
    if (chart->kind == ZP_CHART_STACKED)
        return stacked_range(chart);
    range r = value_range(chart);
    int64_t top = r.high > -r.low ? r.high : -r.low;
    bool one_side = r.low > 0 || r.high < 0;
    bool flat = one_side && r.high > r.low && r.high - r.low < top / FLAT;
    if (chart->kind != ZP_CHART_LINE || !flat)
        take_value(&r, 0);
    return r;
}

/* The least 1, 2 or 5 times a power of ten that covers the range in so many steps. */
static int64_t nice_step(int64_t width, int64_t steps)
{
    static const int64_t multiples[] = {1, 2, 5};
    for (int64_t power = 1;; power *= 10)
        for (int i = 0; i < 3; i++)
            if (power * multiples[i] * steps >= width)
                return power * multiples[i];
}

static int64_t divide_down(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static void choose_axis(zp_frame *f, zp_len height)
{
    range r = axis_range(f->chart);
    int64_t steps = height / TICK_PITCH;
    steps = steps < TICKS_MIN ? TICKS_MIN : steps > TICKS_MAX ? TICKS_MAX : steps;
    f->step = nice_step(r.high - r.low, steps);
    f->low = divide_down(r.low, f->step) * f->step;
    f->high = -divide_down(-r.high, f->step) * f->step;
    if (f->high == f->low)
        f->high += f->step;
}

/* Ticks need no more decimals than their step. */
static zp_str tick_text(const zp_frame *f, int64_t value)
{
    int places = f->chart->decimals;
    for (int64_t step = f->step; places > 0 && step % 10 == 0; step /= 10)
        places--;
    zp_arena *arena = f->sketch->arena;
    zp_str text = zp_decimal_print(arena, value, f->chart->decimals, places, f->chart->grouped);
    return f->chart->percent ? zp_str_format(arena, "%.*s%%", ZP_ARG(text)) : text;
}

static zp_len tick_width(const zp_frame *f)
{
    zp_len widest = 0;
    for (int64_t value = f->low; value <= f->high; value += f->step) {
        zp_len width = zp_sketch_width(tick_text(f, value), ZP_CHART_TYPE);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void draw_axis(const zp_frame *f)
{
    zp_path grid = {.arena = f->sketch->arena}, axis = {.arena = f->sketch->arena};
    for (int64_t value = f->low; value <= f->high; value += f->step) {
        zp_len y = zp_frame_y(f, value);
        zp_path_move(&grid, f->left, y);
        zp_path_line(&grid, f->right, y);
        zp_path_move(&axis, f->left - TICK, y);
        zp_path_line(&axis, f->left, y);
        zp_sketch_text(f->sketch, tick_text(f, value), f->left - TICK - TICK_GAP, y, ZP_CHART_TYPE,
                       ZP_ALIGN_RIGHT);
    }
    zp_path_move(&axis, f->left, f->top);
    zp_path_line(&axis, f->left, f->bottom);
    zp_sketch_stroke(f->sketch, &grid, GRID_GRAY, ZP_CHART_THIN / 2, 0);
    zp_sketch_stroke(f->sketch, &axis, 0, ZP_CHART_THIN, 0);
}

void zp_frame_zero(const zp_frame *frame)
{
    zp_path path = {.arena = frame->sketch->arena};
    bool inside = frame->low <= 0 && frame->high >= 0;
    zp_len y = inside ? zp_frame_y(frame, 0) : frame->bottom;
    zp_path_move(&path, frame->left, y);
    zp_path_line(&path, frame->right, y);
    zp_sketch_stroke(frame->sketch, &path, 0, ZP_CHART_THIN, 0);
}

zp_len zp_frame_y(const zp_frame *frame, int64_t value)
{
    uint64_t above = (uint64_t)(value - frame->low), all = (uint64_t)(frame->high - frame->low);
    while (all > INT32_MAX) { /* room for the product */
        above >>= 1;
        all >>= 1;
    }
    uint64_t height = (uint64_t)(frame->bottom - frame->top);
    return frame->bottom - (zp_len)((above * height + all / 2) / all);
}

/* The left edge of a label's share. */
static zp_len slot_at(const zp_frame *f, size_t label)
{
    return f->left + (zp_len)((int64_t)(f->right - f->left) * (int64_t)label /
                              (int64_t)f->chart->label_count);
}

zp_len zp_frame_share(const zp_frame *frame)
{
    return (zp_len)((frame->right - frame->left) / (int64_t)frame->chart->label_count);
}

zp_len zp_frame_x(const zp_frame *frame, size_t label)
{
    return (slot_at(frame, label) + slot_at(frame, label + 1)) / 2;
}

/* ---- labels below the axis ---- */

/* Every how many labels one is shown, and how. */
typedef struct {
    size_t every, most, lines; /* lines: that the longest takes */
    zp_len width;
} label_plan;

/* The lines of a label; none where it would leave the sheet at an end of the axis. */
static size_t set_label(const zp_frame *f, const label_plan *plan, size_t label, zp_str *lines,
                        bool *whole)
{
    zp_len x = zp_frame_x(f, label), beyond = f->sketch->width - x;
    zp_len room = 2 * (x < beyond ? x : beyond);
    *whole = true;
    if (plan->every > 1 && room < plan->width && room < 3 * ZP_CHART_TYPE)
        return 0;
    return zp_sketch_wrap(f->sketch->arena, f->chart->labels[label], ZP_CHART_TYPE,
                          room < plan->width ? room : plan->width, lines, plan->most, whole);
}

/* Bars cannot do without their labels, so these take more lines where they are narrow; along a line
 * one label in several is enough, and reads better unbroken. */
static size_t lines_allowed(const zp_frame *f, const label_plan *plan)
{
    if (f->chart->kind != ZP_CHART_LINE)
        return plan->width < WIDE_LABEL * ZP_CHART_TYPE ? NARROW_LINES : LABEL_LINES;
    bool roomy = plan->every == 1 && plan->width >= 3 * ZP_CHART_TYPE;
    return roomy || plan->width >= SKIP_MAX ? LABEL_LINES : 1;
}

/* Whether the labels shown may stay as they are: whole ones, or bars' as far as they go. */
static bool try_labels(const zp_frame *f, label_plan *plan)
{
    zp_len slot = zp_frame_share(f);
    bool all = true;
    plan->width = (zp_len)plan->every * slot - LABEL_SPACE;
    plan->most = lines_allowed(f, plan);
    plan->lines = 0;
    for (size_t i = 0; i < f->chart->label_count; i += plan->every) {
        zp_str lines[NARROW_LINES];
        bool whole;
        size_t count = set_label(f, plan, i, lines, &whole);
        plan->lines = count > plan->lines ? count : plan->lines;
        all &= whole;
    }
    return plan->width >= ZP_CHART_TYPE && (all || f->chart->kind != ZP_CHART_LINE);
}

/* Labels are left out evenly when they have no room beside one another, as those of days and months
 * are. */
static label_plan plan_labels(const zp_frame *f)
{
    label_plan plan = {.every = 1};
    while (!try_labels(f, &plan) && plan.width < SKIP_MAX && plan.every < f->chart->label_count)
        plan.every++;
    return plan;
}

static void draw_labels(const zp_frame *f, const label_plan *plan, zp_len top)
{
    for (size_t i = 0; i < f->chart->label_count; i += plan->every) {
        zp_str lines[NARROW_LINES];
        bool whole;
        size_t count = set_label(f, plan, i, lines, &whole);
        for (size_t k = 0; k < count; k++)
            zp_sketch_text(f->sketch, lines[k], zp_frame_x(f, i),
                           top + (zp_len)k * ZP_CHART_LEADING + ZP_CHART_LEADING / 2, ZP_CHART_TYPE,
                           ZP_ALIGN_CENTER);
    }
}

zp_frame zp_frame_draw(zp_sketch *sketch, const zp_chart *chart)
{
    zp_frame f = {.sketch = sketch, .chart = chart};
    f.top = zp_frame_head(sketch, chart, chart->series_count > 1) + HEADROOM;
    choose_axis(&f, sketch->height - f.top - ZP_CHART_LEADING);
    f.left = tick_width(&f) + TICK + TICK_GAP;
    f.right = sketch->width - (chart->kind == ZP_CHART_LINE ? MARK : ZP_CHART_THIN);
    label_plan plan = plan_labels(&f);
    zp_len below = LABEL_GAP + (zp_len)plan.lines * ZP_CHART_LEADING;
    if (f.low < 0 && chart->kind != ZP_CHART_LINE)
        below += HEADROOM;
    f.bottom = sketch->height - below;
    if (f.bottom < f.top + FIELD_MIN) {
        f.bottom = f.top + FIELD_MIN;
        sketch->height = f.bottom + below;
    }
    draw_axis(&f);
    draw_labels(&f, &plan, sketch->height - (zp_len)plan.lines * ZP_CHART_LEADING);
    return f;
}

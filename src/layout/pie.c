/* pie.c: the slices of a pie, each with its name and figure beside it.
 *
 * Slices begin at the top and go clockwise. Their names stand in two columns, left and right of the
 * pie, each as near to its slice's height as the others leave it, with a thin line that leads to
 * the slice.
 */
#include "layout/plot.h"

#include "layout/frame.h"

enum {
    NAME_LINES = 4,   /* name in two, figure, share */
    STUB = 4 * ZP_PT, /* of a leader, straight out of the rim */
    LEAD = 8 * ZP_PT, /* from the rim to the names */
    LEAD_GAP = 2 * ZP_PT,
    EDGE = 10 * ZP_PT,        /* above and below the pie */
    RIM_STEP = ZP_TURN / 180, /* of the polygon that stands for a slice when it is hatched */
    RIM_POINTS = 180 + 4,
    SHORT_NAME = 3 * 9 * ZP_PT, /* what remains of a name at least */
    WIDTH_SHARE = 42,           /* hundredths of the width that a pie takes at most */
    ROW_GAP = 3 * ZP_PT,
    RADIUS_MIN = 20 * ZP_PT,
};

typedef struct {
    size_t label;
    int64_t from, to; /* angles */
    zp_str lines[NAME_LINES];
    size_t line_count;
    zp_len y; /* the middle of its name */
} slice;

typedef struct {
    zp_sketch *sketch;
    const zp_chart *chart;
    zp_point centre;
    zp_len radius;
    int64_t sum;
    slice slices[ZP_CHART_SLICES];
    size_t count;
} pie;

/* The part of a turn that comes before `sum` of `all`. */
static int64_t angle_of(int64_t sum, int64_t all)
{
    while (all > INT32_MAX) { /* room for the product */
        sum >>= 1;
        all >>= 1;
    }
    return (sum * ZP_TURN + all / 2) / all;
}

static void cut_slices(pie *p)
{
    const int64_t *values = p->chart->series[0].values;
    for (size_t i = 0; i < p->chart->label_count; i++)
        p->sum += values[i] == ZP_CHART_MISSING ? 0 : values[i];
    int64_t seen = 0;
    for (size_t i = 0; i < p->chart->label_count; i++) {
        if (values[i] == ZP_CHART_MISSING || values[i] == 0)
            continue;
        int64_t from = angle_of(seen, p->sum);
        seen += values[i];
        p->slices[p->count++] = (slice){.label = i, .from = from, .to = angle_of(seen, p->sum)};
    }
}

/* The look of a slice; the last must not look like the first beside it. */
static size_t look_of(const pie *p, size_t index)
{
    size_t look = index % ZP_CHART_SERIES;
    return index > 0 && index + 1 == p->count && look == 0 ? ZP_CHART_SERIES / 2 : look;
}

static void draw_slice(const pie *p, const slice *s, size_t look)
{
    zp_area area = zp_area_new(p->sketch->arena, look);
    zp_point rim[RIM_POINTS];
    size_t count = 0;
    bool whole = s->to - s->from >= ZP_TURN;
    if (!whole) {
        zp_path_move(&area.outline, p->centre.x, p->centre.y);
        rim[count++] = p->centre;
    }
    zp_path_arc(&area.outline, p->centre, p->radius, s->from, s->to, whole);
    zp_path_close(&area.outline);
    for (int64_t at = s->from; at < s->to; at += RIM_STEP)
        rim[count++] = zp_circle_point(p->centre, p->radius, at);
    if (!whole)
        rim[count++] = zp_circle_point(p->centre, p->radius, s->to);
    zp_path_hatch(&area.lines, rim, count, area.hatch);
    zp_area_draw(&area, p->sketch);
}

/* ---- names ---- */

static bool is_right(const slice *s)
{
    return (s->from + s->to) / 2 < ZP_TURN / 2;
}

static zp_str figure_text(const pie *p, const slice *s)
{
    return zp_chart_figure(p->sketch->arena, p->chart, p->chart->series[0].values[s->label]);
}

/* In brackets; nothing when the figures are shares themselves. */
static zp_str share_text(const pie *p, const slice *s)
{
    zp_arena *arena = p->sketch->arena;
    int64_t value = p->chart->series[0].values[s->label];
    if (p->chart->percent)
        return ZP_STR("");
    return zp_str_format(arena, "（%.*s）", ZP_ARG(zp_chart_share(arena, value, p->sum)));
}

static zp_len width_of(zp_str text)
{
    return zp_sketch_width(text, ZP_CHART_TYPE);
}

/* Name and figure in one line, the name shortened to the room it has. */
static void set_line(const pie *p, slice *s, zp_str figure, zp_len width)
{
    zp_arena *arena = p->sketch->arena;
    zp_str name = {0};
    bool whole;
    zp_sketch_wrap(arena, p->chart->labels[s->label], ZP_CHART_TYPE,
                   width - ZP_CHART_TYPE - width_of(figure), &name, 1, &whole);
    s->lines[0] = zp_str_format(arena, "%.*s　%.*s", ZP_ARG(name), ZP_ARG(figure));
    s->line_count = 1;
}

/* A name in one line with its figure and share, or above them when they are too long together;
 * `tight`: in as few lines as can be. */
static void set_name(const pie *p, slice *s, zp_len width, bool tight)
{
    zp_arena *arena = p->sketch->arena;
    zp_str name = p->chart->labels[s->label], figure = figure_text(p, s), share = share_text(p, s);
    zp_str both = zp_str_format(arena, "%.*s%.*s", ZP_ARG(figure), ZP_ARG(share));
    zp_len least = tight ? SHORT_NAME : width_of(name);
    bool whole;
    if (least + ZP_CHART_TYPE + width_of(both) <= width) {
        set_line(p, s, both, width);
        return;
    }
    if (tight && least + ZP_CHART_TYPE + width_of(figure) <= width) {
        set_line(p, s, figure, width);
        return;
    }
    s->line_count =
        zp_sketch_wrap(arena, name, ZP_CHART_TYPE, width, s->lines, tight ? 1 : 2, &whole);
    bool fits = width_of(both) <= width;
    s->lines[s->line_count++] = fits ? both : figure;
    if (!fits && !tight)
        s->lines[s->line_count++] = share;
}

static zp_len name_height(const slice *s)
{
    return (zp_len)s->line_count * ZP_CHART_LEADING + LEAD_GAP;
}

/* Where a slice's leader leaves the rim, or further out. */
static zp_point out_of(const pie *p, const slice *s, zp_len beyond)
{
    return zp_circle_point(p->centre, p->radius + beyond, (s->from + s->to) / 2);
}

static zp_len set_names(pie *p, bool right, zp_len width, bool one_line)
{
    zp_len height = 0;
    for (size_t i = 0; i < p->count; i++)
        if (is_right(&p->slices[i]) == right) {
            set_name(p, &p->slices[i], width, one_line);
            height += name_height(&p->slices[i]);
        }
    return height;
}

/* Slice `k` of a side from the top: the right side goes down, the left one up. */
static slice *from_top(pie *p, bool right, size_t k)
{
    return right ? &p->slices[k] : &p->slices[p->count - 1 - k];
}

/* Names at their slices' heights, pushed down where they would overlap, then up again from the
 * foot. */
static void spread_names(pie *p, bool right, zp_len top, zp_len bottom)
{
    zp_len edge = top;
    for (size_t k = 0; k < p->count; k++) {
        slice *s = from_top(p, right, k);
        if (is_right(s) != right)
            continue;
        zp_len y = out_of(p, s, LEAD).y, half = name_height(s) / 2;
        s->y = y - half < edge ? edge + half : y;
        edge = s->y + half;
    }
    edge = bottom;
    for (size_t k = p->count; k-- > 0;) {
        slice *s = from_top(p, right, k);
        if (is_right(s) != right)
            continue;
        zp_len half = name_height(s) / 2;
        s->y = s->y + half > edge ? edge - half : s->y;
        edge = s->y - half;
    }
}

/* The whole root, rounded down. */
static int64_t root_of(int64_t square)
{
    int64_t low = 0, high = (int64_t)1 << 31;
    while (low < high) {
        int64_t middle = (low + high + 1) / 2;
        if (middle * middle <= square)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* How far from the centre's upright a name begins: just outside the circle that leaders end on,
 * over all the name's height. */
static zp_len reach_of(const pie *p, const slice *s)
{
    int64_t radius = p->radius + LEAD, half = (int64_t)s->line_count * ZP_CHART_LEADING / 2;
    int64_t off = s->y > p->centre.y ? s->y - p->centre.y : p->centre.y - s->y;
    off = off > half ? off - half : 0;
    zp_len out = out_of(p, s, LEAD).x - p->centre.x;
    zp_len least = out < 0 ? -out : out;
    zp_len root = off < radius ? (zp_len)root_of(radius * radius - off * off) : 0;
    return root > least ? root : least;
}

static void draw_name(const pie *p, const slice *s)
{
    zp_sketch *sketch = p->sketch;
    bool right = is_right(s);
    zp_len reach = reach_of(p, s), end = p->centre.x + (right ? reach : -reach);
    zp_point rim = out_of(p, s, 0), stub = out_of(p, s, STUB);
    zp_path path = {.arena = sketch->arena};
    zp_path_move(&path, rim.x, rim.y);
    zp_path_line(&path, stub.x, stub.y);
    zp_path_line(&path, end, s->y);
    zp_sketch_stroke(sketch, &path, 0, ZP_CHART_THIN, 0);
    zp_len y = s->y - (zp_len)(s->line_count - 1) * ZP_CHART_LEADING / 2;
    for (size_t i = 0; i < s->line_count; i++)
        zp_sketch_text(sketch, s->lines[i], end + (right ? LEAD_GAP : -LEAD_GAP),
                       y + (zp_len)i * ZP_CHART_LEADING, ZP_CHART_TYPE,
                       right ? ZP_ALIGN_LEFT : ZP_ALIGN_RIGHT);
}

/* As large as the sheet allows with room for every figure at its sides. */
static void size_pie(pie *p, zp_len top)
{
    zp_len room = p->sketch->height - top - 2 * EDGE, widest = 0;
    for (size_t i = 0; i < p->count; i++) {
        zp_len width = width_of(figure_text(p, &p->slices[i]));
        widest = width > widest ? width : widest;
    }
    zp_len beside = p->sketch->width / 2 - widest - LEAD - LEAD_GAP;
    zp_len share = zp_len_scale(p->sketch->width, WIDTH_SHARE, 200);
    p->radius = room / 2 < share ? room / 2 : share;
    p->radius = p->radius < beside ? p->radius : beside;
    p->radius = p->radius > RADIUS_MIN ? p->radius : RADIUS_MIN;
    zp_len middle = room / 2 > RADIUS_MIN ? room / 2 : RADIUS_MIN;
    p->centre = (zp_point){p->sketch->width / 2, top + EDGE + middle};
}

void zp_pie_draw(zp_sketch *sketch, const zp_chart *chart, zp_len top)
{
    pie p = {.sketch = sketch, .chart = chart};
    top += ROW_GAP;
    cut_slices(&p);
    size_pie(&p, top);
    zp_len width = sketch->width / 2 - p.radius - LEAD - LEAD_GAP;
    for (int side = 0; side < 2; side++) {
        bool right = side == 0;
        zp_len height = set_names(&p, right, width, false);
        if (height > sketch->height - top)
            height = set_names(&p, right, width, true);
        if (height > sketch->height - top)
            sketch->height = top + height;
        spread_names(&p, right, top, sketch->height);
    }
    for (size_t i = 0; i < p.count; i++)
        draw_slice(&p, &p.slices[i], look_of(&p, i));
    for (size_t i = 0; i < p.count; i++)
        draw_name(&p, &p.slices[i]);
}

/* sketch.c: shapes and their geometry, in whole numbers.
 *
 * Sines come from a series in 30 binary places, so arcs are the same on every machine. A hatch is
 * cut to its polygon by counting edges along each of its lines, which holds for any polygon.
 */
#include "layout/sketch.h"

#include <stdlib.h>
#include "base/utf8.h"
#include "layout/cjk.h"

enum {
    HATCH_SPACING = 4 * ZP_PT,
    WRAP_CODES = 240, /* of a text, that wrapping looks at: more than any place has room for */
};

/* ---- paths ---- */

static void add_step(zp_path *path, zp_path_step step)
{
    zp_list_grow(path->arena, path->steps, path->step_count, path->step_capacity);
    path->steps[path->step_count++] = (uint8_t)step;
}

static void add_point(zp_path *path, zp_point point)
{
    zp_list_grow(path->arena, path->points, path->point_count, path->point_capacity);
    path->points[path->point_count++] = point;
}

void zp_path_move(zp_path *path, zp_len x, zp_len y)
{
    add_step(path, ZP_PATH_MOVE);
    add_point(path, (zp_point){x, y});
}

void zp_path_line(zp_path *path, zp_len x, zp_len y)
{
    add_step(path, ZP_PATH_LINE);
    add_point(path, (zp_point){x, y});
}

void zp_path_curve(zp_path *path, zp_point a, zp_point b, zp_point end)
{
    add_step(path, ZP_PATH_CURVE);
    add_point(path, a);
    add_point(path, b);
    add_point(path, end);
}

void zp_path_close(zp_path *path)
{
    add_step(path, ZP_PATH_CLOSE);
}

void zp_path_box(zp_path *path, zp_len x, zp_len y, zp_len width, zp_len height)
{
    zp_path_move(path, x, y);
    zp_path_line(path, x + width, y);
    zp_path_line(path, x + width, y + height);
    zp_path_line(path, x, y + height);
    zp_path_close(path);
}

/* ---- circles ---- */

enum { ONE = 1 << 30, QUARTER = ZP_TURN / 4 };

/* The sine of an angle in the first quarter, as a part of ONE: x - x^3/3! + x^5/5! …, to 3 in a
 * million. */
static int64_t quarter_sine(int64_t angle)
{
    const int64_t half_pi = 1686629713; /* of ONE */
    int64_t x = angle * half_pi / QUARTER, square = x * x / ONE;
    int64_t sum = ONE;
    for (int n = 8; n >= 2; n -= 2)
        sum = ONE - square * sum / ONE / (n * (n + 1));
    return x * sum / ONE;
}

static int64_t sine(int64_t angle)
{
    angle &= ZP_TURN - 1;
    int64_t within = angle % (2 * QUARTER);
    int64_t size = quarter_sine(within <= QUARTER ? within : 2 * QUARTER - within);
    return angle < 2 * QUARTER ? size : -size;
}

static zp_len part_of(zp_len radius, int64_t share)
{
    return (zp_len)(radius * share / ONE);
}

zp_point zp_circle_point(zp_point centre, zp_len radius, int64_t angle)
{
    return (zp_point){centre.x + part_of(radius, sine(angle)),
                      centre.y - part_of(radius, sine(angle + QUARTER))};
}

/* One curve for at most a quarter: control points lie on the tangents, 4/3 tan(angle/4) of the
 * radius away. */
static void add_curve(zp_path *path, zp_point centre, zp_len radius, int64_t from, int64_t to)
{
    int64_t fourth = (to - from) / 4;
    int64_t reach = sine(fourth) * ONE / sine(fourth + QUARTER) * 4 / 3;
    zp_len along = part_of(radius, reach);
    zp_point start = zp_circle_point(centre, radius, from);
    zp_point end = zp_circle_point(centre, radius, to), origin = {0, 0};
    zp_point ahead = zp_circle_point(origin, along, from + QUARTER);
    zp_point behind = zp_circle_point(origin, along, to + QUARTER);
    zp_path_curve(path, (zp_point){start.x + ahead.x, start.y + ahead.y},
                  (zp_point){end.x - behind.x, end.y - behind.y}, end);
}

void zp_path_arc(zp_path *path, zp_point centre, zp_len radius, int64_t from, int64_t to,
                 bool begins)
{
    zp_point start = zp_circle_point(centre, radius, from);
    if (begins)
        zp_path_move(path, start.x, start.y);
    else
        zp_path_line(path, start.x, start.y);
    for (int64_t at = from; at < to;) {
        int64_t next = to - at > QUARTER ? at + QUARTER : to;
        add_curve(path, centre, radius, at, next);
        at = next;
    }
}

/* ---- hatches ---- */

/* The lines a x + b y = c. */
typedef struct {
    int a, b;
} direction;

static int64_t measure(direction d, zp_point point)
{
    return d.a * (int64_t)point.x + d.b * (int64_t)point.y;
}

static int compare_points(const void *a, const void *b)
{
    const zp_point *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return (p->y > q->y) - (p->y < q->y);
}

/* Where the line at c crosses the polygon's edges; an even number of points. */
static size_t cross_edges(const zp_point *polygon, size_t count, direction d, int64_t c,
                          zp_point *crossings)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        zp_point p = polygon[i], q = polygon[i + 1 < count ? i + 1 : 0];
        int64_t from = measure(d, p), to = measure(d, q);
        if ((from <= c) == (to <= c))
            continue;
        crossings[found++] = (zp_point){
            p.x + (zp_len)(((int64_t)q.x - p.x) * (c - from) / (to - from)),
            p.y + (zp_len)(((int64_t)q.y - p.y) * (c - from) / (to - from)),
        };
    }
    return found;
}

static void add_hatch_lines(zp_path *path, const zp_point *polygon, size_t count, direction d)
{
    /* slanting lines stand as far apart as upright ones */
    int64_t spacing = d.a && d.b ? (int64_t)HATCH_SPACING * 1414 / 1000 : HATCH_SPACING;
    int64_t low = measure(d, polygon[0]), high = low;
    for (size_t i = 1; i < count; i++) {
        int64_t at = measure(d, polygon[i]);
        low = at < low ? at : low;
        high = at > high ? at : high;
    }
    zp_point *crossings = zp_new_array(path->arena, zp_point, count);
    int64_t first = low / spacing - 1;
    for (int64_t c = first * spacing; c < high; c += spacing) {
        size_t found = cross_edges(polygon, count, d, c, crossings);
        qsort(crossings, found, sizeof *crossings, compare_points);
        for (size_t i = 0; i + 1 < found; i += 2) {
            zp_path_move(path, crossings[i].x, crossings[i].y);
            zp_path_line(path, crossings[i + 1].x, crossings[i + 1].y);
        }
    }
}

void zp_path_hatch(zp_path *path, const zp_point *polygon, size_t count, zp_hatch hatch)
{
    static const direction rising = {1, 1}, falling = {1, -1}, level = {0, 1}, upright = {1, 0};
    if (count == 0)
        return;
    switch (hatch) {
    case ZP_HATCH_NONE:
        break;
    case ZP_HATCH_RISING:
        add_hatch_lines(path, polygon, count, rising);
        break;
    case ZP_HATCH_FALLING:
        add_hatch_lines(path, polygon, count, falling);
        break;
    case ZP_HATCH_CROSS:
        add_hatch_lines(path, polygon, count, rising);
        add_hatch_lines(path, polygon, count, falling);
        break;
    case ZP_HATCH_LEVEL:
        add_hatch_lines(path, polygon, count, level);
        break;
    case ZP_HATCH_UPRIGHT:
        add_hatch_lines(path, polygon, count, upright);
        break;
    }
}

/* ---- shapes ---- */

static zp_shape *add_shape(zp_sketch *sketch, zp_shape_kind kind)
{
    zp_list_grow(sketch->arena, sketch->shapes, sketch->count, sketch->capacity);
    zp_shape *shape = &sketch->shapes[sketch->count++];
    *shape = (zp_shape){.kind = kind};
    return shape;
}

void zp_sketch_stroke(zp_sketch *sketch, const zp_path *path, uint8_t gray, zp_len line,
                      zp_len dash)
{
    if (path->step_count == 0)
        return;
    zp_shape *shape = add_shape(sketch, ZP_SHAPE_PATH);
    shape->path.points = path->points;
    shape->path.steps = path->steps;
    shape->path.step_count = path->step_count;
    shape->path.gray = gray;
    shape->path.line = line;
    shape->path.dash = dash;
}

void zp_sketch_fill(zp_sketch *sketch, const zp_path *path, uint8_t gray)
{
    zp_sketch_stroke(sketch, path, gray, 0, 0);
}

zp_shape *zp_sketch_text(zp_sketch *sketch, zp_str text, zp_len x, zp_len y, zp_len size,
                         zp_align anchor)
{
    zp_shape *shape = add_shape(sketch, ZP_SHAPE_TEXT);
    shape->text.text = text;
    shape->text.x = x;
    shape->text.y = y;
    shape->text.size = size;
    shape->text.anchor = anchor;
    return shape;
}

/* ---- the width of text ---- */

/* In hundredths of an em, as in the usual faces. */
static int code_width(uint32_t code)
{
    if (code >= 0x2000 || zp_code_is_chinese(code))
        return 100;
    if (code == '.' || code == ',' || code == ' ' || code == 'i' || code == 'l')
        return 28;
    if (code == '-' || code == '(' || code == ')')
        return 34;
    if (code == '%' || code == 'W' || code == 'M' || code == 'm')
        return 86;
    return code >= 'A' && code <= 'Z' ? 70 : 50;
}

zp_len zp_sketch_width(zp_str text, zp_len size)
{
    int64_t sum = 0;
    for (size_t at = 0, n = 0; at < text.n && n < WRAP_CODES; n++)
        sum += code_width(zp_utf8_next(text, &at));
    return zp_len_scale(size, sum, 100);
}

/* ---- wrapping ---- */

/* The beginning of a text as tokens that lines may be made of. */
typedef struct {
    uint32_t codes[WRAP_CODES];
    size_t ends[WRAP_CODES]; /* in bytes, of each code */
    zp_cjk_token tokens[WRAP_CODES];
    size_t count, token_count;
} wrapping;

static void cut_text(wrapping *w, zp_str text)
{
    for (size_t at = 0; at < text.n && w->count < WRAP_CODES; w->count++) {
        w->codes[w->count] = zp_utf8_next(text, &at);
        w->ends[w->count] = at;
    }
    w->token_count = zp_cjk_cut(w->codes, w->count, w->tokens);
}

/* The text of tokens first to end - 1. */
static zp_str text_of(const wrapping *w, zp_str text, size_t first, size_t end)
{
    uint32_t start = w->tokens[first].first;
    uint32_t last = w->tokens[end - 1].first + w->tokens[end - 1].count - 1;
    return zp_str_trim(zp_str_slice(text, start ? w->ends[start - 1] : 0, w->ends[last]));
}

/* The token after the last that goes on the line that begins with `first`: at least one goes. */
static size_t line_end(const wrapping *w, zp_str text, size_t first, zp_len size, zp_len width)
{
    size_t best = first + 1;
    for (size_t end = first + 1; end <= w->token_count; end++) {
        if (zp_sketch_width(text_of(w, text, first, end), size) > width)
            break;
        if (end == w->token_count ||
            zp_cjk_may_break((zp_cjk_class)w->tokens[end - 1].class,
                             (zp_cjk_class)w->tokens[end].class, ZP_KINSOKU_GB))
            best = end;
    }
    return best;
}

/* As much of the text as fits with … after it. */
static zp_str shorten(zp_arena *arena, zp_str text, zp_len size, zp_len width)
{
    size_t fits = 0;
    int64_t sum = 100;
    for (size_t at = 0; at < text.n;) {
        sum += code_width(zp_utf8_next(text, &at));
        if (zp_len_scale(size, sum, 100) > width)
            break;
        fits = at;
    }
    return zp_str_format(arena, "%.*s…", ZP_ARG(zp_str_trim(zp_str_slice(text, 0, fits))));
}

size_t zp_sketch_wrap(zp_arena *arena, zp_str text, zp_len size, zp_len width, zp_str *lines,
                      size_t most, bool *whole)
{
    text = zp_str_trim(text);
    wrapping w = {.count = 0};
    cut_text(&w, text);
    size_t count = 0, first = 0;
    *whole = true;
    while (first < w.token_count && count < most) {
        size_t end = count + 1 < most ? line_end(&w, text, first, size, width) : w.token_count;
        lines[count] = text_of(&w, text, first, end);
        if (zp_sketch_width(lines[count], size) > width ||
            (end == w.token_count && w.ends[w.count - 1] < text.n)) {
            lines[count] = shorten(arena, lines[count], size, width);
            *whole = false;
        }
        first = end;
        count++;
    }
    return count;
}

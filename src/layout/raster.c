/* raster.c: items in, gray samples out; FreeType fills outlines and makes strokes into outlines.
 *
 * Every shape becomes an outline in 64ths of a dot, y upward, and is filled at once over what is
 * there. Dashes are cut here: FreeType's strokes have none.
 */
#include "layout/raster.h"

#include <ft2build.h>

#include <freetype/ftoutln.h>
#include <freetype/ftstroke.h>
#include <freetype/fttrigon.h>
#include <string.h>

enum {
    DOT = 64,             /* FreeType's unit, 26.6 */
    POINTS_MOST = 32000,  /* of one outline: FreeType counts them in 16 bits */
    SIDE_MOST = 30000,    /* dots */
    DASHES_MOST = 100000, /* in one path: no more than a page has room for */
};

typedef struct {
    zp_arena *arena;
    FT_Library library;
    zp_raster raster;
    unsigned char *samples; /* the raster's */
    zp_len x, y;            /* of the box */
    uint8_t gray;           /* of the shape that is filled now */
    FT_Outline outline;     /* under construction */
    int point_capacity, contour_capacity;
    zp_len at_x, at_y; /* of the item that is drawn */
} canvas;

static void must(FT_Error error)
{
    if (error)
        zp_arena_exhausted();
}

static int64_t dots(zp_len length, int64_t unit)
{
    int64_t scaled = (int64_t)length * ZP_RASTER_DPI * unit;
    int64_t half = scaled < 0 ? -36 * (int64_t)ZP_PT : 36 * (int64_t)ZP_PT;
    return (scaled + half) / (72 * (int64_t)ZP_PT);
}

static FT_Vector place(const canvas *c, zp_len x, zp_len y)
{
    return (FT_Vector){(FT_Pos)dots(c->at_x + x - c->x, DOT),
                       (FT_Pos)((int64_t)c->raster.height * DOT - dots(c->at_y + y - c->y, DOT))};
}

/* ---- filling ---- */

static void blend(int y, int count, const FT_Span *spans, void *user)
{
    canvas *c = user;
    int64_t row = (int64_t)c->raster.height - 1 - y;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < spans[i].len; k++) {
            unsigned char *sample = c->samples + row * c->raster.width + spans[i].x + k;
            int change = (c->gray - *sample) * spans[i].coverage;
            *sample = (unsigned char)(*sample + (change < 0 ? change - 127 : change + 127) / 255);
        }
}

static void fill(canvas *c, FT_Outline *outline)
{
    FT_Raster_Params params = {
        .flags = FT_RASTER_FLAG_AA | FT_RASTER_FLAG_DIRECT | FT_RASTER_FLAG_CLIP,
        .gray_spans = blend,
        .user = c,
        .clip_box = {0, 0, (FT_Pos)c->raster.width, (FT_Pos)c->raster.height}};
    must(FT_Outline_Render(c->library, outline, &params));
}

/* ---- outlines ---- */

static void add_point(canvas *c, FT_Vector point, char tag)
{
    if (c->outline.n_points >= POINTS_MOST)
        return;
    if (c->outline.n_points == c->point_capacity) {
        size_t old = (size_t)c->point_capacity, more = old ? old * 2 : 256;
        c->outline.points = zp_arena_grow(c->arena, c->outline.points, old * sizeof(FT_Vector),
                                          more * sizeof(FT_Vector));
        c->outline.tags = zp_arena_grow(c->arena, c->outline.tags, old, more);
        c->point_capacity = (int)more;
    }
    c->outline.points[c->outline.n_points] = point;
    c->outline.tags[c->outline.n_points++] = tag;
}

/* The contour that was begun last ends with the last point. */
static void end_contour(canvas *c)
{
    short last = (short)(c->outline.n_points - 1);
    short before = c->outline.n_contours ? c->outline.contours[c->outline.n_contours - 1] : -1;
    if (last <= before)
        return;
    if (c->outline.n_contours == c->contour_capacity) {
        size_t old = (size_t)c->contour_capacity, more = old ? old * 2 : 64;
        c->outline.contours =
            zp_arena_grow(c->arena, c->outline.contours, old * sizeof(short), more * sizeof(short));
        c->contour_capacity = (int)more;
    }
    c->outline.contours[c->outline.n_contours++] = last;
}

static void fill_collected(canvas *c)
{
    end_contour(c);
    if (c->outline.n_contours > 0)
        fill(c, &c->outline);
    c->outline.n_points = c->outline.n_contours = 0;
}

static void fill_path(canvas *c, const zp_item *item)
{
    const zp_point *p = item->path.points;
    for (uint32_t i = 0; i < item->path.step_count; i++) {
        switch ((zp_path_step)item->path.steps[i]) {
        case ZP_PATH_MOVE:
            end_contour(c);
            add_point(c, place(c, p[0].x, p[0].y), FT_CURVE_TAG_ON);
            p++;
            break;
        case ZP_PATH_LINE:
            add_point(c, place(c, p[0].x, p[0].y), FT_CURVE_TAG_ON);
            p++;
            break;
        case ZP_PATH_CURVE:
            add_point(c, place(c, p[0].x, p[0].y), FT_CURVE_TAG_CUBIC);
            add_point(c, place(c, p[1].x, p[1].y), FT_CURVE_TAG_CUBIC);
            add_point(c, place(c, p[2].x, p[2].y), FT_CURVE_TAG_ON);
            p += 3;
            break;
        case ZP_PATH_CLOSE:
            end_contour(c);
            break;
        }
    }
    fill_collected(c);
}

static void fill_box(canvas *c, zp_len width, zp_len height)
{
    add_point(c, place(c, 0, 0), FT_CURVE_TAG_ON);
    add_point(c, place(c, width, 0), FT_CURVE_TAG_ON);
    add_point(c, place(c, width, height), FT_CURVE_TAG_ON);
    add_point(c, place(c, 0, height), FT_CURVE_TAG_ON);
    fill_collected(c);
}

/* ---- glyphs ---- */

static void glyph_move(void *user, zp_len x, zp_len y)
{
    end_contour(user);
    add_point(user, place(user, x, y), FT_CURVE_TAG_ON);
}

static void glyph_line(void *user, zp_len x, zp_len y)
{
    add_point(user, place(user, x, y), FT_CURVE_TAG_ON);
}

static void glyph_curve(void *user, const zp_len x[3], const zp_len y[3])
{
    for (int i = 0; i < 3; i++)
        add_point(user, place(user, x[i], y[i]), i < 2 ? FT_CURVE_TAG_CUBIC : FT_CURVE_TAG_ON);
}

static void draw_text(canvas *c, const zp_item *item)
{
    static const zp_font_pen pen = {glyph_move, glyph_line, glyph_curve};
    c->gray = 0;
    for (uint32_t i = 0; i < item->text.count; i++) {
        c->at_x = item->x + item->text.glyphs[i].x;
        zp_font_trace(item->text.font, item->text.glyphs[i].id, item->text.size, &pen, c);
        fill_collected(c);
    }
}

/* ---- strokes ---- */

typedef struct {
    canvas *c;
    FT_Stroker stroker;
    FT_Vector begin, at; /* of the subpath; where the pen is */
    bool open, unclosed; /* a subpath has been begun; it does not come back to its begin */
} stroke;

static void end_stroke(stroke *s)
{
    if (!s->open)
        return;
    s->open = false;
    must(FT_Stroker_EndSubPath(s->stroker));
    FT_UInt points, contours;
    must(FT_Stroker_GetCounts(s->stroker, &points, &contours));
    FT_Outline outline;
    if (points > 0 && points < POINTS_MOST) {
        must(FT_Outline_New(s->c->library, points, (FT_Int)contours, &outline));
        outline.n_points = outline.n_contours = 0;
        FT_Stroker_Export(s->stroker, &outline);
        fill(s->c, &outline);
        FT_Outline_Done(s->c->library, &outline);
    }
    FT_Stroker_Rewind(s->stroker);
}

/* FreeType cannot end what has no length: a subpath is begun by the first line that has. */
static void stroke_line(stroke *s, FT_Vector to)
{
    if (to.x == s->at.x && to.y == s->at.y)
        return;
    if (!s->open)
        must(FT_Stroker_BeginSubPath(s->stroker, &s->at, s->unclosed));
    s->open = true;
    must(FT_Stroker_LineTo(s->stroker, &to));
    s->at = to;
}

static void stroke_curve(stroke *s, FT_Vector to[3])
{
    if (!s->open)
        must(FT_Stroker_BeginSubPath(s->stroker, &s->at, s->unclosed));
    s->open = true;
    must(FT_Stroker_CubicTo(s->stroker, &to[0], &to[1], &to[2]));
    s->at = to[2];
}

static void move_to(stroke *s, FT_Vector at, bool unclosed)
{
    end_stroke(s);
    s->begin = s->at = at;
    s->unclosed = unclosed;
}

/* Whether the subpath that begins at step `from` is closed. */
static bool is_closed(const zp_item *item, uint32_t from)
{
    for (uint32_t i = from + 1; i < item->path.step_count; i++) {
        if (item->path.steps[i] == ZP_PATH_MOVE)
            return false;
        if (item->path.steps[i] == ZP_PATH_CLOSE)
            return true;
    }
    return false;
}

static void stroke_path(stroke *s, const zp_item *item)
{
    const zp_point *p = item->path.points;
    for (uint32_t i = 0; i < item->path.step_count; i++) {
        FT_Vector to[3];
        switch ((zp_path_step)item->path.steps[i]) {
        case ZP_PATH_MOVE:
            move_to(s, place(s->c, p[0].x, p[0].y), !is_closed(item, i));
            p++;
            break;
        case ZP_PATH_LINE:
            stroke_line(s, place(s->c, p[0].x, p[0].y));
            p++;
            break;
        case ZP_PATH_CURVE:
            for (int k = 0; k < 3; k++)
                to[k] = place(s->c, p[k].x, p[k].y);
            stroke_curve(s, to);
            p += 3;
            break;
        case ZP_PATH_CLOSE:
            end_stroke(s);
            break;
        }
    }
    end_stroke(s);
}

/* Pieces as long as the gaps between them, the first at the line's begin. `*done` dashes and gaps
 * lie behind us, the last of them `*left` short of its end. */
static void dash_line(stroke *s, FT_Vector to, FT_Pos dash, FT_Pos *left, int *done)
{
    FT_Vector from = s->at, way = {to.x - from.x, to.y - from.y};
    FT_Pos length = FT_Vector_Length(&way), gone = 0;
    while (gone < length && *done < DASHES_MOST) {
        FT_Pos step = *left < length - gone ? *left : length - gone;
        gone += step;
        *left -= step;
        FT_Vector end = {from.x + way.x * gone / length, from.y + way.y * gone / length};
        if (*done % 2 == 0)
            stroke_line(s, end);
        s->at = end;
        if (*left > 0)
            continue;
        end_stroke(s);
        *left = dash;
        ++*done;
    }
    s->at = to;
}

/* Dashed paths are made of lines: what else they hold is drawn as the line to its end. */
static void dash_path(stroke *s, const zp_item *item)
{
    static const int points[] = {
        [ZP_PATH_MOVE] = 1, [ZP_PATH_LINE] = 1, [ZP_PATH_CURVE] = 3, [ZP_PATH_CLOSE] = 0};
    const zp_point *p = item->path.points;
    FT_Pos dash = (FT_Pos)dots(item->path.dash, DOT), left = 0;
    int done = 0;
    for (uint32_t i = 0; i < item->path.step_count; i++) {
        uint8_t step = item->path.steps[i];
        p += points[step];
        FT_Vector to = step == ZP_PATH_CLOSE ? s->begin : place(s->c, p[-1].x, p[-1].y);
        if (step != ZP_PATH_MOVE) {
            dash_line(s, to, dash > 0 ? dash : DOT, &left, &done);
            continue;
        }
        move_to(s, to, true);
        left = dash > 0 ? dash : DOT;
        done = 0;
    }
    end_stroke(s);
}

static void draw_path(canvas *c, const zp_item *item)
{
    c->gray = item->path.gray;
    if (item->path.line == 0) {
        fill_path(c, item);
        return;
    }
    stroke s = {.c = c};
    must(FT_Stroker_New(c->library, &s.stroker));
    FT_Stroker_Set(s.stroker, (FT_Fixed)(dots(item->path.line, DOT) / 2), FT_STROKER_LINECAP_BUTT,
                   FT_STROKER_LINEJOIN_ROUND, 0);
    if (item->path.dash > 0)
        dash_path(&s, item);
    else
        stroke_path(&s, item);
    FT_Stroker_Done(s.stroker);
}

static void draw_item(canvas *c, const zp_item *item)
{
    c->at_x = item->x;
    c->at_y = item->y;
    switch (item->kind) {
    case ZP_ITEM_TEXT:
        draw_text(c, item);
        break;
    case ZP_ITEM_RULE:
        c->gray = 0;
        fill_box(c, item->width, item->height);
        break;
    case ZP_ITEM_PATH:
        draw_path(c, item);
        break;
    case ZP_ITEM_IMAGE:
    case ZP_ITEM_ANCHOR:
    case ZP_ITEM_FIGURE:
        break;
    }
}

static uint32_t side(zp_len length)
{
    int64_t count = dots(length, 1);
    return (uint32_t)(count < 1 ? 1 : count > SIDE_MOST ? SIDE_MOST : count);
}

zp_raster zp_raster_draw(zp_arena *arena, const zp_item *items, size_t count, zp_len x, zp_len y,
                         zp_len width, zp_len height)
{
    canvas c = {
        .arena = arena, .x = x, .y = y, .raster = {.width = side(width), .height = side(height)}};
    size_t size = zp_array_size(c.raster.width, c.raster.height);
    c.samples = zp_arena_alloc(arena, size);
    memset(c.samples, 255, size);
    must(FT_Init_FreeType(&c.library));
    for (size_t i = 0; i < count; i++)
        draw_item(&c, &items[i]);
    FT_Done_FreeType(c.library);
    c.raster.samples = (zp_str){(const char *)c.samples, size};
    return c.raster;
}

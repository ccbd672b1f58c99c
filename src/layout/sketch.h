/* sketch.h: a drawing as a list of shapes: texts, filled areas and lines.
 *
 * A chart is drawn once, as a sketch; layout makes items of it, the HTML writer SVG. Coordinates
 * are zp_len from the sketch's top left corner, y downward. Everything is black, white or gray.
 * Shapes lie over one another in their order.
 *
 * Text is placed by estimated widths (fonts are not known here), which hold for the digits and Han
 * of the usual faces.
 */
#ifndef ZP_SKETCH_H
#define ZP_SKETCH_H

#include "base/length.h"
#include "base/str.h"
#include "layout/display.h"

typedef enum { ZP_SHAPE_TEXT, ZP_SHAPE_PATH } zp_shape_kind;

typedef struct {
    zp_shape_kind kind;
    union {
        struct {
            zp_str text;
            zp_len x, y; /* y: of the line's vertical middle */
            zp_len size;
            zp_align anchor; /* which end of the text is at x, or its middle */
            bool strong;     /* 黑体 */
        } text;
        struct {
            const zp_point *points;
            const uint8_t *steps; /* zp_path_step */
            uint32_t step_count;
            uint8_t gray; /* 0 black to 255 white */
            zp_len line;  /* stroke of that width; 0: filled */
            zp_len dash;  /* length of dashes and gaps; 0: solid */
        } path;
    };
} zp_shape;

typedef struct {
    zp_arena *arena;
    zp_len width, height;
    zp_shape *shapes;
    size_t count, capacity;
} zp_sketch;

/* A path under construction. */
typedef struct {
    zp_arena *arena;
    zp_point *points;
    uint8_t *steps;
    uint32_t point_count, step_count;
    size_t point_capacity, step_capacity;
} zp_path;

void zp_path_move(zp_path *path, zp_len x, zp_len y);
void zp_path_line(zp_path *path, zp_len x, zp_len y);
void zp_path_curve(zp_path *path, zp_point a, zp_point b, zp_point end);
void zp_path_close(zp_path *path);
void zp_path_box(zp_path *path, zp_len x, zp_len y, zp_len width, zp_len height);

/* A turn has ZP_TURN parts; 0 is up, and angles grow clockwise. */
enum { ZP_TURN = 1 << 20 };

/* The point of a circle around `centre` at an angle. */
zp_point zp_circle_point(zp_point centre, zp_len radius, int64_t angle);

/* A line to the arc's start when `begins` is false, else a move there; then the arc from one angle
 * to a greater one. */
void zp_path_arc(zp_path *path, zp_point centre, zp_len radius, int64_t from, int64_t to,
                 bool begins);

/* How areas are told apart on paper without colour: a gray, and lines over it. */
typedef enum {
    ZP_HATCH_NONE,
    ZP_HATCH_RISING,
    ZP_HATCH_FALLING,
    ZP_HATCH_CROSS,
    ZP_HATCH_LEVEL,
    ZP_HATCH_UPRIGHT,
} zp_hatch;

/* Adds the lines of a hatch inside a polygon. They lie on a grid that all of a sketch share. */
void zp_path_hatch(zp_path *path, const zp_point *polygon, size_t count, zp_hatch hatch);

/* Adds what a path holds to the sketch; an empty one adds nothing. */
void zp_sketch_fill(zp_sketch *sketch, const zp_path *path, uint8_t gray);
void zp_sketch_stroke(zp_sketch *sketch, const zp_path *path, uint8_t gray, zp_len line,
                      zp_len dash);

/* Adds a text; the shape is to be used before the next is added. */
zp_shape *zp_sketch_text(zp_sketch *sketch, zp_str text, zp_len x, zp_len y, zp_len size,
                         zp_align anchor);

/* About how wide a text is. */
zp_len zp_sketch_width(zp_str text, zp_len size);

/* The text in at most `most` lines of at most `width`; when it needs more the last one ends in …,
 * and *whole is false. How many. */
size_t zp_sketch_wrap(zp_arena *arena, zp_str text, zp_len size, zp_len width, zp_str *lines,
                      size_t most, bool *whole);

#endif

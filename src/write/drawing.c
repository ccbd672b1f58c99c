/* drawing.c: shapes in, SVG out.
 *
 * Coordinates are points. Faces come from the page's style sheet by the classes chart and strong,
 * so that the drawing has the same ones as the page; as attributes, which give way to it, stand
 * those for a drawing that is a picture of its own.
 */
#include "write/drawing.h"

#define FACE   "SimSun, STSong, 'Noto Serif CJK SC', serif"
#define STRONG "SimHei, STHeiti, 'Noto Sans CJK SC', sans-serif"

void zp_markup_add(zp_buf *out, zp_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        switch (text.p[i]) {
        case '&':
            zp_buf_lit(out, "&amp;");
            break;
        case '<':
            zp_buf_lit(out, "&lt;");
            break;
        case '>':
            zp_buf_lit(out, "&gt;");
            break;
        case '"':
            zp_buf_lit(out, "&quot;");
            break;
        case '\'':
            zp_buf_lit(out, "&#39;");
            break;
        default:
            zp_buf_byte(out, text.p[i]);
        }
    }
}

void zp_drawing_length(zp_buf *out, zp_len length)
{
    int64_t scaled = ((int64_t)length * 100 + (length < 0 ? -ZP_PT / 2 : ZP_PT / 2)) / ZP_PT;
    uint64_t size = (uint64_t)(scaled < 0 ? -scaled : scaled);
    if (scaled < 0)
        zp_buf_byte(out, '-');
    zp_buf_uint(out, size / 100);
    if (size % 100 == 0)
        return;
    zp_buf_byte(out, '.');
    zp_buf_byte(out, (char)('0' + size % 100 / 10));
    if (size % 10)
        zp_buf_byte(out, (char)('0' + size % 10));
}

static void add_attribute(zp_buf *out, const char *name, zp_len length)
{
    zp_buf_format(out, " %s=\"", name);
    zp_drawing_length(out, length);
    zp_buf_byte(out, '"');
}

static void add_gray(zp_buf *out, const char *name, uint8_t gray)
{
    zp_buf_format(out, " %s=\"#%02x%02x%02x\"", name, gray, gray, gray);
}

static void add_steps(zp_buf *out, const zp_shape *shape, zp_len dx, zp_len dy)
{
    static const struct {
        int points;
        char command;
    } steps[] = {[ZP_PATH_MOVE] = {1, 'M'},
                 [ZP_PATH_LINE] = {1, 'L'},
                 [ZP_PATH_CURVE] = {3, 'C'},
                 [ZP_PATH_CLOSE] = {0, 'Z'}};
    const zp_point *point = shape->path.points;
    for (uint32_t i = 0; i < shape->path.step_count; i++) {
        uint8_t step = shape->path.steps[i];
        zp_buf_byte(out, steps[step].command);
        for (int k = 0; k < steps[step].points; k++, point++) {
            if (k > 0)
                zp_buf_byte(out, ' ');
            zp_drawing_length(out, point->x + dx);
            zp_buf_byte(out, ' ');
            zp_drawing_length(out, point->y + dy);
        }
    }
}

void zp_drawing_path(zp_buf *out, const zp_shape *shape, zp_len dx, zp_len dy)
{
    zp_buf_lit(out, "<path d=\"");
    add_steps(out, shape, dx, dy);
    zp_buf_byte(out, '"');
    if (shape->path.line == 0) {
        add_gray(out, "fill", shape->path.gray);
    } else {
        zp_buf_lit(out, " fill=\"none\"");
        add_gray(out, "stroke", shape->path.gray);
        add_attribute(out, "stroke-width", shape->path.line);
        zp_buf_lit(out, " stroke-linejoin=\"round\"");
    }
    if (shape->path.dash > 0)
        add_attribute(out, "stroke-dasharray", shape->path.dash);
    zp_buf_lit(out, "/>\n");
}

/* The baseline that brings the middle of Han and digits to the shape's y is about a third of an em
 * below it. */
static void add_text(zp_buf *out, const zp_shape *shape)
{
    const char *anchor = shape->text.anchor == ZP_ALIGN_CENTER  ? " text-anchor=\"middle\""
                         : shape->text.anchor == ZP_ALIGN_RIGHT ? " text-anchor=\"end\""
                                                                : "";
    zp_buf_lit(out, "<text");
    add_attribute(out, "x", shape->text.x);
    add_attribute(out, "y", shape->text.y + zp_len_scale(shape->text.size, 35, 100));
    add_attribute(out, "font-size", shape->text.size);
    zp_buf_format(out, "%s%s>", anchor,
                  shape->text.strong ? " class=\"strong\" font-family=\"" STRONG "\"" : "");
    zp_markup_add(out, shape->text.text);
    zp_buf_lit(out, "</text>\n");
}

void zp_drawing_write(const zp_sketch *sketch, zp_str words, zp_buf *out)
{
    zp_buf_lit(out, "<svg class=\"chart\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\" "
                    "font-family=\"" FACE "\" width=\"");
    zp_drawing_length(out, sketch->width);
    zp_buf_lit(out, "pt\" viewBox=\"0 0 ");
    zp_drawing_length(out, sketch->width);
    zp_buf_byte(out, ' ');
    zp_drawing_length(out, sketch->height);
    zp_buf_lit(out, "\" aria-label=\"");
    zp_markup_add(out, words);
    zp_buf_lit(out, "\">\n");
    for (size_t i = 0; i < sketch->count; i++)
        if (sketch->shapes[i].kind == ZP_SHAPE_TEXT)
            add_text(out, &sketch->shapes[i]);
        else
            zp_drawing_path(out, &sketch->shapes[i], 0, 0);
    zp_buf_lit(out, "</svg>");
}

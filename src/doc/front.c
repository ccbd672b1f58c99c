/* front.c: finds the lines between which the metadata stand, and reads them. */
#include "doc/front.h"

#include "data/yaml.h"

/* Offset behind the line that begins at `at`, its LF included. */
static size_t line_end(zp_str text, size_t at)
{
    size_t end = zp_str_find(text, ZP_STR("\n"), at);
    return end < text.n ? end + 1 : end;
}

static bool is_fence(zp_str line, zp_str mark)
{
    return zp_str_starts(line, mark) && zp_str_trim(zp_str_slice(line, mark.n, line.n)).n == 0;
}

/* Finds the metadata (nothing, where there are none) and the body; false when they are not closed.
 */
static bool split(zp_front *front, zp_span *metadata, zp_diag *diag)
{
    zp_str text = front->source->text;
    size_t begin = line_end(text, 0);
    *metadata = zp_span_of(front->source, 0, 0);
    front->body = zp_span_of(front->source, 0, text.n);
    front->fence = zp_span_file(front->source);
    if (!is_fence(zp_str_slice(text, 0, begin), ZP_STR("---")))
        return true;
    front->fence = zp_span_of(front->source, 0, 3);
    for (size_t at = begin; at < text.n;) {
        size_t next = line_end(text, at);
        zp_str line = zp_str_slice(text, at, next);
        if (is_fence(line, ZP_STR("---")) || is_fence(line, ZP_STR("..."))) {
            *metadata = zp_span_of(front->source, begin, at);
            front->body = zp_span_of(front->source, next, text.n);
            return true;
        }
        at = next;
    }
    zp_diag_add(diag, ZP_ERROR, "front-matter-open", front->fence,
                "在基本信息的最后另起一行写 ---，下面再写正文", "开头的基本信息没有结束");
    return false;
}

zp_front zp_front_read(zp_arena *arena, const zp_source *source, zp_diag *diag)
{
    zp_front front = {.source = source};
    zp_span metadata;
    if (split(&front, &metadata, diag))
        front.map = zp_yaml_read(arena, metadata, diag);
    else
        front.body = (zp_span){0};
    return front;
}

const zp_value *zp_front_template(const zp_front *front)
{
    const zp_value *named = zp_value_find(front->map, ZP_STR("template"));
    return named ? named : zp_value_find(front->map, ZP_STR("模板"));
}

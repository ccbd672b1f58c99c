/* tabular.h: tables as a report of their own, through the same pipeline as any other.
 *
 * The text is a few lines of Markdown with placeholders, the cells are data: what a cell says is
 * never taken for markup.
 */
#ifndef ZP_TABULAR_H
#define ZP_TABULAR_H

#include "app/job.h"
#include "archive/entry.h"

typedef struct {
    zp_str caption;
    zp_str attributes;   /* of the caption: page=landscape size=五号; may be empty */
    zp_str unit, remark; /* 单位：万元; 注：…; without these words; may be empty */
    const zp_str *heads; /* plain words of ours */
    const char *aligned; /* a letter a column: l, r, c */
    const zp_rows *rows;
} zp_tabular;

/* The report `title` with `count` tables, in the formats given; files will be called `name`. */
zp_status zp_tabular_write(zp_arena *arena, zp_engine *engine, zp_str name, zp_str title,
                           const zp_tabular *tables, size_t count, const zp_format *const *formats,
                           size_t format_count, zp_output *outputs, zp_diag *diag);

#endif

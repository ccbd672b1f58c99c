/* column.h: one endless column of boxes, and what puts text into it.
 *
 * A box is what a page takes or leaves as a whole: a line of text, a slice of a table row, a blank
 * line. Where pages end is not decided here; boxes only say what must stay together.
 */
#ifndef ZP_COLUMN_H
#define ZP_COLUMN_H

#include "doc/report.h"
#include "layout/display.h"
#include "layout/inline.h"

typedef struct zp_box zp_box;

struct zp_box {
    const zp_item *items;
    uint32_t count;
    zp_len dx,
        dy; /* added to the items' places: from the left edge of the 版心, from the box's top */
    int lines; /* height in lines of the page; the box stands on the grid. 0: `height` counts,
                  wherever it comes */
    zp_len height;
    bool blank;     /* nothing but distance: dropped at the head of a page, but for the first */
    bool keeps;     /* no page ends after this box */
    bool breaks;    /* a page begins with this box */
    bool landscape; /* goes on a page that is read turned: its 版心 is body_height wide and
                       body_width high */

    /* When a page begins with this box, though the column goes on: boxes that come before it there
     * (续表, a table's head), and items that stand in place of its own (a joined cell's text said
     * again). */
    const zp_box *repeat;
    size_t repeat_count;
    const zp_item *top_items;
    uint32_t top_count;
    /* When a page ends with this box: items that come beside its own (the rule that closes a
     * table). */
    const zp_item *bottom_items;
    uint32_t bottom_count;

    /* NOTEs whose references stand in it: they go to the foot of its page. */
    const zp_node *const *notes;
    uint32_t note_count;
};

/* A column under construction. */
typedef struct {
    zp_arena *arena;
    const zp_report *report;
    zp_setter *setter;
    struct zp_pictures *pictures; /* picture.h */
    zp_diag *diag;
    zp_box *boxes;
    size_t count, capacity;
    int follow;                      /* lines still to be kept with the heading before them */
    size_t text;                     /* the first box of the text, title and addressee left out */
    bool breaks;                     /* the next box begins a page */
    struct zp_note_text *note_texts; /* set notes, by number - 1 */
    struct zp_table_setting *tables; /* grid.h; in order */
    size_t table_count, table_capacity;
} zp_column;

/* A box at the end of the column. */
zp_box *zp_column_add(zp_column *column);

typedef struct {
    zp_run *runs;
    size_t count, capacity;
} zp_runs;

/* Blank lines of the page. */
void zp_column_blank(zp_column *column, int lines);

/* Text in a style; `measure` without rules gets the template's. The index of its first box. */
size_t zp_column_text(zp_column *column, zp_str text, zp_span span, const zp_style *style,
                      const zp_node *node, zp_measure measure, zp_len dx);

/* The page's cell, or the type's size where the style is off the grid. */
zp_len zp_column_cell(const zp_column *column, const zp_style *style);

/* One more run of text. */
zp_run *zp_runs_add(zp_column *column, zp_runs *runs, zp_str text, zp_span span,
                    zp_style_name style, const zp_node *owner);

/* Lines of runs, the last of which does not stand alone at the head of a page. The index of the
 * first box. */
size_t zp_column_lines(zp_column *column, const zp_runs *runs, const zp_measure *measure,
                       zp_len dx);

/* Height of a line of the page's grid. */
zp_len zp_column_pitch(const zp_column *column);

/* The inlines below `node` as runs in `style`; their items belong to `owner`. */
void zp_runs_collect(zp_column *column, const zp_node *node, zp_style_name style,
                     const zp_node *owner, zp_runs *runs);

#endif

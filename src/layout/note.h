/* note.h: footnotes: set once, placed at the foot of the page where their reference stands.
 *
 * Lines of notes stand closer than those of the text, below a short rule. What finds no room goes
 * on at the foot of the next page.
 */
#ifndef ZP_NOTE_H
#define ZP_NOTE_H

#include "layout/column.h"

typedef struct zp_note_text {
    zp_lines lines;
    uint32_t number; /* that it was given on its page */
} zp_note_text;

/* Sets all notes of the report and tells each box which notes it refers to. */
void zp_note_attach(zp_column *column);

/* Lines that wait for a place, in order. Zero it to begin. */
typedef struct {
    const zp_line **lines;
    size_t first, count, capacity; /* those from first to count wait */
    zp_len leading;
} zp_note_queue;

/* What the box's notes add to the height of the page's notes; with the rule unless the page has
 * notes `already`. */
zp_len zp_note_height(const zp_column *column, const zp_box *box, bool already);

/* The box's notes wait for a place, numbered on from *number where the template numbers by page. */
void zp_note_enqueue(zp_column *column, const zp_box *box, uint32_t *number, zp_note_queue *queue);

/* Where the template numbers by page: the marks among `count` items of a box get the numbers that
 * its notes will have. */
void zp_note_renumber(zp_column *column, const zp_box *box, uint32_t number, zp_item *items,
                      size_t count);
bool zp_note_queue_empty(const zp_note_queue *queue);

/* Height of all waiting lines and the rule above them; 0 when none waits. */
zp_len zp_note_queue_height(const zp_note_queue *queue);

/* Height of as many of them as fit into `room`, or of `least` lines if they do not. */
zp_len zp_note_queue_fit(const zp_note_queue *queue, zp_len room, size_t least);

/* Puts that height of lines, the rule first, at x, y. */
void zp_note_queue_place(const zp_column *column, zp_note_queue *queue, zp_len height,
                         zp_page *page, zp_len x, zp_len y);

#endif

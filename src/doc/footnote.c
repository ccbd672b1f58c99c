/* footnote.c: in go the notes as they stand in the text, out come numbered NOTEs at the end of it.
 *
 * Numbering appends a note to the document at its first reference, and the walk over the document
 * goes on into what it has appended; so references inside notes need nothing of their own.
 */
#include "doc/footnote.h"

#include <stdlib.h>

static int compare_labels(const void *a, const void *b)
{
    const zp_footnote *left = *(zp_footnote *const *)a, *right = *(zp_footnote *const *)b;
    int order = zp_str_compare(left->label, right->label);
    if (order != 0)
        return order;
    return left->mark.start < right->mark.start ? -1 : left->mark.start > right->mark.start;
}

void zp_footnotes_index(zp_arena *arena, zp_footnotes *footnotes, zp_diag *diag)
{
    footnotes->by_label = zp_new_array(arena, zp_footnote *, footnotes->count);
    for (size_t i = 0; i < footnotes->count; i++)
        footnotes->by_label[i] = &footnotes->notes[i];
    if (footnotes->count > 1)
        qsort(footnotes->by_label, footnotes->count, sizeof *footnotes->by_label, compare_labels);
    footnotes->labels = 0;
    for (size_t i = 0; i < footnotes->count; i++) {
        zp_footnote *note = footnotes->by_label[i];
        size_t last = footnotes->labels;
        if (last > 0 && zp_str_eq(footnotes->by_label[last - 1]->label, note->label))
            zp_diag_add(diag, ZP_WARNING, "duplicate-note", note->mark, "给其中一条换一个标签",
                        "脚注“%.*s”写了两次，只用前面的一条", ZP_ARG(note->label));
        else
            footnotes->by_label[footnotes->labels++] = note;
    }
}

zp_footnote *zp_footnotes_find(const zp_footnotes *footnotes, zp_str label)
{
    size_t low = 0, high = footnotes->labels;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = zp_str_compare(label, footnotes->by_label[middle]->label);
        if (order == 0)
            return footnotes->by_label[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static void report_unused(const zp_footnotes *footnotes, zp_diag *diag)
{
    for (size_t i = 0; i < footnotes->labels; i++) {
        const zp_footnote *note = footnotes->by_label[i];
        if (note->node->note.number == 0)
            zp_diag_add(diag, ZP_WARNING, "unused-note", note->mark,
                        "在正文需要注释的地方写上同样的标签，或删去这条脚注",
                        "正文没有引用脚注“%.*s”", ZP_ARG(note->label));
    }
}

void zp_footnotes_number(zp_footnotes *footnotes, zp_node *document, zp_diag *diag)
{
    uint32_t number = 0;
    zp_walk walk = {document, true};
    do {
        if (!walk.entering || walk.node->kind != ZP_NODE_NOTEREF)
            continue;
        zp_node *note = walk.node->noteref.note;
        if (note->note.number == 0) {
            note->note.number = ++number;
            zp_node_append(document, note);
        }
    } while (zp_walk_next(&walk, document));
    report_unused(footnotes, diag);
}

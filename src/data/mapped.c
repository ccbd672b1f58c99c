/* mapped.c: stretches of text in, one text with its pieces out.
 *
 * Both grow by turns, so neither grows in its place. They take much more room at a time than they
 * need: what is not written to is not there yet, and copying is what costs.
 */
#include "data/mapped.h"

enum { GROWTH = 4, SLACK = 256 };

static void make_room(zp_buf *text, size_t more)
{
    if (text->capacity - text->n < more + SLACK)
        zp_buf_reserve(text, text->n * (GROWTH - 1) + more + SLACK);
}

static bool goes_on(const zp_mapped *m, const zp_piece *piece)
{
    if (!m->count || !piece->verbatim)
        return false;
    const zp_piece *last = &m->pieces[m->count - 1];
    return last->verbatim && last->printed == piece->printed &&
           last->from.source == piece->from.source && last->from.end == piece->from.start;
}

static void add_piece(zp_mapped *m, zp_piece piece)
{
    if (piece.start == m->text.n)
        return;
    make_room(&m->text, 0);
    if (goes_on(m, &piece)) {
        m->pieces[m->count - 1].from.end = piece.from.end;
        return;
    }
    zp_list_grow(m->text.arena, m->pieces, m->count, m->capacity);
    m->pieces[m->count++] = piece;
}

void zp_mapped_piece(zp_mapped *m, size_t start, bool verbatim, zp_span from)
{
    add_piece(m, (zp_piece){start, verbatim, from, false});
}

void zp_mapped_printed(zp_mapped *m, size_t start, bool verbatim, zp_span from)
{
    add_piece(m, (zp_piece){start, verbatim, from, true});
}

void zp_mapped_copy(zp_mapped *m, zp_span from)
{
    size_t start = m->text.n;
    make_room(&m->text, from.end - from.start);
    zp_buf_add(&m->text, zp_str_slice(from.source->text, from.start, from.end));
    zp_mapped_piece(m, start, true, from);
}

const zp_source *zp_mapped_source(const zp_mapped *m, zp_str name)
{
    zp_source *source = zp_new(m->text.arena, zp_source);
    *source = *zp_source_new(m->text.arena, name, zp_buf_str(&m->text));
    source->pieces = m->pieces;
    source->piece_count = m->count;
    return source;
}

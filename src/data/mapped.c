/* mapped.c: stretches of text in, one text with its pieces out. */
#include "data/mapped.h"

static bool goes_on(const zp_mapped *m, bool verbatim, zp_span from)
{
    if (!m->count || !verbatim)
        return false;
    const zp_piece *last = &m->pieces[m->count - 1];
    return last->verbatim && last->from.source == from.source && last->from.end == from.start;
}

void zp_mapped_piece(zp_mapped *m, size_t start, bool verbatim, zp_span from)
{
    if (start == m->text.n)
        return;
    if (goes_on(m, verbatim, from)) {
        m->pieces[m->count - 1].from.end = from.end;
        return;
    }
    if (m->count == m->capacity) {
        size_t old = m->capacity;
        m->capacity = old ? old * 2 : 32;
        m->pieces = zp_arena_grow(m->text.arena, m->pieces, old * sizeof *m->pieces,
                                  zp_array_size(m->capacity, sizeof *m->pieces));
    }
    m->pieces[m->count++] = (zp_piece){start, verbatim, from};
}

void zp_mapped_copy(zp_mapped *m, zp_span from)
{
    size_t start = m->text.n;
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

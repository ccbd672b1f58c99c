/* scribe.c: words in, escaped Markdown with its places out.
 *
 * Runs of characters that are never marks are copied as they are, so that their places stay exact;
 * the others are escaped one at a time.
 */
#include "doc/scribe.h"

#include <ctype.h>

/* Behind the run at `at` of what is never a mark by itself: letters, digits, all beyond ASCII. */
static size_t safe_end(zp_str text, size_t at)
{
    while (at < text.n && ((unsigned char)text.p[at] >= 0x80 || isalnum((unsigned char)text.p[at])))
        at++;
    return at;
}

static void write_piece(zp_scribe *s, zp_span piece, char after, bool in_row)
{
    size_t start = s->out.text.n;
    zp_str words = zp_str_slice(piece.source->text, piece.start, piece.end);
    zp_escape_markdown(&s->landing, words, (zp_following){true, after}, in_row, &s->out.text);
    bool verbatim = s->out.text.n - start == piece.end - piece.start;
    zp_mapped_piece(&s->out, start, verbatim, piece);
}

void zp_scribe_words(zp_scribe *scribe, zp_span words, bool in_row)
{
    zp_str text = words.source->text;
    for (size_t at = words.start; at < words.end;) {
        size_t end = safe_end(zp_str_slice(text, 0, words.end), at);
        end = end > at ? end : at + 1;
        write_piece(scribe, zp_span_of(words.source, at, end), end < words.end ? text.p[end] : '\n',
                    in_row);
        at = end;
    }
}

void zp_scribe_mark(zp_scribe *scribe, zp_str mark, zp_span place)
{
    size_t start = scribe->out.text.n;
    zp_buf_add(&scribe->out.text, mark);
    zp_mapped_piece(&scribe->out, start, false, zp_span_of(place.source, place.start, place.start));
}

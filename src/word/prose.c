/* prose.c: what stands within a paragraph: text, fields, references to notes, pictures. */
#include "word/reader.h"

#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "book/xlsx.h"

/* --- Text ------------------------------------------------------------------------------------- */

static bool is_in_code(const zp_word_reader *r)
{
    for (size_t i = 0; i < r->field_count && i < ZP_WORD_FIELDS; i++)
        if (r->fields[i].code)
            return true;
    return false;
}

/* Where text goes now; NULL when nobody would see it. */
static zp_buf *target(zp_word_reader *r)
{
    return r->paragraph && !r->hidden && !is_in_code(r) ? &r->paragraph->text : NULL;
}

static void add(zp_word_reader *r, zp_str text)
{
    zp_buf *to = target(r);
    if (to)
        zp_buf_add(to, text);
}

static void add_mark(zp_word_reader *r, zp_word_mark_kind kind, size_t index)
{
    zp_word_paragraph *p = r->paragraph;
    if (!target(r))
        return;
    zp_list_grow(r->d->arena, p->marks, p->mark_count, p->mark_capacity);
    p->marks[p->mark_count++] = (zp_word_mark){kind, p->text.n, index};
}

static bool open_text(zp_word_reader *r, zp_word_attributes a)
{
    r->in_text = target(r) != NULL;
    if (!r->in_text)
        return false;
    r->text_start = r->paragraph->text.n;
    r->preserve = zp_str_eq(zp_word_value(a, "space"), ZP_STR("preserve"));
    return true;
}

/* A run is told of once, when it turns out to have text. */
static void tell_look(zp_word_reader *r)
{
    if (r->emphatic)
        zp_word_tally(r, ZP_WORD_COUNT_EMPHASIS);
    if (r->raised)
        zp_word_tally(r, ZP_WORD_COUNT_RAISED);
    r->emphatic = r->raised = false;
}

/* Blanks at the ends count only where they are said to (XML 1.0, 2.10). */
static void close_text(zp_word_reader *r)
{
    zp_buf *to = &r->paragraph->text;
    zp_str added = zp_str_slice(zp_buf_str(to), r->text_start, to->n);
    r->in_text = false;
    if (zp_str_trim(added).n > 0)
        tell_look(r);
    if (r->preserve || to->n == r->text_start)
        return;
    zp_str kept = zp_str_trim(zp_str_slice(zp_buf_str(to), r->text_start, to->n));
    memmove(to->p + r->text_start, kept.p, kept.n);
    to->n = r->text_start + kept.n;
}

bool zp_word_text_add(zp_word_reader *r, zp_str text)
{
    if (r->in_code && r->code_length < ZP_WORD_CODE) {
        size_t n = text.n < ZP_WORD_CODE - r->code_length ? text.n : ZP_WORD_CODE - r->code_length;
        memcpy(r->code + r->code_length, text.p, n);
        r->code_length += n;
    }
    if (!r->in_text)
        return true;
    zp_buf *to = &r->paragraph->text;
    size_t start = to->n;
    zp_buf_add(to, text);
    for (size_t i = start; i < to->n; i++)
        if ((unsigned char)to->p[i] < ' ')
            to->p[i] = ' ';
    return to->n <= ZP_SOURCE_MAX;
}

static bool open_break(zp_word_reader *r, zp_word_attributes a)
{
    zp_str type = zp_word_value(a, "type");
    if (!r->property && (type.n == 0 || zp_str_eq(type, ZP_STR("textWrapping"))))
        add(r, ZP_STR("\n"));
    return false;
}

static bool open_tab(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    if (!r->property)
        add(r, ZP_STR(" "));
    return false;
}

static bool open_hyphen(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    add(r, ZP_STR("-"));
    return false;
}

/* Wingdings that stand in forms; a mark of any other is 〓, the printers' sign for what is missing.
 */
static bool open_symbol(zp_word_reader *r, zp_word_attributes a)
{
    static const struct {
        const char *code, *text;
    } known[] = {
        {"F0FE", "☑"}, {"F052", "☑"}, {"F0FC", "✓"}, {"F0FB", "✗"}, {"F0A8", "□"}, {"F0A3", "□"},
        {"F06F", "□"}, {"F0A1", "○"}, {"F06C", "●"}, {"F06E", "■"}, {"F0D8", "➢"}, {"F0E0", "→"},
    };
    zp_str code = zp_word_value(a, "char");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (zp_str_eq(code, zp_str_from(known[i].code))) {
            add(r, zp_str_from(known[i].text));
            return false;
        }
    add(r, ZP_STR("〓"));
    zp_word_tally(r, ZP_WORD_COUNT_SYMBOL);
    return false;
}

/* --- Fields ----------------------------------------------------------------------------------- */

bool zp_word_is_in_contents(const zp_word_reader *r)
{
    for (size_t i = 0; i < r->field_count && i < ZP_WORD_FIELDS; i++)
        if (r->fields[i].contents && !r->fields[i].code)
            return true;
    return false;
}

/* The note whose reference a field NOTEREF repeats; NULL: it is another field, or a note to come.
 */
static const zp_word_marked_note *find_repeated(const zp_word_draft *d, zp_str code)
{
    if (!zp_str_starts(code, ZP_STR("NOTEREF ")))
        return NULL;
    zp_str name = zp_str_trim(zp_str_slice(code, sizeof "NOTEREF", code.n));
    name = zp_str_slice(name, 0, zp_str_find(name, ZP_STR(" "), 0));
    for (size_t i = 0; name.n > 0 && i < d->marked_count; i++)
        if (zp_str_eq(d->marked[i].bookmark, name))
            return &d->marked[i];
    return NULL;
}

/* The result begins; that of a repeated note is its number, which is not text. */
static void begin_result(zp_word_reader *r, zp_word_field *f)
{
    zp_str code = zp_str_trim((zp_str){r->code, r->code_length});
    const zp_word_marked_note *repeated = find_repeated(r->d, code);
    f->code = false;
    f->contents = zp_str_starts(code, ZP_STR("TOC"));
    if (r->paragraph && f->contents)
        r->paragraph->contents = true;
    if (repeated) {
        add_mark(r, ZP_WORD_NOTE, repeated->note);
        f->code = true;
    }
}

static bool open_field(zp_word_reader *r, zp_word_attributes a)
{
    zp_str type = zp_word_value(a, "fldCharType");
    if (zp_str_eq(type, ZP_STR("begin"))) {
        if (r->field_count < ZP_WORD_FIELDS)
            r->fields[r->field_count] = (zp_word_field){.code = true};
        r->field_count++;
        r->code_length = 0;
    } else if (r->field_count == 0) {
        return false;
    } else if (zp_str_eq(type, ZP_STR("separate")) && r->field_count <= ZP_WORD_FIELDS) {
        begin_result(r, &r->fields[r->field_count - 1]);
    } else if (zp_str_eq(type, ZP_STR("end"))) {
        r->field_count--;
    }
    return false;
}

static bool open_code(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    r->in_code = true;
    return true;
}

static void close_code(zp_word_reader *r)
{
    r->in_code = false;
}

/* --- Notes and pictures ----------------------------------------------------------------------- */

static int by_note(const void *a, const void *b)
{
    const zp_word_draft_note *x = a, *y = b;
    if (x->end != y->end)
        return x->end ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

void zp_word_notes_sort(zp_word_draft *draft)
{
    if (draft->note_count > 0)
        qsort(draft->notes, draft->note_count, sizeof *draft->notes, by_note);
}

/* Remembers the bookmark that is open around the note's first reference. */
static void mark_note(zp_word_reader *r, size_t note)
{
    zp_word_draft *d = r->d;
    if (r->bookmark.n == 0 || d->marked_count == ZP_WORD_MARKED)
        return;
    if (!d->marked)
        d->marked = zp_new_array(d->arena, zp_word_marked_note, ZP_WORD_MARKED);
    d->marked[d->marked_count++] = (zp_word_marked_note){r->bookmark, note};
}

static bool refer(zp_word_reader *r, zp_word_attributes a, bool end)
{
    zp_word_draft *d = r->d;
    zp_word_draft_note wanted = {.end = end, .id = zp_word_number(a, "id")};
    zp_word_draft_note *note =
        d->note_count == 0 ? NULL
                           : bsearch(&wanted, d->notes, d->note_count, sizeof *d->notes, by_note);
    if (!note || !target(r))
        return false;
    if (note->number == 0) {
        note->number = ++d->numbered;
        mark_note(r, (size_t)(note - d->notes));
    }
    add_mark(r, ZP_WORD_NOTE, (size_t)(note - d->notes));
    return false;
}

static bool open_bookmark(zp_word_reader *r, zp_word_attributes a)
{
    r->bookmark = zp_str_copy(r->d->arena, zp_word_value(a, "name"));
    return false;
}

static bool open_bookmark_end(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    r->bookmark = ZP_STR("");
    return false;
}

static bool open_footnote_reference(zp_word_reader *r, zp_word_attributes a)
{
    return refer(r, a, false);
}

static bool open_endnote_reference(zp_word_reader *r, zp_word_attributes a)
{
    return refer(r, a, true);
}

static bool open_alternative(zp_word_reader *r, zp_word_attributes a)
{
    zp_str text = zp_word_value(a, "descr");
    r->alternative = zp_str_copy(r->d->arena, text.n > 0 ? text : zp_word_value(a, "title"));
    return false;
}

static void take_picture(zp_word_reader *r, zp_str relation)
{
    size_t index;
    if (target(r) && zp_word_picture_take(r->d, relation, r->alternative, &index))
        add_mark(r, ZP_WORD_PICTURE, index);
    r->alternative = ZP_STR("");
}

static bool open_blip(zp_word_reader *r, zp_word_attributes a)
{
    take_picture(r, zp_word_value(a, "embed"));
    return false;
}

static bool open_image(zp_word_reader *r, zp_word_attributes a)
{
    take_picture(r, zp_word_value(a, "id"));
    return false;
}

/* --- Elements -----------------------------------------------------------------------------------
 */

static const zp_word_element elements[] = {
    {"blip", open_blip, NULL, false},
    {"bookmarkEnd", open_bookmark_end, NULL, false},
    {"bookmarkStart", open_bookmark, NULL, false},
    {"br", open_break, NULL, false},
    {"cr", open_break, NULL, false},
    {"docPr", open_alternative, NULL, false},
    {"endnoteReference", open_endnote_reference, NULL, false},
    {"fldChar", open_field, NULL, false},
    {"footnoteReference", open_footnote_reference, NULL, false},
    {"imagedata", open_image, NULL, false},
    {"instrText", open_code, close_code, false},
    {"noBreakHyphen", open_hyphen, NULL, false},
    {"sym", open_symbol, NULL, false},
    {"t", open_text, close_text, false},
    {"tab", open_tab, NULL, false},
};

const zp_word_elements zp_word_prose_elements = {elements, sizeof elements / sizeof *elements};

/* manuscript.c: blocks in, Markdown out (scribe.h).
 *
 * Nothing of Word's looks is kept but what says what a paragraph is.
 */
#include "doc/manuscript.h"

#include <ctype.h>
#include "base/utf8.h"
#include "doc/caption.h"
#include "doc/pipe.h"
#include "doc/plain.h"
#include "doc/scribe.h"

enum {
    HEADING_MAX = 60, /* characters */
    TITLE_LOOK = 15,  /* blocks at the beginning among which the title is looked for */
    TITLE_LINES = 3,
    LEVEL_MAX = 5, /* ##### */
    CHARACTER = 4, /* bytes of one at most */
};

typedef struct {
    zp_arena *arena;
    const zp_word *word;
    zp_scribe scribe;
    size_t title, title_end; /* the blocks that are the title */
    const zp_str *names;     /* of the pictures */
} writer;

/* --- What a paragraph is ---------------------------------------------------------------------- */

static bool is_one_of(uint32_t code, zp_str set)
{
    for (size_t at = 0; at < set.n;)
        if (zp_utf8_next(set, &at) == code)
            return true;
    return false;
}

/* The level of a heading by its number, 0 when it has none: 一、 （一） 1. （1）. */
static unsigned level_of_number(zp_str text)
{
    size_t at = 0;
    if (text.n == 0 || !zp_plain_is_numbered(text))
        return 0;
    uint32_t first = zp_utf8_next(text, &at);
    bool bracket = is_one_of(first, ZP_STR("（("));
    if (bracket && at < text.n)
        first = zp_utf8_next(text, &at);
    bool digit = first < 0x80 && isdigit((int)first);
    return bracket ? (digit ? 5 : 3) : (digit ? 4 : 2);
}

static unsigned level_of(const zp_word_block *b)
{
    zp_str text = zp_str_trim(b->text);
    if (b->outline == 0 || text.n == 0 ||
        zp_utf8_count(zp_utf8_cut(text, CHARACTER * (HEADING_MAX + 1))) > HEADING_MAX)
        return 0;
    unsigned level = level_of_number(text);
    level = level > 0 ? level : b->outline + 1;
    return level < LEVEL_MAX ? level : LEVEL_MAX;
}

/* --- The title -------------------------------------------------------------------------------- */

/* 某某局文件, 某局〔2024〕12号: centred above the title. */
static bool is_letterhead(zp_str text)
{
    return zp_str_ends(text, ZP_STR("文件")) || zp_str_find(text, ZP_STR("〕"), 0) < text.n;
}

static bool may_be_title(const zp_word_block *b)
{
    zp_str text = zp_str_trim(b->text);
    return b->kind == ZP_WORD_PARAGRAPH && b->where == ZP_LINE_PARAGRAPH && !b->bullet &&
           zp_plain_is_title(text) && !zp_str_starts(text, ZP_STR("附件")) && !is_letterhead(text);
}

static bool ends_title(zp_str text)
{
    static const char *const ends[] = {"报告", "表", "总结", "说明", "情况", "方案", "意见"};
    text = zp_str_trim(text);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (zp_str_ends(text, zp_str_from(ends[i])))
            return true;
    return false;
}

static bool is_styled(const zp_word_block *b)
{
    return b->title && may_be_title(b);
}

static bool is_centred(const zp_word_block *b)
{
    return b->centred && may_be_title(b);
}

/* The first run of blocks that `is` fits, up to one that ends as titles do. */
static bool find_run(writer *w, bool (*is)(const zp_word_block *))
{
    const zp_word_block *all = w->word->blocks;
    size_t count = w->word->block_count < TITLE_LOOK ? w->word->block_count : TITLE_LOOK;
    size_t i = 0;
    while (i < count && !is(&all[i]))
        i++;
    w->title = w->title_end = i;
    while (w->title_end < count && w->title_end < i + TITLE_LINES && is(&all[w->title_end]))
        if (ends_title(all[w->title_end++].text))
            break;
    return w->title_end > w->title;
}

/* Without centred lines it must be the first thing that stands there: lines up to one that ends as
 * titles do, or the first alone. */
static bool find_first(writer *w)
{
    const zp_word_block *all = w->word->blocks;
    size_t count = w->word->block_count, i = 0;
    while (i < count && i < 2 && zp_str_starts(zp_str_trim(all[i].text), ZP_STR("附件")))
        i++;
    if (i == count || !may_be_title(&all[i]) || level_of_number(zp_str_trim(all[i].text)) > 0)
        return false;
    w->title = i;
    w->title_end = i + 1;
    for (size_t end = i; end < count && end < i + TITLE_LINES && may_be_title(&all[end]); end++)
        if (ends_title(all[end].text)) {
            w->title_end = end + 1;
            break;
        }
    return true;
}

static void find_title(writer *w)
{
    if (!find_run(w, is_styled) && !find_run(w, is_centred) && !find_first(w))
        w->title = w->title_end = SIZE_MAX;
}

/* --- Paragraphs ------------------------------------------------------------------------------- */

/* What a forced line end becomes. */
typedef enum { LINE_KEPT, LINE_BLANK, LINE_JOINED } line_end;

/* A joined line is one phrase: no blank beside Chinese. */
static zp_str joint(zp_str text, size_t stop, line_end ends)
{
    if (ends != LINE_JOINED)
        return ends == LINE_KEPT ? ZP_STR("\\\n") : ZP_STR(" ");
    size_t before = stop, after = stop + 1;
    while (before > 0 && (text.p[--before] & 0xC0) == 0x80)
        continue;
    bool chinese = stop > 0 && zp_code_is_chinese(zp_utf8_next(text, &before));
    chinese = chinese || (after < text.n && zp_code_is_chinese(zp_utf8_next(text, &after)));
    return chinese ? ZP_STR("") : ZP_STR(" ");
}

/* Words from `start` to `end` of a paragraph, without blanks at the ends of its lines. */
static void write_words(writer *w, zp_span span, zp_str text, size_t start, size_t end,
                        line_end ends)
{
    for (size_t at = start; at <= end;) {
        size_t stop = zp_str_find(zp_str_slice(text, 0, end), ZP_STR("\n"), at);
        size_t from = at, next;
        bool opens = at == 0 || at > start; /* of its line */
        while (opens && (next = from) < stop && zp_code_is_space(zp_utf8_next(text, &next)))
            from = next;
        zp_scribe_words(&w->scribe, zp_span_of(span.source, span.start + from, span.start + stop),
                        false);
        if (stop < end)
            zp_scribe_mark(&w->scribe, joint(text, stop, ends),
                           zp_span_of(span.source, span.start + stop, span.start + stop));
        at = stop + 1;
    }
}

static void write_text(writer *w, const zp_word_block *b, line_end ends)
{
    size_t done = 0;
    for (size_t i = 0; i < b->mark_count; i++) {
        const zp_word_mark *mark = &b->marks[i];
        if (mark->kind != ZP_WORD_NOTE)
            continue;
        write_words(w, b->span, b->text, done, mark->at, ends);
        zp_str label = zp_str_format(w->arena, "[^%zu]", mark->index + 1);
        zp_scribe_mark(&w->scribe, label, b->span);
        done = mark->at;
    }
    write_words(w, b->span, b->text, done, b->text.n, ends);
}

static void write_pictures(writer *w, const zp_word_block *b)
{
    zp_buf *out = &w->scribe.out.text;
    for (size_t i = 0; i < b->mark_count; i++) {
        if (b->marks[i].kind != ZP_WORD_PICTURE)
            continue;
        size_t start = out->n, index = b->marks[i].index;
        zp_buf_lit(out, "\n\n![");
        zp_escape_markdown(&w->scribe.landing, w->word->pictures[index].text,
                           (zp_following){true, ']'}, false, out);
        zp_buf_format(out, "](%.*s)", ZP_ARG(w->names[index]));
        zp_mapped_piece(&w->scribe.out, start, false, b->span);
    }
}

static void write_paragraph(writer *w, const zp_word_block *b)
{
    static const char marks[] = "######";
    unsigned level = level_of(b);
    zp_buf prefix = {.arena = w->arena};
    if (b->bullet)
        for (unsigned i = 0; i < b->indent; i++)
            zp_buf_lit(&prefix, "  ");
    if (level > 0)
        zp_buf_format(&prefix, "%.*s ", (int)level, marks);
    else if (b->bullet)
        zp_buf_lit(&prefix, "- ");
    if (!zp_utf8_is_blank(b->text)) {
        zp_scribe_mark(&w->scribe, ZP_STR("\n\n"), b->span);
        zp_scribe_mark(&w->scribe, zp_buf_str(&prefix), b->span);
        write_text(w, b, level > 0 ? LINE_JOINED : LINE_KEPT);
    }
    write_pictures(w, b);
}

static void write_title(writer *w)
{
    for (size_t i = w->title; i < w->title_end; i++) {
        const zp_word_block *b = &w->word->blocks[i];
        if (i == w->title)
            zp_scribe_mark(&w->scribe, ZP_STR("\n\n# "), b->span);
        write_text(w, b, LINE_JOINED);
    }
    for (size_t i = w->title; i < w->title_end; i++)
        write_pictures(w, &w->word->blocks[i]);
}

/* --- Attached parts --------------------------------------------------------------------------- */

static bool is_part_label(const zp_word_block *b)
{
    zp_str text = zp_str_trim(b->text);
    size_t label = zp_caption_part_label(text);
    return b->kind == ZP_WORD_PARAGRAPH && b->where == ZP_LINE_PARAGRAPH && label > 0 &&
           zp_caption_part_title(text, label).n == 0;
}

/* 附件1 alone on its line, and below it a name as titles have it: they begin a part together. */
static bool begins_part(const zp_word_block *b, size_t left)
{
    return left > 1 && is_part_label(&b[0]) && b[1].kind == ZP_WORD_PARAGRAPH && !b[1].bullet &&
           (b[1].outline > 0 || b[1].centred) && level_of_number(zp_str_trim(b[1].text)) == 0 &&
           zp_plain_is_title(zp_str_trim(b[1].text));
}

static void write_part(writer *w, const zp_word_block *b)
{
    for (int i = 0; i < 2; i++) {
        zp_scribe_mark(&w->scribe, i == 0 ? ZP_STR("\n\n# ") : ZP_STR(" "), b[i].span);
        write_text(w, &b[i], LINE_JOINED);
    }
    write_pictures(w, &b[0]);
    write_pictures(w, &b[1]);
}

/* --- Tables and notes ------------------------------------------------------------------------- */

static void write_table(writer *w, const zp_word_block *b)
{
    zp_arena *scratch = zp_arena_new();
    zp_span place = zp_sheet_span(b->sheet);
    const zp_pipe_view *view = zp_pipe_look(scratch, b->sheet, b->head);
    if (view->rows > 0) {
        zp_scribe_mark(&w->scribe, ZP_STR("\n\n"), place);
        zp_pipe_write(scratch, view, ZP_STR(""), place, ZP_SOURCE_MAX, false, &w->scribe.out);
    }
    zp_arena_free(scratch);
}

static void write_note(writer *w, size_t i)
{
    const zp_word_note *note = &w->word->notes[i];
    zp_str label = zp_str_format(w->arena, "\n\n[^%zu]: ", i + 1);
    zp_scribe_mark(&w->scribe, label, note->span);
    write_words(w, note->span, note->text, 0, note->text.n, LINE_BLANK);
}

/* --- Pictures --------------------------------------------------------------------------------- */

static bool is_plain_name(zp_str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!isalnum((unsigned char)name.p[i]) &&
            !(i > 0 && (name.p[i] == '.' || name.p[i] == '-' || name.p[i] == '_')))
            return false;
    return name.n > 0;
}

static void enclose(writer *w, zp_source *source)
{
    size_t count = w->word->picture_count;
    zp_enclosed *files = zp_new_array(w->arena, zp_enclosed, count);
    for (size_t i = 0; i < count; i++)
        files[i] = (zp_enclosed){w->names[i], w->word->pictures[i].bytes};
    source->enclosed = files;
    source->enclosed_count = count;
}

static const zp_str *name_pictures(zp_arena *arena, const zp_word *word)
{
    zp_str *names = zp_new_array(arena, zp_str, word->picture_count);
    for (size_t i = 0; i < word->picture_count; i++) {
        zp_str name = word->pictures[i].name;
        names[i] = is_plain_name(name)
                       ? zp_str_format(arena, ZP_MANUSCRIPT_PICTURES "%.*s", ZP_ARG(name))
                       : zp_str_format(arena, ZP_MANUSCRIPT_PICTURES "picture-%zu", i + 1);
    }
    return names;
}

const zp_source *zp_manuscript_write(zp_arena *arena, const zp_word *word)
{
    writer w = {.arena = arena,
                .word = word,
                .scribe = {.out = {.text = {.arena = arena}}},
                .names = name_pictures(arena, word)};
    find_title(&w);
    for (size_t i = 0; i < word->block_count; i++) {
        const zp_word_block *b = &word->blocks[i];
        if (i == w.title)
            write_title(&w);
        else if (i > w.title && i < w.title_end)
            continue;
        else if (i + 1 != w.title && begins_part(b, word->block_count - i)) {
            write_part(&w, b);
            i++;
        } else if (b->kind == ZP_WORD_TABLE)
            write_table(&w, b);
        else
            write_paragraph(&w, b);
    }
    for (size_t i = 0; i < word->note_count; i++)
        write_note(&w, i);
    zp_scribe_mark(&w.scribe, ZP_STR("\n"), zp_span_of(word->source, 0, 0));
    zp_source *source = zp_new(arena, zp_source);
    *source = *zp_mapped_source(&w.scribe.out, word->source->name);
    source->bytes = word->source->bytes;
    enclose(&w, source);
    return source;
}

/* plain.c: lines in, paragraphs of escaped Markdown out (scribe.h), piece by piece. */
#include "doc/plain.h"

#include <ctype.h>
#include "base/utf8.h"
#include "doc/scribe.h"

enum {
    TITLE_LINES = 3,
    TITLE_MAX = 80,   /* characters of a title's line; a longer one is text */
    WRAPPED_MIN = 24, /* characters of a line that may have been wrapped: GB/T 9704 sets 28 */
};

/* --- Is it plain? ---------------------------------------------------------------------------- */

/* What opens a block of Markdown at a line's start. */
static bool opens_block(zp_str line)
{
    static const char *const marks[] = {"#",  "|",  ">",    "```", "~~~", "- ", "* ",
                                        "+ ", "![", "<!--", "[^",  "---", "<"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (zp_str_starts(line, zp_str_from(marks[i])))
            return true;
    return false;
}

static bool holds(zp_str text, const char *mark)
{
    return zp_str_find(text, zp_str_from(mark), 0) < text.n;
}

bool zp_plain_is(const zp_source *source)
{
    zp_str text = source->text;
    if (holds(text, "**") || holds(text, "](") || holds(text, "{{"))
        return false;
    for (size_t i = 1; i <= source->line_count; i++)
        if (opens_block(zp_str_trim(zp_source_line(source, i))))
            return false;
    return true;
}

/* --- Lines ----------------------------------------------------------------------------------- */

typedef struct {
    const zp_source *source;
    zp_scribe scribe;
} reader;

/* A line's text without the blanks at both ends. */
static zp_span text_of(const zp_source *source, size_t number)
{
    zp_str line = zp_source_line(source, number);
    size_t start = 0, end = line.n, at = 0;
    while (at < line.n && zp_code_is_space(zp_utf8_next(line, &at)))
        start = at;
    while (end > start && zp_code_is_space(zp_utf8_before(line, end)))
        do
            end--;
        while (((unsigned char)line.p[end] & 0xC0U) == 0x80U);
    size_t begin = source->lines[number - 1];
    return zp_span_of(source, begin + start, begin + end);
}

static zp_str words_of(zp_span span)
{
    return zp_str_slice(span.source->text, span.start, span.end);
}

static bool is_one_of(uint32_t code, zp_str set)
{
    for (size_t at = 0; at < set.n;)
        if (zp_utf8_next(set, &at) == code)
            return true;
    return false;
}

/* Whether it begins with 一、 （一） 1. （1） or the like; 3.5 is a figure. */
bool zp_plain_is_numbered(zp_str line)
{
    size_t at = 0;
    uint32_t code = line.n > 0 ? zp_utf8_next(line, &at) : 0;
    bool bracket = is_one_of(code, ZP_STR("（("));
    size_t first = bracket ? at : 0;
    for (at = first; at < line.n;) {
        size_t start = at;
        code = zp_utf8_next(line, &at);
        if (is_one_of(code, ZP_STR("一二三四五六七八九十百零〇0123456789")))
            continue;
        bool figure = code == '.' && at < line.n && isdigit((unsigned char)line.p[at]);
        return start > first && !figure &&
               is_one_of(code, bracket ? ZP_STR("）)") : ZP_STR("、.．）)"));
    }
    return false;
}

/* Whether the sentence goes on behind the line. */
static bool is_open(zp_str line)
{
    uint32_t last = zp_utf8_before(line, line.n);
    return zp_code_is_han(last) || is_one_of(last, ZP_STR("，、（《“‘〔")) ||
           (last >= '0' && last <= '9');
}

/* Whether the line behind `line` goes on with its paragraph. */
static bool goes_on(const zp_source *source, size_t number, zp_span line)
{
    if (number == source->line_count)
        return false;
    zp_span next = text_of(source, number + 1);
    zp_str words = words_of(line), after = words_of(next);
    bool indented = next.start > source->lines[number];
    return after.n > 0 && !indented &&
           zp_utf8_count(zp_utf8_cut(words, 4 * WRAPPED_MIN)) >= WRAPPED_MIN && is_open(words) &&
           !zp_plain_is_numbered(after);
}

/* --- Tables ---------------------------------------------------------------------------------- */

static size_t count_tabs(const zp_source *source, size_t number)
{
    size_t tabs = 0;
    if (number > source->line_count)
        return 0;
    zp_str line = zp_source_line(source, number);
    for (size_t i = 0; i < line.n; i++)
        tabs += line.p[i] == '\t';
    return tabs;
}

/* Cells parted by tabs as a row of a pipe table. */
static void write_row(reader *r, size_t number)
{
    zp_str line = zp_source_line(r->source, number);
    size_t begin = r->source->lines[number - 1];
    for (size_t at = 0; at <= line.n;) {
        size_t end = zp_str_find(line, ZP_STR("\t"), at);
        zp_span cell = zp_span_of(r->source, begin + at, begin + end);
        zp_scribe_mark(&r->scribe, ZP_STR("| "), cell);
        zp_scribe_words(&r->scribe, cell, true);
        zp_scribe_mark(&r->scribe, ZP_STR(" "), cell);
        at = end + 1;
    }
    zp_scribe_mark(&r->scribe, ZP_STR("|\n"), zp_span_of(r->source, begin, begin));
}

/* Lines with as many tabs each, as tables are pasted; the number of the line behind them, or 0 when
 * line `number` begins no table. */
static size_t write_table(reader *r, size_t number)
{
    size_t tabs = count_tabs(r->source, number), end = number;
    zp_span place = text_of(r->source, number);
    while (tabs > 0 && count_tabs(r->source, end) == tabs)
        end++;
    if (end < number + 2)
        return 0;
    zp_scribe_mark(&r->scribe, ZP_STR("\n\n"), place);
    for (size_t i = number; i < end; i++) {
        write_row(r, i);
        for (size_t k = 0; i == number && k <= tabs; k++)
            zp_scribe_mark(&r->scribe, ZP_STR("|---"), place);
        if (i == number)
            zp_scribe_mark(&r->scribe, ZP_STR("|\n"), place);
    }
    return end;
}

/* --- The text -------------------------------------------------------------------------------- */

bool zp_plain_is_title(zp_str line)
{
    return line.n > 0 && !zp_plain_is_numbered(line) && line.n <= TITLE_MAX * sizeof "字" &&
           !is_one_of(zp_utf8_before(line, line.n), ZP_STR("。；：，！？、"));
}

/* The title's lines as one heading; the number of the line behind it. */
static size_t write_title(reader *r)
{
    size_t number = 1, count = 0;
    while (number <= r->source->line_count && words_of(text_of(r->source, number)).n == 0)
        number++;
    for (; number <= r->source->line_count && count < TITLE_LINES; number++, count++) {
        zp_span line = text_of(r->source, number);
        if (!zp_plain_is_title(words_of(line)))
            break;
        if (count == 0)
            zp_scribe_mark(&r->scribe, ZP_STR("# "), line);
        zp_scribe_words(&r->scribe, line, false);
    }
    return number;
}

const zp_source *zp_plain_read(zp_arena *arena, const zp_source *source)
{
    reader r = {.source = source, .scribe = {.out = {.text = {.arena = arena}}}};
    bool joined = false;
    for (size_t i = write_title(&r), behind; i <= source->line_count; i++) {
        behind = joined ? 0 : write_table(&r, i);
        if (behind > 0) {
            i = behind - 1;
            continue;
        }
        zp_span line = text_of(source, i);
        if (line.start == line.end)
            continue;
        zp_scribe_mark(&r.scribe, joined ? ZP_STR("\n") : ZP_STR("\n\n"), line);
        zp_scribe_words(&r.scribe, line, false);
        joined = goes_on(source, i, line);
    }
    zp_scribe_mark(&r.scribe, ZP_STR("\n"), zp_span_of(source, source->text.n, source->text.n));
    return zp_mapped_source(&r.scribe.out, source->name);
}

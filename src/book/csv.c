/* csv.c: the text of a CSV file in, a sheet out.
 *
 * One pass, a field at a time, after a look at the first lines: the separator is the one that
 * stands equally often on most of them. Titles and notes above the list have no part in that, as
 * they hold none.
 */
#include "book/csv.h"

#include <string.h>

enum {
    LOOK_LINES = 50, /* that the separator is judged by */
    LOOK_BYTES = 64 << 10,
};

/* The rarest in texts first: it wins where all else is equal. */
static const char separators[] = {'\t', ';', ','};
enum { SEPARATORS = sizeof separators };

typedef struct {
    size_t counts[LOOK_LINES][SEPARATORS]; /* how often each stands on each line */
    size_t lines;
} look;

static bool is_separator(char c)
{
    return memchr(separators, c, SEPARATORS) != NULL;
}

/* Counts separators outside quotes. */
static void look_at(zp_str text, look *l)
{
    bool quoted = false, begins = true; /* a quote opens only where a field begins */
    size_t end = text.n < LOOK_BYTES ? text.n : LOOK_BYTES;
    for (size_t i = 0; i < end && l->lines < LOOK_LINES; i++) {
        char c = text.p[i];
        if (c == '"' && (quoted || begins))
            quoted = !quoted;
        begins = !quoted && (c == '\n' || is_separator(c));
        if (quoted || !begins)
            continue;
        for (size_t k = 0; k < SEPARATORS; k++)
            l->counts[l->lines][k] += c == separators[k];
        l->lines += c == '\n';
    }
    if (l->lines < LOOK_LINES)
        l->lines++;
}

/* How many lines agree on a number of separator k, other than none; the number in *count. */
static size_t agree(const look *l, size_t k, size_t *count)
{
    size_t most = 0;
    for (size_t i = 0; i < l->lines; i++) {
        size_t lines = 0, wanted = l->counts[i][k];
        for (size_t j = 0; wanted && j < l->lines; j++)
            lines += l->counts[j][k] == wanted;
        if (lines > most || (lines == most && wanted > *count)) {
            most = lines;
            *count = wanted;
        }
    }
    return most;
}

static char find_separator(zp_str text)
{
    look l = {.lines = 0};
    look_at(text, &l);
    size_t best = SEPARATORS - 1, best_lines = 0, best_count = 0;
    for (size_t k = 0; k < SEPARATORS; k++) {
        size_t count = 0, lines = agree(&l, k, &count);
        if (lines > best_lines || (lines == best_lines && count > best_count)) {
            best = k;
            best_lines = lines;
            best_count = count;
        }
    }
    return separators[best];
}

typedef struct {
    zp_sheet_maker maker;
    const zp_source *source;
    zp_str text;
    size_t at;
    char separator;
    uint32_t row, column;
} reading;

/* Spreadsheets write a first line sep=; and read it as no row. */
static void skip_separator_line(reading *r)
{
    zp_str line = zp_str_slice(r->text, 0, zp_str_find(r->text, ZP_STR("\n"), 0));
    if (line.n == 5 && zp_str_starts(line, ZP_STR("sep=")) && is_separator(line.p[4])) {
        r->separator = line.p[4];
        r->at = line.n < r->text.n ? line.n + 1 : line.n;
    }
}

/* The offset of the separator or line end behind `at`. */
static size_t find_end(const reading *r, size_t at)
{
    while (at < r->text.n && r->text.p[at] != r->separator && r->text.p[at] != '\n')
        at++;
    return at;
}

/* The offset of the quote that closes the field at `start`, text.n when none does; *doubled:
 * whether the field holds doubled quotes. */
static size_t find_closing(const reading *r, size_t start, bool *doubled)
{
    *doubled = false;
    for (size_t at = start;; at += 2) {
        at = zp_str_find(r->text, ZP_STR("\""), at);
        if (at + 1 >= r->text.n || r->text.p[at + 1] != '"')
            return at;
        *doubled = true;
    }
}

static void add_undoubled(zp_buf *out, zp_str s)
{
    for (size_t at = 0; at < s.n;) {
        size_t quote = zp_str_find(s, ZP_STR("\"\""), at);
        size_t end = quote < s.n ? quote + 1 : s.n;
        zp_buf_add(out, zp_str_slice(s, at, end));
        at = quote < s.n ? quote + 2 : s.n;
    }
}

static void add_cell(reading *r, zp_str text, zp_span span)
{
    zp_cell cell = {.kind = ZP_CELL_TEXT,
                    .text = text,
                    .span = span,
                    .row = r->row,
                    .column = r->column,
                    .rows = 1,
                    .columns = 1};
    if (zp_str_trim(text).n)
        zp_sheet_add(&r->maker, &cell);
}

static void read_plain(reading *r)
{
    size_t start = r->at;
    r->at = find_end(r, start);
    add_cell(r, zp_str_slice(r->text, start, r->at), zp_span_of(r->source, start, r->at));
}

/* False when the quote is not closed. */
static bool read_quoted(reading *r)
{
    zp_diag *diag = r->maker.diag;
    size_t start = r->at + 1;
    bool doubled;
    size_t close = find_closing(r, start, &doubled);
    if (close >= r->text.n) {
        zp_diag_add(diag, ZP_ERROR, "csv-quote", zp_span_of(r->source, r->at, start),
                    "请在这一格的末尾补上引号；文字里的引号要写两遍：\"\"", "这个引号没有结尾");
        return false;
    }
    r->at = find_end(r, close + 1);
    zp_str text = zp_str_slice(r->text, start, close);
    zp_str behind = zp_str_slice(r->text, close + 1, r->at);
    bool more = zp_str_trim(behind).n > 0;
    if (doubled || more) {
        zp_buf clean = {.arena = r->maker.arena};
        add_undoubled(&clean, text);
        if (more)
            zp_buf_add(&clean, behind);
        text = zp_buf_str(&clean);
    }
    if (more)
        zp_diag_add(diag, ZP_WARNING, "csv-quote", zp_span_of(r->source, close, r->at),
                    "文字里的引号要写两遍：\"\"", "引号后面还有文字，照样读入");
    add_cell(r, text, zp_span_of(r->source, start, more ? r->at : close));
    return true;
}

/* One field and the separator or line end behind it. */
static bool read_field(reading *r)
{
    if (r->at < r->text.n && r->text.p[r->at] == '"') {
        if (!read_quoted(r))
            return false;
    } else {
        read_plain(r);
    }
    bool line_ends = r->at >= r->text.n || r->text.p[r->at] == '\n';
    r->at++;
    r->row += line_ends;
    r->column = line_ends ? 0 : r->column + 1;
    return true;
}

/* At most so many fields: every one but the last is followed by a separator or line end. */
static size_t count_fields(const reading *r)
{
    size_t count = 1;
    for (size_t i = r->at; i < r->text.n; i++)
        count += r->text.p[i] == r->separator || r->text.p[i] == '\n';
    return count;
}

const zp_sheet *zp_csv_read(zp_arena *arena, const zp_source *source, zp_diag *diag)
{
    reading r = {.maker = {.arena = arena, .diag = diag},
                 .source = source,
                 .text = source->text,
                 .separator = find_separator(source->text)};
    skip_separator_line(&r);
    zp_sheet_reserve(&r.maker, count_fields(&r));
    while (r.at < r.text.n && !r.maker.full)
        if (!read_field(&r))
            return NULL;
    return zp_sheet_finish(&r.maker, source, source->name, ZP_STR(""));
}

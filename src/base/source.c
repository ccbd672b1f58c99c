/* source.c: bytes of unknown encoding in, clean UTF-8 with a line table out.
 *
 * All readings go through one door: UTF-8 directly, everything else chunk by chunk through iconv,
 * whose output is checked like any other input (iconv passes codes above U+10FFFF). Line ends are
 * mended and faults noted on the way, so a fault knows its offset in the finished text.
 *
 * Without a BOM the reading with fewer faults wins. That alone is a weak witness, for GB18030 gives
 * a sense to almost every pair of bytes above 7F; so bytes that form more good three-byte sequences
 * than bad ones are UTF-8, whatever GB18030 makes of them: text in GB18030 holds hardly any.
 */
#include "base/source.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>
#include "base/diag.h"
#include "base/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"

enum {
    PIECE = 4 << 10,    /* bytes given to iconv at a time */
    CHUNK = 16 << 10,   /* bytes taken from it */
    ENCODING_NAME = 64, /* a longer name is none */
    FAULT_BYTES = 4,
};

typedef struct {
    size_t at; /* in the text: of its U+FFFD */
    bool nul;
    unsigned char bytes[FAULT_BYTES];
    size_t count; /* of bytes */
} fault;

typedef struct {
    zp_buf text;
    bool after_cr; /* the last piece ended in CR: a LF that follows belongs to it */
    fault faults[ZP_SOURCE_FAULTS_NAMED + 1]; /* the last: where the rest begins */
    size_t fault_count, nul_count;
    size_t fault_limit; /* reading stops above it */
    bool stopped;
} reading;

/* How an encoding is read. `unit`: the bytes to skip at a fault. */
typedef struct {
    const char *name;
    size_t unit;
} charset;

static void note_fault(reading *r, bool nul, zp_str bytes)
{
    if (r->fault_count <= ZP_SOURCE_FAULTS_NAMED) {
        fault *f = &r->faults[r->fault_count];
        *f = (fault){.at = r->text.n, .nul = nul, .count = bytes.n};
        if (f->count > FAULT_BYTES)
            f->count = FAULT_BYTES;
        memcpy(f->bytes, bytes.p, f->count);
    }
    r->fault_count++;
    r->nul_count += nul;
    r->after_cr = false;
    zp_buf_lit(&r->text, REPLACEMENT);
    if (r->text.n > ZP_SOURCE_MAX || r->fault_count > r->fault_limit)
        r->stopped = true;
}

/* Adds valid UTF-8, its line ends mended and each NUL noted. */
static void add_lines(reading *r, zp_str s)
{
    if (!s.n)
        return;
    if (r->after_cr && s.p[0] == '\n')
        s = zp_str_slice(s, 1, s.n);
    r->after_cr = s.n && s.p[s.n - 1] == '\r';
    bool plain = !s.n || (!memchr(s.p, '\r', s.n) && !memchr(s.p, '\0', s.n));
    size_t done = 0;
    for (size_t i = 0; !plain && i < s.n && !r->stopped; i++) {
        if (s.p[i] != '\r' && s.p[i] != '\0')
            continue;
        zp_buf_add(&r->text, zp_str_slice(s, done, i));
        if (s.p[i] == '\0')
            note_fault(r, true, zp_str_slice(s, i, i + 1));
        else
            zp_buf_byte(&r->text, '\n');
        if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
            i++;
        done = i + 1;
    }
    if (!r->stopped)
        zp_buf_add(&r->text, zp_str_slice(s, done, s.n));
    r->stopped = r->stopped || r->text.n > ZP_SOURCE_MAX;
}

static void add_utf8(reading *r, zp_str s)
{
    size_t at = 0;
    while (!r->stopped) {
        size_t bad = zp_utf8_fault(s, at);
        add_lines(r, zp_str_slice(s, at, bad));
        if (bad == s.n || r->stopped)
            return;
        at = bad + zp_utf8_fault_length(s, bad);
        note_fault(r, false, zp_str_slice(s, bad, at));
    }
}

/* Adds all of `bytes` through an open conversion. */
static void add_converted(reading *r, zp_str bytes, iconv_t conversion, size_t unit)
{
    char chunk[CHUNK];
    char *in = (char *)(uintptr_t)bytes.p; /* iconv does not write there */
    size_t left = bytes.n;
    bool flushed = false;
    while (!flushed && !r->stopped) {
        char *out = chunk;
        size_t room = sizeof chunk;
        size_t piece = left < PIECE ? left : PIECE, later = left - piece;
        /* The call without input gives what a stateful encoding still holds back. */
        bool flushing = left == 0;
        size_t done = flushing ? iconv(conversion, NULL, NULL, &out, &room)
                               : iconv(conversion, &in, &piece, &out, &room);
        bool full = done == (size_t)-1 && errno == E2BIG;
        bool split = done == (size_t)-1 && errno == EINVAL && later > 0;
        bool wrong = done == (size_t)-1 && !full && !split;
        left = piece + later;
        add_utf8(r, (zp_str){chunk, sizeof chunk - room});
        flushed = flushing && !full;
        if (wrong && left && !r->stopped) {
            size_t skip = left < unit ? left : unit;
            note_fault(r, false, (zp_str){in, skip});
            in += skip;
            left -= skip;
        }
    }
}

/* Reads all of `bytes`; false when iconv does not know the encoding. */
static bool decode(zp_arena *arena, zp_str bytes, charset from, size_t fault_limit, reading *r)
{
    *r = (reading){.text = {.arena = arena}, .fault_limit = fault_limit};
    if (strcmp(from.name, "UTF-8") == 0) {
        zp_buf_reserve(&r->text, bytes.n);
        add_utf8(r, bytes);
        return true;
    }
    iconv_t conversion = iconv_open("UTF-8", from.name);
    if (conversion == (iconv_t)-1)
        return false;
    zp_buf_reserve(&r->text, bytes.n / 2 * 3);
    add_converted(r, bytes, conversion, from.unit);
    iconv_close(conversion);
    return true;
}

/* The encoding that a byte order mark announces; no name when there is none. */
static charset announced(zp_str bytes)
{
    static const struct {
        zp_str mark;
        charset charset;
    } marks[] = {
        {{"\xEF\xBB\xBF", 3}, {"UTF-8", 1}},
        {{"\xFF\xFE\0\0", 4}, {"UTF-32LE", 4}}, /* before UTF-16LE, whose mark it opens with */
        {{"\xFF\xFE", 2}, {"UTF-16LE", 2}},
        {{"\xFE\xFF", 2}, {"UTF-16BE", 2}},
        {{"\0\0\xFE\xFF", 4}, {"UTF-32BE", 4}},
        {{"\x84\x31\x95\x33", 4}, {"GB18030", 1}},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (zp_str_starts(bytes, marks[i].mark))
            return marks[i].charset;
    return (charset){NULL, 1};
}

/* The encoding that the user named; no name when it cannot be one: iconv takes "" for the locale's
 * and lets what follows a / change how it works. */
static charset named(const char *name)
{
    static const struct {
        const char *said, *meant;
        size_t unit;
    } known[] = {
        {"UTF-8", "UTF-8", 1},
        {"UTF8", "UTF-8", 1},
        /* Files said to be in the two older ones hold characters that only the newest has. */
        {"GBK", "GB18030", 1},
        {"GB2312", "GB18030", 1},
        {"CP936", "GB18030", 1},
        {"UTF-16", "UTF-16", 2},
        {"UTF16", "UTF-16", 2},
        {"UTF-16LE", "UTF-16LE", 2},
        {"UTF-16BE", "UTF-16BE", 2},
        {"UTF-32", "UTF-32", 4},
        {"UTF-32LE", "UTF-32LE", 4},
        {"UTF-32BE", "UTF-32BE", 4},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcasecmp(name, known[i].said) == 0)
            return (charset){known[i].meant, known[i].unit};
    size_t n = strnlen(name, ENCODING_NAME);
    bool possible = n > 0 && n < ENCODING_NAME && !strchr(name, '/');
    return (charset){possible ? name : NULL, 1};
}

typedef struct {
    size_t faults;
    size_t good; /* sequences of three bytes or more */
} witness;

static witness read_as_utf8(zp_str bytes)
{
    witness w = {0, 0};
    for (size_t at = 0; at < bytes.n;) {
        size_t bad = zp_utf8_fault(bytes, at);
        for (size_t i = at; i < bad; i++)
            w.good += (unsigned char)bytes.p[i] >= 0xE0;
        if (bad == bytes.n)
            break;
        w.faults++;
        at = bad + zp_utf8_fault_length(bytes, bad);
    }
    return w;
}

/* Bytes without BOM of which nobody says what they are. */
static void decode_unknown(zp_arena *arena, zp_str bytes, reading *r)
{
    charset utf8 = {"UTF-8", 1}, gb18030 = {"GB18030", 1};
    witness w = {0, 0};
    if (zp_utf8_fault(bytes, 0) < bytes.n)
        w = read_as_utf8(bytes);
    bool doubtful = w.faults > 0 && w.faults >= w.good;
    if (doubtful && decode(arena, bytes, gb18030, w.faults - 1, r) && r->fault_count < w.faults)
        return;
    decode(arena, bytes, utf8, SIZE_MAX, r);
}

static void report_fault(const zp_source *source, const fault *f, zp_diag *diag)
{
    zp_span span = zp_span_of(source, f->at, f->at + sizeof REPLACEMENT - 1);
    if (f->nul) {
        zp_diag_add(diag, ZP_ERROR, "nul-byte", span, "删去它；文件若不是纯文本，请另存为纯文本",
                    "这里有一个空字节（00）");
        return;
    }
    char hex[3 * FAULT_BYTES + 1] = "";
    for (size_t i = 0; i < f->count; i++) {
        const char *digits = "0123456789ABCDEF";
        hex[3 * i] = ' ';
        hex[3 * i + 1] = digits[f->bytes[i] >> 4];
        hex[3 * i + 2] = digits[f->bytes[i] & 0xFU];
    }
    zp_diag_add(diag, ZP_ERROR, "bad-byte", span,
                "改正这个字；若整篇都乱，请另存为 UTF-8，或用 --encoding 说明编码",
                "这里的字节%s 读不成文字", hex);
}

static void report_faults(const zp_source *source, const reading *r, zp_diag *diag)
{
    for (size_t i = 0; i < r->fault_count && i < ZP_SOURCE_FAULTS_NAMED; i++)
        report_fault(source, &r->faults[i], diag);
    if (r->fault_count <= ZP_SOURCE_FAULTS_NAMED)
        return;
    size_t at = r->faults[ZP_SOURCE_FAULTS_NAMED].at;
    zp_diag_add(diag, ZP_ERROR, r->nul_count == r->fault_count ? "nul-byte" : "bad-byte",
                zp_span_of(source, at, at + sizeof REPLACEMENT - 1),
                "编码可能不对：请另存为 UTF-8，或用 --encoding 说明编码",
                "从这里起还有 %zu 处读不成文字", r->fault_count - ZP_SOURCE_FAULTS_NAMED);
}

static size_t count_lines(zp_str text)
{
    size_t count = 1;
    const char *end = text.p + text.n;
    for (const char *p = text.p; p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
        count++;
    return count;
}

static zp_source *new_source(zp_arena *arena, zp_str name, zp_str text)
{
    if (!text.n)
        text = ZP_STR("");
    assert(text.n <= UINT32_MAX);
    assert(zp_utf8_fault(text, 0) == text.n);
    size_t count = count_lines(text);
    uint32_t *lines = zp_new_array(arena, uint32_t, count);
    size_t offset = 0;
    for (size_t i = 1; i < count; i++) {
        const char *newline = memchr(text.p + offset, '\n', text.n - offset);
        offset = (size_t)(newline - text.p) + 1;
        lines[i] = (uint32_t)offset;
    }
    zp_source *source = zp_new(arena, zp_source);
    *source = (zp_source){.name = name, .text = text, .lines = lines, .line_count = count};
    return source;
}

const zp_source *zp_source_new(zp_arena *arena, zp_str name, zp_str text)
{
    return new_source(arena, name, text);
}

static const zp_source *refuse_large(zp_arena *arena, zp_str name, zp_diag *diag)
{
    const zp_source *empty = zp_source_new(arena, name, ZP_STR(""));
    zp_diag_add(diag, ZP_ERROR, "input-too-large", zp_span_file(empty), "请检查是不是选错了文件",
                "文件太大：文字超过 %d MB", ZP_SOURCE_MAX >> 20);
    return NULL;
}

static const zp_source *refuse_encoding(zp_arena *arena, zp_str name, const char *encoding,
                                        zp_diag *diag)
{
    const zp_source *empty = zp_source_new(arena, name, ZP_STR(""));
    zp_diag_add(diag, ZP_ERROR, "unknown-encoding", zp_span_file(empty),
                "常用的是 UTF-8、GB18030、UTF-16；多数时候可以不说，由程序判断",
                "没有名为“%s”的编码", encoding);
    return NULL;
}

const zp_source *zp_source_read(zp_arena *arena, zp_str name, zp_str bytes,
                                const char *encoding_name, zp_diag *diag)
{
    if (bytes.n > ZP_SOURCE_MAX)
        return refuse_large(arena, name, diag);
    charset from = encoding_name ? named(encoding_name) : announced(bytes);
    reading r;
    if (!encoding_name && !from.name)
        decode_unknown(arena, bytes, &r);
    else if (!from.name || !decode(arena, bytes, from, SIZE_MAX, &r))
        return refuse_encoding(arena, name, encoding_name ? encoding_name : from.name, diag);
    zp_str text = zp_buf_str(&r.text);
    if (r.stopped)
        return refuse_large(arena, name, diag);
    size_t mark = zp_str_starts(text, ZP_STR("\xEF\xBB\xBF")) ? 3 : 0;
    for (size_t i = 0; i < r.fault_count && i <= ZP_SOURCE_FAULTS_NAMED; i++)
        r.faults[i].at -= mark;
    zp_source *source = new_source(arena, name, zp_str_slice(text, mark, text.n));
    source->bytes = bytes;
    report_faults(source, &r, diag);
    return source;
}

size_t zp_source_line_at(const zp_source *source, size_t offset)
{
    assert(offset <= source->text.n);
    size_t low = 0, high = source->line_count; /* lines[low] <= offset < lines[high] */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

void zp_source_place(const zp_source *source, size_t offset, size_t *line, size_t *column)
{
    *line = zp_source_line_at(source, offset);
    size_t start = source->lines[*line - 1];
    *column = zp_utf8_count(zp_str_slice(source->text, start, offset)) + 1;
}

zp_str zp_source_line(const zp_source *source, size_t line)
{
    assert(line >= 1 && line <= source->line_count);
    size_t start = source->lines[line - 1];
    size_t end = line < source->line_count ? source->lines[line] - 1 : source->text.n;
    return zp_str_slice(source->text, start, end);
}

/* The piece that holds the byte at `offset`; behind the last byte, the piece of that one. */
static size_t piece_at(const zp_source *source, size_t offset)
{
    size_t low = 0, high = source->piece_count; /* pieces[low].start <= offset < pieces[high] */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->pieces[middle].start <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The part of `span` that the i-th piece gave, where that gave it byte for byte. */
static zp_span part_of(zp_span span, size_t i)
{
    const zp_source *made = span.source;
    const zp_piece *piece = &made->pieces[i];
    size_t end = i + 1 < made->piece_count ? piece[1].start : made->text.n;
    size_t start = span.start > piece->start ? span.start : piece->start;
    end = span.end < end ? span.end : end;
    return zp_span_of(piece->from.source, piece->from.start + (start - piece->start),
                      piece->from.start + (end - piece->start));
}

/* Text may be made of made text, so this is asked until an author's own is reached. Each source is
 * older than those made of it: there is an end. */
zp_span zp_span_origin(zp_span span)
{
    while (span.source && span.source->piece_count && span.start != ZP_WHOLE_FILE) {
        size_t i = piece_at(span.source, span.start);
        const zp_piece *piece = &span.source->pieces[i];
        span = piece->verbatim ? part_of(span, i) : piece->from;
    }
    return span;
}

/* Texts are made in a few steps; what is printed is seen at the first that has several pieces here,
 * and below it only the first piece is followed. */
bool zp_span_is_printed(zp_span span)
{
    while (span.source && span.source->piece_count && span.start != ZP_WHOLE_FILE) {
        size_t i = piece_at(span.source, span.start);
        for (size_t k = i; k < span.source->piece_count; k++) {
            if (k > i && span.source->pieces[k].start >= span.end)
                break;
            if (span.source->pieces[k].printed)
                return true;
        }
        if (!span.source->pieces[i].verbatim)
            return false;
        span = part_of(span, i);
    }
    return false;
}

zp_span zp_span_of(const zp_source *source, size_t start, size_t end)
{
    assert(start <= end && end <= source->text.n);
    return (zp_span){source, start, end};
}

zp_span zp_span_file(const zp_source *source)
{
    return (zp_span){source, ZP_WHOLE_FILE, ZP_WHOLE_FILE};
}

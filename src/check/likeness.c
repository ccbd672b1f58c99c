/* likeness.c: paragraphs become hashes; hashes that two reports share become findings.
 *
 * The hashes of all reports go into one open table, in order, so the first report that has a
 * paragraph keeps its entry and each later one points to it.
 */
#include "check/likeness.h"

#include "base/listing.h"
#include "base/utf8.h"
#include "check/scan.h"
#include "check/stock.h"

static const zp_rule rules[] = {
    {"likeness", ZP_WARNING, false, "两份报告有雷同的段落",
     "六十字以上的一段，两份报告一字不差，多半是照抄的；模板自带的文字不算。", NULL, NULL, NULL},
};

const zp_rule_group zp_likeness_rules = ZP_RULE_GROUP(rules, NULL);

enum { BEGINNING = 20 }; /* characters of a paragraph that a message shows */

/* Two runs of FNV-1a with different beginnings and a final mixing: 128 bits that differ where the
 * texts do, for all that is not made to deceive; and who would, deceives himself. */
static void hash_text(zp_str text, zp_likeness_mark *mark)
{
    uint64_t a = 0xCBF29CE484222325U, b = 0x9E3779B97F4A7C15U;
    for (size_t at = 0; at < text.n;) {
        uint32_t code = zp_utf8_next(text, &at);
        if (zp_code_is_space(code))
            continue;
        a = (a ^ code) * 0x100000001B3U;
        b = (b + code) * 0xFF51AFD7ED558CCDU;
        b ^= b >> 29;
    }
    mark->hash[0] = a ^ a >> 32;
    mark->hash[1] = b;
}

static zp_str begin_of(zp_arena *arena, zp_str text)
{
    size_t at = 0;
    text = zp_str_trim(text);
    for (int i = 0; i < BEGINNING && at < text.n; i++)
        zp_utf8_next(text, &at);
    return zp_str_copy(arena, zp_str_slice(text, 0, at));
}

static bool is_long(const zp_passage *passage)
{
    return zp_passage_is(passage, ZP_NODE_PARAGRAPH) &&
           passage->text.n > ZP_LIKENESS_LEAST * ZP_STR("字").n &&
           zp_han_count(passage->text) >= ZP_LIKENESS_LEAST;
}

static zp_likeness_mark mark_of(zp_arena *arena, const zp_passages *passages, size_t index)
{
    const zp_passage *passage = &passages->all[index];
    zp_likeness_mark mark = {.length = zp_han_count(passage->text),
                             .place = zp_passage_place(arena, passages, index),
                             .beginning = begin_of(arena, passage->text)};
    zp_span span = zp_span_origin(zp_passage_span(passages, index, 0, passage->text.n));
    if (span.source != NULL && span.start != ZP_WHOLE_FILE)
        zp_source_place(span.source, span.start, &mark.line, &mark.column);
    mark.at = mark.line > 0 && span.source->places ? span.source->places[mark.line - 1]
                                                   : (zp_line_place){.number = (uint32_t)mark.line};
    hash_text(passage->text, &mark);
    return mark;
}

static bool is_silenced(const zp_passages *passages, size_t index, zp_silences *silences)
{
    zp_span span = zp_passage_span(passages, index, 0, passages->all[index].text.n);
    return silences != NULL && zp_silences_cover(silences, zp_str_from(rules[0].id), span);
}

zp_likeness_report zp_likeness_collect(zp_arena *arena, const zp_passages *passages,
                                       zp_silences *silences)
{
    size_t room = 0, count = 0;
    for (size_t i = 0; i < passages->count; i++)
        room += is_long(&passages->all[i]);
    zp_likeness_mark *marks = zp_new_array(arena, zp_likeness_mark, room);
    const zp_stock *stock = room ? zp_stock_read(arena, passages->report->template) : NULL;
    for (size_t i = 0; room > 0 && i < passages->count; i++)
        if (is_long(&passages->all[i]) && !is_silenced(passages, i, silences) &&
            !zp_stock_holds(stock, passages, i, 0, passages->all[i].text.n))
            marks[count++] = mark_of(arena, passages, i);
    return (zp_likeness_report){zp_str_copy(arena, passages->report->source->name), marks, count};
}

/* --- What is shared --------------------------------------------------------------------------- */

typedef struct {
    size_t report, mark; /* report from 1; 0: free */
} slot;

/* The slot of that mark: its own, or that of an equal one before it. A power of two of slots, at
 * least half of them free. */
static slot *slot_of(slot *slots, size_t size, const zp_likeness_report *reports,
                     const zp_likeness_mark *mark)
{
    size_t at = (size_t)mark->hash[0] & (size - 1);
    for (; slots[at].report > 0; at = (at + 1) & (size - 1)) {
        const zp_likeness_mark *other = &reports[slots[at].report - 1].marks[slots[at].mark];
        if (other->hash[0] == mark->hash[0] && other->hash[1] == mark->hash[1])
            break;
    }
    return &slots[at];
}

const zp_likeness *zp_likeness_find(zp_arena *arena, const zp_likeness_report *reports,
                                    size_t count, size_t *found)
{
    size_t all = 0, size = 16;
    for (size_t i = 0; i < count; i++)
        all += reports[i].count;
    while (size < 2 * all)
        size *= 2;
    slot *slots = zp_new_array(arena, slot, size);
    zp_likeness *shared = zp_new_array(arena, zp_likeness, all);
    *found = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < reports[i].count; k++) {
            slot *place = slot_of(slots, size, reports, &reports[i].marks[k]);
            if (place->report == 0)
                *place = (slot){i + 1, k};
            else if (place->report != i + 1)
                shared[(*found)++] = (zp_likeness){i, k, place->report - 1, place->mark};
        }
    return shared;
}

zp_str zp_likeness_word(zp_arena *arena, const zp_likeness_report *reports,
                        const zp_likeness *likeness)
{
    const zp_likeness_report *later = &reports[likeness->later];
    const zp_likeness_report *earlier = &reports[likeness->earlier];
    const zp_likeness_mark *here = &later->marks[likeness->later_mark];
    const zp_likeness_mark *there = &earlier->marks[likeness->earlier_mark];
    zp_buf out = {.arena = arena};
    zp_buf_add(&out, later->file);
    zp_line_words(here->at, &out);
    zp_buf_format(&out, "（%.*s）和%.*s", ZP_ARG(here->place), ZP_ARG(earlier->file));
    zp_line_words(there->at, &out);
    zp_buf_format(&out, "（%.*s）有%zu字的一段完全相同：“%.*s……”", ZP_ARG(there->place),
                  here->length, ZP_ARG(here->beginning));
    return zp_buf_str(&out);
}

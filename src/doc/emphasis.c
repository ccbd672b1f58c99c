/* emphasis.c: in go the runs among the children of one node, out come EMPH and STRONG around them.
 *
 * The algorithm is the one in CommonMark's appendix. What keeps it linear is `floors`: once a
 * closer found no opener, no later closer of its sort looks beyond that point. The sort is the
 * mark, whether the closer also opens, and its length modulo 3, because these decide what it may be
 * paired with.
 */
#include "doc/emphasis.h"

#include "base/utf8.h"

enum { SORTS = 12, NONE = -1 };

typedef struct {
    zp_arena *arena;
    zp_run *runs;
    ptrdiff_t *previous, *next; /* runs still open to pairing */
    ptrdiff_t floors[SORTS];    /* runs at or before have been tried */
} pairing;

static bool is_ascii_mark(uint32_t code)
{
    return (code >= '!' && code <= '/') || (code >= ':' && code <= '@') ||
           (code >= '[' && code <= '`') || (code >= '{' && code <= '~');
}

/* Unicode's Zs, and the line ends. */
static bool is_space(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xA0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x205F || code == 0x3000;
}

/* Punctuation outside Chinese: ASCII, Latin-1 and the block General Punctuation. */
static bool is_mark(uint32_t code)
{
    return is_ascii_mark(code) || code == 0xA1 || code == 0xA7 || code == 0xAB || code == 0xB6 ||
           code == 0xB7 || code == 0xBB || code == 0xBF || (code >= 0x2010 && code <= 0x2027) ||
           (code >= 0x2030 && code <= 0x205E);
}

void zp_run_classify(zp_run *run, uint32_t before, uint32_t after)
{
    bool space_before = is_space(before), space_after = is_space(after);
    if (run->mark == '*' && (zp_code_is_chinese(before) || zp_code_is_chinese(after))) {
        run->opens = !space_after;
        run->closes = !space_before;
        return;
    }
    /* Chinese punctuation beside _ counts as punctuation, Han as letters. */
    bool mark_before = is_mark(before) || (zp_code_is_chinese(before) && !zp_code_is_han(before));
    bool mark_after = is_mark(after) || (zp_code_is_chinese(after) && !zp_code_is_han(after));
    bool left = !space_after && (!mark_after || space_before || mark_before);
    bool right = !space_before && (!mark_before || space_after || mark_after);
    run->opens = left && (run->mark == '*' || !right || mark_before);
    run->closes = right && (run->mark == '*' || !left || mark_after);
}

static int sort_of(const zp_run *closer)
{
    return (closer->mark == '*' ? 6 : 0) + (closer->opens ? 3 : 0) + (int)(closer->length % 3);
}

static bool can_pair(const zp_run *opener, const zp_run *closer)
{
    if (!opener->opens || opener->mark != closer->mark)
        return false;
    /* CommonMark's rules 9 and 10 */
    return !(closer->opens || opener->closes) || closer->length % 3 == 0 ||
           (opener->length + closer->length) % 3 != 0;
}

static ptrdiff_t find_opener(const pairing *p, ptrdiff_t closer)
{
    ptrdiff_t floor = p->floors[sort_of(&p->runs[closer])];
    for (ptrdiff_t i = p->previous[closer]; i > floor; i = p->previous[i])
        if (can_pair(&p->runs[i], &p->runs[closer]))
            return i;
    return NONE;
}

static void drop(pairing *p, ptrdiff_t run, ptrdiff_t count)
{
    if (p->previous[run] != NONE)
        p->next[p->previous[run]] = p->next[run];
    if (p->next[run] < count)
        p->previous[p->next[run]] = p->previous[run];
}

/* Moves what stands between two children of one node into `into`, which takes its place. */
static void enclose(zp_node *first, zp_node *last, zp_node *into)
{
    for (zp_node *node = first->next, *next; node != last; node = next) {
        next = node->next;
        zp_node_unlink(node);
        zp_node_append(into, node);
    }
    zp_node_insert_after(first, into);
}

static void shorten(zp_node *text, size_t from_start, size_t from_end)
{
    text->text = zp_str_slice(text->text, from_start, text->text.n - from_end);
    text->span.start += from_start;
    text->span.end -= from_end;
}

static void make_emphasis(pairing *p, zp_node *opener, zp_node *closer)
{
    size_t used = opener->text.n >= 2 && closer->text.n >= 2 ? 2 : 1;
    zp_span span = {opener->span.source, opener->span.end - used, closer->span.start + used};
    zp_node *made = zp_node_new(p->arena, used == 2 ? ZP_NODE_STRONG : ZP_NODE_EMPH, span);
    enclose(opener, closer, made);
    shorten(opener, 0, used);
    shorten(closer, used, 0);
}

/* The next closer to look at. */
static ptrdiff_t pair(pairing *p, ptrdiff_t opener, ptrdiff_t closer, ptrdiff_t count)
{
    p->next[opener] = closer;
    p->previous[closer] = opener;
    make_emphasis(p, p->runs[opener].node, p->runs[closer].node);
    if (p->runs[opener].node->text.n == 0) {
        zp_node_unlink(p->runs[opener].node);
        drop(p, opener, count);
    }
    if (p->runs[closer].node->text.n > 0)
        return closer;
    zp_node_unlink(p->runs[closer].node);
    drop(p, closer, count);
    return p->next[closer];
}

static void start(pairing *p, ptrdiff_t count)
{
    p->previous = zp_new_array(p->arena, ptrdiff_t, (size_t)count);
    p->next = zp_new_array(p->arena, ptrdiff_t, (size_t)count);
    for (ptrdiff_t i = 0; i < count; i++) {
        p->previous[i] = i - 1;
        p->next[i] = i + 1;
    }
    for (int i = 0; i < SORTS; i++)
        p->floors[i] = NONE;
}

void zp_emphasis_pair(zp_arena *arena, zp_run *runs, size_t run_count)
{
    pairing p = {.arena = arena, .runs = runs};
    ptrdiff_t count = (ptrdiff_t)run_count;
    start(&p, count);
    for (ptrdiff_t closer = 0; closer < count;) {
        if (!runs[closer].closes) {
            closer = p.next[closer];
            continue;
        }
        ptrdiff_t opener = find_opener(&p, closer);
        if (opener != NONE) {
            closer = pair(&p, opener, closer, count);
            continue;
        }
        p.floors[sort_of(&runs[closer])] = p.previous[closer];
        if (!runs[closer].opens)
            drop(&p, closer, count);
        closer = p.next[closer];
    }
}

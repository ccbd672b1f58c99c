/* value.c: building a tree of values, and asking it.
 *
 * Questions are lenient about form (case, white space, quotes) because the one who asks knows what
 * kind of answer the schema wants, and strict about sense: what is not clearly an answer is none.
 */
#include "data/value.h"

#include <assert.h>
#include <stdlib.h>
#include <strings.h>

enum { SHORT = 16 }; /* entries of a map that is as well walked */

zp_value *zp_value_new(zp_arena *arena, zp_value_kind kind, zp_span span)
{
    zp_value *value = zp_new(arena, zp_value);
    value->kind = kind;
    value->span = span;
    return value;
}

void zp_value_append(zp_value *parent, zp_value *entry)
{
    assert(parent->kind == ZP_VALUE_LIST || parent->kind == ZP_VALUE_MAP);
    assert(!entry->next && parent->last != entry);
    if (parent->last)
        parent->last->next = entry;
    else
        parent->first = entry;
    parent->last = entry;
    parent->count++;
}

zp_value *zp_value_copy(zp_arena *arena, const zp_value *value)
{
    zp_value *copy = zp_new(arena, zp_value);
    *copy = *value;
    copy->next = copy->first = copy->last = NULL;
    copy->count = 0;
    for (const zp_value *entry = value->first; entry; entry = entry->next)
        zp_value_append(copy, zp_value_copy(arena, entry));
    return copy;
}

const zp_value *zp_value_find(const zp_value *map, zp_str key)
{
    if (!map || map->kind != ZP_VALUE_MAP)
        return NULL;
    const zp_value *entry = map->first;
    while (entry && !zp_str_eq(entry->key, key))
        entry = entry->next;
    return entry;
}

const zp_value *zp_value_path(const zp_value *map, zp_str path)
{
    for (size_t at = 0; map && at <= path.n;) {
        size_t dot = zp_str_find(path, ZP_STR("."), at);
        map = zp_value_find(map, zp_str_slice(path, at, dot));
        at = dot + 1;
    }
    return map;
}

static int by_key(const void *a, const void *b)
{
    const zp_value *one = *(const zp_value *const *)a, *other = *(const zp_value *const *)b;
    return zp_str_compare(one->key, other->key);
}

zp_value_index zp_value_index_make(zp_arena *arena, const zp_value *map)
{
    zp_value_index index = {map, NULL};
    if (!map || map->kind != ZP_VALUE_MAP || map->count <= SHORT)
        return index;
    size_t n = 0;
    index.sorted = zp_new_array(arena, const zp_value *, map->count);
    for (const zp_value *entry = map->first; entry; entry = entry->next)
        index.sorted[n++] = entry;
    qsort(index.sorted, n, sizeof *index.sorted, by_key);
    return index;
}

const zp_value *zp_value_index_find(const zp_value_index *index, zp_str key)
{
    if (!index->sorted)
        return zp_value_find(index->map, key);
    const zp_value wanted = {.key = key}, *pointer = &wanted;
    const zp_value **found =
        bsearch(&pointer, index->sorted, index->map->count, sizeof *index->sorted, by_key);
    return found ? *found : NULL;
}

zp_str zp_value_text(const zp_value *value)
{
    return value && value->kind == ZP_VALUE_TEXT ? zp_str_trim(value->text) : ZP_STR("");
}

bool zp_value_bool(const zp_value *value, bool fallback)
{
    static const struct {
        const char *word;
        bool meaning;
    } words[] = {
        {"true", true}, {"false", false}, {"是", true}, {"否", false},
        {"yes", true},  {"no", false},    {"on", true}, {"off", false},
    };
    zp_str text = zp_value_text(value);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        zp_str word = zp_str_from(words[i].word);
        if (text.n == word.n && strncasecmp(text.p, word.p, word.n) == 0)
            return words[i].meaning;
    }
    return fallback;
}

bool zp_value_int(const zp_value *value, int64_t low, int64_t high, int64_t *number)
{
    zp_str text = zp_value_text(value);
    bool minus = zp_str_starts(text, ZP_STR("-"));
    size_t at = minus || zp_str_starts(text, ZP_STR("+")) ? 1 : 0;
    if (at == text.n)
        return false;
    int64_t sum = 0; /* below zero, where there is room for INT64_MIN */
    for (; at < text.n; at++) {
        char c = text.p[at];
        if (c < '0' || c > '9' || __builtin_mul_overflow(sum, 10, &sum) ||
            __builtin_sub_overflow(sum, c - '0', &sum))
            return false;
    }
    if (!minus && sum == INT64_MIN)
        return false;
    sum = minus ? sum : -sum;
    if (sum < low || sum > high)
        return false;
    *number = sum;
    return true;
}

/* --- Dump ------------------------------------------------------------------------------------ */

/* The entries still to come, a level each. */
typedef struct {
    const zp_value *next;
    bool in_map;
} level;

typedef struct {
    zp_arena *arena;
    level *stack;
    size_t depth, capacity;
} levels;

static void push(levels *l, const zp_value *parent)
{
    zp_list_grow(l->arena, l->stack, l->depth, l->capacity);
    l->stack[l->depth++] = (level){parent->first, parent->kind == ZP_VALUE_MAP};
}

/* A quote opens and closes what was quoted; a line end in the text shows as \n. */
static void dump_text(const zp_value *value, zp_buf *out)
{
    zp_buf_byte(out, value->quoted ? '"' : '\'');
    for (size_t i = 0; i < value->text.n; i++) {
        if (value->text.p[i] == '\n')
            zp_buf_lit(out, "\\n");
        else
            zp_buf_byte(out, value->text.p[i]);
    }
    zp_buf_byte(out, value->quoted ? '"' : '\'');
}

static void dump_one(const zp_value *value, bool in_map, size_t depth, zp_buf *out)
{
    for (size_t i = 0; i < depth; i++)
        zp_buf_lit(out, "  ");
    if (in_map) {
        zp_buf_add(out, value->key);
        zp_buf_lit(out, ": ");
    }
    switch (value->kind) {
    case ZP_VALUE_NULL:
        zp_buf_lit(out, "null");
        break;
    case ZP_VALUE_TEXT:
        dump_text(value, out);
        break;
    case ZP_VALUE_LIST:
        zp_buf_format(out, "list %zu", value->count);
        break;
    case ZP_VALUE_MAP:
        zp_buf_format(out, "map %zu", value->count);
        break;
    }
    zp_buf_byte(out, '\n');
}

void zp_value_dump(const zp_value *value, zp_buf *out)
{
    levels l = {.arena = out->arena};
    dump_one(value, false, 0, out);
    push(&l, value);
    while (l.depth) {
        level *top = &l.stack[l.depth - 1];
        const zp_value *entry = top->next;
        if (!entry) {
            l.depth--;
            continue;
        }
        top->next = entry->next;
        dump_one(entry, top->in_map, l.depth, out);
        push(&l, entry);
    }
}

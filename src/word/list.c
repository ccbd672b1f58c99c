/* list.c: numbering.xml in, and paragraphs one after the other; their numbers out. */
#include "word/list.h"

#include <ctype.h>
#include <stdlib.h>
#include "book/xlsx.h"
#include "book/xml.h"
#include "word/numeral.h"

typedef struct {
    bool known;
    uint32_t start;
    zp_str format, text; /* numFmt, lvlText */
    zp_str style;        /* that stands for the level */
    bool legal;          /* isLgl: all numbers in it are decimal */
    bool has_restart;
    uint32_t restart; /* lvlRestart: 0 never, else behind this level, from 1 */
} level;

/* A definition, and how far its levels have counted. */
typedef struct {
    uint32_t id;
    zp_str style, link; /* styleLink: the list style it defines; numStyleLink: the one it follows */
    level levels[ZP_WORD_LEVELS];
    uint32_t reached[ZP_WORD_LEVELS];
    bool begun[ZP_WORD_LEVELS];
} definition;

typedef struct {
    uint32_t id, definition;
    bool restarts[ZP_WORD_LEVELS]; /* startOverride that has not been used yet */
    uint32_t starts[ZP_WORD_LEVELS];
    level *levels[ZP_WORD_LEVELS]; /* its own; NULL: the definition's */
} list;

struct zp_word_lists {
    zp_arena *arena;
    definition *definitions;
    size_t definition_count, definition_capacity;
    list *lists;
    size_t list_count, list_capacity;
    /* While reading. */
    definition *open_definition;
    list *open_list;
    level *open_level;
    unsigned override; /* the level that lvlOverride is about */
};

zp_word_lists *zp_word_lists_new(zp_arena *arena)
{
    zp_word_lists *lists = zp_new(arena, zp_word_lists);
    lists->arena = arena;
    return lists;
}

/* --- Reading ---------------------------------------------------------------------------------- */

static uint32_t number_of(zp_str text)
{
    uint32_t number = 0;
    return zp_xlsx_uint(text, &number) ? number : 0;
}

/* A level's number; what is out of order counts as the last. */
static unsigned level_of(zp_str text)
{
    uint32_t number = number_of(text);
    return number < ZP_WORD_LEVELS ? number : ZP_WORD_LEVELS - 1;
}

static void open_definition(zp_word_lists *l, zp_str id)
{
    zp_list_grow(l->arena, l->definitions, l->definition_count, l->definition_capacity);
    l->open_definition = &l->definitions[l->definition_count++];
    l->open_definition->id = number_of(id);
}

static void open_list(zp_word_lists *l, zp_str id)
{
    zp_list_grow(l->arena, l->lists, l->list_count, l->list_capacity);
    l->open_list = &l->lists[l->list_count++];
    l->open_list->id = number_of(id);
}

static void open_level(zp_word_lists *l, zp_str index)
{
    unsigned at = level_of(index);
    if (l->open_list) {
        if (!l->open_list->levels[at])
            l->open_list->levels[at] = zp_new(l->arena, level);
        l->open_level = l->open_list->levels[at];
    } else if (l->open_definition) {
        l->open_level = &l->open_definition->levels[at];
    }
    if (l->open_level)
        *l->open_level = (level){.known = true, .start = 1, .format = ZP_STR("decimal")};
}

static void note_level(zp_word_lists *l, zp_str name, zp_str value)
{
    level *v = l->open_level;
    if (zp_str_eq(name, ZP_STR("start")))
        v->start = number_of(value);
    else if (zp_str_eq(name, ZP_STR("numFmt")))
        v->format = zp_str_copy(l->arena, value);
    else if (zp_str_eq(name, ZP_STR("lvlText")))
        v->text = zp_str_copy(l->arena, value);
    else if (zp_str_eq(name, ZP_STR("pStyle")))
        v->style = zp_str_copy(l->arena, value);
    else if (zp_str_eq(name, ZP_STR("isLgl")))
        v->legal = value.n == 0 || zp_xlsx_bool(value);
    else if (zp_str_eq(name, ZP_STR("lvlRestart"))) {
        v->has_restart = true;
        v->restart = number_of(value);
    }
}

static void note_override(zp_word_lists *l, zp_str value)
{
    l->open_list->restarts[l->override] = true;
    l->open_list->starts[l->override] = number_of(value);
}

static bool open_element(void *user, zp_str name, const zp_xml_attribute *attributes, size_t count)
{
    zp_word_lists *l = user;
    zp_str value = zp_xml_value(attributes, count, ZP_STR("val"));
    if (zp_str_eq(name, ZP_STR("abstractNum")))
        open_definition(l, zp_xml_value(attributes, count, ZP_STR("abstractNumId")));
    else if (zp_str_eq(name, ZP_STR("num")))
        open_list(l, zp_xml_value(attributes, count, ZP_STR("numId")));
    else if (zp_str_eq(name, ZP_STR("lvl")))
        open_level(l, zp_xml_value(attributes, count, ZP_STR("ilvl")));
    else if (l->open_level)
        note_level(l, name, value);
    else if (l->open_list && zp_str_eq(name, ZP_STR("abstractNumId")))
        l->open_list->definition = number_of(value);
    else if (l->open_list && zp_str_eq(name, ZP_STR("lvlOverride")))
        l->override = level_of(zp_xml_value(attributes, count, ZP_STR("ilvl")));
    else if (l->open_list && zp_str_eq(name, ZP_STR("startOverride")))
        note_override(l, value);
    else if (l->open_definition && zp_str_eq(name, ZP_STR("styleLink")))
        l->open_definition->style = zp_str_copy(l->arena, value);
    else if (l->open_definition && zp_str_eq(name, ZP_STR("numStyleLink")))
        l->open_definition->link = zp_str_copy(l->arena, value);
    return true;
}

static bool close_element(void *user, zp_str name)
{
    zp_word_lists *l = user;
    if (zp_str_eq(name, ZP_STR("lvl")))
        l->open_level = NULL;
    else if (zp_str_eq(name, ZP_STR("num")))
        l->open_list = NULL;
    else if (zp_str_eq(name, ZP_STR("abstractNum")))
        l->open_definition = NULL;
    return true;
}

static int by_definition_id(const void *a, const void *b)
{
    uint32_t x = ((const definition *)a)->id, y = ((const definition *)b)->id;
    return (x > y) - (x < y);
}

static int by_list_id(const void *a, const void *b)
{
    uint32_t x = ((const list *)a)->id, y = ((const list *)b)->id;
    return (x > y) - (x < y);
}

bool zp_word_lists_read(zp_word_lists *lists, zp_span file, zp_str bytes, zp_diag *diag)
{
    static const zp_xml_events events = {.open = open_element, .close = close_element};
    if (!zp_xml_read(lists->arena, file, bytes, false, &events, lists, diag))
        return false;
    if (lists->definition_count > 0)
        qsort(lists->definitions, lists->definition_count, sizeof *lists->definitions,
              by_definition_id);
    if (lists->list_count > 0)
        qsort(lists->lists, lists->list_count, sizeof *lists->lists, by_list_id);
    return true;
}

/* --- Counting --------------------------------------------------------------------------------- */

static list *find_list(const zp_word_lists *l, uint32_t id)
{
    list wanted = {.id = id};
    return l->list_count == 0
               ? NULL
               : bsearch(&wanted, l->lists, l->list_count, sizeof *l->lists, by_list_id);
}

/* The definition of a list; where that only follows a list style, the one that defines the style.
 */
static definition *definition_of(const zp_word_lists *l, const list *owner)
{
    definition wanted = {.id = owner->definition};
    definition *found = l->definition_count == 0
                            ? NULL
                            : bsearch(&wanted, l->definitions, l->definition_count,
                                      sizeof *l->definitions, by_definition_id);
    for (size_t i = 0; found && found->link.n > 0 && i < l->definition_count; i++)
        if (zp_str_eq(l->definitions[i].style, found->link))
            return &l->definitions[i];
    return found;
}

static const level *level_at(const definition *d, const list *owner, unsigned at)
{
    return owner->levels[at] ? owner->levels[at] : &d->levels[at];
}

bool zp_word_lists_level(const zp_word_lists *lists, uint32_t id, zp_str style, unsigned *at)
{
    const list *owner = find_list(lists, id);
    const definition *d = owner ? definition_of(lists, owner) : NULL;
    for (unsigned i = 0; d && style.n > 0 && i < ZP_WORD_LEVELS; i++)
        if (zp_str_eq(level_at(d, owner, i)->style, style)) {
            *at = i;
            return true;
        }
    return false;
}

/* Counts one on, and has the levels below begin anew. */
static void step(definition *d, list *owner, unsigned at)
{
    if (owner->restarts[at]) {
        owner->restarts[at] = false;
        d->reached[at] = owner->starts[at];
    } else if (d->begun[at]) {
        d->reached[at]++;
    } else {
        d->reached[at] = level_at(d, owner, at)->start;
    }
    d->begun[at] = true;
    for (unsigned i = at + 1; i < ZP_WORD_LEVELS; i++) {
        const level *below = level_at(d, owner, i);
        if (!below->has_restart || at + 1 <= below->restart)
            d->begun[i] = false;
    }
}

/* The number of a level within the text of another: where it has not begun yet, its first. */
static void write_number(const definition *d, const list *owner, unsigned at, bool legal,
                         zp_buf *out)
{
    const level *v = level_at(d, owner, at);
    uint32_t number = d->begun[at] ? d->reached[at] : v->known ? v->start : 1;
    zp_word_numeral(number, legal ? ZP_STR("decimal") : v->format, out);
}

/* 第%1章 and %1.%2: a per cent sign and the digit of a level, from 1. */
static void write_text(const definition *d, const list *owner, const level *v, zp_buf *out)
{
    for (size_t i = 0; i < v->text.n; i++) {
        char next = i + 1 < v->text.n ? v->text.p[i + 1] : '\0';
        bool number = v->text.p[i] == '%' && next >= '1' && next <= '9';
        if (number)
            write_number(d, owner, (unsigned)(next - '1'), v->legal, out);
        else
            zp_buf_byte(out, v->text.p[i]);
        i += number;
    }
}

void zp_word_lists_count(zp_word_lists *lists, uint32_t id, unsigned at, zp_buf *out, bool *bullet)
{
    list *owner = find_list(lists, id);
    definition *d = owner ? definition_of(lists, owner) : NULL;
    const level *v = d ? level_at(d, owner, at) : NULL;
    *bullet = false;
    if (!v || !v->known)
        return;
    step(d, owner, at);
    *bullet = zp_str_eq(v->format, ZP_STR("bullet"));
    if (*bullet)
        return;
    size_t begin = out->n;
    write_text(d, owner, v, out);
    if (out->n > begin && isalnum((unsigned char)out->p[out->n - 1]))
        zp_buf_byte(out, ' ');
}

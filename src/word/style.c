/* style.c: styles.xml in, styles with what they inherit out. */
#include "word/style.h"

#include <stdlib.h>
#include "book/xlsx.h"
#include "book/xml.h"

struct zp_word_styles {
    zp_arena *arena;
    zp_word_style *all; /* by id, once read */
    size_t count, capacity;
    zp_str first; /* id of the default paragraph style */
    zp_word_style *open;
    bool paragraph; /* in pPr of an open style */
};

zp_word_styles *zp_word_styles_new(zp_arena *arena)
{
    zp_word_styles *styles = zp_new(arena, zp_word_styles);
    styles->arena = arena;
    return styles;
}

void zp_word_format_note(zp_word_format *format, zp_str element, zp_str value)
{
    uint32_t number = 0;
    bool good = zp_xlsx_uint(value, &number);
    if (zp_str_eq(element, ZP_STR("outlineLvl")) && good) {
        format->has_outline = true;
        format->outline = number < 9 ? number + 1 : 0;
    } else if (zp_str_eq(element, ZP_STR("numId")) && good) {
        format->has_list = true;
        format->list = number;
    } else if (zp_str_eq(element, ZP_STR("ilvl")) && good) {
        format->has_level = true;
        format->level = number < 9 ? number : 8;
    } else if (zp_str_eq(element, ZP_STR("jc"))) {
        format->has_side = true;
        format->centred = zp_str_eq(value, ZP_STR("center"));
    }
}

/* --- Reading ---------------------------------------------------------------------------------- */

static void open_style(zp_word_styles *s, const zp_xml_attribute *attributes, size_t count)
{
    zp_list_grow(s->arena, s->all, s->count, s->capacity);
    s->open = &s->all[s->count++];
    s->open->id = zp_str_copy(s->arena, zp_xml_value(attributes, count, ZP_STR("styleId")));
    bool paragraph =
        zp_str_eq(zp_xml_value(attributes, count, ZP_STR("type")), ZP_STR("paragraph"));
    if (paragraph && zp_xlsx_bool(zp_xml_value(attributes, count, ZP_STR("default"))))
        s->first = s->open->id;
}

static zp_str small_letters(zp_arena *arena, zp_str name)
{
    char *copy = zp_arena_alloc(arena, name.n);
    for (size_t i = 0; i < name.n; i++)
        copy[i] = (char)(name.p[i] >= 'A' && name.p[i] <= 'Z' ? name.p[i] | 0x20 : name.p[i]);
    return (zp_str){copy, name.n};
}

static bool open_element(void *user, zp_str name, const zp_xml_attribute *attributes, size_t count)
{
    zp_word_styles *s = user;
    zp_str value = zp_xml_value(attributes, count, ZP_STR("val"));
    if (zp_str_eq(name, ZP_STR("style")))
        open_style(s, attributes, count);
    else if (!s->open)
        return true;
    else if (zp_str_eq(name, ZP_STR("pPr")))
        s->paragraph = true;
    else if (s->paragraph)
        zp_word_format_note(&s->open->format, name, value);
    else if (zp_str_eq(name, ZP_STR("name")))
        s->open->name = small_letters(s->arena, value);
    else if (zp_str_eq(name, ZP_STR("basedOn")))
        s->open->base = zp_str_copy(s->arena, value);
    return true;
}

static bool close_element(void *user, zp_str name)
{
    zp_word_styles *s = user;
    if (zp_str_eq(name, ZP_STR("pPr")))
        s->paragraph = false;
    else if (zp_str_eq(name, ZP_STR("style")))
        s->open = NULL;
    return true;
}

/* --- Inheriting ------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    return zp_str_compare(((const zp_word_style *)a)->id, ((const zp_word_style *)b)->id);
}

const zp_word_style *zp_word_styles_find(const zp_word_styles *styles, zp_str id)
{
    zp_word_style wanted = {.id = id.n > 0 ? id : styles->first};
    if (styles->count == 0)
        return NULL;
    return bsearch(&wanted, styles->all, styles->count, sizeof *styles->all, by_id);
}

static void take(zp_word_style *style, const zp_word_style *from)
{
    zp_word_format *f = &style->format;
    const zp_word_format *g = &from->format;
    if (!f->has_outline && g->has_outline)
        f->has_outline = true, f->outline = g->outline;
    if (!f->has_list && g->has_list)
        f->has_list = true, f->list = g->list;
    if (!f->has_level && g->has_level)
        f->has_level = true, f->level = g->level;
    if (!f->has_side && g->has_side)
        f->has_side = true, f->centred = g->centred;
}

/* Headings are known by their names too: some writers leave the outline out. */
static void name_outline(zp_word_style *style)
{
    zp_str word = ZP_STR("heading ");
    if (!zp_str_starts(style->name, word) || style->name.n != word.n + 1)
        return;
    char digit = style->name.p[word.n];
    if (!style->format.has_outline && digit >= '1' && digit <= '9') {
        style->format.has_outline = true;
        style->format.outline = (unsigned)(digit - '0');
    }
}

/* Each takes from a copy in which nobody has inherited yet: the order does not matter. */
static void inherit(zp_word_styles *s)
{
    zp_word_style *all = zp_new_array(s->arena, zp_word_style, s->count);
    for (size_t i = 0; i < s->count; i++) {
        name_outline(&s->all[i]);
        all[i] = s->all[i];
    }
    for (size_t i = 0; i < s->count; i++) {
        const zp_word_style *base = &s->all[i];
        for (int k = 0; k < ZP_WORD_BASES && base && base->base.n > 0; k++) {
            base = zp_word_styles_find(s, base->base);
            if (base)
                take(&all[i], base);
        }
    }
    s->all = all;
}

bool zp_word_styles_read(zp_word_styles *styles, zp_span file, zp_str bytes, zp_diag *diag)
{
    static const zp_xml_events events = {.open = open_element, .close = close_element};
    if (!zp_xml_read(styles->arena, file, bytes, false, &events, styles, diag))
        return false;
    if (styles->count > 0)
        qsort(styles->all, styles->count, sizeof *styles->all, by_id);
    inherit(styles);
    return true;
}

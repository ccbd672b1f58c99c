/* body.c: a part's elements in, blocks and notes out.
 *
 * What an element does is a row in one of three tables; what is in none is passed over, its
 * children are not.
 */
#include <stdlib.h>
#include "book/xlsx.h"
#include "word/reader.h"

zp_str zp_word_value(zp_word_attributes a, const char *name)
{
    return zp_xml_value(a.all, a.count, zp_str_from(name));
}

uint32_t zp_word_number(zp_word_attributes a, const char *name)
{
    uint32_t number = 0;
    return zp_xlsx_uint(zp_word_value(a, name), &number) ? number : 0;
}

void zp_word_tally(zp_word_reader *r, zp_word_count what)
{
    r->d->counts[what]++;
}

bool zp_word_skip(zp_word_reader *r, zp_word_attributes a)
{
    (void)a;
    r->skip = r->depth;
    return false;
}

static int compare_name(const void *key, const void *row)
{
    return zp_str_compare(*(const zp_str *)key, zp_str_from(((const zp_word_element *)row)->name));
}

static const zp_word_element *find(zp_str name)
{
    static const zp_word_elements *const groups[] = {
        &zp_word_prose_elements, &zp_word_property_elements, &zp_word_flow_elements};
    const zp_word_element *found = NULL;
    for (size_t i = 0; !found && i < sizeof groups / sizeof *groups; i++)
        found = bsearch(&name, groups[i]->all, groups[i]->count, sizeof *found, compare_name);
    return found;
}

static bool on_text(void *user, zp_str text)
{
    zp_word_reader *r = user;
    return r->skip || zp_word_text_add(r, text);
}

static bool on_open(void *user, zp_str name, const zp_xml_attribute *all, size_t n)
{
    zp_word_reader *r = user;
    r->depth++;
    r->opened[r->depth] = false;
    if (r->skip)
        return true;
    const zp_word_element *e = find(name);
    if (e && (!r->property || e->property))
        r->opened[r->depth] = e->open(r, (zp_word_attributes){all, n});
    return true;
}

static bool on_close(void *user, zp_str name)
{
    zp_word_reader *r = user;
    size_t depth = r->depth--;
    if (r->skip == depth)
        r->skip = 0;
    if (r->property == depth) {
        r->property = 0;
        r->kind = ZP_WORD_NO_PROPERTIES;
    }
    if (r->opened[depth])
        find(name)->close(r);
    return true;
}

bool zp_word_body_read(zp_word_draft *draft, zp_word_part part, zp_str bytes, zp_str *text)
{
    static const zp_xml_events events = {.open = on_open, .close = on_close, .text = on_text};
    zp_buf margin = {.arena = draft->arena};
    zp_word_reader *r = zp_new(draft->arena, zp_word_reader);
    r->d = draft;
    r->part = part;
    r->margin = &margin;
    if (!zp_xml_read(draft->arena, draft->file, bytes, false, &events, r, draft->diag))
        return false;
    if (part == ZP_WORD_MAIN && !r->found)
        return zp_package_refuse(draft->package, "这不是 Word 文档，里面没有", ZP_STR("body"));
    if (part == ZP_WORD_FOOTNOTES || part == ZP_WORD_ENDNOTES)
        zp_word_notes_sort(draft);
    if (text)
        *text = zp_buf_str(&margin);
    return true;
}

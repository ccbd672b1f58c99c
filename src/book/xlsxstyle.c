/* xlsxstyle.c: styles.xml and sharedStrings.xml in, what cells name by number out.
 *
 * A style names its number format by an id that the file may define before or behind it, so formats
 * and styles are gathered first and brought together at the end. Each format is read once.
 */
#include <stdlib.h>
#include "book/workbook.h"
#include "book/xlsx.h"
#include "book/xlsxtext.h"

enum {
    BUILT_IN = 64, /* ids below are those of zp_cell_format_built_in */
};

typedef struct {
    uint32_t id;
    size_t order; /* of two with one id the first counts */
    zp_str code;
    const zp_cell_format *format;
} number_format;

typedef struct {
    uint32_t format_id;
    zp_side side;
} style;

typedef struct {
    zp_arena *arena;
    number_format *formats;
    size_t format_count, format_capacity;
    style *styles;
    size_t style_count, style_capacity;
    bool in_formats, in_styles;
} reader;

/* The id in an attribute; General's when it is none. */
static uint32_t read_id(const zp_xml_attribute *attributes, size_t count)
{
    uint32_t id;
    return zp_xlsx_uint(zp_xml_value(attributes, count, ZP_STR("numFmtId")), &id) ? id : 0;
}

static zp_side side_of(zp_str horizontal)
{
    static const struct {
        zp_str name;
        zp_side side;
    } sides[] = {
        {ZP_STR("left"), ZP_SIDE_LEFT},
        {ZP_STR("center"), ZP_SIDE_CENTER},
        {ZP_STR("centerContinuous"), ZP_SIDE_CENTER},
        {ZP_STR("right"), ZP_SIDE_RIGHT},
    };
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        if (zp_str_eq(horizontal, sides[i].name))
            return sides[i].side;
    return ZP_SIDE_NONE;
}

static bool open_style(void *user, zp_str name, const zp_xml_attribute *attributes, size_t count)
{
    reader *r = user;
    if (zp_str_eq(name, ZP_STR("numFmts"))) {
        r->in_formats = true;
    } else if (zp_str_eq(name, ZP_STR("cellXfs"))) {
        r->in_styles = true;
    } else if (r->in_formats && zp_str_eq(name, ZP_STR("numFmt"))) {
        zp_list_grow(r->arena, r->formats, r->format_count, r->format_capacity);
        r->formats[r->format_count] = (number_format){
            .id = read_id(attributes, count),
            .order = r->format_count,
            .code = zp_str_copy(r->arena, zp_xml_value(attributes, count, ZP_STR("formatCode"))),
        };
        r->format_count++;
    } else if (r->in_styles && zp_str_eq(name, ZP_STR("xf"))) {
        zp_list_grow(r->arena, r->styles, r->style_count, r->style_capacity);
        r->styles[r->style_count++] = (style){read_id(attributes, count), ZP_SIDE_NONE};
    } else if (r->in_styles && r->style_count && zp_str_eq(name, ZP_STR("alignment"))) {
        zp_str side = zp_xml_value(attributes, count, ZP_STR("horizontal"));
        r->styles[r->style_count - 1].side = side_of(side);
    }
    return true;
}

static bool close_style(void *user, zp_str name)
{
    reader *r = user;
    if (zp_str_eq(name, ZP_STR("numFmts")))
        r->in_formats = false;
    else if (zp_str_eq(name, ZP_STR("cellXfs")))
        r->in_styles = false;
    return true;
}

static int compare_formats(const void *a, const void *b)
{
    const number_format *left = a, *right = b;
    if (left->id != right->id)
        return left->id < right->id ? -1 : 1;
    return (left->order > right->order) - (left->order < right->order);
}

/* The file's own format of an id; NULL when it has none. */
static number_format *find_format(const reader *r, uint32_t id)
{
    size_t low = 0, high = r->format_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->formats[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->format_count && r->formats[low].id == id ? &r->formats[low] : NULL;
}

static const zp_cell_format *format_of(reader *r, uint32_t id, const zp_cell_format **built_in)
{
    number_format *own = find_format(r, id);
    if (own && !own->format)
        own->format = zp_cell_format_read(r->arena, own->code);
    if (own)
        return own->format;
    uint32_t known = id < BUILT_IN ? id : 0;
    if (!built_in[known])
        built_in[known] = zp_cell_format_read(r->arena, zp_cell_format_built_in(known));
    return built_in[known];
}

bool zp_xlsx_read_styles(zp_arena *arena, zp_str bytes, zp_xlsx_shared *shared, zp_diag *diag)
{
    static const zp_xml_events events = {.open = open_style, .close = close_style};
    reader r = {.arena = arena};
    if (!zp_xml_read(arena, shared->file, bytes, false, &events, &r, diag))
        return false;
    if (r.format_count)
        qsort(r.formats, r.format_count, sizeof *r.formats, compare_formats);
    const zp_cell_format *built_in[BUILT_IN] = {NULL};
    zp_xlsx_style *styles = zp_new_array(arena, zp_xlsx_style, r.style_count);
    for (size_t i = 0; i < r.style_count; i++)
        styles[i] =
            (zp_xlsx_style){format_of(&r, r.styles[i].format_id, built_in), r.styles[i].side};
    shared->styles = styles;
    shared->style_count = r.style_count;
    return true;
}

/* --- Shared strings -------------------------------------------------------------------------- */

typedef struct {
    zp_arena *arena;
    zp_span file;
    zp_diag *diag;
    zp_str *strings;
    size_t count, capacity;
    zp_xlsx_text text;
} string_reader;

static bool open_string(void *user, zp_str name, const zp_xml_attribute *attributes, size_t count)
{
    string_reader *r = user;
    if (zp_str_eq(name, ZP_STR("si")))
        r->text.text.n = 0;
    else
        zp_xlsx_text_open(&r->text, name, attributes, count);
    return true;
}

static bool add_string_text(void *user, zp_str text)
{
    zp_xlsx_text_add(&((string_reader *)user)->text, text);
    return true;
}

static bool close_string(void *user, zp_str name)
{
    string_reader *r = user;
    if (!zp_str_eq(name, ZP_STR("si"))) {
        zp_xlsx_text_close(&r->text, name);
        return true;
    }
    if (r->count == ZP_WORKBOOK_STRINGS) {
        zp_diag_add(r->diag, ZP_ERROR, "bad-workbook", r->file, "请把数据分成几个文件",
                    "工作簿里的文字太多，超过 %d 条", ZP_WORKBOOK_STRINGS);
        return false;
    }
    zp_list_grow(r->arena, r->strings, r->count, r->capacity);
    r->strings[r->count++] = zp_xlsx_text_decode(r->arena, zp_buf_str(&r->text.text));
    return true;
}

bool zp_xlsx_read_strings(zp_arena *arena, zp_str bytes, zp_xlsx_shared *shared, zp_diag *diag)
{
    static const zp_xml_events events = {open_string, close_string, add_string_text};
    string_reader r = {.arena = arena, .file = shared->file, .diag = diag};
    r.text.text.arena = arena;
    if (!zp_xml_read(arena, shared->file, bytes, false, &events, &r, diag))
        return false;
    shared->strings = r.strings;
    shared->string_count = r.count;
    return true;
}

/* xlsx.c: a package in, its sheets out.
 *
 * The package's relations name the workbook, the workbook's its sheets, strings and styles
 * (package.h). The unpacked parts are gone when the sheets are made.
 */
#include "book/xlsx.h"

#include "book/package.h"
#include "book/workbook.h"
#include "book/xml.h"

/* A sheet as the workbook names it. */
typedef struct {
    zp_str name, relation;
    bool hidden;
} listed;

typedef struct {
    zp_arena *arena;
    zp_package *package;
    zp_diag *diag;
    listed *sheets;
    size_t sheet_count, sheet_capacity;
    zp_xlsx_shared shared;
} reading;

static const zp_package_words words = {"bad-workbook", "工作簿",
                                       "文件可能已损坏：请用 WPS 或 Excel 打开后另存，再试一次"};

bool zp_xlsx_uint(zp_str text, uint32_t *value)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        sum = sum * 10 + (uint64_t)(text.p[i] - '0');
        if (sum > UINT32_MAX)
            return false;
    }
    *value = (uint32_t)sum;
    return text.n > 0;
}

bool zp_xlsx_bool(zp_str text)
{
    return zp_str_eq(text, ZP_STR("1")) || zp_str_eq(text, ZP_STR("true"));
}

zp_str zp_xlsx_excerpt(zp_str text)
{
    size_t end = text.n < ZP_XLSX_EXCERPT ? text.n : ZP_XLSX_EXCERPT;
    while (end < text.n && end && ((unsigned char)text.p[end] & 0xC0U) == 0x80)
        end--;
    return zp_str_slice(text, 0, end);
}

/* --- The workbook ---------------------------------------------------------------------------- */

static bool list_sheet(reading *p, const zp_xml_attribute *attributes, size_t count)
{
    if (p->sheet_count == ZP_BOOK_SHEETS)
        return zp_package_refuse(p->package, "表太多，第一千张以后有",
                                 zp_xml_value(attributes, count, ZP_STR("name")));
    zp_list_grow(p->arena, p->sheets, p->sheet_count, p->sheet_capacity);
    zp_str name = zp_xml_value(attributes, count, ZP_STR("name")); /* of 31 characters at most */
    zp_str state = zp_xml_value(attributes, count, ZP_STR("state"));
    p->sheets[p->sheet_count++] = (listed){
        .name = zp_str_copy(p->arena, zp_xlsx_excerpt(name)),
        .relation = zp_str_copy(p->arena, zp_xml_value(attributes, count, ZP_STR("id"))),
        .hidden = state.n && !zp_str_eq(state, ZP_STR("visible")),
    };
    return true;
}

static bool open_workbook(void *user, zp_str name, const zp_xml_attribute *attributes, size_t count)
{
    reading *p = user;
    if (zp_str_eq(name, ZP_STR("workbookPr")))
        p->shared.since_1904 = zp_xlsx_bool(zp_xml_value(attributes, count, ZP_STR("date1904")));
    else if (zp_str_eq(name, ZP_STR("sheet")))
        return list_sheet(p, attributes, count);
    return true;
}

/* Finds the workbook's part and reads its list of sheets and its relations. */
static bool read_workbook(reading *p)
{
    static const zp_xml_events events = {.open = open_workbook};
    zp_str part = ZP_STR("xl/workbook.xml"), bytes;
    if (!zp_package_relate(p->package, ZP_STR("")))
        return false;
    const zp_relation *office = zp_package_kind(p->package, ZP_STR("/officeDocument"));
    if (office && !zp_package_resolve(p->package, office->target, &part))
        return false;
    if (zp_str_ends(part, ZP_STR(".bin"))) {
        zp_diag_add(p->diag, ZP_ERROR, "old-workbook", p->shared.file,
                    "用 WPS 或 Excel 打开，文件 → 另存为 → Excel 工作簿（*.xlsx）",
                    "这是二进制工作簿（xlsb），不能直接读");
        return false;
    }
    return zp_package_read(p->package, part, &bytes) &&
           zp_xml_read(p->arena, p->shared.file, bytes, false, &events, p, p->diag) &&
           zp_package_relate(p->package, part);
}

/* Strings and styles may both be missing: then there are none. */
static bool read_shared(reading *p)
{
    static const struct {
        zp_str kind;
        bool (*read)(zp_arena *, zp_str, zp_xlsx_shared *, zp_diag *);
    } parts[] = {
        {ZP_STR("/styles"), zp_xlsx_read_styles},
        {ZP_STR("/sharedStrings"), zp_xlsx_read_strings},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const zp_relation *found = zp_package_kind(p->package, parts[i].kind);
        zp_str name, bytes;
        if (!found)
            continue;
        if (!zp_package_resolve(p->package, found->target, &name))
            return false;
        if (!zp_package_has(p->package, name))
            continue; /* cells that need it will say so */
        if (!zp_package_read(p->package, name, &bytes) ||
            !parts[i].read(p->arena, bytes, &p->shared, p->diag))
            return false;
    }
    return true;
}

/* Adds a listed sheet to the book, if it is one of cells. */
static bool read_sheet(reading *p, const listed *sheet, zp_sheet *sheets, size_t *count)
{
    const zp_relation *found = zp_package_id(p->package, sheet->relation);
    zp_str name, bytes;
    if (!found || found->external)
        return zp_package_refuse(p->package, "找不到表", sheet->name);
    if (!zp_str_ends(found->type, ZP_STR("/worksheet")))
        return true; /* a chart, or a sheet of macros */
    if (!zp_package_resolve(p->package, found->target, &name) ||
        !zp_package_read(p->package, name, &bytes))
        return false;
    const zp_sheet *made = zp_xlsx_read_sheet(p->arena, bytes, sheet->name, &p->shared, p->diag);
    if (!made)
        return false;
    sheets[*count] = *made;
    sheets[(*count)++].hidden = sheet->hidden;
    return true;
}

static const zp_book *read_sheets(reading *p)
{
    zp_sheet *sheets = zp_new_array(p->arena, zp_sheet, p->sheet_count);
    zp_book *book = zp_new(p->arena, zp_book);
    for (int hidden = 0; hidden < 2; hidden++)
        for (size_t i = 0; i < p->sheet_count; i++)
            if (p->sheets[i].hidden == hidden &&
                !read_sheet(p, &p->sheets[i], sheets, &book->count))
                return NULL;
    book->sheets = sheets;
    if (book->count)
        return book;
    zp_package_refuse(p->package, "里面没有表", ZP_STR(""));
    return NULL;
}

const zp_book *zp_xlsx_read(zp_arena *arena, zp_str name, zp_str bytes, zp_diag *diag)
{
    reading r = {.arena = arena, .diag = diag};
    r.package = zp_package_open(arena, name, bytes, &words, diag);
    if (!r.package)
        return NULL;
    r.shared.file = zp_package_file(r.package);
    const zp_book *book = read_workbook(&r) && read_shared(&r) ? read_sheets(&r) : NULL;
    zp_package_close(r.package);
    return book;
}

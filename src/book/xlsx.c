/* xlsx.c: a package in, its sheets out.
 *
 * A package is a ZIP of parts; which part is what, its relationships say: the package's name the
 * workbook, the workbook's its sheets, strings and styles. A target is a path inside the package
 * and nothing else: what leads out of it is an error, what lies elsewhere (External) is passed
 * over. The unpacked parts are gone when the sheets are made.
 */
#include "book/xlsx.h"

#include <strings.h>
#include "book/workbook.h"
#include "book/xml.h"
#include "book/zip.h"

typedef struct {
    zp_str id, type, target;
    bool external;
} relation;

/* A sheet as the workbook names it. */
typedef struct {
    zp_str name, relation;
    bool hidden;
} listed;

typedef struct {
    zp_arena *arena;
    zp_arena *parts; /* their bytes */
    zp_zip *zip;
    zp_diag *diag;
    size_t unpacked;
    zp_str folder; /* of the part whose relations were read: targets are relative to it */
    relation *relations;
    size_t relation_count, relation_capacity;
    listed *sheets;
    size_t sheet_count, sheet_capacity;
    zp_xlsx_shared shared;
} package;

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

static bool refuse(package *p, const char *what, zp_str name)
{
    zp_diag_add(p->diag, ZP_ERROR, "bad-workbook", p->shared.file,
                "文件可能已损坏：请用 WPS 或 Excel 打开后另存，再试一次",
                "工作簿读不下去：%s“%.*s”", what, ZP_ARG(zp_xlsx_excerpt(name)));
    return false;
}

/* --- Parts ----------------------------------------------------------------------------------- */

/* The name as the ZIP has it: part names do not tell capital letters (ECMA-376-2, 6.2.2.3). */
static bool find_part(const package *p, zp_str *name)
{
    size_t count;
    const zp_str *names = zp_zip_names(p->zip, &count);
    for (size_t i = 0; i < count; i++)
        if (zp_str_eq(names[i], *name))
            return true;
    for (size_t i = 0; i < count; i++)
        if (names[i].n == name->n && strncasecmp(names[i].p, name->p, name->n) == 0) {
            *name = names[i];
            return true;
        }
    return false;
}

/* False after an error; a part that is not there is one. */
static bool read_part(package *p, zp_str name, zp_str *bytes)
{
    if (!find_part(p, &name))
        return refuse(p, "缺少", name);
    size_t left = ZP_WORKBOOK_ALL - p->unpacked;
    size_t limit = left < ZP_WORKBOOK_PART ? left : ZP_WORKBOOK_PART;
    if (!zp_zip_read_to(p->parts, p->zip, name, limit, p->diag, bytes))
        return false;
    p->unpacked += bytes->n;
    return true;
}

/* The folder of a part, with its slash. */
static zp_str folder_of(zp_str part)
{
    size_t end = part.n;
    while (end && part.p[end - 1] != '/')
        end--;
    return zp_str_slice(part, 0, end);
}

/* `target` as a part's name. False when it leads out of the package. */
static bool resolve(package *p, zp_str target, zp_str *name)
{
    bool absolute = target.n && target.p[0] == '/';
    zp_buf path = {.arena = p->arena};
    zp_str whole =
        absolute ? target : zp_str_format(p->arena, "%.*s%.*s", ZP_ARG(p->folder), ZP_ARG(target));
    for (size_t start = 0; start <= whole.n;) {
        size_t end = zp_str_find(whole, ZP_STR("/"), start);
        zp_str step = zp_str_slice(whole, start, end);
        start = end + 1;
        if (zp_str_eq(step, ZP_STR(".."))) {
            if (!path.n)
                return refuse(p, "有一处指到文件外面", target);
            zp_str parent = folder_of(zp_str_slice(zp_buf_str(&path), 0, path.n - 1));
            path.n = parent.n;
        } else if (step.n && !zp_str_eq(step, ZP_STR("."))) {
            zp_buf_add(&path, step);
            if (end < whole.n)
                zp_buf_byte(&path, '/');
        }
    }
    *name = zp_buf_str(&path);
    return true;
}

/* --- Relationships --------------------------------------------------------------------------- */

static bool open_relation(void *user, zp_str name, const zp_xml_attribute *attributes, size_t count)
{
    package *p = user;
    if (!zp_str_eq(name, ZP_STR("Relationship")))
        return true;
    if (p->relation_count == p->relation_capacity) {
        size_t old = p->relation_capacity;
        p->relation_capacity = old ? old * 2 : 16;
        p->relations = zp_arena_grow(p->arena, p->relations, old * sizeof *p->relations,
                                     p->relation_capacity * sizeof *p->relations);
    }
    zp_str mode = zp_xml_value(attributes, count, ZP_STR("TargetMode"));
    p->relations[p->relation_count++] = (relation){
        .id = zp_str_copy(p->arena, zp_xml_value(attributes, count, ZP_STR("Id"))),
        .type = zp_str_copy(p->arena, zp_xml_value(attributes, count, ZP_STR("Type"))),
        .target = zp_str_copy(p->arena, zp_xml_value(attributes, count, ZP_STR("Target"))),
        .external = zp_str_eq(mode, ZP_STR("External")),
    };
    return p->relation_count < ZP_ZIP_ENTRIES;
}

/* The relations of `part` (of the package: the empty name). False after an error. */
static bool read_relations(package *p, zp_str part)
{
    static const zp_xml_events events = {.open = open_relation};
    p->folder = folder_of(part);
    p->relation_count = 0;
    zp_str base = zp_str_slice(part, p->folder.n, part.n), bytes;
    zp_str name = zp_str_format(p->arena, "%.*s_rels/%.*s.rels", ZP_ARG(p->folder), ZP_ARG(base));
    return read_part(p, name, &bytes) &&
           zp_xml_read(p->arena, p->shared.file, bytes, false, &events, p, p->diag);
}

/* The first relation whose type ends in `kind`; both editions of the standard agree so far. */
static const relation *find_kind(const package *p, zp_str kind)
{
    for (size_t i = 0; i < p->relation_count; i++)
        if (!p->relations[i].external && zp_str_ends(p->relations[i].type, kind))
            return &p->relations[i];
    return NULL;
}

static const relation *find_id(const package *p, zp_str id)
{
    for (size_t i = 0; i < p->relation_count; i++)
        if (zp_str_eq(p->relations[i].id, id))
            return &p->relations[i];
    return NULL;
}

/* --- The workbook ---------------------------------------------------------------------------- */

static bool list_sheet(package *p, const zp_xml_attribute *attributes, size_t count)
{
    if (p->sheet_count == ZP_BOOK_SHEETS)
        return refuse(p, "表太多，第一千张以后有", zp_xml_value(attributes, count, ZP_STR("name")));
    if (p->sheet_count == p->sheet_capacity) {
        size_t old = p->sheet_capacity;
        p->sheet_capacity = old ? old * 2 : 16;
        p->sheets = zp_arena_grow(p->arena, p->sheets, old * sizeof *p->sheets,
                                  p->sheet_capacity * sizeof *p->sheets);
    }
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
    package *p = user;
    if (zp_str_eq(name, ZP_STR("workbookPr")))
        p->shared.since_1904 = zp_xlsx_bool(zp_xml_value(attributes, count, ZP_STR("date1904")));
    else if (zp_str_eq(name, ZP_STR("sheet")))
        return list_sheet(p, attributes, count);
    return true;
}

/* Finds the workbook's part and reads its list of sheets and its relations. */
static bool read_workbook(package *p)
{
    static const zp_xml_events events = {.open = open_workbook};
    zp_str part = ZP_STR("xl/workbook.xml"), bytes;
    if (!read_relations(p, ZP_STR("")))
        return false;
    const relation *office = find_kind(p, ZP_STR("/officeDocument"));
    if (office && !resolve(p, office->target, &part))
        return false;
    if (zp_str_ends(part, ZP_STR(".bin"))) {
        zp_diag_add(p->diag, ZP_ERROR, "old-workbook", p->shared.file,
                    "用 WPS 或 Excel 打开，文件 → 另存为 → Excel 工作簿（*.xlsx）",
                    "这是二进制工作簿（xlsb），不能直接读");
        return false;
    }
    return read_part(p, part, &bytes) &&
           zp_xml_read(p->arena, p->shared.file, bytes, false, &events, p, p->diag) &&
           read_relations(p, part);
}

/* Strings and styles may both be missing: then there are none. */
static bool read_shared(package *p)
{
    static const struct {
        zp_str kind;
        bool (*read)(zp_arena *, zp_str, zp_xlsx_shared *, zp_diag *);
    } parts[] = {
        {ZP_STR("/styles"), zp_xlsx_read_styles},
        {ZP_STR("/sharedStrings"), zp_xlsx_read_strings},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const relation *found = find_kind(p, parts[i].kind);
        zp_str name, bytes;
        if (!found)
            continue;
        if (!resolve(p, found->target, &name))
            return false;
        if (!find_part(p, &name))
            continue; /* cells that need it will say so */
        if (!read_part(p, name, &bytes) || !parts[i].read(p->arena, bytes, &p->shared, p->diag))
            return false;
    }
    return true;
}

/* Adds a listed sheet to the book, if it is one of cells. */
static bool read_sheet(package *p, const listed *sheet, zp_sheet *sheets, size_t *count)
{
    const relation *found = find_id(p, sheet->relation);
    zp_str name, bytes;
    if (!found || found->external)
        return refuse(p, "找不到表", sheet->name);
    if (!zp_str_ends(found->type, ZP_STR("/worksheet")))
        return true; /* a chart, or a sheet of macros */
    if (!resolve(p, found->target, &name) || !read_part(p, name, &bytes))
        return false;
    const zp_sheet *made = zp_xlsx_read_sheet(p->arena, bytes, sheet->name, &p->shared, p->diag);
    if (!made)
        return false;
    sheets[*count] = *made;
    sheets[(*count)++].hidden = sheet->hidden;
    return true;
}

static const zp_book *read_sheets(package *p)
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
    refuse(p, "里面没有表", ZP_STR(""));
    return NULL;
}

const zp_book *zp_xlsx_read(zp_arena *arena, zp_str name, zp_str bytes, zp_diag *diag)
{
    package p = {.arena = arena, .diag = diag, .zip = zp_zip_open(arena, name, bytes, diag)};
    if (!p.zip)
        return NULL;
    p.shared.file = zp_span_file(zp_source_new(arena, name, ZP_STR("")));
    p.parts = zp_arena_new();
    const zp_book *book = read_workbook(&p) && read_shared(&p) ? read_sheets(&p) : NULL;
    zp_arena_free(p.parts);
    zp_zip_close(p.zip);
    return book;
}

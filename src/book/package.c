/* package.c: a ZIP in, its parts and their relations out. */
#include "book/package.h"

#include <strings.h>
#include "base/utf8.h"
#include "book/workbook.h"
#include "book/xml.h"
#include "book/zip.h"

enum { EXCERPT = 124 }; /* bytes of a name that a message quotes: 31 characters at most */

struct zp_package {
    zp_arena *arena;
    zp_arena *parts; /* their bytes */
    zp_zip *zip;
    zp_diag *diag;
    zp_span file;
    const zp_package_words *words;
    size_t unpacked;
    zp_str folder; /* of the part whose relations were read: targets are relative to it */
    zp_relation *relations;
    size_t count, capacity;
};

zp_package *zp_package_open(zp_arena *arena, zp_str name, zp_str bytes,
                            const zp_package_words *words, zp_diag *diag)
{
    zp_zip *zip = zp_zip_open(arena, name, bytes, diag);
    if (!zip)
        return NULL;
    zp_package *package = zp_new(arena, zp_package);
    *package = (zp_package){
        .arena = arena,
        .parts = zp_arena_new(),
        .zip = zip,
        .diag = diag,
        .file = zp_span_file(zp_source_new(arena, name, ZP_STR(""))),
        .words = words,
    };
    return package;
}

void zp_package_close(zp_package *package)
{
    if (!package)
        return;
    zp_zip_close(package->zip);
    zp_arena_free(package->parts);
}

zp_span zp_package_file(const zp_package *package)
{
    return package->file;
}

bool zp_package_refuse(const zp_package *package, const char *what, zp_str name)
{
    zp_diag_add(package->diag, ZP_ERROR, package->words->id, package->file, package->words->hint,
                "%s读不下去：%s“%.*s”", package->words->thing, what,
                ZP_ARG(zp_utf8_cut(name, EXCERPT)));
    return false;
}

/* --- Parts ------------------------------------------------------------------------------------ */

/* The name as the ZIP has it. */
static bool find_part(const zp_package *p, zp_str *name)
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

bool zp_package_has(const zp_package *package, zp_str part)
{
    return find_part(package, &part);
}

bool zp_package_read(zp_package *p, zp_str part, zp_str *bytes)
{
    if (!find_part(p, &part))
        return zp_package_refuse(p, "缺少", part);
    size_t left = ZP_WORKBOOK_ALL - p->unpacked;
    size_t limit = left < ZP_WORKBOOK_PART ? left : ZP_WORKBOOK_PART;
    if (!zp_zip_read_to(p->parts, p->zip, part, limit, p->diag, bytes))
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

bool zp_package_resolve(zp_package *p, zp_str target, zp_str *part)
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
                return zp_package_refuse(p, "有一处指到文件外面", target);
            zp_str parent = folder_of(zp_str_slice(zp_buf_str(&path), 0, path.n - 1));
            path.n = parent.n;
        } else if (step.n && !zp_str_eq(step, ZP_STR("."))) {
            zp_buf_add(&path, step);
            if (end < whole.n)
                zp_buf_byte(&path, '/');
        }
    }
    *part = zp_buf_str(&path);
    return true;
}

/* --- Relations -------------------------------------------------------------------------------- */

static bool open_relation(void *user, zp_str name, const zp_xml_attribute *attributes, size_t count)
{
    zp_package *p = user;
    if (!zp_str_eq(name, ZP_STR("Relationship")))
        return true;
    zp_list_grow(p->arena, p->relations, p->count, p->capacity);
    zp_str mode = zp_xml_value(attributes, count, ZP_STR("TargetMode"));
    p->relations[p->count++] = (zp_relation){
        .id = zp_str_copy(p->arena, zp_xml_value(attributes, count, ZP_STR("Id"))),
        .type = zp_str_copy(p->arena, zp_xml_value(attributes, count, ZP_STR("Type"))),
        .target = zp_str_copy(p->arena, zp_xml_value(attributes, count, ZP_STR("Target"))),
        .external = zp_str_eq(mode, ZP_STR("External")),
    };
    return p->count < ZP_ZIP_ENTRIES;
}

bool zp_package_relate(zp_package *p, zp_str part)
{
    static const zp_xml_events events = {.open = open_relation};
    p->folder = folder_of(part);
    p->count = 0;
    zp_str base = zp_str_slice(part, p->folder.n, part.n), bytes;
    zp_str name = zp_str_format(p->arena, "%.*s_rels/%.*s.rels", ZP_ARG(p->folder), ZP_ARG(base));
    return zp_package_read(p, name, &bytes) &&
           zp_xml_read(p->arena, p->file, bytes, false, &events, p, p->diag);
}

const zp_relation *zp_package_kind(const zp_package *p, zp_str kind)
{
    for (size_t i = 0; i < p->count; i++)
        if (!p->relations[i].external && zp_str_ends(p->relations[i].type, kind))
            return &p->relations[i];
    return NULL;
}

const zp_relation *zp_package_id(const zp_package *p, zp_str id)
{
    for (size_t i = 0; i < p->count; i++)
        if (zp_str_eq(p->relations[i].id, id))
            return &p->relations[i];
    return NULL;
}

const zp_relation *zp_package_relations(const zp_package *p, size_t *count)
{
    *count = p->count;
    return p->relations;
}

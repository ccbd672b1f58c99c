/* record.c: words of an archives office in, parts of a number out. */
#include "archive/record.h"

#include "base/files.h"
#include "base/utf8.h"
#include "data/yaml.h"

enum { RECORD_FILE = 1 << 20 };

bool zp_record_eq(const zp_record *a, const zp_record *b)
{
    bool same = true;
#define X(part, word, item) same = same && zp_str_eq(a->part, b->part);
    ZP_RECORD_PARTS(X)
#undef X
    return same;
}

zp_str zp_record_retention(zp_str said)
{
    static const struct {
        const char *word, *code;
    } known[] = {{"永久", "Y"},     {"Y", "Y"},      {"30年", "D30"}, {"定期30年", "D30"},
                 {"D30", "D30"},    {"10年", "D10"}, {"D10", "D10"},  {"定期10年", "D10"},
                 {"三十年", "D30"}, {"十年", "D10"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (zp_str_eq(said, zp_str_from(known[i].word)))
            return zp_str_from(known[i].code);
    return ZP_STR("");
}

/* Whether it can stand between the marks of a number, and in a line of bag-info.txt. */
static bool is_part(zp_str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t code = zp_utf8_next(text, &at);
        if (code <= ' ' || code == '-' || code == 0x7F || code == 0xB7 || code == 0x3000)
            return false;
    }
    return text.n > 0;
}

/* The part that a key names; NULL when it is none. */
static zp_str *part_of(zp_record *record, zp_str key)
{
#define X(part, word, item)                                                                        \
    if (zp_str_eq(key, ZP_STR(word)))                                                              \
        return &record->part;
    ZP_RECORD_PARTS(X)
#undef X
    return zp_str_eq(key, ZP_STR("问题")) ? &record->section : NULL;
}

bool zp_record_read(zp_arena *arena, const zp_value *map, zp_diag *diag, zp_record *record)
{
    size_t before = zp_diag_count(diag, ZP_ERROR);
    *record = (zp_record){0};
    for (const zp_value *entry = map->kind == ZP_VALUE_MAP ? map->first : NULL; entry;
         entry = entry->next) {
        zp_str *part = part_of(record, entry->key), said = zp_value_text(entry);
        bool retention = part == &record->retention;
        zp_str value = retention ? zp_record_retention(said) : said;
        if (!part)
            zp_diag_add(diag, ZP_ERROR, "record-part", entry->key_span,
                        "写 全宗号、门类、保管期限、机构（或问题）", "没有这一项：%.*s",
                        ZP_ARG(entry->key));
        else if (!is_part(value))
            zp_diag_add(diag, ZP_ERROR, "record-part", entry->span,
                        retention ? "写 永久、30年 或 10年" : "写代码，里面没有空格、- 和 ·",
                        "%.*s不能这样写", ZP_ARG(entry->key));
        else
            *part = zp_str_copy(arena, value);
    }
    return zp_diag_count(diag, ZP_ERROR) == before;
}

bool zp_record_find(zp_arena *arena, zp_str folder, zp_diag *diag, zp_record *record, bool *there)
{
    zp_str bytes, why, path = zp_path_join(arena, folder, ZP_STR(ZP_RECORD_NAME));
    const char *file = zp_str_cstr(arena, path);
    *record = (zp_record){0};
    *there = zp_path_kind_of(file) == ZP_PATH_FILE;
    if (!*there)
        return true;
    if (!zp_file_read(arena, file, RECORD_FILE, &bytes, &why)) {
        zp_diag_add(diag, ZP_ERROR, "record-part",
                    zp_span_file(zp_source_new(arena, path, ZP_STR(""))), NULL, "读不了：%.*s",
                    ZP_ARG(why));
        return false;
    }
    const zp_source *source = zp_source_read(arena, path, bytes, NULL, diag);
    const zp_value *map =
        source ? zp_yaml_read(arena, zp_span_of(source, 0, source->text.n), diag) : NULL;
    return map && zp_record_read(arena, map, diag, record);
}

zp_record zp_record_join(const zp_record *own, const zp_record *common)
{
    zp_record joined = {0};
    const zp_record said = {own->fonds, own->category, zp_record_retention(own->retention),
                            own->section};
#define X(part, word, item) joined.part = is_part(said.part) ? said.part : common->part;
    ZP_RECORD_PARTS(X)
#undef X
    if (joined.category.n == 0)
        joined.category = ZP_STR("WS");
    return joined;
}

zp_str zp_record_prefix(zp_arena *arena, const zp_record *record, zp_str year)
{
    if (record->fonds.n == 0 || record->retention.n == 0)
        return ZP_STR("");
    return zp_str_format(arena, "%.*s-%.*s·%.*s-%.*s%s%.*s", ZP_ARG(record->fonds),
                         ZP_ARG(record->category), ZP_ARG(year), ZP_ARG(record->retention),
                         record->section.n > 0 ? "-" : "", ZP_ARG(record->section));
}

/* selfname.c: metadata, title and the first paragraphs in, names out. */
#include "check/selfname.h"

#include "base/utf8.h"

enum {
    NAME_MAX = 120,    /* bytes of a name */
    PASSAGES_MAX = 60, /* in which short names are introduced */
};

static void add(zp_str *names, size_t *count, zp_str name)
{
    for (size_t i = 0; i < *count; i++)
        if (zp_str_eq(names[i], name))
            return;
    if (name.n > 0 && name.n <= NAME_MAX && *count < ZP_SELFNAMES)
        names[(*count)++] = name;
}

/* The title without white space. */
static zp_str squeeze(zp_arena *arena, zp_str text)
{
    zp_buf out = {.arena = arena};
    for (size_t at = 0; at < text.n && out.n < NAME_MAX * 2;) {
        size_t start = at;
        if (!zp_code_is_space(zp_utf8_next(text, &at)))
            zp_buf_add(&out, zp_str_slice(text, start, at));
    }
    return zp_buf_str(&out);
}

/* 2023年度云溪县水利局部门整体支出…, 澜河县人社局2023年度部门整体支出…: what is left without the
 * year and what the report is. */
static zp_str name_in_title(zp_arena *arena, zp_str title)
{
    static const char *const kinds[] = {"部门整体", "整体支出", "整体绩效", "项目支出",
                                        "绩效自评", "绩效评价", "部门支出"};
    title = squeeze(arena, title);
    size_t end = title.n;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t found = zp_str_find(title, zp_str_from(kinds[i]), 0);
        end = found < end ? found : end;
    }
    zp_str year = ZP_STR("年度");
    size_t mark = zp_str_find(title, year, 0);
    if (mark >= end)
        return zp_str_slice(title, 0, end);
    size_t digits = mark;
    while (digits > 0 && title.p[digits - 1] >= '0' && title.p[digits - 1] <= '9')
        digits--;
    return digits > 0 ? zp_str_slice(title, 0, digits) : zp_str_slice(title, mark + year.n, end);
}

/* The short name that begins at `at`, in quotes or up to the bracket or comma. */
static zp_str short_name(zp_str text, size_t at)
{
    zp_str rest = zp_utf8_cut(zp_str_slice(text, at, text.n), NAME_MAX);
    static const char *const opens[] = {"为", "“"};
    static const char *const ends[] = {"”", "）", ")", "，", "。", "、"};
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++)
        if (zp_str_starts(rest, zp_str_from(opens[i])))
            rest = zp_str_slice(rest, zp_str_from(opens[i]).n, rest.n);
    size_t end = rest.n;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t found = zp_str_find(rest, zp_str_from(ends[i]), 0);
        end = found < end ? found : end;
    }
    return end < rest.n ? zp_str_slice(rest, 0, end) : ZP_STR("");
}

/* Short names that follow one of the names: 云溪县水利局（以下简称县水利局）. */
static void find_short(zp_str text, zp_str *names, size_t *count)
{
    zp_str mark = ZP_STR("简称");
    for (size_t at = zp_str_find(text, mark, 0); at < text.n;
         at = zp_str_find(text, mark, at + mark.n)) {
        zp_str before = zp_str_slice(text, 0, at);
        static const char *const between[] = {"以下", "（", "(", "下文"};
        for (size_t i = 0; i < sizeof between / sizeof *between; i++)
            if (zp_str_ends(before, zp_str_from(between[i])))
                before.n -= zp_str_from(between[i]).n;
        for (size_t i = 0, known = *count; i < known; i++)
            if (zp_str_ends(before, names[i]))
                add(names, count, short_name(text, at + mark.n));
    }
}

size_t zp_selfname_find(zp_arena *arena, const zp_passages *passages, zp_str names[ZP_SELFNAMES])
{
    const zp_report *report = passages->report;
    size_t count = 0;
    add(names, &count, report->department);
    add(names, &count, zp_value_text(zp_value_path(report->meta, ZP_STR("department.short"))));
    if (count == 0)
        for (size_t i = 0; i < 2 && i < passages->count && count == 0; i++)
            add(names, &count, name_in_title(arena, passages->all[i].text));
    for (size_t i = 0; count > 0 && i < passages->count && i < PASSAGES_MAX; i++)
        find_short(passages->all[i].text, names, &count);
    return count;
}

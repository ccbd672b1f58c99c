/* matter.c: metadata in; the words of 主送, 落款, 版记 and their like out. */
#include "doc/matter.h"

/* A text, or a list of texts joined by 、. */
static zp_str joined(zp_arena *arena, const zp_value *value)
{
    if (!value || value->kind != ZP_VALUE_LIST)
        return zp_value_text(value);
    zp_buf out = {.arena = arena};
    for (const zp_value *v = value->first; v; v = v->next) {
        zp_buf_add(&out, zp_value_text(v));
        if (v->next)
            zp_buf_lit(&out, "、");
    }
    return zp_buf_str(&out);
}

/* 2024-05-08 as 2024年5月8日, as GB/T 9704-2012 7.3.5.4 has it; anything else as it is. */
static zp_str plain_date(zp_arena *arena, zp_str date)
{
    unsigned parts[3] = {0};
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        size_t start = at;
        while (at < date.n && at - start < 4 && date.p[at] >= '0' && date.p[at] <= '9')
            parts[i] = parts[i] * 10 + (unsigned)(date.p[at++] - '0');
        bool ends = i == 2 ? at == date.n : at < date.n && date.p[at] == '-';
        if (at == start || !ends)
            return date;
        at++;
    }
    return zp_str_format(arena, "%u年%u月%u日", parts[0], parts[1], parts[2]);
}

static zp_str word(const zp_value *meta, zp_str path)
{
    return zp_value_text(zp_value_path(meta, path));
}

static bool flag(const zp_value *meta, zp_str path)
{
    return zp_value_bool(zp_value_path(meta, path), false);
}

/* The lines of a text, blank ones left out. */
static void add_lines(zp_str text, zp_str *names, size_t *count)
{
    for (size_t at = 0, end; at < text.n; at = end + 1) {
        end = zp_str_find(text, ZP_STR("\n"), at);
        zp_str line = zp_str_trim(zp_str_slice(text, at, end));
        if (line.n > 0)
            names[(*count)++] = line;
    }
}

static size_t count_lines(zp_str text)
{
    size_t count = 1;
    for (size_t i = 0; i < text.n; i++)
        count += text.p[i] == '\n';
    return count;
}

static void read_attachments(zp_arena *arena, const zp_value *list, zp_matter *matter)
{
    bool several = list && list->kind == ZP_VALUE_LIST;
    zp_str text = zp_value_text(list);
    if (!several && text.n == 0)
        return;
    zp_str *names = zp_new_array(arena, zp_str, several ? list->count : count_lines(text));
    if (several)
        for (const zp_value *v = list->first; v; v = v->next)
            names[matter->attachment_count++] = zp_value_text(v);
    else
        add_lines(text, names, &matter->attachment_count);
    matter->attachments = names;
}

static void read_signature(zp_arena *arena, const zp_value *meta, zp_str department,
                           zp_matter *matter)
{
    const zp_value *asked = zp_value_find(meta, ZP_STR("signature"));
    if (!asked || (asked->kind != ZP_VALUE_MAP && !zp_value_bool(asked, false)))
        return;
    zp_str organ = word(meta, ZP_STR("signature.organ"));
    zp_str date = word(meta, ZP_STR("signature.date"));
    matter->organ = organ.n > 0 ? organ : department;
    matter->date = plain_date(arena, date.n > 0 ? date : word(meta, ZP_STR("date")));
    matter->seal = flag(meta, ZP_STR("signature.seal"));
    matter->is_signed = matter->organ.n > 0 || matter->date.n > 0;
}

static void read_imprint(zp_arena *arena, const zp_value *meta, zp_str department,
                         zp_matter *matter)
{
    const zp_value *asked = zp_value_find(meta, ZP_STR("imprint"));
    if (!asked || asked->kind != ZP_VALUE_MAP)
        return;
    zp_str printer = word(meta, ZP_STR("imprint.printer"));
    matter->imprint.asked = true;
    matter->imprint.copies = joined(arena, zp_value_path(meta, ZP_STR("imprint.copies")));
    matter->imprint.printer = printer.n > 0 ? printer : department;
    matter->imprint.date = plain_date(arena, word(meta, ZP_STR("imprint.date")));
}

/* Elements and the forms they may have. */
static const struct {
    zp_str key;
    bool word, list, map;
    const char *hint;
} forms[] = {
    {{"addressee", 9}, true, true, false, "写成“主送: 某某局”，或 [某某局, 某某办]"},
    {{"attachments", 11}, true, true, false, "写成“附件: 名称”，或 [名称一, 名称二]"},
    {{"remark", 6}, true, false, false, "写成“附注: 此件公开发布”"},
    {{"signature", 9}, true, false, true, "写成“落款: 是”，或分行写机关、日期、盖章"},
    {{"letterhead", 10}, false, false, true, "分行写：发文机关标志、发文字号、签发人……"},
    {{"imprint", 7}, false, false, true, "分行写：抄送、印发机关、印发日期"},
};

static void check_forms(const zp_value *meta, zp_diag *diag)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const zp_value *value = zp_value_find(meta, forms[i].key);
        if (!value || value->kind == ZP_VALUE_NULL ||
            (value->kind == ZP_VALUE_TEXT && forms[i].word) ||
            (value->kind == ZP_VALUE_LIST && forms[i].list) ||
            (value->kind == ZP_VALUE_MAP && forms[i].map))
            continue;
        zp_diag_add(diag, ZP_WARNING, "bad-value", value->span, forms[i].hint,
                    "“%.*s”的写法不对，没有用上", ZP_ARG(forms[i].key));
    }
}

zp_matter zp_matter_read(zp_arena *arena, const zp_value *meta, zp_str department, zp_diag *diag)
{
    check_forms(meta, diag);
    zp_matter matter = {
        .addressee = joined(arena, zp_value_find(meta, ZP_STR("addressee"))),
        .remark = word(meta, ZP_STR("remark")),
        .letterhead = {.mark = word(meta, ZP_STR("letterhead.mark")),
                       .number = word(meta, ZP_STR("letterhead.number")),
                       .issuer = word(meta, ZP_STR("letterhead.issuer")),
                       .secrecy = word(meta, ZP_STR("letterhead.secrecy")),
                       .urgency = word(meta, ZP_STR("letterhead.urgency")),
                       .copy = word(meta, ZP_STR("letterhead.copy"))},
        .date = plain_date(arena, word(meta, ZP_STR("date"))),
        .cover = flag(meta, ZP_STR("cover")),
        .contents = flag(meta, ZP_STR("contents")),
    };
    if (matter.remark.n > 0 && !zp_str_starts(matter.remark, ZP_STR("（")))
        matter.remark = zp_str_format(arena, "（%.*s）", ZP_ARG(matter.remark));
    read_attachments(arena, zp_value_find(meta, ZP_STR("attachments")), &matter);
    read_signature(arena, meta, department, &matter);
    read_imprint(arena, meta, department, &matter);
    return matter;
}

/* name.c: the unit's name: the same in title, text, signature and data.
 *
 * What is looked for is nearly the name and not it: one character lost or added. Names of other
 * units are like it too (民政局, 财政局), so another character in a place of one is no slip here.
 */
#include "check/form.h"
#include "check/scan.h"

enum { DIFFERS, SIGNED, OWN, SHORT, OTHER };

static const zp_rule rules[] = {
    [DIFFERS] =
        {"name-differs", ZP_WARNING, false, "单位名称前后不一致",
         "标题、正文里的单位全称要与数据里的一字不差。", "GB/T 9704—2012 7.3.1",
         "---\n标题: 某某区人力资源社会保障局绩效自评报告\n单位: 某某区人力资源和社会保障局\n"
         "年度: 2023\n---\n\n情况。\n",
         "---\n标题: 某某区人力资源和社会保障局绩效自评报告\n单位: "
         "某某区人力资源和社会保障局\n年度: 2023\n---\n\n情况。\n"},
    [SIGNED] = {"name-signed", ZP_WARNING, false, "落款的单位与报告的单位不一致",
                "署发文机关全称或规范化简称，与报告的单位一致。", "GB/T 9704—2012 7.3.5.1",
                "---\n标题: 某某区教育局绩效自评报告\n单位: 某某区教育局\n年度: 2023\n日期: "
                "2024-05-08\n落款: {机关: 某某区民政局}\n---\n\n情况。\n",
                "---\n标题: 某某区教育局绩效自评报告\n单位: 某某区教育局\n年度: 2023\n日期: "
                "2024-05-08\n落款: {机关: 某某区教育局}\n---\n\n情况。\n"},
    [OWN] = {"name-own", ZP_WARNING, true, "自称与单位不合",
             "单位是局的自称“我局”，是委员会的自称“我委”；不合的段落可能是从别处抄来的。", NULL,
             "2023年，我委认真履行职责。\n", "2023年，我局认真履行职责。\n"},
    [SHORT] = {"name-short", ZP_HINT, true, "简称先用后定", "先写全称并注明简称，再用简称。", NULL,
               "由教服中心办理。教育服务中心（以下简称“教服中心”）设在局内。\n",
               "教育服务中心（以下简称“教服中心”）设在局内。由教服中心办理。\n"},
    [OTHER] = {"name-other", ZP_HINT, true, "别的单位作主语",
               "以同一地区别的单位开头的句子，可能是从它的报告里抄来的。", NULL,
               "某某区卫生健康局认真履行职责。\n", "某某区教育局认真履行职责。\n"},
};

enum {
    NAME_LEAST = 8,   /* characters of a name in which one lost or added is no other name */
    NAME_MAX = 60,    /* characters; longer is no name */
    PLACES_MAX = 100, /* of names in brackets that introduce a short one */
};

typedef struct {
    zp_checker *c;
    zp_str name;
    size_t length; /* in characters */
    size_t half;   /* bytes of its first half */
    size_t region; /* bytes of its beginning up to 区 县 市 省: where the unit is */
} reader;

static zp_str text_of(const reader *r, size_t passage)
{
    return r->c->passages->all[passage].text;
}

/* --- The full name ---------------------------------------------------------------------------- */

static size_t step(zp_str text, size_t at, size_t characters)
{
    for (; characters > 0 && at < text.n; characters--)
        zp_utf8_next(text, &at);
    return at;
}

/* Where a text ends that begins at `at` and is `rest` with one character lost or added; 0 when it
 * is no such text (a space is no character). The last two characters of the name must be there. */
static size_t near_end(zp_str text, size_t at, zp_str rest)
{
    size_t same = 0;
    while (same < rest.n && at + same < text.n && text.p[at + same] == rest.p[same])
        same++;
    while (same > 0 && ((unsigned char)rest.p[same] & 0xC0U) == 0x80U)
        same--;
    if (same == rest.n || rest.n - same < 2 * ZP_STR("局").n)
        return 0;
    size_t lost = step(rest, same, 1), added = step(text, at + same, 1);
    zp_str without = zp_str_slice(rest, lost, rest.n), with = zp_str_slice(rest, same, rest.n);
    if (without.n >= 2 * ZP_STR("局").n && zp_text_has(text, at + same, without))
        return at + same + without.n;
    return added > at + same && !zp_code_is_space(zp_code_at(text, at + same)) &&
                   zp_text_has(text, added, with)
               ? added + with.n
               : 0;
}

static void check_name(reader *r, size_t passage)
{
    zp_str text = text_of(r, passage), half = zp_str_slice(r->name, 0, r->half);
    zp_str rest = zp_str_slice(r->name, r->half, r->name.n);
    for (size_t at = zp_str_find(text, half, 0); at < text.n;
         at = zp_str_find(text, half, at + half.n)) {
        size_t end = near_end(text, at + half.n, rest);
        zp_where where = {passage, at, end};
        if (end == 0 || !zp_where_is_typed(r->c, where))
            continue;
        zp_finding finding = {.expected = r->name, .found = zp_str_slice(text, at, end)};
        zp_checker_find(r->c, &rules[DIFFERS], where, &finding,
                        "单位名称“%.*s”与数据里的“%.*s”差一个字", ZP_ARG(finding.found),
                        ZP_ARG(r->name));
    }
}

static void check_signature(reader *r)
{
    zp_str organ = zp_str_trim(r->c->report->matter.organ);
    const zp_value *given = zp_value_path(r->c->report->meta, ZP_STR("department.short"));
    if (!r->c->report->matter.is_signed || organ.n == 0 || zp_str_eq(organ, r->name) ||
        (given != NULL && zp_str_eq(organ, zp_value_text(given))) ||
        zp_str_find(organ, r->name, 0) < organ.n || zp_str_find(r->name, organ, 0) < r->name.n)
        return;
    zp_finding finding = {.expected = r->name, .found = organ};
    zp_checker_find(r->c, &rules[SIGNED], (zp_where){0, 0, text_of(r, 0).n}, &finding,
                    "落款的单位“%.*s”不是报告的单位“%.*s”", ZP_ARG(organ), ZP_ARG(r->name));
}

/* --- 我局, 我委 ------------------------------------------------------------------------------- */

/* What a unit calls itself by, and what must not follow: 我委托, 我办理 are no names. */
static const struct {
    const char *kind, *unless;
} kinds[] = {
    {"局", "限"}, {"委", "托派员任实"}, {"办", "理事公学好成"},
    {"厅", ""},   {"校", "对正准"},     {"院", ""},
};

static void check_own(reader *r, size_t passage, const zp_scan *s)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        zp_str kind = zp_str_from(kinds[i].kind);
        zp_where where = {passage, s->start, s->end + kind.n};
        if (!zp_text_has(s->text, s->end, kind) || zp_code_in(s->before, ZP_STR("自“‘")) ||
            zp_code_in(zp_code_at(s->text, where.end), zp_str_from(kinds[i].unless)) ||
            zp_str_find(r->name, kind, 0) < r->name.n || !zp_where_is_typed(r->c, where))
            continue;
        zp_checker_find(r->c, &rules[OWN], where, NULL, "单位是“%.*s”，这里自称“我%.*s”",
                        ZP_ARG(r->name), ZP_ARG(kind));
    }
}

/* --- Short names ------------------------------------------------------------------------------ */

/* The name in 以下简称“…”, which begins at `at`; empty when there is none. */
static zp_str introduced(zp_str text, size_t at)
{
    size_t start = at;
    if (zp_text_has(text, at, ZP_STR("“")))
        start += ZP_STR("“").n;
    size_t end = start;
    for (int i = 0; i < NAME_MAX && end < text.n; i++) {
        if (!zp_code_is_han(zp_code_at(text, end)))
            break;
        end = step(text, end, 1);
    }
    zp_str close = zp_str_slice(text, end, text.n);
    bool closed = zp_str_starts(close, ZP_STR("”")) || zp_str_starts(close, ZP_STR("）"));
    return closed ? zp_str_slice(text, start, end) : ZP_STR("");
}

/* The first place in paragraphs before it. A Han on its left may make it part of a longer name. */
static bool find_use(const reader *r, zp_str name, zp_where before, zp_where *out)
{
    for (size_t i = 1; i <= before.passage; i++) {
        zp_str text = text_of(r, i);
        size_t limit = i == before.passage ? before.start : text.n;
        if (!zp_passage_is(&r->c->passages->all[i], ZP_NODE_PARAGRAPH))
            continue;
        zp_str part = zp_str_slice(text, 0, limit);
        size_t at = zp_str_find(part, name, 0);
        uint32_t left = zp_code_before(text, at < limit ? at : 0);
        if (at < limit &&
            (!zp_code_is_han(left) || zp_code_in(left, ZP_STR("由和与对向经按据在")))) {
            *out = (zp_where){i, at, at + name.n};
            return true;
        }
    }
    return false;
}

static void check_short(reader *r, size_t passage, size_t *places)
{
    zp_str text = text_of(r, passage), word = ZP_STR("以下简称");
    for (size_t at = zp_str_find(text, word, 0); at < text.n && *places < PLACES_MAX;
         at = zp_str_find(text, word, at + word.n)) {
        zp_str name = introduced(text, at + word.n);
        zp_where here = {passage, at, at + word.n + name.n}, use;
        zp_finding finding = {.also = &here, .also_count = 1};
        ++*places;
        if (name.n >= 3 * ZP_STR("局").n && find_use(r, name, here, &use))
            zp_checker_find(r->c, &rules[SHORT], use, &finding,
                            "简称“%.*s”在这里用了，到后面才说明", ZP_ARG(name));
    }
}

/* --- Other units ------------------------------------------------------------------------------ */

/* 某某区卫生健康局 at a paragraph's beginning: the unit's own region, and another name. */
static void check_other(reader *r, size_t passage)
{
    zp_str text = text_of(r, passage), region = zp_str_slice(r->name, 0, r->region);
    if (r->region == 0 || !zp_str_starts(text, region) || zp_str_starts(text, r->name))
        return;
    size_t at = r->region;
    for (int i = 0; i < 12 && at < text.n; i++) {
        uint32_t code = zp_code_at(text, at);
        if (!zp_code_is_han(code))
            return;
        at = step(text, at, 1);
        if (i >= 1 && zp_code_in(code, ZP_STR("局")))
            break;
    }
    zp_str name = zp_str_slice(text, 0, at);
    zp_where where = {passage, 0, at};
    if (zp_str_ends(name, ZP_STR("局")) && zp_where_is_typed(r->c, where))
        zp_checker_find(r->c, &rules[OTHER], where, NULL, "这一段以“%.*s”开头，报告的单位是“%.*s”",
                        ZP_ARG(name), ZP_ARG(r->name));
}

/* --- The reader ------------------------------------------------------------------------------- */

static void check_passage(reader *r, size_t index, size_t *places)
{
    if (r->length >= NAME_LEAST)
        check_name(r, index);
    if (index == 0 || zp_passage_is(&r->c->passages->all[index], ZP_NODE_CELL))
        return;
    zp_scan scan = {.text = text_of(r, index)};
    while (zp_scan_next(&scan))
        if (scan.code == 0x6211) /* 我 */
            check_own(r, index, &scan);
    check_short(r, index, places);
    if (zp_passage_is(&r->c->passages->all[index], ZP_NODE_PARAGRAPH))
        check_other(r, index);
}

static size_t region_of(zp_str name)
{
    size_t end = 0;
    zp_scan scan = {.text = name};
    while (zp_scan_next(&scan))
        if (scan.start > 0 && zp_code_in(scan.code, ZP_STR("区县市省")) && scan.end < name.n)
            end = scan.end;
    return end;
}

static void run(zp_checker *c)
{
    zp_str name = zp_str_trim(c->report->department);
    reader r = {.c = c, .name = name, .length = zp_utf8_count(name)};
    if (r.length < 3 || r.length > NAME_MAX)
        return;
    r.half = step(name, 0, r.length / 2);
    r.region = region_of(name);
    size_t places = 0;
    for (size_t i = 0; i < c->passages->count; i++)
        check_passage(&r, i, &places);
    check_signature(&r);
}

const zp_rule_group zp_name_rules = ZP_RULE_GROUP(rules, run);

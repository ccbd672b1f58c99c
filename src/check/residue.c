/* residue.c: what a template left behind: XX, ×××, ____, 【待填】, 增加（减少）, 100字以内.
 *
 * A draft may hold what is still to be filled in, and a report with the template's own sample data
 * its 示例.
 */
#include "check/form.h"
#include "check/scan.h"

enum { BLANK, CHOICE, GUIDE, SAMPLE };

static const zp_rule rules[] = {
    [BLANK] = {"residue-blank", ZP_ERROR, true, "还有没填的空",
               "XX、×××、____、【待填】是模板里留的空，要填好或删去。", NULL,
               "本年度共完成XX项，投入×××万元。\n", "本年度共完成12项，投入30万元。\n"},
    [CHOICE] = {"residue-choice", ZP_ERROR, true, "选项没有选定",
                "“增加（减少）”“增长/下降”是模板里供选择的，留下一个。", NULL,
                "支出比上年增加（减少）3万元。\n", "支出比上年增加3万元。\n"},
    [GUIDE] = {"residue-guide", ZP_ERROR, true, "留有模板的填写说明",
               "“请填写”“100字以内”是模板给填写人的说明，要删去。", NULL,
               "（此处填写单位职能，100字以内）\n", "单位负责教育工作。\n"},
    [SAMPLE] = {"residue-sample", ZP_WARNING, true, "留有模板的示例",
                "以“示例：”开头的段落是模板的样子，要换成本单位的情况。", NULL,
                "示例：单位的主要职责是教育。\n", "单位的主要职责是教育。\n"},
};

typedef struct {
    zp_checker *c;
    size_t passage;
    zp_scan scan;
} reader;

static void say(reader *r, int rule, size_t start, size_t end)
{
    zp_where where = {r->passage, start, end};
    static const char *const words[] = {
        [BLANK] = "“%.*s”是没有填的空",
        [CHOICE] = "“%.*s”是供选择的，留下一个",
        [GUIDE] = "“%.*s”是模板的填写说明，应删去",
        [SAMPLE] = "“%.*s”是模板的示例，应换成本单位的情况",
    };
    zp_str found = zp_str_slice(r->scan.text, start, end);
    zp_finding finding = {.found = found};
    if (!zp_where_is_typed(r->c, where))
        return;
    zp_str message = zp_str_format(r->c->arena, words[rule], ZP_ARG(found));
    zp_checker_find(r->c, &rules[rule], where, &finding, "%.*s", ZP_ARG(message));
}

/* --- Blanks ----------------------------------------------------------------------------------- */

static bool is_latin(uint32_t code)
{
    return zp_code_is_letter(code) || zp_code_is_digit(code);
}

/* Where the run of `code` that begins here ends, and how long it is. */
static size_t run_of(const zp_scan *s, size_t *count)
{
    size_t end = s->end;
    for (*count = 1; zp_code_at(s->text, end) == s->code; ++*count)
        end += s->end - s->start;
    return end;
}

/* XX, xxx, ××, ____ beside Han, or alone in their passage. XX型 within Latin words is a name, and
 * so is XXL. A × between figures is a sign; two of them are none. */
static size_t read_filler(const zp_scan *s)
{
    bool letter = s->code == 'X' || s->code == 'x' || s->code == 0xFF38;
    bool cross = s->code == 0xD7 || s->code == 0x25CB || s->code == '_' || s->code == '*';
    if ((!letter && !cross) || s->before == s->code || s->after != s->code)
        return 0;
    size_t count, end = run_of(s, &count);
    uint32_t after = zp_code_at(s->text, end);
    bool beside = zp_code_is_chinese(s->before) || zp_code_is_chinese(after) ||
                  (s->before == 0 && after == 0) || (cross && (after == '%' || after == 0xFF05));
    if (!beside || (letter && (is_latin(s->before) || is_latin(after))) ||
        (s->code == '_' && count < 3) || s->code == '*')
        return 0;
    if (s->code == 0x25CB && (s->before == 0x4E8C || count < 2 || zp_code_is_numeral(s->before)))
        return 0;
    return end;
}

/* 【待填】, 【待补充】, 【待核】 */
static size_t read_pending(const zp_scan *s)
{
    static const char *const words[] = {"【待填", "【待补", "【待核", "【待定", "【请填"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (zp_text_has(s->text, s->start, zp_str_from(words[i])))
            return s->start + zp_str_from(words[i]).n;
    return 0;
}

static void check_blank(reader *r)
{
    size_t end = read_filler(&r->scan);
    if (end > 0)
        say(r, BLANK, r->scan.start, end);
    end = r->scan.code == 0x3010 && !r->c->report->draft ? read_pending(&r->scan) : 0;
    if (end > 0)
        say(r, BLANK, r->scan.start, end);
    if ((r->scan.code == 'T' || r->scan.code == 'F') && !is_latin(r->scan.before))
        for (int i = 0; i < 3; i++) {
            static const char *const words[] = {"TODO", "TBD", "FIXME"};
            zp_str word = zp_str_from(words[i]);
            size_t behind = r->scan.start + word.n;
            if (zp_text_has(r->scan.text, r->scan.start, word) &&
                !is_latin(zp_code_at(r->scan.text, behind)))
                say(r, BLANK, r->scan.start, behind);
        }
}

/* --- Choices and guides ----------------------------------------------------------------------- */

static const char *const choices[] = {
    "增加（减少）",   "减少（增加）", "增长（下降）",   "下降（增长）", "增加（或减少）",
    "减少（或增加）", "上升（下降）", "提高（降低）",   "增加/减少",    "减少/增加",
    "增长/下降",      "下降/增长",    "上升/下降",      "增加(减少)",   "减少(增加)",
    "增长(下降)",     "是（否）",     "完成（未完成）",
};

static const char *const guides[] = {"请填写",   "此处填写", "在此填写",   "请在此处", "此处插入",
                                     "请说明：", "（填写",   "请简要说明", "请删除本"};

static void check_words(reader *r, int rule, const char *const *words, size_t count)
{
    const zp_scan *s = &r->scan;
    for (size_t i = 0; i < count; i++) {
        zp_str word = zp_str_from(words[i]);
        if (zp_text_has(s->text, s->start, word)) {
            say(r, rule, s->start, s->start + word.n);
            return;
        }
    }
}

/* 100字以内, 不超过500字, 300字左右: about the text itself. */
static void check_limit(reader *r)
{
    const zp_scan *s = &r->scan;
    if (!zp_code_is_digit(s->code) || zp_code_is_digit(s->before))
        return;
    size_t end = zp_digits_end(s->text, s->start);
    zp_str inside = ZP_STR("字以内");
    if (zp_text_has(s->text, end, inside))
        say(r, GUIDE, s->start, end + inside.n);
}

static void check_sample(reader *r)
{
    zp_str text = r->scan.text, mark = ZP_STR("示例：");
    if (!r->c->report->sample && zp_text_has(text, 0, mark) &&
        zp_passage_is(&r->c->passages->all[r->passage], ZP_NODE_PARAGRAPH))
        say(r, SAMPLE, 0, mark.n);
}

static void check_passage(zp_checker *c, size_t index, const zp_openers *openers)
{
    reader r = {c, index, {.text = c->passages->all[index].text}};
    check_sample(&r);
    while (zp_scan_next(&r.scan)) {
        if (zp_openers_has(openers, &r.scan)) {
            check_words(&r, CHOICE, choices, sizeof choices / sizeof *choices);
            check_words(&r, GUIDE, guides, sizeof guides / sizeof *guides);
        }
        if (!zp_code_is_han(r.scan.code)) {
            check_blank(&r);
            check_limit(&r);
        }
    }
}

static void run(zp_checker *c)
{
    zp_openers openers = {{0}};
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        zp_openers_add(&openers, zp_str_from(choices[i]));
    for (size_t i = 0; i < sizeof guides / sizeof *guides; i++)
        zp_openers_add(&openers, zp_str_from(guides[i]));
    for (size_t i = 0; i < c->passages->count; i++)
        check_passage(c, i, &openers);
}

const zp_rule_group zp_residue_rules = ZP_RULE_GROUP(rules, run);

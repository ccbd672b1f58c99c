/* repertoire.c: characters that no other program may show, that look like others, or are rare.
 */
#include "check/form.h"
#include "check/lookalike.h"
#include "check/scan.h"
#include "check/hanzi.h"

enum { DAMAGED, HIDDEN, LOOKALIKE, RARE };

static const zp_rule rules[] = {
    [DAMAGED] =
        {"character-damaged", ZP_ERROR, true, "字坏了",
         "私用区的字换一台电脑就显示不出来，“\xEF\xBF\xBD”是转换编码时丢失的字，都要重新输入。",
         "GB 18030—2022", "工作\xEE\x80\x80人员。\n", "工作人员。\n"},
    [HIDDEN] = {"character-hidden", ZP_ERROR, true, "有看不见的字符",
                "从网页、文档复制时带来的看不见的字符，查找、排版都会出错，要删去。", NULL,
                "预算\xE2\x80\x8B执行率。\n", "预算执行率。\n"},
    [LOOKALIKE] = {"character-lookalike", ZP_ERROR, true, "形似的字",
                   "从 PDF 复制的文字里，常有部首、兼容字代替了普通的汉字，看着一样，查找不到。",
                   "GB 18030—2022", "\xE2\xBC\x80般公共预算。\n", "一般公共预算。\n"},
    [RARE] = {"character-rare", ZP_HINT, true, "通用规范汉字表以外的字",
              "不在《通用规范汉字表》里的字，除了人名、地名，多半是繁体、异体或者写错了。",
              "国发〔2013〕23号《通用规范汉字表》", "預算执行率。\n", "预算执行率。\n"},
};

typedef struct {
    zp_checker *c;
    size_t passage;
    zp_scan scan;
} reader;

static bool is_private(uint32_t code)
{
    return (code >= 0xE000 && code <= 0xF8FF) || code >= 0xF0000;
}

static bool is_hidden(uint32_t code)
{
    return (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x2064) || code == 0xFEFF || code == 0xAD;
}

static bool is_ideograph(uint32_t code)
{
    return (code >= 0x3400 && code <= 0x9FFF) || (code >= 0x20000 && code <= 0x3FFFD);
}

static void say_lookalike(reader *r, zp_where where, uint32_t meant)
{
    char bytes[4];
    zp_str right = {bytes, zp_utf8_encode(meant, bytes)};
    zp_str found = zp_str_slice(r->scan.text, where.start, where.end);
    zp_finding finding = {.expected = right, .found = found};
    zp_checker_find(r->c, &rules[LOOKALIKE], where, &finding,
                    "“%.*s”（U+%04X）是形似的另一个字，应是“%.*s”（U+%04X）", ZP_ARG(found),
                    (unsigned)r->scan.code, ZP_ARG(right), (unsigned)meant);
}

static void check_code(reader *r)
{
    uint32_t code = r->scan.code;
    zp_where where = {r->passage, r->scan.start, r->scan.end};
    uint32_t meant = zp_code_is_standard(code) ? 0 : zp_code_meant(code);
    if (meant > 0)
        say_lookalike(r, where, meant);
    else if (is_private(code) || code == 0xFFFD)
        zp_checker_find(r->c, &rules[DAMAGED], where, NULL, "这个字（U+%04X）%s", (unsigned)code,
                        code == 0xFFFD ? "丢失了，要重新输入" : "是私用区的，别的电脑显示不出来");
    else if (is_hidden(code))
        zp_checker_find(r->c, &rules[HIDDEN], where, NULL, "这里有看不见的字符（U+%04X），应删去",
                        (unsigned)code);
    else if (is_ideograph(code) && !zp_code_is_standard(code))
        zp_checker_find(r->c, &rules[RARE], where, NULL, "“%.*s”（U+%04X）不在通用规范汉字表里",
                        ZP_ARG(zp_str_slice(r->scan.text, where.start, where.end)), (unsigned)code);
}

static void run(zp_checker *c)
{
    for (size_t i = 0; i < c->passages->count; i++) {
        reader r = {c, i, {.text = c->passages->all[i].text}};
        while (zp_scan_next(&r.scan))
            if (r.scan.code >= 0x80)
                check_code(&r);
    }
}

const zp_rule_group zp_repertoire_rules = ZP_RULE_GROUP(rules, run);

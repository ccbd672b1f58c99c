/* label.c: texts of cells in, what they say in the language of forms out.
 *
 * All questions but the first two are asked of the folded text, and answered from tables. Only the
 * beginning of a text is looked at: a cell that is longer than any label is none.
 */
#include "data/label.h"

#include "base/utf8.h"
#include "data/unit.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

enum {
    LABEL_BYTES = 120, /* of a text that may say what a row is, without white space */
    LABEL_LOOK = 600,  /* and with it */
};

/* `text` without white space and, where `narrow`, in half width. */
static zp_str squeeze(zp_arena *arena, zp_str text, bool narrow)
{
    zp_buf out = {.arena = arena};
    for (size_t at = 0; at < text.n;) {
        uint32_t code = zp_utf8_next(text, &at);
        if (!zp_code_is_space(code))
            zp_buf_code(&out, narrow ? zp_code_narrow(code) : code);
    }
    return zp_buf_str(&out);
}

zp_str zp_label_squeeze(zp_arena *arena, zp_str text)
{
    return squeeze(arena, text, false);
}

zp_str zp_label_fold(zp_arena *arena, zp_str text)
{
    zp_str folded = squeeze(arena, text, true), among = ZP_STR("其中:");
    if (zp_str_starts(folded, among))
        folded = zp_str_slice(folded, among.n, folded.n);
    while (zp_str_ends(folded, ZP_STR(":")))
        folded.n--;
    return folded;
}

/* The beginning of a text as zp_label_fold has it, but with the colon at the end. */
typedef struct {
    char bytes[LABEL_BYTES + 4];
    bool spaced[LABEL_BYTES + 4]; /* white space stood before this byte */
    zp_str text;
} beginning;

static void begin(zp_str text, beginning *b)
{
    *b = (beginning){.text = {NULL, 0}};
    size_t n = 0;
    for (size_t at = 0; at < text.n && at < LABEL_LOOK && n < LABEL_BYTES;) {
        uint32_t code = zp_utf8_next(text, &at);
        if (zp_code_is_space(code)) {
            b->spaced[n] = true;
            continue;
        }
        n += zp_utf8_encode(zp_code_narrow(code), b->bytes + n);
    }
    b->text = (zp_str){b->bytes, n};
}

/* What stands behind the first of `words` that `text` begins with; false when with none. */
static bool strip_word(zp_str text, const zp_str *words, size_t count, zp_str *behind)
{
    for (size_t i = 0; i < count; i++)
        if (zp_str_starts(text, words[i])) {
            *behind = zp_str_slice(text, words[i].n, text.n);
            return true;
        }
    return false;
}

static bool begins_with_han(zp_str text)
{
    size_t at = 0;
    return text.n && zp_code_is_han(zp_utf8_next(text, &at));
}

bool zp_label_begins(zp_str text, zp_str label)
{
    beginning b;
    zp_str behind;
    begin(text, &b);
    return strip_word(b.text, &label, 1, &behind) && !begins_with_han(behind);
}

#define WORD(text)                                                                                 \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }

bool zp_label_is_total(zp_str text)
{
    static const zp_str words[] = {WORD("合计"), WORD("总计"), WORD("小计"), WORD("共计")};
    beginning b;
    zp_str behind;
    begin(text, &b);
    return strip_word(b.text, words, COUNT(words), &behind) && !begins_with_han(behind);
}

/* Whether `text` goes on behind one of `words` with a colon (past digits: 注1：). */
static bool has_colon_behind(zp_str text, const zp_str *words, size_t count)
{
    zp_str behind;
    for (size_t i = 0; i < count; i++) {
        if (!strip_word(text, &words[i], 1, &behind))
            continue;
        while (behind.n && behind.p[0] >= '0' && behind.p[0] <= '9')
            behind = zp_str_slice(behind, 1, behind.n);
        if (zp_str_starts(behind, ZP_STR(":")))
            return true;
    }
    return false;
}

bool zp_label_is_closing(zp_str text)
{
    static const zp_str people[] = {WORD("填表人"), WORD("制表人"), WORD("审核人"), WORD("填报人"),
                                    WORD("负责人"), WORD("联系人"), WORD("复核人"), WORD("经办人")};
    static const zp_str others[] = {
        WORD("注"),         WORD("说明"),       WORD("备注"),       WORD("填表说明"),
        WORD("填报说明"),   WORD("制表"),       WORD("审核"),       WORD("填表"),
        WORD("填表日期"),   WORD("填报日期"),   WORD("联系电话"),   WORD("单位负责人"),
        WORD("部门负责人"), WORD("财务负责人"), WORD("分管负责人"), WORD("主要负责人")};
    beginning b;
    zp_str behind;
    begin(text, &b);
    if (strip_word(b.text, people, COUNT(people), &behind) &&
        (!begins_with_han(behind) || b.spaced[b.text.n - behind.n]))
        return true;
    return has_colon_behind(b.text, others, COUNT(others));
}

static bool is_all_digits(zp_str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    return text.n > 0;
}

/* A plain number of at most four digits; 0 when `text` is none. */
static unsigned read_number(zp_str text)
{
    unsigned number = 0;
    if (text.n > 4 || !is_all_digits(text))
        return 0;
    for (size_t i = 0; i < text.n; i++)
        number = number * 10 + (unsigned)(text.p[i] - '0');
    return number;
}

static bool is_one_of(zp_str text, const zp_str *words, size_t count)
{
    zp_str behind;
    for (size_t i = 0; i < count; i++)
        if (strip_word(text, &words[i], 1, &behind) && !behind.n)
            return true;
    return false;
}

/* 6=4/5, 3=1+2: digits and signs, with = among them. */
static bool is_rule(zp_str text)
{
    bool equal = false;
    for (size_t at = 0; at < text.n;) {
        uint32_t code = zp_utf8_next(text, &at);
        equal = equal || code == '=';
        bool sign = code == 0xD7 || code == 0xF7 || code == 0x2212; /* × ÷ − */
        bool plain = (code >= '0' && code <= '9') || code == '=' || code == '+' || code == '-' ||
                     code == '*' || code == '/' || code == '(' || code == ')' || code == '%';
        if (!sign && !plain)
            return false;
    }
    return equal;
}

bool zp_label_is_numbering(zp_str text, unsigned *number)
{
    static const zp_str words[] = {WORD("甲"), WORD("乙"), WORD("丙"),   WORD("丁"),  WORD("戊"),
                                   WORD("—"),  WORD("-"),  WORD("栏次"), WORD("行次")};
    beginning b;
    begin(text, &b);
    zp_str said = b.text;
    if (zp_str_starts(said, ZP_STR("(")) && zp_str_ends(said, ZP_STR(")")) && said.n > 2)
        said = zp_str_slice(said, 1, said.n - 1);
    bool rule = is_rule(said);
    *number = read_number(zp_str_slice(said, 0, zp_str_find(said, ZP_STR("="), 0)));
    return rule || is_one_of(said, words, COUNT(words)) || (*number && is_all_digits(said));
}

zp_str zp_label_table_unit(zp_str text, bool alone)
{
    zp_str rest, unit = zp_unit_of_head(text, &rest);
    bool said = zp_str_find(text, ZP_STR("单"), 0) < text.n;
    bool line = alone || !rest.n || zp_str_find(rest, ZP_STR(":"), 0) < rest.n ||
                zp_str_find(rest, ZP_STR("："), 0) < rest.n;
    return said && line ? unit : ZP_STR("");
}

bool zp_label_takes_unit(zp_str folded)
{
    static const zp_str words[] = {
        WORD("率"),   WORD("比例"), WORD("占比"), WORD("比重"), WORD("分值"),
        WORD("得分"), WORD("评分"), WORD("分数"), WORD("权重"), WORD("系数"),
        WORD("序号"), WORD("编号"), WORD("编码"), WORD("代码"), WORD("数量"),
        WORD("个数"), WORD("人数"), WORD("项数"), WORD("年度"), WORD("年份"),
        WORD("日期"), WORD("电话"), WORD("面积"), WORD("%"),    WORD("%)")};
    size_t bracket = zp_str_find(folded, ZP_STR("("), 0); /* 执行率(B/A) */
    zp_str name = bracket ? zp_str_slice(folded, 0, bracket) : folded;
    for (size_t i = 0; i < COUNT(words); i++)
        if (zp_str_ends(name, words[i]) || zp_str_ends(folded, words[i]))
            return false;
    return true;
}

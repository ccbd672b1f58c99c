/* disclosure.c: what must not stand in a report that is published: the public edition only.
 *
 * 政府信息公开条例 (国令第711号): state secrets (14) and personal privacy (15) are not disclosed,
 * internal affairs need not be (16), and what is disclosed has been reviewed before (17). Numbers
 * are judged by how they are made, not by their length: an identity number by its date and check
 * digit (GB 11643—1999), a card's by its issuer and check digit (ISO/IEC 7812-1, Luhn's), so that
 * amounts, 统一社会信用代码, numbers of documents and an office's telephone are left in peace.
 */
#include "check/groups.h"
#include "check/scan.h"

enum { IDENTITY, MOBILE, ACCOUNT, CONTACT, SECRECY, INTERNAL, REVIEW };

static const zp_rule rules[] = {
    [IDENTITY] = {"public-identity", ZP_ERROR, true, "公开版里有居民身份证号码",
                  "公开的报告不写居民身份证号码：18位的看出生日期和校验码，15位的看出生日期。"
                  "只查公开版（--edition public）。",
                  "《政府信息公开条例》第十五条", NULL, NULL},
    [MOBILE] = {"public-mobile", ZP_ERROR, true, "公开版里有手机号码",
                "公开的报告不写个人的手机号码，要留电话的写办公室的座机。只查公开版。",
                "《政府信息公开条例》第十五条", NULL, NULL},
    [ACCOUNT] = {"public-account", ZP_ERROR, true, "公开版里有银行卡号或账号",
                 "公开的报告不写银行卡号、账号：62开头、校验码正确的16至19位数，和“账号”后面的数。"
                 "只查公开版。",
                 "《政府信息公开条例》第十五条", NULL, NULL},
    [CONTACT] = {"public-contact", ZP_WARNING, true, "公开版里有联系人姓名",
                 "公开的报告里，联系人写科室和座机，不写个人姓名。只查公开版。",
                 "《政府信息公开条例》第十五条", NULL, NULL},
    [SECRECY] = {"public-secrecy", ZP_ERROR, true, "公开版里有密级",
                 "标有绝密、机密、秘密的报告不能公开：先按规定解密或删去涉密内容。只查公开版。",
                 "《政府信息公开条例》第十四条", NULL, NULL},
    [INTERNAL] =
        {"public-internal", ZP_ERROR, true, "公开版里标着内部、不得外传",
         "标有“内部资料”“不得外传”的内容放进{{#内部}}…{{/内部}}，公开版就不排。只查公开版。",
         "《政府信息公开条例》第十六条", NULL, NULL},
    [REVIEW] = {"public-review", ZP_WARNING, false, "公开版没有写保密审查",
                "公开以前要经过保密审查；在基本信息里写：保密审查: {审查人: 某某, 日期: 2024-5-8, "
                "结论: 可以公开}。三项只留底，不排进报告。只查公开版。",
                "《政府信息公开条例》第十七条", NULL, NULL},
};

enum {
    IDENTITY_DIGITS = 18,
    OLD_IDENTITY_DIGITS = 15,
    MOBILE_DIGITS = 11,
    CARD_LEAST = 16,
    CARD_MOST = 19,
    ACCOUNT_LEAST = 9,
    ACCOUNT_MOST = 30,
    DIGITS_MOST = 32,  /* of a number that is looked at */
    CALLED_BYTES = 36, /* before a number, in which a word says what it is */
};

/* A text that is looked at: a passage, or one of the front matter's. */
typedef struct {
    zp_checker *c;
    size_t passage;
    zp_str text;
    zp_span instead; /* of a text that is no passage */
} looked;

static void say(const looked *l, int rule, size_t start, size_t end, const char *hint,
                const char *what)
{
    zp_finding finding = {.hint = zp_str_from(hint), .instead = l->instead};
    zp_checker_find(l->c, &rules[rule], (zp_where){l->passage, start, end}, &finding, "%s", what);
}

/* ---- numbers ---- */

/* Digits that belong together: one space or hyphen may part them, as on cards. */
typedef struct {
    size_t start, end;
    char digits[DIGITS_MOST + 1]; /* an X at the end, as in an identity number, is one of them */
    size_t count;
    bool parted;
} digits;

static bool is_parting(zp_str text, size_t at)
{
    char c = text.p[at];
    return (c == ' ' || c == '-') && at + 1 < text.n &&
           zp_code_is_digit((unsigned char)text.p[at + 1]);
}

static digits read_digits(zp_str text, size_t at)
{
    digits d = {.start = at};
    for (; at < text.n && d.count <= DIGITS_MOST; at++) {
        if (zp_code_is_digit((unsigned char)text.p[at])) {
            d.digits[d.count < DIGITS_MOST ? d.count : DIGITS_MOST] = text.p[at];
            d.count++;
        } else if (is_parting(text, at)) {
            d.parted = true;
        } else {
            break;
        }
    }
    d.end = at;
    bool x =
        d.count == IDENTITY_DIGITS - 1 && at < text.n && (text.p[at] == 'X' || text.p[at] == 'x');
    if (x) {
        d.digits[d.count++] = 'X';
        d.end++;
    }
    return d;
}

static int number_of(const char *p, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (p[i] - '0');
    return value;
}

static bool is_date(int month, int day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* A province's code: GB/T 2260. */
static bool is_region(const char *p)
{
    int province = number_of(p, 2);
    return province >= 11 && province <= 82 && p[1] != '9' && (p[0] != '7' || p[1] == '1');
}

/* ISO 7064, MOD 11-2. */
static bool is_identity(const digits *d)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    if (d->parted || d->count < OLD_IDENTITY_DIGITS || !is_region(d->digits))
        return false;
    if (d->count == OLD_IDENTITY_DIGITS)
        return is_date(number_of(d->digits + 8, 2), number_of(d->digits + 10, 2));
    int year = number_of(d->digits + 6, 4), sum = 0;
    if (d->count != IDENTITY_DIGITS || year < 1900 || year > 2099 ||
        !is_date(number_of(d->digits + 10, 2), number_of(d->digits + 12, 2)))
        return false;
    for (size_t i = 0; i + 1 < IDENTITY_DIGITS; i++)
        sum += (d->digits[i] - '0') * weights[i];
    return "10X98765432"[sum % 11] == d->digits[IDENTITY_DIGITS - 1];
}

/* 13… to 19…, whole or as 3 4 4. */
static bool is_mobile(const looked *l, const digits *d)
{
    if (d->count != MOBILE_DIGITS || d->digits[0] != '1' || d->digits[1] < '3')
        return false;
    zp_str typed = zp_str_slice(l->text, d->start, d->end);
    return !d->parted || (typed.n == MOBILE_DIGITS + 2 && typed.p[3] == typed.p[8] &&
                          !zp_code_is_digit((unsigned char)typed.p[3]));
}

static bool is_luhn(const digits *d)
{
    int sum = 0;
    for (size_t i = 0; i < d->count; i++) {
        int digit = (d->digits[d->count - 1 - i] - '0') * (i % 2 ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0;
}

/* Whether one of the words stands right before the number. */
static bool is_called(const looked *l, const digits *d, const char *const *words)
{
    size_t from = d->start > CALLED_BYTES ? d->start - CALLED_BYTES : 0;
    zp_str before = zp_str_slice(l->text, from, d->start);
    for (; *words; words++)
        if (zp_str_find(before, zp_str_from(*words), 0) < before.n)
            return true;
    return false;
}

static bool is_account(const looked *l, const digits *d)
{
    static const char *const names[] = {"账号", "帐号", "卡号", "账户号", NULL};
    bool card = d->count >= CARD_LEAST && d->count <= CARD_MOST && d->digits[d->count - 1] != 'X' &&
                d->digits[0] == '6' && d->digits[1] == '2' && is_luhn(d);
    bool named = d->count >= ACCOUNT_LEAST && d->count <= ACCOUNT_MOST && is_called(l, d, names);
    return card || named;
}

/* Whether the digits are part of a longer thing: a figure with a point or a unit, a code with
 * letters. */
static bool is_part(const looked *l, const digits *d)
{
    uint32_t before = zp_code_before(l->text, d->start), after = zp_code_at(l->text, d->end);
    static const char *const credit[] = {"信用代码", NULL};
    bool inside = zp_code_is_letter(before) || zp_code_is_letter(after) ||
                  zp_code_is_digit(after) || (before != 0 && zp_code_in(before, ZP_STR(".,-/〔*")));
    bool figure = after != 0 && zp_code_in(after, ZP_STR("元万亿%％*"));
    bool point = after == '.' && zp_code_is_digit(zp_code_at(l->text, d->end + 1));
    return inside || figure || point || is_called(l, d, credit);
}

static void judge_digits(const looked *l, const digits *d)
{
    if (is_part(l, d))
        return;
    if (is_identity(d))
        say(l, IDENTITY, d->start, d->end, "删去", "公开版里有居民身份证号码");
    else if (is_mobile(l, d))
        say(l, MOBILE, d->start, d->end, "改写办公室的座机，或删去", "公开版里有手机号码");
    else if (is_account(l, d))
        say(l, ACCOUNT, d->start, d->end, "删去", "公开版里有银行卡号或账号");
}

/* ---- words ---- */

/* 联系人：张某某: Han right behind the colon, which are no office. */
static void judge_contact(const looked *l, size_t at)
{
    static const char *const offices[] = {"科", "室", "处", "股", "局", "办", "委", "中心", "部"};
    size_t start = at + ZP_STR("联系人").n;
    if (!zp_text_has(l->text, start, ZP_STR("：")) && !zp_text_has(l->text, start, ZP_STR(":")))
        return;
    start += zp_text_has(l->text, start, ZP_STR(":")) ? 1 : ZP_STR("：").n;
    size_t end = start;
    while (end < l->text.n) {
        size_t next = end;
        if (!zp_code_is_han(zp_utf8_next(l->text, &next)))
            break;
        end = next;
    }
    zp_str name = zp_str_slice(l->text, start, end);
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++)
        if (zp_str_ends(name, zp_str_from(offices[i])))
            return;
    if (name.n >= 2 * ZP_STR("张").n && name.n <= 4 * ZP_STR("张").n)
        say(l, CONTACT, at, end, "写科室，不写个人姓名", "公开版里有联系人姓名");
}

/* How long a level of secrecy stands at `at`: 机密, with its ★1年. */
static size_t secrecy_at(zp_str text, size_t at)
{
    static const char *const levels[] = {"绝密", "机密", "秘密"};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (zp_text_has(text, at, zp_str_from(levels[i])))
            return zp_str_from(levels[i]).n;
    return 0;
}

/* A mark, and no word of the text: alone in its line, with ★, or behind 密级：. */
static void judge_secrecy(const looked *l, size_t at)
{
    size_t end = at + secrecy_at(l->text, at);
    bool star = zp_text_has(l->text, end, ZP_STR("★"));
    bool alone = zp_str_trim(l->text).n == end - at;
    zp_str before = zp_str_slice(l->text, 0, at);
    bool named = zp_str_ends(before, ZP_STR("密级：")) || zp_str_ends(before, ZP_STR("密级:"));
    if (star || alone || named)
        say(l, SECRECY, at, end, "解密以后，或删去涉密内容以后再公开", "公开版里有密级");
}

/* A mark between brackets or alone in its line; the text may speak of 内部资料. */
static void judge_internal(const looked *l, size_t at)
{
    static const char *const marks[] = {"内部资料", "内部使用", "内部文件", "内部参考", "内部"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        zp_str mark = zp_str_from(marks[i]);
        if (!zp_text_has(l->text, at, mark))
            continue;
        uint32_t before = zp_code_before(l->text, at), after = zp_code_at(l->text, at + mark.n);
        bool bracketed = before != 0 && zp_code_in(before, ZP_STR("（(【〔["));
        bool closed = after != 0 && zp_code_in(after, ZP_STR("）)】〕]，,、 "));
        bool alone = zp_str_trim(l->text).n == mark.n;
        if ((bracketed && closed) || alone)
            say(l, INTERNAL, at, at + mark.n, "放进{{#内部}}…{{/内部}}，或去掉这几个字",
                "公开版里标着“内部”");
        return;
    }
}

static void judge_leak(const looked *l, size_t at)
{
    static const char *const words[] = {"不得外传", "请勿外传", "严禁外传", "仅供内部"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (zp_text_has(l->text, at, zp_str_from(words[i])))
            say(l, INTERNAL, at, at + zp_str_from(words[i]).n,
                "放进{{#内部}}…{{/内部}}，或去掉这几个字", "公开版里标着不得外传");
}

static void look(const looked *l)
{
    zp_scan scan = {.text = l->text};
    size_t digits_end = 0;
    while (zp_scan_next(&scan)) {
        if (zp_code_is_digit(scan.code) && scan.start >= digits_end) {
            digits d = read_digits(l->text, scan.start);
            digits_end = d.end;
            judge_digits(l, &d);
        } else if (zp_text_has(l->text, scan.start, ZP_STR("联系人"))) {
            judge_contact(l, scan.start);
        } else if (secrecy_at(l->text, scan.start) > 0) {
            judge_secrecy(l, scan.start);
        } else if (zp_text_has(l->text, scan.start, ZP_STR("内部"))) {
            judge_internal(l, scan.start);
        } else {
            judge_leak(l, scan.start);
        }
    }
}

/* ---- the report ---- */

static zp_span span_of(const zp_checker *c, const char *key)
{
    const zp_value *value = zp_value_find(c->report->meta, zp_str_from(key));
    return value ? value->span : c->report->title_span;
}

static void look_at_matter(zp_checker *c)
{
    const zp_matter *matter = &c->report->matter;
    if (matter->remark.n > 0)
        look(&(looked){c, 0, matter->remark, span_of(c, "remark")});
    if (matter->letterhead.secrecy.n > 0)
        say(&(looked){c, 0, matter->letterhead.secrecy, span_of(c, "letterhead")}, SECRECY, 0, 0,
            "解密以后，或删去涉密内容以后再公开", "公开版里有密级");
}

/* Who has reviewed it, when, and what came of it. */
static void look_for_review(zp_checker *c)
{
    static const char *const items[][2] = {
        {"reviewer", "审查人"}, {"date", "日期"}, {"result", "结论"}};
    const zp_value *review = zp_value_find(c->report->meta, ZP_STR("secrecy_review"));
    zp_buf lacking = {.arena = c->arena};
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        const zp_value *item = review && review->kind == ZP_VALUE_MAP
                                   ? zp_value_find(review, zp_str_from(items[i][0]))
                                   : NULL;
        if (!item || zp_value_text(item).n == 0)
            zp_buf_format(&lacking, "%s%s", lacking.n > 0 ? "、" : "", items[i][1]);
    }
    if (lacking.n == 0)
        return;
    zp_finding finding = {.instead = span_of(c, "secrecy_review"),
                          .hint = ZP_STR("在基本信息里写 保密审查: {审查人: …, 日期: …, 结论: …}")};
    zp_checker_find(c, &rules[REVIEW], (zp_where){0, 0, 0}, &finding, "公开版没有写保密审查的%.*s",
                    ZP_ARG(zp_buf_str(&lacking)));
}

static void run(zp_checker *c)
{
    if (!c->report->public || c->passages->count == 0)
        return;
    for (size_t i = 0; i < c->passages->count; i++)
        look(&(looked){c, i, c->passages->all[i].text, {0}});
    look_at_matter(c);
    look_for_review(c);
}

const zp_rule_group zp_disclosure_rules = ZP_RULE_GROUP(rules, run);

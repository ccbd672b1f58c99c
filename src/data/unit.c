/* unit.c: the name of a unit in, its kind and power of ten out.
 *
 * Money and rates are a short table. Anything that Chinese counts is a unit too, so behind a number
 * any short word of Han will do, unless it holds a character that no measure word has (100已完成).
 * In the brackets of a head nothing tells a unit from a remark (公章, 全称): there only words of a
 * list count.
 */
#include "data/unit.h"

#include "base/utf8.h"

enum {
    WORD_MAX = 5,    /* characters of a word that counts things: 平方公里, 标准立方米 */
    JOINED_MAX = 12, /* and of such words joined by / and · */
    NAME_MAX = 100,  /* bytes of a unit's name; what is longer is none */
    HEAD_MAX = 1000, /* bytes of a head or line that may name a unit */
};

typedef struct {
    const char *name;
    zp_unit_kind kind;
    int power;
    const char *known;
} entry;

/* Names in half width, and without 人民币. */
static const entry entries[] = {
    {"元", ZP_UNIT_MONEY, 0, "元"},          {"圆", ZP_UNIT_MONEY, 0, "元"},
    {"人民币", ZP_UNIT_MONEY, 0, "元"},      {"千元", ZP_UNIT_MONEY, 3, "千元"},
    {"万元", ZP_UNIT_MONEY, 4, "万元"},      {"十万元", ZP_UNIT_MONEY, 5, "十万元"},
    {"百万元", ZP_UNIT_MONEY, 6, "百万元"},  {"千万元", ZP_UNIT_MONEY, 7, "千万元"},
    {"亿元", ZP_UNIT_MONEY, 8, "亿元"},      {"十亿元", ZP_UNIT_MONEY, 9, "十亿元"},
    {"百亿元", ZP_UNIT_MONEY, 10, "百亿元"}, {"千亿元", ZP_UNIT_MONEY, 11, "千亿元"},
    {"万亿元", ZP_UNIT_MONEY, 12, "万亿元"}, {"%", ZP_UNIT_RATE, -2, "%"},
    {"百分比", ZP_UNIT_RATE, -2, "%"},       {"百分点", ZP_UNIT_RATE, -2, "%"},
    {"个百分点", ZP_UNIT_RATE, -2, "%"},     {"‰", ZP_UNIT_RATE, -3, "‰"},
    {"千分比", ZP_UNIT_RATE, -3, "‰"},       {"千分点", ZP_UNIT_RATE, -3, "‰"},
    {"个千分点", ZP_UNIT_RATE, -3, "‰"},     {"1", ZP_UNIT_RATE, 0, "1"},
};

/* What may stand in front of a word that counts things. */
static const struct {
    const char *word;
    int power;
} multiples[] = {
    {"万亿", 12}, {"千亿", 11}, {"百亿", 10}, {"十亿", 9}, {"亿", 8},
    {"千万", 7},  {"百万", 6},  {"十万", 5},  {"万", 4},
};

/* Words that count things and do stand in brackets behind a head. */
static const char *const common[] = {
    "个",   "项",   "人",   "名",   "位",   "人次", "户",     "户次",     "家",       "家次",
    "次",   "件",   "台",   "套",   "台套", "辆",   "部",     "份",       "册",       "年",
    "篇",   "条",   "处",   "座",   "栋",   "幢",   "所",     "间",       "只",       "头",
    "株",   "棵",   "批",   "批次", "期",   "场",   "场次",   "班次",     "学时",     "课时",
    "个月", "月",   "天",   "日",   "小时", "分钟", "秒",     "工作日",   "人天",     "人日",
    "分",   "亩",   "公顷", "米",   "公里", "千米", "平方米", "平方公里", "平方千米", "立方米",
    "吨",   "公斤", "千克", "克",   "升",   "毫升", "千瓦",   "千瓦时",   "度",       "倍",
    "盏",   "根",   "块",   "支",   "枚",   "副",   "例",     "美元",     "港元",     "欧元",
    "车次", "床",   "张",   "床位", "片",   "段",   "标准箱",
};

/* Words that count things behind a number, and would be remarks in the brackets of a head. */
static const char *const counting[] = {
    "对", "种", "顶", "级", "岁", "类", "方面", "本",       "笔",   "宗",   "起",   "门",
    "届", "款", "字", "页", "艘", "点", "轮",   "团",       "队",   "组",   "班",   "站",
    "村", "街", "县", "市", "区", "镇", "人员", "个工作日", "大项", "小项", "大类",
};

/* Units of things that are no Han. */
static const char *const symbols[] = {
    "㎡", "m²", "m2", "m³",  "m3", "km²", "km", "m",  "cm",   "mm", "kg", "g",
    "t",  "L",  "mL", "kWh", "kW", "MW",  "GB", "TB", "Mbps", "℃",  "dB", "mg/L",
};

/* In no word that counts things: numerals, and what says more about the number before it. */
static const char no_measure[] =
    "一二三四五六七八九〇零两几多余来不未已无有是为了的等约或和与及至到以上下内外左右超达"
    "完成略仅共近较增减降按全均";

uint32_t zp_code_narrow(uint32_t code)
{
    if (code < 0x80)
        return zp_code_is_space(code) ? ' ' : code;
    if (code >= 0xFF01 && code <= 0xFF5E)
        return code - 0xFF01 + '!';
    if (code == 0xFFE5)
        return 0xA5;
    if (code == 0xFE6A)
        return '%';
    if ((code >= 0x2010 && code <= 0x2013) || code == 0x2212 || code == 0xFE63)
        return '-';
    return zp_code_is_space(code) ? ' ' : code;
}

/* The character that ends at *at, which is moved before it, in half width. */
static uint32_t step_back(zp_str text, size_t *at)
{
    uint32_t code = zp_utf8_before(text, *at);
    while (--*at > 0 && ((unsigned char)text.p[*at] & 0xC0) == 0x80)
        continue;
    return zp_code_narrow(code);
}

static zp_str trim_wide(zp_str text)
{
    size_t start = 0, end = text.n;
    for (size_t next = 0; start < end; start = next)
        if (zp_code_narrow(zp_utf8_next(text, &next)) != ' ')
            break;
    for (size_t before = end; before > start; end = before)
        if (step_back(text, &before) != ' ')
            break;
    return zp_str_slice(text, start, end);
}

/* Whether `name`, in half width and without white space, is `known`. */
static bool is_named(zp_str name, const char *known)
{
    zp_str other = zp_str_from(known);
    size_t to = 0;
    for (size_t at = 0; at < name.n;) {
        uint32_t code = zp_code_narrow(zp_utf8_next(name, &at));
        if (code != ' ' && (to == other.n || zp_utf8_next(other, &to) != code))
            return false;
    }
    return to == other.n;
}

static bool is_among(zp_str name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_named(name, names[i]))
            return true;
    return false;
}

static bool is_symbol(zp_str name)
{
    return is_among(name, symbols, sizeof symbols / sizeof *symbols);
}

/* Han, with / or · between: 人次, 元/人·年. */
static bool is_measure(zp_str word)
{
    size_t count = 0, run = 0;
    for (size_t at = 0; at < word.n;) {
        size_t start = at;
        uint32_t code = zp_code_narrow(zp_utf8_next(word, &at));
        bool joint = (code == '/' || code == 0xB7) && run > 0 && at < word.n;
        zp_str own = zp_str_slice(word, start, at);
        if (!joint && (!zp_code_is_han(code) ||
                       zp_str_find(ZP_STR(no_measure), own, 0) < sizeof no_measure - 1))
            return false;
        run = joint ? 0 : run + 1;
        count++;
        if (run > WORD_MAX)
            return false;
    }
    return count > 0 && count <= JOINED_MAX;
}

/* The multiple at the start of a word that counts things; the word without it is `*thing`. */
static int take_multiple(zp_str word, zp_str *thing)
{
    *thing = word;
    for (size_t i = 0; i < sizeof multiples / sizeof *multiples; i++) {
        zp_str multiple = zp_str_from(multiples[i].word);
        if (!zp_str_starts(word, multiple))
            continue;
        *thing = trim_wide(zp_str_slice(word, multiple.n, word.n));
        return multiples[i].power;
    }
    return 0;
}

/* The unit's name without 人民币 before or behind it, and 整 behind 元. */
static zp_str strip(zp_str name)
{
    const zp_str yuan = ZP_STR("人民币");
    name = trim_wide(name);
    if (name.n > yuan.n && zp_str_starts(name, yuan))
        name = trim_wide(zp_str_slice(name, yuan.n, name.n));
    else if (name.n > yuan.n && zp_str_ends(name, yuan))
        name = trim_wide(zp_str_slice(name, 0, name.n - yuan.n));
    if (zp_str_ends(name, ZP_STR("元整")) || zp_str_ends(name, ZP_STR("元正")))
        name.n -= ZP_STR("整").n;
    return name;
}

static const entry *find_entry(zp_str name)
{
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (zp_str_eq(name, zp_str_from(entries[i].known)))
            return &entries[i]; /* most names are written as known */
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (is_named(name, entries[i].name))
            return &entries[i];
    return NULL;
}

bool zp_unit_find(zp_str name, zp_unit *unit)
{
    *unit = (zp_unit){0};
    zp_str bare = strip(name), thing;
    if (bare.n == 0 || bare.n > NAME_MAX)
        return false;
    const entry *found = find_entry(bare);
    if (found != NULL) {
        zp_str basic = found->kind == ZP_UNIT_MONEY ? ZP_STR("元") : ZP_STR("");
        *unit = (zp_unit){found->kind, found->power, zp_str_from(found->known), basic};
        return true;
    }
    name = trim_wide(name);
    int power = take_multiple(name, &thing);
    if (!is_measure(thing) && !is_symbol(thing) && (thing.n > 0 || power == 0))
        return false;
    *unit = (zp_unit){ZP_UNIT_COUNT, power, name, thing};
    return true;
}

/* --- Behind a number -------------------------------------------------------------------------- */

static void take_longer(zp_str text, const char *name, size_t *longest)
{
    if (text.n == 0 || text.p[0] != name[0])
        return;
    zp_str word = zp_str_from(name);
    if (word.n > *longest && zp_str_starts(text, word))
        *longest = word.n;
}

static size_t longest_word(zp_str text)
{
    size_t longest = 0;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        take_longer(text, common[i], &longest);
    for (size_t i = 0; i < sizeof counting / sizeof *counting; i++)
        take_longer(text, counting[i], &longest);
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        take_longer(text, symbols[i], &longest);
    return longest;
}

size_t zp_unit_begins(zp_str text, zp_unit *unit)
{
    size_t longest = 0;
    zp_str thing;
    *unit = (zp_unit){0};
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (entries[i].name[0] != '1')
            take_longer(text, entries[i].name, &longest);
    if (zp_str_starts(text, ZP_STR("％")))
        longest = ZP_STR("％").n;
    if (longest == 0) {
        int power = take_multiple(text, &thing);
        size_t multiple = text.n - thing.n, word = longest_word(thing);
        longest = power > 0 || word > 0 ? multiple + word : 0;
    }
    size_t alone = longest_word(text); /* 个月 is longer than nothing, 元 never is */
    longest = alone > longest ? alone : longest;
    return longest > 0 && zp_unit_find(zp_str_slice(text, 0, longest), unit) ? longest : 0;
}

/* --- Heads ----------------------------------------------------------------------------------- */

/* Whether a text of a head that could be a unit is one, without the doubt there is in a word of
 * Han. */
static bool is_certain(zp_str text)
{
    zp_unit unit;
    if (!zp_unit_find(text, &unit) || is_named(text, "1"))
        return false;
    if (unit.kind != ZP_UNIT_COUNT || unit.basic.n == 0)
        return true;
    zp_str part = unit.basic;
    if (is_symbol(part))
        return part.n > 1; /* (m), (t) and (g) count as formulas do: (A) */
    for (size_t at = 0; at < part.n;) {
        size_t slash = zp_str_find(part, ZP_STR("/"), at);
        zp_str one = zp_str_slice(part, at, slash);
        if (!is_among(one, common, sizeof common / sizeof *common) && find_entry(one) == NULL)
            return false;
        at = slash + 1;
    }
    return true;
}

/* The place behind the next 单位： from `from` on; 0 when there is none. *start is where that
 * begins, with 金额 and the like. */
static size_t find_label(zp_str text, size_t from, size_t *start)
{
    static const char *const before[] = {"金额", "计量", "货币", "数量"};
    const zp_str label = ZP_STR("单位");
    for (size_t at = zp_str_find(text, label, from); at < text.n;
         at = zp_str_find(text, label, at + label.n)) {
        size_t end = at + label.n;
        uint32_t code = ' ';
        while (end < text.n && code == ' ')
            code = zp_code_narrow(zp_utf8_next(text, &end));
        if (code != ':')
            continue;
        *start = at;
        for (size_t i = 0; i < sizeof before / sizeof *before; i++)
            if (zp_str_ends(zp_str_slice(text, 0, at), zp_str_from(before[i])))
                *start = at - zp_str_from(before[i]).n;
        return end;
    }
    return 0;
}

/* The word that begins `text`: to white space, a bracket or a comma. */
static zp_str first_word(zp_str text)
{
    text = trim_wide(text);
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t code = zp_code_narrow(zp_utf8_next(text, &at));
        if (code == ' ' || code == '(' || code == ')' || code == ',' || code == ';' ||
            code == 0x3001)
            return zp_str_slice(text, 0, start);
    }
    return text;
}

/* The unit that 单位： in `text` names. */
static zp_str named_unit(zp_str text, zp_str *rest)
{
    size_t start = 0;
    for (size_t at = find_label(text, 0, &start); at > 0; at = find_label(text, at, &start)) {
        zp_str word = first_word(zp_str_slice(text, at, text.n));
        if (is_certain(word)) {
            *rest = trim_wide(zp_str_slice(text, 0, start));
            return word;
        }
    }
    return ZP_STR("");
}

/* What stands in the brackets that end `head`, which begin at *open. */
static zp_str last_brackets(zp_str head, size_t *open)
{
    size_t at = head.n;
    uint32_t code = at > 0 ? step_back(head, &at) : 0;
    uint32_t opening = code == ')' ? '(' : '[';
    if (code != ')' && code != ']')
        return ZP_STR("");
    for (size_t close = at, start = at; at > 0; start = at) {
        code = step_back(head, &at);
        *open = at;
        if (code == opening)
            return zp_str_slice(head, start, close);
    }
    return ZP_STR("");
}

zp_str zp_unit_of_head(zp_str head, zp_str *rest)
{
    size_t open = 0;
    zp_str ignored, unit = ZP_STR("");
    *rest = head = trim_wide(head);
    if (head.n > HEAD_MAX)
        return unit;
    zp_str inside = last_brackets(head, &open);
    if (inside.n > 0) {
        unit = named_unit(inside, &ignored);
        if (unit.n == 0 && is_certain(inside))
            unit = trim_wide(inside);
        if (unit.n > 0)
            *rest = trim_wide(zp_str_slice(head, 0, open));
    }
    return unit.n > 0 ? unit : named_unit(head, rest);
}

/* cjk.c: code points in; tokens with classes out.
 *
 * The order of the readers matters: dashes, ellipses and stop pairs first, then numbers and words,
 * then quotation marks by their surroundings, then the class table. Whatever is left is HAN when it
 * is full-width, else W.
 */
#include "layout/cjk.h"

#include "base/utf8.h"

typedef struct {
    uint32_t low, high;
    uint8_t class;
} range;

/* Sorted. Unlisted: HAN if full-width, else W. ASCII brackets and marks behave like their Chinese
 * sisters but have no blank half to give: that is what PR and PO are. */
static const range classes[] = {
    {0x0020, 0x0020, ZP_CJK_SP}, {0x0021, 0x0021, ZP_CJK_PO}, {0x0025, 0x0025, ZP_CJK_PO},
    {0x0028, 0x0028, ZP_CJK_PR}, {0x0029, 0x0029, ZP_CJK_PO}, {0x002C, 0x002C, ZP_CJK_PO},
    {0x002E, 0x002E, ZP_CJK_PO}, {0x002F, 0x002F, ZP_CJK_SL}, {0x003A, 0x003B, ZP_CJK_PO},
    {0x003F, 0x003F, ZP_CJK_PO}, {0x005B, 0x005B, ZP_CJK_PR}, {0x005D, 0x005D, ZP_CJK_PO},
    {0x007B, 0x007B, ZP_CJK_PR}, {0x007D, 0x007D, ZP_CJK_PO}, {0x00A7, 0x00A7, ZP_CJK_PR},
    {0x00B0, 0x00B0, ZP_CJK_PO}, {0x00B7, 0x00B7, ZP_CJK_MD}, {0x2013, 0x2014, ZP_CJK_HY},
    {0x2018, 0x2018, ZP_CJK_OP}, {0x2019, 0x2019, ZP_CJK_CL}, {0x201C, 0x201C, ZP_CJK_OP},
    {0x201D, 0x201D, ZP_CJK_CL}, {0x2026, 0x2026, ZP_CJK_EL}, {0x2030, 0x2030, ZP_CJK_PO},
    {0x2032, 0x2033, ZP_CJK_PO}, {0x203C, 0x203C, ZP_CJK_S2}, {0x2047, 0x2049, ZP_CJK_S2},
    {0x2103, 0x2103, ZP_CJK_PO}, {0x2109, 0x2109, ZP_CJK_PO}, {0x2116, 0x2116, ZP_CJK_PR},
    {0x22EF, 0x22EF, ZP_CJK_EL}, {0x2E3A, 0x2E3A, ZP_CJK_DS}, {0x3001, 0x3001, ZP_CJK_PZ},
    {0x3002, 0x3002, ZP_CJK_ST}, {0x3008, 0x3008, ZP_CJK_OP}, {0x3009, 0x3009, ZP_CJK_CL},
    {0x300A, 0x300A, ZP_CJK_OP}, {0x300B, 0x300B, ZP_CJK_CL}, {0x300C, 0x300C, ZP_CJK_OP},
    {0x300D, 0x300D, ZP_CJK_CL}, {0x300E, 0x300E, ZP_CJK_OP}, {0x300F, 0x300F, ZP_CJK_CL},
    {0x3010, 0x3010, ZP_CJK_OP}, {0x3011, 0x3011, ZP_CJK_CL}, {0x3014, 0x3014, ZP_CJK_OP},
    {0x3015, 0x3015, ZP_CJK_CL}, {0x3016, 0x3016, ZP_CJK_OP}, {0x3017, 0x3017, ZP_CJK_CL},
    {0x3018, 0x3018, ZP_CJK_OP}, {0x3019, 0x3019, ZP_CJK_CL}, {0x301A, 0x301A, ZP_CJK_OP},
    {0x301B, 0x301B, ZP_CJK_CL}, {0x301C, 0x301C, ZP_CJK_HY}, {0x301D, 0x301D, ZP_CJK_OP},
    {0x301E, 0x301F, ZP_CJK_CL}, {0xFF01, 0xFF01, ZP_CJK_ST}, {0xFF04, 0xFF04, ZP_CJK_PR},
    {0xFF05, 0xFF05, ZP_CJK_PO}, {0xFF08, 0xFF08, ZP_CJK_OP}, {0xFF09, 0xFF09, ZP_CJK_CL},
    {0xFF0C, 0xFF0C, ZP_CJK_PZ}, {0xFF0E, 0xFF0E, ZP_CJK_ST}, {0xFF0F, 0xFF0F, ZP_CJK_SL},
    {0xFF1A, 0xFF1B, ZP_CJK_PZ}, {0xFF1F, 0xFF1F, ZP_CJK_ST}, {0xFF3B, 0xFF3B, ZP_CJK_OP},
    {0xFF3D, 0xFF3D, ZP_CJK_CL}, {0xFF5B, 0xFF5B, ZP_CJK_OP}, {0xFF5D, 0xFF5D, ZP_CJK_CL},
    {0xFF5E, 0xFF5E, ZP_CJK_HY}, {0xFF5F, 0xFF5F, ZP_CJK_OP}, {0xFF60, 0xFF60, ZP_CJK_CL},
    {0xFFE1, 0xFFE1, ZP_CJK_PR}, {0xFFE5, 0xFFE5, ZP_CJK_PR},
};

#define BIT(class) (1u << (class))

static const unsigned no_start = BIT(ZP_CJK_CL) | BIT(ZP_CJK_PZ) | BIT(ZP_CJK_ST) | BIT(ZP_CJK_S2) |
                                 BIT(ZP_CJK_MD) | BIT(ZP_CJK_HY) | BIT(ZP_CJK_SL) | BIT(ZP_CJK_PO) |
                                 BIT(ZP_CJK_FN) | BIT(ZP_CJK_SP);
static const unsigned no_end = BIT(ZP_CJK_OP) | BIT(ZP_CJK_PR);
static const unsigned blank_right = BIT(ZP_CJK_CL) | BIT(ZP_CJK_PZ) | BIT(ZP_CJK_ST);

bool zp_cjk_may_break(zp_cjk_class left, zp_cjk_class right, zp_kinsoku kinsoku)
{
    if (kinsoku == ZP_KINSOKU_NONE)
        return right != ZP_CJK_SP;
    unsigned start = no_start | (kinsoku >= ZP_KINSOKU_GB_PLUS ? BIT(ZP_CJK_EL) : 0) |
                     (kinsoku == ZP_KINSOKU_STRICT ? BIT(ZP_CJK_DS) : 0);
    unsigned end = no_end | (kinsoku >= ZP_KINSOKU_GB ? BIT(ZP_CJK_SL) : 0);
    bool within_word = left == ZP_CJK_W && right == ZP_CJK_W;
    return !(BIT(left) & end) && !(BIT(right) & start) && !within_word;
}

zp_cjk_giver zp_cjk_kern(zp_cjk_class left, zp_cjk_class right)
{
    if (BIT(left) & blank_right) {
        bool gives = BIT(right) & (blank_right | BIT(ZP_CJK_S2) | BIT(ZP_CJK_OP)) ||
                     (left == ZP_CJK_CL && right == ZP_CJK_MD);
        return gives ? ZP_KERN_LEFT : ZP_KERN_NONE;
    }
    if ((left == ZP_CJK_OP || left == ZP_CJK_MD) && right == ZP_CJK_OP)
        return ZP_KERN_RIGHT;
    return ZP_KERN_NONE;
}

bool zp_cjk_blank_left(zp_cjk_class class)
{
    return class == ZP_CJK_OP;
}

bool zp_cjk_blank_right(zp_cjk_class class)
{
    return BIT(class) & blank_right;
}

static bool is_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
           (code >= 0xC0 && code <= 0x52F && code != 0xD7 && code != 0xF7) ||
           (code >= 0x1E00 && code <= 0x1FFF);
}

static bool is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

bool zp_code_is_alnum(uint32_t code)
{
    return is_letter(code) || is_digit(code);
}

static bool is_full_width(uint32_t code)
{
    return zp_code_is_chinese(code) || (code >= 0x2100 && code <= 0x2BFF) ||
           (code >= 0x3000 && code <= 0xA4CF) || (code >= 0xAC00 && code <= 0xD7A3) ||
           (code >= 0xF900 && code <= 0xFAFF) || (code >= 0xFE30 && code <= 0xFE4F) ||
           (code >= 0xFF01 && code <= 0xFF60) || (code >= 0xFFE0 && code <= 0xFFE6) ||
           code == 0xD7 || code == 0xB1 || code >= 0x20000;
}

zp_cjk_class zp_cjk_class_of(uint32_t code)
{
    size_t low = 0, high = sizeof classes / sizeof *classes;
    if (code >= 0x3400 && code <= 0x9FFF)
        return ZP_CJK_HAN;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > classes[middle].high)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < sizeof classes / sizeof *classes && code >= classes[low].low)
        return (zp_cjk_class)classes[low].class;
    return is_full_width(code) ? ZP_CJK_HAN : ZP_CJK_W;
}

typedef struct {
    const uint32_t *codes;
    size_t count;
} text;

static uint32_t at(text t, size_t i)
{
    return i < t.count ? t.codes[i] : 0;
}

static bool one_of(uint32_t code, const char *set)
{
    for (; *set; set++)
        if (code == (unsigned char)*set)
            return true;
    return false;
}

static bool is_sign(uint32_t code)
{
    return one_of(code, "+-<>$") || code == 0xB1 || code == 0x2212 || code == 0x2264 ||
           code == 0x2265 || code == 0xA5 || code == 0x20AC || code == 0xA3;
}

static bool is_percent(uint32_t code)
{
    return code == '%' || code == 0x2030 || code == 0xB0 || code == 0x2103 || code == 0x2109;
}

/* Length of a number or word at i, 0 when there is none: [sign] digits or letters, joined by marks
 * that a letter or digit follows, then percent or degree signs. A mark at the end of a run is not
 * part of it. */
static size_t word_length(text t, size_t i)
{
    size_t k = i;
    if (is_sign(at(t, k)) && is_digit(at(t, k + 1)))
        k++;
    if (!zp_code_is_alnum(at(t, k)))
        return 0;
    for (;;) {
        if (zp_code_is_alnum(at(t, k)))
            k++;
        else if (at(t, k) == 0xB7 && is_digit(at(t, k - 1)) && is_digit(at(t, k + 1)))
            k++; /* 3·15 */
        else if ((one_of(at(t, k), ".,:@&'_+-/=?#~") || at(t, k) == 0x2019) &&
                 zp_code_is_alnum(at(t, k + 1)))
            k++;
        else
            break;
    }
    /* An address keeps its "://" and what follows. */
    if (at(t, k) == ':' && at(t, k + 1) == '/' && at(t, k + 2) == '/' &&
        zp_code_is_alnum(at(t, k + 3)))
        return k + 3 - i + word_length(t, k + 3);
    while (is_percent(at(t, k)))
        k++;
    return k - i;
}

/* Length of a dash, ellipsis or run of stops at i, and its class. */
static size_t pair_length(text t, size_t i, zp_cjk_class *class)
{
    uint32_t a = at(t, i), b = at(t, i + 1), c = at(t, i + 2);
    if (a == 0x2014 && b == 0x2014) {
        *class = ZP_CJK_DS;
        return 2;
    }
    if ((a == 0x2026 || a == 0x22EF) && b == a) {
        *class = ZP_CJK_EL;
        return 2;
    }
    if ((a == 0xFF1F || a == 0xFF01) && (b == 0xFF1F || b == 0xFF01)) {
        *class = ZP_CJK_S2;
        return c == a && b == a ? 3 : 2;
    }
    return 0;
}

static bool is_quote(uint32_t code)
{
    return code == 0x2018 || code == 0x2019 || code == 0x201C || code == 0x201D;
}

/* The nearest character that is no space and no quotation mark, going by `step`; 0 at the edge. */
static uint32_t neighbour(text t, size_t i, int step)
{
    enum { REACH = 64 }; /* a longer run of quotes and spaces is no text */
    for (int n = 0; n < REACH; n++) {
        if (step < 0 && i == 0)
            return 0;
        i = step < 0 ? i - 1 : i + 1;
        uint32_t code = at(t, i);
        if (code == 0 || (code != ' ' && !is_quote(code)))
            return code;
    }
    return 0;
}

/* A quotation mark is Chinese when what it holds is, else when what stands outside is and the
 * inside is no letter or digit, or the paragraph is Chinese. */
static bool quote_is_chinese(text t, size_t i, bool chinese)
{
    bool opening = t.codes[i] == 0x2018 || t.codes[i] == 0x201C;
    uint32_t inner = neighbour(t, i, opening ? 1 : -1);
    uint32_t outer = neighbour(t, i, opening ? -1 : 1);
    if (zp_code_is_chinese(inner))
        return true;
    bool outside = outer == 0 || zp_code_is_chinese(outer);
    return outside && (chinese || !zp_code_is_alnum(inner));
}

static bool is_chinese_text(text t)
{
    size_t han = 0, latin = 0;
    for (size_t i = 0; i < t.count; i++) {
        han += zp_code_is_han(t.codes[i]);
        latin += is_letter(t.codes[i]);
    }
    return han > latin;
}

/* Between Han and a digit or letter a typed space is the Han–Latin gap (and stands for nothing
 * else). */
static bool is_gap_space(text t, size_t i)
{
    uint32_t before = i > 0 ? t.codes[i - 1] : 0, after = at(t, i + 1);
    return (zp_code_is_han(before) && zp_code_is_alnum(after)) ||
           ((zp_code_is_alnum(before) || is_percent(before)) && zp_code_is_han(after));
}

bool zp_cjk_joins(uint32_t code)
{
    return (code >= 0x300 && code <= 0x36F) || (code >= 0xFE00 && code <= 0xFE0F) ||
           code == 0x200D || code == 0x20E3 || (code >= 0xE0100 && code <= 0xE01EF);
}

size_t zp_cjk_cut(const uint32_t *codes, size_t count, zp_cjk_token *tokens)
{
    text t = {codes, count};
    bool chinese = is_chinese_text(t);
    size_t n = 0;
    for (size_t i = 0, length; i < count; i += length) {
        zp_cjk_class class = ZP_CJK_W;
        length = 1;
        if (codes[i] == ' ' && is_gap_space(t, i))
            continue;
        if (zp_cjk_joins(codes[i]) && n > 0) {
            tokens[n - 1].count = (uint32_t)(i + 1) - tokens[n - 1].first;
            continue;
        }
        size_t taken = pair_length(t, i, &class);
        if (taken == 0 && (taken = word_length(t, i)) > 0)
            class = ZP_CJK_W;
        if (taken > 0)
            length = taken;
        else if (is_quote(codes[i]) && !quote_is_chinese(t, i, chinese))
            class = codes[i] == 0x2018 || codes[i] == 0x201C ? ZP_CJK_PR : ZP_CJK_PO;
        else
            class = zp_cjk_class_of(codes[i]);
        tokens[n++] = (zp_cjk_token){(uint32_t)i, (uint32_t)length, (uint8_t) class};
    }
    return n;
}

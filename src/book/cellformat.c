/* cellformat.c: the code of a number format in, its sections out.
 *
 * Letters mean different things by what stands around them: m is minutes behind hours or before
 * seconds, a comma groups or scales, a point in quotes between digits is how 万 are written
 * (0!.0,). So a section is first cut into parts and then settled as a whole.
 */
#include "book/cellformat.h"

#include <string.h>
#include <strings.h>
#include "base/utf8.h"

typedef struct {
    zp_arena *arena;
    zp_str code;
    size_t at;
    zp_format_section *section;
    zp_format_part *parts; /* of this section */
    size_t count, capacity;
    bool fraction; /* a / between digits */
} reader;

/* --- Parts ----------------------------------------------------------------------------------- */

static void add_part(reader *r, zp_format_part part)
{
    zp_list_grow(r->arena, r->parts, r->count, r->capacity);
    r->parts[r->count++] = part;
}

static void add_literal(reader *r, zp_str text)
{
    if (text.n)
        add_part(r, (zp_format_part){.kind = ZP_FORMAT_LITERAL, .text = text});
}

static bool starts_with(const reader *r, const char *word)
{
    size_t n = strlen(word);
    return r->code.n - r->at >= n && strncasecmp(r->code.p + r->at, word, n) == 0;
}

/* The character at the cursor, and the cursor behind it. */
static zp_str take_character(reader *r)
{
    size_t start = r->at;
    if (r->at < r->code.n)
        zp_utf8_next(r->code, &r->at);
    return zp_str_slice(r->code, start, r->at);
}

static void read_quoted(reader *r)
{
    size_t end = zp_str_find(r->code, ZP_STR("\""), r->at);
    add_literal(r, zp_str_slice(r->code, r->at, end));
    r->at = end < r->code.n ? end + 1 : end;
}

/* How many of the same letter stand at the cursor, which moves behind them. */
static int take_run(reader *r)
{
    char letter = (char)(r->code.p[r->at] | 0x20);
    int length = 0;
    for (; r->at < r->code.n && (r->code.p[r->at] | 0x20) == letter; r->at++)
        length++;
    return length;
}

/* --- Brackets -------------------------------------------------------------------------------- */

static bool read_condition(zp_str text, zp_format_section *section)
{
    static const struct {
        zp_str sign;
        zp_condition condition;
    } signs[] = {
        {ZP_STR("<="), ZP_CONDITION_LESS_EQUAL}, {ZP_STR(">="), ZP_CONDITION_GREATER_EQUAL},
        {ZP_STR("<>"), ZP_CONDITION_NOT_EQUAL},  {ZP_STR("<"), ZP_CONDITION_LESS},
        {ZP_STR(">"), ZP_CONDITION_GREATER},     {ZP_STR("="), ZP_CONDITION_EQUAL},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (!zp_str_starts(text, signs[i].sign))
            continue;
        zp_str number = zp_str_trim(zp_str_slice(text, signs[i].sign.n, text.n));
        if (!zp_numeral_read(number, &section->threshold))
            return false;
        section->condition = signs[i].condition;
        return true;
    }
    return false;
}

static bool read_elapsed(reader *r, zp_str text)
{
    char letter = text.n ? (char)(text.p[0] | 0x20) : ' ';
    if (!strchr("hms", letter))
        return false;
    for (size_t i = 0; i < text.n; i++)
        if ((text.p[i] | 0x20) != letter)
            return false;
    add_part(r, (zp_format_part){.kind = ZP_FORMAT_ELAPSED,
                                 .letter = letter == 'm' ? 'n' : letter,
                                 .length = (int)text.n});
    return true;
}

static bool starts_word(zp_str text, const char *word)
{
    size_t n = strlen(word);
    return text.n >= n && strncasecmp(text.p, word, n) == 0;
}

/* [$￥-804] is a currency sign and a language; [$-F800] and [$-F400] stand for the system's long
 * date and its time, whatever the rest of the section says. */
static void read_currency(reader *r, zp_str text)
{
    const char *whole = starts_word(text, "$-F800")   ? "yyyy\"年\"m\"月\"d\"日\""
                        : starts_word(text, "$-F400") ? "h:mm:ss"
                                                      : NULL;
    if (whole) {
        r->code = zp_str_from(whole);
        r->at = 0;
        return;
    }
    size_t end = zp_str_find(text, ZP_STR("-"), 1);
    add_literal(r, zp_str_slice(text, 1, end));
}

static void read_bracket(reader *r)
{
    size_t end = zp_str_find(r->code, ZP_STR("]"), r->at);
    zp_str text = zp_str_slice(r->code, r->at, end);
    r->at = end < r->code.n ? end + 1 : end;
    if (text.n && text.p[0] == '$')
        read_currency(r, text);
    else if (starts_word(text, "DBNum"))
        r->section->chinese_digits = text.n > 5 && (text.p[5] == '1' || text.p[5] == '2');
    else if (!read_condition(text, r->section))
        read_elapsed(r, text); /* else a colour: nothing to show */
}

/* --- Letters --------------------------------------------------------------------------------- */

static bool read_word(reader *r)
{
    static const struct {
        const char *word;
        zp_format_part part;
    } words[] = {
        {"General", {.kind = ZP_FORMAT_GENERAL}},
        {"G/通用格式", {.kind = ZP_FORMAT_GENERAL}},
        {"AM/PM", {.kind = ZP_FORMAT_NOON, .length = 1}},
        {"A/P", {.kind = ZP_FORMAT_NOON}},
        {"上午/下午", {.kind = ZP_FORMAT_NOON, .length = 2}},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (starts_with(r, words[i].word)) {
            add_part(r, words[i].part);
            r->at += strlen(words[i].word);
            return true;
        }
    return false;
}

static bool has_digits(const reader *r)
{
    return r->count && (r->parts[r->count - 1].kind == ZP_FORMAT_DIGIT ||
                        r->parts[r->count - 1].kind == ZP_FORMAT_POINT);
}

static bool read_exponent(reader *r)
{
    bool here = has_digits(r) && (starts_with(r, "E+") || starts_with(r, "E-"));
    if (here) {
        add_part(r, (zp_format_part){.kind = ZP_FORMAT_EXPONENT, .letter = r->code.p[r->at + 1]});
        r->at += 2;
    }
    return here;
}

static bool read_date_letter(reader *r)
{
    char letter = (char)(r->code.p[r->at] | 0x20);
    if (!strchr("ymdhsaegb", letter) || (unsigned char)r->code.p[r->at] < 'A')
        return false;
    int length = take_run(r);
    if (letter != 'g' && letter != 'b') /* eras, the Buddhist year: not ours */
        add_part(r, (zp_format_part){ZP_FORMAT_DATE, letter, length, ZP_STR("")});
    return true;
}

/* A character that stands for one thing wherever it is. */
static bool read_sign(reader *r)
{
    static const struct {
        char sign;
        zp_format_part_kind kind;
    } signs[] = {
        {'0', ZP_FORMAT_DIGIT}, {'#', ZP_FORMAT_DIGIT}, {'?', ZP_FORMAT_DIGIT},
        {'.', ZP_FORMAT_POINT}, {',', ZP_FORMAT_COMMA}, {'%', ZP_FORMAT_PERCENT},
        {'@', ZP_FORMAT_TEXT},
    };
    char c = r->code.p[r->at];
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (c == signs[i].sign) {
            r->at++;
            add_part(
                r, (zp_format_part){signs[i].kind, c, 1, zp_str_slice(r->code, r->at - 1, r->at)});
            return true;
        }
    return false;
}

static void read_part(reader *r)
{
    switch (r->code.p[r->at]) {
    case '"':
        r->at++;
        read_quoted(r);
        return;
    case '[':
        r->at++;
        read_bracket(r);
        return;
    case '\\':
    case '!':
        r->at++;
        add_literal(r, take_character(r));
        return;
    case '_': /* room as wide as the character behind it */
    case '*': /* filled up with it */
        r->at++;
        take_character(r);
        return;
    case '/':
        r->fraction = r->fraction || has_digits(r);
        break;
    default:
        break;
    }
    if (!read_sign(r) && !read_word(r) && !read_exponent(r) && !read_date_letter(r))
        add_literal(r, take_character(r));
}

/* --- Settling a section ---------------------------------------------------------------------- */

static bool holds(const reader *r, zp_format_part_kind kind)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->parts[i].kind == kind)
            return true;
    return false;
}

static char date_letter(const zp_format_part *part)
{
    return part->kind == ZP_FORMAT_DATE || part->kind == ZP_FORMAT_ELAPSED ? part->letter : 0;
}

/* m is minutes when the letter before it is h or the one behind it is s. */
static void settle_minutes(reader *r)
{
    char before = 0, after = 0;
    for (size_t i = 0; i < r->count; i++) {
        char letter = date_letter(&r->parts[i]);
        if (letter == 'm' && before == 'h')
            r->parts[i].letter = 'n';
        before = letter ? letter : before;
    }
    for (size_t i = r->count; i-- > 0;) {
        char letter = date_letter(&r->parts[i]);
        if (letter == 'm' && after == 's')
            r->parts[i].letter = 'n';
        after = letter ? letter : after;
    }
}

/* A sign of numbers in a date is itself, but .0 behind seconds is a fraction of them. */
static void settle_date(reader *r)
{
    zp_format_section *s = r->section;
    char before = 0;
    settle_minutes(r);
    for (size_t i = 0; i < r->count; i++) {
        zp_format_part *p = &r->parts[i];
        bool digit = p->kind == ZP_FORMAT_DIGIT;
        s->has_date = s->has_date || (p->kind == ZP_FORMAT_DATE && strchr("ymdea", p->letter));
        s->twelve_hours = s->twelve_hours || p->kind == ZP_FORMAT_NOON;
        if (digit && before == 'f') {
            *p = (zp_format_part){.kind = ZP_FORMAT_DATE, .letter = 'f'};
            s->hundredths = true;
        } else if (digit || p->kind == ZP_FORMAT_POINT || p->kind == ZP_FORMAT_COMMA ||
                   p->kind == ZP_FORMAT_PERCENT) {
            before = p->kind == ZP_FORMAT_POINT && before == 's' ? 'f' : 0;
            p->kind = ZP_FORMAT_LITERAL;
            continue;
        }
        before = date_letter(p);
    }
}

/* The escaped point of 0!.0, is the decimal point of a number in 万. */
static void settle_escaped_point(reader *r)
{
    size_t point = r->count;
    int behind = 0;
    bool before = false;
    for (size_t i = 0; i < r->count; i++) {
        const zp_format_part *p = &r->parts[i];
        if (p->kind == ZP_FORMAT_POINT || p->kind == ZP_FORMAT_EXPONENT)
            return;
        if (p->kind == ZP_FORMAT_LITERAL && before && zp_str_eq(p->text, ZP_STR(".")))
            point = i;
        before = p->kind == ZP_FORMAT_DIGIT;
        behind += before && point < i;
    }
    if (!behind)
        return;
    r->parts[point].kind = ZP_FORMAT_POINT;
    r->section->scale += behind;
}

/* A comma with digits on both sides groups; behind the last digit each divides by a thousand. */
static void settle_commas(reader *r)
{
    size_t kept = 0, last = 0;
    bool any = false, point = false, grouped = false;
    for (size_t i = 0; i < r->count; i++)
        if (r->parts[i].kind == ZP_FORMAT_DIGIT)
            last = i;
    for (size_t i = 0; i < r->count; i++) {
        zp_format_part p = r->parts[i];
        any = any || p.kind == ZP_FORMAT_DIGIT;
        point = point || p.kind == ZP_FORMAT_POINT;
        bool comma = p.kind == ZP_FORMAT_COMMA;
        bool trailing = comma && (i > last || r->parts[i + 1].kind == ZP_FORMAT_POINT);
        if (comma && any && trailing)
            r->section->scale += 3;
        else if (comma && any && !point)
            grouped = true;
        if (comma && !any)
            p.kind = ZP_FORMAT_LITERAL;
        if (p.kind != ZP_FORMAT_COMMA)
            r->parts[kept++] = p;
    }
    r->count = kept;
    r->section->grouped = grouped;
}

static bool is_money_unit(zp_str text)
{
    static const zp_str units[] = {ZP_STR("%"),    ZP_STR("％"),     ZP_STR("元"),  ZP_STR("千元"),
                                   ZP_STR("万元"), ZP_STR("百万元"), ZP_STR("亿元")};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (zp_str_eq(text, units[i]))
            return true;
    return false;
}

static void count_digits(reader *r)
{
    zp_format_section *s = r->section;
    bool point = false, exponent = false;
    for (size_t i = 0; i < r->count; i++) {
        const zp_format_part *p = &r->parts[i];
        exponent = exponent || p->kind == ZP_FORMAT_EXPONENT;
        s->percents += p->kind == ZP_FORMAT_PERCENT;
        if (p->kind == ZP_FORMAT_POINT && !exponent)
            point = true;
        else if (p->kind == ZP_FORMAT_DIGIT && !exponent)
            point ? s->decimals++ : s->whole++;
        bool behind = i > 0 && (r->parts[i - 1].kind == ZP_FORMAT_DIGIT ||
                                r->parts[i - 1].kind == ZP_FORMAT_GENERAL);
        if (p->kind == ZP_FORMAT_LITERAL && behind && is_money_unit(zp_str_trim(p->text)))
            s->suffix = zp_str_trim(p->text);
    }
}

/* A second point, as in 1.2.3, is a literal. */
static void settle_points(reader *r)
{
    bool point = false;
    for (size_t i = 0; i < r->count; i++) {
        if (r->parts[i].kind == ZP_FORMAT_POINT && point)
            r->parts[i].kind = ZP_FORMAT_LITERAL;
        point = point || r->parts[i].kind == ZP_FORMAT_POINT;
    }
}

/* A fraction, or a mixture that means nothing, shows the number as General does. */
static void make_general(reader *r)
{
    r->count = 0;
    add_part(r, (zp_format_part){.kind = ZP_FORMAT_GENERAL});
    r->section->kind = ZP_SECTION_GENERAL;
}

static void settle_section(reader *r)
{
    zp_format_section *s = r->section;
    bool date = holds(r, ZP_FORMAT_DATE) || holds(r, ZP_FORMAT_ELAPSED);
    bool digits = holds(r, ZP_FORMAT_DIGIT), general = holds(r, ZP_FORMAT_GENERAL);
    if (date && !general && !holds(r, ZP_FORMAT_TEXT)) {
        s->kind = ZP_SECTION_DATE;
        settle_date(r);
    } else if ((date && (general || digits)) || (digits && (general || r->fraction))) {
        make_general(r);
    } else if (holds(r, ZP_FORMAT_TEXT)) {
        s->kind = ZP_SECTION_TEXT;
    } else {
        s->kind = general ? ZP_SECTION_GENERAL : ZP_SECTION_NUMBER;
        settle_points(r);
        settle_escaped_point(r);
        settle_commas(r);
        count_digits(r);
    }
    s->parts = r->parts;
    s->count = r->count;
}

const zp_cell_format *zp_cell_format_read(zp_arena *arena, zp_str code)
{
    zp_cell_format *format = zp_new(arena, zp_cell_format);
    if (code.n == 0 || code.n > ZP_FORMAT_LENGTH)
        code = ZP_STR("General");
    reader r = {.arena = arena, .code = code};
    for (bool more = true; more && format->count < ZP_FORMAT_SECTIONS;) {
        r.section = &format->sections[format->count++];
        r.parts = NULL;
        r.count = r.capacity = 0;
        r.fraction = false;
        while (r.at < r.code.n && r.code.p[r.at] != ';')
            read_part(&r);
        more = r.at < r.code.n;
        r.at++;
        settle_section(&r);
    }
    return format;
}

/* --- What files need not write down ---------------------------------------------------------- */

#define YEAR_MONTH     "yyyy\"年\"m\"月\""
#define YEAR_MONTH_DAY "yyyy\"年\"m\"月\"d\"日\""
#define MONTH_DAY      "m\"月\"d\"日\""
#define NOON_MINUTE    "上午/下午h\"时\"mm\"分\""
#define NOON_SECOND    "上午/下午h\"时\"mm\"分\"ss\"秒\""

zp_str zp_cell_format_built_in(uint32_t id)
{
    static const char *const codes[] = {
        [0] = "General",
        [1] = "0",
        [2] = "0.00",
        [3] = "#,##0",
        [4] = "#,##0.00",
        [5] = "\"￥\"#,##0;\"￥\"\\-#,##0",
        [6] = "\"￥\"#,##0;[Red]\"￥\"\\-#,##0",
        [7] = "\"￥\"#,##0.00;\"￥\"\\-#,##0.00",
        [8] = "\"￥\"#,##0.00;[Red]\"￥\"\\-#,##0.00",
        [9] = "0%",
        [10] = "0.00%",
        [11] = "0.00E+00",
        [12] = "# ?/?",
        [13] = "# ?\?/?\?", /* ?? before / is a trigraph */
        [14] = "yyyy/m/d",
        [15] = "d-mmm-yy",
        [16] = "d-mmm",
        [17] = "mmm-yy",
        [18] = "h:mm AM/PM",
        [19] = "h:mm:ss AM/PM",
        [20] = "h:mm",
        [21] = "h:mm:ss",
        [22] = "yyyy/m/d h:mm",
        [27] = YEAR_MONTH,
        [28] = MONTH_DAY,
        [29] = MONTH_DAY,
        [30] = "m/d/yy",
        [31] = YEAR_MONTH_DAY,
        [32] = "h\"时\"mm\"分\"",
        [33] = "h\"时\"mm\"分\"ss\"秒\"",
        [34] = NOON_MINUTE,
        [35] = NOON_SECOND,
        [36] = YEAR_MONTH,
        [37] = "#,##0;-#,##0",
        [38] = "#,##0;[Red]-#,##0",
        [39] = "#,##0.00;-#,##0.00",
        [40] = "#,##0.00;[Red]-#,##0.00",
        [41] = "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
        [42] = "_ \"￥\"* #,##0_ ;_ \"￥\"* -#,##0_ ;_ \"￥\"* \"-\"_ ;_ @_ ",
        [43] = "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
        [44] = "_ \"￥\"* #,##0.00_ ;_ \"￥\"* -#,##0.00_ ;_ \"￥\"* \"-\"??_ ;_ @_ ",
        [45] = "mm:ss",
        [46] = "[h]:mm:ss",
        [47] = "mm:ss.0",
        [48] = "##0.0E+0",
        [49] = "@",
        [50] = YEAR_MONTH,
        [51] = MONTH_DAY,
        [52] = YEAR_MONTH,
        [53] = MONTH_DAY,
        [54] = MONTH_DAY,
        [55] = NOON_MINUTE,
        [56] = NOON_SECOND,
        [57] = YEAR_MONTH,
        [58] = MONTH_DAY,
    };
    return zp_str_from(id < sizeof codes / sizeof *codes ? codes[id] : NULL);
}

/* quantity.c: passages in, the figures in them out, in one pass over the text.
 *
 * A numeral is read, then what stands on both sides says what it is. Whatever looks like part of a
 * name (a code, a time, an ordinal) is passed over as a whole: a figure that is not seen is a check
 * less, a name taken for a figure is a false alarm.
 */
#include "check/quantity.h"

#include <string.h>
#include "base/utf8.h"

enum {
    YEAR_FIRST = 1900,
    YEAR_LAST = 2099,
    CODE_DIGITS = 11, /* so many digits without unit or point are a telephone or identity number */
    LABEL_DIGITS = 3, /* of the number of a paragraph, or a month or day */
    NAME_IN_MARKS = 600, /* bytes within 《》 that are passed over */
};

typedef struct {
    zp_arena *arena;
    const zp_passages *passages;
    const zp_matrices *matrices;
    zp_quantity *all;
    size_t count, capacity;
    bool more;
} finder;

/* One passage, being read. */
typedef struct {
    finder *f;
    size_t passage;
    zp_str text;
    size_t at;
    size_t sentence, name_from;
    size_t word_end; /* behind the last word of Latin letters */
} reader;

typedef struct {
    size_t start, end;
    zp_str digits; /* without commas */
    int places, significant;
    bool grouped;
} numeral;

/* --- Characters ------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool digit_at(zp_str text, size_t at)
{
    return at < text.n && is_digit(text.p[at]);
}

static zp_str from(zp_str text, size_t at)
{
    return zp_str_slice(text, at, text.n);
}

static size_t skip_spaces(zp_str text, size_t at)
{
    while (at < text.n) {
        size_t next = at;
        uint32_t code = zp_utf8_next(text, &next);
        if (code == '\n' || !zp_code_is_space(code))
            break;
        at = next;
    }
    return at;
}

/* Where the text before `at` ends, spaces aside. */
static size_t trim_before(zp_str text, size_t at)
{
    while (at > 0) {
        uint32_t code = zp_utf8_before(text, at);
        if (code == '\n' || !zp_code_is_space(code))
            break;
        char bytes[4];
        at -= zp_utf8_encode(code, bytes);
    }
    return at;
}

/* The longest of `marks` at `at`: its bytes, or 0. */
static size_t mark_at(zp_str text, size_t at, const char *const *marks, size_t count)
{
    size_t longest = 0;
    for (size_t i = 0; i < count; i++) {
        zp_str mark = zp_str_from(marks[i]);
        if (mark.n > longest && zp_str_starts(from(text, at), mark))
            longest = mark.n;
    }
    return longest;
}

static bool ends_in(zp_str text, size_t end, const char *const *words, size_t count)
{
    zp_str before = zp_str_slice(text, 0, end);
    for (size_t i = 0; i < count; i++)
        if (zp_str_ends(before, zp_str_from(words[i])))
            return true;
    return false;
}

#define MARK_AT(text, at, marks)  mark_at((text), (at), (marks), sizeof(marks) / sizeof *(marks))
#define ENDS_IN(text, end, words) ends_in((text), (end), (words), sizeof(words) / sizeof *(words))

static const char *const range_marks[] = {"～", "~", "-", "－", "–", "——", "—", "至", "到", "−"};
static const char *const minus_marks[] = {"-", "−", "－", "–"};
static const char *const joints[] = {"·", "+", "＋", "×", "*", "/", "／", "\\", "_", "#"};
static const char *const colons[] = {":", "："};
static const char *const rough_before[] = {
    "约",   "近",   "超",   "逾",   "超过", "不低于", "不少于", "不超过", "不高于",   "不大于",
    "至少", "最多", "接近", "大约", "大于", "小于",   "低于",   "高于",   "不足",     "≥",
    "≤",    ">",    "<",    "＞",   "＜",   "≈",      "突破",   "不小于", "不得低于",
};
static const char *const not_rough[] = {"节约", "制约", "合约", "公约", "签约"};
static const char *const rough_within[] = {"余", "多", "几", "来"};
static const char *const rough_behind[] = {"余",   "多",   "左右",   "以上",   "以下",
                                           "以内", "上下", "及以上", "及以下", "（含）以上"};
static const char *const signs_before[] = {
    "增长", "变动率", "变动", "变化", "增幅", "降幅", "增减", "同比", "增长率", "率",
    "=",    "＝",     "为",   "：",   ":",    "（",   "(",    "[",    "约",     "达",
};

/* --- Numerals --------------------------------------------------------------------------------- */

static size_t count_digits(zp_str text, size_t at)
{
    size_t end = at;
    while (digit_at(text, end))
        end++;
    return end - at;
}

/* Groups of three behind commas; where commas do anything else, they end the numeral. */
static size_t take_groups(zp_str text, size_t at, size_t first)
{
    static const char *const commas[] = {",", "，"};
    if (first < 1 || first > 3)
        return at;
    for (;;) {
        size_t comma = MARK_AT(text, at, commas);
        bool wide = comma > 1; /* 100，200万元 is two figures: a wide comma groups nothing */
        if (comma == 0 || wide || count_digits(text, at + comma) != 3)
            return at;
        at += comma + 3;
    }
}

static zp_str without_commas(zp_arena *arena, zp_str text)
{
    zp_buf out = {.arena = arena};
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != ',')
            zp_buf_byte(&out, text.p[i]);
    return zp_buf_str(&out);
}

static int count_significant(zp_str digits)
{
    int count = 0;
    for (size_t i = 0; i < digits.n; i++)
        if (is_digit(digits.p[i]) && (count > 0 || digits.p[i] != '0'))
            count++;
    return count;
}

static numeral read_numeral(const reader *r, size_t start)
{
    zp_str text = r->text;
    size_t first = count_digits(text, start), at = start + first, whole = at;
    at = take_groups(text, at, first);
    numeral n = {.start = start, .grouped = at > whole};
    size_t point = at;
    if (at < text.n && text.p[at] == '.' && digit_at(text, at + 1))
        at += 1 + count_digits(text, at + 1);
    n.places = at > point ? (int)(at - point - 1 < 1000 ? at - point - 1 : 1000) : 0;
    n.end = at;
    n.digits = zp_str_slice(text, start, at);
    if (n.grouped)
        n.digits = without_commas(r->f->arena, n.digits);
    n.significant = n.digits.n <= ZP_NUMBER_DIGITS ? count_significant(n.digits) : 0;
    return n;
}

/* --- What is no figure ------------------------------------------------------------------------ */

/* Passes over digits, letters and what joins them: a code of any kind. */
static size_t skip_code(zp_str text, size_t at)
{
    for (;;) {
        if (at < text.n && (is_digit(text.p[at]) || is_letter(text.p[at]))) {
            at++;
            continue;
        }
        size_t joint = MARK_AT(text, at, joints), range = MARK_AT(text, at, range_marks);
        size_t mark = joint ? joint : range;
        mark = mark ? mark : MARK_AT(text, at, colons);
        if (mark == 0 && at < text.n && text.p[at] == '.')
            mark = 1;
        bool goes_on =
            at + mark < text.n && (is_digit(text.p[at + mark]) || is_letter(text.p[at + mark]));
        if (mark == 0 || !goes_on)
            return at;
        at += mark;
    }
}

static bool is_within_brackets(const reader *r, const numeral *n)
{
    uint32_t before = n->start > 0 ? zp_utf8_before(r->text, n->start) : 0;
    size_t at = n->end;
    uint32_t behind = at < r->text.n ? zp_utf8_next(r->text, &at) : 0;
    bool closed = behind == ')' || behind == 0xFF09;
    bool opened = before == '(' || before == 0xFF08;
    size_t start = trim_before(r->text, n->start);
    return closed && (opened || start == r->sentence || before == 0 || before == '\n');
}

/* 1. 1、 1） （1） at the start of a passage, sentence or line. */
static bool is_label(const reader *r, const numeral *n)
{
    if (n->end - n->start > LABEL_DIGITS || n->places > 0)
        return false;
    if (is_within_brackets(r, n))
        return true;
    size_t at = n->end, start = trim_before(r->text, n->start);
    uint32_t mark = at < r->text.n ? zp_utf8_next(r->text, &at) : 0;
    uint32_t before = start > 0 ? zp_utf8_before(r->text, start) : 0;
    bool opens = start <= r->sentence || before == 0xFF1A || before == ':' || before == '\n';
    return opens && !digit_at(r->text, at) && (mark == '.' || mark == 0xFF0E || mark == 0x3001);
}

static bool is_ordinal(const reader *r, const numeral *n)
{
    static const char *const words[] = {"第",  "表", "图", "附件", "附表",
                                        "No.", "No", "№",  "#",    "NO."};
    return ENDS_IN(r->text, trim_before(r->text, n->start), words);
}

/* Whether a joint with more behind it makes the numeral part of a code, a time or a ratio. */
static bool is_joined(const reader *r, const numeral *n)
{
    zp_str text = r->text;
    size_t joint = MARK_AT(text, n->end, joints), colon = MARK_AT(text, n->end, colons);
    if ((joint > 0 && digit_at(text, n->end + joint)) ||
        (colon > 0 && digit_at(text, n->end + colon)))
        return true;
    if (n->end < text.n && text.p[n->end] == '.' && digit_at(text, n->end + 1))
        return true; /* 2023.6.5 */
    zp_unit unit;
    return n->end < text.n && is_letter(text.p[n->end]) &&
           zp_unit_begins(from(text, n->end), &unit) == 0;
}

static bool has_zero_in_front(const numeral *n)
{
    return n->end - n->start > 1 && n->digits.p[0] == '0' && n->digits.p[1] != '.';
}

static bool is_code(const reader *r, const numeral *n)
{
    static const char *const codes[] = {"号", "＃"};
    size_t behind = skip_spaces(r->text, n->end);
    return has_zero_in_front(n) || n->digits.n > ZP_NUMBER_DIGITS ||
           MARK_AT(r->text, behind, codes) > 0;
}

/* --- Adding ----------------------------------------------------------------------------------- */

static zp_quantity *add(reader *r, zp_quantity quantity)
{
    finder *f = r->f;
    if (f->count == ZP_QUANTITIES_MAX) {
        f->more = true;
        return NULL;
    }
    zp_list_grow(f->arena, f->all, f->count, f->capacity);
    quantity.passage = r->passage;
    quantity.sentence = r->sentence;
    quantity.name_from = r->name_from;
    quantity.printed =
        zp_passage_is_printed(f->passages, r->passage, quantity.start, quantity.digits_end);
    f->all[f->count] = quantity;
    return &f->all[f->count++];
}

/* --- Years and dates -------------------------------------------------------------------------- */

static bool takes_word(zp_str text, size_t *at, const char *word)
{
    size_t start = skip_spaces(text, *at);
    if (!zp_str_starts(from(text, start), zp_str_from(word)))
        return false;
    *at = start + strlen(word);
    return true;
}

/* The 月 and 日 of a date that stand at `at`; where they end. */
static size_t take_month(zp_str text, size_t at)
{
    size_t start = skip_spaces(text, at), digits = count_digits(text, start), end = start + digits;
    if (digits == 0 || digits > 2 || !takes_word(text, &end, "月"))
        return at;
    size_t day = skip_spaces(text, end), more = count_digits(text, day), close = day + more;
    if (more > 0 && more <= 2 && (takes_word(text, &close, "日") || takes_word(text, &close, "号")))
        return close;
    return end;
}

static int read_year(zp_str digits)
{
    int year = 0;
    for (size_t i = 0; i < digits.n && i < 4; i++)
        year = year * 10 + (digits.p[i] - '0');
    return year;
}

int zp_quantity_year(const zp_quantity *q)
{
    return read_year(q->digits);
}

static int year_of(const numeral *n)
{
    int year = read_year(n->digits);
    bool four = n->end - n->start == 4 && n->digits.n == 4;
    return four && year >= YEAR_FIRST && year <= YEAR_LAST ? year : 0;
}

/* 2023年, 2023年度, 2023年6月5日. */
static bool take_year(reader *r, const numeral *n)
{
    int year = year_of(n);
    size_t at = n->end;
    if (year == 0 || !takes_word(r->text, &at, "年"))
        return false;
    size_t date = take_month(r->text, at);
    bool whole = date == at;
    if (whole)
        takes_word(r->text, &at, "度");
    add(r, (zp_quantity){.kind = whole ? ZP_QUANTITY_YEAR : ZP_QUANTITY_DATE,
                         .start = n->start,
                         .end = whole ? at : date,
                         .digits_end = n->end,
                         .digits = n->digits,
                         .value = zp_number_int(r->f->arena, year)});
    r->at = whole ? at : date;
    return true;
}

static bool take_date(reader *r, const numeral *n)
{
    size_t end = take_month(r->text, n->start);
    if (end == n->start)
        return false;
    add(r, (zp_quantity){
               .kind = ZP_QUANTITY_DATE, .start = n->start, .end = end, .digits_end = n->end});
    r->at = end;
    return true;
}

/* --- Figures ---------------------------------------------------------------------------------- */

/* The minus in front, where it is a sign; its bytes. */
static bool is_negative(const reader *r, size_t start)
{
    static const char *const words[] = {"负"};
    size_t before = trim_before(r->text, start);
    if (ENDS_IN(r->text, before, words))
        return true;
    if (!ENDS_IN(r->text, before, minus_marks))
        return false;
    char bytes[4];
    size_t sign = before - zp_utf8_encode(zp_utf8_before(r->text, before), bytes);
    size_t word = trim_before(r->text, sign);
    return word == 0 || ENDS_IN(r->text, word, signs_before);
}

/* A cell that is just (12.30): so accountants write −12.30. */
static bool is_in_brackets(const reader *r, const numeral *n)
{
    const zp_node *node = r->f->passages->all[r->passage].node;
    zp_str text = zp_str_trim(r->text);
    return node != NULL && node->kind == ZP_NODE_CELL && n->places > 0 &&
           text.n == n->end - n->start + 2 && text.p[0] == '(' && text.p[text.n - 1] == ')';
}

static const zp_number *value_of(const reader *r, const numeral *n, const zp_unit *unit)
{
    zp_arena *arena = r->f->arena;
    const zp_number *value = zp_number_scale(arena, zp_number_read(arena, n->digits), unit->power);
    if (value != NULL && (is_negative(r, n->start) || is_in_brackets(r, n)))
        value = zp_number_sub(arena, zp_number_int(arena, 0), value);
    return value;
}

/* 个百分点, %点. */
static bool is_points(zp_str text, size_t start, size_t end)
{
    return zp_str_ends(zp_str_slice(text, start, end), ZP_STR("点"));
}

/* Behind the /批次 of 1,724元/批次. */
static size_t skip_per(zp_str text, size_t at)
{
    static const char *const slashes[] = {"/", "／"};
    zp_unit unit;
    size_t slash = MARK_AT(text, at, slashes);
    size_t per = slash > 0 ? zp_unit_begins(from(text, at + slash), &unit) : 0;
    return per > 0 ? at + slash + per : at;
}

/* The unit of a bare figure that is all there is in its cell. */
static zp_unit unit_of_cell(const reader *r, const zp_quantity *q)
{
    uint32_t row, column;
    const zp_matrix *m = zp_matrices_find(r->f->matrices, r->passage, &row, &column);
    const zp_matrix_cell *cell = m ? zp_matrix_at(m, row, column) : NULL;
    bool alone = q->digits_end - q->start + 4 >= zp_str_trim(r->text).n;
    return cell != NULL && cell->kind == ZP_AMOUNT_NUMBER && alone ? cell->unit : (zp_unit){0};
}

static zp_quantity read_figure(reader *r, const numeral *n)
{
    zp_str text = r->text;
    zp_quantity q = {.kind = ZP_QUANTITY_FIGURE,
                     .start = n->start,
                     .digits_end = n->end,
                     .digits = n->digits,
                     .places = n->places,
                     .significant = n->significant};
    size_t at = skip_spaces(text, n->end);
    size_t before = trim_before(text, n->start);
    q.rough = ENDS_IN(text, before, rough_before) && !ENDS_IN(text, before, not_rough);
    size_t within = MARK_AT(text, at, rough_within);
    size_t unit = zp_unit_begins(from(text, at + within), &q.unit);
    if (within > 0 && unit > 0)
        q.rough = true;
    q.end = unit > 0 ? skip_per(text, at + within + unit) : n->end;
    q.points = q.unit.kind == ZP_UNIT_RATE && is_points(text, q.digits_end, q.end);
    q.rough = q.rough || MARK_AT(text, skip_spaces(text, q.end), rough_behind) > 0;
    if (q.unit.kind == ZP_UNIT_NONE)
        q.unit = unit_of_cell(r, &q);
    q.value = value_of(r, n, &q.unit);
    return q;
}

/* The second numeral of a range that begins with `n`, whose figure ends at `end`; false when there
 * is none. */
static bool take_upper(const reader *r, size_t end, numeral *upper)
{
    size_t at = skip_spaces(r->text, end), mark = MARK_AT(r->text, at, range_marks);
    size_t start = skip_spaces(r->text, at + mark);
    if (mark == 0 || !digit_at(r->text, start))
        return false;
    *upper = read_numeral(r, start);
    return true;
}

/* Without a unit on either side, or as 2021—2023年 and 1—6月, what stands between dashes is no
 * range of figures. */
static void read_range(reader *r, zp_quantity lower, const numeral *n)
{
    zp_quantity upper = read_figure(r, n);
    size_t at = n->end;
    bool dates = takes_word(r->text, &at, "年") || takes_word(r->text, &at, "月");
    numeral third;
    if (dates || (upper.unit.kind == ZP_UNIT_NONE && lower.unit.kind == ZP_UNIT_NONE) ||
        has_zero_in_front(n) || take_upper(r, upper.end, &third)) {
        r->at = dates ? at : skip_code(r->text, n->end);
        return;
    }
    lower.kind = upper.kind = ZP_QUANTITY_RANGE;
    if (lower.unit.kind == ZP_UNIT_NONE) {
        lower.unit = upper.unit;
        lower.value = zp_number_scale(r->f->arena, lower.value, upper.unit.power);
    }
    add(r, lower);
    add(r, upper);
    r->at = r->name_from = upper.end;
}

static void take_figure(reader *r, const numeral *n)
{
    zp_quantity q = read_figure(r, n);
    numeral upper;
    if (take_upper(r, q.end, &upper)) {
        read_range(r, q, &upper);
        return;
    }
    bool bare = q.unit.kind == ZP_UNIT_NONE;
    bool named = bare && r->word_end > 0 && trim_before(r->text, n->start) == r->word_end;
    r->at = q.end;
    if (named || (bare && n->places == 0 && n->end - n->start >= CODE_DIGITS))
        return;
    add(r, q);
    r->name_from = q.end;
}

static void take_numeral(reader *r)
{
    numeral n = read_numeral(r, r->at);
    if (is_joined(r, &n)) {
        r->at = skip_code(r->text, n.end);
        return;
    }
    r->at = n.end;
    if (is_ordinal(r, &n) || is_label(r, &n) || take_year(r, &n) || take_date(r, &n))
        return;
    if (!is_code(r, &n))
        take_figure(r, &n);
    else if (has_zero_in_front(&n)) /* 0731-8888888 */
        r->at = skip_code(r->text, n.end);
}

/* --- The passage ------------------------------------------------------------------------------ */

/* Behind `close`, when it is not far; else just on. */
static size_t skip_marks(zp_str text, size_t at, zp_str close)
{
    zp_str near = zp_utf8_cut(from(text, at), NAME_IN_MARKS);
    size_t end = zp_str_find(near, close, 0);
    return end < near.n ? at + end + close.n : at;
}

/* 5号 behind a 〔2023〕, and the like. */
static size_t skip_document_number(zp_str text, size_t at)
{
    at = skip_marks(text, at, ZP_STR("〕"));
    size_t start = skip_spaces(text, at), digits = count_digits(text, start), end = start + digits;
    return digits > 0 && takes_word(text, &end, "号") ? end : at;
}

static void take_mark(reader *r)
{
    uint32_t code = zp_utf8_next(r->text, &r->at);
    switch (code) {
    case 0x3002: /* 。 */
        if (zp_str_starts(from(r->text, skip_spaces(r->text, r->at)), ZP_STR("其中")))
            break; /* what follows goes on with the same sum */
        r->sentence = r->name_from = r->at;
        break;
    case 0xFF01: /* ！ */
    case 0xFF1F: /* ？ */
    case '\n':
        r->sentence = r->name_from = r->at;
        break;
    case 0x300A: /* 《 */
        r->at = skip_marks(r->text, r->at, ZP_STR("》"));
        break;
    case 0x3014: /* 〔 */
        r->at = skip_document_number(r->text, r->at);
        break;
    default:
        break;
    }
}

static void read_passage(reader *r)
{
    while (r->at < r->text.n && !r->f->more) {
        char c = r->text.p[r->at];
        if (is_digit(c))
            take_numeral(r);
        else if (is_letter(c))
            r->word_end = r->at = skip_code(r->text, r->at);
        else
            take_mark(r);
    }
}

zp_quantities *zp_quantities_find(zp_arena *arena, const zp_passages *passages,
                                  const zp_matrices *matrices)
{
    finder f = {.arena = arena, .passages = passages, .matrices = matrices};
    for (size_t i = 0; i < passages->count; i++) {
        reader r = {.f = &f, .passage = i, .text = passages->all[i].text};
        read_passage(&r);
    }
    zp_quantities *found = zp_new(arena, zp_quantities);
    *found = (zp_quantities){f.all, f.count, f.more};
    return found;
}

size_t zp_quantities_of(const zp_quantities *quantities, size_t passage, size_t *end)
{
    size_t low = 0, high = quantities->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (quantities->all[middle].passage < passage)
            low = middle + 1;
        else
            high = middle;
    }
    for (*end = low; *end < quantities->count && quantities->all[*end].passage == passage;)
        ++*end;
    return low;
}

/* cellshow.c: a value and its format in, the cell's text out.
 *
 * A number is scaled and rounded once, as digits; then the parts of its section are written from
 * left to right, the first place for a digit taking all that have none.
 */
#include "book/cellshow.h"

#include <math.h>
#include <string.h>

enum {
    GENERAL_WIDTH = 11,     /* characters of a number in General, the point among them */
    GENERAL_SCIENTIFIC = 6, /* its digits when it has to have an exponent */
    NOISE_DIGITS = 14,      /* fewer are no noise: somebody typed them */
    NOISE_ZERO = -9,        /* below 10 to this, a zero that is shown is one */
    ROOM = 128, /* for a text being written, on the stack: what is longer goes on in the arena */
    EXCEL_PLACES = 30, /* decimals that a format may ask for */
};

/* A number about to be written. */
typedef struct {
    const zp_format_section *section;
    zp_numeral shown; /* without its sign */
    zp_buf out;
} writing;

/* --- Which section --------------------------------------------------------------------------- */

static bool meets(const zp_format_section *section, const zp_numeral *number)
{
    int order = zp_numeral_compare(number, &section->threshold);
    switch (section->condition) {
    case ZP_CONDITION_LESS:
        return order < 0;
    case ZP_CONDITION_LESS_EQUAL:
        return order <= 0;
    case ZP_CONDITION_EQUAL:
        return order == 0;
    case ZP_CONDITION_NOT_EQUAL:
        return order != 0;
    case ZP_CONDITION_GREATER_EQUAL:
        return order >= 0;
    case ZP_CONDITION_GREATER:
        return order > 0;
    case ZP_CONDITION_NONE:
        break;
    }
    return true;
}

/* The sections that are for numbers: a last one with @ is for text. */
static size_t count_number_sections(const zp_cell_format *format)
{
    size_t count = format->count;
    if (count == ZP_FORMAT_SECTIONS ||
        (count > 1 && format->sections[count - 1].kind == ZP_SECTION_TEXT))
        count--;
    return count;
}

/* Whether a section with a condition writes the sign of its negative numbers itself: the standard
 * does not say; those that do open with it. */
static bool opens_with_sign(const zp_format_section *s)
{
    return s->count && s->parts[0].kind == ZP_FORMAT_LITERAL && s->parts[0].text.n &&
           strchr("-(", s->parts[0].text.p[0]);
}

static const zp_format_section *choose_by_condition(const zp_cell_format *format, size_t count,
                                                    const zp_numeral *number)
{
    const zp_format_section *s = format->sections;
    const zp_numeral zero = {.count = 0};
    for (size_t i = 0; i < count; i++) {
        bool positive = i == 0 && count > 1 && s[0].condition == ZP_CONDITION_NONE;
        if (positive ? zp_numeral_compare(number, &zero) > 0 : meets(&s[i], number))
            return &s[i];
    }
    return &s[count - 1];
}

/* The section for a number. Positive, negative and zero take the first three, and a section of
 * negative numbers writes their sign itself (*signed_itself); conditions take their places. */
static const zp_format_section *choose_section(const zp_cell_format *format,
                                               const zp_numeral *number, bool *signed_itself)
{
    const zp_format_section *s = format->sections;
    size_t count = count_number_sections(format);
    if (s[0].condition != ZP_CONDITION_NONE || (count > 1 && s[1].condition != ZP_CONDITION_NONE)) {
        const zp_format_section *chosen = choose_by_condition(format, count, number);
        *signed_itself = opens_with_sign(chosen);
        return chosen;
    }
    *signed_itself = number->negative && count > 1;
    if (*signed_itself)
        return &s[1];
    return &s[number->count == 0 && count > 2 ? 2 : 0];
}

/* --- Digits ---------------------------------------------------------------------------------- */

/* The digit that stands for 10^power; '0' where the number has none. */
static char digit_at(const zp_numeral *n, int power)
{
    int i = n->point - 1 - power;
    return i >= 0 && i < n->count ? n->digits[i] : '0';
}

/* Writes the digits from 10^high down to 10^low. */
static void write_digits(writing *w, int high, int low)
{
    for (int power = high; power >= low; power--) {
        zp_buf_byte(&w->out, digit_at(&w->shown, power));
        if (w->section->grouped && power > 0 && power % 3 == 0)
            zp_buf_byte(&w->out, ',');
    }
}

/* A place before the point, `rest` places to the right of it: the first takes all digits that are
 * left of the places. */
static void write_whole(writing *w, char letter, int place, int rest)
{
    int high = w->shown.point - 1;
    if (place == 0 && high > rest)
        write_digits(w, high, rest);
    else if (high >= rest || letter == '0')
        write_digits(w, rest, rest);
}

/* A place behind the point. Nothing behind the last digit but what 0 demands. */
static void write_decimal(writing *w, char letter, int place)
{
    int last = w->shown.count - w->shown.point; /* decimals that it has */
    if (place < last || letter == '0')
        zp_buf_byte(&w->out, digit_at(&w->shown, -1 - place));
}

/* --- General --------------------------------------------------------------------------------- */

static void write_scientific(writing *w, zp_numeral n)
{
    int exponent = n.point - 1;
    zp_numeral_scale(&n, -exponent);
    zp_numeral_round(&n, GENERAL_SCIENTIFIC - 1);
    if (n.point == 2) { /* 9.999996 became 10 */
        n.point = 1;
        exponent++;
    }
    zp_numeral_print(&n, &w->out);
    zp_buf_format(&w->out, "E%c%02d", exponent < 0 ? '-' : '+',
                  exponent < 0 ? -exponent : exponent);
}

/* Decimals that General has room for. */
static int general_places(const zp_numeral *n)
{
    int whole = n->point > 1 ? n->point : 1;
    return whole < GENERAL_WIDTH - 1 ? GENERAL_WIDTH - 1 - whole : 0;
}

static bool is_scientific(const zp_numeral *n)
{
    bool fits = n->count - n->point <= general_places(n);
    return n->point > GENERAL_WIDTH || (n->point < -3 && !fits);
}

static void write_general(writing *w, zp_numeral n)
{
    n.negative = false;
    if (is_scientific(&n)) {
        write_scientific(w, n);
        return;
    }
    zp_numeral_round(&n, general_places(&n));
    zp_numeral_print(&n, &w->out);
}

/* --- Numbers --------------------------------------------------------------------------------- */

/* Takes the power of ten out of the number that `whole` digits before the point leave to it. */
static int take_exponent(zp_numeral *n, int whole, int decimals)
{
    int step = whole > 1 ? whole : 1, exponent = 0;
    for (int pass = 0; pass < 2 && n->count; pass++) { /* again when rounding made it longer */
        int high = n->point - 1;
        int power = high >= 0 ? high / step * step : -((step - 1 - high) / step * step);
        zp_numeral_scale(n, -power);
        exponent += power;
        zp_numeral_round(n, decimals);
    }
    return exponent;
}

static int count_digits(const zp_format_section *s, size_t from)
{
    int count = 0;
    for (size_t i = from; i < s->count; i++)
        count += s->parts[i].kind == ZP_FORMAT_DIGIT;
    return count;
}

static void write_exponent(writing *w, size_t at, int exponent)
{
    const zp_format_section *s = w->section;
    zp_buf_byte(&w->out, 'E');
    if (exponent < 0 || s->parts[at].letter == '+')
        zp_buf_byte(&w->out, exponent < 0 ? '-' : '+');
    zp_buf_format(&w->out, "%0*d", count_digits(s, at), exponent < 0 ? -exponent : exponent);
}

/* Where in a section the writing is. */
typedef struct {
    bool behind, exponent; /* the point, the E */
    int place;             /* places for digits seen on this side */
    size_t point_end;      /* the text's length after the point */
} progress;

static void write_digit(writing *w, const zp_format_part *part, progress *at)
{
    if (at->exponent)
        return;
    if (at->behind)
        write_decimal(w, part->letter, at->place);
    else
        write_whole(w, part->letter, at->place, w->section->whole - 1 - at->place);
    at->place++;
}

static void write_point(writing *w, progress *at)
{
    if (w->section->whole == 0 && w->shown.point > 0)
        write_digits(w, w->shown.point - 1, 0);
    zp_buf_byte(&w->out, '.');
    *at = (progress){.behind = true, .point_end = w->out.n};
}

/* A point with nothing behind it is not shown. */
static void drop_bare_point(zp_buf *out, const progress *at)
{
    if (at->behind && out->n == at->point_end)
        out->n--;
}

static void write_number(writing *w, int exponent)
{
    const zp_format_section *s = w->section;
    progress at = {.place = 0};
    for (size_t i = 0; i < s->count; i++) {
        const zp_format_part *p = &s->parts[i];
        if (p->kind == ZP_FORMAT_DIGIT) {
            write_digit(w, p, &at);
            continue;
        }
        if (p->kind == ZP_FORMAT_POINT) {
            write_point(w, &at);
            continue;
        }
        if (s->decimals)
            drop_bare_point(&w->out, &at);
        if (p->kind == ZP_FORMAT_EXPONENT) {
            write_exponent(w, i, exponent);
            at.exponent = true;
        } else if (p->kind == ZP_FORMAT_GENERAL) {
            write_general(w, w->shown);
        } else {
            zp_buf_add(&w->out, p->text);
        }
    }
    drop_bare_point(&w->out, &at);
}

static zp_str trim_copy(zp_arena *arena, const zp_buf *out)
{
    return zp_str_copy(arena, zp_str_trim(zp_buf_str(out)));
}

/* --- Noise ----------------------------------------------------------------------------------- */

/* Whether |a - b| < size × 10^power, all but exactly. */
static bool differs_less(const zp_numeral *a, const zp_numeral *b, double size, int power)
{
    zp_numeral unit = {.count = 1, .point = power + 1, .digits = "1"};
    return fabs(zp_numeral_double(a) - zp_numeral_double(b)) < size * zp_numeral_double(&unit);
}

zp_numeral zp_cell_without_noise(zp_numeral number, zp_numeral shown, int places)
{
    if (shown.count == 0)
        return number.point <= NOISE_ZERO ? shown : number;
    if (number.count < NOISE_DIGITS || places > EXCEL_PLACES)
        return number;
    double value = zp_numeral_double(&number), meant = zp_numeral_double(&shown);
    float narrow = (float)meant;
    bool from_float = isnormal(narrow) && fabs(value - (double)narrow) < fabs(value) * 1e-14;
    bool near_value = differs_less(&number, &shown, fabs(value), -6);
    bool near_place = differs_less(&number, &shown, 1, -places - 3);
    return from_float || (near_value && near_place) ? shown : number;
}

/* --- Numbers in cells ------------------------------------------------------------------------ */

static void set_stored(zp_arena *arena, const zp_format_section *s, const zp_numeral *meant,
                       zp_cell *cell)
{
    char room[ROOM];
    zp_buf out = {arena, room, 0, sizeof room};
    zp_numeral_print(meant, &out);
    bool same = zp_str_eq(zp_buf_str(&out), cell->text);
    cell->stored = same ? ZP_STR("") : zp_str_copy(arena, zp_buf_str(&out));
    cell->unit = s->percents ? ZP_STR("1") : s->suffix;
}

/* Rounds what is shown to what the section has places for, and tells the number's noise by it.
 * Words without a place for digits round nothing. */
static void round_shown(writing *w, zp_numeral *number)
{
    const zp_format_section *s = w->section;
    bool general = s->kind == ZP_SECTION_GENERAL;
    if (general ? is_scientific(&w->shown) : s->whole + s->decimals == 0)
        return;
    int places = general ? general_places(&w->shown) : s->decimals;
    zp_numeral_round(&w->shown, places);
    zp_numeral shown = w->shown;
    shown.negative = number->negative && shown.count;
    zp_numeral_scale(&shown, -2 * s->percents);
    *number = zp_cell_without_noise(*number, shown, places + 2 * s->percents);
}

static bool has_exponent(const zp_format_section *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->parts[i].kind == ZP_FORMAT_EXPONENT)
            return true;
    return false;
}

static void show_by(zp_arena *arena, const zp_format_section *s, zp_numeral number, bool minus,
                    zp_cell *cell)
{
    zp_numeral_scale(&number, -s->scale);
    char room[ROOM];
    writing w = {.section = s, .shown = number, .out = {arena, room, 0, sizeof room}};
    w.shown.negative = false;
    zp_numeral_scale(&w.shown, 2 * s->percents);
    int exponent = 0;
    if (has_exponent(s))
        exponent = take_exponent(&w.shown, s->whole, s->decimals);
    else
        round_shown(&w, &number);
    if (minus && w.shown.count)
        zp_buf_byte(&w.out, '-');
    write_number(&w, exponent);
    cell->kind = ZP_CELL_NUMBER;
    cell->text = trim_copy(arena, &w.out);
    set_stored(arena, s, &number, cell);
}

/* --- Dates ----------------------------------------------------------------------------------- */

static const char *const chinese_digits[] = {"〇", "一", "二", "三", "四",
                                             "五", "六", "七", "八", "九"};

/* Digit by digit for years, else as it is said: 十二, 三十. */
static void write_chinese(zp_buf *out, int value, bool by_digit)
{
    if (by_digit) {
        for (int unit = value > 999 ? 1000 : 10; unit; unit /= 10)
            zp_buf_add(out, zp_str_from(chinese_digits[value / unit % 10]));
        return;
    }
    if (value >= 20)
        zp_buf_add(out, zp_str_from(chinese_digits[value / 10 % 10]));
    if (value >= 10)
        zp_buf_lit(out, "十");
    if (value % 10 || value == 0)
        zp_buf_add(out, zp_str_from(chinese_digits[value % 10]));
}

static void write_month(zp_buf *out, int month, int length)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    zp_str name = zp_str_from(names[(month + 11) % 12]);
    size_t letters = length == 3 ? 3 : length == 5 ? 1 : name.n;
    zp_buf_add(out, zp_str_slice(name, 0, letters));
}

static void write_weekday(zp_buf *out, int weekday, const zp_format_part *part)
{
    static const char *const names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                        "Thursday", "Friday", "Saturday"};
    static const char *const chinese[] = {"日", "一", "二", "三", "四", "五", "六"};
    if (part->letter == 'a') {
        if (part->length > 3)
            zp_buf_lit(out, "星期");
        zp_buf_add(out, zp_str_from(chinese[weekday]));
        return;
    }
    zp_str name = zp_str_from(names[weekday]);
    zp_buf_add(out, zp_str_slice(name, 0, part->length == 3 ? 3 : name.n));
}

/* A clock's reading, rounded to what the section shows: `left` milliseconds of the second. */
typedef struct {
    int64_t days;
    int hour, minute, second, left;
} reading;

static reading read_clock(const zp_moment *m, bool fractions)
{
    int ms = m->milliseconds;
    int64_t seconds = fractions ? ms / 1000 : (ms + 500) / 1000;
    return (reading){m->days, (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60),
                     fractions ? ms % 1000 : 0};
}

/* What a letter counts: its value, and 0 where it is written otherwise. */
static int value_of(char letter, const zp_moment *m, const reading *clock, bool twelve)
{
    switch (letter) {
    case 'm':
        return m->month;
    case 'd':
        return m->day;
    case 'h':
        return twelve ? (clock->hour + 11) % 12 + 1 : clock->hour;
    case 'n':
        return clock->minute;
    case 's':
        return clock->second;
    default:
        return 0;
    }
}

static void write_elapsed(zp_buf *out, const zp_format_part *p, const reading *clock)
{
    int64_t seconds = ((clock->days * 24 + clock->hour) * 60 + clock->minute) * 60 + clock->second;
    int64_t value = p->letter == 'h' ? seconds / 3600 : p->letter == 'n' ? seconds / 60 : seconds;
    zp_buf_format(out, "%0*lld", p->length, (long long)value);
}

static void write_noon(zp_buf *out, int length, bool morning)
{
    static const char *const words[][2] = {{"P", "A"}, {"PM", "AM"}, {"下午", "上午"}};
    zp_buf_add(out, zp_str_from(words[length][morning]));
}

static void write_date_part(zp_buf *out, const zp_format_section *s, const zp_format_part *p,
                            const zp_moment *m, reading *clock)
{
    bool year = p->letter == 'y' || p->letter == 'e';
    int value = year ? (p->letter == 'y' && p->length < 3 ? m->year % 100 : m->year)
                     : value_of(p->letter, m, clock, s->twelve_hours);
    if (p->letter == 'f') {
        zp_buf_byte(out, (char)('0' + clock->left / 100 % 10));
        clock->left = clock->left % 100 * 10;
    } else if (p->letter == 'a' || (p->letter == 'd' && p->length > 2)) {
        write_weekday(out, m->weekday, p);
    } else if (p->letter == 'm' && p->length > 2 && !s->chinese_digits) {
        write_month(out, m->month, p->length);
    } else if (s->chinese_digits) {
        write_chinese(out, value, year);
    } else {
        int width = year ? (p->length < 3 && p->letter == 'y' ? 2 : 4) : p->length > 1 ? 2 : 1;
        zp_buf_format(out, "%0*d", width, value);
    }
}

static zp_str write_moment(zp_arena *arena, const zp_format_section *s, const zp_moment *m)
{
    char room[ROOM];
    zp_buf out = {arena, room, 0, sizeof room};
    reading clock = read_clock(m, s->hundredths);
    for (size_t i = 0; i < s->count; i++) {
        const zp_format_part *p = &s->parts[i];
        if (p->kind == ZP_FORMAT_DATE)
            write_date_part(&out, s, p, m, &clock);
        else if (p->kind == ZP_FORMAT_ELAPSED)
            write_elapsed(&out, p, &clock);
        else if (p->kind == ZP_FORMAT_NOON)
            write_noon(&out, p->length, clock.hour < 12);
        else
            zp_buf_add(&out, p->text);
    }
    return trim_copy(arena, &out);
}

static bool counts_on(const zp_format_section *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->parts[i].kind == ZP_FORMAT_ELAPSED)
            return true;
    return false;
}

static void show_moment_by(zp_arena *arena, const zp_format_section *s, const zp_moment *moment,
                           zp_cell *cell)
{
    bool date = s->has_date || (moment->days != 0 && !counts_on(s));
    cell->kind = date ? ZP_CELL_DATE : ZP_CELL_TEXT;
    cell->text = write_moment(arena, s, moment);
    cell->stored = date ? zp_moment_print(arena, moment) : ZP_STR("");
    cell->unit = ZP_STR("");
}

/* --- The three doors ------------------------------------------------------------------------- */

static const zp_format_section general_section = {
    .kind = ZP_SECTION_GENERAL,
    .parts = (const zp_format_part[]){{.kind = ZP_FORMAT_GENERAL}},
    .count = 1,
};

/* A number in a cell that is marked as text stands there as it was typed. */
static void show_plain(zp_arena *arena, const zp_numeral *number, zp_cell *cell)
{
    zp_buf out = {.arena = arena};
    zp_numeral_print(number, &out);
    cell->kind = ZP_CELL_NUMBER;
    cell->text = zp_buf_str(&out);
    cell->stored = cell->unit = ZP_STR("");
}

void zp_cell_show_number(zp_arena *arena, const zp_cell_format *format, zp_numeral number,
                         bool since_1904, zp_cell *cell)
{
    bool signed_itself;
    const zp_format_section *s = choose_section(format, &number, &signed_itself);
    zp_moment moment;
    if (s->kind == ZP_SECTION_TEXT)
        show_plain(arena, &number, cell);
    else if (s->kind != ZP_SECTION_DATE)
        show_by(arena, s, number, number.negative && !signed_itself, cell);
    else if (zp_moment_of_serial(&number, since_1904, &moment))
        show_moment_by(arena, s, &moment, cell);
    else /* Excel shows #### */
        show_by(arena, &general_section, number, number.negative, cell);
}

void zp_cell_show_moment(zp_arena *arena, const zp_cell_format *format, const zp_moment *moment,
                         zp_cell *cell)
{
    static const zp_str plain = ZP_STR("yyyy/m/d"), timed = ZP_STR("yyyy/m/d h:mm");
    const zp_format_section *s = &format->sections[0];
    if (s->kind != ZP_SECTION_DATE)
        s = zp_cell_format_read(arena, moment->milliseconds ? timed : plain)->sections;
    show_moment_by(arena, s, moment, cell);
}

/* The section for text: the fourth, or a last one with @. One without @ would hide the text, which
 * is not lost here. */
static const zp_format_section *text_section(const zp_cell_format *format)
{
    const zp_format_section *last = &format->sections[format->count - 1];
    return last->kind == ZP_SECTION_TEXT && last->count > 1 ? last : NULL;
}

void zp_cell_show_text(zp_arena *arena, const zp_cell_format *format, zp_str text, zp_cell *cell)
{
    cell->kind = ZP_CELL_TEXT;
    cell->text = text;
    cell->stored = cell->unit = ZP_STR("");
    const zp_format_section *s = text_section(format);
    if (!s)
        return;
    zp_buf out = {.arena = arena};
    for (size_t i = 0; i < s->count; i++)
        zp_buf_add(&out, s->parts[i].kind == ZP_FORMAT_TEXT ? text : s->parts[i].text);
    cell->text = zp_buf_str(&out);
}

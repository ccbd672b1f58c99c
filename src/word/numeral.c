/* numeral.c: a number and the name of a format in, its characters out. */
#include "word/numeral.h"

#include "base/utf8.h"

enum { COUNTING_MAX = 9999 };

typedef void writer(uint32_t number, zp_buf *out);

static void write_decimal(uint32_t number, zp_buf *out)
{
    zp_buf_uint(out, number);
}

static void write_padded(uint32_t number, zp_buf *out)
{
    if (number < 10)
        zp_buf_byte(out, '0');
    zp_buf_uint(out, number);
}

static void write_none(uint32_t number, zp_buf *out)
{
    (void)number;
    (void)out;
}

/* A, B … Z, AA, BB …: the letter is doubled, not counted on (17.18.59, upperLetter). */
static void write_letters(uint32_t number, char first, zp_buf *out)
{
    enum { ALPHABET = 26, TIMES_MAX = 20 };
    if (number == 0 || number > ALPHABET * TIMES_MAX) {
        zp_buf_uint(out, number);
        return;
    }
    for (uint32_t i = 0; i <= (number - 1) / ALPHABET; i++)
        zp_buf_byte(out, (char)(first + (char)((number - 1) % ALPHABET)));
}

static void write_upper_letter(uint32_t number, zp_buf *out)
{
    write_letters(number, 'A', out);
}

static void write_lower_letter(uint32_t number, zp_buf *out)
{
    write_letters(number, 'a', out);
}

static void write_roman(uint32_t number, int lower, zp_buf *out)
{
    static const struct {
        uint32_t value;
        const char *sign;
    } signs[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                 {90, "XC"},  {50, "L"},   {40, "XL"}, {10, "X"},   {9, "IX"},
                 {5, "V"},    {4, "IV"},   {1, "I"}};
    if (number == 0 || number > 3999) {
        zp_buf_uint(out, number);
        return;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        for (; number >= signs[i].value; number -= signs[i].value)
            for (const char *c = signs[i].sign; *c; c++)
                zp_buf_byte(out, (char)(*c | lower));
}

static void write_upper_roman(uint32_t number, zp_buf *out)
{
    write_roman(number, 0, out);
}

static void write_lower_roman(uint32_t number, zp_buf *out)
{
    write_roman(number, 0x20, out);
}

static void write_digit(uint32_t digit, const char *const *digits, zp_buf *out)
{
    zp_buf_add(out, zp_str_from(digits[digit]));
}

static const char *const small_digits[] = {"〇", "一", "二", "三", "四",
                                           "五", "六", "七", "八", "九"};

/* 十一, 二十, 一百零五, 一千零一十. */
static void write_counting(uint32_t number, const char *const *digits, const char *const *units,
                           bool short_ten, zp_buf *out)
{
    static const uint32_t powers[] = {1000, 100, 10, 1};
    bool begun = false, gap = false;
    if (number == 0 || number > COUNTING_MAX) {
        zp_buf_uint(out, number);
        return;
    }
    for (size_t i = 0; i < 4; i++) {
        uint32_t digit = number / powers[i] % 10;
        if (digit == 0) {
            gap = begun;
            continue;
        }
        if (gap)
            zp_buf_lit(out, "零");
        gap = false;
        if (begun || !short_ten || powers[i] != 10 || digit != 1)
            write_digit(digit, digits, out);
        zp_buf_add(out, zp_str_from(units[i]));
        begun = true;
    }
}

static void write_chinese(uint32_t number, zp_buf *out)
{
    static const char *const units[] = {"千", "百", "十", ""};
    write_counting(number, small_digits, units, true, out);
}

static void write_legal(uint32_t number, zp_buf *out)
{
    static const char *const digits[] = {"零", "壹", "贰", "叁", "肆",
                                         "伍", "陆", "柒", "捌", "玖"};
    static const char *const units[] = {"仟", "佰", "拾", ""};
    write_counting(number, digits, units, false, out);
}

/* 一〇: digit by digit. */
static void write_digits(uint32_t number, zp_buf *out)
{
    uint32_t power = 1;
    while (number / power >= 10)
        power *= 10;
    for (; power > 0; power /= 10)
        write_digit(number / power % 10, small_digits, out);
}

static void write_full_width(uint32_t number, zp_buf *out)
{
    uint32_t power = 1;
    while (number / power >= 10)
        power *= 10;
    for (; power > 0; power /= 10)
        zp_buf_code(out, 0xFF10 + number / power % 10);
}

/* The number-th of `count` characters from `first` on. */
static void write_one_of(uint32_t number, uint32_t first, uint32_t count, zp_buf *out)
{
    if (number >= 1 && number <= count)
        zp_buf_code(out, first + number - 1);
    else
        zp_buf_uint(out, number);
}

static void write_circled(uint32_t number, zp_buf *out)
{
    write_one_of(number, 0x2460, 20, out);
}

static void write_parenthesized(uint32_t number, zp_buf *out)
{
    write_one_of(number, 0x2474, 20, out);
}

static void write_stopped(uint32_t number, zp_buf *out)
{
    write_one_of(number, 0x2488, 20, out);
}

static void write_han_circled(uint32_t number, zp_buf *out)
{
    write_one_of(number, 0x3280, 10, out);
}

static void write_named(uint32_t number, const char *const *names, uint32_t count, zp_buf *out)
{
    if (number >= 1 && number <= count)
        zp_buf_add(out, zp_str_from(names[number - 1]));
    else
        zp_buf_uint(out, number);
}

static void write_stems(uint32_t number, zp_buf *out)
{
    static const char *const names[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
    write_named(number, names, 10, out);
}

static void write_branches(uint32_t number, zp_buf *out)
{
    static const char *const names[] = {"子", "丑", "寅", "卯", "辰", "巳",
                                        "午", "未", "申", "酉", "戌", "亥"};
    write_named(number, names, 12, out);
}

void zp_word_numeral(uint32_t number, zp_str format, zp_buf *out)
{
    static const struct {
        const char *name;
        writer *write;
    } formats[] = {
        {"decimal", write_decimal},
        {"decimalZero", write_padded},
        {"none", write_none},
        {"bullet", write_none},
        {"upperLetter", write_upper_letter},
        {"lowerLetter", write_lower_letter},
        {"upperRoman", write_upper_roman},
        {"lowerRoman", write_lower_roman},
        {"chineseCounting", write_chinese},
        {"chineseCountingThousand", write_chinese},
        {"japaneseCounting", write_chinese},
        {"taiwaneseCounting", write_chinese},
        {"taiwaneseCountingThousand", write_chinese},
        {"chineseLegalSimplified", write_legal},
        {"ideographDigital", write_digits},
        {"japaneseDigitalTenThousand", write_digits},
        {"taiwaneseDigital", write_digits},
        {"decimalFullWidth", write_full_width},
        {"decimalFullWidth2", write_full_width},
        {"decimalEnclosedCircle", write_circled},
        {"decimalEnclosedCircleChinese", write_circled},
        {"decimalEnclosedParen", write_parenthesized},
        {"decimalEnclosedFullstop", write_stopped},
        {"ideographEnclosedCircle", write_han_circled},
        {"ideographTraditional", write_stems},
        {"ideographZodiac", write_branches},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (zp_str_eq(format, zp_str_from(formats[i].name))) {
            formats[i].write(number, out);
            return;
        }
    write_decimal(number, out);
}

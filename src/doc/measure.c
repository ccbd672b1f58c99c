/* measure.c: words such as 156mm, 三号 and 2字 in; lengths out. */
#include "doc/measure.h"

enum {
    NUMBER_MAX = 9999, /* of a length, in any unit */
    TYPE_MAX = 200,    /* pt */
};

/* A literal where an initializer must be constant. */
#define TEXT(literal)                                                                              \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

/* Word's sizes of type, in tenths of a point. */
static const struct {
    zp_str name;
    int tenths;
} type_sizes[] = {
    {TEXT("初号"), 420}, {TEXT("小初"), 360}, {TEXT("一号"), 260}, {TEXT("小一"), 240},
    {TEXT("二号"), 220}, {TEXT("小二"), 180}, {TEXT("三号"), 160}, {TEXT("小三"), 150},
    {TEXT("四号"), 140}, {TEXT("小四"), 120}, {TEXT("五号"), 105}, {TEXT("小五"), 90},
    {TEXT("六号"), 75},  {TEXT("小六"), 65},  {TEXT("七号"), 55},  {TEXT("八号"), 50},
};

bool zp_number_parse(zp_str text, size_t *at, int64_t *number)
{
    size_t i = 0;
    int64_t value = 0;
    for (; i < text.n && text.p[i] >= '0' && text.p[i] <= '9' && value <= NUMBER_MAX; i++)
        value = value * 10 + (text.p[i] - '0');
    if (i == 0 || value > NUMBER_MAX)
        return false;
    value *= ZP_FRACTION;
    if (i < text.n && text.p[i] == '.') {
        size_t point = i++;
        for (int64_t place = ZP_FRACTION / 10; i < text.n && text.p[i] >= '0' && text.p[i] <= '9';
             i++) {
            value += place * (text.p[i] - '0');
            place /= 10;
        }
        if (i == point + 1 || i > point + 5)
            return false;
    }
    *at = i;
    *number = value;
    return true;
}

static int64_t divide_round(int64_t a, int64_t b)
{
    return (a + b / 2) / b;
}

int64_t zp_length_parse(const zp_page_setup *page, zp_str text, bool type)
{
    if (type)
        for (size_t i = 0; i < sizeof type_sizes / sizeof *type_sizes; i++)
            if (zp_str_eq(text, type_sizes[i].name))
                return zp_len_pt10(type_sizes[i].tenths);
    size_t at = 0;
    int64_t n = 0;
    if (!zp_number_parse(text, &at, &n))
        return -1;
    zp_str unit = zp_str_trim(zp_str_slice(text, at, text.n));
    if (zp_str_eq(unit, ZP_STR("mm")))
        return divide_round(n * 360 * ZP_PT, (int64_t)127 * ZP_FRACTION);
    if (zp_str_eq(unit, ZP_STR("pt")))
        return divide_round(n * ZP_PT, ZP_FRACTION);
    if (type && page->cells > 0 && zp_str_eq(unit, ZP_STR("字")))
        return divide_round(n * page->body_width, (int64_t)page->cells * ZP_FRACTION);
    if (type && page->lines > 0 && zp_str_eq(unit, ZP_STR("行")))
        return divide_round(n * page->body_height, (int64_t)page->lines * ZP_FRACTION);
    return -1;
}

zp_len zp_type_size(zp_str name)
{
    int64_t size = zp_length_parse(&(zp_page_setup){0}, name, true);
    return size >= ZP_PT && size <= (int64_t)TYPE_MAX * ZP_PT ? (zp_len)size : 0;
}

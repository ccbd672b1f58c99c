/* guess.c: Markdown in, what its title says out. */
#include "app/guess.h"

#include <ctype.h>
#include "doc/caption.h"

enum {
    UNIT_MAX = 60 * 3, /* bytes of a department's name */
    YEAR_DIGITS = 4,
    HEAD_LINES = 60, /* of the text in which a cover page may name the unit */
};

zp_str zp_guess_unescape(zp_arena *arena, zp_str text)
{
    zp_buf out = {.arena = arena};
    for (size_t i = 0; i < text.n; i++) {
        bool mark = text.p[i] == '\\' && i + 1 < text.n && ispunct((unsigned char)text.p[i + 1]);
        i += mark;
        zp_buf_byte(&out, text.p[i]);
    }
    return zp_buf_str(&out);
}

/* The line that begins with one #. A title with a note stays where it is. */
static void find_title(zp_arena *arena, const zp_source *source, zp_guess *guess)
{
    for (size_t i = 1; i <= source->line_count; i++) {
        zp_str line = zp_source_line(source, i);
        size_t start = source->lines[i - 1];
        if (!zp_str_starts(line, ZP_STR("# ")))
            continue;
        zp_str words = zp_str_slice(line, 2, line.n);
        if (zp_caption_part_label(zp_str_trim(words)) > 0)
            continue;
        guess->title = zp_guess_unescape(arena, zp_str_trim(words));
        if (zp_str_find(words, ZP_STR("[^"), 0) == words.n)
            guess->heading = zp_span_of(source, start, start + line.n);
        return;
    }
}

/* The first four digits with 年 behind them. */
static zp_str find_year(zp_str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (digits == YEAR_DIGITS && zp_str_starts(zp_str_slice(text, i, text.n), ZP_STR("年")))
            return zp_str_slice(text, i - YEAR_DIGITS, i);
        digits = isdigit((unsigned char)text.p[i]) ? digits + 1 : 0;
    }
    return ZP_STR("");
}

/* What stands in the title between the year and what the report is about, or before the year. */
static zp_str find_unit(zp_str title)
{
    static const char *const subjects[] = {
        "整体支出", "部门整体", "部门预算", "部门决算", "项目支出", "专项资金", "绩效",
        "预算",     "决算",     "财政支出", "财政资金", "财政专项", "财政项目", "财政预算"};
    static const char *const before[] = {"年度", "年", "关于"};
    size_t start = 0, end = title.n;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        zp_str word = zp_str_from(before[i]);
        size_t at = zp_str_find(title, word, 0);
        if (at < title.n && start == 0)
            start = at + word.n;
    }
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        size_t at = zp_str_find(title, zp_str_from(subjects[i]), start);
        end = at < end ? at : end;
    }
    zp_str unit = zp_str_trim(zp_str_slice(title, start, end));
    if (unit.n == 0) {
        zp_str about = ZP_STR("关于");
        size_t digit = 0, from = zp_str_starts(title, about) ? about.n : 0;
        while (digit < title.n && !isdigit((unsigned char)title.p[digit]))
            digit++;
        unit = zp_str_trim(zp_str_slice(title, from, digit < from ? from : digit));
    }
    return end < title.n && unit.n <= UNIT_MAX ? unit : ZP_STR("");
}

/* What a cover page or the head of the text says: 单位名称（盖章）：某某局. */
static zp_str find_named_unit(zp_arena *arena, const zp_source *source)
{
    static const char *const labels[] = {"单位名称", "部门名称",     "填报单位",
                                         "自评单位", "部门（单位）", "编报单位"};
    for (size_t i = 1; i <= source->line_count && i <= HEAD_LINES; i++) {
        zp_str line = zp_str_trim(zp_source_line(source, i)), colon = ZP_STR("：");
        for (size_t k = 0; k < sizeof labels / sizeof *labels; k++) {
            size_t at = zp_str_find(line, colon, 0);
            zp_str unit = zp_str_slice(line, at + (at < line.n ? colon.n : 0), line.n);
            unit = zp_str_trim(zp_guess_unescape(arena, unit));
            if (zp_str_starts(line, zp_str_from(labels[k])) && unit.n > 0 && unit.n <= UNIT_MAX)
                return unit;
        }
    }
    return ZP_STR("");
}

zp_guess zp_guess_make(zp_arena *arena, const zp_source *source)
{
    zp_guess guess = {.title = ZP_STR("")};
    find_title(arena, source, &guess);
    guess.unit = find_unit(guess.title);
    if (guess.unit.n == 0)
        guess.unit = find_named_unit(arena, source);
    guess.year = find_year(guess.title);
    if (guess.year.n == 0)
        guess.year = find_year(source->text);
    return guess;
}

/* letter.c: Markdown in, 版头 and 版记 out.
 *
 * A paragraph is a line there, a row of a table is one too: scribe.c writes them so.
 */
#include "app/letter.h"

#include <ctype.h>
#include "app/guess.h"

enum { COPY_DIGITS = 8, ROWS_MOST = 2 };

/* ---- 版头 ---- */

static bool is_copy(zp_str text)
{
    size_t digits = 0;
    while (digits < text.n && isdigit((unsigned char)text.p[digits]))
        digits++;
    return digits == text.n && digits > 0 && digits <= COPY_DIGITS;
}

/* 机密, 机密★1年. */
static bool is_secrecy(zp_str text)
{
    static const char *const grades[] = {"绝密", "机密", "秘密"};
    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++) {
        zp_str grade = zp_str_from(grades[i]);
        if (zp_str_starts(text, grade))
            return text.n == grade.n ||
                   zp_str_starts(zp_str_slice(text, grade.n, text.n), ZP_STR("★"));
    }
    return false;
}

static bool is_urgency(zp_str text)
{
    static const char *const grades[] = {"特急", "加急", "特提", "平急"};
    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++)
        if (zp_str_eq(text, zp_str_from(grades[i])))
            return true;
    return false;
}

/* 示财〔2024〕12号, and 签发人 behind it. */
static bool take_number(zp_str text, zp_letter *letter)
{
    const zp_str issuer = ZP_STR("签发人：");
    size_t at = zp_str_find(text, issuer, 0);
    zp_str number = zp_str_trim(zp_str_slice(text, 0, at));
    while (zp_str_ends(number, ZP_STR("　")))
        number.n -= sizeof "　" - 1;
    size_t year = zp_str_find(number, ZP_STR("〔"), 0);
    if (year == number.n || zp_str_find(number, ZP_STR("〕"), year) == number.n ||
        !zp_str_ends(number, ZP_STR("号")))
        return false;
    letter->number = number;
    if (at < text.n)
        letter->issuer = zp_str_trim(zp_str_slice(text, at + issuer.n, text.n));
    return true;
}

static void take_element(zp_str line, zp_str text, zp_letter *letter, zp_buf *other)
{
    if (letter->copy.n == 0 && is_copy(text))
        letter->copy = text;
    else if (letter->secrecy.n == 0 && is_secrecy(text))
        letter->secrecy = text;
    else if (letter->urgency.n == 0 && is_urgency(text))
        letter->urgency = text;
    else {
        zp_buf_add(other, other->n > 0 ? ZP_STR("\n\n") : ZP_STR(""));
        zp_buf_add(other, line);
    }
}

/* The line above the number is the mark. */
static void find_letterhead(zp_arena *arena, zp_str above, zp_letter *letter)
{
    zp_str mark = {0};
    zp_buf other = {.arena = arena};
    for (size_t at = 0, end; at < above.n; at = end + 1) {
        end = zp_str_find(above, ZP_STR("\n"), at);
        zp_str line = zp_str_trim(zp_str_slice(above, at, end));
        zp_str text = zp_guess_unescape(arena, line);
        if (line.n == 0)
            continue;
        if (letter->number.n == 0 && take_number(text, letter)) {
            letter->mark = zp_guess_unescape(arena, mark);
            mark.n = 0;
            continue;
        }
        if (mark.n > 0)
            take_element(mark, zp_guess_unescape(arena, mark), letter, &other);
        mark = line;
    }
    if (mark.n > 0)
        take_element(mark, zp_guess_unescape(arena, mark), letter, &other);
    letter->other = zp_buf_str(&other);
    if (letter->number.n == 0)
        *letter = (zp_letter){.other = zp_str_trim(above)};
}

/* ---- 版记 ---- */

/* The text of a row with one cell; false: it has more, or is none. */
static bool take_cell(zp_arena *arena, zp_str line, zp_str *text)
{
    if (line.n < 4 || line.p[0] != '|' || line.p[line.n - 1] != '|')
        return false;
    *text = zp_str_trim(zp_str_slice(line, 1, line.n - 1));
    for (size_t i = 0; i < text->n; i++)
        if (text->p[i] == '|' && (i == 0 || text->p[i - 1] != '\\'))
            return false;
    *text = zp_guess_unescape(arena, *text);
    return true;
}

/* The row between head and body. */
static bool is_rule(zp_str cell)
{
    size_t i = 0;
    while (i < cell.n && (cell.p[i] == ':' || cell.p[i] == '-'))
        i++;
    return i == cell.n && i > 0;
}

/* 抄送：甲、乙。 */
static bool take_copies(zp_str text, zp_letter *letter)
{
    const zp_str head = ZP_STR("抄送："), stop = ZP_STR("。");
    if (!zp_str_starts(text, head))
        return false;
    text = zp_str_slice(text, head.n, text.n);
    letter->copies = zp_str_slice(text, 0, text.n - (zp_str_ends(text, stop) ? stop.n : 0));
    return true;
}

/* 某某局办公室 2024年5月9日印发; a printer without a date is alone. */
static void take_printer(zp_str text, zp_letter *letter)
{
    const zp_str end = ZP_STR("印发");
    letter->printer = text;
    if (!zp_str_ends(text, end))
        return;
    size_t gap = text.n;
    while (gap > 0 && text.p[gap - 1] != ' ')
        gap--;
    letter->date = zp_str_slice(text, gap, text.n - end.n);
    letter->printer = zp_str_trim(zp_str_slice(text, 0, gap));
}

/* The last lines but those of notes. */
static void find_imprint(zp_arena *arena, const zp_source *source, zp_letter *letter)
{
    zp_str rows[ROWS_MOST], cell;
    size_t count = 0, last = source->line_count, first;
    while (last > 0 && (zp_str_trim(zp_source_line(source, last)).n == 0 ||
                        zp_str_starts(zp_source_line(source, last), ZP_STR("[^"))))
        last--;
    for (first = last; first > 0; first--) {
        zp_str line = zp_str_trim(zp_source_line(source, first));
        if (line.n == 0)
            break;
        if (!take_cell(arena, line, &cell) || (!is_rule(cell) && count == ROWS_MOST))
            return;
        if (!is_rule(cell))
            rows[count++] = cell; /* bottom up */
    }
    bool copied = count == ROWS_MOST && take_copies(rows[1], letter);
    if (count == 0 || !(copied || (count == 1 && zp_str_ends(rows[0], ZP_STR("印发")))))
        return;
    take_printer(rows[0], letter);
    letter->has_imprint = true;
    letter->imprint = zp_span_of(source, source->lines[first],
                                 source->lines[last - 1] + zp_source_line(source, last).n);
}

zp_letter zp_letter_find(zp_arena *arena, const zp_source *source, zp_span above)
{
    zp_letter letter = {0};
    find_letterhead(arena, zp_str_slice(source->text, above.start, above.end), &letter);
    find_imprint(arena, source, &letter);
    return letter;
}

/* range.c: names of cells and ranges in, numbers from 0 out, and back. */
#include "book/range.h"

/* A column in letters and a row in digits, each with a $ before it if it likes, at *at. From 1; 0
 * where it is not given. */
static bool read_corner(zp_str text, size_t *at, uint32_t *row, uint32_t *column)
{
    size_t i = *at;
    *row = *column = 0;
    if (i + 1 < text.n && text.p[i] == '$')
        i++;
    for (; i < text.n; i++) {
        unsigned letter = (unsigned char)text.p[i] | 0x20U;
        if (letter < 'a' || letter > 'z')
            break;
        *column = *column * 26 + (letter - 'a' + 1);
        if (*column > ZP_SHEET_COLUMNS)
            return false;
    }
    if (*column && i + 1 < text.n && text.p[i] == '$')
        i++;
    for (; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++) {
        *row = *row * 10 + (uint32_t)(text.p[i] - '0');
        if (*row > ZP_SHEET_ROWS || *row == 0)
            return false;
    }
    *at = i;
    return *row || *column;
}

static void put_in_order(uint32_t *first, uint32_t *last)
{
    if (*first <= *last)
        return;
    uint32_t other = *first;
    *first = *last;
    *last = other;
}

bool zp_range_read(zp_str text, zp_range *range)
{
    text = zp_str_trim(text);
    uint32_t row, column, last_row, last_column;
    size_t at = 0;
    if (!read_corner(text, &at, &row, &column))
        return false;
    last_row = row;
    last_column = column;
    if (at == text.n && !(row && column))
        return false;
    if (at < text.n) {
        bool parted = text.p[at++] == ':';
        if (!parted || !read_corner(text, &at, &last_row, &last_column) || at < text.n ||
            !row != !last_row || !column != !last_column)
            return false;
    }
    *range = (zp_range){row, column, row ? last_row : ZP_SHEET_ROWS,
                        column ? last_column : ZP_SHEET_COLUMNS};
    range->row -= row != 0; /* not given: from the first one */
    range->column -= column != 0;
    range->last_row--;
    range->last_column--;
    put_in_order(&range->row, &range->last_row);
    put_in_order(&range->column, &range->last_column);
    return true;
}

zp_str zp_cell_name(zp_arena *arena, uint32_t row, uint32_t column)
{
    char letters[8];
    size_t at = sizeof letters;
    for (uint64_t rest = (uint64_t)column + 1; rest; rest = (rest - 1) / 26)
        letters[--at] = (char)('A' + (rest - 1) % 26);
    zp_buf name = {.arena = arena};
    zp_buf_add(&name, (zp_str){letters + at, sizeof letters - at});
    zp_buf_uint(&name, (uint64_t)row + 1);
    return zp_buf_str(&name);
}

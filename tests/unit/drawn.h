/* drawn.h: sheets for tests, drawn as text. */
#ifndef ZP_TEST_DRAWN_H
#define ZP_TEST_DRAWN_H

#include <string.h>
#include "book/sheet.h"

/* A sheet drawn as a text: a line a row, | between cells. < joins a place to the cell at its left,
 * ^ to the one above; both are drawn for all places of a join. */
static zp_sheet *draw_sheet(zp_sheet_maker *maker, const char *text)
{
    enum { SIDE = 32 };
    zp_cell grid[SIDE][SIDE] = {{{.kind = ZP_CELL_BLANK}}};
    zp_cell *corner[SIDE][SIDE] = {{NULL}};
    uint32_t row = 0, column = 0;
    for (const char *p = text; *p; row += *p == '\n', p += *p != 0) {
        for (column = 0; *p && *p != '\n'; column++) {
            size_t n = strcspn(p, "|\n");
            zp_str said = zp_str_trim((zp_str){p, n});
            zp_cell *cell = &grid[row][column];
            corner[row][column] = cell;
            if (zp_str_eq(said, ZP_STR("<")) || zp_str_eq(said, ZP_STR("^"))) {
                bool left = said.p[0] == '<';
                cell = corner[row][column] =
                    left ? corner[row][column - 1] : corner[row - 1][column];
                cell->rows = row - cell->row + 1;
                cell->columns = column - cell->column + 1;
            } else {
                bool figure = said.n && said.p[0] == '#'; /* a number, not text */
                *cell = (zp_cell){.kind = !said.n  ? ZP_CELL_BLANK
                                          : figure ? ZP_CELL_NUMBER
                                                   : ZP_CELL_TEXT,
                                  .text = figure ? zp_str_slice(said, 1, said.n) : said,
                                  .row = row,
                                  .column = column,
                                  .rows = 1,
                                  .columns = 1};
            }
            p += n + (p[n] == '|');
        }
    }
    for (uint32_t i = 0; i < SIDE * SIDE; i++)
        if (corner[i / SIDE][i % SIDE] == &grid[i / SIDE][i % SIDE])
            zp_sheet_add(maker, &grid[i / SIDE][i % SIDE]);
    return zp_sheet_finish(maker, NULL, ZP_STR("book.xlsx"), ZP_STR("表"));
}

#endif

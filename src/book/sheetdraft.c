/* sheetdraft.c: what all kinds of workbooks do with a sheet.
 *
 * Hidden columns come as stretches, of which a hostile file has millions: only their ends are
 * noted, and summed up once.
 */
#include "book/sheetdraft.h"

#include <stdlib.h>
#include "book/workbook.h"

zp_sheet_draft zp_sheet_draft_new(zp_arena *arena, zp_str file, zp_str name, size_t *cells,
                                  zp_diag *diag)
{
    zp_source *source = zp_new(arena, zp_source);
    *source = *zp_source_new(arena, file, ZP_STR(""));
    source->sheet = name;
    return (zp_sheet_draft){
        .maker = {.arena = arena, .diag = diag},
        .name = name,
        .place = zp_span_file(source),
        .cells = cells,
    };
}

void zp_sheet_draft_expect(zp_sheet_draft *draft, size_t count)
{
    zp_sheet_maker *maker = &draft->maker;
    if (maker->cells || count == 0)
        return;
    maker->capacity = count < ZP_SHEET_CELLS ? count : ZP_SHEET_CELLS;
    maker->cells = zp_new_array(maker->arena, zp_cell, maker->capacity);
}

bool zp_sheet_draft_add(zp_sheet_draft *draft, zp_cell cell)
{
    cell.span = draft->place;
    size_t before = draft->maker.count;
    zp_sheet_add(&draft->maker, &cell);
    *draft->cells += draft->maker.count - before;
    if (draft->maker.full || draft->full || *draft->cells <= ZP_WORKBOOK_CELLS)
        return !draft->maker.full && !draft->full;
    draft->full = true;
    zp_diag_add(draft->maker.diag, ZP_ERROR, "too-many-cells", draft->place,
                "请只保留要用的表，或把数据分成几个文件",
                "工作簿太大：所有的表合计最多 %d 个单元格", ZP_WORKBOOK_CELLS);
    return false;
}

static void hide_row(zp_sheet_draft *draft, uint32_t row)
{
    if (draft->row_count && draft->rows[draft->row_count - 1] == row)
        return;
    zp_list_grow(draft->maker.arena, draft->rows, draft->row_count, draft->row_capacity);
    draft->rows[draft->row_count++] = row;
    ++*draft->cells;
}

void zp_sheet_draft_hide_rows(zp_sheet_draft *draft, uint32_t first, uint32_t last)
{
    for (uint32_t row = first; row <= last && row < ZP_SHEET_ROWS; row++)
        if (*draft->cells <= ZP_WORKBOOK_CELLS)
            hide_row(draft, row);
}

void zp_sheet_draft_hide_columns(zp_sheet_draft *draft, uint32_t first, uint32_t last)
{
    if (first > last || first >= ZP_SHEET_COLUMNS)
        return;
    if (!draft->columns)
        draft->columns = zp_new_array(draft->maker.arena, int32_t, ZP_SHEET_COLUMNS + 1);
    draft->columns[first]++;
    draft->columns[last < ZP_SHEET_COLUMNS ? last + 1 : ZP_SHEET_COLUMNS]--;
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static void set_hidden_rows(const zp_sheet_draft *draft, zp_sheet *sheet)
{
    size_t count = 0;
    if (draft->row_count)
        qsort(draft->rows, draft->row_count, sizeof *draft->rows, compare_numbers);
    for (size_t i = 0; i < draft->row_count; i++)
        if (count == 0 || draft->rows[count - 1] != draft->rows[i])
            draft->rows[count++] = draft->rows[i];
    sheet->hidden_rows = draft->rows;
    sheet->hidden_row_count = count;
}

static void set_hidden_columns(const zp_sheet_draft *draft, zp_sheet *sheet)
{
    if (!draft->columns)
        return;
    uint32_t *hidden = zp_new_array(draft->maker.arena, uint32_t, ZP_SHEET_COLUMNS);
    int32_t depth = 0;
    for (uint32_t i = 0; i < ZP_SHEET_COLUMNS; i++) {
        depth += draft->columns[i];
        if (depth > 0)
            hidden[sheet->hidden_column_count++] = i;
    }
    sheet->hidden_columns = hidden;
}

zp_sheet *zp_sheet_draft_finish(zp_sheet_draft *draft)
{
    zp_diag *diag = draft->maker.diag;
    zp_str file = draft->place.source->name;
    zp_sheet *sheet = zp_sheet_finish(&draft->maker, NULL, file, draft->name);
    set_hidden_rows(draft, sheet);
    set_hidden_columns(draft, sheet);
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->cells[i].uncomputed)
            zp_diag_add(diag, ZP_WARNING, "no-cached-value", sheet->cells[i].span,
                        "用 WPS 或 Excel 打开，重新计算（F9）后保存", "这里的公式没有存下算好的值");
    return sheet;
}

/* sheet_test.c: grids of cells: order, joins however they overlap, places, ranges, parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "book/sheet.h"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_sheet_maker maker;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = zp_arena_new();
    f->diag = zp_diag_new(f->arena);
    f->maker = (zp_sheet_maker){.arena = f->arena, .diag = f->diag};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    zp_arena_free(f->arena);
    free(f);
    return 0;
}

static void add(fixture *f, uint32_t row, uint32_t column, uint32_t rows, uint32_t columns,
                const char *text)
{
    zp_cell cell = {.kind = text ? ZP_CELL_TEXT : ZP_CELL_BLANK,
                    .text = zp_str_from(text),
                    .row = row,
                    .column = column,
                    .rows = rows,
                    .columns = columns};
    zp_sheet_add(&f->maker, &cell);
}

static zp_sheet *finish(fixture *f)
{
    return zp_sheet_finish(&f->maker, NULL, ZP_STR("book.xlsx"), ZP_STR("预算"));
}

static size_t errors(const fixture *f)
{
    return zp_diag_count(f->diag, ZP_ERROR);
}

static void assert_text(zp_str text, const char *expected)
{
    if (!zp_str_eq(text, zp_str_from(expected)))
        fail_msg("“%.*s” is not “%s”", ZP_ARG(text), expected);
}

static void assert_at(const zp_sheet *sheet, uint32_t row, uint32_t column, const char *expected)
{
    const zp_cell *cell = zp_sheet_at(sheet, row, column);
    if (!expected) {
        assert_null(cell);
        return;
    }
    assert_non_null(cell);
    assert_text(cell->text, expected);
}

static void cells_come_in_reading_order(void **state)
{
    fixture *f = *state;
    add(f, 2, 1, 1, 1, "d");
    add(f, 0, 2, 1, 1, "b");
    add(f, 2, 0, 1, 1, "c");
    add(f, 0, 0, 0, 0, "a");
    add(f, 1, 1, 1, 1, NULL); /* blank and not joined: nothing */
    zp_sheet *sheet = finish(f);
    assert_int_equal(sheet->count, 4);
    assert_int_equal(sheet->row_count, 3);
    assert_int_equal(sheet->column_count, 3);
    const size_t starts[] = {0, 2, 2, 4};
    assert_memory_equal(sheet->starts, starts, sizeof starts);
    assert_at(sheet, 0, 0, "a");
    assert_at(sheet, 0, 1, NULL);
    assert_at(sheet, 0, 2, "b");
    assert_at(sheet, 1, 1, NULL);
    assert_at(sheet, 2, 0, "c");
    assert_at(sheet, 2, 1, "d");
    assert_at(sheet, 3, 0, NULL);
    assert_at(sheet, UINT32_MAX, UINT32_MAX, NULL);
    assert_int_equal(errors(f), 0);
}

static void an_empty_sheet_is_a_sheet(void **state)
{
    fixture *f = *state;
    zp_sheet *sheet = finish(f);
    assert_int_equal(sheet->row_count, 0);
    assert_int_equal(sheet->count, 0);
    assert_null(zp_sheet_at(sheet, 0, 0));
    assert_int_equal(zp_sheet_place(sheet, 0, 0).start, ZP_WHOLE_FILE);
    sheet = zp_sheet_part(f->arena, sheet, (zp_range){0, 0, 9, 9});
    assert_int_equal(sheet->row_count, 0);
}

static void the_text_has_a_line_a_row_and_a_tab_a_column(void **state)
{
    fixture *f = *state;
    add(f, 1, 1, 1, 1, "两\n行\t格");
    add(f, 3, 0, 1, 2, "宽");
    add(f, 3, 2, 1, 1, "x");
    zp_sheet *sheet = finish(f);
    assert_text(sheet->source->text, "\t\t\n\t两 行 格\t\n\n宽\t\tx");
    assert_text(sheet->source->name, "book.xlsx");
    assert_text(sheet->source->sheet, "预算");
    assert_int_equal(sheet->source->line_count, 4);
    assert_text(sheet->name, "预算");
    assert_text(sheet->cells[0].text, "两\n行\t格");
    for (size_t i = 0; i < sheet->count; i++)
        assert_ptr_equal(sheet->cells[i].span.source, sheet->source);
    zp_span span = sheet->cells[2].span;
    assert_text(zp_str_slice(sheet->source->text, span.start, span.end), "x");
}

/* The row and column that a place says, counted as messages do. */
static void assert_place(const zp_sheet *sheet, uint32_t row, uint32_t column)
{
    zp_span span = zp_sheet_place(sheet, row, column);
    size_t line, at;
    zp_source_place(sheet->source, span.start, &line, &at);
    assert_int_equal(line, row + 1);
    uint32_t tabs = 0;
    for (size_t i = sheet->source->lines[line - 1]; i < span.start; i++)
        tabs += sheet->source->text.p[i] == '\t';
    assert_int_equal(tabs, column);
}

static void blank_cells_have_places(void **state)
{
    fixture *f = *state;
    add(f, 0, 5, 1, 1, "f");
    add(f, 1, 2, 1, 1, "c");
    add(f, 1, 4, 1, 1, "e");
    add(f, 2, 0, 1, 1, "a");
    zp_sheet *sheet = finish(f);
    for (uint32_t row = 0; row < 3; row++)
        for (uint32_t column = 0; column < 6; column++)
            assert_place(sheet, row, column);
    f->maker = (zp_sheet_maker){.arena = f->arena, .diag = f->diag};
    add(f, 0, 0, 2, 3, "g"); /* what stands under a join has the join's place */
    sheet = finish(f);
    assert_int_equal(zp_sheet_place(sheet, 1, 2).end, 1);
}

static void a_join_covers_its_places(void **state)
{
    fixture *f = *state;
    add(f, 1, 1, 1, 1, "in it");
    add(f, 0, 0, 1, 1, "corner");
    add(f, 0, 0, 3, 2, NULL); /* the join apart from its text */
    add(f, 2, 2, 1, 1, "beside");
    zp_sheet *sheet = finish(f);
    assert_int_equal(sheet->count, 2);
    for (uint32_t row = 0; row < 3; row++)
        for (uint32_t column = 0; column < 2; column++)
            assert_at(sheet, row, column, "corner");
    assert_at(sheet, 2, 2, "beside");
    assert_at(sheet, 1, 2, NULL);
    assert_at(sheet, 3, 0, NULL);
    assert_int_equal(sheet->cells[0].kind, ZP_CELL_TEXT);
}

static void the_first_text_at_a_place_counts(void **state)
{
    fixture *f = *state;
    add(f, 1, 0, 1, 1, "z");
    add(f, 0, 0, 1, 2, NULL);
    add(f, 0, 0, 1, 1, "first");
    add(f, 0, 0, 2, 1, "second");
    zp_sheet *sheet = finish(f);
    assert_int_equal(sheet->count, 1);
    assert_text(sheet->cells[0].text, "first");
    assert_int_equal(sheet->cells[0].rows, 2);
    assert_int_equal(sheet->cells[0].columns, 2);
}

/* Random joins against a picture of the grid, painted in reading order. */
enum { SIDE = 24 };

static void paint(const zp_cell *cells, size_t count, int picture[SIDE][SIDE])
{
    memset(picture, -1, sizeof(int[SIDE][SIDE]));
    for (size_t i = 0; i < count; i++)
        for (uint32_t row = 0; row < cells[i].rows; row++)
            for (uint32_t column = 0; column < cells[i].columns; column++) {
                int *at = &picture[cells[i].row + row][cells[i].column + column];
                assert_int_equal(*at, -1); /* no two cells cover one place */
                *at = (int)i;
            }
}

static void overlapping_joins_are_cut(void **state)
{
    fixture *f = *state;
    srand(7);
    for (int round = 0; round < 400; round++) {
        f->maker = (zp_sheet_maker){.arena = f->arena, .diag = f->diag};
        bool begun[SIDE][SIDE] = {{false}};
        for (int i = rand() % 40; i >= 0; i--) {
            uint32_t row = (uint32_t)rand() % SIDE, column = (uint32_t)rand() % SIDE;
            uint32_t rows = 1 + (uint32_t)rand() % (SIDE - row);
            uint32_t columns = 1 + (uint32_t)rand() % (SIDE - column);
            add(f, row, column, rand() % 2 ? rows : 1, rand() % 2 ? columns : 1, "x");
            begun[row][column] = true;
        }
        zp_sheet *sheet = finish(f);
        int picture[SIDE][SIDE];
        paint(sheet->cells, sheet->count, picture);
        for (uint32_t row = 0; row < SIDE; row++)
            for (uint32_t column = 0; column < SIDE; column++) {
                const zp_cell *cell = zp_sheet_at(sheet, row, column);
                int index = cell ? (int)(cell - sheet->cells) : -1;
                assert_int_equal(index, picture[row][column]);
                if (begun[row][column]) /* nothing is lost but under another */
                    assert_true(index >= 0);
            }
        zp_arena_clear(f->arena);
        f->diag = zp_diag_new(f->arena);
    }
}

static void parts_are_cut_and_renumbered(void **state)
{
    fixture *f = *state;
    srand(11);
    for (int round = 0; round < 200; round++) {
        f->maker = (zp_sheet_maker){.arena = f->arena, .diag = f->diag};
        for (int i = 0; i < 30; i++)
            add(f, (uint32_t)rand() % SIDE, (uint32_t)rand() % SIDE, 1 + (uint32_t)rand() % 4,
                1 + (uint32_t)rand() % 4, "x");
        zp_sheet *sheet = finish(f);
        zp_range range = {(uint32_t)rand() % SIDE, (uint32_t)rand() % SIDE, 0, 0};
        range.last_row = range.row + (uint32_t)rand() % SIDE;
        range.last_column = range.column + (uint32_t)rand() % SIDE;
        zp_sheet *part = zp_sheet_part(f->arena, sheet, range);
        for (uint32_t row = range.row; row <= range.last_row; row++)
            for (uint32_t column = range.column; column <= range.last_column; column++) {
                const zp_cell *whole = zp_sheet_at(sheet, row, column);
                const zp_cell *cell = zp_sheet_at(part, row - range.row, column - range.column);
                assert_int_equal(!whole, !cell);
                assert_true(!cell || cell->span.start == whole->span.start);
            }
        zp_arena_clear(f->arena);
        f->diag = zp_diag_new(f->arena);
    }
}

static void a_part_has_its_own_counts(void **state)
{
    fixture *f = *state;
    add(f, 0, 0, 1, 1, "a");
    add(f, 4, 4, 1, 1, "e");
    zp_sheet *sheet = finish(f);
    const uint32_t hidden[] = {1, 3, 4};
    sheet->hidden_rows = hidden;
    sheet->hidden_row_count = 3;
    sheet->hidden_columns = hidden;
    sheet->hidden_column_count = 1;
    zp_sheet *part = zp_sheet_part(f->arena, sheet, (zp_range){3, 1, 9, 2});
    assert_int_equal(part->row_count, 2);
    assert_int_equal(part->column_count, 2);
    assert_int_equal(part->count, 0);
    assert_int_equal(part->starts[2], 0);
    assert_true(zp_sheet_row_is_hidden(part, 0));
    assert_true(zp_sheet_row_is_hidden(part, 1));
    assert_false(zp_sheet_row_is_hidden(part, 2));
    assert_true(zp_sheet_column_is_hidden(part, 0));
    assert_false(zp_sheet_column_is_hidden(part, 1));
    part = zp_sheet_part(f->arena, sheet, (zp_range){7, 0, 9, 2});
    assert_int_equal(part->row_count, 0);
}

static void ranges_are_read(void **state)
{
    (void)state;
    enum { ROWS = ZP_SHEET_ROWS - 1, COLUMNS = ZP_SHEET_COLUMNS - 1 };
    static const struct {
        const char *text;
        zp_range range;
    } good[] = {
        {"A1", {0, 0, 0, 0}},
        {"$B$7", {6, 1, 6, 1}},
        {"b$7", {6, 1, 6, 1}},
        {" A1:D20 ", {0, 0, 19, 3}},
        {"D20:A1", {0, 0, 19, 3}},
        {"A:D", {0, 0, ROWS, 3}},
        {"$D:$A", {0, 0, ROWS, 3}},
        {"3:20", {2, 0, 19, COLUMNS}},
        {"$3:$20", {2, 0, 19, COLUMNS}},
        {"XFD1048576", {ROWS, COLUMNS, ROWS, COLUMNS}},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        zp_range range;
        assert_true(zp_range_read(zp_str_from(good[i].text), &range));
        assert_memory_equal(&range, &good[i].range, sizeof range);
    }
    static const char *const bad[] = {"",
                                      "A",
                                      "7",
                                      "A0",
                                      "A1:",
                                      ":A1",
                                      "A1:B",
                                      "A:3",
                                      "XFE1",
                                      "A01",
                                      "1A",
                                      "A1048577",
                                      "A1:B2:",
                                      "A1 B2",
                                      "$",
                                      "$A$$1",
                                      "A1:$",
                                      "AAAAAAAAAAAAAAAA1",
                                      "A99999999999999999999",
                                      "预算"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        zp_range range;
        if (zp_range_read(zp_str_from(bad[i]), &range))
            fail_msg("%s is no range", bad[i]);
    }
}

static void cells_have_names(void **state)
{
    fixture *f = *state;
    assert_text(zp_cell_name(f->arena, 6, 1), "B7");
    assert_text(zp_cell_name(f->arena, 0, 25), "Z1");
    assert_text(zp_cell_name(f->arena, 0, 26), "AA1");
    assert_text(zp_cell_name(f->arena, 0, 701), "ZZ1");
    assert_text(zp_cell_name(f->arena, 0, 702), "AAA1");
    assert_text(zp_cell_name(f->arena, ZP_SHEET_ROWS - 1, ZP_SHEET_COLUMNS - 1), "XFD1048576");
    zp_range range;
    for (uint32_t column = 0; column < ZP_SHEET_COLUMNS; column += 13) {
        assert_true(zp_range_read(zp_cell_name(f->arena, column, column), &range));
        assert_int_equal(range.column, column);
    }
}

static void a_far_cell_costs_no_gigabytes(void **state)
{
    fixture *f = *state;
    add(f, ZP_SHEET_ROWS - 1, ZP_SHEET_COLUMNS - 1, 9, 9, "far");
    add(f, 0, 0, 1, 1, "near");
    zp_sheet *sheet = finish(f);
    assert_int_equal(errors(f), 0);
    assert_int_equal(sheet->source->line_count, ZP_SHEET_ROWS);
    assert_true(sheet->source->text.n < 2 * ZP_SHEET_ROWS);
    assert_place(sheet, ZP_SHEET_ROWS - 1, ZP_SHEET_COLUMNS - 1);
    assert_at(sheet, ZP_SHEET_ROWS - 1, ZP_SHEET_COLUMNS - 1, "far");
    assert_true(zp_arena_size(f->arena) < 64 << 20);
}

static void what_is_beyond_the_limits_is_refused_once(void **state)
{
    fixture *f = *state;
    add(f, 0, 0, 1, 1, "a");
    add(f, ZP_SHEET_ROWS, 0, 1, 1, "b");
    add(f, 0, ZP_SHEET_COLUMNS, 1, 1, "c");
    add(f, 1, 0, 1, 1, "d");
    zp_sheet *sheet = finish(f);
    assert_int_equal(sheet->count, 1);
    assert_int_equal(errors(f), 1);
    size_t count;
    assert_string_equal(zp_diag_messages(f->diag, &count)[0].id, "too-many-cells");
}

static void a_text_too_large_is_refused(void **state)
{
    fixture *f = *state;
    for (uint32_t row = 0; row < 4000; row++)
        add(f, row, ZP_SHEET_COLUMNS - 1, 1, 1, "x");
    zp_sheet *sheet = finish(f);
    assert_int_equal(errors(f), 1);
    assert_true(sheet->source->text.n <= ZP_SOURCE_MAX);
    assert_true(sheet->count < 4000 && sheet->count > 1000);
    assert_int_equal(sheet->row_count, sheet->count);
}

static void the_sheets_of_a_file_share_its_limits(void **state)
{
    fixture *f = *state;
    f->maker = (zp_sheet_maker){.arena = f->arena, .diag = f->diag, .other_text = ZP_BOOK_TEXT - 3};
    add(f, 0, 0, 1, 1, "12");
    add(f, 0, 1, 1, 1, "3");
    assert_int_equal(finish(f)->count, 1);
    assert_int_equal(errors(f), 1);
}

static void white_space_is_blank(void **state)
{
    fixture *f = *state;
    add(f, 0, 0, 1, 1, " \n\xE3\x80\x80");
    add(f, 0, 1, 1, 2, " ");
    zp_cell formula = {.kind = ZP_CELL_NUMBER, .uncomputed = true, .row = 1};
    zp_sheet_add(&f->maker, &formula);
    zp_sheet *sheet = finish(f);
    assert_int_equal(sheet->count, 2);
    assert_int_equal(sheet->cells[0].kind, ZP_CELL_BLANK);
    assert_int_equal(sheet->cells[0].text.n, 0);
    assert_true(sheet->cells[1].uncomputed);
}

static void many_hostile_joins_take_no_time(void **state)
{
    fixture *f = *state;
    for (uint32_t row = 0; row < 200000; row++)
        add(f, row, row % 7, ZP_SHEET_ROWS, row % 3 ? ZP_SHEET_COLUMNS : 1, NULL);
    for (uint32_t row = 0; row < 200000; row++)
        add(f, row * 2, 8, 3, ZP_SHEET_COLUMNS, NULL);
    zp_sheet *sheet = finish(f);
    assert_int_equal(sheet->count,
                     100002); /* the two at the left, and every other one of three rows */
    size_t found = 0;
    for (uint32_t row = 0; row < 200000; row++)
        found += zp_sheet_at(sheet, row, ZP_SHEET_COLUMNS - 1) != NULL;
    assert_int_equal(found, 150000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cells_come_in_reading_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_sheet_is_a_sheet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_text_has_a_line_a_row_and_a_tab_a_column, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(blank_cells_have_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_join_covers_its_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_first_text_at_a_place_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(overlapping_joins_are_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_are_cut_and_renumbered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_part_has_its_own_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ranges_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_have_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_far_cell_costs_no_gigabytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_beyond_the_limits_is_refused_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_text_too_large_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_sheets_of_a_file_share_its_limits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(white_space_is_blank, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_hostile_joins_take_no_time, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

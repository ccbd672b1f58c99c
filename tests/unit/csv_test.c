/* csv_test.c: comma-separated text as spreadsheets and people write it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "book/csv.h"

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    const zp_source *source;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = zp_arena_new();
    f->diag = zp_diag_new(f->arena);
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

static const zp_sheet *read_bytes(fixture *f, zp_str bytes)
{
    f->source = zp_source_read(f->arena, ZP_STR("t.csv"), bytes, NULL, f->diag);
    assert_non_null(f->source);
    return zp_csv_read(f->arena, f->source, f->diag);
}

static const zp_sheet *read(fixture *f, const char *text)
{
    return read_bytes(f, zp_str_from(text));
}

/* The sheet as text: fields in <>, rows on lines, blank ones as -. */
static void assert_fields(fixture *f, const zp_sheet *sheet, const char *expected)
{
    zp_buf out = {.arena = f->arena};
    for (uint32_t row = 0; row < sheet->row_count; row++) {
        for (uint32_t column = 0; column < sheet->column_count; column++) {
            const zp_cell *cell = zp_sheet_at(sheet, row, column);
            if (cell)
                zp_buf_format(&out, "<%.*s>", ZP_ARG(cell->text));
            else
                zp_buf_lit(&out, "-");
        }
        zp_buf_lit(&out, "\n");
    }
    zp_str text = zp_buf_str(&out);
    if (!zp_str_eq(text, zp_str_from(expected)))
        fail_msg("\n%.*sis not\n%s", ZP_ARG(text), expected);
}

static void fields_are_parted(void **state)
{
    static const struct {
        const char *text, *fields;
    } cases[] = {
        {"", ""},
        {"\n\n", ""},
        {"a", "<a>\n"},
        {"a,b\nc,d\n", "<a><b>\n<c><d>\n"},
        {"a,b\nc,d", "<a><b>\n<c><d>\n"},
        {"a,,c\n,,\nd\n", "<a>-<c>\n---\n<d>--\n"},
        {"a, ,\t\nb,c,d\n", "<a>--\n<b><c><d>\n"},
        {"a;b\nc;d\n", "<a><b>\n<c><d>\n"},
        {"a\tb\nc\td\n", "<a><b>\n<c><d>\n"},
        {"名称;金额\n甲;1,5\n乙;2,5\n", "<名称><金额>\n<甲><1,5>\n<乙><2,5>\n"},
        {"标题，2024\n单位：万元\na,b;,c\nd,e,f\n",
         "<标题，2024>--\n<单位：万元>--\n<a><b;><c>\n<d><e><f>\n"},
        {"sep=;\na,1;b\n", "<a,1><b>\n"},
        {"\"a,b\",c\n", "<a,b><c>\n"},
        {"\"a\nb\",c\nd,\"e\"\n", "<a\nb><c>\n<d><e>\n"},
        {"\"a \"\"b\"\" c\",\"\"\"\",\"\"\n", "<a \"b\" c><\">\n"},
        {"\"x\" ,y\n", "<x><y>\n"},
        {"5\" wide,\"z\"\n", "<5\" wide><z>\n"},
        {" a , \"b\"\n", "< a >< \"b\">\n"},
        {"\"a;b;c\",d\n\"e;f;g\",h\n", "<a;b;c><d>\n<e;f;g><h>\n"},
        {"\xEF\xBB\xBF"
         "a,b\r\nc,d\r\n",
         "<a><b>\n<c><d>\n"},
        {"\xB5\xA5\xCE\xBB,\xBD\xF0\xB6\xEE\n\xBC\xD7,1\n", "<单位><金额>\n<甲><1>\n"},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_fields(f, read(f, cases[i].text), cases[i].fields);
    assert_int_equal(zp_diag_count(f->diag, ZP_ERROR) + zp_diag_count(f->diag, ZP_WARNING), 0);
}

static void spans_are_what_stands_between(void **state)
{
    fixture *f = *state;
    const zp_sheet *sheet = read(f, "编码,\"名 \"\"称\"\"\"\n001,x\n");
    static const char *const raw[] = {"编码", "名 \"\"称\"\"", "001", "x"};
    assert_int_equal(sheet->count, 4);
    for (size_t i = 0; i < 4; i++) {
        zp_span span = sheet->cells[i].span;
        assert_ptr_equal(span.source, f->source);
        zp_str text = zp_str_slice(f->source->text, span.start, span.end);
        assert_true(zp_str_eq(text, zp_str_from(raw[i])));
        assert_int_equal(sheet->cells[i].kind, ZP_CELL_TEXT);
    }
    assert_ptr_equal(sheet->source, f->source);
    assert_int_equal(sheet->name.n, 0);
}

static void blank_fields_have_places(void **state)
{
    fixture *f = *state;
    const zp_sheet *sheet = read(f, "a,b,c,d\n,,\"x,y\",\"\",z\n1\n");
    assert_int_equal(zp_sheet_place(sheet, 1, 0).start, 8);
    assert_int_equal(zp_sheet_place(sheet, 1, 1).start, 9);
    assert_int_equal(zp_sheet_place(sheet, 1, 3).start, 16);
    assert_int_equal(zp_sheet_place(sheet, 2, 3).start, 22);
}

static void assert_quote(const fixture *f, zp_severity severity, size_t start, size_t end)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(f->diag, &count);
    assert_int_equal(count, 1);
    assert_string_equal(messages[0].id, "csv-quote");
    assert_int_equal(messages[0].severity, severity);
    assert_int_equal(messages[0].span.start, start);
    assert_int_equal(messages[0].span.end, end);
}

static void an_open_quote_is_an_error(void **state)
{
    fixture *f = *state;
    assert_null(read(f, "a,b\nc,\"d\ne,f\n"));
    assert_quote(f, ZP_ERROR, 6, 7);
}

static void a_quote_may_end_the_file_open(void **state)
{
    fixture *f = *state;
    assert_null(read(f, "a,\"\"\""));
    assert_quote(f, ZP_ERROR, 2, 3);
}

static void text_behind_a_quote_is_kept_with_a_warning(void **state)
{
    fixture *f = *state;
    assert_fields(f, read(f, "\"a\"\"b\"c\"d,e\n"), "<a\"bc\"d><e>\n");
    assert_quote(f, ZP_WARNING, 5, 9);
}

static zp_str repeat(fixture *f, const char *line, size_t times)
{
    zp_buf out = {.arena = f->arena};
    for (size_t i = 0; i < times; i++)
        zp_buf_add(&out, zp_str_from(line));
    return zp_buf_str(&out);
}

static void many_rows_are_read(void **state)
{
    fixture *f = *state;
    zp_str bytes = repeat(f, "001,\"二\",3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20\n", 10000);
    const zp_sheet *sheet = read_bytes(f, bytes);
    assert_int_equal(sheet->count, 200000);
    assert_int_equal(sheet->row_count, 10000);
    sheet = read_bytes(f, repeat(f, "a,b\n", 1000000));
    assert_int_equal(sheet->count, 2000000);
    assert_int_equal(zp_diag_count(f->diag, ZP_ERROR), 0);
}

static void too_many_cells_are_refused_once(void **state)
{
    static const char *const lines[] = {"a,b,c,d,e\n", "\n\n\n\nx\n", ",,,,,,,,,,,,,,,,"};
    fixture *f = *state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        zp_buf out = {.arena = f->arena};
        zp_buf_add(&out, repeat(f, lines[i], 600000));
        zp_buf_lit(&out, "y\n");
        assert_non_null(read_bytes(f, zp_buf_str(&out)));
        size_t count;
        const zp_message *messages = zp_diag_messages(f->diag, &count);
        assert_int_equal(count, i + 1);
        assert_string_equal(messages[i].id, "too-many-cells");
        assert_ptr_equal(messages[i].span.source, f->source);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(fields_are_parted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(spans_are_what_stands_between, set_up, tear_down),
        cmocka_unit_test_setup_teardown(blank_fields_have_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_open_quote_is_an_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_quote_may_end_the_file_open, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_behind_a_quote_is_kept_with_a_warning, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(many_rows_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_many_cells_are_refused_once, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The words of an official document's elements, from metadata. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "data/yaml.h"
#include "doc/matter.h"

static zp_matter read(zp_arena *arena, const char *yaml)
{
    const zp_source *source = zp_source_new(arena, ZP_STR("test.yaml"), zp_str_from(yaml));
    zp_diag *diag = zp_diag_new(arena);
    const zp_value *meta = zp_yaml_read(arena, zp_span_of(source, 0, source->text.n), diag);
    assert_non_null(meta);
    return zp_matter_read(arena, meta, ZP_STR("某局"), diag);
}

static void assert_str(zp_str actual, const char *expected)
{
    zp_arena *arena = zp_arena_new();
    assert_string_equal(zp_str_cstr(arena, actual), expected);
    zp_arena_free(arena);
}

static void nothing_asked_for_is_nothing(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_matter m = read(arena, "title: 示例\ndate: 2024-05-08\n");
    assert_false(m.is_signed || m.imprint.asked || m.cover || m.contents);
    assert_int_equal(m.addressee.n + m.remark.n + m.letterhead.mark.n + m.attachment_count, 0);
    zp_arena_free(arena);
}

static void a_signature_has_the_department_and_the_reports_date(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_matter m = read(arena, "date: 2024-05-08\nsignature: true\n");
    assert_true(m.is_signed);
    assert_str(m.organ, "某局");
    assert_str(m.date, "2024年5月8日");
    m = read(arena, "signature: {organ: 某办, date: 二〇二四年五月, seal: true}\n");
    assert_str(m.organ, "某办");
    assert_str(m.date, "二〇二四年五月");
    assert_true(m.seal);
    assert_false(read(arena, "signature: false\n").is_signed);
    zp_arena_free(arena);
}

static void lists_and_single_words_are_both_read(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    zp_matter m = read(arena, "addressee: [甲, 乙]\nattachments: [一, 二]\nremark: 公开\n");
    assert_str(m.addressee, "甲、乙");
    assert_int_equal(m.attachment_count, 2);
    assert_str(m.attachments[1], "二");
    assert_str(m.remark, "（公开）");
    m = read(arena, "addressee: 甲\nattachments: 一\nremark: （公开）\n");
    assert_str(m.addressee, "甲");
    assert_int_equal(m.attachment_count, 1);
    assert_str(m.remark, "（公开）");
    m = read(arena, "attachments: |\n  一\n\n   二 \n");
    assert_int_equal(m.attachment_count, 2);
    assert_str(m.attachments[0], "一");
    assert_str(m.attachments[1], "二");
    zp_arena_free(arena);
}

static void dates_lose_their_zeros(void **state)
{
    (void)state;
    zp_arena *arena = zp_arena_new();
    assert_str(read(arena, "date: 2024-12-31\n").date, "2024年12月31日");
    assert_str(read(arena, "date: 2024年5月8日\n").date, "2024年5月8日");
    assert_str(read(arena, "date: 2024-5\n").date, "2024-5");
    assert_str(read(arena, "imprint: {date: 2024-05-09}\n").imprint.date, "2024年5月9日");
    zp_arena_free(arena);
}

static void another_form_is_named(void **state)
{
    (void)state;
    static const char *const wrong[] = {"letterhead: 某局文件\n", "signature: [甲]\n",
                                        "attachments: {a: b}\n", "imprint: 某局\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        zp_arena *arena = zp_arena_new();
        const zp_source *source = zp_source_new(arena, ZP_STR("test.yaml"), zp_str_from(wrong[i]));
        zp_diag *diag = zp_diag_new(arena);
        const zp_value *meta = zp_yaml_read(arena, zp_span_of(source, 0, source->text.n), diag);
        zp_matter_read(arena, meta, ZP_STR("某局"), diag);
        assert_int_equal(zp_diag_count(diag, ZP_WARNING), 1);
        assert_string_equal(zp_diag_messages(diag, &(size_t){0})[0].id, "bad-value");
        zp_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_asked_for_is_nothing),
        cmocka_unit_test(a_signature_has_the_department_and_the_reports_date),
        cmocka_unit_test(lists_and_single_words_are_both_read),
        cmocka_unit_test(dates_lose_their_zeros),
        cmocka_unit_test(another_form_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

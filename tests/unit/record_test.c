/* record_test.c: 档号 from what an archives office says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "archive/record.h"
#include "data/yaml.h"
#include "folder.h"

static bool read_words(world *w, const char *text, zp_record *record)
{
    const zp_source *source = zp_source_new(w->arena, ZP_STR("归档.yaml"), zp_str_from(text));
    const zp_value *map = zp_yaml_read(w->arena, zp_span_of(source, 0, source->text.n), w->diag);
    assert_non_null(map);
    return zp_record_read(w->arena, map, w->diag, record);
}

static void expect_prefix(world *w, const zp_record *record, const char *prefix)
{
    const zp_record joined = zp_record_join(&(zp_record){0}, record);
    zp_str made = zp_record_prefix(w->arena, &joined, ZP_STR("2024"));
    if (!zp_str_eq(made, zp_str_from(prefix)))
        fail_msg("%.*s instead of %s", ZP_ARG(made), prefix);
}

static void the_words_of_an_office(void **state)
{
    world *w = *state;
    zp_record record;
    assert_true(read_words(w, "全宗号: Z109\n保管期限: 永久\n机构: BGS\n", &record));
    expect_prefix(w, &record, "Z109-WS·2024-Y-BGS");
    assert_true(read_words(w, "全宗号: 0012\n门类: KJ\n保管期限: 定期10年\n", &record));
    expect_prefix(w, &record, "0012-KJ·2024-D10"); /* nothing is filed by 机构 */
    assert_true(read_words(w, "全宗号: Z109\n保管期限: D30\n问题: 绩效\n", &record));
    expect_prefix(w, &record, "Z109-WS·2024-D30-绩效");
    assert_true(read_words(w, "全宗号: Z109\n", &record));
    expect_prefix(w, &record, ""); /* not enough */
    expect_ids(w, "");
}

static void words_that_are_no_parts(void **state)
{
    static const char *const texts[] = {"全宗号: Z-109\n", "全宗号: Z 109\n", "机构: 甲·乙\n",
                                        "保管期限: 三年\n", "期限: 永久\n"};
    world *w = *state;
    zp_record record;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(read_words(w, texts[i], &record));
    assert_int_equal(zp_diag_count(w->diag, ZP_ERROR), sizeof texts / sizeof *texts);
}

/* What a report says of itself goes before; what cannot stand in a number is not heard. */
static void a_report_says_otherwise(void **state)
{
    world *w = *state;
    const zp_record common = {ZP_STR("Z109"), ZP_STR(""), ZP_STR("D30"), ZP_STR("BGS")};
    const zp_record own = {ZP_STR("X-1"), ZP_STR("KJ"), ZP_STR("永久"), ZP_STR("")};
    const zp_record joined = zp_record_join(&own, &common);
    zp_str made = zp_record_prefix(w->arena, &joined, ZP_STR("2024"));
    assert_true(zp_str_eq(made, ZP_STR("Z109-KJ·2024-Y-BGS")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_words_of_an_office, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_that_are_no_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_report_says_otherwise, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

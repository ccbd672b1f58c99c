/* facts_test.c: what a report knows: layers of data, units of bare money, partials, texts with
 * placeholders, sample data, the edition.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "data/amount.h"
#include "data/yaml.h"
#include "doc/facts.h"
#include "folder.h"

static const char template_text[] =
    "schema:\n"
    "  title: {alias: [标题], type: text}\n"
    "  department: {alias: [单位], split: [code, name], fields: {name: {alias: [名称]}, code: "
    "{alias: [编码]}}}\n"
    "  year: {alias: [年度]}\n"
    "  note: {alias: [说明]}\n"
    "  data: {alias: [数据]}\n"
    "  budget:\n"
    "    alias: [预算]\n"
    "    fields:\n"
    "      unit: {alias: [金额单位]}\n"
    "      initial: {alias: [年初预算数], type: money}\n"
    "      spent: {alias: [实际支出数], type: money}\n"
    "  projects: {alias: [项目], fields: {name: {alias: [名称]}, money: {alias: [金额], type: "
    "money}}}\n"
    "figures:\n"
    "  rate: {alias: [执行率], formula: 预算.实际支出数 / 预算.年初预算数, type: rate, places: 2}\n"
    "  double: {each: 别的, field: 双, formula: 甲 * 2}\n"
    "defaults: {note: 没有说明, budget: {unit: 元}}\n";

typedef struct {
    zp_template template;
    zp_front front;
} report;

static const zp_value *yaml(world *w, const zp_source *source)
{
    const zp_value *map = zp_yaml_read(w->arena, zp_span_of(source, 0, source->text.n), w->diag);
    assert_non_null(map);
    return map;
}

static report read_report(world *w, const char *text)
{
    report r = {0};
    zp_str *folders = zp_new_array(w->arena, zp_str, 1);
    const zp_source **sources = zp_new_array(w->arena, const zp_source *, 1);
    folders[0] = path_of(w, "template");
    sources[0] = zp_source_new(w->arena, ZP_STR("template.yaml"), zp_str_from(template_text));
    const zp_value *chain[] = {yaml(w, sources[0])};
    r.template.content = zp_declarations_read(w->arena, chain, 1, w->diag);
    r.template.folders = folders;
    r.template.sources = sources;
    r.template.folder_count = 1;
    const zp_source *source = zp_source_new(w->arena, ZP_STR("report.md"), zp_str_from(text));
    r.front = zp_front_read(w->arena, source, w->diag);
    return r;
}

static zp_facts *gather_with(world *w, const char *text, const zp_facts_options *options)
{
    report *r = zp_new(w->arena, report);
    *r = read_report(w, text);
    expect_ids(w, "");
    return zp_facts_gather(w->arena, &r->front, path_of(w, "report"), &r->template, options,
                           w->diag);
}

static const zp_value *gather(world *w, const char *text)
{
    const zp_facts_options plain = {0};
    return gather_with(w, text, &plain)->data;
}

static const zp_value *row_of(world *w, const char *text)
{
    return yaml(w, zp_source_new(w->arena, ZP_STR("rows.yaml"), zp_str_from(text)));
}

static void expect_money(world *w, const zp_value *data, const char *path, int64_t yuan)
{
    zp_amount amount = zp_amount_of(w->arena, zp_value_path(data, zp_str_from(path)));
    assert_int_equal(amount.kind, ZP_AMOUNT_NUMBER);
    assert_int_equal(zp_number_compare(amount.number, zp_number_int(w->arena, yuan)), 0);
}

/* --- Layers ---------------------------------------------------------------------------------- */

static void test_the_nearest_layer_counts(void **state)
{
    world *w = *state;
    write_text(w, "report/base.yaml", "标题: 文件\n单位: 文件\n年度: 1\n甲: 文件\n乙: 文件\n");
    write_text(w, "department.yaml", "名称: 命令行\n");
    const char *text =
        "---\n标题: 开头\n单位: {编码: 7}\n年度: 2\n甲: 开头\n数据: base.yaml\n---\n";
    const zp_given given[] = {{ZP_STR("单位"), path_of(w, "department.yaml")}};
    const zp_facts_options options = {
        .given = given, .given_count = 1, .row = row_of(w, "年度: 3\n")};
    const zp_value *data = gather_with(w, text, &options)->data;
    expect_ids(w, "unknown-key"); /* 甲, in the front matter only */
    expect_entry(data, "title", "开头");
    expect_entry(data, "department.name", "命令行"); /* maps are laid over entry by entry */
    expect_entry(data, "department.code", "7");
    expect_entry(data, "year", "3");
    expect_entry(data, "甲", "开头");
    expect_entry(data, "乙", "文件");
    expect_entry(data, "note", "没有说明");
}

static void test_the_row_is_nearer_than_the_command_line(void **state)
{
    world *w = *state;
    write_text(w, "department.yaml", "名称: 命令行\n编码: 1\n");
    const zp_given given[] = {{ZP_STR("单位"), path_of(w, "department.yaml")}};
    const zp_facts_options options = {
        .given = given, .given_count = 1, .row = row_of(w, "单位.名称: 行\n")};
    const zp_value *data = gather_with(w, "---\n标题: 甲\n---\n", &options)->data;
    expect_entry(data, "department.name", "行");
    expect_entry(data, "department.code", "1");
}

static void test_a_list_replaces_a_list(void **state)
{
    world *w = *state;
    write_text(w, "report/p.csv", "名称,金额（万元）\n甲,1\n乙,2\n");
    const zp_value *data = gather(w, "---\n数据: {项目: p.csv}\n---\n");
    assert_int_equal(zp_value_find(data, ZP_STR("projects"))->count, 2);
    data = gather(w, "---\n项目: [{名称: 丙}]\n数据: {项目: p.csv}\n---\n");
    expect_ids(w, "");
    assert_int_equal(zp_value_find(data, ZP_STR("projects"))->count, 1);
}

static void test_ways_to_name_data(void **state)
{
    world *w = *state;
    write_text(w, "report/p.csv", "名称,金额\n甲,1\n");
    write_text(w, "report/a.yaml", "年度: 2023\n");
    const zp_value *data =
        gather(w, "---\n数据: [a.yaml, {项目: p.csv, 别的: {file: p.csv}}]\n---\n");
    expect_ids(w, "");
    expect_entry(data, "year", "2023");
    assert_int_equal(zp_value_find(data, ZP_STR("别的"))->count, 1);
    data = gather(w, "---\n数据: {单位.名称: a.yaml, 预算.说明: p.csv}\n---\n");
    assert_non_null(zp_value_path(data, ZP_STR("department.name")));
    expect_ids(w, "");
    write_text(w, "report/q.yaml", "名称: 乙\n金额: 2\n"); /* a list, a map: one list */
    data = gather(w, "---\n数据: {别的: [p.csv, q.yaml, {file: p.csv}]}\n---\n");
    expect_ids(w, "");
    assert_int_equal(zp_value_find(data, ZP_STR("别的"))->count, 3);
    const zp_value *last = zp_value_find(data, ZP_STR("别的"))->last;
    assert_true(zp_str_eq(zp_value_text(zp_value_find(last, ZP_STR("名称"))), ZP_STR("甲")));
    gather(w, "---\n数据: {别的: [p.csv, 没有.csv]}\n---\n");
    expect_ids(w, "missing-data");
    gather(w, "---\n数据: {别的: []}\n---\n");
    expect_ids(w, "bad-value");
    gather(w, "---\n数据: p.csv\n---\n");
    expect_ids(w, "unnamed-data");
    gather(w, "---\n数据: {项目: }\n---\n");
    expect_ids(w, "bad-value");
    gather(w, "---\n数据: {项目: {form: 表}}\n---\n");
    expect_ids(w, "bad-value");
    gather(w, "---\n数据: {项目: 没有.csv}\n---\n");
    expect_ids(w, "missing-data");
    gather(w, "---\n数据:\n---\n");
    expect_ids(w, "");
}

static void test_only_so_many_entries_name_files(void **state)
{
    world *w = *state;
    write_text(w, "report/p.csv", "名称,金额\n甲,1\n");
    zp_buf text = {.arena = w->arena};
    zp_buf_lit(&text, "---\n数据:\n");
    for (int i = 0; i < 500; i++)
        zp_buf_format(&text, "  d%d: p.csv\n", i);
    zp_str enough = zp_str_format(w->arena, "%.*s---\n", ZP_ARG(zp_buf_str(&text)));
    assert_non_null(zp_value_find(gather(w, zp_str_cstr(w->arena, enough)), ZP_STR("d499")));
    expect_ids(w, "");
    zp_buf_lit(&text, "  d500: p.csv\n  d501: p.csv\n---\n");
    gather(w, zp_str_cstr(w->arena, zp_buf_str(&text)));
    expect_ids(w, "too-many-files");
}

/* --- Units ----------------------------------------------------------------------------------- */

static void test_bare_money_has_the_unit_of_its_layer(void **state)
{
    world *w = *state;
    write_text(w, "report/p.csv", "名称,金额\n甲,3\n");
    write_text(w, "report/b.yaml", "预算: {金额单位: 亿元, 年初预算数: 2}\n");
    const char *front =
        "---\n预算: {金额单位: 万元, 实际支出数: 5}\n数据: [b.yaml, {项目: p.csv}]\n---\n";
    const zp_value *data = gather(w, front);
    expect_ids(w, "");
    expect_money(w, data, "budget.spent", 50000);
    expect_money(w, data, "budget.initial", 200000000);
    expect_money(w, zp_value_find(data, ZP_STR("projects"))->first, "money", 30000);
    const zp_facts_options options = {.row = row_of(w, "预算.金额单位: 元\n预算.年初预算数: 7\n")};
    data = gather_with(w, front, &options)->data;
    expect_money(w, data, "budget.initial", 7);
    expect_money(w, data, "budget.spent", 50000);
}

static void test_a_row_without_a_unit_has_the_reports(void **state)
{
    world *w = *state;
    const zp_facts_options options = {.row = row_of(w, "预算.年初预算数: 7\n")};
    expect_money(w, gather_with(w, "---\n预算: {金额单位: 万元}\n---\n", &options)->data,
                 "budget.initial", 70000);
    expect_money(w, gather_with(w, "---\n标题: 甲\n---\n", &options)->data, "budget.initial", 7);
}

static void test_a_unit_of_money_that_nobody_knows(void **state)
{
    world *w = *state;
    gather(w, "---\n预算: {金额单位: 万圆, 年初预算数: 1}\n---\n");
    expect_ids(w, "unknown-unit");
    gather(w, "---\n预算: {金额单位: 个, 年初预算数: 1}\n---\n");
    expect_ids(w, "unknown-unit");
}

/* --- Texts with placeholders ----------------------------------------------------------------- */

static void test_values_of_the_front_matter_are_expanded(void **state)
{
    world *w = *state;
    const zp_value *data =
        gather(w, "---\n标题: \"{{年度}}年{{单位.名称}}报告，{{执行率}}\"\n单位: 某局\n"
                  "年度: 2023\n预算: {年初预算数: 4, 实际支出数: 3}\n---\n");
    expect_ids(w, "");
    expect_entry(data, "title", "2023年某局报告，75.00%");
}

static void test_they_may_name_each_other_in_any_order(void **state)
{
    world *w = *state;
    const zp_value *data = gather(w, "---\n标题: \"{{说明}}。\"\n说明: \"{{单位.名称}}的说明\"\n"
                                     "单位: {名称: \"{{年度}}局\"}\n年度: 2023\n---\n");
    expect_ids(w, "");
    expect_entry(data, "title", "2023局的说明。");
}

static void test_they_may_not_name_themselves(void **state)
{
    world *w = *state;
    gather(w, "---\n标题: \"{{标题}}\"\n---\n");
    expect_ids(w, "names-itself");
    gather(
        w,
        "---\n标题: \"{{说明}}\"\n说明: \"{{#标题}}{{标题}}{{/标题}}\"\n年度: \"{{标题}}\"\n---\n");
    expect_ids(w, "names-itself names-itself names-itself");
}

static void test_what_data_files_hold_is_never_expanded(void **state)
{
    world *w = *state;
    write_text(w, "report/p.csv", "名称,备注\n{{年度}},{{> 秘密}}\n");
    write_text(w, "report/d.yaml", "说明: '{{年度}}'\n");
    const zp_value *data =
        gather(w, "---\n标题: \"{{说明}}\"\n年度: 2023\n数据: [d.yaml, {项目: p.csv}]\n---\n");
    expect_ids(w, "");
    expect_entry(zp_value_find(data, ZP_STR("projects"))->first, "name", "{{年度}}");
    expect_entry(data, "note", "{{年度}}");
    expect_entry(data, "title", "{{年度}}"); /* and not once more */
    const zp_facts_options options = {.row = row_of(w, "说明: '{{年度}}'\n")};
    expect_entry(gather_with(w, "---\n年度: 2023\n---\n", &options)->data, "note", "{{年度}}");
}

static void test_a_missing_value(void **state)
{
    world *w = *state;
    gather(w, "---\n标题: \"{{单位.名称}}\"\n---\n");
    expect_ids(w, "missing-value");
    const zp_facts_options draft = {.draft = true};
    expect_entry(gather_with(w, "---\n标题: \"{{单位.名称}}\"\n---\n", &draft)->data, "title",
                 "【待填】");
    expect_ids(w, "");
    gather(
        w,
        "---\n标题: \"{{单位.名称}}\"\n数据: {项目: 没有.csv}\n---\n"); /* one cause, one error */
    expect_ids(w, "missing-data");
}

/* --- Partials -------------------------------------------------------------------------------- */

static void expect_partial(world *w, const zp_facts *facts, const char *name, const char *text)
{
    const zp_source *found =
        facts->expansion.partial(facts->expansion.user, zp_str_from(name), (zp_span){0});
    if (text == NULL)
        assert_null(found);
    else
        assert_true(found && zp_str_eq(found->text, zp_str_from(text)));
    (void)w;
}

static void test_partials_are_found_near_the_report_first(void **state)
{
    world *w = *state;
    const zp_facts_options plain = {0};
    write_text(w, "report/甲.md", "近");
    write_text(w, "template/甲.md", "远");
    write_text(w, "template/乙.md", "模板");
    write_text(w, "report/片段/丙.md", "里面");
    write_text(w, "outside.md", "外面");
    assert_int_equal(symlink("../outside.md", zp_str_cstr(w->arena, path_of(w, "report/链.md"))),
                     0);
    const zp_facts *facts = gather_with(w, "---\n标题: 甲\n---\n", &plain);
    expect_partial(w, facts, "甲", "近");
    expect_partial(w, facts, "乙", "模板");
    expect_partial(w, facts, "片段/丙", "里面");
    expect_partial(w, facts, "没有", NULL);
    expect_ids(w, "");
    const char *const outside[] = {"../outside", "链"};
    for (size_t i = 0; i < 2; i++) {
        expect_partial(w, gather_with(w, "---\n标题: 甲\n---\n", &plain), outside[i], NULL);
        expect_ids(w, "outside-folder");
    }
    const zp_str absolute = path_of(w, "outside");
    expect_partial(w, gather_with(w, "---\n标题: 甲\n---\n", &plain),
                   zp_str_cstr(w->arena, absolute), NULL);
    expect_ids(w, "outside-folder");
}

/* --- Sample data and edition ----------------------------------------------------------------- */

static void test_sample_data_is_known_until_it_is_changed(void **state)
{
    world *w = *state;
    const zp_facts_options plain = {0};
    const char *text = "---\n数据: {项目: data/p.csv}\n---\n";
    write_text(w, "template/data/p.csv", "名称,金额\n示例,1\n");
    write_text(w, "report/data/p.csv", "名称,金额\n示例,1\n");
    assert_true(gather_with(w, text, &plain)->sample);
    write_text(w, "report/data/p.csv", "名称,金额\n示例,2\n");
    assert_false(gather_with(w, text, &plain)->sample);
    write_text(w, "report/q.csv", "名称,金额\n示例,1\n"); /* not under that name */
    assert_false(gather_with(w, "---\n数据: {项目: q.csv}\n---\n", &plain)->sample);
    expect_ids(w, "");
}

static void test_the_edition_is_ours_to_say(void **state)
{
    world *w = *state;
    const zp_facts_options public = {.public = true};
    expect_entry(gather(w, "---\n标题: 甲\n---\n"), "内部", "true");
    expect_entry(gather_with(w, "---\n标题: 甲\n---\n", &public)->data, "内部", "false");
    expect_entry(gather_with(w, "---\n标题: 甲\n内部: true\n---\n", &public)->data, "内部",
                 "false");
    expect_ids(w, "unknown-key");
    const zp_facts_options row = {.public = true, .row = row_of(w, "内部: 是\n")};
    expect_entry(gather_with(w, "---\n标题: 甲\n---\n", &row)->data, "内部", "false");
}

static void test_gathering_leaves_its_sources_as_they_were(void **state)
{
    world *w = *state;
    const zp_facts_options options = {
        .row = row_of(w, "项目: [{名称: 甲, 金额: 3}]\n别的: [{甲: 1}]\n")};
    report r = read_report(w, "---\n标题: \"{{年度}}\"\n年度: 1\n---\n");
    zp_buf before = {.arena = w->arena}, after = {.arena = w->arena};
    zp_value_dump(r.front.map, &before);
    zp_value_dump(options.row, &before);
    for (int i = 0; i < 2; i++)
        expect_entry(
            zp_facts_gather(w->arena, &r.front, ZP_STR(""), &r.template, &options, w->diag)->data,
            "title", "1");
    zp_value_dump(r.front.map, &after);
    zp_value_dump(options.row, &after);
    assert_true(zp_str_eq(zp_buf_str(&before), zp_buf_str(&after)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_the_nearest_layer_counts),
        TEST(test_the_row_is_nearer_than_the_command_line),
        TEST(test_a_list_replaces_a_list),
        TEST(test_ways_to_name_data),
        TEST(test_only_so_many_entries_name_files),
        TEST(test_bare_money_has_the_unit_of_its_layer),
        TEST(test_a_row_without_a_unit_has_the_reports),
        TEST(test_a_unit_of_money_that_nobody_knows),
        TEST(test_values_of_the_front_matter_are_expanded),
        TEST(test_they_may_name_each_other_in_any_order),
        TEST(test_they_may_not_name_themselves),
        TEST(test_what_data_files_hold_is_never_expanded),
        TEST(test_a_missing_value),
        TEST(test_partials_are_found_near_the_report_first),
        TEST(test_sample_data_is_known_until_it_is_changed),
        TEST(test_the_edition_is_ours_to_say),
        TEST(test_gathering_leaves_its_sources_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

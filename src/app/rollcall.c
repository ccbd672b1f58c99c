/* rollcall.c: a roster and an archive in, who is missing out. */
#include "app/rollcall.h"

#include <stdio.h>
#include "archive/roster.h"
#include "data/load.h"

static void summarise(zp_str year, const zp_roster_sum *sum)
{
    fprintf(stderr, "名单：%.*s年应报%zu个单位，已报%zu个，未报%zu个；缺盖章件%zu个；名单以外%zu个",
            ZP_ARG(year), sum->units, sum->reported, sum->units - sum->reported, sum->unsealed,
            sum->extra);
    if (sum->asks_projects)
        fprintf(stderr, "；项目应报%zu个，已报%zu个", sum->projects, sum->projects_reported);
    if (sum->asks_money)
        fprintf(stderr, "；金额应报%.*s万元，已报%.*s万元", ZP_ARG(sum->money),
                ZP_ARG(sum->money_reported));
    fputc('\n', stderr);
}

/* The roster's rows; NULL after an error. */
static const zp_value *read_roster(zp_arena *arena, const char *path, zp_diag *diag)
{
    zp_str name = zp_str_from(path);
    zp_loader *loader = zp_loader_new(arena, ZP_STR(""), NULL, diag);
    zp_span place = zp_span_file(zp_source_new(arena, name, ZP_STR("")));
    return zp_load(loader, name, ZP_LOAD_ANYWHERE, ZP_STR(""), place);
}

zp_status zp_rollcall_run(zp_arena *arena, zp_str archive, const zp_options *chosen,
                          zp_telling *telling)
{
    zp_str why, year = zp_str_from(chosen->year);
    zp_diag *diag = zp_diag_new(arena);
    zp_roster_sum sum;
    zp_catalog *catalog = zp_catalog_open(arena, archive, &why);
    if (!catalog) {
        zp_complain("不能对名单", zp_str_cstr(arena, archive), zp_str_cstr(arena, why));
        return ZP_ENVIRONMENT;
    }
    zp_rows years = zp_catalog_years(catalog);
    if (year.n == 0 && years.rows > 0)
        year = years.cells[years.rows - 1];
    bool there = false;
    for (size_t i = 0; i < years.rows; i++)
        there = there || zp_str_eq(years.cells[i], year);
    if (!there) {
        zp_catalog_close(catalog);
        zp_complain("不能对名单：归档里没有这一年", chosen->year ? chosen->year : "",
                    "--year 写归档里有的年度");
        return ZP_REPORT;
    }
    const zp_value *roster = read_roster(arena, chosen->roster, diag);
    bool good = roster && zp_roster_check(arena, roster, catalog, year, diag, &sum);
    zp_catalog_close(catalog);
    zp_telling_tell(telling, arena, diag);
    if (good && telling->form == ZP_FORM_TEXT)
        summarise(year, &sum);
    return good ? ZP_DONE : ZP_REPORT;
}

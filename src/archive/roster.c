/* roster.c: rows of a roster and of the catalogue in, who and what is missing out. */
#include "archive/roster.h"

#include <stdlib.h>
#include "base/nameset.h"
#include "data/amount.h"

/* A unit of the catalogue: all its reports of the year together. */
typedef struct {
    zp_str code, name;
    size_t projects;
    const zp_number *money; /* of its projects, 元 */
    bool unpriced;          /* some of them do not say theirs */
    bool sealed;            /* each of its reports has a 盖章件 */
    bool coded;             /* a row of the roster has its code */
    bool named;             /* by the roster */
} unit;

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_str year;
    unit *units;
    size_t count;
    unit **by_code, **by_name;
    zp_nameset rows; /* of the roster, by code, or else by name */
    zp_roster_sum *sum;
    const zp_number *money, *money_reported;
} checking;

/* --- What has been reported ------------------------------------------------------------------- */

static int compare_codes(const void *a, const void *b)
{
    return zp_str_compare((*(unit *const *)a)->code, (*(unit *const *)b)->code);
}

static int compare_names(const void *a, const void *b)
{
    return zp_str_compare((*(unit *const *)a)->name, (*(unit *const *)b)->name);
}

static size_t count_of(zp_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++)
        count = count * 10 + (size_t)(text.p[i] - '0');
    return count;
}

static void add_report(const checking *c, unit *u, const zp_rows *reports, size_t row, bool sealed)
{
    size_t projects = count_of(zp_rows_at(reports, row, ZP_REPORT_PROJECTS));
    const zp_number *money =
        zp_number_read(c->arena, zp_rows_at(reports, row, ZP_REPORT_PROJECT_BUDGET));
    u->projects += projects;
    u->money = money ? zp_number_add(c->arena, u->money, money) : u->money;
    u->unpriced = u->unpriced || (projects > 0 && !money);
    u->sealed = u->sealed && sealed;
}

/* The index has a unit's reports one after another, and only there whether each is sealed. */
static void gather_units(checking *c, zp_catalog *catalog)
{
    zp_rows reports = zp_catalog_table(catalog, ZP_ENTRY_REPORT, c->year, ZP_STR(""));
    zp_rows index = zp_catalog_index(catalog, c->year);
    zp_str last = ZP_STR("");
    c->units = zp_new_array(c->arena, unit, reports.rows);
    for (size_t i = 0; i < reports.rows; i++) {
        zp_str folder = zp_rows_at(&reports, i, ZP_REPORT_UNIT);
        if (i == 0 || !zp_str_eq(folder, last))
            c->units[c->count++] = (unit){.code = zp_rows_at(&reports, i, ZP_REPORT_CODE),
                                          .name = zp_rows_at(&reports, i, ZP_REPORT_NAME),
                                          .money = zp_number_int(c->arena, 0),
                                          .sealed = true};
        add_report(c, &c->units[c->count - 1], &reports, i,
                   zp_rows_at(&index, i, ZP_INDEX_LAYOUT).n > 0);
        last = folder;
    }
}

static unit **sort_units(const checking *c, int (*compare)(const void *, const void *))
{
    unit **sorted = zp_new_array(c->arena, unit *, c->count);
    for (size_t i = 0; i < c->count; i++)
        sorted[i] = &c->units[i];
    if (c->count > 0)
        qsort(sorted, c->count, sizeof *sorted, compare);
    return sorted;
}

static unit *find_code(const checking *c, zp_str code)
{
    unit key = {.code = code}, *wanted = &key, **found = NULL;
    if (c->count > 0 && code.n > 0)
        found = bsearch(&wanted, c->by_code, c->count, sizeof *c->by_code, compare_codes);
    return found ? *found : NULL;
}

/* Of several with that name the first that no row has named yet. `coded`: also one that has its
 * code in the roster. */
static unit *find_name(const checking *c, zp_str name, bool coded)
{
    unit *found = NULL;
    size_t low = 0, high = c->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zp_str_compare(c->by_name[middle]->name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < c->count && zp_str_eq(c->by_name[low]->name, name); low++) {
        unit *u = c->by_name[low];
        if ((coded || !u->coded) && (!found || (found->named && !u->named)))
            found = u;
    }
    return found;
}

/* Two units may have one name: that of another code is not the one that is looked for. */
static unit *find_unit(const checking *c, zp_str code, zp_str name)
{
    unit *u = find_code(c, code);
    return u || name.n == 0 ? u : find_name(c, name, code.n == 0);
}

/* --- Against what is asked -------------------------------------------------------------------- */

static zp_str code_of(const zp_value *row)
{
    return zp_value_text(zp_value_find(row, ZP_STR("编码")));
}

/* A whole number; false when the cell has none. */
static bool count_in(zp_arena *arena, const zp_value *row, const char *key, size_t *count)
{
    zp_amount amount = zp_amount_of(arena, zp_value_find(row, zp_str_from(key)));
    bool good = amount.kind == ZP_AMOUNT_NUMBER;
    *count = good ? count_of(zp_number_plain(arena, amount.number)) : 0;
    return good;
}

/* 元; a bare number is 万元. */
static const zp_number *money_of(zp_arena *arena, const zp_value *row)
{
    const zp_value *value = zp_value_find(row, ZP_STR("应报金额"));
    zp_amount amount = zp_amount_of(arena, value);
    if (amount.kind != ZP_AMOUNT_NUMBER)
        return NULL;
    return amount.unit.kind == ZP_UNIT_NONE ? zp_number_scale(arena, amount.number, 4)
                                            : amount.number;
}

static zp_str in_wan(zp_arena *arena, const zp_number *yuan)
{
    return zp_number_fixed(arena, zp_number_scale(arena, yuan, -4), 2);
}

static void check_projects(checking *c, const unit *u, zp_span place, zp_str name, size_t wanted)
{
    if (u->projects < wanted)
        zp_diag_add(c->diag, ZP_WARNING, "roster-forms", place, NULL,
                    "缺自评表：%.*s应报%zu个项目，报了%zu个", ZP_ARG(name), wanted, u->projects);
    else if (u->projects > wanted)
        zp_diag_add(c->diag, ZP_WARNING, "roster-extra", place, NULL,
                    "多报：%.*s应报%zu个项目，报了%zu个", ZP_ARG(name), wanted, u->projects);
}

static void check_money(checking *c, const unit *u, zp_span place, zp_str name,
                        const zp_number *asked)
{
    zp_str wan = in_wan(c->arena, asked);
    if (u->unpriced)
        zp_diag_add(c->diag, ZP_WARNING, "roster-money", place, NULL,
                    "金额没有报全：%.*s应报%.*s万元，有的项目没有写预算数", ZP_ARG(name),
                    ZP_ARG(wan));
    else if (zp_number_compare(u->money, asked) < 0)
        zp_diag_add(c->diag, ZP_WARNING, "roster-money", place, NULL,
                    "金额没有报全：%.*s应报%.*s万元，各项目合计%.*s万元", ZP_ARG(name), ZP_ARG(wan),
                    ZP_ARG(in_wan(c->arena, u->money)));
}

static void check_reported(checking *c, unit *u, const zp_value *row, zp_span place, zp_str name)
{
    size_t projects;
    const zp_number *money = money_of(c->arena, row);
    u->named = true;
    c->sum->reported++;
    c->sum->projects_reported += u->projects;
    c->money_reported = zp_number_add(c->arena, c->money_reported, u->money);
    if (count_in(c->arena, row, "应报项目", &projects))
        check_projects(c, u, place, name, projects);
    if (money)
        check_money(c, u, place, name, money);
    if (u->sealed)
        return;
    c->sum->unsealed++;
    zp_diag_add(c->diag, ZP_WARNING, "roster-unsealed", place, NULL, "缺盖章件：%.*s",
                ZP_ARG(name));
}

/* A row is counted once, whatever stands twice. */
static bool is_repeated(checking *c, const unit *u, zp_str key)
{
    return !zp_nameset_take(&c->rows, key) || (u && u->named);
}

static void check_unit(checking *c, const zp_value *row)
{
    zp_str code = code_of(row), name = zp_value_text(zp_value_find(row, ZP_STR("名称")));
    zp_str called = name.n > 0 ? name : code;
    const zp_value *cell = zp_value_find(row, name.n > 0 ? ZP_STR("名称") : ZP_STR("编码"));
    const zp_number *money = money_of(c->arena, row);
    size_t projects;
    if (called.n == 0)
        return;
    unit *u = find_unit(c, code, name);
    if (is_repeated(c, u, code.n > 0 ? code : name)) {
        zp_diag_add(c->diag, ZP_WARNING, "roster-repeated", cell->span, "删去多余的一行",
                    "名单里重复：%.*s，上面已经有了", ZP_ARG(called));
        return;
    }
    c->sum->units++;
    c->sum->asks_projects |= count_in(c->arena, row, "应报项目", &projects);
    c->sum->projects += projects;
    c->sum->asks_money |= money != NULL;
    c->money = money ? zp_number_add(c->arena, c->money, money) : c->money;
    if (u)
        check_reported(c, u, row, cell->span, called);
    else
        zp_diag_add(c->diag, ZP_WARNING, "roster-unreported", cell->span, NULL, "未报送：%.*s",
                    ZP_ARG(called));
}

/* Units that reported and are not asked to. */
static void check_others(checking *c, zp_span place)
{
    for (size_t i = 0; i < c->count; i++) {
        if (c->units[i].named)
            continue;
        c->sum->extra++;
        zp_str code = c->units[i].code;
        zp_diag_add(c->diag, ZP_WARNING, "roster-extra", place, NULL,
                    "多报：名单里没有%.*s%s%.*s%s", ZP_ARG(c->units[i].name),
                    code.n > 0 ? "（" : "", ZP_ARG(code), code.n > 0 ? "）" : "");
    }
}

bool zp_roster_check(zp_arena *arena, const zp_value *list, zp_catalog *catalog, zp_str year,
                     zp_diag *diag, zp_roster_sum *sum)
{
    const zp_value *first = list->kind == ZP_VALUE_LIST ? list->first : NULL;
    const zp_number *zero = zp_number_int(arena, 0);
    checking c = {.arena = arena,
                  .diag = diag,
                  .rows = {.arena = arena},
                  .year = year,
                  .sum = sum,
                  .money = zero,
                  .money_reported = zero};
    *sum = (zp_roster_sum){0};
    zp_span whole = list->span.source ? zp_span_file(list->span.source) : list->span;
    if (!zp_value_find(first, ZP_STR("编码")) && !zp_value_find(first, ZP_STR("名称"))) {
        zp_diag_add(diag, ZP_ERROR, "roster-columns", whole,
                    "表头写：编码、名称、应报项目、应报金额", "名单里没有“编码”或“名称”这一列");
        return false;
    }
    gather_units(&c, catalog);
    c.by_code = sort_units(&c, compare_codes);
    c.by_name = sort_units(&c, compare_names);
    for (const zp_value *row = first; row; row = row->next) {
        unit *u = find_code(&c, code_of(row));
        if (u)
            u->coded = true;
    }
    for (const zp_value *row = first; row; row = row->next)
        check_unit(&c, row);
    check_others(&c, whole);
    sum->money = in_wan(arena, c.money);
    sum->money_reported = in_wan(arena, c.money_reported);
    return true;
}

/* column.c: one column of amounts, two units.
 *
 * A column of amounts has cells with a unit of money, each its own, and no other unit; a column of
 * indicators (个, %, 次, 万元) is none. The unit of fewer cells is named.
 */
#include "check/form.h"
#include "check/scan.h"

static const zp_rule rules[] = {
    {"column-units", ZP_WARNING, false, "一列金额的单位不统一",
     "表里同一列的金额用同一个单位，并写在表头或表上。", NULL,
     "| 项目 | 金额 |\n|---|---|\n| 甲 | 30万元 |\n| 乙 | 20万元 |\n| 丙 | 50000元 |\n",
     "| 项目 | 金额 |\n|---|---|\n| 甲 | 30万元 |\n| 乙 | 20万元 |\n| 丙 | 5万元 |\n"},
};

static const char *const units[] = {"亿元", "万元", "千元", "元"};

enum {
    UNITS = sizeof units / sizeof *units,
    COLUMNS_MAX = 100, /* that are looked at */
    LEAST = 3,         /* amounts that make a column of them */
};

typedef struct {
    bool other; /* a cell with something that is no amount of money: no such column */
    size_t count[UNITS];
    zp_where first[UNITS];
} money_column;

/* Which unit a cell has that is nothing but an amount: 30万元, 1,234.50 元. UNITS: it has none, a
 * number or nothing; UNITS + 1: it is something else. */
static int unit_of(zp_str text)
{
    text = zp_str_trim(text);
    size_t at = 0;
    while (at < text.n && (zp_code_is_digit((unsigned char)text.p[at]) || text.p[at] == '.' ||
                           text.p[at] == ',' || text.p[at] == '-'))
        at++;
    zp_str unit = zp_str_trim(zp_str_slice(text, at, text.n));
    if (unit.n == 0)
        return UNITS;
    for (int i = 0; at > 0 && i < UNITS; i++)
        if (zp_str_eq(unit, zp_str_from(units[i])))
            return i;
    return UNITS + 1;
}

/* Words in a column of amounts: what has no digit, such as 无 and 合计. */
static bool is_word(zp_str text)
{
    zp_scan scan = {.text = text};
    while (zp_scan_next(&scan))
        if (zp_code_is_digit(scan.code) || scan.code == '%' || scan.code == 0x2265 ||
            scan.code == 0x2264)
            return false;
    return true;
}

static void add_cell(money_column *columns, const zp_passage *passage, size_t index)
{
    size_t at = passage->node->cell.column;
    if (at >= COLUMNS_MAX || passage->node->parent->row.head)
        return;
    int unit = unit_of(passage->text);
    if (unit < UNITS && columns[at].count[unit]++ == 0)
        columns[at].first[unit] = (zp_where){index, 0, passage->text.n};
    if (unit > UNITS && !is_word(passage->text))
        columns[at].other = true;
}

static void check_column(zp_checker *c, const money_column *column)
{
    size_t all = 0, most = 0, least = 0, kinds = 0;
    for (size_t i = 0; i < UNITS; i++) {
        all += column->count[i];
        kinds += column->count[i] > 0;
        if (column->count[i] > column->count[most])
            most = i;
    }
    if (column->other || all < LEAST || kinds < 2)
        return;
    for (size_t i = 0; i < UNITS; i++)
        if (i != most && column->count[i] > 0)
            least = i;
    zp_finding finding = {.also = &column->first[most], .also_count = 1};
    zp_checker_find(c, rules, column->first[least], &finding,
                    "这一列金额的单位不统一：有%zu格是“%s”，这里是“%s”", column->count[most],
                    units[most], units[least]);
}

/* The table that a cell's passage belongs to; NULL when it is no cell. */
static const zp_node *table_of(const zp_passage *passage)
{
    return zp_passage_is(passage, ZP_NODE_CELL) ? passage->node->parent->parent : NULL;
}

static void run(zp_checker *c)
{
    money_column *columns = zp_new_array(c->arena, money_column, COLUMNS_MAX);
    const zp_node *table = NULL;
    for (size_t i = 0; i <= c->passages->count; i++) {
        const zp_node *now = i < c->passages->count ? table_of(&c->passages->all[i]) : NULL;
        if (now != table) {
            for (size_t k = 0; table != NULL && k < table->table.columns && k < COLUMNS_MAX; k++) {
                check_column(c, &columns[k]);
                columns[k] = (money_column){0};
            }
            table = now;
        }
        if (now != NULL)
            add_cell(columns, &c->passages->all[i], i);
    }
}

const zp_rule_group zp_column_rules = ZP_RULE_GROUP(rules, run);

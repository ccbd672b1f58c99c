/* printing.c: a value and how it is to print in, its words out.
 *
 * A rule and a chain of filters fill in the same notation (unit, decimals, commas, sign of per
 * cent), and the figure is rounded once, when that is printed. So the order of filters matters only
 * where one takes back what another said (| 2位 | 万元).
 */
#include "data/printing.h"

#include "base/utf8.h"
#include "data/date.h"
#include "data/notation.h"
#include "data/wording.h"

enum { DEFAULT_PLACES = 2 }; /* of a converted figure, unless N位 says more */

/* What is BLANK, or the text for “no rate”, prints without regard to figures. */
static bool passes(const zp_value *value, const zp_print_rule *rule, const zp_amount *amount,
                   zp_str *printed)
{
    *printed = value->text;
    if (rule->none != NULL && value->number == NULL &&
        zp_str_eq(zp_value_text(value), zp_value_text(rule->none)))
        return true;
    if (amount->kind != ZP_AMOUNT_BLANK)
        return false;
    if (rule->blank != NULL)
        *printed = rule->blank->text;
    return true;
}

zp_str zp_print_value(zp_arena *arena, const zp_value *value)
{
    zp_print_rule rule;
    zp_notation notation;
    zp_str printed;
    if (value == NULL || value->kind == ZP_VALUE_LIST || value->kind == ZP_VALUE_MAP)
        return ZP_STR("");
    if (!zp_print_rule_read(value->rule, &rule) && value->number == NULL)
        return value->text;
    zp_amount amount = zp_amount_of(arena, value);
    if (passes(value, &rule, &amount, &printed))
        return printed;
    if (amount.kind != ZP_AMOUNT_NUMBER)
        return value->text;
    if (value->number == NULL && !rule.shapes) {
        bool none = amount.relation == ZP_RELATION_NONE && zp_number_sign(amount.number) == 0;
        return none && rule.zero != NULL ? rule.zero->text : value->text;
    }
    bool alike = zp_notation_make(arena, value, &amount, &rule, &notation);
    return alike || value->number != NULL ? zp_notation_print(arena, &notation, &amount)
                                          : value->text;
}

/* --- Filters --------------------------------------------------------------------------------- */

/* A value on its way through the filters. */
typedef struct {
    zp_arena *arena;
    const zp_value *value;
    zp_span place;
    zp_diag *diag;
    zp_str name; /* of the filter it is in */
    bool figure; /* else it is `text`, which no filter for figures takes */
    zp_amount amount;
    zp_notation notation;
    zp_str text;
} passage;

typedef bool filter(passage *p, int argument);

/* The value's own place, where it has one. */
static zp_span place_of(const passage *p)
{
    return p->value->span.source != NULL ? p->value->span : p->place;
}

static bool is_figure(passage *p)
{
    if (p->figure)
        return true;
    zp_str hint =
        zp_str_format(p->arena, "改成数字，可以带单位，如 30.26万元、95%%；不是数的值不用“%.*s”",
                      ZP_ARG(p->name));
    /* A figure that an earlier filter made a text is the template's fault. */
    zp_span span = p->amount.kind == ZP_AMOUNT_NUMBER ? p->place : place_of(p);
    zp_diag_add(p->diag, ZP_ERROR, "not-a-number", span, zp_str_cstr(p->arena, hint),
                "“%.*s”不是数，不能按“%.*s”印出", ZP_ARG(p->text), ZP_ARG(p->name));
    return false;
}

/* Whether it is a figure of that kind. `bare`: a number without unit may be taken for one. */
static bool is_of_kind(passage *p, zp_unit_kind kind, bool bare)
{
    zp_unit_kind own = p->amount.unit.kind;
    if (!is_figure(p))
        return false;
    if (own == kind || (bare && own == ZP_UNIT_NONE))
        return true;
    zp_str text = zp_value_text(p->value);
    if (own == ZP_UNIT_NONE) {
        zp_diag_add(
            p->diag, ZP_ERROR, "unknown-unit", place_of(p),
            "写明单位：在数后面（30.26万元）、列名里（预算数（万元））、表上方（单位：万元），"
            "基本信息的“金额单位”，或者模板里这一项的 unit",
            "“%.*s”没有单位，不知道是元还是万元，不能按“%.*s”印出", ZP_ARG(text), ZP_ARG(p->name));
        return false;
    }
    zp_diag_add(p->diag, ZP_ERROR, "unit-mismatch", place_of(p),
                kind == ZP_UNIT_MONEY ? "只有金额能换算成元、万元；去掉竖线后面的这一项，或改正数据"
                                      : "只有比率能印成百分比；去掉竖线后面的这一项，或改正数据",
                "“%.*s”的单位是“%.*s”，不能按“%.*s”印出", ZP_ARG(text), ZP_ARG(p->amount.unit.name),
                ZP_ARG(p->name));
    return false;
}

static bool as_money(passage *p, int power)
{
    if (!is_of_kind(p, ZP_UNIT_MONEY, false))
        return false;
    p->notation.power = power;
    zp_notation_set_places(&p->notation, DEFAULT_PLACES);
    return true;
}

static bool as_percentage(passage *p, int power)
{
    if (!is_of_kind(p, ZP_UNIT_RATE, true))
        return false;
    p->notation.power = power;
    p->notation.percent = true;
    zp_notation_set_places(&p->notation, DEFAULT_PLACES);
    return true;
}

static bool with_places(passage *p, int places)
{
    if (!is_figure(p))
        return false;
    zp_notation_set_places(&p->notation, places);
    return true;
}

static bool with_commas(passage *p, int unused)
{
    (void)unused;
    p->notation.group = true;
    return is_figure(p);
}

static bool set_text(passage *p, zp_str text)
{
    p->figure = false;
    p->text = text;
    return true;
}

static bool in_capitals(passage *p, int unused)
{
    (void)unused;
    if (!is_of_kind(p, ZP_UNIT_MONEY, false))
        return false;
    zp_str text = zp_wording_money(p->arena, p->amount.number);
    if (text.n > 0)
        return set_text(p, text);
    zp_diag_add(p->diag, ZP_ERROR, "not-a-number", place_of(p), "检查这个数的单位和小数点",
                "金额达到一亿亿元，没有大写的写法");
    return false;
}

static bool in_words(passage *p, int unused)
{
    (void)unused;
    if (!is_figure(p))
        return false;
    const zp_number *number = zp_number_scale(p->arena, p->amount.number, -p->notation.power);
    zp_str text = zp_wording_number(p->arena, number);
    if (text.n > 0)
        return set_text(p, text);
    zp_diag_add(p->diag, ZP_ERROR, "not-a-number", place_of(p),
                "“中文数字”只用于整数；带小数的数直接印出，或用“N位”",
                "“%.*s”不是小于一亿亿的整数，不能印成中文数字", ZP_ARG(zp_value_text(p->value)));
    return false;
}

static bool as_date(passage *p, int unused)
{
    (void)unused;
    zp_date date;
    if ((p->value->stored.n > 0 && zp_date_read(p->value->stored, &date)) ||
        zp_date_read(p->text, &date))
        return set_text(p, zp_date_print(p->arena, date));
    zp_diag_add(p->diag, ZP_ERROR, "not-a-date", place_of(p),
                "写成 2024-05-08、2024/5/8、20240508 或 2024年5月8日", "“%.*s”不是日期",
                ZP_ARG(p->text));
    return false;
}

typedef struct {
    const char *name;
    filter *run;
    int argument;
} filter_entry;

static const filter_entry filters_known[] = {
    {"万元", as_money, 4},    {"元", as_money, 0},           {"千元", as_money, 3},
    {"亿元", as_money, 8},    {"百分比", as_percentage, -2}, {"千分位", with_commas, 0},
    {"大写", in_capitals, 0}, {"日期", as_date, 0},          {"中文数字", in_words, 0},
};

enum { FILTERS = sizeof filters_known / sizeof *filters_known };

/* The number that “N位” or “N位小数” names; -1 when `name` is no such filter. Numbers over 99
 * are 99.
 */
static int places_of(zp_str name)
{
    static const char *const words[] = {"零位", "一位", "两位", "三位", "四位",
                                        "五位", "六位", "七位", "八位", "九位"};
    const zp_str more = ZP_STR("小数"), unit = ZP_STR("位");
    if (zp_str_ends(name, more))
        name.n -= more.n;
    for (int i = 0; i < 10; i++)
        if (zp_str_eq(name, zp_str_from(words[i])))
            return i;
    if (zp_str_eq(name, ZP_STR("二位")))
        return 2;
    if (!zp_str_ends(name, unit) || name.n == unit.n)
        return -1;
    int number = 0;
    for (size_t at = 0; at < name.n - unit.n;) {
        uint32_t code = zp_code_narrow(zp_utf8_next(name, &at));
        if (code == ' ')
            continue;
        if (code < '0' || code > '9')
            return -1;
        number = number * 10 + (int)(code - '0');
        number = number > 99 ? 99 : number;
    }
    return number;
}

static bool refuse_filter(passage *p)
{
    zp_str names[FILTERS];
    for (size_t i = 0; i < FILTERS; i++)
        names[i] = zp_str_from(filters_known[i].name);
    zp_str nearest = zp_str_nearest(p->name, names, FILTERS);
    const char *hint = "可以用：万元 元 千元 亿元 百分比 N位 千分位 大写 日期 中文数字";
    if (nearest.n > 0)
        hint = zp_str_cstr(p->arena, zp_str_format(p->arena, "是不是“%.*s”？", ZP_ARG(nearest)));
    if (places_of(p->name) > ZP_NUMBER_PLACES)
        hint = "小数位数从 0 到 30";
    if (p->name.n == 0)
        zp_diag_add(p->diag, ZP_ERROR, "unknown-filter", p->place, hint, "竖线后面没有写印法");
    else
        zp_diag_add(p->diag, ZP_ERROR, "unknown-filter", p->place, hint, "没有名为“%.*s”的印法",
                    ZP_ARG(p->name));
    return false;
}

/* The filter of that name; `run` NULL when there is none. */
static filter_entry find_filter(zp_str name)
{
    int places = places_of(name);
    if (places >= 0 && places <= ZP_NUMBER_PLACES)
        return (filter_entry){"位", with_places, places};
    for (size_t i = 0; i < FILTERS; i++)
        if (zp_str_eq(name, zp_str_from(filters_known[i].name)))
            return filters_known[i];
    return (filter_entry){0};
}

/* The name at *at, which is moved behind its bar; false when there is none left. */
static bool next_name(zp_str filters, size_t *at, zp_str *name)
{
    if (*at > filters.n)
        return false;
    size_t bar = zp_str_find(filters, ZP_STR("|"), *at);
    *name = zp_str_trim(zp_str_slice(filters, *at, bar));
    *at = bar + 1;
    return true;
}

/* Whether all names are known: a mistake in a template is found whatever the data are. */
static bool are_known(passage *p, zp_str filters)
{
    for (size_t at = 0; next_name(filters, &at, &p->name);)
        if (find_filter(p->name).run == NULL)
            return refuse_filter(p);
    return true;
}

/* False when the value passes through all filters as *printed. */
static bool begin(passage *p, zp_str *printed)
{
    zp_print_rule rule;
    p->amount = zp_amount_of(p->arena, p->value);
    p->text = zp_value_text(p->value);
    p->figure = p->amount.kind == ZP_AMOUNT_NUMBER;
    zp_print_rule_read(p->value->rule, &rule);
    if (passes(p->value, &rule, &p->amount, printed))
        return false;
    if (p->figure)
        zp_notation_make(p->arena, p->value, &p->amount, &rule, &p->notation);
    return true;
}

bool zp_print_filtered(zp_arena *arena, const zp_value *value, zp_str filters, zp_span place,
                       zp_diag *diag, zp_str *printed)
{
    static const zp_value nothing = {.kind = ZP_VALUE_NULL};
    passage p = {.arena = arena, .place = place, .diag = diag};
    p.value = value != NULL ? value : &nothing;
    *printed = ZP_STR("");
    if (!are_known(&p, filters))
        return false;
    if (!begin(&p, printed))
        return true;
    for (size_t at = 0; next_name(filters, &at, &p.name);) {
        filter_entry found = find_filter(p.name);
        if (!found.run(&p, found.argument))
            return false;
    }
    *printed = p.figure ? zp_notation_print(arena, &p.notation, &p.amount) : p.text;
    return true;
}

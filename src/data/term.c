/* term.c: data in, terms out; and the arithmetic of terms.
 *
 * Numbers are in the basic units of their kinds all along (元, the ratio), so only a bare number
 * needs scaling, when it takes another's unit. A term that is no number carries the reason through
 * every operation, and a fault is reported where it arises, once: what comes of it is UNKNOWN
 * without a name, and nothing more is said of that.
 */
#include "data/term.h"

#include "data/printing.h"

static const zp_span nowhere = {NULL, 0, 0};

zp_term zp_term_plain(zp_result_kind kind, zp_span place)
{
    return (zp_term){.r = {.kind = kind, .place = place}, .places = -1};
}

zp_term zp_term_number(const zp_number *number)
{
    zp_term term = zp_term_plain(ZP_RESULT_NUMBER, nowhere);
    term.r.number = number;
    return term;
}

zp_term zp_term_truth(bool truth)
{
    zp_term term = zp_term_plain(ZP_RESULT_TRUTH, nowhere);
    term.r.truth = truth;
    return term;
}

zp_term zp_term_unknown(zp_str name, zp_span place)
{
    zp_term term = zp_term_plain(ZP_RESULT_UNKNOWN, place);
    term.r.missing = name;
    return term;
}

static zp_term faulty(zp_span place)
{
    return zp_term_unknown(ZP_STR(""), place);
}

static zp_span first_place(zp_span a, zp_span b)
{
    return a.source != NULL ? a : b;
}

zp_term zp_term_with(zp_formula_run *run, zp_term term, const zp_number *number)
{
    if (number == NULL) {
        zp_run_error(run, "number-too-large", term.r.place, "请核对这些数的单位和位数",
                     "按“%.*s”算出来的数太大", ZP_ARG(run->formula->text));
        return faulty(term.r.place);
    }
    term.r.number = number;
    term.r.text = ZP_STR("");
    term.relation = ZP_RELATION_NONE;
    term.places = -1;
    return term;
}

/* --- Data ------------------------------------------------------------------------------------ */

/* Text by its rule, whatever it looks like: 001 is no number. */
static bool is_text(const zp_value *value)
{
    zp_str type = zp_value_text(zp_value_find(value->rule, ZP_STR("type")));
    return zp_str_eq(type, ZP_STR("text")) || zp_str_eq(type, ZP_STR("code")) ||
           zp_str_eq(type, ZP_STR("date"));
}

/* The unit that bare numbers beside it are in: its rule's, else as it was written. */
static zp_unit unit_of(const zp_value *value, zp_unit written)
{
    zp_unit unit;
    zp_str name = zp_value_text(zp_value_find(value->rule, ZP_STR("unit")));
    if (name.n > 0 && zp_unit_find(name, &unit) && unit.kind == written.kind)
        return unit;
    return written;
}

/* The number as it prints: what stands on the page, read again. */
static const zp_number *as_printed(zp_formula_run *run, const zp_value *value, const zp_amount *own,
                                   zp_unit unit, int *places)
{
    zp_amount shown = zp_amount_read(run->arena, zp_print_value(run->arena, value), unit.name);
    if (shown.kind != ZP_AMOUNT_NUMBER || shown.unit.kind != own->unit.kind)
        return own->number;
    *places = shown.places;
    return shown.number;
}

static zp_term compound(zp_formula_run *run, const zp_value *value, zp_str name)
{
    if (value->kind == ZP_VALUE_LIST)
        zp_run_error(run, "not-a-number", value->span, "把它写在 sum(…)、count(…) 等的括号里",
                     "“%.*s”有很多行，“%.*s”不知道用哪一行", ZP_ARG(name),
                     ZP_ARG(run->formula->text));
    else
        zp_run_error(run, "not-a-number", value->span, "在名字后面加点，写出要用其中哪一项",
                     "“%.*s”里有好几项，“%.*s”不知道用哪一项", ZP_ARG(name),
                     ZP_ARG(run->formula->text));
    return faulty(value->span);
}

/* A figure that was computed to be 0 ÷ 0: figures.c gives it a rule that says so. */
static bool is_no_rate(const zp_value *value)
{
    return value->number == NULL &&
           zp_value_bool(zp_value_find(value->rule, ZP_STR("no_rate")), false);
}

bool zp_term_is_blank(zp_arena *arena, const zp_value *value)
{
    return (value->kind == ZP_VALUE_NULL && value->text.n == 0) ||
           (value->kind == ZP_VALUE_TEXT &&
            (is_no_rate(value) || zp_amount_of(arena, value).kind == ZP_AMOUNT_BLANK));
}

zp_term zp_term_datum(zp_formula_run *run, const zp_value *value, zp_str name)
{
    if (value == NULL)
        return zp_term_unknown(name, nowhere);
    if (value->kind == ZP_VALUE_LIST || value->kind == ZP_VALUE_MAP)
        return compound(run, value, name);
    if (value->kind == ZP_VALUE_NULL && value->text.n > 0) /* a figure that is not known */
        return zp_term_unknown(value->text, value->span);
    if (is_no_rate(value))
        return zp_term_plain(ZP_RESULT_NO_RATE, value->span);
    zp_amount amount = zp_amount_of(run->arena, value);
    if (amount.kind == ZP_AMOUNT_BLANK) {
        zp_term term = zp_term_unknown(name, value->span);
        term.blank = true;
        return term;
    }
    zp_term term = zp_term_plain(ZP_RESULT_TEXT, value->span);
    term.r.text = zp_value_text(value);
    if (amount.kind == ZP_AMOUNT_TEXT || is_text(value))
        return term;
    term.r.kind = ZP_RESULT_NUMBER;
    term.r.number = amount.number;
    term.r.unit = unit_of(value, amount.unit);
    term.relation = amount.relation;
    term.places = amount.places;
    if (run->printed)
        term.r.number = as_printed(run, value, &amount, term.r.unit, &term.places);
    return term;
}

/* --- Kinds ----------------------------------------------------------------------------------- */

bool zp_term_is_number(zp_formula_run *run, zp_term *term)
{
    if (term->r.kind == ZP_RESULT_NUMBER)
        return true;
    if (term->r.kind == ZP_RESULT_TEXT)
        zp_run_error(run, "not-a-number", term->r.place, "这里要填数，不要带文字",
                     "“%.*s”不是数，算不出“%.*s”", ZP_ARG(term->r.text),
                     ZP_ARG(run->formula->text));
    else if (term->r.kind == ZP_RESULT_TRUTH)
        zp_run_error(run, "not-a-number", run->formula->span, "比较的结果只能用在条件里",
                     "算式“%.*s”拿是非当作数", ZP_ARG(run->formula->text));
    else
        return false;
    *term = faulty(term->r.place);
    return false;
}

bool zp_term_is_truth(zp_formula_run *run, zp_term *term)
{
    if (term->r.kind == ZP_RESULT_TRUTH)
        return true;
    if (term->r.kind != ZP_RESULT_NUMBER && term->r.kind != ZP_RESULT_TEXT)
        return false;
    const zp_value said = {.kind = ZP_VALUE_TEXT, .text = term->r.text};
    if (zp_value_bool(&said, true) == zp_value_bool(&said, false)) {
        term->r.kind = ZP_RESULT_TRUTH;
        term->r.truth = zp_value_bool(&said, false);
        return true;
    }
    zp_run_error(run, "not-a-truth", term->r.place, "这里要填“是”或“否”",
                 "“%.*s”不是“是”或“否”，判断不了“%.*s”", ZP_ARG(term->r.text),
                 ZP_ARG(run->formula->text));
    *term = faulty(term->r.place);
    return false;
}

static int badness(zp_result_kind kind)
{
    switch (kind) {
    case ZP_RESULT_OVER_ZERO:
        return 3;
    case ZP_RESULT_UNKNOWN:
        return 2;
    case ZP_RESULT_NO_RATE:
        return 1;
    case ZP_RESULT_NUMBER:
    case ZP_RESULT_TEXT:
    case ZP_RESULT_TRUTH:
        break;
    }
    return 0;
}

zp_term zp_term_worse(zp_term a, zp_term b)
{
    return badness(b.r.kind) > badness(a.r.kind) ? b : a;
}

/* --- Units ----------------------------------------------------------------------------------- */

/* A bare number in the unit of another; beside a rate it is the ratio. */
static void take_unit(zp_formula_run *run, zp_term *bare, zp_unit unit)
{
    if (unit.kind != ZP_UNIT_RATE)
        bare->r.number = zp_number_scale(run->arena, bare->r.number, unit.power);
    bare->r.unit = unit;
}

bool zp_term_unify(zp_formula_run *run, zp_term *a, zp_term *b)
{
    if (a->r.unit.kind == b->r.unit.kind)
        return a->r.unit.kind != ZP_UNIT_COUNT || zp_str_eq(a->r.unit.basic, b->r.unit.basic);
    if (a->r.unit.kind == ZP_UNIT_NONE)
        take_unit(run, a, b->r.unit);
    else if (b->r.unit.kind == ZP_UNIT_NONE)
        take_unit(run, b, a->r.unit);
    else
        return false;
    return true;
}

static zp_str kind_name(zp_arena *arena, zp_unit unit)
{
    switch (unit.kind) {
    case ZP_UNIT_MONEY:
        return ZP_STR("金额");
    case ZP_UNIT_RATE:
        return ZP_STR("比率");
    case ZP_UNIT_COUNT:
        return zp_str_format(arena, "以“%.*s”计的数", ZP_ARG(unit.basic));
    case ZP_UNIT_NONE:
        break;
    }
    return ZP_STR("没有单位的数");
}

static void report_mismatch(zp_formula_run *run, const zp_term *a, const zp_term *b,
                            const char *done)
{
    zp_str one = kind_name(run->arena, a->r.unit), other = kind_name(run->arena, b->r.unit);
    zp_run_error(run, "unit-mismatch", first_place(b->r.place, a->r.place),
                 "请核对这些数的单位，或者改算式", "“%.*s”把%.*s和%.*s%s",
                 ZP_ARG(run->formula->text), ZP_ARG(one), ZP_ARG(other), done);
}

bool zp_term_agree(zp_formula_run *run, zp_term *a, zp_term *b)
{
    if (zp_term_unify(run, a, b)) {
        if (a->r.number != NULL && b->r.number != NULL)
            return true;
        *a = zp_term_with(run, *a, NULL);
        return false;
    }
    report_mismatch(run, a, b, "放在一起加减或比较");
    *a = faulty(first_place(a->r.place, b->r.place));
    return false;
}

/* --- Arithmetic ------------------------------------------------------------------------------ */

enum { NONSENSE = -1 }; /* what two kinds make that go together in no way */

/* What the kinds of two factors make. */
static const int product_kind[4][4] = {
    [ZP_UNIT_NONE] = {ZP_UNIT_NONE, ZP_UNIT_MONEY, ZP_UNIT_NONE, ZP_UNIT_COUNT},
    [ZP_UNIT_MONEY] = {ZP_UNIT_MONEY, NONSENSE, ZP_UNIT_MONEY, ZP_UNIT_MONEY},
    [ZP_UNIT_RATE] = {ZP_UNIT_NONE, ZP_UNIT_MONEY, ZP_UNIT_RATE, ZP_UNIT_COUNT},
    [ZP_UNIT_COUNT] = {ZP_UNIT_COUNT, ZP_UNIT_MONEY, ZP_UNIT_COUNT, ZP_UNIT_NONE},
};

static const int quotient_kind[4][4] = {
    [ZP_UNIT_NONE] = {ZP_UNIT_NONE, ZP_UNIT_RATE, ZP_UNIT_NONE, ZP_UNIT_NONE},
    [ZP_UNIT_MONEY] = {ZP_UNIT_MONEY, ZP_UNIT_RATE, ZP_UNIT_MONEY, ZP_UNIT_MONEY},
    [ZP_UNIT_RATE] = {ZP_UNIT_RATE, NONSENSE, ZP_UNIT_RATE, NONSENSE},
    [ZP_UNIT_COUNT] = {ZP_UNIT_COUNT, NONSENSE, ZP_UNIT_COUNT, ZP_UNIT_RATE},
};

/* The unit of the operand that is of that kind: shown like it. */
static zp_unit unit_like(int kind, const zp_term *a, const zp_term *b)
{
    if (kind != ZP_UNIT_NONE && a->r.unit.kind == (zp_unit_kind)kind)
        return a->r.unit;
    if (kind != ZP_UNIT_NONE && b->r.unit.kind == (zp_unit_kind)kind)
        return b->r.unit;
    zp_unit unit = {.kind = (zp_unit_kind)kind};
    if (kind == ZP_UNIT_RATE)
        zp_unit_find(ZP_STR("%"), &unit);
    return unit;
}

static zp_term divide(zp_formula_run *run, zp_term a, zp_term b)
{
    zp_span place = first_place(b.r.place, a.r.place);
    if (a.r.number == NULL || b.r.number == NULL)
        return zp_term_with(run, a, NULL);
    if (zp_number_sign(b.r.number) == 0)
        return zp_term_plain(
            zp_number_sign(a.r.number) == 0 ? ZP_RESULT_NO_RATE : ZP_RESULT_OVER_ZERO, place);
    a.r.place = first_place(a.r.place, b.r.place);
    return zp_term_with(run, a, zp_number_div(run->arena, a.r.number, b.r.number));
}

zp_term zp_term_rate(zp_formula_run *run, zp_term a, zp_term b)
{
    zp_term rate = divide(run, a, b);
    if (rate.r.kind == ZP_RESULT_NUMBER)
        rate.r.unit = unit_like(ZP_UNIT_RATE, &rate, &rate);
    return rate;
}

/* × and ÷ */
static zp_term scale(zp_formula_run *run, zp_op op, zp_term a, zp_term b)
{
    bool product = op == ZP_OP_MUL;
    int kind = (product ? product_kind : quotient_kind)[a.r.unit.kind][b.r.unit.kind];
    if (kind == NONSENSE) {
        report_mismatch(run, &a, &b, product ? "相乘" : "相除");
        return faulty(first_place(a.r.place, b.r.place));
    }
    zp_unit unit = unit_like(kind, &a, &b);
    if (!product && kind == ZP_UNIT_RATE && a.r.unit.kind == ZP_UNIT_NONE)
        zp_term_unify(run, &a, &b); /* a bare amount of money */
    zp_term result = product
                         ? zp_term_with(run, a, zp_number_mul(run->arena, a.r.number, b.r.number))
                         : divide(run, a, b);
    result.r.unit = unit;
    result.r.place = first_place(result.r.place, b.r.place);
    return result;
}

zp_term zp_term_join(zp_formula_run *run, zp_op op, zp_term a, zp_term b)
{
    bool known = zp_term_is_number(run, &a);
    if (!zp_term_is_number(run, &b) || !known)
        return zp_term_worse(a, b);
    if (op == ZP_OP_MUL || op == ZP_OP_DIV)
        return scale(run, op, a, b);
    if (!zp_term_agree(run, &a, &b))
        return a;
    const zp_number *number = op == ZP_OP_ADD ? zp_number_add(run->arena, a.r.number, b.r.number)
                                              : zp_number_sub(run->arena, a.r.number, b.r.number);
    a.r.place = first_place(a.r.place, b.r.place);
    return zp_term_with(run, a, number);
}

/* --- Comparing ------------------------------------------------------------------------------- */

static bool holds(zp_op op, int order)
{
    switch (op) {
    case ZP_OP_EQ:
        return order == 0;
    case ZP_OP_NE:
        return order != 0;
    case ZP_OP_LT:
        return order < 0;
    case ZP_OP_LE:
        return order <= 0;
    case ZP_OP_GT:
        return order > 0;
    case ZP_OP_GE:
        return order >= 0;
    case ZP_OP_NONE:
    case ZP_OP_ADD:
    case ZP_OP_SUB:
    case ZP_OP_MUL:
    case ZP_OP_DIV:
    case ZP_OP_AND:
    case ZP_OP_OR:
        break;
    }
    return false;
}

static bool is_known(const zp_term *term)
{
    return badness(term->r.kind) == 0;
}

/* Neither is a number that the other is, too: as texts, or as truths. */
static bool equal(zp_formula_run *run, zp_term *a, zp_term *b)
{
    if (a->r.kind == ZP_RESULT_TRUTH || b->r.kind == ZP_RESULT_TRUTH)
        return zp_term_is_truth(run, a) && zp_term_is_truth(run, b) && a->r.truth == b->r.truth;
    return zp_str_eq(a->r.text, b->r.text);
}

zp_term zp_term_compare(zp_formula_run *run, zp_op op, zp_term a, zp_term b)
{
    if (!is_known(&a) || !is_known(&b))
        return zp_term_worse(a, b);
    zp_span place = first_place(a.r.place, b.r.place);
    zp_term result;
    bool numbers = a.r.kind == ZP_RESULT_NUMBER && b.r.kind == ZP_RESULT_NUMBER;
    if (!numbers && (op == ZP_OP_EQ || op == ZP_OP_NE)) {
        bool same = equal(run, &a, &b);
        if (!is_known(&a) || !is_known(&b))
            return zp_term_worse(a, b);
        result = zp_term_truth(same == (op == ZP_OP_EQ));
    } else {
        bool known = zp_term_is_number(run, &a);
        if (!zp_term_is_number(run, &b) || !known)
            return zp_term_worse(a, b);
        if (!zp_term_agree(run, &a, &b))
            return a;
        result = zp_term_truth(holds(op, zp_number_compare(a.r.number, b.r.number)));
    }
    result.r.place = place;
    return result;
}

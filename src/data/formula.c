/* formula.c: the text of a formula in, its tree out.
 *
 * A parser by descent, one function a level of precedence; what is read ahead is one token. Signs
 * are read as code points, the full-width ones as their ASCII twins, because that is how they come
 * out of a Chinese keyboard. Depth is bounded by ZP_FORMULA_DEPTH, so the recursion is.
 */
#include "data/formula.h"

#include "base/utf8.h"
#include "data/expression.h"
#include "data/function.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define LITERAL(text)                                                                              \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    } /* a zp_str in a table */

typedef enum {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_TEXT,
    TOKEN_NAME,
    TOKEN_TRUTH,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_COMMA,
    TOKEN_NOT,
    TOKEN_WHERE,
    TOKEN_BY,
    TOKEN_OPERATOR
} token_kind;

typedef struct {
    token_kind kind;
    zp_op op;
    size_t start, end; /* in the text */
    zp_str text;       /* TEXT: between its quotes; NAME: as written */
    const zp_number *number;
    zp_unit unit;
    bool truth;
} token;

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_span span;  /* of the YAML scalar */
    bool verbatim; /* the text stands in the source as it is, from `base` on */
    size_t base;
    zp_str text;
    size_t at;
    token now;
    int depth;
    size_t nodes;
    bool failed;
} parser;

static zp_span place(const parser *p, size_t start, size_t end)
{
    if (!p->verbatim)
        return p->span;
    return zp_span_of(p->span.source, p->base + start, p->base + end);
}

/* The first fault is reported, and ends the reading. */
static void fail(parser *p, size_t start, size_t end, const char *hint, zp_str message)
{
    if (!p->failed)
        zp_diag_add(p->diag, ZP_ERROR, "bad-formula", place(p, start, end), hint, "%.*s",
                    ZP_ARG(message));
    p->failed = true;
    p->now = (token){.kind = TOKEN_END, .start = p->text.n, .end = p->text.n};
    p->at = p->text.n;
}

/* --- Tokens ---------------------------------------------------------------------------------- */

/* Full-width forms as ASCII (U+FF01 to U+FF5E), the signs of arithmetic as ASCII has them. */
static uint32_t sign_of(uint32_t code)
{
    static const struct {
        uint32_t sign, ascii;
    } twins[] = {
        {0xD7, '*'},   {0xF7, '/'},    {0x2212, '-'},  {0x3000, ' '}, {0x201C, '"'},
        {0x201D, '"'}, {0x2018, '\''}, {0x2019, '\''}, {'\t', ' '},   {'\n', ' '},
    };
    if (code >= 0xFF01 && code <= 0xFF5E)
        return code - 0xFF01 + '!';
    for (size_t i = 0; i < COUNT_OF(twins); i++)
        if (twins[i].sign == code)
            return twins[i].ascii;
    return code;
}

static bool is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

/* Full-width letters and digits are not: a name is compared by its bytes. */
static bool is_name(uint32_t code)
{
    return is_digit(code) || code == '_' || (code >= 'A' && code <= 'Z') ||
           (code >= 'a' && code <= 'z') || zp_code_is_han(code) ||
           (code >= 0xC0 && code < 0x530 && code != 0xD7 && code != 0xF7) ||
           (code >= 0x2160 && code < 0x2190) /* Ⅰ */ || (code >= 0x2460 && code < 0x2500); /* ① */
}

/* The code point at `at`, as a sign; 0 at the end. *after: where the next begins. */
static uint32_t sign_at(const parser *p, size_t at, size_t *after)
{
    *after = at;
    return at < p->text.n ? sign_of(zp_utf8_next(p->text, after)) : 0;
}

/* A text in any quotes; the closing one is of the kind of the opening one. */
static void read_text(parser *p, uint32_t quote, size_t start)
{
    for (size_t at = start, after; at < p->text.n; at = after)
        if (sign_at(p, at, &after) == quote) {
            p->now.kind = TOKEN_TEXT;
            p->now.text = zp_str_slice(p->text, start, at);
            p->at = after;
            return;
        }
    fail(p, p->now.start, p->text.n, "文字前后都要有引号", ZP_STR("引号没有配对"));
}

/* Where the name or numeral that begins at `at` ends: dots and parts in 「」 are of it. */
static size_t end_of_name(parser *p, size_t at)
{
    for (size_t after = at; at < p->text.n; at = after) {
        uint32_t code = zp_utf8_next(p->text, &after);
        if (code == 0x300C) { /* 「 */
            size_t close = zp_str_find(p->text, ZP_STR("」"), after);
            if (close == p->text.n) {
                fail(p, at, p->text.n, NULL, ZP_STR("“「”没有配对的“」”"));
                return p->text.n;
            }
            after = close + sizeof "」" - 1;
        } else if (!is_name(code) && code != '.') {
            break;
        }
    }
    return at;
}

/* 100, 0.05, 5%, 100万元. */
static void read_number(parser *p, zp_str run)
{
    size_t digits = 0, after;
    while (digits < run.n && (is_digit((unsigned char)run.p[digits]) || run.p[digits] == '.'))
        digits++;
    zp_str unit = zp_str_slice(run, digits, run.n);
    p->now.kind = TOKEN_NUMBER;
    p->now.number = zp_number_read(p->arena, zp_str_slice(run, 0, digits));
    if (unit.n == 0 && sign_at(p, p->at, &after) == '%') {
        unit = ZP_STR("%");
        p->at = p->now.end = after;
    }
    bool known =
        unit.n == 0 || (zp_unit_find(unit, &p->now.unit) &&
                        (p->now.unit.kind == ZP_UNIT_MONEY || zp_str_eq(unit, ZP_STR("%"))));
    if (p->now.number == NULL || !known)
        fail(p, p->now.start, p->now.end,
             "数后面可以写 % 或万元、元，别的单位不写；如果是名字，写成「名字」",
             zp_str_format(p->arena, "“%.*s”不是一个数", ZP_ARG(run)));
    else if (unit.n > 0)
        p->now.number = zp_number_scale(p->arena, p->now.number, p->now.unit.power);
}

static void read_name(parser *p, size_t start)
{
    static const struct {
        zp_str word;
        token_kind kind;
        zp_op op;
        bool truth;
    } words[] = {
        {LITERAL("and"), TOKEN_OPERATOR, ZP_OP_AND, false},
        {LITERAL("or"), TOKEN_OPERATOR, ZP_OP_OR, false},
        {LITERAL("not"), TOKEN_NOT, ZP_OP_NONE, false},
        {LITERAL("where"), TOKEN_WHERE, ZP_OP_NONE, false},
        {LITERAL("by"), TOKEN_BY, ZP_OP_NONE, false},
        {LITERAL("true"), TOKEN_TRUTH, ZP_OP_NONE, true},
        {LITERAL("false"), TOKEN_TRUTH, ZP_OP_NONE, false},
    };
    size_t end = end_of_name(p, start);
    if (p->failed)
        return;
    zp_str run = zp_str_slice(p->text, start, end);
    p->at = p->now.end = end;
    if (is_digit((unsigned char)run.p[0])) {
        read_number(p, run);
        return;
    }
    p->now.kind = TOKEN_NAME;
    p->now.text = run;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (zp_str_eq(words[i].word, run)) {
            p->now.kind = words[i].kind;
            p->now.op = words[i].op;
            p->now.truth = words[i].truth;
        }
}

static const struct {
    uint32_t sign, second; /* second 0: alone */
    token_kind kind;
    zp_op op;
} signs[] = {
    {'!', '=', TOKEN_OPERATOR, ZP_OP_NE},  {'<', '=', TOKEN_OPERATOR, ZP_OP_LE},
    {'>', '=', TOKEN_OPERATOR, ZP_OP_GE},  {'=', 0, TOKEN_OPERATOR, ZP_OP_EQ},
    {'<', 0, TOKEN_OPERATOR, ZP_OP_LT},    {'>', 0, TOKEN_OPERATOR, ZP_OP_GT},
    {0x2260, 0, TOKEN_OPERATOR, ZP_OP_NE}, {0x2264, 0, TOKEN_OPERATOR, ZP_OP_LE},
    {0x2265, 0, TOKEN_OPERATOR, ZP_OP_GE}, {'+', 0, TOKEN_OPERATOR, ZP_OP_ADD},
    {'-', 0, TOKEN_OPERATOR, ZP_OP_SUB},   {'*', 0, TOKEN_OPERATOR, ZP_OP_MUL},
    {'/', 0, TOKEN_OPERATOR, ZP_OP_DIV},   {'(', 0, TOKEN_OPEN, ZP_OP_NONE},
    {')', 0, TOKEN_CLOSE, ZP_OP_NONE},     {',', 0, TOKEN_COMMA, ZP_OP_NONE},
};

static void read_sign(parser *p, uint32_t code, size_t after)
{
    size_t second_after;
    uint32_t second = sign_at(p, after, &second_after);
    for (size_t i = 0; i < COUNT_OF(signs); i++) {
        if (signs[i].sign != code || (signs[i].second != 0 && signs[i].second != second))
            continue;
        p->now.kind = signs[i].kind;
        p->now.op = signs[i].op;
        p->at = p->now.end = signs[i].second != 0 ? second_after : after;
        return;
    }
    fail(p, p->now.start, after, "名字里有这样的字时，把名字写在「」里",
         zp_str_format(p->arena, "算式里不能有“%.*s”",
                       ZP_ARG(zp_str_slice(p->text, p->now.start, after))));
}

static void advance(parser *p)
{
    size_t after;
    uint32_t code = sign_at(p, p->at, &after);
    for (; code == ' '; code = sign_at(p, p->at, &after))
        p->at = after;
    p->now = (token){.kind = TOKEN_END, .start = p->at, .end = after};
    if (code == 0 && p->at == p->text.n)
        return;
    size_t same;
    uint32_t raw = zp_utf8_next(p->text, (same = p->at, &same));
    if (code == '"' || code == '\'')
        read_text(p, code, after);
    else if (is_name(raw) || raw == 0x300C)
        read_name(p, p->at);
    else
        read_sign(p, code, after);
}

/* --- The tree -------------------------------------------------------------------------------- */

static zp_expr *either(parser *p);
static zp_expr *comparison(parser *p);

static zp_expr *make(parser *p, zp_expr_kind kind)
{
    zp_expr *e = zp_new(p->arena, zp_expr);
    e->kind = kind;
    e->index = p->nodes++;
    return e;
}

static void add_operand(zp_expr *e, zp_expr *operand)
{
    if (e->last != NULL)
        e->last->next = operand;
    else
        e->first = operand;
    e->last = operand;
    e->count++;
}

/* What was found where something else should be. */
static void expected(parser *p, const char *what)
{
    zp_str found = zp_str_slice(p->text, p->now.start, p->now.end);
    zp_str message =
        p->now.kind == TOKEN_END
            ? zp_str_format(p->arena, "算式没有写完：最后还应当有%s", what)
            : zp_str_format(p->arena, "算式里“%.*s”的地方应当是%s", ZP_ARG(found), what);
    fail(p, p->now.start, p->now.end, "例如：预算.实际支出数 / 预算.调整后预算数", message);
}

static bool deeper(parser *p)
{
    if (p->depth == ZP_FORMULA_DEPTH) {
        fail(p, p->now.start, p->now.end, "把其中一部分另外写成一个指标",
             zp_str_format(p->arena, "算式里括号套括号，最多 %d 层", ZP_FORMULA_DEPTH));
        return false;
    }
    p->depth++;
    return true;
}

/* Takes the name that is `now` apart at its dots. */
static zp_expr *name(parser *p)
{
    zp_str text = p->now.text;
    zp_expr *e = make(p, ZP_EXPR_NAME);
    e->text = text;
    zp_str *parts = zp_new_array(p->arena, zp_str, text.n + 1); /* as many as it may have */
    const size_t quote = sizeof "「" - 1;
    for (size_t at = 0; at <= text.n; at++) {
        size_t end;
        zp_str part;
        if (zp_str_starts(zp_str_slice(text, at, text.n), ZP_STR("「"))) {
            size_t close = zp_str_find(text, ZP_STR("」"), at);
            part = zp_str_slice(text, at + quote, close);
            end = close + quote;
        } else {
            for (end = at; end < text.n && text.p[end] != '.';)
                end++;
            part = zp_str_slice(text, at, end);
        }
        if (part.n == 0 || (end < text.n && text.p[end] != '.') ||
            zp_str_find(part, ZP_STR("「"), 0) < part.n)
            fail(p, p->now.start, p->now.end, "点的前后各是一个名字：预算.实际支出数",
                 zp_str_format(p->arena, "“%.*s”不成名字", ZP_ARG(text)));
        parts[e->part_count++] = part;
        at = end;
    }
    e->parts = parts;
    return e;
}

static void check_call(parser *p, const zp_expr *call, size_t start, size_t end)
{
    const zp_function *f = call->function;
    if (call->count < f->least || call->count > f->most)
        fail(p, start, end, f->usage,
             zp_str_format(p->arena, "%.*s 的括号里要有 %zu %s，这里有 %zu 项", ZP_ARG(f->name),
                           f->least, f->least == f->most ? "项" : "项或更多", call->count));
    else if (f->names_only || call->by != NULL)
        for (const zp_expr *one = call->first; one != NULL; one = one->next)
            if (one->kind != ZP_EXPR_NAME)
                fail(p, start, end, f->usage,
                     zp_str_format(p->arena, "%.*s 的括号里要写名字", ZP_ARG(f->name)));
}

/* by parent = name where …, behind the operands of a call. */
static void selection(parser *p, zp_expr *e)
{
    token_kind kind = p->now.kind;
    if (kind != TOKEN_WHERE && kind != TOKEN_BY)
        return;
    if (!e->function->lists)
        fail(p, p->now.start, p->now.end, e->function->usage,
             zp_str_format(p->arena, "%.*s 的括号里不能有 where 或 by", ZP_ARG(e->function->name)));
    if (kind == TOKEN_BY) {
        token by = p->now;
        advance(p);
        const zp_expr *equation = comparison(p);
        if (equation->kind != ZP_EXPR_COMPARE || equation->op != ZP_OP_EQ ||
            equation->first->kind != ZP_EXPR_NAME) {
            fail(p, by.start, by.end, "写成 sum(项目.金额 by 一级项目 = 名称)",
                 ZP_STR("by 的后面要写：各行的一项 = 本行的一项"));
            return;
        }
        e->by = equation->first;
        e->key = equation->last;
    }
    if (p->now.kind == TOKEN_WHERE) {
        advance(p);
        e->where = either(p);
    }
}

/* After the name of a function: its brackets. */
static zp_expr *call(parser *p, token function)
{
    zp_expr *e = make(p, ZP_EXPR_CALL);
    e->function = zp_function_find(function.text);
    if (e->function == NULL)
        fail(p, function.start, function.end, zp_function_hint(p->arena, function.text),
             zp_str_format(p->arena, "算式里没有“%.*s”这种算法", ZP_ARG(function.text)));
    if (p->failed || !deeper(p))
        return e;
    do {
        advance(p);
        if (p->now.kind == TOKEN_CLOSE && e->count == 0)
            break;
        add_operand(e, either(p));
    } while (p->now.kind == TOKEN_COMMA);
    selection(p, e);
    p->depth--;
    if (p->now.kind != TOKEN_CLOSE) {
        expected(p, "逗号或右括号");
        return e;
    }
    check_call(p, e, function.start, p->now.end);
    if (!p->failed)
        advance(p);
    return e;
}

static zp_expr *bracket(parser *p)
{
    if (!deeper(p))
        return make(p, ZP_EXPR_TRUTH);
    advance(p);
    zp_expr *e = either(p);
    p->depth--;
    if (p->now.kind == TOKEN_CLOSE)
        advance(p);
    else
        expected(p, "右括号");
    return e;
}

static zp_expr *literal(parser *p, zp_expr_kind kind)
{
    zp_expr *e = make(p, kind);
    e->text = p->now.text;
    e->number = p->now.number;
    e->unit = p->now.unit;
    e->truth = p->now.truth;
    advance(p);
    return e;
}

static zp_expr *atom(parser *p)
{
    token now = p->now;
    if (now.kind == TOKEN_NUMBER)
        return literal(p, ZP_EXPR_NUMBER);
    if (now.kind == TOKEN_TEXT)
        return literal(p, ZP_EXPR_TEXT);
    if (now.kind == TOKEN_TRUTH)
        return literal(p, ZP_EXPR_TRUTH);
    if (now.kind == TOKEN_OPEN)
        return bracket(p);
    if (now.kind != TOKEN_NAME) {
        expected(p, "一个数、名字或括号");
        return make(p, ZP_EXPR_TRUTH);
    }
    zp_expr *e = name(p);
    if (!p->failed)
        advance(p);
    return p->now.kind == TOKEN_OPEN ? call(p, now) : e;
}

static bool at_sign(const parser *p, zp_op op)
{
    return p->now.kind == TOKEN_OPERATOR && p->now.op == op;
}

/* -x, +x */
static zp_expr *signed_atom(parser *p)
{
    bool minus = at_sign(p, ZP_OP_SUB);
    if (!minus && !at_sign(p, ZP_OP_ADD))
        return atom(p);
    if (!deeper(p))
        return make(p, ZP_EXPR_TRUTH);
    advance(p);
    zp_expr *operand = signed_atom(p);
    p->depth--;
    if (!minus)
        return operand;
    zp_expr *e = make(p, ZP_EXPR_NEGATE);
    add_operand(e, operand);
    return e;
}

/* Operands joined by either of two operators. */
static zp_expr *chain(parser *p, zp_expr *(*operand)(parser *), zp_op one, zp_op other)
{
    zp_expr *first = operand(p), *e = NULL;
    while (at_sign(p, one) || at_sign(p, other)) {
        if (e == NULL) {
            e = make(p, one == other ? ZP_EXPR_LOGIC : ZP_EXPR_CHAIN);
            e->op = p->now.op;
            add_operand(e, first);
        }
        zp_op op = p->now.op;
        advance(p);
        zp_expr *next = operand(p);
        next->join = op;
        add_operand(e, next);
    }
    return e != NULL ? e : first;
}

static zp_expr *product(parser *p)
{
    return chain(p, signed_atom, ZP_OP_MUL, ZP_OP_DIV);
}

static zp_expr *sum(parser *p)
{
    return chain(p, product, ZP_OP_ADD, ZP_OP_SUB);
}

static bool at_comparison(const parser *p)
{
    return p->now.kind == TOKEN_OPERATOR && p->now.op >= ZP_OP_EQ && p->now.op <= ZP_OP_GE;
}

static zp_expr *comparison(parser *p)
{
    zp_expr *left = sum(p);
    if (!at_comparison(p))
        return left;
    zp_expr *e = make(p, ZP_EXPR_COMPARE);
    e->op = p->now.op;
    add_operand(e, left);
    advance(p);
    add_operand(e, sum(p));
    if (at_comparison(p))
        fail(p, p->now.start, p->now.end, "写成两个比较，中间用 and：0 <= 得分 and 得分 <= 分值",
             ZP_STR("比较不能连写"));
    return e;
}

static zp_expr *negation(parser *p)
{
    if (p->now.kind != TOKEN_NOT)
        return comparison(p);
    zp_expr *e = make(p, ZP_EXPR_NOT);
    if (!deeper(p))
        return e;
    advance(p);
    add_operand(e, negation(p));
    p->depth--;
    return e;
}

static zp_expr *both(parser *p)
{
    return chain(p, negation, ZP_OP_AND, ZP_OP_AND);
}

static zp_expr *either(parser *p)
{
    return chain(p, both, ZP_OP_OR, ZP_OP_OR);
}

/* Whether the text stands in its source byte for byte, maybe between quotes, so that places in it
 * are places there. */
static void find_base(parser *p)
{
    const zp_source *source = p->span.source;
    if (source == NULL || p->span.end > source->text.n || p->span.start > p->span.end)
        return;
    zp_str written = zp_str_slice(source->text, p->span.start, p->span.end);
    size_t at = zp_str_find(written, p->text, 0);
    if (at == written.n)
        return;
    p->verbatim = true;
    p->base = p->span.start + at;
}

const zp_formula *zp_formula_read(zp_arena *arena, const zp_value *text, zp_diag *diag)
{
    parser p = {.arena = arena, .diag = diag, .span = text->span, .text = zp_value_text(text)};
    find_base(&p);
    if (p.text.n > ZP_FORMULA_LENGTH) {
        fail(&p, 0, p.text.n, "把其中一部分另外写成一个指标",
             zp_str_format(arena, "算式太长，最多 %d 字节", ZP_FORMULA_LENGTH));
        return NULL;
    }
    advance(&p);
    const zp_expr *root = either(&p);
    if (!p.failed && p.now.kind != TOKEN_END)
        expected(&p, "运算符号（+ - * / 等）");
    if (p.failed)
        return NULL;
    zp_formula *formula = zp_new(arena, zp_formula);
    *formula = (zp_formula){p.text, text->span, root, p.nodes};
    return formula;
}

zp_str zp_formula_text(const zp_formula *formula)
{
    return formula->text;
}

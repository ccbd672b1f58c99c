/* literal.c: figures typed by hand against the data that the report has.
 *
 * What a placeholder printed is right. What was typed is looked up among the data, by value: equal,
 * or a correct rounding, it is right too. If it is neither, and a slip of the hand (misprint.h)
 * away from a datum, it is wrong where its words name that datum, or where it has so many digits
 * that chance is no explanation and nothing else in the report is equal to it.
 */
#include "check/groups.h"
#include "check/judge.h"
#include "check/sentence.h"

#include <stdlib.h>
#include "data/amount.h"
#include "data/schema.h"

enum {
    DATA_MAX = 100000, /* figures of the data that are looked at */
    DEPTH_MAX = 12,    /* maps and lists in one another */
    NEAR_DIGITS = 4,   /* significant ones: so many alike chance does not explain */
    DATUM_DIGITS = 3,  /* of those, in the datum: “8019处” is no slip of a score of 19 */
    NAMED_MAX = 100,   /* data by the names of the lexicon */
    UNDONE_MAX = 3000, /* figures of one report whose slips are undone */
};

enum { DATUM };

static const zp_rule rules[] = {
    [DATUM] = {"figure-data", ZP_ERROR, false, "手写的数与数据不符",
               "正文里手写的数，与数据文件或基本信息里的数只差一处笔误（两个数字颠倒、少一个数字、"
               "小数点错位、"
               "元和万元混淆）。用占位符从数据取数，就不会写错。",
               "财预〔2020〕10号：数据真实",
               "数据里实际支出数是3062.66，正文写“实际支出3026.66万元”。",
               "正文写“实际支出{{预算.实际支出数 | 万元}}万元”。"},
};

typedef struct {
    const zp_number *value;
    zp_unit unit;
    const zp_value *source;
    const zp_term *term; /* by one of its names; NULL: none */
    bool top;            /* of the unit as a whole, not of a row */
} datum;

typedef struct {
    zp_checker *checker;
    datum *data; /* sorted by value */
    size_t count, capacity;
    uint64_t *shapes;          /* hashes of all, sorted */
    const zp_quantity **typed; /* all figures of the report, sorted by value */
    size_t typed_count;
    const datum **named; /* the unit's own that the lexicon knows */
    size_t named_count;
    size_t undone;
} book;

/* --- Data ------------------------------------------------------------------------------------- */

static const zp_term *term_of(const zp_checker *c, const zp_value *value)
{
    zp_str name;
    const zp_term *term = zp_lexicon_term(c->lexicon, value->key);
    for (size_t k = 0; !term && value->rule && zp_schema_name(value->rule, k, &name); k++)
        term = zp_lexicon_term(c->lexicon, name);
    return term;
}

/* Digits that count nothing: a year, a code. */
static bool is_name(const zp_value *value)
{
    zp_str type = zp_value_text(zp_value_find(value->rule, ZP_STR("type")));
    return zp_str_eq(type, ZP_STR("text")) || zp_str_eq(type, ZP_STR("code")) ||
           zp_str_eq(type, ZP_STR("date"));
}

static void add(book *b, const zp_value *value, bool top)
{
    zp_amount amount = zp_amount_of(b->checker->arena, value);
    if (amount.kind != ZP_AMOUNT_NUMBER || amount.relation != ZP_RELATION_NONE ||
        b->count == DATA_MAX || is_name(value))
        return;
    zp_list_grow(b->checker->arena, b->data, b->count, b->capacity);
    b->data[b->count++] =
        (datum){amount.number, amount.unit, value, term_of(b->checker, value), top};
}

/* Whether what is below `value` is of a part, not of what the report is about: a row, last year, or
 * a project's form in a report that is on no project. */
static bool is_part(const zp_report *report, const zp_value *value)
{
    bool form = value->rule && zp_value_find(value->rule, ZP_STR("form"));
    zp_str project = ZP_STR("项目");
    return value->kind == ZP_VALUE_LIST || zp_str_eq(value->key, ZP_STR("last_year")) ||
           (form && zp_str_find(report->title, project, 0) == report->title.n);
}

/* All scalars below the report's data, without recursion. */
static void gather(book *b, const zp_report *report)
{
    const zp_value *path[DEPTH_MAX];
    bool part[DEPTH_MAX] = {false};
    size_t depth = 0;
    path[depth++] = report->meta->first;
    while (depth > 0) {
        const zp_value *value = path[depth - 1];
        if (value == NULL) {
            depth--;
            continue;
        }
        path[depth - 1] = value->next;
        if (value->kind == ZP_VALUE_TEXT)
            add(b, value, depth <= 2 && !part[depth - 1]);
        else if (value->kind != ZP_VALUE_NULL && depth < DEPTH_MAX) {
            part[depth] = part[depth - 1] || is_part(report, value);
            path[depth++] = value->first;
        }
    }
}

static int by_value(const void *a, const void *b)
{
    const datum *one = a, *other = b;
    return zp_number_compare(one->value, other->value);
}

static int by_typed_value(const void *a, const void *b)
{
    const zp_quantity *const *one = a, *const *other = b;
    return zp_number_compare((*one)->value, (*other)->value);
}

static void gather_typed(book *b)
{
    const zp_checker *c = b->checker;
    b->typed = zp_new_array(c->arena, const zp_quantity *, c->quantities->count);
    for (size_t i = 0; i < c->quantities->count; i++)
        if (c->quantities->all[i].kind == ZP_QUANTITY_FIGURE && c->quantities->all[i].value)
            b->typed[b->typed_count++] = &c->quantities->all[i];
    if (b->typed_count > 0)
        qsort(b->typed, b->typed_count, sizeof *b->typed, by_typed_value);
}

/* --- Looking up ------------------------------------------------------------------------------- */

static size_t first_from(const book *b, const zp_number *low)
{
    size_t start = 0, end = b->count;
    while (start < end) {
        size_t middle = start + (end - start) / 2;
        if (zp_number_compare(b->data[middle].value, low) < 0)
            start = middle + 1;
        else
            end = middle;
    }
    return start;
}

/* A bare datum may be of anything that is counted; money is money. */
static bool same_unit(const zp_unit *known, const zp_unit *written)
{
    if (known->kind == ZP_UNIT_NONE)
        return written->kind == ZP_UNIT_COUNT || written->kind == ZP_UNIT_NONE;
    if (known->kind != written->kind)
        return false;
    return known->kind != ZP_UNIT_COUNT || zp_str_eq(known->basic, written->basic);
}

/* The datum of that unit within [low, high] of value; NULL when there is none. */
static const datum *find(const book *b, const zp_number *low, const zp_number *high,
                         const zp_unit *unit)
{
    for (size_t i = first_from(b, low); i < b->count; i++) {
        if (zp_number_compare(b->data[i].value, high) > 0)
            return NULL;
        if (same_unit(&b->data[i].unit, unit))
            return &b->data[i];
    }
    return NULL;
}

static bool is_known(const book *b, const zp_quantity *q)
{
    zp_arena *arena = b->checker->arena;
    const zp_number *slack = zp_rounding_slack(arena, q);
    return find(b, zp_number_sub(arena, q->value, slack), zp_number_add(arena, q->value, slack),
                &q->unit) != NULL;
}

/* Whether another figure of the report has the same value. */
static bool is_repeated(const book *b, const zp_quantity *q)
{
    size_t start = 0, end = b->typed_count;
    while (start < end) {
        size_t middle = start + (end - start) / 2;
        if (zp_number_compare(b->typed[middle]->value, q->value) < 0)
            start = middle + 1;
        else
            end = middle;
    }
    return start + 1 < b->typed_count &&
           zp_number_compare(b->typed[start + 1]->value, q->value) == 0;
}

/* --- Shapes ----------------------------------------------------------------------------------- */

/* The digits of a numeral but the zeros at both ends: what stays when it is scaled by a power of
 * ten. Two numerals of one value have one shape, so few slips need arithmetic to be looked up. */
typedef struct {
    size_t count;
    uint64_t hash; /* FNV-1a */
} shape;

static shape shape_of(zp_str digits)
{
    shape now = {0, UINT64_C(14695981039346656037)}, told = now;
    for (size_t i = 0; i < digits.n && digits.p[i] != 'e'; i++) {
        char digit = digits.p[i];
        if (digit < '0' || digit > '9' || (digit == '0' && now.count == 0))
            continue;
        now.count++;
        now.hash = (now.hash ^ (unsigned char)digit) * UINT64_C(1099511628211);
        if (digit != '0')
            told = now;
    }
    return told;
}

static int by_hash(const void *a, const void *b)
{
    const uint64_t *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

static void gather_shapes(book *b)
{
    zp_arena *arena = b->checker->arena;
    b->shapes = zp_new_array(arena, uint64_t, b->count);
    for (size_t i = 0; i < b->count; i++)
        b->shapes[i] = shape_of(zp_number_plain(arena, b->data[i].value)).hash;
    qsort(b->shapes, b->count, sizeof *b->shapes, by_hash);
}

static bool has_shape(const book *b, shape wanted)
{
    return bsearch(&wanted.hash, b->shapes, b->count, sizeof *b->shapes, by_hash) != NULL;
}

/* --- Slips ------------------------------------------------------------------------------------ */

typedef struct {
    const book *book;
    const zp_quantity *figure;
    const zp_name *name;
    const datum *found;
    zp_misprint kind;
} search;

static bool agrees_in_name(const search *s, const datum *d)
{
    return d->top && d->term != NULL && s->name->term == d->term && s->name->owner.n == 0;
}

static bool try_digits(void *user, zp_str digits, zp_misprint kind)
{
    search *s = user;
    zp_arena *arena = s->book->checker->arena;
    const zp_quantity *q = s->figure;
    const shape form = shape_of(digits);
    bool alike = q->significant >= NEAR_DIGITS && form.count >= DATUM_DIGITS;
    if ((!alike && s->name->term == NULL) || !has_shape(s->book, form)) /* most end here */
        return false;
    const zp_number *value = zp_number_scale(arena, zp_number_read(arena, digits), q->unit.power);
    const datum *d = value ? find(s->book, value, value, &q->unit) : NULL;
    if (d == NULL || (!alike && !agrees_in_name(s, d)))
        return false;
    s->found = d;
    s->kind = kind;
    return true;
}

/* What a datum goes by: its name in Chinese where its key is only the program's. */
static zp_str label_of(const zp_value *value)
{
    zp_str name;
    bool own = value->rule && zp_str_eq(value->key, value->rule->key);
    return own && zp_schema_name(value->rule, 1, &name) ? name : value->key;
}

static void report(const search *s)
{
    zp_checker *c = s->book->checker;
    const zp_quantity *q = s->figure;
    zp_str place = zp_diag_place(c->arena, s->found->source->span);
    zp_str right = zp_rounding_print(c->arena, s->found->value, q);
    zp_where where = zp_judge_where(q);
    zp_span origin =
        zp_span_origin(zp_passage_span(c->passages, where.passage, where.start, where.end));
    bool numbered = origin.source && !origin.source->places; /* lines: not a Word document's */
    const zp_finding finding = {.expected = right,
                                .found = zp_quantity_text(c->arena, c->passages, q),
                                .hint = numbered
                                            ? ZP_STR("核对后改正；写成占位符从数据取，就不会再错")
                                            : ZP_STR("核对报告和表，改正写错的一处")};
    c->blamed[zp_judge_index(c, q)] = true;
    zp_checker_find(c, &rules[DATUM], where, &finding, "“%.*s”与数据不符：%.*s的“%.*s”是%.*s%s%.*s",
                    ZP_ARG(zp_judge_quote(c, q)), ZP_ARG(place), ZP_ARG(label_of(s->found->source)),
                    ZP_ARG(right), s->kind ? "，" : "", ZP_ARG(zp_misprint_words(s->kind)));
}

static zp_misprint misprint_of(const zp_checker *c, const zp_quantity *q, const datum *d)
{
    zp_str right =
        zp_number_fixed(c->arena, zp_number_scale(c->arena, d->value, -q->unit.power), q->places);
    return zp_misprint_between(q->digits, right);
}

/* The datum of the unit as a whole that goes by the figure's own name; NULL: none. */
static const datum *find_named(const book *b, size_t index)
{
    const zp_name *name = &b->checker->names[index];
    if (name->term == NULL || name->term->loose || name->term->change || name->owner.n > 0 ||
        name->fund > 1 || name->year != b->checker->year)
        return NULL;
    for (size_t i = 0; i < b->named_count; i++)
        if (b->named[i]->term == name->term)
            return b->named[i];
    return NULL;
}

static bool names_datum(const book *b, size_t index)
{
    const datum *d = find_named(b, index);
    return d != NULL && same_unit(&d->unit, &b->checker->quantities->all[index].unit);
}

/* A count by the name of a datum, 二级项目18个, is held against that and nothing else: any other
 * datum may be 18 too. */
static bool counts_datum(const book *b, size_t index)
{
    return b->checker->quantities->all[index].unit.kind == ZP_UNIT_COUNT && names_datum(b, index);
}

static bool agrees(const book *b, size_t index)
{
    const zp_quantity *q = &b->checker->quantities->all[index];
    return zp_number_compare(find_named(b, index)->value, q->value) == 0;
}

static void check(book *b, size_t index)
{
    static const unsigned kinds = 1U << ZP_MISPRINT_SWAPPED | 1U << ZP_MISPRINT_LOST |
                                  1U << ZP_MISPRINT_EXTRA | 1U << ZP_MISPRINT_POINT |
                                  1U << ZP_MISPRINT_UNIT;
    zp_checker *c = b->checker;
    const zp_quantity *q = &c->quantities->all[index];
    bool typed = zp_sentence_is_amount(c, index) && !q->printed && q->unit.kind != ZP_UNIT_NONE;
    search s = {.book = b, .figure = q, .name = &c->names[index]};
    if (!typed || (counts_datum(b, index) ? agrees(b, index)
                                          : q->significant < 2 || is_known(b, q) ||
                                                is_repeated(b, q) || b->undone++ >= UNDONE_MAX))
        return;
    if (names_datum(b, index)) {
        s.found = find_named(b, index);
        s.kind = misprint_of(c, q, s.found);
        report(&s);
        return;
    }
    if (zp_misprint_undo(q->digits, kinds, try_digits, &s))
        report(&s);
}

static void run(zp_checker *c)
{
    book b = {.checker = c};
    gather(&b, c->report);
    if (b.count == 0)
        return;
    qsort(b.data, b.count, sizeof *b.data, by_value);
    gather_shapes(&b);
    gather_typed(&b);
    b.named = zp_new_array(c->arena, const datum *, b.count);
    for (size_t i = 0; i < b.count; i++)
        if (b.data[i].top && b.data[i].term != NULL && b.named_count < NAMED_MAX)
            b.named[b.named_count++] = &b.data[i];
    for (size_t i = 0; i < c->quantities->count; i++)
        if (!c->blamed[i] && (!c->sound[i] || names_datum(&b, i)))
            check(&b, i);
}

const zp_rule_group zp_literal_rules = ZP_RULE_GROUP(rules, run);

/* part.c: parts against their whole, and figures side by side that add up.
 *
 * 其中 promises parts: each is at most the whole, and so are all together. That nothing is missing
 * is promised by their names (人员经费 and 公用经费 are 基本支出: lexicon.h), by shares that come
 * to 100 %, by a last part that is 其他, and by points, which are never given in part. Without a
 * promise a sum is only a hunch (judge.h).
 */
#include "check/groups.h"
#include "check/judge.h"
#include "check/sentence.h"

#include "base/utf8.h"

enum {
    WORDS_MAX = 3000, /* bytes behind 其中 that are looked at */
    SIDE_BY_SIDE = 6, /* figures of a sentence that are tried as a + b = c */
};

enum { PART, SHARED, OVER, SUM, ADJUSTED, BALANCE, ADDEND };

static const zp_rule rules[] = {
    [PART] = {"figure-part", ZP_ERROR, false, "部分比整体还大",
              "“其中”后面的数是前面那个数的一部分，不会比它大。", "财预〔2020〕10号：数据真实",
              "全年支出300万元，其中项目支出380万元。", "全年支出380万元，其中项目支出300万元。"},
    [SHARED] = {"figure-part-share", ZP_ERROR, false, "部分的占比与它和整体不符",
                "“其中”后面的“占百分之几”，等于这一部分除以整体。", "财预〔2020〕10号：数据真实",
                "支出200万元，其中基本支出150万元，占70%；项目支出50万元，占30%。",
                "支出200万元，其中基本支出150万元，占75%；项目支出50万元，占25%。"},
    [OVER] = {"figure-over", ZP_WARNING, false, "各部分加起来超过整体",
              "“其中”后面的几个数都是前面那个数的一部分；各部分互不重叠的，加起来不会超过它。",
              "财预〔2020〕10号：数据真实", "养老机构14家，其中公办7家、民办9家。",
              "养老机构14家，其中公办5家、民办9家。"},
    [SUM] = {"figure-sum", ZP_ERROR, false, "各部分之和与合计不符",
             "写全了的各部分（基本支出和项目支出、人员经费和公用经费、占比合起来是 100% 的各项、"
             "得分的各部分）相加等于合计；每项差半个末位以内是尾差，不算。",
             "财预〔2020〕10号：数据真实",
             "基本支出300万元，其中人员经费200万元，公用经费120万元。",
             "基本支出300万元，其中人员经费200万元，公用经费100万元。"},
    [ADJUSTED] = {"figure-adjusted", ZP_ERROR, false, "年初预算加上调整数不等于调整后预算",
                  "调整后预算数等于年初预算数加追加（调增）数、减调减（核减）数。",
                  "预算法第六十七条至第七十条（预算调整）",
                  "年初预算100万元，追加20万元，调整后预算130万元。",
                  "年初预算100万元，追加20万元，调整后预算120万元。"},
    [BALANCE] = {"figure-balance", ZP_WARNING, false, "结余不等于预算减支出",
                 "同一句里写了预算、支出和结余（未执行）的，结余等于预算减支出。",
                 "财预〔2020〕10号：数据真实", "全年预算100万元，全年支出90万元，结余12万元。",
                 "全年预算100万元，全年支出90万元，结余10万元。"},
    [ADDEND] = {"figure-addend", ZP_ERROR, false, "几个数差一点就加得起来",
                "同一句里的几个数，只差一处笔误（两个数字颠倒、小数点错位）就正好相加相等。",
                "财预〔2020〕10号：数据真实",
                "年初预算5863.20万元，追加后增加1274.56万元，全年预算7110.76万元。",
                "年初预算5863.20万元，追加后增加1247.56万元，全年预算7110.76万元。"},
};

static const zp_quantity *at(const zp_checker *c, size_t index)
{
    return &c->quantities->all[index];
}

static bool is_amount(const zp_checker *c, size_t index)
{
    return zp_sentence_is_amount(c, index) && at(c, index)->unit.kind != ZP_UNIT_RATE &&
           at(c, index)->unit.kind != ZP_UNIT_NONE;
}

static bool is_change(const zp_checker *c, size_t index)
{
    const zp_term *term = c->names[index].term;
    return term != NULL && term->change;
}

static const zp_term *term_of(const zp_checker *c, const zp_quantity *q)
{
    return c->names[zp_judge_index(c, q)].term;
}

static bool says_one_of(zp_str text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (zp_str_find(text, zp_str_from(words[i]), 0) < text.n)
            return true;
    return false;
}

/* --- 其中 ------------------------------------------------------------------------------------- */

typedef struct {
    zp_equation sum; /* result: the whole; operands: the parts */
    size_t from;     /* the first figure behind 其中 */
    size_t end;      /* where they end */
    const zp_number *shares;
    size_t share_count;
    size_t noughts; /* parts of which there is nothing: they need no place in the sum */
    const zp_quantity *share[ZP_EQUATION_OPERANDS]; /* of each part, or NULL */
} breakdown;

static bool is_addend(const zp_term *whole, const zp_term *term)
{
    for (size_t i = 0; whole != NULL && i < whole->sum_count; i++)
        if (whole->sum[i] == term)
            return true;
    return false;
}

/* What stands in front of 其中 and is no difference and no other year's: the figure whose parts by
 * name these are, else the last. False when there is none. */
static bool find_whole(const zp_checker *c, size_t first, breakdown *b)
{
    const zp_quantity *last = NULL, *named = NULL, *part = at(c, b->from);
    for (size_t i = first; i < b->from; i++) {
        if (!is_amount(c, i) || is_change(c, i) || c->names[i].year != c->names[b->from].year)
            continue;
        if (last == NULL || zp_sentence_alike(at(c, i), part) || !zp_sentence_alike(last, part))
            last = at(c, i);
        if (is_addend(c->names[i].term, c->names[b->from].term))
            named = at(c, i);
    }
    b->sum = (zp_equation){.kind = ZP_EQUATION_SUM, .result = named ? named : last};
    return b->sum.result != NULL;
}

/* 以上五类合计…: the sum of the parts again. */
static bool is_total(const zp_checker *c, size_t index)
{
    static const char *const words[] = {"合计", "共计", "总计"};
    return says_one_of(c->names[index].words, words, sizeof words / sizeof *words);
}

/* 占42.37%, behind a part. */
static void add_share(const zp_checker *c, breakdown *b, size_t index)
{
    const zp_quantity *q = at(c, index);
    bool bare = c->names[index].term == NULL && c->names[index].base == NULL &&
                zp_str_starts(c->names[index].words, ZP_STR("占"));
    bool next =
        b->sum.count > 0 && zp_judge_index(c, b->sum.operands[b->sum.count - 1]) + 1 == index;
    if (bare && next)
        b->share[b->sum.count - 1] = q;
    b->shares = b->shares ? zp_number_add(c->arena, b->shares, q->value) : q->value;
    b->share_count++;
}

/* 预算320万元，其中财政拨款290万元…，执行312万元: what has a name of its own is no part any more.
 */
static bool leaves_list(const zp_checker *c, const breakdown *b, size_t index)
{
    const zp_term *term = c->names[index].term;
    const zp_term *whole = term_of(c, b->sum.result);
    return term != NULL && term->spent && whole != NULL && !whole->spent && !whole->group &&
           !is_addend(whole, term);
}

/* The parts from 其中 on: up to the next 其中, whose own whole is the figure before it. */
static void gather(const zp_checker *c, breakdown *b)
{
    for (size_t i = b->from; i < b->end && b->sum.count < ZP_EQUATION_OPERANDS; i++) {
        const zp_quantity *q = at(c, i);
        if (!zp_sentence_is_amount(c, i) || is_change(c, i) || c->names[i].aside ||
            c->names[i].year != c->names[b->from].year || is_total(c, i))
            continue;
        if (q->unit.kind != ZP_UNIT_RATE && i > b->from && leaves_list(c, b, i))
            break;
        if (q->unit.kind == ZP_UNIT_RATE)
            add_share(c, b, i);
        else if (zp_sentence_alike(q, b->sum.result) && zp_number_sign(q->value) == 0)
            b->noughts += is_addend(term_of(c, b->sum.result), c->names[i].term);
        else if (zp_sentence_alike(q, b->sum.result))
            b->sum.operands[b->sum.count++] = q;
    }
}

/* The words from 其中 to the sentence's end. */
static zp_str words_of(const zp_checker *c, const breakdown *b)
{
    const zp_quantity *first = at(c, b->from), *last = at(c, b->end - 1);
    zp_str text = c->passages->all[last->passage].text;
    zp_str rest = zp_utf8_cut(zp_str_slice(text, first->name_from, text.n), WORDS_MAX);
    if (last->end - first->name_from >= rest.n)
        return rest;
    return zp_str_slice(rest, 0, zp_str_find(rest, ZP_STR("。"), last->end - first->name_from));
}

/* Whether the shares of the parts come to 100 %. */
static bool shares_are_whole(const zp_checker *c, const breakdown *b)
{
    if (b->share_count != b->sum.count || b->shares == NULL)
        return false;
    const zp_number *off = zp_number_sub(c->arena, b->shares, zp_number_int(c->arena, 1));
    const zp_number *slack = zp_number_scale(c->arena, zp_number_int(c->arena, 2), -4);
    return zp_number_compare(off, slack) <= 0 &&
           zp_number_sign(zp_number_add(c->arena, off, slack)) >= 0;
}

/* Whether these are, by their names, all parts of a whole of that name: all that there are, or
 * three of several ways to part it, or the others are said not to be. */
static bool is_named(const zp_checker *c, const breakdown *b)
{
    static const char *const none[] = {"无", "没有", "未发生", "未安排", "不涉及"};
    const zp_term *whole = term_of(c, b->sum.result);
    size_t known = 0;
    for (size_t i = 0; i < b->sum.count; i++)
        known += is_addend(whole, term_of(c, b->sum.operands[i]));
    return known > 0 && known == b->sum.count &&
           (known == whole->sum_count || known + b->noughts > 2 ||
            says_one_of(words_of(c, b), none, sizeof none / sizeof *none));
}

/* Whether the words promise that these are all parts. */
static bool is_complete(const zp_checker *c, const breakdown *b)
{
    static const char *const rest[] = {"其他", "其它", "其余"};
    zp_str words = words_of(c, b);
    return is_named(c, b) || zp_str_eq(b->sum.result->unit.basic, ZP_STR("分")) ||
           shares_are_whole(c, b) || says_one_of(words, rest, sizeof rest / sizeof *rest);
}

static void check_size(zp_checker *c, const breakdown *b)
{
    const zp_quantity *whole = b->sum.result;
    for (size_t i = 0; i < b->sum.count; i++) {
        const zp_equation e = {ZP_EQUATION_RATIO, b->share[i], {b->sum.operands[i], whole}, 2, 0};
        if (b->share[i] != NULL)
            zp_judge(c, &rules[SHARED], &e, ZP_CLAIMED, NULL, ZP_STR("占比"));
    }
    for (size_t i = 0; i < b->sum.count; i++) {
        const zp_quantity *part = b->sum.operands[i];
        size_t index = zp_judge_index(c, part);
        if (c->blamed[index] || zp_number_compare(part->value, whole->value) <= 0)
            continue;
        const zp_where also = zp_judge_where(whole);
        const zp_finding finding = {
            .found = zp_quantity_text(c->arena, c->passages, part), .also = &also, .also_count = 1};
        c->blamed[index] = true;
        zp_checker_find(c, &rules[PART], zp_judge_where(part), &finding,
                        "“%.*s”是“%.*s”的一部分，却比它大", ZP_ARG(zp_judge_quote(c, part)),
                        ZP_ARG(zp_judge_quote(c, whole)));
    }
}

/* Whether all parts together are more than the whole can be. */
static bool is_over(const zp_checker *c, const breakdown *b)
{
    const zp_number *sum = zp_number_int(c->arena, 0);
    for (size_t i = 0; i < b->sum.count && sum != NULL; i++)
        sum = zp_number_add(c->arena, sum, b->sum.operands[i]->value);
    return sum != NULL && zp_number_compare(sum, b->sum.result->value) > 0;
}

/* The list may end at a ；: then what is behind it is something else. */
static size_t first_stretch(const zp_checker *c, const breakdown *b)
{
    for (size_t i = b->from + 1; i < b->end; i++) {
        const zp_quantity *before = at(c, i - 1), *q = at(c, i);
        zp_str between = zp_str_slice(c->passages->all[q->passage].text, before->end, q->start);
        if (zp_str_find(between, ZP_STR("；"), 0) < between.n)
            return i;
    }
    return b->end;
}

static bool holds(const zp_checker *c, const breakdown *b)
{
    return b->sum.count > 1 && zp_equation_try(c->arena, &b->sum) == ZP_EQUATION_HOLDS;
}

static void check_breakdown(zp_checker *c, size_t first, size_t from, size_t end)
{
    breakdown all = {.from = from, .end = end};
    if (!find_whole(c, first, &all))
        return;
    breakdown some = all;
    some.from = from;
    some.end = end;
    some.end = first_stretch(c, &some);
    all.end = end;
    gather(c, &all);
    gather(c, &some);
    bool whole = some.sum.count == all.sum.count || holds(c, &all) || is_complete(c, &all);
    const breakdown *b = whole ? &all : &some;
    if (b->sum.count > 1) {
        bool sure = is_complete(c, b), over = is_over(c, b);
        bool money = b->sum.result->unit.kind == ZP_UNIT_MONEY;
        zp_judge(c, &rules[over && !sure && !money ? OVER : SUM], &b->sum,
                 sure || over ? ZP_CLAIMED : ZP_LIKELY, NULL, ZP_STR("各部分之和"));
    }
    check_size(c, b);
}

/* Each 其中 of the sentence, with what stands between it and the next. */
static void check_parts(zp_checker *c, const zp_sentence *s)
{
    size_t first = s->first, from = s->end;
    for (size_t i = s->first; i < s->end; i++) {
        if (!c->names[i].opens)
            continue;
        if (from < s->end) {
            check_breakdown(c, first, from, i > from + 1 ? i - 1 : i);
            first = i - 1;
        }
        from = i;
    }
    if (from < s->end)
        check_breakdown(c, first, from, s->end);
}

/* --- Lists behind a colon --------------------------------------------------------------------- */

/* 项目支出545.01万元，共5个项目：甲186.00万元；乙…: as many amounts as were counted, and a total
 * before. */
static void check_list(zp_checker *c, const zp_sentence *s)
{
    for (size_t i = s->first + 1; i + 1 < s->end; i++) {
        const zp_quantity *count = at(c, i), *whole = at(c, i - 1);
        zp_equation e = {.kind = ZP_EQUATION_SUM, .result = whole};
        zp_str text = c->passages->all[whole->passage].text;
        zp_str between = zp_str_slice(text, count->end, at(c, i + 1)->start);
        bool opens = zp_str_find(between, ZP_STR("："), 0) < between.n;
        if (!opens || count->unit.kind != ZP_UNIT_COUNT || !is_amount(c, i - 1))
            continue;
        for (size_t k = i + 1; k < s->end && e.count < ZP_EQUATION_OPERANDS; k++)
            if (is_amount(c, k) && zp_sentence_alike(at(c, k), whole))
                e.operands[e.count++] = at(c, k);
        const zp_number *listed = zp_number_int(c->arena, (int64_t)e.count);
        if (e.count > 1 && count->value && zp_number_compare(count->value, listed) == 0)
            zp_judge(c, &rules[SUM], &e, ZP_CLAIMED, NULL, ZP_STR("各项之和"));
        return;
    }
}

/* --- Totals by name --------------------------------------------------------------------------- */

/* A total whose addends stand in its paragraph under their own names. */
static void check_named(zp_checker *c, size_t index)
{
    const zp_name *name = &c->names[index];
    zp_equation e = {.kind = ZP_EQUATION_SUM, .result = at(c, index)};
    bool near = true;
    for (size_t i = 0; i < name->term->sum_count; i++) {
        const zp_quantity *part = zp_report_find(c, name->term->sum[i], name, name->owner);
        if (part == NULL || c->names[zp_judge_index(c, part)].fund != name->fund)
            return;
        near = near && part->passage == e.result->passage;
        e.operands[e.count++] = part;
    }
    zp_judge(c, &rules[SUM], &e, near ? ZP_CLAIMED : ZP_LIKELY, NULL, name->term->name);
}

/* --- By funds --------------------------------------------------------------------------------- */

static bool has_fund_twice(const zp_checker *c, const zp_equation *e)
{
    for (size_t i = 0; i < e->count; i++)
        for (size_t k = i + 1; k < e->count; k++)
            if (c->names[zp_judge_index(c, e->operands[i])].fund ==
                c->names[zp_judge_index(c, e->operands[k])].fund)
                return true;
    return false;
}

/* 按资金来源: figures of one name in a paragraph, for several funds and one for all. */
static void check_funds(zp_checker *c, const size_t *figures, size_t count)
{
    zp_equation e = {.kind = ZP_EQUATION_SUM};
    for (size_t i = 0; i < count && e.count < ZP_EQUATION_OPERANDS; i++) {
        const zp_quantity *q = at(c, figures[i]);
        if (q->unit.kind != ZP_UNIT_MONEY)
            return;
        if (c->names[figures[i]].fund == 0 && e.result == NULL)
            e.result = q;
        else if (c->names[figures[i]].fund != 0 && e.result != NULL)
            e.operands[e.count++] = q;
    }
    if (e.count < 2 || has_fund_twice(c, &e))
        return;
    zp_str text = c->passages->all[e.result->passage].text, source = ZP_STR("资金来源");
    bool said = zp_str_find(text, source, 0) < text.n;
    zp_judge(c, &rules[SUM], &e, said ? ZP_CLAIMED : ZP_LIKELY, NULL, ZP_STR("各种资金之和"));
}

/* The figures of one name, paragraph by paragraph. */
static void check_name(zp_checker *c, const size_t *group, size_t count)
{
    for (size_t first = 0, end; first < count; first = end) {
        end = first;
        while (end < count && at(c, group[end])->passage == at(c, group[first])->passage)
            end++;
        check_funds(c, group + first, end - first);
    }
}

/* --- 年初, 追加, 调整后 ------------------------------------------------------------------------
 */

static bool falls(const zp_checker *c, size_t index)
{
    static const char *const words[] = {"减", "压", "收回"};
    zp_str said = c->names[index].words;
    return says_one_of(said, words, sizeof words / sizeof *words);
}

static void check_adjusted(zp_checker *c, const zp_sentence *s)
{
    static const char *const words[] = {"追加", "调增",     "调减",    "核减",
                                        "压减", "增加预算", "减少预算"};
    const zp_term *initial = zp_lexicon_term(c->lexicon, ZP_STR("年初预算数"));
    const zp_term *adjusted = zp_lexicon_term(c->lexicon, ZP_STR("调整后预算数"));
    zp_equation e = {.kind = ZP_EQUATION_SUM};
    const zp_quantity *less[ZP_EQUATION_OPERANDS];
    for (size_t i = s->first; i < s->end && e.count + e.minus + 1 < ZP_EQUATION_OPERANDS; i++) {
        const zp_term *term = c->names[i].term;
        if (!is_amount(c, i) || at(c, i)->unit.kind != ZP_UNIT_MONEY || term == NULL ||
            c->names[i].owner.n > 0)
            continue;
        if (term == adjusted && e.result == NULL)
            e.result = at(c, i);
        else if (term == initial && e.count == 0)
            e.operands[e.count++] = at(c, i);
        else if (is_change(c, i) &&
                 says_one_of(c->names[i].words, words, sizeof words / sizeof *words)) {
            if (falls(c, i))
                less[e.minus++] = at(c, i);
            else
                e.operands[e.count++] = at(c, i);
        }
    }
    bool whole = e.result != NULL && e.count > 0 && e.count + e.minus > 1 &&
                 term_of(c, e.operands[0]) == initial;
    for (size_t i = 0; i < e.minus; i++)
        e.operands[e.count++] = less[i];
    if (whole)
        zp_judge(c, &rules[ADJUSTED], &e, ZP_CLAIMED, NULL, adjusted->name);
}

/* --- 预算, 支出, 结余 ------------------------------------------------------------------------- */

static bool is_balance(const zp_checker *c, size_t index)
{
    static const char *const words[] = {"结余", "结转", "未执行", "未支出", "未使用"};
    return is_amount(c, index) && at(c, index)->unit.kind == ZP_UNIT_MONEY &&
           !c->names[index].against && c->names[index].year == c->year &&
           says_one_of(c->names[index].words, words, sizeof words / sizeof *words) &&
           !says_one_of(c->names[index].words, (const char *const[]){"上年"}, 1);
}

static void check_balance(zp_checker *c, const zp_sentence *s, size_t index)
{
    const zp_term *adjusted = zp_lexicon_term(c->lexicon, ZP_STR("调整后预算数"));
    const zp_term *planned = zp_lexicon_term(c->lexicon, ZP_STR("预算数"));
    const zp_term *spent = zp_lexicon_term(c->lexicon, ZP_STR("实际支出数"));
    zp_name like = c->names[index];
    const zp_quantity *budget = NULL, *spending = NULL;
    for (size_t i = index; i-- > s->first && index - i < ZP_SENTENCE_BACK;) {
        const zp_name *name = &c->names[i];
        if (!is_amount(c, i) || name->year != like.year)
            continue;
        if (spending == NULL && name->term == spent)
            spending = at(c, i);
        if (budget == NULL && name->term != NULL &&
            (name->term == adjusted || (name->term == planned && adjusted != NULL)))
            budget = at(c, i);
    }
    if (budget == NULL || spending == NULL ||
        !zp_str_eq(c->names[zp_judge_index(c, budget)].owner,
                   c->names[zp_judge_index(c, spending)].owner))
        return;
    const zp_equation e = {ZP_EQUATION_SUM, at(c, index), {budget, spending}, 2, 1};
    zp_judge(c, &rules[BALANCE], &e, ZP_CLAIMED, NULL, ZP_STR("预算减支出"));
}

/* --- 共, 合计 behind what they sum ------------------------------------------------------------ */

/* 办理结婚4,318对、离婚1,562对，补领790件，共6,670件; …等五类合计8,937.52万元. */
static void check_total_behind(zp_checker *c, const zp_sentence *s, size_t index)
{
    static const char *const words[] = {"合计", "共计", "总计", "共"};
    const zp_quantity *total = at(c, index);
    zp_equation e = {.kind = ZP_EQUATION_SUM, .result = total};
    if (!is_amount(c, index) || !says_one_of(c->names[index].words, words, 4) ||
        c->names[index].parts)
        return;
    for (size_t i = index; i-- > s->first && e.count < ZP_EQUATION_OPERANDS;)
        if (is_amount(c, i) && at(c, i)->unit.kind == total->unit.kind && !is_change(c, i))
            e.operands[e.count++] = at(c, i);
    if (e.count > 1)
        zp_judge(c, &rules[SUM], &e, ZP_LIKELY, NULL, ZP_STR("前面各数之和"));
}

/* --- Numbered items --------------------------------------------------------------------------- */

/* The only amount of money in a numbered paragraph; NULL: it has none, or several. */
static const zp_quantity *item_of(const zp_checker *c, size_t passage)
{
    int level;
    size_t end, first = zp_quantities_of(c->quantities, passage, &end);
    const zp_passage *p = &c->passages->all[passage];
    const zp_quantity *found = NULL;
    if (p->node == NULL || p->node->kind != ZP_NODE_PARAGRAPH ||
        zp_passage_number(p->text, &level) == 0)
        return NULL;
    for (size_t i = first; i < end; i++)
        if (is_amount(c, i) && at(c, i)->unit.kind == ZP_UNIT_MONEY) {
            if (found != NULL)
                return NULL;
            found = at(c, i);
        }
    return found;
}

/* 项目支出如下：, and an item a paragraph: they may come to one of the amounts above them. */
static void check_items(zp_checker *c, size_t above, zp_equation *e)
{
    size_t end, first = zp_quantities_of(c->quantities, above, &end);
    bool found = false;
    for (int test = 0; test < 2 && !found; test++)
        for (size_t i = first; i < end && !found; i++) {
            if (!is_amount(c, i) || at(c, i)->unit.kind != ZP_UNIT_MONEY || is_change(c, i))
                continue;
            e->result = at(c, i);
            if (test || zp_equation_try(c->arena, e) == ZP_EQUATION_HOLDS)
                found = zp_judge(c, &rules[SUM], e, ZP_LIKELY, NULL, ZP_STR("各项之和"));
        }
}

static void check_all_items(zp_checker *c)
{
    for (size_t i = 1; i < c->passages->count; i++) {
        zp_equation e = {.kind = ZP_EQUATION_SUM};
        const zp_quantity *item;
        size_t above = i - 1;
        for (; i < c->passages->count && (item = item_of(c, i)) != NULL; i++)
            if (e.count < ZP_EQUATION_OPERANDS)
                e.operands[e.count++] = item;
        if (e.count > 2)
            check_items(c, above, &e);
    }
}

/* --- Side by side ----------------------------------------------------------------------------- */

/* The largest of three as the sum of the others. */
static zp_equation largest_of(const zp_quantity *a, const zp_quantity *b, const zp_quantity *d)
{
    if (zp_number_compare(a->value, b->value) >= 0 && zp_number_compare(a->value, d->value) >= 0)
        return (zp_equation){ZP_EQUATION_SUM, a, {b, d}, 2, 0};
    if (zp_number_compare(b->value, d->value) >= 0)
        return (zp_equation){ZP_EQUATION_SUM, b, {a, d}, 2, 0};
    return (zp_equation){ZP_EQUATION_SUM, d, {a, b}, 2, 0};
}

static void check_triples(zp_checker *c, const zp_sentence *s)
{
    const zp_quantity *found[SIDE_BY_SIDE];
    size_t count = 0;
    for (size_t i = s->first; i < s->end && count < SIDE_BY_SIDE; i++)
        if (is_amount(c, i) && at(c, i)->unit.kind == ZP_UNIT_MONEY)
            found[count++] = at(c, i);
    for (size_t i = 0; i + 2 < count; i++) /* what holds comes first: it clears its figures */
        for (size_t k = i + 1; k + 1 < count; k++)
            for (size_t m = k + 1; m < count; m++) {
                const zp_equation e = largest_of(found[i], found[k], found[m]);
                if (zp_equation_try(c->arena, &e) == ZP_EQUATION_HOLDS)
                    zp_judge(c, &rules[ADDEND], &e, ZP_HUNCH, NULL, ZP_STR(""));
            }
    for (size_t i = 0; i + 2 < count; i++) {
        const zp_equation e = largest_of(found[i], found[i + 1], found[i + 2]);
        zp_judge(c, &rules[ADDEND], &e, ZP_HUNCH, NULL, ZP_STR(""));
    }
}

static void run(zp_checker *c)
{
    zp_sentence s;
    size_t position = 0, count;
    for (; zp_sentence_next(c, &position, &s);) {
        check_parts(c, &s);
        check_list(c, &s);
        check_adjusted(c, &s);
        for (size_t i = s.first; i < s.end; i++) {
            if (is_balance(c, i))
                check_balance(c, &s, i);
            check_total_behind(c, &s, i);
        }
    }
    check_all_items(c);
    position = 0;
    for (const size_t *group; (group = zp_ledger_next(c->ledger, &position, &count)) != NULL;)
        check_name(c, group, count);
    for (size_t i = 0; i < c->quantities->count; i++)
        if (zp_sentence_is_amount(c, i) && c->names[i].term && c->names[i].term->sum_count > 0 &&
            at(c, i)->unit.kind == ZP_UNIT_MONEY)
            check_named(c, i);
    for (position = 0; zp_sentence_next(c, &position, &s);)
        check_triples(c, &s);
}

const zp_rule_group zp_part_rules = ZP_RULE_GROUP(rules, run);

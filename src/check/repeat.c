/* repeat.c: one sentence twice in a report.
 *
 * Sentences of paragraphs, white space aside, go into an open table of hashes; equal hashes are
 * compared as texts. What the template brings may stand twice.
 */
#include "check/form.h"
#include "check/scan.h"
#include "check/stock.h"

static const zp_rule rules[] = {
    {"sentence-repeat", ZP_WARNING, false, "同一句话写了两遍",
     "二十四字以上的一句话在一份报告里出现两次，多半是复制时留下的；不到二十四字、十二字以上的只提"
     "示；"
     "模板自带的文字不算。",
     NULL,
     "我局按照要求组织各科室和下属单位全面开展预算绩效管理工作。完成年度任务。\n\n"
     "我局按照要求组织各科室和下属单位全面开展预算绩效管理工作。\n",
     "我局按照要求组织各科室和下属单位全面开展预算绩效管理工作。完成年度任务。\n"},
};

enum {
    LEAST = 12, /* 字 of a sentence */
    LONG = 24,  /* shorter ones may well be said twice: a hint */
};

typedef struct {
    zp_checker *c;
    zp_where *slots; /* end 0: free; at least half of them are */
    size_t size;     /* a power of two */
    const zp_stock *stock;
} reader;

static uint64_t hash_of(zp_str text)
{
    uint64_t hash = 0xCBF29CE484222325U; /* FNV-1a */
    for (size_t at = 0; at < text.n;) {
        uint32_t code = zp_utf8_next(text, &at);
        if (!zp_code_is_space(code))
            hash = (hash ^ code) * 0x100000001B3U;
    }
    return hash ^ hash >> 32;
}

static zp_str text_at(const reader *r, zp_where where)
{
    return zp_str_slice(r->c->passages->all[where.passage].text, where.start, where.end);
}

static bool is_same(zp_str a, zp_str b)
{
    size_t i = 0, k = 0;
    while (i < a.n && k < b.n) {
        uint32_t left = zp_utf8_next(a, &i), right = zp_utf8_next(b, &k);
        while (zp_code_is_space(left) && i < a.n)
            left = zp_utf8_next(a, &i);
        while (zp_code_is_space(right) && k < b.n)
            right = zp_utf8_next(b, &k);
        if (left != right)
            return false;
    }
    return zp_utf8_is_blank(zp_str_slice(a, i, a.n)) && zp_utf8_is_blank(zp_str_slice(b, k, b.n));
}

static bool is_stock(reader *r, zp_where where)
{
    if (r->stock == NULL)
        r->stock = zp_stock_read(r->c->arena, r->c->report->template);
    return zp_stock_holds(r->stock, r->c->passages, where.passage, where.start, where.end);
}

static void say(reader *r, zp_where where, zp_where before)
{
    zp_finding finding = {.also = &before,
                          .also_count = 1,
                          .severity = ZP_HINT,
                          .other_severity = zp_han_count(text_at(r, where)) < LONG};
    if (!zp_where_is_typed(r->c, where) || is_stock(r, where))
        return;
    zp_checker_find(r->c, rules, where, &finding, "这句话前面已经写过：%.*s",
                    ZP_ARG(zp_checker_place(r->c, before.passage)));
}

static void check_sentence(reader *r, zp_where where)
{
    zp_str text = text_at(r, where);
    bool ends = zp_str_ends(text, ZP_STR("。")) || zp_str_ends(text, ZP_STR("！"));
    if (!ends || text.n < LEAST * ZP_STR("字").n || zp_han_count(text) < LEAST)
        return;
    size_t at = (size_t)hash_of(text) & (r->size - 1);
    for (; r->slots[at].end > 0; at = (at + 1) & (r->size - 1))
        if (is_same(text, text_at(r, r->slots[at]))) {
            say(r, where, r->slots[at]);
            return;
        }
    r->slots[at] = where;
}

static bool ends_sentence(uint32_t code)
{
    return !zp_code_is_han(code) && zp_code_in(code, ZP_STR("。！？\n"));
}

/* Sentences of a passage: checked, or with no reader only counted. */
static size_t each_sentence(reader *r, const zp_passages *passages, size_t index)
{
    size_t count = 0, start = 0;
    zp_scan scan = {.text = passages->all[index].text};
    while (zp_scan_next(&scan)) {
        if (!ends_sentence(scan.code) && scan.end < scan.text.n)
            continue;
        if (r != NULL)
            check_sentence(r, (zp_where){index, start, scan.end});
        start = scan.end;
        count++;
    }
    return count;
}

static bool is_text(const zp_passage *passage)
{
    return zp_passage_is(passage, ZP_NODE_PARAGRAPH);
}

static void run(zp_checker *c)
{
    size_t count = 0;
    for (size_t i = 0; i < c->passages->count; i++)
        count += is_text(&c->passages->all[i]) ? each_sentence(NULL, c->passages, i) : 0;
    reader r = {.c = c, .size = 16};
    while (r.size < 2 * count)
        r.size *= 2;
    r.slots = zp_new_array(c->arena, zp_where, r.size);
    for (size_t i = 0; i < c->passages->count; i++)
        if (is_text(&c->passages->all[i]))
            each_sentence(&r, c->passages, i);
}

const zp_rule_group zp_repeat_rules = ZP_RULE_GROUP(rules, run);

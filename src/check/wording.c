/* wording.c: words written twice, mistaken for others, parted by a space, or without a date.
 *
 * The tables hold only what is nearly always wrong; each entry names what it may stand in and be
 * right.
 */
#include "check/form.h"
#include "check/scan.h"

enum { REPEAT, CONFUSED, SPACE, LONG, RELATIVE };

static const zp_rule rules[] = {
    [REPEAT] = {"word-repeat", ZP_WARNING, false, "词语重复", "同一个词连着写了两遍，删去一个。",
                NULL, "按时完成了年度的的目标，对项目进行进行检查。\n",
                "按时完成了年度的目标，对项目进行检查。\n"},
    [CONFUSED] = {"word-confused", ZP_WARNING, false, "常见的错别字",
                  "意思相近、写法相似而容易写错的词，如“截止2023年底”应是“截至2023年底”。",
                  "《现代汉语词典》第7版", "截止2023年底，全部完成。\n",
                  "截至2023年底，全部完成。\n"},
    [SPACE] = {"word-space", ZP_WARNING, true, "词中间有空格",
               "汉字之间不空格，多半是从别处复制时带来的。", NULL,
               "加强预 算管理，提高资金效益。\n", "加强预算管理，提高资金效益。\n"},
    [LONG] = {"long-sentence", ZP_HINT, true, "句子过长", "一句话超过二百字，难读，可以分成几句。",
              NULL, NULL, NULL},
    [RELATIVE] = {"relative-time", ZP_HINT, true, "时间不明确",
                  "“今年”“去年”“近日”以后读来不知是哪一天，可以写明年份、日期。", NULL,
                  "去年完成3项。\n", "2022年完成3项。\n"},
};

enum {
    SENTENCE_MAX = 200, /* 字 */
};

typedef struct {
    zp_checker *c;
    size_t passage;
    zp_scan scan;
    bool cell;
    bool punctuated; /* has marks within: a text, not a row of names */
    int quoted;      /* depth of “ and 《 */
    const zp_openers *openers;
    size_t sentence, length; /* where it begins, and how many characters so far */
} reader;

static zp_where upto(const reader *r, size_t start, size_t end)
{
    return (zp_where){r->passage, start, end};
}

/* --- Repeated words --------------------------------------------------------------------------- */

/* Single characters that are a slip when doubled, unless one of `before` or `after` stands beside
 * them: 目的的 is 目的 and 的, 为了了解 is 为了 and 了解. */
static const struct {
    const char *word, *before, *after;
} singles[] = {
    {"的", "目标", "确士"},
    {"了", "为除完", "解结然如却"},
    {"和", "共饱总温调平中缓", "平谐睦气美"},
    {"与", "参赠给付授", "会"},
    {"及", "普涉以", "时格早"},
    {"在", "存现所正实潜内", "建岗校线册编职场"},
    {"于", "", "田都"},
};

/* Words of two characters that nobody doubles on purpose (研究研究, 一个一个 are right), and that
 * end no name after which they begin anew (会议会议费). */
static const char *const doubles[] = {
    "进行", "以及", "通过", "根据", "按照", "为了", "由于", "对于", "关于", "其中",
    "我们", "他们", "可以", "应当", "需要", "已经", "开展", "加强", "完善", "推进",
    "提高", "实现", "确保", "促进", "推动", "深化", "优化", "健全", "有效", "不断",
    "积极", "全面", "并且", "或者", "使得", "严格", "切实", "截至", "并对", "和对",
};

static bool is_slip(const reader *r, size_t i)
{
    const zp_scan *s = &r->scan;
    size_t width = ZP_STR("的").n;
    uint32_t before = zp_code_before(s->text, s->start);
    uint32_t after = zp_code_at(s->text, s->end + width);
    return !zp_code_in(before, zp_str_from(singles[i].before)) &&
           !zp_code_in(after, zp_str_from(singles[i].after));
}

static void say_repeat(reader *r, size_t length)
{
    zp_where where = upto(r, r->scan.start, r->scan.start + 2 * length);
    zp_str word = zp_str_slice(r->scan.text, where.start, where.start + length);
    zp_finding finding = {.expected = word,
                          .found = zp_str_slice(r->scan.text, where.start, where.end)};
    if (zp_where_is_typed(r->c, where))
        zp_checker_find(r->c, &rules[REPEAT], where, &finding, "“%.*s”写了两遍", ZP_ARG(word));
}

static void check_single(reader *r)
{
    const zp_scan *s = &r->scan;
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++)
        if (zp_text_has(s->text, s->start, zp_str_from(singles[i].word)) && is_slip(r, i))
            say_repeat(r, s->end - s->start);
}

static void check_double(reader *r)
{
    const zp_scan *s = &r->scan;
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++) {
        zp_str word = zp_str_from(doubles[i]);
        if (zp_text_has(s->text, s->start, word) && zp_text_has(s->text, s->start + word.n, word))
            say_repeat(r, word.n);
    }
}

/* --- Confused words --------------------------------------------------------------------------- */

/* What is written, what is meant, and why. Where `after` is given, one of its characters must
 * follow for it to be wrong; where `unless`, none of them may. */
static const struct {
    const char *wrong, *right, *why, *after, *unless;
} confusions[] = {
    {"截止", "截至", "“截止”是到期停止，后面不带时间；到某时为止是“截至”",
     "0123456789目本年当上二去今", NULL},
    {"其它", "其他", "公文里统一写“其他”", NULL, NULL},
    {"帐户", "账户", "与钱财有关的写“账”", NULL, NULL},
    {"帐目", "账目", "与钱财有关的写“账”", NULL, NULL},
    {"帐务", "账务", "与钱财有关的写“账”", NULL, NULL},
    {"帐簿", "账簿", "与钱财有关的写“账”", NULL, NULL},
    {"记帐", "记账", "与钱财有关的写“账”", NULL, NULL},
    {"对帐", "对账", "与钱财有关的写“账”", NULL, NULL},
    {"台帐", "台账", "与钱财有关的写“账”", NULL, NULL},
    {"到帐", "到账", "与钱财有关的写“账”", NULL, NULL},
    {"挂帐", "挂账", "与钱财有关的写“账”", NULL, NULL},
    {"入帐", "入账", "与钱财有关的写“账”", NULL, NULL},
    {"拔付", "拨付", "字形相近写错", NULL, NULL},
    {"拔款", "拨款", "字形相近写错", NULL, NULL},
    {"建立建全", "建立健全", "读音相同写错", NULL, NULL},
    {"布署", "部署", "读音相同写错", NULL, NULL},
    {"部暑", "部署", "字形相近写错", NULL, NULL},
    {"报消", "报销", "读音相同写错", NULL, "防耗"},
    {"按装", "安装", "读音相近写错", NULL, NULL},
    {"既使", "即使", "字形相近写错", NULL, "用"},
    {"己经", "已经", "字形相近写错", NULL, NULL},
    {"绩郊", "绩效", "字形相近写错", NULL, NULL},
    {"缋效", "绩效", "字形相近写错", NULL, NULL},
    {"积效", "绩效", "读音相同写错", NULL, NULL},
    {"绩效自平", "绩效自评", "读音相同写错", NULL, NULL},
    {"帮抚", "帮扶", "读音相同写错", NULL, NULL},
    {"防犯", "防范", "读音相同写错", NULL, "罪"},
    {"凑和", "凑合", "读音相同写错", NULL, NULL},
    {"一愁莫展", "一筹莫展", "读音相同写错", NULL, NULL},
    {"再接再励", "再接再厉", "读音相同写错", NULL, NULL},
    {"迫不急待", "迫不及待", "读音相同写错", NULL, NULL},
    {"弄虚做假", "弄虚作假", "读音相同写错", NULL, NULL},
    {"按步就班", "按部就班", "读音相同写错", NULL, NULL},
    {"份内", "分内", "现在统一写“分内”", "工之的事", NULL},
    {"付诸实行动", "付诸行动", "多了一个字", NULL, NULL},
};

static bool is_meant(const zp_scan *s, size_t i, size_t end)
{
    uint32_t after = zp_code_at(s->text, end);
    if (confusions[i].after != NULL && !zp_code_in(after, zp_str_from(confusions[i].after)))
        return false;
    return confusions[i].unless == NULL || !zp_code_in(after, zp_str_from(confusions[i].unless));
}

static void check_confused(reader *r)
{
    const zp_scan *s = &r->scan;
    for (size_t i = 0; i < sizeof confusions / sizeof *confusions; i++) {
        zp_str wrong = zp_str_from(confusions[i].wrong), right = zp_str_from(confusions[i].right);
        zp_where where = upto(r, s->start, s->start + wrong.n);
        if (!zp_text_has(s->text, s->start, wrong) || !is_meant(s, i, where.end) ||
            !zp_where_is_typed(r->c, where))
            continue;
        zp_finding finding = {.expected = right, .found = wrong};
        zp_checker_find(r->c, &rules[CONFUSED], where, &finding, "“%.*s”应是“%.*s”：%s",
                        ZP_ARG(wrong), ZP_ARG(right), confusions[i].why);
    }
}

/* --- Spaces ----------------------------------------------------------------------------------- */

/* 附件 项目支出…, 第一章 总则: a label, then its title; 某某局 某某局关于…: two that sign it. */
static bool is_label(zp_str before)
{
    before = zp_str_trim(before);
    return zp_str_eq(before, ZP_STR("附件")) || zp_str_eq(before, ZP_STR("附表")) ||
           zp_str_eq(before, ZP_STR("附录")) || zp_str_eq(before, ZP_STR("附")) ||
           zp_code_in(zp_code_before(before, before.n), ZP_STR("院局厅部室府会委")) ||
           (zp_str_starts(before, ZP_STR("第")) && before.n <= ZP_STR("第一千二百三十四条").n &&
            zp_code_in(zp_code_before(before, before.n), ZP_STR("条章节编篇分款项")));
}

/* A Han beside this space that has none on its other side: 姓 名, 目 录. */
static bool is_spread(const zp_scan *s)
{
    size_t before = s->start - ZP_STR("姓").n, after = s->end + ZP_STR("名").n;
    return s->start >= 3 && !zp_code_is_han(zp_code_before(s->text, before)) &&
           !zp_code_is_han(zp_code_at(s->text, after));
}

static void check_space(reader *r)
{
    const zp_scan *s = &r->scan;
    zp_where where = upto(r, s->start - 3, s->end + 3);
    if (!zp_code_is_han(s->before) || !zp_code_is_han(s->after) || r->cell || r->quoted > 0 ||
        !r->punctuated || s->before > 0xFFFF || s->after > 0xFFFF || is_spread(s) ||
        is_label(zp_str_slice(s->text, 0, s->start)) || !zp_where_is_typed(r->c, where))
        return;
    zp_checker_find(r->c, &rules[SPACE], where, NULL, "“%.*s”中间多了空格",
                    ZP_ARG(zp_str_slice(s->text, where.start, where.end)));
}

/* --- Sentences -------------------------------------------------------------------------------- */

static void check_length(reader *r)
{
    const zp_scan *s = &r->scan;
    bool end = !zp_code_is_han(s->code) && zp_code_in(s->code, ZP_STR("。！？；\n"));
    r->length++;
    if (!end && s->end < s->text.n)
        return;
    if (r->length > SENTENCE_MAX && !r->cell)
        zp_checker_find(r->c, &rules[LONG], upto(r, r->sentence, s->end), NULL,
                        "这一句有%zu字，可以分成几句", r->length);
    r->sentence = s->end;
    r->length = 0;
}

static const char *const relatives[] = {"今年", "去年", "前年", "近日", "日前", "本月", "上月"};

static void check_relative(reader *r)
{
    const zp_scan *s = &r->scan;
    for (size_t i = 0; i < sizeof relatives / sizeof *relatives; i++) {
        zp_str word = zp_str_from(relatives[i]);
        if (zp_text_has(s->text, s->start, word) && !zp_code_in(s->before, ZP_STR("截目以如最")))
            zp_checker_find(r->c, &rules[RELATIVE], upto(r, s->start, s->start + word.n), NULL,
                            "“%.*s”可以写明年份、日期", ZP_ARG(word));
    }
}

/* --- The reader ------------------------------------------------------------------------------- */

/* What stands again right behind itself or behind the next character is looked at; of the other
 * words, what may begin one. */
static void check_words(reader *r)
{
    const zp_scan *s = &r->scan;
    if (s->after == s->code)
        check_single(r);
    else if (s->after > 0x2FFF && s->after <= 0xFFFF &&
             zp_code_at(s->text, s->end + ZP_STR("行").n) == s->code)
        check_double(r);
    if (zp_openers_has(r->openers, s)) {
        check_confused(r);
        check_relative(r);
    }
}

static void check_code(reader *r)
{
    uint32_t code = r->scan.code;
    if (code == 0x201C || code == 0x300A)
        r->quoted++;
    else if ((code == 0x201D || code == 0x300B) && r->quoted > 0)
        r->quoted--;
    else if (code > 0x2FFF)
        check_words(r);
    if (code == ' ')
        check_space(r);
    check_length(r);
}

/* A heading and the title are texts; a paragraph is one when it has marks within; captions and
 * signatures are set with spaces. */
static bool is_punctuated(const zp_passage *passage)
{
    if (!zp_passage_is(passage, ZP_NODE_PARAGRAPH))
        return passage->node == NULL || passage->node->kind == ZP_NODE_HEADING;
    zp_scan scan = {.text = passage->text};
    while (zp_scan_next(&scan))
        if (!zp_code_is_han(scan.code) && zp_code_in(scan.code, ZP_STR("，。；")))
            return true;
    return false;
}

static void add_openers(zp_openers *openers)
{
    for (size_t i = 0; i < sizeof confusions / sizeof *confusions; i++)
        zp_openers_add(openers, zp_str_from(confusions[i].wrong));
    for (size_t i = 0; i < sizeof relatives / sizeof *relatives; i++)
        zp_openers_add(openers, zp_str_from(relatives[i]));
}

static void run(zp_checker *c)
{
    zp_openers openers = {{0}};
    add_openers(&openers);
    for (size_t i = 0; i < c->passages->count; i++) {
        const zp_passage *passage = &c->passages->all[i];
        reader r = {.c = c, .passage = i, .scan = {.text = passage->text}};
        r.openers = &openers;
        r.cell = zp_passage_is(passage, ZP_NODE_CELL);
        r.punctuated = is_punctuated(passage);
        while (zp_scan_next(&r.scan))
            check_code(&r);
    }
}

const zp_rule_group zp_wording_rules = ZP_RULE_GROUP(rules, run);

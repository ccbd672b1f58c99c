/* naming.c: sentences in, a name for each figure out.
 *
 * The words between two figures are read once, left to right: known words settle term, fund, year
 * and owner, the others are gathered as the clause's own. A clause that ends without a figure
 * leaves what it named to the clauses behind it in its sentence.
 */
#include "check/naming.h"

#include "base/utf8.h"

enum {
    QUOTED_MAX = 90, /* bytes of a name in quotes */
    OWN_MAX = 120,   /* bytes of a clause's own words that are kept */
    WORDS_MAX = 240, /* and of all its words */
    HEAD_MAX = 150,  /* bytes of a heading */
};

/* What a sentence, and the passage before it, has said so far. */
typedef struct {
    int year;
    bool last;      /* 上年 was said, for the figure that comes */
    bool last_used; /* and came; a 、 still adds others */
    unsigned fund;
    zp_str owner;
    bool clear, parts;
} context;

/* A clause being read. */
typedef struct {
    size_t start;
    const zp_term *term, *group; /* `group`: a kind of spending named before the term */
    const zp_term *of;           /* what a change is of: 支出 in 支出增加 */
    zp_buf own;                  /* words that the lexicon does not know */
    zp_str quoted;
    bool named;         /* an OWNER word, or a name in quotes, stands in it */
    bool whole, funded; /* says: the unit as a whole; names a fund */
} clause;

typedef struct {
    zp_arena *arena;
    const zp_passages *passages;
    const zp_quantities *quantities;
    const zp_matrices *matrices;
    const zp_lexicon *lexicon;
    int year;
    zp_name *names;
    zp_str text;
    context usual; /* what its headings say of a passage, or its first words: its topic */
    context said;
    clause now;
    size_t next;   /* the quantity that is read towards */
    bool opens;    /* 其中 was read since the last figure */
    bool numbered; /* the paragraph begins with a number, and its first clause is being read */
} namer;

static void begin_clause(namer *n, size_t at)
{
    n->now = (clause){.start = at, .own = {.arena = n->arena}};
}

/* 人员类项目 and 人员类 are one. */
static zp_str bare_owner(zp_arena *arena, zp_str name)
{
    const zp_str project = ZP_STR("项目");
    zp_buf out = {.arena = arena};
    for (size_t at = 0; at < name.n;) {
        size_t found = zp_str_find(name, project, at);
        zp_buf_add(&out, zp_str_slice(name, at, found));
        at = found + project.n;
    }
    return out.n > 0 ? zp_buf_str(&out) : name;
}

/* The clause's own words as a name; with the kind of spending where one stands before the term. */
static zp_str own_name(namer *n)
{
    const clause *c = &n->now;
    zp_str own = zp_buf_str(&c->own);
    if (c->group != NULL && c->group != c->term)
        return zp_str_format(n->arena, "%.*s%.*s", ZP_ARG(own), ZP_ARG(c->group->name));
    return bare_owner(n->arena, own.n > 0 ? own : c->quoted);
}

/* A clause without a figure: what it names is the topic of those behind it, and of the paragraph.
 */
static void end_clause(namer *n, size_t at, uint32_t mark)
{
    clause *c = &n->now;
    if (c->term != NULL && c->term->group && c->group == NULL)
        c->group = c->term;
    zp_str own = c->group != NULL  ? c->group->name
                 : c->quoted.n > 0 ? bare_owner(n->arena, c->quoted)
                                   : own_name(n);
    bool item = n->numbered && (mark == 0xFF0C || mark == 0xFF1A); /* 1.某工程，支出… */
    n->numbered = false;
    if (own.n > 0 && (c->named || c->group != NULL || item)) {
        n->said.owner = own;
        n->said.clear = true;
        if ((c->named || item) && c->group == NULL)
            n->usual = (context){.year = n->usual.year, .fund = n->usual.fund, .owner = own};
    } else if (c->whole) {
        n->said.owner = n->usual.owner = ZP_STR("");
        n->said.clear = true;
    }
    if (mark == 0xFF1B) /* ； */
        n->said.parts = false;
    if (mark != 0x3001 && n->said.last_used) /* other than 、 */
        n->said.last = n->said.last_used = false;
    begin_clause(n, at);
}

/* --- Words ------------------------------------------------------------------------------------ */

static void take_word(namer *n, const zp_word *word)
{
    clause *c = &n->now;
    switch (word->kind) {
    case ZP_WORD_TERM:
        if (c->term != NULL && c->term->group)
            c->group = c->term;
        if (c->term != NULL && c->term->kind == ZP_TERM_RATE && c->own.n < OWN_MAX)
            zp_buf_add(&c->own, c->term->name); /* 执行率得分 is no 得分 of all */
        c->of = word->term->change && c->term != NULL ? c->term : c->of;
        c->term = word->term;
        c->whole = c->whole || word->whole;
        break;
    case ZP_WORD_FUND:
        n->said.fund = word->fund;
        c->funded = true;
        break;
    case ZP_WORD_WHOLE:
        c->whole = true;
        break;
    case ZP_WORD_LAST_YEAR:
        n->said.last = true;
        n->said.last_used = false;
        break;
    case ZP_WORD_THIS_YEAR:
        n->said.year = n->year;
        n->said.last = false;
        break;
    case ZP_WORD_PARTS:
        n->said.parts = n->opens = true;
        break;
    case ZP_WORD_OWNER:
        c->named = true;
        if (c->own.n < OWN_MAX)
            zp_buf_add(&c->own, word->text);
        break;
    case ZP_WORD_UNKNOWN:
    case ZP_WORD_PLAIN:
        break;
    }
}

/* “人大会议经费”: a name, where it closes soon. */
static size_t take_quoted(namer *n, size_t at)
{
    zp_str near = zp_utf8_cut(zp_str_slice(n->text, at, n->text.n), QUOTED_MAX);
    size_t end = zp_str_find(near, ZP_STR("”"), 0);
    if (end == near.n)
        return at;
    n->now.quoted = zp_str_slice(near, 0, end);
    n->now.named = true;
    return at + end + ZP_STR("”").n;
}

static bool ends_clause(uint32_t code)
{
    return code == 0xFF0C || code == 0x3001 || code == 0xFF1A || code == 0xFF08 || code == 0xFF09 ||
           code == 0xFF1B || code == 0x3002 || code == ',' || code == ':' || code == '(' ||
           code == ')' || code == ';';
}

static size_t take_next(namer *n, size_t at)
{
    const zp_word *word = zp_lexicon_match(n->lexicon, n->text, at);
    if (word != NULL) {
        take_word(n, word);
        return at + word->text.n;
    }
    size_t next = at;
    uint32_t code = zp_utf8_next(n->text, &next);
    if (code == 0x201C) /* “ */
        return take_quoted(n, next);
    if (ends_clause(code))
        end_clause(n, next, code);
    else if (zp_code_is_han(code) && n->now.own.n < OWN_MAX)
        zp_buf_code(&n->now.own, code);
    return next;
}

/* 比2022年的…: that year is the figure's; 2022年，…: it is the sentence's. */
static void take_year(namer *n, const zp_quantity *q)
{
    static const char *const beside[] = {"比", "较", "与", "同"};
    zp_str before = zp_str_trim(zp_str_slice(n->text, 0, q->start));
    int year = zp_quantity_year(q);
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        if (year == n->year - 1 && zp_str_ends(before, zp_str_from(beside[i]))) {
            n->said.last = true;
            n->said.last_used = false;
            return;
        }
    n->said.year = year;
    n->said.last = false;
}

/* A year or date on the way. */
static bool take_time(namer *n, size_t *at)
{
    const zp_quantities *all = n->quantities;
    while (n->next < all->count && all->all[n->next].start < *at)
        n->next++;
    const zp_quantity *q = n->next < all->count ? &all->all[n->next] : NULL;
    if (q == NULL || q->start != *at)
        return false;
    if (q->kind != ZP_QUANTITY_YEAR && q->kind != ZP_QUANTITY_DATE)
        return false;
    if (q->kind == ZP_QUANTITY_YEAR)
        take_year(n, q);
    *at = q->end;
    return true;
}

/* --- Figures ---------------------------------------------------------------------------------- */

/* The term right behind a figure: 380.42万元项目经费, 18个二级项目. */
static const zp_term *term_behind(const namer *n, size_t at)
{
    zp_str of = ZP_STR("的");
    if (zp_str_starts(zp_str_slice(n->text, at, n->text.n), of))
        at += of.n;
    const zp_word *word = zp_lexicon_match(n->lexicon, n->text, at);
    return word != NULL && word->kind == ZP_WORD_TERM && !word->term->change ? word->term : NULL;
}

/* Whether a figure of that unit may be called so. */
static bool fits(const zp_term *term, const zp_unit *unit)
{
    zp_str point = ZP_STR("分");
    switch (term->kind) {
    case ZP_TERM_MONEY:
        return unit->kind == ZP_UNIT_MONEY || unit->kind == ZP_UNIT_NONE;
    case ZP_TERM_RATE:
        return unit->kind == ZP_UNIT_RATE;
    case ZP_TERM_SCORE:
        return unit->kind == ZP_UNIT_NONE || zp_str_eq(unit->basic, point);
    case ZP_TERM_COUNT:
        return unit->kind == ZP_UNIT_COUNT && !zp_str_eq(unit->basic, point);
    case ZP_TERM_ANY:
        return true;
    }
    return false;
}

static zp_str without_spaces(zp_arena *arena, zp_str text)
{
    zp_buf out = {.arena = arena};
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        if (!zp_code_is_space(zp_utf8_next(text, &at)))
            zp_buf_add(&out, zp_str_slice(text, start, at));
    }
    return zp_buf_str(&out);
}

/* The start of the words that are kept: no further from their end than WORDS_MAX. */
static size_t near_start(zp_str text, size_t start, size_t end)
{
    if (end - start > WORDS_MAX)
        start = end - WORDS_MAX;
    while (start < end && ((unsigned char)text.p[start] & 0xC0U) == 0x80U)
        start++;
    return start;
}

/* Whether a clause sets something beside its figure: 比…, 较…, 与…相比. */
static bool is_against(zp_str words)
{
    static const char *const marks[] = {"比", "较", "与", "同"};
    zp_str text = zp_str_trim(words);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        zp_str mark = zp_str_from(marks[i]);
        size_t found = zp_str_find(text, mark, 0);
        bool compares = found == 0 || (i < 2 && found < text.n);
        if (compares && !zp_str_starts(zp_str_slice(text, found, text.n), ZP_STR("比例")) &&
            !zp_str_starts(zp_str_slice(text, found, text.n), ZP_STR("比重")))
            return true;
    }
    return false;
}

/* Whether the clause that begins at `start` stands in brackets. */
static bool is_aside(zp_str text, size_t start)
{
    uint32_t before = start > 0 ? zp_utf8_before(text, start) : 0;
    return before == 0xFF08 || before == '(';
}

/* 基本支出 and its 实际支出数 are one: the figure is that of the kind of spending itself. */
static void settle_spending(const namer *n, zp_name *name)
{
    const zp_term *group = name->owner.n > 0 ? zp_lexicon_term(n->lexicon, name->owner) : NULL;
    if (name->term == NULL || !name->term->spent || group == NULL || !group->group)
        return;
    name->term = group;
    name->owner = ZP_STR("");
}

/* What is left to the figures behind one. */
static void carry_on(namer *n, const clause *c, zp_str own, const zp_term *term)
{
    if (own.n > 0) { /* what follows is probably of the same, and nobody says so */
        n->said.owner = own;
        n->said.clear = c->quoted.n > 0;
    } else if (term != NULL &&
               term->group) { /* 三公经费52.84万元，比年初预算61万元…: its own 年初预算 */
        n->said.owner = term->name;
        n->said.clear = false;
    } else if (c->whole) {
        n->said.owner = ZP_STR("");
        n->said.clear = true;
    }
    n->said.last_used = n->said.last;
    n->opens = false;
}

static void name_figure(namer *n, const zp_quantity *q, zp_str words, zp_name *name)
{
    clause *c = &n->now;
    zp_str own = own_name(n);
    const zp_term *term = c->term != NULL ? c->term : term_behind(n, q->end);
    bool fit = term != NULL && fits(term, &q->unit);
    *name = (zp_name){
        .term = fit ? term : NULL,
        .base = fit && term->change                    ? c->of
                : !fit && q->unit.kind == ZP_UNIT_RATE ? term
                                                       : NULL,
        .fund = n->said.fund,
        .year = n->said.last && n->year ? n->year - 1 : n->said.year,
        .owner = own.n > 0  ? own
                 : c->whole ? ZP_STR("")
                            : n->said.owner,
        .clear = own.n > 0 || c->whole || c->funded || n->said.clear ||
                 (fit && term->group && n->usual.clear),
        .parts = n->said.parts,
        .opens = n->opens,
        .words = without_spaces(n->arena, words),
        .aside = is_aside(n->text, c->start),
        .against = is_against(words),
    };
    settle_spending(n, name);
    carry_on(n, c, own, fit ? term : NULL);
    begin_clause(n, q->end);
}

/* The words from `at` to the figure `q`, and its name. */
static void read_towards(namer *n, size_t index)
{
    const zp_quantity *q = &n->quantities->all[index];
    size_t at = q->name_from;
    while (at < q->start)
        if (!take_time(n, &at))
            at = take_next(n, at);
    size_t start = near_start(n->text, n->now.start, q->start);
    name_figure(n, q, zp_str_slice(n->text, start, q->start), &n->names[index]);
}

/* Whose a row of a table is: a total's is the unit's as a whole. */
static zp_str owner_of_row(const namer *n, const zp_matrix_row *row, unsigned *fund)
{
    if (row->rank >= ZP_ROW_TOTAL || row->label.n == 0)
        return ZP_STR("");
    const zp_word *word = zp_lexicon_match(n->lexicon, row->label, 0);
    if (word != NULL && word->kind == ZP_WORD_FUND && word->text.n == row->label.n) {
        *fund = word->fund;
        return ZP_STR("");
    }
    const zp_term *term = zp_lexicon_term(n->lexicon, row->label);
    return term != NULL && term->group ? term->name : bare_owner(n->arena, row->label);
}

/* A cell's figure: its column's head names it, its row says whose it is. */
static void read_cell(const namer *n, const zp_matrix *m, uint32_t row, uint32_t column,
                      size_t first, size_t end)
{
    zp_str label = m->rows[row].label, head = zp_utf8_cut(m->columns[column].full, WORDS_MAX / 2);
    zp_str words = zp_str_format(n->arena, "%.*s%.*s", ZP_ARG(zp_utf8_cut(label, WORDS_MAX / 2)),
                                 ZP_ARG(head));
    for (size_t i = first; i < end; i++) {
        namer reading = *n;
        zp_name *name = &n->names[i];
        reading.text = head;
        reading.next = n->quantities->count;
        begin_clause(&reading, 0);
        for (size_t at = 0; at < head.n;)
            at = take_next(&reading, at);
        zp_str own = own_name(&reading), whose = owner_of_row(n, &m->rows[row], &reading.said.fund);
        reading.text = n->text; /* what may stand behind the figure stands in its own cell */
        reading.now.start = 0;
        name_figure(&reading, &n->quantities->all[i], words, name);
        name->owner =
            own.n > 0 ? zp_str_format(n->arena, "%.*s%.*s", ZP_ARG(whose), ZP_ARG(own)) : whose;
        name->clear = true;
        settle_spending(n, name);
    }
}

/* 自评总分 | 96.51: a cell beside a strong label is called by it. */
static bool read_labelled(const namer *n, size_t passage, size_t index)
{
    const zp_passage *cell = &n->passages->all[passage], *label = cell - 1;
    if (passage == 0 || cell->node == NULL || cell->node->kind != ZP_NODE_CELL ||
        label->node == NULL || label->node->parent != cell->node->parent ||
        label->node->first == NULL || label->node->first->kind != ZP_NODE_STRONG)
        return false;
    namer reading = *n;
    reading.text = zp_utf8_cut(label->text, WORDS_MAX);
    reading.next = n->quantities->count;
    begin_clause(&reading, 0);
    for (size_t at = 0; at < reading.text.n;)
        at = take_next(&reading, at);
    name_figure(&reading, &n->quantities->all[index], reading.text, &n->names[index]);
    n->names[index].clear = true;
    return true;
}

/* What a passage begins with: the owner that its headings name. */
static context begin_passage(const namer *n, size_t passage)
{
    context said = {.year = n->year};
    size_t section = n->passages->all[passage].section;
    for (; section != ZP_NO_PASSAGE; section = n->passages->all[section].section) {
        zp_str head = zp_utf8_cut(n->passages->all[section].text, HEAD_MAX);
        namer reading = *n;
        reading.text = head;
        reading.said = said;
        reading.next = n->quantities->count;
        int level;
        size_t at = zp_passage_number(head, &level);
        begin_clause(&reading, at);
        while (at < head.n)
            at = take_next(&reading, at);
        said.fund = said.fund ? said.fund : reading.said.fund;
        if (reading.now.whole)
            return (context){.year = n->year, .fund = said.fund, .clear = true};
        if (reading.now.named && reading.now.own.n > 0)
            return (context){.year = n->year, .fund = said.fund, .owner = own_name(&reading)};
    }
    return said;
}

static void read_passage(namer *n, size_t passage, size_t first, size_t end)
{
    uint32_t row, column;
    size_t sentence = ZP_NO_PASSAGE;
    n->text = n->passages->all[passage].text;
    n->usual = n->said = begin_passage(n, passage);
    n->next = first;
    n->opens = false;
    int level;
    size_t number = zp_passage_number(n->text, &level);
    n->numbered = number > 0 && level > 3;
    const zp_matrix *m = zp_matrices_find(n->matrices, passage, &row, &column);
    if (m != NULL && zp_matrix_at(m, row, column)->kind == ZP_AMOUNT_NUMBER) {
        read_cell(n, m, row, column, first, end);
        return;
    }
    if (m == NULL && end == first + 1 && read_labelled(n, passage, first))
        return;
    for (size_t i = first; i < end; i++) {
        const zp_quantity *q = &n->quantities->all[i];
        if (q->kind == ZP_QUANTITY_YEAR || q->kind == ZP_QUANTITY_DATE)
            continue;
        if (q->sentence != sentence) {
            sentence = q->sentence;
            int year = n->said.year;
            n->said = n->usual;
            n->said.year = year;
            begin_clause(n, q->name_from);
        }
        read_towards(n, i);
    }
}

const zp_name *zp_naming_find(zp_arena *arena, const zp_passages *passages,
                              const zp_quantities *quantities, const zp_matrices *matrices,
                              const zp_lexicon *lexicon, int year)
{
    namer n = {.arena = arena,
               .passages = passages,
               .quantities = quantities,
               .matrices = matrices,
               .lexicon = lexicon,
               .year = year,
               .names = zp_new_array(arena, zp_name, quantities->count)};
    for (size_t i = 0; i < quantities->count;) {
        size_t end = i, passage = quantities->all[i].passage;
        while (end < quantities->count && quantities->all[end].passage == passage)
            end++;
        read_passage(&n, passage, i, end);
        i = end;
    }
    return n.names;
}

/* lexicon.c: the template's words in a table by their first character, the longest first.
 *
 * Few words share a first character, so looking one up is a handful of comparisons.
 */
#include "check/lexicon.h"

#include <stdlib.h>
#include "base/utf8.h"

enum { BUCKETS = 512, WORDS_MAX = 20000 };

struct zp_lexicon {
    zp_arena *arena;
    zp_term *terms;
    size_t term_count;
    zp_word *words; /* sorted by bucket, then by length, the longest first */
    size_t word_count, capacity;
    uint32_t first[BUCKETS + 1]; /* the first word of each bucket */
};

static unsigned bucket_of(zp_str text)
{
    size_t at = 0;
    return zp_utf8_next(text, &at) % BUCKETS;
}

static void add(zp_lexicon *l, zp_word word)
{
    if (word.text.n == 0 || l->word_count == WORDS_MAX)
        return;
    zp_list_grow(l->arena, l->words, l->word_count, l->capacity);
    l->words[l->word_count++] = word;
}

static const zp_term *find_term(const zp_lexicon *l, zp_str name)
{
    for (size_t i = 0; i < l->term_count; i++)
        if (zp_str_eq(l->terms[i].name, name))
            return &l->terms[i];
    return NULL;
}

static void read_wholes(const zp_lexicon *l, const zp_value *list, zp_term *term)
{
    size_t count = 0;
    const zp_value *entry = list && list->kind == ZP_VALUE_LIST ? list->first : NULL;
    for (; entry != NULL && count < ZP_TERM_WHOLES; entry = entry->next) {
        const zp_term *whole = find_term(l, zp_value_text(entry));
        if (whole != NULL)
            term->wholes[count++] = whole;
    }
}

static void read_sum(zp_lexicon *l, const zp_value *list, zp_term *term)
{
    if (list == NULL || list->kind != ZP_VALUE_LIST)
        return;
    term->sum = zp_new_array(l->arena, const zp_term *, list->count);
    for (const zp_value *entry = list->first; entry != NULL; entry = entry->next) {
        const zp_term *addend = find_term(l, zp_value_text(entry));
        if (addend != NULL)
            term->sum[term->sum_count++] = addend;
    }
}

static void add_names(zp_lexicon *l, const zp_value *names, const zp_term *term, bool whole)
{
    for (const zp_value *name = names ? names->first : NULL; name != NULL; name = name->next)
        add(l,
            (zp_word){
                .text = zp_value_text(name), .kind = ZP_WORD_TERM, .whole = whole, .term = term});
}

static zp_term_kind read_kind(const zp_value *entry)
{
    static const char *const kinds[] = {"money", "rate", "score", "count", "any"};
    zp_str word = zp_value_text(zp_value_find(entry, ZP_STR("is")));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (zp_str_eq(word, zp_str_from(kinds[i])))
            return (zp_term_kind)i;
    return ZP_TERM_MONEY;
}

/* Names first, so that terms may name each other in any order. */
static void read_terms(zp_lexicon *l, const zp_value *terms)
{
    l->terms = zp_new_array(l->arena, zp_term, terms->count);
    for (const zp_value *entry = terms->first; entry != NULL; entry = entry->next)
        l->terms[l->term_count++].name = entry->key;
    size_t i = 0;
    for (const zp_value *entry = terms->first; entry != NULL; entry = entry->next) {
        zp_term *term = &l->terms[i++];
        term->kind = read_kind(entry);
        term->part = find_term(l, zp_value_text(zp_value_find(entry, ZP_STR("part"))));
        term->spent = zp_value_bool(zp_value_find(entry, ZP_STR("spent")), false);
        term->group = zp_value_bool(zp_value_find(entry, ZP_STR("group")), false);
        term->loose = zp_value_bool(zp_value_find(entry, ZP_STR("loose")), false);
        term->change = zp_value_bool(zp_value_find(entry, ZP_STR("change")), false);
        read_wholes(l, zp_value_find(entry, ZP_STR("whole")), term);
        read_sum(l, zp_value_find(entry, ZP_STR("sum")), term);
        add(l, (zp_word){.text = term->name, .kind = ZP_WORD_TERM, .term = term});
        add_names(l, zp_value_find(entry, ZP_STR("also")), term, false);
        add_names(l, zp_value_find(entry, ZP_STR("whole_unit")), term, true);
    }
}

static void read_list(zp_lexicon *l, const zp_value *list, zp_word_kind kind)
{
    for (const zp_value *word = list ? list->first : NULL; word != NULL; word = word->next)
        add(l, (zp_word){.text = zp_value_text(word), .kind = kind});
}

static void read_funds(zp_lexicon *l, const zp_value *funds)
{
    unsigned number = 0;
    for (const zp_value *fund = funds ? funds->first : NULL; fund != NULL; fund = fund->next) {
        number++;
        for (const zp_value *name = fund->first; name != NULL; name = name->next)
            add(l, (zp_word){.text = zp_value_text(name), .kind = ZP_WORD_FUND, .fund = number});
    }
}

static int by_place(const void *a, const void *b)
{
    const zp_word *one = a, *other = b;
    unsigned here = bucket_of(one->text), there = bucket_of(other->text);
    if (here != there)
        return here < there ? -1 : 1;
    if (one->text.n != other->text.n)
        return one->text.n > other->text.n ? -1 : 1;
    int order = zp_str_compare(one->text, other->text);
    return order ? order : (int)one->kind - (int)other->kind;
}

static void sort(zp_lexicon *l)
{
    if (l->word_count > 0)
        qsort(l->words, l->word_count, sizeof *l->words, by_place);
    size_t at = 0;
    for (unsigned bucket = 0; bucket <= BUCKETS; bucket++) {
        while (at < l->word_count && bucket_of(l->words[at].text) < bucket)
            at++;
        l->first[bucket] = (uint32_t)at;
    }
}

const zp_lexicon *zp_lexicon_read(zp_arena *arena, const zp_value *terms, const zp_value *words,
                                  const zp_str *own, size_t own_count)
{
    static const struct {
        const char *key;
        zp_word_kind kind;
    } kinds[] = {
        {"whole", ZP_WORD_WHOLE},         {"last_year", ZP_WORD_LAST_YEAR},
        {"this_year", ZP_WORD_THIS_YEAR}, {"parts", ZP_WORD_PARTS},
        {"owners", ZP_WORD_OWNER},        {"plain", ZP_WORD_PLAIN},
    };
    zp_lexicon *l = zp_new(arena, zp_lexicon);
    l->arena = arena;
    if (terms != NULL)
        read_terms(l, terms);
    read_funds(l, zp_value_find(words, ZP_STR("funds")));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        read_list(l, zp_value_find(words, zp_str_from(kinds[i].key)), kinds[i].kind);
    for (size_t i = 0; i < own_count; i++)
        add(l, (zp_word){.text = own[i], .kind = ZP_WORD_WHOLE});
    sort(l);
    return l;
}

const zp_word *zp_lexicon_match(const zp_lexicon *l, zp_str text, size_t at)
{
    zp_str rest = zp_str_slice(text, at, text.n);
    if (rest.n == 0)
        return NULL;
    unsigned bucket = bucket_of(rest);
    for (size_t i = l->first[bucket]; i < l->first[bucket + 1]; i++)
        if (zp_str_starts(rest, l->words[i].text))
            return &l->words[i];
    return NULL;
}

const zp_term *zp_lexicon_terms(const zp_lexicon *l, size_t *count)
{
    *count = l->term_count;
    return l->terms;
}

const zp_term *zp_lexicon_term(const zp_lexicon *l, zp_str name)
{
    const zp_word *word = zp_lexicon_match(l, name, 0);
    return word != NULL && word->kind == ZP_WORD_TERM && word->text.n == name.n ? word->term : NULL;
}

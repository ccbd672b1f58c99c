/* change.c: bags changed in memory, then rendered into the stage, then one commit.
 *
 * The cards of a changed bag's reports, from which its papers are made, come from this change, else
 * from the cache, else out of report.json.
 */
#include "archive/change.h"

#include <stdlib.h>
#include "archive/journal.h"
#include "archive/papers.h"
#include "base/files.h"

enum { CARD_FILE = 64 << 20 };

/* A card by what it is about. */
typedef struct {
    zp_str year, folder, state;
    const zp_card *card;
} known;

typedef struct {
    known *all;
    size_t count, capacity;
} knowledge;

struct zp_change {
    zp_arena *arena;
    zp_change_options options;
    zp_journal *journal;
    knowledge fresh;
    bool empty;
};

zp_change *zp_change_new(zp_arena *arena, const zp_change_options *options)
{
    zp_change *change = zp_new(arena, zp_change);
    *change = (zp_change){.arena = arena, .options = *options, .empty = true};
    change->journal = zp_journal_new(arena, options->store->folder);
    return change;
}

bool zp_change_is_empty(const zp_change *change)
{
    return change->empty;
}

/* --- Bags ------------------------------------------------------------------------------------ */

static zp_bag *add_bag(zp_change *change, zp_str name)
{
    zp_store *store = change->options.store;
    zp_bag *bag = zp_bag_new(store->arena, zp_str_copy(store->arena, name));
    zp_bag **bags = zp_new_array(store->arena, zp_bag *, store->bag_count + 1);
    for (size_t i = 0; i < store->bag_count; i++)
        bags[i] = store->bags[i];
    bags[store->bag_count++] = bag;
    store->bags = bags;
    return bag;
}

/* A further correction before the bag is sealed has a further reason. */
static void add_reason(const zp_change *change, zp_bag *bag)
{
    zp_str reason = change->options.reason;
    if (reason.n > 0 && zp_str_find(bag->reason, reason, 0) == bag->reason.n)
        bag->reason = zp_str_format(change->options.store->arena, "%.*s；%.*s", ZP_ARG(bag->reason),
                                    ZP_ARG(reason));
}

zp_bag *zp_change_bag_named(zp_change *change, zp_str name)
{
    const zp_store *store = change->options.store;
    for (size_t i = 0; i < store->bag_count; i++)
        if (zp_str_eq(store->bags[i]->name, name))
            return store->bags[i];
    return add_bag(change, name);
}

zp_bag *zp_change_bag(zp_change *change, zp_str year)
{
    const zp_store *store = change->options.store;
    size_t last = 0;
    for (size_t i = 0; i < store->bag_count; i++) {
        zp_str of;
        size_t number;
        zp_bag *bag = store->bags[i];
        zp_bag_name_read(bag->name, &of, &number);
        if (!zp_str_eq(of, year))
            continue;
        if (bag->sealed.n == 0 && number > 1)
            add_reason(change, bag);
        if (bag->sealed.n == 0)
            return bag;
        last = number > last ? number : last;
    }
    if (last == 0)
        return add_bag(change, year);
    if (change->options.reason.n == 0)
        return NULL;
    zp_bag *bag = add_bag(change, zp_str_format(change->arena, "%.*s-%zu", ZP_ARG(year), last + 1));
    bag->reason = zp_str_copy(store->arena, change->options.reason);
    return bag;
}

static void touch(zp_change *change, zp_bag *bag)
{
    bag->date = zp_str_copy(change->options.store->arena, change->options.date);
    bag->changed = true;
    change->empty = false;
}

/* --- Reports --------------------------------------------------------------------------------- */

static void learn(zp_arena *arena, knowledge *k, known one)
{
    zp_list_grow(arena, k->all, k->count, k->capacity);
    k->all[k->count++] = one;
}

static zp_bag_file *copy_files(zp_arena *arena, const zp_bag_file *files, size_t count)
{
    zp_bag_file *copies = zp_new_array(arena, zp_bag_file, count);
    for (size_t i = 0; i < count; i++)
        copies[i] =
            (zp_bag_file){zp_str_copy(arena, files[i].path), zp_str_copy(arena, files[i].sha512),
                          zp_str_copy(arena, files[i].sha256), files[i].bytes};
    return copies;
}

static zp_str target_of(const zp_change *change, const zp_bag *bag, zp_str path)
{
    if (zp_str_ends(path, ZP_STR("/")))
        path = zp_str_slice(path, 0, path.n - 1);
    return zp_path_join(change->arena, bag->name, path);
}

zp_str zp_change_put(zp_change *change, zp_bag *bag, zp_str folder, zp_str staged,
                     const zp_bag_file *files, size_t count, const zp_card *card)
{
    zp_arena *lasting = change->options.store->arena;
    zp_bag_file *copies = copy_files(lasting, files, count);
    zp_str state = zp_stored_state(change->arena, folder, copies, count);
    zp_card *kept = zp_new(change->arena, zp_card);
#define X(field, path) kept->field = zp_str_copy(change->arena, card->field);
    ZP_CARD_FIELDS(X)
#undef X
    zp_bag_replace(bag, folder, copies, count);
    touch(change, bag);
    learn(change->arena, &change->fresh,
          (known){bag->year, zp_str_copy(change->arena, folder), state, kept});
    zp_journal_put(change->journal, zp_str_copy(change->arena, staged),
                   target_of(change, bag, folder));
    return state;
}

void zp_change_drop(zp_change *change, zp_bag *bag, zp_str folder)
{
    zp_bag_replace(bag, folder, NULL, 0);
    touch(change, bag);
    zp_journal_drop(change->journal, target_of(change, bag, folder));
}

void zp_change_seal(zp_change *change, zp_bag *bag, zp_str date)
{
    bag->sealed = zp_str_copy(change->options.store->arena, date);
    bag->changed = true;
    change->empty = false;
}

void zp_change_record(zp_change *change, zp_bag *bag, const zp_record *record)
{
    zp_arena *lasting = change->options.store->arena;
    if (bag->sealed.n > 0 || bag->count == 0 || zp_record_eq(&bag->record, record))
        return;
#define X(part, word, item) bag->record.part = zp_str_copy(lasting, record->part);
    ZP_RECORD_PARTS(X)
#undef X
    touch(change, bag);
}

/* --- Papers and tag files -------------------------------------------------------------------- */

/* A report and its correction differ in their states only. */
static int by_subject(const void *a, const void *b)
{
    const known *one = a, *other = b;
    int order = zp_str_compare(one->year, other->year);
    if (order == 0)
        order = zp_str_compare(one->folder, other->folder);
    return order != 0 ? order : zp_str_compare(one->state, other->state);
}

static const zp_card *known_card(const knowledge *k, const zp_stored_report *report)
{
    const known wanted = {report->year, report->folder, report->state, NULL};
    const known *found =
        k->count == 0 ? NULL : bsearch(&wanted, k->all, k->count, sizeof *k->all, by_subject);
    return found ? found->card : NULL;
}

static knowledge knowledge_of(zp_arena *arena, const zp_cache *cache)
{
    knowledge k = {0};
    for (size_t i = 0; cache && i < cache->count; i++) {
        const zp_cached *entry = &cache->entries[i];
        learn(arena, &k, (known){entry->year, entry->folder, entry->state, &entry->card});
    }
    return k;
}

static zp_card stored_card(const zp_change *change, const zp_stored_report *report)
{
    zp_arena *passing = zp_arena_new();
    zp_card card = {0}, found = {0};
    zp_str path = zp_str_format(passing, "%.*sreport.json", ZP_ARG(report->folder)), json, why;
    path = zp_store_path(passing, change->options.store->folder, report->bag, path);
    if (zp_file_read(passing, zp_str_cstr(passing, path), CARD_FILE, &json, &why))
        found = zp_card_read(passing, json);
#define X(field, path) card.field = zp_str_copy(change->arena, found.field);
    ZP_CARD_FIELDS(X)
#undef X
    zp_arena_free(passing);
    return card;
}

/* A file in the stage, to take its place in the bag. */
static bool stage(const zp_change *change, const zp_bag *bag, zp_str path, zp_str bytes,
                  zp_str *why)
{
    zp_arena *arena = change->arena;
    zp_str staged = zp_str_format(arena, "bag-%.*s/%.*s", ZP_ARG(bag->name), ZP_ARG(path));
    const char *file = zp_journal_stage(arena, change->options.store->folder, staged, why);
    zp_journal_put(change->journal, staged, target_of(change, bag, path));
    return file && zp_file_put(arena, file, bytes, why);
}

/* How many reports the bags of the year hold that come before this one. */
static size_t count_before(const zp_change *change, const zp_bag *bag)
{
    const zp_store *store = change->options.store;
    size_t before = 0, count, number, other;
    zp_str year;
    zp_bag_name_read(bag->name, &year, &number);
    for (size_t i = 0; i < store->bag_count; i++) {
        const zp_bag *earlier = store->bags[i];
        if (!zp_str_eq(earlier->year, bag->year) ||
            !zp_bag_name_read(earlier->name, &year, &other) || other >= number)
            continue;
        (void)zp_store_reports(change->arena, earlier, &count);
        before += count;
    }
    return before;
}

static bool add_papers(const zp_change *change, zp_bag *bag, const knowledge *old, zp_str *why)
{
    size_t count;
    zp_paper papers[ZP_PAPERS_MOST];
    zp_arena *arena = change->arena, *lasting = change->options.store->arena;
    const zp_stored_report *reports = zp_store_reports(arena, bag, &count);
    zp_card *cards = zp_new_array(arena, zp_card, count);
    for (size_t i = 0; i < count; i++) {
        const zp_card *card = known_card(&change->fresh, &reports[i]);
        card = card ? card : known_card(old, &reports[i]);
        cards[i] = card ? *card : stored_card(change, &reports[i]);
    }
    bag->before = count_before(change, bag);
    size_t made = zp_papers_make(arena, bag, reports, cards, count, papers);
    bag->unnumbered = zp_papers_unnumbered(arena, bag, cards, count);
    for (size_t i = 0; i < made; i++) {
        zp_bag_file file = {zp_str_format(lasting, "data/%.*s", ZP_ARG(papers[i].name)),
                            zp_hash_of(lasting, ZP_SHA512, papers[i].bytes),
                            zp_hash_of(lasting, ZP_SHA256, papers[i].bytes), papers[i].bytes.n};
        zp_bag_replace(bag, file.path, &file, 1);
        if (!stage(change, bag, file.path, papers[i].bytes, why))
            return false;
    }
    return true;
}

/* The sizes of the files that were there before. */
static bool measure(const zp_change *change, zp_bag *bag, zp_str *why)
{
    zp_arena *passing = zp_arena_new();
    bool good = true;
    for (size_t i = 0; good && i < bag->count; i++) {
        zp_file_stamp stamp;
        zp_bag_file *file = &bag->files[i];
        if (file->bytes != ZP_BAG_UNMEASURED)
            continue;
        zp_str path = zp_store_path(passing, change->options.store->folder, bag, file->path);
        good = zp_file_stamp_of(zp_str_cstr(passing, path), &stamp);
        file->bytes = good ? stamp.bytes : 0;
        if (!good)
            *why = zp_str_format(change->arena, "包 %.*s 里少了 %.*s", ZP_ARG(bag->name),
                                 ZP_ARG(file->path));
        zp_arena_clear(passing);
    }
    zp_arena_free(passing);
    return good;
}

static bool finish_bag(const zp_change *change, zp_bag *bag, const knowledge *old, zp_str *why)
{
    zp_bag_tag tags[ZP_BAG_TAGS];
    bool good = add_papers(change, bag, old, why) && measure(change, bag, why);
    if (good)
        zp_bag_render(change->arena, bag, change->options.software, tags);
    for (size_t i = 0; good && i < ZP_BAG_TAGS; i++)
        good = stage(change, bag, tags[i].name, tags[i].bytes, why);
    return good;
}

static bool stage_cache(const zp_change *change, zp_cache *cache, zp_str *why)
{
    zp_arena *arena = change->arena;
    const char *file = zp_journal_stage(arena, change->options.store->folder, ZP_STR("cache"), why);
    zp_journal_put(change->journal, ZP_STR("cache"), ZP_STR(ZP_STORE_PRIVATE "/cache"));
    return file && zp_file_put(arena, file, zp_cache_render(arena, cache), why);
}

bool zp_change_commit(zp_change *change, zp_cache *cache, bool *half, zp_str *why)
{
    zp_store *store = change->options.store;
    knowledge old = knowledge_of(change->arena, cache);
    *half = false;
    if (change->fresh.count > 0)
        qsort(change->fresh.all, change->fresh.count, sizeof(known), by_subject);
    if (old.count > 0)
        qsort(old.all, old.count, sizeof(known), by_subject);
    for (size_t i = 0; i < store->bag_count; i++)
        if (store->bags[i]->changed && !finish_bag(change, store->bags[i], &old, why))
            return false;
    if (cache && !stage_cache(change, cache, why))
        return false;
    if (!zp_journal_commit(change->journal, half, why))
        return false;
    for (size_t i = 0; i < store->bag_count; i++)
        store->bags[i]->changed = false;
    store->stale = store->stale || !change->empty;
    return true;
}

/* change.h: reports put into an archive's bags and taken out of them, in one commit (journal.h).
 *
 * A sealed bag is not changed. What belongs to a year whose bags are all sealed goes into a further
 * one, if there is a reason to give.
 */
#ifndef ZP_CHANGE_H
#define ZP_CHANGE_H

#include "archive/record.h"
#include "archive/statcache.h"
#include "archive/store.h"

typedef struct {
    zp_store *store;
    zp_str software; /* for bag-info */
    zp_str date;     /* of the bags that change: 2024-03-31 */
    zp_str reason;   /* of corrections; empty: none may be made */
} zp_change_options;

typedef struct zp_change zp_change;

/* No change yet; `arena` lives as long as the change, what it leaves in the bags is in the store's.
 */
zp_change *zp_change_new(zp_arena *arena, const zp_change_options *options);

/* The bag of a year that may be changed, the reason added to those of a correction; a new one where
 * there is none. NULL: all are sealed, and no reason is given. */
zp_bag *zp_change_bag(zp_change *change, zp_str year);

/* The bag of that name, sealed or not; a new one where there is none. */
zp_bag *zp_change_bag_named(zp_change *change, zp_str name);

/* The report whose files lie in the folder `staged` of the stage takes its place in `bag`; paths of
 * `files` (sorted) begin with `folder`. Gives its state. */
zp_str zp_change_put(zp_change *change, zp_bag *bag, zp_str folder, zp_str staged,
                     const zp_bag_file *files, size_t count, const zp_card *card);

void zp_change_drop(zp_change *change, zp_bag *bag, zp_str folder);

void zp_change_seal(zp_change *change, zp_bag *bag, zp_str date);

/* What a bag is to say of the 档号 of its reports; nothing happens to one that is sealed, or that
 * says so already. */
void zp_change_record(zp_change *change, zp_bag *bag, const zp_record *record);

bool zp_change_is_empty(const zp_change *change);

/* Papers and tag files of all bags that changed are made, and everything takes effect, with
 * `cache` (NULL: the one that is there stays), from which cards of the other reports are taken.
 * False: *half tells whether a journal is left. */
bool zp_change_commit(zp_change *change, zp_cache *cache, bool *half, zp_str *why);

#endif

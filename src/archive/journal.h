/* journal.h: many files of an archive changed at once, or not at all.
 *
 * What is new is written below ARCHIVE/.ziping/stage first, where nobody looks for it. A commit
 * then
 *
 *     1. waits until the stage is on disk              (one syncfs)
 *     2. writes ARCHIVE/.ziping/journal, and waits     (temporary name, fsync, rename, fsync)
 *     3. renames: stage to place, what was there to .ziping/trash
 *     4. waits until the renames are on disk           (one syncfs)
 *     5. removes the journal, and waits                (fsync of the folder)
 *
 * Before 2 is done the archive is as it was, and what lies in the stage is rubbish; from then on
 * the journal says what remains to be done, each step of it can be done twice, and who comes next
 * does it (zp_journal_recover). syncfs instead of an fsync of each file: a year's bag is a hundred
 * thousand files, and what each fsync waits for is the same disk.
 *
 * Only who holds the archive's lock may call these.
 */
#ifndef ZP_JOURNAL_H
#define ZP_JOURNAL_H

#include "base/str.h"

typedef struct zp_journal zp_journal;

/* Nothing to do yet, for the archive in that folder. */
zp_journal *zp_journal_new(zp_arena *arena, zp_str archive);

/* `staged` (a file or folder, within the stage) is to take the place `target` (within the archive),
 * and what is there to go. */
void zp_journal_put(zp_journal *journal, zp_str staged, zp_str target);

/* What stands at `target` is to go, and the folder it is in when that is empty then. */
void zp_journal_drop(zp_journal *journal, zp_str target);

/* False: either nothing has changed, or (*half) a journal is there to be recovered. */
bool zp_journal_commit(zp_journal *journal, bool *half, zp_str *why);

/* Whether a commit was interrupted. */
bool zp_journal_pending(zp_arena *arena, zp_str archive);

/* Finishes what a journal says (*finished), and empties stage and trash. */
bool zp_journal_recover(zp_arena *arena, zp_str archive, bool *finished, zp_str *why);

/* A path within the stage; its folder is made. */
const char *zp_journal_stage(zp_arena *arena, zp_str archive, zp_str within, zp_str *why);

/* Removes a folder with all that is in it. */
bool zp_journal_clear(zp_arena *arena, zp_str folder, zp_str *why);

#endif

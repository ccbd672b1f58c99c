/* publication.h: a folder of files for everybody, that is made anew again and again.
 *
 *     DIR/index.html, DIR/2023/…     for everybody
 *     DIR/.ziping/public             which of them are ours: a hash and a path in each line
 *
 * A folder is ours when that list is there; an empty one becomes ours. What a user has put there is
 * neither replaced nor removed. All files change in one commit (journal.h), each by a rename: a
 * reader finds every file whole, old or new.
 */
#ifndef ZP_PUBLICATION_H
#define ZP_PUBLICATION_H

#include "base/diag.h"

typedef struct zp_publication zp_publication;

/* Whether the folder is ours, empty, or not there. */
bool zp_publication_may(zp_arena *arena, zp_str folder);

/* To be filled, by whoever holds the folder (holding.h); so far it is to hold nothing. */
zp_publication *zp_publication_new(zp_arena *arena, zp_str folder);

/* Whether something that is not ours stands at `path`. */
bool zp_publication_is_taken(const zp_publication *publication, zp_str path);

/* A file, in the order in which they are to appear. Nothing is written when it is there already.
 * False when it could not be. */
bool zp_publication_put(zp_publication *publication, zp_str path, zp_str bytes, zp_str *why);

/* All of it takes effect, and what was put by an earlier one and is not in this one goes; how many
 * did in *dropped. Of these, what somebody has changed stays, and is no longer ours
 * (`public-kept`). False: *half tells whether a journal is left. */
bool zp_publication_commit(zp_publication *publication, zp_diag *diag, size_t *dropped, bool *half,
                           zp_str *why);

#endif

/* package.h: a package of parts (ECMA-376-2, Open Packaging Conventions): what .xlsx and .docx are.
 *
 * A package is a ZIP; which of its parts is what, relationships say: the package's own name the
 * main part, that part's name its sheets, styles, notes, pictures. A target is a path inside the
 * package and nothing else: what leads out of it is an error, what lies elsewhere (External) is
 * never looked at. Part names do not tell capital letters (6.2.2.3).
 */
#ifndef ZP_PACKAGE_H
#define ZP_PACKAGE_H

#include "base/diag.h"

/* How messages speak of such a file. */
typedef struct {
    const char *id;    /* of the message that it cannot be read: bad-workbook */
    const char *thing; /* 工作簿 */
    const char *hint;
} zp_package_words;

typedef struct {
    zp_str id, type, target;
    bool external;
} zp_relation;

typedef struct zp_package zp_package;

/* Opens `bytes`, which must stay; NULL after an error (`bad-zip`). What is asked for is taken from
 * `arena`, but for the parts' bytes. */
zp_package *zp_package_open(zp_arena *arena, zp_str name, zp_str bytes,
                            const zp_package_words *words, zp_diag *diag);
void zp_package_close(zp_package *package); /* the bytes of its parts go; NULL is allowed */

/* The file as a whole, for messages. */
zp_span zp_package_file(const zp_package *package);

/* Says that it cannot be read: `what` is wrong with `name`. False. */
bool zp_package_refuse(const zp_package *package, const char *what, zp_str name);

bool zp_package_has(const zp_package *package, zp_str part);

/* A part's bytes, which go with the package. False after an error: a part that is not there is one,
 * and what zip.h says; all parts together are at most ZP_WORKBOOK_ALL bytes, one ZP_WORKBOOK_PART.
 */
bool zp_package_read(zp_package *package, zp_str part, zp_str *bytes);

/* Reads the relations of `part` (of the package: the empty name), which replace those read before.
 * False after an error: that there are none is one. */
bool zp_package_relate(zp_package *package, zp_str part);

/* The first relation whose type ends in `kind` (both editions of the standard agree so far), and
 * the one of that id; NULL when there is none. */
const zp_relation *zp_package_kind(const zp_package *package, zp_str kind);
const zp_relation *zp_package_id(const zp_package *package, zp_str id);

/* All relations, in their order. */
const zp_relation *zp_package_relations(const zp_package *package, size_t *count);

/* A target, as those relations mean it, as a part's name. False when it leads out of the package,
 * which is an error. */
bool zp_package_resolve(zp_package *package, zp_str target, zp_str *part);

#endif

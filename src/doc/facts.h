/* facts.h: all that a report knows, as one map under the names of its template.
 *
 * From the nearest to the farthest, entry by entry and map by map: the row (of `--each`), what the
 * command line names, the front matter, the data files that it names, the template's defaults. The
 * figures that the template declares are then computed into it, and values of the front matter that
 * hold {{ }} are expanded; they may name each other, but not themselves (`names-itself`, an error).
 * What data files hold is never expanded. Bare amounts of money have the 金额单位 of the layer that
 * gives them; where that has none, the front matter's, else the row's, else that of the files.
 *
 * `data` in the front matter is a MAP name -> reference (load.h), or {file, form}, or a list of
 * such, which make one list together; or a reference alone, whose file is a map that adds its
 * entries under their own names; or a list of these. More than 500 entries are `too-many-files`, an
 * error.
 */
#ifndef ZP_FACTS_H
#define ZP_FACTS_H

#include "data/expand.h"
#include "data/load.h"
#include "doc/front.h"
#include "doc/template.h"

/* --data NAME=FILE */
typedef struct {
    zp_str name, reference;
} zp_given;

typedef struct {
    const zp_given *given;
    size_t given_count;
    const zp_value *row;     /* a MAP, or NULL */
    const zp_loader *loader; /* of files that many reports share, or NULL */
    bool draft;              /* a missing value prints 【待填】 */
    bool public;             /* what is marked 内部 is left out */
    bool reading; /* only to be read and checked: a title or a key that is missing stops nothing */
} zp_facts_options;

typedef struct {
    zp_value *data; /* a MAP; its rule's fields are the template's names; 内部 tells whether this is
                       the edition with what is marked so */
    zp_loader *loader;           /* for tables that the body places */
    zp_expand_options expansion; /* how the body is expanded */
    bool sample;                 /* some data file still is the template's own, with 示例数据 */
} zp_facts;

/* `front` has a map; `folder` is the report's, empty for none. After errors, which are in `diag`,
 * the facts are what could be had, and names without a value are no errors any more. */
zp_facts *zp_facts_gather(zp_arena *arena, const zp_front *front, zp_str folder,
                          const zp_template *template, const zp_facts_options *options,
                          zp_diag *diag);

#endif

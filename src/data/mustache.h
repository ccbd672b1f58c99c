/* mustache.h: a Mustache text as a flat list of steps.
 *
 * A text is taken apart once, however many rows it is then printed for. Sections are settled here:
 * each knows its end, so running the steps is moving an index. Lines that hold nothing but a tag of
 * structure are gone from the list already (mustache spec 1.4, “standalone”).
 */
#ifndef ZP_MUSTACHE_H
#define ZP_MUSTACHE_H

#include "base/diag.h"
#include "data/value.h"

enum {
    ZP_MUSTACHE_SECTIONS = 256,  /* in one another */
    ZP_MUSTACHE_STEPS = 2000000, /* of one text */
    ZP_MUSTACHE_DELIMITER = 32,  /* bytes */
};

typedef enum {
    ZP_STEP_TEXT,     /* bytes of the source, as they are */
    ZP_STEP_VALUE,    /* name or literal, filters, raw, joins */
    ZP_STEP_SECTION,  /* name, other: its END */
    ZP_STEP_INVERTED, /* name, other: its END */
    ZP_STEP_END,      /* other: what it ends */
    ZP_STEP_PARTIAL,  /* name; alone, indent */
} zp_step_kind;

typedef struct {
    zp_step_kind kind;
    uint32_t start, end;     /* in the source: the bytes of a TEXT, else the tag */
    uint32_t other;          /* the index of the step it belongs to */
    bool begins_line;        /* of the text, whose indentation comes before it */
    bool in_row;             /* VALUE: its line holds a bar, and so may be a row of a table */
    bool raw;                /* VALUE: {{{ }}} or & */
    bool joins;              /* VALUE: has the filter 合并 */
    bool alone;              /* PARTIAL: alone in its line, which is gone */
    zp_str name;             /* trimmed */
    zp_str filters;          /* VALUE: behind the first bar, without 合并 */
    zp_str indent;           /* PARTIAL: the blanks before it, when alone */
    const zp_value *literal; /* VALUE: a TEXT, or NULL */
} zp_step;

typedef struct {
    const zp_source *source;
    const zp_step *steps;
    size_t count;
} zp_mustache;

/* The steps of `part`; NULL after an error (expand.h names them). */
const zp_mustache *zp_mustache_read(zp_arena *arena, zp_span part, zp_diag *diag);

#endif

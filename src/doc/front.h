/* front.h: a report's text in two parts: the metadata in front, and the body.
 *
 * Front matter stands between a first line `---` and the next line `---` or `...`, and is YAML.
 */
#ifndef ZP_FRONT_H
#define ZP_FRONT_H

#include "base/diag.h"
#include "data/value.h"

typedef struct {
    const zp_source *source;
    zp_span fence;       /* the `---` it opens with; the whole file where there is none */
    zp_span body;        /* no place when the front matter is not closed */
    const zp_value *map; /* as written, a MAP; NULL after an error */
} zp_front;

/* Front matter that is not closed is `front-matter-open`; other errors are those of yaml.h. */
zp_front zp_front_read(zp_arena *arena, const zp_source *source, zp_diag *diag);

/* The template that it names, under `template` or 模板; NULL when it names none. */
const zp_value *zp_front_template(const zp_front *front);

#endif

/* maker.h: what makes a report besides its own files: program, template and fonts; as files for the
 * archive, and as one hash that changes when any of them does.
 */
#ifndef ZP_MAKER_H
#define ZP_MAKER_H

#include "app/engine.h"
#include "archive/statcache.h"

/* A file of a template, for the archive. */
typedef struct {
    zp_str within; /* base/page.html */
    zp_str bytes, sha512, sha256;
} zp_maker_file;

/* A template with all files that reports are made of. */
typedef struct {
    const zp_template *template;
    const zp_maker_file *files; /* by `within` */
    size_t count;
    zp_str hash; /* of these, the fonts and the program's version */
} zp_maker;

/* Makers of one thread, each template looked into once. */
typedef struct {
    zp_arena *arena;
    zp_str fonts; /* their hash */
    const zp_maker *all[ZP_ENGINE_TEMPLATES];
    size_t count;
} zp_makers;

/* NULL, and the end of a sentence in `why`, when a file cannot be read. */
const zp_maker *zp_makers_find(zp_makers *makers, const zp_engine *engine,
                               const zp_template *template, zp_str *why);

/* The hash of the fonts in `folder`; read again only when their dates are not those of `cache`,
 * where the new hash is put. `begun`: when the run did. `threads`: as in zp_crew_run. */
zp_str zp_maker_fonts(zp_arena *arena, zp_str folder, int64_t begun, zp_cache *cache,
                      size_t threads);

#endif

/* proof.h: one state of a report as the preview shows it: pages, reading view, messages, sources.
 *
 * Each is a file named by the hash of its bytes, so a browser that has it need not ask again, and a
 * page in which nothing has changed is the same file. The names are in two pieces of JSON (RFC
 * 8259), members without their braces, which the preview puts into its news:
 *
 *     layout    "pages":[{"hash":…,"line":…}…], "style":…, "html":…
 *     findings  "messages":…, "rules":…, "sources":[{"name":…,"sheet":…,"hash":…}…], "errors":…,
 *               "warnings":…
 *
 * `line` is what data-line="0" means on that page (svg.h). Messages and rules are lines of JSON, as
 * `check --diagnostics json` and `explain --diagnostics json` write them. The first source is the
 * report; the others are what it was expanded from and what messages are about, as text.
 */
#ifndef ZP_PROOF_H
#define ZP_PROOF_H

#include "app/job.h"
#include "serve/http.h"
#include "write/webfont.h"

/* Files that a proof is made of, each once. Zero it and set `arena` to begin. */
typedef struct {
    zp_arena *arena;
    zp_http_file *all;
    size_t count, capacity;
} zp_proof_files;

typedef struct {
    zp_proof_files files;
    const zp_webfonts *fonts;
    zp_str members;
} zp_proof;

/* What can be seen of the job's report, all in its arena; fonts of `before`, which may be NULL, are
 * taken over where they do. False when it cannot be laid out, after errors. */
bool zp_proof_layout(zp_job *job, const zp_proof *before, zp_proof *proof);

/* What is wrong with it: `diag` and, where there is a report, `findings` and the template's checks;
 * `source` may be NULL. */
void zp_proof_findings(zp_arena *arena, const zp_job *job, const zp_source *source,
                       const zp_diag *diag, zp_proof *proof);

#endif

/* inputs.h: which reports a command line means that names many files and folders.
 *
 * A file is a report by its ending (input.h). Of a folder, report.md is, or else its .docx, .md,
 * .markdown and .txt files are, and what else is a report (a PDF, a .doc) and has not the name of
 * one of these; what begins with a point or ~$ is not looked at. Folders within are
 * looked into, but not the 附件 beside a report, which go with it (archive/store.h); links to
 * folders are not followed. `-` is standard input. What is named and cannot
 * be a report stays in the list, with the reason: nothing is passed over in silence.
 */
#ifndef ZP_INPUTS_H
#define ZP_INPUTS_H

#include <stdbool.h>
#include "base/str.h"

/* Whose the workbooks are that lie beside a report in a folder that was looked into. */
typedef enum {
    ZP_PAPERS_NONE,  /* nobody looked */
    ZP_PAPERS_OWN,   /* the folder's one report's: the only one that can be read, PDF aside; of
                        several, the only one whose name has 报告 in it */
    ZP_PAPERS_APART, /* one of several's, and nothing says whose; said of the first */
} zp_papers_owner;

typedef struct {
    zp_str path; /* as named, or below a folder that was; empty: standard input */
    zp_papers_owner papers;
    zp_str why; /* why it cannot be checked, the end of a sentence; empty: it can */
} zp_input;

typedef struct {
    zp_arena *arena;
    zp_input *all;
    size_t count, capacity;
} zp_inputs;

/* The reports that `words` name, in their order; a folder's own before those of the folders in it.
 */
zp_inputs zp_inputs_find(zp_arena *arena, char *const *words, size_t count);

#endif

/* docxtext.h: paragraphs and runs of a Word document, and what all its parts share.
 *
 * Private to the Word writer (docx*.c).
 */
#ifndef ZP_DOCXTEXT_H
#define ZP_DOCXTEXT_H

#include "book/xmlwrite.h"
#include "layout/grid.h"
#include "write/docxfile.h"
#include "write/docxstyle.h"

/* A heading, table or figure that links may lead to: its bookmark is _zpN, N its number. */
typedef struct {
    const zp_node *node;
    size_t number;
} zp_docx_target;

/* A note; its bookmark, where it is referred to again, is _zpnN, N its number. */
typedef struct {
    size_t references;
    bool met; /* the first has been written */
} zp_docx_note;

typedef struct {
    zp_arena *arena;
    const zp_report *report;
    const zp_pages *pages;
    zp_xml_writer *x; /* the part being written */
    zp_docx_parts parts;
    zp_docx_target *targets; /* in the order of the tree */
    size_t target_count;
    zp_docx_target *by_id; /* those that have an id, sorted by it */
    size_t id_count;
    size_t next_target;                         /* the first that has not been met */
    zp_docx_note *notes;                        /* by number - 1 */
    size_t drawings;                            /* so far */
    size_t picture_page, picture_item;          /* where the next figure is looked for */
    size_t next_table;                          /* in the pages' settings */
    bool breaks;                                /* the next paragraph begins a page */
    bool after_table;                           /* nothing has been written behind a table */
    zp_len before;                              /* blank above the next paragraph */
    const char *header, *footer[2], *no_footer; /* relations: of every page; of odd and even
                                                      ones; of those without a number */
    bool sectioned;                             /* a section of numbered pages has ended */
} zp_docx;

/* How a paragraph differs from its style; zero is not at all. */
typedef struct {
    const char *style;
    bool keeps; /* with the next */
    bool indented;
    zp_len left, right, first; /* indents, when `indented`; first: negative hangs */
    zp_len before, after;      /* blank, when not 0 */
    zp_len line;               /* exact height, when not 0 */
    const char *jc;
    const char *rule; /* below it: thickness in eighths of a point; NULL: none */
    bool red;         /* the rule */
    zp_len rule_space;
    const zp_len *tabs; /* to the left, from the left edge */
    size_t tab_count;
    zp_len right_tab; /* 0: none */
} zp_docx_paragraph;

void zp_docx_open(zp_docx *d, const zp_docx_paragraph *paragraph);
void zp_docx_close(zp_docx *d);

/* How a run differs from its paragraph. */
typedef struct {
    const char *style; /* of characters */
    bool has_role;
    zp_role role;
    zp_len size; /* 0: the style's */
    bool red, strong, emph;
} zp_docx_face;

/* Text; '\n' is a line end and '\t' a tab. */
void zp_docx_run(zp_docx *d, zp_str text, const zp_docx_face *face);

/* The inlines below a node. */
void zp_docx_inlines(zp_docx *d, const zp_node *node, const zp_docx_face *face);

/* A paragraph of one run in a style. */
void zp_docx_line(zp_docx *d, const zp_docx_paragraph *paragraph, zp_str text);

/* A paragraph that is as low as can be: between what must not touch. */
void zp_docx_mark(zp_docx *d);

/* A field with its result. */
void zp_docx_field(zp_docx *d, zp_str instruction, zp_str result, const zp_docx_face *face);

/* Finds all targets of the report, and counts the references to its notes. */
void zp_docx_find_targets(zp_docx *d);

/* Around the text of a target: begins and ends its bookmark. 0: it has none. */
size_t zp_docx_begin_target(zp_docx *d, const zp_node *node);
void zp_docx_end_target(zp_docx *d, size_t number);

/* A text with line ends where the pages have them: in the items of `node`, whose first `skip`
 * lines are another text. */
zp_str zp_docx_as_laid(const zp_docx *d, zp_str text, const zp_node *node, size_t skip);

/* An attribute or element with one number. */
void zp_docx_number(zp_docx *d, const char *element, int64_t value);
void zp_docx_set_length(zp_docx *d, const char *attribute, zp_len length);

#endif

/* template.h: what a kind of report looks like and what it must say: data, not code.
 *
 * A template is a folder: template.yaml (below), page.html (the HTML page around the text),
 * style.css, report.md and data/ (what `ziping new` copies), NAME.md (partials). `extends: NAME`
 * takes everything that is not given from the template of that name (five steps at most); entries
 * of `page`, `styles` and what declarations.h reads one by one. Lengths are numbers with a unit:
 * mm, pt, and for the size of type also 字 (cells of the page), 行 (lines of the page), or a
 * Chinese type size (三号).
 *
 * template.yaml about looks; about content it is declarations.h:
 *
 *   - name: base, extends: ""
 *   - subject: 绩效自评报告 is what kind of document it is, for the PDF's metadata
 *   - headings: by-number (a paragraph that opens with 一、 is a heading) or markdown
 *   - notes: through or per-page; running_head: none or title
 *   - pdf: {standard} is one of standard.h; where no template of the chain has it, a-2a+ua-1
 *   - page: {width, height, top, left, body_width, body_height, lines, cells, number_drop}
 *   - styles: {title: {font, size, indent, align, before, after, grid, own_latin}, body: …}
 *   - table: {style, smallest} is zp_table_rules
 *   - lines: {kinsoku, start, end, gap, …} is zp_line_rules; widths in em
 *   - phrases: [整体支出, 绩效自评, …] is what the lines of a title do not part
 *
 * What is wrong in a template is an error at its place: `template-missing` (a file that is not
 * there), `template-extends` (a name that is a path, a circle, too many steps), `unknown-key`,
 * `missing-key` (no template of the chain gives it), `bad-length`, `bad-value`, `bad-page` (a body
 * that leaves the sheet), `style-closes` (style.css would end the <style> it stands in), and those
 * of declarations.h.
 *
 * Loaded once a process; immutable afterwards.
 */
#ifndef ZP_TEMPLATE_H
#define ZP_TEMPLATE_H

#include "base/diag.h"
#include "base/length.h"
#include "base/source.h"
#include "doc/declarations.h"
#include "doc/node.h"
#include "doc/shelf.h"
#include "doc/standard.h"

/* The faces of GB/T 9704 by what they are for; which font plays a role is fonts.yaml's to say. */
#define ZP_ROLES(X)                                                                                \
    X(FANGSONG, "仿宋")                                                                            \
    X(KAITI, "楷体")                                                                               \
    X(HEITI, "黑体")                                                                               \
    X(XIAOBIAOSONG, "小标宋")                                                                      \
    X(SONGTI, "宋体")                                                                              \
    X(LATIN, "西文")

typedef enum {
#define X(role, name) ZP_ROLE_##role,
    ZP_ROLES(X)
#undef X
        ZP_ROLE_COUNT
} zp_role;

/* Styles of text by their keys in template.yaml. HEADING2 is 一、, HEADING3 （一）, HEADING4 1.,
 * HEADING5 （1）. */
#define ZP_STYLES(X)                                                                               \
    X(TITLE, "title")                                                                              \
    X(BODY, "body")                                                                                \
    X(HEADING2, "heading2")                                                                        \
    X(HEADING3, "heading3")                                                                        \
    X(HEADING4, "heading4")                                                                        \
    X(HEADING5, "heading5")                                                                        \
    X(QUOTE, "quote")                                                                              \
    X(CODE, "code")                                                                                \
    X(TABLE, "table")                                                                              \
    X(TABLE_HEAD, "table_head")                                                                    \
    X(CAPTION, "caption")                                                                          \
    X(TABLE_NOTE, "table_note")                                                                    \
    X(NOTE, "note")                                                                                \
    X(LETTERHEAD, "letterhead")                                                                    \
    X(IMPRINT, "imprint")                                                                          \
    X(RUNNING_HEAD, "running_head")                                                                \
    X(PAGE_NUMBER, "page_number")

typedef enum {
#define X(style, key) ZP_STYLE_##style,
    ZP_STYLES(X)
#undef X
        ZP_STYLE_COUNT
} zp_style_name;

typedef struct {
    zp_role role;
    zp_len size;    /* of the type: a full-width glyph's em */
    bool own_latin; /* digits and letters come from the role's own font, not from 西文 */
    bool grid;  /* a full-width glyph advances by the page's cell (156/28 mm) instead of `size` */
    int indent; /* of the first line, in 字 */
    zp_align align; /* NONE: justified */
    int before,
        after; /* lines of the page left blank; not at the top of a page except for the title */
} zp_style;

/* Which marks may not begin or end a line (避头尾): GB is GB/T 15834-2011 5.1.1-5.1.9; GB_PLUS adds
 * that …… begins no line, STRICT that —— begins none. */
typedef enum {
    ZP_KINSOKU_NONE,
    ZP_KINSOKU_BASIC,
    ZP_KINSOKU_GB,
    ZP_KINSOKU_GB_PLUS,
    ZP_KINSOKU_STRICT,
} zp_kinsoku;

/* A mark's blank half at a line's edge: always trimmed, trimmed when the line would not fit, or
 * kept. */
typedef enum { ZP_EDGE_TRIM, ZP_EDGE_ALLOW, ZP_EDGE_KEEP } zp_edge;

/* Parts of an em in which widths of line rules are written: halves, thirds, eighths and hundredths
 * are whole. */
enum { ZP_EM = 3600 };

/* How lines are broken and filled (CLREQ §3-5). */
typedef struct {
    zp_kinsoku kinsoku;
    zp_edge start, end; /* start is never ALLOW */
    bool kern;          /* adjacent marks give up half an em */
    bool tight;         /* with kern: both marks give all the blank between them (全身紧排) */
    bool hang;          /* 、，。 may stand outside the line's end */
    bool greedy;        /* fill line after line, instead of weighing the whole paragraph */
    bool lone;          /* 孤字: a last line of one character is avoided */
    bool units;         /* a number is never parted from its unit, instead of rather not */
    int gap, gap_min, gap_max; /* between Han and Latin: natural, squeezed, stretched */
    int gap_limit; /* the most that a gap and its share of a line's stretch come to together */
    int space, space_min, space_max; /* between Latin words */
} zp_line_rules;

/* Which rules a table has: round every cell; above, below the head and below; none. */
typedef enum { ZP_TABLE_GRID, ZP_TABLE_THREE_LINE, ZP_TABLE_PLAIN, ZP_TABLE_STYLES } zp_table_style;

typedef struct {
    zp_table_style style; /* where the table does not say */
    zp_len smallest;      /* type that a table may be set in to fit */
} zp_table_rules;

typedef struct {
    zp_len width, height;           /* the sheet */
    zp_len top, left;               /* 天头, 订口 */
    zp_len body_width, body_height; /* 版心 */
    int lines, cells;               /* lines in a page, cells in a line */
    zp_len number_drop; /* from the foot of the 版心 to the dash beside the page number */
} zp_page_setup;

typedef struct {
    zp_str name;
    zp_str folder;
    zp_str subject;
    zp_str running_head; /* "title": the report's title at the head of every page; "none" */
    bool headings_by_number;
    bool notes_per_page;         /* footnotes are numbered anew on every page */
    const zp_standard *standard; /* of its PDFs */
    zp_page_setup page;
    zp_line_rules lines;
    const zp_str *phrases; /* that the lines of a title do not part */
    size_t phrase_count;
    zp_table_rules table;
    zp_style styles[ZP_STYLE_COUNT];
    zp_declarations content;
    const zp_source *page_html, *style_css;
    /* The template's own and those of the chain it extends, nearest first: where partials and
     * sample data are looked for, and each one's template.yaml. */
    const zp_str *folders;
    const zp_source *const *sources;
    size_t folder_count;
} zp_template;

/* The template in `folder`; the ones it extends are looked for on the shelf (NULL: none) and,
 * unless it stands there itself, first beside it. NULL after an error. */
const zp_template *zp_template_load(zp_arena *arena, zp_str folder, const zp_shelf *shelf,
                                    zp_diag *diag);

/* A style of tables by its name (grid, three-line, plain); ZP_TABLE_STYLES when there is none such.
 */
zp_table_style zp_table_style_find(zp_str name);

/* A role by its Chinese name; ZP_ROLE_COUNT when there is none such. */
zp_role zp_role_find(zp_str name);
const char *zp_role_name(zp_role role);

#endif

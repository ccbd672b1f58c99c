/* svg.h: a finished page as SVG: the same glyphs in the same places as in the PDF.
 *
 * Each paragraph, heading or cell is one <text>, whatever lines and fonts it goes through; every
 * glyph has its x. So text can be selected, searched, read aloud and copied in reading order, with
 * no line ends but those between blocks. Headings have their role and level, a picture or chart is
 * an image with its words, links are <a>. What is no part of the text (page numbers, rules, a
 * table's head come again) is aria-hidden. The sheet is white whatever stands behind it.
 *
 * A page depends on nothing but what stands on it: not on the fonts' bytes (webfont.h), not on the
 * lines of other pages. There are no style attributes, no script and no outside reference: a page
 * can stand in any HTML under a strict Content-Security-Policy. Three rules belong into the style
 * sheet there, ZP_SVG_CSS.
 *
 * Places, for whoever leads from a page to the source and back: a block's element has data-line and
 * data-column, where it begins in the report's text. Lines are counted from the page's first such
 * line, which is not part of the SVG (zp_svg_line): a line added on page 1 does not change page 2.
 * What comes from another file (a partial, a table of data) has data-file too, and there data-line
 * is the line itself, from 1; of a workbook, data-sheet and its row.
 */
#ifndef ZP_SVG_H
#define ZP_SVG_H

#include "doc/report.h"
#include "layout/display.h"
#include "write/target.h"
#include "write/webfont.h"

typedef struct {
    zp_arena *arena;
    const zp_report *report;
    const zp_pages *pages;
    zp_targets targets;
    bool places; /* data-line and the like; false: none */
    zp_str stem; /* links lead to the files STEM-1.svg, STEM-2.svg …; empty: all pages stand in one
                    document */
} zp_svg;

/* All pages of a report, without places, standing in one document; the caller may change that. */
zp_svg zp_svg_new(zp_arena *arena, const zp_report *report, const zp_pages *pages);

/* Page `index`, from 0. With `fonts` it is a file of its own, which holds them and its style; NULL:
 * an element for an HTML page that has the fonts. Links lead to elements whose ids begin with p and
 * the page's number from 1. */
void zp_svg_write(const zp_svg *svg, size_t index, const zp_webfonts *fonts, zp_buf *out);

/* The line, from 1, that data-line="0" means on that page; 0 when nothing there has a place. */
size_t zp_svg_line(const zp_svg *svg, size_t index);

/* Spaces count, letters stand from left to right as they were laid out, fonts keep their own ideas
 * to themselves, and what is no text is not selected. */
#define ZP_SVG_CSS                                                                                 \
    ".page text{white-space:pre;direction:ltr;unicode-bidi:bidi-override;"                         \
    "font-kerning:none;font-synthesis:none;text-rendering:geometricPrecision}"                     \
    ".page [aria-hidden]{-webkit-user-select:none;user-select:none}"                               \
    ".page image{image-orientation:none}"

#endif

/* reader.h: a part's elements one by one: what the files behind zp_word_body_read share.
 *
 * Three stacks grow with the elements and hold nothing of C's: paragraphs (a text box stands in the
 * middle of one), tables, and flows: what paragraphs flow into.
 */
#ifndef ZP_WORD_READER_H
#define ZP_WORD_READER_H

#include "book/xml.h"
#include "word/draft.h"

enum {
    ZP_WORD_FIELDS = 32, /* in one another that are told apart */
    ZP_WORD_CODE = 64,   /* bytes of a field's code that are looked at */
};

typedef struct zp_word_paragraph {
    struct zp_word_paragraph *outer;
    zp_buf text;
    zp_word_mark *marks;
    size_t mark_count, mark_capacity;
    zp_word_format format;
    zp_str style;
    bool contents; /* stands in a table of contents */
    bool joined;   /* its mark was deleted: the next one goes on with it */
} zp_word_paragraph;

typedef enum { ZP_WORD_BODY, ZP_WORD_CELL, ZP_WORD_BOX, ZP_WORD_TEXT } zp_word_flow_kind;

typedef struct zp_word_flow {
    struct zp_word_flow *outer;
    zp_word_flow_kind kind;
    zp_buf text;                /* of what has no blocks: its paragraphs with \n between */
    zp_word_paragraph *carried; /* whose mark was deleted */
} zp_word_flow;

typedef struct zp_word_table {
    struct zp_word_table *outer;
    zp_word_grid *grid;
    bool nested;
    zp_buf text; /* of a nested one, all of it */
    bool row_begun, head, row_deleted;
    uint32_t before;
    zp_word_cell cell;
} zp_word_table;

typedef struct {
    bool code, contents; /* before its result; it is a table of contents */
} zp_word_field;

/* Which properties are being read. */
typedef enum {
    ZP_WORD_NO_PROPERTIES,
    ZP_WORD_OF_PARAGRAPH,
    ZP_WORD_OF_RUN,
    ZP_WORD_OF_ROW,
    ZP_WORD_OF_CELL,
    ZP_WORD_OF_OTHERS,
} zp_word_properties;

typedef struct {
    zp_word_draft *d;
    zp_word_part part;
    size_t depth, skip, property; /* depth at which skipping, or properties, began; 0: not */
    zp_word_properties kind;
    bool opened[ZP_XML_DEPTH + 2]; /* what opens has to be closed */
    zp_word_paragraph *paragraph;
    zp_word_flow *flow;
    zp_word_table *table;
    zp_word_items boxes; /* that wait for the end of what they are anchored in */
    zp_word_field fields[ZP_WORD_FIELDS];
    size_t field_count;
    char code[ZP_WORD_CODE];
    size_t code_length;
    bool in_code, in_text, preserve, hidden;
    bool emphatic, raised; /* the run is bold or the like, above or below the line: not yet told */
    size_t text_start;
    zp_str alternative; /* text of the drawing that is open */
    zp_str bookmark;    /* that has been begun and not ended; the innermost */
    uint32_t note;
    bool separator; /* the open note is only the line above the notes */
    bool found;     /* the part's own flow */
    zp_buf *margin;
} zp_word_reader;

typedef struct {
    const zp_xml_attribute *all;
    size_t count;
} zp_word_attributes;

/* What an element does. `open` says whether `close` is to be called. Within properties only those
 * that are properties themselves are heard. */
typedef struct {
    const char *name;
    bool (*open)(zp_word_reader *r, zp_word_attributes a);
    void (*close)(zp_word_reader *r);
    bool property;
} zp_word_element;

/* Elements by name. */
typedef struct {
    const zp_word_element *all;
    size_t count;
} zp_word_elements;

extern const zp_word_elements zp_word_prose_elements, zp_word_property_elements,
    zp_word_flow_elements;

zp_str zp_word_value(zp_word_attributes a, const char *name);
uint32_t zp_word_number(zp_word_attributes a, const char *name); /* 0 when it is none */
void zp_word_tally(zp_word_reader *r, zp_word_count what);

/* Passes over the element that is open, with all that is in it. */
bool zp_word_skip(zp_word_reader *r, zp_word_attributes a);

bool zp_word_text_add(zp_word_reader *r, zp_str text);
bool zp_word_is_in_contents(const zp_word_reader *r);

/* By kind and id, once all of a part are read. */
void zp_word_notes_sort(zp_word_draft *draft);

#endif

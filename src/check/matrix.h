/* matrix.h: a table of the document as an auditor reads it: figures in rows and columns, each
 * column under its head, each row behind its label.
 *
 * Made from the passages of a TABLE, or of a part of it, whatever it came from. Joined cells stand
 * at their upper left corner; the places they cover know them, and are blank.
 */
#ifndef ZP_MATRIX_H
#define ZP_MATRIX_H

#include "check/passage.h"
#include "data/amount.h"

enum {
    ZP_MATRIX_PLACES = 4000000, /* rows × columns; a larger table is not looked at */
    ZP_MATRIX_COLUMNS = 1000,
};

typedef struct {
    size_t passage;         /* that stands here, or covers this place; ZP_NO_PASSAGE: none */
    zp_amount_kind kind;    /* of what stands here; BLANK where a joined cell only reaches */
    const zp_number *value; /* NUMBER without a relation: in the basic unit of its kind */
    zp_unit unit;
    int places; /* as written */
    bool covered;
} zp_matrix_cell;

/* What rows are to one another. The order is that of what sums what. */
typedef enum {
    ZP_ROW_PLAIN,
    ZP_ROW_SUBTOTAL, /* 小计 */
    ZP_ROW_TOTAL,    /* 合计 共计 */
    ZP_ROW_GRAND,    /* 总计 总分 总得分 */
} zp_row_rank;

typedef struct {
    zp_str label; /* folded; empty: none */
    zp_row_rank rank;
    bool named;           /* the label says of what it is the total: 本年收入合计 */
    bool part;            /* 其中： or indented under the row above */
    bool numbers_columns; /* 栏次 1 2 3: no row of the list */
    int level; /* of the number it begins with: 一、 1, （一） 2, 1. 3, （1） 4; 1.1 30 and on;
                  0: none */
} zp_matrix_row;

typedef struct {
    zp_str head;  /* of the lowest head row, folded, without its unit */
    zp_str full;  /* the same as typed, for messages */
    zp_str above; /* what stands over it in a head of several rows, folded; else empty */
    zp_str unit;  /* 万元, %; empty: none */
    size_t texts, numbers;
    int places;   /* the most of any number */
    zp_unit kind; /* of all its numbers, where `uniform` */
    bool uniform;
} zp_matrix_column;

typedef struct {
    const zp_node *table;
    uint32_t row_count, column_count; /* of the body, without heads */
    zp_matrix_cell *cells;            /* row by row */
    zp_matrix_row *rows;
    zp_matrix_column *columns;
} zp_matrix;

/* All tables of a report, in order. A form that has heads further down (rows of nothing but strong
 * labels) is several, one from each head on. */
typedef struct {
    size_t first, end; /* its passages */
    const zp_matrix *matrix;
    const uint32_t *rows; /* of each of its passages: the row of the body it stands in; ZP_NO_ROW */
} zp_matrix_entry;

typedef struct {
    const zp_passages *passages;
    const zp_matrix_entry *all;
    size_t count;
} zp_matrices;

#define ZP_NO_ROW UINT32_MAX

zp_matrices *zp_matrices_make(zp_arena *arena, const zp_passages *passages);

/* The matrix in whose body the passage stands, with its row and column; NULL: in none. */
const zp_matrix *zp_matrices_find(const zp_matrices *matrices, size_t passage, uint32_t *row,
                                  uint32_t *column);

zp_matrix_cell *zp_matrix_at(const zp_matrix *matrix, uint32_t row, uint32_t column);

/* Whether its head holds one of the words, which are parted by spaces. */
bool zp_matrix_head_has(const zp_matrix_column *column, const char *words);

/* Whether its head is one of them. */
bool zp_matrix_head_is(const zp_matrix_column *column, const char *words);

/* One unit of the last place that the column prints, in the basic unit of its kind. */
const zp_number *zp_matrix_ulp(zp_arena *arena, const zp_matrix_column *column);

/* A number as the column prints it, without the unit. */
zp_str zp_matrix_shown(zp_arena *arena, const zp_matrix_column *column, const zp_number *value);

#endif

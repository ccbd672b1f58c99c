/* expression.h: a formula as a tree, between the one that parses it and those that evaluate it.
 *
 * Chains of + and - (or * and /, and, or) are one node with all their operands, so the tree is only
 * as deep as its brackets: ZP_FORMULA_DEPTH bounds it.
 */
#ifndef ZP_EXPRESSION_H
#define ZP_EXPRESSION_H

#include "data/formula.h"

typedef enum {
    ZP_EXPR_NUMBER,
    ZP_EXPR_TEXT,
    ZP_EXPR_TRUTH,
    ZP_EXPR_NAME,
    ZP_EXPR_CALL,
    ZP_EXPR_CHAIN,   /* + - or * /: operands, each with its `join` */
    ZP_EXPR_LOGIC,   /* and, or */
    ZP_EXPR_COMPARE, /* two operands */
    ZP_EXPR_NEGATE,
    ZP_EXPR_NOT
} zp_expr_kind;

typedef enum {
    ZP_OP_NONE,
    ZP_OP_ADD,
    ZP_OP_SUB,
    ZP_OP_MUL,
    ZP_OP_DIV,
    ZP_OP_EQ,
    ZP_OP_NE,
    ZP_OP_LT,
    ZP_OP_LE,
    ZP_OP_GT,
    ZP_OP_GE,
    ZP_OP_AND,
    ZP_OP_OR,
} zp_op;

typedef struct zp_function zp_function; /* function.h */
typedef struct zp_expr zp_expr;

struct zp_expr {
    zp_expr_kind kind;
    zp_op op;                /* LOGIC, COMPARE: its own */
    zp_op join;              /* in a CHAIN: how it goes with those before it */
    const zp_number *number; /* NUMBER, in the basic unit */
    zp_unit unit;
    bool truth;
    zp_str text;         /* TEXT; NAME as written */
    const zp_str *parts; /* NAME: between the dots, without 「」 */
    size_t part_count;
    const zp_function *function; /* CALL */
    const zp_expr *where;        /* CALL: the condition, or NULL */
    const zp_expr *by, *key;     /* CALL: by NAME = key, or NULL */
    size_t index;                /* of all nodes of the formula: where its memo is kept */
    zp_expr *first, *last, *next;
    size_t count; /* of operands, from `first` on */
};

struct zp_formula {
    zp_str text;
    zp_span span; /* of the declaration that holds it */
    const zp_expr *root;
    size_t nodes;
};

#endif

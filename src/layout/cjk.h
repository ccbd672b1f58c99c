/* cjk.h: the classes of Chinese line layout and the rules between two of them.
 *
 * After W3C CLREQ (Requirements for Chinese Text Layout) §3 and GB/T 15834-2011 §5.1. Everything
 * here is a table or a pure function of code points and classes; widths are in half ems so that the
 * rules hold at every size.
 */
#ifndef ZP_CJK_H
#define ZP_CJK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "doc/template.h"

typedef enum {
    ZP_CJK_HAN, /* ideographs and all that is full-width and in no other class */
    ZP_CJK_OP,  /* opening marks “（《: blank in their left half */
    ZP_CJK_CL,  /* closing marks ”）》: blank in their right half */
    ZP_CJK_PZ,  /* pauses ，、；：: blank on the right */
    ZP_CJK_ST,  /* stops 。？！: blank on the right */
    ZP_CJK_S2,  /* two or three stops as one: ？！ takes one em (GB/T 15834 5.1.2) */
    ZP_CJK_MD,  /* interpunct ·: half an em */
    ZP_CJK_HY,  /* connectors – — ～ */
    ZP_CJK_SL,  /* solidus ／: half an em */
    ZP_CJK_DS,  /* dash ——: two ems, never parted */
    ZP_CJK_EL,  /* ellipsis ……: two ems, never parted */
    ZP_CJK_W,   /* a Latin word or a number with its signs: never parted */
    ZP_CJK_SP,  /* a space the author typed */
    ZP_CJK_PR,  /* stands before a number: ￥ № § */
    ZP_CJK_PO,  /* stands after a number: ％ ‰ ℃ */
    ZP_CJK_FN,  /* reference to a note */
    ZP_CJK_COUNT
} zp_cjk_class;

/* A piece of text that is set as a whole: code points first to first + count of the paragraph. */
typedef struct {
    uint32_t first, count;
    uint8_t class; /* zp_cjk_class */
} zp_cjk_token;

/* Cuts `codes` into tokens (at most `count`) and gives how many. Spaces beside Han and beside a
 * digit or letter at once, which are the Han–Latin gap, make no token; their code points belong to
 * none. Quotation marks are Chinese or Latin by what stands beside them (a Latin one is PR or PO).
 * FN is never found here: it is markup that makes a reference. */
size_t zp_cjk_cut(const uint32_t *codes, size_t count, zp_cjk_token *tokens);

/* The class of a character that stands alone; W for letters and digits. */
zp_cjk_class zp_cjk_class_of(uint32_t code);

bool zp_cjk_may_break(zp_cjk_class left, zp_cjk_class right, zp_kinsoku kinsoku);

/* Half an em is taken out between two adjacent marks: who spends its blank half. */
typedef enum { ZP_KERN_NONE, ZP_KERN_LEFT, ZP_KERN_RIGHT } zp_cjk_giver;
zp_cjk_giver zp_cjk_kern(zp_cjk_class left, zp_cjk_class right);

/* Blank halves of a mark that may be trimmed or squeezed. */
bool zp_cjk_blank_left(zp_cjk_class class);
bool zp_cjk_blank_right(zp_cjk_class class);

/* A combining mark, variation selector or joiner: stays with what precedes it and takes no room. */
bool zp_cjk_joins(uint32_t code);

/* A letter or digit of Latin, Greek, Cyrillic …: what the Han–Latin gap stands beside. */
bool zp_code_is_alnum(uint32_t code);

#endif

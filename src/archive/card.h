/* card.h: what a list of reports says of one: title, unit, date and the like.
 *
 * It is read from report.json, so from the bag alone; and kept in the cache, so that a list of ten
 * thousand needs not read them all.
 */
#ifndef ZP_CARD_H
#define ZP_CARD_H

#include "data/value.h"

/* X(field, path in report.json) */
#define ZP_CARD_FIELDS(X)                                                                          \
    X(title, "title")                                                                              \
    X(department, "department")                                                                    \
    X(code, "department.code")                                                                     \
    X(date, "date")                                                                                \
    X(secrecy, "secrecy")                                                                          \
    X(score, "score")                                                                              \
    X(grade, "grade")                                                                              \
    X(fonds, "record.fonds") /* of its 档号 (record.h), where it says so itself */               \
    X(category, "record.category")                                                                 \
    X(retention, "record.retention")                                                               \
    X(section, "record.section")                                                                   \
    X(item, "record.item")                                                                         \
    X(template, "archive.template")                                                                \
    X(pages, "archive.pages")       /* of our PDF */                                               \
    X(original, "archive.original") /* the 正本, within the report's folder */                   \
    X(bytes, "archive.bytes")       /* of all files of the report but report.json itself */        \
    X(files, "archive.files")       /* how many they are */

/* Texts; what is not known is empty. */
typedef struct {
#define X(field, path) zp_str field;
    ZP_CARD_FIELDS(X)
#undef X
} zp_card;

/* Of a report's metadata, which its report.json begins with. */
zp_card zp_card_of(const zp_value *meta);

/* Of the bytes of a report.json; all empty when they are none. */
zp_card zp_card_read(zp_arena *arena, zp_str json);

#endif

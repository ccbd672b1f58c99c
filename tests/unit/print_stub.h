/* print_stub.h: printing for tests of expansion, until printing.c is there: text as it stands, and
 * the filter 括 puts it in brackets. */
#ifndef PRINT_STUB_H
#define PRINT_STUB_H

#include "data/printing.h"

zp_str zp_print_value(zp_arena *arena, const zp_value *value)
{
    (void)arena;
    if (value->kind == ZP_VALUE_NULL && value->rule)
        return zp_value_text(zp_value_find(value->rule, ZP_STR("blank")));
    return value->text;
}

bool zp_print_filtered(zp_arena *arena, const zp_value *value, zp_str filters, zp_span place,
                       zp_diag *diag, zp_str *printed)
{
    if (!zp_str_eq(filters, ZP_STR("括"))) {
        zp_diag_add(diag, ZP_ERROR, "unknown-filter", place, NULL, "没有“%.*s”", ZP_ARG(filters));
        return false;
    }
    *printed = zp_str_format(arena, "（%.*s）", ZP_ARG(value->text));
    return true;
}

#endif

/* card.c: the bytes of a report.json in, the few texts that lists show out. */
#include "archive/card.h"

#include "data/json.h"

static zp_str text_at(const zp_value *map, const char *path)
{
    return zp_value_text(zp_value_path(map, zp_str_from(path)));
}

zp_card zp_card_of(const zp_value *meta)
{
    zp_card card = {0};
#define X(field, path) card.field = text_at(meta, path);
    ZP_CARD_FIELDS(X)
#undef X
    if (card.department.n == 0)
        card.department = text_at(meta, "department.name");
    return card;
}

zp_card zp_card_read(zp_arena *arena, zp_str json)
{
    const zp_value *report = zp_json_read(arena, json);
    return report ? zp_card_of(report) : (zp_card){0};
}

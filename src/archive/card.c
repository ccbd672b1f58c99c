/* card.c: the bytes of a report.json in, the few texts that lists show out. */
#include "archive/card.h"

#include "base/diag.h"
#include "data/yaml.h"

static zp_str text_at(const zp_value *map, const char *path)
{
    return zp_value_text(zp_value_path(map, zp_str_from(path)));
}

zp_card zp_card_read(zp_arena *arena, zp_str json)
{
    zp_card card = {0};
    const zp_source *source = zp_source_new(arena, ZP_STR("report.json"), json);
    const zp_value *map =
        zp_yaml_read_any(arena, zp_span_of(source, 0, source->text.n), zp_diag_new(arena));
    if (!map || map->kind != ZP_VALUE_MAP)
        return card;
#define X(field, path) card.field = text_at(map, path);
    ZP_CARD_FIELDS(X)
#undef X
    if (card.department.n == 0)
        card.department = text_at(map, "department.name");
    return card;
}

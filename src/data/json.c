/* json.c: bytes of JSON in, values out. json-c parses and allocates for itself; what it made is
 * copied to the arena and released. A number with a point keeps its text there, and in strict mode
 * a whole number that does not fit is an error, so no figure changes.
 */
#include "data/json.h"

#include <json-c/json.h>
#include <limits.h>
#include "data/yaml.h"

static zp_str text_of(zp_arena *arena, json_object *from)
{
    size_t n = (size_t)json_object_get_string_len(from);
    if (json_object_is_type(from, json_type_string))
        return zp_str_copy(arena, (zp_str){json_object_get_string(from), n});
    return zp_str_copy(arena, zp_str_from(json_object_get_string(from)));
}

/* As deep as the parser went, which bounds it. */
static zp_value *convert(zp_arena *arena, json_object *from)
{
    zp_value *value = zp_value_new(arena, ZP_VALUE_TEXT, (zp_span){0});
    switch (json_object_get_type(from)) {
    case json_type_null:
        value->kind = ZP_VALUE_NULL;
        return value;
    case json_type_array:
        value->kind = ZP_VALUE_LIST;
        for (size_t i = 0; i < json_object_array_length(from); i++)
            zp_value_append(value, convert(arena, json_object_array_get_idx(from, i)));
        return value;
    case json_type_object:
        value->kind = ZP_VALUE_MAP;
        json_object_object_foreach(from, key, member)
        {
            zp_value *entry = convert(arena, member);
            entry->key = zp_str_copy(arena, zp_str_from(key));
            zp_value_append(value, entry);
        }
        return value;
    case json_type_string:
        value->quoted = true;
        break;
    case json_type_boolean:
    case json_type_double:
    case json_type_int:
        break;
    }
    value->text = text_of(arena, from);
    return value;
}

static bool is_blank(zp_str text)
{
    return zp_str_trim(text).n == 0;
}

zp_value *zp_json_read(zp_arena *arena, zp_str json)
{
    struct json_tokener *parser = json.n <= INT_MAX ? json_tokener_new_ex(ZP_YAML_DEPTH) : NULL;
    if (!parser)
        return NULL;
    json_tokener_set_flags(parser, JSON_TOKENER_STRICT | JSON_TOKENER_ALLOW_TRAILING_CHARS |
                                       JSON_TOKENER_VALIDATE_UTF8);
    json_object *parsed = json_tokener_parse_ex(parser, json.p, (int)json.n);
    size_t end = json_tokener_get_parse_end(parser);
    bool good =
        json_object_is_type(parsed, json_type_object) && is_blank(zp_str_slice(json, end, json.n));
    zp_value *value = good ? convert(arena, parsed) : NULL;
    json_object_put(parsed);
    json_tokener_free(parser);
    return value;
}

/* json.c: bytes of JSON in, values out. json-c parses and allocates for itself; what it made is
 * copied to the arena and released. A number with a point keeps its text there; a whole number that
 * does not fit becomes the last that does, so that one is refused.
 */
#include "data/json.h"

#include <json-c/json.h>
#include <limits.h>
#include "data/yaml.h"

typedef struct {
    zp_arena *arena;
    bool good;
} reader;

static bool fits(json_object *whole)
{
    return json_object_get_uint64(whole) != UINT64_MAX && json_object_get_int64(whole) != INT64_MIN;
}

static zp_str text_of(zp_arena *arena, json_object *from)
{
    const char *text = json_object_get_string(from);
    bool string = json_object_is_type(from, json_type_string);
    size_t n = string ? (size_t)json_object_get_string_len(from) : zp_str_from(text).n;
    return zp_str_copy(arena, (zp_str){text, n});
}

/* As deep as the parser went, which bounds it. */
static zp_value *convert(reader *r, json_object *from)
{
    zp_value *value = zp_value_new(r->arena, ZP_VALUE_TEXT, (zp_span){0});
    switch (json_object_get_type(from)) {
    case json_type_null:
        value->kind = ZP_VALUE_NULL;
        return value;
    case json_type_array:
        value->kind = ZP_VALUE_LIST;
        for (size_t i = 0; i < json_object_array_length(from); i++)
            zp_value_append(value, convert(r, json_object_array_get_idx(from, i)));
        return value;
    case json_type_object:
        value->kind = ZP_VALUE_MAP;
        json_object_object_foreach(from, key, member)
        {
            zp_value *entry = convert(r, member);
            entry->key = zp_str_copy(r->arena, zp_str_from(key));
            zp_value_append(value, entry);
        }
        return value;
    case json_type_string:
        value->quoted = true;
        break;
    case json_type_int:
        r->good = r->good && fits(from);
        break;
    case json_type_boolean:
    case json_type_double:
        break;
    }
    value->text = text_of(r->arena, from);
    return value;
}

zp_value *zp_json_read(zp_arena *arena, zp_str json)
{
    struct json_tokener *parser = json.n <= INT_MAX ? json_tokener_new_ex(ZP_YAML_DEPTH) : NULL;
    if (!parser)
        return NULL;
    json_tokener_set_flags(parser, JSON_TOKENER_STRICT | JSON_TOKENER_ALLOW_TRAILING_CHARS |
                                       JSON_TOKENER_VALIDATE_UTF8);
    json_object *parsed = json_tokener_parse_ex(parser, json.p, (int)json.n);
    zp_str rest = zp_str_slice(json, json_tokener_get_parse_end(parser), json.n);
    reader r = {arena, json_object_is_type(parsed, json_type_object) && zp_str_trim(rest).n == 0};
    zp_value *value = r.good ? convert(&r, parsed) : NULL;
    json_object_put(parsed);
    json_tokener_free(parser);
    return r.good ? value : NULL;
}

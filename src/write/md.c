/* md.c: an expanded report as text. Values are printed as JSON, which YAML reads. */
#include "write/md.h"

#include "base/json.h"
#include "data/schema.h"
#include "write/json.h"

/* A key as it is when it is a plain word, else quoted. */
static void add_key(zp_str key, zp_buf *out)
{
    bool plain = key.n > 0;
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        plain = plain && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c < 0 || c == '_');
    }
    if (plain)
        zp_buf_add(out, key);
    else
        zp_json_string(out, key);
    zp_buf_lit(out, ": ");
}

static void add_entry(zp_str key, const zp_value *value, zp_buf *out)
{
    add_key(key, out);
    zp_json_value(value, out);
    zp_buf_byte(out, '\n');
}

/* Whether the front matter has the entry `key` of the data, under any of its names, dotted ones
 * (单位.名称) too. */
static bool is_in_front(const zp_report *report, zp_str key)
{
    const zp_value *schema = report->template->content.schema;
    for (const zp_value *entry = report->front->map->first; entry; entry = entry->next) {
        const zp_value *rule = zp_schema_find(schema, entry->key);
        if (zp_str_eq(rule ? rule->key : entry->key, key))
            return true;
    }
    return false;
}

/* What the schema knows and only data files, the command line or a row give; no lists, which the
 * body holds by now, and nothing computed. */
static bool is_wanted(const zp_report *report, const zp_value *entry)
{
    const zp_value *schema = report->template->content.schema;
    return (entry->kind == ZP_VALUE_TEXT || entry->kind == ZP_VALUE_MAP) &&
           !zp_value_find(entry->rule, ZP_STR("formula")) && zp_schema_find(schema, entry->key) &&
           !zp_str_eq(entry->key, ZP_STR("data")) && !is_in_front(report, entry->key);
}

void zp_md_write(const zp_report *report, zp_buf *out)
{
    zp_value_index data = zp_value_index_make(out->arena, report->meta);
    zp_buf_lit(out, "---\n");
    for (const zp_value *entry = report->front->map->first; entry; entry = entry->next) {
        const zp_value *value = zp_value_index_find(&data, entry->key);
        if (!value)
            value = zp_schema_lookup(report->meta, entry->key);
        if (value && !zp_str_eq(value->key, ZP_STR("data")))
            add_entry(entry->key, value, out);
    }
    for (const zp_value *entry = report->meta->first; entry; entry = entry->next)
        if (is_wanted(report, entry))
            add_entry(entry->key, entry, out);
    zp_buf_lit(out, "---\n");
    zp_span body = report->body;
    zp_buf_add(out, zp_str_slice(body.source->text, body.start, body.end));
}

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

void zp_md_write(const zp_report *report, zp_buf *out)
{
    const zp_value *front = report->front->map;
    if (front->count > 0)
        zp_buf_lit(out, "---\n");
    for (const zp_value *entry = front->first; entry; entry = entry->next) {
        const zp_value *value = zp_schema_lookup(report->meta, entry->key);
        if (value && zp_str_eq(value->key, ZP_STR("data")))
            continue;
        add_key(entry->key, out);
        zp_json_value(value ? value : entry, out);
        zp_buf_byte(out, '\n');
    }
    if (front->count > 0)
        zp_buf_lit(out, "---\n");
    zp_span body = report->body;
    zp_buf_add(out, zp_str_slice(body.source->text, body.start, body.end));
}

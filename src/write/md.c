/* md.c: an expanded report as text. Values are printed as JSON, which YAML reads. */
#include "write/md.h"

#include "base/json.h"
#include "data/schema.h"
#include "write/json.h"

void zp_md_write(const zp_report *report, zp_buf *out)
{
    const zp_value *front = report->front->map;
    if (front->count > 0)
        zp_buf_lit(out, "---\n");
    for (const zp_value *entry = front->first; entry; entry = entry->next) {
        const zp_value *value = zp_schema_lookup(report->meta, entry->key);
        if (value && zp_str_eq(value->key, ZP_STR("data")))
            continue;
        zp_json_string(out, entry->key);
        zp_buf_lit(out, ": ");
        zp_json_value(value ? value : entry, out);
        zp_buf_byte(out, '\n');
    }
    if (front->count > 0)
        zp_buf_lit(out, "---\n");
    zp_span body = report->body;
    zp_buf_add(out, zp_str_slice(body.source->text, body.start, body.end));
}

/* json.c: a value tree and messages as JSON text.
 *
 * Values come from YAML, forms and rows, whose depth is bounded, so the walk may recurse.
 */
#include "write/json.h"

#include "base/json.h"

/* Whether `text` is a number as JSON writes it: no plus sign, no leading zeros, digits around the
 * point. */
static bool is_number(zp_str text)
{
    size_t at = zp_str_starts(text, ZP_STR("-")) ? 1 : 0, first = at;
    while (at < text.n && text.p[at] >= '0' && text.p[at] <= '9')
        at++;
    if (at == first || (text.p[first] == '0' && at - first > 1))
        return false;
    if (at < text.n && text.p[at] == '.') {
        size_t point = at++;
        while (at < text.n && text.p[at] >= '0' && text.p[at] <= '9')
            at++;
        if (at == point + 1)
            return false;
    }
    return at == text.n;
}

static void add_text(const zp_value *value, zp_buf *out)
{
    zp_str text = value->text;
    bool bare = !value->quoted && (is_number(text) || zp_str_eq(text, ZP_STR("true")) ||
                                   zp_str_eq(text, ZP_STR("false")));
    if (bare)
        zp_buf_add(out, text);
    else
        zp_json_string(out, text);
}

void zp_json_value(const zp_value *value, zp_buf *out)
{
    if (value->kind == ZP_VALUE_NULL) {
        zp_buf_lit(out, "null");
    } else if (value->kind == ZP_VALUE_TEXT) {
        add_text(value, out);
    } else {
        bool map = value->kind == ZP_VALUE_MAP;
        zp_buf_byte(out, map ? '{' : '[');
        for (const zp_value *entry = value->first; entry; entry = entry->next) {
            if (map) {
                zp_json_string(out, entry->key);
                zp_buf_lit(out, ": ");
            }
            zp_json_value(entry, out);
            if (entry->next)
                zp_buf_lit(out, ", ");
        }
        zp_buf_byte(out, map ? '}' : ']');
    }
}

static void add_member(zp_str key, const zp_value *value, zp_buf *out)
{
    zp_buf_lit(out, "  ");
    zp_json_string(out, key);
    zp_buf_lit(out, ": ");
    zp_json_value(value, out);
    zp_buf_lit(out, ",\n");
}

/* The messages, one object a line as diag prints them, with commas between. */
static void add_findings(zp_arena *arena, const zp_diag *diag, zp_buf *out)
{
    zp_buf lines = {.arena = arena};
    zp_diag_write_json(diag, &lines);
    zp_buf_lit(out, "  \"findings\": [");
    for (size_t at = 0; at < lines.n;) {
        zp_str text = zp_buf_str(&lines);
        size_t end = zp_str_find(text, ZP_STR("\n"), at);
        zp_buf_lit(out, "\n    ");
        zp_buf_add(out, zp_str_slice(text, at, end));
        at = end + 1;
        if (at < lines.n)
            zp_buf_byte(out, ',');
    }
    zp_buf_lit(out, "]\n");
}

void zp_json_write(zp_arena *arena, const zp_report *report, const zp_diag *diag, zp_buf *out)
{
    const zp_figures *figures = report->template->content.figures;
    zp_buf_lit(out, "{\n");
    for (const zp_value *entry = report->meta->first; entry; entry = entry->next)
        if (!zp_str_eq(entry->key, ZP_STR("data")) && !zp_str_eq(entry->key, ZP_STR("内部")))
            add_member(entry->key, entry, out);
    add_member(ZP_STR("figures"), zp_figures_list(arena, figures, report->meta), out);
    add_findings(arena, diag, out);
    zp_buf_lit(out, "}\n");
}

/* json.c: a value tree and messages as JSON text.
 *
 * Values come from YAML, forms and rows, whose depth is bounded, so the walk may recurse.
 */
#include "write/json.h"

#include "base/json.h"
#include "data/amount.h"
#include "write/chapters.h"

/* Digits of a whole number that every reader of JSON keeps (RFC 8259, 6): below 2^53. Account
 * numbers have more. */
enum { WHOLE_DIGITS = 15 };

/* Whether `text` is a number as JSON writes it: no plus sign, no leading zeros, digits around the
 * point. */
static bool is_number(zp_str text)
{
    size_t at = zp_str_starts(text, ZP_STR("-")) ? 1 : 0, first = at;
    while (at < text.n && text.p[at] >= '0' && text.p[at] <= '9')
        at++;
    size_t digits = at - first;
    if (digits == 0 || digits > WHOLE_DIGITS || (text.p[first] == '0' && digits > 1))
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

/* `digits` with the unit of money, or the sign of a percentage. */
static zp_str with_unit(zp_arena *arena, zp_str digits, zp_unit unit)
{
    bool said = unit.kind == ZP_UNIT_MONEY || (unit.kind == ZP_UNIT_RATE && unit.power != 0);
    return said ? zp_str_format(arena, "%.*s%.*s", ZP_ARG(digits), ZP_ARG(unit.name)) : digits;
}

/* A figure whose unit is not in its text but its column's, its rule's or its cell's; or whose cell
 * holds more than it shows. Other texts as they are. */
static zp_str text_of(zp_arena *arena, const zp_value *value)
{
    zp_amount amount = zp_amount_of(arena, value);
    zp_amount bare = zp_amount_read(arena, value->text, ZP_STR(""));
    bool more = value->number == NULL && zp_number_read(arena, value->stored) != NULL;
    if (value->quoted || amount.kind != ZP_AMOUNT_NUMBER)
        return value->text;
    if (more && zp_str_eq(value->unit, ZP_STR("1"))) /* shown in %, stored as the ratio */
        zp_unit_find(ZP_STR("%"), &amount.unit);
    if (more && amount.relation == ZP_RELATION_NONE)
        return with_unit(
            arena,
            zp_number_plain(arena, zp_number_scale(arena, amount.number, -amount.unit.power)),
            amount.unit);
    char last = value->text.n > 0 ? value->text.p[value->text.n - 1] : 'x'; /* of 95以上 */
    return bare.unit.kind == ZP_UNIT_NONE && last >= '0' && last <= '9'
               ? with_unit(arena, value->text, amount.unit)
               : value->text;
}

static void add_text(const zp_value *value, zp_buf *out)
{
    zp_str text = text_of(out->arena, value);
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
static void add_findings(zp_arena *arena, const zp_diag *diag, const zp_diag *findings, zp_buf *out)
{
    zp_buf lines = {.arena = arena};
    zp_diag_write_json(diag, &lines);
    zp_diag_write_json(findings, &lines);
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

/* Names of the file's own, or of how this report was made. */
static bool is_ours(zp_str key)
{
    static const char *const names[] = {"data",     "内部",     "figures",
                                        "chapters", "findings", "archive"};
    bool found = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        found = found || zp_str_eq(key, zp_str_from(names[i]));
    return found;
}

void zp_json_write(zp_arena *arena, const zp_report *report, const zp_diag *diag,
                   const zp_diag *findings, zp_buf *out)
{
    const zp_figures *figures = report->template->content.figures;
    zp_buf_lit(out, "{\n");
    for (const zp_value *entry = report->meta->first; entry; entry = entry->next)
        if (!is_ours(entry->key))
            add_member(entry->key, entry, out);
    add_member(ZP_STR("figures"), zp_figures_list(arena, figures, report->meta), out);
    zp_buf_lit(out, "  \"chapters\": ");
    zp_chapters_write(arena, report, out);
    zp_buf_lit(out, ",\n");
    add_findings(arena, diag, findings, out);
    zp_buf_lit(out, "}\n");
}

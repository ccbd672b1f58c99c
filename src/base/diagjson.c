/* diagjson.c: messages as JSON for a program, one object a line. */
#include "base/json.h"
#include "base/listing.h"

static void add_json_string(zp_buf *out, const char *key, zp_str s)
{
    zp_json_key(out, key);
    zp_json_string(out, s);
}

static zp_str json_word_for(zp_severity severity)
{
    switch (severity) {
    case ZP_HINT:
        return ZP_STR("hint");
    case ZP_WARNING:
        return ZP_STR("warning");
    case ZP_FLAW:
    case ZP_ERROR:
        break;
    }
    return ZP_STR("error");
}

static void add_numbers(zp_buf *out, const zp_listed_place *at)
{
    zp_buf_format(out, ",\"line\":%zu,\"column\":%zu,\"end_line\":%zu,\"end_column\":%zu",
                  at->start.line, at->start.column, at->end.line, at->end.column);
}

/* "paragraph":12, "table":2 and the like, of a document in which lines do not count. */
static void add_line(zp_buf *out, const zp_listed_place *at)
{
    static const char *const keys[] = {
        [ZP_LINE_PARAGRAPH] = "paragraph", [ZP_LINE_ROW] = "table",
        [ZP_LINE_NOTE] = "note",           [ZP_LINE_BOX] = "box",
        [ZP_LINE_PAGE] = "pdf_page",
    };
    zp_line_place line = zp_listed_line(at);
    if (line.kind != ZP_LINE_TEXT)
        zp_buf_format(out, ",\"%s\":%u", keys[line.kind], (unsigned)line.number);
}

static void add_json_place(zp_buf *out, const zp_listed_place *at)
{
    const zp_source *source = at->span.source;
    add_json_string(out, "file", source->name);
    if (source->sheet.n)
        add_json_string(out, "sheet", source->sheet);
    add_line(out, at);
    if (zp_listed_has_cell(at)) {
        zp_buf_lit(out, ",\"cell\":\"");
        zp_listed_cell(at, out);
        zp_buf_lit(out, "\"");
    } else if (at->start.line && zp_listed_line(at).kind == ZP_LINE_TEXT) {
        add_numbers(out, at);
    }
}

static void add_places(zp_buf *out, const zp_listed *r)
{
    bool begun = false;
    for (size_t i = 0; i < r->message->other_count; i++) {
        if (!r->others[i].span.source)
            continue;
        zp_buf_add(out, begun ? ZP_STR(",{") : ZP_STR(",\"places\":[{"));
        add_json_place(out, &r->others[i]);
        zp_buf_byte(out, '}');
        begun = true;
    }
    if (begun)
        zp_buf_byte(out, ']');
}

static void add_if_any(zp_buf *out, const char *key, zp_str text)
{
    if (text.n > 0)
        add_json_string(out, key, text);
}

static void add_json(zp_buf *out, zp_str about, const zp_listed *r)
{
    const zp_message *message = r->message;
    zp_buf_byte(out, '{');
    add_if_any(out, "report", about);
    add_json_string(out, "id", zp_str_from(message->id));
    add_json_string(out, "severity", json_word_for(message->severity));
    add_json_string(out, "message", message->message);
    if (r->at.span.source)
        add_json_place(out, &r->at);
    add_if_any(out, "place", message->place);
    if (message->page > 0)
        zp_buf_format(out, ",\"page\":%zu", message->page);
    add_if_any(out, "excerpt", message->excerpt);
    add_if_any(out, "expected", message->expected);
    add_if_any(out, "found", message->found);
    add_if_any(out, "basis", message->basis);
    add_if_any(out, "hint", message->hint);
    if (message->repeats > 0)
        zp_buf_format(out, ",\"count\":%zu", message->repeats);
    add_if_any(out, "since", zp_str_from(message->since));
    add_places(out, r);
    zp_buf_lit(out, "}\n");
}

/* Says of one severity how many messages were not kept. */
static void add_json_rest(zp_buf *out, zp_str about, zp_severity severity, size_t dropped)
{
    zp_message rest = {.severity = severity,
                       .id = "more-messages",
                       .message = zp_str_format(out->arena, "还有 %zu 条没有列出", dropped)};
    add_json(out, about, &(zp_listed){.message = &rest});
}

void zp_diag_write_json(const zp_diag *diag, zp_buf *out)
{
    zp_str about = zp_diag_subject(diag);
    zp_listing t = zp_listing_make(out->arena, diag, 0);
    for (size_t i = 0; i < t.count; i++)
        add_json(out, about, &t.rows[i]);
    for (int s = ZP_ERROR; s >= ZP_HINT; s--)
        if (zp_diag_lost(diag, (zp_severity)s) > 0)
            add_json_rest(out, about, (zp_severity)s, zp_diag_lost(diag, (zp_severity)s));
}

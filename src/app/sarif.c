/* sarif.c: messages in, results of a SARIF log out. Numbers in comments are its sections. */
#include "app/sarif.h"

#include "base/json.h"
#include "base/listing.h"
#include "check/rule.h"

static void add_member(zp_buf *out, const char *key, zp_str text)
{
    if (text.n == 0)
        return;
    zp_json_key(out, key);
    zp_json_string(out, text);
}

static void add_number(zp_buf *out, const char *key, size_t number)
{
    if (number == 0)
        return;
    zp_json_key(out, key);
    zp_buf_uint(out, number);
}

static zp_str level_of(zp_severity severity)
{
    switch (severity) {
    case ZP_HINT:
        return ZP_STR("note");
    case ZP_WARNING:
        return ZP_STR("warning");
    case ZP_FLAW:
    case ZP_ERROR:
        break;
    }
    return ZP_STR("error");
}

/* --- Rules (3.49) ----------------------------------------------------------------------------- */

/* A multiformatMessageString. */
static void add_text(zp_buf *out, const char *key, zp_str text)
{
    zp_json_key(out, key);
    zp_buf_byte(out, '{');
    zp_buf_lit(out, "\"text\":");
    zp_json_string(out, text);
    zp_buf_byte(out, '}');
}

static void add_help(zp_buf *help, const char *label, const char *text)
{
    if (text)
        zp_buf_format(help, "\n%s：%s", label, text);
}

static void add_rule(zp_buf *out, const zp_rule *rule)
{
    zp_buf help = {.arena = out->arena};
    zp_buf_add(&help, zp_str_from(rule->about));
    add_help(&help, "依据", rule->basis);
    add_help(&help, "错误的例子", rule->wrong);
    add_help(&help, "正确的例子", rule->right);
    zp_buf_byte(out, '{');
    add_member(out, "id", zp_str_from(rule->id));
    add_text(out, "shortDescription", zp_str_from(rule->title));
    add_text(out, "fullDescription", zp_str_from(rule->about));
    add_text(out, "help", zp_buf_str(&help));
    zp_json_key(out, "defaultConfiguration");
    zp_buf_byte(out, '{');
    add_member(out, "level", level_of(rule->severity));
    zp_buf_lit(out, "}}");
}

void zp_sarif_begin(zp_buf *out)
{
    bool first = true;
    zp_buf_lit(out, "{\"version\":\"2.1.0\",\n"
                    "\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\n"
                    "\"runs\":[{\"tool\":{\"driver\":{\"name\":\"ziping\",\"version\":");
    zp_json_string(out, ZP_STR(ZIPING_VERSION));
    zp_buf_lit(out, ",\"language\":\"zh-CN\",\"rules\":[");
    for (size_t g = 0; zp_rule_groups[g] != NULL; g++)
        for (size_t i = 0; i < zp_rule_groups[g]->count; i++) {
            zp_buf_add(out, first ? ZP_STR("\n") : ZP_STR(",\n"));
            add_rule(out, &zp_rule_groups[g]->rules[i]);
            first = false;
        }
    zp_buf_lit(out, "]}},\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[\n");
}

void zp_sarif_end(zp_buf *out)
{
    zp_buf_lit(out, "\n]}]}\n");
}

/* --- Places (3.28) ---------------------------------------------------------------------------- */

/* A path as a URI reference (RFC 3986, 2.3): what is neither unreserved nor / is percent-encoded.
 */
static void add_uri(zp_buf *out, zp_str path)
{
    zp_buf uri = {.arena = out->arena};
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '/' || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            zp_buf_byte(&uri, (char)c);
        else
            zp_buf_format(&uri, "%%%02X", c);
    }
    add_member(out, "uri", zp_buf_str(&uri));
}

static void add_physical(zp_buf *out, const zp_listed_place *at)
{
    zp_buf_lit(out, "\"physicalLocation\":{\"artifactLocation\":{");
    add_uri(out, at->span.source->name);
    zp_buf_byte(out, '}');
    bool numbered = at->start.line > 0 && zp_listed_line(at).kind == ZP_LINE_TEXT;
    if (numbered && at->span.source->sheet.n == 0) {
        zp_json_key(out, "region");
        zp_buf_byte(out, '{');
        add_number(out, "startLine", at->start.line);
        add_number(out, "startColumn", at->start.column);
        add_number(out, "endLine", at->end.line);
        add_number(out, "endColumn", at->end.column);
        zp_buf_byte(out, '}');
    }
    zp_buf_byte(out, '}');
}

static void add_locations(zp_buf *out, const zp_listed *row)
{
    zp_str place = row->message->place;
    if (row->at.span.source == NULL)
        return;
    zp_json_key(out, "locations");
    zp_buf_lit(out, "[{");
    add_physical(out, &row->at);
    if (place.n > 0) {
        zp_json_key(out, "logicalLocations");
        zp_buf_lit(out, "[{");
        add_member(out, "fullyQualifiedName", place);
        zp_buf_lit(out, "}]");
    }
    zp_buf_lit(out, "}]");
}

static void add_related(zp_buf *out, const zp_listed *row)
{
    size_t count = 0;
    for (size_t i = 0; i < row->message->other_count; i++) {
        if (row->others[i].span.source == NULL)
            continue;
        if (count++ == 0)
            zp_json_key(out, "relatedLocations");
        zp_buf_format(out, "%s{\"id\":%zu,", count == 1 ? "[" : ",", count);
        add_physical(out, &row->others[i]);
        zp_buf_byte(out, '}');
    }
    if (count > 0)
        zp_buf_byte(out, ']');
}

/* --- Results (3.27) --------------------------------------------------------------------------- */

/* 预算!B7; of a Word document 第12段 or 表2 B3. */
static zp_str cell_of(zp_arena *arena, const zp_listed_place *at)
{
    zp_buf cell = {.arena = arena};
    if (at->span.source != NULL && at->span.source->sheet.n > 0 && at->start.line > 0) {
        zp_buf_format(&cell, "%.*s!", ZP_ARG(at->span.source->sheet));
        zp_listed_cell(at, &cell);
    }
    zp_listed_words(at, &cell);
    return zp_buf_str(&cell);
}

static void add_properties(zp_buf *out, zp_str report, const zp_listed *row)
{
    const zp_message *message = row->message;
    zp_json_key(out, "properties");
    zp_buf_byte(out, '{');
    add_member(out, "report", report);
    add_member(out, "excerpt", message->excerpt);
    add_member(out, "expected", message->expected);
    add_member(out, "found", message->found);
    add_member(out, "basis", message->basis);
    add_member(out, "hint", message->hint);
    add_member(out, "cell", cell_of(out->arena, &row->at));
    add_number(out, "page", message->page);
    add_number(out, "count", message->repeats);
    zp_buf_byte(out, '}');
}

/* Where a rule stands in the run's list; false when it is none of them. */
static bool index_of(zp_str id, size_t *index)
{
    *index = 0;
    for (size_t g = 0; zp_rule_groups[g] != NULL; g++)
        for (size_t i = 0; i < zp_rule_groups[g]->count; i++, ++*index)
            if (zp_str_eq(id, zp_str_from(zp_rule_groups[g]->rules[i].id)))
                return true;
    return false;
}

static void add_result(zp_buf *out, zp_str report, const zp_listed *row)
{
    const zp_message *message = row->message;
    size_t index;
    zp_buf_byte(out, '{');
    add_member(out, "ruleId", zp_str_from(message->id));
    if (index_of(zp_str_from(message->id), &index))
        zp_buf_format(out, ",\"ruleIndex\":%zu", index);
    add_member(out, "level", level_of(message->severity));
    add_text(out, "message", message->message);
    add_locations(out, row);
    add_related(out, row);
    add_properties(out, report, row);
    zp_buf_byte(out, '}');
}

/* What is not kept is counted, not told. */
static void add_rest(const zp_diag *diag, zp_buf *out, size_t count)
{
    size_t left = 0;
    for (int s = ZP_HINT; s <= ZP_ERROR; s++)
        left += zp_diag_lost(diag, (zp_severity)s);
    const zp_message rest = {
        .severity = ZP_HINT,
        .id = "more-messages",
        .message = zp_str_format(out->arena, "还有 %zu 条没有列出", left),
    };
    if (left == 0)
        return;
    if (count > 0)
        zp_buf_lit(out, ",\n");
    add_result(out, zp_diag_subject(diag), &(zp_listed){.message = &rest});
}

void zp_sarif_results(const zp_diag *diag, zp_buf *out)
{
    zp_listing listing = zp_listing_make(out->arena, diag, 0);
    for (size_t i = 0; i < listing.count; i++) {
        if (i > 0)
            zp_buf_lit(out, ",\n");
        add_result(out, zp_diag_subject(diag), &listing.rows[i]);
    }
    add_rest(diag, out, listing.count);
}

/* round.c: an earlier check's JSON lines and a new diag in; marks, and what is gone, out.
 */
#include "app/round.h"

#include "app/status.h"
#include "base/files.h"
#include "base/json.h"
#include "base/listing.h"
#include "base/utf8.h"
#include "check/likeness.h"
#include "data/json.h"

enum { FILE_MOST = 256 << 20 };

/* ---- findings ---- */

static zp_str severity_word(zp_severity severity)
{
    if (severity == ZP_HINT)
        return ZP_STR("hint");
    return severity == ZP_WARNING ? ZP_STR("warning") : ZP_STR("error");
}

/* 自评表.xlsx[表!B4], without the folders, which are another's in the next round. */
static zp_str short_place(zp_arena *arena, zp_span span)
{
    zp_str place = zp_diag_place(arena, span), name = span.source ? span.source->name : place;
    size_t folder = name.n - zp_path_base(name).n;
    return zp_str_starts(place, name) ? zp_str_slice(place, folder, place.n) : place;
}

/* The cell's text, of a finding in a sheet. */
static zp_str cell_text(zp_span span)
{
    bool cell = span.source && span.source->sheet.n > 0;
    return cell ? zp_str_slice(span.source->text, span.start, span.end) : (zp_str){0};
}

static zp_finding finding_of(zp_arena *arena, const zp_listed *row)
{
    const zp_message *m = row->message;
    bool placed = row->at.span.source != NULL;
    zp_str place = m->place.n > 0 ? m->place : short_place(arena, row->at.span);
    zp_str excerpt = m->excerpt.n > 0 ? m->excerpt : cell_text(row->at.span);
    return (zp_finding){.id = zp_str_copy(arena, zp_str_from(m->id)),
                        .file =
                            placed ? zp_str_copy(arena, row->at.span.source->name) : (zp_str){0},
                        .severity = severity_word(m->severity),
                        .message = zp_str_copy(arena, m->message),
                        .place = zp_str_copy(arena, place),
                        .excerpt = zp_str_copy(arena, excerpt),
                        .expected = zp_str_copy(arena, m->expected),
                        .basis = zp_str_copy(arena, m->basis),
                        .hint = zp_str_copy(arena, m->hint),
                        .line = row->at.start.line,
                        .since = m->since};
}

zp_findings zp_findings_of(zp_arena *arena, const zp_diag *diag)
{
    zp_listing listing = zp_listing_make(arena, diag, 0);
    zp_findings found = {zp_new_array(arena, zp_finding, listing.count), listing.count};
    for (size_t i = 0; i < listing.count; i++)
        found.all[i] = finding_of(arena, &listing.rows[i]);
    return found;
}

/* ---- the earlier check ---- */

static zp_str text_of(const zp_value *object, const char *key)
{
    const zp_value *value = zp_value_find(object, zp_str_from(key));
    return value && value->kind == ZP_VALUE_TEXT ? value->text : (zp_str){0};
}

/* Of a cell as short_place has it. */
static zp_str earlier_place(zp_arena *arena, const zp_value *object)
{
    zp_str place = text_of(object, "place"), cell = text_of(object, "cell");
    zp_str sheet = text_of(object, "sheet"), file = zp_path_base(text_of(object, "file"));
    if (place.n == 0 && sheet.n > 0 && cell.n > 0)
        return zp_str_format(arena, "%.*s[%.*s!%.*s]", ZP_ARG(file), ZP_ARG(sheet), ZP_ARG(cell));
    return place;
}

static zp_finding earlier_finding(zp_arena *arena, const zp_value *object)
{
    int64_t line = 0;
    const zp_value *number = zp_value_find(object, ZP_STR("line"));
    if (number)
        zp_value_int(number, 0, INT32_MAX, &line);
    return (zp_finding){.id = text_of(object, "id"),
                        .file = text_of(object, "file"),
                        .severity = text_of(object, "severity"),
                        .message = text_of(object, "message"),
                        .place = earlier_place(arena, object),
                        .excerpt = text_of(object, "excerpt"),
                        .expected = text_of(object, "expected"),
                        .basis = text_of(object, "basis"),
                        .hint = text_of(object, "hint"),
                        .line = (size_t)line,
                        .since = "已改"};
}

/* Whether a check of that one report alone could find it again. */
static bool is_comparable(const zp_value *object)
{
    zp_str id = text_of(object, "id");
    return id.n > 0 && !zp_str_eq(text_of(object, "since"), ZP_STR("已改")) &&
           !zp_str_eq(id, ZP_STR("unchecked")) && !zp_str_eq(id, ZP_STR("more-messages")) &&
           !zp_str_eq(id, zp_str_from(zp_likeness_rules.rules[0].id));
}

static bool refuse(const char *path, zp_str why, zp_arena *arena)
{
    zp_str what = zp_str_format(arena, "上次的检查结果读不了：%.*s", ZP_ARG(why));
    zp_complain(zp_str_cstr(arena, what), path,
                "--since 后面写 ziping check --diagnostics json 上次写出的文件");
    return false;
}

static size_t count_lines(zp_str text)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    return lines;
}

bool zp_round_read(zp_arena *arena, const char *path, zp_findings *earlier)
{
    zp_str bytes, why;
    if (!zp_file_read(arena, path, FILE_MOST, &bytes, &why))
        return refuse(path, why, arena);
    zp_diag *unheard = zp_diag_new(arena);
    const zp_source *source = zp_source_read(arena, zp_str_from(path), bytes, NULL, unheard);
    if (!source)
        return refuse(path, ZP_STR("不是文字"), arena);
    earlier->all = zp_new_array(arena, zp_finding, count_lines(source->text));
    for (size_t start = 0; start < source->text.n;) {
        size_t end = zp_str_find(source->text, ZP_STR("\n"), start);
        zp_str line = zp_str_trim(zp_str_slice(source->text, start, end));
        const zp_value *object = NULL;
        if (line.n > 0 && line.p[0] == '{')
            object = zp_json_read(arena, line);
        if (line.n > 0 && !object)
            return refuse(path, ZP_STR("不是每行一条的 JSON"), arena);
        if (object && is_comparable(object))
            earlier->all[earlier->count++] = earlier_finding(arena, object);
        start = end + 1;
    }
    return true;
}

/* ---- whose findings they are ---- */

static bool is_report(zp_str file)
{
    static const char *const endings[] = {".md", ".markdown", ".txt", ".docx"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (zp_str_ends(file, zp_str_from(endings[i])))
            return true;
    return false;
}

static bool same_folder_name(zp_str a, zp_str b)
{
    return zp_str_eq(zp_path_base(zp_path_folder(a)), zp_path_base(zp_path_folder(b)));
}

/* Whether an earlier finding's file is the report or stands beside it. `exact`: the earlier check
 * knew the report by this very path. */
static bool belongs(zp_str old, zp_str file, bool exact)
{
    if (zp_str_eq(old, file))
        return true;
    if (is_report(old))
        return !exact && zp_str_eq(zp_path_base(old), zp_path_base(file)) &&
               same_folder_name(old, file);
    return exact ? zp_str_eq(zp_path_folder(old), zp_path_folder(file))
                 : same_folder_name(old, file);
}

static zp_findings earlier_of(zp_arena *arena, const zp_findings *earlier, zp_str file)
{
    bool exact = false;
    for (size_t i = 0; i < earlier->count && !exact; i++)
        exact = zp_str_eq(earlier->all[i].file, file);
    zp_findings own = {zp_new_array(arena, zp_finding, earlier->count), 0};
    for (size_t i = 0; i < earlier->count; i++)
        if (belongs(earlier->all[i].file, file, exact))
            own.all[own.count++] = earlier->all[i];
    return own;
}

/* ---- the same finding ---- */

/* Without white space and marks of omission, which depend on where the excerpt was cut. */
static zp_str normal(zp_arena *arena, zp_str text)
{
    zp_buf out = {.arena = arena};
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t code = zp_utf8_next(text, &at);
        if (code > ' ' && code != 0x3000 && code != 0x2026)
            zp_buf_add(&out, zp_str_slice(text, start, at));
    }
    return zp_buf_str(&out);
}

typedef enum { BOTH, TEXT, PLACE, MESSAGE, STEPS } step;

static bool is_same(step s, const zp_finding *a, const zp_finding *b)
{
    if (!zp_str_eq(a->id, b->id))
        return false;
    bool text = a->excerpt.n > 0 && zp_str_eq(a->excerpt, b->excerpt);
    bool place = a->place.n > 0 && zp_str_eq(a->place, b->place);
    bool message = zp_str_eq(a->message, b->message);
    bool wordless = a->excerpt.n == 0 || b->excerpt.n == 0; /* the JSON has none of a cell */
    switch (s) {
    case BOTH:
        return place && (text || (wordless && message));
    case TEXT:
        return text;
    case PLACE:
        return place;
    case MESSAGE:
    case STEPS:
        break;
    }
    return wordless && message;
}

static size_t apart(const zp_finding *a, const zp_finding *b)
{
    return a->line > b->line ? a->line - b->line : b->line - a->line;
}

/* The nearest of `old` that is the same as `finding` and still unmatched; old->count: none. */
static size_t nearest(const zp_findings *old, const bool *taken, step s, const zp_finding *finding)
{
    size_t best = old->count;
    for (size_t i = 0; i < old->count; i++)
        if (!taken[i] && is_same(s, &old->all[i], finding) &&
            (best == old->count || apart(&old->all[i], finding) < apart(&old->all[best], finding)))
            best = i;
    return best;
}

static void normalise(zp_arena *arena, zp_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        findings->all[i].excerpt = normal(arena, findings->all[i].excerpt);
}

/* Which of the old are found again, and which of the new are so. */
static void match(zp_arena *arena, zp_findings old, zp_findings found, bool *taken, bool *known)
{
    zp_findings a = {zp_new_array(arena, zp_finding, old.count), old.count};
    for (size_t i = 0; i < old.count; i++)
        a.all[i] = old.all[i];
    normalise(arena, &a);
    normalise(arena, &found);
    for (int s = BOTH; s < STEPS; s++)
        for (size_t i = 0; i < found.count; i++) {
            size_t at = known[i] ? a.count : nearest(&a, taken, (step)s, &found.all[i]);
            if (at == a.count)
                continue;
            taken[at] = known[i] = true;
        }
}

zp_findings zp_round_match(zp_arena *arena, const zp_findings *earlier, zp_str file, zp_diag *diag)
{
    zp_findings old = earlier_of(arena, earlier, file);
    zp_listing listing = zp_listing_make(arena, diag, 0);
    bool *taken = zp_new_array(arena, bool, old.count);
    bool *known = zp_new_array(arena, bool, listing.count);
    match(arena, old, zp_findings_of(arena, diag), taken, known);
    size_t count;
    const zp_message *first = zp_diag_messages(diag, &count);
    for (size_t i = 0; i < listing.count; i++) {
        size_t index = (size_t)(listing.rows[i].message - first);
        zp_diag_message(diag, index)->since = known[i] ? "未改" : "新增";
    }
    zp_findings gone = {old.all, 0};
    for (size_t i = 0; i < old.count; i++)
        if (!taken[i])
            gone.all[gone.count++] = old.all[i];
    return gone;
}

/* ---- what is gone ---- */

static void add_member(zp_buf *out, const char *key, zp_str value)
{
    if (value.n == 0)
        return;
    zp_json_key(out, key);
    zp_json_string(out, value);
}

static void write_json(const zp_finding *f, zp_buf *out)
{
    zp_buf_byte(out, '{');
    add_member(out, "id", f->id);
    add_member(out, "severity", f->severity);
    add_member(out, "message", f->message);
    add_member(out, "file", f->file);
    add_member(out, "place", f->place);
    add_member(out, "excerpt", f->excerpt);
    add_member(out, "basis", f->basis);
    add_member(out, "since", zp_str_from(f->since));
    zp_buf_lit(out, "}\n");
}

void zp_round_write(const zp_findings *gone, bool json, zp_buf *out)
{
    for (size_t i = 0; i < gone->count; i++) {
        const zp_finding *f = &gone->all[i];
        if (json)
            write_json(f, out);
        else
            zp_buf_format(out, "%.*s: 已改: %.*s [%.*s]\n",
                          ZP_ARG(zp_utf8_clean(out->arena, f->file)),
                          ZP_ARG(zp_utf8_clean(out->arena, f->message)),
                          ZP_ARG(zp_utf8_clean(out->arena, f->id)));
    }
}

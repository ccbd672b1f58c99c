/* webpage.c: page.html and a report's values in, the page out.
 *
 * The style and the body are far longer than the page around them and are nobody's to look into.
 * So the page is expanded with one byte for each piece of markup, and the source map tells where
 * those bytes came to stand: there the text itself is put in, copied once.
 */
#include "write/webpage.h"

#include "base/hash.h"
#include "data/expand.h"
#include "write/letter.h"
#include "write/title.h"

/* Markup, and the byte of the marker source that stands for each. These do not touch, or their
 * pieces would be one. */
enum { STYLE, OUTLINE, LETTERHEAD, HEADING, BODY, MARKUPS };
static const char *const markup_names[MARKUPS] = {"style", "outline", "letterhead", "heading",
                                                  "body"};
#define MARKERS "s o l h b"

typedef struct {
    zp_arena *arena;
    const zp_report *report;
    const zp_source *markers;
    zp_buf markup[MARKUPS];
    zp_diag *diag;
} writer;

static bool is_markup(zp_str name)
{
    for (size_t i = 0; i < MARKUPS; i++)
        if (zp_str_eq(name, zp_str_from(markup_names[i])))
            return true;
    return false;
}

/* Whether the tag at `at` lets a value through unescaped that is no markup of ours, or makes such
 * tags look otherwise. */
static bool is_unsafe(zp_str page, size_t at)
{
    zp_str rest = zp_str_slice(page, at + 2, page.n);
    if (zp_str_starts(rest, ZP_STR("=")))
        return true;
    if (!zp_str_starts(rest, ZP_STR("{")) && !zp_str_starts(zp_str_trim(rest), ZP_STR("&")))
        return false;
    zp_str name = zp_str_slice(rest, 0, zp_str_find(rest, ZP_STR("}"), 0));
    name = zp_str_trim(name);
    return !is_markup(zp_str_trim(zp_str_slice(name, 1, name.n)));
}

static bool check_tags(const writer *w)
{
    const zp_source *page = w->report->template->page_html;
    bool sound = true;
    for (size_t at = zp_str_find(page->text, ZP_STR("{{"), 0); at < page->text.n;
         at = zp_str_find(page->text, ZP_STR("{{"), at + 2)) {
        if (!is_unsafe(page->text, at))
            continue;
        zp_diag_add(w->diag, ZP_ERROR, "page-placeholder", zp_span_of(page, at, at + 2),
                    "只有 style、outline、letterhead、heading、body 用三个花括号，其余的都用两个",
                    "页面模板里的占位符写得不对");
        sound = false;
    }
    return sound;
}

static void add_value(const writer *w, zp_value *data, zp_str key, zp_str text, zp_span span)
{
    zp_value *value = zp_value_new(w->arena, ZP_VALUE_TEXT, span);
    value->key = key;
    value->text = text;
    value->quoted = true;
    zp_value_append(data, value);
}

/* Whether `key` is one of the entries from `first` to `last`. */
static bool is_among(zp_str key, const zp_value *first, const zp_value *last)
{
    for (const zp_value *entry = first; entry != last->next; entry = entry->next)
        if (zp_str_eq(entry->key, key))
            return true;
    return false;
}

/* Adds the report's metadata, but for what goes by the name of one of the entries there are: these
 * are few, and the metadata may be as many as they like. */
static void add_metadata(const writer *w, zp_value *data)
{
    const zp_value *meta = w->report->meta, *last = data->last;
    if (meta == NULL)
        return;
    data->rule = meta->rule;
    for (const zp_value *entry = meta->first; entry != NULL; entry = entry->next) {
        if (is_among(entry->key, data->first, last))
            continue;
        zp_value *copy = zp_new(w->arena, zp_value);
        *copy = *entry;
        copy->next = NULL;
        zp_value_append(data, copy);
    }
}

/* What page.html may name: first what is the same for every report, then the metadata. */
static const zp_value *make_data(const writer *w)
{
    const zp_report *report = w->report;
    zp_value *data = zp_value_new(w->arena, ZP_VALUE_MAP, (zp_span){0});
    add_value(w, data, ZP_STR("title"), report->title, report->title_span);
    add_value(w, data, ZP_STR("department"), report->department, (zp_span){0});
    add_value(w, data, ZP_STR("year"), report->year, (zp_span){0});
    add_value(w, data, ZP_STR("subject"), report->subject, (zp_span){0});
    for (size_t i = 0; i < MARKUPS; i++)
        add_value(w, data, zp_str_from(markup_names[i]),
                  zp_str_slice(w->markers->text, 2 * i, 2 * i + 1),
                  zp_span_of(w->markers, 2 * i, 2 * i + 1));
    add_metadata(w, data);
    return data;
}

/* The style sheet, and the policy that allows it (Content Security Policy Level 3, 2.3.1): a
 * browser hashes what stands between the tags, to the byte. */
static void write_style(writer *w, const zp_webpage *parts)
{
    const zp_str sheet[] = {ZP_STR("\n"), w->report->template->style_css->text, parts->rules,
                            parts->style};
    zp_buf *out = &w->markup[STYLE];
    zp_hash *hash = zp_hash_new(w->arena, ZP_SHA256);
    for (size_t i = 0; i < sizeof sheet / sizeof *sheet; i++)
        zp_hash_add(hash, sheet[i]);
    zp_str hashed = zp_hash_end_base64(hash);
    zp_buf_format(out,
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                  "style-src 'sha256-%.*s'; font-src data:; img-src data:; base-uri 'none'; "
                  "form-action 'none'\">\n<style>",
                  ZP_ARG(hashed));
    for (size_t i = 0; i < sizeof sheet / sizeof *sheet; i++)
        zp_buf_add(out, sheet[i]);
    zp_buf_lit(out, "</style>");
}

static void write_markup(writer *w, const zp_webpage *parts)
{
    for (size_t i = 0; i < MARKUPS; i++)
        w->markup[i].arena = w->arena;
    write_style(w, parts);
    zp_letter_head(w->report, false, &w->markup[LETTERHEAD]);
    zp_title_write(w->arena, w->report, &w->markup[HEADING]);
    zp_buf_add(&w->markup[OUTLINE], parts->outline);
    zp_buf_add(&w->markup[BODY], parts->body);
}

/* The expanded page with the markup in it. */
static void fill(const writer *w, const zp_source *page, zp_buf *out)
{
    if (page->piece_count == 0)
        zp_buf_add(out, page->text);
    for (size_t i = 0; i < page->piece_count; i++) {
        const zp_piece *piece = &page->pieces[i];
        size_t end = i + 1 < page->piece_count ? page->pieces[i + 1].start : page->text.n;
        if (piece->from.source != w->markers)
            zp_buf_add(out, zp_str_slice(page->text, piece->start, end));
        else
            zp_buf_add(out, zp_buf_str(&w->markup[piece->from.start / 2]));
    }
}

bool zp_webpage_write(zp_arena *arena, const zp_report *report, const zp_webpage *parts,
                      zp_diag *diag, zp_buf *out)
{
    const zp_source *page = report->template->page_html;
    writer w = {.arena = arena,
                .report = report,
                .markers = zp_source_new(arena, ZP_STR("page.html"), ZP_STR(MARKERS)),
                .diag = diag};
    zp_expand_options options = {.escape = ZP_ESCAPE_HTML, .missing = ZP_MISSING_ERROR};
    size_t errors = zp_diag_count(diag, ZP_ERROR);
    if (!check_tags(&w))
        return false;
    const zp_source *made =
        zp_expand(arena, zp_span_of(page, 0, page->text.n), make_data(&w), &options, diag);
    if (made == NULL || zp_diag_count(diag, ZP_ERROR) > errors)
        return false;
    write_markup(&w, parts);
    fill(&w, made, out);
    return true;
}

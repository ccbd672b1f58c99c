/* proof.c: a job in, files named by their hashes and the JSON that names them out.
 */
#include "app/proof.h"

#include <string.h>
#include "app/explain.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/listing.h"
#include "write/html.h"
#include "write/svg.h"

enum { SOURCES_MOST = 60 };

/* --- Files ------------------------------------------------------------------------------------ */

/* What may be done in the reading view: nothing but look. */
#define READING_POLICY                                                                             \
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "    \
    "font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

static void add_file(zp_proof_files *files, const zp_http_file *file)
{
    zp_list_grow(files->arena, files->all, files->count, files->capacity);
    files->all[files->count++] = *file;
}

/* The file KIND/HASH; gives its hash. */
static zp_str add_hashed(zp_proof_files *files, const char *kind, const char *type,
                         const char *policy, zp_str bytes)
{
    zp_str hash = zp_hash_of(files->arena, ZP_SHA256, bytes);
    zp_str path = zp_str_format(files->arena, "%s/%.*s", kind, ZP_ARG(hash));
    add_file(files, &(zp_http_file){path, type, zp_str_from(policy), true, bytes});
    return hash;
}

static void add_member(zp_buf *out, const char *key, zp_str text)
{
    zp_json_key(out, key);
    zp_json_string(out, text);
}

/* Members begin after something: a brace that is left out again. */
static zp_buf members_of(zp_arena *arena)
{
    zp_buf out = {.arena = arena};
    zp_buf_byte(&out, '{');
    return out;
}

static zp_str without_brace(const zp_buf *out)
{
    return zp_str_slice(zp_buf_str(out), 1, out->n);
}

/* --- What can be seen ------------------------------------------------------------------------- */

static void add_pages(zp_job *job, const zp_pages *pages, zp_proof *proof, zp_buf *out)
{
    zp_svg svg = zp_svg_new(job->arena, job->report, pages);
    svg.places = true;
    zp_json_key(out, "pages");
    for (size_t i = 0; i < pages->count; i++) {
        zp_buf page = {.arena = job->arena};
        zp_svg_write(&svg, i, NULL, &page);
        zp_str hash = add_hashed(&proof->files, "page", "image/svg+xml", NULL, zp_buf_str(&page));
        zp_buf_format(out, "%s{\"hash\":\"%.*s\",\"line\":%zu}", i == 0 ? "[" : ",", ZP_ARG(hash),
                      zp_svg_line(&svg, i));
    }
    zp_buf_add(out, pages->count == 0 ? ZP_STR("[]") : ZP_STR("]"));
}

static bool add_fonts(zp_job *job, const zp_pages *pages, const zp_webfonts *before,
                      zp_proof *proof, zp_buf *out)
{
    zp_buf style = {.arena = job->arena};
    proof->fonts = zp_webfonts_cut(job->arena, pages->pages, pages->count, before, job->diag);
    if (!proof->fonts)
        return false;
    for (size_t i = 0; i < proof->fonts->count; i++) {
        const zp_webfont *font = &proof->fonts->fonts[i];
        zp_str path = zp_str_format(job->arena, "font/%.*s.woff", ZP_ARG(font->hash));
        if (font->hash.n > 0)
            add_file(&proof->files, &(zp_http_file){path, "font/woff", {0}, true, font->bytes});
    }
    zp_buf_lit(&style, ZP_SVG_CSS "\n");
    zp_webfonts_css(proof->fonts, ZP_STR("../font/"), &style);
    add_member(out, "style",
               add_hashed(&proof->files, "style", "text/css", NULL, zp_buf_str(&style)));
    return true;
}

static bool add_reading(zp_job *job, zp_proof *proof, zp_buf *out)
{
    zp_buf page = {.arena = job->arena};
    const zp_html_options options = {.places = true};
    if (!zp_html_write(job->arena, job->report, &options, job->pictures, job->diag, &page))
        return false;
    add_member(out, "html",
               add_hashed(&proof->files, "text", "text/html; charset=utf-8", READING_POLICY,
                          zp_buf_str(&page)));
    return true;
}

bool zp_proof_layout(zp_job *job, const zp_proof *before, zp_proof *proof)
{
    zp_buf out = members_of(job->arena);
    *proof = (zp_proof){.files = {.arena = job->arena}};
    const zp_pages *pages = zp_job_pages(job);
    if (!pages || !add_fonts(job, pages, before ? before->fonts : NULL, proof, &out))
        return false;
    add_pages(job, pages, proof, &out);
    if (!add_reading(job, proof, &out))
        return false;
    add_member(&out, "title", job->report->title);
    proof->members = without_brace(&out);
    return true;
}

/* --- What is wrong ---------------------------------------------------------------------------- */

typedef struct {
    zp_arena *arena;
    const zp_source *sources[SOURCES_MOST];
    size_t source_count;
    zp_str ids[ZP_DIAG_KEPT]; /* of rules that were explained or have no explanation */
    size_t id_count;
    size_t errors, warnings;
    zp_buf messages, rules;
} survey;

static void note_source(survey *s, const zp_source *source)
{
    for (size_t i = 0; i < s->source_count; i++)
        if (s->sources[i] == source || (zp_str_eq(s->sources[i]->name, source->name) &&
                                        zp_str_eq(s->sources[i]->sheet, source->sheet)))
            return;
    if (s->source_count < SOURCES_MOST)
        s->sources[s->source_count++] = source;
}

static void note_rule(survey *s, zp_str id, const zp_template *template)
{
    for (size_t i = 0; i < s->id_count; i++)
        if (zp_str_eq(s->ids[i], id))
            return;
    if (s->id_count == ZP_DIAG_KEPT)
        return;
    s->ids[s->id_count++] = id;
    const zp_rule *rule = zp_explain_find(s->arena, id, template);
    if (rule)
        zp_explain_json(rule, &s->rules);
}

static void note_messages(survey *s, const zp_diag *diag, const zp_template *template)
{
    zp_listing listing = zp_listing_make(s->arena, diag, 0);
    for (size_t i = 0; i < listing.count; i++) {
        const zp_listed *row = &listing.rows[i];
        zp_severity severity = row->message->severity;
        s->errors += severity >= ZP_FLAW;
        s->warnings += severity == ZP_WARNING;
        note_rule(s, zp_str_from(row->message->id), template);
        if (row->at.span.source)
            note_source(s, row->at.span.source);
        for (size_t k = 0; k < row->message->other_count; k++)
            if (row->others[k].span.source)
                note_source(s, row->others[k].span.source);
    }
    zp_diag_write_json(diag, &s->messages);
}

/* What the text was expanded from, at any step. */
static void note_origins(survey *s, const zp_source *made)
{
    for (size_t i = 0; made && i < made->piece_count; i++) {
        zp_span origin = zp_span_origin(made->pieces[i].from);
        if (origin.source)
            note_source(s, origin.source);
    }
}

static void add_sources(const survey *s, zp_proof_files *files, zp_buf *out)
{
    zp_json_key(out, "sources");
    zp_buf_byte(out, '[');
    for (size_t i = 0; i < s->source_count; i++) {
        zp_buf source = members_of(s->arena);
        zp_str hash =
            add_hashed(files, "source", "text/plain; charset=utf-8", NULL, s->sources[i]->text);
        add_member(&source, "name", s->sources[i]->name);
        add_member(&source, "sheet", s->sources[i]->sheet);
        add_member(&source, "hash", hash);
        zp_buf_format(out, "%s%.*s}", i == 0 ? "" : ",", ZP_ARG(zp_buf_str(&source)));
    }
    zp_buf_byte(out, ']');
}

void zp_proof_findings(zp_arena *arena, const zp_job *job, const zp_source *source,
                       const zp_diag *diag, zp_proof *proof)
{
    static const char type[] = "application/x-ndjson";
    survey *s = zp_new(arena, survey);
    const zp_template *template = job->report ? job->report->template : NULL;
    *s = (survey){.arena = arena, .messages = {.arena = arena}, .rules = {.arena = arena}};
    *proof = (zp_proof){.files = {.arena = arena}};
    if (source)
        note_source(s, source);
    note_messages(s, diag, template);
    if (job->report) {
        note_messages(s, job->findings, template);
        note_origins(s, job->report->body.source);
    }
    zp_buf out = members_of(arena);
    add_member(&out, "messages",
               add_hashed(&proof->files, "messages", type, NULL, zp_buf_str(&s->messages)));
    add_member(&out, "rules",
               add_hashed(&proof->files, "rules", type, NULL, zp_buf_str(&s->rules)));
    add_sources(s, &proof->files, &out);
    zp_buf_format(&out, ",\"errors\":%zu,\"warnings\":%zu", s->errors, s->warnings);
    proof->members = without_brace(&out);
}

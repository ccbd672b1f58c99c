/* job.c: the pipeline on one screen, and the format table.
 *
 * A new format is a function here and a row in zp_formats.
 */
#include "app/job.h"

#include "app/paging.h"
#include "base/files.h"
#include "check/check.h"
#include "layout/page.h"
#include "write/docx.h"
#include "write/html.h"
#include "write/json.h"
#include "write/md.h"
#include "write/pdf.h"
#include "write/svg.h"
#include "write/webface.h"

const zp_pages *zp_job_pages(zp_job *job)
{
    if (job->pages)
        return job->pages;
    const zp_pages *pages =
        zp_page_layout(job->arena, job->report, job->engine->fonts, job->pictures, job->diag);
    if (pages)
        zp_paging_settle(job->arena, pages, job->findings);
    job->pages = pages;
    return pages;
}

/* How a file of the report's is called within its folder. */
static zp_str name_within(zp_str folder, zp_str path)
{
    bool inside = zp_str_starts(path, folder) && path.n > folder.n && path.p[folder.n] == '/';
    if (inside)
        return zp_str_slice(path, folder.n + 1, path.n);
    bool here = zp_str_eq(folder, ZP_STR(".")) && path.p[0] != '/' && path.p[0] != '.';
    return here ? path : zp_path_base(path);
}

/* By the ending of a name; what it is not known for is bytes (RFC 2046, 4.5.1). */
static const char *mime_of(zp_str name)
{
    static const char *const types[][2] = {
        {".md", "text/markdown"},
        {".csv", "text/csv"},
        {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {".json", "application/json"},
        {".yaml", "application/yaml"},
        {".yml", "application/yaml"},
        {".txt", "text/plain"},
        {".zip", "application/zip"},
        {".xls", "application/vnd.ms-excel"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (zp_str_ends(name, zp_str_from(types[i][0])))
            return types[i][1];
    return "application/octet-stream";
}

/* The report and its data files, for a PDF that holds its own origin. */
static void attach_files(const zp_job *job, zp_pdf_options *options)
{
    const zp_report *report = job->report;
    zp_pdf_attachment *files = zp_new_array(job->arena, zp_pdf_attachment, report->used_count + 1);
    zp_str name = report->folder.n > 0 ? zp_path_base(report->source->name) : ZP_STR("report.md");
    const char *type = report->folder.n > 0 ? mime_of(name) : "text/markdown";
    files[0] = (zp_pdf_attachment){name, type, true, report->source->bytes};
    for (size_t i = 0; i < report->used_count; i++) {
        name = name_within(report->folder, report->used[i].path);
        files[i + 1] = (zp_pdf_attachment){name, mime_of(name), false, report->used[i].bytes};
    }
    options->attachments = files;
    options->attachment_count = report->used_count + 1;
}

static bool write_pdf(zp_job *job, zp_buf *out)
{
    const zp_template *template = job->report->template;
    zp_pdf_options options = {.date = job->engine->date,
                              .producer = job->engine->producer,
                              .standard = job->engine->standard};
    if (!options.standard)
        options.standard = template->standard;
    if (zp_standard_embeds(options.standard) && job->public) {
        zp_diag_add(job->diag, ZP_ERROR, "public-embeds", zp_span_file(template->sources[0]),
                    "公开版用 --pdf-standard a-2a+ua-1，或改模板里的 pdf",
                    "模板要求把报告的 Markdown 和数据附在 PDF 里，公开版不能这样");
        return false;
    }
    if (zp_standard_embeds(options.standard))
        attach_files(job, &options);
    const zp_pages *pages = zp_job_pages(job);
    return pages && zp_pdf_write(job->arena, job->report, pages, &options, job->diag, out);
}

static bool write_html(zp_job *job, zp_buf *out)
{
    zp_html_options options = {0};
    zp_buf faces = {.arena = job->arena};
    if (job->engine->web_fonts) {
        if (!zp_webface_write(job->arena, job->report, job->engine->fonts, job->diag, &faces))
            return false;
        options.style = zp_buf_str(&faces);
    }
    return zp_html_write(job->arena, job->report, &options, job->pictures, job->diag, out);
}

static bool write_fragment(zp_job *job, zp_buf *out)
{
    zp_html_options options = {.fragment = true};
    return zp_html_write(job->arena, job->report, &options, job->pictures, job->diag, out);
}

static bool write_docx(zp_job *job, zp_buf *out)
{
    const zp_pages *pages = zp_job_pages(job);
    zp_docx_options options = {job->engine->date, job->engine->producer};
    if (pages)
        zp_docx_write(job->arena, job->report, pages, &options, out);
    return pages;
}

static bool write_tree(zp_job *job, zp_buf *out)
{
    zp_node_dump(job->report->root, out);
    return true;
}

static bool write_pages(zp_job *job, zp_buf *out)
{
    const zp_pages *pages = zp_job_pages(job);
    if (pages)
        zp_pages_dump(pages, out);
    return pages;
}

/* Each page holds the fonts that it needs itself. */
static bool write_svg(zp_job *job, zp_output *out)
{
    const zp_pages *pages = zp_job_pages(job);
    if (!pages)
        return false;
    zp_svg svg = zp_svg_new(job->arena, job->report, pages);
    svg.stem = job->name;
    out->files = zp_new_array(job->arena, zp_buf, pages->count);
    for (out->count = 0; out->count < pages->count; out->count++) {
        const zp_webfonts *fonts =
            zp_webfonts_cut(job->arena, &pages->pages[out->count], 1, NULL, job->diag);
        if (!fonts)
            return false;
        out->files[out->count].arena = job->arena;
        zp_svg_write(&svg, out->count, fonts, &out->files[out->count]);
    }
    return true;
}

static bool write_md(zp_job *job, zp_buf *out)
{
    zp_md_write(job->report, out);
    return true;
}

static bool write_json(zp_job *job, zp_buf *out)
{
    zp_json_write(job->arena, job->report, job->diag, job->findings, out);
    return true;
}

const zp_format zp_formats[] = {
    {"pdf", ".pdf", true, false, false, write_pdf, NULL},
    {"html", ".html", false, false, false, write_html, NULL},
    {"docx", ".docx", true, false, false, write_docx, NULL},
    {"html-fragment", ".fragment.html", false, false, false, write_fragment, NULL},
    {"svg", ".svg", true, false, false, NULL, write_svg},
    {"md", ".md", false, true, true, write_md, NULL},
    {"json", ".json", false, true, true, write_json, NULL},
    {"tree", ".tree", false, true, false, write_tree, NULL},
    {"pages", ".pages", true, true, false, write_pages, NULL},
    {0},
};

const zp_format *zp_format_find(zp_str name, bool by_ending)
{
    for (const zp_format *f = zp_formats; f->name; f++)
        if (by_ending ? zp_str_ends(name, zp_str_from(f->ending))
                      : zp_str_eq(name, zp_str_from(f->name)))
            return f;
    return NULL;
}

/* What is put on every page: what was asked for, and what the report is not yet. */
static zp_str stamp_of(zp_arena *arena, const zp_engine *engine, const zp_report *report,
                       bool draft)
{
    zp_str words[] = {engine->stamp, draft ? ZP_STR("草稿") : ZP_STR(""),
                      report->sample ? ZP_STR("示例") : ZP_STR("")};
    zp_buf stamp = {.arena = arena};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].n > 0 && stamp.n > 0)
            zp_buf_lit(&stamp, "　");
        zp_buf_add(&stamp, words[i]);
    }
    return zp_buf_str(&stamp);
}

zp_status zp_job_make(zp_arena *arena, zp_engine *engine, const zp_front *front,
                      const zp_facts_options *facts, zp_diag *diag, zp_job *job)
{
    const zp_template *template;
    zp_status found = zp_engine_template(engine, zp_front_template(front), diag, &template);
    if (found != ZP_DONE)
        return found;
    zp_report *report = zp_report_make(arena, front, template, facts, diag);
    if (!report)
        return ZP_REPORT;
    report->stamp = stamp_of(arena, engine, report, facts->draft);
    zp_pictures *pictures = zp_pictures_new(arena, report->folder, diag);
    zp_pictures_enclose(pictures, report->source->enclosed, report->source->enclosed_count);
    *job = (zp_job){.arena = arena,
                    .engine = engine,
                    .report = report,
                    .pictures = pictures,
                    .public = facts->public,
                    .diag = diag,
                    .findings = zp_diag_new(arena)};
    zp_check_report_apart(arena, report, diag, job->findings);
    return ZP_DONE;
}

static bool write_format(zp_job *job, const zp_format *format, zp_output *out)
{
    if (format->write_pages)
        return format->write_pages(job, out);
    *out = (zp_output){zp_new(job->arena, zp_buf), 1};
    out->files->arena = job->arena;
    return format->write(job, out->files);
}

bool zp_job_write(zp_job *job, const zp_format *const *formats, size_t count, zp_output *outputs)
{
    for (size_t i = 0; i < count; i++)
        if (!write_format(job, formats[i], &outputs[i]))
            return false;
    return true;
}

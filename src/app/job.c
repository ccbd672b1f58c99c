/* job.c: the pipeline on one screen, and the format table.
 *
 * A new format is a function here and a row in zp_formats.
 */
#include "app/job.h"

#include "app/paging.h"
#include "check/check.h"
#include "layout/page.h"
#include "write/html.h"
#include "write/json.h"
#include "write/md.h"
#include "write/pdf.h"

static const zp_pages *pages_of(zp_job *job)
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

static bool write_pdf(zp_job *job, zp_buf *out)
{
    const zp_pages *pages = pages_of(job);
    const zp_pdf_options options = {job->engine->date, job->engine->producer};
    return pages && zp_pdf_write(job->arena, job->report, pages, &options, job->diag, out);
}

static bool write_html(zp_job *job, zp_buf *out)
{
    return zp_html_write(job->arena, job->report, job->pictures, job->diag, out);
}

static bool write_tree(zp_job *job, zp_buf *out)
{
    zp_node_dump(job->report->root, out);
    return true;
}

static bool write_pages(zp_job *job, zp_buf *out)
{
    const zp_pages *pages = pages_of(job);
    if (pages)
        zp_pages_dump(pages, out);
    return pages;
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
    {"pdf", ".pdf", true, false, false, write_pdf},
    {"html", ".html", false, false, false, write_html},
    {"md", ".md", false, true, true, write_md},
    {"json", ".json", false, true, true, write_json},
    {"tree", ".tree", false, true, false, write_tree},
    {"pages", ".pages", true, true, false, write_pages},
    {0},
};

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

zp_status zp_job_run(zp_arena *arena, zp_engine *engine, const zp_front *front,
                     const zp_facts_options *facts, const zp_format *const *formats, size_t count,
                     zp_diag *diag, zp_job *job, zp_buf *outputs)
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
    *job = (zp_job){arena, engine, report, pictures, NULL, diag, zp_diag_new(arena)};
    zp_check_report_apart(arena, report, diag, job->findings);
    for (size_t i = 0; i < count; i++) {
        outputs[i] = (zp_buf){.arena = arena};
        if (!formats[i]->write(job, &outputs[i]))
            return ZP_REPORT;
    }
    return ZP_DONE;
}

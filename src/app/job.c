/* job.c: the pipeline on one screen, and the format table.
 *
 * A new format is a function here and a row in zp_formats.
 */
#include "app/job.h"

#include "layout/page.h"
#include "write/html.h"
#include "write/pdf.h"

static const zp_pages *pages_of(zp_job *job)
{
    if (!job->pages)
        job->pages =
            zp_page_layout(job->arena, job->report, job->engine->fonts, job->pictures, job->diag);
    return job->pages;
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

const zp_format zp_formats[] = {
    {"pdf", ".pdf", true, false, write_pdf},
    {"html", ".html", false, false, write_html},
    {"tree", ".tree", false, true, write_tree},
    {"pages", ".pages", true, true, write_pages},
    {0},
};

bool zp_job_run(zp_arena *arena, const zp_engine *engine, const zp_source *source,
                const zp_format *const *formats, size_t count, zp_diag *diag, zp_buf *outputs)
{
    zp_report *report = zp_report_read(arena, source, engine->template, diag);
    if (!report)
        return false;
    report->stamp = engine->stamp;
    zp_pictures *pictures = zp_pictures_new(arena, report->folder, diag);
    zp_job job = {arena, engine, report, pictures, NULL, diag};
    for (size_t i = 0; i < count; i++) {
        outputs[i] = (zp_buf){.arena = arena};
        if (!formats[i]->write(&job, &outputs[i]))
            return false;
    }
    return true;
}

/* each.c: a table in, a report a row out.
 *
 * Report, template, fonts, table and data files are read once; a row's own arena is cleared after
 * it, so memory does not grow with the rows.
 */
#include "app/each.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include "base/filename.h"
#include "base/files.h"
#include "base/nameset.h"
#include "base/utf8.h"
#include "data/expand.h"
#include "data/schema.h"

enum {
    ENDING_MAX = 11, /* -999999.svg */
    NUMBER_MAX = 12, /* bytes of what keeps two names apart */
    FAILURES_NAMED = 20,
};

typedef struct {
    zp_build *build;
    zp_arena *arena; /* of the row */
    zp_str under;    /* the name that a row's value goes under; empty: it is the data itself */
    zp_nameset used;
    size_t row, rows, written, flawed, failed;
    bool delivered;  /* this row's files are written */
    zp_buf failures; /* the first rows without a report, in words */
} maker;

/* --- Names ----------------------------------------------------------------------------------- */

/* --name with the row's data, or the unit's name, or the report's with the row's number. */
static bool raw_name(maker *m, const zp_job *job, zp_str *name)
{
    const char *pattern = m->build->chosen->name;
    const zp_expand_options plain = {ZP_ESCAPE_NONE, ZP_MISSING_ERROR, NULL, NULL};
    *name = job->report->department;
    if (pattern) {
        const zp_source *source = zp_source_new(m->arena, ZP_STR("--name"),
                                                zp_utf8_clean(m->arena, zp_str_from(pattern)));
        return zp_expand_text(m->arena, source->text, zp_span_of(source, 0, source->text.n),
                              job->report->meta, &plain, job->diag, name);
    }
    if (name->n == 0)
        *name = zp_str_format(m->arena, "%.*s-%zu", ZP_ARG(m->build->plan.name), m->row);
    return true;
}

static bool choose_name(maker *m, const zp_job *job, zp_str *name)
{
    zp_str wanted;
    if (!raw_name(m, job, &wanted))
        return false;
    zp_str stem = *name = zp_filename_make(m->arena, wanted, ENDING_MAX);
    if (stem.n == 0)
        stem = *name = zp_str_format(m->arena, "%zu", m->row);
    for (size_t i = 2; !zp_nameset_take(&m->used, *name); i++) {
        zp_str shorter = zp_filename_make(m->arena, stem, ENDING_MAX + NUMBER_MAX);
        *name = zp_str_format(m->arena, "%.*s-%zu", ZP_ARG(shorter), i);
    }
    return true;
}

/* --- Rows ------------------------------------------------------------------------------------ */

static zp_value *entry_under(zp_arena *arena, zp_str key, const zp_value *value)
{
    zp_value *entry = zp_value_copy(arena, value);
    entry->key = key;
    entry->key_span = value->span;
    return entry;
}

const zp_value *zp_each_layer(zp_arena *arena, zp_str under, const zp_value *row)
{
    if (row->kind != ZP_VALUE_MAP || under.n == 0)
        return row->kind == ZP_VALUE_MAP ? row : NULL;
    const zp_value *rows = zp_value_find(row, ZP_STR("行"));
    const zp_value *sheet = zp_value_find(row, ZP_STR("表名"));
    zp_value *layer = zp_value_new(arena, ZP_VALUE_MAP, row->span);
    zp_value_append(layer, entry_under(arena, under, rows ? rows : row));
    if (sheet && !zp_value_find(row, ZP_STR("department")))
        zp_value_append(layer, entry_under(arena, ZP_STR("department"), sheet));
    return layer;
}

static zp_status make_report(maker *m, const zp_value *row, zp_diag *diag)
{
    zp_build *build = m->build;
    zp_facts_options facts = build->facts;
    const zp_plan *plan = &build->plan;
    zp_output outputs[ZP_PLAN_FORMATS];
    zp_str name, paths[ZP_PLAN_FORMATS];
    zp_job job;
    facts.row = zp_each_layer(m->arena, m->under, row);
    if (!facts.row) {
        zp_diag_add(diag, ZP_ERROR, "bad-row", row->span, "第一行写列名，下面每行一份报告",
                    "这一行不是数据");
        return ZP_REPORT;
    }
    zp_status result = zp_job_make(m->arena, &build->engine, &build->front, &facts, diag, &job);
    if (result != ZP_DONE)
        return result;
    if (!choose_name(m, &job, &name))
        return ZP_REPORT;
    job.name = name;
    if (!zp_job_write(&job, plan->formats, plan->count, outputs))
        return ZP_REPORT;
    zp_build_tally(build, &job);
    for (size_t i = 0; i < plan->count; i++)
        paths[i] =
            zp_path_join(m->arena, plan->folder,
                         zp_str_format(m->arena, "%.*s%s", ZP_ARG(name), plan->formats[i]->ending));
    result = zp_build_deliver(build, &job, outputs, paths);
    m->delivered = result == ZP_DONE || result == ZP_REPORT;
    return result;
}

zp_str zp_each_row_name(const zp_value *row)
{
    const zp_value *first = row->kind == ZP_VALUE_MAP ? row->first : NULL;
    const zp_value *sheet = zp_value_find(row, ZP_STR("表名"));
    return zp_value_text(sheet ? sheet : first);
}

/* The row in words: file and line, or sheet; and what stands first in it. */
static zp_str row_in_words(maker *m, const zp_value *row)
{
    return zp_str_format(m->arena, "第 %zu 份（%.*s）", m->row, ZP_ARG(zp_each_row_name(row)));
}

static void note_failure(maker *m, zp_str words)
{
    if (m->failed++ < FAILURES_NAMED)
        zp_buf_format(&m->failures, "%s%.*s", m->failed > 1 ? "、" : "", ZP_ARG(words));
    else if (m->failed == FAILURES_NAMED + 1)
        zp_buf_lit(&m->failures, "……");
}

static zp_status do_row(maker *m, const zp_value *row)
{
    zp_diag *diag = zp_diag_new(m->arena);
    size_t messages;
    zp_str words = row_in_words(m, row);
    if (isatty(STDERR_FILENO) && !m->build->vigil)
        fprintf(stderr, "\r%zu/%zu\r", m->row, m->rows);
    zp_diag_about(diag, words);
    zp_status result = make_report(m, row, diag);
    zp_diag_messages(diag, &messages);
    if (messages > 0 && m->build->telling.form == ZP_FORM_TEXT)
        fprintf(stderr, "—— %.*s\n", ZP_ARG(words));
    zp_telling_tell(&m->build->telling, m->arena, diag);
    if (!m->delivered)
        note_failure(m, words);
    else if (result != ZP_DONE)
        m->flawed++;
    m->written += m->delivered ? 1 : 0;
    m->delivered = false;
    return result;
}

/* A line for people, a message for programs. */
static void summarise(const maker *m, zp_diag *diag)
{
    zp_buf line = {.arena = m->build->arena};
    zp_buf_format(&line, "共 %zu 份：已生成 %zu 份", m->rows, m->written);
    if (m->flawed > 0)
        zp_buf_format(&line, "，其中 %zu 份缺了一部分或有提醒", m->flawed);
    if (m->failed > 0)
        zp_buf_format(&line, "；没有生成 %zu 份：%.*s", m->failed,
                      ZP_ARG(zp_buf_str(&m->failures)));
    if (m->row < m->rows)
        zp_buf_format(&line, "；后面 %zu 份没有再做", m->rows - m->row);
    if (m->build->telling.form == ZP_FORM_TEXT)
        fprintf(stderr, "%.*s\n", ZP_ARG(zp_buf_str(&line)));
    else
        zp_diag_add(diag, ZP_HINT, "each-summary", (zp_span){0}, NULL, "%.*s",
                    ZP_ARG(zp_buf_str(&line)));
}

/* --- The table ------------------------------------------------------------------------------- */

bool zp_each_read(zp_arena *arena, const char *each, const zp_template *template, zp_diag *diag,
                  zp_each_rows *out)
{
    zp_str words = zp_str_from(each), form = ZP_STR("");
    size_t equals = zp_str_find(words, ZP_STR("="), 0);
    const zp_declarations *content = &template->content;
    *out = (zp_each_rows){0};
    if (equals < words.n) {
        out->under = zp_str_slice(words, 0, equals);
        words = zp_str_slice(words, equals + 1, words.n);
        const zp_value *rule = zp_schema_find(content->schema, out->under);
        form = zp_value_text(zp_value_find(rule, ZP_STR("form")));
    } else if (zp_str_find(words, ZP_STR("*"), 0) < words.n && content->forms->count > 0) {
        form = ZP_STR("*");
    }
    out->table = zp_str_slice(words, 0, zp_str_find(words, ZP_STR("#"), 0));
    out->loader = zp_loader_new(arena, ZP_STR(""), content->forms, diag);
    const zp_source *place = zp_source_new(arena, ZP_STR("--each"), zp_utf8_clean(arena, words));
    const zp_value *rows =
        zp_load(out->loader, words, ZP_LOAD_ANYWHERE, form, zp_span_of(place, 0, place->text.n));
    if (rows && rows->kind == ZP_VALUE_LIST && rows->count > 0)
        out->rows = rows;
    else if (rows)
        zp_complain("表里没有数据", each, "第一行写列名，下面每行一份报告");
    return out->rows && zp_diag_count(diag, ZP_ERROR) == 0;
}

zp_status zp_each_build(zp_build *build, zp_diag *diag)
{
    maker m = {
        .build = build, .used = {.arena = build->arena}, .failures = {.arena = build->arena}};
    const zp_template *template;
    zp_status result =
        zp_engine_template(&build->engine, zp_front_template(&build->front), diag, &template);
    if (result != ZP_DONE)
        return result;
    zp_each_rows read;
    bool good = zp_each_read(build->arena, build->chosen->each, template, diag, &read);
    build->table = read.table;
    build->facts.loader = read.loader;
    if (!good)
        return ZP_REPORT;
    m.under = read.under;
    m.rows = read.rows->count;
    m.arena = zp_arena_new();
    zp_files_record(m.arena, zp_files_recorded(build->arena));
    for (const zp_value *row = read.rows->first; row; row = row->next) {
        m.row++;
        zp_status done = do_row(&m, row);
        result = done > result ? done : result;
        zp_arena_clear(m.arena);
        if (done == ZP_ENVIRONMENT) /* a full disk will be full for the next one too */
            break;
    }
    zp_arena_free(m.arena);
    summarise(&m, diag);
    return result;
}

/* publish.c: stored reports in, files for everybody out.
 *
 * A worker makes a report in memory, unless the public edition says what must not be published;
 * only the command's own thread writes. All files change at once in the end (publication.h), so
 * that what was published before and is not any more goes.
 */
#include "app/publish.h"

#include <string.h>
#include "app/crew.h"
#include "app/holding.h"
#include "app/job.h"
#include "app/progress.h"
#include "archive/holdings.h"
#include "archive/indexpage.h"
#include "archive/publication.h"
#include "base/files.h"
#include "base/utf8.h"
#include "check/groups.h"
#include "data/json.h"
#include "data/yaml.h"

enum { FORMATS = 2, FILE_MOST = 64 << 20, PLACES = 8 /* of templates */ };

/* What a report came to; in the arena that keeps it. */
typedef struct {
    bool made;
    bool withheld; /* for what the public edition says */
    size_t found;  /* of that, errors and warnings */
    zp_str name;   /* of its files, without ending */
    zp_str bytes[FORMATS];
    zp_str messages; /* rendered */
    bool shown[ZP_INDEX_COLUMNS];
} published;

typedef struct {
    zp_arena *arena;
    const zp_options *chosen;
    zp_telling *telling;
    const zp_store *store;
    const zp_holdings *holdings;
    zp_rows rows; /* of the catalogue's index, in the order of the holdings */
    zp_engine engine;
    const zp_format *formats[FORMATS];
    zp_str *cells; /* the public rows */
    size_t made, missing, withheld, found;
    zp_publication *publication;
    zp_progress progress;
    bool disk; /* something could not be written */
} publishing;

typedef struct {
    const publishing *p;
    zp_engine engine;
    zp_arena *passing; /* of the report */
} worker;

/* --- The sources ------------------------------------------------------------------------------ */

/* The file of the report at `within` its folder, else NULL. */
static const zp_stored_file *find_file(zp_arena *arena, const zp_stored_report *report,
                                       const char *within)
{
    zp_str path = zp_str_format(arena, "%.*s%s", ZP_ARG(report->folder), within);
    for (size_t i = 0; i < report->file_count; i++)
        if (zp_str_eq(report->files[i].path, path))
            return &report->files[i];
    return NULL;
}

/* report.md, or else the first .md that stands in source/ itself. */
static const zp_stored_file *find_text(zp_arena *arena, const zp_stored_report *report)
{
    const zp_stored_file *text = find_file(arena, report, "source/report.md");
    zp_str folder = zp_str_format(arena, "%.*ssource/", ZP_ARG(report->folder));
    for (size_t i = 0; !text && i < report->file_count; i++) {
        zp_str path = report->files[i].path;
        bool own = zp_str_starts(path, folder) && zp_str_ends(path, ZP_STR(".md")) &&
                   zp_str_find(path, ZP_STR("/"), folder.n) == path.n;
        text = own ? &report->files[i] : NULL;
    }
    return text;
}

static zp_str place_of(worker *w, const zp_stored_report *report, zp_str path)
{
    return zp_store_path(w->passing, w->p->store->folder, report->bag, path);
}

/* NULL, and said that a report is not published, at one of its files or its folder. */
static void *refuse(worker *w, const zp_stored_report *report, zp_str path, zp_str why,
                    zp_diag *diag)
{
    zp_span place = zp_span_file(zp_source_new(w->passing, place_of(w, report, path), ZP_STR("")));
    zp_diag_add(diag, ZP_ERROR, "unpublished", place,
                "用 ziping verify 查一查归档；损坏的从备份恢复，或从原来的文件夹再归档",
                "没有公开：%.*s", ZP_ARG(why));
    return NULL;
}

static const zp_source *read_file(worker *w, const zp_stored_report *report,
                                  const zp_stored_file *file, zp_diag *diag)
{
    zp_str bytes, why, path = place_of(w, report, file->path);
    if (zp_file_read(w->passing, zp_str_cstr(w->passing, path), FILE_MOST, &bytes, &why))
        return zp_source_read(w->passing, path, bytes, NULL, diag);
    return refuse(w, report, file->path, why, diag);
}

/* The template that the bag has beside the report; those it extends are looked for there too. */
static const zp_template *read_template(worker *w, const zp_stored_report *report, zp_diag *diag)
{
    zp_place places[PLACES] = {
        {place_of(w, report, zp_str_format(w->passing, "%.*stemplate", ZP_ARG(report->folder))),
         "档案里的"}};
    zp_shelf shelf = {places, 1};
    for (size_t i = 0; i < w->p->engine.shelf.count && shelf.count < PLACES; i++)
        places[shelf.count++] = w->p->engine.shelf.places[i];
    const zp_stored_file *data = zp_stored_find(report, ZP_STORED_DATA);
    if (!data)
        return refuse(w, report, report->folder, ZP_STR("没有 report.json"), diag);
    const zp_source *json = read_file(w, report, data, diag);
    if (!json)
        return NULL;
    const zp_value *map = zp_json_read(w->passing, json->text);
    if (!map)
        return refuse(w, report, data->path, ZP_STR("report.json 读不懂"), diag);
    zp_str name = zp_value_text(zp_value_path(map, ZP_STR("archive.template")));
    zp_str folder = zp_shelf_find(w->passing, &shelf, name, ZP_STR(""), NULL);
    if (folder.n == 0)
        return refuse(w, report, report->folder,
                      zp_str_format(w->passing, "找不到模板“%.*s”", ZP_ARG(name)), diag);
    return zp_template_load(w->passing, folder, &shelf, diag);
}

/* --- One report ------------------------------------------------------------------------------- */

/* Whether the public page prints the number, at two decimals or as it is; `scale`: 万元 is 4. */
static bool is_printed(zp_arena *arena, zp_str page, zp_str text, int scale)
{
    const zp_number *number = zp_number_scale(arena, zp_number_read(arena, text), -scale);
    zp_str fixed = zp_number_fixed(arena, number, 2), plain = zp_number_plain(arena, number);
    return (fixed.n > 0 && zp_str_find(page, fixed, 0) < page.n) ||
           (plain.n > 0 && zp_str_find(page, plain, 0) < page.n);
}

static void see_what_is_shown(worker *w, const zp_str *row, zp_str page, bool *shown)
{
    zp_str grade = row[ZP_INDEX_GRADE];
    shown[ZP_INDEX_BUDGET] = is_printed(w->passing, page, row[ZP_INDEX_BUDGET], 4);
    shown[ZP_INDEX_SPENT] = is_printed(w->passing, page, row[ZP_INDEX_SPENT], 4);
    shown[ZP_INDEX_RATE] = shown[ZP_INDEX_BUDGET] && shown[ZP_INDEX_SPENT];
    shown[ZP_INDEX_SCORE] = is_printed(w->passing, page, row[ZP_INDEX_SCORE], 0);
    shown[ZP_INDEX_GRADE] = grade.n > 0 && zp_str_find(page, grade, 0) < page.n;
}

static bool is_of_disclosure(const char *id)
{
    for (size_t i = 0; i < zp_disclosure_rules.count; i++)
        if (strcmp(zp_disclosure_rules.rules[i].id, id) == 0)
            return true;
    return false;
}

/* What the rules 公开 find is told of; whether the report may go out all the same. */
static bool may_be_published(worker *w, const zp_job *job, published *result, zp_diag *diag)
{
    size_t count, errors = 0;
    const zp_message *findings = zp_diag_messages(job->findings, &count);
    for (size_t i = 0; i < count; i++) {
        if (!is_of_disclosure(findings[i].id))
            continue;
        zp_diag_put(diag, &findings[i]);
        result->found++;
        errors += findings[i].severity == ZP_ERROR;
    }
    result->withheld = errors > 0 && !w->p->chosen->force;
    if (result->withheld)
        zp_diag_add(diag, ZP_ERROR, "unpublished", zp_span_file(job->report->source),
                    "改好以后重新归档再公开；逐条核对过、确实可以公开的，加 --force",
                    "没有公开：公开版里有 %zu 处不能公开的内容", errors);
    return !result->withheld;
}

static bool make(worker *w, size_t index, zp_arena *keep, published *result, zp_diag *diag)
{
    const zp_stored_report *report = w->p->holdings->reports[index];
    const zp_stored_file *text = find_text(w->passing, report);
    const zp_stored_file *row = find_file(w->passing, report, "source/row.json");
    if (!text)
        refuse(w, report, report->folder, ZP_STR("source/ 里没有报告的文本"), diag);
    const zp_source *source = text ? read_file(w, report, text, diag) : NULL;
    w->engine.wanted = source ? read_template(w, report, diag) : NULL;
    if (!w->engine.wanted)
        return false;
    const zp_source *json = row ? read_file(w, report, row, diag) : NULL;
    zp_front front = zp_front_read(w->passing, source, diag);
    zp_facts_options facts = {.public = true};
    if (json)
        facts.row = zp_yaml_read(w->passing, zp_span_of(json, 0, json->text.n), diag);
    zp_job job;
    zp_output outputs[FORMATS];
    if (zp_job_make(w->passing, &w->engine, &front, &facts, diag, &job) != ZP_DONE ||
        !may_be_published(w, &job, result, diag))
        return false;
    job.name = zp_store_name(w->passing, job.report->title, sizeof ".html" - 1);
    if (!zp_job_write(&job, w->p->formats, FORMATS, outputs))
        return false;
    result->name = zp_str_copy(keep, job.name);
    for (size_t i = 0; i < FORMATS; i++)
        result->bytes[i] = zp_str_copy(keep, zp_buf_str(&outputs[i].files[0]));
    see_what_is_shown(w, w->p->rows.cells + index * w->p->rows.columns, result->bytes[1],
                      result->shown);
    return true;
}

static void *publish_one(void *state, size_t index, zp_arena *passing, zp_arena *keep)
{
    worker *w = state;
    w->passing = passing;
    published *result = zp_new(keep, published);
    zp_diag *diag = zp_diag_new(w->passing);
    zp_buf messages = {.arena = w->passing};
    const zp_stored_report *report = w->p->holdings->reports[index];
    result->made = make(w, index, keep, result, diag);
    if (!result->made && zp_diag_count(diag, ZP_ERROR) == 0)
        zp_diag_add(diag, ZP_ERROR, "unpublished",
                    zp_span_file(
                        zp_source_new(w->passing, place_of(w, report, report->folder), ZP_STR(""))),
                    NULL, "没有公开：档案里没有它的原稿或模板");
    zp_telling_render(w->p->telling, diag, &messages);
    result->messages = zp_str_copy(keep, zp_buf_str(&messages));
    return result;
}

static void *begin_worker(void *user, zp_arena *lasting)
{
    const publishing *p = user;
    worker *w = zp_new(lasting, worker);
    *w = (worker){.p = p, .engine = p->engine};
    w->engine.arena = lasting;
    return w;
}

/* --- What is written -------------------------------------------------------------------------- */

/* False, and said so, when somebody else's file has that name. */
static bool is_free(publishing *p, zp_arena *arena, zp_str name)
{
    if (!zp_publication_is_taken(p->publication, name))
        return true;
    zp_diag *diag = zp_diag_new(arena);
    zp_str path = zp_path_join(arena, zp_str_from(p->chosen->output), name);
    zp_diag_add(diag, ZP_ERROR, "public-taken",
                zp_span_file(zp_source_new(arena, path, ZP_STR(""))), "移走它，或换一个文件夹",
                "没有公开：这里已有别的文件，不去覆盖");
    zp_progress_clear(&p->progress);
    zp_telling_tell(p->telling, arena, diag);
    return false;
}

static bool write_file(publishing *p, zp_str name, zp_str bytes)
{
    zp_str why;
    if (!p->disk && zp_publication_put(p->publication, name, bytes, &why))
        return true;
    zp_progress_clear(&p->progress);
    if (!p->disk)
        zp_complain("写不了公开的文件夹", p->chosen->output, zp_str_cstr(p->arena, why));
    p->disk = true;
    return false;
}

/* The report's row of the public index. */
static void add_row(publishing *p, size_t index, const published *result, const zp_str *paths)
{
    const zp_str *from = p->rows.cells + index * p->rows.columns;
    zp_str *to = p->cells + p->made++ * ZP_INDEX_COLUMNS;
    for (size_t c = 0; c < ZP_INDEX_COLUMNS; c++)
        to[c] = c <= ZP_INDEX_TITLE || result->shown[c] ? from[c] : ZP_STR("");
    to[ZP_INDEX_BAG] = ZP_STR("");
    to[ZP_INDEX_ORIGINAL] = paths[0];
    to[ZP_INDEX_HTML] = paths[1];
}

static void deliver(void *user, size_t index, void *given)
{
    publishing *p = user;
    const published *result = given;
    const zp_entry_place *place = &p->holdings->places[index];
    zp_arena *arena = zp_arena_new();
    zp_str paths[FORMATS];
    bool good = result->made;
    zp_progress_step(&p->progress, index + 1);
    if (result->messages.n > 0) {
        zp_progress_clear(&p->progress);
        zp_telling_put(p->telling, arena, result->messages);
    }
    for (size_t i = 0; i < FORMATS && result->made; i++) {
        paths[i] =
            zp_str_format(p->arena, "%.*s/%.*s/%.*s%s", ZP_ARG(place->year), ZP_ARG(place->folder),
                          ZP_ARG(result->name), p->formats[i]->ending);
        good = good && is_free(p, arena, paths[i]);
    }
    for (size_t i = 0; i < FORMATS && good; i++)
        good = write_file(p, paths[i], result->bytes[i]);
    if (good)
        add_row(p, index, result, paths);
    p->missing += !good;
    p->withheld += result->withheld;
    p->found += result->found;
    zp_arena_free(arena);
}

static bool write_index(publishing *p)
{
    zp_buf page = {.arena = p->arena};
    const zp_rows rows = {ZP_INDEX_COLUMNS, p->made, p->cells};
    const zp_index_options options = {.title = ZP_STR("绩效自评报告"),
                                      .about = ZP_STR("各单位公开的绩效自评报告。"),
                                      .public = true};
    zp_index_write(p->arena, &rows, &options, &page);
    return is_free(p, p->arena, ZP_STR("index.html")) &&
           write_file(p, ZP_STR("index.html"), zp_buf_str(&page));
}

/* --- The command ------------------------------------------------------------------------------ */

/* The catalogue's index, year by year: the order of the holdings. False when they do not fit. */
static bool read_rows(publishing *p, zp_str *why)
{
    zp_catalog *catalog = zp_catalog_open(p->arena, p->store->folder, why);
    if (!catalog)
        return false;
    zp_str *cells = zp_new_array(p->arena, zp_str, p->holdings->count * ZP_INDEX_COLUMNS);
    zp_rows years = zp_catalog_years(catalog);
    size_t count = 0;
    bool fits = true;
    for (size_t y = 0; y < years.rows; y++) {
        zp_rows rows = zp_catalog_index(catalog, years.cells[y]);
        for (size_t i = 0; i < rows.rows && fits; i++, count++) {
            const zp_str *row = rows.cells + i * ZP_INDEX_COLUMNS;
            const zp_entry_place *place = &p->holdings->places[count];
            fits = count < p->holdings->count && zp_str_eq(row[ZP_INDEX_YEAR], place->year) &&
                   zp_str_eq(row[ZP_INDEX_FOLDER], place->folder);
            if (fits)
                memcpy(cells + count * ZP_INDEX_COLUMNS, row, ZP_INDEX_COLUMNS * sizeof *cells);
        }
    }
    zp_catalog_close(catalog);
    fits = fits && count == p->holdings->count;
    p->rows = (zp_rows){ZP_INDEX_COLUMNS, count, cells};
    if (!fits)
        *why = ZP_STR("目录和包里的不一致；先用 ziping catalog 重建");
    return fits;
}

static bool commit(publishing *p, size_t *dropped)
{
    bool half;
    zp_str why;
    zp_diag *diag = zp_diag_new(p->arena);
    bool good = zp_publication_commit(p->publication, diag, dropped, &half, &why);
    zp_telling_tell(p->telling, p->arena, diag);
    if (!good)
        zp_complain(half ? "公开的文件夹写到一半停了；再运行一次就接着写完" : "写不了公开的文件夹",
                    p->chosen->output, zp_str_cstr(p->arena, why));
    return good;
}

static void summarise(const publishing *p, size_t dropped)
{
    zp_buf line = {.arena = p->arena};
    zp_buf_format(&line, "公开：写入 %zu 份，没有公开 %zu 份", p->made, p->missing);
    if (p->found > 0)
        zp_buf_format(&line, "；公开前要看的 %zu 处，因此没有公开 %zu 份", p->found, p->withheld);
    if (dropped > 0)
        zp_buf_format(&line, "；去掉不再公开的 %zu 个文件", dropped);
    if (p->telling->form == ZP_FORM_TEXT)
        fprintf(stderr, "%.*s\n", ZP_ARG(zp_buf_str(&line)));
}

static zp_status publish_all(publishing *p, size_t threads)
{
    size_t dropped = 0;
    const zp_crew crew = {.user = p,
                          .count = p->holdings->count,
                          .begin = begin_worker,
                          .work = publish_one,
                          .deliver = deliver};
    p->formats[0] = zp_format_find(ZP_STR("pdf"), false);
    p->formats[1] = zp_format_find(ZP_STR("html"), false);
    p->cells = zp_new_array(p->arena, zp_str, p->holdings->count * ZP_INDEX_COLUMNS);
    p->progress = zp_progress_begin("公开", crew.count, p->telling->form != ZP_FORM_TEXT);
    zp_crew_run(&crew, threads);
    zp_progress_clear(&p->progress);
    if (p->disk)
        return ZP_ENVIRONMENT;
    bool indexed = write_index(p);
    if (p->disk || !commit(p, &dropped))
        return ZP_ENVIRONMENT;
    summarise(p, dropped);
    return p->missing > 0 || !indexed ? ZP_REPORT : ZP_DONE;
}

/* Into a folder that is ours, and nobody else's meanwhile. */
static zp_status publish_into(publishing *p, size_t threads)
{
    zp_holding holding;
    zp_status status = zp_holding_take(p->arena, p->chosen->output, p->telling, &holding);
    if (status != ZP_DONE)
        return status;
    p->publication = zp_publication_new(p->arena, holding.folder);
    status = publish_all(p, threads);
    zp_holding_close(&holding);
    return status;
}

static bool words_are_good(const zp_options *chosen)
{
    bool good = chosen->input_count == 1 && !zp_path_same(chosen->input, chosen->output);
    if (!good)
        zp_complain("--public 要写一个归档和另一个文件夹", chosen->output,
                    "写法：ziping archive 归档 --public -o 公开");
    return good;
}

zp_status zp_publish_run(zp_arena *arena, const zp_options *chosen, size_t threads,
                         zp_telling *telling)
{
    publishing *p = zp_new(arena, publishing);
    zp_diag *diag = zp_diag_new(arena);
    zp_str why;
    *p = (publishing){.arena = arena, .chosen = chosen, .telling = telling};
    if (!words_are_good(chosen))
        return ZP_USAGE;
    if (!zp_publication_may(arena, zp_str_from(chosen->output))) {
        zp_complain("不能公开到这里", chosen->output,
                    "里面已有别的东西，不是以前公开的；请写一个空的或新的文件夹");
        return ZP_ENVIRONMENT;
    }
    p->store = zp_store_open(arena, zp_str_from(chosen->input), diag);
    zp_status status = p->store ? zp_engine_open(arena, NULL, true, diag, &p->engine) : ZP_REPORT;
    zp_telling_tell(telling, arena, diag);
    if (status != ZP_DONE)
        return status;
    p->holdings = zp_holdings_make(arena, p->store);
    if (read_rows(p, &why)) {
        status = publish_into(p, threads);
    } else {
        zp_complain("不能公开", chosen->input, zp_str_cstr(arena, why));
        status = ZP_ENVIRONMENT;
    }
    zp_engine_close(&p->engine);
    return status;
}

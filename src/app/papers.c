/* papers.c: a folder and a template in, front matter that names the forms in it out.
 *
 * Each sheet that is a form becomes a reference to it; all of one kind are one list, as if their
 * author had written them so (facts.h).
 */
#include "app/papers.h"

#include "app/guess.h"
#include "app/input.h"
#include "base/files.h"
#include "base/json.h"
#include "book/workbook.h"
#include "data/form.h"
#include "data/mapped.h"
#include "data/records.h"
#include "data/schema.h"

enum {
    HEADS_LEAST = 3,      /* of a list, that the schema knows */
    PAPER_MAX = 64 << 20, /* bytes of a workbook */
};

/* What one entry of the schema is read from. */
typedef struct {
    zp_str key;
    zp_buf references; /* quoted, with commas between */
    size_t count;
} paper;

typedef struct {
    zp_arena *arena, *passing;
    const zp_declarations *content;
    zp_diag *diag, *unheard;
    zp_str folder;
    paper *papers; /* one for each entry of the schema that has any */
    size_t count;
} papers;

/* --- What a sheet is -------------------------------------------------------------------------- */

static const zp_value *entry_of_form(const papers *p, const zp_sheet *sheet)
{
    for (const zp_value *form = p->content->forms->first; form; form = form->next)
        for (const zp_value *e = p->content->schema->first; e; e = e->next)
            if (zp_str_eq(zp_value_text(zp_value_find(e, ZP_STR("form"))), form->key) &&
                zp_form_matches(sheet, form))
                return e;
    return NULL;
}

/* How many of the row's keys are fields; 0 without one that is scored. */
static size_t count_fields(const zp_value *row, const zp_value *fields)
{
    static const char *const scored[] = {"points", "score", "actual"};
    size_t known = 0;
    bool good = false;
    for (const zp_value *cell = row->first; cell; cell = cell->next) {
        const zp_value *field = zp_schema_find(fields, cell->key);
        known += field != NULL;
        for (size_t i = 0; field && i < sizeof scored / sizeof *scored; i++)
            good = good || zp_str_eq(field->key, zp_str_from(scored[i]));
    }
    return good ? known : 0;
}

static const zp_value *entry_of_list(const papers *p, const zp_sheet *sheet)
{
    const zp_value *rows = zp_records_read(p->passing, sheet, p->unheard), *best = NULL;
    size_t most = HEADS_LEAST - 1;
    if (!rows || rows->count == 0)
        return NULL;
    for (const zp_value *e = p->content->schema->first; e; e = e->next) {
        const zp_value *fields = zp_value_find(e, ZP_STR("fields"));
        bool list = zp_str_eq(zp_value_text(zp_value_find(e, ZP_STR("type"))), ZP_STR("list"));
        size_t known = list && fields ? count_fields(rows->first, fields) : 0;
        if (known > most) {
            most = known;
            best = e;
        }
    }
    return best;
}

/* --- Books ------------------------------------------------------------------------------------ */

static void tell(const papers *p, zp_severity severity, const char *id, zp_str path,
                 const char *hint, const char *message)
{
    zp_span file = zp_span_file(zp_source_new(p->arena, path, ZP_STR("")));
    zp_diag_add(p->diag, severity, id, file, hint, "%s", message);
}

static paper *find_paper(const papers *p, const zp_value *entry)
{
    for (size_t i = 0; i < p->count; i++)
        if (zp_str_eq(p->papers[i].key, entry->key))
            return &p->papers[i];
    return NULL;
}

static void add(papers *p, const zp_value *entry, zp_str name, zp_str sheet)
{
    paper *it = find_paper(p, entry);
    if (!it) {
        it = &p->papers[p->count++];
        *it = (paper){.key = entry->key, .references = {.arena = p->arena}};
    }
    zp_str reference = zp_str_format(p->passing, "%.*s%s%.*s", ZP_ARG(name), sheet.n > 0 ? "#" : "",
                                     ZP_ARG(sheet));
    if (it->count++ > 0)
        zp_buf_lit(&it->references, ", ");
    zp_json_string(&it->references, reference);
}

/* What a reference would take for something else cannot be referred to. */
static bool has_plain_name(zp_str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '#' || name.p[i] == '*' || name.p[i] == '?' || name.p[i] == '!')
            return false;
    return true;
}

/* The forms of one book. Of forms there may be many (a project each), of a list only one. How many
 * were taken. */
static size_t take_book(papers *p, const zp_book *book, zp_str name, bool lists)
{
    size_t taken = 0;
    for (size_t i = 0; i < book->count; i++) {
        const zp_sheet *sheet = &book->sheets[i];
        if (sheet->hidden || sheet->count == 0 || !has_plain_name(sheet->name))
            continue;
        const zp_value *entry = entry_of_form(p, sheet);
        bool form = entry != NULL;
        if (!form && lists)
            entry = entry_of_list(p, sheet);
        if (entry && (form || !find_paper(p, entry))) {
            add(p, entry, name, sheet->name);
            taken++;
        }
    }
    return taken;
}

static bool is_workbook(zp_str name)
{
    bool aside = name.p[0] == '.' || name.p[0] == '~';
    return !aside && (zp_str_ends(name, ZP_STR(".xlsx")) || zp_str_ends(name, ZP_STR(".xls")) ||
                      zp_str_ends(name, ZP_STR(".xlsm")));
}

/* --- Folders ---------------------------------------------------------------------------------- */

static const zp_str *list_folder(const papers *p, zp_str folder, size_t *count)
{
    const zp_str *names;
    zp_str why;
    *count = 0;
    return zp_folder_list(p->arena, zp_str_cstr(p->arena, folder), &names, count, &why) ? names
                                                                                        : NULL;
}

/* `name` is relative to the unit's folder. False: it is no form. */
static bool take_file(papers *p, zp_str name, bool own)
{
    zp_str path = zp_path_join(p->arena, p->folder, name), bytes, why;
    const zp_book *book = NULL;
    bool taken = true;
    p->passing = zp_arena_new();
    p->unheard = zp_diag_new(p->passing);
    if (zp_file_read(p->passing, zp_str_cstr(p->passing, path), PAPER_MAX, &bytes, &why))
        book = zp_workbook_read(p->passing, name, bytes, p->unheard);
    if (!book)
        tell(p, ZP_ERROR, "unread-paper", path, "请用 WPS 或 Excel 打开，另存为 .xlsx",
             "这张表读不了，没有和报告核对");
    else
        taken = has_plain_name(name) && take_book(p, book, name, own) > 0;
    zp_arena_free(p->passing);
    return taken;
}

/* The workbooks in `folder`, the unit's (empty) or one in it. A list's title does not say what it
 * is, so only the unit's own folder is looked into for those; and where no form lies, as among
 * 佐证材料, workbooks are something else. */
static void take_folder(papers *p, zp_str folder)
{
    bool own = folder.n == 0;
    size_t count, taken = 0, unused = 0;
    const zp_str *names =
        list_folder(p, own ? p->folder : zp_path_join(p->arena, p->folder, folder), &count);
    zp_str *left = zp_new_array(p->arena, zp_str, count);
    for (size_t i = 0; i < count; i++) {
        zp_str name = own ? names[i] : zp_path_join(p->arena, folder, names[i]);
        if (!is_workbook(names[i]))
            continue;
        if (take_file(p, name, own))
            taken++;
        else
            left[unused++] = name;
    }
    for (size_t i = 0; i < unused && (own || taken > 0); i++)
        tell(p, ZP_WARNING, "unused-paper", zp_path_join(p->arena, p->folder, left[i]),
             "表里要有模板认得的表名（如“项目支出绩效自评表”）或表头；评分表只放一张；"
             "文件名、工作表名里不要有 # * ? !",
             "没有用这张表和报告核对：认不出是哪种表，或者已经有一张评分表了");
}

/* Whether papers in a folder within the unit's are the unit's: not where another report lies. */
static bool is_unit_s(const papers *p, zp_str folder)
{
    if (zp_str_eq(folder, ZP_STR("附件")))
        return true;
    size_t count;
    const zp_str *names = list_folder(p, zp_path_join(p->arena, p->folder, folder), &count);
    for (size_t i = 0; i < count; i++)
        if (zp_input_kind_of(names[i]) != ZP_INPUT_OTHER)
            return false;
    return has_plain_name(folder);
}

static void take_all(papers *p)
{
    size_t count;
    const zp_str *names = list_folder(p, p->folder, &count);
    take_folder(p, ZP_STR(""));
    for (size_t i = 0; i < count; i++) {
        const char *path = zp_str_cstr(p->arena, zp_path_join(p->arena, p->folder, names[i]));
        if (names[i].p[0] != '.' && zp_path_kind_of(path) == ZP_PATH_FOLDER &&
            !zp_path_is_link(path) && is_unit_s(p, names[i]))
            take_folder(p, names[i]);
    }
}

/* --- Front matter ----------------------------------------------------------------------------- */

static void add_key(zp_buf *out, const char *key, zp_str value)
{
    if (value.n == 0)
        return;
    zp_buf_format(out, "%s: ", key);
    zp_json_string(out, value);
    zp_buf_byte(out, '\n');
}

static const zp_source *join(const papers *p, const zp_source *source)
{
    zp_mapped out = {.text = {.arena = p->arena}};
    zp_guess guess = zp_guess_make(p->arena, source);
    zp_buf_lit(&out.text, "---\n");
    add_key(&out.text, "单位", guess.unit);
    add_key(&out.text, "年度", guess.year);
    zp_buf_lit(&out.text, "数据:\n");
    for (size_t i = 0; i < p->count; i++) {
        const paper *it = &p->papers[i];
        bool many = it->count > 1;
        zp_buf_format(&out.text, "  %.*s: %s%.*s%s\n", ZP_ARG(it->key), many ? "[" : "",
                      ZP_ARG(zp_buf_str(&it->references)), many ? "]" : "");
    }
    zp_buf_lit(&out.text, "---\n\n");
    zp_mapped_piece(&out, 0, false, zp_span_file(source));
    zp_mapped_copy(&out, zp_span_of(source, 0, source->text.n));
    zp_source *made = zp_new(p->arena, zp_source);
    *made = *zp_mapped_source(&out, source->name);
    made->bytes = source->bytes;
    made->enclosed = source->enclosed;
    made->enclosed_count = source->enclosed_count;
    return made;
}

const zp_source *zp_papers_add(zp_arena *arena, const zp_source *source,
                               const zp_template *template, zp_diag *diag)
{
    papers *p = zp_new(arena, papers);
    *p = (papers){.arena = arena,
                  .content = &template->content,
                  .diag = diag,
                  .folder = zp_path_folder(source->name),
                  .papers = zp_new_array(arena, paper, template->content.schema->count)};
    take_all(p);
    return p->count > 0 ? join(p, source) : source;
}

void zp_papers_tell_apart(zp_arena *arena, const zp_source *source, zp_diag *diag)
{
    papers p = {.arena = arena, .folder = zp_path_folder(source->name)};
    size_t count;
    const zp_str *names = list_folder(&p, p.folder, &count);
    for (size_t i = 0; i < count; i++)
        if (is_workbook(names[i])) {
            zp_diag_add(diag, ZP_WARNING, "papers-apart", zp_span_file(source),
                        "一个单位的材料放一个文件夹，其中一份的文件名里写“报告”",
                        "文件夹里有几份报告，不知道旁边的表是哪一份的，没有和它们核对");
            return;
        }
}

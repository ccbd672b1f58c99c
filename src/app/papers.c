/* papers.c: a folder and a template in, front matter that names the forms in it out. */
#include "app/papers.h"

#include "app/guess.h"
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

typedef struct {
    zp_arena *arena, *passing;
    const zp_declarations *content;
    zp_diag *diag, *unheard;
    zp_str folder;
    zp_buf list;                    /* of the front matter: - {name: reference} */
    zp_str entries[ZP_BOOK_SHEETS]; /* that have a workbook */
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

/* --- The folder ------------------------------------------------------------------------------- */

static void tell(const papers *p, zp_severity severity, const char *id, zp_str path,
                 const char *hint, const char *message)
{
    zp_span file = zp_span_file(zp_source_new(p->arena, path, ZP_STR("")));
    zp_diag_add(p->diag, severity, id, file, hint, "%s", message);
}

static bool is_taken(const papers *p, const zp_value *entry)
{
    for (size_t i = 0; i < p->count; i++)
        if (zp_str_eq(p->entries[i], entry->key))
            return true;
    return false;
}

static void add(papers *p, const zp_value *entry, zp_str name, zp_str sheet)
{
    zp_str reference =
        zp_str_format(p->arena, "%.*s%s%.*s", ZP_ARG(name), sheet.n > 0 ? "#" : "", ZP_ARG(sheet));
    zp_buf_lit(&p->list, "  - {");
    zp_json_string(&p->list, entry->key);
    zp_buf_lit(&p->list, ": ");
    zp_json_string(&p->list, reference);
    zp_buf_lit(&p->list, "}\n");
    if (p->count < ZP_BOOK_SHEETS)
        p->entries[p->count++] = zp_str_copy(p->arena, entry->key);
}

/* The forms of one book: several sheets of one form are all taken, as book#*. */
static bool take_book(papers *p, const zp_book *book, zp_str name)
{
    size_t before = p->count;
    for (size_t i = 0; i < book->count; i++) {
        const zp_sheet *sheet = &book->sheets[i];
        if (sheet->hidden || sheet->count == 0)
            continue;
        const zp_value *entry = entry_of_form(p, sheet);
        bool form = entry != NULL, more = false;
        entry = form ? entry : entry_of_list(p, sheet);
        for (size_t k = i + 1; form && k < book->count; k++)
            more = more || (!book->sheets[k].hidden && entry_of_form(p, &book->sheets[k]) == entry);
        if (entry && !is_taken(p, entry))
            add(p, entry, name, more ? ZP_STR("*") : sheet->name);
    }
    return p->count > before;
}

static bool is_workbook(zp_str name)
{
    return zp_str_ends(name, ZP_STR(".xlsx")) || zp_str_ends(name, ZP_STR(".xls")) ||
           zp_str_ends(name, ZP_STR(".xlsm"));
}

/* What a reference would take for something else cannot be referred to. */
static bool has_plain_name(zp_str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '#' || name.p[i] == '*' || name.p[i] == '?')
            return false;
    return true;
}

static void take_file(papers *p, zp_str name)
{
    zp_str path = zp_path_join(p->arena, p->folder, name), bytes, why;
    p->passing = zp_arena_new();
    p->unheard = zp_diag_new(p->passing);
    const zp_book *book = NULL;
    if (zp_file_read(p->passing, zp_str_cstr(p->passing, path), PAPER_MAX, &bytes, &why))
        book = zp_workbook_read(p->passing, name, bytes, p->unheard);
    if (!book)
        tell(p, ZP_ERROR, "unread-paper", path, "请用 WPS 或 Excel 打开，另存为 .xlsx",
             "这张表读不了，没有和报告核对");
    else if (!has_plain_name(name) || !take_book(p, book, name))
        tell(p, ZP_WARNING, "unused-paper", path,
             "几张自评表放在一个工作簿里，一张一个工作表；表里要有模板认得的表名或表头",
             "没有用这张表和报告核对：认不出是哪种表，或者同一种表已经有了");
    zp_arena_free(p->passing);
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
    zp_buf_add(&out.text, zp_buf_str(&p->list));
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
                  .list = {.arena = arena}};
    const zp_str *names;
    size_t count;
    zp_str why;
    if (!zp_folder_list(arena, zp_str_cstr(arena, p->folder), &names, &count, &why))
        return source;
    for (size_t i = 0; i < count; i++)
        if (is_workbook(names[i]) && names[i].p[0] != '.' && names[i].p[0] != '~')
            take_file(p, names[i]);
    return p->list.n > 0 ? join(p, source) : source;
}

/* load.c: references in; files found, recognised and read; values out.
 *
 * A reference is taken apart into a path, an entry of a ZIP, a sheet and a range. What it matches
 * is a list of files (name and bytes); each goes the same way, whether it lay in a folder or in a
 * ZIP.
 */
#include "data/load.h"

#include <string.h>
#include "base/files.h"
#include "base/utf8.h"
#include "book/csv.h"
#include "data/form.h"
#include "data/pattern.h"
#include "data/records.h"
#include "book/workbook.h"
#include "data/yaml.h"
#include "book/zip.h"

/* Text goes by its name; what is named a workbook and is text is what some systems export so. */
static const char *const tables[] = {".csv", ".tsv", ".txt", ".xls", ".xlsx", NULL};
static const char *const trees[] = {".yaml", ".yml", ".json", NULL};
/* A ZIP of this name that is no workbook is a damaged one. */
static const char *const workbooks[] = {".xls", ".xlsx", ".xlsm", NULL};

typedef struct {
    zp_str path, bytes;
    bool tried;          /* its sheets have been read, or could not be */
    const zp_book *book; /* of a workbook or CSV, once read */
} file;

/* Files read so far, with their sheets: as long-lived as the first loader. */
typedef struct {
    zp_arena *arena;
    file **files;
    size_t count, capacity;
    size_t bytes; /* of all files */
} store;

struct zp_loader {
    zp_arena *arena; /* of the values */
    zp_diag *diag;
    zp_str folder;
    const zp_value *forms;
    store *store;
    zp_loaded *used; /* by this loader */
    size_t used_count, used_capacity;
};

typedef struct {
    zp_loader *loader;
    zp_span place;
    zp_load_trust trust;
    zp_str path, sheet, range, form;
    file **found;
    size_t count, capacity;
} request;

zp_loader *zp_loader_new(zp_arena *arena, zp_str folder, const zp_value *forms, zp_diag *diag)
{
    zp_loader *loader = zp_new(arena, zp_loader);
    store *own = zp_new(arena, store);
    own->arena = arena;
    *loader =
        (zp_loader){.arena = arena, .diag = diag, .folder = folder, .forms = forms, .store = own};
    return loader;
}

zp_loader *zp_loader_share(zp_arena *arena, const zp_loader *first, zp_str folder,
                           const zp_value *forms, zp_diag *diag)
{
    zp_loader *loader = zp_new(arena, zp_loader);
    *loader = (zp_loader){
        .arena = arena, .diag = diag, .folder = folder, .forms = forms, .store = first->store};
    return loader;
}

/* --- Messages -------------------------------------------------------------------------------- */

static bool refuse(request *r, const char *id, const char *what, zp_str name, const char *hint)
{
    zp_diag_add(r->loader->diag, ZP_ERROR, id, r->place, hint, "%s：%.*s", what, ZP_ARG(name));
    return false;
}

static const char *nearest_hint(request *r, zp_str name, const zp_str *names, size_t count)
{
    zp_str *clean =
        zp_new_array(r->loader->arena, zp_str, count); /* names of files are any bytes */
    for (size_t i = 0; i < count; i++)
        clean[i] = zp_utf8_clean(r->loader->arena, names[i]);
    zp_str nearest = zp_str_nearest(zp_utf8_clean(r->loader->arena, name), clean, count);
    if (nearest.n == 0)
        return NULL;
    return zp_str_cstr(r->loader->arena,
                       zp_str_format(r->loader->arena, "是不是“%.*s”？", ZP_ARG(nearest)));
}

/* --- Files ----------------------------------------------------------------------------------- */

static bool keep_found(request *r, file *f)
{
    if (r->count == ZP_DATA_FILES)
        return refuse(r, "too-many-files", "匹配的文件太多", r->path, "把文件分到几个文件夹里");
    zp_list_grow(r->loader->arena, r->found, r->count, r->capacity);
    r->found[r->count++] = f;
    return true;
}

static file *find_known(const store *s, zp_str path)
{
    for (size_t i = 0; i < s->count; i++)
        if (zp_str_eq(s->files[i]->path, path))
            return s->files[i];
    return NULL;
}

/* NULL, and said so, when that is more than a report may have. */
static file *remember(request *r, zp_str path, zp_str bytes)
{
    store *s = r->loader->store;
    s->bytes += bytes.n;
    if (s->bytes > ZP_DATA_ALL) {
        refuse(r, "too-much-data", "数据文件加起来太大", path,
               "只引用用得到的文件，或分成几份报告");
        return NULL;
    }
    zp_list_grow(s->arena, s->files, s->count, s->capacity);
    file *f = zp_new(s->arena, file);
    *f = (file){.path = zp_str_copy(s->arena, path), .bytes = bytes};
    s->files[s->count++] = f;
    return f;
}

/* The path as messages show it, and as it is opened. */
static zp_str full_path(request *r, zp_str path)
{
    bool here = zp_str_eq(r->loader->folder, ZP_STR(".")); /* ./a.csv is read as a.csv */
    return r->trust == ZP_LOAD_ANYWHERE || here
               ? path
               : zp_path_join(r->loader->arena, r->loader->folder, path);
}

static zp_path_kind kind_of(request *r, zp_str path)
{
    return zp_path_look(r->loader->store->arena, full_path(r, path));
}

static file *note_use(zp_loader *loader, file *f)
{
    for (size_t i = 0; i < loader->used_count; i++)
        if (zp_str_eq(loader->used[i].path, f->path))
            return f;
    zp_list_grow(loader->arena, loader->used, loader->used_count, loader->used_capacity);
    loader->used[loader->used_count++] = (zp_loaded){f->path, f->bytes};
    return f;
}

static file *read_file(request *r, zp_str path)
{
    zp_loader *loader = r->loader;
    zp_arena *arena = loader->store->arena;
    zp_str full = full_path(r, path), bytes, why;
    file *known = find_known(loader->store, full);
    if (known)
        return note_use(loader, known);
    bool good = r->trust == ZP_LOAD_ANYWHERE
                    ? zp_file_read(arena, zp_str_cstr(arena, full), ZP_DATA_FILE, &bytes, &why)
                    : zp_file_read_inside(arena, loader->folder, path, ZP_DATA_FILE, &bytes, &why);
    if (good) {
        file *f = remember(r, full, bytes);
        return f ? note_use(loader, f) : NULL;
    }
    zp_diag_add(loader->diag, ZP_ERROR, "missing-data", r->place, NULL, "读不了数据文件 %.*s：%.*s",
                ZP_ARG(full), ZP_ARG(why));
    return NULL;
}

static file *read_entry(request *r, const file *archive, zp_zip *zip, zp_str name)
{
    zp_loader *loader = r->loader;
    zp_str bytes, path = zp_path_join(loader->arena, archive->path, name);
    file *known = find_known(loader->store, path);
    if (known)
        return known;
    bool good = zp_zip_read_to(loader->store->arena, zip, name, ZP_DATA_FILE, loader->diag, &bytes);
    return good ? remember(r, path, bytes) : NULL;
}

/* The entries of a ZIP that fit `pattern` (all, when it is empty). */
static bool find_entries(request *r, file *archive, zp_str pattern)
{
    zp_loader *loader = r->loader;
    zp_zip *zip = zp_zip_open(loader->arena, archive->path, archive->bytes, loader->diag);
    if (!zip)
        return false;
    size_t count;
    const zp_str *names = zp_zip_names(zip, &count);
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        if (zp_name_is_aside(zp_path_base(names[i])) ||
            (pattern.n > 0 && !zp_pattern_fits(pattern, names[i])))
            continue;
        file *f = read_entry(r, archive, zip, names[i]);
        good = f && keep_found(r, f);
    }
    if (good && r->count == 0)
        good = refuse(r, "missing-data", "压缩包里没有这个文件", r->path,
                      nearest_hint(r, pattern, names, count));
    zp_zip_close(zip);
    return good;
}

static const char *path_hint(const request *r)
{
    return r->trust == ZP_LOAD_INSIDE ? "路径从报告所在的文件夹写起" : "请检查文件名和所在的文件夹";
}

static bool find_in_folder(request *r, zp_str folder, zp_str pattern)
{
    zp_arena *arena = r->loader->arena;
    const zp_str *names;
    size_t count;
    zp_str why, full = full_path(r, folder.n > 0 ? folder : ZP_STR("."));
    if (r->trust == ZP_LOAD_INSIDE &&
        !zp_path_is_inside(arena, r->loader->folder, folder.n > 0 ? folder : ZP_STR(".")))
        return refuse(r, "outside-folder", "数据要放在报告所在的文件夹里", r->path, NULL);
    if (!zp_folder_list(arena, zp_str_cstr(arena, full), &names, &count, &why))
        return refuse(r, "missing-data", "没有这个文件夹", full, path_hint(r));
    for (size_t i = 0; i < count; i++) {
        zp_str path = zp_path_join(arena, folder, names[i]);
        if (zp_name_is_aside(names[i]) || !zp_pattern_fits(pattern, names[i]) ||
            kind_of(r, path) != ZP_PATH_FILE)
            continue;
        file *f = read_file(r, path);
        if (!f || !keep_found(r, f))
            return false;
    }
    return r->count > 0 || refuse(r, "missing-data", "没有符合的文件", r->path,
                                  "检查文件夹和后缀；* 代表任意几个字，? 代表一个字");
}

static bool find_one(request *r)
{
    zp_arena *arena = r->loader->arena;
    if (r->trust == ZP_LOAD_INSIDE && !zp_path_is_inside(arena, r->loader->folder, r->path))
        return refuse(r, "outside-folder", "数据要放在报告所在的文件夹里", r->path, NULL);
    if (kind_of(r, r->path) == ZP_PATH_FILE) {
        file *f = read_file(r, r->path);
        if (f && !zp_name_ends(r->path, workbooks) && zp_file_kind_of(f->bytes) == ZP_FILE_ZIP)
            return find_entries(r, f, ZP_STR(""));
        return f && keep_found(r, f);
    }
    const zp_str *names;
    size_t count = 0;
    zp_str why, full = full_path(r, r->path);
    zp_folder_list(arena, zp_str_cstr(arena, zp_path_folder(full)), &names, &count, &why);
    return refuse(r, "missing-data", "没有这个数据文件", full,
                  count > 0 ? nearest_hint(r, zp_path_base(full), names, count) : path_hint(r));
}

/* Fills r->found; false after an error. */
static bool find_files(request *r)
{
    if (r->trust == ZP_LOAD_INSIDE && r->loader->folder.n == 0)
        return refuse(r, "outside-folder", "从标准输入读的报告不能引用数据文件", r->path,
                      "用 --data 名称=文件 给出");
    for (size_t i = 1; i < r->path.n; i++) { /* a file where a folder is expected: a ZIP */
        zp_str front = zp_str_slice(r->path, 0, i);
        if (r->path.p[i] != '/' || kind_of(r, front) != ZP_PATH_FILE)
            continue;
        file *archive = read_file(r, front);
        return archive && find_entries(r, archive, zp_str_slice(r->path, i + 1, r->path.n));
    }
    zp_str last = zp_path_base(r->path);
    if (!zp_pattern_is(last))
        return find_one(r);
    bool bare = zp_str_find(r->path, ZP_STR("/"), 0) == r->path.n;
    return find_in_folder(r, bare ? ZP_STR("") : zp_path_folder(r->path), last);
}

/* --- What is in a file ----------------------------------------------------------------------- */

static const zp_source *text_of(zp_arena *arena, request *r, const file *f)
{
    return zp_source_read(arena, f->path, f->bytes, NULL, r->loader->diag);
}

static const zp_book *read_csv(request *r, const file *f)
{
    zp_arena *arena = r->loader->store->arena;
    const zp_source *source = text_of(arena, r, f);
    const zp_sheet *sheet = source ? zp_csv_read(arena, source, r->loader->diag) : NULL;
    zp_book *book = sheet ? zp_new(arena, zp_book) : NULL;
    if (book)
        *book = (zp_book){sheet, 1};
    return book;
}

/* The sheets of a workbook or CSV; NULL after an error, which is said once. */
static const zp_book *book_of(request *r, file *f)
{
    if (f->tried && !f->book)
        refuse(r, "bad-data", "这个数据文件读不了，原因前面已经说了", f->path, NULL);
    if (f->tried)
        return f->book;
    f->tried = true;
    if (zp_file_kind_of(f->bytes) != ZP_FILE_TEXT)
        f->book = zp_workbook_read(r->loader->store->arena, f->path, f->bytes, r->loader->diag);
    else if (zp_name_ends(f->path, tables))
        f->book = read_csv(r, f);
    else
        refuse(r, "unknown-data", "不知道这是什么数据", f->path,
               "数据文件的名称以 .csv、.xlsx、.yaml 或 .json 结尾；文件夹里还有别的文件的，写成 "
               "*.xlsx 这样");
    return f->book;
}

static const zp_sheet *cut(request *r, const zp_sheet *sheet)
{
    zp_range range;
    if (r->range.n == 0)
        return sheet;
    if (!zp_range_read(r->range, &range)) {
        refuse(r, "missing-data", "单元格范围写得不对", r->range, "写成 A1:D20 这样");
        return NULL;
    }
    if (range.row >= sheet->row_count || range.column >= sheet->column_count) {
        refuse(r, "missing-data", "单元格范围里没有内容", r->range,
               "请打开文件看看数据在哪些单元格");
        return NULL;
    }
    return zp_sheet_part(r->loader->arena, sheet, range);
}

static const zp_sheet *named_sheet(request *r, const zp_book *book)
{
    if (book->count == 1 && book->sheets[0].name.n == 0) {
        refuse(r, "missing-data", "这个文件没有工作表，不能指定", r->sheet,
               "去掉 # 后面的名称；只要一部分的，写成 #!A1:D20");
        return NULL;
    }
    zp_str *names = zp_new_array(r->loader->arena, zp_str, book->count);
    for (size_t i = 0; i < book->count; i++) {
        names[i] = book->sheets[i].name;
        if (zp_str_eq(zp_str_trim(names[i]), r->sheet)) /* a blank at the end is not seen */
            return &book->sheets[i];
    }
    refuse(r, "missing-data", "工作簿里没有这个工作表", r->sheet,
           nearest_hint(r, r->sheet, names, book->count));
    return NULL;
}

/* --- Forms ----------------------------------------------------------------------------------- */

static const zp_value *form_of(request *r, const zp_sheet *sheet)
{
    const zp_value *forms = r->loader->forms;
    bool any = zp_str_eq(r->form, ZP_STR("*"));
    for (const zp_value *form = forms ? forms->first : NULL; form; form = form->next)
        if ((any || zp_str_eq(form->key, r->form)) && zp_form_matches(sheet, form))
            return form;
    return NULL;
}

static bool any_form(const request *r)
{
    return zp_str_eq(r->form, ZP_STR("*"));
}

static bool form_is_known(request *r)
{
    const zp_value *forms = r->loader->forms;
    if (r->form.n == 0 || any_form(r) || zp_value_find(forms, r->form))
        return true;
    zp_str *names = zp_new_array(r->loader->arena, zp_str, forms ? forms->count : 0);
    size_t count = 0;
    for (const zp_value *form = forms ? forms->first : NULL; form; form = form->next)
        names[count++] = form->key;
    return refuse(r, "unknown-form", "模板里没有这种表", r->form,
                  nearest_hint(r, r->form, names, count));
}

/* Says what a sheet must hold to be the form asked for. */
static void refuse_form(request *r, const char *what, zp_str name)
{
    zp_str title =
        zp_value_text(zp_value_find(zp_value_find(r->loader->forms, r->form), ZP_STR("title")));
    zp_str hint = zp_str_format(r->loader->arena, "表里要有“%.*s”这几个字", ZP_ARG(title));
    refuse(r, "missing-form", what, name,
           title.n > 0 ? zp_str_cstr(r->loader->arena, hint)
                       : "表里要有表的名称，是哪几个字由模板的 forms 规定");
}

/* The sheet to read where none is named: the first that is the form asked for. */
static const zp_sheet *first_sheet(request *r, const zp_book *book, zp_str path)
{
    for (size_t i = 0; i < book->count; i++)
        if (r->form.n == 0 || form_of(r, &book->sheets[i]))
            return &book->sheets[i];
    refuse_form(r, "文件里没有模板要的表", path);
    return NULL;
}

static zp_value *sheet_value(request *r, const zp_sheet *sheet, zp_str path)
{
    const zp_value *form = r->form.n > 0 ? form_of(r, sheet) : NULL;
    if (form)
        return zp_form_read(r->loader->arena, sheet, form, r->loader->diag);
    if (r->form.n == 0)
        return zp_records_read(r->loader->arena, sheet, r->loader->diag);
    refuse_form(r, "工作表不是模板要的表",
                zp_str_format(r->loader->arena, "%.*s#%.*s", ZP_ARG(path), ZP_ARG(sheet->name)));
    return NULL;
}

/* --- Values ---------------------------------------------------------------------------------- */

/* `value` as a map that also says where it is from. */
static zp_value *with_origin(request *r, zp_value *value, zp_str key, zp_str name)
{
    zp_arena *arena = r->loader->arena;
    zp_value *map = value;
    if (value->kind != ZP_VALUE_MAP) {
        map = zp_value_new(arena, ZP_VALUE_MAP, value->span);
        value->key = ZP_STR("行");
        value->key_span = value->span;
        zp_value_append(map, value);
    }
    if (!zp_value_find(map, key)) {
        zp_value *origin = zp_value_new(arena, ZP_VALUE_TEXT, map->span);
        origin->text = zp_utf8_clean(arena, name);
        origin->quoted = true;
        origin->key = key;
        origin->key_span = map->span;
        zp_value_append(map, origin);
    }
    return map;
}

/* A sheet among others that is not the form: 填表说明, or one that somebody renamed. */
static void pass_sheet(request *r, const zp_sheet *sheet)
{
    zp_diag_add(r->loader->diag, ZP_WARNING, "missing-form", zp_sheet_span(sheet),
                "是要用的表，就写上表的名称，如“项目支出绩效自评表”；不是就不用管",
                "工作表“%.*s”不是模板所说的表，没有用它", ZP_ARG(sheet->name));
}

static zp_value *all_sheets(request *r, const zp_book *book, zp_str path)
{
    zp_value *list = zp_value_new(r->loader->arena, ZP_VALUE_LIST, r->place);
    for (size_t i = 0; i < book->count; i++) {
        if (book->sheets[i].hidden || book->sheets[i].count == 0)
            continue;
        if (r->form.n > 0 && !form_of(r, &book->sheets[i])) {
            pass_sheet(r, &book->sheets[i]);
            continue;
        }
        zp_value *value = sheet_value(r, &book->sheets[i], path);
        if (!value)
            return NULL;
        zp_value_append(list, with_origin(r, value, ZP_STR("表名"), book->sheets[i].name));
    }
    if (r->form.n > 0 && list->count == 0) {
        refuse_form(r, "文件里没有模板要的表", path);
        return NULL;
    }
    return list;
}

static zp_value *file_value(request *r, file *f)
{
    if (zp_file_kind_of(f->bytes) == ZP_FILE_TEXT && zp_name_ends(f->path, trees)) {
        if (r->sheet.n > 0 || r->range.n > 0) {
            refuse(r, "missing-data", "这个文件没有工作表，不能指定",
                   r->sheet.n > 0 ? r->sheet : r->range, "去掉 # 和后面的字");
            return NULL;
        }
        const zp_source *source = text_of(r->loader->arena, r, f);
        return source ? zp_yaml_read_any(r->loader->arena, zp_span_of(source, 0, source->text.n),
                                         r->loader->diag)
                      : NULL;
    }
    const zp_book *book = book_of(r, f);
    if (!book || book->count == 0)
        return NULL;
    if (zp_str_eq(r->sheet, ZP_STR("*")))
        return all_sheets(r, book, f->path);
    const zp_sheet *sheet = r->sheet.n > 0 ? named_sheet(r, book) : first_sheet(r, book, f->path);
    sheet = sheet ? cut(r, sheet) : NULL;
    return sheet ? sheet_value(r, sheet, f->path) : NULL;
}

static request take_apart(zp_loader *loader, zp_str reference, zp_span place)
{
    request r = {.loader = loader, .place = place};
    size_t hash = zp_str_find(reference, ZP_STR("#"), 0);
    r.path = zp_str_trim(zp_str_slice(reference, 0, hash));
    zp_str rest = hash < reference.n ? zp_str_slice(reference, hash + 1, reference.n) : ZP_STR("");
    size_t mark = zp_str_find(rest, ZP_STR("!"), 0);
    r.sheet = zp_str_trim(zp_str_slice(rest, 0, mark));
    if (mark < rest.n)
        r.range = zp_str_trim(zp_str_slice(rest, mark + 1, rest.n));
    return r;
}

zp_value *zp_load(zp_loader *loader, zp_str reference, zp_load_trust trust, zp_str form,
                  zp_span place)
{
    request r = take_apart(loader, reference, place);
    r.trust = trust;
    r.form = form;
    if (!form_is_known(&r) || !find_files(&r))
        return NULL;
    bool many = zp_pattern_is(zp_path_base(r.path)) || r.count > 1;
    if (!many)
        return file_value(&r, r.found[0]);
    zp_value *list = zp_value_new(loader->arena, ZP_VALUE_LIST, place);
    for (size_t i = 0; i < r.count; i++) {
        zp_value *value = file_value(&r, r.found[i]);
        if (!value)
            return NULL;
        zp_value_append(list,
                        with_origin(&r, value, ZP_STR("文件"), zp_path_base(r.found[i]->path)));
    }
    return list;
}

const zp_sheet *zp_load_sheet(zp_loader *loader, zp_str reference, zp_span place)
{
    request r = take_apart(loader, reference, place);
    if (!find_files(&r))
        return NULL;
    const zp_book *book = book_of(&r, r.found[0]);
    if (!book || book->count == 0)
        return NULL;
    const zp_sheet *sheet = r.sheet.n > 0 ? named_sheet(&r, book) : &book->sheets[0];
    return sheet ? cut(&r, sheet) : NULL;
}

const zp_loaded *zp_loader_files(const zp_loader *loader, size_t *count)
{
    const store *s = loader->store;
    zp_loaded *files = zp_new_array(loader->arena, zp_loaded, s->count);
    for (size_t i = 0; i < s->count; i++)
        files[i] = (zp_loaded){s->files[i]->path, s->files[i]->bytes};
    *count = s->count;
    return files;
}

const zp_loaded *zp_loader_used(const zp_loader *loader, size_t *count)
{
    *count = loader->used_count;
    return loader->used;
}

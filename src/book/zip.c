/* zip.c: a ZIP's bytes in, its files' names and bytes out.
 *
 * What an entry says about its size is only a promise. Room is made for it at once (memory that
 * nobody writes to costs nothing), and for more as the bytes come: a file that promises little and
 * gives much stops at the limit.
 */
#include "book/zip.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>
#include "base/utf8.h"

enum { CHUNK = 256 << 10 }; /* bytes asked for at a time */

typedef struct {
    zp_str name;
    zip_uint64_t index;
} entry;

struct zp_zip {
    zp_arena *arena;
    zp_span file;
    zip_t *archive;
    entry *entries; /* sorted by name */
    zp_str *names;
    size_t count;
};

static void refuse(const zp_zip *zip, const char *id, zp_diag *diag, const char *hint,
                   const char *message)
{
    zp_diag_add(diag, ZP_ERROR, id, zip->file, hint, "%s", message);
}

/* --- Names ----------------------------------------------------------------------------------- */

static zp_str decode_name(zp_arena *arena, const char *raw)
{
    zp_str name = zp_str_copy(arena, zp_str_from(raw));
    if (zp_utf8_fault(name, 0) < name.n) {
        zp_diag *unheard = zp_diag_new(arena);
        const zp_source *decoded = zp_source_read(arena, name, name, "GB18030", unheard);
        name = decoded ? zp_str_copy(arena, decoded->text) : ZP_STR("");
    }
    char *p = (char *)(uintptr_t)name.p; /* our copy */
    for (size_t i = 0; i < name.n; i++)
        if (p[i] == '\\')
            p[i] = '/';
    return name;
}

static bool is_inside(zp_str name)
{
    if (name.n == 0 || name.p[0] == '/' || (name.n > 1 && name.p[1] == ':'))
        return false;
    for (size_t start = 0; start <= name.n;) {
        size_t end = zp_str_find(name, ZP_STR("/"), start);
        if (zp_str_eq(zp_str_slice(name, start, end), ZP_STR("..")))
            return false;
        start = end + 1;
    }
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] < 0x20 || name.p[i] == 0x7F)
            return false;
    return true;
}

static bool is_file(zp_str name)
{
    return name.n && name.p[name.n - 1] != '/' && !zp_str_starts(name, ZP_STR("__MACOSX/"));
}

static void warn_name(const zp_zip *zip, zp_str name, const char *why, zp_diag *diag)
{
    zp_diag_add(diag, ZP_WARNING, "bad-entry-name", zip->file,
                "需要它的话，请解压后改名，再重新打包", "压缩包里的“%.*s”没有读：%s", ZP_ARG(name),
                why);
}

static int compare_entries(const void *a, const void *b)
{
    const entry *left = a, *right = b;
    int order = zp_str_compare(left->name, right->name);
    return order ? order : (left->index > right->index) - (left->index < right->index);
}

static void drop_doubles(zp_zip *zip, zp_diag *diag)
{
    size_t kept = 0;
    for (size_t i = 0; i < zip->count; i++) {
        if (kept && zp_str_eq(zip->entries[kept - 1].name, zip->entries[i].name))
            warn_name(zip, zip->entries[i].name, "前面已有同名的文件", diag);
        else
            zip->entries[kept++] = zip->entries[i];
    }
    zip->count = kept;
}

static void list_entries(zp_zip *zip, size_t total, zp_diag *diag)
{
    zip->entries = zp_new_array(zip->arena, entry, total);
    for (size_t i = 0; i < total; i++) {
        const char *raw = zip_get_name(zip->archive, i, ZIP_FL_ENC_RAW);
        zp_str name = raw ? decode_name(zip->arena, raw) : ZP_STR("");
        if (!is_file(name))
            continue;
        if (is_inside(name))
            zip->entries[zip->count++] = (entry){name, i};
        else
            warn_name(zip, name, "文件名指到压缩包外面，或含有控制字符", diag);
    }
    if (zip->count)
        qsort(zip->entries, zip->count, sizeof *zip->entries, compare_entries);
    drop_doubles(zip, diag);
    zip->names = zp_new_array(zip->arena, zp_str, zip->count);
    for (size_t i = 0; i < zip->count; i++)
        zip->names[i] = zip->entries[i].name;
}

/* --- Opening and reading --------------------------------------------------------------------- */

static zip_t *open_archive(zp_str bytes)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
    zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (source && !archive)
        zip_source_free(source);
    zip_error_fini(&error);
    return archive;
}

zp_zip *zp_zip_open(zp_arena *arena, zp_str name, zp_str bytes, zp_diag *diag)
{
    zp_zip *zip = zp_new(arena, zp_zip);
    zip->arena = arena;
    zip->file = zp_span_file(zp_source_new(arena, name, ZP_STR("")));
    zip->archive = open_archive(bytes);
    if (!zip->archive) {
        refuse(zip, "bad-zip", diag, "文件可能没有下载完或已损坏，请重新取得",
               "这个文件不是完整的 ZIP");
        return NULL;
    }
    zip_int64_t total = zip_get_num_entries(zip->archive, 0);
    if (total > ZP_ZIP_ENTRIES) {
        zp_diag_add(diag, ZP_ERROR, "bad-zip", zip->file, "请分成几个压缩包",
                    "压缩包里有 %lld 个文件，最多读 %d 个", (long long)total, ZP_ZIP_ENTRIES);
        zp_zip_close(zip);
        return NULL;
    }
    list_entries(zip, total > 0 ? (size_t)total : 0, diag);
    return zip;
}

void zp_zip_close(zp_zip *zip)
{
    if (zip && zip->archive)
        zip_discard(zip->archive);
    if (zip)
        zip->archive = NULL;
}

const zp_str *zp_zip_names(const zp_zip *zip, size_t *count)
{
    *count = zip->count;
    return zip->names;
}

static const entry *find_entry(const zp_zip *zip, zp_str name)
{
    size_t low = 0, high = zip->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = zp_str_compare(zip->entries[middle].name, name);
        if (order == 0)
            return &zip->entries[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool refuse_bomb(const zp_zip *zip, zp_str name, size_t limit, zp_diag *diag)
{
    zp_diag_add(diag, ZP_ERROR, "zip-bomb", zip->file, "请检查文件是否可靠；数据太多时分成几个文件",
                "里面的“%.*s”解压后太大，超过 %zu MB", ZP_ARG(name), limit >> 20);
    return false;
}

static bool refuse_entry(const zp_zip *zip, zp_str name, zp_diag *diag)
{
    zp_diag_add(diag, ZP_ERROR, "bad-zip", zip->file, "文件可能没有下载完或已损坏，请重新取得",
                "里面的“%.*s”解不开", ZP_ARG(name));
    return false;
}

/* All that `file` gives; false when that is more than `limit`, or it is broken (*broken). `hint` is
 * what it promises to give. */
static bool read_all(zip_file_t *file, size_t limit, size_t hint, zp_buf *out, bool *broken)
{
    *broken = false;
    zp_buf_reserve(out, hint + 1);
    for (;;) {
        if (out->capacity - out->n == 0)
            zp_buf_reserve(out, CHUNK);
        size_t room = out->capacity - out->n;
        zip_int64_t got = zip_fread(file, out->p + out->n, room);
        if (got < 0)
            *broken = true;
        if (got <= 0)
            return got == 0;
        out->n += (size_t)got;
        if (out->n > limit)
            return false;
    }
}

bool zp_zip_read(zp_zip *zip, zp_str name, size_t limit, zp_diag *diag, zp_str *bytes)
{
    return zp_zip_read_to(zip->arena, zip, name, limit, diag, bytes);
}

bool zp_zip_read_to(zp_arena *arena, zp_zip *zip, zp_str name, size_t limit, zp_diag *diag,
                    zp_str *bytes)
{
    const entry *e = find_entry(zip, name);
    if (!e)
        return false;
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(zip->archive, e->index, 0, &stat) != 0)
        return refuse_entry(zip, name, diag);
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE) {
        refuse(zip, "encrypted-zip", diag, "请先用密码解压，再使用里面的文件", "压缩包加了密码");
        return false;
    }
    if ((stat.valid & ZIP_STAT_SIZE) && stat.size > limit)
        return refuse_bomb(zip, name, limit, diag);
    zip_file_t *file = zip_fopen_index(zip->archive, e->index, 0);
    if (!file)
        return refuse_entry(zip, name, diag);
    zp_buf out = {.arena = arena};
    bool broken, whole = read_all(file, limit, (size_t)stat.size, &out, &broken);
    zip_fclose(file);
    *bytes = zp_buf_str(&out);
    if (broken)
        return refuse_entry(zip, name, diag);
    return whole || refuse_bomb(zip, name, limit, diag);
}

/* zipwrite.c: names and bytes in, a ZIP's bytes out.
 *
 * libzip writes into a buffer of its own; all that can go wrong there is that memory runs out.
 */
#include "book/zipwrite.h"

#include <zip.h>

enum {
    FIRST_DAY = 1 << 5 | 1, /* 1980-01-01 as MS-DOS has it: year from 1980, month, day */
    LEVEL = 6,
};

static void must(bool good)
{
    if (!good)
        zp_arena_exhausted();
}

static void add_file(zp_arena *arena, zip_t *archive, const zp_zip_file *file)
{
    zip_source_t *source = zip_source_buffer(archive, file->bytes.p, file->bytes.n, 0);
    must(source != NULL);
    zip_int64_t index = zip_file_add(archive, zp_str_cstr(arena, file->name), source,
                                     ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);
    must(index >= 0);
    zip_uint64_t at = (zip_uint64_t)index;
    must(zip_set_file_compression(archive, at, file->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
                                  LEVEL) == 0);
    must(zip_file_set_dostime(archive, at, 0, FIRST_DAY, 0) == 0);
}

/* All that the closed archive holds. */
static void take_bytes(zip_source_t *source, zp_buf *out)
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    must(zip_source_stat(source, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE));
    must(zip_source_open(source) == 0);
    zp_buf_reserve(out, (size_t)stat.size);
    zip_int64_t got = zip_source_read(source, out->p + out->n, stat.size);
    must(got >= 0 && (zip_uint64_t)got == stat.size);
    out->n += (size_t)got;
    zip_source_close(source);
}

void zp_zip_write(zp_arena *arena, const zp_zip_file *files, size_t count, zp_buf *out)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &error);
    must(whole != NULL);
    zip_source_keep(whole); /* closing the archive gives up one reference */
    zip_t *archive = zip_open_from_source(whole, ZIP_CREATE | ZIP_TRUNCATE, &error);
    must(archive != NULL);
    for (size_t i = 0; i < count; i++)
        add_file(arena, archive, &files[i]);
    must(zip_close(archive) == 0);
    take_bytes(whole, out);
    zip_source_free(whole);
    zip_error_fini(&error);
}

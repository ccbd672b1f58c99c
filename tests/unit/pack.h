/* pack.h: ZIPs for tests, made in memory. */
#ifndef ZP_TEST_PACK_H
#define ZP_TEST_PACK_H

#include <string.h>
#include <zip.h>
#include "base/str.h"

typedef struct {
    const char *name;
    zp_str bytes;
} pack_file;

static void pack_add(zip_t *archive, const pack_file *file)
{
    zip_source_t *source = zip_source_buffer(archive, file->bytes.p, file->bytes.n, 0);
    zip_int64_t index = -1;
    if (source)
        index = zip_file_add(archive, file->name, source, ZIP_FL_ENC_UTF_8);
    assert_true(index >= 0);
    if (file->name[strlen(file->name) - 1] == '*')
        assert_int_equal(zip_file_set_encryption(archive, (zip_uint64_t)index, ZIP_EM_AES_128, "x"),
                         0);
}

/* `count` files as the bytes of a ZIP. A name that ends in * is encrypted. */
static zp_str pack(zp_arena *arena, const pack_file *files, size_t count)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    assert_non_null(archive);
    zip_source_keep(target);
    for (size_t i = 0; i < count; i++)
        pack_add(archive, &files[i]);
    assert_int_equal(zip_close(archive), 0);
    zip_stat_t stat;
    assert_int_equal(zip_source_stat(target, &stat), 0);
    assert_int_equal(zip_source_open(target), 0);
    char *bytes = zp_arena_alloc(arena, stat.size);
    assert_int_equal(zip_source_read(target, bytes, stat.size), (zip_int64_t)stat.size);
    zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&error);
    return (zp_str){bytes, stat.size};
}

/* A copy of `bytes` in which each `from` reads `to`, which is as long: for names that no writer
 * lets pass. */
static inline zp_str pack_patch(zp_arena *arena, zp_str bytes, zp_str from, zp_str to)
{
    assert_int_equal(from.n, to.n);
    zp_str copy = zp_str_copy(arena, bytes);
    char *p = (char *)(uintptr_t)copy.p;
    for (size_t at = 0; (at = zp_str_find(copy, from, at)) < copy.n; at += from.n)
        memcpy(p + at, to.p, to.n);
    return copy;
}

#endif

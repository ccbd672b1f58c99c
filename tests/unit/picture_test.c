/* picture_test.c: files become pictures, or a message says why not. The files are made here, byte
 * by byte, so that each lie a file may tell can be told; a fixed seed then breaks them at random.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/files.h"
#include "base/length.h"
#include "layout/picture.h"

enum { MUTATIONS = 1500, FILES_MAX = 64 };

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_pictures *pictures;
    char folder[64];
    const char *files[FILES_MAX]; /* to be removed */
    size_t file_count;
} bench;

static int set_up(void **state)
{
    zp_arena *arena = zp_arena_new();
    bench *b = zp_new(arena, bench);
    b->arena = arena;
    b->diag = zp_diag_new(arena);
    (void)snprintf(b->folder, sizeof b->folder, "%s", "picture_test.XXXXXX");
    if (!mkdtemp(b->folder))
        return -1;
    b->pictures = zp_pictures_new(arena, zp_str_from(b->folder), b->diag);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    for (size_t i = 0; i < b->file_count; i++)
        unlink(b->files[i]);
    rmdir(b->folder);
    zp_arena_free(b->arena);
    return 0;
}

static void write_file(bench *b, const char *name, zp_str bytes)
{
    zp_str why;
    const char *path =
        zp_str_cstr(b->arena, zp_path_join(b->arena, zp_str_from(b->folder), zp_str_from(name)));
    assert_true(zp_file_replace(b->arena, path, bytes, &why));
    for (size_t i = 0; i < b->file_count; i++)
        if (strcmp(b->files[i], path) == 0)
            return;
    assert_true(b->file_count < FILES_MAX);
    b->files[b->file_count++] = path;
}

static const zp_picture *open_url(bench *b, const char *url)
{
    zp_node *image = zp_node_new(b->arena, ZP_NODE_IMAGE, (zp_span){0});
    image->text = zp_str_from(url);
    return zp_pictures_open(b->pictures, image);
}

/* As a file of a new name. */
static const zp_picture *open_bytes(bench *b, zp_str bytes)
{
    const char *name = zp_str_cstr(b->arena, zp_str_format(b->arena, "%zu.bin", b->file_count));
    write_file(b, name, bytes);
    return open_url(b, name);
}

static const char *last_id(const bench *b)
{
    size_t count;
    const zp_message *messages = zp_diag_messages(b->diag, &count);
    return count ? messages[count - 1].id : "none";
}

static void expect_fault(bench *b, zp_str bytes, const char *id)
{
    assert_null(open_bytes(b, bytes));
    assert_string_equal(last_id(b), id);
}

/* ---- making PNG ---- */

static void add_number(zp_buf *out, uint32_t number, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        zp_buf_byte(out, (char)(number >> (8 * i) & 0xFF));
}

static uint32_t crc_of(zp_str bytes)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < bytes.n; i++) {
        crc ^= (unsigned char)bytes.p[i];
        for (int k = 0; k < 8; k++)
            crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
    }
    return ~crc;
}

static void add_chunk(zp_buf *out, const char *name, zp_str data)
{
    add_number(out, (uint32_t)data.n, 4);
    size_t start = out->n;
    zp_buf_add(out, zp_str_from(name));
    zp_buf_add(out, data);
    add_number(out, crc_of(zp_str_slice(zp_buf_str(out), start, out->n)), 4);
}

/* As one stored block. */
static zp_str stored(bench *b, zp_str bytes)
{
    zp_buf out = {.arena = b->arena};
    uint32_t low = 1, high = 0;
    for (size_t i = 0; i < bytes.n; i++) {
        low = (low + (unsigned char)bytes.p[i]) % 65521;
        high = (high + low) % 65521;
    }
    zp_buf_add(&out, ZP_STR("\x78\x01\x01"));
    zp_buf_byte(&out, (char)(bytes.n & 0xFF));
    zp_buf_byte(&out, (char)(bytes.n >> 8));
    zp_buf_byte(&out, (char)(~bytes.n & 0xFF));
    zp_buf_byte(&out, (char)(~bytes.n >> 8 & 0xFF));
    zp_buf_add(&out, bytes);
    add_number(&out, high << 16 | low, 4);
    return zp_buf_str(&out);
}

typedef struct {
    uint32_t width, height;
    char depth, colour;
    uint32_t density_x, density_y;
    zp_str rows; /* with their filter bytes */
} png;

static zp_str make_png(bench *b, const png *p)
{
    zp_buf out = {.arena = b->arena}, head = out, density = out;
    add_number(&head, p->width, 4);
    add_number(&head, p->height, 4);
    zp_buf_byte(&head, p->depth);
    zp_buf_byte(&head, p->colour);
    zp_buf_add(&head, ZP_STR("\0\0\0"));
    zp_buf_add(&out, ZP_STR("\x89PNG\r\n\x1A\n"));
    add_chunk(&out, "IHDR", zp_buf_str(&head));
    if (p->density_x) {
        add_number(&density, p->density_x, 4);
        add_number(&density, p->density_y, 4);
        zp_buf_byte(&density, 1);
        add_chunk(&out, "pHYs", zp_buf_str(&density));
    }
    add_chunk(&out, "IDAT", stored(b, p->rows));
    add_chunk(&out, "IEND", (zp_str){0});
    return zp_buf_str(&out);
}

static const png dot = {1, 1, 8, 2, 0, 0, {"\0\x10\x20\x30", 4}};

/* ---- making JPEG ---- */

static void add_segment(zp_buf *out, unsigned mark, zp_str data)
{
    zp_buf_byte(out, (char)0xFF);
    zp_buf_byte(out, (char)mark);
    add_number(out, (uint32_t)data.n + 2, 2);
    zp_buf_add(out, data);
}

typedef struct {
    unsigned frame, colours, width, height;
    zp_str jfif, exif; /* empty: none */
    zp_str scan;
} jpeg;

static zp_str make_jpeg(bench *b, const jpeg *j)
{
    zp_buf out = {.arena = b->arena}, frame = out;
    zp_buf_byte(&frame, 8);
    add_number(&frame, j->height, 2);
    add_number(&frame, j->width, 2);
    zp_buf_byte(&frame, (char)j->colours);
    for (unsigned i = 0; i < j->colours; i++)
        zp_buf_add(&frame, ZP_STR("\1\x11\0"));
    zp_buf_add(&out, ZP_STR("\xFF\xD8"));
    if (j->jfif.n)
        add_segment(&out, 0xE0, j->jfif);
    if (j->exif.n)
        add_segment(&out, 0xE1, j->exif);
    add_segment(&out, j->frame, zp_buf_str(&frame));
    add_segment(&out, 0xDA, ZP_STR("\1\1\0\0\x3F\0"));
    zp_buf_add(&out, j->scan);
    zp_buf_add(&out, ZP_STR("\xFF\xD9"));
    return zp_buf_str(&out);
}

static const jpeg plain = {.frame = 0xC0, .colours = 3, .width = 40, .height = 20};

/* ---- PNG ---- */

static void expect_samples(bench *b, const png *p, zp_str expected)
{
    const zp_picture *picture = open_bytes(b, make_png(b, p));
    zp_str samples;
    assert_non_null(picture);
    assert_true(zp_picture_decode(b->arena, picture, &samples));
    assert_int_equal(samples.n, expected.n);
    assert_memory_equal(samples.p, expected.p, expected.n);
}

static void test_samples_are_8_bits_of_gray_or_colour(void **state)
{
    bench *b = *state;
    expect_samples(b, &dot, ZP_STR("\x10\x20\x30"));
    const png gray = {2, 2, 8, 0, 0, 0, ZP_STR("\0\1\2\0\3\4")};
    expect_samples(b, &gray, ZP_STR("\1\2\3\4"));
    const png bits = {8, 1, 1, 0, 0, 0, ZP_STR("\0\xA0")};
    expect_samples(b, &bits, ZP_STR("\xFF\0\xFF\0\0\0\0\0"));
    const png deep = {1, 1, 16, 2, 0, 0, ZP_STR("\0\x80\x80\x40\x40\xFF\xFF")};
    expect_samples(b, &deep, ZP_STR("\x80\x40\xFF"));
}

static void test_what_is_transparent_is_laid_on_white(void **state)
{
    bench *b = *state;
    const png colours = {3, 1, 8, 6, 0, 0, ZP_STR("\0\xFF\0\0\x80\1\2\3\0\1\2\3\xFF")};
    expect_samples(b, &colours, ZP_STR("\xFF\x7F\x7F\xFF\xFF\xFF\1\2\3"));
    const png gray = {2, 1, 8, 4, 0, 0, ZP_STR("\0\0\x80\x40\0")};
    expect_samples(b, &gray, ZP_STR("\x7F\xFF"));
}

static void test_density_of_png(void **state)
{
    bench *b = *state;
    png p = dot;
    const zp_picture *silent = open_bytes(b, make_png(b, &p));
    p.density_x = 5906;
    p.density_y = 11811;
    const zp_picture *given = open_bytes(b, make_png(b, &p));
    p.density_x = 1;
    const zp_picture *absurd = open_bytes(b, make_png(b, &p));
    assert_true(silent && given && absurd);
    assert_int_equal(silent->density_x, 3780);
    assert_int_equal(given->density_x, 5906);
    assert_int_equal(given->density_y, 11811);
    assert_int_equal(absurd->density_x, 3780);
    assert_int_equal(absurd->density_y, 3780);
}

static void test_png_too_large_is_refused_by_its_head(void **state)
{
    bench *b = *state;
    png p = dot;
    p.width = p.height = 50000;
    expect_fault(b, make_png(b, &p), "picture-too-large");
    p.width = p.height = 10001; /* each side would do */
    expect_fault(b, make_png(b, &p), "picture-too-large");
    p.width = 20001;
    p.height = 1;
    expect_fault(b, make_png(b, &p), "picture-too-large");
    p.width = 0;
    expect_fault(b, make_png(b, &p), "picture-damaged");
}

static void test_png_cut_anywhere_is_damaged(void **state)
{
    bench *b = *state;
    zp_str whole = make_png(b, &dot);
    for (size_t n = 8; n < whole.n; n++) {
        write_file(b, "cut.png", zp_str_slice(whole, 0, n));
        b->pictures = zp_pictures_new(b->arena, zp_str_from(b->folder), b->diag);
        assert_null(open_url(b, "cut.png"));
        assert_string_equal(last_id(b), "picture-damaged");
    }
}

static void test_png_with_fewer_rows_than_it_says_is_damaged(void **state)
{
    bench *b = *state;
    png p = dot;
    p.height = 100;
    expect_fault(b, make_png(b, &p), "picture-damaged");
}

/* ---- JPEG ---- */

static void test_jpeg_head(void **state)
{
    bench *b = *state;
    const zp_picture *p = open_bytes(b, make_jpeg(b, &plain));
    assert_non_null(p);
    assert_int_equal(p->kind, ZP_PICTURE_JPEG);
    assert_int_equal(p->width, 40);
    assert_int_equal(p->height, 20);
    assert_false(p->gray);
    assert_int_equal(p->orientation, 1);
    jpeg gray = plain;
    gray.colours = 1;
    gray.frame = 0xC2; /* progressive */
    p = open_bytes(b, make_jpeg(b, &gray));
    assert_true(p && p->gray);
}

static void test_density_of_jpeg(void **state)
{
    bench *b = *state;
    jpeg j = plain;
    j.jfif = ZP_STR("JFIF\0\1\1\1\0\x96\1\x2C\0\0"); /* 150 and 300 an inch */
    const zp_picture *inches = open_bytes(b, make_jpeg(b, &j));
    j.jfif = ZP_STR("JFIF\0\1\1\2\0\x3C\0\x3C\0\0"); /* 60 a centimetre */
    const zp_picture *metric = open_bytes(b, make_jpeg(b, &j));
    j.jfif = ZP_STR("JFIF\0\1\1\0\0\1\0\1\0\0"); /* only a ratio */
    const zp_picture *ratio = open_bytes(b, make_jpeg(b, &j));
    j.jfif = ZP_STR("JFIF\0\1\1\1\0");
    const zp_picture *cut = open_bytes(b, make_jpeg(b, &j));
    assert_true(inches && metric && ratio && cut);
    assert_int_equal(inches->density_x, 5906);
    assert_int_equal(inches->density_y, 11811);
    assert_int_equal(metric->density_x, 6000);
    assert_int_equal(ratio->density_x, 3780);
    assert_int_equal(cut->density_x, 3780);
}

static unsigned orientation_of(bench *b, zp_str exif)
{
    jpeg j = plain;
    j.exif = exif;
    const zp_picture *p = open_bytes(b, make_jpeg(b, &j));
    assert_non_null(p);
    return p->orientation;
}

static void test_orientation(void **state)
{
    bench *b = *state;
    assert_int_equal(
        orientation_of(b, ZP_STR("Exif\0\0MM\0*\0\0\0\10\0\1\1\x12\0\3\0\0\0\1\0\6\0\0")), 6);
    assert_int_equal(
        orientation_of(b, ZP_STR("Exif\0\0II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0\3\0\0\0")), 3);
    /* No such orientation, no SHORT, a directory outside, one cut off, nothing at all. */
    assert_int_equal(
        orientation_of(b, ZP_STR("Exif\0\0MM\0*\0\0\0\10\0\1\1\x12\0\3\0\0\0\1\0\11\0\0")), 1);
    assert_int_equal(
        orientation_of(b, ZP_STR("Exif\0\0MM\0*\0\0\0\10\0\1\1\x12\0\4\0\0\0\1\0\6\0\0")), 1);
    assert_int_equal(orientation_of(b, ZP_STR("Exif\0\0MM\0*\xFF\xFF\xFF\xFF\0\1\1\x12")), 1);
    assert_int_equal(orientation_of(b, ZP_STR("Exif\0\0MM\0*\0\0\0\10\xFF\xFF\1\x12\0\3")), 1);
    assert_int_equal(orientation_of(b, ZP_STR("Exif\0\0")), 1);
}

static void test_size_of_a_turned_picture(void **state)
{
    bench *b = *state;
    jpeg j = plain;
    j.exif = ZP_STR("Exif\0\0MM\0*\0\0\0\10\0\1\1\x12\0\3\0\0\0\1\0\6\0\0");
    int64_t width, height;
    zp_picture_size(open_bytes(b, make_jpeg(b, &j)), &width, &height);
    assert_true(height == 2 * width || height == 2 * width + 1);
    assert_in_range(width, zp_len_pt10(149), zp_len_pt10(151)); /* 20 pixels at 96 an inch */
}

static void test_jpeg_data_may_hold_all_but_markers(void **state)
{
    bench *b = *state;
    jpeg j = plain;
    j.scan = ZP_STR("\xFF\0\xFF\xD0\xFF\xD7 data \xFF\0\xFF\xFF");
    assert_non_null(open_bytes(b, make_jpeg(b, &j)));
}

static void test_jpeg_faults(void **state)
{
    bench *b = *state;
    jpeg j = plain;
    j.colours = 4;
    expect_fault(b, make_jpeg(b, &j), "picture-cmyk");
    j.colours = 2;
    expect_fault(b, make_jpeg(b, &j), "picture-unknown");
    j = plain;
    j.frame = 0xC3;
    expect_fault(b, make_jpeg(b, &j), "picture-unknown");
    j = plain;
    j.width = 65535;
    expect_fault(b, make_jpeg(b, &j), "picture-too-large");
    j.width = 0;
    expect_fault(b, make_jpeg(b, &j), "picture-damaged");
    zp_str whole = make_jpeg(b, &plain);
    expect_fault(b, zp_str_slice(whole, 0, whole.n - 1), "picture-damaged");
    expect_fault(b, ZP_STR("\xFF\xD8\xFF\xDA\0\2\xFF\xD9"), "picture-damaged");
}

/* ---- files ---- */

static void test_what_is_no_picture(void **state)
{
    bench *b = *state;
    expect_fault(b, ZP_STR("GIF89a"), "picture-unknown");
    expect_fault(b, ZP_STR(""), "picture-unknown");
    assert_null(open_url(b, "none.png"));
    assert_string_equal(last_id(b), "picture-unreadable");
    assert_null(open_url(b, "../none.png"));
    assert_string_equal(last_id(b), "picture-outside");
    assert_null(open_url(b, "https://example.com/none.png"));
    assert_string_equal(last_id(b), "picture-outside");
}

static void test_link_that_leads_out_is_refused(void **state)
{
    bench *b = *state;
    const char *link = zp_str_cstr(b->arena, zp_str_format(b->arena, "%s/link.png", b->folder));
    assert_int_equal(symlink("/", link), 0);
    b->files[b->file_count++] = link;
    assert_null(open_url(b, "link.png"));
    assert_string_equal(last_id(b), "picture-outside");
    assert_null(open_url(b, "link.png/etc/passwd"));
    assert_string_equal(last_id(b), "picture-outside");
}

static void test_a_picture_is_opened_once(void **state)
{
    bench *b = *state;
    write_file(b, "a b.png", make_png(b, &dot));
    const zp_picture *first = open_url(b, "a%20b.png");
    assert_non_null(first);
    assert_ptr_equal(open_url(b, "a b.png"), first);
    write_file(b, "c.png", make_png(b, &dot));
    const zp_picture *second = open_url(b, "c.png");
    assert_non_null(second);
    assert_int_not_equal(first->index, second->index);
    assert_ptr_equal(open_url(b, "a b.png"), first);
}

static void test_no_more_pictures_than_the_limit(void **state)
{
    bench *b = *state;
    write_file(b, "a.png", make_png(b, &dot));
    for (int i = 0; i < ZP_PICTURES_MAX; i++) {
        zp_str name = zp_str_format(b->arena, "%d.png", i * 7919 % ZP_PICTURES_MAX);
        assert_null(open_url(b, zp_str_cstr(b->arena, name)));
        assert_string_equal(last_id(b), "picture-unreadable");
    }
    assert_null(open_url(b, "a.png"));
    assert_string_equal(last_id(b), "picture-too-many");
}

static void test_without_a_folder_there_are_no_pictures(void **state)
{
    bench *b = *state;
    b->pictures = zp_pictures_new(b->arena, (zp_str){0}, b->diag);
    assert_null(open_url(b, "CMakeLists.txt"));
    assert_string_equal(last_id(b), "picture-outside");
}

/* ---- broken at random ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static zp_str mutate(zp_arena *arena, zp_str bytes, uint32_t *seed)
{
    char *copy = zp_arena_alloc(arena, bytes.n);
    memcpy(copy, bytes.p, bytes.n);
    for (uint32_t i = 1 + next_random(seed) % 3; i > 0; i--)
        copy[next_random(seed) % bytes.n] = (char)next_random(seed);
    size_t n = next_random(seed) % 4 ? bytes.n : 1 + next_random(seed) % bytes.n;
    return (zp_str){copy, n};
}

static void test_broken_files_are_pictures_or_messages(void **state)
{
    bench *b = *state;
    jpeg j = plain;
    j.exif = ZP_STR("Exif\0\0MM\0*\0\0\0\10\0\1\1\x12\0\3\0\0\0\1\0\6\0\0");
    j.jfif = ZP_STR("JFIF\0\1\1\1\0\x96\1\x2C\0\0");
    const zp_str sound[] = {make_png(b, &dot), make_jpeg(b, &j)};
    uint32_t seed = 20231101;
    for (int i = 0; i < MUTATIONS; i++) {
        zp_arena *arena = zp_arena_new();
        zp_diag *diag = zp_diag_new(arena);
        write_file(b, "m.bin", mutate(arena, sound[i % 2], &seed));
        b->pictures = zp_pictures_new(arena, zp_str_from(b->folder), diag);
        const zp_picture *p = open_url(b, "m.bin");
        assert_int_equal(zp_diag_count(diag, ZP_ERROR), p ? 0 : 1);
        zp_str samples;
        if (p && p->kind == ZP_PICTURE_PNG)
            assert_true(zp_picture_decode(arena, p, &samples));
        zp_arena_free(arena);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_samples_are_8_bits_of_gray_or_colour),
        TEST(test_what_is_transparent_is_laid_on_white),
        TEST(test_density_of_png),
        TEST(test_png_too_large_is_refused_by_its_head),
        TEST(test_png_cut_anywhere_is_damaged),
        TEST(test_png_with_fewer_rows_than_it_says_is_damaged),
        TEST(test_jpeg_head),
        TEST(test_density_of_jpeg),
        TEST(test_orientation),
        TEST(test_size_of_a_turned_picture),
        TEST(test_jpeg_data_may_hold_all_but_markers),
        TEST(test_jpeg_faults),
        TEST(test_what_is_no_picture),
        TEST(test_link_that_leads_out_is_refused),
        TEST(test_a_picture_is_opened_once),
        TEST(test_no_more_pictures_than_the_limit),
        TEST(test_without_a_folder_there_are_no_pictures),
        TEST(test_broken_files_are_pictures_or_messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

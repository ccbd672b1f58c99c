/* picture.c: the url of a picture in, its file and what a page and a PDF must know of it out.
 *
 * Headers are read by hand: that is a walk over pieces that name their lengths, it settles the size
 * before anything is decoded, and it shows whether the file ends where it should. Samples are
 * libpng's to make, through its simplified interface: that keeps errors and jumps to itself and
 * passes over every chunk that has no share in the samples.
 */
#include "layout/picture.h"

#include <png.h>
#include <string.h>
#include "base/files.h"
#include "base/length.h"
#include "base/utf8.h"

enum {
    DENSITY = 3780,    /* pixels a metre: 96 an inch */
    DENSITY_MIN = 900, /* about 23 and 5000 an inch: what a file says beyond these is a slip */
    DENSITY_MAX = 200000,
    NAME_SHOWN = 40, /* characters of a url in a message */
};

/* Why a picture cannot be drawn. */
typedef struct {
    const char *id, *message, *hint;
} fault;

static const fault outside = {"picture-outside", "不在报告的文件夹里",
                              "把图片放进报告所在的文件夹，再写它在那里的文件名"};
static const fault homeless = {"picture-outside", "找不到：从标准输入读的报告没有文件夹",
                               "把报告存成文件，和图片放在一起"};
static const fault unreadable = {"picture-unreadable", "读不了：",
                                 "检查文件名（大小写也要一样）和读取权限"};
static const fault unknown = {"picture-unknown", "不是能用的 PNG 或 JPEG 图片",
                              "用画图软件打开，另存为 PNG 或普通的 JPEG"};
static const fault cmyk = {"picture-cmyk", "是印刷用的 CMYK 颜色",
                           "用画图软件转成 RGB 颜色，另存为 JPEG 或 PNG"};
static const fault too_large = {"picture-too-large", "太大",
                                "缩小图片：每边最多 20000 像素，一共最多 1 亿像素"};
static const fault damaged = {"picture-damaged", "不完整或已损坏", "重新导出或复制一次"};
static const fault too_many = {"picture-too-many", "放不下了：图片太多，或加起来太大",
                               "缩小图片，或把报告分成几份"};

/* A file that was asked for: a picture, or why it is none. */
typedef struct {
    zp_str path;
    const zp_picture *picture;
    const fault *fault;
    zp_str detail;
} entry;

struct zp_pictures {
    zp_arena *arena;
    zp_str folder;
    const zp_enclosed *enclosed;
    size_t enclosed_count;
    zp_diag *diag;
    entry *entries[ZP_PICTURES_MAX]; /* by path */
    size_t count;
    size_t bytes, pixels; /* of all so far */
};

/* Big-endian, as in both formats. */
static uint32_t number_at(zp_str bytes, size_t at, size_t count)
{
    uint32_t number = 0;
    for (size_t i = 0; i < count; i++)
        number = number << 8 | (unsigned char)bytes.p[at + i];
    return number;
}

static void set_density(zp_picture *picture, uint64_t x, uint64_t y)
{
    if (x < DENSITY_MIN || x > DENSITY_MAX || y < DENSITY_MIN || y > DENSITY_MAX)
        return;
    picture->density_x = (uint32_t)x;
    picture->density_y = (uint32_t)y;
}

static const fault *check_size(const zp_picture *picture)
{
    if (picture->width == 0 || picture->height == 0)
        return &damaged;
    bool fits = picture->width <= ZP_PICTURE_SIDE && picture->height <= ZP_PICTURE_SIDE &&
                (uint64_t)picture->width * picture->height <= ZP_PICTURE_PIXELS;
    return fits ? NULL : &too_large;
}

/* ---- PNG (ISO/IEC 15948) ---- */

static const fault *read_png_header(zp_picture *picture, zp_str name, zp_str data)
{
    if (!zp_str_eq(name, ZP_STR("IHDR")) || data.n != 13)
        return &damaged;
    picture->width = number_at(data, 0, 4);
    picture->height = number_at(data, 4, 4);
    picture->gray = data.p[9] == PNG_COLOR_TYPE_GRAY || data.p[9] == PNG_COLOR_TYPE_GRAY_ALPHA;
    return check_size(picture);
}

static const fault *read_png(zp_picture *picture)
{
    zp_str bytes = picture->bytes;
    const fault *found = NULL;
    for (size_t at = 8; found == NULL && bytes.n - at >= 12;) {
        size_t length = number_at(bytes, at, 4);
        if (length > bytes.n - at - 12)
            break;
        zp_str name = zp_str_slice(bytes, at + 4, at + 8);
        zp_str data = zp_str_slice(bytes, at + 8, at + 8 + length);
        if (at == 8)
            found = read_png_header(picture, name, data);
        else if (zp_str_eq(name, ZP_STR("pHYs")) && length == 9 && data.p[8] == 1)
            set_density(picture, number_at(data, 0, 4), number_at(data, 4, 4));
        else if (zp_str_eq(name, ZP_STR("IEND")))
            return NULL;
        at += 12 + length;
    }
    return found ? found : &damaged;
}

/* Lays samples on white, in their place: `colours` and an alpha for each pixel become `colours`. */
static void flatten(unsigned char *samples, size_t pixels, size_t colours)
{
    const unsigned char *from = samples;
    unsigned char *to = samples;
    for (size_t i = 0; i < pixels; i++, from += colours + 1) {
        unsigned alpha = from[colours];
        for (size_t k = 0; k < colours; k++)
            *to++ = (unsigned char)((from[k] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}

bool zp_picture_decode(zp_arena *arena, const zp_picture *picture, zp_str *samples)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    bool good = png_image_begin_read_from_memory(&image, picture->bytes.p, picture->bytes.n) &&
                image.width == picture->width && image.height == picture->height;
    if (good) {
        png_uint_32 alpha = image.format & PNG_FORMAT_FLAG_ALPHA;
        size_t colours = picture->gray ? 1 : 3;
        size_t pixels = (size_t)picture->width * picture->height;
        image.format = (picture->gray ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB) | alpha;
        image.flags |=
            PNG_IMAGE_FLAG_16BIT_sRGB; /* else taken for linear light when the file is silent */
        unsigned char *made = zp_arena_alloc(arena, pixels * (colours + (alpha ? 1 : 0)));
        good = png_image_finish_read(&image, NULL, made, 0, NULL);
        if (good && alpha)
            flatten(made, pixels, colours);
        *samples = (zp_str){(const char *)made, pixels * colours};
    }
    png_image_free(&image);
    return good;
}

zp_str zp_picture_encode(zp_arena *arena, zp_str samples, uint32_t width, uint32_t height)
{
    png_image image = {
        .version = PNG_IMAGE_VERSION, .width = width, .height = height, .format = PNG_FORMAT_GRAY};
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    char *made = zp_arena_alloc(arena, size);
    if (!png_image_write_to_memory(&image, made, &size, 0, samples.p, 0, NULL))
        zp_arena_exhausted();
    return (zp_str){made, size};
}

/* ---- JPEG (ITU-T T.81, annex B) ---- */

enum {
    MARK_SOF0 = 0xC0,
    MARK_SOF2 = 0xC2, /* progressive; what comes after it, PDF does not know */
    MARK_DHT = 0xC4,
    MARK_JPG = 0xC8,
    MARK_DAC = 0xCC,
    MARK_SOF15 = 0xCF,
    MARK_RST0 = 0xD0,
    MARK_RST7 = 0xD7,
    MARK_EOI = 0xD9,
    MARK_SOS = 0xDA,
    MARK_APP0 = 0xE0,
    MARK_APP1 = 0xE1,
    MARK_TEM = 0x01,
};

/* The next marker at or after *at, and *at moved behind it; 0 when there is none. */
static unsigned next_marker(zp_str bytes, size_t *at)
{
    while (*at + 1 < bytes.n) {
        const char *found = memchr(bytes.p + *at, 0xFF, bytes.n - *at - 1);
        if (!found)
            break;
        *at = (size_t)(found - bytes.p) + 1;
        unsigned mark = (unsigned char)bytes.p[*at];
        if (mark != 0x00 && mark != 0xFF) { /* a byte of the data, a filler */
            (*at)++;
            return mark;
        }
    }
    return 0;
}

static bool begins_frame(unsigned mark)
{
    return mark >= MARK_SOF0 && mark <= MARK_SOF15 && mark != MARK_DHT && mark != MARK_JPG &&
           mark != MARK_DAC;
}

static const fault *read_frame(zp_picture *picture, unsigned mark, zp_str data)
{
    if (data.n < 6 || picture->width != 0)
        return &damaged;
    picture->height = number_at(data, 1, 2);
    picture->width = number_at(data, 3, 2);
    unsigned colours = (unsigned char)data.p[5];
    picture->gray = colours == 1;
    if (colours == 4)
        return &cmyk;
    if (mark > MARK_SOF2 || data.p[0] != 8 || (colours != 1 && colours != 3))
        return &unknown;
    return check_size(picture);
}

/* JFIF: its version, a unit (1 an inch, 2 a centimetre), two densities. */
static void read_jfif(zp_picture *picture, zp_str data)
{
    if (data.n < 12)
        return;
    uint64_t x = number_at(data, 8, 2), y = number_at(data, 10, 2);
    if (data.p[7] == 1)
        set_density(picture, (x * 10000 + 127) / 254, (y * 10000 + 127) / 254);
    else if (data.p[7] == 2)
        set_density(picture, x * 100, y * 100);
}

/* A number of a TIFF file, whose first byte says which end of numbers comes first; 0 outside of it.
 */
static uint32_t tiff_number(zp_str tiff, size_t at, size_t count)
{
    if (at > tiff.n || tiff.n - at < count)
        return 0;
    if (tiff.p[0] == 'M')
        return number_at(tiff, at, count);
    uint32_t number = 0;
    for (size_t i = count; i > 0; i--)
        number = number << 8 | (unsigned char)tiff.p[at + i - 1];
    return number;
}

/* EXIF is a TIFF file: from its first directory, the entry Orientation (0x0112), one SHORT. */
static void read_exif(zp_picture *picture, zp_str tiff)
{
    size_t directory = tiff_number(tiff, 4, 4);
    size_t count = tiff_number(tiff, directory, 2);
    for (size_t i = 0; i < count; i++) {
        size_t at = directory + 2 + 12 * i;
        uint32_t value = tiff_number(tiff, at + 8, 2);
        if (tiff_number(tiff, at, 2) != 0x0112)
            continue;
        if (tiff_number(tiff, at + 2, 2) == 3 && value >= 1 && value <= 8)
            picture->orientation = (uint8_t)value;
        return;
    }
}

static const fault *read_segment(zp_picture *picture, unsigned mark, zp_str data)
{
    if (begins_frame(mark))
        return read_frame(picture, mark, data);
    if (mark == MARK_APP0 && zp_str_starts(data, ZP_STR("JFIF\0")))
        read_jfif(picture, data);
    else if (mark == MARK_APP1 && zp_str_starts(data, ZP_STR("Exif\0\0")))
        read_exif(picture, zp_str_slice(data, 6, data.n));
    else if (mark == MARK_SOS && picture->width == 0)
        return &damaged;
    return NULL;
}

static const fault *read_jpeg(zp_picture *picture)
{
    zp_str bytes = picture->bytes;
    bool scanned = false;
    size_t at = 2;
    for (unsigned mark; (mark = next_marker(bytes, &at)) != 0;) {
        if (mark == MARK_EOI)
            return scanned ? NULL : &damaged;
        if (mark == MARK_TEM || (mark >= MARK_RST0 && mark <= MARK_RST7))
            continue;
        size_t length = bytes.n - at < 2 ? 0 : number_at(bytes, at, 2);
        if (length < 2 || length > bytes.n - at)
            break;
        const fault *found = read_segment(picture, mark, zp_str_slice(bytes, at + 2, at + length));
        if (found)
            return found;
        scanned = scanned || mark == MARK_SOS;
        at += length; /* after the head of a scan come its data, in which no marker stands */
    }
    return &damaged;
}

/* ---- files ---- */

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The url as a path: editors write a space as %20. */
static zp_str decode_url(zp_arena *arena, zp_str url)
{
    zp_buf path = {.arena = arena};
    for (size_t i = 0; i < url.n; i++) {
        int high = url.p[i] == '%' && url.n - i > 2 ? hex_value(url.p[i + 1]) : -1;
        int low = high >= 0 ? hex_value(url.p[i + 2]) : -1;
        bool coded = low >= 0 && high + low > 0; /* %00 ends no path */
        zp_buf_byte(&path, coded ? (char)(high * 16 + low) : url.p[i]);
        i += coded ? 2 : 0;
    }
    return zp_buf_str(&path);
}

/* Decoded for once, to see that it can be; the samples are too many to be kept. */
static const fault *try_png(zp_pictures *pictures, const zp_picture *picture)
{
    pictures->pixels += (size_t)picture->width * picture->height;
    if (pictures->pixels > ZP_PICTURES_PIXELS)
        return &too_many;
    zp_arena *scratch = zp_arena_new();
    zp_str samples;
    bool good = zp_picture_decode(scratch, picture, &samples);
    zp_arena_free(scratch);
    return good ? NULL : &damaged;
}

static const fault *look_through(zp_pictures *pictures, zp_picture *picture)
{
    picture->density_x = picture->density_y = DENSITY;
    picture->orientation = 1;
    if (zp_str_starts(picture->bytes, ZP_STR("\x89PNG\r\n\x1A\n"))) {
        picture->kind = ZP_PICTURE_PNG;
        const fault *found = read_png(picture);
        return found ? found : try_png(pictures, picture);
    }
    if (!zp_str_starts(picture->bytes, ZP_STR("\xFF\xD8\xFF")))
        return &unknown;
    picture->kind = ZP_PICTURE_JPEG;
    return read_jpeg(picture);
}

void zp_pictures_enclose(zp_pictures *pictures, const zp_enclosed *files, size_t count)
{
    pictures->enclosed = files;
    pictures->enclosed_count = count;
}

static bool find_enclosed(const zp_pictures *pictures, zp_str path, zp_str *bytes)
{
    for (size_t i = 0; i < pictures->enclosed_count; i++)
        if (zp_str_eq(pictures->enclosed[i].name, path)) {
            *bytes = pictures->enclosed[i].bytes;
            return true;
        }
    return false;
}

static const fault *read_file(zp_pictures *pictures, zp_str path, zp_str *bytes, zp_str *detail)
{
    if (find_enclosed(pictures, path, bytes))
        return NULL;
    if (pictures->folder.n == 0)
        return &homeless;
    if (zp_str_find(path, ZP_STR("://"), 0) < path.n ||
        !zp_path_is_inside(pictures->arena, pictures->folder, path))
        return &outside;
    if (!zp_file_read_inside(pictures->arena, pictures->folder, path, ZP_PICTURE_BYTES, bytes,
                             detail))
        return &unreadable;
    pictures->bytes += bytes->n;
    return pictures->bytes > ZP_PICTURES_BYTES ? &too_many : NULL;
}

static entry *load(zp_pictures *pictures, zp_str path)
{
    entry *made = zp_new(pictures->arena, entry);
    zp_picture *picture = zp_new(pictures->arena, zp_picture);
    made->path = path;
    made->fault = read_file(pictures, path, &picture->bytes, &made->detail);
    if (!made->fault)
        made->fault = look_through(pictures, picture);
    if (made->fault == &too_large)
        made->detail =
            zp_str_format(pictures->arena, "（%u×%u 像素）", picture->width, picture->height);
    picture->index = (unsigned)pictures->count;
    made->picture = picture;
    return made;
}

/* The entry of a path, made when there is none; NULL when there are too many. */
static const entry *find(zp_pictures *pictures, zp_str path)
{
    size_t low = 0, high = pictures->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = zp_str_compare(pictures->entries[middle]->path, path);
        if (order == 0)
            return pictures->entries[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (pictures->count == ZP_PICTURES_MAX)
        return NULL;
    entry **place = pictures->entries + low;
    memmove(place + 1, place, (pictures->count - low) * sizeof *place);
    *place = load(pictures, path);
    pictures->count++;
    return *place;
}

zp_pictures *zp_pictures_new(zp_arena *arena, zp_str folder, zp_diag *diag)
{
    zp_pictures *pictures = zp_new(arena, zp_pictures);
    pictures->arena = arena;
    pictures->folder = folder;
    pictures->diag = diag;
    return pictures;
}

/* What a message shows of a url. */
static zp_str short_name(zp_arena *arena, zp_str url)
{
    size_t at = 0;
    for (int i = 0; i < NAME_SHOWN && at < url.n; i++)
        zp_utf8_next(url, &at);
    zp_str name = zp_str_slice(url, 0, at);
    return at == url.n ? name : zp_str_format(arena, "%.*s…", ZP_ARG(name));
}

const zp_picture *zp_pictures_open(zp_pictures *pictures, const zp_node *image)
{
    const entry *found = find(pictures, decode_url(pictures->arena, image->text));
    const fault *why = found ? found->fault : &too_many;
    if (!why)
        return found->picture;
    zp_str detail = found ? found->detail : (zp_str){0};
    zp_diag_add(pictures->diag, ZP_ERROR, why->id, image->span, why->hint, "图片“%.*s”%s%.*s",
                ZP_ARG(short_name(pictures->arena, image->text)), why->message, ZP_ARG(detail));
    return NULL;
}

const zp_picture_file *zp_pictures_files(zp_arena *arena, const zp_pictures *pictures,
                                         size_t *count)
{
    zp_picture_file *files = zp_new_array(arena, zp_picture_file, pictures->count);
    *count = 0;
    for (size_t i = 0; i < pictures->count; i++)
        if (!pictures->entries[i]->fault)
            files[(*count)++] =
                (zp_picture_file){pictures->entries[i]->path, pictures->entries[i]->picture->bytes};
    return files;
}

/* ---- size ---- */

zp_picture_view zp_picture_view_of(const zp_picture *picture)
{
    static const zp_picture_view views[9] = {
        [2] = {false, true, false}, [3] = {false, true, true}, [4] = {false, false, true},
        [5] = {true, true, true},   [6] = {true, false, true}, [7] = {true, false, false},
        [8] = {true, true, false}}; /* by orientation */
    return views[picture->orientation];
}

void zp_picture_size(const zp_picture *picture, int64_t *width, int64_t *height)
{
    const int64_t metre = zp_len_mm10(10000);
    int64_t across = picture->width * metre / picture->density_x;
    int64_t down = picture->height * metre / picture->density_y;
    bool turned = picture->orientation > 4;
    *width = turned ? down : across;
    *height = turned ? across : down;
}

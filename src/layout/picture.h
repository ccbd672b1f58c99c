/* picture.h: the report's pictures: PNG and JPEG files in its folder or below it.
 *
 * Each is opened once, whatever number of places it stands in and formats it is written to, and is
 * looked through before anything is made of it: what zp_pictures_open gives can be drawn. Sizes are
 * judged by the file's header, before anything is decoded; a PNG is then decoded once to see that
 * it can be; a JPEG is followed to its end, but a reader of the PDF decodes it.
 */
#ifndef ZP_PICTURE_H
#define ZP_PICTURE_H

#include "base/diag.h"
#include "doc/node.h"

enum {
    ZP_PICTURE_SIDE = 20000, /* pixels */
    ZP_PICTURE_PIXELS = 100000000,
    ZP_PICTURE_BYTES = 32 << 20,    /* of its file */
    ZP_PICTURES_MAX = 1000,         /* different ones in a report */
    ZP_PICTURES_BYTES = 128 << 20,  /* of all their files */
    ZP_PICTURES_PIXELS = 400000000, /* of all that are decoded */
};

typedef enum { ZP_PICTURE_PNG, ZP_PICTURE_JPEG } zp_picture_kind;

typedef struct zp_picture {
    zp_picture_kind kind;
    unsigned index;                /* below ZP_PICTURES_MAX, for tables by picture */
    zp_str bytes;                  /* the file */
    uint32_t width, height;        /* in pixels, as stored */
    uint32_t density_x, density_y; /* pixels a metre, as stored: 96 an inch when the file does not
                                      say, or says what cannot be */
    uint8_t orientation; /* how it is to be seen, 1 to 8 as in EXIF: from 5 on, what is stored as a
                            row is seen as a column */
    bool gray;
} zp_picture;

typedef struct zp_pictures zp_pictures;

/* None yet; they will be looked for in `folder`. */
zp_pictures *zp_pictures_new(zp_arena *arena, zp_str folder, zp_diag *diag);

/* Pictures that came with the report's text, which are looked for before the folder is; borrowed.
 */
void zp_pictures_enclose(zp_pictures *pictures, const zp_enclosed *files, size_t count);

/* The picture that an IMAGE names; NULL when it cannot be drawn, which is then an error at the
 * node: `picture-outside` (not in the folder), `picture-unreadable` (not there, no permission, too
 * many bytes), `picture-unknown` (neither PNG nor JPEG, or of a kind that PDF does not know),
 * `picture-cmyk`, `picture-too-large` (pixels), `picture-damaged`, `picture-too-many` (for the
 * limits of a report). */
const zp_picture *zp_pictures_open(zp_pictures *pictures, const zp_node *image);

/* The paths, within the folder, and bytes of all that could be drawn, of those that were opened. */
typedef struct {
    zp_str path, bytes;
} zp_picture_file;
const zp_picture_file *zp_pictures_files(zp_arena *arena, const zp_pictures *pictures,
                                         size_t *count);

/* Size as it is seen at its own density, in zp_len units but as wide as the file says. */
void zp_picture_size(const zp_picture *picture, int64_t *width, int64_t *height);

/* What is done to a picture as it is stored so that it is seen upright: first its rows become
 * columns (`turned`), then right becomes left, then top becomes foot. */
typedef struct {
    bool turned, mirrored, upended;
} zp_picture_view;
zp_picture_view zp_picture_view_of(const zp_picture *picture);

/* A PNG's samples, one byte each: gray, or red, green, blue; rows from the top, without gaps; what
 * is transparent is laid on white. False when the file is damaged: never for what zp_pictures_open
 * gave. */
bool zp_picture_decode(zp_arena *arena, const zp_picture *picture, zp_str *samples);

/* Gray samples, one byte each, as a PNG file. */
zp_str zp_picture_encode(zp_arena *arena, zp_str samples, uint32_t width, uint32_t height);

#endif

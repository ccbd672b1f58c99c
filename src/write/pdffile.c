/* pdffile.c: objects in, header, bodies, cross-references and trailer out. */
#include "write/pdffile.h"

enum {
    TOGETHER = 400, /* objects of one object stream: a reader unpacks it for any of them */
    ENTRY = 7,      /* bytes of a packed cross-reference: 1 for its type, 4, 2 */
    IN_FILE = 1,    /* its types: at an offset, */
    IN_STREAM = 2,  /* or in an object stream, at an index */
};

/* Where an object stands: in the file, or within an object stream. */
typedef struct {
    size_t type, where, index;
} place;

typedef struct {
    const zp_pdf_file *file;
    const zp_deflater *deflater;
    zp_buf *out;
    place *places;
    size_t count; /* of objects, with those that are made here */
} writer;

static void add_object(writer *w, size_t number, const zp_pdf_object *object)
{
    w->places[number] = (place){IN_FILE, w->out->n, 0};
    zp_buf_uint(w->out, number);
    zp_buf_lit(w->out, " 0 obj\n");
    zp_buf_add(w->out, object->value);
    if (object->stream.p) {
        zp_buf_lit(w->out, "\nstream\n");
        zp_buf_add(w->out, object->stream);
        zp_buf_lit(w->out, "\nendstream");
    }
    zp_buf_lit(w->out, "\nendobj\n");
}

static void add_hex(zp_buf *out, const unsigned char *bytes, size_t count)
{
    static const char hex[] = "0123456789ABCDEF";
    zp_buf_byte(out, '<');
    for (size_t i = 0; i < count; i++) {
        zp_buf_byte(out, hex[bytes[i] >> 4]);
        zp_buf_byte(out, hex[bytes[i] & 15]);
    }
    zp_buf_byte(out, '>');
}

/* The entries that trailer and cross-reference stream share. */
static void add_trailer(const writer *w, zp_buf *out)
{
    zp_buf_format(out, "/Size %zu/Root %zu 0 R/Info %zu 0 R/ID[", w->count, w->file->root,
                  w->file->info);
    add_hex(out, w->file->id, ZP_PDF_ID);
    add_hex(out, w->file->id, ZP_PDF_ID);
    zp_buf_byte(out, ']');
}

/* ---- plain ---- */

static void write_table(writer *w)
{
    size_t start = w->out->n;
    zp_buf_format(w->out, "xref\n0 %zu\n0000000000 65535 f\r\n", w->count);
    for (size_t i = 1; i < w->count; i++)
        zp_buf_format(w->out, "%010zu 00000 n\r\n", w->places[i].where);
    zp_buf_lit(w->out, "trailer\n<<");
    add_trailer(w, w->out);
    zp_buf_format(w->out, ">>\nstartxref\n%zu\n%%%%EOF\n", start);
}

/* ---- packed ---- */

/* The next objects from *next on that are no streams, as one stream: pairs of number and offset,
 * then the values. */
static void add_object_stream(writer *w, size_t *next)
{
    zp_buf pairs = {.arena = w->out->arena}, values = pairs;
    size_t number = w->count++, held = 0;
    for (; *next < w->file->count && held < TOGETHER; ++*next) {
        const zp_pdf_object *object = &w->file->objects[*next];
        if (object->stream.p)
            continue;
        w->places[*next] = (place){IN_STREAM, number, held++};
        zp_buf_format(&pairs, "%zu %zu ", *next, values.n);
        zp_buf_add(&values, object->value);
        zp_buf_byte(&values, '\n');
    }
    size_t first = pairs.n;
    zp_buf_add(&pairs, zp_buf_str(&values));
    zp_str packed = zp_deflate(pairs.arena, w->deflater, zp_buf_str(&pairs), ZP_EFFORT_TEXT);
    zp_str dict =
        zp_str_format(pairs.arena, "<</Type/ObjStm/N %zu/First %zu/Length %zu/Filter/FlateDecode>>",
                      held, first, packed.n);
    add_object(w, number, &(zp_pdf_object){dict, packed});
}

/* All entries, each as its difference from the one before (PNG's predictor Up), which leaves little
 * to pack. */
static zp_str make_entries(const writer *w)
{
    zp_buf out = {.arena = w->out->arena};
    unsigned char before[ENTRY] = {0};
    for (size_t i = 0; i < w->count; i++) {
        const place *p = &w->places[i];
        const size_t row[ENTRY] = {p->type,  p->where >> 24, p->where >> 16, p->where >> 8,
                                   p->where, p->index >> 8,  p->index};
        zp_buf_byte(&out, 2);
        for (int k = 0; k < ENTRY; k++) {
            unsigned char byte = (unsigned char)(row[k] & 0xFF);
            zp_buf_byte(&out, (char)(unsigned char)(byte - before[k]));
            before[k] = byte;
        }
    }
    return zp_buf_str(&out);
}

static void write_entries(writer *w)
{
    zp_buf dict = {.arena = w->out->arena};
    size_t number = w->count++, start = w->out->n;
    w->places[number] = (place){IN_FILE, start, 0};
    zp_str packed = zp_deflate(dict.arena, w->deflater, make_entries(w), ZP_EFFORT_TEXT);
    zp_buf_lit(&dict, "<</Type/XRef/W[1 4 2]/Filter/FlateDecode");
    zp_buf_format(&dict, "/DecodeParms<</Predictor 12/Columns %d>>/Length %zu", ENTRY, packed.n);
    add_trailer(w, &dict);
    zp_buf_lit(&dict, ">>");
    add_object(w, number, &(zp_pdf_object){zp_buf_str(&dict), packed});
    zp_buf_format(w->out, "startxref\n%zu\n%%%%EOF\n", start);
}

/* Room for the whole file at once. */
static void reserve_file(const writer *w)
{
    size_t total = 4096;
    for (size_t i = 0; i < w->file->count; i++)
        total += w->file->objects[i].stream.n + w->file->objects[i].value.n + 64;
    zp_buf_reserve(w->out, total);
}

void zp_pdffile_write(const zp_pdf_file *file, const zp_deflater *deflater, zp_buf *out)
{
    size_t most = file->count + file->count / TOGETHER + 3;
    writer w = {file, deflater, out, zp_new_array(out->arena, place, most), file->count};
    w.places[0] = (place){0, 0, 65535}; /* the head of the list of free objects */
    reserve_file(&w);
    zp_buf_format(out, "%%PDF-%s\n%%\xE2\xE3\xCF\xD3\n", file->version);
    for (size_t i = 1; i < file->count; i++)
        if (!file->packed || file->objects[i].stream.p)
            add_object(&w, i, &file->objects[i]);
    if (!file->packed) {
        write_table(&w);
        return;
    }
    for (size_t next = 1; next < file->count;)
        add_object_stream(&w, &next);
    write_entries(&w);
}

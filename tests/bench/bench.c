/* bench.c: many reports through one process, and the floor under them.
 *
 * - bench FORMAT FOLDER [STANDARD]: each .md of FOLDER to pdf, html, svg or md; fonts and template
 *   opened once, one arena
 * - bench floor FOLDER: only what no writer of these PDFs can leave out: hb-subset of the same
 *   glyphs from the same faces, and libdeflate over the same streams
 *
 * Run in the project's root. The first report warms up and is not counted. Prints CPU milliseconds
 * and bytes of each report, then a line with the mean. What the floor takes as its input (glyphs,
 * and the streams as they were before compression) it reads back from finished PDFs before the
 * clock starts (those of standard none: promises can be left out), and it must come out at the very
 * sizes it found there: else it no longer does what write/ does.
 */
#include <hb-subset.h>
#include <hb.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include "app/job.h"
#include "base/files.h"
#include "layout/page.h"
#include "write/pdf.h"

/* As in write/deflate.c. */
enum { LEVEL_FONT = 1, LEVEL_TEXT = 6 };

typedef struct {
    double ms;
    size_t bytes;
} cost;

typedef struct {
    zp_arena *arena; /* engine and results: as long as the process */
    zp_engine engine;
    const char *folder;
    const zp_str *reports;
    cost *costs;
    size_t count;
} bench;

static _Noreturn void give_up(const char *what, zp_str name)
{
    fprintf(stderr, "bench: %s: %.*s\n", what, ZP_ARG(name));
    exit(1);
}

static _Noreturn void show_messages(zp_arena *arena, const zp_diag *diag)
{
    zp_buf text = {.arena = arena};
    zp_diag_write_text(diag, false, &text);
    fprintf(stderr, "%.*s", ZP_ARG(zp_buf_str(&text)));
    exit(1);
}

/* CPU time of this process in milliseconds. */
static double cpu_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* ---- reports ---- */

static void list_reports(bench *b)
{
    const zp_str *names;
    size_t count;
    zp_str why;
    if (!zp_folder_list(b->arena, b->folder, &names, &count, &why))
        give_up("cannot list", zp_str_from(b->folder));
    zp_str *reports = zp_new_array(b->arena, zp_str, count);
    for (size_t i = 0; i < count; i++)
        if (zp_str_ends(names[i], ZP_STR(".md")))
            reports[b->count++] = zp_path_join(b->arena, zp_str_from(b->folder), names[i]);
    b->reports = reports;
    b->costs = zp_new_array(b->arena, cost, b->count);
    if (b->count < 2)
        give_up("needs two reports or more", zp_str_from(b->folder));
}

static void open_engine(bench *b)
{
    zp_diag *diag = zp_diag_new(b->arena);
    b->engine.wanted = zp_template_load(b->arena, ZP_STR("templates/dept-overall"), NULL, diag);
    b->engine.fonts = zp_fonts_open(b->arena, ZP_STR("fonts"), diag);
    b->engine.producer = ZP_STR("ziping bench");
    if (!b->engine.wanted || !b->engine.fonts)
        show_messages(b->arena, diag);
}

static const zp_source *read_source(zp_arena *arena, zp_str path, zp_diag *diag)
{
    zp_str bytes, why;
    if (!zp_file_read(arena, zp_str_cstr(arena, path), ZP_SOURCE_MAX, &bytes, &why))
        give_up("cannot read", path);
    const zp_source *source = zp_source_read(arena, path, bytes, NULL, diag);
    if (!source)
        show_messages(arena, diag);
    return source;
}

/* ---- the whole way ---- */

static const zp_format *find_format(zp_str name)
{
    for (const zp_format *format = zp_formats; format->name; format++)
        if (zp_str_eq(zp_str_from(format->name), name))
            return format;
    give_up("no such format", name);
}

static size_t build(bench *b, zp_arena *arena, zp_str path, const zp_format *format)
{
    const zp_facts_options nothing = {0};
    zp_diag *diag = zp_diag_new(arena);
    const zp_front front = zp_front_read(arena, read_source(arena, path, diag), diag);
    zp_output out;
    zp_job job;
    size_t bytes = 0;
    if (zp_job_make(arena, &b->engine, &front, &nothing, diag, &job) != ZP_DONE ||
        !zp_job_write(&job, &format, 1, &out))
        show_messages(arena, diag);
    for (size_t i = 0; i < out.count; i++)
        bytes += out.files[i].n;
    return bytes;
}

static void time_builds(bench *b, const zp_format *format)
{
    zp_arena *arena = zp_arena_new();
    for (size_t i = 0; i < b->count; i++) {
        double start = cpu_now();
        b->costs[i].bytes = build(b, arena, b->reports[i], format);
        zp_arena_clear(arena);
        b->costs[i].ms = cpu_now() - start;
    }
    zp_arena_free(arena);
}

/* ---- the floor ---- */

/* What one report leaves no choice about. */
typedef struct {
    const zp_font *fonts[ZP_FONT_MAX];
    hb_set_t *glyphs[ZP_FONT_MAX]; /* by zp_font_index; NULL: not used */
    zp_str *texts;                 /* every stream that is no font program, inflated */
    size_t text_count;
    size_t packed; /* bytes of all streams as they stand in the PDF */
} demand;

static void note_glyphs(demand *d, const zp_pages *pages)
{
    for (size_t i = 0; i < pages->count; i++)
        for (size_t k = 0; k < pages->pages[i].count; k++) {
            const zp_item *item = &pages->pages[i].items[k];
            if (item->kind != ZP_ITEM_TEXT)
                continue;
            unsigned font = zp_font_index(item->text.font);
            if (!d->glyphs[font])
                d->glyphs[font] = hb_set_create();
            d->fonts[font] = item->text.font;
            hb_set_add(d->glyphs[font], 0);
            for (uint32_t g = 0; g < item->text.count; g++)
                hb_set_add(d->glyphs[font], item->text.glyphs[g].id);
        }
}

static zp_str inflate(zp_arena *arena, zp_str packed)
{
    struct libdeflate_decompressor *inflator = libdeflate_alloc_decompressor();
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
    char *bytes = NULL;
    size_t n = 0;
    for (size_t room = 8 * packed.n + 64; result == LIBDEFLATE_INSUFFICIENT_SPACE; room *= 2) {
        bytes = zp_arena_alloc(arena, room);
        result = libdeflate_zlib_decompress(inflator, packed.p, packed.n, bytes, room, &n);
    }
    libdeflate_free_decompressor(inflator);
    if (result != LIBDEFLATE_SUCCESS)
        give_up("cannot inflate", ZP_STR("a stream of our own"));
    return (zp_str){bytes, n};
}

/* The next stream of `pdf` at or after *at, and its dictionary; false after the last. Reads only
 * what write/pdf.c writes: no streams but Flate ones, /Length always direct. */
static bool next_stream(zp_str pdf, size_t *at, zp_str *dict, zp_str *bytes)
{
    const zp_str mark = ZP_STR("\nstream\n"), object = ZP_STR(" obj\n"),
                 length = ZP_STR("/Length ");
    size_t end = zp_str_find(pdf, mark, *at);
    if (end == pdf.n)
        return false;
    for (size_t start = *at; start < end; start = zp_str_find(pdf, object, start) + object.n)
        *dict = zp_str_slice(pdf, start, end);
    size_t digits = zp_str_find(*dict, length, 0) + length.n;
    if (digits >= dict->n)
        give_up("no length", *dict);
    size_t n = strtoul(dict->p + digits, NULL, 10);
    *bytes = zp_str_slice(pdf, end + mark.n, end + mark.n + n);
    *at = end + mark.n + n;
    return true;
}

static bool is_font_program(zp_str dict)
{
    return zp_str_find(dict, ZP_STR("/CIDFontType0C"), 0) < dict.n ||
           zp_str_find(dict, ZP_STR("/Length1 "), 0) < dict.n;
}

static void note_streams(zp_arena *arena, demand *d, zp_str pdf)
{
    zp_str dict, packed;
    size_t count = 0;
    for (size_t at = 0; next_stream(pdf, &at, &dict, &packed);)
        count++;
    d->texts = zp_new_array(arena, zp_str, count);
    for (size_t at = 0; next_stream(pdf, &at, &dict, &packed);) {
        d->packed += packed.n;
        if (is_font_program(dict))
            continue;
        zp_arena *work = zp_arena_new();
        d->texts[d->text_count++] = zp_str_copy(arena, inflate(work, packed));
        zp_arena_free(work);
    }
}

static demand *read_demand(const bench *b, zp_arena *arena, zp_str path)
{
    zp_diag *diag = zp_diag_new(arena);
    const zp_source *source = read_source(arena, path, diag);
    const zp_report *report = zp_report_read(arena, source, b->engine.wanted, diag);
    const zp_pages *pages = NULL;
    if (report)
        pages = zp_page_layout(arena, report, b->engine.fonts,
                               zp_pictures_new(arena, report->folder, diag), diag);
    const zp_pdf_options options = {.date = b->engine.date,
                                    .producer = b->engine.producer,
                                    .standard = zp_standard_find(ZP_STR("none"))};
    zp_buf pdf = {.arena = arena};
    if (!pages || !zp_pdf_write(arena, report, pages, &options, diag, &pdf))
        show_messages(arena, diag);
    demand *d = zp_new(b->arena, demand);
    note_glyphs(d, pages);
    note_streams(b->arena, d, zp_buf_str(&pdf));
    return d;
}

typedef struct {
    struct libdeflate_compressor *font, *text;
    char *room;
    size_t size;
    double subset_ms;
} packer;

static size_t pack(packer *p, struct libdeflate_compressor *compressor, const void *bytes, size_t n)
{
    size_t bound = libdeflate_zlib_compress_bound(compressor, n);
    if (bound > p->size) {
        p->size = 2 * bound;
        p->room = realloc(p->room, p->size);
    }
    if (!p->room)
        give_up("out of memory", ZP_STR("pack"));
    return libdeflate_zlib_compress(compressor, bytes, n, p->room, p->size);
}

/* As in write/subset.c, of a drawing. */
static hb_blob_t *subset(const zp_font *font, const hb_set_t *glyphs)
{
    const zp_font_facts *facts = zp_font_facts_of(font);
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_set_union(hb_subset_input_glyph_set(input), glyphs);
    unsigned flags = HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE |
                     HB_SUBSET_FLAGS_NOTDEF_OUTLINE;
    hb_subset_input_set_flags(input, flags);
    hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    hb_set_add(dropped, HB_TAG('O', 'S', '/', '2'));
    hb_set_add(dropped, HB_TAG('n', 'a', 'm', 'e'));
    hb_set_add(dropped, HB_TAG('p', 'o', 's', 't'));
    hb_face_t *face = hb_subset_or_fail((hb_face_t *)facts->face, input);
    if (!face)
        give_up("cannot subset", zp_str_from(facts->name));
    hb_blob_t *program = facts->cff ? hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '))
                                    : hb_face_reference_blob(face);
    hb_face_destroy(face);
    hb_subset_input_destroy(input);
    return program;
}

static size_t meet(const demand *d, packer *p)
{
    size_t packed = 0;
    for (unsigned i = 0; i < ZP_FONT_MAX; i++) {
        if (!d->glyphs[i])
            continue;
        double start = cpu_now();
        hb_blob_t *program = subset(d->fonts[i], d->glyphs[i]);
        p->subset_ms += cpu_now() - start;
        unsigned n;
        const char *bytes = hb_blob_get_data(program, &n);
        packed += pack(p, p->font, bytes, n);
        hb_blob_destroy(program);
    }
    for (size_t i = 0; i < d->text_count; i++)
        packed += pack(p, p->text, d->texts[i].p, d->texts[i].n);
    return packed;
}

static demand **read_demands(const bench *b)
{
    demand **demands = zp_new_array(b->arena, demand *, b->count);
    zp_arena *arena = zp_arena_new();
    for (size_t i = 0; i < b->count; i++) {
        demands[i] = read_demand(b, arena, b->reports[i]);
        zp_arena_clear(arena);
    }
    zp_arena_free(arena);
    return demands;
}

static void time_floor(bench *b)
{
    demand **demands = read_demands(b);
    packer p = {.font = libdeflate_alloc_compressor(LEVEL_FONT),
                .text = libdeflate_alloc_compressor(LEVEL_TEXT)};
    for (size_t i = 0; i < b->count; i++) {
        double start = cpu_now();
        b->costs[i].bytes = meet(demands[i], &p);
        b->costs[i].ms = cpu_now() - start;
        if (b->costs[i].bytes != demands[i]->packed)
            give_up("the floor packs otherwise than write/ does", b->reports[i]);
        if (i == 0)
            p.subset_ms = 0;
    }
    printf("of the floor, hb-subset: %.3f ms\n", p.subset_ms / (double)(b->count - 1));
    for (size_t i = 0; i < b->count; i++)
        for (unsigned k = 0; k < ZP_FONT_MAX; k++)
            hb_set_destroy(demands[i]->glyphs[k]);
    libdeflate_free_compressor(p.font);
    libdeflate_free_compressor(p.text);
    free(p.room);
}

/* ---- what came out ---- */

static void print_costs(const bench *b)
{
    double ms = 0;
    size_t bytes = 0;
    for (size_t i = 1; i < b->count; i++) {
        printf("%.*s\t%.3f ms\t%zu bytes\n", ZP_ARG(b->reports[i]), b->costs[i].ms,
               b->costs[i].bytes);
        ms += b->costs[i].ms;
        bytes += b->costs[i].bytes;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    size_t count = b->count - 1;
    printf("sum reports=%zu cpu_ms=%.3f bytes=%zu peak_kb=%ld\n", count, ms / (double)count,
           bytes / count, usage.ru_maxrss);
}

int main(int count, char **words)
{
    if (count != 3 && count != 4) {
        fputs("bench FORMAT|floor FOLDER [STANDARD]\n", stderr);
        return 2;
    }
    bench b = {.arena = zp_arena_new(), .folder = words[2]};
    list_reports(&b);
    open_engine(&b);
    b.engine.standard = count > 3 ? zp_standard_find(zp_str_from(words[3])) : NULL;
    if (strcmp(words[1], "floor") == 0)
        time_floor(&b);
    else
        time_builds(&b, find_format(zp_str_from(words[1])));
    print_costs(&b);
    zp_fonts_close(b.engine.fonts);
    zp_arena_free(b.arena);
    return 0;
}

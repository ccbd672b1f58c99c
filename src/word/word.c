/* word.c: a package in, a document with a place for every character out.
 *
 * First the parts that the text needs (styles, lists, notes), then the text, then what it names.
 * Only when all blocks are known are they written one after another into the source's text.
 */
#include "word/word.h"

#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "word/draft.h"

enum { PICTURES_BYTES = 128 << 20 }; /* of all pictures: what a report can have */

static const zp_package_words words = {
    "bad-word", "文件", "文件可能已损坏：请用 WPS 或 Word 打开后另存为 .docx，再试一次"};

/* --- Pictures --------------------------------------------------------------------------------- */

static zp_str base_of(zp_str path)
{
    size_t start = path.n;
    while (start > 0 && path.p[start - 1] != '/')
        start--;
    return zp_str_slice(path, start, path.n);
}

/* PNG and JPEG, which is what a report can have; Word also keeps drawings of Windows (EMF). */
static bool is_picture(zp_str bytes)
{
    return zp_str_starts(bytes, ZP_STR("\x89PNG")) || zp_str_starts(bytes, ZP_STR("\xFF\xD8"));
}

bool zp_word_picture_take(zp_word_draft *d, zp_str relation, zp_str text, size_t *index)
{
    const zp_relation *found = zp_package_id(d->package, relation);
    zp_str part, bytes;
    d->counts[ZP_WORD_COUNT_PICTURE]++;
    if (!found || found->external || !zp_package_resolve(d->package, found->target, &part) ||
        !zp_package_has(d->package, part))
        return false;
    zp_str name = base_of(part);
    *index = 0;
    while (*index < d->picture_count && !zp_str_eq(d->pictures[*index].name, name))
        ++*index;
    if (*index == ZP_WORD_PICTURES)
        return false;
    if (*index == d->picture_count) {
        if (!zp_package_read(d->package, part, &bytes) ||
            d->picture_bytes + bytes.n > PICTURES_BYTES)
            return false;
        d->picture_bytes += bytes.n;
        d->pictures[d->picture_count++] =
            (zp_word_picture){zp_str_copy(d->arena, name), zp_str_copy(d->arena, bytes), text};
    }
    d->counts[ZP_WORD_COUNT_PICTURE]--;
    bool drawn = is_picture(d->pictures[*index].bytes);
    d->counts[ZP_WORD_COUNT_DRAWING] += !drawn;
    return drawn;
}

/* --- Parts ------------------------------------------------------------------------------------ */

/* The part that a relation of the main part names; false when there is none to be had. */
static bool find_part(zp_word_draft *d, const zp_relation *relation, zp_str *bytes)
{
    zp_str part;
    return relation && !relation->external &&
           zp_package_resolve(d->package, relation->target, &part) &&
           zp_package_has(d->package, part) && zp_package_read(d->package, part, bytes);
}

static bool read_styles(zp_word_draft *d)
{
    zp_str bytes;
    if (find_part(d, zp_package_kind(d->package, ZP_STR("/styles")), &bytes) &&
        !zp_word_styles_read(d->styles, d->file, bytes, d->diag))
        return false;
    return !find_part(d, zp_package_kind(d->package, ZP_STR("/numbering")), &bytes) ||
           zp_word_lists_read(d->lists, d->file, bytes, d->diag);
}

static bool read_notes(zp_word_draft *d)
{
    zp_str bytes;
    if (find_part(d, zp_package_kind(d->package, ZP_STR("/footnotes")), &bytes) &&
        !zp_word_body_read(d, ZP_WORD_FOOTNOTES, bytes, NULL))
        return false;
    return !find_part(d, zp_package_kind(d->package, ZP_STR("/endnotes")), &bytes) ||
           zp_word_body_read(d, ZP_WORD_ENDNOTES, bytes, NULL);
}

/* Headers and footers that say more than the number of their page. */
static void tell_margins(zp_word_draft *d)
{
    zp_buf said = {.arena = d->arena};
    for (size_t i = 0; i < d->margin_count; i++) {
        zp_str bytes, text = {0};
        if (!find_part(d, zp_package_id(d->package, d->margins[i]), &bytes) ||
            !zp_word_body_read(d, ZP_WORD_MARGIN, bytes, &text))
            continue;
        bool worded = false;
        for (size_t at = 0; at < text.n;)
            worded = zp_code_is_han(zp_utf8_next(text, &at)) || worded;
        if (worded && zp_str_find(zp_buf_str(&said), text, 0) == said.n)
            zp_buf_format(&said, "%s%.*s", said.n > 0 ? "；" : "", ZP_ARG(text));
    }
    for (size_t i = 0; i < said.n; i++)
        said.p[i] = said.p[i] == '\n' ? ' ' : said.p[i];
    if (said.n > 0)
        zp_diag_add(d->diag, ZP_HINT, "word-margin", d->file, NULL,
                    "页眉、页脚没有读进正文：“%.*s”", ZP_ARG(zp_utf8_cut(zp_buf_str(&said), 600)));
}

static bool has_macros(const zp_word_draft *d)
{
    return zp_package_kind(d->package, ZP_STR("/vbaProject")) != NULL;
}

/* --- What is told ----------------------------------------------------------------------------- */

static void tell_revisions(const zp_word_draft *d)
{
    size_t inserted = d->counts[ZP_WORD_COUNT_INSERTED], deleted = d->counts[ZP_WORD_COUNT_DELETED];
    if (inserted + deleted > 0)
        zp_diag_add(d->diag, ZP_WARNING, "open-revisions", d->file,
                    "定稿前在 WPS 或 Word 里接受或拒绝全部修订（审阅 → 接受）",
                    "文件里还有没有定下来的修订：插入的 %zu 处算在内，删去的 %zu 处不算", inserted,
                    deleted);
}

static void tell_counts(const zp_word_draft *d)
{
    static const struct {
        zp_word_count what;
        const char *id, *message;
    } told[] = {
        {ZP_WORD_COUNT_CONTENTS, "word-contents", "目录没有读（它重复各级标题）：%zu 行"},
        {ZP_WORD_COUNT_NESTED, "nested-table", "套在单元格里的表改成了那一格的文字：%zu 张"},
        {ZP_WORD_COUNT_BOX, "word-box", "文本框的文字移到了它所在的那一段后面：%zu 个"},
        {ZP_WORD_COUNT_COMMENT, "word-comment", "批注没有读：%zu 条"},
        {ZP_WORD_COUNT_HIDDEN, "word-hidden", "设为隐藏的文字没有读：%zu 处"},
        {ZP_WORD_COUNT_EMPHASIS, "word-emphasis",
         "加粗、倾斜、下划线、删除线的字读成了普通的字：%zu 处"},
        {ZP_WORD_COUNT_RAISED, "word-raised", "上标、下标读成了普通的字，如 m² 成了 m2：%zu 处"},
        {ZP_WORD_COUNT_FORMULA, "word-formula", "公式只读了里面的字：%zu 个"},
        {ZP_WORD_COUNT_CHART, "word-chart", "图表没有读：%zu 个"},
        {ZP_WORD_COUNT_SYMBOL, "word-symbol", "特殊符号读成了“〓”：%zu 个"},
        {ZP_WORD_COUNT_LINK, "word-link", "链接只读了文字，没有读地址：%zu 处"},
        {ZP_WORD_COUNT_CELL_NOTE, "word-cell-note", "单元格里的脚注改成了括号里的文字：%zu 条"},
        {ZP_WORD_COUNT_CELL_PICTURE, "word-cell-picture", "单元格里的图片移到了表的后面：%zu 张"},
        {ZP_WORD_COUNT_DRAWING, "word-drawing",
         "图片不是 PNG 或 JPEG，报告里没有放，请另存为 PNG 再放：%zu 张"},
        {ZP_WORD_COUNT_PICTURE, "word-picture",
         "图片读不到（没有存在文件里，或太多、太大）：%zu 张"},
    };
    tell_revisions(d);
    if (has_macros(d))
        zp_diag_add(d->diag, ZP_HINT, "word-macro", d->file, NULL,
                    "文件里有宏：没有读，也没有运行");
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        zp_str message = zp_str_from(told[i].message);
        size_t gap = zp_str_find(message, ZP_STR("%zu"), 0);
        if (d->counts[told[i].what] > 0)
            zp_diag_add(d->diag, ZP_HINT, told[i].id, d->file, NULL, "%.*s%zu%.*s", (int)gap,
                        message.p, d->counts[told[i].what], (int)(message.n - gap - 3),
                        message.p + gap + 3);
    }
}

/* --- Placing ---------------------------------------------------------------------------------- */

/* The text of the source while it grows, and what its lines are. */
typedef struct {
    zp_word_draft *draft;
    zp_source *source;
    zp_buf text;
    zp_line_place *places;
    size_t count, capacity;
    uint32_t paragraphs, tables, boxes;
} placing;

static void add_place(placing *p, zp_line_place place)
{
    zp_list_grow(p->draft->arena, p->places, p->count, p->capacity);
    p->places[p->count++] = place;
}

/* A line of its own. Line ends in it are blanks there. */
static zp_span add_line(placing *p, zp_str text, zp_line_place place)
{
    size_t start = p->text.n;
    zp_buf_add(&p->text, text);
    for (size_t i = start; i < p->text.n; i++)
        if (p->text.p[i] == '\n')
            p->text.p[i] = ' ';
    zp_span span = {p->source, start, p->text.n};
    zp_buf_byte(&p->text, '\n');
    add_place(p, place);
    return span;
}

static void place_table(placing *p, zp_word_item *item)
{
    zp_word_block *b = &item->block;
    p->tables++;
    b->head = zp_word_grid_head(item->grid);
    b->sheet = zp_word_grid_place(item->grid, p->source, &p->text, p->draft->diag);
    for (uint32_t i = 0; i < zp_word_grid_rows(item->grid); i++)
        add_place(p, (zp_line_place){ZP_LINE_ROW, p->tables, i});
}

static void place_paragraph(placing *p, zp_word_block *b)
{
    uint32_t *number = b->where == ZP_LINE_BOX ? &p->boxes : &p->paragraphs;
    *number += b->text.n > 0; /* a picture alone is no paragraph to count */
    b->span = add_line(p, b->text, (zp_line_place){b->where, *number, 0});
}

static int by_number(const void *a, const void *b)
{
    size_t x = ((const zp_word_draft_note *)a)->number, y = ((const zp_word_draft_note *)b)->number;
    return (x > y) - (x < y);
}

/* Notes as they are referred to, and marks by that number. */
static const zp_word_note *place_notes(placing *p)
{
    zp_word_draft *d = p->draft;
    zp_word_note *notes = zp_new_array(d->arena, zp_word_note, d->numbered);
    for (size_t i = 0; i < d->items.count; i++) {
        zp_word_block *b = &d->items.all[i].block;
        zp_word_mark *marks = zp_new_array(d->arena, zp_word_mark, b->mark_count);
        for (size_t k = 0; k < b->mark_count; k++) {
            marks[k] = b->marks[k];
            if (marks[k].kind == ZP_WORD_NOTE)
                marks[k].index = d->notes[marks[k].index].number - 1;
        }
        b->marks = marks;
    }
    if (d->note_count > 0)
        qsort(d->notes, d->note_count, sizeof *d->notes, by_number);
    const zp_word_draft_note *first = d->notes + (d->note_count - d->numbered);
    for (size_t i = 0; i < d->numbered; i++)
        notes[i] = (zp_word_note){
            first[i].text,
            add_line(p, first[i].text, (zp_line_place){ZP_LINE_NOTE, (uint32_t)i + 1, 0}),
        };
    return notes;
}

static zp_word *place_all(zp_word_draft *d, zp_source *source)
{
    placing p = {.draft = d, .source = source, .text = {.arena = d->arena}};
    zp_word *word = zp_new(d->arena, zp_word);
    zp_word_block *blocks = zp_new_array(d->arena, zp_word_block, d->items.count);
    for (size_t i = 0; i < d->items.count && p.text.n <= ZP_SOURCE_MAX; i++)
        if (d->items.all[i].grid)
            place_table(&p, &d->items.all[i]);
        else
            place_paragraph(&p, &d->items.all[i].block);
    *word = (zp_word){p.source,    blocks,      d->items.count,  place_notes(&p),
                      d->numbered, d->pictures, d->picture_count};
    for (size_t i = 0; i < d->items.count; i++)
        blocks[i] = d->items.all[i].block;
    add_place(&p, (zp_line_place){ZP_LINE_PARAGRAPH, p.paragraphs, 0}); /* behind the last line */
    if (p.text.n > ZP_SOURCE_MAX) {
        zp_diag_add(d->diag, ZP_ERROR, "input-too-large", d->file, "请检查是不是选错了文件",
                    "文件太大：文字超过 %d MB", ZP_SOURCE_MAX >> 20);
        return NULL;
    }
    zp_str bytes = source->bytes;
    *source = *zp_source_new(d->arena, source->name, zp_buf_str(&p.text));
    source->bytes = bytes;
    source->places = p.places;
    return word;
}

/* --- The document ----------------------------------------------------------------------------- */

/* An OLE2 file that holds an encrypted package has a stream of that name, in UTF-16. */
static void refuse_binary(zp_diag *diag, zp_span file, zp_str bytes)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    if (memmem(bytes.p, bytes.n, name, sizeof name))
        zp_diag_add(diag, ZP_ERROR, "encrypted-word", file,
                    "用 WPS 或 Word 打开，去掉打开密码（文件 → 文档加密、信息 → 保护文档），再保存",
                    "文件设了打开密码，读不了");
    else
        zp_diag_add(diag, ZP_ERROR, "old-word", file,
                    "用 WPS 或 Word 打开，文件 → 另存为 → Word 文档（*.docx）",
                    "这是旧格式的文件（.doc、.wps），读不了：请另存为 .docx");
}

/* The main part's bytes; what is its relations' is at hand then. */
static bool open_main(zp_word_draft *d, zp_str *bytes)
{
    zp_str part = ZP_STR("word/document.xml");
    if (zp_package_has(d->package, ZP_STR("_rels/.rels"))) {
        if (!zp_package_relate(d->package, ZP_STR("")))
            return false;
        const zp_relation *office = zp_package_kind(d->package, ZP_STR("/officeDocument"));
        if (office && !zp_package_resolve(d->package, office->target, &part))
            return false;
    }
    if (!zp_package_read(d->package, part, bytes))
        return false;
    zp_str base = base_of(part), folder = zp_str_slice(part, 0, part.n - base.n);
    zp_str relations = zp_str_format(d->arena, "%.*s_rels/%.*s.rels", ZP_ARG(folder), ZP_ARG(base));
    return !zp_package_has(d->package, relations) || zp_package_relate(d->package, part);
}

static const zp_word *read_package(zp_word_draft *d, zp_source *source)
{
    zp_str bytes;
    d->styles = zp_word_styles_new(d->arena);
    d->lists = zp_word_lists_new(d->arena);
    d->pictures = zp_new_array(d->arena, zp_word_picture, ZP_WORD_PICTURES);
    if (!open_main(d, &bytes) || !read_styles(d) || !read_notes(d) ||
        !zp_word_body_read(d, ZP_WORD_MAIN, bytes, NULL))
        return NULL;
    tell_margins(d);
    tell_counts(d);
    return place_all(d, source);
}

const zp_word *zp_word_read(zp_arena *arena, zp_str name, zp_str bytes, zp_diag *diag)
{
    zp_span file = zp_span_file(zp_source_new(arena, name, ZP_STR("")));
    if (zp_str_starts(bytes, ZP_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))) {
        refuse_binary(diag, file, bytes);
        return NULL;
    }
    size_t errors = zp_diag_count(diag, ZP_ERROR);
    zp_package *package = zp_package_open(arena, name, bytes, &words, diag);
    if (!package)
        return NULL;
    zp_word_draft *draft = zp_new(arena, zp_word_draft);
    *draft = (zp_word_draft){
        .arena = arena, .diag = diag, .package = package, .file = zp_package_file(package)};
    zp_source *source = zp_new(arena, zp_source);
    *source = (zp_source){.name = name, .bytes = bytes};
    const zp_word *word = read_package(draft, source);
    zp_package_close(package);
    return zp_diag_count(diag, ZP_ERROR) == errors ? word : NULL;
}

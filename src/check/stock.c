/* stock.c: a template's texts in, one string without white space and tags out; pieces of a report
 * are looked for in it.
 *
 * What a placeholder printed parts a passage into stretches that the author typed; each must stand
 * in the template. So a text with other figures is still the template's.
 */
#include "check/stock.h"

#include "base/files.h"
#include "base/utf8.h"

enum {
    TEXT_MAX = 1 << 20,    /* of one template's file; templates are a few thousand bytes */
    STRETCH_MAX = 1 << 14, /* a longer stretch is nobody's template */
    PARTIALS_MAX = 100,    /* of one template */
};

struct zp_stock {
    zp_buf text; /* each tag is a \n, which no stretch holds */
};

/* `text` without white space and tags {{ }}. */
static void add_text(zp_buf *out, zp_str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t code = zp_utf8_next(text, &at);
        if (code == '{' && at < text.n && text.p[at] == '{') {
            size_t end = zp_str_find(text, ZP_STR("}}"), at);
            at = end < text.n ? end + 2 : text.n;
            zp_buf_byte(out, '\n');
        } else if (!zp_code_is_space(code)) {
            zp_buf_add(out, zp_str_slice(text, start, at));
        }
    }
    zp_buf_byte(out, '\n');
}

static void add_folder(zp_arena *arena, zp_buf *out, zp_str folder)
{
    const zp_str *names;
    size_t count;
    zp_str why, bytes;
    if (folder.n == 0 || !zp_folder_list(arena, zp_str_cstr(arena, folder), &names, &count, &why))
        return;
    for (size_t i = 0; i < count && i < PARTIALS_MAX; i++) {
        zp_str path = zp_path_join(arena, folder, names[i]);
        if (zp_str_ends(names[i], ZP_STR(".md")) && !zp_str_eq(names[i], ZP_STR("README.md")) &&
            zp_file_read(arena, zp_str_cstr(arena, path), TEXT_MAX, &bytes, &why))
            add_text(out, zp_utf8_clean(arena, bytes));
    }
}

const zp_stock *zp_stock_read(zp_arena *arena, const zp_template *template)
{
    zp_stock *stock = zp_new(arena, zp_stock);
    stock->text.arena = arena;
    for (size_t i = 0; template != NULL && i < template->folder_count; i++)
        add_folder(arena, &stock->text, template->folders[i]);
    return stock;
}

/* What stands between two printed places; short ones are found in any text. */
static bool holds_stretch(const zp_stock *stock, zp_str stretch)
{
    zp_str text = zp_buf_str(&stock->text);
    return stretch.n == 0 || (stretch.n <= STRETCH_MAX && zp_str_find(text, stretch, 0) < text.n);
}

bool zp_stock_holds(const zp_stock *stock, const zp_passages *passages, size_t passage,
                    size_t start, size_t end)
{
    zp_str text = passages->all[passage].text;
    zp_buf stretch = {.arena = stock->text.arena};
    if (stock->text.n == 0)
        return false;
    for (size_t at = start; at < end;) {
        size_t from = at;
        uint32_t code = zp_utf8_next(text, &at);
        if (zp_passage_is_printed(passages, passage, from, at)) {
            if (!holds_stretch(stock, zp_buf_str(&stretch)))
                return false;
            stretch.n = 0;
        } else if (!zp_code_is_space(code)) {
            zp_buf_add(&stretch, zp_str_slice(text, from, at));
        }
    }
    return holds_stretch(stock, zp_buf_str(&stretch));
}

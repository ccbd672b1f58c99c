/* shell.c: a page with placeholders in; the page filled out.
 */
#include "write/shell.h"

#include "write/drawing.h"

/* The placeholder that begins at `at` ({{ or {{{), and *end behind it; NULL when there is none
 * such. */
static const zp_placeholder *find_placeholder(zp_str page, size_t at, const zp_placeholder *known,
                                              size_t count, size_t *end)
{
    bool raw = zp_str_starts(zp_str_slice(page, at, page.n), ZP_STR("{{{"));
    zp_str close = raw ? ZP_STR("}}}") : ZP_STR("}}");
    size_t from = at + close.n, to = zp_str_find(page, close, from);
    *end = to < page.n ? to + close.n : page.n;
    zp_str name = zp_str_trim(zp_str_slice(page, from, to));
    for (size_t i = 0; i < count && to < page.n; i++)
        if (known[i].raw == raw && zp_str_eq(known[i].name, name))
            return &known[i];
    return NULL;
}

bool zp_shell_fill(const zp_source *page, const zp_placeholder *known, size_t count, zp_diag *diag,
                   zp_buf *out)
{
    bool sound = true;
    zp_str text = page->text;
    for (size_t at = 0; at < text.n;) {
        size_t open = zp_str_find(text, ZP_STR("{{"), at), end = open;
        zp_buf_add(out, zp_str_slice(text, at, open));
        if (open == text.n)
            break;
        const zp_placeholder *found = find_placeholder(text, open, known, count, &end);
        if (found == NULL) {
            zp_diag_add(
                diag, ZP_ERROR, "page-placeholder", zp_span_of(page, open, open + 2),
                "可以写：{{title}} {{department}} {{year}} {{subject}} {{{style}}} {{{body}}}",
                "页面模板里的占位符写得不对");
            sound = false;
        } else if (found->raw) {
            zp_buf_add(out, found->value);
        } else {
            zp_markup_add(out, found->value);
        }
        at = end;
    }
    return sound;
}

/* telling.c: diagnostics in, text, JSON or SARIF on a stream out. */
#include "app/telling.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "app/sarif.h"
#include "app/status.h"

bool zp_telling_choose(zp_telling *telling, const char *word, FILE *to)
{
    static const char *const words[] = {"text", "json", "sarif"};
    *telling = (zp_telling){.to = to, .colour = isatty(fileno(to)) && !getenv("NO_COLOR")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!word || strcmp(word, words[i]) == 0) {
            telling->form = (zp_message_form)i;
            return true;
        }
    zp_complain("没有这种样式", word, "--diagnostics 可写 text、json 或 sarif");
    return false;
}

void zp_telling_render(const zp_telling *telling, const zp_diag *diag, zp_buf *out)
{
    switch (telling->form) {
    case ZP_FORM_TEXT:
        zp_diag_write_text(diag, telling->colour, out);
        break;
    case ZP_FORM_JSON:
        zp_diag_write_json(diag, out);
        break;
    case ZP_FORM_SARIF:
        zp_sarif_results(diag, out);
        break;
    }
}

static void print(zp_telling *telling, zp_str text)
{
    if (text.n > 0)
        fwrite(text.p, 1, text.n, telling->to);
}

/* SARIF begins with its rules: also when nothing is found. */
static void begin(zp_telling *telling, zp_arena *arena)
{
    zp_buf head = {.arena = arena};
    zp_sarif_begin(&head);
    print(telling, zp_buf_str(&head));
}

void zp_telling_put(zp_telling *telling, zp_arena *arena, zp_str rendered)
{
    bool sarif = telling->form == ZP_FORM_SARIF;
    if (rendered.n == 0)
        return;
    if (sarif && telling->begun)
        fputs(",\n", telling->to);
    else if (sarif)
        begin(telling, arena);
    telling->begun = true;
    print(telling, rendered);
}

void zp_telling_end(zp_telling *telling, zp_arena *arena)
{
    zp_buf foot = {.arena = arena};
    if (telling->form != ZP_FORM_SARIF)
        return;
    if (!telling->begun)
        begin(telling, arena);
    zp_sarif_end(&foot);
    print(telling, zp_buf_str(&foot));
}

void zp_telling_tell(zp_telling *telling, zp_arena *arena, const zp_diag *diag)
{
    zp_buf out = {.arena = arena};
    zp_telling_render(telling, diag, &out);
    zp_telling_put(telling, arena, zp_buf_str(&out));
}

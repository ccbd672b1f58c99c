/* check.c: options in; each input read, checked and told of. */
#include "app/check.h"

#include <stdio.h>
#include "app/engine.h"
#include "app/input.h"
#include "base/files.h"
#include "check/check.h"

static bool drop_hint(void *user, const zp_message *message)
{
    (void)user;
    return message->severity == ZP_HINT;
}

static zp_status check_one(zp_arena *arena, zp_engine *engine, const zp_options *chosen,
                           const char *input)
{
    zp_diag *diag = zp_diag_new(arena);
    const zp_facts_options facts = {.reading = true};
    const zp_template *template;
    zp_report *report = NULL;
    zp_str why;
    const zp_source *source =
        zp_input_read(arena, zp_str_from(input), chosen->encoding, diag, &why);
    if (source) {
        zp_front front = zp_front_read(arena, source, diag);
        if (zp_engine_template(engine, zp_front_template(&front), diag, &template) == ZP_DONE)
            report = zp_report_make(arena, &front, template, &facts, diag);
        if (report)
            zp_check_report(arena, report, diag);
    }
    if (!chosen->hints)
        zp_diag_drop(diag, drop_hint, NULL);
    zp_buf out = {.arena = arena};
    zp_diag_write_text(diag, false, &out);
    fwrite(out.p, 1, out.n, stdout);
    if (!report)
        printf("%s：未检查\n", input);
    return report && zp_diag_count(diag, ZP_ERROR) + zp_diag_count(diag, ZP_FLAW) == 0 ? ZP_DONE
                                                                                       : ZP_REPORT;
}

zp_status zp_check_run(const zp_options *chosen)
{
    zp_arena *arena = zp_arena_new();
    zp_engine engine;
    zp_status result = zp_engine_open(arena, chosen->template, false, zp_diag_new(arena), &engine);
    for (size_t i = 0; result != ZP_ENVIRONMENT && i < chosen->input_count; i++) {
        zp_status one = check_one(arena, &engine, chosen, chosen->inputs[i]);
        result = one > result ? one : result;
    }
    zp_arena_free(arena);
    return result;
}

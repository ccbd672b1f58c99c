/* explain.c: an id in, its rule in words on stdout. */
#include "app/explain.h"

#include <stdio.h>
#include "app/engine.h"
#include "app/telling.h"
#include "base/json.h"
#include "check/rule.h"

static const char *word_of(zp_severity severity)
{
    return severity == ZP_HINT ? "建议" : severity == ZP_WARNING ? "警告" : "错误";
}

static const char *level_of(zp_severity severity)
{
    return severity == ZP_HINT ? "hint" : severity == ZP_WARNING ? "warning" : "error";
}

static void say(const char *label, const char *text)
{
    if (text)
        printf("  %s：%s\n", label, text);
}

static void explain_text(const zp_rule *rule)
{
    printf("%s  %s  [%s]\n\n  %s\n\n", rule->id, rule->title, word_of(rule->severity), rule->about);
    say("依据", rule->basis);
    say("例如", rule->wrong);
    say("应为", rule->right);
    if (rule->folds)
        puts("  同一份报告里有几处的，合成一条，列出前三处。");
    printf("  不想听：在那一段前面另起一行写 <!-- ziping: ignore %s 理由 -->，\n"
           "          或在报告开头写 忽略: {%s: 理由}\n",
           rule->id, rule->id);
}

void zp_explain_json(const zp_rule *rule, zp_buf *out)
{
    const char *const members[][2] = {
        {"id", rule->id},       {"severity", level_of(rule->severity)},
        {"title", rule->title}, {"about", rule->about},
        {"basis", rule->basis}, {"wrong", rule->wrong},
        {"right", rule->right},
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        zp_buf_format(out, "%s\"%s\":", i == 0 ? "{" : ",", members[i][0]);
        zp_json_string(out, zp_str_from(members[i][1]));
    }
    zp_buf_format(out, ",\"folds\":%s}\n", rule->folds ? "true" : "false");
}

static void print_json(zp_arena *arena, const zp_rule *rule)
{
    zp_buf out = {.arena = arena};
    zp_explain_json(rule, &out);
    printf("%.*s", ZP_ARG(zp_buf_str(&out)));
}

static void list_text(const zp_rule *rule)
{
    printf("  %-24s %s  %s\n", rule->id, word_of(rule->severity), rule->title);
}

static void list_all(zp_arena *arena, zp_message_form form)
{
    for (size_t g = 0; zp_rule_groups[g] != NULL; g++) {
        if (form == ZP_FORM_TEXT && g > 0)
            puts("");
        for (size_t i = 0; i < zp_rule_groups[g]->count; i++) {
            const zp_rule *rule = &zp_rule_groups[g]->rules[i];
            if (form == ZP_FORM_TEXT)
                list_text(rule);
            else
                print_json(arena, rule);
        }
    }
}

/* --- Checks of templates ---------------------------------------------------------------------- */

static const zp_rule *as_rule(zp_arena *arena, const zp_template_rule *rule)
{
    zp_rule *same = zp_new(arena, zp_rule);
    *same = (zp_rule){rule->id,
                      rule->severity,
                      rule->each,
                      zp_str_cstr(arena, rule->message),
                      zp_str_cstr(arena, rule->about.n ? rule->about : rule->rule),
                      zp_str_cstr(arena, rule->basis),
                      "",
                      zp_str_cstr(arena, rule->rule)};
    return same;
}

const zp_rule *zp_explain_find(zp_arena *arena, zp_str id, const zp_template *template)
{
    const zp_rule *rule = zp_rule_find(id);
    const zp_template_rule *check =
        template ? zp_figures_find_rule(template->content.figures, id) : NULL;
    return rule ? rule : check ? as_rule(arena, check) : NULL;
}

static void explain_check(zp_arena *arena, const zp_template_rule *rule, zp_str template,
                          zp_message_form form)
{
    if (form == ZP_FORM_JSON) {
        print_json(arena, as_rule(arena, rule));
        return;
    }
    printf("%s  %.*s  [%s]\n\n", rule->id, ZP_ARG(rule->message), word_of(rule->severity));
    if (rule->about.n > 0)
        printf("  %.*s\n\n", ZP_ARG(rule->about));
    printf("  模板“%.*s”的核对：%.*s%s\n", ZP_ARG(template), ZP_ARG(rule->rule),
           rule->each ? "（逐行核对）" : "");
    if (rule->basis.n > 0)
        printf("  依据：%.*s\n", ZP_ARG(rule->basis));
    if (rule->hint.n > 0)
        printf("  怎样改：%.*s\n", ZP_ARG(rule->hint));
}

/* A check of some template on the shelf; false when none has it. */
static bool explain_template(zp_arena *arena, zp_str id, zp_message_form form)
{
    size_t count;
    const zp_shelf shelf = zp_engine_shelf(arena);
    const zp_str *names = zp_shelf_names(arena, &shelf, &count);
    for (size_t i = 0; i < count; i++) {
        zp_str folder = zp_shelf_find(arena, &shelf, names[i], ZP_STR(""), NULL);
        const zp_template *template = zp_template_load(arena, folder, &shelf, zp_diag_new(arena));
        const zp_template_rule *rule =
            template ? zp_figures_find_rule(template->content.figures, id) : NULL;
        if (rule != NULL) {
            explain_check(arena, rule, names[i], form);
            return true;
        }
    }
    return false;
}

static zp_status refuse(zp_arena *arena, const char *id)
{
    zp_str nearest = zp_rule_nearest(arena, zp_str_from(id));
    zp_str hint = zp_str_format(arena, "是不是“%.*s”？", ZP_ARG(nearest));
    zp_complain("没有这条规则", id,
                nearest.n > 0 ? zp_str_cstr(arena, hint) : "全部规则见 ziping explain");
    return ZP_USAGE;
}

static zp_status explain(zp_arena *arena, const zp_options *chosen, zp_message_form form)
{
    const zp_rule *rule = zp_rule_find(zp_str_from(chosen->input));
    if (chosen->input && !rule && explain_template(arena, zp_str_from(chosen->input), form))
        return ZP_DONE;
    if (chosen->input && !rule)
        return refuse(arena, chosen->input);
    if (!rule)
        list_all(arena, form);
    else if (form == ZP_FORM_TEXT)
        explain_text(rule);
    else
        print_json(arena, rule);
    return ZP_DONE;
}

static zp_status run(const zp_options *chosen)
{
    zp_telling telling;
    zp_arena *arena = zp_arena_new();
    zp_status result = ZP_USAGE;
    if (zp_telling_choose(&telling, chosen->diagnostics, stdout))
        result = explain(arena, chosen, telling.form);
    zp_arena_free(arena);
    return result;
}

/* --- The command ------------------------------------------------------------------------------ */

static const zp_option explain_options[] = {
    ZP_TEXT_OPTION("--diagnostics", NULL, "样式",
                   "text（默认，给人看）或 json（每行一条，给程序看）", diagnostics),
    {0},
};

const zp_command zp_explain_command = {
    .name = "explain",
    .usage = "ziping explain [选项] [规则名]",
    .about = "说明一条规则：查什么，依据是什么，错误和正确的例子；不写规则名，就列出全部规则。",
    .options = explain_options,
    .inputs = 1,
    .run = run,
};

/* search.c: words in, the places of an archive where they stand out, best first.
 *
 * As with grep, status 1 means that nothing was found.
 */
#include "app/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "archive/catalog.h"
#include "archive/words.h"
#include "base/json.h"
#include "base/utf8.h"

enum {
    LIMIT = 50,  /* places listed where nobody says otherwise */
    BEFORE = 20, /* characters shown before the first of the words */
    SHOWN = 60,  /* and in all */
};

/* --- What is shown ---------------------------------------------------------------------------- */

/* Where the first of the words begins in `text`; 0 when it is written otherwise there. */
static size_t find_word(zp_str text, zp_str typed)
{
    size_t end = 0, best = text.n;
    for (size_t at = 0; at < typed.n; at = end + 1) {
        end = zp_str_find(typed, ZP_STR(" "), at);
        size_t found = end > at ? zp_str_find(text, zp_str_slice(typed, at, end), 0) : text.n;
        best = found < best ? found : best;
    }
    return best < text.n ? best : 0;
}

/* The line around the words: …培训计划执行率偏低… */
static zp_str excerpt(zp_arena *arena, zp_str text, zp_str typed)
{
    size_t start = find_word(text, typed), end, count = 0;
    for (; start > 0 && count < BEFORE; count++) {
        start--;
        while (start > 0 && ((unsigned char)text.p[start] & 0xC0) == 0x80)
            start--;
    }
    for (end = start, count = 0; end < text.n && count < SHOWN; count++)
        zp_utf8_next(text, &end);
    return zp_str_format(arena, "%s%.*s%s", start > 0 ? "…" : "",
                         ZP_ARG(zp_str_slice(text, start, end)), end < text.n ? "…" : "");
}

/* Where the report's files are, once for hits of it that follow each other. */
static void print_place(const char *archive, const zp_str *hit, const zp_str *before)
{
    bool same = before && zp_str_eq(hit[ZP_HIT_BAG], before[ZP_HIT_BAG]) &&
                zp_str_eq(hit[ZP_HIT_FOLDER], before[ZP_HIT_FOLDER]);
    size_t n = strlen(archive);
    if (!same)
        printf("    %s%s%.*s/data/%.*s/\n", archive, n > 0 && archive[n - 1] == '/' ? "" : "/",
               ZP_ARG(hit[ZP_HIT_BAG]), ZP_ARG(hit[ZP_HIT_FOLDER]));
}

static void print_text(zp_arena *arena, const zp_str *hit, zp_str typed)
{
    zp_str heading = hit[ZP_HIT_HEADING], text = hit[ZP_HIT_TEXT];
    printf("%.*s　%.*s", ZP_ARG(hit[ZP_HIT_YEAR]), ZP_ARG(hit[ZP_HIT_NAME]));
    printf("　%.*s\n", ZP_ARG(heading.n > 0 ? heading : hit[ZP_HIT_TITLE]));
    if (text.n > 0)
        printf("    %.*s\n", ZP_ARG(excerpt(arena, text, typed)));
}

static void print_json(zp_arena *arena, const zp_str *hit)
{
    static const char *const keys[] = {"year", "folder", "bag", "name", "title", "heading", "text"};
    zp_buf line = {.arena = arena};
    zp_buf_byte(&line, '{');
    for (size_t i = 0; i < ZP_HIT_COLUMNS; i++) {
        if (hit[i].n == 0)
            continue;
        zp_json_key(&line, keys[i]);
        zp_json_string(&line, hit[i]);
    }
    zp_buf_lit(&line, "}\n");
    fwrite(line.p, 1, line.n, stdout);
}

static void print_all(zp_arena *arena, const char *archive, const zp_rows *hits, size_t total,
                      zp_str typed, bool json)
{
    for (size_t i = 0; i < hits->rows; i++) {
        const zp_str *hit = hits->cells + i * hits->columns;
        if (json) {
            print_json(arena, hit);
            continue;
        }
        print_text(arena, hit, typed);
        print_place(archive, hit, i > 0 ? hit - hits->columns : NULL);
    }
    if (json)
        return;
    if (total > hits->rows)
        printf("共 %zu 处，列出最切合的 %zu 处；--limit %zu 全部列出\n", total, hits->rows, total);
    else if (total > 0)
        printf("共 %zu 处\n", total);
    else
        puts("没有找到");
}

/* --- The command ------------------------------------------------------------------------------ */

static bool read_limit(const char *word, size_t *limit)
{
    char *end = NULL;
    unsigned long number = word ? strtoul(word, &end, 10) : LIMIT;
    *limit = number;
    if (!word || (word[0] >= '1' && word[0] <= '9' && *end == '\0' && number <= 1000000))
        return true;
    zp_complain("--limit 写得不对", word, "写成 1 到 1000000 的整数");
    return false;
}

/* All words but the archive, as if they had been typed with spaces between. */
static zp_str typed_words(zp_arena *arena, const zp_options *chosen)
{
    zp_buf typed = {.arena = arena};
    for (size_t i = 1; i < chosen->input_count; i++) {
        if (typed.n > 0)
            zp_buf_byte(&typed, ' ');
        zp_buf_add(&typed, zp_utf8_clean(arena, zp_str_from(chosen->inputs[i])));
    }
    return zp_buf_str(&typed);
}

static zp_status search(zp_arena *arena, const zp_options *chosen, size_t limit, bool json)
{
    zp_str why, typed = typed_words(arena, chosen), query = zp_words_query(arena, typed);
    if (query.n == 0) {
        zp_complain("关键词里没有可以查的字", zp_str_cstr(arena, typed),
                    "写成 ziping search 档案 培训；标点不算字");
        return ZP_USAGE;
    }
    zp_catalog *catalog = zp_catalog_open(arena, zp_str_from(chosen->input), &why);
    zp_rows hits;
    size_t total = 0;
    bool good = catalog && zp_catalog_search(catalog, query, zp_str_from(chosen->year),
                                             zp_str_from(chosen->unit), limit, &hits, &total, &why);
    if (good)
        print_all(arena, chosen->input, &hits, total, typed, json);
    else
        zp_complain("查不了", chosen->input, zp_str_cstr(arena, why));
    zp_catalog_close(catalog);
    return !good ? ZP_ENVIRONMENT : total > 0 ? ZP_DONE : ZP_REPORT;
}

static zp_status run_search(const zp_options *chosen)
{
    size_t limit;
    bool json = chosen->to && strcmp(chosen->to, "json") == 0;
    if (chosen->to && !json && strcmp(chosen->to, "text") != 0) {
        zp_complain("没有这种样式", chosen->to, "可以写 text、json");
        return ZP_USAGE;
    }
    if (!read_limit(chosen->limit, &limit))
        return ZP_USAGE;
    zp_arena *arena = zp_arena_new();
    zp_status status = search(arena, chosen, limit, json);
    zp_arena_free(arena);
    return status;
}

static const zp_option search_options[] = {
    ZP_TEXT_OPTION("--year", NULL, "年度", "只查这一年的", year),
    ZP_TEXT_OPTION("--unit", NULL, "单位", "只查这个单位的：编码或名称", unit),
    ZP_TEXT_OPTION("--limit", NULL, "N", "最多列出几处；默认 50", limit),
    ZP_TEXT_OPTION("--to", NULL, "样式", "text（默认，给人看）或 json（每行一处），给程序看", to),
    {0},
};

const zp_command zp_search_command = {
    .name = "search",
    .usage = "ziping search [选项] ARCHIVE 关键词…",
    .about = "在档案的单位名称、标题、章节和正文里查关键词，最切合的在前。一个字、两个字也能查；"
             "几个词要在同一处都有；\n"
             "标点、空格、全角半角、字母大小写不论；以数字或字母结尾的词，后面还有的也算（202 "
             "查得到 2023）。",
    .options = search_options,
    .inputs = ZP_OPTIONS_INPUTS,
    .missing = "没有说查哪个档案；写法：ziping search 档案 关键词",
    .status = "0 找到了；1 没有找到；2 用法不对；3 不是档案，或者目录损坏。",
    .run = run_search,
};

/* phrase.c: a title and phrases in, the stretches that stay whole out.
 *
 * For every byte of the title it is noted whether a line may not begin there; what lies between two
 * places where one may is a stretch, if anything but marks keeps it together.
 */
#include "doc/phrase.h"

#include "base/utf8.h"

const zp_str *zp_phrase_list(zp_arena *arena, const zp_report *report, size_t *count)
{
    const zp_template *template = report->template;
    zp_str *list = zp_new_array(arena, zp_str, template->phrase_count + 2);
    *count = 0;
    list[(*count)++] = report->department;
    if (report->year.n > 0)
        list[(*count)++] = zp_str_format(arena, "%.*s年度", ZP_ARG(report->year));
    for (size_t i = 0; i < template->phrase_count; i++)
        list[(*count)++] = template->phrases[i];
    return list;
}

static void keep_phrase(zp_str title, zp_str phrase, bool *kept)
{
    if (phrase.n == 0)
        return;
    for (size_t at = zp_str_find(title, phrase, 0), done = 0; at < title.n;
         at = zp_str_find(title, phrase, at + 1)) {
        size_t end = at + phrase.n;
        for (size_t i = at + 1 > done ? at + 1 : done; i < end; i++)
            kept[i] = true;
        done = end;
    }
}

static bool is_one_of(uint32_t code, zp_str set)
{
    for (size_t at = 0; at < set.n;)
        if (zp_utf8_next(set, &at) == code)
            return true;
    return false;
}

/* Whether a mark belongs to the character on the other side of `at`. A browser may part any text
 * from a stretch beside it, marks too, so what marks do is said here. */
static bool joins_mark(zp_str title, size_t at)
{
    size_t next = at;
    uint32_t before = zp_utf8_before(title, at), after = zp_utf8_next(title, &next);
    return (!zp_code_is_han(before) && is_one_of(before, ZP_STR("（《〈“‘「『【〔(["))) ||
           (!zp_code_is_han(after) &&
            is_one_of(after, ZP_STR("）》〉”’」』】〕)]、，。；：？！,.;:?!·—…%％")));
}

/* Whether one of the words that cling to others does so at `at`. */
static bool clings(zp_str title, size_t at)
{
    zp_str about = ZP_STR("关于"), rest = zp_str_slice(title, at, title.n);
    size_t half = about.n / 2;
    return zp_str_starts(rest, ZP_STR("的")) || zp_str_starts(rest, ZP_STR("和")) ||
           zp_str_ends(zp_str_slice(title, 0, at), about) ||
           (at >= half && zp_str_starts(zp_str_slice(title, at - half, title.n), about));
}

const zp_stretch *zp_phrase_find(zp_arena *arena, zp_str title, const zp_str *phrases,
                                 size_t phrase_count, size_t *count)
{
    *count = 0;
    if (title.n > ZP_PHRASE_TITLE)
        return NULL;
    bool *kept = zp_new_array(arena, bool, title.n + 1);
    for (size_t i = 0; i < phrase_count; i++)
        keep_phrase(title, phrases[i], kept);
    zp_stretch *found = zp_new_array(arena, zp_stretch, title.n);
    bool whole = false; /* the text from `start` to `at` holds what is not to be parted */
    for (size_t at = 0, start = 0; at < title.n;) {
        zp_utf8_next(title, &at);
        bool inside = at < title.n && (kept[at] || clings(title, at));
        whole = whole || inside;
        if (inside || (at < title.n && joins_mark(title, at)))
            continue;
        if (whole)
            found[(*count)++] = (zp_stretch){start, at};
        start = at;
        whole = false;
    }
    return found;
}

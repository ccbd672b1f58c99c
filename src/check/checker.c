/* checker.c: what rules find becomes messages, silenced and folded on the way.
 *
 * Strings are formatted once, into the arena. A rule that folds leaves one message; the places of
 * its repeats are added to it, the first two of them kept.
 */
#include "check/checker.h"

#include <string.h>

enum { PLACES_KEPT = 2 }; /* of a fold, besides its first */

typedef struct zp_fold {
    const zp_rule *rule;
    zp_severity severity;
    size_t index; /* of the message */
    struct zp_fold *next;
} fold;

zp_str zp_checker_place(const zp_checker *checker, size_t passage)
{
    return zp_passage_place(checker->arena, checker->passages, passage);
}

static zp_span span_of(const zp_checker *c, zp_where where)
{
    return zp_passage_span(c->passages, where.passage, where.start, where.end);
}

static fold *find_fold(const zp_checker *c, const zp_rule *rule, zp_severity severity)
{
    for (fold *f = c->folds; f != NULL; f = f->next)
        if (f->rule == rule && f->severity == severity)
            return f;
    return NULL;
}

/* One more place of a message that stands for several. */
static void add_repeat(zp_checker *c, const fold *f, zp_span span)
{
    zp_message *message = zp_diag_message(c->diag, f->index);
    message->repeats = message->repeats ? message->repeats + 1 : 2;
    if (message->other_count == PLACES_KEPT)
        return;
    zp_span *places = zp_new_array(c->arena, zp_span, message->other_count + 1);
    if (message->other_count > 0)
        memcpy(places, message->others, message->other_count * sizeof *places);
    places[message->other_count++] = span;
    message->others = places;
}

static const zp_span *spans_of(const zp_checker *c, const zp_finding *finding)
{
    zp_span *spans = zp_new_array(c->arena, zp_span, finding->also_count);
    for (size_t i = 0; i < finding->also_count; i++)
        spans[i] = span_of(c, finding->also[i]);
    return spans;
}

void zp_checker_find(zp_checker *c, const zp_rule *rule, zp_where where, const zp_finding *finding,
                     const char *format, ...)
{
    static const zp_finding nothing;
    finding = finding ? finding : &nothing;
    zp_severity severity = finding->other_severity ? finding->severity : rule->severity;
    bool meta = finding->instead.source != NULL;
    zp_span span = meta ? finding->instead : span_of(c, where);
    if (zp_silences_cover(c->silences, zp_str_from(rule->id), span))
        return;
    fold *f = rule->folds ? find_fold(c, rule, severity) : NULL;
    if (f != NULL) {
        add_repeat(c, f, span);
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    const zp_message message = {
        .severity = severity,
        .id = rule->id,
        .span = span,
        .message = zp_diag_word(c->arena, format, arguments),
        .hint = zp_str_copy(c->arena, finding->hint),
        .place = meta ? ZP_STR("基本信息") : zp_checker_place(c, where.passage),
        .excerpt =
            meta ? zp_str_copy(c->arena, finding->found)
                 : zp_passage_excerpt(c->arena, c->passages, where.passage, where.start, where.end),
        .expected = zp_str_copy(c->arena, finding->expected),
        .found = zp_str_copy(c->arena, finding->found),
        .basis = zp_str_from(rule->basis),
        .others = spans_of(c, finding),
        .other_count = finding->also_count,
    };
    va_end(arguments);
    size_t index = zp_diag_put(c->diag, &message);
    if (rule->folds && index != ZP_DIAG_NONE) {
        f = zp_new(c->arena, fold);
        *f = (fold){rule, severity, index, c->folds};
        c->folds = f;
    }
}

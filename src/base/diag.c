/* diag.c: messages in, kept in the order of their adding. listing.c sorts them, diagtext.c and
 * diagjson.c print them.
 */
#include "base/diag.h"

#include <assert.h>
#include <stdio.h>
#include "base/utf8.h"

enum {
    SEVERITIES = ZP_ERROR + 1,
    MESSAGE_MAX = 1000, /* bytes of a message; a longer one quotes too much */
};

struct zp_diag {
    zp_arena *arena;
    zp_message *messages;
    size_t count, capacity;
    size_t added[SEVERITIES], kept[SEVERITIES];
    zp_str about;
};

void zp_diag_about(zp_diag *diag, zp_str report)
{
    diag->about = report;
}

zp_diag *zp_diag_new(zp_arena *arena)
{
    zp_diag *diag = zp_new(arena, zp_diag);
    diag->arena = arena;
    return diag;
}

/* `text` as far as it is whole UTF-8: cutting may have split its last character. */
static zp_str without_torn_end(zp_str text)
{
    size_t fault = zp_utf8_fault(text, text.n > 4 ? text.n - 4 : 0);
    while (fault < text.n && fault + zp_utf8_fault_length(text, fault) < text.n)
        fault = zp_utf8_fault(text, fault + zp_utf8_fault_length(text, fault));
    return zp_str_slice(text, 0, fault);
}

static zp_message *next_message(zp_diag *diag)
{
    zp_list_grow(diag->arena, diag->messages, diag->count, diag->capacity);
    return &diag->messages[diag->count++];
}

size_t zp_diag_put(zp_diag *diag, const zp_message *message)
{
    diag->added[message->severity]++;
    if (diag->kept[message->severity] == ZP_DIAG_KEPT)
        return ZP_DIAG_NONE;
    diag->kept[message->severity]++;
    zp_message *added = next_message(diag);
    *added = *message;
    added->order = diag->count;
    return diag->count - 1;
}

zp_message *zp_diag_message(zp_diag *diag, size_t index)
{
    return &diag->messages[index];
}

void zp_diag_drop(zp_diag *diag, bool (*drop)(void *user, const zp_message *message), void *user)
{
    size_t kept = 0;
    for (size_t i = 0; i < diag->count; i++) {
        const zp_message *message = &diag->messages[i];
        if (drop(user, message)) {
            diag->added[message->severity]--;
            diag->kept[message->severity]--;
        } else {
            diag->messages[kept++] = *message;
        }
    }
    diag->count = kept;
}

static bool is_hint(void *user, const zp_message *message)
{
    (void)user;
    return message->severity == ZP_HINT;
}

void zp_diag_drop_hints(zp_diag *diag)
{
    zp_diag_drop(diag, is_hint, NULL);
}

zp_str zp_diag_word(zp_arena *arena, const char *format, va_list arguments)
{
    char text[MESSAGE_MAX];
    int length = vsnprintf(text, sizeof text, format, arguments);
    assert(length >= 0);
    bool cut = (size_t)length >= sizeof text;
    zp_str message = {text, cut ? sizeof text - 1 : (size_t)length};
    return cut ? zp_str_format(arena, "%.*s…", ZP_ARG(without_torn_end(message)))
               : zp_str_copy(arena, message);
}

void zp_diag_add(zp_diag *diag, zp_severity severity, const char *id, zp_span span,
                 const char *hint, const char *format, ...)
{
    if (diag->kept[severity] == ZP_DIAG_KEPT) {
        diag->added[severity]++;
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    zp_message message = {.severity = severity,
                          .id = id,
                          .span = span,
                          .message = zp_diag_word(diag->arena, format, arguments),
                          .hint = zp_str_copy(diag->arena, zp_str_from(hint))};
    va_end(arguments);
    zp_diag_put(diag, &message);
}

size_t zp_diag_count(const zp_diag *diag, zp_severity severity)
{
    return diag->added[severity];
}

const zp_message *zp_diag_messages(const zp_diag *diag, size_t *count)
{
    *count = diag->count;
    return diag->messages;
}

zp_str zp_diag_subject(const zp_diag *diag)
{
    return diag->about;
}

size_t zp_diag_lost(const zp_diag *diag, zp_severity severity)
{
    return diag->added[severity] - diag->kept[severity];
}

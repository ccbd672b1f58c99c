/* driver.c: files of a corpus in; each taken apart and together again, always in the same way, and
 * given to the target that this is linked with. Where there is libFuzzer it is that instead.
 */
#include <stdio.h>
#include "base/files.h"
#include "fuzz.h"

enum { SEED = 20231231, ROUNDS = 400, EDITS = 4 };

static uint32_t next(uint32_t *state) /* xorshift, Marsaglia 2003 */
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    return *state ^= *state << 5;
}

/* One edit: a tag taken out, doubled or moved, or a byte changed. */
static zp_str edit(zp_arena *arena, zp_str text, uint32_t *state)
{
    size_t from = text.n ? next(state) % text.n : 0, to = text.n ? next(state) % text.n : 0;
    zp_buf out = {.arena = arena};
    from = zp_str_find(text, ZP_STR("<"), from);
    size_t end = zp_str_find(text, ZP_STR(">"), from);
    zp_str tag = zp_str_slice(text, from, end < text.n ? end + 1 : end);
    zp_str rest = zp_str_slice(text, from + tag.n, text.n);
    switch (next(state) % 4) {
    case 0:
        zp_buf_add(&out, zp_str_slice(text, 0, from));
        zp_buf_add(&out, rest);
        break;
    case 1:
        zp_buf_add(&out, zp_str_slice(text, 0, from + tag.n));
        zp_buf_add(&out, tag);
        zp_buf_add(&out, rest);
        break;
    case 2:
        to = zp_str_find(text, ZP_STR("<"), to);
        zp_buf_add(&out, zp_str_slice(text, 0, to));
        zp_buf_add(&out, tag);
        zp_buf_add(&out, zp_str_slice(text, to, text.n));
        break;
    default:
        zp_buf_add(&out, text);
        if (to < out.n)
            out.p[to] = (char)next(state);
        break;
    }
    return zp_buf_str(&out);
}

/* Files of the corpus as words of the command line. */
int main(int count, char **words)
{
    uint32_t state = SEED;
    for (int i = 1; i < count; i++)
        for (int round = 0; round < ROUNDS; round++) {
            zp_arena *arena = zp_arena_new();
            zp_str text, why;
            if (!zp_file_read(arena, words[i], 1 << 20, &text, &why)) {
                fprintf(stderr, "%s: %.*s\n", words[i], ZP_ARG(why));
                return 1;
            }
            for (uint32_t k = round > 0 ? 1 + next(&state) % EDITS : 0; k > 0; k--)
                text = edit(arena, text, &state);
            LLVMFuzzerTestOneInput((const uint8_t *)text.p, text.n);
            zp_arena_free(arena);
        }
    printf("%d documents, %d times each\n", count - 1, ROUNDS);
    return count > 1 ? 0 : 1;
}

/* mustache_spec_test.c: the cases of the Mustache specification, as ./setup test fetches them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include "base/files.h"
#include "data/expand.h"
#include "data/yaml.h"

#define FOLDER "tests/mustache/"

enum { FILE_MAX = 1 << 20, SKIPPED = 77, CASES = 110 };

typedef struct {
    zp_arena *arena;
    const zp_value *partials;
} fixture;

static const zp_source *find_partial(void *user, zp_str name, zp_span tag)
{
    const fixture *f = user;
    const zp_value *partial = zp_value_find(f->partials, name);
    (void)tag;
    return partial ? zp_source_new(f->arena, name, partial->text) : NULL;
}

static zp_str text_at(const zp_value *map, const char *key)
{
    const zp_value *value = zp_value_find(map, zp_str_from(key));
    return value ? value->text : ZP_STR("");
}

static bool passes(zp_arena *arena, const zp_value *test)
{
    zp_diag *diag = zp_diag_new(arena);
    fixture f = {arena, zp_value_find(test, ZP_STR("partials"))};
    zp_expand_options options = {ZP_ESCAPE_HTML, ZP_MISSING_EMPTY, find_partial, &f};
    const zp_source *source = zp_source_new(arena, ZP_STR("case"), text_at(test, "template"));
    const zp_source *made = zp_expand(arena, zp_span_of(source, 0, source->text.n),
                                      zp_value_find(test, ZP_STR("data")), &options, diag);
    zp_str found = made ? made->text : ZP_STR("(nothing)"), wanted = text_at(test, "expected");
    if (zp_str_eq(found, wanted) && !zp_diag_count(diag, ZP_ERROR))
        return true;
    print_error("%.*s:\n%.*s\nis\n%.*s\nnot\n%.*s\n", ZP_ARG(text_at(test, "name")),
                ZP_ARG(source->text), ZP_ARG(found), ZP_ARG(wanted));
    return false;
}

static const zp_value *read_cases(zp_arena *arena, const char *name)
{
    zp_str bytes, why;
    zp_str path = zp_str_format(arena, FOLDER "%s.json", name);
    if (!zp_file_read(arena, zp_str_cstr(arena, path), FILE_MAX, &bytes, &why))
        fail_msg("%.*s: %.*s", ZP_ARG(path), ZP_ARG(why));
    zp_diag *diag = zp_diag_new(arena);
    const zp_source *source = zp_source_read(arena, path, bytes, NULL, diag);
    const zp_value *root = zp_yaml_read(arena, zp_span_of(source, 0, source->text.n), diag);
    if (!root) {
        zp_buf out = {.arena = arena};
        zp_diag_write_text(diag, false, &out);
        fail_msg("%.*s", ZP_ARG(zp_buf_str(&out)));
    }
    return zp_value_find(root, ZP_STR("tests"));
}

static void every_case_passes(void **state)
{
    static const char *const names[] = {"interpolation", "sections", "inverted",
                                        "comments",      "partials", "delimiters"};
    zp_arena *arena = zp_arena_new();
    size_t count = 0, failed = 0;
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const zp_value *tests = read_cases(arena, names[i]);
        assert_non_null(tests);
        for (const zp_value *test = tests->first; test; test = test->next) {
            count++;
            failed += !passes(arena, test);
        }
    }
    assert_int_equal(failed, 0);
    assert_true(count >= CASES);
    zp_arena_free(arena);
}

int main(void)
{
    if (zp_path_kind_of(FOLDER "partials.json") != ZP_PATH_FILE) {
        printf("skipped: %s is not there; ./setup test fetches it\n", FOLDER "partials.json");
        return SKIPPED;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_case_passes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What is looked at is remembered, and a wait ends when it is not as it was. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "folder.h"
#include "serve/watch.h"

static zp_looks look_at(world *w, const char *name)
{
    zp_str bytes, why;
    zp_looks looks = {.arena = w->arena};
    zp_files_record(w->arena, &looks);
    zp_file_read(w->arena, zp_str_cstr(w->arena, path_of(w, name)), 1000, &bytes, &why);
    zp_files_record(w->arena, NULL);
    return looks;
}

/* Whether a wait ends by what `act` does a little later. */
typedef struct {
    world *w;
    zp_watch *watch;
    const char *name, *text;
} deed;

static void *act(void *user)
{
    deed *d = user;
    usleep(20000);
    if (!d->name) {
        zp_watch_stop(d->watch);
        return NULL;
    }
    FILE *out = fopen(d->name, "w");
    fputs(d->text, out);
    fclose(out);
    return NULL;
}

static bool wait_for(world *w, const zp_looks *looks, const char *name, const char *text)
{
    pthread_t thread;
    deed d = {w, zp_watch_open(w->arena), NULL, text};
    if (name)
        d.name = zp_str_cstr(w->arena, path_of(w, name));
    assert_int_equal(pthread_create(&thread, NULL, act, &d), 0);
    bool changed = zp_watch_wait(d.watch, looks);
    pthread_join(thread, NULL);
    zp_watch_close(d.watch);
    return changed;
}

static void a_save_ends_it(void **state)
{
    world *w = *state;
    write_text(w, "a", "1");
    zp_looks looks = look_at(w, "a");
    assert_int_equal(looks.count, 1);
    assert_true(wait_for(w, &looks, "a", "22"));
}

static void what_was_not_there_appears(void **state)
{
    world *w = *state;
    zp_looks looks = look_at(w, "missing");
    assert_true(wait_for(w, &looks, "missing", ""));
}

static void a_change_before_the_wait_is_seen(void **state)
{
    world *w = *state;
    write_text(w, "a", "1");
    zp_looks looks = look_at(w, "a");
    write_text(w, "a", "1"); /* the same bytes, another file */
    zp_watch *watch = zp_watch_open(w->arena);
    assert_true(zp_watch_wait(watch, &looks));
    zp_watch_close(watch);
}

static void a_stop_ends_it(void **state)
{
    world *w = *state;
    write_text(w, "a", "1");
    zp_looks looks = look_at(w, "a");
    assert_false(wait_for(w, &looks, NULL, NULL));
}

static void names_of_a_folder(void **state)
{
    world *w = *state;
    const zp_str *names;
    size_t count;
    zp_str why;
    zp_looks looks = {.arena = w->arena};
    write_text(w, "a", "1");
    zp_files_record(w->arena, &looks);
    assert_true(zp_folder_list(w->arena, w->root, &names, &count, &why));
    zp_files_record(w->arena, NULL);
    write_text(w, ".hidden", "1");
    write_text(w, "a", "2");
    assert_false(zp_look_is_stale(w->arena, &looks.all[0]));
    write_text(w, "b", "1");
    assert_true(zp_look_is_stale(w->arena, &looks.all[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_save_ends_it),
        TEST(what_was_not_there_appears),
        TEST(a_change_before_the_wait_is_seen),
        TEST(a_stop_ends_it),
        TEST(names_of_a_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

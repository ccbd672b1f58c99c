/* locale.c: sets the locale from the environment before main, as a program around our library, or a
 * library below it, might. Linked into the tests, which run once as they are and once under a
 * decimal comma.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((constructor)) static void set_locale(void)
{
    if (setlocale(LC_ALL, "") == NULL) {
        (void)fprintf(stderr, "the locale that the environment names does not exist\n");
        exit(EXIT_FAILURE);
    }
}

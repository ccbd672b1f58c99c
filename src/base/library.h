/* library.h: a foreign library that only some commands need, opened when one of them does.
 *
 * To have libmicrohttpd and libxlsxwriter linked in costs every start of the program 2.5 and 1.8 ms
 * (they bring GnuTLS and more with them), a sixth of the time in which a report is made. So the
 * file that stands for such a library (and includes its header) keeps a struct of pointers to the
 * functions it calls, and has it filled here. A machine without the library still makes reports.
 */
#ifndef ZP_LIBRARY_H
#define ZP_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char *name; /* of the function */
    size_t offset;    /* of its pointer in the struct */
} zp_library_entry;

/* A pointer field `name` of the type of the function, and its row in the table of entries. */
#define ZP_LIBRARY_POINTER(name) __typeof__(&(name)) name
#define ZP_LIBRARY_ENTRY(type, name)                                                               \
    {                                                                                              \
#name, offsetof(type, name)                                                                \
    }

/* Fills `functions` by the table, whose last row has no name. False when the library, or one of the
 * functions in it, is not there. It stays open until the process ends. `soname` as CMake found it:
 * ZP_SONAME_…. */
bool zp_library_open(const char *soname, const zp_library_entry *entries, void *functions);

#endif

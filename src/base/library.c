/* library.c: the name of a shared library in, pointers to its functions out. */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

bool zp_library_open(const char *soname, const zp_library_entry *entries, void *functions)
{
    void *library = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return false;
    for (const zp_library_entry *e = entries; e->name; e++) {
        void *function = dlsym(library, e->name);
        if (!function)
            return false;
        /* POSIX: what dlsym gives for a function has the bytes of a pointer to it. */
        memcpy((char *)functions + e->offset, &function, sizeof function);
    }
    return true;
}

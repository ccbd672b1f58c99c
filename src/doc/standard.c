/* standard.c: the table of standards. */
#include "doc/standard.h"

#include <stddef.h>

static const zp_standard standards[] = {
    {{"a-2a+ua-1", 9}, 2, 'A', true}, {{"a-1b", 4}, 1, 'B', false}, {{"a-1a", 4}, 1, 'A', false},
    {{"a-2b", 4}, 2, 'B', false},     {{"a-2u", 4}, 2, 'U', false}, {{"a-3a", 4}, 3, 'A', false},
    {{"none", 4}, 0, '\0', false},
};

const char zp_standard_names[] = "a-2a+ua-1 a-1b a-1a a-2b a-2u a-3a none";

const zp_standard *zp_standard_find(zp_str name)
{
    for (size_t i = 0; i < sizeof standards / sizeof *standards; i++)
        if (zp_str_eq(name, standards[i].name))
            return &standards[i];
    return NULL;
}

bool zp_standard_is_tagged(const zp_standard *standard)
{
    return standard->level == 'A' || standard->accessible;
}

bool zp_standard_embeds(const zp_standard *standard)
{
    return standard->part == 3;
}

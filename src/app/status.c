/* status.c: complaints about the command itself; those about a report are diagnostics. */
#include "app/status.h"

#include <stdio.h>

void zp_complain(const char *what, const char *which, const char *way_out)
{
    fprintf(stderr, "ziping: 错误: %s“%s”；%s\n", what, which, way_out);
}

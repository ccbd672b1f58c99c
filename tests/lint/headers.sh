#!/bin/sh
# headers.sh ROOT [CC]: each header compiles alone, and so without any foreign one.
cd "$1/src" || exit 2
status=0
for header in */*.h; do
    printf '#include "%s"\n' "$header" |
        "${2:-cc}" -std=c11 -D_GNU_SOURCE -I. -Wall -Wextra -Werror -fsyntax-only -x c - || status=1
done
exit $status

#!/bin/sh
# format.sh ROOT: the sources are as clang-format would have them.
cd "$1" || exit 2
command -v clang-format >/dev/null || {
    echo 'skipped: clang-format is not installed'
    exit 77
}
find src tests -name '*.[ch]' ! -path '*/node_modules/*' -exec clang-format --dry-run -Werror {} +

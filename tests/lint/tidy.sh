#!/bin/sh
# tidy.sh ROOT BUILD: clang-tidy over every source of the build, two at a time.
command -v clang-tidy >/dev/null || {
    echo 'skipped: clang-tidy is not installed'
    exit 77
}
cd "$1" || exit 2
printf '%s\n' src/*/*.c | xargs -P "$(nproc)" -n 3 \
    clang-tidy -p "$2" --quiet --warnings-as-errors='*'

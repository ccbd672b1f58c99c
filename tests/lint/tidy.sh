#!/bin/sh
# tidy.sh ROOT BUILD: clang-tidy over the sources. It takes a second or two a file, so a file that
# passed is left out until it, a header, or the rules change.
command -v clang-tidy >/dev/null || {
    echo 'skipped: clang-tidy is not installed'
    exit 77
}
cd "$1" || exit 2
[ -f "$2/compile_commands.json" ] && mkdir -p "$2/tidy" || exit 2
rules=$(ls -t .clang-tidy tests/lint/tidy.sh src/*/*.h | head -n 1)

for source in src/*/*.c; do
    stamp="$2/tidy/$(echo "$source" | tr / -).ok"
    if [ "$(find "$stamp" -newer "$source" -newer "$rules" 2>/dev/null)" = "" ]; then
        printf '%s\n%s\n' "$source" "$stamp"
    fi
done | BUILD="$2" xargs -P "$(nproc)" -n 2 \
    sh -c 'clang-tidy -p "$BUILD" --quiet --warnings-as-errors="*" "$0" && : >"$1"'

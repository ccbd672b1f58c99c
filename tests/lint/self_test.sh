#!/bin/sh
# self_test.sh: each lint passes a small clean tree, and finds the fault that is put into a copy of
# it.
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
status=0

mkdir -p "$work/clean/src" "$work/clean/tests"
cd "$work/clean" || exit 2
mkdir src/base src/data src/doc src/layout src/write src/app templates fonts samples .ci
touch CMakeLists.txt README.md setup LICENSE .clang-tidy .gitignore
cp "$here/../../.clang-format" .
for folder in base data doc layout write app; do
    printf '#include <stdio.h>\n\nint %s(void);\n' $folder >src/$folder/a.h
    printf '#include "%s/a.h"\n\nint %s(void)\n{\n    return 0;\n}\n' \
        $folder $folder >src/$folder/a.c
done
printf '/* time( is a word here, and "exit(1)" too */\n' >>src/base/a.c

# expect pass|fail LINT: the lint's verdict on the tree, or on the archive, in the present folder.
expect() {
    case $2 in
    globals) target=lib.a ;;
    *) target=. ;;
    esac
    "$here/$2.sh" $target >"$work/log" 2>&1
    code=$?
    case $1$code in
    pass0 | fail1 | pass77 | fail77 | fail123) ;;
    *)
        echo "$2.sh: status $code, should $1: ${3-a clean tree}"
        cat "$work/log"
        status=1
        ;;
    esac
}

# fault LINT FILE TEXT: with TEXT at the end of FILE the lint fails.
fault() {
    rm -rf "$work/bad"
    cp -R "$work/clean" "$work/bad"
    cd "$work/bad" || exit 2
    printf '%b' "$3" >>"$2"
    expect fail "$1" "$2: $3"
}

# archive TEXT [OBJECT]: lib.a of one object.
archive() {
    rm -f lib.a
    printf '%b\n' "$1" | cc -O1 -fPIE -x c -c -o "${2:-a.c.o}" - || exit 2
    ar rc lib.a "${2:-a.c.o}" || exit 2
}

for lint in layers borders bans sizes headers format words; do
    expect pass $lint
done

fault layers src/base/a.c '#include "doc/a.h"\n'
fault layers src/layout/a.c '#include "write/a.h"\n'
fault layers src/app/a.c '#include "a.h"\n'
fault borders src/doc/a.c '#include <cmark.h>\n'
fault borders src/write/a.h '#include <hpdf_objects.h>\n'
fault borders src/app/a.c '#include <hb-subset.h>\n'
fault borders src/layout/a.c '#include FT_FREETYPE_H\n'
fault bans src/app/a.c 'int f(char *s) { return sprintf(s, "x"); }\n'
fault bans src/base/a.c 'void f(void) { puts ("x"); }\n'
fault bans src/doc/a.c 'long f(void) { return time(0); }\n'
fault sizes src/doc/a.c "void f(void)\n{\n$(yes '    ;' | head -n 81)\n}\n"
fault sizes src/doc/a.h "$(yes '//' | head -n 801)"
fault headers src/doc/a.h 'size f(void);\n'
fault format src/doc/a.c 'int   g;\n'
fault words src/doc/a.c "/* $(printf '/%s/x' tmp) */\n"
fault words setup "false || $(printf tr)ue\n"
fault words README.md "$(printf 'https://%s.org/x' debian)\n"

cd "$work/clean" || exit 2
archive 'const char *const names[] = {"a"}; const int one = 1; int f(void) { return 0; }'
expect pass globals
archive '_Thread_local void *arena;' pdf.c.o
expect pass globals
for text in 'int counter;' 'static int n = 1; int f(void) { return n++; }' '_Thread_local int x;' \
    'const char *name = "a";' 'int f(void) { static int n; return n++; }'; do
    archive "$text"
    expect fail globals "$text"
done
archive '_Thread_local void *arena; _Thread_local int second;' pdf.c.o
expect fail globals 'two thread-locals'
exit $status

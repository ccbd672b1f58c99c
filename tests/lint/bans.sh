#!/bin/sh
# bans.sh ROOT: functions that no file calls, and those that only app may call: what prints, ends
# the program, or reads clock and environment. arena.c says in one line that memory is out, and ends
# the program.
here=$(cd "$(dirname "$0")" && pwd)
cd "$1" || exit 2
status=0

# calls NAMES: lines of standard input that call one of them.
calls() {
    grep -E "(^|[^A-Za-z0-9_])($1)[[:space:]]*\\("
}

code=$(awk -f "$here/strip.awk" src/*/*.[ch]) || exit 2
nowhere='v?sprintf|strcpy|stpcpy|strcat|strncpy|strncat|strtok|gets|v?s?scanf|ato[ilf]|atoll|alloca'
nowhere="$nowhere|setjmp|longjmp|system|popen|tmpnam|mktemp"
app_only='v?f?printf|v?dprintf|f?puts|f?putc|putchar|perror|_?exit|_Exit|quick_exit|abort|setlocale'
app_only="$app_only|(secure_)?getenv|time|clock|clock_gettime|gettimeofday|localtime(_r)?"

if printf '%s\n' "$code" | calls "$nowhere"; then
    echo 'these are called nowhere'
    status=1
fi
if printf '%s\n' "$code" | grep -v '^src/app/' | grep -v '^src/base/arena\.c:' |
    calls "$app_only"; then
    echo 'these are called by app only'
    status=1
fi
exit $status

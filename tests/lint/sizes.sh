#!/bin/sh
# sizes.sh ROOT: no function over 80 lines, no file over 800. clang-format puts the braces of a
# function, and only those, into the first column.
cd "$1" || exit 2
awk '
    FNR == 1 { start = 0 }
    /^\{/ { start = FNR }
    /^\}/ && start {
        if (FNR - start - 1 > 80) {
            print FILENAME ":" start ": a function of " FNR - start - 1 " lines"
            bad = 1
        }
        start = 0
    }
    FNR == 801 {
        print FILENAME ": over 800 lines"
        bad = 1
    }
    END { exit bad }
' src/*/*.[ch]

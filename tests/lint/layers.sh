#!/bin/sh
# layers.sh ROOT: a file includes only its own folder and those it stands on.
cd "$1/src" || exit 2
awk '
    BEGIN {
        stands["base"] = " base "
        stands["book"] = stands["base"] "book "
        stands["word"] = stands["book"] "word "
        stands["serve"] = stands["base"] "serve "
        stands["data"] = stands["book"] "data "
        stands["archive"] = stands["data"] "archive "
        stands["doc"] = stands["data"] "word doc "
        stands["check"] = stands["doc"] "check "
        stands["layout"] = stands["doc"] "layout "
        stands["write"] = stands["layout"] "write "
        stands["app"] = stands["write"] "check serve archive app "
    }
    {
        split(FILENAME, part, "/")
        folder = part[1]
    }
    !(folder in stands) && FNR == 1 {
        print "src/" FILENAME ": a folder that the layers do not name"
        bad = 1
    }
    /^[ \t]*#[ \t]*include[ \t]*"/ {
        split($0, quoted, "\"")
        n = split(quoted[2], part, "/")
        if (n != 2 || index(stands[folder], " " part[1] " ") == 0) {
            print "src/" FILENAME ":" FNR ": " folder " does not stand on \"" quoted[2] "\""
            bad = 1
        }
    }
    END { exit bad }
' */*.[ch]

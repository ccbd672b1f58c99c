#!/bin/sh
# globals.sh ARCHIVE: no object holds a variable that outlives a call. Tables of constant pointers
# (.data.rel.ro) are constants. One exception: libharu's allocator callback has no user pointer, so
# pdf.c may keep one thread-local.
archive=$1
[ -f "$archive" ] || exit 2
objdump -t "$archive" | awk '
    / file format / { object = $1; sub(/:$/, "", object); objects++ }
    # A symbol: address, seven flags, section, size, name. What has a size and stands in one of
    # these sections is a variable.
    /^[0-9a-f]+ / && length($1) == 16 {
        split(substr($0, 26), field, /[ \t]+/)
        section = field[1]
        if (substr($0, 18, 7) ~ /[dfF]/ || field[2] ~ /^0*$/) next
        if (section ~ /^\.tbss/ && object == "pdf.c.o" && ++allowed == 1) next
        if (section ~ /^\.data\.rel\.ro/) next
        if (section ~ /^\.(data|bss|tbss|tdata)/ || section == "*COM*") {
            print object ": " field[3] " in " section
            bad = 1
        }
    }
    END {
        if (objects == 0) { print "no objects read"; bad = 1 }
        exit bad
    }
'

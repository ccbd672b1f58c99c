#!/bin/sh
# borders.sh ROOT: a foreign library is included by the one file that stands for it, the C library
# by all.
cd "$1/src" || exit 2
awk '
    BEGIN {
        only["sanitizer"] = " base/arena.c "
        only["cmark"] = " doc/markdown.c write/html.c "
        only["yaml"] = " data/yaml.c "
        only["json-c"] = " data/json.c "
        only["gmp"] = " base/number.c "
        only["iconv"] = " base/source.c "
        only["hpdf"] = " write/pdf.c "
        only["libdeflate"] = " write/deflate.c "
        only["hb-subset"] = " write/subset.c "
        only["hb"] = " layout/font.c write/subset.c "
        only["hb-ot"] = " layout/font.c "
        only["ft2build"] = " layout/font.c layout/raster.c "
        only["freetype"] = " layout/font.c layout/raster.c "
        only["zip"] = " book/zip.c book/zipwrite.c "
        only["libxml"] = " book/xml.c book/xmlwrite.c "
        only["png"] = " layout/picture.c "
        only["openssl"] = " base/hash.c "
        only["dlfcn"] = " base/library.c "
        only["xlsxwriter"] = " book/xlsxwrite.c "
        only["microhttpd"] = " serve/http.c "
        only["sqlite3"] = " archive/catalog.c "

        split("assert ctype dirent errno fcntl float inttypes limits locale math poll pthread signal " \
              "stdalign stdarg stdbool stddef stdint stdio stdlib string strings time unistd " \
              "netinet/in sys/inotify sys/mman sys/random sys/resource sys/socket sys/stat sys/time sys/types sys/uio sys/wait", names, " ")
        for (i in names) system_header[names[i]] = 1
    }
    /^[ \t]*#[ \t]*include[ \t]*</ {
        header = $0
        gsub(/^[^<]*<|>.*$/, "", header)
        name = header
        sub(/\.h$/, "", name)
        if (name in system_header) next
        library = name
        sub(/\/.*$/, "", library)
        if (library !~ /^(hb-(ot|subset)|json-c)$/) sub(/[_-].*$/, "", library)
        if (!(library in only) || index(only[library], " " FILENAME " ") == 0) {
            print "src/" FILENAME ":" FNR ": <" header "> does not belong here"
            bad = 1
        }
    }
    /^[ \t]*#[ \t]*include[ \t]+[A-Z]/ && FILENAME != "layout/font.c" {
        print "src/" FILENAME ":" FNR ": an include by macro"
        bad = 1
    }
    END { exit bad }
' */*.[ch]

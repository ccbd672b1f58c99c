#!/bin/sh
# install_test.sh BUILD ROOT [offline]: what cmake --install makes is a folder that can be moved: it
# runs from another path, with no environment, on a report elsewhere, and takes templates and fonts
# from nowhere else. With `offline`, without any network.
set -eu
build=$1
root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sample=tianhe-renda-2023

offline=
if [ "${3-}" = offline ]; then
    for way in 'unshare -n' 'unshare -r -n'; do
        if [ -z "$offline" ] && $way true 2>/dev/null; then offline=$way; fi
    done
    [ -n "$offline" ] || {
        echo 'skipped: this system does not permit a network namespace'
        exit 77
    }
fi

cmake --install "$build" --prefix "$work/prefix" >"$work/log" || {
    cat "$work/log"
    exit 1
}
mkdir "$work/别处"
moved="$work/别处/a b"
mv "$work/prefix" "$moved"
cp -R "$root/samples/$sample" "$work/report"
mkdir "$work/elsewhere"
cd "$work/elsewhere"

run() {
    $offline env -i "$moved/bin/ziping" build -o "$work/out/" "$work/report/report.md"
}

run
for file in "$work/out/report.pdf" "$work/out/report.html"; do
    [ -s "$file" ] || {
        echo "missing: $file"
        exit 1
    }
done
[ -z "$(ls -A)" ] || {
    echo 'something was written into the working folder:'
    ls -A
    exit 1
}

# Nothing else is used: without its fonts, and then without its templates, it stops with status 3
# and a message.
for part in fonts templates; do
    mv "$moved/share/ziping/$part" "$moved/share/ziping/away"
    code=0
    run 2>"$work/stderr" || code=$?
    [ "$code" -eq 3 ] && [ -s "$work/stderr" ] || {
        echo "without $part: status $code, expected 3 and a message"
        cat "$work/stderr"
        exit 1
    }
    mv "$moved/share/ziping/away" "$moved/share/ziping/$part"
done

#!/usr/bin/env python3
"""Word documents as LibreOffice shows them: as many pages as ours, each of which begins and ends
within a line of ours. Our own fonts stand for those that offices have.

LibreOffice 7.4 puts a gap between Han and digits whatever the document says (w:autoSpaceDN); where
a report is full of figures its lines hold less, hence the further lines of the two samples."""

import re
import shutil
import subprocess
import sys

from harness import ROOT, Skip, check, main, tests_of

# What to build, and by how many lines pages may differ.
DOCUMENTS = {
    "samples/tianhe-renda-2023": 2,
    "samples/project-self-2024": 3,
    "tests/cases/letter.md": 1,
    "tests/cases/contents.md": 1,
    "tests/cases/table_wide.md": 1,
    "tests/cases/table_two_pages.md": 1,
    "tests/cases/footnotes.md": 1,
}

FONTS = {
    "仿宋_GB2312": "FandolFang R",
    "楷体_GB2312": "FandolKai",
    "黑体": "Noto Sans CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
    "Times New Roman": "Liberation Serif",
}


def font_configuration(box):
    matches = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{ours}</string></edit></match>'
        for name, ours in FONTS.items()
    )
    return box.write(
        "fonts.conf",
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{ROOT / 'fonts'}</dir><cachedir>{box.path('cache')}</cachedir>{matches}"
        "</fontconfig>",
    )


def convert(box, files):
    """All at once: to start LibreOffice takes longer than to convert."""
    profile = box.path("profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        + ["--outdir", str(box.path("theirs"))]
        + [str(f) for f in files],
        env={"PATH": "/usr/bin:/bin", "HOME": str(box.folder), "LC_ALL": "C.UTF-8",
             "FONTCONFIG_FILE": str(font_configuration(box))},
        check=True,
        capture_output=True,
        timeout=300,
    )


def pages(path):
    text = subprocess.run(
        ["pdftotext", "-raw", path, "-"], check=True, capture_output=True
    ).stdout.decode()
    words = (re.sub(r"\s|—\d+—", "", page) for page in text.split("\f")[:-1])
    return [page.replace("续表", "表") for page in words]


LINE = 30  # characters, and a little


def check_page(name, number, ours, theirs, lines):
    """The text with which one of them begins and ends is near those ends in the other."""
    for mine, other in ((ours, theirs), (theirs, ours)):
        head, tail = mine[:6], mine[-6:]
        near = lines * LINE + len(head)
        check(
            head in other[:near] or head not in other,
            f"{name}, page {number}: begins elsewhere: {ours[:40]} / {theirs[:40]}",
        )
        check(
            tail in other[-near:] or tail not in other,
            f"{name}, page {number}: ends elsewhere: {ours[-40:]} / {theirs[-40:]}",
        )


def test_the_pages_are_ours(box):
    if not shutil.which("soffice"):
        raise Skip("no LibreOffice: install libreoffice-writer-nogui")
    box.path("ours").mkdir()
    box.path("theirs").mkdir()
    for source in DOCUMENTS:
        box.build("--to", "pdf,docx", "-o", "ours/", ROOT / source)
    convert(box, sorted(box.path("ours").glob("*.docx")))
    for source, lines in DOCUMENTS.items():
        name = source.rsplit("/", 1)[1].removesuffix(".md")
        ours = pages(box.path(f"ours/{name}.pdf"))
        theirs = pages(box.path(f"theirs/{name}.pdf"))
        check(len(ours) == len(theirs), f"{name}: {len(theirs)} pages, ours has {len(ours)}")
        for number, (mine, other) in enumerate(zip(ours, theirs), 1):
            check_page(name, number, mine, other, lines)


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))

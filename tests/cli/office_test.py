#!/usr/bin/env python3
"""Word documents as LibreOffice shows them: as many pages as ours, each of which begins and ends
within a line of ours. Our own fonts stand for those that offices have.

Two things that the documents say LibreOffice 7.4 does not read: that no gap is put between Han and
digits (w:autoSpaceDE, w:autoSpaceDN: it puts a fifth of the type at each, and lines full of figures
hold less), and that marks side by side are squeezed (w:characterSpacingControl). The documents are
laid out twice: as they are, and with these two told to it in its own format."""

import re
import shutil
import subprocess
import sys

from harness import ROOT, Skip, check, main, tests_of

# What to build, and by how many lines pages may differ: as they are (None: by any), and told. Where
# a line less lets a heading stay on its page, it moves with the line below it.
DOCUMENTS = {
    "samples/tianhe-renda-2023": (2, 2),
    "samples/project-self-2024": (2, 2),  # ≥ is as wide as Han in LibreOffice, whatever is said
    "tests/cases/letter.md": (1, 1),
    "tests/cases/contents.md": (1, 1),
    "tests/cases/table_wide.md": (1, 1),
    "tests/cases/table_two_pages.md": (1, 1),
    "tests/cases/footnotes.md": (1, 1),
    "tests/cases/figures.md": (1, 1),
    "tests/check/reports/guangdong-minzheng.md": (1, 1),
    "tests/check/reports/hubei-jiaotong.md": (1, 1),
    "tests/check/reports/beijing-shichang.md": (None, 1),  # full of figures
    "tests/check/reports/sichuan-wenlv.md": (None, 1),
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


def convert(box, kind, folder, files):
    """All at once: to start LibreOffice takes longer than to convert."""
    profile = box.path("profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
        + ["--outdir", str(box.path(folder))]
        + [str(f) for f in files],
        env={"PATH": "/usr/bin:/bin", "HOME": str(box.folder), "LC_ALL": "C.UTF-8",
             "FONTCONFIG_FILE": str(font_configuration(box))},
        check=True,
        capture_output=True,
        timeout=300,
    )


def tell(path):
    """No gaps, squeezed marks, as the Word document has them."""
    text = path.read_text()
    compression = '<config:config-item config:name="CharacterCompressionType" config:type="short">'
    for old, new in (('style:text-autospace="ideograph-alpha"', 'style:text-autospace="none"'),
                     (f"{compression}0<", f"{compression}1<")):
        check(old in text, f"{path.name}: no {old}")
        text = text.replace(old, new)
    path.write_text(text)


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
        head, tail = mine[:12], mine[-12:]
        near = lines * LINE + len(head)
        check(
            head in other[:near] or head not in other,
            f"{name}, page {number}: begins elsewhere: {ours[:40]} / {theirs[:40]}",
        )
        check(
            tail in other[-near:] or tail not in other,
            f"{name}, page {number}: ends elsewhere: {ours[-40:]} / {theirs[-40:]}",
        )


def check_document(box, name, folder, lines):
    ours, theirs = pages(box.path(f"ours/{name}.pdf")), pages(box.path(f"{folder}/{name}.pdf"))
    check(len(ours) == len(theirs), f"{name}, {folder}: {len(theirs)} pages, not {len(ours)}")
    for number, (mine, other) in enumerate(zip(ours, theirs), 1):
        check_page(f"{name}, {folder}", number, mine, other, lines)


def test_the_pages_are_ours(box):
    if not shutil.which("soffice"):
        raise Skip("no LibreOffice: install libreoffice-writer-nogui")
    for source in DOCUMENTS:
        box.build("--to", "pdf,docx", "-o", "ours/", ROOT / source)
    documents = sorted(box.path("ours").glob("*.docx"))
    convert(box, "pdf", "as it is", documents)
    convert(box, "fodt", "told", documents)
    told = sorted(box.path("told").glob("*.fodt"))
    for path in told:
        tell(path)
    convert(box, "pdf", "told", told)
    for source, (as_it_is, when_told) in DOCUMENTS.items():
        name = source.rsplit("/", 1)[1].removesuffix(".md")
        check_document(box, name, "told", when_told)
        if as_it_is:
            check_document(box, name, "as it is", as_it_is)


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))

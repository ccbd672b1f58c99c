#!/usr/bin/env python3
"""Word documents: the parts, the order of elements that Word insists on, nothing lost."""

import io
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

from harness import REPORT, ROOT, SAMPLE, check, main, tests_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

# ECMA-376 Part 1: 17.3.1.26, 17.3.2.28, 17.4.60, 17.4.70, 17.6.17, 17.7.4.17, 17.15.1.78.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs "
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing jc textDirection textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps strike outline snapToGrid vanish color spacing w kern "
    "position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang",
    "tblPr": "tblStyle tblpPr tblOverlap tblW jc tblCellSpacing tblInd tblBorders shd tblLayout "
    "tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar pgNumType cols "
    "titlePg docGrid",
    "style": "name basedOn next link uiPriority qFormat pPr rPr tblPr",
    "settings": "evenAndOddHeaders characterSpacingControl footnotePr compat",
    "tbl": "tblPr tblGrid tr",
    "pBdr": "top left bottom right between",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
}

TABLES = """---
title: 自评报告
department: 示例单位
year: 2023
---

## 一、预算执行

单位：万元

表：预算执行情况 {#t1}

| 类别 | 项目 | 金额 |
|------|------|-----:|
| 支出 | 基本支出 | 2975.10 |
| ^ | 项目支出 | 87.56 |
| 合计 | < | 3062.66 |

注：示例数据。

见[表1](#t1)。**重点**和*强调*，“引号”<&>。脚注[^1]，又见[^1]。

1. 甲
2. 乙

[^1]: 脚注的文字。
"""


def package(box, name):
    archive = zipfile.ZipFile(io.BytesIO(box.read(name)))
    check(archive.testzip() is None, f"{name} is damaged")
    return archive


def part(archive, name):
    return ET.fromstring(archive.read(name))


def local(element):
    return element.tag.rsplit("}", 1)[1]


def text_of(element):
    return "".join(t.text or "" for t in element.iter(W + "t"))


def seen(element):
    """Text as it is seen on its line: a tab is a blank there, a note its number."""
    marks = {W + "t": lambda e: e.text or "", W + "tab": lambda e: "" if e.attrib else " ",
             W + "footnoteReference": lambda e: e.get(W + "id")}
    return "".join(marks[e.tag](e) for e in element.iter() if e.tag in marks)


def is_of_contents(paragraph):
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and style.get(W + "val").startswith("TOC")


def said(archive):
    """All of it, in order: paragraphs, the rows of the tables cell by cell, notes."""
    document = part(archive, "word/document.xml")
    joins = (W + "gridSpan", W + "vMerge")
    tables = [
        [[(seen(cell), *(m.get(W + "val") for m in cell.iter() if m.tag in joins))
          for cell in row.iter(W + "tc")] for row in table.iter(W + "tr")]
        for table in document.iter(W + "tbl")
    ]
    words = [seen(p) for p in document.iter(W + "p") if not is_of_contents(p)]
    notes = []
    if "word/footnotes.xml" in archive.namelist():
        notes = [seen(note) for note in part(archive, "word/footnotes.xml").iter(W + "footnote")]
    return [w for w in words if w.strip()], tables, notes


def check_order(root, where):
    for element in root.iter():
        order = ORDERS.get(local(element))
        if not element.tag.startswith(W) or not order:
            continue
        order = order.split()
        children = [local(c) for c in element]
        unknown = set(children) - set(order)
        check(not unknown, f"{where}: {unknown} in {local(element)}")
        places = [order.index(c) for c in children]
        check(places == sorted(places), f"{where}: order of {local(element)}: {children}")


def check_unique(values, what):
    values = list(values)
    check(len(values) == len(set(values)), f"{what} twice: {sorted(values)}")


def check_names(document):
    """Ids are there once; a bookmark that begins ends; links and fields lead to one."""
    starts, ends = (list(document.iter(f"{W}bookmark{end}")) for end in ("Start", "End"))
    check_unique((b.get(W + "id") for b in starts), "bookmark")
    check_unique((b.get(W + "name") for b in starts), "bookmark")
    check(sorted(b.get(W + "id") for b in starts) == sorted(b.get(W + "id") for b in ends),
          "a bookmark without end")
    names = {b.get(W + "name") for b in starts}
    wanted = {h.get(W + "anchor") for h in document.iter(W + "hyperlink")} - {None}
    wanted |= {i.text.split()[1] for i in document.iter(W + "instrText") if "REF" in i.text}
    check(wanted <= names, f"no bookmark {wanted - names}")
    drawn = [e.get("id") for e in document.iter() if local(e) == "docPr"]
    check_unique(drawn, "drawing")
    check("0" not in drawn, "a drawing of number 0")


def check_tables(root):
    """Rows are as wide as the grid, a joined cell goes on below its own, every cell and the body end
    in a paragraph (17.4.66), tables do not touch."""
    for table in root.iter(W + "tbl"):
        columns = len(table.find(W + "tblGrid"))
        check(columns <= 63, f"Word knows 63 columns, not {columns}")
        above = {}
        for row in table.iter(W + "tr"):
            column, below = 0, {}
            for cell in row.iter(W + "tc"):
                check(local(cell[-1]) == "p", "a cell ends without a paragraph")
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                width = 1 if span is None else int(span.get(W + "val"))
                if merge is not None:
                    below[column] = width
                    check(merge.get(W + "val") == "restart" or above.get(column) == width,
                          "a joined cell without one above")
                column += width
            check(column == columns, f"a row of {column} in a grid of {columns}")
            above = below
    for parent in root.iter():
        kinds = [local(c) for c in parent]
        check(("tbl", "tbl") not in zip(kinds, kinds[1:]), "two tables touch")
    body = [local(c) for c in root.find(W + "body")]
    check(body[-2:] == ["p", "sectPr"], f"the document ends in {body[-2:]}")


def check_notes(archive, document):
    """17.11: the lines above notes are -1 and 0; each note is there, and referred to once."""
    used = [r.get(W + "id") for r in document.iter(W + "footnoteReference")]
    check_unique(used, "footnote")
    if "word/footnotes.xml" not in archive.namelist():
        check(not used, "no footnotes")
        return
    notes = [n.get(W + "id") for n in part(archive, "word/footnotes.xml").iter(W + "footnote")]
    check(notes[:2] == ["-1", "0"] and set(used) <= set(notes[2:]), f"{used} of {notes}")
    check_unique(notes, "footnote")


def check_sections(archive, document, relations):
    """Headers and footers are such, each kind once (17.10); fields begin, part and end."""
    for section in document.iter(W + "sectPr"):
        for kind in ("header", "footer"):
            references = section.findall(f"{W}{kind}Reference")
            check_unique((r.get(W + "type") for r in references), kind)
            for reference in references:
                check(relations[reference.get(R + "id")].get("Type").endswith(kind), kind)
    for name in archive.namelist():
        if name.startswith("word/") and name.endswith(".xml"):
            marks = [f.get(W + "fldCharType") for f in part(archive, name).iter(W + "fldChar")]
            check(marks == ["begin", "separate", "end"] * (len(marks) // 3), f"fields: {marks}")


def check_package(archive):
    """Every part has a type and is well-formed; every relation leads somewhere and is used; and
    nothing that Word would offer to repair."""
    names = set(archive.namelist())
    check_unique(archive.namelist(), "part")
    types = part(archive, "[Content_Types].xml")
    typed = {t.get("PartName", "")[1:] for t in types} - {""}
    endings = {t.get("Extension") for t in types} - {None}
    check(typed <= names, f"types without parts: {typed - names}")
    for name in names:
        check(name in typed or name.rsplit(".", 1)[1] in endings, f"{name} has no type")
        if name.endswith(".xml") and name.startswith("word/"):
            check(name in typed, f"{name} has no type")
            check_order(part(archive, name), name)
    relations = {}
    for relation in part(archive, "word/_rels/document.xml.rels"):
        relations[relation.get("Id")] = relation
        if relation.get("TargetMode") != "External":
            check("word/" + relation.get("Target") in names, f"no {relation.get('Target')}")
    document = part(archive, "word/document.xml")
    for element in document.iter():
        for key, value in element.attrib.items():
            check(not key.startswith(R) or value in relations, f"no relation {value}")
    styles = [s.get(W + "styleId") for s in part(archive, "word/styles.xml").iter(W + "style")]
    check_unique(styles, "style")
    for root in (part(archive, n) for n in typed if n.startswith("word/")):
        for kind in ("pStyle", "rStyle", "basedOn", "next", "link"):
            for element in root.iter(W + kind):
                check(element.get(W + "val") in styles, f"no style {element.get(W + 'val')}")
    check_names(document)
    check_tables(document)
    check_notes(archive, document)
    check_sections(archive, document, relations)
    return document


def test_all_cases_are_sound(box):
    cases = sorted((ROOT / "tests" / "cases").glob("*.md"))
    cases += [ROOT / name for name in ROUND_TRIPS if "samples" in name or "everything" in name]
    sound = 0
    for case in cases:
        result = box.build("--to", "docx", "-o", "out/", case)
        name = f"out/{case.stem}.docx"
        if not box.path(name).exists():
            check(result.code != 0, result.describe())
            continue
        check_package(package(box, name))
        sound += 1
    check(sound > 40, f"only {sound} of {len(cases)} cases")


def test_the_same_report_is_the_same_bytes(box):
    epoch = {"SOURCE_DATE_EPOCH": "1700000000"}
    box.write("a.md", TABLES)
    box.build("--to", "docx", "-o", "1.docx", "a.md", env=epoch).expect(0)
    box.build("--to", "docx", "-o", "2.docx", "a.md", env=epoch).expect(0)
    check(box.read("1.docx") == box.read("2.docx"), "two runs differ")


def test_every_character_is_there(box):
    box.build("--to", "docx", "-o", "a.docx", SAMPLE).expect(0)
    wanted = box.run("build", "--to", "html", "-o", "a.html", SAMPLE)
    check(wanted.code == 0, wanted.describe())
    paragraphs = re.findall(r"<p>(.*?)</p>", box.read("a.html").decode())
    words = re.sub(r"\s", "", text_of(check_package(package(box, "a.docx"))))
    for paragraph in paragraphs:
        plain = re.sub(r"\s|<[^>]*>", "", paragraph).replace("&quot;", '"').replace("&amp;", "&")
        check(plain in words, f"lost: {plain[:60]}")
    check(len(paragraphs) > 10, "too few paragraphs looked at")


def test_tables_have_joined_cells_and_a_repeated_head(box):
    box.write("a.md", TABLES)
    box.build("--to", "docx", "a.md").expect(0)
    document = check_package(package(box, "a.docx"))
    rows = list(document.iter(W + "tr"))
    cells = [[text_of(c) for c in row.iter(W + "tc")] for row in rows]
    check(
        cells
        == [
            ["类别", "项目", "金额"],
            ["支出", "基本支出", "2975.10"],
            ["", "项目支出", "87.56"],
            ["合计", "3062.66"],
        ],
        cells,
    )
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    check(heads == [True, False, False, False], heads)
    merges = [m.get(W + "val") for m in document.iter(W + "vMerge")]
    check(merges == ["restart", "continue"], merges)
    check([s.get(W + "val") for s in document.iter(W + "gridSpan")] == ["2"], "no gridSpan")
    widths = [int(c.get(W + "w")) for c in document.iter(W + "gridCol")]
    check(abs(sum(widths) - 8844) <= 1, f"the table is not as wide as the text: {widths}")


def test_notes_links_lists_and_emphasis(box):
    box.write("a.md", TABLES)
    box.build("--to", "docx", "a.md").expect(0)
    archive = package(box, "a.docx")
    document = check_package(archive)
    text = [text_of(p) for p in document.iter(W + "p")]
    check("表1　预算执行情况" in text and "单位：万元" in text and "注：示例数据。" in text, text)
    check("1.甲" in text and "2.乙" in text, text)
    references = [f.get(W + "id") for f in document.iter(W + "footnoteReference")]
    check(references == ["1"], references)
    notes = part(archive, "word/footnotes.xml")
    check(text_of(notes.findall(W + "footnote")[-1]).strip() == "脚注的文字。", "the note")
    link = next(document.iter(W + "hyperlink"))
    marks = {b.get(W + "name") for b in document.iter(W + "bookmarkStart")}
    check(link.get(W + "anchor") in marks and text_of(link) == "表1", "the link")
    styled = {r.find(f"{W}rPr/{W}rStyle").get(W + "val"): text_of(r)
              for r in document.iter(W + "r") if r.find(f"{W}rPr/{W}rStyle") is not None}
    check(styled.get("Strong") == "重点" and styled.get("Emphasis") == "强调", styled)


def test_marks_are_drawn_by_the_font_of_our_pages(box):
    box.write("a.md", REPORT + "\n指标值≥10个，“引号”，甲～乙。It says “word” here.\n")
    box.build("--to", "docx", "a.md").expect(0)
    document = check_package(package(box, "a.docx"))
    latin = [text_of(r) for r in document.iter(W + "r") if r.find(f"{W}rPr/{W}rFonts") is None]
    check(latin == ["≥10", "“word” here."], latin)


def test_the_page_is_that_of_the_standard(box):
    box.write("a.md", REPORT)
    box.build("--to", "docx", "a.md").expect(0)
    section = list(check_package(package(box, "a.docx")).iter(W + "sectPr"))[-1]
    size, margins, grid = (section.find(W + n) for n in ("pgSz", "pgMar", "docGrid"))
    check((size.get(W + "w"), size.get(W + "h")) == ("11906", "16838"), "A4")
    check(margins.get(W + "top") == "2098" and margins.get(W + "left") == "1587", "margins")
    height = 16838 - int(margins.get(W + "top")) - int(margins.get(W + "bottom"))
    check(height // int(grid.get(W + "linePitch")) == 22, "22 lines")
    width = 11906 - int(margins.get(W + "left")) - int(margins.get(W + "right"))
    cell = 15.5 + int(grid.get(W + "charSpace")) / 4096
    check(int(width / 20 / cell) == 28, f"28 characters, not {width / 20 / cell}")
    check(len(section.findall(W + "footerReference")) == 2, "odd and even pages")


def test_charts_and_pictures_are_png_and_jpeg(box):
    box.build("--to", "docx", "-o", "a.docx", ROOT / "tests/cases/charts.md")
    archive = package(box, "a.docx")
    document = check_package(archive)
    media = [n for n in archive.namelist() if n.startswith("word/media/")]
    check(media and len(media) == len(list(document.iter(W + "drawing"))), media)
    for name in media:
        content = archive.read(name)
        check(content.startswith(b"\x89PNG") and content.endswith(b"IEND\xaeB`\x82"), name)


def test_turned_tables_have_a_section_of_their_own(box):
    box.build("--to", "docx", "-o", "a.docx", ROOT / "tests/cases/table_wide.md")
    document = check_package(package(box, "a.docx"))
    turned = [s.find(W + "pgSz").get(W + "orient") for s in document.iter(W + "sectPr")]
    check(turned == [None, "landscape", None], turned)


# What Markdown could take for something else, and cells joined both ways.
AWKWARD = """---
title: 关于 A*B*C 的自评报告\\（二稿）
department: 示例单位
year: 2023
---

## 一、情况

**1** 不是列表。5 \\* 3 = 15，`a_b`、\\_c\\_、\\#、\\|、&lt;b&gt;、\\[x\\](y)，一 ^[上标]，$5。

- 甲[^1]
  1. 乙
  2. 丙

> 引用 # 不是标题。

1986\\. 年份不是列表。

表：合并 {#t}

| | 金额 | < |
| 项目 | 预算 | 执行 |
|------|----:|----:|
| 甲&#10;乙 | 1 | \\^ |
| ^ | ^ | \\< |
| a \\| b | | -3 |

注：再引[^1]。

```
if (a < b) return; # 注释
```

[^1]: 第一条“注”，a*b。
"""

ROUND_TRIPS = [
    "samples/tianhe-renda-2023",
    "samples/project-self-2024",
    "tests/cases/letter.md",
    "tests/cases/letter_short.md",
    "tests/browser/everything.md",
    "tests/cases/footnotes.md",
    "tests/cases/figures.md",
    "tests/cases/table_two_pages.md",
    "tests/cases/table_wide.md",
    "tables.md",
    "awkward.md",
]


def test_a_round_trip_keeps_every_character_and_cell(box):
    box.write("tables.md", TABLES)
    box.write("awkward.md", AWKWARD)
    for source in ROUND_TRIPS:
        name = source.rsplit("/", 1)[-1].removesuffix(".md")
        box.build("--to", "docx", "-o", "1/", ROOT / source if "/" in source else source)
        box.run("import", f"1/{name}.docx", "-o", f"in/{name}").expect(0)
        box.build("--to", "docx", "-o", "2/", f"in/{name}")
        first, second = (said(package(box, f"{n}/{name}.docx")) for n in (1, 2))
        for what, before, after in zip(("paragraphs", "tables", "notes"), first, second):
            for one, other in zip(before, after):
                check(one == other, f"{name}, {what}: {one} became {other}")
            check(len(before) == len(after), f"{name}, {what}: {before[-3:]} / {after[-3:]}")


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))

"""structure_test.py PROGRAM [NAME...]: the structure tree of every document, read back by poppler and by
our own reader (structure.py), against the document tree (--to tree)."""

import re
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from corpus import CASES, build, inputs, run  # noqa: E402
from harness import check, main, tests_of  # noqa: E402
from sheet import output_of  # noqa: E402
from structure import faults  # noqa: E402

DEFAULT = "a-2a+ua-1"
RADICAL = re.compile("[\u2f00-\u2fd5]")
INLINE = {"Link", "Reference", "Span"}
INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]+")


def squeeze(text):
    """Without spaces, of which those between Han and Latin are not drawn, nor what nobody sees. Poppler
    passes over the words of a Span here and reads a radical as the character with whose glyph it is
    drawn (pdftotext does not; see ../unit/tags_test.c)."""
    return RADICAL.sub(lambda m: unicodedata.normalize("NFKC", m.group()), INVISIBLE.sub("", text))


# ---- what poppler reads ----


def read_back(path):
    """[(types from the outermost to the element, its text)] of all elements but inline ones."""
    found, open_tags, texts = [], [], []
    for line in output_of("pdfinfo", "-struct-text", path).splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        text = re.fullmatch(r' *"(.*)"', line)
        tag = re.fullmatch(r" *([A-Z][A-Za-z0-9]*)( <[^>]*>)?( \((block|inline)\))?:?", line)
        if text or not tag:
            if text:
                texts[-1].append(text.group(1))
            continue
        del open_tags[depth:], texts[depth:]
        open_tags.append(tag.group(1))
        if tag.group(1) in INLINE:
            texts.append(texts[-1])
            continue
        texts.append([])
        found.append((tuple(t for t in open_tags if t not in INLINE), texts[-1]))
    return [(types[1:], squeeze("".join(text))) for types, text in found if len(types) > 1]


# ---- what the tree says ----


class Node:
    def __init__(self, kind, attributes, text):
        self.kind, self.attributes, self.text = kind, attributes, text
        self.children = []

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def of(self, kind):
        return [child for child in self.children if child.kind == kind]


def unquote(text):
    return re.sub(r"\\(x..|.)", lambda m: {"n": "\n", "t": "\t"}.get(m.group(1), m.group(1)), text)


def read_tree(dump):
    stack = []
    for line in dump.splitlines():
        match = re.fullmatch(r'( *)(\w+) [\d:]*((?: [a-z_]+(?:=(?:"(?:[^"\\]|\\.)*"|[^ "]*))?)*)'
                             r'(?: "((?:[^"\\]|\\.)*)")?', line)
        check(match, f"cannot read this line of the tree: {line}")
        depth = len(match.group(1)) // 2
        attributes = dict(re.findall(r'([a-z_]+)(?:=("(?:[^"\\]|\\.)*"|[^ ]*))?', match.group(3)))
        node = Node(match.group(2), attributes, unquote(match.group(4) or ""))
        del stack[depth:]
        if stack:
            stack[-1].children.append(node)
        stack.append(node)
    return stack[0]


def words_of(node):
    """The text of inlines as it is printed."""
    if node.kind in ("text", "mono", "code"):
        return node.text
    if node.kind == "noteref":
        return f"[{node.attributes['note']}]"
    words = "".join(map(words_of, node.children))
    return f"［图：{words}］" if node.kind == "image" else words


class Expectation:
    """The same list as read_back gives, from the document tree: the rules of the tags once more."""

    def __init__(self):
        self.found = []
        self.sections, self.rank = [], 1

    def add(self, path, text=""):
        self.found.append((path, squeeze(text)))

    def heading(self, node, path):
        rank = min(max(int(node.attributes["level"]), 2), self.rank + 1)
        self.rank = rank
        if path is None:
            while self.sections and self.sections[-1] >= rank:
                self.sections.pop()
            self.sections.append(rank)
            path = ("Sect",) * len(self.sections)
            self.add(path)
        self.add(path + (f"H{rank}",), words_of(node))

    def table(self, node, path):
        for unit in node.of("unit"):
            self.add(path + ("P",), "单位：" + words_of(unit))
        table = path + ("Table",)
        self.add(table)
        for caption in node.of("caption"):
            number = int(caption.attributes["number"])
            if number or caption.children:
                self.add(table + ("Caption",), (f"表{number}" if number else "") + words_of(caption))
        rows = node.of("row")
        heads = [row for row in rows if "head" in row.attributes]
        reaches = any(i + int(cell.attributes["rows"]) > len(heads)
                      for i, row in enumerate(heads) for cell in row.children)
        grouped = heads and len(heads) < len(rows) and not reaches
        for i, row in enumerate(rows):
            group = table + (("THead",) if row in heads else ("TBody",)) if grouped else table
            if grouped and i in (0, len(heads)):
                self.add(group)
            self.add(group + ("TR",))
            for cell in row.children:
                head = row in heads or int(cell.attributes["rows"]) > 1
                self.add(group + ("TR", "TH" if head else "TD"), words_of(cell))
        for kind, mark in (("remark", "注："), ("signing", "")):
            for part in node.of(kind):
                self.add(path + ("P",), mark + words_of(part))

    def figure(self, node, path):
        _, *captions = node.children
        # A chart's own words are drawn, as are those in place of a picture that is not there.
        self.add(path + ("Figure",))
        for caption in captions:
            number = int(caption.attributes["number"])
            if number or caption.children:
                self.add(path + ("Caption",), (f"图{number}" if number else "") + words_of(caption))

    def list(self, node, path):
        self.add(path + ("L",))
        number = int(node.attributes.get("start", 1))
        for i, item in enumerate(node.children):
            self.add(path + ("L", "LI"))
            label = "•" if "start" not in node.attributes else f"{number + i}."
            # The label is drawn before the item's first paragraph, wherever that is.
            if any(child.kind == "paragraph" for child in item.children):
                self.add(path + ("L", "LI", "Lbl"), label)
            if item.children:
                self.add(path + ("L", "LI", "LBody"))
            self.blocks(item, path + ("L", "LI", "LBody"))

    def blocks(self, node, path=None):
        for block in node.children:
            at = ("Sect",) * len(self.sections) if path is None else path
            if block.kind == "heading":
                self.heading(block, path)
            elif block.kind == "paragraph":
                self.add(at + ("P",), words_of(block))
            elif block.kind == "code":
                self.add(at + ("P",))
                self.add(at + ("P", "Code"), words_of(block))
            elif block.kind == "quote":
                self.add(at + ("BlockQuote",))
                self.blocks(block, at + ("BlockQuote",))
            elif block.kind in ("list", "table", "figure"):
                getattr(self, block.kind)(block, at)

    def notes(self, document):
        for note in document.of("note"):
            self.add(("Note",))
            self.add(("Note", "Lbl"), f"[{note.attributes['number']}]")
            for block in note.children:
                self.add(("Note", "P"), words_of(block))


def expected(dump):
    document, expectation = read_tree(dump), Expectation()
    expectation.blocks(document)
    expectation.notes(document)
    return expectation.found


def agree(said, wanted):
    if wanted[0][-1:] == ("Figure",):
        return said[0] == wanted[0]
    remark = re.sub(r"^注[^：]{0,3}：", "注：", said[1])
    return said[0] == wanted[0] and wanted[1] in (said[1], remark)


def compare(name, path, dump):
    """The elements of the tree, in its order; between them only what stands in no tree: the title, and
    paragraphs and the table of contents at the top."""
    wanted, extra = expected(dump), []
    at = 0
    for said in read_back(path):
        if at < len(wanted) and agree(said, wanted[at]):
            at += 1
        else:
            extra.append(said)
    check(at == len(wanted), f"{name}: not among what is read back: {wanted[at:at + 2]}, "
                             f"but {extra[:3]}")
    for types, text in extra:
        check(types in (("H1",), ("P",)) or types[0] == "TOC", f"{name}: {types} {text!r} too many")
    check([types for types, _ in extra].count(("H1",)) == 1, f"{name}: one title")
    return len(wanted)


# ---- the tests ----


def documents(box):
    found = []
    for name, source in inputs(box.program, box.folder):
        path = build(box.program, name, source, DEFAULT, box.folder)
        if path:
            found.append((name, source, path))
    check(len(found) > 40, "too few documents")
    return found


def test_text_and_nesting_are_those_of_the_document_tree(box):
    def compare_one(document):
        name, source, path = document
        dump = run(box.program, "build", "--to", "tree", "-o", "-", source, cwd=CASES).stdout.decode()
        return compare(name, path, dump)

    with ThreadPoolExecutor(2) as pool:
        seen = sum(pool.map(compare_one, documents(box)))
    check(seen > 1000, f"only {seen} elements were compared")


def test_no_rule_is_broken(box):
    found = documents(box)
    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(lambda document: faults(document[2], DEFAULT), found))
    for (name, _, _), broken in zip(found, said):
        check(not broken, f"{name}: {broken[:5]}")


def test_no_rule_of_the_other_standards_is_broken(box):
    for name, source in inputs(box.program, box.folder):
        if name not in ("letter", "charts", "links", "table_heads", "footnotes", "tianhe-renda-2023"):
            continue
        for standard in ("a-1b", "a-1a", "a-2b", "a-2u", "a-3a", "none"):
            path = build(box.program, name, source, standard, box.folder)
            broken = faults(path, standard)
            check(not broken, f"{name} as {standard}: {broken[:5]}")


# What is changed in a file that has all it should, and the row that must be seen to be broken.
DEFECTS = (
    (rb"/Lang \(zh-CN\)", b"/Lang (en-US)", "33"), (rb"/Marked true", b"/Marked null", "32"),
    (rb"/S/H2/", b"/S/H3/", "37"), (rb"/Scope/Column", b"/Scope/Corner", "39"),
    (rb"/S/TD/", b"/S/TR/", "38"), (rb"/StructParent 1", b"/StructParent 0", "42"),
    (rb"/DisplayDocTitle true", b"/DisplayDocTitle null", "34"), (rb"/F 4", b"/F 6", "26"),
    (rb"/Type/MCR/MCID 0", b"/Type/MCR/MCID 9", "36"), (rb"/Alt<FEFF", b"/Alx<FEFF", "41"),
    (rb"/Tabs /S", b"/Tabs /R", "42"), (rb"<pdfaid:part>1<", b"<pdfaid:part>2<", "22"),
    (rb"<pdf:Producer>ziping", b"<pdf:Producer>zipong", "24"), (rb"/N 3", b"/N 4", "6"),
    (rb"/ID\(0000001\)", b"/ID(0000009)", "39"), (rb"/S/Caption/", b"/S/TFoot11/", "32"),
    (rb"/ColSpan 3", b"/ColSpan 2", "38"), (rb"/S/LBody/", b"/S/Lbl11/", "32"),
    (rb"/Subtype /CIDFontType0C", b"/Subtype /CIDFontType0D", "12"),
    (rb"/CIDSet ", b"/CIDSxt ", "16"), (rb"/StructTreeRoot ", b"/StructTreeRxxt ", "32"),
    (rb"/OutputIntents ", b"/OutputIntentx ", "6"), (rb"/Pg 9 0 R", b"/Pg 7 0 R", None),
)

DOCUMENT = """---
title: 题
department: 局
---

## 一、甲

见[表](#t)、[例](https://example.cn)[^1]。

- 项

表：表 {#t}

| 并 | < | < |
| 甲 | 乙 | 丙 |
|----|----|----|
| 1 | 2 | 3 |

```chart
type: bar
分类: [甲, 乙]
系列: [{名称: 数, 数值: [1, 2]}]
```

[^1]: 注。
"""


def test_a_file_that_breaks_a_rule_is_found_out(box):
    box.write("a.md", DOCUMENT)
    path = build(box.program, "a", box.path("a.md"), "a-1a", box.folder)
    check(not faults(path, "a-1a"), f"it is not sound to begin with: {faults(path, 'a-1a')}")
    content, seen = path.read_bytes(), 0
    for old, new, row in DEFECTS:
        if row is None or not re.search(old, content):
            continue
        found = re.search(old, content).group()
        check(len(found) == len(new), f"{old} {new}")
        spoiled = box.write("spoiled.pdf", content.replace(found, new, 1))
        try:
            broken = faults(spoiled, "a-1a")
        except (KeyError, IndexError, ValueError, TypeError):
            broken = [f"row {row}: not even readable"]
        check(any(row in fault.partition(":")[0] for fault in broken), f"{old} -> {new}: {broken}")
        seen += 1
    check(seen > 15, f"only {seen} defects could be made")


main(tests_of(sys.modules[__name__]))

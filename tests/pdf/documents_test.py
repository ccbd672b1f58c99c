#!/usr/bin/env -S python3 -B
"""Long documents on the page: a law of 章, 条, 款 and 项, and a work report with paragraphs of 1,000
characters and some thirty pages of tables. The text is tests/data/make_documents.py's, 示例数据.

    documents_test.py PROGRAM [NAME...]
"""

import re
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent / "cli"), str(HERE.parent / "data")]
import make_documents  # noqa: E402
from harness import check, main, tests_of  # noqa: E402
from reader import Pdf  # noqa: E402
from sheet import (  # noqa: E402
    HEIGHT, LEFT, LINES, NEAR, SHEET, TOP, WIDTH, Block, all_lines, check_adjacent_marks,
    check_cells, check_grid, check_line_edges, check_margins, check_page_ends, check_page_number,
    near, split_page)

TEXT = (16, 22)  # sizes of text and title; those of tables and page numbers are others
KINDS = {"law": make_documents.make_law, "report": make_documents.make_report}


def read_back(box, kind, kept={}):
    """The document, its PDF, and the pages before the first numbered one."""
    if kind not in kept:
        document = KINDS[kind]()
        box.write("a.md", document.markdown())
        box.build("a.md", "-o", "a.pdf").expect(0)
        box.expect_pdf("a.pdf")
        kept[kind] = document, Pdf(box.path("a.pdf"))
    document, pdf = kept[kind]
    front = 1 if "contents" in document.meta else 0
    return document, pdf, front


def tight(text):
    return re.sub(r"[ \u3000]", "", text)


def text_blocks(document):
    yield Block(1, document.title, document.title)
    for block in document.blocks:
        if isinstance(block, make_documents.Heading):
            yield Block(block.level, block.text, block.text)
        elif isinstance(block, make_documents.Paragraph):
            yield Block(0, "", block.text)


def text_lines(pdf, front):
    return [line for line in all_lines(pdf, TEXT) if line.page > front]


def lines_by_block(document, pdf, front):
    """(block, its lines): all of the text outside of tables, in order, and no more."""
    lines = iter(text_lines(pdf, front))
    found = []
    for block in text_blocks(document):
        mine, text, whole = [], "", tight(block.text)
        while len(text) < len(whole):
            line = next(lines, None)
            check(line, f"the pages end within: {block.text[:20]}")
            mine.append(line)
            text += tight(line.text)
            check(whole.startswith(text), f"{line.text!r} is not how this goes on: {block.text}")
        found.append((block, mine))
    check(next(lines, None) is None, "the pages go on after the document")
    return found


def each(box):
    for kind in KINDS:
        document, pdf, front = read_back(box, kind)
        yield document, pdf, front, lines_by_block(document, pdf, front)


# ---- text ----


def test_documents_are_long(box):
    check(12 <= len(read_back(box, "law")[1].pages) <= 20, "the law is not of some ten pages")
    _, report, _ = read_back(box, "report")
    check(len(table_pages(report)) >= 30, "fewer than 30 pages have tables")


def test_text_is_whole_and_on_the_grid(box):
    for _, pdf, front, found in each(box):
        check_grid(pdf, [line for _, lines in found for line in lines])


def test_lines_begin_and_end_at_the_margins(box):
    full = sum(check_margins(found[1:]) for _, _, _, found in each(box))
    check(full > 700, f"only {full} full lines")


def test_no_forbidden_line_edges(box):
    for _, _, _, found in each(box):
        check_line_edges(found)


def test_cells_of_a_line(box):
    """5.2.3: 28 字 fill a line: of Han alone the first and the last stand at the margins, the others
    as far apart; marks may give room for more."""
    exact = spared = 0
    for _, _, _, found in each(box):
        for _, lines in found[1:]:
            for i, line in enumerate(lines[:-1]):
                cells = 28 if i else 26
                han = [bool(re.match("[\u4e00-\u9fff]", g.text)) for g in line.glyphs]
                if all(han):
                    # Total fit gives up a 字 where that spares a later line worse.
                    check(len(han) in (cells, cells - 1), f"{len(han)} 字 in a line: {line.text}")
                    exact += len(han) == cells
                    spared += len(han) < cells
                    begin, end = line.glyphs[0].x, LEFT + WIDTH - 16
                    for k, glyph in enumerate(line.glyphs):
                        x = begin + k * (end - begin) / (len(han) - 1)
                        check(near(glyph.x, x, 0.03), f"{glyph.text} is off its cell: {line.text}")
                elif all(g.font.name != "LiberationSerif" for g in line.glyphs):
                    marks = len(han) - sum(han)
                    check(cells - 3 <= len(han) <= cells + (marks + 1) // 2,
                          f"{len(han)} 字, {marks} of them marks: {line.text}")
    check(exact >= 20, f"only {exact} lines of Han alone")
    check(spared <= exact / 5, f"{spared} lines of Han alone lack a 字, {exact} do not")


def test_cells_and_gaps_are_even(box):
    for _, pdf, front, _ in each(box):
        cells, gaps = check_cells(text_lines(pdf, front))
        check(cells > 4000 and gaps > 150, f"{cells} pairs of Han, {gaps} gaps")
        check(check_adjacent_marks(text_lines(pdf, front)) >= 50, "few marks stand together")


def test_last_line_is_not_one_character(box):
    """孤字: a paragraph of some lines does not end in a lone character, with or without its mark."""
    lone = paragraphs = 0
    for _, _, _, found in each(box):
        for _, lines in found[1:]:
            paragraphs += len(lines) > 2
            lone += len(lines) > 2 and len(re.findall(r"[^。！？；：，”’）》]", lines[-1].text)) < 2
    check(lone <= paragraphs // 50, f"{lone} of {paragraphs} paragraphs end in a lone character")


def test_page_ends(box):
    for _, _, _, found in each(box):
        check_page_ends(found)


def test_pages_of_text_are_full(box):
    """Lines follow one another without a gap, and a page that text goes on after has 22, or a line or
    two less where the next would part what belongs together."""
    for _, pdf, front, _ in each(box):
        pages = [split_page(n, page, TEXT)[0] for n, page in enumerate(pdf.pages, 1)]
        for number in range(front + 1, len(pages)):
            if pdf.pages[number - 1].rules or pdf.pages[number].rules:
                continue  # a table decides
            rows = [line.row for line in pages[number - 1]]
            begin = rows[0] if number > front + 1 else 3
            check(begin in (0, 3), f"page {number} begins in line {begin + 1}")
            check(set(range(begin, rows[-1] + 1)) <= set(rows), f"page {number}: a gap in {rows}")
            check(rows[-1] >= LINES - 4, f"page {number} ends with line {rows[-1] + 1}")


def test_page_numbers(box):
    for _, pdf, front, _ in each(box):
        heights = set()
        for sheet, page in enumerate(pdf.pages, 1):
            foot = split_page(sheet, page)[1] if not page.rules else foot_of(page)
            if sheet <= front:
                check(not foot, f"sheet {sheet} before the text has a number")
                continue
            check_page_number(box, "", sheet, sheet - front, foot, ink=False)
            heights |= {round(glyph.y, 2) for glyph in foot}
        check(len(heights) == 1, f"numbers stand at {heights}")


def foot_of(page):
    return [glyph for glyph in page.glyphs if glyph.y < SHEET[1] - TOP - HEIGHT]


def test_contents_of_the_law(box):
    """Chapters with the numbers of the pages where they begin, at the right margin."""
    document, pdf, front = read_back(box, "law")
    lines = split_page(1, pdf.pages[0])[0]
    chapters = {tight(b.text): ls[0].page for b, ls in lines_by_block(document, pdf, front) if b.level == 2}
    entries = {}
    for line in lines[1:]:
        name, number = re.fullmatch(r"(.*?)…+(\d+)", tight(line.text)).groups()
        entries[name] = int(number) + front
        check(near(line.glyphs[-1].right, LEFT + WIDTH, 0.5), f"number off the margin: {line.text}")
    check(entries == chapters, f"contents: {entries}, but {chapters}")


# ---- tables ----


class Sheet:
    """The table on one page: its rules as a grid, and the text in each of its cells."""

    def __init__(self, number, page):
        self.number = number
        rules = [rule[:4] for rule in page.rules]
        self.across = [(y + h / 2, x, x + w) for x, y, w, h in rules if w > h]
        self.down = [(x + w / 2, y, y + h) for x, y, w, h in rules if w <= h]
        self.xs = self.merge(x for x, _, _ in self.down)
        self.top = max(y for y, _, _ in self.across)
        self.foot = min(y for y, _, _ in self.across)
        self.glyphs = [g for g in page.glyphs if g.size < 14]
        self.above = [g for g in self.glyphs if g.y > self.top]
        self.below = [g for g in self.glyphs if g.y < self.foot]

    @staticmethod
    def merge(values):
        found = []
        for value in sorted(values):
            if not found or value - found[-1] > 1:
                found.append(value)
        return found

    def column_rules(self, column):
        """Heights of the rules that cross a column, downward."""
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        return self.merge(y for y, left, right in self.across if left < middle < right)[::-1]

    def inside(self):
        return [g for g in self.glyphs if self.foot < g.y < self.top]

    def cells(self, column):
        """Glyphs of each cell of a column, head first."""
        ys = self.column_rules(column)
        cells = [[] for _ in ys[1:]]
        for g in self.inside():
            if self.xs[column] < g.x + g.width / 2 < self.xs[column + 1]:
                row = next(i for i, y in enumerate(ys[1:]) if g.y + g.size * 0.4 > y)
                cells[row].append(g)
        return [(ys[i], ys[i + 1], cell) for i, cell in enumerate(cells)]


def said(glyphs):
    return tight("".join(g.text for g in glyphs))


def table_pages(pdf):
    return [Sheet(n, page) for n, page in enumerate(pdf.pages, 1) if page.rules]


def tables_of(box):
    """(Table, its number, its sheets)."""
    document, pdf, _ = read_back(box, "report")
    tables = [b for b in document.blocks if isinstance(b, make_documents.Table)]
    sheets = table_pages(pdf)
    for number, table in enumerate(tables, 1):
        mine = [s for s in sheets if tight(table.caption) in said(s.above)]
        check(mine, f"no page names table {number}")
        sheets = [s for s in sheets if s not in mine]
        yield table, number, mine
    check(not sheets, f"pages {[s.number for s in sheets]} have rules, but no caption")


def test_tables_stand_within_the_margins(box):
    for _, _, sheets in tables_of(box):
        for sheet in sheets:
            check(sheet.xs[0] > LEFT - 1 and sheet.xs[-1] < LEFT + WIDTH + 1, f"{sheet.xs}")
            check(sheet.foot > SHEET[1] - TOP - HEIGHT - 1, f"page {sheet.number}: below the margin")
            check(all(g.y + g.size * 0.88 < SHEET[1] - TOP + 1 for g in sheet.above), "above it")
            for g in sheet.glyphs:
                check(LEFT - NEAR <= g.x and g.right <= LEFT + WIDTH + g.size / 2, f"outside: {g}")


def test_captions_and_units(box):
    for table, number, sheets in tables_of(box):
        for i, sheet in enumerate(sheets):
            label = f"{'续' if i else ''}表{number}{tight(table.caption)}"
            unit = f"单位：{table.unit}" if table.unit else ""
            check(said(sheet.above) == label + unit, f"page {sheet.number}: {said(sheet.above)}")
            caption = [g for g in sheet.above if g.font.name.startswith("NotoSans")]
            middle = (caption[0].x + caption[-1].right) / 2
            beyond = caption[-1].size / 4  # the blank half of a closing bracket
            check(near(middle, LEFT + WIDTH / 2, beyond + 0.1), f"caption off the middle: {middle}")
            if unit:
                check(near(sheet.above[-1].right, LEFT + WIDTH, 0.5), "the unit is not at the right")


def test_heads_are_repeated(box):
    for table, _, sheets in tables_of(box):
        for sheet in sheets:
            head = [said(sheet.cells(c)[0][2]) for c in range(len(table.head))]
            check(head == [tight(h) for h in table.head], f"page {sheet.number}: head {head}")


def test_every_cell_is_there_once_and_whole(box):
    """Columns that join nothing: page by page, cell by cell, the table's very rows."""
    for table, _, sheets in tables_of(box):
        for column in range(len(table.head)):
            if any(row[column] == "^" for row in table.rows):
                continue
            got = [said(cell) for s in sheets for _, _, cell in s.cells(column)[1:]]
            wanted = [tight(row[column]) for row in table.rows]
            check(got == wanted, f"column {table.head[column]}: " + str(
                next(((g, w) for g, w in zip(got, wanted) if g != w), (len(got), len(wanted)))))


def rows_of_page(sheet, column, plain):
    """(cell, how many rows of a column without joins it covers), below the head."""
    tops = [top for top, _, _ in sheet.cells(plain)[1:]]
    for top, bottom, cell in sheet.cells(column)[1:]:
        yield said(cell), sum(bottom - 0.5 < t - 0.6 < top for t in tops)


def test_joined_cells_are_named_again_on_each_page(box):
    again = 0
    for table, _, sheets in tables_of(box):
        for column in range(len(table.head)):
            values = []
            for row in table.rows:
                values.append(values[-1] if row[column] == "^" else row[column])
            if values == [row[column] for row in table.rows]:
                continue
            at = 0
            for sheet in sheets:
                again += table.rows[at][column] == "^"
                for text, count in rows_of_page(sheet, column, 2):
                    check(count > 0 and set(values[at:at + count]) == {text},
                          f"page {sheet.number}: {text!r} over {count} rows, not {values[at]!r}")
                    inside = [table.rows[k][column] for k in range(at + 1, at + count)]
                    check(set(inside) <= {"^"}, f"page {sheet.number}: a rule is missing at {text}")
                    at += count
            check(at == len(table.rows), f"{at} rows of {len(table.rows)}")
    check(again >= 3, f"only {again} joined cells go over a page's end")


def test_totals_are_not_alone_on_a_page(box):
    for table, _, sheets in tables_of(box):
        for sheet in sheets:
            first = [said(cell) for _, _, cell in sheet.cells(0)[1:]]
            check(first[0] != "合计", f"page {sheet.number} begins with 合计")


def test_decimal_points_are_in_line(box):
    for table, number, sheets in tables_of(box):
        for column, align in enumerate(table.aligns):
            if align != "--:":
                continue
            points = Counter(round(g.x, 1) for s in sheets for _, _, cell in s.cells(column)[1:]
                             for g in cell if g.text == ".")
            check(max(points) - min(points) < 0.15, f"table {number}, {table.head[column]}: {points}")


def test_remark_stands_below_its_table(box):
    for table, number, sheets in tables_of(box):
        below = [said(s.below) for s in sheets]
        wanted = [""] * (len(sheets) - 1) + [f"注：{table.remark}" if table.remark else ""]
        check(below == wanted, f"table {number}: {below}")


def test_tables_in_text_lines_are_full(box):
    """In cells, too, no line begins or ends with a mark that may not."""
    for table, _, sheets in tables_of(box):
        for sheet in sheets:
            for column in range(len(table.head)):
                for _, _, cell in sheet.cells(column):
                    rows = {}
                    for g in cell:
                        rows.setdefault(round(g.y), []).append(g)
                    lines = ["".join(g.text for g in rows[y]) for y in sorted(rows, reverse=True)]
                    for text in lines:
                        check(text[0] not in "。，、；：？！”’）》〉】〕％%", f"begins with {text}")
                        check(text[-1] not in "“‘（《〈【〔", f"ends with {text}")


main(tests_of(sys.modules[__name__]))

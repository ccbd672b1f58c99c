"""The page of GB/T 9704-2012 as numbers, and the glyphs of a PDF as lines of its grid."""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from harness import Skip, check  # noqa: E402

MM = 72 / 25.4
LEFT, TOP, WIDTH, HEIGHT = 28 * MM, 37 * MM, 156 * MM, 225 * MM
SHEET = (210 * MM, 297 * MM)
LINES, CELL = 22, WIDTH / 28
PITCH = HEIGHT / LINES
LATIN = "LiberationSerif"
NEAR = 0.02  # points: what a reader's eye or printer cannot see

# GB/T 15834-2011, 5.1, and CLREQ 3.1: what begins and what ends no line.
NO_START = set("。，、；：？！”’）》〉】〕」』…·～／％‰℃%)]!?,.:;")
NO_END = set("“‘（《〈【〔「『￥([")
OPENING = set("“‘（《〈【〔「『")
CLOSING = set("。，、；：？！”’）》〉】〕」』")


@dataclass
class Block:
    level: int     # of its heading; 0: none
    head: str      # the heading, or the phrase that opens a paragraph as one
    text: str      # all of it, as it reads


@dataclass
class Line:
    page: int      # from 1
    row: int       # of the grid, from 0
    glyphs: list

    @property
    def text(self):
        return "".join(g.text for g in self.glyphs)


def split_page(number, page, sizes=None):
    """Lines of the grid, and the glyphs below it; only glyphs of those sizes."""
    lines, foot = [], []
    for glyph in page.glyphs:
        if sizes and glyph.size not in sizes:
            continue
        row = int((page.height - TOP - glyph.y) // PITCH)
        check(row >= 0, f"page {number}: {glyph.text} stands above the page's text")
        if row >= LINES:
            foot.append(glyph)
        elif lines and lines[-1].row == row:
            lines[-1].glyphs.append(glyph)
        else:
            check(not lines or lines[-1].row < row, f"page {number}: line {row} is out of order")
            lines.append(Line(number, row, [glyph]))
    return lines, foot


def all_lines(pdf, sizes=None):
    return [line for n, page in enumerate(pdf.pages, 1) for line in split_page(n, page, sizes)[0]]


def near(a, b, tolerance=NEAR):
    return abs(a - b) <= tolerance


def edge_of(line):
    """Left edge of a line's text: of its first cell's, or of the half that an opening mark keeps."""
    first = line.glyphs[0]
    return first.x + (CELL / 2 if first.text in OPENING else 0)


def output_of(*command, complaints=r"(?i)warning|error"):
    """What a reader prints; a word of complaint fails the test."""
    try:
        done = subprocess.run([str(c) for c in command], capture_output=True)
    except FileNotFoundError:
        raise Skip(f"no {command[0]} here") from None
    said = done.stderr.decode("utf-8", "replace").replace(
        "warning: ICC support is not available", ""  # how Debian builds mutool; we have no colours
    )
    check(done.returncode == 0, f"{command} ended with {done.returncode}: {said}")
    check(not re.search(complaints, said), f"{command}: {said}")
    return done.stdout.decode("utf-8", "replace")


class Ink:
    """The pixels of a part of a page, in points from the sheet's lower left corner."""

    DPI = 600

    def __init__(self, box, name, page, left, bottom, right, top):
        scale = self.DPI / 72
        self.top = round((SHEET[1] - top) * scale)
        x, width = round(left * scale), round((right - left) * scale)
        height = round((top - bottom) * scale)
        try:
            raw = subprocess.run(
                ["pdftoppm", "-gray", "-r", str(self.DPI), "-f", str(page), "-l", str(page),
                 "-x", str(x), "-y", str(self.top), "-W", str(width), "-H", str(height),
                 str(box.path(name))], check=True, capture_output=True).stdout
        except FileNotFoundError:
            raise Skip("no pdftoppm here") from None
        size = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", raw)
        self.width, self.height = int(size.group(1)), int(size.group(2))
        self.pixels = raw[size.end():]

    def share(self):
        return sum(p < 128 for p in self.pixels) / len(self.pixels)

    def rows(self):
        """Upper and lower edge of the ink."""
        dark = [i for i in range(self.height)
                if min(self.pixels[i * self.width:(i + 1) * self.width]) < 128]
        check(dark, "there is no ink")
        return tuple(SHEET[1] - (self.top + row) * 72 / self.DPI for row in (dark[0], dark[-1] + 1))


# ---- what holds of every page of text; `found` is (block, its lines) ----


def check_grid(pdf, lines):
    """Each type stands at one height of its line, all of them on one of these heights."""
    for page in pdf.pages:
        check(near(page.width, SHEET[0]) and near(page.height, SHEET[1]), "not A4")
    baselines, latin = {}, []
    for line in lines:
        for glyph in line.glyphs:
            y = (SHEET[1] - TOP - glyph.y) - line.row * PITCH
            if glyph.font.name == LATIN:
                latin.append((glyph, y))
                continue
            place = baselines.setdefault((glyph.font.name, glyph.size), y)
            check(near(y, place), f"page {line.page} line {line.row}: {glyph.text} is off the grid")
    check(len(baselines) >= 3, f"few fonts: {list(baselines)}")
    for glyph, y in latin:
        check(any(near(y, place) for place in baselines.values()), f"{glyph.text} is off the grid")


def check_full_line(line):
    last = line.glyphs[-1]
    beyond = last.size / 2 if last.text in CLOSING else last.size / 4 if last.text == "·" else 0
    check(near(last.right - beyond, LEFT + WIDTH, 0.2 if last.text == "·" else NEAR),
          f"ends {last.right - beyond - LEFT - WIDTH:.3f} pt off the margin: {line.text}")


def check_margins(found):
    """First lines 2字 in, the others at the margin, all but the last filled; how many are."""
    full = 0
    for _, lines in found:
        check(near(edge_of(lines[0]), LEFT + 2 * CELL), f"not moved in by 2字: {lines[0].text}")
        for line in lines[1:]:
            check(near(edge_of(line), LEFT), f"does not begin at the margin: {line.text}")
        for line in lines[:-1]:
            check_full_line(line)
            full += 1
        last = lines[-1].glyphs[-1]
        beyond = last.size - CELL / 2 if last.text in CLOSING else 0
        check(last.right <= LEFT + WIDTH + beyond + NEAR, f"too long: {lines[-1].text}")
    return full


def check_line_edges(found):
    for _, lines in found:
        for line in lines:
            text = line.text
            check(text[0] not in NO_START, f"begins with {text[0]}: {text}")
            check(text[-1] not in NO_END, f"ends with {text[-1]}: {text}")
        for one, two in zip(lines, lines[1:]):
            both = one.text + "\n" + two.text
            check(not re.search(r"[0-9.,·]\n[0-9.,%]", both), f"a number is parted: {both}")
            check(not re.search(r"[A-Za-z]\n[A-Za-z]", both), f"a word is parted: {both}")
            check(not re.search(r"—\n—|…\n…", both), f"a mark is parted: {both}")


def check_page_ends(found):
    """No last line alone at the head of a page, no heading at the foot of one."""
    for i, (block, lines) in enumerate(found):
        if len(lines) > 1:
            check(lines[-1].page == lines[-2].page, f"alone on a page: {lines[-1].text}")
        if block.level and block.text == block.head and i + 1 < len(found):
            check(found[i + 1][1][0].page == lines[-1].page, f"a heading without text: {block.text}")


def pairs_of(lines):
    for line in lines:
        yield from ((line, a, b) for a, b in zip(line.glyphs, line.glyphs[1:]))


def check_adjacent_marks(lines):
    """CLREQ 3.1.6.1: 》《 ，《 ”。 take a cell and a half; how many there are."""
    seen = 0
    for line, a, b in pairs_of(lines):
        if a.text in CLOSING and b.text in CLOSING | OPENING:
            seen += 1
            check(b.x - a.x < 0.6 * CELL, f"{a.text}{b.text} is wide: {line.text}")
    return seen


MOST_STRETCH = 0.1  # em between two Han, at which a reader begins to see a line as loose


def check_cells(lines):
    """Han stand a cell apart, a little more or less in a full line; the Han-Latin gap is no space."""
    cells = gaps = 0
    for line, a, b in pairs_of(lines):
        han = ["\u4e00" <= g.text <= "\u9fff" for g in (a, b)]
        if a.size != 16 or b.size != 16:
            continue
        if all(han):
            cells += 1
            check(near(b.x - a.x, CELL, MOST_STRETCH * 16), f"{a.text}{b.text} {b.x - a.x}: {line.text}")
        elif han[0] and b.text.isdigit():
            gaps += 1
            check(0 < b.x - a.x - CELL < 0.10 * 16, f"{a.text}{b.text}: {line.text}")
        elif a.text.isdigit() and han[1]:
            gaps += 1
            check(0 < b.x - a.right < 0.10 * 16, f"{a.text}{b.text}: {line.text}")
    return cells, gaps


def check_page_number(box, name, sheet, number, foot, ink=True):
    """7.5: 4号半角宋体, a 一字线 on both sides, 7 mm below the text, one 字 from its outer edge."""
    check("".join(g.text for g in foot) == f"— {number} —", f"sheet {sheet}: {foot}")
    for glyph in foot:
        check(glyph.size == 14 and glyph.font.name == "NotoSerifCJKsc-Regular", f"{glyph}")
    if number % 2:
        check(near(foot[-1].right, LEFT + WIDTH - CELL, 0.05), f"page {number}: {foot[-1]}")
    else:
        check(near(foot[0].x, LEFT + CELL, 0.05), f"page {number}: {foot[0]}")
    for dash in (foot[0], foot[-1]) if ink else ():
        drawn = Ink(box, name, sheet, dash.x, dash.y - 4, dash.right, dash.y + 14)
        top, bottom = drawn.rows()
        middle = (top + bottom) / 2
        check(near(middle, 28 * MM, 0.1), f"page {number}: the dash is {middle / MM:.3f} mm high")
        check(top - bottom < 1.5, f"page {number}: the dash is {top - bottom} pt thick")

"""Reads a PDF back to glyphs on a page, from the file alone.

qpdf takes the file apart; what an operator means is worked out here (ISO 32000-1, 9.4), so that
nothing rests on what the writer believes it has written. An operator that is not known here is an
error: a check must not pass because it saw only half of the page.
"""

import base64
import json
import re
import subprocess
from dataclasses import dataclass, field

TOKEN = re.compile(rb"<(?!<)([0-9a-fA-F\s]*)>|\[|\]|<<|>>|/([^\s<>\[\]()/]+)|"
                   rb"([-+]?[0-9]*\.?[0-9]+)|([A-Za-z'\"*]+)|\(([^()\\]*)\)")


@dataclass
class Font:
    name: str      # PostScript name without the subset's tag
    widths: dict   # CID -> thousandths of an em
    default: float
    text: dict     # CID -> what it reads as
    program: str   # the object that holds the font program


@dataclass
class Glyph:
    text: str
    font: Font
    size: float
    x: float       # of its origin, from the left edge of the sheet
    y: float       # of its baseline, from the lower edge
    width: float   # of its box
    red: bool = False
    turned: bool = False  # read upward: x and y are as on the sheet turned a quarter clockwise
    cid: int = 0
    marks: tuple = ()     # of the stretches it stands in, outermost first

    @property
    def right(self):
        return self.x + self.width


@dataclass
class Page:
    width: float
    height: float
    glyphs: list
    rules: list    # (x, y, width, height, red)
    pictures: int = 0
    paths: int = 0
    rotate: int = 0  # what a reader's screen does to it
    marks: list = field(default_factory=list)  # all stretches: (marks around it, tag, properties)
    unmarked: int = 0  # things drawn in no stretch


def cmap_of(stream):
    """CID -> text, from the bfchar sections of a ToUnicode CMap."""
    text = {}
    for section in re.findall(rb"beginbfchar(.*?)endbfchar", stream, re.S):
        for cid, value in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", section):
            text[int(cid, 16)] = bytes.fromhex(value.decode()).decode("utf-16-be")
    if b"beginbfrange" in stream:
        raise ValueError("a bfrange in ToUnicode, which is not read here")
    return text


def widths_of(array):
    widths, i = {}, 0
    while i < len(array):
        first, second = array[i], array[i + 1]
        if isinstance(second, list):
            widths.update({first + k: w for k, w in enumerate(second)})
            i += 2
        else:
            widths.update({cid: array[i + 2] for cid in range(first, second + 1)})
            i += 3
    return widths


def tokens_of(stream):
    """Numbers, names as str with /, strings as bytes, lists, dictionaries, operators as str."""
    stack = [[]]
    at = 0
    while at < len(stream):
        if stream[at : at + 1].isspace():
            at += 1
            continue
        match = TOKEN.match(stream, at)
        if not match:
            raise ValueError(f"cannot read the content stream: {stream[at:at + 40]!r}")
        at = match.end()
        string, name, number, operator, literal = match.groups()
        if string is not None:
            stack[-1].append(bytes.fromhex(string.decode()))
        elif literal is not None:
            stack[-1].append(literal)
        elif name is not None:
            stack[-1].append("/" + name.decode())
        elif number is not None:
            stack[-1].append(float(number))
        elif operator is not None:
            yield operator.decode(), stack[-1]
            stack = [[]]
        elif match.group() in (b"[", b"<<"):
            stack.append([])
        elif match.group() == b">>":
            done = stack.pop()
            stack[-1].append(dict(zip(done[::2], done[1::2])))
        else:
            done = stack.pop()
            stack[-1].append(done)


class Painter:
    """The part of the graphics state that our pages use."""

    def __init__(self, fonts, page):
        self.fonts, self.page = fonts, page
        self.font, self.size, self.spacing, self.red = None, 0.0, 0.0, False
        self.turned = False
        self.kept = []
        self.line, self.x = (0.0, 0.0), 0.0
        self.marks = []  # stretches that are open, outermost first: (tag, properties, which of the page)

    def show(self, parts):
        self.page.unmarked += not self.marks
        for part in parts:
            if isinstance(part, float):
                self.x -= part * self.size / 1000
                continue
            for cid in (part[i] << 8 | part[i + 1] for i in range(0, len(part), 2)):
                width = self.font.widths.get(cid, self.font.default) * self.size / 1000
                self.page.glyphs.append(
                    Glyph(self.font.text[cid], self.font, self.size, self.x, self.line[1], width,
                          self.red, self.turned, cid, tuple(self.marks))
                )
                self.x += width + self.spacing

    def transform(self, matrix):
        """A quarter turn of the sheet, or a picture's place: its q and Q stand around it."""
        if matrix[:4] == [0, 1, -1, 0] and abs(matrix[4] - self.page.width) < 0.01:
            self.turned = True

    def do(self, operator, operands):
        if operator == "q":
            self.kept.append((self.font, self.size, self.spacing, self.red, self.turned))
        elif operator == "Q":
            self.font, self.size, self.spacing, self.red, self.turned = self.kept.pop()
        elif operator == "cm":
            self.transform(operands)
        elif operator in ("BMC", "BDC"):
            mark = (operands[0], operands[1] if operator == "BDC" else {}, len(self.page.marks))
            self.page.marks.append((tuple(self.marks), *mark[:2]))
            self.marks.append(mark)
        elif operator == "EMC":
            self.marks.pop()
        elif operator == "BT":
            self.line, self.x = (0.0, 0.0), 0.0
        elif operator == "Tf":
            self.font, self.size = self.fonts[operands[0]], operands[1]
        elif operator == "Tc":
            self.spacing = operands[0]
        elif operator == "Td":
            self.line = (self.line[0] + operands[0], self.line[1] + operands[1])
            self.x = self.line[0]
        elif operator == "TJ":
            self.show(operands[0])
        elif operator == "re":
            self.page.rules.append((*operands, self.red))
            self.page.unmarked += not self.marks
        elif operator == "rg":
            self.red = operands == [1, 0, 0]
        elif operator in ("g", "G"):
            self.red = False
        elif operator == "Do":
            self.page.pictures += 1
            self.page.unmarked += not self.marks
        elif operator == "m":
            self.page.paths += 1
            self.page.unmarked += not self.marks
        elif operator not in ("ET", "f", "S", "l", "c", "h", "w", "j", "d"):
            raise ValueError(f"an operator that is not read here: {operator}")


class Pdf:
    def __init__(self, path):
        done = subprocess.run(
            ["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path],
            check=True, capture_output=True,
        )
        tree = json.loads(done.stdout)
        self.objects = tree["qpdf"][1]
        self.outline = tree["outlines"]
        self.trailer = self.objects["trailer"]["value"]
        self.catalog = self.get(self.trailer["/Root"])
        self.info = {k: v[2:] if isinstance(v, str) and v.startswith("u:") else v
                     for k, v in self.get(self.trailer["/Info"]).items()}
        self.path = path
        self.fonts = {}
        self.pages = [self.page_of(self.get(page["object"])) for page in tree["pages"]]

    def program_sizes(self):
        """Bytes of the font programs as they stand in the file."""
        raw = json.loads(subprocess.run(["qpdf", "--json=2", "--decode-level=none", self.path],
                                        check=True, capture_output=True).stdout)
        return [raw["qpdf"][1]["obj:" + font.program]["stream"]["dict"]["/Length"]
                for font in self.fonts.values()]

    def get(self, value):
        """What a reference leads to; anything else is itself."""
        if isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            entry = self.objects["obj:" + value]
            return entry["value"] if "value" in entry else entry["stream"]["dict"]
        return value

    def stream(self, reference):
        return base64.b64decode(self.objects["obj:" + reference]["stream"]["data"])

    def font_of(self, reference):
        if reference not in self.fonts:
            font = self.get(reference)
            descendant = self.get(self.get(font["/DescendantFonts"])[0])
            descriptor = self.get(descendant["/FontDescriptor"])
            program = descriptor.get("/FontFile2") or descriptor.get("/FontFile3")
            self.fonts[reference] = Font(
                font["/BaseFont"].partition("+")[2],
                widths_of(self.get(descendant.get("/W", []))),
                descendant.get("/DW", 1000),
                cmap_of(self.stream(font["/ToUnicode"])),
                program,
            )
        return self.fonts[reference]

    def page_of(self, page):
        box = self.get(page["/MediaBox"])
        names = self.get(self.get(page["/Resources"]).get("/Font", {}))
        fonts = {name: self.font_of(reference) for name, reference in names.items()}
        result = Page(box[2] - box[0], box[3] - box[1], [], [], rotate=page.get("/Rotate", 0))
        painter = Painter(fonts, result)
        for operator, operands in tokens_of(self.stream(page["/Contents"])):
            painter.do(operator, operands)
        return result

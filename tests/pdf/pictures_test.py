#!/usr/bin/env -S python3 -B
"""Pictures as a reader of the PDF shows them: every kind of PNG, JPEG in all eight orientations, and
their sizes; and what becomes of those that cannot be drawn.

    pictures_test.py PROGRAM [NAME...]
"""

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import pictures  # noqa: E402
from harness import check, diagnostics, main, tests_of  # noqa: E402
from pictures import BLACK, BLUE, GREEN, RED, WHITE  # noqa: E402

HEAD = "---\ntitle: 示例\ndepartment: 示例单位\nyear: 2023\n---\n\n"
MM = 72 / 25.4


def report(*figures):
    """A report with one figure a page, from the second page on."""
    return HEAD + "示例数据。\n" + "".join(f"\n\\newpage\n\n{figure}\n" for figure in figures)


def built(box, text, code=0, *ids):
    box.write("r.md", text)
    result = box.build("r.md", "-o", "r.pdf").expect(code, *ids)
    box.expect_pdf("r.pdf")
    checked = subprocess.run(["qpdf", "--check", box.path("r.pdf")], capture_output=True)
    check(checked.returncode == 0, f"qpdf: {checked.stdout.decode()}")
    return result


class Page:
    """One page as pixels, one to a point."""

    def __init__(self, box, number):
        subprocess.run(["pdftoppm", "-r", "72", "-f", str(number), "-l", str(number), "-singlefile",
                        box.path("r.pdf"), box.path("page")], check=True)
        data = box.read("page.ppm")
        head = re.match(rb"P6\s(\d+)\s(\d+)\s255\s", data)
        self.width, self.height = int(head[1]), int(head[2])
        self.data = data[head.end():]

    def at(self, x, y):
        at = 3 * (round(y) * self.width + round(x))
        return tuple(self.data[at : at + 3])

    def inked(self):
        """What is not white in the text's area: left, top, right, bottom."""
        left, top, right, bottom = 28 * MM, 37 * MM, 184 * MM, 262 * MM
        dark = [(x, y) for y in range(round(top), round(bottom))
                for x in range(round(left), round(right) + 1) if min(self.at(x, y)) < 250]
        check(dark, "nothing is drawn")
        xs, ys = [x for x, _ in dark], [y for _, y in dark]
        return min(xs), min(ys), max(xs) + 1, max(ys) + 1


def expect_fields(page, name, fields, width=48, height=32):
    left, top, right, bottom = page.inked()
    check(abs(right - left - width) <= 1 and abs(bottom - top - height) <= 1,
          f"{name}: {right - left} by {bottom - top} points, not {width} by {height}")
    middle = 28 * MM + 78 * MM
    check(abs((left + right) / 2 - middle) <= 1, f"{name}: not in the middle of the text's width")
    for row in (0, 1):
        for column in (0, 1):
            seen = page.at(left + (1 + 2 * column) * width / 4, top + (1 + 2 * row) * height / 4)
            wanted = fields[row][column] or WHITE
            near = all(abs(a - b) <= 3 for a, b in zip(seen, wanted))
            check(near, f"{name}: {seen} where {wanted} should be, row {row}, column {column}")


def gray(fields, depth=8):
    """What is left of the fields in that many bits of gray."""
    most = (1 << depth) - 1
    return [[WHITE if c is None else (pictures.luma(c) * most // 255 * 255 // most,) * 3 for c in row]
            for row in fields]


def test_every_kind_of_png(box):
    names = list(pictures.PNGS)
    for name in names:
        box.write(f"{name}.png", pictures.PNGS[name])
    built(box, report(*(f"![{name}]({name}.png)" for name in names)))
    for i, name in enumerate(names):
        fields = pictures.HOLED if "alpha" in name or "holed" in name else pictures.FIELDS
        if name.startswith("gray"):
            depth = re.fullmatch(r"gray-([124])", name)
            fields = gray(fields, int(depth[1]) if depth else 8)
        expect_fields(Page(box, 2 + i), name, fields)


def test_jpeg_in_every_orientation(box):
    for i in range(1, 9):
        box.write(f"{i}.jpg", pictures.turned_jpeg(i, "<" if i % 2 else ">"))
    box.write("9.jpg", pictures.jpeg(1))
    built(box, report(*(f"![{i}]({i}.jpg)" for i in range(1, 10))))
    for i in range(1, 9):
        expect_fields(Page(box, 1 + i), f"orientation {i}", [[RED, GREEN], [BLUE, BLACK]])
    expect_fields(Page(box, 10), "gray", gray(pictures.FIELDS))


def test_jpeg_is_passed_on_unchanged(box):
    picture = box.write("a.jpg", pictures.jpeg()).read_bytes()
    built(box, report("![a](a.jpg)"))
    check(picture in box.read("r.pdf"), "the file's bytes are not in the PDF")


def test_one_picture_in_many_places_is_kept_once(box):
    box.write("a.png", pictures.PNGS["rgb"])
    built(box, report(*["![a](a.png)"] * 20))
    images = re.findall(rb"/Subtype /Image", box.read("r.pdf"))
    check(len(images) == 1, f"{len(images)} images")


def test_sizes(box):
    box.write("a.png", pictures.png(pictures.RGB, 8, 480, 320, ppm=None))  # taken as 96 dpi
    box.write("b.png", pictures.png(pictures.RGB, 8, 480, 320, ppm=7559))  # 192
    box.write("c.png", pictures.png(pictures.RGB, 8, 4800, 320))           # wider than the text
    box.write("d.png", pictures.png(pictures.RGB, 8, 100, 3200))           # higher
    box.write("e.jpg", pictures.jpeg(dpi=144))
    caption = "\n\n图：说明 "
    sizes = {
        "![a](a.png)": (360, 240),
        "![b](b.png)": (180, 120),
        "![c](c.png)": (156 * MM, 156 * MM / 15),
        "![d](d.png)": (225 * MM / 32, 225 * MM),
        "![e](e.jpg)": (24, 16),
        '![f](a.png "width=60%")': (156 * MM * 0.6, 156 * MM * 0.4),
        '![g](a.png "width=90mm")': (90 * MM, 60 * MM),
        '![h](a.png "width=900mm")': (156 * MM, 104 * MM),
    }
    built(box, report(*sizes))
    for i, (name, (width, height)) in enumerate(sizes.items()):
        left, top, right, bottom = Page(box, 2 + i).inked()
        check(abs(right - left - width) <= 2 and abs(bottom - top - height) <= 2,
              f"{name}: {right - left} by {bottom - top} points, not {width} by {height}")
    built(box, report(f"![a](a.png){caption}{{#a width=4.5cm}}", f"![d](d.png){caption}"))
    left, _, right, _ = Page(box, 2).inked()
    check(abs(right - left - 45 * MM) <= 2, f"{right - left} points, not 45 mm")
    bottom = Page(box, 3).inked()[3]
    check(bottom <= 262 * MM, f"the caption of a high picture ends at {bottom}")


def test_width_that_is_none_is_a_warning(box):
    box.write("a.png", pictures.PNGS["rgb"])
    for width in ("0mm", "80", "mm", "-5mm", "8in", "99999999999mm", "1.5.5mm", "60%%", "%"):
        box.write("r.md", report(f"![a](a.png)\n\n图：a {{width={width}}}"))
        result = box.build("r.md", "-o", "r.pdf", "--diagnostics", "json").expect(0)
        found = [(m["id"], m["severity"]) for m in diagnostics(result.err)]
        check(found == [("bad-width", "warning")], f"width={width}: {found}")


def expect_marked(box, url, name):
    """The picture is named in a message, its words stand in its place, and the rest is written."""
    box.write("r.md", HEAD + f"前文。\n\n![替代文字]({url})\n\n图：说明\n\n后文。\n")
    result = box.build("r.md", "-o", "out/", "--diagnostics", "json", timeout=20, memory=800)
    result.expect(1)
    found = [m["id"] for m in diagnostics(result.err)]
    check(found == [name], f"{url}: {found}")
    text = subprocess.run(["pdftotext", box.path("out/r.pdf"), "-"], capture_output=True).stdout
    for words in ("前文。", "［图：替代文字］", "图1", "后文。"):
        check(words in text.decode(), f"{url}: no {words} in the PDF")
        check(words in box.read("out/r.html").decode(), f"{url}: no {words} in the page")
    check(result.seconds < 10, f"{url}: {result.seconds:.1f} s")


def test_what_cannot_be_drawn_is_marked(box):
    good = pictures.PNGS["rgb"]
    huge = struct.pack(">IIBBBBB", 50000, 50000, 8, 2, 0, 0, 0)
    wide = struct.pack(">IIBBBBB", 20000, 20000, 8, 2, 0, 0, 0)
    noise = os.urandom(5000)
    files = {
        "huge.png": (pictures.png(2, 8, header=huge), "picture-too-large"),
        "wide.png": (pictures.png(2, 8, header=wide), "picture-too-large"),
        "none.png": (pictures.png(2, 8, header=bytes(13)), "picture-damaged"),
        "short.png": (pictures.png(2, 8, header=struct.pack(">IIBBBBB", 480, 320, 8, 2, 0, 0, 0)),
                      "picture-damaged"),
        "cut.png": (good[:-20], "picture-damaged"),
        "head.png": (good[:8], "picture-damaged"),
        "broken.png": (good.replace(b"IDAT\x78", b"IDAT\x79"), "picture-damaged"),
        "words.png": ("不是图片", "picture-unknown"),
        "empty.png": (b"", "picture-unknown"),
        "noise.jpg": (b"\xff\xd8\xff" + noise.replace(b"\xff", b""), "picture-damaged"),
        "cut.jpg": (pictures.jpeg()[:-10], "picture-damaged"),
        "bare.jpg": (b"\xff\xd8\xff\xd9", "picture-damaged"),
        "cmyk.jpg": (pictures.jpeg(4), "picture-cmyk"),
        "lossless.jpg": (pictures.jpeg(frame=0xC3), "picture-unknown"),
        "long.jpg": (pictures.jpeg(1, 8, 8).replace(b"\0\x08\0\x08\x01", b"\xff\xff\xff\xff\x01"),
                     "picture-too-large"),
        "folder.png/x": (b"", "picture-unreadable"),
    }
    for name, (content, wanted) in files.items():
        box.write(name, content)
        expect_marked(box, name.split("/")[0], wanted)
    expect_marked(box, "no.png", "picture-unreadable")
    expect_marked(box, "", "picture-unreadable")


def test_nothing_is_read_outside_the_folder(box):
    box.write("outer.png", pictures.PNGS["rgb"])
    box.write("in/a.png", pictures.PNGS["rgb"])
    folder = box.path("in")
    (folder / "out.png").symlink_to(box.path("outer.png"))
    (folder / "up").symlink_to(box.path("."))
    (folder / "near.png").symlink_to("a.png")
    os.mkfifo(folder / "pipe.png")
    urls = {"../outer.png": "picture-outside", "%2e%2e/outer.png": "picture-outside",
            str(box.path("outer.png")): "picture-outside", "out.png": "picture-outside",
            "up/outer.png": "picture-outside", "a/../../outer.png": "picture-outside",
            "https://example.com/a.png": "picture-outside", "pipe.png": "picture-unreadable",
            "near.png": None, "./a.png": None, "%61.png": None}
    for url, wanted in urls.items():
        box.write("in/r.md", HEAD + f"前文。\n\n![图]({url})\n")
        result = box.build("in/r.md", "-o", "out/", "--diagnostics", "json", timeout=20)
        found = [m["id"] for m in diagnostics(result.err)]
        check(found == ([wanted] if wanted else []), f"{url}: {found}")
    (folder / "pipe.png").unlink()
    result = box.build("-", "-o", "r.pdf", stdin=HEAD + "前文。\n\n![图](outer.png)\n")
    result.expect(1, "picture-outside")


def test_picture_in_text_is_marked(box):
    box.write("a.png", pictures.PNGS["rgb"])
    box.write("r.md", HEAD + "前文![图一](a.png)后文。\n\n- ![图二](a.png)\n\n> ![图三](a.png)\n")
    result = box.build("r.md", "-o", "out/", "--diagnostics", "json").expect(1)
    found = [m["id"] for m in diagnostics(result.err)]
    check(found == ["picture-not-drawn"] * 3, f"{found}")


def test_caption_stays_with_its_picture(box):
    box.write("a.png", pictures.png(pictures.RGB, 8, 480, 320))
    for lines in range(2, 12):
        text = "".join("示例数据。\n\n" for _ in range(lines))
        built(box, HEAD + text + "![a](a.png)\n\n图：说明\n\n后文。\n")
        pages = subprocess.run(["pdftotext", box.path("r.pdf"), "-"], capture_output=True).stdout
        with_caption = 1 + pages.decode().split("图1")[0].count("\f")
        left, top, right, bottom = Page(box, with_caption).inked()
        check(bottom - top > 320 and right - left > 400,
              f"after {lines} lines the picture is on another page than its caption")


main(tests_of(sys.modules[__name__]))

#!/usr/bin/env -S python3 -B
"""Charts as a reader of the PDF shows them: figures stand as high as they are large, series differ in
gray or hatch, a slice is as large as its share, and what cannot be drawn is marked.

    charts_test.py PROGRAM [NAME...]
"""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import reader  # noqa: E402
from harness import check, main, tests_of  # noqa: E402

HEAD = "---\ntitle: 示例\ndepartment: 示例单位\nyear: 2023\n---\n\n示例数据。\n\n\\newpage\n\n"
MM = 72 / 25.4
SCALE = 2  # pixels to a point


def chart(kind, labels, *series, more=""):
    rows = "".join(f"  - {{名称: {name}, 数值: [{', '.join(map(str, values))}]}}\n"
                   for name, values in series)
    return f"```chart\n类型: {kind}\n分类: [{', '.join(labels)}]\n系列:\n{rows}{more}```\n\n"


def built(box, text, code=0, *ids):
    box.write("r.md", HEAD + text)
    box.build("r.md", "-o", "r.pdf", env={"SOURCE_DATE_EPOCH": "0"}).expect(code, *ids)
    box.expect_pdf("r.pdf")
    checked = subprocess.run(["qpdf", "--check", box.path("r.pdf")], capture_output=True)
    check(checked.returncode == 0, f"qpdf: {checked.stdout.decode()}")
    return reader.Pdf(box.path("r.pdf")).pages[1]


def words_of(page):
    """(text, baseline) of each run of glyphs without a gap."""
    words = []
    for glyph in page.glyphs:
        last = words[-1] if words else None
        if last and abs(last[1] - glyph.y) < 0.01 and abs(last[2] - glyph.x) < 0.6:
            last[0] += glyph.text
            last[2] = glyph.right
        else:
            words.append([glyph.text, glyph.y, glyph.right])
    return [(text, y) for text, y, _ in words]


def height_of(page, text):
    found = [y for word, y in words_of(page) if word == text]
    check(len(found) == 1, f"“{text}” {len(found)} times among {[w for w, _ in words_of(page)]}")
    return found[0]


def grays(box):
    """Page 2 as rows of gray pixels."""
    subprocess.run(["pdftoppm", "-gray", "-r", str(72 * SCALE), "-f", "2", "-singlefile",
                    box.path("r.pdf"), box.path("page")], check=True)
    data = box.read("page.pgm")
    magic, width, height, _, pixels = data.split(maxsplit=4)
    check(magic == b"P5", "no gray picture")
    width, height = int(width), int(height)
    return [pixels[row * width : (row + 1) * width] for row in range(height)]


def test_figures_stand_as_high_as_they_are_large(box):
    page = built(box, chart("柱形", "甲乙丙", ("数", [25, 75, -25])))
    fifty = (height_of(page, "80") - height_of(page, "20")) * 50 / 60
    check(fifty > 40, f"50 is {fifty} points high")
    rise = height_of(page, "75") - height_of(page, "25")
    check(abs(rise - fifty) < 0.02, f"75 stands {rise} above 25, not {fifty}")


def test_text_stays_within_the_text_area(box):
    page = built(box, chart("折线", [f"{y}年" for y in range(2000, 2025)],
                            ("执行率", [f"{90 + y % 7}.5%" for y in range(25)]),
                            ("目标", ["95%"] * 25)))
    for glyph in page.glyphs:
        inside = 28 * MM - 0.1 < glyph.x and glyph.right < 184 * MM + 0.1
        check(inside, f"“{glyph.text}” at {glyph.x}")
    check(page.paths > 50, f"{page.paths} paths")


def test_series_differ_without_colour(box):
    series = [(f"系列{i}", [100]) for i in range(8)]
    built(box, chart("柱形", ["甲"], *series, more="宽: 156\n"))
    rows = grays(box)
    middle = rows[round((37 + 45) * MM * SCALE)]
    edges = [x for x in range(1, len(middle)) if middle[x] < 60 <= middle[x - 1]]
    check(len(edges) >= 9, f"{len(edges)} edges of bars")
    # A bar's look: how dark it is on the whole, and how much its pixels differ.
    band = rows[round((37 + 35) * MM * SCALE) : round((37 + 55) * MM * SCALE)]
    left, right = 28 * MM * SCALE, 184 * MM * SCALE
    columns = [[row[x] for row in band] for x in range(round(left), round(right))]
    solid = {sum(c) // len(c) for c in columns if max(c) - min(c) <= 2}
    hatched = [c for c in columns if max(c) - min(c) > 60]
    check(len(solid & set(range(70, 230))) >= 3, f"grays: {sorted(solid)}")
    check(len(hatched) > 100, f"{len(hatched)} hatched columns")


def test_slices_are_as_large_as_their_shares(box):
    built(box, chart("饼形", ["甲", "乙"], ("数", [30, 10])))
    rows = grays(box)
    top, bottom = round(37 * MM * SCALE), round(140 * MM * SCALE)
    gray = sum(row.count(140) for row in rows[top:bottom])
    spans = [(row.find(140), row.rfind(140)) for row in rows[top:bottom] if 140 in row]
    radius = len(spans) / 2
    share = gray / (3.14159 * radius * radius)
    check(abs(share - 0.75) < 0.02, f"the slice of three quarters covers {share:.3f}")


def test_same_chart_same_bytes(box):
    text = chart("堆积", "甲乙", ("数", [3, -1]), ("另", [2.5, 4])) + "图：说明\n"
    built(box, text)
    first = box.read("r.pdf")
    built(box, text)
    check(first == box.read("r.pdf"), "two builds differ")


def test_what_cannot_be_drawn_is_marked(box):
    page = built(box, chart("雷达", "甲", ("数", [1])) + "图：说明\n\n后文。\n", 1, "chart-type")
    text = "".join(glyph.text for glyph in page.glyphs)
    check("［图表：说明］" in text and "后文。" in text, text)


main(tests_of(sys.modules[__name__]))

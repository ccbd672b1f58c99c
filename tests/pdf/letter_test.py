#!/usr/bin/env -S python3 -B
"""A letter with every element of an official document, where GB/T 9704-2012 wants it: in mm from the
edges of the 版心, in 字 from its sides and in lines of its grid. 示例数据.

    letter_test.py PROGRAM [NAME...]
"""

import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from harness import check, main, tests_of  # noqa: E402
from reader import Pdf  # noqa: E402
from sheet import (  # noqa: E402
    CELL, HEIGHT, LEFT, LINES, MM, PITCH, SHEET, TOP, WIDTH, Ink, check_page_number, near)

RIGHT, FOOT = LEFT + WIDTH, SHEET[1] - TOP - HEIGHT
BLACK_HEAD = "NotoSansCJKsc-Regular"  # 黑体
CLOSE = 0.25  # points: a character of 16 in a cell of 15.8

ORGANS = ["某某市人民政府", "某某市人民代表大会常务委员会", "某某市审计局", "某某市发展和改革委员会"]
LONG_NAME = "某某市2023年度部门整体支出绩效自评表和项目支出绩效自评表汇总情况说明（示例数据）"
TEXT = "按照要求，我局组织开展了绩效自评工作，现将有关情况报告如下。示例数据。"
FULL = {
    "title": "关于2023年度部门整体支出绩效自评情况的报告",
    "department": "某某市财政局",
    "year": "2023",
    "date": "2024-05-08",
    "addressee": f"[{', '.join(ORGANS)}]",
    "signature": "true",
    "attachments": f"[{LONG_NAME}, 项目支出绩效自评表]",
    "remark": "此件公开发布",
    "letterhead": "{mark: 某某市财政局文件, number: 某财绩〔2024〕12号, copy: '000012', "
                  "secrecy: 机密★1年, urgency: 特急}",
    "imprint": "{copies: 市审计局、市发展和改革委员会、市人民代表大会常务委员会预算工作委员会、各区财政局、"
               "市级各预算部门, printer: 某某市财政局办公室, date: 2024-05-09}",
}
BODY = f"""## 一、总体情况

{TEXT * 2}

### （一）组织情况

{TEXT}

## 二、存在问题

{TEXT}
"""
PARTS = f"""
# 附件1 {LONG_NAME}

{TEXT}

# 附件2 项目支出绩效自评表

## 一、自评结论

{TEXT}
"""


class Row:
    """Glyphs of one baseline."""

    def __init__(self, page, glyphs):
        self.page, self.glyphs = page, glyphs
        self.text = "".join(g.text for g in glyphs).replace(" ", "").replace("\u3000", "")
        self.y = glyphs[0].y
        self.row = int((SHEET[1] - TOP - self.y) // PITCH)  # of the grid, from 0
        self.size = max(g.size for g in glyphs)

    @property
    def x(self):
        """The left edge in 字 from the left of the 版心."""
        return (self.glyphs[0].x - LEFT) / CELL

    @property
    def blank(self):
        """What is blank on the right, in 字."""
        return (RIGHT - self.glyphs[-1].right) / CELL

    def of(self, text):
        """The glyph with which `text` begins in this row."""
        return self.glyphs[[g.text for g in self.glyphs].index(text[0])]


def rows_of(pdf):
    found = []
    for number, page in enumerate(pdf.pages, 1):
        rows = {}
        for g in page.glyphs:
            rows.setdefault(round(g.y, 1), []).append(g)
        found += [Row(number, sorted(rows[y], key=lambda g: g.x)) for y in sorted(rows, reverse=True)]
    return found


class Letter:
    def __init__(self, box, body=BODY, meta=FULL, name="a", **changes):
        meta = {k: v for k, v in {**meta, **changes}.items() if v is not None}
        head = "".join(f"{k}: {v}\n" for k, v in meta.items())
        box.write(f"{name}.md", f"---\n{head}---\n\n{body}")
        box.build(f"{name}.md", "-o", f"{name}.pdf").expect(0)
        self.box, self.name = box, f"{name}.pdf"
        self.pdf = Pdf(box.path(self.name))
        self.rows = rows_of(self.pdf)

    def row(self, pattern, size=None):
        found = [r for r in self.rows if re.search(pattern, r.text) and size in (None, r.size)]
        check(found, f"no line {pattern!r} among {[r.text for r in self.rows]}")
        return found[0]

    def after(self, row, count=1):
        return self.rows[self.rows.index(row) + count]

    def before(self, row):
        return self.rows[self.rows.index(row) - 1]


def flush(row, cells, what):
    opening = 0.5 if row.text[0] in "（《“" else 0
    check(near(row.x + opening, cells, CLOSE / CELL) or near(row.x, cells, CLOSE / CELL),
          f"{what} begins {row.x:.3f} 字 in, not {cells}: {row.text}")


def centred(row, what):
    last = row.glyphs[-1]
    right = last.right - (last.size / 2 if last.text in "）》”" else 0)
    middle = (row.glyphs[0].x + right) / 2
    off = middle - LEFT - WIDTH / 2
    check(near(off, 0, CLOSE), f"{what} is {off:.2f} pt off the middle")


# ---- 版头 (7.2) ----


def test_marks_stand_at_the_left_of_the_first_lines(box):
    letter = Letter(box)
    for k, (text, black) in enumerate((("000012", False), ("机密★1年", True), ("特急", True))):
        row = letter.row("^" + re.escape(text) + "$")
        check((row.page, row.row, row.size) == (1, k, 16), f"{text}: line {row.row + 1}")
        flush(row, 0, text)
        fonts = {g.font.name for g in row.glyphs if g.text not in "0123456789★"}
        check(not black or fonts == {BLACK_HEAD}, f"{text} in {fonts}")


def test_mark_of_the_organ(box):
    """7.2.4: centred, red, its upper edge 35 mm below that of the 版心."""
    for meta in (FULL, {**FULL, "letterhead": "{mark: 某某市财政局文件, number: 某财绩〔2024〕12号}"}):
        letter = Letter(box, meta=meta)
        row = letter.row("^某某市财政局文件$")
        check(all(g.red for g in row.glyphs), "the mark is not red")
        centred(row, "the mark")
        ink = Ink(box, letter.name, 1, LEFT, row.y - row.size * 0.3, RIGHT, row.y + row.size * 1.2)
        top = (SHEET[1] - TOP - ink.rows()[0]) / MM
        check(near(top, 35, 1), f"the mark begins {top:.1f} mm below the 版心's edge")


def test_number_and_red_rule(box):
    """7.2.5-7.2.7: the number two lines below the mark, the rule 4 mm below the number, 156 mm long."""
    letter = Letter(box)
    mark, number = letter.row("^某某市财政局文件$"), letter.row("^某财绩〔2024〕12号$")
    centred(number, "the number")
    check(number.size == 16 and not number.glyphs[0].red, f"the number is {number.glyphs[0]}")
    gap = mark.y - mark.size * 0.12 - (number.y + 16 * 0.88)
    check(near(gap, 2 * PITCH + (PITCH - 16), PITCH * 0.55), f"{gap / PITCH:.2f} lines below the mark")
    x, y, width, _, red = next(r for r in letter.pdf.pages[0].rules if r[4])
    check(red and near(x, LEFT) and near(width, WIDTH), f"the rule: {x} {width}")
    ink = Ink(box, letter.name, 1, LEFT, number.y - 4, RIGHT, number.y + 16)
    below = (ink.rows()[1] - y) / MM
    check(near(below, 4, 1), f"the rule is {below:.2f} mm below the number")


def test_issuer_stands_on_the_line_of_the_number(box):
    """7.2.5, 7.2.6: upward; the number one 字 from the left, 签发人 one from the right, in 楷体."""
    letter = Letter(box, letterhead="{mark: 某某市财政局文件, number: 某财绩〔2024〕12号, issuer: 王示例}")
    row = letter.row("签发人：王示例$")
    check(row.text.startswith("某财绩〔2024〕12号"), row.text)
    flush(row, 1, "the number")
    check(near(row.blank, 1, 0.05), f"签发人 has {row.blank:.2f} 字 on its right")
    name = {g.font.name for g in row.glyphs[-3:]}
    check(name == {"FandolKai-Regular"}, f"the issuer's name in {name}")


def test_title_and_addressee(box):
    """7.3.1-7.3.3: two lines below the red rule, one line above 主送; text on the first page."""
    letter = Letter(box)
    rule = next(r for r in letter.pdf.pages[0].rules if r[4])
    titles = [r for r in letter.rows if r.page == 1 and r.size == 22]
    check("".join(r.text for r in titles) == FULL["title"], [r.text for r in titles])
    for row in titles:
        centred(row, "the title")
    gap = (rule[1] - (titles[0].y + 22 * 0.88)) / PITCH
    check(1.9 < gap < 3.1, f"the title is {gap:.2f} lines below the rule")
    first = letter.after(titles[-1])
    check(first.text.startswith(ORGANS[0]), first.text)
    check(first.row == titles[-1].row + 2, f"主送 in line {first.row}, the title in {titles[-1].row}")
    rows = [first]
    while not rows[-1].text.endswith("："):
        rows.append(letter.after(rows[-1]))
    check("".join(r.text for r in rows) == "、".join(ORGANS) + "：", [r.text for r in rows])
    check(len(rows) == 2, "the addressees do not take two lines")
    for row in rows:
        flush(row, 0, "主送")
    text = letter.after(rows[-1])
    check(text.page == 1 and text.row == rows[-1].row + 1, f"text begins on page {text.page}")
    check(letter.row(TEXT[:8]).page == 1, "no text on the first page")


# ---- 附件说明, 落款, 附注 (7.3.4-7.3.6) ----


def test_attachments_are_listed(box):
    letter = Letter(box, letterhead=None, body=TEXT + "\n")
    first = letter.row("^附件：1.")
    above = letter.before(first)
    check(first.page == above.page and first.row == above.row + 2, "not one blank line below the text")
    flush(first, 2, "附件")
    name = first.glyphs[[g.text for g in first.glyphs].index(".") + 1]
    turned, second = letter.after(first), letter.after(first, 2)
    check(near(turned.glyphs[0].x, name.x, CLOSE), "a turned name does not stand under its beginning")
    check(second.text == "2.项目支出绩效自评表", second.text)
    check(near(second.glyphs[0].x, first.of("1").x, CLOSE), "numbers do not stand under one another")
    check(near(second.of("项").x, name.x, CLOSE), "names do not stand under one another")
    check(not re.search("[。；，]$", turned.text + second.text), "a name ends in a mark")


def test_single_attachment_has_no_number(box):
    for names in ("项目支出绩效自评表", "[项目支出绩效自评表]"):
        row = Letter(box, attachments=names).row("^附件：")
        check(row.text == "附件：项目支出绩效自评表", row.text)
        flush(row, 2, "附件")
    letter = Letter(box, attachments=LONG_NAME)
    row = letter.row("^附件：")
    check(near(letter.after(row).glyphs[0].x, row.glyphs[3].x, CLOSE), "turned name")


def check_unsealed(letter, organ, date):
    name, day = letter.row(f"^{organ}$", 16), letter.row(f"^{date}$", 16)
    check((day.page, day.row) == (name.page, name.row + 1), "the date is not right below the name")
    above = letter.before(name)
    check(name.page == above.page and name.row == above.row + 2, "no blank line above the name")
    check(near(day.x - name.x, 2, 0.05), f"{date} begins {day.x - name.x:.2f} 字 right of {organ}")
    return name, day


def test_signature_without_seal(box):
    """7.3.5.2: the name two 字 from the right, the date two 字 right of its beginning; where the date
    is the longer one, it stands two 字 from the right."""
    for organ in ("某某市财政局预算绩效管理处", "某某市财政局"):
        name, day = check_unsealed(Letter(box, department=organ), organ, "2024年5月8日")
        longer = day.glyphs[-1].right - day.glyphs[0].x > name.glyphs[-1].right - name.glyphs[0].x
        check(longer == (len(organ) < 7), f"which is longer, {organ} or the date?")
        ends = day if longer else name
        check(near(ends.blank, 2, 0.05), f"{ends.text}: {ends.blank:.2f} 字 on its right")
        check(day.blank > -0.01, f"the date goes {-day.blank:.2f} 字 beyond the margin")
    for organ, date in (("财政局", "2024-12-28"), ("市人大办", "2024-10-10")):
        full = re.sub(r"(\d+)-(\d+)-(\d+)", r"\1年\2月\3日", date)
        _, day = check_unsealed(Letter(box, department=organ, date=date), organ, full)
        check(near(day.blank, 2, 0.05), f"{full}: {day.blank:.2f} 字 on its right")


def test_signature_says_what_it_is_told(box):
    letter = Letter(box, signature="{organ: 某某市某某区财政局, date: 2025-01-02}")
    check_unsealed(letter, "某某市某某区财政局", "2025年1月2日")


def test_signature_under_a_seal(box):
    """7.3.5.1: the date four 字 from the right, the name centred above it; the seal's head within a
    line of the text."""
    for organ in ("某某市财政局", "财政局", "某某市财政局绩效处"):
        letter = Letter(box, department=organ, signature="{seal: true}")
        name, day = letter.row(f"^{organ}$", 16), letter.row("^2024年5月8日$", 16)
        check((day.page, day.row) == (name.page, name.row + 1), "the date is not below the name")
        check(near(day.blank, 4, 0.05), f"the date has {day.blank:.2f} 字 on its right")
        middles = [(r.glyphs[0].x + r.glyphs[-1].right) / 2 for r in (name, day)]
        check(near(*middles, CLOSE), f"{organ} is not centred on the date: {middles}")
        above = letter.before(name)
        check(2 <= name.row - above.row <= 4, f"{name.row - above.row} lines below the text")


def test_remark(box):
    """7.3.6: the line below the date, two 字 in, in brackets; which are not doubled."""
    for remark in ("此件公开发布", "（此件公开发布）"):
        letter = Letter(box, remark=remark)
        row, day = letter.row("此件公开发布"), letter.row("^2024年5月8日$")
        check(row.text == "（此件公开发布）", row.text)
        check((row.page, row.row) == (day.page, day.row + 1), "not right below the date")
        flush(row, 2, "附注")


def fills(box, body_of, last, meta, **changes):
    """For each length of the text: that 落款 is whole, and has what matches `last` on its page."""
    lonely, turned = [], set()
    for count in range(1, 50):
        meta_now = {k: v for k, v in {**meta, **changes}.items() if v is not None}
        head = "".join(f"{k}: {v}\n" for k, v in meta_now.items())
        box.write("f.md", f"---\n{head}---\n\n{body_of(count)}")
        box.build("f.md", "-o", "f.pdf").expect(0)
        out = subprocess.run(["pdftotext", "-raw", str(box.path("f.pdf")), "-"], capture_output=True)
        pages = out.stdout.decode().split("\f")[:-1]
        page = next(i for i, text in enumerate(pages) if "2024年5月8日" in text)
        turned.add(page)
        if not re.search(last, pages[page]):
            lonely.append(count)
        check("某某市财政局" in pages[page], f"{count}: name and date are parted")
        if "remark" in meta:
            check(meta["remark"] in pages[page], f"{count}: 附注 is not on the page of the date")
    check(len(turned) > 1, f"the date is always on page {turned}")
    check(not lonely, f"落款 without text on its page after {lonely} paragraphs")


def test_signature_is_never_alone_on_a_page(box):
    plain = {k: FULL[k] for k in ("title", "department", "year", "date", "signature")}
    fills(box, lambda n: "正文示例数据。\n\n" * n, "正文示例数据", plain)
    fills(box, lambda n: "正文示例数据。\n\n" * n, "正文示例数据", plain, signature="{seal: true}")
    fills(box, lambda n: "正文示例数据。" * 4 * n, "正文示例数据", plain)
    fills(box, lambda n: "正文示例数据。\n\n" * n, "正文示例数据|乙表", plain,
          attachments="[甲表, 乙表]")


def test_signature_below_a_table_is_never_alone_on_a_page(box):
    plain = {k: FULL[k] for k in ("title", "department", "year", "date", "signature")}
    fills(box, lambda n: "| 甲 | 乙 |\n|---|---|\n" + "| 表中数据 | 示例 |\n" * n, "表中数据", plain)


def test_remark_stays_with_the_date(box):
    plain = {k: FULL[k] for k in ("title", "department", "year", "date", "signature", "remark")}
    fills(box, lambda n: "正文示例数据。\n\n" * n, "正文示例数据", plain)


# ---- 附件 (7.3.7) ----


def test_parts_begin_pages(box):
    """The label in 黑体 at the left of line 1, the title centred on line 3, pages numbered on."""
    letter = Letter(box, body=BODY + PARTS, imprint=None)
    last = letter.row("^（此件公开发布）$").page
    for k, title in ((1, LONG_NAME), (2, "项目支出绩效自评表")):
        label = letter.row(f"^附件{k}$")
        check((label.page, label.row) == (last + k, 0), f"附件{k}: page {label.page}, line {label.row}")
        flush(label, 0, f"附件{k}")
        check(label.size == 16 and label.glyphs[0].font.name == BLACK_HEAD, f"{label.glyphs[0]}")
        rows = [r for r in letter.rows if r.page == label.page and r.size == 22]
        check("".join(r.text for r in rows) == title, [r.text for r in rows])
        check(rows[0].row == 2, f"the title of 附件{k} is on line {rows[0].row + 1}")
        for row in rows:
            centred(row, f"附件{k}")
    for number, page in enumerate(letter.pdf.pages, 1):
        foot = [g for g in page.glyphs if g.y < FOOT - 10 and g.size == 14]
        check_page_number(box, letter.name, number, number, foot)


def test_part_without_label_or_title(box):
    letter = Letter(box, body=BODY + "\n# 附件\n\n附件正文甲。\n\n# 附表2 乙表\n\n附件正文乙。\n")
    label = letter.row("^附件$")
    check(label.row == 0, "附件 is not on the first line")
    check(letter.row("附件正文甲").page == label.page, "its text is on another page")
    check(letter.row("^附表2$").row == 0 and letter.row("^乙表$", 22).row == 2, "附表2")


# ---- 版记 (7.4) ----


def imprint_of(letter):
    """The last page's rules as wide as the 版心, from above, and the lines between them."""
    rules = sorted((r for r in letter.pdf.pages[-1].rules if near(r[2], WIDTH) and not r[4]),
                   key=lambda r: -r[1])
    check(len(rules) >= 2, f"rules of the last page: {letter.pdf.pages[-1].rules}")
    rows = [r for r in letter.rows
            if r.page == len(letter.pdf.pages) and rules[-1][1] < r.y < rules[0][1]]
    return rules, rows


def test_imprint(box):
    letter = Letter(box)
    rules, rows = imprint_of(letter)
    check(len(letter.pdf.pages) % 2 == 0, "版记 is on an odd page")
    check(len(rules) == 3, f"{len(rules)} rules")
    for rule, wanted in zip(rules, (0.35, 0.25, 0.35)):
        check(near(rule[3], wanted * MM, 0.02) and near(rule[0], LEFT), f"{wanted} mm: {rule}")
    foot = rules[-1][1] - FOOT
    check(near(foot, 0, 0.4 * MM), f"the last rule is {foot / MM:.2f} mm above the foot")
    check({g.size for r in rows for g in r.glyphs} == {14}, "not all of it is 4号")
    copies, last = rows[:-1], rows[-1]
    text = "".join(r.text for r in copies)
    check(text.startswith("抄送：市审计局") and text.endswith("市级各预算部门。"), text)
    check(len(copies) >= 2, "抄送 takes one line")
    check(near(copies[0].glyphs[0].x - LEFT, 14, 2), "抄送 is not one 字 from the left")
    for row in copies[1:]:
        check(near(row.glyphs[0].x, copies[0].glyphs[3].x, 0.5), f"not under the names: {row.text}")
    for row in copies:
        check(RIGHT - row.glyphs[-1].right > 12 - 7, f"抄送 is not one 字 from the right: {row.text}")
    check(last.text == "某某市财政局办公室2024年5月9日印发", last.text)
    check(near(last.glyphs[0].x - LEFT, 14, 2), "印发机关 is not one 字 from the left")
    check(near(RIGHT - last.glyphs[-1].right, 14, 2), "印发日期 is not one 字 from the right")
    for row, (above, below) in zip((copies[0], last), zip(rules, rules[1:])):
        check(below[1] < row.y < row.y + 12 < above[1], f"not between its rules: {row.text}")


def test_imprint_and_the_pages_before_it(box):
    """It is on an even page; a blank page before it and its own then bear no number (7.5)."""
    plain = {k: FULL[k] for k in ("title", "department", "year", "date", "signature", "imprint")}
    seen = set()
    for count in [*range(1, 24), *range(30, 44), 50]:
        letter = Letter(box, "正文示例数据。\n\n" * count, plain)
        rules, _ = imprint_of(letter)
        pages = letter.pdf.pages
        check(len(pages) % 2 == 0, f"{count}: {len(pages)} pages")
        signed = letter.row("^2024年5月8日$")
        below = [r for r in letter.rows if r.page == len(pages) and r.size == 16]
        check(all(r.y > rules[0][1] + 4 for r in below), f"{count}: 版记 stands in the text")
        blank = len(pages) - signed.page
        seen.add(blank)
        check(blank <= 2, f"{count}: {blank} pages after the signature")
        for number, page in enumerate(pages, 1):
            foot = [g for g in page.glyphs if g.y < FOOT]
            if number <= signed.page:
                check_page_number(box, "", number, number, foot, ink=False)
            elif blank == 2:
                check(not foot, f"{count}: page {number} has a number")
    check(seen == {0, 1, 2}, f"pages after the signature: {seen}")


def test_imprint_without_copies(box):
    letter = Letter(box, imprint="{printer: 某某市财政局办公室, date: 2024-05-09}")
    rules, rows = imprint_of(letter)
    check(len(rules) == 2 and len(rows) == 1, f"{len(rules)} rules, {[r.text for r in rows]}")
    check(all(near(r[3], 0.35 * MM, 0.02) for r in rules), "first and last are thick")


# ---- cover, contents, notes, running matter ----


def test_cover_and_contents_have_no_number(box):
    for keys in ({"cover": "true"}, {"contents": "true"}, {"cover": "true", "contents": "true"}):
        letter = Letter(box, BODY + PARTS, imprint=None, **keys)
        front = len(keys)
        for sheet, page in enumerate(letter.pdf.pages, 1):
            foot = [g for g in page.glyphs if g.y < FOOT]
            if sheet <= front:
                check(not foot, f"{keys}: sheet {sheet} has a number")
            else:
                check_page_number(box, letter.name, sheet, sheet - front, foot, ink=False)


def test_cover(box):
    letter = Letter(box, cover="true")
    rows = [r for r in letter.rows if r.page == 1]
    title = [r for r in rows if r.size == 22]
    check("".join(r.text for r in title) == FULL["title"], [r.text for r in title])
    below = [r.text for r in rows if r.size == 16]
    check(below == ["某某市财政局", "2024年5月8日"], below)
    for row in rows:
        centred(row, row.text)
    lines = [[r.text for r in letter.rows if r.page == page and r.size == 22] for page in (1, 2)]
    check(lines[0] == lines[1], f"the title's lines differ: {lines}")


def test_contents_name_true_pages(box):
    body = BODY + f"\n{TEXT * 30}\n\n## 三、下一步\n\n{TEXT}\n" + PARTS
    letter = Letter(box, body, contents="true", cover="true")
    check(letter.row("^目录$", 22).page == 2, "no contents on the second sheet")
    heads = ["一、总体情况", "（一）组织情况", "二、存在问题", "三、下一步", "附件1", "附件2", "一、自评结论"]
    rows = [r for r in letter.rows if r.page == 2 and "……" in r.text]
    names, seen = [], 0
    for row in rows:
        name, number = re.fullmatch(r"(.*?)…+(\d+)", row.text).groups()
        if not re.match("[一二三（附]", name):  # the turned part of a long one
            name = letter.before(row).text + name
        names.append(name)
        head = next((h for h in heads if name.startswith(h)), None)
        check(head, f"no heading is called {name}")
        page = 2 + int(number)
        found = [r.page for r in letter.rows if r.page > 2 and r.text.startswith(head)]
        check(page in found, f"{name} is on pages {found}, said to be on {page}")
        check(near(row.glyphs[-1].right, RIGHT, 0.5), f"{row.blank:.2f} 字 right of the number")
        seen += 1
    check([n for h in heads for n in names if n.startswith(h)] and seen >= 6, f"contents: {names}")
    dots = [{round((g.x - LEFT) % CELL, 1) for g in r.glyphs if g.text == "…"} for r in rows]
    check(all(near(max(d), min(dots[0]), 0.3) for d in dots), f"leaders are not in line: {dots}")


def test_part_label_and_title_are_apart_in_the_contents(box):
    letter = Letter(box, BODY + PARTS, contents="true")
    line = next(r for r in letter.rows if r.page == 1 and r.text.startswith("附件2"))
    label, title = line.glyphs[2], line.of("项")
    gap = title.x - label.right
    check(gap > 0.25 * CELL, f"附件2 and its title stand {gap:.2f} pt apart")


def test_notes_stand_at_the_foot_of_their_page(box):
    """Lines with references over some pages, notes of one to three lines: each note whole below the
    text of the page that refers to it, in order, within the 版心."""
    count = 60
    body = "".join(f"第{k}处{TEXT * (k % 5 + 1)}引用[^{k}]。\n\n" for k in range(1, count + 1))
    body += "".join(f"[^{k}]: 注文{k}开头，{TEXT * (k * 7 % 4 + 1)}\n" for k in range(1, count + 1))
    plain = {k: FULL[k] for k in ("title", "department", "year")}
    letter = Letter(box, body, plain)
    check(len(letter.pdf.pages) >= 8, "not eight pages")
    for k in range(1, count + 1):
        marks = [(n, g) for n, page in enumerate(letter.pdf.pages, 1) for g in page.glyphs
                 if near(g.size, 9.6, 0.01) and g.text == "["]
        page, mark = marks[k - 1]
        note = letter.row(f"注文{k}开头", 12)
        check(note.text.startswith(f"[{k}]"), f"note {k} begins {note.text[:5]}")
        check(note.page == page, f"note {k} is on page {note.page}, its reference on {page}")
        flush_at = (note.glyphs[0].x - LEFT) / 12
        check(near(flush_at, 2, 0.1), f"note {k} begins {flush_at:.2f} of its own 字 in")
        text = [r for r in letter.rows if r.page == page and r.size == 16]
        check(min(r.y for r in text) > note.y, f"note {k} is not below the text")
    for number in range(1, len(letter.pdf.pages) + 1):
        notes = [r for r in letter.rows if r.page == number and r.size == 12]
        if not notes:
            continue
        low = min(r.y for r in notes)
        check(low - 12 * 0.12 > FOOT - 0.5, f"page {number}: notes end {FOOT - low:.1f} pt below the 版心")
        check(low - FOOT < 12, f"page {number}: notes end {low - FOOT:.1f} pt above the 版心's foot")
        rules = [r for r in letter.pdf.pages[number - 1].rules if r[1] > notes[0].y]
        check(len(rules) == 1 and near(rules[0][0], LEFT), f"page {number}: {rules}")


def test_note_longer_than_a_page(box):
    """It begins on the page that refers to it and goes on at the foot of the next; text is not put off."""
    note = "".join(f"第{k}句注文，{TEXT}" for k in range(100))
    letter = Letter(box, f"首段{TEXT}[^1]\n\n末段。\n\n[^1]: {note}\n",
                    {k: FULL[k] for k in ("title", "department", "year")})
    rows = [r for r in letter.rows if r.size == 12]
    check("".join(r.text for r in rows) == "[1]" + note, "the note is not whole")
    check(letter.row("首段").page == 1, f"the text begins on page {letter.row('首段').page}")
    pages = [sum(r.page == p for r in rows) for p in range(1, rows[-1].page + 1)]
    check(pages[0] > 0 and all(n == 34 for n in pages[1:-1]), f"lines of the note by page: {pages}")
    check(all(r.y - 12 * 0.12 > FOOT - 0.5 for r in rows), "notes go below the 版心")


def test_new_page(box):
    letter = Letter(box, "甲段。\n\n\\newpage\n\n乙段。\n\n\\分页\n\n## 一、丙\n\n丁段。\n",
                    {k: FULL[k] for k in ("title", "department", "year")})
    places = [(letter.row(t).page, letter.row(t).row) for t in ("甲段", "乙段", "一、丙")]
    check([p for p, _ in places] == [1, 2, 3] and places[1][1] == places[2][1] == 0, f"{places}")


def test_stamp_is_on_every_page(box):
    box.write("a.md", "---\ntitle: 题\ndepartment: 示例单位\n---\n\n" + "示例数据。\n\n\\newpage\n\n" * 3 + "末。\n")
    box.build("--stamp", "征求意见稿", "a.md", "-o", "a.pdf").expect(0)
    pdf = Pdf(box.path("a.pdf"))
    for number, page in enumerate(pdf.pages, 1):
        text = "".join(g.text for g in page.glyphs)
        check("征求意见稿" in text, f"page {number} has no stamp: {text}")


# ---- turned pages (clause 8) ----

WIDE = "\n表：宽表 {page=landscape}\n\n单位：万元\n\n| 项目 | " + " | ".join(f"指标{k}" for k in range(12)) \
    + " |\n|---|" + "--:|" * 12 + "\n"


def test_wide_tables_are_turned(box):
    """Their head is at the sheet's left edge, their page number where it always is; a screen shows them
    upright."""
    rows = "".join(f"| 项目{k} | " + " | ".join(f"{k * 7 + i}.{i}0" for i in range(12)) + " |\n"
                   for k in range(1, 61))
    letter = Letter(box, f"前文。\n{WIDE}{rows}\n后文。\n", {k: FULL[k] for k in ("title", "department")})
    turned = [n for n, page in enumerate(letter.pdf.pages, 1) if page.rotate]
    check(len(turned) >= 2, f"turned pages: {turned}")
    for number, page in enumerate(letter.pdf.pages, 1):
        check(page.rotate == (90 if number in turned else 0), f"page {number}: /Rotate {page.rotate}")
        check(near(page.width, SHEET[0]) and near(page.height, SHEET[1]), f"sheet {number} is not upright A4")
        foot = [g for g in page.glyphs if not g.turned and g.y < FOOT]
        check_page_number(box, letter.name, number, number, foot, ink=False)
        if number not in turned:
            continue
        # On the turned sheet x runs up the paper and y from its right edge to its left.
        table = [g for g in page.glyphs if g.turned]
        low, high = SHEET[1] - TOP - HEIGHT, SHEET[1] - TOP
        check(all(low - 0.1 <= g.x and g.right <= high + g.size for g in table), "beyond the 版心")
        check(all(SHEET[0] - LEFT - WIDTH - 0.1 <= g.y <= SHEET[0] - LEFT for g in table), "beyond it")
        text = "".join(g.text for g in table).replace("\u3000", "")
        check(("续表1宽表" if number > turned[0] else "表1宽表") in text and "单位：万元" in text, text[:30])
        head = max(g.y for g in table)
        check(SHEET[0] - LEFT - head < 16, f"the head is {SHEET[0] - LEFT - head:.1f} pt from the left")
    check("后文" not in "".join(g.text for g in letter.pdf.pages[turned[-1] - 1].glyphs), "text on it")


def test_turned_page_looks_upright_on_a_screen(box):
    """What a viewer draws, with the page turned as it says: read by poppler, 表 before its rows."""
    letter = Letter(box, f"前文。\n{WIDE}| 甲 | " + " | ".join(["1.00"] * 12) + " |\n",
                    {k: FULL[k] for k in ("title", "department")})
    page = next(n for n, p in enumerate(letter.pdf.pages, 1) if p.rotate)
    only = ["-f", str(page), "-l", str(page), str(box.path("a.pdf"))]
    head = subprocess.run(["pdftoppm", "-r", "36", *only], capture_output=True).stdout[:20]
    wide, high = map(int, re.match(rb"P6\s(\d+)\s(\d+)", head).groups())
    check(wide > high, f"shown {wide} by {high}")
    text = subprocess.run(["pdftotext", "-layout", *only, "-"], capture_output=True).stdout.decode()
    head = next((line for line in text.splitlines() if "指标0" in line), "")
    check(re.match(r" *项目 .*指标0 .*指标11", head), f"reads {text}")
    check(text.index("宽表") < text.index("指标0") < text.index("甲"), f"reads {text}")


def test_number_of_lines_is_what_a_page_has(box):
    """A letter's text fills the 22 lines of its pages, whatever stands above it."""
    letter = Letter(box, TEXT * 60, {k: FULL[k] for k in ("title", "department", "letterhead")})
    for number in range(1, len(letter.pdf.pages)):
        rows = [r.row for r in letter.rows if r.page == number and r.size == 16 and r.y > FOOT]
        check(max(rows) == LINES - 1, f"page {number} ends with line {max(rows) + 1}")


main(tests_of(sys.modules[__name__]))

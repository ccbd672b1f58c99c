"""Word documents as people send them: checked, built, imported; hostile ones refused.

The documents are made here, part by part; those that LibreOffice makes are in office_test.py.
"""

import json
import re
import subprocess
import sys
import zipfile
from io import BytesIO

import books
import harness
from harness import ROOT, check

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(text, properties=""):
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(rows):
    cells = ("".join(f"<w:tc>{paragraph(c)}</w:tc>" for c in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(body, more=(), compress=zipfile.ZIP_DEFLATED, prolog=""):
    """The bytes of a document with that body and those further parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compress) as package:
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        document = f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"
        package.writestr("word/document.xml", prolog + document)
        for name, content in more:
            package.writestr(name, content)
    return out.getvalue()


REPORT = (
    paragraph("2023年度示例局整体支出绩效自评报告", '<w:jc w:val="center"/>')
    + paragraph("一、部门基本情况")
    + paragraph("实际支出3062.66万元，调整后预算数3074.03万元，预算执行率99.63%。")
    + table([["项目", "预算数", "执行数"], ["基本支出", "100", "90"], ["项目支出", "20", "10"],
             ["合计", "120", "110"]])
    + paragraph("二、自评情况")
    + paragraph("全年实际支出3026.66万元，得分98分。")
)


def messages(box, *args, code=None):
    done = box.run("check", "--diagnostics", "json", *args)
    check(code is None or done.code == code, done.describe())
    found = [json.loads(line) for line in done.out.decode().splitlines()]
    for message in found:
        check(set(message) <= harness.DIAGNOSTIC_KEYS, message)
    return found


def test_check_names_paragraphs_and_cells(box):
    box.write("报告.docx", docx(REPORT.replace("110", "111")))
    found = messages(box, "报告.docx", code=1)
    places = {m["id"]: m for m in found}
    check(places["figure-repeat"].get("paragraph") == 5, found)
    check(any(m.get("table") == 1 and m.get("cell") == "C4" for m in found), found)
    check(not any("line" in m for m in found), found)
    text = box.run("check", "报告.docx").out.decode()
    check("报告.docx 第5段: 错误" in text and "报告.docx 表1 C4" in text, text)
    check("另见 第3段" in text, text)
    sarif = json.loads(box.run("check", "--diagnostics", "sarif", "报告.docx").out)
    cells = [r["properties"].get("cell") for r in sarif["runs"][0]["results"]]
    check("表1 C4" in cells and "第5段" in cells, cells)


def test_build_writes_what_the_document_says(box):
    box.write("报告.docx", docx(REPORT))
    box.build("报告.docx").expect(0)
    text = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", box.path("报告.pdf"), "-"], capture_output=True, check=True
    ).stdout.decode()
    check("全年实际支出3026.66万元" in re.sub(r"\s", "", text), text)
    box.run("build", "报告.docx", "--pdf-standard", "a-3a", "-o", "附.pdf").expect(0)


def test_import_makes_a_folder_that_builds(box):
    box.write("来文.docx", docx(REPORT))
    done = box.run("import", "来文.docx", "-o", "新/报告").expect(0)
    text = box.path("新/报告/report.md").read_text()
    check('标题: "2023年度示例局整体支出绩效自评报告" # 猜的' in text, text)
    check('单位: "示例局" # 猜的' in text and '年度: "2023" # 猜的' in text, text)
    check("| 基本支出 | 100 | 90 |" in text, text)
    box.build("新/报告").expect(0)
    check(box.path("新/报告/报告.pdf").exists(), done.describe())
    box.run("import", "来文.docx", "-o", "新/报告").expect(2)
    box.run("import", "来文.docx").expect(2)
    box.run("import", "没有.docx", "-o", "x").expect(3)
    box.write("旧.doc", b"\xd0\xcf\x11\xe0")
    box.run("import", "旧.doc", "-o", "x").expect(2)
    check(not box.path("x").exists(), "nothing is made")


def test_import_finds_what_stands_around_the_report(box):
    centred = '<w:jc w:val="center"/>'
    above = [paragraph("000012"), paragraph("机密★1年"), paragraph("示例局文件", centred),
             paragraph("示局〔2024〕12号　签发人：张示例", centred)]
    imprint = table([["抄送：市审计局。"], ["示例局办公室 2024年5月9日印发"]])
    parts = paragraph("附件1") + paragraph("项目自评表", centred) + paragraph("正文。")
    for name, lines in (("有", above), ("无", above[:3])):
        box.write("来文.docx", docx("".join(lines) + REPORT + parts + imprint))
        box.run("import", "来文.docx", "-o", name).expect(0)
    text = box.path("有/report.md").read_text()
    for line in ("版头:", '  发文机关标志: "示例局文件" # 猜的', '  发文字号: "示局〔2024〕12号" # 猜的',
                 '  签发人: "张示例" # 猜的', '  密级: "机密★1年" # 猜的', '  份号: "000012" # 猜的',
                 "版记:", '  抄送: "市审计局" # 猜的', '  印发机关: "示例局办公室" # 猜的',
                 '  印发日期: "2024年5月9日" # 猜的', "# 附件1 项目自评表"):
        check(f"\n{line}\n" in text, f"no {line}: {text}")
    check(text.count("抄送") == text.count("张示例") == text.count("示例局文件") == 1, text)
    text = box.path("无/report.md").read_text()  # without 发文字号 it is text like any other
    check("版头" not in text and text.count("\n示例局文件\n") == 1 and "\n000012\n" in text, text)


def test_import_lists_what_is_lost(box):
    body = (
        paragraph("报告") + '<w:p><w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    box.write("来文.docx", docx(body))
    said = box.run("import", "来文.docx", "-o", "新").expect(0).out.decode()
    check("[open-revisions]" in said and "[word-comment]" in said, said)


def test_macros_are_not_run_and_said(box):
    types = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="v" '
        'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        'Target="vbaProject.bin"/></Relationships>'
    )
    more = [("word/_rels/document.xml.rels", types), ("word/vbaProject.bin", b"\0macro")]
    box.write("宏.docm", docx(REPORT, more))
    said = box.run("check", "--hints", "宏.docm").out.decode()
    check("[word-macro]" in said and "[figure-repeat]" in said, said)


def refused(box, content, name):
    box.write("坏.docx", content)
    done = box.run("check", "坏.docx", memory=1500, timeout=60)
    said = done.out.decode()
    check(done.code == 1 and f"[{name}]" in said and "未检查" in said, done.describe() + said)


FORM = ROOT / "templates" / "project-self" / "data" / "自评表.xlsx"  # 98.6 分，130 万元


def test_papers_of_a_unit_are_checked_together(box):
    said = "项目预算合计130万元，涉及二级项目{}个，自评得分{}分。"
    scores = [["一级指标", "二级指标", "三级指标", "分值", "得分"], ["产出", "数量", "次数", 50, 50],
              ["效益", "社会", "人数", 50, 48.6]]
    title = paragraph("2023年度示例局整体支出绩效自评报告", '<w:jc w:val="center"/>')
    for name, count, score in (("对", 1, "98.6"), ("错", 2, "96.8")):
        box.write(f"{name}/报告.docx", docx(title + paragraph(said.format(count, score))))
        box.write(f"{name}/自评表.xlsx", FORM.read_bytes())
        box.write(f"{name}/评分表.xlsx", books.xlsx({"评分表": scores}))
    right = messages(box, "对", code=0)
    check(not [m for m in right if m["severity"] == "error"], right)
    wrong = [m for m in messages(box, "错", code=1) if m["id"] == "figure-data"]
    check([m["expected"] for m in wrong] == ["1个", "98.6分"], wrong)
    alone = messages(box, "错/报告.docx")  # named by itself it has nothing beside it
    check(not [m for m in alone if m["id"] == "figure-data"], alone)


def form(name, unit="示例局", year=2023, spent=90):
    """A 自评表 of one project of 100万元."""
    scored = [["产出指标", "数量指标", "人数", "≥100人", "105人", 50, 50],
              ["效益指标", "社会效益指标", "合格率", "≥90%", "95%", 40, 40]]
    funds = [100, 100, spent, 10, f"{spent}%", spent / 10]
    return [["项目支出绩效自评表"], [f"（{year}年度）"], ["项目名称", name],
            ["主管部门", unit, None, None, "实施单位", unit],
            ["项目资金（万元）", None, "年初预算数", "全年预算数(A)", "全年执行数(B)", "分值", "执行率(B/A)",
             "得分"],
            [None, "年度资金总额", *funds], [None, "其中：当年财政拨款", *funds[:3]],
            [None, "上年结转资金", 0, 0, 0], [None, "其他资金", 0, 0, 0],
            ["年度总体目标", "预期目标", None, None, "实际完成情况"], [None, "完成", None, None, "完成"],
            ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"], *scored,
            ["总分", None, None, None, None, 100, 90 + spent / 10]]


def unit_of(box, folder, said, forms, title="2023年度示例局整体支出绩效自评报告"):
    heading = paragraph(title, '<w:jc w:val="center"/>')
    body = "".join(map(paragraph, said.split("\n")))
    box.write(f"{folder}/报告.docx", docx(heading + body))
    for name, sheets in forms.items():
        box.write(f"{folder}/{name}", books.xlsx(sheets))


# The unit's own score is no project's.
SUMS = "涉及二级项目{}个，项目预算合计{}万元，项目支出合计{}万元。\n自评得分96分。"


def test_each_project_has_a_form_and_all_count(box):
    # In one book, in another, and in a folder below.
    forms = {"一.xlsx": {"甲": form("项目甲"), "乙": form("项目乙"), "说明": [["填表说明"]]},
             "二.xlsx": {"Sheet1": form("项目丙")}, "自评表/三.xlsx": {"Sheet1": form("项目丁", spent=80)}}
    unit_of(box, "对", SUMS.format(4, 400, 350), forms)
    right = messages(box, "对", code=0)
    check(not right, right)
    unit_of(box, "错", SUMS.format(3, 300, 270), forms)
    wrong = messages(box, "错", code=1)
    check([m["expected"] for m in wrong if m["id"] == "figure-data"] == ["4个", "400万元", "350万元"],
          wrong)


def test_forms_of_another_unit_year_or_twice(box):
    forms = {"甲.xlsx": {"Sheet1": form("项目甲", unit="示例市示例局")},
             "乙.xlsx": {"Sheet1": form("项目乙", year=2022)},
             "丙.xlsx": {"Sheet1": form("项目丙", unit="另一局")},
             "丁.xlsx": {"Sheet1": form("项目甲")}}
    unit_of(box, "报来", SUMS.format(4, 400, 360), forms)
    found = {m["id"]: m for m in messages(box, "报来", code=0)}
    expected = {"project_form_year": ("乙.xlsx", "A2", "2023"), "project_form_twice": (".xlsx", "B3", "2"),
                "project_form_unit": ("丙.xlsx", "B4", "示例局")}
    check(set(found) == set(expected), found)
    for rule, (file, cell, word) in expected.items():
        m = found[rule]
        check(m["file"].endswith(file) and m["cell"] == cell and word in m["message"], m)
        check(m["basis"] and m["hint"], m)
    # The unit is named on the cover, or before the year.
    named = paragraph("单位名称（盖章）：示例局") + paragraph("情况。")
    for title, more in (("2023年度整体支出绩效自评报告", named), ("示例局2023年度整体支出绩效自评报告", "")):
        heading = paragraph(title, '<w:jc w:val="center"/>')
        box.write("报来/报告.docx", docx(heading + more + paragraph("涉及二级项目4个。")))
        again = {m["id"]: m for m in messages(box, "报来")}
        check("（示例局）" in again["project_form_unit"]["message"], again)


def test_opinions_on_forms(box):
    forms = {"甲.xlsx": {"表": form("项目甲", year=2022)}, "乙.xlsx": {"表": form("项目乙", year=2022)}}
    unit_of(box, "报来", SUMS.format(2, 200, 180), forms)
    box.write("报来/名单.xlsx", books.xlsx({"名单": [["姓名"], ["甲"]]}))
    box.write("报来/下属/自评报告.docx", docx(paragraph("年度工作") + paragraph("情况。")))
    unit_of(box, "财政", "情况。", {}, title="2023年度示例县财政局整体支出绩效自评报告")
    old = box.run("check", "--diagnostics", "json", "--report", "意见", "报来", "财政").out
    # Named after the unit, which the title names, else after the file and its folder.
    names = [f for f in box.files() if f.startswith("意见/") and f.endswith("审核意见表.html")]
    check(names == [f"意见/{n}-审核意见表.html" for n in
                    ("下属-自评报告", "示例县财政局", "示例局")], names)
    page = box.read("意见/示例局-审核意见表.html").decode()
    check(re.search(r"<td[^>]*>甲.xlsx\[表!A2\]</td><td[^>]*>（2022年度）</td>", page), page)
    box.write("上次.json", old)
    forms["甲.xlsx"] = {"表": form("项目甲")}
    unit_of(box, "报来", SUMS.format(2, 200, 180), forms)
    out = box.run("check", "--diagnostics", "json", "--since", "上次.json", "报来").out.decode()
    found = list(map(json.loads, out.splitlines()))
    check([m["since"] for m in found if m["id"] == "unused-paper"] == ["未改"], found)
    found = [m for m in found if m["id"] == "project_form_year"]
    check([(m["file"], m["since"]) for m in found]
          == [("报来/乙.xlsx", "未改"), ("报来/甲.xlsx", "已改")], found)


def test_whose_the_papers_are(box):
    forms = {"表.xlsx": {"Sheet1": form("项目甲")}}
    unit_of(box, "盖章", SUMS.format(2, 100, 90), forms)
    box.write("盖章/盖章件.pdf", b"%PDF-1.4\n")  # a scan beside the report is no other report
    check("figure-data" in [m["id"] for m in messages(box, "盖章", code=1)], "with a PDF")
    unit_of(box, "说明", SUMS.format(2, 100, 90), forms)
    box.write("说明/编制说明.docx", docx(paragraph("说明。")))
    check("figure-data" in [m["id"] for m in messages(box, "说明", code=1)], "by its name")
    unit_of(box, "两份", SUMS.format(2, 100, 90), forms)
    box.write("两份/另一报告.docx", docx(REPORT))
    found = [m["id"] for m in messages(box, "两份", code=1)]
    check("papers-apart" in found and "figure-data" not in found, found)
    # Another report's folder is its own; what lies among 佐证材料 is no form.
    unit_of(box, "局", SUMS.format(1, 100, 90), forms)
    unit_of(box, "局/下属", SUMS.format(1, 100, 90), forms)
    box.write("局/佐证材料/名单.xlsx", books.xlsx({"名单": [["姓名"], ["甲"]]}))
    found = [m for m in messages(box, "局", code=0) if m["id"] != "report-likeness"]
    check(not found, found)


def test_papers_that_cannot_be_used_are_told(box):
    box.write("甲/报告.docx", docx(REPORT.replace("3026", "3062")))
    box.write("甲/名单.xlsx", books.xlsx({"名单": [["姓名", "电话"], ["甲", "1"]]}))
    box.write("甲/旧表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    found = {m["id"]: m for m in messages(box, "甲", code=1)}
    check("名单" in found["unused-paper"]["file"] and "旧表" in found["unread-paper"]["file"], found)


def test_hostile_documents(box):
    entity = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    refused(box, docx("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", prolog=entity), "xml-dtd")
    refused(box, docx("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000), "too-deep")
    refused(box, docx("<w:p>"), "bad-xml")
    empty = BytesIO()
    zipfile.ZipFile(empty, "w").close()
    refused(box, empty.getvalue(), "bad-word")
    refused(box, docx(REPORT)[:-200], "bad-zip")
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b" " * (1 << 20))
    refused(box, bomb.getvalue(), "zip-bomb")


def test_a_table_of_100000_rows(box):
    rows = "".join(f"<w:tr><w:tc>{paragraph(f'项{i}')}</w:tc><w:tc>{paragraph('1')}</w:tc></w:tr>"
                   for i in range(100000))
    box.write("长.docx", docx(REPORT + f"<w:tbl>{rows}</w:tbl>"))
    done = box.run("import", "长.docx", "-o", "长", timeout=60, memory=1500).expect(0)
    text = box.path("长/report.md").read_text()
    check(len(re.findall(r"\| 项\d", text)) == 100000 and "| 项99999 | 1 |" in text, done.describe())
    check(box.run("check", "长.docx", timeout=120).code == 1, "the slip is found")


def test_pdf_with_text(box):
    box.write("报告.md", harness.REPORT + "\n实际支出3062.66万元。\n\n全年实际支出3026.66万元。\n")
    box.build("报告.md", "--to", "pdf").expect(0)
    box.path("报告.pdf").rename(box.path("来文.pdf"))
    done = box.run("check", "来文.pdf")
    said = done.out.decode()
    if "没有 pdftotext" in said or "这台电脑没有" in said:
        raise harness.Skip("no pdftotext")
    check("[pdf-text]" in said and "[figure-repeat]" in said and "来文.pdf 第1页" in said, said)
    nothing = box.run("check", "来文.pdf", env={"PATH": "/nowhere"})
    check(nothing.code == 1 and "poppler-utils" in nothing.out.decode(), nothing.describe())
    box.write("扫描.pdf", b"%PDF-1.4\n")
    check("未检查" in box.run("check", "扫描.pdf").out.decode(), "broken")


if __name__ == "__main__":
    harness.main(harness.tests_of(sys.modules[__name__]))

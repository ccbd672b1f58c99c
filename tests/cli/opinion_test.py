#!/usr/bin/env python3
"""审核意见表 and 汇总, and what has become of an earlier check's findings."""

import io
import json
import re
import sys
import zipfile

from harness import check, diagnostics, main, tests_of

HEAD = "---\ntitle: {title}\ndepartment: {unit}\nyear: 2023\n---\n\n"
FAULTY = """## 一、基本情况

全年听取报告、审议、等42项。截止2023年底，已全部办结。

## 二、预算执行

实际支出数3062.66万元，执行情况良好。

## 三、自评结论

全年实际支出数3026.66万元，自评得分98.96分。又有意见、建议、等若干条。
"""
MOVED = "新增的一段，说明今年的情况。\n\n再加一段，与上面无关。\n\n"


def report(box, folder, body, unit="示例单位", title="2023年度自评报告"):
    return box.write(f"{folder}/report.md", HEAD.format(title=title, unit=unit) + body)


def kept(box, name, *inputs):
    out = box.run("check", "--diagnostics", "json", *inputs).out
    box.write(name, out)
    return diagnostics(out)


def since(box, *inputs):
    found = diagnostics(box.run("check", "--diagnostics", "json", "--since", "old.json", *inputs).out)
    return sorted((f["since"], f["id"]) for f in found)


def test_one_table_a_report_and_a_summary(box):
    report(box, "甲", FAULTY, unit="甲局")
    report(box, "乙", "## 一、基本情况\n\n全年开会13次。\n", unit="乙局")
    box.run("check", "甲", "乙", "--report", "意见").expect(1)
    names = {f"意见/{n}.{e}" for n in ("甲局-审核意见表", "乙局-审核意见表", "汇总")
             for e in ("html", "xlsx")}
    check({f for f in box.files() if f.startswith("意见/")} == names, box.files())
    page = box.read("意见/甲局-审核意见表.html").decode()
    heads = re.findall(r'<th scope="col">(.*?)</th>', page)
    check(heads == ["序号", "位置", "原文", "问题", "依据", "建议", "单位回复"], heads)
    rows = re.findall(r"<tr><td.*?</tr>", page)
    check(len(rows) >= 3 and all(r.count("<td") == 7 for r in rows), f"{len(rows)} rows")
    check("3026.66" in page and "GB/T" in page, "what is wrong, and by what standard")
    check("没有发现问题" in box.read("意见/乙局-审核意见表.html").decode(), "nothing found")
    summary = box.read("意见/汇总.html").decode()
    check("甲局" in summary and "乙局" in summary and "figure-repeat" in summary, "the summary")


def test_the_workbook_says_the_same(box):
    report(box, "甲", FAULTY)
    box.run("check", "甲", "--report", "意见").expect(1)
    page = box.read("意见/示例单位-审核意见表.html").decode()
    book = zipfile.ZipFile(io.BytesIO(box.read("意见/示例单位-审核意见表.xlsx")))
    strings = book.read("xl/sharedStrings.xml").decode()
    for place in re.findall(r"<tr><td class=\"c\">\d+</td><td>(.*?)</td>", page):
        check(place in strings, f"not in the workbook: {place}")


def test_pages_hold_no_script_whatever_the_report_says(box):
    nasty = "<script>alert(1)</script>"
    report(box, "甲", f"## 一、{nasty}\n\n甲、乙、等\"><img src=x onerror=alert(1)>。\n", unit=nasty,
           title=nasty)
    box.run("check", "甲", "--report", "意见")
    for name in box.files():
        if name.startswith("意见/") and name.endswith(".html"):
            page = box.read(name).decode()
            check("default-src 'none'" in page, "no policy")
            check("<script" not in page and "<img" not in page, f"markup got through: {name}")
            check("http:" not in page and "https:" not in page, "an address outside")
    check(all("/" not in n[3:] for n in box.files() if n.startswith("意见/")), box.files())


def test_two_reports_of_a_unit_have_two_tables(box):
    report(box, "甲", FAULTY)
    report(box, "乙", FAULTY)
    box.run("check", "甲", "乙", "--report", "意见").expect(1)
    check("意见/示例单位-审核意见表-2.html" in box.files(), box.files())


def test_what_could_not_be_read_is_called_by_its_folder(box):
    for name in ("甲", "乙"):
        box.write(f"全部/{name}局/report.md", "---\n标题: [没有写完\n---\n")
    box.run("check", "全部", "--report", "意见")
    names = sorted(path.name for path in box.path("意见").glob("*审核意见表.html"))
    check(names == ["乙局-审核意见表.html", "甲局-审核意见表.html"], names)


def test_a_folder_that_cannot_be_made_is_said(box):
    report(box, "甲", FAULTY)
    box.write("意见", "一个文件")
    box.run("check", "甲", "--report", "意见").expect(3)


def test_findings_are_followed_though_lines_move(box):
    report(box, "甲", FAULTY)
    before = kept(box, "old.json", "甲")
    ids = sorted(f["id"] for f in before)
    check(len(ids) >= 3, ids)
    check(since(box, "甲") == [("未改", i) for i in ids], since(box, "甲"))
    report(box, "甲", FAULTY.replace("## 二、", MOVED + "## 二、"))
    check(since(box, "甲") == [("未改", i) for i in ids], since(box, "甲"))
    report(box, "甲", FAULTY.replace("3026.66", "3062.66"))
    marks = since(box, "甲")
    gone = {i for mark, i in marks if mark == "已改"}
    check(gone == {"figure-near", "figure-repeat"}, marks)
    check(not [m for m in marks if m[0] == "新增"], marks)


def test_what_is_new_is_said_to_be(box):
    report(box, "甲", FAULTY.replace("3026.66", "3062.66"))
    kept(box, "old.json", "甲")
    report(box, "甲", FAULTY)
    new = {i for mark, i in since(box, "甲") if mark == "新增"}
    check(new == {"figure-near", "figure-repeat"}, new)
    text = box.run("check", "--since", "old.json", "甲").out.decode()
    check("错误（新增）:" in text, text)


def test_of_equal_findings_as_many_are_gone_as_were_corrected(box):
    fault = "## {}、要求\n\n这里有{}、要求、等。\n\n"
    body = "".join(fault.format(a, a) for a in "一二三四")
    report(box, "甲", body)
    kept(box, "old.json", "甲")
    report(box, "甲", body.replace("这里有三、要求、等", "这里有三、要求等"))
    marks = since(box, "甲")
    check(len([m for m in marks if m[0] == "新增"]) == 0, marks)


def test_a_report_that_comes_back_in_another_folder_is_known(box):
    report(box, "第一轮/甲", FAULTY)
    report(box, "第一轮/乙", FAULTY.replace("截止", "截至"))
    before = kept(box, "old.json", "第一轮")
    report(box, "第二轮/甲", FAULTY.replace("3026.66", "3062.66"))
    marks = since(box, "第二轮/甲")
    check(("已改", "figure-repeat") in marks and not [m for m in marks if m[0] == "新增"], marks)
    check(len(before) > len(marks), "the other unit's findings are not this one's")


def test_the_table_shows_what_became_of_them(box):
    report(box, "甲", FAULTY)
    kept(box, "old.json", "甲")
    report(box, "甲", FAULTY.replace("3026.66", "3062.66"))
    box.run("check", "甲", "--since", "old.json", "--report", "意见")
    page = box.read("意见/示例单位-审核意见表.html").decode()
    check("已改</td>" in page and "未改</td>" in page and "3026.66" in page, "the marks")


def test_what_is_gone_is_not_told_of_a_third_time(box):
    report(box, "甲", FAULTY)
    kept(box, "old.json", "甲")
    report(box, "甲", FAULTY.replace("3026.66", "3062.66"))
    out = box.run("check", "--diagnostics", "json", "--since", "old.json", "甲").out
    box.write("old.json", out)
    check("已改" in out.decode(), out)
    check(not [m for m in since(box, "甲") if m[0] == "已改"], since(box, "甲"))


def test_an_earlier_check_that_is_none(box):
    report(box, "甲", FAULTY)
    box.run("check", "甲", "--since", "none.json").expect(3)
    box.write("old.json", "不是 JSON\n")
    box.run("check", "甲", "--since", "old.json").expect(3)
    box.write("old.json", json.dumps([1]) + "\n")
    box.run("check", "甲", "--since", "old.json").expect(3)


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))

#!/usr/bin/env python3
"""What `ziping check` and `ziping explain` promise: which inputs, which form, which status."""

import json
import os
import re
import sys
import tempfile
from pathlib import Path

from harness import BODY, REPORT, SAMPLE, Skip, check, main, tests_of

SLIP = (
    "---\ntitle: 2023年度示例单位整体支出绩效自评报告\ndepartment: 示例单位\nyear: 2023\n---\n\n"
    "## 一、基本情况\n\n2023年调整后预算数3074.03万元，实际支出数3062.66万元，预算执行率99.63%。\n\n"
    "## 二、自评结论\n\n2023年实际支出数3026.66万元，自评得分98.96分。\n"
)
SHARED = "本单位坚持把绩效管理贯穿预算编制、执行、监督的全过程，事前有目标，事中有监控，事后有评价，评价结果与下年预算安排挂钩，并按规定的时间和格式在本单位门户网站向社会公开，接受监督。\n"


def run(box, *args, code, **more):
    result = box.run("check", *args, **more)
    check(result.code == code, f"status should be {code}: {result.describe()}\n{result.out.decode()}")
    return result.out.decode()


def messages(box, *args, code, **more):
    out = run(box, "--diagnostics", "json", *args, code=code, **more)
    return [json.loads(line) for line in out.splitlines()]


def ids(found):
    return [m["id"] for m in found]


# Findings and status


def test_a_clean_report_is_status_0(box):
    box.write("a.md", REPORT)
    check(run(box, "a.md", code=0) == "a.md：没有发现问题\n", "a summary line and no more")


def test_a_contradiction_is_status_1_with_both_places(box):
    box.write("a.md", SLIP)
    out = run(box, "a.md", code=1)
    check(re.search(r"^a\.md:13:\d+: 错误: .*\[figure-repeat\]$", out, re.M), out)
    for words in ("二、自评结论"[2:], "“", "3026.66万元", "另见 9行", "应为: 3062.66万元"):
        check(words in out, f"no {words} in:\n{out}")
    check(re.search(r"^a\.md：\d+ 处错误", out, re.M), out)


def test_columns_of_a_form_are_not_one_figure(box):
    # The heads stand further down, and not in bold: nothing says that they are heads.
    form = ("| 项目名称 | 示例项目一 | < | < |\n|---|---|---|---|\n"
            "| 项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 |\n"
            "| 年度资金总额 | 120.00 | 130.00 | 127.40 |\n")
    box.write("a.md", "---\n标题: 2023年度示例单位自评报告\n单位: 示例单位\n年度: 2023\n---\n\n## 一、基本情况\n\n" + form)
    run(box, "a.md", code=0)


def test_warnings_alone_are_status_0_and_1_when_strict(box):
    box.write("a.md", REPORT.replace("year: 2023\n", "year: 2023\n单为: 甲\n"))
    out = run(box, "a.md", code=0)
    check("[unknown-key]" in out and "1 处警告" in out, out)
    run(box, "--strict", "a.md", code=1)


def test_hints_are_counted_and_told_when_asked(box):
    box.write("a.md", REPORT.replace("全年召开", "　　全年召开"))
    out = run(box, "a.md", code=0)
    check("1 条建议（--hints 列出）" in out and "[typed-indent]" not in out, out)
    check("[typed-indent]" in run(box, "--hints", "a.md", code=0), "hints are told")


def test_json_keys(box):
    box.write("a.md", SLIP)
    found = messages(box, "a.md", code=1)
    one = next(m for m in found if m["id"] == "figure-repeat")
    check(one["line"] == 13 and one["severity"] == "error" and "3026.66" in one["excerpt"], one)
    check("3062.66" in one["expected"] and one["places"][0]["line"] == 9, one)
    check(one["place"].startswith("二"), one)


def test_pages_of_the_pdf(box):
    found = messages(box, "--pages", SAMPLE, code=1)
    one = next(m for m in found if m["id"] == "figure-repeat")
    check(one["page"] == 5, one)


# Inputs


def test_folders_are_looked_into(box):
    box.write("甲/report.md", REPORT)
    box.write("甲/草稿.md", SLIP)
    box.write("甲/data/a.csv", "a,b\n")
    box.write("乙/一.md", REPORT)
    box.write("乙/二.txt", "年度自评报告\n\n全年召开会议13次。\n")
    box.write("乙/深/处/自评.markdown", REPORT)
    box.build("-o", "乙/out/", "乙/一.md").expect(0)
    out = run(box, ".", code=0)
    names = re.findall(r"^\./(\S+)：", out, re.M)
    check(names == ["乙/一.md", "乙/二.txt", "乙/深/处/自评.markdown", "甲/report.md"], out)
    check(out.splitlines()[-1].startswith("共 4 份："), out)


def test_hidden_files_are_not_looked_at(box):
    with tempfile.TemporaryDirectory() as folder:
        apart = type(box)(box.program, Path(folder))
        apart.write("a.md", REPORT)
        apart.write(".b.md", SLIP)
        apart.write(".c/d.md", SLIP)
        check(box.run("check", folder).code == 0, "only a.md is checked")


def test_a_circle_of_links_ends(box):
    box.write("甲/report.md", REPORT)
    for name in ("one", "two"):
        os.symlink(".", box.path("甲") / name)
    check(run(box, "甲", code=0).count("：") == 1, "once")


def test_what_cannot_be_checked_is_never_passed(box):
    box.write("a.md", REPORT)
    box.write("b.docx", b"PK")
    box.write("c.md", "---\ntitle: 报告\ndata: 没有.csv\n---\n\n正文。\n")
    box.path("空").mkdir()
    out = run(box, "a.md", "b.docx", "c.md", "空", "没有.md", code=1)
    check(out.count("：未检查") == 4 and "a.md：没有发现问题" in out, out)
    check("共 5 份：4 份未检查" in out, out)
    found = messages(box, "b.docx", code=1)
    check(ids(found) == ["bad-zip"] and found[0]["file"] == "b.docx", found)
    for name, advice in (("旧.doc", ".docx"), ("旧.WPS", ".docx"), ("表.et", ".xlsx"), ("页.ofd", "原稿")):
        box.write(f"单位/{name}", b"\xd0\xcf\x11\xe0")
        found = messages(box, f"单位/{name}", code=1)
        check(ids(found) == ["unchecked"] and advice in found[0]["message"], found)
    out = run(box, "单位", code=1)
    check("共 4 份：4 份未检查" in out, out)
    box.write("单位/旧.docx", b"PK")  # the same report, saved anew
    check("共 3 份：3 份未检查" in run(box, "单位", code=1), "one of each")


def test_an_unreadable_file(box):
    if os.geteuid() == 0:
        raise Skip("root reads everything")
    box.write("a.md", REPORT).chmod(0)
    check("未检查" in run(box, "a.md", code=1), "said")


def test_standard_input(box):
    check("标准输入：没有发现问题" in run(box, "-", code=0, stdin=REPORT), "checked")
    check("[figure-repeat]" in run(box, "-", code=1, stdin=SLIP), "found")


def test_mixed_encodings_in_one_folder(box):
    for encoding in ("utf-8", "gb18030", "utf-16"):
        box.write(f"报告/{encoding}.md", SLIP.encode(encoding))
    found = messages(box, "报告", code=1)
    slips = [m for m in found if m["id"] == "figure-repeat"]
    check([m["line"] for m in slips] == [13, 13, 13], found)


def test_plain_text_has_exact_places(box):
    body = SLIP.split("---\n")[2].replace("## ", "").replace("自评得分", "*自评得分_")
    box.write("a.txt", "2023年度示例单位整体\n支出绩效自评报告\n" + body)
    one = next(m for m in messages(box, "a.txt", code=1) if m["id"] == "figure-repeat")
    line = box.path("a.txt").read_text().splitlines()[one["line"] - 1]
    check("3026.66" in line[one["column"] - 1 : one["end_column"] - 1], one)


def test_a_text_only_to_be_checked_needs_no_title(box):
    box.write("a.md", "## 一、情况\n\n全年召开会议13次。\n")
    run(box, "a.md", code=0)
    box.write("b.md", "---\n年度: 2023\n---\n\n" + SLIP.split("---\n")[2])
    found = ids(messages(box, "b.md", code=1))
    check("missing-title" in found and "figure-repeat" in found, found)


# Several reports


def test_shared_paragraphs_are_told_behind_all(box):
    box.write("甲.md", REPORT + "\n" + SHARED)
    box.write("乙.md", REPORT + "\n" + SHARED)
    out = run(box, "甲.md", "乙.md", code=0)
    check(re.search(r"^乙\.md:11:1: 警告: .*甲\.md.*\[likeness\]$", out, re.M), out)
    silent = "\n<!-- ziping: ignore likeness 上级统一口径 -->\n\n"
    box.write("乙.md", REPORT + silent + SHARED)
    check("[likeness]" not in run(box, "甲.md", "乙.md", code=0), "silenced")


def test_the_same_bytes_with_any_number_of_threads(box):
    for i in range(60):
        box.write(f"报告/{i:02}.md", (SLIP if i % 3 else REPORT) + f"\n第{i}号。\n")
    for form in ("text", "json", "sarif"):
        outs = {run(box, "-j", n, "--diagnostics", form, "报告", code=1) for n in (1, 2, 7)}
        check(len(outs) == 1, f"{form} differs")


# Silences


def test_a_silence_by_comment(box):
    ignore = "<!-- ziping: ignore figure-repeat 口径不同 -->\n\n"
    box.write("a.md", SLIP.replace("2023年实际支出数3026", ignore + "2023年实际支出数3026"))
    check("figure-repeat" not in ids(messages(box, "a.md", code=0)), "silenced")
    box.write("a.md", SLIP.replace("2023年调整后", ignore + "2023年调整后"))
    found = ids(messages(box, "a.md", code=1))
    check("figure-repeat" in found and "unused-ignore" in found, found)


def test_a_silence_in_the_front_matter(box):
    box.write("a.md", SLIP.replace("year:", "忽略: {figure-repeat: 口径不同}\nyear:"))
    check(ids(messages(box, "a.md", code=0)) == [], "silenced")
    box.write("a.md", SLIP.replace("year:", "忽略: {figure-repeats: 口径不同}\nyear:"))
    one = next(m for m in messages(box, "a.md", code=1) if m["id"] == "unknown-ignore")
    check("figure-repeat" in one["hint"], one)


def test_a_silence_in_code_is_text(box):
    fence = "```\n<!-- ziping: ignore figure-repeat 例子 -->\n```\n\n"
    box.write("a.md", SLIP.replace("2023年实际支出数3026", fence + "2023年实际支出数3026"))
    found = ids(messages(box, "a.md", code=1))
    check("figure-repeat" in found and "unused-ignore" not in found, found)


# SARIF


def check_region(location):
    place = location["physicalLocation"]
    check(set(place) <= {"artifactLocation", "region"}, place)
    check(re.fullmatch(r"[A-Za-z0-9/._~%-]+", place["artifactLocation"]["uri"]), place)
    region = place.get("region")
    if region:
        keys = ("startLine", "startColumn", "endLine", "endColumn")
        check(all(isinstance(region[k], int) and region[k] >= 1 for k in keys), region)
        begin, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
        check(begin <= end, region)


def test_sarif(box):
    box.write("年度 报告.md", SLIP)
    box.write("b.pdf", "%PDF-1.7")
    log = json.loads(run(box, "--hints", "--diagnostics", "sarif", "年度 报告.md", "b.pdf", code=1))
    check(log["version"] == "2.1.0" and log["$schema"].endswith("sarif-2.1.0.json"), "version")
    check(len(log["runs"]) == 1 and set(log) == {"version", "$schema", "runs"}, "one run")
    driver, results = log["runs"][0]["tool"]["driver"], log["runs"][0]["results"]
    check(log["runs"][0]["columnKind"] == "unicodeCodePoints", "columns")
    check(driver["name"] == "ziping" and re.fullmatch(r"[0-9.]+", driver["version"]), driver["version"])
    rules = driver["rules"]
    check(len({r["id"] for r in rules}) == len(rules) > 20, "rules are there once")
    for rule in rules:
        for key in ("shortDescription", "fullDescription", "help"):
            check(rule[key]["text"], rule["id"])
        check(rule["defaultConfiguration"]["level"] in ("error", "warning", "note"), rule["id"])
    for result in results:
        check(result["level"] in ("error", "warning", "note") and result["message"]["text"], result)
        if "ruleIndex" in result:
            check(rules[result["ruleIndex"]]["id"] == result["ruleId"], result)
        for location in result.get("locations", []) + result.get("relatedLocations", []):
            check_region(location)
    one = next(r for r in results if r["ruleId"] == "figure-repeat")
    check(one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].startswith("二"), one)
    check(one["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 9, one)
    check(any(r["ruleId"] == "unchecked" for r in results), "what could not be checked is there")


def test_sarif_without_findings(box):
    box.write("a.md", REPORT)
    log = json.loads(run(box, "--diagnostics", "sarif", "a.md", code=0))
    check(log["runs"][0]["results"] == [], "an empty list")


def test_sarif_of_a_build(box):
    box.write("a.md", REPORT.replace("year: 2023\n", "year: 2023\n单为: 甲\n"))
    result = box.run("build", "--diagnostics", "sarif", "--to", "html", "a.md")
    log = json.loads(result.errors)
    check([r["ruleId"] for r in log["runs"][0]["results"]] == ["unknown-key"], log)


# build


def test_build_counts_and_does_not_fail(box):
    box.write("a.md", SLIP)
    result = box.build("a.md").expect(0)
    last = result.errors.splitlines()[-1]
    check(re.fullmatch(r"检查：\d+ 处错误(，\d+ 处警告)?；详见 ziping check a\.md", last), last)
    result = box.build("--strict", "a.md").expect(1, "figure-repeat")
    check("PDF 第1页" in result.errors, result.errors)
    box.write("b.md", REPORT)
    check(box.build("b.md").expect(0).errors == "", "nothing to say")


def test_report_json_has_the_findings(box):
    box.write("a.md", SLIP)
    out = box.run("build", "--to", "json", "a.md").out
    check("figure-repeat" in ids(json.loads(out)["findings"]), out.decode())


# explain


def test_explain(box):
    out = box.run("explain", "figure-repeat").out.decode()
    for words in ("figure-repeat", "依据：", "例如：", "应为：", "ziping: ignore figure-repeat"):
        check(words in out, out)
    rules = [json.loads(l) for l in box.run("explain", "--diagnostics", "json").out.splitlines()]
    lines = box.run("explain").out.decode()
    check(len(rules) > 20 and all(r["id"] in lines and r["title"] in lines for r in rules), lines)
    result = box.run("explain", "figure-repeet")
    check(result.code == 2 and "figure-repeat" in result.errors, result.describe())


# Usage


def test_usage(box):
    box.write("a.md", REPORT)
    for args in (["check"], ["check", "-j", "x", "a.md"], ["check", "--diagnostics", "xml", "a.md"],
                 ["check", "--template", "没有", "a.md"], ["build", "a.md", "b.md"]):
        result = box.run(*args)
        check(result.code == 2, result.describe())


# Bad input: linear time, no false errors


HOSTILE = {
    "digits": "1234567890" * 1000000,
    "brackets": "（" * 500000 + "[" * 500000,
    "latin": "The quick brown fox. " * 20000,
    "line": "The rate is 99.63% of 3062.66, " * 30000,
    "ignores": "<!-- ziping: ignore figure-repeat x -->\n\n段落。\n\n" * 20000,
}


def test_hostile_texts(box):
    for name, text in HOSTILE.items():
        for ending in ("md", "txt"):
            box.write(f"{name}.{ending}", text)
            found = messages(box, f"{name}.{ending}", code=0, timeout=120)
            check(not [m for m in found if m["severity"] == "error"], f"{name}: {found[:3]}")


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))

#!/usr/bin/env python3
"""Reports from data: where data come from, one table for many reports, formats that are data, a
folder to begin with, templates of one's own."""

import json
import re
import resource
import shutil
import sys

from books import old_zip, xlsx
from harness import BODY, ROOT, Skip, check, diagnostics, main, sanitized, tests_of

TEMPLATES = sorted(p.name for p in (ROOT / "templates").iterdir() if p.is_dir())
SAMPLES = sorted(p.parent for p in (ROOT / "samples").glob("*/report.md"))
ROWS = "{{#甲}}{{项目}} {{金额}}；{{/甲}}\n"


def report(data, body=ROWS, more=""):
    return (
        f"---\ntitle: 自评报告\ndepartment: 示例单位\nyear: 2023\n{more}{data}---\n\n"
        f"## 一、基本情况\n\n{body}"
    )


def expand(box, text, *args, name="a.md"):
    """The body with its data in place."""
    box.write(name, text)
    done = box.build("--to", "md", name, *args).expect(0)
    return done.out.decode().split("---\n", 2)[2]


def expect_rows(box, reference, words="会议 5；培训 6.50；"):
    text = expand(box, report(f"data: {{甲: {json.dumps(reference, ensure_ascii=False)}}}\n"))
    check(words in text, f"{reference}: {text}")


# One table, many reports: memory (first, for it is the peak of all runs so far that can be asked for)

UNITS = "单位,预算.年初预算数,预算.实际支出数\n甲局,100,90\n乙局,很多,80\n丙局,100,70\n"
EACH = (
    "---\ntitle: \"{{单位.名称}}自评报告\"\nyear: 2023\n预算: {金额单位: 万元}\n---\n\n"
    "## 一、基本情况\n\n{{单位.名称}}支出{{预算.实际支出数 | 万元}}万元。\n"
)


def test_memory_does_not_grow_with_the_rows(box):
    if sanitized(str(box.program)):
        raise Skip("sanitizers keep memory")
    head, row = UNITS.splitlines()[:2]
    box.write("a.md", EACH)
    peaks = []
    for rows in (20, 600):
        box.write("units.csv", "\n".join([head] + [row] * rows) + "\n")
        done = box.build("--each", "units.csv", "a.md", "-o", "out/").expect(0)
        check(f"已生成 {rows} 份" in done.errors, done.errors)
        peaks.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    check(peaks[1] < peaks[0] + 6000, f"peaks in KB: {peaks}")


# Where data come from

CSV = "项目,金额\n会议,5\n培训,6.50\n"
TABLE = [["项目", "金额"], ["会议", 5], ["培训", "6.50"]]


def test_csv_as_people_send_it(box):
    box.write("utf8.csv", CSV)
    box.write("bom.csv", "\ufeff" + CSV)
    box.write("gb.csv", CSV.encode("gb18030"))
    box.write("utf16.csv", CSV.encode("utf-16"))
    box.write("semicolon.csv", CSV.replace(",", ";"))
    box.write("tab.tsv", CSV.replace(",", "\t"))
    box.write("crlf.csv", CSV.replace("\n", "\r\n"))
    box.write("quoted.csv", '"项目","金额"\n"会议","5"\n"培训","6.50"')
    box.write("named.xls", CSV.replace(",", "\t").encode("gb18030"))
    for path in ("utf8", "bom", "gb", "utf16", "semicolon", "crlf", "quoted"):
        expect_rows(box, path + ".csv")
    expect_rows(box, "tab.tsv")
    expect_rows(box, "named.xls")


def test_workbooks_by_sheet_and_range(box):
    title = [["某某局预算表"], ["单位：元"]]
    box.write("book.xlsx", xlsx({"说明": [["a"], ["b"]], "预算": title + TABLE, "决算 ": TABLE}))
    expect_rows(box, "book.xlsx#预算")
    expect_rows(box, "book.xlsx#预算!A3:B5")
    expect_rows(box, "book.xlsx#决算")
    expect_rows(box, "book.xlsx#预算!$A$3:$B$4", "会议 5；\n")


def test_a_glob_is_a_value_a_file(box):
    for name, rows in (("乙", TABLE), ("甲", TABLE[:2])):
        box.write(f"表/{name}.xlsx", xlsx({"Sheet1": rows}))
    box.write("表/~$甲.xlsx", "open")
    text = expand(box, report("data: {甲: 表/*.xlsx}\n", "{{#甲}}{{文件}}{{#行}}{{项目}}{{/行}} {{/甲}}\n"))
    check("乙.xlsx会议培训 甲.xlsx会议" in text, text)


def test_a_glob_of_forms(box):
    shutil.copytree(ROOT / "templates" / "dept-overall" / "data", box.path("data"))
    text = expand(
        box,
        report("模板: dept-overall\ndata: {项目: data/自评表/*.xlsx}\n",
               "{{#项目}}{{名称}}（{{资金.年度资金总额.全年预算数}}万元）{{/项目}}\n"),
    )
    check(re.search(r"示例项目一（[0-9.]+万元）示例项目二（", text), text)


def test_a_zip_is_a_folder(box):
    files = {"甲局.csv": CSV.encode("gb18030"), "表/乙局.xlsx": xlsx({"Sheet1": TABLE})}
    box.write("old.zip", old_zip(files | {"表/.DS_Store": b"x"}))
    text = expand(box, report("data: {甲: old.zip}\n", "{{#甲}}{{文件}}{{#行}}{{项目}}{{/行}} {{/甲}}\n"))
    check("甲局.csv会议培训 乙局.xlsx会议培训" in text, text)
    expect_rows(box, "old.zip/甲局.csv")
    expect_rows(box, "old.zip/表/乙局.xlsx#Sheet1")
    box.write("one.zip", old_zip({"甲局.csv": CSV.encode()}))
    expect_rows(box, "one.zip")
    box.write("b.md", report("data: {甲: old.zip/甲居.csv}\n"))
    done = box.build("b.md").expect(1, "missing-data")
    check("甲局.csv" in done.errors, done.errors)


def test_json_and_yaml(box):
    rows = [{"项目": "会议", "金额": 5}, {"项目": "培训", "金额": "6.50"}]
    box.write("a.json", json.dumps(rows))
    box.write("b.json", json.dumps(rows, ensure_ascii=False, indent="\t"))
    box.write("c.yaml", "- {项目: 会议, 金额: 5}\n- 项目: 培训\n  金额: '6.50'\n")
    for name in ("a.json", "b.json", "c.yaml"):
        expect_rows(box, name)
    emoji = {"x": "\U0001f600\U00020bb7\\ud83d", "y": "\u00e9\n/\"", "z": "\\"}
    box.write("d.json", json.dumps(emoji).replace("/", "\\/"))
    text = expand(box, report("data: {甲: d.json}\n", "{{{甲.x}}}|{{{甲.z}}}|\n"))
    check("\U0001f600\U00020bb7\\ud83d|\\|" in text, text)
    box.write("e.json", r'{"x": "a\ud83dz"}')  # half a pair is no character
    box.write("a.md", report("data: {甲: e.json}\n", "{{甲.x}}\n"))
    box.build("a.md").expect(1, "yaml-syntax")


def test_a_whole_file_of_data(box):
    box.write("all.yaml", "单位: {名称: 某局}\n年度: 2022\n甲: [{项目: 会议, 金额: 1}]\n")
    box.write("a.md", "---\n标题: 报告\n年度: 2023\n数据: all.yaml\n---\n\n文{{单位.名称}}{{年度}}\n")
    text = box.build("--to", "md", "a.md").expect(0).out.decode()
    check("文某局2023" in text, text)
    box.write("list.csv", CSV)
    box.write("b.md", report("data: list.csv\n"))
    box.build("b.md").expect(1, "unnamed-data")


def test_data_on_the_command_line(box):
    box.write("in/a.md", report("甲: [{项目: 开头, 金额: 1}]\n"))
    box.write("elsewhere/b.csv", CSV)
    done = box.build("--to", "md", "in/a.md", "--data", "甲=elsewhere/b.csv").expect(0)
    check("会议 5；" in done.out.decode(), "nearer than the front matter")
    done = box.build("--to", "md", "-o", "-", "-", "--data=甲=elsewhere/b.csv", stdin=report(""))
    done.expect(0)
    box.write("department.yaml", "名称: 乙局\n")
    done = box.build("--to", "json", "in/a.md", "--data", "单位=department.yaml").expect(0)
    check(json.loads(done.out)["department"]["name"] == "乙局", "maps are laid over")
    for wrong in ("甲", "=b.csv", "甲="):
        box.build("in/a.md", "--data", wrong).expect(2)
    box.build("in/a.md", "--data", "甲=none.csv").expect(1, "missing-data")
    many = [word for i in range(101) for word in ("--data", f"n{i}=elsewhere/b.csv")]
    box.build("in/a.md", *many).expect(2)


def test_last_years_report_is_data(box):
    front = "预算: {金额单位: 万元, 年初预算数: 100, 调整后预算数: 110, 实际支出数: 99}\n"
    box.write("2022/report.md", report(front, BODY))
    box.build("--to", "json", "-o", "last.json", "2022").expect(0)
    text = expand(
        box,
        report(
            "data: {去年: last.json}\n",
            "{{去年.budget.spent | 万元}}，{{去年.figures.execution_rate.printed}}\n",
            "预算: {金额单位: 元, 实际支出数: 5}\n",
        ),
    )
    check("99.00，90.00%" in text, text)


# One table, many reports

def test_one_report_a_row(box):
    box.write("a.md", EACH)
    box.write("units.csv", UNITS)
    done = box.build("--each", "units.csv", "a.md", "-o", "out/").expect(1, "not-a-number")
    check([f for f in box.files() if f.startswith("out/")]
          == ["out/丙局.html", "out/丙局.pdf", "out/甲局.html", "out/甲局.pdf"], box.files())
    check("已生成 2 份" in done.errors and "没有生成 1 份" in done.errors and "乙局" in done.errors,
          done.errors)
    check("丙局支出70.00万元" in box.read("out/丙局.html").decode(), "the row's own figures")
    box.write("units.csv", UNITS.replace("很多", "100"))
    done = box.build("--each", "units.csv", "a.md", "-o", "out/").expect(0)
    check("共 3 份：已生成 3 份\n" in done.errors, done.errors)


def test_a_row_is_what_its_report_alone_would_be(box):
    epoch = {"SOURCE_DATE_EPOCH": "0"}
    box.write("a.md", EACH)
    box.write("units.csv", UNITS.replace("很多", "100"))
    box.build("--each", "units.csv", "a.md", "-o", "out/", env=epoch).expect(0)
    box.write("one.yaml", "{单位: 丙局, 预算: {年初预算数: 100, 实际支出数: 70}}\n")
    box.write("b.md", EACH.replace("预算: {金额单位: 万元}",
                                   "预算: {金额单位: 万元}\n数据: one.yaml"))
    box.build("b.md", env=epoch).expect(0)
    check(box.read("b.pdf") == box.read("out/丙局.pdf"), "other bytes")


def test_messages_of_rows_as_json(box):
    box.write("a.md", EACH)
    box.write("units.csv", UNITS)
    done = box.build("--each", "units.csv", "a.md", "-o", "out/", "--diagnostics", "json")
    found = diagnostics(done.expect(1).err)
    check({m["id"] for m in found} >= {"not-a-number", "each-summary"}, found)
    wrong = [m for m in found if m["id"] == "not-a-number"][0]
    check("乙局" in wrong["report"] and wrong["file"] == "units.csv" and wrong["line"] == 3, wrong)


def test_names_of_reports(box):
    box.write("a.md", EACH.replace("year: 2023", "year: 2023\nheadings: markdown"))
    names = ["甲/局", "甲局", "a:b*?", "AB", "ab", "..", "CON", "长" * 200, "长" * 200, "x\ty. "]
    rows = "".join(f'"{name}",1,1\n' for name in names)
    box.write("units.csv", "单位,预算.年初预算数,预算.实际支出数\n" + rows)
    box.build("--each", "units.csv", "a.md", "-o", "out", "--to", "html", "--name",
              "{{单位.名称}}").expect(0)
    made = [f[4:] for f in box.files() if f.startswith("out/")]
    check(len(made) == len(names), made)
    check(len({name.lower() for name in made}) == len(names), "they collide")
    check(all(len(name.encode()) <= 240 for name in made), "too long")
    check({"甲局.html", "甲局-2.html", "ab.html", "AB-2.html", "ab-3.html"} <= set(made), made)
    check("CON.html" not in made, "a name that Windows keeps")
    check(not any(re.search(r'[\\:*?"<>|\t]', name) for name in made), made)
    box.build("--each", "units.csv", "a.md", "-o", "o2", "--to", "html", "--name",
              "{{year}}-{{department.name}}")
    check("o2/2023-甲局.html" in box.files(), box.files())
    done = box.build("--each", "units.csv", "a.md", "-o", "o3", "--name", "{{没有}}")
    check("--name:1" in done.expect(1, "missing-value").errors, done.errors)
    check(not [f for f in box.files() if f.startswith("o3")], "written without a name")


def test_one_sheet_a_unit(box):
    box.write("book.xlsx", xlsx({"甲局": TABLE, "乙局": TABLE[:2], "空": [], "字典": TABLE},
                                hidden=("字典",)))
    box.write("a.md", "---\ntitle: \"{{单位.名称}}报告\"\nyear: 2023\n---\n\n## 一、甲\n\n" + ROWS)
    box.build("--each", "甲=book.xlsx#*", "a.md", "-o", "out/", "--to", "html").expect(0)
    made = [f for f in box.files() if f.startswith("out/")]
    check(made == ["out/乙局.html", "out/甲局.html"], made)
    check("会议 5；培训 6.50；" in box.read("out/甲局.html").decode(), "the sheet's rows")


def test_usage_of_each(box):
    box.write("a.md", EACH)
    box.write("units.csv", UNITS)
    box.write("empty.csv", "单位,年度\n")
    box.build("--each", "units.csv", "a.md").expect(2)
    box.build("--each", "units.csv", "a.md", "-o", "-").expect(2)
    box.build("--each", "units.csv", "a.md", "-o", "x.pdf").expect(2)
    box.build("--name", "x", "a.md").expect(2)
    box.build("--each", "none.csv", "a.md", "-o", "out/").expect(1, "missing-data")
    check(box.build("--each", "empty.csv", "a.md", "-o", "out/").code in (1, 2), "an empty table")
    check(not box.path("x.pdf").exists(), box.files())


def test_what_cannot_be_written_stops_all_rows(box):
    box.write("a.md", EACH)
    box.write("units.csv", UNITS.replace("很多", "1"))
    box.path("out/乙局.pdf").mkdir(parents=True)
    done = box.build("--each", "units.csv", "a.md", "-o", "out/").expect(3)
    check("已生成 1 份" in done.errors and "后面 1 份没有再做" in done.errors, done.errors)


# Nothing that is read is written over


def test_outputs_that_are_data(box):
    box.write("a.json", '{"项目": "会议"}')
    box.write("a.md", report("data: {甲: a.json}\n", "{{甲.项目}}\n"))
    box.build("--to", "json", "-o", "a.json", "a.md").expect(2)
    box.build("--to", "pdf,json", "-o", "./", "a.md").expect(2)
    check(box.files() == ["a.json", "a.md"], "something was written")
    box.write("units.json", '[{"单位": "units"}]')
    box.build("--to", "json", "--each", "units.json", "a.md", "-o", "./").expect(2)
    box.write("units.csv", "单位\na\n")
    box.build("--to", "md", "--each", "units.csv", "a.md", "-o", "./").expect(2)
    check(box.read("units.json") == b'[{"\xe5\x8d\x95\xe4\xbd\x8d": "units"}]', "overwritten")


# Formats that are data


def test_md_gives_the_same_pdf(box):
    epoch = {"SOURCE_DATE_EPOCH": "0"}
    for sample in SAMPLES:
        box.build("--to", "pdf", "-o", "a.pdf", sample, env=epoch)
        first = box.expect_pdf("a.pdf")
        box.build("--to", "md", "-o", "b.md", sample, env=epoch)
        box.build("--to", "pdf", "b.md", env=epoch)
        check(first == box.expect_pdf("b.pdf"), f"{sample.name}: other bytes")
        box.build("--to", "md", "-o", "c.md", "b.md", env=epoch)
        check(box.read("b.md") == box.read("c.md"), f"{sample.name}: other text")


def test_md_needs_no_other_file(box):
    box.write("all.yaml", "单位: 某局\n年度: 2022\n预算: {金额单位: 万元, 年初预算数: 5}\n")
    box.write("片段.md", "片段{{年度}}\n")
    box.write("a.md", "---\n标题: \"{{单位.名称}}\"\n数据: all.yaml\n---\n\n{{> 片段}}\n")
    box.build("--to", "md", "-o", "out/", "a.md").expect(0)
    front = box.read("out/a.md").decode().split("---")[1]
    check("某局" in front and "2022" in front and "5万元" in front, front)
    box.build("--to", "html", "out/a.md").expect(0)
    check("片段2022" in box.read("out/a.html").decode(), "not the same text")


def test_json_is_json(box):
    for sample in SAMPLES:
        done = box.build("--to", "json", sample)
        check(done.code in (0, 1) and json.loads(done.out)["title"], done.describe())
    box.write("a.md", report('甲: "引号\\" 反斜线\\\\ \\u2028 制表\\t"\n丙: [1, 007, true, ~]\n', BODY))
    data = json.loads(box.build("--to", "json", "a.md").out)
    check(data["甲"] == '引号" 反斜线\\ \u2028 制表\t', data)
    check(data["丙"] == [1, "007", True, None], data)
    ids = [f["id"] for f in data["findings"]]
    check(ids.count("unknown-key") == 2 and "empty-chapter" in ids, data["findings"])
    check(set(data["figures"]) == set() or data["figures"], data)


def test_the_public_edition(box):
    inner = report("", "公开。\n\n{{#内部}}\n秘密甲。\n{{/内部}}\n\n| 项目 | 备注{内部} |\n|--|--|\n"
                   "| 会议 | 秘密乙 |\n", "内部: true\n")
    box.write("a.md", inner)
    box.build("--to", "html", "a.md").expect(0)
    check("秘密甲" in box.read("a.html").decode(), "the full edition lacks it")
    box.build("--to", "html", "--edition", "public", "a.md").expect(0)
    page = box.read("a.html").decode()
    check("公开" in page and "秘密" not in page, "it got out")
    for form in ("md", "json"):
        box.build("--to", form, "--edition", "公开", "a.md").expect(2)
    box.build("--edition", "secret", "a.md").expect(2)


def test_a_draft(box):
    box.write("a.md", report("", "{{没有}}万元\n").replace("department: 示例单位\n", ""))
    box.build("a.md").expect(1, "missing-value")
    check(box.files() == ["a.md"], "written without a figure")
    box.build("--draft", "a.md").expect(0)
    check("【待填】万元" in box.read("a.html").decode(), "no mark")


def test_strict(box):
    box.write("a.md", report("没人知道: 1\n", BODY))
    box.build("a.md").expect(0)
    box.build("--strict", "a.md").expect(1, "unknown-key")
    box.expect_pdf("a.pdf")


def test_the_same_bytes_again(box):
    epoch = {"SOURCE_DATE_EPOCH": "1700000000"}
    box.run("new", "n").expect(0)
    box.build("n", "-o", "1/", env=epoch)
    box.build("n", "-o", "2/", env=epoch | {"LC_ALL": "C", "TZ": "Asia/Shanghai"})
    for ending in ("pdf", "html"):
        check(box.read(f"1/n.{ending}") == box.read(f"2/n.{ending}"), f"{ending}: other bytes")


# A folder to begin with


def change(path):
    """The file with something in it that the template's has not."""
    if path.suffix == ".xlsx":
        path.write_bytes(path.read_bytes() + b"\0")
    else:
        path.write_bytes(path.read_bytes() + b"\n")


def test_every_template_begins_with_a_folder_that_builds(box):
    for name in TEMPLATES:
        done = box.run("new", name, "--template", name, "--unit", "甲\"局：#1", "--year", "2022").expect(0)
        check("还要填的" in done.out.decode(), done.describe())
        box.build(name).expect(0)
        text = box.read(f"{name}/{name}.html").decode()
        check("甲&quot;局：#1" in text and "2022" in text, f"{name}: neither unit nor year")
        data = sorted(p for p in box.path(name).glob("data/**/*") if p.is_file())
        pages = box.build("--to", "pages", name).expect(0).out.decode()
        check("示例" in pages or not data, f"{name}: not marked as a sample")


def test_the_stamp_goes_with_the_sample_data(box):
    box.run("new", "n").expect(0)
    pages = box.build("--to", "pages", "n").expect(0).out.decode()
    stamps = len(re.findall(r'^.*\b示例$', pages, re.M)) or pages.count("示例")
    data = [p for p in box.path("n").glob("data/**/*") if p.is_file()]
    for path in data:
        change(path)
    rest = box.build("--to", "pages", "n").expect(0).out.decode()
    check(rest != pages and rest.count("示例") < stamps + pages.count("示例"), "still stamped")


def test_what_is_still_to_fill(box):
    out = box.run("new", "n", "--unit", "甲局").expect(0).out.decode()
    check(re.search(r"n/report\.md:\d+ .*年初预算数", out), out)
    check("n/data" in out and "ziping build n" in out, out)
    check("甲局" in box.read("n/report.md").decode(), "no unit")


def test_an_existing_folder_is_left_alone(box):
    box.write("n/mine.txt", "mine")
    box.write("file", "mine")
    box.run("new", "n").expect(2)
    box.run("new", "file").expect(2)
    box.run("new").expect(2)
    box.run("new", "x", "--template", "none").expect(2)
    check(box.files() == ["file", "n/mine.txt"], box.files())
    box.path("empty").mkdir()
    box.run("new", "empty").expect(0)
    box.run("new", "a/b/c").expect(0)


# Templates of one's own


def test_templates_are_listed(box):
    out = box.run("templates").expect(0).out.decode()
    check(all(name in out for name in TEMPLATES) and "自带" in out, out)


def test_a_users_template_goes_first_and_may_extend_ours(box):
    box.write("own/dept-overall/template.yaml",
              "name: dept-overall\nextends: dept-overall\nsubject: 某市的报告\n"
              "schema: {own: {alias: [本市一项], type: text}}\n")
    own = {"ZIPING_TEMPLATES": str(box.path("own"))}
    out = box.run("templates", env=own).expect(0).out.decode()
    check("某市的报告" in out and "自备" in out and out.count("dept-overall ") == 1, out)
    box.write("a.md", report("模板: dept-overall\n本市一项: 有\n", "{{own}}\n"))
    done = box.build("--to", "md", "a.md", env=own)
    check("有\n" in done.out.decode().split("---\n", 2)[2], done.describe())
    box.run("new", "n", env=own).expect(0) # report.md and data come from the one it extends
    box.build("n", env=own).expect(0)


def test_a_template_by_its_path(box):
    box.write("mine/own/template.yaml", "name: own\nextends: dept-overall\n")
    out = box.run("new", "n", "--template", "mine/own").expect(0).out.decode()
    last = out.strip().splitlines()[-1]
    check(last.endswith("ziping build n --template mine/own"), out)
    box.run(*last.split()[1:]).expect(0)


def test_a_broken_template_is_named(box):
    box.write("own/坏/template.yaml", "name: 坏\nextends: base\nschema: {a: {unti: 元}}\n")
    box.write("own/圈/template.yaml", "name: 圈\nextends: 圈2\n")
    box.write("own/圈2/template.yaml", "name: 圈2\nextends: 圈\n")
    own = {"ZIPING_TEMPLATES": str(box.path("own"))}
    done = box.run("templates", env=own).expect(3, "unknown-key", "template-extends")
    check("base" in done.out.decode() and "own/坏/template.yaml" in done.errors, done.describe())
    for name in ("坏", "圈"):
        box.write("a.md", report(f"模板: {name}\n", BODY))
        check(box.build("a.md", env=own).code == 3, "a broken template built something")
    box.write("a.md", report("模板: dept-overal\n", BODY))
    done = box.build("a.md").expect(1, "template-missing")
    check("是不是“dept-overall”" in done.errors, done.errors)


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))

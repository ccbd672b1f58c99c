#!/usr/bin/env python3
"""Data and templates that are wrong, too large, or meant to do harm: a message each, with its cell,
in bounded time and memory, and nothing written where a figure cannot be known."""

import json
import os
import random
import sys
import zipfile

from books import HEAD, MAIN, old_zip, sheet_xml, xlsx
from harness import BODY, REPORT, ROOT, Skip, check, diagnostics, main, sanitized, tests_of

BUDGET = "预算: {金额单位: 万元}\n"


def report(data, body=BODY, more=""):
    return (
        f"---\ntitle: 自评报告\ndepartment: 示例单位\nyear: 2023\n{more}{data}---\n\n"
        f"## 一、基本情况\n\n{body}"
    )


def refuse(box, text, *ids, args=(), words="", **more):
    """The report is refused with these ids, and nothing is written."""
    box.write("a.md", text)
    before = box.files()
    done = box.build("a.md", *args, **more).expect(1, *ids)
    check(box.files() == before, f"something was written: {done.describe()}")
    check(words in done.errors, f"not “{words}”: {done.describe()}")
    return done


def refuse_data(box, path, *ids, **more):
    return refuse(box, report(f"data: {{甲: {json.dumps(path, ensure_ascii=False)}}}\n"), *ids, **more)


# Partials and templates


def test_partials_in_one_another(box):
    box.write("自己.md", "甲{{> 自己}}\n")
    refuse(box, report("", "{{> 自己}}\n"), "partial-too-deep")
    for i in range(70):
        box.write(f"p{i}.md", f"甲{{{{> p{i + 1}}}}}\n")
    box.write("p70.md", "底\n")
    refuse(box, report("", "{{> p0}}\n"), "partial-too-deep")
    box.write("a.md", report("", "{{> p8}}\n"))
    box.build("--to", "html", "a.md").expect(0)
    box.write("两次.md", "{{> 两次}}{{> 两次}}\n")
    refuse(box, report("", "{{> 两次}}\n"), "partial-too-deep")


def test_a_partial_outside(box):
    box.write("secret.md", "秘密\n")
    box.write("in/ok.md", "好\n")
    box.path("in/link.md").symlink_to("../secret.md")
    box.path("in/up").symlink_to("..")
    for name in ("../secret", box.path("secret"), "link", "up/secret", "/etc/hostname", "none"):
        box.write("in/a.md", report("", f"{{{{> {name}}}}}\n"))
        done = box.build("in/a.md")
        done.expect(1)
        check("[outside-folder]" in done.errors or "[missing-partial]" in done.errors, done.errors)
        check("秘密" not in done.errors and not box.path("in/a.pdf").exists(), done.errors)


def test_a_template_that_extends_itself(box):
    for name, extends in (("a", "b"), ("b", "c"), ("c", "a"), ("self", "self"), ("up", "../a")):
        box.write(f"own/{name}/template.yaml", f"name: {name}\nextends: {extends}\n")
    for i in range(9):
        box.write(f"own/n{i}/template.yaml", f"name: n{i}\nextends: n{i + 1}\n")
    own = {"ZIPING_TEMPLATES": str(box.path("own"))}
    box.write("r.md", REPORT)
    for name in ("a", "self", "up", "n0"):
        box.build("--template", name, "r.md", env=own).expect(3)
    check("r.pdf" not in box.files(), box.files())


# Sizes


def test_a_million_rows_of_csv(box):
    box.write("big.csv", "项目,金额\n" + "会议费,12.50\n" * 1_000_000)
    box.write("a.md", report("data: {甲: big.csv}\n", "{{#甲}}{{#@首}}{{项目}}{{/@首}}{{/甲}}\n"))
    done = box.build("--to", "html", "a.md", memory=2500, timeout=110)
    check(done.code in (0, 1) and (done.code == 0 or "[too-many" in done.errors), done.describe())
    box.write("wide.csv", "项目," + ",".join(f"列{i}" for i in range(9)) + "\n" + "会议费,1,2,3,4,5,6,7,8,9\n" * 1_000_000)
    refuse_data(box, "wide.csv", "too-many-cells", memory=2500)


def test_a_million_rows_of_xlsx(box):
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>会议费</t></is></c><c r="B{0}"><v>12.5</v></c></row>'
    rows = "".join(row.format(i) for i in range(2, 1_000_001))
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>项目</t></is></c><c r="B1" t="inlineStr"><is><t>金额</t></is></c></row>'
    big = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{head}{rows}</sheetData></worksheet>'
    box.write("big.xlsx", xlsx({"一": []}, parts={"xl/worksheets/sheet1.xml": big}))
    box.write("a.md", report("data: {甲: big.xlsx}\n", "{{#甲}}{{#@首}}{{项目}}{{/@首}}{{/甲}}\n"))
    done = box.build("--to", "html", "a.md", memory=2500, timeout=110)
    check(done.code in (0, 1) and (done.code == 0 or "[too-many" in done.errors), done.describe())


def test_a_list_nested_1000_deep(box):
    box.write("deep.json", "[" * 1000 + "1" + "]" * 1000)
    box.write("deep.yaml", "[" * 1000 + "1" + "]" * 1000)
    box.write("maps.json", '{"a":' * 1000 + "1" + "}" * 1000)
    box.write("open.json", "[" * 1_000_000)
    box.write("lines.yaml", "".join(" " * i + "a:\n" for i in range(1000)))
    for name in ("deep.json", "deep.yaml", "maps.json", "open.json", "lines.yaml"):
        refuse_data(box, name, "too-deep")
    refuse(box, report("甲: " + "[" * 1000 + "]" * 1000 + "\n"), "too-deep")


def test_maps_with_many_keys(box):
    many = {f"键{i}": i for i in range(100_000)}
    box.write("m.json", json.dumps(many))
    box.write("a.md", report("data: [m.json, m.json, {x: m.json}, {x.y: m.json}]\n"))
    done = box.build("--to", "html", "a.md", timeout=60)
    check(done.code in (0, 1), done.describe())


def test_an_alias_bomb_in_data(box):
    box.write("bomb.yaml", "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n")
    refuse_data(box, "bomb.yaml", "yaml-alias")


def test_a_zip_that_is_a_bomb(box):
    with zipfile.ZipFile(box.path("bomb.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("a.csv", "w", force_zip64=True) as out:
            for _ in range(300):
                out.write(b"0" * (1 << 20))
    refuse_data(box, "bomb.zip", "zip-bomb", memory=2500)
    with zipfile.ZipFile(box.path("many.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(20):
            archive.writestr(f"{i}.csv", b"a,b\n" + b"0,1\n" * (16 << 20))
    done = refuse_data(box, "many.zip", memory=2500)
    check("[too-much-data]" in done.errors or "[too-many-cells]" in done.errors, done.errors)
    big = '<worksheet xmlns="' + MAIN + '">' + " " * (300 << 20)
    box.write("bomb.xlsx", xlsx({"一": []}, parts={"xl/worksheets/sheet1.xml": big}))
    refuse_data(box, "bomb.xlsx", "zip-bomb", memory=2500)


# Hostile content


def test_a_workbook_with_a_dtd(box):
    box.write("secret.txt", "秘密")
    sheet = sheet_xml([["项目"], ["&x;"]]).replace("&amp;x;", "&x;")
    for dtd in (
        f'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file://{box.path("secret.txt")}">]>',
        '<!DOCTYPE worksheet [<!ENTITY x "aaa">]>',
        '<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:9/x.dtd">',
    ):
        bad = sheet.replace("<worksheet", dtd + "<worksheet", 1)
        box.write("bad.xlsx", xlsx({"一": []}, parts={"xl/worksheets/sheet1.xml": bad}))
        done = refuse_data(box, "bad.xlsx", "xml-dtd")
        check("秘密" not in done.errors, done.errors)


def test_what_is_no_workbook(box):
    whole = xlsx({"一": [["项目", "金额"], ["会议", 5]]})
    box.write("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    refuse_data(box, "old.xls", "old-workbook", words="另存为")
    box.write("cut.xlsx", whole[: len(whole) // 2])
    refuse_data(box, "cut.xlsx")
    box.write("other.xlsx", old_zip({"数据.csv": b"a,b\n1,2\n"}))
    refuse_data(box, "other.xlsx", "bad-workbook")
    box.write("none.xlsx", b"")
    refuse_data(box, "none.xlsx")
    box.write("none.csv", b"")
    refuse_data(box, "none.csv")
    box.write("none.zip", b"PK\5\6" + b"\0" * 18)
    refuse_data(box, "none.zip")
    box.path("folder.xlsx").mkdir()
    refuse_data(box, "folder.xlsx", "missing-data")


def test_files_cut_and_changed_anywhere(box):
    chance = random.Random(4)
    whole = {
        "a.xlsx": xlsx({"一": [["项目", "金额（万元）"], ["会议", 5], ["合计", 5]]}, joins=("A3:B3",)),
        "a.csv": "项目,金额（万元）\n会议,5\n\"培训\",6\n".encode("gb18030"),
        "a.json": '[{"项目": "会议", "金额": "\\ud83d\\ude00"}]'.encode(),
    }
    for name, content in whole.items():
        box.write("a.md", report(f"data: {{甲: {name}}}\n", "{{#甲}}{{{项目}}}{{/甲}}\n"))
        for _ in range(25):
            raw = bytearray(content[: chance.randrange(len(content) + 1)] if chance.random() < 0.4 else content)
            for _ in range(chance.randrange(4)):
                if raw:
                    raw[chance.randrange(len(raw))] = chance.randrange(256)
            box.write(name, bytes(raw))
            done = box.build("--to", "html", "a.md")
            check(done.code in (0, 1), done.describe())


# What an officer gets wrong


def test_a_sheet_that_is_not_there(box):
    box.write("book.xlsx", xlsx({"2023年预算": [["项目"], ["会议"]], "决算": [["项目"], ["会议"]]}))
    done = refuse_data(box, "book.xlsx#2023预算", "missing-data", words="2023年预算")
    check("a.md:5" in done.errors, "no place: " + done.errors)
    refuse_data(box, "book.xlsx#决算!Z90:Z99", "missing-data")
    refuse_data(box, "book.xlsx#决算!甲1", "missing-data")
    refuse_data(box, "bok.xlsx", "missing-data", words="book.xlsx")
    refuse_data(box, "*.xls", "missing-data")
    refuse_data(box, "a.docx", "missing-data")


def test_text_where_a_number_must_be(box):
    rows = [["名称", "资金.年度资金总额.全年预算数"], ["会议", 5], ["培训", "约三百"]]
    box.write("book.xlsx", xlsx({"预算": rows}))
    text = report("data: {x: 1}\n").replace("data: {x: 1}", "data: {项目: {file: book.xlsx, form: ''}}")
    done = refuse(box, text, "not-a-number", words="约三百")
    check("[预算!B3]" in done.errors, f"no cell: {done.errors}")
    box.write("a.md", text)
    found = diagnostics(box.build("a.md", "--diagnostics", "json").expect(1).err)
    check({"sheet": "预算", "cell": "B3"}.items() <= found[0].items(), found)


def test_a_unit_that_is_not_known(box):
    done = refuse(box, report("预算: {金额单位: 万圆, 年初预算数: 5}\n"), "unknown-unit", words="万圆")
    check("a.md:5" in done.errors, done.errors)
    rows = [["名称", "资金.年度资金总额.全年预算数（万圆）"], ["会议", 5]]
    box.write("book.xlsx", xlsx({"预算": rows}))
    text = report("data: {项目: {file: book.xlsx, form: ''}}\n")
    done = refuse(box, text, words="万圆")
    check("预算!B" in done.errors, done.errors)


def test_figures_that_cannot_be_known(box):
    text = "{{预算执行率}}\n"
    refuse(box, report("预算: {金额单位: 万元, 调整后预算数: 0, 实际支出数: 5}\n", text), "zero-divisor")
    refuse(box, report("预算: {金额单位: 万元, 实际支出数: 5}\n", text), "missing-value")
    refuse(box, report("预算: 很多\n", text), "not-a-map")
    refuse(box, report("项目: data/项目.csv\n", text), "not-a-map", words="数据")
    box.write("a.md", report("预算: {金额单位: 万元, 调整后预算数: 0, 实际支出数: 0}\n", text))
    box.build("--to", "html", "a.md").expect(0)


def test_data_the_report_may_not_read(box):
    box.write("out.csv", "项目\n会议\n")
    box.write("in/b.csv", "项目\n会议\n")
    box.path("in/link.csv").symlink_to("../out.csv")
    box.path("in/up").symlink_to("..")
    for path in ("../out.csv", "link.csv", "up/out.csv", "up/*.csv", "../*.csv", "/etc/passwd", "l*.csv"):
        box.write("in/a.md", report(f"data: {{甲: '{path}'}}\n"))
        done = box.build("in/a.md").expect(1)
        check("[outside-folder]" in done.errors or "[missing-data]" in done.errors, done.errors)
    done = box.build("-", "-o", "x.pdf", stdin=report("data: {甲: out.csv}\n"))
    done.expect(1, "outside-folder")


def test_a_file_that_cannot_be_read(box):
    box.write("b.csv", "项目\n会议\n")
    box.path("b.csv").chmod(0)
    if os.access(box.path("b.csv"), os.R_OK):
        raise Skip("nothing is forbidden to this user")
    refuse_data(box, "b.csv", "missing-data", words="权限")


def test_what_is_no_file(box):
    os.mkfifo(box.path("pipe.csv"))
    refuse_data(box, "pipe.csv", "missing-data", timeout=10)
    box.path("loop.csv").symlink_to("loop.csv")
    refuse_data(box, "loop.csv", timeout=10)


# The command line


def test_standard_output_that_is_gone(box):
    box.write("a.md", REPORT)
    if not os.path.exists("/dev/full"):
        raise Skip("no /dev/full")
    with open("/dev/full", "w") as full:
        for args in (("build", "a.md"), ("templates",), ("new", "n"), ("help",), ("--version",)):
            done = box.run(*args, stdout=full)
            check(done.code == 3 and done.errors, done.describe())
        done = box.build("--to", "md", "a.md", stdout=full)
        check(done.code == 3 and done.errors, done.describe())


def test_names_that_are_no_text(box):
    folder = os.fsencode(box.folder)
    for name in (b"\xe4", b"\xff\xb1.csv", b"a\xe4\xb8.csv", b"\xf0\x9f", b"\xb1\xed.csv"):
        with open(folder + b"/" + name, "w") as out:
            out.write("项目\n会议\n")
    box.write("a.md", report("data: {甲: '*.csv'}\n", "{{#甲}}{{{文件}}}，{{/甲}}\n"))
    text = box.build("--to", "md", "a.md").expect(0).out.decode()
    check("a\ufffd.csv" in text, text)
    for data in ("'?'", "'甲*'", "甲.csv", "甲.csv/乙"):
        box.write("b.md", report(f"data: {{甲: {data}}}\n"))
        check(box.build("--to", "md", "b.md", "--diagnostics", "json").code in (0, 1), data)
    box.write("z\udce4.md", REPORT)
    box.write("u\udce4.csv", "年度\n1\n2\n")
    box.build("--to", "html", "z\udce4.md").expect(0)
    box.build("--each", "u\udce4.csv", "z\udce4.md", "-o", "o\udce4/", "--name", "n\udce4").expect(0)

    box.build("--each", "u\udce4.csv", "z\udce4.md", "-o", "p/", "--stamp", "n\udce4").expect(0)
    box.build("z\udce4.md", "--data", "\udce4=u\udce4.csv").expect(0)
    box.build("z\udce4.md", "--data", "\udce4=v\udce4.csv").expect(1, "missing-data")
    box.run("new", "n\udce4", "--unit", "\udce4", "--year", "\udce4").expect(0)


def test_words_by_chance(box):
    chance = random.Random(5)
    box.write("a.md", REPORT)
    box.write("b.csv", "单位,年度\n甲,1\n")
    words = ["build", "new", "templates", "help", "a.md", "b.csv", "-o", "out/", "-", "--to", "pdf", "md,json",
             "--data", "x=b.csv", "=", "x=", "--each", "b.csv", "b.csv#*", "#", "b.csv#!", "x=b.csv#*!A1", "*",
             "--name", "{{单位}}", "{{", "{{#a}}", "--draft", "--strict", "--edition", "public", "--template",
             "base", "../base", "", "--", "\udcff", "甲" * 3000, "--unit", "--year", "--stamp", "%s%n"]
    for _ in range(150):
        args = [chance.choice(words) for _ in range(chance.randrange(1, 8))]
        box.run(*args, stdin=REPORT, timeout=20)


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))

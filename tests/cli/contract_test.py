#!/usr/bin/env python3
"""What the command line promises: outputs, exit status, messages, encodings, the same bytes
from the same input."""

import os
import re
import stat
import sys

from harness import BODY, REPORT, SAMPLE, Skip, check, diagnostics, main, sample_text, tests_of

# Outputs


def test_the_sample_builds_into_a_folder_that_is_made(box):
    box.build("-o", "out/", SAMPLE).expect(0)
    check(box.files() == ["out/tianhe-renda-2023.html", "out/tianhe-renda-2023.pdf"], box.files())
    box.expect_pdf("out/tianhe-renda-2023.pdf")
    box.expect_html("out/tianhe-renda-2023.html")


def test_a_file_builds_beside_itself(box):
    box.write("报告/年度.md", REPORT)
    box.build("报告/年度.md").expect(0)
    check(box.files() == ["报告/年度.html", "报告/年度.md", "报告/年度.pdf"], box.files())


def test_a_folder_builds_under_its_name_beside_its_report(box):
    box.write("甲单位/report.md", REPORT)
    box.write("甲单位/README.md", "# 说明\n")
    box.build("甲单位").expect(0)
    check(set(box.files()) >= {"甲单位/甲单位.pdf", "甲单位/甲单位.html"}, box.files())


def test_a_folder_given_as_a_dot_has_its_own_name(box):
    box.write("甲单位/report.md", REPORT)
    (box.folder / "甲单位").mkdir(exist_ok=True)
    nested = type(box)(box.program, box.path("甲单位"))
    nested.build(".").expect(0)
    check("甲单位.pdf" in nested.files(), nested.files())


def test_a_folder_may_hold_one_md_file_of_any_name(box):
    box.write("甲/自评.md", REPORT)
    box.build("甲", "-o", "out/").expect(0)
    box.write("乙/一.md", REPORT)
    box.write("乙/二.md", REPORT)
    result = box.build("乙", "-o", "out/")
    check(result.code in (1, 3), f"two .md files and no report.md: {result.describe()}")
    box.path("丙").mkdir()
    box.build("丙", "-o", "out/").expect(3)


def test_an_existing_folder_takes_the_files(box):
    box.write("a.md", REPORT)
    box.path("out").mkdir()
    box.build("-o", "out", "a.md").expect(0)
    check(box.files() == ["a.md", "out/a.html", "out/a.pdf"], box.files())


def test_a_file_name_decides_the_format_by_its_ending(box):
    box.write("a.md", REPORT)
    box.build("-o", "b.pdf", "a.md").expect(0)
    check(box.files() == ["a.md", "b.pdf"], box.files())
    box.expect_pdf("b.pdf")
    box.build("-o", "c.html", "a.md").expect(0)
    box.expect_html("c.html")
    box.build("-o", "d.doc", "a.md").expect(2)
    box.build("-o", "d", "a.md").expect(2)


def test_to_chooses_formats(box):
    box.write("a.md", REPORT)
    box.build("--to", "html", "a.md").expect(0)
    check(box.files() == ["a.html", "a.md"], box.files())
    box.build("--to", "pdf,html", "-o", "out/", "a.md").expect(0)
    check({"out/a.html", "out/a.pdf"} <= set(box.files()), box.files())
    box.build("--to", "doc", "a.md").expect(2)
    box.build("--to", "", "a.md").expect(2)
    box.build("--to=pdf", "-o", "x/", "a.md").expect(0)
    check("x/a.pdf" in box.files() and "x/a.html" not in box.files(), box.files())


def test_an_ending_that_contradicts_to_is_wrong_usage(box):
    box.write("a.md", REPORT)
    box.build("--to", "html", "-o", "b.pdf", "a.md").expect(2)
    box.build("--to", "pdf,html", "-o", "b.pdf", "a.md").expect(2)
    check(box.files() == ["a.md"], box.files())


def test_standard_output_takes_one_format(box):
    box.write("a.md", REPORT)
    result = box.build("--to", "html", "-o", "-", "a.md").expect(0)
    check(b"</html>" in result.out, "no page on standard output")
    result = box.build("--to", "pdf", "-o", "-", "a.md").expect(0)
    check(result.out.startswith(b"%PDF-"), "no PDF on standard output")
    box.build("-o", "-", "a.md").expect(2)
    check(box.files() == ["a.md"], box.files())


def test_svg_is_a_file_for_each_page(box):
    box.write("a.md", REPORT + "\n\\分页\n\n第二页。\n")
    result = box.build("--to", "svg", "a.md").expect(0)
    check(box.files() == ["a-1.svg", "a-2.svg", "a.md"], box.files())
    check(result.out.decode().split() == ["./a-1.svg", "./a-2.svg"], result.out)
    box.build("--to", "pdf,svg", "-o", "out/", "a.md").expect(0)
    check({"out/a.pdf", "out/a-1.svg", "out/a-2.svg"} <= set(box.files()), box.files())
    box.build("-o", "b.svg", "a.md").expect(0)
    box.build("--to", "svg", "-o", "c", "a.md").expect(0)
    check({"b-1.svg", "b-2.svg", "c-1.svg"} <= set(box.files()), box.files())
    check("b.svg" not in box.files() and "c" not in box.files(), box.files())
    for nowhere in "-", "/dev/null":
        box.build("--to", "svg", "-o", nowhere, "a.md").expect(2)
    box.write("units.csv", "单位,年度\n甲局,2023\n乙局,2024\n")
    box.build("--to", "svg", "--each", "units.csv", "-o", "all/", "a.md").expect(0)
    check({"all/甲局-1.svg", "all/乙局-2.svg"} <= set(box.files()), box.files())


def test_a_page_may_bring_its_fonts(box):
    box.write("a.md", REPORT)
    box.build("--to", "html", "a.md").expect(0)
    plain = box.path("a.html").read_text("utf-8")
    box.build("--to", "html", "--fonts", "none", "-o", "b.html", "a.md").expect(0)
    check(box.path("b.html").read_text("utf-8") == plain, "none is the default")
    box.build("--to", "html", "--fonts", "subset", "-o", "c.html", "a.md").expect(0)
    faces = re.findall(r'@font-face\{font-family:"ziping-(\w+)".*?\}',
                       box.path("c.html").read_text("utf-8"))
    check({"fangsong", "heiti", "biaosong", "latin"} <= set(faces), faces)
    check("url(data:font/woff;base64," not in plain, "no fonts")
    box.build("--fonts", "all", "a.md").expect(2)


def test_standard_input_needs_an_output(box):
    box.build("-", stdin=REPORT).expect(2)
    check(box.files() == [], box.files())
    box.build("-o", "a.pdf", "-", stdin=REPORT).expect(0)
    box.expect_pdf("a.pdf")
    result = box.build("--to", "html", "-o", "-", "-", stdin=REPORT).expect(0)
    check(b"</html>" in result.out, "no page on standard output")


def test_a_missing_parent_of_a_file_is_not_made(box):
    box.write("a.md", REPORT)
    box.build("-o", "none/b.pdf", "a.md").expect(3)
    check(box.files() == ["a.md"], box.files())


def test_an_output_that_is_the_input_is_wrong_usage(box):
    box.write("a.pdf", REPORT)
    box.build("-o", "a.pdf", "a.pdf").expect(2)
    check(box.read("a.pdf") == REPORT.encode(), "the input was overwritten")
    box.path("b.pdf").symlink_to("a.pdf")
    box.build("-o", "b.pdf", "a.pdf").expect(2)
    box.write("r/report.md", REPORT)
    box.path("r/out.html").symlink_to("report.md")
    box.build("-o", "r/out.html", "r").expect(2)
    check(box.read("r/report.md") == REPORT.encode(), "the input was overwritten")


def test_an_existing_output_is_replaced_whole(box):
    box.write("a.md", REPORT)
    box.write("a.pdf", "x" * 1000000)
    box.build("--to", "pdf", "a.md").expect(0)
    check(b"x" * 100 not in box.expect_pdf("a.pdf"), "old bytes are left")


def test_an_error_leaves_an_existing_output_alone(box):
    box.write("a.md", "")
    box.write("a.pdf", "old")
    box.build("a.md").expect(1)
    check(box.read("a.pdf") == b"old", "the old file was touched")
    check(box.files() == ["a.md", "a.pdf"], box.files())


def test_a_device_is_written_to_and_stays_one(box):
    box.write("a.md", REPORT)
    box.build("--to", "pdf", "-o", "/dev/null", "a.md").expect(0)
    check(stat.S_ISCHR(os.stat("/dev/null").st_mode), "/dev/null is no device any more")


def test_a_full_disk_is_status_3(box):
    if not os.path.exists("/dev/full"):
        raise Skip("no /dev/full")
    box.write("a.md", REPORT)
    for form in ("pdf", "html"):
        box.build("--to", form, "-o", "/dev/full", "a.md").expect(3)
        check(stat.S_ISCHR(os.stat("/dev/full").st_mode), "/dev/full is no device any more")
    with open("/dev/full", "wb") as full:
        box.build("--to", "html", "-o", "-", "a.md", stdout=full).expect(3)


def test_a_folder_that_cannot_be_written_is_status_3(box):
    box.write("a.md", REPORT)
    box.write("file", "")
    box.build("-o", "file/", "a.md").expect(3)
    box.build("-o", "file/sub/", "a.md").expect(3)
    box.build("-o", "/proc/none/", "a.md").expect(3)
    if os.geteuid() != 0:
        box.path("closed").mkdir(mode=0o555)
        box.build("-o", "closed/", "a.md").expect(3)


# Usage


def test_version_and_help(box):
    check(re.match(rb"ziping \d+\.\d+\.\d+\s", box.run("--version").expect(0).out), "--version")
    for args in (["help"], ["help", "build"], ["--help"], ["build", "--help"]):
        check("ziping build" in box.run(*args).expect(0).out.decode(), f"{args}: no usage")
    box.run("help", "none").expect(2)


def test_alone_it_says_in_five_lines_how_to_begin(box):
    result = box.run()
    lines = result.out.decode().strip().splitlines()
    check(result.code == 0 and len(lines) == 5, f"{len(lines)} lines: {result.describe()}")
    check(re.search("[\u4e00-\u9fff]", result.out.decode()), "not in Chinese")


def test_wrong_usage_is_status_2(box):
    box.write("a.md", REPORT)
    for args in (
        ["bulid", "a.md"],
        ["build"],
        ["build", "--none", "a.md"],
        ["build", "-o"],
        ["build", "a.md", "-o"],
        ["build", "--to"],
        ["build", "a.md", "a.md"],
        ["build", "--diagnostics", "xml", "a.md"],
        ["build", "-o", "", "a.md"],
    ):
        box.run(*args).expect(2)
    check(box.files() == ["a.md"], box.files())
    check("ziping help" in box.run("bulid", "a.md").errors, "no way out for a mistyped command")


def test_two_dashes_end_the_options(box):
    box.write("-a.md", REPORT)
    box.build("-o", "out/", "--", "-a.md").expect(0)
    check("out/-a.pdf" in box.files(), box.files())


def test_what_is_missing_or_cannot_be_read_is_status_3(box):
    box.build("none.md").expect(3)
    box.build("none/").expect(3)
    box.write("a.md", REPORT)
    box.build("a.md/").expect(3)
    check(box.build("--template", "none", "a.md").code in (2, 3), "a template that does not exist")
    check(box.files() == ["a.md"], box.files())
    if os.geteuid() != 0:
        box.path("a.md").chmod(0)
        box.build("a.md").expect(3)
    os.mkfifo(box.path("pipe"))
    box.path("loop.md").symlink_to("loop.md")
    box.build("loop.md").expect(3)


def test_a_template_by_name_and_by_folder(box):
    box.write("a.md", REPORT)
    box.build("--template", "base", "-o", "one/", "a.md", env={"SOURCE_DATE_EPOCH": "1"}).expect(0)
    folder, _ = box.data()
    box.build(
        "--template",
        folder / "templates" / "base",
        "-o",
        "two/",
        "a.md",
        env={"SOURCE_DATE_EPOCH": "1"},
    ).expect(0)
    check(box.read("one/a.pdf") == box.read("two/a.pdf"), "not the same template")


# Messages


def test_a_message_names_its_place_and_shows_the_line(box):
    box.write("a.md", REPORT.replace("department:", "单为:"))
    result = box.build("a.md").expect(0, "unknown-key")
    check(
        re.search(r"^a\.md:3:1: 警告: .*\[unknown-key\]$", result.errors, re.M), result.describe()
    )
    check(re.search(r"^ *3 \| 单为: 示例单位$", result.errors, re.M), result.describe())
    check(
        "^" in result.errors and "提示: " in result.errors and "单位" in result.errors,
        result.describe(),
    )


def test_messages_as_json(box):
    box.write("a.md", REPORT.replace("year:", "yaer:") + "\n一个脚注[^无]。\n")
    result = box.build("--diagnostics", "json", "a.md").expect(1)
    messages = {m["id"]: m for m in diagnostics(result.err)}
    check({"unknown-key", "missing-note"} <= set(messages), messages)
    key = messages["unknown-key"]
    check((key["file"], key["line"], key["column"], key["end_column"]) == ("a.md", 4, 1, 5), key)
    note = messages["missing-note"]
    check((note["line"], note["column"], note["end_column"]) == (11, 5, 9), note)
    check(note["severity"] == "error", note)


def test_nothing_is_written_after_an_error_in_the_front_matter(box):
    for slip, name in (
        ("title： 自评报告", "yaml-fullwidth-colon"),
        ("title:\u3000自评报告", "yaml-fullwidth-space"),
        ("budget:\n\tunit: 万元", "yaml-tab"),
        ("title: 报告: 自评", "yaml-colon-in-value"),
        ("title: {{title}}", "yaml-braces"),
    ):
        box.write("a.md", f"---\n{slip}\n---\n\n{BODY}")
        box.build("a.md").expect(1, name)
    box.write("a.md", "---\ntitle: 甲\ntitle: 乙\n---\n\n" + BODY)
    box.build("a.md").expect(1, "duplicate-key")
    box.write("a.md", "---\ntitle: 甲\n\n" + BODY)
    box.build("a.md").expect(1, "front-matter-open")
    box.write("a.md", BODY)
    box.build("a.md").expect(1, "missing-title")
    check(box.files() == ["a.md"], box.files())


def test_a_character_that_no_font_has_is_named_and_nothing_is_written(box):
    box.write("a.md", REPORT + "\n第一段\n\n生僻字\U0010fffd。\n")
    result = box.build("a.md")
    check(result.code in (1, 3) and "10FFFD" in result.errors.upper(), result.describe())
    check("a.md:13:4:" in result.errors, result.describe())
    check(box.files() == ["a.md"], box.files())


def test_raw_html_and_scripts_never_arrive(box):
    box.write(
        "a.md",
        REPORT + "\n<script>alert(1)</script>\n\n[链接](javascript:alert(2)) 与 "
        "[又一个](java&#x0A;script:alert(3)) 与 "
        "<b onclick='alert(4)'>粗</b>。\n\n![图](data:text/html,alert(5))\n",
    )
    result = box.build("-o", "b.html", "a.md")
    check(
        result.code == 1 and "[raw-html]" in result.errors and "[unsafe-link]" in result.errors,
        result.describe(),
    )
    if box.path("b.html").exists():
        check(b"alert(" not in box.read("b.html"), "a script arrived in the page")


def test_the_page_is_self_contained(box):
    box.build("-o", "out/", SAMPLE).expect(0)
    page = box.expect_html("out/tianhe-renda-2023.html").decode()
    check(
        not re.search(r"<script|<link|src=|@import|url\(", page),
        "the page asks for something outside",
    )
    check(re.search(r'<html[^>]* lang="zh-CN"', page), "no lang")
    check("<title>2023年度广州市天河区" in page, "no title")


# The same bytes


def build_pdf(box, name, content, *args, env=None):
    box.write(f"{name}/a.md", content)
    box.build(
        "--to",
        "pdf,html",
        *args,
        f"{name}/a.md",
        env={"SOURCE_DATE_EPOCH": "1700000000", **(env or {})},
    ).expect(0)
    return box.expect_pdf(f"{name}/a.pdf"), box.expect_html(f"{name}/a.html")


def test_the_same_input_gives_the_same_bytes(box):
    text = sample_text(box.program)
    first = build_pdf(box, "one", text)
    second = build_pdf(
        box,
        "two",
        text,
        env={"TZ": "Asia/Shanghai", "LC_ALL": "C", "LANG": "zh_CN.GB18030", "HOME": "/"},
    )
    check(first == second, "the same input gave different bytes")
    third = build_pdf(box, "three", text, env={"SOURCE_DATE_EPOCH": "1700000001"})
    check(first[0] != third[0], "the PDF does not tell its date")


def test_a_bad_date_is_not_taken_silently(box):
    box.write("a.md", REPORT)
    for date in ("yesterday", "-1", "99999999999999999999", ""):
        result = box.build("a.md", env={"SOURCE_DATE_EPOCH": date})
        check(result.code == 0 or result.code in (2, 3), result.describe())


def test_every_encoding_gives_the_same_pdf(box):
    text = REPORT + "\n地名长湴村，“随手拍”——《代表寻线索 高效解难题》。\n"
    plain = build_pdf(box, "utf8", text)
    for name, content in (
        ("bom", b"\xef\xbb\xbf" + text.encode()),
        ("utf16le", b"\xff\xfe" + text.encode("utf-16-le")),
        ("utf16be", b"\xfe\xff" + text.encode("utf-16-be")),
        ("gb18030", text.encode("gb18030")),
        ("crlf", text.replace("\n", "\r\n")),
        ("cr", text.replace("\n", "\r")),
        ("end", text.rstrip("\n")),
    ):
        check(build_pdf(box, name, content) == plain, f"{name} gives another PDF or page")
    check(
        build_pdf(box, "named", text.encode("gbk"), "--encoding", "GBK") == plain,
        "GBK by name gives another PDF",
    )


def test_bad_bytes_are_named_at_their_places(box):
    box.write("a.md", REPORT.encode() + "好好".encode() + b"\xff" + "好\n".encode())
    result = box.build("a.md").expect(1, "bad-byte")
    check("a.md:10:3:" in result.errors, result.describe())
    box.write("a.md", REPORT.encode() + b"\xff" * 50 + "甲乙丙丁戊己庚辛\n".encode() * 100)
    result = box.build("a.md").expect(1, "bad-byte")
    check(result.errors.count("[bad-byte]") <= 21, f"too many: {result.describe()}")
    box.write("a.md", REPORT)
    result = box.build("--encoding", "none-such", "a.md")
    check(result.code in (1, 2) and "none-such" in result.errors, result.describe())
    check(box.files() == ["a.md"], box.files())


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))

"""standards_test.py PROGRAM [NAME...]: which standard a PDF keeps is said by template and command line;
the same report gives the same bytes; a PDF/A-3 holds what it was made of."""

import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from corpus import ROOT  # noqa: E402
from harness import REPORT, SAMPLE, check, main, tests_of  # noqa: E402
from sheet import output_of  # noqa: E402

STANDARDS = ("a-2a+ua-1", "a-1b", "a-1a", "a-2b", "a-2u", "a-3a", "none")
COVER = REPORT.replace("year: 2023", "year: 2023\ncover: true\ncontents: true")


def promise(content):
    """What the metadata promise: (part, level, PDF/UA)."""
    def between(start, end=b"<"):
        return content.partition(start)[2].partition(end)[0].decode()
    return between(b"<pdfaid:part>"), between(b"<pdfaid:conformance>"), between(b"<pdfuaid:part>")


def test_each_standard_is_what_the_command_line_says(box):
    box.write("a.md", REPORT)
    for standard in STANDARDS:
        box.build("--pdf-standard", standard, "-o", "a.pdf", "a.md").expect(0)
        content = box.expect_pdf("a.pdf")
        wanted = ("", "", "") if standard == "none" else (
            standard[2], standard[3].upper(), "1" if standard.endswith("ua-1") else "")
        check(promise(content) == wanted, f"{standard}: {promise(content)}")
        check(content.startswith(b"%PDF-1.4" if standard.startswith("a-1") else b"%PDF-1.7"), standard)
    box.build("-o", "a.pdf", "a.md").expect(0)
    check(promise(box.read("a.pdf")) == ("2", "A", "1"), "the default")
    done = box.build("--pdf-standard", "a-4", "-o", "b.pdf", "a.md").expect(2)
    check("a-4" in done.errors and not box.path("b.pdf").exists(), done.describe())


def with_template(box, pdf):
    box.write("a.md", REPORT)
    box.write("t/template.yaml", f"name: t\nextends: base\n{pdf}\n")
    return ("--template", "t", "a.md", "-o", "a.pdf"), {"ZIPING_TEMPLATES": str(box.folder)}


def test_a_template_chooses_and_the_command_line_overrules(box):
    words, env = with_template(box, "pdf: {standard: a-1b}")
    box.build(*words, env=env).expect(0)
    check(promise(box.read("a.pdf")) == ("1", "B", ""), "the template's")
    box.build("--pdf-standard", "a-2u", *words, env=env).expect(0)
    check(promise(box.read("a.pdf")) == ("2", "U", ""), "the command line's")
    for wrong in ("pdf: {standard: a-9}", "pdf: a-1b", "pdf: {norm: a-1b}"):
        words, env = with_template(box, wrong)
        done = box.build(*words, env=env).expect(3, "bad-value")
        check("a-2a+ua-1" in done.errors, done.describe())


def test_the_public_edition_holds_no_sources(box):
    box.write("a.md", REPORT)
    box.build("--edition", "public", "--pdf-standard", "a-3a", "-o", "a.pdf", "a.md").expect(2)
    words, env = with_template(box, "pdf: {standard: a-3a}")
    box.build("--edition", "public", *words, env=env).expect(1, "public-embeds")
    check(not box.path("a.pdf").exists(), "written all the same")
    box.build("--edition", "public", "--pdf-standard", "a-2a+ua-1", *words, env=env).expect(0)


def test_a_file_of_part_three_holds_what_it_was_made_of(box):
    data = b"\xef\xbb\xbf" + "指标,得分\n甲,1\n".encode()
    text = REPORT.replace("year: 2023", "year: 2023\n数据: {指标: 数据/评分.csv}") + \
        "\n{{#指标}}\n- {{指标}}{{得分}}\n{{/指标}}\n"
    source = text.encode("gb18030")  # as it was typed, not as it is read
    box.write("报告.md", source)
    box.write("数据/评分.csv", data)
    box.build("--pdf-standard", "a-3a", "-o", "a.pdf", "报告.md").expect(0)
    listed = output_of("pdfdetach", "-list", box.path("a.pdf"))
    check("报告.md" in listed and "评分.csv" in listed, listed)
    for number, content in ((1, source), (2, data)):
        output_of("pdfdetach", "-save", str(number), "-o", box.path("out"), box.path("a.pdf"))
        check(box.read("out") == content, f"file {number} is not what it was")
    tree = json.loads(output_of("qpdf", "--json=2", box.path("a.pdf")))["qpdf"][1]
    relations = {value["value"]["/UF"]: value["value"]["/AFRelationship"] for value in tree.values()
                 if isinstance(value.get("value"), dict) and "/AFRelationship" in value["value"]}
    check(relations == {"u:报告.md": "/Source", "u:数据/评分.csv": "/Data"}, relations)


def test_each_report_of_many_holds_its_own_data_alone(box):
    box.write("各局.csv", "单位,文件\n甲局,甲.csv\n乙局,乙.csv\n")
    for name in ("甲", "乙"):
        box.write(f"{name}.csv", f"指标,得分\n{name}指标,1\n")
    box.write("报告.md", "---\ntitle: 报告\n---\n\n文。\n\n```table\nsrc: {{文件}}\n```\n")
    box.build("--pdf-standard", "a-3a", "--to", "pdf", "--each", "各局.csv", "-o", "out/", "报告.md")
    for name, other in (("甲", "乙"), ("乙", "甲")):
        listed = output_of("pdfdetach", "-list", box.path(f"out/{name}局.pdf"))
        check(f"{name}.csv" in listed and f"{other}.csv" not in listed, f"{name}: {listed}")
        check("各局" not in listed, "the table of all is in each")


def test_pages_are_called_by_their_numbers(box):
    box.write("a.md", COVER)
    box.build("-o", "a.pdf", "a.md").expect(0)
    tree = json.loads(output_of("qpdf", "--json=2", box.path("a.pdf")))
    labels = [(label["index"], label["label"].get("/S")) for label in tree["pagelabels"]]
    check(labels == [(0, "/r"), (2, "/D")], f"cover, contents, text: {labels}")


def test_entries_of_the_contents_lead_to_their_headings(box):
    box.write("a.md", COVER + "\n\\分页\n\n## 二、另一节\n\n文。\n")
    box.build("-o", "a.pdf", "a.md").expect(0)
    tree = json.loads(output_of("qpdf", "--json=2", box.path("a.pdf")))
    pages = [page["object"] for page in tree["pages"]]
    targets = [(value["value"]["/Contents"], pages.index(value["value"]["/Dest"][0]) + 1)
               for value in tree["qpdf"][1].values()
               if isinstance(value.get("value"), dict) and value["value"].get("/Subtype") == "/Link"]
    check(sorted(targets, key=lambda t: t[1]) == [("u:一、基本情况", 3), ("u:二、另一节", 4)], targets)


def test_the_same_report_gives_the_same_bytes_everywhere(box):
    """Twice, under two locales, from two working folders."""
    for standard in STANDARDS:
        made = set()
        for locale, folder in (("C.UTF-8", ROOT), ("C.UTF-8", box.folder), ("POSIX", Path("/"))):
            out = box.path("a.pdf")
            environment = {**os.environ, "SOURCE_DATE_EPOCH": "1711929600", "LC_ALL": locale}
            source = os.path.relpath(SAMPLE, folder) if folder == ROOT else SAMPLE
            subprocess.run([box.program, "build", "--pdf-standard", standard, "-o", out, source],
                           cwd=folder, env=environment, check=True, capture_output=True)
            made.add(out.read_bytes())
        check(len(made) == 1, f"{standard}: {len(made)} different files")


def test_part_one_holds_no_table_of_more_than_8191_rows(box):
    table = "| 甲 |\n|----|\n" + "| 1 |\n" * 8191
    box.write("a.md", REPORT + "\n" + table)
    box.build("--pdf-standard", "a-1a", "-o", "a.pdf", "a.md").expect(1, "pdf-limit")
    check(not box.path("a.pdf").exists(), "written all the same")
    box.build("--pdf-standard", "a-1b", "-o", "a.pdf", "a.md").expect(0)


def test_files_that_differ_have_ids_that_differ(box):
    """Of what only the structure, the metadata or the attached files tell, too."""
    def identity(text, *words):
        box.write("a.md", text)
        box.build(*words, "-o", "a.pdf", "a.md", env={"SOURCE_DATE_EPOCH": "0"}).expect(0)
        return box.read("a.pdf").rpartition(b"/ID[")[2][:34]

    figure = REPORT + "\n![{}](no.png)\n"
    (box.folder / "no.png").write_bytes((ROOT / "tests/cases/pictures/fields.png").read_bytes())
    ids = [identity(REPORT), identity(REPORT.replace("示例单位", "示例单元")),
           identity(figure.format("一图")), identity(figure.format("二图")),
           identity(REPORT, "--pdf-standard", "a-3a"),
           identity(REPORT + "<!-- 说明 -->\n", "--pdf-standard", "a-3a")]
    check(len(set(ids)) == len(ids), f"ids: {ids}")
    check(identity(REPORT) == ids[0], "the same again")


main(tests_of(sys.modules[__name__]))

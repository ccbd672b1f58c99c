"""Documents that LibreOffice makes of known content, read back.

All are converted by one start of LibreOffice; without it everything is skipped.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import harness
from harness import check

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
    )
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'

OUTLINE = """<text:outline-style style:name="Outline">
<text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
<text:outline-level-style text:level="2" style:num-format="一, 二, 三, ..." style:num-prefix="（"
 style:num-suffix="）"/>
<text:outline-level-style text:level="3" style:num-format="1" style:num-suffix="."/>
</text:outline-style>"""

LISTS = """<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
</text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"
 text:bullet-char="•"/></text:list-style>"""


def fodt(body, styles="", automatic="", changes=""):
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMES} office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>{styles}</office:styles><office:automatic-styles>{automatic}
</office:automatic-styles><office:body><office:text>{changes}{body}</office:text></office:body>
</office:document>"""


def heading(level, text):
    return f'<text:h text:outline-level="{level}" text:style-name="Heading_20_{level}">{text}</text:h>'


def paragraph(text, style=""):
    name = f' text:style-name="{style}"' if style else ""
    return f"<text:p{name}>{text}</text:p>"


HEADING_STYLES = "".join(
    f'<style:style style:name="Heading_20_{i}" style:display-name="Heading {i}" '
    f'style:family="paragraph" style:default-outline-level="{i}"/>'
    for i in (1, 2, 3)
)

DOCUMENTS = {
    "headings": fodt(
        paragraph("2023年度示例局整体支出绩效自评报告", "P1")
        + heading(1, "部门基本情况")
        + heading(2, "部门职能")
        + paragraph("负责示例工作。")
        + heading(2, "年度任务")
        + heading(3, "会议")
        + heading(3, "监督")
        + heading(1, "自评情况")
        + heading(2, "自评结论"),
        styles=HEADING_STYLES + OUTLINE,
        automatic='<style:style style:name="P1" style:family="paragraph">'
        '<style:paragraph-properties fo:text-align="center"/></style:style>',
    ),
    "lists": fodt(
        paragraph("清单")
        + '<text:list text:style-name="L1"><text:list-item><text:p>甲</text:p><text:list>'
        "<text:list-item><text:p>甲一</text:p></text:list-item><text:list-item><text:p>甲二</text:p>"
        "</text:list-item></text:list></text:list-item><text:list-item><text:p>乙</text:p>"
        '</text:list-item></text:list><text:list text:style-name="L2"><text:list-item>'
        "<text:p>点</text:p></text:list-item></text:list>",
        automatic=LISTS,
    ),
    "table": fodt(
        paragraph("表")
        + '<table:table><table:table-column table:number-columns-repeated="3"/>'
        '<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>项目</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-spanned="2"><text:p>金额</text:p>'
        "</table:table-cell><table:covered-table-cell/></table:table-row><table:table-row>"
        "<table:covered-table-cell/><table:table-cell><text:p>预算</text:p></table:table-cell>"
        "<table:table-cell><text:p>执行</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>基本</text:p><text:p>支出</text:p>"
        "</table:table-cell><table:table-cell><text:p>100.5</text:p></table:table-cell>"
        "<table:table-cell><text:p>99</text:p></table:table-cell></table:table-row></table:table>"
    ),
    "changes": fodt(
        paragraph(
            '全年<text:change-start text:change-id="c1"/>召开<text:change-end '
            'text:change-id="c1"/>会议<text:change text:change-id="c2"/>13次。'
        ),
        changes="<text:tracked-changes>"
        '<text:changed-region text:id="c1"><text:insertion><office:change-info>'
        "<dc:creator>甲</dc:creator><dc:date>2024-01-01T00:00:00</dc:date></office:change-info>"
        '</text:insertion></text:changed-region><text:changed-region text:id="c2"><text:deletion>'
        "<office:change-info><dc:creator>甲</dc:creator><dc:date>2024-01-01T00:00:00</dc:date>"
        "</office:change-info><text:p>旧字</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>",
    ),
    "notes": fodt(
        paragraph(
            '预算<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            "<text:note-body><text:p>指调整后预算。</text:p></text:note-body></text:note>执行"
            '<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation>'
            "<text:note-body><text:p>见决算。</text:p></text:note-body></text:note>。"
            '<text:a xlink:type="simple" xlink:href="https://example.org/">链接</text:a>'
        )
    ),
}

EXPECTED = {
    "headings": "# 2023年度示例局整体支出绩效自评报告\n\n## 一、部门基本情况\n\n### （一）部门职能\n\n"
    "负责示例工作。\n\n### （二）年度任务\n\n#### 1.会议\n\n#### 2.监督\n\n## 二、自评情况\n\n"
    "### （一）自评结论",
    "lists": "# 清单\n\n1.甲\n\na)甲一\n\nb)甲二\n\n2.乙\n\n- 点",
    "table": "# 表\n\n| 项目 | 金额 | < |\n| ^ | 预算 | 执行 |\n| --- | --- | --- |\n"
    "| 基本&#10;支出 | 100.5 | 99 |",
    "changes": "全年召开会议13次。",
    "notes": "# 预算[^1]执行[^2]。链接\n\n[^1]: 指调整后预算。\n\n[^2]: 见决算。",
}


def convert(folder):
    for name, text in DOCUMENTS.items():
        (folder / f"{name}.fodt").write_text(text)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder]
        + [folder / f"{name}.fodt" for name in DOCUMENTS],
        check=True, capture_output=True, timeout=300,
    )


def words(pdf):
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", pdf, "-"], capture_output=True,
                          check=True)
    return re.sub(r"\s|—\d+—", "", done.stdout.decode())


def markdown(box, name):
    """The text that was read, its title as a heading."""
    box.run("import", f"{name}.docx", "-o", name).expect(0)
    text = box.path(f"{name}/report.md").read_text()
    title = re.search(r'^标题: "(.*)" # 猜的$', text, re.M)
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S).strip()
    body = f"# {title[1]}\n\n{body}" if title else body
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"\| :?-+:? (?=\|)", "| --- ", body)).strip()


def test_what_was_written_is_read(box):
    for name in DOCUMENTS:
        shutil.copy(FOLDER / f"{name}.docx", box.path(f"{name}.docx"))
        found = markdown(box, name)
        check(found == EXPECTED[name], f"{name}:\n{found}\nis not\n{EXPECTED[name]}")


def test_revisions_are_told(box):
    shutil.copy(FOLDER / "changes.docx", box.path("a.docx"))
    said = box.run("check", "a.docx").out.decode()
    check("[open-revisions]" in said and "插入的 1 处" in said and "删去的 1 处" in said, said)


def test_import_and_build_keep_the_text(box):
    """The PDF of the imported folder says what the PDF of the document itself says."""
    for name in ("headings", "table", "notes"):
        shutil.copy(FOLDER / f"{name}.docx", box.path(f"{name}.docx"))
        box.run("import", f"{name}.docx", "-o", name).expect(0)
        box.build(name, "-o", "folder.pdf").expect(0)
        box.build(f"{name}.docx", "-o", "direct.pdf").expect(0)
        check(words(box.path("folder.pdf")) == words(box.path("direct.pdf")), name)


if __name__ == "__main__":
    if not shutil.which("soffice"):
        print("skipped: LibreOffice is not installed")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as made:
        FOLDER = Path(made)
        convert(FOLDER)
        harness.main(harness.tests_of(sys.modules[__name__]))

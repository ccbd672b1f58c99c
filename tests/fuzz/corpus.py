"""Writes the corpora: main parts of Word documents into word/, sheets of workbooks into sheet/, all
without prefixes.

    corpus.py FOLDER
"""

import sys
from pathlib import Path


def p(text, properties=""):
    return f"<p><pPr>{properties}</pPr><r><t>{text}</t></r></p>"


def listed(level):
    return f"<numPr><ilvl val='{level}'/><numId val='1'/></numPr>"


def cell(text, properties=""):
    return f"<tc><tcPr>{properties}</tcPr>{p(text)}</tc>"


JOINED = (
    "<tbl><tr><trPr><tblHeader/></trPr>" + cell("甲", "<vMerge val='restart'/>")
    + cell("乙", "<gridSpan val='2'/>") + "</tr><tr><trPr><gridBefore val='1'/></trPr>"
    + cell("", "<vMerge/>") + cell("丙") + "</tr></tbl>"
)
DOCUMENTS = {
    "lists": p("题", "<jc val='center'/>") + p("甲", listed(0)) + p("乙", listed(1)) + p("丙", listed(0)),
    "table": JOINED,
    "nested": f"<tbl><tr><tc>{p('外')}{JOINED}{p('后')}</tc></tr></tbl>",
    "changes": "<p><pPr><rPr><del/></rPr></pPr><ins><r><t>入</t></r></ins><del><r><delText>出"
    "</delText></r></del></p>" + p("后"),
    "fields": "<p><r><fldChar fldCharType='begin'/><instrText>TOC</instrText><fldChar "
    "fldCharType='separate'/><t>目 1</t><fldChar fldCharType='end'/></r></p>" + p("文"),
    "boxes": "<p><r><t>前</t><AlternateContent><Choice><txbxContent>" + p("框") + JOINED
    + "</txbxContent></Choice><Fallback><txbxContent>" + p("框") + "</txbxContent></Fallback>"
    "</AlternateContent><footnoteReference id='2'/><br/><sym char='F0FE'/><tab/></r></p>",
    "controls": "<sdt><sdtContent>" + p("外", "<outlineLvl val='0'/>") + "<sdt><sdtContent>"
    + JOINED + "</sdtContent></sdt></sdtContent></sdt>",
}

ROWS = (
    "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row>"
    "<row r='2'><c r='A2' t='inlineStr'><is><t>甲</t></is></c><c r='B2' s='2'><v>12.5</v></c></row>"
)
SHEETS = {
    "rows": f"<sheetData>{ROWS}</sheetData>",
    "joined": f"<sheetData>{ROWS}</sheetData><mergeCells><mergeCell ref='A1:A2'/></mergeCells>",
    "formats": "<cols><col min='2' max='2' hidden='1'/></cols><sheetData><row r='3' hidden='1'>"
    "<c r='B3' s='3'><f>A1+1</f><v>45000.5</v></c><c t='b'><v>1</v></c><c t='e'><v>#REF!</v></c>"
    "<c r='XFD3' s='1'><v>-1e-7</v></c><c r='E3' t='str'><f>B3</f></c></row></sheetData>",
}

if __name__ == "__main__":
    for kind, documents, form in (
        ("word", DOCUMENTS, "<document><body>{}</body></document>"),
        ("sheet", SHEETS, "<worksheet>{}</worksheet>"),
    ):
        folder = Path(sys.argv[1]) / kind
        folder.mkdir(parents=True, exist_ok=True)
        for name, body in documents.items():
            (folder / f"{name}.xml").write_text(form.format(body))

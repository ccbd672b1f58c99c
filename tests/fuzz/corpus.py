"""Writes the corpus of word_fuzz: main parts of Word documents, without prefixes.

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

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in DOCUMENTS.items():
        (folder / f"{name}.xml").write_text(f"<document><body>{body}</body></document>")

"""Workbooks and ZIPs for the scripts beside this one, as small as they may be."""

import io
import struct
import zipfile
import zlib
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def column_name(number):
    name = ""
    while number >= 0:
        name = chr(ord("A") + number % 26) + name
        number = number // 26 - 1
    return name


def cell(row, column, value):
    place = f"{column_name(column)}{row + 1}"
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def sheet_xml(rows, joins=()):
    out = [HEAD, f'<worksheet xmlns="{MAIN}"><sheetData>']
    for i, row in enumerate(rows):
        cells = "".join(cell(i, k, value) for k, value in enumerate(row))
        out.append(f'<row r="{i + 1}">{cells}</row>')
    out.append("</sheetData>")
    if joins:
        out.append(f'<mergeCells count="{len(joins)}">')
        out += [f'<mergeCell ref="{ref}"/>' for ref in joins]
        out.append("</mergeCells>")
    out.append("</worksheet>")
    return "".join(out)


def xlsx(sheets, hidden=(), joins=(), parts={}):
    """A workbook of {name: rows}. `joins` are ranges of every sheet; `parts` replaces whole parts."""
    content = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
        f'Id="r1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    }
    listed = related = ""
    for i, (name, rows) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name="{escape(name)}" sheetId="{i}"{state} r:id="r{i}"/>'
        related += (
            f'<Relationship Id="r{i}" Type="{RELATION}/worksheet" '
            f'Target="worksheets/sheet{i}.xml"/>'
        )
        content[f"xl/worksheets/sheet{i}.xml"] = sheet_xml(rows, joins)
    content["xl/workbook.xml"] = (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>{listed}</sheets></workbook>'
    )
    content["xl/_rels/workbook.xml.rels"] = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>'
    )
    content.update(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def old_zip(files):
    """A ZIP as old programs write it: {name: bytes}, names in GB18030 and not said to be UTF-8."""
    body, directory = b"", b""
    for name, data in files.items():
        raw = name.encode("gb18030")
        fields = struct.pack(
            "<HHHHHIIIHH", 20, 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(raw), 0
        )
        directory += (
            b"PK\x01\x02" + struct.pack("<H", 20) + fields
            + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + raw
        )
        body += b"PK\x03\x04" + fields + raw + data
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end
